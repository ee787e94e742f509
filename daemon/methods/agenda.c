/* today, week and list: reminders in the order in which they ring. */
#include "methods/methods.h"

/* The last second of the local day that lies days after the one of now. */
static int64_t
end_of_day(const struct context *ctx, int64_t now, int days)
{
	struct civil c = civil_add_days(zone_civil(ctx->zone, now), days);

	c.hour = 23;
	c.minute = c.second = 59;
	return zone_instant(ctx->zone, &c, NULL);
}

static bool
reply_matching(struct request *rq, const struct store_filter *f,
    struct err *err)
{
	struct reminders found = {0};

	if (!store_reminders(rq->ctx->store, f, &found, err)) {
		reminders_clear(&found);
		return false;
	}
	request_reply_many(rq, &found);
	return true;
}

/* What is open until the end of a day, and what comes next at all. What rings
 * has its moment behind it, so it comes first. */
static bool
agenda(struct request *rq, int days, struct err *err)
{
	struct store_filter f = {
		.open = true,
		.until = end_of_day(rq->ctx, rq->now, days),
	};
	struct reminder next = {0};
	bool found;

	if (!reply_matching(rq, &f, err) ||
	    !store_next_ring(rq->ctx->store, &next, &found, err))
		return false;
	json_object_set_new(rq->reply, "next",
	    found ? reminder_json(rq->ctx, &next) : json_null());
	reminder_clear(&next);
	return true;
}

bool
method_today(struct request *rq, struct err *err)
{
	return agenda(rq, 0, err);
}

bool
method_week(struct request *rq, struct err *err)
{
	return agenda(rq, 6, err);
}

bool
method_list(struct request *rq, struct err *err)
{
	bool done = request_flag(rq, "done");
	struct store_filter f = {
		.open = !done,
		.done = done || request_flag(rq, "all"),
		.until = NEVER,
		.limit = request_int(rq, "limit", 0),
		.newest_first = done,
	};
	struct contact who = {0};
	struct when until;
	bool ok;

	if (done && request_flag(rq, "all"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "all",
		    "--all lists what is open too, --done only what is done: "
		    "give one of them");
	if (request_has(rq, "until")) {
		if (!request_when(rq, "until", NULL, WHEN_UNTIL, &until, err))
			return false;
		f.until = until.epoch;
	}
	if (request_has(rq, "with")) {
		if (!store_contact_find(rq->ctx->store,
		    request_string(rq, "with"), &who, err))
			return false;
		f.with = who.handle;
	}
	ok = reply_matching(rq, &f, err);
	contact_clear(&who);
	return ok;
}
