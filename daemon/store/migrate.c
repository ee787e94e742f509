/*
 * The schema: what version a file has, and the way to the newest one.
 *
 * An empty file gets schema.sql; an older database is led on version by
 * version, in one transaction, after a copy of it was made (backup.c). So it is
 * at any moment a whole database of the old version, or of the new one.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"
#include "store/schema.h"
#include "store/sql.h"

/* In the file's header (PRAGMA application_id): "rapp". file(1) can know it. */
#define APPLICATION_ID 0x72617070

enum { SCHEMA_VERSION = 2 };

/*
 * migrations[n] leads from version n - 1 to n, and ends in what schema.sql
 * says (a test compares); version 1 is the first that there was. A step that
 * was released is never changed. New columns keep what is stored: adding one
 * writes no row.
 */
static const char *const migrations[SCHEMA_VERSION + 1] = {
	[2] =
	    "ALTER TABLE reminder ADD COLUMN every TEXT;"
	    "ALTER TABLE reminder ADD COLUMN anchor TEXT;"
	    "ALTER TABLE reminder ADD COLUMN slot TEXT;"
	    "ALTER TABLE reminder ADD COLUMN next INTEGER "
	    "CONSTRAINT series_is_whole CHECK (iif(every IS NULL, "
	    "anchor IS NULL AND slot IS NULL AND next IS NULL, "
	    "length(anchor) IS 19 AND length(slot) IS 19));"
	    "ALTER TABLE reminder ADD COLUMN clock_said "
	    "INTEGER NOT NULL DEFAULT 0 "
	    "CONSTRAINT clock_said_is_yes_or_no CHECK (clock_said IN (0, 1));"

	    "CREATE TABLE occurrence (id INTEGER PRIMARY KEY, "
	    "reminder INTEGER NOT NULL REFERENCES reminder (id), "
	    "state TEXT NOT NULL CONSTRAINT state_is_closed "
	    "CHECK (state = 'done' OR state = 'dropped'), "
	    "due INTEGER NOT NULL, "
	    "due_local TEXT CONSTRAINT due_local_is_a_wall_time "
	    "CHECK (length(due_local) = 19), "
	    "at INTEGER NOT NULL, note TEXT) STRICT;"
	    "CREATE INDEX occurrence_series "
	    "ON occurrence (reminder, at, due);"
	    "CREATE INDEX occurrence_at ON occurrence (at, reminder, due);"

	    "ALTER TABLE setting ADD COLUMN text TEXT;"

	    /* The images of undo are whole rows: what can't be NULL now must
	     * be in those from before, too. */
	    "UPDATE change SET rows = (SELECT json_group_array("
	    "iif(value ->> 0 = 'reminder' AND value ->> 2 IS NOT NULL, "
	    "json_insert(value, '$[2].clock_said', 0), json(value))) "
	    "FROM (SELECT value FROM json_each(rows) ORDER BY key));",
};

/* The first column of the first row. */
static bool
query_int(struct store *s, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	bool ok;

	if (st == NULL)
		return false;
	ok = sql_step(s, st, err) == SQL_ROW;
	if (ok)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return ok;
}

bool
schema_recognise(struct store *s, int64_t *version, struct err *err)
{
	int64_t application, tables;

	if (!query_int(s, "PRAGMA application_id", &application, err) ||
	    !query_int(s, "PRAGMA user_version", version, err) ||
	    !query_int(s, "SELECT count(*) FROM sqlite_schema", &tables, err))
		return false;
	if (tables == 0 && application == 0 && *version == 0)
		return true;
	if (application != APPLICATION_ID || *version < 1)
		return err_set(err, ERR_STORAGE,
		    "%s is a database of another program", s->path);
	if (*version > SCHEMA_VERSION)
		return err_set(err, ERR_SCHEMA_TOO_NEW,
		    "%s was written by a newer rapport (schema %d, this one "
		    "knows %d): install that version again", s->path,
		    (int)*version, SCHEMA_VERSION);
	return true;
}

/* From version, 0 for an empty file, to SCHEMA_VERSION, in one transaction. */
static bool
lead_on(struct store *s, int64_t version, struct err *err)
{
	struct buf sql = {0};
	bool ok;

	buf_adds(&sql, "BEGIN IMMEDIATE;\n");
	if (version == 0)
		buf_adds(&sql, schema_sql);
	else
		while (version < SCHEMA_VERSION)
			buf_adds(&sql, migrations[++version]);
	buf_addf(&sql, "PRAGMA application_id = %d;"
	    "PRAGMA user_version = %d; COMMIT;", APPLICATION_ID,
	    SCHEMA_VERSION);
	ok = sql_exec(s, buf_str(&sql), err);
	buf_clear(&sql);
	if (!ok && !sqlite3_get_autocommit(s->db))
		sql_exec(s, "ROLLBACK", NULL);
	return ok;
}

/* Lead an older database on, once a copy of it is safe. */
static bool
upgrade(struct store *s, int64_t version, struct err *err)
{
	struct err why = {0};
	char *copy = NULL;

	if (!backup_make(s, version, &copy, &why))
		return err_set(err, why.code, "%s has to be brought up to this "
		    "version, and stays as it is, because no backup could be "
		    "made before: %s", s->path, why.message);
	if (!lead_on(s, version, &why)) {
		err_set(err, why.code, "%s could not be brought up to this "
		    "version, and is as it was: %s", s->path, why.message);
		free(copy);
		return false;
	}
	log_info("%s: schema %" PRId64 " is now %d; as it was: %s", s->path,
	    version, SCHEMA_VERSION, copy);
	free(copy);
	return true;
}

bool
schema_migrate(struct store *s, int64_t version, struct err *err)
{
	if (version == SCHEMA_VERSION)
		return true;
	if (version == 0)
		return lead_on(s, version, err);
	return upgrade(s, version, err);
}
