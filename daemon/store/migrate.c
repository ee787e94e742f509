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

enum { SCHEMA_VERSION = 3 };

/* What version 3 has of search for each table with texts: kind numbers its
 * documents, old and new are the columns that they are made of. */
#define SEARCH_ADDED(table, kind) \
	"CREATE TRIGGER search_" table "_added AFTER INSERT ON " table \
	" WHEN NEW.id <= (SELECT last FROM search_mark WHERE tbl = '" table \
	"') BEGIN INSERT INTO search_stale " \
	"VALUES (8 * NEW.id + " kind ") ON CONFLICT DO NOTHING; END;"
#define SEARCH_CHANGED(table, kind, columns, old, new) \
	"CREATE TRIGGER search_" table "_changed AFTER UPDATE OF " columns \
	" ON " table " WHEN " old " IS NOT " new " AND NEW.id <= " \
	"(SELECT last FROM search_mark WHERE tbl = '" table "') " \
	"BEGIN INSERT INTO search_stale " \
	"VALUES (8 * NEW.id + " kind ") ON CONFLICT DO NOTHING; END;" \
	"CREATE TRIGGER search_" table "_removed AFTER DELETE ON " table \
	" WHEN OLD.id <= (SELECT last FROM search_mark WHERE tbl = '" table \
	"') BEGIN INSERT INTO search_stale " \
	"VALUES (8 * OLD.id + " kind ") ON CONFLICT DO NOTHING; END;"

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

	[3] =
	    "ALTER TABLE contact ADD COLUMN org TEXT;"
	    "ALTER TABLE contact ADD COLUMN circle TEXT;"
	    "ALTER TABLE contact ADD COLUMN cadence INTEGER "
	    "CONSTRAINT cadence_is_days CHECK (cadence > 0);"
	    "ALTER TABLE contact ADD COLUMN zone TEXT;"
	    "ALTER TABLE contact ADD COLUMN stage TEXT NOT NULL "
	    "DEFAULT 'comfort' CONSTRAINT stage_is_known CHECK ("
	    "stage = 'comfort' OR stage = 'discovery' OR stage = 'offer' OR "
	    "stage = 'agreement' OR stage = 'care');"
	    "ALTER TABLE contact ADD COLUMN status TEXT NOT NULL "
	    "DEFAULT 'active' CONSTRAINT status_is_known CHECK ("
	    "status = 'active' OR status = 'paused' OR status = 'archived' OR "
	    "status = 'deceased');"
	    "ALTER TABLE contact ADD COLUMN paused_until TEXT "
	    "CONSTRAINT paused_until_is_a_day "
	    "CHECK (length(paused_until) = 10);"
	    "ALTER TABLE contact ADD COLUMN introduced_by INTEGER "
	    "REFERENCES contact (id) CONSTRAINT introduced_by_another "
	    "CHECK (introduced_by <> id);"
	    "ALTER TABLE contact ADD COLUMN introduced_at INTEGER;"
	    "ALTER TABLE contact ADD COLUMN met TEXT;"
	    "ALTER TABLE contact ADD COLUMN uid TEXT;"
	    "ALTER TABLE contact ADD COLUMN last_at INTEGER;"
	    "CREATE INDEX contact_introduced ON contact (introduced_by) "
	    "WHERE introduced_by IS NOT NULL;"

	    "CREATE TABLE address (id INTEGER PRIMARY KEY, "
	    "contact INTEGER NOT NULL REFERENCES contact (id), "
	    "kind TEXT NOT NULL CONSTRAINT kind_is_known "
	    "CHECK (kind = 'email' OR kind = 'phone'), "
	    "value TEXT NOT NULL) STRICT;"
	    "CREATE INDEX address_contact ON address (contact);"

	    "CREATE TABLE fact (id INTEGER PRIMARY KEY, "
	    "contact INTEGER NOT NULL REFERENCES contact (id), "
	    "kind TEXT NOT NULL CONSTRAINT kind_is_known CHECK ("
	    "kind = 'like' OR kind = 'dislike' OR kind = 'passion' OR "
	    "kind = 'family' OR kind = 'work' OR kind = 'need' OR "
	    "kind = 'other'), "
	    "text TEXT NOT NULL CONSTRAINT text_says_something "
	    "CHECK (text <> ''), "
	    "private INTEGER NOT NULL CONSTRAINT private_is_yes_or_no "
	    "CHECK (private IN (0, 1)), "
	    "created INTEGER NOT NULL) STRICT;"
	    "CREATE INDEX fact_contact ON fact (contact);"

	    "CREATE TABLE date (id INTEGER PRIMARY KEY, "
	    "contact INTEGER NOT NULL REFERENCES contact (id), "
	    "kind TEXT NOT NULL CONSTRAINT kind_is_known CHECK ("
	    "kind = 'birthday' OR kind = 'anniversary' OR kind = 'event'), "
	    "name TEXT, "
	    "year INTEGER CONSTRAINT year_is_one "
	    "CHECK (year BETWEEN 1 AND 9999), "
	    "month INTEGER NOT NULL CONSTRAINT month_is_one "
	    "CHECK (month BETWEEN 1 AND 12), "
	    "day INTEGER NOT NULL CONSTRAINT day_is_one "
	    "CHECK (day BETWEEN 1 AND 31), "
	    "lead INTEGER NOT NULL CONSTRAINT lead_is_ahead "
	    "CHECK (lead >= 0), "
	    "created INTEGER NOT NULL) STRICT;"
	    "CREATE INDEX date_contact ON date (contact);"

	    "ALTER TABLE interaction ADD COLUMN channel TEXT "
	    "CONSTRAINT channel_is_known CHECK ("
	    "channel = 'call' OR channel = 'message' OR channel = 'email' OR "
	    "channel = 'meeting' OR channel = 'gift' OR channel = 'other');"
	    "ALTER TABLE interaction ADD COLUMN direction TEXT "
	    "CONSTRAINT direction_is_known "
	    "CHECK (direction = 'out' OR direction = 'in');"
	    "ALTER TABLE interaction ADD COLUMN mood TEXT "
	    "CONSTRAINT mood_is_known "
	    "CHECK (mood = 'good' OR mood = 'neutral' OR mood = 'problem');"
	    "CREATE INDEX interaction_at ON interaction (at);"

	    /* No image in table change has a row of these tables: version 2
	     * only ever added to them. */
	    "ALTER TABLE interaction_contact ADD COLUMN "
	    "at INTEGER NOT NULL DEFAULT 0;"
	    "UPDATE interaction_contact SET at = (SELECT i.at "
	    "FROM interaction i WHERE i.id = interaction);"
	    "DROP INDEX interaction_contact_contact;"
	    "CREATE INDEX interaction_contact_newest "
	    "ON interaction_contact (contact, at, interaction);"
	    "UPDATE contact SET last_at = (SELECT max(at) "
	    "FROM interaction_contact WHERE contact = contact.id);"

	    "CREATE TRIGGER interaction_moved AFTER UPDATE OF at "
	    "ON interaction WHEN OLD.at <> NEW.at BEGIN "
	    "UPDATE interaction_contact SET at = NEW.at "
	    "WHERE interaction = NEW.id; END;"
	    "CREATE TRIGGER last_at_added AFTER INSERT "
	    "ON interaction_contact BEGIN "
	    "UPDATE contact SET last_at = NEW.at WHERE id = NEW.contact "
	    "AND (last_at IS NULL OR last_at < NEW.at); END;"
	    "CREATE TRIGGER last_at_removed AFTER DELETE "
	    "ON interaction_contact BEGIN "
	    "UPDATE contact SET last_at = (SELECT max(at) "
	    "FROM interaction_contact WHERE contact = OLD.contact) "
	    "WHERE id = OLD.contact; END;"
	    "CREATE TRIGGER last_at_moved AFTER UPDATE OF contact, at "
	    "ON interaction_contact BEGIN "
	    "UPDATE contact SET last_at = (SELECT max(at) "
	    "FROM interaction_contact WHERE contact = OLD.contact) "
	    "WHERE id = OLD.contact; "
	    "UPDATE contact SET last_at = (SELECT max(at) "
	    "FROM interaction_contact WHERE contact = NEW.contact) "
	    "WHERE id = NEW.contact; END;"

	    "INSERT INTO number (tbl, last) VALUES ('fact', 0), ('date', 0);"
	    "CREATE TRIGGER fact_number AFTER DELETE ON fact BEGIN "
	    "UPDATE number SET last = max(last, OLD.id) "
	    "WHERE tbl = 'fact'; END;"
	    "CREATE TRIGGER date_number AFTER DELETE ON date BEGIN "
	    "UPDATE number SET last = max(last, OLD.id) "
	    "WHERE tbl = 'date'; END;"

	    "CREATE VIRTUAL TABLE search USING fts5 "
	    "(text, tokenize = 'unicode61 remove_diacritics 2');"
	    "CREATE TABLE search_mark (tbl TEXT PRIMARY KEY NOT NULL, "
	    "last INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	    "INSERT INTO search_mark (tbl, last) VALUES "
	    "('contact', 0), ('address', 0), ('date', 0), ('fact', 0), "
	    "('interaction', 0), ('reminder', 0), ('occurrence', 0);"
	    "CREATE TABLE search_stale (doc INTEGER PRIMARY KEY) STRICT;"
	    SEARCH_ADDED("contact", "1")
	    SEARCH_CHANGED("contact", "1", "handle, name, org, met",
		"(OLD.handle, OLD.name, OLD.org, OLD.met)",
		"(NEW.handle, NEW.name, NEW.org, NEW.met)")
	    SEARCH_ADDED("address", "2")
	    SEARCH_CHANGED("address", "2", "value", "OLD.value", "NEW.value")
	    SEARCH_ADDED("date", "3")
	    SEARCH_CHANGED("date", "3", "name", "OLD.name", "NEW.name")
	    SEARCH_ADDED("fact", "4")
	    SEARCH_CHANGED("fact", "4", "text", "OLD.text", "NEW.text")
	    SEARCH_ADDED("interaction", "5")
	    SEARCH_CHANGED("interaction", "5", "note", "OLD.note", "NEW.note")
	    SEARCH_CHANGED("reminder", "6", "text, need, note",
		"(OLD.text, OLD.need, OLD.note)",
		"(NEW.text, NEW.need, NEW.note)")
	    SEARCH_ADDED("occurrence", "7")
	    SEARCH_CHANGED("occurrence", "7", "note", "OLD.note", "NEW.note"),
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
