/*
 * Time zones on this machine: finds the files of the tz database and reads
 * them into a struct zone. TZ in the environment is honoured (tzset(3)),
 * else /etc/localtime; a name is looked up under TZDIR or
 * /usr/share/zoneinfo and must not leave that folder.
 */
#ifndef RAPPORT_CONF_ZONEINFO_H
#define RAPPORT_CONF_ZONEINFO_H

#include <stdbool.h>

#include "base/err.h"
#include "time/zone.h"

/* The zone this process stands in; UTC (with a name that says so) when there
 * is no /etc/localtime. The caller frees it. On a broken file or an unknown
 * TZ: NULL and err. */
struct zone *zoneinfo_local(struct err *err);

/* The same for who can't do without: never NULL. When TZ is no zone (*why says
 * so; its code is ERR_NONE otherwise) that of the machine, else UTC. */
struct zone *zoneinfo_here(struct err *why);

/* The file that zoneinfo_here reads: /etc/localtime (*moves: it is replaced when
 * the machine travels), or what TZ names. NULL: none, TZ itself tells the
 * rules. The caller frees it. */
char *zoneinfo_file(bool *moves);

/* Read that file again, for who has a zone already: NULL and err when it can't
 * be read now, be it that /etc/localtime leads nowhere for a moment. */
struct zone *zoneinfo_again(const char *file, struct err *err);

/* A file of the tz database that is another one after each upgrade: the caller
 * frees it. NULL: there is no tz database. */
char *zoneinfo_database(void);

/* Which edition of the tz database that is: "2025b", or the date of that file
 * where none is told; "" when there is none. The caller frees it. */
char *zoneinfo_edition(void);

/* A zone by name, "America/New_York". Unknown: NULL and err (ERR_IMPOSSIBLE)
 * with the nearest names. Letters' case and what stands between words are
 * forgiven, and the city alone is enough when it is unique ("new york"). */
struct zone *zoneinfo_load(const char *name, struct err *err);

#endif
