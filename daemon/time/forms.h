/*
 * The forms of the grammar (reading.h): each reads one part of a phrase. When
 * the part in front of it is its own, a form fills fields of the reading and
 * steps over it (READ); otherwise it does nothing (NOT_MINE) or says what is
 * wrong (WRONG), and what it left in the reading is thrown away by its caller.
 * Private to this room.
 */
#ifndef RAPPORT_TIME_FORMS_H
#define RAPPORT_TIME_FORMS_H

#include "time/reading.h"

/* A phrase on its way: the place reached and what was given up to it. */
struct parser {
	struct cursor c;
	struct reading r;
};

/* Times of day. */
enum outcome read_colon_clock(struct parser *p);	/* 18:00, 9:30pm */
enum outcome read_hour(struct parser *p);	/* 9am, 9 in the evening */
enum outcome read_clock_word(struct parser *p);	/* noon */
enum outcome read_past(struct parser *p);	/* half past nine */
enum outcome read_end_of_day(struct parser *p);	/* eod */
enum outcome read_part(struct parser *p);	/* tonight, in the morning */

/* Days. */
enum outcome read_iso_date(struct parser *p);	/* 2026-12-24T18:00Z */
enum outcome read_slash_date(struct parser *p);	/* 24/12/2026 */
enum outcome read_dotted_date(struct parser *p);	/* 24.12. */
enum outcome read_day_month(struct parser *p);	/* 24th of december */
enum outcome read_month_day(struct parser *p);	/* dec 24, 2026 */
enum outcome read_ordinal_day(struct parser *p);	/* the 9th */
enum outcome read_edge_of_month(struct parser *p);	/* end of next month */
enum outcome read_relative_day(struct parser *p);	/* tomorrow */
enum outcome read_scope(struct parser *p);	/* next friday, next week */
enum outcome read_nth_weekday(struct parser *p); /* 2nd tuesday of june */
enum outcome read_weekday(struct parser *p);	/* friday, friday week */

/* From now. */
enum outcome read_amount(struct parser *p);	/* in 2h, +3d, 3 days ago;
						   a week from friday */
enum outcome read_now(struct parser *p);	/* now */

/* The whole word at the token n places on, as it was written. */
#define QUOTED(p, n) \
	lex_quote((p)->c.lexed, (p)->c.at + (n), (char[QUOTE_TEXT]){0})

/* Take n tokens as the given fields. A field given twice is an error, because
 * one of the two would be silently lost. */
enum outcome give(struct parser *p, unsigned fields, size_t n);

/* What was understood but cannot be: turns the error just set by wrong() into
 * ERR_IMPOSSIBLE. */
enum outcome impossible(struct parser *p);

/* The ordinal n places on ("2nd", "second", "last", "2nd to last"): how many
 * tokens, 0 for none. *value counts from 1, or from -1, the last; what is
 * beyond every calendar comes out greater than 99. */
size_t peek_ordinal_value(const struct cursor *c, size_t n, int *value);

/* "14h", "18.30h": many people write a time of day so, others a span. */
bool is_hour_or_span(const struct cursor *c);

/* Whether the word before is "at" or "until", which a time of day follows. */
bool is_behind_at(const struct cursor *c);

/* Whether a and b are the words n and n + 1 places on. */
bool follows(const struct parser *p, size_t n, const char *a, const char *b);

/* The place behind "the" if that stands n places on, else n. */
size_t after_the(const struct parser *p, size_t n);

#endif
