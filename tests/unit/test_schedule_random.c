/*
 * Random lives: whatever people, servers and clocks do, in whatever order,
 * what the schedule promises holds after each step. A failure prints its
 * seed; RAPPORT_SEED replays it.
 */
#include "tests/unit/schedule_world.h"

enum { LIVES = 60, STEPS = 80 };

static uint32_t dice;
static uint32_t living;		/* the seed of this life; 0: all is well */

/* xorshift32 (Marsaglia 2003): the same everywhere. */
static unsigned
roll(unsigned sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

/* ------------------------------------------------------------ what holds -- */

/* How many reminders the pop-ups speak of. */
static size_t
spoken_of(struct world *w)
{
	size_t i, n = 0, merged;

	for (i = 0; i < w->n; i++) {
		const struct popup *p = &w->desktop[i].p;

		if (p->key[0] == 'r')
			n++;
		else if (sscanf(p->summary, "%zu", &merged) == 1)
			n += merged;
	}
	return n;
}

static void
check_reminder(struct world *w, const struct reminder *r)
{
	bool rings = r->state == STATE_RINGING;
	char key[32];
	size_t i;

	assert_true(!reminder_open(r) || r->wake > w->now);
	assert_true(r->wake != NEVER || rings || !reminder_open(r));
	assert_true(rings || !r->on_screen);
	assert_true(rings == (r->rang_at != 0));
	assert_true(r->dismissals <= w->options.dismissals);
	snprintf(key, sizeof key, "r%d", (int)r->id);
	for (i = 0; i < w->n; i++)
		if (strcmp(w->desktop[i].p.key, key) == 0)
			assert_true(rings && r->on_screen);
}

/* How many are done, for comparison. */
static size_t
check(struct world *w)
{
	struct store_filter all = {.open = true, .done = true,
		.until = NEVER};
	struct reminders rs = {0};
	struct err err = {0};
	size_t i, k, on_screen = 0, done = 0;
	int64_t next = schedule_next(w->s, w->now);

	assert_true(next > w->now);
	assert_true(w->most <= 3);
	assert_true(!w->deaf || w->n == 0);
	for (i = 0; i < w->n; i++)
		for (k = 0; k < i; k++)
			assert_string_not_equal(w->desktop[i].p.summary,
			    w->desktop[k].p.summary);
	assert_true(store_reminders(w->store, &all, &rs, &err));
	for (i = 0; i < rs.n; i++) {
		check_reminder(w, &rs.v[i]);
		/* Nothing that is open is forgotten. */
		if (reminder_open(&rs.v[i]))
			assert_true(next != NEVER && next <= rs.v[i].wake);
		on_screen += rs.v[i].on_screen;
		done += rs.v[i].state == STATE_DONE;
	}
	assert_int_equal(on_screen, spoken_of(w));
	reminders_clear(&rs);
	return done;
}

/* ---------------------------------------------------------- what happens -- */

/* An act on some of the reminders there are; it may be refused. */
static void
act_on_some(struct world *w, enum reminder_act what, int64_t last)
{
	struct err err = {0};
	int64_t ids[3];
	size_t i, n = 1 + roll(3);

	if (last == 0)
		return;
	for (i = 0; i < n; i++)
		ids[i] = 1 + roll((unsigned)last);
	command(w, what, ids, n, w->now + 1 + roll(2 * HOUR), &err);
	settle(w);
}

static void
try_undo(struct world *w)
{
	struct reminders out = {0};
	struct err err = {0};
	char *sentence = NULL;
	bool ok;

	request_begin(w, false);
	ok = schedule_undo(w->s, w->now, 0, &sentence, &out, &err);
	if (ok)
		request_end(w, NULL);
	else
		request_drop(w);
	free(sentence);
	reminders_clear(&out);
	settle(w);
}

static void
add_some(struct world *w, int64_t *last)
{
	int64_t t = w->now + 1 + roll(HOUR);
	unsigned i, n = roll(6) == 0 ? 5 : 1;

	for (i = 0; i < n; i++)
		*last = roll(5) == 0 ? add_urgent(w, "Same text", t) :
		    add(w, "Same text", t);
	settle(w);
}

static void
click_somewhere(struct world *w)
{
	static const char *const actions[] = {"done", "later", "tomorrow",
		"default", "show", "nonsense"};

	if (w->n > 0)
		click(w, roll((unsigned)w->n), actions[roll(6)]);
}

/* One step of a life. Whether it can have made something done. */
static bool
live(struct world *w, int64_t *last)
{
	switch (roll(16)) {
	case 0: case 1: case 2:
		add_some(w, last);
		return false;
	case 3:
		act_on_some(w, ACT_DONE, *last);
		return true;
	case 4:
		act_on_some(w, ACT_SNOOZE, *last);
		return false;
	case 5:
		act_on_some(w, roll(2) ? ACT_MOVE : ACT_DROP, *last);
		return false;
	case 6: case 7:
		click_somewhere(w);
		return true;
	case 8: case 9:
		if (w->n > 0)
			close_popup(w, roll((unsigned)w->n),
			    1 + (int)roll(4));
		return false;
	case 10:
		try_undo(w);
		return true;
	case 11:
		quiet(w, roll(2) ? 0 : w->now + 1 + roll(3 * HOUR));
		return false;
	case 12:
		asleep(w, w->now + roll(8 * HOUR));
		return false;
	case 13:
		restart(w, w->now + roll(roll(2) ? 30 : 2 * HOUR));
		/* Another daemon, and it finds what there is. */
		server(w, !w->deaf);
		return false;
	case 14:
		server(w, roll(4) != 0);
		return false;
	default:
		until(w, w->now + roll(3 * HOUR));
		return false;
	}
}

static void
whatever_happens(void **state)
{
	const char *seed = getenv("RAPPORT_SEED");
	uint32_t first = seed == NULL ? 1 : (uint32_t)atoi(seed);
	uint32_t life, lives = seed == NULL ? LIVES : 1;

	(void)state;
	for (life = first; life < first + lives; life++) {
		int64_t last = 0;
		size_t done = 0, now_done;
		void *fresh;
		int step;

		living = life;
		dice = life * 2654435761u;
		world_setup(&fresh);
		for (step = 0; step < STEPS; step++) {
			bool may = live(fresh, &last);

			now_done = check(fresh);
			assert_true(may || now_done == done);
			done = now_done;
		}
		world_teardown(&fresh);
	}
	living = 0;
}

static int
tell_the_seed(void **state)
{
	(void)state;
	if (living != 0)
		print_error("RAPPORT_SEED=%u replays it\n",
		    (unsigned)living);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(whatever_happens, tell_the_seed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
