/*
 * Which pop-ups stand at once, what is merged, and what they say; and that a
 * storm of ten thousand stays one notice.
 */
#include "tests/unit/schedule_world.h"

/* FRIDAY(15, 0), as a constant. */
#define FRIDAY_15 INT64_C(1795183200)

/* -------------------------------------------------------------- layout -- */

/* Reminders of one second, given as letters: n normal, u urgent. */
static void
due_at(struct world *w, int64_t t, const char *what)
{
	static int serial;
	char text[32];

	for (; *what != '\0'; what++) {
		snprintf(text, sizeof text, "Text %d", ++serial);
		if (*what == 'u')
			add_urgent(w, text, t);
		else
			add(w, text, t);
	}
}

static void
what_stands(void **state)
{
	static const struct {
		const char *stand;	/* each a minute apart, from 15:00 */
		const char *come;	/* all at 15:04 */
		const char *screen;	/* afterwards */
		int merged;		/* reminders in the merged notice */
	} examples[] = {
		{"", "n", "r1", 0},
		{"", "nnn", "r1 r2 r3", 0},
		/* Not two single ones and a notice. */
		{"", "nnnn", "m", 4},
		{"", "nnnnnnnnn", "m", 9},
		{"n", "nn", "r1 r2 r3", 0},
		{"n", "nnn", "r1 m", 3},
		{"nn", "n", "r1 r2 r3", 0},
		{"nn", "nn", "r1 r2 m", 2},
		/* No room for a notice: the oldest goes into it. */
		{"nnn", "n", "r2 r3 m", 2},
		{"nnn", "nn", "r2 r3 m", 3},
		/* Urgent ones are single as long as there is room. */
		{"", "nnnu", "r4 m", 3},
		{"", "nnuu", "r3 r4 m", 2},
		{"", "uuun", "r1 r2 m", 2},
		{"n", "nnu", "r1 r4 m", 2},
		{"unn", "n", "r1 r3 m", 2},
		{"uuu", "n", "r2 r3 m", 2},
		{"nnn", "u", "r2 r3 m", 2},
	};
	struct world *w;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		void *fresh;
		char one[2] = "";
		char summary[64];

		world_setup(&fresh);
		w = fresh;
		for (k = 0; examples[i].stand[k] != '\0'; k++) {
			one[0] = examples[i].stand[k];
			due_at(w, FRIDAY(15, 0) + (int64_t)k * MINUTE, one);
		}
		due_at(w, FRIDAY(15, 4), examples[i].come);
		until(w, FRIDAY(15, 4));
		if (strcmp(standing(w), examples[i].screen) != 0)
			fail_msg("%s + %s: %s, not %s", examples[i].stand,
			    examples[i].come, standing(w),
			    examples[i].screen);
		if (examples[i].merged > 0) {
			snprintf(summary, sizeof summary,
			    "%d follow-ups are due", examples[i].merged);
			assert_string_equal(popup(w, "m")->summary, summary);
		}
		assert_true(w->most <= 3);
		world_teardown(&fresh);
	}
}

static void
single_again_beside_a_notice(void **state)
{
	struct world *w = *state;

	due_at(w, FRIDAY(15, 0), "nnnn");
	due_at(w, FRIDAY(15, 1), "n");
	due_at(w, FRIDAY(15, 2), "n");
	due_at(w, FRIDAY(15, 3), "n");
	until(w, FRIDAY(15, 2));
	assert_screen(w, "m r5 r6");
	until(w, FRIDAY(15, 3));
	assert_screen(w, "r5 r6 m");
	assert_string_equal(popup(w, "m")->summary, "5 follow-ups are due");
}

static void
urgent_in_the_notice_makes_it_urgent(void **state)
{
	struct world *w = *state;

	due_at(w, FRIDAY(15, 0), "nnnn");
	until(w, FRIDAY(15, 0));
	assert_false(popup(w, "m")->urgent);
	due_at(w, FRIDAY(15, 1), "uu");
	due_at(w, FRIDAY(15, 2), "u");
	until(w, FRIDAY(15, 2));
	assert_screen(w, "r5 r6 m");
	assert_true(popup(w, "m")->urgent);
}

static void
raised_together_stays_together(void **state)
{
	struct world *w = *state;
	char nonce[24];
	int shows;

	due_at(w, FRIDAY(15, 0), "nnnnn");
	until(w, FRIDAY(15, 0));
	assert_screen(w, "m");
	strcpy(nonce, popup(w, "m")->nonce);
	shows = w->shows;
	until(w, FRIDAY(15, 5));
	assert_screen(w, "m");
	assert_string_not_equal(popup(w, "m")->nonce, nonce);
	assert_int_equal(w->shows, shows + 1);
	until(w, FRIDAY(16, 15));
	assert_screen(w, "");
	assert_int_equal(w->shows, shows + 3);
}

static void
singles_raised_at_once_stay_single(void **state)
{
	struct world *w = *state;

	due_at(w, FRIDAY(15, 0), "nnn");
	until(w, FRIDAY(15, 5));
	assert_screen(w, "r1 r2 r3");
	assert_int_equal(w->shows, 6);
}

/* A notice never speaks of what no longer rings; of one it is no notice. */
static void
notice_shrinks(void **state)
{
	struct world *w = *state;

	due_at(w, FRIDAY(15, 0), "nnnn");
	until(w, FRIDAY(15, 0));
	act(w, ACT_DONE, 2, 0);
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary, "3 follow-ups are due");
	act(w, ACT_SNOOZE, 1, 0);
	act(w, ACT_DROP, 3, 0);
	assert_screen(w, "r4");
	act(w, ACT_MOVE, 4, SUNDAY_(9, 0));
	assert_screen(w, "");
}

static void
edited_while_it_stands(void **state)
{
	struct world *w = *state;
	struct reminders out = {0};
	struct reminder r = {0};
	struct err err = {0};
	int64_t id = add(w, "Call Dana", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	assert_true(store_reminder_get(w->store, id, &r, &err));
	free(r.text);
	r.text = mem_dup("Call Dana Novak");
	request_begin(w, true);
	assert_true(schedule_edit(w->s, w->now, &r, &out, &err));
	request_end(w, "edited");
	settle(w);
	reminder_clear(&r);
	reminders_clear(&out);
	assert_screen(w, "r1");
	assert_string_equal(popup(w, "r1")->summary, "Call Dana Novak");
	assert_wake(w, id, FRIDAY(15, 5));
	undo(w);
	assert_screen(w, "r1");
	assert_string_equal(popup(w, "r1")->summary, "Call Dana");
	assert_true(look(w, id).on_screen);
}

/* ------------------------------------------------------------- clicks -- */

static void
notice_has_no_done(void **state)
{
	struct world *w = *state;
	const struct popup *p;
	int i;

	due_at(w, FRIDAY(15, 0), "nnnn");
	until(w, FRIDAY(15, 0));
	p = popup(w, "m");
	assert_string_equal(p->actions[0].name, "default");
	assert_string_equal(p->actions[1].label, "Show");
	assert_string_equal(p->actions[2].label, "Later");
	assert_null(p->actions[3].name);
	click(w, 0, "show");
	assert_int_equal(w->details, 1);
	assert_int_equal(w->detail, 0);
	assert_screen(w, "m");
	assert_true(click(w, 0, "later"));
	assert_screen(w, "");
	for (i = 1; i <= 4; i++) {
		assert_int_equal(look(w, i).state, STATE_SNOOZED);
		assert_wake(w, i, FRIDAY(16, 0));
	}
}

/* ------------------------------------------------------------- wording -- */

static void
words_of_a_single_one(void **state)
{
	struct world *w = *state;
	const struct popup *p;

	know(w, "dana", "Dana Novak");
	add_full(w, "Send\tthe offer", FRIDAY(15, 0), false, KIND_NEXT_STEP,
	    "dana", "a price\nbefore Friday");
	add_full(w, "Call Dana", FRIDAY(15, 0), false, KIND_NEXT_STEP, "dana",
	    NULL);
	until(w, FRIDAY(15, 0));
	p = popup(w, "r1");
	assert_string_equal(p->summary, "Send the offer · Dana Novak");
	assert_string_equal(p->body[0], "They need: a price before Friday");
	assert_null(p->body[1]);
	assert_string_equal(p->actions[0].name, "default");
	assert_string_equal(p->actions[0].label, "Open");
	assert_string_equal(p->actions[1].label, "Done");
	assert_string_equal(p->actions[2].label, "Later");
	assert_string_equal(p->actions[3].label, "Tomorrow");
	p = popup(w, "r2");
	assert_string_equal(p->summary, "Call Dana");
	assert_null(p->body[0]);

	/* Raised anew it says since when: no two texts are alike. */
	until(w, FRIDAY(15, 5));
	assert_string_equal(popup(w, "r2")->body[0], "due 15:00 · 5 min ago");
	until(w, SUNDAY_(9, 0));
	assert_string_equal(popup(w, "m")->body[1], "Call Dana · Fri 15:00");
}

/* When the moment agreed on is not the moment it rings. */
static void
words_of_the_due_time(void **state)
{
	static const struct {
		int64_t due;
		const char *zone;	/* where it is 10:00 then */
		const char *line;
	} examples[] = {
		{FRIDAY_15, NULL, NULL},
		{FRIDAY_15 + 2 * HOUR, NULL, "due 17:00"},
		{FRIDAY_15 + 2 * DAY, NULL, "due Sun 15:00"},
		{FRIDAY_15 + 7 * DAY, NULL, "due 27 Nov 15:00"},
		{FRIDAY_15 + 42 * DAY, NULL, "due 1 Jan 2027 15:00"},
		{FRIDAY_15 - 10 * MINUTE, NULL, "due 14:50 · 10 min ago"},
		{FRIDAY_15 - 3 * DAY, NULL, "due Tue 15:00 · 3 d ago"},
		{FRIDAY_15, "America/New_York",
		    "due 15:00 (10:00 in America/New_York)"},
	};
	struct world *w = *state;
	const char *line;
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct reminder r = {
			.text = mem_dup("Call Dana"),
			.zone = mem_dup(examples[i].zone),
			.due = {
				.epoch = examples[i].due,
				.wall = examples[i].zone != NULL,
				.local = {2026, 11, 20, 10, 0, 0},
			},
			.ring = instant(FRIDAY_15),
		};
		struct err err = {0};

		w->now = FRIDAY_15 - 1;
		request_begin(w, true);
		assert_true(schedule_add(w->s, w->now, &r, &err));
		request_end(w, "added");
		until(w, FRIDAY_15);
		line = w->desktop[0].p.body[0];
		if (examples[i].line == NULL)
			assert_null(line);
		else
			assert_string_equal(line, examples[i].line);
		act(w, ACT_DONE, r.id, 0);
		reminder_clear(&r);
	}
}

static void
same_text_twice(void **state)
{
	struct world *w = *state;

	add(w, "Call Dana", FRIDAY(15, 0));
	add(w, "Call Dana", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0));
	assert_string_equal(popup(w, "r1")->summary, "Call Dana");
	assert_string_equal(popup(w, "r2")->summary, "Call Dana (2)");
}

static void
long_text(void **state)
{
	struct world *w = *state;
	char text[TEXT_MAX + 1];
	const struct popup *p;
	size_t i;

	/* Two bytes a letter: never cut in the middle of one. */
	for (i = 0; i < TEXT_MAX; i += 2)
		memcpy(text + i, "é", 2);
	text[TEXT_MAX] = '\0';
	text[0] = text[1] = 'x';
	add(w, text, FRIDAY(15, 0));
	until(w, FRIDAY(15, 0));
	p = popup(w, "r1");
	assert_true(strlen(p->summary) < 200);
	assert_non_null(strstr(p->summary, "…"));
	assert_true(strlen(p->body[0]) > 900 && strlen(p->body[0]) < 1100);
}

static void
many_in_a_notice(void **state)
{
	struct world *w = *state;
	const struct popup *p;
	int i;

	for (i = 0; i < 18; i++)
		due_at(w, FRIDAY(15, 0), i == 17 ? "u" : "n");
	until(w, FRIDAY(15, 0));
	assert_screen(w, "r18 m");
	p = popup(w, "m");
	assert_string_equal(p->summary, "17 follow-ups are due");
	assert_string_equal(p->body[6], "and 11 more");
	assert_null(p->body[7]);
	until(w, FRIDAY(15, 5));
	assert_string_equal(popup(w, "m")->body[7], "shown again at 15:05");
}

/* "@dana" is how one types a name, not how one reads it. */
static void
names_for_handles(void **state)
{
	static const struct {
		const char *text, *summary;
	} examples[] = {
		{"Call @dana", "Call Dana Novak"},
		{"@Dana: call her", "Dana Novak: call her"},
		{"Call @danas sister", "Call @danas sister · Dana Novak"},
		{"Write to info@dana", "Write to info@dana"},
		{"Call @jonas", "Call @jonas · Dana Novak"},
		{"Call", "Call · Dana Novak"},
		{"Banana bread", "Banana bread · Dana Novak"},
		{"Dana's offer", "Dana's offer"},
	};
	struct world *w = *state;
	size_t i;

	know(w, "dana", "Dana Novak");
	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		int64_t t = FRIDAY(15, (int)i);

		add_full(w, examples[i].text, t, false, KIND_REMINDER, "dana",
		    NULL);
		until(w, t);
		assert_string_equal(w->desktop[0].p.summary,
		    examples[i].summary);
		act(w, ACT_DONE, (int64_t)i + 1, 0);
	}
}

static void
more_privacy_while_it_stands(void **state)
{
	struct world *w = *state;
	int64_t id = add(w, "Secret", FRIDAY(15, 0));

	until(w, FRIDAY(15, 0));
	assert_string_equal(popup(w, "r1")->summary, "Secret");
	schedule_set_options(w->s, w->now, &w->options);
	assert_int_equal(w->shows, 1);
	w->options.privacy = PRIVACY_NONE;
	schedule_set_options(w->s, w->now, &w->options);
	settle(w);
	assert_screen(w, "r1");
	assert_string_equal(popup(w, "r1")->summary, "A follow-up is due");
	assert_true(look(w, id).on_screen);
	assert_wake(w, id, FRIDAY(15, 5));
}

static void
privacy(void **state)
{
	struct world *w = *state;
	const struct popup *p;

	know(w, "dana", "Dana Novak");
	w->options.privacy = PRIVACY_NAMES;
	add_full(w, "Talk about the illness", FRIDAY(15, 0), false,
	    KIND_CHECK_IN, "dana", "quiet");
	add(w, "Secret", FRIDAY(15, 0));
	until(w, FRIDAY(15, 0));
	assert_string_equal(popup(w, "r1")->summary, "Dana Novak");
	assert_null(popup(w, "r1")->body[0]);
	assert_string_equal(popup(w, "r2")->summary, "A follow-up");

	w->options.privacy = PRIVACY_NONE;
	until(w, FRIDAY(15, 5));
	assert_string_equal(popup(w, "r1")->summary, "A follow-up is due");
	assert_string_equal(popup(w, "r2")->summary,
	    "A follow-up is due (2)");
	assert_null(popup(w, "r1")->body[0]);
	due_at(w, FRIDAY(15, 6), "nn");
	until(w, FRIDAY(15, 6));
	p = popup(w, "m");
	assert_string_equal(p->summary, "2 follow-ups are due");
	assert_null(p->body[0]);
}

/* --------------------------------------------------------------- storm -- */

/* Many at once, all stored in one transaction. */
static void
storm(struct world *w, int64_t t, int n)
{
	struct err err = {0};
	int i;

	request_begin(w, false);
	for (i = 0; i < n; i++) {
		struct reminder r = {
			.text = mem_dup("Follow up"),
			.due = instant(t + i % 600),
			.ring = instant(t + i % 600),
		};

		if (!schedule_add(w->s, w->now, &r, &err))
			fail_msg("%s", err.message);
		reminder_clear(&r);
	}
	request_end(w, NULL);
}

static struct store_counts
counts(struct world *w)
{
	struct store_counts n = {0};
	struct err err = {0};

	assert_true(store_count(w->store, &n, &err));
	return n;
}

static void
storm_is_one_notice(void **state)
{
	struct world *w = *state;

	storm(w, FRIDAY(15, 0), 10000);
	asleep(w, FRIDAY(18, 0));
	assert_screen(w, "m");
	assert_string_equal(popup(w, "m")->summary,
	    "10000 follow-ups are due");
	assert_int_equal(w->shows, 1);
	assert_int_equal(counts(w).ringing, 10000);
	assert_int_equal(counts(w).overdue, 0);
	assert_int_equal(w->events[EVENT_RINGING], 10000);
	assert_int_equal(w->events[EVENT_SHOWN], 10000);
}

/* All its life: raised, restarted, put away, fetched by the brief, snoozed.
 * One notice each time, however many batches that takes. */
static void
storm_stays_one_notice(void **state)
{
	enum { MANY = 1000 };
	struct world *w = *state;

	storm(w, FRIDAY(15, 0), MANY);
	asleep(w, FRIDAY(18, 0));
	until(w, FRIDAY(18, 5));
	assert_int_equal(w->shows, 2);
	restart(w, FRIDAY(18, 6));
	assert_screen(w, "m");
	assert_int_equal(w->shows, 3);
	assert_true(close_popup(w, 0, 1) == false);
	assert_int_equal(counts(w).overdue, MANY);
	until(w, FRIDAY(18, 30));
	assert_screen(w, "m");
	until(w, FRIDAY(22, 0));
	assert_screen(w, "");
	assert_int_equal(counts(w).overdue, MANY);
	w->shows = 0;
	until(w, SATURDAY(9, 0));
	assert_int_equal(w->shows, 1);
	assert_string_equal(popup(w, "m")->summary,
	    "1000 follow-ups are due");
	assert_true(click(w, 0, "later"));
	assert_screen(w, "");
	assert_int_equal(counts(w).snoozed, MANY);
}

/* In the middle of a storm a person acts on one that was just read. */
static void
acts_within_a_storm(void **state)
{
	struct world *w = *state;

	storm(w, FRIDAY(15, 0), 500);
	settle(w);
	w->now = FRIDAY(18, 0);
	tick(w);
	assert_screen(w, "");
	assert_true(schedule_next(w->s, w->now) <= w->now);
	{
		const int64_t id = 1;
		struct err err = {0};

		assert_int_equal(look(w, id).state, STATE_RINGING);
		assert_true(command(w, ACT_DONE, &id, 1, 0, &err));
	}
	settle(w);
	assert_string_equal(popup(w, "m")->summary, "499 follow-ups are due");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands),
		story(single_again_beside_a_notice),
		story(urgent_in_the_notice_makes_it_urgent),
		story(raised_together_stays_together),
		story(singles_raised_at_once_stay_single),
		story(notice_shrinks),
		story(edited_while_it_stands),
		story(notice_has_no_done),
		story(words_of_a_single_one),
		story(words_of_the_due_time),
		story(same_text_twice),
		story(long_text),
		story(many_in_a_notice),
		story(names_for_handles),
		story(privacy),
		story(more_privacy_while_it_stands),
		story(storm_is_one_notice),
		story(storm_stays_one_notice),
		story(acts_within_a_storm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
