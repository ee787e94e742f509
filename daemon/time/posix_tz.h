/*
 * The rules of a POSIX TZ string, "CET-1CEST,M3.5.0,M10.5.0/3": what holds in
 * a zone year after year. POSIX.1-2017 section 8.3, with the hours of a
 * change from -167 to 167 (RFC 8536 section 3.3.1). Used by zone.c alone.
 */
#ifndef RAPPORT_TIME_POSIX_TZ_H
#define RAPPORT_TIME_POSIX_TZ_H

#include <stdbool.h>
#include <stdint.h>

/* An abbreviation has at least three characters and, here, at most this. */
#define TZ_ABBREVIATION_MAX 15

/* The day of a year on which the clock changes, and when on that day. */
struct tz_change {
	enum {
		TZ_JULIAN,	/* Jn: 1 … 365, never 29 February */
		TZ_ZERO_BASED,	/* n: 0 … 365, with 29 February */
		TZ_MONTH,	/* Mm.w.d: weekday d of week w, 5 = the last */
	} form;
	int day;		/* n, or d with 0 = Sunday */
	int week;
	int month;
	int32_t clock;		/* seconds after midnight, may be negative */
};

struct tz_period {
	int32_t offset;		/* seconds east of UTC */
	char abbreviation[TZ_ABBREVIATION_MAX + 1];
};

struct posix_tz {
	struct tz_period standard, summer;
	bool has_summer;
	struct tz_change begin, end;	/* of summer time */
};

/* false when text is no such string. Without rules for its summer time the
 * present ones of the United States hold, as in the C library. */
bool posix_tz_parse(const char *text, struct posix_tz *out);

/* What holds at the instant t. */
const struct tz_period *posix_tz_at(const struct posix_tz *tz, int64_t t);

/* The first instant after t at which summer time begins or ends; INT64_MAX
 * when there is none. */
int64_t posix_tz_next(const struct posix_tz *tz, int64_t t);

bool posix_tz_equal(const struct posix_tz *a, const struct posix_tz *b);

#endif
