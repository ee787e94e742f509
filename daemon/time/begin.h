/*
 * Where a series begins: WHEN and RULE as they are said together. The same for
 * what is added, edited and moved, and for a client that only explains it.
 * Pure.
 */
#ifndef RAPPORT_TIME_BEGIN_H
#define RAPPORT_TIME_BEGIN_H

#include "time/every.h"

/*
 * Begin the series that every says, at the earliest moment that it names, that
 * when allows and that is after now. when NULL: from now on, and a rule that
 * says no time of day has that of the configured morning. A date in when
 * without a time of day leaves that to the rule.
 *
 * out->clock_said: the time of day was said, in when or in every. Errors are
 * those of when_parse and every_begin, with the parameter "when" or "every";
 * also a moment that something is due by, as a series rings at it.
 */
bool begin_said(const char *when, const char *every, int64_t now,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err);

/* The same from a start that is known. Of one that is a date and a time of day
 * which nobody said, only the date counts when every says another time. */
bool begin_from(const char *every, const struct every_start *start,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err);

/* A moment that was read, as a start; false: it is one to be done by. */
bool begin_start(const struct when *w, int64_t now, struct every_start *out,
    struct err *err);

/* An occurrence as a moment that was asked for: for its echo and its note. A
 * series of hours or minutes asks for whatever the clock shows, so that there is
 * nothing to note when it shows a time twice, or skips it. */
struct when begin_moment(const struct series *s, const struct occurrence *at);

/* Seconds after midnight. */
int begin_clock(const struct civil *c);

#endif
