/*
 * What it costs to understand a time, and to find the next one:
 *
 *	time
 *
 * A line each for when_parse, every_begin and recur_next, over a table of what
 * people say: nanoseconds of the processor for each on average, and for the one
 * that takes longest. Each is the best of some rounds, because a busy machine
 * slows the others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "nanoseconds.h"
#include "time/every.h"

enum { ROUNDS = 15, TIMES = 100 };

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static const char *const moments[] = {
	"friday", "fri 18:00", "9am", "noon", "next friday", "next week",
	"in 2h", "1h30m", "+3d", "in 2 weeks", "in 1 month", "tomorrow",
	"tonight", "this evening", "eod", "1st of next month", "24 dec 18:00",
	"2026-12-24 18:00", "2026-12-24T18:00+01:00", "24.12.2026",
	"9am tomorrow", "by thu", "teatime + 3 days", "half past nine",
	"last friday of november", "29 feb", "a week from tomorrow",
};

static const char *const rules[] = {
	"day", "weekday", "2 weeks", "month on the 31st",
	"last friday of the month", "year", "3 months after done",
	"mon and thu at 8", "other tuesday", "2nd tuesday of the month",
	"15 minutes until 18:00", "quarter", "last day of the month",
	"weekdays 9am", "year on 29 feb", "day until 2027-03-01",
	"week 5 times", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
};

static const int64_t now = 1795181400;	/* Fri 20 Nov 2026 14:30 in Berlin */
static struct zone *zone;
static struct series series[COUNT(rules)];

static int64_t
processor(void)
{
	return nanoseconds(CLOCK_THREAD_CPUTIME_ID);
}

static bool
parse(size_t i)
{
	struct when w;

	return when_parse(moments[i], now, zone, &hours_default, 0, &w, NULL);
}

static bool
begin(size_t i)
{
	struct every_start start = { .from = zone_civil(zone, now),
		.strictly = true, .now = now, .clock = 9 * 3600 };

	return every_begin(rules[i], &start, zone, &hours_default, &series[i],
	    NULL);
}

/* From where it stands: the series goes on, and once it is over begins anew. */
static bool
next(size_t i)
{
	static struct occurrence at[COUNT(rules)];
	const struct series *s = &series[i];
	struct occurrence *o = &at[i];

	if (s->recur.kind == RECUR_AFTER_DONE)
		return true;
	if (o->epoch == 0 || recur_next(&s->recur, &s->anchor, zone, &o->slot,
	    o->epoch, o) != RRULE_FOUND)
		*o = s->first;
	return true;
}

/* Nanoseconds of one call. */
static int64_t
best(bool (*what)(size_t i), size_t i)
{
	int64_t least = INT64_MAX;
	int round, n;

	for (round = 0; round < ROUNDS; round++) {
		int64_t start = processor(), took;

		for (n = 0; n < TIMES; n++)
			if (!what(i)) {
				fprintf(stderr, "time: number %zu is not "
				    "understood\n", i);
				exit(1);
			}
		took = (processor() - start) / TIMES;
		if (took < least)
			least = took;
	}
	return least;
}

static void
measure(bool (*what)(size_t i), size_t n)
{
	int64_t sum = 0, longest = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		int64_t took = best(what, i);

		sum += took;
		if (took > longest)
			longest = took;
	}
	printf("%lld %lld\n", (long long)(sum / (int64_t)n),
	    (long long)longest);
}

int
main(void)
{
	zone = zone_from_posix("CET-1CEST,M3.5.0,M10.5.0/3", "Berlin", NULL);
	if (zone == NULL)
		return 1;
	measure(parse, COUNT(moments));
	measure(begin, COUNT(rules));
	measure(next, COUNT(rules));
	zone_free(zone);
	return 0;
}
