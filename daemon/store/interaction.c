/* Interactions, and when the last one was: see store.h. */
#include <inttypes.h>

#include "store/sql.h"

/* INTERACTION_COLUMNS; parameters are numbered from 1 in the same order. */
enum column { ID, AT, CHANNEL, DIRECTION, MOOD, NOTE, REMINDER, WITH };

static const struct with_table with_interaction = {STMT_INTERACTION_WITH_GET,
	STMT_INTERACTION_WITH_ADD, STMT_INTERACTION_WITH_REMOVE};

static bool
none(int64_t id, struct err *err)
{
	return err_param(err, ERR_NOT_FOUND, "id", "no interaction i%" PRId64,
	    id);
}

/* Of names without the unsaid, which is 0 and NULL in the table; the schema
 * knows no other word. */
static int
read_said(sqlite3_stmt *st, int column, const char *const *names)
{
	int i;

	return sql_name_at(st, column, names, &i) ? i + 1 : 0;
}

static void
bind_said(sqlite3_stmt *st, int column, const char *const *names, int value)
{
	sql_text(st, column + 1, value == 0 ? NULL : names[value - 1]);
}

static void
interaction_read(sqlite3_stmt *st, struct interaction *out)
{
	*out = (struct interaction){
		.id = sqlite3_column_int64(st, ID),
		.at = sqlite3_column_int64(st, AT),
		.channel = (enum channel)read_said(st, CHANNEL, channel_names),
		.direction = (enum direction)read_said(st, DIRECTION,
		    direction_names),
		.mood = (enum mood)read_said(st, MOOD, mood_names),
		.note = sql_dup(st, NOTE),
		.reminder = sql_int_at(st, REMINDER, 0),
	};
	with_read(st, WITH, &out->with, &out->with_n);
}

/* Run STMT_INTERACTION_ADD or _PUT. */
static bool
interaction_write(struct store *s, enum statement which,
    const struct interaction *i, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	if (which == STMT_INTERACTION_PUT)
		sql_int(st, ID + 1, i->id);
	sql_int(st, AT + 1, i->at);
	bind_said(st, CHANNEL, channel_names, i->channel);
	bind_said(st, DIRECTION, direction_names, i->direction);
	bind_said(st, MOOD, mood_names, i->mood);
	sql_text(st, NOTE + 1, i->note);
	sql_int_or_null(st, REMINDER + 1, i->reminder, 0);
	return sql_run(s, st, err);
}

bool
store_interaction_add(struct store *s, struct interaction *i,
    struct err *err)
{
	if (!interaction_write(s, STMT_INTERACTION_ADD, i, err))
		return false;
	i->id = sqlite3_last_insert_rowid(s->db);
	return with_put(s, &with_interaction, i->id, i->with, i->with_n, err);
}

bool
store_interaction_get(struct store *s, int64_t id, struct interaction *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_INTERACTION_GET, err);
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE && none(id, err);
	interaction_read(st, out);
	sqlite3_reset(st);
	return true;
}

bool
store_interaction_put(struct store *s, const struct interaction *i,
    struct err *err)
{
	if (!interaction_write(s, STMT_INTERACTION_PUT, i, err))
		return false;
	if (sqlite3_changes(s->db) == 0)
		return none(i->id, err);
	return with_put(s, &with_interaction, i->id, i->with, i->with_n, err);
}

bool
store_interaction_remove(struct store *s, int64_t id, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_INTERACTION_REMOVE, err);

	if (st == NULL ||
	    !with_put(s, &with_interaction, id, NULL, 0, err))
		return false;
	sql_int(st, 1, id);
	if (!sql_run(s, st, err))
		return false;
	return sqlite3_changes(s->db) > 0 || none(id, err);
}

bool
store_interactions(struct store *s, int64_t contact, int64_t limit,
    struct interactions *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, contact == 0 ? STMT_INTERACTION_ALL :
	    STMT_INTERACTION_OF, err);
	struct interaction i;
	enum sql_step step;

	if (st == NULL)
		return false;
	if (contact != 0)
		sql_int(st, 1, contact);
	sql_int(st, 2, limit == 0 ? -1 : limit);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		interaction_read(st, &i);
		interactions_take(out, &i);
	}
	return step == SQL_DONE;
}

bool
store_last_before(struct store *s, int64_t contact, int64_t now,
    int64_t *at, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_INTERACTION_LAST, err);

	*at = 0;
	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	sql_int(st, 2, now);
	if (sql_step(s, st, err) != SQL_ROW)
		return false;
	*at = sql_int_at(st, 0, 0);
	sqlite3_reset(st);
	return true;
}
