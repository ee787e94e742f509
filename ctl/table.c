/* Tables: see table.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/table.h"
#include "ctl/text.h"

enum {
	COLUMNS_MAX = 8,
	GAP = 2,		/* spaces between columns */
	NARROWEST = 8,		/* what a flexible column is never cut below */
};

void
table_init(struct table *t, const struct column *columns, size_t n)
{
	if (n > COLUMNS_MAX)
		abort();
	*t = (struct table){.columns = columns, .n = n};
}

void
table_clear(struct table *t)
{
	size_t i;

	for (i = 0; i < t->cells_n; i++)
		free(t->cells[i].text);
	free(t->cells);
	*t = (struct table){0};
}

void
table_add(struct table *t, const char *text, enum style style)
{
	size_t n = t->cells_n;

	/* Grown at each power of two. */
	if ((n & (n - 1)) == 0)
		t->cells = mem_resize(t->cells,
		    (n == 0 ? 1 : n * 2) * sizeof *t->cells);
	t->cells[n].text = text_safe_dup(text == NULL ? "" : text);
	t->cells[n].width = text_width(t->cells[n].text);
	t->cells[n].style = style;
	t->cells_n++;
}

/* The widest cell of each column; 0: all are empty. */
static void
measure(const struct table *t, bool titles, size_t widths[COLUMNS_MAX])
{
	size_t i, w;

	for (i = 0; i < t->n; i++)
		widths[i] = 0;
	for (i = 0; i < t->cells_n; i++)
		if (t->cells[i].width > widths[i % t->n])
			widths[i % t->n] = t->cells[i].width;
	for (i = 0; titles && i < t->n; i++) {
		w = text_width(t->columns[i].title);
		if (widths[i] > 0 && widths[i] < w)
			widths[i] = w;
	}
}

static size_t
total_width(const struct table *t, const size_t widths[COLUMNS_MAX])
{
	size_t i, total = 0;

	for (i = 0; i < t->n; i++)
		if (widths[i] > 0)
			total += widths[i] + (total == 0 ? 0 : GAP);
	return total;
}

/* Narrow the widest column, again and again, until all fit; only flexible
 * ones, down to what can still be read, or all but those set flush right. */
static bool
squeeze(const struct table *t, size_t limit, bool all,
    size_t widths[COLUMNS_MAX])
{
	while (total_width(t, widths) > limit) {
		size_t *widest = NULL, i;

		for (i = 0; i < t->n; i++) {
			if (all ? t->columns[i].right || widths[i] <= 1 :
			    !t->columns[i].flexible || widths[i] <= NARROWEST)
				continue;
			if (widest == NULL || widths[i] > *widest)
				widest = &widths[i];
		}
		if (widest == NULL)
			return false;
		(*widest)--;
	}
	return true;
}

/* The widths to print with: those that the cells need, made to fit. */
static void
fit(const struct table *t, size_t limit, bool titles,
    size_t widths[COLUMNS_MAX])
{
	size_t natural[COLUMNS_MAX] = {0}, i = t->n;

	measure(t, titles, natural);
	memcpy(widths, natural, sizeof natural);
	if (limit == 0)
		return;
	while (!squeeze(t, limit, false, widths)) {
		while (i > 0 && !(t->columns[i - 1].optional &&
		    natural[i - 1] > 0))
			i--;
		if (i == 0) {
			squeeze(t, limit, true, widths);
			return;
		}
		natural[i - 1] = 0;
		memcpy(widths, natural, sizeof natural);
	}
}

static void
spaces(struct out *o, size_t n)
{
	while (n-- > 0)
		buf_add(&o->text, " ", 1);
}

/* Print a cell, cut where it is wider than its column; returns its width. */
static size_t
print_cell(const struct cell *cell, size_t width, struct out *o)
{
	struct buf clipped = {0};

	if (cell->width <= width) {
		out_styled(o, cell->style, cell->text);
		return cell->width;
	}
	width = text_clip(&clipped, cell->text, width);
	out_styled(o, cell->style, buf_str(&clipped));
	buf_clear(&clipped);
	return width;
}

static void
print_row(const struct table *t, const struct cell *row,
    const size_t widths[COLUMNS_MAX], struct out *o)
{
	size_t i, owed = 0;	/* spaces before the next text, if any */

	for (i = 0; i < t->n; i++) {
		size_t used = 0;

		if (widths[i] == 0)
			continue;
		if (t->columns[i].right && row[i].width < widths[i])
			used = widths[i] - row[i].width;
		owed += used;
		if (*row[i].text != '\0') {
			spaces(o, owed);
			owed = 0;
			used += print_cell(&row[i], widths[i], o);
		}
		owed += widths[i] - used + GAP;
	}
	buf_adds(&o->text, "\n");
}

static void
print_titles(const struct table *t, const size_t widths[COLUMNS_MAX],
    struct out *o)
{
	struct table heads;
	size_t i;

	table_init(&heads, t->columns, t->n);
	for (i = 0; i < t->n; i++)
		table_add(&heads, t->columns[i].title, STYLE_FAINT);
	print_row(&heads, heads.cells, widths, o);
	table_clear(&heads);
}

void
table_print(const struct table *t, struct out *o, bool titles)
{
	size_t widths[COLUMNS_MAX], i;

	fit(t, o->width, titles, widths);
	if (titles && t->cells_n > 0)
		print_titles(t, widths, o);
	for (i = 0; i + t->n <= t->cells_n; i += t->n)
		print_row(t, t->cells + i, widths, o);
}
