/*
 * The zone changes: what follows the wall clock, what stays where it is, and
 * the notice of what moved that matters to somebody else.
 */
#include <sys/stat.h>
#include <time.h>

#include "tests/unit/schedule_world.h"
#include "tests/unit/tz_database.h"

/* Where people go. The world begins in Berlin. */
enum place { BERLIN, NEW_YORK, TOKYO, HONOLULU, PAGO_PAGO, KIRITIMATI,
	COPENHAGEN, PLACES };
static const struct {
	const char *name, *rules;
} places[PLACES] = {
	[BERLIN] = {"Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"},
	[NEW_YORK] = {"America/New_York", "EST5EDT,M3.2.0,M11.1.0"},
	[TOKYO] = {"Asia/Tokyo", "JST-9"},
	[HONOLULU] = {"Pacific/Honolulu", "HST10"},
	[PAGO_PAGO] = {"Pacific/Pago_Pago", "SST11"},
	[KIRITIMATI] = {"Pacific/Kiritimati", "<+14>-14"},
	[COPENHAGEN] = {"Europe/Copenhagen", "CET-1CEST,M3.5.0,M10.5.0/3"},
};

static struct zone *
zone_by_rules(const char *name, const char *rules)
{
	struct err err = {0};
	struct zone *z = zone_from_posix(rules, name, &err);

	if (z == NULL)
		fail_msg("%s", err.message);
	return z;
}

/* The link to the zone is another, and the daemon sees it. */
static void
arrive_in(struct world *w, struct zone *z)
{
	schedule_set_zone(w->s, w->now, z);
	zone_free(w->zone);
	w->zone = z;
}

static void
fly(struct world *w, enum place to)
{
	arrive_in(w, zone_by_rules(places[to].name, places[to].rules));
	settle(w);
}

/* The computer is on again at t, and was carried there. */
static void
wake_up_in(struct world *w, enum place to, int64_t t)
{
	settle(w);
	world_stop(w);
	zone_free(w->zone);
	w->zone = zone_by_rules(places[to].name, places[to].rules);
	w->now = t;
	world_open(w);
	settle(w);
}

/* A wall-clock time here, as an instant. */
static int64_t
here(const struct world *w, int day, int hour, int minute)
{
	struct civil c = {2026, 11, day, hour, minute, 0};

	return zone_instant(w->zone, &c, NULL);
}

/* What was said by the clock here, with somebody (a handle, or NULL); zone:
 * their own clock. */
static int64_t
add_wall(struct world *w, const char *text, int day, int hour, int minute,
    const char *with, const char *zone)
{
	struct reminder r = {.text = copy_of(text), .clock_said = true};
	struct err err = {0};
	int64_t id;

	r.due.wall = true;
	r.due.local = (struct civil){2026, 11, day, hour, minute, 0};
	r.due.epoch = zone_instant(w->zone, &r.due.local, NULL);
	r.ring = r.due;
	r.zone = copy_of(zone);
	if (with != NULL) {
		r.with = mem_new(1, sizeof *r.with);
		r.with[0] = copy_of(with);
		r.with_n = 1;
	}
	request_begin(w, true);
	if (!schedule_add(w->s, w->now, &r, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	id = r.id;
	reminder_clear(&r);
	return id;
}

static void
snooze_until_wall(struct world *w, int64_t id, int day, int hour, int minute)
{
	struct moment m = {.wall = true,
	    .local = {2026, 11, day, hour, minute, 0}};
	struct reminders out = {0};
	struct err err = {0};

	m.epoch = zone_instant(w->zone, &m.local, NULL);
	request_begin(w, true);
	if (!schedule_snooze(w->s, w->now, &id, 1, &m, &out, &err))
		fail_msg("%s", err.message);
	request_end(w, "snoozed");
	reminders_clear(&out);
	settle(w);
}

/* ----------------------------------------------------------- what moves -- */

static void
there_and_back(void **state)
{
	/* On Tuesday 24 November at 09:00, said in Berlin. */
	static const struct {
		enum place to;
		const char *utc;
	} table[] = {
		{NEW_YORK, "2026-11-24T14:00:00"},
		{TOKYO, "2026-11-24T00:00:00"},
		{HONOLULU, "2026-11-24T19:00:00"},
		{KIRITIMATI, "2026-11-23T19:00:00"},
		{PAGO_PAGO, "2026-11-24T20:00:00"},
		{BERLIN, "2026-11-24T08:00:00"},
	};
	struct world *w = *state;
	int64_t floats, pinned, in_hours;
	struct civil c;
	size_t i;

	floats = add_wall(w, "Call Dana", 24, 9, 0, NULL, NULL);
	pinned = add_wall(w, "Call Tom", 24, 9, 0, NULL, "Europe/Berlin");
	in_hours = add(w, "Call Ann", at(2026, 11, 24, 9, 0));
	for (i = 0; i < sizeof table / sizeof *table; i++) {
		fly(w, table[i].to);
		assert_true(civil_parse(table[i].utc, &c));
		assert_int_equal(look(w, floats).due.epoch, civil_seconds(&c));
		assert_int_equal(look(w, floats).ring.epoch,
		    civil_seconds(&c));
		assert_wake(w, floats, civil_seconds(&c));
		assert_int_equal(look(w, floats).due.local.hour, 9);
		assert_wake(w, pinned, at(2026, 11, 24, 9, 0));
		assert_wake(w, in_hours, at(2026, 11, 24, 9, 0));
		assert_int_equal(w->events[EVENT_ZONE], (int)i + 1);
		assert_screen(w, "");
	}
}

static void
it_rings_by_the_clock_of_there(void **state)
{
	struct world *w = *state;

	add_wall(w, "Call Dana", 20, 16, 0, NULL, NULL);
	fly(w, NEW_YORK);	/* it is 08:30 there */
	until(w, here(w, 20, 16, 0) - 1);
	assert_screen(w, "");
	until(w, here(w, 20, 16, 0));
	assert_screen(w, "r1");
}

/* Flying east the moment may be behind: at once, and together. */
static void
what_was_flown_over_rings_at_once(void **state)
{
	struct world *w = *state;

	add_wall(w, "Call Dana", 20, 16, 0, NULL, NULL);
	add_wall(w, "Call Tom", 20, 17, 0, NULL, NULL);
	fly(w, TOKYO);		/* it is 22:30 there */
	assert_screen(w, "m");
	assert_int_equal(look(w, 1).due.epoch, here(w, 20, 16, 0));
}

static void
what_rang_keeps_its_moment(void **state)
{
	struct world *w = *state;
	int64_t id = add_wall(w, "Call Dana", 20, 15, 0, NULL, NULL);

	until(w, FRIDAY(15, 0));
	assert_screen(w, "r1");
	fly(w, NEW_YORK);
	assert_screen(w, "r1");
	assert_int_equal(look(w, id).due.epoch, FRIDAY(15, 0));
	assert_int_equal(look(w, id).ring.epoch, FRIDAY(15, 0));
	assert_int_equal(look(w, id).state, STATE_RINGING);
	until(w, FRIDAY(15, 5));
	assert_int_equal(look(w, id).shown, 2);
}

static void
a_snooze_ends_by_the_clock_or_after_hours(void **state)
{
	struct world *w = *state;
	int64_t wall = add(w, "Call Dana", FRIDAY(15, 0));
	int64_t hours = add_wall(w, "Call Tom", 20, 15, 0, NULL, NULL);

	until(w, FRIDAY(15, 0));
	snooze_until_wall(w, wall, 21, 9, 0);
	act(w, ACT_SNOOZE, hours, FRIDAY(17, 0));
	fly(w, NEW_YORK);
	assert_wake(w, wall, here(w, 21, 9, 0));
	assert_int_equal(look(w, wall).due.epoch, FRIDAY(15, 0));
	assert_wake(w, hours, FRIDAY(17, 0));
	assert_int_equal(look(w, hours).due.epoch, FRIDAY(15, 0));
}

/* What undo brings back was derived elsewhere. */
static void
undo_of_what_was_done_elsewhere(void **state)
{
	struct world *w = *state;
	int64_t id = add_wall(w, "Call Dana", 24, 9, 0, NULL, NULL);

	act(w, ACT_DONE, id, 0);
	fly(w, NEW_YORK);
	undo(w);
	assert_int_equal(look(w, id).state, STATE_SCHEDULED);
	assert_int_equal(look(w, id).due.epoch, here(w, 24, 9, 0));
	assert_wake(w, id, here(w, 24, 9, 0));
}

static void
another_name_of_the_same_clock_moves_nothing(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	fly(w, COPENHAGEN);
	assert_wake(w, 1, here(w, 24, 9, 0));
	assert_screen(w, "");
	/* And the same zone read anew is no news. */
	assert_int_equal(w->events[EVENT_ZONE], 1);
	fly(w, COPENHAGEN);
	assert_int_equal(w->events[EVENT_ZONE], 1);
}

static void
quiet_hours_are_of_the_clock_of_there(void **state)
{
	struct world *w = *state;
	int day;

	for (day = 0; day < WEEKDAY_MAX; day++) {
		w->options.quiet[day].n = 1;
		w->options.quiet[day].spans[0].from = 22 * 60;
		w->options.quiet[day].spans[0].to = 7 * 60;
	}
	add(w, "Call Dana", FRIDAY(22, 30));
	add(w, "Call Tom", FRIDAY(22, 30));
	until(w, FRIDAY(23, 0));
	assert_screen(w, "");
	fly(w, NEW_YORK);	/* it is 17:00 there */
	assert_screen(w, "m");
	assert_int_equal(schedule_quiet_until(w->s, here(w, 20, 22, 0)),
	    here(w, 21, 7, 0));
}

/* -------------------------------------------- once for each local date -- */

/* The brief of a date has been, wherever it was. */
static void
one_brief_a_date_over_the_date_line(void **state)
{
	struct world *w = *state;

	fly(w, KIRITIMATI);
	add(w, "Call Dana", w->now + HOUR);
	until(w, here(w, 22, 8, 0));
	assert_screen(w, "");
	until(w, here(w, 22, 9, 0));
	assert_screen(w, "r1");
	until(w, here(w, 22, 23, 0));
	assert_screen(w, "");
	/* From Sunday 23:00 to Saturday 22:00, or the other way round. */
	fly(w, PAGO_PAGO);
	assert_int_equal(schedule_next(w->s, w->now),
	    here(w, 23, 9, 0) - w->options.notifier_lead);
	until(w, here(w, 23, 9, 0) - 1);
	assert_screen(w, "");
	until(w, here(w, 23, 9, 0));
	assert_screen(w, "r1");
}

static void
the_brief_of_a_date_that_was_left_out(void **state)
{
	struct world *w = *state;

	fly(w, HONOLULU);
	add(w, "Call Dana", w->now + HOUR);
	until(w, here(w, 20, 23, 0));
	assert_screen(w, "");
	fly(w, KIRITIMATI);	/* Saturday 23:00: its brief is due */
	assert_screen(w, "r1");
	act(w, ACT_DONE, 1, 0);
}

/* Every day at 09:00, from that one of November on. */
static int64_t
add_daily(struct world *w, int day)
{
	struct reminder r = {
		.text = copy_of("Water the plants"),
		.every = copy_of("FREQ=DAILY"),
		.anchor = {2026, 11, day, 9, 0, 0},
		.clock_said = true,
	};
	struct err err = {0};
	int64_t id;

	r.slot = r.anchor;
	r.due = (struct moment){.wall = true, .local = r.anchor};
	r.due.epoch = zone_instant(w->zone, &r.anchor, NULL);
	r.ring = r.due;
	request_begin(w, true);
	if (!schedule_add(w->s, w->now, &r, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	id = r.id;
	reminder_clear(&r);
	return id;
}

/* The local dates on which something rang, in order. */
static char dates[256];

static void
note_date(struct world *w, enum schedule_event ev, int64_t id,
    const struct reminder *r)
{
	struct civil c = zone_civil(w->zone, w->now);
	size_t n = strlen(dates);

	(void)id;
	(void)r;
	if (ev == EVENT_RINGING)
		snprintf(dates + n, sizeof dates - n, "%s%d %02d:%02d",
		    n > 0 ? ", " : "", c.day, c.hour, c.minute);
}

/* A day of the journey: at this local time, answer what rings, and fly. */
static void
leg(struct world *w, int day, int hour, enum place to)
{
	until(w, here(w, day, hour, 0));
	if (look(w, 1).state == STATE_RINGING)
		act(w, ACT_DONE, 1, 0);
	fly(w, to);
}

static void
daily_once_for_each_local_date(void **state)
{
	struct world *w = *state;

	dates[0] = '\0';
	w->on_event = note_date;
	add_daily(w, 21);
	leg(w, 21, 20, NEW_YORK);	/* 14:00 there */
	leg(w, 22, 12, HONOLULU);	/* 07:00: that day's has been */
	leg(w, 23, 12, KIRITIMATI);	/* the 24th, 12:00: at once */
	leg(w, 24, 13, PAGO_PAGO);	/* the 23rd, 12:00: again the 24th */
	leg(w, 25, 8, TOKYO);		/* the 26th, 04:00: the 25th at once */
	leg(w, 26, 10, BERLIN);
	leg(w, 27, 10, BERLIN);
	assert_string_equal(dates, "21 09:00, 22 09:00, 23 09:00, 24 12:00, "
	    "26 04:00, 26 09:00, 27 09:00");
}

/* ----------------------------------------------------------- the notice -- */

static void
the_notice(void **state)
{
	struct world *w = *state;
	const struct popup *p;

	know(w, "dana", "Dana Petrov");
	know(w, "tom", "Tom Reed");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	add_wall(w, "Send the offer", 23, 17, 30, "tom", NULL);
	add_wall(w, "Buy flowers", 24, 9, 0, NULL, NULL);
	add_wall(w, "Call Tom", 24, 9, 0, "tom", "Europe/Berlin");
	fly(w, NEW_YORK);
	assert_screen(w, "z");
	p = popup(w, "z");
	assert_string_equal(p->summary, "You are in America/New_York now");
	assert_string_equal(p->body[0], "2 follow-ups go by the clock here:");
	assert_string_equal(p->body[1],
	    "2  Send the offer · Tom Reed, Mon 17:30");
	assert_string_equal(p->body[2], "1  Call Dana, Tue 09:00");
	assert_string_equal(p->body[3],
	    "rapportctl edit 2 --zone Europe/Berlin pins it to the old zone");
	assert_null(p->body[4]);
	assert_string_equal(p->actions[1].name, "show");
	assert_false(p->urgent);
	/* It is no reminder: it is not raised, and has nothing to undo. */
	until(w, here(w, 20, 18, 0));
	assert_int_equal(w->shows, 1);
	assert_int_equal(w->idles, 0);
	assert_false(click(w, 0, "show"));
	assert_int_equal(w->details, 1);
	assert_int_equal(w->detail, 0);
	assert_screen(w, "");
	assert_int_equal(w->idles, 1);
}

static void
closing_it_does_nothing(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	fly(w, NEW_YORK);
	assert_screen(w, "z");
	assert_false(close_popup(w, 0, 2));
	settle(w);
	assert_screen(w, "");
	assert_int_equal(w->idles, 1);
	assert_int_equal(look(w, 1).state, STATE_SCHEDULED);
	fly(w, BERLIN);
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->summary,
	    "You are in Europe/Berlin now");
}

static void
the_notice_of_many(void **state)
{
	struct world *w = *state;
	const struct popup *p;
	char text[32];
	int i;

	know(w, "dana", "Dana Petrov");
	for (i = 1; i <= 8; i++) {
		snprintf(text, sizeof text, "Ask @dana %d", i);
		add_wall(w, text, 24, 18 - i, 0, "dana", NULL);
	}
	fly(w, NEW_YORK);
	p = popup(w, "z");
	assert_string_equal(p->body[0], "8 follow-ups go by the clock here:");
	assert_string_equal(p->body[1], "8  Ask Dana Petrov 8, Tue 10:00");
	assert_string_equal(p->body[5], "4  Ask Dana Petrov 4, Tue 14:00");
	assert_string_equal(p->body[6], "and 3 more");
	assert_string_equal(p->body[7],
	    "rapportctl edit 8 --zone Europe/Berlin pins it to the old zone");
}

static void
the_notice_tells_what_privacy_allows(void **state)
{
	struct world *w = *state;
	const struct popup *p;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call about the loan", 24, 9, 0, "dana", NULL);
	w->options.privacy = PRIVACY_NAMES;
	schedule_set_options(w->s, w->now, &w->options);
	fly(w, NEW_YORK);
	p = popup(w, "z");
	assert_string_equal(p->body[1], "1  Dana Petrov, Tue 09:00");
	close_popup(w, 0, 2);
	w->options.privacy = PRIVACY_NONE;
	schedule_set_options(w->s, w->now, &w->options);
	fly(w, BERLIN);
	p = popup(w, "z");
	assert_string_equal(p->body[0], "1 follow-up goes by the clock here");
	assert_string_equal(p->body[1], "rapportctl edit 1 --zone "
	    "America/New_York pins it to the old zone");
	assert_null(p->body[2]);
}

/* A date without a time of day is nobody's appointment, nor is what rings. */
static void
no_notice_of_what_nobody_counts_on(void **state)
{
	struct world *w = *state;
	struct reminder r = {0};
	struct err err = {0};

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	assert_true(store_reminder_get(w->store, 1, &r, &err));
	r.clock_said = false;
	request_begin(w, false);
	assert_true(store_reminder_put(w->store, &r, &err));
	request_end(w, NULL);
	reminder_clear(&r);
	add_wall(w, "Call her", 20, 15, 0, "dana", NULL);
	until(w, FRIDAY(15, 0));
	fly(w, NEW_YORK);
	assert_screen(w, "r2");
	assert_int_equal(w->shows, 1);
}

static void
presence_holds_the_notice(void **state)
{
	struct world *w = *state;
	struct err err = {0};

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	assert_true(schedule_presence(w->s, w->now, "locked", &err));
	fly(w, NEW_YORK);
	assert_screen(w, "");
	assert_int_equal(schedule_next(w->s, w->now),
	    here(w, 24, 9, 0) - w->options.notifier_lead);
	assert_true(schedule_presence(w->s, w->now, NULL, &err));
	settle(w);
	assert_screen(w, "z");
}

static void
quiet_holds_the_notice(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	quiet(w, FRIDAY(16, 0));
	fly(w, NEW_YORK);
	assert_screen(w, "");
	assert_int_equal(schedule_next(w->s, w->now),
	    FRIDAY(16, 0) - w->options.notifier_lead);
	until(w, FRIDAY(16, 0));
	assert_screen(w, "z");
}

static void
without_a_server_it_comes_with_the_next(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	w->deaf = true;
	fly(w, NEW_YORK);
	assert_int_equal(w->shows, 1);
	server(w, false);
	/* It is not worth looking for one all the time. */
	assert_int_equal(w->idles, 1);
	server(w, true);
	assert_screen(w, "z");
	/* Seen once is enough. */
	server(w, false);
	server(w, true);
	assert_screen(w, "");
}

/* Started for it, the notifier tells first that a server is there. */
static void
asked_for_before_the_server_is_known(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	w->deaf = true;
	fly(w, NEW_YORK);
	assert_int_equal(w->shows, 1);
	server(w, true);
	assert_int_equal(w->shows, 2);
	assert_screen(w, "z");
}

/* Changing planes: nobody has read of the first zone. And back home. */
static void
two_flights_one_notice(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	quiet(w, FRIDAY(20, 0));
	fly(w, NEW_YORK);
	fly(w, HONOLULU);
	quiet(w, 0);
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->summary,
	    "You are in Pacific/Honolulu now");
	assert_string_equal(popup(w, "z")->body[2], "rapportctl edit 1 --zone "
	    "Europe/Berlin pins it to the old zone");
	/* It was read: now Honolulu is where one comes from. */
	fly(w, TOKYO);
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->body[2], "rapportctl edit 1 --zone "
	    "Pacific/Honolulu pins it to the old zone");
	close_popup(w, 0, 2);
	quiet(w, FRIDAY(20, 0));
	fly(w, BERLIN);
	fly(w, TOKYO);
	quiet(w, 0);
	assert_screen(w, "");
}

/* The daemon ended before anybody could see it: it comes after the next start,
 * once, and without a server it waits for one. */
static void
the_notice_outlives_the_daemon(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	add_wall(w, "Write to Dana", 24, 10, 0, "dana", NULL);
	quiet(w, FRIDAY(20, 0));
	fly(w, NEW_YORK);
	restart(w, w->now + MINUTE);
	assert_screen(w, "");
	quiet(w, 0);
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->body[0],
	    "2 follow-ups go by the clock here:");
	assert_string_equal(popup(w, "z")->summary,
	    "You are in America/New_York now");
	restart(w, w->now + MINUTE);
	assert_screen(w, "");
	w->deaf = true;
	wake_up_in(w, TOKYO, w->now + MINUTE);
	server(w, false);
	w->deaf = false;
	restart(w, w->now + MINUTE);
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->body[3], "rapportctl edit 1 --zone "
	    "America/New_York pins it to the old zone");
}

/* Away and back again while nobody saw it: there is nothing to tell. */
static void
home_before_it_was_read(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	quiet(w, FRIDAY(20, 0));
	fly(w, NEW_YORK);
	wake_up_in(w, BERLIN, w->now + MINUTE);
	quiet(w, 0);
	assert_screen(w, "");
	restart(w, w->now + MINUTE);
	assert_screen(w, "");
}

/* What it would tell of was answered meanwhile. */
static void
nothing_left_to_tell(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	quiet(w, FRIDAY(16, 0));
	fly(w, NEW_YORK);
	act(w, ACT_DONE, 1, 0);
	until(w, FRIDAY(17, 0));
	assert_screen(w, "");
	assert_int_equal(w->shows, 0);
}

/* Three pop-ups stand at most, with this one too. */
static void
it_takes_the_room_of_one(void **state)
{
	struct world *w = *state;
	int i;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	for (i = 0; i < 3; i++)
		add(w, "Call", FRIDAY(15, i));
	until(w, FRIDAY(15, 2));
	assert_screen(w, "r2 r3 r4");
	fly(w, NEW_YORK);
	assert_screen(w, "r2 r3 r4");
	act(w, ACT_DONE, 2, 0);
	assert_screen(w, "r3 r4 z");
	add(w, "Call", FRIDAY(15, 3));
	until(w, FRIDAY(15, 3));
	assert_int_equal(w->n, 3);
	assert_int_equal(w->most, 3);
}

/* ------------------------------------------------------------ in between -- */

static void
restart_in_another_zone(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	wake_up_in(w, NEW_YORK, FRIDAY(20, 0));
	assert_wake(w, 1, here(w, 24, 9, 0));
	assert_screen(w, "z");
	assert_int_equal(w->events[EVENT_ZONE], 1);
	/* Once. */
	wake_up_in(w, NEW_YORK, FRIDAY(21, 0));
	assert_screen(w, "");
	assert_int_equal(w->events[EVENT_ZONE], 1);
}

/* The rules of the zone changed under the same name: no notice of that. */
static void
other_rules_of_the_same_zone(void **state)
{
	struct world *w = *state;

	know(w, "dana", "Dana Petrov");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	arrive_in(w, zone_by_rules("Europe/Berlin", "CEST-2"));
	settle(w);
	assert_wake(w, 1, here(w, 24, 9, 0));
	assert_int_equal(here(w, 24, 9, 0), at(2026, 11, 24, 8, 0));
	assert_screen(w, "");
	assert_int_equal(w->events[EVENT_ZONE], 1);
	/* Also while the daemon was away. */
	wake_up_in(w, BERLIN, FRIDAY(20, 0));
	assert_wake(w, 1, at(2026, 11, 24, 9, 0));
	assert_screen(w, "");
	assert_int_equal(w->events[EVENT_ZONE], 2);
}

/* ------------------------------------------------------- other editions -- */

/* A tz database of an edition (of a name that no real one has), in which New
 * York's clock has these rules. */
static void
install(struct world *w, const char *edition, const char *new_york)
{
	char dir[64], america[80], text[32];

	snprintf(dir, sizeof dir, "%s/zoneinfo", w->folder);
	snprintf(america, sizeof america, "%s/America", dir);
	mkdir(dir, 0700);
	mkdir(america, 0700);
	setenv("TZDIR", dir, 1);
	snprintf(text, sizeof text, "# version %s\n", edition);
	tz_write(dir, "tzdata.zi", text, strlen(text));
	tz_write_zone(dir, "America/New_York", new_york);
}

/* 9 o'clock on that day in New York, so many hours behind UTC. */
static int64_t
nine_there(int day, int behind)
{
	struct civil c = {2026, 11, day, 9, 0, 0};

	return civil_seconds(&c) + behind * HOUR;
}

/* Theirs: an occurrence of a daily series, or one reminder. */
static int64_t
add_theirs(struct world *w, const char *text, int day, const char *every)
{
	struct reminder r = {
		.text = copy_of(text),
		.zone = copy_of("America/New_York"),
		.every = copy_of(every),
		.clock_said = true,
	};
	struct err err = {0};
	int64_t id;

	r.due.wall = true;
	r.due.local = (struct civil){2026, 11, day, 9, 0, 0};
	r.due.epoch = nine_there(day, 5);
	r.ring = r.due;
	if (every != NULL)
		r.anchor = r.slot = r.due.local;
	request_begin(w, true);
	if (!schedule_add(w->s, w->now, &r, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	id = r.id;
	reminder_clear(&r);
	return id;
}

/* New York stays in summer time from now on, while the daemon runs and while it
 * does not. Nobody travelled: no notice, whoever counts on it. */
static void
another_edition_moves_what_is_theirs(void **state)
{
	static const struct {
		const char *edition, *rules;
		int behind;
		bool away;
	} editions[] = {
		{"testc", "EDT4", 4, false},
		{"testd", "EST5", 5, true},
		{"teste", "EST5", 5, true},
		{"testf", "EST3", 3, false},
	};
	struct world *w = *state;
	int64_t once, daily, rings, snoozed;
	size_t i;

	install(w, "testb", "EST5EDT,M3.2.0,M11.1.0");
	know(w, "dana", "Dana Petrov");
	once = add_theirs(w, "Call", 24, NULL);
	daily = add_theirs(w, "Write", 24, "FREQ=DAILY");
	rings = add_theirs(w, "Stand up", 20, "FREQ=DAILY");
	snoozed = add_theirs(w, "Sit down", 20, "FREQ=DAILY");
	add_wall(w, "Call Dana", 24, 9, 0, "dana", NULL);
	until(w, nine_there(20, 5));
	act(w, ACT_SNOOZE, snoozed, FRIDAY(23, 0));
	for (i = 0; i < sizeof editions / sizeof *editions; i++) {
		int behind = editions[i].behind;

		install(w, editions[i].edition, editions[i].rules);
		if (editions[i].away)
			restart(w, w->now + MINUTE);
		else
			schedule_look_at_zones(w->s, w->now);
		settle(w);
		assert_wake(w, once, nine_there(24, behind));
		assert_int_equal(look(w, once).due.epoch,
		    nine_there(24, behind));
		assert_wake(w, daily, nine_there(24, behind));
		assert_int_equal(look(w, daily).next, nine_there(25, behind));
		assert_int_equal(look(w, rings).due.epoch, nine_there(20, 5));
		assert_int_equal(look(w, rings).next, nine_there(21, behind));
		assert_int_equal(look(w, snoozed).next,
		    nine_there(21, behind));
		assert_wake(w, snoozed, FRIDAY(23, 0));
		assert_wake(w, 5, here(w, 24, 9, 0));
		assert_null(strchr(standing(w), 'z'));
	}
	/* Each was noticed once; the same edition again is no news. */
	i = (size_t)w->events[EVENT_ZONE];
	assert_int_equal(i, 4);
	schedule_look_at_zones(w->s, w->now);
	settle(w);
	restart(w, w->now + MINUTE);
	assert_int_equal(w->events[EVENT_ZONE], i);
	unsetenv("TZDIR");
}

/* An edition in which the zone can't be read leaves its times as they are. */
static void
an_edition_without_the_zone(void **state)
{
	struct world *w = *state;
	char path[96];
	int64_t id;

	install(w, "testb", "EST5EDT,M3.2.0,M11.1.0");
	id = add_theirs(w, "Call", 24, NULL);
	settle(w);
	install(w, "testc", "EST5");
	snprintf(path, sizeof path, "%s/zoneinfo/America/New_York", w->folder);
	assert_int_equal(remove(path), 0);
	schedule_look_at_zones(w->s, w->now);
	settle(w);
	assert_wake(w, id, nine_there(24, 5));
	unsetenv("TZDIR");
}

/* Ten thousand within a second, in batches, and none of them rings by the
 * clock of before. */
static void
ten_thousand(void **state)
{
	enum { MANY = 10000 };
	struct world *w = *state;
	struct timespec from, to;
	double seconds;
	int64_t id;
	int i;

	request_begin(w, false);
	for (i = 0; i < MANY; i++) {
		struct reminder r = {.text = copy_of("Call")};
		struct err err = {0};

		r.due.wall = true;
		r.due.local = (struct civil){2026, 11, 21, i % 24, i % 60, 0};
		r.due.epoch = zone_instant(w->zone, &r.due.local, NULL);
		r.ring = r.due;
		assert_true(schedule_add(w->s, w->now, &r, &err));
		reminder_clear(&r);
	}
	request_end(w, NULL);
	clock_gettime(CLOCK_MONOTONIC, &from);
	fly(w, NEW_YORK);
	clock_gettime(CLOCK_MONOTONIC, &to);
	for (id = 1; id <= MANY; id++)
		assert_wake(w, id, here(w, 21, (int)(id - 1) % 24,
		    (int)(id - 1) % 60));
	assert_int_equal(w->events[EVENT_ZONE], 1);
	seconds = (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	print_message("%d derived anew in %.2f s and %d batches\n", MANY,
	    seconds, w->runs);
}

/* The daemon ends on the way, and goes on; or the traveller turns back. */
static void
killed_on_the_way(void **state)
{
	static const enum place then[] = {NEW_YORK, BERLIN, TOKYO};
	struct world *w = *state;
	size_t i;
	int64_t id;

	for (i = 0; i < 300; i++)
		add_wall(w, "Call", 24, 9, 0, NULL, NULL);
	settle(w);
	for (i = 0; i < sizeof then / sizeof *then; i++) {
		arrive_in(w, zone_by_rules("Pacific/Honolulu", "HST10"));
		tick(w);
		assert_wake(w, 1, here(w, 24, 9, 0));
		wake_up_in(w, then[i], w->now + MINUTE);
		for (id = 1; id <= 300; id++)
			assert_wake(w, id, here(w, 24, 9, 0));
	}
	assert_screen(w, "");
}

/* A batch that could not be stored is derived again. */
static void
not_stored_on_the_way(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id;
	int i;

	know(w, "dana", "Dana Petrov");
	for (i = 0; i < 300; i++)
		add_wall(w, "Call", 24, 9, 0, "dana", NULL);
	settle(w);
	arrive_in(w, zone_by_rules("Pacific/Honolulu", "HST10"));
	for (i = 0; i < 3; i++) {
		request_begin(w, false);
		assert_true(schedule_run(w->s, w->now, &err));
		if (i == 1) {
			request_end(w, NULL);
			continue;
		}
		request_drop(w);
		schedule_resync(w->s);
	}
	until(w, w->now + MINUTE);
	for (id = 1; id <= 300; id++)
		assert_wake(w, id, here(w, 24, 9, 0));
	assert_screen(w, "z");
	assert_string_equal(popup(w, "z")->body[0],
	    "300 follow-ups go by the clock here:");
}

/* A full disk: what is due comes all the same, by the clock of here. */
static void
nothing_can_be_stored(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t next, end = FRIDAY(17, 0);
	int guard = 0;

	add_wall(w, "Call Dana", 20, 16, 0, NULL, NULL);
	add(w, "Call Tom", FRIDAY(16, 30));
	settle(w);
	w->mute = true;
	arrive_in(w, zone_by_rules("America/New_York",
	    "EST5EDT,M3.2.0,M11.1.0"));
	while ((next = schedule_next(w->s, w->now)) <= end) {
		assert_true(guard++ < 2000);
		if (next > w->now)
			w->now = next;
		request_begin(w, false);
		assert_true(schedule_run(w->s, w->now, &err));
		request_drop(w);
		schedule_resync(w->s);
		if (w->now < FRIDAY(16, 30))
			assert_screen(w, "");
		else if (w->now >= FRIDAY(16, 30) + 20)
			assert_screen(w, "r2");
	}
	/* There is room again. */
	until(w, end + MINUTE);
	assert_wake(w, 1, here(w, 20, 16, 0));
	assert_screen(w, "r2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		story(there_and_back),
		story(it_rings_by_the_clock_of_there),
		story(what_was_flown_over_rings_at_once),
		story(what_rang_keeps_its_moment),
		story(a_snooze_ends_by_the_clock_or_after_hours),
		story(undo_of_what_was_done_elsewhere),
		story(another_name_of_the_same_clock_moves_nothing),
		story(quiet_hours_are_of_the_clock_of_there),
		story(one_brief_a_date_over_the_date_line),
		story(the_brief_of_a_date_that_was_left_out),
		story(daily_once_for_each_local_date),
		story(the_notice),
		story(closing_it_does_nothing),
		story(the_notice_of_many),
		story(the_notice_tells_what_privacy_allows),
		story(no_notice_of_what_nobody_counts_on),
		story(presence_holds_the_notice),
		story(quiet_holds_the_notice),
		story(without_a_server_it_comes_with_the_next),
		story(asked_for_before_the_server_is_known),
		story(two_flights_one_notice),
		story(the_notice_outlives_the_daemon),
		story(home_before_it_was_read),
		story(nothing_left_to_tell),
		story(it_takes_the_room_of_one),
		story(restart_in_another_zone),
		story(other_rules_of_the_same_zone),
		story(another_edition_moves_what_is_theirs),
		story(an_edition_without_the_zone),
		story(ten_thousand),
		story(killed_on_the_way),
		story(not_stored_on_the_way),
		story(nothing_can_be_stored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
