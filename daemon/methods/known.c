/* Who is known: see known.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "methods/known.h"

/* Of a telephone number, what tells it from others. */
enum { PHONE_DIGITS = 9, PHONE_DIGITS_LEAST = 6 };

static char *
in_small(const char *s)
{
	char *copy = mem_dup(s), *p;

	for (p = copy; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

/* The value under a key, case ignored, or NULL. */
static json_t *
look_up(const json_t *map, const char *key)
{
	char *small = in_small(key);
	json_t *found = json_object_get(map, small);

	free(small);
	return found;
}

static void
set_under(json_t *map, const char *key, json_t *value)
{
	char *small = in_small(key);

	json_object_set_new(map, small, value);
	free(small);
}

static void
index_contact(struct known *k, size_t place)
{
	const struct contact *c = &k->all.v[place];
	json_t *same = look_up(k->by_name, c->name);

	if (same == NULL) {
		same = json_array();
		set_under(k->by_name, c->name, same);
	}
	json_array_append_new(same, json_integer((json_int_t)place));
	set_under(k->by_handle, c->handle, json_integer((json_int_t)place));
	if (c->uid != NULL)
		set_under(k->by_uid, c->uid, json_integer((json_int_t)place));
}

bool
known_open(struct known *k, struct store *s, struct err *err)
{
	size_t i;

	*k = (struct known){.store = s};
	k->by_handle = json_object();
	k->by_uid = json_object();
	k->by_name = json_object();
	k->next = json_object();
	if (!store_contacts(s, &k->all, err))
		return false;
	for (i = 0; i < k->all.n; i++)
		index_contact(k, i);
	return true;
}

void
known_close(struct known *k)
{
	contacts_clear(&k->all);
	json_decref(k->by_handle);
	json_decref(k->by_uid);
	json_decref(k->by_name);
	json_decref(k->next);
}

void
known_add(struct known *k, struct contact *c)
{
	contacts_take(&k->all, c);
	index_contact(k, k->all.n - 1);
}

static struct contact *
at_place(const struct known *k, const json_t *place)
{
	return place == NULL ? NULL : &k->all.v[json_integer_value(place)];
}

struct contact *
known_handle(const struct known *k, const char *handle)
{
	return at_place(k, look_up(k->by_handle, handle));
}

/* ------------------------------------------------------- the same one? --- */

/* The digits of a number, without zeros before them. */
static size_t
digits_of(const char *s, char *out, size_t size)
{
	size_t n = 0;

	for (; *s != '\0' && n < size - 1; s++)
		if (isdigit((unsigned char)*s) && (n > 0 || *s != '0'))
			out[n++] = *s;
	out[n] = '\0';
	return n;
}

bool
known_same_phone(const char *a, const char *b)
{
	char x[64], y[64];
	size_t n = digits_of(a, x, sizeof x), m = digits_of(b, y, sizeof y);
	size_t end = n < m ? n : m;

	if (end > PHONE_DIGITS)
		end = PHONE_DIGITS;
	if (end < PHONE_DIGITS_LEAST)
		return n == m && n > 0 && strcmp(x, y) == 0;
	return strcmp(x + n - end, y + m - end) == 0;
}

static bool
same_address(const struct addresses *a, const struct addresses *b)
{
	size_t i, j;

	for (i = 0; i < a->n; i++)
		for (j = 0; j < b->n; j++)
			if (a->v[i].kind == b->v[j].kind &&
			    (a->v[i].kind == ADDRESS_PHONE ?
			    known_same_phone(a->v[i].value, b->v[j].value) :
			    strcasecmp(a->v[i].value, b->v[j].value) == 0))
				return true;
	return false;
}

static const struct date *
birthday_of(const struct dates *ds)
{
	size_t i;

	for (i = 0; i < ds->n; i++)
		if (ds->v[i].kind == DATE_BIRTHDAY)
			return &ds->v[i];
	return NULL;
}

/* A year that one of the two does not know does not part them. */
static bool
same_birthday(const struct dates *a, const struct dates *b)
{
	const struct date *x = birthday_of(a), *y = birthday_of(b);

	return x != NULL && y != NULL && x->month == y->month &&
	    x->day == y->day &&
	    (x->year == y->year || x->year == 0 || y->year == 0);
}

static bool
only_a_name(const struct addresses *as, const struct dates *ds)
{
	return as->n == 0 && birthday_of(ds) == NULL;
}

/* Two of one name: *same. */
static bool
compare(struct known *k, const struct person_record *p,
    const struct contact *c, bool *same, struct err *err)
{
	struct person_record have = {0};
	bool ok = store_addresses(k->store, c->id, &have.addresses, err) &&
	    store_dates(k->store, c->id, &have.dates, err);

	*same = ok && (same_address(&p->addresses, &have.addresses) ||
	    same_birthday(&p->dates, &have.dates) ||
	    only_a_name(&p->addresses, &p->dates) ||
	    (c->uid == NULL && only_a_name(&have.addresses, &have.dates)));
	person_record_clear(&have);
	return ok;
}

bool
known_find(struct known *k, const struct person_record *p,
    struct contact **out, struct err *err)
{
	const json_t *namesakes = look_up(k->by_name, p->contact.name), *one;
	size_t i;

	*out = NULL;
	if (p->contact.uid != NULL)
		*out = at_place(k, look_up(k->by_uid, p->contact.uid));
	if (*out != NULL)
		return true;
	if (p->contact.handle != NULL)
		*out = known_handle(k, p->contact.handle);
	if (*out != NULL && strcasecmp((*out)->name, p->contact.name) == 0)
		return true;
	*out = NULL;
	json_array_foreach(namesakes, i, one) {
		struct contact *c = at_place(k, one);
		bool same;

		if (!compare(k, p, c, &same, err))
			return false;
		if (same) {
			*out = c;
			return true;
		}
	}
	return true;
}

/* -------------------------------------------------------------- handles --- */

/* "dana.n": the first letter of the last word behind it; "" when there is
 * none that a keyboard has. */
static void
with_initial(const char *name, const char *handle, char out[HANDLE_MAX + 1])
{
	const char *last = strrchr(name, ' ');

	out[0] = '\0';
	if (last != NULL && isalpha((unsigned char)last[1]))
		snprintf(out, HANDLE_MAX + 1, "%.*s.%c", HANDLE_MAX - 2,
		    handle, tolower((unsigned char)last[1]));
}

/* "dana2", "dana3", …; how far it came is remembered, or thousands of one
 * name would take millions of questions. */
static char *
with_number(struct known *k, const char *handle)
{
	int64_t n = json_integer_value(look_up(k->next, handle));
	char text[HANDLE_MAX + 24];

	for (n = n < 2 ? 2 : n;; n++) {
		snprintf(text, sizeof text, "%.*s%lld", HANDLE_MAX - 20,
		    handle, (long long)n);
		if (known_handle(k, text) == NULL &&
		    handle_valid(text, "handle", NULL))
			break;
	}
	set_under(k->next, handle, json_integer(n + 1));
	return mem_dup(text);
}

/* What a text suggests: its first word that is no title ("Dr."), and of an
 * address what stands before the @. */
static void
suggest_from(const char *text, char out[HANDLE_MAX + 1])
{
	char *copy = mem_dup(text), *word = copy, *end;

	copy[strcspn(copy, "@")] = '\0';
	while ((end = strchr(word, ' ')) != NULL && end > word &&
	    end[-1] == '.')
		word = end + 1;
	handle_from_name(word, out);
	if (!handle_valid(out, "handle", NULL))
		out[0] = '\0';
	free(copy);
}

static void
suggest(const struct person_record *p, char out[HANDLE_MAX + 1])
{
	size_t i;

	suggest_from(p->contact.name, out);
	for (i = 0; out[0] == '\0' && i < p->addresses.n; i++)
		if (p->addresses.v[i].kind == ADDRESS_EMAIL)
			suggest_from(p->addresses.v[i].value, out);
	if (out[0] == '\0')
		snprintf(out, HANDLE_MAX + 1, "contact");
}

char *
known_new_handle(struct known *k, const struct person_record *p)
{
	char handle[HANDLE_MAX + 1], longer[HANDLE_MAX + 1];

	if (p->contact.handle != NULL &&
	    known_handle(k, p->contact.handle) == NULL)
		return mem_dup(p->contact.handle);
	suggest(p, handle);
	if (known_handle(k, handle) == NULL)
		return mem_dup(handle);
	with_initial(p->contact.name, handle, longer);
	if (longer[0] != '\0' && known_handle(k, longer) == NULL)
		return mem_dup(longer);
	return with_number(k, handle);
}
