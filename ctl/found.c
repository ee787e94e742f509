/*
 * Hits of a search: see found.h.
 *
 * A text is looked at as pieces: words (letters and digits of any script) and
 * what stands between them. A word is marked when one of those asked for is its
 * beginning, whatever the case and the accents.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ctl/echo.h"
#include "ctl/field.h"
#include "ctl/found.h"
#include "ctl/text.h"

enum {
	GAP = 2,		/* spaces between columns */
	WHO_MOST = 24,		/* columns for handles */
	ROOM_LEAST = 20,	/* columns for the text */
};

/* The groups, in the order in which they are printed. */
static const struct {
	const char *kind, *heading;
} groups[] = {
	{"contact", "People"},
	{"fact", "Facts"},
	{"interaction", "Conversations"},
	{"reminder", "Reminders"},
};

/* ---------------------------------------------------------------- words -- */

static bool
is_word_byte(char c)
{
	return (unsigned char)c >= 0x80 || isalnum((unsigned char)c);
}

/* How many bytes the piece has that s begins with. */
static size_t
piece_length(const char *s)
{
	bool word = is_word_byte(*s);
	size_t n = 0;

	while (s[n] != '\0' && is_word_byte(s[n]) == word)
		n++;
	return n;
}

/* What the Latin letters from U+00C0 to U+017F are without their accents; a
 * digit stands for two letters. */
static const char latin[] =
    "aaaaaa1ceeeeiiiidnooooo ouuuuy43"
    "aaaaaa1ceeeeiiiidnooooo ouuuuy4y"
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiii55jjkkklllllll"
    "lllnnnnnnnnnoooooo22rrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char *const two_letters[] = {"", "ae", "oe", "ss", "th", "ij"};

enum {
	LATIN_FIRST = 0xc0, LATIN_LAST = 0x17f,
	MARK_FIRST = 0x300, MARK_LAST = 0x36f,	/* combining accents */
};

static void
fold_latin(struct buf *b, uint32_t c)
{
	const char *letter = &latin[c - LATIN_FIRST];

	if (*letter >= '1' && *letter <= '5')
		buf_adds(b, two_letters[*letter - '0']);
	else
		buf_add(b, letter, 1);
}

/* Append a word in small letters without accents, as the search in the daemon
 * compares them; of other scripts it is as it stands. */
static void
fold(struct buf *b, const char *word, size_t len)
{
	const char *end = word + len;
	uint32_t c;
	size_t n;

	for (; word < end; word += n) {
		n = utf8_decode(word, (size_t)(end - word), &c);
		if (n == 1) {
			char small = (char)tolower((int)c);

			buf_add(b, &small, 1);
		} else if (n > 0 && c >= LATIN_FIRST && c <= LATIN_LAST)
			fold_latin(b, c);
		else if (n == 0 || c < MARK_FIRST || c > MARK_LAST)
			buf_add(b, word, n = n == 0 ? 1 : n);
	}
}

/* Whether a word has this beginning. */
static bool
begins_with(const char *word, size_t len, const char *beginning, size_t n)
{
	struct buf w = {0}, b = {0};
	bool begins;

	fold(&w, word, len);
	fold(&b, beginning, n);
	begins = b.len > 0 && b.len <= w.len &&
	    memcmp(w.data, b.data, b.len) == 0;
	buf_clear(&w);
	buf_clear(&b);
	return begins;
}

/* Whether the piece is a word that begins with one of those asked for. */
static bool
is_asked_for(const char *piece, size_t len, const char *words)
{
	size_t n;

	if (!is_word_byte(*piece))
		return false;
	for (; *words != '\0'; words += n) {
		n = piece_length(words);
		if (is_word_byte(*words) &&
		    begins_with(piece, len, words, n))
			return true;
	}
	return false;
}

/* -------------------------------------------------------------- excerpt -- */

static size_t
piece_width(const char *piece, size_t len)
{
	char *s = mem_dup(piece);
	size_t width;

	s[len] = '\0';
	width = text_width(s);
	free(s);
	return width;
}

/* Where to begin a text that is wider than the room, so that the first word
 * asked for stands within it, a third of the room behind the beginning. */
static const char *
excerpt_begin(const char *text, const char *words, size_t room)
{
	const char *at, *from = text;
	size_t n = 0, before = 0;

	for (at = text; *at != '\0'; at += n) {
		n = piece_length(at);
		if (is_asked_for(at, n, words))
			break;
		before += piece_width(at, n);
	}
	if (*at == '\0' || before + piece_width(at, n) < room)
		return text;
	while (from < at && (before > room / 3 || !is_word_byte(*from))) {
		n = piece_length(from);
		before -= piece_width(from, n);
		from += n;
	}
	return from;
}

/* Print the words of a text (safe), those asked for marked, in at most room
 * columns (0: no limit). */
static void
excerpt(struct out *o, const char *text, const char *words, size_t room)
{
	const char *from = text;
	struct buf cut = {0};
	size_t n;

	if (room > 0 && text_width(text) > room) {
		from = excerpt_begin(text, words, room);
		if (from != text)
			buf_adds(&cut, "…");
		text_clip(&cut, from, room - (from == text ? 0 : 1));
		from = buf_str(&cut);
	}
	for (; *from != '\0'; from += n) {
		char *piece = mem_dup(from);

		n = piece_length(from);
		piece[n] = '\0';
		out_styled(o, is_asked_for(from, n, words) ? STYLE_MATCH :
		    STYLE_PLAIN, piece);
		free(piece);
	}
	buf_clear(&cut);
}

/* ---------------------------------------------------------------- lines -- */

/* The columns before the texts of a group. */
struct columns {
	size_t number, who, day;
};

struct hit {
	char *number, *who;	/* safe */
	char day[ECHO_TEXT];	/* "" when it has none */
	char *text;
};

static struct hit
hit_of(const json_t *one, struct here *h)
{
	/* A contact's number is the handle: once is enough. */
	char *who = field_list(one, "with", field_string(one, "number"));
	int64_t at = field_int(one, "at");
	struct hit hit = {
		.number = text_safe_dup(field_string(one, "number")),
		.text = text_safe_dup(field_string(one, "text")),
	};
	struct buf clipped = {0};
	char *safe = text_safe_dup(who);

	text_clip(&clipped, safe, WHO_MOST);
	hit.who = buf_take(&clipped);
	if (at > 0)
		echo_day(at, h, hit.day);
	free(safe);
	free(who);
	return hit;
}

static void
hit_clear(struct hit *hit)
{
	free(hit->number);
	free(hit->who);
	free(hit->text);
}

static void
widen(size_t *width, const char *text)
{
	size_t w = text_width(text);

	if (w > *width)
		*width = w;
}

static void
cell(struct out *o, enum style s, const char *text, size_t width)
{
	size_t pad;

	if (width == 0)
		return;
	out_styled(o, s, text);
	for (pad = width + GAP - text_width(text); pad > 0; pad--)
		buf_adds(&o->text, " ");
}

static void
print_hit(struct out *o, const struct hit *hit, const struct columns *c,
    const char *words)
{
	size_t used = c->number + GAP + (c->who > 0 ? c->who + GAP : 0) +
	    (c->day > 0 ? c->day + GAP : 0), room = 0;

	if (o->width > 0)
		room = o->width > used + ROOM_LEAST ? o->width - used :
		    ROOM_LEAST;
	cell(o, STYLE_ID, hit->number, c->number);
	cell(o, STYLE_PLAIN, hit->who, c->who);
	cell(o, STYLE_PLAIN, hit->day, c->day);
	excerpt(o, hit->text, words, room);
	buf_adds(&o->text, "\n");
}

static void
print_group(struct out *o, const json_t *hits, size_t group,
    const char *words, struct here *h)
{
	struct columns columns = {0};
	struct hit *all = mem_new(json_array_size(hits) + 1, sizeof *all);
	const json_t *one;
	size_t i, n = 0;

	json_array_foreach(hits, i, one) {
		if (strcmp(field_string(one, "kind"), groups[group].kind) != 0)
			continue;
		all[n] = hit_of(one, h);
		widen(&columns.number, all[n].number);
		widen(&columns.who, all[n].who);
		widen(&columns.day, all[n].day);
		n++;
	}
	if (n > 0) {
		buf_adds(&o->text, o->text.len > 0 ? "\n" : "");
		out_styled(o, STYLE_HEADING, groups[group].heading);
		buf_adds(&o->text, "\n");
	}
	for (i = 0; i < n; i++) {
		print_hit(o, &all[i], &columns, words);
		hit_clear(&all[i]);
	}
	free(all);
}

void
found_print(struct out *o, const json_t *hits, const char *words,
    struct here *h)
{
	size_t i;

	if (json_array_size(hits) == 0)
		buf_adds(&o->text, "Nothing found.\n");
	for (i = 0; i < sizeof groups / sizeof *groups; i++)
		print_group(o, hits, i, words, h);
}
