/* People in words: see people.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ctl/echo.h"
#include "ctl/field.h"
#include "ctl/page.h"
#include "ctl/people.h"
#include "ctl/table.h"
#include "model/contact.h"

/* ----------------------------------------------------------------- list -- */

enum { COL_HANDLE, COL_NAME, COL_ORG, COL_KEEP_UP, COL_STAGE, COL_LAST,
	COL_STATUS, COL_MAX };

static const struct column columns[COL_MAX] = {
	[COL_HANDLE] = {"HANDLE"},
	[COL_NAME] = {"NAME", .flexible = true},
	[COL_ORG] = {"ORG", .flexible = true, .optional = true},
	[COL_KEEP_UP] = {"KEEP UP", .optional = true},
	[COL_STAGE] = {"STAGE", .optional = true},
	[COL_LAST] = {"LAST"},
	[COL_STATUS] = {"STATUS"},
};

/* The circle, or the contact's own cadence: "key", "21 d". */
static const char *
keep_up(const json_t *contact, char out[24])
{
	int64_t days = field_int(contact, "keep_up");

	if (days <= 0)
		return field_string(contact, "circle");
	snprintf(out, 24, "%" PRId64 " d", days);
	return out;
}

static void
add_row(struct table *t, const json_t *contact, struct here *h)
{
	const char *status = field_string(contact, "status");
	int64_t last = field_int(contact, "last_at");
	bool active = *status == '\0' ||
	    strcmp(status, contact_status_names[CONTACT_ACTIVE]) == 0;
	enum style style = active ? STYLE_PLAIN : STYLE_FAINT;
	char day[ECHO_TEXT] = "", days[24];

	if (last > 0)
		echo_day(last, h, day);
	table_add(t, field_string(contact, "handle"), STYLE_ID);
	table_add(t, field_string(contact, "name"), style);
	table_add(t, field_string(contact, "org"), style);
	table_add(t, keep_up(contact, days), style);
	table_add(t, field_string(contact, "stage"), style);
	table_add(t, day, style);
	table_add(t, active ? "" : status, style);
}

void
people_list(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *all = json_object_get(reply, "contacts"), *one;
	struct table t;
	size_t i;

	table_init(&t, columns, COL_MAX);
	json_array_foreach(all, i, one)
		add_row(&t, one, h);
	table_print(&t, o, true);
	table_clear(&t);
}

/* -------------------------------------------------------------- changed -- */

/* A reminder that came of it, if one did. */
static void
reminder_line(struct out *o, const json_t *reply, const char *name,
    struct here *h)
{
	const json_t *reminder = json_object_get(reply, name);
	struct view v = view_of(reminder);

	if (json_is_object(reminder))
		echo_line(o, &v, h);
}

void
people_changed(struct out *o, const json_t *reply, struct here *h)
{
	page_contact(o, json_object_get(reply, "contact"), h);
	reminder_line(o, reply, "thanks", h);
}

/* "5 facts, 1 date"; what is 0 is left out. */
static void
count(struct buf *b, int64_t n, const char *one)
{
	if (n > 0)
		buf_addf(b, "%s%" PRId64 " %s%s", b->len == 0 ? "" : ", ", n,
		    one, n == 1 ? "" : "s");
}

void
people_forget(struct out *o, const json_t *reply)
{
	int64_t shared = field_int(reply, "shared");
	struct buf what = {0};

	count(&what, field_int(reply, "facts"), "fact");
	count(&what, field_int(reply, "dates"), "date");
	count(&what, field_int(reply, "interactions"), "conversation");
	count(&what, field_int(reply, "reminders"), "reminder");
	buf_addf(&o->text, "Erased: the contact%s%s\n",
	    what.len == 0 ? "" : ", ", buf_str(&what));
	if (shared > 0)
		buf_addf(&o->text, "%" PRId64 " conversation%s with others "
		    "stay%s with them\n", shared, shared == 1 ? "" : "s",
		    shared == 1 ? "s" : "");
	buf_clear(&what);
	count(&what, field_int(reply, "backups"), "backup");
	if (what.len > 0)
		buf_addf(&o->text, "Erased from %s too\n", buf_str(&what));
	buf_clear(&what);
}

void
people_learn(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *fact = json_object_get(reply, "fact");
	const json_t *date = json_object_get(reply, "date");
	const char *who = field_string(json_object_get(reply, "contact"),
	    "handle");

	if (json_is_object(fact))
		page_fact_line(o, who, fact, "");
	if (json_is_object(date))
		page_date_line(o, who, date, "", h);
}

void
people_met(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *fresh = json_object_get(reply, "new");
	const json_t *done = json_object_get(reply, "done"), *one;
	size_t i;

	if (json_is_object(fresh))
		page_contact(o, fresh, h);
	page_interaction_line(o, json_object_get(reply, "interaction"), "", h);
	json_array_foreach(done, i, one) {
		struct view v = view_of(one);

		echo_over(o, &v, "done", h);
	}
	reminder_line(o, reply, "next", h);
	reminder_line(o, reply, "thanks", h);
}

/* -------------------------------------------- numbered with a letter -- */

void
people_dropped(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(reply, "facts"), i, one)
		page_fact_line(o, "", one, "dropped");
	json_array_foreach(json_object_get(reply, "dates"), i, one)
		page_date_line(o, "", one, "dropped", h);
	json_array_foreach(json_object_get(reply, "interactions"), i, one)
		page_interaction_line(o, one, "dropped", h);
}

bool
people_edited(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *fact = json_object_get(reply, "fact");
	const json_t *date = json_object_get(reply, "date");
	const json_t *interaction = json_object_get(reply, "interaction");

	if (json_is_object(fact))
		page_fact_line(o, "", fact, "");
	else if (json_is_object(date))
		page_date_line(o, "", date, "", h);
	else if (json_is_object(interaction))
		page_interaction_line(o, interaction, "", h);
	else
		return false;
	return true;
}
