/*
 * How long `list` takes while N reminders begin to ring at once:
 *
 *	overdue SOCKET N
 *
 * Waits until the first one rings; from then until all N do it connects, lists
 * ten, hangs up, and prints the nanoseconds that took, a line each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "nanoseconds.h"

#define GIVE_UP 60000000000	/* nanoseconds */

/* Asking for the first is cheap; Status would start the notifier. */
static int
any_rings(struct caller *c)
{
	return strstr(call_wait(c, "io.rapport.List", "{\"limit\":1}"),
	    "\"state\":\"ringing\"") != NULL;
}

static long
ringing(struct caller *c)
{
	const char *reply = call_wait(c, "io.rapport.Status", "{}");
	const char *p = strstr(reply, "\"ringing\":");

	if (p == NULL)
		call_die("Status says nothing of what rings");
	return strtol(p + strlen("\"ringing\":"), NULL, 10);
}

static int64_t
list(const char *path)
{
	int64_t start = monotonic();
	struct caller c;

	call_open(&c, path, NULL);
	call_wait(&c, "io.rapport.List", "{\"limit\":10}");
	call_close(&c);
	return monotonic() - start;
}

int
main(int argc, char **argv)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	int64_t start = monotonic();
	struct caller c;

	if (argc != 3) {
		fputs("usage: overdue SOCKET N\n", stderr);
		return 2;
	}
	call_open(&c, argv[1], NULL);
	while (!any_rings(&c)) {
		if (monotonic() - start > GIVE_UP)
			call_die("nothing rings");
		nanosleep(&pause, NULL);
	}
	do {
		if (monotonic() - start > GIVE_UP)
			call_die("not all of them ring");
		printf("%lld\n", (long long)list(argv[1]));
	} while (ringing(&c) < atol(argv[2]));
	call_close(&c);
	return 0;
}
