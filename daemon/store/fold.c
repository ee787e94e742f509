/*
 * Texts as they are searched. SQLite's tokenizer takes case and diacritics
 * away (é is e), but only those that Unicode decomposes: a stroke through a
 * letter, a ligature and a letter of its own stay. Those of the Latin script
 * are written here as people type them without that key.
 */
#include <string.h>

#include "base/utf8.h"
#include "store/sql.h"

static const struct {
	uint32_t from;
	const char *to;
} folds[] = {	/* in order */
	{0x00c6, "ae"},		/* Æ */
	{0x00d0, "d"},		/* Ð */
	{0x00d8, "o"},		/* Ø */
	{0x00de, "th"},		/* Þ */
	{0x00df, "ss"},		/* ß */
	{0x00e6, "ae"},		/* æ */
	{0x00f0, "d"},		/* ð */
	{0x00f8, "o"},		/* ø */
	{0x00fe, "th"},		/* þ */
	{0x0110, "d"},		/* Đ */
	{0x0111, "d"},		/* đ */
	{0x0126, "h"},		/* Ħ */
	{0x0127, "h"},		/* ħ */
	{0x0130, "i"},		/* İ */
	{0x0131, "i"},		/* ı */
	{0x0132, "ij"},		/* Ĳ */
	{0x0133, "ij"},		/* ĳ */
	{0x0138, "k"},		/* ĸ */
	{0x013f, "l"},		/* Ŀ */
	{0x0140, "l"},		/* ŀ */
	{0x0141, "l"},		/* Ł */
	{0x0142, "l"},		/* ł */
	{0x0149, "n"},		/* ŉ */
	{0x014a, "ng"},		/* Ŋ */
	{0x014b, "ng"},		/* ŋ */
	{0x0152, "oe"},		/* Œ */
	{0x0153, "oe"},		/* œ */
	{0x0166, "t"},		/* Ŧ */
	{0x0167, "t"},		/* ŧ */
	{0x0180, "b"},		/* ƀ */
	{0x0197, "i"},		/* Ɨ */
	{0x019a, "l"},		/* ƚ */
	{0x01b5, "z"},		/* Ƶ */
	{0x01b6, "z"},		/* ƶ */
	{0x01e2, "ae"},		/* Ǣ */
	{0x01e3, "ae"},		/* ǣ */
	{0x01e4, "g"},		/* Ǥ */
	{0x01e5, "g"},		/* ǥ */
	{0x01fc, "ae"},		/* Ǽ */
	{0x01fd, "ae"},		/* ǽ */
	{0x01fe, "o"},		/* Ǿ */
	{0x01ff, "o"},		/* ǿ */
	{0x0268, "i"},		/* ɨ */
	{0x1e9e, "ss"},		/* ẞ */
	{0xfb00, "ff"},		/* ﬀ */
	{0xfb01, "fi"},		/* ﬁ */
	{0xfb02, "fl"},		/* ﬂ */
	{0xfb03, "ffi"},	/* ﬃ */
	{0xfb04, "ffl"},	/* ﬄ */
};

/* How it is written, or NULL: as it is. */
static const char *
folded(uint32_t c)
{
	size_t from = 0, to = sizeof folds / sizeof *folds, middle;

	while (from < to) {
		middle = (from + to) / 2;
		if (folds[middle].from == c)
			return folds[middle].to;
		if (folds[middle].from < c)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

void
fold(struct buf *out, const char *text)
{
	size_t len = strlen(text), i, n, kept = 0;
	const char *to;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		if ((unsigned char)text[i] < 0x80) {
			n = 1;
			continue;
		}
		n = utf8_decode(text + i, len - i, &c);
		if (n == 0) {
			n = 1;
			continue;
		}
		to = folded(c);
		if (to == NULL)
			continue;
		buf_add(out, text + kept, i - kept);
		buf_adds(out, to);
		kept = i + n;
	}
	buf_add(out, text + kept, len - kept);
}
