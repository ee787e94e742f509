/*
 * The next pop-up, composed before it is due. When one reminder alone is due
 * at the next moment and nothing stands, what will be shown is known: the
 * notifier gets it while it waits, and when the clock fires it is told to show
 * it before anything is read from the database (DESIGN.md, 10).
 *
 * What is shown so is what the run behind it shows: that depends on the moment,
 * on the database, which was not written since (store_changes), and on what is
 * in memory, which still_holds looks at. And the run has the last word: what
 * it doesn't show is closed.
 */
#include <string.h>

#include "schedule/inside.h"

/* Forget it; one that was shown, and that no run has taken, goes. */
void
ahead_drop(struct schedule *s)
{
	struct ahead *a = &s->ahead;

	if (a->shown)
		s->out.close(s->out.arg, a->p.key, a->p.nonce);
	popup_clear(&a->p);
	*a = (struct ahead){0};
}

/* Whether it begins to ring at wake: for the first time, after a snooze, or
 * with the next occurrence of its series, to which r is brought. */
static bool
begins(struct schedule *s, int64_t wake, struct reminder *r)
{
	bool caught = series_catch_up(s, wake, r);

	return r->state != STATE_RINGING || (caught && !cycle_held(r));
}

/* What a run at wake would show, if that is one pop-up of one reminder that
 * begins to ring. */
static bool
compose(struct schedule *s, int64_t wake, struct popup *p)
{
	struct reminders rs = {0};
	bool alone;

	if (brief_next(s, wake - 1) <= wake ||
	    !store_due(s->store, wake, 2, &rs, NULL))
		return false;
	alone = rs.n == 1 && begins(s, wake, &rs.v[0]) &&
	    (rs.v[0].urgent || quiet_holds_until(s, wake) == 0);
	if (alone)
		screen_single(s, wake, &rs.v[0], p);
	reminders_clear(&rs);
	return alone;
}

/* Have the pop-up of the next moment, wake, ready in the notifier. Does
 * nothing while it is. */
void
ahead_compose(struct schedule *s, int64_t wake)
{
	int64_t changes = store_changes(s->store);
	struct ahead *a = &s->ahead;
	struct popup p = {0};

	if (a->shown || (a->wake == wake && a->changes == changes))
		return;
	a->wake = wake;
	a->changes = changes;
	if (!compose(s, wake, &p)) {
		popup_clear(&a->p);
	} else if (popup_equal(&p, &a->p)) {
		popup_clear(&p);
	} else {
		popup_clear(&a->p);
		a->p = p;
		screen_nonce(s, a->p.nonce);
		s->out.compose(s->out.arg, &a->p);
	}
}

static bool
still_holds(const struct schedule *s, int64_t now)
{
	const struct ahead *a = &s->ahead;

	return a->p.summary != NULL && !a->shown && a->wake == now &&
	    a->changes == store_changes(s->store) && s->standing_n == 0 &&
	    s->newcomers_n == 0 && !s->burst && s->sweep == 0 &&
	    s->server != SERVER_DOWN;
}

bool
schedule_show_ahead(struct schedule *s, int64_t now)
{
	if (!still_holds(s, now))
		return false;
	s->busy = true;
	s->ahead.shown = true;
	s->out.show(s->out.arg, &s->ahead.p);
	return true;
}

/* Give p its nonce: that under which it was composed, if it was. True: it is
 * on its way already. */
bool
ahead_take(struct schedule *s, struct popup *p)
{
	struct ahead *a = &s->ahead;
	bool shown = a->shown;

	if (!popup_equal(p, &a->p)) {
		screen_nonce(s, p->nonce);
		return false;
	}
	memcpy(p->nonce, a->p.nonce, sizeof p->nonce);
	a->shown = false;
	ahead_drop(s);
	return shown;
}
