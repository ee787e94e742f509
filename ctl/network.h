/* Who came through whom, as a tree. */
#ifndef RAPPORT_CTL_NETWORK_H
#define RAPPORT_CTL_NETWORK_H

#include <jansson.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* contacts is the array of a reply of Network, in any order; an introducer who
 * is not among them is left out. With everybody those who came through nobody
 * and brought nobody are counted, not listed. */
void network_print(struct out *o, const json_t *contacts, bool everybody,
    struct here *h);

#endif
