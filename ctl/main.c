/*
 * rapportctl: one command line to one call, and its reply to words. What each
 * command takes stands in the command table (daemon/wire/command.c), what its
 * reply looks like in render.c.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/log.h"
#include "base/mem.h"
#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/complete.h"
#include "conf/paths.h"
#include "ctl/explain.h"
#include "ctl/help.h"
#include "ctl/here.h"
#include "ctl/import/import.h"
#include "ctl/render.h"
#include "ctl/rpc.h"
#include "ctl/status.h"
#include "ctl/stream.h"
#include "ctl/suggest.h"
#include "ctl/text.h"

enum {
	EXIT_DONE = 0,
	EXIT_IMPOSSIBLE = 1,
	EXIT_NOT_UNDERSTOOD = 2,
	TEST_SECONDS = 30,	/* a test pop-up may wait for its server */
};

/* All that a run needs. */
struct run {
	struct args args;
	struct here here;
	struct out out;
	char *path;		/* of the socket */
};

/* One line, whatever the message is made of. */
static void
complain(const struct err *err)
{
	char *line = text_safe_dup(err->message);

	fprintf(stderr, "rapportctl: %s\n", line);
	free(line);
}

/* ------------------------------------------------ without a daemon -- */

static int
run_help(struct run *r)
{
	if (r->args.version)
		help_version(&r->out);
	else if (r->args.command != NULL)
		help_command(&r->out, r->args.command);
	else if (r->args.group != NULL)
		help_group(&r->out, r->args.group);
	else
		help_all(&r->out);
	return EXIT_DONE;
}

static int
run_when(struct run *r, struct err *err)
{
	return suggest_check(&r->args, &r->here, err) &&
	    explain_when(&r->out, &r->args, &r->here, err) ? EXIT_DONE :
	    err_exit_status(err->code);
}

static int
run_completion(struct run *r, struct err *err)
{
	const char *shell = args_string(&r->args, "shell");
	const struct options *options;

	if (strcmp(shell, "circles") != 0) {
		complete_for(shell, &r->out.text);
		return EXIT_DONE;
	}
	options = here_options(&r->here, err);
	if (options == NULL)
		return err_exit_status(err->code);
	complete_circles(options, &r->out.text);
	return EXIT_DONE;
}

/* ----------------------------------------------------- with a daemon -- */

/* Where the socket is; false when nothing tells. */
static bool
find_socket(struct run *r, struct err *err)
{
	r->path = r->args.socket == NULL ? paths_socket(err) :
	    mem_dup(r->args.socket);
	return r->path != NULL;
}

static int
run_rpc(struct run *r, struct err *err)
{
	struct client c;
	int status = EXIT_UNREACHABLE;

	if (!find_socket(r, err))
		return EXIT_UNREACHABLE;
	if (client_open(&c, r->path, err))
		status = rpc_run(&c, &r->args, &r->out, err);
	client_close(&c);
	return status;
}

/* Files to many calls, or many calls to a file. */
static int
run_files(struct run *r, struct err *err)
{
	bool import = strcmp(r->args.command->name, "import") == 0;
	struct client c;
	int status = EXIT_UNREACHABLE;

	if (!find_socket(r, err))
		return EXIT_UNREACHABLE;
	if (client_open(&c, r->path, err))
		status = import ? import_run(&c, &r->args, &r->out, err) :
		    export_run(&c, &r->args, &r->out, err);
	client_close(&c);
	return status;
}

/* A command of the table: its reply, or its error, to words. */
static int
call(struct run *r, struct client *c, struct err *err)
{
	const struct command *command = r->args.command;
	bool writes = command->flags & COMMAND_WRITES;
	struct varlink_reply reply;
	char method[64], token[CLIENT_TOKEN];
	int status = EXIT_DONE;

	snprintf(method, sizeof method, RAPPORT_INTERFACE ".%s",
	    command->method);
	if (writes) {
		client_token(token);
		json_object_set_new(r->args.parameters, "token",
		    json_string(token));
	}
	if (!client_call(c, method, r->args.parameters, true, writes,
	    json_object_get(r->args.parameters, "test") != NULL ?
	    TEST_SECONDS : CLIENT_SECONDS, &reply, err))
		return EXIT_UNREACHABLE;
	if (reply.error != NULL) {
		status = render_error(&reply, err);
		if (err->code == ERR_NOT_FOUND &&
		    suggest_not_found(&r->args, &r->here, err))
			status = EXIT_NOT_UNDERSTOOD;
	} else if (args_flag(&r->args, "waybar")) {
		json_t *bar = status_bar(reply.parameters, &r->here);

		out_json(&r->out, bar);
		json_decref(bar);
	} else
		render_reply(&r->out, &r->args, reply.parameters, &r->here);
	varlink_reply_clear(&reply);
	return status;
}

/* A status bar is told even then, and hides what it showed. */
static int
unreachable(struct run *r)
{
	json_t *bar;

	if (args_flag(&r->args, "waybar")) {
		bar = status_bar(NULL, &r->here);
		out_json(&r->out, bar);
		json_decref(bar);
	}
	return EXIT_UNREACHABLE;
}

/* What the table can't say about the command's own options. */
static bool
check_options(const struct args *a, struct err *err)
{
	if (args_flag(a, "follow") &&
	    json_object_get(a->parameters, "test") != NULL)
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "--test shows one pop-up, --follow goes on: give one of "
		    "them");
	return true;
}

/* A status bar does not say who shows pop-ups, so it need not wake the notifier
 * at every event. */
static void
ask_quickly(struct args *a)
{
	if (args_flag(a, "waybar") || args_flag(a, "follow"))
		json_object_set_new(a->parameters, "quick", json_true());
}

static int
run_method(struct run *r, struct err *err)
{
	struct client c;
	int status;

	if (!check_options(&r->args, err) ||
	    !suggest_check(&r->args, &r->here, err))
		return EXIT_NOT_UNDERSTOOD;
	ask_quickly(&r->args);
	if (!find_socket(r, err))
		return EXIT_UNREACHABLE;
	if (args_flag(&r->args, "follow")) {
		signal(SIGPIPE, SIG_IGN);
		return stream_status(r->path, &r->args, &r->out, &r->here,
		    err);
	}
	if (!client_open(&c, r->path, err))
		status = unreachable(r);
	else if (r->args.command->flags & COMMAND_STREAMS) {
		signal(SIGPIPE, SIG_IGN);
		status = stream_watch(&c, &r->args, &r->out, &r->here, err);
	} else
		status = call(r, &c, err);
	client_close(&c);
	return status;
}

/* --------------------------------------------------------------- main -- */

/* What is more, or less, than one call. */
static const struct special {
	const char *name;
	int (*run)(struct run *r, struct err *err);
} special[] = {
	{"when", run_when},
	{"rpc", run_rpc},
	{"completion", run_completion},
	{"import", run_files},
	{"export", run_files},
};

static int
run_command(struct run *r, struct err *err)
{
	size_t i;

	for (i = 0; i < sizeof special / sizeof *special; i++)
		if (strcmp(special[i].name, r->args.command->name) == 0)
			return special[i].run(r, err);
	return run_method(r, err);
}

static int
run(struct run *r, int argc, char **argv, struct err *err)
{
	if (!args_parse(argc, argv, &r->args, err)) {
		suggest_missing(&r->args, &r->here, err);
		return EXIT_NOT_UNDERSTOOD;
	}
	if (r->args.help || r->args.version)
		return run_help(r);
	if (r->args.command == NULL)
		r->args.command = command_find("today");
	return run_command(r, err);
}

/* Whether it was a command that changes something, also when by rpc. */
static bool
stores(const struct args *a)
{
	const struct command *c = a->command;
	const char *method = args_string(a, "method"), *dot;

	if (c == NULL)
		return false;
	if (method != NULL) {
		dot = strrchr(method, '.');
		c = command_by_method(dot == NULL ? method : dot + 1);
	}
	return c != NULL && c->flags & COMMAND_WRITES;
}

/* Write the output; the exit status. When that fails after something was
 * stored it must not say that nothing was, as 1 does. */
static int
print(struct run *r, int status)
{
	bool stored = status == EXIT_DONE && stores(&r->args);
	struct err err = {0}, told = {0};

	if (out_flush(&r->out, NULL, &err))
		return status;
	err_set(&told, err.code, "%s%s", err.message,
	    stored ? "; the command itself was carried out" : "");
	complain(&told);
	return stored ? EXIT_UNREACHABLE : EXIT_IMPOSSIBLE;
}

/* The kernel has handed every program 16 random bytes (getauxval(3)): jansson
 * need not open /dev/urandom for the seed of its hash tables. */
static void
seed_json(void)
{
	const void *random = (const void *)getauxval(AT_RANDOM);
	size_t seed = 0;

	if (random != NULL)
		memcpy(&seed, random, sizeof seed);
	json_object_seed(seed);	/* 0: it helps itself after all */
}

int
main(int argc, char **argv)
{
	struct run r = {.path = NULL};
	struct err err = {0};
	int status;

	log_open("rapportctl");
	seed_json();
	out_init(&r.out);
	status = run(&r, argc, argv, &err);
	if (status != EXIT_DONE)
		complain(&err);
	status = print(&r, status);
	args_clear(&r.args);
	here_clear(&r.here);
	out_clear(&r.out);
	free(r.path);
	return status;
}
