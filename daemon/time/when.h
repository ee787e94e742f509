/*
 * Words to a moment: "tomorrow 9am", "by thu", "in 2 weeks", "24.12.2026".
 *
 * One rule: the earliest strictly future instant that matches
 * every field given. A missing time is the configured morning. What is not
 * understood is an error, never a guess. Pure: no clock, no I/O, no libc zone.
 */
#ifndef RAPPORT_TIME_WHEN_H
#define RAPPORT_TIME_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "time/civil.h"
#include "time/zone.h"

/* The hours that words stand for, in minutes after midnight. */
struct hours {
	int morning;	/* 09:00: a time not given */
	int evening;	/* 18:00: "this evening" */
	int tonight;	/* 20:00 */
	int eod;	/* 17:00: the end of the working day */
};

extern const struct hours hours_default;

/* A moment, stored twice: what was meant and the instant it comes to. */
struct when {
	int64_t epoch;		/* Unix seconds: when it is due */
	int64_t ring;		/* when it rings: epoch, but for "by thu" the
				   morning of that day; an hour before it is
				   due when that is past or too late; epoch
				   when that is past too */
	bool floating;		/* a wall-clock phrase: local holds the truth */
	struct civil local;	/* the wall clock of epoch in the zone read */
	struct civil ring_local;
	enum zone_fit fit;	/* ZONE_GAP: local was moved, say so */
	struct civil asked;	/* before a move out of a gap, else == local */
	bool clock_said;	/* the phrase gave a time of day, or it was not
				   filled in from the configured hours */
	bool by;		/* "by thu": it may ring before it is due */
};

enum when_flags {
	/* A date without a time means its end, 23:59:59 (list --until DATE
	 * includes the day). */
	WHEN_UNTIL = 1 << 0,
	/* What has happened (met --on): a phrase that leaves the date open is
	 * the latest such moment that is not in the future, a missing time on
	 * today's date is at most now, and no moment is refused for being
	 * past. */
	WHEN_PAST = 1 << 1,
};

/*
 * Read a whole phrase. now is Unix seconds, z the zone that wall-clock words
 * stand in. Errors: ERR_NOT_UNDERSTOOD with the readings or the nearest word
 * ("tomorow: did you mean tomorrow?"), ERR_IMPOSSIBLE for what was understood
 * but is past, does not exist (30 feb) or lies after the year 9999.
 */
bool when_parse(const char *phrase, int64_t now, const struct zone *z,
    const struct hours *hours, unsigned flags, struct when *out,
    struct err *err);

/*
 * What was read in a foreign zone is due there, but rings where the user is:
 * a "by" moment on the latest of their mornings before it is due; an hour
 * before when that has passed; when it is due when that has passed too. Any
 * other moment rings when it is due. ring_local is the wall clock at home.
 */
void when_ring_at_home(struct when *w, int64_t now, const struct zone *home,
    const struct hours *hours);

/* Whether the word can begin a phrase; used to tell where TEXT or IDs end. A
 * bare number is none by itself: next (may be NULL) is the word after it, and
 * "24" "dec", "2" "weeks", "9" "am" begin one. */
bool when_begins(const char *word, const char *next);

/* A local date and time for --from: "2026-11-20T14:30", with a space instead
 * of the T, with seconds, with an offset or Z (then an exact instant), or a
 * date alone (midnight). */
bool when_parse_local(const char *text, const struct zone *z, int64_t *epoch,
    struct err *err);

/* Room for any formatted moment. */
#define WHEN_TEXT 96

/* "Tue 24 Nov 2026 09:00 CET"; seconds only when there are any. Returns out. */
char *when_format(int64_t epoch, const struct zone *z, char out[WHEN_TEXT]);

/* The same with " (in 2 d 18 h)" behind it: the echo of every time. */
char *when_echo(int64_t epoch, int64_t now, const struct zone *z,
    char out[WHEN_TEXT]);

/* "2026-11-24T09:00:00+01:00" (RFC 3339), as JSON carries it. Returns out. */
char *when_rfc3339(int64_t epoch, const struct zone *z, char out[WHEN_TEXT]);

/* What a person should know when the clock skips or repeats the time asked
 * for: "the clock skips 02:30 that night: 03:30 is meant". False, and out is
 * left alone: nothing. */
bool when_note(const struct when *w, char out[WHEN_TEXT]);

#endif
