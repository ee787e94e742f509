/*
 * Enumerations and their names, the same in code, database, wire and help.
 * Each table ends with NULL, so that it can be listed, checked and completed.
 */
#ifndef RAPPORT_MODEL_NAMES_H
#define RAPPORT_MODEL_NAMES_H

#include <stdbool.h>

/* The index of name in the table (ASCII case ignored), or -1. */
int names_index(const char *const *names, const char *name);

/* The names in one string, "reminder, next-step, … or ask", for messages;
 * returns out. */
char *names_list(const char *const *names, char *out, unsigned long size);

#endif
