/*
 * The socket: connections, requests, and the turn of the loop that answers
 * them together.
 *
 * Requests that arrive in one turn are handed to server_ops.call one by one;
 * their replies are kept back until server_ops.turn_end has made the turn
 * durable, then leave. Replies on one connection keep the order of the calls:
 * a call whose answer comes later holds back the calls behind it.
 */
#ifndef RAPPORT_EDGE_SERVER_H
#define RAPPORT_EDGE_SERVER_H

#include <event2/event.h>
#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"

/* One call on its way. It lives until it is answered (without `continues`),
 * or until its connection has gone, which server_ops.gone tells. */
struct call {
	const char *method;	/* "io.rapport.Add" */
	json_t *parameters;	/* an object */
	bool more, oneway;
	void *user;		/* the handler's own; NULL at first */
};

struct server_ops {
	void *arg;
	/* Answer with call_reply or call_error, now or later. */
	void (*call)(void *arg, struct call *c);
	/* The client of an unanswered call went away; c dies after this. */
	void (*gone)(void *arg, struct call *c);
	/* Whether something waits for the commit (may be NULL: whenever a
	 * reply was `stored`). Only then a turn waits for other writers. */
	bool (*pending)(void *arg);
	/* The turn's end: commit. false: nothing of the turn was stored, and
	 * each reply that call_reply was given as `stored` becomes an error
	 * made of err; one that `continues` is not sent at all, because what
	 * it tells did not happen. */
	bool (*turn_end)(void *arg, struct err *err);
};

struct server;

/* Serve a listening socket. The server closes it; other uids are refused
 * (SO_PEERCRED). */
struct server *server_new(struct event_base *base, int listen_fd,
    const struct server_ops *ops);
/* End the turn if one is open, then hang up on everybody. What was answered is
 * flushed as far as the sockets take it without waiting. The socket's file is
 * left alone. NULL is allowed. */
void server_free(struct server *s);

/* Answer. parameters is taken over (may be NULL: {}). stored: the answer
 * depends on what this turn commits. continues: more replies follow (only when
 * c->more). c is dead afterwards unless continues. A oneway call is "answered"
 * all the same, and nothing is sent; it never has `more`. A client that lets
 * more than 1 MiB of a stream lie is hung up on. */
void call_reply(struct call *c, json_t *parameters, bool stored,
    bool continues);
/* The same, without `continues`, by an answer whose parameters were made a text
 * before (an object in JSON, borrowed). */
void call_reply_text(struct call *c, const char *parameters, bool stored);
void call_error(struct call *c, const char *error, json_t *parameters);
/* An error of io.rapport made of err: its name by the code, parameters
 * {"message", "parameter"?}. */
void call_fail(struct call *c, const struct err *err);

/* Ask for a turn's end although no request came (the clock or a click wrote
 * something). */
void server_turn(struct server *s);

/*
 * The socket file: made in a 0700 folder with mode 0600, a stale one replaced.
 * Returns the listening fd, or -1 with err. *held (may be NULL) is set when
 * somebody answers on it who is no rapportd. The caller holds the database's
 * lock, so that two daemons never get here at once.
 */
int server_listen(const char *path, bool *held, struct err *err);

#endif
