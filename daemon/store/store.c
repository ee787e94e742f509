/*
 * Opening and closing the database: the lock, the file, how SQLite keeps it.
 *
 * The order matters. The lock first, so that two daemons never look at one
 * file. Then what the file is, before anything in it is written: a database
 * that is not ours, or of a newer version, stays byte for byte as it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/sql.h"

/* --------------------------------------------------------------- lock --- */

static char *
lock_path(const char *path)
{
	struct buf b = {0};

	buf_addf(&b, "%s.lock", path);
	return buf_take(&b);
}

/* flock(2), with a little patience: a rapportd that found systemd on its
 * socket has started this one, and is about to let go (main.c). */
static bool
try_lock(int fd)
{
	const struct timespec pause = {.tv_nsec = 2000000};
	int tries;

	for (tries = 0; tries < 5; tries++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false;
		nanosleep(&pause, NULL);
	}
	errno = EWOULDBLOCK;
	return false;
}

static bool
take_lock(struct store *s, struct err *err)
{
	char *path = lock_path(s->path);
	bool ok = true;

	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0)
		ok = err_set(err, ERR_STORAGE, "%s: %s", path,
		    strerror(errno));
	else if (!try_lock(s->lock))
		ok = errno == EWOULDBLOCK ?
		    err_set(err, ERR_IMPOSSIBLE,
			"another rapportd holds %s", path) :
		    err_set(err, ERR_STORAGE, "%s: %s", path,
			strerror(errno));
	free(path);
	return ok;
}

/* --------------------------------------------------------------- file --- */

/*
 * Make the file, or look at it, before SQLite does: SQLite says "unable to
 * open database file" for a folder, a missing right and a full disk alike.
 * The log that SQLite keeps beside it takes over its mode.
 */
static bool
make_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY |
	    O_NONBLOCK, 0600);
	struct stat st;
	bool ok = true;

	if (fd < 0)
		return err_set(err, ERR_STORAGE, "%s: %s", path,
		    strerror(errno));
	if (fstat(fd, &st) != 0)
		ok = err_set(err, ERR_STORAGE, "%s: %s", path,
		    strerror(errno));
	else if (!S_ISREG(st.st_mode))
		ok = err_set(err, ERR_STORAGE, "%s is no file", path);
	else if ((st.st_mode & 077) != 0 && fchmod(fd, 0600) != 0)
		ok = err_set(err, ERR_STORAGE,
		    "%s can be read by others, and that can't be changed: %s",
		    path, strerror(errno));
	close(fd);
	return ok;
}

static bool
open_file(struct store *s, struct err *err)
{
	int rc;

	if (!make_file(s->path, err))
		return false;
	/* One thread uses SQLite: no locks inside it. Refused, and without
	 * harm, when a store was opened before. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL);
	if (s->db == NULL)
		abort();
	sqlite3_extended_result_codes(s->db, 1);
	return rc == SQLITE_OK || sql_error(s, err);
}

/* ------------------------------------------------------------- schema --- */

static bool
open_schema(struct store *s, struct err *err)
{
	int64_t version = 0;

	/* EXCLUSIVE: the log's index lives in our memory, no shared file; and a
	 * database on a full disk can be opened again. It holds from the first
	 * reading on.
	 * page_size, which a new file takes: a change writes a little into
	 * each of seven pages, and the log takes whole ones. Half of SQLite's
	 * usual size is half of what is summed up, written and synced.
	 * cache_size: 160 KiB, more pages than 256 KiB of the usual ones. */
	return sql_exec(s, "PRAGMA locking_mode = EXCLUSIVE;"
	    "PRAGMA page_size = 2048;"
	    "PRAGMA temp_store = MEMORY;"
	    "PRAGMA cache_size = -160;"
	    "PRAGMA trusted_schema = OFF;"
	    "PRAGMA foreign_keys = ON", err) &&
	    schema_recognise(s, &version, err) &&
	    /* A commit is on the disk when it returns (FULL). */
	    sql_exec(s, "PRAGMA journal_mode = WAL;"
		"PRAGMA synchronous = FULL;"
		"PRAGMA journal_size_limit = 8388608", err) &&
	    schema_migrate(s, version, err);
}

/* ---------------------------------------------------------------- both --- */

struct store *
store_open(const char *path, struct err *err)
{
	struct store *s = mem_new(1, sizeof *s);
	mode_t mask = umask(0077);
	bool ok;

	s->path = mem_dup(path);
	s->lock = -1;
	ok = take_lock(s, err) && open_file(s, err) && open_schema(s, err) &&
	    undo_open(s, err) && count_open(s, err) && search_open(s, err);
	if (ok) {
		/* Somebody was being forgotten when the last one ended? */
		s->forgot = true;
		forget_finish(s);
	}
	umask(mask);
	if (ok)
		return s;
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	int i;

	if (s == NULL)
		return;
	for (i = 0; i < STMT_MAX; i++)
		sqlite3_finalize(s->stmt[i]);
	for (i = 0; i < LIST_MAX; i++)
		sqlite3_finalize(s->list[i]);
	/* What was not committed is rolled back. */
	sqlite3_close(s->db);
	if (s->lock >= 0)
		close(s->lock);
	undo_forget(s);
	free(s->path);
	free(s);
}
