/* search WORDS: find them in all that is known and was said. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"

enum { HITS = 50 };

static const char *const hit_names[HIT_KIND_MAX] = {
	[HIT_CONTACT] = "contact",
	[HIT_FACT] = "fact",
	[HIT_INTERACTION] = "interaction",
	[HIT_REMINDER] = "reminder",
};

char *
hit_number(const struct store_hit *h)
{
	struct buf b = {0};

	if (h->kind == HIT_CONTACT)
		return mem_dup(h->who);
	buf_addf(&b, "%s%" PRId64, h->kind == HIT_FACT ? "f" :
	    h->kind == HIT_INTERACTION ? "i" : "", h->id);
	return buf_take(&b);
}

static json_t *
hit_json(const struct context *ctx, const struct store_hit *h)
{
	json_t *o = json_object();
	char *number = hit_number(h);

	json_object_set_new(o, "kind", json_string(hit_names[h->kind]));
	json_object_set_new(o, "number", string_or_null(number));
	free(number);
	json_object_set_new(o, "text", json_string(h->text));
	json_object_set_new(o, "with", split_json(h->who));
	json_object_set_new(o, "at",
	    h->at == 0 ? json_null() : json_integer(h->at));
	json_object_set_new(o, "at_local", local_json(ctx, h->at));
	return o;
}

bool
method_search(struct request *rq, struct err *err)
{
	const char *words = request_string(rq, "words");
	struct store_hits hits = {0};
	json_t *a = json_array();
	bool ok;
	size_t i;

	json_object_set_new(rq->reply, "hits", a);
	if (words == NULL)
		return err_param(err, ERR_NOT_UNDERSTOOD, "words",
		    "search for what? rapportctl search WORDS");
	ok = text_valid(words, strlen(words), "words", err) &&
	    store_search(rq->ctx->store, words, request_int(rq, "limit", HITS),
	    &hits, err);
	for (i = 0; ok && i < hits.n; i++)
		json_array_append_new(a, hit_json(rq->ctx, &hits.v[i]));
	store_hits_clear(&hits);
	return ok;
}
