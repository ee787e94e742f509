/* The socket: turns, order, backpressure, and clients that misbehave. The
 * server runs on real Unix sockets; its loop is turned by hand, so that the
 * test decides what arrives in one turn. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/mem.h"
#include "edge/server.h"
#include "tests/unit/folder.h"
#include "wire/varlink.h"

/* ------------------------------------------------------------ the house -- */

struct house {
	char folder[FOLDER_PATH], path[64];
	struct event_base *base;
	struct server *server;
	struct call *kept[8];	/* calls of "a.Keep", not answered */
	int kept_n;
	int calls, turns, gone;
	bool fail;		/* the next turn fails */
	bool slow;		/* a commit takes its time */
};

static struct house h;

enum { BIG = 3000000 };

static json_t *
big_object(void)
{
	char *text = mem_new(BIG + 1, 1);
	json_t *o;

	memset(text, 'x', BIG);
	o = json_pack("{s:s}", "big", text);
	free(text);
	return o;
}

static void
on_call(void *arg, struct call *c)
{
	json_t *p = c->parameters;

	(void)arg;
	h.calls++;
	if (strcmp(c->method, "a.Keep") == 0)
		h.kept[h.kept_n++] = c;
	else if (strcmp(c->method, "a.Write") == 0)
		call_reply(c, json_incref(p), true, false);
	else if (strcmp(c->method, "a.Big") == 0)
		call_reply(c, big_object(), false, false);
	else if (strcmp(c->method, "a.Read") == 0)
		call_reply(c, json_incref(p), false, false);
	else
		call_error(c, VARLINK_METHOD_NOT_FOUND,
		    json_pack("{s:s}", "method", c->method));
}

static void
on_gone(void *arg, struct call *c)
{
	int i;

	(void)arg;
	h.gone++;
	for (i = 0; i < h.kept_n; i++) {
		if (h.kept[i] == c)
			h.kept[i] = NULL;
	}
}

static bool
on_turn_end(void *arg, struct err *err)
{
	(void)arg;
	h.turns++;
	if (h.slow)
		nanosleep(&(struct timespec){0, 2000000}, NULL);
	if (!h.fail)
		return true;
	h.fail = false;
	return err_set(err, ERR_STORAGE, "the disk is full");
}

static int
set_up(void **state)
{
	const struct server_ops ops = {
		.call = on_call, .gone = on_gone, .turn_end = on_turn_end,
	};
	struct event_config *config = event_config_new();
	struct err err;
	int fd;

	(void)state;
	memset(&h, 0, sizeof h);
	folder_make(h.folder);
	snprintf(h.path, sizeof h.path, "%s/run/sock", h.folder);
	event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
	h.base = event_base_new_with_config(config);
	event_config_free(config);
	event_base_priority_init(h.base, 2);
	fd = server_listen(h.path, NULL, &err);
	assert_true(fd >= 0);
	h.server = server_new(h.base, fd, &ops);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	server_free(h.server);
	event_base_free(h.base);
	folder_remove(h.folder);
	return 0;
}

/* --------------------------------------------------------------- clients -- */

static int
dial(void)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(a.sun_path, h.path);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	return fd;
}

static void
say_bytes(int fd, const void *data, size_t len)
{
	assert_int_equal(send(fd, data, len, MSG_NOSIGNAL), len);
}

/* A message; '\'' stands for '"'. */
static void
say(int fd, const char *text)
{
	char *s = mem_dup(text), *p;

	for (p = s; *p != '\0'; p++) {
		if (*p == '\'')
			*p = '"';
	}
	say_bytes(fd, s, strlen(s) + 1);
	free(s);
}

/* Let the server do all that it can do now. */
static void
spin(void)
{
	int i;

	for (i = 0; i < 20; i++)
		event_base_loop(h.base, EVLOOP_NONBLOCK);
}

static bool
spin_until(bool (*reached)(void), int milliseconds)
{
	int i;

	for (i = 0; i < milliseconds && !reached(); i++) {
		spin();
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	}
	return reached();
}

/* The next message ("": end of file), '"' as '\''; it lasts until the next
 * call. */
static const char *
hear(int fd)
{
	static char text[1024];
	size_t n = 0;
	int tries = 0;
	ssize_t got;

	while (n < sizeof text) {
		got = recv(fd, text + n, 1, MSG_DONTWAIT);
		if (got == 0 || (got < 0 && errno == ECONNRESET)) {
			assert_int_equal(n, 0);
			return "";
		}
		if (got < 0) {
			if (tries++ > 5000)
				fail_msg("nothing comes after \"%.*s\"",
				    (int)n, text);
			event_base_loop(h.base, EVLOOP_NONBLOCK);
			if (tries > 100)
				nanosleep(&(struct timespec){0, 100000},
				    NULL);
			continue;
		}
		if (text[n] == '\0')
			return text;
		if (text[n] == '"')
			text[n] = '\'';
		n++;
	}
	fail_msg("too long");
	return NULL;
}

#define HEAR(fd, wanted) assert_string_equal(hear(fd), wanted)

static void
expect_silence(int fd)
{
	char byte;

	spin();
	assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), -1);
	assert_int_equal(errno, EAGAIN);
}

/* ----------------------------------------------------------------- turns -- */

static void
calls_are_answered_in_order(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Read','parameters':{'n':1}}");
	say(fd, "{'method':'a.Nope'}");
	say(fd, "{'method':'a.Write','parameters':{'n':2}}");
	HEAR(fd, "{'parameters':{'n':1}}");
	HEAR(fd, "{'error':'org.varlink.service.MethodNotFound',"
	    "'parameters':{'method':'a.Nope'}}");
	HEAR(fd, "{'parameters':{'n':2}}");
	assert_int_equal(h.calls, 3);
	assert_int_equal(h.turns, 1);	/* one commit for all of them */
	close(fd);
}

static void
many_clients_share_a_turn(void **state)
{
	int fds[50], i;

	(void)state;
	for (i = 0; i < 50; i++)
		fds[i] = dial();
	spin();
	h.turns = 0;
	for (i = 0; i < 50; i++)
		say(fds[i], "{'method':'a.Write'}");
	for (i = 0; i < 50; i++) {
		HEAR(fds[i], "{'parameters':{}}");
		close(fds[i]);
	}
	assert_int_equal(h.calls, 50);
	assert_in_range(h.turns, 1, 2);	/* a loop takes 32 events at a time */
}

static void
an_unanswered_call_holds_back_those_behind(void **state)
{
	int fd = dial(), other = dial();

	(void)state;
	say(fd, "{'method':'a.Keep'}");
	say(fd, "{'method':'a.Read','parameters':{'n':2}}");
	say(other, "{'method':'a.Read'}");
	HEAR(other, "{'parameters':{}}");
	expect_silence(fd);
	assert_int_equal(h.calls, 2);
	call_reply(h.kept[0], json_pack("{s:i}", "n", 1), false, false);
	HEAR(fd, "{'parameters':{'n':1}}");
	HEAR(fd, "{'parameters':{'n':2}}");
	close(fd);
	close(other);
}

static void
a_failed_turn_acknowledges_nothing(void **state)
{
	int fd = dial(), watcher = dial();

	(void)state;
	say(watcher, "{'method':'a.Keep','more':true}");
	spin();
	h.fail = true;
	say(fd, "{'method':'a.Read','parameters':{'n':1}}");
	say(fd, "{'method':'a.Write'}");
	say(fd, "{'method':'a.Nope'}");
	call_reply(h.kept[0], json_pack("{s:i}", "event", 1), true, true);
	HEAR(fd, "{'parameters':{'n':1}}");
	HEAR(fd, "{'error':'io.rapport.StorageFailed',"
	    "'parameters':{'message':'the disk is full'}}");
	HEAR(fd, "{'error':'org.varlink.service.MethodNotFound',"
	    "'parameters':{'method':'a.Nope'}}");
	/* What did not happen is not told; the stream goes on. */
	expect_silence(watcher);
	call_reply(h.kept[0], json_pack("{s:i}", "event", 2), true, true);
	HEAR(watcher, "{'parameters':{'event':2},'continues':true}");
	close(fd);
	close(watcher);
}

static void
errors_of_ours(void **state)
{
	struct err err = {0};
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Keep'}");
	spin();
	err_param(&err, ERR_NOT_UNDERSTOOD, "when", "what?");
	call_fail(h.kept[0], &err);
	HEAR(fd, "{'error':'io.rapport.NotUnderstood',"
	    "'parameters':{'message':'what?','parameter':'when'}}");
	close(fd);
}

static void
a_stream_goes_on_until_it_ends(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Keep','more':true}");
	say(fd, "{'method':'a.Read'}");
	spin();
	call_reply(h.kept[0], json_pack("{s:i}", "n", 1), false, true);
	HEAR(fd, "{'parameters':{'n':1},'continues':true}");
	call_reply(h.kept[0], json_pack("{s:i}", "n", 2), false, true);
	call_reply(h.kept[0], json_pack("{s:i}", "n", 3), false, false);
	HEAR(fd, "{'parameters':{'n':2},'continues':true}");
	HEAR(fd, "{'parameters':{'n':3}}");
	HEAR(fd, "{'parameters':{}}");
	close(fd);
}

static void
without_more_nothing_continues(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Keep'}");
	say(fd, "{'method':'a.Read'}");
	spin();
	call_reply(h.kept[0], NULL, false, true);
	HEAR(fd, "{'parameters':{}}");
	HEAR(fd, "{'parameters':{}}");
	close(fd);
}

static void
oneway_is_carried_out_in_silence(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Write','oneway':true}");
	say(fd, "{'method':'a.Nope','oneway':true}");
	say(fd, "{'method':'a.Read','parameters':{'n':3}}");
	HEAR(fd, "{'parameters':{'n':3}}");
	assert_int_equal(h.calls, 3);
	/* A client that leaves at once is heard out. */
	say(fd, "{'method':'a.Write','oneway':true}");
	say(fd, "{'method':'a.Write','oneway':true}");
	close(fd);
	spin();
	assert_int_equal(h.calls, 5);
}

static bool
two_turns(void)
{
	return h.turns >= 2;
}

static bool
four_turns(void)
{
	return h.turns >= 4;
}

/* Two clients that write all the time share their commits: the turn waits a
 * moment for the one that is missing. */
static void
writers_wait_for_each_other(void **state)
{
	int a = dial(), b = dial();

	(void)state;
	h.slow = true;
	say(a, "{'method':'a.Write'}");
	say(b, "{'method':'a.Write'}");
	HEAR(a, "{'parameters':{}}");
	HEAR(b, "{'parameters':{}}");
	spin_until(two_turns, 20);
	h.turns = 0;
	say(a, "{'method':'a.Write'}");
	event_base_loop(h.base, EVLOOP_NONBLOCK);
	event_base_loop(h.base, EVLOOP_NONBLOCK);
	say(b, "{'method':'a.Write'}");
	HEAR(a, "{'parameters':{}}");
	HEAR(b, "{'parameters':{}}");
	assert_int_equal(h.turns, 1);
	/* One that has stopped is waited for no longer. */
	close(b);
	spin();
	h.turns = 0;
	say(a, "{'method':'a.Write'}");
	event_base_loop(h.base, EVLOOP_NONBLOCK);
	event_base_loop(h.base, EVLOOP_NONBLOCK);
	assert_int_equal(h.turns, 1);
	close(a);
}

/* Somebody who never stops sending gets no endless turn. */
static void
a_turn_is_bounded(void **state)
{
	int fds[8], i, k;

	(void)state;
	for (i = 0; i < 8; i++) {
		fds[i] = dial();
		for (k = 0; k < 100; k++)
			say(fds[i], "{'method':'a.Write'}");
	}
	spin_until(four_turns, 1000);
	assert_int_equal(h.calls, 800);
	assert_in_range(h.turns, 4, 13);
	for (i = 0; i < 8; i++) {
		for (k = 0; k < 100; k++)
			HEAR(fds[i], "{'parameters':{}}");
		close(fds[i]);
	}
}

/* -------------------------------------------------- clients that misbehave -- */

static void
half_a_call_rests(void **state)
{
	int fd = dial(), other = dial();

	(void)state;
	say_bytes(fd, "{\"method\":", 10);
	say(other, "{'method':'a.Read'}");
	HEAR(other, "{'parameters':{}}");
	say(fd, "'a.Read'}");
	HEAR(fd, "{'parameters':{}}");
	say_bytes(fd, "{\"method\":", 10);
	close(fd);
	spin();
	assert_int_equal(h.calls, 2);
	close(other);
}

static void
garbage_is_hung_up_on(void **state)
{
	static const char *const t[] = {
		"GET / HTTP/1.1\r\n\r\n", "", "[]", "{}", "{'method':7}",
		"{'method':'a.Read','method':'a.Read'}",
		"{'method':'a.Read','upgrade':true}", "\xff\xfe",
	};
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		fd = dial();
		say(fd, "{'method':'a.Read'}");
		say(fd, t[i]);
		say(fd, "{'method':'a.Read'}");
		/* What came before it is answered, what comes after is not. */
		HEAR(fd, "{'parameters':{}}");
		HEAR(fd, "");
		close(fd);
	}
	assert_int_equal(h.calls, sizeof t / sizeof t[0]);
}

static void
a_call_too_long_is_hung_up_on(void **state)
{
	char block[4096];
	int fd = dial(), i;
	ssize_t n = 0;

	(void)state;
	memset(block, ' ', sizeof block);
	for (i = 0; i < 100 && n >= 0; i++) {
		n = send(fd, block, sizeof block, MSG_NOSIGNAL);
		spin();
	}
	assert_int_equal(n, -1);
	assert_int_equal(errno, EPIPE);
	close(fd);
	/* Also behind a call that is not answered yet. */
	fd = dial();
	say(fd, "{'method':'a.Keep','more':true}");
	for (i = 0, n = 0; i < 100 && n >= 0; i++) {
		spin();
		n = send(fd, block, sizeof block, MSG_NOSIGNAL);
	}
	assert_int_equal(n, -1);
	assert_int_equal(h.gone, 1);
	close(fd);
}

static void
a_half_closed_client_is_answered(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "{'method':'a.Keep'}");
	say(fd, "{'method':'a.Write'}");
	shutdown(fd, SHUT_WR);
	spin();
	assert_int_equal(h.gone, 0);
	call_reply(h.kept[0], NULL, false, false);
	HEAR(fd, "{'parameters':{}}");
	HEAR(fd, "{'parameters':{}}");
	HEAR(fd, "");
	close(fd);
}

static void
a_client_that_leaves_is_told(void **state)
{
	int fd = dial(), other = dial();

	(void)state;
	say(fd, "{'method':'a.Keep','more':true}");
	say(fd, "{'method':'a.Write','oneway':true}");
	spin();
	call_reply(h.kept[0], NULL, false, true);
	spin();
	close(fd);
	spin();
	assert_int_equal(h.gone, 1);
	assert_null(h.kept[0]);
	assert_int_equal(h.calls, 2);	/* what it had asked for is done */
	/* Half closed first, then gone: noticed when something is sent. */
	say(other, "{'method':'a.Keep','more':true}");
	shutdown(other, SHUT_WR);
	spin();
	close(other);
	spin();
	call_reply(h.kept[1], NULL, false, true);
	spin();
	assert_int_equal(h.gone, 2);
}

static void
who_does_not_read_is_not_served(void **state)
{
	int fd = dial(), other = dial(), i;
	size_t got = 0;
	char chunk[65536];
	ssize_t n;

	(void)state;
	for (i = 0; i < 10; i++)
		say(fd, "{'method':'a.Big'}");
	spin();
	assert_int_equal(h.calls, 1);	/* a big answer is enough for now */
	say(other, "{'method':'a.Read'}");
	HEAR(other, "{'parameters':{}}");
	/* When it reads, all come. */
	for (i = 0; i < 100000 && got < 10 * BIG; i++) {
		event_base_loop(h.base, EVLOOP_NONBLOCK);
		while ((n = recv(fd, chunk, sizeof chunk, MSG_DONTWAIT)) > 0)
			got += (size_t)n;
	}
	assert_int_equal(h.calls, 11);
	assert_true(got >= 10 * BIG);
	close(fd);
	close(other);
}

static void
a_stream_nobody_reads_is_ended(void **state)
{
	char text[10001];
	int fd = dial(), i;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	say(fd, "{'method':'a.Keep','more':true}");
	spin();
	for (i = 0; i < 200 && h.gone == 0; i++) {
		call_reply(h.kept[0], json_pack("{s:s}", "x", text), false,
		    true);
		spin();
	}
	assert_int_equal(h.gone, 1);
	assert_in_range(i, 100, 150);
	close(fd);
}

/* Idle connections are many, but not without end, and never lock us out. */
static void
the_longest_idle_makes_room(void **state)
{
	int fds[520], i, alive = 0;
	char byte;

	(void)state;
	for (i = 0; i < 520; i++) {
		fds[i] = dial();
		if (i == 0)
			say(fds[0], "{'method':'a.Keep'}");
		event_base_loop(h.base, EVLOOP_NONBLOCK);
	}
	spin();
	say(fds[519], "{'method':'a.Read'}");
	HEAR(fds[519], "{'parameters':{}}");
	for (i = 0; i < 520; i++)
		alive += recv(fds[i], &byte, 1, MSG_DONTWAIT) != 0;
	assert_int_equal(alive, 512);
	/* The first one waits for an answer: it stayed. */
	call_reply(h.kept[0], NULL, false, false);
	HEAR(fds[0], "{'parameters':{}}");
	for (i = 0; i < 520; i++)
		close(fds[i]);
}

/* No descriptor left: an idle client makes room, else accepting pauses. */
static void
descriptors_run_out(void **state)
{
	static const struct timeval later = {0, 50000};
	int a = dial(), b, highest, fd;
	struct rlimit was, few;
	struct timespec t, u;

	(void)state;
	say(a, "{'method':'a.Keep'}");
	spin();
	b = dial();
	getrlimit(RLIMIT_NOFILE, &was);
	highest = dup(b);	/* all below are in use … */
	few = was;
	few.rlim_cur = (rlim_t)highest;
	setrlimit(RLIMIT_NOFILE, &few);
	while ((fd = dup(b)) >= 0)
		assert_in_range(fd, 0, highest);
	say(b, "{'method':'a.Read'}");
	spin();
	assert_int_equal(h.calls, 1);
	/* … nothing spins meanwhile … */
	clock_gettime(CLOCK_MONOTONIC, &t);
	event_base_loopexit(h.base, &later);
	event_base_loop(h.base, EVLOOP_ONCE);
	clock_gettime(CLOCK_MONOTONIC, &u);
	assert_true((u.tv_sec - t.tv_sec) * 1000000000 + u.tv_nsec -
	    t.tv_nsec > 40000000);
	/* … and when one is free again the next client is served. */
	setrlimit(RLIMIT_NOFILE, &was);
	close(highest);
	call_reply(h.kept[0], NULL, false, false);
	HEAR(a, "{'parameters':{}}");
	close(a);
	HEAR(b, "{'parameters':{}}");
	close(b);
}

/* -------------------------------------------------------- the socket file -- */

static void
the_socket_file(void **state)
{
	char path[128], run[64];
	struct err err = {0};
	struct stat st;
	bool held;
	int fd;

	(void)state;
	assert_int_equal(stat(h.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	snprintf(run, sizeof run, "%s/run", h.folder);
	assert_int_equal(stat(run, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);

	/* Somebody answers. */
	assert_int_equal(server_listen(h.path, &held, &err), -1);
	assert_true(held);
	assert_int_equal(err.code, ERR_IMPOSSIBLE);

	/* A stale one is replaced. */
	snprintf(path, sizeof path, "%s/run/stale", h.folder);
	fd = server_listen(path, &held, &err);
	assert_true(fd >= 0);
	close(fd);
	fd = server_listen(path, &held, &err);
	assert_true(fd >= 0);
	assert_false(held);
	close(fd);
	unlink(path);

	/* What is no socket is left alone. */
	snprintf(path, sizeof path, "%s/run/file", h.folder);
	fclose(fopen(path, "w"));
	assert_int_equal(server_listen(path, &held, &err), -1);
	assert_int_equal(stat(path, &st), 0);
	unlink(path);
	assert_int_equal(symlink(h.path, path), 0);
	assert_int_equal(server_listen(path, &held, &err), -1);
	assert_false(held);
	unlink(path);

	/* sun_path holds 107 bytes. */
	memset(path, 'x', sizeof path);
	path[0] = '/';
	path[108] = '\0';
	assert_int_equal(server_listen(path, NULL, &err), -1);
	assert_non_null(strstr(err.message, "107"));
}

static void
the_end_is_orderly(void **state)
{
	int fd = dial(), other = dial();

	(void)state;
	say(other, "{'method':'a.Keep','more':true}");
	spin();
	/* Answered, but its turn has not ended. */
	say(fd, "{'method':'a.Keep'}");
	spin();
	h.turns = 0;
	call_reply(h.kept[1], json_pack("{s:i}", "n", 1), true, false);
	server_free(h.server);
	h.server = NULL;
	assert_int_equal(h.turns, 1);
	assert_int_equal(h.gone, 1);
	HEAR(fd, "{'parameters':{'n':1}}");
	HEAR(fd, "");
	HEAR(other, "");
	close(fd);
	close(other);
}

/* A click that comes with SIGTERM is stored, though nobody waits for it. */
static void
the_end_ends_the_turn_of_a_click(void **state)
{
	(void)state;
	h.turns = 0;
	server_turn(h.server);
	server_free(h.server);
	h.server = NULL;
	assert_int_equal(h.turns, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(calls_are_answered_in_order),
		TEST(many_clients_share_a_turn),
		TEST(an_unanswered_call_holds_back_those_behind),
		TEST(a_failed_turn_acknowledges_nothing),
		TEST(errors_of_ours),
		TEST(a_stream_goes_on_until_it_ends),
		TEST(without_more_nothing_continues),
		TEST(oneway_is_carried_out_in_silence),
		TEST(writers_wait_for_each_other),
		TEST(a_turn_is_bounded),
		TEST(half_a_call_rests),
		TEST(garbage_is_hung_up_on),
		TEST(a_call_too_long_is_hung_up_on),
		TEST(a_half_closed_client_is_answered),
		TEST(a_client_that_leaves_is_told),
		TEST(who_does_not_read_is_not_served),
		TEST(a_stream_nobody_reads_is_ended),
		TEST(the_longest_idle_makes_room),
		TEST(descriptors_run_out),
		TEST(the_socket_file),
		TEST(the_end_is_orderly),
		TEST(the_end_ends_the_turn_of_a_click),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
