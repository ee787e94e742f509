/* Calls by name: see rpc.h. */
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "ctl/render.h"
#include "ctl/rpc.h"
#include "ctl/stream.h"

/* "List" is io.rapport.List; the caller frees it. */
static char *
full_name(const char *method)
{
	struct buf b = {0};

	if (strchr(method, '.') == NULL)
		buf_adds(&b, RAPPORT_INTERFACE ".");
	buf_adds(&b, method);
	return buf_take(&b);
}

/* The method of io.rapport whose name is nearest, or NULL. */
static const char *
nearest_method(const char *error, const json_t *parameters)
{
	enum { METHODS_MAX = 64 };
	const char *names[METHODS_MAX + 1], *word, *dot;
	const struct command *c;
	int n = 0;

	word = json_string_value(json_object_get(parameters, "method"));
	if (strcmp(error, VARLINK_METHOD_NOT_FOUND) != 0 || word == NULL)
		return NULL;
	for (c = commands; c->name != NULL; c++)
		if (c->method != NULL && n < METHODS_MAX)
			names[n++] = c->method;
	names[n] = NULL;
	dot = strrchr(word, '.');
	return nearest_word(dot == NULL ? word : dot + 1, names);
}

/* What the reply's error says, with the error's own name, as it is that which
 * somebody who calls methods looks up. */
static int
failed(const struct varlink_reply *reply, struct err *err)
{
	const char *message = json_string_value(
	    json_object_get(reply->parameters, "message"));
	static const char varlink[] = "org.varlink.service.";
	const char *near = nearest_method(reply->error, reply->parameters);
	struct err known = {0};
	int status = render_error(reply, &known);
	char *details;

	/* Who names the method himself can be wrong about it. */
	if (strncmp(reply->error, varlink, strlen(varlink)) == 0)
		status = 2;
	if (message != NULL) {
		err_set(err, known.code, "%s: %s", reply->error, message);
		return status;
	}
	details = json_dumps(reply->parameters, JSON_COMPACT);
	err_set(err, known.code, "%s %s%s%s%s", reply->error,
	    details == NULL ? "" : details,
	    near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
	    near == NULL ? "" : "?");
	free(details);
	return status;
}

static int
call(struct client *c, const char *method, const json_t *parameters,
    struct out *o, struct err *err)
{
	const size_t prefix = strlen(RAPPORT_INTERFACE ".");
	const struct command *known = strncmp(method, RAPPORT_INTERFACE ".",
	    prefix) == 0 ? command_by_method(method + prefix) : NULL;
	bool writes = known == NULL || known->flags & COMMAND_WRITES;
	/* Without a token of the caller's own it could be done twice. */
	bool repeatable = !writes ||
	    json_object_get(parameters, "token") != NULL;
	struct varlink_reply reply;
	int status = 0;

	if (!client_call(c, method, parameters, repeatable, writes,
	    CLIENT_SECONDS, &reply, err))
		return EXIT_UNREACHABLE;
	if (reply.error != NULL)
		status = failed(&reply, err);
	else
		out_json(o, reply.parameters);
	varlink_reply_clear(&reply);
	return status;
}

int
rpc_run(struct client *c, const struct args *a, struct out *o,
    struct err *err)
{
	char *method = full_name(args_string(a, "method"));
	json_t *given = json_object_get(a->parameters, "parameters");
	json_t *parameters = given == NULL ? json_object() : json_incref(given);
	int status;

	if (args_flag(a, "more"))
		status = stream_rpc(c, method, parameters, o, err);
	else
		status = call(c, method, parameters, o, err);
	json_decref(parameters);
	free(method);
	return status;
}
