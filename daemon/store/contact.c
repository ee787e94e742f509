/* Contacts and the interactions with them: see store.h. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/mem.h"
#include "store/sql.h"

/* Columns as the STMT_CONTACT_* queries give them. */
static void
contact_read(sqlite3_stmt *st, struct contact *out)
{
	out->id = sqlite3_column_int64(st, 0);
	out->handle = sql_dup(st, 1);
	out->name = sql_dup(st, 2);
	out->created = sqlite3_column_int64(st, 3);
}

/* Append every row of the query to out. */
static bool
contacts_read(struct store *s, sqlite3_stmt *st, struct contacts *out,
    struct err *err)
{
	struct contact c;
	enum sql_step step;

	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		contact_read(st, &c);
		contacts_take(out, &c);
	}
	return step == SQL_DONE;
}

bool
store_contacts(struct store *s, struct contacts *out, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_CONTACT_ALL, err);

	return st != NULL && contacts_read(s, st, out, err);
}

/* "No such contact", with the handle that was probably meant. */
static bool
unknown(struct store *s, const char *who, struct err *err)
{
	struct contacts all = {0};
	const char **handles, *near;
	size_t i;

	if (!store_contacts(s, &all, err)) {
		contacts_clear(&all);
		return false;
	}
	handles = mem_new(all.n + 1, sizeof *handles);
	for (i = 0; i < all.n; i++)
		handles[i] = all.v[i].handle;
	near = nearest_word(who, handles);
	for (i = 0; i < all.n; i++)
		if (strcasecmp(all.v[i].name, who) == 0)
			near = all.v[i].handle;
	if (near != NULL)
		err_param(err, ERR_NOT_FOUND, "with",
		    "no contact \"%s\": did you mean %s?", who, near);
	else
		err_param(err, ERR_NOT_FOUND, "with", "no contact \"%s\"",
		    who);
	free(handles);
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
	contact_read(st, out);
	sqlite3_reset(st);
	*found = true;
	return true;
}

bool
contact_id(struct store *s, const char *handle, int64_t *id, char **written,
    struct err *err)
{
	struct contact c;
	bool found;

	if (!store_contact_get(s, handle, &c, &found, err))
		return false;
	if (!found)
		return unknown(s, handle, err);
	*id = c.id;
	if (written != NULL) {
		*written = c.handle;
		c.handle = NULL;
	}
	contact_clear(&c);
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

bool
store_contact_add(struct store *s, struct contact *c, struct err *err)
{
	struct contact other;
	sqlite3_stmt *st;
	bool taken;

	if (!store_contact_get(s, c->handle, &other, &taken, err))
		return false;
	if (taken) {
		err_param(err, ERR_IMPOSSIBLE, "as",
		    "the handle %s is taken, by %s", other.handle, other.name);
		contact_clear(&other);
		return false;
	}
	st = sql_get(s, STMT_CONTACT_ADD, err);
	if (st == NULL)
		return false;
	sql_text(st, 1, c->handle);
	sql_text(st, 2, c->name);
	sql_int(st, 3, c->created);
	if (!sql_run(s, st, err))
		return false;
	c->id = sqlite3_last_insert_rowid(s->db);
	return true;
}

static bool
interaction_with(struct store *s, int64_t interaction, int64_t contact,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_INTERACTION_WITH, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, interaction);
	sql_int(st, 2, contact);
	return sql_run(s, st, err);
}

bool
store_interaction_add(struct store *s, struct interaction *i,
    struct err *err)
{
	sqlite3_stmt *st = sql_get(s, STMT_INTERACTION_ADD, err);
	int64_t contact = 0;
	size_t n;

	if (st == NULL)
		return false;
	sql_int(st, 1, i->at);
	sql_text(st, 2, i->note);
	sql_int_or_null(st, 3, i->reminder, 0);
	if (!sql_run(s, st, err))
		return false;
	i->id = sqlite3_last_insert_rowid(s->db);
	for (n = 0; n < i->with_n; n++)
		if (!contact_id(s, i->with[n], &contact, NULL, err) ||
		    !interaction_with(s, i->id, contact, err))
			return false;
	return true;
}
