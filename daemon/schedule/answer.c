/*
 * What the notifier tells: shown, failed, clicked, closed, and whether a
 * server is there. No reason of closing means done; a click acts once, and
 * only on a pop-up of this daemon, known by its nonce; everything may come
 * late, twice, or not at all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "schedule/inside.h"

#define TEST "t"

/* Some servers close a pop-up because its default action was clicked, and
 * call that dismissed; it follows the click within these seconds. */
enum { CLOSES_WITH_CLICK = 2 };

/* Seconds. */
enum { CLICK_ON_ITS_WAY = 2 };

enum { REASON_DISMISSED = 2 };	/* org.freedesktop.Notifications 1.2 */

static bool
is_test(const char *key)
{
	return strcmp(key, TEST) == 0;
}

static bool
is_current_test(const struct schedule *s, const char *key, const char *nonce)
{
	return is_test(key) && s->test_nonce[0] != '\0' &&
	    strcmp(nonce, s->test_nonce) == 0;
}

static int64_t *
ids_dup(const int64_t *ids, size_t n)
{
	int64_t *copy = mem_new(n == 0 ? 1 : n, sizeof *copy);

	if (n > 0)
		memcpy(copy, ids, n * sizeof *copy);
	return copy;
}

/* --------------------------------------------------------------- test -- */

static void
close_test(struct schedule *s)
{
	if (s->test_nonce[0] == '\0')
		return;
	s->out.close(s->out.arg, TEST, s->test_nonce);
	s->test_nonce[0] = '\0';
}

void
schedule_test(struct schedule *s)
{
	struct popup p = {0};

	close_test(s);
	wording_test(&p);
	memcpy(p.key, TEST, sizeof TEST);
	screen_nonce(s, p.nonce);
	memcpy(s->test_nonce, p.nonce, sizeof s->test_nonce);
	s->test_shown = false;
	s->busy = true;
	s->out.show(s->out.arg, &p);
	popup_clear(&p);
}

static void
test_failed(struct schedule *s, const char *why)
{
	bool waited = s->test_nonce[0] != '\0' && !s->test_shown;

	s->test_nonce[0] = '\0';
	if (waited)
		s->out.tested(s->out.arg, false, why);
}

/* ------------------------------------------------------------- server -- */

static bool
server_gone(struct schedule *s, struct err *err)
{
	struct store_counts n = {0};

	s->server = SERVER_DOWN;
	s->sweep &= ~(unsigned)SWEEP_SHOW;
	while (s->standing_n > 0) {
		struct standing *p = &s->standing[s->standing_n - 1];
		bool ok = screen_unmark(s, p->ids, p->n, err);

		screen_forget(s, p);
		if (!ok)
			return false;
	}
	if (!store_count(s->store, &n, err))
		return false;
	s->unshown = n.ringing > 0;
	/* Something is wanted after all: keep looking for a server. */
	if (s->unshown && !s->busy) {
		s->busy = true;
		s->out.prepare(s->out.arg);
	}
	return true;
}

bool
schedule_server(struct schedule *s, int64_t now, bool up, struct err *err)
{
	bool missed = s->server == SERVER_DOWN || s->unshown;

	travel_server(s, up);
	if (!up) {
		test_failed(s, "no notification server can be reached");
		return s->server == SERVER_DOWN || server_gone(s, err);
	}
	s->server = SERVER_UP;
	ahead_drop(s);		/* this notifier knows nothing of it */
	s->unshown = false;
	screen_send_again(s, now);
	if (s->test_nonce[0] != '\0' && !s->test_shown)
		schedule_test(s);
	/* Started for the next pop-up it finds a server: nothing is missing. */
	if (!missed)
		return true;
	sweep_start(s, SWEEP_MARKS | SWEEP_SHOW);
	return schedule_run(s, now, err);
}

/* ------------------------------------------------------ shown, failed -- */

bool
schedule_shown(struct schedule *s, int64_t now, const char *key,
    const char *nonce, struct err *err)
{
	struct standing *p;
	size_t budget = BATCH;

	(void)now;
	if (is_test(key)) {
		if (is_current_test(s, key, nonce)) {
			s->test_shown = true;
			s->out.tested(s->out.arg, true, NULL);
		}
		return true;
	}
	if (travel_is_notice(key))
		travel_shown(s, nonce);
	p = screen_named(s, key, nonce);
	if (p == NULL)
		return true;
	p->shown = true;
	/* There is a server after all: what failed before is tried now. */
	if (s->unshown) {
		s->unshown = false;
		sweep_start(s, SWEEP_MARKS | SWEEP_SHOW);
	}
	return screen_mark(s, &budget, err);
}

bool
schedule_failed(struct schedule *s, int64_t now, const char *key,
    const char *nonce, const char *why, struct err *err)
{
	struct standing *p;
	bool ok;

	(void)now;
	if (is_test(key)) {
		if (is_current_test(s, key, nonce))
			test_failed(s, why);
		return true;
	}
	if (travel_is_notice(key))
		travel_failed(s, nonce);
	p = screen_named(s, key, nonce);
	if (p == NULL)
		return true;
	/* With a server there, its next raise is the next try. */
	if (s->server != SERVER_UP)
		s->unshown = true;
	ok = screen_unmark(s, p->ids, p->n, err);
	screen_forget(s, p);
	return ok;
}

/* -------------------------------------------------------------- click -- */

/* Whether a click on a pop-up that is gone meant the occurrence before this
 * one: its pop-up was replaced while the click was on the way. */
static bool
meant_the_one_before(const struct reminder *r, int64_t now)
{
	return r->missed > 0 && r->raises == 0 &&
	    now - r->rang_at <= CLICK_ON_ITS_WAY;
}

/* Those of the ids that still ring, and that a click now, on a pop-up that
 * stands or not, can mean; in place. How many. */
static size_t
still_ringing(struct schedule *s, int64_t now, bool stands, int64_t *ids,
    size_t n)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		struct reminder r = {0};

		if (!store_reminder_get(s->store, ids[i], &r, NULL))
			continue;
		if (r.state == STATE_RINGING &&
		    (stands || !meant_the_one_before(&r, now)))
			ids[kept++] = ids[i];
		reminder_clear(&r);
	}
	return kept;
}

/* The buttons that change something. *did names the change. */
static bool
press(struct schedule *s, int64_t now, const char *action,
    const int64_t *ids, size_t n, struct reminders *out, const char **did,
    struct err *err)
{
	struct moment until;

	*did = NULL;
	if (strcmp(action, "done") == 0) {
		*did = "done";
		return schedule_done(s, now, ids, n, NULL, out, NULL, err) &&
		    schedule_follow_fix(s, now, out, NULL, err);
	}
	if (strcmp(action, "later") == 0) {
		*did = "snoozed";
		return schedule_snooze(s, now, ids, n, NULL, out, err);
	}
	if (strcmp(action, "tomorrow") == 0) {
		*did = "snoozed until tomorrow";
		until = follow_morning(s, now, 1);
		return schedule_snooze(s, now, ids, n, &until, out, err);
	}
	return true;	/* a name that we never gave: not our button */
}

/* The click was taken: its duplicate finds nothing. */
static void
use_up(struct schedule *s, const char *key, const char *nonce)
{
	struct closed *c = screen_closed(s, key, nonce);

	if (c != NULL)
		c->nonce[0] = '\0';
}

static bool
is_details(const char *action)
{
	return strcmp(action, "default") == 0 || strcmp(action, "show") == 0;
}

/* Twice within a second is one click that was reported twice. */
static void
open_details(struct schedule *s, int64_t now, struct standing *p,
    const char *key, int64_t id)
{
	if (p != NULL && p->opened_at == now)
		return;
	if (p != NULL)
		p->opened_at = now;
	s->out.details(s->out.arg, key[0] == 'r' ? id : 0);
}

bool
schedule_action(struct schedule *s, int64_t now, const char *key,
    const char *nonce, const char *action, char **sentence, struct err *err)
{
	struct standing *p = screen_named(s, key, nonce);
	struct closed *c = screen_closed(s, key, nonce);
	struct reminders out = {0};
	const char *did;
	int64_t *ids;
	size_t n;
	bool ok;

	*sentence = NULL;
	if (is_current_test(s, key, nonce))
		close_test(s);
	if (travel_is_notice(key))
		travel_clicked(s, nonce);
	if (p == NULL && (c == NULL || c->ids == NULL))
		return true;
	n = p != NULL ? p->n : c->n;
	ids = ids_dup(p != NULL ? p->ids : c->ids, n);
	if (is_details(action)) {
		open_details(s, now, p, key, ids[0]);
		if (p == NULL)
			use_up(s, key, nonce);
		free(ids);
		return true;
	}
	n = still_ringing(s, now, p != NULL, ids, n);
	ok = press(s, now, action, ids, n, &out, &did, err);
	if (ok && did != NULL && out.n > 0)
		*sentence = schedule_sentence(did, &out);
	if (ok && did != NULL)
		use_up(s, key, nonce);
	reminders_clear(&out);
	free(ids);
	return ok;
}

/* ------------------------------------------------------------- closed -- */

/* Closed by hand: Later while that counts today, else until the brief. */
static bool
dismiss_one(struct schedule *s, int64_t now, int64_t id,
    struct reminders *out, struct err *err)
{
	int64_t day = local_day(s, now);
	struct reminder r = {0};
	bool ok, later;

	if (!store_reminder_get(s->store, id, &r, err))
		return false;
	if (r.state != STATE_RINGING) {
		reminder_clear(&r);
		return true;
	}
	if (r.dismissed_day != day) {
		r.dismissed_day = day;
		r.dismissals = 0;
	}
	later = r.dismissals < s->options->dismissals;
	if (later) {
		r.dismissals++;
		ok = store_reminder_put(s->store, &r, err) &&
		    schedule_snooze(s, now, &id, 1, NULL, out, err);
		reminder_clear(&r);
		return ok;
	}
	ok = brief_waits(s, now, err);
	cycle_wait(&r);
	ok = ok && store_reminder_put(s->store, &r, err);
	if (ok) {
		tell(s, EVENT_WAITING, id, &r);
		reminders_take(out, &r);
	}
	reminder_clear(&r);
	return ok;
}

static bool
dismissed(struct schedule *s, int64_t now, const int64_t *ids, size_t n,
    char **sentence, struct err *err)
{
	struct reminders out = {0};
	bool ok = true;
	size_t i;

	for (i = 0; i < n && ok; i++)
		ok = dismiss_one(s, now, ids[i], &out, err);
	if (ok && out.n > 0)
		*sentence = schedule_sentence(
		    out.v[0].state == STATE_SNOOZED ? "snoozed" : "put away",
		    &out);
	reminders_clear(&out);
	return ok;
}

bool
schedule_closed(struct schedule *s, int64_t now, const char *key,
    const char *nonce, int reason, char **sentence, struct err *err)
{
	struct standing *p = screen_named(s, key, nonce);
	bool by_hand, ok = true;
	int64_t *ids;
	size_t n;

	*sentence = NULL;
	if (is_current_test(s, key, nonce))
		s->test_nonce[0] = '\0';
	if (travel_is_notice(key))
		travel_closed(s, nonce);
	/* Our own closing, or the second report of one: it is known. */
	if (p == NULL)
		return true;
	by_hand = reason == REASON_DISMISSED &&
	    (p->opened_at == 0 || now - p->opened_at > CLOSES_WITH_CLICK);
	n = p->n;
	ids = ids_dup(p->ids, n);
	screen_forget(s, p);
	/* Not on the screen, and otherwise nothing: the next raise comes. The
	 * mark is the clock's to write, not part of a person's change. */
	if (by_hand)
		ok = dismissed(s, now, ids, n, sentence, err);
	else
		sweep_start(s, SWEEP_MARKS);
	free(ids);
	return ok;
}
