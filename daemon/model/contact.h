/*
 * A contact: somebody a relationship is kept with. So far a handle and a
 * name; what is known about people grows in this room.
 */
#ifndef RAPPORT_MODEL_CONTACT_H
#define RAPPORT_MODEL_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct contact {
	int64_t id;
	char *handle;		/* "dana": unique, what people type */
	char *name;		/* "Dana Novak" */
	int64_t created;
};

struct contacts {
	struct contact *v;
	size_t n;
};

enum { HANDLE_MAX = 64 };	/* bytes */

void contact_clear(struct contact *c);
void contacts_clear(struct contacts *cs);
void contacts_take(struct contacts *cs, struct contact *c);

/*
 * A handle is 1 … HANDLE_MAX bytes of letters (of any script), digits, '-',
 * '_' and '.', begins with a letter and does not end with '.'.
 * ERR_NOT_UNDERSTOOD names the parameter.
 */
bool handle_valid(const char *handle, const char *parameter,
    struct err *err);

/* The handle a name suggests: its first word in lower case (ASCII letters
 * only), without what a handle can't hold; "" when nothing is left. */
void handle_from_name(const char *name, char out[HANDLE_MAX + 1]);

#endif
