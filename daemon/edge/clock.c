/* The clock: see clock.h. What follows is all of the daemon that touches the
 * time of day. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "edge/clock.h"

/* The end of the year 9999: stands for "nothing is due". The timer stays
 * armed, because only an armed one tells that the clock was set. */
#define FAR_AWAY INT64_C(253402300799)

struct clock_source {
	int fd;
	struct event *event;
	int64_t armed;		/* 0: it fired, and is not armed again */
	bool was_set;		/* the clock was set while it was armed */
	void (*fired)(void *arg);
	void *arg;
};

/* Not time(2): that one reads the clock of the last tick and can still say
 * the second before when a timer fires on the second. */
int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct clock_source *c = arg;
	uint64_t expirations;
	ssize_t n;

	(void)what;
	n = read(fd, &expirations, sizeof expirations);
	/* ECANCELED: a resume, or a clock that was set (timerfd_create(2)). */
	if (n < 0 && errno != ECANCELED && !c->was_set)
		return;
	c->was_set = false;
	c->armed = 0;
	c->fired(c->arg);
}

struct clock_source *
clock_new(struct event_base *base, void (*fired)(void *arg), void *arg,
    struct err *err)
{
	struct clock_source *c = mem_new(1, sizeof *c);

	c->fired = fired;
	c->arg = arg;
	c->fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (c->fd < 0) {
		err_set(err, ERR_INTERNAL, "no timer: %s", strerror(errno));
		free(c);
		return NULL;
	}
	c->event = event_new(base, c->fd, EV_READ | EV_PERSIST, on_timer, c);
	if (c->event == NULL)
		abort();
	event_priority_set(c->event, 0);
	event_add(c->event, NULL);
	clock_arm(c, INT64_MAX);
	return c;
}

void
clock_free(struct clock_source *c)
{
	if (c == NULL)
		return;
	event_free(c->event);
	close(c->fd);
	free(c);
}

void
clock_arm(struct clock_source *c, int64_t when)
{
	struct itimerspec at = {0};

	if (when > FAR_AWAY)
		when = FAR_AWAY;
	if (when < 1)
		when = 1;	/* 0 would disarm it */
	if (when == c->armed)
		return;
	c->armed = when;
	at.it_value.tv_sec = (time_t)when;
	if (timerfd_settime(c->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
	    &at, NULL) == 0)
		return;
	if (errno != ECANCELED) {
		log_error("can't set the timer: %s", strerror(errno));
		return;
	}
	/* The clock was set just now. The timer is armed, but the news came
	 * here instead of by read(2): pass it on. */
	c->was_set = true;
	event_active(c->event, EV_READ, 0);
}
