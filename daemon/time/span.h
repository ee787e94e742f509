/*
 * Spans of elapsed time as people write them: "90s", "15m", "1h30m", "2h",
 * "3d", "2w", "1 hour 30 minutes". A day is 86,400 s here; calendar days are
 * when_parse's business. Pure.
 */
#ifndef RAPPORT_TIME_SPAN_H
#define RAPPORT_TIME_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Seconds, > 0. The whole text must be one span; "90" without a unit, "1h30x",
 * a unit twice and more than ten years are refused, saying what would be
 * right (ERR_NOT_UNDERSTOOD). */
bool span_parse(const char *text, int64_t *seconds, struct err *err);

/* How often something is to be, in whole days, > 0: "7d", "3w", "2 months" (of
 * 30 days), "1y" (of 365). ERR_IMPOSSIBLE for none at all and for more than ten
 * years, ERR_NOT_UNDERSTOOD for hours and what is no span. */
bool span_parse_days(const char *text, int *days, struct err *err);

/* Room for any formatted span. */
#define SPAN_TEXT 48

/* The two largest units, "2 d 18 h", "45 min", "3 s", "1 y 2 mo" (a year of 365
 * and a month of 30 days); the sign of seconds is ignored. Returns out. */
char *span_format(int64_t seconds, char out[SPAN_TEXT]);

/* "in 2 d 18 h", "3 h ago", "now" (under a second); from a month on by the
 * calendar: "in 3 mo". Returns out. */
char *span_relative(int64_t then, int64_t now, char out[SPAN_TEXT]);

#endif
