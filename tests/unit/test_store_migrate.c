/*
 * The store: a database of an older version is brought up to this one, after a
 * backup of it; and whatever goes wrong on the way, it is the old one still.
 */
#include "tests/unit/store_world.h"

#include <ctype.h>
#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ----------------------------------------------------- the old database --- */

static char *
file_text(const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = {0};
	char part[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, part, n);
	fclose(f);
	return buf_take(&b);
}

static sqlite3 *
raw_open(const char *path)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE,
	    NULL), SQLITE_OK);
	return db;
}

static void
raw_run(sqlite3 *db, const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %.60s", error, sql);
}

static void
raw_run_file(sqlite3 *db, const char *path)
{
	char *sql = file_text(path);

	raw_run(db, sql);
	free(sql);
}

static int64_t
raw_ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* The version that the test at hand begins with. */
static int old_version;

/* A database as that version left it. */
static void
make_old(const char *path)
{
	char schema[64], rows[64];
	sqlite3 *db;

	snprintf(schema, sizeof schema, "tests/data/schema-%d.sql",
	    old_version);
	snprintf(rows, sizeof rows, "tests/data/rows-%d.sql", old_version);

	unlink(path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	raw_run(db, "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = OFF; BEGIN");
	raw_run_file(db, schema);
	raw_run_file(db, rows);
	raw_run(db, "COMMIT");
	sqlite3_close(db);
}

static int
setup(void **state, int version)
{
	struct world *w = mem_new(1, sizeof *w);

	old_version = version;

	folder_make(w->folder);
	snprintf(w->path, sizeof w->path, "%s/rapport.db", w->folder);
	make_old(w->path);
	*state = w;
	return 0;
}

static int
setup_1(void **state)
{
	return setup(state, 1);
}

static int
setup_2(void **state)
{
	return setup(state, 2);
}

/* Each from every version that there was. */
#define old_test(f) \
	{#f "_from_1", f, setup_1, world_teardown, NULL}, \
	{#f "_from_2", f, setup_2, world_teardown, NULL}

/* ------------------------------------------------------------- backups --- */

static void
in_folder(const struct world *w, const char *name, char out[128])
{
	snprintf(out, 128, "%s/%s", w->folder, name);
}

/* How many backups there are; the path of one goes to out. Nothing else lies
 * beside them. */
static int
backups(const struct world *w, char out[128])
{
	char folder[128];
	struct dirent *e;
	char begin[32];
	int n = 0;
	DIR *d;

	snprintf(begin, sizeof begin, "rapport-v%d-", old_version);

	in_folder(w, "backups", folder);
	d = opendir(folder);
	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		if (strncmp(e->d_name, begin, strlen(begin)) != 0)
			fail_msg("left in backups: %s", e->d_name);
		if (snprintf(out, 128, "%s/%s", folder, e->d_name) >= 128)
			fail_msg("%s: too long", e->d_name);
	}
	closedir(d);
	return n;
}

/* -------------------------------------------------------- what is in it --- */

/* The columns that a table of the attached database "old" has. */
static char *
old_columns(sqlite3 *db, const char *table)
{
	struct buf b = {0};
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db,
	    "SELECT name FROM pragma_table_info(?1, 'old')", -1, &st, NULL),
	    SQLITE_OK);
	sql_text(st, 1, table);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(st, 0);

		/* Images get what a row must have now. */
		if (strcmp(table, "change") == 0 && strcmp(name, "rows") == 0)
			continue;
		buf_addf(&b, "%s%s", b.len == 0 ? "" : ", ", name);
	}
	sqlite3_finalize(st);
	return buf_take(&b);
}

/* Every value of the older database is in the other one, and no row more; but
 * what is numbered since then has a row in table number. */
static void
assert_same_rows(const char *path, const char *old)
{
	sqlite3 *db = raw_open(path);
	struct buf sql = {0};
	sqlite3_stmt *st;
	int tables = 0;

	buf_addf(&sql, "ATTACH '%s' AS old", old);
	raw_run(db, buf_str(&sql));
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT name "
	    "FROM old.sqlite_schema WHERE type = 'table'", -1, &st, NULL),
	    SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *t = (const char *)sqlite3_column_text(st, 0);
		char *columns = old_columns(db, t);

		buf_clear(&sql);
		buf_addf(&sql, "SELECT count(*) > 0 AND count(*) = "
		    "(SELECT count(*) FROM main.%s %s) AND NOT EXISTS "
		    "(SELECT %s FROM old.%s EXCEPT SELECT %s FROM main.%s) "
		    "FROM old.%s", t, strcmp(t, "number") == 0 ?
		    "WHERE tbl IN (SELECT tbl FROM old.number)" : "",
		    columns, t, columns, t, t);
		if (raw_ask(db, buf_str(&sql)) != 1)
			fail_msg("table %s differs", t);
		free(columns);
		tables++;
	}
	assert_int_equal(tables, old_version == 1 ? 9 : 10);
	sqlite3_finalize(st);
	buf_clear(&sql);
	sqlite3_close(db);
}

/* SQL without its comments and the blanks that mean nothing. */
static void
add_plain(struct buf *out, const char *sql)
{
	const char *near = " ,()";

	for (; *sql != '\0'; sql++) {
		if (sql[0] == '-' && sql[1] == '-') {
			sql += strcspn(sql, "\n") - 1;
			continue;
		}
		if (!isspace((unsigned char)*sql)) {
			if (out->len > 0 && *sql != ' ' &&
			    strchr(near, *sql) != NULL &&
			    out->data[out->len - 1] == ' ')
				out->len--;
			buf_add(out, sql, 1);
		} else if (out->len > 0 &&
		    strchr(near, out->data[out->len - 1]) == NULL)
			buf_adds(out, " ");
	}
}

/* All that the schema says, whatever way led to it. The caller frees. */
static char *
schema_of(const char *path)
{
	sqlite3 *db = raw_open(path);
	struct buf b = {0};
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db, "SELECT type || ' ' || name "
	    "|| ': ' || coalesce(sql, '') || char(10) FROM sqlite_schema "
	    "ORDER BY type, name", -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		add_plain(&b, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	buf_addf(&b, "version %d of %d",
	    (int)raw_ask(db, "PRAGMA user_version"),
	    (int)raw_ask(db, "PRAGMA application_id"));
	sqlite3_close(db);
	return buf_take(&b);
}

static void
assert_same_schema(const char *path, const char *other)
{
	char *a = schema_of(path), *b = schema_of(other);

	assert_string_equal(a, b);
	free(a);
	free(b);
}

/* As it was, whole, with every row. */
static void
assert_old(struct world *w, const char *path)
{
	char reference[128];
	sqlite3 *db = raw_open(path);

	assert_int_equal(raw_ask(db, "PRAGMA user_version"), old_version);
	assert_int_equal(raw_ask(db, "SELECT quick_check = 'ok' "
	    "FROM pragma_quick_check"), 1);
	sqlite3_close(db);
	in_folder(w, "reference.db", reference);
	make_old(reference);
	assert_same_schema(path, reference);
	assert_same_rows(path, reference);
}

/* Of this version, whole, with every row. */
static void
assert_new(struct world *w)
{
	char reference[128];
	struct store *s;

	in_folder(w, "new.db", reference);
	s = store_open(reference, &w->err);
	assert_good(w, s != NULL);
	store_close(s);
	assert_same_schema(w->path, reference);
	in_folder(w, "reference.db", reference);
	make_old(reference);
	assert_same_rows(w->path, reference);
}

static void
close_store(struct world *w)
{
	store_close(w->store);
	w->store = NULL;
}

/* --------------------------------------------------------------- tests --- */

static void
test_everything_is_kept(void **state)
{
	struct world *w = *state;
	struct reminder r;

	world_open(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM pragma_foreign_key_check"
	    ), 0);
	r = get(w, 3);
	assert_string_equal(r.zone, "America/New_York");
	assert_int_equal(r.with_n, 2);
	assert_null(r.every);
	assert_int_equal(r.next, 0);
	assert_int_equal(r.clock_said, old_version > 1);
	reminder_clear(&r);
	assert_null(store_setting_text(w->store, "brief_day"));
	begin(w);
	/* 8 was given, and taken away; 9 is there since version 2. */
	assert_int_equal(add(w, 100, "new", "dana"),
	    old_version == 1 ? 9 : 10);
	assert_true(store_end(w->store, false, &w->err));
	close_store(w);
	assert_new(w);
}

/* People, as if they had been there from the beginning. */
static void
test_people_are_whole(void **state)
{
	struct interactions is = {0};
	struct store_hits hits = {0};
	struct world *w = *state;
	struct contact c;
	bool found;

	world_open(w);
	assert_good(w, store_contact_get(w->store, "dana", &c, &found,
	    &w->err));
	assert_int_equal(c.stage, STAGE_COMFORT);
	assert_int_equal(c.status, CONTACT_ACTIVE);
	assert_int_equal(c.last_at, old_version == 1 ? 1795510000 :
	    1795510002);
	assert_good(w, store_interactions(w->store, c.id, 0, &is, &w->err));
	assert_int_equal(is.n, old_version == 1 ? 1 : 3);
	assert_string_equal(is.v[is.n - 1].with[0], "dana");
	/* What was there before is found too. */
	assert_good(w, store_search(w->store, "elodie arc", 0, &hits,
	    &w->err));
	assert_int_equal(hits.n, 1);
	assert_good(w, store_search(w->store, "left message", 0, &hits,
	    &w->err));
	assert_int_equal(hits.n, 3);
	commit(w);
	store_hits_clear(&hits);
	interactions_clear(&is);
	contact_clear(&c);
}

static void
test_the_backup_is_the_old_database(void **state)
{
	struct world *w = *state;
	char path[128];
	struct stat st;

	world_open(w);
	assert_int_equal(backups(w, path), 1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_old(w, path);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	/* The next start has nothing to do. */
	world_reopen(w);
	assert_int_equal(backups(w, path), 1);
}

/* What was not yet written from the log into the file is in it too. */
static void
test_the_backup_has_what_the_log_has(void **state)
{
	struct world *w = *state;
	char path[128];
	sqlite3 *db;
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		db = raw_open(w->path);
		raw_run(db, "UPDATE contact SET name = 'From the log'");
		_exit(0);	/* killed */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	world_open(w);
	assert_int_equal(backups(w, path), 1);
	db = raw_open(path);
	assert_int_equal(raw_ask(db, "SELECT count(*) FROM contact "
	    "WHERE name = 'From the log'"), 2);
	sqlite3_close(db);
	assert_int_equal(ask(w, "SELECT count(*) FROM contact "
	    "WHERE name = 'From the log'"), 2);
}

static void
undo(struct world *w, const char *sentence)
{
	struct store_undone u;

	begin(w);
	assert_good(w, store_undo(w->store, 0, &u, &w->err));
	assert_string_equal(u.sentence, sentence);
	free(u.sentence);
	free(u.ids);
	end(w);
	commit(w);
}

/* A change made by the old version can be taken back by this one. */
static void
test_undo_across_the_upgrade(void **state)
{
	struct world *w = *state;
	struct reminder r;

	world_open(w);
	undo(w, "quiet until Tue 24 Nov 2026 12:33 CET");
	assert_int_equal(store_setting(w->store, "quiet_until", 0),
	    1795511111);
	undo(w, "done: 1 Call Dana");
	r = get(w, 1);
	assert_int_equal(r.state, STATE_RINGING);
	assert_int_equal(r.wake, 1795507500);
	assert_int_equal(r.done_at, 0);
	assert_string_equal(r.need, "a reply by Friday");
	reminder_clear(&r);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction "
	    "WHERE id = 1"), 0);
	undo(w, "added: 7 No more");
	assert_err(w, store_reminder_get(w->store, 7, &r, &w->err),
	    ERR_NOT_FOUND);
}

/* -------------------------------------------------- what can go wrong --- */

/* Opening fails in these words. */
static void
refuse(struct world *w, const char *words)
{
	w->err = (struct err){0};
	w->store = store_open(w->path, &w->err);
	assert_null(w->store);
	assert_int_equal(w->err.code == ERR_STORAGE ||
	    w->err.code == ERR_INTERNAL, 1);
	if (strstr(w->err.message, words) == NULL)
		fail_msg("%s", w->err.message);
}

/* A step that fails takes all before it back; tried again and again, it leaves
 * one backup. */
static void
test_a_step_that_fails(void **state)
{
	struct world *w = *state;
	sqlite3 *db = raw_open(w->path);
	char path[128];
	int i;

	raw_run(db, "CREATE TABLE search_stale (in_the_way)");
	sqlite3_close(db);
	for (i = 0; i < 3; i++) {
		refuse(w, "is as it was: ");
		assert_non_null(strstr(w->err.message, "search_stale"));
	}
	assert_int_equal(backups(w, path), 1);
	db = raw_open(w->path);
	raw_run(db, "DROP TABLE search_stale");
	sqlite3_close(db);
	assert_old(w, w->path);
	world_open(w);
	close_store(w);
	assert_new(w);
}

static void
test_no_upgrade_without_a_backup(void **state)
{
	struct world *w = *state;
	char path[128];
	FILE *f;

	in_folder(w, "backups", path);
	f = fopen(path, "w");
	assert_non_null(f);
	fclose(f);
	refuse(w, "stays as it is, because no backup could be made");
	assert_non_null(strstr(w->err.message, path));
	assert_old(w, w->path);
	unlink(path);
	world_open(w);
	close_store(w);
	assert_new(w);
}

/* A database that is not whole is not changed, and its backup is none. */
static void
test_no_upgrade_of_what_is_damaged(void **state)
{
	struct world *w = *state;
	char path[128];
	sqlite3 *db = raw_open(w->path);
	int64_t page = raw_ask(db, "SELECT rootpage FROM sqlite_schema "
	    "WHERE name = 'reminder_wake'");
	FILE *f;

	sqlite3_close(db);
	f = fopen(w->path, "r+");
	assert_non_null(f);
	assert_int_equal(fseek(f, (long)(page - 1) * 2048, SEEK_SET), 0);
	fputs("something else was written here", f);
	fclose(f);
	refuse(w, "the copy is damaged");
	assert_int_equal(backups(w, path), 0);
	db = raw_open(w->path);
	assert_int_equal(raw_ask(db, "PRAGMA user_version"), old_version);
	sqlite3_close(db);
}

/* Statements that SQLite may still begin, on all connections, before the
 * process ends as if it were killed. */
static int lives;

static int
count_down(unsigned kind, void *arg, void *st, void *text)
{
	(void)kind;
	(void)arg;
	(void)st;
	(void)text;
	if (lives-- == 0)
		_exit(9);
	return 0;
}

static int
watch_connection(sqlite3 *db, const char **error, const void *api)
{
	(void)error;
	(void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_down, NULL);
}

/* Open the store in a process that is killed before its n-th statement. False:
 * it needed no more than that. */
static bool
killed_at(struct world *w, int n)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		lives = n;
		sqlite3_auto_extension((void (*)(void))watch_connection);
		_exit(store_open(w->path, NULL) == NULL ? 1 : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 0)
		return false;
	assert_int_equal(WEXITSTATUS(status), 9);
	return true;
}

static int
version_of(const char *path)
{
	sqlite3 *db = raw_open(path);
	int version = (int)raw_ask(db, "PRAGMA user_version");

	sqlite3_close(db);
	return version;
}

/* Each third, and others from each version: there are many. */
static void
test_killed_at_any_statement(void **state)
{
	struct world *w = *state;
	char path[128];
	int n;

	/* A few come behind the COMMIT. */
	for (n = old_version; killed_at(w, n); n += 3) {
		if (version_of(w->path) == old_version)
			assert_old(w, w->path);
		world_open(w);
		close_store(w);
		assert_new(w);
		assert_true(backups(w, path) > 0);
		make_old(w->path);
	}
	assert_in_range(n, 80, 300);
	assert_new(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		old_test(test_everything_is_kept),
		old_test(test_people_are_whole),
		old_test(test_the_backup_is_the_old_database),
		old_test(test_the_backup_has_what_the_log_has),
		old_test(test_undo_across_the_upgrade),
		old_test(test_a_step_that_fails),
		old_test(test_no_upgrade_without_a_backup),
		old_test(test_no_upgrade_of_what_is_damaged),
		old_test(test_killed_at_any_statement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
