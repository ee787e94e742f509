/* done [ID…|WHO] [-m NOTE]: finish. */
#include <stdlib.h>
#include <string.h>

#include "methods/methods.h"

/* Where a note went that was logged with nobody: a series that goes on keeps it
 * with the occurrence. */
static const char *
keeps_note(const struct reminders *done)
{
	size_t i, on = 0;

	for (i = 0; i < done->n; i++)
		on += done->v[i].state != STATE_DONE;
	if (on < done->n)
		return done->n == 1 ? "with the reminder" :
		    "with the reminders";
	return done->n == 1 ? "in its history" : "in their history";
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
		request_note(rq, "the note stays %s; no interaction logged: "
		    "it is with nobody", keeps_note(done));
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
	struct reminders done = {0}, made = {0};
	int64_t *ids = NULL;
	bool ok = false;
	int logged = 0;
	size_t n;

	if (note != NULL && !text_valid(note, strlen(note), "note", err))
		return false;
	if (!request_targets(rq, &ids, &n, err))
		goto out;
	if (n > 1 && !request_has(rq, "id")) {
		request_which(rq, ids, n, err);
		goto out;
	}
	if (!schedule_done(rq->ctx->schedule, rq->now, ids, n, note, &done,
	    &logged, err) ||
	    !schedule_follow_fix(rq->ctx->schedule, rq->now, &done, &made,
	    err))
		goto out;
	request_note_made(rq, &made);
	say_logged(rq, &done, logged, note);
	request_sentence(rq, "done", &done);
	request_reply_many(rq, &done);
	ok = true;
out:
	reminders_clear(&done);
	reminders_clear(&made);
	free(ids);
	return ok;
}
