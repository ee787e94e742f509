/*
 * The shortest way from a clock to a pop-up: a timerfd and libnotify.
 *
 *	popup_direct FIRST PERIOD N
 *
 * Shows N pop-ups, "direct 0", "direct 1", …, the first at the moment FIRST,
 * each PERIOD after the one before; both in milliseconds, FIRST since 1970.
 */
#include <libnotify/notify.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

static void
wait_until(int timer, int64_t ms)
{
	const struct itimerspec at = {.it_value = {
		.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}};
	uint64_t fired;

	if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL) != 0 ||
	    read(timer, &fired, sizeof fired) != sizeof fired)
		exit(1);
}

int
main(int argc, char **argv)
{
	int timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC), n, i;
	int64_t first, period;

	if (argc != 4 || timer < 0 || !notify_init("rapport-bench"))
		return 2;
	first = atoll(argv[1]);
	period = atoll(argv[2]);
	n = atoi(argv[3]);
	g_list_free_full(notify_get_server_caps(), g_free);
	for (i = 0; i < n; i++) {
		GError *error = NULL;
		char summary[32];
		NotifyNotification *popup;

		snprintf(summary, sizeof summary, "direct %d", i);
		popup = notify_notification_new(summary, "due now", NULL);
		notify_notification_set_timeout(popup, NOTIFY_EXPIRES_NEVER);
		wait_until(timer, first + i * period);
		if (!notify_notification_show(popup, &error)) {
			fprintf(stderr, "popup_direct: %s\n", error->message);
			return 1;
		}
		g_object_unref(popup);
	}
	return 0;
}
