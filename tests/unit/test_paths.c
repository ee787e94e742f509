/* Where things lie, told by the environment alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "conf/paths.h"
#include "tests/unit/folder.h"

static void
set(const char *variable, const char *value)
{
	if (value == NULL)
		unsetenv(variable);
	else
		setenv(variable, value, 1);
}

/* NULL in the last column: refused. */
static void
check(char *path, const struct err *err, const char *expect, const char *names)
{
	if (expect == NULL) {
		assert_null(path);
		assert_int_equal(err->code, ERR_IMPOSSIBLE);
		assert_non_null(strstr(err->message, names));
		return;
	}
	assert_non_null(path);
	assert_string_equal(path, expect);
	free(path);
}

static void
test_config_and_database(void **state)
{
	static const struct {
		const char *home, *config_home, *data_home, *rapport_config;
		const char *config, *database;
	} table[] = {
		{ "/h", NULL, NULL, NULL, "/h/.config/rapport/rapport.conf",
		    "/h/.local/share/rapport/rapport.db" },
		{ "/h", "/c", "/d", NULL, "/c/rapport/rapport.conf",
		    "/d/rapport/rapport.db" },
		{ "/h", "", "", "", "/h/.config/rapport/rapport.conf",
		    "/h/.local/share/rapport/rapport.db" },
		{ "/h", "c", "./d", NULL, "/h/.config/rapport/rapport.conf",
		    "/h/.local/share/rapport/rapport.db" },
		{ NULL, "/c", "/d", NULL, "/c/rapport/rapport.conf",
		    "/d/rapport/rapport.db" },
		{ "/h", "/c", NULL, "/my.conf", "/my.conf",
		    "/h/.local/share/rapport/rapport.db" },
		{ "/h", "/c", NULL, "my.conf", "my.conf",
		    "/h/.local/share/rapport/rapport.db" },
		{ NULL, NULL, NULL, NULL, NULL, NULL },
		{ "h", "c", "d", NULL, NULL, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct err err = { 0 };

		set("HOME", table[i].home);
		set("XDG_CONFIG_HOME", table[i].config_home);
		set("XDG_DATA_HOME", table[i].data_home);
		set("RAPPORT_CONFIG", table[i].rapport_config);
		check(paths_config(&err), &err, table[i].config,
		    "XDG_CONFIG_HOME");
		check(paths_database(&err), &err, table[i].database,
		    "XDG_DATA_HOME");
	}
}

static void
test_socket(void **state)
{
	struct err err = { 0 };
	char standard[64], expect[128];
	struct stat st;

	(void)state;
	set("RAPPORT_SOCKET", NULL);
	set("XDG_RUNTIME_DIR", "/r");
	check(paths_socket(&err), &err, "/r/rapport/rapportd.sock", "");
	set("RAPPORT_SOCKET", "/s");
	check(paths_socket(&err), &err, "/s", "");
	set("RAPPORT_SOCKET", "");
	check(paths_socket(&err), &err, "/r/rapport/rapportd.sock", "");

	set("XDG_RUNTIME_DIR", "r");
	snprintf(standard, sizeof standard, "/run/user/%d", (int)getuid());
	snprintf(expect, sizeof expect, "%s/rapport/rapportd.sock", standard);
	check(paths_socket(&err), &err,
	    stat(standard, &st) == 0 ? expect : NULL, "XDG_RUNTIME_DIR");
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

/* An empty folder, and the working folder, which every test starts in. */
static int
enter_folder(void **state)
{
	static char dir[FOLDER_PATH];

	folder_make(dir);
	*state = dir;
	umask(022);
	return chdir(dir);
}

static int
remove_folder(void **state)
{
	assert_int_equal(chdir("/"), 0);
	folder_remove(*state);
	return 0;
}

static void
test_parent_is_made(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_true(paths_make_parent("a/b/c/file", false, &err));
	assert_int_equal(mode_of("a"), 0700);
	assert_int_equal(mode_of("a/b/c"), 0700);
	assert_true(paths_make_parent("a/b/c/file", true, &err));
	assert_true(paths_make_parent("a//d/file", true, &err));
	assert_int_equal(mode_of("a/d"), 0700);
	assert_true(paths_make_parent("/file", false, &err));
	assert_true(paths_make_parent("file", false, &err));
}

static void
test_existing_parent(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(mkdir("open", 0755), 0);
	assert_int_equal(mkdir("open/inner", 0755), 0);
	assert_true(paths_make_parent("open/inner/file", false, &err));
	assert_int_equal(mode_of("open/inner"), 0755);
	assert_true(paths_make_parent("open/inner/file", true, &err));
	assert_int_equal(mode_of("open/inner"), 0700);
	assert_int_equal(mode_of("open"), 0755);
	assert_int_equal(symlink("open", "link"), 0);
	assert_true(paths_make_parent("link/file", true, &err));
	assert_int_equal(mode_of("open"), 0700);
}

static void
test_parent_refused(void **state)
{
	struct err err = { 0 };
	FILE *f = fopen("plain", "w");

	(void)state;
	assert_non_null(f);
	fclose(f);
	assert_false(paths_make_parent("plain/file", false, &err));
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	assert_string_equal(err.message, "plain is not a folder");
	assert_false(paths_make_parent("plain/sub/file", false, &err));

	assert_int_equal(mkdir("shared", 0700), 0);
	assert_int_equal(chmod("shared", 01777), 0);
	assert_true(paths_make_parent("shared/file", false, &err));
	assert_false(paths_make_parent("shared/file", true, &err));
	assert_non_null(strstr(err.message, "shared"));
	assert_int_equal(mode_of("shared"), 01777);

	assert_false(paths_make_parent("/proc/none/file", true, &err));
	assert_non_null(strstr(err.message, "cannot make the folder"));

	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_false(paths_make_parent("dangling/file", true, &err));
}

static void
test_parent_of_somebody_else(void **state)
{
	struct err err = { 0 };

	(void)state;
	if (geteuid() != 0) {
		print_message("skip: only root can give a folder away\n");
		skip();
	}
	assert_int_equal(mkdir("theirs", 0755), 0);
	assert_int_equal(chown("theirs", 12345, 12345), 0);
	assert_true(paths_make_parent("theirs/file", false, &err));
	assert_false(paths_make_parent("theirs/file", true, &err));
	assert_non_null(strstr(err.message, "somebody else"));
	assert_int_equal(mode_of("theirs"), 0755);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_config_and_database),
		cmocka_unit_test(test_socket),
		cmocka_unit_test(test_parent_is_made),
		cmocka_unit_test(test_existing_parent),
		cmocka_unit_test(test_parent_refused),
		cmocka_unit_test(test_parent_of_somebody_else),
	};

	return cmocka_run_group_tests(tests, enter_folder, remove_folder);
}
