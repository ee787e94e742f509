/*
 * Series in a zone: the examples of RFC 5545, what gaps, folds and vanished
 * days do to a series, what was missed, what comes after done; and every zone
 * of the tz database against the definition of recur.h, read by brute force.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "conf/zoneinfo.h"
#include "tests/unit/series_text.h"
#include "time/recur.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])
#define DAY 86400

#define BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"
#define LORD_HOWE "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"

static struct recur
recur_of(const char *text)
{
	struct err err = {0};
	struct recur r;

	if (!recur_parse(text, &r, &err))
		fail_msg("%s: %s", text, err.message);
	return r;
}

/* A zone by its rules, or by its name in the tz database. */
static struct zone *
zone_of(const char *text)
{
	struct err err = {0};
	struct zone *z = strchr(text, '/') != NULL &&
	    strchr(text, ',') == NULL ? zoneinfo_load(text, &err)
	    : zone_from_posix(text, "here", &err);

	if (z == NULL)
		fail_msg("%s: %s", text, err.message);
	return z;
}

/* ------------------------------------------------------------------ as text */

static const struct {
	const char *text, *normal;	/* NULL: refused */
} forms[] = {
	{ "FREQ=DAILY", "FREQ=DAILY" },
	{ "RRULE:FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO" },
	{ "P3M", "P3M" }, { "p14d", "P14D" }, { "PT2H", "PT2H" },
	{ "P2W", "P14D" }, { "P1Y", "P12M" }, { "P1Y2M3W4D", "P14M25D" },
	{ "PT90M", "PT1H30M" }, { "PT3661S", "PT1H1M1S" },
	{ "PT48H", "PT48H" }, { "P100Y", "P1200M" },
	{ "FREQ=SECONDLY", NULL },
	{ "", NULL }, { "P", NULL }, { "PT", NULL }, { "P3", NULL },
	{ "P0D", NULL }, { "PT0S", NULL }, { "P-1D", NULL }, { "P1.5D", NULL },
	{ "P1D ", NULL }, { "P3X", NULL }, { "P1D2W", NULL }, { "P1D1D", NULL },
	{ "P1H", NULL }, { "PT1D", NULL }, { "P1DT", NULL },
	{ "P1DT2H", NULL },	/* by the calendar or by the clock */
	{ "P101Y", NULL }, { "PT876601H", NULL },
	{ "P99999999999999999999D", NULL },
};

static void
test_forms(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(forms); i++) {
		struct recur r, again;
		struct buf text = {0};
		struct err err = {0};
		bool read = recur_parse(forms[i].text, &r, &err);

		if (read != (forms[i].normal != NULL))
			fail_msg("\"%s\": %s", forms[i].text,
			    read ? "is not refused" : err.message);
		if (!read) {
			assert_int_equal(err.code, ERR_NOT_UNDERSTOOD);
			continue;
		}
		recur_format(&r, &text);
		assert_string_equal(buf_str(&text), forms[i].normal);
		again = recur_of(buf_str(&text));
		assert_memory_equal(&r, &again, sizeof r);
		buf_clear(&text);
	}
}

/* ----------------------------------------------------------------- RFC 5545 */

/*
 * All examples of section 3.8.5.3, in its order, with their dates (those that
 * the RFC ends with "..." as far as it goes, or a dozen). The zone is
 * America/New_York with the rules of 1997; a DTSTART other than 2 September
 * 1997, 09:00, is given. The RFC says some examples in two ways.
 */
#define NEW_YORK_1997 "EST5EDT,M4.1.0,M10.5.0"

static const struct {
	const char *rule, *anchor;
	size_t n;		/* 0: to the end */
	const char *series;
} rfc[] = {
	/* Daily for 10 occurrences. */
	{ "FREQ=DAILY;COUNT=10", NULL, 0, "1997 Sep 2-11" },
	/* Daily until December 24, 1997. */
	{ "FREQ=DAILY;UNTIL=19971224T000000Z", NULL, 0,
	    "1997 Sep 2-30 Oct 1-31 Nov 1-30 Dec 1-23" },
	/* Every other day - forever. */
	{ "FREQ=DAILY;INTERVAL=2", NULL, 47,
	    "1997 Sep 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 "
	    "Oct 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 "
	    "Nov 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 Dec 1 3 ..." },
	/* Every 10 days, 5 occurrences. */
	{ "FREQ=DAILY;INTERVAL=10;COUNT=5", NULL, 0,
	    "1997 Sep 2 12 22 Oct 2 12" },
	/* Every day in January, for 3 years. */
	{ "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;"
	    "BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01T09:00:00", 0,
	    "1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31" },
	{ "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
	    "1998-01-01T09:00:00", 0,
	    "1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31" },
	/* Weekly for 10 occurrences. */
	{ "FREQ=WEEKLY;COUNT=10", NULL, 0,
	    "1997 Sep 2 9 16 23 30 Oct 7 14 21 28 Nov 4" },
	/* Weekly until December 24, 1997. */
	{ "FREQ=WEEKLY;UNTIL=19971224T000000Z", NULL, 0,
	    "1997 Sep 2 9 16 23 30 Oct 7 14 21 28 Nov 4 11 18 25 "
	    "Dec 2 9 16 23" },
	/* Every other week - forever. */
	{ "FREQ=WEEKLY;INTERVAL=2;WKST=SU", NULL, 12,
	    "1997 Sep 2 16 30 Oct 14 28 Nov 11 25 Dec 9 23 1998 Jan 6 20 "
	    "Feb 3 ..." },
	/* Weekly on Tuesday and Thursday for five weeks. */
	{ "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", NULL, 0,
	    "1997 Sep 2 4 9 11 16 18 23 25 30 Oct 2" },
	{ "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", NULL, 0,
	    "1997 Sep 2 4 9 11 16 18 23 25 30 Oct 2" },
	/* Every other week on Monday, Wednesday, and Friday until December 24,
	 * 1997, starting on Monday, September 1, 1997. */
	{ "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;"
	    "BYDAY=MO,WE,FR", "1997-09-01T09:00:00", 0,
	    "1997 Sep 1 3 5 15 17 19 29 Oct 1 3 13 15 17 27 29 31 "
	    "Nov 10 12 14 24 26 28 Dec 8 10 12 22" },
	/* Every other week on Tuesday and Thursday, for 8 occurrences. */
	{ "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", NULL, 0,
	    "1997 Sep 2 4 16 18 30 Oct 2 14 16" },
	/* Monthly on the first Friday for 10 occurrences. */
	{ "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05T09:00:00", 0,
	    "1997 Sep 5 Oct 3 Nov 7 Dec 5 1998 Jan 2 Feb 6 Mar 6 Apr 3 May 1 "
	    "Jun 5" },
	/* Monthly on the first Friday until December 24, 1997. */
	{ "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
	    "1997-09-05T09:00:00", 0, "1997 Sep 5 Oct 3 Nov 7 Dec 5" },
	/* Every other month on the first and last Sunday of the month for 10
	 * occurrences. */
	{ "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
	    "1997-09-07T09:00:00", 0,
	    "1997 Sep 7 28 Nov 2 30 1998 Jan 4 25 Mar 1 29 May 3 31" },
	/* Monthly on the second-to-last Monday of the month for 6 months. */
	{ "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22T09:00:00", 0,
	    "1997 Sep 22 Oct 20 Nov 17 Dec 22 1998 Jan 19 Feb 16" },
	/* Monthly on the third-to-the-last day of the month, forever. */
	{ "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28T09:00:00", 6,
	    "1997 Sep 28 Oct 29 Nov 28 Dec 29 1998 Jan 29 Feb 26 ..." },
	/* Monthly on the 2nd and 15th of the month for 10 occurrences. */
	{ "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", NULL, 0,
	    "1997 Sep 2 15 Oct 2 15 Nov 2 15 Dec 2 15 1998 Jan 2 15" },
	/* Monthly on the first and last day of the month for 10 occurrences. */
	{ "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30T09:00:00", 0,
	    "1997 Sep 30 Oct 1 31 Nov 1 30 Dec 1 31 1998 Jan 1 31 Feb 1" },
	/* Every 18 months on the 10th thru 15th of the month for 10
	 * occurrences. */
	{ "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
	    "1997-09-10T09:00:00", 0, "1997 Sep 10-15 1999 Mar 10-13" },
	/* Every Tuesday, every other month. */
	{ "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", NULL, 18,
	    "1997 Sep 2 9 16 23 30 Nov 4 11 18 25 1998 Jan 6 13 20 27 "
	    "Mar 3 10 17 24 31 ..." },
	/* Yearly in June and July for 10 occurrences. */
	{ "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10T09:00:00", 0,
	    "1997 Jun 10 Jul 10 1998 Jun 10 Jul 10 1999 Jun 10 Jul 10 "
	    "2000 Jun 10 Jul 10 2001 Jun 10 Jul 10" },
	/* Every other year on January, February, and March for 10
	 * occurrences. */
	{ "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
	    "1997-03-10T09:00:00", 0,
	    "1997 Mar 10 1999 Jan 10 Feb 10 Mar 10 2001 Jan 10 Feb 10 Mar 10 "
	    "2003 Jan 10 Feb 10 Mar 10" },
	/* Every third year on the 1st, 100th, and 200th day for 10
	 * occurrences. */
	{ "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
	    "1997-01-01T09:00:00", 0,
	    "1997 Jan 1 Apr 10 Jul 19 2000 Jan 1 Apr 9 Jul 18 "
	    "2003 Jan 1 Apr 10 Jul 19 2006 Jan 1" },
	/* Every 20th Monday of the year, forever. */
	{ "FREQ=YEARLY;BYDAY=20MO", "1997-05-19T09:00:00", 3,
	    "1997 May 19 1998 May 18 1999 May 17 ..." },
	/* Monday of week number 20 (where the default start of the week is
	 * Monday), forever. */
	{ "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12T09:00:00", 3,
	    "1997 May 12 1998 May 11 1999 May 17 ..." },
	/* Every Thursday in March, forever. */
	{ "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13T09:00:00", 11,
	    "1997 Mar 13 20 27 1998 Mar 5 12 19 26 1999 Mar 4 11 18 25 ..." },
	/* Every Thursday, but only during June, July, and August, forever. */
	{ "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05T09:00:00", 39,
	    "1997 Jun 5 12 19 26 Jul 3 10 17 24 31 Aug 7 14 21 28 "
	    "1998 Jun 4 11 18 25 Jul 2 9 16 23 30 Aug 6 13 20 27 "
	    "1999 Jun 3 10 17 24 Jul 1 8 15 22 29 Aug 5 12 19 26 ..." },
	/* Every Friday the 13th, forever (DTSTART itself is an EXDATE). */
	{ "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", NULL, 5,
	    "1998 Feb 13 Mar 13 Nov 13 1999 Aug 13 2000 Oct 13 ..." },
	/* The first Saturday that follows the first Sunday of the month,
	 * forever. */
	{ "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
	    "1997-09-13T09:00:00", 10,
	    "1997 Sep 13 Oct 11 Nov 8 Dec 13 1998 Jan 10 Feb 7 Mar 7 Apr 11 "
	    "May 9 Jun 13 ..." },
	/* Every 4 years, the first Tuesday after a Monday in November, forever
	 * (U.S. Presidential Election day). */
	{ "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
	    "1996-11-05T09:00:00", 3,
	    "1996 Nov 5 2000 Nov 7 2004 Nov 2 ..." },
	/* The third instance into the month of one of Tuesday, Wednesday, or
	 * Thursday, for the next 3 months. */
	{ "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
	    "1997-09-04T09:00:00", 0, "1997 Sep 4 Oct 7 Nov 6" },
	/* The second-to-last weekday of the month. */
	{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
	    "1997-09-29T09:00:00", 7,
	    "1997 Sep 29 Oct 30 Nov 27 Dec 30 1998 Jan 29 Feb 26 Mar 30 ..." },
	/* Every 3 hours from 9:00 AM to 5:00 PM on a specific day. The RFC has
	 * UNTIL=19970902T170000Z, which is 13:00 there; erratum 3883 says
	 * 21:00 UTC. */
	{ "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", NULL, 0,
	    "1997 Sep 2 09:00 12:00 15:00" },
	{ "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", NULL, 0,
	    "1997 Sep 2 09:00 12:00" },
	/* Every 15 minutes for 6 occurrences. */
	{ "FREQ=MINUTELY;INTERVAL=15;COUNT=6", NULL, 0,
	    "1997 Sep 2 09:00 09:15 09:30 09:45 10:00 10:15" },
	/* Every hour and a half for 4 occurrences. */
	{ "FREQ=MINUTELY;INTERVAL=90;COUNT=4", NULL, 0,
	    "1997 Sep 2 09:00 10:30 12:00 13:30" },
	/* Every 20 minutes from 9:00 AM to 4:40 PM every day. */
	{ "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", NULL,
	    26, "1997 Sep 2 09:00 09:20 09:40 10:00 10:20 10:40 11:00 11:20 "
	    "11:40 12:00 12:20 12:40 13:00 13:20 13:40 14:00 14:20 14:40 "
	    "15:00 15:20 15:40 16:00 16:20 16:40 3 09:00 09:20 ..." },
	{ "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", NULL,
	    26, "1997 Sep 2 09:00 09:20 09:40 10:00 10:20 10:40 11:00 11:20 "
	    "11:40 12:00 12:20 12:40 13:00 13:20 13:40 14:00 14:20 14:40 "
	    "15:00 15:20 15:40 16:00 16:20 16:40 3 09:00 09:20 ..." },
	/* An example where the days generated makes a difference because of
	 * WKST. */
	{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
	    "1997-08-05T09:00:00", 0, "1997 Aug 5 10 19 24" },
	{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
	    "1997-08-05T09:00:00", 0, "1997 Aug 5 17 19 31" },
	/* An example where an invalid date (i.e., February 30) is ignored. */
	{ "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15T09:00:00", 0,
	    "2007 Jan 15 30 Feb 15 Mar 15 30" },
};

static void
tell(const struct recur *r, const struct civil *anchor, const struct zone *z,
    size_t n, struct buf *out)
{
	struct civil terms[TERMS_MAX];
	struct occurrence o = { .epoch = INT64_MIN };
	size_t max = n == 0 ? TERMS_MAX : n, i;

	for (i = 0; i < max; i++) {
		if (recur_next(r, anchor, z, i == 0 ? NULL : &o.slot, o.epoch,
		    &o) != RRULE_FOUND)
			break;
		terms[i] = o.slot;
		assert_int_equal(o.fit, ZONE_EXACT);
		assert_int_equal(civil_compare(&o.slot, &o.local), 0);
	}
	tell_series(terms, i, anchor, i == n, out);
}

static void
test_rfc(void **state)
{
	struct zone *z = zone_of(NEW_YORK_1997);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rfc); i++) {
		struct recur r = recur_of(rfc[i].rule);
		struct civil anchor = wall(rfc[i].anchor != NULL ?
		    rfc[i].anchor : "1997-09-02T09:00:00");
		struct buf text = {0};

		tell(&r, &anchor, z, rfc[i].n, &text);
		if (strcmp(buf_str(&text), rfc[i].series) != 0)
			fail_msg("%s:\n%s, not\n%s", rfc[i].rule,
			    buf_str(&text), rfc[i].series);
		buf_clear(&text);
	}
	zone_free(z);
}

/* ----------------------------------------------- where the clock is changed */

/*
 * What a series shows on the wall, one ring after the other, from an instant
 * on: "28 02:30 29 03:30(02:30) 30 02:30", with the slot in brackets where the
 * wall does not show it, and "*" at the second showing of a fold.
 */
static const struct {
	const char *zone, *rule, *anchor;
	const char *after;	/* in UTC */
	size_t n;
	const char *rings;
} changes[] = {
	/* Every day at 02:30: once a day through both changes, without
	 * drift. */
	{ BERLIN, "FREQ=DAILY", "2026-01-01T02:30:00", "2026-03-27T12:00:00",
	    4, "28 02:30 29 03:30(02:30) 30 02:30 31 02:30" },
	{ BERLIN, "FREQ=DAILY", "2026-01-01T02:30:00", "2026-10-23T12:00:00",
	    4, "24 02:30 25 02:30 26 02:30 27 02:30" },
	/* Between the two showings of 02:30 nothing rings again. */
	{ BERLIN, "FREQ=DAILY", "2026-01-01T02:30:00", "2026-10-25T01:10:00",
	    1, "26 02:30" },
	{ BERLIN, "FREQ=WEEKLY", "2026-03-22T02:00:00", "2026-03-22T12:00:00",
	    2, "29 03:00(02:00) 5 02:00" },
	/* Several times in the gap come in the order in which they ring, and
	 * none is lost; two at one instant are one. */
	{ BERLIN, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30", "2026-03-29T00:00:00",
	    "2026-03-28T12:00:00", 4,
	    "29 03:00 03:30 30 02:00 02:30" },
	{ BERLIN, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,45;BYSETPOS=1,2,4",
	    "2026-03-29T00:00:00", "2026-03-28T12:00:00", 4,
	    "29 03:15(02:15) 03:45 30 02:15 02:45" },
	{ BERLIN, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=20,40;BYSETPOS=2,3",
	    "2026-03-29T00:00:00", "2026-03-28T12:00:00", 4,
	    "29 03:20 03:40(02:40) 30 02:40 03:20" },
	{ BERLIN, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=20,40;BYSETPOS=2,3;COUNT=2",
	    "2026-03-29T00:00:00", "2026-03-28T12:00:00", 9,
	    "29 03:20 03:40(02:40)" },
	/* Every 20 minutes: whenever the wall shows it. */
	{ BERLIN, "FREQ=MINUTELY;INTERVAL=20", "2026-03-29T00:00:00",
	    "2026-03-29T00:10:00", 5, "29 01:20 01:40 03:00 03:20 03:40" },
	{ BERLIN, "FREQ=MINUTELY;INTERVAL=20", "2026-10-25T00:00:00",
	    "2026-10-24T23:50:00", 8,
	    "25 02:00 02:20 02:40 02:00* 02:20* 02:40* 03:00 03:20" },
	{ BERLIN, "FREQ=HOURLY", "2026-10-25T00:30:00", "2026-10-24T23:00:00",
	    4, "25 01:30 02:30 02:30* 03:30" },
	{ BERLIN, "FREQ=HOURLY;BYHOUR=2", "2026-03-01T00:30:00",
	    "2026-03-27T12:00:00", 3, "28 02:30 30 02:30 31 02:30" },
	{ BERLIN, "FREQ=HOURLY;BYHOUR=2", "2026-10-01T00:30:00",
	    "2026-10-24T12:00:00", 3, "25 02:30 02:30* 26 02:30" },
	/* Counted on the wall, shown twice. */
	{ BERLIN, "FREQ=MINUTELY;INTERVAL=30;COUNT=2", "2026-10-25T02:00:00",
	    "2026-10-24T12:00:00", 9, "25 02:00 02:30 02:00* 02:30*" },
	{ BERLIN, "FREQ=MINUTELY;INTERVAL=30;UNTIL=20261025T023000",
	    "2026-10-25T02:00:00", "2026-10-24T12:00:00", 9,
	    "25 02:00 02:30 02:00* 02:30*" },
	/* UNTIL in UTC is an instant: here between the two showings. */
	{ BERLIN, "FREQ=MINUTELY;INTERVAL=30;UNTIL=20261025T010000Z",
	    "2026-10-25T02:00:00", "2026-10-24T12:00:00", 9,
	    "25 02:00 02:30 02:00*" },
	{ BERLIN, "FREQ=DAILY;UNTIL=20260329T013000Z", "2026-03-28T02:30:00",
	    "2026-03-27T12:00:00", 9, "28 02:30 29 03:30(02:30)" },
	{ BERLIN, "FREQ=DAILY;UNTIL=20260329T012959Z", "2026-03-28T02:30:00",
	    "2026-03-27T12:00:00", 9, "28 02:30" },
	/* Lord Howe Island moves its clocks by half an hour, at 02:00. */
	{ LORD_HOWE, "FREQ=DAILY", "2026-10-01T02:15:00",
	    "2026-10-02T12:00:00", 3, "3 02:15 4 02:45(02:15) 5 02:15" },
	{ LORD_HOWE, "FREQ=DAILY", "2026-04-01T01:45:00",
	    "2026-04-03T12:00:00", 3, "4 01:45 5 01:45 6 01:45" },
	{ LORD_HOWE, "FREQ=MINUTELY;INTERVAL=15", "2026-10-04T00:00:00",
	    "2026-10-03T15:00:00", 4, "4 01:45 02:30 02:45 03:00" },
	{ LORD_HOWE, "FREQ=MINUTELY;INTERVAL=15", "2026-04-05T00:00:00",
	    "2026-04-04T14:20:00", 5, "5 01:30 01:45 01:30* 01:45* 02:00" },
	{ LORD_HOWE, "FREQ=DAILY;BYHOUR=2;BYMINUTE=10,20,40",
	    "2026-10-04T00:00:00", "2026-10-03T12:00:00", 4,
	    "4 02:40 02:50(02:20) 5 02:10 02:20" },
	/* Samoa had no 30 December 2011: two come to one instant. */
	{ "Pacific/Apia", "FREQ=DAILY", "2011-12-01T09:00:00",
	    "2011-12-28T12:00:00", 4, "28 09:00 29 09:00 31 09:00 1 09:00" },
	{ "Pacific/Apia", "FREQ=WEEKLY;BYDAY=FR", "2011-12-01T09:00:00",
	    "2011-12-23T22:00:00", 2, "31 09:00(30 09:00) 6 09:00" },
	{ "Pacific/Apia", "FREQ=DAILY;BYHOUR=9,18", "2011-12-01T09:00:00",
	    "2011-12-29T12:00:00", 4, "29 09:00 18:00 31 09:00 18:00" },
	{ "Pacific/Apia", "FREQ=HOURLY;INTERVAL=6", "2011-12-01T00:00:00",
	    "2011-12-30T00:00:00", 3, "29 18:00 31 00:00 06:00" },
	/* Kwajalein had no 21 August 1993. */
	{ "Pacific/Kwajalein", "FREQ=DAILY", "1993-08-01T12:00:00",
	    "1993-08-20T12:00:00", 3, "20 12:00 22 12:00 23 12:00" },
	/* At St. John's clocks went back from 00:01 to 23:01. */
	{ "America/St_Johns", "FREQ=DAILY", "2010-11-01T00:00:30",
	    "2010-11-06T01:00:00", 3, "6 00:00:30 7 00:00:30 8 00:00:30" },
	{ "America/St_Johns", "FREQ=DAILY", "2010-11-01T23:30:00",
	    "2010-11-06T12:00:00", 3, "6 23:30 7 23:30 8 23:30" },
};

static void
tell_ring(const struct occurrence *o, const struct zone *z, bool new_day,
    struct buf *out)
{
	const struct civil *slot = &o->slot;

	if (new_day)
		buf_addf(out, " %d", o->local.day);
	tell_clock(&o->local, out);
	/* It is an occurrence of its own: nothing is to be said about it. */
	if (zone_instant(z, slot, NULL) != o->epoch) {
		assert_int_equal(o->fit, ZONE_EXACT);
		buf_adds(out, "*");
	}
	if (civil_compare(slot, &o->local) == 0)
		return;
	assert_int_equal(o->fit, ZONE_GAP);
	buf_adds(out, "(");
	if (slot->day != o->local.day)
		buf_addf(out, "%d ", slot->day);
	buf_addf(out, "%02d:%02d)", slot->hour, slot->minute);
}

static void
test_changes(void **state)
{
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(changes); i++) {
		struct zone *z = zone_of(changes[i].zone);
		struct recur r = recur_of(changes[i].rule);
		struct civil anchor = wall(changes[i].anchor);
		struct civil after = wall(changes[i].after);
		struct occurrence o = { .epoch = civil_seconds(&after) };
		struct buf text = {0};
		int day = 0;

		for (n = 0; n < changes[i].n; n++) {
			if (recur_next(&r, &anchor, z, n == 0 ? NULL : &o.slot,
			    o.epoch, &o) != RRULE_FOUND)
				break;
			tell_ring(&o, z, o.local.day != day, &text);
			day = o.local.day;
		}
		if (text.len > 0)
			buf_drain(&text, 1);
		if (strcmp(buf_str(&text), changes[i].rings) != 0)
			fail_msg("%s, %s from %s:\n%s, not\n%s",
			    changes[i].zone, changes[i].rule, changes[i].anchor,
			    buf_str(&text), changes[i].rings);
		buf_clear(&text);
		zone_free(z);
	}
}

/* A traveller: what has rung at its time in one zone does not ring again that
 * day in another; what has not, does. */
static const struct {
	const char *rang, *zone, *now, *next;	/* slot; UTC; UTC */
} journeys[] = {
	/* 09:00 in Berlin, then west: not again at 09:00 in New York. */
	{ "2026-11-20T09:00:00", "EST5EDT", "2026-11-20T08:30:00",
	    "2026-11-21T14:00:00" },
	/* Rang in New York, then east. */
	{ "2026-11-20T09:00:00", BERLIN, "2026-11-20T14:30:00",
	    "2026-11-21T08:00:00" },
	/* Late at night over the date line, west: the 21st has begun. */
	{ "2026-11-20T09:00:00", "<+13>-13", "2026-11-20T20:30:00",
	    "2026-11-21T20:00:00" },
	/* East over it, back into the 20th: that has rung. */
	{ "2026-11-20T09:00:00", "<-11>11", "2026-11-20T05:00:00",
	    "2026-11-21T20:00:00" },
	/* Even of a day that is not yet there. */
	{ "2026-11-21T09:00:00", "<-11>11", "2026-11-20T20:30:00",
	    "2026-11-22T20:00:00" },
};

static void
test_journeys(void **state)
{
	struct recur r = recur_of("FREQ=DAILY");
	struct civil anchor = wall("2026-11-01T09:00:00");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(journeys); i++) {
		struct zone *z = zone_of(journeys[i].zone);
		struct civil slot = wall(journeys[i].rang);
		struct civil now = wall(journeys[i].now), next;
		struct occurrence o;
		char text[CIVIL_TEXT];

		assert_int_equal(recur_next(&r, &anchor, z, &slot,
		    civil_seconds(&now), &o), RRULE_FOUND);
		next = civil_from_seconds(o.epoch);
		assert_string_equal(civil_format(&next, text),
		    journeys[i].next);
		zone_free(z);
	}
}

/* ---------------------------------------------------------- what was missed */

static const struct {
	const char *rule, *anchor;
	const char *at_hand, *now;	/* in Berlin */
	const char *latest;		/* NULL: the one at hand */
	int passed;
} missed[] = {
	{ "FREQ=DAILY", "2026-11-01T09:00:00", "2026-11-20T09:00:00",
	    "2026-11-20T14:30:00", NULL, 0 },
	{ "FREQ=DAILY", "2026-11-01T09:00:00", "2026-11-20T09:00:00",
	    "2026-11-21T08:59:59", NULL, 0 },
	{ "FREQ=DAILY", "2026-11-01T09:00:00", "2026-11-20T09:00:00",
	    "2026-11-21T09:00:00", "2026-11-21T09:00:00", 1 },
	{ "FREQ=DAILY", "2026-11-01T09:00:00", "2026-11-20T09:00:00",
	    "2026-11-30T12:00:00", "2026-11-30T09:00:00", 10 },
	{ "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-01T09:00:00",
	    "2026-11-20T09:00:00", "2026-11-29T12:00:00",
	    "2026-11-27T09:00:00", 5 },
	/* Over both changes of the clock. */
	{ "FREQ=DAILY", "2026-01-01T02:30:00", "2026-03-28T02:30:00",
	    "2026-03-29T12:00:00", "2026-03-29T02:30:00", 1 },
	{ "FREQ=DAILY", "2026-01-01T02:30:00", "2026-03-28T02:30:00",
	    "2026-10-26T02:30:00", "2026-10-26T02:30:00", 212 },
	/* Its end lies between. */
	{ "FREQ=DAILY;COUNT=3", "2026-11-20T09:00:00", "2026-11-20T09:00:00",
	    "2027-11-20T09:00:00", "2026-11-22T09:00:00", 2 },
	{ "FREQ=DAILY;COUNT=100", "2026-11-20T09:00:00", "2026-11-20T09:00:00",
	    "2026-11-23T10:00:00", "2026-11-23T09:00:00", 3 },
	{ "FREQ=DAILY;UNTIL=20261122T080000Z", "2026-11-20T09:00:00",
	    "2026-11-20T09:00:00", "2027-11-20T09:00:00",
	    "2026-11-22T09:00:00", 2 },
	{ "FREQ=DAILY;COUNT=1", "2026-11-20T09:00:00", "2026-11-20T09:00:00",
	    "2027-11-20T09:00:00", NULL, 0 },
	/* Asleep for years: counted as far as it makes sense, found all the
	 * same. */
	{ "FREQ=MINUTELY", "2016-01-01T00:00:00", "2016-01-01T00:00:00",
	    "2026-11-20T14:30:30", "2026-11-20T14:30:00", 999 },
	{ "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9", "1996-01-01T09:00:00",
	    "1996-01-01T09:00:00", "2026-11-20T14:30:30",
	    "2026-11-20T09:57:00", 999 },
	{ "FREQ=MINUTELY;COUNT=100000", "2016-01-01T00:00:00",
	    "2016-01-01T00:00:00", "2026-11-20T14:30:30",
	    "2016-03-10T10:39:00", 999 },
	{ "FREQ=HOURLY;COUNT=10000", "2016-01-01T00:00:00",
	    "2016-01-01T00:00:00", "2026-11-20T14:30:30",
	    "2017-02-20T15:00:00", 999 },
	{ "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29", "2000-02-29T00:00:00",
	    "2000-02-29T00:00:00", "2026-11-20T14:30:30",
	    "2024-02-29T23:59:00", 999 },
};

static void
test_latest(void **state)
{
	struct zone *z = zone_of(BERLIN);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(missed); i++) {
		struct recur r = recur_of(missed[i].rule);
		struct civil anchor = wall(missed[i].anchor);
		struct civil slot = wall(missed[i].at_hand);
		struct civil now = wall(missed[i].now);
		struct occurrence o = { .epoch = -1 };
		char text[CIVIL_TEXT];
		int passed = -1;
		bool found = recur_latest(&r, &anchor, z, &slot,
		    zone_instant(z, &slot, NULL), zone_instant(z, &now, NULL),
		    &o, &passed);

		if (found != (missed[i].latest != NULL) ||
		    passed != missed[i].passed)
			fail_msg("%s at %s: %d passed", missed[i].rule,
			    missed[i].now, passed);
		if (!found)
			continue;
		civil_format(&o.slot, text);
		if (strcmp(text, missed[i].latest) != 0)
			fail_msg("%s at %s: %s", missed[i].rule,
			    missed[i].now, text);
		assert_int_equal(o.epoch, zone_instant(z, &o.slot, NULL));
	}
	zone_free(z);
}

/* --------------------------------------------------------------- after done */

static const struct {
	const char *zone, *span, *due, *done;
	const char *slot, *local;	/* NULL: the same */
} after_done[] = {
	/* Days and months: from the day it is done, at the time it was due. */
	{ BERLIN, "P3M", "2026-11-20T09:00:00", "2026-11-25T16:20:00",
	    "2027-02-25T09:00:00", NULL },
	{ BERLIN, "P3M", "2026-11-20T09:00:00", "2026-11-30T16:20:00",
	    "2027-02-28T09:00:00", NULL },
	{ BERLIN, "P12M", "2028-02-29T09:00:00", "2028-02-29T09:05:00",
	    "2029-02-28T09:00:00", NULL },
	{ BERLIN, "P1D", "2026-11-20T09:00:00", "2026-11-20T23:59:59",
	    "2026-11-21T09:00:00", NULL },
	{ BERLIN, "P14D", "2026-11-20T18:30:00", "2026-11-18T07:00:00",
	    "2026-12-02T18:30:00", NULL },
	{ BERLIN, "P1M3D", "2026-11-20T09:00:00", "2027-01-31T10:00:00",
	    "2027-03-03T09:00:00", NULL },
	/* Into a gap and a fold. */
	{ BERLIN, "P1D", "2026-03-28T02:30:00", "2026-03-28T10:00:00",
	    "2026-03-29T02:30:00", "2026-03-29T03:30:00" },
	{ BERLIN, "P1D", "2026-10-24T02:30:00", "2026-10-24T10:00:00",
	    "2026-10-25T02:30:00", NULL },
	{ "Pacific/Apia", "P1D", "2011-12-29T09:00:00", "2011-12-29T10:00:00",
	    "2011-12-30T09:00:00", "2011-12-31T09:00:00" },
	/* Hours: from that moment, over the change of the clock too. */
	{ BERLIN, "PT2H", "2026-11-20T09:00:00", "2026-11-20T16:20:05",
	    "2026-11-20T18:20:05", NULL },
	{ BERLIN, "PT24H", "2026-03-28T12:00:00", "2026-03-28T12:00:00",
	    "2026-03-29T13:00:00", NULL },
};

static void
test_after_done(void **state)
{
	struct recur r = recur_of("P1D");
	struct civil due = wall("2010-11-06T00:00:30");
	struct occurrence o;
	char text[CIVIL_TEXT];
	struct zone *z;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(after_done); i++) {
		struct civil at = wall(after_done[i].due);
		struct civil done = wall(after_done[i].done);
		struct recur span = recur_of(after_done[i].span);

		z = zone_of(after_done[i].zone);
		recur_after_done(&span, &at, z, zone_instant(z, &done, NULL),
		    &o);
		assert_string_equal(civil_format(&o.slot, text),
		    after_done[i].slot);
		if (after_done[i].local != NULL)
			assert_string_equal(civil_format(&o.local, text),
			    after_done[i].local);
		else
			assert_int_equal(civil_compare(&o.slot, &o.local), 0);
		assert_int_equal(civil_seconds(&o.local),
		    o.epoch + zone_offset(z, o.epoch));
		zone_free(z);
	}
	/* St. John's, 7 November 2010: 00:00:30 has been when it is 23:30 of
	 * the 6th for the second time. The one after it is meant. */
	z = zone_of("America/St_Johns");
	recur_after_done(&r, &due, z, zone_instant(z, &due, NULL) + DAY +
	    1800, &o);
	assert_string_equal(civil_format(&o.local, text),
	    "2010-11-08T00:00:30");
	zone_free(z);
}

/* ----------------------------------------------- every zone, by brute force */

/*
 * The definition, as recur.h has it, for the hours around a change of the
 * clock. FREQ=DAILY and longer: of all slots (the terms of the rule on the
 * wall, days around) the instants by zone_instant, each once. HOURLY and
 * MINUTELY: of all instants those at which the wall shows a term. Then
 * recur_next has to give one after the other, from any moment, and
 * recur_latest the last before any moment.
 */
enum { INSTANTS_MAX = 4000 };

struct brute {
	struct zone *z;
	struct recur r;
	const char *rule;
	struct civil anchor;
	int64_t from, to;		/* what is compared: from < t <= to */
	int64_t instants[INSTANTS_MAX];
	int n;
};

static uint64_t seed = 20261120;

static int
any(int least, int most)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	z ^= z >> 31;
	return least + (int)(z % (uint64_t)(most - least + 1));
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
add_instant(struct brute *b, int64_t t)
{
	int i;

	if (t <= b->from || t > b->to)
		return;
	for (i = 0; i < b->n; i++)
		if (b->instants[i] == t)
			return;
	assert_true(b->n < INSTANTS_MAX);
	b->instants[b->n++] = t;
}

static void
all_slots(struct brute *b)
{
	struct civil slot = civil_from_seconds(b->from - 3 * DAY);
	struct civil end = civil_from_seconds(b->to + 3 * DAY);

	while (rrule_next(&b->r.rule, &b->anchor, &slot, &slot) ==
	    RRULE_FOUND && civil_compare(&slot, &end) < 0)
		add_instant(b, zone_instant(b->z, &slot, NULL));
	qsort(b->instants, (size_t)b->n, sizeof b->instants[0], by_size);
}

static void
all_instants(struct brute *b)
{
	int64_t t;

	for (t = b->from + 1; t <= b->to; t++) {
		int64_t shown = t + zone_offset(b->z, t);
		struct civil before, term;

		if ((shown - b->anchor.second) % 60 != 0)
			continue;	/* no rule here has a BYSECOND */
		before = civil_from_seconds(shown - 1);
		if (rrule_next(&b->r.rule, &b->anchor, &before, &term) ==
		    RRULE_FOUND && civil_seconds(&term) == shown)
			add_instant(b, t);
	}
}

static void
compare(const struct brute *b)
{
	struct occurrence o = { .epoch = b->from }, last;
	enum rrule_found found;
	int i, passed;

	for (i = 0; i < b->n; i++) {
		struct civil before = o.slot;
		int64_t after = o.epoch;

		if (any(1, 4) == 1)
			after += any(0, (int)(b->instants[i] - after - 1));
		found = recur_next(&b->r, &b->anchor, b->z, i == 0 ? NULL
		    : &before, after, &o);
		if (found != RRULE_FOUND || o.epoch != b->instants[i])
			fail_msg("%s, %s: after %lld comes %lld, not %lld",
			    zone_name(b->z), b->rule, (long long)after,
			    (long long)o.epoch, (long long)b->instants[i]);
		assert_int_equal(civil_seconds(&o.local),
		    o.epoch + zone_offset(b->z, o.epoch));
		if (o.fit != ZONE_GAP)
			assert_int_equal(civil_compare(&o.slot, &o.local), 0);
	}
	if (b->n < 2)
		return;
	i = any(1, b->n - 1);
	recur_next(&b->r, &b->anchor, b->z, NULL, b->from, &o);
	assert_true(recur_latest(&b->r, &b->anchor, b->z, &o.slot, o.epoch,
	    i == b->n - 1 ? b->instants[i] : b->instants[i + 1] - 1, &last,
	    &passed));
	assert_int_equal(passed, i);
	assert_int_equal(last.epoch, b->instants[i]);
}

/* Many times in a day, a few, or one; and every so many minutes or hours. */
static const char *
random_rule(bool subdaily, struct buf *out)
{
	if (subdaily && any(0, 1) == 0)
		buf_addf(out, "FREQ=MINUTELY;INTERVAL=%d", any(1, 100));
	else if (subdaily)
		buf_addf(out, "FREQ=HOURLY;BYMINUTE=%d,%d", any(0, 59),
		    any(0, 59));
	else if (any(0, 3) == 0)
		buf_adds(out, "FREQ=DAILY");
	else if (any(0, 1) == 0)
		buf_addf(out, "FREQ=WEEKLY;BYDAY=MO,WE,FR,SA,SU;BYHOUR=%d,%d;"
		    "BYMINUTE=%d,%d", any(0, 23), any(0, 5), any(0, 59),
		    any(0, 59));
	else
		buf_addf(out, "FREQ=DAILY;BYHOUR=0,1,2,3,4,22,23;"
		    "BYMINUTE=0,%d,%d,30", any(0, 59), any(0, 59));
	if (any(0, 9) == 0)
		buf_addf(out, ";COUNT=%d", any(1, 300));
	return buf_str(out);
}

/* Around one change of the clock, with one rule. */
static void
check_change(struct zone *z, int64_t at, bool subdaily)
{
	struct brute *b = calloc(1, sizeof *b);
	int64_t around = subdaily ? 3 * 3600 : 2 * DAY;
	struct buf rule = {0};

	assert_non_null(b);
	b->z = z;
	b->rule = random_rule(subdaily, &rule);
	b->r = recur_of(b->rule);
	b->from = at - around;
	b->to = at + around;
	b->anchor = civil_from_seconds(at - any(0, 5 * DAY));
	if (any(0, 3) != 0)
		b->anchor.second = 0;
	if (subdaily)
		all_instants(b);
	else
		all_slots(b);
	compare(b);
	buf_clear(&rule);
	free(b);
}

static int
check_zone(struct zone *z)
{
	int64_t at = -2500000000, end = 4000000000;
	int n = 0;

	/* About one change in twenty. */
	for (; zone_changes(z, at, end, &at); ) {
		if (any(1, 20) != 1)
			continue;
		check_change(z, at, false);
		if (any(1, 4) == 1)
			check_change(z, at, true);
		n++;
	}
	return n;
}

static int
check_folder(const char *folder, const char *prefix)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	int n = 0;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		struct buf path = {0}, name = {0};
		struct stat st;
		struct zone *z;

		buf_addf(&path, "%s/%s", folder, e->d_name);
		buf_addf(&name, "%s%s", prefix, e->d_name);
		if (e->d_name[0] == '.' || strcmp(e->d_name, "right") == 0 ||
		    strcmp(e->d_name, "posix") == 0 ||
		    stat(buf_str(&path), &st) != 0) {
			/* not ours, or the same once more */
		} else if (S_ISDIR(st.st_mode)) {
			buf_adds(&name, "/");
			n += check_folder(buf_str(&path), buf_str(&name));
		} else {
			z = zoneinfo_load(buf_str(&name), NULL);
			if (z != NULL)
				n += check_zone(z);
			zone_free(z);
		}
		buf_clear(&path);
		buf_clear(&name);
	}
	closedir(d);
	return n;
}

/* Zones that change twice in a day, or back within half an hour. */
static const char *const hasty[] = {
	"AAA0BBB,J100/2,J100/6", "AAA0BBB-3,J100/2,J100/5:30",
	"AAA0BBB-24,J100/2,J101/5", "AAA0BBB-24,J100/0,J103/0",
	"AAA12BBB-12,J100/2,J102/1", "AAA0BBB4,J100/2,J100/3",
	"AAA0BBB-0:20,J100/0,J100/12",
};

static void
test_every_zone(void **state)
{
	int n = check_folder("/usr/share/zoneinfo", ""), k;
	size_t i;

	(void)state;
	print_message("%d changes of the clock compared\n", n);
	assert_true(n > 1000);
	for (i = 0; i < COUNT(hasty); i++) {
		struct zone *z = zone_of(hasty[i]);
		int64_t at = 0;

		for (k = 0; k < 40 && zone_changes(z, at, INT64_MAX, &at);
		    k++) {
			check_change(z, at, false);
			check_change(z, at, true);
		}
		assert_int_equal(k, 40);
		zone_free(z);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_rfc),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_journeys),
		cmocka_unit_test(test_latest),
		cmocka_unit_test(test_after_done),
		cmocka_unit_test(test_every_zone),
	};

	return cmocka_run_group_tests_name("recur", tests, NULL, NULL);
}
