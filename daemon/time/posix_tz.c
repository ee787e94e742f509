/* POSIX TZ strings: see posix_tz.h. */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "time/civil.h"
#include "time/posix_tz.h"

#define DAY 86400

/*
 * Parsing: each function takes *s past what it read, and returns false when
 * it is not there. ctype.h is safe here: the programs never call setlocale.
 */
static bool
read_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool
read_number(const char **s, int max, int *out)
{
	int value = 0;

	if (!isdigit((unsigned char)**s))
		return false;
	while (isdigit((unsigned char)**s)) {
		value = value * 10 + (*(*s)++ - '0');
		if (value > max)
			return false;
	}
	*out = value;
	return true;
}

/* "CEST", or "<+03>" with digits and signs between the brackets. */
static bool
read_abbreviation(const char **s, char out[TZ_ABBREVIATION_MAX + 1])
{
	bool quoted = read_char(s, '<');
	const char *from = *s;
	size_t len;

	while (isalpha((unsigned char)**s) || (quoted &&
	    (isdigit((unsigned char)**s) || **s == '+' || **s == '-')))
		(*s)++;
	len = (size_t)(*s - from);
	if (len < 3 || len > TZ_ABBREVIATION_MAX)
		return false;
	memcpy(out, from, len);
	out[len] = '\0';
	return !quoted || read_char(s, '>');
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
read_clock(const char **s, int max_hours, int32_t *out)
{
	bool minus = read_char(s, '-');
	int hours, minutes = 0, seconds = 0;

	if (!minus)
		(void)read_char(s, '+');
	if (!read_number(s, max_hours, &hours))
		return false;
	if (read_char(s, ':')) {
		if (!read_number(s, 59, &minutes))
			return false;
		if (read_char(s, ':') && !read_number(s, 59, &seconds))
			return false;
	}
	*out = hours * 3600 + minutes * 60 + seconds;
	if (minus)
		*out = -*out;
	return true;
}

/* POSIX counts offsets west of Greenwich. */
static bool
read_offset(const char **s, int32_t *out)
{
	if (!read_clock(s, 24, out))
		return false;
	*out = -*out;
	return true;
}

static bool
read_change(const char **s, struct tz_change *c)
{
	*c = (struct tz_change){ .clock = 2 * 3600 };
	if (read_char(s, 'M')) {
		c->form = TZ_MONTH;
		if (!read_number(s, 12, &c->month) || c->month < 1 ||
		    !read_char(s, '.') ||
		    !read_number(s, 5, &c->week) || c->week < 1 ||
		    !read_char(s, '.') || !read_number(s, 6, &c->day))
			return false;
	} else if (read_char(s, 'J')) {
		c->form = TZ_JULIAN;
		if (!read_number(s, 365, &c->day) || c->day < 1)
			return false;
	} else {
		c->form = TZ_ZERO_BASED;
		if (!read_number(s, 365, &c->day))
			return false;
	}
	return !read_char(s, '/') || read_clock(s, 167, &c->clock);
}

bool
posix_tz_parse(const char *text, struct posix_tz *tz)
{
	const char *s = text;

	*tz = (struct posix_tz){0};
	if (!read_abbreviation(&s, tz->standard.abbreviation) ||
	    !read_offset(&s, &tz->standard.offset))
		return false;
	if (*s == '\0')
		return true;
	tz->has_summer = true;
	if (!read_abbreviation(&s, tz->summer.abbreviation))
		return false;
	tz->summer.offset = tz->standard.offset + 3600;
	if (*s != '\0' && *s != ',' && !read_offset(&s, &tz->summer.offset))
		return false;
	if (*s == '\0')
		s = ",M3.2.0,M11.1.0";
	return read_char(&s, ',') && read_change(&s, &tz->begin) &&
	    read_char(&s, ',') && read_change(&s, &tz->end) && *s == '\0';
}

#define THURSDAY_1970 4	/* what 1 January was, counted from Sunday */

/* The day in that year, in days since 1970. */
static int64_t
change_day(const struct tz_change *c, int year)
{
	struct civil first = { .year = year, .month = 1, .day = 1 };
	int64_t days, day, weekday;

	switch (c->form) {
	case TZ_JULIAN:
		return civil_days(&first) + c->day - 1 +
		    (civil_leap_year(year) && c->day >= 60);
	case TZ_ZERO_BASED:
		return civil_days(&first) + c->day;
	case TZ_MONTH:
		break;
	}
	first.month = c->month;
	days = civil_days(&first);
	weekday = ((days + THURSDAY_1970) % 7 + 7) % 7;	/* 0 = Sunday */
	day = (c->day - weekday + 7) % 7 + (c->week - 1) * 7;
	if (day >= civil_month_days(year, c->month))
		day -= 7;
	return days + day;
}

/* When summer time begins and ends in the rules of a year. Each clock time is
 * told in the period that it ends. */
static void
changes_of(const struct posix_tz *tz, int year, int64_t *begin, int64_t *end)
{
	*begin = change_day(&tz->begin, year) * DAY + tz->begin.clock -
	    tz->standard.offset;
	*end = change_day(&tz->end, year) * DAY + tz->end.clock -
	    tz->summer.offset;
}

/*
 * The latest change not after t decides. A change can lie up to a week outside
 * its year, even behind the next year's other one: so from two years before to
 * the year after all are looked at. Summer time that begins at the instant it
 * ends goes on (how permanent summer time is written).
 */
const struct tz_period *
posix_tz_at(const struct posix_tz *tz, int64_t t)
{
	const struct tz_period *found = &tz->standard;
	int64_t latest = INT64_MIN;
	int year, y;

	if (!tz->has_summer)
		return found;
	year = civil_from_seconds(t + tz->standard.offset).year;
	for (y = year - 2; y <= year + 1; y++) {
		int64_t begin, end;

		changes_of(tz, y, &begin, &end);
		if (end <= t && end > latest) {
			latest = end;
			found = &tz->standard;
		}
		if (begin <= t && begin >= latest) {
			latest = begin;
			found = &tz->summer;
		}
	}
	return found;
}

int64_t
posix_tz_next(const struct posix_tz *tz, int64_t t)
{
	int64_t next = INT64_MAX, begin, end;
	int year, y;

	if (!tz->has_summer)
		return next;
	year = civil_from_seconds(t + tz->standard.offset).year;
	for (y = year - 1; y <= year + 2; y++) {
		changes_of(tz, y, &begin, &end);
		if (begin > t && begin < next)
			next = begin;
		if (end > t && end < next)
			next = end;
	}
	return next;
}

static bool
same_period(const struct tz_period *a, const struct tz_period *b)
{
	return a->offset == b->offset &&
	    strcmp(a->abbreviation, b->abbreviation) == 0;
}

static bool
same_change(const struct tz_change *a, const struct tz_change *b)
{
	return a->form == b->form && a->day == b->day && a->week == b->week &&
	    a->month == b->month && a->clock == b->clock;
}

bool
posix_tz_equal(const struct posix_tz *a, const struct posix_tz *b)
{
	return same_period(&a->standard, &b->standard) &&
	    a->has_summer == b->has_summer && (!a->has_summer ||
	    (same_period(&a->summer, &b->summer) &&
	    same_change(&a->begin, &b->begin) &&
	    same_change(&a->end, &b->end)));
}
