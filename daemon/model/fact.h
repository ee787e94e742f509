/*
 * What is known about a contact: facts ("likes: early calls", numbered f7) and
 * dates (a birthday, numbered d2). A date is calendar fields, never an instant:
 * whose day it is does not depend on a zone.
 */
#ifndef RAPPORT_MODEL_FACT_H
#define RAPPORT_MODEL_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/civil.h"

enum fact_kind {
	FACT_LIKE,
	FACT_DISLIKE,
	FACT_PASSION,
	FACT_FAMILY,
	FACT_WORK,
	FACT_NEED,
	FACT_OTHER,
	FACT_KIND_MAX
};
extern const char *const fact_kind_names[FACT_KIND_MAX + 1];

/* The kind that a word means: its name, the plural and everyday forms ("likes",
 * "loves", "hates", "kids", "wife", "job", "needs"); -1: none. */
int fact_kind_meant(const char *word);

struct fact {
	int64_t id;		/* > 0, never given twice */
	int64_t contact;
	enum fact_kind kind;
	char *text;
	bool is_private;	/* never leaves the terminal */
	int64_t created;
};

struct facts {
	struct fact *v;
	size_t n;
};

enum date_kind { DATE_BIRTHDAY, DATE_ANNIVERSARY, DATE_EVENT, DATE_KIND_MAX };
extern const char *const date_kind_names[DATE_KIND_MAX + 1];

enum { DATE_LEAD_MAX = 60 };

struct date {
	int64_t id;
	int64_t contact;
	enum date_kind kind;
	char *name;		/* of an event: "board meeting"; or NULL */
	int year;		/* 0: not known, or every year */
	int month, day;
	int lead;		/* days before it on which it is told; 0: none */
	int64_t created;
};

struct dates {
	struct date *v;
	size_t n;
};

void fact_clear(struct fact *f);
void facts_clear(struct facts *fs);
void facts_take(struct facts *fs, struct fact *f);
void date_clear(struct date *d);
void dates_clear(struct dates *ds);
void dates_take(struct dates *ds, struct date *d);

/*
 * A date as people write it: "22 jan", "22 jan 1980", "1980-01-22", "--01-22",
 * "22.1.1980". Sets year, month and day of out. ERR_NOT_UNDERSTOOD with the
 * readings ("3/4": which is the month?), ERR_IMPOSSIBLE for 31 Feb and for 29
 * Feb of a year that has none; 29 Feb without a year is fine.
 */
bool date_parse(const char *text, struct date *out, struct err *err);

/* Its next day on or after a local date (the time of day is not looked at); 29
 * February is 28 February in other years. False: an event of a year that has
 * passed. */
bool date_next(const struct date *d, const struct civil *today,
    struct civil *out);

/* How many years it will be on that day; 0 when the year is not known, or is
 * that very year. */
int date_age(const struct date *d, const struct civil *on);

#endif
