/*
 * The words of the grammar (reading.h) and what each stands for. Private to
 * this room; the months are for model/date.c too.
 */
#ifndef RAPPORT_TIME_WORDS_H
#define RAPPORT_TIME_WORDS_H

#include "time/lex.h"

extern const struct meaning words_weekdays[];	/* enum weekday */
extern const struct meaning words_months[];	/* 1 … 12 */
extern const struct meaning words_parts[];	/* enum part: "morning" */
extern const struct meaning words_relative_days[];	/* TODAY + days */
extern const struct meaning words_scopes[];	/* enum scope: "week" */
extern const struct meaning words_clock_words[]; /* seconds: "noon" */
extern const struct meaning words_halves[];	/* hours added: "am", "pm" */
extern const struct meaning words_ordinals[];	/* "st", "nd" … */
extern const struct meaning words_noise[];	/* "on", "at", "until" */

/* What a period is named after, and the words of recurrence. */
enum period {
	PERIOD_MINUTE, PERIOD_HOUR, PERIOD_DAY, PERIOD_WEEK, PERIOD_FORTNIGHT,
	PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF_YEAR, PERIOD_YEAR, PERIOD_MAX
};

extern const struct meaning words_periods[];	/* enum period: "week" */
extern const struct meaning words_adverbs[];	/* enum period: "weekly" */
extern const struct meaning words_workdays[];	/* "weekday" */
extern const struct meaning words_plural_parts[];	/* enum part */
extern const struct meaning words_ranks[];	/* "first" … as numbers */
extern const struct meaning words_times[];	/* "times" */
extern const struct meaning words_done[];	/* "done", "finished" */
extern const struct meaning words_rule_noise[];	/* "every", "on", "once" */

#define TODAY 1		/* meanings are not negative; yesterday is 0 */
#define NOON (12 * 3600)

/* "st" for 1, "th" for 11; n >= 0. */
const char *words_ordinal_suffix(int64_t n);

/* What to say instead of a word that people use for a time and that names
 * none ("weekend", "soon"), or NULL. */
const char *words_instead_of(const char *word);

/* The same for recurrences: "biweekly". NULL, or the readings. */
const char *words_rule_question(const char *word);

/* The word of the grammar of moments that is nearest to this one, or NULL; of
 * the grammar of recurrence. */
const char *words_nearest(const char *word);
const char *words_nearest_rule(const char *word);

#endif
