/* Varlink messages: see varlink.h. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/names.h"
#include "wire/command.h"
#include "wire/varlink.h"

enum { TOKEN_MAX = 128 };	/* bytes of a request token */

/* ------------------------------------------------------------ framing -- */

void
varlink_frames_clear(struct varlink_frames *f)
{
	buf_clear(&f->in);
	*f = (struct varlink_frames){0};
}

/* Forget the messages already handed out. An empty buffer is given back as a
 * whole: a connection that rests costs nothing. */
static void
forget_taken(struct varlink_frames *f)
{
	if (f->taken == 0)
		return;
	if (f->taken == f->in.len) {
		varlink_frames_clear(f);
		return;
	}
	buf_drain(&f->in, f->taken);
	f->scanned -= f->taken;
	f->taken = 0;
}

bool
varlink_frames_add(struct varlink_frames *f, const void *data, size_t len)
{
	const char *p = data, *end = p + len, *nul;
	size_t unfinished = f->unfinished;

	while ((nul = memchr(p, '\0', (size_t)(end - p))) != NULL) {
		if (unfinished + (size_t)(nul - p) > VARLINK_FRAME_MAX)
			return false;
		unfinished = 0;
		p = nul + 1;
	}
	unfinished += (size_t)(end - p);
	if (unfinished > VARLINK_FRAME_MAX)
		return false;
	forget_taken(f);
	f->unfinished = unfinished;
	buf_add(&f->in, data, len);
	return true;
}

const char *
varlink_frames_next(struct varlink_frames *f, size_t *len)
{
	const char *message, *nul;

	if (f->scanned < f->in.len) {
		nul = memchr(f->in.data + f->scanned, '\0',
		    f->in.len - f->scanned);
		if (nul != NULL) {
			message = f->in.data + f->taken;
			*len = (size_t)(nul - message);
			f->taken += *len + 1;
			f->scanned = f->taken;
			return message;
		}
		f->scanned = f->in.len;
	}
	forget_taken(f);
	return NULL;
}

/* ------------------------------------------------------------ reading -- */

/* The object in text, or NULL with err. */
static json_t *
load_object(const char *text, size_t len, struct err *err)
{
	json_error_t why;
	json_t *o = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);

	/* A whole number beyond 64 bits is JSON all the same. Read as a real
	 * it stays one, and whoever asked for an integer refuses it by name. */
	if (o == NULL && json_error_code(&why) == json_error_numeric_overflow)
		o = json_loadb(text, len,
		    JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &why);
	if (o == NULL) {
		err_set(err, ERR_NOT_UNDERSTOOD, "not JSON: %s", why.text);
		return NULL;
	}
	if (!json_is_object(o)) {
		err_set(err, ERR_NOT_UNDERSTOOD, "not a JSON object");
		json_decref(o);
		return NULL;
	}
	return o;
}

/* A member that may be missing or null: in Varlink both mean the same. */
static const json_t *
member(const json_t *o, const char *name)
{
	const json_t *value = json_object_get(o, name);

	return json_is_null(value) ? NULL : value;
}

static bool
read_flag(const json_t *o, const char *name, bool *out, struct err *err)
{
	const json_t *value = member(o, name);

	if (value != NULL && !json_is_boolean(value))
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%s\" is no boolean", name);
	*out = json_is_true(value);
	return true;
}

/* A string, or NULL when it is missing; the caller frees it. */
static bool
read_string(const json_t *o, const char *name, char **out, struct err *err)
{
	const json_t *value = member(o, name);

	if (value != NULL && !json_is_string(value))
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"%s\" is no string", name);
	*out = mem_dup(json_string_value(value));
	return true;
}

/* The parameters, empty when missing; the caller owns a reference. */
static bool
read_parameters(const json_t *o, json_t **out, struct err *err)
{
	json_t *value = (json_t *)member(o, "parameters");

	if (value != NULL && !json_is_object(value))
		return err_set(err, ERR_NOT_UNDERSTOOD,
		    "\"parameters\" is no object");
	*out = value == NULL ? json_object() : json_incref(value);
	return true;
}

void
varlink_call_clear(struct varlink_call *c)
{
	free(c->method);
	json_decref(c->parameters);
	*c = (struct varlink_call){0};
}

bool
varlink_call_parse(const char *text, size_t len, struct varlink_call *out,
    struct err *err)
{
	json_t *o = load_object(text, len, err);
	bool ok, upgrade = false;

	*out = (struct varlink_call){0};
	if (o == NULL)
		return false;
	ok = read_string(o, "method", &out->method, err) &&
	    read_parameters(o, &out->parameters, err) &&
	    read_flag(o, "more", &out->more, err) &&
	    read_flag(o, "oneway", &out->oneway, err) &&
	    read_flag(o, "upgrade", &upgrade, err);
	if (ok && out->method == NULL)
		ok = err_set(err, ERR_NOT_UNDERSTOOD, "no method");
	if (ok && upgrade)
		ok = err_set(err, ERR_NOT_UNDERSTOOD,
		    "there is nothing to upgrade to");
	json_decref(o);
	if (!ok)
		varlink_call_clear(out);
	return ok;
}

void
varlink_reply_clear(struct varlink_reply *r)
{
	free(r->error);
	json_decref(r->parameters);
	*r = (struct varlink_reply){0};
}

bool
varlink_reply_parse(const char *text, size_t len, struct varlink_reply *out,
    struct err *err)
{
	json_t *o = load_object(text, len, err);
	bool ok;

	*out = (struct varlink_reply){0};
	if (o == NULL)
		return false;
	ok = read_string(o, "error", &out->error, err) &&
	    read_parameters(o, &out->parameters, err) &&
	    read_flag(o, "continues", &out->continues, err);
	json_decref(o);
	if (!ok)
		varlink_reply_clear(out);
	return ok;
}

/* ------------------------------------------------------------ writing -- */

static int
append(const char *data, size_t len, void *arg)
{
	buf_add(arg, data, len);
	return 0;
}

/* Jansson's own text for a value. It fails only for want of memory: what is
 * no UTF-8 never becomes a json_t. */
static void
write_json(struct buf *out, const json_t *value)
{
	if (json_dump_callback(value, append, out,
	    JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		abort();
}

static void
write_string(struct buf *out, const char *s)
{
	json_t *value = json_string(s);

	write_json(out, value);
	json_decref(value);
}

static void
write_parameters(struct buf *out, const json_t *parameters)
{
	buf_adds(out, "\"parameters\":");
	if (parameters == NULL)
		buf_adds(out, "{}");
	else
		write_json(out, parameters);
}

static void
write_end(struct buf *out)
{
	buf_add(out, "}", 2);	/* its NUL ends the message */
}

void
varlink_reply_write(struct buf *out, const json_t *parameters, bool continues)
{
	buf_adds(out, "{");
	write_parameters(out, parameters);
	if (continues)
		buf_adds(out, ",\"continues\":true");
	write_end(out);
}

void
varlink_reply_write_text(struct buf *out, const char *parameters)
{
	buf_adds(out, "{\"parameters\":");
	buf_adds(out, parameters);
	write_end(out);
}

void
varlink_error_write(struct buf *out, const char *error,
    const json_t *parameters)
{
	buf_adds(out, "{\"error\":");
	write_string(out, error);
	buf_adds(out, ",");
	write_parameters(out, parameters);
	write_end(out);
}

void
varlink_call_write(struct buf *out, const char *method,
    const json_t *parameters, bool more, bool oneway)
{
	buf_adds(out, "{\"method\":");
	write_string(out, method);
	buf_adds(out, ",");
	write_parameters(out, parameters);
	if (more)
		buf_adds(out, ",\"more\":true");
	if (oneway)
		buf_adds(out, ",\"oneway\":true");
	write_end(out);
}

/* ----------------------------------------------------------- checking -- */

static bool
string_fits(const struct arg *a, const char *value)
{
	if (a->flags & ARG_ENTRY)
		return command_entry(value, NULL, NULL);
	if (a->flags & ARG_TOPIC)
		return command_topic(value, NULL, NULL);
	return true;
}

/* Whether one value (no array) is what the argument asks for. */
static bool
value_fits(const struct arg *a, const json_t *value)
{
	switch (a->type) {
	case ARG_STRING:
		return json_is_string(value) &&
		    string_fits(a, json_string_value(value));
	case ARG_WHEN:
	case ARG_WHO:
		return json_is_string(value);
	case ARG_ENUM:
		return json_is_string(value) &&
		    names_index(a->values, json_string_value(value)) >= 0;
	case ARG_ID:
	case ARG_COUNT:
		return json_is_integer(value) &&
		    json_integer_value(value) >= 1;
	case ARG_FLAG:
		return json_is_boolean(value);
	case ARG_OBJECT:
		return json_is_object(value);
	}
	return false;
}

static bool
argument_fits(const struct arg *a, const json_t *value)
{
	const json_t *one;
	size_t i;

	if (!(a->flags & ARG_MANY) || !json_is_array(value))
		return value_fits(a, value);
	if (json_array_size(value) == 0)
		return !(a->flags & ARG_REQUIRED);
	json_array_foreach(value, i, one) {
		if (!value_fits(a, one))
			return false;
	}
	return true;
}

static bool
token_fits(const json_t *value)
{
	size_t len = json_string_length(value);

	return json_is_string(value) && len >= 1 && len <= TOKEN_MAX;
}

/* The first required one that is not there, or NULL. */
static const char *
missing(const struct arg *a, const json_t *parameters)
{
	for (; a->name != NULL; a++)
		if ((a->flags & ARG_REQUIRED) &&
		    member(parameters, a->name) == NULL)
			return a->name;
	return NULL;
}

const char *
varlink_check(const struct command *c, const json_t *parameters)
{
	json_t *object = (json_t *)parameters;	/* an iterator wants it so */
	const struct arg *a;
	const char *name;
	json_t *value;

	json_object_foreach(object, name, value) {
		if ((c->flags & COMMAND_WRITES) && strcmp(name, "token") == 0) {
			if (!json_is_null(value) && !token_fits(value))
				return name;
			continue;
		}
		a = command_arg(c, name);
		if (a == NULL || (a->flags & ARG_LOCAL))
			return name;
		if (!json_is_null(value) && !argument_fits(a, value))
			return name;
	}
	name = missing(c->args, parameters);
	return name != NULL || c->wire == NULL ? name :
	    missing(c->wire, parameters);
}
