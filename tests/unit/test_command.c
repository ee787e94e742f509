/* What is read off the command table, and the table itself. The grammar of the
 * interface text is checked by tests/e2e/test_socket.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/err.h"
#include "model/fact.h"
#include "wire/command.h"

static void
synopses(void **state)
{
	static const char *const t[] = {
		"add TEXT WHEN… [--every RULE] [--with WHO]… [--need TEXT] "
		    "[--kind KIND] [--zone Z] [--urgent]",
		"today",
		"list [--with WHO] [--until WHEN] [--all] [--done] "
		    "[--limit N]",
		"show ID|WHO",
		"snooze [ID…|WHO] [WHEN…]",
		"done [ID…|WHO] [-m NOTE]",
		"skip [ID|WHO]",
		"drop ID…",
		"undo [ID]",
		"move ID… WHEN… [--this] [--series]",
		"edit ID [--text TEXT] [--every RULE|none] [--need TEXT] "
		    "[--with WHO]… [--kind KIND] [--zone Z] [--urgent] "
		    "[--not-urgent] [-m NOTE] [--by CHANNEL] [--on DATE] "
		    "[--mood M] [--direction out|in] [--date DATE] "
		    "[--name NAME] [--lead DAYS] [--private] [--not-private]",
		"when WHEN… [--from LOCALTIME] [--every RULE] [--count N]",
		"met WHO… [-m NOTE] [--by CHANNEL] [--on DATE] [--mood M] "
		    "[--direction out|in] [--new NAME] [--org ORG] "
		    "[--introduced-by WHO] [--no-thanks] [--done ID]… "
		    "[--next TEXT WHEN…]",
		"learn WHO [KIND] TEXT… [--private] [--lead DAYS]",
		"person add NAME [--as HANDLE] [--org ORG] [--circle C] "
		    "[--keep-up SPAN] [--zone Z] [--introduced-by WHO] "
		    "[--no-thanks] [--stage STAGE] [--met TEXT]",
		"person list [--all] [--circle C]",
		"person pause WHO [WHEN…]",
		"person forget WHO [--yes]",
		"search WORDS… [--limit N]",
		"network [WHO]",
		"quiet [WHEN…|off]",
		"rpc METHOD [JSON] [--more]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		const struct command *c;
		char name[32], *got;

		/* The verb is what stands before the first argument. */
		strncpy(name, t[i], sizeof name - 1);
		name[sizeof name - 1] = '\0';
		name[strcspn(name, "[ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = '\0';
		while (name[0] != '\0' && name[strlen(name) - 1] == ' ')
			name[strlen(name) - 1] = '\0';
		c = command_find(name);
		assert_non_null(c);
		got = command_synopsis(c);
		assert_string_equal(got, t[i]);
		free(got);
	}
}

static void
verbs_that_were_meant(void **state)
{
	static const struct {
		const char *word, *meant;
	} t[] = {
		{"ls", "list"},
		{"rm", "drop"},
		{"delete", "drop"},
		{"DELETE", "drop"},
		{"remind", "add"},
		{"repeat", "add TEXT --every RULE"},
		{"omit", "skip"},
		{"skp", "skip"},
		{"log", "met"},
		{"note", "learn"},
		{"birthday", "learn WHO birthday DATE"},
		{"forget", "person forget"},
		{"mv", "move"},
		{"version", "--version"},
		{"history", "list --done"},
		{"halp", "help"},
		{"ad", "add"},
		{"snoze", "snooze"},
		{"sonoze", "snooze"},
		{"tody", "today"},
		{"Lsit", "list"},
		{"stauts", "status"},
		{"persn", "person"},
		{"person ad", "person add"},
		{"add", "add"},
		{"xylophone", NULL},
		{"", NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *meant = command_meant(t[i].word);

		if (t[i].meant == NULL)
			assert_null(meant);
		else {
			assert_non_null(meant);
			assert_string_equal(meant, t[i].meant);
		}
	}
}

static void
lookups(void **state)
{
	const struct command *c = command_find("done");

	(void)state;
	assert_non_null(c);
	assert_ptr_equal(command_by_method("Done"), c);
	assert_null(command_by_method("done"));
	assert_null(command_find("Done"));
	assert_null(command_find(""));
	assert_string_equal(command_arg(c, "note")->name, "note");
	assert_null(command_arg(c, "m"));
	assert_ptr_equal(command_by_method("PersonAdd"),
	    command_find("person add"));
}

static void
numbers_with_letters(void **state)
{
	static const struct {
		const char *text;
		char letter;
		int64_t number;
	} t[] = {
		{"f7", 'f', 7},
		{"i31", 'i', 31},
		{"D2", 'd', 2},
		{"f0", 0, 0},
		{"f", 0, 0},
		{"f7x", 0, 0},
		{"f 7", 0, 0},
		{"f-7", 0, 0},
		{"7", 0, 0},
		{"x7", 0, 0},
		{"f99999999999999999999", 0, 0},
		{"", 0, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		char letter = 0;
		int64_t number = 0;

		assert_int_equal(command_entry(t[i].text, &letter, &number),
		    t[i].letter != 0);
		assert_int_equal(letter, t[i].letter);
		assert_int_equal(number, t[i].number);
	}
}

static void
topics(void **state)
{
	bool date;
	int kind;

	(void)state;
	assert_true(command_topic("likes", &date, &kind));
	assert_false(date);
	assert_int_equal(kind, FACT_LIKE);
	assert_true(command_topic("birthday", &date, &kind));
	assert_true(date);
	assert_int_equal(kind, DATE_BIRTHDAY);
	assert_false(command_topic("early", NULL, NULL));
	assert_false(command_topic("", NULL, NULL));
}

static void
every_error_has_a_name(void **state)
{
	int code;

	(void)state;
	assert_null(wire_error_names[ERR_NONE]);
	for (code = ERR_NONE + 1; code < ERR_MAX; code++) {
		assert_non_null(wire_error_names[code]);
		assert_memory_equal(wire_error_names[code], "io.rapport.", 11);
	}
}

/* The rules that the table keeps, so that its readers can rely on them. */
static void
the_table_is_whole(void **state)
{
	const struct command *c, *other;
	const struct arg *a, *b;

	(void)state;
	for (c = commands; c->name != NULL; c++) {
		bool optional = false;

		assert_non_null(c->summary);
		assert_non_null(c->args);
		assert_int_equal(c->method == NULL,
		    (c->flags & COMMAND_OFFLINE) != 0);
		assert_int_equal(c->method == NULL, c->reply == NULL);
		for (other = commands; other != c; other++) {
			assert_string_not_equal(c->name, other->name);
			if (c->method != NULL && other->method != NULL)
				assert_string_not_equal(c->method,
				    other->method);
		}
		for (a = c->args; a->name != NULL; a++) {
			assert_non_null(a->prose);
			assert_int_equal(a->type == ARG_ENUM ||
			    (a->flags & ARG_TOPIC) != 0, a->values != NULL);
			if (a->type != ARG_FLAG)
				assert_non_null(a->metavar);
			else
				assert_false(a->flags & ARG_POSITIONAL);
			/* token is a parameter of the wire alone. */
			assert_string_not_equal(a->name, "token");
			for (b = c->args; b != a; b++) {
				assert_string_not_equal(a->name, b->name);
				assert_true(a->letter == 0 ||
				    a->letter != b->letter);
			}
			if (!(a->flags & ARG_POSITIONAL))
				continue;
			/* What may be left out comes last. */
			if (a->flags & ARG_REQUIRED)
				assert_false(optional);
			else
				optional = true;
		}
	}
}

static void
expect_in(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is missing in:\n%s", part, text);
}

static void
the_interface_tells_all(void **state)
{
	char *text = command_interface();
	const struct command *c;
	int code;

	(void)state;
	expect_in(text, "\ninterface io.rapport\n");
	for (c = commands; c->name != NULL; c++) {
		char head[64] = "\nmethod ";

		if (c->method == NULL)
			continue;
		strncat(head, c->method, 32);
		strcat(head, "(");
		expect_in(text, head);
	}
	for (code = ERR_NONE + 1; code < ERR_MAX; code++) {
		char head[64] = "\nerror ";

		strncat(head, strrchr(wire_error_names[code], '.') + 1, 32);
		strcat(head, " (message: string");
		expect_in(text, head);
	}
	expect_in(text, "\n  # What to do.\n  text: string,\n");
	expect_in(text, "\n  with: ?[]string,\n");
	expect_in(text, "\n  id: ?[]int,\n");
	expect_in(text, "\n  id: []int,\n");
	expect_in(text, "\n  entry: ?[]string,\n");
	expect_in(text, "# One of like, dislike, passion, family, work, need, "
	    "other, birthday,");
	expect_in(text, "\n  limit: ?int\n");
	expect_in(text, "\n  token: ?string\n");
	expect_in(text, "\nmethod Today() -> (");
	expect_in(text, "# One of reminder, next-step, check-in, fix, thanks");
	assert_null(strstr(text, "waybar: "));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(synopses),
		cmocka_unit_test(verbs_that_were_meant),
		cmocka_unit_test(lookups),
		cmocka_unit_test(numbers_with_letters),
		cmocka_unit_test(topics),
		cmocka_unit_test(every_error_has_a_name),
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(the_interface_tells_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
