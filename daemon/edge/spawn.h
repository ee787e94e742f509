/*
 * Starting other programs without ever waiting for them: posix_spawn(3), and a
 * pidfd (pidfd_open(2), Linux 5.3) in the event loop for each child, which
 * becomes readable when the child has ended. No SIGCHLD handler, no double
 * fork, and a pid that is signalled is still ours.
 *
 * A child gets default signal handlers, an empty signal mask, /dev/null as
 * standard input, our standard output and error, and no other descriptor but
 * the one given to it.
 */
#ifndef RAPPORT_EDGE_SPAWN_H
#define RAPPORT_EDGE_SPAWN_H

#include <stdbool.h>

#include "base/err.h"

struct event_base;
struct spawner;		/* keeps account of the children that run */
struct spawned;		/* one of them */

/* Called once, when the child has been reaped; status is as for waitpid(2).
 * The struct spawned is gone by then. */
typedef void spawn_ended(void *arg, int status);

enum { SPAWN_CHANNEL_FD = 3 };	/* where a child finds its channel */

/* base must outlive the spawner. */
struct spawner *spawner_new(struct event_base *base);

/* Forget the children, without ending or calling anybody. NULL is fine. */
void spawner_free(struct spawner *s);

/*
 * Start argv[0] (a path, not searched for; argv ends with NULL). channel
 * becomes descriptor 3 of the child, or -1; the caller keeps its own copy.
 * ended may be NULL. The spawner owns what is returned, until ended is called.
 * NULL with ERR_INTERNAL when the program can't be started.
 */
struct spawned *spawn_start(struct spawner *s, const char *const *argv,
    int channel, spawn_ended *ended, void *arg, struct err *e);

/* SIGKILL; ended is called later, from the loop. */
void spawn_kill(struct spawned *c);

/* The child may go on; it is reaped, but ended is not called any more. */
void spawn_release(struct spawned *c);

/* Whether a program can be run from a folder of PATH. */
bool spawn_in_path(const char *program);

/* The path of a program that lies in the folder of the running one, which the
 * caller frees; NULL when it is not there. */
char *spawn_beside(const char *program);

/*
 * Start a program of the user's (argv[0] is searched for in PATH) in a session
 * of its own. Where systemd runs us and systemd-run is there, it starts the
 * program, so that our unit's hardening does not bind the user's terminal.
 * A failure that shows only later is logged.
 */
bool spawn_detached(struct spawner *s, const char *const *argv,
    struct err *e);

#endif
