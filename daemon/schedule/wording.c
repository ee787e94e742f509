/*
 * What the pop-ups say. The summary stands alone: a screen reader or a
 * one-line server shows nothing else. The body begins with what *they* need,
 * then when it was due; what was talked about last and what is known about
 * the person will follow here.
 *
 * No two texts are alike (some servers refuse the second): a pop-up
 * that is raised anew tells how long ago it was due.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conf/zoneinfo.h"
#include "schedule/inside.h"
#include "time/span.h"

enum {
	SUMMARY_BYTES = 160,
	LINE_BYTES = 80,	/* of a text in the merged notice */
	BODY_BYTES = 1000,
	LISTED = 6,		/* texts in the merged notice */
};

/* The text with every run of blanks and control characters as one space, cut
 * after max bytes. Whether something was cut. */
static bool
add_plain(struct buf *b, const char *text, size_t max)
{
	size_t len = strlen(text), i, n, used = 0;
	bool space = false;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(text + i, len - i, &c);
		if (n == 0)
			break;
		if (c == ' ' || utf8_is_control(c)) {
			space = true;
			continue;
		}
		if (used + n + space > max) {
			buf_adds(b, "…");
			return true;
		}
		if (space && used > 0) {
			buf_adds(b, " ");
			used++;
		}
		space = false;
		buf_add(b, text + i, n);
		used += n;
	}
	return false;
}

/* ------------------------------------------------------------- people -- */

static char *
full_name(struct schedule *s, const char *handle)
{
	struct contact c = {0};
	char *name;
	bool found;

	if (!store_contact_get(s->store, handle, &c, &found, NULL) || !found)
		return mem_dup(handle);
	name = mem_dup(c.name != NULL && c.name[0] != '\0' ? c.name : handle);
	contact_clear(&c);
	return name;
}

static bool
is_word_char(unsigned char c)
{
	return isalnum(c) || c == '_' || c >= 0x80;
}

/* The length of the word, if text begins with it as a whole word; else 0. */
static size_t
begins_with_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	return n > 0 && strncasecmp(text, word, n) == 0 &&
	    !is_word_char((unsigned char)text[n]) ? n : 0;
}

static bool
has_word(const char *text, const char *word)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if ((p == text || !is_word_char((unsigned char)p[-1])) &&
		    begins_with_word(p, word) > 0)
			return true;
	return false;
}

/* Whether the text names the person already: by handle or first name. */
static bool
mentions(const char *text, const char *handle, const char *name)
{
	char *first = strndup(name, strcspn(name, " "));
	bool found;

	if (first == NULL)
		abort();
	found = has_word(text, handle) || has_word(text, first);
	free(first);
	return found;
}

/* The names of those it is with, after before; not those that text (may be
 * NULL) mentions. Whether there were any. */
static bool
add_names(struct schedule *s, struct buf *b, const char *before,
    const struct reminder *r, const char *text)
{
	bool any = false;
	size_t i;

	for (i = 0; i < r->with_n; i++) {
		char *name = full_name(s, r->with[i]);

		if (text == NULL || !mentions(text, r->with[i], name)) {
			buf_adds(b, any ? ", " : before);
			add_plain(b, name, LINE_BYTES);
			any = true;
		}
		free(name);
	}
	return any;
}

/* The text as a person would say it: their names for "@handle". The caller
 * frees it. */
static char *
spell_out(struct schedule *s, const struct reminder *r)
{
	struct buf b = {0};
	const char *p, *at;

	for (p = r->text; (at = strchr(p, '@')) != NULL;) {
		size_t i, n = 0;

		for (i = 0; i < r->with_n && n == 0; i++)
			n = begins_with_word(at + 1, r->with[i]);
		if (n > 0 && (at == r->text || isspace((unsigned char)at[-1]))) {
			char *name = full_name(s, r->with[i - 1]);

			buf_add(&b, p, (size_t)(at - p));
			buf_adds(&b, name);
			free(name);
		} else {
			n = 0;
			buf_add(&b, p, (size_t)(at - p) + 1);
		}
		p = at + 1 + n;
	}
	buf_adds(&b, p);
	return buf_take(&b);
}

/* What it is about, in one line, as far as privacy allows. Whether the text
 * was cut. */
static bool
add_subject(struct schedule *s, struct buf *b, const struct reminder *r,
    size_t max)
{
	bool cut = false;
	char *text;

	switch (s->options->privacy) {
	case PRIVACY_FULL:
		text = spell_out(s, r);
		cut = add_plain(b, text, max);
		free(text);
		add_names(s, b, " · ", r, r->text);
		break;
	case PRIVACY_NAMES:
		if (!add_names(s, b, "", r, NULL))
			buf_adds(b, "A follow-up");
		break;
	case PRIVACY_NONE:
		buf_adds(b, "A follow-up is due");
		break;
	}
	return cut;
}

/* -------------------------------------------------------------- times -- */

/* "09:00", "Tue 09:00", "24 Nov 09:00", as near as the day is. */
static void
add_time(const struct schedule *s, struct buf *b, int64_t t, int64_t now)
{
	struct civil c = zone_civil(s->zone, t);
	struct civil today = zone_civil(s->zone, now);
	int64_t days = civil_days(&c) - civil_days(&today);

	if (days != 0 && days > -7 && days < 7)
		buf_addf(b, "%s ", weekday_short[civil_weekday(&c)]);
	else if (days != 0)
		buf_addf(b, "%d %s ", c.day, month_short[c.month]);
	if (c.year != today.year && (days <= -7 || days >= 7))
		buf_addf(b, "%d ", c.year);
	buf_addf(b, "%02d:%02d", c.hour, c.minute);
}

/* Its due on the wall of its own zone. That of a series is the time that its
 * rule says: in a gap the wall shows another one. */
static struct civil
their_time(const struct reminder *r)
{
	struct zone *z = r->every == NULL ? NULL :
	    zoneinfo_load(r->zone, NULL);
	struct civil c = z == NULL ? r->due.local :
	    zone_civil(z, r->due.epoch);

	zone_free(z);
	return c;
}

/* "due Tue 09:00 · 1 d ago", when that is not simply now. */
static char *
due_line(const struct schedule *s, const struct reminder *r, int64_t now)
{
	char span[SPAN_TEXT];
	struct buf b = {0};
	struct civil c;

	if (r->due.epoch <= now && now - r->due.epoch <= LATE &&
	    r->zone == NULL)
		return NULL;
	buf_adds(&b, "due ");
	add_time(s, &b, r->due.epoch, now);
	/* Where they are: their own clock, as it was agreed on. */
	if (r->zone != NULL && r->due.wall) {
		c = their_time(r);
		buf_addf(&b, " (%02d:%02d in %s)", c.hour, c.minute, r->zone);
	}
	if (now - r->due.epoch > LATE)
		buf_addf(&b, " · %s", span_relative(r->due.epoch, now, span));
	return buf_take(&b);
}

/* "every weekday; the 3 before it were missed", when some were. */
static char *
missed_line(const struct reminder *r)
{
	struct recur recur;
	struct buf words = {0}, b = {0};
	char *rule = NULL;

	if (r->every == NULL || r->missed <= 0)
		return NULL;
	if (recur_parse(r->every, &recur, NULL)) {
		every_words(&recur, &r->anchor, &words);
		rule = buf_take(&words);
	}
	/* A rule that words can't say would tell nobody anything. */
	if (rule != NULL && strncmp(rule, "RRULE:", 6) != 0)
		buf_addf(&b, "every %s; ", rule);
	free(rule);
	if (r->missed == 1)
		buf_adds(&b, "the one before it was missed");
	else
		buf_addf(&b, "the %d before it were missed", r->missed);
	return buf_take(&b);
}

/* ------------------------------------------------------------ pop-ups -- */

static void
add_line(struct popup *p, char *line)
{
	size_t i = 0;

	while (i < POPUP_LINES && p->body[i] != NULL)
		i++;
	if (line == NULL || i == POPUP_LINES) {
		free(line);
		return;
	}
	p->body[i] = line;
}

static void
add_action(struct popup *p, const char *name, const char *label)
{
	size_t i = 0;

	while (p->actions[i].name != NULL)
		i++;
	p->actions[i].name = name;
	p->actions[i].label = label;
}

static char *
prefixed(const char *prefix, const char *text)
{
	struct buf b = {0};

	buf_adds(&b, prefix);
	add_plain(&b, text, BODY_BYTES);
	return buf_take(&b);
}

void
wording_single(struct schedule *s, int64_t now, const struct reminder *r,
    struct popup *p)
{
	bool full = s->options->privacy == PRIVACY_FULL;
	struct buf b = {0};
	bool cut;

	cut = add_subject(s, &b, r, SUMMARY_BYTES);
	p->summary = buf_take(&b);
	p->urgent = r->urgent;
	if (full && r->need != NULL)
		add_line(p, prefixed("They need: ", r->need));
	if (full && cut)
		add_line(p, prefixed("", r->text));
	if (s->options->privacy != PRIVACY_NONE) {
		add_line(p, due_line(s, r, now));
		add_line(p, missed_line(r));
	}
	add_action(p, "default", "Open");
	add_action(p, "done", "Done");
	add_action(p, "later", "Later");
	add_action(p, "tomorrow", "Tomorrow");
}

static int
compare_rank(const void *a, const void *b)
{
	const struct reminder *x = a, *y = b;

	if (x->urgent != y->urgent)
		return y->urgent - x->urgent;
	if (x->ring.epoch != y->ring.epoch)
		return x->ring.epoch > y->ring.epoch ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

static char *
merged_line(struct schedule *s, const struct reminder *r, int64_t now)
{
	struct buf b = {0};

	add_subject(s, &b, r, LINE_BYTES);
	if (now - r->due.epoch > LATE) {
		buf_adds(&b, " · ");
		add_time(s, &b, r->due.epoch, now);
	}
	return buf_take(&b);
}

/* ids may be many: those listed are read, and some more to choose from. */
void
wording_merged(struct schedule *s, int64_t now, const int64_t *ids, size_t n,
    bool again, struct popup *p)
{
	struct reminders rs = {0};
	struct buf b = {0};
	size_t i;

	for (i = 0; i < n && rs.n < RANKED; i++) {
		struct reminder r = {0};

		if (!store_reminder_get(s->store, ids[i], &r, NULL))
			continue;
		series_catch_up(s, now, &r);
		reminders_take(&rs, &r);
	}
	if (rs.n > 1)
		qsort(rs.v, rs.n, sizeof *rs.v, compare_rank);
	buf_addf(&b, "%zu follow-ups are due", n);
	p->summary = buf_take(&b);
	for (i = 0; i < rs.n; i++)
		p->urgent = p->urgent || rs.v[i].urgent;
	if (s->options->privacy != PRIVACY_NONE) {
		for (i = 0; i < rs.n && i < LISTED; i++)
			add_line(p, merged_line(s, &rs.v[i], now));
		if (n > LISTED) {
			buf_addf(&b, "and %zu more", n - LISTED);
			add_line(p, buf_take(&b));
		}
	}
	if (again) {
		buf_adds(&b, "shown again at ");
		add_time(s, &b, now, now);
		add_line(p, buf_take(&b));
	}
	reminders_clear(&rs);
	add_action(p, "default", "Open");
	add_action(p, "show", "Show");
	add_action(p, "later", "Later");
}

/* Whether the wall clock of this zone moves it, and somebody else counts on
 * it: they may have been answered, or pinned, since. */
static bool
travels(const struct reminder *r)
{
	return reminder_open(r) && r->state != STATE_RINGING &&
	    r->zone == NULL && r->with_n > 0;
}

/* "12  Call Dana, Tue 09:00" */
static char *
travel_line(struct schedule *s, const struct reminder *r, int64_t now)
{
	bool snoozed = r->state == STATE_SNOOZED;
	struct buf b = {0};

	buf_addf(&b, "%" PRId64 "  ", r->id);
	add_subject(s, &b, r, LINE_BYTES);
	buf_adds(&b, ", ");
	add_time(s, &b, snoozed ? r->ring.epoch : r->due.epoch, now);
	return buf_take(&b);
}

/* The zone is another than `from`, and these (ids may be many) come at another
 * moment. False: there are none any more. */
bool
wording_zone(struct schedule *s, int64_t now, const char *from,
    const int64_t *ids, size_t n, struct popup *p)
{
	enum { TRAVELLERS = 5 };
	bool none = s->options->privacy == PRIVACY_NONE;
	struct reminders rs = {0};
	struct buf b = {0};
	size_t i, left = n;

	for (i = 0; i < n && rs.n < RANKED; i++) {
		struct reminder r = {0};

		if (store_reminder_get(s->store, ids[i], &r, NULL) &&
		    travels(&r))
			reminders_take(&rs, &r);
		else
			left--;
		reminder_clear(&r);
	}
	if (rs.n == 0)
		return false;
	if (rs.n > 1)
		qsort(rs.v, rs.n, sizeof *rs.v, compare_rank);
	buf_addf(&b, "You are in %s now", zone_name(s->zone));
	p->summary = buf_take(&b);
	buf_addf(&b, left == 1 ? "%zu follow-up goes by the clock here%s" :
	    "%zu follow-ups go by the clock here%s", left, none ? "" : ":");
	add_line(p, buf_take(&b));
	for (i = 0; i < rs.n && i < TRAVELLERS && !none; i++)
		add_line(p, travel_line(s, &rs.v[i], now));
	if (left > TRAVELLERS && !none) {
		buf_addf(&b, "and %zu more", left - TRAVELLERS);
		add_line(p, buf_take(&b));
	}
	buf_addf(&b, "rapportctl edit %" PRId64 " --zone %s pins it to the old "
	    "zone", rs.v[0].id, from);
	add_line(p, buf_take(&b));
	reminders_clear(&rs);
	add_action(p, "default", "Open");
	add_action(p, "show", "Show");
	return true;
}

void
wording_test(struct popup *p)
{
	p->summary = mem_dup("rapport can show pop-ups");
	add_line(p, mem_dup("This is a test: nothing needs to be done."));
	add_action(p, "default", "Close");
}

char *
schedule_sentence(const char *did, const struct reminders *rs)
{
	struct buf b = {0};
	size_t i;

	if (rs->n == 1) {
		buf_addf(&b, "%s: %" PRId64 " ", did, rs->v[0].id);
		add_plain(&b, rs->v[0].text, LINE_BYTES);
		return buf_take(&b);
	}
	buf_addf(&b, "%s: %zu reminders (", did, rs->n);
	for (i = 0; i < rs->n && i < LISTED; i++)
		buf_addf(&b, "%s%" PRId64, i > 0 ? ", " : "", rs->v[i].id);
	buf_adds(&b, rs->n > LISTED ? ", …)" : ")");
	return buf_take(&b);
}
