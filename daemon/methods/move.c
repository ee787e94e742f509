/* move ID… WHEN… [--this|--series]: another time is agreed on. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "methods/methods.h"

/* One reminder and where it is to move. */
struct step {
	int64_t id;
	bool all;		/* the series, not one occurrence */
	struct moment due, ring;	/* … of the one */
	struct series series;
	int64_t of;		/* id, where several move; else 0 */
	bool keep;		/* the one at hand stays, those after it move */
	char *zone;		/* that the words stand in, or NULL */
};

/* ---------------------------------------------------- a whole series -- */

/* How many of the series lie before the occurrence at hand. */
static int
occurred(const struct recur *recur, const struct reminder *r)
{
	struct rrule endless = recur->rule;
	struct civil at, last;
	int n = 0;

	endless.count = 0;
	while (n < recur->rule.count &&
	    rrule_next(&endless, &r->anchor, n == 0 ? NULL : &last, &at) ==
	    RRULE_FOUND && civil_compare(&at, &r->slot) < 0) {
		last = at;
		n++;
	}
	return n;
}

/* The rule in words for what is left of the series, with the occurrence at hand
 * unless that is kept: COUNT is counted from a new anchor. */
static void
words_of(const struct recur *recur, const struct reminder *r, bool keep,
    struct buf *out)
{
	struct recur left = *recur;

	if (left.rule.count > 0)
		left.rule.count -= occurred(recur, r) + keep;
	every_words(&left, &r->anchor, out);
}

/* A phrase that leaves the day open is one that bears another day. */
static bool
is_clock_only(struct request *rq, const struct zone *zone)
{
	struct buf phrase = {0};
	struct when when;
	bool ok;

	buf_addf(&phrase, "monday %s", request_string(rq, "when"));
	ok = when_parse(buf_str(&phrase), rq->now, zone,
	    &rq->ctx->options->hours, 0, &when, NULL);
	buf_clear(&phrase);
	return ok;
}

static struct civil
with_clock(struct civil day, const struct civil *clock)
{
	day.hour = clock->hour;
	day.minute = clock->minute;
	day.second = clock->second;
	return day;
}

/* Another time of day: on the date of the occurrence at hand; when that has
 * passed, on that of the next one, and the one at hand stays. */
static bool
other_clock(struct request *rq, const struct reminder *r,
    const struct zone *zone, struct every_start *start, bool *keep,
    struct err *err)
{
	struct civil clock = start->from, next = zone_civil(zone, r->next);

	start->from = with_clock(r->slot, &clock);
	*keep = zone_instant(zone, &start->from, NULL) <= rq->now;
	if (*keep && r->next == 0)
		return err_param(err, ERR_IMPOSSIBLE, "when",
		    "that has passed, and %" PRId64 " has no occurrence after "
		    "this one", r->id);
	if (*keep)
		start->from = with_clock(next, &clock);
	return true;
}

/* The day, and the time of day, have to be of the rule, or which others were
 * meant would be a guess. */
static bool
check_first(const struct reminder *r, const char *words,
    const struct every_start *start, const struct series *series,
    bool clock_only, struct err *err)
{
	const struct civil *from = &start->from;
	const struct civil *first = &series->first.slot;

	if ((clock_only || civil_same_day(first, from)) &&
	    (!start->clock_said || begin_clock(first) == start->clock))
		return true;
	return err_param(err, ERR_NOT_UNDERSTOOD, "when",
	    "%s %d %s %d %d:%02d is no time of \"%s%s\"; to change the rule: "
	    "rapportctl edit %" PRId64 " --every RULE",
	    weekday_short[civil_weekday(from)], from->day,
	    month_short[from->month], from->year, from->hour, from->minute,
	    every_before(words), words, r->id);
}

/* Where the series begins anew; step->keep: behind the occurrence at hand. */
static bool
begins_at(struct request *rq, struct step *step, const struct reminder *r,
    const struct zone *zone, const struct when *when, bool clock_only,
    struct every_start *start, struct err *err)
{
	if (!begin_start(when, rq->now, start, err))
		return false;
	if (start->clock_said)
		return !clock_only ||
		    other_clock(rq, r, zone, start, &step->keep, err);
	/* A day alone leaves the time of day to the series. */
	start->from = with_clock(start->from, &r->anchor);
	start->clock = begin_clock(&start->from);
	return true;
}

/* The same rule from there on. */
static bool
begin_anew(struct request *rq, struct step *step, const struct reminder *r,
    const char *words, const struct zone *zone,
    const struct every_start *start, bool clock_only, struct err *err)
{
	const struct hours *hours = &rq->ctx->options->hours;

	if (begin_from(words, start, zone, hours, &step->series, err))
		return check_first(r, words, start, &step->series, clock_only,
		    err);
	/* The rule is old: it is WHEN that does not go with it. */
	if (err->code == ERR_NOT_UNDERSTOOD)
		snprintf(err->parameter, sizeof err->parameter, "when");
	return false;
}

static bool
plan_series(struct request *rq, struct step *step, const struct reminder *r,
    const struct zone *zone, const struct when *when, struct err *err)
{
	bool clock_only = is_clock_only(rq, zone), ok;
	struct every_start start;
	struct buf words = {0};
	struct recur recur;

	if (!reminder_rule(r, &recur, err) || !begins_at(rq, step, r, zone,
	    when, clock_only, &start, err))
		return false;
	words_of(&recur, r, step->keep, &words);
	ok = begin_anew(rq, step, r, buf_str(&words), zone, &start,
	    clock_only, err);
	buf_clear(&words);
	if (ok)
		request_note_series(rq, &step->series, zone, step->keep,
		    step->of);
	step->zone = mem_dup(r->zone);
	return ok;
}

/* ------------------------------------------------------- which is meant -- */

static bool
ask(struct request *rq, const struct reminder *r, struct err *err)
{
	const char *when = request_string(rq, "when");
	struct recur recur;
	struct buf words = {0};

	if (!reminder_rule(r, &recur, err))
		return false;
	every_words(&recur, &r->anchor, &words);
	err_param(err, ERR_NOT_UNDERSTOOD, "this",
	    "%" PRId64 " recurs (%s%s); move this one alone: rapportctl move "
	    "%" PRId64 " %s --this, or it and all that follow: rapportctl move "
	    "%" PRId64 " %s --series", r->id, every_before(buf_str(&words)),
	    buf_str(&words), r->id, when, r->id, when);
	buf_clear(&words);
	return false;
}

/* One occurrence or all of them; where none follows there is no question. */
static bool
which(struct request *rq, const struct reminder *r, bool *all,
    struct err *err)
{
	*all = request_flag(rq, "series");
	if (r->every == NULL)
		return !*all || err_param(err, ERR_IMPOSSIBLE, "series",
		    "%" PRId64 " does not recur; without --series it moves",
		    r->id);
	if (r->next == 0) {
		*all = false;
		return true;
	}
	return *all || request_flag(rq, "this") || ask(rq, r, err);
}

/* ----------------------------------------------------------------- all -- */

/* Keep whether its time of day was said: of a series as soon as it was once. */
static bool
remember_clock(struct request *rq, struct reminder *r, bool said,
    struct err *err)
{
	if (r->every != NULL)
		said = said || r->clock_said;
	if (r->clock_said == said)
		return true;
	r->clock_said = said;
	return store_reminder_put(rq->ctx->store, r, err);
}

/* The words stand in the zone of the reminder that moves, when it has one. */
static bool
plan_in(struct request *rq, struct step *step, struct reminder *r,
    const struct wall *wall, struct err *err)
{
	struct when when;

	if (!which(rq, r, &step->all, err) ||
	    !request_when(rq, "when", wall->loaded, 0, &when, err) ||
	    !remember_clock(rq, r, when.clock_said, err))
		return false;
	if (step->all)
		return plan_series(rq, step, r, wall->zone, &when, err);
	moments_of(&when, wall->loaded, &step->due, &step->ring);
	/* An instant needs no clock; a series has one all the same. */
	if (when.floating || r->every != NULL)
		step->zone = mem_dup(r->zone);
	return true;
}

static bool
plan(struct request *rq, struct step *step, struct err *err)
{
	struct reminder r = {0};
	struct wall wall = {0};
	bool ok;

	if (!schedule_get(rq->ctx->schedule, rq->now, step->id, &r, err))
		return false;
	ok = reminder_allows(&r, ACT_MOVE, NULL, err) &&
	    wall_open(rq->ctx, &r, &wall, err) &&
	    plan_in(rq, step, &r, &wall, err);
	wall_close(&wall);
	reminder_clear(&r);
	return ok;
}

static bool
carry_out(struct request *rq, const struct step *step,
    struct reminders *moved, struct err *err)
{
	struct schedule *s = rq->ctx->schedule;

	if (step->all)
		return schedule_recur(s, rq->now, step->id, &step->series,
		    step->keep, step->zone, moved, err);
	return schedule_move(s, rq->now, &step->id, 1, &step->due,
	    &step->ring, step->zone, moved, err);
}

bool
method_move(struct request *rq, struct err *err)
{
	struct reminders moved = {0};
	struct step *steps;
	int64_t *ids;
	size_t i, n;
	bool ok = true;

	if (request_flag(rq, "this") && request_flag(rq, "series"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "series",
		    "--this or --series? one of them");
	request_ids(rq, &ids, &n);
	steps = mem_new(n + 1, sizeof *steps);
	/* All are planned before the first moves: all or none. */
	for (i = 0; ok && i < n; i++) {
		steps[i].id = ids[i];
		steps[i].of = n > 1 ? ids[i] : 0;
		ok = plan(rq, &steps[i], err);
	}
	for (i = 0; ok && i < n; i++)
		ok = carry_out(rq, &steps[i], &moved, err);
	if (ok) {
		request_sentence(rq, "moved", &moved);
		request_reply_many(rq, &moved);
	}
	reminders_clear(&moved);
	for (i = 0; i < n; i++)
		free(steps[i].zone);
	free(steps);
	free(ids);
	return ok;
}
