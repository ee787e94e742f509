/* Pop-ups as values: see popup.h. */
#include <stdlib.h>
#include <string.h>

#include "schedule/popup.h"

void
popup_clear(struct popup *p)
{
	size_t i;

	free(p->summary);
	for (i = 0; i < POPUP_LINES; i++)
		free(p->body[i]);
	*p = (struct popup){0};
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
popup_equal(const struct popup *a, const struct popup *b)
{
	bool equal = same(a->key, b->key) && same(a->summary, b->summary) &&
	    a->urgent == b->urgent;
	size_t i;

	for (i = 0; i < POPUP_LINES && equal; i++)
		equal = same(a->body[i], b->body[i]);
	for (i = 0; i < POPUP_ACTIONS && equal; i++)
		equal = same(a->actions[i].name, b->actions[i].name) &&
		    same(a->actions[i].label, b->actions[i].label);
	return equal;
}
