/*
 * Recurrence rules on the wall, by examples: how they are written, and what
 * they come to. The examples of RFC 5545 itself are in test_recur.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/unit/series_text.h"
#include "time/rrule.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static struct rrule
rule_of(const char *text)
{
	struct err err = {0};
	struct rrule r;

	if (!rrule_parse(text, &r, &err))
		fail_msg("%s: %s", text, err.message);
	return r;
}

/* -------------------------------------------------------- reading, writing */

/* What is read, and its normal form. */
static const struct {
	const char *text, *normal;
} forms[] = {
	{ "FREQ=DAILY", "FREQ=DAILY" },
	{ "RRULE:FREQ=DAILY", "FREQ=DAILY" },
	{ "rrule:freq=weekly;byday=mo", "FREQ=WEEKLY;BYDAY=MO" },
	/* Any order is read; the RFC's is written, numbers ascending. */
	{ "BYDAY=TH,MO;FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,TH" },
	{ "WKST=SU;BYSETPOS=-1,2;BYMONTH=12,1;BYWEEKNO=53,-1;BYYEARDAY=366,1;"
	    "BYMONTHDAY=31,-1;BYDAY=MO;BYHOUR=23,0;BYMINUTE=59,0;"
	    "BYSECOND=59,0;INTERVAL=2;COUNT=3;FREQ=YEARLY",
	    "FREQ=YEARLY;COUNT=3;INTERVAL=2;BYSECOND=0,59;BYMINUTE=0,59;"
	    "BYHOUR=0,23;BYDAY=MO;BYMONTHDAY=-1,31;BYYEARDAY=1,366;"
	    "BYWEEKNO=-1,53;BYMONTH=1,12;BYSETPOS=-1,2;WKST=SU" },
	/* Said twice, with signs and zeros that say nothing. */
	{ "FREQ=MONTHLY;BYMONTHDAY=1,1,+1,01", "FREQ=MONTHLY;BYMONTHDAY=1" },
	{ "FREQ=MONTHLY;BYDAY=+2TU,02TU,-1FR,MO",
	    "FREQ=MONTHLY;BYDAY=MO,2TU,-1FR" },
	{ "FREQ=MONTHLY;BYDAY=1MO,-1MO,2MO,-2MO",
	    "FREQ=MONTHLY;BYDAY=-2MO,-1MO,1MO,2MO" },
	{ "FREQ=YEARLY;BYDAY=53MO,-53MO", "FREQ=YEARLY;BYDAY=-53MO,53MO" },
	/* Defaults are not written. */
	{ "FREQ=WEEKLY;INTERVAL=1;WKST=MO", "FREQ=WEEKLY" },
	{ "FREQ=MINUTELY;INTERVAL=1000000", "FREQ=MINUTELY;INTERVAL=1000000" },
	{ "FREQ=HOURLY;COUNT=100000", "FREQ=HOURLY;COUNT=100000" },
	{ "FREQ=HOURLY;BYYEARDAY=1;BYMONTHDAY=-31",
	    "FREQ=HOURLY;BYMONTHDAY=-31;BYYEARDAY=1" },
	{ "FREQ=DAILY;UNTIL=20270301", "FREQ=DAILY;UNTIL=20270301" },
	{ "FREQ=DAILY;UNTIL=20270301T180000",
	    "FREQ=DAILY;UNTIL=20270301T180000" },
	{ "FREQ=DAILY;UNTIL=20270301t170000z",
	    "FREQ=DAILY;UNTIL=20270301T170000Z" },
	/* Leap seconds: section 3.3.12, where there are none 60 is 59. */
	{ "FREQ=DAILY;BYSECOND=60", "FREQ=DAILY;BYSECOND=59" },
	{ "FREQ=DAILY;UNTIL=20161231T235960Z",
	    "FREQ=DAILY;UNTIL=20161231T235959Z" },
};

static void
test_forms(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(forms); i++) {
		struct rrule r = rule_of(forms[i].text), again;
		struct buf text = {0};

		rrule_format(&r, &text);
		if (strcmp(buf_str(&text), forms[i].normal) != 0)
			fail_msg("%s: %s, not %s", forms[i].text,
			    buf_str(&text), forms[i].normal);
		again = rule_of(buf_str(&text));
		assert_memory_equal(&r, &again, sizeof r);
		buf_clear(&text);
	}
}

/* What is refused, and a piece of what is said about it. */
static const struct {
	const char *text, *says;
} refused[] = {
	{ "", "a part of the rule is empty" },
	{ "RRULE:", "a part of the rule is empty" },
	{ "daily", "\"daily\" is no part of a rule" },
	{ "INTERVAL=2", "FREQ is missing" },
	{ "FREQ", "FREQ says nothing" },
	{ "FREQ=", "FREQ is MINUTELY, HOURLY, DAILY" },
	{ "FREQ=DALY", "did you mean DAILY?" },
	{ "FREQ=DAILYLY", "FREQ=DAILYLY: FREQ is" },
	{ "FREQ=SECONDLY", "nobody is reminded every second" },
	{ "FREQ=DAILY;", "a part of the rule is empty" },
	{ "FREQ=DAILY;;COUNT=1", "a part of the rule is empty" },
	{ "FREQ=DAILY;BYDAYS=MO", "did you mean BYDAY?" },
	{ "FREQ=DAILY;BYEASTER=0", "\"BYEASTER\" is no part of a rule" },
	{ "FREQ=DAILY; COUNT=1", "\" COUNT\" is no part of a rule" },
	{ "FREQ=DAILY;BYDAY=M\nO", "BYDAY=M: BYDAY takes MO, TU" },
	{ "FREQ=DAILY;FREQ=DAILY", "FREQ stands twice" },
	{ "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", "BYDAY stands twice" },
	{ "FREQ=DAILY;COUNT=0", "COUNT is a number from 1 to 100000" },
	{ "FREQ=DAILY;COUNT=-1", "COUNT is a number from 1 to 100000" },
	{ "FREQ=DAILY;COUNT=100001", "COUNT is a number from 1 to 100000" },
	{ "FREQ=DAILY;COUNT=4294967297", "COUNT is a number" },
	{ "FREQ=DAILY;COUNT=18446744073709551617", "COUNT is a number" },
	{ "FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1 to 1000000" },
	{ "FREQ=DAILY;INTERVAL=1.5", "INTERVAL is a number" },
	{ "FREQ=DAILY;UNTIL=2027-03-01", "say it like 20270301" },
	{ "FREQ=DAILY;UNTIL=20270301T18", "say it like 20270301" },
	{ "FREQ=DAILY;UNTIL=20270301T180000X", "say it like 20270301" },
	{ "FREQ=DAILY;UNTIL=", "say it like 20270301" },
	{ "FREQ=DAILY;UNTIL=20270230", "there is no such day or time" },
	{ "FREQ=DAILY;UNTIL=00000101", "there is no such day or time" },
	{ "FREQ=DAILY;UNTIL=20270301T240000", "there is no such day or time" },
	{ "FREQ=DAILY;BYSECOND=61", "BYSECOND takes the numbers 0 to 60" },
	{ "FREQ=DAILY;BYMINUTE=60", "BYMINUTE takes the numbers 0 to 59" },
	{ "FREQ=DAILY;BYHOUR=24", "BYHOUR takes the numbers 0 to 23" },
	{ "FREQ=DAILY;BYHOUR=-1", "BYHOUR takes the numbers 0 to 23" },
	{ "FREQ=DAILY;BYHOUR=9,", "BYHOUR=: BYHOUR takes" },
	{ "FREQ=DAILY;BYHOUR=9,,10", "BYHOUR=: BYHOUR takes" },
	{ "FREQ=MONTHLY;BYMONTHDAY=0", "1 to 31, or with \"-\" from the end" },
	{ "FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32: BYMONTHDAY takes" },
	{ "FREQ=MONTHLY;BYMONTHDAY=--1", "BYMONTHDAY takes" },
	{ "FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY takes the numbers 1 to 366" },
	{ "FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO takes the numbers 1 to 53" },
	{ "FREQ=YEARLY;BYMONTH=13", "BYMONTH takes the numbers 1 to 12" },
	{ "FREQ=YEARLY;BYMONTH=-1", "BYMONTH takes the numbers 1 to 12" },
	{ "FREQ=YEARLY;BYMONTH=5L", "BYMONTH takes the numbers 1 to 12" },
	{ "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS takes the numbers" },
	{ "FREQ=WEEKLY;BYDAY=MON", "BYDAY takes MO, TU" },
	{ "FREQ=WEEKLY;BYDAY=", "BYDAY takes MO, TU" },
	{ "FREQ=MONTHLY;BYDAY=0MO", "2TU is the second Tuesday" },
	{ "FREQ=MONTHLY;BYDAY=-MO", "2TU is the second Tuesday" },
	{ "FREQ=YEARLY;BYDAY=54MO", "2TU is the second Tuesday" },
	{ "FREQ=WEEKLY;WKST=1", "WKST is one of" },
	/* What the RFC says that MUST NOT stand together. */
	{ "FREQ=DAILY;COUNT=1;UNTIL=20270301", "COUNT and UNTIL both end" },
	{ "FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO needs FREQ=YEARLY" },
	{ "FREQ=HOURLY;BYWEEKNO=20", "BYWEEKNO needs FREQ=YEARLY" },
	{ "FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY does not go with" },
	{ "FREQ=WEEKLY;BYYEARDAY=1", "BYYEARDAY does not go with" },
	{ "FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY does not go with" },
	{ "FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with" },
	{ "FREQ=WEEKLY;BYDAY=2MO", "a number in BYDAY needs" },
	{ "FREQ=DAILY;BYDAY=-1MO", "a number in BYDAY needs" },
	{ "FREQ=MINUTELY;BYDAY=1MO", "a number in BYDAY needs" },
	{ "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "does not go with BYWEEKNO" },
	{ "FREQ=DAILY;BYSETPOS=1", "BYSETPOS picks from what another" },
	{ "FREQ=DAILY;WKST=SU;BYSETPOS=1", "BYSETPOS picks from what another" },
};

static void
test_refused(void **state)
{
	struct rrule before, r;
	size_t i;

	(void)state;
	memset(&r, 0x55, sizeof r);
	before = r;
	for (i = 0; i < COUNT(refused); i++) {
		struct err err = {0};

		if (rrule_parse(refused[i].text, &r, &err))
			fail_msg("\"%s\" is not refused", refused[i].text);
		assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
		if (strstr(err.message, refused[i].says) == NULL)
			fail_msg("\"%s\" says: %s", refused[i].text,
			    err.message);
		assert_memory_equal(&r, &before, sizeof r);
	}
}

/* ------------------------------------------------------------------- series */

/* A rule, its anchor, how many terms (0: all) and the series. */
static const struct {
	const char *rule, *anchor;
	size_t n;
	const char *series;
} table[] = {
	/* What the anchor implies: the time of day, the weekday, the day of
	 * the month, month and day. Months and years without that day are left
	 * out, to the letter. */
	{ "FREQ=DAILY", "2026-11-20T14:30:05", 3, "2026 Nov 20-22 ..." },
	{ "FREQ=WEEKLY", "2026-11-20T09:00:00", 3, "2026 Nov 20 27 Dec 4 ..." },
	{ "FREQ=MONTHLY", "2026-01-31T09:00:00", 5,
	    "2026 Jan 31 Mar 31 May 31 Jul 31 Aug 31 ..." },
	{ "FREQ=YEARLY", "2024-02-29T09:00:00", 4,
	    "2024 Feb 29 2028 Feb 29 2032 Feb 29 2036 Feb 29 ..." },
	{ "FREQ=YEARLY", "2096-02-29T09:00:00", 2,
	    "2096 Feb 29 2104 Feb 29 ..." },
	{ "FREQ=YEARLY;BYMONTH=4,6", "2026-01-31T09:00:00", 0, "never" },
	{ "FREQ=YEARLY;BYMONTH=1,2", "2026-01-30T09:00:00", 2,
	    "2026 Jan 30 2027 Jan 30 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=20", "2026-05-13T09:00:00", 3,
	    "2026 May 13 2027 May 19 2028 May 17 ..." },
	{ "FREQ=DAILY;BYHOUR=8,20", "2026-11-20T09:30:00", 3,
	    "2026 Nov 20 20:30 21 08:30 20:30 ..." },
	{ "FREQ=HOURLY", "2026-11-20T22:15:30", 3,
	    "2026 Nov 20 22:15:30 23:15:30 21 00:15:30 ..." },
	{ "FREQ=MINUTELY;INTERVAL=20", "2026-11-20T23:15:30", 4,
	    "2026 Nov 20 23:15:30 23:35:30 23:55:30 21 00:15:30 ..." },
	/* The anchor is one of them only if it matches. */
	{ "FREQ=WEEKLY;BYDAY=MO", "2026-11-20T09:00:00", 2,
	    "2026 Nov 23 30 ..." },
	{ "FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-11-20T09:00:00", 0,
	    "2026 Nov 23 30" },
	{ "FREQ=DAILY;BYHOUR=8;COUNT=2", "2026-11-20T09:00:00", 0,
	    "2026 Nov 21 08:00 22 08:00" },
	{ "FREQ=MONTHLY;BYMONTHDAY=1", "2026-11-20T09:00:00", 2,
	    "2026 Dec 1 2027 Jan 1 ..." },

	/* As people's month ends are written: the last of the days there are. */
	{ "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
	    "2027-12-31T09:00:00", 5,
	    "2027 Dec 31 2028 Jan 31 Feb 29 Mar 31 Apr 30 ..." },
	{ "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
	    "2027-01-29T09:00:00", 3, "2027 Jan 29 Feb 28 Mar 29 ..." },
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
	    "2024-02-29T09:00:00", 5,
	    "2024 Feb 29 2025 Feb 28 2026 Feb 28 2027 Feb 28 2028 Feb 29 "
	    "..." },
	{ "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31T09:00:00", 4,
	    "2027 Jan 31 Feb 28 Mar 31 Apr 30 ..." },
	{ "FREQ=MONTHLY;BYMONTHDAY=-31", "2027-01-01T09:00:00", 4,
	    "2027 Jan 1 Mar 1 May 1 Jul 1 ..." },
	{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
	    "2026-11-02T09:00:00", 4,
	    "2026 Nov 2 Dec 1 2027 Jan 1 Feb 1 ..." },
	{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	    "2026-11-20T09:00:00", 4,
	    "2026 Nov 30 Dec 31 2027 Jan 29 Feb 26 ..." },

	/* What limits: months, days and hours that are longer than FREQ. */
	{ "FREQ=DAILY;BYMONTH=12;BYDAY=MO", "2026-11-20T09:00:00", 5,
	    "2026 Dec 7 14 21 28 2027 Dec 6 ..." },
	{ "FREQ=DAILY;BYMONTHDAY=-1,1", "2026-11-20T09:00:00", 4,
	    "2026 Nov 30 Dec 1 31 2027 Jan 1 ..." },
	{ "FREQ=WEEKLY;BYMONTH=12", "2026-11-20T09:00:00", 5,
	    "2026 Dec 4 11 18 25 2027 Dec 3 ..." },
	{ "FREQ=HOURLY;BYHOUR=9,17;BYDAY=SA", "2026-11-20T09:00:00", 3,
	    "2026 Nov 21 09:00 17:00 28 09:00 ..." },
	{ "FREQ=MINUTELY;BYHOUR=0;BYMINUTE=0,30;BYYEARDAY=-1",
	    "2026-11-20T09:00:00", 3,
	    "2026 Dec 31 00:00 00:30 2027 Dec 31 00:00 ..." },
	{ "FREQ=HOURLY;BYYEARDAY=60;BYHOUR=9", "2027-01-01T09:00:00", 2,
	    "2027 Mar 1 2028 Feb 29 ..." },
	/* What expands. */
	{ "FREQ=WEEKLY;BYDAY=SU,MO;BYHOUR=9,10;BYMINUTE=0,30",
	    "2026-11-22T09:30:00", 6,
	    "2026 Nov 22 09:30 10:00 10:30 23 09:00 09:30 10:00 ..." },
	{ "FREQ=HOURLY;BYMINUTE=0,45;BYSECOND=0,15", "2026-11-20T09:45:00", 3,
	    "2026 Nov 20 09:45 09:45:15 10:00 ..." },
	{ "FREQ=YEARLY;BYYEARDAY=-1,1,366", "2027-01-01T09:00:00", 4,
	    "2027 Jan 1 Dec 31 2028 Jan 1 Dec 31 ..." },
	{ "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=3,9", "2027-01-01T09:00:00", 3,
	    "2027 Mar 1 Sep 1 2028 Mar 1 ..." },
	{ "FREQ=YEARLY;BYMONTHDAY=31", "2027-01-01T09:00:00", 7,
	    "2027 Jan 31 Mar 31 May 31 Jul 31 Aug 31 Oct 31 Dec 31 ..." },
	/* Note 1: BYDAY limits beside BYMONTHDAY, also with numbers. */
	{ "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01T09:00:00", 4,
	    "2026 Feb 13 Mar 13 Nov 13 2027 Aug 13 ..." },
	{ "FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=8", "2026-01-01T09:00:00", 2,
	    "2026 Sep 8 Dec 8 ..." },
	{ "FREQ=MONTHLY;BYDAY=5MO", "2026-11-20T09:00:00", 3,
	    "2026 Nov 30 2027 Mar 29 May 31 ..." },
	{ "FREQ=MONTHLY;BYDAY=-5MO", "2026-11-20T09:00:00", 3,
	    "2027 Mar 1 May 3 Aug 2 ..." },
	{ "FREQ=MONTHLY;BYDAY=SU,2TU", "2026-11-01T09:00:00", 6,
	    "2026 Nov 1 8 10 15 22 29 ..." },
	/* Note 2: numbers count in the year, or in the month beside BYMONTH;
	 * BYDAY limits beside BYYEARDAY, BYMONTHDAY and BYWEEKNO. */
	{ "FREQ=YEARLY;BYDAY=1MO,-1MO", "2027-01-01T09:00:00", 4,
	    "2027 Jan 4 Dec 27 2028 Jan 3 Dec 25 ..." },
	{ "FREQ=YEARLY;BYDAY=53MO", "2027-01-01T09:00:00", 2,
	    "2029 Dec 31 2035 Dec 31 ..." },
	{ "FREQ=YEARLY;BYDAY=-53MO", "2027-01-01T09:00:00", 2,
	    "2029 Jan 1 2035 Jan 1 ..." },
	{ "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR", "2026-11-27T09:00:00", 2,
	    "2026 Nov 27 2027 Nov 26 ..." },
	{ "FREQ=YEARLY;BYMONTH=3,11;BYDAY=1MO", "2026-11-20T09:00:00", 2,
	    "2027 Mar 1 Nov 1 ..." },
	{ "FREQ=YEARLY;BYYEARDAY=1,100;BYDAY=FR", "2026-01-01T09:00:00", 3,
	    "2026 Apr 10 2027 Jan 1 2032 Apr 9 ..." },
	{ "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "2026-01-01T09:00:00", 3,
	    "2026 Feb 13 Mar 13 Nov 13 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,SU;BYMONTH=5",
	    "2026-01-01T09:00:00", 4,
	    "2026 May 11 17 2027 May 17 23 ..." },

	/* Weeks at the turn of the year. 2026 has 53, 2027 begins in the last;
	 * the days of a week that lie in another year belong to that year. */
	{ "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,TU,WE,TH,FR,SA,SU",
	    "2026-01-01T09:00:00", 8,
	    "2026 Dec 28-31 2027 Jan 1-3 2032 Dec 27 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU", "2024-06-01T09:00:00", 6,
	    "2024 Dec 30 2025 Jan 5 Dec 29 2026 Jan 4 2027 Jan 4 10 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2026-01-01T09:00:00", 3,
	    "2027 Jan 3 2028 Jan 2 Dec 31 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=-53;BYDAY=TH", "2026-01-01T09:00:00", 2,
	    "2026 Jan 1 2032 Jan 1 ..." },
	/* Two years apart: 2027 has none of its own, but Sunday, 3 January
	 * 2027 is of that year, in the last week of the one before. */
	{ "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=53;BYDAY=SU",
	    "2025-01-01T09:00:00", 2, "2027 Jan 3 2033 Jan 2 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;WKST=SU", "2026-01-01T09:00:00", 3,
	    "2026 Jan 5 2027 Jan 4 2028 Jan 3 ..." },
	{ "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", "2026-01-01T09:00:00", 3,
	    "2026 Jan 4 2027 Jan 3 2028 Jan 2 ..." },

	/* BYSETPOS picks from a whole period, hours included, also from what
	 * lies before the anchor; places that meet in one are one. */
	{ "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "2026-11-18T09:00:00", 2,
	    "2026 Nov 23 30 ..." },
	{ "FREQ=DAILY;BYHOUR=8,12,16;BYSETPOS=-1", "2026-11-20T09:00:00", 2,
	    "2026 Nov 20 16:00 21 16:00 ..." },
	{ "FREQ=DAILY;BYHOUR=8,12;BYMINUTE=0,30;BYSETPOS=2,3",
	    "2026-11-20T08:30:00", 3,
	    "2026 Nov 20 08:30 12:00 21 08:30 ..." },
	{ "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8,16;BYSETPOS=2,-1",
	    "2026-11-16T08:00:00", 4,
	    "2026 Nov 16 16:00 20 16:00 23 16:00 27 16:00 ..." },
	{ "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1,9,-9,-8;COUNT=6",
	    "2026-11-01T09:00:00", 0, "2026 Nov 2 3 30 Dec 1 7 29" },
	{ "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1,2;BYSETPOS=4,-4",
	    "2026-01-01T09:00:00", 3, "2026 Jan 1 Feb 2 2027 Jan 1 ..." },
	{ "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1", "2026-11-20T09:41:00", 2,
	    "2026 Nov 20 10:40 11:40 ..." },
	{ "FREQ=MINUTELY;BYSECOND=10,20;BYSETPOS=2", "2026-11-20T09:41:00", 2,
	    "2026 Nov 20 09:41:20 09:42:20 ..." },
	{ "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
	    "2026-01-01T09:00:00", 2, "2028 Dec 31 2032 Dec 31 ..." },

	/* INTERVAL counts periods from the anchor's, not occurrences. */
	{ "FREQ=DAILY;INTERVAL=3", "2026-12-30T09:00:00", 3,
	    "2026 Dec 30 2027 Jan 2 5 ..." },
	{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-20T09:00:00", 2,
	    "2026 Nov 30 Dec 14 ..." },
	{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "2026-11-20T09:00:00", 2,
	    "2026 Nov 29 Dec 13 ..." },
	{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "2026-11-20T09:00:00", 2,
	    "2026 Nov 22 Dec 6 ..." },
	{ "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-11-20T09:00:00", 2,
	    "2027 Feb 1 May 1 ..." },
	{ "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=1",
	    "2026-11-20T09:00:00", 2, "2028 Mar 1 2030 Mar 1 ..." },
	{ "FREQ=HOURLY;INTERVAL=5;BYHOUR=9", "2026-11-20T09:00:00", 3,
	    "2026 Nov 20 25 30 ..." },
	{ "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9;BYMINUTE=0",
	    "2026-11-20T09:00:00", 3, "2026 Nov 20 27 Dec 4 ..." },
	{ "FREQ=DAILY;INTERVAL=10;BYDAY=MO", "2026-11-20T09:00:00", 3,
	    "2026 Nov 30 2027 Feb 8 Apr 19 ..." },
	/* The longest interval that is sure to come to one minute of a day. */
	{ "FREQ=MINUTELY;INTERVAL=9973;BYHOUR=3;BYMINUTE=7",
	    "2026-11-20T09:00:00", 1, "2031 Oct 19 03:07 ..." },
	{ "FREQ=MINUTELY;INTERVAL=999983", "2026-11-20T09:00:00", 2,
	    "2026 Nov 20 09:00 2028 Oct 14 19:23 ..." },

	/* Ends. COUNT is counted from the anchor; UNTIL is included. */
	{ "FREQ=DAILY;COUNT=1", "2026-11-20T09:00:00", 0, "2026 Nov 20" },
	{ "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3", "2026-11-20T09:00:00", 0,
	    "2026 Nov 20 23 27" },
	{ "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-1;COUNT=3",
	    "2026-11-20T09:00:00", 0, "2026 Nov 20 27 Dec 4" },
	{ "FREQ=DAILY;UNTIL=20261122", "2026-11-20T09:00:00", 0,
	    "2026 Nov 20-22" },
	{ "FREQ=DAILY;UNTIL=20261122T090000", "2026-11-20T09:00:00", 0,
	    "2026 Nov 20-22" },
	{ "FREQ=DAILY;UNTIL=20261122T085959", "2026-11-20T09:00:00", 0,
	    "2026 Nov 20 21" },
	{ "FREQ=DAILY;UNTIL=20261120T085959", "2026-11-20T09:00:00", 0,
	    "ended" },
	/* The year 9999 is the last. */
	{ "FREQ=DAILY", "9999-12-30T09:00:00", 0, "9999 Dec 30 31" },
	{ "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "9999-12-31T09:00:00", 0,
	    "9999 Dec 31" },
	{ "FREQ=YEARLY", "9998-02-28T09:00:00", 0, "9998 Feb 28 9999 Feb 28" },
	{ "FREQ=WEEKLY;BYDAY=MO,TU,WE;WKST=WE", "0001-01-01T09:00:00", 4,
	    "1 Jan 1-3 8 ..." },
};

/* The series as far as n terms, or to its end. */
static void
tell(const struct rrule *r, const struct civil *anchor, size_t n,
    struct buf *out)
{
	struct civil terms[TERMS_MAX];
	enum rrule_found found = RRULE_FOUND;
	size_t max = n == 0 ? TERMS_MAX : n, i;

	for (i = 0; i < max; i++) {
		found = rrule_next(r, anchor, i == 0 ? NULL : &terms[i - 1],
		    &terms[i]);
		if (found != RRULE_FOUND)
			break;
	}
	tell_series(terms, i, anchor, found == RRULE_FOUND, out);
	if (i == 0)
		buf_adds(out, found == RRULE_ENDED ? "ended" : "never");
}

static void
test_series(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(table); i++) {
		struct rrule r = rule_of(table[i].rule);
		struct civil anchor = wall(table[i].anchor);
		struct buf text = {0};

		tell(&r, &anchor, table[i].n, &text);
		if (strcmp(buf_str(&text), table[i].series) != 0)
			fail_msg("%s from %s:\n%s, not\n%s", table[i].rule,
			    table[i].anchor, buf_str(&text), table[i].series);
		buf_clear(&text);
	}
}

/* What never occurs, and what is far away, takes no long time to be found:
 * much is allowed here, for the sanitizers and a busy machine. */
static const struct {
	const char *rule, *anchor, *first;
} far[] = {
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T09:00:00", NULL },
	{ "FREQ=DAILY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31",
	    "2026-01-01T09:00:00", NULL },
	{ "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
	    "2026-01-01T09:00:00", NULL },
	{ "FREQ=MINUTELY;BYYEARDAY=366;BYMONTH=1", "2026-01-01T09:00:00",
	    NULL },
	{ "FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=1", "2026-01-01T09:00:00", NULL },
	{ "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100", "2026-01-01T09:00:00",
	    NULL },
	{ "FREQ=YEARLY;BYMONTH=2;BYDAY=53MO", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MONTHLY;BYDAY=6MO", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "2026-01-01T09:00:00", NULL },
	{ "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-2", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MINUTELY;BYSECOND=1;BYSETPOS=2", "2026-01-01T09:00:00", NULL },
	{ "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "2026-01-01T09:00:00", NULL },
	{ "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
	    "2026-01-01T09:00:00", NULL },
	{ "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
	    "2025-01-01T09:00:00", NULL },
	/* INTERVAL passes by what the limits allow, for ever. */
	{ "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-11-20T09:00:00", NULL },
	{ "FREQ=DAILY;INTERVAL=77;BYDAY=MO", "2026-11-20T09:00:00", NULL },
	{ "FREQ=HOURLY;INTERVAL=2;BYHOUR=10", "2026-11-20T09:00:00", NULL },
	{ "FREQ=HOURLY;INTERVAL=168;BYDAY=MO", "2026-11-20T09:00:00", NULL },
	{ "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1", "2026-11-20T09:00:00", NULL },
	{ "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=8", "2026-11-20T09:00:00",
	    NULL },
	{ "FREQ=MINUTELY;INTERVAL=10080;BYDAY=MO", "2026-11-20T09:00:00",
	    NULL },
	/* And what is only far. */
	{ "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29", "2096-03-01T09:00:00",
	    "2104-02-29T00:00:00" },
	{ "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=8;BYMINUTE=59",
	    "2026-11-20T09:00:00", "2026-11-21T08:59:00" },
	{ "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=9;BYMINUTE=1",
	    "2026-11-20T09:00:00", "2030-10-28T09:01:00" },
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
	    "2088-03-01T09:00:00", "2128-02-29T09:00:00" },
	{ "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29",
	    "2100-01-01T09:00:00", "2400-02-29T09:00:00" },
	{ "FREQ=DAILY;INTERVAL=97;BYMONTH=2;BYMONTHDAY=29",
	    "2026-11-20T09:00:00", "2236-02-29T09:00:00" },
	/* Only in 5304: nobody waits for that. */
	{ "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29",
	    "2026-11-20T09:00:00", NULL },
};

#define MILLISECONDS_MAX 250

static void
test_far(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(far); i++) {
		struct rrule r = rule_of(far[i].rule);
		struct civil anchor = wall(far[i].anchor), first;
		char text[CIVIL_TEXT] = "never";
		clock_t before = clock(), spent;

		if (rrule_next(&r, &anchor, NULL, &first) == RRULE_FOUND)
			civil_format(&first, text);
		spent = (clock() - before) * 1000 / CLOCKS_PER_SEC;
		if (strcmp(text, far[i].first == NULL ? "never"
		    : far[i].first) != 0)
			fail_msg("%s: %s", far[i].rule, text);
		if (spent > MILLISECONDS_MAX)
			fail_msg("%s: %ld ms", far[i].rule, (long)spent);
	}
}

/* ----------------------------------------------- random rules, and seeking */

static uint64_t seed = 20261120;

/* Numbers that are the same in every run (splitmix64). */
static int
any(int least, int most)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	z ^= z >> 31;
	return least + (int)(z % (uint64_t)(most - least + 1));
}

static bool
one_in(int n)
{
	return any(1, n) == 1;
}

static void
add_numbers(struct buf *rule, const char *part, int least, int most,
    bool from_end)
{
	int n;

	buf_addf(rule, ";%s=", part);
	for (n = any(1, 3); n > 0; n--)
		buf_addf(rule, "%s%d%s", from_end && one_in(3) ? "-" : "",
		    any(least, most), n > 1 ? "," : "");
}

static void
add_days(struct buf *rule, int nth_max)
{
	static const char *const days[] = {
		"MO", "TU", "WE", "TH", "FR", "SA", "SU"
	};
	int n;

	buf_adds(rule, ";BYDAY=");
	for (n = any(1, 3); n > 0; n--) {
		if (nth_max > 0 && one_in(2))
			buf_addf(rule, "%s%d", one_in(2) ? "-" : "",
			    any(1, nth_max));
		buf_addf(rule, "%s%s", days[any(0, 6)], n > 1 ? "," : "");
	}
}

/* A rule that the RFC allows, with few parts or many. */
static void
random_rule(struct buf *out)
{
	static const char *const freqs[] = {
		"MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
	};
	enum rrule_freq freq = (enum rrule_freq)any(RRULE_MINUTELY,
	    RRULE_YEARLY);
	bool weeks = freq == RRULE_YEARLY && one_in(5), by = weeks;
	size_t before;

	buf_addf(out, "FREQ=%s", freqs[freq]);
	before = out->len;
	if (one_in(3))
		add_numbers(out, "BYMONTH", 1, 12, false);
	if (weeks)
		add_numbers(out, "BYWEEKNO", 1, 53, true);
	if ((freq == RRULE_YEARLY || freq < RRULE_DAILY) && one_in(6))
		add_numbers(out, "BYYEARDAY", 1, 366, true);
	if (freq != RRULE_WEEKLY && one_in(4))
		add_numbers(out, "BYMONTHDAY", 1, 31, true);
	if (one_in(3))
		add_days(out, freq < RRULE_MONTHLY || weeks ? 0
		    : freq == RRULE_MONTHLY ? 5 : 53);
	if (one_in(4))
		add_numbers(out, "BYHOUR", 0, 23, false);
	if (one_in(4))
		add_numbers(out, "BYMINUTE", 0, 59, false);
	if (one_in(8))
		add_numbers(out, "BYSECOND", 0, 59, false);
	by |= out->len > before;
	if (by && one_in(4))
		add_numbers(out, "BYSETPOS", 1, one_in(2) ? 3 : 366, true);
	if (one_in(3))
		buf_addf(out, ";INTERVAL=%d", any(2, one_in(2) ? 5 : 100));
	if (one_in(3))
		buf_adds(out, one_in(2) ? ";WKST=SU" : ";WKST=TH");
	if (one_in(5))
		buf_addf(out, ";COUNT=%d", any(1, 60));
	else if (one_in(5))
		buf_addf(out, ";UNTIL=%d0620T100000", any(1999, 2060));
}

/*
 * The next one after any moment is what walking from the anchor finds: the
 * series is a list of growing terms, the next of each moment from one term up
 * to the next is that next one, and what is written reads back.
 */
static void
check_seeking(const char *text)
{
	struct civil terms[40], moment, found;
	struct civil anchor = { any(1995, 2005), any(1, 12), any(1, 28),
		any(0, 23), any(0, 59), one_in(4) ? any(0, 59) : 0 };
	struct rrule r = rule_of(text), again;
	struct buf normal = {0};
	enum rrule_found end = RRULE_FOUND;
	int n = 0, i;

	rrule_format(&r, &normal);
	again = rule_of(buf_str(&normal));
	assert_memory_equal(&r, &again, sizeof r);
	buf_clear(&normal);
	for (; n < 40 && end == RRULE_FOUND; n += end == RRULE_FOUND)
		end = rrule_next(&r, &anchor, n == 0 ? NULL : &terms[n - 1],
		    &terms[n]);
	for (i = 0; i < n; i++) {
		int64_t from = i == 0 ? civil_seconds(&anchor) - 1
		    : civil_seconds(&terms[i - 1]);
		int64_t to = civil_seconds(&terms[i]) - 1;
		int64_t apart = to - from;

		if (apart < 0)
			fail_msg("%s: term %d does not grow", text, i);
		if (apart > 86400 * 20)
			apart = 86400 * 20;
		moment = civil_from_seconds(to - any(0, (int)apart));
		if (rrule_next(&r, &anchor, &moment, &found) != RRULE_FOUND ||
		    civil_compare(&found, &terms[i]) != 0)
			fail_msg("%s: seeking term %d from %04d-%02d-%02d",
			    text, i, moment.year, moment.month, moment.day);
	}
	if (end != RRULE_FOUND && n > 0) {
		moment = civil_add_days(terms[n - 1], any(0, 1000));
		assert_int_equal(rrule_next(&r, &anchor, &moment, &found),
		    end);
	}
	if (r.count != 0 && n == r.count) {
		assert_true(rrule_last(&r, &anchor, &terms[n - 1], &found));
		assert_int_equal(civil_compare(&found, &terms[n - 1]), 0);
		moment = civil_from_seconds(civil_seconds(&found) - 1);
		assert_false(rrule_last(&r, &anchor, &moment, &found));
	}
}

static void
test_seeking(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		struct buf rule = {0};

		random_rule(&rule);
		check_seeking(buf_str(&rule));
		buf_clear(&rule);
	}
}

static void
test_subdaily(void **state)
{
	struct rrule r;

	(void)state;
	r = rule_of("FREQ=MINUTELY");
	assert_true(rrule_subdaily(&r));
	r = rule_of("FREQ=HOURLY;INTERVAL=48");
	assert_true(rrule_subdaily(&r));
	r = rule_of("FREQ=DAILY;BYHOUR=9,17");
	assert_false(rrule_subdaily(&r));
	r = rule_of("FREQ=YEARLY");
	assert_false(rrule_subdaily(&r));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_series),
		cmocka_unit_test(test_far),
		cmocka_unit_test(test_seeking),
		cmocka_unit_test(test_subdaily),
	};

	return cmocka_run_group_tests_name("rrule", tests, NULL, NULL);
}
