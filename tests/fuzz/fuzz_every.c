/* Recurrence in words: the input is a phrase. What it makes is told in words,
 * and these read back, from the same anchor, make the same. */
#include "base/buf.h"
#include "fuzz.h"
#include "time/every.h"

/* Fri 20 Nov 2026 14:30 in Berlin; before the clock changes there; a 31st; a
 * 29 February. */
static const struct civil beginnings[] = {
	{ 2026, 11, 20, 14, 30, 0 }, { 2027, 3, 27, 2, 30, 0 },
	{ 2027, 1, 31, 9, 0, 0 }, { 2028, 2, 29, 23, 59, 59 },
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static int
clock_of(const struct civil *c)
{
	return (c->hour * 60 + c->minute) * 60 + c->second;
}

static char *
rule_of(const struct series *s)
{
	struct buf b = {0};

	recur_format(&s->recur, &b);
	return buf_take(&b);
}

static char *
words_of(const struct series *s)
{
	struct buf b = {0};

	every_words(&s->recur, &s->anchor, &b);
	MUST(b.len > 0 && utf8_valid(b.data, b.len));
	return buf_take(&b);
}

static void
must_be_same(const char *what, char *a, char *b)
{
	if (strcmp(a, b) != 0) {
		fprintf(stderr, "\"%s\": \"%s\" became \"%s\"\n", what, a, b);
		abort();
	}
	free(a);
	free(b);
}

static void
read_words_back(const struct series *s, const struct zone *z)
{
	struct every_start start = {
		.from = s->anchor, .now = s->first.epoch - 1,
		.clock = clock_of(&s->anchor)
	};
	char *words = words_of(s);
	struct series again;
	struct err err = {0};

	if (!every_begin(words, &start, z, &hours_default, &again, &err)) {
		fprintf(stderr, "\"%s\": %s\n", words, err.message);
		abort();
	}
	must_be_same(words, rule_of(s), rule_of(&again));
	must_be_same(words, words_of(s), words_of(&again));
	free(words);
}

/* The rule as it is stored, and its words, from whatever is read. */
static void
check(const struct series *s, const struct every_start *start,
    const struct zone *z)
{
	char *rule = rule_of(s);
	struct series stored = *s;

	MUST(recur_parse(rule, &stored.recur, NULL));
	must_be_same("stored", rule, rule_of(&stored));
	MUST(civil_valid(&s->anchor) && civil_valid(&s->first.slot));
	MUST(s->first.epoch > start->now);
	read_words_back(s, z);
}

static void
begin(const char *phrase, const struct zone *z)
{
	const struct civil *c = &beginnings[some(phrase, COUNT(beginnings))];
	int strictly;

	for (strictly = 0; strictly < 2; strictly++) {
		struct every_start start = {
			.from = *c, .strictly = strictly,
			.now = zone_instant(z, c, NULL),
			.clock = strictly ? clock_of(c) : 9 * 3600,
		};
		struct err err = {0};
		struct series s;

		if (every_begin(phrase, &start, z, &hours_default, &s, &err))
			check(&s, &start, z);
		else
			must_say_why(&err);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *berlin, *lord_howe;
	char *phrase = string_of(data, size);
	double start = processor_time();

	if (berlin == NULL) {
		berlin = zone_of(BERLIN);
		lord_howe = zone_of(LORD_HOWE);
	}
	begin(phrase, berlin);
	begin(phrase, lord_howe);
	MUST(processor_time() - start < SECONDS_MAX);
	free(phrase);
	return 0;
}
