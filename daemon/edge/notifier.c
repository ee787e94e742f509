/* Supervising rapport-notifier: see notifier.h. */
#include <errno.h>
#include <event2/event.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "edge/notifier.h"
#include "edge/spawn.h"

enum {
	RECORD_MAX = 64 * 1024,	/* bytes, either way */
	REQUESTS_MAX = 64,	/* asked and not answered */
	GARBAGE_MAX = 100,	/* records not understood before it goes */
	READS_A_TURN = 32,	/* records, so that clients get their turn */
	SUMMARY_MAX = 4096,	/* bytes of text that are sent, cut beyond */
	LINE_MAX_BYTES = 2048,

	TIMEOUT_DEFAULT = 40,	/* seconds; libnotify's own is 25 */
	LINGER = 2,		/* seconds an idle child is kept */
	HANGS_AFTER = 1000,	/* milliseconds it may owe an answer at the
				   end */
	DELAY_FIRST = 1,	/* seconds until the second attempt, doubled */
	DELAY_MAX = 60,
	HEALTHY_LIFE = 30	/* seconds after which a death is a new one */
};

/* What the child owes an answer for. HELLO is its first word of the server,
 * owed without being asked. */
enum op { HELLO, SHOW, CLOSE, PROBE };

struct request {
	struct request *next;
	enum op op;
	bool for_caller;	/* a PROBE that the caller asked for */
	int64_t asked;		/* monotonic milliseconds */
	int64_t deadline;	/* of the answer, likewise */
	char *record;		/* not sent yet; else NULL */
	char key[sizeof ((struct popup *)0)->key];
	char nonce[sizeof ((struct popup *)0)->nonce];
};

/*
 * The child is one of: none (helper NULL), running (helper and channel), or
 * condemned (helper, but no channel any more: killed and not reaped yet).
 * server is what the caller has been told; usable says whether a show can be
 * sent, and turns false before the caller hears of it.
 */
struct notifier {
	struct event_base *base;
	struct notifier_events events;
	void *arg;
	char *program;
	unsigned timeout;		/* seconds */
	int64_t grace_until;		/* monotonic milliseconds */

	struct spawner *spawner;
	struct spawned *helper;
	int channel;			/* -1: none */
	struct event *readable, *writable;
	int64_t started;
	unsigned garbage;
	bool explained;			/* its last word: why there is none */
	char *cause;			/* why it was condemned */

	struct request *requests, **last;	/* in the order asked */
	unsigned n_requests;

	struct {
		char nonce[sizeof ((struct popup *)0)->nonce];
		char *show;	/* the record that will show it, or NULL */
	} composed;

	bool wanted, usable;
	bool up;			/* the last told to the caller */
	char *name, *capabilities, *why;
	struct notifier_server server;
	char *held;			/* why pop-ups should wait, as told */

	struct event *start;		/* fork a child, now or after a delay */
	struct event *late;		/* the oldest request's deadline */
	struct event *ask_again;	/* probe a server that is down */
	struct event *linger;		/* then an idle child leaves */
	unsigned start_delay, ask_delay;
};

static const char stuck[] = "the notification server does not answer";

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
arm(struct event *timer, int64_t ms)
{
	struct timeval tv;

	if (ms < 0)
		ms = 0;
	tv = (struct timeval){ .tv_sec = ms / 1000,
	    .tv_usec = ms % 1000 * 1000 };
	if (event_add(timer, &tv) != 0)
		abort();
}

/* Seconds to wait before the next attempt; each is twice the one before. */
static unsigned
backed_off(unsigned *delay)
{
	*delay = *delay == 0 ? DELAY_FIRST : *delay * 2;
	if (*delay > DELAY_MAX)
		*delay = DELAY_MAX;
	return *delay;
}

/* --- what is owed ------------------------------------------------------- */

static void
watch_oldest(struct notifier *n)
{
	if (n->requests == NULL)
		event_del(n->late);
	else
		arm(n->late, n->requests->deadline - now_ms());
}

static struct request *
request_add(struct notifier *n, enum op op, const char *key,
    const char *nonce)
{
	struct request *r = mem_new(1, sizeof *r);

	r->op = op;
	r->asked = now_ms();
	r->deadline = r->asked + (int64_t)n->timeout * 1000;
	snprintf(r->key, sizeof r->key, "%s", key);
	snprintf(r->nonce, sizeof r->nonce, "%s", nonce);
	*n->last = r;
	n->last = &r->next;
	n->n_requests++;
	if (n->requests == r)
		watch_oldest(n);
	return r;
}

static void
request_drop(struct notifier *n, struct request **p)
{
	struct request *r = *p;
	bool oldest = p == &n->requests;

	*p = r->next;
	if (n->last == &r->next)
		n->last = p;
	n->n_requests--;
	free(r->record);
	free(r);
	if (oldest)
		watch_oldest(n);
}

/* An answer came: whether one was owed. */
static bool
request_settle(struct notifier *n, enum op op, const char *key,
    const char *nonce)
{
	struct request **p;

	for (p = &n->requests; *p != NULL; p = &(*p)->next) {
		if ((*p)->op == op && strcmp((*p)->key, key) == 0 &&
		    strcmp((*p)->nonce, nonce) == 0) {
			request_drop(n, p);
			return true;
		}
	}
	return false;
}

static bool
owes(const struct notifier *n, enum op op)
{
	const struct request *r;

	for (r = n->requests; r != NULL; r = r->next)
		if (r->op == op)
			return true;
	return false;
}

/* --- what the caller is told -------------------------------------------- */

static void
replace(char **s, const char *with)
{
	char *copy = mem_dup(with);

	free(*s);
	*s = copy;
}

static void
describe(struct notifier *n, const char *name, const char *capabilities,
    const char *why)
{
	replace(&n->name, name);
	replace(&n->capabilities, capabilities);
	replace(&n->why, why);
	n->server = (struct notifier_server){ .up = n->up, .name = n->name,
	    .capabilities = n->capabilities, .why = n->why };
}

static void
tell_up(struct notifier *n, const char *name, const char *capabilities)
{
	bool was_up = n->up && n->usable;

	n->up = n->usable = true;
	n->explained = false;
	n->ask_delay = 0;
	event_del(n->ask_again);
	describe(n, name, capabilities, "");
	if (!was_up)
		n->events.server(n->arg, true, n->name, "", n->capabilities);
}

/* Whatever is owed of this kind is owed no more. */
static void
forget_all(struct notifier *n, enum op op)
{
	while (owes(n, op)) {
		struct request **p = &n->requests;

		while ((*p)->op != op)
			p = &(*p)->next;
		request_drop(n, p);
	}
}

static void
fail_shows(struct notifier *n, const char *why)
{
	struct request **p, r;

	while (owes(n, SHOW)) {
		for (p = &n->requests; (*p)->op != SHOW;)
			p = &(*p)->next;
		r = **p;
		request_drop(n, p);
		n->events.failed(n->arg, r.key, r.nonce, why);
	}
}

/*
 * Without a server nothing is on the screen, so the shows have failed and the
 * closes are carried out. The caller hears of it once, and again when the
 * reason changes; what it asks for meanwhile is refused.
 */
static void
tell_down(struct notifier *n, const char *why)
{
	bool news = n->up || strcmp(n->why, why) != 0;

	n->up = n->usable = false;
	describe(n, "", "", why);
	forget_all(n, CLOSE);
	fail_shows(n, n->why);
	if (news)
		n->events.server(n->arg, false, "", n->why, "");
}

/* why is "" when pop-ups need not wait. */
static void
tell_presence(struct notifier *n, const char *why)
{
	if (strcmp(n->held, why) == 0)
		return;
	replace(&n->held, why);
	if (n->events.presence != NULL)
		n->events.presence(n->arg, n->held);
}

/* The server report just told answers these. */
static void
tell_probed(struct notifier *n)
{
	const struct request *r;
	bool asked = false;

	for (r = n->requests; r != NULL; r = r->next)
		asked |= r->for_caller;
	forget_all(n, HELLO);
	forget_all(n, PROBE);
	if (asked && n->events.probed != NULL)
		n->events.probed(n->arg, &n->server);
}

/* --- the child's life --------------------------------------------------- */

static void
forget_composed(struct notifier *n)
{
	free(n->composed.show);
	n->composed.show = NULL;
}

static void
close_channel(struct notifier *n)
{
	if (n->channel < 0)
		return;
	event_free(n->readable);
	event_free(n->writable);
	n->readable = n->writable = NULL;
	close(n->channel);
	n->channel = -1;
	n->usable = false;
	forget_composed(n);
}

/* End the child; the rest happens when it has ended, from the loop. cause is
 * a sentence for the user, or NULL: how it ends says it. */
static void
condemn(struct notifier *n, const char *cause)
{
	if (n->channel < 0)
		return;
	replace(&n->cause, cause);
	close_channel(n);
	if (n->helper != NULL)
		spawn_kill(n->helper);
}

static void
start_later(struct notifier *n)
{
	if (n->wanted)
		arm(n->start, backed_off(&n->start_delay) * INT64_C(1000));
}

static void
why_ended(const struct notifier *n, int status, struct buf *why)
{
	if (n->cause != NULL)
		buf_adds(why, n->cause);
	else if (n->explained)
		buf_adds(why, n->why);
	else if (WIFSIGNALED(status))
		buf_addf(why, "%s was ended by signal %d", n->program,
		    WTERMSIG(status));
	else
		buf_addf(why, "%s ended with status %d", n->program,
		    WEXITSTATUS(status));
}

static void read_records(struct notifier *);

static void
on_ended(void *arg, int status)
{
	struct notifier *n = arg;
	struct buf why = {0};

	n->helper = NULL;
	read_records(n);	/* its last words */
	close_channel(n);
	if (now_ms() - n->started >= HEALTHY_LIFE * 1000)
		n->start_delay = 0;
	why_ended(n, status, &why);
	replace(&n->cause, NULL);
	start_later(n);
	tell_down(n, buf_str(&why));
	tell_presence(n, "");	/* now that a show is refused */
	tell_probed(n);
	buf_clear(&why);
}

static void on_readable(evutil_socket_t, short, void *);
static void on_writable(evutil_socket_t, short, void *);

static void
adopt_channel(struct notifier *n, int fd)
{
	n->channel = fd;
	n->readable = event_new(n->base, fd, EV_READ | EV_PERSIST, on_readable,
	    n);
	n->writable = event_new(n->base, fd, EV_WRITE, on_writable, n);
	if (n->readable == NULL || n->writable == NULL ||
	    event_add(n->readable, NULL) != 0)
		abort();
}

static bool
start_child(struct notifier *n, struct err *e)
{
	int64_t grace = (n->grace_until - now_ms() + 999) / 1000;
	char seconds[24];
	const char *argv[] = { n->program, "--grace", seconds, NULL };
	int pair[2];

	snprintf(seconds, sizeof seconds, "%lld",
	    grace > 0 ? (long long)grace : 0LL);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(e, ERR_INTERNAL, "cannot make a socket: %s",
		    strerror(errno));
	evutil_make_socket_nonblocking(pair[0]);	/* the child may wait */
	n->helper = spawn_start(n->spawner, argv, pair[1], on_ended, n, e);
	close(pair[1]);
	if (n->helper == NULL) {
		close(pair[0]);
		return false;
	}
	adopt_channel(n, pair[0]);
	n->started = now_ms();
	n->garbage = 0;
	n->explained = false;
	request_add(n, HELLO, "", "");
	return true;
}

static void
on_start(evutil_socket_t fd, short what, void *arg)
{
	struct notifier *n = arg;
	struct err e;

	(void)fd;
	(void)what;
	if (n->helper != NULL || start_child(n, &e))
		return;
	start_later(n);
	tell_down(n, e.message);
	tell_probed(n);
}

static void
on_late(evutil_socket_t fd, short what, void *arg)
{
	struct notifier *n = arg;

	(void)fd;
	(void)what;
	if (n->channel >= 0)
		condemn(n, stuck);
	else	/* no child to ask: what is known is the answer */
		tell_probed(n);
}

/*
 * A child that owes nothing may be ended the hard way: there is nothing it
 * could still do, and nothing to wait for. What is known of the server stays.
 */
static void
on_linger(evutil_socket_t fd, short what, void *arg)
{
	struct notifier *n = arg;

	(void)fd;
	(void)what;
	if (n->channel < 0)
		return;
	if (n->requests != NULL) {
		arm(n->linger, LINGER * 1000);
		return;
	}
	close_channel(n);
	spawn_kill(n->helper);
	spawn_release(n->helper);
	n->helper = NULL;
	tell_presence(n, "");
}

/* --- to the child ------------------------------------------------------- */

/* Send what waits, oldest first, as far as the socket takes it. */
static void
flush(struct notifier *n)
{
	struct request *r;

	for (r = n->requests; r != NULL && n->channel >= 0; r = r->next) {
		if (r->record == NULL)
			continue;
		if (send(n->channel, r->record, strlen(r->record),
		    MSG_NOSIGNAL) < 0) {
			if (errno == EINTR || errno == EAGAIN)
				event_add(n->writable, NULL);
			else
				condemn(n, NULL);
			return;
		}
		free(r->record);
		r->record = NULL;
	}
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	flush(arg);
}

/* Takes message. The caller frees the record. */
static char *
record_of(json_t *message)
{
	char *record = json_dumps(message, JSON_COMPACT);

	json_decref(message);
	if (record == NULL)
		abort();
	return record;
}

/* Takes record. */
static struct request *
request(struct notifier *n, enum op op, const char *key, const char *nonce,
    char *record)
{
	struct request *r = request_add(n, op, key, nonce);

	r->record = record;
	flush(n);
	if (n->n_requests > REQUESTS_MAX)
		condemn(n, stuck);
	return r;
}

/* The text on one line, without control characters, cut at max bytes. */
static json_t *
plain(const char *text, size_t max)
{
	size_t len = strlen(text), i, size;
	struct buf b = {0};
	json_t *string;
	uint32_t c;

	if (len > max)
		len = utf8_clip(text, max);
	for (i = 0; i < len; i += size) {
		size = utf8_decode(text + i, len - i, &c);
		if (size == 0) {
			buf_adds(&b, "\xEF\xBF\xBD");	/* U+FFFD */
			size = 1;
		} else if (utf8_is_control(c)) {
			buf_adds(&b, " ");
		} else {
			buf_add(&b, text + i, size);
		}
	}
	string = json_string(buf_str(&b));
	buf_clear(&b);
	return string;
}

static char *
show_record(const char *op, const struct popup *p)
{
	json_t *body = json_array(), *actions = json_array();
	size_t i;

	for (i = 0; i < POPUP_LINES && p->body[i] != NULL; i++)
		json_array_append_new(body, plain(p->body[i],
		    LINE_MAX_BYTES));
	for (i = 0; i < POPUP_ACTIONS && p->actions[i].name != NULL; i++)
		json_array_append_new(actions, json_pack("[ss]",
		    p->actions[i].name, p->actions[i].label));
	return record_of(json_pack(
	    "{s:s, s:s, s:s, s:o, s:o, s:b, s:s, s:b, s:o}",
	    "op", op, "key", p->key, "nonce", p->nonce,
	    "summary", plain(p->summary, SUMMARY_MAX), "body", body,
	    "urgent", (int)p->urgent, "category", "x-rapport.reminder",
	    "resident", 1, "actions", actions));
}

/* --- from the child ----------------------------------------------------- */

/* A member that is a string shorter than max bytes; else NULL. */
static const char *
string_of(const json_t *object, const char *member, size_t max)
{
	const char *s = json_string_value(json_object_get(object, member));

	return s != NULL && strlen(s) < max ? s : NULL;
}

static bool
take_server(struct notifier *n, const json_t *event)
{
	const char *state = string_of(event, "state", 16);
	const char *why = string_of(event, "why", 512);
	const char *name = string_of(event, "name", 128);
	const char *version = string_of(event, "version", 128);
	const json_t *list = json_object_get(event, "capabilities"), *item;
	struct buf words = {0}, full = {0};
	size_t i;

	if (state == NULL)
		return false;
	if (strcmp(state, "down") == 0) {
		n->explained = true;
		tell_down(n, why != NULL ? why : "no notification server");
		if (n->wanted)
			arm(n->ask_again, backed_off(&n->ask_delay) *
			    INT64_C(1000));
		tell_probed(n);
		return true;
	}
	if (strcmp(state, "up") != 0)
		return false;
	json_array_foreach(list, i, item) {
		if (json_is_string(item))
			buf_addf(&words, "%s%s", words.len > 0 ? "," : "",
			    json_string_value(item));
	}
	buf_addf(&full, "%s%s%s", name != NULL ? name : "",
	    name != NULL && version != NULL ? " " : "",
	    version != NULL ? version : "");
	tell_up(n, buf_str(&full), buf_str(&words));
	buf_clear(&words);
	buf_clear(&full);
	tell_probed(n);
	return true;
}

static bool
take_presence(struct notifier *n, const json_t *event)
{
	const char *why = string_of(event, "why", 512);

	if (why == NULL)
		return false;
	tell_presence(n, why);
	return true;
}

static bool
take_shown(struct notifier *n, const char *key, const char *nonce,
    const json_t *event)
{
	(void)event;
	request_settle(n, SHOW, key, nonce);
	n->events.shown(n->arg, key, nonce);
	return true;
}

static bool
take_failed(struct notifier *n, const char *key, const char *nonce,
    const json_t *event)
{
	const char *why = string_of(event, "why", 512);

	if (request_settle(n, SHOW, key, nonce))
		n->events.failed(n->arg, key, nonce, why != NULL ? why : "");
	return true;
}

static bool
take_action(struct notifier *n, const char *key, const char *nonce,
    const json_t *event)
{
	const char *action = string_of(event, "action", 32);

	if (action == NULL)
		return false;
	n->events.action(n->arg, key, nonce, action);
	return true;
}

static bool
take_closed(struct notifier *n, const char *key, const char *nonce,
    const json_t *event)
{
	json_int_t reason = json_integer_value(json_object_get(event,
	    "reason"));

	if (reason < NOTIFIER_EXPIRED || reason > NOTIFIER_UNDEFINED)
		reason = NOTIFIER_UNDEFINED;
	request_settle(n, CLOSE, key, nonce);
	n->events.closed(n->arg, key, nonce, (enum notifier_closed)reason);
	return true;
}

/* One record. False when it is not understood. */
static bool
take(struct notifier *n, const json_t *event)
{
	static const struct {
		const char *name;
		bool (*take)(struct notifier *, const char *key,
		    const char *nonce, const json_t *event);
	} about_popup[] = {
		{ "shown", take_shown },
		{ "failed", take_failed },
		{ "action", take_action },
		{ "closed", take_closed },
	};
	const struct request *r = NULL;
	const char *name = string_of(event, "ev", 16);
	const char *key = string_of(event, "key", sizeof r->key);
	const char *nonce = string_of(event, "nonce", sizeof r->nonce);
	size_t i;

	if (name == NULL)
		return false;
	if (strcmp(name, "server") == 0)
		return take_server(n, event);
	if (strcmp(name, "presence") == 0)
		return take_presence(n, event);
	if (key == NULL || nonce == NULL)
		return false;
	for (i = 0; i < sizeof about_popup / sizeof *about_popup; i++)
		if (strcmp(name, about_popup[i].name) == 0)
			return about_popup[i].take(n, key, nonce, event);
	return false;
}

static void
take_record(struct notifier *n, const char *record, size_t len)
{
	json_t *event = json_loadb(record, len, JSON_REJECT_DUPLICATES, NULL);
	bool understood = event != NULL && take(n, event);

	json_decref(event);
	if (understood)
		return;
	if (n->garbage++ == 0)
		log_warn("%s said something that is not understood",
		    n->program);
	if (n->garbage > GARBAGE_MAX)
		condemn(n, "the program that shows pop-ups makes no sense");
}

static void
read_records(struct notifier *n)
{
	char *record = mem_resize(NULL, RECORD_MAX);
	ssize_t len;
	int i;

	for (i = 0; i < READS_A_TURN && n->channel >= 0; i++) {
		len = recv(n->channel, record, RECORD_MAX, MSG_TRUNC);
		if (len < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (len > RECORD_MAX)
			condemn(n, "the program that shows pop-ups says too "
			    "much at once");
		else if (len > 0)
			take_record(n, record, (size_t)len);
		else	/* it has ended, or should have */
			condemn(n, NULL);
	}
	free(record);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	read_records(arg);
}

/* --- for the caller ----------------------------------------------------- */

char *
notifier_find_program(void)
{
	const char *given = getenv("RAPPORT_NOTIFIER");
	char *beside;

	if (given != NULL && given[0] != '\0')
		return mem_dup(given);
	beside = spawn_beside("rapport-notifier");
	if (beside != NULL)
		return beside;
	return mem_dup(RAPPORT_LIBEXECDIR "/rapport-notifier");
}

static struct event *
timer_new(struct notifier *n, event_callback_fn fired)
{
	struct event *timer = evtimer_new(n->base, fired, n);

	if (timer == NULL)
		abort();
	return timer;
}

static char *
probe_record(void)
{
	return record_of(json_pack("{s:s}", "op", "probe"));
}

static void
on_ask_again(evutil_socket_t fd, short what, void *arg)
{
	struct notifier *n = arg;

	(void)fd;
	(void)what;
	if (n->channel >= 0 && !owes(n, PROBE))
		request(n, PROBE, "", "", probe_record());
}

struct notifier *
notifier_new(struct event_base *base, const char *program,
    const struct notifier_settings *settings,
    const struct notifier_events *events, void *arg)
{
	struct notifier *n = mem_new(1, sizeof *n);

	n->base = base;
	n->events = *events;
	n->arg = arg;
	n->program = mem_dup(program);
	n->grace_until = now_ms() + (int64_t)settings->grace * 1000;
	n->spawner = spawner_new(base);
	n->channel = -1;
	n->last = &n->requests;
	n->start = timer_new(n, on_start);
	n->late = timer_new(n, on_late);
	n->ask_again = timer_new(n, on_ask_again);
	n->linger = timer_new(n, on_linger);
	notifier_set_timeout(n, settings->timeout);
	describe(n, "", "", "");
	n->held = mem_dup("");
	return n;
}

/* Whether it has owed an answer for so long that it may hang. */
static bool
hangs(const struct notifier *n)
{
	const struct request *r;

	for (r = n->requests; r != NULL; r = r->next)
		if (r->op != CLOSE && now_ms() - r->asked > HANGS_AFTER)
			return true;
	return false;
}

void
notifier_free(struct notifier *n)
{
	if (n == NULL)
		return;
	/* One that hangs would be left behind. One that is just showing a
	 * pop-up finds us gone when it tells of it, and closes it. */
	if (n->helper != NULL && hangs(n))
		spawn_kill(n->helper);
	close_channel(n);
	while (n->requests != NULL)
		request_drop(n, &n->requests);
	spawner_free(n->spawner);
	event_free(n->start);
	event_free(n->late);
	event_free(n->ask_again);
	event_free(n->linger);
	free(n->name);
	free(n->capabilities);
	free(n->why);
	free(n->held);
	free(n->cause);
	free(n->program);
	free(n);
}

void
notifier_set_timeout(struct notifier *n, unsigned seconds)
{
	n->timeout = seconds > 0 ? seconds : TIMEOUT_DEFAULT;
}

void
notifier_prepare(struct notifier *n)
{
	n->wanted = true;
	event_del(n->linger);
	if (n->helper == NULL && !event_pending(n->start, EV_TIMEOUT, NULL))
		arm(n->start, 0);
}

/* The child needs no asking to forget it, and may miss it: a show says all
 * that it needs. So there is no request, and no second attempt. */
void
notifier_compose(struct notifier *n, const struct popup *p)
{
	char *record;

	forget_composed(n);
	if (!n->usable)
		return;
	memcpy(n->composed.nonce, p->nonce, sizeof n->composed.nonce);
	n->composed.show = show_record("show", p);
	record = show_record("compose", p);
	(void)!send(n->channel, record, strlen(record), MSG_NOSIGNAL);
	free(record);
}

/* The record that shows p, which the caller frees. */
static char *
take_composed(struct notifier *n, const struct popup *p)
{
	char *record = n->composed.show;

	if (record == NULL || strcmp(n->composed.nonce, p->nonce) != 0)
		return show_record("show", p);
	n->composed.show = NULL;
	return record;
}

bool
notifier_show(struct notifier *n, const struct popup *p)
{
	notifier_prepare(n);
	if (!n->usable)
		return false;
	request(n, SHOW, p->key, p->nonce, take_composed(n, p));
	return true;
}

void
notifier_close(struct notifier *n, const char *key, const char *nonce)
{
	if (n->usable)
		request(n, CLOSE, key, nonce, record_of(json_pack(
		    "{s:s, s:s, s:s}", "op", "close", "key", key, "nonce",
		    nonce)));
}

void
notifier_probe(struct notifier *n)
{
	struct request *r = n->requests;

	while (r != NULL && r->op != PROBE)
		r = r->next;
	if (r == NULL && n->channel >= 0)
		r = request(n, PROBE, "", "", probe_record());
	else if (r == NULL)	/* its first word will be the answer */
		r = request_add(n, PROBE, "", "");
	r->for_caller = true;
	/* This attempt is an extra one: it shall not put off the next that is
	 * made without being asked, as its failure would by doubling these. */
	n->ask_delay /= 2;
	if (n->helper == NULL) {
		n->start_delay /= 2;
		arm(n->start, 0);
	}
	if (!n->wanted)
		arm(n->linger, LINGER * 1000);
}

void
notifier_idle(struct notifier *n)
{
	if (!n->wanted)
		return;
	n->wanted = false;
	event_del(n->ask_again);
	if (n->helper == NULL)
		event_del(n->start);
	else
		arm(n->linger, LINGER * 1000);
}

const struct notifier_server *
notifier_server(const struct notifier *n)
{
	return &n->server;
}
