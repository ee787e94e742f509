/* skip [ID|WHO]: leave out one occurrence of a series. */
#include <stdlib.h>

#include "methods/methods.h"

/* Of several that ring only those that recur can be meant. */
static bool
keep_series(struct request *rq, int64_t *ids, size_t *n, struct err *err)
{
	size_t i, kept = 0;

	for (i = 0; i < *n; i++) {
		struct reminder r = {0};

		if (!store_reminder_get(rq->ctx->store, ids[i], &r, err))
			return false;
		if (r.every != NULL)
			ids[kept++] = ids[i];
		reminder_clear(&r);
	}
	*n = kept;
	if (kept == 0)
		return err_set(err, ERR_NOTHING_RINGS, "nothing that recurs "
		    "rings; to skip what comes: rapportctl skip ID");
	return kept == 1 || request_which(rq, ids, kept, err);
}

bool
method_skip(struct request *rq, struct err *err)
{
	struct reminders skipped = {0};
	int64_t *ids = NULL;
	bool ok = false;
	size_t n;

	if (!request_targets(rq, &ids, &n, err) ||
	    (!request_has(rq, "id") && !keep_series(rq, ids, &n, err)) ||
	    !schedule_skip(rq->ctx->schedule, rq->now, ids, n, &skipped, err))
		goto out;
	request_sentence(rq, "skipped", &skipped);
	request_reply_many(rq, &skipped);
	ok = true;
out:
	reminders_clear(&skipped);
	free(ids);
	return ok;
}
