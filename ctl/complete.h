/* Completions for the shells, made from the command table. */
#ifndef RAPPORT_CTL_COMPLETE_H
#define RAPPORT_CTL_COMPLETE_H

#include "base/buf.h"

/* Append the text for "bash", "zsh" or "fish"; for "man", what manual.h has. */
void complete_for(const char *shell, struct buf *out);

#endif
