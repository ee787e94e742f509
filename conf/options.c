/*
 * The configuration: see options.h.
 *
 * inih splits the lines. As distributions build it, it tells the handler no
 * line number, cuts what is longer than its buffer and everything behind
 * " ;", takes an indented line for more of the value above, and a section's
 * name may be followed by anything. So the lines come from a reader of our own
 * that counts them, strips their indentation and refuses what would be cut.
 */
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conf/options.h"
#include "time/span.h"

#define MINUTE	((int64_t)60)
#define DAY	(24 * 60 * MINUTE)

enum { DAY_MINUTES = 24 * 60, WEEK_MINUTES = WEEKDAY_MAX * DAY_MINUTES };
enum { CIRCLE_NAME_MAX = 32 };	/* bytes */

static option_reader read_time, read_span, read_raise, read_count,
    read_privacy, read_text, read_quiet, read_circle;

#define FIELD(member) .offset = offsetof(struct options, member)

#define QUIET_ON(day, member) \
	{ "quiet", day, "hours, none or daily", "daily", \
	    "The hours that begin on a " day "; daily: as said there.", \
	    read_quiet, FIELD(member) }

#define CIRCLE(name, days, who) \
	{ "circles", name, "span or none", days, \
	    "How often to be in touch with " who ".", \
	    read_circle, FIELD(circles) }

const struct option_key option_table[] = {
	{ "time", "morning", "time of day", "09:00",
	    "The time of a date that is given without one, and of \"morning\".",
	    read_time, FIELD(hours.morning) },
	{ "time", "evening", "time of day", "18:00",
	    "What \"this evening\" stands for.",
	    read_time, FIELD(hours.evening) },
	{ "time", "tonight", "time of day", "20:00",
	    "What \"tonight\" stands for.",
	    read_time, FIELD(hours.tonight) },
	{ "time", "eod", "time of day", "17:00",
	    "What \"eod\" stands for, the end of the working day, and when "
	    "something is due that was asked for \"by thu\".",
	    read_time, FIELD(hours.eod) },

	{ "popup", "later", "span", "1h",
	    "For how long the button Later, and snooze without a time, hide "
	    "what rings.",
	    read_span, FIELD(later), .least = 1, .most = 365 * DAY },
	{ "popup", "raise", "list of spans, or none", "5m, 15m, 1h",
	    "How long after it rang an unanswered pop-up is raised anew.",
	    read_raise, FIELD(raise), .least = 1, .most = 7 * DAY },
	{ "popup", "put_away", "span", "15m",
	    "How long after it was raised for the last time a pop-up that "
	    "nobody answered is closed and waits for the next brief.",
	    read_span, FIELD(put_away), .least = 1, .most = 7 * DAY },
	{ "popup", "dismissals", "number", "2",
	    "How many times a day a pop-up closed by hand counts as Later; "
	    "after that it waits for the next brief.",
	    read_count, FIELD(dismissals), .least = 0, .most = 100 },
	{ "popup", "brief", "time of day", "09:00",
	    "When what is overdue is shown again, in one pop-up.",
	    read_time, FIELD(brief) },
	{ "popup", "privacy", "full, names or none", "full",
	    "How much a pop-up shows: all, only whom it is about, or only that "
	    "something is due.",
	    read_privacy, FIELD(privacy) },
	{ "popup", "details_command", "command", "",
	    "The shell command that a click on a pop-up runs; {id} stands for "
	    "the number of the reminder. Empty: rapportctl show, in a "
	    "terminal.",
	    read_text, FIELD(details_command) },

	{ "quiet", "daily", "hours, or none", "none",
	    "The hours in which pop-ups are held, unless they are urgent, on "
	    "every day that has no hours of its own below.",
	    read_quiet, FIELD(quiet_daily) },
	QUIET_ON("monday", quiet[MONDAY]),
	QUIET_ON("tuesday", quiet[TUESDAY]),
	QUIET_ON("wednesday", quiet[WEDNESDAY]),
	QUIET_ON("thursday", quiet[THURSDAY]),
	QUIET_ON("friday", quiet[FRIDAY]),
	QUIET_ON("saturday", quiet[SATURDAY]),
	QUIET_ON("sunday", quiet[SUNDAY]),

	CIRCLE("close", "7d", "those closest to you"),
	CIRCLE("good", "30d", "good friends"),
	CIRCLE("casual", "180d", "people you like to see now and then"),
	CIRCLE("wide", "365d", "everybody else you don't want to lose"),
	CIRCLE("key", "21d", "the people your work depends on"),
	CIRCLE("active", "60d", "people you work with at present"),
	CIRCLE("network", "180d", "people of your trade"),
	CIRCLE("dormant", "365d", "people you worked with once"),

	{ "notifier", "lead", "span", "5s",
	    "How long before something is due the program that shows pop-ups "
	    "is started.",
	    read_span, FIELD(notifier_lead), .least = 1, .most = 10 * MINUTE },
	{ "notifier", "timeout", "span", "40s",
	    "How long that program may leave a request unanswered before it is "
	    "taken to be stuck, and replaced.",
	    read_span, FIELD(notifier_timeout), .least = 1,
	    .most = 10 * MINUTE },

	{ .name = NULL }
};

enum { OPTIONS = sizeof option_table / sizeof option_table[0] - 1 };

static const char *const privacy_names[] = { "full", "names", "none", NULL };

/* ------------------------------------------------------------- values -- */

static void *
field(const struct option_key *key, struct options *o)
{
	return (char *)o + key->offset;
}

/* H:MM or HH:MM, at most 24:00, into minutes after midnight, and *p behind
 * it. */
static bool
take_time(const char **p, int *minutes)
{
	int hour = 0, minute = 0, digits;

	for (digits = 0; digits < 2 && isdigit((unsigned char)**p); digits++)
		hour = hour * 10 + *(*p)++ - '0';
	if (digits == 0 || *(*p)++ != ':')
		return false;
	for (digits = 0; digits < 2 && isdigit((unsigned char)**p); digits++)
		minute = minute * 10 + *(*p)++ - '0';
	*minutes = hour * 60 + minute;
	return digits == 2 && minute < 60 && *minutes <= DAY_MINUTES;
}

static bool
read_time(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	const char *p = value;
	int minutes;

	if (!take_time(&p, &minutes) || *p != '\0' || minutes == DAY_MINUTES)
		return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is not a time "
		    "of day; write one from 00:00 to 23:59, as in %s", value,
		    key->fallback);
	*(int *)field(key, o) = minutes;
	return true;
}

static bool
span_between(const struct option_key *key, const char *value, int64_t *seconds,
    struct err *err)
{
	char least[SPAN_TEXT], most[SPAN_TEXT];

	if (!span_parse(value, seconds, err))
		return false;
	if (*seconds < key->least || *seconds > key->most)
		return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is out of "
		    "range; it can be %s to %s", value,
		    span_format(key->least, least),
		    span_format(key->most, most));
	return true;
}

static bool
read_span(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	return span_between(key, value, field(key, o), err);
}

/* Spans, commas between them, each longer than the one before; or "none". */
static bool
read_raise(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	char *copy, *rest, *one;
	bool good = true;
	int n = 0;

	if (strcmp(value, "none") == 0) {
		o->raises = 0;
		return true;
	}
	rest = copy = mem_dup(value);
	while (good && (one = strsep(&rest, ",")) != NULL) {
		one += strspn(one, " \t");
		if (n == RAISES_MAX)
			good = err_set(err, ERR_NOT_UNDERSTOOD, "more than %d "
			    "spans; leave some out", RAISES_MAX);
		else if (!span_between(key, one, &o->raise[n], err))
			good = false;
		else if (n > 0 && o->raise[n] <= o->raise[n - 1])
			good = err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is not "
			    "longer than the span before it; all are counted "
			    "from when it rang, as in %s", one, key->fallback);
		else
			n++;
	}
	free(copy);
	o->raises = n;
	return good;
}

static bool
read_count(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (!isdigit((unsigned char)value[0]) || *end != '\0' || errno != 0 ||
	    n < key->least || n > key->most)
		return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is not a "
		    "number from %d to %d", value, (int)key->least,
		    (int)key->most);
	*(int *)field(key, o) = (int)n;
	return true;
}

static bool
read_privacy(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	const char *near;
	int i;

	for (i = 0; privacy_names[i] != NULL; i++)
		if (strcmp(value, privacy_names[i]) == 0) {
			o->privacy = (enum privacy)i;
			return true;
		}
	near = nearest_word(value, privacy_names);
	return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is none of %s%s%s%s",
	    value, key->type, near == NULL ? "" : "; did you mean ",
	    near == NULL ? "" : near, near == NULL ? "" : "?");
}

static bool
read_text(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	char **text = field(key, o);

	(void)err;
	free(*text);
	*text = mem_dup(value);
	return true;
}

/* ------------------------------------------------------------ circles -- */

static struct circle *
find_circle(const struct circles *cs, const char *name)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		if (strcasecmp(cs->v[i].name, name) == 0)
			return &cs->v[i];
	return NULL;
}

const struct circle *
options_circle(const struct options *o, const char *name)
{
	const struct circle *c = find_circle(&o->circles, name);

	return c == NULL || c->days == 0 ? NULL : c;
}

char *
options_circle_names(const struct options *o)
{
	struct buf b = { 0 };
	size_t i, left = 0;

	for (i = 0; i < o->circles.n; i++)
		left += o->circles.v[i].days != 0;
	for (i = 0; i < o->circles.n; i++) {
		if (o->circles.v[i].days == 0)
			continue;
		buf_addf(&b, "%s%s", b.len == 0 ? "" : left == 1 ? " or " :
		    ", ", o->circles.v[i].name);
		left--;
	}
	return b.len == 0 ? mem_dup("") : buf_take(&b);
}

/* A default, or one that the file adds: key->name is the circle's. */
static bool
read_circle(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	struct circles *cs = field(key, o);
	struct circle *c;
	int days = 0;

	if (strcmp(value, "none") != 0 &&
	    !span_parse_days(value, &days, err))
		return false;
	c = find_circle(cs, key->name);
	if (c == NULL) {
		cs->v = mem_resize(cs->v, (cs->n + 1) * sizeof *cs->v);
		c = &cs->v[cs->n++];
		*c = (struct circle){ .name = mem_dup(key->name) };
	}
	c->days = days;
	return true;
}

/* Letters (of any script), digits, '-' and '_', a letter first: it is typed
 * after --circle, where "none" means that there is none. */
static bool
circle_name_valid(const char *name)
{
	const char *p;

	if (strlen(name) > CIRCLE_NAME_MAX || strcasecmp(name, "none") == 0)
		return false;
	for (p = name; *p != '\0'; p++)
		if ((unsigned char)*p < 0x80 && !isalpha((unsigned char)*p) &&
		    (p == name || (!isdigit((unsigned char)*p) && *p != '-' &&
		    *p != '_')))
			return false;
	return p != name;
}

static void
circles_clear(struct circles *cs)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		free(cs->v[i].name);
	free(cs->v);
	*cs = (struct circles){ 0 };
}

/* -------------------------------------------------------------- quiet -- */

/* "22:00-07:00", blanks allowed around it and within. */
static bool
read_hours(const char *text, struct quiet_day *day, struct err *err)
{
	const char *p = text + strspn(text, " \t");
	int from, to;

	if (!take_time(&p, &from) || from == DAY_MINUTES)
		goto wrong;
	p += strspn(p, " \t");
	if (*p++ != '-')
		goto wrong;
	p += strspn(p, " \t");
	if (!take_time(&p, &to) || p[strspn(p, " \t")] != '\0')
		goto wrong;
	if (day->n == QUIET_SPANS_MAX)
		return err_set(err, ERR_NOT_UNDERSTOOD, "hours more than %d "
		    "times a day; leave some out", QUIET_SPANS_MAX);
	day->spans[day->n].from = from;
	day->spans[day->n++].to = to % DAY_MINUTES;
	return true;
wrong:
	return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is not from one time "
	    "of day to another, as in 22:00-07:00", text);
}

/* Hours, commas between them; "none"; for one day also "daily". */
static bool
read_quiet(const struct option_key *key, const char *value, struct options *o,
    struct err *err)
{
	struct quiet_day *day = field(key, o);
	char *copy, *rest, *one;
	bool good = true;

	day->n = 0;
	if (strcmp(value, "none") == 0)
		return true;
	if (strcmp(value, "daily") == 0 && day != &o->quiet_daily) {
		day->n = -1;
		return true;
	}
	rest = copy = mem_dup(value);
	while (good && (one = strsep(&rest, ",")) != NULL)
		good = read_hours(one, day, err);
	free(copy);
	return good;
}

/* How many minutes a day's hours cover, counted from a minute of that day
 * (which may be one of an earlier or later day): 0 when none do. */
static int
quiet_from(const struct quiet_day *day, int minute)
{
	int longest = 0, i;

	for (i = 0; i < day->n; i++) {
		int from = day->spans[i].from, to = day->spans[i].to;

		if (to <= from)
			to += DAY_MINUTES;
		if (from <= minute && minute < to && to - minute > longest)
			longest = to - minute;
	}
	return longest;
}

/* Whether quiet ends at all, in any week: from Monday's first minute, go from
 * the end of some hours to the end of those that go on there. */
static bool
quiet_ends(const struct options *o)
{
	int minute = 0, step = 1, day;

	while (minute < WEEK_MINUTES && step > 0) {
		for (step = 0, day = 0; day < WEEKDAY_MAX; day++) {
			const struct quiet_day *q = &o->quiet[day];
			int since = minute - day * DAY_MINUTES;
			int here = quiet_from(q, since);
			int last_week = quiet_from(q, since + WEEK_MINUTES);

			here = here > last_week ? here : last_week;
			step = step > here ? step : here;
		}
		minute += step;
	}
	return minute < WEEK_MINUTES;
}

/* Once all keys were read, in whatever order. */
static void
fill_in_daily(struct options *o)
{
	int day;

	for (day = 0; day < WEEKDAY_MAX; day++)
		if (o->quiet[day].n < 0)
			o->quiet[day] = o->quiet_daily;
}

/* ------------------------------------------------------------- the file -- */

/* A file being read. Only the first thing wrong is told. */
struct reading {
	FILE *f;
	const char *name;	/* for messages */
	int line;		/* the one that was read last, from 1 */
	int wrong;		/* the line err is about, or 0 */
	int seen[OPTIONS];	/* where each key stood, or 0 */
	struct options *o;
	struct err *err;
};

/* Note what is wrong with a line; the message is a clause or two. */
static void
complain(struct reading *r, int line, const char *message)
{
	r->wrong = line;
	err_set(r->err, ERR_NOT_UNDERSTOOD, "%s:%d: %s", r->name, line,
	    message);
}

static void complainf(struct reading *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same about the line that was read last. */
static void
complainf(struct reading *r, const char *fmt, ...)
{
	char message[sizeof r->err->message];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof message, fmt, ap);
	va_end(ap);
	complain(r, r->line, message);
}

/* The sections into names (room for all and NULL), each once, in order. */
static void
list_sections(const char *names[OPTIONS + 1])
{
	int n = 0, i;

	for (i = 0; i < OPTIONS; i++)
		if (n == 0 ||
		    strcmp(names[n - 1], option_table[i].section) != 0)
			names[n++] = option_table[i].section;
	names[n] = NULL;
}

/* The keys of a section into names, likewise. */
static void
list_keys(const char *section, const char *names[OPTIONS + 1])
{
	int n = 0, i;

	for (i = 0; i < OPTIONS; i++)
		if (strcmp(option_table[i].section, section) == 0)
			names[n++] = option_table[i].name;
	names[n] = NULL;
}

/* "a, b, c" into b. */
static void
add_names(struct buf *b, const char *const *names)
{
	int i;

	for (i = 0; names[i] != NULL; i++)
		buf_addf(b, "%s%s", i == 0 ? "" : ", ", names[i]);
}

static void
unknown_section(struct reading *r, const char *section)
{
	const char *names[OPTIONS + 1], *near;
	struct buf all = { 0 };

	list_sections(names);
	near = nearest_word(section, names);
	add_names(&all, names);
	if (near != NULL)
		complainf(r, "there is no section [%s]; did you mean [%s]?",
		    section, near);
	else
		complainf(r, "there is no section [%s]; the sections are %s",
		    section, buf_str(&all));
	buf_clear(&all);
}

static void
unknown_key(struct reading *r, const char *section, const char *name)
{
	const char *names[OPTIONS + 1], *near;
	struct buf all = { 0 };
	int i;

	for (i = 0; i < OPTIONS; i++)
		if (strcmp(option_table[i].name, name) == 0) {
			complainf(r, "%s does not belong %s; move it to [%s]",
			    name, section[0] == '\0' ? "above all sections" :
			    "here", option_table[i].section);
			return;
		}
	list_keys(section, names);
	near = nearest_word(name, names);
	add_names(&all, names);
	if (section[0] == '\0')
		complainf(r, "\"%s\" stands in no section; begin with one, as "
		    "in [%s]", name, option_table[0].section);
	else if (near != NULL)
		complainf(r, "there is no key \"%s\" in [%s]; did you mean %s?",
		    name, section, near);
	else
		complainf(r, "there is no key \"%s\" in [%s]; its keys are %s",
		    name, section, buf_str(&all));
	buf_clear(&all);
}

/* What can only be told when all of the file was read. */
static void
check_quiet(struct reading *r)
{
	int last = 0, i;

	fill_in_daily(r->o);
	if (r->wrong != 0 || quiet_ends(r->o))
		return;
	for (i = 0; i < OPTIONS; i++)
		if (strcmp(option_table[i].section, "quiet") == 0 &&
		    r->seen[i] > last)
			last = r->seen[i];
	complain(r, last, "with this the whole week is quiet, and nothing "
	    "would ever be shown; leave some time between the hours");
}

/* A circle by a name of the user's own. */
static void
take_circle(struct reading *r, const char *name, const char *value)
{
	const struct option_key key = {
		.name = name,
		.read = read_circle,
		FIELD(circles),
	};
	const struct circle *c = find_circle(&r->o->circles, name);
	struct err why = { 0 };

	if (!circle_name_valid(name))
		complainf(r, "\"%.64s\" is no name of a circle: letters, "
		    "digits, - and _, a letter first, at most %d bytes", name,
		    CIRCLE_NAME_MAX);
	else if (c != NULL && c->line != 0)
		complainf(r, "%s is set a second time; line %d did it first",
		    name, c->line);
	else if (!read_circle(&key, value, r->o, &why))
		complainf(r, "%s: %s", name, why.message);
	else
		find_circle(&r->o->circles, name)->line = r->line;
}

/* inih's handler: one key. 1 when all is well. */
static int
take_key(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;
	struct err why = { 0 };
	int i;

	if (r->wrong != 0)
		return 0;
	if (strcmp(section, "circles") == 0) {
		take_circle(r, name, value);
		return r->wrong == 0;
	}
	for (i = 0; i < OPTIONS; i++)
		if (strcmp(option_table[i].section, section) == 0 &&
		    strcmp(option_table[i].name, name) == 0)
			break;
	if (i == OPTIONS)
		unknown_key(r, section, name);
	else if (r->seen[i] != 0)
		complainf(r, "%s is set a second time; line %d did it first",
		    name, r->seen[i]);
	else if (!option_table[i].read(&option_table[i], value, r->o, &why))
		complainf(r, "%s: %s", name, why.message);
	if (r->wrong != 0)
		return 0;
	r->seen[i] = r->line;
	return 1;
}

/* "[name]" and nothing behind it. */
static void
check_section(struct reading *r, const char *line)
{
	const char *names[OPTIONS + 1];
	char section[64];
	size_t len = strcspn(line + 1, "]");
	int i;

	if (line[1 + len] == '\0') {
		complainf(r, "the ] is missing after the section's name");
		return;
	}
	if (line[1 + len + 1] != '\0') {
		complainf(r, "something follows the section's name; put it on "
		    "a line of its own");
		return;
	}
	snprintf(section, sizeof section, "%.*s", (int)len, line + 1);
	list_sections(names);
	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], section) == 0)
			return;
	unknown_section(r, section);
}

/* What inih would cut or misread in a line that is no comment. */
static void
check_line(struct reading *r, const char *line, size_t len)
{
	const char *p;

	if (!utf8_valid(line, len)) {
		complainf(r, "this line is not valid UTF-8");
		return;
	}
	if (line[0] == '[') {
		check_section(r, line);
		return;
	}
	for (p = strchr(line, ';'); p != NULL; p = strchr(p + 1, ';'))
		if (p > line && isspace((unsigned char)p[-1])) {
			complainf(r, "a ; after a blank begins a comment; put "
			    "comments on a line of their own, and leave out "
			    "the blank if the ; belongs to the value");
			return;
		}
}

/*
 * inih's reader, as fgets(3): the next line into out, which has room for size
 * bytes, blanks at both ends removed and comments left empty. NULL at the end
 * of the file, and as soon as something is wrong.
 */
static char *
next_line(char *out, int size, void *arg)
{
	struct reading *r = arg;
	size_t room = (size_t)size - 2;	/* for the newline and the NUL */
	size_t len = 0;
	bool any = false, comment = false;
	int c;

	if (r->wrong != 0)
		return NULL;
	r->line++;
	while ((c = getc(r->f)) != EOF) {
		any = true;
		if (c == '\n')
			break;
		if (comment || (len == 0 && isspace(c)))
			continue;
		if (r->line == 1 && len == 0 && c != '\0' &&
		    strchr("\xef\xbb\xbf", c))
			continue;	/* some editors' byte order mark */
		if (len == 0 && (c == '#' || c == ';')) {
			comment = true;
			continue;
		}
		if (len == room) {
			complainf(r, "this line is longer than %zu bytes",
			    room);
			return NULL;
		}
		out[len++] = (char)c;
	}
	if (!any)
		return NULL;
	while (len > 0 && isspace((unsigned char)out[len - 1]))
		len--;
	out[len] = '\0';
	if (len > 0)
		check_line(r, out, len);
	if (r->wrong != 0)
		return NULL;
	strcpy(out + len, "\n");
	return out;
}

/* The defaults, as if a file said them: fill_in_daily has to follow. */
static void
read_defaults(struct options *o)
{
	const struct option_key *key;
	struct err err = { 0 };

	*o = (struct options){ 0 };
	for (key = option_table; key->name != NULL; key++)
		if (!key->read(key, key->fallback, o, &err))
			abort();	/* the table contradicts itself */
}

void
options_init(struct options *o)
{
	read_defaults(o);
	fill_in_daily(o);
}

void
options_clear(struct options *o)
{
	free(o->details_command);
	circles_clear(&o->circles);
	*o = (struct options){ 0 };
}

bool
options_read(struct options *o, FILE *f, const char *name, struct err *err)
{
	struct options fresh;
	struct err why = { 0 };
	struct reading r = { .f = f, .name = name, .o = &fresh, .err = &why };
	int first;

	read_defaults(&fresh);
	errno = 0;
	/* The first line inih did not understand, or 0. */
	first = ini_parse_stream(next_line, &r, take_key, &r);
	if (ferror(f))
		err_set(&why, ERR_IMPOSSIBLE, "cannot read %s: %s", name,
		    strerror(errno));
	else if (first < 0)
		err_set(&why, ERR_INTERNAL, "cannot read %s: inih gave up",
		    name);
	else if (first > 0 && (r.wrong == 0 || first < r.wrong))
		complain(&r, first, "this line is neither \"key = value\" nor "
		    "[section] nor a # comment");
	if (why.code == ERR_NONE)
		check_quiet(&r);
	if (why.code != ERR_NONE) {
		options_clear(&fresh);
		if (err != NULL)
			*err = why;
		return false;
	}
	options_clear(o);
	*o = fresh;
	return true;
}

bool
options_load(struct options *o, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	bool good;

	if (f == NULL && errno == ENOENT) {
		options_clear(o);
		options_init(o);
		return true;
	}
	if (f == NULL)
		return err_set(err, ERR_IMPOSSIBLE, "cannot read %s: %s", path,
		    strerror(errno));
	good = options_read(o, f, path, err);
	fclose(f);
	return good;
}
