/*
 * A disk that takes its time, as a preload: every fsync(2) and fdatasync(2)
 * lasts SLOW_SYNC_US microseconds longer, and is counted in the file that
 * SLOW_SYNC_COUNT names (a 64-bit number; whoever measures makes the file).
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint64_t nowhere, *count = &nowhere;
static struct timespec longer;

static void __attribute__((constructor))
begin(void)
{
	const char *us = getenv("SLOW_SYNC_US");
	const char *path = getenv("SLOW_SYNC_COUNT");
	void *at = MAP_FAILED;
	int fd;

	if (us != NULL) {
		longer.tv_sec = atol(us) / 1000000;
		longer.tv_nsec = atol(us) % 1000000 * 1000;
	}
	if (path == NULL || (fd = open(path, O_RDWR | O_CLOEXEC)) < 0)
		return;
	at = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0);
	if (at != MAP_FAILED)
		count = at;
	close(fd);
}

static int
slowly(long number, int fd)
{
	__atomic_add_fetch(count, 1, __ATOMIC_RELAXED);
	nanosleep(&longer, NULL);
	return (int)syscall(number, fd);
}

int
fsync(int fd)
{
	return slowly(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return slowly(SYS_fdatasync, fd);
}
