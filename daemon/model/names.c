/* Tables of names: see names.h. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "model/names.h"

int
names_index(const char *const *names, const char *name)
{
	int i;

	for (i = 0; names[i] != NULL; i++)
		if (strcasecmp(names[i], name) == 0)
			return i;
	return -1;
}

char *
names_list(const char *const *names, char *out, unsigned long size)
{
	size_t len = 0;
	int i;

	out[0] = '\0';
	for (i = 0; names[i] != NULL && len < size; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%s",
		    i == 0 ? "" : names[i + 1] == NULL ? " or " : ", ",
		    names[i]);
	return out;
}
