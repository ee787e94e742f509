/* The watch on /etc/localtime, here a link of the test's own: it tells of each
 * change of the link, whichever way that is made, and of nothing else. */
#include <event2/event.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "edge/localtime.h"
#include "tests/unit/folder.h"

static char folder[FOLDER_PATH], link_path[64], other_path[64];
static struct event_base *base;
static struct localtime *watched;
static int told;

static void
on_changed(void *arg)
{
	(void)arg;
	told++;
}

static const char *
path(const char *name)
{
	static char path[64];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void
write_file(const char *name, const char *text)
{
	int fd = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static int
set_up(void **state)
{
	(void)state;
	folder_make(folder);
	strcpy(link_path, path("localtime"));
	strcpy(other_path, path("localtime.new"));
	write_file("Berlin", "CET");
	write_file("Tokyo", "JST");
	assert_int_equal(symlink("Berlin", link_path), 0);
	base = event_base_new();
	assert_int_equal(event_base_priority_init(base, 2), 0);
	watched = localtime_new(base, link_path, true, on_changed, NULL);
	told = 0;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	localtime_free(watched);
	event_base_free(base);
	folder_remove(folder);
	return 0;
}

static int
find_descriptor(const struct event_base *b, const struct event *event,
    void *arg)
{
	(void)b;
	if (event_get_fd(event) >= 0)
		*(int *)arg = event_get_fd(event);
	return 0;
}

/* Whether something has woken the daemon: inotify tells at once. */
static bool
woken(void)
{
	struct pollfd p = {.fd = -1, .events = POLLIN};

	event_base_foreach_event(base, find_descriptor, &p.fd);
	assert_true(p.fd >= 0);
	return poll(&p, 1, 0) == 1;
}

/* Let it look; whether it told of a change. */
static bool
tells(void)
{
	int before = told;

	while (woken())
		event_base_loop(base, EVLOOP_NONBLOCK);
	return told > before;
}

static void
replace_link(const char *target)
{
	assert_int_equal(symlink(target, other_path), 0);
	assert_int_equal(rename(other_path, link_path), 0);
}

static void
test_replaced(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		replace_link(i % 2 == 0 ? "Tokyo" : "Berlin");
		assert_true(tells());
	}
}

static void
test_deleted_and_made_again(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_int_equal(unlink(link_path), 0);
		assert_true(tells());
		/* Now the folder is watched, but not told of. */
		write_file("unrelated", "");
		assert_false(tells());
		assert_int_equal(symlink("Tokyo", link_path), 0);
		assert_true(tells());
		write_file("unrelated", "");
		assert_false(woken());
	}
	/* Between two looks. */
	assert_int_equal(unlink(link_path), 0);
	assert_int_equal(symlink("Berlin", link_path), 0);
	assert_true(tells());
	replace_link("Tokyo");
	assert_true(tells());
}

static void
test_moved_away_and_back(void **state)
{
	(void)state;
	assert_int_equal(rename(link_path, other_path), 0);
	assert_true(tells());
	/* What is called otherwise now is of no interest. */
	assert_int_equal(lchown(other_path, getuid(), getgid()), 0);
	assert_false(tells());
	assert_int_equal(rename(other_path, link_path), 0);
	assert_true(tells());
	assert_int_equal(unlink(link_path), 0);
	assert_true(tells());
}

static void
test_a_link_that_leads_nowhere(void **state)
{
	(void)state;
	replace_link("Nowhere");
	assert_true(tells());
	replace_link("Berlin");
	assert_true(tells());
}

static void
test_a_copy_instead_of_a_link(void **state)
{
	(void)state;
	assert_int_equal(unlink(link_path), 0);
	write_file("localtime", "CET");
	assert_true(tells());
	write_file("localtime", "JST");
	assert_true(tells());
	write_file("localtime.new", "CET");
	assert_int_equal(rename(other_path, link_path), 0);
	assert_true(tells());
}

static void
test_missing_at_first(void **state)
{
	(void)state;
	localtime_free(watched);
	assert_int_equal(unlink(link_path), 0);
	watched = localtime_new(base, link_path, true, on_changed, NULL);
	write_file("unrelated", "");
	assert_false(tells());
	assert_int_equal(symlink("Tokyo", link_path), 0);
	assert_true(tells());
}

static void
test_what_else_happens_wakes_nobody(void **state)
{
	(void)state;
	write_file("resolv.conf", "nameserver 127.0.0.1");
	assert_int_equal(rename(path("resolv.conf"), other_path), 0);
	assert_int_equal(unlink(other_path), 0);
	write_file("Tokyo", "JST again");
	assert_false(woken());
	/* Reading it is nothing either. */
	close(open(link_path, O_RDONLY));
	assert_false(woken());
}

/* ------------------------------------------------- the file that it is -- */

static void
test_look(void **state)
{
	(void)state;
	assert_false(localtime_look(watched, 1000));
	/* The tz database is upgraded: another file of the same name. */
	write_file("Berlin.new", "CET, with other rules");
	strcpy(other_path, path("Berlin.new"));
	assert_int_equal(rename(other_path, path("Berlin")), 0);
	assert_false(woken());
	assert_false(localtime_look(watched, 1059));	/* too early */
	assert_true(localtime_look(watched, 1060));
	assert_false(localtime_look(watched, 1120));
	/* Written to. */
	write_file("Berlin", "CET, with other rules again");
	assert_true(localtime_look(watched, 1180));
	/* It goes, and comes back. */
	assert_int_equal(unlink(path("Berlin")), 0);
	assert_true(localtime_look(watched, 1240));
	assert_false(localtime_look(watched, 1300));
	write_file("Berlin", "CET");
	assert_true(localtime_look(watched, 1360));
	/* The clock was set back. */
	write_file("Berlin", "CET, and more");
	assert_true(localtime_look(watched, 500));
	assert_false(localtime_look(watched, 559));
}

/* TZ names the file: no link that moves, but its rules may change. */
static void
test_a_file_that_stays(void **state)
{
	(void)state;
	localtime_free(watched);
	watched = localtime_new(base, path("Berlin"), false, on_changed,
	    NULL);
	assert_int_equal(event_base_get_num_events(base,
	    EVENT_BASE_COUNT_ADDED), 0);
	assert_false(localtime_look(watched, 1000));
	write_file("Berlin", "CET, with other rules");
	assert_true(localtime_look(watched, 1060));
	/* TZ is the rules themselves. */
	localtime_free(watched);
	watched = localtime_new(base, NULL, false, on_changed, NULL);
	assert_false(localtime_look(watched, 2000));
	localtime_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_replaced),
		TEST(test_deleted_and_made_again),
		TEST(test_moved_away_and_back),
		TEST(test_a_link_that_leads_nowhere),
		TEST(test_a_copy_instead_of_a_link),
		TEST(test_missing_at_first),
		TEST(test_what_else_happens_wakes_nobody),
		TEST(test_look),
		TEST(test_a_file_that_stays),
	};

	return cmocka_run_group_tests_name("localtime", tests, NULL, NULL);
}
