/* Talking to the service manager: see systemd.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "edge/systemd.h"

enum { FIRST_FD = 3 };	/* SD_LISTEN_FDS_START */

/* A variable as a number, or -1. */
static long
number(const char *name)
{
	const char *value = getenv(name);
	char *end;
	long n;

	if (value == NULL || *value == '\0')
		return -1;
	errno = 0;
	n = strtol(value, &end, 10);
	return errno != 0 || *end != '\0' || n < 0 ? -1 : n;
}

static bool
has_option(int fd, int option, int wanted)
{
	int value = 0;
	socklen_t len = sizeof value;

	return getsockopt(fd, SOL_SOCKET, option, &value, &len) == 0 &&
	    value == wanted;
}

int
systemd_listen_fd(struct err *err)
{
	long pid = number("LISTEN_PID"), n = number("LISTEN_FDS"), i;

	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	if (pid != (long)getpid() || n <= 0)
		return -1;
	for (i = 0; i < n && i < 64; i++)
		(void)fcntl(FIRST_FD + (int)i, F_SETFD, FD_CLOEXEC);
	if (n > 1) {
		err_set(err, ERR_IMPOSSIBLE, "systemd handed over %ld sockets; "
		    "rapportd.socket should have one ListenStream=", n);
		return -1;
	}
	if (!has_option(FIRST_FD, SO_DOMAIN, AF_UNIX) ||
	    !has_option(FIRST_FD, SO_TYPE, SOCK_STREAM) ||
	    !has_option(FIRST_FD, SO_ACCEPTCONN, 1)) {
		err_set(err, ERR_IMPOSSIBLE, "systemd handed over a descriptor "
		    "that is no listening Unix stream socket; rapportd.socket "
		    "should say ListenStream=%%t/rapport/rapportd.sock");
		return -1;
	}
	return FIRST_FD;
}

void
systemd_notify(const char *state)
{
	static const struct timeval patience = {.tv_sec = 1};
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	socklen_t size;
	size_t len;
	int fd;

	if (path == NULL || (path[0] != '/' && path[0] != '@'))
		return;
	len = strlen(path);
	if (len >= sizeof to.sun_path)
		return;
	memcpy(to.sun_path, path, len);
	size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (path[0] == '@')
		to.sun_path[0] = '\0';	/* the abstract namespace */
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	/* A manager that does not read must not hold up reminders. */
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
		    sizeof patience);
	if (fd < 0 || sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	    (struct sockaddr *)&to, size) < 0)
		log_warn("can't tell systemd \"%s\": %s", state,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
}
