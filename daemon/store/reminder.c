/* Reminders and the questions about them: see store.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "model/names.h"
#include "store/sql.h"

/* Columns of table reminder; its parameters are numbered from 1 in the same
 * order. WITH is not a column but the handles, joined by commas. */
enum column {
	ID, TEXT, NEED, KIND, STATE, URGENT, DUE, DUE_LOCAL, RING_AT,
	RING_LOCAL, ZONE, CREATED, DONE_AT, NOTE, WAKE, RANG_AT, RAISES,
	ON_SCREEN, DISMISSALS, DISMISSED_DAY, SHOWN, MISSED, EVERY, ANCHOR,
	SLOT, NEXT, CLOCK_SAID, WITH
};

/* -------------------------------------------------------- out of rows --- */

static bool
read_moment(sqlite3_stmt *st, int epoch, int local, struct moment *out)
{
	const char *text = (const char *)sqlite3_column_text(st, local);

	out->epoch = sqlite3_column_int64(st, epoch);
	out->wall = text != NULL;
	return text == NULL || civil_parse(text, &out->local);
}

/* What makes it a series, if it is one. */
static bool
read_series(sqlite3_stmt *st, struct reminder *out)
{
	const char *anchor, *slot;

	if (sqlite3_column_type(st, EVERY) == SQLITE_NULL)
		return true;
	anchor = (const char *)sqlite3_column_text(st, ANCHOR);
	slot = (const char *)sqlite3_column_text(st, SLOT);
	out->every = sql_dup(st, EVERY);
	out->next = sql_int_at(st, NEXT, 0);
	return anchor != NULL && civil_parse(anchor, &out->anchor) &&
	    slot != NULL && civil_parse(slot, &out->slot);
}

/* The row at hand, as REMINDER_COLUMNS orders it. The schema's checks keep
 * words and wall times right; what is not was written by something else. */
static bool
reminder_read(struct store *s, sqlite3_stmt *st, struct reminder *out,
    struct err *err)
{
	int kind, state;

	*out = (struct reminder){0};
	out->id = sqlite3_column_int64(st, ID);
	if (!sql_name_at(st, KIND, kind_names, &kind) ||
	    !sql_name_at(st, STATE, state_names, &state) ||
	    !read_moment(st, DUE, DUE_LOCAL, &out->due) ||
	    !read_moment(st, RING_AT, RING_LOCAL, &out->ring) ||
	    !read_series(st, out)) {
		err_set(err, ERR_STORAGE,
		    "%s is damaged: reminder %" PRId64 " can't be read",
		    s->path, out->id);
		reminder_clear(out);
		return false;
	}
	out->kind = (enum reminder_kind)kind;
	out->state = (enum reminder_state)state;
	out->text = sql_dup(st, TEXT);
	out->need = sql_dup(st, NEED);
	out->urgent = sqlite3_column_int(st, URGENT) != 0;
	out->zone = sql_dup(st, ZONE);
	out->clock_said = sqlite3_column_int(st, CLOCK_SAID) != 0;
	out->created = sqlite3_column_int64(st, CREATED);
	out->done_at = sql_int_at(st, DONE_AT, 0);
	out->note = sql_dup(st, NOTE);
	out->wake = sql_int_at(st, WAKE, NEVER);
	out->rang_at = sql_int_at(st, RANG_AT, 0);
	out->raises = sqlite3_column_int(st, RAISES);
	out->on_screen = sqlite3_column_int(st, ON_SCREEN) != 0;
	out->dismissals = sqlite3_column_int(st, DISMISSALS);
	out->dismissed_day = sqlite3_column_int64(st, DISMISSED_DAY);
	out->shown = sqlite3_column_int(st, SHOWN);
	out->missed = sqlite3_column_int(st, MISSED);
	with_read(st, WITH, &out->with, &out->with_n);
	return true;
}

/* Append every row of the query to out. */
static bool
reminders_read(struct store *s, sqlite3_stmt *st, struct reminders *out,
    struct err *err)
{
	struct reminder r;
	enum sql_step step;

	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!reminder_read(s, st, &r, err)) {
			sqlite3_reset(st);
			return false;
		}
		reminders_take(out, &r);
	}
	return step == SQL_DONE;
}

/* The first row, if any. */
static bool
reminder_read_one(struct store *s, sqlite3_stmt *st, struct reminder *out,
    bool *found, struct err *err)
{
	enum sql_step step = sql_step(s, st, err);
	bool ok = true;

	*found = step == SQL_ROW;
	if (*found) {
		ok = reminder_read(s, st, out, err);
		sqlite3_reset(st);
	}
	return ok && step != SQL_ERROR;
}

/* ---------------------------------------------------------- into rows --- */

static void
bind_moment(sqlite3_stmt *st, int epoch, int local, const struct moment *m,
    char text[CIVIL_TEXT])
{
	sql_int(st, epoch + 1, m->epoch);
	sql_text(st, local + 1,
	    m->wall ? civil_format(&m->local, text) : NULL);
}

/* A wall time of a series; NULL when it is none. */
static void
bind_wall(sqlite3_stmt *st, int column, const struct reminder *r,
    const struct civil *c, char text[CIVIL_TEXT])
{
	sql_text(st, column + 1,
	    r->every != NULL ? civil_format(c, text) : NULL);
}

/* Run STMT_REMINDER_ADD or _PUT. */
static bool
reminder_write(struct store *s, enum statement which,
    const struct reminder *r, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);
	char due[CIVIL_TEXT], ring[CIVIL_TEXT];
	char anchor[CIVIL_TEXT], slot[CIVIL_TEXT];

	if (st == NULL)
		return false;
	if (which == STMT_REMINDER_PUT)
		sql_int(st, ID + 1, r->id);
	sql_text(st, TEXT + 1, r->text);
	sql_text(st, NEED + 1, r->need);
	sql_text(st, KIND + 1, kind_names[r->kind]);
	sql_text(st, STATE + 1, state_names[r->state]);
	sql_int(st, URGENT + 1, r->urgent);
	bind_moment(st, DUE, DUE_LOCAL, &r->due, due);
	bind_moment(st, RING_AT, RING_LOCAL, &r->ring, ring);
	sql_text(st, ZONE + 1, r->zone);
	sql_int(st, CREATED + 1, r->created);
	sql_int_or_null(st, DONE_AT + 1, r->done_at, 0);
	sql_text(st, NOTE + 1, r->note);
	sql_int_or_null(st, WAKE + 1, r->wake, NEVER);
	sql_int_or_null(st, RANG_AT + 1, r->rang_at, 0);
	sql_int(st, RAISES + 1, r->raises);
	sql_int(st, ON_SCREEN + 1, r->on_screen);
	sql_int(st, DISMISSALS + 1, r->dismissals);
	sql_int(st, DISMISSED_DAY + 1, r->dismissed_day);
	sql_int(st, SHOWN + 1, r->shown);
	sql_int(st, MISSED + 1, r->missed);
	sql_text(st, EVERY + 1, r->every);
	bind_wall(st, ANCHOR, r, &r->anchor, anchor);
	bind_wall(st, SLOT, r, &r->slot, slot);
	sql_int_or_null(st, NEXT + 1, r->every != NULL ? r->next : 0, 0);
	sql_int(st, CLOCK_SAID + 1, r->clock_said);
	return sql_run(s, st, err);
}

static const struct with_table with_reminder = {STMT_WITH_GET, STMT_WITH_ADD,
	STMT_WITH_REMOVE};

/* Write the handles of r->with as their contacts do ("Dana" is dana), sorted,
 * each once. */
static bool
with_normalise(struct store *s, struct reminder *r, struct err *err)
{
	char *written;
	int64_t id;
	size_t i, n = 0;

	for (i = 0; i < r->with_n; i++) {
		if (!contact_id(s, r->with[i], &id, &written, err))
			return false;
		free(r->with[i]);
		r->with[i] = written;
	}
	if (r->with_n < 2)
		return true;
	qsort(r->with, r->with_n, sizeof *r->with, with_compare);
	for (i = 1; i < r->with_n; i++) {
		if (strcmp(r->with[n], r->with[i]) == 0)
			free(r->with[i]);
		else
			r->with[++n] = r->with[i];
	}
	r->with_n = n + 1;
	return true;
}

bool
store_reminder_add(struct store *s, struct reminder *r, struct err *err)
{
	if (!with_normalise(s, r, err) ||
	    !reminder_write(s, STMT_REMINDER_ADD, r, err))
		return false;
	r->id = sqlite3_last_insert_rowid(s->db);
	return r->with_n == 0 || with_put(s, &with_reminder, r->id, r->with,
	    r->with_n, err);
}

bool
store_reminder_get(struct store *s, int64_t id, struct reminder *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_REMINDER_GET, err);
	bool found;

	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	if (!reminder_read_one(s, st, out, &found, err))
		return false;
	if (!found)
		return err_param(err, ERR_NOT_FOUND, "id",
		    "no reminder %" PRId64, id);
	return true;
}

bool
store_reminder_put(struct store *s, const struct reminder *r,
    struct err *err)
{
	if (!reminder_write(s, STMT_REMINDER_PUT, r, err))
		return false;
	if (sqlite3_changes(s->db) == 0)
		return err_param(err, ERR_NOT_FOUND, "id",
		    "no reminder %" PRId64, r->id);
	return with_put(s, &with_reminder, r->id, r->with, r->with_n, err);
}

/* -------------------------------------------- the history of a series --- */

bool
store_occurrence_add(struct store *s, const struct reminder *r,
    enum reminder_state state, int64_t at, const char *note,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_OCCURRENCE_ADD, err);
	char due[CIVIL_TEXT];

	if (st == NULL)
		return false;
	sql_int(st, 1, r->id);
	sql_text(st, 2, state_names[state]);
	sql_int(st, 3, r->due.epoch);
	sql_text(st, 4,
	    r->due.wall ? civil_format(&r->due.local, due) : NULL);
	sql_int(st, 5, at);
	sql_text(st, 6, note);
	return sql_run(s, st, err);
}

bool
store_occurrences(struct store *s, int64_t reminder, int64_t limit,
    struct reminders *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_OCCURRENCE_SERIES, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, reminder);
	sql_int(st, 2, limit);
	return reminders_read(s, st, out, err);
}

/* --------------------------------------------------------------- lists --- */

/*
 * A list is made of up to three arms, each a walk along an index that holds
 * exactly its rows, in order. They are merged as they go ("MERGE (UNION ALL)"
 * in the query plan), so the first ten never cost more than ten of each.
 */
enum arm { ARM_NONE, ARM_OPEN, ARM_RINGING, ARM_CLOSED, ARM_HISTORY };

#define FROM_REMINDER(how) "FROM reminder " how " WHERE "
#define FROM_HISTORY(how) "FROM occurrence o " how \
	" CROSS JOIN reminder ON reminder.id = o.reminder WHERE "

static const struct {
	const char *columns;
	const char *moment, *id, *due;
	const char *along;	/* an index, in the order of the moment */
	const char *among;	/* a few, by the reminder */
	const char *where;
} arms[] = {
	[ARM_OPEN] = {REMINDER_COLUMNS, "ring_at", "id", "due",
	    FROM_REMINDER("INDEXED BY reminder_open"),
	    FROM_REMINDER("NOT INDEXED"),
	    "state NOT IN ('done', 'dropped')"},
	[ARM_RINGING] = {REMINDER_COLUMNS, "ring_at", "id", "due",
	    FROM_REMINDER("INDEXED BY reminder_ringing"),
	    FROM_REMINDER("NOT INDEXED"),
	    "state = 'ringing'"},
	[ARM_CLOSED] = {REMINDER_COLUMNS, "coalesce(done_at, ring_at)", "id",
	    "due", FROM_REMINDER("INDEXED BY reminder_closed"),
	    FROM_REMINDER("NOT INDEXED"),
	    "state IN ('done', 'dropped')"},
	[ARM_HISTORY] = {OCCURRENCE_COLUMNS, "o.at", "o.reminder", "o.due",
	    FROM_HISTORY("INDEXED BY occurrence_at"),
	    FROM_HISTORY("INDEXED BY occurrence_series"),
	    "true"},
};

/* ?1 and ?2 bound the moment; at its lower bound ?3 and ?6 the IDs, and the
 * dues of one. ?4 is the number of rows, ?5 a handle. One contact has few
 * reminders among many: then they are found by the contact, and sorted. */
static void
add_arm(struct buf *sql, enum arm arm, bool with)
{
	const char *moment = arms[arm].moment, *id = arms[arm].id;

	buf_addf(sql, "SELECT %s, %s AS moment %s%s "
	    "AND %s BETWEEN ?1 AND ?2 AND (%s > ?1 OR (%s, %s) > (?3, ?6)) ",
	    arms[arm].columns, moment,
	    with ? arms[arm].among : arms[arm].along, arms[arm].where,
	    moment, moment, id, arms[arm].due);
	if (with)
		buf_addf(sql, "AND %s IN (SELECT reminder "
		    "FROM reminder_contact WHERE contact = (SELECT id "
		    "FROM contact WHERE handle = ?5)) ", id);
}

/* The sets of states that a filter can ask for, by their arms. */
static const enum arm sets[][4] = {
	{ARM_OPEN},
	{ARM_RINGING},
	{ARM_CLOSED, ARM_HISTORY},
	{ARM_OPEN, ARM_CLOSED, ARM_HISTORY},
};
enum { SETS = sizeof sets / sizeof *sets };
_Static_assert(SETS * 4 == LIST_MAX, "one statement a set and way");

static int
set_of(const struct store_filter *f)
{
	if (f->ringing)
		return 1;
	if (f->open)
		return f->done ? 3 : 0;
	return f->done ? 2 : -1;
}

static sqlite3_stmt *
list_prepare(struct store *s, const enum arm *set, bool with,
    bool backwards, struct err *err)
{
	const char *direction = backwards ? " DESC" : "";
	struct buf sql = {0};
	sqlite3_stmt *st;
	int i;

	for (i = 0; set[i] != ARM_NONE; i++) {
		buf_adds(&sql, i == 0 ? "" : "UNION ALL ");
		add_arm(&sql, set[i], with);
	}
	buf_addf(&sql, "ORDER BY moment%s, id%s, due%s LIMIT ?4", direction,
	    direction, direction);
	st = sql_prepare(s, buf_str(&sql), err);
	buf_clear(&sql);
	return st;
}

bool
store_reminders(struct store *s, const struct store_filter *f,
    struct reminders *out, struct err *err)
{
	bool with = f->with != NULL;
	int set = set_of(f);
	sqlite3_stmt **st;

	if (set < 0)
		return true;
	st = &s->list[(set * 2 + with) * 2 + f->newest_first];
	if (*st == NULL)
		*st = list_prepare(s, sets[set], with, f->newest_first, err);
	if (*st == NULL)
		return false;
	sql_int(*st, 1, f->from == 0 ? INT64_MIN : f->from);
	sql_int(*st, 2, f->until == 0 ? NEVER : f->until);
	sql_int(*st, 3, f->after);
	sql_int(*st, 4, f->limit == 0 ? -1 : f->limit);
	sql_int(*st, 6, f->after_due == 0 ? NEVER : f->after_due);
	if (with)
		sql_text(*st, 5, f->with);
	return reminders_read(s, *st, out, err);
}

bool
store_floating(struct store *s, int64_t after, int64_t limit, bool zoned,
    struct reminders *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_REMINDER_FLOATING, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, after);
	sql_int(st, 2, limit);
	sql_int(st, 3, zoned);
	return reminders_read(s, st, out, err);
}

bool
store_due(struct store *s, int64_t now, int64_t limit,
    struct reminders *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_REMINDER_DUE, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, now);
	sql_int(st, 2, limit);
	return reminders_read(s, st, out, err);
}

int64_t
store_next_wake(struct store *s, int64_t after, int64_t fallback)
{
	struct err err = {0};
	sqlite3_stmt *st = sql_get(s, STMT_REMINDER_NEXT_WAKE, &err);
	enum sql_step step = SQL_ERROR;
	int64_t wake = NEVER;

	if (st != NULL) {
		sql_int(st, 1, after);
		step = sql_step(s, st, &err);
	}
	if (step == SQL_ROW) {
		wake = sqlite3_column_int64(st, 0);
		sqlite3_reset(st);
	}
	if (step != SQL_ERROR)
		return wake;
	log_error("what rings next: %s", err.message);
	return fallback;
}

bool
store_next_ring(struct store *s, struct reminder *out, bool *found,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_REMINDER_NEXT_RING, err);

	return st != NULL && reminder_read_one(s, st, out, found, err);
}

/* -------------------------------------------------------------- counts --- */

/*
 * Counting a million rows takes longer than a status bar may wait, so it is
 * done once, when first asked for; from then on triggers keep the counts, for
 * every statement that moves a reminder from state to state. A roll-back
 * forgets them (turn.c).
 */

/* count_move(from, to): the states' names, NULL for none. */
static void
fn_count_move(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct store *s = sqlite3_user_data(ctx);
	const char *name;
	int i, state;

	for (i = 0; s->counted && i < argc; i++) {
		name = (const char *)sqlite3_value_text(argv[i]);
		state = name == NULL ? -1 : names_index(state_names, name);
		if (state >= 0)
			s->count[state] += i == 0 ? -1 : 1;
	}
}

bool
count_open(struct store *s, struct err *err)
{
	return sql_function(s, "count_move", 2, fn_count_move, err);
}

static bool
keep_counts(struct store *s, struct err *err)
{
	return sql_exec(s, "CREATE TEMP TRIGGER IF NOT EXISTS count_added "
	    "AFTER INSERT ON main.reminder BEGIN "
	    "SELECT count_move(NULL, NEW.state); END;"
	    "CREATE TEMP TRIGGER IF NOT EXISTS count_moved "
	    "AFTER UPDATE OF state ON main.reminder "
	    "WHEN OLD.state <> NEW.state BEGIN "
	    "SELECT count_move(OLD.state, NEW.state); END;"
	    "CREATE TEMP TRIGGER IF NOT EXISTS count_removed "
	    "AFTER DELETE ON main.reminder BEGIN "
	    "SELECT count_move(OLD.state, NULL); END", err);
}

static bool
count(struct store *s, enum statement which, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL || sql_step(s, st, err) != SQL_ROW)
		return false;
	*out = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return true;
}

static bool
count_all(struct store *s, struct err *err)
{
	int64_t open, *n = s->count;

	if (!keep_counts(s, err) ||
	    !count(s, STMT_REMINDER_OPEN, &open, err) ||
	    !count(s, STMT_REMINDER_RINGING, &n[STATE_RINGING], err) ||
	    !count(s, STMT_REMINDER_SNOOZED, &n[STATE_SNOOZED], err))
		return false;
	n[STATE_SCHEDULED] = open - n[STATE_RINGING] - n[STATE_SNOOZED];
	s->counted = true;
	return true;
}

bool
store_count(struct store *s, struct store_counts *out, struct err *err)
{
	if (!s->counted && !count_all(s, err))
		return false;
	out->scheduled = s->count[STATE_SCHEDULED];
	out->ringing = s->count[STATE_RINGING];
	out->snoozed = s->count[STATE_SNOOZED];
	/* Few ring at a time: what is on the screen is asked anew. */
	return count(s, STMT_REMINDER_OVERDUE, &out->overdue, err);
}
