/* The configuration: what is read, what is refused and in which words, and
 * that conf/rapport.conf and its manual page tell of every key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "conf/options.h"

static bool
read_text(struct options *o, const char *text, size_t len, struct err *err)
{
	FILE *f = fmemopen((void *)text, len == 0 ? 1 : len, "r");
	bool good;

	assert_non_null(f);
	if (len == 0)
		(void)getc(f);	/* fmemopen knows no empty files */
	good = options_read(o, f, "rapport.conf", err);
	fclose(f);
	return good;
}

static void
assert_same(const struct options *a, const struct options *b)
{
	int i;

	assert_int_equal(a->hours.morning, b->hours.morning);
	assert_int_equal(a->hours.evening, b->hours.evening);
	assert_int_equal(a->hours.tonight, b->hours.tonight);
	assert_int_equal(a->hours.eod, b->hours.eod);
	assert_int_equal(a->later, b->later);
	assert_int_equal(a->raises, b->raises);
	for (i = 0; i < a->raises; i++)
		assert_int_equal(a->raise[i], b->raise[i]);
	assert_int_equal(a->put_away, b->put_away);
	assert_int_equal(a->dismissals, b->dismissals);
	assert_int_equal(a->brief, b->brief);
	assert_int_equal(a->privacy, b->privacy);
	assert_string_equal(a->details_command, b->details_command);
	for (i = 0; i < WEEKDAY_MAX; i++)
		assert_int_equal(a->quiet[i].n, b->quiet[i].n);
	assert_int_equal(a->circles.n, b->circles.n);
	for (i = 0; i < (int)a->circles.n; i++) {
		assert_string_equal(a->circles.v[i].name,
		    b->circles.v[i].name);
		assert_int_equal(a->circles.v[i].days, b->circles.v[i].days);
	}
	assert_int_equal(a->notifier_lead, b->notifier_lead);
	assert_int_equal(a->notifier_timeout, b->notifier_timeout);
}

static void
test_defaults(void **state)
{
	struct options o;

	(void)state;
	options_init(&o);
	assert_int_equal(o.hours.morning, hours_default.morning);
	assert_int_equal(o.hours.evening, hours_default.evening);
	assert_int_equal(o.hours.tonight, hours_default.tonight);
	assert_int_equal(o.hours.eod, hours_default.eod);
	assert_int_equal(o.later, 3600);
	assert_int_equal(o.raises, 3);
	assert_int_equal(o.raise[0], 300);
	assert_int_equal(o.raise[1], 900);
	assert_int_equal(o.raise[2], 3600);
	assert_int_equal(o.put_away, 900);
	assert_int_equal(o.dismissals, 2);
	assert_int_equal(o.brief, 9 * 60);
	assert_int_equal(o.privacy, PRIVACY_FULL);
	assert_string_equal(o.details_command, "");
	options_clear(&o);
}

static void
test_every_key(void **state)
{
	static const char text[] =
	    "\xef\xbb\xbf# a file by an editor that marks the byte order\n"
	    "[time]\r\n"
	    "morning = 8:30\r\n"
	    "evening: 19:00\n"
	    "  tonight=21:15  \n"
	    "	eod = 16:05\n"
	    "; the other sign of a comment ; with another one in it\n"
	    "[popup]\n"
	    "later = 1h30m\n"
	    "raise = 1m,  2m,1 hour\n"
	    "put_away = 20m\n"
	    "dismissals = 0\n"
	    "brief = 07:45\n"
	    "privacy = names\n"
	    "details_command = foot -e sh -c 'rapportctl show {id};read x'\n"
	    "\n"
	    "[notifier]\n"
	    "lead = 10s\n"
	    "timeout = 1m\n"
	    "[time]\n";
	struct options o;
	struct err err = { 0 };

	(void)state;
	options_init(&o);
	if (!read_text(&o, text, strlen(text), &err))
		fail_msg("%s", err.message);
	assert_int_equal(o.hours.morning, 8 * 60 + 30);
	assert_int_equal(o.hours.evening, 19 * 60);
	assert_int_equal(o.hours.tonight, 21 * 60 + 15);
	assert_int_equal(o.hours.eod, 16 * 60 + 5);
	assert_int_equal(o.later, 5400);
	assert_int_equal(o.raises, 3);
	assert_int_equal(o.raise[0], 60);
	assert_int_equal(o.raise[1], 120);
	assert_int_equal(o.raise[2], 3600);
	assert_int_equal(o.put_away, 1200);
	assert_int_equal(o.dismissals, 0);
	assert_int_equal(o.brief, 7 * 60 + 45);
	assert_int_equal(o.privacy, PRIVACY_NAMES);
	assert_string_equal(o.details_command,
	    "foot -e sh -c 'rapportctl show {id};read x'");
	assert_int_equal(o.notifier_lead, 10);
	assert_int_equal(o.notifier_timeout, 60);

	/* A second file starts from the defaults, not from the first. */
	assert_true(read_text(&o, "[popup]\nraise = none", 20, &err));
	assert_int_equal(o.raises, 0);
	assert_int_equal(o.later, 3600);
	assert_true(read_text(&o, "", 0, &err));
	assert_int_equal(o.raises, 3);
	options_clear(&o);
}

static int
circle_days(const struct options *o, const char *name)
{
	const struct circle *c = options_circle(o, name);

	return c == NULL ? 0 : c->days;
}

static void
test_circles(void **state)
{
	static const struct {
		const char *name;
		int days;
	} t[] = {
		{ "close", 10 }, { "Close", 10 }, { "good", 30 },
		{ "wide", 0 }, { "mentors", 42 }, { "família", 60 },
		{ "o-2_x", 730 }, { "dormant", 365 }, { "nobody", 0 },
		{ "", 0 },
	};
	static const char text[] = "[circles]\nclose = 10d\nwide = none\n"
	    "mentors = 6 weeks\nfamília = 2mo\no-2_x = 2y\n";
	struct options o;
	struct err err = { 0 };
	char *names;
	size_t i;

	(void)state;
	options_init(&o);
	names = options_circle_names(&o);
	assert_string_equal(names, "close, good, casual, wide, key, active, "
	    "network or dormant");
	free(names);
	if (!read_text(&o, text, strlen(text), &err))
		fail_msg("%s", err.message);
	for (i = 0; i < sizeof t / sizeof t[0]; i++)
		assert_int_equal(circle_days(&o, t[i].name), t[i].days);
	names = options_circle_names(&o);
	assert_string_equal(names, "close, good, casual, key, active, network, "
	    "dormant, mentors, família or o-2_x");
	free(names);
	options_clear(&o);
}

/* "Mon 22:00-07:00 …": every span of the week, in order. */
static const char *
quiet_words(const struct options *o)
{
	static char text[1024];
	int day, i;

	text[0] = '\0';
	for (day = 0; day < WEEKDAY_MAX; day++)
		for (i = 0; i < o->quiet[day].n; i++) {
			int from = o->quiet[day].spans[i].from;
			int to = o->quiet[day].spans[i].to;
			size_t len = strlen(text);

			snprintf(text + len, sizeof text - len,
			    "%s%s %02d:%02d-%02d:%02d", len > 0 ? " " : "",
			    weekday_short[day], from / 60, from % 60, to / 60,
			    to % 60);
		}
	return text;
}

static void
test_quiet(void **state)
{
	static const struct {
		const char *text, *week;
	} table[] = {
		{ "", "" },
		{ "daily = none", "" },
		{ "monday = 22:00-07:00", "Mon 22:00-07:00" },
		{ "monday = 9:00 - 9:30,12:30-13:15 , 22:00-7:00",
		    "Mon 09:00-09:30 Mon 12:30-13:15 Mon 22:00-07:00" },
		/* A day's own hours win, wherever they stand. */
		{ "sunday = none\ndaily = 22:00-07:00\nfriday = 23:00-08:00",
		    "Mon 22:00-07:00 Tue 22:00-07:00 Wed 22:00-07:00 "
		    "Thu 22:00-07:00 Fri 23:00-08:00 Sat 22:00-07:00" },
		{ "daily = 01:00-02:00\ntuesday = daily\nwednesday = none\n"
		    "thursday = none\nfriday = none\nsaturday = none",
		    "Mon 01:00-02:00 Tue 01:00-02:00 Sun 01:00-02:00" },
		/* Whole days. */
		{ "saturday = 00:00-24:00\nsunday = 00:00-00:00",
		    "Sat 00:00-00:00 Sun 00:00-00:00" },
		{ "sunday = 12:00-24:00", "Sun 12:00-00:00" },
		/* A minute in the week is enough. */
		{ "daily = 00:00-24:00\nwednesday = 00:01-00:00",
		    "Mon 00:00-00:00 Tue 00:00-00:00 Wed 00:01-00:00 "
		    "Thu 00:00-00:00 Fri 00:00-00:00 Sat 00:00-00:00 "
		    "Sun 00:00-00:00" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct options o;
		struct err err = { 0 };
		char text[512];

		options_init(&o);
		snprintf(text, sizeof text, "[quiet]\n%s\n", table[i].text);
		if (!read_text(&o, text, strlen(text), &err))
			fail_msg("%s: %s", table[i].text, err.message);
		assert_string_equal(quiet_words(&o), table[i].week);
		options_clear(&o);
	}
}

#define LONG "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void
test_refused(void **state)
{
	/* The file, the line at fault, and words the message must have. */
	static const struct {
		const char *text;
		int line;
		const char *says;
	} table[] = {
		{ "morning = 09:00\n", 1, "move it to [time]" },
		{ "color = red\n", 1, "stands in no section" },
		{ "[tiem]\n", 1, "did you mean [time]?" },
		{ "[colors]\n", 1,
		    "the sections are time, popup, quiet, circles, "
		    "notifier" },
		{ "[Time]\n", 1, "did you mean [time]?" },
		{ "[time\n", 1, "] is missing" },
		{ "[time] morning = 09:00\n", 1, "line of its own" },
		{ "[" LONG "]\n", 1, "there is no section [xxx" },
		{ "\n# c\n[time]\nmorningg = 09:00\n", 4,
		    "did you mean morning?" },
		{ "[time]\nnoon = 12:00\n", 2,
		    "its keys are morning, evening, tonight, eod" },
		{ "[time]\nlater = 1h\n", 2, "move it to [popup]" },
		{ "[time]\n = 1h\n", 2, "there is no key \"\"" },
		{ "[time]\nmorning\n", 2, "neither \"key = value\"" },
		{ "[time]\nmorning\nevening = 99\n", 2, "neither" },
		{ "[time]\nevening = 99\nmorning\n", 2, "not a time of day" },
		{ "[time]\nmorning = 08:00\neod = 16:00\nmorning = 09:00\n",
		    4, "line 2 did it first" },
		{ "[time]\nmorning = 24:00\n", 2, "from 00:00 to 23:59" },
		{ "[time]\nmorning = 9\n", 2, "\"9\" is not a time of day" },
		{ "[time]\nmorning = 9:5\n", 2, "not a time of day" },
		{ "[time]\nmorning = 09:60\n", 2, "not a time of day" },
		{ "[time]\nmorning = 09:00am\n", 2, "not a time of day" },
		{ "[time]\nmorning =\n", 2, "not a time of day" },
		{ "[time]\nmorning = 009:00\n", 2, "not a time of day" },
		{ "[time]\nmorning = 09:00 ; early\n", 2,
		    "begins a comment" },
		{ "[time]\nmorning = 09:00\n  evening = nine\n", 3,
		    "evening: " },
		{ "[popup]\nlater = 1h30x\n", 2, "later: " },
		{ "[popup]\nlater = 90\n", 2, "later: " },
		{ "[popup]\nlater = 400d\n", 2, "it can be 1 s to 1 y" },
		{ "[popup]\nraise = 5m, 5m\n", 2, "not longer than" },
		{ "[popup]\nraise = 1h, 5m\n", 2, "not longer than" },
		{ "[popup]\nraise = 5m,\n", 2, "raise: " },
		{ "[popup]\nraise =\n", 2, "raise: " },
		{ "[popup]\nraise = 1m,2m,3m,4m,5m,6m,7m,8m,9m\n", 2,
		    "more than 8" },
		{ "[popup]\ndismissals = two\n", 2,
		    "\"two\" is not a number from 0 to 100" },
		{ "[popup]\ndismissals = -1\n", 2, "from 0 to 100" },
		{ "[popup]\ndismissals = 101\n", 2, "from 0 to 100" },
		{ "[popup]\ndismissals = 99999999999999999999\n", 2,
		    "from 0 to 100" },
		{ "[popup]\ndismissals = 2 # twice\n", 2, "from 0 to 100" },
		{ "[popup]\nprivacy = name\n", 2, "did you mean names?" },
		{ "[popup]\nprivacy = private\n", 2,
		    "none of full, names or none" },
		{ "[popup]\ndetails_command = a ; b\n", 2,
		    "begins a comment" },
		{ "[popup]\ndetails_command = " LONG LONG LONG LONG "\n", 2,
		    "longer than" },
		{ "[popup]\ndetails_command = caf\xe9\n", 2, "UTF-8" },
		{ "[circles]\nclose = 0d\n", 2, "close: \"0d\" is no time" },
		{ "[circles]\nclose = 500y\n", 2, "ten years at most" },
		{ "[circles]\nclose = 11 years\n", 2, "ten years at most" },
		{ "[circles]\nclose = 12h\n", 2, "no number of days" },
		{ "[circles]\nclose = 7\n", 2, "say it like \"7d\"" },
		{ "[circles]\nclose =\n", 2, "no number of days" },
		{ "[circles]\nfans = 3d\nFans = 4d\n", 3,
		    "Fans is set a second time; line 2" },
		{ "[circles]\nnone = 3d\n", 2, "no name of a circle" },
		{ "[circles]\n2nd = 3d\n", 2, "a letter first" },
		{ "[circles]\nold friends = 3d\n", 2, "no name of a circle" },
		{ "[circles]\n = 3d\n", 2, "no name of a circle" },
		{ "[quiet]\ndaily =\n", 2, "as in 22:00-07:00" },
		{ "[quiet]\ndaily = 22:00\n", 2,
		    "\"22:00\" is not from one time of day to another" },
		{ "[quiet]\ndaily = 22-7\n", 2, "as in 22:00-07:00" },
		{ "[quiet]\ndaily = 22:00-07:00-08:00\n", 2, "as in" },
		{ "[quiet]\ndaily = 24:00-07:00\n", 2, "as in" },
		{ "[quiet]\ndaily = 22:00-24:01\n", 2, "as in" },
		{ "[quiet]\ndaily = 22:00-07:60\n", 2, "as in" },
		{ "[quiet]\ndaily = 22:00-07:00,\n", 2, "as in" },
		{ "[quiet]\ndaily = daily\n", 2, "as in" },
		{ "[quiet]\nmonday = nothing\n", 2, "monday: " },
		{ "[quiet]\nmonday = 1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00,"
		    "1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00,1:00-2:00\n", 2,
		    "more than 8 times a day" },
		{ "[quiet]\nmonday = 1:00-2:00\nmonday = none\n", 3,
		    "line 2 did it first" },
		{ "[quiet]\nweekend = none\n", 2,
		    "its keys are daily, monday, tuesday" },
		/* Nothing would ever ring. */
		{ "[quiet]\ndaily = 00:00-24:00\n", 2, "whole week is quiet" },
		{ "[quiet]\ndaily = 12:00-12:00\n[popup]\n", 2, "whole week" },
		{ "[quiet]\nmonday = 00:00-24:00, 23:00-07:00\n"
		    "daily = 07:00-22:00, 22:00-07:00\n\n", 3, "leave some time" },
		{ "[quiet]\ndaily = 20:00-12:00\ntuesday = 12:00-20:00,"
		    "20:00-12:00\nmonday = 11:00-21:00, 21:00-12:00\n"
		    "wednesday = 12:00-12:00\nthursday = 12:00-12:00\n"
		    "friday = 12:00-12:00\nsaturday = 12:00-12:00\n"
		    "sunday = 12:00-12:00\n", 9, "whole week" },
	};
	struct options o;
	size_t i;

	(void)state;
	options_init(&o);
	o.later = 77;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct err err = { 0 };
		char where[64];

		snprintf(where, sizeof where, "rapport.conf:%d: ",
		    table[i].line);
		if (read_text(&o, table[i].text, strlen(table[i].text), &err))
			fail_msg("accepted: %s", table[i].text);
		if (strncmp(err.message, where, strlen(where)) != 0 ||
		    strstr(err.message, table[i].says) == NULL)
			fail_msg("%s says: %s", table[i].text, err.message);
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		assert_null(strchr(err.message, '\n'));
		assert_int_equal(o.later, 77);
	}
	options_clear(&o);
}

static void
test_nul_byte(void **state)
{
	struct options o;
	struct err err = { 0 };

	(void)state;
	options_init(&o);
	assert_false(read_text(&o, "[time]\nmorning = 0\0009:00\n", 25, &err));
	assert_non_null(strstr(err.message, "rapport.conf:2: "));
	/* Also where a byte order mark may stand; /dev/zero has no end. */
	assert_false(read_text(&o, "\0[time]\n", 8, &err));
	assert_non_null(strstr(err.message, "rapport.conf:1: "));
	assert_false(options_load(&o, "/dev/zero", &err));
	assert_non_null(strstr(err.message, "longer than"));
	options_clear(&o);
}

/* A value of the greatest length is taken whole, one more is refused. */
static void
test_longest_line(void **state)
{
	struct options o;
	int n, longest = 0;

	(void)state;
	options_init(&o);
	for (n = 100; n < 300; n++) {
		char line[500], expect[400];

		memset(expect, 'x', (size_t)n);
		expect[n] = '\0';
		snprintf(line, sizeof line, "[popup]\ndetails_command=%s\n"
		    "brief = 06:00\n", expect);
		if (!read_text(&o, line, strlen(line), NULL))
			break;
		assert_string_equal(o.details_command, expect);
		assert_int_equal(o.brief, 360);
		longest = n;
	}
	assert_true(longest >= 180 && longest < 299);
	options_clear(&o);
}

static void
test_load(void **state)
{
	char path[] = "/tmp/rapport-test-XXXXXX";
	struct options o, defaults;
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "[popup]\nlater = 2h\n", 19), 19);
	close(fd);
	options_init(&o);
	options_init(&defaults);
	assert_true(options_load(&o, path, &err));
	assert_int_equal(o.later, 7200);

	unlink(path);
	assert_true(options_load(&o, path, &err));
	assert_same(&o, &defaults);

	assert_false(options_load(&o, "/tmp", &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	assert_non_null(strstr(err.message, "cannot read /tmp"));
	options_clear(&o);
	options_clear(&defaults);
}

/* ----------------------------------------------------- what is written -- */

static char *
file_text(const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = { 0 };
	char chunk[4096];
	size_t n;

	if (f == NULL)
		fail_msg("cannot open %s (run from the top folder)", path);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_add(&b, chunk, n);
	fclose(f);
	return buf_take(&b);
}

/* The file is prose behind "# ", and keys with their defaults behind "#". */
static void
test_example_file(void **state)
{
	char *text = file_text("conf/rapport.conf"), *line, *rest = text;
	const struct option_key *key = option_table;
	const char *section = "";
	char expect[256], header[64];
	struct buf uncommented = { 0 };
	struct options o, defaults;
	struct err err = { 0 };

	(void)state;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (line[0] == '[') {
			assert_non_null(key->name);
			section = key->section;
			snprintf(header, sizeof header, "[%s]", section);
			assert_string_equal(line, header);
		}
		if (line[0] != '#' || line[1] == ' ' || line[1] == '\0') {
			buf_addf(&uncommented, "%s\n", line);
			continue;
		}
		if (key->name == NULL)
			fail_msg("no key, or one too many: %s", line);
		assert_string_equal(section, key->section);
		snprintf(expect, sizeof expect, "#%s =%s%s", key->name,
		    key->fallback[0] == '\0' ? "" : " ", key->fallback);
		assert_string_equal(line, expect);
		buf_addf(&uncommented, "%s\n", line + 1);
		key++;
	}
	if (key->name != NULL)
		fail_msg("conf/rapport.conf lacks %s", key->name);

	options_init(&o);
	options_init(&defaults);
	if (!read_text(&o, uncommented.data, uncommented.len, &err))
		fail_msg("%s", err.message);
	assert_same(&o, &defaults);
	free(text);
	buf_clear(&uncommented);
	options_clear(&o);
	options_clear(&defaults);
}

/* ".It Ic later Ns = Ns Ar span" and its default for every key, in order. */
static void
test_manual_page(void **state)
{
	char *text = file_text("conf/rapport.conf.5"), *at = text;
	const struct option_key *key;
	char item[256];

	(void)state;
	for (key = option_table; key->name != NULL; key++) {
		snprintf(item, sizeof item, "\n.It Ic %s No = Ar %s\n",
		    key->name, key->type);
		at = strstr(at, item);
		if (at == NULL)
			fail_msg("conf/rapport.conf.5 lacks, or has out of "
			    "order: %s", item);
		snprintf(item, sizeof item, "\nDefault: %s.\n",
		    key->fallback[0] == '\0' ? "empty" : key->fallback);
		at = strstr(at, item);
		if (at == NULL)
			fail_msg("conf/rapport.conf.5 lacks %s's %s",
			    key->name, item);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_every_key),
		cmocka_unit_test(test_circles),
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_nul_byte),
		cmocka_unit_test(test_longest_line),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_example_file),
		cmocka_unit_test(test_manual_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
