/*
 * A rule of recurrence as a person says it: "2nd tuesday of the month at 9:00",
 * before it becomes an RRULE on some calendar, and after it was made out of
 * one. A phrase is read by form_rule.c, told by spoken_words.c, and turned
 * into a rule and back by spoken.c. Private to this room.
 */
#ifndef RAPPORT_TIME_SPOKEN_H
#define RAPPORT_TIME_SPOKEN_H

#include "time/amount.h"
#include "time/recur.h"
#include "time/when.h"

#define CLOCKS_MAX 24

/* What an ordinal counts within its month. */
enum nth_of {
	NTH_DAY,	/* the 15th, the last day */
	NTH_WEEKDAY,	/* the 2nd tuesday */
	NTH_WORKDAY,	/* the 1st weekday */
};

struct spoken {
	/* How often, as an RRULE has it; when no period was said, the one
	 * that the days make ("fridays": every week). */
	enum rrule_freq freq;
	int interval;

	/* "3 weeks after done": all else but clocks is empty then. */
	bool after_done;
	struct amount span;

	unsigned weekdays;	/* bit n: enum weekday */
	enum nth_of nth_of;
	uint64_t nth, nth_back;	/* bit n: the n-th, the n-th from the end */
	bool of_year;		/* they count within the year */
	unsigned months;	/* bit n: 1 … 12 */

	int clocks[CLOCKS_MAX];	/* seconds after midnight, ascending */
	size_t clocks_n;

	int count;		/* "5 times"; 0: no end */
	struct amount lasting;	/* "for 3 weeks" */
	const char *until_phrase;	/* "until friday": a WHEN, behind the
					   phrase that it was read from */
	enum rrule_until until_is;	/* UNTIL_NONE, _DATE or _WALL */
	struct civil until;
};

/* ERR_NOT_UNDERSTOOD, with the readings or the nearest word; ERR_IMPOSSIBLE
 * for a day that no month has. */
bool spoken_parse(const char *phrase, const struct hours *hours,
    struct spoken *out, struct err *err);

/* Whether it says which days are meant, so that the first of them begins its
 * count; "2 weeks" is counted from wherever it begins. */
bool spoken_names_day(const struct spoken *s);

/*
 * The rule, on a calendar where it begins at anchor: "month" from the 31st on
 * means the last days of shorter months. One clock time is left to the anchor.
 * until_phrase and lasting are not looked at. ERR_NOT_UNDERSTOOD for what takes
 * two rules.
 */
bool spoken_to_recur(const struct spoken *s, const struct civil *anchor,
    struct recur *out, struct err *err);

/* The reverse. False: there may be no words for it. True: there may be; which
 * rule they make is for spoken_to_recur to tell. */
bool spoken_from_recur(const struct recur *r, struct spoken *out);

/* Append the words, as every_words does. */
void spoken_words(const struct spoken *s, struct buf *out);

#endif
