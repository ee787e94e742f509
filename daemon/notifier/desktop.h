/* Whether a notification server could be started that has a screen. */
#ifndef RAPPORT_NOTIFIER_DESKTOP_H
#define RAPPORT_NOTIFIER_DESKTOP_H

#include <gio/gio.h>

/* why is NULL when a Notify call may start a server, else one sentence. */
typedef void desktop_answer(void *arg, const char *why);

/*
 * A server can be started by D-Bus when the name is activatable, and should be
 * only when there is a display for it: in our environment or in the user
 * manager's, which learns it when the desktop has come up. answer is called
 * from the main loop, unless cancelled.
 */
void desktop_ask(GDBusConnection *bus, GCancellable *cancellable,
    desktop_answer *answer, void *arg);

#endif
