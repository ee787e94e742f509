/* Zones from bytes that nobody vouches for: the input is a TZif file, or a POSIX
 * TZ string. What is taken for a zone answers every question. */
#include "fuzz.h"

/* A walk over the years 3 to 9993 in odd steps, and closely around 2026. */
static int64_t
moment(int n)
{
	const int64_t first = -62072524800, step = 1577923201;

	if (n < 200)
		return first + n * step;
	return 1767225600 + (n - 200) * (int64_t)31337 * 8;
}

static void
check_wall(const struct zone *z, int64_t t)
{
	struct civil wall = zone_civil(z, t), back;
	enum zone_fit fit;
	int64_t again;

	if (!civil_valid(&wall))
		return;
	again = zone_instant(z, &wall, &fit);
	/* The wall shows it, or skips it: then it shows a later time. */
	back = zone_civil(z, again);
	if (fit == ZONE_GAP)
		return;
	MUST(civil_compare(&wall, &back) == 0);
}

/* The offset changes where zone_changes says so, and nowhere before. */
static void
check_changes(const struct zone *z, int64_t t)
{
	const int64_t until = t + 400 * (int64_t)86400;
	int64_t at = t, middle;
	int n;

	for (n = 0; n < 3; n++) {
		int64_t from = at;

		if (!zone_changes(z, from, until, &at)) {
			MUST(zone_offset(z, from) == zone_offset(z, until));
			return;
		}
		MUST(at > from && at <= until);
		MUST(zone_offset(z, at) != zone_offset(z, at - 1));
		middle = from + (at - from) / 2;
		if (middle < at)
			MUST(zone_offset(z, middle) == zone_offset(z, from));
	}
}

static void
check(const struct zone *z)
{
	int n;

	MUST(zone_equal(z, z));
	MUST(zone_hash(z) != 0 && zone_hash(z) == zone_hash(z));
	for (n = 0; n < 400; n++) {
		int64_t t = moment(n);

		MUST(strlen(zone_abbreviation(z, t)) < 64);
		check_wall(z, t);
		if (n % 8 == 0)
			check_changes(z, t);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool file = size >= 4 && memcmp(data, "TZif", 4) == 0;
	char *text = string_of(data, size);
	double start = processor_time();
	struct err err = {0};
	struct zone *z = file ? zone_from_tzif(data, size, "Fuzz/Town", &err)
	    : zone_from_posix(text, "Fuzz/Town", &err);

	if (z == NULL && (file || is_text(text)))
		must_say_why(&err);
	else if (z != NULL)
		check(z);
	zone_free(z);
	free(text);
	MUST(processor_time() - start < SECONDS_MAX);
	return 0;
}
