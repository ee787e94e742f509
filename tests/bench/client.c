/*
 * Clients that call the daemon as fast as it answers:
 *
 *	client SOCKET CLIENTS CALLS METHOD PARAMETERS
 *
 * CLIENTS connections make CALLS calls in all, each sending its next one when
 * the one before is answered. Prints the nanoseconds that all of it took, and
 * those that the daemon's processor time went up by.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "call.h"
#include "nanoseconds.h"

enum { CLIENTS_MAX = 256 };

static void
serially(struct caller *c, int calls, const char *method,
    const char *parameters)
{
	while (calls-- > 0)
		call_wait(c, method, parameters);
}

static void
together(struct caller *callers, int n, int calls, const char *method,
    const char *parameters)
{
	struct epoll_event events[CLIENTS_MAX], ev = {.events = EPOLLIN};
	int epoll = epoll_create1(EPOLL_CLOEXEC), sent = 0, answered = 0, i;

	for (i = 0; i < n; i++) {
		ev.data.ptr = &callers[i];
		epoll_ctl(epoll, EPOLL_CTL_ADD, callers[i].fd, &ev);
		call_send(&callers[i], method, parameters);
		sent++;
	}
	while (answered < sent) {
		int ready = epoll_wait(epoll, events, CLIENTS_MAX, -1);

		for (i = 0; i < ready; i++) {
			struct caller *c = events[i].data.ptr;

			if (!call_read(c))
				continue;
			answered++;
			if (sent < calls) {
				call_send(c, method, parameters);
				sent++;
			}
		}
	}
}

int
main(int argc, char **argv)
{
	static struct caller callers[CLIENTS_MAX];
	int64_t wall, cpu;
	clockid_t clock;
	pid_t daemon = 0;
	int n, calls, i;

	if (argc != 6 || (n = atoi(argv[2])) < 1 || n > CLIENTS_MAX) {
		fputs("usage: client SOCKET CLIENTS CALLS METHOD "
		    "PARAMETERS\n", stderr);
		return 2;
	}
	calls = atoi(argv[3]);
	for (i = 0; i < n; i++)
		call_open(&callers[i], argv[1], &daemon);
	serially(&callers[0], 1, argv[4], argv[5]);
	if (clock_getcpuclockid(daemon, &clock) != 0)
		call_die("no processor time of the daemon");

	cpu = nanoseconds(clock);
	wall = monotonic();
	if (n == 1)
		serially(&callers[0], calls, argv[4], argv[5]);
	else
		together(callers, n, calls, argv[4], argv[5]);
	wall = monotonic() - wall;
	cpu = nanoseconds(clock) - cpu;
	printf("%lld %lld\n", (long long)wall, (long long)cpu);

	for (i = 0; i < n; i++)
		call_close(&callers[i]);
	return 0;
}
