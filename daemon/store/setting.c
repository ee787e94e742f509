/* Small values that outlive a restart: see store.h. */
#include "base/log.h"
#include "store/sql.h"

/* The row of a key, ready to be read: SQL_ROW, SQL_DONE when there is none, or
 * SQL_ERROR, which is logged. Reset *st after the row. */
static enum sql_step
find(struct store *s, enum statement which, const char *key,
    sqlite3_stmt **st)
{
	enum sql_step step = SQL_ERROR;
	struct err err = {0};

	*st = sql_get(s, which, &err);
	if (*st != NULL) {
		sql_text(*st, 1, key);
		step = sql_step(s, *st, &err);
	}
	if (step == SQL_ERROR)
		log_error("setting %s: %s", key, err.message);
	return step;
}

int64_t
store_setting(struct store *s, const char *key, int64_t fallback)
{
	sqlite3_stmt *st;
	int64_t value;

	if (find(s, STMT_SETTING_GET, key, &st) != SQL_ROW)
		return fallback;
	value = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return value;
}

bool
store_setting_put(struct store *s, const char *key, int64_t value,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_SETTING_PUT, err);

	if (st == NULL)
		return false;
	sql_text(st, 1, key);
	sql_int(st, 2, value);
	return sql_run(s, st, err);
}

char *
store_setting_text(struct store *s, const char *key)
{
	sqlite3_stmt *st;
	char *text;

	if (find(s, STMT_SETTING_TEXT_GET, key, &st) != SQL_ROW)
		return NULL;
	text = sql_dup(st, 0);
	sqlite3_reset(st);
	return text;
}

bool
store_setting_text_put(struct store *s, const char *key, const char *value,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_SETTING_TEXT_PUT, err);

	if (st == NULL)
		return false;
	sql_text(st, 1, key);
	sql_text(st, 2, value);
	return sql_run(s, st, err);
}
