/*
 * Whether anybody would see a pop-up: not while the session is locked (logind,
 * system bus), a screen saver is active or the notification server is told not
 * to disturb (session bus). Found out without waiting, without starting
 * anything and without polling.
 */
#ifndef RAPPORT_NOTIFIER_PRESENCE_H
#define RAPPORT_NOTIFIER_PRESENCE_H

#include <gio/gio.h>
#include <stdbool.h>

struct presence;

/* Pop-ups should wait: why is a sentence without its full stop, "the screen is
 * locked", or "" when nothing speaks against them; it lasts for ever. Called
 * from the main loop, first when it is known, then when it may have changed. */
typedef void presence_told(void *arg, const char *why);

/*
 * Ask everybody who may know, and listen, for the life of the process. Who
 * does not answer in 400 ms is not waited for, and counts as soon as he does.
 */
struct presence *presence_new(GDBusConnection *session_bus,
    presence_told *told, void *arg);

/* Somebody is asked whose answer may be that pop-ups should wait; told will
 * be called soon. */
bool presence_waits(const struct presence *p);

#endif
