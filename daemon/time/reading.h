/*
 * What a phrase says, before it meets the calendar: the fields given, no more.
 * "fri 18:00" is a weekday and a clock time; which Friday is for when.c to
 * find. Here is the grammar; it knows neither the clock nor a zone nor the
 * configured hours. Private to this room.
 */
#ifndef RAPPORT_TIME_READING_H
#define RAPPORT_TIME_READING_H

#include "time/amount.h"
#include "time/civil.h"
#include "time/lex.h"

/* Which fields of a reading a phrase gave; each can be given once. */
enum field {
	FIELD_SCOPE = 1 << 0,
	FIELD_YEAR = 1 << 1,
	FIELD_MONTH = 1 << 2,
	FIELD_DAY = 1 << 3,
	FIELD_WEEKDAY = 1 << 4,
	FIELD_PART = 1 << 5,
	FIELD_CLOCK = 1 << 6,
	FIELD_OFFSET = 1 << 7,
	FIELD_AMOUNT = 1 << 8,
	FIELD_BY = 1 << 9,	/* "by": no value */
	FIELD_NTH = 1 << 10,	/* "2nd tuesday": with FIELD_WEEKDAY */
	FIELD_SHIFT = 1 << 11,	/* "a week from …", "… + 3 days" */

	FIELDS_DATE = FIELD_YEAR | FIELD_MONTH | FIELD_DAY,
	FIELDS_WHICH_DAY = FIELDS_DATE | FIELD_SCOPE | FIELD_WEEKDAY,
};

/* A stretch of days counted from today: the day itself, its Monday-based
 * week, its month, its year; shifted by so many of its kind. */
enum scope { SCOPE_DAY, SCOPE_WEEK, SCOPE_MONTH, SCOPE_YEAR };

/* The parts of a day that the configuration gives an hour. */
enum part { PART_MORNING, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_EOD };

#define DAY_LAST (-1)	/* the last day of its month; no phrase says -1 */

struct reading {
	unsigned given;		/* enum field */
	enum scope scope;
	int shift;
	int year;
	int month;		/* 1 … 12 */
	int day;		/* 1 … 31, or DAY_LAST */
	int weekday;		/* enum weekday */
	int nth;		/* which one of its month; -1 is the last */
	enum part part;
	int clock;		/* seconds after midnight */
	int offset;		/* seconds east of UTC */
	struct amount amount;	/* from now; negative for "ago" */
	struct amount shift_by;	/* from the moment that the rest names;
				   negative for "before" */
};

/* Read a whole phrase. ERR_NOT_UNDERSTOOD, with the nearest word or the
 * possible readings; ERR_IMPOSSIBLE for a day that no month has (30 feb). */
bool reading_parse(const struct lexed *l, struct reading *out,
    struct err *err);

/* Read the date, or date and time, of ISO 8601 and nothing else. */
bool reading_parse_iso(const struct lexed *l, struct reading *out,
    struct err *err);

/* Whether the first word, followed by the rest, begins a phrase; see
 * when_begins. */
bool reading_begins(const struct lexed *l);

#endif
