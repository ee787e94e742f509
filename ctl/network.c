/*
 * The tree of introductions: see network.h.
 *
 * The contacts are sorted by who introduced them, so that those of one
 * introducer stand together and are found by bisection. An introduction may
 * have been entered in a circle: each contact is drawn once, and where a circle
 * has no beginning, its first one by handle is taken for it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/echo.h"
#include "ctl/field.h"
#include "ctl/network.h"
#include "ctl/text.h"

enum { DEEPEST = 32 };	/* levels drawn: more have no room */

struct node {
	const char *handle, *name, *through;	/* borrowed; through may be "" */
	int64_t at;
	bool drawn;
};

struct network {
	struct node *v;		/* sorted by through, then handle */
	struct node **by_handle;
	size_t n;
	struct out *out;
	struct here *here;
};

static int
by_through(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int d = strcmp(x->through, y->through);

	return d != 0 ? d : strcmp(x->handle, y->handle);
}

static int
by_handle(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;

	return strcmp((*x)->handle, (*y)->handle);
}

static void
network_init(struct network *w, const json_t *contacts)
{
	const json_t *one;
	size_t i;

	w->n = json_array_size(contacts);
	w->v = mem_new(w->n + 1, sizeof *w->v);
	w->by_handle = mem_new(w->n + 1, sizeof *w->by_handle);
	json_array_foreach(contacts, i, one)
		w->v[i] = (struct node){
			.handle = field_string(one, "handle"),
			.name = field_string(one, "name"),
			.through = field_string(one, "introduced_by"),
			.at = field_int(one, "introduced_at"),
		};
	qsort(w->v, w->n, sizeof *w->v, by_through);
	for (i = 0; i < w->n; i++)
		w->by_handle[i] = &w->v[i];
	qsort(w->by_handle, w->n, sizeof *w->by_handle, by_handle);
}

static bool
is_known(const struct network *w, const char *handle)
{
	struct node key = {.handle = handle}, *k = &key;

	return bsearch(&k, w->by_handle, w->n, sizeof *w->by_handle,
	    by_handle) != NULL;
}

/* The first of those who came through somebody; they end where through
 * differs. */
static struct node *
first_through(const struct network *w, const char *handle)
{
	size_t from = 0, to = w->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(w->v[middle].through, handle) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return &w->v[from];
}

/* The first at or behind p who came through the same and isn't drawn yet. */
static struct node *
next_through(const struct network *w, const char *handle, struct node *p)
{
	for (; p < w->v + w->n && strcmp(p->through, handle) == 0; p++)
		if (!p->drawn)
			return p;
	return NULL;
}

/* A line of the tree; one without a branch says through whom they came. */
static void
draw_node(struct network *w, struct node *p, const char *lines,
    const char *branch)
{
	char *handle = text_safe_dup(p->handle);
	char *name = text_safe_dup(p->name);
	char day[ECHO_TEXT];

	p->drawn = true;
	out_styled(w->out, STYLE_FAINT, lines);
	out_styled(w->out, STYLE_FAINT, branch);
	out_styled(w->out, STYLE_ID, handle);
	buf_addf(&w->out->text, "  %s", name);
	if (*p->through != '\0' && *branch == '\0') {
		buf_adds(&w->out->text, " · through ");
		text_safe(&w->out->text, p->through);
	}
	if (*p->through != '\0' && p->at > 0)
		buf_addf(&w->out->text, " · %s",
		    echo_day(p->at, w->here, day));
	buf_adds(&w->out->text, "\n");
	free(name);
	free(handle);
}

/* Those who came through p, and through them; lines is what stands before
 * their branches. */
static void
draw_below(struct network *w, const struct node *p, struct buf *lines,
    int level)
{
	struct node *q = next_through(w, p->handle,
	    first_through(w, p->handle));

	if (q != NULL && level == DEEPEST) {
		out_styled(w->out, STYLE_FAINT, buf_str(lines));
		out_styled(w->out, STYLE_FAINT, "… goes on below\n");
		return;
	}
	while (q != NULL) {
		struct node *after = next_through(w, p->handle, q + 1);
		size_t len = lines->len;

		draw_node(w, q, buf_str(lines), after == NULL ? "└─ " : "├─ ");
		buf_adds(lines, after == NULL ? "   " : "│  ");
		draw_below(w, q, lines, level + 1);
		lines->data[lines->len = len] = '\0';
		/* A circle may have drawn it meanwhile. */
		q = after == NULL ? NULL :
		    next_through(w, p->handle, after);
	}
}

static void
draw_from(struct network *w, struct node *p)
{
	struct buf lines = {0};

	draw_node(w, p, "", "");
	draw_below(w, p, &lines, 0);
	buf_clear(&lines);
}

static bool
brought_somebody(const struct network *w, const struct node *p)
{
	return next_through(w, p->handle, first_through(w, p->handle)) != NULL;
}

void
network_print(struct out *o, const json_t *contacts, bool everybody,
    struct here *h)
{
	struct network w = {.out = o, .here = h};
	size_t i, alone = 0;

	network_init(&w, contacts);
	for (i = 0; i < w.n; i++) {
		struct node *p = w.by_handle[i];

		if (is_known(&w, p->through))
			continue;
		if (everybody && *p->through == '\0' &&
		    !brought_somebody(&w, p)) {
			p->drawn = true;
			alone++;
		} else
			draw_from(&w, p);
	}
	/* What is left stands in circles, or hung too deep. */
	for (i = 0; i < w.n; i++)
		if (!w.by_handle[i]->drawn)
			draw_from(&w, w.by_handle[i]);
	if (everybody && alone == w.n)
		buf_adds(&o->text, "Nobody came through anybody yet. To say "
		    "it: rapportctl person edit dana --introduced-by tom\n");
	else if (alone > 0)
		buf_addf(&o->text, "%zu more came through nobody.\n", alone);
	free(w.by_handle);
	free(w.v);
}
