/* learn WHO [KIND] TEXT, learn WHO birthday|anniversary|event [NAME] DATE. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "methods/methods.h"

/* -------------------------------------------------------------- facts --- */

/* Words that only say the kind begin so. Any other says more: "allergy nuts" is
 * more than a dislike of nuts, and "son Ben" than one of the family. */
static const char *const stems[] = {"like", "love", "enjoy", "prefer",
	"dislike", "hate", "avoid", "passion", "hobb", "interest", "famil",
	"work", "job", "need", "want", "goal", "other", "misc", "fact", NULL};

static bool
says_only_the_kind(const char *word)
{
	int i;

	for (i = 0; stems[i] != NULL; i++)
		if (strncasecmp(word, stems[i], strlen(stems[i])) == 0)
			return true;
	return false;
}

static char *
fact_text(const char *word, const char *text)
{
	struct buf b = {0};

	if (word != NULL && !says_only_the_kind(word))
		buf_addf(&b, "%s ", word);
	buf_adds(&b, text);
	return buf_take(&b);
}

static bool
learn_fact(struct request *rq, const struct contact *c, enum fact_kind kind,
    struct err *err)
{
	struct fact f = {.contact = c->id, .kind = kind, .created = rq->now};
	char *line;

	if (request_has(rq, "lead"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "lead",
		    "--lead goes with birthday, anniversary and event");
	f.is_private = request_flag(rq, "private");
	f.text = fact_text(request_string(rq, "kind"),
	    request_string(rq, "text"));
	if (!text_valid(f.text, strlen(f.text), "text", err) ||
	    !store_fact_add(rq->ctx->store, &f, err)) {
		fact_clear(&f);
		return false;
	}
	line = fact_line(&f);
	buf_addf(&rq->sentence, "learned: %s %s", c->handle, line);
	free(line);
	json_object_set_new(rq->reply, "fact", fact_json(&f));
	json_object_set_new(rq->reply, "date", json_null());
	fact_clear(&f);
	return true;
}

/* -------------------------------------------------------------- dates --- */

static const char *
next_word(const char *p)
{
	p += strcspn(p, " \t");
	return p + strspn(p, " \t");
}

/* Which words are the date? The longest end that is one; and when none is, the
 * first end that begins with a digit is what should have been. */
static const char *
find_date(const char *text, struct date *out, struct err *err)
{
	struct err why = {0};
	bool told = false;
	const char *p;

	for (p = text; *p != '\0'; p = next_word(p)) {
		if (date_parse(p, out, &why))
			return p;
		if (!told && (isdigit((unsigned char)*p) || p == text)) {
			*err = why;
			told = isdigit((unsigned char)*p);
		}
		/* 31 Feb: not "12 Feb" of somebody called 31. */
		if (why.code == ERR_IMPOSSIBLE)
			break;
	}
	return NULL;
}

/* "board meeting 11 dec": a name, and the date behind it. */
static bool
split(const char *text, struct date *d, struct err *err)
{
	struct date when = {0};
	const char *at;
	size_t len;

	at = find_date(text, &when, err);
	if (at == NULL) {
		strcpy(err->parameter, "text");
		return false;
	}
	d->year = when.year;
	d->month = when.month;
	d->day = when.day;
	for (len = (size_t)(at - text); len > 0 &&
	    strchr(" \t", text[len - 1]) != NULL; len--)
		;
	if (len > 0) {
		d->name = mem_dup(text);
		d->name[len] = '\0';
	}
	return true;
}

/* Nobody has two birthdays; those of their children have names. */
static bool
check_only_one(struct request *rq, const struct date *d, struct err *err)
{
	struct dates all = {0};
	bool ok = store_dates(rq->ctx->store, d->contact, &all, err);
	size_t i;

	for (i = 0; ok && i < all.n; i++) {
		const struct date *o = &all.v[i];
		char *line;

		if (o->id == d->id || o->kind != d->kind ||
		    d->kind == DATE_EVENT ||
		    (o->name == NULL) != (d->name == NULL) ||
		    (d->name != NULL && strcasecmp(o->name, d->name) != 0))
			continue;
		line = date_line(o);
		ok = err_param(err, ERR_IMPOSSIBLE, "text",
		    "that is known: %s; to change it: rapportctl edit d%"
		    PRId64 " --date DATE", line, o->id);
		free(line);
	}
	dates_clear(&all);
	return ok;
}

static bool
check_birth(struct request *rq, const struct date *d, struct err *err)
{
	struct civil today = people_today(rq);
	struct civil day = {.year = d->year, .month = d->month, .day = d->day};

	if (d->kind != DATE_BIRTHDAY || d->year == 0 ||
	    civil_days(&day) <= civil_days(&today))
		return true;
	return err_param(err, ERR_IMPOSSIBLE, "text",
	    "a birthday in %d lies ahead: without the year it is every year's",
	    d->year);
}

bool
learn_check_date(struct request *rq, const struct date *d, struct err *err)
{
	return check_birth(rq, d, err) && check_only_one(rq, d, err);
}

static bool
learn_date(struct request *rq, const struct contact *c, enum date_kind kind,
    struct err *err)
{
	struct date d = {.contact = c->id, .kind = kind, .created = rq->now};
	char *line;

	if (request_flag(rq, "private"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "private",
		    "--private goes with facts: a date is there to be told");
	if (!entry_lead(rq, &d.lead, err) ||
	    !split(request_string(rq, "text"), &d, err) ||
	    !learn_check_date(rq, &d, err) ||
	    !store_date_add(rq->ctx->store, &d, err)) {
		date_clear(&d);
		return false;
	}
	line = date_line(&d);
	buf_addf(&rq->sentence, "learned: %s %s", c->handle, line);
	free(line);
	json_object_set_new(rq->reply, "fact", json_null());
	json_object_set_new(rq->reply, "date", date_json(rq, &d));
	date_clear(&d);
	return true;
}

/* "learn dana birthday" forgot the date; it is nothing that is known. */
static bool
check_says_something(const char *text, struct err *err)
{
	bool date;

	if (!command_topic(text, &date, NULL) ||
	    (!date && !says_only_the_kind(text)))
		return true;
	return err_param(err, ERR_NOT_UNDERSTOOD, "text", date ?
	    "which day? rapportctl learn WHO %s DATE" :
	    "\"%s\" only says the kind: rapportctl learn WHO [KIND] TEXT",
	    text);
}

bool
method_learn(struct request *rq, struct err *err)
{
	const char *word = request_string(rq, "kind");
	int kind = FACT_OTHER;
	struct contact c = {0};
	bool date = false, ok;

	if (!request_has(rq, "text"))
		return err_param(err, ERR_NOT_UNDERSTOOD, "text",
		    "learn what? rapportctl learn WHO [KIND] TEXT");
	if (word != NULL)
		command_topic(word, &date, &kind);
	else if (!check_says_something(request_string(rq, "text"), err))
		return false;
	if (!request_contact(rq, "who", &c, err))
		return false;
	ok = text_valid(request_string(rq, "text"),
	    strlen(request_string(rq, "text")), "text", err) &&
	    (date ? learn_date(rq, &c, (enum date_kind)kind, err) :
	    learn_fact(rq, &c, (enum fact_kind)kind, err));
	if (ok)
		json_object_set_new(rq->reply, "contact",
		    contact_json(rq->ctx, &c));
	contact_clear(&c);
	return ok;
}
