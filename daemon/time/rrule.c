/*
 * Recurrence rules on the wall: see rrule.h; how they are written is in
 * rrule_text.c.
 *
 * FREQ cuts time into periods: years, months, weeks that begin on WKST, days,
 * hours or minutes. They are numbered, and a rule has occurrences in that of
 * its anchor and in every INTERVAL-th from there. A BY part for something as
 * long as the period or longer chooses among the periods (it "limits"), one
 * for something shorter chooses within (it "expands"): the table of RFC 5545
 * section 3.3.10, with its notes, comes to just that, for whatever chooses
 * days must agree on a day. What no part says is as in the anchor.
 *
 * So a period has days, and each of its days has the same times of day: the
 * set of its occurrences is the product of the two, and a place in that set is
 * found by arithmetic. BYSETPOS picks from the set by place.
 *
 * Wall-clock time is counted here in seconds, and in days, from a Monday 400
 * years before the year 1. Then nothing is negative, and a day's weekday is
 * its number modulo 7.
 */
#include <stddef.h>

#include "time/rrule.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

#define YEARS_REPEAT 400	/* after which the calendar is the same */
#define DAYS_REPEAT 146097
#define FIRST_DAY (-719162 - DAYS_REPEAT)	/* from 1970 */
#define NEVER INT64_MAX

/*
 * Months looked at and periods tried in one search among minutes, hours or
 * days, where INTERVAL may pass by what the limits allow for ever. It reaches
 * over 800 years of months, and every minute of the day, whatever INTERVAL up to
 * so many days apart; rules that are met at all are met within some hundred
 * tries.
 */
#define WORK_MAX 10000

/* The times of day of each day (hour, minute) of a period. */
struct clock {
	uint64_t hours, minutes, seconds;
	int an_hour, n;		/* how many in an hour of these, and in all */
};

struct plan {
	struct rrule r;		/* with what the anchor implies */
	int64_t anchor;
	int64_t phase;		/* the number of the anchor's period */
	int64_t last;		/* that of the last period of the year 9999 */
	struct clock clock;
	/* What limits hours and minutes where these are the periods. */
	uint64_t hours_allowed, minutes_allowed;
	/* Which parts there are, from either end. */
	bool by_month, by_weekno, by_yearday, by_monthday, by_day, by_setpos;
	bool nth_of_year;	/* "2MO" is the second of the year */
	int work;		/* left of WORK_MAX */
	/* The last month that was looked at. */
	int64_t month;
	uint32_t month_days;
};

struct period {
	int64_t number;
	int64_t start;		/* in seconds */
	struct rrule_set days;	/* bit n: n days after its first */
	int64_t n;		/* its occurrences, before BYSETPOS */
};

/* -------------------------------------------------------------------- sets */

static bool
set_is_empty(const struct rrule_set *s)
{
	return (s->bits[0] | s->bits[1] | s->bits[2] | s->bits[3] |
	    s->bits[4] | s->bits[5]) == 0;
}

static bool
set_has(const struct rrule_set *s, int n)
{
	return s->bits[n / 64] >> n % 64 & 1;
}

static int
set_count(const struct rrule_set *s)
{
	int i, n = 0;

	for (i = 0; i < 6; i++)
		n += __builtin_popcountll(s->bits[i]);
	return n;
}

/* How many of the bits lie below bit n, 0 <= n < 64. */
static int
bits_below(uint64_t bits, int n)
{
	return __builtin_popcountll(bits & (((uint64_t)1 << n) - 1));
}

/* The n-th bit that is set, from 0; there are more than n. */
static int
bits_nth(uint64_t bits, int n)
{
	for (; n > 0; n--)
		bits &= bits - 1;
	return __builtin_ctzll(bits);
}

/* The first bit that is set from bit n on, 0 <= n < 64; or -1. */
static int
bits_from(uint64_t bits, int n)
{
	bits &= ~(uint64_t)0 << n;
	return bits == 0 ? -1 : __builtin_ctzll(bits);
}

static int
set_below(const struct rrule_set *s, int n)
{
	int i, below = 0;

	for (i = 0; i < n / 64; i++)
		below += __builtin_popcountll(s->bits[i]);
	return below + bits_below(s->bits[n / 64], n % 64);
}

static int
set_nth(const struct rrule_set *s, int n)
{
	int i = 0, here;

	while ((here = __builtin_popcountll(s->bits[i])) <= n) {
		n -= here;
		i++;
	}
	return i * 64 + bits_nth(s->bits[i], n);
}

/* The smallest number in the set that is >= n, or -1. */
static int
set_from(const struct rrule_set *s, int n)
{
	int i, bit;

	for (i = n / 64; i < 6; i++, n = 0) {
		bit = bits_from(s->bits[i], n % 64);
		if (bit >= 0)
			return i * 64 + bit;
	}
	return -1;
}

/* The largest number in the set that is <= n, or -1. */
static int
set_up_to(const struct rrule_set *s, int n)
{
	int below = set_below(s, n) + set_has(s, n);

	return below == 0 ? -1 : set_nth(s, below - 1);
}

/* -------------------------------------------------------- days and seconds */

static int64_t
to_seconds(const struct civil *c)
{
	return civil_seconds(c) - (int64_t)FIRST_DAY * DAY;
}

static struct civil
from_seconds(int64_t seconds)
{
	return civil_from_seconds(seconds + (int64_t)FIRST_DAY * DAY);
}

static int64_t
day_of(int year, int month, int day)
{
	struct civil c = { .year = year, .month = month, .day = day };

	return civil_days(&c) - FIRST_DAY;
}

static void
date_of(int64_t day, struct civil *out)
{
	civil_from_days(day + FIRST_DAY, out);
}

/* Months are numbered from January of the year 0. */
static int64_t
month_number(const struct civil *c)
{
	return (int64_t)c->year * 12 + c->month - 1;
}

/* The first day of the week that the day lies in. */
static int64_t
week_start(const struct plan *plan, int64_t day)
{
	return day - (day % 7 - (int)plan->r.wkst + 7) % 7;
}

/* ------------------------------------------- the days that the parts choose */

/* A month, for the functions that say which of its days a part chooses: bit n
 * is its n-th. Bits beyond its length are no harm. */
struct month {
	int year;
	int64_t first, year_first;	/* days */
	int len, year_len;
};

static uint32_t
by_monthday(const struct rrule *r, const struct month *m)
{
	uint32_t days = r->monthday, back;

	for (back = r->monthday_back; back != 0; back &= back - 1) {
		int day = m->len + 1 - __builtin_ctz(back);

		if (day >= 1)
			days |= (uint32_t)1 << day;
	}
	return days;
}

static uint32_t
by_yearday(const struct rrule *r, const struct month *m)
{
	uint32_t days = 0;
	int day;

	for (day = 1; day <= m->len; day++) {
		int n = (int)(m->first - m->year_first) + day;

		if (set_has(&r->yearday, n) ||
		    set_has(&r->yearday_back, m->year_len + 1 - n))
			days |= (uint32_t)1 << day;
	}
	return days;
}

/* Every one of a weekday, or the n-th of the month or year from either end. */
static uint32_t
by_day(const struct plan *plan, const struct month *m)
{
	int scope_before = plan->nth_of_year ? (int)(m->first - m->year_first)
	    : 0;
	int scope_len = plan->nth_of_year ? m->year_len : m->len;
	uint32_t days = 0;
	int weekday, day;

	for (weekday = MONDAY; weekday < WEEKDAY_MAX; weekday++) {
		uint64_t nth = plan->r.nth[weekday];
		uint64_t nth_back = plan->r.nth_back[weekday];

		if (nth == 0 && nth_back == 0)
			continue;
		day = 1 + (weekday - (int)(m->first % 7) + 7) % 7;
		for (; day <= m->len; day += 7) {
			int before = scope_before + day - 1;
			int behind = scope_len - 1 - before;

			if (nth & 1 || nth >> (before / 7 + 1) & 1 ||
			    nth_back >> (behind / 7 + 1) & 1)
				days |= (uint32_t)1 << day;
		}
	}
	return days;
}

/* Week 1 is the first with at least four days in the year: that of 4 January,
 * wherever weeks begin. */
static int64_t
week_one(const struct plan *plan, int year)
{
	return week_start(plan, day_of(year, 1, 4));
}

/* For the same reason a week is of the year that its fourth day lies in. The
 * week has a day in the month. */
static bool
week_chosen(const struct plan *plan, const struct month *m, int64_t week)
{
	int64_t fourth = week + 3 - m->year_first;
	int year = m->year + (fourth >= m->year_len) - (fourth < 0);
	int64_t n = (week - week_one(plan, year)) / 7 + 1;
	int64_t back = (week_one(plan, year + 1) - week) / 7;

	return (plan->r.weekno >> n & 1) || (plan->r.weekno_back >> back & 1);
}

/*
 * Of the days given, those in the chosen weeks. Where a week lies in two
 * years its days are those of the year they lie in: a period is a calendar
 * year.
 */
static uint32_t
by_weekno(const struct plan *plan, const struct month *m, uint32_t days)
{
	int64_t week = week_start(plan, m->first);
	uint32_t chosen = 0;

	for (; week < m->first + m->len; week += 7) {
		/* Its first days may lie before the month: they are what the
		 * shift back drops. */
		uint32_t here = (uint32_t)
		    ((uint64_t)0x7f << (week - m->first + 7) >> 6) & days;

		if (here != 0 && week_chosen(plan, m, week))
			chosen |= here;
	}
	return chosen;
}

static uint32_t
choose_days(const struct plan *plan, int year, int month)
{
	const struct rrule *r = &plan->r;
	struct month m = { .year = year };
	uint32_t days;

	if (plan->by_month && !(r->month >> month & 1))
		return 0;
	m.len = civil_month_days(year, month);
	m.first = day_of(year, month, 1);
	m.year_first = day_of(year, 1, 1);
	m.year_len = civil_leap_year(year) ? 366 : 365;
	days = (((uint32_t)1 << m.len) - 1) << 1;
	if (plan->by_monthday)
		days &= by_monthday(r, &m);
	if (plan->by_yearday)
		days &= by_yearday(r, &m);
	if (plan->by_day && days != 0)
		days &= by_day(plan, &m);
	if (plan->by_weekno)
		days = by_weekno(plan, &m, days);
	return days;
}

/* The same by the number of the month; the last answer is kept. */
static uint32_t
days_of_month(struct plan *plan, int64_t month)
{
	if (month != plan->month) {
		plan->month = month;
		plan->month_days = choose_days(plan, (int)(month / 12),
		    (int)(month % 12) + 1);
		plan->work--;
	}
	return plan->month_days;
}

/* The chosen ones of n days from one on; bit 0 is that day. */
static void
days_of_span(struct plan *plan, int64_t first, int n, struct rrule_set *out)
{
	struct civil c;
	int64_t month;
	int at = 0, skip;

	date_of(first, &c);
	month = month_number(&c);
	*out = (struct rrule_set){0};
	for (skip = c.day; at < n; month++, skip = 1) {
		uint64_t days = days_of_month(plan, month) >> skip;
		int len = civil_month_days((int)(month / 12),
		    (int)(month % 12) + 1) - skip + 1;

		if (len > n - at)
			len = n - at;
		days &= ((uint64_t)1 << len) - 1;
		out->bits[at / 64] |= days << at % 64;
		if (at % 64 + len > 64)
			out->bits[at / 64 + 1] |= days >> (64 - at % 64);
		at += len;
	}
}

/* The first chosen day from one on; NEVER when 400 years have none. */
static int64_t
next_day(struct plan *plan, int64_t day)
{
	struct civil c;
	int64_t month, last;
	uint32_t days;

	if (!plan->by_month && !plan->by_yearday && !plan->by_monthday &&
	    !plan->by_day)
		return day;
	date_of(day, &c);
	month = month_number(&c);
	last = month + YEARS_REPEAT * 12;
	days = days_of_month(plan, month) >> c.day << c.day;
	while (days == 0) {
		if (month == last || plan->work <= 0)
			return NEVER;
		days = days_of_month(plan, ++month);
	}
	return day_of((int)(month / 12), (int)(month % 12) + 1,
	    __builtin_ctz(days));
}

/* ------------------------------------------------------------- times of day */

static struct clock
make_clock(uint64_t hours, uint64_t minutes, uint64_t seconds)
{
	struct clock c = { .hours = hours, .minutes = minutes,
		.seconds = seconds };

	c.an_hour = __builtin_popcountll(minutes) *
	    __builtin_popcountll(seconds);
	c.n = __builtin_popcountll(hours) * c.an_hour;
	return c;
}

/* How many of the times lie before one, in seconds after midnight. */
static int
clock_before(const struct clock *c, int time)
{
	int hour = time / HOUR, minute = time % HOUR / MINUTE;
	int before = bits_below(c->hours, hour) * c->an_hour;

	if (!(c->hours >> hour & 1))
		return before;
	before += bits_below(c->minutes, minute) *
	    __builtin_popcountll(c->seconds);
	if (!(c->minutes >> minute & 1))
		return before;
	return before + bits_below(c->seconds, time % MINUTE);
}

static int
clock_nth(const struct clock *c, int n)
{
	int a_minute = __builtin_popcountll(c->seconds);

	return bits_nth(c->hours, n / c->an_hour) * HOUR +
	    bits_nth(c->minutes, n % c->an_hour / a_minute) * MINUTE +
	    bits_nth(c->seconds, n % a_minute);
}

/* ----------------------------------------------------------------- periods */

/* Minutes, hours and days have one length, and what limits them can be leapt
 * over; 0 for the others. */
static int
unit_of(const struct plan *plan)
{
	static const int units[RRULE_FREQ_MAX] = {
		[RRULE_MINUTELY] = MINUTE, [RRULE_HOURLY] = HOUR,
		[RRULE_DAILY] = DAY,
	};

	return units[plan->r.freq];
}

/* The number of the period that a time lies in. */
static int64_t
period_at(const struct plan *plan, int64_t seconds)
{
	struct civil c;

	switch (plan->r.freq) {
	case RRULE_WEEKLY:
		return (seconds / DAY - (int)plan->r.wkst) / 7;
	case RRULE_MONTHLY:
		c = from_seconds(seconds);
		return month_number(&c);
	case RRULE_YEARLY:
		return from_seconds(seconds).year;
	default:
		return seconds / unit_of(plan);
	}
}

static void
fill(struct plan *plan, struct period *p)
{
	int year, month;

	switch (plan->r.freq) {
	case RRULE_WEEKLY:
		p->start = p->number * 7 + (int)plan->r.wkst;
		days_of_span(plan, p->start, 7, &p->days);
		p->start *= DAY;
		break;
	case RRULE_MONTHLY:
		year = (int)(p->number / 12);
		month = (int)(p->number % 12) + 1;
		p->start = day_of(year, month, 1) * DAY;
		p->days = (struct rrule_set){
			{ days_of_month(plan, p->number) >> 1 }
		};
		break;
	case RRULE_YEARLY:
		year = (int)p->number;
		p->start = day_of(year, 1, 1);
		days_of_span(plan, p->start, civil_leap_year(year) ? 366 : 365,
		    &p->days);
		p->start *= DAY;
		break;
	default:
		p->start = p->number * unit_of(plan);
		p->days = (struct rrule_set){ { 1 } };
		break;
	}
	p->n = (int64_t)set_count(&p->days) * plan->clock.n;
}

/* How many occurrences of its set lie before a time that is not beyond its
 * end. */
static int64_t
places_before(const struct plan *plan, const struct period *p,
    int64_t seconds)
{
	int64_t before;
	int day;

	if (seconds <= p->start)
		return 0;
	day = (int)((seconds - p->start) / DAY);
	before = (int64_t)set_below(&p->days, day) * plan->clock.n;
	if (set_has(&p->days, day))
		before += clock_before(&plan->clock,
		    (int)((seconds - p->start) % DAY));
	return before;
}

static int64_t
time_at_place(const struct plan *plan, const struct period *p, int64_t place)
{
	int day = set_nth(&p->days, (int)(place / plan->clock.n));

	return p->start + (int64_t)day * DAY +
	    clock_nth(&plan->clock, (int)(place % plan->clock.n));
}

/* The first place from one on that BYSETPOS picks, or all are; -1: none. */
static int64_t
pick(const struct plan *plan, const struct period *p, int64_t place)
{
	int64_t left = p->n - place, found = -1;
	int n;

	if (left <= 0)
		return -1;
	if (!plan->by_setpos)
		return place;
	/* Place i is the (i + 1)th from the front and (n - i)th from the
	 * back, which may meet in one. */
	n = place >= 366 ? -1 : set_from(&plan->r.setpos, (int)place + 1);
	if (n > 0 && n <= p->n)
		found = n - 1;
	n = set_up_to(&plan->r.setpos_back, left > 366 ? 366 : (int)left);
	if (n > 0 && (found < 0 || p->n - n < found))
		found = p->n - n;
	return found;
}

/* --------------------------------------------------------------- searching */

/* The first period from one on that lies a whole number of INTERVALs from the
 * anchor's. */
static int64_t
in_phase(const struct plan *plan, int64_t number)
{
	int64_t ahead = (number - plan->phase) % plan->r.interval;

	return ahead == 0 ? number : number + plan->r.interval - ahead;
}

/* The first time from the beginning of a minute, hour or day on that the
 * limits allow; such a beginning too. Or NEVER. */
static int64_t
allowed_from(struct plan *plan, int64_t seconds)
{
	for (;;) {
		int64_t day = next_day(plan, seconds / DAY);
		int hour, minute;

		if (day == NEVER)
			return NEVER;
		if (day > seconds / DAY)
			seconds = day * DAY;
		hour = bits_from(plan->hours_allowed,
		    (int)(seconds % DAY / HOUR));
		if (hour < 0) {
			seconds = (day + 1) * DAY;
			continue;
		}
		if (hour > seconds % DAY / HOUR)
			seconds = day * DAY + hour * HOUR;
		minute = bits_from(plan->minutes_allowed,
		    (int)(seconds % HOUR / MINUTE));
		if (minute >= 0)
			return day * DAY + hour * HOUR + minute * MINUTE;
		seconds = day * DAY + (hour + 1) * HOUR;
	}
}

/* Among minutes, hours or days: leap to what the limits allow, from there to
 * what INTERVAL allows, until they agree. */
static bool
leap(struct plan *plan, int64_t *number)
{
	int unit = unit_of(plan);

	for (plan->work = WORK_MAX; plan->work > 0; plan->work--) {
		int64_t seconds = allowed_from(plan, *number * unit);

		if (seconds == NEVER)
			return false;
		*number = in_phase(plan, seconds / unit);
		if (*number == seconds / unit)
			return true;
	}
	return false;
}

static int64_t
greatest_divisor(int64_t a, int64_t b)
{
	return b == 0 ? a : greatest_divisor(b, a % b);
}

/* How many periods INTERVAL leaves until the calendar and its phase are both
 * as they were: when so many have nothing, none has. */
static int64_t
periods_repeat(const struct plan *plan)
{
	static const int64_t repeat[RRULE_FREQ_MAX] = {
		[RRULE_WEEKLY] = DAYS_REPEAT / 7,
		[RRULE_MONTHLY] = YEARS_REPEAT * 12,
		[RRULE_YEARLY] = YEARS_REPEAT,
	};
	int64_t all = repeat[plan->r.freq];

	return all / greatest_divisor(all, plan->r.interval);
}

/* Fill p with the first period from p->number on, which is in phase, that has
 * an occurrence. False: there is none until the year 9999. */
static bool
next_period(struct plan *plan, struct period *p)
{
	int64_t left;

	if (unit_of(plan) != 0) {
		if (p->number > plan->last || !leap(plan, &p->number) ||
		    p->number > plan->last)
			return false;
		fill(plan, p);
		return pick(plan, p, 0) >= 0;
	}
	for (left = periods_repeat(plan); left > 0 && p->number <= plan->last;
	    left--, p->number += plan->r.interval) {
		fill(plan, p);
		if (pick(plan, p, 0) >= 0)
			return true;
	}
	return false;
}

/* The first occurrence at or after a time; NEVER. */
static int64_t
first_from(struct plan *plan, int64_t seconds)
{
	struct period p = {
		.number = in_phase(plan, period_at(plan, seconds))
	};

	/* All of the first may lie before that time, of the next nothing. */
	for (; next_period(plan, &p); p.number += plan->r.interval) {
		int64_t place = pick(plan, &p,
		    places_before(plan, &p, seconds));

		if (place >= 0)
			return time_at_place(plan, &p, place);
	}
	return NEVER;
}

/* Take *left occurrences of a period, from a place on. Returns the place of
 * the last of them; or -1 with *left lowered, when there are not so many. */
static int64_t
count_off(const struct plan *plan, const struct period *p, int64_t place,
    int *left)
{
	if (!plan->by_setpos) {
		if (p->n - place >= *left)
			return place + *left - 1;
		*left -= (int)(p->n - place);
		return -1;
	}
	for (place = pick(plan, p, place); place >= 0;
	    place = pick(plan, p, place + 1))
		if (--*left == 0)
			return place;
	return -1;
}

/* The last occurrence by COUNT, if it is not in a period that begins after
 * the bound; else NEVER. */
static int64_t
last_by_count(struct plan *plan, int64_t bound)
{
	struct period p = { .number = plan->phase };
	int left = plan->r.count;

	for (; next_period(plan, &p) && p.start <= bound;
	    p.number += plan->r.interval) {
		int64_t place = count_off(plan, &p,
		    places_before(plan, &p, plan->anchor), &left);

		if (place >= 0)
			return time_at_place(plan, &p, place);
	}
	return NEVER;
}

/* ------------------------------------------------- what the anchor implies */

static bool
has_by_day(const struct rrule *r)
{
	uint64_t any = 0;
	int day;

	for (day = MONDAY; day < WEEKDAY_MAX; day++)
		any |= r->nth[day] | r->nth_back[day];
	return any != 0;
}

static void
find_parts(struct plan *plan)
{
	const struct rrule *r = &plan->r;

	plan->by_month = r->month != 0;
	plan->by_weekno = (r->weekno | r->weekno_back) != 0;
	plan->by_yearday = !set_is_empty(&r->yearday) ||
	    !set_is_empty(&r->yearday_back);
	plan->by_monthday = (r->monthday | r->monthday_back) != 0;
	plan->by_day = has_by_day(r);
	plan->by_setpos = !set_is_empty(&r->setpos) ||
	    !set_is_empty(&r->setpos_back);
	plan->nth_of_year = r->freq == RRULE_YEARLY && !plan->by_month;
}

/*
 * "Information that is necessary … is derived from DTSTART": the day, where
 * weeks, months or years are the periods and no part chooses days. A rule that
 * chooses weeks only, BYWEEKNO=20, means the anchor's weekday in them, as
 * FREQ=WEEKLY does.
 */
static void
imply_day(struct plan *plan, const struct civil *anchor)
{
	struct rrule *r = &plan->r;

	if (plan->by_day || plan->by_monthday || plan->by_yearday ||
	    r->freq < RRULE_WEEKLY)
		return;
	if (r->freq == RRULE_WEEKLY || plan->by_weekno) {
		r->nth[civil_weekday(anchor)] = 1;
		plan->by_day = true;
		return;
	}
	r->monthday = (uint32_t)1 << anchor->day;
	plan->by_monthday = true;
	if (r->freq == RRULE_YEARLY && !plan->by_month) {
		r->month = (uint32_t)1 << anchor->month;
		plan->by_month = true;
	}
}

/* The time of day: parts that expand, else the anchor's; what limits instead
 * allows all when it is not there. */
static void
imply_clock(struct plan *plan, const struct civil *anchor)
{
	const struct rrule *r = &plan->r;
	uint64_t hours = 1, minutes = 1, seconds;

	plan->hours_allowed = plan->minutes_allowed = ~(uint64_t)0;
	if (r->freq >= RRULE_DAILY)
		hours = r->hour != 0 ? r->hour : (uint64_t)1 << anchor->hour;
	else if (r->hour != 0)
		plan->hours_allowed = r->hour;
	if (r->freq >= RRULE_HOURLY)
		minutes = r->minute != 0 ? r->minute
		    : (uint64_t)1 << anchor->minute;
	else if (r->minute != 0)
		plan->minutes_allowed = r->minute;
	seconds = r->second != 0 ? r->second : (uint64_t)1 << anchor->second;
	plan->clock = make_clock(hours, minutes, seconds);
}

static void
make_plan(struct plan *plan, const struct rrule *r,
    const struct civil *anchor)
{
	static const struct civil end = { 9999, 12, 31, 23, 59, 59 };

	plan->r = *r;
	plan->anchor = to_seconds(anchor);
	plan->month = -1;
	plan->work = WORK_MAX;
	find_parts(plan);
	imply_day(plan, anchor);
	imply_clock(plan, anchor);
	plan->phase = period_at(plan, plan->anchor);
	plan->last = period_at(plan, to_seconds(&end));
}

/* ------------------------------------------------------------------ answers */

enum rrule_found
rrule_next(const struct rrule *r, const struct civil *anchor,
    const struct civil *after, struct civil *out)
{
	struct plan plan;
	struct civil found;
	int64_t from, at;

	make_plan(&plan, r, anchor);
	from = plan.anchor;
	if (after != NULL && to_seconds(after) >= from)
		from = to_seconds(after) + 1;
	at = first_from(&plan, from);
	if (at == NEVER)
		return RRULE_NEVER;
	found = from_seconds(at);
	if (found.year > 9999)	/* at the end of its last week */
		return RRULE_NEVER;
	if ((r->until_is == UNTIL_DATE || r->until_is == UNTIL_WALL) &&
	    civil_compare(&found, &r->until) > 0)
		return RRULE_ENDED;
	if (r->count != 0 && last_by_count(&plan, at) < at)
		return RRULE_ENDED;
	*out = found;
	return RRULE_FOUND;
}

bool
rrule_last(const struct rrule *r, const struct civil *anchor,
    const struct civil *bound, struct civil *out)
{
	struct plan plan;
	int64_t last;

	if (r->count == 0)
		return false;
	make_plan(&plan, r, anchor);
	last = last_by_count(&plan, to_seconds(bound));
	if (last == NEVER || last > to_seconds(bound))
		return false;
	*out = from_seconds(last);
	return true;
}

bool
rrule_subdaily(const struct rrule *r)
{
	return r->freq < RRULE_DAILY;
}
