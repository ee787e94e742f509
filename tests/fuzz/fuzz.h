/*
 * What the fuzz targets share. A target is one LLVMFuzzerTestOneInput, which is
 * called with bytes by chance and aborts where a promise of a header is broken.
 */
#ifndef RAPPORT_TESTS_FUZZ_H
#define RAPPORT_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/utf8.h"
#include "time/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, \
			    __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* The bytes as a string, up to the first NUL. The caller frees it. */
static inline char *
string_of(const uint8_t *data, size_t size)
{
	char *s = malloc(size + 1);

	if (s == NULL)
		abort();
	if (size > 0)
		memcpy(s, data, size);
	s[size] = '\0';
	return s;
}

/* Whether it may come that far: UTF-8 without control characters is checked at
 * the door. */
static inline bool
is_text(const char *s)
{
	size_t left = strlen(s), n;
	uint32_t c;

	for (; left > 0; s += n, left -= n) {
		n = utf8_decode(s, left, &c);
		if (n == 0 || utf8_is_control(c))
			return false;
	}
	return true;
}

/* Some number below n that goes with the input: a target that tries one of
 * many circumstances each time tries more inputs. */
static inline size_t
some(const char *input, size_t n)
{
	size_t hash = 5381;

	for (; *input != '\0'; input++)
		hash = hash * 33 + (unsigned char)*input;
	return hash % n;
}

/* A refusal says why: one line that can be shown, and what kind it is. */
static inline void
must_say_why(const struct err *err)
{
	size_t len = strlen(err->message), i;

	MUST(err->code == ERR_NOT_UNDERSTOOD || err->code == ERR_IMPOSSIBLE);
	MUST(len > 0 && utf8_valid(err->message, len));
	for (i = 0; i < len; i++)
		MUST(err->message[i] != '\n');
}

/* Zones with gaps and folds: of an hour, and of half an hour. */
static inline struct zone *
zone_of(const char *rules)
{
	struct zone *z = zone_from_posix(rules, "Fuzz/Town", NULL);

	MUST(z != NULL);
	return z;
}

#define BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"
#define LORD_HOWE "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"

/* Seconds of the processor. */
static inline double
processor_time(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* Bounded work: nothing in time/ takes a tenth of this, the sanitizers' part
 * included. */
#define SECONDS_MAX 0.5

#endif
