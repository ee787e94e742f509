/* What all forms of the grammar share, and those that count from now: see
 * forms.h. */
#include <string.h>

#include "time/forms.h"
#include "time/words.h"

enum outcome
impossible(struct parser *p)
{
	if (p->c.err != NULL)
		p->c.err->code = ERR_IMPOSSIBLE;
	return WRONG;
}

enum outcome
give(struct parser *p, unsigned fields, size_t n)
{
	unsigned twice = p->r.given & fields;
	const char *what = "the day";

	if (twice & FIELD_BY)
		what = "\"by\"";
	else if (twice & FIELD_OFFSET)
		what = "the offset from UTC";
	else if (twice & (FIELD_AMOUNT | FIELD_SHIFT))
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

bool
follows(const struct parser *p, size_t n, const char *a, const char *b)
{
	return is_word(&p->c, n, a) && is_word(&p->c, n + 1, b);
}

size_t
after_the(const struct parser *p, size_t n)
{
	return n + is_word(&p->c, n, "the");
}

/* "to last", "-to-last", "last" behind "2nd". */
static size_t
peek_to_last(const struct cursor *c, size_t n)
{
	size_t start = n;

	n += is_sign(c, n, '-');
	if (is_word(c, n, "to")) {
		n++;
		n += is_sign(c, n, '-');
	}
	return is_word(c, n, "last") ? n + 1 - start : 0;
}

size_t
peek_ordinal_value(const struct cursor *c, size_t n, int *value)
{
	size_t length = 1, to_last;

	*value = meaning_of(c, n, words_ranks);
	if (is_word(c, n, "last") || is_word(c, n, "penultimate")) {
		*value = is_word(c, n, "last") ? -1 : -2;
		return 1;
	}
	if (is_number(c, n) && peek(c, n + 1)->glued &&
	    meaning_of(c, n + 1, words_ordinals) >= 0) {
		length = 2;
		*value = peek(c, n)->value > 99 ? 100
		    : (int)peek(c, n)->value;
	}
	if (*value < 0)
		return 0;
	to_last = peek_to_last(c, n + length);
	if (to_last > 0)
		*value = -*value;
	return length + to_last;
}

/* "in 5": everything that the number could count. */
static enum outcome
ask_unit(struct parser *p, size_t n)
{
	const char *number = peek(&p->c, n)->text;

	return wrong(&p->c, n + 1, "\"%s%.20s\": %.20sm, %.20sh or %.20sd?",
	    is_word(&p->c, 0, "in") ? "in " : "+", number, number, number,
	    number);
}

static void
negate(struct amount *a)
{
	a->seconds = -a->seconds;
	a->days = -a->days;
	a->months = -a->months;
}

/* "a week from friday", "2 days before 24 dec", "4pm + 90 minutes": counted
 * from what the rest of the phrase says. Takes n tokens. */
static enum outcome
give_shift(struct parser *p, size_t n)
{
	p->r.shift_by = p->r.amount;
	p->r.amount = (struct amount){0};
	return give(p, FIELD_SHIFT, n);
}

/* Behind an amount: what it is counted from, or towards. */
static enum outcome
give_amount(struct parser *p, bool in, bool plus)
{
	struct cursor *c = &p->c;
	bool from = is_word(c, 0, "from") || is_word(c, 0, "after");

	if (from && (is_word(c, 1, "now") || is_word(c, 1, "today")))
		c->at += 2;
	else if (from && peek(c, 1)->kind == TOKEN_END)
		return wrong(c, 1, "\"%s\": from when on? Say it like \"a week "
		    "from friday\"", peek(c, 0)->text);
	else if (from)
		return give_shift(p, 1);
	else if (is_word(c, 0, "before")) {
		negate(&p->r.amount);
		return give_shift(p, 1);
	} else if (skip_word(c, "ago"))
		negate(&p->r.amount);
	/* "4pm + 3 days" is at 4pm, in 3 days. */
	else if (plus && p->r.given & (p->r.amount.seconds == 0
	    ? FIELDS_WHICH_DAY : FIELDS_WHICH_DAY | FIELD_CLOCK))
		return give_shift(p, 0);
	/* "a week on friday", but not "in a week on friday". */
	else if (!in && !plus && p->r.amount.days == 7 && p->r.given == 0 &&
	    is_word(c, 0, "on") && meaning_of(c, 1, words_weekdays) >= 0)
		return give_shift(p, 1);
	return give(p, FIELD_AMOUNT, 0);
}

bool
is_hour_or_span(const struct cursor *c)
{
	bool minutes = is_sign(c, 1, '.') && is_number(c, 2) &&
	    peek(c, 2)->glued && peek(c, 2)->digits == 2 &&
	    peek(c, 2)->value < 60;
	size_t h = minutes ? 3 : 1;

	return is_number(c, 0) && peek(c, 0)->value < 24 &&
	    is_word(c, h, "h") && peek(c, h)->glued &&
	    !peek(c, h + 1)->glued && !is_word(c, h + 1, "from") &&
	    !is_word(c, h + 1, "after") && !is_word(c, h + 1, "before");
}

bool
is_behind_at(const struct cursor *c)
{
	static const struct meaning words[] = {
		{ "at", 0 }, { "until", 0 }, { "till", 0 }, { "til", 0 },
		{ NULL, 0 }
	};

	return c->at > 0 && meaning_of(&(struct cursor){ .lexed = c->lexed,
	    .at = c->at - 1 }, 0, words) >= 0;
}

/* "in 2h", "1h30m", "+3d", "2 weeks from now", and "3 days ago". */
enum outcome
read_amount(struct parser *p)
{
	struct cursor *c = &p->c;
	size_t start = c->at;
	bool in = is_word(c, 0, "in");
	bool plus = is_sign(c, 0, '+');
	enum outcome o;

	if (is_hour_or_span(c) && (is_behind_at(c) || is_sign(c, 1, '.')))
		return wrong(c, 0, "\"%s\": \"%d:%s\" or \"in %s\"?",
		    QUOTED(p, 0), (int)peek(c, 0)->value, is_sign(c, 1, '.')
		    ? peek(c, 2)->text : "00", QUOTED(p, 0));
	if (in || plus)
		c->at++;
	o = amount_read(c, &p->r.amount);
	if (o != READ) {
		c->at = start;
		if (o == WRONG || !(in || plus))
			return o;
		if (is_number(c, 1))
			return ask_unit(p, 1);
		return wrong(c, 1, "\"%s\" wants a span after it, such as "
		    "\"%s\"", peek(c, 0)->text, in ? "in 2h" : "+3d");
	}
	return give_amount(p, in, plus);
}

enum outcome
read_now(struct parser *p)
{
	if (!is_word(&p->c, 0, "now"))
		return NOT_MINE;
	/* "now + 3 days", as at(1) has it. */
	if (peek(&p->c, 1)->kind == TOKEN_SIGN && peek(&p->c, 1)->text[0] ==
	    '+') {
		p->c.at++;
		return read_amount(p);
	}
	p->r.amount = (struct amount){0};
	return give(p, FIELD_AMOUNT, 1);
}
