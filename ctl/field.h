/* Members of a reply, as the client reads them: what is missing there, or is
 * null, is empty here. */
#ifndef RAPPORT_CTL_FIELD_H
#define RAPPORT_CTL_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Borrowed from o, never NULL; "" when it is no string. */
const char *field_string(const json_t *o, const char *name);

/* 0 when it is no number. */
int64_t field_int(const json_t *o, const char *name);

bool field_true(const json_t *o, const char *name);

/* Strings of an array, "dana, tom", but for except (may be NULL); the caller
 * frees it. */
char *field_list(const json_t *o, const char *name, const char *except);

#endif
