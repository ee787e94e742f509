/*
 * "What would be right": command lines put right where a phrase of time stands
 * in the wrong place. These need to read time, which args.h does not.
 */
#ifndef RAPPORT_CTL_SUGGEST_H
#define RAPPORT_CTL_SUGGEST_H

#include <stdbool.h>

#include "ctl/args.h"
#include "base/err.h"
#include "ctl/here.h"

/* After args_parse failed for want of WHEN: when TEXT ends in a time, or in how
 * it recurs, say the corrected command line in err. */
void suggest_missing(const struct args *a, struct here *here,
    struct err *err);

/* After args_parse went well: false with err (ERR_NOT_UNDERSTOOD) when the
 * words behind TEXT, or IDs, begin no phrase of time, or say how it recurs, or
 * when a TEXT without any ends in a time; suggests quotes, --every, or WHEN. */
bool suggest_check(const struct args *a, struct here *here, struct err *err);

/* After the daemon knew no contact of that name: perhaps a time was meant.
 * true when err was put right. */
bool suggest_not_found(const struct args *a, struct here *here,
    struct err *err);

#endif
