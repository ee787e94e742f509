/* Varlink messages: framing, reading, writing, and the check of parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"
#include "wire/command.h"
#include "wire/varlink.h"

/* ------------------------------------------------------------ framing -- */

static void
expect_next(struct varlink_frames *f, const char *wanted)
{
	size_t len;
	const char *message = varlink_frames_next(f, &len);

	if (wanted == NULL) {
		assert_null(message);
		return;
	}
	assert_non_null(message);
	assert_string_equal(message, wanted);
	assert_int_equal(len, strlen(wanted));
}

static void
frames_come_as_they_like(void **state)
{
	struct varlink_frames f = {0};

	(void)state;
	expect_next(&f, NULL);
	assert_true(varlink_frames_add(&f, "one\0two\0th", 10));
	expect_next(&f, "one");
	expect_next(&f, "two");
	expect_next(&f, NULL);
	assert_true(varlink_frames_add(&f, "ree", 3));
	expect_next(&f, NULL);
	assert_true(varlink_frames_add(&f, "\0\0four", 6));
	expect_next(&f, "three");
	/* More may come before the rest was taken. */
	assert_true(varlink_frames_add(&f, "\0", 1));
	expect_next(&f, "");
	expect_next(&f, "four");
	expect_next(&f, NULL);
	assert_null(f.in.data);		/* at rest it holds no memory */
	varlink_frames_clear(&f);
}

static void
frames_byte_by_byte(void **state)
{
	static const char text[] = "{\"a\":1}\0{\"b\":2}";
	struct varlink_frames f = {0};
	size_t i, len, n = 0;

	(void)state;
	for (i = 0; i < sizeof text; i++) {
		assert_true(varlink_frames_add(&f, text + i, 1));
		while (varlink_frames_next(&f, &len) != NULL) {
			assert_int_equal(len, 7);
			n++;
		}
	}
	assert_int_equal(n, 2);
	varlink_frames_clear(&f);
}

static void
frames_are_bounded(void **state)
{
	char *long_one = mem_new(VARLINK_FRAME_MAX + 2, 1);
	struct varlink_frames f = {0};
	size_t len, i;

	(void)state;
	memset(long_one, 'x', VARLINK_FRAME_MAX + 1);
	/* The longest that is allowed, in two parts. */
	assert_true(varlink_frames_add(&f, long_one, VARLINK_FRAME_MAX - 7));
	assert_true(varlink_frames_add(&f, "1234567\0abc", 11));
	assert_non_null(varlink_frames_next(&f, &len));
	assert_int_equal(len, VARLINK_FRAME_MAX);
	/* The unfinished "abc" counts. */
	assert_false(varlink_frames_add(&f, long_one, VARLINK_FRAME_MAX - 2));
	varlink_frames_clear(&f);
	/* One byte more, whole or not. */
	assert_false(varlink_frames_add(&f, long_one, VARLINK_FRAME_MAX + 1));
	assert_false(varlink_frames_add(&f, long_one, VARLINK_FRAME_MAX + 2));
	/* Many short ones are no long one. */
	for (i = 0; i < 100; i++)
		assert_true(varlink_frames_add(&f, long_one +
		    VARLINK_FRAME_MAX - 9999, 10001));
	varlink_frames_clear(&f);
	free(long_one);
}

/* -------------------------------------------------------------- calls -- */

static void
calls_that_are_read(void **state)
{
	static const struct {
		const char *text, *method, *parameters;
		bool more, oneway;
	} t[] = {
		{"{\"method\":\"a.b.C\"}", "a.b.C", "{}", false, false},
		{"{\"method\":\"a.b.C\",\"parameters\":null}", "a.b.C", "{}",
		    false, false},
		{" {\n\"method\": \"a.b.C\", \"parameters\": {\"x\":[1]} } ",
		    "a.b.C", "{\"x\":[1]}", false, false},
		{"{\"method\":\"a.b.C\",\"more\":true,\"oneway\":false}",
		    "a.b.C", "{}", true, false},
		{"{\"method\":\"a.b.C\",\"oneway\":true,\"more\":null,"
		    "\"upgrade\":false}", "a.b.C", "{}", false, true},
		/* Extensions live in an object named after their vendor. */
		{"{\"method\":\"a.b.C\",\"org.example\":{\"trace\":1}}",
		    "a.b.C", "{}", false, false},
		/* A number that no 64 bits hold is a number, but no integer. */
		{"{\"method\":\"a.b.C\",\"parameters\":"
		    "{\"id\":99999999999999999999}}", "a.b.C",
		    "{\"id\":1e20}", false, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct varlink_call c;
		struct err err = {0};
		json_t *wanted;

		if (!varlink_call_parse(t[i].text, strlen(t[i].text), &c,
		    &err))
			fail_msg("%s: %s", t[i].text, err.message);
		wanted = json_loads(t[i].parameters, 0, NULL);
		assert_string_equal(c.method, t[i].method);
		assert_true(json_equal(c.parameters, wanted));
		assert_int_equal(c.more, t[i].more);
		assert_int_equal(c.oneway, t[i].oneway);
		json_decref(wanted);
		varlink_call_clear(&c);
	}
}

static void
calls_that_are_none(void **state)
{
	static const char *const t[] = {
		"",
		" ",
		"hello",
		"[]",
		"\"io.rapport.List\"",
		"{}",
		"{\"method\":\"a.b.C\"",
		"{\"method\":\"a.b.C\"} x",
		"{\"method\":null}",
		"{\"method\":1}",
		"{\"method\":\"a.b.C\",\"parameters\":[]}",
		"{\"method\":\"a.b.C\",\"parameters\":\"\"}",
		"{\"method\":\"a.b.C\",\"more\":1}",
		"{\"method\":\"a.b.C\",\"oneway\":\"yes\"}",
		"{\"method\":\"a.b.C\",\"upgrade\":true}",
		"{\"method\":\"a.b.C\",\"method\":\"a.b.D\"}",
		"{\"method\":\"a.b.C\",\"parameters\":{\"a\":1,\"a\":1}}",
		"{\"method\":\"\xff\"}",
		"{\"method\":\"a.b.C\",\"parameters\":{\"t\":\"\xc0\xaf\"}}",
		"{\"method\":\"a.b.C\",\"parameters\":{\"t\":\"\\ud800\"}}",
		"{\"method\":\"a.b.C\",\"parameters\":{\"t\":\"\\u0000\"}}",
		"{\"method\":\"a.b.C\",\"parameters\":{\"x\":1e999}}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct varlink_call c;
		struct err err = {0};

		if (varlink_call_parse(t[i], strlen(t[i]), &c, &err))
			fail_msg("taken for a call: %s", t[i]);
		assert_null(c.method);
		assert_null(c.parameters);
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		assert_true(err.message[0] != '\0');
	}
}

/* Brackets without end are refused, not followed to the stack's end. */
static void
calls_too_deep(void **state)
{
	size_t i, n = VARLINK_FRAME_MAX - 100;
	struct varlink_call c;
	struct buf b = {0};

	(void)state;
	buf_adds(&b, "{\"method\":\"a.b.C\",\"parameters\":{\"x\":");
	for (i = 0; i < n; i++)
		buf_adds(&b, "[");
	assert_false(varlink_call_parse(b.data, b.len, &c, NULL));
	buf_clear(&b);
}

static void
what_is_written(void **state)
{
	json_t *p = json_pack("{s:s}", "text", "\"\n\xc3\xa9");
	struct buf b = {0};

	(void)state;
#define EXPECT(text) do {						\
	assert_int_equal(b.len, sizeof text);				\
	assert_memory_equal(b.data, text, sizeof text);			\
	buf_clear(&b);							\
} while (0)
	varlink_reply_write(&b, NULL, false);
	EXPECT("{\"parameters\":{}}");
	varlink_reply_write(&b, p, true);
	EXPECT("{\"parameters\":{\"text\":\"\\\"\\n\xc3\xa9\"},"
	    "\"continues\":true}");
	varlink_error_write(&b, "a.b.E", NULL);
	EXPECT("{\"error\":\"a.b.E\",\"parameters\":{}}");
	varlink_call_write(&b, "a.b.C", p, true, false);
	EXPECT("{\"method\":\"a.b.C\",\"parameters\":"
	    "{\"text\":\"\\\"\\n\xc3\xa9\"},\"more\":true}");
	varlink_call_write(&b, "a.b.C", NULL, false, true);
	EXPECT("{\"method\":\"a.b.C\",\"parameters\":{},\"oneway\":true}");
#undef EXPECT
	json_decref(p);
}

static void
replies_are_read(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		const char *error;
		size_t parameters;
		bool continues;
	} t[] = {
		{"{}", true, NULL, 0, false},
		{"{\"parameters\":{\"a\":1}}", true, NULL, 1, false},
		{"{\"parameters\":{},\"continues\":true}", true, NULL, 0, true},
		{"{\"error\":\"a.b.E\",\"parameters\":{\"a\":1}}", true,
		    "a.b.E", 1, false},
		{"{\"error\":1}", false, NULL, 0, false},
		{"{\"parameters\":1}", false, NULL, 0, false},
		{"{\"continues\":1}", false, NULL, 0, false},
		{"1", false, NULL, 0, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct varlink_reply r;
		bool ok = varlink_reply_parse(t[i].text, strlen(t[i].text), &r,
		    NULL);

		assert_int_equal(ok, t[i].ok);
		if (!ok)
			continue;
		if (t[i].error == NULL)
			assert_null(r.error);
		else
			assert_string_equal(r.error, t[i].error);
		assert_int_equal(json_object_size(r.parameters),
		    t[i].parameters);
		assert_int_equal(r.continues, t[i].continues);
		varlink_reply_clear(&r);
	}
}

/* -------------------------------------------------------------- checks -- */

static void
parameters_are_checked(void **state)
{
	/* wrong: the parameter that is named; NULL: all is right. */
	static const struct {
		const char *command, *parameters, *wrong;
	} t[] = {
		{"add", "{\"text\":\"x\",\"when\":\"9am\"}", NULL},
		{"add", "{\"when\":\"9am\"}", "text"},
		{"add", "{\"text\":null,\"when\":\"9am\"}", "text"},
		/* Here the method asks: when? */
		{"add", "{\"text\":\"x\"}", NULL},
		{"add", "{}", "text"},
		{"add", "{\"text\":1,\"when\":\"9am\"}", "text"},
		{"add", "{\"text\":\"x\",\"when\":[\"9am\"]}", "when"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"wen\":1}", "wen"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"with\":\"dana\"}",
		    NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"with\":"
		    "[\"dana\",\"lee\"]}", NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"with\":[]}", NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"with\":[1]}",
		    "with"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"with\":[null]}",
		    "with"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"kind\":"
		    "\"next-step\"}", NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"kind\":\"step\"}",
		    "kind"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"kind\":null}",
		    NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"urgent\":true}",
		    NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"urgent\":1}",
		    "urgent"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"token\":\"t1\"}",
		    NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"token\":null}",
		    NULL},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"token\":\"\"}",
		    "token"},
		{"add", "{\"text\":\"x\",\"when\":\"9am\",\"token\":7}",
		    "token"},
		{"list", "{\"token\":\"t1\"}", "token"},	/* reads only */
		{"list", "{}", NULL},
		{"list", "{\"limit\":1}", NULL},
		{"list", "{\"limit\":0}", "limit"},
		{"list", "{\"limit\":-1}", "limit"},
		{"list", "{\"limit\":1.0}", "limit"},
		{"list", "{\"limit\":\"1\"}", "limit"},
		{"list", "{\"with\":[\"dana\"]}", "with"},	/* one only */
		{"done", "{\"id\":12}", NULL},
		{"done", "{\"id\":[12,13],\"note\":\"n\"}", NULL},
		{"done", "{\"id\":[]}", NULL},
		{"done", "{\"id\":[0]}", "id"},
		{"done", "{\"id\":[12,\"13\"]}", "id"},
		{"done", "{\"id\":1e20}", "id"},
		{"move", "{\"id\":[],\"when\":\"9am\"}", "id"},	/* required */
		{"drop", "{\"id\":[]}", NULL},	/* the method asks: what? */
		{"drop", "{\"id\":[1]}", NULL},
		{"drop", "{\"entry\":\"f7\"}", NULL},
		{"drop", "{\"id\":1,\"entry\":[\"i31\",\"d2\"]}", NULL},
		{"drop", "{\"entry\":\"7\"}", "entry"},
		{"drop", "{\"entry\":[\"f7\",\"x2\"]}", "entry"},
		{"drop", "{\"entry\":7}", "entry"},
		{"learn", "{\"who\":\"dana\",\"text\":\"t\"}", NULL},
		{"learn", "{\"who\":\"dana\",\"kind\":\"likes\"}", NULL},
		{"learn", "{\"who\":\"dana\",\"kind\":\"birthday\"}", NULL},
		{"learn", "{\"who\":\"dana\",\"kind\":\"xyz\"}", "kind"},
		{"learn", "{\"text\":\"t\"}", "who"},
		{"status", "{\"test\":true}", NULL},
		{"status", "{\"waybar\":true}", "waybar"},	/* the client's */
		{"status", "{\"follow\":null}", "follow"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		json_t *p = json_loads(t[i].parameters, 0, NULL);
		const char *wrong;

		assert_non_null(p);
		wrong = varlink_check(command_find(t[i].command), p);
		if ((wrong == NULL) != (t[i].wrong == NULL) ||
		    (wrong != NULL && strcmp(wrong, t[i].wrong) != 0))
			fail_msg("%s %s: %s", t[i].command, t[i].parameters,
			    wrong == NULL ? "taken" : wrong);
		json_decref(p);
	}
}

static void
tokens_are_bounded(void **state)
{
	char token[130];
	json_t *p = json_object();

	(void)state;
	memset(token, 't', sizeof token);
	token[128] = '\0';
	json_object_set_new(p, "token", json_string(token));
	assert_null(varlink_check(command_find("undo"), p));
	token[128] = 't';
	token[129] = '\0';
	json_object_set_new(p, "token", json_string(token));
	assert_string_equal(varlink_check(command_find("undo"), p), "token");
	json_decref(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_come_as_they_like),
		cmocka_unit_test(frames_byte_by_byte),
		cmocka_unit_test(frames_are_bounded),
		cmocka_unit_test(calls_that_are_read),
		cmocka_unit_test(calls_that_are_none),
		cmocka_unit_test(calls_too_deep),
		cmocka_unit_test(what_is_written),
		cmocka_unit_test(replies_are_read),
		cmocka_unit_test(parameters_are_checked),
		cmocka_unit_test(tokens_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
