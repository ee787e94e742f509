/*
 * What holds pop-ups: the quiet hours of the configuration, quiet by hand, and
 * a desktop in front of which nobody sits; and that what was held comes as one.
 */
#include <sqlite3.h>

#include "tests/unit/schedule_world.h"

static void
set_quiet(struct world *w, enum weekday day, int from, int to)
{
	struct quiet_day *q = &w->options.quiet[day];

	q->spans[q->n].from = from;
	q->spans[q->n++].to = to;
}

static void
set_quiet_daily(struct world *w, int from, int to)
{
	int day;

	for (day = 0; day < WEEKDAY_MAX; day++)
		set_quiet(w, day, from, to);
}

#define CLOCK(hour, minute) ((hour) * 60 + (minute))

/* The desktop holds pop-ups for that reason, or NULL: no longer. */
static void
presence(struct world *w, const char *why)
{
	struct err err = {0};

	request_begin(w, false);
	if (!schedule_presence(w->s, w->now, why, &err))
		fail_msg("%s", err.message);
	request_end(w, NULL);
	settle(w);
}

#define LOCKED "the screen is locked"

/* ---------------------------------------------------------- the hours -- */

/*
 * The week of the table below:
 *	Mon 22:00-07:00	and so on each day, but
 *	Fri 23:30-08:00
 *	Sat 12:00-13:00 and 13:00-14:00, which meet, and 23:00-24:00
 *	Sun 00:00-24:00, up to Monday's 00:00-06:30
 */
static void
fill_week(struct world *w)
{
	enum weekday day;

	for (day = MONDAY; day <= THURSDAY; day++)
		set_quiet(w, day, CLOCK(22, 0), CLOCK(7, 0));
	set_quiet(w, FRIDAY, CLOCK(23, 30), CLOCK(8, 0));
	set_quiet(w, SATURDAY, CLOCK(13, 0), CLOCK(14, 0));
	set_quiet(w, SATURDAY, CLOCK(12, 0), CLOCK(13, 0));
	set_quiet(w, SATURDAY, CLOCK(23, 0), CLOCK(0, 0));
	set_quiet(w, SUNDAY, CLOCK(0, 0), CLOCK(0, 0));
	set_quiet(w, MONDAY, CLOCK(0, 0), CLOCK(6, 30));
}

/* A local time in Berlin, by the zone itself. */
static int64_t
berlin(const struct world *w, const char *local)
{
	struct civil c;

	assert_true(civil_parse(local, &c));
	return zone_instant(w->zone, &c, NULL);
}

static void
hours_by_weekday(void **state)
{
	/* At this time of the week of 23 November it is quiet until then. */
	static const struct {
		const char *now, *until;
	} table[] = {
		{"2026-11-20T14:30:00", NULL},
		{"2026-11-20T23:29:59", NULL},
		{"2026-11-20T23:30:00", "2026-11-21T08:00:00"},
		{"2026-11-21T07:59:59", "2026-11-21T08:00:00"},
		{"2026-11-21T08:00:00", NULL},
		/* Hours that meet are one. */
		{"2026-11-21T12:30:00", "2026-11-21T14:00:00"},
		{"2026-11-21T14:00:00", NULL},
		{"2026-11-21T23:10:00", "2026-11-23T06:30:00"},
		{"2026-11-22T12:00:00", "2026-11-23T06:30:00"},
		{"2026-11-23T06:30:00", NULL},
		{"2026-11-23T22:00:00", "2026-11-24T07:00:00"},
		{"2026-11-24T03:00:00", "2026-11-24T07:00:00"},
		{"2026-11-27T06:00:00", "2026-11-27T07:00:00"},
		{"2026-11-27T22:00:00", NULL},
	};
	struct world *w = *state;
	size_t i;

	fill_week(w);
	for (i = 0; i < sizeof table / sizeof *table; i++) {
		int64_t until = table[i].until == NULL ? 0 :
		    berlin(w, table[i].until);
		int64_t is = schedule_quiet_until(w->s,
		    berlin(w, table[i].now));

		if (is != until)
			fail_msg("%s: until %lld, not %lld", table[i].now,
			    (long long)is, (long long)until);
	}
}

static void
hours_in_nights_when_the_clock_changes(void **state)
{
	/* From that hour to that one, of a night; when it begins and ends. */
	static const struct {
		int from, to;
		const char *begins, *ends;	/* UTC */
	} table[] = {
		/* 29 March 2026: 02:00 is 03:00. */
		{CLOCK(22, 0), CLOCK(7, 0),
		    "2026-03-28T21:00:00", "2026-03-29T05:00:00"},
		{CLOCK(22, 0), CLOCK(2, 30),	/* skipped: 03:30 */
		    "2026-03-28T21:00:00", "2026-03-29T01:30:00"},
		{CLOCK(2, 30), CLOCK(7, 0),
		    "2026-03-29T01:30:00", "2026-03-29T05:00:00"},
		{CLOCK(2, 15), CLOCK(2, 45),
		    "2026-03-29T01:15:00", "2026-03-29T01:45:00"},
		/* 25 October 2026: 03:00 is 02:00. */
		{CLOCK(22, 0), CLOCK(7, 0),
		    "2026-10-24T20:00:00", "2026-10-25T06:00:00"},
		{CLOCK(22, 0), CLOCK(2, 30),	/* the first */
		    "2026-10-24T20:00:00", "2026-10-25T00:30:00"},
		{CLOCK(2, 30), CLOCK(7, 0),
		    "2026-10-25T00:30:00", "2026-10-25T06:00:00"},
	};
	struct world *w = *state;
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++) {
		struct civil begins, ends;
		int64_t from, to, t;

		memset(w->options.quiet, 0, sizeof w->options.quiet);
		set_quiet_daily(w, table[i].from, table[i].to);
		assert_true(civil_parse(table[i].begins, &begins));
		assert_true(civil_parse(table[i].ends, &ends));
		from = civil_seconds(&begins);
		to = civil_seconds(&ends);
		assert_int_equal(schedule_quiet_until(w->s, from - 1), 0);
		assert_int_equal(schedule_quiet_until(w->s, to), 0);
		for (t = from; t < to; t += 300)
			assert_int_equal(schedule_quiet_until(w->s, t), to);
	}
}

static void
hours_hold_and_merge(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	add(w, "Call Dana", FRIDAY(22, 0));
	add(w, "Call Tom", SATURDAY(6, 59));
	add_urgent(w, "Call Ann", FRIDAY(23, 0));
	until(w, FRIDAY(22, 59));
	assert_screen(w, "");
	assert_int_equal(w->prepares, 0);
	until(w, FRIDAY(23, 0));
	assert_screen(w, "r3");
	act(w, ACT_DONE, 3, 0);
	until(w, SATURDAY(7, 0) - 1);
	assert_screen(w, "");
	assert_wake(w, 1, SATURDAY(7, 0));
	until(w, SATURDAY(7, 0));
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "2 follow-ups are due");
}

static void
the_brief_comes_after_the_hours(void **state)
{
	struct world *w = *state;

	set_quiet(w, SATURDAY, CLOCK(0, 0), CLOCK(11, 0));
	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(17, 0));
	assert_screen(w, "");
	/* It is not even woken for at nine. */
	assert_int_equal(schedule_next(w->s, w->now),
	    SATURDAY(11, 0) - w->options.notifier_lead);
	until(w, SATURDAY(11, 0));
	assert_screen(w, "r1");
}

static void
by_hand_and_hours_are_one(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	quiet(w, FRIDAY(21, 0));
	assert_int_equal(schedule_quiet_until(w->s, w->now), FRIDAY(21, 0));
	quiet(w, FRIDAY(22, 0));
	assert_int_equal(schedule_quiet_until(w->s, w->now), SATURDAY(7, 0));
	quiet(w, FRIDAY(23, 0));
	assert_int_equal(schedule_quiet_until(w->s, w->now), SATURDAY(7, 0));
	/* Off before they begin ends what was said by hand alone. */
	quiet(w, 0);
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
	assert_int_equal(schedule_quiet_until(w->s, FRIDAY(22, 0)),
	    SATURDAY(7, 0));
	/* Longer by hand than the hours. */
	until(w, FRIDAY(22, 30));
	quiet(w, SATURDAY(10, 0));
	assert_int_equal(schedule_quiet_until(w->s, w->now), SATURDAY(10, 0));
}

static void
off_within_the_hours_lasts_for_the_rest_of_them(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	add(w, "Call Dana", FRIDAY(22, 30));
	add(w, "Call Tom", FRIDAY(23, 30));
	until(w, FRIDAY(23, 0));
	assert_screen(w, "");
	quiet(w, 0);
	assert_screen(w, "r1");
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
	act(w, ACT_DONE, 1, 0);
	until(w, FRIDAY(23, 30));
	assert_screen(w, "r2");
	act(w, ACT_DONE, 2, 0);
	restart(w, SATURDAY(6, 59));
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
	assert_int_equal(schedule_quiet_until(w->s, SATURDAY(22, 0)),
	    SUNDAY_(7, 0));
	/* By hand it can be quiet for some of them. */
	quiet(w, SATURDAY(6, 59) + 30);
	assert_int_equal(schedule_quiet_until(w->s, w->now),
	    SATURDAY(6, 59) + 30);
}

static void
off_is_undone(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	until(w, FRIDAY(23, 0));
	quiet(w, 0);
	assert_int_equal(schedule_quiet_until(w->s, w->now), 0);
	undo(w);
	assert_int_equal(schedule_quiet_until(w->s, w->now), SATURDAY(7, 0));
	add(w, "Call Dana", FRIDAY(23, 30));
	until(w, FRIDAY(23, 31));
	assert_screen(w, "");
	assert_wake(w, 1, SATURDAY(7, 0));
	/* It does not become quiet that was asked for. */
	memset(w->options.quiet, 0, sizeof w->options.quiet);
	schedule_set_options(w->s, w->now, &w->options);
	settle(w);
	assert_screen(w, "r1");
}

static void
other_hours_hold_anew(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	add(w, "Call Dana", FRIDAY(22, 30));
	add(w, "Call Tom", FRIDAY(22, 40));
	until(w, FRIDAY(23, 0));
	assert_wake(w, 1, SATURDAY(7, 0));
	memset(w->options.quiet, 0, sizeof w->options.quiet);
	set_quiet_daily(w, CLOCK(21, 0), CLOCK(8, 0));
	schedule_set_options(w->s, w->now, &w->options);
	settle(w);
	assert_screen(w, "");
	assert_wake(w, 1, SATURDAY(8, 0));
	memset(w->options.quiet, 0, sizeof w->options.quiet);
	schedule_set_options(w->s, w->now, &w->options);
	settle(w);
	assert_screen(w, "m");
}

/* What stands as the hours begin stays, and is raised anew behind them; also
 * when they end before their time. */
static void
what_stands_stays(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(21, 57));

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	until(w, FRIDAY(23, 0));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 1);
	assert_wake(w, id, SATURDAY(7, 0));
	quiet(w, 0);
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 1);
	assert_wake(w, id, FRIDAY(23, 5));
}

/* A clock that was wrong ended the hours of another year. */
static void
off_from_the_future_is_not_believed(void **state)
{
	struct world *w = *state;

	set_quiet_daily(w, CLOCK(22, 0), CLOCK(7, 0));
	w->now = at(2031, 1, 1, 23, 0);
	quiet(w, 0);
	w->now = FRIDAY(23, 0);
	assert_int_equal(schedule_quiet_until(w->s, w->now), SATURDAY(7, 0));
}

/* ----------------------------------------------------------- presence -- */

/* The notifier is started ahead, and tells what it sees: that is how a lock
 * is known of. */
static void
held_while_locked_and_merged(void **state)
{
	struct world *w = *state;
	int runs;

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(16, 0));
	add_urgent(w, "Call Ann", FRIDAY(16, 30));
	until(w, FRIDAY(15, 0) - w->options.notifier_lead);
	assert_int_equal(w->prepares, 1);
	presence(w, LOCKED);
	assert_string_equal(schedule_held(w->s), LOCKED);
	assert_int_equal(w->events[EVENT_QUIET], 1);
	until(w, FRIDAY(15, 0));
	assert_screen(w, "");
	assert_int_equal(look(w, 1).state, STATE_RINGING);
	assert_int_equal(w->events[EVENT_RINGING], 1);
	until(w, FRIDAY(16, 30));
	assert_screen(w, "r3");
	act(w, ACT_DONE, 3, 0);
	/* Nothing wakes, and the notifier stays. */
	assert_int_equal(w->idles, 0);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
	runs = w->runs;
	until(w, SUNDAY_(12, 0));
	assert_int_equal(w->runs, runs);
	presence(w, NULL);
	assert_null(schedule_held(w->s));
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "2 follow-ups are due");
	assert_wake(w, 1, SUNDAY_(12, 5));
}

static void
held_alone_it_comes_alone(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	presence(w, LOCKED);
	until(w, FRIDAY(15, 30));
	assert_screen(w, "");
	presence(w, "");
	assert_screen(w, "r1");
}

/* Another reason, or the same again, is no end. */
static void
one_reason_after_another(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	presence(w, LOCKED);
	until(w, FRIDAY(15, 0));
	presence(w, "the screen saver is active");
	presence(w, "the screen saver is active");
	assert_string_equal(schedule_held(w->s), "the screen saver is active");
	assert_screen(w, "");
	assert_int_equal(w->events[EVENT_QUIET], 1);
	presence(w, NULL);
	presence(w, NULL);
	assert_screen(w, "r1");
	assert_int_equal(w->shows, 1);
	assert_int_equal(w->events[EVENT_QUIET], 2);
}

/* The lock is told of before the server; what was asked for until then is on
 * no screen. */
static void
locked_when_the_notifier_comes(void **state)
{
	struct world *w = *state;

	w->deaf = w->mute = true;
	add(w, "Call Dana", FRIDAY(14, 31));
	add_urgent(w, "Call Ann", FRIDAY(14, 31));
	asleep(w, FRIDAY(15, 0));
	assert_int_equal(w->shows, 2);
	presence(w, LOCKED);
	w->mute = false;
	server(w, true);
	assert_screen(w, "r2");
	assert_int_equal(look(w, 1).shown, 0);
	act(w, ACT_DONE, 2, 0);
	assert_int_equal(w->idles, 0);
	presence(w, NULL);
	assert_screen(w, "r1");
}

static void
what_stands_when_it_locks_stays(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 1));
	presence(w, LOCKED);
	assert_screen(w, "r1");
	/* It is neither raised anew nor put away. */
	until(w, SATURDAY(12, 0));
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 1);
	assert_int_equal(w->events[EVENT_WAITING], 0);
	presence(w, NULL);
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).shown, 1);
	assert_wake(w, id, SATURDAY(12, 5));
	until(w, SATURDAY(12, 5));
	assert_int_equal(look(w, id).shown, 2);
}

static void
an_urgent_one_is_not_put_away_unseen(void **state)
{
	struct world *w = *state;

	presence(w, LOCKED);
	add_urgent(w, "Call Ann", FRIDAY(15, 0));
	until(w, FRIDAY(16, 14));
	assert_screen(w, "r1");
	assert_int_equal(look(w, 1).shown, 4);
	until(w, FRIDAY(20, 0));
	assert_screen(w, "r1");
	presence(w, NULL);
	assert_wake(w, 1, FRIDAY(20, 5));
}

static void
locked_within_quiet_and_quiet_within_lock(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(15, 10));
	/* Quiet until 17:00, locked 16:00 to 18:00. */
	quiet(w, FRIDAY(17, 0));
	until(w, FRIDAY(16, 0));
	assert_wake(w, 1, FRIDAY(17, 0));
	presence(w, LOCKED);
	until(w, FRIDAY(17, 30));
	assert_screen(w, "");
	presence(w, NULL);
	assert_screen(w, "m");
	act(w, ACT_SNOOZE, 1, FRIDAY(18, 0));
	act(w, ACT_SNOOZE, 2, FRIDAY(18, 10));
	/* Locked until 19:00, quiet until 20:00. */
	presence(w, LOCKED);
	until(w, FRIDAY(18, 30));
	quiet(w, FRIDAY(20, 0));
	until(w, FRIDAY(19, 0));
	presence(w, NULL);
	assert_screen(w, "");
	assert_wake(w, 1, FRIDAY(20, 0));
	until(w, FRIDAY(20, 0));
	assert_screen(w, "m");
}

static void
the_brief_waits_for_the_unlock(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(15, 1));
	until(w, FRIDAY(17, 0));
	assert_screen(w, "");
	/* Started for the brief the notifier finds the lock. */
	until(w, SATURDAY(9, 0) - w->options.notifier_lead);
	assert_int_equal(w->prepares, 2);
	presence(w, LOCKED);
	assert_int_equal(schedule_next(w->s, w->now), SATURDAY(9, 0));
	until(w, SATURDAY(9, 30));
	assert_screen(w, "");
	assert_int_equal(w->idles, 1);
	assert_int_equal(schedule_next(w->s, w->now), NEVER);
	add(w, "Call Ann", SATURDAY(9, 40));
	until(w, SATURDAY(10, 12));
	presence(w, NULL);
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "3 follow-ups are due");
	/* The next one is on the next day. */
	until(w, SATURDAY(20, 0));
	assert_screen(w, "");
	until(w, SUNDAY_(9, 0));
	assert_screen(w, "m");
}

/* Nothing of it outlives the daemon: it is shown, unless the notifier tells
 * of the lock again. */
static void
restart_while_locked(void **state)
{
	struct world *w = *state;

	presence(w, LOCKED);
	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Tom", FRIDAY(15, 0));
	until(w, FRIDAY(15, 30));
	assert_screen(w, "");
	restart(w, FRIDAY(16, 0));
	assert_screen(w, "m");
	assert_null(schedule_held(w->s));

	presence(w, LOCKED);
	w->mute = w->deaf = true;
	act(w, ACT_SNOOZE, 1, FRIDAY(16, 10));
	act(w, ACT_SNOOZE, 2, FRIDAY(16, 10));
	until(w, FRIDAY(16, 20));
	restart(w, FRIDAY(17, 0));
	presence(w, LOCKED);
	w->mute = false;
	server(w, true);
	assert_screen(w, "");
	presence(w, NULL);
	assert_screen(w, "m");
}

/* The notifier dies while it is locked: what is known of the lock goes with
 * it, and comes with the next one. */
static void
the_notifier_dies_while_locked(void **state)
{
	struct world *w = *state;

	presence(w, LOCKED);
	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 30));
	server(w, false);
	presence(w, "");
	assert_screen(w, "");
	presence(w, LOCKED);
	server(w, true);
	assert_screen(w, "");
	presence(w, NULL);
	assert_screen(w, "r1");
	assert_int_equal(look(w, 1).shown, 1);
}

static void
acts_on_what_a_lock_holds(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	presence(w, LOCKED);
	until(w, FRIDAY(15, 30));
	/* From a terminal elsewhere. Nothing is held then. */
	act(w, ACT_DONE, id, 0);
	assert_int_equal(w->idles, 1);
	/* Undone when the lock is over, it does not stay held. */
	presence(w, NULL);
	undo(w);
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_RINGING);
	until(w, FRIDAY(15, 31));
	assert_screen(w, "r1");
}

static void
composed_ahead_only_when_somebody_sees_it(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0) - 2);
	assert_int_equal(w->composes, 1);
	presence(w, LOCKED);
	w->now = FRIDAY(15, 0);
	assert_false(schedule_show_ahead(w->s, w->now));
	settle(w);
	assert_screen(w, "");
	presence(w, NULL);
	assert_screen(w, "r1");

	add_urgent(w, "Call Ann", FRIDAY(16, 0));
	act(w, ACT_DONE, 1, 0);
	presence(w, LOCKED);
	until(w, FRIDAY(16, 0) - 2);
	assert_int_equal(w->composes, 2);
	until(w, FRIDAY(16, 0));
	assert_screen(w, "r2");
}

/* In the middle of a storm. */
static void
locked_within_a_burst(void **state)
{
	struct world *w = *state;
	int i;

	for (i = 0; i < 200; i++)
		add(w, "Call somebody", FRIDAY(15, 0));
	settle(w);
	w->now = FRIDAY(15, 30);
	tick(w);
	presence(w, LOCKED);
	assert_screen(w, "");
	for (i = 1; i <= 200; i++)
		assert_int_equal(look(w, i).state, STATE_RINGING);
	presence(w, NULL);
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "200 follow-ups are due");
}

static void
locked_within_the_brief(void **state)
{
	struct world *w = *state;
	int i;

	for (i = 0; i < 200; i++)
		add(w, "Call somebody", FRIDAY(15, 0));
	until(w, SATURDAY(8, 59));
	w->now = SATURDAY(9, 0);
	tick(w);
	presence(w, LOCKED);
	assert_screen(w, "");
	presence(w, NULL);
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "200 follow-ups are due");
}

/* ---------------------------------------------------- the brief, still -- */

/* What the store does not allow. */
static void
meddle(struct world *w, const char *sql)
{
	char *why = NULL;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	sqlite3_close(db);
}

/* A brief whose hour comes while the database can't be read is not one that
 * has been. */
static void
a_brief_that_can_not_be_read_is_tried_again(void **state)
{
	struct world *w = *state;
	struct err err = {0};

	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(17, 0));
	world_stop(w);
	meddle(w, "PRAGMA ignore_check_constraints = ON;"
	    "UPDATE reminder SET kind = 'nonsense'");
	w->now = SATURDAY(9, 0);
	world_open(w);
	request_begin(w, false);
	assert_false(schedule_run(w->s, w->now, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	request_drop(w);
	/* Not at once, and not never. */
	assert_int_equal(schedule_next(w->s, w->now), w->now + 10);
	world_stop(w);
	meddle(w, "UPDATE reminder SET kind = 'reminder'");
	w->now = SATURDAY(9, 20);
	world_open(w);
	settle(w);
	assert_screen(w, "r1");
	assert_wake(w, 1, SATURDAY(9, 25));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		story(hours_by_weekday),
		story(hours_in_nights_when_the_clock_changes),
		story(hours_hold_and_merge),
		story(the_brief_comes_after_the_hours),
		story(by_hand_and_hours_are_one),
		story(off_within_the_hours_lasts_for_the_rest_of_them),
		story(off_is_undone),
		story(other_hours_hold_anew),
		story(what_stands_stays),
		story(off_from_the_future_is_not_believed),
		story(held_while_locked_and_merged),
		story(held_alone_it_comes_alone),
		story(one_reason_after_another),
		story(locked_when_the_notifier_comes),
		story(what_stands_when_it_locks_stays),
		story(an_urgent_one_is_not_put_away_unseen),
		story(locked_within_quiet_and_quiet_within_lock),
		story(the_brief_waits_for_the_unlock),
		story(restart_while_locked),
		story(the_notifier_dies_while_locked),
		story(acts_on_what_a_lock_holds),
		story(composed_ahead_only_when_somebody_sees_it),
		story(locked_within_a_burst),
		story(locked_within_the_brief),
		story(a_brief_that_can_not_be_read_is_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
