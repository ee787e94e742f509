/* Phrases of time explained: see explain.h. */
#include <stdio.h>

#include "ctl/explain.h"
#include "time/begin.h"

enum {
	FIRST_OF_SERIES = 3,	/* occurrences that show what a rule means */
	FLUSH = 1000,		/* lines that are written at once */
};

/* ------------------------------------------------------------ one moment -- */

static void
in_json(struct out *o, int64_t epoch, bool floating, const struct zone *z)
{
	char local[WHEN_TEXT];
	json_t *v = json_pack("{s:I, s:s, s:b}",
	    "epoch", (json_int_t)epoch,
	    "local", when_rfc3339(epoch, z, local),
	    "floating", floating);

	out_json(o, v);
	json_decref(v);
}

static void
in_words(struct out *o, const struct when *w, const struct zone *z,
    int64_t now)
{
	char text[WHEN_TEXT];

	buf_adds(&o->text, when_echo(w->epoch, now, z, text));
	if (w->ring != w->epoch)
		buf_addf(&o->text, ", rings %s",
		    when_format(w->ring, z, text));
	buf_adds(&o->text, "\n");
	if (when_note(w, text))
		buf_addf(&o->text, "%s\n", text);
}

static bool
explain_moment(struct out *o, const struct args *a, int64_t now,
    const struct zone *z, const struct hours *hours, struct err *err)
{
	struct when w;

	if (args_count(a, "count") > 0)
		return err_param(err, ERR_NOT_UNDERSTOOD, "count",
		    "--count goes with --every: one moment has no others");
	if (!when_parse(args_string(a, "when"), now, z, hours, 0, &w, err))
		return false;
	if (a->json)
		in_json(o, w.epoch, w.floating, z);
	else
		in_words(o, &w, z, now);
	return true;
}

/* -------------------------------------------------------------- a series -- */

/* With --from and without WHEN: what falls strictly after that moment. */
static bool
begin(const struct args *a, int64_t now, const struct zone *z,
    const struct hours *hours, struct series *out, struct err *err)
{
	const char *when = args_string(a, "when");
	const char *every = args_string(a, "every");
	struct every_start after = {
		.from = zone_civil(z, now),
		.strictly = true,
		.now = now,
	};

	if (when != NULL || args_local(a, "from") == NULL)
		return begin_said(when, every, now, z, hours, out, err);
	after.clock = begin_clock(&after.from);
	return begin_from(every, &after, z, hours, out, err);
}

/* The occurrence after one; false: none that is known. */
static bool
next(const struct series *s, const struct zone *z, struct occurrence *at)
{
	struct occurrence last = *at;

	return s->recur.kind == RECUR_RULE && recur_next(&s->recur, &s->anchor,
	    z, &last.slot, last.epoch, at) == RRULE_FOUND;
}

/* What comes behind the last occurrence that is known. */
static void
end_in_words(struct out *o, const struct series *s)
{
	struct buf words = {0};

	if (s->recur.kind == RECUR_AFTER_DONE)
		every_words(&s->recur, &s->anchor, &words);
	else
		buf_adds(&words, "no more");
	buf_addf(&o->text, "then %s\n", buf_str(&words));
	buf_clear(&words);
}

static bool
explain_series(struct out *o, const struct args *a, int64_t now,
    const struct zone *z, const struct hours *hours, struct err *err)
{
	int64_t count = args_count(a, "count"), shown = 0;
	struct series s;
	struct when w;
	bool more;

	if (!begin(a, now, z, hours, &s, err))
		return false;
	if (count == 0)
		count = a->json ? 1 : FIRST_OF_SERIES;
	do {
		w = begin_moment(&s, &s.first);
		if (a->json)
			in_json(o, w.epoch, true, z);
		else
			in_words(o, &w, z, now);
		if (++shown % FLUSH == 0 && !out_flush(o, NULL, err))
			return false;
		more = shown < count && next(&s, z, &s.first);
	} while (more);
	if (shown < count && !a->json)
		end_in_words(o, &s);
	return true;
}

bool
explain_when(struct out *o, const struct args *a, struct here *h,
    struct err *err)
{
	const struct hours *hours = here_hours(h, err);
	const struct zone *z = here_zone(h);
	const char *from = args_local(a, "from");
	int64_t now = here_now(h);

	if (hours == NULL)
		return false;
	if (from != NULL && !when_parse_local(from, z, &now, err))
		return false;
	if (args_string(a, "every") != NULL)
		return explain_series(o, a, now, z, hours, err);
	return explain_moment(o, a, now, z, hours, err);
}
