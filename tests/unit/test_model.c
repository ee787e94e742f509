/* The model: which act leads where, names, texts, handles, facts, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/contact.h"
#include "model/fact.h"
#include "model/interaction.h"
#include "model/names.h"
#include "model/reminder.h"

/* ------------------------------------------------------- transitions --- */

/* For every state (down) and act (across) the state that follows; "-": not
 * allowed. */
static const char *const follows[STATE_MAX][ACT_MAX] = {
	/*                ring       snooze     done    drop
	 *                move         edit         skip */
	[STATE_SCHEDULED] = {"ringing", "-", "done", "dropped",
			    "scheduled", "scheduled", "scheduled"},
	[STATE_RINGING] = {"-", "snoozed", "done", "dropped",
			    "scheduled", "ringing", "scheduled"},
	[STATE_SNOOZED] = {"ringing", "snoozed", "done", "dropped",
			    "scheduled", "snoozed", "scheduled"},
	[STATE_DONE] = {"-", "-", "-", "-", "-", "done", "-"},
	[STATE_DROPPED] = {"-", "-", "-", "-", "-", "-", "-"},
};

static void
test_transitions(void **state)
{
	struct reminder r = {.id = 12};
	enum reminder_state to;
	struct err err;
	int from, act;

	(void)state;
	for (from = 0; from < STATE_MAX; from++) {
		for (act = 0; act < ACT_MAX; act++) {
			r.state = (enum reminder_state)from;
			err = (struct err){0};
			if (!reminder_allows(&r, (enum reminder_act)act, &to,
				&err)) {
				assert_string_equal(follows[from][act], "-");
				assert_int_equal(err.code, ERR_IMPOSSIBLE);
				assert_non_null(strstr(err.message, "12"));
				continue;
			}
			assert_string_equal(follows[from][act],
			    state_names[to]);
			assert_true(reminder_allows(&r,
			    (enum reminder_act)act, NULL, NULL));
		}
	}
}

static void
test_a_refusal_says_what_would_be_right(void **state)
{
	static const struct {
		enum reminder_state state;
		enum reminder_act act;
		const char *says;
	} examples[] = {
		{STATE_SCHEDULED, ACT_SNOOZE, "12 has not rung yet; to change "
		    "its time: rapportctl move 12 WHEN"},
		{STATE_DONE, ACT_DONE, "12 is done already; to take that "
		    "back: rapportctl undo 12"},
		{STATE_DROPPED, ACT_MOVE, "12 is dropped already; to take "
		    "that back: rapportctl undo 12"},
	};
	struct reminder r = {.id = 12};
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		r.state = examples[i].state;
		assert_false(reminder_allows(&r, examples[i].act, NULL, &err));
		assert_string_equal(err.message, examples[i].says);
	}
}

static void
test_what_a_reminder_is(void **state)
{
	struct reminder r = {.state = STATE_RINGING};

	(void)state;
	assert_true(reminder_open(&r));
	r.state = STATE_DROPPED;
	assert_false(reminder_open(&r));
	assert_false(reminder_floating(&r));	/* an instant */
	r.due.wall = true;
	assert_true(reminder_floating(&r));
	r.zone = (char *)"Asia/Tokyo";
	assert_false(reminder_floating(&r));
}

/* ----------------------------------------------------------- ownership --- */

static void
test_copies_own_what_they_hold(void **state)
{
	struct reminder r = {.id = 3, .text = mem_dup("x"),
	    .note = mem_dup("n"), .with_n = 1};
	struct reminder copy;
	struct reminders rs = {0};
	int i;

	(void)state;
	r.with = mem_new(1, sizeof *r.with);
	r.with[0] = mem_dup("dana");
	copy = reminder_copy(&r);
	reminder_clear(&r);
	assert_null(r.text);
	assert_string_equal(copy.text, "x");
	assert_string_equal(copy.note, "n");
	assert_string_equal(copy.with[0], "dana");
	for (i = 0; i < 9; i++) {
		r = reminder_copy(&copy);
		r.id = i;
		reminders_take(&rs, &r);
		assert_null(r.text);
	}
	assert_int_equal(rs.n, 9);
	assert_int_equal(rs.v[8].id, 8);
	reminders_clear(&rs);
	reminder_clear(&copy);
}

/* --------------------------------------------------------------- names --- */

static void
test_names(void **state)
{
	char list[128];

	(void)state;
	assert_int_equal(names_index(kind_names, "check-in"), KIND_CHECK_IN);
	assert_int_equal(names_index(kind_names, "FIX"), KIND_FIX);
	assert_int_equal(names_index(kind_names, "checkin"), -1);
	assert_int_equal(names_index(kind_names, ""), -1);
	assert_string_equal(names_list(kind_names, list, sizeof list),
	    "reminder, next-step, check-in, fix, thanks or ask");
	assert_null(state_names[STATE_MAX]);
	assert_null(act_names[ACT_MAX]);
}

/* --------------------------------------------------------------- texts --- */

static void
test_texts(void **state)
{
	static char longest[TEXT_MAX + 2];
	static const struct {
		const char *text;
		size_t len;
		const char *says;	/* NULL: it is valid */
	} examples[] = {
		{"Call Dana", 9, NULL},
		{"é", 2, NULL},
		{"a\tb\nc", 5, NULL},
		{longest, TEXT_MAX, NULL},
		{longest, TEXT_MAX + 1,
		    "text is 4097 bytes long; at most 4096 fit"},
		{"", 0, "text is empty"},
		{" \t\r\n", 4, "text is empty"},
		{"\v\f\xc2\xa0", 4, "text is empty"},
		{"\xe3\x80\x80\xe2\x80\x8b", 6, "text is empty"},
		{"\xe3\x80\x80x", 4, NULL},
		{"caf\xe9", 4, "text is not valid UTF-8"},
		{"a\0b", 3, "text is not valid UTF-8"},
		{"\xed\xa0\x80", 3, "text is not valid UTF-8"},
	};
	struct err err;
	size_t i;

	(void)state;
	memset(longest, 'x', TEXT_MAX + 1);
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		err = (struct err){0};
		assert_int_equal(text_valid(examples[i].text, examples[i].len,
		    "text", &err), examples[i].says == NULL);
		if (examples[i].says == NULL)
			continue;
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		assert_string_equal(err.parameter, "text");
		assert_string_equal(err.message, examples[i].says);
	}
}

/* ------------------------------------------------------------- handles --- */

static void
test_handles(void **state)
{
	static const struct {
		const char *handle;
		bool valid;
	} examples[] = {
		{"dana", true},
		{"d", true},
		{"dana-2.b_c", true},
		{"Élodie", true},
		{"田中", true},
		{"", false},
		{"2dana", false},
		{"-dana", false},
		{"dana novak", false},
		{"f", true},
		{"f7", false},		/* the number of a fact */
		{"i31", false},
		{"f7a", true},
		{"dr.", false},		/* "Ask @dr." ends a sentence */
		{"dana,tom", false},	/* a comma parts handles in a list */
		{"dana@home", false},
		{"da\x80na", false},
		{"da\xe2\x80\xaena", false},	/* reorders text */
	};
	char longest[HANDLE_MAX + 2];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		if (handle_valid(examples[i].handle, "handle", NULL) !=
		    examples[i].valid)
			fail_msg("\"%s\"", examples[i].handle);
	memset(longest, 'x', sizeof longest);
	longest[HANDLE_MAX + 1] = '\0';
	assert_false(handle_valid(longest, "handle", NULL));
	longest[HANDLE_MAX] = '\0';
	assert_true(handle_valid(longest, "handle", NULL));
}

static void
test_handles_from_names(void **state)
{
	static const struct {
		const char *name, *handle;
	} examples[] = {
		{"Dana Novak", "dana"},
		{"O'Brien", "obrien"},
		{"Jean-Luc Picard", "jean-luc"},
		{"Élodie", "Élodie"},	/* lower case of ASCII only */
		{"  Tom", "tom"},
		{"3M", "m"},
		{"Dr. Blau", "dr"},
		{"J.", "j"},
		{"42", ""},
		{"", ""},
		{"\xff", ""},
	};
	char handle[HANDLE_MAX + 1];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		handle_from_name(examples[i].name, handle);
		assert_string_equal(handle, examples[i].handle);
		assert_true(handle[0] == '\0' ||
		    handle_valid(handle, "handle", NULL));
	}
}

/* ----------------------------------------------------- facts and dates --- */

static void
test_names_of_what_is_known(void **state)
{
	(void)state;
	assert_string_equal(stage_names[STAGE_CARE], "care");
	assert_null(stage_names[STAGE_MAX]);
	assert_string_equal(contact_status_names[CONTACT_DECEASED],
	    "deceased");
	assert_null(contact_status_names[CONTACT_STATUS_MAX]);
	assert_string_equal(address_names[ADDRESS_PHONE], "phone");
	assert_null(address_names[ADDRESS_MAX]);
	assert_null(fact_kind_names[FACT_KIND_MAX]);
	assert_null(date_kind_names[DATE_KIND_MAX]);
	/* Of these 0 is "not said", and the names begin at 1. */
	assert_string_equal(channel_names[CHANNEL_CALL - 1], "call");
	assert_string_equal(channel_names[CHANNEL_OTHER - 1], "other");
	assert_null(channel_names[CHANNEL_MAX - 1]);
	assert_string_equal(direction_names[DIRECTION_IN - 1], "in");
	assert_null(direction_names[DIRECTION_MAX - 1]);
	assert_string_equal(mood_names[MOOD_PROBLEM - 1], "problem");
	assert_null(mood_names[MOOD_MAX - 1]);
}

static void
test_kinds_of_facts_as_people_say_them(void **state)
{
	static const struct {
		const char *word;
		int kind;
	} examples[] = {
		{"like", FACT_LIKE},
		{"Likes", FACT_LIKE},
		{"loves", FACT_LIKE},
		{"hates", FACT_DISLIKE},
		{"hobby", FACT_PASSION},
		{"kids", FACT_FAMILY},
		{"WIFE", FACT_FAMILY},
		{"job", FACT_WORK},
		{"needs", FACT_NEED},
		{"other", FACT_OTHER},
		{"birthday", -1},
		{"lik", -1},
		{"", -1},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		if (fact_kind_meant(examples[i].word) != examples[i].kind)
			fail_msg("%s", examples[i].word);
}

static void
test_dates_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		int year, month, day;
	} examples[] = {
		{"22 jan", 0, 1, 22},
		{"22 Jan 1980", 1980, 1, 22},
		{"22. Jan. 1980", 1980, 1, 22},
		{"on the 22nd of January, 1980", 1980, 1, 22},
		{"jan 22", 0, 1, 22},
		{"January 22nd, 1980", 1980, 1, 22},
		{"1980-01-22", 1980, 1, 22},
		{"19800122", 1980, 1, 22},
		{"--01-22", 0, 1, 22},
		{"--0122", 0, 1, 22},
		{"22.1.1980", 1980, 1, 22},
		{"22.01.", 0, 1, 22},
		{"22/1/1980", 1980, 1, 22},
		{"1/22/1980", 1980, 1, 22},
		{"4/4", 0, 4, 4},
		{"29 feb", 0, 2, 29},
		{"29 feb 1980", 1980, 2, 29},
		{"31 dec 9999", 9999, 12, 31},
	};
	struct err err = {0};
	struct date d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		d = (struct date){0};
		if (!date_parse(examples[i].text, &d, &err) ||
		    d.year != examples[i].year ||
		    d.month != examples[i].month || d.day != examples[i].day)
			fail_msg("%s: %d-%d-%d %s", examples[i].text, d.year,
			    d.month, d.day, err.message);
	}
}

static void
test_dates_that_are_none(void **state)
{
	static const struct {
		const char *text;
		enum err_code code;
		const char *says;
	} examples[] = {
		{"31 feb", ERR_IMPOSSIBLE, "February has 29 days"},
		{"29 feb 1981", ERR_IMPOSSIBLE, "February 1981 has 28 days"},
		{"2000-06-31", ERR_IMPOSSIBLE, "June has 30 days"},
		{"--13-01", ERR_IMPOSSIBLE, "months are 1 to 12"},
		{"0 jan", ERR_IMPOSSIBLE, "January has 31 days"},
		{"13/14", ERR_IMPOSSIBLE, "months are 1 to 12"},
		{"3/4", ERR_NOT_UNDERSTOOD,
		    "which is the month? Say \"3 Apr\" or \"4 Mar\""},
		{"3/4/1980", ERR_NOT_UNDERSTOOD,
		    "Say \"3 Apr 1980\" or \"4 Mar 1980\""},
		{"22 jan 80", ERR_NOT_UNDERSTOOD, "four digits"},
		{"22.1.80", ERR_NOT_UNDERSTOOD, "four digits"},
		{"22/1/80", ERR_NOT_UNDERSTOOD, "four digits"},
		{"22 jan 0000", ERR_NOT_UNDERSTOOD, "four digits"},
		{"january", ERR_NOT_UNDERSTOOD, "which day of January?"},
		{"22", ERR_NOT_UNDERSTOOD, "is no date"},
		{"tomorrow", ERR_NOT_UNDERSTOOD, "is no date"},
		{"22 jan 1980 9am", ERR_NOT_UNDERSTOOD, "is no date"},
		{"22 january 1980 or so", ERR_NOT_UNDERSTOOD, "is no date"},
		{"1980-01", ERR_NOT_UNDERSTOOD, "is no date"},
		{"", ERR_NOT_UNDERSTOOD, "is no date"},
		{"22 jan\xff", ERR_NOT_UNDERSTOOD, "UTF-8"},
	};
	struct date d;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		err = (struct err){0};
		assert_false(date_parse(examples[i].text, &d, &err));
		if (err.code != examples[i].code ||
		    strstr(err.message, examples[i].says) == NULL)
			fail_msg("%s: %s", examples[i].text, err.message);
	}
}

static void
written(const char *text, struct date *out)
{
	assert_true(date_parse(text, out, NULL));
}

static void
test_when_a_date_comes_round(void **state)
{
	static const struct {
		enum date_kind kind;
		const char *date, *today;
		const char *next;	/* NULL: never again */
		int age;
	} examples[] = {
		{DATE_BIRTHDAY, "1980-01-22", "2026-11-20", "2027-01-22", 47},
		{DATE_BIRTHDAY, "1980-11-20", "2026-11-20", "2026-11-20", 46},
		{DATE_BIRTHDAY, "--12-24", "2026-11-20", "2026-12-24", 0},
		/* The 28th where there is no 29th. */
		{DATE_BIRTHDAY, "1980-02-29", "2026-11-20", "2027-02-28", 47},
		{DATE_BIRTHDAY, "1980-02-29", "2027-03-01", "2028-02-29", 48},
		{DATE_BIRTHDAY, "1980-02-29", "2028-02-28", "2028-02-29", 48},
		{DATE_BIRTHDAY, "--02-29", "2027-02-28", "2027-02-28", 0},
		/* A wedding that is planned. */
		{DATE_ANNIVERSARY, "2027-06-01", "2026-11-20", "2027-06-01",
		    0},
		{DATE_ANNIVERSARY, "2028-02-01", "2026-11-20", "2028-02-01",
		    0},
		/* An event of one year happens once. */
		{DATE_EVENT, "2026-12-11", "2026-11-20", "2026-12-11", 0},
		{DATE_EVENT, "2026-12-11", "2026-12-12", NULL, 0},
		{DATE_EVENT, "2028-12-11", "2026-12-12", "2028-12-11", 0},
		{DATE_EVENT, "--12-11", "2026-12-12", "2027-12-11", 0},
		{DATE_BIRTHDAY, "--01-01", "9999-12-31", NULL, 0},
	};
	struct civil today, next, want;
	struct date d = {0}, other;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		written(examples[i].date, &d);
		d.kind = examples[i].kind;
		written(examples[i].today, &other);
		/* The time of day does not count. */
		today = (struct civil){other.year, other.month, other.day,
		    23, 59, 59};
		if (!date_next(&d, &today, &next)) {
			assert_null(examples[i].next);
			continue;
		}
		assert_non_null(examples[i].next);
		written(examples[i].next, &other);
		want = (struct civil){other.year, other.month, other.day,
		    0, 0, 0};
		if (civil_compare(&next, &want) != 0)
			fail_msg("%s after %s: %d-%d-%d", examples[i].date,
			    examples[i].today, next.year, next.month,
			    next.day);
		assert_int_equal(date_age(&d, &next), examples[i].age);
	}
}

static void
test_lists_own_what_they_hold(void **state)
{
	struct interactions is = {0};
	struct interaction talk = {.id = 31, .note = mem_dup("n"),
	    .with = mem_new(1, sizeof(char *)), .with_n = 1};
	struct addresses as = {0};
	struct address a;
	struct facts fs = {0};
	struct fact f;
	struct dates ds = {0};
	struct date d;
	int i;

	(void)state;
	talk.with[0] = mem_dup("dana");
	interactions_take(&is, &talk);
	assert_null(talk.with);
	for (i = 0; i < 5; i++) {
		a = (struct address){.value = mem_dup("+44 1")};
		addresses_take(&as, &a);
		f = (struct fact){.id = i, .text = mem_dup("early calls")};
		facts_take(&fs, &f);
		d = (struct date){.id = i, .name = mem_dup("board meeting")};
		dates_take(&ds, &d);
		assert_null(a.value);
		assert_null(f.text);
		assert_null(d.name);
	}
	assert_int_equal(fs.v[4].id, 4);
	assert_int_equal(ds.v[4].id, 4);
	assert_int_equal(as.n, 5);
	interactions_clear(&is);
	addresses_clear(&as);
	facts_clear(&fs);
	dates_clear(&ds);
	assert_int_equal(is.n + as.n + fs.n + ds.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transitions),
		cmocka_unit_test(test_a_refusal_says_what_would_be_right),
		cmocka_unit_test(test_what_a_reminder_is),
		cmocka_unit_test(test_copies_own_what_they_hold),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_handles),
		cmocka_unit_test(test_handles_from_names),
		cmocka_unit_test(test_names_of_what_is_known),
		cmocka_unit_test(test_kinds_of_facts_as_people_say_them),
		cmocka_unit_test(test_dates_as_people_write_them),
		cmocka_unit_test(test_dates_that_are_none),
		cmocka_unit_test(test_when_a_date_comes_round),
		cmocka_unit_test(test_lists_own_what_they_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
