/* Spans of elapsed time: see span.h. */
#include <stdio.h>

#include "time/amount.h"
#include "time/span.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define TEN_YEARS (3653 * (int64_t)DAY)

/* What span_parse understands, said when it did not. */
#define EXAMPLES "say it like \"45m\", \"1h30m\", \"3d\" or \"2w\""

static bool
refuse_words(const struct cursor *c, struct err *err)
{
	const struct token *t = peek(c, 0);
	char word[QUOTE_TEXT];

	lex_quote(c->lexed, c->at, word);
	if (t->kind == TOKEN_END)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "a length of time is missing: " EXAMPLES);
	if (t->kind == TOKEN_NUMBER && peek(c, 1)->kind == TOKEN_END)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%s\": %.20sm, %.20sh or %.20sd?", word, t->text,
		    t->text, t->text);
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "\"%s\" is no length of time: " EXAMPLES, word);
}

bool
span_parse(const char *text, int64_t *seconds, struct err *err)
{
	struct lexed l;
	struct cursor c = { .lexed = &l, .err = err };
	struct amount a;

	if (!lex(&l, text, err))
		return false;
	switch (amount_read(&c, &a)) {
	case WRONG:
		return false;
	case READ:
		if (c.at == l.n)
			break;
		/* fall through */
	case NOT_MINE:
		return refuse_words(&c, err);
	}
	if (a.months != 0)
		return err_set(err, ERR_NOT_UNDERSTOOD, "\"%.64s\": months and "
		    "years have no fixed length: say \"30d\" or \"52w\"", text);
	/* Each part is bounded first: the sum of all of them may overflow. */
	if (a.seconds > TEN_YEARS || a.days > TEN_YEARS / DAY ||
	    a.seconds + a.days * DAY > TEN_YEARS)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%.64s\" is too long: ten years at most", text);
	if (a.seconds + a.days * DAY == 0)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%.64s\" is no time at all: " EXAMPLES, text);
	*seconds = a.seconds + a.days * DAY;
	return true;
}

static const struct {
	int64_t seconds;
	const char *name;
} scale[] = {
	{ 365 * (int64_t)DAY, "y" },
	{ 30 * (int64_t)DAY, "mo" },
	{ DAY, "d" },
	{ HOUR, "h" },
	{ MINUTE, "min" },
	{ 1, "s" },
};

#define SCALE_MAX (sizeof scale / sizeof scale[0])

/* The largest unit that fits, and the one below it unless it comes to 0. */
char *
span_format(int64_t seconds, char out[SPAN_TEXT])
{
	/* Unsigned, for INT64_MIN has no positive counterpart. */
	uint64_t left = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
	uint64_t large, small;
	size_t i = 0;

	while (i < SCALE_MAX - 1 && left < (uint64_t)scale[i].seconds)
		i++;
	large = left / (uint64_t)scale[i].seconds;
	left %= (uint64_t)scale[i].seconds;
	small = i + 1 < SCALE_MAX ? left / (uint64_t)scale[i + 1].seconds : 0;
	if (i == 0 && small == 12)
		small = 11;	/* twelve of our months are no year yet */
	if (small == 0)
		snprintf(out, SPAN_TEXT, "%llu %s", (unsigned long long)large,
		    scale[i].name);
	else
		snprintf(out, SPAN_TEXT, "%llu %s %llu %s",
		    (unsigned long long)large, scale[i].name,
		    (unsigned long long)small, scale[i + 1].name);
	return out;
}

char *
span_relative(int64_t then, int64_t now, char out[SPAN_TEXT])
{
	char span[SPAN_TEXT];

	span_format(then - now, span);
	if (then == now)
		snprintf(out, SPAN_TEXT, "now");
	else if (then > now)
		snprintf(out, SPAN_TEXT, "in %.*s", SPAN_TEXT - 8, span);
	else
		snprintf(out, SPAN_TEXT, "%.*s ago", SPAN_TEXT - 8, span);
	return out;
}
