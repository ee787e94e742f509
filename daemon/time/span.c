/* Spans of elapsed time: see span.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "time/amount.h"
#include "time/civil.h"
#include "time/span.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define TEN_YEARS (3653 * (int64_t)DAY)
#define YEAR_10000 253402300800

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

bool
span_parse_days(const char *text, int *days, struct err *err)
{
	struct lexed l;
	struct cursor c = { .lexed = &l };
	struct amount a;
	int64_t n;

	if (!lex(&l, text, err))
		return false;
	if (amount_read(&c, &a) != READ || c.at != l.n || a.seconds != 0)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%.64s\" is no number of days, weeks, months or years: "
		    "say it like \"7d\", \"3w\", \"2mo\" or \"1y\"", text);
	/* Each part is bounded first: the sum of all of them may overflow. */
	n = a.days > TEN_YEARS / DAY || a.months > 120 ? INT64_MAX :
	    a.days + a.months / 12 * 365 + a.months % 12 * 30;
	if (n > TEN_YEARS / DAY)
		return err_set(err, ERR_IMPOSSIBLE,
		    "\"%.64s\" is too long: ten years at most", text);
	if (n == 0)
		return err_set(err, ERR_IMPOSSIBLE,
		    "\"%.64s\" is no time at all: a day at least", text);
	*days = (int)n;
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

/*
 * A month and more between two moments, by the calendar, to the nearest day (a
 * clock change in between is none): what was said as three months reads as
 * "3 mo". False when it is less, or no date.
 */
static bool
calendar_format(int64_t first, int64_t last, char out[SPAN_TEXT])
{
	struct civil from = {0}, to, whole;
	int64_t days, months, rest;

	if (first < 0 || last >= YEAR_10000 || last - first < 30 * (int64_t)DAY)
		return false;
	days = (last - first + DAY / 2) / DAY;
	civil_from_days(first / DAY, &from);
	to = civil_add_days(from, days);
	months = ((int64_t)to.year - from.year) * 12 + to.month - from.month;
	whole = civil_add_months(from, months);
	if (civil_compare(&whole, &to) > 0)
		whole = civil_add_months(from, --months);
	rest = months == 0 ? 0 : months >= 12 ? months % 12 :
	    civil_days(&to) - civil_days(&whole);
	snprintf(out, SPAN_TEXT, "%" PRId64 " %s",
	    months == 0 ? days : months >= 12 ? months / 12 : months,
	    months == 0 ? "d" : months >= 12 ? "y" : "mo");
	if (rest > 0)
		snprintf(out + strlen(out), SPAN_TEXT - strlen(out),
		    " %" PRId64 " %s", rest, months >= 12 ? "mo" : "d");
	return true;
}

char *
span_relative(int64_t then, int64_t now, char out[SPAN_TEXT])
{
	int64_t first = then < now ? then : now, last = then < now ? now : then;
	char span[SPAN_TEXT];

	if (!calendar_format(first, last, span))
		span_format(then - now, span);
	if (then == now)
		snprintf(out, SPAN_TEXT, "now");
	else if (then > now)
		snprintf(out, SPAN_TEXT, "in %.*s", SPAN_TEXT - 8, span);
	else
		snprintf(out, SPAN_TEXT, "%.*s ago", SPAN_TEXT - 8, span);
	return out;
}
