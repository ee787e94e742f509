/* The forms that tell a day: see forms.h. */
#include <stdio.h>

#include "time/forms.h"
#include "time/words.h"

#define NO_YEAR 0

/* Take n tokens as a date. What no such month has (30 feb) is refused at once,
 * for it is no day of any year. */
static enum outcome
give_date(struct parser *p, size_t n, int64_t year, int64_t month,
    int64_t day)
{
	const char *text = QUOTED(p, 0);
	char in_year[16] = "";
	int days;

	if (month < 1 || month > 12)
		return wrong(&p->c, 0, "\"%s\": months are numbered 1 to 12; "
		    "say it like \"2026-12-24\" or \"24 dec\"", text);
	if (year != NO_YEAR && (year < 1 || year > 9999)) {
		wrong(&p->c, 0, "\"%s\": years go from 1 to 9999", text);
		return impossible(p);
	}
	if (year != NO_YEAR)
		snprintf(in_year, sizeof in_year, " %d", (int)year);
	/* Without a year, February has the days of a leap year. */
	days = civil_month_days(year == NO_YEAR ? 2000 : (int)year,
	    (int)month);
	if ((day < 1 || day > days) && day != DAY_LAST) {
		wrong(&p->c, 0, "there is no %lld %s%s: the last day is %d "
		    "%s", (long long)day, month_long[month], in_year, days,
		    month_short[month]);
		return impossible(p);
	}
	p->r.year = (int)year;
	p->r.month = (int)month;
	p->r.day = (int)day;
	return give(p, FIELD_MONTH | FIELD_DAY |
	    (year == NO_YEAR ? 0 : FIELD_YEAR), n);
}

/* A year behind a month: four digits, and not "1430", which is a clock time
 * without its colon. */
static size_t
peek_year(const struct parser *p, size_t n, int64_t *year)
{
	const struct token *t = peek(&p->c, n);

	*year = NO_YEAR;
	if (t->kind != TOKEN_NUMBER || t->digits != 4 || t->value < 1900 ||
	    is_sign(&p->c, n + 1, '-'))
		return 0;
	*year = t->value;
	return 1;
}

/* "2026-12-24", also with a T and a time behind it, and "2026/12/24". */
enum outcome
read_iso_date(struct parser *p)
{
	const struct cursor *c = &p->c;
	char sign = is_sign(c, 1, '/') ? '/' : '-';
	enum outcome o;

	if (!is_number(c, 0) || peek(c, 0)->digits < 4 ||
	    !is_sign(c, 1, sign) || !is_number(c, 2) || !is_sign(c, 3, sign) ||
	    !is_number(c, 4) || !peek(c, 4)->glued)
		return NOT_MINE;
	if (peek(c, 0)->value == NO_YEAR) {
		wrong(&p->c, 0, "\"%s\": years go from 1 to 9999",
		    QUOTED(p, 0));
		return impossible(p);
	}
	o = give_date(p, 5, peek(c, 0)->value, peek(c, 2)->value,
	    peek(c, 4)->value);
	if (o == READ && is_word(c, 0, "t") && peek(c, 0)->glued) {
		p->c.at++;
		o = read_colon_clock(p);
		if (o == NOT_MINE)
			o = wrong(&p->c, 0, "a time such as 18:00 belongs "
			    "after the T of \"2026-12-24T\"");
	}
	return o;
}

/* "24.12" lacks the last dot, or the colon of a time. */
static enum outcome
ask_dot(struct parser *p, int64_t a, int64_t b)
{
	const char *text = QUOTED(p, 0);
	bool date = a >= 1 && a <= 31 && b >= 1 && b <= 12;
	bool time = a <= 23 && b <= 59 && peek(&p->c, 2)->digits == 2;

	if (date && time)
		return wrong(&p->c, 0, "\"%s\": the date \"%d.%d.\" or the "
		    "time \"%d:%02d\"?", text, (int)a, (int)b, (int)a, (int)b);
	if (date)
		return wrong(&p->c, 0, "\"%s\": the date \"%d.%d.\"? It wants "
		    "its second dot", text, (int)a, (int)b);
	if (time)
		return wrong(&p->c, 0, "\"%s\": the time \"%d:%02d\"? It wants "
		    "a colon", text, (int)a, (int)b);
	return wrong(&p->c, 0, "\"%s\" is neither a date nor a time: say it "
	    "like \"24.12.\" or \"14:30\"", text);
}

/* "24.12.2026", "24.12. 2026", "24.12." */
enum outcome
read_dotted_date(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t day = peek(c, 0)->value, month = peek(c, 2)->value, year;
	size_t n = 4;

	if (!is_number(c, 0) || !is_sign(c, 1, '.') || !is_number(c, 2) ||
	    !peek(c, 2)->glued || meaning_of(c, 3, amount_units) >= 0)
		return NOT_MINE;
	if (!is_sign(c, 3, '.'))
		return ask_dot(p, day, month);
	n += peek_year(p, 4, &year);
	if (is_number(c, 4) && peek(c, 4)->glued) {
		if (peek(c, 0)->digits == 4)
			return wrong(&p->c, 0, "\"%s\": a year that stands "
			    "first wants dashes, as in \"2026-12-24\"",
			    QUOTED(p, 0));
		if (peek(c, 4)->digits != 4 || peek(c, 4)->value == NO_YEAR)
			return wrong(&p->c, 0, "\"%s\": say the year with "
			    "four digits, as in \"24.12.2026\"", QUOTED(p, 0));
		year = peek(c, 4)->value;
		n = 5;
	}
	return give_date(p, n, year, month, day);
}

/* "12/11/2026" has two readings: which number is the month depends on where
 * the writer learned to write. */
static enum outcome
ask_month(struct parser *p, int64_t a, int64_t b, int64_t year)
{
	if (year == NO_YEAR)
		return wrong(&p->c, 0, "\"%s\": which is the month? Say \"%d "
		    "%s\" or \"%d %s\"", QUOTED(p, 0), (int)a, month_short[b],
		    (int)b, month_short[a]);
	return wrong(&p->c, 0, "\"%s\": which is the month? Say "
	    "\"%04d-%02d-%02d\" or \"%04d-%02d-%02d\"", QUOTED(p, 0),
	    (int)year, (int)b, (int)a, (int)year, (int)a, (int)b);
}

/* "24/12/2026" and "24-12-2026" have one reading; so has "24/12". */
enum outcome
read_slash_date(struct parser *p)
{
	const struct cursor *c = &p->c;
	char sign = is_sign(c, 1, '-') ? '-' : '/';
	int64_t a = peek(c, 0)->value, b = peek(c, 2)->value, year = NO_YEAR;
	size_t n = 3;

	if (!is_number(c, 0) || !is_sign(c, 1, sign) || !is_number(c, 2) ||
	    !peek(c, 2)->glued)
		return NOT_MINE;
	if (is_sign(c, 3, sign) && is_number(c, 4) && peek(c, 4)->glued) {
		year = peek(c, 4)->value;
		n = 5;
	} else if (sign == '-')
		return NOT_MINE;
	if (n == 5 && (peek(c, 4)->digits != 4 || year == NO_YEAR))
		return wrong(&p->c, 0, "\"%s\": say the date like "
		    "\"2026-12-24\", the year with four digits", QUOTED(p, 0));
	if (a >= 1 && a <= 12 && b >= 1 && b <= 12 && a != b)
		return ask_month(p, a, b, year);
	return a > 12 ? give_date(p, n, year, b, a)
	    : give_date(p, n, year, a, b);
}

/* "st", "nd", "rd", "th" glued to the number before. */
static size_t
peek_ordinal(const struct parser *p, size_t n)
{
	return peek(&p->c, n)->glued &&
	    meaning_of(&p->c, n, words_ordinals) >= 0;
}

/* "24 dec", "the 24th of december 2026", "24. december". */
enum outcome
read_day_month(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 0), number = n;
	int64_t year;
	int month;

	if (!is_number(c, n) || peek(c, n)->digits > 2)
		return NOT_MINE;
	n++;
	if (peek_ordinal(p, n) || is_sign(c, n, '.'))
		n++;
	n += is_word(c, n, "of");
	month = meaning_of(c, n, words_months);
	if (month < 0)
		return NOT_MINE;
	n++;
	n += peek_year(p, n, &year);
	return give_date(p, n, year, month, peek(c, number)->value);
}

/* "dec 24", "december the 24th, 2026". A month alone names no day. */
enum outcome
read_month_day(struct parser *p)
{
	const struct cursor *c = &p->c;
	int month = meaning_of(c, 0, words_months);
	size_t n = after_the(p, 1), number = n;
	int64_t year;

	if (month < 0)
		return NOT_MINE;
	if (!is_number(c, n) || peek(c, n)->digits > 2 ||
	    is_sign(c, n + 1, ':') || meaning_of(c, n + 1, words_halves) >= 0)
		return wrong(&p->c, n, "\"%s\": which day of %s? Say it like "
		    "\"24 %s\"", QUOTED(p, 0), month_long[month],
		    peek(c, 0)->text);
	n++;
	n += peek_ordinal(p, n);
	n += peek_year(p, n, &year);
	return give_date(p, n, year, month, peek(c, number)->value);
}

/* "of december", "of next month", "of the month" behind a day; behind a
 * weekday "in" too, which behind others begins "in the morning". */
static enum outcome
read_of_month(struct parser *p, bool must)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 1);
	int64_t year;
	int month;

	if (!is_word(c, 0, "of") &&
	    !(p->r.given & FIELD_NTH && is_word(c, 0, "in")))
		return must ? wrong(&p->c, 0, "of which month? Say it like "
		    "\"last day of the month\"") : NOT_MINE;
	month = meaning_of(c, 1, words_months);
	if (month > 0) {
		size_t m = 2 + peek_year(p, 2, &year);

		return give_date(p, m, year, month, p->r.day);
	}
	if (is_word(c, n, "month")) {
		p->c.at += n + 1;
		return READ;
	}
	if ((is_word(c, n, "next") || is_word(c, n, "this")) &&
	    is_word(c, n + 1, "month")) {
		p->r.scope = SCOPE_MONTH;
		p->r.shift = is_word(c, n, "next");
		return give(p, FIELD_SCOPE, n + 2);
	}
	return wrong(&p->c, n, "\"%s\": of which month? Say it like \"1st of "
	    "next month\" or \"last day of december\"", QUOTED(p, 0));
}

/* "the 9th", "1st of next month". */
enum outcome
read_ordinal_day(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 0);

	if (!is_number(c, n) || !peek_ordinal(p, n + 1))
		return NOT_MINE;
	if (peek(c, n)->value < 1 || peek(c, n)->value > 31) {
		wrong(&p->c, 0, "\"%s\": no month has a day %.20s",
		    QUOTED(p, n), peek(c, n)->text);
		return impossible(p);
	}
	/* Not the next 2nd that is a Tuesday, months from now. */
	if (peek(c, n)->value <= 5 && meaning_of(c, n + 2, words_weekdays) >= 0)
		return wrong(&p->c, n, "\"%s%s %s\": the %s%s, or which %s of "
		    "a month? Say the date, such as \"24 dec\"",
		    peek(c, n)->text, peek(c, n + 1)->text,
		    peek(c, n + 2)->text, peek(c, n)->text,
		    peek(c, n + 1)->text, peek(c, n + 2)->text);
	p->r.day = (int)peek(c, n)->value;
	if (give(p, FIELD_DAY, n + 2) == WRONG)
		return WRONG;
	return read_of_month(p, false) == WRONG ? WRONG : READ;
}

/* "of the week", "of the year" behind such a day. */
static enum outcome
read_edge_of_week(struct parser *p, size_t of)
{
	return p->r.day == DAY_LAST ? wrong(&p->c, of, "the end of the week: "
	    "\"friday\" or \"sunday\"?") : wrong(&p->c, of, "which day of the "
	    "week? Say its name, such as \"monday\"");
}

static enum outcome
read_edge_of_year(struct parser *p, size_t of, size_t n)
{
	if (p->r.day != 1 && p->r.day != DAY_LAST)
		return wrong(&p->c, of, "say the date, such as \"24 dec\"");
	return p->r.day == 1 ? give_date(p, n, NO_YEAR, 1, 1)
	    : give_date(p, n, NO_YEAR, 12, 31);
}

/* "first of december", "last day of the month", "end of next month": what
 * stands before "of". */
enum outcome
read_edge_of_month(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 0), length, of;
	bool end = is_word(c, n, "end");
	enum outcome o;
	int nth;

	length = peek_ordinal_value(c, n, &nth);
	if (end || (length > 0 && nth == -1))
		p->r.day = DAY_LAST;
	else if (length > 0 && nth > 0 && !is_number(c, n))
		p->r.day = nth;
	else
		return NOT_MINE;
	of = n + (end ? 1 : length);
	end |= nth == -1 && is_word(c, of, "day");
	of += is_word(c, of, "day");
	if (!is_word(c, of, "of"))
		return !end ? NOT_MINE
		    : wrong(&p->c, of, "\"%s\": the end of what? Say it like "
		    "\"end of the month\" or \"eod\"", QUOTED(p, n));
	if (is_word(c, after_the(p, of + 1), "week"))
		return read_edge_of_week(p, of);
	if (is_word(c, after_the(p, of + 1), "year"))
		return read_edge_of_year(p, of, after_the(p, of + 1) + 1);
	/* The day is given only together with its month, by give_date, or
	 * here. */
	p->c.at += of;
	o = read_of_month(p, true);
	if (o != READ || p->r.given & FIELD_DAY)
		return o;
	return give(p, FIELD_DAY, 0);
}

/* "2nd tuesday of december", "last friday of the month", "first monday in
 * next month". Without a month behind it, others ask what is meant. */
enum outcome
read_nth_weekday(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 0), length;
	int weekday, nth, month;
	int64_t year;

	length = peek_ordinal_value(c, n, &nth);
	weekday = meaning_of(c, n + length, words_weekdays);
	n += length + 1;
	if (length == 0 || weekday < 0 ||
	    !(is_word(c, n, "of") || is_word(c, n, "in")))
		return NOT_MINE;
	if (nth == 0 || nth > 5 || nth < -5) {
		wrong(&p->c, 0, "\"%s\": no month has so many of them",
		    QUOTED(p, 0));
		return impossible(p);
	}
	p->r.nth = nth;
	p->r.weekday = weekday;
	if (give(p, FIELD_NTH | FIELD_WEEKDAY, n) == WRONG)
		return WRONG;
	month = meaning_of(c, 1, words_months);
	if (month < 0)
		return read_of_month(p, true);
	p->r.month = month;
	n = 2 + peek_year(p, 2, &year);
	if (year == NO_YEAR)
		return give(p, FIELD_MONTH, n);
	p->r.year = (int)year;
	return give(p, FIELD_MONTH | FIELD_YEAR, n);
}

/* "friday"; "friday week" is a week after it. */
enum outcome
read_weekday(struct parser *p)
{
	int weekday = meaning_of(&p->c, 0, words_weekdays);

	if (weekday < 0)
		return NOT_MINE;
	p->r.weekday = weekday;
	if (!is_word(&p->c, 1, "week"))
		return give(p, FIELD_WEEKDAY, 1);
	p->r.shift_by = (struct amount){ .days = 7 };
	return give(p, FIELD_WEEKDAY | FIELD_SHIFT, 2);
}

/* "today", "tomorrow", "the day after tomorrow", "yesterday". */
enum outcome
read_relative_day(struct parser *p)
{
	size_t n = after_the(p, 0);
	int day = meaning_of(&p->c, 0, words_relative_days);

	p->r.scope = SCOPE_DAY;
	if (day >= 0) {
		p->r.shift = day - TODAY;
		return give(p, FIELD_SCOPE, 1);
	}
	if (!follows(p, n, "day", "after"))
		return NOT_MINE;
	if (!is_word(&p->c, n + 2, "tomorrow"))
		return wrong(&p->c, n + 2, "\"day after\": say \"day after "
		    "tomorrow\" or a date");
	p->r.shift = 2;
	return give(p, FIELD_SCOPE, n + 3);
}

/* "the week after next". */
static enum outcome
read_after_next(struct parser *p)
{
	size_t n = after_the(p, 0);
	int scope = meaning_of(&p->c, n, words_scopes);

	if (scope < 0 || !follows(p, n + 1, "after", "next"))
		return NOT_MINE;
	p->r.scope = (enum scope)scope;
	p->r.shift = 2;
	return give(p, FIELD_SCOPE, n + 3);
}

/* "next friday" is that day in the next Monday-based week, "this friday" in
 * this one; "next week", "this month". "last friday" is the one before. */
enum outcome
read_scope(struct parser *p)
{
	const struct cursor *c = &p->c;
	int weekday = meaning_of(c, 1, words_weekdays);
	int scope = meaning_of(c, 1, words_scopes);
	char rest[QUOTE_TEXT];

	if (is_word(c, 0, "next"))
		p->r.shift = 1;
	else if (is_word(c, 0, "this"))
		p->r.shift = 0;
	else if (is_word(c, 0, "last"))
		p->r.shift = -1;
	else
		return read_after_next(p);
	if (weekday < 0 && scope < 0)
		return wrong(&p->c, 1, "\"%s\": say it like \"%s friday\" or "
		    "\"next week\"", lex_quote_rest(c->lexed, c->at, rest),
		    peek(c, 0)->text);
	if (weekday < 0) {
		p->r.scope = (enum scope)scope;
		return give(p, FIELD_SCOPE, 2);
	}
	p->r.scope = SCOPE_WEEK;
	p->r.weekday = weekday;
	return give(p, FIELD_SCOPE | FIELD_WEEKDAY, 2);
}
