/* Lines of a vCard file: see line.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "ctl/import/line.h"

/* Of a line that is not wanted, its name and parameters. */
enum { HEAD_MAX = 1024 };

void
lines_init(struct lines *l, lines_read_fn *read, void *arg,
    bool (*wanted)(const char *name))
{
	memset(l, 0, sizeof *l);
	l->read = read;
	l->arg = arg;
	l->wanted = wanted;
}

void
lines_clear(struct lines *l)
{
	buf_clear(&l->text);
	buf_clear(&l->value);
}

/* -------------------------------------------------------------- bytes --- */

/* Have n bytes (a few) at hand, if the file has so many. */
static bool
ensure(struct lines *l, size_t n)
{
	if (l->in_n - l->in_at >= n)
		return true;
	memmove(l->in, l->in + l->in_at, l->in_n - l->in_at);
	l->in_n -= l->in_at;
	l->in_at = 0;
	while (!l->ended && l->in_n < n) {
		size_t got = l->read(l->arg, l->in + l->in_n,
		    sizeof l->in - l->in_n);

		l->ended = got == 0;
		l->in_n += got;
	}
	return l->in_n >= n;
}

static int
peek(struct lines *l)
{
	return ensure(l, 1) ? (unsigned char)l->in[l->in_at] : EOF;
}

static bool
looking_at(struct lines *l, const char *text)
{
	size_t n = strlen(text);

	return ensure(l, n) && strncasecmp(l->in + l->in_at, text, n) == 0;
}

bool
lines_utf16(struct lines *l)
{
	return looking_at(l, "\xff\xfe") || looking_at(l, "\xfe\xff");
}

/* CRLF, LF, or CR alone, as they come. */
static void
pass_line_end(struct lines *l)
{
	if (l->in[l->in_at++] == '\r' && peek(l) == '\n')
		l->in_at++;
}

/* ------------------------------------------------------ physical lines --- */

/* As soon as the name of the property is known: is its value wanted? */
static void
decide(struct lines *l)
{
	const char *text = buf_str(&l->text), *dot, *name = text;
	size_t n = strcspn(text, ":;"), i;
	char capitals[64];

	if (text[n] == '\0' && l->text.len < HEAD_MAX)
		return;
	dot = memchr(text, '.', n);
	if (dot != NULL)
		name = dot + 1;
	n -= (size_t)(name - text);
	for (i = 0; i < n && i < sizeof capitals - 1; i++)
		capitals[i] = (char)toupper((unsigned char)name[i]);
	capitals[i] = '\0';
	l->keep = l->wanted(capitals) ? KEEP : PASS_BY;
}

/* Up to max bytes in all; returns how many of n were looked at. */
static size_t
fill(struct lines *l, const char *data, size_t n, size_t max)
{
	size_t room = l->text.len < max ? max - l->text.len : 0;

	if (n > room)
		n = room;
	buf_add(&l->text, data, n);
	return n;
}

/* What is kept must not depend on the pieces in which it is read. */
static void
keep(struct lines *l, const char *data, size_t n)
{
	size_t taken = 0;

	if (l->keep != KEEP)
		taken = fill(l, data, n, HEAD_MAX);
	if (l->keep == UNDECIDED)
		decide(l);
	if (l->keep == KEEP)
		fill(l, data + taken, n - taken, LINE_VALUE_MAX);
}

static size_t
until_line_end(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n), *cr;

	if (end != NULL)
		n = (size_t)(end - s);
	cr = memchr(s, '\r', n);
	return cr == NULL ? n : (size_t)(cr - s);
}

static void
take_physical(struct lines *l)
{
	l->number++;
	l->last = '\0';
	while (ensure(l, 1)) {
		const char *s = l->in + l->in_at;
		size_t there = l->in_n - l->in_at;
		size_t n = until_line_end(s, there);

		keep(l, s, n);
		if (n > 0)
			l->last = s[n - 1];
		l->in_at += n;
		if (n < there) {
			pass_line_end(l);
			return;
		}
	}
}

/* The byte behind the head: its ':', or NULL. One within quotes is part of a
 * parameter (3.0, 4.0), unless the quotes never end. */
static char *
head_end(char *text)
{
	bool quoted = false;
	char *p;

	for (p = text; *p != '\0'; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (*p == ':' && !quoted)
			return p;
	}
	return quoted ? strchr(text, ':') : NULL;
}

/* Whether the head of the line at hand has a word in it. */
static bool
head_says(const struct lines *l, const char *word)
{
	char *text = l->text.data, *end, *found;

	if (text == NULL)
		return false;
	end = head_end(text);
	found = strcasestr(text, word);
	return end != NULL && found != NULL && found < end;
}

/* A QUOTED-PRINTABLE value goes on in the next line when this one ends in '='
 * (RFC 2045, 6.7). Unless that ends the card: then somebody forgot the rest. */
static bool
soft_break(struct lines *l)
{
	if (l->last != '=' || !head_says(l, "QUOTED-PRINTABLE") ||
	    peek(l) == EOF || looking_at(l, "END:VCARD"))
		return false;
	if (l->text.data[l->text.len - 1] == '=')
		l->text.data[--l->text.len] = '\0';
	return true;
}

/* A line that begins with a blank continues the one before: it is no part of
 * the text, but in 2.1, where lines are folded at blanks only. */
static bool
folded(struct lines *l)
{
	int c = peek(l);

	if (c != ' ' && c != '\t')
		return false;
	if (!l->is_21)
		l->in_at++;
	return true;
}

/* The logical line at hand, into l->text; false: there is none. */
static bool
take_logical(struct lines *l, int64_t *number)
{
	while (peek(l) == '\n' || peek(l) == '\r') {
		pass_line_end(l);
		l->number++;
	}
	if (peek(l) == EOF)
		return false;
	if (l->number == 0 && looking_at(l, "\xef\xbb\xbf"))
		l->in_at += 3;
	*number = l->number + 1;
	buf_clear(&l->text);
	l->keep = UNDECIDED;
	do
		take_physical(l);
	while (soft_break(l) || folded(l));
	return true;
}

/* ------------------------------------------------------------- decoding --- */

/* Windows-1252 from 0x80 to 0x9f; 0: not defined. ISO-8859-1 is read as this
 * too, as everybody does: it has only control characters there. */
static const unsigned short windows_1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* Append a character below U+10000 as UTF-8. */
static void
add_character(struct buf *b, unsigned c)
{
	char out[3];

	if (c < 0x80) {
		out[0] = (char)c;
		buf_add(b, out, 1);
	} else if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		buf_add(b, out, 2);
	} else {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		buf_add(b, out, 3);
	}
}

static void
add_from_1252(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned c = (unsigned char)*s;

		if (c >= 0x80 && c < 0xa0)
			c = windows_1252[c - 0x80];
		add_character(b, c == 0 ? 0xfffd : c);
	}
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ?
	    c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In place; what is no code stays as it is. A code of NUL is left out. */
static void
decode_quoted_printable(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (s[0] == '=' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			*to = (char)(hex(s[1]) << 4 | hex(s[2]));
			to += *to != '\0';
			s += 2;
		} else
			*to++ = *s;
	}
	*to = '\0';
}

static bool
among(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcasecmp(word, *words) == 0)
			return true;
	return false;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* The bytes of a value to UTF-8, into l->value; false: they can't be read. */
static bool
to_utf8(struct lines *l, const struct line *line, const char *bytes)
{
	static const char *const western[] = {"ISO-8859-1", "ISO_8859-1",
		"LATIN1", "L1", "WINDOWS-1252", "CP1252", NULL};
	static const char *const unicode[] = {"UTF-8", "UTF8", "US-ASCII",
		"ASCII", NULL};
	const char *charset = line_parameter(line, "CHARSET");
	const char *encoding = line_parameter(line, "ENCODING");
	size_t n = strlen(bytes);

	/* A value cut in the middle of a character lost only that. */
	if (n >= LINE_VALUE_MAX / 4)
		n = utf8_clip(bytes, n);
	buf_clear(&l->value);
	if (charset != NULL && among(charset, western)) {
		add_from_1252(&l->value, bytes);
		return true;
	}
	if (utf8_valid(bytes, n) && (charset == NULL ||
	    among(charset, unicode) || is_ascii(bytes))) {
		buf_add(&l->value, bytes, n);
		return true;
	}
	/* 2.1 says ASCII and means what the machine used: mostly Western
	 * Windows. From 3.0 on nobody has an excuse. */
	if (charset == NULL && (l->is_21 || encoding != NULL)) {
		add_from_1252(&l->value, bytes);
		return true;
	}
	return false;
}

/* ------------------------------------------------------- taking apart --- */

const char *
line_parameter(const struct line *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->parameters_n; i++)
		if (strcmp(l->parameters[i].name, name) == 0)
			return l->parameters[i].value;
	return NULL;
}

static void
to_capitals(char *s)
{
	for (; *s != '\0'; s++)
		*s = (char)toupper((unsigned char)*s);
}

/* The next ';' that is not within quotes, or the end. */
static char *
parameter_end(char *s)
{
	bool quoted = false;

	for (; *s != '\0' && (quoted || *s != ';'); s++)
		if (*s == '"')
			quoted = !quoted;
	return s;
}

static void
unquote(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (*s != '"')
			*to++ = *s;
	*to = '\0';
}

/* "TYPE=home", or a bare word of 2.1. */
static void
add_parameter(struct line *out, char *text)
{
	static const char *const encodings[] = {"QUOTED-PRINTABLE", "BASE64",
		"8BIT", "7BIT", NULL};
	struct line_parameter *p;
	char *equals = strchr(text, '=');

	if (out->parameters_n == LINE_PARAMETERS_MAX || *text == '\0')
		return;
	p = &out->parameters[out->parameters_n++];
	if (equals == NULL) {
		p->name = among(text, encodings) ? (char *)"ENCODING" :
		    (char *)"TYPE";
		p->value = text;
	} else {
		*equals = '\0';
		to_capitals(text);
		unquote(equals + 1);
		p->name = text;
		p->value = equals + 1;
	}
}

/* Take the head apart, in place: "item1.TEL;TYPE=home". */
static void
take_head(struct line *out, char *head)
{
	char *end = parameter_end(head), *dot;
	bool more = *end != '\0';

	*end = '\0';
	dot = strchr(head, '.');
	out->group = (char *)"";
	out->name = head;
	if (dot != NULL) {
		*dot = '\0';
		out->group = head;
		out->name = dot + 1;
	}
	to_capitals(out->name);
	while (more) {
		head = end + 1;
		end = parameter_end(head);
		more = *end != '\0';
		*end = '\0';
		add_parameter(out, head);
	}
}

static bool
is_binary(const struct line *l)
{
	const char *encoding = line_parameter(l, "ENCODING");

	return encoding != NULL && (strcasecmp(encoding, "BASE64") == 0 ||
	    strcasecmp(encoding, "B") == 0);
}

static void
take_value(struct lines *l, struct line *out, char *bytes)
{
	const char *encoding = line_parameter(out, "ENCODING");

	out->value = (char *)"";
	out->wanted = l->keep == KEEP && !is_binary(out);
	if (!out->wanted)
		return;
	if (encoding != NULL && strcasecmp(encoding, "QUOTED-PRINTABLE") == 0)
		decode_quoted_printable(bytes);
	if (!to_utf8(l, out, bytes))
		out->wrong = line_parameter(out, "CHARSET") == NULL ?
		    "is not UTF-8" : "is not in a character set that is known";
	else if (l->value.len > 0)
		out->value = l->value.data;
}

/* Of what is not wanted, not all parameters were kept. */
static bool
is_long_head(const struct lines *l)
{
	return l->keep == PASS_BY && l->text.len == HEAD_MAX &&
	    l->text.data[strcspn(l->text.data, ";")] == ';';
}

bool
lines_next(struct lines *l, struct line *out)
{
	int64_t number;
	char *colon;

	while (take_logical(l, &number)) {
		*out = (struct line){.number = number, .group = (char *)"",
		    .name = (char *)"", .value = (char *)""};
		if (l->text.len == 0)
			continue;
		colon = head_end(l->text.data);
		if (colon == NULL) {
			/* Some write base64 without folding it. */
			if (l->was_binary || is_long_head(l) ||
			    strspn(l->text.data, " \t") == l->text.len)
				continue;
			out->wrong = "is no property: it has no ':'";
			return true;
		}
		if (strlen(l->text.data) < l->text.len)
			out->wrong = "has a NUL byte in it";
		*colon = '\0';
		take_head(out, l->text.data);
		take_value(l, out, colon + 1);
		l->was_binary = is_binary(out);
		return true;
	}
	return false;
}
