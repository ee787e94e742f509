/*
 * The morning brief. Reminders that were put away, or closed by hand too
 * often, wait off the screen; once each local day, at options.brief, all of
 * them come back together. When nothing waits there is no brief and no
 * wake-up for it.
 */
#include "schedule/inside.h"

/* The brief of a local day (civil_days) as an instant. */
static int64_t
brief_of(const struct schedule *s, int64_t day)
{
	struct civil c = {0};

	civil_from_days(day, &c);
	c.hour = s->options->brief / 60;
	c.minute = s->options->brief % 60;
	return zone_instant(s->zone, &c, NULL);
}

/* The dates of two zones differ by so many days at most: by 26 hours. */
enum { ZONES_APART = 2 };

/* Whether the brief of the day has been. Who flies to where it is yesterday has
 * had that day's; a day in the further future was written by a clock that was
 * wrong, and is not believed. */
static bool
has_been(struct schedule *s, int64_t day)
{
	if (!s->brief_known) {
		s->brief_day = store_setting(s->store, "brief_day", 0);
		s->brief_known = true;
	}
	return s->brief_day >= day && s->brief_day <= day + ZONES_APART;
}

static bool
note_day(struct schedule *s, int64_t day, struct err *err)
{
	s->brief_day = day;
	s->brief_known = true;
	return store_setting_put(s->store, "brief_day", day, err);
}

/* Whether anything waits. Known while the daemon runs, except when a person
 * has just acted on what waited: then look. Those that wait are the oldest of
 * what rings, so a few rows tell. */
static bool
look_what_waits(struct schedule *s, struct err *err)
{
	struct store_filter f = {.ringing = true, .until = NEVER, .limit = 16};
	bool found = false, all = false;
	size_t i;

	while (s->waiting == WAITING_UNKNOWN && !found && !all) {
		struct reminders rs = {0};

		if (!store_reminders(s->store, &f, &rs, err))
			return false;
		for (i = 0; i < rs.n && !found; i++)
			found = cycle_waits(&rs.v[i]);
		all = rs.n < (size_t)f.limit;
		f.limit *= 16;
		reminders_clear(&rs);
	}
	if (s->waiting == WAITING_UNKNOWN)
		s->waiting = found ? WAITING_YES : WAITING_NO;
	return true;
}

/* Begin the brief if its hour has come. */
bool
brief_begin(struct schedule *s, struct round *round, struct err *err)
{
	int64_t day = local_day(s, round->now);

	if (round->quiet != 0 || has_been(s, day) ||
	    round->now < brief_of(s, day))
		return true;
	/* Not noted when it can't be read: then it is tried again. */
	if (!look_what_waits(s, err))
		return false;
	if (s->waiting == WAITING_YES) {
		sweep_start(s, SWEEP_BRIEF);
		s->brief_now = true;
		s->brief_minute = round->now / 60;
	}
	return note_day(s, day, err);
}

/* The next brief, or NEVER: nothing waits for it, or its hour has come and it
 * waits for somebody. Quiet at that hour holds it. */
int64_t
brief_next(struct schedule *s, int64_t now)
{
	int64_t day = local_day(s, now), t, quiet;

	if (!look_what_waits(s, NULL))
		return now + RETRY;
	if (s->waiting == WAITING_NO)
		return NEVER;
	while (has_been(s, day))
		day++;
	t = brief_of(s, day);
	if (t <= now && s->away != NULL)
		return NEVER;
	t = t < now ? now : t;
	quiet = schedule_quiet_until(s, t);
	return quiet != 0 ? quiet : t;
}

/* Whether its hour has come, and it has not. */
bool
brief_owed(struct schedule *s, int64_t now)
{
	int64_t day = local_day(s, now);

	return !has_been(s, day) && now >= brief_of(s, day) &&
	    look_what_waits(s, NULL) && s->waiting == WAITING_YES;
}

/*
 * From now on something waits. If nothing did when today's brief should have
 * been, there was none, and none is owed: what is put away at eleven comes
 * back tomorrow, not at once.
 */
bool
brief_waits(struct schedule *s, int64_t now, struct err *err)
{
	int64_t day = local_day(s, now);
	bool first;

	if (!look_what_waits(s, err))
		return false;
	first = s->waiting == WAITING_NO;
	s->waiting = WAITING_YES;
	s->sweep_waiting = true;
	if (!first || has_been(s, day) || now < brief_of(s, day))
		return true;
	return note_day(s, day, err);
}
