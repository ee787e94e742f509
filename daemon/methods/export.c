/* export: everything that is stored, a page of a part at a time. Pages go by
 * number, so that what was given before never comes again. */
#include <stdlib.h>
#include <string.h>

#include "methods/record.h"

enum {
	PAGE = 256,		/* items */
	TRIED = 4096,		/* numbers, of which many may be gone */
};

/* Whom it is about, when it is about one: nobody else is named then. */
struct export {
	struct request *rq;
	struct contact who;
	int64_t after, next;	/* next 0: this was the last page */
	json_t *items;
};

static bool
only_one(const struct export *e)
{
	return e->who.handle != NULL;
}

/* ------------------------------------------------------------ contacts --- */

static bool
give_person(struct export *e, struct contact *c, struct err *err)
{
	struct store *s = e->rq->ctx->store;
	struct person_record p = {.contact = *c};
	bool ok;

	if (only_one(e)) {
		p.contact.introduced_by = NULL;
		p.contact.introduced_at = 0;
	}
	ok = store_addresses(s, c->id, &p.addresses, err) &&
	    store_facts(s, c->id, &p.facts, err) &&
	    store_dates(s, c->id, &p.dates, err);
	if (ok)
		json_array_append_new(e->items, record_person(&p));
	p.contact = (struct contact){0};	/* is c's */
	person_record_clear(&p);
	return ok;
}

static bool
export_contacts(struct export *e, struct err *err)
{
	struct contacts all = {0};
	bool ok;
	size_t i;

	if (only_one(e))
		return give_person(e, &e->who, err);
	ok = store_contacts(e->rq->ctx->store, &all, err);
	for (i = (size_t)e->after; ok && i < all.n; i++) {
		if (i == (size_t)e->after + PAGE) {
			e->next = (int64_t)i;
			break;
		}
		ok = give_person(e, &all.v[i], err);
	}
	contacts_clear(&all);
	return ok;
}

/* ------------------------------------------------- by their numbers --- */

static void
keep_only(char **with, size_t *n, const char *handle)
{
	size_t i, kept = 0;

	for (i = 0; i < *n; i++)
		if (strcmp(with[i], handle) == 0)
			with[kept++] = with[i];
		else
			free(with[i]);
	*n = kept;
}

/* Put a history into the order in which it happened. */
static void
reverse(struct reminders *rs)
{
	size_t i;

	for (i = 0; i < rs->n / 2; i++) {
		struct reminder r = rs->v[i];

		rs->v[i] = rs->v[rs->n - 1 - i];
		rs->v[rs->n - 1 - i] = r;
	}
}

static bool
give_reminder(struct export *e, int64_t id, struct err *err)
{
	struct store *s = e->rq->ctx->store;
	struct reminder_record r = {0};
	bool ok = store_reminder_get(s, id, &r.reminder, err);

	if (!ok)	/* a number that is not in use any more */
		return err->code == ERR_NOT_FOUND;
	if (only_one(e))
		keep_only(r.reminder.with, &r.reminder.with_n, e->who.handle);
	if (!only_one(e) || r.reminder.with_n > 0) {
		ok = r.reminder.every == NULL ||
		    store_occurrences(s, id, INT64_MAX, &r.history, err);
		reverse(&r.history);
		if (ok)
			json_array_append_new(e->items, record_reminder(&r));
	}
	reminder_record_clear(&r);
	return ok;
}

static bool
give_interaction(struct export *e, int64_t id, struct err *err)
{
	struct interaction i = {0};

	if (!store_interaction_get(e->rq->ctx->store, id, &i, err))
		return err->code == ERR_NOT_FOUND;
	if (only_one(e))
		keep_only(i.with, &i.with_n, e->who.handle);
	if (i.with_n > 0)
		json_array_append_new(e->items, record_interaction(&i));
	interaction_clear(&i);
	return true;
}

static bool
export_numbered(struct export *e, enum numbered what,
    bool (*give)(struct export *e, int64_t id, struct err *err),
    struct err *err)
{
	int64_t last, id, until;

	if (!store_last_number(e->rq->ctx->store, what, &last, err))
		return false;
	until = last - e->after > TRIED ? e->after + TRIED : last;
	for (id = e->after + 1; id <= until &&
	    json_array_size(e->items) < PAGE; id++)
		if (!give(e, id, err))
			return false;
	e->next = id <= last ? id - 1 : 0;
	return true;
}

static bool
export_reminders(struct export *e, struct err *err)
{
	return export_numbered(e, NUMBERED_REMINDER, give_reminder, err);
}

static bool
export_interactions(struct export *e, struct err *err)
{
	return export_numbered(e, NUMBERED_INTERACTION, give_interaction,
	    err);
}

/* ------------------------------------------------------------- settings --- */

static bool
export_settings(struct export *e, struct err *err)
{
	int64_t until = store_setting(e->rq->ctx->store, "quiet_until", 0);

	(void)err;
	if (until > e->rq->now && !only_one(e))
		json_array_append_new(e->items, json_pack("{s:I}",
		    "quiet_until", (json_int_t)until));
	return true;
}

static const struct {
	const char *part;
	bool (*export)(struct export *e, struct err *err);
} parts[] = {
	{"contacts", export_contacts},
	{"reminders", export_reminders},
	{"interactions", export_interactions},
	{"settings", export_settings},
};

bool
method_export(struct request *rq, struct err *err)
{
	const char *part = request_string(rq, "part");
	struct export e = {.rq = rq, .after = request_int(rq, "after", 0)};
	bool ok = true;
	size_t i;

	if (request_has(rq, "with") && !request_contact(rq, "with", &e.who,
	    err))
		return false;
	e.items = json_array();
	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].part, part) == 0)
			ok = parts[i].export(&e, err);
	json_object_set_new(rq->reply, "items", e.items);
	json_object_set_new(rq->reply, "next",
	    e.next == 0 ? json_null() : json_integer(e.next));
	json_object_set_new(rq->reply, "changes",
	    json_integer(store_changes(rq->ctx->store)));
	contact_clear(&e.who);
	return ok;
}
