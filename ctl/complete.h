/* Completions for the shells, and the manual page's COMMANDS section, made
 * from the command table. */
#ifndef RAPPORT_CTL_COMPLETE_H
#define RAPPORT_CTL_COMPLETE_H

#include "base/buf.h"

/* Append the text for "bash", "zsh", "fish" or "man" (mdoc(7)). */
void complete_for(const char *shell, struct buf *out);

#endif
