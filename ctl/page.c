/*
 * The page of a contact: see page.h. Each line has a name and says one thing,
 * in the order in which it helps: what they need, what comes next, who they
 * are, what is known, what was said. What isn't known takes no line.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf/zoneinfo.h"
#include "ctl/echo.h"
#include "ctl/field.h"
#include "ctl/flow.h"
#include "ctl/page.h"
#include "ctl/text.h"
#include "model/contact.h"
#include "model/fact.h"
#include "model/interaction.h"
#include "model/names.h"
#include "time/span.h"

enum { INDENT = 14 };	/* columns before what a line says */

/* What facts of a kind are headed by. */
static const char *const fact_labels[FACT_KIND_MAX] = {
	[FACT_LIKE] = "likes",
	[FACT_DISLIKE] = "dislikes",
	[FACT_PASSION] = "passion",
	[FACT_FAMILY] = "family",
	[FACT_WORK] = "work",
	[FACT_NEED] = "need",
	[FACT_OTHER] = "other",
};

static const char *
fact_label(const json_t *fact)
{
	int kind = names_index(fact_kind_names, field_string(fact, "kind"));

	return fact_labels[kind < 0 ? FACT_OTHER : kind];
}

/* ---------------------------------------------------------------- parts -- */

/* "f7": the number by which edit and drop take it. */
static void
flow_number(struct flow *f, const json_t *of)
{
	flow_text(f, STYLE_ID, field_string(of, "number"));
}

/* Something said in one line under its name; nothing when it isn't known. */
static void
line(struct out *o, const char *name, const char *text)
{
	struct flow f;

	if (*text == '\0')
		return;
	flow_begin(&f, o, name, INDENT);
	flow_text(&f, STYLE_PLAIN, text);
	flow_end(&f);
}

/* " · dropped": what became of it, if anything did. */
static void
flow_did(struct flow *f, const char *did)
{
	if (*did == '\0')
		return;
	flow_tail(f, " ·");
	flow_text(f, STYLE_PLAIN, did);
}

/* "today", "in 12 days", "5 weeks ago", "in 3 mo" */
static char *
days_from_today(int64_t days, struct here *h, char out[SPAN_TEXT])
{
	enum { WEEK = 7, BY_WEEKS = 12 * WEEK, DAY = 86400 };
	int64_t n = days < 0 ? -days : days, now;
	const char *in = days < 0 ? "" : "in ", *ago = days < 0 ? " ago" : "";
	struct civil today;
	int by_days = days < 0 ? 2 * WEEK - 1 : 4 * WEEK;

	if (n <= 1)
		snprintf(out, SPAN_TEXT, "%s", days < 0 ? "yesterday" :
		    days == 0 ? "today" : "tomorrow");
	else if (n <= by_days)
		snprintf(out, SPAN_TEXT, "%s%" PRId64 " days%s", in, n, ago);
	else if (n <= BY_WEEKS)
		snprintf(out, SPAN_TEXT, "%s%" PRId64 " weeks%s", in,
		    n / WEEK, ago);
	else {
		today = zone_civil(here_zone(h), here_now(h));
		now = civil_days(&today) * DAY;
		span_relative(now + days * DAY, now, out);
	}
	return out;
}

/* The same of the day of a moment. */
static char *
days_since(int64_t t, struct here *h, char out[SPAN_TEXT])
{
	struct civil now = zone_civil(here_zone(h), here_now(h));
	struct civil then = zone_civil(here_zone(h), t);

	return days_from_today(civil_days(&then) - civil_days(&now), h, out);
}

/* "every week", "every 3 weeks", "every 45 days" */
static void
flow_cadence(struct flow *f, int64_t days)
{
	static const struct {
		int days;
		const char *one, *many;
	} units[] = {
		{365, "year", "years"}, {30, "month", "months"},
		{7, "week", "weeks"}, {1, "day", "days"},
	};
	size_t i = 0;

	while (days % units[i].days != 0)
		i++;
	if (days == units[i].days)
		flow_add(f, STYLE_PLAIN, "every %s", units[i].one);
	else
		flow_add(f, STYLE_PLAIN, "every %" PRId64 " %s",
		    days / units[i].days, units[i].many);
}

/* -------------------------------------------------------------- contact -- */

/* "dana  Dana Novak · Acme" */
static void
heading(struct out *o, const json_t *contact)
{
	const char *org = field_string(contact, "org");
	char *safe = text_safe_dup(field_string(contact, "handle"));
	struct flow f = {.out = o, .indent = 4};

	out_styled(o, STYLE_ID, safe);
	buf_adds(&o->text, "  ");
	f.used = text_width(safe) + 2;
	flow_text(&f, STYLE_HEADING, field_string(contact, "name"));
	if (*org != '\0') {
		flow_tail(&f, " ·");
		flow_text(&f, STYLE_PLAIN, org);
	}
	flow_end(&f);
	free(safe);
}

static bool
is_active(const json_t *contact)
{
	const char *status = field_string(contact, "status");

	return *status == '\0' ||
	    strcmp(status, contact_status_names[CONTACT_ACTIVE]) == 0;
}

/* "2027-01-10" as "Sun 10 Jan 2027"; as it is when it is no date. */
static void
flow_day(struct flow *f, const char *text)
{
	struct civil c = {0};

	if (sscanf(text, "%4d-%2d-%2d", &c.year, &c.month, &c.day) == 3 &&
	    civil_valid(&c))
		flow_add(f, STYLE_PLAIN, "%s %d %s %d",
		    weekday_short[civil_weekday(&c)], c.day,
		    month_short[c.month], c.year);
	else
		flow_text(f, STYLE_PLAIN, text);
}

/* What keeps nudges away, if anything does: "paused until Sun 10 Jan 2027". */
static void
status_line(struct out *o, const json_t *contact)
{
	const char *status = field_string(contact, "status");
	const char *until = field_string(contact, "paused_until");
	struct flow f;

	if (is_active(contact))
		return;
	flow_begin(&f, o, "status", INDENT);
	flow_text(&f, STYLE_PLAIN, status);
	if (*until != '\0') {
		flow_text(&f, STYLE_PLAIN, "until");
		flow_day(&f, until);
	}
	flow_end(&f);
}

/* Whether echo_day named the date, not "today". */
static bool
is_date(const char *day)
{
	return day[0] >= 'A' && day[0] <= 'Z';
}

/* "at the fair in Leipzig, through tom (Tom Berg) on Mon 3 Mar 2025";
 * introducer may be "". */
static void
met_line(struct out *o, const json_t *contact, const char *introducer,
    struct here *h)
{
	const char *met = field_string(contact, "met");
	const char *through = field_string(contact, "introduced_by");
	int64_t at = field_int(contact, "introduced_at");
	char day[ECHO_TEXT];
	struct flow f;

	if (*met == '\0' && *through == '\0')
		return;
	flow_begin(&f, o, "met", INDENT);
	flow_text(&f, STYLE_PLAIN, met);
	if (*through != '\0') {
		if (f.begun)
			flow_tail(&f, ",");
		flow_text(&f, STYLE_PLAIN, "through");
		flow_text(&f, STYLE_ID, through);
		if (*introducer != '\0')
			flow_add(&f, STYLE_PLAIN, "(%s)", introducer);
		if (at > 0) {
			echo_day(at, h, day);
			flow_add(&f, STYLE_PLAIN, "%s%s", is_date(day) ?
			    "on " : "", day);
		}
	}
	flow_end(&f);
}

/* "circle key, every 3 weeks; last spoken Fri 16 Oct (5 weeks ago)" */
static void
keep_up_line(struct out *o, const json_t *contact, struct here *h)
{
	const char *circle = field_string(contact, "circle");
	int64_t days = field_int(contact, "cadence");
	int64_t last = field_int(contact, "last_at");
	char day[ECHO_TEXT], span[SPAN_TEXT];
	struct flow f;

	if (*circle == '\0' && days <= 0 && last <= 0)
		return;
	flow_begin(&f, o, "keep up", INDENT);
	if (*circle != '\0') {
		flow_text(&f, STYLE_PLAIN, circle);
		flow_tail(&f, days > 0 ? "," : "");
	}
	if (days > 0)
		flow_cadence(&f, days);
	if (f.begun)
		flow_tail(&f, ";");
	if (last <= 0) {
		flow_text(&f, STYLE_PLAIN, "not spoken yet");
	} else {
		echo_day(last, h, day);
		days_since(last, h, span);
		flow_add(&f, STYLE_PLAIN, "last spoken %s", day);
		if (is_date(day))
			flow_add(&f, STYLE_PLAIN, "(%s)", span);
	}
	flow_end(&f);
}

/* "America/New_York, Sun 09:00 there" */
static void
zone_line(struct out *o, const json_t *contact, struct here *h)
{
	const char *name = field_string(contact, "zone");
	struct zone *zone = *name == '\0' ? NULL : zoneinfo_load(name, NULL);
	struct civil now;
	struct flow f;

	if (*name == '\0')
		return;
	flow_begin(&f, o, "zone", INDENT);
	flow_text(&f, STYLE_PLAIN, name);
	if (zone != NULL) {
		now = zone_civil(zone, here_now(h));
		flow_tail(&f, ",");
		flow_add(&f, STYLE_PLAIN, "%s %02d:%02d there",
		    weekday_short[civil_weekday(&now)], now.hour, now.minute);
	}
	flow_end(&f);
	zone_free(zone);
}

static void
about(struct out *o, const json_t *contact, const char *introducer,
    struct here *h)
{
	status_line(o, contact);
	line(o, "stage", field_string(contact, "stage"));
	met_line(o, contact, introducer, h);
	keep_up_line(o, contact, h);
	zone_line(o, contact, h);
}

/* "dana@acme.example, +49 30 1234" */
static void
addresses(struct out *o, const json_t *all)
{
	const json_t *one;
	struct flow f;
	size_t i;

	json_array_foreach(all, i, one) {
		if (i == 0)
			flow_begin(&f, o, "reach", INDENT);
		else
			flow_tail(&f, ",");
		flow_text(&f, STYLE_PLAIN, field_string(one, "value"));
	}
	if (json_array_size(all) > 0)
		flow_end(&f);
}

void
page_contact(struct out *o, const json_t *contact, struct here *h)
{
	heading(o, contact);
	about(o, contact, "", h);
}

/* ---------------------------------------------------------------- facts -- */

static bool
is_need(const json_t *fact)
{
	return strcmp(field_string(fact, "kind"),
	    fact_kind_names[FACT_NEED]) == 0;
}

/* Needs, or all the others; those of a kind, which stand together, share a
 * line: "likes  f7 early calls · f8 oat milk (private)". */
static void
facts(struct out *o, const json_t *all, bool needs)
{
	const char *label = NULL;
	const json_t *one;
	struct flow f;
	size_t i;

	json_array_foreach(all, i, one) {
		if (is_need(one) != needs)
			continue;
		if (label != NULL && strcmp(label, fact_label(one)) == 0) {
			flow_tail(&f, " ·");
		} else {
			if (label != NULL)
				flow_end(&f);
			label = fact_label(one);
			flow_begin(&f, o, label, INDENT);
		}
		flow_number(&f, one);
		flow_text(&f, STYLE_PLAIN, field_string(one, "text"));
		if (field_true(one, "private"))
			flow_text(&f, STYLE_FAINT, "(private)");
	}
	if (label != NULL)
		flow_end(&f);
}

void
page_fact_line(struct out *o, const char *who, const json_t *fact,
    const char *did)
{
	struct flow f = {.out = o, .indent = 4};

	flow_number(&f, fact);
	flow_tail(&f, " ");
	flow_text(&f, STYLE_PLAIN, who);
	flow_text(&f, STYLE_PLAIN, fact_label(fact));
	flow_tail(&f, ":");
	flow_text(&f, STYLE_PLAIN, field_string(fact, "text"));
	if (field_true(fact, "private"))
		flow_text(&f, STYLE_FAINT, "(private)");
	flow_did(&f, did);
	flow_end(&f);
}

/* ---------------------------------------------------------------- dates -- */

/* "22 Jan 1980 (in 8 weeks, turns 47)" */
static void
flow_date(struct flow *f, const json_t *date, struct here *h)
{
	int year = (int)field_int(date, "year");
	int64_t month = field_int(date, "month"), age = field_int(date, "age");
	bool birthday = strcmp(field_string(date, "kind"),
	    date_kind_names[DATE_BIRTHDAY]) == 0;
	const char *day = "";
	char span[SPAN_TEXT];

	if (month >= 1 && month <= 12)
		day = month_short[month];
	flow_add(f, STYLE_PLAIN, "%" PRId64 " %s", field_int(date, "day"),
	    day);
	if (year > 0)
		flow_add(f, STYLE_PLAIN, "%d", year);
	if (*field_string(date, "next") == '\0') {
		flow_text(f, STYLE_FAINT, "(past)");
		return;
	}
	flow_add(f, STYLE_PLAIN, "(%s",
	    days_from_today(field_int(date, "in_days"), h, span));
	if (age > 0) {
		flow_tail(f, ",");
		flow_add(f, STYLE_PLAIN, birthday ? "turns %" PRId64 :
		    "%" PRId64 " years", age);
	}
	flow_tail(f, ")");
}

/* What it is called: "birthday", "birthday of Mia"; of an event, its name. */
static void
flow_date_name(struct flow *f, const json_t *date)
{
	const char *kind = field_string(date, "kind");
	const char *name = field_string(date, "name");

	if (*name == '\0' || strcmp(kind, date_kind_names[DATE_EVENT]) != 0)
		flow_text(f, STYLE_PLAIN, kind);
	else
		kind = "";
	if (*name != '\0' && *kind != '\0')
		flow_text(f, STYLE_PLAIN, "of");
	flow_text(f, STYLE_PLAIN, name);
}

static void
dates(struct out *o, const json_t *all, struct here *h)
{
	const json_t *one;
	struct flow f;
	size_t i;

	json_array_foreach(all, i, one) {
		if (i == 0)
			flow_begin(&f, o, "dates", INDENT);
		else
			flow_tail(&f, " ·");
		flow_number(&f, one);
		flow_date_name(&f, one);
		flow_date(&f, one, h);
	}
	if (json_array_size(all) > 0)
		flow_end(&f);
}

void
page_date_line(struct out *o, const char *who, const json_t *date,
    const char *did, struct here *h)
{
	int64_t lead = field_int(date, "lead");
	struct flow f = {.out = o, .indent = 4};

	flow_number(&f, date);
	flow_tail(&f, " ");
	flow_text(&f, STYLE_PLAIN, who);
	flow_date_name(&f, date);
	flow_tail(&f, ":");
	flow_date(&f, date, h);
	if (lead > 0) {
		flow_tail(&f, ",");
		flow_add(&f, STYLE_PLAIN, "told %" PRId64 " day%s before",
		    lead, lead == 1 ? "" : "s");
	}
	flow_did(&f, did);
	flow_end(&f);
}

/* -------------------------------------------------------- conversations -- */

/* Behind what stands there and a mark: "call, in, problem: onboarding was
 * slow". */
static void
flow_conversation(struct flow *f, const char *mark, const json_t *i)
{
	const char *const said[] = {
		field_string(i, "channel"), field_string(i, "direction"),
		field_string(i, "mood"),
	};
	const char *note = field_string(i, "note");
	size_t k;

	for (k = 0; k < sizeof said / sizeof *said; k++) {
		if (*said[k] == '\0')
			continue;
		flow_tail(f, mark);
		flow_text(f, strcmp(said[k], mood_names[MOOD_PROBLEM - 1]) ==
		    0 ? STYLE_HEADING : STYLE_PLAIN, said[k]);
		mark = ",";
	}
	if (*note == '\0')
		return;
	flow_tail(f, ":");
	flow_text(f, STYLE_PLAIN, note);
}

static void
conversation(struct out *o, const char *name, const json_t *i,
    const char *handle, struct here *h)
{
	char day[ECHO_TEXT], *others = field_list(i, "with", handle);
	struct flow f;

	flow_begin(&f, o, name, INDENT);
	flow_number(&f, i);
	flow_text(&f, STYLE_PLAIN, echo_day(field_int(i, "at"), h, day));
	if (*others != '\0')
		flow_add(&f, STYLE_PLAIN, "with %s", others);
	flow_conversation(&f, ",", i);
	flow_end(&f);
	free(others);
}

/* Whether a page leaves a row of the terminal for the prompt. */
static bool
fits(const struct out *o)
{
	const char *p = buf_str(&o->text);
	size_t rows = 0;

	for (; (p = strchr(p, '\n')) != NULL; p++)
		rows++;
	return o->height == 0 || rows < o->height;
}

/* The newest, and of those before it as many as the screen has room for. */
static void
conversations(struct out *o, const json_t *all, const char *handle,
    struct here *h)
{
	const json_t *one;
	size_t i;

	json_array_foreach(all, i, one) {
		size_t before = o->text.len;

		conversation(o, i == 0 ? "last" : "", one, handle, h);
		if (i > 0 && !fits(o)) {
			o->text.data[o->text.len = before] = '\0';
			return;
		}
	}
}

void
page_interaction_line(struct out *o, const json_t *interaction,
    const char *did, struct here *h)
{
	char *with = field_list(interaction, "with", NULL), at[ECHO_TEXT];
	struct flow f = {.out = o, .indent = 4};

	flow_number(&f, interaction);
	flow_tail(&f, " ");
	flow_text(&f, STYLE_PLAIN, with);
	flow_tail(&f, " ·");
	flow_text(&f, STYLE_PLAIN, echo_short(field_int(interaction, "at"), h,
	    at));
	flow_conversation(&f, " ·", interaction);
	flow_did(&f, did);
	flow_end(&f);
	free(with);
}

/* -------------------------------------------------------------- the page -- */

/* Whether a need of a step stands on the page already. */
static bool
is_told(const char *need, const json_t *facts)
{
	const json_t *one;
	size_t i;

	json_array_foreach(facts, i, one)
		if (is_need(one) &&
		    strcmp(field_string(one, "text"), need) == 0)
			return true;
	return false;
}

/* "12 Send the offer · by Thu 26 Nov 17:00 · need: two prices" */
static void
flow_step(struct flow *f, const struct view *v, const json_t *facts,
    struct here *h)
{
	bool rings = v->state == STATE_RINGING;
	bool snoozed = v->state == STATE_SNOOZED;
	char when[ECHO_TEXT];

	echo_short(snoozed ? v->ring_at : v->due, h, when);
	flow_add(f, STYLE_ID, "%" PRId64, v->id);
	flow_text(f, STYLE_PLAIN, v->text);
	flow_tail(f, " ·");
	flow_add(f, rings ? STYLE_RINGING : STYLE_PLAIN, "%s%s",
	    rings ? "rings, due " : snoozed ? "snoozed until " :
	    view_by(v) ? "by " : "", when);
	if (*v->need == '\0' || is_told(v->need, facts))
		return;
	flow_tail(f, " ·");
	flow_text(f, STYLE_PLAIN, "need:");
	flow_text(f, STYLE_PLAIN, v->need);
}

/* The first of what is open; one more is not worth counting. */
static void
next_steps(struct out *o, const json_t *reminders, const json_t *known,
    struct here *h)
{
	enum { SHOWN = 5 };
	size_t n = json_array_size(reminders), i;
	size_t shown = n > SHOWN + 1 ? SHOWN : n;
	struct flow f;

	for (i = 0; i < shown; i++) {
		struct view v = view_of(json_array_get(reminders, i));

		flow_begin(&f, o, i == 0 ? "next" : "", INDENT);
		flow_step(&f, &v, known, h);
		flow_end(&f);
	}
	if (shown < n) {
		flow_begin(&f, o, "", INDENT);
		flow_add(&f, STYLE_FAINT, "and %zu more", n - shown);
		flow_end(&f);
	}
}

void
page_print(struct out *o, const json_t *reply, struct here *h)
{
	const json_t *contact = json_object_get(reply, "contact");
	const json_t *known = json_object_get(reply, "facts");
	const json_t *open = json_object_get(reply, "reminders");

	heading(o, contact);
	facts(o, known, true);
	if (json_array_size(open) > 0)
		next_steps(o, open, known, h);
	else if (is_active(contact))
		line(o, "next", "nothing agreed");
	about(o, contact, field_string(json_object_get(reply, "introducer"),
	    "name"), h);
	addresses(o, json_object_get(reply, "addresses"));
	facts(o, known, false);
	dates(o, json_object_get(reply, "dates"), h);
	conversations(o, json_object_get(reply, "interactions"),
	    field_string(contact, "handle"), h);
}
