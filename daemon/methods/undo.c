/* undo [ID]: take back the newest command or click. */
#include <stdlib.h>

#include "methods/methods.h"

bool
method_undo(struct request *rq, struct err *err)
{
	struct reminders touched = {0};
	char *sentence = NULL;
	bool ok;

	ok = schedule_undo(rq->ctx->schedule, rq->now,
	    request_int(rq, "id", 0), &sentence, &touched, err);
	if (ok) {
		json_object_set_new(rq->reply, "undone",
		    json_string(sentence));
		request_reply_many(rq, &touched);
	}
	reminders_clear(&touched);
	free(sentence);
	return ok;
}
