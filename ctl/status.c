/* Status: see status.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/echo.h"
#include "ctl/status.h"
#include "ctl/text.h"
#include "time/when.h"

struct counts {
	int64_t scheduled, ringing, snoozed, overdue;
	int64_t quiet_until;	/* 0: not quiet */
};

static struct counts
counts_of(const json_t *s)
{
	return (struct counts){
		.scheduled = json_integer_value(
		    json_object_get(s, "scheduled")),
		.ringing = json_integer_value(json_object_get(s, "ringing")),
		.snoozed = json_integer_value(json_object_get(s, "snoozed")),
		.overdue = json_integer_value(json_object_get(s, "overdue")),
		.quiet_until = json_integer_value(
		    json_object_get(s, "quiet_until")),
	};
}

/* "1 ringing, 2 overdue": what is 0 is left out, but for the scheduled. */
static void
count_words(struct buf *b, const struct counts *n)
{
	buf_addf(b, "%" PRId64 " scheduled", n->scheduled);
	if (n->ringing > 0)
		buf_addf(b, ", %" PRId64 " ringing", n->ringing);
	if (n->overdue > 0)
		buf_addf(b, ", %" PRId64 " overdue", n->overdue);
	if (n->snoozed > 0)
		buf_addf(b, ", %" PRId64 " snoozed", n->snoozed);
}

static void
label(struct out *o, const char *name)
{
	char padded[16];

	snprintf(padded, sizeof padded, "%-10s", name);
	out_styled(o, STYLE_FAINT, padded);
}

static void
safe_value(struct out *o, const json_t *value)
{
	text_safe(&o->text, json_is_string(value) ?
	    json_string_value(value) : "?");
}

/* What the server says it can, in its own words, and the one thing whose
 * absence changes how rapport is used. */
static void
capabilities_text(struct out *o, const json_t *capabilities)
{
	const json_t *one;
	bool buttons = false;
	size_t i;

	if (json_array_size(capabilities) == 0)
		return;
	label(o, "it can");
	json_array_foreach(capabilities, i, one) {
		buf_adds(&o->text, i == 0 ? "" : ", ");
		safe_value(o, one);
		buttons |= json_is_string(one) &&
		    strcmp(json_string_value(one), "actions") == 0;
	}
	buf_adds(&o->text, "\n");
	if (buttons)
		return;
	label(o, "it can't");
	buf_adds(&o->text, "show buttons: answer with rapportctl done and "
	    "rapportctl snooze\n");
}

/* Whether pop-ups can be shown. Nobody knows as long as the server was not
 * asked (--quick): then it is neither available nor is there a reason why. */
static void
popups_text(struct out *o, const json_t *popups, bool tested)
{
	const json_t *server = json_object_get(popups, "server");
	const json_t *why = json_object_get(popups, "why");

	label(o, "pop-ups");
	if (json_is_true(json_object_get(popups, "available")))
		buf_adds(&o->text, tested ? "the test pop-up was shown" :
		    "can be shown");
	else if (json_is_string(why))
		out_styled(o, STYLE_RINGING, tested ?
		    "the test pop-up was not shown" : "can't be shown");
	else
		buf_adds(&o->text, "not known: the server was not asked");
	if (json_is_string(server)) {
		buf_adds(&o->text, ", by ");
		safe_value(o, server);
	}
	if (json_is_string(why)) {
		buf_adds(&o->text, ": ");
		safe_value(o, why);
	}
	buf_adds(&o->text, "\n");
	if (tested)
		capabilities_text(o, json_object_get(popups, "capabilities"));
}

static void
text_if_any(struct out *o, const char *name, const json_t *value)
{
	if (!json_is_string(value))
		return;
	label(o, name);
	safe_value(o, value);
	buf_adds(&o->text, "\n");
}

/* What is wrong with the configuration file or the database, if anything. */
static void
error_text(struct out *o, const char *of, const char *what,
    const json_t *error)
{
	if (!json_is_string(error))
		return;
	label(o, of);
	out_styled(o, STYLE_RINGING, what);
	buf_adds(&o->text, ": ");
	safe_value(o, error);
	buf_adds(&o->text, "\n");
}

void
status_text(struct out *o, const json_t *status, bool tested, struct here *h)
{
	const json_t *next = json_object_get(status, "next");
	struct counts n = counts_of(status);
	char text[WHEN_TEXT];

	label(o, "reminders");
	count_words(&o->text, &n);
	buf_adds(&o->text, "\n");
	label(o, "next");
	if (json_is_object(next)) {
		struct view v = view_of(next);

		echo_next(o, &v, h);
	} else
		buf_adds(&o->text, "nothing");
	buf_adds(&o->text, "\n");
	popups_text(o, json_object_get(status, "popups"), tested);
	label(o, "quiet");
	if (n.quiet_until > 0)
		buf_addf(&o->text, "until %s", when_echo(n.quiet_until,
		    here_now(h), here_zone(h), text));
	else
		buf_adds(&o->text, "no");
	buf_adds(&o->text, "\n");
	text_if_any(o, "held", json_object_get(status, "held"));
	text_if_any(o, "zone", json_object_get(status, "zone"));
	error_text(o, "settings", "not as written",
	    json_object_get(status, "config_error"));
	error_text(o, "storage", "failed",
	    json_object_get(status, "storage_error"));
	label(o, "database");
	safe_value(o, json_object_get(status, "database"));
	buf_adds(&o->text, "\n");
	label(o, "version");
	safe_value(o, json_object_get(status, "version"));
	buf_adds(&o->text, "\n");
}

/* "Tue 24 Nov 2026 09:00": a line that stands for hours says no "today". */
static void
next_words(struct buf *b, const json_t *status, struct here *h)
{
	const json_t *next = json_object_get(status, "next");
	struct view v = view_of(next);
	char text[WHEN_TEXT];

	if (json_is_object(next))
		buf_addf(b, "next %s", when_format(v.ring_at, here_zone(h),
		    text));
	else
		buf_adds(b, "nothing next");
}

void
status_line(struct out *o, const json_t *status, struct here *h)
{
	struct counts n = counts_of(status);
	char text[WHEN_TEXT];

	count_words(&o->text, &n);
	buf_adds(&o->text, ", ");
	next_words(&o->text, status, h);
	if (n.quiet_until > 0)
		buf_addf(&o->text, ", quiet until %s",
		    when_format(n.quiet_until, here_zone(h), text));
	buf_adds(&o->text, "\n");
}

/* --------------------------------------------------------- status bars -- */

/* Pango's markup is XML's: the characters that mean something in it. */
static char *
pango(const char *s)
{
	struct buf b = {0};

	for (; *s != '\0'; s++)
		switch (*s) {
		case '&':
			buf_adds(&b, "&amp;");
			break;
		case '<':
			buf_adds(&b, "&lt;");
			break;
		case '>':
			buf_adds(&b, "&gt;");
			break;
		default:
			buf_add(&b, s, 1);
		}
	return buf_take(&b);
}

/* The one word for an icon; what wants something comes first. */
static const char *
alt_of(const json_t *status, const struct counts *n)
{
	if (status == NULL)
		return "off";
	if (n->overdue > 0)
		return "overdue";
	if (n->ringing > 0)
		return "ringing";
	if (n->quiet_until > 0)
		return "quiet";
	return n->scheduled + n->snoozed > 0 ? "scheduled" : "idle";
}

static json_t *
classes(const json_t *status, const struct counts *n)
{
	json_t *all = json_array();

	json_array_append_new(all, json_string(alt_of(status, n)));
	/* A style sheet may want to say more than one thing. */
	if (n->ringing > 0 && n->overdue > 0)
		json_array_append_new(all, json_string("ringing"));
	if (n->quiet_until > 0 && n->ringing > 0)
		json_array_append_new(all, json_string("quiet"));
	return all;
}

static void
tooltip(struct buf *b, const json_t *status, const struct counts *n,
    struct here *h)
{
	const json_t *popups = json_object_get(status, "popups");
	char text[WHEN_TEXT];

	if (status == NULL) {
		buf_adds(b, "rapportd is not running");
		return;
	}
	count_words(b, n);
	buf_adds(b, "\n");
	next_words(b, status, h);
	if (n->quiet_until > 0)
		buf_addf(b, "\nquiet until %s", when_format(n->quiet_until,
		    here_zone(h), text));
	if (json_is_string(json_object_get(popups, "why")))
		buf_adds(b, "\npop-ups can't be shown: see rapportctl status");
	if (json_is_string(json_object_get(status, "config_error")))
		buf_adds(b, "\nthe configuration is wrong: see rapportctl "
		    "status");
	if (json_is_string(json_object_get(status, "storage_error")))
		buf_adds(b, "\nnothing can be stored: see rapportctl status");
}

json_t *
status_bar(const json_t *status, struct here *h)
{
	struct counts n = counts_of(status);
	struct buf text = {0}, tip = {0};
	char *escaped;
	json_t *bar;

	if (n.ringing > 0)
		buf_addf(&text, "%" PRId64, n.ringing);
	tooltip(&tip, status, &n, h);
	escaped = pango(buf_str(&tip));
	bar = json_pack("{s:s, s:s, s:s, s:o, s:i}",
	    "text", buf_str(&text),
	    "alt", alt_of(status, &n),
	    "tooltip", escaped,
	    "class", classes(status, &n),
	    "percentage", n.ringing > 0 ? 100 : 0);
	free(escaped);
	buf_clear(&text);
	buf_clear(&tip);
	return bar;
}
