/* The command line: see args.h. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/args.h"
#include "base/buf.h"
#include "base/distance.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/names.h"
#include "model/reminder.h"
#include "ctl/text.h"
#include "time/when.h"

enum { OPTIONS_MAX = 32 };	/* of one command, the global ones included */

/* Where we are in argv, and the positional words found on the way. */
struct parse {
	int argc, at;
	char **argv;
	bool words_only;	/* after -- */
	char **words;		/* borrowed from argv */
	int words_n;
	int behind;		/* the words from here on are those of WHEN;
				   -1: none are, as far as we know */
	struct args *out;
};

static const char *const global_options[] = {
	"--json", "--socket", "--help", "--version", NULL,
};

char *
args_option(const struct arg *a, char out[ARGS_OPTION])
{
	char *p;

	snprintf(out, ARGS_OPTION, "--%s", a->name);
	for (p = out; *p != '\0'; p++)
		if (*p == '_')
			*p = '-';
	return out;
}

bool
args_is_option(const struct arg *a)
{
	return !(a->flags & ARG_POSITIONAL);
}

/* ------------------------------------------------------------- values -- */

/* A whole number of at least 1, and nothing else. */
static bool
whole_number(const char *text, int64_t *out)
{
	char *end;
	long long n;

	if (*text == '\0' || strspn(text, "0123456789") != strlen(text))
		return false;
	errno = 0;
	n = strtoll(text, &end, 10);
	*out = n;
	return errno == 0 && n >= 1;
}

static bool
looks_like_id(const char *word)
{
	size_t digits = strspn(word + (*word == '#'), "0123456789");

	return digits > 0 && word[digits + (*word == '#')] == '\0';
}

static json_t *
id_value(const struct arg *a, const char *text, struct err *err)
{
	int64_t id;

	if (!whole_number(text + (*text == '#'), &id)) {
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "\"%s\" is no number of a reminder; rapportctl list "
		    "shows them", text);
		return NULL;
	}
	return json_integer(id);
}

static json_t *
count_value(const struct arg *a, const char *text, struct err *err)
{
	char option[ARGS_OPTION];
	int64_t n;

	if (!whole_number(text, &n)) {
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "%s takes a whole number from 1 on, not \"%s\"",
		    args_option(a, option), text);
		return NULL;
	}
	return json_integer(n);
}

static json_t *
enum_value(const struct arg *a, const char *text, struct err *err)
{
	int i = names_index(a->values, text);
	const char *near;
	char all[256];

	if (i >= 0)
		return json_string(a->values[i]);
	near = nearest_word(text, a->values);
	if (near != NULL)
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "there is no %s \"%s\"; did you mean %s?", a->name, text,
		    near);
	else
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "there is no %s \"%s\"; it is one of %s", a->name, text,
		    !args_is_option(a) ? a->metavar :
		    names_list(a->values, all, sizeof all));
	return NULL;
}

static json_t *
object_value(const struct arg *a, const char *text, struct err *err)
{
	json_error_t why;
	json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &why);

	if (value == NULL)
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "%s are not JSON: %s", a->name, why.text);
	else if (!json_is_object(value)) {
		json_decref(value);
		value = NULL;
		err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "%s have to be one object, such as '{\"limit\": 3}'",
		    a->name);
	}
	return value;
}

/* What an everyday word means is told by the daemon; here only whether it
 * means anything. */
static bool
check_string(const struct arg *a, const char *text, struct err *err)
{
	if ((a->flags & ARG_ENTRY) && !command_entry(text, NULL, NULL))
		return err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "\"%s\" is no number such as f7, i31 or d2; rapportctl "
		    "show WHO shows them", text);
	return true;
}

static json_t *
text_value(const struct arg *a, const char *text, struct err *err)
{
	if (a->type == ARG_WHO && *text == '@')
		text++;
	/* An empty text may mean "take it away". */
	if (*text == '\0' && (a->flags & ARG_NULLABLE))
		return json_string("");
	if (!text_valid(text, strlen(text), a->name, err) ||
	    !check_string(a, text, err))
		return NULL;
	return json_string(text);
}

static json_t *
value_of(const struct arg *a, const char *text, struct err *err)
{
	switch (a->type) {
	case ARG_ID:
		return id_value(a, text, err);
	case ARG_COUNT:
		return count_value(a, text, err);
	case ARG_ENUM:
		return enum_value(a, text, err);
	case ARG_OBJECT:
		return object_value(a, text, err);
	case ARG_FLAG:
		return json_true();
	case ARG_STRING:
	case ARG_WHEN:
	case ARG_WHO:
		return text_value(a, text, err);
	}
	return NULL;
}

/* Store one value of an argument; a second one only where many may be. */
static bool
give(struct args *r, const struct arg *a, const char *text,
    struct err *err)
{
	json_t *all = a->flags & ARG_LOCAL ? r->local : r->parameters;
	json_t *have = json_object_get(all, a->name), *value;
	char option[ARGS_OPTION];

	if (have != NULL && a->type != ARG_FLAG && !(a->flags & ARG_MANY))
		return err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "%s is given twice", args_option(a, option));
	value = value_of(a, text, err);
	if (value == NULL)
		return false;
	if (!(a->flags & ARG_MANY)) {
		json_object_set_new(all, a->name, value);
		return true;
	}
	if (have == NULL) {
		have = json_array();
		json_object_set_new(all, a->name, have);
	}
	json_array_append_new(have, value);
	return true;
}

/* ------------------------------------------------------------ options -- */

/* Candidates for "did you mean": the options of the command and ours. */
static const char *
nearest_option(const struct command *c, const char *word)
{
	static char names[OPTIONS_MAX][ARGS_OPTION];
	const char *list[OPTIONS_MAX + 1];
	const struct arg *a;
	int n = 0;

	for (; global_options[n] != NULL; n++)
		list[n] = global_options[n];
	for (a = c == NULL ? NULL : c->args; a != NULL && a->name != NULL; a++)
		if (args_is_option(a) && n < OPTIONS_MAX) {
			list[n] = args_option(a, names[n]);
			n++;
		}
	list[n] = NULL;
	return nearest_word(word, list);
}

static bool
unknown_option(const struct command *c, const char *word, struct err *err)
{
	int len = (int)strcspn(word, "=");
	char name[ARGS_OPTION];
	const char *near;

	snprintf(name, sizeof name, "%.*s", len, word);
	near = nearest_option(c, name);
	if (near != NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is no option %.*s; did you mean %s?", len, word,
		    near);
	if (c == NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is no option %.*s before a command; options of a "
		    "command follow it", len, word);
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "%s has no option %.*s; see: rapportctl %s --help (words that "
	    "begin with - go after --)", c->name, len, word, c->name);
}

/* The value of an option: what is behind its '=' (or letter), else the next
 * word; NULL and err when there is none. */
static const char *
option_value(struct parse *p, const char *option, const char *metavar,
    const char *attached, struct err *err)
{
	const char *next = p->at < p->argc ? p->argv[p->at] : NULL;

	if (attached != NULL)
		return attached;
	if (next == NULL) {
		err_set(err, ERR_NOT_UNDERSTOOD, "%s needs a value: %s %s",
		    option, option, metavar);
		return NULL;
	}
	if (strncmp(next, "--", 2) == 0) {
		err_set(err, ERR_NOT_UNDERSTOOD,
		    "%s needs a value; if \"%s\" is meant: %s=%s", option,
		    next, option, next);
		return NULL;
	}
	p->at++;
	return next;
}

/* Whether word is the option name, alone or with "=value"; *attached then
 * points behind the '=', or is NULL. */
static bool
option_is(const char *word, const char *name, const char **attached)
{
	size_t len = strlen(name);

	if (strncmp(word, name, len) != 0)
		return false;
	*attached = word[len] == '=' ? word + len + 1 : NULL;
	return word[len] == '\0' || word[len] == '=';
}

static bool
refuse_value(const char *option, const char *attached, struct err *err)
{
	if (attached == NULL)
		return true;
	return err_set(err, ERR_NOT_UNDERSTOOD, "%s takes no value", option);
}

/* One of the options that go with every command? *is says so. */
static bool
global_option(struct parse *p, const char *word, bool *is, struct err *err)
{
	struct args *r = p->out;
	const char *attached;
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{"--json", &r->json}, {"--help", &r->help}, {"-h", &r->help},
		{"--version", &r->version},
	};
	size_t i;

	*is = true;
	for (i = 0; i < sizeof flags / sizeof *flags; i++)
		if (option_is(word, flags[i].name, &attached)) {
			*flags[i].flag = true;
			return refuse_value(flags[i].name, attached, err);
		}
	*is = option_is(word, "--socket", &attached);
	if (!*is)
		return true;
	if (r->socket != NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "--socket is given twice");
	r->socket = option_value(p, "--socket", "PATH", attached, err);
	if (r->socket != NULL && *r->socket == '\0')
		return err_set(err, ERR_NOT_UNDERSTOOD, "--socket is empty");
	return r->socket != NULL;
}

/* The argument that an option word names ("--need", "--need=x", "-m", "-mx"),
 * or NULL. */
static const struct arg *
option_arg(const struct command *c, const char *word, const char **attached)
{
	const struct arg *a;
	char name[ARGS_OPTION];

	for (a = c->args; a->name != NULL; a++) {
		if (!args_is_option(a))
			continue;
		if (option_is(word, args_option(a, name), attached))
			return a;
		if (a->letter != 0 && word[1] == a->letter) {
			*attached = word[2] == '\0' ? NULL :
			    word + 2 + (word[2] == '=');
			return a;
		}
	}
	return NULL;
}

/* "--done 12 13": several numbers behind one option. */
static bool
more_ids(struct parse *p, const struct arg *a, struct err *err)
{
	if (a->type != ARG_ID || !(a->flags & ARG_MANY))
		return true;
	while (p->at < p->argc && looks_like_id(p->argv[p->at]))
		if (!give(p->out, a, p->argv[p->at++], err))
			return false;
	return true;
}

static bool
take_option(struct parse *p, const char *word, struct err *err)
{
	const struct command *c = p->out->command;
	const char *attached, *value;
	const struct arg *a;
	char name[ARGS_OPTION];
	bool global;

	if (!global_option(p, word, &global, err))
		return false;
	if (global)
		return true;
	a = c == NULL ? NULL : option_arg(c, word, &attached);
	if (a == NULL)
		return unknown_option(c, word, err);
	args_option(a, name);
	if (a->type == ARG_FLAG)
		return refuse_value(name, attached, err) &&
		    give(p->out, a, "", err);
	value = option_value(p, name, a->metavar, attached, err);
	if (value == NULL || !give(p->out, a, value, err))
		return false;
	if (a->flags & ARG_BEHIND)
		p->behind = p->words_n;
	return more_ids(p, a, err);
}

/* ------------------------------------------------------------ commands -- */

/* "person" is no command, but the first word of some: name those. */
static bool
list_subcommands(const char *word, struct err *err)
{
	size_t len = strlen(word);
	const struct command *c;
	struct buf all = {0};

	for (c = commands; c->name != NULL; c++)
		if (strncmp(c->name, word, len) == 0 && c->name[len] == ' ')
			buf_addf(&all, "%s%s", all.len == 0 ? "" : ", ",
			    c->name);
	if (all.len == 0)
		return false;
	err_set(err, ERR_NOT_UNDERSTOOD, "%s what? There is: %s", word,
	    buf_str(&all));
	buf_clear(&all);
	return true;
}

/* Whether help is asked for the first word of some: `help person`,
 * `person --help`. */
static bool
asks_for_group(struct parse *p, const char *word)
{
	size_t len = strlen(word);
	const struct command *c;
	const char *next = p->at < p->argc ? p->argv[p->at] : "";

	if (!p->out->help && strcmp(next, "--help") != 0 &&
	    strcmp(next, "-h") != 0)
		return false;
	for (c = commands; c->name != NULL; c++)
		if (strncmp(c->name, word, len) == 0 && c->name[len] == ' ')
			p->out->group = word;
	return p->out->group != NULL;
}

static bool
unknown_command(const char *word, struct err *err)
{
	const char *meant;
	int64_t id;

	if (list_subcommands(word, err))
		return false;
	if (whole_number(word + (*word == '#'), &id))
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is no \"%s\"; did you mean: rapportctl show %"
		    PRId64, word, id);
	if (*word == '@')
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is no \"%s\"; did you mean: rapportctl show %s",
		    word, word);
	meant = command_meant(word);
	if (meant != NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is no \"%s\"; did you mean: rapportctl %s", word,
		    meant);
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "there is no \"%s\"; rapportctl --help lists the commands", word);
}

/* The first word that is no option names the command, with the one after it
 * when that makes a longer name. */
static bool
take_command(struct parse *p, const char *word, struct err *err)
{
	struct args *r = p->out;
	char both[64];

	if (strcmp(word, "help") == 0 && !r->help) {
		r->help = true;
		return true;
	}
	if (p->at < p->argc) {
		snprintf(both, sizeof both, "%s %s", word, p->argv[p->at]);
		r->command = command_find(both);
		if (r->command != NULL) {
			p->at++;
			return true;
		}
	}
	r->command = command_find(word);
	return r->command != NULL || asks_for_group(p, word) ||
	    unknown_command(word, err);
}

/* ---------------------------------------------------- positional words -- */

static const struct arg *
positional(const struct command *c, enum arg_type type)
{
	const struct arg *a;

	for (a = c->args; a->name != NULL; a++)
		if (!args_is_option(a) && a->type == type)
			return a;
	return NULL;
}

/* "12,13" and "#12,#13": IDs as other programs take them. */
static bool
check_commas(const struct parse *p, const char *word, struct err *err)
{
	const struct arg *id = positional(p->out->command, ARG_ID);
	struct buf apart = {0};
	const char *s;

	if (id == NULL || !(id->flags & ARG_MANY) ||
	    word[strspn(word, "#0123456789,")] != '\0' ||
	    strchr(word, ',') == NULL)
		return true;
	for (s = word; *s != '\0'; s++)
		if (*s != '#')
			buf_add(&apart, *s == ',' ? " " : s, 1);
	err_param(err, ERR_NOT_UNDERSTOOD, "id",
	    "\"%s\" is no number of a reminder; several stand apart: "
	    "rapportctl %s %s", word, p->out->command->name, buf_str(&apart));
	buf_clear(&apart);
	return false;
}

/*
 * Whether word i is left to WHEN. A number is an ID unless it begins a phrase
 * with the word after it: "24 dec" is a date, and in "12 24 dec" the 12 is
 * none, as "12 24" begins nothing.
 */
static bool
begins_when(const struct parse *p, int i)
{
	return positional(p->out->command, ARG_WHEN) != NULL &&
	    when_begins(p->words[i],
		i + 1 < p->words_n ? p->words[i + 1] : NULL);
}

static bool
is_id(const struct parse *p, int i)
{
	return looks_like_id(p->words[i]) &&
	    (p->words[i][0] == '#' || !begins_when(p, i));
}

/* An option of this command says where WHEN begins. */
static bool
has_behind(const struct command *c)
{
	const struct arg *a;

	for (a = c->args; a->name != NULL; a++)
		if (a->flags & ARG_BEHIND)
			return true;
	return false;
}

/* Whether word i is behind the option that WHEN follows. */
static bool
is_behind(const struct parse *p, int i)
{
	return p->behind >= 0 && i >= p->behind;
}

/* A contact stands where no ID did; @dana is always one, and whoever has to be
 * named comes first ("may" is a name, too). */
static bool
is_who(const struct parse *p, const struct arg *a, int i)
{
	if (has_behind(p->out->command))
		return !is_behind(p, i);
	if (a->flags & ARG_REQUIRED)
		return true;
	if (json_object_get(p->out->parameters, "id") != NULL)
		return false;
	return p->words[i][0] == '@' || !begins_when(p, i);
}

/* A word is a kind of fact or date when it means one and what is known
 * follows it. */
static bool
is_topic(const struct parse *p, int i)
{
	return i + 1 < p->words_n && command_topic(p->words[i], NULL, NULL);
}

/* "f7" among the IDs: given to the argument that takes it. *is: it was. */
static bool
take_entry(struct parse *p, int i, bool *is, struct err *err)
{
	const struct arg *a;

	*is = false;
	for (a = p->out->command->args; a->name != NULL; a++)
		if ((a->flags & ARG_ENTRY) &&
		    command_entry(p->words[i], NULL, NULL)) {
			*is = true;
			return give(p->out, a, p->words[i], err);
		}
	return true;
}

/* All words from i on, as one phrase. */
static bool
give_rest(struct parse *p, const struct arg *a, int i, struct err *err)
{
	struct buf phrase = {0};
	bool ok;

	for (; i < p->words_n; i++)
		buf_addf(&phrase, "%s%s", phrase.len == 0 ? "" : " ",
		    p->words[i]);
	ok = give(p->out, a, buf_str(&phrase), err);
	buf_clear(&phrase);
	return ok;
}

/* Whether word i is for argument a. */
static bool
is_for(const struct parse *p, const struct arg *a, int i)
{
	if (a->type == ARG_ID)
		return is_id(p, i);
	if (a->type == ARG_WHO)
		return is_who(p, a, i);
	if (a->type == ARG_WHEN)
		return !has_behind(p->out->command) || is_behind(p, i);
	if (a->flags & ARG_TOPIC)
		return is_topic(p, i);
	return !(a->flags & ARG_ENTRY);
}

/* Fill argument a from the words at *i on, as many as it takes. */
static bool
fill(struct parse *p, const struct arg *a, int *i, struct err *err)
{
	bool many = a->flags & ARG_MANY, took = false;

	for (; *i < p->words_n && (many || !took); took = true) {
		bool entry = false;

		if (a->type == ARG_ID && !take_entry(p, *i, &entry, err))
			return false;
		if (entry) {
			(*i)++;
			continue;
		}
		if (!is_for(p, a, *i))
			break;
		if (a->type == ARG_WHEN || (a->flags & ARG_REST)) {
			int from = *i;

			*i = p->words_n;
			return give_rest(p, a, from, err);
		}
		if (!give(p->out, a, p->words[(*i)++], err))
			return false;
	}
	return true;
}

static bool
word_too_many(const struct parse *p, const char *word, struct err *err)
{
	const struct command *c = p->out->command;
	int64_t id;

	if (positional(c, ARG_ID) != NULL && positional(c, ARG_WHO) == NULL &&
	    !whole_number(word + (*word == '#'), &id))
		return err_param(err, ERR_NOT_UNDERSTOOD, "id",
		    "\"%s\" is no number of a reminder; rapportctl list "
		    "shows them", word);
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "\"%s\" is one word too many for %s; see: rapportctl %s --help",
	    word, c->name, c->name);
}

/* What is required and missing; for an ID, "12 may" may have been read as a
 * date. */
static bool
missing(const struct parse *p, const struct arg *a, struct err *err)
{
	const struct command *c = p->out->command;
	const char *when = args_string(p->out, "when");

	if (a->type == ARG_ID && when != NULL)
		return err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "\"%s\" is read as a time; %s needs %s before it: "
		    "rapportctl %s %s %s", when, c->name, a->metavar,
		    c->name, a->metavar, when);
	if (a->type == ARG_WHEN)
		return err_param(err, ERR_NOT_UNDERSTOOD, a->name,
		    "%s needs a time, such as: tomorrow 9am, fri 14:00, in 2h",
		    c->name);
	return err_param(err, ERR_NOT_UNDERSTOOD, a->name,
	    "%s needs %s, %s; see: rapportctl %s --help", c->name, a->metavar,
	    a->prose, c->name);
}

/* Of the arguments that are ARG_EITHER one must be there. A time may be left
 * out only for the sake of an option, so the time is what is missing. */
static bool
check_either(const struct parse *p, struct err *err)
{
	const struct command *c = p->out->command;
	const struct arg *a, *first = NULL;
	struct buf all = {0};

	for (a = c->args; a->name != NULL; a++) {
		if (!(a->flags & ARG_EITHER))
			continue;
		if (json_object_get(a->flags & ARG_LOCAL ? p->out->local :
		    p->out->parameters, a->name) != NULL) {
			buf_clear(&all);
			return true;
		}
		buf_addf(&all, "%s%s, %s", first == NULL ? "" : ", or ",
		    a->metavar, a->prose);
		if (first == NULL)
			first = a;
	}
	if (first != NULL && first->type == ARG_WHEN)
		missing(p, first, err);
	else if (first != NULL)
		err_param(err, ERR_NOT_UNDERSTOOD, first->name, "%s needs %s",
		    c->name, buf_str(&all));
	buf_clear(&all);
	return first == NULL;
}

/* An option that WHEN follows is nothing without it. */
static bool
check_behind(const struct parse *p, struct err *err)
{
	const struct args *r = p->out;
	const struct arg *a;

	for (a = r->command->args; a->name != NULL; a++)
		if ((a->flags & ARG_BEHIND) &&
		    json_object_get(r->parameters, a->name) != NULL &&
		    json_object_get(r->parameters, "when") == NULL)
			return missing(p, positional(r->command, ARG_WHEN),
			    err);
	return true;
}

static bool
fill_words(struct parse *p, struct err *err)
{
	const struct arg *a;
	int i = 0;

	/* IDs come first, so no word of a text is meant. */
	if (p->words_n > 0 && !check_commas(p, p->words[0], err))
		return false;
	for (a = p->out->command->args; a->name != NULL; a++)
		if (!args_is_option(a) && !fill(p, a, &i, err))
			return false;
	if (i < p->words_n)
		return word_too_many(p, p->words[i], err);
	for (a = p->out->command->args; a->name != NULL; a++)
		if (a->flags & ARG_REQUIRED &&
		    json_object_get(p->out->parameters, a->name) == NULL)
			return missing(p, a, err);
	return check_either(p, err) && check_behind(p, err);
}

/* ----------------------------------------------------------------- all -- */

static bool
check_utf8(int argc, char **argv, struct err *err)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!utf8_valid(argv[i], strlen(argv[i])))
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "word %d of the command line is not valid UTF-8",
			    i);
	return true;
}

static bool
take_word(struct parse *p, char *word, struct err *err)
{
	if (!p->words_only && strcmp(word, "--") == 0) {
		p->words_only = true;
		return true;
	}
	if (!p->words_only && word[0] == '-' && word[1] != '\0')
		return take_option(p, word, err);
	if (p->out->command == NULL)
		return take_command(p, word, err);
	p->words[p->words_n++] = word;
	return true;
}

bool
args_parse(int argc, char **argv, struct args *out, struct err *err)
{
	struct parse p = {.argc = argc, .at = 1, .argv = argv, .behind = -1,
	    .out = out};
	bool ok;

	*out = (struct args){
	    .parameters = json_object(), .local = json_object()};
	if (!check_utf8(argc, argv, err))
		return false;
	p.words = mem_new((size_t)argc + 1, sizeof *p.words);
	for (ok = true; ok && p.at < argc; )
		ok = take_word(&p, argv[p.at++], err);
	if (ok && out->command != NULL && !out->help && !out->version)
		ok = fill_words(&p, err);
	free(p.words);
	return ok;
}

void
args_clear(struct args *r)
{
	json_decref(r->parameters);
	json_decref(r->local);
	*r = (struct args){0};
}

bool
args_flag(const struct args *r, const char *name)
{
	return json_is_true(json_object_get(r->local, name));
}

const char *
args_local(const struct args *r, const char *name)
{
	return json_string_value(json_object_get(r->local, name));
}

int64_t
args_count(const struct args *r, const char *name)
{
	return json_integer_value(json_object_get(r->local, name));
}

const char *
args_string(const struct args *r, const char *name)
{
	return json_string_value(json_object_get(r->parameters, name));
}

/* ------------------------------------------------------- and back again -- */

static void
line_value(struct buf *b, const struct arg *a, const json_t *value)
{
	char name[ARGS_OPTION];

	if (args_is_option(a))
		buf_addf(b, " %s", args_option(a, name));
	if (json_is_true(value))
		return;
	buf_adds(b, " ");
	if (json_is_integer(value))
		buf_addf(b, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (a->type == ARG_WHEN && !args_is_option(a))
		buf_adds(b, json_string_value(value));
	else if (json_is_string(value))
		text_quote(b, json_string_value(value));
}

/* What a line is made of, from left to right: most commands take words and
 * then options, but WHEN may have to follow one of these. */
enum part { PART_WORDS, PART_OPTIONS, PART_BEHIND, PART_WHEN, PART_MAX };

static enum part
part_of(const struct command *c, const struct arg *a)
{
	if (a->flags & ARG_BEHIND)
		return PART_BEHIND;
	if (args_is_option(a))
		return PART_OPTIONS;
	return a->type == ARG_WHEN && has_behind(c) ? PART_WHEN : PART_WORDS;
}

static void
line_part(struct buf *b, const struct args *r, enum part part)
{
	const struct arg *a;
	const json_t *value, *one;
	size_t i;

	for (a = r->command->args; a->name != NULL; a++) {
		value = json_object_get(a->flags & ARG_LOCAL ? r->local :
		    r->parameters, a->name);
		if (value == NULL || part_of(r->command, a) != part)
			continue;
		if (!json_is_array(value))
			line_value(b, a, value);
		else
			json_array_foreach(value, i, one)
				line_value(b, a, one);
	}
}

char *
args_line(const struct args *r)
{
	struct buf b = {0};
	enum part part;

	buf_addf(&b, "rapportctl %s", r->command->name);
	for (part = PART_WORDS; part < PART_MAX; part++)
		line_part(&b, r, part);
	return buf_take(&b);
}
