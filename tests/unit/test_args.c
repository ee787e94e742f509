/* The command line: examples of what is typed, and what is understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"
#include "ctl/args.h"
#include "ctl/here.h"
#include "ctl/suggest.h"

enum { WORDS_MAX = 24 };

/* Words as one types them: parted by spaces, '…' holds them together. */
struct words {
	char *text;
	char *argv[WORDS_MAX + 1];
	int argc;
};

static struct words
split(const char *line)
{
	struct words w = {.text = mem_dup(line)};
	char *p = w.text;

	while (*p != '\0') {
		char end = *p == '\'' ? '\'' : ' ';

		assert_true(w.argc < WORDS_MAX);
		p += end == '\'';
		w.argv[w.argc++] = p;
		while (*p != '\0' && *p != end)
			p++;
		if (*p != '\0')
			*p++ = '\0';
		p += strspn(p, " ");
	}
	return w;
}

/* --------------------------------------------------------- understood -- */

static const struct {
	const char *line, *command, *parameters;
} understood[] = {
	{"rapportctl", NULL, "{}"},
	{"rapportctl today", "today", "{}"},
	{"rapportctl --json list", "list", "{}"},
	{"rapportctl list --limit 3 --all", "list",
	    "{\"limit\":3,\"all\":true}"},
	{"rapportctl list --limit=3", "list", "{\"limit\":3}"},
	{"rapportctl list --until next friday", NULL, NULL},
	{"rapportctl list --until 'next friday'", "list",
	    "{\"until\":\"next friday\"}"},

	/* TEXT is a word, WHEN all that follow it, options anywhere. */
	{"rapportctl add 'Call Dana' tue 9am", "add",
	    "{\"text\":\"Call Dana\",\"when\":\"tue 9am\"}"},
	{"rapportctl add x tue --need 'a price' 9am --urgent", "add",
	    "{\"need\":\"a price\",\"urgent\":true,\"text\":\"x\","
	    "\"when\":\"tue 9am\"}"},
	{"rapportctl add --kind FIX x fri", "add",
	    "{\"kind\":\"fix\",\"text\":\"x\",\"when\":\"fri\"}"},
	{"rapportctl add x fri --with dana --with @tom", "add",
	    "{\"with\":[\"dana\",\"tom\"],\"text\":\"x\",\"when\":\"fri\"}"},
	{"rapportctl add x --every 'mon and thu at 8'", "add",
	    "{\"every\":\"mon and thu at 8\",\"text\":\"x\"}"},
	{"rapportctl add x tue --every week 9am", "add",
	    "{\"every\":\"week\",\"text\":\"x\",\"when\":\"tue 9am\"}"},
	{"rapportctl add -- --help fri", "add",
	    "{\"text\":\"--help\",\"when\":\"fri\"}"},
	{"rapportctl add x +3d --need=--", "add",
	    "{\"need\":\"--\",\"text\":\"x\",\"when\":\"+3d\"}"},
	{"rapportctl add - fri", "add", "{\"text\":\"-\",\"when\":\"fri\"}"},

	/* Leading numbers are IDs, unless they begin a time. */
	{"rapportctl snooze", "snooze", "{}"},
	{"rapportctl snooze 12", "snooze", "{\"id\":[12]}"},
	{"rapportctl snooze #12", "snooze", "{\"id\":[12]}"},
	{"rapportctl snooze 24 dec", "snooze", "{\"when\":\"24 dec\"}"},
	{"rapportctl snooze 2 weeks", "snooze", "{\"when\":\"2 weeks\"}"},
	{"rapportctl snooze 9 am", "snooze", "{\"when\":\"9 am\"}"},
	{"rapportctl snooze 12 24 dec", "snooze",
	    "{\"id\":[12],\"when\":\"24 dec\"}"},
	{"rapportctl snooze 12 13 2h", "snooze",
	    "{\"id\":[12,13],\"when\":\"2h\"}"},
	{"rapportctl snooze 12 13 2 weeks", "snooze",
	    "{\"id\":[12,13],\"when\":\"2 weeks\"}"},
	{"rapportctl snooze #24 dec", "snooze",
	    "{\"id\":[24],\"when\":\"dec\"}"},
	{"rapportctl snooze 12 9:30", "snooze",
	    "{\"id\":[12],\"when\":\"9:30\"}"},
	{"rapportctl snooze 12 tomorrow", "snooze",
	    "{\"id\":[12],\"when\":\"tomorrow\"}"},
	{"rapportctl move 12 friday 14:00", "move",
	    "{\"id\":[12],\"when\":\"friday 14:00\"}"},
	{"rapportctl move 3 3 may", "move", "{\"id\":[3],\"when\":\"3 may\"}"},

	/* A contact stands where no ID does, and is no time. */
	{"rapportctl snooze dana", "snooze", "{\"who\":\"dana\"}"},
	{"rapportctl snooze dana 2h", "snooze",
	    "{\"who\":\"dana\",\"when\":\"2h\"}"},
	{"rapportctl snooze 2h", "snooze", "{\"when\":\"2h\"}"},
	{"rapportctl snooze tomorrow 9am", "snooze",
	    "{\"when\":\"tomorrow 9am\"}"},
	{"rapportctl snooze @may 2h", "snooze",
	    "{\"who\":\"may\",\"when\":\"2h\"}"},
	{"rapportctl done dana", "done", "{\"who\":\"dana\"}"},
	{"rapportctl done may", "done", "{\"who\":\"may\"}"},
	{"rapportctl show dana", "show", "{\"who\":\"dana\"}"},
	{"rapportctl show 12", "show", "{\"id\":12}"},

	{"rapportctl done 12 -m 'likes it'", "done",
	    "{\"note\":\"likes it\",\"id\":[12]}"},
	{"rapportctl done -mfine", "done", "{\"note\":\"fine\"}"},
	{"rapportctl done -m -fine", "done", "{\"note\":\"-fine\"}"},
	{"rapportctl done --note fine 12 13", "done",
	    "{\"note\":\"fine\",\"id\":[12,13]}"},
	{"rapportctl skip", "skip", "{}"},
	{"rapportctl skip 12", "skip", "{\"id\":12}"},
	{"rapportctl skip dana", "skip", "{\"who\":\"dana\"}"},
	{"rapportctl move 12 14:00 --series", "move",
	    "{\"series\":true,\"id\":[12],\"when\":\"14:00\"}"},
	{"rapportctl drop 1 2 3", "drop", "{\"id\":[1,2,3]}"},
	{"rapportctl undo 12", "undo", "{\"id\":12}"},
	{"rapportctl edit 12 --not-urgent --need none", "edit",
	    "{\"not_urgent\":true,\"need\":\"none\",\"id\":12}"},
	{"rapportctl edit 12 --need=", "edit", "{\"need\":\"\",\"id\":12}"},
	{"rapportctl edit 12 --every none", "edit",
	    "{\"every\":\"none\",\"id\":12}"},
	{"rapportctl edit 12 --every=", "edit", "{\"every\":\"\",\"id\":12}"},
	{"rapportctl person add 'Dana Novak' --as dana", "person add",
	    "{\"as\":\"dana\",\"name\":\"Dana Novak\"}"},
	{"rapportctl person list", "person list", "{}"},
	{"rapportctl person edit dana --keep-up 3w --introduced-by @tom",
	    "person edit", "{\"keep_up\":\"3w\",\"introduced_by\":\"tom\","
	    "\"who\":\"dana\"}"},
	{"rapportctl person pause may until 10 jan", "person pause",
	    "{\"who\":\"may\",\"until\":\"until 10 jan\"}"},
	{"rapportctl person forget dana --yes", "person forget",
	    "{\"yes\":true,\"who\":\"dana\"}"},

	/* Who was met; and what is next, with a time behind it. */
	{"rapportctl met dana", "met", "{\"who\":[\"dana\"]}"},
	{"rapportctl met dana @tom may -m 'likes it' --by call", "met",
	    "{\"note\":\"likes it\",\"by\":\"call\","
	    "\"who\":[\"dana\",\"tom\",\"may\"]}"},
	{"rapportctl met dana --next 'Send it' by thu", "met",
	    "{\"next\":\"Send it\",\"who\":[\"dana\"],"
	    "\"when\":\"by thu\"}"},
	{"rapportctl met --next 'Send it' by thu -m fine 9am --new Dana",
	    "met", "{\"next\":\"Send it\",\"note\":\"fine\","
	    "\"new\":\"Dana\",\"when\":\"by thu 9am\"}"},
	{"rapportctl met dana --done 12 13 --mood good --done 14", "met",
	    "{\"done\":[12,13,14],\"mood\":\"good\","
	    "\"who\":[\"dana\"]}"},
	{"rapportctl met dana --on 'mon 15:00'", "met",
	    "{\"on\":\"mon 15:00\",\"who\":[\"dana\"]}"},

	/* A kind is one when something follows it. */
	{"rapportctl learn dana likes early calls", "learn",
	    "{\"who\":\"dana\",\"kind\":\"likes\","
	    "\"text\":\"early calls\"}"},
	{"rapportctl learn dana 'speaks Czech' --private", "learn",
	    "{\"private\":true,\"who\":\"dana\","
	    "\"text\":\"speaks Czech\"}"},
	{"rapportctl learn dana birthday 22 jan", "learn",
	    "{\"who\":\"dana\",\"kind\":\"birthday\","
	    "\"text\":\"22 jan\"}"},
	{"rapportctl learn may work", "learn",
	    "{\"who\":\"may\",\"text\":\"work\"}"},
	{"rapportctl search slow onboarding", "search",
	    "{\"words\":\"slow onboarding\"}"},
	{"rapportctl network", "network", "{}"},
	{"rapportctl network dana", "network", "{\"who\":\"dana\"}"},

	/* Facts, conversations and dates have numbers with a letter. */
	{"rapportctl drop f7 12 D2", "drop",
	    "{\"entry\":[\"f7\",\"D2\"],\"id\":[12]}"},
	{"rapportctl edit i31 --mood good", "edit",
	    "{\"mood\":\"good\",\"entry\":\"i31\"}"},
	{"rapportctl quiet off", "quiet", "{\"when\":\"off\"}"},
	{"rapportctl quiet until 14:00", "quiet",
	    "{\"when\":\"until 14:00\"}"},
	{"rapportctl when next friday --from 2026-11-20T14:30", "when",
	    "{\"when\":\"next friday\"}"},
	{"rapportctl when --every weekday --count 3", "when",
	    "{\"every\":\"weekday\"}"},
	{"rapportctl status --test", "status", "{\"test\":true}"},
	{"rapportctl rpc List {\"limit\":3}", "rpc",
	    "{\"method\":\"List\",\"parameters\":{\"limit\":3}}"},
	{"rapportctl completion zsh", "completion", "{\"shell\":\"zsh\"}"},
};

static void
lines_are_understood(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof understood / sizeof *understood; i++) {
		struct words w = split(understood[i].line);
		struct err err = {0};
		struct args a;
		char *got;

		if (understood[i].parameters == NULL) {
			assert_false(args_parse(w.argc, w.argv, &a, &err));
			goto next;
		}
		if (!args_parse(w.argc, w.argv, &a, &err))
			fail_msg("%s: %s", understood[i].line, err.message);
		if (understood[i].command == NULL)
			assert_null(a.command);
		else
			assert_string_equal(a.command->name,
			    understood[i].command);
		got = json_dumps(a.parameters, JSON_COMPACT);
		if (strcmp(got, understood[i].parameters) != 0)
			fail_msg("%s: %s", understood[i].line, got);
		free(got);
next:
		args_clear(&a);
		free(w.text);
	}
}

/* ------------------------------------------------------------- refused -- */

static const struct {
	const char *line, *says;
} refused[] = {
	{"rapportctl frobnicate", "there is no \"frobnicate\""},
	{"rapportctl ls", "did you mean: rapportctl list"},
	{"rapportctl rm 3", "did you mean: rapportctl drop"},
	{"rapportctl delete 3", "did you mean: rapportctl drop"},
	{"rapportctl remind x", "did you mean: rapportctl add"},
	{"rapportctl snoze", "did you mean: rapportctl snooze"},
	{"rapportctl 12", "did you mean: rapportctl show 12"},
	{"rapportctl @dana", "did you mean: rapportctl show @dana"},
	{"rapportctl log dana", "did you mean: rapportctl met"},
	{"rapportctl note dana", "did you mean: rapportctl learn"},
	{"rapportctl contact dana", "did you mean: rapportctl person add"},
	{"rapportctl birthday", "did you mean: rapportctl learn WHO birthday"},
	{"rapportctl find x", "did you mean: rapportctl search"},
	{"rapportctl met", "met needs WHO"},
	{"rapportctl met dana --mood great", "there is no mood \"great\""},
	{"rapportctl learn dana", "learn needs TEXT"},
	{"rapportctl drop x7", "\"x7\" is no number"},
	{"rapportctl person", "person add, person list"},
	{"rapportctl person lst", "person add, person list"},
	{"rapportctl ''", "there is no \"\""},

	{"rapportctl --jsn list", "did you mean --json?"},
	{"rapportctl --urgent add x fri", "follow it"},
	{"rapportctl list --limt 3", "did you mean --limit?"},
	{"rapportctl list --limit", "--limit needs a value: --limit N"},
	{"rapportctl list --limit --all", "--limit needs a value"},
	{"rapportctl list --limit 0", "from 1 on"},
	{"rapportctl list --limit x", "not \"x\""},
	{"rapportctl list --limit 3 --limit 4", "--limit is given twice"},
	{"rapportctl list --all=yes", "--all takes no value"},
	{"rapportctl --socket", "--socket needs a value"},
	{"rapportctl --socket= list", "--socket is empty"},
	{"rapportctl --socket a --socket b", "--socket is given twice"},
	{"rapportctl list -x", "list has no option -x"},

	{"rapportctl add", "add needs TEXT"},
	{"rapportctl add x", "add needs a time"},
	{"rapportctl add '' fri", "text is empty"},
	{"rapportctl add --every day", "add needs TEXT"},
	{"rapportctl add x --every", "--every needs a value: --every RULE"},
	{"rapportctl add x --every ''", "every is empty"},
	{"rapportctl skip 12 13", "\"13\" is one word too many for skip"},
	{"rapportctl move 12 --series", "move needs a time"},
	{"rapportctl when --count 0 fri", "from 1 on"},
	{"rapportctl add x fri --kind fxi", "did you mean fix?"},
	{"rapportctl add x fri --kind zzzzzzzz", "one of reminder, next-step"},
	{"rapportctl add x fri --need ''", "need is empty"},
	{"rapportctl move 12", "move needs a time"},
	{"rapportctl move", "move needs ID"},
	{"rapportctl move 12 may", "\"12 may\" is read as a time"},
	{"rapportctl drop", "drop needs ID"},
	{"rapportctl drop dana", "\"dana\" is no number of a reminder"},
	{"rapportctl drop 12,13", "\"12,13\" is no number of a reminder; "
	    "several stand apart: rapportctl drop 12 13"},
	{"rapportctl snooze #12,#13 2h", "rapportctl snooze 12 13"},
	{"rapportctl move 12,13 tomorrow", "rapportctl move 12 13"},
	{"rapportctl drop 0", "\"0\" is no number"},
	{"rapportctl drop 99999999999999999999", "is no number"},
	{"rapportctl undo 1 2", "\"2\" is one word too many for undo; "},
	{"rapportctl undo 1 x", "\"x\" is no number of a reminder; "},
	{"rapportctl done dana tom", "\"tom\" is one word too many"},
	{"rapportctl today please", "\"please\" is one word too many"},
	{"rapportctl show", "show needs ID"},
	{"rapportctl when", "when needs a time"},
	{"rapportctl rpc List [1]", "have to be one object"},
	{"rapportctl rpc List {\"a\":1,\"a\":2}", "are not JSON"},
	{"rapportctl completion tcsh", "there is no shell \"tcsh\"; it is one of "
	    "bash|zsh|fish"},
	{"rapportctl add \xff fri", "word 2 of the command line is not valid"},
	{"rapportctl list \xc3\x28", "not valid UTF-8"},
};

static void
lines_are_refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct words w = split(refused[i].line);
		struct err err = {0};
		struct args a;

		if (args_parse(w.argc, w.argv, &a, &err))
			fail_msg("%s: not refused", refused[i].line);
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		if (strstr(err.message, refused[i].says) == NULL)
			fail_msg("%s: %s", refused[i].line, err.message);
		args_clear(&a);
		free(w.text);
	}
}

static void
global_options_stand_anywhere(void **state)
{
	static const char *const lines[] = {
		"rapportctl --json --socket /s list",
		"rapportctl list --json --socket=/s",
		"rapportctl --socket /s list --json",
	};
	struct err err = {0};
	struct args a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct words w = split(lines[i]);

		assert_true(args_parse(w.argc, w.argv, &a, &err));
		assert_true(a.json);
		assert_string_equal(a.socket, "/s");
		args_clear(&a);
		free(w.text);
	}
}

static void
help_asks_for_nothing_else(void **state)
{
	static const struct {
		const char *line, *command;
	} lines[] = {
		{"rapportctl --help", NULL}, {"rapportctl -h", NULL},
		{"rapportctl help", NULL}, {"rapportctl help add", "add"},
		{"rapportctl add --help", "add"},
		{"rapportctl --help add", "add"},
		{"rapportctl help person add", "person add"},
		{"rapportctl move 12 -h", "move"},
		{"rapportctl person --help", NULL},
		{"rapportctl help person", NULL},
	};
	struct err err = {0};
	struct args a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct words w = split(lines[i].line);

		assert_true(args_parse(w.argc, w.argv, &a, &err));
		assert_true(a.help);
		if (lines[i].command == NULL)
			assert_null(a.command);
		else
			assert_string_equal(a.command->name,
			    lines[i].command);
		args_clear(&a);
		free(w.text);
	}
}

static void
a_text_has_an_end(void **state)
{
	char text[4098], program[] = "rapportctl", add[] = "add";
	char when[] = "fri", *argv[] = {program, add, text, when, NULL};
	struct err err = {0};
	struct args a;

	(void)state;
	memset(text, 'a', sizeof text);
	text[4097] = '\0';
	assert_false(args_parse(4, argv, &a, &err));
	assert_non_null(strstr(err.message, "at most 4096"));
	args_clear(&a);
	text[4096] = '\0';
	assert_true(args_parse(4, argv, &a, &err));
	args_clear(&a);
}

/* --------------------------------------------------------- suggestions -- */

/* Friday, 20 November 2026, 14:30 in Berlin. */
static struct here
friday(void)
{
	struct here h = {.now = 1795181400};

	h.zone = zone_from_posix("CET-1CEST,M3.5.0,M10.5.0/3", "Berlin", NULL);
	options_init(&h.options);
	h.have_options = true;
	return h;
}

static const struct {
	const char *line, *says;	/* NULL: nothing wrong is seen */
} suggestions[] = {
	{"rapportctl add 'Call Dana tomorrow 9am'",
	    "did you mean: rapportctl add \"Call Dana\" tomorrow 9am"},
	{"rapportctl add 'Call Dana, in 2 weeks' --urgent", "did you mean: "
	    "rapportctl add \"Call Dana\" in 2 weeks --urgent"},
	{"rapportctl add 'Stretch 45m'", "rapportctl add Stretch 45m"},
	{"rapportctl add 'Call Dana'", "add needs a time, such as"},
	{"rapportctl add tomorrow", "add needs a time, such as"},
	{"rapportctl add Call Dana tomorrow", "\"Dana\" is no time; to make it "
	    "part of the text: rapportctl add \"Call Dana\" tomorrow"},
	{"rapportctl add Call Dana and Tom fri 18:00",
	    "rapportctl add \"Call Dana and Tom\" fri 18:00"},
	{"rapportctl add Send $5 fri", "rapportctl add 'Send $5' fri"},
	{"rapportctl add x tomorow", "did you mean \"tomorrow\"?"},
	{"rapportctl add x tomorow 9am", "did you mean \"tomorrow\"? Or, to "
	    "make it part of the text: rapportctl add \"x tomorow\" 9am"},
	{"rapportctl add Call qqqqqq", "a text of several words stands in "
	    "quotes"},
	/* How it recurs has an option of its own. */
	{"rapportctl add 'Stretch every day'",
	    "did you mean: rapportctl add Stretch --every day"},
	{"rapportctl add 'Call Dana fri 14:00 every 2 weeks'", "did you mean: "
	    "rapportctl add \"Call Dana\" fri 14:00 --every \"2 weeks\""},
	{"rapportctl add Stretch every weekday", "how it recurs is said after "
	    "--every; did you mean: rapportctl add Stretch --every weekday"},
	{"rapportctl add x mon 9am every week", "did you mean: rapportctl add x "
	    "mon 9am --every week"},
	{"rapportctl add Call Dana every friday", "did you mean: rapportctl add "
	    "\"Call Dana\" --every friday"},
	{"rapportctl add Stretch weekdays", "rapportctl add Stretch --every "
	    "weekdays"},
	{"rapportctl add 'Every day counts'", "add needs a time, such as"},
	{"rapportctl when every friday", "rapportctl when --every friday"},
	/* Also behind --next. */
	{"rapportctl met dana --next 'Send it'", "met needs a time"},
	{"rapportctl met dana --by call --next 'Send it by thu'", "did you "
	    "mean: rapportctl met dana --by call --next \"Send it\" by thu"},
	{"rapportctl met dana --next Send it by thu -m fine", "rapportctl met "
	    "dana --note fine --next \"Send it\" by thu"},
	{"rapportctl met dana --next 'Call every week'", "met needs a time"},
	{"rapportctl met dana --next Send qqqqqq", "rapportctl met dana --next "
	    "\"Call Dana\" tomorrow 9am"},
	{"rapportctl met dana --next 'Send it' by thu", NULL},
	{"rapportctl add x tomorrow 9am", NULL},
	{"rapportctl add x next friday", NULL},
	{"rapportctl add x fri --every week", NULL},
	{"rapportctl add 'Plan every day' --every day", NULL},
	/* A series may go without WHEN, but is the time in its text one? */
	{"rapportctl add 'z tomorrow 9am' --every day", "the text ends in a "
	    "time; did you mean: rapportctl add z tomorrow 9am --every day?"},
	{"rapportctl add 'Call Dana, fri' --every 'week at 8'", "did you mean: "
	    "rapportctl add \"Call Dana\" fri --every \"week at 8\"?"},
	{"rapportctl add 'z tomorrow 9am' mon --every day", NULL},
	{"rapportctl add tomorrow --every day", NULL},
	{"rapportctl edit 12 --text 'z tomorrow' --every day", NULL},
	/* It begins well: the daemon says what is wrong with the rest. */
	{"rapportctl add x tomorrow sometime", NULL},
	{"rapportctl add x 9", NULL},
};

static void
what_would_be_right(void **state)
{
	struct here h = friday();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof suggestions / sizeof *suggestions; i++) {
		struct words w = split(suggestions[i].line);
		struct err err = {0};
		struct args a;
		bool ok = args_parse(w.argc, w.argv, &a, &err);

		if (!ok)
			suggest_missing(&a, &h, &err);
		else
			ok = suggest_check(&a, &h, &err);
		if (suggestions[i].says == NULL)
			assert_true(ok);
		else if (ok || strstr(err.message, suggestions[i].says) ==
		    NULL)
			fail_msg("%s: %s", suggestions[i].line, err.message);
		args_clear(&a);
		free(w.text);
	}
	here_clear(&h);
}

static void
a_mistyped_time_is_no_contact(void **state)
{
	struct here h = friday();
	struct words w = split("rapportctl snooze tomorow 9am");
	struct words dana = split("rapportctl snooze dnaa");
	struct err err = {0};
	struct args a;

	(void)state;
	assert_true(args_parse(w.argc, w.argv, &a, &err));
	assert_true(suggest_not_found(&a, &h, &err));
	assert_non_null(strstr(err.message, "did you mean \"tomorrow\"?"));
	args_clear(&a);
	assert_true(args_parse(dana.argc, dana.argv, &a, &err));
	assert_false(suggest_not_found(&a, &h, &err));
	args_clear(&a);
	free(dana.text);
	free(w.text);
	here_clear(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_understood),
		cmocka_unit_test(lines_are_refused),
		cmocka_unit_test(global_options_stand_anywhere),
		cmocka_unit_test(help_asks_for_nothing_else),
		cmocka_unit_test(a_text_has_an_end),
		cmocka_unit_test(what_would_be_right),
		cmocka_unit_test(a_mistyped_time_is_no_contact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
