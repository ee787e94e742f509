/* Running text: see flow.h. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/flow.h"
#include "ctl/text.h"

enum {
	NARROWEST = 20,		/* columns that words are given at least */
	NAME_AT = 4,		/* column that names stand in */
	MARK = 2,		/* columns kept free for what flow_tail adds */
};

static void
spaces(struct out *o, size_t n)
{
	while (n-- > 0)
		buf_add(&o->text, " ", 1);
}

void
flow_begin(struct flow *f, struct out *out, const char *name, size_t indent)
{
	size_t width = text_width(name);

	*f = (struct flow){.out = out, .indent = indent, .used = indent};
	if (indent < NAME_AT + width)
		abort();
	spaces(out, *name == '\0' ? 0 : NAME_AT);
	out_styled(out, STYLE_FAINT, name);
	spaces(out, indent - (*name == '\0' ? 0 : NAME_AT + width));
}

/* The columns words may fill; a terminal too narrow for that wraps by
 * itself. */
static size_t
line_width(const struct flow *f)
{
	size_t width = f->out->width, least = f->indent + NARROWEST;

	if (width == 0)
		return SIZE_MAX;
	return width < least + MARK ? least : width - MARK;
}

static void
add_word(struct flow *f, enum style s, const char *word)
{
	size_t width = text_width(word);

	if (f->begun && f->used + 1 + width > line_width(f)) {
		buf_adds(&f->out->text, "\n");
		spaces(f->out, f->indent);
		f->used = f->indent;
	} else if (f->begun) {
		buf_adds(&f->out->text, " ");
		f->used++;
	}
	out_styled(f->out, s, word);
	f->used += width;
	f->begun = true;
}

void
flow_text(struct flow *f, enum style s, const char *text)
{
	char *safe = text_safe_dup(text), *rest = safe, *word;

	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0')
			add_word(f, s, word);
	free(safe);
}

void
flow_add(struct flow *f, enum style s, const char *fmt, ...)
{
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	flow_text(f, s, text);
	free(text);
}

void
flow_tail(struct flow *f, const char *mark)
{
	buf_adds(&f->out->text, mark);
	f->used += text_width(mark);
}

void
flow_end(struct flow *f)
{
	buf_adds(&f->out->text, "\n");
	f->used = 0;
}
