/* Words to a moment: the input is a phrase, read at one of the moments that
 * matter, in two zones, for what is to come, for what has been, and as the end
 * of a list. */
#include "fuzz.h"
#include "time/when.h"

/* Fri 20 Nov 2026 14:30 and the nights in which the clock changes, in Berlin;
 * 29 Feb 2028; the last day that there is. */
static const int64_t moments[] = {
	1795181400, 1774746000, 1792888200, 1835434800, 253402293599,
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static void
check_texts(const struct when *w, int64_t now, const struct zone *z)
{
	char text[WHEN_TEXT];
	int64_t again;

	MUST(strlen(when_echo(w->epoch, now, z, text)) > 0);
	MUST(when_parse_local(when_rfc3339(w->epoch, z, text), z, &again,
	    NULL) && again == w->epoch);
	if (when_note(w, text))
		MUST(strlen(text) > 0);
}

static void
check(const struct when *w, int64_t now, const struct zone *z, unsigned flags,
    const struct zone *home)
{
	struct civil local = zone_civil(z, w->epoch);
	struct civil ring_local = zone_civil(z, w->ring);
	struct when at_home = *w;

	MUST(civil_valid(&w->local));
	MUST(civil_compare(&w->local, &local) == 0);
	MUST(civil_compare(&w->ring_local, &ring_local) == 0);
	MUST(w->ring <= w->epoch);
	MUST(w->ring == w->epoch || w->by);
	/* Strictly in the future, and so is the ring. */
	if (!(flags & WHEN_PAST))
		MUST(w->epoch > now && w->ring > now);
	if (w->fit != ZONE_GAP)
		MUST(civil_compare(&w->asked, &w->local) == 0);
	check_texts(w, now, z);
	if (flags & WHEN_PAST)
		return;
	when_ring_at_home(&at_home, now, home, &hours_default);
	MUST(at_home.ring > now && at_home.ring <= at_home.epoch);
}

static void
read_phrase(const char *phrase, const struct zone *z, const struct zone *home)
{
	static const unsigned all_flags[] = { 0, WHEN_UNTIL, WHEN_PAST };
	int64_t now = moments[some(phrase, COUNT(moments))];
	size_t i;

	for (i = 0; i < COUNT(all_flags); i++) {
		unsigned flags = all_flags[i];
		struct err err = {0};
		struct when w;

		if (when_parse(phrase, now, z, &hours_default, flags, &w,
		    &err))
			check(&w, now, z, flags, home);
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
	int64_t epoch;

	if (berlin == NULL) {
		berlin = zone_of(BERLIN);
		lord_howe = zone_of(LORD_HOWE);
	}
	read_phrase(phrase, berlin, lord_howe);
	read_phrase(phrase, lord_howe, berlin);
	when_begins(phrase, NULL);
	when_begins(phrase, phrase);
	when_parse_local(phrase, berlin, &epoch, NULL);
	MUST(processor_time() - start < SECONDS_MAX);
	free(phrase);
	return 0;
}
