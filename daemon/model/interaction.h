/*
 * An interaction: a conversation that happened (numbered i31).
 */
#ifndef RAPPORT_MODEL_INTERACTION_H
#define RAPPORT_MODEL_INTERACTION_H

#include <stddef.h>
#include <stdint.h>

/* 0 is "not said" in each of these; the names begin at 1. */
enum channel {
	CHANNEL_UNSAID,
	CHANNEL_CALL,
	CHANNEL_MESSAGE,
	CHANNEL_EMAIL,
	CHANNEL_MEETING,
	CHANNEL_GIFT,
	CHANNEL_OTHER,
	CHANNEL_MAX
};
enum direction { DIRECTION_UNSAID, DIRECTION_OUT, DIRECTION_IN, DIRECTION_MAX };
enum mood { MOOD_UNSAID, MOOD_GOOD, MOOD_NEUTRAL, MOOD_PROBLEM, MOOD_MAX };

/* Without the unsaid: names[0] is that of value 1; they end with NULL. */
extern const char *const channel_names[CHANNEL_MAX];
extern const char *const direction_names[DIRECTION_MAX];
extern const char *const mood_names[MOOD_MAX];

struct interaction {
	int64_t id;		/* > 0, never given twice */
	int64_t at;		/* Unix seconds */
	enum channel channel;
	enum direction direction;
	enum mood mood;
	char *note;		/* may be NULL */
	int64_t reminder;	/* that it answered; 0: none */
	char **with;		/* handles, sorted; with_n of them, >= 1 */
	size_t with_n;
};

struct interactions {
	struct interaction *v;
	size_t n;
};

void interaction_clear(struct interaction *i);
void interactions_clear(struct interactions *is);
void interactions_take(struct interactions *is, struct interaction *i);

#endif
