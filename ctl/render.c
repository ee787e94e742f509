/* Replies as text and JSON: see render.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/agenda.h"
#include "ctl/echo.h"
#include "ctl/found.h"
#include "ctl/network.h"
#include "ctl/page.h"
#include "ctl/people.h"
#include "ctl/render.h"
#include "ctl/status.h"
#include "ctl/text.h"
#include "time/when.h"

/* A reply in words, and the part of it that --json prints. */
typedef void words_fn(struct out *o, const struct args *a,
    const json_t *reply, struct here *h);
typedef json_t *json_fn(const struct args *a, const json_t *reply);

/* --------------------------------------------------------------- words -- */

static void
notes(struct out *o, const json_t *reply)
{
	const json_t *all = json_object_get(reply, "notes"), *one;
	size_t i;

	json_array_foreach(all, i, one) {
		if (!json_is_string(one))
			continue;
		text_safe(&o->text, json_string_value(one));
		buf_adds(&o->text, "\n");
	}
}

static void
words_one(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	struct view v = view_of(json_object_get(reply, "reminder"));

	(void)a;
	echo_line(o, &v, h);
	notes(o, reply);
}

static void
words_some(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const json_t *all = json_object_get(reply, "reminders"), *one;
	size_t i;

	(void)a;
	json_array_foreach(all, i, one) {
		struct view v = view_of(one);

		echo_line(o, &v, h);
	}
	notes(o, reply);
}

/* Each reminder behind an act that ends it, or one occurrence of it. */
static void
words_over(struct out *o, const json_t *reply, const char *did,
    struct here *h)
{
	const json_t *all = json_object_get(reply, "reminders"), *one;
	size_t i;

	json_array_foreach(all, i, one) {
		struct view v = view_of(one);

		echo_over(o, &v, did, h);
	}
	notes(o, reply);
}

static void
words_done(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	words_over(o, reply, "done", h);
}

static void
words_skip(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	words_over(o, reply, "skipped", h);
}

static void
words_drop(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	people_dropped(o, reply, h);
	words_some(o, a, reply, h);
}

static void
words_undo(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const char *what = json_string_value(json_object_get(reply, "undone"));

	buf_adds(&o->text, "Taken back · ");
	text_safe(&o->text, what == NULL ? "" : what);
	buf_adds(&o->text, "\n");
	words_some(o, a, reply, h);
}

static void
words_today(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	agenda_today(o, json_object_get(reply, "reminders"),
	    json_object_get(reply, "next"), h);
}

static void
words_week(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	agenda_week(o, json_object_get(reply, "reminders"),
	    json_object_get(reply, "next"), h);
}

static void
words_list(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const json_t *asked = a->parameters;
	const char *empty = "Nothing scheduled.";

	if (json_object_get(asked, "with") != NULL ||
	    json_object_get(asked, "until") != NULL)
		empty = "Nothing that matches.";
	else if (json_is_true(json_object_get(asked, "done")))
		empty = "Nothing done yet.";
	agenda_list(o, json_object_get(reply, "reminders"), empty, h);
}

/* "    need      a price before the board meets" */
static void
detail(struct out *o, const char *name, const char *value)
{
	char padded[24];

	if (*value == '\0')
		return;
	snprintf(padded, sizeof padded, "    %-10s", name);
	out_styled(o, STYLE_FAINT, padded);
	text_safe(&o->text, value);
	buf_adds(&o->text, "\n");
}

static void
detail_moment(struct out *o, const char *name, int64_t t, struct here *h)
{
	char text[WHEN_TEXT];

	if (t > 0)
		detail(o, name, when_echo(t, here_now(h), here_zone(h), text));
}

/* When it is due, by the clock that it goes by. */
static void
detail_due(struct out *o, const struct view *v, struct here *h)
{
	struct buf due = {0};

	echo_moment(&due, v->due, v, h);
	detail(o, "due", buf_str(&due));
	buf_clear(&due);
}

static void
detail_shown(struct out *o, const struct view *v)
{
	char text[64];

	if (v->shown == 0)
		return;
	snprintf(text, sizeof text, v->shown == 1 ? "once" : "%d times",
	    v->shown);
	detail(o, "shown", text);
}

static void
show_reminder(struct out *o, const json_t *reminder, struct here *h)
{
	struct view v = view_of(reminder);
	char *with = view_with(&v), *every = view_every(&v);

	echo_line(o, &v, h);
	if (v.state != STATE_SCHEDULED)
		detail(o, "recurs", every);
	detail(o, "need", v.need);
	detail(o, "with", with);
	detail(o, "kind", v.kind);
	if (v.state != STATE_SCHEDULED)
		detail_due(o, &v, h);
	detail(o, "zone", v.zone);
	detail(o, "urgent", v.urgent ? "yes: rings through quiet hours" : "");
	detail_shown(o, &v);
	detail_moment(o, "created", v.created, h);
	detail_moment(o, v.state == STATE_DROPPED ? "dropped" : "done",
	    v.done_at, h);
	free(every);
	free(with);
}

/* "Tue 24 Nov 2026 09:00 CET, Thu 26 Nov 2026 09:00 CET": what comes after the
 * occurrence at hand, by the clock that it goes by. */
static void
show_upcoming(struct out *o, const json_t *upcoming, const struct view *v,
    struct here *h)
{
	struct buf all = {0};
	const json_t *one;
	size_t i;

	json_array_foreach(upcoming, i, one) {
		buf_adds(&all, i == 0 ? "" : ", ");
		echo_there(&all, json_integer_value(one), v, h);
	}
	detail(o, "then", buf_str(&all));
	buf_clear(&all);
}

/* "done, due Fri 20 Nov 09:00: wants two prices", a line for each. */
static void
show_history(struct out *o, const json_t *history, struct here *h)
{
	struct buf line = {0};
	char due[ECHO_TEXT];
	const json_t *one;
	size_t i;

	json_array_foreach(history, i, one) {
		const char *note = json_string_value(json_object_get(one,
		    "note"));
		struct view v = view_of(one);

		buf_clear(&line);
		buf_addf(&line, "%s, due %s", v.state == STATE_DONE ? "done" :
		    "skipped", echo_short(v.due, h, due));
		if (note != NULL)
			buf_addf(&line, ": %s", note);
		detail(o, i == 0 ? "before" : "", buf_str(&line));
	}
	buf_clear(&line);
}

/* The words that changed are not in the echo: all of it is shown. */
static void
words_edit(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	if (!people_edited(o, reply, h))
		show_reminder(o, json_object_get(reply, "reminder"), h);
	notes(o, reply);
}

static void
words_show(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const json_t *reminder = json_object_get(reply, "reminder");
	const json_t *note = json_object_get(reply, "note");
	struct view v;

	(void)a;
	if (json_is_object(reminder)) {
		v = view_of(reminder);
		show_reminder(o, reminder, h);
		if (json_is_string(note))
			detail(o, "note", json_string_value(note));
		show_upcoming(o, json_object_get(reply, "upcoming"), &v, h);
		show_history(o, json_object_get(reply, "history"), h);
		return;
	}
	page_print(o, reply, h);
}

static void
words_contact(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	people_changed(o, reply, h);
	notes(o, reply);
}

static void
words_contacts(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	if (json_array_size(json_object_get(reply, "contacts")) > 0)
		people_list(o, reply, h);
	else if (args_string(a, "circle") != NULL)
		buf_adds(&o->text, "Nobody in this circle.\n");
	else
		buf_adds(&o->text, "Nobody yet. To begin: rapportctl person "
		    "add \"Dana Novak\"\n");
}

static void
words_forget(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	(void)h;
	people_forget(o, reply);
	notes(o, reply);
}

static void
words_learn(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	people_learn(o, reply, h);
	notes(o, reply);
}

static void
words_met(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	(void)a;
	people_met(o, reply, h);
	notes(o, reply);
}

static void
words_search(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const char *words = args_string(a, "words");

	found_print(o, json_object_get(reply, "hits"),
	    words == NULL ? "" : words, h);
}

static void
words_network(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	network_print(o, json_object_get(reply, "links"),
	    args_string(a, "who") == NULL, h);
}

static void
words_quiet(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	int64_t until =
	    json_integer_value(json_object_get(reply, "quiet_until"));
	char text[WHEN_TEXT];

	(void)a;
	if (until > 0)
		buf_addf(&o->text, "Quiet until %s\n", when_echo(until,
		    here_now(h), here_zone(h), text));
	else
		buf_adds(&o->text, "Not quiet: pop-ups are shown.\n");
	notes(o, reply);
}

static void
words_status(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	status_text(o, reply,
	    json_is_true(json_object_get(a->parameters, "test")), h);
}

/* An event after which a series goes on to the next occurrence. */
static bool
is_over(const char *event)
{
	return event != NULL && (strcmp(event, "done") == 0 ||
	    strcmp(event, "skipped") == 0);
}

/* "09:00:00  ringing  12  Call Dana · …" */
static void
words_watch(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const char *event = json_string_value(json_object_get(reply, "event"));
	const json_t *reminder = json_object_get(reply, "reminder");
	const json_t *id = json_object_get(reply, "id");
	struct civil c = zone_civil(here_zone(h),
	    json_integer_value(json_object_get(reply, "at")));
	struct view v = view_of(reminder);

	(void)a;
	buf_addf(&o->text, "%02d:%02d:%02d  ", c.hour, c.minute, c.second);
	text_safe(&o->text, event == NULL ? "" : event);
	if (json_is_object(reminder)) {
		buf_adds(&o->text, "  ");
		if (is_over(event))
			echo_over(o, &v, event, h);
		else
			echo_line(o, &v, h);
		return;
	}
	if (json_is_integer(id))
		buf_addf(&o->text, "  %" JSON_INTEGER_FORMAT,
		    json_integer_value(id));
	buf_adds(&o->text, "\n");
}

/* ---------------------------------------------------------------- JSON -- */

static json_t *
json_all(const struct args *a, const json_t *reply)
{
	(void)a;
	return json_incref((json_t *)reply);
}

static json_t *
member(const json_t *reply, const char *name)
{
	json_t *v = json_object_get(reply, name);

	return v == NULL ? json_null() : json_incref(v);
}

static json_t *
json_reminder(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "reminder");
}

static json_t *
json_reminders(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "reminders");
}

/* A command on one reminder prints that object, on several an array. */
static json_t *
json_some(const struct args *a, const json_t *reply)
{
	const json_t *all = json_object_get(reply, "reminders");

	if (json_array_size(all) == 1)
		return json_incref(json_array_get(all, 0));
	return json_reminders(a, reply);
}

static json_t *
json_show(const struct args *a, const json_t *reply)
{
	(void)a;
	if (json_is_object(json_object_get(reply, "reminder")))
		return member(reply, "reminder");
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "contact", member(reply, "contact"),
	    "introducer", member(reply, "introducer"),
	    "addresses", member(reply, "addresses"),
	    "need", member(reply, "need"),
	    "facts", member(reply, "facts"),
	    "dates", member(reply, "dates"),
	    "interactions", member(reply, "interactions"),
	    "reminders", member(reply, "reminders"));
}

static json_t *
json_undo(const struct args *a, const json_t *reply)
{
	(void)a;
	return json_pack("{s:o, s:o}", "undone", member(reply, "undone"),
	    "reminders", member(reply, "reminders"));
}

static json_t *
json_contact(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "contact");
}

static json_t *
json_contacts(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "contacts");
}

static json_t *
json_hits(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "hits");
}

static json_t *
json_links(const struct args *a, const json_t *reply)
{
	(void)a;
	return member(reply, "links");
}

/* The one thing that was learned or changed. */
static json_t *
json_one(const struct args *a, const json_t *reply)
{
	static const char *const things[] = {"reminder", "fact", "date",
		"interaction"};
	size_t i;

	(void)a;
	for (i = 0; i < sizeof things / sizeof *things; i++)
		if (json_is_object(json_object_get(reply, things[i])))
			return member(reply, things[i]);
	return json_null();
}

/* What was dropped: the one thing, or an array of all. */
static json_t *
json_dropped(const struct args *a, const json_t *reply)
{
	static const char *const things[] = {"reminders", "facts", "dates",
		"interactions"};
	json_t *all = json_array(), *one;
	size_t i;

	(void)a;
	for (i = 0; i < sizeof things / sizeof *things; i++)
		json_array_extend(all, json_object_get(reply, things[i]));
	if (json_array_size(all) != 1)
		return all;
	one = json_incref(json_array_get(all, 0));
	json_decref(all);
	return one;
}

/* All but the notes, which are words for people. */
static json_t *
json_without_notes(const struct args *a, const json_t *reply)
{
	json_t *all = json_copy((json_t *)reply);

	(void)a;
	json_object_del(all, "notes");
	return all;
}

/* --------------------------------------------------------------- table -- */

static const struct rendering {
	const char *method;
	words_fn *words;
	json_fn *json;
} renderings[] = {
	{"Add", words_one, json_reminder},
	{"Today", words_today, json_reminders},
	{"Week", words_week, json_reminders},
	{"List", words_list, json_reminders},
	{"Show", words_show, json_show},
	{"Snooze", words_some, json_some},
	{"Done", words_done, json_some},
	{"Skip", words_skip, json_some},
	{"Drop", words_drop, json_dropped},
	{"Undo", words_undo, json_undo},
	{"Move", words_some, json_some},
	{"Edit", words_edit, json_one},
	{"Met", words_met, json_without_notes},
	{"Learn", words_learn, json_one},
	{"PersonAdd", words_contact, json_contact},
	{"PersonList", words_contacts, json_contacts},
	{"PersonEdit", words_contact, json_contact},
	{"PersonPause", words_contact, json_contact},
	{"PersonResume", words_contact, json_contact},
	{"PersonArchive", words_contact, json_contact},
	{"PersonForget", words_forget, json_without_notes},
	{"Search", words_search, json_hits},
	{"Network", words_network, json_links},
	{"Quiet", words_quiet, json_all},
	{"Status", words_status, json_all},
	{"Watch", words_watch, json_all},
};

static const struct rendering *
find(const char *method)
{
	size_t i;

	for (i = 0; i < sizeof renderings / sizeof *renderings; i++)
		if (strcmp(renderings[i].method, method) == 0)
			return &renderings[i];
	return NULL;
}

bool
render_knows(const char *method)
{
	return find(method) != NULL;
}

void
render_reply(struct out *o, const struct args *a, const json_t *reply,
    struct here *h)
{
	const struct rendering *r = find(a->command->method);
	json_t *part;

	if (r == NULL)
		abort();	/* a test checks the table for holes */
	if (!a->json) {
		r->words(o, a, reply, h);
		return;
	}
	part = r->json(a, reply);
	out_json(o, part);
	json_decref(part);
}

/* -------------------------------------------------------------- errors -- */

/* Our own errors by name; ERR_NONE: it is none of them. */
static enum err_code
code_of(const char *error)
{
	int code;

	for (code = ERR_NONE + 1; code < ERR_MAX; code++)
		if (strcmp(wire_error_names[code], error) == 0)
			return (enum err_code)code;
	return ERR_NONE;
}

/* An error that Varlink itself defines: mostly, the two programs are of
 * different versions. */
static int
varlink_error(const struct varlink_reply *reply, struct err *err)
{
	const char *parameter = json_string_value(
	    json_object_get(reply->parameters, "parameter"));

	if (strcmp(reply->error, VARLINK_INVALID_PARAMETER) == 0) {
		err_param(err, ERR_NOT_UNDERSTOOD,
		    parameter == NULL || strlen(parameter) > 31 ? "" :
		    parameter, "rapportd does not take this \"%s\"; if it runs "
		    "in another version, restart it",
		    parameter == NULL ? "" : parameter);
		return 2;
	}
	if (strcmp(reply->error, VARLINK_METHOD_NOT_FOUND) == 0 ||
	    strcmp(reply->error, VARLINK_METHOD_NOT_IMPLEMENTED) == 0 ||
	    strcmp(reply->error, VARLINK_INTERFACE_NOT_FOUND) == 0)
		err_set(err, ERR_IMPOSSIBLE, "rapportd does not know this "
		    "command: it runs in another version, restart it");
	else
		err_set(err, ERR_IMPOSSIBLE, "rapportd answers with the error "
		    "%s", reply->error);
	return 1;
}

int
render_error(const struct varlink_reply *reply, struct err *err)
{
	const char *message = json_string_value(
	    json_object_get(reply->parameters, "message"));
	const char *parameter = json_string_value(
	    json_object_get(reply->parameters, "parameter"));
	enum err_code code = code_of(reply->error);

	if (code == ERR_NONE)
		return varlink_error(reply, err);
	if (parameter == NULL || strlen(parameter) >= sizeof err->parameter)
		parameter = "";
	err_param(err, code, parameter, "%s", message == NULL ?
	    reply->error : message);
	return err_exit_status(code);
}
