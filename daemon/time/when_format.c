/* A moment to words: see when.h. */
#include <stdio.h>
#include <stdlib.h>

#include "time/span.h"
#include "time/when.h"

char *
when_format(int64_t epoch, const struct zone *z, char out[WHEN_TEXT])
{
	struct civil c = zone_civil(z, epoch);
	char second[8] = "";

	if (c.second != 0)
		snprintf(second, sizeof second, ":%02u",
		    (unsigned)c.second % 100);
	snprintf(out, WHEN_TEXT, "%s %d %s %d %02d:%02d%s %s",
	    weekday_short[civil_weekday(&c)], c.day, month_short[c.month],
	    c.year, c.hour, c.minute, second, zone_abbreviation(z, epoch));
	return out;
}

char *
when_echo(int64_t epoch, int64_t now, const struct zone *z,
    char out[WHEN_TEXT])
{
	char moment[WHEN_TEXT], relative[SPAN_TEXT];

	when_format(epoch, z, moment);
	span_relative(epoch, now, relative);
	snprintf(out, WHEN_TEXT, "%.*s (%.*s)", WHEN_TEXT - SPAN_TEXT - 4,
	    moment, SPAN_TEXT - 1, relative);
	return out;
}

/* RFC 3339 has no seconds in its offsets. Local mean times, which have them,
 * are told with the offset cut to minutes and the clock to match, so that the
 * text still names the instant. */
char *
when_rfc3339(int64_t epoch, const struct zone *z, char out[WHEN_TEXT])
{
	int minutes = zone_offset(z, epoch) / 60;
	struct civil c = civil_from_seconds(epoch + minutes * 60);
	char local[CIVIL_TEXT];

	snprintf(out, WHEN_TEXT, "%s%c%02d:%02d", civil_format(&c, local),
	    minutes < 0 ? '-' : '+', abs(minutes) / 60, abs(minutes) % 60);
	return out;
}

bool
when_note(const struct when *w, char out[WHEN_TEXT])
{
	if (w->fit == ZONE_FOLD)
		snprintf(out, WHEN_TEXT, "the clock shows %02d:%02d twice that "
		    "night: the first is meant", w->local.hour,
		    w->local.minute);
	else if (w->fit == ZONE_GAP && civil_same_day(&w->asked, &w->local))
		snprintf(out, WHEN_TEXT, "the clock skips %02d:%02d that "
		    "night: %02d:%02d is meant", w->asked.hour,
		    w->asked.minute, w->local.hour, w->local.minute);
	else if (w->fit == ZONE_GAP)
		snprintf(out, WHEN_TEXT, "the calendar skips %d %s: %d %s is "
		    "meant", w->asked.day, month_short[w->asked.month],
		    w->local.day, month_short[w->local.month]);
	return w->fit != ZONE_EXACT;
}
