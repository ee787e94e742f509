/*
 * A pop-up as the schedule wants it and the notifier shows it. The key says
 * what it is about ("r12" one reminder, "m" the merged notice, "t" the test),
 * the nonce tells this showing from every other one of the same key: a late
 * click on an old pop-up can't be taken for a click on the new one.
 */
#ifndef RAPPORT_SCHEDULE_POPUP_H
#define RAPPORT_SCHEDULE_POPUP_H

#include <stdbool.h>
#include <stddef.h>

enum { POPUP_LINES = 8, POPUP_ACTIONS = 4 };

struct popup {
	char key[32];
	char nonce[24];		/* hexadecimal */
	char *summary;		/* plain text; stands alone */
	char *body[POPUP_LINES];	/* plain text lines; unused ones NULL */
	bool urgent;
	struct {
		const char *name;	/* "default", "done", "later", … */
		const char *label;	/* static strings */
	} actions[POPUP_ACTIONS];	/* unused ones NULL; most important
					   first */
};

/* Free the texts and zero the pop-up. */
void popup_clear(struct popup *p);

/* Whether they are the same but for the nonce. */
bool popup_equal(const struct popup *a, const struct popup *b);

#endif
