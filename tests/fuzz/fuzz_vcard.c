/* vCards of any bytes: no card that is broken stops the ones behind it, what
 * is read is fit to be stored, and how the bytes come makes no difference. */
#include <inttypes.h>

#include "base/buf.h"
#include "ctl/import/vcard.h"
#include "fuzz.h"
#include "model/reminder.h"

struct source {
	const uint8_t *data;
	size_t n, piece;
};

static size_t
read_source(void *arg, char *to, size_t size)
{
	struct source *s = arg;
	size_t n = s->n < s->piece ? s->n : s->piece;

	if (n > size)
		n = size;
	if (n > 0)
		memcpy(to, s->data, n);
	s->data += n;
	s->n -= n;
	return n;
}

/* A text that the daemon would take, or none. */
static void
must_be_text(const char *text, bool may_be_missing)
{
	if (text == NULL) {
		MUST(may_be_missing);
		return;
	}
	MUST(text_valid(text, strlen(text), "text", NULL));
}

static void
must_be_fit(const struct vcard *v)
{
	size_t i;

	must_be_text(v->contact.name, false);
	MUST(is_text(v->contact.name));
	must_be_text(v->contact.org, true);
	must_be_text(v->contact.uid, true);
	must_be_text(v->contact.zone, true);
	must_be_text(v->contact.met, true);
	MUST(v->contact.handle == NULL ||
	    handle_valid(v->contact.handle, "handle", NULL));
	for (i = 0; i < v->addresses.n; i++)
		must_be_text(v->addresses.v[i].value, false);
	for (i = 0; i < v->facts.n; i++)
		must_be_text(v->facts.v[i].text, false);
	for (i = 0; i < v->dates.n; i++) {
		const struct date *d = &v->dates.v[i];

		must_be_text(d->name, true);
		MUST(d->month >= 1 && d->month <= 12 && d->day >= 1 &&
		    d->day <= civil_month_days(d->year == 0 ? 2000 : d->year,
		    d->month));
		MUST((d->name == NULL) == (d->kind != DATE_EVENT));
	}
	MUST(v->remark == NULL || utf8_valid(v->remark, strlen(v->remark)));
}

/* All that is read, in short. */
static void
read_all(const uint8_t *data, size_t size, size_t piece, struct buf *out)
{
	struct source s = {data, size, piece};
	struct vcard_reader *r = vcard_open(read_source, &s);
	enum vcard_event e;
	struct vcard_bad bad;
	struct vcard v;
	int64_t line = 0;

	while ((e = vcard_next(r, &v, &bad)) != VCARD_END) {
		if (e == VCARD_BAD) {
			MUST(bad.line >= line && bad.why[0] != '\0');
			line = bad.line;
			buf_addf(out, "%" PRId64 " %s\n", bad.line, bad.why);
			continue;
		}
		MUST(v.line >= line);
		line = v.line;
		must_be_fit(&v);
		buf_addf(out, "%" PRId64 " %s %zu %zu %zu\n", v.line,
		    v.contact.name, v.addresses.n, v.dates.n, v.facts.n);
		vcard_clear(&v);
	}
	vcard_close(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, pieces = {0};

	read_all(data, size, SIZE_MAX, &whole);
	read_all(data, size, 3, &pieces);
	MUST(strcmp(buf_str(&whole), buf_str(&pieces)) == 0);
	buf_clear(&whole);
	buf_clear(&pieces);
	return 0;
}
