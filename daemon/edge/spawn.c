/* Children: see spawn.h. */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "edge/spawn.h"

struct spawned {
	struct spawner *spawner;
	struct spawned *next;
	int pidfd;
	struct event *exited;
	spawn_ended *ended;
	void *arg;
};

struct spawner {
	struct event_base *base;
	struct spawned *children;
};

struct spawner *
spawner_new(struct event_base *base)
{
	struct spawner *s = mem_new(1, sizeof *s);

	s->base = base;
	return s;
}

static void
child_free(struct spawned *c)
{
	struct spawned **p = &c->spawner->children;

	while (*p != c)
		p = &(*p)->next;
	*p = c->next;
	event_free(c->exited);
	close(c->pidfd);
	free(c);
}

void
spawner_free(struct spawner *s)
{
	if (s == NULL)
		return;
	while (s->children != NULL)
		child_free(s->children);
	free(s);
}

/* What waitpid(2) would have said: the notation everybody knows. */
static int
wait_status(const siginfo_t *info)
{
	if (info->si_code == CLD_EXITED)
		return W_EXITCODE(info->si_status, 0);
	return W_EXITCODE(0, info->si_status);
}

static void
on_exited(evutil_socket_t fd, short what, void *arg)
{
	struct spawned *c = arg;
	spawn_ended *ended = c->ended;
	void *ended_arg = c->arg;
	siginfo_t info = {0};

	(void)what;
	if (waitid(P_PIDFD, (id_t)fd, &info, WEXITED | WNOHANG) == 0 &&
	    info.si_pid == 0)
		return;
	child_free(c);
	if (ended != NULL)
		ended(ended_arg, wait_status(&info));
}

/* posix_spawn(3) with the promises of spawn.h; returns an errno. */
static int
spawn(pid_t *pid, const char *const *argv, int channel, bool own_session)
{
	short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int rc, first_closed = SPAWN_CHANNEL_FD;

	sigemptyset(&none);
	sigfillset(&all);
	if (own_session)
		flags |= POSIX_SPAWN_SETSID;
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, flags);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);

	posix_spawn_file_actions_init(&files);
	if (channel >= 0)
		posix_spawn_file_actions_adddup2(&files, channel,
		    first_closed++);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null",
	    O_RDONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, first_closed);

	rc = (own_session ? posix_spawnp : posix_spawn)(pid, argv[0], &files,
	    &attr, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return rc;
}

static struct spawned *
start(struct spawner *s, const char *const *argv, int channel,
    bool own_session, spawn_ended *ended, void *arg, struct err *e)
{
	struct spawned *c;
	int rc, pidfd;
	pid_t pid;

	rc = spawn(&pid, argv, channel, own_session);
	if (rc != 0) {
		err_set(e, ERR_INTERNAL, "cannot start %s: %s", argv[0],
		    strerror(rc));
		return NULL;
	}
	/* Nobody else reaps, so the pid can't have been given away. */
	pidfd = pidfd_open(pid, 0);
	if (pidfd < 0) {
		err_set(e, ERR_INTERNAL, "cannot watch %s: %s", argv[0],
		    strerror(errno));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		return NULL;
	}
	c = mem_new(1, sizeof *c);
	*c = (struct spawned){ .spawner = s, .next = s->children,
	    .pidfd = pidfd, .ended = ended, .arg = arg };
	s->children = c;
	c->exited = event_new(s->base, pidfd, EV_READ | EV_PERSIST, on_exited,
	    c);
	if (c->exited == NULL || event_add(c->exited, NULL) != 0)
		abort();
	return c;
}

struct spawned *
spawn_start(struct spawner *s, const char *const *argv, int channel,
    spawn_ended *ended, void *arg, struct err *e)
{
	return start(s, argv, channel, false, ended, arg, e);
}

void
spawn_kill(struct spawned *c)
{
	pidfd_send_signal(c->pidfd, SIGKILL, NULL, 0);
}

void
spawn_release(struct spawned *c)
{
	c->ended = NULL;
}

bool
spawn_in_path(const char *program)
{
	const char *path = getenv("PATH"), *end;
	char file[PATH_MAX];

	for (; path != NULL && *path != '\0'; path = *end ? end + 1 : end) {
		end = strchrnul(path, ':');
		if (end > path && (size_t)snprintf(file, sizeof file,
		    "%.*s/%s", (int)(end - path), path, program) <
		    sizeof file && access(file, X_OK) == 0)
			return true;
	}
	return false;
}

char *
spawn_beside(const char *program)
{
	char self[PATH_MAX], file[2 * PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	*strrchr(self, '/') = '\0';
	snprintf(file, sizeof file, "%s/%s", self, program);
	return access(file, X_OK) == 0 ? mem_dup(file) : NULL;
}

static void
on_detached_ended(void *arg, int status)
{
	(void)arg;
	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		log_warn("a command started for the user ended with status %d",
		    WEXITSTATUS(status));
}

/* A word of a command as systemd takes it: it would put in the values of
 * variables before the shell could, and "$$" is what it reads as "$"
 * (systemd.service(5), "Command lines"). The caller frees it. */
static char *
escaped(const char *word)
{
	struct buf b = {0};
	const char *dollar;

	while ((dollar = strchr(word, '$')) != NULL) {
		buf_add(&b, word, (size_t)(dollar - word));
		buf_adds(&b, "$$");
		word = dollar + 1;
	}
	buf_adds(&b, word);
	return buf_take(&b);
}

bool
spawn_detached(struct spawner *s, const char *const *argv, struct err *e)
{
	/* Without the property what a command leaves in the background would
	 * be killed as soon as the command itself has ended. */
	static const char *const by_systemd[] = {
		"systemd-run", "--user", "--quiet", "--collect",
		"--property=KillMode=process", "--"
	};
	size_t n = sizeof by_systemd / sizeof *by_systemd, argc = 0, i;
	char **words;
	bool started;

	if (getenv("INVOCATION_ID") == NULL || !spawn_in_path(by_systemd[0]))
		return start(s, argv, -1, true, on_detached_ended, NULL, e) !=
		    NULL;
	while (argv[argc] != NULL)
		argc++;
	words = mem_new(n + argc + 1, sizeof *words);
	for (i = 0; i < n + argc; i++)
		words[i] = i < n ? mem_dup(by_systemd[i]) :
		    escaped(argv[i - n]);
	started = start(s, (const char *const *)words, -1, true,
	    on_detached_ended, NULL, e) != NULL;
	for (i = 0; i < n + argc; i++)
		free(words[i]);
	free(words);
	return started;
}
