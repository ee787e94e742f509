/* The store: taking changes back. */
#include "tests/unit/store_world.h"

#include <inttypes.h>

/* One change that adds a reminder. */
static int64_t
change_add(struct world *w, const char *text, const char *with)
{
	char sentence[64];
	int64_t id;

	change_begin(w);
	id = add(w, 100, text, with);
	snprintf(sentence, sizeof sentence, "added: %s", text);
	change_end(w, sentence);
	return id;
}

static void
change_text(struct world *w, int64_t id, const char *text)
{
	char sentence[64];
	struct reminder r;

	change_begin(w);
	r = get(w, id);
	free(r.text);
	r.text = mem_dup(text);
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
	snprintf(sentence, sizeof sentence, "edited: %s", text);
	change_end(w, sentence);
}

static void
assert_text(struct world *w, int64_t id, const char *text)
{
	struct reminder r = get(w, id);

	assert_string_equal(r.text, text);
	reminder_clear(&r);
}

static void
assert_gone(struct world *w, int64_t id)
{
	struct reminder r;

	assert_err(w, store_reminder_get(w->store, id, &r, &w->err),
	    ERR_NOT_FOUND);
}

static void
undone_clear(struct store_undone *u)
{
	free(u->sentence);
	free(u->ids);
}

/* Undo, by id or the newest (0), and expect the sentence. */
static void
undo(struct world *w, int64_t id, const char *sentence)
{
	struct store_undone u;

	begin(w);
	assert_good(w, store_undo(w->store, id, &u, &w->err));
	assert_string_equal(u.sentence, sentence);
	undone_clear(&u);
	end(w);
	commit(w);
}

/* Undo is refused, in these words, and changes nothing. */
static void
refuse_as(struct world *w, int64_t id, enum err_code code,
    const char *words)
{
	struct store_undone u;

	begin(w);
	assert_err(w, store_undo(w->store, id, &u, &w->err), code);
	assert_string_equal(w->err.message, words);
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
}

static void
refuse(struct world *w, int64_t id, const char *words)
{
	refuse_as(w, id, ERR_IMPOSSIBLE, words);
}

static void
test_several_deep_across_restarts(void **state)
{
	struct world *w = *state;
	struct store_counts n;
	int64_t id;

	id = change_add(w, "one", NULL);
	change_text(w, id, "two");
	change_text(w, id, "three");
	world_reopen(w);
	undo(w, 0, "edited: three");
	assert_text(w, id, "two");
	world_reopen(w);
	assert_good(w, store_count(w->store, &n, &w->err));
	assert_int_equal(n.scheduled, 1);
	undo(w, 0, "edited: two");
	assert_text(w, id, "one");
	undo(w, 0, "added: one");
	assert_gone(w, id);
	assert_good(w, store_count(w->store, &n, &w->err));
	assert_int_equal(n.scheduled, 0);
	refuse(w, 0, "nothing to undo");
	refuse_as(w, id, ERR_NOT_FOUND, "no reminder 1");
}

/* The same text again is nothing to take back; other contacts are, though the
 * row of the reminder stays the same. */
static void
test_what_changes_nothing_is_no_change(void **state)
{
	struct world *w = *state;
	char *dana[] = {(char *)"dana"};
	struct reminder r;
	int64_t id;

	id = change_add(w, "one", NULL);
	change_text(w, id, "two");
	change_text(w, id, "two");
	change_begin(w);
	contact(w, "dana", "Dana Petrov");
	change_end(w, "added: dana");
	change_begin(w);
	r = get(w, id);
	r.with = dana;
	r.with_n = 1;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	r.with = NULL;
	r.with_n = 0;
	reminder_clear(&r);
	change_end(w, "edited: with");
	undo(w, id, "edited: with");
	undo(w, id, "edited: two");
	assert_text(w, id, "one");
}

static void
test_numbers_are_never_given_twice(void **state)
{
	struct world *w = *state;
	int64_t id;

	id = change_add(w, "one", NULL);
	undo(w, 0, "added: one");
	assert_true(change_add(w, "two", NULL) > id);
	world_reopen(w);
	undo(w, 0, "added: two");
	assert_true(change_add(w, "three", NULL) > id + 1);
}

/* A command that changes much is taken back as one. */
static void
test_everything_a_change_caused(void **state)
{
	char *who[] = {(char *)"dana"};
	struct interaction talk = {.at = 9, .note = (char *)"n", .with = who,
	    .with_n = 1};
	struct world *w = *state;
	struct store_undone u;
	struct reminder before, after;
	int64_t id, next;

	begin(w);
	contact(w, "dana", "Dana");
	id = add(w, 100, "Call", "dana");
	end(w);
	commit(w);
	before = get(w, id);

	change_begin(w);
	contact(w, "tom", "Tom");
	set_state(w, id, STATE_DONE);
	talk.reminder = id;
	assert_good(w, store_interaction_add(w->store, &talk, &w->err));
	next = add(w, 200, "Next step", "dana,tom");
	change_end(w, "done: 1 Call");

	begin(w);
	assert_good(w, store_undo(w->store, id, &u, &w->err));
	end(w);
	commit(w);
	assert_int_equal(u.n, 2);
	assert_int_equal(u.ids[0], id);
	assert_int_equal(u.ids[1], next);
	undone_clear(&u);
	after = get(w, id);
	assert_int_equal(after.state, before.state);
	assert_int_equal(after.done_at, 0);
	assert_int_equal(after.wake, before.wake);
	assert_int_equal(after.with_n, 1);
	assert_gone(w, next);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction"), 0);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction_contact"),
	    0);
	assert_int_equal(ask(w, "SELECT count(*) FROM contact"), 1);
	reminder_clear(&before);
	reminder_clear(&after);
}

static void
test_contacts_of_a_reminder(void **state)
{
	struct world *w = *state;
	struct reminder r;
	int64_t id;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	id = add(w, 100, "Call", "dana");
	end(w);
	change_begin(w);
	r = get(w, id);
	free(r.with[0]);
	r.with[0] = mem_dup("tom");
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
	change_end(w, "edited");
	undo(w, id, "edited");
	r = get(w, id);
	assert_int_equal(r.with_n, 1);
	assert_string_equal(r.with[0], "dana");
	reminder_clear(&r);
}

/* What the images carry through JSON and back. */
static void
test_hard_values(void **state)
{
	static const char hard[] = "\" \\ \n \x01 ' %s é 🎉 </x> {}[],null";
	struct world *w = *state;
	struct reminder r = reminder_at(INT64_MAX - 1, hard, NULL), got;

	r.created = INT64_MIN;
	begin(w);
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	end(w);
	change_text(w, r.id, "soft");
	undo(w, 0, "edited: soft");
	got = get(w, r.id);
	assert_string_equal(got.text, hard);
	assert_true(got.due.epoch == INT64_MAX - 1);
	assert_true(got.created == INT64_MIN);
	assert_null(got.need);
	reminder_clear(&got);
	reminder_clear(&r);
}

static void
test_by_id_and_conflicts(void **state)
{
	struct world *w = *state;
	int64_t a, b;

	a = change_add(w, "a", NULL);
	b = change_add(w, "b", NULL);
	/* Not the newest, but nothing later is in its way. */
	change_text(w, a, "A");
	change_text(w, b, "B");
	undo(w, a, "edited: A");
	assert_text(w, a, "a");
	assert_text(w, b, "B");
	/* One change about both; then one of them goes on. */
	change_begin(w);
	set_state(w, a, STATE_DONE);
	set_state(w, b, STATE_DONE);
	change_end(w, "done: a, b");
	change_text(w, b, "b again");
	refuse(w, a, "\"done: a, b\" can't be taken back before \"edited: "
	    "b again\", which came later: rapportctl undo 2");
	undo(w, b, "edited: b again");
	undo(w, a, "done: a, b");
	assert_text(w, b, "B");
}

/* A row that nothing later touched, but something later needs. */
static void
test_something_later_depends_on_it(void **state)
{
	struct world *w = *state;
	int64_t id, other;

	change_begin(w);
	contact(w, "dana", "Dana");
	id = add(w, 100, "Call", "dana");
	change_end(w, "met Dana");
	other = change_add(w, "Write", "dana");
	refuse(w, id, "\"met Dana\" can't be taken back: something later "
	    "depends on it");
	assert_text(w, id, "Call");
	undo(w, other, "added: Write");
	undo(w, id, "met Dana");
	assert_int_equal(ask(w, "SELECT count(*) FROM contact"), 0);
}

static void
test_an_occurrence(void **state)
{
	struct world *w = *state;
	struct store_undone u;
	struct reminder r;
	int64_t id;

	change_begin(w);
	id = add_series(w, 86400, "Water", NULL);
	change_end(w, "added: Water");
	change_begin(w);
	answer(w, id, STATE_DONE, 150, "spoke to her");
	change_end(w, "done: Water");
	change_begin(w);
	answer(w, id, STATE_DONE, 150, "spoke to her");
	change_end(w, "done: Water again");
	assert_int_equal(ask(w, "SELECT count(*) FROM occurrence"), 2);
	world_reopen(w);

	begin(w);
	assert_good(w, store_undo(w->store, id, &u, &w->err));
	assert_string_equal(u.sentence, "done: Water again");
	assert_int_equal(u.n, 1);
	assert_int_equal(u.ids[0], id);
	undone_clear(&u);
	end(w);
	commit(w);
	undo(w, 0, "done: Water");
	assert_int_equal(ask(w, "SELECT count(*) FROM occurrence"), 0);
	r = get(w, id);
	assert_string_equal(r.every, "FREQ=DAILY");
	assert_int_equal(r.due.epoch, 86400);
	assert_int_equal(r.slot.day, 2);
	assert_int_equal(r.next, 2 * 86400);
	assert_true(r.clock_said);
	reminder_clear(&r);
	undo(w, 0, "added: Water");
	assert_gone(w, id);
}

/* A series goes with its history, when one change made both; and not while it
 * has a history from somewhere else. */
static void
test_a_series_with_its_history(void **state)
{
	struct world *w = *state;
	int64_t id;

	change_begin(w);
	id = add_series(w, 86400, "Water", NULL);
	answer(w, id, STATE_DONE, 150, "spoke to her");
	change_end(w, "imported: Water");
	begin(w);
	answer(w, id, STATE_DONE, 150, "spoke to her");
	end(w);
	commit(w);
	refuse(w, id, "\"imported: Water\" can't be taken back: something "
	    "later depends on it");
	begin(w);
	assert_int_equal(sqlite3_exec(w->store->db, "DELETE FROM occurrence "
	    "WHERE id = 2", NULL, NULL, NULL), SQLITE_OK);
	end(w);
	commit(w);
	undo(w, id, "imported: Water");
	assert_gone(w, id);
	assert_int_equal(ask(w, "SELECT count(*) FROM occurrence"), 0);
}

/* What the clock writes is no change; what it counted stays counted. */
static void
test_the_clock_between(void **state)
{
	struct world *w = *state;
	struct reminder r;
	int64_t id;

	id = change_add(w, "a", NULL);
	change_text(w, id, "b");
	begin(w);
	r = get(w, id);
	r.state = STATE_RINGING;
	r.shown = 3;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	assert_good(w, store_setting_put(w->store, "brief_day", 5, &w->err));
	reminder_clear(&r);
	end(w);
	commit(w);
	undo(w, 0, "edited: b");
	r = get(w, id);
	assert_int_equal(r.shown, 3);
	assert_int_equal(r.state, STATE_SCHEDULED);
	reminder_clear(&r);
	assert_int_equal(store_setting(w->store, "brief_day", 0), 5);
}

static void
test_quiet_is_a_persons_and_the_brief_is_not(void **state)
{
	struct world *w = *state;

	change_begin(w);
	assert_good(w, store_setting_put(w->store, "quiet_until", 5, &w->err));
	change_end(w, "quiet until 5");
	change_begin(w);
	assert_good(w, store_setting_put(w->store, "quiet_until", 9, &w->err));
	assert_good(w, store_setting_put(w->store, "brief_day", 1, &w->err));
	change_end(w, "quiet until 9");
	undo(w, 0, "quiet until 9");
	assert_int_equal(store_setting(w->store, "quiet_until", 0), 5);
	assert_int_equal(store_setting(w->store, "brief_day", 0), 1);
	undo(w, 0, "quiet until 5");
	assert_int_equal(store_setting(w->store, "quiet_until", -1), -1);
	change_begin(w);
	assert_good(w, store_setting_put(w->store, "quiet_off", 7, &w->err));
	assert_good(w, store_setting_text_put(w->store, "zone",
	    "Europe/Berlin", &w->err));
	change_end(w, "quiet off");
	undo(w, 0, "quiet off");
	assert_int_equal(store_setting(w->store, "quiet_off", -1), -1);
	assert_int_equal(ask(w, "SELECT text = 'Europe/Berlin' FROM setting "
	    "WHERE key = 'zone'"), 1);
}

static void
test_a_change_without_a_row_leaves_nothing(void **state)
{
	struct world *w = *state;

	change_begin(w);
	change_end(w, "looked around");
	refuse(w, 0, "nothing to undo");
}

static void
test_a_change_that_was_rolled_back_leaves_nothing(void **state)
{
	struct world *w = *state;

	change_begin(w);
	add(w, 100, "x", NULL);
	assert_true(store_end(w->store, false, &w->err));
	/* The next change does not inherit its rows. */
	change_add(w, "y", NULL);
	undo(w, 0, "added: y");
	refuse(w, 0, "nothing to undo");
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 0);
}

/* The first change makes the triggers; a savepoint takes them back with it. */
static void
test_images_are_kept_after_a_savepoint_was_rolled_back(void **state)
{
	struct world *w = *state;

	begin(w);
	end(w);
	change_begin(w);
	add(w, 100, "x", NULL);
	assert_true(store_end(w->store, false, &w->err));
	change_add(w, "y", NULL);
	undo(w, 0, "added: y");
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 0);
}

static void
test_the_last_200_are_kept(void **state)
{
	struct world *w = *state;
	struct store_undone u;
	int i, undone = 0;

	begin(w);
	for (i = 0; i < 700; i++) {
		assert_good(w, store_change_begin(w->store, i, &w->err));
		add(w, 100, "x", NULL);
		assert_good(w, store_change_end(w->store, "added", &w->err));
	}
	end(w);
	commit(w);
	begin(w);
	while (store_undo(w->store, 0, &u, &w->err)) {
		undone_clear(&u);
		undone++;
	}
	end(w);
	commit(w);
	assert_in_range(undone, 200, 200 + 64);
}

static void
test_every_persons_table_is_looked_after(void **state)
{
	struct world *w = *state;

	begin(w);
	assert_good(w, store_change_begin(w->store, 1000, &w->err));
	/* Three triggers each; the rest of the tables is ours, and the index
	 * is made of theirs. */
	assert_int_equal(ask(w, "SELECT count(*) FROM sqlite_schema t "
	    "WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
	    "AND name NOT IN ('number', 'change', 'token', 'search') "
	    "AND name NOT LIKE 'search!_%' ESCAPE '!' "
	    "AND 3 <> (SELECT count(*) FROM sqlite_temp_schema "
	    "WHERE name GLOB 'undo_*' AND tbl_name = t.name)"), 0);
	end(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(test_several_deep_across_restarts),
		world_test(test_what_changes_nothing_is_no_change),
		world_test(test_numbers_are_never_given_twice),
		world_test(test_everything_a_change_caused),
		world_test(test_contacts_of_a_reminder),
		world_test(test_hard_values),
		world_test(test_by_id_and_conflicts),
		world_test(test_something_later_depends_on_it),
		world_test(test_an_occurrence),
		world_test(test_a_series_with_its_history),
		world_test(test_the_clock_between),
		world_test(test_quiet_is_a_persons_and_the_brief_is_not),
		world_test(test_a_change_without_a_row_leaves_nothing),
		world_test(test_a_change_that_was_rolled_back_leaves_nothing),
		world_test(
		    test_images_are_kept_after_a_savepoint_was_rolled_back),
		world_test(test_the_last_200_are_kept),
		world_test(test_every_persons_table_is_looked_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
