/* What is numbered with a letter: facts (f7), conversations (i31) and dates
 * (d2), edited and dropped. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "methods/methods.h"
#include "model/names.h"
#include "time/span.h"

/* -------------------------------------------------------- which fields -- */

static const char *const of_facts[] = {"text", "kind", "private",
    "not_private", NULL};
static const char *const of_dates[] = {"date", "name", "kind", "lead", NULL};
static const char *const of_interactions[] = {"note", "text", "by", "on",
    "mood", "direction", "with", NULL};

static void
add_option(struct buf *b, const char *name, const char *before)
{
	buf_addf(b, "%s--", before);
	for (; *name != '\0'; name++)
		buf_add(b, *name == '_' ? "-" : name, 1);
}

/* Something has to be given, and nothing that only others have. */
static bool
check_fields(const struct request *rq, const char *what,
    const char *const *fields, struct err *err)
{
	const struct command *c = command_by_method("Edit");
	const struct arg *a;
	struct buf all = {0};
	bool any = false;
	int i;

	for (i = 0; fields[i] != NULL; i++) {
		any = any || request_has(rq, fields[i]);
		add_option(&all, fields[i], i == 0 ? "" :
		    fields[i + 1] == NULL ? " or " : ", ");
	}
	for (a = c->args; a->name != NULL; a++)
		if (!(a->flags & ARG_POSITIONAL) && request_has(rq, a->name) &&
		    names_index(fields, a->name) < 0)
			break;
	if (a->name != NULL)
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "of %s there is to edit: %s", what, buf_str(&all));
	else if (!any)
		err_set(err, ERR_NOT_UNDERSTOOD, "edit what? %s",
		    buf_str(&all));
	buf_clear(&all);
	return a->name == NULL && any;
}

/* --kind says one of the names, or says nothing. */
static bool
set_kind(const struct request *rq, const char *what,
    const char *const *names, int *kind, struct err *err)
{
	const char *word = request_string(rq, "kind");
	char all[128];
	int i = word == NULL ? *kind : names_index(names, word);

	if (i < 0)
		return err_param(err, ERR_NOT_UNDERSTOOD, "kind",
		    "%s is no kind of %s; it is %s", word, what,
		    names_list(names, all, sizeof all));
	*kind = i;
	return true;
}

bool
entry_lead(const struct request *rq, int *out, struct err *err)
{
	const char *text = request_string(rq, "lead");
	bool bare;

	if (text == NULL)
		return true;
	*out = 0;
	if (request_none(rq, "lead") || strcmp(text, "0") == 0)
		return true;
	bare = text[strspn(text, "0123456789")] == '\0' && strlen(text) < 6;
	if (bare)
		*out = atoi(text);
	else if (!span_parse_days(text, out, err)) {
		snprintf(err->parameter, sizeof err->parameter, "lead");
		return false;
	}
	return *out <= DATE_LEAD_MAX || err_param(err, ERR_IMPOSSIBLE, "lead",
	    "%d days before is too long: %d at most", *out, DATE_LEAD_MAX);
}

static void
reply(struct request *rq, json_t *fact, json_t *date, json_t *interaction)
{
	json_object_set_new(rq->reply, "reminder", json_null());
	json_object_set_new(rq->reply, "fact",
	    fact == NULL ? json_null() : fact);
	json_object_set_new(rq->reply, "date",
	    date == NULL ? json_null() : date);
	json_object_set_new(rq->reply, "interaction",
	    interaction == NULL ? json_null() : interaction);
}

static void
said(struct request *rq, const char *did, char *line)
{
	buf_addf(&rq->sentence, "%s: %s", did, line);
	free(line);
}

/* --------------------------------------------------------------- edit --- */

static bool
change_fact(struct request *rq, struct fact *f, struct err *err)
{
	int kind = (int)f->kind;

	if (request_flag(rq, "private") && request_flag(rq, "not_private"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "not_private",
		    "--private or --not-private? one of them");
	if (request_none(rq, "text"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "text",
		    "without its text it is nothing: rapportctl drop f%"
		    PRId64, f->id);
	if (!set_kind(rq, "fact", fact_kind_names, &kind, err) ||
	    !request_text(rq, "text", &f->text, err))
		return false;
	f->kind = (enum fact_kind)kind;
	f->is_private = (f->is_private || request_flag(rq, "private")) &&
	    !request_flag(rq, "not_private");
	return true;
}

static bool
edit_fact(struct request *rq, int64_t id, struct err *err)
{
	struct fact f = {0};
	bool ok;

	if (!check_fields(rq, "a fact", of_facts, err) ||
	    !store_fact_get(rq->ctx->store, id, &f, err))
		return false;
	ok = change_fact(rq, &f, err) &&
	    store_fact_put(rq->ctx->store, &f, err);
	if (ok) {
		said(rq, "edited", fact_line(&f));
		reply(rq, fact_json(&f), NULL, NULL);
	}
	fact_clear(&f);
	return ok;
}

static bool
change_date(struct request *rq, struct date *d, struct err *err)
{
	const char *text = request_string(rq, "date");
	struct date day = {0};
	int kind = (int)d->kind;

	if (!set_kind(rq, "date", date_kind_names, &kind, err) ||
	    !request_text(rq, "name", &d->name, err) ||
	    !entry_lead(rq, &d->lead, err))
		return false;
	d->kind = (enum date_kind)kind;
	if (text != NULL) {
		if (!date_parse(text, &day, err))
			goto not_so;
		d->year = day.year;
		d->month = day.month;
		d->day = day.day;
	}
	/* Who only says when it is told asks for nothing else. */
	if ((text == NULL && !request_has(rq, "name") &&
	    !request_has(rq, "kind")) || learn_check_date(rq, d, err))
		return true;
not_so:
	snprintf(err->parameter, sizeof err->parameter, "%s",
	    text != NULL ? "date" : request_has(rq, "name") ? "name" : "kind");
	return false;
}

static bool
edit_date(struct request *rq, int64_t id, struct err *err)
{
	struct date d = {0};
	bool ok;

	if (!check_fields(rq, "a date", of_dates, err) ||
	    !store_date_get(rq->ctx->store, id, &d, err))
		return false;
	ok = change_date(rq, &d, err) &&
	    store_date_put(rq->ctx->store, &d, err);
	if (ok) {
		said(rq, "edited", date_line(&d));
		reply(rq, NULL, date_json(rq, &d), NULL);
	}
	date_clear(&d);
	return ok;
}

/* Others than those so far were there. */
static bool
change_with(struct request *rq, struct interaction *i, struct err *err)
{
	struct reminder people = {0};
	char **with = i->with;
	size_t n = i->with_n;

	if (!request_has(rq, "with"))
		return true;
	if (!request_with(rq, &people, err)) {
		reminder_clear(&people);
		return false;
	}
	if (people.with_n == 0) {
		reminder_clear(&people);
		return err_param(err, ERR_NOT_UNDERSTOOD, "with",
		    "a conversation is with somebody: rapportctl drop i%"
		    PRId64 " removes it", i->id);
	}
	i->with = people.with;
	i->with_n = people.with_n;
	people.with = with;
	people.with_n = n;
	reminder_clear(&people);
	return true;
}

bool
request_conversation(struct request *rq, struct interaction *i,
    struct err *err)
{
	const char *by = request_string(rq, "by");
	const char *mood = request_string(rq, "mood");
	const char *direction = request_string(rq, "direction");
	struct when when;

	if (by != NULL)
		i->channel = (enum channel)(1 + names_index(channel_names,
		    by));
	if (mood != NULL)
		i->mood = (enum mood)(1 + names_index(mood_names, mood));
	if (direction != NULL)
		i->direction = (enum direction)(1 +
		    names_index(direction_names, direction));
	if (!request_text(rq, "note", &i->note, err))
		return false;
	if (!request_has(rq, "on"))
		return true;
	if (!request_when(rq, "on", NULL, WHEN_PAST, &when, err))
		return false;
	if (when.epoch > rq->now)
		return err_param(err, ERR_IMPOSSIBLE, "on",
		    "\"%.64s\" is still to come; for what is to come: "
		    "rapportctl add TEXT WHEN", request_string(rq, "on"));
	i->at = when.epoch;
	return true;
}

static bool
edit_interaction(struct request *rq, int64_t id, struct err *err)
{
	struct interaction i = {0};
	bool ok;

	if (!check_fields(rq, "a conversation", of_interactions, err) ||
	    !store_interaction_get(rq->ctx->store, id, &i, err))
		return false;
	/* What was said is its note; its text means the same. */
	ok = request_conversation(rq, &i, err) &&
	    request_text(rq, "text", &i.note, err) &&
	    change_with(rq, &i, err) &&
	    store_interaction_put(rq->ctx->store, &i, err);
	if (ok) {
		said(rq, "edited", interaction_line(&i));
		reply(rq, NULL, NULL, interaction_json(rq->ctx, &i));
	}
	interaction_clear(&i);
	return ok;
}

bool
entry_edit(struct request *rq, const char *number, struct err *err)
{
	char letter;
	int64_t id;

	command_entry(number, &letter, &id);
	return letter == 'f' ? edit_fact(rq, id, err) :
	    letter == 'd' ? edit_date(rq, id, err) :
	    edit_interaction(rq, id, err);
}

/* --------------------------------------------------------------- drop --- */

/* Remove one, with a last look at it for the answer; *line is its words. */
static bool
drop_fact(struct request *rq, int64_t id, char **line, struct err *err)
{
	struct fact f = {0};

	if (!store_fact_get(rq->ctx->store, id, &f, err))
		return false;
	json_array_append_new(json_object_get(rq->reply, "facts"),
	    fact_json(&f));
	*line = fact_line(&f);
	fact_clear(&f);
	return store_fact_remove(rq->ctx->store, id, err);
}

static bool
drop_date(struct request *rq, int64_t id, char **line, struct err *err)
{
	struct date d = {0};

	if (!store_date_get(rq->ctx->store, id, &d, err))
		return false;
	json_array_append_new(json_object_get(rq->reply, "dates"),
	    date_json(rq, &d));
	*line = date_line(&d);
	date_clear(&d);
	return store_date_remove(rq->ctx->store, id, err);
}

static bool
drop_interaction(struct request *rq, int64_t id, char **line,
    struct err *err)
{
	struct interaction i = {0};

	if (!store_interaction_get(rq->ctx->store, id, &i, err))
		return false;
	json_array_append_new(json_object_get(rq->reply, "interactions"),
	    interaction_json(rq->ctx, &i));
	*line = interaction_line(&i);
	interaction_clear(&i);
	return store_interaction_remove(rq->ctx->store, id, err);
}

static bool
drop_one(struct request *rq, const char *number, struct buf *said_so_far,
    struct err *err)
{
	char *line = NULL, letter;
	int64_t id;
	bool ok;

	command_entry(number, &letter, &id);
	ok = letter == 'f' ? drop_fact(rq, id, &line, err) :
	    letter == 'd' ? drop_date(rq, id, &line, err) :
	    drop_interaction(rq, id, &line, err);
	if (line != NULL)
		buf_addf(said_so_far, "%s%s",
		    said_so_far->len == 0 ? "" : ", ", line);
	free(line);
	return ok;
}

/* Given twice, it is meant once. */
static bool
given_before(const json_t *all, size_t i)
{
	const char *number = json_string_value(json_array_get(all, i));
	size_t k;

	for (k = 0; k < i; k++)
		if (strcasecmp(json_string_value(json_array_get(all, k)),
		    number) == 0)
			return true;
	return false;
}

bool
entries_drop(struct request *rq, struct buf *said_so_far, struct err *err)
{
	const json_t *all = json_object_get(rq->p, "entry");
	size_t i;

	json_object_set_new(rq->reply, "facts", json_array());
	json_object_set_new(rq->reply, "dates", json_array());
	json_object_set_new(rq->reply, "interactions", json_array());
	if (json_is_string(all))
		return drop_one(rq, json_string_value(all), said_so_far, err);
	for (i = 0; i < json_array_size(all); i++)
		if (!given_before(all, i) && !drop_one(rq,
		    json_string_value(json_array_get(all, i)), said_so_far,
		    err))
			return false;
	return true;
}
