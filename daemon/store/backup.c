/*
 * A copy of the database beside it, in backups/: made before its schema is
 * changed. It is one file, for the owner only, and either whole or not there.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/sql.h"
#include "time/civil.h"

char *
store_backup_folder(const char *database)
{
	const char *slash = strrchr(database, '/');
	struct buf b = {0};

	if (slash != NULL)
		buf_add(&b, database, (size_t)(slash - database) + 1);
	buf_adds(&b, "backups");
	return buf_take(&b);
}

/* It lies in a folder of ours, so one that is there is ours too. */
static bool
make_folder(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0)
		return true;
	if (errno != EEXIST || chmod(path, 0700) != 0)
		return err_set(err, ERR_STORAGE, "%s: %s", path,
		    strerror(errno));
	return true;
}

/*
 * "rapport-v1-20261124T090000Z.db": the version, and when the database was last
 * written (no clock is read here). So an upgrade that fails again and again
 * makes the same backup again, and does not fill the disk.
 */
static bool
file_path(const struct store *s, const char *folder, int64_t version,
    char **out, struct err *err)
{
	struct buf b = {0};
	struct civil c;
	struct stat st;

	if (stat(s->path, &st) != 0)
		return err_set(err, ERR_STORAGE, "%s: %s", s->path,
		    strerror(errno));
	c = civil_from_seconds(st.st_mtime);
	buf_addf(&b, "%s/rapport-v%" PRId64 "-%04d%02d%02dT%02d%02d%02dZ.db",
	    folder, version, c.year, c.month, c.day, c.hour, c.minute,
	    c.second);
	*out = buf_take(&b);
	return true;
}

/* What went wrong with the copy. */
static bool
copy_error(sqlite3 *copy, const char *path, struct err *err)
{
	return err_set(err, ERR_STORAGE, "%s: %s", path, sqlite3_errmsg(copy));
}

/* Every page, as it is committed now; synced when it is done. */
static bool
copy_pages(struct store *s, sqlite3 *copy, const char *path,
    struct err *err)
{
	sqlite3_backup *b = sqlite3_backup_init(copy, "main", s->db, "main");

	if (b != NULL) {
		sqlite3_backup_step(b, -1);
		if (sqlite3_backup_finish(b) == SQLITE_OK)
			return true;
	}
	return copy_error(copy, path, err);
}

/* Whether SQLite finds it whole. It lives without a log beside it then. */
static bool
check_copy(sqlite3 *copy, const char *path, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *says;
	bool ok;

	if (sqlite3_exec(copy, "PRAGMA locking_mode = EXCLUSIVE;"
		"PRAGMA journal_mode = DELETE", NULL, NULL, NULL) !=
	    SQLITE_OK || sqlite3_prepare_v2(copy, "PRAGMA quick_check (1)",
		-1, &st, NULL) != SQLITE_OK)
		return copy_error(copy, path, err);
	if (sqlite3_step(st) != SQLITE_ROW) {
		ok = copy_error(copy, path, err);
	} else {
		says = (const char *)sqlite3_column_text(st, 0);
		ok = says != NULL && strcmp(says, "ok") == 0;
		if (!ok)
			err_set(err, ERR_STORAGE, "the copy is damaged (%s)",
			    says == NULL ? "?" : says);
	}
	sqlite3_finalize(st);
	return ok;
}

static bool
copy_to(struct store *s, const char *path, struct err *err)
{
	sqlite3 *copy;
	bool ok;

	/* Left by one that was killed. */
	unlink(path);
	if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		ok = copy_error(copy, path, err);
	else
		ok = copy_pages(s, copy, path, err) &&
		    check_copy(copy, path, err);
	sqlite3_close(copy);
	return ok;
}

/* So that the name is on the disk too. */
static bool
sync_folder(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		err_set(err, ERR_STORAGE, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

bool
backup_make(struct store *s, int64_t version, char **out, struct err *err)
{
	char *folder = store_backup_folder(s->path), *path = NULL;
	struct buf unfinished = {0};
	bool ok = false;

	buf_addf(&unfinished, "%s/unfinished.db", folder);
	if (!make_folder(folder, err) ||
	    !file_path(s, folder, version, &path, err) ||
	    !copy_to(s, buf_str(&unfinished), err))
		goto out;
	if (rename(buf_str(&unfinished), path) != 0) {
		err_set(err, ERR_STORAGE, "%s: %s", path, strerror(errno));
		goto out;
	}
	ok = sync_folder(folder, err);
out:
	if (!ok)
		unlink(buf_str(&unfinished));
	buf_clear(&unfinished);
	free(folder);
	if (ok)
		*out = path;
	else
		free(path);
	return ok;
}
