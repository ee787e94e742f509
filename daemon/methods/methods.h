/*
 * What the socket offers: one file per command, parameters in, one call into
 * the schedule or the store, reply out. Here is what they share, and the door
 * through which a call comes (dispatch.c).
 */
#ifndef RAPPORT_METHODS_METHODS_H
#define RAPPORT_METHODS_METHODS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "conf/options.h"
#include "edge/server.h"
#include "schedule/schedule.h"
#include "store/store.h"
#include "time/begin.h"
#include "wire/command.h"

/* What can be said of the desktop's notification server. */
struct desktop {
	bool up;
	char *server;		/* "dunst 1.9.0", or NULL */
	char *why;		/* why not up, or NULL */
	char *capabilities;	/* joined by commas, or NULL */
};

/* Calls that are answered later, or again and again. */
struct waiting_calls {
	struct call **v;
	size_t n;
};

/* What the methods act on. main owns everything in it. */
struct context {
	struct store *store;
	struct schedule *schedule;
	const struct options *options;
	const struct zone *zone;
	const char *database;
	char *const *config_error;	/* NULL: the configuration is right */
	struct desktop desktop;

	/* Ask the notifier how the desktop is; methods_desktop is called when
	 * it knows. */
	void (*probe)(void *arg);
	/* Call methods_hurry after so many seconds from now, once; a later
	 * call takes the place of the one before. */
	void (*hurry)(void *arg, int seconds);
	void *arg;

	struct waiting_calls watchers;
	struct waiting_calls probing;	/* status, without what it needs */
	struct waiting_calls testing;	/* status --test */
	int64_t testing_until;
};

/* A call has arrived at the moment now: serve it. */
void methods_call(struct context *ctx, struct call *c, int64_t now);
/* The client of a waiting call has gone. */
void methods_gone(struct context *ctx, struct call *c);

/* An event for the watchers; r may be NULL. */
void methods_event(struct context *ctx, enum schedule_event ev, int64_t now,
    int64_t id, const struct reminder *r);
/* ctx->desktop was brought up to date. */
void methods_desktop(struct context *ctx, int64_t now);
/* How the test pop-up fared. */
void methods_tested(struct context *ctx, int64_t now, bool shown,
    const char *why);
/* Nobody answers: answer who waits with what is known. */
void methods_hurry(struct context *ctx, int64_t now);

/* ------------------------------------------------ within the room only -- */

/* One call being served. */
struct request {
	struct context *ctx;
	struct call *call;
	const json_t *p;	/* its parameters, checked against the table */
	int64_t now;
	json_t *reply;		/* an object, to be filled */
	json_t *notes;		/* an array of sentences; becomes a part of the
				   reply when the table says so */
	struct buf sentence;	/* what undo will call it */
	char *text;		/* of the reply, once it was remembered */
	bool later;		/* the call keeps waiting: no reply now */
	bool zones_differ;	/* of those it is with: request_wall saw it */
	bool take_back;		/* answer, and store nothing of it */
};

/* Serve a request. On false err is the answer and nothing is stored. */
typedef bool method_fn(struct request *rq, struct err *err);

method_fn method_add, method_today, method_week, method_list, method_show,
    method_snooze, method_done, method_skip, method_drop, method_undo,
    method_move, method_edit, method_person_add, method_person_list,
    method_person_edit, method_person_pause, method_person_resume,
    method_person_archive, method_person_forget, method_met, method_learn,
    method_search, method_network, method_quiet, method_status, method_watch,
    method_import, method_export;

/* Parameters; NULL, false or fallback when not given (or null). */
const char *request_string(const struct request *rq, const char *name);
bool request_flag(const struct request *rq, const char *name);
int64_t request_int(const struct request *rq, const char *name,
    int64_t fallback);
bool request_has(const struct request *rq, const char *name);

/* "none" or "": take the value away. */
bool request_none(const struct request *rq, const char *name);
/* Put a text that was given in the place of *field, NULL for none. */
bool request_text(const struct request *rq, const char *name, char **field,
    struct err *err);

/* All IDs of "id", or of another parameter, each once; the caller frees
 * *ids. */
void request_ids(const struct request *rq, int64_t **ids, size_t *n);
void request_ids_of(const struct request *rq, const char *name, int64_t **ids,
    size_t *n);

/* The reminders a command is about: those of "id"; else what rings for the
 * contact "who"; else what rings. None: ERR_NOTHING_RINGS. */
bool request_targets(struct request *rq, int64_t **ids, size_t *n,
    struct err *err);

/* Several ring, and a command that takes one was given no ID: list them.
 * Always false. */
bool request_which(struct request *rq, const int64_t *ids, size_t n,
    struct err *err);

/* Read the phrase in parameter name in the zone (NULL: the user's). Says in
 * a note when the clock skips or repeats the time. What is to be done by a
 * time in a foreign zone rings in the user's own morning. */
bool request_when(struct request *rq, const char *name,
    const struct zone *zone, unsigned flags, struct when *out,
    struct err *err);
/* The zone that parameter name says; the caller frees it. NULL: no such. */
struct zone *request_zone(const struct request *rq, const char *name,
    struct err *err);
/* What a phrase read in the zone (NULL: the user's) came to, as a reminder
 * keeps it. */
void moments_of(const struct when *w, const struct zone *zone,
    struct moment *due, struct moment *ring);

void request_note(struct request *rq, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Name the change for undo (schedule_sentence). */
void request_sentence(struct request *rq, const char *did,
    const struct reminders *rs);

/* ----- series, in series.c */

/* The series that "when" and "every" say, begun in the zone (NULL: the
 * user's); "when" may be missing. */
bool request_series(struct request *rq, const struct zone *zone,
    struct series *out, struct err *err);
/* Say what is known to come after its first occurrence; with keep that one
 * too, as another is at hand. of is the reminder's number where there are
 * several, else 0. */
void request_note_series(struct request *rq, const struct series *s,
    const struct zone *z, bool keep, int64_t of);

/* The wall a reminder's clock hangs on: that of its zone, or the user's. */
struct wall {
	const struct zone *zone;
	struct zone *loaded;
};
bool wall_open(const struct context *ctx, const struct reminder *r,
    struct wall *out, struct err *err);
void wall_close(struct wall *w);
/* Where on it the occurrence at hand stands, or what does not recur. */
struct civil wall_slot(const struct reminder *r, const struct wall *w);

/* From one occurrence to the following; false: none, or none is known. */
bool series_next(const struct series *s, const struct zone *z,
    struct occurrence *at);

/* Set reply.reminder, or reply.reminders (the latter takes rs over). */
void request_reply_one(struct request *rq, const struct reminder *r);
void request_reply_many(struct request *rq, struct reminders *rs);

/* The handles of "with", each looked up: canonical, sorted, each once, put in
 * place of r->with; "none" alone empties it. */
bool request_with(struct request *rq, struct reminder *r, struct err *err);
/* The same of another parameter. */
bool request_linked(struct request *rq, const char *name, struct reminder *r,
    struct err *err);
/* One more handle of a contact that exists. */
void request_link(struct reminder *r, const char *handle);
/* The contact that a parameter names, which was given. */
bool request_contact(const struct request *rq, const char *name,
    struct contact *out, struct err *err);
/* The zone that clock times stand in: that of "zone", else the one that all
 * contacts of r live in who have one, else NULL, the user's. The caller frees
 * it. */
bool request_wall(struct request *rq, const struct reminder *r,
    struct zone **out, struct err *err);
/* Note what is open with the contacts of `people`, but for these n. */
bool request_note_open(struct request *rq, const struct reminder *people,
    const int64_t *but, size_t n, struct err *err);
/* Link contacts that TEXT names as @handle; hint at those it names without. */
bool request_mentions(struct request *rq, struct reminder *r,
    struct err *err);
/* Note what was made beside what was asked for. */
void request_note_made(struct request *rq, const struct reminders *made);

json_t *reminder_json(const struct context *ctx, const struct reminder *r);
json_t *reminders_json(const struct context *ctx, const struct reminders *rs);
/* The history of a series. */
json_t *occurrences_json(const struct context *ctx,
    const struct reminders *rs);
json_t *contact_json(const struct context *ctx, const struct contact *c);
json_t *addresses_json(const struct addresses *as);
json_t *fact_json(const struct fact *f);
json_t *facts_json(const struct facts *fs);
/* With its next day from now on. */
json_t *date_json(const struct request *rq, const struct date *d);
json_t *dates_json(const struct request *rq, const struct dates *ds);
json_t *interaction_json(const struct context *ctx,
    const struct interaction *i);
json_t *interactions_json(const struct context *ctx,
    const struct interactions *is);
json_t *string_or_null(const char *s);
/* "a,b,c" (NULL: nothing) as an array. */
json_t *split_json(const char *list);
json_t *desktop_json(const struct desktop *d);
/* An instant as RFC 3339 in the user's zone; null for NEVER and 0. */
json_t *local_json(const struct context *ctx, int64_t instant);

/* ----- people, in people.c */

/* Days between conversations with them: their own, or their circle's; 0: none
 * is said. */
int contact_cadence(const struct options *o, const struct contact *c);

/* Of a contact that was read, last_at is to be in the past: the store knows no
 * "now", and an imported conversation may lie ahead. */
bool people_last(struct request *rq, struct contact *c, struct err *err);

/* "introduced_by" of a contact, as it is said: sets the field, and makes a
 * thanks for tomorrow unless "no_thanks" (*made says so; thanks is the
 * caller's to clear). Nothing when it is not given. */
bool people_introduced(struct request *rq, struct contact *c,
    struct reminder *thanks, bool *made, struct err *err);

/* A handle nobody has, made from a name; ERR_NOT_UNDERSTOOD when it suggests
 * none. The caller frees *out. */
bool people_handle(struct request *rq, const char *name, char **out,
    struct err *err);

/* The local date of now. */
struct civil people_today(const struct request *rq);

/* "f7  early calls": a line for undo and messages; the caller frees. */
char *fact_line(const struct fact *f);
char *date_line(const struct date *d);
char *interaction_line(const struct interaction *i);

/* ----- what is numbered with a letter, in entry.c */

bool entry_edit(struct request *rq, const char *number, struct err *err);
/* Remove what "entry" lists, into reply.facts, dates and interactions; the
 * numbers are appended to said, "f7, i31". */
bool entries_drop(struct request *rq, struct buf *said, struct err *err);
/* What is said about a conversation: note, by, on, mood, direction. */
bool request_conversation(struct request *rq, struct interaction *i,
    struct err *err);
/* The days of "lead", 0 … DATE_LEAD_MAX; 0 when it is none. */
bool entry_lead(const struct request *rq, int *out, struct err *err);
/* What show, edit and drop call what was found: "dana", "f7", "12". The caller
 * frees it. */
char *hit_number(const struct store_hit *h);
/* Refuses a birthday in the future, and a second one of the same person. */
bool learn_check_date(struct request *rq, const struct date *d,
    struct err *err);

void waiting_add(struct waiting_calls *w, struct call *c);
bool waiting_remove(struct waiting_calls *w, struct call *c);

/* org.varlink.service, in service.c. */
void service_get_info(struct call *c);
void service_get_interface_description(struct call *c);

#endif
