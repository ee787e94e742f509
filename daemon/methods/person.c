/* person add, list, edit, pause, resume, archive: who there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/distance.h"
#include "base/mem.h"
#include "methods/methods.h"
#include "model/names.h"
#include "time/span.h"

/* ------------------------------------------------------------- fields --- */

/* The name of a circle that the configuration has, as it is written there. */
static bool
known_circle(const struct request *rq, const char **out, struct err *err)
{
	const struct circles *all = &rq->ctx->options->circles;
	const char *name = request_string(rq, "circle"), *near;
	const struct circle *c = options_circle(rq->ctx->options, name);
	const char **names;
	char *list;
	size_t i, n = 0;

	if (c != NULL) {
		*out = c->name;
		return true;
	}
	names = mem_new(all->n + 1, sizeof *names);
	for (i = 0; i < all->n; i++)
		if (all->v[i].days > 0)
			names[n++] = all->v[i].name;
	near = nearest_word(name, names);
	list = options_circle_names(rq->ctx->options);
	if (n == 0)
		err_param(err, ERR_IMPOSSIBLE, "circle",
		    "there is no circle \"%.64s\"; the configuration has none",
		    name);
	else if (near != NULL)
		err_param(err, ERR_IMPOSSIBLE, "circle",
		    "there is no circle \"%.64s\": did you mean %s? (There "
		    "is: %s)", name, near, list);
	else
		err_param(err, ERR_IMPOSSIBLE, "circle",
		    "there is no circle \"%.64s\"; there is: %s", name, list);
	free(list);
	free(names);
	return false;
}

/* A circle takes the place of a cadence of their own; the latter goes before
 * the circle that they stay in. */
static bool
set_cadence(struct request *rq, struct contact *c, struct err *err)
{
	const char *span = request_string(rq, "keep_up"), *circle;
	bool none = request_none(rq, "circle");

	if (request_has(rq, "circle") && span != NULL && !none &&
	    !request_none(rq, "keep_up"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "keep_up",
		    "--circle or --keep-up? one of them");
	if (request_has(rq, "circle")) {
		if (!none && !known_circle(rq, &circle, err))
			return false;
		free(c->circle);
		c->circle = none ? NULL : mem_dup(circle);
		if (!none)
			c->cadence = 0;
	}
	if (span == NULL)
		return true;
	c->cadence = 0;
	if (request_none(rq, "keep_up") ||
	    span_parse_days(span, &c->cadence, err))
		return true;
	snprintf(err->parameter, sizeof err->parameter, "keep_up");
	return false;
}

static bool
set_zone(struct request *rq, struct contact *c, struct err *err)
{
	struct zone *zone = NULL;

	if (!request_has(rq, "zone"))
		return true;
	if (!request_none(rq, "zone") &&
	    (zone = request_zone(rq, "zone", err)) == NULL)
		return false;
	free(c->zone);
	c->zone = zone == NULL ? NULL : mem_dup(zone_name(zone));
	zone_free(zone);
	return true;
}

static void
set_status(struct contact *c, enum contact_status status)
{
	c->status = status;
	if (status != CONTACT_PAUSED) {
		free(c->paused_until);
		c->paused_until = NULL;
	}
}

/* What was said, but for the name and the handle. */
static bool
set_fields(struct request *rq, struct contact *c, struct err *err)
{
	const char *stage = request_string(rq, "stage");
	const char *status = request_string(rq, "status");

	if (!request_text(rq, "org", &c->org, err) ||
	    !request_text(rq, "met", &c->met, err) ||
	    !set_cadence(rq, c, err) || !set_zone(rq, c, err))
		return false;
	if (stage != NULL)
		c->stage = (enum stage)names_index(stage_names, stage);
	if (status != NULL)
		set_status(c, (enum contact_status)names_index(
		    contact_status_names, status));
	return true;
}

/* "as", made sure of; NULL when it was not given. */
static bool
said_handle(const struct request *rq, const char **out, struct err *err)
{
	const char *as = request_string(rq, "as");

	if (as != NULL)
		as += as[0] == '@';
	*out = as;
	return as == NULL || handle_valid(as, "as", err);
}

/* What the answer to all of these says. */
static void
reply_contact(struct request *rq, const char *did, const struct contact *c)
{
	buf_addf(&rq->sentence, "%s: %s (%s)", did, c->name, c->handle);
	json_object_set_new(rq->reply, "contact", contact_json(rq->ctx, c));
}

static void
reply_thanks(struct request *rq, const struct reminder *thanks, bool made)
{
	json_object_set_new(rq->reply, "thanks",
	    made ? reminder_json(rq->ctx, thanks) : json_null());
}

/* --------------------------------------------------------- add and list -- */

bool
method_person_add(struct request *rq, struct err *err)
{
	const char *name = request_string(rq, "name"), *as;
	struct reminder thanks = {0};
	struct contact c = {.created = rq->now};
	bool ok = false, made = false;

	if (!text_valid(name, strlen(name), "name", err) ||
	    !said_handle(rq, &as, err))
		return false;
	c.name = mem_dup(name);
	if (as != NULL)
		c.handle = mem_dup(as);
	else if (!people_handle(rq, name, &c.handle, err))
		goto out;
	if (!set_fields(rq, &c, err) ||
	    !people_introduced(rq, &c, &thanks, &made, err) ||
	    !store_contact_add(rq->ctx->store, &c, err))
		goto out;
	reply_contact(rq, "added", &c);
	reply_thanks(rq, &thanks, made);
	ok = true;
out:
	contact_clear(&c);
	reminder_clear(&thanks);
	return ok;
}

static bool
is_listed(const struct request *rq, const struct contact *c)
{
	const char *circle = request_string(rq, "circle");

	if (circle != NULL && (c->circle == NULL ||
	    strcasecmp(c->circle, circle) != 0))
		return false;
	return request_flag(rq, "all") || c->status == CONTACT_ACTIVE ||
	    c->status == CONTACT_PAUSED;
}

bool
method_person_list(struct request *rq, struct err *err)
{
	struct contacts all = {0};
	json_t *a = json_array();
	const char *circle;
	bool ok;
	size_t i;

	json_object_set_new(rq->reply, "contacts", a);
	if (request_has(rq, "circle") && !known_circle(rq, &circle, err))
		return false;
	ok = store_contacts(rq->ctx->store, &all, err);
	for (i = 0; ok && i < all.n; i++) {
		if (!is_listed(rq, &all.v[i]))
			continue;
		ok = people_last(rq, &all.v[i], err);
		json_array_append_new(a, contact_json(rq->ctx, &all.v[i]));
	}
	contacts_clear(&all);
	return ok;
}

/* --------------------------------------------------------------- edit --- */

static const char *const editable[] = {"name", "as", "org", "circle",
    "keep_up", "zone", "introduced_by", "stage", "status", "met", NULL};

static bool
set_name(struct request *rq, struct contact *c, struct err *err)
{
	const char *name = request_string(rq, "name"), *as;

	if (name != NULL) {
		if (!text_valid(name, strlen(name), "name", err))
			return false;
		free(c->name);
		c->name = mem_dup(name);
	}
	if (!said_handle(rq, &as, err))
		return false;
	if (as != NULL) {
		free(c->handle);
		c->handle = mem_dup(as);
	}
	return true;
}

bool
method_person_edit(struct request *rq, struct err *err)
{
	struct reminder thanks = {0};
	struct contact c = {0};
	bool ok, made = false;
	int i;

	for (i = 0; editable[i] != NULL; i++)
		if (request_has(rq, editable[i]))
			break;
	if (editable[i] == NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "edit what? --name, --as, --org, --circle, --keep-up, "
		    "--zone, --introduced-by, --stage, --status or --met");
	if (!request_contact(rq, "who", &c, err))
		return false;
	/* Through whom comes first: it knows them by the handle so far. */
	ok = people_introduced(rq, &c, &thanks, &made, err) &&
	    set_fields(rq, &c, err) && set_name(rq, &c, err) &&
	    store_contact_put(rq->ctx->store, &c, err);
	if (ok) {
		reply_contact(rq, "edited", &c);
		reply_thanks(rq, &thanks, made);
	}
	contact_clear(&c);
	reminder_clear(&thanks);
	return ok;
}

/* ----------------------------------------- pause, resume and archive --- */

static bool
refuse_deceased(const struct contact *c, struct err *err)
{
	if (c->status != CONTACT_DECEASED)
		return true;
	return err_param(err, ERR_IMPOSSIBLE, "who",
	    "%s has died: nothing reminds of them any more; if that is wrong: "
	    "rapportctl person edit %s --status active", c->handle, c->handle);
}

static bool
put_status(struct request *rq, struct contact *c, enum contact_status status,
    const char *did, struct err *err)
{
	set_status(c, status);
	if (!store_contact_put(rq->ctx->store, c, err))
		return false;
	reply_contact(rq, did, c);
	return true;
}

/* What was promised rings all the same: say what. */
static bool
note_promises(struct request *rq, const struct contact *c, struct err *err)
{
	struct reminder people = {0};
	bool ok;

	request_link(&people, c->handle);
	ok = request_note_open(rq, &people, NULL, 0, err);
	reminder_clear(&people);
	return ok;
}

/* The day they are back, in the user's calendar. */
static bool
set_until(struct request *rq, struct contact *c, struct err *err)
{
	struct civil day;
	struct when when;
	char text[CIVIL_TEXT];

	free(c->paused_until);
	c->paused_until = NULL;
	if (!request_has(rq, "until"))
		return true;
	if (!request_when(rq, "until", NULL, 0, &when, err))
		return false;
	day = zone_civil(rq->ctx->zone, when.epoch);
	civil_format(&day, text);
	text[strcspn(text, "T")] = '\0';
	c->paused_until = mem_dup(text);
	return true;
}

bool
method_person_pause(struct request *rq, struct err *err)
{
	struct contact c = {0};
	bool ok;

	if (!request_contact(rq, "who", &c, err))
		return false;
	ok = refuse_deceased(&c, err) && set_until(rq, &c, err) &&
	    put_status(rq, &c, CONTACT_PAUSED, "paused", err) &&
	    note_promises(rq, &c, err);
	contact_clear(&c);
	return ok;
}

bool
method_person_resume(struct request *rq, struct err *err)
{
	struct contact c = {0};
	bool ok;

	if (!request_contact(rq, "who", &c, err))
		return false;
	if (c.status == CONTACT_ACTIVE)
		ok = err_param(err, ERR_IMPOSSIBLE, "who",
		    "%s is neither paused nor archived", c.handle);
	else
		ok = refuse_deceased(&c, err) &&
		    put_status(rq, &c, CONTACT_ACTIVE, "resumed", err);
	contact_clear(&c);
	return ok;
}

bool
method_person_archive(struct request *rq, struct err *err)
{
	struct contact c = {0};
	bool ok;

	if (!request_contact(rq, "who", &c, err))
		return false;
	if (c.status == CONTACT_ARCHIVED)
		ok = err_param(err, ERR_IMPOSSIBLE, "who",
		    "%s is archived already", c.handle);
	else
		ok = refuse_deceased(&c, err) &&
		    put_status(rq, &c, CONTACT_ARCHIVED, "archived", err) &&
		    note_promises(rq, &c, err);
	contact_clear(&c);
	return ok;
}
