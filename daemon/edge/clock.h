/*
 * The one clock of the daemon: a timerfd on CLOCK_REALTIME, absolute, with
 * TFD_TIMER_CANCEL_ON_SET, as an ordinary fd of libevent (DESIGN.md,
 * 2). It fires at the instant, at once after a resume, and whenever
 * somebody sets the clock; when nothing is due it does not wake at all.
 */
#ifndef RAPPORT_EDGE_CLOCK_H
#define RAPPORT_EDGE_CLOCK_H

#include <event2/event.h>
#include <stdint.h>

#include "base/err.h"

struct clock_source;

/* Unix seconds, now. */
int64_t clock_now(void);

/* fired is called when the armed moment has come, or the clock was set; it is
 * to look at the time anew and arm again. */
struct clock_source *clock_new(struct event_base *base,
    void (*fired)(void *arg), void *arg, struct err *err);
void clock_free(struct clock_source *c);

/* Arm for an instant (Unix seconds; INT64_MAX: none, but still tells when the
 * clock was set). An instant in the past fires at once. */
void clock_arm(struct clock_source *c, int64_t when);

#endif
