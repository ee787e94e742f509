/* Recurrence rules as text: the input is an RRULE, or a span after done. It is
 * read, written and read again; its occurrences ascend, on the wall and in a
 * zone; each answer comes in bounded time. */
#include "base/buf.h"
#include "fuzz.h"
#include "time/recur.h"

static const struct civil anchors[] = {
	{ 1997, 9, 2, 9, 0, 0 }, { 2026, 3, 28, 2, 30, 0 },
	{ 2028, 2, 29, 23, 59, 59 }, { 9998, 12, 31, 12, 0, 0 },
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static void
check_normal_form(const struct recur *r)
{
	struct buf first = {0}, second = {0};
	struct recur again;

	recur_format(r, &first);
	MUST(recur_parse(buf_str(&first), &again, NULL));
	MUST(memcmp(r, &again, sizeof again) == 0);
	recur_format(&again, &second);
	MUST(strcmp(buf_str(&first), buf_str(&second)) == 0);
	buf_clear(&first);
	buf_clear(&second);
}

static enum rrule_found
next_in_time(const struct rrule *r, const struct civil *anchor,
    const struct civil *after, struct civil *out)
{
	double start = processor_time();
	enum rrule_found found = rrule_next(r, anchor, after, out);

	MUST(processor_time() - start < SECONDS_MAX);
	return found;
}

/* What rrule_last says is one of the occurrences, and there is none behind. */
static void
check_last(const struct rrule *r, const struct civil *anchor)
{
	const struct civil bound = { 2040, 1, 1, 0, 0, 0 };
	struct civil last, next;

	if (!rrule_last(r, anchor, &bound, &last))
		return;
	MUST(r->count > 0);
	MUST(civil_compare(&last, anchor) >= 0);
	MUST(civil_compare(&last, &bound) <= 0);
	MUST(next_in_time(r, anchor, &last, &next) != RRULE_FOUND);
}

static void
check_on_the_wall(const struct rrule *r, const struct civil *anchor)
{
	struct civil at, next;
	int n;

	if (next_in_time(r, anchor, NULL, &at) != RRULE_FOUND)
		return;
	MUST(civil_valid(&at) && civil_compare(&at, anchor) >= 0);
	for (n = 2; n < 6; n++, at = next) {
		if (next_in_time(r, anchor, &at, &next) != RRULE_FOUND)
			break;
		MUST(civil_valid(&next) && civil_compare(&next, &at) > 0);
	}
	if (r->count > 0)
		MUST(n - 1 <= r->count);
	check_last(r, anchor);
}

static void
check_in_zone(const struct recur *r, const struct civil *anchor,
    const struct zone *z)
{
	int64_t after = civil_seconds(anchor) - 7 * 86400;
	struct occurrence first, at, latest;
	int n, passed;

	if (recur_next(r, anchor, z, NULL, after, &first) != RRULE_FOUND)
		return;
	at = first;
	for (n = 0; n < 4; n++) {
		struct occurrence next;

		MUST(civil_valid(&at.slot) && at.epoch > after);
		if (recur_next(r, anchor, z, &at.slot, at.epoch, &next) !=
		    RRULE_FOUND)
			break;
		MUST(next.epoch > at.epoch);
		at = next;
	}
	if (!recur_latest(r, anchor, z, &first.slot, first.epoch, at.epoch,
	    &latest, &passed))
		MUST(n == 0);
	else
		MUST(latest.epoch == at.epoch && passed == n);
}

static void
check_after_done(const struct recur *r, const struct civil *due,
    const struct zone *z)
{
	int64_t done = civil_seconds(due) + 5000;
	struct occurrence o;

	recur_after_done(r, due, z, done, &o);
	MUST(o.epoch > done);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *berlin;
	char *text = string_of(data, size);
	struct err err = {0};
	struct recur r;
	size_t i;

	if (berlin == NULL)
		berlin = zone_of(BERLIN);
	if (!is_text(text) || !recur_parse(text, &r, &err)) {
		if (is_text(text))
			must_say_why(&err);
		free(text);
		return 0;
	}
	check_normal_form(&r);
	for (i = 0; i < COUNT(anchors); i++)
		if (r.kind == RECUR_AFTER_DONE)
			check_after_done(&r, &anchors[i], berlin);
		else {
			check_on_the_wall(&r.rule, &anchors[i]);
			check_in_zone(&r, &anchors[i], berlin);
		}
	free(text);
	return 0;
}
