/*
 * When pop-ups are held: quiet that a person asked for, the quiet hours of the
 * configuration, and a desktop in front of which nobody sits. Urgent ones pass.
 *
 * The end of quiet is known, and the wake of what it holds. Nobody knows when
 * somebody comes back: what waits for that has AWAY for its wake, and the
 * notifier, which hears of it, is kept until then. A start of the daemon knows
 * of no presence yet: it shows what was held, and the notifier tells before
 * anything of it is on the screen whether to hold it again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "schedule/inside.h"

#define DAY INT64_C(86400)

enum { DAY_MINUTES = 24 * 60 };

/* -------------------------------------------------------------- hours -- */

/* The instant of a minute after a local day's midnight; it may lie on the day
 * behind it. */
static int64_t
minute_of(const struct schedule *s, int64_t day, int minute)
{
	struct civil c = {0};

	civil_from_days(day + minute / DAY_MINUTES, &c);
	c.hour = minute % DAY_MINUTES / 60;
	c.minute = minute % 60;
	return zone_instant(s->zone, &c, NULL);
}

/* The latest end of the hours that begin on a local day and hold at t; t when
 * none do. */
static int64_t
hours_of(const struct schedule *s, int64_t day, int64_t t)
{
	const struct quiet_day *q;
	struct civil c = {0};
	int64_t end = t;
	int i;

	civil_from_days(day, &c);
	q = &s->options->quiet[civil_weekday(&c)];
	for (i = 0; i < q->n; i++) {
		int from = q->spans[i].from, to = q->spans[i].to;
		int64_t until;

		if (to <= from)
			to += DAY_MINUTES;
		until = minute_of(s, day, to);
		if (until > end && minute_of(s, day, from) <= t)
			end = until;
	}
	return end;
}

/*
 * When the hours that hold at t end, and those that hold then, and so on; t
 * when none do. The options see to it that a week has a minute without; a
 * change of the clock can skip that once.
 */
static int64_t
hours_end(const struct schedule *s, int64_t t)
{
	int64_t end = t, before, day, d;

	do {
		before = end;
		day = local_day(s, before);
		/* Of tomorrow: a clock set back over midnight shows the end of
		 * this day a second time. */
		for (d = day - 1; d <= day + 1; d++) {
			int64_t until = hours_of(s, d, before);

			end = until > end ? until : end;
		}
	} while (end > before && end < t + 14 * DAY);
	return end;
}

/* The hours at t were ended early by hand. They are shorter than a week: what
 * lies further ahead was written by a clock that was wrong. */
static bool
hours_are_off(struct schedule *s, int64_t t)
{
	int64_t off = store_setting(s->store, "quiet_off", 0);

	return t < off && off <= t + 14 * DAY;
}

/* -------------------------------------------------------------- quiet -- */

int64_t
schedule_quiet_until(struct schedule *s, int64_t now)
{
	int64_t by_hand = store_setting(s->store, "quiet_until", 0);
	int64_t end = by_hand > now ? by_hand : now;
	int64_t hours = hours_end(s, end);

	if (hours > end && !hours_are_off(s, end))
		end = hours;
	return end > now ? end : 0;
}

/* What is held already keeps the new end, or comes at once. */
void
quiet_changed(struct schedule *s)
{
	sweep_start(s, SWEEP_HELD);
	tell(s, EVENT_QUIET, 0, NULL);
}

bool
schedule_quiet(struct schedule *s, int64_t now, int64_t until,
    struct err *err)
{
	int64_t hours = hours_end(s, now);

	if (until == 0 && hours > now &&
	    !store_setting_put(s->store, "quiet_off", hours, err))
		return false;
	if (!store_setting_put(s->store, "quiet_until", until, err))
		return false;
	quiet_changed(s);
	return true;
}

/* Until when pop-ups are held that are due now: 0, the end of quiet, or AWAY.
 * What quiet holds is held by an absence too, and longer. */
int64_t
quiet_holds_until(struct schedule *s, int64_t now)
{
	return s->away != NULL ? AWAY : schedule_quiet_until(s, now);
}

/* ----------------------------------------------------------- presence -- */

const char *
schedule_held(const struct schedule *s)
{
	return s->away;
}

/* Whether the notifier has to stay, so as to hear that somebody is back. */
bool
quiet_awaits(struct schedule *s, int64_t now)
{
	return s->away != NULL && (brief_owed(s, now) ||
	    store_next_wake(s->store, AWAY - 1, NEVER) == AWAY);
}

bool
schedule_presence(struct schedule *s, int64_t now, const char *why,
    struct err *err)
{
	bool was = s->away != NULL, is = why != NULL && why[0] != '\0';
	char *before = s->away;

	(void)now;
	(void)err;
	s->away = is ? mem_dup(why) : NULL;
	free(before);
	if (was == is)
		return true;
	ahead_drop(s);
	/* What stands stays; what is only on its way is taken back. */
	if (is)
		travel_take_back(s);
	if (is && screen_take_back(s))
		sweep_start(s, SWEEP_MARKS | SWEEP_SHOW);
	if (!is)
		sweep_start(s, SWEEP_HELD);
	tell(s, EVENT_QUIET, 0, NULL);
	return true;
}
