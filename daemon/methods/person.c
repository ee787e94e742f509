/* person add, person list: contacts, so far by handle and name. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "methods/methods.h"

bool
method_person_add(struct request *rq, struct err *err)
{
	const char *name = request_string(rq, "name");
	const char *as = request_string(rq, "as");
	char handle[HANDLE_MAX + 1];
	struct contact c = {0};

	if (!text_valid(name, strlen(name), "name", err))
		return false;
	if (as == NULL) {
		handle_from_name(name, handle);
		if (handle[0] == '\0')
			return err_param(err, ERR_NOT_UNDERSTOOD, "name",
			    "\"%s\" suggests no handle: give one with --as",
			    name);
	} else {
		as += as[0] == '@';
		if (!handle_valid(as, "as", err))
			return false;
		snprintf(handle, sizeof handle, "%s", as);
	}
	c.name = mem_dup(name);
	c.handle = mem_dup(handle);
	c.created = rq->now;
	if (!store_contact_add(rq->ctx->store, &c, err)) {
		contact_clear(&c);
		return false;
	}
	buf_addf(&rq->sentence, "added: %s (%s)", c.name, c.handle);
	json_object_set_new(rq->reply, "contact", contact_json(&c));
	contact_clear(&c);
	return true;
}

bool
method_person_list(struct request *rq, struct err *err)
{
	struct contacts all = {0};
	json_t *a = json_array();
	bool ok = store_contacts(rq->ctx->store, &all, err);
	size_t i;

	for (i = 0; i < all.n; i++)
		json_array_append_new(a, contact_json(&all.v[i]));
	json_object_set_new(rq->reply, "contacts", a);
	contacts_clear(&all);
	return ok;
}
