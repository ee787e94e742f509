/*
 * Undo: see store.h, and table change in schema.sql.
 *
 * The images are collected by triggers, made from the columns that the tables
 * have, so that no statement and no later version of the schema can forget one.
 * They are TEMP triggers because they call functions of ours: the file itself
 * stays readable by any SQLite. Making them takes longer than all the rest of
 * opening, so the first change makes them, and not the start of the daemon.
 *
 * Taking back goes through the images in reverse. Every state on the way is
 * one that the database was in when the change was made, so foreign keys hold
 * at each step; where they don't, something later depends on the row.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/sql.h"

enum { CHANGES_KEPT = 200, CHANGES_PRUNE_EVERY = 64 };

/* The tables that hold a person's data. */
static const struct undo_table {
	const char *name;
	/* Of which rows images are kept; %s is OLD or NEW. NULL: of all. */
	const char *only;
	/* A column that is no person's: only the clock counts it up, or other
	 * rows make it. It stays as it is. */
	const char *kept;
} tables[] = {
	{.name = "address"},
	{.name = "contact", .kept = "last_at"},
	{.name = "date"},
	{.name = "fact"},
	{.name = "interaction"},
	{.name = "interaction_contact"},
	{.name = "occurrence"},
	{.name = "reminder", .kept = "shown"},
	{.name = "reminder_contact"},
	{.name = "setting", .only = "key IN ('quiet_until', 'quiet_off')"},
};
enum { TABLES = sizeof tables / sizeof *tables };

static const struct undo_table *
table_named(const char *name)
{
	int i;

	for (i = 0; i < TABLES; i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}

/* ------------------------------------------------------- keeping images --- */

/* undo_change(): the open change's id, 0 when none is. */
static void
fn_undo_change(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const struct store *s = sqlite3_user_data(ctx);

	(void)argc;
	(void)argv;
	sqlite3_result_int64(ctx, s->change);
}

/* undo_keep(table, rowid, image, differs): keep an image (JSON, or NULL), of a
 * row that was written and is another one than before, if it differs. In
 * pieces: every row that is written comes by here, and printf would take as
 * long as all the rest of it. */
static void
fn_undo_keep(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct store *s = sqlite3_user_data(ctx);
	const char *image = (const char *)sqlite3_value_text(argv[2]);
	struct buf *b = &s->images;

	(void)argc;
	buf_adds(b, b->len == 0 ? "[[\"" : ",[\"");
	buf_adds(b, (const char *)sqlite3_value_text(argv[0]));
	buf_adds(b, "\",");
	buf_adds(b, (const char *)sqlite3_value_text(argv[1]));
	buf_adds(b, ",");
	buf_adds(b, image == NULL ? "null" : image);
	buf_adds(b, "]");
	s->differs |= sqlite3_value_int(argv[3]) != 0;
}

/*
 * Append format for every column of the table, commas between; each %s of it
 * is the column's name (format has two).
 */
static bool
add_columns(struct store *s, struct buf *sql, const char *table,
    const char *format, const char *except, struct err *err)
{
	const char *separator = "";
	enum sql_step step;
	sqlite3_stmt *st;
	const char *name;
	char *text;

	st = sql_prepare(s, "SELECT name FROM pragma_table_info(?1)", err);
	if (st == NULL)
		return false;
	sql_text(st, 1, table);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		name = (const char *)sqlite3_column_text(st, 0);
		if (except != NULL && strcmp(name, except) == 0)
			continue;
		text = sqlite3_mprintf(format, name, name);
		if (text == NULL)
			abort();
		buf_addf(sql, "%s%s", separator, text);
		sqlite3_free(text);
		separator = ", ";
	}
	sqlite3_finalize(st);
	return step == SQL_DONE;
}

/* The trigger for one verb, of columns (" OF a, b", or ""); image is an SQL
 * expression over OLD, or NULL, and differs one that says whether the row is
 * another one. */
static void
add_trigger(struct buf *sql, const struct undo_table *t, const char *verb,
    const char *columns, const char *row, const char *image,
    const char *differs)
{
	buf_addf(sql, "CREATE TEMP TRIGGER IF NOT EXISTS undo_%s_%s "
	    "AFTER %s%s ON main.%s WHEN undo_change() > 0", t->name, verb,
	    verb, columns, t->name);
	if (t->only != NULL)
		buf_addf(sql, " AND %s.%s", row, t->only);
	buf_addf(sql, " BEGIN SELECT undo_keep('%s', %s.id, %s, %s); END;",
	    t->name, row, image, differs);
}

static bool
add_triggers(struct store *s, struct buf *sql, const struct undo_table *t,
    struct err *err)
{
	struct buf image = {0}, of = {0}, differs = {0};
	bool ok;

	buf_adds(&image, "json_object(");
	ok = add_columns(s, &image, t->name, "'%s', OLD.%s", NULL, err);
	buf_adds(&image, ")");
	buf_adds(&of, " OF ");
	ok = ok && add_columns(s, &of, t->name, "%s", t->kept, err);
	buf_adds(&differs, "(");
	ok = ok && add_columns(s, &differs, t->name, "OLD.%s", t->kept, err);
	buf_adds(&differs, ") IS NOT (");
	ok = ok && add_columns(s, &differs, t->name, "NEW.%s", t->kept, err);
	buf_adds(&differs, ")");
	add_trigger(sql, t, "INSERT", "", "NEW", "NULL", "1");
	add_trigger(sql, t, "UPDATE", buf_str(&of), "OLD", buf_str(&image),
	    buf_str(&differs));
	add_trigger(sql, t, "DELETE", "", "OLD", buf_str(&image), "1");
	buf_clear(&differs);
	buf_clear(&image);
	buf_clear(&of);
	return ok;
}

bool
undo_open(struct store *s, struct err *err)
{
	s->last_change = -1;
	return sql_function(s, "undo_change", 0, fn_undo_change, err) &&
	    sql_function(s, "undo_keep", 4, fn_undo_keep, err);
}

/* Make the triggers, unless they are there. */
static bool
keep_images(struct store *s, struct err *err)
{
	struct buf sql = {0};
	bool ok = true;
	int i;

	if (s->images_kept)
		return true;
	for (i = 0; ok && i < TABLES; i++)
		ok = add_triggers(s, &sql, &tables[i], err);
	s->images_kept = ok && sql_exec(s, buf_str(&sql), err);
	buf_clear(&sql);
	return s->images_kept;
}

/* -------------------------------------------------------------- changes --- */

/* The newest change, or the newest that touched a reminder; *id 0: none. The
 * caller frees the sentence. */
static bool
newest(struct store *s, int64_t reminder, int64_t *id, char **sentence,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s,
	    reminder > 0 ? STMT_CHANGE_LAST_OF : STMT_CHANGE_LAST, err);
	enum sql_step step;

	*id = 0;
	if (st == NULL)
		return false;
	if (reminder > 0)
		sql_int(st, 1, reminder);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE;
	*id = sqlite3_column_int64(st, 0);
	*sentence = sql_dup(st, 1);
	sqlite3_reset(st);
	return true;
}

bool
store_change_begin(struct store *s, int64_t now, struct err *err)
{
	char *sentence = NULL;

	if (!s->request || s->change != 0)
		return err_set(err, ERR_INTERNAL,
		    "a change was begun %s", s->request ?
		    "within a change" : "outside of a request");
	if (!keep_images(s, err))
		return false;
	if (s->last_change < 0) {
		if (!newest(s, 0, &s->last_change, &sentence, err)) {
			s->last_change = -1;
			return false;
		}
		free(sentence);
	}
	/* Ids only have to grow: one that was rolled back is left out. */
	s->change = ++s->last_change;
	s->change_at = now;
	return true;
}

void
undo_forget(struct store *s)
{
	s->change = 0;
	s->differs = false;
	buf_clear(&s->images);
}

static bool
run_with_id(struct store *s, enum statement which, int64_t id,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	return sql_run(s, st, err);
}

/* Store the open change under its sentence. */
static bool
change_write(struct store *s, const char *sentence, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CHANGE_ADD, err);

	if (st == NULL)
		return false;
	buf_adds(&s->images, "]");
	sql_int(st, 1, s->change);
	sql_int(st, 2, s->change_at);
	sql_text(st, 3, sentence);
	sql_text(st, 4, buf_str(&s->images));
	return sql_run(s, st, err);
}

bool
store_change_end(struct store *s, const char *sentence, struct err *err)
{
	int64_t id = s->change;
	bool ok;

	if (id == 0)
		return err_set(err, ERR_INTERNAL, "no change was begun");
	ok = !s->differs || change_write(s, sentence, err);
	undo_forget(s);
	/* Now and then is often enough, and cheaper. */
	if (ok && id % CHANGES_PRUNE_EVERY == 0)
		ok = run_with_id(s, STMT_CHANGE_PRUNE, CHANGES_KEPT, err);
	return ok;
}

/* ---------------------------------------------------------- taking back --- */

/* The statement that puts image ?1 back, whether its row is there (then it is
 * written over) or not. */
static bool
image_sql(struct store *s, struct buf *sql, const struct undo_table *t,
    struct err *err)
{
	bool ok;

	buf_addf(sql, "INSERT INTO %s (", t->name);
	ok = add_columns(s, sql, t->name, "%s", NULL, err);
	buf_adds(sql, ") SELECT ");
	ok = ok && add_columns(s, sql, t->name, "?1 ->> '%s'", NULL, err);
	buf_adds(sql, " WHERE true ON CONFLICT (id) DO UPDATE SET ");
	return ok && add_columns(s, sql, t->name, "%s = excluded.%s",
	    t->kept, err);
}

/* Put one row back; image NULL: it was not there before. */
static bool
restore_row(struct store *s, const struct undo_table *t, int64_t row,
    const char *image, const char *sentence, struct err *err)
{
	struct buf sql = {0};
	sqlite3_stmt *st = NULL;
	bool ok = true;

	if (image == NULL)
		buf_addf(&sql, "DELETE FROM %s WHERE id = ?1", t->name);
	else
		ok = image_sql(s, &sql, t, err);
	if (ok)
		st = sql_prepare(s, buf_str(&sql), err);
	buf_clear(&sql);
	if (st == NULL)
		return false;
	if (image == NULL)
		sql_int(st, 1, row);
	else
		sql_text(st, 1, image);
	ok = sql_run(s, st, err);
	if (!ok && (sqlite3_errcode(s->db) & 0xff) == SQLITE_CONSTRAINT)
		err_set(err, ERR_IMPOSSIBLE, "\"%s\" can't be taken back: "
		    "something later depends on it", sentence);
	sqlite3_finalize(st);
	return ok;
}

static bool
restore(struct store *s, int64_t change, const char *sentence,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CHANGE_ROWS, err);
	const struct undo_table *t;
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_int(st, 1, change);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		/* A name that is not in the table can't have been written. */
		t = table_named((const char *)sqlite3_column_text(st, 0));
		if (t == NULL || restore_row(s, t,
			sqlite3_column_int64(st, 1),
			(const char *)sqlite3_column_text(st, 2), sentence,
			err))
			continue;
		sqlite3_reset(st);
		return false;
	}
	return step == SQL_DONE;
}

/* Whether a later change touched what this one did: err says which. */
static bool
conflict(struct store *s, int64_t change, const char *sentence,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CHANGE_CONFLICT, err);
	struct buf command = {0};
	enum sql_step step;

	if (st == NULL)
		return true;
	sql_int(st, 1, change);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_ERROR;
	buf_adds(&command, "rapportctl undo");
	if (sqlite3_column_type(st, 1) != SQLITE_NULL)
		buf_addf(&command, " %" PRId64,
		    (int64_t)sqlite3_column_int64(st, 1));
	err_set(err, ERR_IMPOSSIBLE, "\"%s\" can't be taken back before "
	    "\"%s\", which came later: %s", sentence,
	    (const char *)sqlite3_column_text(st, 0), buf_str(&command));
	buf_clear(&command);
	sqlite3_reset(st);
	return true;
}

static bool
touched(struct store *s, int64_t change, struct store_undone *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CHANGE_REMINDERS, err);
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_int(st, 1, change);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		out->ids = mem_resize(out->ids,
		    (out->n + 1) * sizeof *out->ids);
		out->ids[out->n++] = sqlite3_column_int64(st, 0);
	}
	return step == SQL_DONE;
}

/* No change of this reminder is known: is there one of that number? */
static bool
nothing_of(struct store *s, int64_t id, struct err *err)
{
	struct reminder r = {0};

	if (!store_reminder_get(s, id, &r, err))
		return false;
	reminder_clear(&r);
	return err_set(err, ERR_IMPOSSIBLE, "nothing to undo for %" PRId64,
	    id);
}

bool
store_undo(struct store *s, int64_t id, struct store_undone *out,
    struct err *err)
{
	int64_t change;

	*out = (struct store_undone){0};
	if (!newest(s, id, &change, &out->sentence, err))
		return false;
	if (change == 0 && id > 0)
		return nothing_of(s, id, err);
	if (change == 0)
		return err_set(err, ERR_IMPOSSIBLE, "nothing to undo");
	if (conflict(s, change, out->sentence, err) ||
	    !touched(s, change, out, err) ||
	    !restore(s, change, out->sentence, err) ||
	    !run_with_id(s, STMT_CHANGE_REMOVE, change, err)) {
		free(out->sentence);
		free(out->ids);
		*out = (struct store_undone){0};
		return false;
	}
	return true;
}
