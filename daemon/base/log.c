/* Logging: see log.h. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/log.h"

static const char *program = "rapport";
static bool to_journal;
static bool debugging;

/* JOURNAL_STREAM names the device and inode that systemd connected to
 * standard error (systemd.exec(5)); a redirection in between changes them. */
static bool
stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long dev, ino;
	struct stat st;

	return stream != NULL && sscanf(stream, "%llu:%llu", &dev, &ino) == 2 &&
	    fstat(STDERR_FILENO, &st) == 0 && st.st_dev == dev &&
	    st.st_ino == ino;
}

void
log_open(const char *name)
{
	program = name;
	to_journal = stderr_is_journal();
	debugging = getenv("RAPPORT_DEBUG") != NULL;
}

/* One write(2) a line, so that lines of several processes never mix. */
static void
emit(int priority, const char *fmt, va_list ap)
{
	int saved = errno;
	char line[2048];
	int n, m;

	if (to_journal)
		n = snprintf(line, sizeof line, "<%d>", priority);
	else
		n = snprintf(line, sizeof line, "%s: ", program);
	errno = saved;
	m = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
	if (m > 0)
		n += m;
	if ((size_t)n > sizeof line - 2)
		n = (int)sizeof line - 2;
	line[n++] = '\n';
	(void)!write(STDERR_FILENO, line, (size_t)n);
	errno = saved;
}

#define LOG_FUNCTION(name, priority, condition)				\
	void								\
	name(const char *fmt, ...)					\
	{								\
		va_list ap;						\
									\
		if (!(condition))					\
			return;						\
		va_start(ap, fmt);					\
		emit(priority, fmt, ap);				\
		va_end(ap);						\
	}

LOG_FUNCTION(log_error, LOG_ERR, true)
LOG_FUNCTION(log_warn, LOG_WARNING, true)
LOG_FUNCTION(log_info, LOG_INFO, true)
LOG_FUNCTION(log_debug, LOG_DEBUG, debugging)
