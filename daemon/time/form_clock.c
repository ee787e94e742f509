/* The forms that tell a time of day: see forms.h. */
#include "time/forms.h"
#include "time/words.h"

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
	/* "9:00 - 10:00" is a meeting. */
	if ((!minus && !is_sign(&p->c, 0, '+')) || !is_number(&p->c, 1) ||
	    !t->glued)
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
	/* The largest offsets in use are -12 and +14 hours; "18:00-20:00" is
	 * no offset but a meeting. */
	if (hours > 14 || minutes > 59)
		return wrong(&p->c, 0, "\"%s\" has no offset from UTC after "
		    "it: say that like \"+01:00\"", QUOTED(p, 0));
	p->r.offset = (int)(hours * 3600 + minutes * 60);
	if (minus)
		p->r.offset = -p->r.offset;
	return give(p, FIELD_OFFSET, n);
}

/* "in the morning", "at night" behind an hour; how many tokens, or 0. */
static size_t
peek_part_behind(const struct parser *p, size_t n, int *part)
{
	size_t words = 3;

	if (is_word(&p->c, n, "in") && is_word(&p->c, n + 1, "the"))
		*part = meaning_of(&p->c, n + 2, words_parts);
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
enum outcome
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
	half = meaning_of(c, n, words_halves);
	return give_clock(p, n + (half >= 0), peek(c, 0)->value,
	    peek(c, 2)->value, second, half);
}

/* 9 in the evening is 9pm; but 3 at night, or 12 in the evening? */
static enum outcome
give_hour_of_part(struct parser *p, size_t n, int64_t hour, int part)
{
	bool clear = part == PART_MORNING ? hour >= 1 && hour <= 11
	    : part == PART_AFTERNOON ? hour == 12 || (hour >= 1 && hour <= 6)
	    : hour >= 5 && hour <= 11;

	if (!clear)
		return wrong(&p->c, 0, "\"%.20s\" at that part of the day: "
		    "am or pm?", peek(&p->c, 0)->text);
	return give_clock(p, n, hour, 0, 0, part == PART_MORNING ? 0 : 12);
}

/* "9am", "9 pm", "9.30pm", "9 o'clock", "9 in the evening", "12 noon". */
enum outcome
read_hour(struct parser *p)
{
	const struct cursor *c = &p->c;
	int64_t minute = 0;
	size_t n = 1, behind;
	int half, part;

	if (!is_number(c, 0) || peek(c, 0)->digits > 2)
		return NOT_MINE;
	if (peek(c, 0)->value == 12 && (meaning_of(c, 1, words_clock_words) ==
	    NOON || is_word(c, 1, "midnight")))
		return give_clock(p, 2, 12, 0, 0,
		    is_word(c, 1, "midnight") ? 0 : 12);
	if (is_sign(c, 1, '.') && is_number(c, 2) && peek(c, 2)->digits == 2) {
		minute = peek(c, 2)->value;
		n = 3;
	} else if (is_word(c, 1, "oclock")) {
		n = 2;
	}
	half = meaning_of(c, n, words_halves);
	if (half >= 0)
		return give_clock(p, n + 1, peek(c, 0)->value, minute, 0, half);
	behind = peek_part_behind(p, n, &part);
	if (behind > 0 && minute == 0)
		return give_hour_of_part(p, n + behind, peek(c, 0)->value,
		    part);
	if (n == 2)
		return give_clock(p, n, peek(c, 0)->value, 0, 0, -1);
	return NOT_MINE;
}

/* An hour behind "past" or "to": "nine", "17", "noon"; -1: none. */
static int
hour_at(const struct cursor *c, size_t n)
{
	int clock = meaning_of(c, n, words_clock_words);

	if (is_number(c, n) && peek(c, n)->digits <= 2)
		return (int)peek(c, n)->value;
	if (clock >= 0)
		return clock / 3600;
	return is_word(c, n, "a") || is_word(c, n, "an") ? -1
	    : meaning_of(c, n, amount_counts);
}

/* On a dial nobody sees whether it is night: hours of the working day are read
 * like their digits, "half past nine" like "9:30"; for others we ask. */
#define DIAL_FROM (7 * 60)
#define DIAL_TO (13 * 60)

/* n tokens, up to a dial that shows that many minutes after midnight (or
 * noon): am, pm or a part of the day may follow. */
static enum outcome
give_dial(struct parser *p, size_t n, int minutes, bool twelve)
{
	const struct cursor *c = &p->c;
	int half = meaning_of(c, n, words_halves), part;
	size_t behind = peek_part_behind(p, n, &part);
	char text[QUOTE_TEXT];
	int hour;

	/* Before one is after twelve. */
	if (twelve && minutes < 60)
		minutes += NOON / 60;
	hour = minutes / 60;
	if (behind > 0 && twelve) {
		half = part == PART_MORNING ? 0 : 12;
		n += behind;
	} else if (half >= 0)
		n++;
	if (half < 0 && twelve && (minutes < DIAL_FROM || minutes >= DIAL_TO))
		return wrong(&p->c, 0, "\"%s\": %d:%02dam or %d:%02dpm?",
		    lex_quote_rest(c->lexed, c->at, text), hour, minutes % 60,
		    hour, minutes % 60);
	return give_clock(p, n, hour, minutes % 60, 0, half);
}

/* "half past nine", "quarter to 5 pm", "ten past noon", "20 minutes to 6". */
enum outcome
read_past(struct parser *p)
{
	const struct cursor *c = &p->c;
	size_t n = is_word(c, 0, "a") && is_word(c, 1, "quarter");
	bool half = is_word(c, n, "half"), quarter = is_word(c, n, "quarter");
	int minutes = half ? 30 : quarter ? 15 : is_number(c, n) &&
	    peek(c, n)->digits <= 2 ? (int)peek(c, n)->value
	    : meaning_of(c, n, amount_counts);
	bool named = is_word(c, n + 1, "minutes") || is_word(c, n + 1, "min");
	bool to;
	int hour, clock;

	if (half && hour_at(c, n + 1) > 0 &&
	    meaning_of(c, n + 2, amount_units) < 0)
		return wrong(&p->c, n, "\"half %s\": half past %s, or half an "
		    "hour before it?", peek(c, n + 1)->text,
		    peek(c, n + 1)->text);
	n += 1 + named;
	to = is_word(c, n, "to");
	/* "move 20 to 9": a number wants its "minutes" before "to". */
	if (minutes < 1 || minutes > 59 || (!to && !is_word(c, n, "past")) ||
	    (to && (half || !(quarter || named))))
		return NOT_MINE;
	hour = hour_at(c, n + 1);
	if (hour < 0 || hour > 23)
		return wrong(&p->c, n + 1, "\"%s\": which hour? Say it like "
		    "\"half past nine\"", QUOTED(p, n));
	clock = to ? (hour * 60 - minutes + 1440) % 1440 : hour * 60 + minutes;
	if (hour >= 1 && hour <= 12 && !is_word(c, n + 1, "noon") &&
	    !is_word(c, n + 1, "midday"))
		return give_dial(p, n + 2, clock, true);
	return give_dial(p, n + 2, clock, false);
}

enum outcome
read_clock_word(struct parser *p)
{
	int clock = meaning_of(&p->c, 0, words_clock_words);

	if (clock < 0)
		return NOT_MINE;
	p->r.clock = clock;
	return give(p, FIELD_CLOCK, 1);
}

/* "eod", "(the) end of (the) day": of today unless the phrase names a day. */
enum outcome
read_end_of_day(struct parser *p)
{
	size_t end = after_the(p, 0), day = after_the(p, end + 2);

	p->r.part = PART_EOD;
	if (is_word(&p->c, 0, "eod") || is_word(&p->c, 0, "cob"))
		return give(p, FIELD_PART, 1);
	if (follows(p, end, "end", "of") && is_word(&p->c, day, "day"))
		return give(p, FIELD_PART, day + 1);
	return NOT_MINE;
}

/* "tonight", "this evening" are today's; "tomorrow evening", "in the morning"
 * are hours of whichever day. */
enum outcome
read_part(struct parser *p)
{
	bool this = is_word(&p->c, 0, "this");
	size_t n = this ? 1 : follows(p, 0, "in", "the") ? 2 : 0;
	int part = meaning_of(&p->c, n, words_parts);

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
