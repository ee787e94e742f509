/* snooze [ID…|WHO] [WHEN…]: hide what rings until later. */
#include <inttypes.h>
#include <stdlib.h>

#include "methods/methods.h"

/* A series that is hidden longer than until its next occurrence. */
static void
say_what_falls_within(struct request *rq, const struct reminders *snoozed)
{
	char text[WHEN_TEXT];
	size_t i;

	for (i = 0; i < snoozed->n; i++) {
		const struct reminder *r = &snoozed->v[i];

		if (r->next != 0 && r->next <= r->ring.epoch)
			request_note(rq, "%" PRId64 " recurs before that (%s): "
			    "it rings once, at the end", r->id,
			    when_format(r->next, rq->ctx->zone, text));
	}
}

bool
method_snooze(struct request *rq, struct err *err)
{
	struct reminders snoozed = {0};
	struct moment until, ring;
	struct when when;
	int64_t *ids = NULL;
	bool given = request_has(rq, "when"), ok = false;
	size_t n;

	if (given) {
		if (!request_when(rq, "when", NULL, 0, &when, err))
			return false;
		moments_of(&when, NULL, &until, &ring);
	}
	if (!request_targets(rq, &ids, &n, err) ||
	    !schedule_snooze(rq->ctx->schedule, rq->now, ids, n,
	    given ? &until : NULL, &snoozed, err))
		goto out;
	say_what_falls_within(rq, &snoozed);
	request_sentence(rq, "snoozed", &snoozed);
	request_reply_many(rq, &snoozed);
	ok = true;
out:
	reminders_clear(&snoozed);
	free(ids);
	return ok;
}
