/* Nearest words: see distance.h. */
#include <ctype.h>
#include <string.h>

#include "base/distance.h"

#define LONGEST 40	/* longer words are no typing errors */

static int
least(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Optimal string alignment, three rows at a time. */
static int
distance(const char *a, size_t la, const char *b, size_t lb)
{
	int rows[3][LONGEST + 1];
	size_t i, j;

	for (j = 0; j <= lb; j++)
		rows[0][j] = (int)j;
	for (i = 1; i <= la; i++) {
		int *row = rows[i % 3], *above = rows[(i - 1) % 3];
		int *two_above = rows[(i + 1) % 3];

		row[0] = (int)i;
		for (j = 1; j <= lb; j++) {
			int ca = tolower((unsigned char)a[i - 1]);
			int cb = tolower((unsigned char)b[j - 1]);

			row[j] = least(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + (ca != cb));
			if (i > 1 && j > 1 &&
			    ca == tolower((unsigned char)b[j - 2]) &&
			    cb == tolower((unsigned char)a[i - 2]) &&
			    row[j] > two_above[j - 2] + 1)
				row[j] = two_above[j - 2] + 1;
		}
	}
	return rows[la % 3][lb];
}

const char *
nearest_word(const char *word, const char *const *candidates)
{
	size_t len = strlen(word);
	int best = (len < 3 ? 1 : (int)len / 3) + 1;
	const char *found = NULL;

	if (len < 2 || len > LONGEST)
		return NULL;
	for (; *candidates != NULL; candidates++) {
		size_t other = strlen(*candidates);
		int d;

		if (other > LONGEST)
			continue;
		d = distance(word, len, *candidates, other);
		if (d < best) {
			best = d;
			found = *candidates;
		}
	}
	return found;
}
