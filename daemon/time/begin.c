/* Where a series begins: see begin.h. */
#include <stdio.h>

#include "time/begin.h"

enum { MINUTE = 60 };

int
begin_clock(const struct civil *c)
{
	return c->hour * 3600 + c->minute * MINUTE + c->second;
}

static bool
blame(struct err *err, const char *parameter)
{
	if (err != NULL)
		snprintf(err->parameter, sizeof err->parameter, "%s",
		    parameter);
	return false;
}

bool
begin_from(const char *every, const struct every_start *start,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err)
{
	struct every_start day = *start;

	/* "monday --every day at 8": nobody said that Monday begins at 9. */
	if (!start->clock_said && !start->strictly)
		day.from.hour = day.from.minute = day.from.second = 0;
	if (!every_begin(every, &day, z, hours, out, err))
		return blame(err, "every");
	out->clock_said = out->clock_said || start->clock_said;
	return true;
}

bool
begin_start(const struct when *w, int64_t now, struct every_start *out,
    struct err *err)
{
	if (w->by)
		return err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "what recurs rings at its time, not before it: say when it "
		    "rings, without \"by\"");
	/* The clock that was asked for: a gap moves only one occurrence. */
	*out = (struct every_start){
		.from = w->asked,
		.now = now,
		.clock = begin_clock(&w->asked),
		.clock_said = w->clock_said,
	};
	return true;
}

bool
begin_said(const char *when, const char *every, int64_t now,
    const struct zone *z, const struct hours *hours, struct series *out,
    struct err *err)
{
	struct every_start start = {
		.from = zone_civil(z, now),
		.strictly = true,
		.now = now,
		.clock = hours->morning * MINUTE,
	};
	struct when w;

	if (when != NULL) {
		if (!when_parse(when, now, z, hours, 0, &w, err))
			return blame(err, "when");
		if (!begin_start(&w, now, &start, err))
			return false;
	}
	return begin_from(every, &start, z, hours, out, err);
}

struct when
begin_moment(const struct series *s, const struct occurrence *at)
{
	bool whatever = s->recur.kind == RECUR_RULE &&
	    rrule_subdaily(&s->recur.rule);

	return (struct when){
		.epoch = at->epoch,
		.ring = at->epoch,
		.local = at->local,
		.asked = at->slot,
		.fit = whatever ? ZONE_EXACT : at->fit,
	};
}
