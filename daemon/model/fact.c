/* Facts and dates, their kinds and ownership: see fact.h. */
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "model/fact.h"
#include "model/names.h"

const char *const fact_kind_names[FACT_KIND_MAX + 1] = {
	[FACT_LIKE] = "like",
	[FACT_DISLIKE] = "dislike",
	[FACT_PASSION] = "passion",
	[FACT_FAMILY] = "family",
	[FACT_WORK] = "work",
	[FACT_NEED] = "need",
	[FACT_OTHER] = "other",
};

const char *const date_kind_names[DATE_KIND_MAX + 1] = {
	[DATE_BIRTHDAY] = "birthday",
	[DATE_ANNIVERSARY] = "anniversary",
	[DATE_EVENT] = "event",
};

/* Words that people use for a kind, beside its name. */
static const struct {
	const char *word;
	enum fact_kind kind;
} meant[] = {
	{"likes", FACT_LIKE}, {"love", FACT_LIKE}, {"loves", FACT_LIKE},
	{"enjoys", FACT_LIKE}, {"favourite", FACT_LIKE},
	{"favorite", FACT_LIKE}, {"prefers", FACT_LIKE},
	{"dislikes", FACT_DISLIKE}, {"hate", FACT_DISLIKE},
	{"hates", FACT_DISLIKE}, {"avoids", FACT_DISLIKE},
	{"allergy", FACT_DISLIKE}, {"allergies", FACT_DISLIKE},
	{"passions", FACT_PASSION}, {"hobby", FACT_PASSION},
	{"hobbies", FACT_PASSION}, {"interest", FACT_PASSION},
	{"interests", FACT_PASSION}, {"sport", FACT_PASSION},
	{"sports", FACT_PASSION},
	{"families", FACT_FAMILY}, {"kid", FACT_FAMILY},
	{"kids", FACT_FAMILY}, {"child", FACT_FAMILY},
	{"children", FACT_FAMILY}, {"son", FACT_FAMILY},
	{"sons", FACT_FAMILY}, {"daughter", FACT_FAMILY},
	{"daughters", FACT_FAMILY}, {"wife", FACT_FAMILY},
	{"husband", FACT_FAMILY}, {"spouse", FACT_FAMILY},
	{"partner", FACT_FAMILY}, {"mother", FACT_FAMILY},
	{"father", FACT_FAMILY}, {"parents", FACT_FAMILY},
	{"sister", FACT_FAMILY}, {"brother", FACT_FAMILY},
	{"pet", FACT_FAMILY}, {"pets", FACT_FAMILY},
	{"works", FACT_WORK}, {"job", FACT_WORK}, {"jobs", FACT_WORK},
	{"role", FACT_WORK}, {"career", FACT_WORK}, {"business", FACT_WORK},
	{"needs", FACT_NEED}, {"want", FACT_NEED}, {"wants", FACT_NEED},
	{"goal", FACT_NEED}, {"goals", FACT_NEED},
	{"others", FACT_OTHER}, {"misc", FACT_OTHER}, {"fact", FACT_OTHER},
	{"facts", FACT_OTHER},
};

int
fact_kind_meant(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof meant / sizeof *meant; i++)
		if (strcasecmp(meant[i].word, word) == 0)
			return meant[i].kind;
	return names_index(fact_kind_names, word);
}

void
fact_clear(struct fact *f)
{
	free(f->text);
	*f = (struct fact){0};
}

void
facts_clear(struct facts *fs)
{
	size_t i;

	for (i = 0; i < fs->n; i++)
		fact_clear(&fs->v[i]);
	free(fs->v);
	*fs = (struct facts){0};
}

void
facts_take(struct facts *fs, struct fact *f)
{
	/* Grown at each power of two; n tells the capacity. */
	if ((fs->n & (fs->n - 1)) == 0)
		fs->v = mem_resize(fs->v,
		    (fs->n == 0 ? 1 : fs->n * 2) * sizeof *fs->v);
	fs->v[fs->n++] = *f;
	*f = (struct fact){0};
}

void
date_clear(struct date *d)
{
	free(d->name);
	*d = (struct date){0};
}

void
dates_clear(struct dates *ds)
{
	size_t i;

	for (i = 0; i < ds->n; i++)
		date_clear(&ds->v[i]);
	free(ds->v);
	*ds = (struct dates){0};
}

void
dates_take(struct dates *ds, struct date *d)
{
	/* As facts_take grows. */
	if ((ds->n & (ds->n - 1)) == 0)
		ds->v = mem_resize(ds->v,
		    (ds->n == 0 ? 1 : ds->n * 2) * sizeof *ds->v);
	ds->v[ds->n++] = *d;
	*d = (struct date){0};
}
