/* The COMMANDS section of rapportctl(1), made from the command table. */
#ifndef RAPPORT_CTL_MANUAL_H
#define RAPPORT_CTL_MANUAL_H

#include "base/buf.h"

/* Append it, in mdoc(7). */
void manual_commands(struct buf *out);

#endif
