/*
 * The truth on disk: one SQLite file, and the only room that includes
 * sqlite3.h. The store keeps what it is given; what a change means is decided
 * above, in schedule/.
 *
 * How writes become durable (DESIGN.md, 6): everything that
 * happens in one turn of the loop is one transaction with one sync. The first
 * write of a turn opens it, store_commit ends it; each request inside is a
 * savepoint of its own. Replies leave after store_commit said true.
 */
#ifndef RAPPORT_STORE_STORE_H
#define RAPPORT_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/contact.h"
#include "model/fact.h"
#include "model/interaction.h"
#include "model/reminder.h"

struct store;

/*
 * Open the database (made with mode 0600 when missing) and take its lock,
 * path + ".lock", for the life of the store. Errors: ERR_SCHEMA_TOO_NEW;
 * ERR_IMPOSSIBLE when another daemon holds the lock; ERR_STORAGE for a file
 * that is no database, can't be read or written. A database of an older version
 * is brought up to this one, after a copy of it was made in backups/ beside it;
 * when either can't be done it stays as it is (ERR_STORAGE).
 * The folder must exist (paths_make_parent).
 */
struct store *store_open(const char *path, struct err *err);
void store_close(struct store *s);	/* NULL is allowed */

/* The folder of those copies, for the path of a database. The caller frees
 * it. */
char *store_backup_folder(const char *path);

/* ------------------------------------------------ turns and requests --- */

/* One request, or one run of the clock. begin opens the turn's transaction if
 * none is open, or a savepoint in it; end keeps or takes back everything since
 * begin. Not nested. end(keep) false: with ERR_STORAGE the request's work is
 * gone, and when SQLite rolled the whole transaction back (a full disk with a
 * spilled cache) store_failed() is true: then nothing more runs in this turn
 * and every reply of it becomes that error. */
bool store_begin(struct store *s, struct err *err);
bool store_end(struct store *s, bool keep, struct err *err);
bool store_failed(const struct store *s);

/* Why nothing could be stored the last time that it was tried (borrowed until
 * the next call); NULL when it could. */
const char *store_trouble(const struct store *s);

/* A number that is another one after something was written. */
int64_t store_changes(const struct store *s);

/* Whether a transaction is open, that is: something waits for store_commit. */
bool store_pending(const struct store *s);

/* End the turn: one COMMIT, one sync; nothing to do when nothing is pending.
 * false: nothing of the turn was stored (ERR_STORAGE); *fatal (may be NULL)
 * is set for an I/O error after which the daemon must not go on, and the store
 * refuses all that comes behind it. Otherwise clears store_failed. */
bool store_commit(struct store *s, bool *fatal, struct err *err);

/* ---------------------------------------------------------- reminders --- */

/* Store a new reminder and set r->id. The handles in r->with must exist:
 * ERR_NOT_FOUND with the nearest ones. */
bool store_reminder_add(struct store *s, struct reminder *r,
    struct err *err);

/* Load one; ERR_NOT_FOUND "no reminder 12". The caller clears it. */
bool store_reminder_get(struct store *s, int64_t id, struct reminder *out,
    struct err *err);

/* Write back every field of a loaded reminder, contacts included. */
bool store_reminder_put(struct store *s, const struct reminder *r,
    struct err *err);

/* The occurrence at hand of a series was done or dropped (state) at a moment:
 * a line in its history. r is the reminder as it stood then; note may be
 * NULL. */
bool store_occurrence_add(struct store *s, const struct reminder *r,
    enum reminder_state state, int64_t at, const char *note,
    struct err *err);
/* The history of a series, the newest first, at most limit, appended: the
 * reminder as it is, but state, due (= ring), done_at and note of that
 * occurrence, and nothing of how it rings. */
bool store_occurrences(struct store *s, int64_t reminder, int64_t limit,
    struct reminders *out, struct err *err);

/* Open reminders whose wall times float, by ID above `after`, at most limit,
 * appended: what has to be derived anew when the zone changes. That is also an
 * instant snoozed until a time on the wall. zoned: those that stand on the wall
 * of a zone of their own as well, for when the rules of any zone may have
 * changed. What is closed is passed by on the way, a million in 0.15 s. */
bool store_floating(struct store *s, int64_t after, int64_t limit, bool zoned,
    struct reminders *out, struct err *err);

/* A reminder's moment is when it was done or dropped, or else ring_at. Done and
 * dropped ones include the history of the series, under the series' ID. */
struct store_filter {
	bool open;		/* scheduled, ringing, snoozed */
	bool done;		/* done and dropped; with open: all */
	bool ringing;		/* only those that ring, whatever the others
				   say. None of the three: nothing matches */
	const char *with;	/* a handle (exactly), or NULL */
	int64_t from, until;	/* moment >= from and <= until; 0 and NEVER
				   for all (until 0 too) */
	int64_t after;		/* of the moment from, only IDs above it: so a
				   list that was cut goes on */
	int64_t after_due;	/* 0, or: of the ID after too, what is due
				   later: two lines of one history may share
				   moment and ID */
	int64_t limit;		/* rows at most; 0: all */
	bool newest_first;	/* backwards */
};

/* Matching reminders by their moment, then ID, then due. Appended to out. 10 of
 * a million in 25 µs: the order comes from an index, never from a sort. A list
 * of one contact is sorted: it is short. */
bool store_reminders(struct store *s, const struct store_filter *f,
    struct reminders *out, struct err *err);

/* Open reminders with wake <= now, by wake, at most limit, appended. */
bool store_due(struct store *s, int64_t now, int64_t limit,
    struct reminders *out, struct err *err);

/* The smallest wake after a moment (0: of all), or NEVER; fallback when that
 * can't be read (which is logged). */
int64_t store_next_wake(struct store *s, int64_t after, int64_t fallback);

/* The open reminder that rings next: smallest ring_at of the scheduled and
 * snoozed ones. *found false: none. */
bool store_next_ring(struct store *s, struct reminder *out, bool *found,
    struct err *err);

struct store_counts {
	int64_t scheduled, ringing, snoozed, overdue;
};
bool store_count(struct store *s, struct store_counts *out,
    struct err *err);

/* ----------------------------------------------------------- contacts --- */

bool store_contact_add(struct store *s, struct contact *c,
    struct err *err);	/* ERR_IMPOSSIBLE: the handle is taken */
/* The one with that very handle, ASCII case ignored; *found false: none. The
 * caller clears it. */
bool store_contact_get(struct store *s, const char *handle,
    struct contact *out, bool *found, struct err *err);
/* As a person says it: that, or a unique beginning. ERR_NOT_FOUND names the
 * nearest (it reads all of them: no question for every word of a text);
 * ERR_NOT_UNDERSTOOD the candidates when several begin so. */
bool store_contact_find(struct store *s, const char *who,
    struct contact *out, struct err *err);
/* All of them by handle, appended: 10,000 in 20 ms. */
bool store_contacts(struct store *s, struct contacts *out, struct err *err);

/* Write back every field of a loaded contact but last_at; the handle may be
 * another (ERR_IMPOSSIBLE: it is taken; or whoever introduced them came
 * through them). */
bool store_contact_put(struct store *s, const struct contact *c,
    struct err *err);

/* E-mail addresses and telephone numbers: all of a contact at once. */
bool store_addresses(struct store *s, int64_t contact,
    struct addresses *out, struct err *err);
bool store_addresses_put(struct store *s, int64_t contact,
    const struct addresses *as, struct err *err);

/* Erase a contact with all that is kept about them: facts, dates, addresses,
 * interactions that were with nobody else (of shared ones the others keep it),
 * reminders that are with nobody else and their history, and what search knows
 * of them. All that undo and request tokens remember goes with it, of whomever
 * it is: an older change can't be taken back over a gap. Not undoable: within a
 * request, outside of a change. store_commit then writes the file anew, so that
 * neither free space nor the log keeps anything (half a second for 200,000
 * interactions); killed there, the next start does it. What the texts of others
 * say stays; what lies in backups is the caller's. *counts says what went. */
struct store_forgotten {
	int64_t facts, dates, interactions, shared, reminders;
};
bool store_forget(struct store *s, int64_t contact,
    struct store_forgotten *counts, struct err *err);

/* -------------------------------------------- what is known and was said --- */

/* Each with its number: added ones get id; get is ERR_NOT_FOUND "no fact f7".
 * Lists are appended, facts by kind and number, dates by month and day,
 * interactions the newest first. Removed numbers are not given again. */
bool store_fact_add(struct store *s, struct fact *f, struct err *err);
bool store_fact_get(struct store *s, int64_t id, struct fact *out,
    struct err *err);
bool store_fact_put(struct store *s, const struct fact *f, struct err *err);
bool store_fact_remove(struct store *s, int64_t id, struct err *err);
bool store_facts(struct store *s, int64_t contact, struct facts *out,
    struct err *err);

bool store_date_add(struct store *s, struct date *d, struct err *err);
bool store_date_get(struct store *s, int64_t id, struct date *out,
    struct err *err);
bool store_date_put(struct store *s, const struct date *d, struct err *err);
bool store_date_remove(struct store *s, int64_t id, struct err *err);
bool store_dates(struct store *s, int64_t contact, struct dates *out,
    struct err *err);

bool store_interaction_add(struct store *s, struct interaction *i,
    struct err *err);
bool store_interaction_get(struct store *s, int64_t id,
    struct interaction *out, struct err *err);
bool store_interaction_put(struct store *s, const struct interaction *i,
    struct err *err);
bool store_interaction_remove(struct store *s, int64_t id, struct err *err);
/* Of one contact (0: of all), at most limit (0: all). The first ten of 200,000
 * cost what the first ten of 200 do. */
bool store_interactions(struct store *s, int64_t contact, int64_t limit,
    struct interactions *out, struct err *err);
/* When the latest one of a contact was that is not after now; 0: none. */
bool store_last_before(struct store *s, int64_t contact, int64_t now,
    int64_t *at, struct err *err);

/* -------------------------------------------------------------- search --- */

/* What holds all of the words (each as a beginning of a word), in contacts
 * (with their addresses and the names of their dates), facts, notes and
 * reminders; the best first, at most limit (0: all), appended. The words are a
 * person's: nothing in them is syntax. Diacritics and case don't matter
 * ("soren" finds Søren, "strasse" Straße). ERR_NOT_UNDERSTOOD: no word.
 * What was written since the last search is put into the index first, 3 µs a
 * text: so a search may be a write, and opens a request of its own when none
 * is open. */
enum store_hit_kind { HIT_CONTACT, HIT_FACT, HIT_INTERACTION, HIT_REMINDER,
	HIT_KIND_MAX };
struct store_hit {
	enum store_hit_kind kind;
	int64_t id;
	char *text;		/* what was found, the whole of it */
	char *who;		/* handles, joined by commas, or NULL */
	int64_t at;		/* of a conversation or reminder; 0 */
};
struct store_hits {
	struct store_hit *v;
	size_t n;
};
bool store_search(struct store *s, const char *words, int64_t limit,
    struct store_hits *out, struct err *err);
void store_hits_clear(struct store_hits *hits);

/* ------------------------------------------------------------ settings -- */

/* Small values that outlive a restart: "quiet_until", "brief_day". get
 * answers fallback when there is none. */
int64_t store_setting(struct store *s, const char *key, int64_t fallback);
bool store_setting_put(struct store *s, const char *key, int64_t value,
    struct err *err);
/* The same for texts ("zone"): NULL when there is none; the caller frees. */
char *store_setting_text(struct store *s, const char *key);
bool store_setting_text_put(struct store *s, const char *key,
    const char *value, struct err *err);

/* --------------------------------------------------------------- undo --- */

/*
 * Between change_begin and change_end every row written keeps its image from
 * before (triggers do it, for all tables that hold a person's data), so that
 * the whole change can be taken back. What the clock writes outside of a
 * change (it rings, it was shown) is no change and can't be undone.
 * change_end names it by a sentence in the past tense ("done: 12 Call Dana");
 * a change that makes no row another one leaves nothing. Inside a request only.
 */
bool store_change_begin(struct store *s, int64_t now, struct err *err);
bool store_change_end(struct store *s, const char *sentence,
    struct err *err);

/* Right after change_begin: go on with that change, if it is the newest one and
 * not very large, so that undo takes both back as one. Otherwise nothing. */
bool store_change_join(struct store *s, int64_t id, struct err *err);
/* The number of the change that is open; 0: none. */
int64_t store_change_open(const struct store *s);

struct store_undone {
	char *sentence;		/* of what was taken back; the caller frees */
	int64_t *ids;		/* reminders it touched, freed by the caller */
	size_t n;
};
/* Take back the newest change, or the newest that touched reminder id (when
 * id > 0). ERR_NOT_FOUND: no reminder has that id. ERR_IMPOSSIBLE: nothing to
 * undo, or a later change touched the same
 * rows (named by its sentence and what undoes it). The last 200 changes are
 * kept. */
bool store_undo(struct store *s, int64_t id, struct store_undone *out,
    struct err *err);

/* ------------------------------------------------- export and import --- */

enum numbered { NUMBERED_REMINDER, NUMBERED_INTERACTION, NUMBERED_MAX };
/* The greatest number in use; 0: none is. */
bool store_last_number(struct store *s, enum numbered what, int64_t *last,
    struct err *err);
/* The next one added gets this number, or a greater one when it is not free
 * any more. */
bool store_number_from(struct store *s, enum numbered what, int64_t number,
    struct err *err);

/* ------------------------------------------------------ request tokens -- */

/* The reply stored for a token, or NULL. The caller frees it. */
char *store_token_reply(struct store *s, const char *token);
/* Remember a reply within the request that made it; tokens older than a day
 * are forgotten. */
bool store_token_put(struct store *s, const char *token, const char *reply,
    int64_t now, struct err *err);

#endif
