/* done [ID…|WHO] [-m NOTE]: finish. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "methods/methods.h"

/* Several ring, and which is meant was not said: list them, finish none. */
static bool
which(struct request *rq, const int64_t *ids, size_t n, struct err *err)
{
	enum { LISTED = 5 };
	struct buf b = {0};
	size_t i;

	for (i = 0; i < n && i < LISTED; i++) {
		struct reminder r = {0};

		if (!store_reminder_get(rq->ctx->store, ids[i], &r, err)) {
			buf_clear(&b);
			return false;
		}
		buf_addf(&b, "%s%" PRId64 " %s", i == 0 ? "" : ", ", r.id,
		    r.text);
		reminder_clear(&r);
	}
	if (n > LISTED)
		buf_addf(&b, " and %zu more", n - LISTED);
	err_param(err, ERR_NOT_UNDERSTOOD, "id",
	    "%zu ring, say which (rapportctl done ID): %s", n, buf_str(&b));
	buf_clear(&b);
	return false;
}

/* Whether it was logged is said every time, so that nobody believes that an
 * interaction was kept that was not. */
static void
say_logged(struct request *rq, const struct reminders *done, int logged,
    const char *note)
{
	size_t i, alone = 0;

	for (i = 0; i < done->n; i++)
		alone += done->v[i].with_n == 0;
	if (logged > 0)
		request_note(rq, logged == 1 ? "logged as an interaction" :
		    "logged as %d interactions", logged);
	else if (note != NULL)
		request_note(rq, "the note stays with the reminder; no "
		    "interaction logged: it is with nobody");
	else if (alone == done->n)
		request_note(rq, "no interaction logged");
	else
		request_note(rq, "no interaction logged; with -m NOTE it "
		    "would be");
}

bool
method_done(struct request *rq, struct err *err)
{
	const char *note = request_string(rq, "note");
	struct reminders done = {0};
	int64_t *ids = NULL;
	bool ok = false;
	int logged = 0;
	size_t n;

	if (note != NULL && !text_valid(note, strlen(note), "note", err))
		return false;
	if (!request_targets(rq, &ids, &n, err))
		goto out;
	if (n > 1 && !request_has(rq, "id")) {
		which(rq, ids, n, err);
		goto out;
	}
	if (!schedule_done(rq->ctx->schedule, rq->now, ids, n, note, &done,
	    &logged, err))
		goto out;
	say_logged(rq, &done, logged, note);
	request_sentence(rq, "done", &done);
	request_reply_many(rq, &done);
	ok = true;
out:
	reminders_clear(&done);
	free(ids);
	return ok;
}
