/* Words to a moment: see when.h. What is said is read by reading.c; here it
 * meets the clock, the calendar and the zone. */
#include <stdio.h>
#include <string.h>

#include "time/reading.h"
#include "time/when.h"

#define DAY 86400
#define LAST_SECOND (DAY - 1)

/* The rule looks at this many days: enough for 29 February, which is eight
 * years apart around 1900 and 2100. */
#define SEARCH_DAYS (9 * 366)

/* More than any shift that stays before the year 10000. */
#define MONTHS_MAX (9999 * 12)
#define DAYS_MAX (9999 * 366)

const struct hours hours_default = {
	.morning = 9 * 60, .evening = 18 * 60, .tonight = 20 * 60,
	.eod = 17 * 60,
};

/* All that turns a reading into a moment. */
struct resolver {
	char phrase[QUOTE_TEXT];	/* as quoted in messages */
	int64_t now;
	struct civil today;		/* the wall clock at now */
	const struct zone *zone;
	const struct hours *hours;
	unsigned flags;
	struct reading r;
	struct err *err;
};

/* Days since 1970, both included. */
struct window {
	int64_t first, last;
};

static bool
has(const struct resolver *v, unsigned fields)
{
	return (v->r.given & fields) != 0;
}

static bool
too_far(struct resolver *v)
{
	return err_set(v->err, ERR_IMPOSSIBLE,
	    "\"%s\" lies after the year 9999", v->phrase);
}

static bool
too_early(struct resolver *v)
{
	return err_set(v->err, ERR_IMPOSSIBLE,
	    "\"%s\" lies before the year 1", v->phrase);
}

static bool
within_years(struct resolver *v, const struct civil *c)
{
	if (c->year > 9999)
		return too_far(v);
	return c->year >= 1 || too_early(v);
}

/* ---- The wall clock ---------------------------------------------------- */

static struct civil
at_clock(int64_t day, int clock)
{
	return civil_from_seconds(day * DAY + clock);
}

static void
set_wall(struct when *w, const struct zone *z, const struct civil *c)
{
	w->asked = *c;
	w->epoch = zone_instant(z, c, &w->fit);
	w->local = zone_civil(z, w->epoch);
	w->floating = true;
}

static void
set_instant(struct when *w, const struct zone *z, int64_t epoch)
{
	w->epoch = epoch;
	w->local = w->asked = zone_civil(z, epoch);
	w->fit = ZONE_EXACT;
	w->floating = false;
}

/* ---- The time of day --------------------------------------------------- */

/* "today", "tonight", "this evening", "eod" never leave today. */
static bool
is_today(const struct resolver *v)
{
	return has(v, FIELD_SCOPE) && v->r.scope == SCOPE_DAY &&
	    v->r.shift == 0;
}

/* The morning; but a day that something is due by, or that is listed up to,
 * counts to its end, and "today" is later in the day its eod. */
static int
missing_clock(const struct resolver *v)
{
	int now_clock = v->today.hour * 60 + v->today.minute;

	if (has(v, FIELD_BY))
		return v->hours->eod * 60;
	if (v->flags & WHEN_UNTIL)
		return LAST_SECOND;
	if (is_today(v) && !(v->flags & WHEN_PAST) &&
	    now_clock >= v->hours->morning)
		return v->hours->eod * 60;
	return v->hours->morning * 60;
}

/* Whether it is the configuration that says the time of day. "tonight" names
 * one; "in 3 days" is now's. */
static bool
clock_filled_in(const struct resolver *v)
{
	return !has(v, FIELD_CLOCK | FIELD_PART) &&
	    (has(v, FIELD_BY) || !has(v, FIELD_AMOUNT));
}

static int
clock_of(const struct resolver *v)
{
	if (has(v, FIELD_CLOCK))
		return v->r.clock;
	if (!has(v, FIELD_PART))
		return missing_clock(v);
	switch (v->r.part) {
	case PART_MORNING:
		return v->hours->morning * 60;
	case PART_EVENING:
		return v->hours->evening * 60;
	case PART_NIGHT:
		return v->hours->tonight * 60;
	case PART_EOD:
		return v->hours->eod * 60;
	case PART_AFTERNOON:	/* has a clock time with it */
		break;
	}
	return missing_clock(v);
}

/* ---- The day ----------------------------------------------------------- */

static struct window
scope_window(const struct resolver *v)
{
	struct civil c = v->today;
	int64_t today = civil_days(&c), monday;

	switch (v->r.scope) {
	case SCOPE_DAY:
		return (struct window){ today + v->r.shift,
		    today + v->r.shift };
	case SCOPE_WEEK:
		monday = today - (int64_t)civil_weekday(&c) + 7 * v->r.shift;
		return (struct window){ monday, monday + 6 };
	case SCOPE_MONTH:
		c.day = 1;
		c = civil_add_months(c, v->r.shift);
		today = civil_days(&c);
		return (struct window){ today,
		    today + civil_month_days(c.year, c.month) - 1 };
	case SCOPE_YEAR:
		break;
	}
	c = (struct civil){ .year = c.year + v->r.shift, .month = 1, .day = 1 };
	today = civil_days(&c);
	return (struct window){ today, today + 364 + civil_leap_year(c.year) };
}

/* The days among which the phrase has its own. */
static struct window
window_of(const struct resolver *v)
{
	int64_t today = civil_days(&v->today);
	struct window w = { today, today + SEARCH_DAYS };

	if (v->flags & WHEN_PAST)
		w.first = today - SEARCH_DAYS;
	if (has(v, FIELD_SCOPE))
		w = scope_window(v);
	if (has(v, FIELD_YEAR)) {
		struct civil c = { .year = v->r.year, .month = 1, .day = 1 };
		int64_t first = civil_days(&c);
		int64_t last = first + 364 + civil_leap_year(c.year);

		if (!has(v, FIELD_SCOPE))
			return (struct window){ first, last };
		w.first = w.first > first ? w.first : first;
		w.last = w.last < last ? w.last : last;
	}
	return w;
}

/* A weekday next to a day and month only confirms them: it is not searched
 * for, but checked. */
static bool
names_date(const struct resolver *v)
{
	return (has(v, FIELD_MONTH) && has(v, FIELD_DAY)) ||
	    (has(v, FIELD_SCOPE) && v->r.scope == SCOPE_DAY);
}

/* Which of its month's weekdays of this name a day is, from either end. */
static bool
matches_nth(const struct resolver *v, const struct civil *c)
{
	int last = civil_month_days(c->year, c->month);

	return v->r.nth > 0 ? (c->day + 6) / 7 == v->r.nth
	    : (last - c->day + 7) / 7 == -v->r.nth;
}

static bool
matches(const struct resolver *v, const struct civil *c)
{
	int day = v->r.day == DAY_LAST ? civil_month_days(c->year, c->month)
	    : v->r.day;

	if (has(v, FIELD_NTH) && !matches_nth(v, c))
		return false;
	return (!has(v, FIELD_MONTH) || c->month == v->r.month) &&
	    (!has(v, FIELD_DAY) || c->day == day) &&
	    (!has(v, FIELD_WEEKDAY) || names_date(v) ||
	    (int)civil_weekday(c) == v->r.weekday);
}

/* A day and month that is today's never means next year's, nor does the last
 * day of the month mean the next month's. */
static bool
stays_today(const struct resolver *v)
{
	return !has(v, FIELD_YEAR | FIELD_SCOPE) && has(v, FIELD_DAY) &&
	    (has(v, FIELD_MONTH) || v->r.day == DAY_LAST);
}

static bool
refuse_past(struct resolver *v, const struct when *w)
{
	char then[WHEN_TEXT], now[WHEN_TEXT], instead[64];

	if (is_today(v))
		snprintf(instead, sizeof instead, "say a later time, or "
		    "\"tomorrow\"");
	else if (has(v, FIELD_SCOPE) && v->r.scope == SCOPE_WEEK &&
	    v->r.shift == 0 && has(v, FIELD_WEEKDAY))
		snprintf(instead, sizeof instead, "say \"next %s\"",
		    weekday_long[v->r.weekday]);
	else if (stays_today(v))
		snprintf(instead, sizeof instead, "say a later time, or add "
		    "the year");
	else
		snprintf(instead, sizeof instead, "say a time to come");
	return err_set(v->err, ERR_IMPOSSIBLE, "\"%s\" has passed: it would "
	    "be %s, and it is %s now; %s", v->phrase,
	    when_format(w->epoch, v->zone, then),
	    when_format(v->now, v->zone, now), instead);
}

static bool
refuse_no_day(struct resolver *v)
{
	if (has(v, FIELD_DAY) && has(v, FIELD_SCOPE) &&
	    v->r.scope == SCOPE_MONTH) {
		struct civil c = civil_add_months(v->today, v->r.shift);

		return err_set(v->err, ERR_IMPOSSIBLE, "\"%s\": %s %d has %d "
		    "days", v->phrase, month_long[c.month], c.year,
		    civil_month_days(c.year, c.month));
	}
	return err_set(v->err, ERR_IMPOSSIBLE,
	    "\"%s\": there is no such day", v->phrase);
}

static bool
weekday_confirmed(struct resolver *v, const struct civil *c)
{
	enum weekday is = civil_weekday(c);

	if (!has(v, FIELD_WEEKDAY) || !names_date(v) ||
	    (int)is == v->r.weekday)
		return true;
	return err_set(v->err, ERR_NOT_UNDERSTOOD,
	    "\"%s\": %d %s %d is a %s, not a %s: which of the two is meant?",
	    v->phrase, c->day, month_short[c->month], c->year,
	    weekday_long[is], weekday_long[v->r.weekday]);
}

/*
 * The rule: of the days in the window that match, the first whose moment lies
 * in the future. zone_instant takes the first of two equal wall-clock times,
 * so a time in the fold that has passed goes on to the next matching day.
 */
static bool
find_day(struct resolver *v, struct when *w)
{
	struct window days = window_of(v);
	int64_t today = civil_days(&v->today), day;
	int clock = clock_of(v);
	bool passed = false;

	for (day = days.first; day <= days.last; day++) {
		struct civil c = at_clock(day, clock);

		if (c.year > 9999)
			return too_far(v);
		if (!matches(v, &c))
			continue;
		if (!weekday_confirmed(v, &c))
			return false;
		set_wall(w, v->zone, &c);
		if (w->epoch > v->now)
			return true;
		passed = true;
		if (day == today && stays_today(v))
			break;
	}
	return passed ? refuse_past(v, w) : refuse_no_day(v);
}

/* The same looking back, for what has happened: the latest moment that is not
 * in the future; a day in the window that is still to come will do too. */
static bool
find_past_day(struct resolver *v, struct when *w)
{
	struct window days = window_of(v);
	int64_t today = civil_days(&v->today), day;
	int64_t last = days.last;
	int clock = clock_of(v);

	if (!has(v, FIELD_SCOPE | FIELD_YEAR))
		last = today;
	for (day = last; day >= days.first; day--) {
		struct civil c = at_clock(day, clock);

		if (c.year < 1 || c.year > 9999 || !matches(v, &c))
			continue;
		set_wall(w, v->zone, &c);
		if (w->epoch > v->now && day == today &&
		    !has(v, FIELD_CLOCK | FIELD_PART))
			set_wall(w, v->zone, &v->today);
		if (w->epoch <= v->now || has(v, FIELD_SCOPE | FIELD_YEAR))
			return weekday_confirmed(v, &c);
	}
	return refuse_no_day(v);
}

/* ---- From now ---------------------------------------------------------- */

/* The wall clock that is so many months and days away. */
static bool
move_wall(struct resolver *v, const struct amount *a, const struct civil *from,
    struct civil *out)
{
	if (a->months > MONTHS_MAX || a->days > DAYS_MAX ||
	    a->seconds > DAYS_MAX * (int64_t)DAY)
		return too_far(v);
	if (a->months < -MONTHS_MAX || a->days < -DAYS_MAX ||
	    a->seconds < -DAYS_MAX * (int64_t)DAY)
		return too_early(v);
	*out = civil_add_days(civil_add_months(*from, a->months), a->days);
	return within_years(v, out);
}

/*
 * Months and days move the wall clock, hours and minutes the instant. With a
 * time of day, or with "by", the days lead to that day and the time is taken
 * on it.
 */
static bool
add_amount(struct resolver *v, struct when *w)
{
	const struct amount *a = &v->r.amount;
	struct civil c;

	if (a->seconds == 0 && a->days == 0 && a->months == 0 &&
	    !(v->flags & WHEN_PAST))
		return err_set(v->err, ERR_IMPOSSIBLE, "\"%s\" is no time to "
		    "come: say \"1m\" or more", v->phrase);
	if (!move_wall(v, a, &v->today, &c))
		return false;
	if (has(v, FIELD_CLOCK | FIELD_PART | FIELD_BY))
		c = at_clock(civil_days(&c), clock_of(v));
	set_wall(w, v->zone, &c);
	if (a->months == 0 && a->days == 0)
		w->epoch = v->now;	/* not the first one of a fold */
	if (a->seconds != 0)
		set_instant(w, v->zone, w->epoch + a->seconds);
	if (!within_years(v, &w->local))
		return false;
	return w->epoch > v->now || v->flags & WHEN_PAST || refuse_past(v, w);
}

/* "a week from friday", "noon + 30 minutes": on from the moment that the rest
 * of the phrase names. */
static bool
shift(struct resolver *v, struct when *w)
{
	const struct amount *a = &v->r.shift_by;
	struct civil c;

	if (!move_wall(v, a, &w->asked, &c))
		return false;
	set_wall(w, v->zone, &c);
	if (a->seconds != 0) {
		set_instant(w, v->zone, w->epoch + a->seconds);
		w->floating = true;
	}
	if (!within_years(v, &w->local))
		return false;
	return w->epoch > v->now || v->flags & WHEN_PAST || refuse_past(v, w);
}

/* A full date and time with an offset is an instant by itself. */
static bool
take_instant(struct resolver *v, struct when *w)
{
	struct civil c = { .year = v->r.year, .month = v->r.month,
	    .day = v->r.day, .hour = v->r.clock / 3600,
	    .minute = v->r.clock / 60 % 60, .second = v->r.clock % 60 };

	set_instant(w, v->zone, civil_seconds(&c) - v->r.offset);
	if (!within_years(v, &w->local) || !weekday_confirmed(v, &c))
		return false;
	return w->epoch > v->now || v->flags & WHEN_PAST || refuse_past(v, w);
}

/* ---- The answer -------------------------------------------------------- */

/* "by thu" rings on a morning, so that the day can be used; when that has
 * passed, or the time is earlier than it, an hour before; when that has passed
 * too, when it is due. */
static int64_t
ring_before(int64_t due, int64_t morning, int64_t now)
{
	if (morning > now && morning < due)
		return morning;
	return due - 3600 > now ? due - 3600 : due;
}

/* The configured morning of a day on the wall of z. */
static int64_t
morning_of(int64_t day, const struct zone *z, const struct hours *hours)
{
	struct civil c = at_clock(day, hours->morning * 60);

	return zone_instant(z, &c, NULL);
}

static void
set_ring(struct resolver *v, struct when *w)
{
	w->by = has(v, FIELD_BY);
	w->ring = w->epoch;
	if (w->by)
		w->ring = ring_before(w->epoch, morning_of(
		    civil_days(&w->local), v->zone, v->hours), v->now);
	w->ring_local = zone_civil(v->zone, w->ring);
}

void
when_ring_at_home(struct when *w, int64_t now, const struct zone *home,
    const struct hours *hours)
{
	struct civil due = zone_civil(home, w->epoch);
	int64_t day = civil_days(&due);
	int64_t morning = morning_of(day, home, hours);

	if (morning >= w->epoch)
		morning = morning_of(day - 1, home, hours);
	w->ring = w->by ? ring_before(w->epoch, morning, now) : w->epoch;
	w->ring_local = zone_civil(home, w->ring);
}

bool
when_parse(const char *phrase, int64_t now, const struct zone *z,
    const struct hours *hours, unsigned flags, struct when *out,
    struct err *err)
{
	struct resolver v = { .now = now, .zone = z,
	    .today = zone_civil(z, now), .hours = hours, .flags = flags,
	    .err = err };
	struct lexed l;
	struct when w = {0};
	bool ok;

	if (!lex(&l, phrase, err) || !reading_parse(&l, &v.r, err))
		return false;
	lex_quote_rest(&l, 0, v.phrase);
	if (has(&v, FIELD_AMOUNT))
		ok = add_amount(&v, &w);
	else if (has(&v, FIELD_OFFSET))
		ok = take_instant(&v, &w);
	else if (flags & WHEN_PAST)
		ok = find_past_day(&v, &w);
	else
		ok = find_day(&v, &w);
	if (!ok || (has(&v, FIELD_SHIFT) && !shift(&v, &w)))
		return false;
	w.clock_said = !clock_filled_in(&v);
	set_ring(&v, &w);
	*out = w;
	return true;
}

bool
when_begins(const char *word, const char *next)
{
	char text[PHRASE_MAX + 1];
	struct lexed l;

	if ((size_t)snprintf(text, sizeof text, "%s %s", word,
	    next == NULL ? "" : next) >= sizeof text)
		return false;
	return lex(&l, text, NULL) && reading_begins(&l);
}

bool
when_parse_local(const char *text, const struct zone *z, int64_t *epoch,
    struct err *err)
{
	struct lexed l;
	struct reading r;
	struct civil c;

	if (!lex(&l, text, err) || !reading_parse_iso(&l, &r, err))
		return false;
	c = (struct civil){ .year = r.year, .month = r.month, .day = r.day };
	c = at_clock(civil_days(&c), r.clock);
	*epoch = r.given & FIELD_OFFSET ? civil_seconds(&c) - r.offset
	    : zone_instant(z, &c, NULL);
	return true;
}
