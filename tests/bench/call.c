/* Varlink calls at the least cost: see call.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "call.h"

enum { CALL_MAX = 4096 };

void
call_die(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

void
call_open(struct caller *c, const char *path, pid_t *peer)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct ucred cred;
	socklen_t len = sizeof cred;

	*c = (struct caller){.size = 1 << 16};
	c->reply = malloc(c->size);
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->reply == NULL || c->fd < 0 ||
	    strlen(path) >= sizeof address.sun_path)
		call_die("no socket");
	strcpy(address.sun_path, path);
	if (connect(c->fd, (struct sockaddr *)&address,
	    sizeof address) != 0)
		call_die(strerror(errno));
	if (getsockopt(c->fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) != 0)
		call_die(strerror(errno));
	if (peer != NULL)
		*peer = cred.pid;
}

void
call_close(struct caller *c)
{
	close(c->fd);
	free(c->reply);
}

void
call_send(struct caller *c, const char *method, const char *parameters)
{
	static unsigned long used;
	char message[CALL_MAX];
	size_t n = (size_t)snprintf(message, sizeof message,
	    "{\"method\":\"%s\",\"parameters\":", method);

	for (; *parameters != '\0'; parameters++) {
		if (n > sizeof message - 32)
			call_die("the call is too long");
		if (*parameters == '%')
			n += (size_t)sprintf(message + n, "%d-%lu",
			    (int)getpid(), used++);
		else
			message[n++] = *parameters;
	}
	message[n++] = '}';
	message[n++] = '\0';
	if (send(c->fd, message, n, MSG_NOSIGNAL) != (ssize_t)n)
		call_die(strerror(errno));
	c->len = 0;
}

int
call_read(struct caller *c)
{
	ssize_t n;

	if (c->len == c->size) {
		c->size *= 2;
		c->reply = realloc(c->reply, c->size);
		if (c->reply == NULL)
			call_die("out of memory");
	}
	n = read(c->fd, c->reply + c->len, c->size - c->len);
	if (n <= 0)
		call_die("the daemon hung up");
	c->len += (size_t)n;
	if (c->reply[c->len - 1] != '\0')
		return 0;
	if (strncmp(c->reply, "{\"error\"", 8) == 0)
		call_die(c->reply);
	return 1;
}

const char *
call_wait(struct caller *c, const char *method, const char *parameters)
{
	call_send(c, method, parameters);
	while (!call_read(c))
		;
	return c->reply;
}
