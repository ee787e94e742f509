/* Help for people, made from the command table. */
#ifndef RAPPORT_CTL_HELP_H
#define RAPPORT_CTL_HELP_H

#include "ctl/out.h"
#include "wire/command.h"

/* What there is. */
void help_all(struct out *o);

/* All about one command. */
void help_command(struct out *o, const struct command *c);

/* The commands that begin with a word, such as "person". */
void help_group(struct out *o, const char *word);

void help_version(struct out *o);

#endif
