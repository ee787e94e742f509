/*
 * What SQLite alone can do, one durable insert after the other:
 *
 *	raw_inserts FILE N
 *
 * Makes FILE with one table as small as a reminder can be (text, due, and an
 * index by due), inserts N rows, each in a transaction of its own that is
 * synced (WAL, synchronous=FULL), and prints the nanoseconds of each.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "nanoseconds.h"

static sqlite3 *db;

static void
check(int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
		return;
	fprintf(stderr, "raw_inserts: %s\n", sqlite3_errmsg(db));
	exit(1);
}

int
main(int argc, char **argv)
{
	sqlite3_stmt *insert;
	int64_t before, now;
	int i, n;

	if (argc != 3) {
		fputs("usage: raw_inserts FILE N\n", stderr);
		return 2;
	}
	n = atoi(argv[2]);
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	check(sqlite3_open(argv[1], &db));
	check(sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE;"
	    "PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = FULL;"
	    "PRAGMA cache_size = -256;"
	    "CREATE TABLE IF NOT EXISTS reminder (id INTEGER PRIMARY KEY, "
	    "text TEXT NOT NULL, due INTEGER NOT NULL) STRICT;"
	    "CREATE INDEX IF NOT EXISTS reminder_due ON reminder (due)",
	    NULL, NULL, NULL));
	check(sqlite3_prepare_v2(db,
	    "INSERT INTO reminder (text, due) VALUES (?, ?)", -1, &insert,
	    NULL));
	before = monotonic();
	for (i = 0; i < n; i++) {
		check(sqlite3_bind_text(insert, 1, "Call Dana", -1,
		    SQLITE_STATIC));
		check(sqlite3_bind_int64(insert, 2, 2000000000));
		check(sqlite3_step(insert));
		check(sqlite3_reset(insert));
		now = monotonic();
		printf("%lld\n", (long long)(now - before));
		before = now;
	}
	check(sqlite3_finalize(insert));
	check(sqlite3_close(db));
	return 0;
}
