/* Completions for the shells, made from the command table. */
#ifndef RAPPORT_CTL_COMPLETE_H
#define RAPPORT_CTL_COMPLETE_H

#include "base/buf.h"
#include "conf/options.h"

/* Append the text for "bash", "zsh" or "fish"; for "man", what manual.h has. */
void complete_for(const char *shell, struct buf *out);

/* Append the names of the circles, one a line: what the shells ask for. */
void complete_circles(const struct options *options, struct buf *out);

#endif
