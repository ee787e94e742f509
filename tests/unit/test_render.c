/* What people and programs read: text made harmless, tables, agendas, replies,
 * status bars, help and completions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ctl/agenda.h"
#include "ctl/args.h"
#include "ctl/complete.h"
#include "ctl/echo.h"
#include "ctl/help.h"
#include "ctl/here.h"
#include "ctl/render.h"
#include "ctl/status.h"
#include "ctl/table.h"
#include "ctl/text.h"

/* Sunday, 22 November 2026, 15:00:00 CET. */
#define NOW 1795356000

static struct here
sunday(void)
{
	struct here h = {.now = NOW};

	h.zone = zone_from_posix("CET-1CEST,M3.5.0,M10.5.0/3", "Berlin", NULL);
	assert_non_null(h.zone);
	return h;
}

/* ---------------------------------------------------------------- text -- */

static void
text_becomes_harmless(void **state)
{
	static const struct {
		const char *text, *safe;
	} t[] = {
		{"", ""},
		{"Call Dana", "Call Dana"},
		{"Grüße, 日本語 😀", "Grüße, 日本語 😀"},
		{"two\nlines", "two⏎lines"},
		{"a\ttab", "a tab"},
		{"\033[31mred\a", "^[[31mred^G"},
		{"\x7f", "^?"},
		{"\xc2\x9b" "31m", "\\u009b31m"},
		{"\xe2\x80\xae" "abc", "\\u202eabc"},
		{"bad \xff\xc3", "bad \\xff\\xc3"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		char *safe = text_safe_dup(t[i].text);

		assert_string_equal(safe, t[i].safe);
		free(safe);
	}
}

static void
text_has_a_width_and_is_cut(void **state)
{
	static const struct {
		const char *text;
		size_t width, limit;
		const char *cut;
	} t[] = {
		{"", 0, 5, ""},
		{"Dana", 4, 4, "Dana"},
		{"Dana", 4, 3, "Da…"},
		{"Dana", 4, 1, "…"},
		{"Dana", 4, 0, ""},
		{"Grüße", 5, 4, "Grü…"},
		{"日本語", 6, 6, "日本語"},
		{"日本語", 6, 5, "日本…"},
		{"日本語", 6, 4, "日…"},	/* no half characters */
		{"😀😀", 4, 3, "😀…"},
		{"e\xcc\x81t\xcc\x81", 2, 2, "e\xcc\x81t\xcc\x81"},
		{"e\xcc\x81tude", 5, 3, "e\xcc\x81t…"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		struct buf b = {0};

		assert_int_equal(text_width(t[i].text), t[i].width);
		assert_true(text_clip(&b, t[i].text, t[i].limit) <=
		    t[i].limit);
		assert_string_equal(buf_str(&b), t[i].cut);
		buf_clear(&b);
	}
}

static void
text_is_quoted_for_a_shell(void **state)
{
	static const struct {
		const char *text, *quoted;
	} t[] = {
		{"Dana", "Dana"}, {"a/b-c_d.e:f", "a/b-c_d.e:f"},
		{"", "\"\""}, {"Call Dana", "\"Call Dana\""},
		{"it's", "\"it's\""}, {"a \"b\"", "'a \"b\"'"},
		{"$HOME", "'$HOME'"}, {"it's $5", "'it'\\''s $5'"},
		{"#12", "\"#12\""}, {"Grüße", "Grüße"}, {"hey!", "'hey!'"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		struct buf b = {0};

		text_quote(&b, t[i].text);
		assert_string_equal(buf_str(&b), t[i].quoted);
		buf_clear(&b);
	}
}

static void
text_is_wrapped(void **state)
{
	struct buf b = {0};

	(void)state;
	text_wrap(&b, "one two three four", 9, 2, 4);
	assert_string_equal(buf_str(&b), "one\n  two\n  three\n  four");
	buf_clear(&b);
	text_wrap(&b, "averylongword x", 5, 0, 0);
	assert_string_equal(buf_str(&b), "averylongword\nx");
	buf_clear(&b);
}

/* -------------------------------------------------------------- tables -- */

static void
tables_fit_the_terminal(void **state)
{
	static const struct column columns[] = {
		{.title = "ID", .right = true}, {.title = "STATE"},
		{.title = "TEXT", .flexible = true},
		{.title = "NEED", .optional = true},
	};
	struct out o = {0};
	struct table t;

	(void)state;
	table_init(&t, columns, 4);
	table_add(&t, "7", STYLE_ID);
	table_add(&t, NULL, STYLE_PLAIN);
	table_add(&t, "a text that is\nlong", STYLE_PLAIN);
	table_add(&t, "", STYLE_PLAIN);
	table_add(&t, "112", STYLE_ID);
	table_add(&t, "", STYLE_PLAIN);
	table_add(&t, "日本", STYLE_PLAIN);
	table_add(&t, "more", STYLE_PLAIN);
	table_print(&t, &o, true);
	assert_string_equal(buf_str(&o.text),
	    " ID  TEXT                 NEED\n"
	    "  7  a text that is⏎long\n"
	    "112  日本                 more\n");
	out_clear(&o);

	o.width = 24;
	table_print(&t, &o, false);
	assert_string_equal(buf_str(&o.text),
	    "  7  a text that …\n"
	    "112  日本           more\n");
	out_clear(&o);

	o.width = 14;	/* what may be left out is */
	o.colour = true;
	table_print(&t, &o, false);
	assert_string_equal(buf_str(&o.text),
	    "  \033[36m7\033[0m  a text t…\n"
	    "\033[36m112\033[0m  日本\n");
	out_clear(&o);

	o.width = 8;	/* and in the end all is cut */
	o.colour = false;
	table_print(&t, &o, false);
	assert_string_equal(buf_str(&o.text), "  7  a …\n112  日…\n");
	out_clear(&o);
	table_clear(&t);
}

/* ----------------------------------------------------------- reminders -- */

/* A reminder as the wire carries it, from what differs. */
static json_t *
reminder(int id, const char *text, const char *more)
{
	json_t *r = json_pack("{s:i, s:s, s:s, s:s, s:I, s:I, s:b, s:n, s:[], "
	    "s:n, s:b}", "id", id, "text", text, "kind", "reminder", "state",
	    "scheduled", "due", (json_int_t)NOW + 3600, "ring_at",
	    (json_int_t)NOW + 3600, "floating", true, "zone", "with", "need",
	    "urgent", false);
	json_t *changes = json_loads(more, 0, NULL);

	assert_non_null(r);
	assert_non_null(changes);
	json_object_update(r, changes);
	json_decref(changes);
	return r;
}

static void
a_reminder_is_echoed(void **state)
{
	static const struct {
		const char *more, *line;
	} t[] = {
		{"{}",
		    "12  Call Dana · Sun 22 Nov 2026 16:00 CET (in 1 h)\n"},
		{"{\"due\":1795507200,\"ring_at\":1795507200}",
		    "12  Call Dana · Tue 24 Nov 2026 09:00 CET "
		    "(in 1 d 18 h)\n"},
		{"{\"due\":1795708800,\"ring_at\":1795680000}",
		    "12  Call Dana · by Thu 26 Nov 2026 17:00 CET (in 4 d 2 h)"
		    ", rings Thu 26 Nov 09:00\n"},
		{"{\"state\":\"ringing\",\"due\":1795355700,"
		    "\"ring_at\":1795355700}",
		    "12  Call Dana · rings, due Sun 22 Nov 2026 14:55 CET "
		    "(5 min ago)\n"},
		{"{\"state\":\"snoozed\",\"due\":1795355700}",
		    "12  Call Dana · snoozed until Sun 22 Nov 2026 16:00 CET "
		    "(in 1 h)\n"},
		{"{\"every\":\"weekday\"}", "12  Call Dana · Sun 22 Nov 2026 "
		    "16:00 CET (in 1 h), every weekday\n"},
		{"{\"every\":\"3 months after done\"}", "12  Call Dana · Sun 22 "
		    "Nov 2026 16:00 CET (in 1 h), 3 months after done\n"},
		{"{\"every\":\"RRULE:FREQ=DAILY;BYMONTH=1\"}", "12  Call Dana · "
		    "Sun 22 Nov 2026 16:00 CET (in 1 h), RRULE:FREQ=DAILY;"
		    "BYMONTH=1\n"},
		{"{\"every\":\"day\",\"zone\":\"America/New_York\"}",
		    "12  Call Dana · Sun 22 Nov 2026 10:00 EST, here 16:00 CET "
		    "(in 1 h), every day\n"},
		{"{\"every\":\"day\",\"state\":\"ringing\",\"missed\":3,"
		    "\"due\":1795355700}",
		    "12  Call Dana · rings, due Sun 22 Nov 2026 14:55 CET "
		    "(5 min ago), missed 3 before\n"},
		{"{\"state\":\"done\"}", "12  Call Dana · done\n"},
		{"{\"state\":\"dropped\"}", "12  Call Dana · dropped\n"},
		{"{\"zone\":\"America/New_York\",\"floating\":false}",
		    "12  Call Dana · Sun 22 Nov 2026 10:00 EST, here 16:00 CET "
		    "(in 1 h)\n"},
		{"{\"zone\":\"Asia/Tokyo\",\"floating\":false}",
		    "12  Call Dana · Mon 23 Nov 2026 00:00 JST, here Sun 22 "
		    "Nov 2026 16:00 CET (in 1 h)\n"},
		{"{\"zone\":\"Europe/Paris\",\"floating\":false}",
		    "12  Call Dana · Sun 22 Nov 2026 16:00 CET (in 1 h)\n"},
		{"{\"zone\":\"No/Where\",\"floating\":false}",
		    "12  Call Dana · Sun 22 Nov 2026 16:00 CET (in 1 h)\n"},
		{"{\"text\":\"\\u001b[2J\"}",
		    "12  ^[[2J · Sun 22 Nov 2026 16:00 CET (in 1 h)\n"},
	};
	struct here h = sunday();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		json_t *r = reminder(12, "Call Dana", t[i].more);
		struct view v = view_of(r);
		struct out o = {0};

		echo_line(&o, &v, &h);
		assert_string_equal(buf_str(&o.text), t[i].line);
		out_clear(&o);
		json_decref(r);
	}
	here_clear(&h);
}

static void
days_have_names(void **state)
{
	static const struct {
		int64_t t;
		const char *text;
	} t[] = {
		{NOW, "today 15:00"},
		{NOW + 8 * 3600, "today 23:00"},
		{NOW + 9 * 3600, "tomorrow 00:00"},
		{NOW - 15 * 3600 - 60, "yesterday 23:59"},
		{NOW + 2 * 86400, "Tue 24 Nov 15:00"},
		{NOW - 2 * 86400, "Fri 20 Nov 15:00"},
		{NOW + 60 * 86400, "Thu 21 Jan 2027 15:00"},
	};
	struct here h = sunday();
	char text[ECHO_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		assert_string_equal(echo_short(t[i].t, &h, text), t[i].text);
	here_clear(&h);
}

/* ------------------------------------------------------------- replies -- */

/* What a command line's reply is printed as; the caller frees it. */
static char *
printed(const char *command, const json_t *reply, bool json)
{
	struct args a = {.command = command_find(command), .json = json,
	    .parameters = json_object(), .local = json_object()};
	struct here h = sunday();
	struct out o = {0};

	assert_non_null(a.command);
	render_reply(&o, &a, reply, &h);
	here_clear(&h);
	args_clear(&a);
	return buf_take(&o.text);
}

static void
expect_printed(const char *command, json_t *reply, const char *words)
{
	char *text = printed(command, reply, false);

	assert_string_equal(text, words);
	free(text);
	json_decref(reply);
}

static void
expect_json(const char *command, json_t *reply, const char *json)
{
	char *text = printed(command, reply, true);

	assert_string_equal(text, json);
	free(text);
	json_decref(reply);
}

/* Some reminders of every state. */
static json_t *
some(void)
{
	return json_pack("[o, o, o, o]",
	    reminder(3, "Stretch", "{\"state\":\"ringing\",\"urgent\":true,"
		"\"due\":1795355700,\"ring_at\":1795355700}"),
	    reminder(4, "Write", "{\"state\":\"snoozed\"}"),
	    reminder(12, "Call Dana", "{\"with\":[\"dana\",\"tom\"]}"),
	    reminder(5, "Send the offer", "{\"due\":1795708800,"
		"\"ring_at\":1795680000,\"need\":\"a price\"}"));
}

static void
an_agenda_is_grouped(void **state)
{
	(void)state;
	expect_printed("list", json_pack("{s:o}", "reminders", some()),
	    "ID  WHEN                 STATE            TEXT            WITH"
	    "       NEED\n"
	    " 3  today 14:55          ringing, urgent  Stretch\n"
	    " 4  today 16:00          snoozed          Write\n"
	    "12  today 16:00                           Call Dana       "
	    "dana, tom\n"
	    " 5  by Thu 26 Nov 17:00                   Send the offer"
	    "             a price\n");
	expect_printed("today", json_pack("{s:o, s:n}", "reminders", some(),
	    "next"),
	    "Ringing\n"
	    "3  today 14:55  ringing, urgent  Stretch\n"
	    "\n"
	    "Today\n"
	    "12  16:00     Call Dana       dana, tom\n"
	    " 5  by 17:00  Send the offer             a price\n"
	    "\n"
	    "Snoozed\n"
	    "4  today 16:00  snoozed  Write\n");
	expect_printed("week", json_pack("{s:o, s:n}", "reminders", some(),
	    "next"),
	    "Ringing\n"
	    "3  today 14:55  ringing, urgent  Stretch\n"
	    "\n"
	    "Today\n"
	    " 4  16:00  snoozed  Write\n"
	    "12  16:00           Call Dana  dana, tom\n"
	    "\n"
	    "Thu 26 Nov\n"
	    "5  by 17:00  Send the offer  a price\n");
	expect_printed("list", json_pack("{s:[o, o]}", "reminders",
	    reminder(3, "Stretch", "{\"state\":\"ringing\",\"missed\":3,"
		"\"every\":\"weekday\"}"),
	    reminder(4, "Write", "{\"every\":\"2 weeks after done\"}")),
	    "ID  WHEN         STATE              TEXT     RECURS\n"
	    " 3  today 16:00  ringing, missed 3  Stretch  every weekday\n"
	    " 4  today 16:00                     Write    2 weeks after "
	    "done\n");
	expect_printed("today", json_pack("{s:[], s:o}", "reminders", "next",
	    reminder(12, "Call Dana", "{\"due\":1795507200,"
		"\"ring_at\":1795507200}")),
	    "Nothing today. Next: 12  Call Dana · Tue 24 Nov 09:00 "
	    "(in 1 d 18 h)\n");
	expect_printed("today", json_pack("{s:[], s:n}", "reminders", "next"),
	    "Nothing today, nothing scheduled. To begin: rapportctl add "
	    "\"Call Dana\" tomorrow 9am\n");
	expect_printed("list", json_pack("{s:[]}", "reminders"),
	    "Nothing scheduled.\n");
}

/* What a command says that ends an occurrence. */
static void
an_occurrence_is_over(void **state)
{
	static const struct {
		const char *command, *more, *line;
	} t[] = {
		{"done", "{\"state\":\"done\"}", "12  Call Dana · done\n"},
		{"done", "{\"every\":\"week\"}",
		    "12  Call Dana · done; next Sun 22 Nov 2026 16:00 CET "
		    "(in 1 h)\n"},
		{"done", "{\"every\":\"week\",\"state\":\"done\"}",
		    "12  Call Dana · done; that was the last one\n"},
		{"skip", "{\"every\":\"week\"}",
		    "12  Call Dana · skipped; next Sun 22 Nov 2026 16:00 CET "
		    "(in 1 h)\n"},
		{"skip", "{\"every\":\"week\",\"state\":\"dropped\"}",
		    "12  Call Dana · skipped; that was the last one\n"},
		{"drop", "{\"every\":\"week\",\"state\":\"dropped\"}",
		    "12  Call Dana · dropped\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		expect_printed(t[i].command, json_pack("{s:[o]}", "reminders",
		    reminder(12, "Call Dana", t[i].more)), t[i].line);
}

static void
replies_in_words(void **state)
{
	(void)state;
	expect_printed("done", json_pack("{s:[o], s:[s]}", "reminders",
	    reminder(12, "Call Dana", "{\"state\":\"done\"}"), "notes",
	    "no interaction\nlogged"),
	    "12  Call Dana · done\nno interaction⏎logged\n");
	expect_printed("undo", json_pack("{s:s, s:[o]}", "undone",
	    "done: 12 Call Dana", "reminders", reminder(12, "Call Dana",
	    "{}")),
	    "Taken back · done: 12 Call Dana\n"
	    "12  Call Dana · Sun 22 Nov 2026 16:00 CET (in 1 h)\n");
	expect_printed("quiet", json_pack("{s:I}", "quiet_until",
	    (json_int_t)NOW + 7200),
	    "Quiet until Sun 22 Nov 2026 17:00 CET (in 2 h)\n");
	expect_printed("quiet", json_pack("{s:n}", "quiet_until"),
	    "Not quiet: pop-ups are shown.\n");
	expect_printed("watch", json_pack("{s:s, s:I, s:i, s:o}", "event",
	    "skipped", "at", (json_int_t)NOW, "id", 12, "reminder",
	    reminder(12, "Call Dana", "{\"every\":\"week\"}")),
	    "15:00:00  skipped  12  Call Dana · skipped; next Sun 22 Nov 2026 "
	    "16:00 CET (in 1 h)\n");
	expect_printed("watch", json_pack("{s:s, s:I, s:n, s:n}", "event",
	    "zone", "at", (json_int_t)NOW, "id", "reminder"),
	    "15:00:00  zone\n");
	expect_printed("show", json_pack("{s:o, s:n, s:[I, I], s:[{s:s, s:I, "
	    "s:s}, {s:s, s:I, s:n}]}", "reminder", reminder(12, "Stretch",
	    "{\"state\":\"ringing\",\"every\":\"week\",\"kind\":\"ask\"}"),
	    "note", "upcoming", (json_int_t)NOW + 7 * 86400 + 3600,
	    (json_int_t)NOW + 14 * 86400 + 3600, "history",
	    "state", "done", "due", (json_int_t)NOW - 6 * 86400, "note",
	    "was\nlate", "state", "dropped", "due", (json_int_t)NOW -
	    13 * 86400, "note"),
	    "12  Stretch · rings, due Sun 22 Nov 2026 16:00 CET (in 1 h)\n"
	    "    recurs    every week\n"
	    "    kind      ask\n"
	    "    due       Sun 22 Nov 2026 16:00 CET (in 1 h)\n"
	    "    then      Sun 29 Nov 2026 16:00 CET, Sun 6 Dec 2026 16:00 "
	    "CET\n"
	    "    before    done, due Mon 16 Nov 15:00: was⏎late\n"
	    "              skipped, due Mon 9 Nov 15:00\n");
	expect_printed("watch", json_pack("{s:s, s:I, s:i, s:n}", "event",
	    "undone", "at", (json_int_t)NOW, "id", 7, "reminder"),
	    "15:00:00  undone  7\n");
}

static void
replies_as_json(void **state)
{
	static const char one[] = "{\"id\":1}\n", two[] =
	    "[{\"id\":1},{\"id\":2}]\n";

	(void)state;
	expect_json("add", json_pack("{s:{s:i}, s:[]}", "reminder", "id", 1,
	    "notes"), one);
	expect_json("done", json_pack("{s:[{s:i}], s:[]}", "reminders", "id",
	    1, "notes"), one);
	expect_json("done", json_pack("{s:[{s:i},{s:i}]}", "reminders", "id",
	    1, "id", 2), two);
	expect_json("list", json_pack("{s:[{s:i}]}", "reminders", "id", 1),
	    "[{\"id\":1}]\n");
	expect_json("today", json_pack("{s:[], s:n}", "reminders", "next"),
	    "[]\n");
	expect_json("undo", json_pack("{s:s, s:[{s:i}]}", "undone", "x",
	    "reminders", "id", 1),
	    "{\"undone\":\"x\",\"reminders\":[{\"id\":1}]}\n");
	expect_json("show", json_pack("{s:{s:i}, s:n, s:[]}", "reminder", "id",
	    1, "contact", "reminders"), one);
	expect_json("show", json_pack("{s:n, s:{s:s}, s:[]}", "reminder",
	    "contact", "handle", "dana", "reminders"),
	    "{\"contact\":{\"handle\":\"dana\"},\"introducer\":null,"
	    "\"addresses\":null,\"need\":null,\"facts\":null,\"dates\":null,"
	    "\"interactions\":null,\"reminders\":[]}\n");
	expect_json("add", json_pack("{s:s}", "reminder",
	    "\033 \x7f \xc2\x9b \xe2\x80\xae ü"),
	    "\"\\u001B \\u007f \\u009b \\u202e ü\"\n");
}

static void
every_method_has_a_rendering(void **state)
{
	const struct command *c;

	(void)state;
	for (c = commands; c->name != NULL; c++)
		/* What takes many calls is printed by whoever makes them. */
		if (c->method != NULL && c->wire == NULL &&
		    !render_knows(c->method))
			fail_msg("%s has none", c->method);
}

static void
errors_become_exit_statuses(void **state)
{
	static const struct {
		const char *error;
		int status;
	} t[] = {
		{"io.rapport.NotUnderstood", 2},
		{"io.rapport.Impossible", 1},
		{"io.rapport.NotFound", 3},
		{"io.rapport.NothingRings", 3},
		{"io.rapport.StorageFailed", 1},
		{"io.rapport.SchemaTooNew", 1},
		{"io.rapport.Internal", 1},
		{VARLINK_INVALID_PARAMETER, 2},
		{VARLINK_METHOD_NOT_FOUND, 1},
		{VARLINK_METHOD_NOT_IMPLEMENTED, 1},
		{"com.example.Odd", 1},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		char name[64];
		struct varlink_reply reply = {.error = name};
		struct err err = {0};

		snprintf(name, sizeof name, "%s", t[i].error);
		reply.parameters = json_pack("{s:s, s:n}", "message", "why",
		    "parameter");
		assert_int_equal(render_error(&reply, &err), t[i].status);
		if (strncmp(name, "io.rapport.", 11) == 0)
			assert_string_equal(err.message, "why");
		assert_true(err.message[0] != '\0');
		json_decref(reply.parameters);
	}
}

/* -------------------------------------------------------------- people -- */

/* JSON written with ' for ". */
static json_t *
json_of(const char *text)
{
	char *copy = strdup(text), *p;
	json_error_t why;
	json_t *v;

	assert_non_null(copy);
	for (p = copy; *p != '\0'; p++)
		if (*p == '\'')
			*p = '"';
	v = json_loads(copy, JSON_DECODE_ANY, &why);
	if (v == NULL)
		fail_msg("%s: %s", why.text, text);
	free(copy);
	return v;
}

/* What a reply is printed as on a terminal of so many columns; the caller
 * frees it. */
static char *
printed_on(size_t width, bool colour, const char *command,
    const char *parameters, const char *reply)
{
	struct args a = {.command = command_find(command),
	    .parameters = json_of(parameters), .local = json_object()};
	struct out o = {.width = width, .colour = colour};
	json_t *r = json_of(reply);
	struct here h = sunday();

	assert_non_null(a.command);
	render_reply(&o, &a, r, &h);
	json_decref(r);
	here_clear(&h);
	args_clear(&a);
	return buf_take(&o.text);
}

static void
expect_on(size_t width, const char *command, const char *parameters,
    const char *reply, const char *words)
{
	char *text = printed_on(width, false, command, parameters, reply);

	assert_string_equal(text, words);
	free(text);
}

/* Dana, as Show answers. */
static const char dana[] =
    "{'contact':{'handle':'dana','name':'Dana Novak','created':1795000000,"
    "'org':'Acme','circle':'key','keep_up':null,'cadence':21,"
    "'zone':'America/New_York','stage':'offer','status':'active',"
    "'paused_until':null,'introduced_by':'tom',"
    "'introduced_at':1740999600,'met':'at the fair in Brno',"
    "'last_at':1792155600},"
    "'introducer':{'handle':'tom','name':'Tom Berg'},"
    "'addresses':[{'kind':'email','value':'dana@acme.example'},"
    "{'kind':'phone','value':'+1 212 555 0100'}],"
    "'need':'two prices','facts':["
    "{'number':'f7','kind':'like','text':'early calls','private':false},"
    "{'number':'f8','kind':'like','text':'oat milk','private':true},"
    "{'number':'f9','kind':'family','text':'two kids, Mia and Jon, who "
    "both play in the county youth orchestra','private':false},"
    "{'number':'f10','kind':'need','text':'two prices, for the board',"
    "'private':false}],"
    "'dates':[{'number':'d2','kind':'birthday','name':null,'year':1980,"
    "'month':1,'day':22,'lead':0,'next':'2027-01-22','in_days':61,"
    "'age':47},"
    "{'number':'d3','kind':'event','name':'board meeting','year':2026,"
    "'month':12,'day':11,'lead':3,'next':'2026-12-11','in_days':19,"
    "'age':null},"
    "{'number':'d4','kind':'birthday','name':'Mia','year':null,"
    "'month':11,'day':23,'lead':0,'next':'2026-11-23','in_days':1,"
    "'age':null},"
    "{'number':'d5','kind':'event','name':'move','year':2025,'month':3,"
    "'day':1,'lead':0,'next':null,'in_days':null,'age':null}],"
    "'interactions':[{'number':'i31','at':1792155600,'channel':'call',"
    "'direction':'in','mood':'problem','note':'onboarding was slow',"
    "'with':['dana']},"
    "{'number':'i30','at':1780000000,'channel':null,'direction':null,"
    "'mood':null,'note':null,'with':['dana','tom']}],"
    "'reminders':[{'id':12,'text':'Send the offer','kind':'next-step',"
    "'state':'scheduled','due':1795708800,'ring_at':1795680000,"
    "'need':'a price','with':['dana']}]}";

static void
the_page_before_a_call(void **state)
{
	(void)state;
	expect_on(80, "show", "{'who':'dana'}", dana,
	    "dana  Dana Novak · Acme\n"
	    "    need      f10 two prices, for the board\n"
	    "    next      12 Send the offer · by Thu 26 Nov 17:00 · "
	    "need: a price\n"
	    "    stage     offer\n"
	    "    met       at the fair in Brno, through tom (Tom Berg) on "
	    "Mon 3 Mar 2025\n"
	    "    keep up   key, every 3 weeks; last spoken Fri 16 Oct "
	    "(5 weeks ago)\n"
	    "    zone      America/New_York, Sun 09:00 there\n"
	    "    reach     dana@acme.example, +1 212 555 0100\n"
	    "    likes     f7 early calls · f8 oat milk (private)\n"
	    "    family    f9 two kids, Mia and Jon, who both play in the "
	    "county youth\n"
	    "              orchestra\n"
	    "    dates     d2 birthday 22 Jan 1980 (in 8 weeks, turns 47) · "
	    "d3 board\n"
	    "              meeting 11 Dec 2026 (in 19 days) · d4 birthday of "
	    "Mia 23 Nov\n"
	    "              (tomorrow) · d5 move 1 Mar 2025 (past)\n"
	    "    last      i31 Fri 16 Oct, call, in, problem: onboarding "
	    "was slow\n"
	    "              i30 Thu 28 May with tom\n");
}

static void
a_page_of_somebody_new(void **state)
{
	(void)state;
	expect_on(80, "show", "{'who':'eva'}", "{'contact':{'handle':'eva',"
	    "'name':'Eva','org':null,'circle':null,'cadence':null,"
	    "'stage':'comfort','status':'active'},'facts':[],'dates':[],"
	    "'interactions':[],'addresses':[],'reminders':[]}",
	    "eva  Eva\n"
	    "    next      nothing agreed\n"
	    "    stage     comfort\n");
	expect_on(80, "show", "{'who':'eva'}", "{'contact':{'handle':'eva',"
	    "'name':'Eva \\u001b[2J','keep_up':45,'cadence':45,"
	    "'stage':'care','status':'paused','paused_until':'2027-01-10'},"
	    "'facts':[{'number':'f1','kind':'other','text':'a\\nb \\u0007',"
	    "'private':false}],'reminders':[{'id':3,'text':'Call',"
	    "'state':'ringing','due':1795355700,'ring_at':1795355700}]}",
	    "eva  Eva ^[[2J\n"
	    "    next      3 Call · rings, due today 14:55\n"
	    "    status    paused until Sun 10 Jan 2027\n"
	    "    stage     care\n"
	    "    keep up   every 45 days; not spoken yet\n"
	    "    other     f1 a⏎b ^G\n");
}

/* The screen is filled with conversations, the newest first, and no more. */
static void
a_page_is_one_screen(void **state)
{
	struct args a = {.command = command_find("show"),
	    .parameters = json_object(), .local = json_object()};
	struct out o = {.width = 80, .height = 17};
	json_t *reply = json_of(dana);
	struct here h = sunday();

	(void)state;
	render_reply(&o, &a, reply, &h);
	assert_non_null(strstr(buf_str(&o.text), "i31"));
	assert_non_null(strstr(buf_str(&o.text), "i30"));
	out_clear(&o);
	o.height = 16;
	render_reply(&o, &a, reply, &h);
	assert_non_null(strstr(buf_str(&o.text), "i31"));
	assert_null(strstr(buf_str(&o.text), "i30"));
	out_clear(&o);
	json_decref(reply);
	here_clear(&h);
	args_clear(&a);
}

/* However long the texts are, no line leaves the terminal. */
static void
a_page_stays_on_the_terminal(void **state)
{
	static const size_t widths[] = {80, 72, 60, 48, 40};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof widths / sizeof *widths; i++) {
		char *page = printed_on(widths[i], false, "show",
		    "{'who':'dana'}", dana), *rest = page, *line;

		while ((line = strsep(&rest, "\n")) != NULL)
			if (text_width(line) > widths[i])
				fail_msg("%zu: %s", widths[i], line);
		free(page);
	}
}

static void
people_as_a_table(void **state)
{
	(void)state;
	expect_on(0, "person list", "{}", "{'contacts':["
	    "{'handle':'dana','name':'Dana Novak','org':'Acme',"
	    "'circle':'key','keep_up':null,'cadence':21,'stage':'offer',"
	    "'status':'active','last_at':1792155600},"
	    "{'handle':'eva','name':'Eva Lang','org':null,'circle':'key',"
	    "'keep_up':45,'cadence':45,'stage':'comfort','status':'paused',"
	    "'last_at':null}]}",
	    "HANDLE  NAME        ORG   KEEP UP  STAGE    LAST        STATUS\n"
	    "dana    Dana Novak  Acme  key      offer    Fri 16 Oct\n"
	    "eva     Eva Lang          45 d     comfort              "
	    "paused\n");
	expect_on(0, "person list", "{}", "{'contacts':[]}",
	    "Nobody yet. To begin: rapportctl person add \"Dana Novak\"\n");
	expect_on(0, "person list", "{'circle':'key'}", "{'contacts':[]}",
	    "Nobody in this circle.\n");
}

static void
what_changed_of_people(void **state)
{
	static const struct {
		const char *command, *parameters, *reply, *words;
	} t[] = {
		{"person add", "{}", "{'contact':{'handle':'eva',"
		    "'name':'Eva Lang','stage':'comfort','status':'active',"
		    "'introduced_by':'dana','introduced_at':1795356000},"
		    "'thanks':{'id':13,'text':'Thank dana','due':1795420800,"
		    "'ring_at':1795420800,'state':'scheduled'},'notes':[]}",
		    "eva  Eva Lang\n"
		    "    stage     comfort\n"
		    "    met       through dana today\n"
		    "13  Thank dana · Mon 23 Nov 2026 09:00 CET (in 18 h)\n"},
		{"learn", "{}", "{'contact':{'handle':'dana'},'fact':{"
		    "'number':'f7','kind':'like','text':'early calls',"
		    "'private':false},'date':null,'notes':[]}",
		    "f7  dana likes: early calls\n"},
		{"learn", "{}", "{'contact':{'handle':'dana'},'fact':{"
		    "'number':'f8','kind':'work','text':'leads sales',"
		    "'private':true},'date':null,'notes':['x']}",
		    "f8  dana work: leads sales (private)\nx\n"},
		{"learn", "{}", "{'contact':{'handle':'dana'},'fact':null,"
		    "'date':{'number':'d2','kind':'event',"
		    "'name':'board meeting','year':2026,'month':12,'day':11,"
		    "'lead':3,'next':'2026-12-11','in_days':19,'age':null}}",
		    "d2  dana board meeting: 11 Dec 2026 (in 19 days), told "
		    "3 days before\n"},
		{"met", "{}", "{'interaction':{'number':'i31',"
		    "'at':1795356000,'channel':'call','direction':null,"
		    "'mood':'problem','note':'onboarding was slow',"
		    "'with':['dana','tom']},'new':null,'done':[{'id':11,"
		    "'text':'Call Dana','state':'done'}],'next':{'id':12,"
		    "'text':'Fix it','state':'scheduled','due':1795420800,"
		    "'ring_at':1795420800},'thanks':null,"
		    "'notes':['still open: 9 Send the offer']}",
		    "i31  dana, tom · today 15:00 · call, problem: onboarding "
		    "was slow\n"
		    "11  Call Dana · done\n"
		    "12  Fix it · Mon 23 Nov 2026 09:00 CET (in 18 h)\n"
		    "still open: 9 Send the offer\n"},
		{"edit", "{}", "{'reminder':null,'fact':{'number':'f7',"
		    "'kind':'dislike','text':'calls','private':false},"
		    "'date':null,'interaction':null,'notes':[]}",
		    "f7  dislikes: calls\n"},
		{"drop", "{}", "{'reminders':[],'facts':[{'number':'f7',"
		    "'kind':'like','text':'calls','private':false}],"
		    "'dates':[{'number':'d2','kind':'birthday','name':null,"
		    "'year':null,'month':2,'day':29,'lead':0,"
		    "'next':'2027-02-28','in_days':98,'age':null}],"
		    "'interactions':[{'number':'i31','at':1795356000,"
		    "'note':'hello','with':['dana']}],'notes':[]}",
		    "f7  likes: calls · dropped\n"
		    "d2  birthday: 29 Feb (in 3 mo 6 d) · dropped\n"
		    "i31  dana · today 15:00: hello · dropped\n"},
		{"person forget", "{'yes':true}", "{'facts':5,'dates':1,"
		    "'interactions':12,'shared':1,'reminders':0,'backups':2,"
		    "'notes':['out of reach: exports']}",
		    "Erased: the contact, 5 facts, 1 date, "
		    "12 conversations\n"
		    "1 conversation with others stays with them\n"
		    "Erased from 2 backups too\n"
		    "out of reach: exports\n"},
		{"person forget", "{'yes':true}", "{'facts':0,"
		    "'dates':0,'interactions':0,'shared':0,'reminders':0,"
		    "'backups':0,'notes':[]}",
		    "Erased: the contact\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		expect_on(80, t[i].command, t[i].parameters, t[i].reply,
		    t[i].words);
}

static void
a_search_is_grouped(void **state)
{
	static const char found[] = "{'hits':["
	    "{'kind':'reminder','number':'12','text':'Ask how onboarding "
	    "went','with':['dana'],'at':1795420800},"
	    "{'kind':'interaction','number':'i31','text':'They are in "
	    "general content with how we work together, but the Onboarding "
	    "was slow and nobody answered','with':['dana','tom'],"
	    "'at':1792155600},"
	    "{'kind':'interaction','number':'i7','text':'onboarding "
	    "begins','with':['eva'],'at':1780000000},"
	    "{'kind':'contact','number':'dana','text':'Dana Onboard',"
	    "'with':['dana'],'at':null}]}";
	char *text;

	(void)state;
	expect_on(60, "search", "{'words':'onboard'}", found,
	    "People\n"
	    "dana  Dana Onboard\n"
	    "\n"
	    "Conversations\n"
	    "i31  dana, tom  Fri 16 Oct  …but the Onboarding was slow an…\n"
	    "i7   eva        Thu 28 May  onboarding begins\n"
	    "\n"
	    "Reminders\n"
	    "12  dana  tomorrow  Ask how onboarding went\n");
	text = printed_on(0, true, "search", "{'words':'on, DANA'}",
	    "{'hits':[{'kind':'contact','number':'dana',"
	    "'text':'Dana (onward), son','with':[]}]}");
	assert_string_equal(text, "\033[1mPeople\033[0m\n"
	    "\033[36mdana\033[0m  \033[1;33mDana\033[0m ("
	    "\033[1;33monward\033[0m), son\n");
	free(text);
	text = printed_on(0, true, "search", "{'words':'soren strasse'}",
	    "{'hits':[{'kind':'fact','number':'f1','text':'Sørensen, "
	    "Straße 5','with':['eva']}]}");
	assert_string_equal(text, "\033[1mFacts\033[0m\n"
	    "\033[36mf1\033[0m  eva  \033[1;33mSørensen\033[0m, "
	    "\033[1;33mStraße\033[0m 5\n");
	free(text);
	expect_on(0, "search", "{'words':'x'}", "{'hits':[]}",
	    "Nothing found.\n");
}

static void
a_network_is_a_tree(void **state)
{
	(void)state;
	expect_on(80, "network", "{}", "{'links':["
	    "{'handle':'kim','name':'Kim','introduced_by':'tom',"
	    "'introduced_at':null},"
	    "{'handle':'eli','name':'Eli','introduced_by':'dana',"
	    "'introduced_at':1792155600},"
	    "{'handle':'dana','name':'Dana Novak','introduced_by':'tom',"
	    "'introduced_at':1740999600},"
	    "{'handle':'tom','name':'Tom Berg','introduced_by':null},"
	    "{'handle':'zoe','name':'Zoe','introduced_by':null}]}",
	    "tom  Tom Berg\n"
	    "├─ dana  Dana Novak · Mon 3 Mar 2025\n"
	    "│  └─ eli  Eli · Fri 16 Oct\n"
	    "└─ kim  Kim\n"
	    "1 more came through nobody.\n");
	/* In a circle each is drawn once. */
	expect_on(80, "network", "{}", "{'links':["
	    "{'handle':'a','name':'A','introduced_by':'b'},"
	    "{'handle':'b','name':'B','introduced_by':'a'},"
	    "{'handle':'c','name':'C','introduced_by':'c'}]}",
	    "a  A · through b\n└─ b  B\nc  C · through c\n");
	/* Somebody whose introducer isn't shown; and one alone, when asked. */
	expect_on(80, "network", "{'who':'a'}", "{'links':["
	    "{'handle':'a','name':'A','introduced_by':'x',"
	    "'introduced_at':1740999600}]}",
	    "a  A · through x · Mon 3 Mar 2025\n");
	expect_on(80, "network", "{'who':'a'}", "{'links':["
	    "{'handle':'a','name':'A','introduced_by':null}]}", "a  A\n");
	expect_on(80, "network", "{}", "{'links':[{'handle':'a',"
	    "'name':'A'}]}",
	    "Nobody came through anybody yet. To say it: rapportctl person "
	    "edit dana --introduced-by tom\n");
}

/* A chain of 10,000: neither the stack nor the terminal runs over. */
static void
a_network_may_be_deep(void **state)
{
	json_t *links = json_array(), *reply;
	char *text;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		json_array_append_new(links, json_pack("{s:o, s:s, s:o}",
		    "handle", json_sprintf("p%05d", i), "name", "P",
		    "introduced_by", i == 0 ? json_null() :
		    json_sprintf("p%05d", i - 1)));
	reply = json_pack("{s:o}", "links", links);
	text = printed("network", reply, false);
	assert_non_null(strstr(text, "… goes on below\n"));
	assert_non_null(strstr(text, "\np00033  P · through p00032\n"));
	assert_non_null(strstr(text, "─ p09998  P\n"));
	free(text);
	json_decref(reply);
}

static void
people_as_json(void **state)
{
	static const struct {
		const char *command, *reply, *json;
	} t[] = {
		{"met", "{'interaction':{'number':'i1'},'next':null,"
		    "'notes':['x']}",
		    "{\"interaction\":{\"number\":\"i1\"},\"next\":null}\n"},
		{"learn", "{'contact':{},'fact':{'number':'f1'},'date':null}",
		    "{\"number\":\"f1\"}\n"},
		{"learn", "{'contact':{},'fact':null,'date':{'number':'d1'}}",
		    "{\"number\":\"d1\"}\n"},
		{"edit", "{'reminder':null,'interaction':{'number':'i1'}}",
		    "{\"number\":\"i1\"}\n"},
		{"drop", "{'reminders':[],'facts':[{'number':'f1'}],"
		    "'dates':[],'interactions':[]}",
		    "{\"number\":\"f1\"}\n"},
		{"drop", "{'reminders':[{'id':1}],'facts':[{'number':'f1'}]}",
		    "[{\"id\":1},{\"number\":\"f1\"}]\n"},
		{"search", "{'hits':[]}", "[]\n"},
		{"network", "{'links':[{'handle':'a'}]}",
		    "[{\"handle\":\"a\"}]\n"},
		{"person pause", "{'contact':{'handle':'a'},'notes':[]}",
		    "{\"handle\":\"a\"}\n"},
		{"person forget", "{'facts':1,'notes':[]}",
		    "{\"facts\":1}\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		expect_json(t[i].command, json_of(t[i].reply), t[i].json);
}

/* -------------------------------------------------------------- status -- */

static json_t *
status(const char *counts)
{
	json_t *s = json_loads(counts, 0, NULL);

	assert_non_null(s);
	json_object_set_new(s, "next", reminder(12, "A secret <b>", "{}"));
	json_object_set_new(s, "database", json_string("/tmp/db"));
	json_object_set_new(s, "version", json_string("1.2"));
	json_object_set_new(s, "popups", json_pack("{s:b, s:s, s:n, s:[]}",
	    "available", false, "why", "no session bus", "server",
	    "capabilities"));
	return s;
}

static void
a_bar_learns_counts_and_times_only(void **state)
{
	static const struct {
		const char *counts, *text, *alt, *classes;
		int percentage;
	} t[] = {
		{"{\"scheduled\":0}", "", "idle", "[\"idle\"]", 0},
		{"{\"scheduled\":3}", "", "scheduled", "[\"scheduled\"]", 0},
		{"{\"scheduled\":3,\"ringing\":2}", "2", "ringing",
		    "[\"ringing\"]", 100},
		{"{\"ringing\":2,\"overdue\":1}", "2", "overdue",
		    "[\"overdue\",\"ringing\"]", 100},
		{"{\"quiet_until\":1795363200}", "", "quiet", "[\"quiet\"]",
		    0},
	};
	struct here h = sunday();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		json_t *s = status(t[i].counts), *bar = status_bar(s, &h);
		const char *tip = json_string_value(json_object_get(bar,
		    "tooltip"));
		char *classes = json_dumps(json_object_get(bar, "class"),
		    JSON_COMPACT);

		assert_string_equal(json_string_value(json_object_get(bar,
		    "text")), t[i].text);
		assert_string_equal(json_string_value(json_object_get(bar,
		    "alt")), t[i].alt);
		assert_string_equal(classes, t[i].classes);
		assert_int_equal(json_integer_value(json_object_get(bar,
		    "percentage")), t[i].percentage);
		assert_null(strstr(tip, "secret"));
		assert_non_null(strstr(tip, "next Sun 22 Nov 2026 16:00 CET"));
		free(classes);
		json_decref(bar);
		json_decref(s);
	}
	here_clear(&h);
}

static void
a_bar_without_daemon_is_off(void **state)
{
	struct here h = sunday();
	json_t *bar = status_bar(NULL, &h);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(bar, "alt")),
	    "off");
	assert_string_equal(json_string_value(json_object_get(bar, "text")),
	    "");
	json_decref(bar);
	here_clear(&h);
}

static void
status_in_words(void **state)
{
	json_t *s;

	(void)state;
	expect_printed("status", status("{\"scheduled\":3,\"ringing\":1,"
	    "\"overdue\":1,\"snoozed\":2,\"quiet_until\":1795363200,"
	    "\"held\":\"the screen is locked\",\"zone\":\"Europe/Berlin\"}"),
	    "reminders 3 scheduled, 1 ringing, 1 overdue, 2 snoozed\n"
	    "next      12  A secret <b> · today 16:00 (in 1 h)\n"
	    "pop-ups   can't be shown: no session bus\n"
	    "quiet     until Sun 22 Nov 2026 17:00 CET (in 2 h)\n"
	    "held      the screen is locked\n"
	    "zone      Europe/Berlin\n"
	    "database  /tmp/db\n"
	    "version   1.2\n");
	s = json_pack("{s:{s:b, s:n, s:n, s:[]}, s:s, s:s, s:s, s:s}", "popups",
	    "available", false, "why", "server", "capabilities",
	    "config_error", "rapport.conf:3: what?", "storage_error",
	    "the disk is full", "database", "/tmp/db", "version", "1.2");
	expect_printed("status", s,
	    "reminders 0 scheduled\n"
	    "next      nothing\n"
	    "pop-ups   not known: the server was not asked\n"
	    "quiet     no\n"
	    "settings  not as written: rapport.conf:3: what?\n"
	    "storage   failed: the disk is full\n"
	    "database  /tmp/db\n"
	    "version   1.2\n");
}

/* ---------------------------------------------------- help, completions -- */

/* Every line fits 80 columns, and nothing ends in a space. */
static void
expect_a_page(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		struct buf line = {0};

		buf_add(&line, text, len);
		if (text_width(buf_str(&line)) > 80)
			fail_msg("too wide: %s", buf_str(&line));
		if (len > 0 && text[len - 1] == ' ')
			fail_msg("ends in a space: %s", buf_str(&line));
		buf_clear(&line);
		assert_int_equal(text[len], '\n');
		text += len + 1;
	}
}

static void
help_fits_the_page(void **state)
{
	const struct command *c;
	const struct arg *a;
	char option[ARGS_OPTION];
	struct out o = {0};

	(void)state;
	help_all(&o);
	expect_a_page(buf_str(&o.text));
	for (c = commands; c->name != NULL; c++)
		assert_non_null(strstr(buf_str(&o.text), c->summary));
	out_clear(&o);
	for (c = commands; c->name != NULL; c++) {
		help_command(&o, c);
		expect_a_page(buf_str(&o.text));
		for (a = c->args; a->name != NULL; a++)
			assert_non_null(strstr(buf_str(&o.text),
			    a->flags & ARG_POSITIONAL ? a->metavar :
			    args_option(a, option)));
		out_clear(&o);
	}
}

static void
completions_know_every_option(void **state)
{
	static const char *const shells[] = {"bash", "zsh", "fish", "man"};
	const struct command *c;
	const struct arg *a;
	char option[ARGS_OPTION];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof shells / sizeof *shells; i++) {
		struct buf b = {0};

		complete_for(shells[i], &b);
		for (c = commands; c->name != NULL; c++)
			for (a = c->args; a->name != NULL; a++) {
				if (a->flags & ARG_POSITIONAL)
					continue;
				/* mdoc escapes the dashes within. */
				args_option(a, option);
				option[2 + strcspn(option + 2, "-")] = '\0';
				assert_non_null(strstr(buf_str(&b),
				    option + 2));
			}
		buf_clear(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_becomes_harmless),
		cmocka_unit_test(text_has_a_width_and_is_cut),
		cmocka_unit_test(text_is_quoted_for_a_shell),
		cmocka_unit_test(text_is_wrapped),
		cmocka_unit_test(tables_fit_the_terminal),
		cmocka_unit_test(a_reminder_is_echoed),
		cmocka_unit_test(an_occurrence_is_over),
		cmocka_unit_test(days_have_names),
		cmocka_unit_test(an_agenda_is_grouped),
		cmocka_unit_test(replies_in_words),
		cmocka_unit_test(replies_as_json),
		cmocka_unit_test(the_page_before_a_call),
		cmocka_unit_test(a_page_of_somebody_new),
		cmocka_unit_test(a_page_is_one_screen),
		cmocka_unit_test(a_page_stays_on_the_terminal),
		cmocka_unit_test(people_as_a_table),
		cmocka_unit_test(what_changed_of_people),
		cmocka_unit_test(a_search_is_grouped),
		cmocka_unit_test(a_network_is_a_tree),
		cmocka_unit_test(a_network_may_be_deep),
		cmocka_unit_test(people_as_json),
		cmocka_unit_test(every_method_has_a_rendering),
		cmocka_unit_test(errors_become_exit_statuses),
		cmocka_unit_test(a_bar_learns_counts_and_times_only),
		cmocka_unit_test(a_bar_without_daemon_is_off),
		cmocka_unit_test(status_in_words),
		cmocka_unit_test(help_fits_the_page),
		cmocka_unit_test(completions_know_every_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
