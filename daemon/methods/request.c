/* What the methods share: parameters in, notes, sentences and replies out. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "conf/zoneinfo.h"
#include "methods/methods.h"

const char *
request_string(const struct request *rq, const char *name)
{
	return json_string_value(json_object_get(rq->p, name));
}

bool
request_flag(const struct request *rq, const char *name)
{
	return json_is_true(json_object_get(rq->p, name));
}

int64_t
request_int(const struct request *rq, const char *name, int64_t fallback)
{
	const json_t *v = json_object_get(rq->p, name);

	return json_is_integer(v) ? json_integer_value(v) : fallback;
}

bool
request_has(const struct request *rq, const char *name)
{
	const json_t *v = json_object_get(rq->p, name);

	return v != NULL && !json_is_null(v);
}

/* Name the parameter that a room below could not know by its name. */
static void
blame(struct err *err, const char *parameter)
{
	if (err != NULL)
		snprintf(err->parameter, sizeof err->parameter, "%s",
		    parameter);
}

bool
request_none(const struct request *rq, const char *name)
{
	const char *value = request_string(rq, name);

	return value != NULL &&
	    (value[0] == '\0' || strcmp(value, "none") == 0);
}

bool
request_text(const struct request *rq, const char *name, char **field,
    struct err *err)
{
	const char *value = request_string(rq, name);
	bool none = request_none(rq, name);

	if (value == NULL)
		return true;
	if (!none && !text_valid(value, strlen(value), name, err))
		return false;
	free(*field);
	*field = none ? NULL : mem_dup(value);
	return true;
}

/* An array's element, or the value itself: one stands for an array of one. */
static const json_t *
element(const json_t *v, size_t i)
{
	return json_is_array(v) ? json_array_get(v, i) : i == 0 ? v : NULL;
}

static size_t
elements(const json_t *v)
{
	return json_is_array(v) ? json_array_size(v) :
	    v == NULL || json_is_null(v) ? 0 : 1;
}

/* An ID and the place where it was given. */
struct place {
	int64_t id;
	size_t at;
	bool first;		/* not given before */
};

static int
by_id(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* A program may give tens of thousands: sorted, the same ones lie side by
 * side. */
void
request_ids_of(const struct request *rq, const char *name, int64_t **ids,
    size_t *n)
{
	const json_t *v = json_object_get(rq->p, name);
	size_t i, given = elements(v);
	struct place *all = mem_new(given + 1, sizeof *all);

	for (i = 0; i < given; i++) {
		all[i].id = json_integer_value(element(v, i));
		all[i].at = i;
	}
	qsort(all, given, sizeof *all, by_id);
	for (i = 0; i < given; i++)
		all[i].first = i == 0 || all[i].id != all[i - 1].id;
	qsort(all, given, sizeof *all, by_place);
	*n = 0;
	*ids = mem_new(given + 1, sizeof **ids);
	for (i = 0; i < given; i++)
		if (all[i].first)
			(*ids)[(*n)++] = all[i].id;
	free(all);
}

void
request_ids(const struct request *rq, int64_t **ids, size_t *n)
{
	request_ids_of(rq, "id", ids, n);
}

static bool
is_with(const struct reminder *r, const char *handle)
{
	size_t i;

	for (i = 0; handle != NULL && i < r->with_n; i++)
		if (strcasecmp(r->with[i], handle) == 0)
			return true;
	return handle == NULL;
}

/* Nothing rings: say so, and what rings next. */
static bool
nothing_rings(struct request *rq, const char *handle, struct err *err)
{
	struct reminder next = {0};
	char text[WHEN_TEXT];
	bool found = false;

	if (handle != NULL)
		return err_set(err, ERR_NOTHING_RINGS,
		    "nothing rings for %s", handle);
	if (!store_next_ring(rq->ctx->store, &next, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOTHING_RINGS,
		    "nothing rings, and nothing is scheduled");
	err_set(err, ERR_NOTHING_RINGS,
	    "nothing rings; next: %" PRId64 "  %s · %s", next.id, next.text,
	    when_echo(next.ring.epoch, rq->now, rq->ctx->zone, text));
	reminder_clear(&next);
	return false;
}

bool
request_targets(struct request *rq, int64_t **ids, size_t *n,
    struct err *err)
{
	struct reminders ringing = {0};
	struct contact who = {0};
	bool ok = false;
	size_t i;

	request_ids(rq, ids, n);
	if (*n > 0)
		return true;
	if (request_has(rq, "who") &&
	    !store_contact_find(rq->ctx->store, request_string(rq, "who"),
	    &who, err))
		goto out;
	if (!schedule_ringing(rq->ctx->schedule, &ringing, err))
		goto out;
	*ids = mem_resize(*ids, (ringing.n + 1) * sizeof **ids);
	for (i = 0; i < ringing.n; i++)
		if (is_with(&ringing.v[i], who.handle))
			(*ids)[(*n)++] = ringing.v[i].id;
	ok = *n > 0 || nothing_rings(rq, who.handle, err);
out:
	contact_clear(&who);
	reminders_clear(&ringing);
	return ok;
}

bool
request_which(struct request *rq, const int64_t *ids, size_t n,
    struct err *err)
{
	const char *verb = strrchr(rq->call->method, '.') + 1;
	enum { LISTED = 5 };
	struct buf b = {0};
	size_t i;

	for (i = 0; i < n && i < LISTED; i++) {
		struct reminder r = {0};

		if (!store_reminder_get(rq->ctx->store, ids[i], &r, err)) {
			buf_clear(&b);
			return false;
		}
		buf_addf(&b, "%s%" PRId64 " %s", i == 0 ? "" : ", ", r.id,
		    r.text);
		reminder_clear(&r);
	}
	if (n > LISTED)
		buf_addf(&b, " and %zu more", n - LISTED);
	err_param(err, ERR_NOT_UNDERSTOOD, "id",
	    "%zu ring, say which (rapportctl %s ID): %s", n,
	    command_by_method(verb)->name, buf_str(&b));
	buf_clear(&b);
	return false;
}

struct zone *
request_zone(const struct request *rq, const char *name, struct err *err)
{
	struct zone *zone = zoneinfo_load(request_string(rq, name), err);

	if (zone == NULL)
		blame(err, name);
	return zone;
}

bool
request_when(struct request *rq, const char *name, const struct zone *zone,
    unsigned flags, struct when *out, struct err *err)
{
	const char *phrase = request_string(rq, name);
	char note[WHEN_TEXT];

	if (zone == NULL)
		zone = rq->ctx->zone;
	if (!when_parse(phrase, rq->now, zone, &rq->ctx->options->hours, flags,
	    out, err)) {
		blame(err, name);
		return false;
	}
	if (zone != rq->ctx->zone)
		when_ring_at_home(out, rq->now, rq->ctx->zone,
		    &rq->ctx->options->hours);
	if (when_note(out, note))
		request_note(rq, "%s", note);
	if (rq->zones_differ && zone == rq->ctx->zone && out->floating)
		request_note(rq, "they live in different zones: the time is "
		    "by your clock");
	return true;
}

void
moments_of(const struct when *w, const struct zone *zone, struct moment *due,
    struct moment *ring)
{
	*due = (struct moment){w->epoch, w->floating, w->local};
	/* A morning of ours has no place on their wall; what else rings when it
	 * is due does so by their clock. */
	if (zone != NULL && w->by)
		*ring = (struct moment){.epoch = w->ring};
	else if (zone != NULL)
		*ring = *due;
	else
		*ring = (struct moment){w->ring, w->floating, w->ring_local};
}

void
request_note(struct request *rq, const char *fmt, ...)
{
	char text[1024];
	json_t *note;
	va_list ap;
	size_t i;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	note = json_stringn(text, utf8_clip(text, strlen(text)));
	/* What holds for several reminders is said once. */
	for (i = 0; i < json_array_size(rq->notes); i++)
		if (json_equal(json_array_get(rq->notes, i), note)) {
			json_decref(note);
			return;
		}
	json_array_append_new(rq->notes, note);
}

void
request_sentence(struct request *rq, const char *did,
    const struct reminders *rs)
{
	char *sentence = schedule_sentence(did, rs);

	buf_adds(&rq->sentence, sentence);
	free(sentence);
}

void
request_reply_one(struct request *rq, const struct reminder *r)
{
	json_object_set_new(rq->reply, "reminder", reminder_json(rq->ctx, r));
}

void
request_reply_many(struct request *rq, struct reminders *rs)
{
	json_object_set_new(rq->reply, "reminders",
	    reminders_json(rq->ctx, rs));
	reminders_clear(rs);
}

/* ----------------------------------------------------------- contacts --- */

static int
compare_handles(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
request_link(struct reminder *r, const char *handle)
{
	size_t i;

	for (i = 0; i < r->with_n; i++)
		if (strcmp(r->with[i], handle) == 0)
			return;
	r->with = mem_resize(r->with, (r->with_n + 1) * sizeof *r->with);
	r->with[r->with_n++] = mem_dup(handle);
	qsort(r->with, r->with_n, sizeof *r->with, compare_handles);
}

static void
unlink_handles(struct reminder *r)
{
	size_t i;

	for (i = 0; i < r->with_n; i++)
		free(r->with[i]);
	free(r->with);
	r->with = NULL;
	r->with_n = 0;
}

bool
request_contact(const struct request *rq, const char *name,
    struct contact *out, struct err *err)
{
	const char *who = request_string(rq, name);

	if (store_contact_find(rq->ctx->store, who + (who[0] == '@'), out,
	    err))
		return true;
	blame(err, name);
	return false;
}

bool
request_linked(struct request *rq, const char *name, struct reminder *r,
    struct err *err)
{
	const json_t *v = json_object_get(rq->p, name);
	size_t i, n = elements(v);

	if (n == 0 && !json_is_array(v))
		return true;
	unlink_handles(r);
	for (i = 0; i < n; i++) {
		const char *who = json_string_value(element(v, i));
		struct contact c = {0};

		if (n == 1 && (who[0] == '\0' || strcmp(who, "none") == 0))
			return true;
		if (!store_contact_find(rq->ctx->store,
		    who[0] == '@' ? who + 1 : who, &c, err)) {
			blame(err, name);
			return false;
		}
		request_link(r, c.handle);
		contact_clear(&c);
	}
	return true;
}

bool
request_with(struct request *rq, struct reminder *r, struct err *err)
{
	return request_linked(rq, "with", r, err);
}

/* The contact with exactly this handle: its handle as it is written (the
 * caller frees it), or NULL. */
static bool
exact_contact(struct request *rq, const char *handle, char **written,
    struct err *err)
{
	struct contact c = {0};
	bool found;

	*written = NULL;
	if (!store_contact_get(rq->ctx->store, handle, &c, &found, err))
		return false;
	if (found)
		*written = mem_dup(c.handle);
	contact_clear(&c);
	return true;
}

/* A word of a text: link it (@dana), hint at it (dana), or neither. */
static bool
mention(struct request *rq, struct reminder *r, const char *word, size_t len,
    struct err *err)
{
	bool at = word[0] == '@';
	char handle[HANDLE_MAX + 2];
	char *found;
	size_t i;

	word += at;
	len -= at;
	/* What ends a sentence is no part of a handle. */
	while (len > 0 && strchr(".,;:!?)'\"", word[len - 1]) != NULL)
		len--;
	if (len == 0 || len > HANDLE_MAX)
		return true;
	memcpy(handle, word, len);
	handle[len] = '\0';
	if (!exact_contact(rq, handle, &found, err))
		return false;
	if (found == NULL) {
		if (at)
			request_note(rq, "no contact \"%s\" yet: @%s is only "
			    "text", handle, handle);
		return true;
	}
	if (at) {
		request_link(r, found);
		free(found);
		return true;
	}
	for (i = 0; i < r->with_n; i++)
		if (strcmp(r->with[i], found) == 0)
			break;
	if (i == r->with_n)
		request_note(rq, "\"%s\" is a contact: --with %s links it",
		    handle, found);
	free(found);
	return true;
}

bool
request_mentions(struct request *rq, struct reminder *r, struct err *err)
{
	enum { WORDS_MAX = 64 };	/* of a long text only the beginning */
	const char *p = r->text;
	int words = 0, pass;

	/* Links first, so that "@dana … dana" draws no hint. */
	for (pass = 0; pass < 2; pass++)
		for (p = r->text, words = 0; *p != '\0' && words < WORDS_MAX;
		    words++) {
			size_t len;

			p += strspn(p, " \t\n");
			len = strcspn(p, " \t\n");
			if (len > 0 && (p[0] == '@') == (pass == 0) &&
			    !mention(rq, r, p, len, err))
				return false;
			p += len;
		}
	return true;
}

/* Where they all live, as far as that is known of them: *name (the caller
 * frees) is NULL when it is not, or in more than one zone. */
static bool
common_zone(struct request *rq, const struct reminder *r, char **name,
    struct err *err)
{
	bool found, several = false;
	size_t i;

	*name = NULL;
	for (i = 0; i < r->with_n; i++) {
		struct contact c = {0};

		if (!store_contact_get(rq->ctx->store, r->with[i], &c, &found,
		    err)) {
			free(*name);
			*name = NULL;
			return false;
		}
		if (c.zone != NULL && *name == NULL)
			*name = mem_dup(c.zone);
		else if (c.zone != NULL && strcmp(c.zone, *name) != 0)
			several = true;
		contact_clear(&c);
	}
	if (several) {
		free(*name);
		*name = NULL;
		rq->zones_differ = true;
	}
	return true;
}

bool
request_wall(struct request *rq, const struct reminder *r, struct zone **out,
    struct err *err)
{
	struct err why = {0};
	char *name;

	*out = NULL;
	if (request_has(rq, "zone")) {
		if (request_none(rq, "zone"))
			return true;
		*out = request_zone(rq, "zone", err);
		return *out != NULL;
	}
	if (!common_zone(rq, r, &name, err))
		return false;
	if (name != NULL && (*out = zoneinfo_load(name, &why)) == NULL)
		request_note(rq, "%s; the time is yours", why.message);
	free(name);
	return true;
}

/* What is not yet said in this answer. */
static bool
is_among(const int64_t *ids, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

bool
request_note_open(struct request *rq, const struct reminder *people,
    const int64_t *but, size_t n, struct err *err)
{
	struct store_filter f = {.open = true, .until = NEVER};
	struct reminders open = {0};
	char text[WHEN_TEXT];
	bool ok = true;
	size_t i;

	for (i = 0; ok && i < people->with_n; i++) {
		f.with = people->with[i];
		ok = store_reminders(rq->ctx->store, &f, &open, err);
	}
	/* What is with two of them is noted once: request_note sees to it. */
	for (i = 0; ok && i < open.n; i++)
		if (!is_among(but, n, open.v[i].id))
			request_note(rq, "still open: %" PRId64 "  %s · %s",
			    open.v[i].id, open.v[i].text,
			    when_echo(open.v[i].due.epoch, rq->now,
			    rq->ctx->zone, text));
	reminders_clear(&open);
	return ok;
}

void
request_note_made(struct request *rq, const struct reminders *made)
{
	char text[WHEN_TEXT];
	size_t i;

	for (i = 0; i < made->n; i++)
		request_note(rq, "added: %" PRId64 "  %s · %s", made->v[i].id,
		    made->v[i].text, when_echo(made->v[i].due.epoch, rq->now,
		    rq->ctx->zone, text));
}

/* --------------------------------------------------------- who waits --- */

void
waiting_add(struct waiting_calls *w, struct call *c)
{
	w->v = mem_resize(w->v, (w->n + 1) * sizeof *w->v);
	w->v[w->n++] = c;
}

bool
waiting_remove(struct waiting_calls *w, struct call *c)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		if (w->v[i] != c)
			continue;
		w->v[i] = w->v[--w->n];
		return true;
	}
	return false;
}
