/*
 * Time zones on this machine: finds the files of the tz database and reads
 * them into a struct zone. TZ in the environment is honoured (tzset(3)),
 * else /etc/localtime; a name is looked up under TZDIR or
 * /usr/share/zoneinfo and must not leave that folder.
 */
#ifndef RAPPORT_CONF_ZONEINFO_H
#define RAPPORT_CONF_ZONEINFO_H

#include "base/err.h"
#include "time/zone.h"

/* The zone this process stands in; UTC (with a name that says so) when there
 * is no /etc/localtime. The caller frees it. On a broken file or an unknown
 * TZ: NULL and err. */
struct zone *zoneinfo_local(struct err *err);

/* The same for who can't do without: never NULL. When TZ is no zone (*why says
 * so; its code is ERR_NONE otherwise) that of the machine, else UTC. */
struct zone *zoneinfo_here(struct err *why);

/* A zone by name, "America/New_York". Unknown: NULL and err (ERR_IMPOSSIBLE)
 * with the nearest names. Letters' case is forgiven, and the city alone is
 * enough when it is unique ("new york"). */
struct zone *zoneinfo_load(const char *name, struct err *err);

#endif
