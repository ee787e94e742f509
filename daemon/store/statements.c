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

	[STMT_CONTACT_ADD] =
	    "INSERT INTO contact (handle, name, created) "
	    "VALUES (?1, ?2, ?3)",
	[STMT_CONTACT_GET] =
	    "SELECT id, handle, name, created FROM contact "
	    "WHERE handle = ?1",
	/* ?2 is what sorts behind every handle that begins with ?1. */
	[STMT_CONTACT_BEGINNING] =
	    "SELECT id, handle, name, created FROM contact "
	    "WHERE handle >= ?1 AND handle < ?2 ORDER BY handle",
	[STMT_CONTACT_ALL] =
	    "SELECT id, handle, name, created FROM contact ORDER BY handle",

	[STMT_INTERACTION_ADD] =
	    "INSERT INTO interaction (id, at, note, reminder) "
	    "VALUES (" NEXT_NUMBER("interaction") ", ?1, ?2, ?3)",
	[STMT_INTERACTION_WITH] =
	    "INSERT INTO interaction_contact (interaction, contact) "
	    "VALUES (?1, ?2)",

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
