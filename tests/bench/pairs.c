/*
 * How long programs take from start to end, side by side:
 *
 *	pairs RUNS PROGRAM [ARG…] + PROGRAM [ARG…] [+ …]
 *
 * Runs them in turn, RUNS times each, and prints a line a round: the
 * nanoseconds of each from posix_spawn(3) to its end. Taking turns lets a busy
 * machine slow all of them alike. Their input and output is /dev/null; the
 * first one that fails ends it all.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nanoseconds.h"

enum { PROGRAMS_MAX = 8 };

static int64_t
run(char **argv, const posix_spawn_file_actions_t *actions)
{
	int64_t start = monotonic();
	pid_t pid;
	int status, rc;

	rc = posix_spawnp(&pid, argv[0], actions, NULL, argv, environ);
	if (rc != 0) {
		fprintf(stderr, "pairs: %s: %s\n", argv[0], strerror(rc));
		exit(1);
	}
	if (waitpid(pid, &status, 0) != pid || status != 0) {
		fprintf(stderr, "pairs: %s failed: %#x\n", argv[0], status);
		exit(1);
	}
	return monotonic() - start;
}

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	char **programs[PROGRAMS_MAX];
	int runs, n = 0, i, round;

	if (argc < 3) {
		fputs("usage: pairs RUNS PROGRAM [ARG...] [+ ...]\n", stderr);
		return 2;
	}
	runs = atoi(argv[1]);
	programs[n++] = argv + 2;
	for (i = 3; i < argc; i++)
		if (strcmp(argv[i], "+") == 0 && n < PROGRAMS_MAX) {
			argv[i] = NULL;
			programs[n++] = argv + i + 1;
		}
	posix_spawn_file_actions_init(&actions);
	for (i = 0; i < 3; i++)
		posix_spawn_file_actions_addopen(&actions, i, "/dev/null",
		    O_RDWR, 0);
	for (round = -2; round < runs; round++) {	/* two to warm up */
		for (i = 0; i < n; i++) {
			int64_t took = run(programs[i], &actions);

			if (round >= 0)
				printf("%lld%c", (long long)took,
				    i == n - 1 ? '\n' : ' ');
		}
	}
	posix_spawn_file_actions_destroy(&actions);
	return 0;
}
