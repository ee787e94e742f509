/* Cards and the items of the wire: see import.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ctl/import/import.h"

enum { FOLDED = 75 };	/* bytes of a line of vCard, without its end */

/* --------------------------------------------------- from cards to items --- */

static void
put_text(json_t *o, const char *key, const char *value)
{
	if (value != NULL)
		json_object_set_new(o, key, json_string(value));
}

static json_t *
date_item(const struct date *d)
{
	json_t *o = json_pack("{s:s, s:i, s:i}", "kind",
	    date_kind_names[d->kind], "month", d->month, "day", d->day);

	put_text(o, "name", d->name);
	if (d->year != 0)
		json_object_set_new(o, "year", json_integer(d->year));
	return o;
}

json_t *
card_item(const struct vcard *v)
{
	const struct contact *c = &v->contact;
	json_t *o = json_object(), *list;
	size_t i;

	put_text(o, "handle", c->handle);
	put_text(o, "name", c->name);
	put_text(o, "org", c->org);
	put_text(o, "circle", c->circle);
	if (c->cadence != 0)
		json_object_set_new(o, "keep_up", json_integer(c->cadence));
	put_text(o, "zone", c->zone);
	put_text(o, "stage", stage_names[c->stage]);
	put_text(o, "status", contact_status_names[c->status]);
	put_text(o, "paused_until", c->paused_until);
	put_text(o, "introduced_by", c->introduced_by);
	put_text(o, "met", c->met);
	put_text(o, "uid", c->uid);
	list = json_array();
	for (i = 0; i < v->addresses.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "kind",
		    address_names[v->addresses.v[i].kind], "value",
		    v->addresses.v[i].value));
	json_object_set_new(o, "addresses", list);
	list = json_array();
	for (i = 0; i < v->dates.n; i++)
		json_array_append_new(list, date_item(&v->dates.v[i]));
	json_object_set_new(o, "dates", list);
	list = json_array();
	for (i = 0; i < v->facts.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "kind",
		    fact_kind_names[v->facts.v[i].kind], "text",
		    v->facts.v[i].text));
	json_object_set_new(o, "facts", list);
	return o;
}

/* --------------------------------------------------- from items to cards --- */

/* A whole line, folded so that no character is parted (RFC 6350, 3.2). */
static void
write_line(struct buf *out, const char *line)
{
	size_t len = strlen(line), room = FOLDED, n;

	while (len > room) {
		n = utf8_clip(line, room);
		buf_add(out, line, n);
		buf_adds(out, "\r\n ");
		line += n;
		len -= n;
		room = FOLDED - 1;
	}
	buf_adds(out, line);
	buf_adds(out, "\r\n");
}

/* "NAME:value" with the value escaped (RFC 6350, 3.4); nothing for no value.
 * Control characters have no place in a vCard. */
static void
write_text(struct buf *out, const char *name, const char *value)
{
	struct buf line = {0};
	const char *s;

	if (value == NULL)
		return;
	buf_addf(&line, "%s:", name);
	for (s = value; *s != '\0'; s++) {
		if (*s == '\n')
			buf_adds(&line, "\\n");
		else if (strchr("\\,;", *s) != NULL)
			buf_addf(&line, "\\%c", *s);
		else if ((unsigned char)*s < ' ' || *s == 0x7f)
			buf_adds(&line, " ");
		else
			buf_add(&line, s, 1);
	}
	write_line(out, line.data);
	buf_clear(&line);
}

static const char *
text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static int
int_of(const json_t *o, const char *key)
{
	return (int)json_integer_value(json_object_get(o, key));
}

/* A field that only rapport has, unless it says what everybody's does. */
static void
write_own(struct buf *out, const json_t *item, const char *key,
    const char *name, const char *usual)
{
	const char *value = text_of(item, key);

	if (value != NULL && (usual == NULL || strcmp(value, usual) != 0))
		write_text(out, name, value);
}

/* "19800322", "--0122" */
static void
add_day(struct buf *b, const json_t *date)
{
	int year = int_of(date, "year");

	if (year != 0)
		buf_addf(b, "%04d", year);
	else
		buf_adds(b, "--");
	buf_addf(b, "%02d%02d", int_of(date, "month"), int_of(date, "day"));
}

/* Birthday, the first anniversary, and all others as Apple does it: a group
 * of a date and its label. An event of one year says that it was one. */
static void
write_date(struct buf *out, const json_t *date, bool *anniversary,
    int *group)
{
	const char *kind = text_of(date, "kind"), *name = text_of(date,
	    "name");
	struct buf line = {0};
	char label[32];

	if (strcmp(kind, "birthday") == 0)
		buf_adds(&line, "BDAY:");
	else if (strcmp(kind, "anniversary") == 0 && !*anniversary) {
		*anniversary = true;
		buf_adds(&line, "ANNIVERSARY:");
	} else {
		snprintf(label, sizeof label, "item%d.X-ABLabel", ++*group);
		write_text(out, label, name != NULL ? name :
		    strcmp(kind, "event") == 0 ? "date" : "Anniversary");
		buf_addf(&line, "item%d.X-ABDATE%s:", *group,
		    strcmp(kind, "event") == 0 && int_of(date, "year") != 0 ?
		    ";X-RAPPORT-ONCE=yes" : "");
	}
	add_day(&line, date);
	write_line(out, line.data);
	buf_clear(&line);
}

static void
write_addresses(struct buf *out, const json_t *item)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(item, "addresses"), i, one)
		write_text(out, strcmp(text_of(one, "kind"), "email") == 0 ?
		    "EMAIL" : "TEL", text_of(one, "value"));
}

static void
write_facts(struct buf *out, const json_t *item)
{
	const json_t *one;
	char name[64];
	size_t i;

	json_array_foreach(json_object_get(item, "facts"), i, one) {
		if (json_is_true(json_object_get(one, "private")))
			continue;
		snprintf(name, sizeof name, "X-RAPPORT-FACT;X-KIND=%s",
		    text_of(one, "kind"));
		write_text(out, name, text_of(one, "text"));
	}
}

void
card_write(struct buf *out, const json_t *item)
{
	const json_t *one;
	bool anniversary = false;
	char days[16];
	int group = 0;
	size_t i;

	buf_adds(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
	write_text(out, "FN", text_of(item, "name"));
	write_text(out, "UID", text_of(item, "uid"));
	write_text(out, "ORG", text_of(item, "org"));
	write_addresses(out, item);
	json_array_foreach(json_object_get(item, "dates"), i, one)
		write_date(out, one, &anniversary, &group);
	write_text(out, "TZ", text_of(item, "zone"));
	write_own(out, item, "handle", "X-RAPPORT-HANDLE", NULL);
	write_own(out, item, "circle", "X-RAPPORT-CIRCLE", NULL);
	if (int_of(item, "keep_up") > 0) {
		snprintf(days, sizeof days, "%d", int_of(item, "keep_up"));
		write_text(out, "X-RAPPORT-CADENCE", days);
	}
	write_own(out, item, "stage", "X-RAPPORT-STAGE", "comfort");
	write_own(out, item, "status", "X-RAPPORT-STATUS", "active");
	write_own(out, item, "paused_until", "X-RAPPORT-PAUSED-UNTIL", NULL);
	write_own(out, item, "introduced_by", "X-RAPPORT-INTRODUCED-BY",
	    NULL);
	write_own(out, item, "met", "X-RAPPORT-MET", NULL);
	write_facts(out, item);
	buf_adds(out, "END:VCARD\r\n");
}
