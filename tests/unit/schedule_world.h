/*
 * A small world for the tests of the schedule: a real database, a clock that
 * goes where the test says, and a desktop that remembers which pop-ups stand
 * on it. Time begins on Friday, 20 November 2026, 14:30 in Berlin.
 */
#ifndef RAPPORT_TESTS_SCHEDULE_WORLD_H
#define RAPPORT_TESTS_SCHEDULE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "schedule/schedule.h"
#include "tests/unit/folder.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, DESKTOP_MAX = 16 };

struct seen {
	struct popup p;
	bool acknowledged;
};

struct world {
	char folder[FOLDER_PATH], path[96];
	struct store *store;
	struct options options;
	struct zone *zone;
	struct schedule *s;
	int64_t now;

	struct seen desktop[DESKTOP_MAX];	/* oldest first */
	size_t n;
	bool deaf;			/* shows are refused: no server */
	bool mute;			/* shows are not answered */
	int shows, closes, prepares, composes, idles, runs, most;
	int details;			/* times it was opened */
	int64_t detail;			/* for what, last */
	int events[EVENT_MAX];
	void (*on_event)(struct world *w, enum schedule_event ev, int64_t id,
	    const struct reminder *r);	/* NULL: only counted */
	int tested;			/* 0 not yet, 1 shown, -1 failed */
};

/* ------------------------------------------------------------ callbacks -- */

static inline char *
copy_of(const char *s)
{
	return mem_dup(s);
}

static inline void
world_show(void *arg, const struct popup *p)
{
	struct world *w = arg;
	struct popup *to;
	int i;

	w->shows++;
	if (w->deaf)
		return;
	assert_true(w->n < DESKTOP_MAX);
	assert_non_null(p->summary);
	assert_true(strlen(p->nonce) > 0);
	to = &w->desktop[w->n++].p;
	*to = *p;
	to->summary = copy_of(p->summary);
	for (i = 0; i < POPUP_LINES; i++)
		to->body[i] = copy_of(p->body[i]);
	if ((int)w->n > w->most)
		w->most = (int)w->n;
}

static inline void
desktop_remove(struct world *w, size_t i)
{
	popup_clear(&w->desktop[i].p);
	w->n--;
	memmove(&w->desktop[i], &w->desktop[i + 1],
	    (w->n - i) * sizeof w->desktop[0]);
	memset(&w->desktop[w->n], 0, sizeof w->desktop[0]);
}

static inline void
world_close(void *arg, const char *key, const char *nonce)
{
	struct world *w = arg;
	size_t i;

	w->closes++;
	for (i = 0; i < w->n; i++)
		if (strcmp(w->desktop[i].p.key, key) == 0 &&
		    strcmp(w->desktop[i].p.nonce, nonce) == 0) {
			desktop_remove(w, i);
			return;
		}
}

static inline void
world_prepare(void *arg)
{
	((struct world *)arg)->prepares++;
}

static inline void
world_compose(void *arg, const struct popup *p)
{
	struct world *w = arg;

	assert_non_null(p->summary);
	assert_true(strlen(p->nonce) > 0);
	w->composes++;
}

static inline void
world_idle(void *arg)
{
	struct world *w = arg;

	assert_int_equal(w->n, 0);
	w->idles++;
}

static inline void
world_details(void *arg, int64_t id)
{
	struct world *w = arg;

	w->details++;
	w->detail = id;
}

static inline void
world_event(void *arg, enum schedule_event ev, int64_t id,
    const struct reminder *r)
{
	struct world *w = arg;

	w->events[ev]++;
	if (w->on_event != NULL)
		w->on_event(w, ev, id, r);
}

static inline void
world_tested(void *arg, bool shown, const char *why)
{
	struct world *w = arg;

	assert_true(shown || why != NULL);
	w->tested = shown ? 1 : -1;
}

/* ------------------------------------------------------------ beginning -- */

static inline int64_t
at(int year, int month, int day, int hour, int minute)
{
	struct civil c = {year, month, day, hour, minute, 0};

	/* Winter in Berlin. */
	return civil_seconds(&c) - HOUR;
}

#define FRIDAY(hour, minute) at(2026, 11, 20, hour, minute)
#define SATURDAY(hour, minute) at(2026, 11, 21, hour, minute)
#define SUNDAY_(hour, minute) at(2026, 11, 22, hour, minute)

static inline void
world_open(struct world *w)
{
	struct schedule_out out = {w, world_show, world_close, world_prepare,
		world_compose, world_idle, world_details, world_event,
		world_tested};
	struct err err = {0};

	w->store = store_open(w->path, &err);
	if (w->store == NULL)
		fail_msg("%s", err.message);
	w->s = schedule_new(w->store, &w->options, w->zone, &out);
}

static inline void
request_begin(struct world *w, bool change)
{
	struct err err = {0};

	if (!store_begin(w->store, &err) ||
	    (change && !store_change_begin(w->store, w->now, &err)))
		fail_msg("%s", err.message);
}

/* sentence NULL: not a change. */
static inline void
request_end(struct world *w, const char *sentence)
{
	struct err err = {0};

	if ((sentence != NULL &&
	    !store_change_end(w->store, sentence, &err)) ||
	    !store_end(w->store, true, &err) ||
	    !store_commit(w->store, NULL, &err))
		fail_msg("%s", err.message);
}

static inline void
request_drop(struct world *w)
{
	struct err err = {0};

	store_end(w->store, false, &err);
	store_commit(w->store, NULL, &err);
}

/* The notifier says of each pop-up that it is there. */
static inline void
acknowledge(struct world *w)
{
	struct err err = {0};
	size_t i;

	for (i = 0; i < w->n && !w->mute; i++) {
		struct seen *d = &w->desktop[i];

		if (d->acknowledged)
			continue;
		d->acknowledged = true;
		request_begin(w, false);
		if (!schedule_shown(w->s, w->now, d->p.key, d->p.nonce, &err))
			fail_msg("%s", err.message);
		request_end(w, NULL);
	}
}

/* The clock fires. */
static inline void
tick(struct world *w)
{
	struct err err = {0};

	w->runs++;
	schedule_show_ahead(w->s, w->now);
	request_begin(w, false);
	if (!schedule_run(w->s, w->now, &err))
		fail_msg("%s", err.message);
	request_end(w, NULL);
	acknowledge(w);
}

/* What the loop does at once: until nothing is due. */
static inline void
settle(struct world *w)
{
	int guard = 0;

	acknowledge(w);
	while (schedule_next(w->s, w->now) <= w->now) {
		assert_true(guard++ < 1000);
		tick(w);
	}
}

/* Time goes on until t, and the clock fires whenever the schedule wants. */
static inline void
until(struct world *w, int64_t t)
{
	int64_t next;
	int guard = 0;

	settle(w);
	while ((next = schedule_next(w->s, w->now)) <= t) {
		assert_true(guard++ < 10000);
		if (next > w->now)
			w->now = next;
		tick(w);
	}
	w->now = t;
}

/* The machine sleeps until t. */
static inline void
asleep(struct world *w, int64_t t)
{
	settle(w);
	w->now = t;
	settle(w);
}

/* The daemon ends, and with it the notifier and its pop-ups. */
static inline void
world_stop(struct world *w)
{
	schedule_free(w->s);
	w->s = NULL;
	store_close(w->store);
	w->store = NULL;
	while (w->n > 0)
		desktop_remove(w, w->n - 1);
}

static inline void
restart(struct world *w, int64_t t)
{
	settle(w);
	world_stop(w);
	w->now = t;
	world_open(w);
	settle(w);
}

static inline int
world_setup(void **state)
{
	struct world *w = mem_new(1, sizeof *w);
	struct err err = {0};

	folder_make(w->folder);
	snprintf(w->path, sizeof w->path, "%s/rapport.db", w->folder);
	options_init(&w->options);
	w->zone = zone_from_posix("CET-1CEST,M3.5.0,M10.5.0/3",
	    "Europe/Berlin", &err);
	assert_non_null(w->zone);
	w->now = FRIDAY(14, 30);
	world_open(w);
	settle(w);
	*state = w;
	return 0;
}

static inline int
world_teardown(void **state)
{
	struct world *w = *state;

	world_stop(w);
	options_clear(&w->options);
	zone_free(w->zone);
	folder_remove(w->folder);
	free(w);
	return 0;
}

#define story(f) cmocka_unit_test_setup_teardown(f, world_setup, \
	world_teardown)

/* ---------------------------------------------------------------- people -- */

static inline struct moment
instant(int64_t t)
{
	return (struct moment){.epoch = t};
}

/* Takes over with (may be NULL), one handle. */
static inline int64_t
add_full(struct world *w, const char *text, int64_t t, bool urgent,
    enum reminder_kind kind, const char *with, const char *need)
{
	struct reminder r = {
		.text = copy_of(text),
		.need = copy_of(need),
		.kind = kind,
		.urgent = urgent,
		.due = instant(t),
		.ring = instant(t),
	};
	struct err err = {0};
	int64_t id;

	if (with != NULL) {
		r.with = mem_new(1, sizeof *r.with);
		r.with[0] = copy_of(with);
		r.with_n = 1;
	}
	request_begin(w, true);
	if (!schedule_add(w->s, w->now, &r, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	id = r.id;
	reminder_clear(&r);
	return id;
}

static inline int64_t
add(struct world *w, const char *text, int64_t t)
{
	return add_full(w, text, t, false, KIND_REMINDER, NULL, NULL);
}

static inline int64_t
add_urgent(struct world *w, const char *text, int64_t t)
{
	return add_full(w, text, t, true, KIND_REMINDER, NULL, NULL);
}

static inline void
know(struct world *w, const char *handle, const char *name)
{
	struct contact c = {
		.handle = copy_of(handle),
		.name = copy_of(name),
		.created = w->now,
	};
	struct err err = {0};

	request_begin(w, true);
	if (!store_contact_add(w->store, &c, &err))
		fail_msg("%s", err.message);
	request_end(w, "added");
	contact_clear(&c);
}

/* What a command of a person does, all of it; *err when it is refused. */
static inline bool
command(struct world *w, enum reminder_act act, const int64_t *ids, size_t n,
    int64_t t, struct err *err)
{
	struct reminders out = {0};
	struct moment m = instant(t);
	int logged = 0;
	bool ok = false;

	request_begin(w, true);
	switch (act) {
	case ACT_DONE:
		ok = schedule_done(w->s, w->now, ids, n, NULL, &out, &logged,
		    err);
		break;
	case ACT_DROP:
		ok = schedule_drop(w->s, w->now, ids, n, &out, err);
		break;
	case ACT_SNOOZE:
		ok = schedule_snooze(w->s, w->now, ids, n,
		    t == 0 ? NULL : &m, &out, err);
		break;
	case ACT_MOVE:
		ok = schedule_move(w->s, w->now, ids, n, &m, &m, NULL, &out,
		    err);
		break;
	default:
		fail();
	}
	reminders_clear(&out);
	if (ok)
		request_end(w, act_names[act]);
	else
		request_drop(w);
	return ok;
}

static inline void
act(struct world *w, enum reminder_act what, int64_t id, int64_t t)
{
	struct err err = {0};

	if (!command(w, what, &id, 1, t, &err))
		fail_msg("%s", err.message);
	settle(w);
}

static inline void
undo(struct world *w)
{
	struct reminders out = {0};
	struct err err = {0};
	char *sentence = NULL;

	request_begin(w, false);
	if (!schedule_undo(w->s, w->now, 0, &sentence, &out, &err))
		fail_msg("%s", err.message);
	request_end(w, NULL);
	assert_non_null(sentence);
	free(sentence);
	reminders_clear(&out);
	settle(w);
}

static inline void
quiet(struct world *w, int64_t t)
{
	struct err err = {0};

	request_begin(w, true);
	assert_true(schedule_quiet(w->s, w->now, t, &err));
	request_end(w, "quiet");
	settle(w);
}

static inline void
server(struct world *w, bool up)
{
	struct err err = {0};

	/* Gone, or come just now: either way nothing is on the screen. */
	while (w->n > 0)
		desktop_remove(w, w->n - 1);
	w->deaf = !up;
	request_begin(w, false);
	if (!schedule_server(w->s, w->now, up, &err))
		fail_msg("%s", err.message);
	request_end(w, NULL);
	settle(w);
}

/* A click on a pop-up by what was on it; the sentence or NULL. */
static inline char *
click_on(struct world *w, const char *key, const char *nonce,
    const char *action)
{
	struct err err = {0};
	char *sentence = NULL;

	request_begin(w, true);
	if (!schedule_action(w->s, w->now, key, nonce, action, &sentence,
	    &err))
		fail_msg("%s", err.message);
	request_end(w, sentence == NULL ? "" : sentence);
	settle(w);
	return sentence;
}

/* Like click_on, for those who don't want the sentence. */
static inline bool
click(struct world *w, size_t i, const char *action)
{
	struct popup p = w->desktop[i].p;
	char *sentence = click_on(w, p.key, p.nonce, action);
	bool changed = sentence != NULL;

	free(sentence);
	return changed;
}

/* The server says that a pop-up was closed. */
static inline bool
closed_as(struct world *w, const char *key, const char *nonce, int reason)
{
	struct err err = {0};
	char *sentence = NULL;
	bool changed;

	request_begin(w, true);
	if (!schedule_closed(w->s, w->now, key, nonce, reason, &sentence,
	    &err))
		fail_msg("%s", err.message);
	request_end(w, sentence == NULL ? "" : sentence);
	settle(w);
	changed = sentence != NULL;
	free(sentence);
	return changed;
}

static inline bool
close_popup(struct world *w, size_t i, int reason)
{
	char key[32], nonce[24];

	strcpy(key, w->desktop[i].p.key);
	strcpy(nonce, w->desktop[i].p.nonce);
	desktop_remove(w, i);
	return closed_as(w, key, nonce, reason);
}

/* --------------------------------------------------------------- looking -- */

static inline struct reminder
look(struct world *w, int64_t id)
{
	struct reminder r = {0};
	struct err err = {0};

	if (!store_reminder_get(w->store, id, &r, &err))
		fail_msg("%s", err.message);
	/* Only the numbers are looked at. */
	{
		struct reminder numbers = r;

		reminder_clear(&r);
		numbers.text = numbers.need = numbers.zone = NULL;
		numbers.note = numbers.every = NULL;
		numbers.with = NULL;
		numbers.with_n = 0;
		return numbers;
	}
}

/* The keys of what stands, oldest first: "r1 r2 m". */
static inline const char *
standing(struct world *w)
{
	static char keys[512];
	size_t i;

	keys[0] = '\0';
	for (i = 0; i < w->n; i++)
		snprintf(keys + strlen(keys), sizeof keys - strlen(keys),
		    "%s%s", i > 0 ? " " : "", w->desktop[i].p.key);
	return keys;
}

static inline const struct popup *
popup(struct world *w, const char *key)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (strcmp(w->desktop[i].p.key, key) == 0)
			return &w->desktop[i].p;
	fail_msg("no pop-up %s among: %s", key, standing(w));
	return NULL;
}

#define assert_screen(w, keys) assert_string_equal(standing(w), keys)
#define assert_wake(w, id, t) assert_int_equal(look(w, id).wake, t)

#endif
