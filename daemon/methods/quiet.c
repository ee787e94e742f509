/* quiet [WHEN…|off]: hold pop-ups, or say until when they are held. */
#include <strings.h>

#include "methods/methods.h"

bool
method_quiet(struct request *rq, struct err *err)
{
	struct schedule *s = rq->ctx->schedule;
	const char *phrase = request_string(rq, "when");
	char text[WHEN_TEXT];
	int64_t until = 0;
	struct when when;

	if (phrase != NULL && strcasecmp(phrase, "off") != 0) {
		if (!request_when(rq, "when", NULL, 0, &when, err))
			return false;
		until = when.epoch;
	}
	if (phrase != NULL) {
		if (!schedule_quiet(s, rq->now, until, err))
			return false;
		if (until == 0)
			buf_adds(&rq->sentence, "quiet off");
		else
			buf_addf(&rq->sentence, "quiet until %s",
			    when_format(until, rq->ctx->zone, text));
	}
	until = schedule_quiet_until(s, rq->now);
	json_object_set_new(rq->reply, "quiet_until",
	    until == 0 ? json_null() : json_integer(until));
	json_object_set_new(rq->reply, "quiet_until_local",
	    local_json(rq->ctx, until));
	return true;
}
