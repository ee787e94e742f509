/*
 * The ringing of one reminder, as a cycle: shown, raised anew after each of
 * options.raise, put away options.put_away after the last, then it waits for
 * the brief, which begins the cycle again. Pure.
 *
 * The whole position is in three fields: raises says how many raises are
 * behind it, wake is the next step, and rang_at is the moment from which the
 * steps are counted. A cycle that was slept through, or that stood still
 * because nothing could be shown, goes on by shifting rang_at: its next step
 * keeps the distance it would have had.
 *
 * The next occurrence of a series ends the cycle of the one at hand, whether
 * that is shown or waits: wake is never later. Only what is held stays so.
 */
#include "schedule/inside.h"

/* raises of one that waits. The wake of a series tells nothing there. */
enum { WAITS = -1 };

/* Seconds from the beginning of the cycle to its step: 0 is the first
 * showing, 1 … raises the raises, the one after those puts it away. */
static int64_t
step_at(const struct options *o, int step)
{
	int64_t last = o->raises > 0 ? o->raise[o->raises - 1] : 0;

	if (step <= 0)
		return 0;
	return step <= o->raises ? o->raise[step - 1] : last + o->put_away;
}

static int64_t
next_occurrence(const struct reminder *r)
{
	return r->next != 0 ? r->next : NEVER;
}

/* The step at which it stands is taken (again) at `at`, and the one behind it
 * not before `least` seconds have passed. */
static void
go_on(const struct options *o, struct reminder *r, int64_t at, int64_t least)
{
	int64_t next = next_occurrence(r);

	/* The configuration may have changed since. */
	if (r->raises > o->raises)
		r->raises = o->raises;
	r->rang_at = at - step_at(o, r->raises);
	r->wake = r->rang_at + step_at(o, r->raises + 1);
	if (r->wake < at + least)
		r->wake = at + least;
	if (r->wake > next)
		r->wake = next;
	/* rang_at < wake tells a cycle that runs from one that is held. */
	if (r->wake <= at)
		r->wake = at + 1;
}

void
cycle_go_on(const struct options *o, struct reminder *r, int64_t at)
{
	go_on(o, r, at, 1);
}

/* It stays at its step; what ends that comes from outside, so that looking
 * again can be rare. */
void
cycle_stand_still(const struct options *o, struct reminder *r, int64_t at)
{
	go_on(o, r, at, STILL);
}

void
cycle_begin(const struct options *o, struct reminder *r, int64_t at)
{
	r->state = STATE_RINGING;
	r->raises = 0;
	cycle_go_on(o, r, at);
}

/* All raises are behind it: the next step puts it away. */
bool
cycle_last(const struct options *o, const struct reminder *r)
{
	return r->raises >= o->raises;
}

/* It rings, but its cycle begins only then. */
void
cycle_hold(struct reminder *r, int64_t until)
{
	r->state = STATE_RINGING;
	r->raises = 0;
	r->rang_at = until;
	r->wake = until;
}

bool
cycle_held(const struct reminder *r)
{
	return r->wake != NEVER && r->rang_at >= r->wake;
}

/* Off the screen until the brief, or the next occurrence. */
void
cycle_wait(struct reminder *r)
{
	r->raises = WAITS;
	r->wake = next_occurrence(r);
	r->on_screen = false;
}

bool
cycle_waits(const struct reminder *r)
{
	return r->state == STATE_RINGING &&
	    (r->raises == WAITS || r->wake == NEVER);
}

/* Another occurrence than before is the next one: wake for that, and not for
 * the former. What it has come to otherwise stays. */
void
cycle_next_changed(const struct options *o, struct reminder *r)
{
	int64_t step = cycle_waits(r) ? NEVER :
	    r->rang_at + step_at(o, r->raises + 1);
	int64_t next = next_occurrence(r);

	if (r->state == STATE_RINGING && !cycle_held(r))
		r->wake = step < next ? step : next;
}

/* It does not ring any more; the caller sets state and wake. */
void
cycle_end(struct reminder *r)
{
	r->rang_at = 0;
	r->raises = 0;
	r->on_screen = false;
}
