/*
 * A reminder: a thing to do at a time. Here are its fields, what makes one
 * valid, and which act leads from which state to which; what happens around
 * an act (pop-ups, interactions, undo) is the schedule's business.
 */
#ifndef RAPPORT_MODEL_REMINDER_H
#define RAPPORT_MODEL_REMINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/civil.h"
#include "time/recur.h"

enum reminder_kind {
	KIND_REMINDER,
	KIND_NEXT_STEP,
	KIND_CHECK_IN,
	KIND_FIX,
	KIND_THANKS,
	KIND_ASK,
	KIND_MAX
};
extern const char *const kind_names[KIND_MAX + 1];

enum reminder_state {
	STATE_SCHEDULED,	/* waits for ring_at */
	STATE_RINGING,		/* due and open, shown or not */
	STATE_SNOOZED,		/* rang, hidden until ring_at */
	STATE_DONE,
	STATE_DROPPED,
	STATE_MAX
};
extern const char *const state_names[STATE_MAX + 1];

/* What can be done to a reminder, by a person or by the clock. */
enum reminder_act {
	ACT_RING,	/* the clock: ring_at has come */
	ACT_SNOOZE,
	ACT_DONE,
	ACT_DROP,
	ACT_MOVE,
	ACT_EDIT,
	ACT_SKIP,		/* this occurrence of a series */
	ACT_MAX
};
extern const char *const act_names[ACT_MAX + 1];

/* "Never", for moments: later than every clock. */
#define NEVER INT64_MAX

/*
 * A moment, stored twice (DESIGN.md, 4): the instant, and for
 * a wall-clock time the fields it is derived from, which hold when the zone
 * changes. The zone they stand in is the reminder's.
 */
struct moment {
	int64_t epoch;		/* Unix seconds, or NEVER */
	bool wall;		/* local is the truth and epoch derived */
	struct civil local;	/* meaningful when wall */
};

/* Derive the instant of a wall-clock time that stands in this zone; others
 * stay. */
void moment_derive(struct moment *m, const struct zone *z);

struct reminder {
	int64_t id;		/* > 0, never given twice */
	char *text;
	char *need;		/* NULL: none */
	enum reminder_kind kind;
	enum reminder_state state;
	bool urgent;

	struct moment due;	/* agreed on; only move changes it */
	struct moment ring;	/* when it rings, or rang: due, the morning of
				   the day for "by thu", or a snooze's end */
	char *zone;		/* NULL: wall times float with the traveller */
	bool clock_said;	/* its time of day was said, not filled in */
	char **with;		/* handles, sorted; with_n of them */
	size_t with_n;

	/*
	 * A series: one reminder whose due is that of the occurrence at hand.
	 * Done or skipped, it goes on to the next one. Its rule stands on the
	 * wall of its zone, so due.wall is set.
	 */
	char *every;		/* as recur_format writes it; NULL: once */
	struct civil anchor;	/* DTSTART of the rule */
	struct civil slot;	/* the occurrence at hand as the rule has it;
				   due is another when it alone was moved */
	int64_t next;		/* the occurrence after it (Unix seconds); 0:
				   there is none, or it is not known before
				   this one is done */

	int64_t created;
	int64_t done_at;	/* when it was done or dropped; 0: open */
	char *note;		/* what was said when it was done, or NULL */

	/* How it rings. wake is the next moment at which the clock has
	 * something to do with it; NEVER when it waits for the next brief,
	 * or is done. */
	int64_t wake;
	int64_t rang_at;	/* when this ringing began; 0: does not ring */
	int raises;		/* how often it was raised anew since */
	bool on_screen;		/* a pop-up of it stands, as far as we know */
	int dismissals;		/* closed by hand on dismissed_day */
	int64_t dismissed_day;	/* civil_days of a local date */
	int shown;		/* pop-ups shown, ever */
	int missed;		/* occurrences before this one that nobody
				   answered since the last one that somebody
				   did: they ring as one */
};

/* An array of reminders that owns them. */
struct reminders {
	struct reminder *v;
	size_t n;
};

enum { TEXT_MAX = 4096 };	/* bytes of a text, need or note */

void reminder_clear(struct reminder *r);	/* frees what it owns, zeroes */
struct reminder reminder_copy(const struct reminder *r);
void reminders_clear(struct reminders *rs);
/* Append, taking over what r owns. */
void reminders_take(struct reminders *rs, struct reminder *r);

/* Still to be done: scheduled, ringing or snoozed. */
bool reminder_open(const struct reminder *r);
/* Its time stands on a wall that travels: no zone of its own. */
bool reminder_floating(const struct reminder *r);

/* The rule of one that recurs. ERR_STORAGE: it can't be read. */
bool reminder_rule(const struct reminder *r, struct recur *out,
    struct err *err);

/*
 * Whether act leads on from the reminder's state, and to which state (*to may
 * be NULL; for ACT_EDIT it is the same). Otherwise ERR_IMPOSSIBLE says why and
 * what would be right: "12 has not rung yet: to change its time, rapportctl
 * move 12 WHEN".
 */
bool reminder_allows(const struct reminder *r, enum reminder_act act,
    enum reminder_state *to, struct err *err);

/*
 * A person's text: valid UTF-8 without NUL, 1 … TEXT_MAX bytes, not only
 * white space. ERR_NOT_UNDERSTOOD names the parameter.
 */
bool text_valid(const char *text, size_t len, const char *parameter,
    struct err *err);

#endif
