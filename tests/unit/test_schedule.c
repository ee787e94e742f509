/*
 * When what rings: the cycle of a pop-up, quiet, the brief, sleep, restarts
 * and notification servers that come and go, told as stories.
 */
#include "tests/unit/schedule_world.h"

/* ----------------------------------------------------------- the cycle -- */

static void
rings_on_the_second_and_is_raised_anew(void **state)
{
	static const int raised[] = {5, 15, 60};
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char nonce[24];
	int i;

	until(w, FRIDAY(15, 0) - 1);
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);

	until(w, FRIDAY(15, 0));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_int_equal(look(w, id).rang_at, FRIDAY(15, 0));
	assert_true(look(w, id).on_screen);
	for (i = 0; i < 3; i++) {
		int64_t t = FRIDAY(15, 0) + raised[i] * MINUTE;

		assert_wake(w, id, t);
		strcpy(nonce, w->desktop[0].p.nonce);
		until(w, t - 1);
		assert_string_equal(w->desktop[0].p.nonce, nonce);
		until(w, t);
		assert_screen(w, "r1");
		assert_string_not_equal(w->desktop[0].p.nonce, nonce);
		assert_int_equal(look(w, id).raises, i + 1);
		assert_int_equal(look(w, id).rang_at, FRIDAY(15, 0));
		assert_int_equal(look(w, id).shown, i + 2);
	}
	assert_wake(w, id, FRIDAY(16, 15));
	until(w, FRIDAY(16, 15));
	assert_screen(w, "");
	assert_wake(w, id, NEVER);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_false(look(w, id).on_screen);
	assert_int_equal(w->events[EVENT_RINGING], 1);
	assert_int_equal(w->events[EVENT_SHOWN], 4);
	assert_int_equal(w->events[EVENT_WAITING], 1);
	assert_int_equal(w->idles, 1);

	/* The next thing is the brief, and the cycle begins again. */
	assert_int_equal(schedule_next(w->s, w->now),
	    SATURDAY(9, 0) - w->options.notifier_lead);
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r1");
	assert_wake(w, id, SATURDAY(9, 5));
	until(w, SATURDAY(23, 0));
	assert_screen(w, "");
	assert_wake(w, id, NEVER);
	until(w, SUNDAY_(9, 0));
	assert_screen(w, "r1");
}

static void
without_raises_it_is_put_away(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	w->options.raises = 0;
	until(w, FRIDAY(15, 0));
	assert_wake(w, id, FRIDAY(15, 15));
	until(w, FRIDAY(15, 15));
	assert_screen(w, "");
	assert_wake(w, id, NEVER);
}

static void
fewer_raises_after_a_reload(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 20));
	assert_int_equal(look(w, id).raises, 2);
	w->options.raises = 1;
	schedule_set_options(w->s, w->now, &w->options);
	until(w, FRIDAY(16, 0));
	assert_screen(w, "");
	assert_wake(w, id, NEVER);
}

static void
nothing_to_do_is_never(void **state)
{
	struct world *w = *state;
	int runs = w->runs;

	assert_int_equal(schedule_next(w->s, w->now), NEVER);
	until(w, SUNDAY_(12, 0));
	assert_int_equal(w->runs, runs);
	assert_int_equal(w->prepares, 0);
	assert_int_equal(w->idles, 0);
}

static void
notifier_is_started_ahead_and_let_go(void **state)
{
	struct world *w = *state;
	int64_t lead = w->options.notifier_lead, id;

	id = add(w, "Call Dana", FRIDAY(15, 0));
	assert_int_equal(schedule_next(w->s, w->now), FRIDAY(15, 0) - lead);
	until(w, FRIDAY(15, 0) - lead - 1);
	assert_int_equal(w->prepares, 0);
	until(w, FRIDAY(15, 0) - lead);
	assert_int_equal(w->prepares, 1);
	assert_int_equal(schedule_next(w->s, w->now), FRIDAY(15, 0));
	until(w, FRIDAY(15, 0));
	assert_int_equal(w->prepares, 1);
	assert_int_equal(w->idles, 0);
	act(w, ACT_DONE, id, 0);
	assert_int_equal(w->idles, 1);
	assert_screen(w, "");

	/* Started ahead of what is then moved away: let go again. */
	id = add(w, "Call Tom", w->now + lead / 2);
	settle(w);
	assert_int_equal(w->prepares, 2);
	act(w, ACT_MOVE, id, SUNDAY_(9, 0));
	assert_int_equal(w->idles, 2);
}

/* Between the clock and the run. */
static bool
show_ahead(struct world *w, int64_t t)
{
	settle(w);
	w->now = t;
	return schedule_show_ahead(w->s, w->now);
}

static void
composed_pop_up_is_shown_before_the_run(void **state)
{
	struct world *w = *state;
	char nonce[24];

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 1);
	assert_int_equal(w->composes, 1);
	assert_screen(w, "");
	assert_true(show_ahead(w, FRIDAY(15, 0)));
	assert_screen(w, "r1");
	strcpy(nonce, popup(w, "r1")->nonce);
	assert_false(schedule_show_ahead(w->s, w->now));
	tick(w);
	assert_int_equal(w->shows, 1);
	assert_int_equal(w->closes, 0);
	assert_string_equal(popup(w, "r1")->nonce, nonce);
	assert_int_equal(look(w, 1).shown, 1);
	assert_true(click(w, 0, "done"));
	assert_screen(w, "");
}

static void
composed_pop_up_follows_what_is_stored(void **state)
{
	struct world *w = *state;

	/* One for each moment that comes next, none for two at once. */
	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 3);
	add(w, "Call Tom", FRIDAY(15, 0) - 1);
	settle(w);
	assert_int_equal(w->composes, 2);
	assert_false(show_ahead(w, FRIDAY(15, 0) - 2));
	act(w, ACT_MOVE, 2, FRIDAY(15, 0));
	assert_int_equal(w->composes, 2);
	assert_false(show_ahead(w, FRIDAY(15, 0)));
	tick(w);
	assert_screen(w, "r1 r2");
}

static void
what_was_written_behind_it_is_not_shown_ahead(void **state)
{
	struct world *w = *state;
	struct err err = {0};

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 1);
	assert_int_equal(w->composes, 1);
	w->now = FRIDAY(15, 0);
	/* The same second, before the clock: quiet, as a command sets it. */
	request_begin(w, true);
	assert_true(schedule_quiet(w->s, w->now, FRIDAY(16, 0), &err));
	request_end(w, "quiet");
	assert_false(schedule_show_ahead(w->s, w->now));
	settle(w);
	assert_screen(w, "");
	assert_int_equal(w->shows, 0);
}

static void
late_or_held_is_not_shown_ahead(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 1);
	assert_false(show_ahead(w, FRIDAY(15, 0) + 1));
	settle(w);
	assert_screen(w, "r1");
	act(w, ACT_DONE, 1, 0);
	quiet(w, FRIDAY(18, 0));
	add(w, "Call Tom", FRIDAY(16, 0));
	assert_false(show_ahead(w, FRIDAY(16, 0)));
	settle(w);
	assert_screen(w, "");
}

/* Done by a command between the pop-up and the run that would record it. */
static void
the_run_closes_what_it_would_not_show(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 1);
	assert_true(show_ahead(w, FRIDAY(15, 0)));
	w->mute = true;
	act(w, ACT_DONE, 1, 0);
	assert_int_equal(w->idles, 0);
	tick(w);
	settle(w);
	assert_screen(w, "");
	assert_int_equal(w->idles, 1);
}

/* A notifier that was started again gets it again. */
static void
composed_again_for_another_notifier(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 5);
	server(w, true);
	assert_int_equal(w->composes, 2);
	server(w, false);
	server(w, true);
	assert_true(show_ahead(w, FRIDAY(15, 0)));
	tick(w);
	assert_int_equal(w->shows, 1);
}

/* Nothing is started ahead of a put-away, which shows nothing. */
static void
no_head_start_for_a_put_away(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(16, 1));
	close_popup(w, 0, 1);
	assert_int_equal(w->idles, 1);
	assert_int_equal(schedule_next(w->s, w->now), FRIDAY(16, 15));
}

/* ------------------------------------------------------------- closing -- */

static void
no_reason_means_done(void **state)
{
	static const int reasons[] = {1, 3, 4, 17};
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	int i;

	until(w, FRIDAY(15, 0));
	for (i = 0; i < 4; i++) {
		int64_t wake = look(w, id).wake;

		assert_false(close_popup(w, 0, reasons[i]));
		assert_screen(w, "");
		assert_int_equal(look(w, id).state, STATE_RINGING);
		assert_false(look(w, id).on_screen);
		assert_wake(w, id, wake);
		if (i < 3) {
			until(w, wake);
			assert_screen(w, "r1");
		}
	}
	until(w, FRIDAY(17, 0));
	assert_wake(w, id, NEVER);
	/* Nothing of it can be undone: only what was added. */
	undo(w);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
}

static void
dismissed_is_later_twice_a_day(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	assert_true(close_popup(w, 0, 2));
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
	assert_wake(w, id, FRIDAY(16, 0));
	until(w, FRIDAY(16, 0));
	assert_true(close_popup(w, 0, 2));
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
	until(w, FRIDAY(17, 0));
	assert_screen(w, "r1");
	close_popup(w, 0, 2);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_wake(w, id, NEVER);
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r1");
	/* A new day, a new count. */
	assert_true(close_popup(w, 0, 2));
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
	assert_wake(w, id, SATURDAY(10, 0));
}

static void
our_own_closing_is_no_dismissal(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char old[24];

	until(w, FRIDAY(15, 0));
	strcpy(old, w->desktop[0].p.nonce);
	until(w, FRIDAY(15, 5));
	assert_false(closed_as(w, "r1", old, 2));
	assert_false(closed_as(w, "r1", old, 3));
	assert_false(closed_as(w, "r1", "no such", 2));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_true(look(w, id).on_screen);
}

static void
closed_twice_is_closed_once(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	char nonce[24];

	until(w, FRIDAY(15, 0));
	strcpy(nonce, w->desktop[0].p.nonce);
	close_popup(w, 0, 2);
	assert_false(closed_as(w, "r1", nonce, 2));
	assert_int_equal(look(w, id).dismissals, 1);
}

static void
opened_and_closed_by_that_is_no_dismissal(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	assert_false(click(w, 0, "default"));
	assert_int_equal(w->details, 1);
	assert_int_equal(w->detail, id);
	close_popup(w, 0, 2);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_int_equal(look(w, id).dismissals, 0);
	until(w, FRIDAY(15, 5));
	assert_screen(w, "r1");
	/* Opened, read, and then closed by hand: that is one. */
	click(w, 0, "default");
	until(w, FRIDAY(15, 6));
	assert_true(close_popup(w, 0, 2));
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
}

static void
a_show_that_fails_is_tried_at_the_next_raise(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct err err = {0};
	char nonce[24];

	server(w, true);
	w->mute = true;
	until(w, FRIDAY(15, 0));
	strcpy(nonce, w->desktop[0].p.nonce);
	desktop_remove(w, 0);
	request_begin(w, false);
	assert_true(schedule_failed(w->s, w->now, "r1", nonce, "discarded",
	    &err));
	request_end(w, NULL);
	settle(w);
	assert_screen(w, "");
	assert_false(look(w, id).on_screen);
	assert_int_equal(look(w, id).shown, 0);
	w->mute = false;
	until(w, FRIDAY(15, 5));
	assert_screen(w, "r1");
}

/* --------------------------------------------------------------- quiet -- */

static void
quiet_holds_and_merges(void **state)
{
	struct world *w = *state;
	int64_t a = add(w, "Call Dana", FRIDAY(15, 0));
	int64_t b = add(w, "Call Tom", FRIDAY(15, 30));

	add_urgent(w, "Call the doctor", FRIDAY(15, 10));
	quiet(w, FRIDAY(16, 0));
	assert_int_equal(schedule_quiet_until(w->s, w->now), FRIDAY(16, 0));
	until(w, FRIDAY(15, 9));
	assert_screen(w, "");
	assert_int_equal(look(w, a).state, STATE_RINGING);
	assert_wake(w, a, FRIDAY(16, 0));
	until(w, FRIDAY(15, 40));
	assert_screen(w, "r3");
	until(w, FRIDAY(16, 0));
	assert_screen(w, "r3 m");
	assert_string_equal(popup(w, "m")->summary, "2 follow-ups are due");
	assert_wake(w, a, FRIDAY(16, 5));
	assert_wake(w, b, FRIDAY(16, 5));
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
}

/* However short the quiet and however late they came into it. */
static void
quiet_merges_what_it_held_a_moment(void **state)
{
	struct world *w = *state;

	add(w, "One", FRIDAY(15, 0));
	add(w, "Two", FRIDAY(15, 0));
	until(w, FRIDAY(14, 59));
	quiet(w, FRIDAY(15, 0) + 20);
	until(w, FRIDAY(15, 0) + 19);
	assert_screen(w, "");
	until(w, FRIDAY(15, 0) + 20);
	assert_screen(w, "m");
}

static void
quiet_ended_early(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	quiet(w, FRIDAY(20, 0));
	until(w, FRIDAY(16, 0));
	assert_screen(w, "");
	quiet(w, 0);
	assert_screen(w, "r1");
	assert_wake(w, id, FRIDAY(16, 5));
}

static void
quiet_made_shorter_and_longer(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	quiet(w, FRIDAY(18, 0));
	until(w, FRIDAY(15, 1));
	quiet(w, FRIDAY(17, 0));
	assert_wake(w, id, FRIDAY(17, 0));
	quiet(w, FRIDAY(19, 0));
	assert_wake(w, id, FRIDAY(19, 0));
	until(w, FRIDAY(19, 0));
	assert_screen(w, "r1");
}

/* What stands stays, but is not raised: that would be a sound. */
static void
quiet_leaves_what_stands(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	int shows;

	until(w, FRIDAY(15, 1));
	shows = w->shows;
	quiet(w, FRIDAY(16, 0));
	until(w, FRIDAY(15, 59));
	assert_screen(w, "r1");
	assert_int_equal(w->shows, shows);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	until(w, FRIDAY(16, 5));
	assert_screen(w, "r1");
	assert_int_equal(w->shows, shows + 1);
}

static void
made_urgent_it_breaks_quiet(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	struct reminders out = {0};
	struct reminder r = {0};
	struct err err = {0};

	quiet(w, FRIDAY(18, 0));
	until(w, FRIDAY(16, 0));
	assert_true(store_reminder_get(w->store, id, &r, &err));
	r.urgent = true;
	request_begin(w, true);
	assert_true(schedule_edit(w->s, w->now, &r, &out, &err));
	request_end(w, "edited");
	reminder_clear(&r);
	reminders_clear(&out);
	settle(w);
	assert_screen(w, "r1");
	assert_true(w->desktop[0].p.urgent);
}

/* ----------------------------------------------------------- the brief -- */

static void
brief_takes_in_its_minute(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(15, 0));
	until(w, FRIDAY(20, 0));
	assert_screen(w, "");
	add(w, "Write to Eve", SATURDAY(9, 0));
	add(w, "Thank Bob", SATURDAY(9, 0) + 30);
	add_urgent(w, "Fix it", SATURDAY(9, 0));
	add(w, "Later", SATURDAY(9, 1));
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r5 m");
	assert_string_equal(popup(w, "m")->summary, "3 follow-ups are due");
	until(w, SATURDAY(9, 0) + 30);
	assert_screen(w, "r5 m");
	assert_string_equal(popup(w, "m")->summary, "4 follow-ups are due");
	until(w, SATURDAY(9, 1));
	assert_screen(w, "r5 m r6");
}

static void
no_brief_without_anything_overdue(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(20, 0));
	act(w, ACT_DONE, id, 0);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
	add(w, "Call Tom", SATURDAY(9, 0));
	add(w, "Call Eve", SATURDAY(9, 0));
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r2 r3");
}

static void
brief_is_made_up_for_once(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(20, 0));
	restart(w, SATURDAY(10, 30));
	assert_screen(w, "r1");
	assert_wake(w, id, SATURDAY(10, 35));
	until(w, SATURDAY(12, 0));
	assert_wake(w, id, NEVER);
	restart(w, SATURDAY(13, 0));
	assert_screen(w, "");
	assert_int_equal(schedule_next(w->s, w->now),
	    SUNDAY_(9, 0) - w->options.notifier_lead);
	asleep(w, SUNDAY_(11, 0));
	assert_screen(w, "r1");
}

/* Put away after the hour of the brief, on a day without one. */
static void
put_away_at_noon_waits_for_tomorrow(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", SATURDAY(10, 0));

	until(w, SATURDAY(11, 15));
	assert_wake(w, id, NEVER);
	until(w, SATURDAY(23, 59));
	assert_screen(w, "");
	until(w, SUNDAY_(9, 0));
	assert_screen(w, "r1");
}

static void
put_away_before_the_brief_of_the_day(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", SATURDAY(7, 0));
	until(w, SATURDAY(8, 30));
	assert_screen(w, "");
	until(w, SATURDAY(9, 0));
	assert_screen(w, "r1");
}

static void
brief_is_held_by_quiet(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(20, 0));
	quiet(w, SATURDAY(10, 0));
	until(w, SATURDAY(9, 59));
	assert_screen(w, "");
	until(w, SATURDAY(10, 0));
	assert_screen(w, "r1");
}

/* ----------------------------------------------------- sleep and clocks -- */

static void
what_comes_late_comes_together(void **state)
{
	struct world *w = *state;

	add(w, "One", FRIDAY(15, 0));
	add(w, "Two", FRIDAY(16, 0));
	asleep(w, FRIDAY(17, 0));
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->body[0], "One · 15:00");
	assert_string_equal(popup(w, "m")->body[1], "Two · 16:00");
	assert_int_equal(w->shows, 1);
}

static void
one_late_comes_alone(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "One", FRIDAY(15, 0));

	add(w, "Two", FRIDAY(17, 0));
	asleep(w, FRIDAY(17, 0));
	assert_screen(w, "r1 r2");
	assert_wake(w, id, FRIDAY(17, 5));
}

static void
slept_through_its_raises(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 1));
	asleep(w, FRIDAY(18, 0));
	assert_screen(w, "r1");
	/* Now is the first raise; the next keeps its distance from it. */
	assert_int_equal(look(w, id).raises, 1);
	assert_wake(w, id, FRIDAY(18, 10));
	until(w, FRIDAY(19, 0));
	assert_int_equal(look(w, id).raises, 3);
	/* Whoever comes back sees it once before it goes. */
	asleep(w, FRIDAY(23, 0));
	assert_screen(w, "r1");
	assert_wake(w, id, FRIDAY(23, 15));
	until(w, FRIDAY(23, 15));
	assert_screen(w, "");
}

static void
clock_set_back(void **state)
{
	struct world *w = *state;
	int64_t done = add(w, "Done", FRIDAY(15, 0)), id;

	id = add(w, "Rings", FRIDAY(15, 1));
	until(w, FRIDAY(15, 1));
	act(w, ACT_DONE, done, 0);
	asleep(w, FRIDAY(14, 0));
	until(w, FRIDAY(15, 30));
	assert_screen(w, "r2");
	assert_int_equal(w->events[EVENT_RINGING], 2);
	assert_int_equal(look(w, id).state, STATE_RINGING);
}

/* ------------------------------------------------------------- restarts -- */

static void
restart_shows_again_what_stood(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	int64_t done = add(w, "Call Tom", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	act(w, ACT_DONE, done, 0);
	restart(w, FRIDAY(15, 2));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).raises, 0);
	assert_wake(w, id, FRIDAY(15, 7));
	assert_int_equal(w->events[EVENT_RINGING], 2);
	assert_int_equal(look(w, id).shown, 2);
}

static void
restart_takes_in_what_was_missed(void **state)
{
	struct world *w = *state;
	int i;

	add(w, "Stands", FRIDAY(15, 0));
	for (i = 0; i < 3; i++)
		add(w, "Missed", FRIDAY(16, i));
	until(w, FRIDAY(15, 0));
	restart(w, FRIDAY(17, 0));
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "4 follow-ups are due");
}

static void
crash_between_showing_and_recording(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	w->mute = true;
	until(w, FRIDAY(15, 0));
	w->mute = false;
	assert_false(look(w, id).on_screen);
	world_stop(w);
	w->now += 10;
	world_open(w);
	settle(w);
	assert_screen(w, "r1");
	assert_true(look(w, id).on_screen);
}

static void
restart_within_quiet(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	quiet(w, FRIDAY(17, 0));
	restart(w, FRIDAY(15, 30));
	assert_screen(w, "");
	assert_false(look(w, id).on_screen);
	until(w, FRIDAY(17, 0));
	assert_screen(w, "r1");
}

/* -------------------------------------------------------------- servers -- */

static void
server_goes_and_comes(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));
	int64_t two = add(w, "Call Tom", FRIDAY(15, 10));

	server(w, true);
	until(w, FRIDAY(15, 1));
	server(w, false);
	assert_false(look(w, id).on_screen);
	assert_int_equal(look(w, id).dismissals, 0);
	until(w, FRIDAY(15, 20));
	assert_screen(w, "");
	assert_int_equal(look(w, two).state, STATE_RINGING);
	assert_int_equal(w->idles, 0);
	server(w, true);
	assert_screen(w, "r1 r2");
	assert_true(look(w, two).on_screen);
	/* The cycle stood still meanwhile. */
	assert_int_equal(look(w, id).raises, 0);
	assert_wake(w, id, FRIDAY(15, 25));
	/* Told again that it is there: nothing is done twice. */
	assert_int_equal(look(w, two).shown, 1);
}

static void
unseen_is_never_put_away(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	server(w, false);
	w->runs = 0;
	until(w, SATURDAY(14, 0));
	/* Nor does it keep the machine awake: 23 hours. */
	assert_in_range(w->runs, 20, 30);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_int_equal(look(w, id).shown, 0);
	assert_int_not_equal(look(w, id).wake, NEVER);
	server(w, true);
	assert_screen(w, "r1");
	assert_wake(w, id, SATURDAY(14, 5));
}

/* Asked before the notifier knew of a server: refused, then asked again. */
static void
shown_when_the_first_server_is_found(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	w->deaf = true;
	until(w, FRIDAY(15, 0));
	assert_screen(w, "");
	w->now += 2;
	server(w, true);
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 1);
	assert_wake(w, id, FRIDAY(15, 5));
}

/* A notifier that was started for the next one reports its server: what
 * expired before waits for its raise. */
static void
server_found_again_is_no_reason_to_raise(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	server(w, true);
	until(w, FRIDAY(15, 0));
	close_popup(w, 0, 1);
	assert_int_equal(w->idles, 1);
	until(w, FRIDAY(15, 5) - 1);
	server(w, true);
	assert_screen(w, "");
	until(w, FRIDAY(15, 5));
	assert_screen(w, "r1");
}

static void
done_while_the_server_is_away(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	server(w, false);
	assert_int_equal(w->idles, 0);
	act(w, ACT_DONE, id, 0);
	assert_int_equal(w->idles, 1);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
}

static void
test_popup(void **state)
{
	struct world *w = *state;

	schedule_test(w->s);
	settle(w);
	assert_screen(w, "t");
	assert_int_equal(w->tested, 1);
	assert_int_equal(w->idles, 0);
	click(w, 0, "default");
	assert_screen(w, "");
	assert_int_equal(w->idles, 1);

	w->tested = 0;
	w->deaf = true;
	schedule_test(w->s);
	server(w, false);
	assert_int_equal(w->tested, -1);
}

/* ------------------------------------------------------- a full disk -- */

static void
nothing_stored_is_tried_again_after_a_pause(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0)), next;
	struct err err = {0};

	until(w, FRIDAY(15, 0) - 1);
	w->now = FRIDAY(15, 0);
	request_begin(w, false);
	assert_true(schedule_run(w->s, w->now, &err));
	request_drop(w);
	schedule_resync(w->s);
	/* It is on the screen, and the database does not know. */
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	next = schedule_next(w->s, w->now);
	assert_true(next > w->now && next <= w->now + 10);
	assert_int_equal(schedule_next(w->s, w->now), next);
	w->now = next;
	settle(w);
	assert_screen(w, "r1");
	assert_int_equal(w->shows, 1);
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_true(look(w, id).on_screen);
}

static void
what_is_due_meanwhile_does_not_wait_for_the_pause(void **state)
{
	struct world *w = *state;
	struct err err = {0};

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(15, 0) + 3);
	until(w, FRIDAY(15, 0) - 1);
	w->now = FRIDAY(15, 0);
	request_begin(w, false);
	assert_true(schedule_run(w->s, w->now, &err));
	request_drop(w);
	schedule_resync(w->s);
	assert_screen(w, "r1");
	assert_int_equal(schedule_next(w->s, w->now), FRIDAY(15, 0) + 3);
	w->now = FRIDAY(15, 0) + 3;
	settle(w);
	assert_screen(w, "r1 r2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		story(rings_on_the_second_and_is_raised_anew),
		story(without_raises_it_is_put_away),
		story(fewer_raises_after_a_reload),
		story(nothing_to_do_is_never),
		story(notifier_is_started_ahead_and_let_go),
		story(composed_pop_up_is_shown_before_the_run),
		story(composed_pop_up_follows_what_is_stored),
		story(what_was_written_behind_it_is_not_shown_ahead),
		story(late_or_held_is_not_shown_ahead),
		story(the_run_closes_what_it_would_not_show),
		story(composed_again_for_another_notifier),
		story(no_head_start_for_a_put_away),
		story(no_reason_means_done),
		story(dismissed_is_later_twice_a_day),
		story(our_own_closing_is_no_dismissal),
		story(closed_twice_is_closed_once),
		story(opened_and_closed_by_that_is_no_dismissal),
		story(a_show_that_fails_is_tried_at_the_next_raise),
		story(quiet_holds_and_merges),
		story(quiet_merges_what_it_held_a_moment),
		story(quiet_ended_early),
		story(quiet_made_shorter_and_longer),
		story(quiet_leaves_what_stands),
		story(made_urgent_it_breaks_quiet),
		story(brief_takes_in_its_minute),
		story(no_brief_without_anything_overdue),
		story(brief_is_made_up_for_once),
		story(put_away_at_noon_waits_for_tomorrow),
		story(put_away_before_the_brief_of_the_day),
		story(brief_is_held_by_quiet),
		story(what_comes_late_comes_together),
		story(one_late_comes_alone),
		story(slept_through_its_raises),
		story(clock_set_back),
		story(restart_shows_again_what_stood),
		story(restart_takes_in_what_was_missed),
		story(crash_between_showing_and_recording),
		story(restart_within_quiet),
		story(server_goes_and_comes),
		story(unseen_is_never_put_away),
		story(shown_when_the_first_server_is_found),
		story(server_found_again_is_no_reason_to_raise),
		story(done_while_the_server_is_away),
		story(test_popup),
		story(nothing_stored_is_tried_again_after_a_pause),
		story(what_is_due_meanwhile_does_not_wait_for_the_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
