/*
 * The other end of the socket: one connection to rapportd, calls and their
 * replies, and what happens when the connection breaks in the middle.
 */
#ifndef RAPPORT_CTL_CLIENT_H
#define RAPPORT_CTL_CLIENT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "wire/varlink.h"

/* The exit status of rapportctl when nobody answers; the others go by the
 * codes of errors (base/err.h). */
enum { EXIT_UNREACHABLE = 4 };

enum {
	CLIENT_SECONDS = 5,	/* until a daemon counts as not reachable */
	CLIENT_FOREVER = -1,
};

struct client {
	const char *path;	/* of the socket, borrowed */
	int fd;			/* -1: not connected */
	bool sent;		/* part of a call may have reached the daemon */
	struct buf in;		/* what arrived; at its front, len taken
				   bytes of the message handed out last */
	size_t taken;
};

/* Connect; false with err when nobody answers within CLIENT_SECONDS. Its
 * message names the command that starts the daemon. Always client_close. */
bool client_open(struct client *c, const char *path, struct err *err);
void client_close(struct client *c);

/* Send a call and nothing else. */
bool client_send(struct client *c, const char *method,
    const json_t *parameters, bool more, struct err *err);

enum client_event {
	CLIENT_REPLY,
	CLIENT_BROKEN,		/* the connection, or what came on it */
	CLIENT_TIMEOUT,		/* nothing came in time */
	CLIENT_READER_GONE,	/* nobody reads our standard output any more */
};

/*
 * Wait up to milliseconds (CLIENT_FOREVER: without end) for a reply. With
 * watch_output it also ends when the reader of standard output has gone, which
 * a stream would not notice until it writes again.
 */
enum client_event client_next(struct client *c, int milliseconds,
    bool watch_output, struct varlink_reply *out, struct err *err);

/*
 * One call, one reply. A connection that breaks after the call was sent is
 * made again once, and the same parameters sent again, when repeatable: they
 * change nothing, or carry a token. false with err: not reachable (exit 4);
 * when it writes, err says that it may have been carried out.
 */
bool client_call(struct client *c, const char *method,
    const json_t *parameters, bool repeatable, bool writes, int seconds,
    struct varlink_reply *out, struct err *err);

/* A request token, unique: 128 bits in hexadecimal digits. */
enum { CLIENT_TOKEN = 33 };
void client_token(char out[CLIENT_TOKEN]);

#endif
