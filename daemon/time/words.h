/*
 * The words of the grammar (reading.h) and what each stands for. Private to
 * this room.
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

#define TODAY 1		/* meanings are not negative; yesterday is 0 */
#define NOON (12 * 3600)

/* What to say instead of a word that people use for a time and that names
 * none ("weekend", "soon"), or NULL. */
const char *words_instead_of(const char *word);

/* The word of the grammar that is nearest to this one, or NULL. */
const char *words_nearest(const char *word);

#endif
