/* add TEXT WHEN…: store a reminder. */
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"
#include "model/names.h"

/* What the person said, but for the time. */
static bool
words(struct request *rq, struct reminder *r, struct err *err)
{
	const char *text = request_string(rq, "text");
	const char *need = request_string(rq, "need");
	const char *kind = request_string(rq, "kind");

	if (!text_valid(text, strlen(text), "text", err))
		return false;
	if (need != NULL && !text_valid(need, strlen(need), "need", err))
		return false;
	r->text = mem_dup(text);
	r->need = mem_dup(need);
	r->urgent = request_flag(rq, "urgent");
	if (kind != NULL)
		r->kind = (enum reminder_kind)names_index(kind_names, kind);
	return request_with(rq, r, err) && request_mentions(rq, r, err);
}

/* It recurs: due is its first occurrence. */
static bool
recurring(struct request *rq, const struct zone *zone, struct reminder *r,
    struct err *err)
{
	struct buf rule = {0};
	struct series series;

	if (!request_series(rq, zone, &series, err))
		return false;
	r->clock_said = series.clock_said;
	recur_format(&series.recur, &rule);
	r->every = buf_take(&rule);
	r->anchor = series.anchor;
	r->slot = series.first.slot;
	r->due = (struct moment){series.first.epoch, true, series.first.slot};
	r->ring = r->due;
	request_note_series(rq, &series, zone == NULL ? rq->ctx->zone : zone,
	    false, 0);
	return true;
}

/* When it is due and rings. */
static bool
timing(struct request *rq, const struct zone *zone, struct reminder *r,
    struct err *err)
{
	struct when when;

	if (request_has(rq, "every"))
		return recurring(rq, zone, r, err);
	if (!request_has(rq, "when"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "add needs a time, such as: tomorrow 9am, fri 14:00, in "
		    "2h; or --every RULE");
	if (!request_when(rq, "when", zone, 0, &when, err))
		return false;
	moments_of(&when, zone, &r->due, &r->ring);
	r->clock_said = when.clock_said;
	return true;
}

bool
method_add(struct request *rq, struct err *err)
{
	struct zone *zone = NULL;
	struct reminder r = {0};
	struct reminders added = {0};
	bool ok = false;

	/* Whose clock it is depends on whom it is with. */
	if (!words(rq, &r, err) || !request_wall(rq, &r, &zone, err) ||
	    !timing(rq, zone, &r, err))
		goto out;
	/* A zone says where a clock hangs; "in 3h" needs no clock. */
	if (zone != NULL && r.due.wall)
		r.zone = mem_dup(zone_name(zone));
	if (!schedule_add(rq->ctx->schedule, rq->now, &r, err))
		goto out;
	request_reply_one(rq, &r);
	reminders_take(&added, &r);
	request_sentence(rq, "added", &added);
	ok = true;
out:
	reminder_clear(&r);
	reminders_clear(&added);
	zone_free(zone);
	return ok;
}
