/*
 * Every statement of the store whose text is fixed, in one place: read it
 * beside schema.sql. Where the order of an answer must come from an index,
 * INDEXED BY says so: a plan that would sort is an error when prepared.
 */
#include "store/sql.h"

/* The number of the next row (see table number in schema.sql). */
#define NEXT_NUMBER(table) \
	"(SELECT max(last, coalesce((SELECT max(id) FROM " table "), 0)) + 1 " \
	"FROM number WHERE tbl = '" table "')"

#define CONTACTS "SELECT " CONTACT_COLUMNS " FROM contact "
#define FACTS "SELECT id, contact, kind, text, private, created FROM fact "
#define DATES "SELECT id, contact, kind, name, year, month, day, lead, " \
	"created FROM date "
#define SORTED_WITH "(SELECT group_concat(handle) FROM " \
	"(SELECT handle FROM reminder_contact rc " \
	"JOIN contact c ON c.id = rc.contact " \
	"WHERE rc.reminder = reminder.id ORDER BY handle))"
#define REMINDERS "SELECT " REMINDER_COLUMNS " FROM reminder "

const char *const statement_sql[STMT_MAX] = {
	[STMT_BEGIN] = "BEGIN IMMEDIATE",
	[STMT_COMMIT] = "COMMIT",
	[STMT_ROLLBACK] = "ROLLBACK",
	[STMT_SAVEPOINT] = "SAVEPOINT request",
	[STMT_RELEASE] = "RELEASE request",
	[STMT_ROLLBACK_TO] = "ROLLBACK TO request",

	/* Parameters as in PUT; ?1 goes without. */
	[STMT_REMINDER_ADD] =
	    "INSERT INTO reminder VALUES (" NEXT_NUMBER("reminder") ", "
	    "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
	    "?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
	[STMT_REMINDER_PUT] =
	    "UPDATE reminder SET text = ?2, need = ?3, kind = ?4, "
	    "state = ?5, urgent = ?6, due = ?7, due_local = ?8, "
	    "ring_at = ?9, ring_local = ?10, zone = ?11, created = ?12, "
	    "done_at = ?13, note = ?14, wake = ?15, rang_at = ?16, "
	    "raises = ?17, on_screen = ?18, dismissals = ?19, "
	    "dismissed_day = ?20, shown = ?21, missed = ?22, every = ?23, "
	    "anchor = ?24, slot = ?25, next = ?26, clock_said = ?27 "
	    "WHERE id = ?1",
	[STMT_REMINDER_GET] = REMINDERS "WHERE id = ?1",
	[STMT_REMINDER_DUE] = REMINDERS "INDEXED BY reminder_wake "
	    "WHERE wake <= ?1 ORDER BY wake, id LIMIT ?2",
	[STMT_REMINDER_NEXT_WAKE] =
	    "SELECT wake FROM reminder INDEXED BY reminder_wake "
	    "WHERE wake > ?1 ORDER BY wake LIMIT 1",
	[STMT_REMINDER_NEXT_RING] = REMINDERS "INDEXED BY reminder_open "
	    "WHERE state NOT IN ('done', 'dropped') "
	    "AND state <> 'ringing' ORDER BY ring_at, id LIMIT 1",
	[STMT_REMINDER_OVERDUE] =
	    "SELECT count(*) FROM reminder INDEXED BY reminder_ringing "
	    "WHERE state = 'ringing' AND NOT on_screen",
	[STMT_REMINDER_RINGING] =
	    "SELECT count(*) FROM reminder INDEXED BY reminder_ringing "
	    "WHERE state = 'ringing'",
	[STMT_REMINDER_SNOOZED] =
	    "SELECT count(*) FROM reminder INDEXED BY reminder_snoozed "
	    "WHERE state = 'snoozed'",
	[STMT_REMINDER_OPEN] =
	    "SELECT count(*) FROM reminder INDEXED BY reminder_open "
	    "WHERE state NOT IN ('done', 'dropped')",

	/* Along the table itself: an index of these would cost every reminder
	 * that is added, and this is asked once in a change of the zone. */
	[STMT_REMINDER_FLOATING] = REMINDERS "NOT INDEXED WHERE id > ?1 "
	    "AND state NOT IN ('done', 'dropped') AND (?3 OR zone IS NULL) "
	    "AND coalesce(due_local, ring_local) IS NOT NULL "
	    "ORDER BY id LIMIT ?2",

	[STMT_OCCURRENCE_ADD] =
	    "INSERT INTO occurrence (reminder, state, due, due_local, at, "
	    "note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[STMT_OCCURRENCE_SERIES] = "SELECT " OCCURRENCE_COLUMNS
	    " FROM occurrence o INDEXED BY occurrence_series "
	    "CROSS JOIN reminder ON reminder.id = o.reminder "
	    "WHERE o.reminder = ?1 ORDER BY o.at DESC, o.due DESC LIMIT ?2",

	[STMT_WITH_GET] =
	    "SELECT rc.contact FROM reminder_contact rc "
	    "WHERE rc.reminder = ?1",
	[STMT_WITH_ADD] =
	    "INSERT INTO reminder_contact (reminder, contact) "
	    "VALUES (?1, ?2)",
	[STMT_WITH_REMOVE] =
	    "DELETE FROM reminder_contact WHERE reminder = ?1 "
	    "AND contact = ?2",

	/* Parameters as in CONTACT_COLUMNS; ?1 goes without in ADD, ?16 in
	 * both: triggers know it. */
	[STMT_CONTACT_ADD] =
	    "INSERT INTO contact (handle, name, created, org, circle, "
	    "cadence, zone, stage, status, paused_until, introduced_by, "
	    "introduced_at, met, uid) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, "
	    "?9, ?10, ?11, ?12, ?13, ?14, ?15)",
	[STMT_CONTACT_PUT] =
	    "UPDATE contact SET handle = ?2, name = ?3, created = ?4, "
	    "org = ?5, circle = ?6, cadence = ?7, zone = ?8, stage = ?9, "
	    "status = ?10, paused_until = ?11, introduced_by = ?12, "
	    "introduced_at = ?13, met = ?14, uid = ?15 WHERE id = ?1",
	[STMT_CONTACT_GET] = CONTACTS "WHERE handle = ?1",
	[STMT_CONTACT_ID] = "SELECT id, handle FROM contact "
	    "WHERE handle = ?1",
	/* ?2 is what sorts behind every handle that begins with ?1. */
	[STMT_CONTACT_BEGINNING] = CONTACTS
	    "WHERE handle >= ?1 AND handle < ?2 ORDER BY handle",
	/* Along the table: an index by handle would fetch each page of it many
	 * times over. */
	[STMT_CONTACT_ALL] = CONTACTS "NOT INDEXED",
	/* Whether ?1 came, over any number of others, through ?2. */
	[STMT_CONTACT_THROUGH] =
	    "WITH RECURSIVE through (id) AS (SELECT ?1 UNION "
	    "SELECT introduced_by FROM contact JOIN through USING (id) "
	    "WHERE introduced_by IS NOT NULL) "
	    "SELECT 1 FROM through WHERE id = ?2",

	[STMT_ADDRESS_ALL] = "SELECT kind, value FROM address "
	    "WHERE contact = ?1 ORDER BY id",
	[STMT_ADDRESS_ADD] = "INSERT INTO address (contact, kind, value) "
	    "VALUES (?1, ?2, ?3)",
	[STMT_ADDRESS_REMOVE] = "DELETE FROM address WHERE contact = ?1",

	[STMT_FACT_ADD] = "INSERT INTO fact (id, contact, kind, text, "
	    "private, created) VALUES (" NEXT_NUMBER("fact") ", "
	    "?2, ?3, ?4, ?5, ?6)",
	[STMT_FACT_GET] = FACTS "WHERE id = ?1",
	[STMT_FACT_PUT] = "UPDATE fact SET contact = ?2, kind = ?3, "
	    "text = ?4, private = ?5, created = ?6 WHERE id = ?1",
	[STMT_FACT_REMOVE] = "DELETE FROM fact WHERE id = ?1",
	[STMT_FACT_ALL] = FACTS "WHERE contact = ?1",

	[STMT_DATE_ADD] = "INSERT INTO date (id, contact, kind, name, year, "
	    "month, day, lead, created) VALUES (" NEXT_NUMBER("date") ", "
	    "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[STMT_DATE_GET] = DATES "WHERE id = ?1",
	[STMT_DATE_PUT] = "UPDATE date SET contact = ?2, kind = ?3, "
	    "name = ?4, year = ?5, month = ?6, day = ?7, lead = ?8, "
	    "created = ?9 WHERE id = ?1",
	[STMT_DATE_REMOVE] = "DELETE FROM date WHERE id = ?1",
	[STMT_DATE_ALL] = DATES "WHERE contact = ?1 "
	    "ORDER BY month, day, id",

	[STMT_INTERACTION_ADD] =
	    "INSERT INTO interaction (id, at, channel, direction, mood, "
	    "note, reminder) VALUES (" NEXT_NUMBER("interaction") ", "
	    "?2, ?3, ?4, ?5, ?6, ?7)",
	[STMT_INTERACTION_GET] = "SELECT " INTERACTION_COLUMNS
	    " FROM interaction i WHERE i.id = ?1",
	[STMT_INTERACTION_PUT] =
	    "UPDATE interaction SET at = ?2, channel = ?3, direction = ?4, "
	    "mood = ?5, note = ?6, reminder = ?7 WHERE id = ?1",
	[STMT_INTERACTION_REMOVE] = "DELETE FROM interaction WHERE id = ?1",
	[STMT_INTERACTION_ALL] = "SELECT " INTERACTION_COLUMNS
	    " FROM interaction i INDEXED BY interaction_at "
	    "ORDER BY i.at DESC, i.id DESC LIMIT ?2",
	[STMT_INTERACTION_OF] = "SELECT " INTERACTION_COLUMNS
	    " FROM interaction_contact ic "
	    "INDEXED BY interaction_contact_newest "
	    "CROSS JOIN interaction i ON i.id = ic.interaction "
	    "WHERE ic.contact = ?1 "
	    "ORDER BY ic.at DESC, ic.interaction DESC LIMIT ?2",
	[STMT_INTERACTION_LAST] =
	    "SELECT max(at) FROM interaction_contact "
	    "INDEXED BY interaction_contact_newest "
	    "WHERE contact = ?1 AND at <= ?2",
	[STMT_INTERACTION_WITH_GET] =
	    "SELECT contact FROM interaction_contact WHERE interaction = ?1",
	[STMT_INTERACTION_WITH_ADD] =
	    "INSERT INTO interaction_contact (interaction, contact, at) "
	    "SELECT id, ?2, at FROM interaction WHERE id = ?1",
	[STMT_INTERACTION_WITH_REMOVE] =
	    "DELETE FROM interaction_contact WHERE interaction = ?1 "
	    "AND contact = ?2",

	[STMT_SEARCH] = "SELECT rowid FROM search WHERE search MATCH ?1 "
	    "ORDER BY rank, rowid",
	/* What a hit tells, from the row behind the document. */
	[STMT_SEARCH_CONTACT] =
	    "SELECT id, name || coalesce(' · ' || org, '') || "
	    "coalesce(' · ' || met, ''), handle, 0 FROM contact "
	    "WHERE id = ?1",
	[STMT_SEARCH_ADDRESS] =
	    "SELECT c.id, name || ' · ' || value, handle, 0 FROM address a "
	    "JOIN contact c ON c.id = a.contact WHERE a.id = ?1",
	[STMT_SEARCH_DATE] =
	    "SELECT c.id, c.name || ' · ' || d.name, handle, 0 FROM date d "
	    "JOIN contact c ON c.id = d.contact WHERE d.id = ?1",
	[STMT_SEARCH_FACT] =
	    "SELECT f.id, text, handle, 0 FROM fact f "
	    "JOIN contact c ON c.id = f.contact WHERE f.id = ?1",
	[STMT_SEARCH_INTERACTION] =
	    "SELECT id, note, (SELECT group_concat(handle) FROM "
	    "(SELECT handle FROM interaction_contact x "
	    "JOIN contact c ON c.id = x.contact "
	    "WHERE x.interaction = interaction.id ORDER BY handle)), at "
	    "FROM interaction WHERE id = ?1",
	[STMT_SEARCH_REMINDER] =
	    "SELECT id, text || coalesce(' · ' || need, '') || "
	    "coalesce(' · ' || note, ''), " SORTED_WITH ", "
	    "coalesce(done_at, ring_at) FROM reminder WHERE id = ?1",
	[STMT_SEARCH_OCCURRENCE] =
	    "SELECT reminder.id, text || ' · ' || o.note, " SORTED_WITH ", "
	    "o.at FROM occurrence o JOIN reminder ON reminder.id = o.reminder "
	    "WHERE o.id = ?1",

	[STMT_SETTING_GET] = "SELECT value FROM setting WHERE key = ?1",
	[STMT_SETTING_PUT] =
	    "INSERT INTO setting (key, value) VALUES (?1, ?2) "
	    "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	[STMT_SETTING_TEXT_GET] = "SELECT text FROM setting WHERE key = ?1",
	[STMT_SETTING_TEXT_PUT] =
	    "INSERT INTO setting (key, value, text) VALUES (?1, 0, ?2) "
	    "ON CONFLICT (key) DO UPDATE SET text = excluded.text",

	[STMT_CHANGE_LAST] =
	    "SELECT id, sentence FROM change ORDER BY id DESC LIMIT 1",
	[STMT_CHANGE_LAST_OF] =
	    "SELECT id, sentence FROM change WHERE EXISTS "
	    "(SELECT 1 FROM json_each(rows) WHERE value ->> 0 = 'reminder' "
	    "AND value ->> 1 = ?1) ORDER BY id DESC LIMIT 1",
	[STMT_CHANGE_ADD] = "INSERT INTO change VALUES (?1, ?2, ?3, ?4)",
	[STMT_CHANGE_REMOVE] = "DELETE FROM change WHERE id = ?1",
	[STMT_CHANGE_PRUNE] =
	    "DELETE FROM change WHERE id <= "
	    "(SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?1)",
	[STMT_CHANGE_ROWS] =
	    "SELECT value ->> 0, value ->> 1, value ->> 2 "
	    "FROM change, json_each(rows) WHERE change.id = ?1 "
	    "ORDER BY key DESC",
	[STMT_CHANGE_REMINDERS] =
	    "SELECT DISTINCT value ->> 1 FROM change, json_each(rows) "
	    "WHERE change.id = ?1 AND value ->> 0 = 'reminder' ORDER BY 1",
	/* The newest change later than ?1 that touched a row which ?1 touched
	 * too, and a reminder in it, by which `undo ID` finds it. */
	[STMT_CHANGE_CONFLICT] =
	    "WITH mine (tbl, row) AS MATERIALIZED "
	    "(SELECT value ->> 0, value ->> 1 "
	    "FROM change, json_each(rows) WHERE change.id = ?1) "
	    "SELECT sentence, (SELECT min(value ->> 1) FROM json_each(rows) "
	    "WHERE value ->> 0 = 'reminder') FROM change WHERE id > ?1 "
	    "AND EXISTS (SELECT 1 FROM json_each(rows) JOIN mine "
	    "ON tbl = value ->> 0 AND row = value ->> 1) "
	    "ORDER BY id DESC LIMIT 1",

	[STMT_TOKEN_GET] = "SELECT reply FROM token WHERE token = ?1",
	[STMT_TOKEN_PUT] =
	    "INSERT INTO token (token, at, reply) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT (token) "
	    "DO UPDATE SET at = excluded.at, reply = excluded.reply",
	[STMT_TOKEN_PRUNE] = "DELETE FROM token WHERE at < ?1",
};
