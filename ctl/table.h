/* Rows of cells, laid out in columns that fit the terminal. */
#ifndef RAPPORT_CTL_TABLE_H
#define RAPPORT_CTL_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "ctl/out.h"

struct column {
	const char *title;
	bool right;		/* set flush right, as numbers are */
	bool flexible;		/* may be cut when the terminal is narrow */
	bool optional;		/* is left out when that is not enough */
};

struct cell {
	char *text;		/* safe text, owned */
	size_t width;
	enum style style;
};

struct table {
	const struct column *columns;	/* borrowed, n of them */
	size_t n;
	struct cell *cells;	/* row by row */
	size_t cells_n;
};

void table_init(struct table *t, const struct column *columns, size_t n);
void table_clear(struct table *t);

/* The next cell, from left to right and from top to bottom. Control characters
 * in text are made visible; NULL is an empty cell. */
void table_add(struct table *t, const char *text, enum style style);

/* Print all rows. A column whose cells are all empty is left out. With titles
 * a row of headings stands above. In a narrow terminal flexible columns are cut
 * first, then optional ones left out from the right, then all cut. */
void table_print(const struct table *t, struct out *o, bool titles);

#endif
