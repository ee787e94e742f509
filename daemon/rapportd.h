/*
 * The daemon as a whole: what it has open, and how its rooms are connected.
 * The rooms know nothing of one another upwards; every upward call is a
 * callback that rapportd.c registers.
 */
#ifndef RAPPORT_RAPPORTD_H
#define RAPPORT_RAPPORTD_H

#include <event2/event.h>

#include "conf/options.h"
#include "edge/clock.h"
#include "edge/localtime.h"
#include "edge/notifier.h"
#include "edge/server.h"
#include "edge/spawn.h"
#include "methods/methods.h"

struct rapportd {
	/* Where things lie; owned. */
	char *config, *database, *socket;

	struct options options;
	char *config_error;	/* what is wrong with the file, or NULL */
	char *zone_file;	/* that zone comes from, or NULL; owned */
	struct zone *zone;
	struct localtime *localtime;	/* tells when zone changes */
	struct localtime *zones;	/* … the tz database, when looked at */
	struct store *store;
	struct event_base *base;
	struct spawner *spawner;
	struct notifier *notifier;
	struct schedule *schedule;
	struct server *server;
	struct clock_source *clock;
	struct event *record;		/* what was shown ahead */
	struct event *hurry;		/* the end of a wait for the notifier */
	struct context context;		/* what methods/ see of all this */

	int exit_status;	/* what main returns */
};

/* Watch and read the zone this process stands in; base is open. */
void rapportd_find_zone(struct rapportd *d);

/* Connect the rooms: store, zone and base are open, listen_fd (taken over)
 * serves. Then the first look at what is due. */
bool rapportd_start(struct rapportd *d, int listen_fd, struct err *err);
void rapportd_stop(struct rapportd *d);

/* Read the configuration into d->options. A bad file changes nothing: a typo
 * must not silence reminders. The journal says which line is wrong and what
 * holds otherwise ("the defaults hold"), and status says it too. */
bool rapportd_configure(struct rapportd *d, const char *otherwise);

/* Read it again and put it into force. */
void rapportd_reload(struct rapportd *d);

#endif
