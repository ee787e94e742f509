/* The model: which act leads where, names, texts, handles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/contact.h"
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
