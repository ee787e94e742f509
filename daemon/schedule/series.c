/*
 * Series: one reminder, whose due is that of the occurrence at hand, and next
 * the instant of the one after it. Done or skipped, it goes on to the next;
 * left alone until that has come as well, it is caught up: the occurrence at
 * hand becomes the latest one, which rings, and those passed over are counted.
 *
 * Everybody who looks at a series catches it up first. From there on next
 * lies in the future or is 0, which is what all of this relies on.
 *
 * The rule stands on the wall of the reminder's zone, or of the traveller's.
 * slot says where on it: the next occurrence is looked for by slot, so that no
 * local date rings twice when the zone changes. A rule that goes by hours or
 * minutes is looked for by the instant instead: its wall goes back in a fold.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "conf/zoneinfo.h"
#include "schedule/inside.h"

enum {
	DAY = 24 * 60 * 60,
	JOURNEY = 2 * DAY,	/* more than any shifts the wall */
};

/* A rule and the wall it stands on. */
struct rule {
	struct recur recur;
	const struct zone *zone;
	struct zone *loaded;	/* zone, if it is not the traveller's */
};

/* ----------------------------------------------------------- the rule -- */

/* The zone of the reminder; the traveller's when it has none, or it can't be
 * read. *loaded is for the caller to free. */
static const struct zone *
wall_of(struct schedule *s, const struct reminder *r, struct zone **loaded)
{
	struct err why = {0};

	*loaded = r->zone == NULL ? NULL : zoneinfo_load(r->zone, &why);
	if (*loaded != NULL)
		return *loaded;
	if (r->zone != NULL && strcmp(s->zone_lost, r->zone) != 0) {
		snprintf(s->zone_lost, sizeof s->zone_lost, "%s", r->zone);
		log_error("%s; until then what recurs in it goes by the clock "
		    "here", why.message);
	}
	return s->zone;
}

static bool
rule_open(struct schedule *s, const struct reminder *r, struct rule *rule,
    struct err *err)
{
	*rule = (struct rule){0};
	if (!reminder_rule(r, &rule->recur, err))
		return false;
	rule->zone = wall_of(s, r, &rule->loaded);
	return true;
}

static void
rule_close(struct rule *rule)
{
	zone_free(rule->loaded);
}

static bool
after_done(const struct rule *rule)
{
	return rule->recur.kind == RECUR_AFTER_DONE;
}

static bool
subdaily(const struct rule *rule)
{
	return !after_done(rule) && rrule_subdaily(&rule->recur.rule);
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The instant that every occurrence behind the one at hand comes after. That
 * may have been moved: then its due says nothing. */
static int64_t
at_hand(const struct rule *rule, const struct reminder *r)
{
	if (!subdaily(rule))
		return zone_instant(rule->zone, &r->slot, NULL);
	return r->next != 0 ? r->next - 1 : r->due.epoch;
}

/* The first occurrence behind the one at hand and strictly after a moment. */
static bool
find_next(const struct rule *rule, const struct reminder *r, int64_t after,
    struct occurrence *out)
{
	return !after_done(rule) && recur_next(&rule->recur, &r->anchor,
	    rule->zone, &r->slot, after, out) == RRULE_FOUND;
}

static int64_t
next_after(const struct rule *rule, const struct reminder *r, int64_t after)
{
	struct occurrence next;

	return find_next(rule, r, after, &next) ? next.epoch : 0;
}

/* ----------------------------------------------- the occurrence at hand -- */

/* This occurrence is at hand, and due what the rule says. A snooze goes on: it
 * hides whatever is at hand. */
static void
take(struct reminder *r, const struct occurrence *o)
{
	r->slot = o->slot;
	r->due = (struct moment){o->epoch, true, o->slot};
	if (r->state != STATE_SNOOZED)
		r->ring = r->due;
}

static bool
moved_alone(const struct reminder *r)
{
	return civil_compare(&r->due.local, &r->slot) != 0;
}

/* The same instant, on the wall of the rule. */
static struct moment
on_wall(const struct rule *rule, const struct moment *m)
{
	return (struct moment){m->epoch, true,
	    zone_civil(rule->zone, m->epoch)};
}

/* The instants of due and ring are right; tell them on the wall of the rule. In
 * a gap that never shows what the rule says. */
static void
put_on_wall(const struct rule *rule, struct reminder *r)
{
	bool together = r->ring.epoch == r->due.epoch;

	r->due = on_wall(rule, &r->due);
	if (zone_instant(rule->zone, &r->slot, NULL) == r->due.epoch)
		r->due.local = r->slot;
	r->ring = together ? r->due : on_wall(rule, &r->ring);
}

/* A new series, or another rule: due, ring, anchor and slot are set. Sets next.
 * False: the rule can't be read. */
bool
series_begin(struct schedule *s, struct reminder *r, struct err *err)
{
	struct rule rule;

	r->next = 0;
	if (r->every == NULL)
		return true;
	if (!rule_open(s, r, &rule, err))
		return false;
	put_on_wall(&rule, r);
	r->next = next_after(&rule, r, at_hand(&rule, r));
	rule_close(&rule);
	return true;
}

/* ------------------------------------------------------- a wrong clock -- */

/* What rang is due. Only a clock that was ahead has rung one of the days to
 * come; nothing that happened by it counts, but what somebody answered. */
static bool
rang_ahead(const struct reminder *r, int64_t now)
{
	return r->every != NULL && r->due.epoch - JOURNEY > now &&
	    (r->state == STATE_RINGING || r->state == STATE_SNOOZED);
}

static bool
was_answered(const struct reminders *past, const struct occurrence *o)
{
	size_t i;

	for (i = 0; i < past->n; i++)
		if (past->v[i].due.epoch == o->epoch ||
		    civil_compare(&past->v[i].due.local, &o->slot) == 0)
			return true;
	return false;
}

/* The latest occurrence until now, or else the first to come, which nobody
 * answered. */
static bool
find_open(const struct rule *rule, const struct reminder *r, int64_t now,
    const struct reminders *past, struct occurrence *out)
{
	int64_t start = civil_seconds(&r->anchor) - JOURNEY;
	int passed;
	bool found = recur_latest(&rule->recur, &r->anchor, rule->zone, NULL,
	    start, now, out, &passed) || recur_next(&rule->recur, &r->anchor,
	    rule->zone, NULL, now, out) == RRULE_FOUND;

	while (found && was_answered(past, out)) {
		const struct occurrence before = *out;

		found = recur_next(&rule->recur, &r->anchor, rule->zone,
		    &before.slot, before.epoch, out) == RRULE_FOUND;
	}
	return found;
}

static void
schedule_again(struct reminder *r)
{
	r->state = STATE_SCHEDULED;
	cycle_end(r);
	r->ring = r->due;
	r->wake = r->ring.epoch;
}

/*
 * The clock was ahead when it rang, and is right again: the occurrence that is
 * at hand now takes its place, or it would be silent until then. Whether it
 * did. When there is none, r is scheduled for the first to come; otherwise it
 * rings on, and wake is for the caller to put right.
 */
bool
series_put_back(struct schedule *s, int64_t now, struct reminder *r)
{
	struct reminders past = {0};
	struct occurrence o;
	struct err why = {0};
	struct rule rule;
	bool found;

	if (!rang_ahead(r, now))
		return false;
	if (moved_alone(r)) {
		schedule_again(r);
		return true;
	}
	found = rule_open(s, r, &rule, &why) && !after_done(&rule) &&
	    store_occurrences(s->store, r->id, BATCH, &past, &why) &&
	    find_open(&rule, r, now, &past, &o);
	if (why.code != ERR_NONE)
		log_error("%s", why.message);
	if (found) {
		take(r, &o);
		r->missed = 0;
		r->next = next_after(&rule, r, later(o.epoch, now));
		if (o.epoch > now)
			schedule_again(r);
	}
	reminders_clear(&past);
	rule_close(&rule);
	return found;
}

/*
 * Catch up with now: whether another occurrence is at hand than before. Wake,
 * and what rings, are for the caller to put right. A rule that can't be read
 * stays at its occurrence, and is told by whatever a person does to it.
 */
bool
series_catch_up(struct schedule *s, int64_t now, struct reminder *r)
{
	struct occurrence latest;
	struct err why = {0};
	struct rule rule;
	int passed;
	bool caught;

	if (series_put_back(s, now, r))
		return true;
	if (r->every == NULL || r->next == 0 || r->next > now ||
	    !reminder_open(r))
		return false;
	if (!rule_open(s, r, &rule, &why)) {
		log_error("%s", why.message);
		r->next = 0;
		return false;
	}
	caught = recur_latest(&rule.recur, &r->anchor, rule.zone, &r->slot,
	    at_hand(&rule, r), now, &latest, &passed);
	if (caught) {
		take(r, &latest);
		r->missed += passed;
	}
	r->next = next_after(&rule, r, now);
	rule_close(&rule);
	return caught;
}

/* The occurrence at hand was answered. *on: the next one is at hand and
 * scheduled; otherwise there was none, and r is as it was. */
bool
series_advance(struct schedule *s, int64_t now, struct reminder *r, bool *on,
    struct err *err)
{
	struct occurrence o;
	struct rule rule;

	if (!rule_open(s, r, &rule, err))
		return false;
	if (after_done(&rule)) {
		recur_after_done(&rule.recur, &r->slot, rule.zone, now, &o);
		/* Not by a clock that is at the end of the year 9999. */
		*on = civil_valid(&o.slot);
	} else
		*on = find_next(&rule, r, later(at_hand(&rule, r), now), &o);
	if (*on) {
		r->state = STATE_SCHEDULED;
		take(r, &o);
		r->next = next_after(&rule, r, o.epoch);
		r->wake = r->ring.epoch;
		r->missed = 0;
	}
	rule_close(&rule);
	return true;
}

/* ------------------------------------------------------------- moving -- */

/* Moved there, it still comes before the next one, and no date rings twice
 * that would not by the rule. */
static bool
keeps_off_next(const struct rule *rule, const struct reminder *r,
    int64_t due, struct err *err)
{
	struct civil next = zone_civil(rule->zone, r->next);
	struct civil to = zone_civil(rule->zone, due);
	bool daily = civil_seconds(&next) - civil_seconds(&r->slot) >= DAY;
	char text[WHEN_TEXT];

	if (r->next == 0 ||
	    (due < r->next && !(daily && civil_same_day(&to, &next))))
		return true;
	return err_set(err, ERR_IMPOSSIBLE,
	    "%" PRId64 " comes on %s anyway; to leave this one out: "
	    "rapportctl skip %" PRId64, r->id,
	    when_format(r->next, rule->zone, text), r->id);
}

/* Whether the rule has no more than days: what rings for one of them is
 * answered for all of it. */
static bool
by_days(const struct rule *rule)
{
	return after_done(rule) ? rule->recur.seconds == 0 : !subdaily(rule);
}

/* The wall time that an occurrence was due at. */
static struct civil
due_there(const struct rule *rule, const struct reminder *r)
{
	return r->due.wall ? r->due.local :
	    zone_civil(rule->zone, r->due.epoch);
}

/*
 * Moved onto another date, it is not one on which the series rang before and
 * was answered. That date is not over, so such an answer is among the newest.
 * What was answered ahead has not rung.
 */
static bool
keeps_off_answered(struct schedule *s, const struct rule *rule,
    const struct reminder *r, int64_t due, struct err *err)
{
	struct civil to = zone_civil(rule->zone, due), was;
	struct reminders past = {0};
	char text[WHEN_TEXT];
	bool ok = true;
	size_t i;

	if (!by_days(rule) || civil_same_day(&to, &r->slot))
		return true;
	if (!store_occurrences(s->store, r->id, BATCH, &past, err))
		return false;
	for (i = 0; ok && i < past.n; i++) {
		was = due_there(rule, &past.v[i]);
		if (civil_same_day(&to, &was) &&
		    past.v[i].due.epoch <= past.v[i].done_at)
			ok = err_set(err, ERR_IMPOSSIBLE,
			    "%" PRId64 " rang on %s already and was answered; "
			    "move it to another date", r->id,
			    when_format(past.v[i].due.epoch, rule->zone,
			    text));
	}
	reminders_clear(&past);
	return ok;
}

/* Move the occurrence at hand alone. Next is looked up anew: a person may have
 * chosen another zone. */
bool
series_move(struct schedule *s, int64_t now, struct reminder *r,
    const struct moment *due, const struct moment *ring, struct err *err)
{
	struct rule rule;
	bool ok;

	if (!rule_open(s, r, &rule, err))
		return false;
	r->next = next_after(&rule, r,
	    later(zone_instant(rule.zone, &r->slot, NULL), now));
	ok = keeps_off_next(&rule, r, due->epoch, err) &&
	    keeps_off_answered(s, &rule, r, due->epoch, err);
	r->due = *due;
	r->ring = *ring;
	put_on_wall(&rule, r);
	rule_close(&rule);
	return ok;
}

/* -------------------------------------------------------- another rule -- */

/* Take over the rule. False: it is the one that it had. */
static bool
take_rule(struct reminder *r, const struct series *series)
{
	struct buf text = {0};
	bool other;

	recur_format(&series->recur, &text);
	other = r->every == NULL || strcmp(r->every, buf_str(&text)) != 0 ||
	    civil_compare(&r->anchor, &series->anchor) != 0;
	free(r->every);
	r->every = buf_take(&text);
	r->anchor = series->anchor;
	return other;
}

/*
 * It recurs by another rule, or by the same on another wall: that of its zone,
 * which is set already. See schedule_recur. r was caught up. Sets next.
 *
 * What is kept stays at its instant. By the same rule its slot stays as well:
 * 9 o'clock in Berlin is 3 o'clock in New York, and the 9 o'clock of that date
 * is not to come once more there.
 */
bool
series_replace(struct schedule *s, struct reminder *r,
    const struct series *series, bool keep, struct err *err)
{
	bool other = take_rule(r, series);
	struct rule rule;

	if (!keep) {
		take(r, &series->first);
		return series_begin(s, r, err);
	}
	if (!rule_open(s, r, &rule, err))
		return false;
	r->due = on_wall(&rule, &r->due);
	if (r->ring.wall)
		r->ring = on_wall(&rule, &r->ring);
	if (other)
		r->slot = r->due.local;
	r->next = after_done(&rule) ? 0 : series->first.epoch;
	rule_close(&rule);
	return true;
}

/* --------------------------------------------------------- another wall -- */

/* Whether the wall shows what it did at the moment that it was due. */
static bool
same_wall(const struct rule *rule, const struct reminder *r)
{
	struct civil c = zone_civil(rule->zone, r->due.epoch);

	return civil_compare(&c, &r->due.local) == 0;
}

/* By hours or minutes it rings whenever the wall shows such a time: on another
 * wall the one at hand is another one. */
static void
take_anew(const struct rule *rule, int64_t now, struct reminder *r)
{
	struct occurrence o;

	if (r->state == STATE_SCHEDULED && r->due.epoch > now &&
	    !moved_alone(r) && find_next(rule, r, now, &o))
		take(r, &o);
}

/* It comes so many hours after the one before it was done, at an instant. The
 * first one of all was read off the wall, as one is that was moved. */
static bool
is_instant(const struct rule *rule, const struct reminder *r)
{
	return after_done(rule) && rule->recur.seconds > 0 &&
	    civil_compare(&r->slot, &r->anchor) != 0 && !moved_alone(r);
}

/* It stays, and the wall shows something else. */
static void
stay(const struct rule *rule, const struct reminder *before,
    struct reminder *r)
{
	r->due = on_wall(rule, &before->due);
	r->slot = r->due.local;
	if (r->state == STATE_SCHEDULED)
		r->ring = r->due;
}

/*
 * The traveller's wall may show another time than before, and due and ring were
 * derived anew: so is next, for which the slot counts as ever. But for hours
 * and minutes the instants do, in a fold too, as long as it is the same wall.
 */
void
series_rederive(struct schedule *s, int64_t now,
    const struct reminder *before, struct reminder *r)
{
	struct err why = {0};
	struct rule rule;

	if (r->every == NULL)
		return;
	if (!rule_open(s, r, &rule, &why)) {
		log_error("%s", why.message);
		return;
	}
	if (is_instant(&rule, before)) {
		stay(&rule, before, r);
	} else if (subdaily(&rule) && same_wall(&rule, before)) {
		r->due = before->due;
		r->ring = before->ring;
	} else {
		if (subdaily(&rule))
			take_anew(&rule, now, r);
		r->next = 0;
		r->next = next_after(&rule, r, at_hand(&rule, r));
	}
	rule_close(&rule);
}
