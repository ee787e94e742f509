/* network [WHO]: who came through whom; the client draws the tree. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"

/* A contact and its place in the tree. */
struct node {
	const struct contact *contact;
	struct node *by;	/* whom they came through, or NULL */
	bool shown;
};

static int
by_handle(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return strcmp(x->contact->handle, y->contact->handle);
}

static struct node *
find(struct node *nodes, size_t n, const char *handle)
{
	const struct contact key = {.handle = (char *)handle};
	const struct node wanted = {.contact = &key};

	return handle == NULL ? NULL :
	    bsearch(&wanted, nodes, n, sizeof *nodes, by_handle);
}

static struct node *
nodes_of(const struct contacts *all)
{
	struct node *nodes = mem_new(all->n + 1, sizeof *nodes);
	size_t i;

	for (i = 0; i < all->n; i++)
		nodes[i].contact = &all->v[i];
	qsort(nodes, all->n, sizeof *nodes, by_handle);
	for (i = 0; i < all->n; i++)
		nodes[i].by = find(nodes, all->n,
		    nodes[i].contact->introduced_by);
	return nodes;
}

/* All who introduced, or were introduced. */
static void
show_all(struct node *nodes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (nodes[i].by != NULL)
			nodes[i].shown = nodes[i].by->shown = true;
}

/* One, those they came through, and those who came through them. Steps are
 * counted: what was taken back or imported may go in a circle. */
static void
show_around(struct node *nodes, size_t n, struct node *who)
{
	struct node *at;
	size_t i, steps;

	for (at = who, steps = 0; at != NULL && steps <= n; at = at->by) {
		at->shown = true;
		steps++;
	}
	for (i = 0; i < n; i++) {
		at = &nodes[i];
		for (steps = 0; at != NULL && at != who && steps <= n; steps++)
			at = at->by;
		if (at == who)
			nodes[i].shown = true;
	}
}

static json_t *
link_json(const struct context *ctx, const struct contact *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "handle", json_string(c->handle));
	json_object_set_new(o, "name", json_string(c->name));
	json_object_set_new(o, "introduced_by",
	    string_or_null(c->introduced_by));
	json_object_set_new(o, "introduced_at", c->introduced_at == 0 ?
	    json_null() : json_integer(c->introduced_at));
	json_object_set_new(o, "introduced_local",
	    local_json(ctx, c->introduced_at));
	return o;
}

bool
method_network(struct request *rq, struct err *err)
{
	struct contacts all = {0};
	struct contact who = {0};
	struct node *nodes = NULL, *at;
	json_t *a = json_array();
	bool ok = false;
	size_t i;

	json_object_set_new(rq->reply, "links", a);
	if (request_has(rq, "who") && !request_contact(rq, "who", &who, err))
		goto out;
	if (!store_contacts(rq->ctx->store, &all, err))
		goto out;
	nodes = nodes_of(&all);
	at = find(nodes, all.n, who.handle);
	if (at == NULL)
		show_all(nodes, all.n);
	else
		show_around(nodes, all.n, at);
	for (i = 0; i < all.n; i++)
		if (nodes[i].shown)
			json_array_append_new(a,
			    link_json(rq->ctx, nodes[i].contact));
	ok = true;
out:
	free(nodes);
	contact_clear(&who);
	contacts_clear(&all);
	return ok;
}
