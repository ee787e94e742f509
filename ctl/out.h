/*
 * Standard output: what kind of thing it is, text gathered for it, and the
 * one place that writes to it and notices when that fails.
 */
#ifndef RAPPORT_CTL_OUT_H
#define RAPPORT_CTL_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum style {
	STYLE_PLAIN,
	STYLE_ID,	/* numbers, to type */
	STYLE_RINGING,	/* wants something now */
	STYLE_HEADING,
	STYLE_FAINT,	/* past, or beside the point */
	STYLE_MATCH,	/* what was looked for */
	STYLE_MAX
};

struct out {
	struct buf text;	/* not written yet */
	bool colour;
	size_t width, height;	/* columns and rows of the terminal; 0: no
				   limit */
};

/* Looks at standard output, NO_COLOR and TERM. A zeroed struct out is plain
 * text without a limit. */
void out_init(struct out *o);
void out_clear(struct out *o);

/* Append text as it is, in a style. */
void out_styled(struct out *o, enum style s, const char *text);

/* Append a line of JSON; control characters that JSON would let through to a
 * terminal (DEL, C1, bidirectional controls) are escaped as \uXXXX. */
void out_json(struct out *o, const json_t *value);

/* Write what was gathered; false with err when it could not be written.
 * *gone (may be NULL) says that it is because nobody reads any more. */
bool out_flush(struct out *o, bool *gone, struct err *err);

#endif
