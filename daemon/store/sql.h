/*
 * Private to the store: the open database, its statements, and how SQLite's
 * errors become ours.
 */
#ifndef RAPPORT_STORE_SQL_H
#define RAPPORT_STORE_SQL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

/* Every statement of fixed text; the texts stand in statements.c. */
enum statement {
	STMT_BEGIN,
	STMT_COMMIT,
	STMT_ROLLBACK,
	STMT_SAVEPOINT,
	STMT_RELEASE,
	STMT_ROLLBACK_TO,

	STMT_REMINDER_ADD,
	STMT_REMINDER_PUT,
	STMT_REMINDER_GET,
	STMT_REMINDER_DUE,
	STMT_REMINDER_NEXT_WAKE,
	STMT_REMINDER_NEXT_RING,
	STMT_REMINDER_OVERDUE,
	STMT_REMINDER_RINGING,
	STMT_REMINDER_SNOOZED,
	STMT_REMINDER_OPEN,
	STMT_REMINDER_FLOATING,

	STMT_OCCURRENCE_ADD,
	STMT_OCCURRENCE_SERIES,

	STMT_WITH_GET,
	STMT_WITH_ADD,
	STMT_WITH_REMOVE,

	STMT_CONTACT_ADD,
	STMT_CONTACT_PUT,
	STMT_CONTACT_GET,
	STMT_CONTACT_ID,
	STMT_CONTACT_BEGINNING,
	STMT_CONTACT_ALL,
	STMT_CONTACT_THROUGH,

	STMT_ADDRESS_ALL,
	STMT_ADDRESS_ADD,
	STMT_ADDRESS_REMOVE,

	STMT_FACT_ADD,
	STMT_FACT_GET,
	STMT_FACT_PUT,
	STMT_FACT_REMOVE,
	STMT_FACT_ALL,

	STMT_DATE_ADD,
	STMT_DATE_GET,
	STMT_DATE_PUT,
	STMT_DATE_REMOVE,
	STMT_DATE_ALL,

	STMT_INTERACTION_ADD,
	STMT_INTERACTION_GET,
	STMT_INTERACTION_PUT,
	STMT_INTERACTION_REMOVE,
	STMT_INTERACTION_ALL,
	STMT_INTERACTION_OF,
	STMT_INTERACTION_LAST,
	STMT_INTERACTION_WITH_GET,
	STMT_INTERACTION_WITH_ADD,
	STMT_INTERACTION_WITH_REMOVE,

	STMT_SEARCH,
	STMT_SEARCH_CONTACT,
	STMT_SEARCH_ADDRESS,
	STMT_SEARCH_DATE,
	STMT_SEARCH_FACT,
	STMT_SEARCH_INTERACTION,
	STMT_SEARCH_REMINDER,
	STMT_SEARCH_OCCURRENCE,

	STMT_SETTING_GET,
	STMT_SETTING_PUT,
	STMT_SETTING_TEXT_GET,
	STMT_SETTING_TEXT_PUT,

	STMT_CHANGE_LAST,
	STMT_CHANGE_LAST_OF,
	STMT_CHANGE_ADD,
	STMT_CHANGE_REMOVE,
	STMT_CHANGE_PRUNE,
	STMT_CHANGE_ROWS,
	STMT_CHANGE_REMINDERS,
	STMT_CHANGE_CONFLICT,

	STMT_TOKEN_GET,
	STMT_TOKEN_PUT,
	STMT_TOKEN_PRUNE,
	STMT_MAX
};
extern const char *const statement_sql[STMT_MAX];

/* The columns of a reminder, in the order that reminder_read takes them. */
#define REMINDER_COLUMNS \
	"id, text, need, kind, state, urgent, due, due_local, ring_at, " \
	"ring_local, zone, created, done_at, note, wake, rang_at, raises, " \
	"on_screen, dismissals, dismissed_day, shown, missed, every, " \
	"anchor, slot, next, clock_said, " REMINDER_WITH
#define REMINDER_WITH \
	"(SELECT group_concat(handle) FROM reminder_contact rc " \
	"JOIN contact c ON c.id = rc.contact WHERE rc.reminder = reminder.id)"

/* The same of one line in the history of a series, o: the reminder as it would
 * stand if that occurrence had been all of it. */
#define OCCURRENCE_COLUMNS \
	"o.reminder, text, need, kind, o.state, urgent, o.due, " \
	"o.due_local, o.due, o.due_local, zone, created, o.at, o.note, " \
	"NULL, NULL, 0, 0, 0, 0, shown, 0, every, anchor, slot, next, " \
	"clock_said, " REMINDER_WITH

/* The columns of a contact, in the order that contact_read takes them, and of
 * its parameters. */
#define CONTACT_COLUMNS \
	"id, handle, name, created, org, circle, cadence, zone, stage, " \
	"status, paused_until, (SELECT i.handle FROM contact i " \
	"WHERE i.id = contact.introduced_by), introduced_at, met, uid, last_at"

/* The same of an interaction, i. */
#define INTERACTION_COLUMNS \
	"i.id, i.at, i.channel, i.direction, i.mood, i.note, i.reminder, " \
	"(SELECT group_concat(handle) FROM interaction_contact x " \
	"JOIN contact c ON c.id = x.contact WHERE x.interaction = i.id)"

/* The texts of lists differ by their filter: 4 sets of states, forwards or
 * backwards, of everybody or of one contact. */
enum { LIST_MAX = 4 * 2 * 2 };

struct store {
	char *path;
	int lock;			/* the lock file, or -1 */
	sqlite3 *db;
	sqlite3_stmt *stmt[STMT_MAX];	/* prepared at first use */
	sqlite3_stmt *list[LIST_MAX];

	/* The turn and the request in it (turn.c). */
	bool turn;			/* a transaction was begun */
	bool request;			/* a request was begun */
	bool savepoint;			/* it has one */
	bool failed;			/* SQLite rolled the turn back */
	int changes;			/* rows written before the turn */
	struct err trouble;		/* of the last write; code ERR_NONE:
					   it was stored */

	/* The change that is open, or 0 (undo.c). */
	int64_t change;
	int64_t change_at;
	struct buf images;		/* of the rows it wrote: "[[…],[…]", a JSON
					   array that is not closed yet */
	bool differs;			/* one of them is another one now */
	bool images_kept;		/* the triggers that do it are there */
	int64_t last_change;		/* newest id given; -1: not yet known */

	int64_t tokens_pruned;		/* when, or 0 */

	/* Rows written when the index was last found complete, or -1
	 * (search.c); and whether this turn forgot somebody (forget.c). */
	int64_t searchable;
	bool forgot;

	/* How many reminders are in each open state (reminder.c). */
	bool counted;
	int64_t count[STATE_MAX];
};

/* ------------------------------------------------------- statements --- */

/* Give up when SQLite has no memory or was called wrongly: binding a value
 * has no other way to fail. */
void sql_must(int rc);

/* The prepared statement, reset; NULL and err when it can't be prepared. */
sqlite3_stmt *sql_get(struct store *s, enum statement id, struct err *err);
sqlite3_stmt *sql_prepare(struct store *s, const char *sql,
    struct err *err);

/* Parameters, from 1. Text is borrowed until the statement is reset. */
void sql_int(sqlite3_stmt *st, int parameter, int64_t value);
void sql_int_or_null(sqlite3_stmt *st, int parameter, int64_t value,
    int64_t null);			/* NULL when value equals null */
void sql_text(sqlite3_stmt *st, int parameter, const char *text);

/* Columns, from 0. A copy that the caller frees, NULL for NULL. */
char *sql_dup(sqlite3_stmt *st, int column);
int64_t sql_int_at(sqlite3_stmt *st, int column, int64_t null);
/* The index of a word among the names; false: it is none of them. */
bool sql_name_at(sqlite3_stmt *st, int column, const char *const *names,
    int *out);

enum sql_step { SQL_ERROR = -1, SQL_DONE = 0, SQL_ROW = 1 };

/* The next row of a query. After SQL_DONE and SQL_ERROR the statement is
 * reset; after SQL_ROW the caller goes on or resets it. */
enum sql_step sql_step(struct store *s, sqlite3_stmt *st, struct err *err);

/* Run a statement that writes, and reset it. Refused outside of a request and
 * in a turn that failed. */
bool sql_run(struct store *s, sqlite3_stmt *st, struct err *err);

/* A function of ours for triggers; its user data is the store. */
bool sql_function(struct store *s, const char *name, int arguments,
    void (*fn)(sqlite3_context *, int, sqlite3_value **), struct err *err);

/* Run SQL of a fixed text that answers nothing. */
bool sql_exec(struct store *s, const char *sql, struct err *err);

/* Turn SQLite's last error into err and return false. Looks whether SQLite
 * rolled the turn back, so it must be called before anything else is run. */
bool sql_error(struct store *s, struct err *err);

/* ------------------------------------------------ between the files --- */

/* What the file is: *version 0 when it is empty; ERR_STORAGE when it is not
 * ours, ERR_SCHEMA_TOO_NEW. Nothing is written. */
bool schema_recognise(struct store *s, int64_t *version, struct err *err);
/* From that version to the one that the statements are for; false: it is as it
 * was. */
bool schema_migrate(struct store *s, int64_t version, struct err *err);

/* Copy what is committed, of a version, to a file of its own in backups/;
 * *path is where it is (the caller frees). It is on the disk then. */
bool backup_make(struct store *s, int64_t version, char **path,
    struct err *err);

/* Before anything else is asked of undo.c. */
bool undo_open(struct store *s, struct err *err);

/* Forget the change that is open, if any, and its images. */
void undo_forget(struct store *s);

/* Before anything is counted (reminder.c). */
bool count_open(struct store *s, struct err *err);

/* Before anything is searched or forgotten (search.c, forget.c). */
bool search_open(struct store *s, struct err *err);
/* Bring the index up to date, within a request. */
bool search_catch_up(struct store *s, struct err *err);
/* Let nothing stay in the index of what was taken out of it. */
bool search_purge(struct store *s, struct err *err);

/* After a commit, and at the start: leave no trace in the file of somebody who
 * was forgotten. What fails is logged, and done at the next start. */
void forget_finish(struct store *s);

/* Append a text as it is searched: letters that no diacritic makes of others
 * are written in others ("Straße" is "Strasse"; fold.c). */
void fold(struct buf *out, const char *text);

/* Who takes part in something: a table of pairs, by the statements that ask,
 * add and remove with ?1 its number and ?2 a contact (with.c). */
struct with_table {
	enum statement get, add, remove;
};
/* Make the contacts stored for a number those with these handles. */
bool with_put(struct store *s, const struct with_table *t, int64_t id,
    char *const *with, size_t n, struct err *err);
/* A column of handles joined by commas: sorted, each the caller's. */
void with_read(sqlite3_stmt *st, int column, char ***with, size_t *n);
int with_compare(const void *a, const void *b);

/* The id of the contact with that very handle (ASCII case ignored), and its
 * handle as it is written (may be NULL; the caller frees). ERR_NOT_FOUND names
 * the nearest. */
bool contact_id(struct store *s, const char *handle, int64_t *id,
    char **written, struct err *err);

#endif
