/* UTF-8 as RFC 3629 defines it: checked at the door, then trusted. */
#ifndef RAPPORT_BASE_UTF8_H
#define RAPPORT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decode one character of s (len bytes, len > 0) into *out and return how
 * many bytes it takes, 1 to 4; 0 when s does not begin with a well-formed
 * character (overlong forms, surrogates and values above U+10FFFF are not).
 */
size_t utf8_decode(const char *s, size_t len, uint32_t *out);

/* Whether all len bytes are well-formed UTF-8 without a NUL. */
bool utf8_valid(const char *s, size_t len);

/* The largest n <= len at which s can be cut without splitting a character
 * that begins well; 0 <= len - n <= 3. */
size_t utf8_clip(const char *s, size_t len);

/* A control character (C0, DEL, C1), or one of the invisible characters that
 * reorder text (Unicode's bidirectional controls, U+2028/2029): what must
 * never reach a terminal from stored text. */
bool utf8_is_control(uint32_t c);

#endif
