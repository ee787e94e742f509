/* today, week and list as tables. */
#ifndef RAPPORT_CTL_AGENDA_H
#define RAPPORT_CTL_AGENDA_H

#include <jansson.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* reminders is the array of a reply; next (may be NULL or JSON null) what
 * rings next at all. */
void agenda_today(struct out *o, const json_t *reminders,
    const json_t *next, struct here *h);
void agenda_week(struct out *o, const json_t *reminders,
    const json_t *next, struct here *h);

/* empty is the line that stands for an empty list. */
void agenda_list(struct out *o, const json_t *reminders, const char *empty,
    struct here *h);

#endif
