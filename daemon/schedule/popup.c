/* Pop-ups as values: see popup.h. */
#include <stdlib.h>

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
