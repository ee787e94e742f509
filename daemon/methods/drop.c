/* drop ID…: give up without doing it. */
#include <stdlib.h>

#include "methods/methods.h"

bool
method_drop(struct request *rq, struct err *err)
{
	struct reminders dropped = {0};
	int64_t *ids;
	size_t n;
	bool ok;

	request_ids(rq, &ids, &n);
	ok = schedule_drop(rq->ctx->schedule, rq->now, ids, n, &dropped, err);
	if (ok) {
		request_sentence(rq, "dropped", &dropped);
		request_reply_many(rq, &dropped);
	}
	reminders_clear(&dropped);
	free(ids);
	return ok;
}
