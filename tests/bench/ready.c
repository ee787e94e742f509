/*
 * From start to READY=1, as the service manager sees it:
 *
 *	ready RUNS PROGRAM [ARG…]
 *
 * Starts the program, waits for sd_notify's READY=1, ends it by SIGTERM, RUNS
 * times (and once to warm up), and prints the nanoseconds of each.
 */
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nanoseconds.h"

enum { LIMIT = 20 };	/* seconds until it is given up */

/* A datagram socket in the abstract namespace, told to the children. */
static int
notify_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const struct timeval limit = {.tv_sec = LIMIT};
	char name[64];
	int n, fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	n = snprintf(name, sizeof name, "@rapport-bench-%d", (int)getpid());
	memcpy(address.sun_path + 1, name + 1, (size_t)n - 1);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, (socklen_t)
	    (offsetof(struct sockaddr_un, sun_path) + (size_t)n)) != 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit,
	    sizeof limit) != 0)
		return -1;
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

static int
wait_ready(int fd)
{
	char message[512];
	ssize_t n;

	do {
		n = recv(fd, message, sizeof message - 1, 0);
		if (n <= 0)
			return 0;
		message[n] = '\0';
	} while (strstr(message, "READY=1") == NULL);
	return 1;
}

int
main(int argc, char **argv)
{
	int fd = notify_socket(), run, rc, runs, status;

	if (argc < 3 || fd < 0) {
		fputs("usage: ready RUNS PROGRAM [ARG...]\n", stderr);
		return 2;
	}
	runs = atoi(argv[1]);
	for (run = -1; run < runs; run++) {
		int64_t start = monotonic(), took;
		pid_t pid;

		rc = posix_spawn(&pid, argv[2], NULL, NULL, argv + 2,
		    environ);
		if (rc != 0) {
			fprintf(stderr, "ready: %s: %s\n", argv[2],
			    strerror(rc));
			return 1;
		}
		rc = wait_ready(fd);
		took = monotonic() - start;
		kill(pid, SIGTERM);
		waitpid(pid, &status, 0);
		if (!rc || status != 0) {
			fprintf(stderr, "ready: %s\n", rc ?
			    "it did not end well" : "it was never ready");
			return 1;
		}
		if (run >= 0)
			printf("%lld\n", (long long)took);
	}
	return 0;
}
