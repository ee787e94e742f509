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
 */
#include "schedule/inside.h"

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

/* The step at which it stands is taken (again) at `at`. */
void
cycle_go_on(const struct options *o, struct reminder *r, int64_t at)
{
	/* The configuration may have changed since. */
	if (r->raises > o->raises)
		r->raises = o->raises;
	r->rang_at = at - step_at(o, r->raises);
	r->wake = r->rang_at + step_at(o, r->raises + 1);
	/* rang_at < wake tells a cycle that runs from one that is held. */
	if (r->wake <= at)
		r->wake = at + 1;
}

/* It stays at its step; what ends that comes from outside, so that looking
 * again can be rare. */
void
cycle_stand_still(const struct options *o, struct reminder *r, int64_t at)
{
	cycle_go_on(o, r, at);
	if (r->wake < at + STILL)
		r->wake = at + STILL;
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

/* Off the screen until the brief. */
void
cycle_wait(struct reminder *r)
{
	r->wake = NEVER;
	r->on_screen = false;
}

/* It does not ring any more; the caller sets state and wake. */
void
cycle_end(struct reminder *r)
{
	r->rang_at = 0;
	r->raises = 0;
	r->on_screen = false;
}
