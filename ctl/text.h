/*
 * Stored text on its way to a person: made harmless for a terminal, measured
 * in columns, cut to a width, quoted for a shell.
 */
#ifndef RAPPORT_CTL_TEXT_H
#define RAPPORT_CTL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Append s with every control character made visible: a line end as ⏎, a tab
 * as a space, others as ^[ or \u009b, a byte that is no UTF-8 as \xff. */
void text_safe(struct buf *b, const char *s);

/* The same as a string of its own; the caller frees it. */
char *text_safe_dup(const char *s);

/* Columns a terminal needs for s (safe text). */
size_t text_width(const char *s);

/* Append s (safe text), cut with … so that it takes at most width columns;
 * returns the columns used. */
size_t text_clip(struct buf *b, const char *s, size_t width);

/* Append s as one word of a shell, quoted if it has to be. */
void text_quote(struct buf *b, const char *s);

/* Append s (safe text) broken between words into lines of at most width
 * columns, the first line after `used` columns already filled, the others
 * indented; no line end behind the last. */
void text_wrap(struct buf *b, const char *s, size_t width, size_t indent,
    size_t used);

#endif
