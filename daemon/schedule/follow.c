/*
 * What follows from what was done: somebody for whom a problem was put right is
 * asked a week later whether it is right now.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "schedule/inside.h"

enum { CHECK_IN_DAYS = 7, NAMED = 3 };

struct moment
follow_morning(const struct schedule *s, int64_t now, int days)
{
	struct civil c = civil_add_days(zone_civil(s->zone, now), days);
	struct moment m = {.wall = true};

	c.hour = s->options->hours.morning / 60;
	c.minute = s->options->hours.morning % 60;
	c.second = 0;
	m.epoch = zone_instant(s->zone, &c, NULL);
	m.local = zone_civil(s->zone, m.epoch);
	return m;
}

struct moment
schedule_next_workday(const struct schedule *s, int64_t now)
{
	struct civil today = zone_civil(s->zone, now);
	enum weekday day = civil_weekday(&today);

	return follow_morning(s, now, day == FRIDAY ? 3 :
	    day == SATURDAY ? 2 : 1);
}

/* "Check in with Dana Novak and Eva Lang". */
static bool
check_in_text(struct schedule *s, const struct reminder *fix, char **out,
    struct err *err)
{
	struct buf b = {0};
	size_t i;

	buf_adds(&b, "Check in with ");
	for (i = 0; i < fix->with_n && i < NAMED; i++) {
		struct contact c = {0};
		bool found;

		if (!store_contact_get(s->store, fix->with[i], &c, &found,
		    err)) {
			buf_clear(&b);
			return false;
		}
		buf_addf(&b, "%s%s", i == 0 ? "" :
		    i + 1 == fix->with_n ? " and " : ", ",
		    found ? c.name : fix->with[i]);
		contact_clear(&c);
	}
	buf_adds(&b, fix->with_n > NAMED ? " and others" : "");
	if (b.len > TEXT_MAX)
		b.data[utf8_clip(b.data, TEXT_MAX)] = '\0';
	*out = buf_take(&b);
	return true;
}

static bool
check_in(struct schedule *s, int64_t now, const struct reminder *fix,
    struct reminders *made, struct err *err)
{
	struct reminder r = {.kind = KIND_CHECK_IN};
	size_t i;
	bool ok;

	if (!check_in_text(s, fix, &r.text, err))
		return false;
	r.need = mem_dup(fix->need);
	r.due = r.ring = follow_morning(s, now, CHECK_IN_DAYS);
	r.with = mem_new(fix->with_n, sizeof *r.with);
	for (i = 0; i < fix->with_n; i++)
		r.with[r.with_n++] = mem_dup(fix->with[i]);
	ok = schedule_add(s, now, &r, err);
	if (ok && made != NULL)
		reminders_take(made, &r);
	reminder_clear(&r);
	return ok;
}

bool
schedule_follow_fix(struct schedule *s, int64_t now,
    const struct reminders *done, struct reminders *made, struct err *err)
{
	size_t i;

	for (i = 0; i < done->n; i++)
		if (done->v[i].kind == KIND_FIX && done->v[i].with_n > 0 &&
		    !check_in(s, now, &done->v[i], made, err))
			return false;
	return true;
}
