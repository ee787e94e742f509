/* The store: opening, turns and requests, settings, tokens. */
#include "tests/unit/store_world.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ------------------------------------------------------------- opening --- */

static void
test_only_the_owner_can_read(void **state)
{
	static const char *const suffixes[] = {"", "-wal", ".lock"};
	struct world *w = *state;
	char path[128];
	struct stat st;
	size_t i;

	begin(w);
	add(w, 100, "x", NULL);
	end(w);
	commit(w);
	for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		snprintf(path, sizeof path, "%s%s", w->path, suffixes[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	/* A file that was copied back with another mode is put right. */
	store_close(w->store);
	assert_int_equal(chmod(w->path, 0644), 0);
	world_open(w);
	assert_int_equal(stat(w->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
test_settings_of_sqlite(void **state)
{
	struct world *w = *state;

	assert_int_equal(ask(w, "PRAGMA synchronous"), 2);
	assert_int_equal(ask(w, "PRAGMA foreign_keys"), 1);
	assert_int_equal(ask(w, "PRAGMA trusted_schema"), 0);
	assert_int_equal(ask(w, "PRAGMA user_version"), 3);
	assert_int_equal(ask(w, "SELECT count(*) FROM "
	    "pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
	assert_int_equal(ask(w, "SELECT count(*) FROM pragma_table_list "
	    "WHERE schema = 'main' AND type = 'table' AND NOT strict "
	    "AND name NOT LIKE 'sqlite_%'"), 0);
}

/* Another process can't open what this one holds. */
static void
test_lock_is_exclusive(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int status;
	pid_t pid;

	pid = fork();
	if (pid == 0) {
		if (store_open(w->path, &err) != NULL)
			_exit(1);
		_exit(err.code == ERR_IMPOSSIBLE &&
		    strstr(err.message, "another rapportd") != NULL ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	world_reopen(w);
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
set_pragma(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
refuse(struct world *w, enum err_code code, const char *words)
{
	w->err = (struct err){0};
	w->store = store_open(w->path, &w->err);
	assert_null(w->store);
	assert_int_equal(w->err.code, code);
	assert_non_null(strstr(w->err.message, words));
	assert_non_null(strstr(w->err.message, w->path));
}

static void
test_what_is_no_database_of_ours(void **state)
{
	struct world *w = *state;

	store_close(w->store);
	unlink(w->path);
	write_file(w->path, "Dear diary, this file is no database at all, "
	    "and it must stay as it is, byte for byte.");
	refuse(w, ERR_STORAGE, "is no database");

	unlink(w->path);
	set_pragma(w->path, "CREATE TABLE song (title)");
	refuse(w, ERR_STORAGE, "another program");

	unlink(w->path);
	assert_int_equal(mkdir(w->path, 0700), 0);
	refuse(w, ERR_STORAGE, "directory");
	rmdir(w->path);

	assert_int_equal(mkfifo(w->path, 0600), 0);
	refuse(w, ERR_STORAGE, "is no file");
	unlink(w->path);

	strcat(w->path, "/none");
	refuse(w, ERR_STORAGE, "No such file");
	w->path[strlen(w->path) - strlen("/none")] = '\0';
	world_open(w);
}

static void
test_a_newer_schema_is_left_alone(void **state)
{
	struct world *w = *state;

	store_close(w->store);
	set_pragma(w->path, "PRAGMA user_version = 4");
	refuse(w, ERR_SCHEMA_TOO_NEW, "newer");
	set_pragma(w->path, "PRAGMA user_version = 3");
	world_open(w);
}

static void
test_open_in_another_program(void **state)
{
	struct world *w = *state;
	sqlite3 *db;

	store_close(w->store);
	assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    SQLITE_OK);
	refuse(w, ERR_STORAGE, "open in another program");
	sqlite3_close(db);
	world_open(w);
}

/* ------------------------------------------------- turns and requests --- */

static void
test_a_request_that_fails_takes_back_only_itself(void **state)
{
	struct world *w = *state;

	begin(w);
	add(w, 100, "first", NULL);
	end(w);
	begin(w);
	add(w, 200, "second", NULL);
	assert_true(store_end(w->store, false, &w->err));
	begin(w);
	add(w, 300, "third", NULL);
	end(w);
	assert_true(store_pending(w->store));
	commit(w);
	assert_false(store_pending(w->store));
	world_reopen(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 2);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder "
	    "WHERE text = 'second'"), 0);
}

/* The first request of a turn is the turn, until there is a second. */
static void
test_the_first_request_can_fail_too(void **state)
{
	struct world *w = *state;

	begin(w);
	add(w, 100, "first", NULL);
	assert_true(store_end(w->store, false, &w->err));
	assert_false(store_pending(w->store));
	begin(w);
	add(w, 200, "second", NULL);
	end(w);
	begin(w);
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder "
	    "WHERE text = 'second'"), 1);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 1);
}

static void
test_without_commit_nothing_is_stored(void **state)
{
	struct world *w = *state;

	begin(w);
	add(w, 100, "x", NULL);
	end(w);
	world_reopen(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 0);
	/* Nothing pending: nothing to do. */
	assert_true(store_commit(w->store, NULL, &w->err));
}

static void
test_writes_belong_to_a_request(void **state)
{
	struct world *w = *state;
	struct reminder r = reminder_at(100, "x", NULL);

	assert_err(w, store_reminder_add(w->store, &r, &w->err),
	    ERR_INTERNAL);
	assert_err(w, store_setting_put(w->store, "k", 1, &w->err),
	    ERR_INTERNAL);
	assert_err(w, store_change_begin(w->store, 1, &w->err), ERR_INTERNAL);
	assert_err(w, store_end(w->store, true, &w->err), ERR_INTERNAL);
	begin(w);
	assert_err(w, store_begin(w->store, &w->err), ERR_INTERNAL);
	end(w);
	commit(w);
	reminder_clear(&r);
}

/* Make the disk full: no page more than there are now. */
static void
limit_pages(struct world *w, int64_t more)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %lld",
	    (long long)(ask(w, "PRAGMA page_count") + more));
	ask(w, sql);
}

static struct reminder
long_reminder(void)
{
	struct reminder r = reminder_at(100, "x", NULL);

	r.need = mem_new(TEXT_MAX + 1, 1);
	memset(r.need, 'n', TEXT_MAX);
	return r;
}

static void
test_full_disk(void **state)
{
	struct world *w = *state;
	struct reminder r = long_reminder();
	bool fatal = true;

	begin(w);
	add(w, 100, "before", NULL);
	end(w);
	limit_pages(w, 0);
	begin(w);
	assert_err(w, store_reminder_add(w->store, &r, &w->err), ERR_STORAGE);
	assert_non_null(strstr(w->err.message, "the disk is full"));
	assert_string_equal(store_trouble(w->store), w->err.message);
	/* The request is gone; the turn goes on, or failed as a whole. */
	store_end(w->store, false, NULL);
	if (store_failed(w->store)) {
		assert_err(w, store_begin(w->store, &w->err), ERR_STORAGE);
		assert_err(w, store_commit(w->store, &fatal, &w->err),
		    ERR_STORAGE);
	} else {
		assert_good(w, store_commit(w->store, &fatal, &w->err));
		assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 1);
	}
	assert_false(fatal);
	assert_false(store_failed(w->store));
	/* A turn that writes nothing does not make it well. */
	begin(w);
	assert_err(w, store_reminder_add(w->store, &r, &w->err), ERR_STORAGE);
	store_end(w->store, false, NULL);
	store_commit(w->store, NULL, NULL);
	begin(w);
	end(w);
	commit(w);
	assert_non_null(store_trouble(w->store));
	/* Space again: all is well. */
	limit_pages(w, 1000);
	begin(w);
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	end(w);
	commit(w);
	assert_null(store_trouble(w->store));
	reminder_clear(&r);
}

/* SQLite may roll the whole transaction back; what it does by itself on a full
 * disk is done here by hand. */
static void
test_a_turn_that_sqlite_rolled_back(void **state)
{
	struct world *w = *state;
	struct reminder r = reminder_at(100, "", NULL);
	bool fatal = true;

	begin(w);
	add(w, 100, "lost", NULL);
	assert_int_equal(sqlite3_exec(w->store->db, "ROLLBACK", NULL, NULL,
	    NULL), SQLITE_OK);
	/* The next error notices. (An empty text breaks a CHECK.) */
	assert_false(store_reminder_add(w->store, &r, &w->err));
	assert_true(store_failed(w->store));
	/* Nothing more runs in this turn. */
	free(r.text);
	r.text = mem_dup("late");
	assert_err(w, store_reminder_add(w->store, &r, &w->err), ERR_STORAGE);
	assert_err(w, store_end(w->store, true, &w->err), ERR_STORAGE);
	assert_err(w, store_begin(w->store, &w->err), ERR_STORAGE);
	assert_err(w, store_commit(w->store, &fatal, &w->err), ERR_STORAGE);
	assert_false(fatal);
	assert_false(store_failed(w->store));
	assert_false(store_pending(w->store));
	begin(w);
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	end(w);
	commit(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 1);
	reminder_clear(&r);
}

/* What is written to a deleted file would be gone with the daemon. */
static void
test_a_database_that_is_taken_away(void **state)
{
	struct world *w = *state;
	bool fatal = true;
	char *aside = strdup(w->path);

	aside[strlen(aside) - 1] = '-';
	begin(w);
	add(w, 100, "before", NULL);
	end(w);
	commit(w);
	assert_int_equal(rename(w->path, aside), 0);
	begin(w);
	add(w, 100, "lost", NULL);
	end(w);
	assert_err(w, store_commit(w->store, &fatal, &w->err), ERR_STORAGE);
	assert_non_null(strstr(w->err.message, "moved, replaced or deleted"));
	assert_false(fatal);
	assert_false(store_pending(w->store));
	assert_non_null(store_trouble(w->store));
	/* What is there can be read, and a turn that wrote nothing may end. */
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 1);
	begin(w);
	end(w);
	commit(w);
	/* Put back, all is well. */
	assert_int_equal(rename(aside, w->path), 0);
	begin(w);
	add(w, 100, "after", NULL);
	end(w);
	commit(w);
	assert_null(store_trouble(w->store));
	world_reopen(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 2);
	free(aside);
}

/* A log that can't grow stands for a disk that fails: EFBIG is no "full". */
static void
test_an_io_error_on_commit_is_fatal(void **state)
{
	struct world *w = *state;
	struct rlimit before, none;
	bool fatal = false;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = before;
	none.rlim_cur = 1;
	begin(w);
	add(w, 100, "lost", NULL);
	end(w);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	w->err = (struct err){0};
	assert_false(store_commit(w->store, &fatal, &w->err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(w->err.code, ERR_STORAGE);
	assert_non_null(strstr(w->err.message, "nothing was stored"));
	assert_true(fatal);
	assert_false(store_pending(w->store));
	/* Nothing more is taken: its sync might lie. */
	assert_err(w, store_begin(w->store, &w->err), ERR_STORAGE);
	assert_false(store_pending(w->store));
	/* The next start reads what is really there. */
	world_reopen(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 0);
}

/* A disk of 256 k that really fills up: what was acknowledged stays, what was
 * not is told, and the database can be opened while it is full. */
static void
test_a_disk_that_fills_up(void **state)
{
	struct world *w = *state;
	struct reminder r = long_reminder();
	bool fatal = false, stored = true;
	int n;

	if (unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("tmpfs", w->folder, "tmpfs", 0, "size=256k") != 0) {
		print_message("skip: a small disk can't be mounted here "
		    "(needs root)\n");
		reminder_clear(&r);
		skip();
	}
	world_reopen(w);
	for (n = 0; n < 100 && stored; n += stored) {
		begin(w);
		stored = store_reminder_add(w->store, &r, &w->err);
		store_end(w->store, stored, NULL);
		stored = stored && store_commit(w->store, &fatal, &w->err);
	}
	assert_in_range(n, 1, 99);
	assert_int_equal(w->err.code, ERR_STORAGE);
	assert_non_null(strstr(w->err.message, "the disk is full"));
	assert_false(fatal);
	store_commit(w->store, NULL, NULL);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), n);
	world_reopen(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), n);
	store_close(w->store);
	assert_int_equal(umount2(w->folder, MNT_DETACH), 0);
	world_open(w);
	reminder_clear(&r);
}

/* ----------------------------------------------------- small values --- */

static void
test_settings(void **state)
{
	struct world *w = *state;

	assert_int_equal(store_setting(w->store, "quiet_until", -7), -7);
	begin(w);
	assert_good(w, store_setting_put(w->store, "quiet_until", 5, &w->err));
	assert_good(w, store_setting_put(w->store, "quiet_until", INT64_MAX,
	    &w->err));
	assert_good(w, store_setting_put(w->store, "brief_day", 1, &w->err));
	end(w);
	commit(w);
	world_reopen(w);
	assert_true(store_setting(w->store, "quiet_until", 0) == INT64_MAX);
	assert_int_equal(store_setting(w->store, "brief_day", 0), 1);
}

static void
assert_text(struct world *w, const char *key, const char *expected)
{
	char *text = store_setting_text(w->store, key);

	assert_int_equal(text == NULL, expected == NULL);
	if (text != NULL)
		assert_string_equal(text, expected);
	free(text);
}

static void
put_text(struct world *w, const char *key, const char *text)
{
	begin(w);
	assert_good(w, store_setting_text_put(w->store, key, text, &w->err));
	end(w);
	commit(w);
}

static void
test_settings_that_are_texts(void **state)
{
	struct world *w = *state;

	assert_text(w, "zone", NULL);
	put_text(w, "zone", "Europe/Berlin");
	put_text(w, "zone", "");
	assert_text(w, "zone", "");
	put_text(w, "zone", "America/New_York");
	world_reopen(w);
	assert_text(w, "zone", "America/New_York");
	/* A number may stand beside it. */
	begin(w);
	assert_good(w, store_setting_put(w->store, "zone", 77, &w->err));
	end(w);
	commit(w);
	assert_text(w, "zone", "America/New_York");
	put_text(w, "zone", NULL);
	assert_text(w, "zone", NULL);
	assert_int_equal(store_setting(w->store, "zone", 0), 77);
	assert_err(w, store_setting_text_put(w->store, "zone", "x", &w->err),
	    ERR_INTERNAL);
}

static void
put_token(struct world *w, const char *token, const char *reply, int64_t now)
{
	begin(w);
	assert_good(w, store_token_put(w->store, token, reply, now, &w->err));
	end(w);
	commit(w);
}

static bool
has_token(struct world *w, const char *token)
{
	char *reply = store_token_reply(w->store, token);
	bool found = reply != NULL;

	free(reply);
	return found;
}

static void
test_tokens(void **state)
{
	struct world *w = *state;
	char *reply;

	assert_false(has_token(w, "a"));
	put_token(w, "a", "{\"id\":12}", 1000000);
	world_reopen(w);
	reply = store_token_reply(w->store, "a");
	assert_string_equal(reply, "{\"id\":12}");
	free(reply);
	/* Gone with the request that made it. */
	begin(w);
	assert_good(w, store_token_put(w->store, "b", "", 1000000, &w->err));
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
	assert_false(has_token(w, "b"));
	/* A day later it is forgotten, at most an hour late. */
	put_token(w, "c", "", 1000000 + 86400 - 1);
	assert_true(has_token(w, "a"));
	put_token(w, "d", "", 1000000 + 86400 + 3600);
	assert_false(has_token(w, "a"));
	assert_true(has_token(w, "c"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(test_only_the_owner_can_read),
		world_test(test_settings_of_sqlite),
		world_test(test_lock_is_exclusive),
		world_test(test_what_is_no_database_of_ours),
		world_test(test_a_newer_schema_is_left_alone),
		world_test(test_open_in_another_program),
		world_test(test_a_request_that_fails_takes_back_only_itself),
		world_test(test_the_first_request_can_fail_too),
		world_test(test_without_commit_nothing_is_stored),
		world_test(test_writes_belong_to_a_request),
		world_test(test_full_disk),
		world_test(test_a_database_that_is_taken_away),
		world_test(test_a_turn_that_sqlite_rolled_back),
		world_test(test_an_io_error_on_commit_is_fatal),
		world_test(test_a_disk_that_fills_up),
		world_test(test_settings),
		world_test(test_settings_that_are_texts),
		world_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
