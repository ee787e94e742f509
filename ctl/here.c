/* Clock, zone and hours of the client: see here.h. */
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "conf/paths.h"
#include "conf/zoneinfo.h"
#include "ctl/here.h"

void
here_clear(struct here *h)
{
	zone_free(h->zone);
	if (h->have_options)
		options_clear(&h->options);
	*h = (struct here){0};
}

int64_t
here_now(struct here *h)
{
	if (h->now == 0)
		h->now = (int64_t)time(NULL);
	return h->now;
}

const struct zone *
here_zone(struct here *h)
{
	struct err why;

	if (h->zone != NULL)
		return h->zone;
	h->zone = zoneinfo_here(&why);
	if (why.code != ERR_NONE)
		log_warn("%s; times are in %s", why.message,
		    zone_name(h->zone));
	return h->zone;
}

const struct hours *
here_hours(struct here *h, struct err *err)
{
	char *path;
	bool ok;

	if (h->have_options)
		return &h->options.hours;
	options_init(&h->options);
	/* Without a home there is no file, and the defaults hold. */
	path = paths_config(NULL);
	ok = path == NULL || options_load(&h->options, path, err);
	free(path);
	if (!ok) {
		options_clear(&h->options);
		return NULL;
	}
	h->have_options = true;
	return &h->options.hours;
}

const struct options *
here_options(struct here *h, struct err *err)
{
	return here_hours(h, err) == NULL ? NULL : &h->options;
}
