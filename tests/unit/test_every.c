/* Recurrence as people say it, by examples: phrases to rules, rules to words,
 * and where a series begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "conf/zoneinfo.h"
#include "time/every.h"

#define COUNT(table) (sizeof (table) / sizeof (table)[0])
#define NOT_UNDERSTOOD ERR_NOT_UNDERSTOOD
#define IMPOSSIBLE ERR_IMPOSSIBLE

static struct zone *berlin;

static const char friday[] = "2026-11-20T14:30";

static int64_t
instant(const struct zone *z, const char *text)
{
	struct err err = {0};
	int64_t t = 0;

	if (!when_parse_local(text, z, &t, &err))
		fail_msg("%s: %s", text, err.message);
	return t;
}

static int
clock_of(const struct civil *c)
{
	return (c->hour * 60 + c->minute) * 60 + c->second;
}

/* What falls strictly after a moment, at its time of day where the rule says
 * none: `rapportctl when --every … --from …`. */
static struct every_start
after(const struct zone *z, const char *text)
{
	struct every_start start = { .now = instant(z, text) };

	start.from = zone_civil(z, start.now);
	start.strictly = true;
	start.clock = clock_of(&start.from);
	return start;
}

static struct series
begin(const char *phrase, const struct every_start *start,
    const struct zone *z)
{
	struct err err = {0};
	struct series s;

	if (!every_begin(phrase, start, z, &hours_default, &s, &err))
		fail_msg("\"%s\": refused: %s", phrase, err.message);
	return s;
}

/* "Sat 21 Nov 26 14:30". */
static void
add_slot(struct buf *out, const struct civil *c)
{
	buf_addf(out, "%s%s %d %s %02d %02d:%02d", out->len > 0 ? ", " : "",
	    weekday_short[civil_weekday(c)], c->day, month_short[c->month],
	    c->year % 100, c->hour, c->minute);
}

/* The first n occurrences as the rule has them; "end" when there are no
 * more. */
static char *
first_slots(const struct series *s, const struct zone *z, int n)
{
	struct occurrence at = s->first, next;
	struct buf out = {0};

	for (; n > 0; n--, at = next) {
		add_slot(&out, &at.slot);
		if (s->recur.kind == RECUR_AFTER_DONE || n == 1)
			break;
		if (recur_next(&s->recur, &s->anchor, z, &at.slot, at.epoch,
		    &next) != RRULE_FOUND) {
			buf_adds(&out, ", end");
			break;
		}
	}
	return buf_take(&out);
}

static char *
rule_of(const struct series *s)
{
	struct buf out = {0};

	recur_format(&s->recur, &out);
	return buf_take(&out);
}

static char *
words_of(const struct series *s)
{
	struct buf out = {0};

	every_words(&s->recur, &s->anchor, &out);
	return buf_take(&out);
}

/* Fails unless the two are equal; frees got. */
static void
same(const char *phrase, const char *what, char *got, const char *expected)
{
	if (strcmp(got, expected) != 0)
		fail_msg("\"%s\": %s: %s, not %s", phrase, what, got, expected);
	free(got);
}

/* ---- Phrases, rules, words, series ------------------------------------- */

#define SAME NULL	/* its words are the phrase itself */

/* A phrase said on a Friday at 14:30, its rule, the rule's words, and the
 * first three of the series: day, month, year, clock. */
static const struct {
	const char *phrase, *rule, *words, *series;
} series[] = {
	{ "day", "FREQ=DAILY", SAME,
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, Mon 23 Nov 26 14:30" },
	{ "2 days", "FREQ=DAILY;INTERVAL=2", SAME,
	    "Sun 22 Nov 26 14:30, Tue 24 Nov 26 14:30, Thu 26 Nov 26 14:30" },
	{ "day at 9", "FREQ=DAILY", "day",
	    "Sat 21 Nov 26 09:00, Sun 22 Nov 26 09:00, Mon 23 Nov 26 09:00" },
	{ "2 days at 9", "FREQ=DAILY;INTERVAL=2", "2 days",
	    "Sun 22 Nov 26 09:00, Tue 24 Nov 26 09:00, Thu 26 Nov 26 09:00" },
	{ "other day", "FREQ=DAILY;INTERVAL=2", "2 days",
	    "Sun 22 Nov 26 14:30, Tue 24 Nov 26 14:30, Thu 26 Nov 26 14:30" },
	{ "week", "FREQ=WEEKLY", SAME,
	    "Fri 27 Nov 26 14:30, Fri 4 Dec 26 14:30, Fri 11 Dec 26 14:30" },
	{ "2 weeks", "FREQ=WEEKLY;INTERVAL=2", SAME,
	    "Fri 4 Dec 26 14:30, Fri 18 Dec 26 14:30, Fri 1 Jan 27 14:30" },
	{ "fortnight", "FREQ=WEEKLY;INTERVAL=2", "2 weeks",
	    "Fri 4 Dec 26 14:30, Fri 18 Dec 26 14:30, Fri 1 Jan 27 14:30" },
	{ "month", "FREQ=MONTHLY", SAME,
	    "Sun 20 Dec 26 14:30, Wed 20 Jan 27 14:30, Sat 20 Feb 27 14:30" },
	{ "quarter", "FREQ=MONTHLY;INTERVAL=3", SAME,
	    "Sat 20 Feb 27 14:30, Thu 20 May 27 14:30, Fri 20 Aug 27 14:30" },
	{ "year", "FREQ=YEARLY", SAME,
	    "Sat 20 Nov 27 14:30, Mon 20 Nov 28 14:30, Tue 20 Nov 29 14:30" },
	{ "hour", "FREQ=HOURLY", SAME,
	    "Fri 20 Nov 26 15:30, Fri 20 Nov 26 16:30, Fri 20 Nov 26 17:30" },
	{ "15 minutes", "FREQ=MINUTELY;INTERVAL=15", SAME,
	    "Fri 20 Nov 26 14:45, Fri 20 Nov 26 15:00, Fri 20 Nov 26 15:15" },
	{ "weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", SAME,
	    "Mon 23 Nov 26 14:30, Tue 24 Nov 26 14:30, Wed 25 Nov 26 14:30" },
	{ "weekdays 9am", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "weekday",
	    "Mon 23 Nov 26 09:00, Tue 24 Nov 26 09:00, Wed 25 Nov 26 09:00" },
	{ "mon and thu at 8", "FREQ=WEEKLY;BYDAY=MO,TH", "mon and thu",
	    "Mon 23 Nov 26 08:00, Thu 26 Nov 26 08:00, Mon 30 Nov 26 08:00" },
	{ "mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", SAME,
	    "Mon 23 Nov 26 14:30, Wed 25 Nov 26 14:30, Fri 27 Nov 26 14:30" },
	{ "friday", "FREQ=WEEKLY;BYDAY=FR", SAME,
	    "Fri 27 Nov 26 14:30, Fri 4 Dec 26 14:30, Fri 11 Dec 26 14:30" },
	{ "other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", SAME,
	    "Tue 24 Nov 26 14:30, Tue 8 Dec 26 14:30, Tue 22 Dec 26 14:30" },
	{ "2 weeks on mon and thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", SAME,
	    "Mon 23 Nov 26 14:30, Thu 26 Nov 26 14:30, Mon 7 Dec 26 14:30" },
	{ "month on the 31st",
	    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", SAME,
	    "Mon 30 Nov 26 14:30, Thu 31 Dec 26 14:30, Sun 31 Jan 27 14:30" },
	{ "month on the 29th", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
	    SAME,
	    "Sun 29 Nov 26 14:30, Tue 29 Dec 26 14:30, Fri 29 Jan 27 14:30" },
	{ "month on the 30th and 31st",
	    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1,3", SAME,
	    "Mon 30 Nov 26 14:30, Wed 30 Dec 26 14:30, Thu 31 Dec 26 14:30" },
	{ "month on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15", SAME,
	    "Tue 1 Dec 26 14:30, Tue 15 Dec 26 14:30, Fri 1 Jan 27 14:30" },
	{ "month on the 15th and last day", "FREQ=MONTHLY;BYMONTHDAY=-1,15",
	    SAME,
	    "Mon 30 Nov 26 14:30, Tue 15 Dec 26 14:30, Thu 31 Dec 26 14:30" },
	{ "last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", SAME,
	    "Mon 30 Nov 26 14:30, Thu 31 Dec 26 14:30, Sun 31 Jan 27 14:30" },
	{ "2nd to last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-2", SAME,
	    "Sun 29 Nov 26 14:30, Wed 30 Dec 26 14:30, Sat 30 Jan 27 14:30" },
	{ "2nd tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU", SAME,
	    "Tue 8 Dec 26 14:30, Tue 12 Jan 27 14:30, Tue 9 Feb 27 14:30" },
	{ "last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR", SAME,
	    "Fri 27 Nov 26 14:30, Fri 25 Dec 26 14:30, Fri 29 Jan 27 14:30" },
	{ "1st and 3rd monday of the month", "FREQ=MONTHLY;BYDAY=1MO,3MO",
	    SAME,
	    "Mon 7 Dec 26 14:30, Mon 21 Dec 26 14:30, Mon 4 Jan 27 14:30" },
	{ "5th friday of the month", "FREQ=MONTHLY;BYDAY=5FR", SAME,
	    "Fri 29 Jan 27 14:30, Fri 30 Apr 27 14:30, Fri 30 Jul 27 14:30" },
	{ "first weekday of the month",
	    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
	    "1st weekday of the month",
	    "Tue 1 Dec 26 14:30, Fri 1 Jan 27 14:30, Mon 1 Feb 27 14:30" },
	{ "last weekday of the month at 16:00",
	    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	    "last weekday of the month",
	    "Mon 30 Nov 26 16:00, Thu 31 Dec 26 16:00, Fri 29 Jan 27 16:00" },
	{ "friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", SAME,
	    "Fri 13 Aug 27 14:30, Fri 13 Oct 28 14:30, Fri 13 Apr 29 14:30" },
	{ "2 months on the 31st",
	    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", SAME,
	    "Mon 30 Nov 26 14:30, Sun 31 Jan 27 14:30, Wed 31 Mar 27 14:30" },
	{ "2 months on the last friday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
	    SAME,
	    "Fri 27 Nov 26 14:30, Fri 29 Jan 27 14:30, Fri 26 Mar 27 14:30" },
	{ "quarter on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", SAME,
	    "Tue 1 Dec 26 14:30, Mon 1 Mar 27 14:30, Tue 1 Jun 27 14:30" },
	{ "quarter on the last day", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
	    SAME,
	    "Mon 30 Nov 26 14:30, Sun 28 Feb 27 14:30, Mon 31 May 27 14:30" },
	{ "year on 29 feb",
	    "FREQ=YEARLY;BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1", SAME,
	    "Sun 28 Feb 27 14:30, Tue 29 Feb 28 14:30, Wed 28 Feb 29 14:30" },
	{ "year on 24 dec", "FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=12", SAME,
	    "Thu 24 Dec 26 14:30, Fri 24 Dec 27 14:30, Sun 24 Dec 28 14:30" },
	{ "2 years on 24 dec",
	    "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=24;BYMONTH=12", SAME,
	    "Thu 24 Dec 26 14:30, Sun 24 Dec 28 14:30, Tue 24 Dec 30 14:30" },
	{ "24 and 26 dec", "FREQ=YEARLY;BYMONTHDAY=24,26;BYMONTH=12",
	    "year on the 24th and 26th of december",
	    "Thu 24 Dec 26 14:30, Sat 26 Dec 26 14:30, Fri 24 Dec 27 14:30" },
	{ "1 jan and 1 jul", "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1,7",
	    "year on the 1st of jan and jul",
	    "Fri 1 Jan 27 14:30, Thu 1 Jul 27 14:30, Sat 1 Jan 28 14:30" },
	{ "last friday of november", "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=11", SAME,
	    "Fri 27 Nov 26 14:30, Fri 26 Nov 27 14:30, Fri 24 Nov 28 14:30" },
	{ "last day of february", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2",
	    "year on the last day of february",
	    "Sun 28 Feb 27 14:30, Tue 29 Feb 28 14:30, Wed 28 Feb 29 14:30" },
	{ "first weekday of january and july",
	    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=1,7;BYSETPOS=1",
	    "1st weekday of jan and jul",
	    "Fri 1 Jan 27 14:30, Thu 1 Jul 27 14:30, Mon 3 Jan 28 14:30" },
	{ "last friday of the year", "FREQ=YEARLY;BYDAY=-1FR", SAME,
	    "Fri 25 Dec 26 14:30, Fri 31 Dec 27 14:30, Fri 29 Dec 28 14:30" },
	{ "last friday of the quarter",
	    "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=3,6,9,12",
	    "last friday of mar, jun, sep and dec",
	    "Fri 25 Dec 26 14:30, Fri 26 Mar 27 14:30, Fri 25 Jun 27 14:30" },
	{ "first day of the quarter",
	    "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1,4,7,10",
	    "year on the 1st of jan, apr, jul and oct",
	    "Fri 1 Jan 27 14:30, Thu 1 Apr 27 14:30, Thu 1 Jul 27 14:30" },
	{ "monday in december", "FREQ=WEEKLY;BYDAY=MO;BYMONTH=12", SAME,
	    "Mon 7 Dec 26 14:30, Mon 14 Dec 26 14:30, Mon 21 Dec 26 14:30" },
	{ "day in december", "FREQ=DAILY;BYMONTH=12", SAME,
	    "Tue 1 Dec 26 14:30, Wed 2 Dec 26 14:30, Thu 3 Dec 26 14:30" },
	{ "day at 9:00 and 17:00", "FREQ=DAILY;BYMINUTE=0;BYHOUR=9,17", SAME,
	    "Fri 20 Nov 26 17:00, Sat 21 Nov 26 09:00, Sat 21 Nov 26 17:00" },
	{ "day at 8:30, 12:30 and 18:30",
	    "FREQ=DAILY;BYMINUTE=30;BYHOUR=8,12,18", SAME,
	    "Fri 20 Nov 26 18:30, Sat 21 Nov 26 08:30, Sat 21 Nov 26 12:30" },
	{ "day at 9:00 and 17:30",
	    "FREQ=DAILY;BYMINUTE=0,30;BYHOUR=9,17;BYSETPOS=1,4", SAME,
	    "Fri 20 Nov 26 17:30, Sat 21 Nov 26 09:00, Sat 21 Nov 26 17:30" },
	{ "mon and thu at 9:00 and 17:30",
	    "FREQ=DAILY;BYMINUTE=0,30;BYHOUR=9,17;BYDAY=MO,TH;BYSETPOS=1,4",
	    SAME,
	    "Mon 23 Nov 26 09:00, Mon 23 Nov 26 17:30, Thu 26 Nov 26 09:00" },
	{ "month on the 31st at 9:00 and 17:30",
	    "FREQ=MONTHLY;BYMINUTE=0,30;BYHOUR=9,17;BYMONTHDAY=28,29,30,31;"
	    "BYSETPOS=-4,-1", SAME,
	    "Mon 30 Nov 26 09:00, Mon 30 Nov 26 17:30, Thu 31 Dec 26 09:00" },
	{ "month on the 15th at 9:00 and 17:30",
	    "FREQ=MONTHLY;BYMINUTE=0,30;BYHOUR=9,17;BYMONTHDAY=15;"
	    "BYSETPOS=1,4", SAME,
	    "Tue 15 Dec 26 09:00, Tue 15 Dec 26 17:30, Fri 15 Jan 27 09:00" },
	{ "first weekday of the month at 9:00 and 17:30",
	    "FREQ=MONTHLY;BYMINUTE=0,30;BYHOUR=9,17;BYDAY=MO,TU,WE,TH,FR;"
	    "BYSETPOS=1,4", "1st weekday of the month at 9:00 and 17:30",
	    "Tue 1 Dec 26 09:00, Tue 1 Dec 26 17:30, Fri 1 Jan 27 09:00" },
	{ "15 minutes on weekdays",
	    "FREQ=MINUTELY;INTERVAL=15;BYDAY=MO,TU,WE,TH,FR", SAME,
	    "Fri 20 Nov 26 14:45, Fri 20 Nov 26 15:00, Fri 20 Nov 26 15:15" },
	{ "every morning", "FREQ=DAILY", "day",
	    "Sat 21 Nov 26 09:00, Sun 22 Nov 26 09:00, Mon 23 Nov 26 09:00" },
	{ "monday evening", "FREQ=WEEKLY;BYDAY=MO", "monday",
	    "Mon 23 Nov 26 18:00, Mon 30 Nov 26 18:00, Mon 7 Dec 26 18:00" },
	{ "every night", "FREQ=DAILY", "day",
	    "Fri 20 Nov 26 20:00, Sat 21 Nov 26 20:00, Sun 22 Nov 26 20:00" },
	{ "noon", "FREQ=DAILY", "day",
	    "Sat 21 Nov 26 12:00, Sun 22 Nov 26 12:00, Mon 23 Nov 26 12:00" },
	{ "week 5 times", "FREQ=WEEKLY;COUNT=5", SAME,
	    "Fri 27 Nov 26 14:30, Fri 4 Dec 26 14:30, Fri 11 Dec 26 14:30" },
	{ "day 2 times", "FREQ=DAILY;COUNT=2", SAME,
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, end" },
	{ "mon and thu 3 times", "FREQ=WEEKLY;COUNT=3;BYDAY=MO,TH", SAME,
	    "Mon 23 Nov 26 14:30, Thu 26 Nov 26 14:30, Mon 30 Nov 26 14:30" },
	{ "day until 2026-11-22", "FREQ=DAILY;UNTIL=20261122", SAME,
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, end" },
	{ "day until 2026-11-23 12:00", "FREQ=DAILY;UNTIL=20261123T120000",
	    SAME,
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, end" },
	{ "day until monday", "FREQ=DAILY;UNTIL=20261123",
	    "day until 2026-11-23",
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, Mon 23 Nov 26 14:30" },
	{ "week until in 2 weeks", "FREQ=WEEKLY;UNTIL=20261204T143000",
	    "week until 2026-12-04 14:30",
	    "Fri 27 Nov 26 14:30, Fri 4 Dec 26 14:30, end" },
	{ "day until end of the month", "FREQ=DAILY;UNTIL=20261130",
	    "day until 2026-11-30",
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, Mon 23 Nov 26 14:30" },
	{ "15 minutes until 15:00",
	    "FREQ=MINUTELY;UNTIL=20261120T150000;INTERVAL=15",
	    "15 minutes until 2026-11-20 15:00",
	    "Fri 20 Nov 26 14:45, Fri 20 Nov 26 15:00, end" },
	{ "hour until 16:30", "FREQ=HOURLY;UNTIL=20261120T163000",
	    "hour until 2026-11-20 16:30",
	    "Fri 20 Nov 26 15:30, Fri 20 Nov 26 16:30, end" },
	{ "day for 2 days", "FREQ=DAILY;UNTIL=20261122",
	    "day until 2026-11-22",
	    "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30, end" },
	{ "month for a year", "FREQ=MONTHLY;UNTIL=20271219",
	    "month until 2027-12-19",
	    "Sun 20 Dec 26 14:30, Wed 20 Jan 27 14:30, Sat 20 Feb 27 14:30" },
	{ "3 weeks after done", "P21D", SAME,
	    "Fri 11 Dec 26 14:30" },
	{ "3 months after done", "P3M", SAME,
	    "Sat 20 Feb 27 14:30" },
	{ "2 days after done at 9", "P2D", "2 days after done",
	    "Sun 22 Nov 26 09:00" },
	{ "2h after done", "PT2H", "2 hours after done",
	    "Fri 20 Nov 26 16:30" },
};

static void
test_series(void **state)
{
	struct every_start start = after(berlin, friday);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(series); i++) {
		const char *phrase = series[i].phrase;
		struct series s = begin(phrase, &start, berlin);

		same(phrase, "rule", rule_of(&s), series[i].rule);
		same(phrase, "words", words_of(&s), series[i].words == SAME
		    ? phrase : series[i].words);
		same(phrase, "series", first_slots(&s, berlin, 3),
		    series[i].series);
		assert_int_equal(civil_compare(&s.anchor, &s.first.slot), 0);
	}
}

/* Other ways to say the same. */
static const struct {
	const char *rule;
	const char *phrases[24];
} ways[] = {
	{ "FREQ=DAILY", { "every day", "daily", "each day", "once a day",
	    "once daily", "Every Day", "EVERY DAY", "1 day", "one day",
	    "9am", "at 9", "day at noon",
	    "every evening", "nightly", "in the morning", "mornings",
	    "day in the morning", "9 o'clock", "day at half past nine",
	    "midnight", "quarter to 5 pm", "teatime", "eod" } },
	{ "FREQ=DAILY;INTERVAL=2", { "every 2 days", "every other day",
	    "alternate day", "alternate days", "every second day",
	    "every 2nd day", "2d", "two days", "a couple of days",
	    "2 days at 9:00",
	    "9am every 2 days" } },
	{ "FREQ=DAILY;INTERVAL=10", { "10 days", "ten days", "10d",
	    "every tenth day", "every 10th day" } },
	{ "FREQ=WEEKLY", { "every week", "weekly", "once a week", "a week",
	    "each week", "week", "once per week", "7 days", "1w" } },
	{ "FREQ=WEEKLY;INTERVAL=2", { "2 weeks", "two weeks", "2w",
	    "every other week", "every second week", "fortnight",
	    "fortnightly", "every 14 days", "alternate week",
	    "once every 2 weeks", "once a fortnight" } },
	{ "FREQ=MONTHLY", { "month", "monthly", "every month", "1 month",
	    "once a month", "1mo" } },
	{ "FREQ=MONTHLY;INTERVAL=3", { "quarter", "quarterly", "3 months",
	    "every third month", "three months", "every quarter" } },
	{ "FREQ=MONTHLY;INTERVAL=6", { "6 months", "half year",
	    "half a year", "half yearly", "half-yearly", "2 quarters",
	    "every second quarter" } },
	{ "FREQ=YEARLY", { "year", "yearly", "annually", "12 months",
	    "once a year", "every year", "1y" } },
	{ "FREQ=HOURLY", { "hour", "hourly", "60 minutes", "an hour",
	    "every hour", "1h" } },
	{ "FREQ=MINUTELY;INTERVAL=30", { "30 minutes", "30m",
	    "half an hour", "30 min", "every half an hour" } },
	{ "FREQ=MINUTELY;INTERVAL=15", { "15 minutes", "15m",
	    "a quarter of an hour", "quarter of an hour",
	    "quarter hour" } },
	{ "FREQ=MINUTELY;INTERVAL=90", { "90 minutes", "1h30m",
	    "an hour and a half", "1.5 hours" } },
	{ "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", { "weekday", "weekdays",
	    "every weekday", "workday", "every working day",
	    "business days", "monday to friday", "mon-fri", "mon - fri",
	    "monday through friday", "mon to fri 9am", "9am on weekdays",
	    "mon, tue, wed, thu and fri", "weekday mornings",
	    "weekly on weekdays", "day on weekdays", "daily mon-fri" } },
	{ "FREQ=WEEKLY;BYDAY=MO", { "monday", "mondays", "every monday",
	    "mon", "on mondays", "weekly on monday", "week on mon",
	    "every monday morning", "monday at 8", "8:00 on mondays",
	    "monday, 9am", "once a week on monday", "mon 9.30pm" } },
	{ "FREQ=WEEKLY;BYDAY=MO,TH", { "mon and thu", "mon, thu",
	    "monday and thursday", "mon & thu", "mon&thu", "mon thu",
	    "mondays and thursdays", "week on mon and thu",
	    "thu and mon at 8", "mon and thu mornings",
	    "mon and on thu", "mon and every thu" } },
	{ "FREQ=WEEKLY;BYDAY=SA,SU", { "sat and sun", "sat, sun",
	    "saturdays and sundays", "sat to sun" } },
	{ "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU", { "fri to mon",
	    "fri-sun and mon" } },
	{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", { "other tuesday",
	    "every other tuesday", "alternate tuesdays",
	    "2 weeks on tuesday", "tuesday every 2 weeks",
	    "fortnightly on tuesdays", "tuesdays every other week",
	    "every second week on tue" } },
	{ "FREQ=MONTHLY;BYDAY=2TU", { "2nd tuesday of the month",
	    "second tuesday of the month", "the 2nd tuesday of each month",
	    "every 2nd tuesday of every month", "month on the 2nd tuesday",
	    "monthly on the second tuesday", "2nd tue of the month",
	    "second tuesday in the month", "2nd tuesday every month",
	    "2nd tuesday of a month" } },
	{ "FREQ=MONTHLY;BYDAY=-1FR", { "last friday of the month",
	    "the last friday of every month", "month on the last friday",
	    "last fri of each month", "monthly on the last friday" } },
	{ "FREQ=MONTHLY;BYDAY=-1MO,1MO", { "first and last monday of the month",
	    "1st and last monday of the month" } },
	{ "FREQ=MONTHLY;BYDAY=1MO,1TH", {
	    "first monday and thursday of the month" } },
	{ "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", {
	    "first monday of every 3 months", "quarter on the first monday",
	    "3 months on the first monday",
	    "first monday of every third month" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=15", { "month on the 15th",
	    "15th of the month", "the 15th of every month", "the 15th",
	    "on the 15th", "monthly on the 15th", "15th every month",
	    "15th day of the month" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=1,15", { "month on the 1st and 15th",
	    "1st and 15th of the month", "1st and 15th", "1st, 15th",
	    "the 1st and the 15th", "monthly on the first and the 15th",
	    "1st of the month and 15th of the month" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=-1", { "last day of the month",
	    "end of the month", "the last day of each month",
	    "month on the last day", "last of the month",
	    "monthly on the last day" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=1", { "first of the month",
	    "first day of the month", "beginning of the month",
	    "start of the month", "the 1st", "month on the first day" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=-2", { "2nd to last day of the month",
	    "second to last day of the month",
	    "second-to-last day of the month",
	    "penultimate day of the month", "2nd last day of the month" } },
	{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", {
	    "last weekday of the month", "last working day of the month",
	    "last business day of every month", "month on the last weekday",
	    "last workday of the month" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", {
	    "month on the 31st", "31st of the month", "the 31st",
	    "monthly on the 31st" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1,2", {
	    "month on the 29th and 30th" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=1,28,29,30,31;BYSETPOS=-1,1", {
	    "month on the 1st and 31st", "1st and 31st" } },
	{ "FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=12", { "24 dec", "dec 24",
	    "24th of december", "december 24", "year on 24 dec",
	    "yearly on december 24th", "every december the 24th",
	    "24. december", "24.12.", "24/12", "12/24", "december on the 24th",
	    "every year on the 24th of december", "24 dec every year",
	    "once a year on 24 dec", "24 dec at 18:00", "24th december" } },
	{ "FREQ=YEARLY;BYMONTHDAY=24,26;BYMONTH=12", { "24 and 26 dec",
	    "24 dec and 26 dec", "dec 24 and 26",
	    "the 24th and 26th of december", "24.12. and 26.12." } },
	{ "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1,7", { "1 jan and 1 jul",
	    "1st of jan and jul", "1 january and july",
	    "first of january and july" } },
	{ "FREQ=YEARLY;BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1", {
	    "year on 29 feb", "29 feb", "feb 29", "29.2." } },
	{ "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=11", { "last friday of november",
	    "last friday in november", "year on the last friday of november",
	    "every last friday of november", "november on the last friday" } },
	{ "FREQ=YEARLY;BYDAY=1MO;BYMONTH=1,7", {
	    "first monday of january and july",
	    "first monday of jan and first monday of jul" } },
	{ "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=12", { "31 dec",
	    "last day of the year", "end of the year" } },
	{ "FREQ=YEARLY;BYDAY=-1FR", { "last friday of the year",
	    "year on the last friday of the year" } },
	{ "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=3,6,9,12", {
	    "last day of the quarter", "end of the quarter" } },
	{ "FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7,8", { "mondays in june to august",
	    "monday in june, july and august", "mondays during jun-aug" } },
	{ "FREQ=WEEKLY;COUNT=5", { "week 5 times", "weekly for 5 times",
	    "week five times",
	    "week 5x", "week for five times", "week 5 occurrences" } },
	{ "FREQ=DAILY;UNTIL=20270301", { "day until 2027-03-01",
	    "day till 1 mar 2027", "day until 1.3.2027", "day until 1 mar",
	    "daily until march 1st", "day at 9 until 1 mar" } },
	{ "FREQ=DAILY;UNTIL=20270301T180000", {
	    "day until 2027-03-01 18:00", "day until 1 mar 6pm",
	    "day until 6pm on 1 mar", "day until 2027-03-01T18:00" } },
	{ "P14D", { "2 weeks after done", "14 days after done",
	    "fortnight after done", "two weeks after it's done",
	    "2 weeks after it is done", "every 2 weeks after completion",
	    "2 weeks after being done", "2 weeks after finished" } },
	{ "P3M", { "3 months after done", "every 3 months after done",
	    "quarter after done", "3mo after done",
	    "3 months after done at 9:00" } },
	{ "P1M3D", { "1 month 3 days after done",
	    "1 month and 3 days after done" } },
	{ "PT36H", { "36 hours after done", "36h after done" } },
};

static void
test_ways(void **state)
{
	struct every_start start = after(berlin, friday);
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(ways); i++)
		for (k = 0; k < COUNT(ways[i].phrases) &&
		    ways[i].phrases[k] != NULL; k++) {
			const char *phrase = ways[i].phrases[k];
			struct series s = begin(phrase, &start, berlin);

			same(phrase, "rule", rule_of(&s), ways[i].rule);
		}
}

/* ---- What is refused --------------------------------------------------- */

/* A phrase, and a part of what is said about it. */
static const struct {
	const char *phrase;
	enum err_code code;
	const char *says;
} refusals[] = {
	/* Two readings or more. */
	{ "biweekly", NOT_UNDERSTOOD, "\"2 weeks\", or two days a week" },
	{ "bimonthly", NOT_UNDERSTOOD, "\"2 months\", or two days a month" },
	{ "biannual", NOT_UNDERSTOOD, "\"2 years\" or \"6 months\"" },
	{ "every 2nd tuesday", NOT_UNDERSTOOD,
	    "\"other tuesday\" or \"2nd tuesday of the month\"?" },
	{ "second tuesday", NOT_UNDERSTOOD,
	    "\"other tuesday\" or \"second tuesday of the month\"?" },
	{ "every 3rd friday", NOT_UNDERSTOOD,
	    "\"3 weeks on friday\" or \"3rd friday of the month\"?" },
	{ "every 3rd", NOT_UNDERSTOOD,
	    "\"month on the 3rd\", \"3 days\" or \"3 weeks\"?" },
	{ "15th", NOT_UNDERSTOOD, "\"month on the 15th\"" },
	{ "every 1st", NOT_UNDERSTOOD,
	    "\"month on the 1st\" or \"1st of january\"" },
	{ "friday 17h", NOT_UNDERSTOOD,
	    "\"at 17:00\" or \"every 17h\"?" },
	{ "friday at 9h", NOT_UNDERSTOOD,
	    "\"at 9:00\" or \"every 9h\"?" },
	{ "at 17h", NOT_UNDERSTOOD, "\"at 17:00\" or \"every 17h\"?" },
	{ "hour until 18.30h", NOT_UNDERSTOOD, "\"18:30\" or" },
	{ "hour until 18h", NOT_UNDERSTOOD,
	    "\"until 18:00\" or \"until in 18h\"?" },
	{ "friday 17.30h", NOT_UNDERSTOOD, "\"at 17:30\"" },
	{ "2 business days", NOT_UNDERSTOOD, "\"mon, wed and fri\"" },
	{ "24 dec 2026", NOT_UNDERSTOOD, "leave the year out" },
	{ "morning and evening", NOT_UNDERSTOOD, "\"evening\" does not fit" },
	{ "9am on mon 10am", NOT_UNDERSTOOD, "\"10am\" does not fit" },
	{ "the last", NOT_UNDERSTOOD, "\"last day of the month\"" },
	{ "bi-weekly", NOT_UNDERSTOOD, "\"2 weeks\" or \"2 months\"" },
	{ "0 9 * * 1-5", NOT_UNDERSTOOD, "crontab(5)" },
	{ "everyday", NOT_UNDERSTOOD, "say \"day\"" },
	{ "last", NOT_UNDERSTOOD, "\"last day of the month\"" },
	{ "last day", NOT_UNDERSTOOD, "\"last day of the month\"" },
	{ "first monday", NOT_UNDERSTOOD, "of which month?" },
	{ "last friday", NOT_UNDERSTOOD, "of which month?" },
	{ "first weekday", NOT_UNDERSTOOD, "of which month?" },
	{ "monthly on tuesday", NOT_UNDERSTOOD, "which one?" },
	{ "2 months on tuesday", NOT_UNDERSTOOD, "which one?" },
	{ "year on friday", NOT_UNDERSTOOD, "which one?" },
	{ "year on the 15th", NOT_UNDERSTOOD, "of which month?" },
	{ "year on the last friday", NOT_UNDERSTOOD, "of which month?" },
	{ "weekend", NOT_UNDERSTOOD, "\"sat and sun\"?" },
	{ "first weekend of the month", NOT_UNDERSTOOD, "\"sat and sun\"?" },
	{ "twice a day", NOT_UNDERSTOOD, "say the times or days" },
	{ "3 times a week", NOT_UNDERSTOOD, "say the times or days" },
	{ "5 times daily", NOT_UNDERSTOOD, "say the times or days" },
	{ "weekday 9", NOT_UNDERSTOOD,
	    "\"at 9:00\", or \"month on the 9th\"?" },
	{ "month on 15", NOT_UNDERSTOOD, "\"month on the 15th\"?" },
	{ "day at 1430", NOT_UNDERSTOOD, "14:30?" },
	{ "day at quarter to 5", NOT_UNDERSTOOD, "4:45am or 4:45pm?" },
	{ "evening at 8", NOT_UNDERSTOOD, "is pm meant?" },
	{ "morning at 5pm", NOT_UNDERSTOOD, "is am meant?" },
	{ "afternoon", NOT_UNDERSTOOD, "when in the afternoon?" },
	{ "10/11", NOT_UNDERSTOOD, "which is the month?" },
	{ "december", NOT_UNDERSTOOD, "which day?" },
	{ "year in december", NOT_UNDERSTOOD, "which day?" },
	{ "2 tuesdays", NOT_UNDERSTOOD, "\"2 weeks on tuesdays\"" },
	{ "3 friday", NOT_UNDERSTOOD, "\"3 weeks on friday\"" },
	{ "month in december on the 5th", NOT_UNDERSTOOD, "every month, or" },
	{ "other", NOT_UNDERSTOOD, "every second what?" },
	{ "other 24 dec", NOT_UNDERSTOOD, "every second what?" },

	/* More than one rule can say. */
	{ "mon at 9 and fri at 17", NOT_UNDERSTOOD, "two reminders" },
	{ "mon at 9, fri at 17", NOT_UNDERSTOOD, "two reminders" },
	{ "9am on mondays and 5pm", NOT_UNDERSTOOD, "two reminders" },
	{ "24 dec and 1 jan", NOT_UNDERSTOOD, "two reminders" },
	{ "1st monday and last friday of the month", NOT_UNDERSTOOD, "" },
	{ "mon and 15th of the month", NOT_UNDERSTOOD, "which of the two?" },
	{ "friday 24.12.", NOT_UNDERSTOOD, "which of the two?" },
	{ "friday 24 dec", NOT_UNDERSTOOD, "which of the two?" },
	{ "week on monday at 9 and month", NOT_UNDERSTOOD, "already said" },
	{ "month on the 1st and 15th at 9:00 and 17:30", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "2 weeks on mon and thu at 9:00 and 17:30", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "2nd to last day and 31st of the month", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "29th of feb and mar", NOT_UNDERSTOOD, "29 February" },
	{ "morning and evening", NOT_UNDERSTOOD, "two reminders" },
	{ "monday mornings and friday", NOT_UNDERSTOOD, "two reminders" },
	{ "1st of the month and 15th of january", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "2nd monday of jan and 1st monday of jul", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "december on the 24th of june", NOT_UNDERSTOOD, "two reminders" },
	{ "24.12. in june", NOT_UNDERSTOOD, "two reminders" },
	{ "june 24.12.", NOT_UNDERSTOOD, "two reminders" },
	{ "last friday of the year in june", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "last friday of the quarter in june", NOT_UNDERSTOOD,
	    "two reminders" },
	{ "other weekday", NOT_UNDERSTOOD, "\"mon, wed and fri\"" },

	/* Contradictions. */
	{ "day week", NOT_UNDERSTOOD, "how often is already said" },
	{ "2 weeks daily", NOT_UNDERSTOOD, "how often is already said" },
	{ "2 days on monday", NOT_UNDERSTOOD, "which of the two?" },
	{ "day on the 15th", NOT_UNDERSTOOD, "which of the two?" },
	{ "week on the 15th", NOT_UNDERSTOOD, "a week has weekdays" },
	{ "hour at 9", NOT_UNDERSTOOD, "which of the two?" },
	{ "15 minutes in the morning", NOT_UNDERSTOOD, "which of the two?" },
	{ "day 5 times until friday", NOT_UNDERSTOOD, "already said" },
	{ "day for 3 weeks 5 times", NOT_UNDERSTOOD, "already said" },
	{ "friday the 13th of the month and monday", NOT_UNDERSTOOD,
	    "which of the two?" },
	{ "3 weeks after done on friday", NOT_UNDERSTOOD,
	    "leave the days and the end out" },
	{ "3 weeks after done 5 times", NOT_UNDERSTOOD,
	    "leave the days and the end out" },
	{ "2h after done at 9", NOT_UNDERSTOOD, "leave the times" },
	{ "2 days after done at 9 and 17", NOT_UNDERSTOOD,
	    "leave the times" },
	{ "1 day 2 hours", NOT_UNDERSTOOD, "\"36 hours\"" },
	{ "30 seconds", NOT_UNDERSTOOD, "a minute is the shortest" },
	{ "1h 30s", NOT_UNDERSTOOD, "a minute is the shortest" },
	{ "day at 9:00:30 and 17:00", NOT_UNDERSTOOD, "without seconds" },
	{ "day at 9:00Z", NOT_UNDERSTOOD, "leave the offset from UTC out" },
	{ "tonight", NOT_UNDERSTOOD, "comes once" },
	{ "this evening", NOT_UNDERSTOOD, "comes once" },
	{ "2026-12-24", NOT_UNDERSTOOD, "\"until 2026-12-24\"" },

	/* What is missing, or misspelt. */
	{ "", NOT_UNDERSTOOD, "a rule is missing" },
	{ "every", NOT_UNDERSTOOD, "a rule is missing" },
	{ "on the", NOT_UNDERSTOOD, "a rule is missing" },
	{ "day and", NOT_UNDERSTOOD, "and what else?" },
	{ "and monday", NOT_UNDERSTOOD, "joins nothing" },
	{ "5 times", NOT_UNDERSTOOD, "how often?" },
	{ "until friday", NOT_UNDERSTOOD, "how often?" },
	{ "day until", NOT_UNDERSTOOD, "until when?" },
	{ "after done", NOT_UNDERSTOOD, "\"3 weeks after done\"" },
	{ "3 weeks after", NOT_UNDERSTOOD, "\"3 weeks after done\"" },
	{ "monday after done", NOT_UNDERSTOOD, "\"3 weeks after done\"" },
	{ "last friday of", NOT_UNDERSTOOD, "of which month?" },
	{ "tuesady", NOT_UNDERSTOOD, "did you mean \"tuesday\"?" },
	{ "wekday", NOT_UNDERSTOOD, "did you mean \"weekday\"?" },
	{ "montly", NOT_UNDERSTOOD, "did you mean \"monthly\"?" },
	{ "evry day", NOT_UNDERSTOOD, "did you mean \"every\"?" },
	{ "2 weks", NOT_UNDERSTOOD, "" },
	{ "3 weeks afetr done", NOT_UNDERSTOOD, "did you mean \"after\"?" },
	{ "last friday of novembr", NOT_UNDERSTOOD, "" },
	{ "day untl friday", NOT_UNDERSTOOD, "did you mean \"until\"?" },
	{ "every christmas", NOT_UNDERSTOOD, "\"christmas\" makes no rule" },
	{ "day until christmas", NOT_UNDERSTOOD, "\"christmas\"" },
	{ "day until 9", NOT_UNDERSTOOD, "9:00, 9m or the 9th?" },
	{ "week starting monday", NOT_UNDERSTOOD, "as the time of the" },
	{ "day except friday", NOT_UNDERSTOOD, "skip" },
	{ "hour between 9 and 17", NOT_UNDERSTOOD, "one by one" },
	{ "day for 2h", NOT_UNDERSTOOD, "say the end" },
	{ "to\x01morrow", NOT_UNDERSTOOD, "control character" },
	{ "\xff", NOT_UNDERSTOOD, "UTF-8" },
	{ "RRULE:FREQ=SECONDLY", NOT_UNDERSTOOD, "" },
	{ "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101", NOT_UNDERSTOOD, "" },
	{ "RRULE:", NOT_UNDERSTOOD, "" },
	{ "FREQ=DAILY;FOO=1", NOT_UNDERSTOOD, "" },

	/* What is clear and cannot be. */
	{ "month on the 32nd", IMPOSSIBLE, "no month has so many days" },
	{ "30 feb", IMPOSSIBLE, "no 30 February" },
	{ "31 june", IMPOSSIBLE, "no 31 June: the last day is 30 Jun" },
	{ "31st of march and april", IMPOSSIBLE, "no 31 April" },
	{ "6th friday of the month", IMPOSSIBLE, "no month has so many" },
	{ "24th weekday of the month", IMPOSSIBLE, "no month has so many" },
	{ "day 0 times", IMPOSSIBLE, "1 to 100000" },
	{ "day 1000000 times", IMPOSSIBLE, "1 to 100000" },
	{ "101 years", IMPOSSIBLE, "100 years" },
	{ "every 313th quarter", IMPOSSIBLE, "no month has so many" },
	{ "99999999999999 days", IMPOSSIBLE, "100 years" },
	{ "9999999 minutes", IMPOSSIBLE, "" },
	{ "day until 2026-11-20", IMPOSSIBLE, "ends before it begins" },
	{ "day until 2020-01-01", IMPOSSIBLE, "ends before it begins" },
	{ "day until yesterday", IMPOSSIBLE, "has passed" },
	{ "day until today", IMPOSSIBLE, "ends before it begins: its end "
	    "is 2026-11-20, and the first would be Sat 21 Nov 2026 14:30" },
	{ "last friday of the month until 2026-11-26", IMPOSSIBLE,
	    "ends before it begins" },
	{ "5th monday of february until 2030-01-01", IMPOSSIBLE,
	    "ends before it begins" },
	{ "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", IMPOSSIBLE,
	    "never occurs" },
	{ "RRULE:FREQ=DAILY;UNTIL=20250101", IMPOSSIBLE,
	    "ends before it begins" },
};

static void
test_refused(void **state)
{
	struct every_start start = after(berlin, friday);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(refusals); i++) {
		struct err err = {0};
		struct series s;

		if (every_begin(refusals[i].phrase, &start, berlin,
		    &hours_default, &s, &err))
			fail_msg("\"%s\" is not refused: %s",
			    refusals[i].phrase, rule_of(&s));
		if (err.code != refusals[i].code ||
		    strstr(err.message, refusals[i].says) == NULL)
			fail_msg("\"%s\": code %d, %s", refusals[i].phrase,
			    err.code, err.message);
		assert_true(utf8_valid(err.message, strlen(err.message)));
		assert_null(strchr(err.message, '\n'));
		assert_false(every_begin(refusals[i].phrase, &start, berlin,
		    &hours_default, &s, NULL));
	}
}

/* ---- Where a series begins --------------------------------------------- */

/* AT: the first one may be at "from"; AFTER: it may not. It comes after now in
 * any case. clock is that of a rule which says none; SAID by a person. */
enum bound { AT, AFTER };
enum clock { FILLED_IN, SAID };

static const struct {
	const char *now, *from;
	enum bound bound;
	const char *clock;
	enum clock said;
	const char *phrase, *series;
} starts[] = {
	/* add TEXT --every RULE: from now on, by the configured morning. */
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "day", "Sat 21 Nov 26 09:00, Sun 22 Nov 26 09:00" },
	{ "2026-11-20T08:30", "2026-11-20T08:30", AFTER, "9:00", FILLED_IN,
	    "day", "Fri 20 Nov 26 09:00, Sat 21 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "2 days", "Sun 22 Nov 26 09:00, Tue 24 Nov 26 09:00" },
	{ "2026-11-20T08:30", "2026-11-20T08:30", AFTER, "9:00", FILLED_IN,
	    "2 days", "Fri 20 Nov 26 09:00, Sun 22 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "week", "Fri 27 Nov 26 09:00, Fri 4 Dec 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "friday at 18:00", "Fri 20 Nov 26 18:00, Fri 27 Nov 26 18:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30:27", AFTER, "9:00", FILLED_IN,
	    "15 minutes", "Fri 20 Nov 26 14:45, Fri 20 Nov 26 15:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "3 weeks after done", "Fri 11 Dec 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "RRULE:FREQ=DAILY;COUNT=2",
	    "Sat 21 Nov 26 09:00, Sun 22 Nov 26 09:00" },
	{ "2026-11-20T14:30:27", "2026-11-20T14:30:27", AFTER, "9:00",
	    FILLED_IN, "RRULE:FREQ=HOURLY;COUNT=2",
	    "Fri 20 Nov 26 14:31, Fri 20 Nov 26 15:31" },
	/* The hour of a raw rule may lie before the morning. */
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "FREQ=DAILY;BYHOUR=8;BYMINUTE=30",
	    "Sat 21 Nov 26 08:30, Sun 22 Nov 26 08:30" },
	{ "2026-11-20T14:30:27", "2026-11-20T14:30:27", AFTER, "9:00",
	    FILLED_IN, "FREQ=DAILY;BYHOUR=8,14,15;BYMINUTE=31;COUNT=2",
	    "Fri 20 Nov 26 14:31, Fri 20 Nov 26 15:31" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "9:00", FILLED_IN,
	    "FREQ=DAILY;BYHOUR=8,14,15;COUNT=2",
	    "Fri 20 Nov 26 15:00, Sat 21 Nov 26 08:00" },
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "FREQ=WEEKLY;BYHOUR=8",
	    "Mon 23 Nov 26 08:00, Mon 30 Nov 26 08:00" },
	/* A series from the 31st on; the last day of February and its leap
	 * day. */
	{ "2027-01-31T12:00", "2027-01-31T12:00", AFTER, "9:00", FILLED_IN,
	    "month", "Sun 28 Feb 27 09:00, Wed 31 Mar 27 09:00" },
	{ "2027-01-31T12:00", "2027-01-31T12:00", AFTER, "9:00", FILLED_IN,
	    "2 months", "Wed 31 Mar 27 09:00, Mon 31 May 27 09:00" },
	{ "2028-02-29T12:00", "2028-02-29T12:00", AFTER, "9:00", FILLED_IN,
	    "year", "Wed 28 Feb 29 09:00, Thu 28 Feb 30 09:00" },
	{ "2028-02-29T12:00", "2028-02-29T12:00", AFTER, "9:00", FILLED_IN,
	    "4 years", "Sun 29 Feb 32 09:00, Fri 29 Feb 36 09:00" },
	/* add TEXT monday --every RULE. */
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "day", "Mon 23 Nov 26 09:00, Tue 24 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "day at 8", "Mon 23 Nov 26 08:00, Tue 24 Nov 26 08:00" },
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "other tuesday", "Tue 24 Nov 26 09:00, Tue 8 Dec 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "hour", "Mon 23 Nov 26 09:00, Mon 23 Nov 26 10:00" },
	{ "2026-11-20T14:30", "2026-11-23T00:00", AT, "9:00", FILLED_IN,
	    "3 weeks after done", "Mon 23 Nov 26 09:00" },
	/* add TEXT today --every RULE: what has passed of it has passed. */
	{ "2026-11-20T14:30", "2026-11-20T00:00", AT, "9:00", FILLED_IN,
	    "day at 8", "Sat 21 Nov 26 08:00, Sun 22 Nov 26 08:00" },
	{ "2026-11-20T14:30", "2026-11-20T00:00", AT, "9:00", FILLED_IN,
	    "2 days", "Sun 22 Nov 26 09:00, Tue 24 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-20T00:00", AT, "9:00", FILLED_IN,
	    "3 weeks after done", "Sat 21 Nov 26 09:00" },
	/* add TEXT mon 18:00 --every RULE. */
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "day", "Mon 23 Nov 26 18:00, Tue 24 Nov 26 18:00" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "day at 18:00", "Mon 23 Nov 26 18:00, Tue 24 Nov 26 18:00" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "day at 9:00 and 18:00",
	    "Mon 23 Nov 26 18:00, Tue 24 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "weekday", "Mon 23 Nov 26 18:00, Tue 24 Nov 26 18:00" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "2 weeks on thu", "Thu 26 Nov 26 18:00, Thu 10 Dec 26 18:00" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "20 minutes", "Mon 23 Nov 26 18:00, Mon 23 Nov 26 18:20" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "20 minutes until 19:00",
	    "Mon 23 Nov 26 18:00, Mon 23 Nov 26 18:20" },
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "RRULE:FREQ=WEEKLY", "Mon 23 Nov 26 18:00, Mon 30 Nov 26 18:00" },
	/* DTSTART is no occurrence of a rule that it doesn't match. */
	{ "2026-11-20T14:30", "2026-11-23T18:00", AT, "18:00", SAID,
	    "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=1", "Tue 24 Nov 26 18:00, end" },
	/* Its COUNT begins at DTSTART, whatever the time. */
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "14:30", FILLED_IN,
	    "RRULE:FREQ=DAILY;COUNT=2", "Sat 21 Nov 26 14:30, end" },
	{ "2026-11-20T14:30", "2026-11-20T14:30", AFTER, "14:30", FILLED_IN,
	    "day 2 times", "Sat 21 Nov 26 14:30, Sun 22 Nov 26 14:30" },
	/* What it ends with is counted from its beginning, or from now. */
	{ "2026-11-20T14:30", "2026-12-07T09:00", AT, "9:00", SAID,
	    "weekday until tuesday",
	    "Mon 7 Dec 26 09:00, Tue 8 Dec 26 09:00" },
	{ "2026-11-20T14:30", "2026-12-07T09:00", AT, "9:00", SAID,
	    "day for 2 days", "Mon 7 Dec 26 09:00, Tue 8 Dec 26 09:00" },
	{ "2026-11-20T14:30", "2026-11-21T09:00", AT, "9:00", SAID,
	    "day until in 2 days", "Sat 21 Nov 26 09:00, Sun 22 Nov 26 09:00" },
	{ "2026-11-20T14:30", "2026-12-07T09:00", AT, "9:00", SAID,
	    "30 minutes until 10:00",
	    "Mon 7 Dec 26 09:00, Mon 7 Dec 26 09:30" },
};

static struct every_start
start_of(size_t i)
{
	struct every_start start = {
		.now = instant(berlin, starts[i].now),
		.strictly = starts[i].bound == AFTER,
		.clock_said = starts[i].said == SAID,
	};
	int hour = 0, minute = 0;

	start.from = zone_civil(berlin, instant(berlin, starts[i].from));
	assert_int_equal(sscanf(starts[i].clock, "%d:%d", &hour, &minute), 2);
	start.clock = (hour * 60 + minute) * 60;
	return start;
}

static void
test_starts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(starts); i++) {
		struct every_start start = start_of(i);
		struct series s = begin(starts[i].phrase, &start, berlin);

		same(starts[i].phrase, "series", first_slots(&s, berlin, 2),
		    starts[i].series);
	}
}

/* Two times of day that contradict each other are both named. */
static void
test_clocks(void **state)
{
	struct every_start start = after(berlin, friday);
	struct err err = {0};
	struct series s;

	(void)state;
	start.clock_said = true;
	assert_false(every_begin("monday at 8", &start, berlin, &hours_default,
	    &s, &err));
	assert_int_equal(err.code, NOT_UNDERSTOOD);
	assert_non_null(strstr(err.message, "8:00"));
	assert_non_null(strstr(err.message, "14:30"));
	assert_false(every_begin("every morning", &start, berlin,
	    &hours_default, &s, NULL));
	start = after(berlin, friday);
	assert_true(begin("monday at 8", &start, berlin).clock_said);
	assert_true(begin("every morning", &start, berlin).clock_said);
	assert_false(begin("monday", &start, berlin).clock_said);
	assert_false(begin("hour", &start, berlin).clock_said);
	assert_true(begin("FREQ=DAILY;BYHOUR=9", &start, berlin).clock_said);
	assert_false(begin("FREQ=DAILY", &start, berlin).clock_said);
}

/* The hours of the parts of a day are the configuration's. */
static void
test_hours(void **state)
{
	const struct hours own = { .morning = 7 * 60 + 30, .evening = 19 * 60,
	    .tonight = 21 * 60, .eod = 16 * 60 };
	static const struct {
		const char *phrase, *series;
	} parts[] = {
		{ "monday morning", "Mon 23 Nov 26 07:30" },
		{ "monday evening", "Mon 23 Nov 26 19:00" },
		{ "every night", "Fri 20 Nov 26 21:00" },
		{ "weekday eod", "Fri 20 Nov 26 16:00" },
	};
	struct every_start start = after(berlin, friday);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(parts); i++) {
		struct series s;

		assert_true(every_begin(parts[i].phrase, &start, berlin, &own,
		    &s, NULL));
		same(parts[i].phrase, "series", first_slots(&s, berlin, 1),
		    parts[i].series);
	}
}

/* ---- Clocks that change ------------------------------------------------ */

/* A series strictly after a moment, in a zone whose clock changes: the first
 * three instants. */
static const struct {
	const char *zone, *from, *phrase, *instants[3];
} changes[] = {
	/* Through the gap and the fold once a day, and back without drift. */
	{ "Europe/Berlin", "2026-03-27T12:00", "day at 2:30", {
	    "2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00",
	    "2026-03-30T02:30:00+02:00" } },
	{ "Europe/Berlin", "2026-10-23T12:00", "day at 2:30", {
	    "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00",
	    "2026-10-26T02:30:00+01:00" } },
	{ "Europe/Berlin", "2026-03-22T12:00", "last sunday of march at 2:30", {
	    "2026-03-29T03:30:00+02:00", "2027-03-28T03:30:00+02:00",
	    "2028-03-26T03:30:00+02:00" } },
	/* More often, whenever the wall shows it. */
	{ "Europe/Berlin", "2026-03-29T00:30", "hour", {
	    "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00",
	    "2026-03-29T04:30:00+02:00" } },
	{ "Europe/Berlin", "2026-10-25T01:30+02:00", "hour", {
	    "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00",
	    "2026-10-25T03:30:00+01:00" } },
	{ "Europe/Berlin", "2026-03-29T01:30", "15 minutes", {
	    "2026-03-29T01:45:00+01:00", "2026-03-29T03:00:00+02:00",
	    "2026-03-29T03:15:00+02:00" } },
	{ "America/New_York", "2026-03-07T12:00", "day at 2:30", {
	    "2026-03-08T03:30:00-04:00", "2026-03-09T02:30:00-04:00",
	    "2026-03-10T02:30:00-04:00" } },
	{ "America/New_York", "2026-10-31T12:00", "day at 1:30", {
	    "2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00",
	    "2026-11-03T01:30:00-05:00" } },
	{ "Australia/Lord_Howe", "2026-10-02T12:00", "day at 2:15", {
	    "2026-10-03T02:15:00+10:30", "2026-10-04T02:45:00+11:00",
	    "2026-10-05T02:15:00+11:00" } },
	{ "Australia/Lord_Howe", "2026-04-04T12:00", "day at 1:45", {
	    "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30",
	    "2026-04-07T01:45:00+10:30" } },
	/* 30 December 2011 is not on Apia's calendar: what falls on it and on
	 * the day after is one. */
	{ "Pacific/Apia", "2011-12-28T12:00", "day at 9", {
	    "2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00",
	    "2012-01-01T09:00:00+14:00" } },
	{ "Pacific/Apia", "2011-12-20T12:00", "friday", {
	    "2011-12-23T12:00:00-10:00", "2011-12-31T12:00:00+14:00",
	    "2012-01-06T12:00:00+14:00" } },
};

static void
test_changes(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(changes); i++) {
		struct zone *z = zoneinfo_load(changes[i].zone, NULL);
		struct occurrence at;
		struct every_start start;
		struct series s;

		if (z == NULL)
			fail_msg("%s is not on this machine", changes[i].zone);
		start = after(z, changes[i].from);
		s = begin(changes[i].phrase, &start, z);
		for (k = 0, at = s.first; k < 3; k++) {
			char got[WHEN_TEXT];
			struct occurrence next;

			when_rfc3339(at.epoch, z, got);
			if (strcmp(got, changes[i].instants[k]) != 0)
				fail_msg("%s, \"%s\": %s, not %s",
				    changes[i].zone, changes[i].phrase, got,
				    changes[i].instants[k]);
			assert_int_equal(recur_next(&s.recur, &s.anchor, z,
			    &at.slot, at.epoch, &next), RRULE_FOUND);
			at = next;
		}
		zone_free(z);
	}
}

/* ---- Words ------------------------------------------------------------- */

/* Rules of RFC 5545, from a Friday at 14:30 on. What has words that mean
 * exactly the same is told in them. */
static const struct {
	const char *rule, *words;
} raw[] = {
	{ "FREQ=DAILY", "day" },
	{ "FREQ=WEEKLY;BYDAY=MO", "monday" },
	{ "FREQ=WEEKLY;BYDAY=SU,SA", "sat and sun" },
	{ "FREQ=MONTHLY;BYMONTHDAY=15", "month on the 15th" },
	{ "FREQ=MONTHLY;BYDAY=3WE", "3rd wednesday of the month" },
	{ "FREQ=MONTHLY;BYMONTHDAY=-1", "last day of the month" },
	{ "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "year on 24 dec" },
	{ "FREQ=MINUTELY;INTERVAL=20", "20 minutes" },
	{ "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0", "day at 9:00 and 17:00" },
	{ "FREQ=DAILY;UNTIL=20270301", "day until 2027-03-01" },
	{ "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "friday the 13th" },
	{ "FREQ=YEARLY;BYDAY=20MO", "20th monday of the year" },
	/* To the letter: no clamping. */
	{ "FREQ=MONTHLY;BYMONTHDAY=31", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31" },
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
	    "RRULE:FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2" },
	/* A person would say "monday", which is WEEKLY. */
	{ "FREQ=DAILY;BYDAY=MO", "RRULE:FREQ=DAILY;BYDAY=MO" },
	{ "FREQ=YEARLY;BYWEEKNO=20", "RRULE:FREQ=YEARLY;BYWEEKNO=20" },
	{ "FREQ=YEARLY;BYYEARDAY=100", "RRULE:FREQ=YEARLY;BYYEARDAY=100" },
	{ "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU",
	    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU" },
	{ "FREQ=MONTHLY;BYDAY=1MO,-1FR", "RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR" },
	{ "FREQ=DAILY;UNTIL=20270301T170000Z",
	    "RRULE:FREQ=DAILY;UNTIL=20270301T170000Z" },
	{ "FREQ=DAILY;BYHOUR=9", "RRULE:FREQ=DAILY;BYHOUR=9" },
	{ "FREQ=HOURLY;BYMINUTE=0,30", "RRULE:FREQ=HOURLY;BYMINUTE=0,30" },
	{ "FREQ=YEARLY;BYMONTH=12", "RRULE:FREQ=YEARLY;BYMONTH=12" },
	{ "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=2",
	    "RRULE:FREQ=DAILY;BYMINUTE=0,30;BYHOUR=9,17;BYSETPOS=2" },
};

static void
test_raw(void **state)
{
	struct every_start start = after(berlin, friday);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(raw); i++) {
		struct buf phrase = {0};
		struct series s = begin(raw[i].rule, &start, berlin);

		same(raw[i].rule, "words", words_of(&s), raw[i].words);
		/* With its name in front, and "every", it is the same. */
		buf_addf(&phrase, "every RRULE:%s", raw[i].rule);
		s = begin(buf_str(&phrase), &start, berlin);
		same(raw[i].rule, "words", words_of(&s), raw[i].words);
		buf_clear(&phrase);
	}
}

static void
test_before(void **state)
{
	(void)state;
	assert_string_equal(every_before("weekday"), "every ");
	assert_string_equal(every_before("last friday of the month"),
	    "every ");
	assert_string_equal(every_before("3 weeks after done"), "");
	assert_string_equal(every_before("RRULE:FREQ=YEARLY;BYWEEKNO=20"), "");
}

/* ---- Words to rules to words ------------------------------------------- */

static uint64_t seed = 20261120;

static unsigned
pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static const char *
pick_word(const char *const *words, size_t n)
{
	return words[pick((unsigned)n)];
}

#define PICK(words) pick_word((words), COUNT(words))

static const char *const day_names[] = {
	"mon", "tuesday", "wed", "thursdays", "friday", "sat", "sunday",
};
static const char *const ordinal_names[] = {
	"1st", "2nd", "third", "4th", "fifth", "last", "2nd to last",
};
static const char *const month_names[] = {
	"jan", "february", "mar", "april", "may", "june", "jul", "aug",
	"september", "oct", "november", "dec",
};
static const char *const month_days[] = {
	"1st", "2nd", "3rd", "9th", "15th", "21st", "27th", "28th", "29th",
	"30th", "31st", "last",
};
static const char *const unit_names[] = {
	"minutes", "hours", "days", "weeks", "months", "quarters", "years",
};
static const char *const adverbs[] = {
	"hour", "day", "week", "fortnight", "month", "quarter", "year",
	"other day", "other week", "second month", "third year", "15 minutes",
};

/* One to three of the words, joined. */
static void
add_list(struct buf *out, const char *const *words, size_t n)
{
	unsigned k = 1 + pick(3), i;

	for (i = 0; i < k; i++)
		buf_addf(out, "%s%s", i == 0 ? "" : i == k - 1 ? " and " : ", ",
		    pick_word(words, n));
}

#define ADD_LIST(out, words) add_list((out), (words), COUNT(words))

static void
add_days(struct buf *out)
{
	switch (pick(12)) {
	case 0:
		buf_adds(out, PICK(adverbs));
		break;
	case 1:
		buf_addf(out, "%u %s", 1 + pick(20), PICK(unit_names));
		break;
	case 2:
		ADD_LIST(out, day_names);
		break;
	case 3:
		buf_adds(out, pick(2) ? "weekday" : "other ");
		if (out->data[out->len - 1] == ' ')
			buf_adds(out, PICK(day_names));
		break;
	case 4:
		buf_addf(out, "%u weeks on ", 1 + pick(5));
		ADD_LIST(out, day_names);
		break;
	case 5:
		buf_adds(out, pick(2) ? "month on the " : "quarter on the ");
		ADD_LIST(out, month_days);
		buf_adds(out, " day");
		break;
	case 6:
		ADD_LIST(out, ordinal_names);
		buf_addf(out, " %s of the month", PICK(day_names));
		break;
	case 7:
		ADD_LIST(out, ordinal_names);
		buf_addf(out, " %s of ", pick(3) ? PICK(day_names) : "weekday");
		ADD_LIST(out, month_names);
		break;
	case 8:
		buf_addf(out, "%u months on the %s %s", 1 + pick(8),
		    PICK(ordinal_names), pick(3) ? PICK(day_names)
		    : "weekday");
		break;
	case 9:
		buf_addf(out, "%syear on %u ", pick(3) ? "" : "other ",
		    1 + pick(28));
		buf_adds(out, PICK(month_names));
		break;
	case 10:
		ADD_LIST(out, day_names);
		buf_adds(out, " in ");
		ADD_LIST(out, month_names);
		break;
	default:
		buf_addf(out, "%s of the %s", pick(2) ? "1st monday"
		    : "last friday", pick(2) ? "year" : "quarter");
		break;
	}
}

static void
add_clocks(struct buf *out)
{
	unsigned n = pick(3) == 0 ? 1 + pick(4) : 0, i;

	for (i = 0; i < n; i++)
		buf_addf(out, "%s%u:%02u", i == 0 ? " at " : " and ", pick(24),
		    pick(3) * 30 % 60);
}

static void
add_end(struct buf *out)
{
	switch (pick(6)) {
	case 0:
		buf_addf(out, " %u times", 1 + pick(50));
		break;
	case 1:
		buf_addf(out, " until %u-%02u-%02u", 2090 + pick(100),
		    1 + pick(12), 1 + pick(28));
		break;
	case 2:
		buf_addf(out, " until 2090-12-24 %u:%02u", pick(24), pick(60));
		break;
	case 3:
		buf_addf(out, " for %u %s", 20 + pick(9), "years");
		break;
	default:
		break;
	}
}

static void
add_phrase(struct buf *out)
{
	if (pick(20) == 0) {
		buf_addf(out, "%u %s after done", 1 + pick(30),
		    PICK(unit_names));
		return;
	}
	add_days(out);
	add_clocks(out);
	add_end(out);
}

/* From where a series has its anchor, its words give the same series. */
static void
check_round_trip(const char *phrase, const struct series *s)
{
	struct every_start start = { .from = s->anchor,
	    .now = s->first.epoch - 1, .clock = clock_of(&s->anchor) };
	char *rule = rule_of(s), *words = words_of(s);
	struct recur again;
	struct series back = begin(words, &start, berlin);

	same(phrase, "rule of its words", rule_of(&back), rule);
	same(phrase, "words of its words", words_of(&back), words);
	assert_int_equal(back.first.epoch, s->first.epoch);
	if (strncmp(words, "RRULE:", 6) == 0)
		fail_msg("\"%s\" has no words: %s", phrase, words);
	/* What is stored is a rule by RFC 5545, or a duration by ISO 8601. */
	if (!recur_parse(rule, &again, NULL))
		fail_msg("\"%s\": %s is no rule", phrase, rule);
	free(rule);
	free(words);
}

/* What the generator puts together is understood, or refused because it says
 * two things at once. */
static void
check_refusal(const char *phrase, const struct err *err)
{
	static const char *const reasons[] = {
		"two reminders", "which of the two?", "no month has so many",
		"ends before it begins", "29 February", "of which month?",
		"100 years", "say the dates",
	};
	size_t i;

	for (i = 0; i < COUNT(reasons); i++)
		if (strstr(err->message, reasons[i]) != NULL)
			return;
	fail_msg("\"%s\": %s", phrase, err->message);
}

static void
test_round_trip(void **state)
{
	enum { PHRASES = 10000 };
	int understood = 0, i;

	(void)state;
	for (i = 0; i < PHRASES; i++) {
		struct buf phrase = {0};
		struct civil from = civil_from_seconds(1700000000 +
		    (int64_t)pick(2 * 365 * 24 * 60) * 60 * 5);
		struct every_start start = { .from = from, .strictly = true };
		struct err err = {0};
		struct series s;

		start.now = zone_instant(berlin, &from, NULL);
		start.clock = pick(2) ? 9 * 3600 : clock_of(&from);
		add_phrase(&phrase);
		if (every_begin(buf_str(&phrase), &start, berlin,
		    &hours_default, &s, &err)) {
			check_round_trip(buf_str(&phrase), &s);
			understood++;
		} else
			check_refusal(buf_str(&phrase), &err);
		buf_clear(&phrase);
	}
	assert_true(understood > PHRASES / 2);
}

static int
set_up(void **state)
{
	(void)state;
	berlin = zone_from_posix("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin",
	    NULL);
	return berlin == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	zone_free(berlin);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_series),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_starts),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_before),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests_name("every", tests, set_up, tear_down);
}
