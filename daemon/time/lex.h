/*
 * A phrase cut into numbers, words and signs, for the readers of spans and
 * moments: "24th dec, 9:30pm" is 24 th dec 9 : 30 pm. Private to this room and
 * to model/date.c, which reads dates of the calendar alone.
 */
#ifndef RAPPORT_TIME_LEX_H
#define RAPPORT_TIME_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define PHRASE_MAX 256		/* bytes; longer phrases are refused */
#define NUMBER_MAX 1000000000000 /* larger numbers count as this one */

struct token {
	enum { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN } kind;
	bool glued;		/* nothing lies between it and the one before */
	const char *text;	/* ASCII lower case; a word is without its dots
				   and apostrophes: "a.m." is "am" */
	int64_t value;		/* of a number */
	size_t digits;		/* how many it is written with */
	size_t from, to;	/* its bytes in the phrase */
};

struct lexed {
	const char *phrase;	/* borrowed */
	size_t n;
	struct token tokens[PHRASE_MAX + 1];	/* tokens[n] is TOKEN_END */
	char pool[2 * PHRASE_MAX + 1];		/* the texts */
};

/* ERR_NOT_UNDERSTOOD: too long, not UTF-8, or with a control character. */
bool lex(struct lexed *l, const char *phrase, struct err *err);

/* Room for a quoted word. */
#define QUOTE_TEXT 64

/* The blank-separated word that holds the i-th token, as it was written; cut
 * with "…" when it is long. "" for the end. Returns out. */
char *lex_quote(const struct lexed *l, size_t i, char out[QUOTE_TEXT]);

/* The same from the i-th token to the end of the phrase. */
char *lex_quote_rest(const struct lexed *l, size_t i, char out[QUOTE_TEXT]);

/*
 * A place in a phrase. The functions that read a part of it return READ and
 * stand behind that part; or NOT_MINE and stand where they stood; or WRONG:
 * the part is theirs but makes no sense, wrong is the token at fault, and err
 * says why.
 */
enum outcome { NOT_MINE, READ, WRONG };

struct cursor {
	const struct lexed *lexed;
	size_t at;
	size_t wrong;
	struct err *err;	/* may be NULL */
};

/* The token n places on, TOKEN_END when the phrase is over before it. */
const struct token *peek(const struct cursor *c, size_t n);

/* Whether the token n places on is that word, that sign (glued to what stands
 * before it unless it is the first), or a number. */
bool is_word(const struct cursor *c, size_t n, const char *word);
bool is_sign(const struct cursor *c, size_t n, char sign);
bool is_number(const struct cursor *c, size_t n);

/* Step over the word if it is the next one. */
bool skip_word(struct cursor *c, const char *word);

/* Fill c->err (ERR_NOT_UNDERSTOOD), blaming the token n places on. */
enum outcome wrong(struct cursor *c, size_t n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A word and what it stands for; tables of them end with a NULL word. */
struct meaning {
	const char *word;
	int value;
};

/* The value of the word n places on, or -1. */
int meaning_of(const struct cursor *c, size_t n, const struct meaning *table);

#endif
