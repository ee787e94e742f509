/*
 * What was said of a recurrence becomes a rule of RFC 5545, and back: see
 * spoken.h.
 *
 * BYSETPOS does what a person means and an RRULE has no part for: the last
 * that is there of 28, 29, 30, 31 is "the 31st"; the first of Monday to Friday
 * in a month is its "1st weekday"; and of 9:00, 9:30, 17:00, 17:30, which
 * BYHOUR=9,17;BYMINUTE=0,30 make, the first and the last are "9:00 and 17:30".
 * It counts in a period's set, which has the times of day of each of its days:
 * so position p among the days and i of m among the times is (p - 1) m + i.
 */
#include <string.h>

#include "time/spoken.h"

#define WORKDAYS 0x1fu		/* Monday to Friday */
#define CLAMP_FROM 28		/* every month has this day */
#define SETPOS_MAX 366

static int
count_bits(uint64_t bits)
{
	return __builtin_popcountll(bits);
}

/* The lowest bit that is set, and the highest; bits is not 0. */
static int
lowest(uint64_t bits)
{
	return __builtin_ctzll(bits);
}

static int
highest(uint64_t bits)
{
	return 63 - __builtin_clzll(bits);
}

/* The bits first … last. */
static uint64_t
bits_between(int first, int last)
{
	return (UINT64_MAX >> (63 - last)) & (UINT64_MAX << first);
}

static bool
has_nth(const struct spoken *s)
{
	return s->nth != 0 || s->nth_back != 0;
}

bool
spoken_names_day(const struct spoken *s)
{
	return s->weekdays != 0 || s->months != 0 || has_nth(s);
}

static bool
two_reminders(const char *what, struct err *err)
{
	return err_set(err, ERR_NOT_UNDERSTOOD, "%s do not fit into one rule: "
	    "make two reminders of it", what);
}

/* ---- The times of day -------------------------------------------------- */

/* A day's clock times as BYHOUR times BYMINUTE, and which of these products
 * are meant: bit i the i-th of them, from 1. */
struct grid {
	uint64_t hours, minutes;
	int size;
	bool meant[SETPOS_MAX + 1];
	bool all;
};

static bool
make_grid(const struct spoken *s, struct grid *g, struct err *err)
{
	size_t i;

	*g = (struct grid){ .size = 1, .all = true, .meant[1] = true };
	if (s->clocks_n < 2)
		return true;
	for (i = 0; i < s->clocks_n; i++) {
		if (s->clocks[i] % 60 != 0)
			return err_set(err, ERR_NOT_UNDERSTOOD, "several times "
			    "of a day go without seconds");
		g->hours |= 1ull << (s->clocks[i] / 3600);
		g->minutes |= 1ull << (s->clocks[i] / 60 % 60);
	}
	g->size = count_bits(g->hours) * count_bits(g->minutes);
	g->all = g->size == (int)s->clocks_n;
	if (g->size > SETPOS_MAX)
		return two_reminders("so many times of day", err);
	memset(g->meant, g->all, sizeof g->meant);
	for (i = 0; i < s->clocks_n; i++) {
		int hour = s->clocks[i] / 3600, minute = s->clocks[i] / 60 % 60;
		int above = count_bits(g->hours & ((1ull << hour) - 1));
		int left = count_bits(g->minutes & ((1ull << minute) - 1));

		g->meant[above * count_bits(g->minutes) + left + 1] = true;
	}
	return true;
}

/* ---- BYSETPOS ---------------------------------------------------------- */

static void
set_add(struct rrule_set *set, int n)
{
	set->bits[n / 64] |= 1ull << (n % 64);
}

static bool
set_has(const struct rrule_set *set, int n)
{
	return set->bits[n / 64] >> (n % 64) & 1;
}

/* The times of the grid on the p-th day of the period's set; of the p-th from
 * its end. */
static bool
add_positions(struct rrule *r, const struct grid *g, int p, bool back)
{
	int i;

	if (p * g->size > SETPOS_MAX)
		return false;
	for (i = 1; i <= g->size; i++) {
		if (!g->meant[i])
			continue;
		if (back)
			set_add(&r->setpos_back,
			    (p - 1) * g->size + g->size + 1 - i);
		else
			set_add(&r->setpos, (p - 1) * g->size + i);
	}
	return true;
}

/* Days of the period's set, by the bits of their positions. */
static bool
take_positions(struct rrule *r, const struct grid *g, uint64_t front,
    uint64_t back, struct err *err)
{
	int p;

	for (p = 1; p < 64; p++)
		if ((front >> p & 1 && !add_positions(r, g, p, false)) ||
		    (back >> p & 1 && !add_positions(r, g, p, true)))
			return two_reminders("so many times of day", err);
	return true;
}

/* ---- The days of a month ----------------------------------------------- */

/* Whether the days count from the 28th on: then a month that is too short has
 * the last of them on its last day. */
static bool
is_clamped(const struct spoken *s)
{
	return s->nth_of == NTH_DAY && s->weekdays == 0 && s->nth != 0 &&
	    highest(s->nth) > CLAMP_FROM &&
	    (s->freq == RRULE_MONTHLY || (s->freq == RRULE_YEARLY &&
	    s->months == 1u << 2));
}

/*
 * Days up to the 28th, and those from there to the greatest one said. In every
 * month the greatest comes out as the set's last; one below it has its place
 * in the set where the month is long enough, and is the last itself where not.
 */
static bool
clamp(const struct spoken *s, struct rrule *r, const struct grid *g,
    struct err *err)
{
	int max = highest(s->nth), day;
	uint64_t front = 0;

	if (s->nth_back & ~(uint64_t)2)
		return two_reminders("days counted from both ends of the "
		    "month", err);
	r->monthday = (uint32_t)(s->nth | bits_between(CLAMP_FROM, max));
	r->monthday_back = (uint32_t)s->nth_back;
	for (day = 1; day < max; day++)
		if (s->nth >> day & 1)
			front |= 1ull << count_bits(r->monthday &
			    bits_between(0, day));
	return take_positions(r, g, front, 2, err);
}

static void
add_weekdays(const struct spoken *s, struct rrule *r, uint64_t nth,
    uint64_t nth_back)
{
	int day;

	for (day = MONDAY; day < WEEKDAY_MAX; day++)
		if (s->weekdays >> day & 1) {
			r->nth[day] = nth;
			r->nth_back[day] = nth_back;
		}
}

/* Whether at most one day of each of its periods is meant. */
static bool
one_day(const struct spoken *s)
{
	int nth = count_bits(s->nth) + count_bits(s->nth_back);
	int weekdays = count_bits(s->weekdays), months = count_bits(s->months);

	switch (s->freq) {
	case RRULE_DAILY:
		return true;
	case RRULE_WEEKLY:
		return weekdays <= 1;
	case RRULE_MONTHLY:
		return nth <= 1 && weekdays <= 1;
	default:
		return nth <= 1 && weekdays <= 1 && months <= 1;
	}
}

/* Times that are no full grid are picked from it, on the one day of a
 * period; weekdays of every week can be days of a DAILY rule instead. */
static bool
pick_times(const struct spoken *s, struct rrule *r, const struct grid *g,
    struct err *err)
{
	if (s->freq == RRULE_WEEKLY && s->weekdays != 0 && s->interval == 1)
		r->freq = RRULE_DAILY;
	else if (!one_day(s))
		return two_reminders("these days and times", err);
	return take_positions(r, g, 2, 0, err);
}

/* ---- To a rule --------------------------------------------------------- */

/* A bare "month" or "year" is that of its anchor: from a day on that some
 * months have not got, it is said to mean that day. */
static struct spoken
settle(const struct spoken *said, const struct civil *anchor)
{
	struct spoken s = *said;

	if (has_nth(&s) || s.weekdays != 0 || s.months != 0)
		return s;
	if (s.freq == RRULE_MONTHLY && anchor->day > CLAMP_FROM)
		s.nth = 1ull << anchor->day;
	if (s.freq == RRULE_YEARLY && anchor->month == 2 && anchor->day == 29) {
		s.nth = 1ull << 29;
		s.months = 1u << 2;
	}
	return s;
}

static bool
add_days(const struct spoken *s, struct rrule *r, const struct grid *g,
    struct err *err)
{
	if (!has_nth(s)) {
		add_weekdays(s, r, 1, 0);
		return true;
	}
	switch (s->nth_of) {
	case NTH_DAY:
		r->monthday = (uint32_t)s->nth;
		r->monthday_back = (uint32_t)s->nth_back;
		add_weekdays(s, r, 1, 0);
		return !is_clamped(s) || clamp(s, r, g, err);
	case NTH_WEEKDAY:
		add_weekdays(s, r, s->nth, s->nth_back);
		return true;
	case NTH_WORKDAY:
		break;
	}
	/* Positions in a year's set would count over all its months. */
	if (count_bits(s->months) > 1 && s->interval > 1)
		return two_reminders("such weekdays of several months", err);
	if (count_bits(s->months) > 1)
		r->freq = RRULE_MONTHLY;
	add_weekdays(&(struct spoken){ .weekdays = WORKDAYS }, r, 1, 0);
	return take_positions(r, g, s->nth, s->nth_back, err);
}

static bool
has_positions(const struct rrule *r)
{
	static const struct rrule_set none;

	return memcmp(&r->setpos, &none, sizeof none) != 0 ||
	    memcmp(&r->setpos_back, &none, sizeof none) != 0;
}

static bool
to_rule(const struct spoken *s, struct rrule *r, struct err *err)
{
	struct grid g;

	r->freq = s->freq;
	r->interval = s->interval;
	r->wkst = MONDAY;
	r->month = s->months;
	r->count = s->count;
	r->until_is = s->until_is;
	r->until = s->until;
	if (!make_grid(s, &g, err) || !add_days(s, r, &g, err))
		return false;
	r->hour = (uint32_t)g.hours;
	r->minute = g.minutes;
	if (!g.all && !has_positions(r))
		return pick_times(s, r, &g, err);
	return true;
}

bool
spoken_to_recur(const struct spoken *said, const struct civil *anchor,
    struct recur *out, struct err *err)
{
	struct spoken s;

	memset(out, 0, sizeof *out);
	if (said->after_done) {
		out->kind = RECUR_AFTER_DONE;
		out->months = (int)said->span.months;
		out->days = (int)said->span.days;
		out->seconds = said->span.seconds;
		return true;
	}
	s = settle(said, anchor);
	out->kind = RECUR_RULE;
	return to_rule(&s, &out->rule, err);
}

/* ---- From a rule ------------------------------------------------------- */

/* The positions of days and the picked times that BYSETPOS stands for, when
 * each day has m times. What is no product of the two comes out as more than
 * was meant; the caller's caller finds that out by going the other way. */
static void
split_positions(const struct rrule *r, int m, uint64_t *front, uint64_t *back,
    bool meant[SETPOS_MAX + 1])
{
	int p;

	for (p = 1; p <= SETPOS_MAX; p++) {
		int day = (p - 1) / m + 1, i = (p - 1) % m + 1;

		if (day > 63)
			break;
		if (set_has(&r->setpos, p)) {
			*front |= 1ull << day;
			meant[i] = true;
		}
		if (set_has(&r->setpos_back, p)) {
			*back |= 1ull << day;
			meant[m + 1 - i] = true;
		}
	}
}

static bool
clocks_from(const struct rrule *r, const bool meant[SETPOS_MAX + 1],
    struct spoken *s)
{
	int hour, minute, i = 0;

	for (hour = 0; hour < 24; hour++)
		for (minute = 0; minute < 60; minute++) {
			if (!(r->hour >> hour & 1) ||
			    !(r->minute >> minute & 1) || !meant[++i])
				continue;
			if (s->clocks_n == CLOCKS_MAX)
				return false;
			s->clocks[s->clocks_n++] = (hour * 60 + minute) * 60;
		}
	return true;
}

/* The weekdays of BYDAY, all of which must have the same ordinals. */
static bool
weekdays_from(const struct rrule *r, struct spoken *s)
{
	int day, first = -1;

	for (day = MONDAY; day < WEEKDAY_MAX; day++) {
		if (r->nth[day] == 0 && r->nth_back[day] == 0)
			continue;
		if (first < 0)
			first = day;
		if (r->nth[day] != r->nth[first] ||
		    r->nth_back[day] != r->nth_back[first])
			return false;
		s->weekdays |= 1u << day;
	}
	if (first < 0 || (r->nth[first] == 1 && r->nth_back[first] == 0))
		return true;
	if (r->nth[first] & 1)
		return false;
	s->nth_of = NTH_WEEKDAY;
	s->nth = r->nth[first];
	s->nth_back = r->nth_back[first];
	return true;
}

/* Which days were meant by their positions among those of BYMONTHDAY. */
static void
unclamp(const struct rrule *r, uint64_t front, struct spoken *s)
{
	uint64_t days = r->monthday;
	int p = 0;

	s->nth = 1ull << highest(days);
	for (; days != 0; days &= days - 1)
		if (front >> ++p & 1)
			s->nth |= 1ull << lowest(days);
}

static bool
days_from(const struct rrule *r, uint64_t front, uint64_t back,
    struct spoken *s)
{
	if (!weekdays_from(r, s))
		return false;
	if (r->monthday != 0 || r->monthday_back != 0) {
		if (has_nth(s))
			return false;
		s->nth_of = NTH_DAY;
		s->nth = r->monthday;
		s->nth_back = r->monthday_back;
		if (r->monthday != 0 && back == 2)
			unclamp(r, front, s);
	} else if (s->weekdays == WORKDAYS && !has_nth(s) &&
	    (r->freq == RRULE_MONTHLY || r->freq == RRULE_YEARLY)) {
		s->weekdays = 0;
		s->nth_of = NTH_WORKDAY;
		s->nth = front;
		s->nth_back = back;
	}
	return true;
}

/* What nobody says in words. */
static bool
is_technical(const struct rrule *r)
{
	static const struct rrule_set none;

	return r->second != 0 || r->weekno != 0 || r->weekno_back != 0 ||
	    memcmp(&r->yearday, &none, sizeof none) != 0 ||
	    memcmp(&r->yearday_back, &none, sizeof none) != 0 ||
	    r->wkst != MONDAY || (r->hour == 0) != (r->minute == 0) ||
	    (r->hour != 0 && rrule_subdaily(r)) || r->until_is == UNTIL_UTC;
}

static bool
from_rule(const struct rrule *r, struct spoken *s)
{
	bool meant[SETPOS_MAX + 1] = { false };
	uint64_t front = 0, back = 0;
	int m = r->hour == 0 ? 1 : count_bits(r->hour) * count_bits(r->minute);

	if (is_technical(r) || m > SETPOS_MAX)
		return false;
	s->freq = r->freq;
	s->interval = r->interval;
	s->months = r->month;
	s->count = r->count;
	s->until_is = r->until_is;
	s->until = r->until;
	if (has_positions(r))
		split_positions(r, m, &front, &back, meant);
	else
		memset(meant, true, sizeof meant);
	if (!days_from(r, front, back, s) || !clocks_from(r, meant, s))
		return false;
	if (s->freq == RRULE_DAILY && s->weekdays != 0)
		s->freq = RRULE_WEEKLY;
	if (s->freq == RRULE_YEARLY && s->months == 0 && has_nth(s))
		s->of_year = true;
	/* Days of several months, counted month by month (add_days). */
	if (s->freq == RRULE_MONTHLY && s->months != 0)
		s->freq = RRULE_YEARLY;
	return true;
}

bool
spoken_from_recur(const struct recur *r, struct spoken *out)
{
	memset(out, 0, sizeof *out);
	if (r->kind == RECUR_RULE)
		return from_rule(&r->rule, out);
	out->after_done = true;
	out->span = (struct amount){ .months = r->months, .days = r->days,
	    .seconds = r->seconds };
	return true;
}
