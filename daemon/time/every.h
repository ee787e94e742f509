/*
 * Recurrence as people say it: "every weekday at 9", "mon and thu at 8", "2nd
 * tuesday of the month", "15 minutes until 18:00", "year on 29 feb", "3 weeks
 * after done", "day until 2027-03-01", "week 5 times"; and a raw "RRULE:…".
 * Pure.
 *
 * As said by a person, month ends clamp (the 31st is the 30th in April) and
 * 29 Feb falls on 28 Feb; a raw RRULE follows RFC 5545 to the letter. One time
 * of day belongs to the anchor of the rule, not to the rule: so moving a
 * series to another hour leaves its rule alone.
 */
#ifndef RAPPORT_TIME_EVERY_H
#define RAPPORT_TIME_EVERY_H

#include "time/recur.h"
#include "time/when.h"

/* Where a series begins. */
struct every_start {
	struct civil from;	/* nothing before this wall-clock time … */
	bool strictly;		/* … nor at it */
	int64_t now;		/* nothing at or before this instant; what
				   "until friday" is counted from */
	int clock;		/* seconds after midnight: the time of day of a
				   rule that says none */
	bool clock_said;	/* a person said so: a rule that says another
				   time of day is refused, naming both */
};

/* A series as it is stored, and its first occurrence. */
struct series {
	struct recur recur;
	struct civil anchor;	/* DTSTART */
	struct occurrence first;
	bool clock_said;	/* the phrase says the time of day */
};

/*
 * Read a whole phrase, "every" at its beginning or not, and begin the series.
 * The first occurrence is the earliest that matches every field said and what
 * start allows; INTERVAL is counted from it ("other tuesday": the next one,
 * and then every second), except where the phrase names no day at all ("2
 * weeks"): there it is counted from start. COUNT begins with it too. A raw
 * RRULE has DTSTART start.from.
 *
 * ERR_NOT_UNDERSTOOD with the readings, the part that makes no sense or the
 * nearest word; ERR_IMPOSSIBLE for a rule that never occurs ("month on the
 * 32nd") or ends before it begins.
 */
bool every_begin(const char *phrase, const struct every_start *start,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err);

/* Append the rule in words, without "every": "weekday", "mon and thu", "month
 * on the 31st", "day until 2027-03-01". Reading them back, from the same
 * anchor, gives the same rule. A rule that words can't say is "RRULE:…". */
void every_words(const struct recur *r, const struct civil *anchor,
    struct buf *out);

/* What stands in front of such words where they are shown: "every ", or
 * nothing where it would read badly ("3 weeks after done", "RRULE:…"). */
const char *every_before(const char *words);

#endif
