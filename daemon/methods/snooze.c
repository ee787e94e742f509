/* snooze [ID…|WHO] [WHEN…]: hide what rings until later. */
#include <stdlib.h>

#include "methods/methods.h"

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
		moments_of(&when, &until, &ring);
	}
	if (!request_targets(rq, &ids, &n, err) ||
	    !schedule_snooze(rq->ctx->schedule, rq->now, ids, n,
	    given ? &until : NULL, &snoozed, err))
		goto out;
	request_sentence(rq, "snoozed", &snoozed);
	request_reply_many(rq, &snoozed);
	ok = true;
out:
	reminders_clear(&snoozed);
	free(ids);
	return ok;
}
