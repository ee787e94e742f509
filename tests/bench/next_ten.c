/*
 * What the next ten cost in the store alone, without the socket and JSON:
 *
 *	next_ten FILE N
 *
 * Reads the first ten open reminders of the database FILE, N times, by the
 * function that rapportd uses, and prints the nanoseconds that took.
 */
#include <stdio.h>
#include <stdlib.h>

#include "nanoseconds.h"
#include "store/store.h"

static struct err err;

static int
read_ten(struct store *s)
{
	const struct store_filter open = {
		.open = true, .until = INT64_MAX, .limit = 10};
	struct reminders found = {0};
	int ok = store_reminders(s, &open, &found, &err) && found.n == 10;

	reminders_clear(&found);
	return ok;
}

int
main(int argc, char **argv)
{
	struct store *s;
	int64_t start;
	int i, n, ok = 1;

	if (argc != 3) {
		fputs("usage: next_ten FILE N\n", stderr);
		return 2;
	}
	n = atoi(argv[2]);
	s = store_open(argv[1], &err);
	if (s != NULL && read_ten(s)) {
		start = monotonic();
		for (i = 0; i < n && ok; i++)
			ok = read_ten(s);
		printf("%lld\n", (long long)(monotonic() - start));
	} else
		ok = 0;
	if (!ok)
		fprintf(stderr, "next_ten: %s\n", err.message);
	store_close(s);
	return !ok;
}
