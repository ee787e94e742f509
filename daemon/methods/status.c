/* status [--test]: how rapport is doing. */
#include <stdlib.h>

#include "base/mem.h"
#include "methods/methods.h"

enum {
	PROBE_SECONDS = 1,	/* a healthy server answers in milliseconds */
	TEST_SECONDS = 10,
};

static bool
fill(struct context *ctx, int64_t now, json_t *reply, struct err *err)
{
	struct store_counts n;
	struct reminder next = {0};
	bool found;
	int64_t quiet = schedule_quiet_until(ctx->schedule, now);

	if (!store_count(ctx->store, &n, err) ||
	    !store_next_ring(ctx->store, &next, &found, err))
		return false;
	json_object_set_new(reply, "scheduled", json_integer(n.scheduled));
	json_object_set_new(reply, "ringing", json_integer(n.ringing));
	json_object_set_new(reply, "snoozed", json_integer(n.snoozed));
	json_object_set_new(reply, "overdue", json_integer(n.overdue));
	json_object_set_new(reply, "next",
	    found ? reminder_json(ctx, &next) : json_null());
	json_object_set_new(reply, "popups", desktop_json(&ctx->desktop));
	json_object_set_new(reply, "quiet_until",
	    quiet == 0 ? json_null() : json_integer(quiet));
	json_object_set_new(reply, "quiet_until_local",
	    local_json(ctx, quiet));
	json_object_set_new(reply, "database", json_string(ctx->database));
	json_object_set_new(reply, "version", json_string(RAPPORT_VERSION));
	reminder_clear(&next);
	return true;
}

bool
method_status(struct request *rq, struct err *err)
{
	struct context *ctx = rq->ctx;

	bool live = ctx->desktop_live(ctx->arg);

	/* A server that is known to be away shows no test either. */
	if (request_flag(rq, "test") && !(live && !ctx->desktop.up)) {
		waiting_add(&ctx->testing, rq->call);
		rq->later = true;
		schedule_test(ctx->schedule);
		ctx->hurry(ctx->arg, TEST_SECONDS);
		return true;
	}
	if (live)
		return fill(ctx, rq->now, rq->reply, err);
	/* The notifier sleeps, so nobody knows: wake it and ask. */
	waiting_add(&ctx->probing, rq->call);
	rq->later = true;
	ctx->probe(ctx->arg);
	ctx->hurry(ctx->arg, PROBE_SECONDS);
	return true;
}

static void
answer(struct context *ctx, struct waiting_calls *w, int64_t now)
{
	while (w->n > 0) {
		struct call *c = w->v[--w->n];
		json_t *reply = json_object();
		struct err err = {0};

		if (fill(ctx, now, reply, &err))
			call_reply(c, reply, true, false);
		else {
			json_decref(reply);
			call_fail(c, &err);
		}
	}
}

void
methods_desktop(struct context *ctx, int64_t now)
{
	answer(ctx, &ctx->probing, now);
}

static void
unavailable(struct desktop *d, const char *why)
{
	free(d->why);
	d->why = mem_dup(why);
	d->up = false;
}

void
methods_tested(struct context *ctx, int64_t now, bool shown, const char *why)
{
	struct desktop before = ctx->desktop;

	if (ctx->testing.n == 0)
		return;
	/* A server that is there but does not show is not available. */
	if (!shown) {
		ctx->desktop.why = NULL;
		unavailable(&ctx->desktop, why);
	}
	answer(ctx, &ctx->testing, now);
	if (!shown) {
		free(ctx->desktop.why);
		ctx->desktop = before;
	}
}

void
methods_hurry(struct context *ctx, int64_t now)
{
	if (ctx->probing.n > 0) {
		if (!ctx->desktop.up && ctx->desktop.why == NULL)
			unavailable(&ctx->desktop,
			    "the notification server does not answer");
		answer(ctx, &ctx->probing, now);
	}
	methods_tested(ctx, now, false,
	    ctx->desktop.why != NULL && !ctx->desktop.up ? ctx->desktop.why :
	    "the notification server does not answer");
}
