/* A rule of recurrence in words: see spoken.h. They are written so that they
 * read well behind "every". */
#include <ctype.h>

#include "time/spoken.h"
#include "time/words.h"

#define WORKDAYS 0x1fu

/* ---- Lists ------------------------------------------------------------- */

/* "mon, wed and fri": the separator in front of the i-th of n items. */
static const char *
separator(int i, int n)
{
	return i == 0 ? "" : i == n - 1 ? " and " : ", ";
}

static void
add_lower(struct buf *out, const char *name)
{
	for (; *name != '\0'; name++) {
		char c = (char)tolower((unsigned char)*name);

		buf_add(out, &c, 1);
	}
}

/* The names of a set's members, bit n the n-th of names; one alone is written
 * in full. */
static void
add_names(struct buf *out, unsigned set, const char *const *short_names,
    const char *const *long_names)
{
	int n = __builtin_popcount(set), i, bit;

	for (i = 0, bit = 0; i < n; bit++)
		if (set >> bit & 1) {
			buf_adds(out, separator(i++, n));
			add_lower(out, n == 1 ? long_names[bit]
			    : short_names[bit]);
		}
}

static void
add_weekdays(struct buf *out, unsigned weekdays)
{
	if (weekdays == WORKDAYS)
		buf_adds(out, "weekday");
	else
		add_names(out, weekdays, weekday_short, weekday_long);
}

static void
add_months(struct buf *out, unsigned months)
{
	add_names(out, months, month_short, month_long);
}

/* "1st, 3rd, 2nd to last and last". */
static void
add_ordinals(struct buf *out, uint64_t nth, uint64_t nth_back)
{
	int n = __builtin_popcountll(nth) + __builtin_popcountll(nth_back);
	int i = 0, bit;

	for (bit = 1; bit < 64; bit++)
		if (nth >> bit & 1)
			buf_addf(out, "%s%d%s", separator(i++, n), bit,
			    words_ordinal_suffix(bit));
	for (bit = 63; bit > 1; bit--)
		if (nth_back >> bit & 1)
			buf_addf(out, "%s%d%s to last", separator(i++, n), bit,
			    words_ordinal_suffix(bit));
	if (nth_back & 2)
		buf_addf(out, "%slast", separator(i, n));
}

/* ---- The parts --------------------------------------------------------- */

/* "week", "2 weeks". */
static void
add_period(struct buf *out, const struct spoken *s)
{
	static const char *const units[RRULE_FREQ_MAX] = {
		[RRULE_MINUTELY] = "minute", [RRULE_HOURLY] = "hour",
		[RRULE_DAILY] = "day", [RRULE_WEEKLY] = "week",
		[RRULE_MONTHLY] = "month", [RRULE_YEARLY] = "year",
	};

	if (s->freq == RRULE_MONTHLY && s->interval == 3)
		buf_adds(out, "quarter");
	else if (s->interval == 1)
		buf_adds(out, units[s->freq]);
	else
		buf_addf(out, "%d %ss", s->interval, units[s->freq]);
}

static void
add_clock(struct buf *out, int clock)
{
	buf_addf(out, "%d:%02d", clock / 3600, clock / 60 % 60);
	if (clock % 60 != 0)
		buf_addf(out, ":%02d", clock % 60);
}

static void
add_limit(struct buf *out, const struct spoken *s)
{
	if (s->months != 0) {
		buf_adds(out, " in ");
		add_months(out, s->months);
	}
}

/* "fridays", "other friday", "2 weeks on mon and thu", "15 minutes on
 * weekday in december". */
static void
add_weekly(struct buf *out, const struct spoken *s)
{
	bool week = s->freq == RRULE_WEEKLY;
	bool one = __builtin_popcount(s->weekdays) == 1;

	if (week && s->weekdays != 0 &&
	    (s->interval == 1 || (s->interval == 2 && one))) {
		buf_adds(out, s->interval == 1 ? "" : "other ");
		add_weekdays(out, s->weekdays);
	} else {
		add_period(out, s);
		if (s->weekdays != 0) {
			buf_adds(out, " on ");
			add_weekdays(out, s->weekdays);
			buf_adds(out, s->weekdays == WORKDAYS ? "s" : "");
		}
	}
	add_limit(out, s);
}

/* What the ordinals count: "1st and 3rd monday", "last day". */
static void
add_nth(struct buf *out, const struct spoken *s)
{
	if (s->nth_of == NTH_DAY && s->weekdays != 0) {
		add_weekdays(out, s->weekdays);
		buf_adds(out, " the ");
	}
	add_ordinals(out, s->nth, s->nth_back);
	if (s->nth_of == NTH_WORKDAY)
		buf_adds(out, " weekday");
	else if (s->nth_of == NTH_WEEKDAY) {
		buf_adds(out, " ");
		/* All of the week have no name of their own here. */
		add_names(out, s->weekdays, weekday_short, weekday_long);
	} else if (s->nth_back != 0)
		buf_adds(out, " day");
}

/* "month on the 1st and 15th", "last friday of the month", "2 months on the
 * last friday". */
static void
add_monthly(struct buf *out, const struct spoken *s)
{
	bool plain_days = s->nth_of == NTH_DAY && s->nth != 0 &&
	    s->weekdays == 0;

	if (s->interval == 1 && !plain_days) {
		add_nth(out, s);
		/* "friday the 13th" needs no more. */
		buf_adds(out, s->nth_of == NTH_DAY && s->weekdays != 0 ? ""
		    : " of the month");
		return;
	}
	add_period(out, s);
	buf_adds(out, s->nth_of == NTH_DAY && s->weekdays != 0 ? " on "
	    : " on the ");
	add_nth(out, s);
}

/* "year on 24 dec", "last friday of november", "2 years on the last friday of
 * the year". */
static void
add_yearly(struct buf *out, const struct spoken *s)
{
	bool one_date = s->nth_of == NTH_DAY && s->weekdays == 0 &&
	    s->nth_back == 0 && __builtin_popcountll(s->nth) == 1 &&
	    __builtin_popcount(s->months) == 1;

	if (one_date) {
		add_period(out, s);
		buf_addf(out, " on %d ", __builtin_ctzll(s->nth));
		add_lower(out, month_short[__builtin_ctz(s->months)]);
		return;
	}
	if (s->interval > 1 || (s->nth_of == NTH_DAY && s->weekdays == 0)) {
		add_period(out, s);
		buf_adds(out, s->nth_of == NTH_DAY && s->weekdays != 0
		    ? " on " : " on the ");
	}
	add_nth(out, s);
	buf_adds(out, s->of_year ? " of the year" : " of ");
	add_months(out, s->months);
}

static void
add_days(struct buf *out, const struct spoken *s)
{
	if (s->nth == 0 && s->nth_back == 0)
		add_weekly(out, s);
	else if (s->freq == RRULE_MONTHLY)
		add_monthly(out, s);
	else
		add_yearly(out, s);
}

static void
add_end(struct buf *out, const struct spoken *s)
{
	const struct civil *u = &s->until;

	if (s->count > 0)
		buf_addf(out, " %d time%s", s->count, s->count == 1 ? "" : "s");
	if (s->until_is == UNTIL_NONE)
		return;
	buf_addf(out, " until %04d-%02d-%02d", u->year, u->month, u->day);
	if (s->until_is == UNTIL_WALL) {
		buf_adds(out, " ");
		add_clock(out, (u->hour * 60 + u->minute) * 60 + u->second);
	}
}

/* ---- After done -------------------------------------------------------- */

static void
add_count(struct buf *out, int64_t n, const char *unit, bool *more)
{
	if (n == 0)
		return;
	buf_addf(out, "%s%lld %s%s", *more ? " " : "", (long long)n, unit,
	    n == 1 ? "" : "s");
	*more = true;
}

/* "3 weeks", "1 month 3 days". */
static void
add_span(struct buf *out, const struct amount *a)
{
	bool more = false;

	add_count(out, a->months / 12, "year", &more);
	add_count(out, a->months % 12, "month", &more);
	if (a->days % 7 == 0)
		add_count(out, a->days / 7, "week", &more);
	else
		add_count(out, a->days, "day", &more);
	add_count(out, a->seconds / 3600, "hour", &more);
	add_count(out, a->seconds / 60 % 60, "minute", &more);
	add_count(out, a->seconds % 60, "second", &more);
}

void
spoken_words(const struct spoken *s, struct buf *out)
{
	size_t i;

	if (s->after_done) {
		add_span(out, &s->span);
		buf_adds(out, " after done");
		return;
	}
	add_days(out, s);
	for (i = 0; i < s->clocks_n; i++) {
		buf_adds(out, i == 0 ? " at " :
		    separator((int)i, (int)s->clocks_n));
		add_clock(out, s->clocks[i]);
	}
	add_end(out, s);
}
