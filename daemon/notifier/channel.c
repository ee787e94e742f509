/* The channel to rapportd: see channel.h. */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "base/mem.h"
#include "notifier/channel.h"

enum { RECORD_MAX = 64 * 1024 };

struct channel {
	int fd;
	struct channel_events events;
	void *arg;
};

static void
take(struct channel *c, const char *record, size_t len)
{
	json_t *object = json_loadb(record, len, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(object))
		c->events.record(c->arg, object);
	else
		log_warn("a record that is no JSON object is ignored");
	json_decref(object);
}

static gboolean
on_readable(gint fd, GIOCondition condition, gpointer arg)
{
	static char record[RECORD_MAX];
	struct channel *c = arg;
	ssize_t len;

	(void)condition;
	len = recv(fd, record, sizeof record, MSG_DONTWAIT | MSG_TRUNC);
	if (len > (ssize_t)sizeof record) {
		log_warn("a record of %zd bytes is ignored", len);
	} else if (len > 0) {
		take(c, record, (size_t)len);
	} else if (len == 0 || (errno != EAGAIN && errno != EINTR)) {
		c->events.hung_up(c->arg);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

struct channel *
channel_new(int fd, const struct channel_events *events, void *arg)
{
	struct channel *c = mem_new(1, sizeof *c);

	*c = (struct channel){ .fd = fd, .events = *events, .arg = arg };
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	g_unix_fd_add(fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, c);
	return c;
}

void
channel_send(struct channel *c, json_t *record)
{
	char *text = json_dumps(record, JSON_COMPACT);
	ssize_t sent;

	if (text == NULL)
		abort();
	do
		sent = send(c->fd, text, strlen(text), MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	free(text);
	json_decref(record);
	if (sent < 0)
		c->events.hung_up(c->arg);
}
