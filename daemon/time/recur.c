/* What recurs: see recur.h. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "time/recur.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

/* A hundred years: longer than anything waits to be done again. */
#define MONTHS_MAX 1200
#define DAYS_MAX 36525
#define SECONDS_MAX ((int64_t)DAYS_MAX * DAY)

/* ------------------------------------------------------------------ as text */

struct unit {
	char name;
	int months, days, seconds;
};

/* From large to small; M is another unit behind the T. */
static const struct unit date_units[] = {
	{ 'Y', 12, 0, 0 }, { 'M', 1, 0, 0 }, { 'W', 0, 7, 0 },
	{ 'D', 0, 1, 0 }, { 0 }
};
static const struct unit time_units[] = {
	{ 'H', 0, 0, HOUR }, { 'M', 0, 0, MINUTE }, { 'S', 0, 0, 1 }, { 0 }
};

/* A number of at most a hundred years of seconds. */
static bool
read_number(const char **text, int64_t *out)
{
	const char *s = *text;

	if (!isdigit((unsigned char)*s))
		return false;
	for (*out = 0; isdigit((unsigned char)*s); s++) {
		*out = *out * 10 + (*s - '0');
		if (*out > SECONDS_MAX)
			return false;
	}
	*text = s;
	return true;
}

struct span {
	int64_t months, days, seconds;
};

/* Numbers with their units, each unit at most once and in their order; *text
 * stands behind them, at the end or at a T. */
static bool
read_units(const char **text, const struct unit *u, struct span *span)
{
	while (**text != '\0' && toupper((unsigned char)**text) != 'T') {
		int64_t number;

		if (!read_number(text, &number))
			return false;
		while (u->name != 0 &&
		    u->name != toupper((unsigned char)**text))
			u++;
		if (u->name == 0)
			return false;
		span->months += number * u->months;
		span->days += number * u->days;
		span->seconds += number * u->seconds;
		u++;
		(*text)++;
	}
	return true;
}

/* "P1Y6M", "P2W", "P14D", "PT1H30M": what moves on the calendar, or what moves
 * on the clock. */
static bool
read_span(const char *text, struct recur *out)
{
	struct span span = {0};

	text++;
	if (!read_units(&text, date_units, &span))
		return false;
	if (*text != '\0') {
		text++;
		if (!read_units(&text, time_units, &span) || *text != '\0' ||
		    span.seconds == 0)
			return false;
	}
	if (span.months > MONTHS_MAX || span.days > DAYS_MAX ||
	    span.seconds > SECONDS_MAX)
		return false;
	out->months = (int)span.months;
	out->days = (int)span.days;
	out->seconds = span.seconds;
	return (span.months + span.days > 0) != (span.seconds > 0);
}

bool
recur_parse(const char *text, struct recur *out, struct err *err)
{
	struct recur r;

	/* The padding too, so that equal ones are so by memcmp. */
	memset(&r, 0, sizeof r);
	if (toupper((unsigned char)text[0]) != 'P') {
		r.kind = RECUR_RULE;
		if (!rrule_parse(text, &r.rule, err))
			return false;
	} else {
		r.kind = RECUR_AFTER_DONE;
		if (!read_span(text, &r))
			return err_set(err, ERR_NOT_UNDERSTOOD, "\"%.40s\" is "
			    "no span after done: say months and days like P3M "
			    "or P14D, or hours and minutes like PT2H, up to a "
			    "hundred years", text);
	}
	memcpy(out, &r, sizeof r);
	return true;
}

static void
write_unit(int64_t number, char unit, struct buf *out)
{
	if (number != 0)
		buf_addf(out, "%lld%c", (long long)number, unit);
}

void
recur_format(const struct recur *r, struct buf *out)
{
	if (r->kind == RECUR_RULE) {
		rrule_format(&r->rule, out);
		return;
	}
	buf_adds(out, "P");
	write_unit(r->months, 'M', out);
	write_unit(r->days, 'D', out);
	if (r->seconds == 0)
		return;
	buf_adds(out, "T");
	write_unit(r->seconds / HOUR, 'H', out);
	write_unit(r->seconds % HOUR / MINUTE, 'M', out);
	write_unit(r->seconds % MINUTE, 'S', out);
}
