/* The store: reminders, lists and their plans, counts, contacts. */
#include "tests/unit/store_world.h"

/* ---------------------------------------------------------- reminders --- */

static void
assert_moment(const struct moment *a, const struct moment *b)
{
	assert_true(a->epoch == b->epoch);
	assert_int_equal(a->wall, b->wall);
	if (a->wall)
		assert_int_equal(civil_compare(&a->local, &b->local), 0);
}

static void
assert_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void
assert_reminder(const struct reminder *a, const struct reminder *b)
{
	size_t i;

	assert_int_equal(a->id, b->id);
	assert_text(a->text, b->text);
	assert_text(a->need, b->need);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->urgent, b->urgent);
	assert_moment(&a->due, &b->due);
	assert_moment(&a->ring, &b->ring);
	assert_text(a->zone, b->zone);
	assert_int_equal(a->with_n, b->with_n);
	for (i = 0; i < a->with_n; i++)
		assert_string_equal(a->with[i], b->with[i]);
	assert_int_equal(a->created, b->created);
	assert_int_equal(a->done_at, b->done_at);
	assert_text(a->note, b->note);
	assert_true(a->wake == b->wake);
	assert_int_equal(a->rang_at, b->rang_at);
	assert_int_equal(a->raises, b->raises);
	assert_int_equal(a->on_screen, b->on_screen);
	assert_int_equal(a->dismissals, b->dismissals);
	assert_int_equal(a->dismissed_day, b->dismissed_day);
	assert_int_equal(a->shown, b->shown);
	assert_int_equal(a->missed, b->missed);
	assert_text(a->every, b->every);
	assert_int_equal(civil_compare(&a->anchor, &b->anchor), 0);
	assert_int_equal(civil_compare(&a->slot, &b->slot), 0);
	assert_int_equal(a->next, b->next);
	assert_int_equal(a->clock_said, b->clock_said);
}

/* Every field set to something of its own. */
static struct reminder
full_reminder(void)
{
	struct reminder r = reminder_at(1795507200, "Call «Dana» \"now\"\n\t",
	    "tom,Dana,dana");

	r.need = mem_dup("a reply by Friday");
	r.kind = KIND_CHECK_IN;
	r.state = STATE_RINGING;
	r.urgent = true;
	r.due.wall = r.ring.wall = true;
	r.due.local = (struct civil){2026, 11, 24, 17, 0, 0};
	r.ring.local = (struct civil){2026, 11, 24, 9, 0, 0};
	r.ring.epoch -= 8 * 3600;
	r.zone = mem_dup("Europe/Berlin");
	r.note = mem_dup("left a message");
	r.done_at = 11;
	r.wake = 12;
	r.rang_at = 13;
	r.raises = 14;
	r.on_screen = true;
	r.dismissals = 15;
	r.dismissed_day = -16;
	r.shown = 17;
	r.missed = 18;
	r.every = mem_dup("FREQ=WEEKLY;BYDAY=TU");
	r.anchor = (struct civil){2026, 11, 3, 9, 0, 0};
	r.slot = (struct civil){2026, 11, 24, 9, 0, 0};
	r.next = 1796112000;
	r.clock_said = true;
	return r;
}

static void
test_every_field_comes_back(void **state)
{
	struct world *w = *state;
	struct reminder r = full_reminder(), got;

	begin(w);
	contact(w, "dana", "Dana Novak");
	contact(w, "tom", "Tom");
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	end(w);
	commit(w);
	/* Handles as their contacts are written, sorted, each once. */
	assert_int_equal(r.with_n, 2);
	assert_string_equal(r.with[0], "dana");
	assert_string_equal(r.with[1], "tom");
	world_reopen(w);
	got = get(w, r.id);
	assert_reminder(&got, &r);
	reminder_clear(&got);
	reminder_clear(&r);
}

static void
test_put_writes_every_field(void **state)
{
	struct world *w = *state;
	struct reminder r = full_reminder(), got;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	contact(w, "zoe", "Zoë");
	r.id = add(w, 5, "plain", "zoe");
	/* Sorted, as a loaded one is. */
	free(r.with[0]);
	r.with[0] = r.with[2];
	r.with[2] = NULL;
	free(r.with[1]);
	r.with[1] = mem_dup("tom");
	r.with_n = 2;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	end(w);
	commit(w);
	got = get(w, r.id);
	assert_reminder(&got, &r);
	reminder_clear(&got);
	reminder_clear(&r);
}

static void
test_what_can_be_missing(void **state)
{
	struct world *w = *state;
	struct reminder r = reminder_at(100, "x", NULL), got;

	r.wake = NEVER;
	begin(w);
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	end(w);
	got = get(w, r.id);
	assert_reminder(&got, &r);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder WHERE "
	    "coalesce(need, due_local, ring_local, zone, done_at, note, "
	    "wake, rang_at, every, anchor, slot, next) IS NULL"), 1);
	reminder_clear(&got);
	reminder_clear(&r);
	commit(w);
}

static void
test_no_such_reminder(void **state)
{
	struct world *w = *state;
	struct reminder r = reminder_at(100, "x", NULL), out;

	assert_err(w, store_reminder_get(w->store, 12, &out, &w->err),
	    ERR_NOT_FOUND);
	assert_string_equal(w->err.message, "no reminder 12");
	r.id = 12;
	begin(w);
	assert_err(w, store_reminder_put(w->store, &r, &w->err),
	    ERR_NOT_FOUND);
	end(w);
	commit(w);
	reminder_clear(&r);
}

static void
test_unknown_contact(void **state)
{
	struct world *w = *state;
	struct reminder r = reminder_at(100, "x", "dnaa");

	begin(w);
	contact(w, "dana", "Dana");
	assert_err(w, store_reminder_add(w->store, &r, &w->err),
	    ERR_NOT_FOUND);
	assert_non_null(strstr(w->err.message, "did you mean dana?"));
	end(w);
	commit(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder"), 0);
	reminder_clear(&r);
}

/* Without a rule there is nothing that could come after. */
static void
test_a_series_ends(void **state)
{
	struct world *w = *state;
	struct reminder r = full_reminder(), got;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	free(r.every);
	r.every = NULL;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	end(w);
	commit(w);
	r.anchor = r.slot = (struct civil){0};
	r.next = 0;
	got = get(w, r.id);
	assert_reminder(&got, &r);
	reminder_clear(&got);
	reminder_clear(&r);
}

static void
test_what_is_damaged(void **state)
{
	static const char *const damage[] = {
		"UPDATE reminder SET due_local = '2026-11-24 09:00:00'",
		"UPDATE reminder SET every = 'FREQ=DAILY', "
		    "anchor = '2026-11-24T09:00:00', "
		    "slot = '2026-02-30T09:00:00'",
	};
	struct world *w = *state;
	struct reminder r;
	size_t i;

	for (i = 0; i < sizeof damage / sizeof *damage; i++) {
		begin(w);
		add(w, 100, "x", NULL);
		assert_int_equal(sqlite3_exec(w->store->db, damage[i], NULL,
		    NULL, NULL), SQLITE_OK);
		assert_err(w, store_reminder_get(w->store, 1, &r, &w->err),
		    ERR_STORAGE);
		assert_non_null(strstr(w->err.message,
		    "is damaged: reminder 1"));
		assert_true(store_end(w->store, false, &w->err));
	}
}

/* The last line of defence, should a check above fail. */
static void
test_the_schema_refuses(void **state)
{
	static const char *const wrong[] = {
		"UPDATE reminder SET text = ''",
		"UPDATE reminder SET kind = 'nudge'",
		"UPDATE reminder SET state = 'late'",
		"UPDATE reminder SET urgent = 2",
		"UPDATE reminder SET due = 'soon'",
		"UPDATE reminder SET due_local = '2026-11-24'",
		"UPDATE reminder SET state = 'done', wake = NULL",
		"UPDATE reminder SET state = 'dropped'",
		"UPDATE reminder SET every = 'FREQ=DAILY'",
		"UPDATE reminder SET every = 'FREQ=DAILY', "
		    "anchor = '2026-11-24T09:00:00'",
		"UPDATE reminder SET every = 'FREQ=DAILY', "
		    "anchor = '2026-11-24T09:00:00', slot = '2026-11-24'",
		"UPDATE reminder SET slot = '2026-11-24T09:00:00'",
		"UPDATE reminder SET next = 5",
		"UPDATE reminder SET clock_said = 2",
		"UPDATE reminder SET clock_said = NULL",
		"INSERT INTO occurrence (reminder, state, due, at) "
		    "VALUES (99, 'done', 0, 0)",
		"INSERT INTO occurrence (reminder, state, due, at) "
		    "VALUES (1, 'ringing', 0, 0)",
		"INSERT INTO occurrence (reminder, state, due, due_local, at) "
		    "VALUES (1, 'done', 0, '2026-11-24', 0)",
		"INSERT INTO reminder_contact (reminder, contact) "
		    "VALUES (1, 99)",
		"INSERT INTO contact (handle, name, created) "
		    "VALUES ('DANA', 'Other', 0)",
		"DELETE FROM contact",
	};
	struct world *w = *state;
	size_t i;

	begin(w);
	contact(w, "dana", "Dana");
	add(w, 100, "x", "dana");
	end(w);
	commit(w);
	for (i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if ((sqlite3_exec(w->store->db, wrong[i], NULL, NULL, NULL) &
			0xff) != SQLITE_CONSTRAINT)
			fail_msg("taken: %s", wrong[i]);
}

/* --------------------------------------------------------------- lists --- */

static const char *
list_texts(struct world *w, const struct store_filter *f)
{
	static char out[256];
	struct reminders rs = {0};
	size_t i;

	out[0] = '\0';
	assert_good(w, store_reminders(w->store, f, &rs, &w->err));
	for (i = 0; i < rs.n; i++) {
		strcat(out, i == 0 ? "" : " ");
		strcat(out, rs.v[i].text);
	}
	reminders_clear(&rs);
	return out;
}

static void
test_lists(void **state)
{
	/* Moments: a 100, b 200, c 200, ring 50, snooze 300; done ones by when
	 * that was: d 7005, e 7006. */
	static const struct {
		struct store_filter filter;
		const char *texts;
	} examples[] = {
		{{.open = true}, "ring a b c snooze"},
		{{.open = true, .limit = 2}, "ring a"},
		{{.open = true, .newest_first = true}, "snooze c b a ring"},
		{{.open = true, .from = 100, .until = 200}, "a b c"},
		{{.open = true, .until = NEVER}, "ring a b c snooze"},
		/* b is the second: behind it. */
		{{.open = true, .from = 200, .after = 2}, "c snooze"},
		{{.open = true, .from = 200, .after = 9}, "snooze"},
		{{.ringing = true}, "ring"},
		{{.ringing = true, .open = true, .done = true}, "ring"},
		{{.done = true}, "d e"},
		{{.done = true, .newest_first = true, .limit = 1}, "e"},
		{{.done = true, .from = 7006}, "e"},
		{{.open = true, .done = true}, "ring a b c snooze d e"},
		{{.open = true, .done = true, .newest_first = true,
		    .limit = 3}, "e d snooze"},
		{{.open = true, .with = "dana"}, "a c"},
		{{.open = true, .with = "DANA", .newest_first = true}, "c a"},
		{{.done = true, .with = "dana"}, "e"},
		{{.open = true, .done = true, .with = "dana"}, "a c e"},
		{{.ringing = true, .with = "dana"}, ""},
		{{.open = true, .with = "nobody"}, ""},
		{{.limit = 5}, ""},
	};
	struct world *w = *state;
	size_t i;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	add(w, 100, "a", "dana");
	add(w, 200, "b", "tom");
	add(w, 200, "c", "dana,tom");
	set_state(w, add(w, 50, "ring", NULL), STATE_RINGING);
	set_state(w, add(w, 90, "d", NULL), STATE_DONE);
	set_state(w, add(w, 80, "e", "dana"), STATE_DROPPED);
	set_state(w, add(w, 300, "snooze", NULL), STATE_SNOOZED);
	end(w);
	commit(w);
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		assert_string_equal(list_texts(w, &examples[i].filter),
		    examples[i].texts);
}

/* --------------------------------------------- the history of a series --- */

static void
test_the_history_of_a_series(void **state)
{
	enum { DAY = 86400 };
	struct world *w = *state;
	struct reminders rs = {0};
	struct reminder r;
	int64_t id, other;

	begin(w);
	contact(w, "dana", "Dana");
	id = add_series(w, DAY, "Water", "dana");
	other = add_series(w, DAY, "Other", NULL);
	answer(w, id, STATE_DONE, DAY + 60, "half a can");
	answer(w, other, STATE_DONE, DAY + 70, NULL);
	answer(w, id, STATE_DROPPED, 2 * DAY - 5, NULL);
	/* Late, and the one after it early, within a second. */
	answer(w, id, STATE_DONE, 4 * DAY, NULL);
	answer(w, id, STATE_DONE, 4 * DAY, NULL);
	end(w);
	commit(w);
	world_reopen(w);

	assert_good(w, store_occurrences(w->store, id, 3, &rs, &w->err));
	assert_int_equal(rs.n, 3);
	assert_int_equal(rs.v[0].due.epoch, 4 * DAY);
	assert_int_equal(rs.v[1].due.epoch, 3 * DAY);
	assert_int_equal(rs.v[2].due.epoch, 2 * DAY);
	assert_int_equal(rs.v[2].state, STATE_DROPPED);
	assert_int_equal(rs.v[2].done_at, 2 * DAY - 5);
	reminders_clear(&rs);

	/* As the series is, but for what that occurrence was. */
	assert_good(w, store_occurrences(w->store, id, 10, &rs, &w->err));
	assert_int_equal(rs.n, 4);
	r = get(w, id);
	r.state = STATE_DONE;
	r.due.epoch = r.ring.epoch = DAY;
	r.due.local = r.ring.local = (struct civil){1970, 1, 2, 0, 0, 0};
	r.done_at = DAY + 60;
	r.note = mem_dup("half a can");
	r.wake = NEVER;
	assert_reminder(&rs.v[3], &r);
	reminder_clear(&r);
	reminders_clear(&rs);

	assert_good(w, store_occurrences(w->store, other, 10, &rs, &w->err));
	assert_int_equal(rs.n, 1);
	reminders_clear(&rs);
	assert_good(w, store_occurrences(w->store, 99, 10, &rs, &w->err));
	assert_int_equal(rs.n, 0);
}

/* "text@moment" of each, or of those that are cut off. */
static const char *
list_moments(struct world *w, const struct store_filter *f)
{
	static char out[256];
	struct reminders rs = {0};
	size_t i, n = 0;

	out[0] = '\0';
	assert_good(w, store_reminders(w->store, f, &rs, &w->err));
	for (i = 0; i < rs.n; i++)
		n += (size_t)snprintf(out + n, sizeof out - n, "%s%s@%d",
		    i == 0 ? "" : " ", rs.v[i].text,
		    (int)(rs.v[i].done_at != 0 ? rs.v[i].done_at :
			rs.v[i].ring.epoch));
	reminders_clear(&rs);
	return out;
}

static void
test_lists_with_history(void **state)
{
	static const struct {
		struct store_filter filter;
		const char *lines;
	} examples[] = {
		{{.done = true}, "s@50 a@7001 s@7001 t@7001 b@7002 s@8000"},
		{{.done = true, .newest_first = true},
		    "s@8000 b@7002 t@7001 s@7001 a@7001 s@50"},
		{{.done = true, .newest_first = true, .limit = 2},
		    "s@8000 b@7002"},
		{{.done = true, .limit = 2}, "s@50 a@7001"},
		{{.done = true, .from = 51, .until = 7999},
		    "a@7001 s@7001 t@7001 b@7002"},
		{{.done = true, .with = "dana"}, "s@50 s@7001 b@7002 s@8000"},
		{{.done = true, .with = "dana", .newest_first = true,
		    .limit = 3}, "s@8000 b@7002 s@7001"},
		{{.done = true, .with = "tom"}, ""},
		/* What is open has no history. */
		{{.open = true}, "t@86410 s@259210"},
		{{.open = true, .done = true}, "s@50 a@7001 s@7001 t@7001 "
		    "b@7002 s@8000 t@86410 s@259210"},
		{{.open = true, .done = true, .newest_first = true,
		    .limit = 3}, "s@259210 t@86410 s@8000"},
		/* The page behind: of a moment, and of an ID. */
		{{.done = true, .from = 7001, .after = 1},
		    "s@7001 t@7001 b@7002 s@8000"},
		{{.done = true, .from = 7001, .after = 3},
		    "t@7001 b@7002 s@8000"},
	};
	struct world *w = *state;
	int64_t s, t;
	size_t i;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	set_state(w, add(w, 90, "a", NULL), STATE_DONE);
	set_state(w, add(w, 80, "b", "dana"), STATE_DROPPED);
	s = add_series(w, 10, "s", "dana");
	t = add_series(w, 10, "t", NULL);
	answer(w, s, STATE_DONE, 50, NULL);
	answer(w, s, STATE_DROPPED, 7001, NULL);
	answer(w, t, STATE_DONE, 7001, NULL);
	answer(w, s, STATE_DONE, 8000, NULL);
	end(w);
	commit(w);
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		assert_string_equal(list_moments(w, &examples[i].filter),
		    examples[i].lines);
}

/* A list that is read in pieces of any size is the list: nothing twice, nothing
 * left out, though many lines share their moment, and some their ID too. */
static void
test_pages(void **state)
{
	enum { SERIES = 3, ANSWERS = 5, ONCE = 7,
		ALL = SERIES * ANSWERS + ONCE + SERIES };
	struct world *w = *state;
	struct store_filter f;
	struct reminders all = {0}, page = {0};
	struct reminder *last;
	int64_t id;
	size_t i, n;
	int k;

	begin(w);
	for (i = 0; i < SERIES; i++) {
		id = add_series(w, 100, "series", NULL);
		for (k = 0; k < ANSWERS; k++)
			answer(w, id, STATE_DONE, 7005 + k / 3, NULL);
	}
	for (i = 0; i < ONCE; i++)
		set_state(w, add(w, 90, "once", NULL), STATE_DONE);
	end(w);
	commit(w);
	f = (struct store_filter){.open = true, .done = true};
	assert_good(w, store_reminders(w->store, &f, &all, &w->err));
	assert_int_equal(all.n, ALL);
	for (n = 1; n <= ALL; n++) {
		f = (struct store_filter){.open = true, .done = true,
		    .limit = (int64_t)n};
		for (i = 0; i < ALL; i += page.n) {
			reminders_clear(&page);
			assert_good(w, store_reminders(w->store, &f, &page,
			    &w->err));
			assert_int_equal(page.n, i + n > ALL ? ALL - i : n);
			for (k = 0; k < (int)page.n; k++)
				assert_reminder(&page.v[k],
				    &all.v[i + (size_t)k]);
			last = &page.v[page.n - 1];
			f.from = last->done_at != 0 ? last->done_at :
			    last->ring.epoch;
			f.after = last->id;
			f.after_due = last->due.epoch;
		}
		reminders_clear(&page);
	}
	reminders_clear(&all);
}

/* ------------------------------------------------------------- the zone --- */

static void
test_what_floats(void **state)
{
	struct world *w = *state;
	struct reminders rs = {0};
	struct reminder r;
	int64_t wall, series, late;

	begin(w);
	add(w, 100, "an instant", NULL);
	wall = add_series(w, 200, "on the wall", NULL);
	r = get(w, add_series(w, 200, "on their wall", NULL));
	r.zone = mem_dup("America/New_York");
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
	set_state(w, add_series(w, 200, "over", NULL), STATE_DONE);
	series = add_series(w, 100, "a series", NULL);
	set_state(w, series, STATE_RINGING);
	/* An instant, but snoozed until a time on the wall. */
	late = add(w, 100, "later", NULL);
	r = get(w, late);
	r.state = STATE_SNOOZED;
	r.ring.wall = true;
	r.ring.local = (struct civil){1970, 1, 1, 9, 0, 0};
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	reminder_clear(&r);
	end(w);
	commit(w);

	assert_good(w, store_floating(w->store, 0, 2, false, &rs, &w->err));
	assert_int_equal(rs.n, 2);
	assert_int_equal(rs.v[0].id, wall);
	assert_int_equal(rs.v[1].id, series);
	assert_string_equal(rs.v[1].every, "FREQ=DAILY");
	reminders_clear(&rs);
	assert_good(w, store_floating(w->store, series, 2, false, &rs,
	    &w->err));
	assert_int_equal(rs.n, 1);
	assert_int_equal(rs.v[0].id, late);
	reminders_clear(&rs);
	assert_good(w, store_floating(w->store, late, 2, false, &rs, &w->err));
	assert_int_equal(rs.n, 0);
	/* And on the wall of whatever zone. */
	assert_good(w, store_floating(w->store, wall, 1, true, &rs, &w->err));
	assert_int_equal(rs.n, 1);
	assert_string_equal(rs.v[0].zone, "America/New_York");
	reminders_clear(&rs);
}

/* ------------------------------------------------------------ the clock --- */

/* The clock must not sleep because a question could not be answered. */
static void
test_what_the_clock_can_not_read(void **state)
{
	struct world *w = *state;

	assert_int_equal(sqlite3_exec(w->store->db, "DROP INDEX reminder_wake",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_next_wake(w->store, 0, 7), 7);
}

static void
test_what_the_clock_asks(void **state)
{
	struct world *w = *state;
	struct reminders rs = {0};
	struct reminder r;
	bool found;

	assert_true(store_next_wake(w->store, 0, 7) == NEVER);
	assert_good(w, store_next_ring(w->store, &r, &found, &w->err));
	assert_false(found);
	begin(w);
	set_state(w, add(w, 90, "rings", NULL), STATE_RINGING);
	add(w, 300, "later", NULL);
	add(w, 100, "soon", NULL);
	set_state(w, add(w, 10, "over", NULL), STATE_DONE);
	end(w);
	commit(w);
	assert_int_equal(store_next_wake(w->store, 0, 7), 90);
	assert_int_equal(store_next_wake(w->store, 90, 7), 100);
	assert_true(store_next_wake(w->store, 300, 7) == NEVER);
	assert_good(w, store_due(w->store, 89, 10, &rs, &w->err));
	assert_int_equal(rs.n, 0);
	assert_good(w, store_due(w->store, 300, 2, &rs, &w->err));
	assert_int_equal(rs.n, 2);
	assert_string_equal(rs.v[0].text, "rings");
	assert_string_equal(rs.v[1].text, "soon");
	reminders_clear(&rs);
	assert_good(w, store_next_ring(w->store, &r, &found, &w->err));
	assert_true(found);
	assert_string_equal(r.text, "soon");
	reminder_clear(&r);
}

static void
assert_counts(struct world *w, int scheduled, int ringing, int snoozed,
    int overdue)
{
	struct store_counts n;

	assert_good(w, store_count(w->store, &n, &w->err));
	assert_int_equal(n.scheduled, scheduled);
	assert_int_equal(n.ringing, ringing);
	assert_int_equal(n.snoozed, snoozed);
	assert_int_equal(n.overdue, overdue);
}

static void
test_counts(void **state)
{
	struct world *w = *state;
	struct reminder r;
	int64_t id;

	assert_counts(w, 0, 0, 0, 0);
	begin(w);
	id = add(w, 100, "a", NULL);
	add(w, 100, "b", NULL);
	end(w);
	assert_counts(w, 2, 0, 0, 0);
	begin(w);
	set_state(w, id, STATE_RINGING);
	assert_counts(w, 1, 1, 0, 1);
	r = get(w, id);
	r.on_screen = true;
	assert_good(w, store_reminder_put(w->store, &r, &w->err));
	assert_counts(w, 1, 1, 0, 0);
	reminder_clear(&r);
	set_state(w, id, STATE_SNOOZED);
	assert_counts(w, 1, 0, 1, 0);
	assert_true(store_end(w->store, false, &w->err));
	assert_counts(w, 2, 0, 0, 0);
	begin(w);
	set_state(w, id, STATE_DONE);
	end(w);
	commit(w);
	assert_counts(w, 1, 0, 0, 0);
}

/* What keeps the counts goes when that in which they were first asked for is
 * taken back. */
static void
test_counts_after_a_roll_back(void **state)
{
	struct world *w = *state;

	begin(w);
	add(w, 100, "a", NULL);
	assert_counts(w, 1, 0, 0, 0);
	assert_true(store_end(w->store, false, &w->err));
	assert_counts(w, 0, 0, 0, 0);
	begin(w);
	add(w, 100, "b", NULL);
	end(w);
	commit(w);
	assert_counts(w, 1, 0, 0, 0);
}

/* ---------------------------------------------------------------- plans --- */

/* Whether the plan of a statement sorts, or walks through a whole table. */
static bool
plan_is_bad(struct world *w, const char *sql, const char **why)
{
	static char line[256];
	struct buf explain = {0};
	sqlite3_stmt *st;
	bool bad = false;

	buf_addf(&explain, "EXPLAIN QUERY PLAN %s", sql);
	st = sql_prepare(w->store, buf_str(&explain), &w->err);
	assert_good(w, st != NULL);
	while (!bad && sqlite3_step(st) == SQLITE_ROW) {
		snprintf(line, sizeof line, "%s",
		    (const char *)sqlite3_column_text(st, 3));
		bad = strstr(line, "TEMP B-TREE") != NULL ||
		    strcmp(line, "SCAN reminder") == 0 ||
		    strcmp(line, "SCAN o") == 0;
	}
	sqlite3_finalize(st);
	buf_clear(&explain);
	*why = line;
	return bad;
}

static void
test_the_clock_never_sorts_or_scans(void **state)
{
	static const enum statement asked[] = {
		STMT_REMINDER_GET, STMT_REMINDER_DUE, STMT_REMINDER_NEXT_WAKE,
		STMT_REMINDER_NEXT_RING, STMT_REMINDER_OVERDUE,
		STMT_REMINDER_RINGING, STMT_REMINDER_SNOOZED,
		STMT_REMINDER_OPEN, STMT_REMINDER_FLOATING,
		STMT_OCCURRENCE_SERIES,
		STMT_WITH_GET, STMT_CONTACT_GET, STMT_CONTACT_BEGINNING,
		STMT_CONTACT_ALL, STMT_SETTING_GET,
		STMT_SETTING_TEXT_GET, STMT_TOKEN_GET,
		STMT_CHANGE_LAST, STMT_CHANGE_LAST_OF,
	};
	struct world *w = *state;
	const char *why;
	size_t i;

	for (i = 0; i < sizeof asked / sizeof *asked; i++)
		if (plan_is_bad(w, statement_sql[asked[i]], &why))
			fail_msg("%s: %s", statement_sql[asked[i]], why);
}

static void
test_lists_never_sort_or_scan(void **state)
{
	struct world *w = *state;
	struct reminders rs = {0};
	struct store_filter f;
	const char *why, *sql;
	int ways, i, prepared = 0;

	for (ways = 0; ways < 16; ways++) {
		f = (struct store_filter){.open = ways & 1, .done = ways & 2,
		    .ringing = ways & 4, .newest_first = ways & 8};
		assert_good(w, store_reminders(w->store, &f, &rs, &w->err));
	}
	for (i = 0; i < LIST_MAX; i++) {
		if (w->store->list[i] == NULL)
			continue;
		prepared++;
		sql = sqlite3_sql(w->store->list[i]);
		if (plan_is_bad(w, sql, &why))
			fail_msg("%s: %s", sql, why);
	}
	assert_int_equal(prepared, 8);
}

/* How many steps of the plans of the lists begin so. */
static int
list_steps(struct world *w, const char *beginning)
{
	struct buf explain = {0};
	sqlite3_stmt *st;
	int i, n = 0;

	for (i = 0; i < LIST_MAX; i++) {
		if (w->store->list[i] == NULL)
			continue;
		buf_clear(&explain);
		buf_addf(&explain, "EXPLAIN QUERY PLAN %s",
		    sqlite3_sql(w->store->list[i]));
		st = sql_prepare(w->store, buf_str(&explain), &w->err);
		assert_good(w, st != NULL);
		while (sqlite3_step(st) == SQLITE_ROW)
			n += strncmp((const char *)sqlite3_column_text(st, 3),
			    beginning, strlen(beginning)) == 0;
		sqlite3_finalize(st);
	}
	buf_clear(&explain);
	return n;
}

/* Of one contact: found by the contact, and only then sorted. */
static void
test_a_contacts_list_never_scans(void **state)
{
	struct world *w = *state;
	struct reminders rs = {0};
	struct store_filter f = {.open = true, .done = true, .with = "dana"};

	assert_good(w, store_reminders(w->store, &f, &rs, &w->err));
	assert_int_equal(list_steps(w, "USE TEMP B-TREE FOR ORDER BY"), 3);
	assert_int_equal(list_steps(w, "SCAN"), 0);
}

/* Every text of the table is SQL that this schema understands. */
static void
test_every_statement_can_be_prepared(void **state)
{
	struct world *w = *state;
	int i;

	for (i = 0; i < STMT_MAX; i++)
		if (sql_get(w->store, (enum statement)i, &w->err) == NULL)
			fail_msg("%s: %s", statement_sql[i], w->err.message);
}

/* ------------------------------------------------------------- contacts --- */

static void
test_finding_contacts(void **state)
{
	static const struct {
		const char *who;
		enum err_code code;
		const char *says;	/* the handle found, or of the error */
	} examples[] = {
		{"dana", ERR_NONE, "dana"},
		{"DANA", ERR_NONE, "dana"},
		{"to", ERR_NONE, "tom"},
		{"élo", ERR_NONE, "élodie"},
		{"dan", ERR_NONE, "dan"},	/* itself, not dana */
		{"da", ERR_NOT_UNDERSTOOD, "dan, dana, daniel"},
		{"danna", ERR_NOT_FOUND, "did you mean dana?"},
		{"dana novak", ERR_NOT_FOUND, "did you mean dana?"},
		{"xyzzy", ERR_NOT_FOUND, "no contact \"xyzzy\""},
		{"d%", ERR_NOT_FOUND, "no contact \"d%\""},
		{"", ERR_NOT_FOUND, "no contact"},
	};
	struct world *w = *state;
	struct contact c;
	size_t i;

	begin(w);
	contact(w, "dana", "Dana Novak");
	contact(w, "dan", "Dan");
	contact(w, "daniel", "Daniel");
	contact(w, "tom", "Tom");
	contact(w, "élodie", "Élodie");
	end(w);
	commit(w);
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		c = (struct contact){0};
		w->err = (struct err){0};
		assert_int_equal(store_contact_find(w->store, examples[i].who,
		    &c, &w->err), examples[i].code == ERR_NONE);
		assert_int_equal(w->err.code, examples[i].code);
		if (examples[i].code == ERR_NONE)
			assert_string_equal(c.handle, examples[i].says);
		else
			assert_non_null(strstr(w->err.message,
			    examples[i].says));
		contact_clear(&c);
	}
}

static void
test_a_handle_is_given_once(void **state)
{
	struct world *w = *state;
	struct contact c = {.handle = mem_dup("Dana"),
	    .name = mem_dup("Other")};
	struct contacts cs = {0};

	begin(w);
	contact(w, "dana", "Dana Novak");
	assert_err(w, store_contact_add(w->store, &c, &w->err),
	    ERR_IMPOSSIBLE);
	assert_string_equal(w->err.message,
	    "the handle dana is taken, by Dana Novak");
	end(w);
	commit(w);
	assert_good(w, store_contacts(w->store, &cs, &w->err));
	assert_int_equal(cs.n, 1);
	assert_string_equal(cs.v[0].name, "Dana Novak");
	assert_int_equal(cs.v[0].created, 400);
	contacts_clear(&cs);
	contact_clear(&c);
}

static void
test_interactions(void **state)
{
	char *who[] = {(char *)"dana", (char *)"tom"};
	char *nobody[] = {(char *)"nobody"};
	struct interaction i = {.at = 9, .note = (char *)"hi", .with = who,
	    .with_n = 2};
	struct world *w = *state;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	i.reminder = add(w, 100, "x", "dana");
	assert_good(w, store_interaction_add(w->store, &i, &w->err));
	assert_int_equal(i.id, 1);
	i.reminder = 0;
	i.note = NULL;
	assert_good(w, store_interaction_add(w->store, &i, &w->err));
	assert_int_equal(i.id, 2);
	end(w);
	begin(w);
	i.with = nobody;
	i.with_n = 1;
	assert_err(w, store_interaction_add(w->store, &i, &w->err),
	    ERR_NOT_FOUND);
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction"), 2);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction_contact"),
	    4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(test_every_field_comes_back),
		world_test(test_put_writes_every_field),
		world_test(test_what_can_be_missing),
		world_test(test_no_such_reminder),
		world_test(test_unknown_contact),
		world_test(test_a_series_ends),
		world_test(test_what_is_damaged),
		world_test(test_the_schema_refuses),
		world_test(test_lists),
		world_test(test_the_history_of_a_series),
		world_test(test_lists_with_history),
		world_test(test_pages),
		world_test(test_what_floats),
		world_test(test_what_the_clock_asks),
		world_test(test_what_the_clock_can_not_read),
		world_test(test_counts),
		world_test(test_counts_after_a_roll_back),
		world_test(test_the_clock_never_sorts_or_scans),
		world_test(test_lists_never_sort_or_scan),
		world_test(test_a_contacts_list_never_scans),
		world_test(test_every_statement_can_be_prepared),
		world_test(test_finding_contacts),
		world_test(test_a_handle_is_given_once),
		world_test(test_interactions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
