/* What add, edit, move and show have to do with series: RULE in, and what
 * comes next in words out. */
#include <inttypes.h>
#include <stdlib.h>

#include "conf/zoneinfo.h"
#include "methods/methods.h"

bool
request_series(struct request *rq, const struct zone *zone,
    struct series *out, struct err *err)
{
	return begin_said(request_string(rq, "when"),
	    request_string(rq, "every"), rq->now,
	    zone == NULL ? rq->ctx->zone : zone, &rq->ctx->options->hours,
	    out, err);
}

bool
wall_open(const struct context *ctx, const struct reminder *r,
    struct wall *out, struct err *err)
{
	*out = (struct wall){.zone = ctx->zone};
	if (r->zone == NULL)
		return true;
	out->loaded = zoneinfo_load(r->zone, err);
	out->zone = out->loaded;
	return out->loaded != NULL;
}

void
wall_close(struct wall *w)
{
	zone_free(w->loaded);
}

struct civil
wall_slot(const struct reminder *r, const struct wall *w)
{
	return r->every != NULL ? r->slot : r->due.wall ? r->due.local :
	    zone_civil(w->zone, r->due.epoch);
}

bool
series_next(const struct series *s, const struct zone *z,
    struct occurrence *at)
{
	struct occurrence last = *at;

	return s->recur.kind == RECUR_RULE && recur_next(&s->recur, &s->anchor,
	    z, &last.slot, last.epoch, at) == RRULE_FOUND;
}

/* "then Tue 1 Dec 2026 09:00 CET, Tue 8 Dec 2026 09:00 CET": with the
 * occurrence at hand, the first three. */
static void
note_then(struct request *rq, const struct series *s, const struct zone *z,
    bool keep, int64_t of)
{
	enum { THEN = 2 };
	struct occurrence at = s->first;
	bool more = keep || series_next(s, z, &at);
	struct buf all = {0};
	char text[WHEN_TEXT];
	int i;

	if (of != 0)
		buf_addf(&all, "%" PRId64 ": ", of);
	buf_adds(&all, "then ");
	for (i = 0; i < THEN && more; i++) {
		buf_addf(&all, "%s%s", i == 0 ? "" : ", ",
		    when_format(at.epoch, z, text));
		more = series_next(s, z, &at);
	}
	if (i < THEN)
		buf_addf(&all, "%sno more", i == 0 ? "" : ", and ");
	request_note(rq, "%s", buf_str(&all));
	buf_clear(&all);
}

void
request_note_series(struct request *rq, const struct series *s,
    const struct zone *z, bool keep, int64_t of)
{
	struct when first = begin_moment(s, &s->first);
	char note[WHEN_TEXT];
	bool noted = when_note(&first, note);

	if (noted && of != 0)
		request_note(rq, "%" PRId64 ": %s", of, note);
	else if (noted)
		request_note(rq, "%s", note);
	if (s->recur.kind == RECUR_RULE)
		note_then(rq, s, z, keep, of);
}
