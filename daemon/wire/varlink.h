/*
 * The Varlink protocol (https://varlink.org/Method-Call): JSON objects, each
 * ended by a NUL byte. Here is what can be said without a socket: cutting a
 * stream into messages, reading a call, writing a reply or an error. The
 * specification is the measure, not our own client.
 */
#ifndef RAPPORT_WIRE_VARLINK_H
#define RAPPORT_WIRE_VARLINK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { VARLINK_FRAME_MAX = 256 * 1024 };	/* bytes of one message */

/* Messages from a stream: append what arrived, then take whole messages.
 * A zeroed struct is an empty one. */
struct varlink_frames {
	struct buf in;
	size_t taken;		/* bytes at the front already handed out */
	size_t scanned;		/* where the search for a NUL goes on */
	size_t unfinished;	/* bytes of the message at the end */
};
void varlink_frames_clear(struct varlink_frames *f);

/* Append len bytes; false when a message grows beyond VARLINK_FRAME_MAX: the
 * peer is to be hung up on. */
bool varlink_frames_add(struct varlink_frames *f, const void *data,
    size_t len);

/* The next whole message, without its NUL (NUL-terminated, though), or NULL.
 * It stays valid until the next call with f. */
const char *varlink_frames_next(struct varlink_frames *f, size_t *len);

struct varlink_call {
	char *method;		/* "io.rapport.Add" */
	json_t *parameters;	/* an object, never NULL */
	bool more, oneway;
};
void varlink_call_clear(struct varlink_call *c);

/* Read one call. false: it is no Varlink call (not JSON, not UTF-8, duplicate
 * keys, no method, a flag that is no boolean, `upgrade`): the connection is
 * beyond repair and is closed, as the specification leaves no id to answer. */
bool varlink_call_parse(const char *text, size_t len,
    struct varlink_call *out, struct err *err);

/* Append one message, NUL included. parameters are borrowed, NULL for {}. */
void varlink_reply_write(struct buf *out, const json_t *parameters,
    bool continues);
/* The same with parameters that are JSON text already. */
void varlink_reply_write_text(struct buf *out, const char *parameters);
void varlink_error_write(struct buf *out, const char *error,
    const json_t *parameters);
void varlink_call_write(struct buf *out, const char *method,
    const json_t *parameters, bool more, bool oneway);

/* A reply as a client reads it. */
struct varlink_reply {
	char *error;		/* NULL: none */
	json_t *parameters;	/* an object, never NULL */
	bool continues;
};
void varlink_reply_clear(struct varlink_reply *r);
bool varlink_reply_parse(const char *text, size_t len,
    struct varlink_reply *out, struct err *err);

#define VARLINK_METHOD_NOT_FOUND "org.varlink.service.MethodNotFound"
#define VARLINK_METHOD_NOT_IMPLEMENTED \
	"org.varlink.service.MethodNotImplemented"
#define VARLINK_INTERFACE_NOT_FOUND "org.varlink.service.InterfaceNotFound"
#define VARLINK_INVALID_PARAMETER "org.varlink.service.InvalidParameter"
#define VARLINK_EXPECTED_MORE "org.varlink.service.ExpectedMore"

/*
 * Check the parameters of a call against a command: every one known, of its
 * type, the required ones there, enumerations by name, IDs from 1 on. A
 * single value stands for an array of one, and null for "not given". Returns
 * the name of the first parameter that is wrong (from the table, or from
 * parameters: borrowed), or NULL when all are right.
 */
struct command;
const char *varlink_check(const struct command *c, const json_t *parameters);

#endif
