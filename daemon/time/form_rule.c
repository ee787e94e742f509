/* The forms of the grammar of recurrence: see form_rule.h. */
#include <string.h>

#include "time/form_rule.h"
#include "time/words.h"

enum outcome
wrong_two(struct rule_parser *q, size_t n)
{
	char text[QUOTE_TEXT];

	return wrong(&q->p.c, n, "\"%s\" does not fit into the same rule: make "
	    "two reminders of it", lex_quote_rest(q->p.c.lexed, q->p.c.at + n,
	    text));
}

/* Take n tokens as one field. One that is not given on the spot again but
 * after another belongs to that: "mon at 9, fri at 17" are two rules. */
static enum outcome
take(struct rule_parser *q, unsigned field, size_t n)
{
	if (q->given & field && q->last != field)
		return wrong_two(q, 0);
	q->given |= field;
	q->last = field;
	q->p.c.at += n;
	return READ;
}

static size_t
after_and(const struct cursor *c, size_t n)
{
	return n + (is_word(c, n, "and") || (peek(c, n)->kind == TOKEN_SIGN &&
	    peek(c, n)->text[0] == '&'));
}

/* ---- Lists of names ---------------------------------------------------- */

int
name_at(const struct cursor *c, size_t n, const struct meaning *table)
{
	const struct token *t = peek(c, n);
	size_t len = strlen(t->text);
	int value = meaning_of(c, n, table);

	if (value >= 0 || t->kind != TOKEN_WORD || len < 4 ||
	    t->text[len - 1] != 's')
		return value;
	for (; table->word != NULL; table++)
		if (strlen(table->word) == len - 1 &&
		    strncmp(table->word, t->text, len - 1) == 0)
			return table->value;
	return -1;
}

static bool
is_range(const struct cursor *c, size_t n)
{
	return is_word(c, n, "to") || is_word(c, n, "through") ||
	    is_word(c, n, "thru") || (peek(c, n)->kind == TOKEN_SIGN &&
	    peek(c, n)->text[0] == '-');
}

/* "mon, wed and fri", "monday to friday": how many tokens, and the set. The
 * values of the table go from first to last. */
static size_t
peek_names(const struct cursor *c, size_t n, const struct meaning *table,
    int first, int last, unsigned *set)
{
	size_t start = n, next = n;
	int value;

	*set = 0;
	while ((value = name_at(c, next, table)) >= 0) {
		int end = value;

		n = next + 1;
		if (is_range(c, n) && name_at(c, n + 1, table) >= 0) {
			end = name_at(c, n + 1, table);
			n += 2;
		}
		*set |= 1u << value;
		for (; value != end; *set |= 1u << value)
			value = value == last ? first : value + 1;
		next = after_and(c, n);
	}
	return n - start;
}

static size_t
peek_months(const struct cursor *c, size_t n, unsigned *set)
{
	return peek_names(c, n, words_months, 1, 12, set);
}

/* "weekdays", "working day": Monday to Friday. */
static size_t
peek_workday(const struct cursor *c, size_t n)
{
	if (meaning_of(c, n, words_workdays) >= 0)
		return 1;
	return (is_word(c, n, "working") || is_word(c, n, "business") ||
	    is_word(c, n, "work")) && (is_word(c, n + 1, "day") ||
	    is_word(c, n + 1, "days")) ? 2 : 0;
}

static enum outcome
ask_weekend(struct rule_parser *q, size_t n)
{
	return wrong(&q->p.c, n, "\"%s\": \"saturday\", \"sunday\" or \"sat "
	    "and sun\"?", QUOTED(&q->p, n));
}

enum outcome
read_rule_weekdays(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	unsigned set;
	size_t n = peek_workday(c, 0);

	if (is_word(c, 0, "weekend") || is_word(c, 0, "weekends"))
		return ask_weekend(q, 0);
	if (n > 0)
		set = 1u << MONDAY | 1u << TUESDAY | 1u << WEDNESDAY |
		    1u << THURSDAY | 1u << FRIDAY;
	else
		n = peek_names(c, 0, words_weekdays, MONDAY, SUNDAY, &set);
	if (n == 0)
		return NOT_MINE;
	if (q->given & RULE_NTH && q->s.nth_of == NTH_DAY)
		return wrong(&q->p.c, 0, "\"%s\" and a day of the month: which "
		    "of the two?", QUOTED(&q->p, 0));
	if (q->given & RULE_NTH)
		return wrong_two(q, 0);
	q->s.weekdays |= set;
	return take(q, RULE_WEEKDAYS, n);
}

/* ---- How often --------------------------------------------------------- */

static const struct {
	enum rrule_freq freq;
	int interval;
	struct amount span;
} periods[PERIOD_MAX] = {
	[PERIOD_MINUTE] = { RRULE_MINUTELY, 1, { .seconds = 60 } },
	[PERIOD_HOUR] = { RRULE_HOURLY, 1, { .seconds = 3600 } },
	[PERIOD_DAY] = { RRULE_DAILY, 1, { .days = 1 } },
	[PERIOD_WEEK] = { RRULE_WEEKLY, 1, { .days = 7 } },
	[PERIOD_FORTNIGHT] = { RRULE_WEEKLY, 2, { .days = 14 } },
	[PERIOD_MONTH] = { RRULE_MONTHLY, 1, { .months = 1 } },
	[PERIOD_QUARTER] = { RRULE_MONTHLY, 3, { .months = 3 } },
	[PERIOD_HALF_YEAR] = { RRULE_MONTHLY, 6, { .months = 6 } },
	[PERIOD_YEAR] = { RRULE_YEARLY, 1, { .months = 12 } },
};

static enum outcome
take_period(struct rule_parser *q, int period, int times, size_t n)
{
	struct amount span = periods[period].span;

	if (q->given & RULE_PERIOD)
		return wrong(&q->p.c, 0, "\"%s\": how often is already said",
		    QUOTED(&q->p, 0));
	q->s.freq = periods[period].freq;
	q->s.interval = periods[period].interval * times;
	q->s.span = (struct amount){ span.seconds * times, span.days * times,
	    span.months * times };
	return take(q, RULE_PERIOD, n);
}

#define YEARS_MAX 100

/* FREQ and INTERVAL of a span in one unit; 14 days are two weeks, 12 months a
 * year. */
static enum outcome
take_span(struct rule_parser *q, const struct amount *a, size_t start)
{
	struct cursor *c = &q->p.c;
	int kinds = (a->seconds != 0) + (a->days != 0) + (a->months != 0);
	size_t n = c->at - start;
	int period = PERIOD_MINUTE;
	int64_t times = a->seconds / 60;

	c->at = start;
	if (kinds == 0)
		return wrong(c, 0, "\"%s\" is no time in between",
		    QUOTED(&q->p, 0));
	if (a->months > YEARS_MAX * 12 || a->days > YEARS_MAX * 366 ||
	    a->seconds > YEARS_MAX * 366 * INT64_C(86400)) {
		wrong(c, 0, "\"%s\": %d years in between are the most",
		    QUOTED(&q->p, 0), YEARS_MAX);
		return impossible(&q->p);
	}
	if (a->months != 0) {
		period = a->months % 12 == 0 ? PERIOD_YEAR : PERIOD_MONTH;
		times = a->months / (period == PERIOD_YEAR ? 12 : 1);
	} else if (a->days != 0) {
		period = a->days % 7 == 0 ? PERIOD_WEEK : PERIOD_DAY;
		times = a->days / (period == PERIOD_WEEK ? 7 : 1);
	} else if (a->seconds % 3600 == 0) {
		period = PERIOD_HOUR;
		times = a->seconds / 3600;
	}
	if (times > RRULE_INTERVAL_MAX) {
		wrong(c, 0, "\"%s\": too many in between", QUOTED(&q->p, 0));
		return impossible(&q->p);
	}
	if (take_period(q, period, (int)times, n) == WRONG)
		return WRONG;
	q->mixed = kinds > 1 || a->seconds % 60 != 0;
	q->s.span = *a;
	return READ;
}

/* "other weekday", "3 working days". */
static enum outcome
ask_workdays(struct rule_parser *q)
{
	return wrong(&q->p.c, 1, "every so many weekdays is no rule: say "
	    "\"mon, wed and fri\" or \"2 days\"");
}

/* "other week", "other tuesday", "alternate days". */
static enum outcome
read_other(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	int period = name_at(c, 1, words_periods);

	if (!is_word(c, 0, "other") && !is_word(c, 0, "alternate"))
		return NOT_MINE;
	if (peek_workday(c, 1) > 0)
		return ask_workdays(q);
	if (period < 0 && name_at(c, 1, words_weekdays) < 0)
		return wrong(&q->p.c, 1, "every second what? Say it like "
		    "\"other week\" or \"other tuesday\"");
	q->other = period < 0;
	return period < 0 ? take_period(q, PERIOD_WEEK, 2, 1)
	    : take_period(q, period, 2, 2);
}

static bool
is_behind_every(const struct cursor *c)
{
	return c->at > 0 &&
	    strcmp(c->lexed->tokens[c->at - 1].text, "every") == 0;
}

/* "2 weeks", "15 minutes", "half an hour", "a month". */
static enum outcome
read_span(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	size_t start = c->at;
	struct amount a;
	enum outcome o;

	if (is_number(c, 0) && peek_workday(c, 1) > 0)
		return ask_workdays(q);
	/* "friday 17h", "at 17h"; but "17h", "fridays every 2h". */
	if (is_hour_or_span(c) && !is_behind_every(c) &&
	    (is_sign(c, 1, '.') || is_behind_at(c) || q->given != 0))
		return wrong(c, 0, "\"%s\": \"at %d:%s\" or \"every %s\"?",
		    QUOTED(&q->p, 0), (int)peek(c, 0)->value,
		    is_sign(c, 1, '.') ? peek(c, 2)->text : "00",
		    QUOTED(&q->p, 0));
	o = amount_read(c, &a);
	return o == READ ? take_span(q, &a, start) : o;
}

enum outcome
read_rule_period(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	int period = meaning_of(c, 0, words_periods);
	int adverb = meaning_of(c, 0, words_adverbs);
	size_t yearly = 1 + is_sign(c, 1, '-');	/* "half-yearly" */
	enum outcome o;

	if (is_word(c, 0, "half") && is_word(c, yearly, "yearly"))
		return take_period(q, PERIOD_HALF_YEAR, 1, yearly + 1);
	if (is_word(c, 0, "nightly")) {
		q->part = PART_NIGHT;
		q->given |= RULE_PART;
		return take_period(q, PERIOD_DAY, 1, 1);
	}
	o = read_other(q);
	if (o == NOT_MINE)
		o = read_span(q);
	if (o == NOT_MINE && (period >= 0 || adverb >= 0))
		return take_period(q, period >= 0 ? period : adverb, 1, 1);
	return o;
}

/* "(3 weeks) after done", "after it's done". */
enum outcome
read_rule_after(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	size_t n = 1;

	if (!is_word(c, 0, "after"))
		return NOT_MINE;
	while (is_word(c, n, "it") || is_word(c, n, "its") ||
	    is_word(c, n, "is") || is_word(c, n, "was") ||
	    is_word(c, n, "being") || is_word(c, n, "i"))
		n++;
	if (meaning_of(c, n, words_done) < 0 || q->last != RULE_PERIOD)
		return wrong(&q->p.c, n, "\"after\": say it like \"3 weeks "
		    "after done\"");
	q->s.after_done = true;
	return take(q, RULE_AFTER, n + 1);
}

/* ---- Ordinals ---------------------------------------------------------- */

struct ordinals {
	uint64_t front, back;	/* bit n: the n-th, the n-th from the end */
	int n;			/* how many were said */
	int value;		/* the one said last: -1 is the last */
	bool the;
};

/* A number that is followed by nothing that it could count or belong to. */
static bool
is_bare_number(const struct cursor *c, size_t n)
{
	const struct token *next = peek(c, n + 1);

	return is_number(c, n) && peek(c, n)->digits <= 2 &&
	    !(next->glued && (next->kind != TOKEN_SIGN ||
	    next->text[0] != '&')) &&
	    meaning_of(c, n + 1, amount_units) < 0 &&
	    meaning_of(c, n + 1, words_halves) < 0 &&
	    meaning_of(c, n + 1, words_times) < 0 &&
	    !is_word(c, n + 1, "oclock");
}

/* The same as peek_ordinal_value; bare: of a number too, with a dot or
 * nothing behind it, as it stands before the name of a month. */
static size_t
peek_ordinal_or_number(const struct cursor *c, size_t n, bool bare, int *value)
{
	size_t length = peek_ordinal_value(c, n, value);
	/* But "24.12." is one date. */
	bool dot = is_sign(c, n + 1, '.') &&
	    !(is_number(c, n + 2) && peek(c, n + 2)->glued);

	if (length > 0 || !bare || !is_number(c, n) || peek(c, n)->digits > 2 ||
	    !(dot || is_bare_number(c, n)))
		return length;
	*value = (int)peek(c, n)->value;
	return 1 + dot;
}

#define ORDINAL_MAX 62

/* "the 1st, 3rd and last": how many tokens. What is beyond every calendar
 * counts as the greatest, and is refused later. */
static size_t
peek_ordinals(const struct cursor *c, size_t n, bool bare, struct ordinals *o)
{
	size_t start = n, next = n, length;
	int value;

	*o = (struct ordinals){0};
	for (;;) {
		size_t at = next + is_word(c, next, "the");

		length = peek_ordinal_or_number(c, at, bare, &value);
		if (length == 0)
			break;
		o->the |= at > next;
		o->n++;
		o->value = value;
		if (value < 0)
			o->back |= 1ull << (-value > ORDINAL_MAX ? ORDINAL_MAX
			    : -value);
		else
			o->front |= 1ull << (value > ORDINAL_MAX ? ORDINAL_MAX
			    : value);
		n = at + length;
		next = after_and(c, n);
	}
	return n - start;
}

/* Days as they are named at once: "the 1st and 3rd monday of june". */
struct named {
	struct ordinals o;
	enum nth_of nth_of;
	unsigned weekdays, months;
	bool of_year;
	bool scoped;		/* it was said what they are days of */
};

/* Several such names are one rule when they differ in one thing only: their
 * numbers, their weekdays or their months. */
static bool
merge(struct spoken *s, const struct named *d)
{
	bool other_days = s->nth != d->o.front || s->nth_back != d->o.back;
	bool other_names = s->weekdays != d->weekdays;
	bool other_months = s->months != d->months;

	if (s->nth_of != d->nth_of || s->of_year != d->of_year ||
	    (s->months == 0) != (d->months == 0) ||
	    other_days + other_names + other_months > 1)
		return false;
	s->months |= d->months;
	s->nth |= d->o.front;
	s->nth_back |= d->o.back;
	s->weekdays |= d->weekdays;
	return true;
}

/* Take what was read from the token start on. */
static enum outcome
take_named(struct rule_parser *q, const struct named *d, size_t start)
{
	struct spoken *s = &q->s;
	bool again = q->given & RULE_NTH;

	/* "december on the 24th", but not "december on the 24th of june". */
	if (again ? !merge(s, d) : s->months != 0 && (d->months != 0 ||
	    d->of_year)) {
		q->p.c.at = start;
		return wrong_two(q, 0);
	}
	/* "friday the 13th". */
	if (!again && s->weekdays != 0 && (d->nth_of != NTH_DAY ||
	    !d->o.the || d->o.n > 1 || q->last != RULE_WEEKDAYS)) {
		q->p.c.at = start;
		return wrong(&q->p.c, 0, "\"%s\" and another day: which of the "
		    "two?", QUOTED(&q->p, 0));
	}
	if (!again) {
		s->nth_of = d->nth_of;
		s->nth = d->o.front;
		s->nth_back = d->o.back;
		s->of_year = d->of_year;
		s->weekdays |= d->weekdays;
		s->months |= d->months;
		q->nth_at = start;
	}
	q->surely_days |= again || d->o.the || d->o.n > 1;
	q->scoped |= d->scoped;
	return take(q, RULE_NTH, 0);
}

/* "of the quarter": of its first month, or its last when the days count from
 * the end. */
static enum outcome
read_of_quarter(struct rule_parser *q, size_t n, struct named *d)
{
	if (d->o.front != 0 && d->o.back != 0)
		return wrong(&q->p.c, 0, "days from both ends of a quarter: "
		    "make two reminders of it");
	if (d->nth_of == NTH_DAY && d->o.front >> 29 != 0)
		return wrong(&q->p.c, 0, "\"%s\": say the dates",
		    QUOTED(&q->p, 0));
	d->months = d->o.front != 0 ? 1u << 1 | 1u << 4 | 1u << 7 | 1u << 10
	    : 1u << 3 | 1u << 6 | 1u << 9 | 1u << 12;
	q->p.c.at += n;
	return READ;
}

/* "of the year": of days only its first and its last are said so. */
static enum outcome
read_of_year(struct rule_parser *q, size_t n, struct named *d)
{
	bool first = d->o.front == 2;

	if (d->nth_of == NTH_WORKDAY || (d->nth_of == NTH_DAY &&
	    (d->o.front | d->o.back) != 2))
		return wrong(&q->p.c, 0, "\"%s\": say the date, such as \"24 "
		    "dec\"", QUOTED(&q->p, 0));
	d->of_year = d->nth_of == NTH_WEEKDAY;
	if (!d->of_year) {
		d->months = first ? 1u << 1 : 1u << 12;
		d->o.front = first ? 1ull << 1 : 1ull << 31;
		d->o.back = 0;
	}
	q->p.c.at += n;
	return READ;
}

/* Behind an ordinal and what it counts: "of the month", "in november", "of
 * every 3 months". */
static enum outcome
read_of(struct rule_parser *q, struct named *d)
{
	struct cursor *c = &q->p.c;
	size_t n = 1, length;
	bool every;

	if (!is_word(c, 0, "of") && !is_word(c, 0, "in"))
		return NOT_MINE;
	d->scoped = true;
	length = peek_months(c, 1, &d->months);
	if (length > 0) {
		c->at += 1 + length;
		return READ;
	}
	every = is_word(c, n, "each") || is_word(c, n, "every");
	n += every || is_word(c, n, "the") || is_word(c, n, "a") ||
	    is_word(c, n, "any");
	switch (meaning_of(c, n, words_periods)) {
	case PERIOD_MONTH:
		c->at += n + 1;
		return READ;
	case PERIOD_QUARTER:
		return read_of_quarter(q, n + 1, d);
	case PERIOD_YEAR:
		return read_of_year(q, n + 1, d);
	default:
		break;
	}
	if (every) {
		c->at += n;
		return read_rule_period(q);
	}
	d->scoped = false;
	/* "in the morning". */
	if (is_word(c, 0, "in"))
		return NOT_MINE;
	return wrong(c, n, "\"%s\": of which month? Say it like \"last friday "
	    "of the month\" or \"last friday of november\"",
	    QUOTED(&q->p, 0));
}

/* "3rd week", "second month": how often, up to the 99th. "2nd day" too, unless
 * it is the month's. */
static size_t
peek_interval(const struct rule_parser *q, size_t n, const struct ordinals *o,
    int *period)
{
	const struct cursor *c = &q->p.c;

	*period = meaning_of(c, n, words_periods);
	if (*period < 0 || o->n != 1 || o->value < 2 || o->value > 99 ||
	    o->the)
		return 0;
	if (*period == PERIOD_DAY && (q->given & RULE_PERIOD ||
	    is_word(c, n + 1, "of") || is_word(c, n + 1, "in")))
		return 0;
	return 1;
}

/* What the ordinals count. */
static size_t
peek_counted(const struct cursor *c, size_t n, enum nth_of *nth_of,
    unsigned *weekdays)
{
	size_t length = peek_names(c, n, words_weekdays, MONDAY, SUNDAY,
	    weekdays);

	*nth_of = NTH_WEEKDAY;
	if (length > 0)
		return length;
	length = peek_workday(c, n);
	*nth_of = length > 0 ? NTH_WORKDAY : NTH_DAY;
	return length > 0 ? length : is_word(c, n, "day") ||
	    is_word(c, n, "days");
}

static enum outcome
no_such_day(struct rule_parser *q, size_t start, const char *what)
{
	q->p.c.at = start;
	wrong(&q->p.c, 0, "\"%s\": no month has so many %s",
	    QUOTED(&q->p, is_word(&q->p.c, 0, "the")), what);
	return impossible(&q->p);
}

/* Whether there are as many in a month, or in a year. */
static bool
within_bounds(const struct named *d)
{
	static const int most[] = {
		[NTH_DAY] = 31, [NTH_WEEKDAY] = 5, [NTH_WORKDAY] = 23,
	};
	uint64_t all = d->o.front | d->o.back;
	int max = d->of_year ? 53 : most[d->nth_of];

	return !(all & 1) && all >> (max + 1) == 0;
}

/* "2nd tuesday of the month", "1st and 15th", "last day of february". */
static enum outcome
read_ordinals(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	struct named d = {0};
	size_t n = peek_ordinals(c, 0, false, &d.o), start = c->at;
	int period;

	if (n == 0)
		return NOT_MINE;
	if (is_word(c, n, "weekend") || is_word(c, n, "weekends"))
		return ask_weekend(q, n);
	if (peek_interval(q, n, &d.o, &period) > 0)
		return take_period(q, period, d.o.value, n + 1);
	c->at += n + peek_counted(c, n, &d.nth_of, &d.weekdays);
	if (read_of(q, &d) == WRONG)
		return WRONG;
	if (!within_bounds(&d))
		return no_such_day(q, start, d.nth_of == NTH_DAY ? "days"
		    : "of them");
	return take_named(q, &d, start);
}

/* "24 dec", "24 and 26 dec", "1st of january", "4. july". */
static enum outcome
read_day_month_list(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	struct named d = { .scoped = true };
	size_t n = peek_ordinals(c, 0, true, &d.o), start = c->at, length;

	if (n == 0)
		return NOT_MINE;
	n += is_word(c, n, "of");
	length = peek_months(c, n, &d.months);
	if (length == 0)
		return NOT_MINE;
	if (!within_bounds(&d))
		return no_such_day(q, start, "days");
	c->at += n + length;
	return take_named(q, &d, start);
}

/* "end of the month", "start of the year". */
static enum outcome
read_edge(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	struct named d = { .o = { .n = 1, .the = true } };
	size_t n = after_the(&q->p, 0), start = c->at;

	if (is_word(c, n, "end"))
		d.o.back = 2;
	else if (is_word(c, n, "start") || is_word(c, n, "beginning"))
		d.o.front = 2;
	if (d.o.front == d.o.back || !is_word(c, n + 1, "of"))
		return NOT_MINE;
	c->at += n + 1;
	return read_of(q, &d) == WRONG ? WRONG : take_named(q, &d, start);
}

enum outcome
read_rule_nth(struct rule_parser *q)
{
	enum outcome o = read_day_month_list(q);

	if (o == NOT_MINE)
		o = read_edge(q);
	return o == NOT_MINE ? read_ordinals(q) : o;
}

/* "dec 24", "december the 24th and 26th". */
static enum outcome
read_month_days(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	struct named d = { .scoped = true };
	size_t start = c->at, length = peek_months(c, 0, &d.months);
	size_t n = peek_ordinals(c, length, true, &d.o);

	n += length;
	/* "dec 1st friday": the friday is counted, not the day. */
	if (length == 0 || n == length ||
	    name_at(c, n, words_weekdays) >= 0 || peek_workday(c, n) > 0)
		return NOT_MINE;
	if (!within_bounds(&d))
		return no_such_day(q, start, "days");
	c->at += n + is_word(c, n, "day");
	return take_named(q, &d, start);
}

/* And without a day: "in december", "june to august". */
enum outcome
read_rule_months(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	size_t n = is_word(c, 0, "in") || is_word(c, 0, "of") ||
	    is_word(c, 0, "during"), length;
	unsigned months;
	enum outcome o = n == 0 ? read_month_days(q) : NOT_MINE;

	if (o != NOT_MINE)
		return o;
	length = peek_months(c, n, &months);
	if (length == 0)
		return NOT_MINE;
	if (q->s.months != 0 || q->s.of_year)
		return wrong_two(q, 0);
	q->s.months = months;
	return take(q, RULE_MONTHS, n + length);
}

/* The dates that moments have too: "24.12.", "24/12". */
enum outcome
read_rule_date(struct rule_parser *q)
{
	struct reading *r = &q->p.r;
	struct named d = { .o = { .n = 1 }, .scoped = true };
	size_t start = q->p.c.at;
	enum outcome result;

	*r = (struct reading){0};
	result = read_iso_date(&q->p);
	if (result == NOT_MINE)
		result = read_slash_date(&q->p);
	if (result == NOT_MINE)
		result = read_dotted_date(&q->p);
	if (result != READ)
		return result;
	if (r->given & FIELD_YEAR) {
		q->p.c.at = start;
		return wrong(&q->p.c, 0, "\"%s\": a date with its year comes "
		    "once; say \"until %s\" if it ends then", QUOTED(&q->p, 0),
		    QUOTED(&q->p, 0));
	}
	d.o.front = 1ull << r->day;
	d.months = 1u << r->month;
	return take_named(q, &d, start);
}

/* ---- The time of day --------------------------------------------------- */

/* Take n tokens as one more clock time; the times stay in order. */
static enum outcome
take_clock(struct rule_parser *q, int clock, size_t n)
{
	struct spoken *s = &q->s;
	size_t i;

	for (i = 0; i < s->clocks_n; i++)
		if (s->clocks[i] == clock)
			return take(q, RULE_CLOCK, n);
	if (s->clocks_n == CLOCKS_MAX)
		return wrong(&q->p.c, 0, "too many times of day: say how often "
		    "instead, such as \"30 minutes\"");
	for (i = s->clocks_n; i > 0 && s->clocks[i - 1] > clock; i--)
		s->clocks[i] = s->clocks[i - 1];
	s->clocks[i] = clock;
	s->clocks_n++;
	return take(q, RULE_CLOCK, n);
}

static enum outcome
take_part(struct rule_parser *q, int part, size_t n)
{
	if (q->given & RULE_PART && q->part != part)
		return wrong_two(q, 0);
	if (part == PART_EOD)
		return take_clock(q, q->hours->eod * 60, n);
	q->part = part;
	return take(q, RULE_PART, n);
}

/* What the forms of moments read as a time of day. */
static enum outcome
read_moment_clock(struct rule_parser *q)
{
	static enum outcome (*const forms[])(struct parser *) = {
		read_colon_clock, read_past, read_hour, read_clock_word,
		read_end_of_day, read_part,
	};
	struct reading *r = &q->p.r;
	size_t start = q->p.c.at, i, n;
	enum outcome o = NOT_MINE;

	*r = (struct reading){0};
	for (i = 0; i < sizeof forms / sizeof forms[0] && o == NOT_MINE; i++)
		o = forms[i](&q->p);
	if (o != READ)
		return o;
	n = q->p.c.at - start;
	q->p.c.at = start;
	if (r->given & (FIELD_OFFSET | FIELD_SCOPE))
		return wrong(&q->p.c, 0, r->given & FIELD_OFFSET ? "\"%s\": a "
		    "rule stands on the wall clock: leave the offset from UTC "
		    "out" : "\"%s\" comes once: say it like \"evening\" or "
		    "\"night\"", QUOTED(&q->p, 0));
	return r->given & FIELD_CLOCK ? take_clock(q, r->clock, n)
	    : take_part(q, (int)r->part, n);
}

/* Behind "at", an hour is an hour. */
static enum outcome
read_bare_hour(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	const struct token *t = peek(c, 0);

	if (is_number(c, 0) && t->digits == 4 && !peek(c, 1)->glued &&
	    t->value / 100 < 24 && t->value % 100 < 60)
		return wrong(c, 0, "\"%s\": %02d:%02d?", t->text,
		    (int)t->value / 100, (int)t->value % 100);
	if (!is_bare_number(c, 0) || name_at(c, 1, words_months) >= 0 ||
	    follows(&q->p, 1, "in", "the") || follows(&q->p, 1, "at", "night"))
		return NOT_MINE;
	if (t->value > 23)
		return wrong(c, 0, "\"%s\" is no time of day: the last one is "
		    "23:59", t->text);
	return take_clock(q, (int)t->value * 3600, 1);
}

/* "at 8", "at 9, 13 and 17:30". */
static enum outcome
read_at(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	size_t start = c->at, end = start;
	enum outcome o;

	c->at++;
	do {
		o = read_bare_hour(q);
		if (o == NOT_MINE)
			o = read_moment_clock(q);
		if (o == READ) {
			end = c->at;
			c->at += after_and(c, 0);
		}
	} while (o == READ);
	if (o == WRONG)
		return WRONG;
	c->at = end;
	return end > start ? READ : NOT_MINE;
}

enum outcome
read_rule_clock(struct rule_parser *q)
{
	int part = meaning_of(&q->p.c, 0, words_plural_parts);

	if (part >= 0)
		return take_part(q, part, 1);
	return is_word(&q->p.c, 0, "at") ? read_at(q) : read_moment_clock(q);
}

/* ---- The end ----------------------------------------------------------- */

static enum outcome
take_end(struct rule_parser *q, size_t n)
{
	if (q->given & RULE_END)
		return wrong(&q->p.c, 0, "\"%s\": the end is already said",
		    QUOTED(&q->p, 0));
	return take(q, RULE_END, n);
}

enum outcome
read_rule_until(struct rule_parser *q)
{
	struct cursor *c = &q->p.c, rest = *c;

	if (!is_word(c, 0, "until") && !is_word(c, 0, "till") &&
	    !is_word(c, 0, "til"))
		return NOT_MINE;
	if (peek(c, 1)->kind == TOKEN_END)
		return wrong(c, 1, "until when? Say it like \"until 24 dec\"");
	rest.at++;
	if (is_hour_or_span(&rest) && !is_sign(&rest, 1, '.'))
		return wrong(&rest, 0, "\"until %s\": \"until %d:00\" or "
		    "\"until in %s\"?", QUOTED(&q->p, 1),
		    (int)peek(c, 1)->value, QUOTED(&q->p, 1));
	q->s.until_phrase = c->lexed->phrase + peek(c, 1)->from;
	return take_end(q, c->lexed->n - c->at);
}

/* "5 times", "for ten times"; but "twice a week" is no end. */
enum outcome
read_rule_times(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	size_t n = is_word(c, 0, "for");
	int64_t count = is_number(c, n) ? peek(c, n)->value
	    : meaning_of(c, n, amount_counts);
	bool twice = is_word(c, n, "twice") || is_word(c, n, "thrice");

	if (!twice && (count < 0 || meaning_of(c, n + 1, words_times) < 0))
		return NOT_MINE;
	n += twice ? 1 : 2;
	if (twice || is_word(c, n, "a") || is_word(c, n, "per") ||
	    is_word(c, n, "each") || is_word(c, n, "every") ||
	    meaning_of(c, n, words_adverbs) >= 0)
		return wrong(c, 0, "\"%s\": say the times or days, such as "
		    "\"day at 9:00 and 17:00\" or \"mon and thu\"",
		    QUOTED(&q->p, 0));
	if (count < 1 || count > RRULE_COUNT_MAX) {
		wrong(c, 0, "\"%s\": a series has 1 to %d of its kind",
		    QUOTED(&q->p, 0), RRULE_COUNT_MAX);
		return impossible(&q->p);
	}
	q->s.count = (int)count;
	return take_end(q, n);
}

/* "for 3 weeks". */
enum outcome
read_rule_lasting(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	size_t start = c->at;
	struct amount *a = &q->s.lasting;
	enum outcome o;

	if (!skip_word(c, "for"))
		return NOT_MINE;
	o = amount_read(c, a);
	if (o != READ) {
		c->at = start;
		return o;
	}
	if (a->seconds != 0 || a->days > YEARS_MAX * 366 ||
	    a->months > YEARS_MAX * 12 || (a->days == 0 && a->months == 0)) {
		c->at = start;
		return wrong(c, 1, "\"%s\": say the end, such as \"until "
		    "18:00\" or \"5 times\"", QUOTED(&q->p, 1));
	}
	return take_end(q, 0);
}
