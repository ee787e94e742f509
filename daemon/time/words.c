/* The words of the grammar: see words.h. */
#include <string.h>

#include "base/distance.h"
#include "time/amount.h"
#include "time/civil.h"
#include "time/reading.h"
#include "time/words.h"

const struct meaning words_weekdays[] = {
	{ "mon", MONDAY }, { "monday", MONDAY },
	{ "tue", TUESDAY }, { "tues", TUESDAY }, { "tuesday", TUESDAY },
	{ "wed", WEDNESDAY }, { "weds", WEDNESDAY },
	{ "wednesday", WEDNESDAY },
	{ "thu", THURSDAY }, { "thur", THURSDAY }, { "thurs", THURSDAY },
	{ "thursday", THURSDAY },
	{ "fri", FRIDAY }, { "friday", FRIDAY },
	{ "sat", SATURDAY }, { "saturday", SATURDAY },
	{ "sun", SUNDAY }, { "sunday", SUNDAY },
	{ NULL, 0 }
};

const struct meaning words_months[] = {
	{ "jan", 1 }, { "january", 1 }, { "feb", 2 }, { "february", 2 },
	{ "mar", 3 }, { "march", 3 }, { "apr", 4 }, { "april", 4 },
	{ "may", 5 }, { "jun", 6 }, { "june", 6 }, { "jul", 7 },
	{ "july", 7 }, { "aug", 8 }, { "august", 8 }, { "sep", 9 },
	{ "sept", 9 }, { "september", 9 }, { "oct", 10 }, { "october", 10 },
	{ "nov", 11 }, { "november", 11 }, { "dec", 12 }, { "december", 12 },
	{ NULL, 0 }
};

const struct meaning words_parts[] = {
	{ "morning", PART_MORNING }, { "afternoon", PART_AFTERNOON },
	{ "evening", PART_EVENING }, { "night", PART_NIGHT },
	{ NULL, 0 }
};

const struct meaning words_relative_days[] = {
	{ "today", TODAY }, { "tomorrow", TODAY + 1 },
	{ "yesterday", TODAY - 1 },
	{ NULL, 0 }
};

const struct meaning words_scopes[] = {
	{ "week", SCOPE_WEEK }, { "month", SCOPE_MONTH },
	{ "year", SCOPE_YEAR },
	{ NULL, 0 }
};

const struct meaning words_clock_words[] = {
	{ "noon", NOON }, { "midday", NOON }, { "midnight", 0 },
	{ NULL, 0 }
};

const struct meaning words_halves[] = {
	{ "am", 0 }, { "pm", 12 },
	{ NULL, 0 }
};

const struct meaning words_ordinals[] = {
	{ "st", 0 }, { "nd", 0 }, { "rd", 0 }, { "th", 0 },
	{ NULL, 0 }
};

const struct meaning words_noise[] = {
	{ "on", 0 }, { "at", 0 }, { "until", 0 }, { "till", 0 }, { "til", 0 },
	{ "for", 0 },	/* "quiet for 2h" */
	{ "to", 0 },	/* "move 12 to friday" */
	{ NULL, 0 }
};

/* The words that are spelt out in the forms. */
static const struct meaning other_words[] = {
	{ "in", 0 }, { "by", 0 }, { "next", 0 }, { "this", 0 }, { "last", 0 },
	{ "tonight", 0 }, { "eod", 0 }, { "day", 0 }, { "after", 0 },
	{ "end", 0 }, { "ago", 0 }, { "half", 0 }, { "now", 0 },
	{ "first", 0 }, { "couple", 0 },
	{ NULL, 0 }
};

static const struct meaning *const vocabulary[] = {
	words_relative_days, words_weekdays, words_months, words_parts,
	words_clock_words, other_words, words_scopes, amount_units,
	amount_counts, words_halves, words_noise,
};

#define TABLES (sizeof vocabulary / sizeof vocabulary[0])

static const struct {
	const char *word, *instead;
} vague[] = {
	{ "weekend", "\"saturday\" or \"sunday\"" },
	{ "weekday", "\"monday\" or another day" },
	{ "soon", "\"2h\", \"tomorrow\" or another time" },
	{ "later", "\"2h\", \"tomorrow\" or another time" },
	{ "asap", "\"1h\", \"today\" or another time" },
	{ "the", "\"the 9th\" or a date" },
	{ "tmr", "\"tomorrow\"" }, { "tmrw", "\"tomorrow\"" },
	{ "tonite", "\"tonight\"" }, { "eom", "\"end of the month\"" },
	{ "eow", "\"friday\" or \"sunday\"" },
	{ "eoy", "\"end of the year\"" },
	{ "someday", "\"in 1 month\" or another time" },
	{ "few", "\"3d\" or another number" },
	{ "lunch", "\"noon\" or \"13:00\"" },
	{ "lunchtime", "\"noon\" or \"13:00\"" },
	{ "spring", "the month and day" }, { "summer", "the month and day" },
	{ "autumn", "the month and day" }, { "winter", "the month and day" },
};

const char *
words_instead_of(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof vague / sizeof vague[0]; i++)
		if (strcmp(vague[i].word, word) == 0)
			return vague[i].instead;
	return NULL;
}

/* Words of one or two letters are left out: they are near to everything. */
const char *
words_nearest(const char *word)
{
	const char *all[200] = { NULL };
	size_t n = 0, i;

	for (i = 0; i < TABLES; i++) {
		const struct meaning *m = vocabulary[i];

		for (; m->word != NULL && n < 199; m++)
			if (strlen(m->word) > 2)
				all[n++] = m->word;
	}
	return strlen(word) < 3 ? NULL : nearest_word(word, all);
}
