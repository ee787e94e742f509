/*
 * What a person does, by command or by click: each leads to the same place,
 * acts once, on all or on none, and can be undone without ringing at once.
 */
#include "tests/unit/schedule_world.h"

/* ---------------------------------------------------------------- acts -- */

static void
done_from_a_pop_up(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct popup p;
	char *sentence;

	until(w, FRIDAY(15, 1));
	p = w->desktop[0].p;
	sentence = click_on(w, "r1", p.nonce, "done");
	assert_string_equal(sentence, "done: 1 Call Dana");
	free(sentence);
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_DONE);
	assert_int_equal(look(w, id).done_at, FRIDAY(15, 1));
	assert_wake(w, id, NEVER);
	assert_int_equal(w->events[EVENT_DONE], 1);
}

/* Reported twice, or late, or for something else. */
static void
a_click_acts_once(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char nonce[24];

	until(w, FRIDAY(15, 0));
	strcpy(nonce, w->desktop[0].p.nonce);
	assert_null(click_on(w, "r1", "ffff", "done"));
	assert_null(click_on(w, "r2", nonce, "done"));
	assert_null(click_on(w, "m", nonce, "later"));
	assert_null(click_on(w, "r1", nonce, "explode"));
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_true(click(w, 0, "later"));
	assert_null(click_on(w, "r1", nonce, "later"));
	assert_wake(w, id, FRIDAY(16, 0));
	/* Old, and it rings again: still used up. */
	until(w, FRIDAY(16, 0));
	assert_null(click_on(w, "r1", nonce, "done"));
	assert_int_equal(look(w, id).state, STATE_RINGING);
}

/* Clicked in the very moment in which it was raised anew. */
static void
a_late_click_counts(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char nonce[24], *sentence;

	until(w, FRIDAY(15, 0));
	strcpy(nonce, w->desktop[0].p.nonce);
	until(w, FRIDAY(15, 5));
	assert_string_not_equal(w->desktop[0].p.nonce, nonce);
	sentence = click_on(w, "r1", nonce, "done");
	assert_non_null(sentence);
	free(sentence);
	assert_int_equal(look(w, id).state, STATE_DONE);
	assert_screen(w, "");
}

/* A pop-up of an earlier daemon is not ours any more. */
static void
clicks_of_another_life(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char nonce[24];

	until(w, FRIDAY(15, 0));
	strcpy(nonce, w->desktop[0].p.nonce);
	restart(w, FRIDAY(15, 1));
	assert_string_not_equal(w->desktop[0].p.nonce, nonce);
	assert_null(click_on(w, "r1", nonce, "done"));
	assert_int_equal(look(w, id).state, STATE_RINGING);
}

static void
tomorrow_is_tomorrow_morning(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct reminder r;

	until(w, FRIDAY(15, 0));
	assert_true(click(w, 0, "tomorrow"));
	r = look(w, id);
	assert_int_equal(r.state, STATE_SNOOZED);
	assert_int_equal(r.ring.epoch, SATURDAY(9, 0));
	assert_true(r.ring.wall);
	assert_int_equal(r.ring.local.hour, 9);
	assert_int_equal(r.due.epoch, FRIDAY(15, 0));
}

/* A zone of its own: its fields are of a wall elsewhere, so a snooze said by
 * the clock here is kept as an instant. */
static void
a_snooze_by_the_clock_of_another_zone(void **state)
{
	static const struct civil five = {2026, 11, 20, 17, 0, 0};
	const struct moment until_five = {FRIDAY(17, 0), true, five};
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct reminders out = {0};
	struct reminder r = {0};
	struct err err = {0};

	until(w, FRIDAY(15, 0));
	assert_true(store_reminder_get(w->store, id, &r, &err));
	r.zone = mem_dup("America/New_York");
	request_begin(w, true);
	assert_true(schedule_edit(w->s, w->now, &r, &out, &err));
	assert_true(schedule_snooze(w->s, w->now, &id, 1, &until_five, &out,
	    &err));
	request_end(w, "snoozed");
	reminder_clear(&r);
	reminders_clear(&out);
	assert_int_equal(look(w, id).ring.epoch, FRIDAY(17, 0));
	assert_false(look(w, id).ring.wall);
}

static void
later_is_counted_from_now(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 20));
	act(w, ACT_SNOOZE, id, 0);
	assert_screen(w, "");
	assert_wake(w, id, FRIDAY(16, 20));
	assert_int_equal(look(w, id).due.epoch, FRIDAY(15, 0));
	assert_int_equal(look(w, id).rang_at, 0);
	/* Snoozed further, although it does not ring now. */
	act(w, ACT_SNOOZE, id, FRIDAY(18, 0));
	until(w, FRIDAY(18, 0));
	assert_screen(w, "r1");
	assert_int_equal(w->events[EVENT_RINGING], 2);
}

static void
moved_it_starts_over(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct reminder r;

	until(w, FRIDAY(15, 0));
	close_popup(w, 0, 2);
	until(w, FRIDAY(16, 5));
	act(w, ACT_MOVE, id, FRIDAY(17, 0));
	assert_screen(w, "");
	r = look(w, id);
	assert_int_equal(r.state, STATE_SCHEDULED);
	assert_int_equal(r.due.epoch, FRIDAY(17, 0));
	assert_int_equal(r.ring.epoch, FRIDAY(17, 0));
	assert_int_equal(r.wake, FRIDAY(17, 0));
	assert_int_equal(r.rang_at, 0);
	assert_int_equal(r.raises, 0);
	assert_int_equal(r.dismissals, 0);
	assert_int_equal(r.shown, 3);
	until(w, FRIDAY(17, 0));
	assert_screen(w, "r1");
}

static void
all_or_none(void **state)
{
	struct world *w = *state;
	const int64_t ids[] = {add(w, "Rings", FRIDAY(15, 0)),
		add(w, "Does not", FRIDAY(16, 0)), 77};
	struct err err = {0};

	until(w, FRIDAY(15, 0));
	assert_false(command(w, ACT_SNOOZE, ids, 2, 0, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	assert_non_null(strstr(err.message, "rapportctl move 2 WHEN"));
	assert_int_equal(look(w, ids[0]).state, STATE_RINGING);
	assert_false(command(w, ACT_DONE, ids, 3, 0, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_equal(look(w, ids[0]).state, STATE_RINGING);
	assert_true(command(w, ACT_DONE, ids, 2, 0, &err));
	assert_false(command(w, ACT_DONE, ids, 1, 0, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	settle(w);
	assert_screen(w, "");
}

static void
named_twice_is_meant_once(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	const int64_t ids[] = {id, id};
	struct err err = {0};

	assert_true(command(w, ACT_DROP, ids, 2, 0, &err));
	assert_int_equal(look(w, id).state, STATE_DROPPED);
	assert_int_equal(w->events[EVENT_DROPPED], 1);
}

static void
what_rings(void **state)
{
	struct world *w = *state;
	struct reminders rs = {0};
	struct err err = {0};

	add(w, "Second", FRIDAY(15, 1));
	add(w, "First", FRIDAY(15, 0));
	add(w, "Third", FRIDAY(18, 0));
	until(w, FRIDAY(15, 2));
	assert_true(schedule_ringing(w->s, &rs, &err));
	assert_int_equal(rs.n, 2);
	assert_string_equal(rs.v[0].text, "First");
	assert_string_equal(rs.v[1].text, "Second");
	reminders_clear(&rs);
}

static void
what_is_logged(void **state)
{
	static const struct {
		enum reminder_kind kind;
		const char *with, *note;
		int logged;
	} examples[] = {
		{KIND_CHECK_IN, "dana", NULL, 1},
		{KIND_THANKS, "dana", NULL, 1},
		{KIND_NEXT_STEP, "dana", NULL, 0},
		{KIND_NEXT_STEP, "dana", "went well", 1},
		{KIND_CHECK_IN, NULL, "went well", 0},
	};
	struct world *w = *state;
	size_t i;

	know(w, "dana", "Dana Novak");
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct reminders out = {0};
		struct err err = {0};
		int logged = -1;
		int64_t id = add_full(w, "Talk", FRIDAY(15, 0), false,
		    examples[i].kind, examples[i].with, NULL);

		request_begin(w, true);
		assert_true(schedule_done(w->s, w->now, &id, 1,
		    examples[i].note, &out, &logged, &err));
		request_end(w, "done");
		assert_int_equal(logged, examples[i].logged);
		if (examples[i].note != NULL)
			assert_string_equal(out.v[0].note, examples[i].note);
		reminders_clear(&out);
	}
}

static void
a_drop_is_remembered_by_its_time(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(18, 0));

	until(w, FRIDAY(15, 0));
	act(w, ACT_DROP, id, 0);
	assert_int_equal(look(w, id).done_at, FRIDAY(15, 0));
}

/* ---------------------------------------------------------------- undo -- */

static void
undone_it_never_rings_at_once(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	act(w, ACT_DONE, id, 0);
	until(w, FRIDAY(15, 10));
	undo(w);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_int_equal(look(w, id).done_at, 0);
	until(w, FRIDAY(15, 11) - 1);
	assert_screen(w, "");
	assert_int_equal(w->events[EVENT_UNDONE], 1);
	until(w, FRIDAY(15, 11));
	assert_screen(w, "r1");
	/* Its cycle begins anew. */
	assert_int_equal(look(w, id).raises, 0);
	assert_wake(w, id, FRIDAY(15, 16));
	/* Nor for a server that comes in that minute. */
	click(w, 0, "later");
	undo(w);
	server(w, false);
	server(w, true);
	assert_screen(w, "");
	until(w, FRIDAY(15, 12));
	assert_screen(w, "r1");
}

static void
undo_of_an_add_closes_its_pop_up(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0));
	undo(w);
	assert_screen(w, "");
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
}

static void
undo_of_a_move(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	/* Moved away, its old moment passes, undone: it rings a minute
	 * later. */
	act(w, ACT_MOVE, id, FRIDAY(20, 0));
	until(w, FRIDAY(16, 0));
	undo(w);
	assert_int_equal(look(w, id).due.epoch, FRIDAY(15, 0));
	assert_wake(w, id, FRIDAY(16, 1));
	until(w, FRIDAY(16, 1));
	assert_screen(w, "r1");
	/* Moved nearer, rang there, undone: no pop-up of it stands. */
	act(w, ACT_MOVE, id, FRIDAY(18, 0));
	act(w, ACT_MOVE, id, FRIDAY(17, 0));
	until(w, FRIDAY(17, 0));
	assert_screen(w, "r1");
	undo(w);
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	assert_wake(w, id, FRIDAY(18, 0));
}

static void
undo_of_a_snooze_across_a_restart(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	click(w, 0, "tomorrow");
	restart(w, FRIDAY(15, 30));
	undo(w);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	until(w, FRIDAY(15, 31));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 2);
}

/* It rang since it was edited: undo takes the words back, not the ringing. */
static void
undo_of_an_edit_of_what_rings_by_now(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct reminders out = {0};
	struct reminder r = {0};
	struct err err = {0};

	assert_true(store_reminder_get(w->store, id, &r, &err));
	free(r.text);
	r.text = mem_dup("Call Tom");
	request_begin(w, true);
	assert_true(schedule_edit(w->s, w->now, &r, &out, &err));
	request_end(w, "edited");
	reminder_clear(&r);
	reminders_clear(&out);
	until(w, FRIDAY(15, 2));
	assert_string_equal(popup(w, "r1")->summary, "Call Tom");
	undo(w);
	assert_screen(w, "r1");
	assert_string_equal(popup(w, "r1")->summary, "Call Dana");
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_true(look(w, id).on_screen);
	until(w, FRIDAY(15, 6));
	assert_int_equal(w->events[EVENT_RINGING], 1);
}

static void
undo_of_a_dismissal(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	close_popup(w, 0, 2);
	undo(w);
	assert_int_equal(look(w, id).dismissals, 0);
	until(w, FRIDAY(15, 1));
	assert_screen(w, "r1");
}

/* What waited for the brief waits again. */
static void
undo_of_done_on_what_waited(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(17, 0));
	act(w, ACT_DONE, id, 0);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
	undo(w);
	assert_wake(w, id, NEVER);
	until(w, FRIDAY(23, 0));
	assert_screen(w, "");
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r1");
}

static void
undo_of_quiet(void **state)
{
	struct world *w = *state;

	quiet(w, FRIDAY(20, 0));
	undo(w);
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
	assert_int_equal(w->events[EVENT_QUIET], 2);
}

/* What quiet held, and the brief that it held, come a minute later. */
static void
undo_of_quiet_shows_nothing_at_once(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(18, 0));
	assert_screen(w, "");
	quiet(w, SATURDAY(12, 0));
	add(w, "Call Tom", SATURDAY(10, 0));
	until(w, SATURDAY(11, 0));
	assert_screen(w, "");
	undo(w);	/* the add */
	undo(w);
	assert_screen(w, "");
	until(w, SATURDAY(11, 1) - 1);
	assert_screen(w, "");
	until(w, SATURDAY(11, 1));
	assert_screen(w, "r1");
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
}

static void
undo_within_quiet(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	act(w, ACT_DONE, id, 0);
	quiet(w, FRIDAY(16, 0));
	{
		struct reminders out = {0};
		struct err err = {0};
		char *sentence = NULL;

		request_begin(w, false);
		assert_true(schedule_undo(w->s, w->now, id, &sentence, &out,
		    &err));
		request_end(w, NULL);
		assert_string_equal(sentence, "done");
		assert_int_equal(out.n, 1);
		free(sentence);
		reminders_clear(&out);
	}
	until(w, FRIDAY(15, 59));
	assert_screen(w, "");
	until(w, FRIDAY(16, 0));
	assert_screen(w, "r1");
}

static void
nothing_to_undo(void **state)
{
	struct world *w = *state;
	struct reminders out = {0};
	struct err err = {0};
	char *sentence = NULL;

	request_begin(w, false);
	assert_false(schedule_undo(w->s, w->now, 0, &sentence, &out, &err));
	request_drop(w);
	assert_null(sentence);
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		story(done_from_a_pop_up),
		story(a_click_acts_once),
		story(a_late_click_counts),
		story(clicks_of_another_life),
		story(tomorrow_is_tomorrow_morning),
		story(a_snooze_by_the_clock_of_another_zone),
		story(later_is_counted_from_now),
		story(moved_it_starts_over),
		story(all_or_none),
		story(named_twice_is_meant_once),
		story(what_rings),
		story(what_is_logged),
		story(a_drop_is_remembered_by_its_time),
		story(undone_it_never_rings_at_once),
		story(undo_of_an_add_closes_its_pop_up),
		story(undo_of_a_move),
		story(undo_of_a_snooze_across_a_restart),
		story(undo_of_an_edit_of_what_rings_by_now),
		story(undo_of_a_dismissal),
		story(undo_of_done_on_what_waited),
		story(undo_of_quiet),
		story(undo_of_quiet_shows_nothing_at_once),
		story(undo_within_quiet),
		story(nothing_to_undo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
