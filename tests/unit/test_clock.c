/* The clock fires at absolute moments, when it is set, and rests when nothing
 * is due. And what systemd hears and hands over. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "edge/clock.h"
#include "edge/systemd.h"
#include "tests/unit/folder.h"

static struct event_base *base;
static int fired;
static struct timespec when_fired;

static void
on_fired(void *arg)
{
	(void)arg;
	fired++;
	clock_gettime(CLOCK_REALTIME, &when_fired);
	event_base_loopbreak(base);
}

/* Run the loop until the clock fires, at most so long. */
static void
run(long milliseconds)
{
	struct timeval limit = {milliseconds / 1000,
	    milliseconds % 1000 * 1000};

	event_base_loopexit(base, &limit);
	event_base_dispatch(base);
}

/*
 * A clock that is set, or a resume, can't be had in a test. What the kernel
 * then does (timerfd_create(2)): whichever is called next on an armed timer
 * with TFD_TIMER_CANCEL_ON_SET fails with ECANCELED, be it read, for which the
 * descriptor becomes readable, or timerfd_settime, which arms it all the same.
 */
static bool set_meanwhile;
static int arm_flags;

int
timerfd_settime(int fd, int flags, const struct itimerspec *at,
    struct itimerspec *old)
{
	int rc = (int)syscall(SYS_timerfd_settime, fd, flags, at, old);

	arm_flags = flags;
	if (rc != 0 || !set_meanwhile)
		return rc;
	set_meanwhile = false;
	errno = ECANCELED;
	return -1;
}

static void
it_tells_that_it_was_set(void **state)
{
	struct err err;
	struct clock_source *c;
	int64_t due;

	(void)state;
	base = event_base_new();
	fired = 0;
	c = clock_new(base, on_fired, NULL, &err);
	assert_non_null(c);
	/* Also while nothing is due. */
	assert_int_equal(arm_flags, TFD_TIMER_ABSTIME |
	    TFD_TIMER_CANCEL_ON_SET);
	set_meanwhile = true;
	due = clock_now() + 2;
	clock_arm(c, due);
	run(4000);
	assert_int_equal(fired, 1);
	assert_true(when_fired.tv_sec < due);
	/* It has to be armed again, and then fires in time. */
	clock_arm(c, due);
	run(4000);
	assert_int_equal(fired, 2);
	assert_int_equal(when_fired.tv_sec, due);
	clock_free(c);
	event_base_free(base);
}

static void
it_fires_on_the_second(void **state)
{
	struct err err;
	struct clock_source *c;
	int64_t due;

	(void)state;
	base = event_base_new();
	fired = 0;
	c = clock_new(base, on_fired, NULL, &err);
	assert_non_null(c);
	due = clock_now() + 1;
	clock_arm(c, due);
	clock_arm(c, due);
	run(3000);
	assert_int_equal(fired, 1);
	assert_int_equal(when_fired.tv_sec, due);
	assert_true(when_fired.tv_nsec < 500000000);
	/* Looked at anew: the second has really come. */
	assert_true(clock_now() >= due);
	run(20);
	assert_int_equal(fired, 1);	/* once */
	clock_free(c);
	event_base_free(base);
}

static void
the_past_is_at_once(void **state)
{
	static const int64_t past[] = {INT64_MIN, -1, 0, 1, 1000000000};
	struct err err;
	struct clock_source *c;
	size_t i;

	(void)state;
	base = event_base_new();
	fired = 0;
	c = clock_new(base, on_fired, NULL, &err);
	for (i = 0; i < sizeof past / sizeof past[0]; i++) {
		clock_arm(c, past[i]);
		run(1000);
		assert_int_equal(fired, i + 1);
	}
	/* The same moment again counts again. */
	clock_arm(c, past[i - 1]);
	run(1000);
	assert_int_equal(fired, i + 1);
	clock_free(c);
	event_base_free(base);
}

static void
nothing_due_is_silence(void **state)
{
	struct err err;
	struct clock_source *c;

	(void)state;
	base = event_base_new();
	fired = 0;
	c = clock_new(base, on_fired, NULL, &err);
	run(50);
	clock_arm(c, clock_now() + 3600);
	run(50);
	clock_arm(c, INT64_MAX);
	run(50);
	assert_int_equal(fired, 0);
	clock_arm(c, clock_now());	/* and back */
	run(1000);
	assert_int_equal(fired, 1);
	clock_free(c);
	clock_free(NULL);
	event_base_free(base);
}

/* --------------------------------------------------------------- systemd -- */

static void
notify_socket(const char *path)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char text[64];
	ssize_t n;

	memcpy(a.sun_path, path, strlen(path));
	if (path[0] == '@')
		a.sun_path[0] = '\0';
	assert_int_equal(bind(fd, (struct sockaddr *)&a, (socklen_t)
	    (offsetof(struct sockaddr_un, sun_path) + strlen(path))), 0);
	setenv("NOTIFY_SOCKET", path, 1);
	systemd_notify("READY=1");
	n = recv(fd, text, sizeof text, MSG_DONTWAIT);
	assert_int_equal(n, 7);
	assert_memory_equal(text, "READY=1", 7);
	close(fd);
	unsetenv("NOTIFY_SOCKET");
}

static void
it_tells_systemd(void **state)
{
	char folder[FOLDER_PATH], path[64];

	(void)state;
	systemd_notify("READY=1");	/* nobody listens: nothing happens */
	folder_make(folder);
	snprintf(path, sizeof path, "%s/notify", folder);
	notify_socket(path);
	snprintf(path, sizeof path, "@%s", folder);
	notify_socket(path);
	folder_remove(folder);
}

static void
nothing_is_handed_over(void **state)
{
	static const struct {
		const char *pid, *fds;
	} t[] = {
		{NULL, NULL}, {"1", "1"}, {NULL, "1"}, {"self", "0"},
		{"self", "x"}, {"self", ""}, {"self", "-1"}, {"x", "1"},
	};
	struct err err = {0};
	char self[16];
	size_t i;

	(void)state;
	snprintf(self, sizeof self, "%ld", (long)getpid());
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *pid = t[i].pid;

		if (pid != NULL)
			setenv("LISTEN_PID", strcmp(pid, "self") == 0 ? self :
			    pid, 1);
		if (t[i].fds != NULL)
			setenv("LISTEN_FDS", t[i].fds, 1);
		assert_int_equal(systemd_listen_fd(&err), -1);
		assert_int_equal(err.code, ERR_NONE);
		assert_null(getenv("LISTEN_PID"));
		assert_null(getenv("LISTEN_FDS"));
	}
	/* More than rapportd.socket says. */
	setenv("LISTEN_PID", self, 1);
	setenv("LISTEN_FDS", "2", 1);
	assert_int_equal(systemd_listen_fd(&err), -1);
	assert_int_equal(err.code, ERR_IMPOSSIBLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_fires_on_the_second),
		cmocka_unit_test(it_tells_that_it_was_set),
		cmocka_unit_test(the_past_is_at_once),
		cmocka_unit_test(nothing_due_is_silence),
		cmocka_unit_test(it_tells_systemd),
		cmocka_unit_test(nothing_is_handed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
