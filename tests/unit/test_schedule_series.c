/*
 * Series: each occurrence rings when the table says, snoozes move nothing,
 * what was missed rings once, and no local date rings twice. The rules are as
 * the database keeps them; what words come to them is test_every's.
 */
#include "conf/zoneinfo.h"
#include "schedule/inside.h"
#include "tests/unit/schedule_world.h"

/* ------------------------------------------------------------- the world -- */

/* What began to ring, in order, and was not looked at yet. */
enum { RANG_MAX = 512 };

static struct rang {
	int64_t at, id, due;
} rang[RANG_MAX];
static size_t rang_n;

static void
note_ringing(struct world *w, enum schedule_event ev, int64_t id,
    const struct reminder *r)
{
	if (ev != EVENT_RINGING)
		return;
	assert_true(rang_n < RANG_MAX);
	rang[rang_n++] = (struct rang){w->now, id, r->due.epoch};
}

static int
setup(void **state)
{
	world_setup(state);
	((struct world *)*state)->on_event = note_ringing;
	rang_n = 0;
	return 0;
}

#define tale(f) cmocka_unit_test_setup_teardown(f, setup, world_teardown)

static int64_t
on_the_wall(struct world *w, const struct civil *c)
{
	return zone_instant(w->zone, c, NULL);
}

/* In a week that begins on Monday, 23 November 2026: "Mon 09:00". */
static int64_t
week(const char *when)
{
	int day, hour, minute;
	char name[4];

	assert_int_equal(sscanf(when, "%3s %d:%d", name, &hour, &minute), 3);
	for (day = 0; strcmp(weekday_short[day], name) != 0; day++)
		assert_true(day < 6);
	return at(2026, 11, 23 + day, hour, minute);
}

/* A series from its first occurrence, in a zone or not. */
static int64_t
series_in(struct world *w, const char *text, const char *rule, int64_t first,
    const char *zone, const struct zone *z)
{
	struct civil anchor = zone_civil(z, first);
	struct reminder r = {
		.text = copy_of(text),
		.every = copy_of(rule),
		.zone = copy_of(zone),
		.anchor = anchor,
		.slot = anchor,
		.due = {first, true, anchor},
		.ring = {first, true, anchor},
	};
	struct err err = {0};
	int64_t id;

	request_begin(w, true);
	if (!schedule_add(w->s, w->now, &r, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	id = r.id;
	reminder_clear(&r);
	return id;
}

static int64_t
series(struct world *w, const char *rule, int64_t first)
{
	return series_in(w, "Water the plants", rule, first, NULL, w->zone);
}

static bool
leave_out(struct world *w, int64_t id, struct err *err)
{
	struct reminders out = {0};
	bool ok;

	request_begin(w, true);
	ok = schedule_skip(w->s, w->now, &id, 1, &out, err);
	if (ok)
		request_end(w, "skipped");
	else
		request_drop(w);
	reminders_clear(&out);
	settle(w);
	return ok;
}

static void
leave_out_one(struct world *w, int64_t id)
{
	struct err err = {0};

	if (!leave_out(w, id, &err))
		fail_msg("%s", err.message);
}

/* Another rule, from an occurrence on; NULL: none. */
static void
recur(struct world *w, int64_t id, const char *rule, int64_t first, bool keep)
{
	struct reminders out = {0};
	struct series to = {0};
	struct err err = {0};

	if (rule != NULL)
		assert_true(recur_parse(rule, &to.recur, &err));
	to.anchor = zone_civil(w->zone, first);
	to.first.epoch = first;
	to.first.slot = to.first.local = to.anchor;
	request_begin(w, true);
	if (!schedule_recur(w->s, w->now, id, rule == NULL ? NULL : &to, keep,
	    NULL, &out, &err))
		fail_msg("%s", err.message);
	request_end(w, "edited");
	reminders_clear(&out);
	settle(w);
}

/* The same rule from the next occurrence on, by the clock of another zone; the
 * one at hand stays. */
static void
in_zone(struct world *w, int64_t id, const char *zone, int64_t next)
{
	struct reminder r = look(w, id);
	struct reminders out = {0};
	struct series to = {.anchor = r.anchor, .first.epoch = next};
	struct err err = {0};

	assert_true(recur_parse("FREQ=DAILY", &to.recur, &err));
	request_begin(w, true);
	if (!schedule_recur(w->s, w->now, id, &to, true, zone, &out, &err))
		fail_msg("%s", err.message);
	request_end(w, "edited");
	reminders_clear(&out);
	settle(w);
}

/* The states and days of the month of its history, the newest first. */
static const char *
history(struct world *w, int64_t id)
{
	static char text[256];
	struct reminders rs = {0};
	struct err err = {0};
	size_t i;

	assert_true(store_occurrences(w->store, id, 100, &rs, &err));
	text[0] = '\0';
	for (i = 0; i < rs.n; i++) {
		struct civil c = zone_civil(w->zone, rs.v[i].due.epoch);

		assert_true(rs.v[i].done_at > 0);
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    "%s%s %d", i > 0 ? ", " : "",
		    state_names[rs.v[i].state], c.day);
	}
	reminders_clear(&rs);
	return text;
}

static bool
says(const struct popup *p, const char *line)
{
	int i;

	for (i = 0; i < POPUP_LINES && p->body[i] != NULL; i++)
		if (strcmp(p->body[i], line) == 0)
			return true;
	return false;
}

/* The next that began to ring did so then. */
static void
rang_at(int64_t id, int64_t t)
{
	if (rang_n == 0)
		fail_msg("%d did not ring", (int)id);
	assert_int_equal(rang[0].id, id);
	assert_int_equal(rang[0].at, t);
	memmove(rang, rang + 1, --rang_n * sizeof *rang);
}

#define assert_silence() assert_int_equal(rang_n, 0)
#define assert_due(w, i, t) assert_int_equal(look(w, i).due.epoch, t)
#define assert_next(w, i, t) assert_int_equal(look(w, i).next, t)

/* ---------------------------------------------------------------- a week -- */

enum { STAND_UP = 1, PLANTS, STRETCH };

/* What begins to ring, and what people do, in the order of time. Nothing else
 * begins to ring. */
static const struct {
	const char *when, *what;
	int id;
	const char *until;
} a_week[] = {
	{"Mon 08:00", "rings", PLANTS, NULL},
	{"Mon 08:10", "later", PLANTS, NULL},		/* in an hour */
	{"Mon 09:10", "rings", PLANTS, NULL},
	{"Mon 09:12", "done", PLANTS, NULL},
	{"Mon 09:30", "rings", STAND_UP, NULL},
	{"Mon 09:31", "done", STAND_UP, NULL},
	{"Mon 10:00", "rings", STRETCH, NULL},
	/* That of ten is missed. */
	{"Mon 14:00", "rings", STRETCH, NULL},
	{"Mon 14:01", "done", STRETCH, NULL},
	/* Early: the one of half past nine does not ring any more. */
	{"Tue 08:00", "done", STAND_UP, NULL},
	{"Tue 10:00", "rings", STRETCH, NULL},
	{"Tue 10:05", "snooze", STRETCH, "Tue 13:00"},
	{"Tue 13:00", "rings", STRETCH, NULL},
	{"Tue 13:00", "snooze", STRETCH, "Tue 15:00"},
	/* That of two was hidden, and rings now in the place of both. */
	{"Tue 15:00", "rings", STRETCH, NULL},
	{"Tue 15:00", "done", STRETCH, NULL},
	{"Wed 09:30", "rings", STAND_UP, NULL},
	{"Wed 09:30", "snooze", STAND_UP, "Fri 12:00"},
	{"Wed 10:00", "rings", STRETCH, NULL},
	{"Wed 10:00", "skip", STRETCH, NULL},
	{"Wed 10:01", "skip", STRETCH, NULL},		/* that of two */
	{"Thu 07:00", "move", PLANTS, "Thu 18:00"},
	{"Thu 10:00", "rings", STRETCH, NULL},
	{"Thu 10:00", "snooze", STRETCH, "Thu 16:00"},
	{"Thu 16:00", "rings", STRETCH, NULL},
	{"Thu 16:00", "done", STRETCH, NULL},
	{"Thu 18:00", "rings", PLANTS, NULL},
	{"Thu 18:00", "done", PLANTS, NULL},
	{"Fri 10:00", "rings", STRETCH, NULL},
	/* Those of Thursday and Friday were hidden. */
	{"Fri 12:00", "rings", STAND_UP, NULL},
	{"Fri 12:30", "done", STAND_UP, NULL},
	{"Fri 14:00", "rings", STRETCH, NULL},
	{"Fri 15:00", "drop", STRETCH, NULL},
	{"Sun 23:59", "sleep", 0, NULL},
};

static void
one_line(struct world *w, const char *what, int id, const char *until_when)
{
	int64_t t = until_when == NULL ? 0 : week(until_when);

	if (strcmp(what, "rings") == 0)
		rang_at(id, w->now);
	else if (strcmp(what, "later") == 0 || strcmp(what, "snooze") == 0)
		act(w, ACT_SNOOZE, id, t);
	else if (strcmp(what, "done") == 0)
		act(w, ACT_DONE, id, 0);
	else if (strcmp(what, "drop") == 0)
		act(w, ACT_DROP, id, 0);
	else if (strcmp(what, "move") == 0)
		act(w, ACT_MOVE, id, t);
	else if (strcmp(what, "skip") == 0)
		leave_out_one(w, id);
}

static void
each_rings_when_the_table_says(void **state)
{
	struct world *w = *state;
	size_t i;

	asleep(w, week("Mon 07:00"));
	series_in(w, "Stand-up", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
	    week("Mon 09:30"), NULL, w->zone);
	series_in(w, "Plants", "FREQ=WEEKLY;BYDAY=MO,TH", week("Mon 08:00"),
	    NULL, w->zone);
	series_in(w, "Stretch", "FREQ=DAILY;BYHOUR=10,14;BYMINUTE=0",
	    week("Mon 10:00"), NULL, w->zone);
	for (i = 0; i < sizeof a_week / sizeof *a_week; i++) {
		until(w, week(a_week[i].when));
		if (strcmp(a_week[i].what, "rings") != 0 && rang_n > 0)
			fail_msg("%d rang before %s %s", (int)rang[0].id,
			    a_week[i].when, a_week[i].what);
		one_line(w, a_week[i].what, a_week[i].id, a_week[i].until);
	}
	assert_silence();
	assert_due(w, STAND_UP, week("Mon 09:30") + 7 * DAY);
	assert_due(w, PLANTS, week("Mon 08:00") + 7 * DAY);
	assert_string_equal(history(w, STAND_UP),
	    "done 27, done 24, done 23");
	assert_string_equal(history(w, PLANTS), "done 26, done 23");
	assert_string_equal(history(w, STRETCH), "done 26, dropped 25, "
	    "dropped 25, done 24, done 23");
	assert_int_equal(look(w, STRETCH).state, STATE_DROPPED);
}

/* ---------------------------------------------------------------- missed -- */

static void
missed_for_days_it_rings_once(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));
	struct reminder r;

	asleep(w, week("Thu 12:00"));
	rang_at(id, week("Thu 12:00"));
	assert_silence();
	assert_screen(w, "r1");
	assert_true(says(popup(w, "r1"),
	    "every day; the 3 before it were missed"));
	assert_true(says(popup(w, "r1"), "due 09:00 · 3 h ago"));
	r = look(w, id);
	assert_int_equal(r.missed, 3);
	assert_int_equal(r.due.epoch, week("Thu 09:00"));
	assert_int_equal(r.slot.day, 26);
	assert_int_equal(r.next, week("Fri 09:00"));
	act(w, ACT_DONE, id, 0);
	assert_int_equal(look(w, id).missed, 0);
	assert_string_equal(history(w, id), "done 26");
	until(w, week("Fri 09:00"));
	rang_at(id, week("Fri 09:00"));
}

/* Counting is work as well: a batch has as many as it has time for, and a
 * command waits no longer than that. */
static void
many_that_were_missed_often(void **state)
{
	enum { MANY = 40, A_BATCH = 6 };
	struct world *w = *state;
	int i, runs;

	for (i = 0; i < MANY; i++)
		series(w, "FREQ=MINUTELY", week("Mon 09:00"));
	settle(w);
	runs = w->runs;
	asleep(w, week("Mon 09:00") + 7 * DAY);
	assert_true(w->runs - runs >= MANY / A_BATCH);
	for (i = 1; i <= MANY; i++) {
		rang_at(i, w->now);
		assert_int_equal(look(w, i).missed, 999);
		assert_due(w, i, w->now);
	}
	assert_silence();
	assert_screen(w, "m");
}

/* Nobody answers: each day anew, in the place of the one before. */
static void
unanswered_it_rings_each_day(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));
	int day;

	for (day = 0; day < 5; day++) {
		int64_t t = week("Mon 09:00") + day * DAY;

		until(w, t - 1);
		/* Put away in the morning, and it waits. */
		assert_screen(w, "");
		until(w, t);
		rang_at(id, t);
		assert_screen(w, "r1");
		assert_int_equal(look(w, id).missed, day);
		assert_int_equal(look(w, id).raises, 0);
		assert_wake(w, id, t + 5 * MINUTE);
		assert_due(w, id, t);
	}
	assert_silence();
	assert_int_equal(w->most, 1);
}

/* The brief of nine would fetch what waits, and finds it ringing already. */
static void
what_waits_wakes_for_the_next_one(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 07:00"));

	until(w, week("Mon 08:30"));
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_wake(w, id, week("Tue 07:00"));
	/* Nothing but the brief wakes it before that. */
	until(w, week("Mon 09:00"));
	assert_screen(w, "r1");
	until(w, week("Mon 12:00"));
	assert_screen(w, "");
	rang_at(id, week("Mon 07:00"));
	assert_silence();
	until(w, week("Tue 07:00"));
	assert_screen(w, "r1");
	rang_at(id, week("Tue 07:00"));
}

static void
every_quarter_of_an_hour(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=MINUTELY;INTERVAL=15",
	    week("Mon 09:00"));
	int i;

	for (i = 0; i < 8; i++) {
		int64_t t = week("Mon 09:00") + i * 15 * MINUTE;

		until(w, t);
		rang_at(id, t);
		assert_screen(w, "r1");
		assert_int_equal(look(w, id).raises, 0);
		assert_wake(w, id, t + 5 * MINUTE);
		until(w, t + 5 * MINUTE);
		assert_int_equal(look(w, id).raises, 1);
		/* Its second raise would come later than the next one. */
		assert_wake(w, id, t + 15 * MINUTE);
	}
	assert_int_equal(w->most, 1);
	assert_int_equal(look(w, id).missed, 7);
	assert_true(says(popup(w, "r1"),
	    "every 15 minutes; the 7 before it were missed"));
	/* Asleep for a year, it costs no more. */
	asleep(w, w->now + 365 * DAY);
	assert_int_equal(rang_n, 1);
	assert_screen(w, "r1");
}

static void
the_screen_shows_another_one_at_once(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=HOURLY", week("Mon 09:00"));
	char nonce[24];

	until(w, week("Mon 09:30"));
	strcpy(nonce, w->desktop[0].p.nonce);
	until(w, week("Mon 10:00"));
	assert_screen(w, "r1");
	assert_string_not_equal(w->desktop[0].p.nonce, nonce);
	assert_true(says(popup(w, "r1"),
	    "every hour; the one before it was missed"));
	/* A click on the old one was on its way, and did not mean this one. */
	assert_null(click_on(w, "r1", nonce, "done"));
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_string_equal(history(w, id), "");
	assert_true(click(w, 0, "done"));
	assert_due(w, id, week("Mon 11:00"));
	assert_string_equal(history(w, id), "done 23");
}

/* What was composed ahead is what the run shows: it is not shown twice. */
static void
composed_ahead_with_the_right_words(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 07:00"));

	until(w, week("Mon 07:00"));
	close_popup(w, 0, 2);
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
	act(w, ACT_SNOOZE, id, week("Wed 08:00"));
	w->shows = 0;
	until(w, week("Wed 08:00"));
	assert_int_equal(w->shows, 1);
	assert_true(w->composes > 0);
	assert_true(says(popup(w, "r1"),
	    "every day; the 2 before it were missed"));
	/* Put away, and alone at the next moment as well. */
	until(w, week("Wed 12:00"));
	assert_screen(w, "");
	w->shows = 0;
	until(w, week("Thu 07:00"));
	assert_screen(w, "r1");
	assert_int_equal(w->shows, 1);
}

/* --------------------------------------------------------------- snoozes -- */

static void
a_snooze_moves_nothing(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));
	struct reminder r;

	until(w, week("Mon 09:00"));
	act(w, ACT_SNOOZE, id, week("Thu 12:00"));
	r = look(w, id);
	assert_int_equal(r.due.epoch, week("Mon 09:00"));
	assert_int_equal(r.slot.day, 23);
	assert_int_equal(r.next, week("Tue 09:00"));
	rang_n = 0;
	until(w, week("Thu 11:59"));
	assert_silence();
	assert_screen(w, "");
	until(w, week("Thu 12:00"));
	rang_at(id, week("Thu 12:00"));
	r = look(w, id);
	assert_int_equal(r.due.epoch, week("Thu 09:00"));
	assert_int_equal(r.missed, 3);
	assert_int_equal(r.next, week("Fri 09:00"));
	/* On time: alone, and not as what was missed. */
	assert_screen(w, "r1");
}

/* Snoozed again while it is hidden: still until then, whatever has come. */
static void
a_snooze_on_a_snooze(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 09:00"));
	act(w, ACT_SNOOZE, id, week("Tue 12:00"));
	until(w, week("Tue 10:00"));
	act(w, ACT_SNOOZE, id, week("Tue 18:00"));
	assert_due(w, id, week("Tue 09:00"));
	assert_int_equal(look(w, id).missed, 1);
	assert_int_equal(look(w, id).state, STATE_SNOOZED);
	rang_n = 0;
	until(w, week("Tue 18:00"));
	rang_at(id, week("Tue 18:00"));
	act(w, ACT_DONE, id, 0);
	assert_string_equal(history(w, id), "done 24");
	assert_due(w, id, week("Wed 09:00"));
}

static void
done_while_snoozed_is_the_latest_one(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 09:00"));
	act(w, ACT_SNOOZE, id, week("Fri 12:00"));
	until(w, week("Wed 10:00"));
	act(w, ACT_DONE, id, 0);
	assert_string_equal(history(w, id), "done 25");
	assert_due(w, id, week("Thu 09:00"));
	assert_wake(w, id, week("Thu 09:00"));
}

static void
held_by_quiet_it_comes_once(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=MINUTELY;INTERVAL=30",
	    week("Mon 09:00"));

	asleep(w, week("Mon 08:00"));
	quiet(w, week("Mon 12:10"));
	until(w, week("Mon 12:09"));
	assert_screen(w, "");
	assert_int_equal(rang_n, 1);
	until(w, week("Mon 12:10"));
	assert_screen(w, "r1");
	assert_due(w, id, week("Mon 12:00"));
	assert_int_equal(look(w, id).missed, 6);
}

static void
presence(struct world *w, const char *why)
{
	struct err err = {0};

	request_begin(w, false);
	assert_true(schedule_presence(w->s, w->now, why, &err));
	request_end(w, NULL);
	settle(w);
}

/* While nobody looks nothing wakes for it: not even its next occurrence. */
static void
held_by_a_lock_it_comes_once(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=HOURLY", week("Mon 09:00"));
	int runs;

	server(w, true);
	until(w, week("Mon 08:59"));
	presence(w, "the screen is locked");
	until(w, week("Mon 09:00"));
	rang_at(id, week("Mon 09:00"));
	assert_screen(w, "");
	runs = w->runs;
	until(w, week("Mon 17:30"));
	assert_int_equal(w->runs, runs);
	presence(w, NULL);
	assert_screen(w, "r1");
	assert_due(w, id, week("Mon 17:00"));
	assert_int_equal(look(w, id).missed, 8);
	assert_true(says(popup(w, "r1"),
	    "every hour; the 8 before it were missed"));
}

/* What stood when quiet began stands on, for the occurrence before: in the end
 * the one that came meanwhile is shown. */
static void
what_stood_is_shown_as_what_it_has_come_to(void **state)
{
	struct world *w = *state;
	int shows;

	series(w, "FREQ=HOURLY", week("Mon 09:00"));
	until(w, week("Mon 09:50"));
	quiet(w, week("Mon 10:30"));
	shows = w->shows;
	until(w, week("Mon 10:29"));
	assert_screen(w, "r1");
	assert_int_equal(w->shows, shows);
	until(w, week("Mon 10:30"));
	assert_screen(w, "r1");
	assert_int_equal(w->shows, shows + 1);
	assert_string_equal(popup(w, "r1")->body[0], "due 10:00 · 30 min ago");

	/* Held within its cycle too, which goes on in the end. */
	until(w, week("Mon 10:55"));
	presence(w, "the screen is locked");
	shows = w->shows;
	until(w, week("Mon 11:30"));
	assert_int_equal(w->shows, shows);
	presence(w, NULL);
	assert_screen(w, "r1");
	assert_int_equal(w->shows, shows + 1);
	assert_string_equal(popup(w, "r1")->body[0], "due 11:00 · 30 min ago");
	assert_wake(w, 1, week("Mon 11:35"));
}

/* ------------------------------------------------------------------ skip -- */

static void
skip_leaves_out_exactly_one(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	leave_out_one(w, id);
	assert_due(w, id, week("Tue 09:00"));
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	assert_int_equal(w->events[EVENT_SKIPPED], 1);
	until(w, week("Tue 09:00"));
	rang_at(id, week("Tue 09:00"));
	leave_out_one(w, id);
	assert_screen(w, "");
	assert_due(w, id, week("Wed 09:00"));
	assert_string_equal(history(w, id), "dropped 24, dropped 23");
	until(w, week("Wed 09:00"));
	rang_at(id, week("Wed 09:00"));
	assert_silence();
}

static void
skip_of_what_does_not_recur(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", week("Mon 09:00"));
	struct err err = {0};

	assert_false(leave_out(w, id, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	assert_string_equal(err.message,
	    "1 does not recur; to end it: rapportctl drop 1");
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
}

/* ------------------------------------------------------------------- end -- */

static void
done_early(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=WEEKLY", week("Mon 09:00"));

	act(w, ACT_DONE, id, 0);
	assert_string_equal(history(w, id), "done 23");
	assert_due(w, id, week("Mon 09:00") + 7 * DAY);
	until(w, week("Sun 23:00"));
	assert_silence();
}

static void
the_last_one_is_the_end(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY;COUNT=3", week("Mon 09:00"));

	until(w, week("Mon 09:00"));
	act(w, ACT_DONE, id, 0);
	until(w, week("Tue 09:00"));
	act(w, ACT_DONE, id, 0);
	until(w, week("Wed 09:00"));
	assert_next(w, id, 0);
	act(w, ACT_DONE, id, 0);
	assert_int_equal(look(w, id).state, STATE_DONE);
	assert_int_equal(look(w, id).done_at, week("Wed 09:00"));
	assert_int_equal(look(w, id).due.epoch, week("Wed 09:00"));
	/* It is told by itself, not by its history. */
	assert_string_equal(history(w, id), "done 24, done 23");
	rang_n = 0;
	until(w, week("Sun 23:00"));
	assert_silence();
}

static void
missed_to_its_end(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY;UNTIL=20261125",
	    week("Mon 09:00"));

	asleep(w, week("Sun 12:00"));
	assert_due(w, id, week("Wed 09:00"));
	assert_int_equal(look(w, id).missed, 2);
	assert_next(w, id, 0);
	leave_out_one(w, id);
	assert_int_equal(look(w, id).state, STATE_DROPPED);
	assert_wake(w, id, NEVER);
}

static void
dropped_it_is_gone_as_a_whole(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Tue 09:00"));
	act(w, ACT_DROP, id, 0);
	assert_int_equal(look(w, id).state, STATE_DROPPED);
	assert_screen(w, "");
	rang_n = 0;
	until(w, week("Sun 23:00"));
	assert_silence();
}

static void
after_it_was_done(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "P14D", week("Mon 09:00"));

	until(w, week("Mon 09:00"));
	rang_at(id, week("Mon 09:00"));
	assert_next(w, id, 0);
	/* Unanswered for days, there is no other one. */
	until(w, week("Thu 17:00"));
	assert_silence();
	assert_int_equal(look(w, id).missed, 0);
	act(w, ACT_DONE, id, 0);
	assert_string_equal(history(w, id), "done 23");
	assert_due(w, id, week("Thu 09:00") + 14 * DAY);
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	/* Any day is as good: nothing comes after it. */
	act(w, ACT_MOVE, id, week("Thu 11:00") + 30 * DAY);
	until(w, week("Thu 11:00") + 30 * DAY);
	rang_at(id, week("Thu 11:00") + 30 * DAY);
	/* At the time of day that the series has. */
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Thu 09:00") + 44 * DAY);
}

/* No other one can be written down; a clock may well be that wrong. */
static void
after_it_was_done_at_the_end_of_time(void **state)
{
	static const char *const rules[] = {"P1M", "P1D", "PT2H"};
	struct world *w = *state;
	int64_t end = at(9999, 12, 31, 23, 0), id;
	size_t i;

	w->now = end - 60;
	for (i = 0; i < sizeof rules / sizeof *rules; i++) {
		id = series(w, rules[i], end);
		act(w, ACT_DONE, id, 0);
		assert_int_equal(look(w, id).state, STATE_DONE);
	}
}

/* ------------------------------------------------------------------ move -- */

static void
moved_alone(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=WEEKLY", week("Mon 09:00"));
	struct reminder r;

	act(w, ACT_MOVE, id, week("Wed 15:00"));
	r = look(w, id);
	assert_int_equal(r.due.epoch, week("Wed 15:00"));
	assert_true(r.due.wall);
	assert_int_equal(r.due.local.day, 25);
	assert_int_equal(r.slot.day, 23);
	assert_int_equal(r.next, week("Mon 09:00") + 7 * DAY);
	until(w, week("Wed 15:00"));
	rang_at(id, week("Wed 15:00"));
	assert_silence();
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Mon 09:00") + 7 * DAY);
	assert_string_equal(history(w, id), "done 25");
}

/* Rule, first occurrence, where to, and whether that is possible. */
static const struct {
	const char *rule, *first, *to;
	bool possible;
} moves[] = {
	{"FREQ=WEEKLY", "Mon 09:00", "Sun 23:59", true},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "Mon 09:00", "Wed 23:59", true},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "Mon 09:00", "Thu 00:00", false},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "Mon 09:00", "Thu 08:59", false},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "Mon 09:00", "Thu 09:00", false},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "Mon 09:00", "Fri 09:00", false},
	{"FREQ=DAILY", "Tue 09:00", "Tue 23:00", true},
	{"FREQ=DAILY", "Tue 09:00", "Wed 01:00", false},
	/* Earlier than it was, on a day that has none otherwise. */
	{"FREQ=DAILY", "Tue 09:00", "Mon 09:00", true},
	/* One date rings more than once anyway. */
	{"FREQ=DAILY;BYHOUR=9,15", "Mon 09:00", "Mon 14:59", true},
	{"FREQ=DAILY;BYHOUR=9,15", "Mon 09:00", "Mon 15:00", false},
	{"FREQ=HOURLY;INTERVAL=2", "Mon 23:00", "Tue 00:30", true},
	{"FREQ=HOURLY;INTERVAL=2", "Mon 23:00", "Tue 01:00", false},
	{"FREQ=DAILY;COUNT=1", "Mon 09:00", "Sun 09:00", true},
};

static void
where_one_can_be_moved(void **state)
{
	struct world *w = *state;
	size_t i;

	for (i = 0; i < sizeof moves / sizeof *moves; i++) {
		int64_t id = series(w, moves[i].rule, week(moves[i].first));
		struct err err = {0};
		bool ok = command(w, ACT_MOVE, &id, 1, week(moves[i].to),
		    &err);

		if (ok != moves[i].possible)
			fail_msg("%s from %s to %s", moves[i].rule,
			    moves[i].first, moves[i].to);
		assert_true(ok || err.code == ERR_IMPOSSIBLE);
		if (!ok)
			assert_due(w, id, week(moves[i].first));
	}
}

static void
the_refusal_names_what_would_be_right(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=WEEKLY", week("Mon 09:00"));
	struct err err = {0};

	assert_false(command(w, ACT_MOVE, &id, 1,
	    week("Mon 18:00") + 7 * DAY, &err));
	assert_string_equal(err.message, "1 comes on Mon 30 Nov 2026 09:00 "
	    "CET anyway; to leave this one out: rapportctl skip 1");
}

/* On Tuesday at 10:00 the occurrence of that morning has been answered. */
static void
not_onto_a_date_that_was_answered(void **state)
{
	static const struct {
		const char *rule;
		bool skipped;		/* and not done */
		const char *to;
		bool possible;
	} table[] = {
		{"FREQ=DAILY", false, "Tue 18:00", false},
		{"FREQ=DAILY", true, "Tue 18:00", false},
		{"FREQ=DAILY", false, "Wed 18:00", true},
		{"FREQ=WEEKLY", false, "Tue 18:00", false},
		{"FREQ=WEEKLY", false, "Thu 18:00", true},
		{"P14D", false, "Tue 18:00", false},
		/* Twice a day by its rule, and by the hour. */
		{"FREQ=DAILY;BYHOUR=9,17", false, "Tue 16:00", true},
		{"FREQ=HOURLY", false, "Tue 10:30", true},
		{"PT2H", false, "Tue 18:00", true},
	};
	struct world *w = *state;
	int64_t ids[sizeof table / sizeof *table];
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++)
		ids[i] = series(w, table[i].rule, week("Tue 09:00"));
	until(w, week("Tue 10:00") - 1);
	for (i = 0; i < sizeof table / sizeof *table; i++) {
		struct err err = {0};
		bool ok;

		if (table[i].skipped)
			leave_out_one(w, ids[i]);
		else
			act(w, ACT_DONE, ids[i], 0);
		ok = command(w, ACT_MOVE, &ids[i], 1, week(table[i].to), &err);
		if (ok != table[i].possible)
			fail_msg("%s to %s: %s", table[i].rule, table[i].to,
			    err.message);
		assert_true(ok || err.code == ERR_IMPOSSIBLE);
	}
}

/* What was answered ahead did not ring on its date. */
static void
onto_a_date_that_was_left_out(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=WEEKLY", week("Tue 09:00"));

	leave_out_one(w, id);
	act(w, ACT_MOVE, id, week("Tue 18:00"));
	assert_due(w, id, week("Tue 18:00"));
}

/* ------------------------------------------------------------------- DST -- */

/* Daily at half past two, through the night that has no such time and the one
 * that has it twice: the instants as hours and minutes of UTC. */
static const struct {
	int year, month, day, hour;
} nights[] = {
	{2027, 3, 26, 1}, {2027, 3, 27, 1},
	{2027, 3, 28, 1},	/* the wall shows 03:30 */
	{2027, 3, 29, 0}, {2027, 3, 30, 0},
}, autumn[] = {
	{2027, 10, 29, 0}, {2027, 10, 30, 0},
	{2027, 10, 31, 0},	/* the first of two */
	{2027, 11, 1, 1}, {2027, 11, 2, 1},
};

static void
through_a_night(struct world *w, int64_t id, int year, int month, int day,
    int hour)
{
	struct civil utc = {year, month, day, hour, 30, 0};
	int64_t t = civil_seconds(&utc);

	until(w, t);
	rang_at(id, t);
	assert_silence();
	assert_int_equal(look(w, id).slot.day, day);
	assert_int_equal(look(w, id).slot.hour, 2);
	if (day % 2 == 0)
		act(w, ACT_DONE, id, 0);
}

static void
half_past_two_once_a_day(void **state)
{
	struct world *w = *state;
	static const struct civil march = {2027, 3, 25, 12, 0, 0};
	static const struct civil october = {2027, 10, 28, 12, 0, 0};
	struct civil first = {2027, 3, 26, 2, 30, 0};
	int64_t id;
	size_t i;

	asleep(w, on_the_wall(w, &march));
	id = series(w, "FREQ=DAILY", on_the_wall(w, &first));
	for (i = 0; i < sizeof nights / sizeof *nights; i++)
		through_a_night(w, id, nights[i].year, nights[i].month,
		    nights[i].day, nights[i].hour);
	asleep(w, on_the_wall(w, &october));
	rang_n = 0;
	act(w, ACT_DONE, id, 0);
	for (i = 0; i < sizeof autumn / sizeof *autumn; i++)
		through_a_night(w, id, autumn[i].year, autumn[i].month,
		    autumn[i].day, autumn[i].hour);
}

/* By quarters of an hour it goes on through the hour that comes twice, and
 * leaves out the one that does not come. */
static void
quarters_through_the_night(void **state)
{
	struct world *w = *state;
	struct civil first = {2027, 10, 31, 1, 30, 0};
	static const struct civil october = {2027, 10, 31, 1, 0, 0};
	int64_t id, t;
	int i;

	asleep(w, on_the_wall(w, &october));
	t = on_the_wall(w, &first);
	id = series(w, "FREQ=MINUTELY;INTERVAL=15", t);
	for (i = 0; i < 16; i++, t += 15 * MINUTE) {
		until(w, t);
		rang_at(id, t);
		if (i % 3 == 0)
			act(w, ACT_DONE, id, 0);
	}
	assert_silence();
}

/* ------------------------------------------------------------------ undo -- */

/* The same in all that a person can see. */
static void
assert_restored(const struct reminder *is, const struct reminder *was)
{
	assert_int_equal(is->state, was->state);
	assert_int_equal(is->due.epoch, was->due.epoch);
	assert_int_equal(is->next, was->next);
	assert_int_equal(is->missed, was->missed);
	assert_int_equal(civil_compare(&is->slot, &was->slot), 0);
	assert_int_equal(civil_compare(&is->anchor, &was->anchor), 0);
}

static void
undo_takes_back_each_act(void **state)
{
	enum { DONE_, SKIP_, MOVE_, LATER_, DROP_, RECUR_, ONCE_, ALL };
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));
	struct reminder was, is;
	int what, rings;

	/* Before it rang, and while it rings with two missed. */
	for (rings = 0; rings < 2; rings++) {
		if (rings)
			asleep(w, week("Wed 10:00"));
		for (what = DONE_; what < ALL; what++) {
			if (!rings && what == LATER_)
				continue;
			was = look(w, id);
			rang_n = 0;
			if (what == DONE_)
				act(w, ACT_DONE, id, 0);
			else if (what == SKIP_)
				leave_out_one(w, id);
			else if (what == MOVE_)
				act(w, ACT_MOVE, id, w->now + HOUR);
			else if (what == LATER_)
				act(w, ACT_SNOOZE, id, 0);
			else if (what == DROP_)
				act(w, ACT_DROP, id, 0);
			else
				recur(w, id, what == ONCE_ ? NULL :
				    "FREQ=WEEKLY", w->now + 3 * HOUR, false);
			undo(w);
			is = look(w, id);
			assert_restored(&is, &was);
			assert_true(is.wake >= w->now + MINUTE);
			assert_string_equal(history(w, id), "");
			until(w, w->now + MINUTE - 1);
			assert_silence();
			until(w, w->now + 1);
			assert_screen(w, rings ? "r1" : "");
		}
	}
}

/* Undone after the next one has come: that is the one at hand now. */
static void
undone_a_day_later(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 09:00"));
	act(w, ACT_DONE, id, 0);
	until(w, week("Tue 09:01"));
	assert_screen(w, "r1");
	rang_n = 0;
	undo(w);
	assert_silence();
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).missed, 1);
	assert_due(w, id, week("Tue 09:00"));
	assert_next(w, id, week("Wed 09:00"));
	assert_true(says(popup(w, "r1"),
	    "every day; the one before it was missed"));
}

/* Not even the next occurrence rings within the minute. */
static void
undone_right_before_the_next_one(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=HOURLY", week("Mon 09:00"));

	until(w, week("Mon 09:30"));
	act(w, ACT_DONE, id, 0);
	w->now = week("Mon 10:00") - 20;
	undo(w);
	rang_n = 0;
	until(w, week("Mon 10:00") + 39);
	assert_silence();
	until(w, week("Mon 10:00") + 40);
	rang_at(id, week("Mon 10:00") + 40);
	assert_due(w, id, week("Mon 10:00"));
	assert_int_equal(look(w, id).missed, 1);
}

/* In the hour that comes twice, its second time stays that. */
static void
undone_in_the_second_of_two_hours(void **state)
{
	struct world *w = *state;
	static const struct civil october = {2027, 10, 31, 0, 0, 0};
	struct civil two = {2027, 10, 31, 2, 0, 0};
	int64_t id, second;

	asleep(w, on_the_wall(w, &october));
	id = series(w, "FREQ=MINUTELY;INTERVAL=15", on_the_wall(w, &two));
	second = on_the_wall(w, &two) + HOUR;
	until(w, second + MINUTE);
	act(w, ACT_DONE, id, 0);
	leave_out_one(w, id);
	assert_due(w, id, second + 30 * MINUTE);
	undo(w);
	assert_due(w, id, second + 15 * MINUTE);
	assert_next(w, id, second + 30 * MINUTE);
	rang_n = 0;
	until(w, second + 30 * MINUTE);
	rang_at(id, second + 15 * MINUTE);
	rang_at(id, second + 30 * MINUTE);
}

/* What comes hours after it was done comes at an instant, whatever the wall
 * shows then; only where it begins was read off the wall. */
static void
hours_after_it_was_done(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct zone *there = zone_from_posix("EST5EDT,M3.2.0,M11.1.0",
	    "America/New_York", &err);
	static const struct civil midnight = {2027, 10, 31, 0, 30, 0};
	int64_t id = series(w, "PT2H", week("Mon 09:00")), first;

	assert_non_null(there);
	first = series(w, "PT2H", week("Mon 20:00"));
	until(w, week("Mon 09:10"));
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Mon 11:10"));
	request_begin(w, false);
	schedule_set_zone(w->s, w->now, there);
	request_end(w, NULL);
	settle(w);
	assert_due(w, id, week("Mon 11:10"));
	assert_wake(w, id, week("Mon 11:10"));
	assert_due(w, first, week("Tue 02:00"));
	act(w, ACT_DROP, first, 0);
	until(w, week("Mon 11:20"));
	rang_n = 0;
	act(w, ACT_DONE, id, 0);
	request_begin(w, false);
	schedule_set_zone(w->s, w->now, w->zone);
	request_end(w, NULL);
	settle(w);
	assert_due(w, id, week("Mon 13:20"));

	/* The second 02:45 of that night. */
	asleep(w, on_the_wall(w, &midnight) + HOUR + 15 * MINUTE);
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, on_the_wall(w, &midnight) + 3 * HOUR + 15 * MINUTE);
	leave_out_one(w, id);
	undo(w);
	assert_due(w, id, on_the_wall(w, &midnight) + 3 * HOUR + 15 * MINUTE);
	zone_free(there);
}

/* --------------------------------------------------------- another rule -- */

static void
another_rule_for_what_rings(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 09:01"));
	recur(w, id, "FREQ=WEEKLY", week("Wed 10:00"), true);
	assert_screen(w, "r1");
	assert_due(w, id, week("Mon 09:00"));
	assert_next(w, id, week("Wed 10:00"));
	assert_wake(w, id, week("Mon 09:05"));
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Wed 10:00"));
	assert_next(w, id, week("Wed 10:00") + 7 * DAY);
}

static void
a_series_moved_as_a_whole(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	asleep(w, week("Wed 10:00"));
	assert_int_equal(look(w, id).missed, 2);
	recur(w, id, "FREQ=DAILY", week("Wed 18:00"), false);
	assert_screen(w, "");
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	assert_int_equal(look(w, id).missed, 0);
	rang_n = 0;
	until(w, week("Thu 18:00"));
	rang_at(id, week("Wed 18:00"));
	rang_at(id, week("Thu 18:00"));
	assert_silence();
}

/* What does not recur comes to do so, and the other way round. */
static void
recurring_from_now_on_and_no_more(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Call Dana", week("Mon 09:00"));

	until(w, week("Mon 11:00"));
	assert_wake(w, id, NEVER);
	recur(w, id, "FREQ=DAILY", week("Tue 08:00"), true);
	assert_wake(w, id, week("Tue 08:00"));
	rang_n = 0;
	until(w, week("Tue 08:00"));
	rang_at(id, week("Tue 08:00"));
	assert_int_equal(look(w, id).missed, 1);
	until(w, week("Tue 11:00"));
	recur(w, id, NULL, 0, true);
	assert_next(w, id, 0);
	assert_wake(w, id, NEVER);
	assert_due(w, id, week("Tue 08:00"));
	until(w, week("Sun 08:00"));
	assert_silence();
	act(w, ACT_DONE, id, 0);
	assert_int_equal(look(w, id).state, STATE_DONE);
}

/* ---------------------------------------------------------------- clocks -- */

static void
the_clock_steps_back(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));
	int64_t done = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 09:01"));
	act(w, ACT_DONE, done, 0);
	rang_n = 0;
	asleep(w, week("Mon 08:01"));
	assert_screen(w, "r1");
	/* Its raise comes five minutes from now, not in an hour. */
	tick(w);
	assert_wake(w, id, week("Mon 08:06"));
	until(w, week("Mon 08:06"));
	assert_int_equal(look(w, id).raises, 1);
	until(w, week("Mon 18:00"));
	assert_silence();
	assert_due(w, id, week("Mon 09:00"));
	assert_due(w, done, week("Tue 09:00"));
	until(w, week("Tue 09:00"));
	assert_int_equal(rang_n, 2);
}

static void
the_clock_steps_forward(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=HOURLY", week("Mon 09:00"));

	until(w, week("Mon 09:01"));
	rang_n = 0;
	asleep(w, week("Mon 12:30"));
	rang_at(id, week("Mon 12:30"));
	assert_silence();
	assert_due(w, id, week("Mon 12:00"));
	/* And back: the hours that it skipped are not rung again. */
	asleep(w, week("Mon 09:31"));
	until(w, week("Mon 12:59"));
	assert_silence();
	until(w, week("Mon 13:00"));
	rang_at(id, week("Mon 13:00"));
}

/* Somebody sets the clock back, and that is noticed. */
static void
set_back(struct world *w, int64_t t)
{
	w->now = t;
	tick(w);
	settle(w);
}

/* Rung by a clock that was years ahead, it would be silent for as long. */
static void
a_clock_that_was_years_ahead(void **state)
{
	struct world *w = *state;
	int64_t daily = series(w, "FREQ=DAILY", week("Mon 09:00"));
	int64_t answered = series(w, "FREQ=DAILY", week("Mon 09:00"));
	int64_t weekly = series(w, "FREQ=WEEKLY", week("Wed 09:00"));
	int64_t moved = series(w, "FREQ=WEEKLY", week("Mon 09:00"));

	act(w, ACT_MOVE, moved, week("Sat 09:00"));
	until(w, week("Mon 09:00"));
	act(w, ACT_DONE, answered, 0);
	asleep(w, week("Sat 10:00"));
	set_back(w, week("Mon 12:00"));
	/* It was moved to then, and has not come. */
	assert_int_equal(look(w, moved).state, STATE_SCHEDULED);
	assert_due(w, moved, week("Sat 09:00"));
	act(w, ACT_DROP, moved, 0);

	asleep(w, week("Mon 12:00") + 728 * DAY);
	assert_int_equal(look(w, daily).missed, 728);
	assert_due(w, daily, week("Mon 09:00") + 728 * DAY);
	rang_n = 0;
	set_back(w, week("Mon 12:00"));
	/* That of today was at hand, and rings on. */
	assert_int_equal(look(w, daily).state, STATE_RINGING);
	assert_int_equal(look(w, daily).missed, 0);
	assert_due(w, daily, week("Mon 09:00"));
	assert_next(w, daily, week("Tue 09:00"));
	assert_screen(w, "r1");
	assert_true(says(popup(w, "r1"), "due 09:00 · 3 h ago"));
	/* Not what was answered, nor what has not come. */
	assert_int_equal(look(w, answered).state, STATE_SCHEDULED);
	assert_due(w, answered, week("Tue 09:00"));
	assert_int_equal(look(w, weekly).state, STATE_SCHEDULED);
	assert_due(w, weekly, week("Wed 09:00"));
	act(w, ACT_DONE, daily, 0);
	assert_silence();
	until(w, week("Tue 09:00"));
	rang_at(daily, week("Tue 09:00"));
	rang_at(answered, week("Tue 09:00"));
	until(w, week("Wed 09:00"));
	assert_due(w, weekly, week("Wed 09:00"));
	assert_int_equal(look(w, weekly).state, STATE_RINGING);
}

/* Right again only after a restart, or when it was snoozed and is answered. */
static void
answered_or_started_by_the_right_clock(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	asleep(w, week("Mon 12:00") + 728 * DAY);
	restart(w, week("Tue 12:00"));
	assert_int_equal(look(w, id).state, STATE_RINGING);
	assert_due(w, id, week("Tue 09:00"));
	asleep(w, week("Mon 12:00") + 728 * DAY);
	act(w, ACT_SNOOZE, id, week("Mon 13:00") + 728 * DAY);
	asleep(w, week("Tue 12:00"));
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Wed 09:00"));
	assert_string_equal(history(w, id), "done 24");
}

static void
a_restart_goes_on(void **state)
{
	struct world *w = *state;
	int64_t id = series(w, "FREQ=DAILY", week("Mon 09:00"));

	until(w, week("Mon 11:00"));
	assert_screen(w, "");
	assert_wake(w, id, week("Tue 09:00"));
	restart(w, week("Mon 12:00"));
	assert_screen(w, "");
	rang_n = 0;
	restart(w, week("Thu 10:00"));
	rang_at(id, week("Thu 10:00"));
	assert_silence();
	assert_int_equal(look(w, id).missed, 3);
	restart(w, week("Thu 10:01"));
	assert_screen(w, "r1");
	assert_silence();
}

/* ----------------------------------------------------------------- zones -- */

static void
it_goes_by_the_clock_of_its_zone(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct zone *there = zoneinfo_load("America/New_York", &err);
	static const struct civil nine = {2027, 3, 12, 9, 0, 0};
	int64_t first, id;

	assert_non_null(there);
	first = zone_instant(there, &nine, NULL);
	id = series_in(w, "Call Dana", "FREQ=DAILY", first,
	    "America/New_York", there);
	asleep(w, first);
	act(w, ACT_DONE, id, 0);
	/* Their clock changes on the 14th, ours two weeks later. */
	assert_due(w, id, first + DAY);
	assert_next(w, id, first + 2 * DAY - HOUR);
	zone_free(there);
}

/* It rings at 9 o'clock here, and stands in another zone from then on: the 9
 * o'clock of that date comes there no more, nor is it counted as missed. */
static void
another_zone_while_it_rings(void **state)
{
	static const struct {
		const char *zone;
		int behind;		/* of Berlin */
	} table[] = {
		{"America/New_York", 6},
		{"Pacific/Honolulu", 11},
		{"Asia/Tokyo", -8},
	};
	struct world *w = *state;
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++) {
		int64_t today = week("Mon 09:00") + (int64_t)i * 7 * DAY;
		int64_t tomorrow = today + DAY + table[i].behind * HOUR;
		int64_t left = series(w, "FREQ=DAILY", today);
		int64_t done = series(w, "FREQ=DAILY", today);

		asleep(w, today + MINUTE);
		in_zone(w, left, table[i].zone, tomorrow);
		in_zone(w, done, table[i].zone, tomorrow);
		assert_due(w, left, today);
		assert_next(w, left, tomorrow);
		act(w, ACT_DONE, done, 0);
		assert_due(w, done, tomorrow);
		asleep(w, tomorrow + MINUTE);
		assert_due(w, left, tomorrow);
		assert_int_equal(look(w, left).missed, 1);
		assert_int_equal(look(w, done).missed, 0);
		act(w, ACT_DROP, left, 0);
		act(w, ACT_DROP, done, 0);
	}
}

/* Told once, and until it is put right, by the clock here. */
static void
a_zone_that_is_gone(void **state)
{
	struct world *w = *state;
	int64_t id = series_in(w, "Call Dana", "FREQ=DAILY",
	    week("Mon 09:00"), "Atlantis/Capital", w->zone);

	until(w, week("Tue 09:00"));
	rang_at(id, week("Mon 09:00"));
	rang_at(id, week("Tue 09:00"));
	act(w, ACT_DONE, id, 0);
	assert_due(w, id, week("Wed 09:00"));
}

/* Rule, "" for none; what it was doing; its time on the wall of Berlin; and, as
 * UTC, its due, next and wake when that becomes New York's on Tuesday at noon
 * (UTC; NULL: not looked at). */
static const struct {
	const char *rule;
	enum reminder_state state;
	const char *local;
	const char *due, *next, *wake;
} journeys[] = {
	{"", STATE_SCHEDULED, "Wed 09:00", "Wed 14:00", NULL, "Wed 14:00"},
	{"", STATE_RINGING, "Tue 09:00", "Tue 08:00", NULL, NULL},
	{"FREQ=DAILY", STATE_SCHEDULED, "Wed 09:00", "Wed 14:00",
	    "Thu 14:00", "Wed 14:00"},
	/* It has rung today; the next is tomorrow's by the wall there. */
	{"FREQ=DAILY", STATE_RINGING, "Tue 09:00", "Tue 08:00", "Wed 14:00",
	    "Wed 14:00"},
	{"P3D", STATE_SCHEDULED, "Wed 09:00", "Wed 14:00", NULL,
	    "Wed 14:00"},
	{"FREQ=DAILY;BYHOUR=10", STATE_SCHEDULED, "Wed 10:00", "Wed 15:00",
	    "Thu 15:00", "Wed 15:00"},
	{"FREQ=DAILY", STATE_SNOOZED, "Tue 09:00", "Tue 08:00", "Wed 14:00",
	    "Tue 14:00"},
	/* By hours, whenever the wall shows two, six, ten o'clock: one has
	 * passed here meanwhile. */
	{"FREQ=HOURLY;INTERVAL=4", STATE_RINGING, "Tue 10:00", "Tue 09:00",
	    "Tue 11:00", "Tue 11:00"},
	{"FREQ=HOURLY;INTERVAL=4", STATE_SCHEDULED, "Tue 14:00",
	    "Tue 15:00", "Tue 19:00", "Tue 15:00"},
};

static void
another_wall(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct zone *there = zone_from_posix("EST5EDT,M3.2.0,M11.1.0",
	    "America/New_York", &err);
	int64_t now = week("Tue 13:00");
	size_t i;

	assert_non_null(there);
	w->s->zone = there;
	for (i = 0; i < sizeof journeys / sizeof *journeys; i++) {
		struct civil local = zone_civil(w->zone,
		    week(journeys[i].local));
		struct reminder r = {
			.id = 1,
			.state = journeys[i].state,
			.every = journeys[i].rule[0] == '\0' ? NULL :
			    copy_of(journeys[i].rule),
			.anchor = civil_add_days(local, -2),
			.slot = local,
			.due = {week(journeys[i].local), true, local},
			.ring = {week(journeys[i].local), true, local},
			.wake = week(journeys[i].local),
		};

		if (r.state == STATE_RINGING)
			cycle_wait(&r);
		travel_derive(w->s, now, &r);
		assert_int_equal(r.due.epoch, week(journeys[i].due) + HOUR);
		if (journeys[i].next != NULL)
			assert_int_equal(r.next,
			    week(journeys[i].next) + HOUR);
		if (journeys[i].wake != NULL)
			assert_int_equal(r.wake,
			    week(journeys[i].wake) + HOUR);
		free(r.every);
	}
	zone_free(there);
}

/* ---------------------------------------------------------------- random -- */

enum { LIVES = 16, STEPS = 100 };

static uint32_t dice;
static uint32_t living;		/* the seed of this life; 0: all is well */

/* xorshift32 (Marsaglia 2003): the same everywhere. */
static unsigned
roll(unsigned sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

/* What a life has seen of its series, daily at nine; days are civil_days. */
static struct {
	int64_t id;
	int64_t rung;		/* the occurrence that rang last */
	bool again;		/* a person wanted that it rings again */
	int64_t first;		/* since this one nobody answered */
	size_t answers;		/* done or skipped */
	bool moved;		/* the one at hand, alone */
} life;

static void
watch_a_life(struct world *w, enum schedule_event ev, int64_t id,
    const struct reminder *r)
{
	int64_t day = r == NULL ? 0 : civil_days(&r->slot);

	(void)w;
	if (id != life.id || r == NULL)
		return;
	switch (ev) {
	case EVENT_RINGING:
		/* No occurrence, so no local date, rings twice by itself. */
		assert_true(day > life.rung || life.again);
		life.moved = life.moved && day == life.rung;
		life.rung = day;
		life.again = false;
		break;
	case EVENT_SNOOZED:
		life.again = true;
		break;
	case EVENT_CHANGED:
		life.again = life.moved = true;
		break;
	case EVENT_DONE:
	case EVENT_SKIPPED:
		assert_int_equal(r->missed, 0);
		assert_true(day > life.first);
		life.first = day;
		life.answers++;
		life.moved = false;
		break;
	case EVENT_UNDONE:
		life.again = true;
		life.first = day - r->missed;
		life.answers = SIZE_MAX;
		break;
	default:
		break;
	}
}

/* The history has a line for each answer; one of them is of the day before
 * that from which on nobody answered, unless that one was moved. */
static void
check_history(struct world *w)
{
	struct reminders rs = {0};
	struct err err = {0};
	bool found = false;
	size_t i;

	assert_true(store_occurrences(w->store, life.id, 1000, &rs, &err));
	if (life.answers == SIZE_MAX)
		life.answers = rs.n;
	assert_int_equal(rs.n, life.answers);
	for (i = 0; i < rs.n; i++) {
		const struct civil *c = &rs.v[i].due.local;

		found = found || civil_days(c) == life.first - 1 ||
		    c->hour != 9 || c->minute != 0;
	}
	assert_true(found || rs.n == 0);
	reminders_clear(&rs);
}

/* Every day is answered, missed, or at hand: none is lost, none comes twice. */
static void
check_a_life(struct world *w)
{
	struct reminder r = look(w, life.id);
	struct civil next = zone_civil(w->zone, r.next);
	bool hidden = r.state == STATE_SNOOZED || r.wake <= w->now + MINUTE ||
	    (r.state == STATE_RINGING && cycle_held(&r));

	assert_true(reminder_open(&r));
	assert_true(r.wake > w->now && r.wake != NEVER);
	assert_int_equal(r.slot.hour, 9);
	assert_int_equal(r.missed, civil_days(&r.slot) - life.first);
	assert_int_equal(civil_days(&next), civil_days(&r.slot) + 1);
	assert_int_equal(next.hour, 9);
	assert_true(r.due.epoch < r.next);
	/* What can be seen is the latest; what is scheduled is to come. */
	assert_true(hidden || r.next > w->now);
	assert_true(hidden || r.state != STATE_SCHEDULED ||
	    r.due.epoch > w->now);
	assert_true(w->most <= 3);
	check_history(w);
}

static void
try_undo(struct world *w)
{
	struct reminders out = {0};
	struct err err = {0};
	char *sentence = NULL;

	request_begin(w, false);
	/* Adding it is not taken back. */
	if (life.answers > 0 && schedule_undo(w->s, w->now, life.id,
	    &sentence, &out, &err) && strcmp(sentence, "added") != 0)
		request_end(w, NULL);
	else
		request_drop(w);
	free(sentence);
	reminders_clear(&out);
}

static void
live(struct world *w)
{
	struct err err = {0};

	switch (roll(14)) {
	case 0: case 1:
		command(w, ACT_DONE, &life.id, 1, 0, &err);
		break;
	case 2:
		leave_out(w, life.id, &err);
		break;
	case 3:
		command(w, ACT_SNOOZE, &life.id, 1,
		    w->now + 1 + roll(3 * DAY), &err);
		break;
	case 4:
		command(w, ACT_MOVE, &life.id, 1,
		    w->now + 1 + roll(2 * DAY), &err);
		break;
	case 5:
		if (w->n > 0)
			close_popup(w, roll((unsigned)w->n),
			    1 + (int)roll(4));
		break;
	case 6:
		if (w->n > 0)
			click(w, roll((unsigned)w->n),
			    roll(2) ? "later" : "tomorrow");
		break;
	case 7:
		quiet(w, roll(2) ? 0 : w->now + 1 + roll(2 * DAY));
		break;
	case 8:
		restart(w, w->now + roll(roll(2) ? 30 : 2 * DAY));
		server(w, true);
		break;
	case 9:
		asleep(w, w->now + roll(4 * DAY));
		break;
	case 10:
		try_undo(w);
		break;
	default:
		until(w, w->now + roll(DAY));
	}
	settle(w);
}

static void
one_life(struct world *w)
{
	struct civil first = {2027, 3, 20, 9, 0, 0};
	int step;

	/* Around the night in March in which the clock changes. */
	asleep(w, on_the_wall(w, &first) - HOUR);
	life.rung = life.first = civil_days(&first);
	life.rung--;
	life.again = life.moved = false;
	life.answers = 0;
	w->on_event = watch_a_life;
	life.id = series(w, "FREQ=DAILY", on_the_wall(w, &first));
	series(w, "FREQ=HOURLY;INTERVAL=5", on_the_wall(w, &first));
	add(w, "Call Dana", w->now + roll(DAY) + 1);
	for (step = 0; step < STEPS; step++) {
		live(w);
		check_a_life(w);
	}
}

static void
whatever_happens(void **state)
{
	const char *seed = getenv("RAPPORT_SEED");
	uint32_t first = seed == NULL ? 1 : (uint32_t)atoi(seed);
	uint32_t lives = seed == NULL ? LIVES : 1;

	(void)state;
	for (living = first; living < first + lives; living++) {
		void *fresh;

		dice = living * 2654435761u;
		setup(&fresh);
		one_life(fresh);
		world_teardown(&fresh);
	}
	living = 0;
}

static int
tell_the_seed(void **state)
{
	(void)state;
	if (living != 0)
		print_error("RAPPORT_SEED=%u replays it\n",
		    (unsigned)living);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tale(each_rings_when_the_table_says),
		tale(missed_for_days_it_rings_once),
		tale(many_that_were_missed_often),
		tale(unanswered_it_rings_each_day),
		tale(what_waits_wakes_for_the_next_one),
		tale(every_quarter_of_an_hour),
		tale(the_screen_shows_another_one_at_once),
		tale(composed_ahead_with_the_right_words),
		tale(a_snooze_moves_nothing),
		tale(a_snooze_on_a_snooze),
		tale(done_while_snoozed_is_the_latest_one),
		tale(held_by_quiet_it_comes_once),
		tale(held_by_a_lock_it_comes_once),
		tale(what_stood_is_shown_as_what_it_has_come_to),
		tale(skip_leaves_out_exactly_one),
		tale(skip_of_what_does_not_recur),
		tale(done_early),
		tale(the_last_one_is_the_end),
		tale(missed_to_its_end),
		tale(dropped_it_is_gone_as_a_whole),
		tale(after_it_was_done),
		tale(after_it_was_done_at_the_end_of_time),
		tale(moved_alone),
		tale(where_one_can_be_moved),
		tale(the_refusal_names_what_would_be_right),
		tale(not_onto_a_date_that_was_answered),
		tale(onto_a_date_that_was_left_out),
		tale(half_past_two_once_a_day),
		tale(quarters_through_the_night),
		tale(undo_takes_back_each_act),
		tale(undone_a_day_later),
		tale(undone_right_before_the_next_one),
		tale(undone_in_the_second_of_two_hours),
		tale(hours_after_it_was_done),
		tale(another_rule_for_what_rings),
		tale(a_series_moved_as_a_whole),
		tale(recurring_from_now_on_and_no_more),
		tale(the_clock_steps_back),
		tale(the_clock_steps_forward),
		tale(a_clock_that_was_years_ahead),
		tale(answered_or_started_by_the_right_clock),
		tale(a_restart_goes_on),
		tale(it_goes_by_the_clock_of_its_zone),
		tale(another_zone_while_it_rings),
		tale(a_zone_that_is_gone),
		tale(another_wall),
		cmocka_unit_test_teardown(whatever_happens, tell_the_seed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
