/* Recurrence rules as text (RFC 5545 section 3.3.10): see rrule.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/distance.h"
#include "base/utf8.h"
#include "time/rrule.h"

/* The parts of a rule, in the RFC's order, which is that of the normal form. */
enum part {
	FREQ, UNTIL, COUNT, INTERVAL, BYSECOND, BYMINUTE, BYHOUR, BYDAY,
	BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH, BYSETPOS, WKST,
	PART_MAX
};

static const char *const part_names[PART_MAX + 1] = {
	"FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR",
	"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS",
	"WKST", NULL
};

/* The parts that are lists of numbers, and which: BYSECOND has a leap second,
 * and a number that may count from the end may be negative. */
static const struct {
	int least, most;
	bool from_end;
} lists[PART_MAX] = {
	[BYSECOND] = { 0, 60, false },
	[BYMINUTE] = { 0, 59, false },
	[BYHOUR] = { 0, 23, false },
	[BYMONTHDAY] = { 1, 31, true },
	[BYYEARDAY] = { 1, 366, true },
	[BYWEEKNO] = { 1, 53, true },
	[BYMONTH] = { 1, 12, false },
	[BYSETPOS] = { 1, 366, true },
};

#define NTH_MAX 53	/* of a weekday in a year */

static const char *const freq_names[] = {
	[RRULE_MINUTELY] = "MINUTELY", [RRULE_HOURLY] = "HOURLY",
	[RRULE_DAILY] = "DAILY", [RRULE_WEEKLY] = "WEEKLY",
	[RRULE_MONTHLY] = "MONTHLY", [RRULE_YEARLY] = "YEARLY",
	[RRULE_FREQ_MAX] = NULL
};

static const char *const day_names[] = {
	"MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL
};

#define EXAMPLE "a rule is said like FREQ=WEEKLY;BYDAY=MO,TH"

/* ---------------------------------------------------------------- the sets */

static void
set_add(struct rrule_set *s, int n)
{
	s->bits[n / 64] |= (uint64_t)1 << n % 64;
}

static bool
set_has(const struct rrule_set *s, int n)
{
	return s->bits[n / 64] >> n % 64 & 1;
}

/* Add a number to a list; one that counts from the end is negative. */
static void
list_add(struct rrule *r, enum part part, int number)
{
	bool back = number < 0;
	int n = abs(number);

	switch (part) {
	case BYSECOND:
		r->second |= (uint64_t)1 << n;
		break;
	case BYMINUTE:
		r->minute |= (uint64_t)1 << n;
		break;
	case BYHOUR:
		r->hour |= (uint32_t)1 << n;
		break;
	case BYMONTHDAY:
		*(back ? &r->monthday_back : &r->monthday) |= (uint32_t)1 << n;
		break;
	case BYYEARDAY:
		set_add(back ? &r->yearday_back : &r->yearday, n);
		break;
	case BYWEEKNO:
		*(back ? &r->weekno_back : &r->weekno) |= (uint64_t)1 << n;
		break;
	case BYMONTH:
		r->month |= (uint32_t)1 << n;
		break;
	case BYSETPOS:
		set_add(back ? &r->setpos_back : &r->setpos, n);
		break;
	default:
		break;
	}
}

static bool
list_has(const struct rrule *r, enum part part, int number)
{
	bool back = number < 0;
	int n = abs(number);

	switch (part) {
	case BYSECOND:
		return r->second >> n & 1;
	case BYMINUTE:
		return r->minute >> n & 1;
	case BYHOUR:
		return r->hour >> n & 1;
	case BYMONTHDAY:
		return (back ? r->monthday_back : r->monthday) >> n & 1;
	case BYYEARDAY:
		return set_has(back ? &r->yearday_back : &r->yearday, n);
	case BYWEEKNO:
		return (back ? r->weekno_back : r->weekno) >> n & 1;
	case BYMONTH:
		return r->month >> n & 1;
	case BYSETPOS:
		return set_has(back ? &r->setpos_back : &r->setpos, n);
	default:
		return false;
	}
}

/* ----------------------------------------------------------------- reading */

/* A piece of the text, not ended by a NUL. */
struct slice {
	const char *at;
	size_t len;
};

#define QUOTE_MAX 40

/* For "%.*s" in a message, which is one line: as much of it as that should
 * carry. */
static int
quoted(struct slice s)
{
	size_t len = utf8_clip(s.at, s.len < QUOTE_MAX ? s.len : QUOTE_MAX), n;

	for (n = 0; n < len && !iscntrl((unsigned char)s.at[n]); n++)
		;
	return (int)n;
}

/* Cut the piece up to the next separator off the front of *rest; false when
 * that was empty. What follows the last one is a piece too, though empty. */
static bool
next_piece(struct slice *rest, char separator, struct slice *out)
{
	const char *end;

	if (rest->at == NULL)
		return false;
	*out = *rest;
	end = memchr(rest->at, separator, rest->len);
	if (end == NULL) {
		*rest = (struct slice){ NULL, 0 };
		return true;
	}
	out->len = (size_t)(end - rest->at);
	rest->at = end + 1;
	rest->len -= out->len + 1;
	return true;
}

/* Which of the names it is, in any case of letters; -1 none. */
static int
name_of(struct slice s, const char *const *names)
{
	int i;

	for (i = 0; names[i] != NULL; i++)
		if (strlen(names[i]) == s.len &&
		    strncasecmp(names[i], s.at, s.len) == 0)
			return i;
	return -1;
}

/* " (did you mean …?)", or nothing. */
#define SUGGESTION 64

static const char *
suggest(struct slice s, const char *const *names, char out[SUGGESTION])
{
	char word[QUOTE_MAX + 1];
	const char *nearest;
	int len = quoted(s);

	memcpy(word, s.at, (size_t)len);
	word[len] = '\0';
	nearest = nearest_word(word, names);
	out[0] = '\0';
	if (nearest != NULL) {
		strcpy(out, " (did you mean ");
		strcat(out, nearest);
		strcat(out, "?)");
	}
	return out;
}

/* Digits alone, up to most; -1 when it is none. */
static int
digits(struct slice s, int most)
{
	int64_t value = 0;
	size_t i;

	if (s.len == 0)
		return -1;
	for (i = 0; i < s.len; i++) {
		if (!isdigit((unsigned char)s.at[i]))
			return -1;
		value = value * 10 + (s.at[i] - '0');
		if (value > most)
			return -1;
	}
	return (int)value;
}

/* "+" or "-" before a number that may have one; -1, or 1 without. */
static int
read_sign(struct slice *s)
{
	int sign = 1;

	if (s->len > 0 && (*s->at == '+' || *s->at == '-')) {
		sign = *s->at == '-' ? -1 : 1;
		s->at++;
		s->len--;
	}
	return sign;
}

static bool
read_freq(struct rrule *r, struct slice value, struct err *err)
{
	char hint[SUGGESTION];
	int freq = name_of(value, freq_names);

	if (freq >= 0) {
		r->freq = (enum rrule_freq)freq;
		return true;
	}
	if (value.len == strlen("SECONDLY") &&
	    strncasecmp(value.at, "SECONDLY", value.len) == 0)
		return err_set(err, ERR_NOT_UNDERSTOOD, "FREQ=SECONDLY: nobody "
		    "is reminded every second; MINUTELY is the shortest");
	return err_set(err, ERR_NOT_UNDERSTOOD, "FREQ=%.*s: FREQ is MINUTELY, "
	    "HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY%s", quoted(value),
	    value.at, suggest(value, freq_names, hint));
}

/*
 * A leap second is the second before it where there are none (RFC 5545 section
 * 3.3.12): so in UNTIL and in BYSECOND.
 */
static int
without_leap(int second)
{
	return second == 60 ? 59 : second;
}

/* "20270301", "20270301T180000" or the same with Z. */
static bool
read_until(struct rrule *r, struct slice value, struct err *err)
{
	bool has_clock = value.len > 8;
	int day, second = 235959;

	if (value.len != 8 && value.len != 15 && value.len != 16)
		goto wrong;
	if (has_clock && (toupper((unsigned char)value.at[8]) != 'T' ||
	    (value.len == 16 && toupper((unsigned char)value.at[15]) != 'Z')))
		goto wrong;
	day = digits((struct slice){ value.at, 8 }, 99999999);
	if (has_clock)
		second = digits((struct slice){ value.at + 9, 6 }, 999999);
	if (day < 0 || second < 0)
		goto wrong;
	r->until_is = !has_clock ? UNTIL_DATE :
	    value.len == 15 ? UNTIL_WALL : UNTIL_UTC;
	r->until = (struct civil){
		day / 10000, day / 100 % 100, day % 100,
		second / 10000, second / 100 % 100, without_leap(second % 100)
	};
	if (civil_valid(&r->until))
		return true;
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "UNTIL=%.*s: there is no such day or time", quoted(value),
	    value.at);
wrong:
	return err_set(err, ERR_NOT_UNDERSTOOD, "UNTIL=%.*s: say it like "
	    "20270301, 20270301T180000 or 20270301T170000Z", quoted(value),
	    value.at);
}

static bool
read_amount(enum part part, struct slice value, int most, int *out,
    struct err *err)
{
	*out = digits(value, most);
	if (*out >= 1)
		return true;
	return err_set(err, ERR_NOT_UNDERSTOOD,
	    "%s=%.*s: %s is a number from 1 to %d", part_names[part],
	    quoted(value), value.at, part_names[part], most);
}

static bool
read_list(struct rrule *r, enum part part, struct slice value,
    struct err *err)
{
	int least = lists[part].least, most = lists[part].most;
	struct slice item;

	while (next_piece(&value, ',', &item)) {
		struct slice number = item;
		int sign = lists[part].from_end ? read_sign(&number) : 1;
		int n = digits(number, most);

		if (n < least)
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "%s=%.*s: %s takes the numbers %d to %d%s",
			    part_names[part], quoted(item), item.at,
			    part_names[part], least, most,
			    lists[part].from_end ?
			    ", or with \"-\" from the end" : "");
		list_add(r, part, part == BYSECOND ? without_leap(n)
		    : sign * n);
	}
	return true;
}

/* "MO", "2TU", "-1FR", with commas between them. */
static bool
read_byday(struct rrule *r, struct slice value, struct err *err)
{
	struct slice item;

	while (next_piece(&value, ',', &item)) {
		struct slice number = item, name;
		int sign = read_sign(&number), n = 0, day = -1;
		bool counted = true;

		if (number.len >= 2) {
			name = (struct slice){ number.at + number.len - 2, 2 };
			day = name_of(name, day_names);
			number.len -= 2;
			counted = number.at != item.at || number.len > 0;
			n = counted ? digits(number, NTH_MAX) : 0;
		}
		if (day < 0 || (counted && n < 1))
			return err_set(err, ERR_NOT_UNDERSTOOD, "BYDAY=%.*s: "
			    "BYDAY takes MO, TU, WE, TH, FR, SA and SU; 2TU is "
			    "the second Tuesday, -1FR the last Friday",
			    quoted(item), item.at);
		*(sign < 0 ? &r->nth_back[day] : &r->nth[day]) |=
		    (uint64_t)1 << n;
	}
	return true;
}

static bool
read_wkst(struct rrule *r, struct slice value, struct err *err)
{
	int day = name_of(value, day_names);

	if (day < 0)
		return err_set(err, ERR_NOT_UNDERSTOOD, "WKST=%.*s: WKST is "
		    "one of MO, TU, WE, TH, FR, SA and SU", quoted(value),
		    value.at);
	r->wkst = (enum weekday)day;
	return true;
}

static bool
read_part(struct rrule *r, enum part part, struct slice value,
    struct err *err)
{
	switch (part) {
	case FREQ:
		return read_freq(r, value, err);
	case UNTIL:
		return read_until(r, value, err);
	case COUNT:
		return read_amount(part, value, RRULE_COUNT_MAX, &r->count,
		    err);
	case INTERVAL:
		return read_amount(part, value, RRULE_INTERVAL_MAX,
		    &r->interval, err);
	case BYDAY:
		return read_byday(r, value, err);
	case WKST:
		return read_wkst(r, value, err);
	default:
		return read_list(r, part, value, err);
	}
}

/* Whether a BYDAY has a number: "2TU". */
static bool
has_nth(const struct rrule *r)
{
	int day;

	for (day = MONDAY; day < WEEKDAY_MAX; day++)
		if ((r->nth[day] & ~(uint64_t)1) != 0 || r->nth_back[day] != 0)
			return true;
	return false;
}

/* What the RFC says that MUST NOT stand together. given: bit n, part n. */
static bool
check_together(const struct rrule *r, unsigned given, struct err *err)
{
	const unsigned by_parts = 1u << BYSECOND | 1u << BYMINUTE |
	    1u << BYHOUR | 1u << BYDAY | 1u << BYMONTHDAY | 1u << BYYEARDAY |
	    1u << BYWEEKNO | 1u << BYMONTH;
	const char *why = NULL;

	if (!(given & 1u << FREQ))
		why = "FREQ is missing: " EXAMPLE;
	else if (given & 1u << COUNT && given & 1u << UNTIL)
		why = "COUNT and UNTIL both end a rule: say one of them";
	else if (given & 1u << BYWEEKNO && r->freq != RRULE_YEARLY)
		why = "BYWEEKNO needs FREQ=YEARLY";
	else if (given & 1u << BYYEARDAY && (r->freq == RRULE_DAILY ||
	    r->freq == RRULE_WEEKLY || r->freq == RRULE_MONTHLY))
		why = "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or "
		    "MONTHLY: say FREQ=YEARLY";
	else if (given & 1u << BYMONTHDAY && r->freq == RRULE_WEEKLY)
		why = "BYMONTHDAY does not go with FREQ=WEEKLY: say "
		    "FREQ=MONTHLY, or FREQ=DAILY";
	else if (has_nth(r) && r->freq != RRULE_MONTHLY &&
	    r->freq != RRULE_YEARLY)
		why = "a number in BYDAY needs FREQ=MONTHLY or FREQ=YEARLY";
	else if (has_nth(r) && given & 1u << BYWEEKNO)
		why = "a number in BYDAY does not go with BYWEEKNO";
	else if (given & 1u << BYSETPOS && !(given & by_parts))
		why = "BYSETPOS picks from what another BY part gives, such "
		    "as BYDAY: there is none";
	return why == NULL || err_set(err, ERR_NOT_UNDERSTOOD, "%s", why);
}

static bool
read_parts(struct slice rest, struct rrule *r, struct err *err)
{
	struct slice piece, name;
	char hint[SUGGESTION];
	unsigned given = 0;
	int part;

	while (next_piece(&rest, ';', &piece)) {
		struct slice value = piece;

		next_piece(&value, '=', &name);
		part = name_of(name, part_names);
		if (piece.len == 0)
			return err_set(err, ERR_NOT_UNDERSTOOD, "a part of the "
			    "rule is empty: " EXAMPLE);
		if (part < 0)
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "\"%.*s\" is no part of a rule%s: " EXAMPLE,
			    quoted(name), name.at,
			    suggest(name, part_names, hint));
		if (given & 1u << part)
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "%s stands twice: say it once, with commas where "
			    "it is a list", part_names[part]);
		if (value.at == NULL)
			return err_set(err, ERR_NOT_UNDERSTOOD,
			    "%s says nothing: " EXAMPLE, part_names[part]);
		if (!read_part(r, (enum part)part, value, err))
			return false;
		given |= 1u << part;
	}
	return check_together(r, given, err);
}

bool
rrule_parse(const char *text, struct rrule *out, struct err *err)
{
	static const char prefix[] = "RRULE:";
	struct rrule r;

	/* The padding too: rules are compared by memcmp. */
	memset(&r, 0, sizeof r);
	r.interval = 1;
	if (strncasecmp(text, prefix, strlen(prefix)) == 0)
		text += strlen(prefix);
	if (!read_parts((struct slice){ text, strlen(text) }, &r, err))
		return false;
	memcpy(out, &r, sizeof r);
	return true;
}

/* ----------------------------------------------------------------- writing */

/* "," between the items of a list, the part's name before the first. */
static void
begin_item(struct buf *out, enum part part, bool *first)
{
	if (*first)
		buf_addf(out, ";%s=", part_names[part]);
	else
		buf_adds(out, ",");
	*first = false;
}

static void
write_list(const struct rrule *r, enum part part, struct buf *out)
{
	int most = lists[part].most, n;
	bool first = true;

	for (n = lists[part].from_end ? -most : 0; n <= most; n++)
		if (list_has(r, part, n)) {
			begin_item(out, part, &first);
			buf_addf(out, "%d", n);
		}
}

static void
write_byday(const struct rrule *r, struct buf *out)
{
	bool first = true;
	int day, n;

	for (day = MONDAY; day < WEEKDAY_MAX; day++)
		for (n = -NTH_MAX; n <= NTH_MAX; n++) {
			uint64_t bits = n < 0 ? r->nth_back[day] : r->nth[day];

			if (!(bits >> abs(n) & 1))
				continue;
			begin_item(out, BYDAY, &first);
			if (n != 0)
				buf_addf(out, "%d", n);
			buf_adds(out, day_names[day]);
		}
}

static void
write_until(const struct rrule *r, struct buf *out)
{
	const struct civil *u = &r->until;

	buf_addf(out, ";UNTIL=%04d%02d%02d", u->year, u->month, u->day);
	if (r->until_is != UNTIL_DATE)
		buf_addf(out, "T%02d%02d%02d%s", u->hour, u->minute, u->second,
		    r->until_is == UNTIL_UTC ? "Z" : "");
}

void
rrule_format(const struct rrule *r, struct buf *out)
{
	int part;

	buf_addf(out, "FREQ=%s", freq_names[r->freq]);
	if (r->until_is != UNTIL_NONE)
		write_until(r, out);
	if (r->count != 0)
		buf_addf(out, ";COUNT=%d", r->count);
	if (r->interval != 1)
		buf_addf(out, ";INTERVAL=%d", r->interval);
	for (part = BYSECOND; part <= BYSETPOS; part++) {
		if (part == BYDAY)
			write_byday(r, out);
		else
			write_list(r, (enum part)part, out);
	}
	if (r->wkst != MONDAY)
		buf_addf(out, ";WKST=%s", day_names[r->wkst]);
}
