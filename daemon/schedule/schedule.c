/*
 * What is due now, and when to look again: see schedule.h.
 *
 * A run reads a batch, works out in memory what becomes of each reminder,
 * lays out the screen, and writes last: the pop-up is on its way before any
 * mark is (DESIGN.md, 10). When the batch was full the screen
 * is laid out by the run that empties the queue, so that ten thousand
 * reminders make one notice and not forty.
 */
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/mem.h"
#include "schedule/inside.h"

const char *const event_names[EVENT_MAX + 1] = {
	[EVENT_ADDED] = "added",
	[EVENT_CHANGED] = "changed",
	[EVENT_RINGING] = "ringing",
	[EVENT_SHOWN] = "shown",
	[EVENT_SNOOZED] = "snoozed",
	[EVENT_DONE] = "done",
	[EVENT_DROPPED] = "dropped",
	[EVENT_SKIPPED] = "skipped",
	[EVENT_WAITING] = "waiting",
	[EVENT_UNDONE] = "undone",
	[EVENT_QUIET] = "quiet",
	[EVENT_ZONE] = "zone",
};

struct schedule *
schedule_new(struct store *store, const struct options *options,
    const struct zone *zone, const struct schedule_out *out)
{
	struct schedule *s = mem_new(1, sizeof *s);

	s->store = store;
	s->options = options;
	s->privacy = options->privacy;
	s->zone = zone;
	s->out = *out;
	s->brief_minute = -1;
	/* Nonces need not be secret, only not those of another run. */
	if (getrandom(&s->nonce_seed, sizeof s->nonce_seed,
	    GRND_NONBLOCK) != (ssize_t)sizeof s->nonce_seed)
		s->nonce_seed = (uint32_t)getpid();
	return s;
}

void
schedule_free(struct schedule *s)
{
	if (s == NULL)
		return;
	screen_free(s);
	popup_clear(&s->ahead.p);
	travel_free(s);
	free(s->away);
	free(s);
}

void
schedule_set_options(struct schedule *s, int64_t now, const struct options *o)
{
	s->options = o;
	ahead_drop(s);
	if (s->privacy != o->privacy)
		screen_renew_all(s, now);
	s->privacy = o->privacy;
	/* Quiet hours may be others: what is held is looked at anew. */
	sweep_start(s, SWEEP_HELD);
}

void
tell(struct schedule *s, enum schedule_event event, int64_t id,
    const struct reminder *r)
{
	s->out.event(s->out.arg, event, id, r);
}

int64_t
local_day(const struct schedule *s, int64_t now)
{
	struct civil c = zone_civil(s->zone, now);

	return civil_days(&c);
}

/* -------------------------------------------------------------- a run -- */

bool
round_holds(const struct round *round, const struct reminder *r)
{
	return round->quiet != 0 && !r->urgent;
}

void
round_take(struct round *round, struct reminder *r,
    enum schedule_event event)
{
	if ((round->n & (round->n - 1)) == 0)
		round->changes = mem_resize(round->changes,
		    (round->n == 0 ? 1 : round->n * 2) *
		    sizeof *round->changes);
	round->changes[round->n++] = (struct change){*r, event};
	*r = (struct reminder){0};
}

void
round_spend(struct round *round, size_t weight)
{
	round->budget -= weight < round->budget ? weight : round->budget;
}

bool
round_catch_up(struct schedule *s, struct round *round, struct reminder *r)
{
	int missed = r->missed;
	bool caught = series_catch_up(s, round->now, r);

	if (r->missed > missed)
		round_spend(round, (size_t)(r->missed - missed) / COUNTED);
	return caught;
}

void
schedule_wish(struct schedule *s, const struct reminder *r, enum wish wish,
    bool together)
{
	size_t n = s->newcomers_n;

	if ((n & (n - 1)) == 0)
		s->newcomers = mem_resize(s->newcomers,
		    (n == 0 ? 1 : n * 2) * sizeof *s->newcomers);
	s->newcomers[s->newcomers_n++] = (struct newcomer){
		.id = r->id,
		.wish = wish,
		.urgent = r->urgent,
		.together = together,
	};
}

/* Pop-ups are held: what stands stays, even if it is of another occurrence, and
 * nothing else happens until the end. */
static void
hold(struct schedule *s, struct round *round, struct reminder *r,
    enum schedule_event event)
{
	struct standing *p = screen_find(s, r->id);

	cycle_hold(r, round->quiet);
	r->on_screen = r->on_screen && p != NULL;
	if (p != NULL && event == EVENT_RINGING)
		p->passed = true;
	round_take(round, r, event);
}

/* When it should have rung, if caught says whether another occurrence of its
 * series is at hand than when it was to wake. */
static int64_t
rings_since(const struct reminder *r, bool caught)
{
	if (caught && r->state != STATE_SNOOZED)
		return r->due.epoch;
	return r->ring.epoch < r->wake ? r->ring.epoch : r->wake;
}

/* Its moment has come for the first time (caught: that of another occurrence of
 * its series), or what held it has ended. */
static void
ring(struct schedule *s, struct round *round, struct reminder *r, bool caught)
{
	bool rang = r->state == STATE_RINGING, held = rang && cycle_held(r);
	enum schedule_event event = rang && !caught ? EVENT_MAX :
	    EVENT_RINGING;
	bool late = round->now - rings_since(r, caught) > LATE;
	bool brief = s->brief_now || round->now / 60 == s->brief_minute;
	const struct standing *p;

	if (cycle_waits(r))
		s->waiting = WAITING_UNKNOWN;
	if (round_holds(round, r)) {
		hold(s, round, r, event);
		return;
	}
	cycle_begin(s->options, r, round->at);
	/* Shown by a run whose marks were lost. */
	p = screen_find(s, r->id);
	if (p != NULL && p->shown && !r->on_screen) {
		r->on_screen = true;
		r->shown++;
	}
	/* What was held comes together at the end, as what comes late does. */
	schedule_wish(s, r, rang && caught ? WISH_ANEW : WISH_STAND,
	    !r->urgent && (brief || held || late));
	round_take(round, r, event);
}

static bool
put_away(struct schedule *s, struct round *round, struct reminder *r,
    struct err *err)
{
	if (!brief_waits(s, round->now, err))
		return false;
	schedule_wish(s, r, WISH_LEAVE, false);
	cycle_wait(r);
	round_take(round, r, EVENT_WAITING);
	return true;
}

/* Whether its pop-up was asked for in vain so far. */
static bool
unseen(struct schedule *s, const struct reminder *r)
{
	const struct standing *p = screen_find(s, r->id);

	return s->unshown || (p != NULL && !p->shown);
}

/* The next step of its cycle: raised anew, or put away. A step that was slept
 * through is a raise: whoever comes back sees it once before it goes. While
 * nobody can see it the cycle stands still: a server that comes shows it. */
static bool
step(struct schedule *s, struct round *round, struct reminder *r,
    struct err *err)
{
	bool late = round->now - r->wake > LATE;
	bool last = cycle_last(s->options, r);
	bool still = unseen(s, r);

	if (s->server == SERVER_DOWN) {
		cycle_stand_still(s->options, r, round->at);
		round_take(round, r, EVENT_MAX);
		return true;
	}
	/* Nobody would see it go, nor come. */
	if (last && !late && !still && s->away == NULL)
		return put_away(s, round, r, err);
	if (round_holds(round, r) || (last && s->away != NULL)) {
		hold(s, round, r, EVENT_MAX);
		return true;
	}
	if (!last && !still)
		r->raises++;
	cycle_go_on(s->options, r, round->at);
	schedule_wish(s, r, WISH_ANEW, !r->urgent && late);
	round_take(round, r, EVENT_MAX);
	return true;
}

static bool
wake_up(struct schedule *s, struct round *round, struct reminder *r,
    struct err *err)
{
	bool caught;

	/* By the clock of before the journey it would ring too early. */
	if (s->travel.under_way && travel_derive(s, round->now, r) &&
	    r->wake > round->now) {
		round_take(round, r, EVENT_MAX);
		return true;
	}
	caught = round_catch_up(s, round, r);
	/* It rang by a clock that was ahead. */
	if (caught && r->state == STATE_SCHEDULED && r->wake > round->now) {
		schedule_wish(s, r, WISH_LEAVE, false);
		round_take(round, r, EVENT_CHANGED);
		return true;
	}
	if (r->state != STATE_RINGING || cycle_held(r) || caught) {
		ring(s, round, r, caught);
		return true;
	}
	/* It woke for an occurrence that is another one by now. */
	if (cycle_waits(r)) {
		cycle_wait(r);
		round_take(round, r, EVENT_MAX);
		return true;
	}
	return step(s, round, r, err);
}

/* *more: the batch was full, there may be others. */
static bool
take_due(struct schedule *s, struct round *round, bool *more,
    struct err *err)
{
	struct reminders rs = {0};
	bool ok = true, full;
	size_t i;

	*more = true;
	if (round->budget == 0)
		return true;
	if (!store_due(s->store, round->now, (int64_t)round->budget, &rs, err))
		return false;
	full = rs.n == round->budget;
	for (i = 0; i < rs.n && round->budget > 0 && ok; i++) {
		round_spend(round, 1);
		ok = wake_up(s, round, &rs.v[i], err);
	}
	*more = full || i < rs.n;
	reminders_clear(&rs);
	return ok;
}

static bool
write_down(struct schedule *s, struct round *round, struct err *err)
{
	size_t i;

	for (i = 0; i < round->n; i++) {
		struct change *c = &round->changes[i];

		if (!store_reminder_put(s->store, &c->r, err))
			return false;
		if (c->event != EVENT_MAX)
			tell(s, c->event, c->r.id, &c->r);
	}
	return true;
}

static void
round_clear(struct round *round)
{
	size_t i;

	for (i = 0; i < round->n; i++)
		reminder_clear(&round->changes[i].r);
	free(round->changes);
}

static bool
run(struct schedule *s, struct round *round, struct err *err)
{
	bool more;

	if (!screen_mark(s, &round->budget, err) ||
	    !travel_step(s, round, &more, err))
		return false;
	/* What is due is read from the database, when this is in it. */
	if (more) {
		s->burst = true;
		s->burst_at = round->at;
		return write_down(s, round, err) && travel_note(s, err);
	}
	if (!brief_begin(s, round, err) ||
	    !sweep_step(s, round, err) ||
	    !take_due(s, round, &more, err))
		return false;
	s->burst = more || s->sweep != 0;
	s->burst_at = round->at;
	if (!s->burst) {
		screen_lay(s, round->now);
		if (s->ahead.shown)
			ahead_drop(s);
		travel_show(s, round);
		s->brief_now = false;
	}
	return write_down(s, round, err) && travel_note(s, err);
}

/* ----------------------------------------------------- the head start -- */

static bool
shows_at(const struct schedule *s, const struct reminder *r, bool quiet)
{
	bool anew = r->next != 0 && r->next <= r->wake;
	bool away = r->state == STATE_RINGING && !cycle_held(r) &&
	    cycle_last(s->options, r) && !anew;

	return !away && (r->urgent || !quiet);
}

/* Whether a pop-up is to be expected at this wake. A few rows tell; when they
 * don't, it is. Every turn ends with this question, and the first row nearly
 * always tells: it is read alone. */
static bool
wake_shows(struct schedule *s, int64_t wake)
{
	enum { PEEK = 4 };
	bool quiet = schedule_quiet_until(s, wake) != 0;
	bool shows = false, all = false;
	int64_t limit;
	size_t i;

	for (limit = 1; limit <= PEEK && !shows && !all; limit *= PEEK) {
		struct reminders rs = {0};

		if (!store_due(s->store, wake, limit, &rs, NULL))
			return true;
		for (i = 0; i < rs.n && !shows; i++)
			shows = shows_at(s, &rs.v[i], quiet);
		all = rs.n < (size_t)limit;
		reminders_clear(&rs);
	}
	return shows || !all;
}

/* The next moment at which something is due, and whether it will show a
 * pop-up that the notifier must be started for. */
static int64_t
next_due(struct schedule *s, int64_t now, bool *shows)
{
	/* What can't be read is asked again soon: never sleep on it. */
	int64_t wake = store_next_wake(s->store, 0, now + RETRY);
	/* A sweep finds out what waits, and is due at once anyway. */
	int64_t brief = s->sweep != 0 ? NEVER : brief_next(s, now);
	int64_t next = brief < wake ? brief : wake;
	int64_t notice = travel_next(s, now);

	next = notice < next ? notice : next;
	if (next >= AWAY)
		next = NEVER;
	/* The notifier is there already while a pop-up stands, and while it
	 * looks for a server. A wake that is far is taken to show something:
	 * it is asked again when it is near, and every turn ends here. */
	*shows = next > now && next != NEVER && s->standing_n == 0 &&
	    s->server != SERVER_DOWN &&
	    (next == brief || next == notice || next - now > FAR ||
	    wake_shows(s, wake));
	return next;
}

static void
prepare(struct schedule *s, int64_t now)
{
	bool shows;
	int64_t next = next_due(s, now, &shows);

	if (!shows || s->prepared_for == next ||
	    next - now > s->options->notifier_lead)
		return;
	s->prepared_for = next;
	s->busy = true;
	s->out.prepare(s->out.arg);
}

/* Tell the notifier that it may go when nothing stands, nothing waits for a
 * server or for somebody to come back, and it was not just started ahead of the
 * next moment. */
static void
release(struct schedule *s, int64_t now, int64_t next)
{
	struct store_counts n;

	if (!s->busy || s->standing_n > 0 || s->ahead.shown ||
	    s->test_nonce[0] != '\0' || s->burst || s->sweep != 0 ||
	    s->prepared_for == next || travel_awaits(s) ||
	    quiet_awaits(s, now))
		return;
	if (s->unshown && store_count(s->store, &n, NULL) && n.ringing > 0)
		return;
	s->unshown = false;
	s->busy = false;
	s->prepared_for = 0;
	/* What is known of a missing server goes with the notifier. */
	if (s->server == SERVER_DOWN)
		s->server = SERVER_UNKNOWN;
	s->out.idle(s->out.arg);
}

/* ---------------------------------------------------------- the doors -- */

bool
schedule_run(struct schedule *s, int64_t now, struct err *err)
{
	struct round round = {
		.now = now,
		.at = s->burst && s->burst_at < now ? s->burst_at : now,
		.quiet = quiet_holds_until(s, now),
		.budget = BATCH,
	};
	bool ok;

	/* The clock was set back: what rings goes on ringing from there. */
	if (s->ran_at - now > LATE)
		sweep_start(s, SWEEP_BACK | SWEEP_HELD);
	s->ran_at = now;
	if (!s->started) {
		s->started = true;
		sweep_start(s, SWEEP_MARKS | SWEEP_SHOW | SWEEP_HELD);
	}
	ok = run(s, &round, err);
	round_clear(&round);
	if (!ok)
		schedule_resync(s);
	else if (!s->burst)
		prepare(s, now);
	return ok;
}

/* When to do what should be done now: now; but after a failed commit it gets
 * a pause, which what is due meanwhile does not wait for. */
static int64_t
at_once(struct schedule *s, int64_t now)
{
	int64_t due;

	if (s->commit_failed)
		s->retry_at = now + RETRY;
	s->commit_failed = false;
	/* The second test is for a clock that was set back. */
	if (s->retry_at <= now || s->retry_at > now + RETRY)
		return now;
	due = store_next_wake(s->store, s->ran_at, NEVER);
	return due < s->retry_at ? due : s->retry_at;
}

int64_t
schedule_next(struct schedule *s, int64_t now)
{
	bool shows;
	int64_t due = next_due(s, now, &shows), next = due;

	release(s, now, due);
	if (shows && s->prepared_for == due)
		ahead_compose(s, due);
	if (!s->started || s->burst || s->sweep != 0 ||
	    s->travel.under_way || !travel_noted(s) || !screen_marked(s))
		next = now;
	else if (shows && s->prepared_for != next)
		next -= s->options->notifier_lead;
	return next > now ? next : at_once(s, now);
}

/*
 * What was shown stays on the screen: that much of the promise is kept. But
 * what was closed for an act that did not happen has to be shown again, and
 * memory may not rely on what it wrote.
 */
void
schedule_resync(struct schedule *s)
{
	free(s->newcomers);
	s->newcomers = NULL;
	s->newcomers_n = 0;
	s->burst = false;
	s->brief_now = false;
	s->brief_known = false;
	s->waiting = WAITING_UNKNOWN;
	s->commit_failed = true;
	travel_resync(s);
	sweep_start(s, SWEEP_MARKS | SWEEP_SHOW | SWEEP_HELD);
}
