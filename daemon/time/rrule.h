/*
 * Recurrence rules (RFC 5545 section 3.3.10) on the wall: from a rule, the
 * wall-clock time it is anchored at (DTSTART) and another one, the next. What
 * a wall-clock time comes to in a zone is recur.h's business. Pure; allocates
 * nothing; the work of one question is bounded.
 */
#ifndef RAPPORT_TIME_RRULE_H
#define RAPPORT_TIME_RRULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "time/civil.h"

enum rrule_freq {
	RRULE_MINUTELY,
	RRULE_HOURLY,
	RRULE_DAILY,
	RRULE_WEEKLY,
	RRULE_MONTHLY,
	RRULE_YEARLY,
	RRULE_FREQ_MAX
};

enum {
	RRULE_COUNT_MAX = 100000,	/* COUNT: it is counted from the anchor */
	RRULE_INTERVAL_MAX = 1000000,
};

enum rrule_until {
	UNTIL_NONE,
	UNTIL_DATE,	/* UNTIL=20270301: until is its last second */
	UNTIL_WALL,	/* UNTIL=20270301T180000 */
	UNTIL_UTC,	/* UNTIL=20270301T170000Z: until is in UTC; judged by
			   recur.h, which has the zone */
};

/* A set of numbers 0 … 366: bit n % 64 of word n / 64. */
struct rrule_set {
	uint64_t bits[6];
};

/*
 * A rule as sets; an empty one was not given. What counts from the end (-1 is
 * the last) has a set of its own, "back", which holds the number without its
 * sign. Comparable by memcmp, when made by rrule_parse.
 */
struct rrule {
	enum rrule_freq freq;
	int interval;			/* >= 1 */
	int count;			/* occurrences in all; 0: no limit */
	enum rrule_until until_is;
	struct civil until;		/* the last moment that belongs to it */
	enum weekday wkst;

	uint64_t second, minute;	/* bit n: BYSECOND (0 … 59), BYMINUTE */
	uint32_t hour;			/* bit n: BYHOUR */
	uint32_t month;			/* bit n: BYMONTH, 1 … 12 */
	uint32_t monthday, monthday_back;	/* bit n: 1 … 31 */
	uint64_t weekno, weekno_back;	/* bit n: 1 … 53 */
	struct rrule_set yearday, yearday_back;	/* 1 … 366 */
	/* BYDAY by weekday: bit 0 of nth every one, bit n the n-th of month
	 * or year (1 … 53). */
	uint64_t nth[WEEKDAY_MAX], nth_back[WEEKDAY_MAX];
	struct rrule_set setpos, setpos_back;	/* 1 … 366 */
};

/*
 * Read "FREQ=WEEKLY;BYDAY=MO,TH", with or without "RRULE:" before it, in any
 * case of letters. ERR_NOT_UNDERSTOOD names the part and what would be right:
 * an unknown or repeated part, a number out of its range, a combination that
 * the RFC forbids (BYWEEKNO outside YEARLY, COUNT with UNTIL …), SECONDLY,
 * which rapport does not do. The rule may still never occur: rrule_next tells.
 */
bool rrule_parse(const char *text, struct rrule *out, struct err *err);

/* Append its normal form, without "RRULE:": parts in one order, numbers
 * ascending, defaults left out. Equal rules give equal texts. */
void rrule_format(const struct rrule *r, struct buf *out);

enum rrule_found {
	RRULE_FOUND,
	RRULE_ENDED,	/* COUNT or UNTIL: there is no other one */
	RRULE_NEVER,	/* nothing matches until the year 9999, or within the
			   bounded search (twice 400 years, after which the
			   calendar repeats) */
};

/*
 * The first occurrence strictly after *after, or the first of all when after
 * is NULL. The anchor itself is one only if it matches the rule (RFC 5545 says
 * "SHOULD be synchronized"; python-dateutil decides so too). UNTIL_UTC is not
 * looked at.
 */
enum rrule_found rrule_next(const struct rrule *r,
    const struct civil *anchor, const struct civil *after,
    struct civil *out);

/*
 * The last occurrence of a rule with COUNT, when that is not after the bound;
 * else false. Who asks many times about a time up to the bound asks once for
 * this, and not for COUNT each time, which counts from the anchor.
 */
bool rrule_last(const struct rrule *r, const struct civil *anchor,
    const struct civil *bound, struct civil *out);

/* Whether its occurrences can be closer together than a day by its FREQ:
 * MINUTELY or HOURLY. */
bool rrule_subdaily(const struct rrule *r);

#endif
