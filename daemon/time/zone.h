/*
 * A time zone as a value. It is built from the bytes of a TZif file (RFC 8536,
 * version 2 or later, with its POSIX footer) or from a POSIX TZ string, never
 * changes, and touches neither libc's zone nor the disk: whoever reads the
 * file hands in the bytes (conf/zoneinfo).
 */
#ifndef RAPPORT_TIME_ZONE_H
#define RAPPORT_TIME_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/civil.h"

struct zone;

/* NULL and err (ERR_IMPOSSIBLE) when the bytes are no such file; nothing in
 * them is trusted. Files of version 1 and files that count leap seconds
 * ("right/") are refused. name is copied: "Europe/Berlin". */
struct zone *zone_from_tzif(const void *data, size_t len, const char *name,
    struct err *err);

/* A POSIX TZ string such as "CET-1CEST,M3.5.0,M10.5.0/3" (with RFC 8536's
 * extension of the hour range). */
struct zone *zone_from_posix(const char *tz, const char *name,
    struct err *err);

struct zone *zone_new_utc(void);
void zone_free(struct zone *z);

const char *zone_name(const struct zone *z);

/* The same rules for all times, as far as their sources say; names are not
 * compared. */
bool zone_equal(const struct zone *a, const struct zone *b);

/* A number that zones which are equal share, and others hardly ever: so that it
 * can be remembered whether the rules changed. Never 0. */
int64_t zone_hash(const struct zone *z);

/* Seconds east of UTC that hold at the instant t (Unix seconds). */
int32_t zone_offset(const struct zone *z, int64_t t);

/* The first instant after `after`, up to and with `until`, in the years 1 to
 * 9999, at which the offset changes; a change of name alone is none. False:
 * there is none. */
bool zone_changes(const struct zone *z, int64_t after, int64_t until,
    int64_t *at);

/* The abbreviation at t: "CET"; numeric zones give "+03". Never NULL. */
const char *zone_abbreviation(const struct zone *z, int64_t t);

/* The wall clock at t. */
struct civil zone_civil(const struct zone *z, int64_t t);

enum zone_fit {
	ZONE_EXACT,
	ZONE_GAP,	/* the wall clock skips this time: read with the
			   offset before the gap, so it comes out later */
	ZONE_FOLD,	/* the wall clock shows it twice: the first is taken */
};

/*
 * The instant of a wall-clock time, by the rule of DESIGN.md, 4: L the
 * fields as if UTC; a, b = offset(L ∓ 1 day); the candidate L - x holds if
 * offset(L - x) == x; both hold: the earlier; none (gap): L - a. fit may be
 * NULL.
 */
int64_t zone_instant(const struct zone *z, const struct civil *c,
    enum zone_fit *fit);

#endif
