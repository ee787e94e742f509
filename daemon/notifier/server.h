/*
 * The notification server on the session bus: is there one, who is it, does
 * it answer? All of it is found out without waiting, because what libnotify
 * does afterwards does wait: up to 25 seconds for a server that hangs.
 */
#ifndef RAPPORT_NOTIFIER_SERVER_H
#define RAPPORT_NOTIFIER_SERVER_H

#include <gio/gio.h>
#include <stdbool.h>

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

struct server;

struct server_info {
	char *name, *vendor, *version;
	char **capabilities;	/* NULL-terminated */
};

struct server_events {
	/* The session bus is there; once, and first. */
	void (*bus)(void *arg, GDBusConnection *bus);
	/* It answers, for the first time or again. info lasts until the next
	 * event. */
	void (*up)(void *arg, const struct server_info *info);
	/* It doesn't. gone: its pop-ups went with it; else it may only be
	 * slow, and is still asked. */
	void (*down)(void *arg, const char *why, bool gone);
	/* No session bus, or no more; nothing else is called after it. */
	void (*no_bus)(void *arg, const char *why);
};

/*
 * Look for the server. In the first grace seconds wait for one to come: the
 * session is starting, and a call could have D-Bus start a wrong one. Events
 * come from the main loop.
 */
struct server *server_new(unsigned grace, const struct server_events *events,
    void *arg);

/* Say anew what is the case: up or down follows. */
void server_probe(struct server *s);

/* A call to it timed out: down is called now, and up when it answers. */
void server_suspect(struct server *s);

#endif
