/*
 * The forms of the grammar of recurrence (spoken.h), as forms.h has those of
 * moments: each reads one part of a phrase, and READ, NOT_MINE and WRONG mean
 * the same. Private to this room.
 */
#ifndef RAPPORT_TIME_FORM_RULE_H
#define RAPPORT_TIME_FORM_RULE_H

#include "time/forms.h"
#include "time/spoken.h"

/* The parts that a rule has. */
enum rule_field {
	RULE_PERIOD = 1 << 0,
	RULE_WEEKDAYS = 1 << 1,
	RULE_NTH = 1 << 2,
	RULE_MONTHS = 1 << 3,
	RULE_CLOCK = 1 << 4,
	RULE_PART = 1 << 5,	/* "in the morning" */
	RULE_END = 1 << 6,
	RULE_AFTER = 1 << 7,	/* "after done" */
};

struct rule_parser {
	struct parser p;	/* the place, and a reading for clock forms */
	struct spoken s;
	const struct hours *hours;
	unsigned given;		/* enum rule_field */
	unsigned last;		/* the field that was read last */
	bool scoped;		/* "of the month" and the like was said */
	bool surely_days;	/* "the 15th", "1st and 15th": not "every 15th
				   time" */
	bool mixed;		/* the period is no one unit: "1 day 2 hours" */
	bool other;		/* "other": every second of something */
	size_t nth_at;		/* the token where the ordinals begin */
	int part;		/* enum part */
};

enum outcome read_rule_clock(struct rule_parser *q);	/* at 8 and 17:30 */
enum outcome read_rule_until(struct rule_parser *q);	/* until friday */
enum outcome read_rule_times(struct rule_parser *q);	/* 5 times */
enum outcome read_rule_lasting(struct rule_parser *q);	/* for 3 weeks */
enum outcome read_rule_after(struct rule_parser *q);	/* after done */
enum outcome read_rule_date(struct rule_parser *q);	/* 24.12. */
enum outcome read_rule_nth(struct rule_parser *q);	/* 2nd tuesday of … */
enum outcome read_rule_months(struct rule_parser *q);	/* dec 24; in june */
enum outcome read_rule_weekdays(struct rule_parser *q);	/* mon and thu */
enum outcome read_rule_period(struct rule_parser *q);	/* 2 weeks, daily */

/* The meaning of a name n places on, in the plural too ("mondays"), or -1. */
int name_at(const struct cursor *c, size_t n, const struct meaning *table);

/* What begins n places on does not fit into one rule with the rest. */
enum outcome wrong_two(struct rule_parser *q, size_t n);

#endif
