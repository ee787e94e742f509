/* Finding zones by name and by TZ, in a small tz database of our own. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "conf/zoneinfo.h"
#include "tests/unit/folder.h"
#include "tests/unit/tz_database.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static char root[FOLDER_PATH];
static char dir[64];

static const char *const folders[] = {
	"", "Europe", "America", "America/Argentina", "Asia", "Etc", "posix",
	"posix/Europe",
};

/* A name, and the rules in its file's footer. */
static const struct {
	const char *name, *footer;
} files[] = {
	{ "UTC", "UTC0" },
	{ "Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3" },
	{ "Europe/Istanbul", "<+03>-3" },
	{ "Europe/London", "GMT0BST,M3.5.0/1,M10.5.0" },
	{ "Asia/Istanbul", "<+03>-3" },
	{ "Asia/Paris", "<+07>-7" },
	{ "Europe/Paris", "CET-1CEST,M3.5.0,M10.5.0/3" },
	{ "America/New_York", "EST5EDT,M3.2.0,M11.1.0" },
	{ "America/Argentina/Buenos_Aires", "<-03>3" },
	{ "America/St_Johns", "NST3:30NDT,M3.2.0,M11.1.0" },
	{ "America/Port-au-Prince", "EST5EDT,M3.2.0,M11.1.0" },
	{ "Etc/GMT-3", "<+03>-3" },
	{ "Etc/GMT+3", "<-03>3" },
	{ "Etc/GMT+5", "<-05>5" },
	{ "Factory", "<-00>0" },
	{ "posixrules", "EST5EDT,M3.2.0,M11.1.0" },
	{ "posix/Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3" },
	{ "America/Broken", "no rules" },
	{ "posix/Europe/Lisbon", "WET0WEST,M3.5.0/1,M10.5.0" },
};

static int
set_up(void **state)
{
	static char large[(1 << 20) + 2];
	char path[160];
	size_t i;

	(void)state;
	folder_make(root);
	snprintf(dir, sizeof dir, "%s/zoneinfo", root);
	for (i = 0; i < COUNT(folders); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, folders[i]);
		if (mkdir(path, 0700) < 0)
			return -1;
	}
	for (i = 0; i < COUNT(files); i++)
		tz_write_zone(dir, files[i].name, files[i].footer);
	tz_write(dir, "zone.tab", "DE\n", 3);
	tz_write(dir, "Large", large, sizeof large);
	tz_write(dir, "../secret", "TZif", 4);
	snprintf(path, sizeof path, "%s/Pipe", dir);
	if (mkfifo(path, 0600) < 0)
		return -1;
	return setenv("TZDIR", dir, 1);
}

static int
tear_down(void **state)
{
	(void)state;
	folder_remove(root);
	return 0;
}

static const struct {
	const char *said, *name;
} found[] = {
	{ "Europe/Berlin", "Europe/Berlin" },
	{ "europe/berlin", "Europe/Berlin" },
	{ "EUROPE/BERLIN", "Europe/Berlin" },
	{ "berlin", "Europe/Berlin" },
	{ "London", "Europe/London" },
	{ "new york", "America/New_York" },
	{ "New_York", "America/New_York" },
	{ "america/new york", "America/New_York" },
	{ "buenos aires", "America/Argentina/Buenos_Aires" },
	{ "utc", "UTC" },
	/* However the words are put together. */
	{ "newyork", "America/New_York" },
	{ "Europe Berlin", "Europe/Berlin" },
	{ " london ", "Europe/London" },
	{ "st. johns", "America/St_Johns" },
	{ "port au prince", "America/Port-au-Prince" },
	{ "argentina buenos aires", "America/Argentina/Buenos_Aires" },
	/* The tz database's own names, whose signs count westwards. */
	{ "Etc/GMT-3", "Etc/GMT-3" },
	{ "etc/gmt+5", "Etc/GMT+5" },
	/* Two names of one zone. */
	{ "istanbul", "Asia/Istanbul" },
};

static const struct {
	const char *said, *says;
} refused[] = {
	{ "", "is no time zone" },
	{ "Europe/\x1b[2JBerlin", "that is no time zone" },
	{ "Europe/Z\xc3\xbcrich", "that is no time zone" },
	{ "Europe/Berlim", "no time zone \"Europe/Berlim\"; nearest: "
	    "Europe/Berlin, Europe/Paris" },
	{ "Berln", "; nearest: Europe/Berlin" },
	{ "europe/londn", "; nearest: Europe/London" },
	{ "Mars/Olympus_Mons", "say it like" },
	{ "paris", "\"Asia/Paris\" or \"Europe/Paris\"?" },
	{ "Europe", "there is no time zone \"Europe\"" },
	{ "lisbon", "there is no time zone" },
	{ "../secret", "there is no time zone" },
	{ "Europe/../../secret", "there is no time zone" },
	{ "/etc/passwd", "there is no time zone" },
	{ "Pipe", "there is no time zone" },
	{ ".", "there is no time zone" },
	{ "Large", "too large" },
	/* What lies in the folder and is no place. */
	{ "zone.tab", "there is no time zone" },
	{ "posixrules", "there is no time zone" },
	{ "Factory", "there is no time zone" },
	{ "posix/Europe/Berlin", "; nearest: Europe/Berlin" },
	/* Signs mean the opposite to people and to the tz database. */
	{ "GMT+3", "or \"Etc/GMT-3\", which" },
	{ "utc -5", "or \"Etc/GMT+5\", which" },
	{ "-05:00", "or \"Etc/GMT+5\", which" },
	{ "+5:30", "\"+5:30\" is no time zone's name" },
	{ "UTC+99", "\"UTC+99\" is no time zone's name" },
	{ "PST", "abbreviations stand for several" },
	{ "America/Broken", "damaged" },
	{ "broken", "damaged" },
};

static void
test_load(void **state)
{
	struct err err = {0};
	struct zone *z;
	char name[2000];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(found); i++) {
		z = zoneinfo_load(found[i].said, &err);
		if (z == NULL)
			fail_msg("\"%s\": %s", found[i].said, err.message);
		assert_string_equal(zone_name(z), found[i].name);
		zone_free(z);
	}
	for (i = 0; i < COUNT(refused); i++) {
		z = zoneinfo_load(refused[i].said, &err);
		if (z != NULL)
			fail_msg("\"%s\" is not refused", refused[i].said);
		assert_int_equal(err.code, ERR_IMPOSSIBLE);
		if (strstr(err.message, refused[i].says) == NULL)
			fail_msg("\"%s\": %s", refused[i].said, err.message);
		assert_null(zoneinfo_load(refused[i].said, NULL));
	}
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_null(zoneinfo_load(name, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
}

/* A TZ and the offset on 1 July 2026, in seconds. */
static const struct {
	const char *tz, *name;
	int32_t offset;
} environments[] = {
	{ "", "UTC", 0 },
	{ ":", "UTC", 0 },
	{ "UTC", "UTC", 0 },
	{ "Europe/Berlin", "Europe/Berlin", 7200 },
	{ ":Europe/Berlin", "Europe/Berlin", 7200 },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3", 7200 },
	{ "<+0530>-5:30", "<+0530>-5:30", 19800 },
	{ "EST5EDT", "EST5EDT", -14400 },
};

/* And what is said of those that are no zone. */
static const struct {
	const char *tz, *says;
} no_environments[] = {
	{ "Mars/Olympus", "Mars/Olympus can't be read: No such file" },
	{ ":Mars/Olympus", "Mars/Olympus can't be read: No such file" },
	{ ":CET-1", "CET-1 can't be read: No such file" },
	{ "/nowhere/at/all", "file /nowhere/at/all can't be read: No such" },
	/* A part of the way is no folder; the zone's name is right. */
	{ "Europe/Berlin/Mitte", "Mitte can't be read: Not a directory" },
	{ "Pipe", "can't be read" },
	{ "America/Broken", "can't be used: it is damaged" },
	{ "europe/berlin", "no time zone: say it like TZ=Europe/Berlin" },
	{ "../secret", "no time zone: say it like" },
	{ "x", "no time zone: say it like" },
};

static void
test_local(void **state)
{
	struct err err = {0};
	struct zone *z;
	char tz[128];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(environments); i++) {
		setenv("TZ", environments[i].tz, 1);
		z = zoneinfo_here(&err);
		if (err.code != ERR_NONE)
			fail_msg("TZ=%s: %s", environments[i].tz, err.message);
		assert_string_equal(zone_name(z), environments[i].name);
		assert_int_equal(zone_offset(z, 1782864000),
		    environments[i].offset);
		zone_free(z);
	}
	for (i = 0; i < COUNT(no_environments); i++) {
		setenv("TZ", no_environments[i].tz, 1);
		if (zoneinfo_local(&err) != NULL)
			fail_msg("TZ=%s is not refused",
			    no_environments[i].tz);
		assert_int_equal(err.code, ERR_IMPOSSIBLE);
		if (strstr(err.message, no_environments[i].says) == NULL)
			fail_msg("TZ=%s: %s", no_environments[i].tz,
			    err.message);
		/* A daemon goes on, in the machine's zone, and says so. */
		z = zoneinfo_here(&err);
		assert_non_null(z);
		assert_int_equal(err.code, ERR_IMPOSSIBLE);
		zone_free(z);
	}
	/* A path, with the name that it shows. */
	snprintf(tz, sizeof tz, ":%s/Europe/London", dir);
	setenv("TZ", tz, 1);
	z = zoneinfo_local(&err);
	assert_non_null(z);
	assert_string_equal(zone_name(z), "Europe/London");
	zone_free(z);
	/* Without TZ, whatever this machine has: a zone with a name. */
	unsetenv("TZ");
	z = zoneinfo_local(&err);
	if (z == NULL)
		fail_msg("%s", err.message);
	assert_true(zone_name(z)[0] != '\0');
	zone_free(z);
}

/* Which file a zone comes from, so that it can be watched; whether it is the
 * machine's, which moves. "@" stands for the folder of our tz database. */
static const struct {
	const char *tz, *file;
	bool moves;
} sources[] = {
	{ NULL, "/etc/localtime", true },
	{ ":/etc/localtime", "/etc/localtime", true },
	{ "", NULL, false },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", NULL, false },
	{ "Europe/Berlin", "@/Europe/Berlin", false },
	{ ":Europe/Berlin", "@/Europe/Berlin", false },
	/* What is no zone: the machine's holds. */
	{ "Mars/Olympus", "/etc/localtime", true },
};

static void
test_file(void **state)
{
	struct err err = {0};
	struct zone *z;
	char expected[128], *file;
	bool moves;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(sources); i++) {
		if (sources[i].tz == NULL)
			unsetenv("TZ");
		else
			setenv("TZ", sources[i].tz, 1);
		file = zoneinfo_file(&moves);
		assert_int_equal(moves, sources[i].moves);
		if (sources[i].file == NULL) {
			assert_null(file);
			continue;
		}
		snprintf(expected, sizeof expected, "%s%s",
		    sources[i].file[0] == '@' ? dir : "",
		    sources[i].file + (sources[i].file[0] == '@'));
		assert_string_equal(file, expected);
		free(file);
	}
	/* Gone for a moment: then the machine's zone is not meant instead. */
	setenv("TZ", "Europe/London", 1);
	file = zoneinfo_file(&moves);
	z = zoneinfo_again(file, &err);
	assert_string_equal(zone_name(z), "Europe/London");
	zone_free(z);
	assert_int_equal(unlink(file), 0);
	assert_null(zoneinfo_again(file, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	tz_write_zone(dir, "Europe/London", "GMT0BST,M3.5.0/1,M10.5.0");
	free(file);
	unsetenv("TZ");
}

static void
assert_edition(const char *wanted)
{
	char *edition = zoneinfo_edition();

	assert_string_equal(edition, wanted);
	free(edition);
}

/* Told in the first line of tzdata.zi, or the date of what there is. */
static void
test_edition(void **state)
{
	static const char told[] = "# version 2025b\n# This zic input file\n";
	const struct timespec dates[] = {{.tv_sec = 1742637600},
	    {.tv_sec = 1742637600}};
	char path[160];

	(void)state;
	snprintf(path, sizeof path, "%s/zone.tab", dir);
	assert_int_equal(utimensat(AT_FDCWD, path, dates, 0), 0);
	assert_edition("of 2025-03-22T10:00:00 UTC");
	tz_write(dir, "tzdata.zi", told, sizeof told - 1);
	assert_edition("2025b");
	tz_write(dir, "tzdata.zi", "R A 1916 o", 10);
	snprintf(path, sizeof path, "%s/tzdata.zi", dir);
	assert_int_equal(utimensat(AT_FDCWD, path, dates, 0), 0);
	assert_edition("of 2025-03-22T10:00:00 UTC");
	assert_int_equal(unlink(path), 0);
}

static void
test_no_database(void **state)
{
	struct err err = {0};

	(void)state;
	setenv("TZDIR", "/nowhere/at/all", 1);
	assert_null(zoneinfo_database());
	assert_edition("");
	assert_null(zoneinfo_load("Europe/Berlin", &err));
	assert_non_null(strstr(err.message, "tzdata"));
	/* What is not absolute is ignored. */
	setenv("TZDIR", "zoneinfo", 1);
	zone_free(zoneinfo_load("Europe/Berlin", &err));
	setenv("TZDIR", dir, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_edition),
		cmocka_unit_test(test_no_database),
	};

	return cmocka_run_group_tests_name("zoneinfo", tests, set_up,
	    tear_down);
}
