/* The ground floor: UTF-8, growing strings, errors and nearest words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/err.h"
#include "base/utf8.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

/* ---- UTF-8 ------------------------------------------------------------- */

static const struct {
	const char *bytes;
	size_t taken;
	uint32_t character;
} characters[] = {
	{ "a", 1, 'a' },
	{ "\x7f", 1, 0x7f },
	{ "\xc2\x80", 2, 0x80 },
	{ "\xc3\xa9", 2, 0xe9 },
	{ "\xdf\xbf", 2, 0x7ff },
	{ "\xe0\xa0\x80", 3, 0x800 },
	{ "\xe2\x82\xac", 3, 0x20ac },
	{ "\xed\x9f\xbf", 3, 0xd7ff },
	{ "\xee\x80\x80", 3, 0xe000 },
	{ "\xef\xbf\xbf", 3, 0xffff },
	{ "\xf0\x90\x80\x80", 4, 0x10000 },
	{ "\xf0\x9f\x98\x80", 4, 0x1f600 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	/* Overlong, surrogates, too large, cut, alone. */
	{ "\xc0\x80", 0, 0 }, { "\xc1\xbf", 0, 0 },
	{ "\xe0\x9f\xbf", 0, 0 }, { "\xf0\x8f\xbf\xbf", 0, 0 },
	{ "\xed\xa0\x80", 0, 0 }, { "\xed\xbf\xbf", 0, 0 },
	{ "\xf4\x90\x80\x80", 0, 0 }, { "\xf5\x80\x80\x80", 0, 0 },
	{ "\xff", 0, 0 }, { "\xfe", 0, 0 }, { "\x80", 0, 0 },
	{ "\xbf", 0, 0 }, { "\xc3", 0, 0 }, { "\xe2\x82", 0, 0 },
	{ "\xf0\x9f\x98", 0, 0 }, { "\xc3(", 0, 0 }, { "\xe2(\xac", 0, 0 },
};

static void
test_utf8_decode(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(characters); i++) {
		const char *s = characters[i].bytes;
		uint32_t c = 0;

		if (utf8_decode(s, strlen(s), &c) != characters[i].taken)
			fail_msg("character %zu: other length", i);
		if (characters[i].taken > 0)
			assert_int_equal(c, characters[i].character);
		assert_int_equal(utf8_valid(s, strlen(s)),
		    characters[i].taken > 0);
	}
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("na\xc3\xafve \xe2\x82\xac", 10));
	assert_false(utf8_valid("a\0b", 3));
	assert_false(utf8_valid("abc\xc3", 4));
}

static const struct {
	const char *text;
	size_t len, clipped;
} clips[] = {
	{ "", 0, 0 }, { "abc", 3, 3 }, { "abc", 2, 2 },
	{ "\xc3\xa9", 2, 2 }, { "\xc3\xa9", 1, 0 },
	{ "a\xe2\x82\xac", 4, 4 }, { "a\xe2\x82\xac", 3, 1 },
	{ "a\xe2\x82\xac", 2, 1 },
	{ "\xf0\x9f\x98\x80", 4, 4 }, { "\xf0\x9f\x98\x80", 3, 0 },
	{ "\xf0\x9f\x98\x80", 2, 0 }, { "\xf0\x9f\x98\x80", 1, 0 },
	/* What is not well-formed has no boundary to keep. */
	{ "\x80\x80\x80\x80", 4, 4 },
};

static void
test_utf8_clip(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(clips); i++)
		if (utf8_clip(clips[i].text, clips[i].len) != clips[i].clipped)
			fail_msg("clip %zu: %zu", i,
			    utf8_clip(clips[i].text, clips[i].len));
}

static void
test_utf8_control(void **state)
{
	static const uint32_t control[] = { 0, 7, 9, 10, 0x1b, 0x1f, 0x7f,
		0x80, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x2029,
		0x202a, 0x202e, 0x2066, 0x2069 };
	static const uint32_t plain[] = { ' ', 'a', '~', 0xa0, 0xad, 0xe9,
		0x200b, 0x200d, 0x2010, 0x202f, 0x2065, 0x206a, 0x4e2d,
		0x1f600 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(control); i++)
		if (!utf8_is_control(control[i]))
			fail_msg("U+%04X", control[i]);
	for (i = 0; i < COUNT(plain); i++)
		if (utf8_is_control(plain[i]))
			fail_msg("U+%04X", plain[i]);
}

/* ---- Growing strings --------------------------------------------------- */

static void
test_buf(void **state)
{
	struct buf b = {0};
	char *s;
	int i;

	(void)state;
	assert_string_equal(buf_str(&b), "");
	buf_add(&b, NULL, 0);
	assert_string_equal(buf_str(&b), "");
	buf_adds(&b, "hello");
	buf_addf(&b, ", %s %d", "world", 42);
	assert_string_equal(buf_str(&b), "hello, world 42");
	assert_int_equal(b.len, 15);
	buf_drain(&b, 7);
	assert_string_equal(buf_str(&b), "world 42");
	buf_drain(&b, 8);
	assert_string_equal(buf_str(&b), "");
	assert_int_equal(b.len, 0);
	buf_add(&b, "a\0b", 3);
	assert_memory_equal(b.data, "a\0b", 4);
	s = buf_take(&b);
	assert_null(b.data);
	free(s);
	s = buf_take(&b);
	assert_string_equal(s, "");
	free(s);
	for (i = 0; i < 10000; i++)
		buf_addf(&b, "%d,", i % 10);
	assert_int_equal(b.len, 20000);
	assert_int_equal(strlen(b.data), 20000);
	buf_clear(&b);
	assert_null(b.data);
	buf_clear(&b);
}

/* Every length around the sizes at which the string grows. */
static void
test_buf_format_sizes(void **state)
{
	struct buf b = {0};
	char text[300];
	int n, before;

	(void)state;
	memset(text, 'x', sizeof text);
	for (before = 0; before < 130; before++)
		for (n = 0; n < 200; n++) {
			buf_add(&b, text, (size_t)before);
			buf_addf(&b, "%.*s", n, text);
			assert_int_equal(b.len, before + n);
			assert_int_equal(strlen(buf_str(&b)), before + n);
			buf_clear(&b);
		}
}

/* ---- Errors ------------------------------------------------------------ */

static void
test_err(void **state)
{
	struct err e = {0};
	char text[2000];

	(void)state;
	assert_false(err_set(NULL, ERR_INTERNAL, "nobody"));
	assert_false(err_param(NULL, ERR_INTERNAL, "when", "nobody"));
	assert_false(err_param(&e, ERR_NOT_FOUND, "with", "no \"%s\"", "dana"));
	assert_int_equal(e.code, ERR_NOT_FOUND);
	assert_string_equal(e.parameter, "with");
	assert_string_equal(e.message, "no \"dana\"");
	/* The message may be made of the one before. */
	assert_false(err_set(&e, ERR_IMPOSSIBLE, "really: %s", e.message));
	assert_string_equal(e.message, "really: no \"dana\"");
	assert_string_equal(e.parameter, "");
	/* Cut, but not within a character. */
	memset(text, 'x', sizeof text);
	memcpy(text + 1021, "\xe2\x82\xac\0", 4);
	err_set(&e, ERR_IMPOSSIBLE, "%s", text);
	assert_int_equal(strlen(e.message), 1021);
	assert_true(utf8_valid(e.message, strlen(e.message)));
}

static void
test_err_exit_status(void **state)
{
	static const struct {
		enum err_code code;
		int status;
	} table[] = {
		{ ERR_NONE, 0 }, { ERR_NOT_UNDERSTOOD, 2 },
		{ ERR_IMPOSSIBLE, 1 }, { ERR_NOT_FOUND, 3 },
		{ ERR_NOTHING_RINGS, 3 }, { ERR_STORAGE, 1 },
		{ ERR_SCHEMA_TOO_NEW, 1 }, { ERR_INTERNAL, 1 },
	};
	size_t i;

	(void)state;
	assert_int_equal(COUNT(table), ERR_MAX);
	for (i = 0; i < COUNT(table); i++)
		assert_int_equal(err_exit_status(table[i].code),
		    table[i].status);
}

/* ---- Nearest words ----------------------------------------------------- */

static const char *const commands[] = {
	"add", "today", "week", "list", "show", "snooze", "done", "drop",
	"undo", "move", "edit", "status", "watch", "when", NULL
};

static const struct {
	const char *word, *nearest;
} words[] = {
	{ "snoze", "snooze" }, { "snooz", "snooze" }, { "sonoze", "snooze" },
	{ "SNOOZE", "snooze" }, { "dnoe", "done" }, { "statsu", "status" },
	{ "lst", "list" }, { "sho", "show" }, { "wacth", "watch" },
	{ "todya", "today" }, { "snooze", "snooze" },
	{ "", NULL }, { "birthday", NULL }, { "xyz", NULL },
	{ "completely", NULL }, { "qqqq", NULL },
	{ "a word that is much longer than any typing error could be", NULL },
};

static void
test_nearest(void **state)
{
	static const char *const none[] = { NULL };
	static const char *const ties[] = { "abd", "abe", NULL };
	static const char *const alike[] = { "abc", "xyz", "abd", "acd",
	    "abcd", NULL };
	const char *three[3];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(words); i++) {
		const char *got = nearest_word(words[i].word, commands);

		if ((got == NULL) != (words[i].nearest == NULL) ||
		    (got != NULL && strcmp(got, words[i].nearest) != 0))
			fail_msg("\"%s\": %s", words[i].word,
			    got == NULL ? "none" : got);
	}
	assert_int_equal(nearest_words("dne", commands, three, 3), 1);
	assert_int_equal(nearest_words("abcd", alike, three, 3), 3);
	assert_string_equal(three[0], "abcd");
	assert_string_equal(three[1], "abc");
	assert_string_equal(three[2], "abd");
	assert_null(nearest_word("add", none));
	assert_string_equal(nearest_word("abc", ties), "abd");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8_decode),
		cmocka_unit_test(test_utf8_clip),
		cmocka_unit_test(test_utf8_control),
		cmocka_unit_test(test_buf),
		cmocka_unit_test(test_buf_format_sizes),
		cmocka_unit_test(test_err),
		cmocka_unit_test(test_err_exit_status),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
