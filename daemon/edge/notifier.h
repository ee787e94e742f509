/*
 * The pop-ups of the desktop, as rapportd sees them: asked for here, shown by
 * rapport-notifier, a child that may hang as long as it likes. This side never
 * waits: it starts the child ahead of time, counts on its answers, ends it
 * when they stay away, starts another, and lets it leave when no pop-up is
 * open. Any executable that speaks the protocol (daemon/notifier/channel.h)
 * can stand in for it.
 *
 * What is wanted on the screen is known by the caller alone. Nothing is kept
 * here for later: while the server is down a show is refused, and when it is
 * up (again) the caller is told and shows everything anew.
 */
#ifndef RAPPORT_EDGE_NOTIFIER_H
#define RAPPORT_EDGE_NOTIFIER_H

#include <stdbool.h>

#include "schedule/popup.h"

struct event_base;
struct notifier;

/* Why a pop-up went: the reasons of the Desktop Notifications Specification.
 * None of them means done. */
enum notifier_closed {
	NOTIFIER_EXPIRED = 1,
	NOTIFIER_DISMISSED = 2,		/* by the user, in one way or another */
	NOTIFIER_CLOSED_BY_CALL = 3,	/* by us, or by another program */
	NOTIFIER_UNDEFINED = 4
};

struct notifier_server {
	bool up;
	const char *name;		/* "dunst 1.9.0"; "" while not known */
	const char *capabilities;	/* "actions,body,…"; "" likewise */
	const char *why;		/* why it is down, a sentence; or "" */
};

/*
 * What happened. Called from the event loop only, never from within one of
 * the functions below. Strings last for the call. Each can be called for a
 * pop-up that is long gone and more than once for one: compare the nonce, and
 * let doing it twice be doing it once.
 */
struct notifier_events {
	/* The server came up (every wanted pop-up must be shown anew: there is
	 * none on the screen), or went down (likewise none is), or is down for
	 * another reason than before. */
	void (*server)(void *arg, bool up, const char *name_version,
	    const char *why, const char *capabilities);
	/* Pop-ups that are not urgent should wait, and why: "the screen is
	 * locked", or "" no longer. Told before `server` says that it is up,
	 * and whenever it changes while the child lives; what was told goes
	 * with the child. May be NULL. */
	void (*presence)(void *arg, const char *why);
	void (*shown)(void *arg, const char *key, const char *nonce);
	/* Not shown, as far as is known: it may still appear, late. */
	void (*failed)(void *arg, const char *key, const char *nonce,
	    const char *why);
	void (*action)(void *arg, const char *key, const char *nonce,
	    const char *action);
	void (*closed)(void *arg, const char *key, const char *nonce,
	    enum notifier_closed reason);
	/* notifier_probe was answered; may be NULL. */
	void (*probed)(void *arg, const struct notifier_server *server);
};

struct notifier_settings {
	unsigned timeout;	/* seconds after which silence means stuck;
				   0 = 40 */
	unsigned grace;		/* seconds from now until the desktop's own
				   notification server must have come */
};

/*
 * The path of the child program, which the caller frees: RAPPORT_NOTIFIER in
 * the environment, else rapport-notifier beside the running program, else in
 * the libexec folder.
 */
char *notifier_find_program(void);

/* Starts nothing yet. program and events are copied; base must outlive it. */
struct notifier *notifier_new(struct event_base *base, const char *program,
    const struct notifier_settings *settings,
    const struct notifier_events *events, void *arg);

/* Let the child go: it closes the pop-ups, one that it is just showing too, and
 * leaves by itself; killed if it has owed an answer for a second. Does not
 * wait. NULL is fine. */
void notifier_free(struct notifier *n);

/* A new time-out, in seconds, for what is asked from now on; 0 = 40. */
void notifier_set_timeout(struct notifier *n, unsigned seconds);

/* Something will be shown soon: have the child running and the server known.
 * From here until notifier_idle the child is kept alive. */
void notifier_prepare(struct notifier *n);

/*
 * p will probably be shown soon, just as it is: notifier_show under the same
 * nonce then costs little. Keeps the child no longer alive, and is forgotten
 * with it or by the next call.
 */
void notifier_compose(struct notifier *n, const struct popup *p);

/*
 * Show p, a new pop-up. Implies notifier_prepare. True: shown or failed will
 * be called. False: the server is not up, nothing was asked; server will be
 * called when it is.
 */
bool notifier_show(struct notifier *n, const struct popup *p);

/* Take a pop-up away; closed is called when it is gone. Without a server, or
 * when it is gone already, there is nothing to do. */
void notifier_close(struct notifier *n, const char *key, const char *nonce);

/* Ask the server anew who it is: probed is called within the time-out. */
void notifier_probe(struct notifier *n);

/* No pop-up is open and none will be soon: the child leaves, after a moment
 * in which another call can keep it. */
void notifier_idle(struct notifier *n);

/* What is known of the server, also when the child has left since: then it is
 * what was known last. Never NULL, lasts until the next event. */
const struct notifier_server *notifier_server(const struct notifier *n);

#endif
