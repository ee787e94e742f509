/* Streams: see stream.h. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/render.h"
#include "ctl/status.h"
#include "ctl/stream.h"

enum {
	BACK_OFF_FIRST = 1,	/* seconds between tries for a daemon */
	BACK_OFF_LAST = 30,
};

/* Write what is gathered; *end: the reader has gone, or *status is not 0. */
static bool
flush(struct out *o, int *status, struct err *err)
{
	bool gone;

	if (out_flush(o, &gone, err))
		return true;
	*status = gone ? 0 : 1;
	return false;
}

typedef void print_fn(void *arg, const json_t *reply, struct out *o);

/* Print replies until the last one, or until something ends. */
static int
print_stream(struct client *c, print_fn *print, void *arg, struct out *o,
    struct err *err)
{
	struct varlink_reply reply;
	bool more = true;
	int status = 0;

	while (more) {
		switch (client_next(c, CLIENT_FOREVER, true, &reply, err)) {
		case CLIENT_REPLY:
			break;
		case CLIENT_BROKEN:
		case CLIENT_TIMEOUT:
			return EXIT_UNREACHABLE;
		case CLIENT_READER_GONE:
			return 0;
		}
		more = reply.continues && reply.error == NULL;
		if (reply.error != NULL)
			status = render_error(&reply, err);
		else {
			print(arg, reply.parameters, o);
			more = flush(o, &status, err) && more;
		}
		varlink_reply_clear(&reply);
	}
	return status;
}

struct watch {
	const struct args *args;
	struct here *here;
};

static void
print_event(void *arg, const json_t *reply, struct out *o)
{
	struct watch *w = arg;

	w->here->now = 0;	/* time passes while we watch */
	render_reply(o, w->args, reply, w->here);
}

int
stream_watch(struct client *c, const struct args *a, struct out *o,
    struct here *h, struct err *err)
{
	struct watch w = {a, h};

	if (!client_send(c, RAPPORT_INTERFACE ".Watch", a->parameters, true,
	    err))
		return EXIT_UNREACHABLE;
	return print_stream(c, print_event, &w, o, err);
}

static void
print_json(void *arg, const json_t *reply, struct out *o)
{
	(void)arg;
	out_json(o, reply);
}

int
stream_rpc(struct client *c, const char *method, const json_t *parameters,
    struct out *o, struct err *err)
{
	if (!client_send(c, method, parameters, true, err))
		return EXIT_UNREACHABLE;
	return print_stream(c, print_json, NULL, o, err);
}

/* ------------------------------------------------------ status --follow -- */

struct follow {
	const char *path;
	const struct args *args;
	struct out *out;
	struct here *here;
	char *last;		/* what was printed last */
	int64_t quiet_until;	/* of the last status; 0: not quiet */
	bool met;		/* a daemon answered since the last wait */
};

/* The status as it is printed; status NULL: no daemon. */
static void
compose(struct follow *f, const json_t *status)
{
	json_t *bar;

	f->here->now = 0;
	if (args_flag(f->args, "waybar")) {
		bar = status_bar(status, f->here);
		out_json(f->out, bar);
		json_decref(bar);
	} else if (status == NULL)
		buf_adds(&f->out->text, f->args->json ? "null\n" :
		    "rapportd is not running\n");
	else if (f->args->json)
		out_json(f->out, status);
	else
		status_line(f->out, status, f->here);
}

/* Print the status unless it reads as before. */
static bool
print_change(struct follow *f, const json_t *status, int *result,
    struct err *err)
{
	compose(f, status);
	f->quiet_until = json_integer_value(
	    json_object_get(status, "quiet_until"));
	if (f->last != NULL && strcmp(f->last, buf_str(&f->out->text)) == 0) {
		out_clear(f->out);
		return true;
	}
	free(f->last);
	f->last = mem_dup(buf_str(&f->out->text));
	return flush(f->out, result, err);
}

/* Milliseconds until the quiet ends, which no event tells. */
static int
until_quiet_ends(struct follow *f)
{
	int64_t left;

	if (f->quiet_until == 0)
		return CLIENT_FOREVER;
	f->here->now = 0;
	left = f->quiet_until - here_now(f->here) + 1;
	return left < 1 ? 1000 : left > 86400 ? 86400000 : (int)left * 1000;
}

enum turn { TURN_AGAIN, TURN_LOST, TURN_END };

/* Ask for the status on its connection and print it. */
static enum turn
ask_status(struct follow *f, struct client *ask, int *result,
    struct err *err)
{
	struct varlink_reply reply;
	enum turn turn;

	if (!client_call(ask, RAPPORT_INTERFACE ".Status", f->args->parameters,
	    false, false, CLIENT_SECONDS, &reply, err))
		return TURN_LOST;
	if (reply.error != NULL) {
		*result = render_error(&reply, err);
		turn = TURN_END;
	} else
		turn = print_change(f, reply.parameters, result, err) ?
		    TURN_AGAIN : TURN_END;
	f->met = true;
	varlink_reply_clear(&reply);
	return turn;
}

/* Wait for an event and take in those right behind it: one answer is enough
 * for all. */
static enum turn
wait_events(struct follow *f, struct client *watch, int *result,
    struct err *err)
{
	struct varlink_reply reply;
	int wait = until_quiet_ends(f);
	bool any = false;

	for (;;) {
		switch (client_next(watch, any ? 0 : wait, true, &reply,
		    err)) {
		case CLIENT_REPLY:
			break;
		case CLIENT_TIMEOUT:
			return TURN_AGAIN;
		case CLIENT_BROKEN:
			return TURN_LOST;
		case CLIENT_READER_GONE:
			*result = 0;
			return TURN_END;
		}
		any = true;
		if (reply.error != NULL) {
			*result = render_error(&reply, err);
			varlink_reply_clear(&reply);
			return TURN_END;
		}
		varlink_reply_clear(&reply);
	}
}

/*
 * Follow one daemon for as long as it lives: events come on one connection,
 * where nothing else can be asked, the status on another. The first status is
 * asked for after watching began, so that nothing falls between.
 */
static enum turn
follow_daemon(struct follow *f, int *result, struct err *err)
{
	struct client watch, ask = {.fd = -1};
	enum turn turn = TURN_LOST;
	json_t *none = json_object();

	if (client_open(&watch, f->path, err) &&
	    client_open(&ask, f->path, err) &&
	    client_send(&watch, RAPPORT_INTERFACE ".Watch", none, true, err))
		do
			turn = ask_status(f, &ask, result, err);
		while (turn == TURN_AGAIN && (turn = wait_events(f, &watch,
		    result, err)) == TURN_AGAIN);
	client_close(&watch);
	client_close(&ask);
	json_decref(none);
	return turn;
}

/* Wait until something appears in the socket's folder, or the seconds are
 * over (no inotify, no folder); false: the reader has gone. */
static bool
wait_daemon(int notify, int seconds)
{
	struct pollfd fds[2] = {
		{.fd = STDOUT_FILENO},
		{.fd = notify, .events = POLLIN},
	};
	char events[4096];

	if (poll(fds, 2, seconds * 1000) < 0 && errno != EINTR)
		return false;
	if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
		return false;
	if (fds[1].revents & POLLIN)
		(void)!read(notify, events, sizeof events);
	return true;
}

/* An inotify instance on the folder of path, or -1. */
static int
watch_folder(const char *path)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	char *folder = mem_dup(path), *slash = strrchr(folder, '/');

	if (slash != NULL)
		*slash = '\0';
	if (fd >= 0 && (slash == NULL || inotify_add_watch(fd,
	    *folder == '\0' ? "/" : folder, IN_CREATE | IN_MOVED_TO) < 0)) {
		close(fd);
		fd = -1;
	}
	free(folder);
	return fd;
}

int
stream_status(const char *path, const struct args *a, struct out *o,
    struct here *h, struct err *err)
{
	struct follow f = {.path = path, .args = a, .out = o, .here = h};
	int result = 0, wait = BACK_OFF_FIRST, notify;
	bool again = true;

	while (again) {
		/* Before connecting, so that no daemon comes in between. */
		notify = watch_folder(path);
		f.met = false;
		again = follow_daemon(&f, &result, err) == TURN_LOST;
		if (again) {
			*err = (struct err){0};
			wait = f.met ? BACK_OFF_FIRST : wait;
			again = print_change(&f, NULL, &result, err) &&
			    wait_daemon(notify, wait);
			wait = wait * 2 < BACK_OFF_LAST ? wait * 2 :
			    BACK_OFF_LAST;
		}
		if (notify >= 0)
			close(notify);
	}
	free(f.last);
	return result;
}
