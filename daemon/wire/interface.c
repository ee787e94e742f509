/* What can be read off the command table: look-ups, the synopsis of a
 * command, and the text of the Varlink interface. See command.h. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/err.h"
#include "base/mem.h"
#include "model/fact.h"
#include "model/names.h"
#include "wire/command.h"

enum { LINE_MAX_COLUMNS = 78 };	/* of a comment in the interface text */

const char *const wire_error_names[ERR_MAX] = {
	[ERR_NOT_UNDERSTOOD] = RAPPORT_INTERFACE ".NotUnderstood",
	[ERR_IMPOSSIBLE] = RAPPORT_INTERFACE ".Impossible",
	[ERR_NOT_FOUND] = RAPPORT_INTERFACE ".NotFound",
	[ERR_NOTHING_RINGS] = RAPPORT_INTERFACE ".NothingRings",
	[ERR_STORAGE] = RAPPORT_INTERFACE ".StorageFailed",
	[ERR_SCHEMA_TOO_NEW] = RAPPORT_INTERFACE ".SchemaTooNew",
	[ERR_INTERNAL] = RAPPORT_INTERFACE ".Internal",
};

static const char *const error_prose[ERR_MAX] = {
	[ERR_NOT_UNDERSTOOD] = "Unparsable, ambiguous, too long or not UTF-8. "
	    "The message says what would be right. Nothing was stored.",
	[ERR_IMPOSSIBLE] = "Understood, but past, out of range or unknown. "
	    "Nothing was stored.",
	[ERR_NOT_FOUND] = "No such reminder or contact. Nothing was stored.",
	[ERR_NOTHING_RINGS] = "A command without an ID, and nothing rings.",
	[ERR_STORAGE] = "The disk is full or fails. Nothing was stored.",
	[ERR_SCHEMA_TOO_NEW] = "The database belongs to a newer version of "
	    "rapport.",
	[ERR_INTERNAL] = "Something failed that should not; the journal says "
	    "what.",
};

/* ------------------------------------------------------------ look-ups -- */

const struct command *
command_find(const char *name)
{
	const struct command *c;

	for (c = commands; c->name != NULL; c++) {
		if (strcmp(c->name, name) == 0)
			return c;
	}
	return NULL;
}

const struct command *
command_by_method(const char *method)
{
	const struct command *c;

	for (c = commands; c->name != NULL; c++) {
		if (c->method != NULL && strcmp(c->method, method) == 0)
			return c;
	}
	return NULL;
}

const struct arg *
command_arg(const struct command *c, const char *name)
{
	const struct arg *a;

	for (a = c->args; a->name != NULL; a++) {
		if (strcmp(a->name, name) == 0)
			return a;
	}
	for (a = c->wire; a != NULL && a->name != NULL; a++) {
		if (strcmp(a->name, name) == 0)
			return a;
	}
	return NULL;
}

/* ------------------------------------------------------------- numbers -- */

bool
command_entry(const char *text, char *letter, int64_t *number)
{
	char first = (char)tolower((unsigned char)text[0]);
	long long n;

	if (first == '\0' || strchr("fid", first) == NULL ||
	    !isdigit((unsigned char)text[1]) ||
	    text[1 + strspn(text + 1, "0123456789")] != '\0')
		return false;
	errno = 0;
	n = strtoll(text + 1, NULL, 10);
	if (errno != 0 || n < 1)
		return false;
	if (letter != NULL)
		*letter = first;
	if (number != NULL)
		*number = n;
	return true;
}

bool
command_topic(const char *word, bool *date, int *kind)
{
	int fact = fact_kind_meant(word);
	int day = names_index(date_kind_names, word);

	if (fact < 0 && day < 0)
		return false;
	if (date != NULL)
		*date = fact < 0;
	if (kind != NULL)
		*kind = fact < 0 ? day : fact;
	return true;
}

/* ---------------------------------------------------------- did you mean -- */

/* What people type who are used to other programs. */
static const struct {
	const char *word, *verb;
} everyday[] = {
	{"ls", "list"},
	{"all", "list"},
	{"agenda", "today"},
	{"now", "today"},
	{"remind", "add"},
	{"new", "add"},
	{"create", "add"},
	{"todo", "add"},
	{"rm", "drop"},
	{"del", "drop"},
	{"delete", "drop"},
	{"remove", "drop"},
	{"cancel", "drop"},
	{"log", "met"},
	{"meet", "met"},
	{"talked", "met"},
	{"note", "learn"},
	{"fact", "learn"},
	{"birthday", "learn WHO birthday DATE"},
	{"anniversary", "learn WHO anniversary DATE"},
	{"find", "search"},
	{"grep", "search"},
	{"forget", "person forget"},
	{"archive", "person archive"},
	{"pause", "person pause"},
	{"referrals", "network"},
	{"tree", "network"},
	{"every", "add TEXT --every RULE"},
	{"repeat", "add TEXT --every RULE"},
	{"recur", "add TEXT --every RULE"},
	{"omit", "skip"},
	{"pass", "skip"},
	{"complete", "done"},
	{"finish", "done"},
	{"close", "done"},
	{"later", "snooze"},
	{"postpone", "snooze"},
	{"defer", "snooze"},
	{"delay", "snooze"},
	{"reschedule", "move"},
	{"mv", "move"},
	{"change", "edit"},
	{"modify", "edit"},
	{"rename", "edit"},
	{"revert", "undo"},
	{"info", "show"},
	{"details", "show"},
	{"history", "list --done"},
	{"version", "--version"},
	{"tomorrow", "week"},
	{"contact", "person add"},
	{"contacts", "person list"},
	{"people", "person list"},
	{"persons", "person list"},
	{"mute", "quiet"},
	{"dnd", "quiet"},
	{"monitor", "watch"},
	{"follow", "watch"},
	{"state", "status"},
	{"call", "rpc"},
};

static const char *
nearest_verb(const char *word)
{
	const char **names, *found;
	size_t n = 0;

	while (commands[n].name != NULL)
		n++;
	names = mem_new(n + 3, sizeof *names);
	for (n = 0; commands[n].name != NULL; n++)
		names[n] = commands[n].name;
	names[n++] = "person";	/* its verbs have two words */
	names[n] = "help";
	found = nearest_word(word, names);
	free(names);
	return found;
}

const char *
command_meant(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof everyday / sizeof everyday[0]; i++) {
		if (strcasecmp(everyday[i].word, word) == 0)
			return everyday[i].verb;
	}
	return nearest_verb(word);
}

/* ------------------------------------------------------------- synopsis -- */

/* "WHEN…", "WHEN…|off": what follows the first word may go on. */
static void
add_metavar(struct buf *b, const struct arg *a)
{
	size_t first = strcspn(a->metavar, "|");

	buf_add(b, a->metavar, first);
	if (a->type == ARG_WHEN || (a->flags & (ARG_MANY | ARG_REST)))
		buf_adds(b, "…");
	buf_adds(b, a->metavar + first);
}

/* A number with a letter stands where an ID does, and is one to people. */
static bool
said_by_id(const struct arg *a)
{
	return (a->flags & ARG_ENTRY) != 0;
}

/* A time that follows an option is told there: "[--next TEXT WHEN…]". */
static bool
said_behind(const struct command *c, const struct arg *a)
{
	const struct arg *option;

	if (a->type != ARG_WHEN || !(a->flags & ARG_POSITIONAL))
		return false;
	for (option = c->args; option->name != NULL; option++)
		if (option->flags & ARG_BEHIND)
			return true;
	return false;
}

/* A contact may stand where numbers may: "[ID…|WHO]", "ID|WHO". */
static bool
alternatives(const struct arg *a)
{
	return a[0].type == ARG_ID && a[1].name != NULL &&
	    a[1].type == ARG_WHO && (a[1].flags & ARG_POSITIONAL) &&
	    !((a[0].flags | a[1].flags) & ARG_REQUIRED);
}

static void
add_positional(struct buf *b, const struct arg *a, bool with_next)
{
	bool optional = !(a->flags & (ARG_REQUIRED | ARG_EITHER));

	buf_adds(b, optional ? " [" : " ");
	add_metavar(b, a);
	if (with_next) {
		buf_adds(b, "|");
		add_metavar(b, a + 1);
	}
	buf_adds(b, optional ? "]" : "");
}

static void
add_option(struct buf *b, const struct arg *a)
{
	const char *p;

	buf_adds(b, " [");
	if (a->letter != 0)
		buf_addf(b, "-%c", a->letter);
	else {
		buf_adds(b, "--");
		for (p = a->name; *p != '\0'; p++)
			buf_add(b, *p == '_' ? "-" : p, 1);
	}
	if (a->metavar != NULL)
		buf_addf(b, " %s", a->metavar);
	if (a->flags & ARG_BEHIND)
		buf_adds(b, " WHEN…");
	buf_adds(b, a->flags & ARG_MANY ? "]…" : "]");
}

char *
command_synopsis(const struct command *c)
{
	struct buf b = {0};
	const struct arg *a;

	buf_adds(&b, c->name);
	for (a = c->args; a->name != NULL; a++) {
		if (said_by_id(a) || said_behind(c, a))
			continue;
		if (!(a->flags & ARG_POSITIONAL)) {
			add_option(&b, a);
		} else if (alternatives(a)) {
			add_positional(&b, a, true);
			a++;
		} else
			add_positional(&b, a, false);
	}
	return buf_take(&b);
}

/* -------------------------------------------------------- the interface -- */

const char varlink_service_interface[] =
"# The Varlink Service Interface is provided by every varlink service. It\n"
"# describes the service and the interfaces it implements.\n"
"interface org.varlink.service\n"
"\n"
"# Get a list of all the interfaces a service provides and information\n"
"# about the implementation.\n"
"method GetInfo() -> (\n"
"  vendor: string,\n"
"  product: string,\n"
"  version: string,\n"
"  url: string,\n"
"  interfaces: []string\n"
")\n"
"\n"
"# Get the description of an interface that is implemented by this service.\n"
"method GetInterfaceDescription(interface: string) -> (description: string)\n"
"\n"
"# The requested interface was not found.\n"
"error InterfaceNotFound (interface: string)\n"
"\n"
"# The requested method was not found\n"
"error MethodNotFound (method: string)\n"
"\n"
"# The interface defines the requested method, but the service does not\n"
"# implement it.\n"
"error MethodNotImplemented (method: string)\n"
"\n"
"# One of the passed parameters is invalid.\n"
"error InvalidParameter (parameter: string)\n"
"\n"
"# Client is denied access\n"
"error PermissionDenied ()\n"
"\n"
"# Method is expected to be called with 'more' set to true, but wasn't\n"
"error ExpectedMore ()\n";

static const char preamble[] =
"# rapport keeps relationships warm: follow-ups, and the pop-ups that bring\n"
"# them back at the right moment. One method for each command of rapportctl;\n"
"# this text is made from the same table as rapportctl --help.\n"
"#\n"
"# Instants are Unix seconds; the field *_local is the same moment in RFC 3339\n"
"# with the offset of the zone it stands in. A parameter that is null is a\n"
"# parameter not given; where a list is asked for, a single value will do.\n"
"# WHEN is a phrase as people say it (\"tue 9am\", \"in 2h\", \"next friday\").\n"
"# A token (1 to 128 bytes, unique) makes a request safe to send again: it is\n"
"# carried out once, and later answered as the first time.\n"
"interface " RAPPORT_INTERFACE "\n"
"\n"
"# A thing to do at a time. kind is one of reminder, next-step, check-in, fix,\n"
"# thanks, ask; state one of scheduled, ringing, snoozed, done, dropped.\n"
"type Reminder (\n"
"  id: int,\n"
"  text: string,\n"
"  kind: string,\n"
"  state: string,\n"
"  # The moment agreed on; only Move changes it.\n"
"  due: int,\n"
"  due_local: string,\n"
"  # When it rings, or rang: due, or the end of a snooze.\n"
"  ring_at: int,\n"
"  # A time on the wall that travels with the user's zone.\n"
"  floating: bool,\n"
"  # The zone its clock time stands in, when it does not travel.\n"
"  zone: ?string,\n"
"  # How it recurs, in words without \"every\" and as a rule of RFC 5545,\n"
"  # which is null for what recurs after it was done.\n"
"  every: ?string,\n"
"  rrule: ?string,\n"
"  # The contacts it is about, by handle.\n"
"  with: []string,\n"
"  # What they need.\n"
"  need: ?string,\n"
"  urgent: bool,\n"
"  created: int,\n"
"  done_at: ?int,\n"
"  # Pop-ups shown, ever; occurrences of a series that rang as one.\n"
"  shown: int,\n"
"  missed: int\n"
")\n"
"\n"
"# An occurrence of a reminder that recurs, done, or dropped when it was\n"
"# skipped.\n"
"type Occurrence (\n"
"  due: int,\n"
"  due_local: string,\n"
"  state: string,\n"
"  done_at: int,\n"
"  note: ?string\n"
")\n"
"\n"
"# Somebody a relationship is kept with. stage is one of comfort, discovery,\n"
"# offer, agreement, care; status one of active, paused, archived, deceased.\n"
"type Contact (\n"
"  handle: string,\n"
"  name: string,\n"
"  created: int,\n"
"  org: ?string,\n"
"  # How close: a circle of the configuration; days between conversations, by\n"
"  # keep_up, which is the contact's own, or else by the circle.\n"
"  circle: ?string,\n"
"  keep_up: ?int,\n"
"  cadence: ?int,\n"
"  zone: ?string,\n"
"  stage: string,\n"
"  status: string,\n"
"  # The day, \"2027-01-10\", on which they are back.\n"
"  paused_until: ?string,\n"
"  # The handle of whom they came through, and when that was said.\n"
"  introduced_by: ?string,\n"
"  introduced_at: ?int,\n"
"  met: ?string,\n"
"  # The latest conversation.\n"
"  last_at: ?int,\n"
"  last_local: ?string\n"
")\n"
"\n"
"# kind is email or phone.\n"
"type Address (\n"
"  kind: string,\n"
"  value: string\n"
")\n"
"\n"
"# What is known. number is \"f7\", as Edit and Drop take it; kind one of like,\n"
"# dislike, passion, family, work, need, other.\n"
"type Fact (\n"
"  number: string,\n"
"  kind: string,\n"
"  text: string,\n"
"  # It never leaves the terminal.\n"
"  private: bool,\n"
"  created: int\n"
")\n"
"\n"
"# A day of the calendar, numbered \"d2\". kind is one of birthday,\n"
"# anniversary, event; year is null when it is not known, or every year.\n"
"type Date (\n"
"  number: string,\n"
"  kind: string,\n"
"  name: ?string,\n"
"  year: ?int,\n"
"  month: int,\n"
"  day: int,\n"
"  # Days before it on which it is told as well.\n"
"  lead: int,\n"
"  # The next such day, today included, how many days ahead it lies, and how\n"
"  # many years it will be then; null for what has passed or is not known.\n"
"  next: ?string,\n"
"  in_days: ?int,\n"
"  age: ?int\n"
")\n"
"\n"
"# A conversation, numbered \"i31\". channel is one of call, message, email,\n"
"# meeting, gift, other; direction out or in; mood one of good, neutral,\n"
"# problem; null is not said.\n"
"type Interaction (\n"
"  number: string,\n"
"  at: int,\n"
"  at_local: string,\n"
"  channel: ?string,\n"
"  direction: ?string,\n"
"  mood: ?string,\n"
"  note: ?string,\n"
"  # The reminder that it answered.\n"
"  reminder: ?int,\n"
"  with: []string\n"
")\n"
"\n"
"# What was found: kind is contact, fact, interaction or reminder; number what\n"
"# Show, Edit and Drop take (\"dana\", \"f7\", \"i31\", \"12\").\n"
"type Hit (\n"
"  kind: string,\n"
"  number: string,\n"
"  text: string,\n"
"  with: []string,\n"
"  at: ?int,\n"
"  at_local: ?string\n"
")\n"
"\n"
"# An item of an import that was left out: which, from 0, and why.\n"
"type Skipped (\n"
"  index: int,\n"
"  why: string\n"
")\n"
"\n"
"# Who came through whom, and when that was said.\n"
"type Link (\n"
"  handle: string,\n"
"  name: string,\n"
"  introduced_by: ?string,\n"
"  introduced_at: ?int,\n"
"  introduced_local: ?string\n"
")\n"
"\n"
"# Whether pop-ups can be shown, and if not why; which server shows them and\n"
"# what it says that it can do.\n"
"type Popups (\n"
"  available: bool,\n"
"  why: ?string,\n"
"  server: ?string,\n"
"  capabilities: []string\n"
")\n";

/* One paragraph as comment lines, broken at blanks. */
static void
add_comment(struct buf *b, const char *indent, const char *text, size_t len)
{
	size_t room = LINE_MAX_COLUMNS - strlen(indent) - 2;

	while (len > 0) {
		size_t cut = len, rest;

		if (len > room) {
			for (cut = room; cut > 0 && text[cut] != ' '; cut--)
				;
			if (cut == 0)
				cut = strcspn(text, " \n");
			if (cut > len)
				cut = len;
		}
		buf_addf(b, "%s# %.*s\n", indent, (int)cut, text);
		rest = len - cut;
		text += cut;
		while (rest > 0 && *text == ' ') {
			text++;
			rest--;
		}
		len = rest;
	}
}

/* A sentence from a phrase of the table: "store a reminder" → "Store a
 * reminder." */
static void
add_sentence(struct buf *b, const char *indent, const char *phrase)
{
	struct buf s = {0};

	buf_adds(&s, phrase);
	if (s.len > 0)
		s.data[0] = (char)toupper((unsigned char)s.data[0]);
	buf_adds(&s, ".");
	add_comment(b, indent, s.data, s.len);
	buf_clear(&s);
}

/* Paragraphs, parted by '\n'. */
static void
add_prose(struct buf *b, const char *prose)
{
	while (prose != NULL && *prose != '\0') {
		size_t len = strcspn(prose, "\n");

		buf_adds(b, "#\n");
		add_comment(b, "", prose, len);
		prose += len + (prose[len] == '\n');
	}
}

static const char *
type_name(enum arg_type type)
{
	switch (type) {
	case ARG_STRING:
	case ARG_WHEN:
	case ARG_WHO:
	case ARG_ENUM:
		return "string";
	case ARG_ID:
	case ARG_COUNT:
		return "int";
	case ARG_FLAG:
		return "bool";
	case ARG_OBJECT:
		return "object";
	}
	abort();
}

static void
add_parameter(struct buf *b, const struct arg *a)
{
	size_t i;

	add_sentence(b, "  ", a->prose);
	if (a->values != NULL) {
		struct buf s = {0};

		buf_adds(&s, "One of ");
		for (i = 0; a->values[i] != NULL; i++)
			buf_addf(&s, "%s%s", i > 0 ? ", " : "", a->values[i]);
		buf_adds(&s, ".");
		add_comment(b, "  ", s.data, s.len);
		buf_clear(&s);
	}
	buf_addf(b, "  %s: %s%s%s", a->name,
	    a->flags & ARG_REQUIRED ? "" : "?",
	    a->flags & ARG_MANY ? "[]" : "", type_name(a->type));
}

static void
add_method(struct buf *b, const struct command *c)
{
	const char *between = "\n";
	const struct arg *a;

	buf_adds(b, "\n");
	add_sentence(b, "", c->summary);
	add_prose(b, c->prose);
	if (c->flags & COMMAND_STREAMS)
		buf_adds(b, "#\n# Answers only a call with \"more\".\n");
	buf_addf(b, "method %s(", c->method);
	for (a = c->args; a->name != NULL; a++) {
		if (a->flags & ARG_LOCAL)
			continue;
		buf_adds(b, between);
		add_parameter(b, a);
		between = ",\n";
	}
	for (a = c->wire; a != NULL && a->name != NULL; a++) {
		buf_adds(b, between);
		add_parameter(b, a);
		between = ",\n";
	}
	if (c->flags & COMMAND_WRITES) {
		buf_addf(b, "%s  # Carry this request out only once.\n"
		    "  token: ?string", between);
		between = ",\n";
	}
	/* Something stood between the parentheses: close them on a line of
	 * their own. */
	buf_addf(b, "%s) -> (%s)\n", between[0] == ',' ? "\n" : "", c->reply);
}

char *
command_interface(void)
{
	const struct command *c;
	struct buf b = {0};
	int code;

	buf_adds(&b, preamble);
	for (c = commands; c->name != NULL; c++) {
		if (c->method != NULL)
			add_method(&b, c);
	}
	for (code = 0; code < ERR_MAX; code++) {
		if (wire_error_names[code] == NULL)
			continue;
		buf_adds(&b, "\n");
		add_comment(&b, "", error_prose[code],
		    strlen(error_prose[code]));
		buf_addf(&b, "error %s (message: string, "
		    "parameter: ?string)\n",
		    strrchr(wire_error_names[code], '.') + 1);
	}
	return buf_take(&b);
}
