/*
 * What a person does to reminders, from a terminal or a pop-up: the same
 * functions. Each runs inside a request, so an error half-way takes all of it
 * back; the screen follows only when everything was written.
 *
 * A series is caught up first: whatever is done, is done to the occurrence
 * that is at hand now.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "schedule/inside.h"

/* An act on one reminder, as far as it is special. */
struct act {
	enum reminder_act act;
	enum schedule_event event;
	/* r has its new state already, and does not ring any more. */
	bool (*change)(struct schedule *s, const struct act *a,
	    struct reminder *r, struct err *err);
	int64_t now;
	const struct moment *until;	/* snooze; NULL: options.later */
	const struct moment *due, *ring;	/* move */
	const char *zone;
	const char *note;		/* done */
};

/* The same ID twice in one command is meant once. Only people repeat, and
 * they give few. */
static bool
repeated(const int64_t *ids, size_t i)
{
	size_t k;

	for (k = 0; k < i && i < BATCH; k++)
		if (ids[k] == ids[i])
			return true;
	return false;
}

static bool
act_on_one(struct schedule *s, const struct act *a, int64_t id,
    struct reminder *r, struct err *err)
{
	enum reminder_state to;

	if (!store_reminder_get(s->store, id, r, err))
		return false;
	/* A person decided about what waited: look again what waits. */
	if (cycle_waits(r))
		s->waiting = WAITING_UNKNOWN;
	/* Which may find that it has not rung yet. */
	series_catch_up(s, a->now, r);
	if (!reminder_allows(r, a->act, &to, err))
		return false;
	r->state = to;
	cycle_end(r);
	return a->change(s, a, r, err) &&
	    store_reminder_put(s->store, r, err);
}

/* Do it to all, append them to out, and let screen and watchers know. */
static bool
act_on(struct schedule *s, const struct act *a, const int64_t *ids, size_t n,
    struct reminders *out, struct err *err)
{
	size_t before = out->n, i;

	for (i = 0; i < n; i++) {
		struct reminder r = {0};

		if (repeated(ids, i))
			continue;
		if (!act_on_one(s, a, ids[i], &r, err)) {
			reminder_clear(&r);
			return false;
		}
		reminders_take(out, &r);
	}
	screen_gone(s, a->now, ids, n);
	for (i = before; i < out->n; i++)
		tell(s, a->event, out->v[i].id, &out->v[i]);
	return true;
}

bool
schedule_get(struct schedule *s, int64_t now, int64_t id,
    struct reminder *out, struct err *err)
{
	if (!store_reminder_get(s->store, id, out, err))
		return false;
	series_catch_up(s, now, out);
	return true;
}

bool
schedule_add(struct schedule *s, int64_t now, struct reminder *r,
    struct err *err)
{
	r->state = STATE_SCHEDULED;
	r->created = now;
	cycle_end(r);
	if (!series_begin(s, r, err))
		return false;
	r->wake = r->ring.epoch;
	if (!store_reminder_add(s->store, r, err))
		return false;
	tell(s, EVENT_ADDED, r->id, r);
	return true;
}

static bool
snooze(struct schedule *s, const struct act *a, struct reminder *r,
    struct err *err)
{
	(void)err;
	if (a->until != NULL) {
		r->ring = *a->until;
		/* Said by the clock of the person who snoozes; a reminder with
		 * a zone of its own keeps its fields on another wall. */
		r->ring.wall = r->ring.wall && r->zone == NULL;
	} else
		r->ring = (struct moment){
			.epoch = a->now + s->options->later,
		};
	r->wake = r->ring.epoch;
	return true;
}

bool
schedule_snooze(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const struct moment *until, struct reminders *out,
    struct err *err)
{
	struct act a = {
		.act = ACT_SNOOZE,
		.event = EVENT_SNOOZED,
		.change = snooze,
		.now = now,
		.until = until,
	};

	return act_on(s, &a, ids, n, out, err);
}

/* Nothing of it rings any more. */
static bool
end(struct schedule *s, const struct act *a, struct reminder *r,
    struct err *err)
{
	(void)s;
	(void)err;
	r->done_at = a->now;
	r->wake = NEVER;
	r->next = 0;
	if (a->note != NULL) {
		free(r->note);
		r->note = mem_dup(a->note);
	}
	return true;
}

/* The occurrence at hand has come to its state, done or dropped. It is a line
 * in the history of a series that goes on, and else the end. */
static bool
finish(struct schedule *s, const struct act *a, struct reminder *r,
    struct err *err)
{
	/* Its numbers; the texts are r's. */
	struct reminder was = *r;
	bool on = false;

	if (r->every != NULL && !series_advance(s, a->now, r, &on, err))
		return false;
	if (!on)
		return end(s, a, r, err);
	return store_occurrence_add(s->store, &was, was.state, a->now,
	    a->note, err);
}

/* A conversation is worth a line in the history when it was one: a check-in
 * or thanks, or when something was said about it. */
static bool
log_conversation(struct schedule *s, int64_t now, const struct reminder *r,
    const char *note, int *logged, struct err *err)
{
	struct interaction i = {
		.at = now,
		.note = (char *)note,	/* borrowed, as the rest */
		.reminder = r->id,
		.with = r->with,
		.with_n = r->with_n,
	};

	if (r->with_n == 0 || (note == NULL && r->kind != KIND_CHECK_IN &&
	    r->kind != KIND_THANKS))
		return true;
	if (!store_interaction_add(s->store, &i, err))
		return false;
	(*logged)++;
	return true;
}

bool
schedule_answered(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const char *note, struct reminders *out, struct err *err)
{
	struct act a = {
		.act = ACT_DONE,
		.event = EVENT_DONE,
		.change = finish,
		.now = now,
		.note = note,
	};

	return act_on(s, &a, ids, n, out, err);
}

bool
schedule_done(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, const char *note, struct reminders *out, int *logged,
    struct err *err)
{
	size_t i = out->n;
	int count = 0;

	if (!schedule_answered(s, now, ids, n, note, out, err))
		return false;
	for (; i < out->n; i++)
		if (!log_conversation(s, now, &out->v[i], note, &count, err))
			return false;
	if (logged != NULL)
		*logged = count;
	return true;
}

bool
schedule_drop(struct schedule *s, int64_t now, const int64_t *ids, size_t n,
    struct reminders *out, struct err *err)
{
	struct act a = {
		.act = ACT_DROP,
		.event = EVENT_DROPPED,
		.change = end,
		.now = now,
	};

	return act_on(s, &a, ids, n, out, err);
}

static bool
skip(struct schedule *s, const struct act *a, struct reminder *r,
    struct err *err)
{
	if (r->every == NULL)
		return err_set(err, ERR_IMPOSSIBLE,
		    "%" PRId64 " does not recur; to end it: "
		    "rapportctl drop %" PRId64, r->id, r->id);
	r->state = STATE_DROPPED;
	return finish(s, a, r, err);
}

bool
schedule_skip(struct schedule *s, int64_t now, const int64_t *ids, size_t n,
    struct reminders *out, struct err *err)
{
	struct act a = {
		.act = ACT_SKIP,
		.event = EVENT_SKIPPED,
		.change = skip,
		.now = now,
	};

	return act_on(s, &a, ids, n, out, err);
}

static bool
move(struct schedule *s, const struct act *a, struct reminder *r,
    struct err *err)
{
	if (r->every != NULL) {
		if (!series_move(s, a->now, r, a->due, a->ring, err))
			return false;
	} else {
		r->due = *a->due;
		r->ring = *a->ring;
		free(r->zone);
		r->zone = mem_dup(a->zone);
	}
	r->wake = r->ring.epoch;
	r->dismissals = 0;
	return true;
}

bool
schedule_move(struct schedule *s, int64_t now, const int64_t *ids, size_t n,
    const struct moment *due, const struct moment *ring, const char *zone,
    struct reminders *out, struct err *err)
{
	struct act a = {
		.act = ACT_MOVE,
		.event = EVENT_CHANGED,
		.change = move,
		.now = now,
		.due = due,
		.ring = ring,
		.zone = zone,
	};

	return act_on(s, &a, ids, n, out, err);
}

/* Perhaps it was made urgent: then quiet does not hold it any longer. */
static void
let_urgent_pass(struct schedule *s, const struct reminder *r)
{
	if (r->urgent && r->state == STATE_RINGING && cycle_held(r))
		sweep_start(s, SWEEP_HELD);
}

bool
schedule_edit(struct schedule *s, int64_t now, const struct reminder *r,
    struct reminders *out, struct err *err)
{
	struct reminder copy;

	if (!reminder_allows(r, ACT_EDIT, NULL, err) ||
	    !store_reminder_put(s->store, r, err))
		return false;
	screen_renew(s, now, r->id);
	let_urgent_pass(s, r);
	copy = reminder_copy(r);
	reminders_take(out, &copy);
	tell(s, EVENT_CHANGED, r->id, r);
	return true;
}

/* ---------------------------------------------------------- recurrence -- */

static void
recur_no_more(struct schedule *s, struct reminder *r)
{
	free(r->every);
	r->every = NULL;
	r->anchor = r->slot = (struct civil){0};
	r->next = 0;
	r->missed = 0;
	cycle_next_changed(s->options, r);
}

static bool
recur_anew(struct schedule *s, struct reminder *r,
    const struct series *series, bool keep, const char *zone,
    struct err *err)
{
	free(r->zone);
	r->zone = mem_dup(zone);
	if (!keep) {
		if (cycle_waits(r))
			s->waiting = WAITING_UNKNOWN;
		r->state = STATE_SCHEDULED;
		r->missed = 0;
		r->dismissals = 0;
		cycle_end(r);
	}
	if (!series_replace(s, r, series, keep, err))
		return false;
	if (keep)
		cycle_next_changed(s->options, r);
	else
		r->wake = r->ring.epoch;
	return true;
}

bool
schedule_recur(struct schedule *s, int64_t now, int64_t id,
    const struct series *series, bool keep, const char *zone,
    struct reminders *out, struct err *err)
{
	struct reminder r = {0};

	if (!schedule_get(s, now, id, &r, err))
		return false;
	if (!reminder_allows(&r, ACT_MOVE, NULL, err))
		goto fail;
	if (series == NULL)
		recur_no_more(s, &r);
	else if (!recur_anew(s, &r, series, keep, zone, err))
		goto fail;
	if (!store_reminder_put(s->store, &r, err))
		goto fail;
	if (r.state == STATE_RINGING)
		screen_renew(s, now, id);
	else
		screen_gone(s, now, &id, 1);
	let_urgent_pass(s, &r);
	tell(s, EVENT_CHANGED, id, &r);
	reminders_take(out, &r);
	return true;
fail:
	reminder_clear(&r);
	return false;
}

/* --------------------------------------------------------------- undo -- */

/*
 * A restored reminder is as it was before the change, down to the clock's
 * own fields, which are stale. What stands goes on standing; everything else
 * that would ring within the minute waits until that is over.
 */
static void
set_clock_right(struct schedule *s, int64_t now, struct reminder *r)
{
	int64_t soonest = now + GRACE;
	bool stands = screen_find(s, r->id) != NULL;
	bool waits = cycle_waits(r);

	series_catch_up(s, now, r);
	/* It was held until somebody came back, and somebody has. */
	if (r->wake == AWAY && s->away == NULL)
		cycle_hold(r, soonest);
	/* It rang since, and its moment is still behind it. */
	if (stands && reminder_open(r) && r->ring.epoch <= now)
		r->state = STATE_RINGING;
	r->on_screen = stands && r->state == STATE_RINGING;
	if (!reminder_open(r))
		return;
	if (waits) {
		s->waiting = WAITING_UNKNOWN;
		if (stands)
			cycle_begin(s->options, r, now);
		else
			cycle_wait(r);
	} else if (r->on_screen && r->wake <= soonest)
		cycle_go_on(s->options, r, now);
	else if (r->state == STATE_RINGING && !r->on_screen &&
	    !(cycle_held(r) && r->wake > soonest))
		cycle_hold(r, soonest);
	/* The next occurrence of a series waits as well. */
	if (r->wake < soonest)
		r->wake = soonest;
}

/* Quiet held pop-ups until `was`, and does so no longer. What it held would
 * come at once: as long as anything rings it goes on for the minute. */
static bool
take_back_quiet(struct schedule *s, int64_t now, int64_t was,
    struct err *err)
{
	int64_t soonest = was < now + GRACE ? was : now + GRACE;
	int64_t until = schedule_quiet_until(s, now);
	struct store_counts n;

	if (until == was)
		return true;
	if (!store_count(s->store, &n, err))
		return false;
	if (until < soonest && n.ringing > 0 &&
	    !store_setting_put(s->store, "quiet_until", soonest, err))
		return false;
	quiet_changed(s);
	return true;
}

static bool
restore(struct schedule *s, int64_t now, int64_t id, struct reminders *out,
    struct err *err)
{
	struct reminder r = {0};
	struct err why = {0};

	if (!store_reminder_get(s->store, id, &r, &why)) {
		if (why.code != ERR_NOT_FOUND)
			return err_set(err, why.code, "%s", why.message);
		s->waiting = WAITING_UNKNOWN;
		screen_gone(s, now, &id, 1);
		tell(s, EVENT_UNDONE, id, NULL);
		return true;
	}
	/* It may be of another zone than this. */
	travel_derive(s, now, &r);
	set_clock_right(s, now, &r);
	if (!store_reminder_put(s->store, &r, err)) {
		reminder_clear(&r);
		return false;
	}
	if (r.state == STATE_RINGING)
		screen_renew(s, now, id);
	else
		screen_gone(s, now, &id, 1);
	tell(s, EVENT_UNDONE, id, &r);
	reminders_take(out, &r);
	return true;
}

bool
schedule_undo(struct schedule *s, int64_t now, int64_t id, char **sentence,
    struct reminders *out, struct err *err)
{
	int64_t quiet = schedule_quiet_until(s, now);
	struct store_undone undone = {0};
	bool ok = true;
	size_t i;

	*sentence = NULL;
	if (!store_undo(s->store, id, &undone, err))
		return false;
	for (i = 0; i < undone.n && ok; i++)
		ok = restore(s, now, undone.ids[i], out, err);
	ok = ok && take_back_quiet(s, now, quiet, err);
	free(undone.ids);
	if (ok)
		*sentence = undone.sentence;
	else
		free(undone.sentence);
	return ok;
}

void
schedule_erased(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n)
{
	size_t i;

	s->waiting = WAITING_UNKNOWN;
	for (i = 0; i < n; i++) {
		struct reminder r = {0};
		bool left = store_reminder_get(s->store, ids[i], &r, NULL);

		if (left && r.state == STATE_RINGING)
			screen_renew(s, now, r.id);
		else if (!left)
			screen_gone(s, now, &ids[i], 1);
		tell(s, left ? EVENT_CHANGED : EVENT_UNDONE, ids[i],
		    left ? &r : NULL);
		reminder_clear(&r);
	}
}

bool
schedule_ringing(struct schedule *s, struct reminders *out, struct err *err)
{
	struct store_filter f = {.ringing = true, .until = NEVER};

	return store_reminders(s->store, &f, out, err);
}
