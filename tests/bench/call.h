/*
 * Varlink calls at the least cost, for clients that measure: no JSON is read,
 * a reply is the text up to its NUL. What goes wrong ends the program.
 */
#ifndef RAPPORT_BENCH_CALL_H
#define RAPPORT_BENCH_CALL_H

#include <stddef.h>
#include <sys/types.h>

struct caller {
	int fd;
	char *reply;		/* NUL-terminated after call_wait */
	size_t len, size;
};

/* Connect to the socket; *peer (may be NULL) is the daemon's pid. */
void call_open(struct caller *c, const char *path, pid_t *peer);
void call_close(struct caller *c);

/* Send one call. In parameters (a JSON object) each % becomes a number that
 * was never used before. */
void call_send(struct caller *c, const char *method,
    const char *parameters);

/* Read what is there; whether the reply is whole. An error reply is fatal. */
int call_read(struct caller *c);

/* Send, and wait for the reply. */
const char *call_wait(struct caller *c, const char *method,
    const char *parameters);

void call_die(const char *what) __attribute__((noreturn));

#endif
