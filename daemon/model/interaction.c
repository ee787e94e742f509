/* Interactions: see interaction.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/interaction.h"

const char *const channel_names[CHANNEL_MAX] = {
	[CHANNEL_CALL - 1] = "call",
	[CHANNEL_MESSAGE - 1] = "message",
	[CHANNEL_EMAIL - 1] = "email",
	[CHANNEL_MEETING - 1] = "meeting",
	[CHANNEL_GIFT - 1] = "gift",
	[CHANNEL_OTHER - 1] = "other",
};

const char *const direction_names[DIRECTION_MAX] = {
	[DIRECTION_OUT - 1] = "out",
	[DIRECTION_IN - 1] = "in",
};

const char *const mood_names[MOOD_MAX] = {
	[MOOD_GOOD - 1] = "good",
	[MOOD_NEUTRAL - 1] = "neutral",
	[MOOD_PROBLEM - 1] = "problem",
};

void
interaction_clear(struct interaction *i)
{
	size_t n;

	for (n = 0; n < i->with_n; n++)
		free(i->with[n]);
	free(i->with);
	free(i->note);
	*i = (struct interaction){0};
}

void
interactions_clear(struct interactions *is)
{
	size_t i;

	for (i = 0; i < is->n; i++)
		interaction_clear(&is->v[i]);
	free(is->v);
	*is = (struct interactions){0};
}

void
interactions_take(struct interactions *is, struct interaction *i)
{
	/* Grown at each power of two; n tells the capacity. */
	if ((is->n & (is->n - 1)) == 0)
		is->v = mem_resize(is->v,
		    (is->n == 0 ? 1 : is->n * 2) * sizeof *is->v);
	is->v[is->n++] = *i;
	*i = (struct interaction){0};
}
