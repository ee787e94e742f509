/* Address books as they are: each file in tests/data/vcards has the shape that
 * one program gives it. What is read of a card is written here as a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ctl/import/vcard.h"

/* Bytes in memory, handed out in pieces. */
struct source {
	const char *data;
	size_t n, piece;
};

static size_t
read_source(void *arg, char *to, size_t size)
{
	struct source *s = arg;
	size_t n = s->n < s->piece ? s->n : s->piece;

	if (n > size)
		n = size;
	memcpy(to, s->data, n);
	s->data += n;
	s->n -= n;
	return n;
}

static void
tell_date(struct buf *b, const struct date *d)
{
	buf_addf(b, " | %s%s%s ", date_kind_names[d->kind],
	    d->name == NULL ? "" : " ", d->name == NULL ? "" : d->name);
	if (d->year != 0)
		buf_addf(b, "%04d-", d->year);
	else
		buf_adds(b, "--");
	buf_addf(b, "%02d-%02d", d->month, d->day);
}

static void
tell_string(struct buf *b, const char *what, const char *value)
{
	if (value != NULL)
		buf_addf(b, " | %s %s", what, value);
}

/* "1: Dana Novak | org Acme | phone +420 … | birthday 1980-03-22 | …" */
static void
tell_card(struct buf *b, const struct vcard *v)
{
	const struct contact *c = &v->contact;
	size_t i;

	buf_addf(b, "%" PRId64 ": %s", v->line, c->name);
	tell_string(b, "as", c->handle);
	tell_string(b, "org", c->org);
	for (i = 0; i < v->addresses.n; i++)
		tell_string(b, address_names[v->addresses.v[i].kind],
		    v->addresses.v[i].value);
	for (i = 0; i < v->dates.n; i++)
		tell_date(b, &v->dates.v[i]);
	for (i = 0; i < v->facts.n; i++)
		tell_string(b, fact_kind_names[v->facts.v[i].kind],
		    v->facts.v[i].text);
	tell_string(b, "circle", c->circle);
	tell_string(b, "zone", c->zone);
	tell_string(b, "uid", c->uid);
	tell_string(b, "met", c->met);
	tell_string(b, "through", c->introduced_by);
	if (c->cadence != 0)
		buf_addf(b, " | every %d", c->cadence);
	if (c->stage != STAGE_COMFORT)
		tell_string(b, "stage", stage_names[c->stage]);
	if (c->status != CONTACT_ACTIVE)
		tell_string(b, "status", contact_status_names[c->status]);
	tell_string(b, "but", v->remark);
	buf_adds(b, "\n");
}

static char *
tell(const char *data, size_t n, size_t piece)
{
	struct source s = {data, n, piece};
	struct vcard_reader *r = vcard_open(read_source, &s);
	enum vcard_event e;
	struct vcard_bad bad;
	struct buf b = {0};
	struct vcard v;

	while ((e = vcard_next(r, &v, &bad)) != VCARD_END) {
		if (e == VCARD_BAD) {
			buf_addf(&b, "%" PRId64 ": BAD %s\n", bad.line,
			    bad.why);
			continue;
		}
		tell_card(&b, &v);
		vcard_clear(&v);
	}
	assert_int_equal(vcard_next(r, &v, &bad), VCARD_END);
	vcard_close(r);
	return b.data == NULL ? strdup("") : buf_take(&b);
}

static void
expect(const char *data, size_t n, const char *expected)
{
	static const size_t pieces[] = {SIZE_MAX, 1, 7};
	size_t i;

	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		char *got = tell(data, n, pieces[i]);

		assert_string_equal(got, expected);
		free(got);
	}
}

static const struct {
	const char *file, *expected;
} files[] = {
	{"google.vcf",
	    "1: Dana Nováková | org Acme, s.r.o., Sales | "
	    "email dana@example.com | phone +420 601 234 567 | "
	    "birthday 1980-03-22 | anniversary 2012-09-01 | "
	    "event Joined the board --05-04 | "
	    "other Met at the fair in Brno.\nLikes early calls; hates being "
	    "put on hold , really. | "
	    "other in the address book under: Climbing\n"
	    "22: only.mail@example.com | email only.mail@example.com\n"
	    "29: Tomáš Dvořák | birthday --01-22\n"},
	{"apple.vcf",
	    "1: Dr. Miriam Jane O'Hara | org Harbour & Sons | "
	    "email miriam@example.org | email miriam@harbour.example | "
	    "phone +1 (555) 010-0199 | birthday --01-22 | "
	    "anniversary --06-30 | event first regatta --10-05 | "
	    "other One line that is long enough to be folded by the program "
	    "that wrote it, in the middle of a word even. | "
	    "uid 3B7A2C80-0000-4E00-9000-5A5A5A5A5A5A\n"
	    "132: Harbour & Sons | org Harbour & Sons | phone +1 555 0100\n"
	    "141: BAD it is a group, not a person\n"},
	{"outlook-2.1.vcf",
	    "1: Jörg Müller | org Bäckerei Müller, Verkauf | "
	    "phone +49 (30) 555-0142 | phone +49 (171) 5550142 | "
	    "email joerg@example.de | birthday 1975-11-24 | "
	    "anniversary 2001-05-05 | "
	    "other Grüße aus Berlin\nzweite Zeile; mit 5 €\n"
	    "50: Ida Käse | phone 030 555 0143\n"},
	{"android.vcf",
	    "1: Åse Søndergård | phone +4520123456 | phone +4520123457 | "
	    "email aase@example.dk | birthday 1991-02-28 | "
	    "anniversary 2016-06-18 | event Nyt hus på Fyn --08-01\n"
	    "88: Fixer | phone +4520123458 | birthday --02-29\n"},
	{"nextcloud.vcf",
	    "1: Łukasz Zieliński | org Teatr, Scena | "
	    "email lukasz@example.pl | phone +48-22-555-01-23 | "
	    "birthday 1970-07-04 | anniversary 2000-01-01 | "
	    "other in the address book under: Theatre, Neighbours | "
	    "other Quoted: \"a:b\"; and a comma, and a backslash \\. | "
	    "zone Europe/Warsaw | "
	    "uid 0b1b2f2e-5f0c-4a0f-9b7e-000000000001\n"
	    "73: Wisława Nowak | birthday 1923-07-02 | "
	    "uid 0b1b2f2e-5f0c-4a0f-9b7e-000000000002 | status deceased\n"
	    "81: BAD it is a group, not a person\n"},
	{"thunderbird.vcf",
	    "1: Sanne de Vries | email sanne@example.nl | "
	    "phone +31 6 55501234 | birthday --05-05 | "
	    "anniversary 2010-10-10 | "
	    "other Tabs and a very long note that Thunderbird does fold at "
	    "seventy-five bytes, as it should. | zone Europe/Amsterdam | "
	    "uid 7c6f0d9e-aaaa-4bbb-8ccc-000000000000\n"},
	{"evolution.vcf",
	    "1: Paolo Rossi | org Fabbrica | email paolo@example.it | "
	    "phone +39 06 5550 123 | birthday 1968-12-31 | "
	    "anniversary 1999-06-05 | other Caffè, mai dopo le tre. | "
	    "uid pas-id-5F00AA0100000001\n"},
	{"broken.vcf",
	    "1: First Good\n"
	    "6: BAD it has no name\n"
	    "10: BAD line 12 is not UTF-8\n"
	    "14: BAD it does not end before the next one begins, in line 17\n"
	    "17: Old Mac | but line 20: \"sometime in May\" is no day of a "
	    "year, and was left out\n"
	    "22: BAD what stands here is no vCard: it does not begin with "
	    "BEGIN:VCARD\n"
	    "24: BAD line 27 is no property: it has no ':'\n"
	    "29: Lower Case | but line 32: \"2001-02-29\" is no day of a year, "
	    "and was left out\n"
	    "34: BAD it has no END:VCARD\n"},
};

static void
address_books(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof files / sizeof *files; i++) {
		char path[256], *data;
		size_t n;
		FILE *f;

		snprintf(path, sizeof path, "tests/data/vcards/%s",
		    files[i].file);
		f = fopen(path, "rb");
		assert_non_null(f);
		data = malloc(1 << 16);
		n = fread(data, 1, 1 << 16, f);
		fclose(f);
		expect(data, n, files[i].expected);
		free(data);
	}
}

/* A card of these lines, in a version. */
static void
expect_card(const char *version, const char *lines, const char *expected)
{
	struct buf b = {0}, e = {0};

	buf_addf(&b, "BEGIN:VCARD\r\nVERSION:%s\r\n%s\r\nEND:VCARD\r\n",
	    version, lines);
	buf_addf(&e, "1: %s\n", expected);
	expect(b.data, b.len, e.data);
	buf_clear(&b);
	buf_clear(&e);
}

static void
forms(void **state)
{
	static const struct {
		const char *version, *lines, *expected;
	} t[] = {
		/* Folding: 3.0 takes the blank out, 2.1 leaves it. */
		{"3.0", "FN:Jo\r\n hn\r\n\t Doe", "John Doe"},
		{"2.1", "FN:John\r\n Doe", "John Doe"},
		{"4.0", "FN:J\n o", "Jo"},
		/* In 4.0 a fold may part a character's bytes. */
		{"4.0", "FN:Ren\xc3\r\n \xa9", "René"},
		/* Backslashes. */
		{"3.0", "FN:a\\, b\\; c\\: d\\\\ e\\f", "a, b; c: d\\ e\\f"},
		{"2.1", "FN:C:\\temp\\; x\\, y", "C:\\temp; x\\, y"},
		{"3.0", "FN:two\\nlines", "two lines"},
		/* Names without FN. */
		{"3.0", "N:Doe;John;Quincy;Dr.;Jr.", "John Quincy Doe"},
		{"3.0", "N:Doe;;;Mr.;", "Mr. Doe"},
		{"3.0", "N:Doe\\;X;J", "J Doe;X"},
		{"3.0", "NICKNAME:Jo,Joey", "Jo"},
		{"3.0", "TEL:555", "555 | phone 555"},
		{"4.0", "FN:\r\nFN:Second", "Second"},
		/* Groups, quotes, several values. */
		{"3.0", "a.FN:x\r\na.tel;type=\"a:b;c\":1", "x | phone 1"},
		{"4.0", "FN:x\r\nTEL;VALUE=uri:TEL:+1-2\r\n"
		    "EMAIL:mailto:a@b\r\nEMAIL:A@B", "x | phone +1-2 | email a@b"},
		/* A quote that never ends. */
		{"3.0", "FN:x\r\nTEL;TYPE=\"home:1", "x | phone 1"},
		/* Character sets. */
		{"2.1", "FN:Ren\xe9", "René"},
		{"3.0", "FN;CHARSET=ISO-8859-1:Ren\xe9 \x80", "René €"},
		{"2.1", "FN;CHARSET=UTF-8;QUOTED-PRINTABLE:Ren=C3=\n=A9", "René"},
		{"2.1", "FN;QUOTED-PRINTABLE:a=zz=3D=", "a=zz=="},
		{"3.0", "FN;CHARSET=KOI8-R:plain", "plain"},
		/* What stands for nothing, or is not meant to be seen. */
		{"3.0", "FN:  a \xe2\x80\x8e\xc2\xa0\x01 b  ", "a b"},
		{"3.0", "FN:x\r\nTZ:-05:00\r\nBDAY:\r\nNOTE:\r\nORG:;;",
		    "x"},
		{"3.0", "FN:x\r\nCATEGORIES:* myContacts,A\\,B,* C",
		    "x | other in the address book under: A,B, C"},
		/* base64 that nobody folded, and a photo without any end. */
		{"2.1", "FN:x\r\nPHOTO;BASE64:AAAA\r\nBBBB=\r\n\r\nTEL:1",
		    "x | phone 1"},
		{"2.1", "FN;ENCODING=BASE64:QUJD\r\nN:y", "y"},
		/* Birthday and anniversary once. */
		{"3.0", "FN:x\r\nBDAY:20000101\r\nBDAY:20010101\r\n"
		    "ANNIVERSARY:20100102\r\nX-ANNIVERSARY:2010-01-02",
		    "x | birthday 2000-01-01 | anniversary 2010-01-02"},
		{"3.0", "FN:x\r\nitem1.X-ABLabel:Board\r\nitem1.X-ABDATE:"
		    "2020-01-02\r\nX-ABDATE:2020-02-03",
		    "x | event Board --01-02 | event date --02-03"},
		/* What rapport writes itself. */
		{"4.0", "FN:x\r\nX-RAPPORT-HANDLE:xx\r\nX-RAPPORT-CIRCLE:good"
		    "\r\nX-RAPPORT-CADENCE:21\r\nX-RAPPORT-STAGE:offer\r\n"
		    "X-RAPPORT-STATUS:paused\r\nX-RAPPORT-MET:at sea\r\n"
		    "X-RAPPORT-INTRODUCED-BY:tom\r\n"
		    "X-RAPPORT-FACT;X-KIND=like:tea\\, black\r\n"
		    "i.X-ABDATE;X-RAPPORT-ONCE=yes:20261211\r\n"
		    "i.X-ABLabel:board meeting",
		    "x | as xx | event board meeting 2026-12-11 | "
		    "like tea, black | circle good | met at sea | "
		    "through tom | every 21 | stage offer | status paused"},
		{"4.0", "FN:x\r\nX-RAPPORT-HANDLE:7\r\nX-RAPPORT-STAGE:no\r\n"
		    "X-RAPPORT-CADENCE:-3", "x"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		expect_card(t[i].version, t[i].lines, t[i].expected);
}

static void
dates(void **state)
{
	static const struct {
		const char *text;
		int omit, year, month, day;	/* month 0: no date */
	} t[] = {
		{"19800322", 0, 1980, 3, 22},
		{"1980-03-22", 0, 1980, 3, 22},
		{" 1980/03/22", 0, 1980, 3, 22},
		{"1980-03-22T00:00:00Z", 0, 1980, 3, 22},
		{"19800322T231500", 0, 1980, 3, 22},
		{"--0122", 0, 0, 1, 22},
		{"--01-22", 0, 0, 1, 22},
		{"--0229", 0, 0, 2, 29},
		{"1604-01-22", 1604, 0, 1, 22},
		{"1604-01-22", 0, 0, 1, 22},
		{"1900-01-22", 1900, 0, 1, 22},
		{"0000-01-22", 0, 0, 1, 22},
		{"2000-02-29", 0, 2000, 2, 29},
		{"2001-02-29", 0, 0, 0, 0},
		{"1980-03", 0, 0, 0, 0},
		{"1980", 0, 0, 0, 0},
		{"---22", 0, 0, 0, 0},
		{"--01", 0, 0, 0, 0},
		{"--01-22-", 0, 0, 0, 0},
		{"1980-13-01", 0, 0, 0, 0},
		{"1980-00-10", 0, 0, 0, 0},
		{"1980-3-22", 0, 0, 0, 0},
		{"1980/03-22", 0, 0, 0, 0},
		{"22 March", 0, 0, 0, 0},
		{"", 0, 0, 0, 0},
		{"-", 0, 0, 0, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++) {
		struct date d = {0};
		bool ok = vcard_date(t[i].text, t[i].omit, &d);

		assert_int_equal(ok, t[i].month != 0);
		if (!ok)
			continue;
		assert_int_equal(d.year, t[i].year);
		assert_int_equal(d.month, t[i].month);
		assert_int_equal(d.day, t[i].day);
	}
}

#define BYTES(s) s, sizeof s - 1

static void
what_is_no_card(void **state)
{
	static const struct {
		const char *data;
		size_t n;
		const char *expected;
	} t[] = {
		{BYTES(""), ""},
		{BYTES("\r\n\r\n"), ""},
		{BYTES("\xff\xfe" "B\0E\0"), "1: BAD the file is UTF-16: save it "
		    "as UTF-8, or convert it with iconv -f UTF-16 -t UTF-8\n"},
		{BYTES("BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "1: BAD what stands "
		    "here is no vCard: it does not begin with BEGIN:VCARD\n"},
		{BYTES("BEGIN:VCARD\nFN:a\0b\nEND:VCARD\n"),
		    "1: BAD line 2 has a NUL byte in it\n"},
		{BYTES("BEGIN:VCARD\nN;CHARSET=KOI8-R:\xc1\nEND:VCARD\n"),
		    "1: BAD line 2 is not in a character set that is known\n"},
		{BYTES("BEGIN:VCARD"), "1: BAD it has no END:VCARD\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof *t; i++)
		expect(t[i].data, t[i].n, t[i].expected);
}

/* However long a line is, what is kept of it is bounded, and the text is cut
 * between characters. */
static void
long_lines(void **state)
{
	struct buf b = {0};
	char *got;
	int i;

	(void)state;
	buf_adds(&b, "BEGIN:VCARD\nVERSION:3.0\nFN:x\nPHOTO;ENCODING=b:");
	for (i = 0; i < 200000; i++)
		buf_adds(&b, "QUJDREVG");
	buf_adds(&b, "\nADR;LABEL=\"");
	for (i = 0; i < 2000; i++)
		buf_adds(&b, "abc");
	buf_adds(&b, "\":;;street\nNOTE:x");
	for (i = 0; i < 40000; i++)
		buf_adds(&b, "é");
	buf_adds(&b, "\nEND:VCARD\n");
	got = tell(b.data, b.len, SIZE_MAX);
	assert_true(strlen(got) < 4300);
	assert_true(utf8_valid(got, strlen(got)));
	assert_non_null(strstr(got, "longer than 4096 bytes"));
	free(got);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_books),
		cmocka_unit_test(forms),
		cmocka_unit_test(dates),
		cmocka_unit_test(what_is_no_card),
		cmocka_unit_test(long_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
