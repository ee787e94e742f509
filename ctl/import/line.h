/*
 * The lines of a vCard file, as address books really write them: unfolded,
 * taken apart, decoded to UTF-8. What a property means is vcard.h's business.
 *
 * Sources: RFC 6350 (4.0), RFC 2426 and 2425 (3.0), the vCard 2.1 paper of the
 * Versit Consortium. The file may be of any size and is not to be trusted: what
 * is kept of a line is bounded, and what nobody asks for (photos) is passed by.
 */
#ifndef RAPPORT_CTL_IMPORT_LINE_H
#define RAPPORT_CTL_IMPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Read up to size bytes; 0: there are no more. */
typedef size_t lines_read_fn(void *arg, char *to, size_t size);

enum {
	LINE_VALUE_MAX = 32 * 1024,	/* bytes; the rest of a value is lost */
	LINE_PARAMETERS_MAX = 24,
};

struct line_parameter {
	char *name;		/* in capitals; "TYPE" for a bare word of 2.1 */
	char *value;		/* without quotes */
};

/* Everything in it is borrowed until the next line is asked for. */
struct line {
	int64_t number;		/* of its first physical line, from 1 */
	char *group;		/* "item1", or "" */
	char *name;		/* in capitals */
	struct line_parameter parameters[LINE_PARAMETERS_MAX];
	size_t parameters_n;
	char *value;		/* UTF-8; backslashes still in it */
	bool wanted;		/* otherwise the value is empty */
	const char *wrong;	/* what is wrong with it, or NULL */
};

struct lines {
	lines_read_fn *read;
	void *arg;
	/* Whether the values of a property (in capitals) are wanted. */
	bool (*wanted)(const char *name);
	/* The file says that it is vCard 2.1: set by who reads VERSION. */
	bool is_21;

	char in[16 * 1024];
	size_t in_at, in_n;
	bool ended;		/* nothing more can be read */

	int64_t number;		/* physical lines begun */
	struct buf text;	/* the logical line at hand */
	struct buf value;	/* its value, decoded */
	enum { UNDECIDED, PASS_BY, KEEP } keep;
	char last;		/* last byte of the physical line at hand */
	bool was_binary;	/* the line before was base64 */
};

void lines_init(struct lines *l, lines_read_fn *read, void *arg,
    bool (*wanted)(const char *name));
void lines_clear(struct lines *l);

/* The file begins as UTF-16 does. Ask before the first line. */
bool lines_utf16(struct lines *l);

/* The next line that is not empty; false: there is none. */
bool lines_next(struct lines *l, struct line *out);

/* A parameter's value by its name in capitals, or NULL. */
const char *line_parameter(const struct line *l, const char *name);

#endif
