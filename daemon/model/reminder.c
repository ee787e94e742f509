/* Reminders: see reminder.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/reminder.h"

const char *const kind_names[KIND_MAX + 1] = {
	[KIND_REMINDER] = "reminder",
	[KIND_NEXT_STEP] = "next-step",
	[KIND_CHECK_IN] = "check-in",
	[KIND_FIX] = "fix",
	[KIND_THANKS] = "thanks",
	[KIND_ASK] = "ask",
};

const char *const state_names[STATE_MAX + 1] = {
	[STATE_SCHEDULED] = "scheduled",
	[STATE_RINGING] = "ringing",
	[STATE_SNOOZED] = "snoozed",
	[STATE_DONE] = "done",
	[STATE_DROPPED] = "dropped",
};

const char *const act_names[ACT_MAX + 1] = {
	[ACT_RING] = "ring",
	[ACT_SNOOZE] = "snooze",
	[ACT_DONE] = "done",
	[ACT_DROP] = "drop",
	[ACT_MOVE] = "move",
	[ACT_EDIT] = "edit",
	[ACT_SKIP] = "skip",
};

/* Where an act leads from a state; what is not named here is not allowed. */
static const struct transition {
	enum reminder_act act;
	enum reminder_state from, to;
} transitions[] = {
	{ACT_RING, STATE_SCHEDULED, STATE_RINGING},
	{ACT_RING, STATE_SNOOZED, STATE_RINGING},
	/* Snoozing again means: later than we said a moment ago. */
	{ACT_SNOOZE, STATE_RINGING, STATE_SNOOZED},
	{ACT_SNOOZE, STATE_SNOOZED, STATE_SNOOZED},
	{ACT_DONE, STATE_SCHEDULED, STATE_DONE},
	{ACT_DONE, STATE_RINGING, STATE_DONE},
	{ACT_DONE, STATE_SNOOZED, STATE_DONE},
	{ACT_DROP, STATE_SCHEDULED, STATE_DROPPED},
	{ACT_DROP, STATE_RINGING, STATE_DROPPED},
	{ACT_DROP, STATE_SNOOZED, STATE_DROPPED},
	{ACT_MOVE, STATE_SCHEDULED, STATE_SCHEDULED},
	{ACT_MOVE, STATE_RINGING, STATE_SCHEDULED},
	{ACT_MOVE, STATE_SNOOZED, STATE_SCHEDULED},
	{ACT_EDIT, STATE_SCHEDULED, STATE_SCHEDULED},
	{ACT_EDIT, STATE_RINGING, STATE_RINGING},
	{ACT_EDIT, STATE_SNOOZED, STATE_SNOOZED},
	/* Of a series, and then it waits for the next occurrence. */
	{ACT_SKIP, STATE_SCHEDULED, STATE_SCHEDULED},
	{ACT_SKIP, STATE_RINGING, STATE_SCHEDULED},
	{ACT_SKIP, STATE_SNOOZED, STATE_SCHEDULED},
	/* A note or a name can be put right afterwards. */
	{ACT_EDIT, STATE_DONE, STATE_DONE},
};

bool
reminder_allows(const struct reminder *r, enum reminder_act act,
    enum reminder_state *to, struct err *err)
{
	size_t i;

	for (i = 0; i < sizeof transitions / sizeof *transitions; i++) {
		if (transitions[i].act != act ||
		    transitions[i].from != r->state)
			continue;
		if (to != NULL)
			*to = transitions[i].to;
		return true;
	}
	if (act == ACT_SNOOZE && r->state == STATE_SCHEDULED)
		return err_set(err, ERR_IMPOSSIBLE,
		    "%" PRId64 " has not rung yet; to change its time: "
		    "rapportctl move %" PRId64 " WHEN", r->id, r->id);
	if (!reminder_open(r))
		return err_set(err, ERR_IMPOSSIBLE,
		    "%" PRId64 " is %s already; to take that back: "
		    "rapportctl undo %" PRId64, r->id, state_names[r->state],
		    r->id);
	return err_set(err, ERR_IMPOSSIBLE, "%" PRId64 " is %s: no %s",
	    r->id, state_names[r->state], act_names[act]);
}

bool
reminder_open(const struct reminder *r)
{
	return r->state == STATE_SCHEDULED || r->state == STATE_RINGING ||
	    r->state == STATE_SNOOZED;
}

bool
reminder_floating(const struct reminder *r)
{
	return r->due.wall && r->zone == NULL;
}

bool
reminder_rule(const struct reminder *r, struct recur *out, struct err *err)
{
	struct err why = {0};

	if (recur_parse(r->every, out, &why))
		return true;
	return err_set(err, ERR_STORAGE,
	    "the rule of %" PRId64 ", %s, can't be read: %s", r->id, r->every,
	    why.message);
}

void
moment_derive(struct moment *m, const struct zone *z)
{
	if (m->wall)
		m->epoch = zone_instant(z, &m->local, NULL);
}

void
reminder_clear(struct reminder *r)
{
	size_t i;

	for (i = 0; i < r->with_n; i++)
		free(r->with[i]);
	free(r->with);
	free(r->text);
	free(r->need);
	free(r->zone);
	free(r->note);
	free(r->every);
	*r = (struct reminder){0};
}

struct reminder
reminder_copy(const struct reminder *r)
{
	struct reminder copy = *r;
	size_t i;

	copy.text = mem_dup(r->text);
	copy.need = mem_dup(r->need);
	copy.zone = mem_dup(r->zone);
	copy.note = mem_dup(r->note);
	copy.every = mem_dup(r->every);
	copy.with = NULL;
	if (r->with_n > 0)
		copy.with = mem_new(r->with_n, sizeof *copy.with);
	for (i = 0; i < r->with_n; i++)
		copy.with[i] = mem_dup(r->with[i]);
	return copy;
}

void
reminders_clear(struct reminders *rs)
{
	size_t i;

	for (i = 0; i < rs->n; i++)
		reminder_clear(&rs->v[i]);
	free(rs->v);
	*rs = (struct reminders){0};
}

void
reminders_take(struct reminders *rs, struct reminder *r)
{
	/* Grown at each power of two; n tells the capacity. */
	if ((rs->n & (rs->n - 1)) == 0)
		rs->v = mem_resize(rs->v,
		    (rs->n == 0 ? 1 : rs->n * 2) * sizeof *rs->v);
	rs->v[rs->n++] = *r;
	*r = (struct reminder){0};
}

/* What leaves no mark on a screen: Unicode's White_Space (PropList.txt), and
 * the characters around it that have no width. */
static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 ||
	    c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x2069) ||
	    c == 0x3000 || c == 0xfeff;
}

/* Whether it says nothing. The text is valid UTF-8. */
static bool
is_empty(const char *text, size_t len)
{
	uint32_t c;
	size_t i;

	for (i = 0; i < len; i += utf8_decode(text + i, len - i, &c))
		if (utf8_decode(text + i, len - i, &c) == 0 || !is_blank(c))
			return false;
	return true;
}

bool
text_valid(const char *text, size_t len, const char *parameter,
    struct err *err)
{
	if (len > TEXT_MAX)
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "%s is %zu bytes long; at most %d fit", parameter, len,
		    TEXT_MAX);
	if (!utf8_valid(text, len))
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "%s is not valid UTF-8", parameter);
	if (is_empty(text, len))
		return err_param(err, ERR_NOT_UNDERSTOOD, parameter,
		    "%s is empty", parameter);
	return true;
}
