/* The command table: see command.h. */
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
	{"zone", 0, ARG_STRING, 0, "Z", NULL,				\
	    "the time zone WHEN stands in, such as America/New_York"}

#define ONE "reminder: Reminder, notes: []string"
#define SOME "reminders: []Reminder, notes: []string"
#define MANY "reminders: []Reminder"

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
		    "what became of the last ones.",
		.reply = "reminder: ?Reminder, note: ?string, "
		    "upcoming: []int, history: []Occurrence, "
		    "contact: ?Contact, reminders: []Reminder",
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
		    "skip.",
		.args = ARGS(
		    {"id", 0, ARG_ID,
			ARG_POSITIONAL | ARG_MANY | ARG_REQUIRED, "ID", NULL,
			"numbers of reminders"}),
		.reply = SOME,
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
		.summary = "change a reminder, except its time",
		.prose = "To change its time, move it. --every changes how it "
		    "recurs from now on: what rings goes on ringing; what is "
		    "scheduled moves to where the new rule begins.",
		.examples = TABLE("rapportctl edit 12 --text \"Call Dana about "
		    "the offer\"", "rapportctl edit 12 --need none",
		    "rapportctl edit 12 --every \"2 weeks\""),
		.args = ARGS(
		    {"id", 0, ARG_ID, ARG_POSITIONAL | ARG_REQUIRED, "ID",
			NULL, "a reminder's number"},
		    {"text", 0, ARG_STRING, 0, "TEXT", NULL, "what to do"},
		    {"every", 0, ARG_STRING, ARG_NULLABLE, "RULE|none", NULL,
			"how it recurs; none: not any more"},
		    {"need", 0, ARG_STRING, ARG_NULLABLE, "TEXT", NULL,
			"what they need; none takes it away"},
		    {"with", 0, ARG_WHO, ARG_MANY | ARG_NULLABLE, "WHO", NULL,
			"the contacts it is about, instead of those so far; "
			"none takes them away"},
		    KIND,
		    {"zone", 0, ARG_STRING, ARG_NULLABLE, "Z", NULL,
			"the time zone its clock time stands in; none lets it "
			"travel with you"},
		    {"urgent", 0, ARG_FLAG, 0, NULL, NULL,
			"let it ring through quiet hours and Do Not Disturb"},
		    {"not_urgent", 0, ARG_FLAG, 0, NULL, NULL,
			"let quiet hours hold it"}),
		.reply = ONE,
	},
	{
		.name = "person add",
		.method = "PersonAdd",
		.flags = COMMAND_WRITES,
		.summary = "add a contact",
		.examples = TABLE("rapportctl person add \"Dana Novak\"",
		    "rapportctl person add \"Dana Novak\" --as dana"),
		.args = ARGS(
		    {"name", 0, ARG_STRING, ARG_POSITIONAL | ARG_REQUIRED,
			"NAME", NULL, "the full name"},
		    {"as", 0, ARG_STRING, 0, "HANDLE", NULL,
			"the short name to type; made from the name when not "
			"given"}),
		.reply = "contact: Contact",
	},
	{
		.name = "person list",
		.method = "PersonList",
		.summary = "list the contacts",
		.args = NO_ARGS,
		.reply = "contacts: []Contact",
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
			"bash|zsh|fish", TABLE("bash", "zsh", "fish", "man"),
			"which shell"}),
	},
	{.name = NULL},
};
