/*
 * The command line: words to a request (struct args), by the command table
 * alone. No socket, no clock, no zone: what needs those to be told right (a
 * phrase of time, say) is suggest.h's business.
 */
#ifndef RAPPORT_CTL_ARGS_H
#define RAPPORT_CTL_ARGS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/command.h"

struct args {
	const struct command *command;	/* NULL: none was named */
	const char *group;		/* with help: the word that several
					   commands begin with; or NULL */
	bool json;
	bool help;			/* --help, or the word help */
	bool version;
	const char *socket;		/* --socket; NULL: the usual one */
	json_t *parameters;		/* for the method, in the order given */
	json_t *local;			/* the client's own options */
};

/*
 * Read argv (main's). Errors are ERR_NOT_UNDERSTOOD, with the parameter at
 * fault where there is one; *out then holds what was understood so far. In any
 * case the caller clears it; argv must live as long.
 */
bool args_parse(int argc, char **argv, struct args *out, struct err *err);
void args_clear(struct args *r);

/* The client's own flag, string (NULL: not given), or number (0: not given). */
bool args_flag(const struct args *r, const char *name);
const char *args_local(const struct args *r, const char *name);
int64_t args_count(const struct args *r, const char *name);

/* A parameter that is a string, or NULL. */
const char *args_string(const struct args *r, const char *name);

/* The request as one would type it, with quotes for the shell: "rapportctl add
 * \"Call Dana\" tomorrow". The caller frees it. */
char *args_line(const struct args *r);

/* Whether an argument is given by its name, not by its place. */
bool args_is_option(const struct arg *a);

/* "--not-urgent" of the argument not_urgent; returns out. */
enum { ARGS_OPTION = 40 };
char *args_option(const struct arg *a, char out[ARGS_OPTION]);

#endif
