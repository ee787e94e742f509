/* Folders for tests: made empty, removed with all that is in them. */
#ifndef RAPPORT_TESTS_FOLDER_H
#define RAPPORT_TESTS_FOLDER_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FOLDER_PATH = 32 };

/* Make one; its path is written to out. */
static inline void
folder_make(char out[FOLDER_PATH])
{
	strcpy(out, "/tmp/rapport-test.XXXXXX");
	assert_non_null(mkdtemp(out));
}

static inline int
folder_remove_entry(const char *path, const struct stat *st, int kind,
    struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline void
folder_remove(const char *path)
{
	assert_int_equal(nftw(path, folder_remove_entry, 8,
	    FTW_DEPTH | FTW_PHYS), 0);
}

#endif
