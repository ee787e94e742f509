/*
 * Which pop-ups stand. At most SCREEN_MAX do; what does not fit, and what
 * comes late together, is one merged notice (key "m"), which counts as one.
 *
 * Invariants: a pop-up stands only for reminders that ring; no reminder is in
 * two pop-ups; the merged notice is of two at least. Whoever makes reminders
 * stop ringing calls screen_gone.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "schedule/inside.h"

#define MERGED "m"

/* ---------------------------------------------------------------- ids -- */

void
ids_add(struct ids *ids, int64_t id)
{
	/* Grown at each power of two, as struct reminders is. */
	if ((ids->n & (ids->n - 1)) == 0)
		ids->v = mem_resize(ids->v,
		    (ids->n == 0 ? 1 : ids->n * 2) * sizeof *ids->v);
	ids->v[ids->n++] = id;
}

static int
compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void
ids_sort(int64_t *ids, size_t n)
{
	if (n > 1)
		qsort(ids, n, sizeof *ids, compare_ids);
}

void
ids_sort_unique(struct ids *ids)
{
	size_t i, kept = 0;

	ids_sort(ids->v, ids->n);
	for (i = 0; i < ids->n; i++)
		if (i == 0 || ids->v[i] != ids->v[i - 1])
			ids->v[kept++] = ids->v[i];
	ids->n = kept;
}

bool
ids_have(const int64_t *ids, size_t n, int64_t id)
{
	return n > 0 &&
	    bsearch(&id, ids, n, sizeof *ids, compare_ids) != NULL;
}

/* -------------------------------------------------------------- table -- */

static bool
is_merged(const struct standing *p)
{
	return strcmp(p->key, MERGED) == 0;
}

static struct standing *
merged_notice(struct schedule *s)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++)
		if (is_merged(&s->standing[i]))
			return &s->standing[i];
	return NULL;
}

/* The pop-up that speaks of a reminder, or NULL. */
struct standing *
screen_find(struct schedule *s, int64_t id)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++)
		if (ids_have(s->standing[i].ids, s->standing[i].n, id))
			return &s->standing[i];
	return NULL;
}

struct standing *
screen_named(struct schedule *s, const char *key, const char *nonce)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++)
		if (strcmp(s->standing[i].key, key) == 0 &&
		    strcmp(s->standing[i].nonce, nonce) == 0)
			return &s->standing[i];
	return NULL;
}

struct closed *
screen_closed(struct schedule *s, const char *key, const char *nonce)
{
	size_t i;

	for (i = 0; i < CLOSED_MAX; i++)
		if (s->closed[i].nonce[0] != '\0' &&
		    strcmp(s->closed[i].key, key) == 0 &&
		    strcmp(s->closed[i].nonce, nonce) == 0)
			return &s->closed[i];
	return NULL;
}

/* It ended by itself: take it from the table, but know it for a late click.
 * p is gone afterwards, and those behind it have moved up. */
void
screen_forget(struct schedule *s, struct standing *p)
{
	struct closed *c = &s->closed[s->closed_next];
	size_t i = (size_t)(p - s->standing);

	s->closed_next = (s->closed_next + 1) % CLOSED_MAX;
	free(c->ids);
	memcpy(c->key, p->key, sizeof c->key);
	memcpy(c->nonce, p->nonce, sizeof c->nonce);
	c->n = p->n;
	c->ids = p->ids;
	/* A storm's notice is not worth keeping its list for. */
	if (p->n > CLOSED_MAX) {
		free(p->ids);
		c->ids = NULL;
		c->n = 0;
	}
	free(p->summary);
	s->standing_n--;
	memmove(p, p + 1, (s->standing_n - i) * sizeof *p);
	s->standing[s->standing_n] = (struct standing){0};
}

void
screen_close(struct schedule *s, struct standing *p)
{
	s->out.close(s->out.arg, p->key, p->nonce);
	screen_forget(s, p);
}

/* Of what was asked for and is not there yet, take back what is not urgent:
 * pop-ups on their way, and the wishes of a burst. Whether there was any; it
 * rings on, and nothing of it stands. */
bool
screen_take_back(struct schedule *s)
{
	size_t i, kept = 0, n = s->newcomers_n;
	bool any = false;

	for (i = s->standing_n; i-- > 0;) {
		struct standing *p = &s->standing[i];

		if (p->shown || (p->urgent && !is_merged(p)))
			continue;
		screen_close(s, p);
		any = true;
	}
	for (i = 0; i < n; i++)
		if (s->newcomers[i].urgent ||
		    s->newcomers[i].wish == WISH_LEAVE)
			s->newcomers[kept++] = s->newcomers[i];
	s->newcomers_n = kept;
	return any || kept < n;
}

void
screen_free(struct schedule *s)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++) {
		free(s->standing[i].ids);
		free(s->standing[i].summary);
	}
	for (i = 0; i < CLOSED_MAX; i++)
		free(s->closed[i].ids);
	free(s->newcomers);
}

/* ------------------------------------------------------------ showing -- */

void
screen_nonce(struct schedule *s, char nonce[24])
{
	snprintf(nonce, 24, "%08" PRIx32 "%06" PRIx32, s->nonce_seed,
	    s->nonce_serial++);
}

/* dunst closes the older of two pop-ups with the same text, Plasma refuses
 * the second: make them differ by the ID. */
static void
make_unique(const struct schedule *s, struct popup *p, int64_t id)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < s->standing_n; i++)
		if (strcmp(s->standing[i].summary, p->summary) == 0)
			break;
	if (i == s->standing_n)
		return;
	buf_addf(&b, "%s (%" PRId64 ")", p->summary, id);
	free(p->summary);
	p->summary = buf_take(&b);
}

/* Send it off and enter it in the table, which has room: the layout saw to
 * it. Takes ids (sorted). */
static void
show(struct schedule *s, struct popup *p, int64_t *ids, size_t n)
{
	struct standing *e = &s->standing[s->standing_n++];

	s->busy = true;
	if (!ahead_take(s, p))
		s->out.show(s->out.arg, p);
	*e = (struct standing){.ids = ids, .n = n, .urgent = p->urgent};
	memcpy(e->key, p->key, sizeof e->key);
	memcpy(e->nonce, p->nonce, sizeof e->nonce);
	e->summary = mem_dup(p->summary);
}

/* The pop-up of one reminder, without its nonce. */
void
screen_single(struct schedule *s, int64_t now, const struct reminder *r,
    struct popup *p)
{
	wording_single(s, now, r, p);
	snprintf(p->key, sizeof p->key, "r%" PRId64, r->id);
	make_unique(s, p, r->id);
}

static void
show_single(struct schedule *s, int64_t now, int64_t id)
{
	struct reminder r = {0};
	struct popup p = {0};
	int64_t *ids;

	/* What can't be read now is tried again at its next raise. */
	if (!store_reminder_get(s->store, id, &r, NULL))
		return;
	/* What a series has come to is shown before it is written. */
	series_catch_up(s, now, &r);
	screen_single(s, now, &r, &p);
	ids = mem_new(1, sizeof *ids);
	*ids = id;
	show(s, &p, ids, 1);
	popup_clear(&p);
	reminder_clear(&r);
}

/* Those that share a notice; again: they had one already; urgent: one that is
 * not among those read for the wording may be. Takes the ids. */
static void
show_group(struct schedule *s, int64_t now, struct ids *ids, bool again,
    bool urgent)
{
	struct popup p = {0};

	ids_sort(ids->v, ids->n);
	if (ids->n >= 2) {
		p.urgent = urgent;
		wording_merged(s, now, ids->v, ids->n, again, &p);
		snprintf(p.key, sizeof p.key, MERGED);
		show(s, &p, ids->v, ids->n);
		popup_clear(&p);
		*ids = (struct ids){0};
		return;
	}
	if (ids->n == 1)
		show_single(s, now, ids->v[0]);
	free(ids->v);
	*ids = (struct ids){0};
}

static struct ids
ids_of(const struct standing *p)
{
	struct ids ids = {0};
	size_t i;

	for (i = 0; i < p->n; i++)
		ids_add(&ids, p->ids[i]);
	return ids;
}

/* Close it and show the same reminders anew. */
static void
renew(struct schedule *s, int64_t now, struct standing *p)
{
	bool urgent = p->urgent && p->n > RANKED;
	struct ids ids = ids_of(p);

	screen_close(s, p);
	show_group(s, now, &ids, true, urgent);
}

/* None of what should stand does: a server has just come up. What was asked
 * for before that is asked for again, in the same order. */
void
screen_send_again(struct schedule *s, int64_t now)
{
	size_t n = s->standing_n;

	while (n-- > 0) {
		struct standing *p = &s->standing[0];
		bool urgent = p->urgent && p->n > RANKED, again = p->shown;
		struct ids ids = ids_of(p);

		screen_forget(s, p);
		show_group(s, now, &ids, again, urgent);
	}
}

void
screen_renew(struct schedule *s, int64_t now, int64_t id)
{
	struct standing *p = screen_find(s, id);

	if (p != NULL)
		renew(s, now, p);
}

/* Each one anew, in the same order. */
void
screen_renew_all(struct schedule *s, int64_t now)
{
	size_t n = s->standing_n;

	while (n-- > 0)
		renew(s, now, &s->standing[0]);
}

/* ------------------------------------------------------------ leaving -- */

/* Take the sorted ids out of all pop-ups. A single one is closed; a merged
 * notice becomes stale, and the caller shows it anew. */
static void
strip(struct schedule *s, const int64_t *gone, size_t gone_n)
{
	size_t i, k, kept;

	for (i = s->standing_n; i-- > 0;) {
		struct standing *p = &s->standing[i];

		for (k = kept = 0; k < p->n; k++)
			if (!ids_have(gone, gone_n, p->ids[k]))
				p->ids[kept++] = p->ids[k];
		if (kept == p->n)
			continue;
		if (kept == 0) {
			/* Known by its ids until here: a late click finds
			 * that they no longer ring. */
			screen_close(s, p);
			continue;
		}
		p->n = kept;
		p->marked = 0;
		p->stale = true;
	}
}

static void
strip_newcomers(struct schedule *s, const int64_t *gone, size_t gone_n)
{
	size_t i, kept = 0;

	for (i = 0; i < s->newcomers_n; i++)
		if (!ids_have(gone, gone_n, s->newcomers[i].id))
			s->newcomers[kept++] = s->newcomers[i];
	s->newcomers_n = kept;
}

/* These no longer ring: no pop-up speaks of them from now on. */
void
screen_gone(struct schedule *s, int64_t now, const int64_t *ids, size_t n)
{
	struct standing *p;
	struct ids gone = {0};
	size_t i;

	if (s->standing_n == 0 && s->newcomers_n == 0)
		return;
	for (i = 0; i < n; i++)
		ids_add(&gone, ids[i]);
	ids_sort(gone.v, gone.n);
	strip_newcomers(s, gone.v, gone.n);
	strip(s, gone.v, gone.n);
	free(gone.v);
	p = merged_notice(s);
	if (p != NULL && p->stale)
		renew(s, now, p);
}

/* ------------------------------------------------------------- layout -- */

/* What the screen should become, worked out before anything is closed or
 * shown. */
struct layout {
	struct newcomer *fresh;	/* of s->newcomers: those that don't stand */
	size_t fresh_n;
	bool end[SCREEN_MAX];	/* standing ones that are closed */
	bool fold[SCREEN_MAX];	/* of those, the ones that are merged */
	struct ids single;	/* each gets a pop-up of its own */
	struct ids merged;	/* these share one */
	bool merge;		/* the merged notice is shown (anew) */
	bool urgent;		/* and holds an urgent one */
};

/* Those that wish to leave do; those that stand are renewed if they wish;
 * what is left is fresh. */
static void
sort_out(struct schedule *s, struct layout *l)
{
	struct ids gone = {0};
	size_t i;

	for (i = 0; i < s->newcomers_n; i++)
		if (s->newcomers[i].wish == WISH_LEAVE)
			ids_add(&gone, s->newcomers[i].id);
	ids_sort(gone.v, gone.n);
	strip_newcomers(s, gone.v, gone.n);
	strip(s, gone.v, gone.n);
	free(gone.v);

	l->fresh = s->newcomers;
	for (i = 0; i < s->newcomers_n; i++) {
		struct newcomer w = s->newcomers[i];
		struct standing *p = screen_find(s, w.id);

		if (p == NULL)
			l->fresh[l->fresh_n++] = w;
		else if (w.wish == WISH_ANEW || p->passed)
			l->end[p - s->standing] = true;
	}
}

/* One that comes late alone is alone, unless the brief is out already. */
static size_t
count_together(struct schedule *s, int64_t now, struct layout *l)
{
	bool brief = now / 60 == s->brief_minute && merged_notice(s) != NULL;
	size_t i, n = 0;

	for (i = 0; i < l->fresh_n; i++)
		n += l->fresh[i].together;
	if (n != 1 || brief)
		return n;
	for (i = 0; i < l->fresh_n; i++)
		l->fresh[i].together = false;
	return 0;
}

/* The single pop-up that goes into the merged notice when there is no room
 * for that: the oldest that is not urgent. */
static void
fold_one(struct schedule *s, struct layout *l)
{
	size_t i = 0;

	while (i < s->standing_n && s->standing[i].urgent)
		i++;
	if (i == s->standing_n)
		i = 0;
	l->end[i] = l->fold[i] = true;
}

/* Give each fresh one its place: urgent ones first, then those that ring
 * longest. When not all fit, only urgent ones stay single. */
static void
place(struct layout *l, int room, bool spill)
{
	int urgent;
	size_t i;

	for (urgent = 1; urgent >= 0; urgent--) {
		for (i = 0; i < l->fresh_n; i++) {
			const struct newcomer *w = &l->fresh[i];

			if (w->urgent != urgent)
				continue;
			if (!w->together &&
			    (!spill || (urgent && room-- > 0))) {
				ids_add(&l->single, w->id);
				continue;
			}
			ids_add(&l->merged, w->id);
			l->urgent = l->urgent || w->urgent;
		}
	}
}

/* What stands and ends is shown again, by itself or in the notice. */
static void
place_standing(struct schedule *s, struct layout *l)
{
	size_t i, k;

	for (i = 0; i < s->standing_n; i++) {
		const struct standing *p = &s->standing[i];
		bool merged = is_merged(p);

		if (merged && l->merge)
			l->end[i] = true;
		if (!l->end[i])
			continue;
		merged = merged || l->fold[i];
		if (merged)
			l->urgent = l->urgent || p->urgent;
		for (k = 0; k < p->n; k++)
			ids_add(merged ? &l->merged : &l->single, p->ids[k]);
	}
}

static void
lay_out(struct schedule *s, int64_t now, struct layout *l)
{
	struct standing *m = merged_notice(s);
	size_t together = count_together(s, now, l);
	int singles = (int)s->standing_n - (m != NULL) + travel_stands(s);
	int room;
	bool spill;

	l->merge = together > 0 ||
	    (m != NULL && (m->stale || l->end[m - s->standing]));
	room = SCREEN_MAX - singles - (m != NULL || l->merge);
	spill = (int)(l->fresh_n - together) > room;
	if (spill) {
		l->merge = true;
		room = SCREEN_MAX - singles - 1;
		if (room < 0)
			fold_one(s, l);
	}
	place(l, room, spill);
	place_standing(s, l);
}

/*
 * Make the screen what the newcomers of this burst want. Nothing is shown
 * while no server is there: a sweep shows it when one comes.
 */
void
screen_lay(struct schedule *s, int64_t now)
{
	struct layout l = {0};
	bool again;
	size_t i;

	if (s->newcomers_n == 0)
		return;
	sort_out(s, &l);
	if (s->server == SERVER_DOWN) {
		s->unshown = s->unshown || l.fresh_n > 0;
		goto out;
	}
	again = merged_notice(s) != NULL;
	lay_out(s, now, &l);
	for (i = s->standing_n; i-- > 0;)
		if (l.end[i])
			screen_close(s, &s->standing[i]);
	for (i = 0; i < l.single.n; i++)
		show_single(s, now, l.single.v[i]);
	if (l.merge)
		show_group(s, now, &l.merged, again,
		    l.urgent && l.merged.n > RANKED);
out:
	free(l.single.v);
	free(l.merged.v);
	free(s->newcomers);
	s->newcomers = NULL;
	s->newcomers_n = 0;
}

/* -------------------------------------------------------------- marks -- */

static bool
mark(struct schedule *s, int64_t id, struct err *err)
{
	struct reminder r = {0};
	struct err why = {0};
	bool ok = true;

	if (!store_reminder_get(s->store, id, &r, &why)) {
		if (why.code == ERR_NOT_FOUND)
			return true;
		*err = why;
		return false;
	}
	if (r.state == STATE_RINGING) {
		r.on_screen = true;
		r.shown++;
		ok = store_reminder_put(s->store, &r, err);
		if (ok)
			tell(s, EVENT_SHOWN, id, &r);
	}
	reminder_clear(&r);
	return ok;
}

/* Record what was shown, at most budget reminders of it; the rest is taken
 * by the next run. */
bool
screen_mark(struct schedule *s, size_t *budget, struct err *err)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++) {
		struct standing *p = &s->standing[i];

		while (p->shown && p->marked < p->n && *budget > 0) {
			if (!mark(s, p->ids[p->marked], err))
				return false;
			p->marked++;
			(*budget)--;
		}
	}
	return true;
}

/* Whether all that was shown is recorded. */
bool
screen_marked(const struct schedule *s)
{
	size_t i;

	for (i = 0; i < s->standing_n; i++)
		if (s->standing[i].shown &&
		    s->standing[i].marked < s->standing[i].n)
			return false;
	return true;
}

/* Record that these are not on the screen. */
bool
screen_unmark(struct schedule *s, const int64_t *ids, size_t n,
    struct err *err)
{
	size_t i;

	if (n > BATCH) {
		sweep_start(s, SWEEP_MARKS);
		return true;
	}
	for (i = 0; i < n; i++) {
		struct reminder r = {0};
		bool ok = true;

		if (!store_reminder_get(s->store, ids[i], &r, NULL))
			continue;
		if (r.on_screen) {
			r.on_screen = false;
			ok = store_reminder_put(s->store, &r, err);
		}
		reminder_clear(&r);
		if (!ok)
			return false;
	}
	return true;
}
