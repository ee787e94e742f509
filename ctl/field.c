/* Members of a reply: see field.h. */
#include <string.h>

#include "base/buf.h"
#include "ctl/field.h"

const char *
field_string(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

int64_t
field_int(const json_t *o, const char *name)
{
	return json_integer_value(json_object_get(o, name));
}

bool
field_true(const json_t *o, const char *name)
{
	return json_is_true(json_object_get(o, name));
}

char *
field_list(const json_t *o, const char *name, const char *except)
{
	const json_t *all = json_object_get(o, name), *one;
	struct buf b = {0};
	size_t i;

	json_array_foreach(all, i, one) {
		const char *s = json_string_value(one);

		if (s == NULL || (except != NULL && strcmp(s, except) == 0))
			continue;
		buf_addf(&b, "%s%s", b.len == 0 ? "" : ", ", s);
	}
	return buf_take(&b);
}
