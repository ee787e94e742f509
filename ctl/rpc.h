/* `rapportctl rpc`: any method of the socket, by name. */
#ifndef RAPPORT_CTL_RPC_H
#define RAPPORT_CTL_RPC_H

#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/out.h"

/* Call and print the answer as JSON; returns an exit status and, when that is
 * not 0, fills err. */
int rpc_run(struct client *c, const struct args *a, struct out *o,
    struct err *err);

#endif
