/*
 * The least memory that a daemon with libevent and SQLite takes:
 *
 *	bare_store FILE
 *
 * Opens FILE as rapportd opens its database (WAL, exclusive, a cache of
 * 256 KiB), reads its schema and its first reminders once, prints "ready" and
 * waits in libevent's loop to be ended. It writes nothing.
 */
#include <event2/event.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>

static const char setup[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -256;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "SELECT * FROM reminder ORDER BY ring_at, id LIMIT 10;"
    "SELECT id FROM reminder WHERE wake IS NOT NULL ORDER BY wake LIMIT 1";

static void
on_term(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopbreak(arg);
}

int
main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct event *term;
	sqlite3 *db;

	if (argc != 2 || base == NULL)
		return 2;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
	    sqlite3_exec(db, setup, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "bare_store: %s\n", sqlite3_errmsg(db));
		return 1;
	}
	term = evsignal_new(base, SIGTERM, on_term, base);
	event_add(term, NULL);
	puts("ready");
	fflush(stdout);
	event_base_dispatch(base);
	event_free(term);
	event_base_free(base);
	sqlite3_close(db);
	return 0;
}
