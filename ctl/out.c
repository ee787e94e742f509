/* Standard output: see out.h. */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "ctl/out.h"

/* Select Graphic Rendition (ECMA-48, 8.3.117). */
static const char *const sgr[STYLE_MAX] = {
	[STYLE_PLAIN] = "",
	[STYLE_ID] = "\033[36m",
	[STYLE_RINGING] = "\033[1;31m",
	[STYLE_HEADING] = "\033[1m",
	[STYLE_FAINT] = "\033[2m",
	[STYLE_MATCH] = "\033[1;33m",
};

void
out_init(struct out *o)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	struct winsize size;

	*o = (struct out){0};
	/* Fails on everything but a terminal, and is one call, not two. */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return;
	o->width = size.ws_col;
	o->height = size.ws_row;
	/* no-color.org: present and not empty. */
	o->colour = (no_color == NULL || *no_color == '\0') &&
	    term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

void
out_clear(struct out *o)
{
	buf_clear(&o->text);
}

void
out_styled(struct out *o, enum style s, const char *text)
{
	if (!o->colour || s == STYLE_PLAIN || *text == '\0') {
		buf_adds(&o->text, text);
		return;
	}
	buf_addf(&o->text, "%s%s\033[0m", sgr[s], text);
}

void
out_json(struct out *o, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	const char *from, *p;
	uint32_t c;
	size_t n;

	if (text == NULL)
		abort();
	/* Such a character can only stand inside a string. */
	for (from = p = text; *p != '\0'; p += n) {
		n = utf8_decode(p, strnlen(p, 4), &c);
		if (n == 0)
			n = 1;
		else if (c >= 0x7f && utf8_is_control(c)) {
			buf_add(&o->text, from, (size_t)(p - from));
			buf_addf(&o->text, "\\u%04x", c);
			from = p + n;
		}
	}
	buf_adds(&o->text, from);
	buf_adds(&o->text, "\n");
	free(text);
}

bool
out_flush(struct out *o, bool *gone, struct err *err)
{
	size_t at = 0;
	ssize_t n;

	if (gone != NULL)
		*gone = false;
	while (at < o->text.len) {
		n = write(STDOUT_FILENO, o->text.data + at, o->text.len - at);
		if (n < 0 && errno == EINTR)
			continue;
		/* Somebody made it non-blocking: wait all the same. */
		if (n < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){STDOUT_FILENO, POLLOUT, 0}, 1,
			    -1);
			continue;
		}
		if (n < 0) {
			if (gone != NULL)
				*gone = errno == EPIPE;
			return err_set(err, ERR_IMPOSSIBLE,
			    "can't write to standard output: %s",
			    strerror(errno));
		}
		at += (size_t)n;
	}
	out_clear(o);
	return true;
}
