/*
 * For the tests of the store: a real database in a folder of its own, and
 * short words for requests and reminders. Every test gets a fresh one.
 */
#ifndef RAPPORT_TESTS_STORE_WORLD_H
#define RAPPORT_TESTS_STORE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "store/sql.h"
#include "store/store.h"
#include "tests/unit/folder.h"

struct world {
	char folder[FOLDER_PATH];
	char path[96];
	struct store *store;
	struct err err;
};

/* Fail with the store's own words. */
#define assert_good(w, condition)					\
	do {								\
		if (!(condition))					\
			fail_msg("%s: %s", #condition, (w)->err.message); \
	} while (0)

#define assert_err(w, condition, expected)				\
	do {								\
		(w)->err = (struct err){0};				\
		assert_false(condition);				\
		if ((w)->err.code != (expected))			\
			fail_msg("%s: code %d: %s", #condition,		\
			    (int)(w)->err.code, (w)->err.message);	\
	} while (0)

static inline void
world_open(struct world *w)
{
	w->store = store_open(w->path, &w->err);
	assert_good(w, w->store != NULL);
}

static inline void
world_reopen(struct world *w)
{
	store_close(w->store);
	world_open(w);
}

static inline int
world_setup(void **state)
{
	struct world *w = mem_new(1, sizeof *w);

	folder_make(w->folder);
	snprintf(w->path, sizeof w->path, "%s/rapport.db", w->folder);
	world_open(w);
	*state = w;
	return 0;
}

static inline int
world_teardown(void **state)
{
	struct world *w = *state;

	store_close(w->store);
	folder_remove(w->folder);
	free(w);
	return 0;
}

#define world_test(f) \
	cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

static inline void
begin(struct world *w)
{
	assert_good(w, store_begin(w->store, &w->err));
}

static inline void
end(struct world *w)
{
	assert_good(w, store_end(w->store, true, &w->err));
}

static inline void
commit(struct world *w)
{
	assert_good(w, store_commit(w->store, NULL, &w->err));
}

static inline void
change_begin(struct world *w)
{
	begin(w);
	assert_good(w, store_change_begin(w->store, 1000, &w->err));
}

static inline void
change_end(struct world *w, const char *sentence)
{
	assert_good(w, store_change_end(w->store, sentence, &w->err));
	end(w);
	commit(w);
}

/* A scheduled reminder at a moment; "dana,tom" or NULL. The caller clears. */
static inline struct reminder
reminder_at(int64_t at, const char *text, const char *with)
{
	struct reminder r = {.text = mem_dup(text), .created = 500,
	    .wake = at, .due = {.epoch = at}, .ring = {.epoch = at}};
	char *names = mem_dup(with), *name, *rest = names;

	while (names != NULL && (name = strsep(&rest, ",")) != NULL) {
		r.with = mem_resize(r.with,
		    (r.with_n + 1) * sizeof *r.with);
		r.with[r.with_n++] = mem_dup(name);
	}
	free(names);
	return r;
}

/* Inside a request: store one and answer its ID. */
static inline int64_t
add(struct world *w, int64_t at, const char *text, const char *with)
{
	struct reminder r = reminder_at(at, text, with);
	int64_t id;

	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	id = r.id;
	reminder_clear(&r);
	return id;
}

static inline void
contact(struct world *w, const char *handle, const char *name)
{
	struct contact c = {.handle = mem_dup(handle),
	    .name = mem_dup(name), .created = 400};

	assert_good(w, store_contact_add(w->store, &c, &w->err));
	assert_true(c.id > 0);
	contact_clear(&c);
}

static inline struct reminder
get(struct world *w, int64_t id)
{
	struct reminder r;

	assert_good(w, store_reminder_get(w->store, id, &r, &w->err));
	return r;
}

static inline void
set_state(struct world *w, int64_t id, enum reminder_state state)
{
	struct reminder r = get(w, id);

	r.state = state;
	if (!reminder_open(&r)) {
		r.done_at = 7000 + id;
		r.wake = NEVER;
	}
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
}

/* Inside a request: a series due at a moment; its ID. */
static inline int64_t
add_series(struct world *w, int64_t due, const char *text, const char *with)
{
	struct reminder r = reminder_at(due, text, with);
	int64_t id;

	r.every = mem_dup("FREQ=DAILY");
	r.due.wall = r.ring.wall = r.clock_said = true;
	r.due.local = civil_from_seconds(due);
	r.ring.local = r.anchor = r.slot = r.due.local;
	r.next = due + 86400;
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	id = r.id;
	reminder_clear(&r);
	return id;
}

/* Inside a request: the occurrence at hand was answered, and it goes on. */
static inline void
answer(struct world *w, int64_t id, enum reminder_state how, int64_t at,
    const char *note)
{
	struct reminder r = get(w, id);

	assert_good(w, store_occurrence_add(w->store, &r, how, at, note,
	    &w->err));
	r.due.epoch = r.ring.epoch = r.wake = r.next;
	r.due.local = r.ring.local = r.slot = civil_from_seconds(r.next);
	r.next += 86400;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
}

/* How many rows a query of the test's own finds. */
static inline int64_t
ask(struct world *w, const char *sql)
{
	sqlite3_stmt *st = sql_prepare(w->store, sql, &w->err);
	int64_t n;

	assert_good(w, st != NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

#endif
