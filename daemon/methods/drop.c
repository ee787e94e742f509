/* drop ID…: give up without doing it; f7, i31 and d2 are removed. */
#include <stdlib.h>

#include "methods/methods.h"

/* What undo will call it. */
static void
sentence(struct request *rq, const struct reminders *dropped,
    const struct buf *entries)
{
	if (dropped->n > 0)
		request_sentence(rq, "dropped", dropped);
	if (entries->len > 0)
		buf_addf(&rq->sentence, "%s%s", dropped->n > 0 ? ", " :
		    "dropped: ", buf_str(entries));
}

bool
method_drop(struct request *rq, struct err *err)
{
	struct reminders dropped = {0};
	struct buf entries = {0};
	int64_t *ids;
	size_t n;
	bool ok;

	request_ids(rq, &ids, &n);
	if (n == 0 && !request_has(rq, "entry"))
		ok = err_param(err, ERR_NOT_UNDERSTOOD, "id",
		    "drop what? rapportctl drop ID…");
	else
		ok = entries_drop(rq, &entries, err) &&
		    schedule_drop(rq->ctx->schedule, rq->now, ids, n,
		    &dropped, err);
	if (ok) {
		sentence(rq, &dropped, &entries);
		request_reply_many(rq, &dropped);
	}
	reminders_clear(&dropped);
	buf_clear(&entries);
	free(ids);
	return ok;
}
