/*
 * person forget WHO [--yes]: erase a contact with all that is known. The store
 * erases its own file; here are the backups beside it, and what to say.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "methods/methods.h"

/* ------------------------------------------------------ what would go --- */

static int
compare_ids(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Reminders that are with nobody else; a series has many lines and is one. */
static bool
count_reminders(struct store *s, const char *handle, int64_t *n,
    struct err *err)
{
	struct store_filter f = {.open = true, .done = true, .until = NEVER,
	    .with = handle};
	struct reminders found = {0};
	bool ok = store_reminders(s, &f, &found, err);
	int64_t *ids = mem_new(found.n + 1, sizeof *ids);
	size_t i, alone = 0;

	for (i = 0; i < found.n; i++)
		if (found.v[i].with_n == 1)
			ids[alone++] = found.v[i].id;
	qsort(ids, alone, sizeof *ids, compare_ids);
	for (*n = 0, i = 0; i < alone; i++)
		*n += i == 0 || ids[i] != ids[i - 1];
	free(ids);
	reminders_clear(&found);
	return ok;
}

static bool
count_interactions(struct store *s, const struct contact *c,
    struct store_forgotten *n, struct err *err)
{
	struct interactions all = {0};
	bool ok = store_interactions(s, c->id, 0, &all, err);
	size_t i;

	for (i = 0; i < all.n; i++)
		if (all.v[i].with_n == 1)
			n->interactions++;
		else
			n->shared++;
	interactions_clear(&all);
	return ok;
}

static bool
count(struct store *s, const struct contact *c, struct store_forgotten *n,
    struct err *err)
{
	struct facts facts = {0};
	struct dates dates = {0};
	bool ok;

	*n = (struct store_forgotten){0};
	ok = store_facts(s, c->id, &facts, err) &&
	    store_dates(s, c->id, &dates, err) &&
	    count_interactions(s, c, n, err) &&
	    count_reminders(s, c->handle, &n->reminders, err);
	n->facts = (int64_t)facts.n;
	n->dates = (int64_t)dates.n;
	facts_clear(&facts);
	dates_clear(&dates);
	return ok;
}

static void
add_count(struct buf *b, int64_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_addf(b, "%s%" PRId64 " %s", b->len == 0 ? "" : ", ", n,
		    n == 1 ? one : many);
}

/* Nothing goes without --yes: say what would. */
static bool
ask(struct request *rq, const struct contact *c, struct err *err)
{
	struct store_forgotten n;
	struct buf b = {0};

	if (!count(rq->ctx->store, c, &n, err))
		return false;
	add_count(&b, n.facts, "fact", "facts");
	add_count(&b, n.dates, "date", "dates");
	add_count(&b, n.interactions, "conversation", "conversations");
	add_count(&b, n.reminders, "reminder", "reminders");
	err_param(err, ERR_NOT_UNDERSTOOD, "yes",
	    "this would erase %s (%s)%s%s%s, from backups too, and can't be "
	    "undone: rapportctl person forget %s --yes; to keep it all: "
	    "rapportctl person archive %s", c->name, c->handle,
	    b.len > 0 ? " with " : "", buf_str(&b),
	    n.shared > 0 ? " (what was said with others too stays with them)" :
	    "", c->handle, c->handle);
	buf_clear(&b);
	return false;
}

/* ------------------------------------------------------------ backups --- */

static bool
is_backup(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 3 && strcmp(name + len - 3, ".db") == 0;
}

/* Remove the files that opening a database leaves beside it: its lock, and
 * the copy that was made of it when it was brought up to this version, which
 * knows whom it is to forget. */
static void
clean_beside(const char *path)
{
	char *folder = store_backup_folder(path);
	DIR *d = opendir(folder);
	struct dirent *entry;
	struct buf b = {0};

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (!is_backup(entry->d_name))
			continue;
		buf_clear(&b);
		buf_addf(&b, "%s/%s", folder, entry->d_name);
		unlink(buf_str(&b));
	}
	if (d != NULL)
		closedir(d);
	rmdir(folder);
	buf_clear(&b);
	buf_addf(&b, "%s.lock", path);
	unlink(buf_str(&b));
	buf_clear(&b);
	free(folder);
}

/* The same contact in a copy: it keeps its number when it is renamed. */
static bool
find_again(struct store *s, const struct contact *c, bool *found,
    struct err *err)
{
	struct contacts all = {0};
	bool ok = store_contacts(s, &all, err);
	size_t i;

	*found = false;
	for (i = 0; i < all.n; i++)
		if (all.v[i].id == c->id && all.v[i].created == c->created)
			*found = true;
	contacts_clear(&all);
	return ok;
}

/* Erase the contact from one copy, which is brought up to this version. */
static bool
forget_in(const char *path, const struct contact *c, bool *held,
    struct err *err)
{
	struct store *s = store_open(path, err);
	struct store_forgotten n;
	bool ok = false;

	*held = false;
	if (s != NULL) {
		ok = find_again(s, c, held, err) && (!*held ||
		    (store_begin(s, err) && store_forget(s, c->id, &n, err) &&
		    store_end(s, true, err) && store_commit(s, NULL, err)));
		store_close(s);
	}
	clean_beside(path);
	return ok;
}

static void
forget_in_backups(struct request *rq, const struct contact *c)
{
	char *folder = store_backup_folder(rq->ctx->database);
	DIR *d = opendir(folder);
	struct dirent *entry;
	struct buf path = {0};
	int64_t changed = 0;
	bool held;

	if (d == NULL && errno != ENOENT)
		request_note(rq, "%s can't be read (%s): backups in it may "
		    "still hold this contact", folder, strerror(errno));
	while (d != NULL && (entry = readdir(d)) != NULL) {
		struct err why = {0};

		if (!is_backup(entry->d_name))
			continue;
		buf_clear(&path);
		buf_addf(&path, "%s/%s", folder, entry->d_name);
		if (!forget_in(buf_str(&path), c, &held, &why))
			request_note(rq, "the backup %s may still hold this "
			    "contact (%s): remove it by hand", buf_str(&path),
			    why.message);
		else
			changed += held;
	}
	if (d != NULL)
		closedir(d);
	json_object_set_new(rq->reply, "backups", json_integer(changed));
	buf_clear(&path);
	free(folder);
}

/* ----------------------------------------------------------------- all -- */

/* The answer is kept for its token: it must not know the name. */
static void
reply_counts(struct request *rq, const struct store_forgotten *n)
{
	json_object_set_new(rq->reply, "facts", json_integer(n->facts));
	json_object_set_new(rq->reply, "dates", json_integer(n->dates));
	json_object_set_new(rq->reply, "interactions",
	    json_integer(n->interactions));
	json_object_set_new(rq->reply, "shared", json_integer(n->shared));
	json_object_set_new(rq->reply, "reminders",
	    json_integer(n->reminders));
	request_note(rq, "out of reach: exports, backups that you made "
	    "elsewhere, copies of the whole disk, and names in what you wrote "
	    "about others");
}

/* What is of others may speak of them. Only numbers: see above. */
static bool
note_named(struct request *rq, const struct contact *c, struct err *err)
{
	enum { NAMED = 12 };
	struct store_hits hits = {0};
	struct buf b = {0};
	bool ok = store_search(rq->ctx->store, c->name, NAMED, &hits, err);
	size_t i;

	for (i = 0; ok && i < hits.n; i++) {
		char *number = hit_number(&hits.v[i]);

		if (hits.v[i].kind != HIT_CONTACT)
			buf_addf(&b, "%s%s", b.len == 0 ? "" : ", ", number);
		free(number);
	}
	if (b.len > 0)
		request_note(rq, "may still say the name: %s%s", buf_str(&b),
		    hits.n == NAMED ? ", …" : "");
	store_hits_clear(&hits);
	buf_clear(&b);
	return ok;
}

/* Erase it, and close what stands on the screen about it. */
static bool
forget(struct request *rq, const struct contact *c,
    struct store_forgotten *n, struct err *err)
{
	struct store_filter f = {.open = true, .until = NEVER,
	    .with = c->handle};
	struct reminders open = {0};
	int64_t *ids = NULL;
	bool ok;
	size_t i;

	ok = store_reminders(rq->ctx->store, &f, &open, err) &&
	    store_forget(rq->ctx->store, c->id, n, err);
	if (ok) {
		ids = mem_new(open.n + 1, sizeof *ids);
		for (i = 0; i < open.n; i++)
			ids[i] = open.v[i].id;
		schedule_erased(rq->ctx->schedule, rq->now, ids, open.n);
	}
	free(ids);
	reminders_clear(&open);
	return ok;
}

bool
method_person_forget(struct request *rq, struct err *err)
{
	struct store_forgotten n = {0};
	struct contact c = {0};
	bool ok;

	if (!request_contact(rq, "who", &c, err))
		return false;
	ok = request_flag(rq, "yes") ? forget(rq, &c, &n, err) :
	    ask(rq, &c, err);
	ok = ok && note_named(rq, &c, err);
	if (ok) {
		forget_in_backups(rq, &c);
		reply_counts(rq, &n);
	}
	contact_clear(&c);
	return ok;
}
