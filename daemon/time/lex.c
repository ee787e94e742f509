/* Cutting a phrase into tokens: see lex.h. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "time/lex.h"

/* ASCII only, whatever the locale; other characters only ever form words that
 * nobody knows. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
check(const char *phrase, size_t len, struct err *err)
{
	uint32_t c;
	size_t i;

	if (len > PHRASE_MAX)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "a time of %zu bytes is too long: say it in %d at most",
		    len, PHRASE_MAX);
	if (!utf8_valid(phrase, len))
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "the time is not valid UTF-8");
	for (i = 0; i < len; i += utf8_decode(phrase + i, len - i, &c)) {
		utf8_decode(phrase + i, len - i, &c);
		if (utf8_is_control(c) && !is_blank(phrase[i]))
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "the time contains a control character (U+%04X)",
			    (unsigned)c);
	}
	return true;
}

static size_t
scan_number(const char *s, struct token *t)
{
	size_t n;

	t->kind = TOKEN_NUMBER;
	for (n = 0; is_digit(s[n]); n++)
		if (t->value < NUMBER_MAX)
			t->value = t->value * 10 + (s[n] - '0');
	if (t->value > NUMBER_MAX)
		t->value = NUMBER_MAX;
	t->digits = n;
	return n;
}

static size_t
scan_word(const char *s, struct token *t)
{
	size_t n = 0;

	t->kind = TOKEN_WORD;
	while (is_letter(s[n]) || s[n] == '.' || s[n] == '\'')
		n++;
	return n;
}

/* Copy a token's text to *pool, lower case, and a word without what joins
 * abbreviations; move *pool on. */
static void
store_text(struct token *t, const char *s, size_t n, char **pool)
{
	size_t i;

	t->text = *pool;
	for (i = 0; i < n; i++)
		if (t->kind != TOKEN_WORD || (s[i] != '.' && s[i] != '\''))
			*(*pool)++ = (char)((unsigned char)s[i] < 0x80
			    ? tolower((unsigned char)s[i]) : s[i]);
	*(*pool)++ = '\0';
}

bool
lex(struct lexed *l, const char *phrase, struct err *err)
{
	size_t len = strlen(phrase), i = 0;
	char *pool = l->pool;
	bool glued = false;

	if (!check(phrase, len, err))
		return false;
	l->phrase = phrase;
	l->n = 0;
	/* Each token takes at least one byte of the phrase, so tokens[] and
	 * pool[] (a byte and a NUL for each) are large enough. */
	while (i < len) {
		struct token *t = &l->tokens[l->n];
		size_t n = 1;

		if (is_blank(phrase[i]) || phrase[i] == ',') {
			glued = false;
			i++;
			continue;
		}
		*t = (struct token){ .kind = TOKEN_SIGN, .glued = glued };
		if (is_digit(phrase[i]))
			n = scan_number(phrase + i, t);
		else if (is_letter(phrase[i]))
			n = scan_word(phrase + i, t);
		store_text(t, phrase + i, n, &pool);
		t->from = i;
		i = t->to = i + n;
		glued = true;
		l->n++;
	}
	l->tokens[l->n] = (struct token){ .kind = TOKEN_END, .text = "",
	    .from = len, .to = len };
	return true;
}

/* A message is one line, so line ends become spaces. */
static char *
quote(const char *s, size_t len, char out[QUOTE_TEXT])
{
	static const char dots[] = "…";
	size_t room = QUOTE_TEXT - sizeof dots;
	char *p;

	if (len <= room)
		snprintf(out, QUOTE_TEXT, "%.*s", (int)len, s);
	else
		snprintf(out, QUOTE_TEXT, "%.*s%s", (int)utf8_clip(s, room), s,
		    dots);
	for (p = out; *p != '\0'; p++)
		if (is_blank(*p))
			*p = ' ';
	return out;
}

char *
lex_quote(const struct lexed *l, size_t i, char out[QUOTE_TEXT])
{
	size_t first = i, last = i;

	if (i >= l->n)
		return quote("", 0, out);
	while (first > 0 && l->tokens[first].glued)
		first--;
	while (last + 1 < l->n && l->tokens[last + 1].glued)
		last++;
	return quote(l->phrase + l->tokens[first].from,
	    l->tokens[last].to - l->tokens[first].from, out);
}

char *
lex_quote_rest(const struct lexed *l, size_t i, char out[QUOTE_TEXT])
{
	if (i >= l->n)
		return quote("", 0, out);
	return quote(l->phrase + l->tokens[i].from,
	    l->tokens[l->n - 1].to - l->tokens[i].from, out);
}

const struct token *
peek(const struct cursor *c, size_t n)
{
	size_t i = c->at + n;

	return &c->lexed->tokens[i < c->lexed->n ? i : c->lexed->n];
}

bool
is_word(const struct cursor *c, size_t n, const char *word)
{
	const struct token *t = peek(c, n);

	return t->kind == TOKEN_WORD && strcmp(t->text, word) == 0;
}

bool
is_sign(const struct cursor *c, size_t n, char sign)
{
	const struct token *t = peek(c, n);

	return t->kind == TOKEN_SIGN && t->text[0] == sign &&
	    (n == 0 || t->glued);
}

bool
is_number(const struct cursor *c, size_t n)
{
	return peek(c, n)->kind == TOKEN_NUMBER;
}

bool
skip_word(struct cursor *c, const char *word)
{
	if (!is_word(c, 0, word))
		return false;
	c->at++;
	return true;
}

enum outcome
wrong(struct cursor *c, size_t n, const char *fmt, ...)
{
	char message[sizeof c->err->message];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof message, fmt, ap);
	va_end(ap);
	err_set(c->err, ERR_NOT_UNDERSTOOD, "%s", message);
	c->wrong = c->at + n;
	return WRONG;
}

int
meaning_of(const struct cursor *c, size_t n, const struct meaning *table)
{
	const struct token *t = peek(c, n);

	if (t->kind != TOKEN_WORD)
		return -1;
	for (; table->word != NULL; table++)
		if (strcmp(t->text, table->word) == 0)
			return table->value;
	return -1;
}
