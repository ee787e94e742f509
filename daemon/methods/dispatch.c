/*
 * The door for every call: which method it is, whether its parameters are
 * right, and the frame of a request around it: token, savepoint, change.
 */
#include <stdlib.h>
#include <string.h>

#include "methods/methods.h"
#include "wire/varlink.h"

/* Which function serves which method of the command table. */
static const struct handler {
	const char *method;
	method_fn *serve;
} handlers[] = {
	{"Add", method_add},
	{"Today", method_today},
	{"Week", method_week},
	{"List", method_list},
	{"Show", method_show},
	{"Snooze", method_snooze},
	{"Done", method_done},
	{"Skip", method_skip},
	{"Drop", method_drop},
	{"Undo", method_undo},
	{"Move", method_move},
	{"Edit", method_edit},
	{"PersonAdd", method_person_add},
	{"PersonList", method_person_list},
	{"PersonEdit", method_person_edit},
	{"PersonPause", method_person_pause},
	{"PersonResume", method_person_resume},
	{"PersonArchive", method_person_archive},
	{"PersonForget", method_person_forget},
	{"Met", method_met},
	{"Learn", method_learn},
	{"Search", method_search},
	{"Network", method_network},
	{"Import", method_import},
	{"Export", method_export},
	{"Quiet", method_quiet},
	{"Status", method_status},
	{"Watch", method_watch},
};

static method_fn *
handler_of(const struct command *command)
{
	size_t i;

	for (i = 0; i < sizeof handlers / sizeof *handlers; i++)
		if (strcmp(handlers[i].method, command->method) == 0)
			return handlers[i].serve;
	return NULL;
}

/* Undo makes no change of its own to be undone, and what is forgotten can't
 * come back. */
static bool
makes_change(const struct command *command)
{
	return (command->flags & COMMAND_WRITES) != 0 &&
	    strcmp(command->method, "Undo") != 0 &&
	    strcmp(command->method, "PersonForget") != 0;
}

/* Serve within the change that the command makes. */
static bool
serve_change(struct request *rq, const struct command *command,
    method_fn *serve, struct err *err)
{
	struct store *store = rq->ctx->store;

	if (!makes_change(command))
		return serve(rq, err);
	return store_change_begin(store, rq->now, err) && serve(rq, err) &&
	    store_change_end(store, buf_str(&rq->sentence), err);
}

/* A command without a reply to `notes` in the table says nothing beside it. */
static void
add_notes(struct request *rq, const struct command *command)
{
	if (strstr(command->reply, "notes:") != NULL)
		json_object_set(rq->reply, "notes", rq->notes);
}

static bool
remember_token(struct request *rq, const char *token, struct err *err)
{
	if (token == NULL)
		return true;
	rq->text = json_dumps(rq->reply, JSON_COMPACT);
	return store_token_put(rq->ctx->store, token, rq->text, rq->now, err);
}

static bool
serve_request(struct request *rq, const struct command *command,
    method_fn *serve, struct err *err)
{
	struct store *store = rq->ctx->store;
	bool ok;

	if ((command->flags & COMMAND_WRITES) == 0) {
		ok = serve(rq, err);
		add_notes(rq, command);
		return ok;
	}
	if (!store_begin(store, err))
		return false;
	ok = serve_change(rq, command, serve, err);
	if (ok) {
		add_notes(rq, command);
		ok = remember_token(rq, request_string(rq, "token"), err);
	}
	if (ok)
		return store_end(store, !rq->take_back, err);
	store_end(store, false, NULL);
	/* A refusal comes before any effect; a store that fails comes after,
	 * and the screen may tell of what has just been taken back. */
	if (err->code == ERR_STORAGE)
		schedule_resync(rq->ctx->schedule);
	return false;
}

/* Whether the token's request was served before: then that answer again. */
static bool
served_before(struct context *ctx, struct call *c)
{
	const char *token = json_string_value(
	    json_object_get(c->parameters, "token"));
	char *text = token == NULL ? NULL : store_token_reply(ctx->store,
	    token);

	if (text == NULL)
		return false;
	call_reply_text(c, text, true);
	free(text);
	return true;
}

static void
call_command(struct context *ctx, struct call *c, int64_t now,
    const struct command *command)
{
	method_fn *serve = handler_of(command);
	struct request rq = {.ctx = ctx, .call = c, .now = now,
	    .p = c->parameters};
	struct err err = {0};
	const char *wrong;

	if (serve == NULL) {
		call_error(c, VARLINK_METHOD_NOT_IMPLEMENTED,
		    json_pack("{s:s}", "method", c->method));
		return;
	}
	wrong = varlink_check(command, c->parameters);
	if (wrong != NULL) {
		call_error(c, VARLINK_INVALID_PARAMETER,
		    json_pack("{s:s}", "parameter", wrong));
		return;
	}
	if ((command->flags & COMMAND_STREAMS) != 0 && !c->more) {
		call_error(c, VARLINK_EXPECTED_MORE, NULL);
		return;
	}
	if (served_before(ctx, c))
		return;
	rq.reply = json_object();
	rq.notes = json_array();
	if (!serve_request(&rq, command, serve, &err))
		call_fail(c, &err);
	else if (rq.text != NULL)
		call_reply_text(c, rq.text, true);
	else if (!rq.later)
		call_reply(c, json_incref(rq.reply), true, false);
	json_decref(rq.reply);
	json_decref(rq.notes);
	buf_clear(&rq.sentence);
	free(rq.text);
}

/* The method's own name, when it belongs to the interface; else NULL. */
static const char *
method_within(const char *method, const char *interface)
{
	size_t n = strlen(interface);

	return strncmp(method, interface, n) == 0 && method[n] == '.' &&
	    strchr(method + n + 1, '.') == NULL ? method + n + 1 : NULL;
}

static void
unknown(struct call *c, bool interface_known)
{
	const char *dot = strrchr(c->method, '.');

	if (interface_known || dot == NULL)
		call_error(c, VARLINK_METHOD_NOT_FOUND,
		    json_pack("{s:s}", "method", c->method));
	else
		call_error(c, VARLINK_INTERFACE_NOT_FOUND,
		    json_pack("{s:s%}", "interface", c->method,
		    (size_t)(dot - c->method)));
}

void
methods_call(struct context *ctx, struct call *c, int64_t now)
{
	const struct command *command;
	const char *name;

	name = method_within(c->method, "org.varlink.service");
	if (name != NULL && strcmp(name, "GetInfo") == 0)
		service_get_info(c);
	else if (name != NULL && strcmp(name, "GetInterfaceDescription") == 0)
		service_get_interface_description(c);
	else if (name != NULL)
		unknown(c, true);
	else if ((name = method_within(c->method, RAPPORT_INTERFACE)) == NULL)
		unknown(c, false);
	else if ((command = command_by_method(name)) == NULL)
		unknown(c, true);
	else
		call_command(ctx, c, now, command);
}

void
methods_gone(struct context *ctx, struct call *c)
{
	if (!waiting_remove(&ctx->watchers, c) &&
	    !waiting_remove(&ctx->probing, c))
		waiting_remove(&ctx->testing, c);
}
