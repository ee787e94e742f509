/* edit ID …: other words for the same reminder, another zone or rule; for what
 * is numbered with a letter see entry.c. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"
#include "model/names.h"

static const char *const editable[] = {"text", "every", "need", "with",
    "kind", "zone", "urgent", "not_urgent", NULL};

static const char *const not_of_reminders[] = {"note", "by", "on", "mood",
    "direction", "date", "name", "lead", "private", "not_private", NULL};

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

/* It is to recur no more. */
static bool
ends_series(const struct request *rq)
{
	return request_has(rq, "every") &&
	    is_none(request_string(rq, "every"));
}

/* Of a series what has rung stays as it is, and the change begins behind it. */
static bool
stays(const struct request *rq, const struct reminder *r)
{
	bool goes_on = request_has(rq, "every") ? !ends_series(rq) :
	    r->next != 0;

	return goes_on && r->state != STATE_SCHEDULED;
}

/* ---------------------------------------------------------------- zone -- */

/* What is to be done by a time rings on a morning of the user, wherever that
 * time stands. */
static void
ring_at_home(const struct request *rq, struct reminder *r)
{
	struct when by = {.epoch = r->due.epoch, .by = true};

	when_ring_at_home(&by, rq->now, rq->ctx->zone,
	    &rq->ctx->options->hours);
	r->ring = (struct moment){by.ring, r->zone == NULL, by.ring_local};
}

/*
 * Its clock time is to stand in another zone, or to travel: the fields stay,
 * the instants are derived anew.
 */
static bool
edit_zone(struct request *rq, struct reminder *r, struct err *err)
{
	const char *name = request_string(rq, "zone");
	bool by = r->ring.epoch < r->due.epoch;
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
	if (!stays(rq, r)) {
		moment_derive(&r->due, zone == NULL ? rq->ctx->zone : zone);
		moment_derive(&r->ring, zone == NULL ? rq->ctx->zone : zone);
		if (by)
			ring_at_home(rq, r);
	}
	zone_free(zone);
	return true;
}

/* Another instant is a move, and goes where moves go. */
static bool
move_there(struct request *rq, struct reminder *r, struct reminders *edited,
    struct err *err)
{
	if (r->due.epoch <= rq->now)
		return err_param(err, ERR_IMPOSSIBLE, "zone",
		    "in that zone the time has passed");
	if (r->ring.epoch <= rq->now)
		r->ring = r->due;
	return store_reminder_put(rq->ctx->store, r, err) &&
	    schedule_move(rq->ctx->schedule, rq->now, &r->id, 1, &r->due,
	    &r->ring, r->zone, edited, err);
}

/* -------------------------------------------------------------- series -- */

/* The rule that was said, begun at the occurrence at hand or, when that stays,
 * behind it. */
static bool
begin_rule(struct request *rq, struct reminder *r, const struct wall *wall,
    struct series *series, struct err *err)
{
	struct civil slot = wall_slot(r, wall);
	struct every_start start = {
		.from = slot,
		.strictly = stays(rq, r),
		.now = rq->now,
		.clock = begin_clock(&slot),
	};

	if (!begin_from(request_string(rq, "every"), &start, wall->zone,
	    &rq->ctx->options->hours, series, err))
		return false;
	r->clock_said = r->clock_said || series->clock_said;
	request_note_series(rq, series, wall->zone, stays(rq, r), 0);
	return true;
}

static bool
edit_every(struct request *rq, struct reminder *r, struct reminders *edited,
    struct err *err)
{
	bool none = ends_series(rq);
	struct series series;
	struct wall wall;
	bool ok;

	if (!reminder_allows(r, ACT_MOVE, NULL, err) ||
	    !wall_open(rq->ctx, r, &wall, err))
		return false;
	ok = (none || begin_rule(rq, r, &wall, &series, err)) &&
	    store_reminder_put(rq->ctx->store, r, err) &&
	    schedule_recur(rq->ctx->schedule, rq->now, r->id,
	    none ? NULL : &series, none || stays(rq, r), r->zone, edited, err);
	wall_close(&wall);
	return ok;
}

/* The occurrence at hand is all that is left of it. */
static void
take_rule_away(struct reminder *r)
{
	replace(&r->every, NULL);
	r->next = 0;
	r->missed = 0;
}

/* A series that rings or is snoozed goes on there behind this occurrence,
 * which stays where it is. False: nothing comes behind it, or err says. */
static bool
go_on_there(struct request *rq, struct reminder *r, struct reminders *edited,
    struct err *err)
{
	struct series series = {.anchor = r->anchor};
	struct wall wall;
	bool ok = false;

	if (!reminder_rule(r, &series.recur, err) ||
	    !wall_open(rq->ctx, r, &wall, err))
		return false;
	if (recur_next(&series.recur, &r->anchor, wall.zone, &r->slot,
	    rq->now, &series.first) != RRULE_FOUND)
		err_param(err, ERR_IMPOSSIBLE, "zone",
		    "in that zone nothing of the series is left");
	else
		ok = store_reminder_put(rq->ctx->store, r, err) &&
		    schedule_recur(rq->ctx->schedule, rq->now, r->id, &series,
		    true, r->zone, edited, err);
	wall_close(&wall);
	return ok;
}

/* ----------------------------------------------------------------- all -- */

/* Write it back by the way that its changes ask for. */
static bool
carry_out(struct request *rq, struct reminder *r, struct reminders *edited,
    struct err *err)
{
	bool zone = request_has(rq, "zone");

	if (zone && ends_series(rq)) {
		take_rule_away(r);
		return move_there(rq, r, edited, err);
	}
	if (request_has(rq, "every"))
		return edit_every(rq, r, edited, err);
	if (zone && stays(rq, r))
		return go_on_there(rq, r, edited, err);
	if (zone)
		return move_there(rq, r, edited, err);
	return schedule_edit(rq->ctx->schedule, rq->now, r, edited, err);
}

/* As it is now, if that is to change; who says other words leaves it to the
 * clock to catch up. */
static bool
get(struct request *rq, struct reminder *r, struct err *err)
{
	int64_t id = request_int(rq, "id", 0);

	if (request_has(rq, "every") || request_has(rq, "zone"))
		return schedule_get(rq->ctx->schedule, rq->now, id, r, err);
	return store_reminder_get(rq->ctx->store, id, r, err);
}

/* What is there for facts, conversations and dates only. */
static bool
check_not_for_entries(const struct request *rq, struct err *err)
{
	const char *kind = request_string(rq, "kind");
	int i;

	for (i = 0; not_of_reminders[i] != NULL; i++)
		if (request_has(rq, not_of_reminders[i]))
			return err_param(err, ERR_NOT_UNDERSTOOD,
			    not_of_reminders[i], "a reminder has no %s; that "
			    "is for numbers such as f7, i31 or d2",
			    not_of_reminders[i]);
	return kind == NULL || names_index(kind_names, kind) >= 0 ||
	    err_param(err, ERR_NOT_UNDERSTOOD, "kind",
	    "a reminder is a reminder, next-step, check-in, fix, thanks or "
	    "ask; %s is a kind of fact or date", kind);
}

static bool
edit_reminder(struct request *rq, struct err *err)
{
	struct reminder r = {0};
	struct reminders edited = {0};
	bool ok;
	int i;

	if (!check_not_for_entries(rq, err))
		return false;
	for (i = 0; editable[i] != NULL; i++)
		if (request_has(rq, editable[i]))
			break;
	if (editable[i] == NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "edit what? --text, --every, --need, --with, --kind, "
		    "--zone, --urgent or --not-urgent");
	if (request_flag(rq, "urgent") && request_flag(rq, "not_urgent"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "not_urgent",
		    "--urgent or --not-urgent? one of them");
	if (!get(rq, &r, err))
		return false;
	ok = reminder_allows(&r, ACT_EDIT, NULL, err) &&
	    (!request_has(rq, "zone") || edit_zone(rq, &r, err)) &&
	    edit_words(rq, &r, err) && carry_out(rq, &r, &edited, err);
	if (ok) {
		request_sentence(rq, "edited", &edited);
		request_reply_one(rq, &edited.v[0]);
		json_object_set_new(rq->reply, "fact", json_null());
		json_object_set_new(rq->reply, "date", json_null());
		json_object_set_new(rq->reply, "interaction", json_null());
	}
	reminder_clear(&r);
	reminders_clear(&edited);
	return ok;
}

bool
method_edit(struct request *rq, struct err *err)
{
	bool id = request_has(rq, "id"), entry = request_has(rq, "entry");

	if (id && entry)
		return err_param(err, ERR_NOT_UNDERSTOOD, "entry",
		    "edit one at a time");
	if (entry)
		return entry_edit(rq, request_string(rq, "entry"), err);
	if (id)
		return edit_reminder(rq, err);
	return err_param(err, ERR_NOT_UNDERSTOOD, "id",
	    "edit what? rapportctl edit ID …");
}
