/*
 * The zone's watcher: see localtime.h.
 *
 * timedatectl(1) and most others make a new link and rename it over the old
 * one; some delete it and make it anew. The watch stands on the link's inode,
 * so it ends with it and is set again on what then bears the name. While
 * nothing does, the folder is watched, until it comes back.
 */
#include <errno.h>
#include <event2/event.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "edge/localtime.h"

enum {
	/* Of the link: it is replaced, deleted, renamed; or, where it is no
	 * link but a copy of a zone's file, written to. */
	LINK_EVENTS = IN_DONT_FOLLOW | IN_ATTRIB | IN_DELETE_SELF |
	    IN_MOVE_SELF | IN_CLOSE_WRITE,
	FOLDER_EVENTS = IN_ONLYDIR | IN_CREATE | IN_MOVED_TO,
	LOOK_SECONDS = 60,
};

/* Which file it is: two with the same are the same, unwritten since. All 0:
 * there is none. */
struct identity {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec written;
};

struct localtime {
	char *path;		/* NULL: there is nothing to watch */
	struct identity seen;	/* where path led at the last look */
	int64_t looked_at;

	int fd;			/* inotify; -1: not watched */
	int link, folder;	/* watches; -1: none. Never both, at rest */
	struct event *event;
	void (*changed)(void *arg);
	void *arg;
};

static struct identity
identify(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return (struct identity){0};
	return (struct identity){st.st_dev, st.st_ino, st.st_size, st.st_mtim};
}

static bool
same_file(const struct identity *a, const struct identity *b)
{
	return a->device == b->device && a->inode == b->inode &&
	    a->size == b->size &&
	    a->written.tv_sec == b->written.tv_sec &&
	    a->written.tv_nsec == b->written.tv_nsec;
}

/* ---------------------------------------------------------- the watches -- */

/* A watch whose inode has gone has ended by itself: then this fails. */
static void
unwatch(struct localtime *l, int *watch)
{
	if (*watch >= 0)
		inotify_rm_watch(l->fd, *watch);
	*watch = -1;
}

/* Watch what bears the name now. On the same inode it is the same watch. */
static void
watch_link(struct localtime *l)
{
	int watch = inotify_add_watch(l->fd, l->path, LINK_EVENTS);

	if (watch != l->link)
		unwatch(l, &l->link);
	l->link = watch;
}

static void
watch_folder(struct localtime *l)
{
	const char *slash = strrchr(l->path, '/');
	char folder[PATH_MAX] = ".";

	if (slash != NULL && slash - l->path < PATH_MAX - 1) {
		memcpy(folder, l->path, (size_t)(slash - l->path) + 1);
		folder[slash - l->path + 1] = '\0';
	}
	l->folder = inotify_add_watch(l->fd, folder, FOLDER_EVENTS);
}

static void
watch(struct localtime *l)
{
	int error;

	watch_link(l);
	error = errno;
	if (l->link < 0 && l->folder < 0) {
		watch_folder(l);
		/* It may have come back in between. */
		watch_link(l);
	}
	if (l->link >= 0)
		unwatch(l, &l->folder);
	else if (l->folder < 0)
		log_warn("%s can't be watched: %s; a change of the time zone "
		    "is noticed late", l->path, strerror(error));
}

static void
on_change(evutil_socket_t fd, short what, void *arg)
{
	char events[4096]
	    __attribute__((aligned(__alignof__(struct inotify_event))));
	struct localtime *l = arg;
	bool was_there = l->link >= 0;

	(void)what;
	/* What they say does not matter: it is looked at anew. */
	while (read(fd, events, sizeof events) > 0)
		;
	watch(l);
	if (!was_there && l->link < 0)
		return;	/* something else came into the folder */
	l->seen = identify(l->path);
	l->changed(l->arg);
}

static void
start_watching(struct localtime *l, struct event_base *base)
{
	l->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (l->fd < 0) {
		log_warn("%s can't be watched: %s; a change of the time zone "
		    "is noticed late", l->path, strerror(errno));
		return;
	}
	watch(l);
	l->event = event_new(base, l->fd, EV_READ | EV_PERSIST, on_change, l);
	if (l->event == NULL)
		abort();
	/* Before requests and the clock: what they say of times is right. */
	event_priority_set(l->event, 0);
	event_add(l->event, NULL);
}

/* ------------------------------------------------------------- the door -- */

struct localtime *
localtime_new(struct event_base *base, const char *path, bool moves,
    void (*changed)(void *arg), void *arg)
{
	struct localtime *l = mem_new(1, sizeof *l);

	l->path = mem_dup(path);
	l->fd = l->link = l->folder = -1;
	l->changed = changed;
	l->arg = arg;
	if (path == NULL)
		return l;
	l->seen = identify(path);
	if (moves)
		start_watching(l, base);
	return l;
}

void
localtime_free(struct localtime *l)
{
	if (l == NULL)
		return;
	if (l->event != NULL)
		event_free(l->event);
	if (l->fd >= 0)
		close(l->fd);
	free(l->path);
	free(l);
}

bool
localtime_look(struct localtime *l, int64_t now)
{
	struct identity is;
	bool same;

	/* A clock that was set back is no reason not to look. */
	if (l->path == NULL || (now >= l->looked_at &&
	    now - l->looked_at < LOOK_SECONDS))
		return false;
	l->looked_at = now;
	is = identify(l->path);
	same = same_file(&is, &l->seen);
	l->seen = is;
	return !same;
}
