/* What the methods about people share. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "methods/methods.h"

enum { HANDLES_TRIED = 10000, LINE_BYTES = 60 };

int
contact_cadence(const struct options *o, const struct contact *c)
{
	const struct circle *circle;

	if (c->cadence > 0)
		return c->cadence;
	circle = c->circle == NULL ? NULL : options_circle(o, c->circle);
	return circle == NULL ? 0 : circle->days;
}

struct civil
people_today(const struct request *rq)
{
	return zone_civil(rq->ctx->zone, rq->now);
}

bool
people_last(struct request *rq, struct contact *c, struct err *err)
{
	return c->last_at <= rq->now || store_last_before(rq->ctx->store,
	    c->id, rq->now, &c->last_at, err);
}

/* ------------------------------------------------------------ handles --- */

/* "dana.n": with the first letter of the last word; false: there is no other
 * word, or none of a letter. */
static bool
with_initial(const char *name, const char *handle, struct buf *out)
{
	const char *last = strrchr(name, ' ');
	char initial[HANDLE_MAX + 1];
	uint32_t c;
	size_t n;

	if (last == NULL)
		return false;
	handle_from_name(last + 1, initial);
	if (initial[0] == '\0')
		return false;
	n = utf8_decode(initial, strlen(initial), &c);
	buf_addf(out, "%s.%.*s", handle, (int)n, initial);
	return true;
}

/* Whether it can be had: valid, and nobody's. *ok false: err says why not. */
static bool
is_free(struct request *rq, const char *handle, bool *ok, struct err *err)
{
	struct contact c = {0};
	bool found;

	*ok = store_contact_get(rq->ctx->store, handle, &c, &found, err);
	contact_clear(&c);
	return *ok && !found && handle_valid(handle, "as", NULL);
}

bool
people_handle(struct request *rq, const char *name, char **out,
    struct err *err)
{
	char first[HANDLE_MAX + 1];
	struct buf handle = {0};
	bool ok = true;
	int i;

	handle_from_name(name, first);
	if (first[0] == '\0' || (strchr(name, ' ') == NULL &&
	    command_entry(first, NULL, NULL)))
		return err_param(err, ERR_NOT_UNDERSTOOD, "name",
		    "\"%.64s\" suggests no handle: give one with --as", name);
	buf_adds(&handle, first);
	/* dana, dana.n, dana2, dana3, … */
	for (i = 0; !is_free(rq, buf_str(&handle), &ok, err); i++) {
		if (!ok || i == HANDLES_TRIED)
			break;
		buf_drain(&handle, handle.len);
		if (i > 0 || !with_initial(name, first, &handle))
			buf_addf(&handle, "%s%d", first, i == 0 ? 2 : i + 1);
	}
	if (ok && i == HANDLES_TRIED)
		ok = err_param(err, ERR_NOT_UNDERSTOOD, "name",
		    "too many are called %s: give a handle with --as", first);
	if (ok)
		*out = buf_take(&handle);
	buf_clear(&handle);
	return ok;
}

/* ------------------------------------------------------ introductions --- */

static bool
make_thanks(struct request *rq, const struct contact *c,
    const struct contact *by, struct reminder *thanks, struct err *err)
{
	struct buf text = {0};
	struct when when;

	if (!when_parse("tomorrow", rq->now, rq->ctx->zone,
	    &rq->ctx->options->hours, 0, &when, err))
		return false;
	buf_addf(&text, "Thank %s for introducing %s", by->name, c->name);
	text.data[utf8_clip(text.data,
	    text.len < TEXT_MAX ? text.len : TEXT_MAX)] = '\0';
	*thanks = (struct reminder){.text = buf_take(&text),
	    .kind = KIND_THANKS};
	moments_of(&when, NULL, &thanks->due, &thanks->ring);
	request_link(thanks, by->handle);
	return schedule_add(rq->ctx->schedule, rq->now, thanks, err);
}

static void
came_through(struct contact *c, const char *handle, int64_t at)
{
	free(c->introduced_by);
	c->introduced_by = mem_dup(handle);
	c->introduced_at = at;
}

bool
people_introduced(struct request *rq, struct contact *c,
    struct reminder *thanks, bool *made, struct err *err)
{
	bool history = request_flag(rq, "no_thanks"), known, ok = true;
	struct contact by = {0};

	*made = false;
	if (!request_has(rq, "introduced_by"))
		return !history || err_param(err, ERR_NOT_UNDERSTOOD,
		    "no_thanks", "--no-thanks goes with --introduced-by WHO");
	if (request_none(rq, "introduced_by")) {
		came_through(c, NULL, 0);
		return true;
	}
	if (!request_contact(rq, "introduced_by", &by, err))
		return false;
	known = c->introduced_by != NULL &&
	    strcmp(c->introduced_by, by.handle) == 0;
	if (!known) {
		/* What is history was not said today. */
		came_through(c, by.handle, history ? 0 : rq->now);
		*made = !history && by.status != CONTACT_DECEASED;
	}
	if (*made)
		ok = make_thanks(rq, c, &by, thanks, err);
	*made = *made && ok;
	contact_clear(&by);
	return ok;
}

/* -------------------------------------------------------------- lines --- */

/* A text on one line, cut when it is long. */
static void
add_short(struct buf *b, const char *text)
{
	size_t len = strlen(text), i;
	size_t cut = len <= LINE_BYTES ? len : utf8_clip(text, LINE_BYTES);

	for (i = 0; i < cut; i++)
		buf_add(b, (unsigned char)text[i] < ' ' ? " " : text + i, 1);
	buf_adds(b, cut < len ? "…" : "");
}

char *
fact_line(const struct fact *f)
{
	struct buf b = {0};

	buf_addf(&b, "f%" PRId64 " ", f->id);
	add_short(&b, f->text);
	return buf_take(&b);
}

char *
date_line(const struct date *d)
{
	struct buf b = {0};

	buf_addf(&b, "d%" PRId64 " %s ", d->id, date_kind_names[d->kind]);
	if (d->name != NULL) {
		add_short(&b, d->name);
		buf_adds(&b, " ");
	}
	buf_addf(&b, "%d %s", d->day, month_short[d->month]);
	if (d->year != 0)
		buf_addf(&b, " %d", d->year);
	return buf_take(&b);
}

char *
interaction_line(const struct interaction *i)
{
	struct buf b = {0};
	size_t k;

	buf_addf(&b, "i%" PRId64, i->id);
	for (k = 0; k < i->with_n && k < 3; k++)
		buf_addf(&b, "%s%s", k == 0 ? " with " : ", ", i->with[k]);
	buf_adds(&b, i->with_n > 3 ? ", …" : "");
	if (i->note != NULL) {
		buf_adds(&b, ": ");
		add_short(&b, i->note);
	}
	return buf_take(&b);
}
