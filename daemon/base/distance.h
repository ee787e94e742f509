/* "Did you mean …?": the nearest of the words that would have been right. */
#ifndef RAPPORT_BASE_DISTANCE_H
#define RAPPORT_BASE_DISTANCE_H

#include <stddef.h>

/* The candidate with the smallest optimal string alignment distance (an
 * insertion, deletion, substitution or swap of neighbours counts 1; ASCII
 * case is ignored), if that is at most a third of the word's length, or 1 in a
 * word of two; else NULL. Ties: the first. candidates ends with NULL. */
const char *nearest_word(const char *word, const char *const *candidates);

/* The same for up to max of them (NEAREST_MAX at most), the nearest first, into
 * out: how many there are. */
enum { NEAREST_MAX = 5 };
size_t nearest_words(const char *word, const char *const *candidates,
    const char **out, size_t max);

#endif
