/* Recurrence in words, and where a series begins: see every.h. */
#include <string.h>
#include <strings.h>

#include "time/every.h"
#include "time/reading.h"
#include "time/spoken.h"

#define DAY 86400

/* All that turns a phrase into a series. */
struct beginner {
	const struct every_start *start;
	const struct zone *zone;
	const struct hours *hours;
	char phrase[QUOTE_TEXT];	/* as quoted in messages */
	struct err *err;
};

static struct civil
at_clock(const struct civil *day, int clock)
{
	return civil_from_seconds(civil_days(day) * DAY + clock);
}

static int
clock_of(const struct civil *c)
{
	return (c->hour * 60 + c->minute) * 60 + c->second;
}

/* ---- Raw rules --------------------------------------------------------- */

/* The rule in a phrase such as "every RRULE:FREQ=DAILY", or NULL. */
static const char *
raw_rule(const char *phrase)
{
	phrase += strspn(phrase, " \t");
	if (strncasecmp(phrase, "every ", 6) == 0)
		phrase += 6 + strspn(phrase + 6, " \t");
	return strncasecmp(phrase, "RRULE:", 6) == 0 ||
	    strncasecmp(phrase, "FREQ=", 5) == 0 ? phrase : NULL;
}

/* ---- The first occurrence ---------------------------------------------- */

/* The first clock time of that kind which start allows. */
static struct civil
first_clock(const struct every_start *start, int clock)
{
	struct civil c = at_clock(&start->from, clock);

	return civil_compare(&c, &start->from) < 0 ? civil_add_days(c, 1) : c;
}

/* Where a rule is anchored that is counted from wherever it begins: at its
 * time of day; more often than daily, "from now on" is now. */
static struct civil
sub_daily_anchor(const struct every_start *start)
{
	struct civil c = start->from;

	if (!start->strictly && !start->clock_said)
		return first_clock(start, start->clock);
	/* The seconds of a person's now were not meant. */
	if (start->clock != clock_of(&c))
		c.second = 0;
	return c;
}

static bool
never(const struct beginner *b)
{
	return err_set(b->err, ERR_IMPOSSIBLE, "\"%s\" never occurs: no date "
	    "before the year 10000 matches it", b->phrase);
}

static bool
over(const struct beginner *b)
{
	return err_set(b->err, ERR_IMPOSSIBLE, "\"%s\" ends before it begins",
	    b->phrase);
}

/* The first occurrence of a rule that start allows. */
static bool
find_first(const struct beginner *b, const struct recur *r,
    const struct civil *anchor, struct occurrence *out)
{
	const struct every_start *start = b->start;
	struct civil bound = civil_from_seconds(civil_seconds(&start->from) -
	    (start->strictly ? 0 : 1));
	int64_t after = start->now;

	/* More often than daily, only instants tell before from after. */
	if (rrule_subdaily(&r->rule)) {
		int64_t from = zone_instant(b->zone, &bound, NULL);

		after = from > after ? from : after;
	}
	switch (recur_next(r, anchor, b->zone, &bound, after, out)) {
	case RRULE_FOUND:
		return true;
	case RRULE_ENDED:
		return over(b);
	case RRULE_NEVER:
		break;
	}
	return never(b);
}

/* ---- The time of day --------------------------------------------------- */

/* What start says and what the rule says may not contradict each other. */
static bool
clocks_agree(const struct beginner *b, const struct spoken *s)
{
	const struct every_start *start = b->start;
	size_t i;

	if (!start->clock_said || s->clocks_n == 0)
		return true;
	for (i = 0; i < s->clocks_n; i++)
		if (s->clocks[i] == start->clock)
			return true;
	return err_set(b->err, ERR_NOT_UNDERSTOOD, "\"%s\" is at %d:%02d, but "
	    "it shall begin at %d:%02d: which of the two is meant?", b->phrase,
	    s->clocks[0] / 3600, s->clocks[0] / 60 % 60, start->clock / 3600,
	    start->clock / 60 % 60);
}

/* ---- The end ----------------------------------------------------------- */

/* "2027-03-01", "2027-03-01 18:00": what the words of a rule say. */
static bool
until_as_written(struct spoken *s)
{
	struct lexed l;
	struct reading r;
	struct civil day;

	if (!lex(&l, s->until_phrase, NULL) ||
	    !reading_parse_iso(&l, &r, NULL) || r.given & FIELD_OFFSET)
		return false;
	day = (struct civil){ .year = r.year, .month = r.month, .day = r.day };
	s->until_is = r.given & FIELD_CLOCK ? UNTIL_WALL : UNTIL_DATE;
	s->until = at_clock(&day, r.given & FIELD_CLOCK ? r.clock : DAY - 1);
	return true;
}

/* "in 3 months" and "tomorrow" are counted from now, "friday" and "18:00" are
 * the first ones from the beginning on. */
static int64_t
until_counts_from(const struct beginner *b, const struct spoken *s,
    int64_t first)
{
	struct lexed l;
	struct reading r;

	if (first <= b->start->now || !lex(&l, s->until_phrase, NULL) ||
	    !reading_parse(&l, &r, NULL) ||
	    r.given & (FIELD_SCOPE | FIELD_AMOUNT | FIELD_OFFSET))
		return b->start->now;
	return first;
}

static bool
resolve_until(const struct beginner *b, const struct occurrence *first,
    struct spoken *s)
{
	struct when w;

	if (s->until_phrase == NULL || until_as_written(s))
		return true;
	if (!when_parse(s->until_phrase, until_counts_from(b, s, first->epoch),
	    b->zone, b->hours, WHEN_UNTIL, &w, b->err))
		return false;
	s->until_is = w.clock_said ? UNTIL_WALL : UNTIL_DATE;
	s->until = w.local;
	return true;
}

/* "for 3 weeks": the days before the one that is three weeks later. */
static void
resolve_lasting(const struct occurrence *first, struct spoken *s)
{
	struct civil c = first->slot;

	if (s->lasting.days == 0 && s->lasting.months == 0)
		return;
	c = civil_add_months(c, s->lasting.months);
	c = civil_add_days(c, s->lasting.days - 1);
	s->until_is = UNTIL_DATE;
	s->until = at_clock(&c, DAY - 1);
}

static bool
ends_too_early(const struct beginner *b, const struct occurrence *first,
    const struct spoken *s)
{
	char until[CIVIL_TEXT], begins[WHEN_TEXT];

	if (s->until_is == UNTIL_NONE ||
	    civil_compare(&s->until, &first->slot) >= 0)
		return false;
	civil_format(&s->until, until);
	/* A date alone ends with its day. */
	until[s->until_is == UNTIL_DATE ? 10 : 16] = '\0';
	if (s->until_is == UNTIL_WALL)
		until[10] = ' ';
	err_set(b->err, ERR_IMPOSSIBLE, "\"%s\" ends before it begins: its "
	    "end is %s, and the first would be %s", b->phrase, until,
	    when_format(first->epoch, b->zone, begins));
	return true;
}

/* ---- A series ---------------------------------------------------------- */

/* "3 weeks after done" begins when it is said to; from now on, as if it had
 * been done just now. */
static bool
begin_after_done(const struct beginner *b, const struct recur *r, int clock,
    struct series *out)
{
	const struct every_start *start = b->start;
	struct civil c = at_clock(&start->from, clock);
	struct occurrence *o = &out->first;
	int64_t from;

	if (start->strictly) {
		from = zone_instant(b->zone, &start->from, NULL);
		recur_after_done(r, &c, b->zone, from > start->now ? from
		    : start->now, o);
		return o->slot.year <= 9999 || never(b);
	}
	o->slot = first_clock(start, clock);
	o->epoch = zone_instant(b->zone, &o->slot, &o->fit);
	if (o->epoch <= start->now) {
		c = zone_civil(b->zone, start->now);
		c = at_clock(&c, clock);
		if (zone_instant(b->zone, &c, NULL) <= start->now)
			c = civil_add_days(c, 1);
		o->slot = c;
		o->epoch = zone_instant(b->zone, &o->slot, &o->fit);
	}
	o->local = zone_civil(b->zone, o->epoch);
	return true;
}

/*
 * A rule that names days begins with the first of them, so it is looked for
 * without INTERVAL; any other is counted from start. In both cases the first
 * occurrence then is the anchor, and neither COUNT nor UNTIL comes before it.
 */
static bool
begin_rule(const struct beginner *b, struct spoken *s, struct series *out)
{
	struct spoken first = *s;
	struct civil anchor = at_clock(&b->start->from, s->clocks_n > 0
	    ? s->clocks[0] : b->start->clock);

	first.count = 0;
	if (s->freq < RRULE_DAILY)
		anchor = sub_daily_anchor(b->start);
	else if (spoken_names_day(s))
		first.interval = 1;
	if (!spoken_to_recur(&first, &anchor, &out->recur, b->err) ||
	    !find_first(b, &out->recur, &anchor, &out->first) ||
	    !resolve_until(b, &out->first, s))
		return false;
	resolve_lasting(&out->first, s);
	if (ends_too_early(b, &out->first, s) ||
	    !spoken_to_recur(s, &anchor, &out->recur, b->err))
		return false;
	out->anchor = out->first.slot;
	return true;
}

static bool
begin_spoken(const struct beginner *b, struct spoken *s, struct series *out)
{
	struct civil none = b->start->from;

	if (!clocks_agree(b, s))
		return false;
	out->clock_said = s->clocks_n > 0;
	if (!s->after_done)
		return begin_rule(b, s, out);
	if (!spoken_to_recur(s, &none, &out->recur, b->err) ||
	    !begin_after_done(b, &out->recur, s->clocks_n > 0 ? s->clocks[0]
	    : b->start->clock, out))
		return false;
	out->anchor = out->first.slot;
	return true;
}

/* DTSTART, where nobody said it: as early as start allows, for BYHOUR may come
 * before the time of day that is only assumed. Of that, what the rule leaves
 * open is taken. */
static struct civil
raw_anchor(const struct every_start *start, const struct rrule *rule)
{
	struct civil c = start->from;

	if (rule->hour == 0 || start->clock_said ||
	    start->clock == clock_of(&c))
		return first_clock(start, start->clock);
	if (c.second > 0)
		c = civil_from_seconds(civil_seconds(&c) - c.second + 60);
	if (rule->minute != 0)
		return c;
	c.minute = start->clock / 60 % 60;
	return civil_compare(&c, &start->from) >= 0 ? c :
	    civil_from_seconds(civil_seconds(&c) + 3600);
}

static bool
begin_raw(const struct beginner *b, const char *rule, struct series *out)
{
	memset(&out->recur, 0, sizeof out->recur);
	out->recur.kind = RECUR_RULE;
	if (!rrule_parse(rule, &out->recur.rule, b->err))
		return false;
	out->clock_said = out->recur.rule.hour != 0;
	out->anchor = rrule_subdaily(&out->recur.rule)
	    ? sub_daily_anchor(b->start)
	    : raw_anchor(b->start, &out->recur.rule);
	/* DTSTART counts for COUNT, so it may not lie before from. */
	if (civil_compare(&out->anchor, &b->start->from) < 0)
		out->anchor = civil_from_seconds(
		    civil_seconds(&out->anchor) + 60);
	return find_first(b, &out->recur, &out->anchor, &out->first);
}

bool
every_begin(const char *phrase, const struct every_start *start,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err)
{
	struct beginner b = { .start = start, .zone = z, .hours = hours,
	    .err = err };
	const char *raw = raw_rule(phrase);
	struct series series = {0};
	struct spoken s;
	struct lexed l;

	if (!lex(&l, phrase, err))
		return false;
	lex_quote_rest(&l, 0, b.phrase);
	if (raw != NULL ? !begin_raw(&b, raw, &series) :
	    !spoken_parse(phrase, hours, &s, err) ||
	    !begin_spoken(&b, &s, &series))
		return false;
	*out = series;
	return true;
}

/* ---- Words ------------------------------------------------------------- */

/* Whether the words, read from the same anchor, give the same rule. */
static bool
reads_back(const char *words, const struct recur *r,
    const struct civil *anchor)
{
	struct buf a = {0}, b = {0};
	struct recur again;
	struct spoken s;
	bool same = false;

	if (spoken_parse(words, &hours_default, &s, NULL) &&
	    (s.until_phrase == NULL || until_as_written(&s)) &&
	    spoken_to_recur(&s, anchor, &again, NULL)) {
		recur_format(r, &a);
		recur_format(&again, &b);
		same = strcmp(buf_str(&a), buf_str(&b)) == 0;
	}
	buf_clear(&a);
	buf_clear(&b);
	return same;
}

void
every_words(const struct recur *r, const struct civil *anchor,
    struct buf *out)
{
	struct buf words = {0};
	struct spoken s;

	if (spoken_from_recur(r, &s))
		spoken_words(&s, &words);
	if (words.len > 0 && reads_back(buf_str(&words), r, anchor))
		buf_adds(out, buf_str(&words));
	else {
		buf_adds(out, "RRULE:");
		recur_format(r, out);
	}
	buf_clear(&words);
}

const char *
every_before(const char *words)
{
	size_t len = strlen(words), done = strlen(" after done");

	if (strncmp(words, "RRULE:", 6) == 0 ||
	    (len > done && strcmp(words + len - done, " after done") == 0))
		return "";
	return "every ";
}
