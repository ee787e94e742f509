/* A growing string: see buf.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static void
reserve(struct buf *b, size_t more)
{
	size_t want = b->len + more + 1;

	if (want <= b->size)
		return;
	if (want < b->size * 2)
		want = b->size * 2;
	if (want < 64)
		want = 64;
	b->data = mem_resize(b->data, want);
	b->size = want;
}

void
buf_clear(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

void
buf_add(struct buf *b, const void *data, size_t len)
{
	reserve(b, len);
	if (len > 0)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	/* Into what room there is; once more when that was too little. */
	reserve(b, 0);
	va_start(ap, fmt);
	n = vsnprintf(b->data + b->len, b->size - b->len, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	if ((size_t)n >= b->size - b->len) {
		reserve(b, (size_t)n);
		va_start(ap, fmt);
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

void
buf_drain(struct buf *b, size_t n)
{
	memmove(b->data, b->data + n, b->len - n);
	b->len -= n;
	b->data[b->len] = '\0';
}

const char *
buf_str(const struct buf *b)
{
	return b->data == NULL ? "" : b->data;
}

char *
buf_take(struct buf *b)
{
	char *s;

	if (b->data == NULL)
		buf_adds(b, "");
	s = b->data;
	*b = (struct buf){0};
	return s;
}
