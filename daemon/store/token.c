/* Replies by request token: see store.h. */
#include "base/log.h"
#include "store/sql.h"

enum { TOKEN_LIFE = 86400, TOKEN_PRUNE_EVERY = 3600 };	/* seconds */

char *
store_token_reply(struct store *s, const char *token)
{
	struct err err = {0};
	sqlite3_stmt *st = sql_get(s, STMT_TOKEN_GET, &err);
	char *reply = NULL;
	enum sql_step step = SQL_ERROR;

	if (st != NULL) {
		sql_text(st, 1, token);
		step = sql_step(s, st, &err);
	}
	if (step == SQL_ROW) {
		reply = sql_dup(st, 0);
		sqlite3_reset(st);
	}
	if (step == SQL_ERROR)
		log_error("request token: %s", err.message);
	return reply;
}

/* Pruning reads the whole table, so it is done once an hour and not with every
 * request; and also when the clock was set back behind the last time. */
static bool
prune(struct store *s, int64_t now, struct err *err)
{
	sqlite3_stmt *st;

	if (now >= s->tokens_pruned &&
	    now < s->tokens_pruned + TOKEN_PRUNE_EVERY)
		return true;
	st = sql_get(s, STMT_TOKEN_PRUNE, err);
	if (st == NULL)
		return false;
	sql_int(st, 1, now - TOKEN_LIFE);
	if (!sql_run(s, st, err))
		return false;
	s->tokens_pruned = now;
	return true;
}

bool
store_token_put(struct store *s, const char *token, const char *reply,
    int64_t now, struct err *err)
{
	sqlite3_stmt *st;

	if (!prune(s, now, err))
		return false;
	st = sql_get(s, STMT_TOKEN_PUT, err);
	if (st == NULL)
		return false;
	sql_text(st, 1, token);
	sql_int(st, 2, now);
	sql_text(st, 3, reply);
	return sql_run(s, st, err);
}
