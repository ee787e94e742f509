/*
 * Search: the index is described in schema.sql, the question in store.h.
 *
 * What each table gives to be searched stands in one table here; the triggers
 * in schema.sql say when that has changed. Triggers can't write the index
 * themselves (SQLite counts FTS5 among what a file must not be trusted with),
 * and should not: it would take half as long again as the row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/sql.h"

enum { KINDS = 8 };	/* a document is KINDS * id + kind */

/* By kind, which is in the file and never changes. */
static const struct document {
	const char *table;
	const char *text;	/* NULL: nothing to find */
	enum store_hit_kind hit;
	enum statement tells;
} documents[] = {
	[1] = {"contact", "handle || ' ' || name || coalesce(' ' || org, '') "
	    "|| coalesce(' ' || met, '')", HIT_CONTACT, STMT_SEARCH_CONTACT},
	[2] = {"address", "value", HIT_CONTACT, STMT_SEARCH_ADDRESS},
	[3] = {"date", "name", HIT_CONTACT, STMT_SEARCH_DATE},
	[4] = {"fact", "text", HIT_FACT, STMT_SEARCH_FACT},
	[5] = {"interaction", "note", HIT_INTERACTION,
	    STMT_SEARCH_INTERACTION},
	[6] = {"reminder", "text || coalesce(' ' || need, '') || "
	    "coalesce(' ' || note, '')", HIT_REMINDER, STMT_SEARCH_REMINDER},
	[7] = {"occurrence", "note", HIT_REMINDER, STMT_SEARCH_OCCURRENCE},
};
_Static_assert(sizeof documents / sizeof *documents == KINDS,
    "each kind has a remainder of its own");

/* --------------------------------------------------------- the index --- */

/* fold(text) for the statements below. */
static void
fn_fold(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const char *text = (const char *)sqlite3_value_text(argv[0]);
	struct buf b = {0};

	(void)argc;
	if (text == NULL)
		return;
	fold(&b, text);
	sqlite3_result_text(ctx, buf_str(&b), (int)b.len, SQLITE_TRANSIENT);
	buf_clear(&b);
}

bool
search_open(struct store *s, struct err *err)
{
	s->searchable = -1;
	return sql_function(s, "fold", 1, fn_fold, err);
}

/* Run SQL that writes, within the request. */
static bool
run(struct store *s, const char *sql, struct err *err)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	bool ok = st != NULL && sql_run(s, st, err);

	sqlite3_finalize(st);
	return ok;
}

/* Put the rows of a table into the index of which it is true. */
static bool
add_documents(struct store *s, int kind, const char *which, struct err *err)
{
	const struct document *d = &documents[kind];
	struct buf sql = {0};
	bool ok;

	buf_addf(&sql, "INSERT INTO search (rowid, text) "
	    "SELECT id * %d + %d, fold(%s) FROM %s WHERE %s "
	    "AND %s IS NOT NULL", KINDS, kind, d->text, d->table, which,
	    d->text);
	ok = run(s, buf_str(&sql), err);
	buf_clear(&sql);
	return ok;
}

/* The rows of one table that are not in the index, or not as they are now. */
static bool
catch_up_with(struct store *s, int kind, struct err *err)
{
	const char *table = documents[kind].table;
	struct buf fresh = {0}, stale = {0}, mark = {0};
	bool ok;

	buf_addf(&stale, "id IN (SELECT doc / %d FROM search_stale "
	    "WHERE doc %% %d = %d)", KINDS, KINDS, kind);
	buf_addf(&fresh, "id > (SELECT last FROM search_mark "
	    "WHERE tbl = '%s')", table);
	buf_addf(&mark, "UPDATE search_mark SET last = "
	    "(SELECT max(id) FROM %s) WHERE tbl = '%s' AND last < "
	    "(SELECT max(id) FROM %s)", table, table, table);
	ok = add_documents(s, kind, buf_str(&stale), err) &&
	    add_documents(s, kind, buf_str(&fresh), err) &&
	    run(s, buf_str(&mark), err);
	buf_clear(&stale);
	buf_clear(&fresh);
	buf_clear(&mark);
	return ok;
}

bool
search_catch_up(struct store *s, struct err *err)
{
	bool ok = run(s, "DELETE FROM search WHERE rowid IN "
	    "(SELECT doc FROM search_stale)", err);
	int kind;

	for (kind = 1; ok && kind < KINDS; kind++)
		ok = catch_up_with(s, kind, err);
	if (!ok || !run(s, "DELETE FROM search_stale", err))
		return false;
	s->searchable = sqlite3_total_changes(s->db);
	return true;
}

/* FTS5 only notes that a document is gone; its words stay until the parts of
 * the index are merged into one. */
bool
search_purge(struct store *s, struct err *err)
{
	return search_catch_up(s, err) &&
	    run(s, "INSERT INTO search (search) VALUES ('optimize')", err);
}

/* Bring the index up to date if anything was written since it was. */
static bool
make_searchable(struct store *s, struct err *err)
{
	bool own = !s->request, ok;

	if (s->searchable == sqlite3_total_changes(s->db))
		return true;
	if (own && !store_begin(s, err))
		return false;
	ok = search_catch_up(s, err);
	if (!own)
		return ok;
	if (!ok) {
		store_end(s, false, NULL);
		return false;
	}
	return store_end(s, true, err);
}

/* ------------------------------------------------------- the question --- */

/*
 * Words as FTS5 wants them: each a string in double quotes, in which nothing
 * is syntax, and '*' behind it: "a beginning". Strings side by side must all
 * be found; one without a letter or digit is passed over.
 */
static void
add_words(struct buf *out, const char *words)
{
	static const char blanks[] = " \t\r\n";
	size_t n;

	for (words += strspn(words, blanks); *words != '\0';
	    words += n + strspn(words + n, blanks)) {
		const char *quote;
		size_t at = 0;

		n = strcspn(words, blanks);
		buf_adds(out, out->len == 0 ? "\"" : " \"");
		while ((quote = memchr(words + at, '"', n - at)) != NULL) {
			buf_add(out, words + at,
			    (size_t)(quote - words) - at);
			buf_adds(out, "\"\"");
			at = (size_t)(quote - words) + 1;
		}
		buf_add(out, words + at, n - at);
		buf_adds(out, "\"*");
	}
}

/* A contact can be found by several texts, a series too; the best counts. */
static bool
has(const struct store_hits *hits, size_t from, enum store_hit_kind kind,
    int64_t id)
{
	size_t i;

	if (kind != HIT_CONTACT && kind != HIT_REMINDER)
		return false;
	for (i = from; i < hits->n; i++)
		if (hits->v[i].kind == kind && hits->v[i].id == id)
			return true;
	return false;
}

static void
take(struct store_hits *hits, struct store_hit *hit)
{
	/* Grown at each power of two; n tells the capacity. */
	if ((hits->n & (hits->n - 1)) == 0)
		hits->v = mem_resize(hits->v,
		    (hits->n == 0 ? 1 : hits->n * 2) * sizeof *hits->v);
	hits->v[hits->n++] = *hit;
}

/* Append what a document tells, unless it was told (from is the first of this
 * search). */
static bool
tell(struct store *s, int64_t doc, size_t from, struct store_hits *out,
    struct err *err)
{
	const struct document *d = &documents[doc % KINDS];
	sqlite3_stmt *st = sql_get(s, d->tells, err);
	struct store_hit hit = {.kind = d->hit};
	enum sql_step step;

	if (st == NULL)
		return false;
	sql_int(st, 1, doc / KINDS);
	step = sql_step(s, st, err);
	if (step != SQL_ROW)
		return step == SQL_DONE;
	hit.id = sqlite3_column_int64(st, 0);
	if (!has(out, from, hit.kind, hit.id)) {
		hit.text = sql_dup(st, 1);
		hit.who = sql_dup(st, 2);
		hit.at = sqlite3_column_int64(st, 3);
		take(out, &hit);
	}
	sqlite3_reset(st);
	return true;
}

bool
store_search(struct store *s, const char *words, int64_t limit,
    struct store_hits *out, struct err *err)
{
	struct buf folded = {0}, query = {0};
	size_t from = out->n;
	enum sql_step step = SQL_ERROR;
	sqlite3_stmt *st;

	fold(&folded, words);
	add_words(&query, buf_str(&folded));
	if (query.len == 0) {
		err_param(err, ERR_NOT_UNDERSTOOD, "words",
		    "search for which words?");
		goto out;
	}
	if (!make_searchable(s, err))
		goto out;
	st = sql_get(s, STMT_SEARCH, err);
	if (st == NULL)
		goto out;
	sql_text(st, 1, buf_str(&query));
	while ((step = sql_step(s, st, err)) == SQL_ROW) {
		if (!tell(s, sqlite3_column_int64(st, 0), from, out, err))
			step = SQL_ERROR;
		else if (limit == 0 || (int64_t)(out->n - from) < limit)
			continue;
		sqlite3_reset(st);
		break;
	}
out:
	buf_clear(&folded);
	buf_clear(&query);
	return step != SQL_ERROR;
}

void
store_hits_clear(struct store_hits *hits)
{
	size_t i;

	for (i = 0; i < hits->n; i++) {
		free(hits->v[i].text);
		free(hits->v[i].who);
	}
	free(hits->v);
	*hits = (struct store_hits){0};
}
