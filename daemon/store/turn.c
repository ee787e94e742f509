/*
 * Turns of the loop and requests in them: see store.h.
 *
 * A turn is a transaction, a request a savepoint in it. The first request of a
 * turn goes without: to take it back is to take the transaction back, and a
 * savepoint would copy every page that it writes. Between two turns no
 * transaction is open: s->turn says whether we began one, and
 * sqlite3_get_autocommit whether SQLite still has it. When the two disagree
 * SQLite rolled everything back on its own (s->failed, set by sql_error).
 */
#include <stdlib.h>

#include "store/sql.h"

/* Statements of the turn itself; they run without a request too. */
static bool
control(struct store *s, enum statement id, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, id, err);

	return st != NULL && sql_step(s, st, err) == SQL_DONE;
}

static bool
turn_failed(struct store *s, struct err *err)
{
	return err_set(err, ERR_STORAGE,
	    "%s: the disk is full or failing; nothing was stored", s->path);
}

bool
store_begin(struct store *s, struct err *err)
{
	if (s->failed)
		return turn_failed(s, err);
	if (s->request)
		return err_set(err, ERR_INTERNAL,
		    "a request was begun within a request");
	if (!s->turn) {
		if (!control(s, STMT_BEGIN, err))
			return false;
		s->changes = sqlite3_total_changes(s->db);
		s->turn = true;
		s->savepoint = false;
	} else {
		if (!control(s, STMT_SAVEPOINT, err))
			return false;
		s->savepoint = true;
	}
	s->request = true;
	return true;
}

/* What memory holds of the database is not true any more after a roll-back;
 * and TEMP triggers that were made in what it takes back go with it. */
static void
forget(struct store *s)
{
	s->counted = false;
	s->images_kept = false;
	s->searchable = -1;
}

/* Take back the request that just ended. */
static bool
take_back(struct store *s, struct err *err)
{
	forget(s);
	if (s->savepoint)
		/* It stays after it was rolled back to: release it too. */
		return control(s, STMT_ROLLBACK_TO, err) &&
		    control(s, STMT_RELEASE, err);
	if (!control(s, STMT_ROLLBACK, err))
		return false;
	s->turn = false;
	return true;
}

bool
store_end(struct store *s, bool keep, struct err *err)
{
	if (!s->request)
		return err_set(err, ERR_INTERNAL, "no request was begun");
	s->request = false;
	undo_forget(s);
	if (s->failed)
		return turn_failed(s, err);
	if (!keep)
		return take_back(s, err);
	if (!s->savepoint || control(s, STMT_RELEASE, err))
		return true;
	if (!s->failed)
		take_back(s, NULL);
	return false;
}

bool
store_failed(const struct store *s)
{
	return s->failed;
}

const char *
store_trouble(const struct store *s)
{
	return s->trouble.code == ERR_NONE ? NULL : s->trouble.message;
}

int64_t
store_changes(const struct store *s)
{
	return sqlite3_total_changes(s->db);
}

bool
store_pending(const struct store *s)
{
	return s->turn;
}

/* Leave no transaction behind, whatever SQLite thinks of it. */
static void
abandon(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		control(s, STMT_ROLLBACK, NULL);
	s->turn = false;
	s->request = false;
	s->failed = false;
	forget(s);
	undo_forget(s);
}

/* Whether the file is no longer at its path. SQLite goes on writing to one
 * that was deleted, or replaced by a copy, and all of that is lost with the
 * last descriptor. */
static bool
moved(struct store *s, struct err *err)
{
	int is = 0;

	if (sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED,
		&is) != SQLITE_OK || !is)
		return false;
	err_set(&s->trouble, ERR_STORAGE, "%s was moved, replaced or deleted: "
	    "nothing was stored; put it back, or start rapportd again",
	    s->path);
	if (err != NULL)
		*err = s->trouble;
	return true;
}

bool
store_commit(struct store *s, bool *fatal, struct err *err)
{
	bool wrote;
	int rc;

	if (fatal != NULL)
		*fatal = false;
	if (!s->turn)
		return true;
	if (s->failed) {
		abandon(s);
		return turn_failed(s, err);
	}
	wrote = sqlite3_total_changes(s->db) != s->changes;
	if (wrote && moved(s, err)) {
		abandon(s);
		return false;
	}
	if (control(s, STMT_COMMIT, err)) {
		/* A turn that wrote nothing proves nothing. */
		if (wrote)
			s->trouble = (struct err){0};
		s->turn = false;
		forget_finish(s);
		return true;
	}
	/* After a failed sync the kernel may have dropped the pages and report
	 * success the next time: only a new start reads what is really there.
	 * So the store stays failed, and whoever comes before the daemon has
	 * ended is refused. A full disk does no such harm. */
	rc = sqlite3_errcode(s->db) & 0xff;
	abandon(s);
	s->failed = rc == SQLITE_IOERR || rc == SQLITE_CORRUPT;
	if (fatal != NULL)
		*fatal = s->failed;
	return false;
}
