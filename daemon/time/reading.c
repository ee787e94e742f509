/* The grammar of moments: see reading.h. */
#include <stdio.h>
#include <string.h>

#include "base/distance.h"
#include "time/reading.h"

#define NOON (12 * 3600)

/* What is said when nothing was understood. */
#define EXAMPLES \
	"say it like \"tomorrow 9am\", \"fri 18:00\", \"in 2h\" or \"24 dec\""

/* A phrase on its way: the place reached and what was given up to it. */
struct parser {
	struct cursor c;
	struct reading r;
};

static const struct meaning weekdays[] = {
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

static const struct meaning months[] = {
	{ "jan", 1 }, { "january", 1 }, { "feb", 2 }, { "february", 2 },
	{ "mar", 3 }, { "march", 3 }, { "apr", 4 }, { "april", 4 },
	{ "may", 5 }, { "jun", 6 }, { "june", 6 }, { "jul", 7 },
	{ "july", 7 }, { "aug", 8 }, { "august", 8 }, { "sep", 9 },
	{ "sept", 9 }, { "september", 9 }, { "oct", 10 }, { "october", 10 },
	{ "nov", 11 }, { "november", 11 }, { "dec", 12 }, { "december", 12 },
	{ NULL, 0 }
};

static const struct meaning parts[] = {
	{ "morning", PART_MORNING }, { "afternoon", PART_AFTERNOON },
	{ "evening", PART_EVENING }, { "night", PART_NIGHT },
	{ NULL, 0 }
};

/* Days counted from today. */
static const struct meaning relative_days[] = {
	{ "today", 1 }, { "tomorrow", 2 }, { "yesterday", 0 },
	{ NULL, 0 }
};
#define TODAY 1

/* "next week": stretches of time with a place in the calendar. */
static const struct meaning scopes[] = {
	{ "week", SCOPE_WEEK }, { "month", SCOPE_MONTH },
	{ "year", SCOPE_YEAR },
	{ NULL, 0 }
};

static const struct meaning clock_words[] = {
	{ "noon", NOON }, { "midday", NOON }, { "midnight", 0 },
	{ NULL, 0 }
};

static const struct meaning halves[] = {
	{ "am", 0 }, { "pm", 12 },
	{ NULL, 0 }
};

static const struct meaning ordinals[] = {
	{ "st", 0 }, { "nd", 0 }, { "rd", 0 }, { "th", 0 },
	{ NULL, 0 }
};

static const struct meaning noise[] = {
	{ "on", 0 }, { "at", 0 }, { "until", 0 }, { "till", 0 }, { "til", 0 },
	{ NULL, 0 }
};

/* The words that are spelt out in the forms below. */
static const struct meaning other_words[] = {
	{ "in", 0 }, { "by", 0 }, { "next", 0 }, { "this", 0 }, { "last", 0 },
	{ "tonight", 0 }, { "eod", 0 }, { "day", 0 }, { "after", 0 },
	{ "end", 0 }, { "ago", 0 }, { "half", 0 }, { "now", 0 },
	{ "first", 0 }, { "couple", 0 },
	{ NULL, 0 }
};

static const struct meaning *const vocabulary[] = {
	relative_days, weekdays, months, parts, clock_words, other_words,
	scopes, amount_units, amount_counts, halves, noise,
};

/* Words that people use for a time and that name none. */
static const struct {
	const char *word, *instead;
} vague[] = {
	{ "weekend", "\"saturday\" or \"sunday\"" },
	{ "weekday", "\"monday\" or another day" },
	{ "soon", "\"2h\", \"tomorrow\" or another time" },
	{ "later", "\"2h\", \"tomorrow\" or another time" },
	{ "asap", "\"1h\", \"today\" or another time" },
	{ "someday", "\"in 1 month\" or another time" },
	{ "few", "\"3d\" or another number" },
	{ "lunch", "\"noon\" or \"13:00\"" },
	{ "lunchtime", "\"noon\" or \"13:00\"" },
	{ "spring", "the month and day" }, { "summer", "the month and day" },
	{ "autumn", "the month and day" }, { "winter", "the month and day" },
};

/* The whole word at the token n places on, as it was written. */
#define QUOTED(p, n) \
	lex_quote((p)->c.lexed, (p)->c.at + (n), (char[QUOTE_TEXT]){0})

/* What was understood but cannot be: for the error just set by wrong(). */
static enum outcome
impossible(struct parser *p)
{
	if (p->c.err != NULL)
		p->c.err->code = ERR_IMPOSSIBLE;
	return WRONG;
}

/* Take n tokens as the given fields. A field given twice is an error, because
 * one of the two would be silently lost. */
static enum outcome
give(struct parser *p, unsigned fields, size_t n)
{
	unsigned twice = p->r.given & fields;
	const char *what = "the day";

	if (twice & FIELD_BY)
		what = "\"by\"";
	else if (twice & FIELD_OFFSET)
		what = "the offset from UTC";
	else if (twice & FIELD_AMOUNT)
		what = "the span";
	else if (twice & (FIELD_CLOCK | FIELD_PART))
		what = "the time of day";
	if (twice != 0)
		return wrong(&p->c, 0, "\"%s\": %s is already given",
		    QUOTED(p, 0), what);
	p->r.given |= fields;
	p->c.at += n;
	return READ;
}

static bool
follows(const struct parser *p, size_t n, const char *a, const char *b)
{
	return is_word(&p->c, n, a) && is_word(&p->c, n + 1, b);
}

/* Skips "the" only in front of what needs it. */
static size_t
after_the(const struct parser *p, size_t n)
{
	return n + is_word(&p->c, n, "the");
}

/* ---- Times of day ------------------------------------------------------ */

/* "Z", "+01:00", "+0100", "+01", "utc": only right after a clock time. */
static enum outcome
read_offset(struct parser *p)
{
	const struct token *t = peek(&p->c, 1);
	int64_t hours, minutes = 0;
	bool minus = is_sign(&p->c, 0, '-');
	size_t n = 2;

	if (is_word(&p->c, 0, "z") || is_word(&p->c, 0, "utc") ||
	    is_word(&p->c, 0, "gmt")) {
		p->r.offset = 0;
		return give(p, FIELD_OFFSET, 1);
	}
	if ((!minus && !is_sign(&p->c, 0, '+')) || !is_number(&p->c, 1))
		return NOT_MINE;
	hours = t->value;
	if (is_sign(&p->c, 2, ':') && is_number(&p->c, 3)) {
		minutes = peek(&p->c, 3)->value;
		n = 4;
	} else if (t->digits == 4) {
		minutes = hours % 100;
		hours /= 100;
	} else if (!peek(&p->c, 0)->glued || t->digits != 2 ||
	    peek(&p->c, 2)->kind == TOKEN_WORD)
		return NOT_MINE;	/* "9:00 +3d", "9:00 +02 hours" */
	if (hours > 23 || minutes > 59)
		return wrong(&p->c, 0, "\"%s\" is no offset from UTC: say it "
		    "like \"+01:00\"", QUOTED(p, 0));
	p->r.offset = (int)(hours * 3600 + minutes * 60);
	if (minus)
		p->r.offset = -p->r.offset;
	return give(p, FIELD_OFFSET, n);
}

/* The hours that a part of the day allows a clock time next to it. */
static bool
part_holds(enum part part, int clock)
{
	return (clock < NOON) == (part == PART_MORNING);
}

/* "in the morning", "at night" behind an hour from 1 to 12; how many tokens,
 * or 0. */
static size_t
peek_part_behind(const struct parser *p, size_t n, int *part)
{
	size_t words = 3;

	if (is_word(&p->c, n, "in") && is_word(&p->c, n + 1, "the"))
		*part = meaning_of(&p->c, n + 2, parts);
	else if (is_word(&p->c, n, "at") && is_word(&p->c, n + 1, "night")) {
		*part = PART_NIGHT;
		words = 2;
	} else
		return 0;
	return *part < 0 ? 0 : words;
}

/* Take n tokens as hour, minute, second; half is 0 (am), 12 (pm) or -1. */
static enum outcome
give_clock(struct parser *p, size_t n, int64_t hour, int64_t minute,
    int64_t second, int half)
{
	enum outcome o;

	if (half >= 0 && (hour < 1 || hour > 12))
		return wrong(&p->c, 0, "\"%s\": am and pm go with the hours 1 "
		    "to 12; 12am is midnight, 12pm is noon", QUOTED(p, 0));
	if (hour > 23 || minute > 59 || second > 59)
		return wrong(&p->c, 0, "\"%s\" is no time of day: the last "
		    "one is 23:59, and midnight is 12am or 00:00",
		    QUOTED(p, 0));
	if (half >= 0)
		hour = hour % 12 + half;
	p->r.clock = (int)(hour * 3600 + minute * 60 + second);
	o = give(p, FIELD_CLOCK, n);
	return o == READ && read_offset(p) == WRONG ? WRONG : o;
}

/* "18:00", "9:30pm", "14:30:00", and the fraction that ISO 8601 allows. */
static enum outcome
read_colon_clock(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t second = 0;
	size_t n = 3;
	int half;

	if (!is_number(c, 0) || !is_sign(c, 1, ':') || !is_number(c, 2) ||
	    !peek(c, 2)->glued)
		return NOT_MINE;
	if (is_sign(c, 3, ':') && is_number(c, 4) && peek(c, 4)->glued) {
		second = peek(c, 4)->value;
		n = 5;
		if (is_sign(c, 5, '.') && is_number(c, 6))
			n = 7;
	}
	if (peek(c, 0)->digits > 2 || peek(c, 2)->digits != 2 ||
	    (n > 3 && peek(c, 4)->digits != 2))
		return wrong(&p->c, 0, "\"%s\" is no time of day: say it like "
		    "\"9:05\" or \"14:30\"", QUOTED(p, 0));
	half = meaning_of(c, n, halves);
	return give_clock(p, n + (half >= 0), peek(c, 0)->value,
	    peek(c, 2)->value, second, half);
}

/* "9am", "9 pm", "9.30pm", "9 o'clock", "9 in the evening". */
static enum outcome
read_hour(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t minute = 0;
	size_t n = 1, behind;
	int half, part;

	if (!is_number(c, 0) || peek(c, 0)->digits > 2)
		return NOT_MINE;
	if (is_sign(c, 1, '.') && is_number(c, 2) && peek(c, 2)->digits == 2) {
		minute = peek(c, 2)->value;
		n = 3;
	}
	half = meaning_of(c, n, halves);
	if (half >= 0)
		return give_clock(p, n + 1, peek(c, 0)->value, minute, 0, half);
	if (n == 1 && is_word(c, 1, "oclock"))
		n++;
	behind = peek_part_behind(p, n, &part);
	if (behind > 0 && minute == 0)
		return give_clock(p, n + behind, peek(c, 0)->value, 0, 0,
		    part == PART_MORNING ? 0 : 12);
	if (n == 2)
		return give_clock(p, n, peek(c, 0)->value, 0, 0, -1);
	return NOT_MINE;
}

static enum outcome
read_clock_word(struct parser *p)
{
	int clock = meaning_of(&p->c, 0, clock_words);

	if (clock < 0)
		return NOT_MINE;
	p->r.clock = clock;
	return give(p, FIELD_CLOCK, 1);
}

/* "eod", "end of (the) day": of today unless the phrase names a day. */
static enum outcome
read_end_of_day(struct parser *p)
{
	size_t n = after_the(p, 2);

	if (is_word(&p->c, 0, "eod") || is_word(&p->c, 0, "cob"))
		n = 1;
	else if (follows(p, 0, "end", "of") && is_word(&p->c, n, "day"))
		n++;
	else
		return NOT_MINE;
	p->r.part = PART_EOD;
	return give(p, FIELD_PART, n);
}

/* "tonight", "this evening" are today's; "tomorrow evening", "in the morning"
 * are hours of whichever day. */
static enum outcome
read_part(struct parser *p)
{
	bool this = is_word(&p->c, 0, "this");
	size_t n = this ? 1 : follows(p, 0, "in", "the") ? 2 : 0;
	int part = meaning_of(&p->c, n, parts);

	if (is_word(&p->c, 0, "tonight")) {
		this = true;
		part = PART_NIGHT;
	}
	if (part < 0)
		return NOT_MINE;
	p->r.part = (enum part)part;
	if (!this)
		return give(p, FIELD_PART, n + 1);
	p->r.scope = SCOPE_DAY;
	p->r.shift = 0;
	return give(p, FIELD_PART | FIELD_SCOPE, n + 1);
}

/* ---- Dates ------------------------------------------------------------- */

#define NO_YEAR 0

/* Take n tokens as a date. What no such month has (30 feb) is refused at once,
 * for it is no day of any year. */
static enum outcome
give_date(struct parser *p, size_t n, int64_t year, int64_t month,
    int64_t day)
{
	const char *text = QUOTED(p, 0);
	int days;

	if (month < 1 || month > 12)
		return wrong(&p->c, 0, "\"%s\": months are numbered 1 to 12; "
		    "say it like \"2026-12-24\" or \"24 dec\"", text);
	if (year != NO_YEAR && (year < 1 || year > 9999)) {
		wrong(&p->c, 0, "\"%s\": years go from 1 to 9999", text);
		return impossible(p);
	}
	/* Without a year, February has the days of a leap year. */
	days = civil_month_days(year == NO_YEAR ? 2000 : (int)year,
	    (int)month);
	if (day < 1 || (day > days && day != DAY_LAST)) {
		wrong(&p->c, 0, "there is no %lld %s%.0lld: the last day is "
		    "%d %s", (long long)day, month_long[month],
		    (long long)year, days, month_short[month]);
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
static enum outcome
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
			o = wrong(&p->c, 0, "\"%s\": a time such as 18:00 "
			    "belongs behind the T", QUOTED(p, 0));
	}
	return o;
}

/* "24.12.2026", "24.12." */
static enum outcome
read_dotted_date(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t day = peek(c, 0)->value, month = peek(c, 2)->value;
	int64_t year = NO_YEAR;
	size_t n = 4;

	if (!is_number(c, 0) || !is_sign(c, 1, '.') || !is_number(c, 2) ||
	    !peek(c, 2)->glued)
		return NOT_MINE;
	if (!is_sign(c, 3, '.')) {
		if (day > 31 || month > 59 || meaning_of(c, 3, amount_units) >= 0)
			return NOT_MINE;
		return wrong(&p->c, 0, "\"%s\": the date %lld.%lld. or the "
		    "time %lld:%02lld?", QUOTED(p, 0), (long long)day,
		    (long long)month, (long long)day, (long long)month);
	}
	if (is_number(c, 4) && (peek(c, 4)->glued || peek_year(p, 4, &year))) {
		if (peek(c, 4)->digits != 4)
			return wrong(&p->c, 0, "\"%s\": say the year with "
			    "four digits, \"%lld.%lld.%lld\"", QUOTED(p, 0),
			    (long long)day, (long long)month,
			    (long long)(2000 + peek(c, 4)->value % 100));
		year = peek(c, 4)->value;
		n = 5;
	}
	return give_date(p, n, year, month, day);
}

/*
 * "24/12/2026" has one reading, "12/11/2026" has two: which number is the
 * month depends on where the writer learned to write.
 */
static enum outcome
read_slash_date(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t a = peek(c, 0)->value, b = peek(c, 2)->value, year = NO_YEAR;
	char y[24] = "";
	size_t n = 3;

	if (!is_number(c, 0) || !is_sign(c, 1, '/') || !is_number(c, 2) ||
	    !peek(c, 2)->glued)
		return NOT_MINE;
	if (is_sign(c, 3, '/') && is_number(c, 4) && peek(c, 4)->glued) {
		year = peek(c, 4)->value;
		if (peek(c, 4)->digits != 4 || year == NO_YEAR)
			return wrong(&p->c, 0, "\"%s\": say the year with "
			    "four digits, \"%lld-MM-DD\"", QUOTED(p, 0),
			    (long long)(2000 + year % 100));
		snprintf(y, sizeof y, " %lld", (long long)year);
		n = 5;
	}
	if (a >= 1 && a <= 12 && b >= 1 && b <= 12 && a != b)
		return wrong(&p->c, 0, "\"%s\": which is the month, \"%lld "
		    "%s%s\" or \"%lld %s%s\"?", QUOTED(p, 0), (long long)a,
		    month_short[b], y, (long long)b, month_short[a], y);
	return a > 12 ? give_date(p, n, year, b, a)
	    : give_date(p, n, year, a, b);
}

/* "st", "nd", "rd", "th" glued to the number before. */
static size_t
peek_ordinal(const struct parser *p, size_t n)
{
	return peek(&p->c, n)->glued && meaning_of(&p->c, n, ordinals) >= 0;
}

/* "24 dec", "the 24th of december 2026", "24. december". */
static enum outcome
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
	month = meaning_of(c, n, months);
	if (month < 0)
		return NOT_MINE;
	n++;
	n += peek_year(p, n, &year);
	return give_date(p, n, year, month, peek(c, number)->value);
}

/* "dec 24", "december the 24th, 2026". A month alone names no day. */
static enum outcome
read_month_day(struct parser *p)
{
	const struct cursor *c = &p->c;
	int month = meaning_of(c, 0, months);
	size_t n = after_the(p, 1), number = n;
	int64_t year;

	if (month < 0)
		return NOT_MINE;
	if (!is_number(c, n) || peek(c, n)->digits > 2 ||
	    is_sign(c, n + 1, ':') || meaning_of(c, n + 1, halves) >= 0)
		return wrong(&p->c, n, "\"%s\": which day of %s? Say it like "
		    "\"24 %s\"", QUOTED(p, 0), month_long[month],
		    peek(c, 0)->text);
	n++;
	n += peek_ordinal(p, n);
	n += peek_year(p, n, &year);
	return give_date(p, n, year, month, peek(c, number)->value);
}

/* "of december", "of next month", "of the month" behind a day. */
static enum outcome
read_of_month(struct parser *p, bool must)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 1);
	int64_t year;
	int month;

	if (!is_word(c, 0, "of"))
		return must ? wrong(&p->c, 0, "of which month? Say it like "
		    "\"last day of the month\"") : NOT_MINE;
	month = meaning_of(c, 1, months);
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
static enum outcome
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
	p->r.day = (int)peek(c, n)->value;
	if (give(p, FIELD_DAY, n + 2) == WRONG)
		return WRONG;
	return read_of_month(p, false) == WRONG ? WRONG : READ;
}

/* "first of december", "last day of the month", "end of next month": what
 * stands before "of". */
static enum outcome
read_edge_of_month(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = after_the(p, 0), of;
	enum outcome o;

	if (is_word(c, n, "first"))
		p->r.day = 1;
	else if (is_word(c, n, "end") || follows(p, n, "last", "day"))
		p->r.day = DAY_LAST;
	else
		return NOT_MINE;
	of = n + 1 + (is_word(c, n + 1, "day"));
	if (!is_word(c, of, "of"))
		return is_word(c, n, "first") ? NOT_MINE
		    : wrong(&p->c, of, "\"%s\": the end of what? Say it like "
		    "\"end of the month\" or \"eod\"", QUOTED(p, n));
	if (is_word(c, after_the(p, of + 1), "week"))
		return wrong(&p->c, of, "the end of the week: \"friday\" or "
		    "\"sunday\"?");
	if (is_word(c, after_the(p, of + 1), "year")) {
		int64_t day = p->r.day;

		return give_date(p, after_the(p, of + 1) + 1, NO_YEAR,
		    day == 1 ? 1 : 12, day == 1 ? 1 : 31);
	}
	/* The day is given only together with its month, by give_date, or
	 * here. */
	p->c.at += of;
	o = read_of_month(p, true);
	if (o != READ || p->r.given & FIELD_DAY)
		return o;
	return give(p, FIELD_DAY, 0);
}

static enum outcome
read_weekday(struct parser *p)
{
	int weekday = meaning_of(&p->c, 0, weekdays);

	if (weekday < 0)
		return NOT_MINE;
	p->r.weekday = weekday;
	return give(p, FIELD_WEEKDAY, 1);
}

/* "today", "tomorrow", "the day after tomorrow", "yesterday". */
static enum outcome
read_relative_day(struct parser *p)
{
	size_t n = after_the(p, 0);
	int day = meaning_of(&p->c, 0, relative_days);

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

/* "next friday" is that day in the next Monday-based week, "this friday" in
 * this one; "next week", "this month". "last friday" is the one before. */
static enum outcome
read_scope(struct parser *p)
{
	const struct cursor *c = &p->c;
	int weekday = meaning_of(c, 1, weekdays);
	int scope = meaning_of(c, 1, scopes);

	if (is_word(c, 0, "next"))
		p->r.shift = 1;
	else if (is_word(c, 0, "this"))
		p->r.shift = 0;
	else if (is_word(c, 0, "last"))
		p->r.shift = -1;
	else
		return NOT_MINE;
	if (weekday < 0 && scope < 0)
		return wrong(&p->c, 1, "\"%s %s\": say it like \"%s friday\" "
		    "or \"next week\"", peek(c, 0)->text, QUOTED(p, 1),
		    peek(c, 0)->text);
	if (weekday < 0) {
		p->r.scope = (enum scope)scope;
		return give(p, FIELD_SCOPE, 2);
	}
	p->r.scope = SCOPE_WEEK;
	p->r.weekday = weekday;
	return give(p, FIELD_SCOPE | FIELD_WEEKDAY, 2);
}

/* ---- From now ---------------------------------------------------------- */

/* "in 5": everything that the number could count. */
static enum outcome
ask_unit(struct parser *p, size_t n)
{
	const char *number = peek(&p->c, n)->text;

	return wrong(&p->c, n + 1, "\"%s %.20s\": %.20sm, %.20sh or %.20sd?",
	    peek(&p->c, 0)->text, number, number, number, number);
}

/* "in 2h", "1h30m", "+3d", "2 weeks from now", and "3 days ago". */
static enum outcome
read_amount(struct parser *p)
{
	struct cursor *c = &p->c;
	size_t start = c->at;
	bool in = is_word(c, 0, "in");
	bool plus = is_sign(c, 0, '+');
	enum outcome o;

	if (in || plus)
		c->at++;
	o = amount_read(c, &p->r.amount);
	if (o != READ) {
		c->at = start;
		if (o == WRONG || !(in || plus))
			return o;
		if (is_number(c, 1))
			return ask_unit(p, 1);
		return wrong(c, 1, "\"%s\" wants a span behind it, such as "
		    "\"%s\"", peek(c, 0)->text, in ? "in 2h" : "+3d");
	}
	if (is_word(c, 0, "from") &&
	    (is_word(c, 1, "now") || is_word(c, 1, "today")))
		c->at += 2;
	else if (skip_word(c, "ago")) {
		p->r.amount.seconds = -p->r.amount.seconds;
		p->r.amount.days = -p->r.amount.days;
		p->r.amount.months = -p->r.amount.months;
	}
	return give(p, FIELD_AMOUNT, 0);
}

static enum outcome
read_now(struct parser *p)
{
	if (!is_word(&p->c, 0, "now"))
		return NOT_MINE;
	p->r.amount = (struct amount){0};
	return give(p, FIELD_AMOUNT, 1);
}

/* ---- The whole phrase -------------------------------------------------- */

static enum outcome
read_noise(struct parser *p)
{
	if (meaning_of(&p->c, 0, noise) < 0)
		return NOT_MINE;
	p->c.at++;
	return READ;
}

static enum outcome
read_by(struct parser *p)
{
	return is_word(&p->c, 0, "by") ? give(p, FIELD_BY, 1) : NOT_MINE;
}

/* In this order: of two forms that fit, the longer comes first. */
static enum outcome (*const forms[])(struct parser *) = {
	read_iso_date, read_slash_date, read_colon_clock, read_hour,
	read_clock_word, read_end_of_day, read_part, read_dotted_date,
	read_day_month, read_ordinal_day, read_edge_of_month, read_month_day,
	read_relative_day, read_scope, read_weekday, read_amount, read_now,
	read_by,
};

#define FORMS (sizeof forms / sizeof forms[0])

static enum outcome
read_one_form(struct parser *p)
{
	enum outcome o = NOT_MINE;
	size_t i;

	for (i = 0; i < FORMS && o == NOT_MINE; i++)
		o = forms[i](p);
	return o;
}

/* ---- What to say when no form fits ------------------------------------- */

static const char *
ordinal_suffix(int64_t n)
{
	static const char *const suffix[10] = {
		"th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"
	};

	return n / 10 % 10 == 1 ? "th" : suffix[n % 10];
}

/* A number on its own: "9:00, 9m or the 9th?" */
static enum outcome
ask_number(struct parser *p)
{
	const struct token *t = peek(&p->c, 0);
	long long n = t->value;

	if (t->digits == 4 && n / 100 < 24 && n % 100 < 60 &&
	    p->r.given & FIELDS_WHICH_DAY)
		return wrong(&p->c, 0, "\"%s\": %02lld:%02lld?", t->text,
		    n / 100, n % 100);
	if (t->digits == 4 && n / 100 < 24 && n % 100 < 60)
		return wrong(&p->c, 0, "\"%s\": the time %02lld:%02lld, or "
		    "%lldm from now?", t->text, n / 100, n % 100, n);
	if (p->r.given & (FIELD_CLOCK | FIELD_PART | FIELD_AMOUNT))
		return wrong(&p->c, 0, "\"%.20s\": what does this number "
		    "count?", t->text);
	if (p->r.given & FIELDS_WHICH_DAY && n >= 1 && n <= 12)
		return wrong(&p->c, 0, "\"%s\": %lldam or %lldpm?", t->text,
		    n, n);
	if (p->r.given & FIELDS_WHICH_DAY && n < 24)
		return wrong(&p->c, 0, "\"%s\": %lld:00?", t->text, n);
	if (n >= 1 && n < 24)
		return wrong(&p->c, 0, "\"%s\": %lld:00, %lldm or the "
		    "%lld%s?", t->text, n, n, n, ordinal_suffix(n));
	if (n >= 1 && n <= 31)
		return wrong(&p->c, 0, "\"%s\": %lldm or the %lld%s?", t->text,
		    n, n, ordinal_suffix(n));
	return wrong(&p->c, 0, "\"%.20s\" alone is no time: %.20sm, %.20sh or "
	    "%.20sd?", t->text, t->text, t->text, t->text);
}

/* The word of the vocabulary nearest to one that is not in it, or NULL. */
static const char *
nearest_known(const char *word)
{
	const char *all[160];
	size_t n = 0, i;

	for (i = 0; i < sizeof vocabulary / sizeof vocabulary[0]; i++) {
		const struct meaning *m = vocabulary[i];

		/* Words of one or two letters are near to everything. */
		for (; m->word != NULL; m++)
			if (strlen(m->word) > 2)
				all[n++] = m->word;
	}
	all[n] = NULL;
	return strlen(word) < 3 ? NULL : nearest_word(word, all);
}

static enum outcome
explain(struct parser *p)
{
	const struct token *t = peek(&p->c, 0), *next = peek(&p->c, 1);
	const char *near, *text = QUOTED(p, 0);
	size_t i;

	if (t->kind == TOKEN_NUMBER && !next->glued && !t->glued)
		return ask_number(p);
	if (t->kind == TOKEN_NUMBER && next->kind == TOKEN_WORD)
		return wrong(&p->c, 0, "\"%s\": \"%s\" is no unit: say s, m, "
		    "h, d, w, mo or y, as in \"1h30m\"", text, next->text);
	if (t->kind != TOKEN_WORD)
		return wrong(&p->c, 0, "\"%s\" is no time: " EXAMPLES, text);
	for (i = 0; i < sizeof vague / sizeof vague[0]; i++)
		if (strcmp(vague[i].word, t->text) == 0)
			return wrong(&p->c, 0, "\"%s\" names no time: say %s",
			    text, vague[i].instead);
	near = nearest_known(t->text);
	if (near != NULL && strcmp(near, t->text) != 0)
		return wrong(&p->c, 0, "\"%s\": did you mean \"%s\"?", text,
		    near);
	if (near != NULL)
		return wrong(&p->c, 0, "\"%s\" makes no time here: " EXAMPLES,
		    text);
	return wrong(&p->c, 0, "\"%s\" is no time: " EXAMPLES, text);
}

/* ---- Whether the fields make sense together ---------------------------- */

static bool
has(const struct reading *r, unsigned fields)
{
	return (r->given & fields) != 0;
}

static bool
refuse(struct parser *p, const char *why)
{
	char text[QUOTE_TEXT];

	err_set(p->c.err, ERR_NOT_UNDERSTOOD, "\"%s\": %s",
	    lex_quote_rest(p->c.lexed, 0, text), why);
	return false;
}

static bool
agree(struct parser *p)
{
	struct reading *r = &p->r;
	const unsigned all_date = FIELDS_DATE | FIELD_CLOCK;

	if (!has(r, ~(unsigned)FIELD_BY))
		return refuse(p, "a time is missing: " EXAMPLES);
	if (has(r, FIELD_AMOUNT) && has(r, FIELDS_WHICH_DAY))
		return refuse(p, "a span from now and a day: which of the two?");
	if (has(r, FIELD_AMOUNT) && r->amount.seconds != 0 &&
	    has(r, FIELD_CLOCK | FIELD_PART | FIELD_BY))
		return refuse(p, "a span of hours or minutes goes without a "
		    "time of day and without \"by\"");
	if (has(r, FIELD_OFFSET) && (r->given & all_date) != all_date)
		return refuse(p, "an offset from UTC goes with a whole date "
		    "and time, as in \"2026-12-24T18:00+01:00\"");
	if (has(r, FIELD_PART) && has(r, FIELD_CLOCK) &&
	    (r->part == PART_EOD || !part_holds(r->part, r->clock)))
		return refuse(p, "the time of day is given twice and differs");
	if (has(r, FIELD_PART) && !has(r, FIELD_CLOCK) &&
	    r->part == PART_AFTERNOON)
		return refuse(p, "when in the afternoon? Say the time, such as "
		    "3pm");
	if (has(r, FIELD_SCOPE) && r->scope != SCOPE_DAY && r->shift == 0 &&
	    !has(r, FIELD_DAY | FIELD_WEEKDAY))
		return refuse(p, "which day? Say \"friday\" or a date");
	return true;
}

/* "eod" alone is today's; "by eod" too. */
static void
settle(struct reading *r)
{
	if (has(r, FIELD_PART) && r->part == PART_EOD &&
	    !has(r, FIELDS_WHICH_DAY | FIELD_AMOUNT)) {
		r->given |= FIELD_SCOPE;
		r->scope = SCOPE_DAY;
		r->shift = 0;
	}
}

static void
begin(struct parser *p, const struct lexed *l, struct err *err)
{
	*p = (struct parser){ .c = { .lexed = l, .err = err } };
}

bool
reading_parse(const struct lexed *l, struct reading *out, struct err *err)
{
	struct parser p;

	begin(&p, l, err);
	if (l->n == 0)
		return err_set(err, ERR_NOT_UNDERSTOOD, "a time is missing: "
		    EXAMPLES);
	while (p.c.at < l->n) {
		enum outcome o = read_noise(&p);

		if (o == NOT_MINE)
			o = read_one_form(&p);
		if (o == NOT_MINE)
			o = explain(&p);
		if (o == WRONG)
			return false;
	}
	if (!agree(&p))
		return false;
	settle(&p.r);
	*out = p.r;
	return true;
}

bool
reading_parse_iso(const struct lexed *l, struct reading *out, struct err *err)
{
	struct parser p;
	enum outcome o;

	begin(&p, l, err);
	o = read_iso_date(&p);
	if (o == READ && p.c.at < l->n && !has(&p.r, FIELD_CLOCK))
		o = read_colon_clock(&p);
	if (o == WRONG)
		return false;
	if (o == NOT_MINE || p.c.at < l->n) {
		p.c.at = 0;
		return refuse(&p, "say a date and time like "
		    "\"2026-11-20T14:30\"");
	}
	*out = p.r;
	return true;
}

/* Where the second word of the two begins, as a token. */
static size_t
second_word(const struct lexed *l)
{
	size_t i = 1;

	while (i < l->n && l->tokens[i].glued)
		i++;
	return i;
}

bool
reading_begins(const struct lexed *l)
{
	struct parser p;
	size_t second;

	if (l->n == 0)
		return false;
	begin(&p, l, NULL);
	second = second_word(l);
	if (read_noise(&p) == READ && l->n == 1)
		return true;
	switch (read_one_form(&p)) {
	case READ:
		return true;
	case WRONG:
		/* It begins well when it goes wrong within the first word, or
		 * only because the phrase is over. */
		return p.c.wrong < second || p.c.wrong >= l->n;
	case NOT_MINE:
		break;
	}
	return false;
}
