/*
 * The command table: every verb once, with its arguments, their types, flags
 * and prose. The command line, the parameter checks of the daemon, the help,
 * the completions, the man page's COMMANDS section and the Varlink interface
 * text are all read off it. The daemon hangs its methods on it (methods/), the
 * client its ways of showing a reply (ctl/), and tests check both for holes.
 */
#ifndef RAPPORT_WIRE_COMMAND_H
#define RAPPORT_WIRE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum arg_type {
	ARG_STRING,	/* text */
	ARG_WHEN,	/* a phrase of time; on the command line all words
			   that are left */
	ARG_ID,		/* a reminder's number */
	ARG_WHO,	/* a contact's handle; `@` before it is forgiven */
	ARG_ENUM,	/* one of `values` */
	ARG_COUNT,	/* a whole number >= 1 */
	ARG_FLAG,	/* there or not */
	ARG_OBJECT,	/* JSON (rpc only) */
};

enum arg_flags {
	ARG_REQUIRED = 1 << 0,
	ARG_POSITIONAL = 1 << 1,	/* has no --flag; taken in this order */
	ARG_MANY = 1 << 2,	/* an array; as an option it may be repeated */
	ARG_LOCAL = 1 << 3,	/* the client's own, never sent */
	ARG_NULLABLE = 1 << 4,	/* "none" (or "") takes the value away */
	ARG_EITHER = 1 << 5,	/* one of those with this flag is required */
	ARG_ENTRY = 1 << 6,	/* a string: the number of a fact, conversation
				   or date ("f7"), taken from among the IDs */
	ARG_TOPIC = 1 << 7,	/* a string: a kind of fact or date, one of
				   values or what everyday words mean one;
				   taken when it is one and words follow */
	ARG_REST = 1 << 8,	/* a string: all words that are left, joined */
	ARG_BEHIND = 1 << 9,	/* an option: the positional words behind it
				   are those of WHEN, those before it are not */
};

struct arg {
	const char *name;	/* the Varlink parameter; "--" name with '_' as
				   '-' is the option */
	char letter;		/* "-m", or 0 */
	enum arg_type type;
	unsigned flags;
	const char *metavar;	/* "TEXT", "WHEN" */
	const char *const *values;	/* ARG_ENUM, ARG_TOPIC: ends with
					   NULL */
	const char *prose;	/* what it says, without a full stop */
};

enum command_flags {
	COMMAND_WRITES = 1 << 0,	/* takes a request token, can be undone */
	COMMAND_STREAMS = 1 << 1,	/* answers only with `more` */
	COMMAND_OFFLINE = 1 << 2,	/* the client's own: has no method */
};

struct command {
	const char *name;	/* "add", "person add" */
	const char *method;	/* "Add": io.rapport.Add; NULL when offline */
	unsigned flags;
	const char *summary;	/* one line, for lists of commands */
	const char *prose;	/* paragraphs, for help and manual; '\n' parts
				   them */
	const char *const *examples;	/* whole command lines, NULL-ended */
	const struct arg *args;	/* ends with a NULL name */
	const struct arg *wire;	/* parameters that the client fills in by
				   itself and nobody types; or NULL */
	const char *reply;	/* Varlink: the fields of the answer */
};

extern const struct command commands[];	/* ends with a NULL name */

/* Whether text is the number of a fact, conversation or date, as ARG_ENTRY
 * asks for ("f7", "i31", "d2", the letter in either case): its letter and
 * number; both may be NULL. */
bool command_entry(const char *text, char *letter, int64_t *number);

/* Whether the word means a kind of fact (then *date is false) or date, and the
 * index of it; both may be NULL. */
bool command_topic(const char *word, bool *date, int *kind);

/* By verb ("add"), or by method name ("Add"); NULL: no such. */
const struct command *command_find(const char *name);
const struct command *command_by_method(const char *method);

/* The verb somebody meant: an everyday word (ls → list, rm → drop, remind →
 * add, log → done -m …) or a typing error; NULL when nothing is near. */
const char *command_meant(const char *word);

/* The argument of a command by parameter name. */
const struct arg *command_arg(const struct command *c, const char *name);

/* "add TEXT WHEN… [--with WHO]… [--need TEXT]": appended to nothing, the
 * caller frees. */
char *command_synopsis(const struct command *c);

/* The definition of the interface io.rapport in Varlink's own language, made
 * from the table. The caller frees it. */
char *command_interface(void);

#define RAPPORT_INTERFACE "io.rapport"

/* The definition of org.varlink.service, as the specification gives it
 * (https://varlink.org/Service). */
#define VARLINK_SERVICE_INTERFACE "org.varlink.service"
extern const char varlink_service_interface[];

/* The errors of io.rapport, by enum err_code; NULL where there is none. */
extern const char *const wire_error_names[];

#endif
