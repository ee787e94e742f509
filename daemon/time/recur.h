/*
 * What recurs, on the wall of a zone: a rule of RFC 5545, or "3 months after
 * it was done". Pure.
 *
 * A rule is about wall-clock times. DAILY and longer: each of them rings once,
 * at the instant that zone_instant says (the first of two in a fold; after a
 * gap by as much as the clock skips); two that come to one instant, because a
 * gap or a day that vanished (Pacific/Apia, 2011-12-30) moved one onto the
 * other, are one. HOURLY and MINUTELY: whenever the wall shows such a time, so
 * that "every 15 minutes" goes on through a fold and leaves out a gap.
 */
#ifndef RAPPORT_TIME_RECUR_H
#define RAPPORT_TIME_RECUR_H

#include "time/rrule.h"
#include "time/zone.h"

struct recur {
	enum { RECUR_RULE, RECUR_AFTER_DONE } kind;
	struct rrule rule;
	/* From the day it is done, at the time of day it was due (months and
	 * days), or from that moment (seconds); > 0. */
	int months, days;
	int64_t seconds;
};

/* As it is stored: "FREQ=WEEKLY;BYDAY=MO", or the span after done as a
 * duration of ISO 8601, "P3M", "P14D", "PT2H". parse reads what format writes
 * (and every RRULE, see rrule_parse). */
bool recur_parse(const char *text, struct recur *out, struct err *err);
void recur_format(const struct recur *r, struct buf *out);

struct occurrence {
	int64_t epoch;		/* Unix seconds */
	struct civil slot;	/* the wall-clock time as the rule has it */
	struct civil local;	/* the wall clock of epoch: differs in a gap */
	enum zone_fit fit;
};

/*
 * The first occurrence of a rule whose instant is strictly after `after` and
 * whose slot is strictly after *slot (NULL: no such bound; it is not looked at
 * for HOURLY and MINUTELY, whose wall may go back in a fold). The slot is what
 * keeps a series from ringing twice on one local date when the zone changes.
 * Slots are compared as this zone's wall shows them: 02:30 in a gap, which
 * rings at 03:30, is after 03:00, so that neither is lost. Of two at one
 * instant it is the one that the wall shows. Of kind RECUR_RULE only.
 */
enum rrule_found recur_next(const struct recur *r,
    const struct civil *anchor, const struct zone *z,
    const struct civil *slot, int64_t after, struct occurrence *out);

/*
 * The latest occurrence whose instant is <= now and whose slot is after *slot
 * (epoch is its instant). False: none, the one at hand is the latest. *passed
 * is how many lie after the one at hand up to and with it (at most 999, so
 * that a minutely series that slept for years costs no more).
 */
bool recur_latest(const struct recur *r, const struct civil *anchor,
    const struct zone *z, const struct civil *slot, int64_t epoch,
    int64_t now, struct occurrence *out, int *passed);

/* When the next one is due after one, whose time of day was that of `due`, was
 * done at `done`. Of kind RECUR_AFTER_DONE only. */
void recur_after_done(const struct recur *r, const struct civil *due,
    const struct zone *z, int64_t done, struct occurrence *out);

#endif
