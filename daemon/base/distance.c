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

size_t
nearest_words(const char *word, const char *const *candidates,
    const char **out, size_t max)
{
	size_t len = strlen(word), n = 0, i;
	int far = (len < 3 ? 1 : (int)len / 3) + 1;
	int distances[NEAREST_MAX];

	if (len < 2 || len > LONGEST)
		return 0;
	max = max > NEAREST_MAX ? NEAREST_MAX : max;
	for (; *candidates != NULL; candidates++) {
		size_t other = strlen(*candidates);
		int d = other > LONGEST ? far :
		    distance(word, len, *candidates, other);

		if (d >= far || (n == max && d >= distances[n - 1]))
			continue;
		n += n < max;
		for (i = n - 1; i > 0 && distances[i - 1] > d; i--) {
			distances[i] = distances[i - 1];
			out[i] = out[i - 1];
		}
		distances[i] = d;
		out[i] = *candidates;
	}
	return n;
}

const char *
nearest_word(const char *word, const char *const *candidates)
{
	const char *found;

	return nearest_words(word, candidates, &found, 1) == 1 ? found : NULL;
}
