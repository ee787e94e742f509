/*
 * rapportd's side of the pop-ups, against children that are as bad as can be.
 * This program is its own stand-in for rapport-notifier: started with STANDIN
 * in the environment it behaves as that says. What the caller is told is
 * written down, one line an event, and compared.
 */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/log.h"
#include "edge/notifier.h"
#include "edge/spawn.h"
#include "tests/unit/folder.h"

/* --- the stand-in ------------------------------------------------------- */

static void
say(const char *record)
{
	if (send(SPAWN_CHANNEL_FD, record, strlen(record), MSG_NOSIGNAL) < 0)
		_exit(0);
}

static void
say_up(const char *name)
{
	char record[256];

	snprintf(record, sizeof record, "{\"ev\":\"server\",\"state\":\"up\","
	    "\"name\":\"%s\",\"version\":\"1\",\"capabilities\":"
	    "[\"actions\",\"body\"]}", name);
	say(record);
}

static void
say_down(const char *why)
{
	char record[256];

	snprintf(record, sizeof record, "{\"ev\":\"server\",\"state\":"
	    "\"down\",\"why\":\"%s\"}", why);
	say(record);
}

static void
say_presence(const char *why)
{
	char record[256];

	snprintf(record, sizeof record, "{\"ev\":\"presence\",\"why\":"
	    "\"%s\"}", why);
	say(record);
}

static void
say_about(const json_t *asked, const char *ev, const char *more)
{
	char record[256];

	snprintf(record, sizeof record,
	    "{\"ev\":\"%s\",\"key\":\"%s\",\"nonce\":\"%s\"%s}", ev,
	    json_string_value(json_object_get(asked, "key")),
	    json_string_value(json_object_get(asked, "nonce")), more);
	say(record);
}

/* The next record's operation; the record in *asked. */
static const char *
hear(json_t **asked)
{
	static char record[65536];
	ssize_t len;

	do
		len = recv(SPAWN_CHANNEL_FD, record, sizeof record, 0);
	while (len < 0 && errno == EINTR);
	if (len <= 0)
		_exit(0);
	*asked = json_loadb(record, (size_t)len, 0, NULL);
	return json_string_value(json_object_get(*asked, "op"));
}

/* What spawn.h promises to a child; NULL when it is kept. */
static const char *
broken_promise(void)
{
	struct stat in, null;
	sigset_t mask;
	int fd;

	for (fd = SPAWN_CHANNEL_FD + 1; fd < 256; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return "a descriptor was left open";
	if (fstat(STDIN_FILENO, &in) != 0 || stat("/dev/null", &null) != 0 ||
	    in.st_rdev != null.st_rdev)
		return "standard input is not /dev/null";
	sigprocmask(SIG_SETMASK, NULL, &mask);
	if (sigismember(&mask, SIGTERM) || sigismember(&mask, SIGUSR1))
		return "a signal is blocked";
	if (signal(SIGPIPE, SIG_DFL) != SIG_DFL)
		return "SIGPIPE is ignored";
	return NULL;
}

static void
behave(const char *how)
{
	json_t *asked;
	int probes = 0;
	const char *op;

#define IS(word) (strcmp(how, word) == 0)
	if (IS("dies"))
		_exit(7);
	if (IS("silent"))
		for (;;)
			hear(&asked);
	if (IS("loses the bus")) {
		say_down("the session bus went away");
		_exit(3);
	}
	if (IS("says too much")) {
		static char much[70000];

		memset(much, ' ', sizeof much - 1);
		say(much);
		pause();
	}
	if (IS("floods"))
		for (;;)
			say("blah");
	if (IS("locked") || IS("locked and dies when asked")) {
		say_presence("");
		say_presence("the screen is locked");
	}
	if (IS("promises"))
		say_up(broken_promise() != NULL ? broken_promise() : "kept");
	else if (IS("starts down") || IS("comes up and dies"))
		say_down("nobody is there");
	else
		say_up("standin");
	if (IS("comes up and dies")) {
		say_up("standin");
		raise(SIGTERM);
	}
	if (IS("hangs up")) {
		close(SPAWN_CHANNEL_FD);
		pause();
	}
	if (IS("never reads"))
		pause();
	if (IS("talks nonsense")) {
		say("blah");
		say("[]");
		say("{}");
		say("{\"ev\":7}");
		say("{\"ev\":\"shown\"}");
		say("{\"ev\":\"shown\",\"key\":\"a key that is longer than any "
		    "key that was given out\",\"nonce\":\"1\"}");
		say("{\"ev\":\"server\",\"state\":\"sideways\"}");
		say("{\"ev\":\"presence\"}");
		say("{\"ev\":\"presence\",\"why\":null}");
		say("{\"ev\":\"action\",\"key\":\"r1\",\"nonce\":\"a\"}");
		say("{\"ev\":\"closed\",\"key\":\"r1\",\"nonce\":\"a\","
		    "\"reason\":77}");
	}
	for (;;) {
		op = hear(&asked);
		if (IS("hangs"))
			continue;
		if (strcmp(op, "compose") == 0) {
			say_about(asked, "action", ",\"action\":\"seen\"");
			continue;
		}
		if (IS("dies when asked") || IS("locked and dies when asked"))
			raise(SIGKILL);
		if (IS("locked")) {
			say_presence("the desktop says do not disturb");
			say_presence("the desktop says do not disturb");
			say_presence("");
		}
		if (strcmp(op, "probe") == 0 && IS("starts down") &&
		    ++probes < 2)
			say_down("nobody is there");
		else if (strcmp(op, "probe") == 0)
			say_up("standin");
		else if (strcmp(op, "close") == 0)
			say_about(asked, "closed", ",\"reason\":3");
		else if (IS("refuses"))
			say_about(asked, "failed", ",\"why\":\"no room\"");
		else if (IS("goes down when asked"))
			say_down("it left");
		else if (IS("clicks")) {
			say_about(asked, "shown", "");
			say_about(asked, "action", ",\"action\":\"done\"");
			say_about(asked, "closed", ",\"reason\":2");
		} else
			say_about(asked, "shown", "");
		json_decref(asked);
	}
}

/* --- the world of a test ------------------------------------------------ */

struct world {
	struct event_base *base;
	struct notifier *notifier;
	struct buf told;
	bool show_when_up;
};

static struct popup popup = {
	.key = "r1", .nonce = "a", .summary = (char []){ "Call Dana" },
	.body = { (char []){ "needs a date" } },
	.actions = { { "default", "Open" }, { "done", "Done" } },
};

static void
server(void *arg, bool up, const char *name, const char *why,
    const char *capabilities)
{
	struct world *w = arg;

	if (up)
		buf_addf(&w->told, "up %s %s\n", name, capabilities);
	else
		buf_addf(&w->told, "down %s\n", why);
	if (up && w->show_when_up)
		assert_true(notifier_show(w->notifier, &popup));
}

static void
presence(void *arg, const char *why)
{
	buf_addf(&((struct world *)arg)->told, "presence %s\n", why);
}

static void
shown(void *arg, const char *key, const char *nonce)
{
	buf_addf(&((struct world *)arg)->told, "shown %s %s\n", key, nonce);
}

static void
failed(void *arg, const char *key, const char *nonce, const char *why)
{
	struct world *w = arg;

	buf_addf(&w->told, "failed %s %s %s\n", key, nonce, why);
}

static void
action(void *arg, const char *key, const char *nonce, const char *name)
{
	struct world *w = arg;

	buf_addf(&w->told, "action %s %s %s\n", key, nonce, name);
}

static void
closed(void *arg, const char *key, const char *nonce,
    enum notifier_closed reason)
{
	struct world *w = arg;

	buf_addf(&w->told, "closed %s %s %d\n", key, nonce, (int)reason);
}

static void
probed(void *arg, const struct notifier_server *s)
{
	buf_addf(&((struct world *)arg)->told, "probed %s\n",
	    s->up ? s->name : s->why);
}

static void
start(struct world *w, const char *how)
{
	static const struct notifier_events events = { server, presence, shown,
	    failed, action, closed, probed };
	static const struct notifier_settings settings = { .timeout = 1 };
	struct event_config *config = event_config_new();
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	assert_true(len > 0);
	self[len] = '\0';
	event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
	*w = (struct world){ .base = event_base_new_with_config(config) };
	event_config_free(config);
	setenv("STANDIN", how, 1);
	w->notifier = notifier_new(w->base,
	    strcmp(how, "missing") == 0 ? "/nonexistent/notifier" : self,
	    &settings, &events, w);
}

static void
finish(struct world *w)
{
	notifier_free(w->notifier);
	event_base_free(w->base);
	buf_clear(&w->told);
}

static void
too_late(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	*(bool *)arg = true;
}

/* Let the loop run for so long. */
static void
pass(struct world *w, int ms)
{
	struct timeval limit = { ms / 1000, ms % 1000 * 1000 };
	bool late = false;
	struct event *timer = evtimer_new(w->base, too_late, &late);

	evtimer_add(timer, &limit);
	while (!late)
		event_base_loop(w->base, EVLOOP_ONCE);
	event_free(timer);
}

/* Let the loop run until exactly this was told since the last time. */
static void
expect(struct world *w, const char *told)
{
	struct timeval limit = { 20, 0 };
	bool late = false;
	struct event *timer = evtimer_new(w->base, too_late, &late);

	evtimer_add(timer, &limit);
	while (w->told.len < strlen(told) && !late)
		event_base_loop(w->base, EVLOOP_ONCE);
	event_free(timer);
	assert_string_equal(buf_str(&w->told), told);
	buf_clear(&w->told);
}

/* Let the loop run until this is part of what was told. */
static void
expect_part(struct world *w, const char *part)
{
	struct timeval limit = { 20, 0 };
	bool late = false;
	struct event *timer = evtimer_new(w->base, too_late, &late);

	evtimer_add(timer, &limit);
	while (strstr(buf_str(&w->told), part) == NULL && !late)
		event_base_loop(w->base, EVLOOP_ONCE);
	event_free(timer);
	assert_non_null(strstr(buf_str(&w->told), part));
	buf_clear(&w->told);
}

static int
events(const struct world *w)
{
	return event_base_get_num_events(w->base, EVENT_BASE_COUNT_ADDED);
}

static const char up[] = "up standin 1 actions,body\n";

/* --- a child that does what it should ----------------------------------- */

static void
test_show_and_close(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	notifier_prepare(w.notifier);
	expect(&w, up);
	assert_true(notifier_show(w.notifier, &popup));
	expect(&w, "shown r1 a\n");
	notifier_close(w.notifier, "r1", "a");
	expect(&w, "closed r1 a 3\n");
	finish(&w);
}

static void
test_composed_ahead(void **state)
{
	struct popup other = popup;
	struct world w;

	(void)state;
	strcpy(other.nonce, "b");
	start(&w, "good");
	notifier_prepare(w.notifier);
	notifier_compose(w.notifier, &popup);	/* not up: nothing is sent */
	expect(&w, up);
	notifier_compose(w.notifier, &popup);
	expect(&w, "action r1 a seen\n");
	assert_true(notifier_show(w.notifier, &popup));
	expect(&w, "shown r1 a\n");
	/* Composed once, shown once; and another may be shown instead. */
	notifier_compose(w.notifier, &popup);
	assert_true(notifier_show(w.notifier, &other));
	expect(&w, "action r1 a seen\nshown r1 b\n");
	finish(&w);
}

static void
test_not_up_is_refused_and_told_later(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	assert_false(notifier_show(w.notifier, &popup));
	w.show_when_up = true;
	expect(&w, "up standin 1 actions,body\nshown r1 a\n");
	finish(&w);
}

static void
test_clicks(void **state)
{
	struct world w;

	(void)state;
	start(&w, "clicks");
	w.show_when_up = true;
	notifier_prepare(w.notifier);
	expect(&w, "up standin 1 actions,body\nshown r1 a\n"
	    "action r1 a done\nclosed r1 a 2\n");
	finish(&w);
}

static void
test_refused_by_the_server(void **state)
{
	struct world w;

	(void)state;
	start(&w, "refuses");
	w.show_when_up = true;
	notifier_prepare(w.notifier);
	expect(&w, "up standin 1 actions,body\nfailed r1 a no room\n");
	finish(&w);
}

static void
test_a_server_that_leaves(void **state)
{
	struct world w;

	(void)state;
	start(&w, "goes down when asked");
	w.show_when_up = true;
	notifier_prepare(w.notifier);
	expect(&w, "up standin 1 actions,body\nfailed r1 a it left\n"
	    "down it left\n");
	w.show_when_up = false;
	assert_false(notifier_show(w.notifier, &popup));
	expect(&w, up);		/* it was asked again */
	finish(&w);
}

static void
test_asked_again_until_it_is_up(void **state)
{
	struct world w;

	(void)state;
	start(&w, "starts down");
	notifier_prepare(w.notifier);
	expect(&w, "down nobody is there\n");
	expect(&w, up);
	finish(&w);
}

static void
test_awkward_text_arrives(void **state)
{
	static char long_text[100000];
	struct popup odd = { .key = "r2", .nonce = "b", .summary = long_text,
	    .body = { (char []){ "a\x01\xff\n\"" } } };
	struct world w;

	(void)state;
	memset(long_text, '"', sizeof long_text - 1);
	start(&w, "good");
	notifier_prepare(w.notifier);
	expect(&w, up);
	assert_true(notifier_show(w.notifier, &odd));
	expect(&w, "shown r2 b\n");
	finish(&w);
}

static void
test_promises_to_the_child(void **state)
{
	struct world w;
	sigset_t mask;
	int fd = open("/dev/null", O_RDONLY);	/* no O_CLOEXEC */

	(void)state;
	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	signal(SIGPIPE, SIG_IGN);
	start(&w, "promises");
	notifier_prepare(w.notifier);
	expect(&w, "up kept 1 actions,body\n");
	finish(&w);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	close(fd);
}

/* --- presence ----------------------------------------------------------- */

/* Told before the server is up, when it changes and only then. */
static void
test_presence(void **state)
{
	struct world w;

	(void)state;
	start(&w, "locked");
	notifier_prepare(w.notifier);
	expect(&w, "presence the screen is locked\n"
	    "up standin 1 actions,body\n");
	assert_int_equal(events(&w), 2);	/* waiting costs no timer */
	assert_true(notifier_show(w.notifier, &popup));
	expect(&w, "presence the desktop says do not disturb\npresence \n"
	    "shown r1 a\n");
	finish(&w);
}

static void
test_presence_goes_with_the_child(void **state)
{
	struct world w;

	(void)state;
	start(&w, "locked and dies when asked");
	notifier_prepare(w.notifier);
	expect(&w, "presence the screen is locked\n"
	    "up standin 1 actions,body\n");
	assert_true(notifier_show(w.notifier, &popup));
	expect_part(&w, "was ended by signal 9\npresence \n");
	setenv("STANDIN", "locked", 1);
	expect(&w, "presence the screen is locked\n"
	    "up standin 1 actions,body\n");
	notifier_idle(w.notifier);
	event_base_dispatch(w.base);
	expect(&w, "presence \n");
	finish(&w);
}

/* --- probes ------------------------------------------------------------- */

static void
test_probe(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	notifier_prepare(w.notifier);
	expect(&w, up);
	notifier_probe(w.notifier);
	expect(&w, "probed standin 1\n");
	finish(&w);
}

static void
test_probe_starts_a_child_that_leaves_again(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	notifier_probe(w.notifier);
	expect(&w, "up standin 1 actions,body\nprobed standin 1\n");
	event_base_dispatch(w.base);	/* returns when nothing is left */
	assert_int_equal(events(&w), 0);
	assert_true(notifier_server(w.notifier)->up);	/* as last known */
	finish(&w);
}

static void
test_probe_of_the_silent_is_answered(void **state)
{
	struct world w;

	(void)state;
	start(&w, "silent");
	notifier_probe(w.notifier);
	expect(&w, "down the notification server does not answer\n"
	    "probed the notification server does not answer\n");
	finish(&w);
}

static void
test_probe_without_a_program_is_answered(void **state)
{
	struct world w;

	(void)state;
	start(&w, "missing");
	notifier_probe(w.notifier);
	expect(&w, "down cannot start /nonexistent/notifier: No such file or "
	    "directory\nprobed cannot start /nonexistent/notifier: No such "
	    "file or directory\n");
	event_base_dispatch(w.base);
	finish(&w);
}

/* --- children that are stuck or mad ------------------------------------- */

static void
test_silent(void **state)
{
	struct world w;

	(void)state;
	start(&w, "silent");
	notifier_prepare(w.notifier);
	expect(&w, "down the notification server does not answer\n");
	setenv("STANDIN", "good", 1);
	expect(&w, up);		/* another child */
	finish(&w);
}

static void
test_stuck_in_a_show(void **state)
{
	struct popup second = popup;
	struct world w;

	(void)state;
	strcpy(second.key, "r2");
	start(&w, "hangs");
	notifier_prepare(w.notifier);
	expect(&w, up);
	assert_true(notifier_show(w.notifier, &popup));
	assert_true(notifier_show(w.notifier, &second));
	setenv("STANDIN", "good", 1);
	w.show_when_up = true;
	expect(&w, "failed r1 a the notification server does not answer\n"
	    "failed r2 a the notification server does not answer\n"
	    "down the notification server does not answer\n"
	    "up standin 1 actions,body\nshown r1 a\n");
	finish(&w);
}

static void
test_stuck_in_a_close(void **state)
{
	struct world w;

	(void)state;
	start(&w, "hangs");
	notifier_prepare(w.notifier);
	expect(&w, up);
	notifier_close(w.notifier, "r1", "a");
	expect(&w, "down the notification server does not answer\n");
	finish(&w);
}

static void
test_dies(void **state)
{
	struct world w;
	char self[4096], told[3 * sizeof self];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	(void)state;
	self[len] = '\0';
	start(&w, "dies");
	notifier_prepare(w.notifier);
	snprintf(told, sizeof told, "down %s ended with status 7\n", self);
	expect(&w, told);
	setenv("STANDIN", "dies when asked", 1);
	w.show_when_up = true;
	snprintf(told, sizeof told, "%sfailed r1 a %s was ended by signal 9\n"
	    "down %s was ended by signal 9\n", up, self, self);
	expect(&w, told);
	finish(&w);
}

static void
test_last_words_are_heard(void **state)
{
	struct world w;

	(void)state;
	start(&w, "loses the bus");
	notifier_prepare(w.notifier);
	expect(&w, "down the session bus went away\n");
	pass(&w, 500);
	expect(&w, "");
	finish(&w);
}

static void
test_only_last_words_count(void **state)
{
	struct world w;

	(void)state;
	start(&w, "comes up and dies");
	notifier_prepare(w.notifier);
	expect_part(&w, "was ended by signal 15");
	finish(&w);
}

static void
test_missing(void **state)
{
	struct world w;

	(void)state;
	start(&w, "missing");
	notifier_prepare(w.notifier);
	expect(&w, "down cannot start /nonexistent/notifier: No such file or "
	    "directory\n");
	pass(&w, 1500);		/* tried again, for the same reason in vain */
	expect(&w, "");
	finish(&w);
}

static void
test_nonsense_is_ignored(void **state)
{
	struct world w;

	(void)state;
	start(&w, "talks nonsense");
	notifier_prepare(w.notifier);
	expect(&w, "up standin 1 actions,body\nclosed r1 a 4\n");
	assert_true(notifier_show(w.notifier, &popup));
	expect(&w, "shown r1 a\n");
	finish(&w);
}

static void
test_flood(void **state)
{
	struct world w;

	(void)state;
	start(&w, "floods");
	notifier_prepare(w.notifier);
	expect(&w, "down the program that shows pop-ups makes no sense\n");
	finish(&w);
}

static void
test_too_much_at_once(void **state)
{
	struct world w;

	(void)state;
	start(&w, "says too much");
	notifier_prepare(w.notifier);
	expect(&w, "down the program that shows pop-ups says too much at "
	    "once\n");
	finish(&w);
}

static void
test_hung_up(void **state)
{
	struct world w;

	(void)state;
	start(&w, "hangs up");
	notifier_prepare(w.notifier);
	expect(&w, up);
	expect_part(&w, "was ended by signal 9");
	finish(&w);
}

/* Neither blocks, nor grows without end. */
static void
test_backlog(void **state)
{
	static char long_text[4000];
	struct popup big = { .key = "r2", .nonce = "b", .summary = long_text };
	struct world w;
	int i;

	(void)state;
	memset(long_text, 'x', sizeof long_text - 1);
	for (i = 0; i < POPUP_LINES; i++)
		big.body[i] = long_text;
	start(&w, "never reads");
	notifier_prepare(w.notifier);
	expect(&w, up);
	for (i = 0; notifier_show(w.notifier, &big); i++)
		assert_true(i < 100);
	assert_int_equal(i, 65);
	expect_part(&w, "down the notification server does not answer");
	finish(&w);
}

/* --- idle --------------------------------------------------------------- */

/* While it is kept ready only two descriptors are watched, the channel and
 * the pidfd: no timer runs. */
static void
test_ready_without_a_timer(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	assert_int_equal(events(&w), 0);
	notifier_prepare(w.notifier);
	w.show_when_up = true;
	expect(&w, "up standin 1 actions,body\nshown r1 a\n");
	assert_int_equal(events(&w), 2);
	finish(&w);
}

static void
test_idle_leaves_nothing(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	notifier_prepare(w.notifier);
	expect(&w, up);
	notifier_idle(w.notifier);
	event_base_dispatch(w.base);	/* returns when nothing is left */
	assert_int_equal(events(&w), 0);
	expect(&w, "");
	notifier_prepare(w.notifier);
	expect(&w, up);
	finish(&w);
}

static void
test_idle_and_needed_again_keeps_the_child(void **state)
{
	struct world w;

	(void)state;
	start(&w, "good");
	notifier_prepare(w.notifier);
	expect(&w, up);
	notifier_idle(w.notifier);
	assert_true(notifier_show(w.notifier, &popup));
	pass(&w, 2500);
	expect(&w, "shown r1 a\n");
	finish(&w);
}

static void
test_idle_ends_the_attempts(void **state)
{
	struct world w;

	(void)state;
	start(&w, "missing");
	notifier_prepare(w.notifier);
	pass(&w, 200);
	assert_int_equal(events(&w), 1);
	notifier_idle(w.notifier);
	assert_int_equal(events(&w), 0);
	finish(&w);
}

/* --- finding and starting programs -------------------------------------- */

static void
test_find_program(void **state)
{
	char *program;

	(void)state;
	setenv("RAPPORT_NOTIFIER", "/some/where", 1);
	program = notifier_find_program();
	assert_string_equal(program, "/some/where");
	free(program);
	unsetenv("RAPPORT_NOTIFIER");
	program = notifier_find_program();
	assert_string_equal(strrchr(program, '/'), "/rapport-notifier");
	free(program);
}

/* A systemd-run that only writes down what it was told. */
struct fake {
	char folder[FOLDER_PATH], output[96];
};

static void
fake_make(struct fake *f)
{
	char program[96];
	FILE *script;

	folder_make(f->folder);
	snprintf(program, sizeof program, "%s/systemd-run", f->folder);
	snprintf(f->output, sizeof f->output, "%s/output", f->folder);
	script = fopen(program, "w");
	assert_non_null(script);
	fprintf(script, "#!/bin/sh\necho \"$@\" >%s\n", f->output);
	fclose(script);
	assert_int_equal(chmod(program, 0700), 0);
}

static void
check_detached(const char *const *argv, const char *written)
{
	struct event_base *base = event_base_new();
	struct spawner *s = spawner_new(base);
	char line[256] = "";
	struct err e = {0};
	FILE *f;

	assert_true(spawn_detached(s, argv, &e));
	event_base_dispatch(base);	/* until it is reaped */
	f = fopen(argv[3], "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	fclose(f);
	assert_string_equal(line, written);
	spawner_free(s);
	event_base_free(base);
}

static void
test_detached(void **state)
{
	struct fake f;
	char path[256], *old = strdup(getenv("PATH"));

	(void)state;
	fake_make(&f);
	snprintf(path, sizeof path, "/nonexistent::%s:/usr/bin:/bin", f.folder);
	setenv("PATH", path, 1);
	unsetenv("INVOCATION_ID");
	check_detached((const char *[]){ "sh", "-c", "echo direct >$0",
	    f.output, NULL }, "direct\n");
	setenv("INVOCATION_ID", "1", 1);
	/* systemd would take "$x" for a variable of its own. */
	snprintf(path, sizeof path, "--user --quiet --collect "
	    "--property=KillMode=process -- sh -c $$x y$$$$z %s\n",
	    f.output);
	check_detached((const char *[]){ "sh", "-c", "$x y$$z", f.output,
	    NULL }, path);
	unsetenv("INVOCATION_ID");
	setenv("PATH", old, 1);
	free(old);
	folder_remove(f.folder);
}

static void
test_detached_missing(void **state)
{
	static const char *const argv[] = { "rapport-no-such-program", NULL };
	struct event_base *base = event_base_new();
	struct spawner *s = spawner_new(base);
	struct err e = {0};

	(void)state;
	assert_false(spawn_detached(s, argv, &e));
	assert_int_equal(e.code, ERR_INTERNAL);
	assert_string_equal(e.message, "cannot start rapport-no-such-program: "
	    "No such file or directory");
	spawner_free(s);
	event_base_free(base);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_show_and_close),
		cmocka_unit_test(test_composed_ahead),
		cmocka_unit_test(test_not_up_is_refused_and_told_later),
		cmocka_unit_test(test_clicks),
		cmocka_unit_test(test_refused_by_the_server),
		cmocka_unit_test(test_a_server_that_leaves),
		cmocka_unit_test(test_asked_again_until_it_is_up),
		cmocka_unit_test(test_awkward_text_arrives),
		cmocka_unit_test(test_promises_to_the_child),
		cmocka_unit_test(test_presence),
		cmocka_unit_test(test_presence_goes_with_the_child),
		cmocka_unit_test(test_probe),
		cmocka_unit_test(test_probe_starts_a_child_that_leaves_again),
		cmocka_unit_test(test_probe_of_the_silent_is_answered),
		cmocka_unit_test(test_probe_without_a_program_is_answered),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_stuck_in_a_show),
		cmocka_unit_test(test_stuck_in_a_close),
		cmocka_unit_test(test_dies),
		cmocka_unit_test(test_last_words_are_heard),
		cmocka_unit_test(test_only_last_words_count),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_nonsense_is_ignored),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_too_much_at_once),
		cmocka_unit_test(test_hung_up),
		cmocka_unit_test(test_backlog),
		cmocka_unit_test(test_ready_without_a_timer),
		cmocka_unit_test(test_idle_leaves_nothing),
		cmocka_unit_test(test_idle_and_needed_again_keeps_the_child),
		cmocka_unit_test(test_idle_ends_the_attempts),
		cmocka_unit_test(test_find_program),
		cmocka_unit_test(test_detached),
		cmocka_unit_test(test_detached_missing),
	};

	if (getenv("STANDIN") != NULL)
		behave(getenv("STANDIN"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
