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

bool
method_add(struct request *rq, struct err *err)
{
	struct zone *zone = NULL;
	struct reminder r = {0};
	struct reminders added = {0};
	struct when when;
	bool ok = false;

	if (request_has(rq, "zone") &&
	    (zone = request_zone(rq, "zone", err)) == NULL)
		goto out;
	if (!request_when(rq, "when", zone, 0, &when, err) ||
	    !words(rq, &r, err))
		goto out;
	moments_of(&when, &r.due, &r.ring);
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
