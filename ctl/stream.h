/* What goes on until it is interrupted: watch, and status --follow. */
#ifndef RAPPORT_CTL_STREAM_H
#define RAPPORT_CTL_STREAM_H

#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/here.h"
#include "ctl/out.h"

/* Each returns an exit status and, when that is not 0, fills err. They end
 * with 0 when the reader of standard output has gone. */

/* Call with `more` over an open connection and print every reply. */
int stream_watch(struct client *c, const struct args *a, struct out *o,
    struct here *h, struct err *err);
int stream_rpc(struct client *c, const char *method, const json_t *parameters,
    struct out *o, struct err *err);

/* Print the status, and again whenever it has changed; a daemon that goes away
 * is waited for. */
int stream_status(const char *path, const struct args *a, struct out *o,
    struct here *h, struct err *err);

#endif
