/*
 * Where and when the client stands: the clock, the local zone, the configured
 * hours. Each is read when first asked for, as most calls need none of them.
 */
#ifndef RAPPORT_CTL_HERE_H
#define RAPPORT_CTL_HERE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "conf/options.h"
#include "time/when.h"
#include "time/zone.h"

struct here {
	int64_t now;		/* Unix seconds; 0: not read yet */
	struct zone *zone;
	struct options options;
	bool have_options;
};

/* A zeroed struct here is a fresh one. */
void here_clear(struct here *h);

int64_t here_now(struct here *h);

/* The local zone. When it can't be read: UTC, and one line on standard error
 * that says so. Never NULL. */
const struct zone *here_zone(struct here *h);

/* The configured hours; NULL and err when the file is wrong. */
const struct hours *here_hours(struct here *h, struct err *err);

/* All of the configuration, likewise. */
const struct options *here_options(struct here *h, struct err *err);

#endif
