/*
 * What a reply looks like, in words or as JSON: one entry for each method of
 * the command table.
 */
#ifndef RAPPORT_CTL_RENDER_H
#define RAPPORT_CTL_RENDER_H

#include <jansson.h>

#include "ctl/args.h"
#include "base/err.h"
#include "ctl/here.h"
#include "ctl/out.h"
#include "wire/varlink.h"

/* Append the reply to a, in words or (a->json) as one line of JSON. */
void render_reply(struct out *o, const struct args *a, const json_t *reply,
    struct here *h);

/* Whether there is an entry for the method. */
bool render_knows(const char *method);

/* What a reply's error says, as an err; returns the exit status for it. */
int render_error(const struct varlink_reply *reply, struct err *err);

#endif
