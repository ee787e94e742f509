/* Contacts and their addresses: see store.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/mem.h"
#include "store/sql.h"

/* CONTACT_COLUMNS; parameters are numbered from 1 in the same order. */
enum column {
	ID, HANDLE, NAME, CREATED, ORG, CIRCLE, CADENCE, ZONE, STAGE, STATUS,
	PAUSED_UNTIL, INTRODUCED_BY, INTRODUCED_AT, MET, UID, LAST_AT
};

/* The schema's checks keep the words right. */
static bool
contact_read(struct store *s, sqlite3_stmt *st, struct contact *out,
    struct err *err)
{
	int stage, status;

	*out = (struct contact){.id = sqlite3_column_int64(st, ID)};
	if (!sql_name_at(st, STAGE, stage_names, &stage) ||
	    !sql_name_at(st, STATUS, contact_status_names, &status))
		return err_set(err, ERR_STORAGE,
		    "%s is damaged: contact %" PRId64 " can't be read",
		    s->path, out->id);
	out->stage = (enum stage)stage;
	out->status = (enum contact_status)status;
	out->handle = sql_dup(st, HANDLE);
	out->name = sql_dup(st, NAME);
	out->created = sqlite3_column_int64(st, CREATED);
	out->org = sql_dup(st, ORG);
	out->circle = sql_dup(st, CIRCLE);
	out->cadence = (int)sql_int_at(st, CADENCE, 0);
	out->zone = sql_dup(st, ZONE);
	out->paused_until = sql_dup(st, PAUSED_UNTIL);
	out->introduced_by = sql_dup(st, INTRODUCED_BY);
	out->introduced_at = sql_int_at(st, INTRODUCED_AT, 0);
	out->met = sql_dup(st, MET);
	out->uid = sql_dup(st, UID);
	out->last_at = sql_int_at(st, LAST_AT, 0);
	return true;
}

/* Append every row of the query to out. */
static bool
contacts_read(struct store *s, sqlite3_stmt *st, struct contacts *out,
    struct err *err)
{
	struct contact c;
	enum sql_step step;

	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!contact_read(s, st, &c, err)) {
			sqlite3_reset(st);
			return false;
		}
		contacts_take(out, &c);
	}
	return step == SQL_DONE;
}

/* As the index of handles orders them: ASCII case ignored. */
static int
by_handle(const void *a, const void *b)
{
	return strcasecmp(((const struct contact *)a)->handle,
	    ((const struct contact *)b)->handle);
}

bool
store_contacts(struct store *s, struct contacts *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CONTACT_ALL, err);
	size_t before = out->n;

	if (st == NULL || !contacts_read(s, st, out, err))
		return false;
	if (out->n - before > 1)
		qsort(out->v + before, out->n - before, sizeof *out->v,
		    by_handle);
	return true;
}

/* Whether a word of the name is that, or begins so: "novak", or "nov", is in
 * "Dana Novak". */
static bool
in_name(const char *name, const char *who, bool begins)
{
	struct buf folded = {0};
	size_t len = strlen(who);
	bool found = false;
	const char *p;

	fold(&folded, name);
	for (p = buf_str(&folded); p != NULL && !found; p = strchr(p, ' ')) {
		p += *p == ' ';
		found = len > 0 && strncasecmp(p, who, len) == 0 &&
		    (begins || p[len] == ' ' || p[len] == '\0');
	}
	buf_clear(&folded);
	return found;
}

enum { MEANT = 3 };	/* are named */

/* Those who are called so: how many. The first MEANT are told. */
static size_t
called(const struct contacts *all, const char *who, bool begins,
    const char *meant[MEANT])
{
	struct buf folded = {0};
	size_t i, n = 0;

	fold(&folded, who);
	for (i = 0; i < all->n; i++) {
		if (!in_name(all->v[i].name, buf_str(&folded), begins))
			continue;
		if (n < MEANT)
			meant[n] = all->v[i].handle;
		n++;
	}
	buf_clear(&folded);
	return n;
}

/* Who was probably meant: those who are called so, else the nearest handles.
 * *n counts all, of whom MEANT are told. */
static void
guess(const struct contacts *all, const char *who, const char *meant[MEANT],
    size_t *n)
{
	const char **handles;
	size_t i;

	*n = called(all, who, false, meant);
	if (*n == 0)
		*n = called(all, who, true, meant);
	if (*n > 0)
		return;
	handles = mem_new(all->n + 1, sizeof *handles);
	for (i = 0; i < all->n; i++)
		handles[i] = all->v[i].handle;
	*n = nearest_words(who, handles, meant, MEANT);
	free(handles);
}

/* "No such contact", with those who were probably meant. */
static bool
unknown(struct store *s, const char *who, struct err *err)
{
	struct contacts all = {0};
	const char *meant[MEANT];
	struct buf list = {0};
	size_t i, n;

	if (!store_contacts(s, &all, err)) {
		contacts_clear(&all);
		return false;
	}
	guess(&all, who, meant, &n);
	for (i = 0; i < n && i < MEANT; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : i + 1 == n ? " or " :
		    ", ", meant[i]);
	buf_adds(&list, n > MEANT ? ", …" : "");
	if (n > 0)
		err_param(err, ERR_NOT_FOUND, "with",
		    "no contact \"%s\": did you mean %s?", who,
		    buf_str(&list));
	else
		err_param(err, ERR_NOT_FOUND, "with", "no contact \"%s\"",
		    who);
	buf_clear(&list);
	contacts_clear(&all);
	return false;
}

bool
store_contact_get(struct store *s, const char *handle, struct contact *out,
    bool *found, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CONTACT_GET, err);
	enum sql_step step;

	*found = false;
	if (st == NULL)
		return false;
	sql_text(st, 1, handle);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE;
	*found = contact_read(s, st, out, err);
	sqlite3_reset(st);
	return *found;
}

bool
contact_id(struct store *s, const char *handle, int64_t *id, char **written,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CONTACT_ID, err);
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_text(st, 1, handle);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE && unknown(s, handle, err);
	*id = sqlite3_column_int64(st, 0);
	if (written != NULL)
		*written = sql_dup(st, 1);
	sqlite3_reset(st);
	return true;
}

static bool
ambiguous(const char *who, const struct contacts *cs, struct err *err)
{
	struct buf list = {0};
	size_t i;

	for (i = 0; i < cs->n && i < 8; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : ", ", cs->v[i].handle);
	err_param(err, ERR_NOT_UNDERSTOOD, "with",
	    "\"%s\" could be %s%s", who, buf_str(&list),
	    cs->n > 8 ? ", …" : "");
	buf_clear(&list);
	return false;
}

/* The contacts whose handle begins so, in order. */
static bool
beginning(struct store *s, const char *who, struct contacts *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CONTACT_BEGINNING, err);
	struct buf behind = {0};
	bool ok;

	if (st == NULL)
		return false;
	/* U+10FFFF, the last character of all. */
	buf_addf(&behind, "%s\xf4\x8f\xbf\xbf", who);
	sql_text(st, 1, who);
	sql_text(st, 2, buf_str(&behind));
	ok = contacts_read(s, st, out, err);
	buf_clear(&behind);
	return ok;
}

bool
store_contact_find(struct store *s, const char *who, struct contact *out,
    struct err *err)
{
	struct contacts cs = {0};
	bool found, ok = false;

	if (!store_contact_get(s, who, out, &found, err))
		return false;
	if (found)
		return true;
	if (!beginning(s, who, &cs, err))
		goto out;
	if (cs.n == 0 || who[0] == '\0') {
		unknown(s, who, err);
	} else if (cs.n > 1) {
		ambiguous(who, &cs, err);
	} else {
		*out = cs.v[0];
		cs.v[0] = (struct contact){0};
		ok = true;
	}
out:
	contacts_clear(&cs);
	return ok;
}

/* ------------------------------------------------------------- writing --- */

/* Whether somebody else has the handle: err says who. */
static bool
taken(struct store *s, const struct contact *c, struct err *err)
{
	struct contact other;
	bool found;

	if (!store_contact_get(s, c->handle, &other, &found, err))
		return true;
	if (!found)
		return false;
	found = other.id != c->id;
	if (found)
		err_param(err, ERR_IMPOSSIBLE, "as",
		    "the handle %s is taken, by %s", other.handle, other.name);
	contact_clear(&other);
	return found;
}

/* Who introduced them, by number; 0: nobody. Nobody came through oneself, over
 * however many others. */
static bool
introducer(struct store *s, const struct contact *c, int64_t *by,
    struct err *err)
{
	sqlite3_stmt *st;
	enum sql_step step;

	*by = 0;
	if (c->introduced_by == NULL)
		return true;
	st = sql_get(s, STMT_CONTACT_THROUGH, err);
	if (st == NULL || !contact_id(s, c->introduced_by, by, NULL, err))
		return false;
	sql_int(st, 1, *by);
	sql_int(st, 2, c->id);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE;
	sqlite3_reset(st);
	if (*by == c->id)
		return err_param(err, ERR_IMPOSSIBLE, "introduced_by",
		    "%s can't have introduced themselves", c->handle);
	return err_param(err, ERR_IMPOSSIBLE, "introduced_by",
	    "%s came through %s: it can't be the other way round too",
	    c->introduced_by, c->handle);
}

/* Run STMT_CONTACT_ADD or _PUT. */
static bool
contact_write(struct store *s, enum statement which, const struct contact *c,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);
	int64_t by;

	if (st == NULL || taken(s, c, err) || !introducer(s, c, &by, err))
		return false;
	if (which == STMT_CONTACT_PUT)
		sql_int(st, ID + 1, c->id);
	sql_text(st, HANDLE + 1, c->handle);
	sql_text(st, NAME + 1, c->name);
	sql_int(st, CREATED + 1, c->created);
	sql_text(st, ORG + 1, c->org);
	sql_text(st, CIRCLE + 1, c->circle);
	sql_int_or_null(st, CADENCE + 1, c->cadence, 0);
	sql_text(st, ZONE + 1, c->zone);
	sql_text(st, STAGE + 1, stage_names[c->stage]);
	sql_text(st, STATUS + 1, contact_status_names[c->status]);
	sql_text(st, PAUSED_UNTIL + 1, c->paused_until);
	sql_int_or_null(st, INTRODUCED_BY + 1, by, 0);
	sql_int_or_null(st, INTRODUCED_AT + 1, c->introduced_at, 0);
	sql_text(st, MET + 1, c->met);
	sql_text(st, UID + 1, c->uid);
	return sql_run(s, st, err);
}

bool
store_contact_add(struct store *s, struct contact *c, struct err *err)
{
	c->id = 0;
	if (!contact_write(s, STMT_CONTACT_ADD, c, err))
		return false;
	c->id = sqlite3_last_insert_rowid(s->db);
	return true;
}

bool
store_contact_put(struct store *s, const struct contact *c, struct err *err)
{
	if (!contact_write(s, STMT_CONTACT_PUT, c, err))
		return false;
	if (sqlite3_changes(s->db) == 0)
		return err_param(err, ERR_NOT_FOUND, "who", "no contact \"%s\"",
		    c->handle);
	return true;
}

/* ----------------------------------------------------------- addresses --- */

bool
store_addresses(struct store *s, int64_t contact, struct addresses *out,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_ADDRESS_ALL, err);
	enum sql_step step;
	struct address a;
	int kind;

	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!sql_name_at(st, 0, address_names, &kind))
			continue;	/* the schema has no other word */
		a.kind = kind;
		a.value = sql_dup(st, 1);
		addresses_take(out, &a);
	}
	return step == SQL_DONE;
}

static bool
same_addresses(const struct addresses *a, const struct addresses *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (a->v[i].kind != b->v[i].kind ||
		    strcmp(a->v[i].value, b->v[i].value) != 0)
			return false;
	return true;
}

static bool
address_add(struct store *s, int64_t contact, const struct address *a,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_ADDRESS_ADD, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	sql_text(st, 2, address_names[a->kind]);
	sql_text(st, 3, a->value);
	return sql_run(s, st, err);
}

/* Nothing is written when they are what they were. */
bool
store_addresses_put(struct store *s, int64_t contact,
    const struct addresses *as, struct err *err)
{
	struct addresses have = {0};
	sqlite3_stmt *st;
	bool ok, same;
	size_t i;

	ok = store_addresses(s, contact, &have, err);
	same = ok && same_addresses(&have, as);
	addresses_clear(&have);
	if (!ok || same)
		return ok;
	st = sql_get(s, STMT_ADDRESS_REMOVE, err);
	if (st == NULL)
		return false;
	sql_int(st, 1, contact);
	ok = sql_run(s, st, err);
	for (i = 0; ok && i < as->n; i++)
		ok = address_add(s, contact, &as->v[i], err);
	return ok;
}
