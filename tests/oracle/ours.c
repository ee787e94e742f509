/*
 * What rapport says about time, for those who know it from elsewhere: reads
 * questions from standard input, a line each, and answers with a line each.
 *
 *	zone NAME FILE		from now on the zone is that of the TZif FILE
 *	fields EPOCH		WALL OFFSET ABBREVIATION
 *	instant WALL		EPOCH exact|gap|fold
 *	rule WALL AFTER N M RRULE
 *		the first N occurrences from the anchor WALL on, "|", the M
 *		first ones after AFTER; "ended" or "never" where there are no
 *		more; "refused: why" for a rule that is none
 *	series WALL SLOT AFTER N RRULE
 *		recur_next in the zone, N times, from the slot (a WALL or -) and
 *		the instant AFTER on: EPOCH/SLOT/LOCAL/FIT each
 *	latest WALL SLOT EPOCH NOW RRULE
 *		recur_latest: EPOCH/SLOT/LOCAL/FIT PASSED, or "none"
 *	longest
 *		the nanoseconds of the longest rrule_next until now, and of
 *		which rule, from which anchor, after what
 *
 * A WALL is 20261124T090000. What it can't do is a line on standard error and
 * status 2.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "time/recur.h"

#define WALL_TEXT 16	/* and its NUL */

static struct zone *zone;

static struct {
	int64_t nanoseconds;
	char what[600];
} longest;

static void
die(const char *why, const char *what)
{
	fprintf(stderr, "ours: %s: %s\n", why, what);
	exit(2);
}

/* ------------------------------------------------------- numbers and times */

/* The next word of the line; *line goes past it. */
static char *
word(char **line)
{
	char *w = strsep(line, " ");

	if (w == NULL)
		die("a word is missing", "at the end of a question");
	return w;
}

static int64_t
number(char **line)
{
	char *w = word(line), *end;
	int64_t n = strtoll(w, &end, 10);

	if (*w == '\0' || *end != '\0')
		die("no number", w);
	return n;
}

static struct civil
wall_of(const char *text)
{
	struct civil c;

	if (sscanf(text, "%4d%2d%2dT%2d%2d%2d", &c.year, &c.month, &c.day,
	    &c.hour, &c.minute, &c.second) != 6 || !civil_valid(&c))
		die("no time on the wall", text);
	return c;
}

static const char *
wall_text(const struct civil *c, char out[WALL_TEXT])
{
	/* The values are in range; modulo lets the compiler know. */
	snprintf(out, WALL_TEXT, "%04u%02u%02uT%02u%02u%02u",
	    (unsigned)c->year % 10000, (unsigned)c->month % 100,
	    (unsigned)c->day % 100, (unsigned)c->hour % 100,
	    (unsigned)c->minute % 100, (unsigned)c->second % 100);
	return out;
}

/* ------------------------------------------------------------------- zones */

static void
answer_zone(char *rest)
{
	const char *name = word(&rest);
	static char bytes[1 << 20];
	struct err err;
	FILE *f = fopen(rest, "rb");
	size_t n;

	if (f == NULL)
		die("can't be opened", rest);
	n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	zone_free(zone);
	zone = zone_from_tzif(bytes, n, name, &err);
	if (zone == NULL)
		die(rest, err.message);
	puts("ok");
}

static void
answer_fields(char *rest)
{
	int64_t t = number(&rest);
	struct civil c = zone_civil(zone, t);
	char text[WALL_TEXT];

	printf("%s %" PRId32 " %s\n", wall_text(&c, text),
	    zone_offset(zone, t), zone_abbreviation(zone, t));
}

static const char *const fits[] = {
	[ZONE_EXACT] = "exact", [ZONE_GAP] = "gap", [ZONE_FOLD] = "fold",
};

static void
answer_instant(char *rest)
{
	struct civil c = wall_of(rest);
	enum zone_fit fit;
	int64_t t = zone_instant(zone, &c, &fit);

	printf("%" PRId64 " %s\n", t, fits[fit]);
}

/* ------------------------------------------------------------------- rules */

static int64_t
cpu_nanoseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static enum rrule_found
timed_next(const struct rrule *r, const struct civil *anchor,
    const struct civil *after, struct civil *out, int64_t *took)
{
	int64_t start = cpu_nanoseconds();
	enum rrule_found found = rrule_next(r, anchor, after, out);

	*took = cpu_nanoseconds() - start;
	return found;
}

/* rrule_next, and keep in mind the one that took longest. It must do so twice:
 * the first time may have been the machine's. */
static enum rrule_found
next(const struct rrule *r, const struct civil *anchor,
    const struct civil *after, struct civil *out, const char *text)
{
	int64_t took, again;
	enum rrule_found found = timed_next(r, anchor, after, out, &took);
	char a[WALL_TEXT], b[WALL_TEXT] = "-";
	struct civil same;

	if (took <= longest.nanoseconds)
		return found;
	timed_next(r, anchor, after, &same, &again);
	if (again < took)
		took = again;
	if (took <= longest.nanoseconds)
		return found;
	longest.nanoseconds = took;
	if (after != NULL)
		wall_text(after, b);
	snprintf(longest.what, sizeof longest.what, "%s from %s after %s",
	    text, wall_text(anchor, a), b);
	return found;
}

static void
print_occurrences(const struct rrule *r, const struct civil *anchor,
    const struct civil *after, int n, const char *text)
{
	enum rrule_found found;
	char out[WALL_TEXT];
	struct civil c;

	for (; n > 0; n--) {
		found = next(r, anchor, after, &c, text);
		if (found != RRULE_FOUND) {
			fputs(found == RRULE_ENDED ? "ended " : "never ",
			    stdout);
			return;
		}
		printf("%s ", wall_text(&c, out));
		after = &c;
	}
}

/* Parse what format writes, and find the same rule. */
static void
check_normal_form(const struct rrule *r, const char *text)
{
	struct buf normal = {0};
	struct rrule again;

	rrule_format(r, &normal);
	if (!rrule_parse(buf_str(&normal), &again, NULL) ||
	    memcmp(r, &again, sizeof again) != 0)
		die("its normal form is another rule", text);
	buf_clear(&normal);
}

static void
answer_rule(char *rest)
{
	struct civil anchor = wall_of(word(&rest));
	struct civil after = wall_of(word(&rest));
	int n = (int)number(&rest), m = (int)number(&rest);
	struct rrule r;
	struct err err;

	if (!rrule_parse(rest, &r, &err)) {
		printf("refused: %s\n", err.message);
		return;
	}
	check_normal_form(&r, rest);
	print_occurrences(&r, &anchor, NULL, n, rest);
	fputs("| ", stdout);
	print_occurrences(&r, &anchor, &after, m, rest);
	putchar('\n');
}

static void
answer_longest(char *rest)
{
	if (rest != NULL)
		die("too many words", rest);
	printf("%" PRId64 " %s\n", longest.nanoseconds, longest.what);
}

/* ------------------------------------------------------------------ series */

static struct recur
recur_of(const char *text)
{
	struct recur r;
	struct err err;

	if (!recur_parse(text, &r, &err))
		die(text, err.message);
	return r;
}

static void
print_occurrence(const struct occurrence *o)
{
	char slot[WALL_TEXT], local[WALL_TEXT];

	printf("%" PRId64 "/%s/%s/%s ", o->epoch, wall_text(&o->slot, slot),
	    wall_text(&o->local, local), fits[o->fit]);
}

static void
answer_series(char *rest)
{
	struct civil anchor = wall_of(word(&rest));
	const char *slot_text = word(&rest);
	int64_t after = number(&rest);
	int n = (int)number(&rest);
	struct recur r = recur_of(rest);
	struct civil slot, *bound = NULL;
	struct occurrence o;
	enum rrule_found found = RRULE_FOUND;

	if (strcmp(slot_text, "-") != 0) {
		slot = wall_of(slot_text);
		bound = &slot;
	}
	for (; n > 0; n--) {
		found = recur_next(&r, &anchor, zone, bound, after, &o);
		if (found != RRULE_FOUND)
			break;
		print_occurrence(&o);
		after = o.epoch;
		if (bound != NULL)
			slot = o.slot;
	}
	puts(found == RRULE_FOUND ? "" : found == RRULE_ENDED ? "ended"
	    : "never");
}

static void
answer_latest(char *rest)
{
	struct civil anchor = wall_of(word(&rest));
	struct civil slot = wall_of(word(&rest));
	int64_t epoch = number(&rest), now = number(&rest);
	struct recur r = recur_of(rest);
	struct occurrence o;
	int passed;

	if (!recur_latest(&r, &anchor, zone, &slot, epoch, now, &o, &passed)) {
		puts("none");
		return;
	}
	print_occurrence(&o);
	printf("%d\n", passed);
}

/* -------------------------------------------------------------------- main */

static const struct {
	const char *name;
	void (*answer)(char *rest);
} questions[] = {
	{ "zone", answer_zone }, { "fields", answer_fields },
	{ "instant", answer_instant }, { "rule", answer_rule },
	{ "series", answer_series }, { "latest", answer_latest },
	{ "longest", answer_longest },
};

static void
answer(char *line)
{
	const char *name = word(&line);
	size_t i;

	for (i = 0; i < sizeof questions / sizeof questions[0]; i++)
		if (strcmp(questions[i].name, name) == 0) {
			questions[i].answer(line);
			return;
		}
	die("no question", name);
}

int
main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	zone = zone_new_utc();
	while ((len = getline(&line, &size, stdin)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		answer(line);
	}
	free(line);
	zone_free(zone);
	return 0;
}
