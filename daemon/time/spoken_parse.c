/* The grammar of recurrence: see spoken.h. What a phrase is made of is in
 * form_rule.c; here the parts are put together and judged. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "time/form_rule.h"
#include "time/words.h"

#define EXAMPLES "say it like \"2 weeks\", \"mon and thu\", \"last friday of " \
	"the month\" or \"3 months after done\""

/* In this order: of two forms that fit, the longer comes first. "At" and "in"
 * begin some of them, and are noise otherwise. */
static enum outcome (*const forms[])(struct rule_parser *) = {
	read_rule_until, read_rule_times, read_rule_lasting, read_rule_after,
	read_rule_clock, read_rule_date, read_rule_nth, read_rule_months,
	read_rule_weekdays, read_rule_period,
};

static enum outcome
read_one_form(struct rule_parser *q)
{
	enum outcome o = NOT_MINE;
	size_t i;

	for (i = 0; i < sizeof forms / sizeof forms[0] && o == NOT_MINE; i++)
		o = forms[i](q);
	return o;
}

static enum outcome
explain(struct rule_parser *q)
{
	const struct cursor *c = &q->p.c;
	const struct token *t = peek(c, 0);
	const char *text = QUOTED(&q->p, 0), *question, *near;
	size_t i;

	if (is_number(c, 0) && name_at(c, 1, words_weekdays) >= 0)
		return wrong(&q->p.c, 0, "\"%s %s\": say it like \"%s weeks on "
		    "%s\"", text, peek(c, 1)->text, text, peek(c, 1)->text);
	for (i = 0; i < c->lexed->n; i++)
		if (strcmp(c->lexed->tokens[i].text, "*") == 0)
			return wrong(&q->p.c, 0, "a rule is not written as in "
			    "crontab(5): " EXAMPLES);
	if (is_number(c, 0) && t->digits == 4 && q->s.months != 0)
		return wrong(&q->p.c, 0, "\"%s\": a date with its year comes "
		    "once: leave the year out", text);
	if (is_number(c, 0) && t->value >= 1 && t->value <= 23)
		return wrong(&q->p.c, 0, "\"%s\": \"at %d:00\", or \"month on "
		    "the %d%s\"?", text, (int)t->value, (int)t->value,
		    words_ordinal_suffix(t->value));
	if (t->kind != TOKEN_WORD)
		return wrong(&q->p.c, 0, "\"%s\" makes no rule: " EXAMPLES,
		    text);
	question = words_rule_question(t->text);
	if (question != NULL)
		return wrong(&q->p.c, 0, "\"%s\": say %s", text, question);
	near = words_nearest_rule(t->text);
	if (near == NULL || strcmp(near, t->text) == 0)
		return wrong(&q->p.c, 0, "\"%s\" makes no rule here: " EXAMPLES,
		    text);
	return wrong(&q->p.c, 0, "\"%s\": did you mean \"%s\"?", text, near);
}

static bool
is_noise(const struct rule_parser *q)
{
	return meaning_of(&q->p.c, 0, words_rule_noise) >= 0;
}

/* Step over words that say nothing, and over "and", which joins two parts of
 * one kind: tells whether it was there. "At" and "the" may begin a form. */
static bool
skip_noise(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	bool joins = false;

	for (;; c->at++) {
		if (is_word(c, 0, "and") || is_sign(c, 0, '&'))
			joins = true;
		else if (!is_noise(q) || is_word(c, 0, "at") ||
		    is_word(c, 0, "the"))
			return joins;
	}
}

static enum outcome
read_next(struct rule_parser *q)
{
	struct cursor *c = &q->p.c;
	unsigned before = q->last;
	bool joins = skip_noise(q);
	size_t start = c->at;
	enum outcome o;

	if (joins && before == 0)
		return wrong(c, 0, "\"and\" joins nothing here: " EXAMPLES);
	if (start == c->lexed->n)
		return joins ? wrong(c, 0, "and what else? " EXAMPLES) : READ;
	o = read_one_form(q);
	if (o == NOT_MINE && is_noise(q)) {
		c->at++;
		return READ;
	}
	if (o == NOT_MINE)
		return explain(q);
	if (o == READ && joins && q->last != before) {
		c->at = start;
		return wrong_two(q, 0);
	}
	return o;
}

/* ---- Whether the parts make sense together ----------------------------- */

static bool
has(const struct rule_parser *q, unsigned fields)
{
	return (q->given & fields) != 0;
}

static bool
refuse(struct rule_parser *q, enum err_code code, const char *why)
{
	char text[QUOTE_TEXT];

	return err_set(q->p.c.err, code, "\"%s\": %s",
	    lex_quote_rest(q->p.c.lexed, 0, text), why);
}

static bool
unclear(struct rule_parser *q, const char *why)
{
	return refuse(q, ERR_NOT_UNDERSTOOD, why);
}

/* "2nd tuesday": every second one, or that of each month? */
static bool
ask_which_weekday(struct rule_parser *q)
{
	const struct spoken *s = &q->s;
	char text[QUOTE_TEXT], often[32];
	const char *day;
	char *p;
	int n = s->nth == 0 ? 1 : __builtin_ctzll(s->nth);

	lex_quote_rest(q->p.c.lexed, q->nth_at, text);
	if (n < 2 || q->surely_days || s->nth_of == NTH_WORKDAY)
		return err_set(q->p.c.err, ERR_NOT_UNDERSTOOD, "\"%s\": of "
		    "which month? Say it like \"first monday of the month\" or "
		    "\"last friday of november\"", text);
	day = weekday_long[__builtin_ctz(s->weekdays)];
	if (n == 2)
		snprintf(often, sizeof often, "other %s", day);
	else
		snprintf(often, sizeof often, "%d weeks on %s", n, day);
	for (p = often; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return err_set(q->p.c.err, ERR_NOT_UNDERSTOOD, "\"%s\": \"%s\" or "
	    "\"%s of the month\"?", text, often, text);
}

/* "3rd": a day of the month, or every third something? */
static bool
ask_which_day(struct rule_parser *q)
{
	char text[QUOTE_TEXT];
	int n;

	if (q->s.nth == 0)
		return unclear(q, "the last day of what? Say it like \"last "
		    "day of the month\" or \"last friday of november\"");
	n = __builtin_ctzll(q->s.nth);
	lex_quote(q->p.c.lexed, q->nth_at, text);
	if (n == 1)
		return err_set(q->p.c.err, ERR_NOT_UNDERSTOOD, "\"%s\": of "
		    "what? Say it like \"month on the %s\" or \"%s of "
		    "january\"", text, text, text);
	return err_set(q->p.c.err, ERR_NOT_UNDERSTOOD, "\"%s\": \"month on the "
	    "%s\", \"%d days\" or \"%d weeks\"?", text, text, n, n);
}

static bool
agree_after_done(struct rule_parser *q)
{
	if (has(q, ~(unsigned)(RULE_PERIOD | RULE_AFTER | RULE_CLOCK |
	    RULE_PART)))
		return unclear(q, "when it was done decides the day of the "
		    "next: leave the days and the end out");
	if (has(q, RULE_CLOCK | RULE_PART) &&
	    (q->s.clocks_n > 1 || q->s.span.seconds != 0))
		return unclear(q, "when it was done decides: leave the times "
		    "of day out");
	return true;
}

/* Every day of a month that was named must be one. */
static bool
days_exist(struct rule_parser *q)
{
	const struct spoken *s = &q->s;
	int month, day = s->nth == 0 ? 0 : 63 - __builtin_clzll(s->nth);

	if (s->nth_of != NTH_DAY)
		return true;
	for (month = 1; month <= 12; month++)
		if (s->months >> month & 1 &&
		    day > civil_month_days(2000, month))
			return err_set(q->p.c.err, ERR_IMPOSSIBLE, "there is "
			    "no %d %s: the last day is %d %s", day,
			    month_long[month], civil_month_days(2000, month),
			    month_short[month]);
	/* 28 and 29 make sense as "29 feb" alone (spoken.c). */
	if (s->months >> 2 & 1 && day == 29 && s->weekdays == 0 &&
	    (s->months != 1u << 2 || s->nth_back != 0))
		return unclear(q, "29 February is not in every year: make a "
		    "reminder of its own for it");
	return true;
}

/* Days counted within a month or year. */
static bool
agree_nth(struct rule_parser *q)
{
	struct spoken *s = &q->s;
	bool of_month = s->months == 0 && !s->of_year;

	if (!has(q, RULE_PERIOD)) {
		if (!q->scoped && s->months == 0 && s->nth_of != NTH_DAY)
			return ask_which_weekday(q);
		if (!q->scoped && s->months == 0 &&
		    (!q->surely_days || s->nth == 0))
			return ask_which_day(q);
		s->freq = of_month ? RRULE_MONTHLY : RRULE_YEARLY;
		s->interval = 1;
	}
	if (s->freq < RRULE_MONTHLY)
		return unclear(q, s->freq == RRULE_WEEKLY ? "a week has "
		    "weekdays: say it like \"week on friday\"" : "that often, "
		    "and on days of a month: which of the two?");
	if (s->freq == RRULE_MONTHLY && !of_month && s->interval == 1)
		return unclear(q, "every month, or only in those named?");
	if (s->freq == RRULE_MONTHLY && !of_month)
		return unclear(q, "that often, and only in the months named: "
		    "which of the two?");
	if (s->freq == RRULE_YEARLY && of_month)
		return unclear(q, "of which month? Say it like \"year on 24 "
		    "dec\" or \"last friday of november\"");
	return days_exist(q);
}

static bool
agree_weekdays(struct rule_parser *q)
{
	struct spoken *s = &q->s;

	if (!has(q, RULE_PERIOD)) {
		s->freq = RRULE_WEEKLY;
		s->interval = 1;
	}
	if (s->freq == RRULE_DAILY && s->interval == 1)
		s->freq = RRULE_WEEKLY;
	if (s->freq == RRULE_DAILY)
		return unclear(q, "so many days and weekdays: which of the "
		    "two?");
	if (s->freq == RRULE_MONTHLY || s->freq == RRULE_YEARLY)
		return unclear(q, "which one? Say it like \"first monday of "
		    "the month\" or \"last friday of november\"");
	return true;
}

static bool
agree_days(struct rule_parser *q)
{
	struct spoken *s = &q->s;

	if (has(q, RULE_NTH))
		return agree_nth(q);
	if (has(q, RULE_WEEKDAYS))
		return agree_weekdays(q);
	if (s->months != 0 && (!has(q, RULE_PERIOD) ||
	    s->freq >= RRULE_MONTHLY))
		return unclear(q, "which day? Say it like \"24 dec\", \"day in "
		    "december\" or \"first monday of june\"");
	if (has(q, RULE_PERIOD))
		return true;
	if (!has(q, RULE_CLOCK | RULE_PART))
		return unclear(q, "how often? " EXAMPLES);
	s->freq = RRULE_DAILY;
	s->interval = 1;
	return true;
}

/* "morning" is the configured one, unless a time in the morning is given. */
static bool
agree_clock(struct rule_parser *q)
{
	struct spoken *s = &q->s;
	size_t i;

	if (has(q, RULE_CLOCK | RULE_PART) && s->freq < RRULE_DAILY)
		return unclear(q, "that often, and at a time of day: which of "
		    "the two?");
	if (!has(q, RULE_PART))
		return true;
	if (s->clocks_n == 0 && q->part == PART_AFTERNOON)
		return unclear(q, "when in the afternoon? Say the time, such "
		    "as 3pm");
	for (i = 0; i < s->clocks_n; i++)
		if ((s->clocks[i] < NOON) != (q->part == PART_MORNING))
			return unclear(q, s->clocks[i] < NOON ? "that time is "
			    "in the morning: is pm meant?" : "that time is not "
			    "in the morning: is am meant?");
	if (s->clocks_n == 0)
		s->clocks[s->clocks_n++] = 60 * (q->part == PART_MORNING
		    ? q->hours->morning : q->part == PART_EVENING
		    ? q->hours->evening : q->hours->tonight);
	return true;
}

static bool
agree(struct rule_parser *q)
{
	const struct spoken *s = &q->s;

	if (s->after_done)
		return agree_after_done(q) && agree_clock(q);
	if (q->mixed && s->span.seconds % 60 != 0)
		return unclear(q, "a minute is the shortest time in between");
	if (q->mixed)
		return unclear(q, "say it in one unit, such as \"36 hours\"");
	if (q->other && !has(q, RULE_WEEKDAYS))
		return unclear(q, "every second what? Say it like \"other "
		    "week\" or \"other tuesday\"");
	return agree_days(q) && agree_clock(q);
}

bool
spoken_parse(const char *phrase, const struct hours *hours,
    struct spoken *out, struct err *err)
{
	struct lexed l;
	struct rule_parser q = { .p.c = { .lexed = &l, .err = err },
	    .hours = hours };

	if (!lex(&l, phrase, err))
		return false;
	while (q.p.c.at < l.n)
		if (read_next(&q) == WRONG)
			return false;
	if (q.given == 0)
		return err_set(err, ERR_NOT_UNDERSTOOD, "a rule is missing: "
		    EXAMPLES);
	if (!agree(&q))
		return false;
	/* Its own amount is the period's, which freq and interval say. */
	if (!q.s.after_done)
		q.s.span = (struct amount){0};
	*out = q.s;
	return true;
}
