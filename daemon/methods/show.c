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
	json_object_set_new(rq->reply, "reminders", json_array());
	reminder_clear(&r);
	return ok;
}

static bool
show_contact(struct request *rq, struct err *err)
{
	struct store_filter f = {.open = true, .until = NEVER};
	struct reminders found = {0};
	struct contact c = {0};
	bool ok;

	if (!store_contact_find(rq->ctx->store, request_string(rq, "who"), &c,
	    err))
		return false;
	f.with = c.handle;
	ok = store_reminders(rq->ctx->store, &f, &found, err);
	if (ok) {
		json_object_set_new(rq->reply, "reminder", json_null());
		json_object_set_new(rq->reply, "note", json_null());
		json_object_set_new(rq->reply, "upcoming", json_array());
		json_object_set_new(rq->reply, "history", json_array());
		json_object_set_new(rq->reply, "contact", contact_json(&c));
		request_reply_many(rq, &found);
	}
	reminders_clear(&found);
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
