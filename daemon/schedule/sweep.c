/*
 * One look at everything that rings, in batches. It puts right what memory
 * and database disagree on: after a start, when a notification server comes
 * back, when what holds pop-ups is another than it was, and each morning for
 * the brief.
 */
#include "schedule/inside.h"

/* Begin at the beginning, with what an unfinished sweep still had to do. */
void
sweep_start(struct schedule *s, unsigned what)
{
	s->sweep |= what;
	s->sweep_ring = 0;
	s->sweep_id = 0;
	s->sweep_waiting = false;
}

static void
show(struct schedule *s, struct round *round, struct reminder *r,
    bool together)
{
	schedule_wish(s, r, WISH_STAND, together);
	round_take(round, r, EVENT_MAX);
}

/* It is not on the screen, whatever was written. */
static void
unmark(struct round *round, struct reminder *r)
{
	if (!r->on_screen)
		return;
	r->on_screen = false;
	round_take(round, r, EVENT_MAX);
}

static void
hold(struct round *round, struct reminder *r)
{
	cycle_hold(r, round->quiet);
	r->on_screen = false;
	round_take(round, r, EVENT_MAX);
}

/* Off the screen until the brief: is this the brief? */
static void
visit_waiting(struct schedule *s, struct round *round, struct reminder *r)
{
	if (!(s->sweep & SWEEP_BRIEF)) {
		s->sweep_waiting = true;
		unmark(round, r);
	} else if (round_holds(round, r)) {
		/* Since the brief began. */
		hold(round, r);
	} else {
		cycle_begin(s->options, r, round->at);
		show(s, round, r, true);
	}
}

/* Nothing holds it any longer. Its pop-up is shown, or stays as it is unless it
 * is another occurrence that rings. */
static void
release(struct schedule *s, struct round *round, struct reminder *r,
    bool shows)
{
	bool caught = round_catch_up(s, round, r);

	cycle_begin(s->options, r, round->at);
	if (shows || caught)
		schedule_wish(s, r, caught ? WISH_ANEW : WISH_STAND,
		    !r->urgent);
	round_take(round, r, caught ? EVENT_RINGING : EVENT_MAX);
}

/* Undone a moment ago, or held as it should be. */
static bool
held_rightly(const struct round *round, const struct reminder *r)
{
	return r->wake <= round->now + GRACE ||
	    (round_holds(round, r) && r->wake == round->quiet);
}

static void
visit_held(struct schedule *s, struct round *round, struct reminder *r)
{
	if (!(s->sweep & (SWEEP_HELD | SWEEP_SHOW)) || held_rightly(round, r))
		unmark(round, r);
	else if (round_holds(round, r))
		hold(round, r);
	else
		release(s, round, r, true);
}

/* It stood when pop-ups began to be held: only its cycle is. */
static void
visit_standing(struct schedule *s, struct round *round, struct reminder *r)
{
	if (!(s->sweep & SWEEP_HELD) || !cycle_held(r) ||
	    r->wake <= round->now || held_rightly(round, r))
		return;
	if (round_holds(round, r)) {
		cycle_hold(r, round->quiet);
		round_take(round, r, EVENT_MAX);
	} else
		release(s, round, r, screen_find(s, r->id)->passed);
}

/* In the middle of its cycle, and nothing of it stands. */
static void
visit_lost(struct schedule *s, struct round *round, struct reminder *r)
{
	if (!(s->sweep & SWEEP_SHOW))
		unmark(round, r);
	else if (round_holds(round, r))
		hold(round, r);
	else {
		cycle_go_on(s->options, r, round->at);
		show(s, round, r, false);
	}
}

/* The clock was set back: the next step of its cycle comes no later from now
 * than it ever would. Whether it had to be put right. */
static bool
turn_back(struct schedule *s, struct round *round, struct reminder *r)
{
	struct reminder from_now = *r;

	if (!(s->sweep & SWEEP_BACK) || cycle_held(r) || cycle_waits(r))
		return false;
	cycle_go_on(s->options, &from_now, round->now);
	if (r->wake <= from_now.wake)
		return false;
	r->wake = from_now.wake;
	r->rang_at = from_now.rang_at;
	return true;
}

/* It rang by a clock that was ahead, and was put back: as if it had just begun
 * to ring, or not yet. */
static void
ring_anew(struct schedule *s, struct round *round, struct reminder *r)
{
	if (r->state == STATE_SCHEDULED)
		schedule_wish(s, r, WISH_LEAVE, false);
	else if (cycle_waits(r)) {
		s->sweep_waiting = true;
		cycle_wait(r);
	} else if (round_holds(round, r)) {
		cycle_hold(r, round->quiet);
		r->on_screen = screen_find(s, r->id) != NULL;
	} else {
		cycle_begin(s->options, r, round->at);
		schedule_wish(s, r, WISH_ANEW, !r->urgent);
	}
	round_take(round, r, EVENT_CHANGED);
}

/* It has its place in this burst already. */
static bool
wished(const struct schedule *s, int64_t id)
{
	size_t i;

	for (i = 0; i < s->newcomers_n; i++)
		if (s->newcomers[i].id == id)
			return true;
	return false;
}

static void
visit(struct schedule *s, struct round *round, struct reminder *r)
{
	bool turned;

	if (r->wake > round->now && series_put_back(s, round->now, r)) {
		ring_anew(s, round, r);
		return;
	}
	turned = turn_back(s, round, r);
	if (wished(s, r->id))
		;
	else if (screen_find(s, r->id) != NULL)
		visit_standing(s, round, r);
	else if (r->wake <= round->now)
		;	/* due: the run takes it */
	else if (cycle_waits(r))
		visit_waiting(s, round, r);
	else if (cycle_held(r))
		visit_held(s, round, r);
	else
		visit_lost(s, round, r);
	/* Unless it was taken over above. */
	if (turned && r->id != 0)
		round_take(round, r, EVENT_MAX);
}

static void
finish(struct schedule *s)
{
	s->sweep = 0;
	s->waiting = s->sweep_waiting ? WAITING_YES : WAITING_NO;
}

bool
sweep_step(struct schedule *s, struct round *round, struct err *err)
{
	struct store_filter f = {
		.ringing = true,
		.from = s->sweep_ring,
		.after = s->sweep_id,
		.until = NEVER,
		.limit = (int64_t)round->budget,
	};
	struct reminders rs = {0};
	size_t i;

	if (s->sweep == 0 || round->budget == 0)
		return true;
	if (!store_reminders(s->store, &f, &rs, err))
		return false;
	for (i = 0; i < rs.n && round->budget > 0; i++) {
		struct reminder *r = &rs.v[i];

		round_spend(round, 1);
		s->sweep_ring = r->ring.epoch;
		s->sweep_id = r->id;
		visit(s, round, r);
	}
	if (i == rs.n && rs.n < (size_t)f.limit)
		finish(s);
	reminders_clear(&rs);
	return true;
}
