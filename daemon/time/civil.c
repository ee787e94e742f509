/* The Gregorian calendar: see civil.h. */
#include <stdio.h>
#include <string.h>

#include "time/civil.h"

#define DAY 86400

const char *const weekday_short[WEEKDAY_MAX] = {
	"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
};
const char *const weekday_long[WEEKDAY_MAX] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	"Sunday"
};
const char *const month_short[13] = {
	"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec"
};
const char *const month_long[13] = {
	"", "January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"
};

/* Division and remainder that round down, also below zero. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
floor_mod(int64_t a, int64_t b)
{
	return a - floor_div(a, b) * b;
}

bool
civil_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
civil_month_days(int year, int month)
{
	static const int days[13] = {
		0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return days[month] + (month == 2 && civil_leap_year(year));
}

bool
civil_valid(const struct civil *c)
{
	return c->year >= 1 && c->year <= 9999 &&
	    c->month >= 1 && c->month <= 12 &&
	    c->day >= 1 && c->day <= civil_month_days(c->year, c->month) &&
	    c->hour >= 0 && c->hour <= 23 &&
	    c->minute >= 0 && c->minute <= 59 &&
	    c->second >= 0 && c->second <= 59;
}

/*
 * Both directions count in years that begin on 1 March, so that the leap day
 * is the last of its year, and in eras of 400 years, which all have 146,097
 * days. Day 0 of era 0 is 0000-03-01, which is 719,468 days before 1970. In
 * such a year the months up to month m (March = 0) have (153 m + 2) / 5 days.
 */
#define ERA_DAYS 146097
#define EPOCH_DAY 719468

int64_t
civil_days(const struct civil *c)
{
	int64_t year = (int64_t)c->year - (c->month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t year_of_era = floor_mod(year, 400);
	int64_t day_of_year = (153 * ((c->month + 9) % 12) + 2) / 5 +
	    c->day - 1;

	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - EPOCH_DAY;
}

void
civil_from_days(int64_t days, struct civil *c)
{
	int64_t era = floor_div(days + EPOCH_DAY, ERA_DAYS);
	int64_t day_of_era = floor_mod(days + EPOCH_DAY, ERA_DAYS);
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
	    day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era +
	    year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;	/* March = 0 */

	c->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	c->month = (int)(month < 10 ? month + 3 : month - 9);
	c->year = (int)(era * 400 + year_of_era + (c->month <= 2));
}

int64_t
civil_seconds(const struct civil *c)
{
	return civil_days(c) * DAY + c->hour * 3600 + c->minute * 60 +
	    c->second;
}

struct civil
civil_from_seconds(int64_t seconds)
{
	int clock = (int)floor_mod(seconds, DAY);
	struct civil c;

	civil_from_days(floor_div(seconds, DAY), &c);
	c.hour = clock / 3600;
	c.minute = clock / 60 % 60;
	c.second = clock % 60;
	return c;
}

/* Day 0, 1 January 1970, was a Thursday. */
enum weekday
civil_weekday(const struct civil *c)
{
	return (enum weekday)floor_mod(civil_days(c) + THURSDAY, WEEKDAY_MAX);
}

int
civil_compare(const struct civil *a, const struct civil *b)
{
	int64_t x = civil_seconds(a), y = civil_seconds(b);

	return (x > y) - (x < y);
}

bool
civil_same_day(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

struct civil
civil_add_days(struct civil c, int64_t n)
{
	civil_from_days(civil_days(&c) + n, &c);
	return c;
}

struct civil
civil_add_months(struct civil c, int64_t n)
{
	int64_t months = (int64_t)c.year * 12 + c.month - 1 + n;
	int last;

	c.year = (int)floor_div(months, 12);
	c.month = (int)floor_mod(months, 12) + 1;
	last = civil_month_days(c.year, c.month);
	if (c.day > last)
		c.day = last;
	return c;
}

char *
civil_format(const struct civil *c, char out[CIVIL_TEXT])
{
	/* The modulo says to the compiler that the text fits; it changes no
	 * valid value. */
	snprintf(out, CIVIL_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u",
	    (unsigned)c->year % 10000, (unsigned)c->month % 100,
	    (unsigned)c->day % 100, (unsigned)c->hour % 100,
	    (unsigned)c->minute % 100, (unsigned)c->second % 100);
	return out;
}

/* The value of n digits at s, or -1 when one of them is none. */
static int
digits(const char *s, int n)
{
	int value = 0;

	for (; n > 0; n--, s++) {
		if (*s < '0' || *s > '9')
			return -1;
		value = value * 10 + (*s - '0');
	}
	return value;
}

bool
civil_parse(const char *text, struct civil *out)
{
	struct civil c;

	if (strlen(text) != strlen("2026-11-24T09:00:00") || text[4] != '-' ||
	    text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
	    text[16] != ':')
		return false;
	c.year = digits(text, 4);
	c.month = digits(text + 5, 2);
	c.day = digits(text + 8, 2);
	c.hour = digits(text + 11, 2);
	c.minute = digits(text + 14, 2);
	c.second = digits(text + 17, 2);
	if (!civil_valid(&c))
		return false;
	*out = c;
	return true;
}
