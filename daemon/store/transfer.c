/* What export and import need beside the rest: numbers, and one change made of
 * several requests. See store.h. The statements are run a few times for
 * hundreds of rows: they are not kept. */
#include <string.h>

#include "store/sql.h"

enum { JOINED_MAX = 4 * 1024 * 1024 };	/* bytes of images */

static const struct {
	const char *last, *next;
} numbered[NUMBERED_MAX] = {
	[NUMBERED_REMINDER] = {
		"SELECT max(id) FROM reminder",
		"UPDATE number SET last = max(last, ?1) "
		    "WHERE tbl = 'reminder'",
	},
	[NUMBERED_INTERACTION] = {
		"SELECT max(id) FROM interaction",
		"UPDATE number SET last = max(last, ?1) "
		    "WHERE tbl = 'interaction'",
	},
};

bool
store_last_number(struct store *s, enum numbered what, int64_t *last,
    struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, numbered[what].last, err);
	enum sql_step step;

	if (st == NULL)
		return false;
	step = sql_step(s, st, err);
	*last = step == SQL_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return step != SQL_ERROR;
}

bool
store_number_from(struct store *s, enum numbered what, int64_t number,
    struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, numbered[what].next, err);
	bool ok;

	if (st == NULL)
		return false;
	sql_int(st, 1, number - 1);
	ok = sql_run(s, st, err);
	sqlite3_finalize(st);
	return ok;
}

/* The images of a change, unless there are too many, to s->images. */
static bool
take_images(struct store *s, int64_t id, bool *taken, struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, "SELECT rows FROM change "
	    "WHERE id = ?1 AND id = (SELECT max(id) FROM change)", err);
	enum sql_step step;
	const char *rows;
	size_t n;

	*taken = false;
	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	step = sql_step(s, st, err);
	if (step == SQL_ROW) {
		rows = (const char *)sqlite3_column_text(st, 0);
		n = strlen(rows);
		*taken = n > 2 && n <= JOINED_MAX;
		if (*taken)	/* an array that is not closed yet */
			buf_add(&s->images, rows, n - 1);
	}
	sqlite3_finalize(st);
	return step != SQL_ERROR;
}

bool
store_change_join(struct store *s, int64_t id, struct err *err)
{
	sqlite3_stmt *st;
	bool taken, ok;

	if (s->change == 0 || s->images.len > 0)
		return err_set(err, ERR_INTERNAL, "a change is joined at its "
		    "beginning");
	if (!take_images(s, id, &taken, err))
		return false;
	if (!taken)
		return true;
	st = sql_prepare(s, "DELETE FROM change WHERE id = ?1", err);
	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	ok = sql_run(s, st, err);
	sqlite3_finalize(st);
	return ok;
}

int64_t
store_change_open(const struct store *s)
{
	return s->change;
}
