/* The command table: see command.h. */
#include "model/contact.h"
#include "model/fact.h"
#include "model/interaction.h"
#include "model/reminder.h"
#include "wire/command.h"

#define TABLE(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ARGS(...) ((const struct arg[]){__VA_ARGS__, {.name = NULL}})
#define NO_ARGS ((const struct arg[]){{.name = NULL}})

/* Arguments that mean the same wherever they stand. */
#define IDS_OR_RINGING							\
	{"id", 0, ARG_ID, ARG_POSITIONAL | ARG_MANY, "ID", NULL,	\
	    "numbers of reminders; without one, what rings"},		\
	{"who", 0, ARG_WHO, ARG_POSITIONAL, "WHO", NULL,		\
	    "a contact: what rings for them"}
#define WITH								\
	{"with", 0, ARG_WHO, ARG_MANY, "WHO", NULL,			\
	    "a contact it is about, by handle; may be repeated"}
#define KIND								\
	{"kind", 0, ARG_ENUM, 0, "KIND", kind_names,			\
	    "what sort of follow-up it is"}
#define ZONE								\
	{"zone", 0, ARG_STRING, ARG_NULLABLE, "Z", NULL,		\
	    "the time zone WHEN stands in, such as America/New_York; when "	\
	    "not given, that of the contact; none: yours"}

/* What is numbered with a letter; it stands wherever a number may. */
#define ENTRY(flags, prose)						\
	{"entry", 0, ARG_STRING,					\
	    ARG_POSITIONAL | ARG_EITHER | ARG_ENTRY | (flags), "f7|i31|d2", \
	    NULL, prose}
#define CONTACT								\
	{"who", 0, ARG_WHO, ARG_POSITIONAL | ARG_REQUIRED, "WHO", NULL,	\
	    "a contact's handle"}
#define CIRCLE(prose)							\
	{"circle", 0, ARG_STRING, ARG_NULLABLE, "C", NULL, prose}
#define KEEP_UP(prose)							\
	{"keep_up", 0, ARG_STRING, ARG_NULLABLE, "SPAN", NULL, prose}
#define INTRODUCED_BY							\
	{"introduced_by", 0, ARG_WHO, ARG_NULLABLE, "WHO", NULL,	\
	    "through whom you know them: a thanks for tomorrow reminds "	\
	    "you to thank them"},					\
	{"no_thanks", 0, ARG_FLAG, 0, NULL, NULL,			\
	    "without that thanks: it was long ago"}
#define CONVERSATION							\
	{"by", 0, ARG_ENUM, 0, "CHANNEL", channel_names,		\
	    "how you talked"},						\
	{"on", 0, ARG_WHEN, 0, "DATE", NULL,				\
	    "when it was, such as yesterday or \"mon 15:00\""},	\
	{"mood", 0, ARG_ENUM, 0, "M", mood_names,			\
	    "how it went"},						\
	{"direction", 0, ARG_ENUM, 0, "out|in", direction_names,	\
	    "who began it: you (out) or they (in)"}

/* What `learn` and `edit --kind` take. */
#define FACT_KINDS "like", "dislike", "passion", "family", "work", "need", \
	"other"
#define DATE_KINDS "birthday", "anniversary", "event"

#define ONE "reminder: Reminder, notes: []string"
#define SOME "reminders: []Reminder, notes: []string"
#define MANY "reminders: []Reminder"
#define PERSON "contact: Contact, notes: []string"

static const char *const learn_kinds[] = {FACT_KINDS, DATE_KINDS, NULL};
static const char *const edit_kinds[] = {"reminder", "next-step", "check-in",
	"fix", "thanks", "ask", FACT_KINDS, DATE_KINDS, NULL};

const struct command commands[] = {
	{
		.name = "add",
		.method = "Add",
		.flags = COMMAND_WRITES,
		.summary = "store a reminder",
		.prose =
		    "TEXT is one word to the shell: put it in quotes. Every word "
		    "after it is part of WHEN, and the moment understood is "
		    "printed in full.\n"
		    "An @handle inside TEXT links that contact, as --with does.\n"
		    "With --every it recurs: it rings first at the earliest "
		    "moment that RULE names and WHEN allows, and WHEN may be "
		    "left out.",
		.examples = TABLE("rapportctl add \"Call Dana\" tue 9am",
		    "rapportctl add \"Send the offer\" by thu --need \"a price "
		    "before the board meets\"",
		    "rapportctl add \"Stretch\" in 45m",
		    "rapportctl add \"Plan the week\" --every \"monday at 9\"",
		    "rapportctl add \"Call Dana\" tue 9am --every \"3 months "
		    "after done\""),
		.args = ARGS(
		    {"text", 0, ARG_STRING, ARG_POSITIONAL | ARG_REQUIRED,
			"TEXT", NULL, "what to do"},
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL | ARG_EITHER,
			"WHEN", NULL, "when it rings"},
		    {"every", 0, ARG_STRING, ARG_EITHER, "RULE", NULL,
			"how it recurs, such as weekday, 2 weeks or \"month on "
			"the 31st\""},
		    WITH,
		    {"need", 0, ARG_STRING, 0, "TEXT", NULL,
			"what they need: shown first when it rings"},
		    KIND, ZONE,
		    {"urgent", 0, ARG_FLAG, 0, NULL, NULL,
			"rings through quiet hours and Do Not Disturb"}),
		.reply = ONE,
	},
	{
		.name = "today",
		.method = "Today",
		.summary = "show what rings, what waits and what comes today",
		.prose = "This is also what rapportctl does without a command.",
		.args = NO_ARGS,
		.reply = MANY ", next: ?Reminder",
	},
	{
		.name = "week",
		.method = "Week",
		.summary = "show today and the six days after it",
		.prose = NULL,
		.args = NO_ARGS,
		.reply = MANY ", next: ?Reminder",
	},
	{
		.name = "list",
		.method = "List",
		.summary = "list reminders in the order in which they ring",
		.prose =
		    "Without an option: everything open. --until DATE includes "
		    "the day.",
		.examples = TABLE("rapportctl list --until friday",
		    "rapportctl list --with dana --all",
		    "rapportctl list --done --limit 20"),
		.args = ARGS(
		    {"with", 0, ARG_WHO, 0, "WHO", NULL,
			"only what is about this contact"},
		    {"until", 0, ARG_WHEN, 0, "WHEN", NULL,
			"only what rings until then"},
		    {"all", 0, ARG_FLAG, 0, NULL, NULL,
			"also what is done or dropped"},
		    {"done", 0, ARG_FLAG, 0, NULL, NULL,
			"only what is done or dropped, the newest first"},
		    {"limit", 0, ARG_COUNT, 0, "N", NULL,
			"show at most so many"}),
		.reply = MANY,
	},
	{
		.name = "show",
		.method = "Show",
		.summary = "show all about a reminder or a contact",
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL | ARG_EITHER, "ID", NULL,
			"a reminder's number"},
		    {"who", 0, ARG_WHO, ARG_POSITIONAL | ARG_EITHER, "WHO",
			NULL, "a contact's handle"}),
		.prose =
		    "When it recurs, also the occurrences that come next, and "
		    "what became of the last ones.\n"
		    "Of a contact it is the page to read before a call: who "
		    "they are and through whom you know them, what they need, "
		    "the next step, what you know and what was said last.",
		.examples = TABLE("rapportctl show 12",
		    "rapportctl show dana"),
		.reply = "reminder: ?Reminder, note: ?string, "
		    "upcoming: []int, history: []Occurrence, "
		    "contact: ?Contact, introducer: ?Contact, "
		    "addresses: []Address, need: ?string, facts: []Fact, "
		    "dates: []Date, interactions: []Interaction, "
		    "reminders: []Reminder",
	},
	{
		.name = "snooze",
		.method = "Snooze",
		.flags = COMMAND_WRITES,
		.summary = "hide what rings until later",
		.prose =
		    "Counted from now; the due time stays what it is. Without "
		    "WHEN: as long as the button Later (1 h, unless configured). "
		    "Without ID: all that ring. What has not rung yet is not "
		    "snoozed but moved.",
		.examples = TABLE("rapportctl snooze",
		    "rapportctl snooze 12 tomorrow",
		    "rapportctl snooze 12 13 2h"),
		.args = ARGS(IDS_OR_RINGING,
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL, "WHEN", NULL,
			"until when"}),
		.reply = SOME,
	},
	{
		.name = "done",
		.method = "Done",
		.flags = COMMAND_WRITES,
		.summary = "finish a reminder",
		.prose =
		    "Without ID: the one that rings; when several ring they are "
		    "listed and none is finished. A check-in or thanks, and "
		    "anything with a note, is logged as an interaction with its "
		    "contacts; otherwise done says that it did not log.\n"
		    "What recurs goes on to its next occurrence. Before it "
		    "rings, the occurrence that comes is the one done.",
		.examples = TABLE("rapportctl done",
		    "rapportctl done 12 -m \"likes the offer, decides in "
		    "January\""),
		.args = ARGS(IDS_OR_RINGING,
		    {"note", 'm', ARG_STRING, 0, "NOTE", NULL,
			"what was said"}),
		.reply = SOME,
	},
	{
		.name = "skip",
		.method = "Skip",
		.flags = COMMAND_WRITES,
		.summary = "leave out one occurrence of what recurs",
		.prose =
		    "When the series rings, the occurrence that rings; else the "
		    "one that comes next. The rest of the series stays as it "
		    "is. Without ID: the only series that rings; when several "
		    "do, they are listed and none is skipped.",
		.examples = TABLE("rapportctl skip", "rapportctl skip 12"),
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL, "ID", NULL,
			"a reminder's number; without one, what rings"},
		    {"who", 0, ARG_WHO, ARG_POSITIONAL, "WHO", NULL,
			"a contact: what rings for them"}),
		.reply = SOME,
	},
	{
		.name = "drop",
		.method = "Drop",
		.flags = COMMAND_WRITES,
		.summary = "give a reminder up without doing it",
		.prose = "A series ends altogether; to leave out one occurrence: "
		    "skip.\n"
		    "A fact, a conversation or a date, numbered as show does "
		    "(f7, i31, d2), is removed.",
		.examples = TABLE("rapportctl drop 12",
		    "rapportctl drop f7"),
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL | ARG_MANY | ARG_EITHER,
			"ID", NULL, "numbers of reminders"},
		    ENTRY(ARG_MANY, "numbers of facts, conversations and dates")),
		.reply = "reminders: []Reminder, facts: []Fact, "
		    "dates: []Date, interactions: []Interaction, "
		    "notes: []string",
	},
	{
		.name = "undo",
		.method = "Undo",
		.flags = COMMAND_WRITES,
		.summary = "take back the newest command or click",
		.prose =
		    "With all that it caused; again and again for the ones "
		    "before. With ID: the newest one that touched this reminder. "
		    "Nothing that comes back rings within the next minute.",
		.examples = TABLE("rapportctl undo", "rapportctl undo 12"),
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL, "ID", NULL,
			"a reminder's number"}),
		.reply = "undone: string, reminders: []Reminder",
	},
	{
		.name = "move",
		.method = "Move",
		.flags = COMMAND_WRITES,
		.summary = "agree on another time",
		.prose =
		    "When it recurs, --this moves the occurrence at hand alone, "
		    "and --series moves it and all that follow. If WHEN is only "
		    "a time of day, the series keeps its days; else it goes on "
		    "from WHEN, which has to be a day of its rule (edit --every "
		    "gives it another rule). Without either of them move asks "
		    "which is meant, unless it is the last occurrence, or "
		    "recurs after it was done: then it moves alone.",
		.examples = TABLE("rapportctl move 12 friday 14:00",
		    "rapportctl move 12 friday 14:00 --this",
		    "rapportctl move 12 14:00 --series"),
		.args = ARGS(
		    {"id", 0, ARG_ID,
			ARG_POSITIONAL | ARG_MANY | ARG_REQUIRED, "ID", NULL,
			"numbers of reminders"},
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL | ARG_REQUIRED,
			"WHEN", NULL, "the new time"},
		    {"this", 0, ARG_FLAG, 0, NULL, NULL,
			"move this occurrence only"},
		    {"series", 0, ARG_FLAG, 0, NULL, NULL,
			"move this occurrence and all after it"}),
		.reply = SOME,
	},
	{
		.name = "edit",
		.method = "Edit",
		.flags = COMMAND_WRITES,
		.summary = "change a reminder's words, a fact, conversation or "
		    "date",
		.prose = "To change its time, move it. --every changes how it "
		    "recurs from now on: what rings goes on ringing; what is "
		    "scheduled moves to where the new rule begins.\n"
		    "f7, i31 and d2 are a fact, a conversation and a date, "
		    "numbered as show does.",
		.examples = TABLE("rapportctl edit 12 --text \"Call Dana about "
		    "the offer\"", "rapportctl edit 12 --need none",
		    "rapportctl edit 12 --every \"2 weeks\"",
		    "rapportctl edit f7 --text \"early calls, never on "
		    "Mondays\"",
		    "rapportctl edit i31 --mood good",
		    "rapportctl edit d2 --date \"22 jan 1980\""),
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL | ARG_EITHER, "ID",
			NULL, "a reminder's number"},
		    ENTRY(0, "the number of a fact, conversation or date"),
		    {"text", 0, ARG_STRING, 0, "TEXT", NULL,
			"what to do; what is known"},
		    {"every", 0, ARG_STRING, ARG_NULLABLE, "RULE|none", NULL,
			"how it recurs; none: not any more"},
		    {"need", 0, ARG_STRING, ARG_NULLABLE, "TEXT", NULL,
			"what they need; none takes it away"},
		    {"with", 0, ARG_WHO, ARG_MANY | ARG_NULLABLE, "WHO", NULL,
			"the contacts it is about, instead of those so far; "
			"none takes them away"},
		    {"kind", 0, ARG_ENUM, 0, "KIND", edit_kinds,
			"what sort of follow-up, fact or date it is"},
		    {"zone", 0, ARG_STRING, ARG_NULLABLE, "Z", NULL,
			"the time zone its clock time stands in; none lets it "
			"travel with you"},
		    {"urgent", 0, ARG_FLAG, 0, NULL, NULL,
			"let it ring through quiet hours and Do Not Disturb"},
		    {"not_urgent", 0, ARG_FLAG, 0, NULL, NULL,
			"let quiet hours hold it"},
		    {"note", 'm', ARG_STRING, ARG_NULLABLE, "NOTE", NULL,
			"of a conversation: what was said"},
		    CONVERSATION,
		    {"date", 0, ARG_STRING, 0, "DATE", NULL,
			"of a date: the day, such as \"22 jan 1980\""},
		    {"name", 0, ARG_STRING, ARG_NULLABLE, "NAME", NULL,
			"of a date: what or whose it is"},
		    {"lead", 0, ARG_STRING, ARG_NULLABLE, "DAYS", NULL,
			"of a date: how many days before it you are told"},
		    {"private", 0, ARG_FLAG, 0, NULL, NULL,
			"of a fact: keep it in the terminal"},
		    {"not_private", 0, ARG_FLAG, 0, NULL, NULL,
			"of a fact: a pop-up may tell it"}),
		.reply = "reminder: ?Reminder, fact: ?Fact, date: ?Date, "
		    "interaction: ?Interaction, notes: []string",
	},
	{
		.name = "met",
		.method = "Met",
		.flags = COMMAND_WRITES,
		.summary = "log a conversation, and agree on the next step",
		.prose =
		    "With --new the first meeting: WHO is the handle that the "
		    "new contact gets, or is left out.\n"
		    "--done finishes the follow-ups that the conversation "
		    "answered. --next makes one: the words behind its TEXT are "
		    "WHEN. What stays open with these people is printed.\n"
		    "--mood problem makes the next step a fix; without --next "
		    "there is one for the morning of the next working day.",
		.examples = TABLE("rapportctl met dana -m \"likes the offer\" "
		    "--next \"Send it\" by thu",
		    "rapportctl met dana eva --on yesterday --by meeting",
		    "rapportctl met dana --new \"Dana Novak\" --org Acme "
		    "-m \"at the fair in Brno\"",
		    "rapportctl met dana --mood problem -m \"onboarding was "
		    "slow\""),
		.args = ARGS(
		    {"who", 0, ARG_WHO, ARG_POSITIONAL | ARG_MANY | ARG_EITHER,
			"WHO", NULL, "the contacts you talked with"},
		    {"note", 'm', ARG_STRING, 0, "NOTE", NULL,
			"what was said"},
		    CONVERSATION,
		    {"new", 0, ARG_STRING, ARG_EITHER, "NAME", NULL,
			"the full name of somebody you met for the first "
			"time"},
		    {"org", 0, ARG_STRING, 0, "ORG", NULL,
			"of the new one: where they work"},
		    {"introduced_by", 0, ARG_WHO, 0, "WHO", NULL,
			"of the new one: who brought you together; a thanks "
			"for tomorrow reminds you to thank them"},
		    {"no_thanks", 0, ARG_FLAG, 0, NULL, NULL,
			"without that thanks"},
		    {"done", 0, ARG_ID, ARG_MANY, "ID", NULL,
			"numbers of the follow-ups that are done with it"},
		    {"next", 0, ARG_STRING, ARG_BEHIND, "TEXT", NULL,
			"the next step; WHEN follows it"},
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL, "WHEN", NULL,
			"when the next step is due, behind --next TEXT"}),
		.reply = "interaction: Interaction, new: ?Contact, "
		    "done: []Reminder, next: ?Reminder, thanks: ?Reminder, "
		    "notes: []string",
	},
	{
		.name = "learn",
		.method = "Learn",
		.flags = COMMAND_WRITES,
		.summary = "keep what you learned about a contact",
		.prose =
		    "KIND is like, dislike, passion, family, work, need or "
		    "other, in any everyday form (likes, hates, kids, job); "
		    "without one it is other.\n"
		    "Or it is birthday, anniversary or event: then TEXT is the "
		    "day (22 jan, or with the year), and before it the name of "
		    "the event, or of whoever's day it is.",
		.examples = TABLE("rapportctl learn dana likes early calls",
		    "rapportctl learn dana needs \"a price before the board "
		    "meets\"",
		    "rapportctl learn dana birthday 22 jan 1980",
		    "rapportctl learn dana event \"board meeting\" 11 dec "
		    "--lead 3"),
		.args = ARGS(CONTACT,
		    {"kind", 0, ARG_STRING, ARG_POSITIONAL | ARG_TOPIC, "KIND",
			learn_kinds, "what sort of thing it is"},
		    {"text", 0, ARG_STRING,
			ARG_POSITIONAL | ARG_EITHER | ARG_REST, "TEXT", NULL,
			"what you learned; of a date [NAME] DATE"},
		    {"private", 0, ARG_FLAG, 0, NULL, NULL,
			"never leaves the terminal"},
		    {"lead", 0, ARG_STRING, 0, "DAYS", NULL,
			"of a date: tell also so many days before it"}),
		.reply = "contact: Contact, fact: ?Fact, date: ?Date, "
		    "notes: []string",
	},
	{
		.name = "person add",
		.method = "PersonAdd",
		.flags = COMMAND_WRITES,
		.summary = "add a contact",
		.examples = TABLE("rapportctl person add \"Dana Novak\" "
		    "--circle good",
		    "rapportctl person add \"Eva Lang\" --as eva "
		    "--introduced-by dana"),
		.args = ARGS(
		    {"name", 0, ARG_STRING, ARG_POSITIONAL | ARG_REQUIRED,
			"NAME", NULL, "the full name"},
		    {"as", 0, ARG_STRING, 0, "HANDLE", NULL,
			"the short name to type; made from the name when not "
			"given"},
		    {"org", 0, ARG_STRING, 0, "ORG", NULL,
			"where they work"},
		    CIRCLE("how close they are, such as good: a circle of the "
			"configuration"),
		    KEEP_UP("how often to be in touch, such as 3w, instead of "
			"a circle"),
		    {"zone", 0, ARG_STRING, 0, "Z", NULL,
			"the time zone they live in, such as America/New_York: "
			"clock times with them are theirs"},
		    INTRODUCED_BY,
		    {"stage", 0, ARG_ENUM, 0, "STAGE", stage_names,
			"how far the relationship has come"},
		    {"met", 0, ARG_STRING, 0, "TEXT", NULL,
			"how you met"}),
		.reply = "contact: Contact, thanks: ?Reminder, "
		    "notes: []string",
	},
	{
		.name = "person list",
		.method = "PersonList",
		.summary = "list the contacts",
		.args = ARGS(
		    {"all", 0, ARG_FLAG, 0, NULL, NULL,
			"also those who are archived or have died"},
		    {"circle", 0, ARG_STRING, 0, "C", NULL,
			"only those of this circle"}),
		.reply = "contacts: []Contact",
	},
	{
		.name = "person edit",
		.method = "PersonEdit",
		.flags = COMMAND_WRITES,
		.summary = "change what is kept of a contact",
		.prose = "none takes a value away.",
		.examples = TABLE("rapportctl person edit dana --stage offer",
		    "rapportctl person edit dana --keep-up 3w",
		    "rapportctl person edit dana --as dana.n",
		    "rapportctl person edit dana --status deceased"),
		.args = ARGS(CONTACT,
		    {"name", 0, ARG_STRING, 0, "NAME", NULL, "the full name"},
		    {"as", 0, ARG_STRING, 0, "HANDLE", NULL,
			"the short name to type from now on"},
		    {"org", 0, ARG_STRING, ARG_NULLABLE, "ORG", NULL,
			"where they work"},
		    CIRCLE("how close they are: a circle of the "
			"configuration"),
		    KEEP_UP("how often to be in touch, such as 3w, whatever "
			"the circle says"),
		    {"zone", 0, ARG_STRING, ARG_NULLABLE, "Z", NULL,
			"the time zone they live in"},
		    INTRODUCED_BY,
		    {"stage", 0, ARG_ENUM, 0, "STAGE", stage_names,
			"how far the relationship has come"},
		    {"status", 0, ARG_ENUM, 0, "STATUS", contact_status_names,
			"whether to be reminded of them"},
		    {"met", 0, ARG_STRING, ARG_NULLABLE, "TEXT", NULL,
			"how you met"}),
		.reply = "contact: Contact, thanks: ?Reminder, "
		    "notes: []string",
	},
	{
		.name = "person pause",
		.method = "PersonPause",
		.flags = COMMAND_WRITES,
		.summary = "leave a contact in peace for a while",
		.prose = "Nothing asks you to keep in touch until that day, or "
		    "until person resume. What you promised rings all the "
		    "same.",
		.examples = TABLE("rapportctl person pause dana until 10 jan"),
		.args = ARGS(CONTACT,
		    {"until", 0, ARG_WHEN, ARG_POSITIONAL, "WHEN", NULL,
			"the day they are back"}),
		.reply = PERSON,
	},
	{
		.name = "person resume",
		.method = "PersonResume",
		.flags = COMMAND_WRITES,
		.summary = "be in touch again with who was paused or archived",
		.args = ARGS(CONTACT),
		.reply = PERSON,
	},
	{
		.name = "person archive",
		.method = "PersonArchive",
		.flags = COMMAND_WRITES,
		.summary = "put a contact away; all that is known is kept",
		.args = ARGS(CONTACT),
		.reply = PERSON,
	},
	{
		.name = "person forget",
		.method = "PersonForget",
		.flags = COMMAND_WRITES,
		.summary = "erase a contact with all that is known",
		.prose =
		    "Without --yes it only says what would go. It can't be "
		    "undone, and reaches search, undo and the backups that "
		    "rapport made by itself; it says what it can't reach. "
		    "Conversations that were with others too stay with them. To "
		    "keep the history: person archive.",
		.args = ARGS(CONTACT,
		    {"yes", 0, ARG_FLAG, 0, NULL, NULL, "erase it"}),
		.reply = "facts: int, dates: int, interactions: int, "
		    "shared: int, reminders: int, backups: int, "
		    "notes: []string",
	},
	{
		.name = "search",
		.method = "Search",
		.summary = "find words in all that is known and was said",
		.prose =
		    "In contacts, facts, notes and reminders. All of WORDS have "
		    "to be there, each as the beginning of a word; accents and "
		    "capitals don't matter.",
		.examples = TABLE("rapportctl search onboard"),
		.args = ARGS(
		    {"words", 0, ARG_STRING,
			ARG_POSITIONAL | ARG_EITHER | ARG_REST, "WORDS", NULL,
			"what to look for"},
		    {"limit", 0, ARG_COUNT, 0, "N", NULL,
			"at most so many; 50 when not given"}),
		.reply = "hits: []Hit",
	},
	{
		.name = "network",
		.method = "Network",
		.summary = "show who came through whom",
		.args = ARGS(
		    {"who", 0, ARG_WHO, ARG_POSITIONAL, "WHO", NULL,
			"a contact: through whom they came, and who came "
			"through them"}),
		.reply = "links: []Link",
	},
	{
		.name = "quiet",
		.method = "Quiet",
		.flags = COMMAND_WRITES,
		.summary = "hold pop-ups for a while",
		.prose =
		    "What falls due meanwhile comes as one notice at the end; "
		    "urgent ones come through. off ends that now, and the "
		    "quiet hours of the configuration too, this once. Without "
		    "WHEN: say until when it is quiet.",
		.examples = TABLE("rapportctl quiet 2h",
		    "rapportctl quiet until 14:00", "rapportctl quiet off"),
		.args = ARGS(
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL, "WHEN|off", NULL,
			"until when"}),
		.reply = "quiet_until: ?int, quiet_until_local: ?string",
	},
	{
		.name = "import",
		.method = "Import",
		.flags = COMMAND_WRITES,
		.summary = "take in people from address books, or an export",
		.prose =
		    "FILE is vCards (2.1, 3.0 or 4.0, any number of them), or "
		    "what rapportctl export wrote; - is standard input. A card "
		    "that can't be read is told of and passed by.\n"
		    "Who is known already, by the card's UID, or by the name and "
		    "an e-mail address, a telephone number or the birthday, is "
		    "not added again: only what is new of them is. What you "
		    "wrote stays as it is, and a second import adds nothing. "
		    "Birthdays and anniversaries become dates. Imported people "
		    "are in no circle, so nothing reminds of them, until you "
		    "put them in one.",
		.examples = TABLE("rapportctl import contacts.vcf",
		    "rapportctl import --dry-run contacts.vcf"),
		.args = ARGS(
		    {"file", 0, ARG_STRING, ARG_POSITIONAL | ARG_MANY |
			ARG_LOCAL | ARG_EITHER, "FILE", NULL,
			"a file, or - for standard input"},
		    {"dry_run", 0, ARG_FLAG, 0, NULL, NULL,
			"say what would be done, and store nothing"}),
		.wire = ARGS(
		    {"part", 0, ARG_ENUM, ARG_REQUIRED, "PART",
			TABLE("contacts", "introductions", "reminders",
			    "interactions", "settings"),
			"what the items are; contacts come first, then "
			"introductions (handle, introduced_by, introduced_at), "
			"then the others"},
		    {"items", 0, ARG_OBJECT, ARG_MANY | ARG_REQUIRED, "ITEM",
			NULL, "what is to be taken in, in the shape that Export "
			"gives it"},
		    {"change", 0, ARG_COUNT, 0, "N", NULL,
			"the change that it belongs to, as an Import before it "
			"answered: undo takes them back as one"},
		    {"numbers", 0, ARG_FLAG, 0, NULL, NULL,
			"keep the numbers that reminders and interactions "
			"have, where they are free"}),
		.reply = "added: int, updated: int, known: int, "
		    "skipped: []Skipped, handles: []string, ids: []int, "
		    "change: ?int, empty: bool, notes: []string",
	},
	{
		.name = "export",
		.method = "Export",
		.summary = "print everything that is stored",
		.prose =
		    "As JSON, whole: people, facts, dates, conversations, "
		    "reminders with their history, settings; importing it into "
		    "an empty database gives the same data. --vcf prints the "
		    "people as vCards 4.0, for other address books. What was "
		    "learned with --private is in the JSON only.",
		.examples = TABLE("rapportctl export >rapport.json",
		    "rapportctl export --vcf >people.vcf",
		    "rapportctl export --with dana"),
		.args = ARGS(
		    {"vcf", 0, ARG_FLAG, ARG_LOCAL, NULL, NULL,
			"print vCards instead of JSON"},
		    {"with", 0, ARG_WHO, 0, "WHO", NULL,
			"only what is about this contact"}),
		.wire = ARGS(
		    {"part", 0, ARG_ENUM, ARG_REQUIRED, "PART",
			TABLE("contacts", "reminders", "interactions",
			    "settings"), "what to give"},
		    {"after", 0, ARG_COUNT, 0, "N", NULL,
			"where to go on: next of the page before. When changes is "
			"another number than in that, something was written "
			"between them"}),
		.reply = "items: []object, next: ?int, changes: int",
	},
	{
		.name = "when",
		.flags = COMMAND_OFFLINE,
		.summary = "say which moment a phrase means",
		.prose = "Needs no daemon; it reads the configured hours.\n"
		    "With --every it lists a series, which begins at WHEN. "
		    "With --from and without WHEN, it is what falls strictly "
		    "after LOCALTIME, at that time of day when RULE says none; "
		    "a raw RRULE has its DTSTART there.",
		.examples = TABLE("rapportctl when next friday at noon",
		    "rapportctl when friday --from 2026-11-20T14:30",
		    "rapportctl when --every \"last friday of the month\" "
		    "--count 12"),
		.args = ARGS(
		    {"when", 0, ARG_WHEN, ARG_POSITIONAL | ARG_EITHER,
			"WHEN", NULL, "a phrase of time"},
		    {"from", 0, ARG_STRING, ARG_LOCAL, "LOCALTIME", NULL,
			"read it as if this were now, such as "
			"2026-11-20T14:30"},
		    {"every", 0, ARG_STRING, ARG_EITHER, "RULE", NULL,
			"how it recurs"},
		    {"count", 0, ARG_COUNT, ARG_LOCAL, "N", NULL,
			"how many occurrences to list, one a line"}),
	},
	{
		.name = "status",
		.method = "Status",
		.summary = "say how rapport is doing",
		.prose =
		    "How many are scheduled, ringing, overdue; what rings next; "
		    "whether pop-ups can be shown, and if not why; until when it "
		    "is quiet, and whether the desktop holds pop-ups.\n"
		    "--waybar prints the one JSON object that Waybar and its like "
		    "read, without names; with --follow a new one whenever "
		    "something changes.",
		.examples = TABLE("rapportctl status --test",
		    "rapportctl status --waybar --follow"),
		.args = ARGS(
		    {"test", 0, ARG_FLAG, 0, NULL, NULL,
			"show a test pop-up and say what the server can do"},
		    {"quick", 0, ARG_FLAG, 0, NULL, NULL,
			"say what is known of the server without asking it"},
		    {"waybar", 0, ARG_FLAG, ARG_LOCAL, NULL, NULL,
			"print for a status bar"},
		    {"follow", 0, ARG_FLAG, ARG_LOCAL, NULL, NULL,
			"go on printing whenever something changes"}),
		.reply = "scheduled: int, ringing: int, snoozed: int, "
		    "overdue: int, next: ?Reminder, popups: Popups, "
		    "quiet_until: ?int, quiet_until_local: ?string, "
		    "held: ?string, zone: string, config_error: ?string, "
		    "storage_error: ?string, database: string, "
		    "version: string",
	},
	{
		.name = "watch",
		.method = "Watch",
		.flags = COMMAND_STREAMS,
		.summary = "print what happens, as it happens",
		.prose = "One event a line, until interrupted.",
		.examples = TABLE("rapportctl watch --json"),
		.args = NO_ARGS,
		.reply = "event: string, at: int, id: ?int, "
		    "reminder: ?Reminder",
	},
	{
		.name = "rpc",
		.flags = COMMAND_OFFLINE,
		.summary = "call a method of the socket by name",
		.prose =
		    "METHOD is a full name, or a method of io.rapport. The answer "
		    "is printed as JSON.",
		.examples = TABLE("rapportctl rpc io.rapport.List "
		    "'{\"limit\": 3}'",
		    "rapportctl rpc org.varlink.service.GetInfo"),
		.args = ARGS(
		    {"method", 0, ARG_STRING, ARG_POSITIONAL | ARG_REQUIRED,
			"METHOD", NULL, "the method's name"},
		    {"parameters", 0, ARG_OBJECT, ARG_POSITIONAL, "JSON",
			NULL, "its parameters"},
		    {"more", 0, ARG_FLAG, ARG_LOCAL, NULL, NULL,
			"ask for a stream of answers"}),
	},
	{
		.name = "completion",
		.flags = COMMAND_OFFLINE,
		.summary = "print the completions of a shell",
		.examples = TABLE("rapportctl completion bash"),
		.args = ARGS(
		    {"shell", 0, ARG_ENUM, ARG_POSITIONAL | ARG_REQUIRED,
			"bash|zsh|fish", TABLE("bash", "zsh", "fish", "man",
			    "circles"), "which shell"}),
	},
	{.name = NULL},
};
