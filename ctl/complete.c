/* Completions: see complete.h. */
#include <string.h>
#include "complete.h"
void
complete_for(const char *shell, struct buf *out)
{
	buf_addf(out, "%s", shell);
}
