/*
 * A reminder as a sentence: the line that answers every command that sets a
 * time, and the words for moments in tables.
 */
#ifndef RAPPORT_CTL_ECHO_H
#define RAPPORT_CTL_ECHO_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "ctl/here.h"
#include "model/reminder.h"
#include "ctl/out.h"

/* A reminder as the wire carries it, borrowed from the JSON.
 * What is missing there is empty here. */
struct view {
	int64_t id;
	const char *text, *need, *zone, *kind, *every;	/* never NULL */
	enum reminder_state state;
	int64_t due, ring_at;
	int64_t created, done_at;
	bool urgent;
	int shown, missed;
	const json_t *with;	/* array of strings, or NULL */
};

struct view view_of(const json_t *reminder);

/* The handles, "dana, tom"; the caller frees it. */
char *view_with(const struct view *v);

/* Scheduled to ring before it is due: "by thu". */
bool view_by(const struct view *v);

/* How it recurs, "every weekday", "3 months after done"; "" when it does not.
 * The caller frees it. */
char *view_every(const struct view *v);

/* "today", "tomorrow", "Tue 24 Nov", "Tue 24 Nov 2027" of the local day of t;
 * and the same with the time, "today 17:00". Both return out. */
enum { ECHO_TEXT = 64 };
char *echo_day(int64_t t, struct here *h, char out[ECHO_TEXT]);
char *echo_short(int64_t t, struct here *h, char out[ECHO_TEXT]);

/* A moment of the reminder, in its own zone: "Tue 24 Nov 2026 09:00 EST"; and
 * in ours as well, "Tue 24 Nov 2026 09:00 EST, here 15:00 CET (in 2 d)". */
void echo_there(struct buf *b, int64_t t, const struct view *v,
    struct here *h);
void echo_moment(struct buf *b, int64_t t, const struct view *v,
    struct here *h);

/* "12  Call Dana · Tue 24 Nov 2026 09:00 CET (in 2 d 18 h)" and a line end. */
void echo_line(struct out *o, const struct view *v, struct here *h);

/* The same behind an occurrence that is over (did: "done"): "12  Call Dana ·
 * done; next Tue 24 Nov 2026 09:00 CET (in 2 d 18 h)". */
void echo_over(struct out *o, const struct view *v, const char *did,
    struct here *h);

/* The same for what rings next, with a short time. No line end. */
void echo_next(struct out *o, const struct view *v, struct here *h);

#endif
