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
	const char *held = schedule_held(ctx->schedule), *trouble;

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
	json_object_set_new(reply, "held",
	    held == NULL ? json_null() : json_string(held));
	json_object_set_new(reply, "zone",
	    json_string(zone_name(ctx->zone)));
	json_object_set_new(reply, "config_error",
	    *ctx->config_error == NULL ? json_null() :
	    json_string(*ctx->config_error));
	trouble = store_trouble(ctx->store);
	json_object_set_new(reply, "storage_error",
	    trouble == NULL ? json_null() : json_string(trouble));
	json_object_set_new(reply, "database", json_string(ctx->database));
	json_object_set_new(reply, "version", json_string(RAPPORT_VERSION));
	reminder_clear(&next);
	return true;
}

bool
method_status(struct request *rq, struct err *err)
{
	struct context *ctx = rq->ctx;
	bool test = request_flag(rq, "test");

	if (request_flag(rq, "quick") && !test)
		return fill(ctx, rq->now, rq->reply, err);
	rq->later = true;
	/* Whoever waits already keeps the end of his wait: a second question
	 * must not put off the answer to the first. */
	if (test) {
		waiting_add(&ctx->testing, rq->call);
		ctx->testing_until = rq->now + TEST_SECONDS;
		schedule_test(ctx->schedule);
		if (ctx->probing.n == 0)
			ctx->hurry(ctx->arg, TEST_SECONDS);
	} else {
		waiting_add(&ctx->probing, rq->call);
		if (ctx->probing.n == 1)
			ctx->hurry(ctx->arg, PROBE_SECONDS);
	}
	/* What was known may hold no more: the notifier sleeps, or the server
	 * hangs since. */
	ctx->probe(ctx->arg);
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

/* A server that is there but does not show is not available: say so in these
 * answers. Why it is down, when it is known to be, says more than why. */
static void
answer_unavailable(struct context *ctx, struct waiting_calls *w, int64_t now,
    const char *why)
{
	struct desktop known = ctx->desktop;

	if (w->n == 0)
		return;
	if (known.up || known.why == NULL)
		ctx->desktop.why = mem_dup(why);
	ctx->desktop.up = false;
	answer(ctx, w, now);
	if (ctx->desktop.why != known.why)
		free(ctx->desktop.why);
	ctx->desktop = known;
}

void
methods_tested(struct context *ctx, int64_t now, bool shown, const char *why)
{
	if (shown)
		answer(ctx, &ctx->testing, now);
	else
		answer_unavailable(ctx, &ctx->testing, now, why);
}

void
methods_hurry(struct context *ctx, int64_t now)
{
	static const char why[] = "the notification server does not answer";

	answer_unavailable(ctx, &ctx->probing, now, why);
	if (ctx->testing.n > 0 && now < ctx->testing_until)
		ctx->hurry(ctx->arg, (int)(ctx->testing_until - now));
	else
		answer_unavailable(ctx, &ctx->testing, now, why);
}
