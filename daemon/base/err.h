/*
 * What went wrong, told once, by the place that knows, to the person who has
 * to act on it.
 *
 * A function that can fail returns bool and takes a struct err as its last
 * argument. It either fills the err or logs, never both; only main() ends the
 * program. The codes are the errors of the wire (daemon/wire) and map to the
 * exit status of rapportctl.
 */
#ifndef RAPPORT_BASE_ERR_H
#define RAPPORT_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum err_code {
	ERR_NONE,
	ERR_NOT_UNDERSTOOD,	/* unparsable, ambiguous, too long, not UTF-8 */
	ERR_IMPOSSIBLE,		/* understood, but past, out of range, unknown */
	ERR_NOT_FOUND,		/* no such reminder or contact */
	ERR_NOTHING_RINGS,	/* a command without ID, and nothing rings */
	ERR_STORAGE,		/* disk full, I/O error: nothing was stored */
	ERR_SCHEMA_TOO_NEW,	/* the database belongs to a newer version */
	ERR_INTERNAL,		/* a system call failed that should not */
	ERR_MAX
};

struct err {
	enum err_code code;
	char parameter[32];	/* the parameter at fault, or "" */
	char message[1024];	/* one line: what is wrong, what would be right */
};

/*
 * Fill e (printf-like; cut at the buffer's end on a character boundary) and
 * return false, so that a caller can write `return err_set(e, …)`. e may be
 * NULL: then nobody wants to know. The parameter is cleared.
 */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, naming the parameter at fault. */
bool err_param(struct err *e, enum err_code code, const char *parameter,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* The exit status of rapportctl for a code: 0 to 3. */
int err_exit_status(enum err_code code);

#endif
