/* met WHO… [-m NOTE] … [--next TEXT WHEN…]: a conversation, what it answered,
 * and what was agreed on, in one breath. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "methods/methods.h"

/* All that one `met` does. */
struct meeting {
	struct reminder people;		/* only its contacts */
	struct interaction talk;
	struct contact new;		/* met for the first time */
	bool is_new;
	struct reminder thanks, next;
	bool has_thanks, has_next;
	struct reminders done, check_ins;
};

static void
meeting_clear(struct meeting *m)
{
	reminder_clear(&m->people);
	interaction_clear(&m->talk);
	contact_clear(&m->new);
	reminder_clear(&m->thanks);
	reminder_clear(&m->next);
	reminders_clear(&m->done);
	reminders_clear(&m->check_ins);
}

/* --------------------------------------------------------------- whom --- */

static size_t
named(const struct request *rq)
{
	const json_t *v = json_object_get(rq->p, "who");

	return json_is_array(v) ? json_array_size(v) :
	    v == NULL || json_is_null(v) ? 0 : 1;
}

static const char *
name_at(const struct request *rq, size_t i)
{
	const json_t *v = json_object_get(rq->p, "who");
	const char *who = json_string_value(json_is_array(v) ?
	    json_array_get(v, i) : v);

	return who + (who[0] == '@');
}

/* Of those named the one who is not known yet gives the new one's handle. */
static bool
find_new_handle(struct request *rq, const char **handle, struct err *err)
{
	size_t i, unknown = 0, n = named(rq);

	for (i = 0; i < n; i++) {
		struct contact c = {0};
		bool found;

		if (!store_contact_get(rq->ctx->store, name_at(rq, i), &c,
		    &found, err))
			return false;
		contact_clear(&c);
		if (found)
			continue;
		unknown++;
		*handle = name_at(rq, i);
	}
	if (unknown > 1)
		return err_param(err, ERR_NOT_UNDERSTOOD, "new",
		    "--new adds one person: add the others first with "
		    "rapportctl person add");
	/* Is it a handle for the new one, or somebody who was there too? */
	if (unknown == 0 && n > 0)
		return err_param(err, ERR_IMPOSSIBLE, "new",
		    "the handle %s is taken; give the new one another, beside "
		    "those who were there too: rapportctl met WHO… HANDLE "
		    "--new NAME", name_at(rq, 0));
	return *handle == NULL || handle_valid(*handle, "who", err);
}

static bool
only_with_new(const struct request *rq, struct err *err)
{
	static const char *const of_new[] = {"org", "introduced_by",
	    "no_thanks", NULL};
	int i;

	for (i = 0; of_new[i] != NULL; i++)
		if (request_has(rq, of_new[i]) &&
		    !json_is_false(json_object_get(rq->p, of_new[i])))
			return err_param(err, ERR_NOT_UNDERSTOOD, of_new[i],
			    "%s is of somebody new, and goes with --new NAME; "
			    "of others: rapportctl person edit WHO",
			    of_new[i]);
	return true;
}

/* Add who was met for the first time; what was said then is how you met. */
static bool
add_new(struct request *rq, struct meeting *m, struct err *err)
{
	const char *name = request_string(rq, "new"), *handle = NULL;
	struct contact *c = &m->new;

	if (name == NULL)
		return only_with_new(rq, err);
	if (!text_valid(name, strlen(name), "new", err) ||
	    !find_new_handle(rq, &handle, err))
		return false;
	c->created = rq->now;
	c->name = mem_dup(name);
	c->met = mem_dup(m->talk.note);
	if (handle != NULL)
		c->handle = mem_dup(handle);
	else if (!people_handle(rq, name, &c->handle, err))
		return false;
	if (!request_text(rq, "org", &c->org, err) ||
	    !people_introduced(rq, c, &m->thanks, &m->has_thanks, err) ||
	    !store_contact_add(rq->ctx->store, c, err))
		return false;
	m->is_new = true;
	request_link(&m->people, c->handle);
	return true;
}

/* met dana "nice talk", met dana tomorrow: a word that is nobody may be what
 * was said, or when. Always false. */
static bool
nobody(struct err *err)
{
	size_t len = strlen(err->message);

	if (err->code == ERR_NOT_FOUND &&
	    strstr(err->message, "did you mean") == NULL)
		snprintf(err->message + len, sizeof err->message - len,
		    "; what was said goes with -m NOTE, when with --on DATE, "
		    "and somebody new is --new NAME");
	return false;
}

/* The others: those named, the new one among them by now. */
static bool
find_people(struct request *rq, struct meeting *m, struct err *err)
{
	if (!add_new(rq, m, err))
		return false;
	if (named(rq) == 0 && !m->is_new)
		return err_param(err, ERR_NOT_UNDERSTOOD, "who",
		    "met whom? rapportctl met WHO…");
	if (named(rq) > 0 && !request_linked(rq, "who", &m->people, err))
		return nobody(err);
	if (m->is_new)
		request_link(&m->people, m->new.handle);
	return true;
}

/* ---------------------------------------------------------- the answers -- */

static bool
close_answered(struct request *rq, struct meeting *m, struct err *err)
{
	int64_t *ids;
	size_t n;
	bool ok;

	request_ids_of(rq, "done", &ids, &n);
	ok = n == 0 || (schedule_answered(rq->ctx->schedule, rq->now, ids, n,
	    m->talk.note, &m->done, err) &&
	    schedule_follow_fix(rq->ctx->schedule, rq->now, &m->done,
	    &m->check_ins, err));
	if (ok && n > 0)
		m->talk.reminder = ids[0];
	free(ids);
	return ok;
}

static bool
log_talk(struct request *rq, struct meeting *m, struct err *err)
{
	size_t i;

	m->talk.with = mem_new(m->people.with_n, sizeof *m->talk.with);
	for (i = 0; i < m->people.with_n; i++)
		m->talk.with[m->talk.with_n++] = mem_dup(m->people.with[i]);
	return store_interaction_add(rq->ctx->store, &m->talk, err);
}

/* ------------------------------------------------------- the next step -- */

static bool
said_step(struct request *rq, struct meeting *m, struct err *err)
{
	const char *text = request_string(rq, "next");
	struct zone *zone = NULL;
	struct when when;
	bool ok;

	if (!text_valid(text, strlen(text), "next", err))
		return false;
	if (!request_has(rq, "when"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "--next needs a time behind it: --next TEXT WHEN, such as "
		    "--next \"Send the offer\" by thu");
	if (!request_wall(rq, &m->people, &zone, err))
		return false;
	ok = request_when(rq, "when", zone, 0, &when, err);
	if (ok) {
		moments_of(&when, zone, &m->next.due, &m->next.ring);
		m->next.clock_said = when.clock_said;
		m->next.text = mem_dup(text);
		if (zone != NULL && m->next.due.wall)
			m->next.zone = mem_dup(zone_name(zone));
	}
	zone_free(zone);
	return ok;
}

/* A problem is taken responsibility for, also when nobody said how. */
static bool
unsaid_fix(struct request *rq, struct meeting *m, struct err *err)
{
	struct buf text = {0};
	size_t i;

	buf_adds(&text, "Put it right with ");
	for (i = 0; i < m->people.with_n; i++) {
		struct contact c = {0};
		bool found;

		if (!store_contact_get(rq->ctx->store, m->people.with[i], &c,
		    &found, err)) {
			buf_clear(&text);
			return false;
		}
		buf_addf(&text, "%s%s", i == 0 ? "" :
		    i + 1 == m->people.with_n ? " and " : ", ", c.name);
		contact_clear(&c);
	}
	if (text.len > TEXT_MAX)
		text.data[utf8_clip(text.data, TEXT_MAX)] = '\0';
	m->next.text = buf_take(&text);
	m->next.need = mem_dup(m->talk.note);
	m->next.due = schedule_next_workday(rq->ctx->schedule, rq->now);
	m->next.ring = m->next.due;
	return true;
}

static bool
add_step(struct request *rq, struct meeting *m, struct err *err)
{
	bool problem = m->talk.mood == MOOD_PROBLEM;
	size_t i;

	if (!request_has(rq, "next") && request_has(rq, "when"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "a time goes with --next TEXT; when you met is --on DATE");
	if (!request_has(rq, "next") && !problem)
		return true;
	m->next.kind = problem ? KIND_FIX : KIND_NEXT_STEP;
	for (i = 0; i < m->people.with_n; i++)
		request_link(&m->next, m->people.with[i]);
	if (!(request_has(rq, "next") ? said_step(rq, m, err) :
	    unsaid_fix(rq, m, err)))
		return false;
	m->has_next = true;
	return schedule_add(rq->ctx->schedule, rq->now, &m->next, err);
}

/* ----------------------------------------------------------------- all -- */

static void
reply(struct request *rq, struct meeting *m)
{
	const struct context *ctx = rq->ctx;
	char *line = interaction_line(&m->talk);

	buf_addf(&rq->sentence, "met: %s", line);
	free(line);
	json_object_set_new(rq->reply, "interaction",
	    interaction_json(ctx, &m->talk));
	json_object_set_new(rq->reply, "new",
	    m->is_new ? contact_json(ctx, &m->new) : json_null());
	json_object_set_new(rq->reply, "done",
	    reminders_json(ctx, &m->done));
	json_object_set_new(rq->reply, "next",
	    m->has_next ? reminder_json(ctx, &m->next) : json_null());
	json_object_set_new(rq->reply, "thanks",
	    m->has_thanks ? reminder_json(ctx, &m->thanks) : json_null());
	request_note_made(rq, &m->check_ins);
}

/* What else is open with them, but for what this answer tells anyway. */
static bool
note_open(struct request *rq, const struct meeting *m, struct err *err)
{
	int64_t *told = mem_new(m->check_ins.n + 2, sizeof *told);
	size_t i, n = 0;
	bool ok;

	for (i = 0; i < m->check_ins.n; i++)
		told[n++] = m->check_ins.v[i].id;
	told[n++] = m->next.id;
	told[n++] = m->thanks.id;
	ok = request_note_open(rq, &m->people, told, n, err);
	free(told);
	return ok;
}

bool
method_met(struct request *rq, struct err *err)
{
	struct meeting m = {.talk.at = rq->now};
	bool ok;

	ok = request_conversation(rq, &m.talk, err) &&
	    find_people(rq, &m, err) && close_answered(rq, &m, err) &&
	    log_talk(rq, &m, err) && add_step(rq, &m, err) &&
	    note_open(rq, &m, err);
	if (ok)
		reply(rq, &m);
	meeting_clear(&m);
	return ok;
}
