/* Words to a moment, by examples. Most are said on a Friday at 14:30. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "conf/zoneinfo.h"
#include "time/when.h"

static struct zone *berlin;

static const char friday[] = "2026-11-20T14:30";

/* A phrase and what it comes to; " instant" behind it when it does not float
 * with the traveller, " gap" and " fold" as zone_fit says. */
struct example {
	const char *phrase, *moment;
};

/* A phrase that is refused, and a part of what is said about it. */
struct refusal {
	const char *phrase;
	enum err_code code;
	const char *says;
};

/* "by": when it is due, and when it rings. */
struct deadline {
	const char *phrase, *due, *ring;
};

#define NOT_UNDERSTOOD ERR_NOT_UNDERSTOOD
#define IMPOSSIBLE ERR_IMPOSSIBLE

static int64_t
instant(const char *text)
{
	struct err err = {0};
	int64_t t = 0;

	if (!when_parse_local(text, berlin, &t, &err))
		fail_msg("%s: %s", text, err.message);
	return t;
}

static void
check_good(const char *now, const char *phrase, unsigned flags,
    const char *moment)
{
	struct err err = {0};
	struct when w;
	char got[WHEN_TEXT + 16];

	if (!when_parse(phrase, instant(now), berlin, &hours_default, flags,
	    &w, &err))
		fail_msg("\"%s\": refused: %s", phrase, err.message);
	when_rfc3339(w.epoch, berlin, got);
	strcat(got, w.floating ? "" : " instant");
	strcat(got, w.fit == ZONE_GAP ? " gap" : w.fit == ZONE_FOLD ? " fold"
	    : "");
	if (strcmp(got, moment) != 0)
		fail_msg("\"%s\": %s, not %s", phrase, got, moment);
	if (w.fit == ZONE_GAP)
		assert_true(civil_compare(&w.asked, &w.local) < 0);
	else
		assert_int_equal(civil_compare(&w.asked, &w.local), 0);
}

static void
check_examples(const char *now, unsigned flags, const struct example *e,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		check_good(now, e[i].phrase, flags, e[i].moment);
}

#define COUNT(table) (sizeof (table) / sizeof (table)[0])
#define good(now, table) check_examples((now), 0, (table), COUNT(table))
#define good_flags(now, flags, table) \
	check_examples((now), (flags), (table), COUNT(table))

static void
check_refused(const char *now, unsigned flags, const struct refusal *r)
{
	struct err err = {0};
	struct when w;

	if (when_parse(r->phrase, instant(now), berlin, &hours_default, flags,
	    &w, &err)) {
		char got[WHEN_TEXT];

		fail_msg("\"%s\" is not refused: %s", r->phrase,
		    when_format(w.epoch, berlin, got));
	}
	if (err.code != r->code || strstr(err.message, r->says) == NULL)
		fail_msg("\"%s\": code %d, %s", r->phrase, err.code,
		    err.message);
	assert_true(utf8_valid(err.message, strlen(err.message)));
	assert_null(strchr(err.message, '\n'));
	assert_string_equal(err.parameter, "");
	/* Nobody may want to know. */
	assert_false(when_parse(r->phrase, instant(now), berlin,
	    &hours_default, flags, &w, NULL));
}

#define refused(now, table)						\
	for (size_t i_ = 0; i_ < COUNT(table); i_++)			\
		check_refused((now), 0, &(table)[i_])

static const struct example weekdays[] = {
	{ "friday", "2026-11-27T09:00:00+01:00" },
	{ "fri 18:00", "2026-11-20T18:00:00+01:00" },
	{ "18:00 fri", "2026-11-20T18:00:00+01:00" },
	{ "fri 14:30", "2026-11-27T14:30:00+01:00" },
	{ "fri 14:31", "2026-11-20T14:31:00+01:00" },
	{ "mon", "2026-11-23T09:00:00+01:00" },
	{ "monday", "2026-11-23T09:00:00+01:00" },
	{ "tue", "2026-11-24T09:00:00+01:00" },
	{ "tues", "2026-11-24T09:00:00+01:00" },
	{ "tuesday", "2026-11-24T09:00:00+01:00" },
	{ "wed", "2026-11-25T09:00:00+01:00" },
	{ "weds", "2026-11-25T09:00:00+01:00" },
	{ "wednesday", "2026-11-25T09:00:00+01:00" },
	{ "thu", "2026-11-26T09:00:00+01:00" },
	{ "thur", "2026-11-26T09:00:00+01:00" },
	{ "thurs", "2026-11-26T09:00:00+01:00" },
	{ "thursday", "2026-11-26T09:00:00+01:00" },
	{ "fri.", "2026-11-27T09:00:00+01:00" },
	{ "sat", "2026-11-21T09:00:00+01:00" },
	{ "saturday", "2026-11-21T09:00:00+01:00" },
	{ "sun", "2026-11-22T09:00:00+01:00" },
	{ "Sunday", "2026-11-22T09:00:00+01:00" },
	{ "MONDAY", "2026-11-23T09:00:00+01:00" },
	{ "on monday", "2026-11-23T09:00:00+01:00" },
	{ "on monday at 10:15", "2026-11-23T10:15:00+01:00" },
	{ "at 10:15 on monday", "2026-11-23T10:15:00+01:00" },
	{ "next friday", "2026-11-27T09:00:00+01:00" },
	{ "next monday", "2026-11-23T09:00:00+01:00" },
	{ "next sunday 20:00", "2026-11-29T20:00:00+01:00" },
	{ "9am next fri", "2026-11-27T09:00:00+01:00" },
	{ "this saturday", "2026-11-21T09:00:00+01:00" },
	{ "this sunday 8am", "2026-11-22T08:00:00+01:00" },
	{ "friday next week", "2026-11-27T09:00:00+01:00" },
	{ "next week fri 9am", "2026-11-27T09:00:00+01:00" },
	{ "this week sun", "2026-11-22T09:00:00+01:00" },
	{ "friday the 13th", "2027-08-13T09:00:00+02:00" },
	{ "fri 27th", "2026-11-27T09:00:00+01:00" },
};

static const struct example clocks[] = {
	{ "9am", "2026-11-21T09:00:00+01:00" },
	{ "9 am", "2026-11-21T09:00:00+01:00" },
	{ "9AM", "2026-11-21T09:00:00+01:00" },
	{ "9 a.m.", "2026-11-21T09:00:00+01:00" },
	{ "9pm", "2026-11-20T21:00:00+01:00" },
	{ "9:30pm", "2026-11-20T21:30:00+01:00" },
	{ "9:30 PM", "2026-11-20T21:30:00+01:00" },
	{ "9.30pm", "2026-11-20T21:30:00+01:00" },
	{ "9:05", "2026-11-21T09:05:00+01:00" },
	{ "09:05", "2026-11-21T09:05:00+01:00" },
	{ "14:30", "2026-11-21T14:30:00+01:00" },
	{ "14:31", "2026-11-20T14:31:00+01:00" },
	{ "14:30:01", "2026-11-20T14:30:01+01:00" },
	{ "23:59:59", "2026-11-20T23:59:59+01:00" },
	{ "00:00", "2026-11-21T00:00:00+01:00" },
	{ "12am", "2026-11-21T00:00:00+01:00" },
	{ "12pm", "2026-11-21T12:00:00+01:00" },
	{ "12 noon", "2026-11-21T12:00:00+01:00" },
	{ "12:30am", "2026-11-21T00:30:00+01:00" },
	{ "12:30pm", "2026-11-21T12:30:00+01:00" },
	{ "noon", "2026-11-21T12:00:00+01:00" },
	{ "midday", "2026-11-21T12:00:00+01:00" },
	{ "midnight", "2026-11-21T00:00:00+01:00" },
	{ "at noon", "2026-11-21T12:00:00+01:00" },
	{ "9 o'clock", "2026-11-21T09:00:00+01:00" },
	{ "9 in the morning", "2026-11-21T09:00:00+01:00" },
	{ "9 in the evening", "2026-11-20T21:00:00+01:00" },
	{ "3 in the afternoon", "2026-11-20T15:00:00+01:00" },
	{ "11 at night", "2026-11-20T23:00:00+01:00" },
	{ "morning", "2026-11-21T09:00:00+01:00" },
	{ "evening", "2026-11-20T18:00:00+01:00" },
	{ "night", "2026-11-20T20:00:00+01:00" },
	{ "in the morning", "2026-11-21T09:00:00+01:00" },
	{ "in the evening", "2026-11-20T18:00:00+01:00" },
};

static const struct example near_days[] = {
	{ "today", "2026-11-20T17:00:00+01:00" },
	{ "today 18:00", "2026-11-20T18:00:00+01:00" },
	{ "tonight", "2026-11-20T20:00:00+01:00" },
	{ "tonight 11pm", "2026-11-20T23:00:00+01:00" },
	{ "11pm tonight", "2026-11-20T23:00:00+01:00" },
	{ "this evening", "2026-11-20T18:00:00+01:00" },
	{ "this evening at 7pm", "2026-11-20T19:00:00+01:00" },
	{ "this afternoon at 3pm", "2026-11-20T15:00:00+01:00" },
	{ "eod", "2026-11-20T17:00:00+01:00" },
	{ "end of day", "2026-11-20T17:00:00+01:00" },
	{ "eod today", "2026-11-20T17:00:00+01:00" },
	{ "eod tomorrow", "2026-11-21T17:00:00+01:00" },
	{ "monday eod", "2026-11-23T17:00:00+01:00" },
	{ "tomorrow", "2026-11-21T09:00:00+01:00" },
	{ "tomorrow 9am", "2026-11-21T09:00:00+01:00" },
	{ "9am tomorrow", "2026-11-21T09:00:00+01:00" },
	{ "tomorrow at 9:30", "2026-11-21T09:30:00+01:00" },
	{ "tomorrow morning", "2026-11-21T09:00:00+01:00" },
	{ "tomorrow evening", "2026-11-21T18:00:00+01:00" },
	{ "tomorrow night", "2026-11-21T20:00:00+01:00" },
	{ "tomorrow afternoon 3pm", "2026-11-21T15:00:00+01:00" },
	{ "tomorrow noon", "2026-11-21T12:00:00+01:00" },
	{ "tomorrow midnight", "2026-11-21T00:00:00+01:00" },
	{ "day after tomorrow", "2026-11-22T09:00:00+01:00" },
	{ "the day after tomorrow at 8:00", "2026-11-22T08:00:00+01:00" },
	{ "saturday tomorrow", "2026-11-21T09:00:00+01:00" },
	{ "monday morning", "2026-11-23T09:00:00+01:00" },
	{ "friday night", "2026-11-20T20:00:00+01:00" },
	{ "fri evening", "2026-11-20T18:00:00+01:00" },
};

static const struct example scopes[] = {
	{ "next week", "2026-11-23T09:00:00+01:00" },
	{ "next week at 14:00", "2026-11-23T14:00:00+01:00" },
	{ "next month", "2026-12-01T09:00:00+01:00" },
	{ "next month 9pm", "2026-12-01T21:00:00+01:00" },
	{ "next year", "2027-01-01T09:00:00+01:00" },
	{ "1st of next month", "2026-12-01T09:00:00+01:00" },
	{ "the 1st of next month at 10am", "2026-12-01T10:00:00+01:00" },
	{ "15th next month", "2026-12-15T09:00:00+01:00" },
	{ "31st of next month", "2026-12-31T09:00:00+01:00" },
	{ "24 dec next year", "2027-12-24T09:00:00+01:00" },
	{ "first of next month", "2026-12-01T09:00:00+01:00" },
	{ "first day of next month", "2026-12-01T09:00:00+01:00" },
	{ "last day of the month", "2026-11-30T09:00:00+01:00" },
	{ "last day of next month", "2026-12-31T09:00:00+01:00" },
	{ "last day of december", "2026-12-31T09:00:00+01:00" },
	{ "last day of feb", "2027-02-28T09:00:00+01:00" },
	{ "end of the month", "2026-11-30T09:00:00+01:00" },
	{ "end of month", "2026-11-30T09:00:00+01:00" },
	{ "end of next month", "2026-12-31T09:00:00+01:00" },
	{ "end of february 2028", "2028-02-29T09:00:00+01:00" },
	{ "end of the year", "2026-12-31T09:00:00+01:00" },
	{ "first of january", "2027-01-01T09:00:00+01:00" },
	{ "friday next month", "2026-12-04T09:00:00+01:00" },
};

static const struct example dates[] = {
	{ "24 dec", "2026-12-24T09:00:00+01:00" },
	{ "24 dec 18:00", "2026-12-24T18:00:00+01:00" },
	{ "18:00 24 dec", "2026-12-24T18:00:00+01:00" },
	{ "24th dec", "2026-12-24T09:00:00+01:00" },
	{ "24. dec", "2026-12-24T09:00:00+01:00" },
	{ "24dec", "2026-12-24T09:00:00+01:00" },
	{ "24 december", "2026-12-24T09:00:00+01:00" },
	{ "24th of december", "2026-12-24T09:00:00+01:00" },
	{ "the 24th of december", "2026-12-24T09:00:00+01:00" },
	{ "on the 24th of december at 6pm", "2026-12-24T18:00:00+01:00" },
	{ "dec 24", "2026-12-24T09:00:00+01:00" },
	{ "dec 24th", "2026-12-24T09:00:00+01:00" },
	{ "dec. 24", "2026-12-24T09:00:00+01:00" },
	{ "december 24", "2026-12-24T09:00:00+01:00" },
	{ "december the 24th", "2026-12-24T09:00:00+01:00" },
	{ "december 24th, 2026", "2026-12-24T09:00:00+01:00" },
	{ "december 24th 2026 9pm", "2026-12-24T21:00:00+01:00" },
	{ "24 dec 2027", "2027-12-24T09:00:00+01:00" },
	{ "24 dec, 2027, 9am", "2027-12-24T09:00:00+01:00" },
	{ "thu 24 dec", "2026-12-24T09:00:00+01:00" },
	{ "thursday, december 24", "2026-12-24T09:00:00+01:00" },
	{ "20 nov 18:00", "2026-11-20T18:00:00+01:00" },
	{ "fri 20 nov 15:00", "2026-11-20T15:00:00+01:00" },
	{ "19 nov", "2027-11-19T09:00:00+01:00" },
	{ "1 jan", "2027-01-01T09:00:00+01:00" },
	{ "3 sept", "2027-09-03T09:00:00+02:00" },
	{ "3rd sep", "2027-09-03T09:00:00+02:00" },
	{ "may 1", "2027-05-01T09:00:00+02:00" },
	{ "1 may", "2027-05-01T09:00:00+02:00" },
	{ "29 feb", "2028-02-29T09:00:00+01:00" },
	{ "24.12.", "2026-12-24T09:00:00+01:00" },
	{ "24.12. 18:00", "2026-12-24T18:00:00+01:00" },
	{ "24.12.2026", "2026-12-24T09:00:00+01:00" },
	{ "24.12. 2026", "2026-12-24T09:00:00+01:00" },
	{ "24.12.2026 18:00", "2026-12-24T18:00:00+01:00" },
	{ "1.1.", "2027-01-01T09:00:00+01:00" },
	{ "2.1.2027", "2027-01-02T09:00:00+01:00" },
	{ "second of january", "2027-01-02T09:00:00+01:00" },
	{ "the tenth of next month", "2026-12-10T09:00:00+01:00" },
	{ "last of december", "2026-12-31T09:00:00+01:00" },
	{ "first of the year", "2027-01-01T09:00:00+01:00" },
	{ "24/12", "2026-12-24T09:00:00+01:00" },
	{ "24/12/2026", "2026-12-24T09:00:00+01:00" },
	{ "12/24/2026", "2026-12-24T09:00:00+01:00" },
	{ "11/11", "2027-11-11T09:00:00+01:00" },
	{ "24-12-2026", "2026-12-24T09:00:00+01:00" },
};

static const struct example iso[] = {
	{ "2026-12-24", "2026-12-24T09:00:00+01:00" },
	{ "2026-12-24 18:00", "2026-12-24T18:00:00+01:00" },
	{ "18:00 2026-12-24", "2026-12-24T18:00:00+01:00" },
	{ "2026-12-24T18:00", "2026-12-24T18:00:00+01:00" },
	{ "2026-12-24t18:00:30", "2026-12-24T18:00:30+01:00" },
	{ "2026-12-24T18:00:30.5", "2026-12-24T18:00:30+01:00" },
	{ "2026/12/24", "2026-12-24T09:00:00+01:00" },
	{ "2026-12-24T18:00Z", "2026-12-24T19:00:00+01:00 instant" },
	{ "2026-12-24T18:00+01:00", "2026-12-24T18:00:00+01:00 instant" },
	{ "2026-12-24T18:00-0500", "2026-12-25T00:00:00+01:00 instant" },
	{ "2026-12-24T18:00+01", "2026-12-24T18:00:00+01:00 instant" },
	{ "2026-12-24 18:00 +05:30", "2026-12-24T13:30:00+01:00 instant" },
	{ "2026-12-24 18:00 utc", "2026-12-24T19:00:00+01:00 instant" },
	{ "thu 2026-12-24", "2026-12-24T09:00:00+01:00" },
	{ "9999-12-31 23:59", "9999-12-31T23:59:00+01:00" },
};

static const struct example ordinals[] = {
	{ "1st", "2026-12-01T09:00:00+01:00" },
	{ "the 9th", "2026-12-09T09:00:00+01:00" },
	{ "on the 20th", "2026-12-20T09:00:00+01:00" },
	{ "20th 18:00", "2026-11-20T18:00:00+01:00" },
	{ "31st", "2026-12-31T09:00:00+01:00" },
	{ "tuesday the 2nd", "2027-02-02T09:00:00+01:00" },
	{ "friday 13th", "2027-08-13T09:00:00+02:00" },
	{ "22nd at noon", "2026-11-22T12:00:00+01:00" },
};

static const struct example elapsed[] = {
	{ "in 2h", "2026-11-20T16:30:00+01:00 instant" },
	{ "2h", "2026-11-20T16:30:00+01:00 instant" },
	{ "45m", "2026-11-20T15:15:00+01:00 instant" },
	{ "in 45 min", "2026-11-20T15:15:00+01:00 instant" },
	{ "1h30m", "2026-11-20T16:00:00+01:00 instant" },
	{ "1h 30m", "2026-11-20T16:00:00+01:00 instant" },
	{ "1h, 30m", "2026-11-20T16:00:00+01:00 instant" },
	{ "1 hour 30 minutes", "2026-11-20T16:00:00+01:00 instant" },
	{ "1 hour and 30 minutes", "2026-11-20T16:00:00+01:00 instant" },
	{ "90s", "2026-11-20T14:31:30+01:00 instant" },
	{ "in 1.5h", "2026-11-20T16:00:00+01:00 instant" },
	{ "in twenty minutes", "2026-11-20T14:50:00+01:00 instant" },
	{ "in 1.25h", "2026-11-20T15:45:00+01:00 instant" },
	{ "half an hour", "2026-11-20T15:00:00+01:00 instant" },
	{ "in half an hour", "2026-11-20T15:00:00+01:00 instant" },
	{ "an hour", "2026-11-20T15:30:00+01:00 instant" },
	{ "in an hour", "2026-11-20T15:30:00+01:00 instant" },
	{ "in one hour", "2026-11-20T15:30:00+01:00 instant" },
	{ "an hour and a half", "2026-11-20T16:00:00+01:00 instant" },
	{ "2 and a half hours", "2026-11-20T17:00:00+01:00 instant" },
	{ "one hour from now", "2026-11-20T15:30:00+01:00 instant" },
	{ "+2h", "2026-11-20T16:30:00+01:00 instant" },
	{ "1d 2h", "2026-11-21T16:30:00+01:00 instant" },
	{ "0d 1m", "2026-11-20T14:31:00+01:00 instant" },
};

static const struct example calendar[] = {
	{ "+3d", "2026-11-23T14:30:00+01:00" },
	{ "3d", "2026-11-23T14:30:00+01:00" },
	{ "in 3 days", "2026-11-23T14:30:00+01:00" },
	{ "in three days", "2026-11-23T14:30:00+01:00" },
	{ "in 2 days", "2026-11-22T14:30:00+01:00" },
	{ "in 2 weeks", "2026-12-04T14:30:00+01:00" },
	{ "2 weeks", "2026-12-04T14:30:00+01:00" },
	{ "2w", "2026-12-04T14:30:00+01:00" },
	{ "in a week", "2026-11-27T14:30:00+01:00" },
	{ "a week from now", "2026-11-27T14:30:00+01:00" },
	{ "two weeks from today", "2026-12-04T14:30:00+01:00" },
	{ "in a fortnight", "2026-12-04T14:30:00+01:00" },
	{ "a couple of days", "2026-11-22T14:30:00+01:00" },
	{ "couple of weeks", "2026-12-04T14:30:00+01:00" },
	{ "in 1 month", "2026-12-20T14:30:00+01:00" },
	{ "in 3 months", "2027-02-20T14:30:00+01:00" },
	{ "in 1mo", "2026-12-20T14:30:00+01:00" },
	{ "in a year", "2027-11-20T14:30:00+01:00" },
	{ "1y", "2027-11-20T14:30:00+01:00" },
	{ "1 year 1 month", "2027-12-20T14:30:00+01:00" },
	{ "in 2 weeks at 14:00", "2026-12-04T14:00:00+01:00" },
	{ "2 weeks 9am", "2026-12-04T09:00:00+01:00" },
	{ "+3d 9am", "2026-11-23T09:00:00+01:00" },
	{ "9am in 3 days", "2026-11-23T09:00:00+01:00" },
	{ "in 3 days in the morning", "2026-11-23T09:00:00+01:00" },
	{ "in 2 days eod", "2026-11-22T17:00:00+01:00" },
};

static const struct example layout[] = {
	{ "until friday", "2026-11-27T09:00:00+01:00" },
	{ "for 2h", "2026-11-20T16:30:00+01:00 instant" },
	{ "till 6pm", "2026-11-20T18:00:00+01:00" },
	{ "until tomorrow at 9am", "2026-11-21T09:00:00+01:00" },
	{ "  tomorrow   at   9am  ", "2026-11-21T09:00:00+01:00" },
	{ "tomorrow, 9am", "2026-11-21T09:00:00+01:00" },
};

/* As at(1) says it, by its manual; its "now", "today" and "tomorrow" count from
 * the same clock. */
static const struct example as_at_does[] = {
	{ "teatime", "2026-11-20T16:00:00+01:00" },
	{ "teatime tomorrow", "2026-11-21T16:00:00+01:00" },
	{ "noon tomorrow", "2026-11-21T12:00:00+01:00" },
	{ "midnight tomorrow", "2026-11-21T00:00:00+01:00" },
	{ "1am tomorrow", "2026-11-21T01:00:00+01:00" },
	{ "10am Jul 31", "2027-07-31T10:00:00+02:00" },
	{ "16:00 jul 31", "2027-07-31T16:00:00+02:00" },
	{ "4 PM July 31, 2027", "2027-07-31T16:00:00+02:00" },
	{ "now + 3 days", "2026-11-23T14:30:00+01:00" },
	{ "now + 1 week", "2026-11-27T14:30:00+01:00" },
	{ "now +2 weeks", "2026-12-04T14:30:00+01:00" },
	{ "now + 1 month", "2026-12-20T14:30:00+01:00" },
	{ "now + 1 minute", "2026-11-20T14:31:00+01:00 instant" },
	{ "now + 90 minutes", "2026-11-20T16:00:00+01:00 instant" },
	{ "4pm + 3 days", "2026-11-23T16:00:00+01:00" },
	{ "4pm + 1 week", "2026-11-27T16:00:00+01:00" },
	{ "4pm + 90 minutes", "2026-11-20T17:30:00+01:00" },
	{ "noon + 30 minutes", "2026-11-21T12:30:00+01:00" },
	{ "tomorrow + 3 days", "2026-11-24T09:00:00+01:00" },
	{ "9am tomorrow + 3 days", "2026-11-24T09:00:00+01:00" },
	{ "tomorrow 9am + 2h", "2026-11-21T11:00:00+01:00" },
	{ "friday + 1 week", "2026-12-04T09:00:00+01:00" },
	{ "16:00 31.12.2026", "2026-12-31T16:00:00+01:00" },
	{ "16:00 12/31/2026", "2026-12-31T16:00:00+01:00" },
	{ "16:00 2026-12-31", "2026-12-31T16:00:00+01:00" },
	/* As remind(1) and calcurse(1) do. */
	{ "24 Dec 2026 AT 18:00", "2026-12-24T18:00:00+01:00" },
	{ "Dec 24 2026 AT 18:00", "2026-12-24T18:00:00+01:00" },
	{ "2026/12/24 18:00", "2026-12-24T18:00:00+01:00" },
	{ "2026-12-24 AT 18:00", "2026-12-24T18:00:00+01:00" },
	{ "12/24/2026 18:00", "2026-12-24T18:00:00+01:00" },
};

/* Counted from another moment than now. */
static const struct example from_there[] = {
	{ "a week from tomorrow", "2026-11-28T09:00:00+01:00" },
	{ "a week from monday", "2026-11-30T09:00:00+01:00" },
	{ "a week after monday at 18:00", "2026-11-30T18:00:00+01:00" },
	{ "two weeks from monday at 10:00", "2026-12-07T10:00:00+01:00" },
	{ "2 days after tomorrow", "2026-11-23T09:00:00+01:00" },
	{ "3 days after 24 dec", "2026-12-27T09:00:00+01:00" },
	{ "3 days before 24 dec", "2026-12-21T09:00:00+01:00" },
	{ "2 days before the end of the month", "2026-11-28T09:00:00+01:00" },
	{ "1 month after 31 dec", "2027-01-31T09:00:00+01:00" },
	{ "2 months after 31 dec", "2027-02-28T09:00:00+01:00" },
	{ "24 dec + 3 days at 8:00", "2026-12-27T08:00:00+01:00" },
	{ "30 minutes before noon", "2026-11-21T11:30:00+01:00" },
	{ "at 30 minutes before noon", "2026-11-21T11:30:00+01:00" },
	{ "1h before eod", "2026-11-20T16:00:00+01:00" },
	{ "30 minutes before tonight", "2026-11-20T19:30:00+01:00" },
	{ "until 3 hours from now", "2026-11-20T17:30:00+01:00 instant" },
	{ "a week from today", "2026-11-27T14:30:00+01:00" },
	{ "2 weeks after today", "2026-12-04T14:30:00+01:00" },
	{ "friday week", "2026-12-04T09:00:00+01:00" },
	{ "monday week 18:00", "2026-11-30T18:00:00+01:00" },
	{ "a week on friday", "2026-12-04T09:00:00+01:00" },
	{ "a week on monday", "2026-11-30T09:00:00+01:00" },
	{ "week after next", "2026-11-30T09:00:00+01:00" },
	{ "the week after next", "2026-11-30T09:00:00+01:00" },
	{ "friday the week after next", "2026-12-04T09:00:00+01:00" },
	{ "the month after next", "2027-01-01T09:00:00+01:00" },
	{ "the year after next", "2028-01-01T09:00:00+01:00" },
};

static const struct example nth_weekdays[] = {
	{ "first monday of next month", "2026-12-07T09:00:00+01:00" },
	{ "the first monday in next month", "2026-12-07T09:00:00+01:00" },
	{ "last friday of november", "2026-11-27T09:00:00+01:00" },
	{ "last friday of the month", "2026-11-27T09:00:00+01:00" },
	{ "the last friday of the month at 9:30", "2026-11-27T09:30:00+01:00" },
	{ "last friday of november 2027", "2027-11-26T09:00:00+01:00" },
	{ "first monday of the month", "2026-12-07T09:00:00+01:00" },
	{ "2nd tuesday of december", "2026-12-08T09:00:00+01:00" },
	{ "2nd tuesday of december 18:00", "2026-12-08T18:00:00+01:00" },
	{ "third friday of november", "2027-11-19T09:00:00+01:00" },
	{ "first monday in june", "2027-06-07T09:00:00+02:00" },
	{ "2nd to last friday of december", "2026-12-18T09:00:00+01:00" },
	{ "penultimate friday of december", "2026-12-18T09:00:00+01:00" },
	{ "5th sunday of february", "2032-02-29T09:00:00+01:00" },
	{ "last sunday in march 2027 2:30",
	    "2027-03-28T03:30:00+02:00 gap" },
};

/* On a dial. Hours that are the night's in digits are asked for. */
static const struct example dials[] = {
	{ "half past nine", "2026-11-21T09:30:00+01:00" },
	{ "half past 9", "2026-11-21T09:30:00+01:00" },
	{ "half past 9 pm", "2026-11-20T21:30:00+01:00" },
	{ "half past nine in the evening", "2026-11-20T21:30:00+01:00" },
	{ "half past 14", "2026-11-21T14:30:00+01:00" },
	{ "half past twelve", "2026-11-21T12:30:00+01:00" },
	{ "quarter past nine", "2026-11-21T09:15:00+01:00" },
	{ "a quarter past 8", "2026-11-21T08:15:00+01:00" },
	{ "quarter to 5 pm", "2026-11-20T16:45:00+01:00" },
	{ "quarter to 17", "2026-11-20T16:45:00+01:00" },
	{ "quarter to one", "2026-11-21T12:45:00+01:00" },
	{ "quarter to one pm", "2026-11-21T12:45:00+01:00" },
	{ "quarter to one am", "2026-11-21T00:45:00+01:00" },
	{ "quarter to midnight", "2026-11-20T23:45:00+01:00" },
	{ "quarter past midnight", "2026-11-21T00:15:00+01:00" },
	{ "ten past nine", "2026-11-21T09:10:00+01:00" },
	{ "20 minutes to 6 pm", "2026-11-20T17:40:00+01:00" },
	{ "5 minutes past noon", "2026-11-21T12:05:00+01:00" },
	{ "tomorrow at half past nine", "2026-11-21T09:30:00+01:00" },
	{ "twenty past nine", "2026-11-21T09:20:00+01:00" },
	{ "3 o'clock pm", "2026-11-20T15:00:00+01:00" },
	{ "in a quarter of an hour", "2026-11-20T14:45:00+01:00 instant" },
	{ "in 2 quarters", "2027-05-20T14:30:00+02:00" },
};

static void
test_friday(void **state)
{
	(void)state;
	good(friday, weekdays);
	good(friday, clocks);
	good(friday, near_days);
	good(friday, scopes);
	good(friday, dates);
	good(friday, iso);
	good(friday, ordinals);
	good(friday, elapsed);
	good(friday, calendar);
	good(friday, layout);
	good(friday, as_at_does);
	good(friday, from_there);
	good(friday, nth_weekdays);
	good(friday, dials);
}

/* What the product's description says in so many words. */
static const struct refusal questions[] = {
	{ "9", NOT_UNDERSTOOD, "9:00, 9m or the 9th?" },
	{ "at 9", NOT_UNDERSTOOD, "9:00, 9m or the 9th?" },
	{ "1", NOT_UNDERSTOOD, "1:00, 1m or the 1st?" },
	{ "12", NOT_UNDERSTOOD, "12:00, 12m or the 12th?" },
	{ "22", NOT_UNDERSTOOD, "22:00, 22m or the 22nd?" },
	{ "31", NOT_UNDERSTOOD, "31m or the 31st?" },
	{ "90", NOT_UNDERSTOOD, "90m, 90h or 90d?" },
	{ "0", NOT_UNDERSTOOD, "12am" },
	{ "five", NOT_UNDERSTOOD, "5:00, 5m or the 5th?" },
	{ "1430", NOT_UNDERSTOOD, "14:30" },
	{ "tomorrow 9", NOT_UNDERSTOOD, "9am or 9pm?" },
	{ "tomorrow 14", NOT_UNDERSTOOD, "14:00?" },
	{ "3 at night", NOT_UNDERSTOOD, "am or pm?" },
	{ "12 in the evening", NOT_UNDERSTOOD, "am or pm?" },
	{ "9 in the afternoon", NOT_UNDERSTOOD, "am or pm?" },
	{ "24 dec 9", NOT_UNDERSTOOD, "9am or 9pm?" },
	{ "24 dec 1830", NOT_UNDERSTOOD, "18:30?" },
	{ "9am 5", NOT_UNDERSTOOD, "what does this number count?" },
	{ "tonight at 9", NOT_UNDERSTOOD, "9am or 9pm?" },
	{ "the friday after next", NOT_UNDERSTOOD, "\"the 9th\"" },
	{ "tmrw", NOT_UNDERSTOOD, "say \"tomorrow\"" },
	{ "eom", NOT_UNDERSTOOD, "\"end of the month\"" },
	{ "in 5", NOT_UNDERSTOOD, "\"in 5\": 5m, 5h or 5d?" },
	{ "+3", NOT_UNDERSTOOD, "\"+3\": 3m, 3h or 3d?" },
	{ "12/11/2026", NOT_UNDERSTOOD, "which is the month?" },
	{ "12/11/2026", NOT_UNDERSTOOD, "\"2026-11-12\" or \"2026-12-11\"" },
	{ "12/11", NOT_UNDERSTOOD, "\"12 Nov\" or \"11 Dec\"" },
	{ "12-11-2026", NOT_UNDERSTOOD, "which is the month?" },
	{ "24/12/26", NOT_UNDERSTOOD, "four digits" },
	{ "24.12.26", NOT_UNDERSTOOD, "four digits" },
	{ "2026.12.24", NOT_UNDERSTOOD, "\"2026-12-24\"" },
	{ "2nd tuesday", NOT_UNDERSTOOD, "the 2nd, or which tuesday of a" },
	{ "the 1st mon", NOT_UNDERSTOOD, "the 1st, or which mon of a" },
	{ "24.12", NOT_UNDERSTOOD, "24.12." },
	{ "14.30", NOT_UNDERSTOOD, "14:30" },
	{ "10.11", NOT_UNDERSTOOD, "the date \"10.11.\" or the time" },
	{ "45.67", NOT_UNDERSTOOD, "neither a date nor a time" },
	{ "1h30x", NOT_UNDERSTOOD, "\"x\" is no unit" },
	{ "5x", NOT_UNDERSTOOD, "\"x\" is no unit" },
	{ "1h30", NOT_UNDERSTOOD, "1h30m" },
	{ "1h 1h", NOT_UNDERSTOOD, "stands twice" },
	{ "1.5 days", NOT_UNDERSTOOD, "can be divided" },
	{ "half an", NOT_UNDERSTOOD, "half an hour" },
	{ "dec", NOT_UNDERSTOOD, "which day of December?" },
	{ "december 2026", NOT_UNDERSTOOD, "which day of December?" },
	{ "in december", NOT_UNDERSTOOD, "in 2h" },
	{ "this week", NOT_UNDERSTOOD, "which day?" },
	{ "this month", NOT_UNDERSTOOD, "which day?" },
	{ "end of the week", NOT_UNDERSTOOD, "\"friday\" or \"sunday\"?" },
	{ "this afternoon", NOT_UNDERSTOOD, "when in the afternoon?" },
	{ "tomorrow afternoon", NOT_UNDERSTOOD, "when in the afternoon?" },
	{ "weekend", NOT_UNDERSTOOD, "\"saturday\" or \"sunday\"" },
	{ "soon", NOT_UNDERSTOOD, "names no time" },
};

/* The newer words, and what users of at, remind and calcurse type. */
static const struct refusal more_questions[] = {
	{ "quarter to 5", NOT_UNDERSTOOD, "4:45am or 4:45pm?" },
	{ "half past three", NOT_UNDERSTOOD, "3:30am or 3:30pm?" },
	{ "half nine", NOT_UNDERSTOOD, "half past nine, or half an hour" },
	{ "half past", NOT_UNDERSTOOD, "which hour?" },
	{ "half past 25", NOT_UNDERSTOOD, "which hour?" },
	{ "half", NOT_UNDERSTOOD, "makes no time here" },
	{ "quarter", NOT_UNDERSTOOD, "makes no time here" },
	{ "12 teatime", NOT_UNDERSTOOD, "12:00, 12m or the 12th?" },
	{ "tomorrow + 2 hours", NOT_UNDERSTOOD, "tomorrow 9am + 2h" },
	{ "2h after tomorrow", NOT_UNDERSTOOD, "tomorrow 9am + 2h" },
	{ "3 days after", NOT_UNDERSTOOD, "from when on?" },
	{ "3 days before", NOT_UNDERSTOOD, "from which day?" },
	{ "3 days after lunch", NOT_UNDERSTOOD, "\"noon\" or \"13:00\"" },
	{ "3 days after 2 weeks", NOT_UNDERSTOOD, "from which day?" },
	{ "friday + 3", NOT_UNDERSTOOD, "3m, 3h or 3d?" },
	{ "in a week on friday", NOT_UNDERSTOOD, "which of the two?" },
	{ "2 weeks on friday", NOT_UNDERSTOOD, "which of the two?" },
	{ "a week from friday + 2 days", NOT_UNDERSTOOD, "already given" },
	{ "2026-12-24T18:00Z + 3 days", NOT_UNDERSTOOD, "which of the two?" },
	{ "friday after next", NOT_UNDERSTOOD, "\"a week from friday\"" },
	{ "2nd tuesday of", NOT_UNDERSTOOD, "of which month?" },
	{ "2nd tuesday of foo", NOT_UNDERSTOOD, "of which month?" },
	{ "next minute", NOT_UNDERSTOOD, "next friday" },
	{ "073126", NOT_UNDERSTOOD, "say a date like" },
	{ "07312026", NOT_UNDERSTOOD, "say a date like" },
	{ "16:00 073126", NOT_UNDERSTOOD, "say a date like" },
	{ "12/24/26", NOT_UNDERSTOOD, "four digits" },
	{ "31.12.26", NOT_UNDERSTOOD, "four digits" },
	{ "11/12/2026", NOT_UNDERSTOOD, "which is the month?" },
	{ "930am", NOT_UNDERSTOOD, "9:30am?" },
	{ "0930pm", NOT_UNDERSTOOD, "9:30pm?" },
	{ "at 14h", NOT_UNDERSTOOD, "\"14:00\" or \"in 14h\"?" },
	{ "until 18h", NOT_UNDERSTOOD, "\"18:00\" or \"in 18h\"?" },
	{ "18.30h", NOT_UNDERSTOOD, "\"18:30\" or \"in 18.30h\"?" },
	{ "mon 23", NOT_UNDERSTOOD, "23:00 or the 23rd?" },
	{ "next mon 23", NOT_UNDERSTOOD, "\"23\": 23:00?" },
	{ "thirty", NOT_UNDERSTOOD, "30m, 30h or 30d?" },
	{ "20261224T090000Z", NOT_UNDERSTOOD, "say a date like" },
	{ "9a", NOT_UNDERSTOOD, "\"9am\"?" },
	{ "in 3 days at 10", NOT_UNDERSTOOD, "10am or 10pm?" },
	{ "in 3 hours at 10", NOT_UNDERSTOOD, "what does this number count?" },
	{ "2027", NOT_UNDERSTOOD, "\"24 dec 2027\"" },
	{ "3 jan 27", NOT_UNDERSTOOD, "such as 2027" },
	{ "1795507200", NOT_UNDERSTOOD, "say a date like" },
	{ "2026-11-23 9:00 - 10:00", NOT_UNDERSTOOD, "without its end" },
	{ "24 dec - 1 week", NOT_UNDERSTOOD, "\"1 week before 24 dec\"" },
	{ "first day of the week", NOT_UNDERSTOOD, "\"monday\"" },
	{ "third of the year", NOT_UNDERSTOOD, "say the date" },
	{ "teatme", NOT_UNDERSTOOD, "did you mean \"teatime\"?" },
};

static const struct refusal unknown_words[] = {
	{ "", NOT_UNDERSTOOD, "a time is missing" },
	{ "   ", NOT_UNDERSTOOD, "a time is missing" },
	{ ",", NOT_UNDERSTOOD, "a time is missing" },
	{ "on", NOT_UNDERSTOOD, "a time is missing" },
	{ "by", NOT_UNDERSTOOD, "a time is missing" },
	{ "in", NOT_UNDERSTOOD, "in 2h" },
	{ "next", NOT_UNDERSTOOD, "next friday" },
	{ "next steps", NOT_UNDERSTOOD, "next week" },
	{ "of", NOT_UNDERSTOOD, "is no time" },
	{ "tomorow", NOT_UNDERSTOOD, "did you mean \"tomorrow\"?" },
	{ "Tommorrow 9am", NOT_UNDERSTOOD, "\"Tommorrow\": did you mean" },
	{ "firday", NOT_UNDERSTOOD, "did you mean \"friday\"?" },
	{ "24 decmber", NOT_UNDERSTOOD, "" },
	{ "wensday", NOT_UNDERSTOOD, "did you mean \"wednesday\"?" },
	{ "christmas", NOT_UNDERSTOOD, "\"24 dec\" or \"25 dec\"" },
	{ "stammtisch", NOT_UNDERSTOOD, "\"stammtisch\" is no time" },
	{ "mid december", NOT_UNDERSTOOD, "say the day" },
	{ "\xc3\xbc" "bermorgen", NOT_UNDERSTOOD, "\xc3\xbc" "bermorgen" },
	{ "tomorrow dana", NOT_UNDERSTOOD, "\"dana\"" },
	{ "week", NOT_UNDERSTOOD, "makes no time here" },
	{ "-3d", NOT_UNDERSTOOD, "\"-3d\"" },
	{ "9-10am", NOT_UNDERSTOOD, "\"9-10am\"" },
	{ "9am/10am", NOT_UNDERSTOOD, "\"9am/10am\"" },
	{ "?", NOT_UNDERSTOOD, "\"?\" is no time" },
	{ "24:00", NOT_UNDERSTOOD, "23:59" },
	{ "25:30", NOT_UNDERSTOOD, "no time of day" },
	{ "9:60", NOT_UNDERSTOOD, "no time of day" },
	{ "9:5", NOT_UNDERSTOOD, "9:05" },
	{ "13pm", NOT_UNDERSTOOD, "am and pm" },
	{ "0am", NOT_UNDERSTOOD, "am and pm" },
	{ "14:30pm", NOT_UNDERSTOOD, "am and pm" },
	{ "2026-12-24T", NOT_UNDERSTOOD, "after the T" },
	{ "2026-12-24T9", NOT_UNDERSTOOD, "after the T" },
	{ "2026-12-24T18:00+25:00", NOT_UNDERSTOOD, "offset" },
	{ "2026-12-24 18:00-20:00", NOT_UNDERSTOOD, "offset" },
	{ "9:00-10:00", NOT_UNDERSTOOD, "a whole date" },
	{ "2026-12-24T18:00+1", NOT_UNDERSTOOD, "1m, 1h or 1d" },
	{ "18:00Z", NOT_UNDERSTOOD, "a whole date" },
	{ "2026-13-01", NOT_UNDERSTOOD, "1 to 12" },
	{ "13/13/2026", NOT_UNDERSTOOD, "1 to 12" },
	{ "to\x01morrow", NOT_UNDERSTOOD, "control character" },
	{ "tomorrow\x1b[2J", NOT_UNDERSTOOD, "control character" },
	{ "\xff\xfe", NOT_UNDERSTOOD, "UTF-8" },
};

static const struct refusal contradictions[] = {
	{ "tomorrow tomorrow", NOT_UNDERSTOOD, "the day is already given" },
	{ "today tonight", NOT_UNDERSTOOD, "the day is already given" },
	{ "mon tue", NOT_UNDERSTOOD, "the day is already given" },
	{ "24 dec 25 dec", NOT_UNDERSTOOD, "the day is already given" },
	{ "9am 10am", NOT_UNDERSTOOD, "the time of day is already given" },
	{ "eod 18:00", NOT_UNDERSTOOD, "given twice" },
	{ "2h 3 days 1h", NOT_UNDERSTOOD, "stands twice" },
	{ "by by friday", NOT_UNDERSTOOD, "already given" },
	{ "in 2 weeks monday", NOT_UNDERSTOOD, "which of the two?" },
	{ "24 dec in 2 weeks", NOT_UNDERSTOOD, "which of the two?" },
	{ "in 2h at 9am", NOT_UNDERSTOOD, "without a time of day" },
	{ "now 9:30", NOT_UNDERSTOOD, "which of the two?" },
	{ "+0d noon", NOT_UNDERSTOOD, "which of the two?" },
	{ "by 2h", NOT_UNDERSTOOD, "without \"by\"" },
	{ "mon 24 nov", NOT_UNDERSTOOD, "24 Nov 2026 is a Tuesday" },
	{ "wed 2026-12-24", NOT_UNDERSTOOD, "24 Dec 2026 is a Thursday" },
	{ "sat 20 nov", NOT_UNDERSTOOD, "20 Nov 2026 is a Friday" },
	{ "friday tomorrow", NOT_UNDERSTOOD, "21 Nov 2026 is a Saturday" },
	{ "9:30 tonight", NOT_UNDERSTOOD, "is pm meant?" },
	{ "tomorrow morning 3pm", NOT_UNDERSTOOD, "is am meant?" },
	{ "midnight tonight", NOT_UNDERSTOOD, "12am" },
};

static const struct refusal impossible[] = {
	{ "now", IMPOSSIBLE, "1m" },
	{ "0m", IMPOSSIBLE, "no time to come" },
	{ "today 9am", IMPOSSIBLE, "\"today 9am\" has passed" },
	{ "today 9am", IMPOSSIBLE, "\"tomorrow\"" },
	{ "today 14:30", IMPOSSIBLE, "has passed" },
	{ "9am today", IMPOSSIBLE, "has passed" },
	{ "this morning", IMPOSSIBLE, "has passed" },
	{ "this friday", IMPOSSIBLE, "say \"next Friday\"" },
	{ "this monday", IMPOSSIBLE, "say \"next Monday\"" },
	{ "yesterday", IMPOSSIBLE, "has passed" },
	{ "last friday", IMPOSSIBLE, "Fri 13 Nov 2026" },
	{ "3 days ago", IMPOSSIBLE, "has passed" },
	{ "2 hours ago", IMPOSSIBLE, "has passed" },
	{ "20 nov 9am", IMPOSSIBLE, "has passed" },
	{ "20 nov", IMPOSSIBLE, "add the year" },
	{ "20.11. 14:30", IMPOSSIBLE, "has passed" },
	{ "nov 20th noon", IMPOSSIBLE, "has passed" },
	{ "2026-11-20", IMPOSSIBLE, "has passed" },
	{ "2020-12-24", IMPOSSIBLE, "Thu 24 Dec 2020" },
	{ "24 dec 2020", IMPOSSIBLE, "has passed" },
	{ "2026-11-20T14:30+01:00", IMPOSSIBLE, "has passed" },
	{ "30 feb", IMPOSSIBLE, "no 30 February: the last day is 29 Feb" },
	{ "29 feb 2027", IMPOSSIBLE, "no 29 February 2027" },
	{ "2026-02-30", IMPOSSIBLE, "no 30 February 2026" },
	{ "31 nov", IMPOSSIBLE, "the last day is 30 Nov" },
	{ "31.04.", IMPOSSIBLE, "the last day is 30 Apr" },
	{ "0 dec", IMPOSSIBLE, "no 0 December" },
	{ "32nd", IMPOSSIBLE, "no month has a day 32" },
	{ "32 dec", IMPOSSIBLE, "no 32 December" },
	{ "2026-12-32", IMPOSSIBLE, "no 32 December 2026" },
	{ "24 dec this month", IMPOSSIBLE, "" },
	{ "3 days before tomorrow", IMPOSSIBLE, "has passed" },
	{ "1st friday of this month", IMPOSSIBLE, "has passed" },
	{ "last friday of november 2025", IMPOSSIBLE, "has passed" },
	{ "5th friday of feb 2027", IMPOSSIBLE, "there is no such day" },
	{ "6th friday of june", IMPOSSIBLE, "no month has so many" },
	{ "tomorrow + 99999999999999 days", IMPOSSIBLE, "year 9999" },
	{ "99999999999999 days before tomorrow", IMPOSSIBLE, "year 1" },
	{ "10000-01-01", IMPOSSIBLE, "1 to 9999" },
	{ "0000-01-01", IMPOSSIBLE, "1 to 9999" },
	{ "in 8000 years", IMPOSSIBLE, "year 9999" },
	{ "in 99999999999999999999 h", IMPOSSIBLE, "year 9999" },
	{ "in 99999999999999999999 days", IMPOSSIBLE, "year 9999" },
	{ "in 99999999999999999999 months", IMPOSSIBLE, "year 9999" },
};

static void
test_refused(void **state)
{
	(void)state;
	refused(friday, questions);
	refused(friday, more_questions);
	refused(friday, unknown_words);
	refused(friday, contradictions);
	refused(friday, impossible);
}

static void
test_too_long(void **state)
{
	struct refusal r = { .code = NOT_UNDERSTOOD, .says = "too long" };
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	r.phrase = text;
	check_refused(friday, 0, &r);
	text[257] = '\0';
	check_refused(friday, 0, &r);
	/* 256 bytes are read, and quoted in part. */
	text[256] = '\0';
	r.says = "xxx\xe2\x80\xa6\" is no time";
	check_refused(friday, 0, &r);
	memset(text, ' ', 256);
	memcpy(text, "tomorrow", 8);
	check_good(friday, text, 0, "2026-11-21T09:00:00+01:00");
}

static const struct deadline deadlines[] = {
	{ "by thu", "2026-11-26T17:00", "2026-11-26T09:00" },
	{ "by next friday", "2026-11-27T17:00", "2026-11-27T09:00" },
	{ "by tomorrow", "2026-11-21T17:00", "2026-11-21T09:00" },
	{ "by 24 dec", "2026-12-24T17:00", "2026-12-24T09:00" },
	{ "by tomorrow 3pm", "2026-11-21T15:00", "2026-11-21T09:00" },
	{ "tomorrow by 3pm", "2026-11-21T15:00", "2026-11-21T09:00" },
	{ "by noon", "2026-11-21T12:00", "2026-11-21T09:00" },
	{ "by in 2 weeks", "2026-12-04T17:00", "2026-12-04T09:00" },
	{ "by the end of the month", "2026-11-30T17:00", "2026-11-30T09:00" },
	/* The morning has passed, or is later: an hour before. */
	{ "by fri", "2026-11-20T17:00", "2026-11-20T16:00" },
	{ "by today", "2026-11-20T17:00", "2026-11-20T16:00" },
	{ "by eod", "2026-11-20T17:00", "2026-11-20T16:00" },
	{ "by tonight", "2026-11-20T20:00", "2026-11-20T19:00" },
	{ "by 8am", "2026-11-21T08:00", "2026-11-21T07:00" },
	{ "by midnight", "2026-11-21T00:00", "2026-11-20T23:00" },
	/* That has passed too: when it is due. */
	{ "by 3pm", "2026-11-20T15:00", "2026-11-20T15:00" },
	/* Without "by" it rings when it is due. */
	{ "thu", "2026-11-26T09:00", "2026-11-26T09:00" },
};

static void
test_deadlines(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(deadlines); i++) {
		const struct deadline *d = &deadlines[i];
		struct err err = {0};
		struct civil ring;
		struct when w;

		if (!when_parse(d->phrase, instant(friday), berlin,
		    &hours_default, 0, &w, &err))
			fail_msg("\"%s\": %s", d->phrase, err.message);
		if (w.epoch != instant(d->due) || w.ring != instant(d->ring))
			fail_msg("\"%s\": other due or ring", d->phrase);
		ring = zone_civil(berlin, w.ring);
		assert_int_equal(civil_compare(&ring, &w.ring_local), 0);
		assert_true(w.floating);
	}
}

/* Agreed on by a clock in New York, due there, rung in Berlin's mornings. */
static const struct deadline at_home[] = {
	/* Thu 17:00 EST is 23:00 in Berlin. */
	{ "by thu", "2026-11-26T23:00", "2026-11-26T09:00" },
	/* 21:00 EST is 3:00 of the next day: the morning before. */
	{ "by thu 21:00", "2026-11-27T03:00", "2026-11-26T09:00" },
	{ "by mon 3:00", "2026-11-23T09:00", "2026-11-22T09:00" },
	{ "by mon 3:01", "2026-11-23T09:01", "2026-11-23T09:00" },
	{ "by tomorrow 2:00", "2026-11-21T08:00", "2026-11-21T07:00" },
	{ "by today", "2026-11-20T23:00", "2026-11-20T22:00" },
	{ "by 9:00", "2026-11-20T15:00", "2026-11-20T15:00" },
	{ "thu 9am", "2026-11-26T15:00", "2026-11-26T15:00" },
};

static void
test_at_home(void **state)
{
	struct zone *new_york = zone_from_posix("EST5EDT,M3.2.0,M11.1.0",
	    "America/New_York", NULL);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(at_home); i++) {
		const struct deadline *d = &at_home[i];
		struct err err = {0};
		struct civil ring;
		struct when w;

		if (!when_parse(d->phrase, instant(friday), new_york,
		    &hours_default, 0, &w, &err))
			fail_msg("\"%s\": %s", d->phrase, err.message);
		when_ring_at_home(&w, instant(friday), berlin,
		    &hours_default);
		if (w.epoch != instant(d->due) || w.ring != instant(d->ring))
			fail_msg("\"%s\": other due or ring", d->phrase);
		ring = zone_civil(berlin, w.ring);
		assert_int_equal(civil_compare(&ring, &w.ring_local), 0);
	}
	zone_free(new_york);
}

/* Whether a person gave the time of day, or the configuration did. */
static void
test_clock_said(void **state)
{
	static const char *const said[] = {
		"9am", "fri 18:00", "noon", "tonight", "this evening", "eod",
		"in the morning", "monday morning", "in 2h", "in 3 days",
		"+3d 9am", "by thu 9am", "by eod", "2026-12-24T18:00Z",
	};
	static const char *const filled_in[] = {
		"friday", "tomorrow", "today", "24 dec", "next week", "by thu",
		"the 9th", "by in 2 weeks", "2026-12-24",
	};
	struct when w;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(said); i++)
		if (!when_parse(said[i], instant(friday), berlin,
		    &hours_default, 0, &w, NULL) || !w.clock_said)
			fail_msg("\"%s\" says no time of day", said[i]);
	for (i = 0; i < COUNT(filled_in); i++)
		if (!when_parse(filled_in[i], instant(friday), berlin,
		    &hours_default, 0, &w, NULL) || w.clock_said)
			fail_msg("\"%s\" says a time of day", filled_in[i]);
}

/* The same words at other times of the same days. */
static const struct example friday_7am[] = {
	{ "friday", "2026-11-20T09:00:00+01:00" },
	{ "today", "2026-11-20T09:00:00+01:00" },
	{ "this friday", "2026-11-20T09:00:00+01:00" },
	{ "20 nov", "2026-11-20T09:00:00+01:00" },
	{ "2026-11-20", "2026-11-20T09:00:00+01:00" },
	{ "this morning", "2026-11-20T09:00:00+01:00" },
	{ "this morning at 8am", "2026-11-20T08:00:00+01:00" },
	{ "next friday", "2026-11-27T09:00:00+01:00" },
	{ "9am", "2026-11-20T09:00:00+01:00" },
	{ "eod", "2026-11-20T17:00:00+01:00" },
	{ "20th", "2026-11-20T09:00:00+01:00" },
};

static const struct example friday_9am[] = {
	{ "today", "2026-11-20T17:00:00+01:00" },
	{ "9am", "2026-11-21T09:00:00+01:00" },
	{ "friday", "2026-11-27T09:00:00+01:00" },
};

static const struct refusal friday_late[] = {
	{ "today", IMPOSSIBLE, "\"today\" has passed: it would be Fri 20 Nov "
	    "2026 17:00 CET, and it is Fri 20 Nov 2026 22:00 CET now" },
	{ "tonight", IMPOSSIBLE, "\"tomorrow\"" },
	{ "this evening", IMPOSSIBLE, "has passed" },
	{ "eod", IMPOSSIBLE, "has passed" },
	{ "by eod", IMPOSSIBLE, "has passed" },
	{ "by today", IMPOSSIBLE, "has passed" },
};

static const struct example friday_10pm[] = {
	{ "tonight 11pm", "2026-11-20T23:00:00+01:00" },
	{ "evening", "2026-11-21T18:00:00+01:00" },
	{ "today 23:00", "2026-11-20T23:00:00+01:00" },
};

static const struct example sunday[] = {
	{ "next friday", "2026-11-27T09:00:00+01:00" },
	{ "next week", "2026-11-23T09:00:00+01:00" },
	{ "next sunday", "2026-11-29T09:00:00+01:00" },
	{ "monday", "2026-11-23T09:00:00+01:00" },
	{ "this sunday 18:00", "2026-11-22T18:00:00+01:00" },
};

static const struct example monday[] = {
	{ "next monday", "2026-11-30T09:00:00+01:00" },
	{ "this friday", "2026-11-27T09:00:00+01:00" },
	{ "friday", "2026-11-27T09:00:00+01:00" },
	{ "next friday", "2026-12-04T09:00:00+01:00" },
	{ "next week", "2026-11-30T09:00:00+01:00" },
};

static const struct refusal christmas_noon[] = {
	{ "24 dec 9am", IMPOSSIBLE, "has passed" },
	{ "24 dec", IMPOSSIBLE, "has passed" },
	{ "dec 24 12:00", IMPOSSIBLE, "has passed" },
	{ "24.12. 9:00", IMPOSSIBLE, "has passed" },
};

static const struct example new_year[] = {
	{ "24 dec", "2026-12-24T09:00:00+01:00" },
	{ "next month", "2027-01-01T09:00:00+01:00" },
	{ "next year", "2027-01-01T09:00:00+01:00" },
	{ "tomorrow", "2026-12-24T09:00:00+01:00" },
	{ "in 2 weeks", "2027-01-06T12:00:00+01:00" },
	{ "fri", "2026-12-25T09:00:00+01:00" },
	{ "1 jan", "2027-01-01T09:00:00+01:00" },
	{ "22 dec", "2027-12-22T09:00:00+01:00" },
};

/* Month ends clamp, and count from the day they were said on. */
static const struct example end_of_january[] = {
	{ "in 1 month", "2027-02-28T12:00:00+01:00" },
	{ "in 2 months", "2027-03-31T12:00:00+02:00" },
	{ "in 13 months", "2028-02-29T12:00:00+01:00" },
	{ "31st", "2027-03-31T09:00:00+02:00" },
	{ "30th", "2027-03-30T09:00:00+02:00" },
	{ "last day of next month", "2027-02-28T09:00:00+01:00" },
	{ "next month", "2027-02-01T09:00:00+01:00" },
};

static const struct refusal last_of_january[] = {
	{ "last day of the month", IMPOSSIBLE, "has passed" },
	{ "31st of next month", IMPOSSIBLE, "February 2027 has 28 days" },
	{ "31 jan", IMPOSSIBLE, "has passed" },
};

static const struct example leap_day[] = {
	{ "in 1 year", "2029-02-28T12:00:00+01:00" },
	{ "in 4 years", "2032-02-29T12:00:00+01:00" },
};

/* 1900 and 2100 are no leap years: eight years from one to the next. */
static const struct example before_2100[] = {
	{ "29 feb", "2104-02-29T09:00:00+01:00" },
};

static const struct refusal end_of_time[] = {
	{ "in 2 days", IMPOSSIBLE, "year 9999" },
	{ "tomorrow", IMPOSSIBLE, "year 9999" },
	{ "monday", IMPOSSIBLE, "year 9999" },
	{ "next year", IMPOSSIBLE, "year 9999" },
};

static void
test_other_times(void **state)
{
	(void)state;
	good("2026-11-20T07:00", friday_7am);
	good("2026-11-20T09:00", friday_9am);
	good("2026-11-20T22:00", friday_10pm);
	refused("2026-11-20T22:00", friday_late);
	good("2026-11-22T12:00", sunday);
	good("2026-11-23T12:00", monday);
	refused("2026-12-24T12:00", christmas_noon);
	good("2026-12-23T12:00", new_year);
	good("2027-01-31T12:00", end_of_january);
	refused("2027-01-31T12:00", last_of_january);
	good("2028-02-29T12:00", leap_day);
	good("2096-03-01T12:00", before_2100);
	refused("9999-12-31T12:00", end_of_time);
}

/* Berlin's clocks went from 2:00 to 3:00 on 29 March 2026, and from 3:00 CEST
 * back to 2:00 CET on 25 October. */
static const struct example before_gap[] = {
	{ "2:30", "2026-03-29T03:30:00+02:00 gap" },
	{ "sun 2:00", "2026-03-29T03:00:00+02:00 gap" },
	{ "29 mar 2:59", "2026-03-29T03:59:00+02:00 gap" },
	{ "2026-03-29 02:30", "2026-03-29T03:30:00+02:00 gap" },
	{ "sun 1:59", "2026-03-29T01:59:00+01:00" },
	{ "sun 3:00", "2026-03-29T03:00:00+02:00" },
	{ "in 24h", "2026-03-29T13:00:00+02:00 instant" },
	{ "in 1 day", "2026-03-29T12:00:00+02:00" },
	{ "in 1 month", "2026-04-28T12:00:00+02:00" },
};

static const struct example before_fold[] = {
	{ "2:30", "2026-10-25T02:30:00+02:00 fold" },
	{ "25 oct 2:00", "2026-10-25T02:00:00+02:00 fold" },
	{ "sun 3:00", "2026-10-25T03:00:00+01:00" },
	{ "2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00 instant" },
	{ "in 24h", "2026-10-25T11:00:00+01:00 instant" },
	{ "tomorrow noon", "2026-10-25T12:00:00+01:00" },
};

static const struct example in_first_of_fold[] = {
	{ "2:30", "2026-10-25T02:30:00+02:00 fold" },
	{ "2:10", "2026-10-26T02:10:00+01:00" },
	{ "in 1h", "2026-10-25T02:20:00+01:00 instant" },
};

/* The first 2:30 has passed, and the second is not what anybody means. */
static const struct example in_second_of_fold[] = {
	{ "2:30", "2026-10-26T02:30:00+01:00" },
	{ "3:00", "2026-10-25T03:00:00+01:00" },
	{ "in 10m", "2026-10-25T02:30:00+01:00 instant" },
};

static const struct refusal second_of_fold[] = {
	{ "today 2:30", IMPOSSIBLE, "has passed" },
};

static void
test_daylight_saving(void **state)
{
	(void)state;
	good("2026-03-28T12:00", before_gap);
	good("2026-10-24T12:00", before_fold);
	good("2026-10-25T02:20+02:00", in_first_of_fold);
	good("2026-10-25T02:20+01:00", in_second_of_fold);
	refused("2026-10-25T02:20+01:00", second_of_fold);
}

static const struct example until[] = {
	{ "today", "2026-11-20T23:59:59+01:00" },
	{ "friday", "2026-11-20T23:59:59+01:00" },
	{ "tomorrow", "2026-11-21T23:59:59+01:00" },
	{ "until 24 dec", "2026-12-24T23:59:59+01:00" },
	{ "20 nov", "2026-11-20T23:59:59+01:00" },
	{ "2026-12-24", "2026-12-24T23:59:59+01:00" },
	{ "end of the month", "2026-11-30T23:59:59+01:00" },
	{ "24 dec 18:00", "2026-12-24T18:00:00+01:00" },
	{ "fri 9am", "2026-11-27T09:00:00+01:00" },
	{ "6pm", "2026-11-20T18:00:00+01:00" },
	{ "tonight", "2026-11-20T20:00:00+01:00" },
	{ "2h", "2026-11-20T16:30:00+01:00 instant" },
};

static const struct example past[] = {
	{ "yesterday", "2026-11-19T09:00:00+01:00" },
	{ "yesterday 4pm", "2026-11-19T16:00:00+01:00" },
	{ "today", "2026-11-20T09:00:00+01:00" },
	{ "this morning", "2026-11-20T09:00:00+01:00" },
	{ "now", "2026-11-20T14:30:00+01:00" },
	{ "friday", "2026-11-20T09:00:00+01:00" },
	{ "last friday", "2026-11-13T09:00:00+01:00" },
	{ "mon", "2026-11-16T09:00:00+01:00" },
	{ "thu 18:00", "2026-11-19T18:00:00+01:00" },
	{ "24 dec", "2025-12-24T09:00:00+01:00" },
	{ "1 nov", "2026-11-01T09:00:00+01:00" },
	{ "29 feb", "2024-02-29T09:00:00+01:00" },
	{ "2020-12-24 18:00", "2020-12-24T18:00:00+01:00" },
	{ "3 days ago", "2026-11-17T14:30:00+01:00" },
	{ "2h ago", "2026-11-20T12:30:00+01:00 instant" },
	{ "a month ago", "2026-10-20T14:30:00+02:00" },
	{ "15:00", "2026-11-19T15:00:00+01:00" },
	{ "tomorrow", "2026-11-21T09:00:00+01:00" },
};

static const struct example past_7am[] = {
	{ "today", "2026-11-20T07:00:00+01:00" },
	{ "friday", "2026-11-20T07:00:00+01:00" },
};

static const struct refusal before_time = {
	"80000000h ago", IMPOSSIBLE, "before the year 1"
};

static void
test_flags(void **state)
{
	(void)state;
	good_flags(friday, WHEN_UNTIL, until);
	good_flags(friday, WHEN_PAST, past);
	good_flags("2026-11-20T07:00", WHEN_PAST, past_7am);
	check_refused(friday, WHEN_PAST, &before_time);
}

/* The hours of the words are the configuration's. */
static void
test_hours(void **state)
{
	const struct hours own = { .morning = 7 * 60 + 30, .evening = 19 * 60,
	    .tonight = 21 * 60, .eod = 16 * 60 };
	static const struct example words[] = {
		{ "tomorrow", "2026-11-21T07:30" },
		{ "this evening", "2026-11-20T19:00" },
		{ "tonight", "2026-11-20T21:00" },
		{ "eod", "2026-11-20T16:00" },
		{ "today", "2026-11-20T16:00" },
		{ "by monday", "2026-11-23T16:00" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(words); i++) {
		struct err err = {0};
		struct when w;

		if (!when_parse(words[i].phrase, instant(friday), berlin, &own,
		    0, &w, &err))
			fail_msg("\"%s\": %s", words[i].phrase, err.message);
		if (w.epoch != instant(words[i].moment))
			fail_msg("\"%s\" is not %s", words[i].phrase,
			    words[i].moment);
	}
}

static const struct {
	const char *word, *next;
	bool begins;
} beginnings[] = {
	{ "tomorrow", NULL, true }, { "fri", "18:00", true },
	{ "9am", NULL, true }, { "9", "am", true }, { "18:00", "fri", true },
	{ "24", "dec", true }, { "24th", "of", true }, { "24.12.", NULL, true },
	{ "2", "weeks", true }, { "2h", NULL, true }, { "1h30x", NULL, true },
	{ "12/11/2026", NULL, true }, { "2026-12-24", "18:00", true },
	{ "+3d", NULL, true }, { "in", "2h", true }, { "in", "2", true },
	{ "in", "the", true }, { "in", "half", true }, { "in", "a", true },
	{ "in", "three", true }, { "in", NULL, true }, { "on", "the", true },
	{ "at", "9", true }, { "by", "thu", true }, { "until", "9", true },
	{ "next", "week", true }, { "this", "evening", true },
	{ "the", "9th", true }, { "the", "day", true }, { "the", "end", true },
	{ "day", "after", true }, { "last", "day", true },
	{ "end", "of", true }, { "a", "week", true }, { "an", "hour", true },
	{ "half", "an", true }, { "a", "couple", true }, { "may", "1", true },
	{ "eod", NULL, true }, { "TOMORROW", NULL, true },
	{ "13pm", NULL, true }, { "30", "feb", true },
	{ "teatime", NULL, true }, { "teatime", "tomorrow", true },
	{ "half", "past", true }, { "quarter", "to", true },
	{ "quarter", "past", true }, { "a", "quarter", true },
	{ "ten", "past", true }, { "now", "+", true },
	{ "first", "monday", true }, { "last", "friday", true },
	{ "2nd", "tuesday", true }, { "second", "tuesday", true },
	{ "week", "after", true }, { "the", "week", true },
	{ "the", "first", true }, { "friday", "week", true },
	{ "2", "quarters", true },

	{ "9", NULL, false }, { "12", "24", false }, { "12", "13", false },
	{ "12", "dana", false }, { "dana", NULL, false },
	{ "dana", "tomorrow", false }, { "a", "report", false },
	{ "the", "report", false }, { "next", "steps", false },
	{ "this", "is", false }, { "in", "touch", false },
	{ "by", "email", false }, { "on", "paper", false },
	{ "may", "I", false }, { "first", "thing", false },
	{ "", NULL, false }, { "\xff", NULL, false }, { "#12", NULL, false },
	{ "with", "dana", false }, { "f7", NULL, false },
	{ "i31", NULL, false }, { "12", "18:00", false },
	{ "12", "+3d", false }, { "12", "1.5h", false },
	{ "20", "to", false }, { "quarter", "report", false },
	{ "half", "done", false }, { "week", "report", false },
	{ "first", "draft", false }, { "second", "half", false },
	{ "past", "events", false }, { "after", "lunch", false },
};

static void
test_begins(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(beginnings); i++)
		if (when_begins(beginnings[i].word, beginnings[i].next) !=
		    beginnings[i].begins)
			fail_msg("\"%s %s\" %s", beginnings[i].word,
			    beginnings[i].next == NULL ? "" :
			    beginnings[i].next, beginnings[i].begins ?
			    "does not begin a phrase" : "begins a phrase");
}

static void
test_local(void **state)
{
	static const struct {
		const char *text;
		int64_t epoch;
	} ok[] = {
		{ "2026-11-20T14:30", 1795181400 },
		{ "2026-11-20 14:30", 1795181400 },
		{ "2026-11-20t14:30:00", 1795181400 },
		{ "2026-11-20T14:30:15", 1795181415 },
		{ "2026-11-20T13:30Z", 1795181400 },
		{ "2026-11-20T14:30+01:00", 1795181400 },
		{ "2026-11-20 08:30-05:00", 1795181400 },
		{ "2026-11-20", 1795129200 },
		{ "1970-01-01T01:00", 0 },
		{ "2026-03-29T02:30", 1774747800 },
	};
	static const char *const bad[] = {
		"", "tomorrow", "2026-11-20T", "2026-11-20T25:00",
		"2026-11-31", "2026-13-01", "14:30", "2026-11-20 14:30 x",
		"2026-11-20 9", "12/11/2026", "0000-01-01", "\xff",
		"2026-11-20 14:30 15:30",
	};
	struct err err;
	int64_t epoch;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(ok); i++) {
		err.message[0] = '\0';
		if (!when_parse_local(ok[i].text, berlin, &epoch, &err) ||
		    epoch != ok[i].epoch)
			fail_msg("\"%s\": %lld, %s", ok[i].text,
			    (long long)epoch, err.message);
	}
	for (i = 0; i < COUNT(bad); i++) {
		err.message[0] = '\0';
		if (when_parse_local(bad[i], berlin, &epoch, &err))
			fail_msg("\"%s\" is not refused", bad[i]);
		assert_true(err.message[0] != '\0');
	}
}

static void
test_format(void **state)
{
	struct zone *caracas = zone_from_posix("<-0430>4:30", "x", NULL);
	struct zone *lmt = zone_from_posix("LMT-0:53:28", "x", NULL);
	char text[WHEN_TEXT];
	int64_t t = instant("2026-11-24T09:00");

	(void)state;
	assert_string_equal(when_format(t, berlin, text),
	    "Tue 24 Nov 2026 09:00 CET");
	assert_string_equal(when_format(t + 5, berlin, text),
	    "Tue 24 Nov 2026 09:00:05 CET");
	assert_string_equal(when_echo(t, t - 66 * 3600, berlin, text),
	    "Tue 24 Nov 2026 09:00 CET (in 2 d 18 h)");
	assert_string_equal(when_echo(t, t + 7200, berlin, text),
	    "Tue 24 Nov 2026 09:00 CET (2 h ago)");
	assert_string_equal(when_rfc3339(t, berlin, text),
	    "2026-11-24T09:00:00+01:00");
	assert_string_equal(when_rfc3339(t, caracas, text),
	    "2026-11-24T03:30:00-04:30");
	/* An offset with seconds is cut; the text still names the instant. */
	assert_string_equal(when_rfc3339(0, lmt, text),
	    "1970-01-01T00:53:00+00:53");
	/* Samoa went over the date line: 30 December 2011 never was. */
	assert_true(when_note(&(struct when){.fit = ZONE_GAP,
	    .asked = {2011, 12, 30, 9, 0, 0},
	    .local = {2011, 12, 31, 9, 0, 0}}, text));
	assert_string_equal(text, "the calendar skips 30 Dec: 31 Dec is meant");
	assert_true(when_note(&(struct when){.fit = ZONE_GAP,
	    .asked = {2027, 3, 28, 2, 30, 0},
	    .local = {2027, 3, 28, 3, 30, 0}}, text));
	assert_string_equal(text,
	    "the clock skips 02:30 that night: 03:30 is meant");
	assert_false(when_note(&(struct when){.fit = ZONE_EXACT}, text));
	zone_free(caracas);
	zone_free(lmt);
}

/* Other zones, whose clocks do what Berlin's don't: the hour before and after
 * they change, by half an hour, and by a whole day. */
static const struct {
	const char *zone, *now, *phrase, *moment;
} elsewhere[] = {
	/* New York: 8 March 2026 2:00 → 3:00, 1 November 2:00 → 1:00. */
	{ "America/New_York", "2026-03-07T12:00", "tomorrow 2:30",
	    "2026-03-08T03:30:00-04:00 gap" },
	{ "America/New_York", "2026-03-07T12:00", "tomorrow 1:59",
	    "2026-03-08T01:59:00-05:00" },
	{ "America/New_York", "2026-03-07T12:00", "tomorrow 3:00",
	    "2026-03-08T03:00:00-04:00" },
	{ "America/New_York", "2026-03-07T12:00", "in 24h",
	    "2026-03-08T13:00:00-04:00 instant" },
	{ "America/New_York", "2026-03-07T12:00", "in 1 day",
	    "2026-03-08T12:00:00-04:00" },
	{ "America/New_York", "2026-03-07T12:00", "a day from tomorrow 2:30",
	    "2026-03-09T02:30:00-04:00" },
	{ "America/New_York", "2026-10-31T12:00", "tomorrow 1:30",
	    "2026-11-01T01:30:00-04:00 fold" },
	{ "America/New_York", "2026-10-31T12:00", "tomorrow 1:30 + 1h",
	    "2026-11-01T01:30:00-05:00" },
	{ "America/New_York", "2026-10-31T12:00",
	    "first sunday of november 1am", "2026-11-01T01:00:00-04:00 fold" },
	{ "America/New_York", "2026-10-31T12:00", "tomorrow 2:00",
	    "2026-11-01T02:00:00-05:00" },
	/* Lord Howe: 4 October 2026 2:00 → 2:30, 5 April 2:00 → 1:30. */
	{ "Australia/Lord_Howe", "2026-10-03T12:00", "tomorrow 2:15",
	    "2026-10-04T02:45:00+11:00 gap" },
	{ "Australia/Lord_Howe", "2026-10-03T12:00", "tomorrow 2:30",
	    "2026-10-04T02:30:00+11:00" },
	{ "Australia/Lord_Howe", "2026-10-03T12:00", "in 24h",
	    "2026-10-04T12:30:00+11:00 instant" },
	{ "Australia/Lord_Howe", "2026-04-04T12:00", "tomorrow 1:45",
	    "2026-04-05T01:45:00+11:00 fold" },
	{ "Australia/Lord_Howe", "2026-04-04T12:00", "tomorrow 2:00",
	    "2026-04-05T02:00:00+10:30" },
	/* Apia went over the date line at the end of 29 December 2011. */
	{ "Pacific/Apia", "2011-12-29T12:00", "tomorrow",
	    "2011-12-31T09:00:00+14:00 gap" },
	{ "Pacific/Apia", "2011-12-29T12:00", "saturday",
	    "2011-12-31T09:00:00+14:00" },
	{ "Pacific/Apia", "2011-12-29T12:00", "friday",
	    "2011-12-31T09:00:00+14:00 gap" },
	{ "Pacific/Apia", "2011-12-29T12:00", "in 24h",
	    "2011-12-31T12:00:00+14:00 instant" },
	{ "Pacific/Apia", "2011-12-29T12:00", "2 days after tomorrow",
	    "2012-01-01T09:00:00+14:00" },
	/* Half-hour zones without changes. */
	{ "Asia/Kolkata", "2026-11-20T14:30", "teatime",
	    "2026-11-20T16:00:00+05:30" },
	{ "Asia/Kathmandu", "2026-11-20T14:30", "friday week",
	    "2026-12-04T09:00:00+05:45" },
};

static void
test_elsewhere(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(elsewhere); i++) {
		struct zone *z = zoneinfo_load(elsewhere[i].zone, NULL);
		char got[WHEN_TEXT + 16];
		struct err err = {0};
		struct when w;
		int64_t now;

		if (z == NULL)
			fail_msg("%s is not on this machine",
			    elsewhere[i].zone);
		assert_true(when_parse_local(elsewhere[i].now, z, &now, NULL));
		if (!when_parse(elsewhere[i].phrase, now, z, &hours_default, 0,
		    &w, &err))
			fail_msg("\"%s\": %s", elsewhere[i].phrase,
			    err.message);
		when_rfc3339(w.epoch, z, got);
		strcat(got, w.floating ? "" : " instant");
		strcat(got, w.fit == ZONE_GAP ? " gap" : w.fit == ZONE_FOLD
		    ? " fold" : "");
		if (strcmp(got, elsewhere[i].moment) != 0)
			fail_msg("%s, \"%s\": %s, not %s", elsewhere[i].zone,
			    elsewhere[i].phrase, got, elsewhere[i].moment);
		zone_free(z);
	}
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
		cmocka_unit_test(test_friday),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_deadlines),
		cmocka_unit_test(test_at_home),
		cmocka_unit_test(test_clock_said),
		cmocka_unit_test(test_other_times),
		cmocka_unit_test(test_daylight_saving),
		cmocka_unit_test(test_elsewhere),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_begins),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests_name("when", tests, set_up, tear_down);
}
