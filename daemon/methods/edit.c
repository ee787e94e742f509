/* edit ID …: other words for the same reminder. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"
#include "model/names.h"

static const char *const editable[] = {"text", "need", "with", "kind",
    "zone", "urgent", "not_urgent", NULL};

static bool
is_none(const char *value)
{
	return value[0] == '\0' || strcmp(value, "none") == 0;
}

static void
replace(char **field, const char *value)
{
	free(*field);
	*field = mem_dup(value);
}

static bool
edit_words(struct request *rq, struct reminder *r, struct err *err)
{
	const char *text = request_string(rq, "text");
	const char *need = request_string(rq, "need");
	const char *kind = request_string(rq, "kind");

	if (text != NULL) {
		if (!text_valid(text, strlen(text), "text", err))
			return false;
		replace(&r->text, text);
	}
	if (need != NULL && !is_none(need)) {
		if (!text_valid(need, strlen(need), "need", err))
			return false;
		replace(&r->need, need);
	} else if (need != NULL)
		replace(&r->need, NULL);
	if (kind != NULL)
		r->kind = (enum reminder_kind)names_index(kind_names, kind);
	if (request_flag(rq, "urgent"))
		r->urgent = true;
	if (request_flag(rq, "not_urgent"))
		r->urgent = false;
	if (request_has(rq, "with") && !request_with(rq, r, err))
		return false;
	return text == NULL || request_mentions(rq, r, err);
}

/* The same clock time, on the wall of another zone. */
static void
stand_in(const struct zone *zone, struct moment *m)
{
	if (m->wall)
		m->epoch = zone_instant(zone, &m->local, NULL);
}

/*
 * Its clock time is to stand in another zone, or to travel: the fields stay,
 * the instants are derived anew.
 */
static bool
edit_zone(struct request *rq, struct reminder *r, struct err *err)
{
	const char *name = request_string(rq, "zone");
	struct zone *zone = NULL;

	if (!reminder_allows(r, ACT_MOVE, NULL, err))
		return false;
	if (!r->due.wall)
		return err_param(err, ERR_IMPOSSIBLE, "zone",
		    "its time was given as a span, not by a clock: it has no "
		    "zone to change");
	if (!is_none(name)) {
		zone = request_zone(rq, "zone", err);
		if (zone == NULL)
			return false;
	}
	replace(&r->zone, zone == NULL ? NULL : zone_name(zone));
	stand_in(zone == NULL ? rq->ctx->zone : zone, &r->due);
	stand_in(zone == NULL ? rq->ctx->zone : zone, &r->ring);
	zone_free(zone);
	if (r->due.epoch <= rq->now)
		return err_param(err, ERR_IMPOSSIBLE, "zone",
		    "in that zone the time has passed");
	if (r->ring.epoch <= rq->now)
		r->ring = r->due;
	return true;
}

bool
method_edit(struct request *rq, struct err *err)
{
	bool zone = request_has(rq, "zone"), ok = false;
	struct reminder r = {0};
	struct reminders edited = {0};
	int i;

	for (i = 0; editable[i] != NULL; i++)
		if (request_has(rq, editable[i]))
			break;
	if (editable[i] == NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "edit what? --text, --need, --with, --kind, --zone, "
		    "--urgent or --not-urgent");
	if (request_flag(rq, "urgent") && request_flag(rq, "not_urgent"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "not_urgent",
		    "--urgent or --not-urgent? one of them");
	if (!store_reminder_get(rq->ctx->store, request_int(rq, "id", 0), &r,
	    err))
		return false;
	if (!reminder_allows(&r, ACT_EDIT, NULL, err) ||
	    (zone && !edit_zone(rq, &r, err)) ||
	    !edit_words(rq, &r, err))
		goto out;
	/* Another instant is a move, and goes where moves go. */
	if (zone)
		ok = store_reminder_put(rq->ctx->store, &r, err) &&
		    schedule_move(rq->ctx->schedule, rq->now, &r.id, 1,
		    &r.due, &r.ring, r.zone, &edited, err);
	else
		ok = schedule_edit(rq->ctx->schedule, rq->now, &r, &edited,
		    err);
	if (!ok)
		goto out;
	request_sentence(rq, "edited", &edited);
	request_reply_one(rq, &edited.v[0]);
out:
	reminder_clear(&r);
	reminders_clear(&edited);
	return ok;
}
