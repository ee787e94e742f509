/* import: files to batches of items. Cards are sent while they are read, so a
 * file of any size takes little memory; an export is read whole. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/import/import.h"
#include "ctl/render.h"
#include "ctl/text.h"

enum {
	BATCH_BYTES = 96 * 1024,	/* of items, as JSON */
	SECONDS = 60,		/* a batch may wait for a slow disk */
	TOLD = 20,		/* lines about what was skipped */
	FORMAT = 1,		/* of an export */
};

/* Where an item stands in its file. */
struct place {
	const char *file;
	int64_t line;		/* 0: not known */
};

struct import {
	struct client *client;
	bool dry, progress, numbers;
	int64_t change;		/* that all batches belong to; 0: none yet */

	const char *part;	/* of the batch at hand */
	json_t *items;
	size_t bytes;
	struct place *places;	/* of the items */
	size_t places_n;

	int64_t added, updated, known;
	int64_t sent;		/* items */
	json_t *skipped;	/* {file, line, why} */
	json_t *notes;
	/* What the daemon calls those that a file calls otherwise. */
	json_t *handles;	/* handle in the file → handle */
	json_t *ids;		/* number of a reminder, as text → number */
	json_t *introductions;
	int status;		/* of what failed, or 0 */
};

/* -------------------------------------------------------------- batches --- */

static void
skipped(struct import *im, const struct place *p, const char *why)
{
	json_array_append_new(im->skipped, json_pack("{s:s, s:o, s:s}",
	    "file", p->file, "line", p->line == 0 ? json_null() :
	    json_integer(p->line), "why", why));
}

static void
note(struct import *im, const char *text)
{
	const json_t *one;
	size_t i;

	json_array_foreach(im->notes, i, one)
		if (strcmp(json_string_value(one), text) == 0)
			return;
	json_array_append_new(im->notes, json_string(text));
}

static int64_t
int_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const char *
text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

/* Remember what an item became: its handle, or its number. */
static void
remember(struct import *im, const json_t *item, const json_t *reply,
    size_t i)
{
	const char *was = text_of(item, "handle");
	const char *is = json_string_value(json_array_get(
	    json_object_get(reply, "handles"), i));
	int64_t id = json_integer_value(json_array_get(
	    json_object_get(reply, "ids"), i));
	char key[24];

	if (strcmp(im->part, "contacts") == 0 && is != NULL && *is != '\0') {
		if (was != NULL)
			json_object_set_new(im->handles, was,
			    json_string(is));
		if (text_of(item, "introduced_by") != NULL)
			json_array_append_new(im->introductions,
			    json_pack("{s:s, s:s, s:I}", "handle", is,
			    "introduced_by", text_of(item, "introduced_by"),
			    "introduced_at", (json_int_t)int_of(item,
			    "introduced_at")));
	}
	if (strcmp(im->part, "reminders") == 0 && id > 0) {
		snprintf(key, sizeof key, "%" PRId64, int_of(item, "id"));
		json_object_set_new(im->ids, key, json_integer(id));
	}
}

static void
take_reply(struct import *im, const json_t *reply)
{
	const json_t *one;
	size_t i;

	im->added += int_of(reply, "added");
	im->updated += int_of(reply, "updated");
	im->known += int_of(reply, "known");
	if (int_of(reply, "change") > 0)
		im->change = int_of(reply, "change");
	json_array_foreach(json_object_get(reply, "skipped"), i, one) {
		size_t at = (size_t)int_of(one, "index");

		if (at < im->places_n)
			skipped(im, &im->places[at], text_of(one, "why"));
	}
	json_array_foreach(json_object_get(reply, "notes"), i, one)
		note(im, json_string_value(one));
	json_array_foreach(im->items, i, one)
		remember(im, one, reply, i);
}

static void
show_progress(struct import *im)
{
	if (im->progress)
		fprintf(stderr, "\r%" PRId64 " read …", im->sent);
}

static void
end_progress(struct import *im)
{
	if (im->progress && im->sent > 0)
		fprintf(stderr, "\r\033[K");
}

/* Call Import with these items; false: err, and im->status. */
static bool
call(struct import *im, const char *part, json_t *items, bool dry,
    struct varlink_reply *reply, struct err *err)
{
	json_t *p = json_pack("{s:s, s:O}", "part", part, "items", items);
	char token[CLIENT_TOKEN];
	bool ok;

	client_token(token);
	json_object_set_new(p, "token", json_string(token));
	json_object_set_new(p, "dry_run", json_boolean(dry));
	json_object_set_new(p, "numbers", json_boolean(im->numbers));
	if (im->change > 0)
		json_object_set_new(p, "change", json_integer(im->change));
	ok = client_call(im->client, RAPPORT_INTERFACE ".Import", p, true,
	    true, SECONDS, reply, err);
	json_decref(p);
	if (!ok)
		im->status = EXIT_UNREACHABLE;
	else if (reply->error != NULL) {
		im->status = render_error(reply, err);
		varlink_reply_clear(reply);
	}
	return im->status == 0;
}

/* Send the batch at hand. */
static bool
flush(struct import *im, struct err *err)
{
	struct varlink_reply reply;

	if (json_array_size(im->items) == 0)
		return true;
	if (!call(im, im->part, im->items, im->dry, &reply, err))
		return false;
	im->sent += (int64_t)json_array_size(im->items);
	take_reply(im, reply.parameters);
	varlink_reply_clear(&reply);
	json_array_clear(im->items);
	im->bytes = 0;
	im->places_n = 0;
	show_progress(im);
	return true;
}

/* Put an item into the batch, which is sent when it would grow too long.
 * Takes item over. */
static bool
add_item(struct import *im, const char *part, json_t *item,
    const struct place *place, struct err *err)
{
	size_t n = json_dumpb(item, NULL, 0, JSON_COMPACT);

	if (json_array_size(im->items) > 0 &&
	    (strcmp(part, im->part) != 0 || im->bytes + n > BATCH_BYTES) &&
	    !flush(im, err)) {
		json_decref(item);
		return false;
	}
	im->part = part;
	json_array_append_new(im->items, item);
	im->bytes += n;
	if ((im->places_n & (im->places_n - 1)) == 0)
		im->places = mem_resize(im->places, (im->places_n == 0 ? 1 :
		    im->places_n * 2) * sizeof *im->places);
	im->places[im->places_n++] = *place;
	return true;
}

/*
 * An item that is too long for a message goes in several: its list (facts, or
 * a history) is dealt out; all but the first say that they are more of the
 * same. Takes item over.
 */
static bool
add_long_item(struct import *im, const char *part, json_t *item,
    const char *list, const struct place *place, struct err *err)
{
	json_t *all, *piece, *rest = NULL;
	size_t i, n;
	bool ok = true;

	all = json_incref(json_object_get(item, list));
	if (!json_is_array(all) ||
	    json_dumpb(item, NULL, 0, JSON_COMPACT) <= BATCH_BYTES) {
		json_decref(all);
		return add_item(im, part, item, place, err);
	}
	json_object_del(item, list);
	for (i = 0; ok && i < json_array_size(all);) {
		piece = json_copy(item);
		if (i > 0)
			json_object_set_new(piece, "more", json_true());
		rest = json_array();
		for (n = 0; i < json_array_size(all) && n < BATCH_BYTES / 2;
		    i++) {
			n += json_dumpb(json_array_get(all, i), NULL, 0,
			    JSON_COMPACT | JSON_ENCODE_ANY);
			json_array_append(rest, json_array_get(all, i));
		}
		json_object_set_new(piece, list, rest);
		ok = add_item(im, part, piece, place, err);
	}
	json_decref(all);
	json_decref(item);
	return ok;
}

/* Through whom they came, when all of them are there. */
static bool
add_introductions(struct import *im, const char *file, struct err *err)
{
	struct place place = {file, 0};
	json_t *one;
	size_t i;
	bool ok = flush(im, err);

	for (i = 0; ok && !im->dry &&
	    i < json_array_size(im->introductions); i++) {
		const char *by, *is;

		one = json_array_get(im->introductions, i);
		by = text_of(one, "introduced_by");
		is = text_of(im->handles, by);
		if (is != NULL)
			json_object_set_new(one, "introduced_by",
			    json_string(is));
		ok = add_item(im, "introductions", json_incref(one), &place,
		    err);
	}
	ok = ok && flush(im, err);
	json_array_clear(im->introductions);
	return ok;
}

/* ---------------------------------------------------------------- vCards --- */

static size_t
read_file(void *arg, char *to, size_t size)
{
	return fread(to, 1, size, arg);
}

static bool
import_cards(struct import *im, FILE *f, const char *file, struct err *err)
{
	struct vcard_reader *r = vcard_open(read_file, f);
	struct vcard_bad bad;
	enum vcard_event e;
	struct vcard v;
	bool ok = true;

	while (ok && (e = vcard_next(r, &v, &bad)) != VCARD_END) {
		struct place place = {file, 0};
		struct buf text = {0};

		if (e == VCARD_BAD) {
			place.line = bad.line;
			skipped(im, &place, bad.why);
			continue;
		}
		place.line = v.line;
		if (v.remark != NULL) {
			buf_addf(&text, "%s, %s", file, v.remark);
			note(im, text.data);
			buf_clear(&text);
		}
		ok = add_long_item(im, "contacts", card_item(&v), "facts",
		    &place, err);
		vcard_clear(&v);
	}
	vcard_close(r);
	return ok && add_introductions(im, file, err);
}

/* --------------------------------------------------------------- exports --- */

static bool
not_ours(struct import *im, const char *file, const char *why,
    struct err *err)
{
	im->status = 2;
	return err_set(err, ERR_NOT_UNDERSTOOD, "%s is %s", file, why);
}

/* Handles as they are called here. */
static void
rename_with(struct import *im, json_t *item)
{
	json_t *with = json_object_get(item, "with");
	const char *is;
	size_t i;

	for (i = 0; i < json_array_size(with); i++) {
		const char *was = json_string_value(json_array_get(with, i));

		is = was == NULL ? NULL : text_of(im->handles, was);
		if (is != NULL)
			json_array_set_new(with, i, json_string(is));
	}
}

static void
renumber(struct import *im, json_t *item)
{
	char key[24];
	const json_t *is;

	snprintf(key, sizeof key, "%" PRId64, int_of(item, "reminder"));
	is = json_object_get(im->ids, key);
	if (is != NULL)
		json_object_set(item, "reminder", (json_t *)is);
	else
		json_object_del(item, "reminder");
}

/* All items of a part of an export. */
static bool
import_part(struct import *im, const json_t *all, const char *part,
    const char *list, const char *file, struct err *err)
{
	const json_t *items = json_object_get(all, part);
	struct place place = {file, 0};
	json_t *item;
	size_t i;
	bool ok = true;

	for (i = 0; ok && i < json_array_size(items); i++) {
		item = json_deep_copy(json_array_get(items, i));
		if (!json_is_object(item)) {
			skipped(im, &place, "an item is no object");
			json_decref(item);
			continue;
		}
		rename_with(im, item);
		if (strcmp(part, "interactions") == 0)
			renumber(im, item);
		ok = add_long_item(im, part, item, list, &place, err);
	}
	return ok && flush(im, err);
}

/* Whether reminders and interactions may keep their numbers: there are none
 * so far. */
static bool
ask_numbers(struct import *im, struct err *err)
{
	json_t *nothing = json_pack("[{}]");
	struct varlink_reply reply;
	bool ok = call(im, "settings", nothing, true, &reply, err);

	json_decref(nothing);
	if (!ok)
		return false;
	im->numbers = json_is_true(json_object_get(reply.parameters,
	    "empty"));
	varlink_reply_clear(&reply);
	return true;
}

static bool
import_export(struct import *im, FILE *f, const char *file, struct err *err)
{
	json_error_t wrong;
	json_t *all = json_loadf(f, JSON_REJECT_DUPLICATES, &wrong);
	struct buf why = {0};
	bool ok;

	if (all == NULL) {
		buf_addf(&why, "no JSON: line %d: %s", wrong.line, wrong.text);
		not_ours(im, file, why.data, err);
		buf_clear(&why);
		return false;
	}
	if (int_of(all, "rapport") < 1)
		ok = not_ours(im, file, "no export of rapport", err);
	else if (int_of(all, "rapport") > FORMAT)
		ok = not_ours(im, file, "an export of a newer version of "
		    "rapport", err);
	else
		ok = ask_numbers(im, err) &&
		    import_part(im, all, "contacts", "facts", file, err) &&
		    add_introductions(im, file, err) &&
		    import_part(im, all, "reminders", "history", file, err) &&
		    import_part(im, all, "interactions", "", file, err) &&
		    import_part(im, all, "settings", "", file, err);
	json_decref(all);
	return ok;
}

/* ---------------------------------------------------------------- files --- */

static bool
cant_read(struct import *im, const char *file, int why, struct err *err)
{
	im->status = 1;
	return err_set(err, ERR_IMPOSSIBLE, "can't read %s: %s%s", file,
	    strerror(why), im->sent > 0 ? "; what came before is imported" :
	    "");
}

static FILE *
open_file(const char *file)
{
	return strcmp(file, "-") == 0 ? stdin : fopen(file, "rb");
}

static bool
import_file(struct import *im, const char *file, struct err *err)
{
	FILE *f = open_file(file);
	bool ok;
	int c;

	if (f == NULL)
		return cant_read(im, file, errno, err);
	errno = 0;
	c = getc(f);
	ungetc(c, f);
	ok = c == '{' ? import_export(im, f, file, err) :
	    import_cards(im, f, file, err);
	if (ok && ferror(f))
		ok = cant_read(im, file, errno == 0 ? EIO : errno, err);
	if (f != stdin)
		fclose(f);
	return ok;
}

/* Before anything is stored: can all be opened? */
static bool
check_files(struct import *im, const json_t *files, struct err *err)
{
	const json_t *one;
	size_t i;

	json_array_foreach(files, i, one) {
		const char *file = json_string_value(one);

		if (strcmp(file, "-") != 0 && access(file, R_OK) != 0)
			return cant_read(im, file, errno, err);
	}
	return true;
}

/* -------------------------------------------------------------- summary --- */

/* "  people.vcf:12: it has no name" */
static void
print_skipped(struct import *im, struct out *o)
{
	const json_t *one;
	struct buf line = {0};
	size_t i;

	json_array_foreach(im->skipped, i, one) {
		if (i == TOLD) {
			buf_addf(&o->text, "  … and %zu more (--json lists "
			    "them)\n", json_array_size(im->skipped) - i);
			return;
		}
		buf_addf(&line, "%s", text_of(one, "file"));
		if (int_of(one, "line") > 0)
			buf_addf(&line, ":%" PRId64, int_of(one, "line"));
		buf_addf(&line, ": %s", text_of(one, "why"));
		buf_adds(&o->text, "  ");
		text_safe(&o->text, line.data);
		buf_adds(&o->text, "\n");
		buf_clear(&line);
	}
}

static void
print_notes(struct import *im, struct out *o)
{
	const json_t *one;
	size_t i;

	json_array_foreach(im->notes, i, one) {
		if (i == TOLD) {
			buf_addf(&o->text, "… and %zu more (--json lists "
			    "them)\n", json_array_size(im->notes) - i);
			return;
		}
		text_safe(&o->text, json_string_value(one));
		buf_adds(&o->text, "\n");
	}
}

/* "added 212, known 17, skipped 3:" and what was skipped, why. */
static void
print_summary(struct import *im, struct out *o)
{
	size_t n = json_array_size(im->skipped);

	buf_addf(&o->text, "%s %" PRId64, im->dry ? "would add" : "added",
	    im->added);
	if (im->updated > 0)
		buf_addf(&o->text, ", completed %" PRId64, im->updated);
	buf_addf(&o->text, ", known %" PRId64, im->known);
	if (n > 0)
		buf_addf(&o->text, ", skipped %zu:", n);
	buf_adds(&o->text, "\n");
	print_skipped(im, o);
	print_notes(im, o);
}

static void
print_json(struct import *im, struct out *o)
{
	json_t *all = json_pack("{s:I, s:I, s:I, s:O, s:O}",
	    "added", (json_int_t)im->added, "updated",
	    (json_int_t)im->updated, "known", (json_int_t)im->known,
	    "skipped", im->skipped, "notes", im->notes);

	out_json(o, all);
	json_decref(all);
}

/* A file in which nothing was of use was not understood. */
static void
nothing_found(struct import *im, struct err *err)
{
	const json_t *first = json_array_get(im->skipped, 0);

	im->status = 2;
	if (first == NULL)
		err_set(err, ERR_NOT_UNDERSTOOD, "there is nothing to import: "
		    "no vCard, and no export of rapport");
	else
		err_set(err, ERR_NOT_UNDERSTOOD, "nothing was imported: %s:%"
		    PRId64 ": %s", text_of(first, "file"),
		    int_of(first, "line"), text_of(first, "why"));
}

static void
import_clear(struct import *im)
{
	json_decref(im->items);
	json_decref(im->skipped);
	json_decref(im->notes);
	json_decref(im->handles);
	json_decref(im->ids);
	json_decref(im->introductions);
	free(im->places);
}

int
import_run(struct client *c, const struct args *a, struct out *o,
    struct err *err)
{
	const json_t *files = json_object_get(a->local, "file"), *one;
	struct import im = {
		.client = c,
		.dry = json_is_true(json_object_get(a->parameters,
		    "dry_run")),
		.progress = isatty(STDERR_FILENO),
		.items = json_array(),
		.skipped = json_array(),
		.notes = json_array(),
		.handles = json_object(),
		.ids = json_object(),
		.introductions = json_array(),
	};
	bool ok = check_files(&im, files, err);
	size_t i;

	for (i = 0; ok && i < json_array_size(files); i++) {
		one = json_array_get(files, i);
		/* Each file is a change of its own. */
		im.change = 0;
		json_object_clear(im.handles);
		json_object_clear(im.ids);
		ok = import_file(&im, json_string_value(one), err);
	}
	end_progress(&im);
	if (ok && im.sent == 0)
		nothing_found(&im, err);
	else if (im.sent > 0 && a->json)
		print_json(&im, o);
	else if (im.sent > 0)
		print_summary(&im, o);
	import_clear(&im);
	return im.status;
}
