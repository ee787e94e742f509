/* Amounts of time: see amount.h. */
#include "time/amount.h"

enum unit {
	SECOND, MINUTE, HOUR, DAY, WEEK, FORTNIGHT, MONTH, QUARTER, YEAR,
	UNIT_MAX
};

/* How many seconds, days or months one is. */
static const struct amount units[UNIT_MAX] = {
	[SECOND] = { .seconds = 1 },
	[MINUTE] = { .seconds = 60 },
	[HOUR] = { .seconds = 3600 },
	[DAY] = { .days = 1 },
	[WEEK] = { .days = 7 },
	[FORTNIGHT] = { .days = 14 },
	[MONTH] = { .months = 1 },
	[QUARTER] = { .months = 3 },
	[YEAR] = { .months = 12 },
};

const struct meaning amount_units[] = {
	{ "s", SECOND }, { "sec", SECOND }, { "secs", SECOND },
	{ "second", SECOND }, { "seconds", SECOND },
	{ "m", MINUTE }, { "min", MINUTE }, { "mins", MINUTE },
	{ "minute", MINUTE }, { "minutes", MINUTE },
	{ "h", HOUR }, { "hr", HOUR }, { "hrs", HOUR },
	{ "hour", HOUR }, { "hours", HOUR },
	{ "d", DAY }, { "day", DAY }, { "days", DAY },
	{ "w", WEEK }, { "wk", WEEK }, { "wks", WEEK },
	{ "week", WEEK }, { "weeks", WEEK },
	{ "fortnight", FORTNIGHT }, { "fortnights", FORTNIGHT },
	{ "mo", MONTH }, { "month", MONTH }, { "months", MONTH },
	{ "quarter", QUARTER }, { "quarters", QUARTER },
	{ "y", YEAR }, { "yr", YEAR }, { "yrs", YEAR },
	{ "year", YEAR }, { "years", YEAR },
	{ NULL, 0 }
};

const struct meaning amount_counts[] = {
	{ "a", 1 }, { "an", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 },
	{ "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
	{ "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 },
	{ "twelve", 12 }, { "fifteen", 15 }, { "twenty", 20 },
	{ "thirty", 30 }, { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 },
	{ "ninety", 90 },
	{ NULL, 0 }
};

/* A count in tenths of thousandths, so that "1.5 h" and "half an hour" are
 * whole numbers. */
#define PARTS 10000

/* "2", "1.5", "two", "a couple of", "half an", "a quarter of an"; looks at the
 * unit of "quarter hour" alone. Returns how many tokens it takes, 0 when it is
 * no count. */
static size_t
peek_count(const struct cursor *c, int64_t *parts)
{
	size_t n = 0;
	int count;

	if (is_number(c, 0)) {
		*parts = peek(c, 0)->value * PARTS;
		if (is_sign(c, 1, '.') && is_number(c, 2) &&
		    peek(c, 2)->glued && peek(c, 2)->digits <= 4) {
			int64_t fraction = peek(c, 2)->value;
			size_t i;

			for (i = peek(c, 2)->digits; i < 4; i++)
				fraction *= 10;
			*parts += fraction;
			return 3;
		}
		return 1;
	}
	if (is_word(c, 0, "half")) {
		*parts = PARTS / 2;
		return is_word(c, 1, "a") || is_word(c, 1, "an") ? 2 : 1;
	}
	if (is_word(c, 0, "a"))
		n = 1;
	if (is_word(c, n, "quarter") && is_word(c, n + 1, "of") &&
	    (is_word(c, n + 2, "an") || is_word(c, n + 2, "a"))) {
		*parts = PARTS / 4;
		return n + 3;
	}
	if (is_word(c, n, "quarter") && is_word(c, n + 1, "hour")) {
		*parts = PARTS / 4;
		return n + 1;
	}
	if (is_word(c, n, "couple")) {
		*parts = 2 * PARTS;
		return n + (is_word(c, n + 1, "of") ? 2 : 1);
	}
	count = meaning_of(c, 0, amount_counts);
	if (count < 0)
		return 0;
	*parts = (int64_t)count * PARTS;
	return 1;
}

/* "and a half" stands before or after the unit. */
static size_t
peek_and_a_half(const struct cursor *c, size_t n, int64_t *parts)
{
	if (!is_word(c, n, "and") || !is_word(c, n + 1, "a") ||
	    !is_word(c, n + 2, "half"))
		return 0;
	*parts += PARTS / 2;
	return 3;
}

/* Add parts/PARTS of a unit; only what comes out in whole seconds, days or
 * months is an amount. */
static bool
add(struct amount *sum, int64_t parts, const struct amount *unit)
{
	/* NUMBER_MAX * PARTS * 3600 would overflow, so whole and part are
	 * counted apart. */
	int64_t whole = parts / PARTS, part = parts % PARTS;

	if (part * unit->seconds % PARTS != 0 ||
	    part * unit->days % PARTS != 0 || part * unit->months % PARTS != 0)
		return false;
	sum->seconds += whole * unit->seconds + part * unit->seconds / PARTS;
	sum->days += whole * unit->days + part * unit->days / PARTS;
	sum->months += whole * unit->months + part * unit->months / PARTS;
	return true;
}

/* One count with its unit. */
static enum outcome
read_one(struct cursor *c, struct amount *sum, unsigned *seen)
{
	char word[QUOTE_TEXT];
	int64_t parts;
	size_t n = peek_count(c, &parts);
	int unit;

	if (n == 0)
		return NOT_MINE;
	n += peek_and_a_half(c, n, &parts);
	unit = meaning_of(c, n, amount_units);
	if (unit < 0 && n > 1 && peek(c, n)->kind == TOKEN_END &&
	    !is_number(c, 0))
		return wrong(c, n, "a unit is missing, as in \"half an hour\"");
	if (unit < 0)
		return NOT_MINE;
	n++;
	n += peek_and_a_half(c, n, &parts);
	lex_quote(c->lexed, c->at, word);
	if (*seen & 1u << unit)
		return wrong(c, n - 1, "\"%s\": the unit \"%s\" stands twice",
		    word, peek(c, n - 1)->text);
	*seen |= 1u << unit;
	if (!add(sum, parts, &units[unit]))
		return wrong(c, 0, "\"%s\": only hours and minutes can be "
		    "divided, such as \"1h30m\"", word);
	c->at += n;
	return READ;
}

/* A number glued to a unit wants one too: "1h30", "1h30x". */
static bool
lacks_unit(const struct cursor *c)
{
	return is_number(c, 0) && peek(c, 0)->glued;
}

static enum outcome
say_unit(struct cursor *c)
{
	const struct token *number = peek(c, 0), *next = peek(c, 1);
	char word[QUOTE_TEXT], text[QUOTE_TEXT];

	lex_quote(c->lexed, c->at, word);
	if (next->kind == TOKEN_WORD && next->glued)
		return wrong(c, 1, "\"%s\": \"%s\" is no unit: say s, m, h, "
		    "d, w, mo or y, as in \"1h30m\"", word,
		    lex_quote_rest(c->lexed, c->at + 1, text));
	return wrong(c, 0, "\"%s\": a unit is missing after %.20s, as in "
	    "\"1h30m\"", word, number->text);
}

enum outcome
amount_read(struct cursor *c, struct amount *out)
{
	size_t start = c->at;
	unsigned seen = 0;
	enum outcome o;

	*out = (struct amount){0};
	o = read_one(c, out, &seen);
	if (o != READ)
		return o;
	do {
		size_t before_and = c->at;

		if (lacks_unit(c)) {
			o = read_one(c, out, &seen);
			if (o == NOT_MINE)
				o = say_unit(c);
			continue;
		}
		skip_word(c, "and");
		o = read_one(c, out, &seen);
		if (o == NOT_MINE)
			c->at = before_and;
	} while (o == READ);
	if (o == WRONG) {
		c->at = start;
		return WRONG;
	}
	return READ;
}
