/* How rapport is doing: for people, and for status bars. */
#ifndef RAPPORT_CTL_STATUS_H
#define RAPPORT_CTL_STATUS_H

#include <jansson.h>
#include <stdbool.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* The whole reply in words; tested says that it came with a test pop-up. */
void status_text(struct out *o, const json_t *status, bool tested,
    struct here *h);

/* One line, for bars that read plain text. */
void status_line(struct out *o, const json_t *status, struct here *h);

/* The object that Waybar and its like read: {"text","alt","tooltip","class",
 * "percentage"}. Counts and times only, no names and no texts; escaped for
 * Pango. status NULL: the daemon is not there. The caller owns it. */
json_t *status_bar(const json_t *status, struct here *h);

#endif
