/* People from vCards: see vcard.h. */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ctl/import/vcard.h"
#include "model/names.h"
#include "model/reminder.h"

enum {
	NAME_TEXT_MAX = 256,	/* bytes of a name, a company, an address */
	ADDRESSES_MAX = 64,	/* of one card, so that memory is bounded */
	DATES_MAX = 32,
	FACTS_MAX = 256,
	GROUPS_MAX = 32,
	APPLE_NO_YEAR = 1604,
};

/* A date whose meaning stands in another line, of the same group: "item1". */
struct labelled {
	char *group;
	struct date date;
};

struct label {
	char *group;
	char *text;
};

/* What a card says beside what becomes of it. */
struct card {
	struct vcard v;
	char *formatted;	/* FN */
	char *composed;		/* of N */
	char *nickname;
	bool is_group;
	bool agent;		/* the line before was an empty AGENT */
	struct labelled dates[GROUPS_MAX];
	struct label labels[GROUPS_MAX];
	size_t dates_n, labels_n;
};

struct vcard_reader {
	struct lines lines;
	struct card card;
	bool started;		/* the first bytes were looked at */
	bool begun;		/* the BEGIN of a card was read */
	int64_t begin;		/* in this line */
	bool outside;		/* something outside of a card was told of */
};

void
vcard_clear(struct vcard *v)
{
	contact_clear(&v->contact);
	addresses_clear(&v->addresses);
	dates_clear(&v->dates);
	facts_clear(&v->facts);
	free(v->remark);
	*v = (struct vcard){0};
}

static void
card_clear(struct card *c)
{
	size_t i;

	vcard_clear(&c->v);
	free(c->formatted);
	free(c->composed);
	free(c->nickname);
	for (i = 0; i < c->dates_n; i++) {
		free(c->dates[i].group);
		date_clear(&c->dates[i].date);
	}
	for (i = 0; i < c->labels_n; i++) {
		free(c->labels[i].group);
		free(c->labels[i].text);
	}
	*c = (struct card){0};
}

/* ---------------------------------------------------------------- texts --- */

/*
 * The next component of a value, up to one of the separators, and past it;
 * NULL at the end. Backslashes are taken out: "\n" is a new line; other than
 * that, 2.1 knows only "\;". The caller frees it.
 */
static char *
component(const char **value, const char *separators, bool is_21)
{
	static const char escaped[] = "\\;,:";
	struct buf b = {0};
	const char *s = *value;

	if (s == NULL)
		return NULL;
	for (; *s != '\0' && strchr(separators, *s) == NULL; s++) {
		if (s[0] != '\\' || s[1] == '\0')
			buf_add(&b, s, 1);
		else if (is_21 ? s[1] == ';' : strchr(escaped, s[1]) != NULL)
			buf_add(&b, ++s, 1);
		else if (!is_21 && (s[1] == 'n' || s[1] == 'N')) {
			buf_adds(&b, "\n");
			s++;
		} else
			buf_add(&b, s, 1);
	}
	*value = *s == '\0' ? NULL : s + 1;
	return b.data == NULL ? mem_dup("") : buf_take(&b);
}

/*
 * Make a text fit to be stored, in place: blanks at both ends go; so do the
 * marks that turn the direction of writing, in which Google wraps telephone
 * numbers; control characters become blanks, line ends too unless lines are
 * wanted. Cut to max bytes. NULL (and freed) when nothing is left.
 */
static char *
tidy(char *text, bool lines, size_t max)
{
	size_t len = strlen(text), i, n, to = 0;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(text + i, len - i, &c);
		if (n == 0)	/* can't be: it was checked */
			break;
		if (c == '\n' && lines) {
			while (to > 0 && text[to - 1] == ' ')
				to--;
			text[to++] = '\n';
		} else if (c < 0x80 ? c <= ' ' || c == 0x7f : c == 0xa0) {
			if (to > 0 && !isspace((unsigned char)text[to - 1]))
				text[to++] = ' ';
		} else if (!utf8_is_control(c) && c != 0xfeff) {
			memmove(text + to, text + i, n);
			to += n;
		}
	}
	if (to > max)
		to = utf8_clip(text, max);
	while (to > 0 && isspace((unsigned char)text[to - 1]))
		to--;
	text[to] = '\0';
	n = strspn(text, "\n ");
	memmove(text, text + n, to - n + 1);
	if (text[0] != '\0')
		return text;
	free(text);
	return NULL;
}

/* The whole value as one text, or NULL when it is empty. */
static char *
whole(const struct line *l, bool is_21, bool lines, size_t max)
{
	const char *value = l->value;

	return tidy(component(&value, "", is_21), lines, max);
}

static char *
one_line(const struct line *l, bool is_21)
{
	return whole(l, is_21, false, NAME_TEXT_MAX);
}

/* Keep the first that says something. */
static void
set_first(char **to, char *text)
{
	if (*to == NULL)
		*to = text;
	else
		free(text);
}

static void __attribute__((format(printf, 3, 4)))
remark(struct card *c, const struct line *l, const char *fmt, ...)
{
	struct buf b = {0};
	char text[256];
	va_list ap;

	if (c->v.remark != NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	text[utf8_clip(text, strlen(text))] = '\0';
	buf_addf(&b, "line %" PRId64 ": %s", l->number, text);
	c->v.remark = buf_take(&b);
}

/* ---------------------------------------------------------------- dates --- */

/* n digits as a number; -1: they are none. */
static int
digits(const char *s, size_t n)
{
	int value = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return -1;
		value = value * 10 + s[i] - '0';
	}
	return value;
}

/* "MMDD" or "MM-DD" with the separator that stands before it. */
static bool
month_and_day(const char *s, size_t len, char separator, struct date *out)
{
	size_t day = 2;

	if (len == 5 && s[2] == separator)
		day = 3;
	else if (len != 4)
		return false;
	out->month = digits(s, 2);
	out->day = digits(s + day, 2);
	return true;
}

bool
vcard_date(const char *text, int omit, struct date *out)
{
	size_t len;

	text += strspn(text, " ");
	len = strcspn(text, "Tt ,Z");
	out->year = 0;
	if (len >= 6 && text[0] == '-' && text[1] == '-') {
		if (!month_and_day(text + 2, len - 2, '-', out))
			return false;
	} else if (len == 8 && digits(text, 8) >= 0) {
		out->year = digits(text, 4);
		month_and_day(text + 4, 4, '\0', out);
	} else if (len == 10 && strchr("-/.", text[4]) != NULL) {
		out->year = digits(text, 4);
		if (!month_and_day(text + 5, 5, text[4], out))
			return false;
	} else
		return false;
	if (out->year == omit || out->year == APPLE_NO_YEAR)
		out->year = 0;
	return out->year >= 0 && out->month >= 1 && out->month <= 12 &&
	    out->day >= 1 && out->day <= civil_month_days(
	    out->year == 0 ? 2000 : out->year, out->month);
}

/* The date a line says; false: none, which is remarked. */
static bool
line_date(struct card *c, const struct line *l, const char *text,
    struct date *out)
{
	const char *omit = line_parameter(l, "X-APPLE-OMIT-YEAR");

	*out = (struct date){0};
	if (text[strspn(text, " ")] == '\0')
		return false;
	if (vcard_date(text, omit == NULL ? 0 : atoi(omit), out))
		return true;
	remark(c, l, "\"%.40s\" is no day of a year, and was left out", text);
	return false;
}

/* Birthday and anniversary are said once; the same event too. */
static void
take_date(struct card *c, struct date *d)
{
	size_t i;

	for (i = 0; i < c->v.dates.n; i++) {
		const struct date *other = &c->v.dates.v[i];

		if (other->kind == d->kind && (d->kind == DATE_BIRTHDAY ||
		    (other->month == d->month && other->day == d->day)))
			break;
	}
	if (i == c->v.dates.n && i < DATES_MAX)
		dates_take(&c->v.dates, d);
	else
		date_clear(d);
}

static void
simple_date(struct card *c, const struct line *l, enum date_kind kind)
{
	struct date d;

	if (!line_date(c, l, l->value, &d))
		return;
	d.kind = kind;
	take_date(c, &d);
}

/* What a label makes of a date: Apple writes those of its own as
 * "_$!<Anniversary>!$_". label may be NULL. */
static void
name_date(struct date *d, const char *label)
{
	size_t n;

	if (label != NULL && strncmp(label, "_$!<", 4) == 0)
		label += 4;
	n = label == NULL ? 0 : strcspn(label, ">");
	if (n == strlen("anniversary") &&
	    strncasecmp(label, "anniversary", n) == 0)
		d->kind = DATE_ANNIVERSARY;
	else if (n == strlen("birthday") &&
	    strncasecmp(label, "birthday", n) == 0)
		d->kind = DATE_BIRTHDAY;
	else {
		d->kind = DATE_EVENT;
		if (n > 0) {
			d->name = mem_new(n + 1, 1);
			memcpy(d->name, label, n);
		} else
			d->name = mem_dup("date");
	}
}

/* ----------------------------------------------------------- properties --- */

typedef void take_fn(struct card *c, const struct line *l, bool is_21);

static void
take_formatted(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->formatted, one_line(l, is_21));
}

/* N: family; given; additional; prefixes; suffixes. As one writes it: given,
 * additional, family; the title stands only where a name would lack it. */
static void
take_n(struct card *c, const struct line *l, bool is_21)
{
	static const int order[] = {1, 2, 0};
	const char *value = l->value;
	char *parts[5] = {0};
	struct buf b = {0};
	size_t i;

	for (i = 0; i < 5 && value != NULL; i++)
		parts[i] = tidy(component(&value, ";", is_21), false,
		    NAME_TEXT_MAX);
	if (parts[1] == NULL && parts[3] != NULL && parts[0] != NULL)
		buf_adds(&b, parts[3]);
	for (i = 0; i < 3; i++)
		if (parts[order[i]] != NULL)
			buf_addf(&b, "%s%s", b.len == 0 ? "" : " ",
			    parts[order[i]]);
	if (b.len > 0)
		set_first(&c->composed, tidy(buf_take(&b), false,
		    NAME_TEXT_MAX));
	for (i = 0; i < 5; i++)
		free(parts[i]);
}

static void
take_nickname(struct card *c, const struct line *l, bool is_21)
{
	const char *value = l->value;

	set_first(&c->nickname, tidy(component(&value, is_21 ? "" : ",",
	    is_21), false, NAME_TEXT_MAX));
}

/* Company; department; …: joined by commas. */
static void
take_org(struct card *c, const struct line *l, bool is_21)
{
	const char *value = l->value;
	struct buf b = {0};

	while (value != NULL) {
		char *part = tidy(component(&value, ";", is_21), false,
		    NAME_TEXT_MAX);

		if (part != NULL)
			buf_addf(&b, "%s%s", b.len == 0 ? "" : ", ", part);
		free(part);
	}
	if (b.len > 0)
		set_first(&c->v.contact.org, tidy(buf_take(&b), false,
		    NAME_TEXT_MAX));
}

/* An address without the scheme that 4.0 may write before it. */
static void
take_address(struct card *c, const struct line *l, bool is_21, int kind,
    const char *scheme)
{
	struct address a = {.kind = kind, .value = one_line(l, is_21)};
	size_t i, n = strlen(scheme);

	if (a.value == NULL)
		return;
	if (strncasecmp(a.value, scheme, n) == 0)
		memmove(a.value, a.value + n, strlen(a.value + n) + 1);
	for (i = 0; i < c->v.addresses.n; i++)
		if ((int)c->v.addresses.v[i].kind == kind &&
		    strcasecmp(c->v.addresses.v[i].value, a.value) == 0)
			break;
	if (i == c->v.addresses.n && i < ADDRESSES_MAX && *a.value != '\0')
		addresses_take(&c->v.addresses, &a);
	else
		free(a.value);
}

static void
take_email(struct card *c, const struct line *l, bool is_21)
{
	take_address(c, l, is_21, ADDRESS_EMAIL, "mailto:");
}

static void
take_tel(struct card *c, const struct line *l, bool is_21)
{
	take_address(c, l, is_21, ADDRESS_PHONE, "tel:");
}

static void
take_bday(struct card *c, const struct line *l, bool is_21)
{
	(void)is_21;
	simple_date(c, l, DATE_BIRTHDAY);
}

static void
take_anniversary(struct card *c, const struct line *l, bool is_21)
{
	(void)is_21;
	simple_date(c, l, DATE_ANNIVERSARY);
}

/* Apple's dates of any name, which recur: the year that they began in says
 * nothing about when they are. A meeting that we wrote ourselves has one. */
static void
take_abdate(struct card *c, const struct line *l, bool is_21)
{
	struct labelled *to = &c->dates[c->dates_n];

	(void)is_21;
	if (c->dates_n == GROUPS_MAX || !line_date(c, l, l->value, &to->date))
		return;
	to->date.lead = line_parameter(l, "X-RAPPORT-ONCE") != NULL;
	to->group = mem_dup(l->group);
	c->dates_n++;
}

static void
take_ablabel(struct card *c, const struct line *l, bool is_21)
{
	struct label *to = &c->labels[c->labels_n];

	if (c->labels_n == GROUPS_MAX)
		return;
	to->text = one_line(l, is_21);
	if (to->text == NULL)
		return;
	to->group = mem_dup(l->group);
	c->labels_n++;
}

/* "vnd.android.cursor.item/contact_event;DATE;TYPE;LABEL;…": type 1 is an
 * anniversary, 3 a birthday, 0 what the label says. */
static void
take_android(struct card *c, const struct line *l, bool is_21)
{
	const char *value = l->value;
	char *part[4] = {0};
	struct date d;
	size_t i;

	for (i = 0; i < 4 && value != NULL; i++)
		part[i] = component(&value, ";", is_21);
	if (part[2] != NULL && strcmp(part[0],
	    "vnd.android.cursor.item/contact_event") == 0 &&
	    line_date(c, l, part[1], &d)) {
		if (part[3] != NULL)
			part[3] = tidy(part[3], false, NAME_TEXT_MAX);
		name_date(&d, strcmp(part[2], "1") == 0 ? "anniversary" :
		    strcmp(part[2], "3") == 0 ? "birthday" : part[3]);
		if (d.kind == DATE_EVENT)
			d.year = 0;
		take_date(c, &d);
	}
	for (i = 0; i < 4; i++)
		free(part[i]);
}

static void
take_uid(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->v.contact.uid, one_line(l, is_21));
}

static void
add_fact(struct card *c, enum fact_kind kind, char *text)
{
	struct fact f = {.kind = kind, .text = text};

	if (text != NULL && c->v.facts.n < FACTS_MAX)
		facts_take(&c->v.facts, &f);
	else
		free(text);
}

static void
take_note(struct card *c, const struct line *l, bool is_21)
{
	if (strlen(l->value) > TEXT_MAX)
		remark(c, l, "the note is longer than %d bytes, and was cut",
		    TEXT_MAX);
	add_fact(c, FACT_OTHER, whole(l, is_21, true, TEXT_MAX));
}

/* Groups that every address book of Google has. */
static bool
says_nothing(const char *category)
{
	return strcasecmp(category, "myContacts") == 0 ||
	    strcasecmp(category, "My Contacts") == 0 ||
	    strcasecmp(category, "starred") == 0;
}

/* An imported person has no circle until somebody gives them one: categories
 * are remembered as a fact, to be searched for. */
static void
take_categories(struct card *c, const struct line *l, bool is_21)
{
	const char *value = l->value;
	struct buf b = {0};

	while (value != NULL) {
		char *one = tidy(component(&value, is_21 ? ",;" : ",", is_21),
		    false, NAME_TEXT_MAX);
		const char *name = one;

		if (name != NULL && strncmp(name, "* ", 2) == 0)
			name += 2;
		if (name != NULL && !says_nothing(name))
			buf_addf(&b, "%s%s", b.len == 0 ?
			    "in the address book under: " : ", ", name);
		free(one);
	}
	if (b.len > 0)
		add_fact(c, FACT_OTHER, tidy(buf_take(&b), false, TEXT_MAX));
}

static void
take_deathdate(struct card *c, const struct line *l, bool is_21)
{
	(void)is_21;
	if (l->value[0] != '\0')
		c->v.contact.status = CONTACT_DECEASED;
}

/* A zone by name; an offset from UTC says nothing about summer. */
static void
take_tz(struct card *c, const struct line *l, bool is_21)
{
	char *text = one_line(l, is_21);

	if (text != NULL && (strchr(text, '/') == NULL ||
	    strchr(text, ' ') != NULL)) {
		free(text);
		text = NULL;
	}
	set_first(&c->v.contact.zone, text);
}

static void
take_kind(struct card *c, const struct line *l, bool is_21)
{
	(void)is_21;
	c->is_group |= strcasecmp(l->value, "group") == 0;
}

static void
take_handle(struct card *c, const struct line *l, bool is_21)
{
	char *text = one_line(l, is_21);

	if (text != NULL && handle_valid(text, "handle", NULL))
		set_first(&c->v.contact.handle, text);
	else
		free(text);
}

static void
take_circle(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->v.contact.circle, one_line(l, is_21));
}

static void
take_cadence(struct card *c, const struct line *l, bool is_21)
{
	int days = digits(l->value, strlen(l->value) < 6 ?
	    strlen(l->value) : 6);

	(void)is_21;
	if (days > 0)
		c->v.contact.cadence = days;
}

static void
take_stage(struct card *c, const struct line *l, bool is_21)
{
	int i = names_index(stage_names, l->value);

	(void)is_21;
	if (i >= 0)
		c->v.contact.stage = (enum stage)i;
}

static void
take_status(struct card *c, const struct line *l, bool is_21)
{
	int i = names_index(contact_status_names, l->value);

	(void)is_21;
	if (i >= 0)
		c->v.contact.status = (enum contact_status)i;
}

static void
take_paused(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->v.contact.paused_until, one_line(l, is_21));
}

static void
take_introduced(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->v.contact.introduced_by, one_line(l, is_21));
}

static void
take_met(struct card *c, const struct line *l, bool is_21)
{
	set_first(&c->v.contact.met, whole(l, is_21, true, TEXT_MAX));
}

static void
take_fact(struct card *c, const struct line *l, bool is_21)
{
	const char *kind = line_parameter(l, "X-KIND");
	int i = kind == NULL ? -1 : names_index(fact_kind_names, kind);

	add_fact(c, i < 0 ? FACT_OTHER : (enum fact_kind)i,
	    whole(l, is_21, true, TEXT_MAX));
}

static const struct property {
	const char *name;
	take_fn *take;		/* NULL: looked at elsewhere */
} properties[] = {
	{"BEGIN", NULL},
	{"END", NULL},
	{"VERSION", NULL},
	{"AGENT", NULL},
	{"FN", take_formatted},
	{"N", take_n},
	{"NICKNAME", take_nickname},
	{"ORG", take_org},
	{"EMAIL", take_email},
	{"TEL", take_tel},
	{"BDAY", take_bday},
	{"ANNIVERSARY", take_anniversary},
	{"X-ANNIVERSARY", take_anniversary},
	{"X-EVOLUTION-ANNIVERSARY", take_anniversary},
	{"X-KADDRESSBOOK-X-ANNIVERSARY", take_anniversary},
	{"X-MS-ANNIVERSARY", take_anniversary},
	{"X-ABDATE", take_abdate},
	{"X-ABLABEL", take_ablabel},
	{"X-ANDROID-CUSTOM", take_android},
	{"UID", take_uid},
	{"NOTE", take_note},
	{"CATEGORIES", take_categories},
	{"DEATHDATE", take_deathdate},
	{"TZ", take_tz},
	{"KIND", take_kind},
	{"X-ADDRESSBOOKSERVER-KIND", take_kind},
	{"X-RAPPORT-HANDLE", take_handle},
	{"X-RAPPORT-CIRCLE", take_circle},
	{"X-RAPPORT-CADENCE", take_cadence},
	{"X-RAPPORT-STAGE", take_stage},
	{"X-RAPPORT-STATUS", take_status},
	{"X-RAPPORT-PAUSED-UNTIL", take_paused},
	{"X-RAPPORT-INTRODUCED-BY", take_introduced},
	{"X-RAPPORT-MET", take_met},
	{"X-RAPPORT-FACT", take_fact},
};

static const struct property *
property_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof properties / sizeof *properties; i++)
		if (strcmp(properties[i].name, name) == 0)
			return &properties[i];
	return NULL;
}

static bool
wanted(const char *name)
{
	return property_named(name) != NULL;
}

/* ---------------------------------------------------------------- cards --- */

static bool __attribute__((format(printf, 3, 4)))
bad_card(struct vcard_bad *bad, int64_t line, const char *fmt, ...)
{
	va_list ap;

	bad->line = line;
	va_start(ap, fmt);
	vsnprintf(bad->why, sizeof bad->why, fmt, ap);
	va_end(ap);
	return false;
}

static bool
is_mark(const struct line *l, const char *name)
{
	return strcmp(l->name, name) == 0 &&
	    strncasecmp(l->value, "VCARD", 5) == 0 &&
	    l->value[5 + strspn(l->value + 5, " \t")] == '\0';
}

/* Give dates the names that stood in lines of their group. */
static void
name_dates(struct card *c)
{
	size_t i, j;

	for (i = 0; i < c->dates_n; i++) {
		struct labelled *d = &c->dates[i];
		const char *label = NULL;

		for (j = 0; j < c->labels_n && *d->group != '\0'; j++)
			if (strcasecmp(c->labels[j].group, d->group) == 0)
				label = c->labels[j].text;
		name_date(&d->date, label);
		if (d->date.kind == DATE_EVENT && d->date.lead == 0)
			d->date.year = 0;
		d->date.lead = 0;
		take_date(c, &d->date);
		d->date = (struct date){0};	/* taken over */
	}
}

/* What to call them: the best that there is, to be taken over; or NULL. */
static char *
best_name(struct card *c)
{
	char **names[] = {&c->formatted, &c->composed, &c->nickname};
	char *found;
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (*names[i] != NULL) {
			found = *names[i];
			*names[i] = NULL;
			return found;
		}
	if (c->v.contact.org != NULL)
		return mem_dup(c->v.contact.org);
	return c->v.addresses.n == 0 ? NULL :
	    mem_dup(c->v.addresses.v[0].value);
}

/* The card is over: what is it? */
static bool
finish(struct vcard_reader *r, struct vcard *out, struct vcard_bad *bad)
{
	struct card *c = &r->card;

	if (c->is_group)
		return bad_card(bad, c->v.line, "it is a group, not a person");
	name_dates(c);
	c->v.contact.name = best_name(c);
	if (c->v.contact.name == NULL)
		return bad_card(bad, c->v.line, "it has no name");
	*out = c->v;
	c->v = (struct vcard){0};
	return true;
}

/* A card within a card, behind AGENT (2.1): somebody else's. */
static void
pass_agent(struct vcard_reader *r)
{
	struct line l;
	int depth = 1;

	while (depth > 0 && lines_next(&r->lines, &l))
		depth += is_mark(&l, "BEGIN") - is_mark(&l, "END");
}

static void
take_property(struct vcard_reader *r, const struct line *l)
{
	const struct property *p = property_named(l->name);

	r->card.agent = strcmp(l->name, "AGENT") == 0 && l->value[0] == '\0';
	if (strcmp(l->name, "VERSION") == 0)
		r->lines.is_21 = strcmp(l->value, "2.1") == 0;
	else if (p != NULL && p->take != NULL && l->wanted)
		p->take(&r->card, l, r->lines.is_21);
}

/* The card that has begun. */
static bool
take_card(struct vcard_reader *r, struct vcard *out, struct vcard_bad *bad)
{
	struct vcard_bad first = {0};
	struct line l;

	card_clear(&r->card);
	r->card.v.line = r->begin;
	r->lines.is_21 = false;
	r->begun = false;
	while (lines_next(&r->lines, &l)) {
		if (is_mark(&l, "END")) {
			if (first.why[0] == '\0')
				return finish(r, out, bad);
			*bad = first;
			return false;
		}
		if (is_mark(&l, "BEGIN") && r->card.agent) {
			r->card.agent = false;
			pass_agent(r);
		} else if (is_mark(&l, "BEGIN")) {
			r->begun = true;
			bad_card(bad, r->begin, "it does not end before the "
			    "next one begins, in line %" PRId64, l.number);
			r->begin = l.number;
			return false;
		} else if (l.wrong == NULL)
			take_property(r, &l);
		else if (first.why[0] == '\0')
			bad_card(&first, r->begin, "line %" PRId64 " %s",
			    l.number, l.wrong);
	}
	return bad_card(bad, r->begin, "it has no END:VCARD");
}

/* Go on to the next BEGIN. The first thing found before it is told of. */
static enum vcard_event
find_begin(struct vcard_reader *r, struct vcard_bad *bad)
{
	struct line l;

	while (lines_next(&r->lines, &l)) {
		if (is_mark(&l, "BEGIN")) {
			r->begun = true;
			r->begin = l.number;
			r->outside = false;
			return VCARD_CARD;
		}
		if (r->outside)
			continue;
		r->outside = true;
		bad_card(bad, l.number, "what stands here is no vCard: it "
		    "does not begin with BEGIN:VCARD");
		return VCARD_BAD;
	}
	return VCARD_END;
}

enum vcard_event
vcard_next(struct vcard_reader *r, struct vcard *out, struct vcard_bad *bad)
{
	enum vcard_event found;

	if (!r->started && lines_utf16(&r->lines)) {
		r->started = true;
		r->lines.ended = true;
		r->lines.in_n = r->lines.in_at;
		bad_card(bad, 1, "the file is UTF-16: save it as UTF-8, or "
		    "convert it with iconv -f UTF-16 -t UTF-8");
		return VCARD_BAD;
	}
	r->started = true;
	if (!r->begun) {
		found = find_begin(r, bad);
		if (found != VCARD_CARD)
			return found;
	}
	return take_card(r, out, bad) ? VCARD_CARD : VCARD_BAD;
}

struct vcard_reader *
vcard_open(lines_read_fn *read, void *arg)
{
	struct vcard_reader *r = mem_new(1, sizeof *r);

	lines_init(&r->lines, read, arg, wanted);
	return r;
}

void
vcard_close(struct vcard_reader *r)
{
	if (r == NULL)
		return;
	card_clear(&r->card);
	lines_clear(&r->lines);
	free(r);
}
