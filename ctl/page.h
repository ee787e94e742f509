/* The page of a contact: what one reads before a call. */
#ifndef RAPPORT_CTL_PAGE_H
#define RAPPORT_CTL_PAGE_H

#include <jansson.h>
#include <stdint.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* All of a reply of Show that is about a contact. */
void page_print(struct out *o, const json_t *reply, struct here *h);

/* The contact alone: who, and how they are kept in touch with. */
void page_contact(struct out *o, const json_t *contact, struct here *h);

/* One line each: "f7  dana likes: early calls"; "d2  dana birthday: 22 Jan
 * 1980 (in 8 weeks, turns 47)"; "i31  dana, tom · Fri 20 Nov 14:30 · call,
 * problem: onboarding was slow". who may be "", and did says what became of it
 * ("dropped") or is "". */
void page_fact_line(struct out *o, const char *who, const json_t *fact,
    const char *did);
void page_date_line(struct out *o, const char *who, const json_t *date,
    const char *did, struct here *h);
void page_interaction_line(struct out *o, const json_t *interaction,
    const char *did, struct here *h);

#endif
