/* Contacts: see contact.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/contact.h"

const char *const stage_names[STAGE_MAX + 1] = {
	[STAGE_COMFORT] = "comfort",
	[STAGE_DISCOVERY] = "discovery",
	[STAGE_OFFER] = "offer",
	[STAGE_AGREEMENT] = "agreement",
	[STAGE_CARE] = "care",
};

const char *const contact_status_names[CONTACT_STATUS_MAX + 1] = {
	[CONTACT_ACTIVE] = "active",
	[CONTACT_PAUSED] = "paused",
	[CONTACT_ARCHIVED] = "archived",
	[CONTACT_DECEASED] = "deceased",
};

const char *const address_names[ADDRESS_MAX + 1] = {
	[ADDRESS_EMAIL] = "email",
	[ADDRESS_PHONE] = "phone",
};

/* Characters outside ASCII count as letters: names come in every script. */
static bool
is_letter(uint32_t c)
{
	return c < 0x80 ? isalpha((int)c) != 0 : !utf8_is_control(c);
}

static bool
is_handle_char(uint32_t c)
{
	return is_letter(c) || (c < 0x80 && isdigit((int)c)) || c == '-' ||
	    c == '_' || c == '.';
}

/* "f7", "i31", "d2": what facts, interactions and dates are numbered as. */
static bool
is_number_of_something(const char *handle)
{
	return strchr("fidFID", handle[0]) != NULL && handle[1] != '\0' &&
	    strspn(handle + 1, "0123456789") == strlen(handle + 1);
}

bool
handle_valid(const char *handle, const char *parameter, struct err *err)
{
	size_t len = strlen(handle), i, n;
	uint32_t c;

	if (len == 0 || len > HANDLE_MAX)
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "a handle has 1 to %d bytes", HANDLE_MAX);
	for (i = 0; i < len; i += n) {
		n = utf8_decode(handle + i, len - i, &c);
		if (n == 0)
			return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
			    "%s is not valid UTF-8", parameter);
		if (i == 0 ? !is_letter(c) : !is_handle_char(c))
			return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
			    "\"%s\" is no handle: letters, digits, '-', '_' "
			    "and '.', a letter first", handle);
	}
	if (handle[len - 1] == '.')
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "a handle does not end with '.': @%s would be taken for "
		    "the end of a sentence", handle);
	if (is_number_of_something(handle))
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "\"%s\" looks like the number of a fact: add another "
		    "letter", handle);
	if (strcasecmp(handle, "none") == 0)
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "\"%s\" says that nobody is meant: add another letter",
		    handle);
	return true;
}

void
handle_from_name(const char *name, char out[HANDLE_MAX + 1])
{
	size_t len = strlen(name), i, n, to = 0;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(name + i, len - i, &c);
		if (n == 0 || (to > 0 && c == ' '))
			break;
		if (to + n > HANDLE_MAX)
			break;
		if (to == 0 ? !is_letter(c) : !is_handle_char(c))
			continue;
		if (n == 1)
			out[to] = (char)tolower((int)c);
		else
			memcpy(out + to, name + i, n);
		to += n;
	}
	while (to > 0 && out[to - 1] == '.')
		to--;
	out[to] = '\0';
}

void
contact_clear(struct contact *c)
{
	free(c->handle);
	free(c->name);
	free(c->org);
	free(c->circle);
	free(c->zone);
	free(c->paused_until);
	free(c->introduced_by);
	free(c->met);
	free(c->uid);
	*c = (struct contact){0};
}

void
contacts_clear(struct contacts *cs)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		contact_clear(&cs->v[i]);
	free(cs->v);
	*cs = (struct contacts){0};
}

void
contacts_take(struct contacts *cs, struct contact *c)
{
	/* Grown at each power of two; n tells the capacity. */
	if ((cs->n & (cs->n - 1)) == 0)
		cs->v = mem_resize(cs->v,
		    (cs->n == 0 ? 1 : cs->n * 2) * sizeof *cs->v);
	cs->v[cs->n++] = *c;
	*c = (struct contact){0};
}

void
addresses_clear(struct addresses *as)
{
	size_t i;

	for (i = 0; i < as->n; i++)
		free(as->v[i].value);
	free(as->v);
	*as = (struct addresses){0};
}

void
addresses_take(struct addresses *as, struct address *a)
{
	/* As contacts_take grows. */
	if ((as->n & (as->n - 1)) == 0)
		as->v = mem_resize(as->v,
		    (as->n == 0 ? 1 : as->n * 2) * sizeof *as->v);
	as->v[as->n++] = *a;
	*a = (struct address){0};
}
