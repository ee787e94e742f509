/* Records: see record.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "methods/record.h"
#include "model/names.h"
#include "time/recur.h"

/* Later than any moment that is meant (the year 9999). */
#define INSTANT_MAX INT64_C(253402300799)

void
person_record_clear(struct person_record *p)
{
	contact_clear(&p->contact);
	addresses_clear(&p->addresses);
	facts_clear(&p->facts);
	dates_clear(&p->dates);
}

void
reminder_record_clear(struct reminder_record *r)
{
	reminder_clear(&r->reminder);
	reminders_clear(&r->history);
}

/* -------------------------------------------------------------- writing --- */
/* What is not known is left out: most of it is not known of most people. */

static void
put_text(json_t *o, const char *key, const char *value)
{
	if (value != NULL)
		json_object_set_new(o, key, json_string(value));
}

static void
put_int(json_t *o, const char *key, int64_t value)
{
	if (value != 0)
		json_object_set_new(o, key, json_integer(value));
}

static void
put_flag(json_t *o, const char *key, bool value)
{
	if (value)
		json_object_set_new(o, key, json_true());
}

static void
put_wall(json_t *o, const char *key, const struct civil *c)
{
	char text[CIVIL_TEXT];

	json_object_set_new(o, key, json_string(civil_format(c, text)));
}

static void
put_with(json_t *o, char *const *with, size_t n)
{
	json_t *a;
	size_t i;

	if (n == 0)
		return;
	a = json_array();
	for (i = 0; i < n; i++)
		json_array_append_new(a, json_string(with[i]));
	json_object_set_new(o, "with", a);
}

static void
put_facts(json_t *o, const struct facts *fs)
{
	json_t *all = json_array(), *one;
	size_t i;

	for (i = 0; i < fs->n; i++) {
		one = json_object();
		put_text(one, "kind", fact_kind_names[fs->v[i].kind]);
		put_text(one, "text", fs->v[i].text);
		put_flag(one, "private", fs->v[i].is_private);
		put_int(one, "created", fs->v[i].created);
		json_array_append_new(all, one);
	}
	json_object_set_new(o, "facts", all);
}

static void
put_dates(json_t *o, const struct dates *ds)
{
	json_t *all = json_array(), *one;
	size_t i;

	for (i = 0; i < ds->n; i++) {
		const struct date *d = &ds->v[i];

		one = json_object();
		put_text(one, "kind", date_kind_names[d->kind]);
		put_text(one, "name", d->name);
		put_int(one, "year", d->year);
		put_int(one, "month", d->month);
		put_int(one, "day", d->day);
		put_int(one, "lead", d->lead);
		put_int(one, "created", d->created);
		json_array_append_new(all, one);
	}
	json_object_set_new(o, "dates", all);
}

json_t *
record_person(const struct person_record *p)
{
	const struct contact *c = &p->contact;
	json_t *o = json_object();

	put_text(o, "handle", c->handle);
	put_text(o, "name", c->name);
	put_int(o, "created", c->created);
	put_text(o, "org", c->org);
	put_text(o, "circle", c->circle);
	put_int(o, "keep_up", c->cadence);
	put_text(o, "zone", c->zone);
	put_text(o, "stage", stage_names[c->stage]);
	put_text(o, "status", contact_status_names[c->status]);
	put_text(o, "paused_until", c->paused_until);
	put_text(o, "introduced_by", c->introduced_by);
	put_int(o, "introduced_at", c->introduced_at);
	put_text(o, "met", c->met);
	put_text(o, "uid", c->uid);
	json_object_set_new(o, "addresses", addresses_json(&p->addresses));
	put_facts(o, &p->facts);
	put_dates(o, &p->dates);
	return o;
}

static void
put_moment(json_t *o, const char *epoch, const char *wall,
    const struct moment *m)
{
	put_int(o, epoch, m->epoch);
	if (m->wall)
		put_wall(o, wall, &m->local);
}

static void
put_history(json_t *o, const struct reminders *rs)
{
	json_t *all, *one;
	size_t i;

	if (rs->n == 0)
		return;
	all = json_array();
	for (i = 0; i < rs->n; i++) {
		one = json_object();
		put_moment(one, "due", "due_wall", &rs->v[i].due);
		put_text(one, "state", state_names[rs->v[i].state]);
		put_int(one, "done_at", rs->v[i].done_at);
		put_text(one, "note", rs->v[i].note);
		json_array_append_new(all, one);
	}
	json_object_set_new(o, "history", all);
}

json_t *
record_reminder(const struct reminder_record *record)
{
	const struct reminder *r = &record->reminder;
	json_t *o = json_object();

	put_int(o, "id", r->id);
	put_text(o, "text", r->text);
	put_text(o, "need", r->need);
	put_text(o, "kind", kind_names[r->kind]);
	put_text(o, "state", state_names[r->state]);
	put_flag(o, "urgent", r->urgent);
	put_moment(o, "due", "due_wall", &r->due);
	put_moment(o, "ring_at", "ring_wall", &r->ring);
	put_text(o, "zone", r->zone);
	put_flag(o, "clock_said", r->clock_said);
	put_with(o, r->with, r->with_n);
	if (r->every != NULL) {
		put_text(o, "every", r->every);
		put_wall(o, "anchor", &r->anchor);
		put_wall(o, "slot", &r->slot);
		put_int(o, "next", r->next);
	}
	put_int(o, "created", r->created);
	put_int(o, "done_at", r->done_at);
	put_text(o, "note", r->note);
	put_int(o, "shown", r->shown);
	put_int(o, "missed", r->missed);
	put_history(o, &record->history);
	return o;
}

json_t *
record_interaction(const struct interaction *i)
{
	json_t *o = json_object();

	put_int(o, "id", i->id);
	json_object_set_new(o, "at", json_integer(i->at));
	if (i->channel != CHANNEL_UNSAID)
		put_text(o, "channel", channel_names[i->channel - 1]);
	if (i->direction != DIRECTION_UNSAID)
		put_text(o, "direction", direction_names[i->direction - 1]);
	if (i->mood != MOOD_UNSAID)
		put_text(o, "mood", mood_names[i->mood - 1]);
	put_text(o, "note", i->note);
	put_int(o, "reminder", i->reminder);
	put_with(o, i->with, i->with_n);
	return o;
}

/* -------------------------------------------------------------- reading --- */

static bool
wrong(const char *key, struct err *err)
{
	return err_param(err, ERR_NOT_UNDERSTOOD, "items",
	    "its %s is not understood", key);
}

/* A text or nothing. */
static bool
get_text(const json_t *o, const char *key, char **out, struct err *err)
{
	const json_t *v = json_object_get(o, key);
	const char *text = json_string_value(v);

	if (v == NULL || json_is_null(v))
		return true;
	if (text == NULL)
		return wrong(key, err);
	if (!text_valid(text, json_string_length(v), key, err))
		return false;
	*out = mem_dup(text);
	return true;
}

static bool
get_int(const json_t *o, const char *key, int64_t least, int64_t most,
    int64_t *out, struct err *err)
{
	const json_t *v = json_object_get(o, key);
	int64_t n = json_integer_value(v);

	if (v == NULL || json_is_null(v))
		return true;
	if (!json_is_integer(v) || n < least || n > most)
		return wrong(key, err);
	*out = n;
	return true;
}

static bool
get_small(const json_t *o, const char *key, int most, int *out,
    struct err *err)
{
	int64_t n = *out;

	if (!get_int(o, key, 0, most, &n, err))
		return false;
	*out = (int)n;
	return true;
}

static bool
get_flag(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

/* The index of a word among the names; *out stays when there is none. */
static bool
get_name(const json_t *o, const char *key, const char *const *names,
    int *out, struct err *err)
{
	const json_t *v = json_object_get(o, key);
	int i;

	if (v == NULL || json_is_null(v))
		return true;
	i = json_is_string(v) ? names_index(names, json_string_value(v)) : -1;
	if (i < 0)
		return wrong(key, err);
	*out = i;
	return true;
}

static bool
get_wall(const json_t *o, const char *key, struct civil *out, bool *there,
    struct err *err)
{
	const json_t *v = json_object_get(o, key);

	*there = v != NULL && !json_is_null(v);
	if (!*there || (json_is_string(v) &&
	    civil_parse(json_string_value(v), out)))
		return true;
	return wrong(key, err);
}

static bool
get_with(const json_t *o, char ***with, size_t *n, struct err *err)
{
	const json_t *all = json_object_get(o, "with"), *one;
	size_t i;

	if (all == NULL || json_is_null(all))
		return true;
	if (!json_is_array(all))
		return wrong("with", err);
	*with = mem_new(json_array_size(all) + 1, sizeof **with);
	json_array_foreach(all, i, one) {
		if (!json_is_string(one) ||
		    !handle_valid(json_string_value(one), "with", err))
			return wrong("with", err);
		(*with)[(*n)++] = mem_dup(json_string_value(one));
	}
	return true;
}

/* A list of objects under a key, each read by a function. */
static bool
get_list(const json_t *o, const char *key,
    bool (*read)(const json_t *one, void *to, struct err *err), void *to,
    struct err *err)
{
	const json_t *all = json_object_get(o, key), *one;
	size_t i;

	if (all == NULL || json_is_null(all))
		return true;
	if (!json_is_array(all))
		return wrong(key, err);
	json_array_foreach(all, i, one) {
		if (!json_is_object(one))
			return wrong(key, err);
		if (!read(one, to, err))
			return false;
	}
	return true;
}

static bool
read_address(const json_t *o, void *to, struct err *err)
{
	struct address a = {.value = NULL};
	int kind = -1;

	if (!get_name(o, "kind", address_names, &kind, err) ||
	    !get_text(o, "value", &a.value, err))
		return false;
	if (kind < 0 || a.value == NULL) {
		free(a.value);
		return wrong("address", err);
	}
	a.kind = kind;
	addresses_take(to, &a);
	return true;
}

static bool
read_fact(const json_t *o, void *to, struct err *err)
{
	struct fact f = {0};
	int kind = FACT_OTHER;

	if (!get_name(o, "kind", fact_kind_names, &kind, err) ||
	    !get_int(o, "created", 0, INSTANT_MAX, &f.created, err) ||
	    !get_text(o, "text", &f.text, err))
		return false;
	if (f.text == NULL)
		return wrong("fact", err);
	f.kind = (enum fact_kind)kind;
	f.is_private = get_flag(o, "private");
	facts_take(to, &f);
	return true;
}

static bool
day_exists(const struct date *d)
{
	return d->month >= 1 && d->month <= 12 && d->day >= 1 &&
	    d->day <= civil_month_days(d->year == 0 ? 2000 : d->year,
	    d->month);
}

static bool
read_date(const json_t *o, void *to, struct err *err)
{
	struct date d = {0};
	int kind = -1;

	if (!get_name(o, "kind", date_kind_names, &kind, err) ||
	    !get_small(o, "year", 9999, &d.year, err) ||
	    !get_small(o, "month", 12, &d.month, err) ||
	    !get_small(o, "day", 31, &d.day, err) ||
	    !get_small(o, "lead", DATE_LEAD_MAX, &d.lead, err) ||
	    !get_int(o, "created", 0, INSTANT_MAX, &d.created, err))
		return false;
	if (kind < 0 || !day_exists(&d))
		return wrong("date", err);
	if (!get_text(o, "name", &d.name, err))
		return false;
	d.kind = (enum date_kind)kind;
	dates_take(to, &d);
	return true;
}

/* "2027-01-10" */
static bool
get_day(const json_t *o, const char *key, char **out, struct err *err)
{
	struct civil day;
	struct buf b = {0};
	bool ok;

	if (!get_text(o, key, out, err) || *out == NULL)
		return *out == NULL;
	buf_addf(&b, "%sT00:00:00", *out);
	ok = civil_parse(buf_str(&b), &day) || wrong(key, err);
	buf_clear(&b);
	return ok;
}

bool
record_read_person(const json_t *o, struct person_record *out,
    struct err *err)
{
	struct contact *c = &out->contact;
	int stage = STAGE_COMFORT, status = CONTACT_ACTIVE;

	*out = (struct person_record){0};
	if (!get_text(o, "handle", &c->handle, err) ||
	    !get_text(o, "name", &c->name, err) ||
	    !get_int(o, "created", 0, INSTANT_MAX, &c->created, err) ||
	    !get_text(o, "org", &c->org, err) ||
	    !get_text(o, "circle", &c->circle, err) ||
	    !get_small(o, "keep_up", 3650, &c->cadence, err) ||
	    !get_text(o, "zone", &c->zone, err) ||
	    !get_name(o, "stage", stage_names, &stage, err) ||
	    !get_name(o, "status", contact_status_names, &status, err) ||
	    !get_day(o, "paused_until", &c->paused_until, err) ||
	    !get_text(o, "introduced_by", &c->introduced_by, err) ||
	    !get_int(o, "introduced_at", 0, INSTANT_MAX, &c->introduced_at,
	    err) ||
	    !get_text(o, "met", &c->met, err) ||
	    !get_text(o, "uid", &c->uid, err) ||
	    !get_list(o, "addresses", read_address, &out->addresses, err) ||
	    !get_list(o, "facts", read_fact, &out->facts, err) ||
	    !get_list(o, "dates", read_date, &out->dates, err))
		return false;
	if (c->name == NULL)
		return wrong("name", err);
	c->stage = (enum stage)stage;
	c->status = (enum contact_status)status;
	return c->handle == NULL || handle_valid(c->handle, "handle", err);
}

/* An instant, and the time on a wall that it stands for. */
static bool
get_moment(const json_t *o, const char *epoch, const char *wall,
    struct moment *out, struct err *err)
{
	return get_int(o, epoch, 0, INSTANT_MAX, &out->epoch, err) &&
	    get_wall(o, wall, &out->local, &out->wall, err);
}

static bool
read_occurrence(const json_t *o, void *to, struct err *err)
{
	struct reminder r = {0};
	int state = STATE_DONE;

	if (!get_moment(o, "due", "due_wall", &r.due, err) ||
	    !get_name(o, "state", state_names, &state, err) ||
	    !get_int(o, "done_at", 0, INSTANT_MAX, &r.done_at, err))
		return false;
	if (state != STATE_DONE && state != STATE_DROPPED)
		return wrong("history", err);
	if (!get_text(o, "note", &r.note, err))
		return false;
	r.state = (enum reminder_state)state;
	reminders_take(to, &r);
	return true;
}

/* A rule, where it begins and where it is; all of it or nothing. */
static bool
get_series(const json_t *o, struct reminder *r, struct err *err)
{
	bool anchor, slot;
	struct recur recur;

	if (!get_text(o, "every", &r->every, err) ||
	    !get_wall(o, "anchor", &r->anchor, &anchor, err) ||
	    !get_wall(o, "slot", &r->slot, &slot, err) ||
	    !get_int(o, "next", 0, INSTANT_MAX, &r->next, err))
		return false;
	if (r->every == NULL)
		return true;
	return (anchor && slot && r->due.wall &&
	    recur_parse(r->every, &recur, NULL)) || wrong("every", err);
}

/* The clock goes on with it here: it rings at its time; what rang already
 * waits for the next brief instead of ringing all at once. */
static void
set_wake(struct reminder *r)
{
	r->wake = r->state == STATE_SCHEDULED || r->state == STATE_SNOOZED ?
	    r->ring.epoch : NEVER;
	if (r->state == STATE_RINGING)
		r->rang_at = r->ring.epoch;
	if (!reminder_open(r) && r->done_at == 0)
		r->done_at = r->due.epoch;
}

static void
derive(struct moment *m, const struct zone *zone)
{
	if (m->wall)
		m->epoch = zone_instant(zone, &m->local, NULL);
}

bool
record_read_reminder(const json_t *o, const struct zone *zone,
    struct reminder_record *out, struct err *err)
{
	struct reminder *r = &out->reminder;
	int kind = KIND_REMINDER, state = STATE_SCHEDULED;

	*out = (struct reminder_record){0};
	if (!get_int(o, "id", 0, INT64_MAX / 2, &r->id, err) ||
	    !get_text(o, "text", &r->text, err) ||
	    !get_text(o, "need", &r->need, err) ||
	    !get_name(o, "kind", kind_names, &kind, err) ||
	    !get_name(o, "state", state_names, &state, err) ||
	    !get_moment(o, "due", "due_wall", &r->due, err) ||
	    !get_moment(o, "ring_at", "ring_wall", &r->ring, err) ||
	    !get_text(o, "zone", &r->zone, err) ||
	    !get_with(o, &r->with, &r->with_n, err) ||
	    !get_series(o, r, err) ||
	    !get_int(o, "created", 0, INSTANT_MAX, &r->created, err) ||
	    !get_int(o, "done_at", 0, INSTANT_MAX, &r->done_at, err) ||
	    !get_text(o, "note", &r->note, err) ||
	    !get_small(o, "shown", INT32_MAX, &r->shown, err) ||
	    !get_small(o, "missed", INT32_MAX, &r->missed, err) ||
	    !get_list(o, "history", read_occurrence, &out->history, err))
		return false;
	if (r->text == NULL)
		return wrong("text", err);
	if (r->due.epoch == 0)
		return wrong("due", err);
	r->kind = (enum reminder_kind)kind;
	r->state = (enum reminder_state)state;
	r->urgent = get_flag(o, "urgent");
	r->clock_said = get_flag(o, "clock_said");
	if (r->ring.epoch == 0)
		r->ring = r->due;
	if (r->zone == NULL && reminder_open(r)) {
		derive(&r->due, zone);
		derive(&r->ring, zone);
	}
	set_wake(r);
	return true;
}

bool
record_read_interaction(const json_t *o, struct interaction *out,
    struct err *err)
{
	/* 0 is "not said"; the names begin at 1. */
	int channel = -1, direction = -1, mood = -1;

	*out = (struct interaction){0};
	out->at = -1;
	if (!get_int(o, "id", 0, INT64_MAX / 2, &out->id, err) ||
	    !get_int(o, "at", 0, INSTANT_MAX, &out->at, err) ||
	    !get_name(o, "channel", channel_names, &channel, err) ||
	    !get_name(o, "direction", direction_names, &direction, err) ||
	    !get_name(o, "mood", mood_names, &mood, err) ||
	    !get_text(o, "note", &out->note, err) ||
	    !get_int(o, "reminder", 0, INT64_MAX / 2, &out->reminder, err) ||
	    !get_with(o, &out->with, &out->with_n, err))
		return false;
	out->channel = (enum channel)(channel + 1);
	out->direction = (enum direction)(direction + 1);
	out->mood = (enum mood)(mood + 1);
	if (out->at < 0)
		return wrong("at", err);
	return out->with_n > 0 || wrong("with", err);
}
