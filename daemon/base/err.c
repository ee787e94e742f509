/* Filling and classifying errors: see err.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

static void
fill(struct err *e, enum err_code code, const char *parameter, const char *fmt,
    va_list ap)
{
	/* The arguments may point into *e, so nothing is written in place. */
	char message[sizeof e->message];

	vsnprintf(message, sizeof message, fmt, ap);
	message[utf8_clip(message, strlen(message))] = '\0';
	snprintf(e->parameter, sizeof e->parameter, "%s", parameter);
	memcpy(e->message, message, sizeof message);
	e->code = code;
}

bool
err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return false;
	va_start(ap, fmt);
	fill(e, code, "", fmt, ap);
	va_end(ap);
	return false;
}

bool
err_param(struct err *e, enum err_code code, const char *parameter,
    const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return false;
	va_start(ap, fmt);
	fill(e, code, parameter, fmt, ap);
	va_end(ap);
	return false;
}

int
err_exit_status(enum err_code code)
{
	static const int status[ERR_MAX] = {
		[ERR_NONE] = 0,
		[ERR_NOT_UNDERSTOOD] = 2,
		[ERR_IMPOSSIBLE] = 1,
		[ERR_NOT_FOUND] = 3,
		[ERR_NOTHING_RINGS] = 3,
		[ERR_STORAGE] = 1,
		[ERR_SCHEMA_TOO_NEW] = 1,
		[ERR_INTERNAL] = 1,
	};

	return status[code];
}
