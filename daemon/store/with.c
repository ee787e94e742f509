/* Who takes part in a reminder or a conversation: see sql.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/sql.h"

int
with_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* No handle holds a comma. */
void
with_read(sqlite3_stmt *st, int column, char ***with, size_t *n)
{
	const char *s = (const char *)sqlite3_column_text(st, column), *end;
	size_t all = 1;

	if (s == NULL)
		return;
	for (end = s; *end != '\0'; end++)
		all += *end == ',';
	*with = mem_new(all, sizeof **with);
	for (; *n < all; s = end + 1) {
		end = strchrnul(s, ',');
		(*with)[*n] = mem_new((size_t)(end - s) + 1, 1);
		memcpy((*with)[(*n)++], s, (size_t)(end - s));
	}
	if (all > 1)
		qsort(*with, all, sizeof **with, with_compare);
}

static bool
with_write(struct store *s, enum statement which, int64_t id,
    int64_t contact, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);

	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	sql_int(st, 2, contact);
	return sql_run(s, st, err);
}

static bool
contains(const int64_t *ids, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* The contacts that are stored for it; the caller frees. */
static bool
with_stored(struct store *s, enum statement which, int64_t id,
    int64_t **ids, size_t *n, struct err *err)
{
	sqlite3_stmt *st = sql_get(s, which, err);
	enum sql_step step;

	*ids = NULL;
	*n = 0;
	if (st == NULL)
		return false;
	sql_int(st, 1, id);
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		*ids = mem_resize(*ids, (*n + 1) * sizeof **ids);
		(*ids)[(*n)++] = sqlite3_column_int64(st, 0);
	}
	return step == SQL_DONE;
}

/* Only what differs is written: the clock puts reminders back often and their
 * contacts never change by it. */
bool
with_put(struct store *s, const struct with_table *t, int64_t id,
    char *const *with, size_t n, struct err *err)
{
	int64_t *want = NULL, *have = NULL;
	size_t want_n = 0, have_n = 0, i;
	bool ok = false;

	if (!with_stored(s, t->get, id, &have, &have_n, err))
		goto out;
	want = mem_new(n + 1, sizeof *want);
	for (i = 0; i < n; i++) {
		if (!contact_id(s, with[i], &want[want_n], NULL, err))
			goto out;
		want_n += !contains(want, want_n, want[want_n]);
	}
	for (i = 0; i < have_n; i++)
		if (!contains(want, want_n, have[i]) &&
		    !with_write(s, t->remove, id, have[i], err))
			goto out;
	for (i = 0; i < want_n; i++)
		if (!contains(have, have_n, want[i]) &&
		    !with_write(s, t->add, id, want[i], err))
			goto out;
	ok = true;
out:
	free(want);
	free(have);
	return ok;
}
