/* Better command lines: see suggest.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ctl/suggest.h"
#include "time/when.h"

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

/* The command line with another TEXT and WHEN; the caller frees it. */
static char *
line_with(const struct args *a, const char *text, const char *when)
{
	struct args better = *a;
	char *line;

	better.parameters = json_copy(a->parameters);
	json_object_set_new(better.parameters, "text", json_string(text));
	json_object_set_new(better.parameters, "when", json_string(when));
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

void
suggest_missing(const struct args *a, struct here *here, struct err *err)
{
	const char *text, *when;
	char *start, *line;
	size_t len;

	if (a->command == NULL || strcmp(err->parameter, "when") != 0)
		return;
	text = args_string(a, "text");
	if (text == NULL || json_object_get(a->parameters, "when") != NULL)
		return;
	when = time_at_end(text, here);
	if (when == NULL)
		return;
	start = mem_dup(text);
	len = (size_t)(when - text);
	while (len > 0 && strchr(" \t\n,", start[len - 1]) != NULL)
		len--;
	start[len] = '\0';
	line = line_with(a, start, when);
	err_param(err, ERR_NOT_UNDERSTOOD, "when",
	    "%s needs a time behind the text; did you mean: %s",
	    a->command->name, line);
	free(line);
	free(start);
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
	line = line_with(a, buf_str(&whole), time);
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

bool
suggest_check(const struct args *a, struct here *here, struct err *err)
{
	const char *when = args_string(a, "when");
	const char *text = args_string(a, "text"), *time;

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
		    "quotes: rapportctl add \"Call Dana\" tomorrow 9am", when);
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
