/* What a search found: in groups, with the words that were looked for. */
#ifndef RAPPORT_CTL_FOUND_H
#define RAPPORT_CTL_FOUND_H

#include <jansson.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* hits is the array of a reply of Search, words what was asked. A line for
 * each; on a terminal the part of a long text around the first word found. */
void found_print(struct out *o, const json_t *hits, const char *words,
    struct here *h);

#endif
