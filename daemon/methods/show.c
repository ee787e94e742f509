/* show ID|WHO: all about one reminder, or about one contact. */
#include "methods/methods.h"

/* What comes after the occurrence at hand. */
static bool
upcoming(struct request *rq, const struct reminder *r, struct err *err)
{
	enum { SHOWN = 2 };
	struct series s = {.anchor = r->anchor, .first = {.slot = r->slot}};
	json_t *all = json_array();
	struct wall wall;
	int i;

	json_object_set_new(rq->reply, "upcoming", all);
	if (r->every == NULL || r->next == 0)
		return true;
	if (!reminder_rule(r, &s.recur, err))
		return false;
	/* Where its zone can't be read, all but this is still known. */
	if (!wall_open(rq->ctx, r, &wall, NULL))
		return true;
	/* By its instant, which is known also where the wall is ambiguous. */
	s.first.epoch = r->next - 1;
	for (i = 0; i < SHOWN && series_next(&s, wall.zone, &s.first); i++)
		json_array_append_new(all, json_integer(s.first.epoch));
	wall_close(&wall);
	return true;
}

static bool
history(struct request *rq, const struct reminder *r, struct err *err)
{
	enum { SHOWN = 5 };
	struct reminders past = {0};
	bool ok = r->every == NULL || store_occurrences(rq->ctx->store, r->id,
	    SHOWN, &past, err);

	if (ok)
		json_object_set_new(rq->reply, "history",
		    occurrences_json(rq->ctx, &past));
	reminders_clear(&past);
	return ok;
}

static bool
show_reminder(struct request *rq, struct err *err)
{
	struct reminder r = {0};
	bool ok;

	if (!schedule_get(rq->ctx->schedule, rq->now, request_int(rq, "id", 0),
	    &r, err))
		return false;
	ok = upcoming(rq, &r, err) && history(rq, &r, err);
	request_reply_one(rq, &r);
	json_object_set_new(rq->reply, "note",
	    r.note == NULL ? json_null() : json_string(r.note));
	json_object_set_new(rq->reply, "contact", json_null());
	json_object_set_new(rq->reply, "introducer", json_null());
	json_object_set_new(rq->reply, "addresses", json_array());
	json_object_set_new(rq->reply, "need", string_or_null(r.need));
	json_object_set_new(rq->reply, "facts", json_array());
	json_object_set_new(rq->reply, "dates", json_array());
	json_object_set_new(rq->reply, "interactions", json_array());
	json_object_set_new(rq->reply, "reminders", json_array());
	reminder_clear(&r);
	return ok;
}

/* ------------------------------------------------------- a contact ----- */

enum { CONVERSATIONS = 5 };

/* What they need: told by the next step that says so, else by the newest of
 * what is known. */
static const char *
need_of(const struct reminders *open, const struct facts *facts)
{
	const char *need = NULL;
	size_t i;

	for (i = 0; i < open->n; i++)
		if (open->v[i].need != NULL)
			return open->v[i].need;
	for (i = 0; i < facts->n; i++)
		if (facts->v[i].kind == FACT_NEED)
			need = facts->v[i].text;
	return need;
}

static bool
introducer(struct request *rq, const struct contact *c, struct err *err)
{
	struct contact by = {0};
	bool found = false;

	if (c->introduced_by != NULL &&
	    !store_contact_get(rq->ctx->store, c->introduced_by, &by, &found,
	    err))
		return false;
	json_object_set_new(rq->reply, "introducer",
	    found ? contact_json(rq->ctx, &by) : json_null());
	contact_clear(&by);
	return true;
}

static bool
known(struct request *rq, const struct contact *c,
    const struct reminders *open, struct err *err)
{
	struct store *store = rq->ctx->store;
	struct addresses addresses = {0};
	struct facts facts = {0};
	struct dates dates = {0};
	bool ok;

	ok = store_addresses(store, c->id, &addresses, err) &&
	    store_facts(store, c->id, &facts, err) &&
	    store_dates(store, c->id, &dates, err);
	if (ok) {
		json_object_set_new(rq->reply, "addresses",
		    addresses_json(&addresses));
		json_object_set_new(rq->reply, "need",
		    string_or_null(need_of(open, &facts)));
		json_object_set_new(rq->reply, "facts", facts_json(&facts));
		json_object_set_new(rq->reply, "dates",
		    dates_json(rq, &dates));
	}
	addresses_clear(&addresses);
	facts_clear(&facts);
	dates_clear(&dates);
	return ok;
}

static bool
said(struct request *rq, const struct contact *c, struct err *err)
{
	struct interactions last = {0};
	bool ok = store_interactions(rq->ctx->store, c->id, CONVERSATIONS,
	    &last, err);

	if (ok)
		json_object_set_new(rq->reply, "interactions",
		    interactions_json(rq->ctx, &last));
	interactions_clear(&last);
	return ok;
}

static bool
show_contact(struct request *rq, struct err *err)
{
	struct store_filter f = {.open = true, .until = NEVER};
	struct reminders open = {0};
	struct contact c = {0};
	bool ok;

	if (!request_contact(rq, "who", &c, err))
		return false;
	f.with = c.handle;
	ok = store_reminders(rq->ctx->store, &f, &open, err) &&
	    people_last(rq, &c, err) && introducer(rq, &c, err) &&
	    known(rq, &c, &open, err) && said(rq, &c, err);
	if (ok) {
		json_object_set_new(rq->reply, "reminder", json_null());
		json_object_set_new(rq->reply, "note", json_null());
		json_object_set_new(rq->reply, "upcoming", json_array());
		json_object_set_new(rq->reply, "history", json_array());
		json_object_set_new(rq->reply, "contact",
		    contact_json(rq->ctx, &c));
		request_reply_many(rq, &open);
	}
	reminders_clear(&open);
	contact_clear(&c);
	return ok;
}

bool
method_show(struct request *rq, struct err *err)
{
	if (request_has(rq, "id"))
		return show_reminder(rq, err);
	if (request_has(rq, "who"))
		return show_contact(rq, err);
	return err_param(err, ERR_NOT_UNDERSTOOD, "id",
	    "show what? rapportctl show ID, or rapportctl show WHO");
}
