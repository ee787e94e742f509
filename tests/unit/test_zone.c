/* Time zones: POSIX rules by examples, and TZif files that are built here,
 * cut short and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "time/zone.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

#define BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"

static int64_t
utc(const char *text)
{
	struct civil c;

	if (!civil_parse(text, &c))
		fail_msg("\"%s\" is no civil time", text);
	return civil_seconds(&c);
}

/* What holds at an instant, by the rules of a TZ string. */
static const struct {
	const char *tz, *instant;
	int32_t offset;
	const char *abbreviation;
} rules[] = {
	{ "UTC0", "2026-07-01T00:00:00", 0, "UTC" },
	{ BERLIN, "2026-01-01T00:00:00", 3600, "CET" },
	{ BERLIN, "2026-07-01T00:00:00", 7200, "CEST" },
	{ BERLIN, "2026-03-29T00:59:59", 3600, "CET" },
	{ BERLIN, "2026-03-29T01:00:00", 7200, "CEST" },
	{ BERLIN, "2026-10-25T00:59:59", 7200, "CEST" },
	{ BERLIN, "2026-10-25T01:00:00", 3600, "CET" },
	/* The south: summer time goes over the turn of the year. */
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3",
	    "2026-01-01T00:00:00", 39600, "AEDT" },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3",
	    "2026-12-31T23:00:00", 39600, "AEDT" },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3",
	    "2026-07-01T00:00:00", 36000, "AEST" },
	/* Without rules: those of the United States. */
	{ "EST5EDT", "2026-03-08T06:59:59", -18000, "EST" },
	{ "EST5EDT", "2026-03-08T07:00:00", -14400, "EDT" },
	{ "EST5EDT", "2026-11-01T06:00:00", -18000, "EST" },
	/* An own offset of summer time, of half an hour. */
	{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00",
	    39600, "+11" },
	{ "<-0330>3:30", "2026-01-01T00:00:00", -12600, "-0330" },
	/* Winter time that is the exception (Ireland). */
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00", 3600, "IST" },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T00:00:00", 0, "GMT" },
	/* Days counted without and with 29 February: 1 March and 29 February
	 * in a leap year, 1 March both in another. */
	{ "AAA0BBB,J60/0,J300/0", "2028-02-29T12:00:00", 0, "AAA" },
	{ "AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00", 3600, "BBB" },
	{ "AAA0BBB,59/0,300/0", "2028-02-29T00:00:00", 3600, "BBB" },
	{ "AAA0BBB,59/0,300/0", "2027-02-28T23:59:59", 0, "AAA" },
	{ "AAA0BBB,59/0,300/0", "2027-03-01T00:00:00", 3600, "BBB" },
	/* Changes at negative and at large hours (Godthab, Gaza). */
	{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	    "2026-03-29T00:59:59", -7200, "-02" },
	{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	    "2026-03-29T01:00:00", -3600, "-01" },
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50",
	    "2026-03-27T23:59:59", 7200, "EET" },
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50",
	    "2026-03-28T00:00:00", 10800, "EEST" },
	/* Summer time all the year. */
	{ "XXX3EDT4,0/0,J365/23", "2026-01-01T04:00:00", -14400, "EDT" },
	{ "XXX3EDT4,0/0,J365/23", "2026-12-31T23:59:59", -14400, "EDT" },
	{ "XXX3EDT4,0/0,J365/23", "2026-07-01T00:00:00", -14400, "EDT" },
	/* A year's end of summer time lies behind the next year's begin. */
	{ "AAA1EDT4,0/1,J365/23", "2027-01-01T00:59:59", -3600, "AAA" },
	{ "AAA1EDT4,0/1,J365/23", "2027-01-01T01:59:59", -3600, "AAA" },
	{ "AAA1EDT4,0/1,J365/23", "2027-01-01T02:00:00", -14400, "EDT" },
	{ "AAA1EDT4,0/1,J365/23", "2027-01-01T03:00:00", -3600, "AAA" },
	/* The 400-year cycle, far away. */
	{ BERLIN, "9999-07-01T00:00:00", 7200, "CEST" },
};

static const char *const no_rules[] = {
	"", "CET", "C-1", "CET-", "CET-25", "CET-1CEST,", "CET-1CEST,M3.5.0",
	"CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
	"CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
	"CET-1CEST,J0,J300", "CET-1CEST,J366,J300", "CET-1CEST,366,300",
	"CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x",
	"CET-1CEST,M3.5.0,M10.5.0/3 ", "<CET-1", "<>-1", "<+03>",
	"CET-1:60", "CET-1CEST,M3.5.0,M10.5.0/1:2:60", "CET-99999999999999999",
	"ABCDEFGHIJKLMNOPQ-1", "Europe/Berlin", "C\xc3\x84T-1",
};

static void
test_rules(void **state)
{
	struct err err = {0};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rules); i++) {
		struct zone *z = zone_from_posix(rules[i].tz, "here", &err);
		int64_t t = utc(rules[i].instant);

		if (z == NULL)
			fail_msg("%s: %s", rules[i].tz, err.message);
		if (zone_offset(z, t) != rules[i].offset ||
		    strcmp(zone_abbreviation(z, t), rules[i].abbreviation) != 0)
			fail_msg("%s at %s: %d %s", rules[i].tz,
			    rules[i].instant, zone_offset(z, t),
			    zone_abbreviation(z, t));
		assert_string_equal(zone_name(z), "here");
		zone_free(z);
	}
	for (i = 0; i < COUNT(no_rules); i++) {
		if (zone_from_posix(no_rules[i], "here", &err) != NULL)
			fail_msg("\"%s\" is not refused", no_rules[i]);
		assert_int_equal(err.code, ERR_IMPOSSIBLE);
	}
}

static const struct {
	const char *wall, *instant;
	enum zone_fit fit;
} berlin_walls[] = {
	{ "2026-11-20T14:30:00", "2026-11-20T13:30:00", ZONE_EXACT },
	{ "2026-07-01T00:00:00", "2026-06-30T22:00:00", ZONE_EXACT },
	{ "2026-03-29T01:59:59", "2026-03-29T00:59:59", ZONE_EXACT },
	{ "2026-03-29T02:00:00", "2026-03-29T01:00:00", ZONE_GAP },
	{ "2026-03-29T02:30:00", "2026-03-29T01:30:00", ZONE_GAP },
	{ "2026-03-29T02:59:59", "2026-03-29T01:59:59", ZONE_GAP },
	{ "2026-03-29T03:00:00", "2026-03-29T01:00:00", ZONE_EXACT },
	{ "2026-10-25T01:59:59", "2026-10-24T23:59:59", ZONE_EXACT },
	{ "2026-10-25T02:00:00", "2026-10-25T00:00:00", ZONE_FOLD },
	{ "2026-10-25T02:59:59", "2026-10-25T00:59:59", ZONE_FOLD },
	{ "2026-10-25T03:00:00", "2026-10-25T02:00:00", ZONE_EXACT },
};

static void
test_walls(void **state)
{
	struct zone *z = zone_from_posix(BERLIN, "Europe/Berlin", NULL);
	struct zone *u = zone_new_utc();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(berlin_walls); i++) {
		struct civil c, back;
		enum zone_fit fit;
		int64_t t;

		assert_true(civil_parse(berlin_walls[i].wall, &c));
		t = zone_instant(z, &c, &fit);
		if (t != utc(berlin_walls[i].instant) ||
		    fit != berlin_walls[i].fit)
			fail_msg("%s: another instant or fit",
			    berlin_walls[i].wall);
		back = zone_civil(z, t);
		assert_int_equal(civil_compare(&back, &c) == 0,
		    fit != ZONE_GAP);
		assert_int_equal(zone_instant(u, &c, NULL), civil_seconds(&c));
	}
	assert_string_equal(zone_name(u), "UTC");
	assert_string_equal(zone_abbreviation(u, 0), "UTC");
	zone_free(z);
	zone_free(u);
	zone_free(NULL);
}

/* ---- TZif -------------------------------------------------------------- */

static void
add_number(struct buf *b, uint64_t n, int bytes)
{
	while (bytes-- > 0) {
		char byte = (char)(n >> bytes * 8);

		buf_add(b, &byte, 1);
	}
}

/* A header of RFC 8536. */
static void
add_header(struct buf *b, char version, unsigned leaps, unsigned times,
    unsigned types, unsigned letters)
{
	buf_add(b, "TZif", 4);
	buf_add(b, &version, 1);
	add_number(b, 0, 7);
	add_number(b, 0, 8);
	add_number(b, types, 4);	/* UT indicators */
	add_number(b, types, 4);	/* standard indicators */
	add_number(b, leaps, 4);
	add_number(b, times, 4);
	add_number(b, types, 4);
	add_number(b, letters, 4);
}

/*
 * A file with a local mean time of +00:53:28, CET from 1893 on, a summer time
 * in 1940, and the footer's rules behind it. The first block, with its 32-bit
 * times, is to be skipped: it holds one type, called "OLD".
 */
static void
build(struct buf *b, const char *footer)
{
	static const char letters[] = "LMT\0CET\0CEST";	/* and a NUL */

	add_header(b, '2', 0, 0, 1, 4);
	add_number(b, 0, 6);
	buf_add(b, "OLD", 4);
	add_number(b, 0, 2);
	add_header(b, '2', 0, 3, 3, sizeof letters);
	/* 1893-03-31 23:06:32 */
	add_number(b, (uint64_t)-2422054408, 8);
	add_number(b, (uint64_t)-935182800, 8);		/* 1940-05-14 */
	add_number(b, (uint64_t)-857257200, 8);		/* 1942-11-02 01:00 */
	buf_add(b, "\1\2\1", 3);
	add_number(b, 3208, 4);
	buf_add(b, "\0\0", 2);
	add_number(b, 3600, 4);
	buf_add(b, "\0\4", 2);
	add_number(b, 7200, 4);
	buf_add(b, "\1\10", 2);
	buf_add(b, letters, sizeof letters);
	add_number(b, 0, 6);
	buf_addf(b, "\n%s\n", footer);
}

static void
check_at(const struct zone *z, const char *instant, int32_t offset,
    const char *abbreviation)
{
	int64_t t = utc(instant);

	if (zone_offset(z, t) != offset ||
	    strcmp(zone_abbreviation(z, t), abbreviation) != 0)
		fail_msg("at %s: %d %s", instant, zone_offset(z, t),
		    zone_abbreviation(z, t));
}

static void
test_tzif(void **state)
{
	struct buf b = {0};
	struct err err = {0};
	struct zone *z;

	(void)state;
	build(&b, BERLIN);
	z = zone_from_tzif(b.data, b.len, "Europe/Berlin", &err);
	if (z == NULL)
		fail_msg("%s", err.message);
	assert_string_equal(zone_name(z), "Europe/Berlin");
	check_at(z, "1800-01-01T00:00:00", 3208, "LMT");
	check_at(z, "1893-03-31T23:06:31", 3208, "LMT");
	check_at(z, "1893-03-31T23:06:32", 3600, "CET");
	check_at(z, "1941-01-01T00:00:00", 7200, "CEST");
	check_at(z, "1942-11-02T00:59:59", 7200, "CEST");
	/* From the last transition on, the footer. */
	check_at(z, "1942-11-02T01:00:00", 3600, "CET");
	check_at(z, "2026-07-01T00:00:00", 7200, "CEST");
	check_at(z, "2400-12-01T00:00:00", 3600, "CET");
	zone_free(z);
	buf_clear(&b);

	/* Without a footer, the last type for ever. */
	build(&b, "");
	z = zone_from_tzif(b.data, b.len, "x", &err);
	assert_non_null(z);
	check_at(z, "2026-07-01T00:00:00", 3600, "CET");
	zone_free(z);
	buf_clear(&b);
}

static void
expect_refused(const struct buf *b, const char *says)
{
	struct err err = {0};
	struct zone *z = zone_from_tzif(b->data, b->len, "Mars/Olympus", &err);

	if (z != NULL)
		fail_msg("not refused: %s", says);
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
	if (strstr(err.message, says) == NULL ||
	    strstr(err.message, "Mars/Olympus") == NULL)
		fail_msg("%s", err.message);
}

static void
test_tzif_refused(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_adds(&b, "hello");
	expect_refused(&b, "no TZif file");
	buf_clear(&b);

	add_header(&b, '\0', 0, 0, 1, 4);
	add_number(&b, 0, 6);
	buf_add(&b, "UTC\0\0\0", 6);
	expect_refused(&b, "version is 1");
	buf_clear(&b);

	add_header(&b, '2', 0, 0, 1, 4);
	add_number(&b, 0, 6);
	buf_add(&b, "UTC\0\0\0", 6);
	add_header(&b, '2', 1, 0, 1, 4);
	add_number(&b, 0, 6);
	buf_add(&b, "UTC", 4);
	add_number(&b, 78796800, 8);
	add_number(&b, 1, 4);
	buf_adds(&b, "??\nUTC0\n");
	expect_refused(&b, "leap seconds");
	buf_clear(&b);

	build(&b, "Central Europe");
	expect_refused(&b, "damaged");
	buf_clear(&b);

	/* Counts that no file can hold must not make us allocate or read. */
	add_header(&b, '2', 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff);
	expect_refused(&b, "damaged");
	buf_clear(&b);
}

/* Whatever the bytes are: a zone or an error, and the sanitizers are quiet.
 * A copy of the exact size lets them see every step past the end. */
static void
try_bytes(const char *data, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);
	struct zone *z;
	struct civil c;
	int64_t at;

	memcpy(copy, data, len);
	z = zone_from_tzif(copy, len, "x", NULL);
	free(copy);
	if (z == NULL)
		return;
	assert_non_null(zone_abbreviation(z, 0));
	c = zone_civil(z, 1795185000);
	zone_instant(z, &c, NULL);
	zone_changes(z, INT64_MIN, 1795185000, &at);
	assert_true(zone_equal(z, z));
	zone_free(z);
}

static void
test_tzif_damaged(void **state)
{
	struct buf b = {0};
	size_t i;
	int bit;

	(void)state;
	build(&b, BERLIN);
	for (i = 0; i < b.len; i++) {
		char *cut = malloc(i > 0 ? i : 1);

		memcpy(cut, b.data, i);
		assert_null(zone_from_tzif(cut, i, "x", NULL));
		free(cut);
	}
	for (i = 0; i < b.len; i++)
		for (bit = 0; bit < 8; bit++) {
			b.data[i] = (char)(b.data[i] ^ 1 << bit);
			try_bytes(b.data, b.len);
			b.data[i] = (char)(b.data[i] ^ 1 << bit);
		}
	buf_clear(&b);
}

/* ---- changes, and whether two zones are the same ----------------------- */

/* The changes of the offset after an instant, in UTC. */
static const struct {
	const char *tz, *after, *changes[3];
} clock_changes[] = {
	{ BERLIN, "2026-01-01T00:00:00", { "2026-03-29T01:00:00",
	    "2026-10-25T01:00:00", "2027-03-28T01:00:00" } },
	{ BERLIN, "2026-03-29T00:59:59", { "2026-03-29T01:00:00" } },
	{ BERLIN, "2026-03-29T01:00:00", { "2026-10-25T01:00:00" } },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-12-31T23:00:00",
	    { "2027-04-03T16:00:00", "2027-10-02T16:00:00" } },
	/* A change in the last hours of the year before. */
	{ "AAA0BBB,0/-20,100/0", "2026-12-31T00:00:00",
	    { "2026-12-31T04:00:00", "2027-04-10T23:00:00" } },
	/* None at all, and rules that come to none. */
	{ "UTC0", "2026-01-01T00:00:00", { NULL } },
	{ "XXX3EDT4,0/0,J365/23", "2026-01-01T00:00:00", { NULL } },
};

static void
test_changes(void **state)
{
	struct buf b = {0};
	struct zone *z;
	int64_t at;
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(clock_changes); i++) {
		z = zone_from_posix(clock_changes[i].tz, "here", NULL);
		at = utc(clock_changes[i].after);
		for (n = 0; n < 3 && clock_changes[i].changes[n] != NULL; n++) {
			int64_t after = at;
			int64_t next = utc(clock_changes[i].changes[n]);

			assert_false(zone_changes(z, after, next - 1, &at));
			assert_true(zone_changes(z, after, next, &at));
			assert_true(zone_changes(z, after, INT64_MAX, &at));
			if (at != next)
				fail_msg("%s: not %s", clock_changes[i].tz,
				    clock_changes[i].changes[n]);
		}
		if (n == 0)
			assert_false(zone_changes(z, at, INT64_MAX, &at));
		zone_free(z);
	}

	/* From the file into the rules of its footer. */
	build(&b, BERLIN);
	z = zone_from_tzif(b.data, b.len, "Europe/Berlin", NULL);
	assert_true(zone_changes(z, INT64_MIN, INT64_MAX, &at));
	assert_int_equal(at, utc("1893-03-31T23:06:32"));
	assert_true(zone_changes(z, at, INT64_MAX, &at));
	assert_int_equal(at, utc("1940-05-14T03:00:00"));
	assert_true(zone_changes(z, at, INT64_MAX, &at));
	assert_int_equal(at, utc("1942-11-02T01:00:00"));
	assert_true(zone_changes(z, at, INT64_MAX, &at));
	assert_int_equal(at, utc("1943-03-28T01:00:00"));
	zone_free(z);
	buf_clear(&b);
}

static const struct {
	const char *a, *b;
	bool equal;
} twins[] = {
	{ BERLIN, BERLIN, true },
	{ "CET-1CEST,M3.5.0/2,M10.5.0/3", BERLIN, true },
	{ "UTC0", "UTC0", true },
	{ "UTC0", "GMT0", false },
	{ "UTC0", "UTC-1", false },
	{ "CET-1", BERLIN, false },
	{ "CET-1CEST-2,M3.5.0,M10.5.0/3", BERLIN, true },
	{ "CET-1CEST-3,M3.5.0,M10.5.0/3", BERLIN, false },
	{ "CET-1CST,M3.5.0,M10.5.0/3", BERLIN, false },
	{ "CET-1CEST,M3.5.0,M10.5.0/2", BERLIN, false },
	{ "CET-1CEST,M3.4.0,M10.5.0/3", BERLIN, false },
	{ "CET-1CEST,J60,M10.5.0/3", "CET-1CEST,60,M10.5.0/3", false },
};

static void
test_equal(void **state)
{
	struct buf one = {0}, other = {0};
	struct zone *a, *b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(twins); i++) {
		a = zone_from_posix(twins[i].a, "a", NULL);
		b = zone_from_posix(twins[i].b, "b", NULL);
		if (zone_equal(a, b) != twins[i].equal ||
		    zone_equal(b, a) != twins[i].equal)
			fail_msg("%s and %s", twins[i].a, twins[i].b);
		zone_free(a);
		zone_free(b);
	}

	/* Files: the same, another footer, another time of a change. */
	build(&one, BERLIN);
	build(&other, "");
	a = zone_from_tzif(one.data, one.len, "a", NULL);
	b = zone_from_tzif(one.data, one.len, "b", NULL);
	assert_true(zone_equal(a, b));
	zone_free(b);
	b = zone_from_tzif(other.data, other.len, "a", NULL);
	assert_false(zone_equal(a, b));
	assert_false(zone_equal(b, a));
	zone_free(b);
	/* The last byte of the second block's first time. */
	one.data[44 + 6 + 4 + 2 + 44 + 7]++;
	b = zone_from_tzif(one.data, one.len, "a", NULL);
	assert_false(zone_equal(a, b));
	zone_free(b);
	zone_free(a);
	a = zone_new_utc();
	b = zone_new_utc();
	assert_true(zone_equal(a, b));
	zone_free(a);
	zone_free(b);
	buf_clear(&one);
	buf_clear(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_walls),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_tzif),
		cmocka_unit_test(test_tzif_refused),
		cmocka_unit_test(test_tzif_damaged),
	};

	return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
