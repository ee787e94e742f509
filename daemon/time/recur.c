/* What recurs: see recur.h. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "time/recur.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

/* A hundred years: longer than anything waits to be done again. */
#define MONTHS_MAX 1200
#define DAYS_MAX 36525
#define SECONDS_MAX ((int64_t)DAYS_MAX * DAY)

/* ------------------------------------------------------------------ as text */

struct unit {
	char name;
	int months, days, seconds;
};

/* From large to small; M is another unit behind the T. */
static const struct unit date_units[] = {
	{ 'Y', 12, 0, 0 }, { 'M', 1, 0, 0 }, { 'W', 0, 7, 0 },
	{ 'D', 0, 1, 0 }, { 0 }
};
static const struct unit time_units[] = {
	{ 'H', 0, 0, HOUR }, { 'M', 0, 0, MINUTE }, { 'S', 0, 0, 1 }, { 0 }
};

/* A number of at most a hundred years of seconds. */
static bool
read_number(const char **text, int64_t *out)
{
	const char *s = *text;

	if (!isdigit((unsigned char)*s))
		return false;
	for (*out = 0; isdigit((unsigned char)*s); s++) {
		*out = *out * 10 + (*s - '0');
		if (*out > SECONDS_MAX)
			return false;
	}
	*text = s;
	return true;
}

struct span {
	int64_t months, days, seconds;
};

/* Numbers with their units, each unit at most once and in their order; *text
 * stands behind them, at the end or at a T. */
static bool
read_units(const char **text, const struct unit *u, struct span *span)
{
	while (**text != '\0' && toupper((unsigned char)**text) != 'T') {
		int64_t number;

		if (!read_number(text, &number))
			return false;
		while (u->name != 0 &&
		    u->name != toupper((unsigned char)**text))
			u++;
		if (u->name == 0)
			return false;
		span->months += number * u->months;
		span->days += number * u->days;
		span->seconds += number * u->seconds;
		u++;
		(*text)++;
	}
	return true;
}

/* "P1Y6M", "P2W", "P14D", "PT1H30M": what moves on the calendar, or what moves
 * on the clock. */
static bool
read_span(const char *text, struct recur *out)
{
	struct span span = {0};

	text++;
	if (!read_units(&text, date_units, &span))
		return false;
	if (*text != '\0') {
		text++;
		if (!read_units(&text, time_units, &span) || *text != '\0' ||
		    span.seconds == 0)
			return false;
	}
	if (span.months > MONTHS_MAX || span.days > DAYS_MAX ||
	    span.seconds > SECONDS_MAX)
		return false;
	out->months = (int)span.months;
	out->days = (int)span.days;
	out->seconds = span.seconds;
	return (span.months + span.days > 0) != (span.seconds > 0);
}

bool
recur_parse(const char *text, struct recur *out, struct err *err)
{
	struct recur r;

	/* The padding too, so that equal ones are so by memcmp. */
	memset(&r, 0, sizeof r);
	if (toupper((unsigned char)text[0]) != 'P') {
		r.kind = RECUR_RULE;
		if (!rrule_parse(text, &r.rule, err))
			return false;
	} else {
		r.kind = RECUR_AFTER_DONE;
		if (!read_span(text, &r))
			return err_set(err, ERR_NOT_UNDERSTOOD, "\"%.*s\" is "
			    "no span after done: say months and days like P3M "
			    "or P14D, or hours and minutes like PT2H, up to a "
			    "hundred years", (int)utf8_clip(text,
			    strnlen(text, 40)), text);
	}
	memcpy(out, &r, sizeof r);
	return true;
}

static void
write_unit(int64_t number, char unit, struct buf *out)
{
	if (number != 0)
		buf_addf(out, "%lld%c", (long long)number, unit);
}

void
recur_format(const struct recur *r, struct buf *out)
{
	if (r->kind == RECUR_RULE) {
		rrule_format(&r->rule, out);
		return;
	}
	buf_adds(out, "P");
	write_unit(r->months, 'M', out);
	write_unit(r->days, 'D', out);
	if (r->seconds == 0)
		return;
	buf_adds(out, "T");
	write_unit(r->seconds / HOUR, 'H', out);
	write_unit(r->seconds % HOUR / MINUTE, 'M', out);
	write_unit(r->seconds % MINUTE, 'S', out);
}

/* --------------------------------------------------------- on a zone's wall */

/*
 * An offset is at most 26 hours (zone.c), and zone_instant looks a day to both
 * sides: so what the wall shows at one instant depends on the offsets within
 * so many seconds of it, and no wall goes back or forth by more than that.
 */
#define NEAR (4 * (int64_t)DAY)

#define LAST_INSTANT 253402300799	/* of the year 9999 */

/* The least and the greatest offset within NEAR of an instant. */
struct offsets {
	int32_t low, high;
};

static struct offsets
offsets_near(const struct zone *z, int64_t instant)
{
	int64_t at = instant - NEAR;
	int32_t offset = zone_offset(z, at);
	struct offsets o = { offset, offset };

	while (zone_changes(z, at, instant + NEAR, &at)) {
		offset = zone_offset(z, at);
		if (offset < o.low)
			o.low = offset;
		if (offset > o.high)
			o.high = offset;
	}
	return o;
}

/*
 * Whether the first slot after the bound comes out within a day of it, and the
 * clock does not change near the bound: then none does near that slot, and no
 * later one comes out before it.
 */
static bool
is_plain(const struct offsets *near_bound, int64_t bound,
    const struct civil *slot)
{
	int64_t at = civil_seconds(slot) - near_bound->low;

	return near_bound->low == near_bound->high && at > bound &&
	    at <= bound + DAY;
}

/*
 * DAILY and longer. Instants mostly grow with slots, but a gap moves slots
 * over others: so every slot is looked at that may come out after the bound,
 * up to where no later one can come out before the best found. Without a
 * change of the clock nearby that is one slot.
 */
static enum rrule_found
next_slot(const struct rrule *rule, const struct civil *anchor,
    const struct zone *z, int64_t bound, struct occurrence *out)
{
	struct offsets offsets = offsets_near(z, bound);
	struct civil slot = civil_from_seconds(bound + offsets.low);
	struct occurrence o;
	enum rrule_found found;
	bool have = false;

	for (;;) {
		found = rrule_next(rule, anchor, &slot, &slot);
		if (found != RRULE_FOUND)
			break;
		o.slot = slot;
		if (!have && is_plain(&offsets, bound, &slot)) {
			o.epoch = civil_seconds(&slot) - offsets.low;
			o.local = slot;
			o.fit = ZONE_EXACT;
			*out = o;
			return RRULE_FOUND;
		}
		o.epoch = zone_instant(z, &slot, &o.fit);
		if (o.epoch <= bound)
			continue;
		if (!have)
			offsets = offsets_near(z, o.epoch);
		if (!have || o.epoch < out->epoch ||
		    (o.epoch == out->epoch && out->fit == ZONE_GAP))
			*out = o;
		have = true;
		if (civil_seconds(&slot) - offsets.high >= out->epoch)
			break;
	}
	if (!have)
		return found;
	out->local = zone_civil(z, out->epoch);
	return RRULE_FOUND;
}

/*
 * HOURLY and MINUTELY: the first instant after one at which the wall shows a
 * time of the rule, from change to change of the clock.
 */
static enum rrule_found
next_shown(const struct rrule *rule, const struct civil *anchor,
    const struct zone *z, int64_t after, struct occurrence *out)
{
	/* Up to `after` nothing is shown that counts. */
	for (;;) {
		int32_t offset = zone_offset(z, after + 1);
		struct civil wall = civil_from_seconds(after + offset);
		int64_t until = after + NEAR, shown = INT64_MAX, change;
		enum rrule_found found = rrule_next(rule, anchor, &wall,
		    &out->slot);

		if (found == RRULE_FOUND)
			shown = civil_seconds(&out->slot) - offset;
		if (shown < until)
			until = shown;
		if (zone_changes(z, after + 1, until, &change)) {
			after = change - 1;
			continue;
		}
		if (found != RRULE_FOUND)
			return found;
		if (shown == until) {
			out->epoch = shown;
			out->local = out->slot;
			/* The wall shows it, so nothing skips it; and where
			 * it is shown twice both are occurrences. */
			out->fit = ZONE_EXACT;
			return RRULE_FOUND;
		}
		/* However the clock changes, it does not show that time
		 * before. */
		after = shown - NEAR;
	}
}

enum rrule_found
recur_next(const struct recur *r, const struct civil *anchor,
    const struct zone *z, const struct civil *slot, int64_t after,
    struct occurrence *out)
{
	const struct rrule *rule = &r->rule;
	/* Nothing of the series can lie before it. */
	int64_t bound = civil_seconds(anchor) - NEAR;
	struct occurrence o;
	enum rrule_found found;

	if (after > bound)
		bound = after;
	if (slot != NULL && !rrule_subdaily(rule)) {
		int64_t at = zone_instant(z, slot, NULL);

		if (at > bound)
			bound = at;
	}
	if (bound > LAST_INSTANT)
		return RRULE_NEVER;
	found = rrule_subdaily(rule) ? next_shown(rule, anchor, z, bound, &o)
	    : next_slot(rule, anchor, z, bound, &o);
	if (found != RRULE_FOUND)
		return found;
	if (rule->until_is == UNTIL_UTC &&
	    o.epoch > civil_seconds(&rule->until))
		return RRULE_ENDED;
	*out = o;
	return RRULE_FOUND;
}

/* The same series for questions about instants up to now, its COUNT told as
 * UNTIL, which needs no counting. */
static struct recur
without_count(const struct recur *r, const struct civil *anchor, int64_t now)
{
	struct civil bound = civil_from_seconds(now + NEAR), last;
	struct recur out = *r;

	if (rrule_last(&r->rule, anchor, &bound, &last)) {
		out.rule.until_is = UNTIL_WALL;
		out.rule.until = last;
	}
	out.rule.count = 0;
	return out;
}

/* More than this many are not counted. */
#define PASSED_MAX 999

bool
recur_latest(const struct recur *r, const struct civil *anchor,
    const struct zone *z, const struct civil *slot, int64_t epoch,
    int64_t now, struct occurrence *out, int *passed)
{
	struct recur uncounted;
	struct occurrence o;
	int64_t none_after;

	if (now > LAST_INSTANT)
		now = LAST_INSTANT;
	uncounted = without_count(r, anchor, now);
	for (*passed = 0; *passed < PASSED_MAX; (*passed)++) {
		if (recur_next(&uncounted, anchor, z, slot, epoch, &o) !=
		    RRULE_FOUND || o.epoch > now)
			return *passed > 0;
		*out = o;
		epoch = o.epoch;
	}
	/* There may be many more: halve the time in which the last one lies.
	 * None is after none_after, and *out is at epoch. */
	for (none_after = now; epoch < none_after;) {
		int64_t middle = epoch + (none_after - epoch) / 2;

		if (recur_next(&uncounted, anchor, z, slot, middle, &o) ==
		    RRULE_FOUND && o.epoch <= now) {
			*out = o;
			epoch = o.epoch;
		} else {
			none_after = middle;
		}
	}
	return true;
}

/* -------------------------------------------------------------- after done */

void
recur_after_done(const struct recur *r, const struct civil *due,
    const struct zone *z, int64_t done, struct occurrence *out)
{
	struct civil c = zone_civil(z, done);

	if (r->seconds > 0) {
		out->epoch = done + r->seconds;
		out->slot = out->local = zone_civil(z, out->epoch);
		out->fit = ZONE_EXACT;
		return;
	}
	c = civil_add_days(civil_add_months(c, r->months), r->days);
	c.hour = due->hour;
	c.minute = due->minute;
	c.second = due->second;
	/* It is another day, so it is later, but where the clock goes back
	 * over midnight: 00:00:30 may have been already. */
	while ((out->epoch = zone_instant(z, &c, &out->fit)) <= done)
		c = civil_add_days(c, 1);
	out->slot = c;
	out->local = zone_civil(z, out->epoch);
}
