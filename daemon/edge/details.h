/* What opens when a pop-up is clicked: a terminal that shows the reminder. */
#ifndef RAPPORT_EDGE_DETAILS_H
#define RAPPORT_EDGE_DETAILS_H

#include <stdint.h>

#include "base/err.h"
#include "edge/spawn.h"

/*
 * Run the user's details_command through the shell, with {id} replaced; when
 * that is empty, a terminal with `rapportctl show ID`. id 0 stands for the
 * list of today: then {id} becomes nothing, and `rapportctl today` is shown.
 * Does not wait. ERR_IMPOSSIBLE: no terminal was found.
 */
bool details_open(struct spawner *spawner, const char *details_command,
    int64_t id, struct err *err);

#endif
