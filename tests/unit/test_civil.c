/* The calendar, by examples and by going through 800 years day by day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "time/civil.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static struct civil
civil(const char *text)
{
	struct civil c = {0};

	if (!civil_parse(text, &c))
		fail_msg("\"%s\" is no civil time", text);
	return c;
}

static const struct {
	const char *text;
	int64_t seconds;
	enum weekday weekday;
} known[] = {
	{ "1970-01-01T00:00:00", 0, THURSDAY },
	{ "1969-12-31T23:59:59", -1, WEDNESDAY },
	{ "2000-02-29T12:00:00", 951825600, TUESDAY },
	{ "2026-11-20T14:30:00", 1795185000, FRIDAY },
	{ "2038-01-19T03:14:08", 2147483648, TUESDAY },
	{ "1900-03-01T00:00:00", -2203891200, THURSDAY },
	{ "0001-01-01T00:00:00", -62135596800, MONDAY },
	{ "9999-12-31T23:59:59", 253402300799, FRIDAY },
};

static void
test_known(void **state)
{
	char text[CIVIL_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(known); i++) {
		struct civil c = civil(known[i].text);
		struct civil back = civil_from_seconds(known[i].seconds);

		assert_int_equal(civil_seconds(&c), known[i].seconds);
		assert_int_equal(civil_weekday(&c), known[i].weekday);
		assert_string_equal(civil_format(&back, text), known[i].text);
	}
}

/* Every day from 1600 to 2400 follows the one before it. */
static void
test_every_day(void **state)
{
	struct civil c = civil("1600-01-01T00:00:00");
	int64_t day = civil_days(&c);
	enum weekday weekday = civil_weekday(&c);

	(void)state;
	while (c.year < 2400) {
		struct civil next;

		assert_int_equal(civil_days(&c), day);
		assert_int_equal(civil_weekday(&c), weekday);
		civil_from_days(day, &next);
		assert_true(civil_same_day(&c, &next));
		day++;
		weekday = (enum weekday)((weekday + 1) % WEEKDAY_MAX);
		if (++c.day > civil_month_days(c.year, c.month)) {
			c.day = 1;
			if (++c.month > 12) {
				c.month = 1;
				c.year++;
			}
		}
	}
}

static void
test_leap_years(void **state)
{
	(void)state;
	assert_true(civil_leap_year(2000));
	assert_true(civil_leap_year(2028));
	assert_false(civil_leap_year(1900));
	assert_false(civil_leap_year(2100));
	assert_false(civil_leap_year(2026));
	assert_int_equal(civil_month_days(2028, 2), 29);
	assert_int_equal(civil_month_days(2100, 2), 28);
	assert_int_equal(civil_month_days(2026, 12), 31);
}

static const struct {
	const char *from;
	int months, days;
	const char *to;
} sums[] = {
	{ "2026-01-31T09:00:00", 1, 0, "2026-02-28T09:00:00" },
	{ "2028-01-31T09:00:00", 1, 0, "2028-02-29T09:00:00" },
	{ "2026-01-31T09:00:00", 3, 0, "2026-04-30T09:00:00" },
	{ "2026-11-20T14:30:15", 2, 0, "2027-01-20T14:30:15" },
	{ "2026-11-20T14:30:15", -11, 0, "2025-12-20T14:30:15" },
	{ "2026-11-20T14:30:15", 12 * 100, 0, "2126-11-20T14:30:15" },
	{ "2028-02-29T00:00:00", 12, 0, "2029-02-28T00:00:00" },
	{ "2026-03-31T00:00:00", -1, 0, "2026-02-28T00:00:00" },
	{ "2026-11-20T23:59:59", 0, 1, "2026-11-21T23:59:59" },
	{ "2026-12-31T09:00:00", 0, 1, "2027-01-01T09:00:00" },
	{ "2026-01-01T09:00:00", 0, -1, "2025-12-31T09:00:00" },
	{ "2026-11-20T09:00:00", 0, 3652, "2036-11-19T09:00:00" },
};

static void
test_sums(void **state)
{
	char text[CIVIL_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(sums); i++) {
		struct civil c = civil_add_days(civil_add_months(
		    civil(sums[i].from), sums[i].months), sums[i].days);

		assert_string_equal(civil_format(&c, text), sums[i].to);
	}
}

static void
test_compare(void **state)
{
	struct civil a = civil("2026-11-20T14:30:00");
	struct civil b = civil("2026-11-20T14:30:01");
	struct civil c = civil("2027-01-01T00:00:00");

	(void)state;
	assert_true(civil_compare(&a, &b) < 0);
	assert_true(civil_compare(&c, &b) > 0);
	assert_int_equal(civil_compare(&a, &a), 0);
	assert_true(civil_same_day(&a, &b));
	assert_false(civil_same_day(&a, &c));
}

static const char *const not_parsed[] = {
	"", "2026-11-24", "2026-11-24T09:00", "2026-11-24 09:00:00",
	"2026-11-24T09:00:00Z", "2026-02-29T09:00:00", "2026-13-01T00:00:00",
	"2026-00-01T00:00:00", "2026-01-00T00:00:00", "2026-11-24T24:00:00",
	"2026-11-24T09:60:00", "2026-11-24T09:00:60", "0000-01-01T00:00:00",
	"2026-11-2xT09:00:00", "+026-11-24T09:00:00", " 026-11-24T09:00:00",
	"2026-1-24T009:00:00",
};

static void
test_refused(void **state)
{
	struct civil c;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(not_parsed); i++)
		if (civil_parse(not_parsed[i], &c))
			fail_msg("\"%s\" is parsed", not_parsed[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_leap_years),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
