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
	{ "teatime", 16 * 3600 },	/* as at(1) has it */
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

const struct meaning words_periods[] = {
	{ "minute", PERIOD_MINUTE }, { "hour", PERIOD_HOUR },
	{ "day", PERIOD_DAY }, { "week", PERIOD_WEEK },
	{ "fortnight", PERIOD_FORTNIGHT }, { "month", PERIOD_MONTH },
	{ "quarter", PERIOD_QUARTER }, { "year", PERIOD_YEAR },
	{ NULL, 0 }
};

const struct meaning words_adverbs[] = {
	{ "hourly", PERIOD_HOUR }, { "daily", PERIOD_DAY },
	{ "weekly", PERIOD_WEEK }, { "fortnightly", PERIOD_FORTNIGHT },
	{ "monthly", PERIOD_MONTH }, { "quarterly", PERIOD_QUARTER },
	{ "yearly", PERIOD_YEAR }, { "annually", PERIOD_YEAR },
	{ NULL, 0 }
};

const struct meaning words_workdays[] = {
	{ "weekday", 0 }, { "weekdays", 0 }, { "workday", 0 },
	{ "workdays", 0 },
	{ NULL, 0 }
};

const struct meaning words_plural_parts[] = {
	{ "mornings", PART_MORNING }, { "afternoons", PART_AFTERNOON },
	{ "evenings", PART_EVENING }, { "nights", PART_NIGHT },
	{ NULL, 0 }
};

const struct meaning words_ranks[] = {
	{ "first", 1 }, { "second", 2 }, { "third", 3 }, { "fourth", 4 },
	{ "fifth", 5 }, { "sixth", 6 }, { "seventh", 7 }, { "eighth", 8 },
	{ "ninth", 9 }, { "tenth", 10 },
	{ NULL, 0 }
};

const struct meaning words_times[] = {
	{ "times", 0 }, { "time", 0 }, { "occurrences", 0 },
	{ "occurrence", 0 }, { "x", 0 },
	{ NULL, 0 }
};

const struct meaning words_done[] = {
	{ "done", 0 }, { "finished", 0 }, { "completed", 0 },
	{ "completion", 0 }, { "doing", 0 },
	{ NULL, 0 }
};

const struct meaning words_rule_noise[] = {
	{ "every", 0 }, { "each", 0 }, { "on", 0 }, { "at", 0 }, { "the", 0 },
	{ "once", 0 }, { "per", 0 },
	{ NULL, 0 }
};

/* The words that are spelt out in the forms. */
static const struct meaning other_words[] = {
	{ "in", 0 }, { "by", 0 }, { "next", 0 }, { "this", 0 }, { "last", 0 },
	{ "tonight", 0 }, { "eod", 0 }, { "day", 0 }, { "after", 0 },
	{ "end", 0 }, { "ago", 0 }, { "half", 0 }, { "now", 0 },
	{ "first", 0 }, { "couple", 0 }, { "past", 0 }, { "before", 0 },
	{ "from", 0 },
	{ NULL, 0 }
};

static const struct meaning *const vocabulary[] = {
	words_relative_days, words_weekdays, words_months, words_parts,
	words_clock_words, other_words, words_scopes, amount_units,
	amount_counts, words_halves, words_noise,
};

static const struct meaning rule_words[] = {
	{ "other", 0 }, { "until", 0 }, { "after", 0 }, { "last", 0 },
	{ "end", 0 }, { "nightly", 0 }, { "for", 0 }, { "penultimate", 0 },
	{ NULL, 0 }
};

static const struct meaning *const rule_vocabulary[] = {
	words_periods, words_adverbs, words_weekdays, words_workdays,
	words_months, words_ranks, words_times, words_parts,
	words_plural_parts, words_done, words_rule_noise, rule_words,
	words_clock_words, amount_units, amount_counts, words_halves,
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static const struct {
	const char *word, *instead;
} vague[] = {
	{ "weekend", "\"saturday\" or \"sunday\"" },
	{ "weekday", "\"monday\" or another day" },
	{ "soon", "\"2h\", \"tomorrow\" or another time" },
	{ "later", "\"2h\", \"tomorrow\" or another time" },
	{ "asap", "\"1h\", \"today\" or another time" },
	{ "the", "\"the 9th\" or a date" },
	{ "after", "\"a week from friday\" or a date" },
	{ "before", "\"by friday\" or \"2 days before friday\"" },
	{ "from", "when it begins, or \"a week from friday\"" },
	{ "since", "when it begins" }, { "between", "when it begins" },
	{ "not", "one time" }, { "or", "one time" }, { "and", "one time" },
	{ "early", "the time of day" }, { "late", "the time of day" },
	{ "mid", "the day" }, { "middle", "the day" },
	{ "start", "\"monday\" or \"1st of next month\"" },
	{ "beginning", "\"monday\" or \"1st of next month\"" },
	{ "coming", "\"friday\" or another day by its name" },
	{ "upcoming", "\"friday\" or another day by its name" },
	{ "following", "\"friday\" or another day by its name" },
	{ "immediately", "\"1m\" or another time" },
	{ "sometime", "\"in 1 month\" or another time" },
	{ "christmas", "\"24 dec\" or \"25 dec\"" },
	{ "xmas", "\"24 dec\" or \"25 dec\"" },
	{ "new", "\"31 dec\" or \"1 jan\"" },	/* "new year" */
	{ "easter", "the date" },
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

static const struct {
	const char *word, *readings;
} rule_questions[] = {
	{ "biweekly", "\"2 weeks\", or two days a week such as \"mon and "
	    "thu\"" },
	{ "bimonthly", "\"2 months\", or two days a month such as \"month on "
	    "the 1st and 15th\"" },
	{ "biannual", "\"2 years\" or \"6 months\"" },
	{ "biannually", "\"2 years\" or \"6 months\"" },
	{ "biyearly", "\"2 years\" or \"6 months\"" },
	{ "semiweekly", "two days a week such as \"mon and thu\"" },
	{ "semimonthly", "\"month on the 1st and 15th\"" },
	{ "except", "\"mon to thu\", or skip an occurrence when it comes" },
	{ "but", "the days, such as \"mon to thu\", or skip an occurrence "
	    "when it comes" },
	{ "not", "the days, such as \"mon to thu\"" },
	{ "everyday", "\"day\"" }, { "all", "\"day\"" },
	{ "single", "\"day\"" }, { "decade", "\"10 years\"" },
	{ "bi", "\"2 weeks\" or \"2 months\"; or the days, such as \"mon and "
	    "thu\"" },
	{ "semi", "\"6 months\"; or the days, such as \"mon and thu\"" },
	{ "semiannual", "\"6 months\"" }, { "semiannually", "\"6 months\"" },
	{ "odd", "\"other week\", and let it begin in the right one" },
	{ "even", "\"other week\", and let it begin in the right one" },
	{ "none", "nothing at all when it comes once" },
	{ "never", "nothing at all when it comes once" },
	{ "starting", "when it begins as the time of the reminder, not in the "
	    "rule" },
	{ "from", "when it begins as the time of the reminder, not in the "
	    "rule" },
	{ "beginning", "when it begins as the time of the reminder, not in the "
	    "rule" },
	{ "sometimes", "how often, such as \"week\"" },
	{ "often", "how often, such as \"week\"" },
	{ "twice", "the times or days, such as \"day at 9:00 and 17:00\"" },
	{ "thrice", "the times or days, such as \"mon, wed and fri\"" },
	{ "spring", "the months" }, { "summer", "the months" },
	{ "autumn", "the months" }, { "winter", "the months" },
	{ "birthday", "the date, such as \"year on 24 dec\"" },
	{ "between", "the hours one by one: \"day at 9, 10 and 11\"" },
};

const char *
words_instead_of(const char *word)
{
	size_t i;

	for (i = 0; i < COUNT(vague); i++)
		if (strcmp(vague[i].word, word) == 0)
			return vague[i].instead;
	return NULL;
}

const char *
words_rule_question(const char *word)
{
	size_t i;

	for (i = 0; i < COUNT(rule_questions); i++)
		if (strcmp(rule_questions[i].word, word) == 0)
			return rule_questions[i].readings;
	return NULL;
}

const char *
words_ordinal_suffix(int64_t n)
{
	static const char *const suffix[10] = {
		"th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"
	};

	return n / 10 % 10 == 1 ? "th" : suffix[n % 10];
}

/* Words of one or two letters are left out: they are near to everything. */
static const char *
nearest_in(const char *word, const struct meaning *const *tables, size_t n)
{
	const char *all[250] = { NULL };
	size_t found = 0, i;

	for (i = 0; i < n; i++) {
		const struct meaning *m = tables[i];

		for (; m->word != NULL && found < COUNT(all) - 1; m++)
			if (strlen(m->word) > 2)
				all[found++] = m->word;
	}
	return strlen(word) < 3 ? NULL : nearest_word(word, all);
}

const char *
words_nearest(const char *word)
{
	return nearest_in(word, vocabulary, COUNT(vocabulary));
}

const char *
words_nearest_rule(const char *word)
{
	return nearest_in(word, rule_vocabulary, COUNT(rule_vocabulary));
}
