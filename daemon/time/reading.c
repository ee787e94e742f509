/* The grammar of moments: see reading.h. What a phrase is made of is in the
 * form_*.c; here they are put together. */
#include <string.h>

#include "time/forms.h"
#include "time/words.h"

/* What is said when nothing was understood. */
#define EXAMPLES \
	"say it like \"tomorrow 9am\", \"fri 18:00\", \"in 2h\" or \"24 dec\""

static enum outcome
read_noise(struct parser *p)
{
	if (meaning_of(&p->c, 0, words_noise) < 0)
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
	read_iso_date, read_slash_date, read_colon_clock, read_past, read_hour,
	read_clock_word, read_end_of_day, read_part, read_dotted_date,
	read_day_month, read_nth_weekday, read_ordinal_day,
	read_edge_of_month, read_month_day,
	read_relative_day, read_scope, read_weekday, read_amount, read_now,
	read_by,
};

#define FORMS (sizeof forms / sizeof forms[0])

static enum outcome
read_one_form(struct parser *p)
{
	enum outcome o = NOT_MINE;
	size_t i;

	for (i = 0; i < FORMS && o == NOT_MINE; i++) {
		struct reading before = p->r;

		o = forms[i](p);
		if (o != READ)
			p->r = before;
	}
	return o;
}

/* ---- What to say when no form fits ------------------------------------- */

/* A number on its own: "9:00, 9m or the 9th?" */
static enum outcome
ask_number(struct parser *p)
{
	const struct token *t = peek(&p->c, 0);
	/* "In 3 days" leads to a day too. */
	const unsigned which_day = FIELDS_WHICH_DAY | FIELD_AMOUNT;
	long long n = t->value;

	if (t->digits >= 5)
		return wrong(&p->c, 0, "\"%s\": say a date like "
		    "\"2026-12-24\" or \"24 dec\"", t->text);
	if (t->digits == 4 && n / 100 < 24 && n % 100 < 60 &&
	    p->r.given & which_day)
		return wrong(&p->c, 0, "\"%s\": %02lld:%02lld?", t->text,
		    n / 100, n % 100);
	if (t->digits == 4 && n >= 2000 && n < 2060)
		return wrong(&p->c, 0, "\"%s\": the time %02lld:%02lld, or a "
		    "day of that year, such as \"24 dec %lld\"?", t->text,
		    n / 100, n % 100, n);
	if (t->digits == 4 && n / 100 < 24 && n % 100 < 60)
		return wrong(&p->c, 0, "\"%s\": the time %02lld:%02lld, or "
		    "%lldm from now?", t->text, n / 100, n % 100, n);
	if (p->r.given & FIELD_PART && !(p->r.given & FIELD_CLOCK) &&
	    n >= 1 && n <= 12)
		return wrong(&p->c, 0, "\"%s\": %lldam or %lldpm?", t->text,
		    n, n);
	if (p->r.given & FIELD_MONTH && t->digits == 2 && n >= 24)
		return wrong(&p->c, 0, "\"%s\": say the year with four "
		    "digits, such as 20%s", t->text, t->text);
	if (p->r.given & (FIELD_CLOCK | FIELD_PART) || p->r.amount.seconds != 0)
		return wrong(&p->c, 0, "\"%.20s\": what does this number "
		    "count?", t->text);
	if (p->r.given & which_day && n >= 1 && n <= 12)
		return wrong(&p->c, 0, "\"%s\": %lldam or %lldpm?", t->text,
		    n, n);
	if (p->r.given & FIELD_WEEKDAY && !(p->r.given & (FIELD_DAY |
	    FIELD_SCOPE)) && n >= 13 && n < 24)
		return wrong(&p->c, 0, "\"%s\": %lld:00 or the %lld%s?", t->text,
		    n, n, words_ordinal_suffix(n));
	if (p->r.given & which_day && n < 24)
		return wrong(&p->c, 0, "\"%s\": %lld:00?", t->text, n);
	if (n == 0)
		return wrong(&p->c, 0, "\"%s\" alone is no time: midnight is "
		    "12am or 00:00", t->text);
	if (n >= 1 && n < 24)
		return wrong(&p->c, 0, "\"%s\": %lld:00, %lldm or the "
		    "%lld%s?", t->text, n, n, n, words_ordinal_suffix(n));
	if (n >= 1 && n <= 31)
		return wrong(&p->c, 0, "\"%s\": %lldm or the %lld%s?", t->text,
		    n, n, words_ordinal_suffix(n));
	return wrong(&p->c, 0, "\"%.20s\" alone is no time: %.20sm, %.20sh or "
	    "%.20sd?", t->text, t->text, t->text, t->text);
}

static enum outcome
explain(struct parser *p)
{
	const struct token *t = peek(&p->c, 0), *next = peek(&p->c, 1);
	const char *text = QUOTED(p, 0), *instead, *near;
	int count = meaning_of(&p->c, 0, amount_counts);

	if (t->kind == TOKEN_NUMBER && !next->glued && !t->glued)
		return ask_number(p);
	/* "20261224T090000Z". */
	if (t->kind == TOKEN_NUMBER && t->digits == 8)
		return ask_number(p);
	if (t->kind == TOKEN_NUMBER && t->digits >= 3 && t->digits <= 4 &&
	    meaning_of(&p->c, 1, words_halves) >= 0)
		return wrong(&p->c, 0, "\"%s\": %d:%02d%s?", text,
		    (int)(t->value / 100), (int)(t->value % 100), next->text);
	if (t->kind == TOKEN_NUMBER && t->value >= 1 && t->value <= 12 &&
	    (is_word(&p->c, 1, "a") || is_word(&p->c, 1, "p")))
		return wrong(&p->c, 0, "\"%s\": did you mean \"%d%sm\"?",
		    text, (int)t->value, next->text);
	if (t->kind == TOKEN_NUMBER && next->kind == TOKEN_WORD)
		return wrong(&p->c, 0, "\"%s\": \"%s\" is no unit: say s, m, "
		    "h, d, w, mo or y, as in \"1h30m\"", text, next->text);
	if (is_sign(&p->c, 0, '-') && meaning_of(&p->c, 2, amount_units) >= 0)
		return wrong(&p->c, 0, "\"%s\": to count back, say it like "
		    "\"1 week before 24 dec\"", text);
	if (is_sign(&p->c, 0, '-') && is_number(&p->c, 1) && p->r.given != 0)
		return wrong(&p->c, 0, "\"%s\": say when it begins, without "
		    "its end", text);
	if (t->kind != TOKEN_WORD)
		return wrong(&p->c, 0, "\"%s\" is no time: " EXAMPLES, text);
	if (count > 12)
		return wrong(&p->c, 0, "\"%s\": %dm, %dh or %dd?", text, count,
		    count, count);
	if (count > 0 && strlen(t->text) > 2)
		return wrong(&p->c, 0, "\"%s\": %d:00, %dm or the %d%s?", text,
		    count, count, count, words_ordinal_suffix(count));
	instead = words_instead_of(t->text);
	if (instead != NULL)
		return wrong(&p->c, 0, "\"%s\" names no time: say %s", text,
		    instead);
	near = words_nearest(t->text);
	if (near == NULL)
		return wrong(&p->c, 0, "\"%s\" is no time: " EXAMPLES, text);
	if (strcmp(near, t->text) == 0)
		return wrong(&p->c, 0, "\"%s\" makes no time here: " EXAMPLES,
		    text);
	return wrong(&p->c, 0, "\"%s\": did you mean \"%s\"?", text, near);
}

/* ---- Whether the fields make sense together ---------------------------- */

/* The hours that a part of the day allows a clock time next to it. */
static bool
part_holds(enum part part, int clock)
{
	return (clock < NOON) == (part == PART_MORNING);
}

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
	if (has(r, FIELD_SHIFT) &&
	    !has(r, FIELDS_WHICH_DAY | FIELD_CLOCK | FIELD_PART))
		return refuse(p, "counted from which day? Say it like \"a week "
		    "from friday\"");
	if (has(r, FIELD_SHIFT) && has(r, FIELD_OFFSET | FIELD_AMOUNT))
		return refuse(p, "two moments to count from: which of the "
		    "two?");
	if (has(r, FIELD_SHIFT) && r->shift_by.seconds != 0 &&
	    !has(r, FIELD_CLOCK | FIELD_PART))
		return refuse(p, "hours and minutes are counted from a time of "
		    "day, as in \"tomorrow 9am + 2h\"");
	if (has(r, FIELD_AMOUNT) && has(r, FIELDS_WHICH_DAY))
		return refuse(p, "a span from now and a day: which of the "
		    "two?");
	if (has(r, FIELD_AMOUNT) && r->amount.seconds != 0 &&
	    has(r, FIELD_CLOCK | FIELD_PART | FIELD_BY))
		return refuse(p, "a span of hours or minutes goes without a "
		    "time of day and without \"by\"");
	if (has(r, FIELD_AMOUNT) && r->amount.days == 0 &&
	    r->amount.months == 0 && has(r, FIELD_CLOCK | FIELD_PART | FIELD_BY))
		return refuse(p, "now and a time of day: which of the two?");
	if (has(r, FIELD_OFFSET) && (r->given & all_date) != all_date)
		return refuse(p, "an offset from UTC goes with a whole date "
		    "and time, as in \"2026-12-24T18:00+01:00\"");
	if (has(r, FIELD_PART) && has(r, FIELD_CLOCK) && r->part == PART_EOD)
		return refuse(p, "the time of day is given twice");
	if (has(r, FIELD_PART) && has(r, FIELD_CLOCK) &&
	    !part_holds(r->part, r->clock))
		return refuse(p, r->clock == 0 ? "midnight begins a day: say "
		    "\"12am\" for the next one" : r->clock < NOON ? "that time "
		    "is in the morning: is pm meant?" : "that time is not in "
		    "the morning: is am meant?");
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

/* Two words can be too few to tell: "on the …", "the day …", "in a …". */
static bool
may_go_on(const struct parser *p)
{
	static const struct meaning behind_the[] = {
		{ "day", 0 }, { "end", 0 }, { "last", 0 }, { "first", 0 },
		{ "week", 0 }, { "month", 0 }, { "year", 0 },
		{ NULL, 0 }
	};
	static const struct meaning behind_in[] = {
		{ "the", 0 }, { "half", 0 }, { "couple", 0 }, { NULL, 0 }
	};
	size_t n = after_the(p, 0), ordinal;
	int value;

	/* "first monday of …", "week after next". */
	ordinal = peek_ordinal_value(&p->c, n, &value);
	if (ordinal > 0 &&
	    meaning_of(&p->c, n + ordinal, words_weekdays) >= 0)
		return true;
	if (meaning_of(&p->c, 0, words_scopes) >= 0)
		return is_word(&p->c, 1, "after");
	if (is_word(&p->c, 0, "in"))
		return meaning_of(&p->c, 1, behind_in) >= 0 ||
		    meaning_of(&p->c, 1, amount_counts) >= 0;
	return peek(&p->c, n)->kind == TOKEN_END || (n == 1 &&
	    meaning_of(&p->c, 1, behind_the) >= 0);
}

bool
reading_begins(const struct lexed *l)
{
	struct parser p;
	bool after_noise;

	if (l->n == 0)
		return false;
	begin(&p, l, NULL);
	after_noise = read_noise(&p) == READ || read_by(&p) == READ;
	if (may_go_on(&p) || (after_noise && is_number(&p.c, 0)))
		return true;
	switch (read_one_form(&p)) {
	case READ:
		return true;
	case WRONG:
		/* It begins well when it goes wrong within the first word, or
		 * only because the phrase is over. */
		return p.c.wrong < second_word(l) || p.c.wrong >= l->n;
	case NOT_MINE:
		break;
	}
	return false;
}
