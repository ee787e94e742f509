/* A tz database of a test's own: files of zones, by their rules, in a folder
 * that TZDIR names. */
#ifndef RAPPORT_TESTS_TZ_DATABASE_H
#define RAPPORT_TESTS_TZ_DATABASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"

static inline void
tz_write(const char *dir, const char *name, const void *data, size_t len)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "w");
	if (f == NULL || fwrite(data, 1, len, f) != len || fclose(f) != 0)
		fail_msg("%s can't be written", path);
}

/* The smallest file of version 2: one type and the footer, which has the rules
 * as POSIX says them. The zone's folder must exist. */
static inline void
tz_write_zone(const char *dir, const char *name, const char *footer)
{
	static const char block[44 + 6 + 4] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\1"
	    "\0\0\0\4" "\0\0\0\0\0\0" "-00";
	struct buf b = {0};

	buf_add(&b, block, sizeof block);
	buf_add(&b, block, sizeof block);
	buf_addf(&b, "\n%s\n", footer);
	tz_write(dir, name, b.data, b.len);
	buf_clear(&b);
}

#endif
