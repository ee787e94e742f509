/*
 * The journal: one line a message on standard error, with the "<N>" priority
 * prefix of sd-daemon(3) when standard error is the journal's stream, plain
 * otherwise. errno is preserved. Never a person's text above debug level:
 * names and notes do not belong in a log; IDs do.
 */
#ifndef RAPPORT_BASE_LOG_H
#define RAPPORT_BASE_LOG_H

#include <stdbool.h>

/* Call once in main; program is a static string put before each line on a
 * plain stream. RAPPORT_DEBUG in the environment turns log_debug on. */
void log_open(const char *program);

/* Something needs the user's or administrator's attention. */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A promise is kept in another way than usual. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* What a reader of the journal wants to know of a normal run. */
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
