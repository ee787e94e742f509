/* Facts and dates of contacts: see store.h. */
#include <inttypes.h>
#include <stdlib.h>

#include "store/sql.h"

/* One row by its number: f7, d2. *found false: there is none. */
static bool
row_get(struct store *s, enum statement which, int64_t id,
    sqlite3_stmt **st, bool *found, struct err *err)
{
	enum sql_step step;

	*st = sql_get(s, which, err);
	if (*st == NULL)
		return false;
	sql_int(*st, 1, id);
	step = sql_step(s, *st, err);
	*found = step == SQL_ROW;
	return step != SQL_ERROR;
}

static bool
row_remove(struct store *s, enum statement which, int64_t id, bool *found,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	if (!sql_run(s, st, err))
		return false;
	*found = sqlite3_changes(s->db) > 0;
	return true;
}

static bool
damaged(struct store *s, const char *what, int64_t id, struct err *err)
{
	return err_set(err, ERR_STORAGE,
	    "%s is damaged: %s%" PRId64 " can't be read", s->path, what, id);
}

/* --------------------------------------------------------------- facts --- */

static bool
no_fact(int64_t id, struct err *err)
{
	return err_param(err, ERR_NOT_FOUND, "id", "no fact f%" PRId64, id);
}

static bool
fact_read(struct store *s, sqlite3_stmt *st, struct fact *out,
    struct err *err)
{
	int kind;

	*out = (struct fact){.id = sqlite3_column_int64(st, 0)};
	if (!sql_name_at(st, 2, fact_kind_names, &kind))
		return damaged(s, "f", out->id, err);
	out->contact = sqlite3_column_int64(st, 1);
	out->kind = (enum fact_kind)kind;
	out->text = sql_dup(st, 3);
	out->is_private = sqlite3_column_int(st, 4) != 0;
	out->created = sqlite3_column_int64(st, 5);
	return true;
}

/* Run STMT_FACT_ADD or _PUT. */
static bool
fact_write(struct store *s, enum statement which, const struct fact *f,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	if (which == STMT_FACT_PUT)
		sql_int(st, 1, f->id);
	sql_int(st, 2, f->contact);
	sql_text(st, 3, fact_kind_names[f->kind]);
	sql_text(st, 4, f->text);
	sql_int(st, 5, f->is_private);
	sql_int(st, 6, f->created);
	return sql_run(s, st, err);
}

bool
store_fact_add(struct store *s, struct fact *f, struct err *err)
{
	if (!fact_write(s, STMT_FACT_ADD, f, err))
		return false;
	f->id = sqlite3_last_insert_rowid(s->db);
	return true;
}

bool
store_fact_get(struct store *s, int64_t id, struct fact *out,
    struct err *err)
{
	sqlite3_stmt *st;
	bool found, ok;

	if (!row_get(s, STMT_FACT_GET, id, &st, &found, err))
		return false;
	if (!found)
		return no_fact(id, err);
	ok = fact_read(s, st, out, err);
	sqlite3_reset(st);
	return ok;
}

bool
store_fact_put(struct store *s, const struct fact *f, struct err *err)
{
	if (!fact_write(s, STMT_FACT_PUT, f, err))
		return false;
	return sqlite3_changes(s->db) > 0 || no_fact(f->id, err);
}

bool
store_fact_remove(struct store *s, int64_t id, struct err *err)
{
	bool found;

	if (!row_remove(s, STMT_FACT_REMOVE, id, &found, err))
		return false;
	return found || no_fact(id, err);
}

/* By kind, then by number. */
static int
compare_facts(const void *a, const void *b)
{
	const struct fact *f = a, *g = b;

	if (f->kind != g->kind)
		return f->kind < g->kind ? -1 : 1;
	return f->id < g->id ? -1 : f->id > g->id;
}

bool
store_facts(struct store *s, int64_t contact, struct facts *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_FACT_ALL, err);
	size_t before = out->n;
	enum sql_step step;
	struct fact f;

	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!fact_read(s, st, &f, err)) {
			sqlite3_reset(st);
			return false;
		}
		facts_take(out, &f);
	}
	if (out->n - before > 1)
		qsort(out->v + before, out->n - before, sizeof *out->v,
		    compare_facts);
	return step == SQL_DONE;
}

/* --------------------------------------------------------------- dates --- */

static bool
no_date(int64_t id, struct err *err)
{
	return err_param(err, ERR_NOT_FOUND, "id", "no date d%" PRId64, id);
}

static bool
date_read(struct store *s, sqlite3_stmt *st, struct date *out,
    struct err *err)
{
	int kind;

	*out = (struct date){.id = sqlite3_column_int64(st, 0)};
	if (!sql_name_at(st, 2, date_kind_names, &kind))
		return damaged(s, "d", out->id, err);
	out->contact = sqlite3_column_int64(st, 1);
	out->kind = (enum date_kind)kind;
	out->name = sql_dup(st, 3);
	out->year = (int)sql_int_at(st, 4, 0);
	out->month = sqlite3_column_int(st, 5);
	out->day = sqlite3_column_int(st, 6);
	out->lead = sqlite3_column_int(st, 7);
	out->created = sqlite3_column_int64(st, 8);
	return true;
}

/* Run STMT_DATE_ADD or _PUT. */
static bool
date_write(struct store *s, enum statement which, const struct date *d,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	if (which == STMT_DATE_PUT)
		sql_int(st, 1, d->id);
	sql_int(st, 2, d->contact);
	sql_text(st, 3, date_kind_names[d->kind]);
	sql_text(st, 4, d->name);
	sql_int_or_null(st, 5, d->year, 0);
	sql_int(st, 6, d->month);
	sql_int(st, 7, d->day);
	sql_int(st, 8, d->lead);
	sql_int(st, 9, d->created);
	return sql_run(s, st, err);
}

bool
store_date_add(struct store *s, struct date *d, struct err *err)
{
	if (!date_write(s, STMT_DATE_ADD, d, err))
		return false;
	d->id = sqlite3_last_insert_rowid(s->db);
	return true;
}

bool
store_date_get(struct store *s, int64_t id, struct date *out,
    struct err *err)
{
	sqlite3_stmt *st;
	bool found, ok;

	if (!row_get(s, STMT_DATE_GET, id, &st, &found, err))
		return false;
	if (!found)
		return no_date(id, err);
	ok = date_read(s, st, out, err);
	sqlite3_reset(st);
	return ok;
}

bool
store_date_put(struct store *s, const struct date *d, struct err *err)
{
	if (!date_write(s, STMT_DATE_PUT, d, err))
		return false;
	return sqlite3_changes(s->db) > 0 || no_date(d->id, err);
}

bool
store_date_remove(struct store *s, int64_t id, struct err *err)
{
	bool found;

	if (!row_remove(s, STMT_DATE_REMOVE, id, &found, err))
		return false;
	return found || no_date(id, err);
}

bool
store_dates(struct store *s, int64_t contact, struct dates *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_DATE_ALL, err);
	enum sql_step step;
	struct date d;

	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!date_read(s, st, &d, err)) {
			sqlite3_reset(st);
			return false;
		}
		dates_take(out, &d);
	}
	return step == SQL_DONE;
}
