/* Spans of elapsed time, by examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "time/span.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])
#define MINUTES(n) ((n) * 60)
#define HOURS(n) ((n) * 3600)
#define DAYS(n) ((n) * 86400)

static const struct {
	const char *text;
	int64_t seconds;
} spans[] = {
	{ "1s", 1 }, { "90s", 90 }, { "15m", MINUTES(15) },
	{ "90 s", 90 }, { "15min", MINUTES(15) }, { "1 minute", 60 },
	{ "1h", HOURS(1) }, { "1h30m", MINUTES(90) },
	{ "1h 30m", MINUTES(90) }, { "1 hour 30 minutes", MINUTES(90) },
	{ "1 hour and 30 minutes", MINUTES(90) }, { "30m1h", MINUTES(90) },
	{ "1.5h", MINUTES(90) }, { "0.25h", MINUTES(15) },
	{ "half an hour", MINUTES(30) }, { "an hour", HOURS(1) },
	{ "an hour and a half", MINUTES(90) }, { "two hours", HOURS(2) },
	{ "2H", HOURS(2) }, { " 2h ", HOURS(2) },
	{ "1d", DAYS(1) }, { "3 days", DAYS(3) }, { "2w", DAYS(14) },
	{ "a week", DAYS(7) }, { "1w2d3h4m5s", DAYS(9) + HOURS(3) + 245 },
	{ "a fortnight", DAYS(14) }, { "3653d", DAYS(3653) },
};

static const struct {
	const char *text, *says;
} refused[] = {
	{ "", "is missing" },
	{ "  ", "is missing" },
	{ "90", "90m, 90h or 90d?" },
	{ "1h30", "a unit is missing after 30" },
	{ "1h30x", "\"x\" is no unit" },
	{ "1h 30", "30m, 30h or 30d?" },
	{ "5x", "no length of time" },
	{ "x", "no length of time" },
	{ "h", "no length of time" },
	{ "1h1h", "stands twice" },
	{ "1h 2 hours", "stands twice" },
	{ "0s", "no time at all" },
	{ "0h0m", "no time at all" },
	{ "-2h", "no length of time" },
	{ "+2h", "no length of time" },
	{ "in 2h", "no length of time" },
	{ "2h later", "\"later\"" },
	{ "1mo", "no fixed length" },
	{ "1 year", "no fixed length" },
	{ "1.5d", "can be divided" },
	{ "0.0001s", "can be divided" },
	{ "3654d", "ten years" },
	{ "3653d1s", "ten years" },
	{ "99999999999999999999h", "ten years" },
	{ "99999999999999999999s99999999999999999999w", "ten years" },
	{ "\xff", "UTF-8" },
	{ "2\xc2\xbd" "h", "no length of time" },
	{ "2h\n\x07", "control character" },
};

static void
test_parse(void **state)
{
	struct err err = {0};
	int64_t seconds;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(spans); i++) {
		if (!span_parse(spans[i].text, &seconds, &err))
			fail_msg("\"%s\": %s", spans[i].text, err.message);
		if (seconds != spans[i].seconds)
			fail_msg("\"%s\" is %lld s", spans[i].text,
			    (long long)seconds);
	}
	for (i = 0; i < COUNT(refused); i++) {
		if (span_parse(refused[i].text, &seconds, &err))
			fail_msg("\"%s\" is not refused", refused[i].text);
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		if (strstr(err.message, refused[i].says) == NULL)
			fail_msg("\"%s\": %s", refused[i].text, err.message);
		assert_false(span_parse(refused[i].text, &seconds, NULL));
	}
}

static const struct {
	int64_t seconds;
	const char *text;
} formats[] = {
	{ 0, "0 s" }, { 1, "1 s" }, { 59, "59 s" }, { 60, "1 min" },
	{ 61, "1 min 1 s" }, { MINUTES(45), "45 min" }, { HOURS(1), "1 h" },
	{ MINUTES(90), "1 h 30 min" }, { HOURS(1) + 59, "1 h" },
	{ HOURS(66), "2 d 18 h" }, { DAYS(2), "2 d" },
	{ DAYS(2) + 3599, "2 d" }, { DAYS(29) + HOURS(23), "29 d 23 h" },
	{ DAYS(30), "1 mo" }, { DAYS(45), "1 mo 15 d" },
	{ DAYS(365), "1 y" }, { DAYS(425), "1 y 2 mo" },
	{ DAYS(729), "1 y 11 mo" }, { -HOURS(3), "3 h" },
	{ INT64_MIN, "292471208677 y 6 mo" },
};

static const struct {
	int64_t then, now;
	const char *text;
} relatives[] = {
	{ 1000, 1000, "now" }, { 1001, 1000, "in 1 s" },
	{ 1000 + HOURS(66), 1000, "in 2 d 18 h" },
	{ 1000, 1000 + HOURS(3), "3 h ago" },
	/* By the calendar, across leap days and clock changes. */
	{ 1803130200, 1795181400, "in 3 mo" },
	{ 1810816200, 1795181400, "in 6 mo" },
	{ 8106528600, 1795181400, "in 200 y" },
	{ 1798131600, 1795181400, "in 1 mo 4 d" },
	{ 1803978000, 1801386000, "in 1 mo 2 d" },
	{ 1801386000, 1798794000, "in 30 d" },
	{ 1792499400, 1797773400, "2 mo ago" },
	{ 1740733200, 1709197200, "in 1 y" },
};

static void
test_format(void **state)
{
	char text[SPAN_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(formats); i++)
		assert_string_equal(span_format(formats[i].seconds, text),
		    formats[i].text);
	for (i = 0; i < COUNT(relatives); i++)
		assert_string_equal(span_relative(relatives[i].then,
		    relatives[i].now, text), relatives[i].text);
}

/* How often: in whole days. */
static void
test_days(void **state)
{
	static const struct {
		const char *text;
		int days;		/* 0: refused with code */
		enum err_code code;
	} t[] = {
		{ "1d", 1, ERR_NONE },
		{ "3w", 21, ERR_NONE },
		{ "2 weeks", 14, ERR_NONE },
		{ "2mo", 60, ERR_NONE },
		{ "1 month", 30, ERR_NONE },
		{ "1y", 365, ERR_NONE },
		{ "18 months", 545, ERR_NONE },
		{ "10y", 3650, ERR_NONE },
		{ "1mo 1w", 37, ERR_NONE },
		{ "0d", 0, ERR_IMPOSSIBLE },
		{ "11y", 0, ERR_IMPOSSIBLE },
		{ "500 years", 0, ERR_IMPOSSIBLE },
		{ "9999999999999999999d", 0, ERR_IMPOSSIBLE },
		{ "12h", 0, ERR_NOT_UNDERSTOOD },
		{ "1d 12h", 0, ERR_NOT_UNDERSTOOD },
		{ "3", 0, ERR_NOT_UNDERSTOOD },
		{ "often", 0, ERR_NOT_UNDERSTOOD },
		{ "", 0, ERR_NOT_UNDERSTOOD },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(t); i++) {
		struct err err = { 0 };
		int days = 0;

		assert_int_equal(span_parse_days(t[i].text, &days, &err),
		    t[i].days != 0);
		assert_int_equal(days, t[i].days);
		assert_int_equal(err.code, t[i].code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_days),
	};

	return cmocka_run_group_tests_name("span", tests, NULL, NULL);
}
