/* Replies about people in words: lists of them, and what a command changed. */
#ifndef RAPPORT_CTL_PEOPLE_H
#define RAPPORT_CTL_PEOPLE_H

#include <jansson.h>
#include <stdbool.h>

#include "ctl/here.h"
#include "ctl/out.h"

/* The replies of the methods of the same names, without their notes. */
void people_list(struct out *o, const json_t *reply, struct here *h);
void people_changed(struct out *o, const json_t *reply, struct here *h);
void people_forget(struct out *o, const json_t *reply);
void people_learn(struct out *o, const json_t *reply, struct here *h);
void people_met(struct out *o, const json_t *reply, struct here *h);

/* What Drop removed, besides reminders. */
void people_dropped(struct out *o, const json_t *reply, struct here *h);

/* What Edit changed, when it is no reminder; false: it is one. */
bool people_edited(struct out *o, const json_t *reply, struct here *h);

#endif
