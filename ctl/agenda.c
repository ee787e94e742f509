/* Agendas: see agenda.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/agenda.h"
#include "ctl/echo.h"
#include "ctl/table.h"

enum { COL_ID, COL_WHEN, COL_STATE, COL_TEXT, COL_EVERY, COL_WITH, COL_NEED,
	COL_MAX };

static const struct column columns[COL_MAX] = {
	[COL_ID] = {"ID", .right = true},
	[COL_WHEN] = {"WHEN"},
	[COL_STATE] = {"STATE"},
	[COL_TEXT] = {"TEXT", .flexible = true},
	[COL_EVERY] = {"RECURS", .flexible = true, .optional = true},
	[COL_WITH] = {"WITH", .flexible = true, .optional = true},
	[COL_NEED] = {"NEED", .flexible = true, .optional = true},
};

/* The moment a row stands for. */
static int64_t
moment_of(const struct view *v)
{
	switch (v->state) {
	case STATE_SNOOZED:
		return v->ring_at;
	case STATE_DONE:
	case STATE_DROPPED:
		return v->done_at == 0 ? v->due : v->done_at;
	default:
		return v->due;
	}
}

static enum style
style_of(const struct view *v)
{
	switch (v->state) {
	case STATE_RINGING:
		return STYLE_RINGING;
	case STATE_DONE:
	case STATE_DROPPED:
		return STYLE_FAINT;
	default:
		return STYLE_PLAIN;
	}
}

/* "ringing, missed 3", "urgent", "snoozed, urgent"; nothing for what merely
 * waits. */
enum { STATE_TEXT = 64 };
static char *
state_text(const struct view *v, char out[STATE_TEXT])
{
	const char *state =
	    v->state == STATE_SCHEDULED ? "" : state_names[v->state];
	char missed[24] = "";

	if (v->missed > 0 && *state != '\0')
		snprintf(missed, sizeof missed, ", missed %d", v->missed);
	snprintf(out, STATE_TEXT, "%s%s%s%s", state, missed,
	    *state != '\0' && v->urgent ? ", " : "",
	    v->urgent ? "urgent" : "");
	return out;
}

/* The time alone, for rows under the heading of their day. */
static char *
clock_text(int64_t t, struct here *h, char out[ECHO_TEXT])
{
	struct civil c = zone_civil(here_zone(h), t);

	snprintf(out, ECHO_TEXT, "%02d:%02d", c.hour, c.minute);
	return out;
}

static void
add_row(struct table *t, const struct view *v, bool clock_only,
    struct here *h)
{
	char id[24], when[ECHO_TEXT], cell[ECHO_TEXT + 8], state[STATE_TEXT];
	char *every = view_every(v), *with = view_with(v);
	int64_t moment = moment_of(v);

	snprintf(id, sizeof id, "%" PRId64, v->id);
	snprintf(cell, sizeof cell, "%s%s", view_by(v) ? "by " : "",
	    clock_only ? clock_text(moment, h, when) :
	    echo_short(moment, h, when));
	table_add(t, id, STYLE_ID);
	table_add(t, cell, style_of(v));
	table_add(t, state_text(v, state), style_of(v));
	table_add(t, v->text, v->state == STATE_RINGING ? STYLE_PLAIN :
	    style_of(v));
	table_add(t, every, style_of(v) == STYLE_FAINT ? STYLE_FAINT :
	    STYLE_PLAIN);
	table_add(t, with, style_of(v) == STYLE_FAINT ? STYLE_FAINT :
	    STYLE_PLAIN);
	table_add(t, v->need, style_of(v) == STYLE_FAINT ? STYLE_FAINT :
	    STYLE_PLAIN);
	free(with);
	free(every);
}

void
agenda_list(struct out *o, const json_t *reminders, const char *empty,
    struct here *h)
{
	const json_t *one;
	struct table t;
	size_t i;

	if (json_array_size(reminders) == 0) {
		buf_addf(&o->text, "%s\n", empty);
		return;
	}
	table_init(&t, columns, COL_MAX);
	json_array_foreach(reminders, i, one) {
		struct view v = view_of(one);

		add_row(&t, &v, false, h);
	}
	table_print(&t, o, true);
	table_clear(&t);
}

/* ------------------------------------------------------------ in groups -- */

/* The heading a reminder stands under; rows come sorted, so a heading begins
 * where it differs from the one before. Returns out. */
typedef char *group_fn(const struct view *v, struct here *h,
    char out[ECHO_TEXT]);

static char *
group_today(const struct view *v, struct here *h, char out[ECHO_TEXT])
{
	(void)h;
	snprintf(out, ECHO_TEXT, "%s", v->state == STATE_RINGING ? "Ringing" :
	    v->state == STATE_SNOOZED ? "Snoozed" : "Today");
	return out;
}

static char *
group_week(const struct view *v, struct here *h, char out[ECHO_TEXT])
{
	if (v->state == STATE_RINGING)
		snprintf(out, ECHO_TEXT, "Ringing");
	else
		echo_day(v->ring_at, h, out);
	if (out[0] >= 'a' && out[0] <= 'z')
		out[0] -= 'a' - 'A';
	return out;
}

static void
print_group(struct out *o, const char *heading, struct table *t)
{
	if (t->cells_n == 0)
		return;
	if (o->text.len > 0)
		buf_adds(&o->text, "\n");
	out_styled(o, STYLE_HEADING, heading);
	buf_adds(&o->text, "\n");
	table_print(t, o, false);
	table_clear(t);
}

/* Under a heading that names the day of what is shown, the time is enough. */
static bool
clock_is_enough(const struct view *v, group_fn *group, struct here *h)
{
	struct civil due = zone_civil(here_zone(h), v->due);
	struct civil ring = zone_civil(here_zone(h), v->ring_at);

	if (v->state == STATE_SNOOZED)
		return group == group_week;
	return v->state == STATE_SCHEDULED && civil_same_day(&due, &ring);
}

static void
print_groups(struct out *o, const json_t *reminders, group_fn *group,
    struct here *h)
{
	char heading[ECHO_TEXT] = "", now[ECHO_TEXT];
	const json_t *one;
	struct table t;
	size_t i;

	table_init(&t, columns, COL_MAX);
	json_array_foreach(reminders, i, one) {
		struct view v = view_of(one);

		if (strcmp(group(&v, h, now), heading) != 0) {
			print_group(o, heading, &t);
			table_init(&t, columns, COL_MAX);
			memcpy(heading, now, sizeof heading);
		}
		add_row(&t, &v, clock_is_enough(&v, group, h), h);
	}
	print_group(o, heading, &t);
	table_clear(&t);
}

/* "Nothing today. Next: 12  Call Dana · Tue 24 Nov 09:00 (in 2 d 18 h)" */
static void
print_nothing(struct out *o, const char *span, const json_t *next,
    struct here *h)
{
	struct view v = view_of(next);

	if (!json_is_object(next)) {
		buf_addf(&o->text, "Nothing %s, nothing scheduled. To begin: "
		    "rapportctl add \"Call Dana\" tomorrow 9am\n", span);
		return;
	}
	buf_addf(&o->text, "Nothing %s. Next: ", span);
	echo_next(o, &v, h);
	buf_adds(&o->text, "\n");
}

/* The rows of one state, or of all others, in the order they came in. */
static json_t *
only(const json_t *reminders, enum reminder_state state, bool others)
{
	json_t *some = json_array(), *one;
	size_t i;

	json_array_foreach(reminders, i, one) {
		struct view v = view_of(one);

		if ((v.state == state) != others)
			json_array_append(some, one);
	}
	return some;
}

void
agenda_today(struct out *o, const json_t *reminders, const json_t *next,
    struct here *h)
{
	json_t *snoozed, *others;

	if (json_array_size(reminders) == 0) {
		print_nothing(o, "today", next, h);
		return;
	}
	/* What was put off stands at the end, however early it comes back. */
	others = only(reminders, STATE_SNOOZED, true);
	snoozed = only(reminders, STATE_SNOOZED, false);
	json_array_extend(others, snoozed);
	print_groups(o, others, group_today, h);
	json_decref(snoozed);
	json_decref(others);
}

void
agenda_week(struct out *o, const json_t *reminders, const json_t *next,
    struct here *h)
{
	if (json_array_size(reminders) == 0) {
		print_nothing(o, "this week", next, h);
		return;
	}
	print_groups(o, reminders, group_week, h);
}
