/* export: pages from the daemon to one file. All are fetched before any is
 * printed, so that what is printed was true at one moment. */
#include <stdlib.h>
#include <string.h>

#include "ctl/import/import.h"
#include "ctl/render.h"

enum {
	TRIES = 5,		/* while others write */
	FORMAT = 1,		/* of the JSON */
};

static const char *const parts[] = {
	"contacts", "reminders", "interactions", "settings",
};
enum { PARTS = sizeof parts / sizeof *parts };

struct export {
	struct client *client;
	const char *with;	/* a handle, or NULL */
	json_t *items[PARTS];
	int64_t changes;	/* of the first page; -1: none was fetched */
	bool changed;		/* something was written between two pages */
};

/* A page, appended to the part; *next is 0 behind the last. Returns an exit
 * status. */
static int
fetch_page(struct export *e, int part, int64_t *next, struct err *err)
{
	json_t *p = json_pack("{s:s}", "part", parts[part]);
	struct varlink_reply reply;
	int status = 0;
	int64_t changes;

	if (e->with != NULL)
		json_object_set_new(p, "with", json_string(e->with));
	if (*next > 0)
		json_object_set_new(p, "after", json_integer(*next));
	if (!client_call(e->client, RAPPORT_INTERFACE ".Export", p, true,
	    false, CLIENT_SECONDS, &reply, err)) {
		json_decref(p);
		return EXIT_UNREACHABLE;
	}
	json_decref(p);
	if (reply.error != NULL)
		status = render_error(&reply, err);
	else {
		json_array_extend(e->items[part], json_object_get(
		    reply.parameters, "items"));
		*next = json_integer_value(json_object_get(reply.parameters,
		    "next"));
		changes = json_integer_value(json_object_get(
		    reply.parameters, "changes"));
		if (e->changes < 0)
			e->changes = changes;
		e->changed |= changes != e->changes;
	}
	varlink_reply_clear(&reply);
	return status;
}

static int
fetch(struct export *e, int parts_wanted, struct err *err)
{
	int part, status;
	int64_t next;

	for (part = 0; part < parts_wanted; part++) {
		next = 0;
		do {
			status = fetch_page(e, part, &next, err);
			if (status != 0 || e->changed)
				return status;
		} while (next > 0);
	}
	return 0;
}

static void
start(struct export *e)
{
	int part;

	for (part = 0; part < PARTS; part++) {
		json_decref(e->items[part]);
		e->items[part] = json_array();
	}
	e->changes = -1;
	e->changed = false;
}

/* All pages as of one moment; after some tries the last ones, as they are. */
static int
fetch_steadily(struct export *e, int parts_wanted, struct err *err)
{
	int tries, status = 0;

	for (tries = 0; tries < TRIES; tries++) {
		start(e);
		status = fetch(e, parts_wanted, err);
		if (status != 0 || !e->changed)
			return status;
	}
	err_set(err, ERR_IMPOSSIBLE, "something is written all the time: "
	    "export when it is quieter");
	return 1;
}

/* One item a line: so a file can be compared with another one. */
static void
print_items(struct out *o, const char *name, const json_t *items)
{
	const json_t *one;
	size_t i;

	buf_addf(&o->text, ",\n\"%s\":[", name);
	json_array_foreach(items, i, one) {
		buf_adds(&o->text, i == 0 ? "\n" : ",\n");
		out_json(o, one);
		/* out_json ends its line; here a comma may follow. */
		o->text.data[--o->text.len] = '\0';
	}
	buf_adds(&o->text, "]");
}

static void
print_json(struct export *e, struct out *o)
{
	int part;

	buf_addf(&o->text, "{\"rapport\":%d", FORMAT);
	for (part = 0; part < PARTS; part++)
		print_items(o, parts[part], e->items[part]);
	buf_adds(&o->text, "}\n");
}

int
export_run(struct client *c, const struct args *a, struct out *o,
    struct err *err)
{
	struct export e = {.client = c, .with = args_string(a, "with")};
	bool cards = args_flag(a, "vcf");
	const json_t *one;
	int status, part;
	size_t i;

	if (cards && a->json) {
		err_set(err, ERR_NOT_UNDERSTOOD,
		    "--json and --vcf: an export is one of them");
		return 2;
	}
	status = fetch_steadily(&e, cards ? 1 : PARTS, err);
	if (status == 0 && cards)
		json_array_foreach(e.items[0], i, one)
			card_write(&o->text, one);
	else if (status == 0)
		print_json(&e, o);
	for (part = 0; part < PARTS; part++)
		json_decref(e.items[part]);
	return status;
}
