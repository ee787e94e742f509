/* Things as JSON, in the shapes that rapportctl(1) documents. */
#include <inttypes.h>
#include <string.h>

#include "methods/methods.h"

json_t *
string_or_null(const char *s)
{
	return s == NULL ? json_null() : json_string(s);
}

json_t *
local_json(const struct context *ctx, int64_t instant)
{
	char text[WHEN_TEXT];

	if (instant == 0 || instant == NEVER)
		return json_null();
	return json_string(when_rfc3339(instant, ctx->zone, text));
}

/* How it recurs: in words, and as a rule of RFC 5545 where it is one. */
static void
set_recurrence(json_t *o, const struct reminder *r)
{
	json_t *every = json_null(), *rule = json_null();
	struct buf words = {0};
	struct recur recur;

	if (r->every != NULL && recur_parse(r->every, &recur, NULL)) {
		every_words(&recur, &r->anchor, &words);
		every = json_string(buf_str(&words));
		if (recur.kind == RECUR_RULE)
			rule = json_string(r->every);
		buf_clear(&words);
	}
	json_object_set_new(o, "every", every);
	json_object_set_new(o, "rrule", rule);
}

json_t *
reminder_json(const struct context *ctx, const struct reminder *r)
{
	json_t *o = json_object(), *with = json_array();
	size_t i;

	for (i = 0; i < r->with_n; i++)
		json_array_append_new(with, json_string(r->with[i]));
	json_object_set_new(o, "id", json_integer(r->id));
	json_object_set_new(o, "text", json_string(r->text));
	json_object_set_new(o, "kind", json_string(kind_names[r->kind]));
	json_object_set_new(o, "state", json_string(state_names[r->state]));
	json_object_set_new(o, "due", json_integer(r->due.epoch));
	json_object_set_new(o, "due_local", local_json(ctx, r->due.epoch));
	json_object_set_new(o, "ring_at", json_integer(r->ring.epoch));
	json_object_set_new(o, "floating", json_boolean(reminder_floating(r)));
	json_object_set_new(o, "zone", string_or_null(r->zone));
	set_recurrence(o, r);
	json_object_set_new(o, "with", with);
	json_object_set_new(o, "need", string_or_null(r->need));
	json_object_set_new(o, "urgent", json_boolean(r->urgent));
	json_object_set_new(o, "created", json_integer(r->created));
	json_object_set_new(o, "done_at",
	    r->done_at == 0 ? json_null() : json_integer(r->done_at));
	json_object_set_new(o, "shown", json_integer(r->shown));
	json_object_set_new(o, "missed", json_integer(r->missed));
	return o;
}

json_t *
reminders_json(const struct context *ctx, const struct reminders *rs)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < rs->n; i++)
		json_array_append_new(a, reminder_json(ctx, &rs->v[i]));
	return a;
}

json_t *
occurrences_json(const struct context *ctx, const struct reminders *rs)
{
	json_t *a = json_array(), *o;
	size_t i;

	for (i = 0; i < rs->n; i++) {
		const struct reminder *r = &rs->v[i];

		o = json_object();
		json_object_set_new(o, "due", json_integer(r->due.epoch));
		json_object_set_new(o, "due_local",
		    local_json(ctx, r->due.epoch));
		json_object_set_new(o, "state",
		    json_string(state_names[r->state]));
		json_object_set_new(o, "done_at", json_integer(r->done_at));
		json_object_set_new(o, "note", string_or_null(r->note));
		json_array_append_new(a, o);
	}
	return a;
}

/* 0 is "not known". */
static json_t *
int_or_null(int64_t n)
{
	return n == 0 ? json_null() : json_integer(n);
}

static json_t *
strings_json(char *const *v, size_t n)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, json_string(v[i]));
	return a;
}

/* Of an enumeration that begins at 1: 0 is "not said". */
static json_t *
said_or_null(const char *const *names, int value)
{
	return value == 0 ? json_null() : json_string(names[value - 1]);
}

json_t *
contact_json(const struct context *ctx, const struct contact *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "handle", json_string(c->handle));
	json_object_set_new(o, "name", json_string(c->name));
	json_object_set_new(o, "created", json_integer(c->created));
	json_object_set_new(o, "org", string_or_null(c->org));
	json_object_set_new(o, "circle", string_or_null(c->circle));
	json_object_set_new(o, "keep_up", int_or_null(c->cadence));
	json_object_set_new(o, "cadence",
	    int_or_null(contact_cadence(ctx->options, c)));
	json_object_set_new(o, "zone", string_or_null(c->zone));
	json_object_set_new(o, "stage", json_string(stage_names[c->stage]));
	json_object_set_new(o, "status",
	    json_string(contact_status_names[c->status]));
	json_object_set_new(o, "paused_until",
	    string_or_null(c->paused_until));
	json_object_set_new(o, "introduced_by",
	    string_or_null(c->introduced_by));
	json_object_set_new(o, "introduced_at",
	    int_or_null(c->introduced_at));
	json_object_set_new(o, "met", string_or_null(c->met));
	json_object_set_new(o, "last_at", int_or_null(c->last_at));
	json_object_set_new(o, "last_local", local_json(ctx, c->last_at));
	return o;
}

json_t *
addresses_json(const struct addresses *as)
{
	json_t *a = json_array(), *o;
	size_t i;

	for (i = 0; i < as->n; i++) {
		o = json_object();
		json_object_set_new(o, "kind",
		    json_string(address_names[as->v[i].kind]));
		json_object_set_new(o, "value", json_string(as->v[i].value));
		json_array_append_new(a, o);
	}
	return a;
}

json_t *
fact_json(const struct fact *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "number",
	    json_sprintf("f%" PRId64, f->id));
	json_object_set_new(o, "kind",
	    json_string(fact_kind_names[f->kind]));
	json_object_set_new(o, "text", json_string(f->text));
	json_object_set_new(o, "private", json_boolean(f->is_private));
	json_object_set_new(o, "created", json_integer(f->created));
	return o;
}

json_t *
facts_json(const struct facts *fs)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < fs->n; i++)
		json_array_append_new(a, fact_json(&fs->v[i]));
	return a;
}

json_t *
date_json(const struct request *rq, const struct date *d)
{
	struct civil today = people_today(rq), next;
	bool comes = date_next(d, &today, &next);
	json_t *o = json_object();

	json_object_set_new(o, "number",
	    json_sprintf("d%" PRId64, d->id));
	json_object_set_new(o, "kind",
	    json_string(date_kind_names[d->kind]));
	json_object_set_new(o, "name", string_or_null(d->name));
	json_object_set_new(o, "year", int_or_null(d->year));
	json_object_set_new(o, "month", json_integer(d->month));
	json_object_set_new(o, "day", json_integer(d->day));
	json_object_set_new(o, "lead", json_integer(d->lead));
	json_object_set_new(o, "next", !comes ? json_null() :
	    json_sprintf("%04d-%02d-%02d", next.year, next.month, next.day));
	json_object_set_new(o, "in_days", !comes ? json_null() :
	    json_integer(civil_days(&next) - civil_days(&today)));
	json_object_set_new(o, "age",
	    !comes ? json_null() : int_or_null(date_age(d, &next)));
	return o;
}

json_t *
dates_json(const struct request *rq, const struct dates *ds)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < ds->n; i++)
		json_array_append_new(a, date_json(rq, &ds->v[i]));
	return a;
}

json_t *
interaction_json(const struct context *ctx, const struct interaction *i)
{
	json_t *o = json_object();

	json_object_set_new(o, "number",
	    json_sprintf("i%" PRId64, i->id));
	json_object_set_new(o, "at", json_integer(i->at));
	json_object_set_new(o, "at_local", local_json(ctx, i->at));
	json_object_set_new(o, "channel",
	    said_or_null(channel_names, i->channel));
	json_object_set_new(o, "direction",
	    said_or_null(direction_names, i->direction));
	json_object_set_new(o, "mood", said_or_null(mood_names, i->mood));
	json_object_set_new(o, "note", string_or_null(i->note));
	json_object_set_new(o, "reminder", int_or_null(i->reminder));
	json_object_set_new(o, "with", strings_json(i->with, i->with_n));
	return o;
}

json_t *
interactions_json(const struct context *ctx, const struct interactions *is)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < is->n; i++)
		json_array_append_new(a, interaction_json(ctx, &is->v[i]));
	return a;
}

json_t *
split_json(const char *list)
{
	json_t *a = json_array();

	while (list != NULL && *list != '\0') {
		size_t n = strcspn(list, ",");

		if (n > 0)
			json_array_append_new(a, json_stringn(list, n));
		list += n + (list[n] == ',');
	}
	return a;
}

json_t *
desktop_json(const struct desktop *d)
{
	json_t *o = json_object();

	json_object_set_new(o, "available", json_boolean(d->up));
	json_object_set_new(o, "why",
	    d->up ? json_null() : string_or_null(d->why));
	json_object_set_new(o, "server", string_or_null(d->server));
	json_object_set_new(o, "capabilities", split_json(d->capabilities));
	return o;
}
