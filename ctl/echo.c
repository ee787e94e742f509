/* Reminders as sentences: see echo.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf/zoneinfo.h"
#include "ctl/echo.h"
#include "model/names.h"
#include "ctl/text.h"
#include "time/every.h"
#include "time/span.h"
#include "time/when.h"

static const char *
string_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s == NULL ? "" : s;
}

static int64_t
int_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

struct view
view_of(const json_t *r)
{
	int state = names_index(state_names, string_of(r, "state"));

	return (struct view){
		.id = int_of(r, "id"),
		.text = string_of(r, "text"),
		.need = string_of(r, "need"),
		.zone = string_of(r, "zone"),
		.kind = string_of(r, "kind"),
		.every = string_of(r, "every"),
		.state = state < 0 ? STATE_SCHEDULED :
		    (enum reminder_state)state,
		.due = int_of(r, "due"),
		.ring_at = int_of(r, "ring_at"),
		.created = int_of(r, "created"),
		.done_at = int_of(r, "done_at"),
		.urgent = json_is_true(json_object_get(r, "urgent")),
		.shown = (int)int_of(r, "shown"),
		.missed = (int)int_of(r, "missed"),
		.with = json_object_get(r, "with"),
	};
}

char *
view_with(const struct view *v)
{
	struct buf b = {0};
	const json_t *one;
	size_t i;

	json_array_foreach(v->with, i, one)
		buf_addf(&b, "%s%s", b.len == 0 ? "" : ", ",
		    json_is_string(one) ? json_string_value(one) : "");
	return buf_take(&b);
}

bool
view_by(const struct view *v)
{
	return v->state == STATE_SCHEDULED && v->ring_at < v->due;
}

char *
view_every(const struct view *v)
{
	struct buf b = {0};

	if (*v->every != '\0')
		buf_adds(&b, every_before(v->every));
	buf_adds(&b, v->every);
	return buf_take(&b);
}

char *
echo_day(int64_t t, struct here *h, char out[ECHO_TEXT])
{
	const struct zone *z = here_zone(h);
	struct civil c = zone_civil(z, t), now = zone_civil(z, here_now(h));
	int64_t days = civil_days(&c) - civil_days(&now);

	if (days >= -1 && days <= 1)
		snprintf(out, ECHO_TEXT, "%s", days < 0 ? "yesterday" :
		    days == 0 ? "today" : "tomorrow");
	else if (c.year == now.year)
		snprintf(out, ECHO_TEXT, "%s %d %s",
		    weekday_short[civil_weekday(&c)], c.day,
		    month_short[c.month]);
	else
		snprintf(out, ECHO_TEXT, "%s %d %s %d",
		    weekday_short[civil_weekday(&c)], c.day,
		    month_short[c.month], c.year);
	return out;
}

char *
echo_short(int64_t t, struct here *h, char out[ECHO_TEXT])
{
	struct civil c = zone_civil(here_zone(h), t);
	size_t len;

	echo_day(t, h, out);
	len = strlen(out);
	snprintf(out + len, ECHO_TEXT - len, " %02d:%02d", c.hour, c.minute);
	return out;
}

/* A moment in the reminder's own zone and in ours, "Tue 24 Nov 2026 09:00 EST,
 * here 15:00 CET"; the day again only when it is another. */
static void
both_zones(struct buf *b, int64_t t, const struct zone *theirs,
    struct here *h)
{
	const struct zone *ours = here_zone(h);
	struct civil there = zone_civil(theirs, t), c = zone_civil(ours, t);
	char text[WHEN_TEXT];

	buf_adds(b, when_format(t, theirs, text));
	if (zone_offset(theirs, t) == zone_offset(ours, t))
		return;
	buf_adds(b, ", here ");
	if (!civil_same_day(&there, &c))
		buf_adds(b, when_format(t, ours, text));
	else
		buf_addf(b, "%02d:%02d %s", c.hour, c.minute,
		    zone_abbreviation(ours, t));
}

/* The zone of its own, which the caller frees; NULL: it has none that can be
 * read. */
static struct zone *
own_zone(const struct view *v)
{
	return *v->zone == '\0' ? NULL : zoneinfo_load(v->zone, NULL);
}

void
echo_there(struct buf *b, int64_t t, const struct view *v, struct here *h)
{
	struct zone *theirs = own_zone(v);
	char text[WHEN_TEXT];

	buf_adds(b, when_format(t, theirs == NULL ? here_zone(h) : theirs,
	    text));
	zone_free(theirs);
}

void
echo_moment(struct buf *b, int64_t t, const struct view *v, struct here *h)
{
	struct zone *theirs = own_zone(v);
	char text[WHEN_TEXT], span[SPAN_TEXT];

	if (theirs == NULL) {
		buf_adds(b, when_echo(t, here_now(h), here_zone(h), text));
		return;
	}
	both_zones(b, t, theirs, h);
	buf_addf(b, " (%s)", span_relative(t, here_now(h), span));
	zone_free(theirs);
}

/* ", every weekday" */
static void
every_part(struct buf *b, const struct view *v)
{
	char *every = view_every(v);

	if (*every != '\0') {
		buf_adds(b, ", ");
		text_safe(b, every);
	}
	free(every);
}

static void
state_words(struct buf *b, const struct view *v, struct here *h)
{
	char text[ECHO_TEXT];

	switch (v->state) {
	case STATE_SCHEDULED:
		buf_adds(b, view_by(v) ? "by " : "");
		echo_moment(b, v->due, v, h);
		if (view_by(v))
			buf_addf(b, ", rings %s",
			    echo_short(v->ring_at, h, text));
		every_part(b, v);
		break;
	case STATE_RINGING:
		buf_adds(b, "rings, due ");
		echo_moment(b, v->due, v, h);
		if (v->missed > 0)
			buf_addf(b, ", missed %d before", v->missed);
		break;
	case STATE_SNOOZED:
		buf_adds(b, "snoozed until ");
		echo_moment(b, v->ring_at, v, h);
		break;
	case STATE_DONE:
	case STATE_DROPPED:
	case STATE_MAX:
		buf_adds(b, state_names[v->state]);
		break;
	}
}

static void
id_and_text(struct out *o, const struct view *v)
{
	char id[24];

	snprintf(id, sizeof id, "%" PRId64, v->id);
	out_styled(o, STYLE_ID, id);
	buf_adds(&o->text, "  ");
	text_safe(&o->text, v->text);
	buf_adds(&o->text, " · ");
}

void
echo_line(struct out *o, const struct view *v, struct here *h)
{
	struct buf words = {0};

	id_and_text(o, v);
	state_words(&words, v, h);
	out_styled(o, v->state == STATE_RINGING ? STYLE_RINGING : STYLE_PLAIN,
	    buf_str(&words));
	buf_adds(&o->text, "\n");
	buf_clear(&words);
}

void
echo_over(struct out *o, const struct view *v, const char *did,
    struct here *h)
{
	struct buf words = {0};

	id_and_text(o, v);
	buf_adds(&words, did);
	if (v->state != STATE_DONE && v->state != STATE_DROPPED) {
		buf_adds(&words, "; next ");
		echo_moment(&words, v->due, v, h);
	} else if (*v->every != '\0')
		buf_adds(&words, "; that was the last one");
	buf_addf(&o->text, "%s\n", buf_str(&words));
	buf_clear(&words);
}

void
echo_next(struct out *o, const struct view *v, struct here *h)
{
	char text[ECHO_TEXT], span[SPAN_TEXT];

	id_and_text(o, v);
	buf_addf(&o->text, "%s (%s)", echo_short(v->ring_at, h, text),
	    span_relative(v->ring_at, here_now(h), span));
}
