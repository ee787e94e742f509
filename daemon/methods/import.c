/*
 * import: records of people, of reminders and of interactions, a batch at a
 * time. What a person wrote is never changed by it: what is known already stays
 * as it is, and only what is new is added. So a second import adds nothing.
 * An item that can't be taken in is left out and told of; the others are taken.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "conf/zoneinfo.h"
#include "methods/known.h"
#include "methods/record.h"

struct import {
	struct request *rq;
	struct known known;
	bool have_known;
	bool dry;		/* store nothing */
	bool numbers;		/* keep numbers where they are free */
	int64_t added, updated, same;
	json_t *skipped, *handles, *ids;
};

/* What became of an item. */
enum fate { ADDED, UPDATED, SAME };

/* An item that is a part of the one before it, which was too long for one
 * message, is not counted. */
static void
count(struct import *im, const json_t *item, enum fate fate)
{
	if (json_is_true(json_object_get(item, "more")))
		return;
	im->added += fate == ADDED;
	im->updated += fate == UPDATED;
	im->same += fate == SAME;
}

/* ------------------------------------------------------------- contacts --- */

/* A zone that this machine does not know would be of no use. */
static void
check_zone(struct import *im, struct contact *c)
{
	struct zone *zone = c->zone == NULL ? NULL :
	    zoneinfo_load(c->zone, NULL);

	if (c->zone != NULL && zone == NULL) {
		request_note(im->rq, "there is no time zone \"%.64s\": left "
		    "out", c->zone);
		free(c->zone);
		c->zone = NULL;
	}
	zone_free(zone);
}

static void
check_circle(struct import *im, const struct contact *c)
{
	if (c->circle != NULL &&
	    options_circle(im->rq->ctx->options, c->circle) == NULL)
		request_note(im->rq, "the configuration has no circle "
		    "\"%.64s\": nothing reminds of who is in it", c->circle);
}

static bool
add_all(struct import *im, struct person_record *p, struct err *err)
{
	struct store *s = im->rq->ctx->store;
	size_t i;

	for (i = 0; i < p->facts.n; i++) {
		p->facts.v[i].contact = p->contact.id;
		if (p->facts.v[i].created == 0)
			p->facts.v[i].created = im->rq->now;
		if (!store_fact_add(s, &p->facts.v[i], err))
			return false;
	}
	for (i = 0; i < p->dates.n; i++) {
		p->dates.v[i].contact = p->contact.id;
		if (p->dates.v[i].created == 0)
			p->dates.v[i].created = im->rq->now;
		if (!store_date_add(s, &p->dates.v[i], err))
			return false;
	}
	return p->addresses.n == 0 || store_addresses_put(s, p->contact.id,
	    &p->addresses, err);
}

/* Somebody new. Through whom they came is told later, when all are there. */
static bool
add_person(struct import *im, struct person_record *p, struct err *err)
{
	struct contact *c = &p->contact;
	char *handle = known_new_handle(&im->known, p);

	free(c->handle);
	c->handle = handle;
	free(c->introduced_by);
	c->introduced_by = NULL;
	c->introduced_at = 0;
	if (c->created == 0)
		c->created = im->rq->now;
	check_zone(im, c);
	check_circle(im, c);
	json_array_append_new(im->handles, json_string(c->handle));
	if (!store_contact_add(im->rq->ctx->store, c, err) ||
	    !add_all(im, p, err))
		return false;
	known_add(&im->known, c);
	return true;
}

/* Give a field that was empty what the record says; whether it did. */
static bool
fill(char **field, char **from)
{
	if (*field != NULL || *from == NULL)
		return false;
	*field = *from;
	*from = NULL;
	return true;
}

static bool
has_fact(const struct facts *fs, const struct fact *f)
{
	size_t i;

	for (i = 0; i < fs->n; i++)
		if (strcmp(fs->v[i].text, f->text) == 0)
			return true;
	return false;
}

/* A birthday there is one; an anniversary or event is the same one on the same
 * day, or under the same name. */
static bool
has_date(const struct dates *ds, const struct date *d)
{
	size_t i;

	for (i = 0; i < ds->n; i++) {
		const struct date *have = &ds->v[i];

		if (have->kind != d->kind)
			continue;
		if (d->kind == DATE_BIRTHDAY ||
		    (have->month == d->month && have->day == d->day) ||
		    (have->name == NULL ? d->name == NULL : d->name != NULL &&
		    strcasecmp(have->name, d->name) == 0))
			return true;
	}
	return false;
}

static bool
has_address(const struct addresses *as, const struct address *a)
{
	size_t i;

	for (i = 0; i < as->n; i++)
		if (as->v[i].kind == a->kind &&
		    strcasecmp(as->v[i].value, a->value) == 0)
			return true;
	return false;
}

/* Move what is not in `have` yet from p to out. */
static void
pick_new(struct person_record *p, const struct person_record *have,
    struct person_record *out)
{
	size_t i;

	for (i = 0; i < p->facts.n; i++)
		if (!has_fact(&have->facts, &p->facts.v[i]))
			facts_take(&out->facts, &p->facts.v[i]);
	for (i = 0; i < p->dates.n; i++)
		if (!has_date(&have->dates, &p->dates.v[i]))
			dates_take(&out->dates, &p->dates.v[i]);
	for (i = 0; i < p->addresses.n; i++)
		if (!has_address(&have->addresses, &p->addresses.v[i]))
			addresses_take(&out->addresses, &p->addresses.v[i]);
}

/* All addresses of a contact are written at once: those so far first. */
static void
put_before(struct addresses *as, struct addresses *before)
{
	size_t i;

	for (i = 0; i < as->n; i++)
		addresses_take(before, &as->v[i]);
	addresses_clear(as);
	*as = *before;
	*before = (struct addresses){0};
}

/* Fill what the contact does not say yet; write it if that changed it. */
static bool
fill_contact(struct import *im, struct contact *c, struct contact *from,
    bool *changed, struct err *err)
{
	bool filled;

	check_zone(im, from);
	filled = fill(&c->org, &from->org);
	filled |= fill(&c->zone, &from->zone);
	filled |= fill(&c->met, &from->met);
	filled |= fill(&c->uid, &from->uid);
	*changed |= filled;
	if (from->status == CONTACT_DECEASED && c->status == CONTACT_ACTIVE)
		request_note(im->rq, "%s has died, the file says: rapportctl "
		    "person edit %s --status deceased", c->name, c->handle);
	return !filled || store_contact_put(im->rq->ctx->store, c, err);
}

static bool
update_person(struct import *im, struct contact *c, struct person_record *p,
    bool *changed, struct err *err)
{
	struct store *s = im->rq->ctx->store;
	struct person_record have = {0}, fresh = {0};
	bool ok;

	json_array_append_new(im->handles, json_string(c->handle));
	*changed = false;
	ok = store_addresses(s, c->id, &have.addresses, err) &&
	    store_facts(s, c->id, &have.facts, err) &&
	    store_dates(s, c->id, &have.dates, err);
	if (ok) {
		pick_new(p, &have, &fresh);
		*changed = fresh.facts.n + fresh.dates.n +
		    fresh.addresses.n > 0;
		if (fresh.addresses.n > 0)
			put_before(&fresh.addresses, &have.addresses);
		fresh.contact.id = c->id;
		ok = add_all(im, &fresh, err) &&
		    fill_contact(im, c, &p->contact, changed, err);
	}
	person_record_clear(&have);
	person_record_clear(&fresh);
	return ok;
}

static bool
import_person(struct import *im, const json_t *item, struct err *err)
{
	struct person_record p;
	struct contact *c;
	bool changed = true, ok;

	ok = record_read_person(item, &p, err) &&
	    known_find(&im->known, &p, &c, err);
	if (ok && c != NULL)
		ok = update_person(im, c, &p, &changed, err);
	else if (ok)
		ok = add_person(im, &p, err);
	if (ok)
		count(im, item, c == NULL ? ADDED : changed ? UPDATED : SAME);
	person_record_clear(&p);
	return ok;
}

/* Who came through whom: {handle, introduced_by, introduced_at}. Not for
 * those of whom that is known. */
static bool
import_introduction(struct import *im, const json_t *item, struct err *err)
{
	const char *handle = json_string_value(json_object_get(item,
	    "handle"));
	const char *by = json_string_value(json_object_get(item,
	    "introduced_by"));
	struct contact *c, *through;

	if (handle == NULL || by == NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "an introduction has a handle and introduced_by");
	c = known_handle(&im->known, handle);
	through = known_handle(&im->known, by);
	if (c == NULL || through == NULL)
		return err_set(err, ERR_NOT_FOUND, "nobody is called %.64s",
		    c == NULL ? handle : by);
	if (c->introduced_by != NULL || c == through)
		return true;
	c->introduced_by = mem_dup(through->handle);
	c->introduced_at = json_integer_value(json_object_get(item,
	    "introduced_at"));
	return store_contact_put(im->rq->ctx->store, c, err);
}

/* ------------------------------------------- reminders, interactions --- */

/* Handles that nobody has here are left out, with a note. */
static void
drop_unknown(struct import *im, char **with, size_t *n)
{
	size_t i, kept = 0;

	for (i = 0; i < *n; i++) {
		if (known_handle(&im->known, with[i]) != NULL) {
			with[kept++] = with[i];
			continue;
		}
		if (!im->dry)
			request_note(im->rq, "nobody is called %s: not "
			    "linked", with[i]);
		free(with[i]);
	}
	*n = kept;
}

static bool
same_reminder(const struct reminder *a, const struct reminder *b)
{
	return a->created == b->created && strcmp(a->text, b->text) == 0;
}

/* The number of a reminder that is here already, or 0: it has the same number,
 * or the same moment, and was made at the same time in the same words. */
static bool
find_reminder(struct import *im, const struct reminder *r, int64_t *id,
    struct err *err)
{
	struct store *s = im->rq->ctx->store;
	int64_t moment = reminder_open(r) ? r->ring.epoch : r->done_at;
	struct store_filter f = {.open = true, .done = true, .from = moment,
	    .until = moment};
	struct reminders all = {0};
	struct reminder have = {0};
	struct err none = {0};
	bool ok;
	size_t i;

	*id = 0;
	if (r->id > 0 && store_reminder_get(s, r->id, &have, &none)) {
		if (same_reminder(&have, r))
			*id = have.id;
		reminder_clear(&have);
	}
	if (*id > 0 || moment == 0)
		return true;
	ok = store_reminders(s, &f, &all, err);
	for (i = 0; ok && i < all.n; i++)
		if (same_reminder(&all.v[i], r))
			*id = all.v[i].id;
	reminders_clear(&all);
	return ok;
}

static bool
add_history(struct import *im, int64_t id, struct reminder_record *record,
    struct err *err)
{
	size_t i;

	for (i = 0; i < record->history.n; i++) {
		struct reminder *h = &record->history.v[i];

		h->id = id;
		if (!store_occurrence_add(im->rq->ctx->store, h, h->state,
		    h->done_at, h->note, err))
			return false;
	}
	return true;
}

static bool
add_reminder(struct import *im, struct reminder_record *record,
    struct err *err)
{
	struct store *s = im->rq->ctx->store;
	struct reminder *r = &record->reminder;

	if (im->numbers && r->id > 0 &&
	    !store_number_from(s, NUMBERED_REMINDER, r->id, err))
		return false;
	if (r->created == 0)
		r->created = im->rq->now;
	drop_unknown(im, r->with, &r->with_n);
	if (!store_reminder_add(s, r, err) ||
	    !add_history(im, r->id, record, err))
		return false;
	if (reminder_open(r) && !im->dry)
		methods_event(im->rq->ctx, EVENT_ADDED, im->rq->now, r->id, r);
	return true;
}

static bool
import_reminder(struct import *im, const json_t *item, struct err *err)
{
	struct reminder_record record;
	bool more = json_is_true(json_object_get(item, "more")), ok;
	int64_t id = 0;

	ok = record_read_reminder(item, im->rq->ctx->zone, &record, err) &&
	    find_reminder(im, &record.reminder, &id, err);
	if (ok && id == 0)
		ok = add_reminder(im, &record, err);
	else if (ok && more)	/* the rest of a history */
		ok = add_history(im, id, &record, err);
	if (ok) {
		count(im, item, id == 0 ? ADDED : SAME);
		json_array_append_new(im->ids, json_integer(id == 0 ?
		    record.reminder.id : id));
	}
	reminder_record_clear(&record);
	return ok;
}

static bool
same_interaction(const struct interaction *a, const struct interaction *b)
{
	return a->at == b->at && (a->note == NULL ? b->note == NULL :
	    b->note != NULL && strcmp(a->note, b->note) == 0);
}

/* The same for a conversation: the same number, or one of those that were had
 * with the same person. */
static bool
find_interaction(struct import *im, const struct interaction *i, int64_t *id,
    struct err *err)
{
	struct store *s = im->rq->ctx->store;
	const struct contact *c = known_handle(&im->known, i->with[0]);
	struct interactions all = {0};
	struct interaction have = {0};
	struct err none = {0};
	bool ok;
	size_t k;

	*id = 0;
	if (i->id > 0 && store_interaction_get(s, i->id, &have, &none)) {
		if (same_interaction(&have, i))
			*id = have.id;
		interaction_clear(&have);
	}
	if (*id > 0 || c == NULL)
		return true;
	ok = store_interactions(s, c->id, 0, &all, err);
	for (k = 0; ok && k < all.n; k++)
		if (same_interaction(&all.v[k], i))
			*id = all.v[k].id;
	interactions_clear(&all);
	return ok;
}

static bool
add_interaction(struct import *im, struct interaction *i, struct err *err)
{
	struct store *s = im->rq->ctx->store;
	struct reminder answered = {0};
	struct err none = {0};

	if (im->numbers && i->id > 0 &&
	    !store_number_from(s, NUMBERED_INTERACTION, i->id, err))
		return false;
	/* What it answered may not have been exported with it. */
	if (i->reminder > 0 &&
	    !store_reminder_get(s, i->reminder, &answered, &none))
		i->reminder = 0;
	reminder_clear(&answered);
	return store_interaction_add(s, i, err);
}

static bool
import_interaction(struct import *im, const json_t *item, struct err *err)
{
	struct interaction i;
	int64_t id = 0;
	bool ok = record_read_interaction(item, &i, err);

	if (ok) {
		drop_unknown(im, i.with, &i.with_n);
		/* Whoever comes with the same file was taken back. */
		if (i.with_n == 0 && im->dry) {
			count(im, item, ADDED);
			interaction_clear(&i);
			return true;
		}
		if (i.with_n == 0)
			ok = err_set(err, ERR_NOT_FOUND,
			    "nobody whom it was with is known");
	}
	ok = ok && find_interaction(im, &i, &id, err) &&
	    (id > 0 || add_interaction(im, &i, err));
	if (ok) {
		count(im, item, id == 0 ? ADDED : SAME);
		json_array_append_new(im->ids,
		    json_integer(id == 0 ? i.id : id));
	}
	interaction_clear(&i);
	return ok;
}

static bool
import_setting(struct import *im, const json_t *item, struct err *err)
{
	int64_t until = json_integer_value(json_object_get(item,
	    "quiet_until"));
	struct request *rq = im->rq;

	if (until <= rq->now || im->dry ||
	    schedule_quiet_until(rq->ctx->schedule, rq->now) >= until)
		return true;
	return schedule_quiet(rq->ctx->schedule, rq->now, until, err);
}

/* ---------------------------------------------------------------- items --- */

static const struct part {
	const char *name;
	bool (*import)(struct import *im, const json_t *item,
	    struct err *err);
	const char *what;	/* that file is, as far as this tells */
} parts[] = {
	{"contacts", import_person, "an address book"},
	{"introductions", import_introduction, "an address book"},
	{"reminders", import_reminder, "an export"},
	{"interactions", import_interaction, "an export"},
	{"settings", import_setting, "an export"},
};

static const struct part *
part_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof parts / sizeof *parts - 1; i++)
		if (strcmp(parts[i].name, name) == 0)
			break;
	return &parts[i];	/* the table of commands knows no others */
}

/* Handles and IDs stand in the place of their items. */
static void
pad(json_t *array, size_t n, const char *text)
{
	while (json_array_size(array) < n)
		json_array_append_new(array, text != NULL ?
		    json_string(text) : json_integer(0));
}

static void
skip(struct import *im, size_t index, const struct err *err)
{
	json_array_append_new(im->skipped, json_pack("{s:I, s:s}", "index",
	    (json_int_t)index, "why", err->message));
}

static bool
import_items(struct import *im, const struct part *part, struct err *err)
{
	const json_t *items = json_object_get(im->rq->p, "items"), *item;
	json_t *one = json_is_array(items) ? NULL : json_pack("[O]", items);
	bool ok = true;
	size_t i;

	json_array_foreach(one != NULL ? one : items, i, item) {
		struct err wrong = {0};

		if (part->import(im, item, &wrong)) {
			pad(im->handles, i + 1, "");
			pad(im->ids, i + 1, NULL);
			continue;
		}
		/* A store that fails is nobody's fault here. */
		if (wrong.code == ERR_STORAGE || wrong.code == ERR_INTERNAL) {
			*err = wrong;
			ok = false;
			break;
		}
		skip(im, i, &wrong);
		pad(im->handles, i + 1, "");
		pad(im->ids, i + 1, NULL);
	}
	json_decref(one);
	return ok;
}

/* Nothing is stored yet that has a number. */
static bool
is_empty(struct store *s, bool *empty, struct err *err)
{
	int64_t reminder, interaction;

	if (!store_last_number(s, NUMBERED_REMINDER, &reminder, err) ||
	    !store_last_number(s, NUMBERED_INTERACTION, &interaction, err))
		return false;
	*empty = reminder == 0 && interaction == 0;
	return true;
}

static void
reply(struct import *im, bool empty)
{
	json_t *r = im->rq->reply;
	int64_t change = im->dry ? 0 :
	    store_change_open(im->rq->ctx->store);

	json_object_set_new(r, "added", json_integer(im->added));
	json_object_set_new(r, "updated", json_integer(im->updated));
	json_object_set_new(r, "known", json_integer(im->same));
	json_object_set(r, "skipped", im->skipped);
	json_object_set(r, "handles", im->handles);
	json_object_set(r, "ids", im->ids);
	json_object_set_new(r, "change", change == 0 ? json_null() :
	    json_integer(change));
	json_object_set_new(r, "empty", json_boolean(empty));
}

bool
method_import(struct request *rq, struct err *err)
{
	const struct part *part = part_named(request_string(rq, "part"));
	struct store *s = rq->ctx->store;
	struct import im = {
		.rq = rq,
		.dry = request_flag(rq, "dry_run"),
		.numbers = request_flag(rq, "numbers"),
		.skipped = json_array(),
		.handles = json_array(),
		.ids = json_array(),
	};
	int64_t change = request_int(rq, "change", 0);
	bool empty = false, ok;

	ok = (change == 0 || im.dry || store_change_join(s, change, err)) &&
	    is_empty(s, &empty, err) && known_open(&im.known, s, err) &&
	    import_items(&im, part, err);
	if (ok) {
		buf_addf(&rq->sentence, "imported: %s", part->what);
		reply(&im, empty);
		rq->take_back = im.dry;
	}
	if (ok && !im.dry && strcmp(part->name, "reminders") == 0)
		schedule_resync(rq->ctx->schedule);
	known_close(&im.known);
	json_decref(im.skipped);
	json_decref(im.handles);
	json_decref(im.ids);
	return ok;
}
