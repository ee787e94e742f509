/* A string that grows. Out of memory aborts (see mem.h). */
#ifndef RAPPORT_BASE_BUF_H
#define RAPPORT_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;	/* NUL-terminated once anything was added; else NULL */
	size_t len;	/* bytes, without the NUL */
	size_t size;
};

/* A zeroed struct buf is an empty one. buf_clear frees and zeroes it. */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, const void *data, size_t len);
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Remove the first n bytes (n <= len). */
void buf_drain(struct buf *b, size_t n);

/* The string, never NULL; the buf keeps it. */
const char *buf_str(const struct buf *b);

/* Hand the string over to the caller, who frees it, and empty the buf. */
char *buf_take(struct buf *b);

#endif
