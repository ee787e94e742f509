/*
 * The store of people: contacts in full, what is known about them, what was
 * said and when last, search, forgetting; and what all that costs at scale.
 */
#include "tests/unit/store_world.h"

#include <time.h>

/* ------------------------------------------------------------- helpers --- */

/* Where the test is not about turns, each step is one of its own. */
static void
undo(struct world *w, const char *sentence)
{
	struct store_undone u;

	begin(w);
	assert_good(w, store_undo(w->store, 0, &u, &w->err));
	assert_string_equal(u.sentence, sentence);
	free(u.sentence);
	free(u.ids);
	end(w);
	commit(w);
}

static struct contact
whois(struct world *w, const char *handle)
{
	struct contact c;
	bool found;

	assert_good(w, store_contact_get(w->store, handle, &c, &found,
	    &w->err));
	assert_true(found);
	return c;
}

static int64_t
id_of(struct world *w, const char *handle)
{
	struct contact c = whois(w, handle);
	int64_t id = c.id;

	contact_clear(&c);
	return id;
}

static int64_t
last_of(struct world *w, const char *handle)
{
	struct contact c = whois(w, handle);
	int64_t at = c.last_at;

	contact_clear(&c);
	return at;
}

/* Inside a request: a conversation with one or two; its number. */
static int64_t
talk(struct world *w, int64_t at, const char *note, const char *a,
    const char *b)
{
	char *with[] = {(char *)a, (char *)b};
	struct interaction i = {.at = at, .note = (char *)note,
	    .with = with, .with_n = b == NULL ? 1 : 2};

	assert_good(w, store_interaction_add(w->store, &i, &w->err));
	return i.id;
}

/* Inside a request: a fact; its number. */
static int64_t
learn(struct world *w, const char *who, enum fact_kind kind,
    const char *text)
{
	struct fact f = {.contact = id_of(w, who), .kind = kind,
	    .text = (char *)text, .created = 600};

	assert_good(w, store_fact_add(w->store, &f, &w->err));
	return f.id;
}

/* The texts that a search finds, joined by " | ". The caller frees. */
static char *
found(struct world *w, const char *words)
{
	struct store_hits hits = {0};
	struct buf b = {0};
	size_t i;

	assert_good(w, store_search(w->store, words, 0, &hits, &w->err));
	if (!w->store->request)
		commit(w);
	for (i = 0; i < hits.n; i++)
		buf_addf(&b, "%s%s", i == 0 ? "" : " | ", hits.v[i].text);
	store_hits_clear(&hits);
	return buf_take(&b);
}

static void
assert_found(struct world *w, const char *words, const char *texts)
{
	char *is = found(w, words);

	if (strcmp(is, texts) != 0)
		fail_msg("\"%s\" finds \"%s\", not \"%s\"", words, is, texts);
	free(is);
}

/* ------------------------------------------------------------ contacts --- */

static void
test_every_field_comes_back(void **state)
{
	struct world *w = *state;
	struct contact c = {
		.handle = mem_dup("dana"),
		.name = mem_dup("Dana Novak"),
		.created = 400,
		.org = mem_dup("Acme"),
		.circle = mem_dup("key"),
		.cadence = 21,
		.zone = mem_dup("America/New_York"),
		.stage = STAGE_OFFER,
		.status = CONTACT_PAUSED,
		.paused_until = mem_dup("2027-01-10"),
		.introduced_by = mem_dup("Tom"),
		.introduced_at = 390,
		.met = mem_dup("at a fair"),
		.uid = mem_dup("urn:uuid:1"),
	}, is;

	begin(w);
	contact(w, "tom", "Tom");
	assert_good(w, store_contact_add(w->store, &c, &w->err));
	is = whois(w, "DANA");
	assert_int_equal(is.id, c.id);
	assert_string_equal(is.name, "Dana Novak");
	assert_string_equal(is.org, "Acme");
	assert_string_equal(is.circle, "key");
	assert_int_equal(is.cadence, 21);
	assert_string_equal(is.zone, "America/New_York");
	assert_int_equal(is.stage, STAGE_OFFER);
	assert_int_equal(is.status, CONTACT_PAUSED);
	assert_string_equal(is.paused_until, "2027-01-10");
	assert_string_equal(is.introduced_by, "tom");
	assert_int_equal(is.introduced_at, 390);
	assert_string_equal(is.met, "at a fair");
	assert_string_equal(is.uid, "urn:uuid:1");
	assert_int_equal(is.last_at, 0);
	/* And away again. */
	contact_clear(&is);
	is = (struct contact){.id = c.id, .handle = mem_dup("Dana"),
	    .name = mem_dup("Dana Blau")};
	assert_good(w, store_contact_put(w->store, &is, &w->err));
	contact_clear(&is);
	is = whois(w, "dana");
	assert_string_equal(is.handle, "Dana");
	assert_null(is.org);
	assert_null(is.introduced_by);
	assert_null(is.paused_until);
	assert_int_equal(is.cadence, 0);
	assert_int_equal(is.stage, STAGE_COMFORT);
	contact_clear(&is);
	contact_clear(&c);
	end(w);
}

static void
test_a_handle_that_is_taken(void **state)
{
	struct world *w = *state;
	struct contact c;

	begin(w);
	contact(w, "dana", "Dana Novak");
	contact(w, "tom", "Tom");
	add(w, 100, "Call", "tom");
	c = whois(w, "tom");
	free(c.handle);
	c.handle = mem_dup("Dana");
	assert_err(w, store_contact_put(w->store, &c, &w->err),
	    ERR_IMPOSSIBLE);
	assert_string_equal(w->err.message,
	    "the handle dana is taken, by Dana Novak");
	free(c.handle);
	c.handle = mem_dup("thomas");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	end(w);
	/* What is about them goes on to be. */
	assert_int_equal(ask(w, "SELECT count(*) FROM reminder_contact "
	    "JOIN contact c ON c.id = contact WHERE handle = 'thomas'"), 1);
}

/* Inside a request: who introduced whom. */
static bool
introduce(struct world *w, const char *who, const char *by)
{
	struct contact c = whois(w, who);
	bool ok;

	free(c.introduced_by);
	c.introduced_by = mem_dup(by);
	ok = store_contact_put(w->store, &c, &w->err);
	contact_clear(&c);
	return ok;
}

static void
test_nobody_came_through_oneself(void **state)
{
	struct world *w = *state;

	begin(w);
	contact(w, "a", "A");
	contact(w, "b", "B");
	contact(w, "c", "C");
	assert_good(w, introduce(w, "b", "a"));
	assert_good(w, introduce(w, "c", "b"));
	assert_err(w, introduce(w, "a", "a"), ERR_IMPOSSIBLE);
	assert_err(w, introduce(w, "a", "c"), ERR_IMPOSSIBLE);
	assert_string_equal(w->err.message, "c came through a: it can't be "
	    "the other way round too");
	assert_err(w, introduce(w, "a", "nobody"), ERR_NOT_FOUND);
	end(w);
}

static void
test_addresses(void **state)
{
	struct address two[] = {{ADDRESS_EMAIL, (char *)"dana@example.com"},
	    {ADDRESS_PHONE, (char *)"+44 20 1"}};
	struct addresses as = {two, 2}, is = {0};
	struct world *w = *state;
	int64_t id, before;

	begin(w);
	contact(w, "dana", "Dana");
	id = id_of(w, "dana");
	assert_good(w, store_addresses_put(w->store, id, &as, &w->err));
	before = store_changes(w->store);
	assert_good(w, store_addresses_put(w->store, id, &as, &w->err));
	assert_int_equal(store_changes(w->store), before);
	assert_good(w, store_addresses(w->store, id, &is, &w->err));
	assert_int_equal(is.n, 2);
	assert_int_equal(is.v[1].kind, ADDRESS_PHONE);
	assert_string_equal(is.v[1].value, "+44 20 1");
	addresses_clear(&is);
	as.n = 0;
	assert_good(w, store_addresses_put(w->store, id, &as, &w->err));
	assert_good(w, store_addresses(w->store, id, &is, &w->err));
	assert_int_equal(is.n, 0);
	end(w);
}

/* ---------------------------------------------- facts, dates, numbers --- */

static void
test_facts(void **state)
{
	struct world *w = *state;
	struct facts fs = {0};
	struct fact f;

	begin(w);
	contact(w, "dana", "Dana");
	assert_int_equal(learn(w, "dana", FACT_NEED, "a quiet week"), 1);
	assert_int_equal(learn(w, "dana", FACT_LIKE, "early calls"), 2);
	assert_int_equal(learn(w, "dana", FACT_LIKE, "tea"), 3);
	assert_good(w, store_facts(w->store, id_of(w, "dana"), &fs,
	    &w->err));
	assert_int_equal(fs.n, 3);
	assert_string_equal(fs.v[0].text, "early calls");
	assert_string_equal(fs.v[1].text, "tea");
	assert_string_equal(fs.v[2].text, "a quiet week");
	facts_clear(&fs);
	assert_good(w, store_fact_get(w->store, 2, &f, &w->err));
	assert_int_equal(f.created, 600);
	f.is_private = true;
	f.kind = FACT_DISLIKE;
	assert_good(w, store_fact_put(w->store, &f, &w->err));
	fact_clear(&f);
	assert_good(w, store_fact_get(w->store, 2, &f, &w->err));
	assert_true(f.is_private);
	assert_int_equal(f.kind, FACT_DISLIKE);
	f.id = 9;
	assert_err(w, store_fact_put(w->store, &f, &w->err), ERR_NOT_FOUND);
	assert_string_equal(w->err.message, "no fact f9");
	fact_clear(&f);
	/* The number of what was removed is not given again. */
	assert_good(w, store_fact_remove(w->store, 3, &w->err));
	assert_err(w, store_fact_remove(w->store, 3, &w->err),
	    ERR_NOT_FOUND);
	assert_int_equal(learn(w, "dana", FACT_LIKE, "coffee"), 4);
	end(w);
}

static void
test_dates(void **state)
{
	struct date birthday = {.kind = DATE_BIRTHDAY, .month = 2, .day = 29,
	    .lead = 7, .created = 600};
	struct date event = {.kind = DATE_EVENT, .name = (char *)"board",
	    .year = 2026, .month = 1, .day = 11};
	struct world *w = *state;
	struct dates ds = {0};
	struct date d;

	begin(w);
	contact(w, "dana", "Dana");
	birthday.contact = event.contact = id_of(w, "dana");
	assert_good(w, store_date_add(w->store, &birthday, &w->err));
	assert_good(w, store_date_add(w->store, &event, &w->err));
	assert_int_equal(event.id, 2);
	assert_good(w, store_dates(w->store, event.contact, &ds, &w->err));
	assert_int_equal(ds.n, 2);
	assert_string_equal(ds.v[0].name, "board");
	assert_int_equal(ds.v[0].year, 2026);
	assert_int_equal(ds.v[1].kind, DATE_BIRTHDAY);
	assert_int_equal(ds.v[1].year, 0);
	assert_int_equal(ds.v[1].day, 29);
	assert_int_equal(ds.v[1].lead, 7);
	dates_clear(&ds);
	event.day = 12;
	assert_good(w, store_date_put(w->store, &event, &w->err));
	assert_good(w, store_date_get(w->store, 2, &d, &w->err));
	assert_int_equal(d.day, 12);
	date_clear(&d);
	assert_good(w, store_date_remove(w->store, 2, &w->err));
	assert_err(w, store_date_get(w->store, 2, &d, &w->err),
	    ERR_NOT_FOUND);
	assert_string_equal(w->err.message, "no date d2");
	assert_good(w, store_date_add(w->store, &event, &w->err));
	assert_int_equal(event.id, 3);
	end(w);
}

/* -------------------------------------------------------- interactions --- */

static void
test_interactions_the_newest_first(void **state)
{
	struct interactions is = {0};
	struct world *w = *state;
	struct interaction i;

	begin(w);
	contact(w, "dana", "Dana");
	contact(w, "tom", "Tom");
	talk(w, 200, "second", "tom", "dana");
	talk(w, 300, "third", "tom", NULL);
	talk(w, 100, "first", "dana", NULL);
	assert_good(w, store_interactions(w->store, id_of(w, "dana"), 0, &is,
	    &w->err));
	assert_int_equal(is.n, 2);
	assert_string_equal(is.v[0].note, "second");
	assert_int_equal(is.v[0].with_n, 2);
	assert_string_equal(is.v[0].with[0], "dana");
	assert_string_equal(is.v[1].note, "first");
	interactions_clear(&is);
	assert_good(w, store_interactions(w->store, 0, 1, &is, &w->err));
	assert_int_equal(is.n, 1);
	assert_string_equal(is.v[0].note, "third");
	interactions_clear(&is);

	assert_good(w, store_interaction_get(w->store, 1, &i, &w->err));
	assert_int_equal(i.mood, MOOD_UNSAID);
	i.channel = CHANNEL_CALL;
	i.direction = DIRECTION_IN;
	i.mood = MOOD_PROBLEM;
	free(i.with[1]);
	i.with_n = 1;	/* dana */
	assert_good(w, store_interaction_put(w->store, &i, &w->err));
	interaction_clear(&i);
	assert_good(w, store_interaction_get(w->store, 1, &i, &w->err));
	assert_int_equal(i.channel, CHANNEL_CALL);
	assert_int_equal(i.direction, DIRECTION_IN);
	assert_int_equal(i.mood, MOOD_PROBLEM);
	assert_int_equal(i.with_n, 1);
	interaction_clear(&i);
	assert_int_equal(last_of(w, "tom"), 300);
	assert_good(w, store_interaction_remove(w->store, 2, &w->err));
	assert_int_equal(last_of(w, "tom"), 0);
	assert_err(w, store_interaction_get(w->store, 2, &i, &w->err),
	    ERR_NOT_FOUND);
	assert_string_equal(w->err.message, "no interaction i2");
	end(w);
}

static void
test_the_last_one_before_now(void **state)
{
	struct world *w = *state;
	int64_t at, id;

	begin(w);
	contact(w, "dana", "Dana");
	id = id_of(w, "dana");
	talk(w, 100, NULL, "dana", NULL);
	talk(w, 900, "the clock was wrong", "dana", NULL);
	assert_int_equal(last_of(w, "dana"), 900);
	assert_good(w, store_last_before(w->store, id, 500, &at, &w->err));
	assert_int_equal(at, 100);
	assert_good(w, store_last_before(w->store, id, 99, &at, &w->err));
	assert_int_equal(at, 0);
	end(w);
}

/* Of all contacts, by asking anew. */
static void
assert_last_is_the_latest(struct world *w)
{
	assert_int_equal(ask(w, "SELECT count(*) FROM contact c "
	    "WHERE last_at IS NOT (SELECT max(i.at) FROM interaction i "
	    "JOIN interaction_contact x ON x.interaction = i.id "
	    "WHERE x.contact = c.id)"), 0);
	assert_int_equal(ask(w, "SELECT count(*) "
	    "FROM interaction_contact x JOIN interaction i "
	    "ON i.id = x.interaction WHERE x.at <> i.at"), 0);
}

/* Add, move, hand over, remove and take back in any order: when the last one
 * was is what the interactions say, and nothing else. */
static void
test_the_order_of_entry_never_matters(void **state)
{
	static const char *const people[] = {"a", "b", "c"};
	struct world *w = *state;
	struct interaction i;
	struct store_undone u;
	int round;

	srandom(4);
	begin(w);
	for (round = 0; round < 3; round++)
		contact(w, people[round], people[round]);
	end(w);
	commit(w);
	for (round = 0; round < 400; round++) {
		const char *who = people[random() % 3];
		int64_t at = random() % 50;
		int64_t id = 1 + random() % (round / 2 + 1);

		if (random() % 5 == 0) {
			begin(w);
			if (store_undo(w->store, 0, &u, NULL)) {
				free(u.sentence);
				free(u.ids);
			}
			end(w);
			commit(w);
			assert_last_is_the_latest(w);
			continue;
		}
		change_begin(w);
		if (!store_interaction_get(w->store, id, &i, NULL)) {
			talk(w, at, NULL, who, random() % 2 ? "a" : NULL);
		} else if (random() % 3 == 0) {
			assert_good(w, store_interaction_remove(w->store,
			    id, &w->err));
			interaction_clear(&i);
		} else {
			i.at = at;
			free(i.with[0]);
			i.with[0] = mem_dup(who);
			assert_good(w, store_interaction_put(w->store, &i,
			    &w->err));
			interaction_clear(&i);
		}
		change_end(w, "something");
		assert_last_is_the_latest(w);
	}
	assert_true(ask(w, "SELECT count(*) FROM interaction") > 5);
}

/* -------------------------------------------------------------- undo --- */

static void
test_all_of_it_can_be_taken_back(void **state)
{
	struct address mail = {ADDRESS_EMAIL, (char *)"dana@example.com"};
	struct addresses as = {&mail, 1};
	struct date d = {.kind = DATE_BIRTHDAY, .month = 1, .day = 22};
	struct world *w = *state;
	struct contact c;
	int64_t id, fact;

	begin(w);
	contact(w, "dana", "Dana");
	id = d.contact = id_of(w, "dana");
	end(w);

	change_begin(w);
	c = whois(w, "dana");
	c.org = mem_dup("Acme");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	assert_good(w, store_addresses_put(w->store, id, &as, &w->err));
	assert_good(w, store_date_add(w->store, &d, &w->err));
	fact = learn(w, "dana", FACT_LIKE, "tea");
	change_end(w, "learned");
	change_begin(w);
	talk(w, 700, "hello", "dana", NULL);
	change_end(w, "met Dana");
	change_begin(w);
	assert_good(w, store_fact_remove(w->store, fact, &w->err));
	change_end(w, "dropped f1");
	assert_found(w, "tea", "");

	undo(w, "dropped f1");
	assert_found(w, "tea", "tea");
	undo(w, "met Dana");
	assert_int_equal(last_of(w, "dana"), 0);
	assert_found(w, "hello", "");
	assert_found(w, "acme", "Dana · Acme");
	undo(w, "learned");
	assert_found(w, "acme", "");
	assert_int_equal(ask(w, "SELECT (SELECT count(*) FROM fact) + "
	    "(SELECT count(*) FROM date) + (SELECT count(*) FROM address)"),
	    0);
	c = whois(w, "dana");
	assert_null(c.org);
	contact_clear(&c);
}

/* What was searched before, and changed since, is taken back as any other. */
static void
test_what_was_searched_can_be_taken_back(void **state)
{
	struct world *w = *state;
	struct contact c;

	begin(w);
	contact(w, "dana", "Dana");
	end(w);
	commit(w);
	assert_found(w, "dana", "Dana");

	change_begin(w);
	c = whois(w, "dana");
	c.org = mem_dup("Acme");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	change_end(w, "edited once");
	change_begin(w);
	c = whois(w, "dana");
	free(c.org);
	c.org = mem_dup("Globex");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	change_end(w, "edited twice");

	undo(w, "edited twice");
	undo(w, "edited once");
	assert_found(w, "globex", "");
	assert_found(w, "dana", "Dana");
}

/* A later conversation moves when the last one was, and is no reason not to
 * take back what was changed before; nor is it lost by that. */
static void
test_a_conversation_is_no_change_of_the_contact(void **state)
{
	struct world *w = *state;
	struct store_undone u;
	struct contact c;
	int64_t id;

	begin(w);
	contact(w, "dana", "Dana");
	end(w);
	change_begin(w);
	id = add(w, 100, "Call", "dana");
	c = whois(w, "dana");
	c.org = mem_dup("Acme");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	change_end(w, "added, edited");
	change_begin(w);
	talk(w, 700, "hello", "dana", NULL);
	change_end(w, "met Dana");
	begin(w);
	assert_good(w, store_undo(w->store, id, &u, &w->err));
	assert_string_equal(u.sentence, "added, edited");
	free(u.sentence);
	free(u.ids);
	end(w);
	commit(w);
	assert_int_equal(last_of(w, "dana"), 700);
}

/* -------------------------------------------------------------- search --- */

static void
test_search_by_examples(void **state)
{
	static const struct {
		const char *words, *finds;
	} examples[] = {
		{"soren", "Søren Łukasiewicz · Bjørk & Søn"},
		{"SØREN", "Søren Łukasiewicz · Bjørk & Søn"},
		{"lukas", "Søren Łukasiewicz · Bjørk & Søn"},
		{"bjork son", "Søren Łukasiewicz · Bjørk & Søn"},
		{"strasse", "lives in the Goethestraße, Straße 5"},
		{"Straße", "lives in the Goethestraße, Straße 5"},
		{"goethestrasse", "lives in the Goethestraße, Straße 5"},
		{"diyarbakir", "born in Diyarbakır"},
		{"aegir oeuvre", "Ægir, his œuvre"},
		{"eclair", "un éclair, s'il vous plaît"},
		{"e\xcc\x81" "clair", "un éclair, s'il vous plaît"},
		{"s'il plait", "un éclair, s'il vous plaît"},
		{"dana@example.com", "Dana O'Brien · dana@example.com"},
		{"o'bri", "Dana O'Brien"},
		{"board meet", "Dana O'Brien · board meeting"},
		{"invoice", "Send the invoice · a reply by Friday"},
		{"reply friday", "Send the invoice · a reply by Friday"},
		{"half can", "Water the plants · half a can"},
		{"onboarding slow", "onboarding was slow"},
		/* Beginnings of words, not their middles; all of them. */
		{"boarding", ""},
		{"onboarding quick", ""},
		/* Nothing is syntax. */
		{"onboarding OR invoice", ""},
		{"onboarding NOT slow", ""},
		{"NEAR(onboarding)", ""},
		{"text:onboarding", ""},
		{"onboarding*", "onboarding was slow"},
		{"^onboarding", "onboarding was slow"},
		{"\"onboarding", "onboarding was slow"},
		{"\"onboarding\" \"was\"", "onboarding was slow"},
		{"(onboarding", "onboarding was slow"},
		{"onboarding - slow", "onboarding was slow"},
		{"-", ""},
		{"\"", ""},
	};
	struct date board = {.kind = DATE_EVENT,
	    .name = (char *)"board meeting", .month = 12, .day = 11};
	struct address mail = {ADDRESS_EMAIL, (char *)"dana@example.com"};
	struct addresses as = {&mail, 1};
	struct world *w = *state;
	struct contact c = {.handle = mem_dup("soren"),
	    .name = mem_dup("Søren Łukasiewicz"),
	    .org = mem_dup("Bjørk & Søn")};
	struct reminder r;
	int64_t id;
	size_t i;

	begin(w);
	assert_good(w, store_contact_add(w->store, &c, &w->err));
	contact_clear(&c);
	contact(w, "dana", "Dana O'Brien");
	board.contact = id_of(w, "dana");
	assert_good(w, store_date_add(w->store, &board, &w->err));
	assert_good(w, store_addresses_put(w->store, board.contact, &as,
	    &w->err));
	learn(w, "dana", FACT_OTHER, "lives in the Goethestraße, Straße 5");
	learn(w, "dana", FACT_FAMILY, "born in Diyarbakır");
	learn(w, "dana", FACT_PASSION, "Ægir, his œuvre");
	learn(w, "dana", FACT_LIKE, "un éclair, s'il vous plaît");
	talk(w, 700, "onboarding was slow", "dana", "soren");
	r = reminder_at(100, "Send the invoice", "dana");
	r.need = mem_dup("a reply by Friday");
	assert_good(w, store_reminder_add(w->store, &r, &w->err));
	reminder_clear(&r);
	id = add_series(w, 86400, "Water the plants", NULL);
	answer(w, id, STATE_DONE, 86500, "half a can");
	end(w);
	commit(w);
	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		assert_found(w, examples[i].words, examples[i].finds);
	assert_err(w, store_search(w->store, " \t", 0, &(struct store_hits){0},
	    &w->err), ERR_NOT_UNDERSTOOD);
}

static void
test_what_a_hit_tells(void **state)
{
	struct store_hits hits = {0};
	struct world *w = *state;

	begin(w);
	contact(w, "tom", "Tom Pricing");
	contact(w, "dana", "Dana");
	learn(w, "dana", FACT_NEED, "pricing");
	talk(w, 700, "about pricing and much more", "tom", "dana");
	add(w, 100, "Send the pricing to both of them", "tom,dana");
	add(w, 200, "Pricing of my own, which is a long one", NULL);
	assert_good(w, store_search(w->store, "pricing", 0, &hits, &w->err));
	assert_int_equal(hits.n, 5);
	/* The shortest text says it most. */
	assert_int_equal(hits.v[0].kind, HIT_FACT);
	assert_int_equal(hits.v[0].id, 1);
	assert_string_equal(hits.v[0].who, "dana");
	assert_int_equal(hits.v[0].at, 0);
	assert_int_equal(hits.v[1].kind, HIT_CONTACT);
	assert_string_equal(hits.v[1].who, "tom");
	assert_int_equal(hits.v[2].kind, HIT_INTERACTION);
	assert_int_equal(hits.v[2].at, 700);
	assert_string_equal(hits.v[2].who, "dana,tom");
	assert_int_equal(hits.v[3].kind, HIT_REMINDER);
	assert_int_equal(hits.v[3].at, 100);
	assert_string_equal(hits.v[3].who, "dana,tom");
	assert_null(hits.v[4].who);
	/* Appended, no more than asked for. */
	assert_good(w, store_search(w->store, "pricing", 2, &hits, &w->err));
	assert_int_equal(hits.n, 7);
	store_hits_clear(&hits);
	end(w);
}

/* The index follows what is edited, removed, rolled back and put back. */
static void
test_search_finds_what_is_there_now(void **state)
{
	struct world *w = *state;
	struct contact c;
	struct fact f;
	int64_t id;

	begin(w);
	contact(w, "dana", "Dana");
	learn(w, "dana", FACT_LIKE, "tea");
	end(w);
	commit(w);
	assert_found(w, "tea", "tea");

	begin(w);
	assert_good(w, store_fact_get(w->store, 1, &f, &w->err));
	free(f.text);
	f.text = mem_dup("coffee");
	assert_good(w, store_fact_put(w->store, &f, &w->err));
	fact_clear(&f);
	/* In the middle of a request, too; and then it is taken back. */
	assert_found(w, "coffee", "coffee");
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
	assert_found(w, "coffee", "");
	assert_found(w, "tea", "tea");

	begin(w);
	id = add(w, 100, "Bring tea", NULL);
	c = whois(w, "dana");
	free(c.name);
	c.name = mem_dup("Dana Teague");
	assert_good(w, store_contact_put(w->store, &c, &w->err));
	contact_clear(&c);
	end(w);
	commit(w);
	assert_found(w, "tea", "tea | Bring tea | Dana Teague");
	world_reopen(w);
	assert_found(w, "bring", "Bring tea");
	/* What the clock writes is nothing to index. */
	begin(w);
	set_state(w, id, STATE_RINGING);
	assert_int_equal(ask(w, "SELECT count(*) FROM search_stale"), 0);
	end(w);
	commit(w);
	assert_found(w, "bring", "Bring tea");
}

/* ----------------------------------------------------------- forgetting --- */

/* Whether any of the store's files holds the word. */
static bool
in_files(struct world *w, const char *word)
{
	static const char *const suffixes[] = {"", "-wal"};
	bool found_it = false;
	char path[128];
	size_t i, n;

	for (i = 0; i < 2; i++) {
		char part[8192];
		struct buf b = {0};
		FILE *f;

		snprintf(path, sizeof path, "%s%s", w->path, suffixes[i]);
		f = fopen(path, "r");
		if (f == NULL)
			continue;
		while ((n = fread(part, 1, sizeof part, f)) > 0)
			buf_add(&b, part, n);
		fclose(f);
		found_it |= b.len > 0 &&
		    memmem(b.data, b.len, word, strlen(word)) != NULL;
		buf_clear(&b);
	}
	return found_it;
}

/* Somebody about whom everything is known, among others, with a long past. */
static void
make_a_life(struct world *w)
{
	struct address mail = {ADDRESS_EMAIL, (char *)"Quimby-mail@example"};
	struct addresses as = {&mail, 1};
	struct date d = {.kind = DATE_EVENT, .name = (char *)"Quimby-day",
	    .month = 1, .day = 22};
	struct contact c = {.handle = mem_dup("quimby-handle"),
	    .name = mem_dup("Quimby-name"), .org = mem_dup("Quimby-org")};
	struct fact f;
	char text[64];
	int64_t id;
	int i;

	change_begin(w);
	assert_good(w, store_contact_add(w->store, &c, &w->err));
	contact(w, "tom", "Tom");
	assert_good(w, introduce(w, "tom", "quimby-handle"));
	assert_good(w, store_addresses_put(w->store, c.id, &as, &w->err));
	d.contact = c.id;
	assert_good(w, store_date_add(w->store, &d, &w->err));
	change_end(w, "added: Quimby-name");
	for (i = 0; i < 200; i++) {
		change_begin(w);
		snprintf(text, sizeof text, "Quimby-note %d", i);
		talk(w, 700 + i, text, "quimby-handle",
		    i % 10 == 0 ? "tom" : NULL);
		snprintf(text, sizeof text, "Ordinary note %d", i);
		talk(w, 700 + i, text, "tom", NULL);
		snprintf(text, sizeof text, "Quimby-todo %d", i);
		id = add(w, 100 + i, text, "quimby-handle");
		set_state(w, id, STATE_DONE);
		change_end(w, "done: Quimby-todo");
		if (i == 100)
			free(found(w, "quimby"));
	}
	change_begin(w);
	id = add_series(w, 86400, "Quimby-series", "quimby-handle");
	answer(w, id, STATE_DONE, 86500, "Quimby-answer");
	learn(w, "quimby-handle", FACT_LIKE, "Quimby-like");
	assert_good(w, store_token_put(w->store, "t1",
	    "{\"who\":\"Quimby-reply\"}", 1000, &w->err));
	change_end(w, "learned about Quimby-name");
	/* Changed, and removed, but not out of what undo remembers. */
	change_begin(w);
	assert_good(w, store_fact_get(w->store, 1, &f, &w->err));
	assert_good(w, store_fact_remove(w->store, 1, &w->err));
	fact_clear(&f);
	learn(w, "quimby-handle", FACT_LIKE, "Quimby-other");
	change_end(w, "dropped: Quimby-like");
	begin(w);
	add(w, 100, "Ordinary, with both", "quimby-handle,tom");
	end(w);
	commit(w);
	free(found(w, "quimby"));
	contact_clear(&c);
}

static void
test_forgotten_means_gone(void **state)
{
	struct store_forgotten n;
	struct world *w = *state;
	struct contact tom;
	char *reply;

	make_a_life(w);
	assert_true(in_files(w, "uimby-note"));
	begin(w);
	assert_good(w, store_forget(w->store, id_of(w, "quimby-handle"), &n,
	    &w->err));
	end(w);
	assert_int_equal(n.facts, 1);
	assert_int_equal(n.dates, 1);
	assert_int_equal(n.interactions, 180);
	assert_int_equal(n.shared, 20);
	assert_int_equal(n.reminders, 201);
	commit(w);
	/* Of the shared ones Tom keeps the note: that is his. */
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction "
	    "WHERE note LIKE 'Quimby-note%'"), 20);
	begin(w);
	assert_int_equal(sqlite3_exec(w->store->db,
	    "UPDATE interaction SET note = 'x' WHERE note LIKE 'Q%'", NULL,
	    NULL, NULL), SQLITE_OK);
	end(w);
	commit(w);
	assert_found(w, "quimby", "");
	assert_found(w, "ordinary both", "Ordinary, with both");
	tom = whois(w, "tom");
	assert_null(tom.introduced_by);
	assert_int_equal(tom.last_at, 899);
	contact_clear(&tom);
	/* A request that comes again is not carried out again. */
	reply = store_token_reply(w->store, "t1");
	assert_string_equal(reply, "{}");
	free(reply);
	assert_int_equal(ask(w, "SELECT count(*) FROM change"), 0);
	assert_int_equal(ask(w, "SELECT count(*) FROM setting"), 0);
	assert_int_equal(ask(w, "SELECT count(*) FROM "
	    "pragma_foreign_key_check"), 0);
	begin(w);
	assert_err(w, store_forget(w->store, 99, &n, &w->err),
	    ERR_NOT_FOUND);
	store_end(w->store, false, NULL);
}

/* Right after the commit: in no page, free or not, nor in the log. Here nobody
 * else has anything of theirs. */
static void
test_not_a_byte_is_left(void **state)
{
	struct store_forgotten n;
	struct world *w = *state;

	make_a_life(w);
	begin(w);
	assert_int_equal(sqlite3_exec(w->store->db,
	    "DELETE FROM interaction_contact WHERE interaction IN "
	    "(SELECT id FROM interaction WHERE note LIKE 'Q%') "
	    "AND contact = (SELECT id FROM contact WHERE handle = 'tom')",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_good(w, store_forget(w->store, id_of(w, "quimby-handle"), &n,
	    &w->err));
	assert_int_equal(n.shared, 0);
	end(w);
	commit(w);
	/* The index holds words in lower case. */
	assert_false(in_files(w, "Quimby"));
	assert_false(in_files(w, "quimby"));
	assert_false(in_files(w, "uimby-"));
	assert_true(in_files(w, "Ordinary note"));
	assert_found(w, "ordinary both", "Ordinary, with both");
	world_reopen(w);
	assert_false(in_files(w, "uimby"));
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction"), 200);
}

/* Killed between the commit and the writing anew: the next start does it. */
static void
test_forgetting_is_finished_by_the_next_start(void **state)
{
	struct store_forgotten n;
	struct world *w = *state;

	make_a_life(w);
	begin(w);
	assert_int_equal(sqlite3_exec(w->store->db,
	    "UPDATE interaction SET note = 'x' WHERE id IN (SELECT "
	    "interaction FROM interaction_contact GROUP BY interaction "
	    "HAVING count(*) = 2)", NULL, NULL, NULL), SQLITE_OK);
	assert_good(w, store_forget(w->store, id_of(w, "quimby-handle"), &n,
	    &w->err));
	end(w);
	w->store->forgot = false;	/* killed */
	commit(w);
	assert_true(in_files(w, "uimby"));
	world_reopen(w);
	assert_false(in_files(w, "uimby"));
	assert_int_equal(ask(w, "SELECT count(*) FROM setting"), 0);
}

static void
test_forgetting_can_be_refused(void **state)
{
	struct store_forgotten n;
	struct world *w = *state;

	make_a_life(w);
	begin(w);
	assert_good(w, store_forget(w->store, id_of(w, "quimby-handle"), &n,
	    &w->err));
	assert_true(store_end(w->store, false, &w->err));
	commit(w);
	assert_int_equal(ask(w, "SELECT count(*) FROM contact"), 2);
	assert_true(ask(w, "SELECT count(*) FROM change") > 100);
	begin(w);
	assert_good(w, store_change_begin(w->store, 1000, &w->err));
	assert_err(w, store_forget(w->store, 1, &n, &w->err), ERR_INTERNAL);
	end(w);
	assert_found(w, "quimby-like", "");
	assert_found(w, "quimby-other", "Quimby-other");
}

/* --------------------------------------------------------------- scale --- */

enum { PEOPLE = 10000, TALKS = 200000 };

static double
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* No more than that, with room for the sanitizers and a busy machine; the
 * figures themselves go to the log. */
#define assert_takes(ms, what)						\
	do {								\
		double from_ = milliseconds(), took_;			\
		what;							\
		took_ = milliseconds() - from_;				\
		print_message("%8.3f ms: %s\n", took_, #what);		\
		if (took_ > (ms) * 15.0)				\
			fail_msg("%s took %.3f ms", #what, took_);	\
	} while (0)

static void
test_ten_thousand_people(void **state)
{
	struct world *w = *state;
	struct interactions is = {0};
	struct store_hits hits = {0};
	struct contacts cs = {0};
	struct facts fs = {0};
	struct contact c;
	int64_t at;
	bool there;

	begin(w);
	assert_int_equal(sqlite3_exec(w->store->db,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 10000) INSERT INTO contact (handle, name, created, "
	    "org, circle) SELECT 'p' || (i * 7919 % 10007), 'Person Number' "
	    "|| i, i, 'Organisation ' || (i % 500), 'key' FROM n;"
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 200000) INSERT INTO interaction (at, note) SELECT "
	    "i * 7919 % 200003, 'We spoke about subject ' || (i % 997) || "
	    "' and what comes next' FROM n;"
	    "INSERT INTO interaction_contact (interaction, contact, at) "
	    "SELECT id, 1 + id % 10000, at FROM interaction;"
	    "INSERT INTO fact (contact, kind, text, private, created) SELECT "
	    "id, 'like', 'early calls ' || id, 0, 0 FROM contact",
	    NULL, NULL, NULL), SQLITE_OK);
	end(w);
	commit(w);
	world_reopen(w);
	assert_takes(1, store_contact_get(w->store, "p4321", &c, &there,
	    &w->err));
	assert_true(there);
	assert_takes(1, store_interactions(w->store, c.id, 10, &is,
	    &w->err));
	assert_int_equal(is.n, 10);
	assert_takes(1, store_facts(w->store, c.id, &fs, &w->err));
	assert_int_equal(fs.n, 1);
	assert_takes(1, store_last_before(w->store, c.id, 1000, &at,
	    &w->err));
	interactions_clear(&is);
	assert_takes(1, store_interactions(w->store, 0, 10, &is, &w->err));
	assert_takes(20, store_contacts(w->store, &cs, &w->err));
	assert_int_equal(cs.n, PEOPLE);
	assert_true(strcasecmp(cs.v[4000].handle, cs.v[4001].handle) < 0);
	contact_clear(&c);
	contacts_clear(&cs);
	/* The first search indexes all that there is. */
	assert_takes(5000, store_search(w->store, "early calls 4321", 10,
	    &hits, &w->err));
	commit(w);
	assert_int_equal(hits.n, 1);
	assert_takes(10, store_search(w->store, "subject 17", 10, &hits,
	    &w->err));
	begin(w);
	learn(w, "p4321", FACT_LIKE, "one more");
	end(w);
	commit(w);
	assert_takes(20, store_search(w->store, "one more", 10, &hits,
	    &w->err));
	commit(w);
	assert_int_equal(hits.n, 12);
	store_hits_clear(&hits);
	interactions_clear(&is);
	facts_clear(&fs);
	assert_int_equal(ask(w, "SELECT count(*) FROM interaction"), TALKS);
	assert_last_is_the_latest(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(test_every_field_comes_back),
		world_test(test_a_handle_that_is_taken),
		world_test(test_nobody_came_through_oneself),
		world_test(test_addresses),
		world_test(test_facts),
		world_test(test_dates),
		world_test(test_interactions_the_newest_first),
		world_test(test_the_last_one_before_now),
		world_test(test_the_order_of_entry_never_matters),
		world_test(test_all_of_it_can_be_taken_back),
		world_test(test_what_was_searched_can_be_taken_back),
		world_test(test_a_conversation_is_no_change_of_the_contact),
		world_test(test_search_by_examples),
		world_test(test_what_a_hit_tells),
		world_test(test_search_finds_what_is_there_now),
		world_test(test_forgotten_means_gone),
		world_test(test_not_a_byte_is_left),
		world_test(test_forgetting_is_finished_by_the_next_start),
		world_test(test_forgetting_can_be_refused),
		world_test(test_ten_thousand_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
