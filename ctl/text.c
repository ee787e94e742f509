/* Text for people: see text.h. */
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"
#include "ctl/text.h"

/* The next character of *s, which moves on; a byte that is no UTF-8 comes
 * out as itself with *valid false. */
static uint32_t
next_char(const char **s, bool *valid)
{
	uint32_t c;
	size_t n = utf8_decode(*s, strnlen(*s, 4), &c);

	*valid = n > 0;
	if (n == 0) {
		c = (unsigned char)**s;
		n = 1;
	}
	*s += n;
	return c;
}

/* How many bytes s begins with that are printable ASCII: most text is. */
static size_t
ascii_run(const char *s)
{
	const char *p = s;

	while (*p >= 0x20 && *p < 0x7f)
		p++;
	return (size_t)(p - s);
}

void
text_safe(struct buf *b, const char *s)
{
	const char *from;
	uint32_t c;
	bool valid;

	for (;;) {
		size_t run = ascii_run(s);

		buf_add(b, s, run);
		s += run;
		if (*s == '\0')
			return;
		from = s;
		c = next_char(&s, &valid);
		if (!valid)
			buf_addf(b, "\\x%02x", c);
		else if (c == '\n')
			buf_adds(b, "⏎");
		else if (c == '\t')
			buf_adds(b, " ");
		else if (c < 0x20 || c == 0x7f)
			buf_addf(b, "^%c", (int)(c ^ 0x40));
		else if (utf8_is_control(c))
			buf_addf(b, "\\u%04x", c);
		else
			buf_add(b, from, (size_t)(s - from));
	}
}

char *
text_safe_dup(const char *s)
{
	struct buf b = {0};

	text_safe(&b, s);
	return buf_take(&b);
}

/* wcwidth(3) in C.UTF-8, whatever the user's locale is; the locale is loaded
 * when the first character asks for it that Latin letters don't. */
static size_t
char_width(uint32_t c)
{
	static locale_t utf8;
	locale_t before;
	int w;

	if (c < 0x300)
		return c >= 0x20 && c != 0x7f && c != 0xad;
	if (utf8 == NULL)
		utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	if (utf8 == NULL)
		return 1;
	before = uselocale(utf8);
	w = wcwidth((wchar_t)c);
	uselocale(before);
	/* Unknown to this library's tables: newer emoji, most likely. */
	if (w < 0)
		return c >= 0x1f000 && c < 0x20000 ? 2 : 1;
	return (size_t)w;
}

size_t
text_width(const char *s)
{
	size_t width = 0, run;
	bool valid;

	for (;;) {
		run = ascii_run(s);
		width += run;
		s += run;
		if (*s == '\0')
			return width;
		width += char_width(next_char(&s, &valid));
	}
}

size_t
text_clip(struct buf *b, const char *s, size_t width)
{
	const char *at = s, *before;
	size_t used = 0, w;
	bool valid;

	w = text_width(s);
	if (w <= width) {
		buf_adds(b, s);
		return w;
	}
	if (width == 0)
		return 0;
	for (;;) {
		before = at;
		w = char_width(next_char(&at, &valid));
		if (used + w > width - 1)
			break;
		used += w;
	}
	buf_add(b, s, (size_t)(before - s));
	buf_adds(b, "…");
	return used + 1;
}

/* Letters, digits and what no shell gives a meaning to. */
static bool
is_plain_word(const char *s)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789@%+=:,./_-";

	for (; *s != '\0'; s++)
		if (!((unsigned char)*s >= 0x80) && strchr(plain, *s) == NULL)
			return false;
	return true;
}

void
text_quote(struct buf *b, const char *s)
{
	if (*s != '\0' && is_plain_word(s)) {
		buf_adds(b, s);
		return;
	}
	if (strpbrk(s, "\"$`\\!") == NULL) {
		buf_addf(b, "\"%s\"", s);
		return;
	}
	buf_adds(b, "'");
	for (; *s != '\0'; s++)
		if (*s == '\'')
			buf_adds(b, "'\\''");
		else
			buf_add(b, s, 1);
	buf_adds(b, "'");
}

/* Up to the next blank; "[--with WHO]" is not torn apart. */
static size_t
word_length(const char *s)
{
	size_t bracket = *s == '[' ? strcspn(s, "]") : 0;

	return bracket + strcspn(s + bracket, " ");
}

void
text_wrap(struct buf *b, const char *s, size_t width, size_t indent,
    size_t used)
{
	struct buf word = {0};
	bool first = true;

	while (*s != '\0') {
		size_t len = word_length(s), w;

		buf_clear(&word);
		buf_add(&word, s, len);
		w = text_width(buf_str(&word));
		if (!first && used + 1 + w > width) {
			buf_addf(b, "\n%*s", (int)indent, "");
			used = indent;
		} else if (!first) {
			buf_adds(b, " ");
			used++;
		}
		buf_adds(b, buf_str(&word));
		used += w;
		first = false;
		s += len;
		s += strspn(s, " ");
	}
	buf_clear(&word);
}
