/*
 * Dates of the calendar as people write them, and when they come round: see
 * fact.h.
 *
 * Each way of writing is a reader (lex.h): it takes the date and leaves the
 * cursor behind it, or it is NOT_MINE and the next one is asked. Only one can
 * take it: they differ by the first tokens.
 */
#include "model/fact.h"
#include "time/lex.h"
#include "time/words.h"

enum { YEAR_MAX = 9999 };

/* The first n tokens are a date (year 0: none); they are read. */
static enum outcome
give(struct cursor *c, size_t n, int64_t year, int64_t month, int64_t day,
    struct date *out)
{
	/* Without a year, of one that has a 29 February. */
	int days = month >= 1 && month <= 12 ?
	    civil_month_days(year == 0 ? 2000 : (int)year, (int)month) : 0;
	char quoted[QUOTE_TEXT];

	if (days == 0) {
		err_set(c->err, ERR_IMPOSSIBLE, "\"%s\": months are 1 to 12",
		    lex_quote(c->lexed, c->at, quoted));
		return WRONG;
	}
	if (day < 1 || day > days) {
		if (year != 0 && month == 2)
			err_set(c->err, ERR_IMPOSSIBLE,
			    "February %d has %d days", (int)year, days);
		else
			err_set(c->err, ERR_IMPOSSIBLE, "%s has %d days",
			    month_long[month], days);
		return WRONG;
	}
	out->year = (int)year;
	out->month = (int)month;
	out->day = (int)day;
	c->at += n;
	return READ;
}

static enum outcome
want_four_digits(struct cursor *c, size_t n)
{
	char quoted[QUOTE_TEXT];

	return wrong(c, n, "\"%s\": say the year with four digits, as in "
	    "\"22 jan 1980\", or leave it out",
	    lex_quote(c->lexed, c->at + n, quoted));
}

/* Whether the number n places on is a year as it must be written. */
static bool
is_year(const struct cursor *c, size_t n)
{
	return is_number(c, n) && peek(c, n)->digits == 4 &&
	    peek(c, n)->value >= 1 && peek(c, n)->value <= YEAR_MAX;
}

/* "1980-01-22" */
static enum outcome
read_iso(struct cursor *c, struct date *out)
{
	if (!is_year(c, 0) || !is_sign(c, 1, '-') || !is_number(c, 2) ||
	    !is_sign(c, 3, '-') || !is_number(c, 4))
		return NOT_MINE;
	return give(c, 5, peek(c, 0)->value, peek(c, 2)->value,
	    peek(c, 4)->value, out);
}

/* "19800122", as address books have it. */
static enum outcome
read_basic(struct cursor *c, struct date *out)
{
	int64_t v = peek(c, 0)->value;

	if (!is_number(c, 0) || peek(c, 0)->digits != 8 || v < 10000)
		return NOT_MINE;
	return give(c, 1, v / 10000, v / 100 % 100, v % 100, out);
}

/* "--01-22", "--0122": RFC 6350, 4.3.1, a date without its year. */
static enum outcome
read_yearless(struct cursor *c, struct date *out)
{
	int64_t v = peek(c, 2)->value;

	if (!is_sign(c, 0, '-') || !is_sign(c, 1, '-') || !is_number(c, 2))
		return NOT_MINE;
	if (peek(c, 2)->digits == 4)
		return give(c, 3, 0, v / 100, v % 100, out);
	if (!is_sign(c, 3, '-') || !is_number(c, 4))
		return NOT_MINE;
	return give(c, 5, 0, v, peek(c, 4)->value, out);
}

/* "22.1.1980", "22. 1. 1980", "22.1." */
static enum outcome
read_dotted(struct cursor *c, struct date *out)
{
	int64_t year = 0;
	size_t n = 4;

	if (!is_number(c, 0) || !is_sign(c, 1, '.') || !is_number(c, 2) ||
	    !is_sign(c, 3, '.'))
		return NOT_MINE;
	if (is_number(c, 4)) {
		if (!is_year(c, 4))
			return want_four_digits(c, 4);
		year = peek(c, 4)->value;
		n = 5;
	}
	return give(c, n, year, peek(c, 2)->value, peek(c, 0)->value, out);
}

/* Which number is the month depends on where the writer learned to write. */
static enum outcome
ask_month(struct cursor *c, int64_t a, int64_t b, int64_t year)
{
	char quoted[QUOTE_TEXT];

	lex_quote(c->lexed, c->at, quoted);
	if (year == 0)
		return wrong(c, 0, "\"%s\": which is the month? Say \"%d %s\" "
		    "or \"%d %s\"", quoted, (int)a, month_short[b], (int)b,
		    month_short[a]);
	return wrong(c, 0, "\"%s\": which is the month? Say \"%d %s %04d\" or "
	    "\"%d %s %04d\"", quoted, (int)a, month_short[b], (int)year,
	    (int)b, month_short[a], (int)year);
}

/* "22/1/1980", "1/22": one of the two must be no month. */
static enum outcome
read_slashed(struct cursor *c, struct date *out)
{
	int64_t a = peek(c, 0)->value, b = peek(c, 2)->value, year = 0;
	size_t n = 3;

	if (!is_number(c, 0) || !is_sign(c, 1, '/') || !is_number(c, 2))
		return NOT_MINE;
	if (is_sign(c, 3, '/') && is_number(c, 4)) {
		if (!is_year(c, 4))
			return want_four_digits(c, 4);
		year = peek(c, 4)->value;
		n = 5;
	}
	if (a >= 1 && a <= 12 && b >= 1 && b <= 12 && a != b)
		return ask_month(c, a, b, year);
	return a > 12 ? give(c, n, year, b, a, out) :
	    give(c, n, year, a, b, out);
}

/* How many tokens a day takes that stands n places on: "22", "22nd", "the
 * 22nd", "22."; 0 when none does. *day is its number. */
static size_t
peek_day(const struct cursor *c, size_t n, int64_t *day)
{
	size_t from = n;

	n += is_word(c, n, "the");
	if (!is_number(c, n) || peek(c, n)->digits > 2)
		return 0;
	*day = peek(c, n++)->value;
	n += (peek(c, n)->glued && meaning_of(c, n, words_ordinals) >= 0) ||
	    is_sign(c, n, '.');
	return n - from;
}

/* Give the day and the month, and the year when one stands n places on. */
static enum outcome
give_with_year(struct cursor *c, size_t n, int64_t month, int64_t day,
    struct date *out)
{
	if (!is_number(c, n))
		return give(c, n, 0, month, day, out);
	if (!is_year(c, n))
		return want_four_digits(c, n);
	return give(c, n + 1, peek(c, n)->value, month, day, out);
}

/* "22 jan", "the 22nd of January 1980", "22. Jan. 1980" */
static enum outcome
read_day_month(struct cursor *c, struct date *out)
{
	int64_t day = 0;
	size_t n = peek_day(c, 0, &day);
	int month;

	if (n == 0)
		return NOT_MINE;
	n += is_word(c, n, "of");
	month = meaning_of(c, n, words_months);
	if (month < 0)
		return NOT_MINE;
	return give_with_year(c, n + 1, month, day, out);
}

/* "jan 22", "January the 22nd, 1980" */
static enum outcome
read_month_day(struct cursor *c, struct date *out)
{
	int month = meaning_of(c, 0, words_months);
	char quoted[QUOTE_TEXT];
	int64_t day = 0;
	size_t n;

	if (month < 0)
		return NOT_MINE;
	n = peek_day(c, 1, &day);
	if (n == 0)
		return wrong(c, 0, "\"%s\": which day of %s? Say it like "
		    "\"22 %s\"", lex_quote_rest(c->lexed, c->at, quoted),
		    month_long[month], month_short[month]);
	return give_with_year(c, 1 + n, month, day, out);
}

static enum outcome (*const readers[])(struct cursor *, struct date *) = {
	read_iso, read_basic, read_yearless, read_dotted, read_slashed,
	read_day_month, read_month_day,
};

bool
date_parse(const char *text, struct date *out, struct err *err)
{
	enum outcome outcome = NOT_MINE;
	struct cursor c = {.err = err};
	char quoted[QUOTE_TEXT];
	struct lexed l;
	size_t i;

	if (!lex(&l, text, err))
		return false;
	c.lexed = &l;
	skip_word(&c, "on");
	for (i = 0; outcome == NOT_MINE &&
	    i < sizeof readers / sizeof *readers; i++)
		outcome = readers[i](&c, out);
	if (outcome == WRONG)
		return false;
	if (outcome == READ && c.at == l.n)
		return true;
	return err_set(err, ERR_NOT_UNDERSTOOD, "\"%s\" is no date: say it "
	    "like \"22 jan\", \"22 jan 1980\" or \"1980-01-22\"",
	    lex_quote_rest(&l, 0, quoted));
}

/* The date in a year; 29 February is the 28th where there is none. */
static struct civil
in_year(const struct date *d, int year)
{
	struct civil c = {.year = year, .month = d->month, .day = d->day};

	if (c.day > civil_month_days(year, c.month))
		c.day = civil_month_days(year, c.month);
	return c;
}

bool
date_next(const struct date *d, const struct civil *today,
    struct civil *out)
{
	struct civil from = {.year = today->year, .month = today->month,
	    .day = today->day};
	bool once = d->kind == DATE_EVENT && d->year != 0;
	/* An anniversary may be that of a day to come. */
	int year = d->year > from.year || once ? d->year : from.year;

	*out = in_year(d, year);
	if (civil_compare(out, &from) >= 0)
		return true;
	if (once || year == YEAR_MAX)
		return false;
	*out = in_year(d, year + 1);
	return true;
}

int
date_age(const struct date *d, const struct civil *on)
{
	return d->year == 0 || on->year < d->year ? 0 : on->year - d->year;
}
