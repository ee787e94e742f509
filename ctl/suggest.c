/* Better command lines: see suggest.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ctl/suggest.h"
#include "time/begin.h"

/* Whether a phrase is a time, as far as the client can tell (a reminder's
 * zone is unknown here, but does not matter for that). */
static bool
is_time(const char *phrase, struct here *here, struct err *err)
{
	const struct hours *hours = here_hours(here, NULL);
	struct when when;

	return when_parse(phrase, here_now(here), here_zone(here),
	    hours == NULL ? &hours_default : hours, 0, &when, err);
}

/* Whether a phrase is a rule of recurrence. */
static bool
is_rule(const char *phrase, struct here *here)
{
	const struct hours *hours = here_hours(here, NULL);
	struct series series;

	return begin_said(NULL, phrase, here_now(here), here_zone(here),
	    hours == NULL ? &hours_default : hours, &series, NULL);
}

/* The word behind the first of a phrase, or NULL; the caller frees both. */
static char *
first_words(const char *phrase, char **second)
{
	size_t len = strcspn(phrase, " ");
	const char *rest = phrase + len + strspn(phrase + len, " ");
	char *first = mem_dup(phrase);

	first[len] = '\0';
	*second = NULL;
	if (*rest != '\0') {
		*second = mem_dup(rest);
		(*second)[strcspn(*second, " ")] = '\0';
	}
	return first;
}

static bool
begins_time(const char *phrase)
{
	char *first, *second;
	bool begins;

	first = first_words(phrase, &second);
	begins = when_begins(first, second);
	free(first);
	free(second);
	return begins;
}

static void
set_or_delete(json_t *parameters, const char *name, const char *value)
{
	if (value == NULL)
		json_object_del(parameters, name);
	else
		json_object_set_new(parameters, name, json_string(value));
}

/* What WHEN follows: TEXT, or the text of an option. */
static const char *
text_name(const struct args *a)
{
	const struct arg *arg;

	for (arg = a->command->args; arg->name != NULL; arg++)
		if (arg->flags & ARG_BEHIND)
			return arg->name;
	return "text";
}

/* The command line with another TEXT, WHEN and RULE (NULL: without); the caller
 * frees it. */
static char *
line_with(const struct args *a, const char *text, const char *when,
    const char *every)
{
	struct args better = *a;
	char *line;

	better.parameters = json_copy(a->parameters);
	set_or_delete(better.parameters, text_name(a), text);
	set_or_delete(better.parameters, "when", when);
	set_or_delete(better.parameters, "every", every);
	line = args_line(&better);
	json_decref(better.parameters);
	return line;
}

/* Where the longest time begins with which text ends, behind at least one
 * other word; NULL: it ends in none. */
static const char *
time_at_end(const char *text, struct here *here)
{
	const char *p = text;

	for (;;) {
		p += strcspn(p, " \t\n");
		p += strspn(p, " \t\n");
		if (*p == '\0')
			return NULL;
		if (is_time(p, here, NULL))
			return p;
	}
}

/* The first len bytes of a text, without what parts them from the rest; the
 * caller frees it. */
static char *
head_of(const char *text, size_t len)
{
	char *head = mem_dup(text);

	while (len > 0 && strchr(" \t\n,", head[len - 1]) != NULL)
		len--;
	head[len] = '\0';
	return head;
}

/* Where "every …" begins with which text ends; *rule: the words behind every.
 * NULL: it ends in none. */
static const char *
rule_at_end(const char *text, struct here *here, const char **rule)
{
	static const char every[] = "every";
	const char *p;

	for (p = text; *p != '\0'; p += strspn(p, " \t\n")) {
		size_t len = strcspn(p, " \t\n");

		*rule = p + len + strspn(p + len, " \t\n");
		if (len == strlen(every) && strncasecmp(p, every, len) == 0 &&
		    is_rule(*rule, here))
			return p;
		p += len;
	}
	return NULL;
}

void
suggest_missing(const struct args *a, struct here *here, struct err *err)
{
	const char *text, *when, *every, *rule = NULL;
	char *head, *start, *line;

	if (a->command == NULL || strcmp(err->parameter, "when") != 0)
		return;
	text = args_string(a, text_name(a));
	if (text == NULL || json_object_get(a->parameters, "when") != NULL)
		return;
	every = command_arg(a->command, "every") == NULL ? NULL :
	    rule_at_end(text, here, &rule);
	if (every == NULL)
		rule = NULL;
	head = head_of(text, every == NULL ? strlen(text) :
	    (size_t)(every - text));
	when = time_at_end(head, here);
	if (*head == '\0' || (when == NULL && every == NULL))
		goto out;
	start = head_of(head, when == NULL ? strlen(head) :
	    (size_t)(when - head));
	line = line_with(a, start, when, rule);
	err_param(err, ERR_NOT_UNDERSTOOD, "when",
	    "%s needs a time after the text; did you mean: %s",
	    a->command->name, line);
	free(line);
	free(start);
out:
	free(head);
}

static bool
has_hint(const struct err *err)
{
	return strstr(err->message, "did you mean") != NULL;
}

/*
 * `add Call Dana tomorrow`: TEXT lost its quotes, and time is where the phrase
 * really begins. The words before it go back to the text. A word long enough
 * to be a mistyped one keeps the hint that err holds.
 */
static void
suggest_quotes(const struct args *a, const char *text, const char *when,
    const char *time, struct err *err)
{
	enum { MISTYPED = 5 };	/* bytes; "Dana" is no "jan" */
	size_t first = strcspn(when, " ");
	char hint[sizeof err->message];
	struct buf whole = {0};
	char *line;

	buf_addf(&whole, "%s %.*s", text, (int)(time - when), when);
	while (whole.data[whole.len - 1] == ' ')
		whole.data[--whole.len] = '\0';
	line = line_with(a, buf_str(&whole), time, args_string(a, "every"));
	memcpy(hint, err->message, sizeof hint);
	if (first >= MISTYPED && has_hint(err))
		err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "%s Or, to make it part of the text: %s", hint, line);
	else
		err_param(err, ERR_NOT_UNDERSTOOD, "when", "\"%.*s\" is no "
		    "time; to make it part of the text: %s", (int)first, when,
		    line);
	free(line);
	buf_clear(&whole);
}

/*
 * `add "Water the plants" mon 9am every week`: a rule has an option of its own.
 * What stands before it is the time, or part of a text that lost its quotes.
 * Also words that make a rule and no time: `add Stretch weekdays`.
 */
static bool
is_rule_misplaced(const struct args *a, struct here *here, struct err *err)
{
	const char *when = args_string(a, "when"), *rule = when, *every;
	const char *text = args_string(a, text_name(a));
	struct buf whole = {0};
	char *head, *line;

	if (when == NULL || command_arg(a->command, "every") == NULL ||
	    args_string(a, "every") != NULL)
		return false;
	every = rule_at_end(when, here, &rule);
	if (every == NULL) {
		if (begins_time(when) || is_time(when, here, NULL) ||
		    !is_rule(when, here))
			return false;
		every = rule = when;
	}
	head = head_of(when, (size_t)(every - when));
	if (text != NULL && *head != '\0' && !is_time(head, here, NULL)) {
		buf_addf(&whole, "%s %s", text, head);
		text = buf_str(&whole);
		*head = '\0';
	}
	line = line_with(a, text, *head == '\0' ? NULL : head, rule);
	err_param(err, ERR_NOT_UNDERSTOOD, "when", "how it recurs is said "
	    "after --every; did you mean: %s", line);
	free(line);
	free(head);
	buf_clear(&whole);
	return true;
}

/*
 * `add "Call Dana tomorrow 9am" --every day`: a series may begin without WHEN,
 * but whether the time is part of the text would be a guess.
 */
static bool
is_time_misplaced(const struct args *a, struct here *here, struct err *err)
{
	const char *text = args_string(a, "text"), *time;
	char *head, *line;

	if (text == NULL || args_string(a, "when") != NULL ||
	    command_arg(a->command, "when") == NULL ||
	    (time = time_at_end(text, here)) == NULL)
		return false;
	head = head_of(text, (size_t)(time - text));
	line = line_with(a, head, time, args_string(a, "every"));
	err_param(err, ERR_NOT_UNDERSTOOD, "when", "the text ends in a time; "
	    "did you mean: %s? To keep it in the text, say a time after it "
	    "as well", line);
	free(line);
	free(head);
	return true;
}

bool
suggest_check(const struct args *a, struct here *here, struct err *err)
{
	const char *when = args_string(a, "when");
	const char *text = args_string(a, text_name(a)), *time;

	if (is_rule_misplaced(a, here, err) ||
	    is_time_misplaced(a, here, err))
		return false;
	/* What begins well the daemon reads, with its clock and its zone; and
	 * a number was meant as a time, whatever is wrong with it. */
	if (text == NULL || when == NULL || begins_time(when) ||
	    isdigit((unsigned char)when[0]) || is_time(when, here, err))
		return true;
	time = time_at_end(when, here);
	if (time != NULL)
		suggest_quotes(a, text, when, time, err);
	else if (!has_hint(err))
		err_param(err, ERR_NOT_UNDERSTOOD, "when",
		    "\"%s\" is no time; a text of several words stands in "
		    "quotes: rapportctl %s \"Call Dana\" tomorrow 9am", when,
		    strcmp(text_name(a), "text") == 0 ? "add" :
		    "met dana --next");
	return false;
}

bool
suggest_not_found(const struct args *a, struct here *here, struct err *err)
{
	const char *who = args_string(a, "who"), *when;
	struct err why = {0};
	struct buf phrase = {0};
	bool better;

	if (who == NULL || a->command == NULL ||
	    command_arg(a->command, "when") == NULL)
		return false;
	when = args_string(a, "when");
	buf_addf(&phrase, "%s%s%s", who, when == NULL ? "" : " ",
	    when == NULL ? "" : when);
	better = !is_time(buf_str(&phrase), here, &why) && has_hint(&why);
	buf_clear(&phrase);
	if (better)
		*err = why;
	return better;
}
