/* show ID|WHO: all about one reminder, or about one contact. */
#include "methods/methods.h"

static bool
show_reminder(struct request *rq, struct err *err)
{
	struct reminder r = {0};

	if (!store_reminder_get(rq->ctx->store, request_int(rq, "id", 0), &r,
	    err))
		return false;
	request_reply_one(rq, &r);
	json_object_set_new(rq->reply, "note",
	    r.note == NULL ? json_null() : json_string(r.note));
	json_object_set_new(rq->reply, "contact", json_null());
	json_object_set_new(rq->reply, "reminders", json_array());
	reminder_clear(&r);
	return true;
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
