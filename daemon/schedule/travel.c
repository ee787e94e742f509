/*
 * The zone changes: what floats on the wall is derived anew, and a notice tells
 * of what moved that matters to somebody else. Or the tz database does: then
 * what stands on the walls of other zones is derived anew as well.
 *
 * The zone that the instants in the database were derived in is remembered
 * there, by name and by its rules, and the edition of the tz database. As long
 * as some are of the one and some of the other, the rules are noted as
 * UNFINISHED, so that a daemon that ends meanwhile begins anew. Nothing rings
 * before all of it is done, unless it can't be stored: then what is due is
 * derived when its moment comes.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/zoneinfo.h"
#include "schedule/inside.h"

#define NOTICE "z"

enum {
	UNFINISHED = 0,		/* zone_hash is never 0 */
	DERIVED = 4 * BATCH,	/* by one run, which does nothing else: ten
				   thousand cost forty syncs */
};

/* -------------------------------------------------------- derive anew -- */

/* When what waits for its moment wakes: then. Only undo makes it wake later. */
static int64_t
wake_of(const struct reminder *r, const struct reminder *before)
{
	bool undone = before->wake > before->ring.epoch;

	return undone && before->wake > r->ring.epoch ? before->wake :
	    r->ring.epoch;
}

static void
derive_on(struct schedule *s, int64_t now, const struct zone *wall,
    struct reminder *r)
{
	const struct reminder before = *r;	/* its numbers */

	moment_derive(&r->due, wall);
	/* What rings when it is due does so by the same clock, whichever wall
	 * an older version took the fields from. */
	if (r->due.wall && r->ring.wall &&
	    before.ring.epoch == before.due.epoch)
		r->ring = r->due;
	else
		moment_derive(&r->ring, wall);
	if (r->state != STATE_SCHEDULED)
		r->due = before.due;
	if (r->state == STATE_RINGING)
		r->ring = before.ring;
	series_rederive(s, now, &before, r);
	if (r->state == STATE_RINGING) {
		if (r->next != before.next)
			cycle_next_changed(s->options, r);
	} else {
		r->wake = wake_of(r, &before);
	}
}

/*
 * Put the instants right of what stands on a wall, by the rules that hold. What
 * has rung did so at the moment that it tells; only what is still to come
 * moves: the end of a snooze, and the next occurrence. Whether anything did.
 * Where a zone can't be read, all stays as it is.
 */
bool
travel_derive(struct schedule *s, int64_t now, struct reminder *r)
{
	const struct reminder before = *r;	/* its numbers */
	struct zone *theirs = NULL;

	if (!reminder_open(r) || (!r->due.wall && !r->ring.wall))
		return false;
	if (r->zone != NULL && (theirs = zoneinfo_load(r->zone, NULL)) == NULL)
		return false;
	derive_on(s, now, theirs != NULL ? theirs : s->zone, r);
	zone_free(theirs);
	return r->due.epoch != before.due.epoch || r->wake != before.wake ||
	    r->ring.epoch != before.ring.epoch || r->next != before.next;
}

/* Somebody else counts on that time of day, and it was ours. */
static bool
matters(const struct reminder *r)
{
	return r->state != STATE_RINGING && r->with_n > 0 && r->clock_said &&
	    r->zone == NULL;
}

static void
tell_of(struct notice *n, int64_t id)
{
	ids_add(&n->moved, id);
	n->changed = true;
}

static bool
derive_batch(struct schedule *s, struct round *round, bool *all,
    struct err *err)
{
	struct travel *t = &s->travel;
	struct reminders rs = {0};
	size_t i;

	if (!store_floating(s->store, t->after, DERIVED, t->zoned, &rs, err))
		return false;
	*all = rs.n < DERIVED;
	for (i = 0; i < rs.n; i++) {
		struct reminder *r = &rs.v[i];
		int64_t ring = r->ring.epoch;

		t->after = r->id;
		if (!travel_derive(s, round->now, r))
			continue;
		t->moved++;
		if (matters(r) && r->ring.epoch != ring)
			tell_of(&t->notice, r->id);
		round_take(round, r, EVENT_MAX);
	}
	reminders_clear(&rs);
	return true;
}

/* ----------------------------------------------------------- the trip -- */

static void
notice_clear(struct schedule *s)
{
	struct notice *n = &s->travel.notice;

	if (n->state == NOTICE_SENT || n->state == NOTICE_STANDS)
		s->out.close(s->out.arg, NOTICE, n->nonce);
	free(n->from);
	free(n->moved.v);
	*n = (struct notice){.changed = true};
}

/*
 * The notice outlives the daemon until it was shown once: "3,12,40 zone", the
 * reminders it tells of and the zone that they are from. It is noted by the run
 * that follows a change of it; what stands on the screen was shown.
 */
#define NOTED "zone_notice"

bool
travel_note(struct schedule *s, struct err *err)
{
	struct notice *n = &s->travel.notice;
	struct buf text = {0};
	bool ok;
	size_t i;

	n->unsure = n->changed;
	if (!n->changed)
		return true;
	n->changed = false;
	if (n->state == NOTICE_STANDS || n->from == NULL || n->moved.n == 0)
		return store_setting_text_put(s->store, NOTED, NULL, err);
	for (i = 0; i < n->moved.n; i++)
		buf_addf(&text, "%s%" PRId64, i == 0 ? "" : ",",
		    n->moved.v[i]);
	buf_addf(&text, " %s", n->from);
	ok = store_setting_text_put(s->store, NOTED, buf_str(&text), err);
	buf_clear(&text);
	return ok;
}

bool
travel_noted(const struct schedule *s)
{
	return !s->travel.notice.changed;
}

/* What the last daemon did not get round to show. */
static void
recall_notice(struct schedule *s)
{
	struct notice *n = &s->travel.notice;
	char *text = store_setting_text(s->store, NOTED), *p = text;

	while (p != NULL && *p != '\0' && *p != ' ') {
		ids_add(&n->moved, strtoll(p, &p, 10));
		p += *p == ',';
	}
	if (p != NULL && *p == ' ') {
		n->from = mem_dup(p + 1);
		n->state = NOTICE_WANTED;
	}
	free(text);
}

/* If it is on its way: it comes later. */
void
travel_take_back(struct schedule *s)
{
	struct notice *n = &s->travel.notice;

	if (n->state != NOTICE_SENT)
		return;
	s->out.close(s->out.arg, NOTICE, n->nonce);
	n->state = NOTICE_WANTED;
}

void
travel_free(struct schedule *s)
{
	free(s->travel.from);
	free(s->travel.edition);
	free(s->travel.notice.from);
	free(s->travel.notice.moved.v);
}

/* From a zone of that name to the one that holds now. */
static void
set_out(struct schedule *s, const char *from)
{
	struct travel *t = &s->travel;
	bool anew = strcmp(from, zone_name(s->zone)) != 0;

	if (!t->under_way) {
		free(t->from);
		t->from = mem_dup(from);
		t->zoned = false;
	}
	t->under_way = true;
	t->after = 0;
	t->moved = 0;
	if (!anew)
		return;
	/* Who has not read of the first zone on the way comes from there. */
	if (t->notice.state == NOTICE_STANDS)
		notice_clear(s);
	travel_take_back(s);
	if (t->notice.from == NULL)
		t->notice.from = mem_dup(from);
	t->notice.changed = true;
}

void
schedule_set_zone(struct schedule *s, int64_t now, const struct zone *z)
{
	const struct zone *before = s->zone;

	(void)now;
	s->zone = z;
	if (strcmp(zone_name(before), zone_name(z)) == 0 &&
	    zone_hash(before) == zone_hash(z))
		return;
	ahead_drop(s);
	set_out(s, zone_name(before));
	/* Quiet hours are read off another clock. */
	sweep_start(s, SWEEP_HELD);
}

void
schedule_look_at_zones(struct schedule *s, int64_t now)
{
	struct travel *t = &s->travel;
	char *edition = zoneinfo_edition();

	(void)now;
	/* Before the first run, that will see. */
	if (t->edition == NULL || strcmp(edition, t->edition) == 0) {
		free(edition);
		return;
	}
	free(t->edition);
	t->edition = edition;
	ahead_drop(s);
	set_out(s, zone_name(s->zone));
	t->zoned = true;
}

/* Whether the instants in the database are of this zone, and of this edition of
 * the tz database. Where none is noted they are. */
static void
compare_with_last(struct schedule *s)
{
	struct travel *t = &s->travel;
	char *name, *edition;
	int64_t rules;
	bool same;

	if (t->compared)
		return;
	t->compared = true;
	if (t->edition == NULL) {
		t->edition = zoneinfo_edition();
		recall_notice(s);
	}
	name = store_setting_text(s->store, "zone");
	edition = store_setting_text(s->store, "tz_edition");
	rules = store_setting(s->store, "zone_rules", UNFINISHED);
	same = edition != NULL && strcmp(edition, t->edition) == 0;
	t->noted = name != NULL && rules == zone_hash(s->zone) &&
	    strcmp(name, zone_name(s->zone)) == 0 && same;
	if (name != NULL && !t->noted) {
		set_out(s, name);
		t->zoned = t->zoned || !same;
	}
	free(edition);
	free(name);
}

static bool
note_zone(struct schedule *s, struct err *err)
{
	s->travel.noted = store_setting_text_put(s->store, "zone",
	    zone_name(s->zone), err) && store_setting_text_put(s->store,
	    "tz_edition", s->travel.edition, err) && store_setting_put(
	    s->store, "zone_rules", zone_hash(s->zone), err);
	return s->travel.noted;
}

static void
log_arrival(const struct schedule *s)
{
	const struct travel *t = &s->travel;
	const char *here = zone_name(s->zone);
	const char *plural = t->moved == 1 ? "" : "s";
	const char *verb = t->moved == 1 ? "follows" : "follow";

	if (strcmp(t->from, here) == 0 && t->zoned)
		log_info("time zones: edition %s of the tz database; %" PRId64
		    " reminder%s %s the wall clock", t->edition, t->moved,
		    plural, verb);
	else if (strcmp(t->from, here) == 0)
		log_info("zone: %s, as its rules are now; %" PRId64
		    " reminder%s %s the wall clock", here, t->moved, plural,
		    verb);
	else
		log_info("zone: %s → %s; %" PRId64 " reminder%s %s the wall "
		    "clock", t->from, here, t->moved, plural, verb);
}

static void
arrive(struct schedule *s)
{
	struct travel *t = &s->travel;
	struct notice *n = &t->notice;

	t->under_way = false;
	log_arrival(s);
	tell(s, EVENT_ZONE, 0, NULL);
	if (n->state == NOTICE_STANDS)
		return;		/* only the rules changed since */
	ids_sort_unique(&n->moved);
	if (n->from == NULL || n->moved.n == 0 ||
	    strcmp(n->from, zone_name(s->zone)) == 0)
		notice_clear(s);
	else
		n->state = NOTICE_WANTED;
}

/* A batch of the way. *more: it is this run's work, and others follow. */
bool
travel_step(struct schedule *s, struct round *round, bool *more,
    struct err *err)
{
	struct travel *t = &s->travel;
	bool all;

	compare_with_last(s);
	*more = t->tried = t->under_way && !t->gives_way;
	t->gives_way = false;
	/* Where none was noted yet, nothing is wrong while it can't be. */
	if (!t->under_way && !t->noted)
		note_zone(s, NULL);
	if (!*more)
		return true;
	if (t->after == 0 && !store_setting_put(s->store, "zone_rules",
	    UNFINISHED, err))
		return false;
	if (!derive_batch(s, round, &all, err))
		return false;
	if (!all)
		return true;
	if (!note_zone(s, err))
		return false;
	arrive(s);
	return true;
}

/* What was written may not be: begin anew, and keep what is to be told. */
void
travel_resync(struct schedule *s)
{
	s->travel.compared = false;
	s->travel.after = 0;
	s->travel.notice.changed |= s->travel.notice.unsure;
	s->travel.gives_way = s->travel.tried;
}

/* --------------------------------------------------------- the notice -- */

bool
travel_is_notice(const char *key)
{
	return strcmp(key, NOTICE) == 0;
}

static bool
is_current(const struct notice *n, const char *nonce)
{
	return (n->state == NOTICE_SENT || n->state == NOTICE_STANDS) &&
	    strcmp(n->nonce, nonce) == 0;
}

static bool
is_wanted(const struct schedule *s)
{
	return s->travel.notice.state == NOTICE_WANTED && s->away == NULL &&
	    s->server != SERVER_DOWN && s->standing_n < SCREEN_MAX;
}

/* At the end of a run: show it, when there is room and nothing holds it. */
void
travel_show(struct schedule *s, const struct round *round)
{
	struct notice *n = &s->travel.notice;
	struct popup p = {0};

	if (!is_wanted(s) || round->quiet != 0)
		return;
	if (!wording_zone(s, round->now, n->from, n->moved.v, n->moved.n,
	    &p)) {
		notice_clear(s);
		return;
	}
	memcpy(p.key, NOTICE, sizeof NOTICE);
	screen_nonce(s, p.nonce);
	memcpy(n->nonce, p.nonce, sizeof n->nonce);
	n->state = NOTICE_SENT;
	s->busy = true;
	s->out.show(s->out.arg, &p);
	popup_clear(&p);
}

/* When the clock has to fire for it: at the end of quiet, or at once. */
int64_t
travel_next(struct schedule *s, int64_t now)
{
	int64_t quiet;

	if (!is_wanted(s))
		return NEVER;
	quiet = schedule_quiet_until(s, now);
	return quiet != 0 ? quiet : now;
}

bool
travel_stands(const struct schedule *s)
{
	return s->travel.notice.state == NOTICE_SENT ||
	    s->travel.notice.state == NOTICE_STANDS;
}

/* Whether the notifier is needed for it. */
bool
travel_awaits(const struct schedule *s)
{
	return travel_stands(s) || (s->away != NULL &&
	    s->travel.notice.state == NOTICE_WANTED);
}

/* A server came, or went. What was read is not shown twice. */
void
travel_server(struct schedule *s, bool up)
{
	struct notice *n = &s->travel.notice;

	if (n->state == NOTICE_STANDS)
		notice_clear(s);
	else if (n->state != NOTICE_NONE)
		n->state = up ? NOTICE_WANTED : NOTICE_LATER;
}

void
travel_shown(struct schedule *s, const char *nonce)
{
	struct notice *n = &s->travel.notice;

	if (is_current(n, nonce)) {
		n->state = NOTICE_STANDS;
		n->changed = true;
	}
}

void
travel_failed(struct schedule *s, const char *nonce)
{
	struct notice *n = &s->travel.notice;

	if (is_current(n, nonce))
		n->state = NOTICE_LATER;
}

void
travel_clicked(struct schedule *s, const char *nonce)
{
	if (!is_current(&s->travel.notice, nonce))
		return;
	s->out.details(s->out.arg, 0);
	notice_clear(s);
}

void
travel_closed(struct schedule *s, const char *nonce)
{
	if (is_current(&s->travel.notice, nonce))
		notice_clear(s);
}
