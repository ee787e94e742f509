/*
 * Forgetting somebody: see store_forget in store.h.
 *
 * To delete rows is the smaller half. SQLite leaves what was deleted in the
 * free space of pages and in the log, and even secure_delete, which zeroes it,
 * can't reach the copies that were left behind when rows once moved between
 * pages. So after the commit the file is written anew (VACUUM) and the log cut
 * to nothing. That can't be part of the transaction: a setting in it says that
 * it has to be done, and the next start looks for that.
 */
#include <malloc.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/sql.h"

static const char to_finish[] = "forget_unfinished";

/* ---------------------------------------------------------------- rows --- */

struct ids {
	int64_t *v;
	size_t n;
};

/* The numbers that a question about ?1 answers. */
static bool
ask(struct store *s, const char *sql, int64_t contact, struct ids *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		out->v = mem_resize(out->v, (out->n + 1) * sizeof *out->v);
		out->v[out->n++] = sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	return step == SQL_DONE;
}

/* Run a statement with each of the numbers as ?1; *rows counts what it wrote
 * (may be NULL). */
static bool
run_each(struct store *s, const char *sql, const struct ids *ids,
    int64_t *rows, struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	bool ok = st != NULL;
	size_t i;

	for (i = 0; ok && i < ids->n; i++) {
		sql_int(st, 1, ids->v[i]);
		ok = sql_run(s, st, err);
		if (ok && rows != NULL)
			*rows += sqlite3_changes(s->db);
	}
	sqlite3_finalize(st);
	return ok;
}

/* The reminders, and the conversations, with them and nobody else. */
#define ALONE_IN(thing) \
	"SELECT " thing " FROM " thing "_contact mine WHERE contact = ?1 " \
	"AND NOT EXISTS (SELECT 1 FROM " thing "_contact other " \
	"WHERE other." thing " = mine." thing " AND other.contact <> ?1)"

static bool
forget_reminders(struct store *s, int64_t contact, int64_t *rows,
    struct err *err)
{
	struct ids ids = {0};
	bool ok;

	ok = ask(s, ALONE_IN("reminder"), contact, &ids, err) &&
	    run_each(s, "UPDATE interaction SET reminder = NULL "
		"WHERE reminder = ?1", &ids, NULL, err) &&
	    run_each(s, "DELETE FROM occurrence WHERE reminder = ?1", &ids,
		NULL, err) &&
	    run_each(s, "DELETE FROM reminder_contact WHERE reminder = ?1",
		&ids, NULL, err) &&
	    run_each(s, "DELETE FROM reminder WHERE id = ?1", &ids, rows,
		err);
	free(ids.v);
	return ok;
}

static bool
forget_interactions(struct store *s, int64_t contact, int64_t *rows,
    struct err *err)
{
	struct ids ids = {0};
	bool ok;

	ok = ask(s, ALONE_IN("interaction"), contact, &ids, err) &&
	    run_each(s, "DELETE FROM interaction_contact "
		"WHERE interaction = ?1", &ids, NULL, err) &&
	    run_each(s, "DELETE FROM interaction WHERE id = ?1", &ids, rows,
		err);
	free(ids.v);
	return ok;
}

static bool
forget_rows(struct store *s, int64_t contact, struct store_forgotten *counts,
    struct err *err)
{
	const struct ids who = {&contact, 1};
	int64_t found = 0;

	if (!forget_reminders(s, contact, &counts->reminders, err) ||
	    !forget_interactions(s, contact, &counts->interactions, err) ||
	    !run_each(s, "DELETE FROM interaction_contact "
		"WHERE contact = ?1", &who, &counts->shared, err) ||
	    !run_each(s, "DELETE FROM reminder_contact WHERE contact = ?1",
		&who, NULL, err) ||
	    !run_each(s, "DELETE FROM address WHERE contact = ?1", &who,
		NULL, err) ||
	    !run_each(s, "DELETE FROM fact WHERE contact = ?1", &who,
		&counts->facts, err) ||
	    !run_each(s, "DELETE FROM date WHERE contact = ?1", &who,
		&counts->dates, err) ||
	    !run_each(s, "UPDATE contact SET introduced_by = NULL, "
		"introduced_at = NULL WHERE introduced_by = ?1", &who, NULL,
		err) ||
	    !run_each(s, "DELETE FROM contact WHERE id = ?1", &who, &found,
		err))
		return false;
	return found == 1 || err_param(err, ERR_NOT_FOUND, "who",
	    "no such contact");
}

/*
 * What remembers by itself. Undo: a change that holds something of them can't
 * stay, and one before it can't be taken back over the gap; which one does is
 * a question of words in texts, and not asked: all go. A token keeps that it
 * was answered, so that nothing is carried out twice, and loses the answer.
 */
static bool
forget_memories(struct store *s, struct err *err)
{
	const struct ids any = {&(int64_t){0}, 1};

	return run_each(s, "DELETE FROM change WHERE id > ?1", &any, NULL,
	    err) && run_each(s, "UPDATE token SET reply = '{}' "
	    "WHERE id > ?1", &any, NULL, err) && search_purge(s, err);
}

bool
store_forget(struct store *s, int64_t contact,
    struct store_forgotten *counts, struct err *err)
{
	*counts = (struct store_forgotten){0};
	if (s->change != 0)
		return err_set(err, ERR_INTERNAL,
		    "to forget somebody is no change that can be undone");
	if (!forget_rows(s, contact, counts, err) ||
	    !forget_memories(s, err) ||
	    !store_setting_put(s, to_finish, 1, err))
		return false;
	s->forgot = true;
	return true;
}

/* ------------------------------------------------------------- the file --- */

/* The log is cut before the setting goes: whatever a crash leaves is found. */
void
forget_finish(struct store *s)
{
	struct err err = {0};
	bool ok;

	if (!s->forgot)
		return;
	s->forgot = false;
	/* The request that forgot may have been taken back after all. */
	if (store_setting(s, to_finish, 0) == 0)
		return;
	ok = sql_exec(s, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"
	    "DELETE FROM setting WHERE key = 'forget_unfinished'", &err);
#ifdef __GLIBC__
	/* The new file was put together in memory, all of it. */
	malloc_trim(0);
#endif
	if (!ok)
		log_error("somebody was forgotten, but the file keeps traces "
		    "in its free space; the next start tries again: %s",
		    err.message);
}
