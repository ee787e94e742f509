/* Phrases of time explained: see explain.h. */
#include <stdio.h>

#include "ctl/explain.h"
#include "time/when.h"

static void
in_json(struct out *o, const struct when *w, const struct zone *z)
{
	char local[WHEN_TEXT];
	json_t *v = json_pack("{s:I, s:s, s:b}",
	    "epoch", (json_int_t)w->epoch,
	    "local", when_rfc3339(w->epoch, z, local),
	    "floating", w->floating);

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

bool
explain_when(struct out *o, const struct args *a, struct here *h,
    struct err *err)
{
	const struct hours *hours = here_hours(h, err);
	const struct zone *z = here_zone(h);
	const char *from = args_local(a, "from");
	int64_t now = here_now(h);
	struct when w;

	if (hours == NULL)
		return false;
	if (from != NULL && !when_parse_local(from, z, &now, err))
		return false;
	if (!when_parse(args_string(a, "when"), now, z, hours, 0, &w, err))
		return false;
	if (a->json)
		in_json(o, &w, z);
	else
		in_words(o, &w, z, now);
	return true;
}
