/*
 * Completions: see complete.h.
 *
 * What does not depend on the commands (helper functions, how each shell finds
 * the command on the line) stands here as text; the tables between come from
 * the command table. Numbers of reminders, handles and circles are asked of
 * rapportctl itself when they are wanted; without a daemon there are no numbers
 * and no handles.
 */
#include <string.h>

#include "ctl/args.h"
#include "ctl/complete.h"
#include "ctl/manual.h"
#include "wire/command.h"

/* The manual's section and the circles are no shells to offer. */
static bool
is_offered(const char *value)
{
	return strcmp(value, "man") != 0 && strcmp(value, "circles") != 0;
}

/* A word that is the name of a file. */
static bool
is_file(const struct arg *a)
{
	return !args_is_option(a) && strcmp(a->metavar, "FILE") == 0;
}

/* Circles have no type of their own: they are names of the configuration. */
static bool
is_circle(const struct arg *a)
{
	return strcmp(a->name, "circle") == 0;
}

/* A word from a list: of an enumeration, or the sorts of facts and dates. */
static bool
has_values(const struct arg *a)
{
	return a->type == ARG_ENUM || (a->flags & ARG_TOPIC);
}

static void
add_values(struct buf *b, const struct arg *a)
{
	const char *const *v;
	const char *gap = "";

	for (v = a->values; *v != NULL; v++)
		if (is_offered(*v)) {
			buf_addf(b, "%s%s", gap, *v);
			gap = " ";
		}
}

/* Whether the arguments so far (up to a) have brought this source already. */
static bool
is_repeated(const struct command *c, const struct arg *a)
{
	const struct arg *p;

	for (p = c->args; p < a; p++)
		if (!args_is_option(p) && p->type == a->type)
			return true;
	return false;
}

/* ---------------------------------------------------------------- bash -- */

static const char bash_head[] =
"# bash completion for rapportctl; made by: rapportctl completion bash\n"
"\n"
"_rapportctl_ids()\n"
"{\n"
"\trapportctl list 2>/dev/null | awk 'NR > 1 { print $1 }'\n"
"}\n"
"\n"
"_rapportctl_who()\n"
"{\n"
"\trapportctl person list 2>/dev/null | awk 'NR > 1 { print $1 }'\n"
"}\n"
"\n"
"_rapportctl_circles()\n"
"{\n"
"\trapportctl completion circles 2>/dev/null\n"
"}\n"
"\n"
"# The command on the line, of one word or two, as far as it is complete.\n"
"_rapportctl_verb()\n"
"{\n"
"\tlocal i verb=\n"
"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
"\t\tcase ${COMP_WORDS[i]} in\n"
"\t\t--socket) ((i++)) ;;\n"
"\t\t-*) [[ -z $verb ]] || break ;;\n"
"\t\thelp) ;;\n"
"\t\t*)\n"
"\t\t\tverb=\"${verb:+$verb }${COMP_WORDS[i]}\"\n"
"\t\t\t[[ $verb == person ]] || break ;;\n"
"\t\tesac\n"
"\tdone\n"
"\techo \"$verb\"\n"
"}\n"
"\n"
"_rapportctl_files()\n"
"{\n"
"\tcompopt -o filenames\n"
"\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
"}\n"
"\n"
"_rapportctl()\n"
"{\n"
"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
"\tlocal verb words= options=\n"
"\n"
"\t# \"--kind=f\" comes in three words.\n"
"\tif [[ $cur == = ]]; then\n"
"\t\tcur=\n"
"\telif [[ $prev == = ]]; then\n"
"\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
"\tfi\n"
"\tverb=$(_rapportctl_verb)\n"
"\n"
"\tif [[ $prev == --socket ]]; then\n"
"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
"\t\treturn\n"
"\tfi\n"
"\tcase \"$verb $prev\" in\n";

/* What may stand behind an option. Nothing, mostly: it is free text. */
static void
bash_values(struct buf *b, const struct command *c)
{
	const struct arg *a;
	char option[ARGS_OPTION];

	for (a = c->args; a->name != NULL; a++) {
		if (!args_is_option(a) || a->type == ARG_FLAG)
			continue;
		buf_addf(b, "\t\"%s %s\"", c->name, args_option(a, option));
		if (a->letter != 0)
			buf_addf(b, " | \"%s -%c\"", c->name, a->letter);
		buf_adds(b, ") words=");
		if (a->type == ARG_ENUM) {
			buf_adds(b, "\"");
			add_values(b, a);
			buf_adds(b, "\"");
		} else if (a->type == ARG_WHO)
			buf_adds(b, "$(_rapportctl_who)");
		else if (is_circle(a))
			buf_adds(b, "$(_rapportctl_circles)");
		buf_adds(b, " ;;\n");
	}
}

/* What may stand elsewhere: options, and what the command takes by place. */
static void
bash_words(struct buf *b, const struct command *c)
{
	const struct arg *a;
	char option[ARGS_OPTION];

	buf_addf(b, "\t\t\"%s\") options=\"--help --json --socket", c->name);
	for (a = c->args; a->name != NULL; a++)
		if (args_is_option(a))
			buf_addf(b, " %s", args_option(a, option));
	buf_adds(b, "\"\n");
	for (a = c->args; a->name != NULL; a++)
		if (is_file(a))
			buf_adds(b, "\t\t\t[[ $cur == -* ]] || "
			    "{ _rapportctl_files; return; }\n");
	buf_adds(b, "\t\t\twords=\"");
	for (a = c->args; a->name != NULL; a++) {
		if (args_is_option(a) || is_repeated(c, a))
			continue;
		if (a->type == ARG_ID)
			buf_adds(b, " $(_rapportctl_ids)");
		else if (a->type == ARG_WHO)
			buf_adds(b, " $(_rapportctl_who)");
		else if (has_values(a)) {
			buf_adds(b, " ");
			add_values(b, a);
		}
	}
	buf_adds(b, "\" ;;\n");
}

/* The first words of all commands, each once, and the second words of those
 * that begin with first. */
static void
verbs(struct buf *b, const char *first)
{
	size_t len = first == NULL ? 0 : strlen(first), n;
	const struct command *c;
	const char *last = "";

	for (c = commands; c->name != NULL; c++) {
		if (first != NULL) {
			if (strncmp(c->name, first, len) == 0 &&
			    c->name[len] == ' ')
				buf_addf(b, " %s", c->name + len + 1);
			continue;
		}
		n = strcspn(c->name, " ");
		if (strncmp(c->name, last, n) == 0 && last[n] == ' ')
			continue;
		buf_addf(b, " %.*s", (int)n, c->name);
		last = c->name;
	}
}

static void
complete_bash(struct buf *b)
{
	const struct command *c;

	buf_adds(b, bash_head);
	for (c = commands; c->name != NULL; c++)
		bash_values(b, c);
	buf_adds(b, "\t*)\n\t\tcase $verb in\n"
	    "\t\t\"\") options=\"--help --json --socket --version\"\n"
	    "\t\t\twords=\"help");
	verbs(b, NULL);
	buf_adds(b, "\" ;;\n\t\tperson) words=\"");
	verbs(b, "person");
	buf_adds(b, "\" ;;\n");
	for (c = commands; c->name != NULL; c++)
		bash_words(b, c);
	buf_adds(b, "\t\tesac ;;\n\tesac\n"
	    "\t# Options are offered when asked for, or when nothing else is.\n"
	    "\t[[ -n ${words// } && $cur != -* ]] || words=$options\n"
	    "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
	    "}\n"
	    "\n"
	    "complete -F _rapportctl rapportctl\n");
}

/* ----------------------------------------------------------------- zsh -- */

static const char zsh_head[] =
"#compdef rapportctl\n"
"# zsh completion for rapportctl; made by: rapportctl completion zsh\n"
"\n"
"_rapportctl_ids()\n"
"{\n"
"\tlocal -a ids\n"
"\tids=(${(f)\"$(rapportctl list 2>/dev/null |\n"
"\t    awk 'NR > 1 { id = $1; $1 = \"\"; gsub(/:/, \"\\\\:\"); "
"print id \":\" $0 }')\"})\n"
"\t_describe -V 'reminder' ids\n"
"}\n"
"\n"
"_rapportctl_who()\n"
"{\n"
"\tlocal -a who\n"
"\twho=(${(f)\"$(rapportctl person list 2>/dev/null |\n"
"\t    awk 'NR > 1 { who = $1; $1 = \"\"; gsub(/:/, \"\\\\:\"); "
"print who \":\" $0 }')\"})\n"
"\t_describe 'contact' who\n"
"}\n"
"\n"
"_rapportctl_circles()\n"
"{\n"
"\tlocal -a circles\n"
"\tcircles=(${(f)\"$(rapportctl completion circles 2>/dev/null)\"})\n"
"\t_describe 'circle' circles\n"
"}\n"
"\n"
"_rapportctl_ids_who()\n"
"{\n"
"\t_rapportctl_ids\n"
"\t_rapportctl_who\n"
"}\n"
"\n";

/* Inside '…' and inside the […] of _arguments. */
static void
zsh_text(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '\'')
			buf_adds(b, "'\\''");
		else if (strchr("[]:\\", *s) != NULL)
			buf_addf(b, "\\%c", *s);
		else
			buf_add(b, s, 1);
}

static void
zsh_source(struct buf *b, const struct arg *a)
{
	buf_addf(b, ":%s:", has_values(a) ? a->name : a->metavar);
	if (has_values(a)) {
		buf_adds(b, "(");
		add_values(b, a);
		buf_adds(b, ")");
		return;
	}
	switch (a->type) {
	case ARG_WHO:
		buf_adds(b, "_rapportctl_who");
		break;
	case ARG_ID:
		buf_adds(b, "_rapportctl_ids");
		break;
	default:
		buf_adds(b, is_circle(a) ? "_rapportctl_circles" : " ");
	}
}

static void
zsh_option(struct buf *b, const struct arg *a)
{
	char option[ARGS_OPTION];

	args_option(a, option);
	buf_adds(b, " \\\n\t\t\t'");
	if (a->flags & ARG_MANY)
		buf_adds(b, "*");
	if (a->letter != 0)
		buf_addf(b, "(-%c %s)'{-%c+,%s=}'", a->letter, option,
		    a->letter, option);
	else
		buf_addf(b, "%s%s", option, a->type == ARG_FLAG ? "" : "=");
	buf_adds(b, "[");
	zsh_text(b, a->prose);
	buf_adds(b, "]");
	if (a->type != ARG_FLAG)
		zsh_source(b, a);
	buf_adds(b, "'");
}

/* The words by place. Which of several kinds comes next is more than a shell
 * can tell, so each place offers all; free words are expected everywhere, as
 * options may follow them. */
static void
zsh_places(struct buf *b, const struct command *c)
{
	const struct arg *a;
	bool ids = false, who = false, files = false;
	int place = 0;

	for (a = c->args; a->name != NULL; a++) {
		place += !args_is_option(a);
		ids |= !args_is_option(a) && a->type == ARG_ID;
		who |= !args_is_option(a) && a->type == ARG_WHO;
		files |= is_file(a);
		if (!args_is_option(a) && has_values(a)) {
			buf_addf(b, " \\\n\t\t\t'%d", place);
			zsh_source(b, a);
			buf_adds(b, "'");
		}
	}
	buf_addf(b, " \\\n\t\t\t'*:%s'", files ? "file:_files" : ids && who ?
	    "which:_rapportctl_ids_who" : ids ? "which:_rapportctl_ids" :
	    who ? "who:_rapportctl_who" : "words: ");
}

static void
zsh_commands(struct buf *b, const char *name, const char *first)
{
	size_t len = strlen(first), n;
	const struct command *c;
	const char *last = "";

	buf_addf(b, "\t%s=(\n", name);
	for (c = commands; c->name != NULL; c++) {
		const char *word = c->name + len;

		if (strncmp(c->name, first, len) != 0)
			continue;
		n = strcspn(word, " ");
		if (strncmp(word, last, n) == 0 && last[n] == ' ')
			continue;
		last = word;
		buf_addf(b, "\t\t'%.*s:", (int)n, word);
		zsh_text(b, word[n] == ' ' ? "contacts" : c->summary);
		buf_adds(b, "'\n");
	}
	buf_adds(b, "\t)\n");
}

static void
complete_zsh(struct buf *b)
{
	const struct command *c;
	const struct arg *a;

	buf_adds(b, zsh_head);
	buf_adds(b, "_rapportctl()\n{\n"
	    "\tlocal curcontext=$curcontext state line verb\n"
	    "\tlocal -a verbs persons\n");
	zsh_commands(b, "verbs", "");
	zsh_commands(b, "persons", "person ");
	buf_adds(b,
	    "\t_arguments -C '--json[print JSON]' '--help[explain]' \\\n"
	    "\t\t'--version[print the version]' \\\n"
	    "\t\t'--socket=[where rapportd listens]:path:_files' \\\n"
	    "\t\t'1:command:->verb' '*::word:->word' && return\n"
	    "\tif [[ $state == verb ]]; then\n"
	    "\t\t_describe 'command' verbs\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tverb=$words[1]\n"
	    "\tif [[ $verb == person ]]; then\n"
	    "\t\tif ((CURRENT == 2)); then\n"
	    "\t\t\t_describe 'command' persons\n"
	    "\t\t\treturn\n"
	    "\t\tfi\n"
	    "\t\tverb=\"person $words[2]\"\n"
	    "\t\tshift words\n"
	    "\t\t((CURRENT--))\n"
	    "\tfi\n"
	    "\tcase $verb in\n");
	for (c = commands; c->name != NULL; c++) {
		buf_addf(b, "\t'%s')\n\t\t_arguments '--json[print JSON]' "
		    "'--help[explain]'", c->name);
		for (a = c->args; a->name != NULL; a++)
			if (args_is_option(a))
				zsh_option(b, a);
		zsh_places(b, c);
		buf_adds(b, " ;;\n");
	}
	buf_adds(b, "\tesac\n}\n\n_rapportctl \"$@\"\n");
}

/* ---------------------------------------------------------------- fish -- */

static const char fish_head[] =
"# fish completion for rapportctl; made by: rapportctl completion fish\n"
"\n"
"# The words of the line that are no options.\n"
"function __rapportctl_words\n"
"    string match -v -- '-*' (commandline -opc)[2..-1]\n"
"end\n"
"\n"
"# Whether the line names no command yet, or just this first word of one.\n"
"function __rapportctl_wants\n"
"    set -l words (__rapportctl_words)\n"
"    test \"$words\" = \"$argv\"\n"
"end\n"
"\n"
"# Whether the line's command is this one.\n"
"function __rapportctl_is\n"
"    set -l words (__rapportctl_words)\n"
"    test \"$words[1]\" = \"$argv[1]\"; or return 1\n"
"    test (count $argv) -lt 2; or test \"$words[2]\" = \"$argv[2]\"\n"
"end\n"
"\n"
"# Numbers, or handles, each with what stands beside it.\n"
"function __rapportctl_ids\n"
"    rapportctl list 2>/dev/null | tail -n +2 |\n"
"        string replace -r '^ *(\\d+) +' '$1\\t'\n"
"end\n"
"\n"
"function __rapportctl_who\n"
"    rapportctl person list 2>/dev/null | tail -n +2 |\n"
"        string replace -r '^(\\S+) +' '$1\\t'\n"
"end\n"
"\n"
"function __rapportctl_circles\n"
"    rapportctl completion circles 2>/dev/null\n"
"end\n"
"\n"
"complete -c rapportctl -f\n"
"complete -c rapportctl -l json -d 'print JSON'\n"
"complete -c rapportctl -l help -d 'explain the command'\n"
"complete -c rapportctl -l version -d 'print the version'\n"
"complete -c rapportctl -l socket -r -F -d 'where rapportd listens'\n";

/* Inside '…'. */
static void
fish_text(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '\'' || *s == '\\')
			buf_addf(b, "\\%c", *s);
		else
			buf_add(b, s, 1);
}

static void
fish_source(struct buf *b, const struct arg *a)
{
	if (has_values(a)) {
		buf_adds(b, " -a '");
		add_values(b, a);
		buf_adds(b, "'");
		return;
	}
	switch (a->type) {
	case ARG_WHO:
		buf_adds(b, " -a '(__rapportctl_who)'");
		break;
	case ARG_ID:
		buf_adds(b, " -a '(__rapportctl_ids)'");
		break;
	default:
		if (is_circle(a))
			buf_adds(b, " -a '(__rapportctl_circles)'");
		break;
	}
}

static void
fish_arg(struct buf *b, const struct command *c, const struct arg *a)
{
	char option[ARGS_OPTION];

	if (!args_is_option(a) && !has_values(a) && a->type != ARG_WHO &&
	    a->type != ARG_ID && !is_file(a))
		return;
	buf_addf(b, "complete -c rapportctl -n '__rapportctl_is %s'", c->name);
	if (is_file(a))
		buf_adds(b, " -F");
	if (args_is_option(a)) {
		buf_addf(b, " -l %s", args_option(a, option) + 2);
		if (a->letter != 0)
			buf_addf(b, " -s %c", a->letter);
		if (a->type != ARG_FLAG)
			buf_adds(b, " -x");
		buf_adds(b, " -d '");
		fish_text(b, a->prose);
		buf_adds(b, "'");
	}
	fish_source(b, a);
	buf_adds(b, "\n");
}

static void
complete_fish(struct buf *b)
{
	const struct command *c;
	const struct arg *a;
	const char *last = "";

	buf_adds(b, fish_head);
	for (c = commands; c->name != NULL; c++) {
		size_t n = strcspn(c->name, " ");
		bool nested = c->name[n] == ' ';

		buf_adds(b, "\n");
		if (nested && strncmp(c->name, last, n + 1) != 0)
			buf_addf(b, "complete -c rapportctl -n "
			    "'__rapportctl_wants' -a %.*s -d 'contacts'\n",
			    (int)n, c->name);
		buf_addf(b, "complete -c rapportctl -n '__rapportctl_wants%s"
		    "%.*s' -a %s -d '", nested ? " " : "",
		    nested ? (int)n : 0, c->name,
		    nested ? c->name + n + 1 : c->name);
		fish_text(b, c->summary);
		buf_adds(b, "'\n");
		for (a = c->args; a->name != NULL; a++)
			fish_arg(b, c, a);
		last = c->name;
	}
}

/* ----------------------------------------------------------------- all -- */

void
complete_for(const char *shell, struct buf *out)
{
	static const struct {
		const char *name;
		void (*write)(struct buf *b);
	} shells[] = {
		{"bash", complete_bash}, {"zsh", complete_zsh},
		{"fish", complete_fish}, {"man", manual_commands},
	};
	size_t i;

	for (i = 0; i < sizeof shells / sizeof *shells; i++)
		if (strcmp(shells[i].name, shell) == 0)
			shells[i].write(out);
}

void
complete_circles(const struct options *options, struct buf *out)
{
	const struct circles *all = &options->circles;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i].days > 0)
			buf_addf(out, "%s\n", all->v[i].name);
}
