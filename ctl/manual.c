/* The manual's list of the commands: see manual.h. */
#include <stdlib.h>
#include <string.h>

#include "ctl/args.h"
#include "ctl/manual.h"
#include "wire/command.h"

/* A line of text: no macro, and no escape sequence but our own: the one
 * character outside ASCII that the table uses, as groff_char(7) names it. */
static void
mdoc_text(struct buf *b, const char *s)
{
	if (*s == '.' || *s == '\'')
		buf_adds(b, "\\&");
	for (; *s != '\0'; s++)
		if (*s == '\\')
			buf_adds(b, "\\e");
		else if (strncmp(s, "…", strlen("…")) == 0) {
			buf_adds(b, "\\[u2026]");
			s += strlen("…") - 1;
		} else
			buf_add(b, s, 1);
}

/* Sentences begin lines of their own in a manual's source. */
static void
mdoc_paragraph(struct buf *b, const char *s, size_t len)
{
	struct buf line = {0};
	size_t i;

	for (i = 0; i < len; i++) {
		if (line.len == 0 && s[i] == ' ')
			continue;
		buf_add(&line, s + i, 1);
		if (i + 1 < len && !(strchr(".:;?", s[i]) != NULL &&
		    s[i + 1] == ' '))
			continue;
		mdoc_text(b, buf_str(&line));
		buf_adds(b, "\n");
		buf_clear(&line);
	}
}

static void
mdoc_prose(struct buf *b, const char *prose)
{
	while (prose != NULL && *prose != '\0') {
		size_t len = strcspn(prose, "\n");

		buf_adds(b, ".Pp\n");
		mdoc_paragraph(b, prose, len);
		prose += len + (prose[len] == '\n');
	}
}

/* ".Ar WHO", ".Fl -with Ar WHO", ".Fl m , -note Ar NOTE". */
static void
mdoc_arg_name(struct buf *b, const struct arg *a)
{
	char option[ARGS_OPTION];
	const char *p;

	if (args_is_option(a)) {
		buf_adds(b, "Fl ");
		if (a->letter != 0)
			buf_addf(b, "%c , ", a->letter);
		buf_adds(b, "\\-");
		for (p = args_option(a, option) + 2; *p != '\0'; p++)
			buf_addf(b, "%s%c", *p == '-' ? "\\" : "", *p);
		if (a->type == ARG_FLAG)
			return;
		buf_adds(b, " ");
	}
	buf_addf(b, "Ar %s", a->metavar);
}

/* ": .Cm out , .Cm in ." for an option, or the end of the sentence. */
static void
mdoc_values(struct buf *b, const struct arg *a)
{
	const char *const *v;

	if (a->values == NULL || !args_is_option(a) ||
	    strchr(a->metavar, '|') != NULL) {
		buf_adds(b, ".\n");
		return;
	}
	buf_adds(b, ":\n");
	for (v = a->values; *v != NULL; v++)
		buf_addf(b, ".Cm %s%s\n", *v, v[1] == NULL ? " ." : " ,");
}

static void
mdoc_args(struct buf *b, const struct command *c)
{
	const struct arg *a;

	if (c->args->name == NULL)
		return;
	buf_adds(b, ".Bl -tag -width Ds\n");
	for (a = c->args; a->name != NULL; a++) {
		buf_adds(b, ".It ");
		mdoc_arg_name(b, a);
		buf_adds(b, "\n");
		mdoc_text(b, a->prose);
		mdoc_values(b, a);
	}
	buf_adds(b, ".El\n");
}

static void
mdoc_synopsis(struct buf *b, const struct command *c)
{
	char *synopsis = command_synopsis(c);
	size_t len = strlen(c->name);

	buf_addf(b, ".It Ic %s", c->name);
	if (strncmp(synopsis, c->name, len) == 0 && synopsis[len] != '\0') {
		buf_adds(b, " No ");
		mdoc_text(b, synopsis + len + 1);
	}
	buf_adds(b, "\n");
	free(synopsis);
}

static void
mdoc_command(struct buf *b, const struct command *c)
{
	const char *const *e;

	mdoc_synopsis(b, c);
	buf_addf(b, "%c", c->summary[0] - 'a' + 'A');
	mdoc_text(b, c->summary + 1);
	buf_adds(b, ".\n");
	mdoc_prose(b, c->prose);
	mdoc_args(b, c);
	if (c->examples == NULL)
		return;
	buf_adds(b, ".Bd -literal -offset indent\n");
	for (e = c->examples; *e != NULL; e++) {
		mdoc_text(b, *e);
		buf_adds(b, "\n");
	}
	buf_adds(b, ".Ed\n");
}

void
manual_commands(struct buf *b)
{
	const struct command *c;

	buf_adds(b, ".Bl -tag -width Ds\n");
	for (c = commands; c->name != NULL; c++)
		mdoc_command(b, c);
	buf_adds(b, ".El\n");
}
