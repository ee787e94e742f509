/* Small values that outlive a restart: see store.h. */
#include "base/log.h"
#include "store/sql.h"

int64_t
store_setting(struct store *s, const char *key, int64_t fallback)
{
	struct err err = {0};
	sqlite3_stmt *st = sql_get(s, STMT_SETTING_GET, &err);
	int64_t value = fallback;

	if (st == NULL)
		goto failed;
	sql_text(st, 1, key);
	switch (sql_step(s, st, &err)) {
	case SQL_ROW:
		value = sqlite3_column_int64(st, 0);
		sqlite3_reset(st);
		return value;
	case SQL_DONE:
		return fallback;
	case SQL_ERROR:
		break;
	}
failed:
	log_error("setting %s: %s", key, err.message);
	return fallback;
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
