/*
 * Who is known: all contacts in memory, to be asked many times within one
 * request whether somebody is one of them.
 */
#ifndef RAPPORT_METHODS_KNOWN_H
#define RAPPORT_METHODS_KNOWN_H

#include "methods/record.h"

struct known {
	struct store *store;
	struct contacts all;
	json_t *by_handle, *by_uid;	/* small letters → place in all */
	json_t *by_name;		/* small letters → array of places */
	json_t *next;			/* handle → number to try behind it */
};

bool known_open(struct known *k, struct store *s, struct err *err);
void known_close(struct known *k);

/*
 * The contact that a record is about; *out NULL: it is nobody known. The same
 * UID; the same handle and name; the same name and an e-mail address, a
 * telephone number or the birthday in common. A name alone has to do where one
 * of the two is nothing but a name. Borrowed until the next known_add.
 */
bool known_find(struct known *k, const struct person_record *p,
    struct contact **out, struct err *err);

/* A handle that nobody has, from the name or else an address; the caller
 * frees. */
char *known_new_handle(struct known *k, const struct person_record *p);

/* They were added: known from now on. Takes over what c owns. */
void known_add(struct known *k, struct contact *c);

/* By that very handle (ASCII case ignored), or NULL. Borrowed as above. */
struct contact *known_handle(const struct known *k, const char *handle);

/* Whether two telephone numbers are the same one, however they are written:
 * by their last nine digits, as one of them may lack the country. */
bool known_same_phone(const char *a, const char *b);

#endif
