/* `rapportctl when`: which moment a phrase means. Needs no daemon. */
#ifndef RAPPORT_CTL_EXPLAIN_H
#define RAPPORT_CTL_EXPLAIN_H

#include <stdbool.h>

#include "ctl/args.h"
#include "ctl/here.h"
#include "ctl/out.h"

/* Append the answer, in words or as JSON; false with err. */
bool explain_when(struct out *o, const struct args *a, struct here *h,
    struct err *err);

#endif
