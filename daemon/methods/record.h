/*
 * Records: what is stored, whole, as JSON for export and import. Both ways
 * stand in one file, so that they can't part. What only the clock notes (what
 * stands on a screen) is no part of them, nor what follows from the rest.
 */
#ifndef RAPPORT_METHODS_RECORD_H
#define RAPPORT_METHODS_RECORD_H

#include "methods/methods.h"

struct person_record {
	struct contact contact;
	struct addresses addresses;
	struct facts facts;
	struct dates dates;
};
void person_record_clear(struct person_record *p);

struct reminder_record {
	struct reminder reminder;
	struct reminders history;	/* as store_occurrences has it, but
					   the oldest first */
};
void reminder_record_clear(struct reminder_record *r);

json_t *record_person(const struct person_record *p);
json_t *record_reminder(const struct reminder_record *r);
json_t *record_interaction(const struct interaction *i);

/* Read one. What is missing is as if it was never said; what is there has to
 * be right: ERR_NOT_UNDERSTOOD names it. The caller clears *out in any case. A
 * name may be all that is known of a person. */
bool record_read_person(const json_t *o, struct person_record *out,
    struct err *err);
/* What floats is derived anew in the zone. */
bool record_read_reminder(const json_t *o, const struct zone *zone,
    struct reminder_record *out, struct err *err);
bool record_read_interaction(const json_t *o, struct interaction *out,
    struct err *err);

#endif
