/*
 * An amount of time as people say it: "1h30m", "2 weeks", "half an hour",
 * "an hour and a half", "1 day and 2 hours". Private to this room.
 */
#ifndef RAPPORT_TIME_AMOUNT_H
#define RAPPORT_TIME_AMOUNT_H

#include <stdint.h>

#include "time/lex.h"

/* What the clock, the calendar and the calendar's months are moved by. */
struct amount {
	int64_t seconds;	/* of s, m, h */
	int64_t days;		/* of d, w */
	int64_t months;		/* of mo, y */
};

/* Reads as many units as there are; each may stand once. */
enum outcome amount_read(struct cursor *c, struct amount *out);

/* The words for units and for small numbers. */
extern const struct meaning amount_units[];
extern const struct meaning amount_counts[];

#endif
