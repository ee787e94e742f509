/* What all forms of the grammar share, and those that count from now: see
 * forms.h. */
#include "time/forms.h"

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

/* "in 5": everything that the number could count. */
static enum outcome
ask_unit(struct parser *p, size_t n)
{
	const char *number = peek(&p->c, n)->text;

	return wrong(&p->c, n + 1, "\"%s%.20s\": %.20sm, %.20sh or %.20sd?",
	    is_word(&p->c, 0, "in") ? "in " : "+", number, number, number,
	    number);
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

enum outcome
read_now(struct parser *p)
{
	if (!is_word(&p->c, 0, "now"))
		return NOT_MINE;
	p->r.amount = (struct amount){0};
	return give(p, FIELD_AMOUNT, 1);
}
