/*
 * What is due, and what to do about it. Every change of a reminder's state
 * passes here, whether the clock, a pop-up's button or rapportctl asked for
 * it; so there is one place where a rule about ringing can be wrong.
 *
 * now (Unix seconds) is always an argument. Nothing here blocks, sleeps or
 * talks to a desktop: pop-ups go out and come back through the callbacks in
 * struct schedule_out, which main connects to the notifier.
 *
 * Every function that writes runs inside a request of the store (store_begin …
 * store_end), and those that a person caused inside a change (store_change_*),
 * both opened by the caller: methods/ for commands, main for clicks and the
 * clock.
 */
#ifndef RAPPORT_SCHEDULE_SCHEDULE_H
#define RAPPORT_SCHEDULE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "conf/options.h"
#include "model/reminder.h"
#include "schedule/popup.h"
#include "store/store.h"
#include "time/every.h"
#include "time/zone.h"

struct schedule;

/* What happened, for `watch`. */
enum schedule_event {
	EVENT_ADDED,
	EVENT_CHANGED,		/* edited or moved */
	EVENT_RINGING,		/* it is due */
	EVENT_SHOWN,		/* its pop-up stands */
	EVENT_SNOOZED,
	EVENT_DONE,
	EVENT_DROPPED,
	EVENT_SKIPPED,		/* an occurrence of a series was left out */
	EVENT_WAITING,		/* off the screen, waits for the brief */
	EVENT_UNDONE,		/* taken back; r is NULL when that removed it */
	EVENT_QUIET,		/* r is NULL */
	EVENT_ZONE,		/* the traveller's zone changed; r is NULL */
	EVENT_MAX
};
extern const char *const event_names[EVENT_MAX + 1];

struct schedule_out {
	void *arg;
	void (*show)(void *arg, const struct popup *p);
	void (*close)(void *arg, const char *key, const char *nonce);
	/* Start the notifier ahead; nothing is open or wanted any more. */
	void (*prepare)(void *arg);
	/* This may be shown soon, under this nonce. */
	void (*compose)(void *arg, const struct popup *p);
	void (*idle)(void *arg);
	/* The default action or Show: id 0 means the list of today. */
	void (*details)(void *arg, int64_t id);
	void (*event)(void *arg, enum schedule_event ev, int64_t id,
	    const struct reminder *r);
	/* How the test pop-up fared: shown, or why not. */
	void (*tested)(void *arg, bool shown, const char *why);
};

/* All arguments are borrowed for the life of the schedule. */
struct schedule *schedule_new(struct store *store,
    const struct options *options, const struct zone *zone,
    const struct schedule_out *out);
void schedule_free(struct schedule *s);

/* The options were replaced: borrowed from now on. What stands on the screen
 * tells no more than the new privacy allows. */
void schedule_set_options(struct schedule *s, int64_t now,
    const struct options *o);

/*
 * The traveller's zone changed: borrowed from now on. What floats is derived
 * anew by the runs that follow, at once, and a notice lists what moved that
 * matters to somebody else: open reminders with a contact whose time of day
 * was said. The zone of the last run is remembered over a restart, so that a
 * change while the daemon was away is noticed as well.
 */
void schedule_set_zone(struct schedule *s, int64_t now,
    const struct zone *z);

/* The tz database was perhaps upgraded: if it is another edition, what stands
 * on the wall of any zone is derived anew by the runs that follow. The edition
 * of the last run is remembered over a restart. */
void schedule_look_at_zones(struct schedule *s, int64_t now);

/*
 * Do everything whose moment has come: ring, raise anew, put away, the brief.
 * At most a batch (64, about a millisecond) at a time; when more wait, the
 * next moment is now. Show first, record at once after: the pop-ups leave
 * during this call, the marks are in the same transaction.
 * The first run after schedule_new takes in what was missed and raises what
 * was on the screen when the daemon ended.
 */
bool schedule_run(struct schedule *s, int64_t now, struct err *err);

/* When the clock fires, before the run: show what was composed ahead for this
 * moment. True: it was, and the run, which records it, has a moment's time; it
 * has to come before the notifier's answer does. Needs no request. */
bool schedule_show_ahead(struct schedule *s, int64_t now);

/* The next moment that matters (Unix seconds), the notifier's head start
 * included, or NEVER. After every run and every change: it is here that the
 * notifier is told when it may leave. */
int64_t schedule_next(struct schedule *s, int64_t now);

/* -------------------------------------------------- what a person does -- */
/* Each acts on all ids or on none, fills out with the reminders as they now
 * are (appended; the caller clears), closes pop-ups of what no longer rings,
 * and tells the watchers. */

/* A reminder as whatever is done to it will find it: of a series the occurrence
 * is at hand that is so now. For planning; the database may know an older one.
 * As store_reminder_get. */
bool schedule_get(struct schedule *s, int64_t now, int64_t id,
    struct reminder *out, struct err *err);

/* Store a new reminder (all that a person can say is filled in by the caller;
 * id, state, wake, created, next are set here). Of a series every, anchor and
 * slot are filled in too, and due is the first occurrence. */
bool schedule_add(struct schedule *s, int64_t now, struct reminder *r,
    struct err *err);

/* Hide until `until`, whose fields are of the user's wall; NULL: options.later
 * from now. */
bool schedule_snooze(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const struct moment *until, struct reminders *out,
    struct err *err);

/* *logged says for how many an interaction was stored (a check-in or thanks,
 * or any with a note; and a contact to log it with). Of a series the
 * occurrence at hand is done: it goes into the history, and the series on to
 * the next one (state scheduled), or to its end (state done). */
bool schedule_done(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const char *note, struct reminders *out, int *logged,
    struct err *err);

/* The same, but for the interaction: the conversation that answered them is
 * logged by the caller. */
bool schedule_answered(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const char *note, struct reminders *out, struct err *err);

/* After either of the two: for each fix among what was done, with somebody, a
 * check-in a week later is scheduled; made (NULL: nobody wants to know) has
 * them appended. */
bool schedule_follow_fix(struct schedule *s, int64_t now,
    const struct reminders *done, struct reminders *made, struct err *err);

/* A problem is put right on the morning of the next working day: that moment,
 * on the user's wall. */
struct moment schedule_next_workday(const struct schedule *s, int64_t now);

bool schedule_drop(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, struct reminders *out, struct err *err);

/* Leave out the occurrence at hand of each series, and nothing else. Of the
 * last one the series ends (state dropped). ERR_IMPOSSIBLE for what does not
 * recur. */
bool schedule_skip(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, struct reminders *out, struct err *err);

/* A new due moment; ring may differ from due ("by thu"). The zone is the one
 * the words stood in, or NULL. Of a series only the occurrence at hand moves:
 * it has to stay before the next one and, when that is a day or more away, off
 * its date, and off a date on which the series rang and was answered
 * (ERR_IMPOSSIBLE), or one date would ring twice. */
bool schedule_move(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const struct moment *due, const struct moment *ring,
    const char *zone, struct reminders *out, struct err *err);

/* Write back a reminder whose text, need, kind, contacts or urgency the caller
 * changed; a standing pop-up is shown with the new words. */
bool schedule_edit(struct schedule *s, int64_t now,
    const struct reminder *r, struct reminders *out, struct err *err);

/*
 * Another recurrence for an open reminder: `edit --every`, `move --series`.
 * series NULL: it recurs no more, the occurrence at hand stays. keep: the
 * occurrence at hand stays as it is, rings on, and series->first comes after
 * it; else it is moved to series->first. zone is that the series stands in, or
 * NULL.
 */
bool schedule_recur(struct schedule *s, int64_t now, int64_t id,
    const struct series *series, bool keep, const char *zone,
    struct reminders *out, struct err *err);

/* Take back the newest change, or the newest that touched id (> 0): the
 * sentence of what it was goes to *sentence (the caller frees it). Nothing that
 * comes back rings within the next minute. Runs outside of a change. */
bool schedule_undo(struct schedule *s, int64_t now, int64_t id,
    char **sentence, struct reminders *out, struct err *err);

/* Reminders were erased, or lost somebody, past all of the above (a contact was
 * forgotten): what stands of them is closed, or shown with other words. */
void schedule_erased(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n);

/* What a change did, as undo will call it: "done: 12 Call Dana", "snoozed: 4
 * reminders (1, 2, 3, 4)". The caller frees it. */
char *schedule_sentence(const char *did, const struct reminders *rs);

/* Hold pop-ups until then; 0: no longer, and not for the rest of the quiet
 * hours of the configuration either, if now is within some. */
bool schedule_quiet(struct schedule *s, int64_t now, int64_t until,
    struct err *err);
/* When it ends: what was said by hand, or the configured hours, whichever is
 * later. 0: it is not quiet. */
int64_t schedule_quiet_until(struct schedule *s, int64_t now);
/* Why pop-ups are held by the desktop ("the screen is locked"), or NULL. */
const char *schedule_held(const struct schedule *s);

/* What rings now, oldest first (for commands without an ID). */
bool schedule_ringing(struct schedule *s, struct reminders *out,
    struct err *err);

/* Show the test pop-up; how it went comes by out.tested. */
void schedule_test(struct schedule *s);

/* --------------------------------------------- what the notifier tells -- */

/* The notification server is there (again), or has gone. On return all that
 * should stand is shown anew. */
bool schedule_server(struct schedule *s, int64_t now, bool up,
    struct err *err);
/* The desktop holds pop-ups (not urgent ones), or does so no longer: why is a
 * sentence without its full stop, "the screen is locked", or NULL. What is held
 * comes as one merged notice when it ends. Told before schedule_server (up),
 * and forgotten when the notifier goes. */
bool schedule_presence(struct schedule *s, int64_t now, const char *why,
    struct err *err);
bool schedule_shown(struct schedule *s, int64_t now, const char *key,
    const char *nonce, struct err *err);
bool schedule_failed(struct schedule *s, int64_t now, const char *key,
    const char *nonce, const char *why, struct err *err);
/* A click. Acts only when key and nonce are of a pop-up that this daemon
 * showed lately; the same click twice acts once. *sentence (the caller frees;
 * NULL when nothing changed) names the change for undo: the caller runs this
 * inside a change. */
bool schedule_action(struct schedule *s, int64_t now, const char *key,
    const char *nonce, const char *action, char **sentence,
    struct err *err);
/* Closed, by a reason of the Desktop Notifications Specification: 1 expired,
 * 2 dismissed by the user, 3 closed by a call, 4 undefined. */
bool schedule_closed(struct schedule *s, int64_t now, const char *key,
    const char *nonce, int reason, char **sentence, struct err *err);

/* After a commit or a request failed: what memory believes was written may not
 * be; look again at everything that rings. What stands goes on standing. */
void schedule_resync(struct schedule *s);

#endif
