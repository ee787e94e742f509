/*
 * People from a vCard file (2.1, 3.0 or 4.0), card by card: what rapport can
 * use of each. No files and no sockets here: bytes in, people out.
 *
 * A card that can't be used is told of, with its line, and passed by; the ones
 * behind it are read as if it weren't there. Memory is bounded, whatever the
 * size of the file.
 */
#ifndef RAPPORT_CTL_IMPORT_VCARD_H
#define RAPPORT_CTL_IMPORT_VCARD_H

#include <stdint.h>

#include "ctl/import/line.h"
#include "model/contact.h"
#include "model/fact.h"

struct vcard {
	int64_t line;		/* of its BEGIN, from 1 */
	/* Name, org, zone, uid and status; and what only rapport writes
	 * (X-RAPPORT-…): handle, circle, cadence, stage, introduced_by, met.
	 * The name is always there. */
	struct contact contact;
	struct addresses addresses;
	struct dates dates;
	struct facts facts;	/* its note and categories are some */
	/* What had to be left out of it, "line 12: …", or NULL. */
	char *remark;
};
void vcard_clear(struct vcard *c);

struct vcard_bad {
	int64_t line;		/* of its BEGIN, or of what stands outside */
	char why[200];		/* "line 14 is not UTF-8" */
};

enum vcard_event { VCARD_CARD, VCARD_BAD, VCARD_END };

/* The caller frees the reader with vcard_close. */
struct vcard_reader;
struct vcard_reader *vcard_open(lines_read_fn *read, void *arg);
void vcard_close(struct vcard_reader *r);

/* The next card. After VCARD_CARD the caller clears *out; after VCARD_BAD *bad
 * says what is wrong; after VCARD_END nothing comes. */
enum vcard_event vcard_next(struct vcard_reader *r, struct vcard *out,
    struct vcard_bad *bad);

/* A date as vCards write it, "19800322", "1980-03-22", "--0122", with or
 * without a time behind; omit is a year that means that none is known (Apple's
 * 1604), or 0. false: it is no day of a year. */
bool vcard_date(const char *text, int omit, struct date *out);

#endif
