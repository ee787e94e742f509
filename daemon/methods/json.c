/* Things as JSON, in the shapes that rapportctl(1) documents. */
#include <string.h>

#include "methods/methods.h"

static json_t *
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

json_t *
contact_json(const struct contact *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "handle", json_string(c->handle));
	json_object_set_new(o, "name", json_string(c->name));
	json_object_set_new(o, "created", json_integer(c->created));
	return o;
}

/* "a,b,c" as an array. */
static json_t *
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
