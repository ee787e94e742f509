/* What systemd says to its services and hears from them, without libsystemd:
 * sd_listen_fds(3) and sd_notify(3). */
#ifndef RAPPORT_EDGE_SYSTEMD_H
#define RAPPORT_EDGE_SYSTEMD_H

#include "base/err.h"

/* The listening socket that systemd handed over (LISTEN_PID, LISTEN_FDS), set
 * close-on-exec, or -1 when there is none; the variables are removed. More
 * than one, or one that is no listening Unix stream socket: -1 and err. */
int systemd_listen_fd(struct err *err);

/* "READY=1", "STOPPING=1", "RELOADING=1\nMONOTONIC_USEC=…", "STATUS=…".
 * Without NOTIFY_SOCKET nothing happens. */
void systemd_notify(const char *state);

#endif
