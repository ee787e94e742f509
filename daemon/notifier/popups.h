/* The pop-ups on the screen, shown through libnotify. */
#ifndef RAPPORT_NOTIFIER_POPUPS_H
#define RAPPORT_NOTIFIER_POPUPS_H

#include <gio/gio.h>
#include <jansson.h>
#include <stdbool.h>

#include "notifier/server.h"

struct popups;

struct popups_events {
	void (*shown)(void *arg, const char *key, const char *nonce);
	void (*failed)(void *arg, const char *key, const char *nonce,
	    const char *why);
	void (*action)(void *arg, const char *key, const char *nonce,
	    const char *action);
	void (*closed)(void *arg, const char *key, const char *nonce,
	    unsigned reason);
	/* A call to the server timed out. */
	void (*timed_out)(void *arg);
};

struct popups *popups_new(GDBusConnection *bus,
    const struct popups_events *events, void *arg);

/*
 * The server has answered, and can do what info says. Makes libnotify's proxy
 * at first. Pop-ups still known from before are on the screen of a server that
 * was only slow: they are closed, because nobody knows them any more. False
 * when libnotify can't talk to the server.
 */
bool popups_server_up(struct popups *p, const struct server_info *info);

/* It doesn't answer: from now on every show fails at once. gone: nothing is on
 * the screen. */
void popups_server_down(struct popups *p, bool gone);

/* The operation "compose" (channel.h). */
void popups_compose(struct popups *p, const json_t *show);

/* The operation "show" (channel.h). Waits for the server, up to 25 s. */
void popups_show(struct popups *p, const json_t *show);

/* Ask the server to close every pop-up, and forget them; doesn't wait. */
void popups_close_all(struct popups *p);

/* The operation "close"; doesn't wait. */
void popups_close(struct popups *p, const char *key, const char *nonce);

#endif
