/*
 * The calendar on the wall: the proleptic Gregorian calendar (ISO 8601),
 * without zones and without libc. All functions are pure.
 */
#ifndef RAPPORT_TIME_CIVIL_H
#define RAPPORT_TIME_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* Wall-clock fields. A value is valid when civil_valid says so. */
struct civil {
	int year;	/* 1 … 9999 */
	int month;	/* 1 … 12 */
	int day;	/* 1 … 31 */
	int hour;	/* 0 … 23 */
	int minute;	/* 0 … 59 */
	int second;	/* 0 … 59: leap seconds are not told apart (POSIX) */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY,
	WEEKDAY_MAX };

bool civil_valid(const struct civil *c);
bool civil_leap_year(int year);
int civil_month_days(int year, int month);

/* Days since 1970-01-01 of the fields' date, and back. */
int64_t civil_days(const struct civil *c);
void civil_from_days(int64_t days, struct civil *c);	/* sets the date only */

/* Seconds since 1970-01-01 00:00:00 of the fields read as if UTC, and back. */
int64_t civil_seconds(const struct civil *c);
struct civil civil_from_seconds(int64_t seconds);

enum weekday civil_weekday(const struct civil *c);

/* < 0, 0, > 0 as a is before, at, after b. */
int civil_compare(const struct civil *a, const struct civil *b);
bool civil_same_day(const struct civil *a, const struct civil *b);

/* The same clock time n days, or n months, later (n may be negative); a month
 * too short clamps the day to its last one. */
struct civil civil_add_days(struct civil c, int64_t n);
struct civil civil_add_months(struct civil c, int64_t n);

/* Room for "2026-11-24T09:00:00" and a NUL. */
#define CIVIL_TEXT 32

/* ISO 8601 without a zone, as the store keeps it; parse accepts exactly what
 * format writes. format returns out. */
char *civil_format(const struct civil *c, char out[CIVIL_TEXT]);
bool civil_parse(const char *text, struct civil *out);

/* English names, "Mon" … and "Monday" …; "Jan" … and "January" …. */
extern const char *const weekday_short[WEEKDAY_MAX];
extern const char *const weekday_long[WEEKDAY_MAX];
extern const char *const month_short[13];	/* from index 1 */
extern const char *const month_long[13];

#endif
