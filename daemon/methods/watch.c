/* watch: what happens, as it happens. */
#include "methods/methods.h"

bool
method_watch(struct request *rq, struct err *err)
{
	(void)err;
	waiting_add(&rq->ctx->watchers, rq->call);
	rq->later = true;
	return true;
}

void
methods_event(struct context *ctx, enum schedule_event ev, int64_t now,
    int64_t id, const struct reminder *r)
{
	json_t *o;
	size_t i;

	if (ctx->watchers.n == 0)
		return;
	o = json_object();
	json_object_set_new(o, "event", json_string(event_names[ev]));
	json_object_set_new(o, "at", json_integer(now));
	json_object_set_new(o, "id", id == 0 ? json_null() : json_integer(id));
	json_object_set_new(o, "reminder",
	    r == NULL ? json_null() : reminder_json(ctx, r));
	for (i = 0; i < ctx->watchers.n; i++)
		call_reply(ctx->watchers.v[i], json_incref(o), true, true);
	json_decref(o);
}
