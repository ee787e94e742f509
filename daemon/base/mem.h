/*
 * Memory that is there or the program is not: out of memory aborts, because
 * the transaction makes a restart the recovery (the store holds the truth),
 * and a path that is never taken in tests would be wrong when it counts.
 */
#ifndef RAPPORT_BASE_MEM_H
#define RAPPORT_BASE_MEM_H

#include <stddef.h>

/* Zeroed memory for n objects of size bytes each. The caller frees it. */
void *mem_new(size_t n, size_t size);

/* realloc(3) that never fails. */
void *mem_resize(void *p, size_t size);

/* A copy that the caller frees; mem_dup(NULL) is NULL. */
char *mem_dup(const char *s);

#endif
