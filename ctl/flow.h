/*
 * Words that run on from line to line: a line that begins with a name and goes
 * on, in several styles, until the terminal ends; what follows stands under the
 * first word.
 */
#ifndef RAPPORT_CTL_FLOW_H
#define RAPPORT_CTL_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "ctl/out.h"

struct flow {
	struct out *out;
	size_t indent;		/* columns before a line that goes on */
	size_t used;		/* columns of the line at hand */
	bool begun;		/* something stands there, besides the name */
};

/* Begin a line with a name (faint, may be "") in a column that ends before
 * indent. */
void flow_begin(struct flow *f, struct out *out, const char *name,
    size_t indent);

/* Append the words of text, the first behind a blank. Control characters are
 * made visible. */
void flow_text(struct flow *f, enum style s, const char *text);

/* The same with a format. */
void flow_add(struct flow *f, enum style s, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Append to the last word, such as "," or " ·", wherever the line ends. */
void flow_tail(struct flow *f, const char *mark);

/* End the line. */
void flow_end(struct flow *f);

#endif
