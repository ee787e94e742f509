/* The socket's other end: see client.h. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "ctl/client.h"
#include "conf/paths.h"
#include "ctl/text.h"

enum {
	REPLY_MAX = 512 * 1024 * 1024,	/* bytes: a list may be long */
	RETRY_MS = 50,		/* between tries while a daemon restarts */
};

/* Milliseconds of a clock that nobody sets. */
static int64_t
monotonic_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int
left_until(int64_t deadline)
{
	int64_t left = deadline - monotonic_ms();

	return left < 0 ? 0 : (int)left;
}

/* ---------------------------------------------------------- connecting -- */

/* Whether path is where rapportd listens without being told. */
static bool
is_usual(const char *path)
{
	char *usual;
	bool same;

	if (getenv("RAPPORT_SOCKET") != NULL)
		return false;
	usual = paths_socket(NULL);
	same = usual != NULL && strcmp(usual, path) == 0;
	free(usual);
	return same;
}

/* What starts the daemon on this machine for this socket. */
static void
start_command(const char *path, struct buf *out)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	struct buf private = {0};

	if (!is_usual(path)) {
		buf_adds(out, "rapportd --socket ");
		text_quote(out, path);
		buf_adds(out, " &");
		return;
	}
	/* A user's systemd listens here as long as it runs. */
	buf_addf(&private, "%s/systemd/private",
	    runtime == NULL ? "" : runtime);
	buf_adds(out, access(buf_str(&private), F_OK) == 0 ?
	    "systemctl --user start rapportd" : "rapportd &");
	buf_clear(&private);
}

static bool
not_running(const char *path, struct err *err)
{
	struct buf start = {0};
	bool usual = is_usual(path);

	start_command(path, &start);
	err_set(err, ERR_INTERNAL, "rapportd is not running%s%s; start it "
	    "with: %s", usual ? "" : " at ", usual ? "" : path,
	    buf_str(&start));
	buf_clear(&start);
	return false;
}

static bool
no_answer(const char *path, struct err *err)
{
	struct buf start = {0};

	start_command(path, &start);
	err_set(err, ERR_INTERNAL, "rapportd does not answer within %d "
	    "seconds; if it is stuck, end it and start it with: %s",
	    CLIENT_SECONDS, buf_str(&start));
	buf_clear(&start);
	return false;
}

static bool
connect_failed(const char *path, int why, struct err *err)
{
	switch (why) {
	case ENOENT:
	case ECONNREFUSED:
	case ENOTDIR:
		return not_running(path, err);
	case EAGAIN:
	case EINPROGRESS:
	case ETIMEDOUT:
		return no_answer(path, err);
	case EACCES:
	case EPERM:
		return err_set(err, ERR_INTERNAL,
		    "the socket %s belongs to somebody else; every user has "
		    "a rapportd of their own: rapportd &", path);
	case ENAMETOOLONG:
		return err_set(err, ERR_INTERNAL,
		    "the socket's path has %zu bytes, and at most %zu fit: %s",
		    strlen(path),
		    sizeof ((struct sockaddr_un *)NULL)->sun_path - 1, path);
	}
	return err_set(err, ERR_INTERNAL, "can't connect to %s: %s", path,
	    strerror(why));
}

/* Connect to the socket; returns 0 or an errno. A Unix socket connects at
 * once unless its queue is full, and then waits as long as SO_SNDTIMEO says. */
static int
try_connect(struct client *c, int milliseconds)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct timeval wait = {
		.tv_sec = milliseconds / 1000,
		/* All zero would mean without end. */
		.tv_usec = milliseconds % 1000 * 1000 + 1,
	};
	size_t len = strlen(c->path);

	if (len >= sizeof address.sun_path)
		return ENAMETOOLONG;
	memcpy(address.sun_path, c->path, len + 1);
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return errno;
	setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	if (connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0) {
		int why = errno;

		client_close(c);
		return why;
	}
	return 0;
}

bool
client_open(struct client *c, const char *path, struct err *err)
{
	int why;

	*c = (struct client){.path = path, .fd = -1};
	why = try_connect(c, CLIENT_SECONDS * 1000);
	return why == 0 || connect_failed(path, why, err);
}

void
client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	c->taken = 0;
	buf_clear(&c->in);
}

/* A daemon that restarts is away for a moment: try until the deadline. */
static bool
reconnect(struct client *c, int64_t deadline, struct err *err)
{
	int why;

	client_close(c);
	while ((why = try_connect(c, left_until(deadline))) != 0) {
		int left = left_until(deadline);

		if (left == 0)
			return connect_failed(c->path, why, err);
		poll(NULL, 0, left < RETRY_MS ? left : RETRY_MS);
	}
	return true;
}

/* ------------------------------------------------- sending, receiving -- */

bool
client_send(struct client *c, const char *method, const json_t *parameters,
    bool more, struct err *err)
{
	struct buf out = {0};
	size_t at = 0;
	ssize_t n = 0;

	varlink_call_write(&out, method, parameters, more, false);
	while (at < out.len) {
		n = send(c->fd, out.data + at, out.len - at, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		at += (size_t)n;
		c->sent = true;
	}
	buf_clear(&out);
	if (n < 0)
		return err_set(err, ERR_INTERNAL,
		    "the connection to rapportd broke: %s", strerror(errno));
	return true;
}

static bool
broke(struct err *err)
{
	return err_set(err, ERR_INTERNAL, "rapportd closed the connection");
}

/* Take in what has arrived; false: the connection is at its end. */
static bool
receive(struct client *c, struct err *err)
{
	/* Not on the stack, which would be probed page by page. */
	static char piece[65536];
	ssize_t n;

	do
		n = recv(c->fd, piece, sizeof piece, 0);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return broke(err);
	if (c->in.len + (size_t)n > REPLY_MAX)
		return err_set(err, ERR_INTERNAL,
		    "what answers at %s is not rapportd: no end of a reply",
		    c->path);
	buf_add(&c->in, piece, (size_t)n);
	return true;
}

/* The message at the front of c->in, if it is whole; search from *from on. */
static const char *
whole_message(struct client *c, size_t *from, size_t *len)
{
	const char *nul = NULL;

	if (c->in.len > *from)
		nul = memchr(c->in.data + *from, '\0', c->in.len - *from);
	*from = c->in.len;
	if (nul == NULL)
		return NULL;
	*len = (size_t)(nul - c->in.data);
	c->taken = *len + 1;
	return c->in.data;
}

enum client_event
client_next(struct client *c, int milliseconds, bool watch_output,
    struct varlink_reply *out, struct err *err)
{
	int64_t deadline = monotonic_ms() + milliseconds;
	struct pollfd fds[2] = {
		{.fd = c->fd, .events = POLLIN},
		/* Asked for nothing, it tells when the reader has gone. */
		{.fd = watch_output ? STDOUT_FILENO : -1},
	};
	const char *message;
	size_t len, from = 0;
	int n;

	if (c->taken > 0)
		buf_drain(&c->in, c->taken);
	c->taken = 0;
	while ((message = whole_message(c, &from, &len)) == NULL) {
		n = poll(fds, 2, milliseconds < 0 ? -1 : left_until(deadline));
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			return CLIENT_TIMEOUT;
		if (fds[1].revents & (POLLERR | POLLHUP | POLLNVAL))
			return CLIENT_READER_GONE;
		if (!receive(c, err))
			return CLIENT_BROKEN;
	}
	if (varlink_reply_parse(message, len, out, err))
		return CLIENT_REPLY;
	err_set(err, ERR_INTERNAL, "what answers at %s is not rapportd",
	    c->path);
	return CLIENT_BROKEN;
}

/* Send and wait; *again: the connection broke, as a restart does it. */
static bool
attempt(struct client *c, const char *method, const json_t *parameters,
    int milliseconds, bool *again, struct varlink_reply *out,
    struct err *err)
{
	*again = false;
	if (!client_send(c, method, parameters, false, err)) {
		*again = true;
		return false;
	}
	switch (client_next(c, milliseconds, false, out, err)) {
	case CLIENT_REPLY:
		return true;
	case CLIENT_BROKEN:
		*again = true;
		return false;
	case CLIENT_TIMEOUT:
	case CLIENT_READER_GONE:
		break;
	}
	return no_answer(c->path, err);
}

static bool
may_be_stored(bool may, struct err *err)
{
	char why[sizeof err->message];

	if (!may || err == NULL)
		return false;
	memcpy(why, err->message, sizeof why);
	return err_set(err, ERR_INTERNAL, "%s (it may have been stored: see "
	    "rapportctl list)", why);
}

bool
client_call(struct client *c, const char *method, const json_t *parameters,
    bool repeatable, bool writes, int seconds, struct varlink_reply *out,
    struct err *err)
{
	int64_t deadline;
	bool again;

	c->sent = false;
	if (attempt(c, method, parameters, seconds * 1000, &again, out, err))
		return true;
	if (!again || (c->sent && !repeatable))
		return may_be_stored(writes && c->sent, err);
	deadline = monotonic_ms() + CLIENT_SECONDS * 1000;
	if (reconnect(c, deadline, err) &&
	    attempt(c, method, parameters, seconds * 1000, &again, out, err))
		return true;
	return may_be_stored(writes && c->sent, err);
}

/*
 * 128 bits in hexadecimal: the moment first (48 bits of milliseconds), so that
 * the daemon's index of tokens grows at its end, which costs a third of what
 * random places in it do; then 80 random ones, which make it unique.
 */
void
client_token(char out[CLIENT_TOKEN])
{
	unsigned char random[10];
	struct timespec now;
	size_t i;
	int n;

	/* So few bytes come whole and at once, once the machine has
	 * started. */
	if (getrandom(random, sizeof random, 0) != sizeof random)
		abort();
	clock_gettime(CLOCK_REALTIME, &now);
	n = snprintf(out, CLIENT_TOKEN, "%012llx",
	    ((unsigned long long)now.tv_sec * 1000 +
	    (unsigned long long)now.tv_nsec / 1000000) & 0xffffffffffff);
	for (i = 0; i < sizeof random; i++)
		n += snprintf(out + n, 3, "%02x", random[i]);
}
