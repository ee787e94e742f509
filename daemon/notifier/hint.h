/*
 * A yes or no that a program on a bus knows, and tells of when it changes:
 * whether the screen saver is active, the session locked. It is asked once,
 * when it has come, and listened to from then on; nothing is polled, and no
 * program is started for being asked.
 */
#ifndef RAPPORT_NOTIFIER_HINT_H
#define RAPPORT_NOTIFIER_HINT_H

#include <gio/gio.h>

enum hint_says {
	HINT_ASKED,	/* and not answered yet */
	HINT_NO,	/* it is not so, or nobody is there who would know */
	HINT_YES
};

/* Told from the main loop. */
typedef void hint_told(void *arg, enum hint_says says);

/* Where it is known. Strings must last as long as the hint. */
struct hint_source {
	const char *name;	/* the program's, on the bus */
	const char *interface;
	const char *path;
	const char *other_path;	/* tried when path fails; or NULL */
	/* A boolean property, told of by PropertiesChanged. NULL: what the
	 * method GetActive returns and the signal ActiveChanged tells. */
	const char *property;
};

struct hint;

/* Told is called whenever the answer is known, and with HINT_ASKED when
 * another program has come that has to be asked; bus must outlive it. source
 * is copied. */
struct hint *hint_new(GDBusConnection *bus, const struct hint_source *source,
    hint_told *told, void *arg);

/* Nothing is told any more. NULL is fine. */
void hint_free(struct hint *h);

#endif
