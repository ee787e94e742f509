/*
 * Whether the session is locked, as logind (or elogind) on the system bus
 * knows it: the property LockedHint of org.freedesktop.login1(5), which
 * desktops and lockers keep up to date.
 */
#ifndef RAPPORT_NOTIFIER_LOGIND_H
#define RAPPORT_NOTIFIER_LOGIND_H

#include "notifier/hint.h"

/*
 * Find the session, ask and listen, for the life of the process. HINT_NO
 * without a system bus, logind, or a session. Told from the main loop.
 */
void logind_watch(hint_told *told, void *arg);

#endif
