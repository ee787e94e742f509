/* move ID… WHEN…: another time is agreed on. */
#include <stdlib.h>

#include "base/mem.h"
#include "conf/zoneinfo.h"
#include "methods/methods.h"

/* One reminder and the moment it is to move to. */
struct step {
	int64_t id;
	struct moment due, ring;
	char *zone;		/* that the words stand in, or NULL */
};

/* The words stand in the zone of the reminder that moves, when it has one. */
static bool
plan(struct request *rq, struct step *step, struct err *err)
{
	struct reminder r = {0};
	struct zone *zone = NULL;
	struct when when;
	bool ok = false;

	if (!store_reminder_get(rq->ctx->store, step->id, &r, err))
		return false;
	if (!reminder_allows(&r, ACT_MOVE, NULL, err))
		goto out;
	if (r.zone != NULL && (zone = zoneinfo_load(r.zone, err)) == NULL)
		goto out;
	if (!request_when(rq, "when", zone, 0, &when, err))
		goto out;
	moments_of(&when, &step->due, &step->ring);
	step->zone = when.floating ? mem_dup(r.zone) : NULL;
	ok = true;
out:
	zone_free(zone);
	reminder_clear(&r);
	return ok;
}

bool
method_move(struct request *rq, struct err *err)
{
	struct reminders moved = {0};
	struct step *steps;
	int64_t *ids;
	size_t i, n;
	bool ok = true;

	request_ids(rq, &ids, &n);
	steps = mem_new(n + 1, sizeof *steps);
	/* All are planned before the first moves: all or none. */
	for (i = 0; ok && i < n; i++) {
		steps[i].id = ids[i];
		ok = plan(rq, &steps[i], err);
	}
	for (i = 0; ok && i < n; i++)
		ok = schedule_move(rq->ctx->schedule, rq->now, &steps[i].id, 1,
		    &steps[i].due, &steps[i].ring, steps[i].zone, &moved, err);
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
