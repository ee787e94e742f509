/*
 * The socket: see server.h.
 *
 * A connection goes through three hands. on_read() takes bytes in and cuts
 * them into calls; dispatch() hands calls to the methods, one at a time; the
 * replies rest in `held` until finish_turn() has made the turn durable, and
 * then leave through `out`. What any of the three may do next is decided in one
 * place, go_on(), and nowhere else does a connection end on its own.
 *
 * The invariant that everything here serves: a reply is in `out` only after
 * the commit of the turn in which it was given.
 */
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/paths.h"
#include "edge/server.h"
#include "wire/command.h"
#include "wire/varlink.h"

enum {
	CONNECTIONS_MAX = 512,
	ACCEPTS_MAX = 32,	/* in one go */
	READ_SIZE = 16 * 1024,	/* bytes of one read(2) */
	READS_MAX = 4,		/* in one go */
	TURN_CALLS = 256,	/* in one turn, so that it ends */
	TURN_CALLS_EACH = 64,	/* of one connection, so that all get some */
	OUT_PAUSE = 256 * 1024,	/* bytes unread by a client: no more calls */
	STREAM_MAX = 1024 * 1024,	/* and of a stream: hung up on */
};

/* The gather (see worth_waiting). Nanoseconds. */
#define GATHER_STEP 100000
#define GATHER_MAX 500000

struct conn;

/* A call and what belongs to it. The methods see the first member. */
struct request {
	struct call call;
	struct varlink_call parsed;	/* owns what call points to */
	struct conn *conn;
};

/* A reply that waits for the turn's end: its bytes end at `end` in held. */
struct held_reply {
	size_t end;
	bool stored, continues;
};

struct conn {
	struct server *server;
	TAILQ_ENTRY(conn) all, touched;
	int fd;
	struct event *reading, *writing;

	struct varlink_frames frames;
	struct request *current;	/* not answered yet */
	unsigned calls;		/* handed out in this turn */

	struct buf held;
	struct held_reply *replies;	/* what held is made of */
	size_t replies_n, replies_size;

	struct buf out;
	size_t sent;		/* bytes of out that have left */

	unsigned long wrote;	/* the turn in which it last wrote; 0: never */
	bool is_touched;	/* on one of the lists of touched ones */
	bool waiting;		/* whole messages may be left in frames */
	bool broken;		/* sent what is no call: takes no more */
	bool eof;		/* nothing more comes */
	bool deaf;		/* the peer has gone: nothing is sent */
	bool was_big;		/* got an answer longer than OUT_PAUSE */
};

TAILQ_HEAD(conns, conn);

struct server {
	struct event_base *base;
	struct server_ops ops;
	int listen_fd;
	struct event *accepting;
	struct event *resume;	/* accepting goes on: descriptors were short */
	struct event *turn;	/* the turn's end, behind all reading */
	struct event *gather;	/* the turn's end, a little later */

	struct conns all;	/* the longest unused first */
	size_t n;
	struct conns touched;	/* something to do at the turn's end */
	bool warned_uid, warned_full;
	bool ending;		/* no call is handed out any more */

	unsigned turn_calls;
	bool turn_stored;	/* a reply of this turn depends on its commit */

	/* Who writes: connections that wrote in this turn, in the one before,
	 * and in the one before that (each counted once, by its last). */
	unsigned long serial;	/* of this turn, among those that write */
	unsigned writers[3];
	int64_t gather_from;	/* monotonic ns; 0: not gathering */
	int64_t commit_ns;	/* how long the last commit took */
};

static int64_t
monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct event *
new_event(struct server *s, int fd, short what, event_callback_fn call,
    void *arg, int priority)
{
	struct event *ev = event_new(s->base, fd, what, call, arg);

	if (ev == NULL)
		abort();
	event_priority_set(ev, priority);
	return ev;
}

/* Have this connection looked at when the turn ends, and the turn end. */
static void
touch(struct conn *c)
{
	struct server *s = c->server;

	if (!c->is_touched) {
		c->is_touched = true;
		TAILQ_INSERT_TAIL(&s->touched, c, touched);
	}
	event_active(s->turn, EV_TIMEOUT, 0);
}

/* -------------------------------------------------------------- writers -- */

/* Whether something waits for the commit. */
static bool
pending(struct server *s)
{
	return s->ops.pending != NULL ? s->ops.pending(s->ops.arg)
	    : s->turn_stored;
}

/* The bucket a connection is counted in, or NULL. */
static unsigned *
writers_bucket(struct conn *c)
{
	struct server *s = c->server;

	if (c->wrote == 0 || s->serial - c->wrote > 2)
		return NULL;
	return &s->writers[s->serial - c->wrote];
}

static void
note_writer(struct conn *c)
{
	unsigned *bucket = writers_bucket(c);

	if (bucket != NULL)
		--*bucket;
	c->wrote = c->server->serial;
	++*writers_bucket(c);
}

static void
next_writers(struct server *s)
{
	s->writers[2] = s->writers[1];
	s->writers[1] = s->writers[0];
	s->writers[0] = 0;
	s->serial++;
}

/*
 * Whether to wait a moment for more writers before the commit. Without it two
 * clients alternate: while one's commit is on its way the other sends, and
 * each sync carries one of them. So a turn waits for those that wrote lately
 * and have not yet in this turn: at most 100 µs since the last call came, and
 * never when nobody is missing, or when a commit costs less than waiting.
 */
static bool
worth_waiting(struct server *s)
{
	int64_t now;

	if (s->writers[1] + s->writers[2] == 0 ||
	    s->commit_ns < GATHER_STEP || s->turn_calls >= TURN_CALLS ||
	    !pending(s))
		return false;
	now = monotonic();
	if (s->gather_from == 0)
		s->gather_from = now;
	return now - s->gather_from < GATHER_MAX;
}

/* -------------------------------------------------------------- answers -- */

static void
request_free(struct request *r)
{
	varlink_call_clear(&r->parsed);
	free(r);
}

static size_t
backlog(const struct conn *c)
{
	return c->out.len - c->sent + c->held.len;
}

static void
hold(struct conn *c, bool stored, bool continues)
{
	if (c->replies_n == c->replies_size) {
		c->replies_size = c->replies_size * 2 + 4;
		c->replies = mem_resize(c->replies,
		    c->replies_size * sizeof *c->replies);
	}
	c->replies[c->replies_n++] =
	    (struct held_reply){c->held.len, stored, continues};
}

/* The peer is gone, or as good as: what waits for it is thrown away. What it
 * has asked for and not heard of is still carried out (go_on). */
static void
turn_deaf(struct conn *c)
{
	c->deaf = true;
	buf_clear(&c->out);
	c->sent = 0;
	buf_clear(&c->held);
	c->replies_n = 0;
}

/* An answer is written between begin and end: begin gives the place for it, or
 * NULL when nobody hears it. */
static struct buf *
answer_begin(struct call *call, bool continues)
{
	struct conn *c = ((struct request *)call)->conn;

	if (continues && backlog(c) > STREAM_MAX && !c->deaf) {
		log_warn("hung up on a client that does not read its stream");
		c->broken = true;
		turn_deaf(c);
	}
	return call->oneway || c->deaf ? NULL : &c->held;
}

static void
answer_end(struct call *call, bool stored, bool continues)
{
	struct request *r = (struct request *)call;
	struct conn *c = r->conn;

	if (!call->oneway && !c->deaf)
		hold(c, stored, continues);
	c->server->turn_stored |= stored;
	if (stored && !continues && pending(c->server))
		note_writer(c);
	if (!continues) {
		c->current = NULL;
		request_free(r);
	}
	touch(c);
}

void
call_reply(struct call *c, json_t *parameters, bool stored, bool continues)
{
	struct buf *out;

	continues = continues && c->more;
	out = answer_begin(c, continues);
	if (out != NULL)
		varlink_reply_write(out, parameters, continues);
	json_decref(parameters);
	answer_end(c, stored, continues);
}

void
call_reply_text(struct call *c, const char *parameters, bool stored)
{
	struct buf *out = answer_begin(c, false);

	if (out != NULL)
		varlink_reply_write_text(out, parameters);
	answer_end(c, stored, false);
}

void
call_error(struct call *c, const char *error, json_t *parameters)
{
	struct buf *out = answer_begin(c, false);

	if (out != NULL)
		varlink_error_write(out, error, parameters);
	json_decref(parameters);
	answer_end(c, false, false);
}

/* {"message", "parameter"?}. */
static json_t *
error_parameters(const struct err *err)
{
	json_t *o = json_object(), *message = json_string(err->message);

	/* A message may quote what is no UTF-8. */
	if (message == NULL)
		message = json_string("not understood");
	json_object_set_new(o, "message", message);
	if (err->parameter[0] != '\0')
		json_object_set_new(o, "parameter",
		    json_string(err->parameter));
	return o;
}

static const char *
error_name(const struct err *err)
{
	const char *name = wire_error_names[err->code];

	return name != NULL ? name : wire_error_names[ERR_INTERNAL];
}

void
call_fail(struct call *c, const struct err *err)
{
	call_error(c, error_name(err), error_parameters(err));
}

/* ---------------------------------------------------------- connections -- */

static void
accept_again(struct server *s)
{
	event_del(s->resume);
	event_add(s->accepting, NULL);
}

/* The client of the current call no longer waits for its answer. */
static void
abandon(struct conn *c)
{
	struct request *r = c->current;

	if (r == NULL)
		return;
	c->server->ops.gone(c->server->ops.arg, &r->call);
	c->current = NULL;
	request_free(r);
}

/* A long answer leaves the heap wide: what it took goes back to the system,
 * or an idle daemon would keep it for good. */
static void
give_memory_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

static void
conn_free(struct conn *c)
{
	struct server *s = c->server;
	unsigned *bucket = writers_bucket(c);
	bool was_big = c->was_big;

	abandon(c);
	if (bucket != NULL)
		--*bucket;
	TAILQ_REMOVE(&s->all, c, all);
	if (c->is_touched)
		TAILQ_REMOVE(&s->touched, c, touched);
	if (--s->n < CONNECTIONS_MAX / 2)
		s->warned_full = false;
	event_free(c->reading);
	event_free(c->writing);
	close(c->fd);
	varlink_frames_clear(&c->frames);
	buf_clear(&c->held);
	buf_clear(&c->out);
	free(c->replies);
	free(c);
	if (was_big)
		give_memory_back();
	if (!event_pending(s->accepting, EV_READ, NULL))
		accept_again(s);
}

/* ----------------------------------------------------- calls, one by one -- */

static void
hand_out(struct conn *c, const char *text, size_t len)
{
	struct server *s = c->server;
	struct request *r = mem_new(1, sizeof *r);
	struct err err = {0};

	if (!varlink_call_parse(text, len, &r->parsed, &err)) {
		log_debug("hung up on a client: %s", err.message);
		c->broken = true;
		free(r);
		return;
	}
	r->conn = c;
	r->call.method = r->parsed.method;
	r->call.parameters = r->parsed.parameters;
	r->call.oneway = r->parsed.oneway;
	r->call.more = r->parsed.more && !r->parsed.oneway;
	c->current = r;
	c->calls++;
	s->turn_calls++;
	touch(c);
	s->ops.call(s->ops.arg, &r->call);	/* r may be gone now */
}

/* Hand out calls until one stays unanswered, nothing is left, or somebody
 * else should have a turn. */
static void
dispatch(struct conn *c)
{
	struct server *s = c->server;
	const char *text;
	size_t len;

	c->waiting = false;
	while (c->current == NULL && !c->broken && !s->ending) {
		if (backlog(c) > OUT_PAUSE) {
			c->waiting = true;	/* until the peer has read */
			return;
		}
		if (s->turn_calls >= TURN_CALLS ||
		    c->calls >= TURN_CALLS_EACH) {
			c->waiting = true;	/* until the next turn */
			touch(c);
			return;
		}
		text = varlink_frames_next(&c->frames, &len);
		if (text == NULL)
			return;
		hand_out(c, text, len);
		if (c->deaf)
			abandon(c);
	}
}

/* Send what the socket takes. */
static void
flush(struct conn *c)
{
	ssize_t n;

	while (c->sent < c->out.len) {
		n = send(c->fd, c->out.data + c->sent, c->out.len - c->sent,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			event_add(c->writing, NULL);
			return;
		}
		if (n < 0)
			turn_deaf(c);
		else
			c->sent += (size_t)n;
	}
	buf_clear(&c->out);	/* one that rests holds no memory */
	c->sent = 0;
	event_del(c->writing);
}

static bool
is_over(const struct conn *c)
{
	return (c->broken || (c->eof && !c->waiting)) && c->current == NULL &&
	    c->replies_n == 0 && c->out.len == 0;
}

/* Reading goes on behind an unanswered call, to see the peer leave, but not
 * without bound. */
static bool
may_read(const struct conn *c)
{
	return !c->eof && !c->broken && !c->waiting &&
	    backlog(c) <= OUT_PAUSE &&
	    c->frames.in.len - c->frames.taken <= VARLINK_FRAME_MAX;
}

/* All that a connection can do now. It may be gone afterwards. */
static void
go_on(struct conn *c)
{
	flush(c);
	if (c->deaf || c->broken)
		abandon(c);
	dispatch(c);
	if (is_over(c))
		conn_free(c);
	else if (may_read(c))
		event_add(c->reading, NULL);
	else
		event_del(c->reading);
}

/* ------------------------------------------------------- the turn's end -- */

/* The turn failed: what depended on it becomes its error, and events that did
 * not happen are not told. */
static void
rewrite_held(struct conn *c, const struct err *err)
{
	json_t *why = error_parameters(err);
	struct buf rewritten = {0};
	size_t i, start = 0;

	for (i = 0; i < c->replies_n; i++) {
		const struct held_reply *r = &c->replies[i];

		if (!r->stored)
			buf_add(&rewritten, c->held.data + start,
			    r->end - start);
		else if (!r->continues)
			varlink_error_write(&rewritten, error_name(err), why);
		start = r->end;
	}
	json_decref(why);
	buf_clear(&c->held);
	c->held = rewritten;
}

/* The turn has ended: what was held may leave. */
static void
release_held(struct conn *c)
{
	if (c->out.len == 0) {
		c->out = c->held;
		c->held = (struct buf){0};
	} else {
		buf_drain(&c->out, c->sent);
		c->sent = 0;
		buf_add(&c->out, buf_str(&c->held), c->held.len);
		buf_clear(&c->held);
	}
	c->was_big |= c->out.len > OUT_PAUSE;
	free(c->replies);
	c->replies = NULL;
	c->replies_n = c->replies_size = 0;
	c->calls = 0;
}

static void
finish_turn(struct server *s)
{
	struct conns settling = TAILQ_HEAD_INITIALIZER(settling);
	bool writes = pending(s);
	int64_t from = writes ? monotonic() : 0;
	struct err err = {0};
	struct conn *c;
	bool ok;

	event_del(s->turn);
	event_del(s->gather);
	s->gather_from = 0;
	ok = s->ops.turn_end(s->ops.arg, &err);
	if (writes) {
		s->commit_ns = monotonic() - from;
		next_writers(s);
	}
	s->turn_stored = false;
	s->turn_calls = 0;

	/* First all replies of this turn, then whatever comes of sending them:
	 * a call handed out, a reply given below belongs to the next turn and
	 * stays held. A connection that is touched meanwhile is on one of the
	 * two lists already, and is put back for what it then holds. */
	TAILQ_FOREACH(c, &s->touched, touched) {
		if (!ok)
			rewrite_held(c, &err);
		release_held(c);
	}
	TAILQ_CONCAT(&settling, &s->touched, touched);
	while ((c = TAILQ_FIRST(&settling)) != NULL) {
		TAILQ_REMOVE(&settling, c, touched);
		c->is_touched = false;
		if (c->replies_n > 0)
			touch(c);
		go_on(c);
	}
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	static const struct timeval step = {0, GATHER_STEP / 1000};
	struct server *s = arg;

	(void)fd, (void)what;
	if (worth_waiting(s))
		event_add(s->gather, &step);
	else
		finish_turn(s);
}

static void
on_gather(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	finish_turn(arg);
}

void
server_turn(struct server *s)
{
	event_active(s->turn, EV_TIMEOUT, 0);
}

/* ----------------------------------------------------- bytes and clients -- */

/* The peer sends nothing more. If it has closed and not only shut down its
 * side (shutdown(2)), it hears nothing either: poll(2) knows. When it does the
 * second after the first, sending fails. */
static void
end_of_input(struct conn *c)
{
	struct pollfd p = {.fd = c->fd};

	c->eof = true;
	if (poll(&p, 1, 0) == 1 && (p.revents & (POLLHUP | POLLERR)))
		turn_deaf(c);
}

static void
take_in(struct conn *c)
{
	char chunk[READ_SIZE];
	ssize_t n;
	int i;

	for (i = 0; i < READS_MAX; i++) {
		n = read(c->fd, chunk, sizeof chunk);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n < 0) {
			c->eof = true;
			turn_deaf(c);
			return;
		}
		if (n == 0) {
			end_of_input(c);
			return;
		}
		if (!varlink_frames_add(&c->frames, chunk, (size_t)n)) {
			log_debug("hung up on a client: its message is longer "
			    "than %d bytes", VARLINK_FRAME_MAX);
			c->broken = true;
			return;
		}
		if ((size_t)n < sizeof chunk)
			return;
	}
}

static void
on_read(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;
	struct server *s = c->server;

	(void)fd, (void)what;
	/* The turn's end, the signals, the pop-ups: all stand behind reading.
	 * So a full turn reads no more, or constant traffic would put them
	 * off for ever. */
	if (s->turn_calls >= TURN_CALLS) {
		event_del(c->reading);
		touch(c);
		return;
	}
	TAILQ_REMOVE(&s->all, c, all);
	TAILQ_INSERT_TAIL(&s->all, c, all);
	take_in(c);
	go_on(c);
}

static void
on_write(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	go_on(arg);
}

static bool
peer_is_us(struct server *s, int fd)
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	    peer.uid == geteuid())
		return true;
	if (!s->warned_uid)
		log_warn("refused a client of another user");
	s->warned_uid = true;
	return false;
}

/* Hang up on whoever has been silent for longest and waits for nothing. A
 * client of ours connects again; one that leaks connections locks nobody
 * out. */
static bool
make_room(struct server *s)
{
	struct conn *c;

	TAILQ_FOREACH(c, &s->all, all) {
		if (c->current == NULL && !c->is_touched) {
			conn_free(c);
			return true;
		}
	}
	return false;
}

static void
conn_new(struct server *s, int fd)
{
	struct conn *c = mem_new(1, sizeof *c);

	c->server = s;
	c->fd = fd;
	c->reading = new_event(s, fd, EV_READ | EV_PERSIST, on_read, c, 0);
	c->writing = new_event(s, fd, EV_WRITE | EV_PERSIST, on_write, c, 0);
	TAILQ_INSERT_TAIL(&s->all, c, all);
	s->n++;
	event_add(c->reading, NULL);
}

static void
warn_full(struct server *s, const char *why)
{
	if (!s->warned_full)
		log_warn("clients have to wait: %s", why);
	s->warned_full = true;
}

/* accept(2) failed for want of something. Ask again when a connection has
 * ended or a second has passed: the listening socket stays readable, and
 * would be asked without end. */
static void
pause_accepting(struct server *s)
{
	static const struct timeval second = {1, 0};

	warn_full(s, strerror(errno));
	event_del(s->accepting);
	event_add(s->resume, &second);
}

static void
on_accept(evutil_socket_t listen_fd, short what, void *arg)
{
	struct server *s = arg;
	int i, fd;

	(void)what;
	for (i = 0; i < ACCEPTS_MAX; i++) {
		fd = accept4(listen_fd, NULL, NULL,
		    SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0 && errno == EAGAIN)
			return;
		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0) {
			if (make_room(s))
				continue;
			pause_accepting(s);
			return;
		}
		if (!peer_is_us(s, fd)) {
			close(fd);
			continue;
		}
		if (s->n >= CONNECTIONS_MAX && !make_room(s)) {
			warn_full(s, "too many connections");
			close(fd);
			continue;
		}
		conn_new(s, fd);
	}
}

static void
on_resume(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	accept_again(arg);
}

/* ------------------------------------------------------------ the server -- */

struct server *
server_new(struct event_base *base, int listen_fd,
    const struct server_ops *ops)
{
	struct server *s = mem_new(1, sizeof *s);

	evutil_make_socket_nonblocking(listen_fd);
	s->base = base;
	s->ops = *ops;
	s->listen_fd = listen_fd;
	s->serial = 1;
	TAILQ_INIT(&s->all);
	TAILQ_INIT(&s->touched);
	s->accepting = new_event(s, listen_fd, EV_READ | EV_PERSIST, on_accept,
	    s, 0);
	s->resume = new_event(s, -1, 0, on_resume, s, 0);
	s->turn = new_event(s, -1, 0, on_turn, s, 1);
	s->gather = new_event(s, -1, 0, on_gather, s, 1);
	event_add(s->accepting, NULL);
	return s;
}

void
server_free(struct server *s)
{
	struct conn *c;

	if (s == NULL)
		return;
	s->ending = true;
	finish_turn(s);	/* the clock or a click may have begun it too */
	while ((c = TAILQ_FIRST(&s->all)) != NULL)
		conn_free(c);
	event_free(s->accepting);
	event_free(s->resume);
	event_free(s->turn);
	event_free(s->gather);
	close(s->listen_fd);
	free(s);
}

/* ------------------------------------------------------- the socket file -- */

/* Whether a rapportd called listen(2) on the socket that fd is connected to,
 * and not systemd on its behalf. */
static bool
is_rapportd(int fd)
{
	struct ucred who = {0};
	socklen_t size = sizeof who;
	char path[64], name[32] = "";
	FILE *f;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0 ||
	    who.pid <= 0)
		return false;
	snprintf(path, sizeof path, "/proc/%d/comm", (int)who.pid);
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	if (fgets(name, sizeof name, f) == NULL)
		name[0] = '\0';
	fclose(f);
	return strcmp(name, "rapportd\n") == 0;
}

/* Whether somebody accepts connections at this address. One whose queue is
 * full is there too: it only does not answer at once. */
static bool
somebody_listens(const struct sockaddr_un *address, bool *rapportd)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0);
	bool there;

	if (fd < 0)
		return false;
	there = connect(fd, (const struct sockaddr *)address,
	    sizeof *address) == 0 || errno == EAGAIN;
	*rapportd = there && is_rapportd(fd);
	close(fd);
	return there;
}

/* Make way for a new socket: true when nothing is left at the path. */
static bool
remove_stale(const struct sockaddr_un *address, bool *held, struct err *err)
{
	const char *path = address->sun_path;
	bool rapportd;
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (errno == ENOENT)
			return true;
		return err_set(err, ERR_IMPOSSIBLE, "%s: %s", path,
		    strerror(errno));
	}
	if (!S_ISSOCK(st.st_mode))
		return err_set(err, ERR_IMPOSSIBLE,
		    "%s is there and is no socket: move it away", path);
	if (somebody_listens(address, &rapportd)) {
		if (held != NULL)
			*held = !rapportd;
		return err_set(err, ERR_IMPOSSIBLE, "another %s listens on "
		    "%s", rapportd ? "rapportd" : "program", path);
	}
	if (unlink(path) != 0 && errno != ENOENT)
		return err_set(err, ERR_IMPOSSIBLE,
		    "can't remove the stale socket %s: %s", path,
		    strerror(errno));
	return true;
}

int
server_listen(const char *path, bool *held, struct err *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	mode_t mask;
	int fd, rc;

	if (held != NULL)
		*held = false;
	if (strlen(path) >= sizeof address.sun_path) {
		err_set(err, ERR_IMPOSSIBLE, "the path of the socket is longer "
		    "than %zu bytes: %s; --socket takes a shorter one",
		    sizeof address.sun_path - 1, path);
		return -1;
	}
	strcpy(address.sun_path, path);
	if (!paths_make_parent(path, true, err) ||
	    !remove_stale(&address, held, err))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		err_set(err, ERR_INTERNAL, "no socket: %s", strerror(errno));
		return -1;
	}
	/* bind(2) makes the file with 0777 less the mask: there is no moment
	 * in which others could connect. */
	mask = umask(0177);
	rc = bind(fd, (struct sockaddr *)&address, sizeof address);
	umask(mask);
	if (rc != 0 || listen(fd, SOMAXCONN) != 0) {
		err_set(err, ERR_IMPOSSIBLE, "can't listen on %s: %s", path,
		    strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}
