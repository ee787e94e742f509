/* Statements and errors of SQLite: see sql.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/names.h"
#include "store/sql.h"

void
sql_must(int rc)
{
	if (rc != SQLITE_OK)
		abort();
}

sqlite3_stmt *
sql_prepare(struct store *s, const char *sql, struct err *err)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st,
		NULL) != SQLITE_OK) {
		sql_error(s, err);
		return NULL;
	}
	return st;
}

sqlite3_stmt *
sql_get(struct store *s, enum statement id, struct err *err)
{
	if (s->stmt[id] == NULL)
		s->stmt[id] = sql_prepare(s, statement_sql[id], err);
	return s->stmt[id];
}

void
sql_int(sqlite3_stmt *st, int parameter, int64_t value)
{
	sql_must(sqlite3_bind_int64(st, parameter, value));
}

void
sql_int_or_null(sqlite3_stmt *st, int parameter, int64_t value, int64_t null)
{
	if (value == null)
		sql_must(sqlite3_bind_null(st, parameter));
	else
		sql_int(st, parameter, value);
}

void
sql_text(sqlite3_stmt *st, int parameter, const char *text)
{
	sql_must(sqlite3_bind_text(st, parameter, text, -1, SQLITE_STATIC));
}

char *
sql_dup(sqlite3_stmt *st, int column)
{
	return mem_dup((const char *)sqlite3_column_text(st, column));
}

int64_t
sql_int_at(sqlite3_stmt *st, int column, int64_t null)
{
	if (sqlite3_column_type(st, column) == SQLITE_NULL)
		return null;
	return sqlite3_column_int64(st, column);
}

bool
sql_name_at(sqlite3_stmt *st, int column, const char *const *names, int *out)
{
	const char *name = (const char *)sqlite3_column_text(st, column);

	*out = name == NULL ? -1 : names_index(names, name);
	return *out >= 0;
}

enum sql_step
sql_step(struct store *s, sqlite3_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return SQL_ROW;
	if (rc != SQLITE_DONE)
		sql_error(s, err);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? SQL_DONE : SQL_ERROR;
}

/* Outside of a request a write would be a transaction and a sync of its own;
 * after a roll-back it would be all that is left of its turn. */
bool
sql_run(struct store *s, sqlite3_stmt *st, struct err *err)
{
	enum sql_step step;

	if (s->failed)
		return err_set(err, ERR_STORAGE,
		    "%s: nothing of this turn was stored", s->path);
	if (!s->request)
		return err_set(err, ERR_INTERNAL,
		    "%s: a write outside of a request", s->path);
	while ((step = sql_step(s, st, err)) == SQL_ROW)
		;
	return step == SQL_DONE;
}

bool
sql_exec(struct store *s, const char *sql, struct err *err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sql_error(s, err);
	return true;
}

bool
sql_function(struct store *s, const char *name, int arguments,
    void (*fn)(sqlite3_context *, int, sqlite3_value **), struct err *err)
{
	if (sqlite3_create_function_v2(s->db, name, arguments,
		SQLITE_UTF8 | SQLITE_INNOCUOUS, s, fn, NULL, NULL, NULL) !=
	    SQLITE_OK)
		return sql_error(s, err);
	return true;
}

static bool
describe(const struct store *s, int rc, struct err *err)
{
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		abort();
	case SQLITE_FULL:
		return err_set(err, ERR_STORAGE,
		    "the disk is full: nothing was stored in %s", s->path);
	case SQLITE_NOTADB:
		return err_set(err, ERR_STORAGE, "%s is no database", s->path);
	case SQLITE_BUSY:
		return err_set(err, ERR_STORAGE,
		    "%s is open in another program: close it there", s->path);
	case SQLITE_CORRUPT:
		return err_set(err, ERR_STORAGE,
		    "%s is damaged (%s): restore a backup", s->path,
		    sqlite3_errmsg(s->db));
	case SQLITE_READONLY:
		return err_set(err, ERR_STORAGE,
		    "%s can't be written (%s): nothing was stored", s->path,
		    sqlite3_errstr(rc));
	case SQLITE_CONSTRAINT:
	case SQLITE_MISUSE:
	case SQLITE_ERROR:
		return err_set(err, ERR_INTERNAL, "%s: %s", s->path,
		    sqlite3_errmsg(s->db));
	default:
		return err_set(err, ERR_STORAGE,
		    "%s: %s (SQLite code %d): nothing was stored", s->path,
		    sqlite3_errmsg(s->db), rc);
	}
}

bool
sql_error(struct store *s, struct err *err)
{
	struct err why = {0};

	if (s->turn && sqlite3_get_autocommit(s->db))
		s->failed = true;
	describe(s, sqlite3_extended_errcode(s->db), &why);
	if (why.code == ERR_STORAGE)
		s->trouble = why;
	if (err != NULL)
		*err = why;
	return false;
}
