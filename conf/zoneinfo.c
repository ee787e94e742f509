/* Time zones on this machine: see zoneinfo.h. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/mem.h"
#include "conf/zoneinfo.h"
#include "time/civil.h"

#define LOCALTIME "/etc/localtime"
#define TIMEZONE "/etc/timezone"
#define FILE_MAX (1 << 20)	/* the largest real ones have 4 KB */
#define NAME_MAX_BYTES 128

/* ---- Files ------------------------------------------------------------- */

/* The folder of the tz database, as libc finds it. */
static const char *
database(void)
{
	const char *dir = getenv("TZDIR");

	return dir != NULL && dir[0] == '/' ? dir : "/usr/share/zoneinfo";
}

/*
 * Append a regular file's bytes to b. Returns 0 or an errno: ENOENT when it is
 * not there or no regular file, EFBIG when it is larger than a zone can be.
 * O_NONBLOCK, so that a FIFO in its place does not hold us up.
 */
static int
slurp(const char *path, struct buf *b)
{
	char chunk[8192];
	struct stat st;
	ssize_t n = 0;
	int fd, error = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return errno == ENOTDIR ? ENOENT : errno;
	if (fstat(fd, &st) < 0)
		error = errno;
	else if (!S_ISREG(st.st_mode))
		error = ENOENT;
	while (error == 0 && (n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno != EINTR)
			error = errno;
		if (n > 0)
			buf_add(b, chunk, (size_t)n);
		if (b->len > FILE_MAX)
			error = EFBIG;
	}
	close(fd);
	return error;
}

static struct zone *
load_file(const char *path, const char *name, int *error, struct err *err)
{
	struct buf b = {0};
	struct zone *z = NULL;

	*error = slurp(path, &b);
	if (*error == 0)
		z = zone_from_tzif(buf_str(&b), b.len, name, err);
	else
		err_set(err, ERR_IMPOSSIBLE, "the time zone file %s can't be "
		    "read: %s", path, strerror(*error));
	buf_clear(&b);
	return z;
}

/* What the names of zones, and TZ strings, are written with. Anything else is
 * not even quoted in a message. */
static bool
is_plain_text(const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			return false;
	return p > text && p - text <= NAME_MAX_BYTES;
}

/* A name stays inside the folder: relative, and no component begins with a
 * dot. */
static bool
is_plain_name(const char *name)
{
	const char *p;

	if (!is_plain_text(name))
		return false;
	for (p = name; *p != '\0'; p++)
		if ((p == name || p[-1] == '/') && (*p == '.' || *p == '/'))
			return false;
	return true;
}

static char *
path_of(const char *name)
{
	struct buf b = {0};

	buf_addf(&b, "%s/%s", database(), name);
	return buf_take(&b);
}

/* The zone of exactly that name. *error is 0 when the file was there, even if
 * it is then refused; ENOENT for a name that no file can have. */
static struct zone *
load_exact(const char *name, int *error, struct err *err)
{
	struct zone *z;
	char *path;

	if (!is_plain_name(name)) {
		*error = ENOENT;
		return NULL;
	}
	path = path_of(name);
	z = load_file(path, name, error, err);
	free(path);
	return z;
}

/* ---- Names that are nearly right --------------------------------------- */

struct names {
	char **list;		/* ends with NULL */
	size_t n;
};

static void
names_add(struct names *names, const char *name)
{
	names->list = mem_resize(names->list,
	    (names->n + 2) * sizeof *names->list);
	names->list[names->n++] = mem_dup(name);
	names->list[names->n] = NULL;
}

static void
names_clear(struct names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		free(names->list[i]);
	free(names->list);
	*names = (struct names){0};
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every zone begins with a capital; the copies under posix/ and right/, the
 * tables and "localtime" do not, or have a dot. "Factory" says that nobody has
 * set a zone. */
static bool
may_be_zone(const char *entry)
{
	return entry[0] >= 'A' && entry[0] <= 'Z' &&
	    strchr(entry, '.') == NULL && strcmp(entry, "Factory") != 0;
}

static bool
is_zone_name(const char *name)
{
	return is_plain_name(name) && may_be_zone(name);
}

/* All names below prefix ("", "America/"), at most three folders deep. */
static void
names_collect(struct names *names, const char *prefix, int depth)
{
	char *path = path_of(prefix);
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;

	free(path);
	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		struct buf name = {0};

		if (!may_be_zone(entry->d_name) ||
		    fstatat(dirfd(dir), entry->d_name, &st, 0) < 0)
			continue;
		buf_addf(&name, "%s%s", prefix, entry->d_name);
		if (S_ISREG(st.st_mode))
			names_add(names, buf_str(&name));
		if (S_ISDIR(st.st_mode) && depth < 3) {
			buf_adds(&name, "/");
			names_collect(names, buf_str(&name), depth + 1);
		}
		buf_clear(&name);
	}
	closedir(dir);
}

static const char *
city_of(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash == NULL ? name : slash + 1;
}

/* What stands between words. A dash before a number is a sign. */
static bool
is_separator(const char *p)
{
	return *p != '\0' && (strchr(" _/.'", *p) != NULL ||
	    (*p == '-' && !isdigit((unsigned char)p[1])));
}

/* Whether people would read both as the same name: "st. johns". */
static bool
read_alike(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (is_separator(a))
			a++;
		while (is_separator(b))
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (*a == '\0')
			return true;
	}
}

/* Whether name ends in what word says: its city, or that and what is before:
 * "Buenos_Aires", "Argentina/Buenos_Aires". */
static bool
ends_in(const char *name, const char *word)
{
	while ((name = strchr(name, '/')) != NULL)
		if (read_alike(++name, word))
			return true;
	return false;
}

/* Whether a and b are the same file's contents: "Europe/Istanbul" is a second
 * name of "Asia/Istanbul". */
static bool
same_zone(const char *a, const char *b)
{
	char *path_a = path_of(a), *path_b = path_of(b);
	struct buf data_a = {0}, data_b = {0};
	bool same = slurp(path_a, &data_a) == 0 &&
	    slurp(path_b, &data_b) == 0 && data_a.len == data_b.len &&
	    memcmp(buf_str(&data_a), buf_str(&data_b), data_a.len) == 0;

	buf_clear(&data_a);
	buf_clear(&data_b);
	free(path_a);
	free(path_b);
	return same;
}

/* The name meant by word, spelt otherwise, or by its city. When a city stands
 * for several zones, NULL and two of them in other. */
static const char *
find_name(const struct names *names, const char *word, const char *other[2])
{
	const char *found = NULL;
	size_t i;

	other[0] = other[1] = NULL;
	for (i = 0; i < names->n; i++)
		if (read_alike(names->list[i], word))
			return names->list[i];
	for (i = 0; i < names->n; i++) {
		if (!ends_in(names->list[i], word))
			continue;
		if (found != NULL && !same_zone(found, names->list[i])) {
			other[0] = found;
			other[1] = names->list[i];
			return NULL;
		}
		if (found == NULL)
			found = names->list[i];
	}
	return found;
}

enum { OFFERED = 3 };	/* names that may be meant by an unknown one */

/* The full names whose spelling, or whose city's spelling, is nearest: how
 * many. */
static size_t
find_nearest(const struct names *names, const char *word,
    const char *out[OFFERED])
{
	const char **cities;
	size_t i, k, n = 0;

	if (names->n == 0)
		return 0;
	if (strchr(word, '/') != NULL)
		n = nearest_words(word, (const char *const *)names->list, out,
		    OFFERED);
	if (n > 0)
		return n;
	cities = mem_new(names->n + 1, sizeof *cities);
	for (i = 0; i < names->n; i++)
		cities[i] = city_of(names->list[i]);
	n = nearest_words(city_of(word), cities, out, OFFERED);
	for (k = 0; k < n; k++) {
		for (i = 0; cities[i] != out[k]; i++)
			;
		out[k] = names->list[i];
	}
	free(cities);
	return n;
}

/*
 * An offset is no zone: "GMT+3", "UTC-05:00", "+2". To people it means east of
 * UTC; the tz database's own names count the other way round, so that
 * "Etc/GMT+3", which ends in what was said, is the wrong one. name becomes the
 * right one, or "" when there is none for half hours.
 */
static bool
is_offset(const char *word, char name[24])
{
	const char *p = word;
	int hours, end = 0;
	char sign;

	if (strncasecmp(p, "UTC", 3) == 0 || strncasecmp(p, "GMT", 3) == 0)
		p += 3;
	while (*p == ' ')
		p++;
	if (sscanf(p, "%c%2d%n", &sign, &hours, &end) != 2 ||
	    (sign != '+' && sign != '-') || !isdigit((unsigned char)p[1]))
		return false;
	p += end;
	name[0] = '\0';
	if (p[strspn(p, ":0")] == '\0')
		snprintf(name, 24, "Etc/GMT%c%d", sign == '+' ? '-' : '+',
		    hours);
	return p[strspn(p, ":0123456789")] == '\0';
}

/* "PST", "CEST": what clocks show. Most stand for several zones, and for one
 * half of the year. */
static bool
is_abbreviation(const char *word)
{
	size_t n = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n >= 2 && n <= 5 && word[n] == '\0';
}

static void
refuse_offset(const char *word, const char *name, struct err *err)
{
	int error;
	struct zone *z = load_exact(name, &error, NULL);

	if (z != NULL)
		err_set(err, ERR_IMPOSSIBLE, "\"%s\" is no time zone's name: "
		    "say it like \"Europe/Berlin\", or \"%s\", which counts "
		    "westwards", word, name);
	else
		err_set(err, ERR_IMPOSSIBLE, "\"%s\" is no time zone's name: "
		    "say it like \"Europe/Berlin\"", word);
	zone_free(z);
}

/* Whether any are near, and err names them. */
static bool
offer_nearest(const struct names *names, const char *word, struct err *err)
{
	const char *near[OFFERED];
	size_t i, n = find_nearest(names, word, near);
	struct buf list = {0};

	for (i = 0; i < n; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : ", ", near[i]);
	if (n > 0)
		err_set(err, ERR_IMPOSSIBLE, "no time zone \"%s\"; nearest: "
		    "%s", word, buf_str(&list));
	buf_clear(&list);
	return n > 0;
}

static void
refuse_name(const struct names *names, const char *word,
    const char *const other[2], struct err *err)
{

	if (other[0] != NULL)
		err_set(err, ERR_IMPOSSIBLE, "there are several time zones "
		    "\"%s\": \"%s\" or \"%s\"?", word, other[0], other[1]);
	else if (names->n == 0)
		err_set(err, ERR_IMPOSSIBLE, "there are no time zones in %s: "
		    "install the package tzdata", database());
	else if (is_abbreviation(word))
		err_set(err, ERR_IMPOSSIBLE, "there is no time zone \"%s\": "
		    "abbreviations stand for several, so say it like "
		    "\"Europe/Berlin\"", word);
	else if (!offer_nearest(names, word, err))
		err_set(err, ERR_IMPOSSIBLE, "there is no time zone \"%s\": "
		    "say it like \"Europe/Berlin\"", word);
}

static struct zone *
load_similar(const char *word, struct err *err)
{
	struct names names = {0};
	const char *found, *other[2];
	struct zone *z = NULL;
	int error;

	names_collect(&names, "", 0);
	if (names.n > 0)
		qsort(names.list, names.n, sizeof *names.list, by_name);
	found = find_name(&names, word, other);
	if (found != NULL)
		z = load_exact(found, &error, err);
	else
		refuse_name(&names, word, other, err);
	names_clear(&names);
	return z;
}

struct zone *
zoneinfo_load(const char *name, struct err *err)
{
	struct zone *z;
	char offset[24];
	int error = ENOENT;

	if (!is_plain_text(name)) {
		err_set(err, ERR_IMPOSSIBLE, "that is no time zone: say it "
		    "like \"Europe/Berlin\"");
		return NULL;
	}
	z = is_zone_name(name) ? load_exact(name, &error, err) : NULL;
	if (z != NULL || error != ENOENT)
		return z;
	if (!is_offset(name, offset))
		return load_similar(name, err);
	refuse_offset(name, offset, err);
	return NULL;
}

/* ---- The edition of the database ---------------------------------------- */

/* The first has the edition in its first line. The folder itself is the last
 * resort: it tells of files that were replaced in it, not below. */
char *
zoneinfo_database(void)
{
	static const char *const marks[] = {"tzdata.zi", "zone1970.tab",
	    "zone.tab", ""};
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		char *path = path_of(marks[i]);

		if (access(path, F_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* "2025b" of a file that begins "# version 2025b"; "" of any other. */
static void
edition_in(const char *path, char out[32])
{
	char head[80];
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0) {
		n = read(fd, head, sizeof head - 1);
		close(fd);
	}
	head[n > 0 ? n : 0] = '\0';
	if (sscanf(head, "# version %31s", out) != 1 || !is_plain_text(out))
		out[0] = '\0';
}

char *
zoneinfo_edition(void)
{
	char *path = zoneinfo_database(), edition[32], date[CIVIL_TEXT];
	struct buf out = {0};
	struct civil written;
	struct stat st;

	if (path == NULL)
		return mem_dup("");
	edition_in(path, edition);
	if (edition[0] != '\0') {
		buf_adds(&out, edition);
	} else if (stat(path, &st) == 0) {
		written = civil_from_seconds(st.st_mtim.tv_sec);
		buf_addf(&out, "of %s UTC", civil_format(&written, date));
	}
	free(path);
	return buf_take(&out);
}

/* ---- The zone of this process ------------------------------------------ */

/* The part of a path that names a zone: "Europe/Berlin" of
 * "../usr/share/zoneinfo/Europe/Berlin"; NULL when it has none. */
static const char *
name_in_path(const char *path)
{
	static const char mark[] = "zoneinfo/";
	const char *p = strstr(path, mark);

	if (p == NULL || p[sizeof mark - 1] == '\0')
		return NULL;
	p += sizeof mark - 1;
	return strncmp(p, "posix/", 6) == 0 ? p + 6 : p;
}

/* The name that /etc/timezone tells, if its zone is what /etc/localtime holds:
 * the one is easily changed without the other. The caller frees it. */
static char *
name_in_timezone(void)
{
	struct buf b = {0}, local = {0}, named = {0};
	char *name = NULL, *path;

	if (slurp(TIMEZONE, &b) == 0 && b.len > 0) {
		b.data[strcspn(b.data, " \t\r\n")] = '\0';
		name = is_plain_name(b.data) ? mem_dup(b.data) : NULL;
	}
	buf_clear(&b);
	if (name == NULL)
		return NULL;
	path = path_of(name);
	if (slurp(LOCALTIME, &local) != 0 || slurp(path, &named) != 0 ||
	    local.len != named.len ||
	    memcmp(buf_str(&local), buf_str(&named), local.len) != 0) {
		free(name);
		name = NULL;
	}
	buf_clear(&local);
	buf_clear(&named);
	free(path);
	return name;
}

/* What to call the zone in a file that need not lie in the database. The
 * caller frees it. */
static char *
name_of_file(const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof target - 1);
	const char *name = NULL;
	char *told = NULL;

	if (n > 0) {
		target[n] = '\0';
		name = name_in_path(target);
	}
	if (name == NULL)
		name = name_in_path(path);
	if (name == NULL && strcmp(path, LOCALTIME) == 0)
		told = name_in_timezone();
	return told != NULL ? told : mem_dup(name != NULL ? name : "local");
}

static struct zone *
load_path(const char *path, int *error, struct err *err)
{
	char *name = name_of_file(path);
	struct zone *z = load_file(path, name, error, err);

	free(name);
	return z;
}

/* The path of the file that TZ names, which the caller frees; NULL when it
 * names none. */
static char *
path_of_tz(const char *tz)
{
	const char *name = tz[0] == ':' ? tz + 1 : tz;
	char *path;

	if (name[0] != '/' && !is_plain_name(name))
		return NULL;
	path = name[0] == '/' ? mem_dup(name) : path_of(name);
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return NULL;
}

/* TZ is no rules, and no file that is there. One that looks like a file's name
 * is perhaps right, and the file at fault. */
static void
refuse_tz(const char *tz, const char *name, struct err *err)
{
	bool absolute = name[0] == '/' && is_plain_text(name);
	char *path = absolute ? mem_dup(name) :
	    is_zone_name(name) ? path_of(name) : NULL;

	if (path != NULL && access(path, F_OK) != 0)
		err_set(err, ERR_IMPOSSIBLE, "the environment says TZ=%.64s, "
		    "but the time zone file %.128s can't be read: %s", tz,
		    path, strerror(errno));
	else
		err_set(err, ERR_IMPOSSIBLE, "the environment says TZ=%.64s, "
		    "which is no time zone: say it like TZ=Europe/Berlin",
		    is_plain_text(tz) ? tz : "?");
	free(path);
}

/* The value of TZ, not empty: a file (a leading colon says so), else the
 * rules themselves, as tzset(3) reads it. */
static struct zone *
load_tz(const char *tz, struct err *err)
{
	bool colon = tz[0] == ':';
	const char *name = tz + colon;
	char *path = path_of_tz(tz);
	struct zone *z = NULL;
	int error;

	if (path != NULL)
		z = name[0] == '/' ? load_path(path, &error, err)
		    : load_file(path, name, &error, err);
	else if (colon || (z = zone_from_posix(tz, tz, NULL)) == NULL)
		refuse_tz(tz, name, err);
	free(path);
	return z;
}

/* What the machine stands in. *error is ENOENT when it does not say. */
static struct zone *
load_localtime(int *error, struct err *err)
{
	return load_path(LOCALTIME, error, err);
}

struct zone *
zoneinfo_local(struct err *err)
{
	const char *tz = getenv("TZ");
	struct zone *z;
	int error;

	if (tz != NULL)
		return tz[0] == '\0' || strcmp(tz, ":") == 0 ? zone_new_utc()
		    : load_tz(tz, err);
	z = load_localtime(&error, err);
	return z == NULL && error == ENOENT ? zone_new_utc() : z;
}

struct zone *
zoneinfo_here(struct err *why)
{
	struct zone *z;
	int error;

	*why = (struct err){0};
	z = zoneinfo_local(why);
	if (z == NULL)
		z = load_localtime(&error, NULL);
	return z != NULL ? z : zone_new_utc();
}

char *
zoneinfo_file(bool *moves)
{
	struct zone *told = getenv("TZ") == NULL ? NULL : zoneinfo_local(NULL);
	char *path = told == NULL ? mem_dup(LOCALTIME) :
	    path_of_tz(getenv("TZ"));

	zone_free(told);
	*moves = path != NULL && strcmp(path, LOCALTIME) == 0;
	return path;
}

struct zone *
zoneinfo_again(const char *file, struct err *err)
{
	int error;

	/* What TZ names has its name from there. */
	return strcmp(file, LOCALTIME) == 0 ? load_localtime(&error, err) :
	    zoneinfo_local(err);
}
