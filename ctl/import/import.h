/* `rapportctl import` and `rapportctl export`: files here, pages and batches
 * on the wire. What is in a file is never trusted, and read here, not in the
 * daemon. */
#ifndef RAPPORT_CTL_IMPORT_IMPORT_H
#define RAPPORT_CTL_IMPORT_IMPORT_H

#include <jansson.h>

#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/out.h"
#include "ctl/import/vcard.h"

/* Each returns an exit status and, when that is not 0, fills err. */
int import_run(struct client *c, const struct args *a, struct out *o,
    struct err *err);
int export_run(struct client *c, const struct args *a, struct out *o,
    struct err *err);

/* A card as the daemon takes it: an item of part contacts. */
json_t *card_item(const struct vcard *v);

/* The other way round: such an item as a vCard 4.0 (RFC 6350), appended. */
void card_write(struct buf *out, const json_t *item);

#endif
