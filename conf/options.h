/*
 * The configuration: one table of keys (section, name, type, range, default,
 * prose) over inih. The same table reads the file, fills the defaults, makes
 * the error messages and is checked against conf/rapport.conf, which
 * documents every key.
 */
#ifndef RAPPORT_CONF_OPTIONS_H
#define RAPPORT_CONF_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "time/when.h"

enum privacy { PRIVACY_FULL, PRIVACY_NAMES, PRIVACY_NONE };

enum { RAISES_MAX = 8, QUIET_SPANS_MAX = 8 };

/* Quiet hours that begin on one day of the week, in minutes after midnight;
 * to <= from ends on the day after. There is a minute in each week that none
 * of them covers. */
struct quiet_day {
	int n;			/* while being read: -1 is "daily" */
	struct {
		int from, to;
	} spans[QUIET_SPANS_MAX];
};

/* A circle: people to be in touch with as often as that. */
struct circle {
	char *name;
	int days;		/* 0: a circle that a file took away */
	int line;		/* of the file that says so; 0: a default */
};

struct circles {
	struct circle *v;
	size_t n;
};

struct options {
	/* [time] what words stand for */
	struct hours hours;	/* morning, evening, tonight, eod */

	/* [popup] */
	int64_t later;		/* seconds: the button Later, snooze */
	int64_t raise[RAISES_MAX];	/* seconds after it rang, ascending:
					   when it is raised anew */
	int raises;		/* how many of them */
	int64_t put_away;	/* seconds after the last raise */
	int dismissals;		/* a day that count as Later */
	int brief;		/* minutes after midnight */
	enum privacy privacy;
	char *details_command;	/* "": find a terminal; {id} is replaced */

	/* [quiet] by enum weekday; quiet_daily stands there already for the
	 * days that have no hours of their own */
	struct quiet_day quiet_daily, quiet[WEEKDAY_MAX];

	/* [circles] in the order of the table, then of the file */
	struct circles circles;

	/* [notifier] */
	int64_t notifier_lead;	/* seconds it is started ahead */
	int64_t notifier_timeout;	/* seconds until it counts as stuck */
};

struct option_key;
typedef bool option_reader(const struct option_key *key, const char *value,
    struct options *o, struct err *err);

/* One key. The first five members are for the manual page and the tests, the
 * others tell options.c how to read it. */
struct option_key {
	const char *section, *name;
	const char *type;	/* "time of day", "span", … as told to people */
	const char *fallback;	/* the default as it stands in the file */
	const char *prose;	/* what it does, one sentence */

	/* Reads value into the field that lies at offset in struct options. */
	option_reader *read;
	size_t offset;
	int64_t least, most;	/* seconds for a span */
};
extern const struct option_key option_table[];	/* ends with a NULL name */

/* The circle of that name (ASCII case ignored), or NULL. */
const struct circle *options_circle(const struct options *o, const char *name);

/* The names of all circles, "close, good or wide", for messages; the caller
 * frees. */
char *options_circle_names(const struct options *o);

void options_init(struct options *o);	/* the defaults */
void options_clear(struct options *o);

/*
 * Read a file into o, which then holds the defaults and what the file says. A
 * missing file is the defaults. On an error o is unchanged and err
 * (ERR_NOT_UNDERSTOOD) says "FILE:LINE: what is wrong; what would be right"; a
 * file that can't be read is ERR_IMPOSSIBLE. name is for messages.
 */
bool options_load(struct options *o, const char *path, struct err *err);
bool options_read(struct options *o, FILE *f, const char *name,
    struct err *err);

#endif
