/* Time zones: see zone.h. The format is RFC 8536's. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "time/posix_tz.h"
#include "time/zone.h"

#define DAY 86400
#define FIRST_INSTANT (-62135596800)	/* of the year 1 */
#define LAST_INSTANT 253402300799	/* of the year 9999 */

struct local_type {
	int32_t offset;
	char abbreviation[TZ_ABBREVIATION_MAX + 1];
};

/*
 * before, then types[type[i]] from at[i] on; after the last at[] the rule of
 * the footer, if there is one. at[] is ascending.
 */
struct zone {
	char *name;
	struct local_type before;
	size_t n;
	int64_t *at;
	uint8_t *type;
	struct local_type *types;
	bool has_rule;
	struct posix_tz rule;
};

/* An untrusted file, read from the front; a read past the end sets failed and
 * gives zeros, so that it is enough to look once. */
struct reader {
	const unsigned char *data;
	size_t left;
	bool failed;
};

static const unsigned char *
take(struct reader *r, size_t n)
{
	const unsigned char *p = r->data;

	if (r->failed || n > r->left) {
		r->failed = true;
		return NULL;
	}
	r->data += n;
	r->left -= n;
	return p;
}

static uint32_t
take_u32(struct reader *r)
{
	const unsigned char *p = take(r, 4);

	return p == NULL ? 0 : (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static int64_t
take_i64(struct reader *r)
{
	uint64_t high = take_u32(r);

	return (int64_t)(high << 32 | take_u32(r));
}

struct header {
	unsigned char version;
	uint32_t ut_indicators, standard_indicators, leap_seconds, times,
	    types, abbreviations;
};

static bool
take_header(struct reader *r, struct header *h)
{
	const unsigned char *p = take(r, 20);	/* with 15 unused bytes */

	if (p == NULL || memcmp(p, "TZif", 4) != 0)
		return false;
	h->version = p[4];
	h->ut_indicators = take_u32(r);
	h->standard_indicators = take_u32(r);
	h->leap_seconds = take_u32(r);
	h->times = take_u32(r);
	h->types = take_u32(r);
	h->abbreviations = take_u32(r);
	return !r->failed;
}

/* The size of a data block whose times take that many bytes each. The counts
 * have 32 bits and the factors are small: it fits 64. */
static uint64_t
block_size(const struct header *h, unsigned time_size)
{
	return (uint64_t)h->times * (time_size + 1) + (uint64_t)h->types * 6 +
	    h->abbreviations + (uint64_t)h->leap_seconds * (time_size + 4) +
	    h->standard_indicators + h->ut_indicators;
}

static bool
take_transitions(struct reader *r, struct zone *z, const struct header *h)
{
	size_t i;

	z->n = h->times;
	z->at = mem_new(z->n + 1, sizeof *z->at);
	z->type = mem_new(z->n + 1, sizeof *z->type);
	for (i = 0; i < z->n; i++) {
		z->at[i] = take_i64(r);
		if (i > 0 && z->at[i] <= z->at[i - 1])
			return false;
	}
	for (i = 0; i < z->n; i++) {
		const unsigned char *p = take(r, 1);

		if (p == NULL || *p >= h->types)
			return false;
		z->type[i] = *p;
	}
	return true;
}

/* RFC 8536 recommends -24:59:59 to 25:59:59 as the range of offsets. */
static bool
take_types(struct reader *r, struct zone *z, const struct header *h)
{
	struct reader records = { take(r, (size_t)h->types * 6),
	    (size_t)h->types * 6, r->failed };
	const unsigned char *names = take(r, h->abbreviations);
	uint32_t i;

	if (r->failed)
		return false;
	z->types = mem_new(h->types, sizeof *z->types);
	for (i = 0; i < h->types; i++) {
		struct local_type *type = &z->types[i];
		int32_t offset = (int32_t)take_u32(&records);
		unsigned index = take(&records, 2)[1];
		size_t len;

		if (offset < -89999 || offset > 93599 ||
		    index >= h->abbreviations)
			return false;
		len = strnlen((const char *)names + index,
		    h->abbreviations - index);
		if (len > TZ_ABBREVIATION_MAX ||
		    index + len == h->abbreviations)
			return false;
		type->offset = offset;
		memcpy(type->abbreviation, names + index, len);
	}
	z->before = z->types[0];
	return true;
}

/* "\nCET-1CEST,M3.5.0,M10.5.0/3\n"; nothing between the newlines means that
 * the last type holds for ever. */
static bool
take_footer(struct reader *r, struct zone *z)
{
	const unsigned char *p = take(r, 1), *end;
	char text[128];
	size_t len;

	if (p == NULL || *p != '\n' || r->left == 0)
		return false;
	end = memchr(r->data, '\n', r->left);
	if (end == NULL)
		return false;
	len = (size_t)(end - r->data);
	if (len == 0)
		return true;
	if (len >= sizeof text)
		return false;
	memcpy(text, r->data, len);
	text[len] = '\0';
	z->has_rule = strlen(text) == len && posix_tz_parse(text, &z->rule);
	return z->has_rule;
}

/*
 * Version 2 and later repeat the data with 64-bit times behind those with 32
 * bits, which are skipped. Files that count leap seconds ("right/") are
 * refused: their times are no POSIX times.
 */
static bool
take_file(struct reader *r, struct zone *z, const char **why)
{
	struct header h;

	*why = "it is no TZif file";
	if (!take_header(r, &h))
		return false;
	*why = "its TZif version is 1, and 2 or later is needed";
	if (h.version < '2')
		return false;
	*why = "it is damaged";
	if (block_size(&h, 4) > r->left ||
	    take(r, (size_t)block_size(&h, 4)) == NULL ||
	    !take_header(r, &h) || block_size(&h, 8) > r->left)
		return false;
	if (h.leap_seconds > 0) {
		*why = "it counts leap seconds, which Unix time does not";
		return false;
	}
	if (h.types == 0 || h.types > 256 || h.abbreviations == 0)
		return false;
	return take_transitions(r, z, &h) && take_types(r, z, &h) &&
	    take(r, (size_t)h.standard_indicators + h.ut_indicators) != NULL &&
	    take_footer(r, z);
}

struct zone *
zone_from_tzif(const void *data, size_t len, const char *name, struct err *err)
{
	struct reader r = { data, len, false };
	struct zone *z = mem_new(1, sizeof *z);
	const char *why;

	z->name = mem_dup(name);
	if (!take_file(&r, z, &why)) {
		err_set(err, ERR_IMPOSSIBLE,
		    "the file of the time zone \"%s\" can't be used: %s",
		    name, why);
		zone_free(z);
		return NULL;
	}
	return z;
}

struct zone *
zone_from_posix(const char *tz, const char *name, struct err *err)
{
	struct zone *z = mem_new(1, sizeof *z);

	if (!posix_tz_parse(tz, &z->rule)) {
		err_set(err, ERR_IMPOSSIBLE, "\"%s\" is no time zone: say a "
		    "name such as \"Europe/Berlin\", or rules such as "
		    "\"CET-1CEST,M3.5.0,M10.5.0/3\"", tz);
		zone_free(z);
		return NULL;
	}
	z->has_rule = true;
	z->name = mem_dup(name);
	return z;
}

struct zone *
zone_new_utc(void)
{
	struct zone *z = mem_new(1, sizeof *z);

	z->name = mem_dup("UTC");
	memcpy(z->before.abbreviation, "UTC", sizeof "UTC");
	return z;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->name);
	free(z->at);
	free(z->type);
	free(z->types);
	free(z);
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

/* FNV-1a, number by number. */
static uint64_t
hash_in(uint64_t hash, int64_t number)
{
	int shift;

	for (shift = 0; shift < 64; shift += 8)
		hash = (hash ^ ((uint64_t)number >> shift & 0xff)) *
		    UINT64_C(0x100000001b3);
	return hash;
}

static uint64_t
hash_change(uint64_t hash, const struct tz_change *c)
{
	hash = hash_in(hash, c->form);
	hash = hash_in(hash, c->day);
	hash = hash_in(hash, c->week);
	hash = hash_in(hash, c->month);
	return hash_in(hash, c->clock);
}

static uint64_t
hash_rule(uint64_t hash, const struct posix_tz *rule)
{
	hash = hash_in(hash, rule->standard.offset);
	if (!rule->has_summer)
		return hash;
	hash = hash_in(hash, rule->summer.offset);
	return hash_change(hash_change(hash, &rule->begin), &rule->end);
}

int64_t
zone_hash(const struct zone *z)
{
	uint64_t hash = hash_in(UINT64_C(0xcbf29ce484222325),
	    z->before.offset);
	size_t i;

	for (i = 0; i < z->n; i++) {
		hash = hash_in(hash, z->at[i]);
		hash = hash_in(hash, z->types[z->type[i]].offset);
	}
	if (z->has_rule)
		hash = hash_rule(hash, &z->rule);
	return hash == 0 ? 1 : (int64_t)hash;
}

static bool
same_type(const struct local_type *a, const struct local_type *b)
{
	return a->offset == b->offset &&
	    strcmp(a->abbreviation, b->abbreviation) == 0;
}

/* The numbers of types and of unused ones may differ between two compilers of
 * the same rules; what holds from which instant on may not. */
bool
zone_equal(const struct zone *a, const struct zone *b)
{
	size_t i;

	if (a->n != b->n || !same_type(&a->before, &b->before) ||
	    a->has_rule != b->has_rule ||
	    (a->has_rule && !posix_tz_equal(&a->rule, &b->rule)))
		return false;
	for (i = 0; i < a->n; i++)
		if (a->at[i] != b->at[i] ||
		    !same_type(&a->types[a->type[i]], &b->types[b->type[i]]))
			return false;
	return true;
}

/* How many transitions lie at or before t. */
static size_t
transitions_until(const struct zone *z, int64_t t)
{
	size_t low = 0, high = z->n;

	/* at[low - 1] <= t < at[high], where those exist. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (z->at[middle] <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int32_t
zone_offset(const struct zone *z, int64_t t)
{
	size_t i = transitions_until(z, t);

	if (i == z->n && z->has_rule)
		return posix_tz_at(&z->rule, t)->offset;
	return i == 0 ? z->before.offset : z->types[z->type[i - 1]].offset;
}

/* The first transition after t, whatever it changes; INT64_MAX: none. */
static int64_t
next_transition(const struct zone *z, int64_t t)
{
	size_t i = transitions_until(z, t);

	if (i < z->n)
		return z->at[i];
	return z->has_rule ? posix_tz_next(&z->rule, t) : INT64_MAX;
}

bool
zone_changes(const struct zone *z, int64_t after, int64_t until, int64_t *at)
{
	int64_t t;

	/* Rules that change nothing, year after year, can be written: they
	 * are not followed for ever. */
	if (after < FIRST_INSTANT)
		after = FIRST_INSTANT;
	if (until > LAST_INSTANT)
		until = LAST_INSTANT;
	if (after >= until)
		return false;
	for (t = next_transition(z, after); t <= until;
	    t = next_transition(z, t))
		if (zone_offset(z, t) != zone_offset(z, t - 1)) {
			*at = t;
			return true;
		}
	return false;
}

const char *
zone_abbreviation(const struct zone *z, int64_t t)
{
	size_t i = transitions_until(z, t);

	if (i == z->n && z->has_rule)
		return posix_tz_at(&z->rule, t)->abbreviation;
	return i == 0 ? z->before.abbreviation
	    : z->types[z->type[i - 1]].abbreviation;
}

struct civil
zone_civil(const struct zone *z, int64_t t)
{
	return civil_from_seconds(t + zone_offset(z, t));
}

int64_t
zone_instant(const struct zone *z, const struct civil *c, enum zone_fit *fit)
{
	int64_t local = civil_seconds(c);
	int32_t a = zone_offset(z, local - DAY);
	int32_t b = zone_offset(z, local + DAY);
	bool a_holds = zone_offset(z, local - a) == a;
	bool b_holds = zone_offset(z, local - b) == b;
	enum zone_fit found = ZONE_EXACT;
	int64_t t;

	if (a_holds && b_holds) {
		/* The larger offset east gives the earlier instant. */
		t = local - (a > b ? a : b);
		found = a == b ? ZONE_EXACT : ZONE_FOLD;
	} else if (a_holds || b_holds) {
		t = local - (a_holds ? a : b);
	} else {
		t = local - a;
		found = ZONE_GAP;
	}
	if (fit != NULL)
		*fit = found;
	return t;
}
