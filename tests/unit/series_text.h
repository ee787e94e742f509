/*
 * Series as a person would note them down, for the tests of recurrence:
 * "1997 Sep 2 9 16-18 Oct 7", and with the time of day where that is not the
 * anchor's: "1997 Sep 2 09:00 09:20 3 09:00".
 */
#ifndef RAPPORT_TESTS_SERIES_TEXT_H
#define RAPPORT_TESTS_SERIES_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "time/civil.h"

enum { TERMS_MAX = 400 };

static inline struct civil
wall(const char *text)
{
	struct civil c = {0};

	if (!civil_parse(text, &c))
		fail_msg("\"%s\" is no civil time", text);
	return c;
}

static inline bool
same_clock(const struct civil *a, const struct civil *b)
{
	return a->hour == b->hour && a->minute == b->minute &&
	    a->second == b->second;
}

/* How many days follow one another from the first on, in one month. */
static inline size_t
run_of_days(const struct civil *c, size_t n)
{
	size_t i = 1;

	while (i < n && c[i].month == c[0].month && c[i].year == c[0].year &&
	    c[i].day == c[0].day + (int)i)
		i++;
	return i;
}

static inline void
tell_clock(const struct civil *c, struct buf *out)
{
	buf_addf(out, " %02d:%02d", c->hour, c->minute);
	if (c->second != 0)
		buf_addf(out, ":%02d", c->second);
}

/* Note n moments down; goes_on is told as "...". The caller clears out. */
static inline const char *
tell_series(const struct civil *c, size_t n, const struct civil *anchor,
    bool goes_on, struct buf *out)
{
	const struct civil *before = NULL;
	bool clocks = false;
	size_t i;

	for (i = 0; i < n; i++)
		clocks |= !same_clock(&c[i], anchor);
	for (i = 0; i < n; before = &c[i++]) {
		bool year = before == NULL || before->year != c[i].year;
		bool month = year || before->month != c[i].month;
		size_t run = clocks ? 1 : run_of_days(&c[i], n - i);

		if (year)
			buf_addf(out, " %d", c[i].year);
		if (month)
			buf_addf(out, " %s", month_short[c[i].month]);
		if (month || before->day != c[i].day)
			buf_addf(out, " %d", c[i].day);
		if (clocks)
			tell_clock(&c[i], out);
		if (run > 2) {
			i += run - 1;
			buf_addf(out, "-%d", c[i].day);
		}
	}
	buf_adds(out, goes_on ? " ..." : "");
	if (out->len > 0)
		buf_drain(out, 1);
	return buf_str(out);
}

#endif
