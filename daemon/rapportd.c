/* How the rooms are connected: see rapportd.h. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/zoneinfo.h"
#include "edge/details.h"
#include "edge/systemd.h"
#include "rapportd.h"

enum {
	/* default.target comes before the desktop: so long after the start
	 * its notification server may still be on its way. */
	DESKTOP_GRACE = 30,
	/* After showing, until it is recorded. Writing at once would keep the
	 * notifier from a processor: up to half a millisecond, on two busy
	 * ones. */
	RECORD_USEC = 2000,
};

/* ------------------------------------------------------------- the turn -- */

/* Every turn ends here, whoever began it: commit, then look ahead. */
static bool
turn_end(void *arg, struct err *err)
{
	struct rapportd *d = arg;
	bool fatal = false, ok = store_commit(d->store, &fatal, err);

	if (!ok) {
		log_error("not stored: %s", err->message);
		schedule_resync(d->schedule);
	}
	if (fatal) {
		d->exit_status = EX_IOERR;
		event_base_loopbreak(d->base);
	}
	clock_arm(d->clock, schedule_next(d->schedule, clock_now()));
	return ok;
}

static void catch_up(struct rapportd *d, int64_t now);

/* What the clock or the notifier causes is a request like any other; a change
 * is one that undo knows, by the sentence that end() takes over. */
static bool
begin(struct rapportd *d, int64_t now, bool change)
{
	struct err err = {0};

	catch_up(d, now);
	if (store_begin(d->store, &err)) {
		if (!change || store_change_begin(d->store, now, &err))
			return true;
		store_end(d->store, false, NULL);
	}
	log_error("nothing can be stored: %s", err.message);
	/* What was to happen is tried again, after a pause. */
	schedule_resync(d->schedule);
	server_turn(d->server);
	return false;
}

static void
end(struct rapportd *d, bool change, bool ok, char *sentence, struct err *err)
{
	if (ok && change)
		ok = store_change_end(d->store, sentence == NULL ? "" :
		    sentence, err);
	if (ok)
		ok = store_end(d->store, true, err);
	else
		store_end(d->store, false, NULL);
	if (!ok) {
		log_error("not stored: %s", err->message);
		if (err->code == ERR_STORAGE)
			schedule_resync(d->schedule);
	}
	free(sentence);
	server_turn(d->server);
}

/* ------------------------------------------------------------ the clock -- */

static void
run(struct rapportd *d, int64_t now)
{
	struct err err = {0};

	event_del(d->record);
	if (begin(d, now, false))
		end(d, false, schedule_run(d->schedule, now, &err), NULL,
		    &err);
}

static void
record_now(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	run(arg, clock_now());
}

/* Whatever the notifier tells, and whatever a client asks, finds recorded what
 * was shown. */
static void
catch_up(struct rapportd *d, int64_t now)
{
	if (event_pending(d->record, EV_TIMEOUT, NULL))
		run(d, now);
}

/* Take over another zone, or other rules of the same. */
static void
change_zone(struct rapportd *d, int64_t now, struct zone *fresh)
{
	struct zone *old = d->zone;

	catch_up(d, now);
	d->zone = fresh;
	d->context.zone = fresh;
	schedule_set_zone(d->schedule, now, fresh);
	zone_free(old);
	run(d, now);
}

/* The zone's file is another one than it was. */
static void
zone_moved(void *arg)
{
	struct rapportd *d = arg;
	struct err err = {0};
	struct zone *fresh = zoneinfo_again(d->zone_file, &err);

	if (fresh == NULL)
		log_warn("%s; times stay in %s until it can", err.message,
		    zone_name(d->zone));
	else if (strcmp(zone_name(fresh), zone_name(d->zone)) == 0 &&
	    zone_equal(fresh, d->zone))
		zone_free(fresh);
	else
		change_zone(d, clock_now(), fresh);
}

/* An upgrade of the tz database replaces its files one by one, and nobody tells
 * of it: what is still on its way is seen by a later look. */
static void
look_at_zones(struct rapportd *d, int64_t now)
{
	if (localtime_look(d->localtime, now))
		zone_moved(d);
	if (localtime_look(d->zones, now))
		schedule_look_at_zones(d->schedule, now);
}

void
rapportd_find_zone(struct rapportd *d)
{
	char *database = zoneinfo_database();
	struct err why;
	bool moves;

	/* Watched before it is read: no change falls in between. */
	d->zone_file = zoneinfo_file(&moves);
	d->localtime = localtime_new(d->base, d->zone_file, moves, zone_moved,
	    d);
	d->zones = localtime_new(d->base, database, false, NULL, NULL);
	free(database);
	d->zone = zoneinfo_here(&why);
	if (why.code != ERR_NONE)
		log_error("%s; times are in %s", why.message,
		    zone_name(d->zone));
}

static void
clock_fired(void *arg)
{
	const struct timeval soon = {.tv_usec = RECORD_USEC};
	struct rapportd *d = arg;
	int64_t now = clock_now();

	look_at_zones(d, now);
	if (schedule_show_ahead(d->schedule, now))
		event_add(d->record, &soon);
	else
		run(d, now);
}

/* ----------------------------------------------------------- the socket -- */

static void
served(void *arg, struct call *c)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();

	catch_up(d, now);
	methods_call(&d->context, c, now);
}

static void
gone(void *arg, struct call *c)
{
	struct rapportd *d = arg;

	methods_gone(&d->context, c);
}

static bool
pending(void *arg)
{
	struct rapportd *d = arg;

	return store_pending(d->store);
}

static void
hurry_now(evutil_socket_t fd, short what, void *arg)
{
	struct rapportd *d = arg;

	(void)fd;
	(void)what;
	methods_hurry(&d->context, clock_now());
	server_turn(d->server);
}

static void
hurry(void *arg, int seconds)
{
	struct rapportd *d = arg;
	struct timeval tv = {.tv_sec = seconds};

	event_add(d->hurry, &tv);
}

static void
probe(void *arg)
{
	struct rapportd *d = arg;

	notifier_probe(d->notifier);
}

/* --------------------------------------- from the schedule outwards -- */

static void
out_show(void *arg, const struct popup *p)
{
	struct rapportd *d = arg;

	notifier_show(d->notifier, p);
}

static void
out_close(void *arg, const char *key, const char *nonce)
{
	struct rapportd *d = arg;

	notifier_close(d->notifier, key, nonce);
}

static void
out_prepare(void *arg)
{
	struct rapportd *d = arg;

	notifier_prepare(d->notifier);
}

static void
out_compose(void *arg, const struct popup *p)
{
	struct rapportd *d = arg;

	notifier_compose(d->notifier, p);
}

static void
out_idle(void *arg)
{
	struct rapportd *d = arg;

	notifier_idle(d->notifier);
}

static void
out_details(void *arg, int64_t id)
{
	struct rapportd *d = arg;
	struct err err = {0};

	if (!details_open(d->spawner, d->options.details_command, id, &err))
		log_warn("%s", err.message);
}

static void
out_event(void *arg, enum schedule_event ev, int64_t id,
    const struct reminder *r)
{
	struct rapportd *d = arg;

	methods_event(&d->context, ev, clock_now(), id, r);
}

static void
out_tested(void *arg, bool shown, const char *why)
{
	struct rapportd *d = arg;

	methods_tested(&d->context, clock_now(), shown, why);
}

/* ------------------------------------------ from the notifier inwards -- */

static void
replace(char **field, const char *value)
{
	free(*field);
	*field = value == NULL || value[0] == '\0' ? NULL : mem_dup(value);
}

static void
know_desktop(struct rapportd *d, const struct notifier_server *server)
{
	struct desktop *desktop = &d->context.desktop;

	desktop->up = server->up;
	replace(&desktop->server, server->name);
	replace(&desktop->why, server->why);
	replace(&desktop->capabilities, server->capabilities);
}

static void
in_server(void *arg, bool up, const char *name_version, const char *why,
    const char *capabilities)
{
	struct rapportd *d = arg;
	const struct notifier_server server = {up, name_version, capabilities,
	    why};
	int64_t now = clock_now();
	struct err err = {0};

	know_desktop(d, &server);
	if (up)
		log_info("pop-ups are shown by %s", name_version);
	else
		log_info("no pop-ups can be shown: %s", why);
	methods_desktop(&d->context, now);
	if (begin(d, now, false))
		end(d, false, schedule_server(d->schedule, now, up, &err),
		    NULL, &err);
}

static void
in_presence(void *arg, const char *why)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};
	bool begun = begin(d, now, false), ok;

	/* Known even when nothing can be stored, or it would hold for ever. */
	ok = schedule_presence(d->schedule, now, why, &err);
	if (begun)
		end(d, false, ok, NULL, &err);
}

static void
in_probed(void *arg, const struct notifier_server *server)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};

	know_desktop(d, server);
	methods_desktop(&d->context, now);
	/* It may be down as before, which is no event, but a test waits. */
	if (!server->up && begin(d, now, false))
		end(d, false, schedule_server(d->schedule, now, false, &err),
		    NULL, &err);
	else
		server_turn(d->server);
}

static void
in_shown(void *arg, const char *key, const char *nonce)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};

	if (begin(d, now, false))
		end(d, false, schedule_shown(d->schedule, now, key, nonce,
		    &err), NULL, &err);
}

static void
in_failed(void *arg, const char *key, const char *nonce, const char *why)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};

	log_warn("pop-up %s was not shown: %s", key, why);
	if (begin(d, now, false))
		end(d, false, schedule_failed(d->schedule, now, key, nonce,
		    why, &err), NULL, &err);
}

static void
in_action(void *arg, const char *key, const char *nonce, const char *action)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};
	char *sentence = NULL;
	bool ok;

	if (!begin(d, now, true))
		return;
	ok = schedule_action(d->schedule, now, key, nonce, action, &sentence,
	    &err);
	end(d, true, ok, sentence, &err);
}

static void
in_closed(void *arg, const char *key, const char *nonce,
    enum notifier_closed reason)
{
	struct rapportd *d = arg;
	int64_t now = clock_now();
	struct err err = {0};
	char *sentence = NULL;
	bool ok;

	if (!begin(d, now, true))
		return;
	ok = schedule_closed(d->schedule, now, key, nonce, (int)reason,
	    &sentence, &err);
	end(d, true, ok, sentence, &err);
}

/* ------------------------------------------------------ start and stop -- */

static const struct notifier_events notifier_events = {
	.server = in_server,
	.presence = in_presence,
	.shown = in_shown,
	.failed = in_failed,
	.action = in_action,
	.closed = in_closed,
	.probed = in_probed,
};

static void
start_notifier(struct rapportd *d)
{
	const struct notifier_settings settings = {
		.timeout = (unsigned)d->options.notifier_timeout,
		.grace = DESKTOP_GRACE,
	};
	char *program = notifier_find_program();

	d->spawner = spawner_new(d->base);
	d->notifier = notifier_new(d->base, program, &settings,
	    &notifier_events, d);
	free(program);
}

static struct context
make_context(struct rapportd *d)
{
	return (struct context){
		.store = d->store,
		.schedule = d->schedule,
		.options = &d->options,
		.zone = d->zone,
		.database = d->database,
		.config_error = &d->config_error,
		.probe = probe,
		.hurry = hurry,
		.arg = d,
	};
}

bool
rapportd_start(struct rapportd *d, int listen_fd, struct err *err)
{
	const struct schedule_out out = {
		.arg = d,
		.show = out_show,
		.close = out_close,
		.prepare = out_prepare,
		.compose = out_compose,
		.idle = out_idle,
		.details = out_details,
		.event = out_event,
		.tested = out_tested,
	};
	const struct server_ops ops = {
		.arg = d,
		.call = served,
		.gone = gone,
		.pending = pending,
		.turn_end = turn_end,
	};

	start_notifier(d);
	d->record = evtimer_new(d->base, record_now, d);
	d->hurry = evtimer_new(d->base, hurry_now, d);
	d->schedule = schedule_new(d->store, &d->options, d->zone, &out);
	d->context = make_context(d);
	d->server = server_new(d->base, listen_fd, &ops);
	d->clock = clock_new(d->base, clock_fired, d, err);
	if (d->clock == NULL)
		return false;
	clock_fired(d);
	return true;
}

/* In reverse. A pop-up that stands is raised again at the next start. */
void
rapportd_stop(struct rapportd *d)
{
	server_free(d->server);
	clock_free(d->clock);
	schedule_free(d->schedule);
	notifier_free(d->notifier);
	spawner_free(d->spawner);
	if (d->record != NULL)
		event_free(d->record);
	if (d->hurry != NULL)
		event_free(d->hurry);
	free(d->context.desktop.server);
	free(d->context.desktop.why);
	free(d->context.desktop.capabilities);
	free(d->context.watchers.v);
	free(d->context.probing.v);
	free(d->context.testing.v);
}

bool
rapportd_configure(struct rapportd *d, const char *otherwise)
{
	struct options fresh;
	struct err err = {0};

	free(d->config_error);
	d->config_error = NULL;
	options_init(&fresh);
	if (!options_load(&fresh, d->config, &err)) {
		options_clear(&fresh);
		log_error("%s; %s", err.message, otherwise);
		d->config_error = mem_dup(err.message);
		return false;
	}
	options_clear(&d->options);
	d->options = fresh;
	return true;
}

void
rapportd_reload(struct rapportd *d)
{
	systemd_notify("RELOADING=1");
	if (rapportd_configure(d, "the old settings stay")) {
		schedule_set_options(d->schedule, clock_now(), &d->options);
		notifier_set_timeout(d->notifier,
		    (unsigned)d->options.notifier_timeout);
		log_info("read %s again", d->config);
	}
	systemd_notify("READY=1");
	clock_fired(d);
}
