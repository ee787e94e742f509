/*
 * A stand-in for daemon/edge/clock.c, for tests: time passes when a test says
 * so, and all else of rapportd is real. (A clock that moves can't be had
 * otherwise: setting the machine's is nobody's right, and moving libfaketime's
 * does not wake a timer that waits.)
 *
 * The daemon connects to the socket that RAPPORT_CLOCK names, and is told the
 * time, as Unix seconds on a line. Then it takes lines:
 *
 *	now T	It is T now, and nothing tells the daemon: so does time pass
 *		in sleep, or between the clock being set and the news of it.
 *	fire	The timer fires: its moment has come, or the clock was set, or
 *		the machine has resumed. The daemon looks at the clock anew in
 *		all three cases, and knows no difference.
 *
 * and answers each with a line when it is at rest: the moment it armed the
 * clock for. At rest means: a turn has ended (the clock is armed at the end of
 * each), and that moment lies ahead.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "edge/clock.h"

struct clock_source {
	struct event *told, *due;
	int64_t armed;
	bool firing;		/* the answer waits until it is at rest */
	void (*fired)(void *arg);
	void *arg;
};

static FILE *test;	/* whoever drives the clock; NULL: not asked yet */
static int64_t now;

static void __attribute__((noreturn))
lost(const char *what)
{
	log_error("the clock's stand-in: %s: %s", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static void
meet_test(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char line[64];
	const char *path = getenv("RAPPORT_CLOCK");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (path == NULL || strlen(path) >= sizeof address.sun_path)
		lost("RAPPORT_CLOCK");
	strcpy(address.sun_path, path);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    (test = fdopen(fd, "r")) == NULL)
		lost(path);
	/* What a buffer held would wake nobody. */
	setvbuf(test, NULL, _IONBF, 0);
	if (fgets(line, sizeof line, test) == NULL ||
	    sscanf(line, "%" SCNd64, &now) != 1)
		lost("it is told no time");
}

int64_t
clock_now(void)
{
	if (test == NULL)
		meet_test();
	return now;
}

static void
answer(struct clock_source *c)
{
	c->firing = false;
	dprintf(fileno(test), "%" PRId64 "\n", c->armed);
}

static void
on_due(evutil_socket_t fd, short what, void *arg)
{
	struct clock_source *c = arg;

	(void)fd;
	(void)what;
	c->fired(c->arg);
}

static void
on_told(evutil_socket_t fd, short what, void *arg)
{
	struct clock_source *c = arg;
	char line[64];

	(void)fd;
	(void)what;
	if (fgets(line, sizeof line, test) == NULL) {
		event_del(c->told);	/* the test is over */
	} else if (sscanf(line, "now %" SCNd64, &now) == 1) {
		answer(c);
	} else {
		c->firing = true;
		c->fired(c->arg);
	}
}

struct clock_source *
clock_new(struct event_base *base, void (*fired)(void *arg), void *arg,
    struct err *err)
{
	struct clock_source *c = mem_new(1, sizeof *c);

	(void)err;
	clock_now();
	c->fired = fired;
	c->arg = arg;
	c->armed = INT64_MAX;
	c->told = event_new(base, fileno(test), EV_READ | EV_PERSIST, on_told,
	    c);
	c->due = event_new(base, -1, 0, on_due, c);
	if (c->told == NULL || c->due == NULL)
		abort();
	event_priority_set(c->told, 0);
	event_priority_set(c->due, 0);
	event_add(c->told, NULL);
	return c;
}

void
clock_free(struct clock_source *c)
{
	if (c == NULL)
		return;
	event_free(c->told);
	event_free(c->due);
	fclose(test);
	free(c);
}

void
clock_arm(struct clock_source *c, int64_t when)
{
	c->armed = when;
	if (when <= now)
		event_active(c->due, EV_TIMEOUT, 0);
	else if (c->firing)
		answer(c);
}
