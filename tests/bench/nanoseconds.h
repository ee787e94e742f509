/* The clocks that the bench measures by, in nanoseconds. */
#ifndef RAPPORT_BENCH_NANOSECONDS_H
#define RAPPORT_BENCH_NANOSECONDS_H

#include <stdint.h>
#include <time.h>

static inline int64_t
nanoseconds(clockid_t clock)
{
	struct timespec t = {0};

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int64_t
monotonic(void)
{
	return nanoseconds(CLOCK_MONOTONIC);
}

#endif
