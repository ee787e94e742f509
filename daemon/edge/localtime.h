/*
 * Tells when the zone of this machine changes. /etc/localtime is watched
 * itself, the link and not where it leads, so that nothing else that happens
 * in /etc wakes the daemon. Where it leads is compared when the daemon is awake
 * anyway: a file of the tz database is replaced when that is upgraded.
 */
#ifndef RAPPORT_EDGE_LOCALTIME_H
#define RAPPORT_EDGE_LOCALTIME_H

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct localtime;

/*
 * Watch the file of a zone (zoneinfo_file; NULL: there is none, and nothing
 * is ever told), as it is from now on; so read the zone after this. moves: it
 * is a link that is replaced when the machine travels, and each time changed
 * is called from the loop; it may lead nowhere at that moment. Where it can't
 * be watched (a limit of inotify(7) is reached), the journal is told and
 * localtime_look has to notice.
 */
struct localtime *localtime_new(struct event_base *base, const char *path,
    bool moves, void (*changed)(void *arg), void *arg);
void localtime_free(struct localtime *l);	/* NULL is allowed */

/* Whether it is another file than at the last look, which has to be a minute
 * ago; now is Unix seconds. So any file can be looked at: changed may be NULL
 * where it does not move. */
bool localtime_look(struct localtime *l, int64_t now);

#endif
