/* Help: see help.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/args.h"
#include "ctl/help.h"
#include "model/names.h"
#include "ctl/text.h"

enum {
	PAGE = 80,		/* columns, on wider terminals too */
	NAMES = 16,		/* columns for what is explained */
};

static size_t
page_width(const struct out *o)
{
	return o->width > 0 && o->width < PAGE ? o->width : PAGE;
}

/* "  NAME            what it is", the explanation wrapped in its column; a
 * longer name has a line of its own. */
static void
entry(struct out *o, const char *name, const char *explanation)
{
	size_t width = text_width(name), at = NAMES + 2;

	buf_addf(&o->text, "  %s", name);
	if (width + 2 > NAMES)
		buf_addf(&o->text, "\n%*s", (int)at, "");
	else
		buf_addf(&o->text, "%*s", (int)(NAMES - width), "");
	text_wrap(&o->text, explanation, page_width(o), at, at);
	buf_adds(&o->text, "\n");
}

/* Paragraphs parted by '\n', each after an empty line. */
static void
paragraphs(struct out *o, const char *prose)
{
	struct buf one = {0};

	while (prose != NULL && *prose != '\0') {
		size_t len = strcspn(prose, "\n");

		buf_clear(&one);
		buf_add(&one, prose, len);
		buf_adds(&o->text, "\n");
		text_wrap(&o->text, buf_str(&one), page_width(o), 0, 0);
		buf_adds(&o->text, "\n");
		prose += len + (prose[len] == '\n');
	}
	buf_clear(&one);
}

static void
heading(struct out *o, const char *text)
{
	buf_adds(&o->text, "\n");
	out_styled(o, STYLE_HEADING, text);
	buf_adds(&o->text, "\n");
}

void
help_all(struct out *o)
{
	const struct command *c;

	buf_adds(&o->text,
	    "Usage: rapportctl [--json] [--socket PATH] [COMMAND …]\n"
	    "       rapportctl COMMAND --help\n");
	paragraphs(o, "Whom you know, what was said and what you promised: "
	    "rapportd keeps it and rings, rapportctl tells it what to do.");
	heading(o, "Commands");
	for (c = commands; c->name != NULL; c++)
		entry(o, c->name, c->summary);
	heading(o, "Options of every command");
	entry(o, "--json", "print JSON, for programs");
	entry(o, "--socket PATH", "where rapportd listens "
	    "(else RAPPORT_SOCKET says it)");
	entry(o, "--help", "explain the command");
	entry(o, "--version", "print the version");
	heading(o, "A time is written as it is said");
	buf_adds(&o->text,
	    "  tomorrow 9am    fri 18:00       next monday     by thu\n"
	    "  in 2h           in 2 weeks      tonight         eod\n"
	    "  24 dec          24 dec 18:00    2026-12-24      +3d\n");
	paragraphs(o, "Without a time of day it is the morning, 09:00. "
	    "rapportctl when PHRASE says what a phrase means.");
	heading(o, "So is how it recurs, after --every");
	buf_adds(&o->text,
	    "  day             weekday at 9    mon and thu     2 weeks\n"
	    "  \"month on the 31st\"             "
	    "\"last friday of the month\"\n"
	    "  \"15 minutes until 18:00\"        "
	    "\"3 months after done\"\n");
	heading(o, "To begin");
	buf_adds(&o->text,
	    "  rapportctl add \"Call Dana\" tomorrow 9am\n"
	    "  rapportctl                       what today brings\n"
	    "  rapportctl snooze 2h             what rings, in two hours "
	    "again\n"
	    "  rapportctl done 12\n"
	    "  rapportctl undo\n"
	    "  rapportctl met dana --new \"Dana Novak\" -m \"at the fair\"\n"
	    "  rapportctl learn dana likes early calls\n"
	    "  rapportctl show dana             what to read before a call"
	    "\n");
	paragraphs(o, "Exit status: 0 done, 1 understood but impossible, 2 not "
	    "understood, 3 no such reminder or contact or nothing rings, 4 "
	    "rapportd not reachable. The manual: man rapportctl.");
}

/* "-m, --note NOTE", "--with WHO", "TEXT". The caller frees it. */
static char *
arg_heading(const struct arg *a)
{
	struct buf b = {0};
	char option[ARGS_OPTION];

	if (args_is_option(a)) {
		if (a->letter != 0)
			buf_addf(&b, "-%c, ", a->letter);
		buf_adds(&b, args_option(a, option));
		if (a->type != ARG_FLAG)
			buf_adds(&b, " ");
	}
	if (a->type != ARG_FLAG)
		buf_adds(&b, a->metavar);
	return buf_take(&b);
}

/* The values of an option; those of a positional word, and of "out|in", are in
 * its name. */
static bool
lists_values(const struct arg *a)
{
	return a->values != NULL && args_is_option(a) &&
	    strchr(a->metavar, '|') == NULL;
}

static void
explain_args(struct out *o, const struct command *c)
{
	const struct arg *a;
	char *name, values[256];
	struct buf prose = {0};

	if (c->args->name != NULL)
		buf_adds(&o->text, "\n");
	for (a = c->args; a->name != NULL; a++) {
		buf_clear(&prose);
		buf_adds(&prose, a->prose);
		if (lists_values(a))
			buf_addf(&prose, ": %s", names_list(a->values, values,
			    sizeof values));
		name = arg_heading(a);
		entry(o, name, buf_str(&prose));
		free(name);
	}
	buf_clear(&prose);
}

void
help_command(struct out *o, const struct command *c)
{
	char *synopsis = command_synopsis(c), *sentence;
	size_t used = strlen("Usage: rapportctl ");
	const char *const *e;

	buf_adds(&o->text, "Usage: rapportctl ");
	text_wrap(&o->text, synopsis, page_width(o),
	    used + strlen(c->name) + 1, used);
	buf_adds(&o->text, "\n\n");
	sentence = mem_dup(c->summary);
	sentence[0] = (char)toupper((unsigned char)sentence[0]);
	buf_addf(&o->text, "%s.\n", sentence);
	paragraphs(o, c->prose);
	explain_args(o, c);
	if (c->examples != NULL)
		heading(o, c->examples[1] == NULL ? "Example" : "Examples");
	for (e = c->examples; e != NULL && *e != NULL; e++)
		buf_addf(&o->text, "  %s\n", *e);
	free(sentence);
	free(synopsis);
}

void
help_group(struct out *o, const char *word)
{
	size_t len = strlen(word);
	const struct command *c;

	buf_addf(&o->text, "Usage: rapportctl %s COMMAND …\n"
	    "       rapportctl %s COMMAND --help\n", word, word);
	heading(o, "Commands");
	for (c = commands; c->name != NULL; c++)
		if (strncmp(c->name, word, len) == 0 && c->name[len] == ' ')
			entry(o, c->name, c->summary);
}

void
help_version(struct out *o)
{
	buf_adds(&o->text, "rapportctl " RAPPORT_VERSION "\n");
}
