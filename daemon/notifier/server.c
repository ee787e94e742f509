/* The notification server: see server.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "notifier/desktop.h"
#include "notifier/server.h"

enum {
	ANSWER_MS = 5000,	/* a server that takes longer hangs */
	RETURN_MS = 5000	/* in which a server restarts by itself */
};

/*
 * Two things are told apart: whether the name has an owner, and whether we are
 * asking (the owner who it is, or D-Bus for one). All that runs belongs to one
 * `asking`; a change of owner cancels it.
 *
 * A question to the server has no time-out of its own. When ANSWER_MS have
 * gone it counts as down, and when it wakes up its late answer says so, with
 * no timer running in between.
 */
struct server {
	struct server_events events;
	void *arg;
	GDBusConnection *bus;
	char *owner;			/* unique name, or NULL */
	GCancellable *asking;		/* NULL: nothing is asked */
	struct server_info info;
	bool overdue;			/* the answer; down has been said */
	gint64 grace_until;		/* monotonic microseconds */
	guint timer;			/* for an answer or an owner; 0: none */
};

static const char stuck[] = "the notification server does not answer";

static void consider(struct server *);

static void
set_timer(struct server *s, guint ms, GSourceFunc fired)
{
	if (s->timer != 0)
		g_source_remove(s->timer);
	s->timer = fired == NULL ? 0 : g_timeout_add(ms, fired, s);
}

static void
stop_asking(struct server *s)
{
	set_timer(s, 0, NULL);
	s->overdue = false;
	if (s->asking != NULL)
		g_cancellable_cancel(s->asking);
	g_clear_object(&s->asking);
}

static void
say_down(struct server *s, const char *why, bool gone)
{
	s->events.down(s->arg, why, gone);
}

/* --- a server that is asked --------------------------------------------- */

static gboolean
on_no_answer(gpointer arg)
{
	struct server *s = arg;

	s->timer = 0;
	s->overdue = true;
	say_down(s, stuck, false);
	return G_SOURCE_REMOVE;
}

/* The reply; NULL when it failed, and then that is dealt with. A cancelled
 * question belongs to a server of the past. */
static GVariant *
finish(struct server *s, GObject *bus, GAsyncResult *result)
{
	GError *error = NULL;
	GVariant *reply;
	char *why;

	reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result,
	    &error);
	if (reply != NULL)
		return reply;
	if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
		g_dbus_error_strip_remote_error(error);
		why = g_strdup_printf("the notification server cannot be "
		    "reached: %s",
		    error->message);
		stop_asking(s);
		say_down(s, why, false);
		g_free(why);
	}
	g_error_free(error);
	return NULL;
}

static void
on_capabilities(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct server *s = arg;
	GVariant *reply = finish(s, bus, result);

	if (reply == NULL)
		return;
	stop_asking(s);
	g_strfreev(s->info.capabilities);
	g_variant_get(reply, "(^as)", &s->info.capabilities);
	g_variant_unref(reply);
	s->events.up(s->arg, &s->info);
}

static void
call(struct server *s, const char *method, const char *reply_type,
    GAsyncReadyCallback done)
{
	g_dbus_connection_call(s->bus, SERVER_NAME, SERVER_PATH, SERVER_NAME,
	    method, NULL, G_VARIANT_TYPE(reply_type), G_DBUS_CALL_FLAGS_NONE,
	    G_MAXINT, s->asking, done, s);
}

static void
on_information(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct server *s = arg;
	GVariant *reply = finish(s, bus, result);

	if (reply == NULL)
		return;
	g_free(s->info.name);
	g_free(s->info.vendor);
	g_free(s->info.version);
	g_variant_get(reply, "(ssss)", &s->info.name, &s->info.vendor,
	    &s->info.version, NULL);
	g_variant_unref(reply);
	call(s, "GetCapabilities", "(as)", on_capabilities);
}

static void
ask(struct server *s)
{
	stop_asking(s);
	s->asking = g_cancellable_new();
	set_timer(s, ANSWER_MS, on_no_answer);
	call(s, "GetServerInformation", "(ssss)", on_information);
}

/* --- a server that isn't there ------------------------------------------ */

static gboolean
on_nobody_came(gpointer arg)
{
	struct server *s = arg;

	s->timer = 0;
	consider(s);
	return G_SOURCE_REMOVE;
}

static void
on_desktop(void *arg, const char *why)
{
	struct server *s = arg;

	stop_asking(s);
	if (why == NULL)
		ask(s);		/* the call starts it */
	else
		say_down(s, why, true);
}

/* Nobody owns the name: start a server if that makes sense. */
static void
consider(struct server *s)
{
	stop_asking(s);
	s->asking = g_cancellable_new();
	desktop_ask(s->bus, s->asking, on_desktop, s);
}

static void
on_appeared(GDBusConnection *bus, const gchar *name, const gchar *owner,
    gpointer arg)
{
	struct server *s = arg;

	(void)bus;
	(void)name;
	g_free(s->owner);
	s->owner = g_strdup(owner);
	ask(s);
}

static guint
grace_left(const struct server *s)
{
	gint64 left = (s->grace_until - g_get_monotonic_time()) / 1000;

	return left > 0 ? (guint)left : 0;
}

static const char waiting[] =
    "the session is starting, and its notification server has not come yet";

/*
 * The name has no owner (any more). One that just left may be restarting, or
 * making way for another that is started by hand: D-Bus must not be faster.
 */
static void
on_vanished(GDBusConnection *bus, const gchar *name, gpointer arg)
{
	struct server *s = arg;
	bool had_owner = s->owner != NULL;

	(void)name;
	g_clear_pointer(&s->owner, g_free);
	if (bus == NULL || g_dbus_connection_is_closed(bus))
		return;
	stop_asking(s);
	if (grace_left(s) > 0) {
		say_down(s, waiting, true);
		set_timer(s, grace_left(s) + 1, on_nobody_came);
	} else if (had_owner) {
		say_down(s, "the notification server left the session bus",
		    true);
		set_timer(s, RETURN_MS, on_nobody_came);
	} else {
		consider(s);
	}
}

/* --- the bus ------------------------------------------------------------ */

static void
on_bus_closed(GDBusConnection *bus, gboolean vanished, GError *error,
    gpointer arg)
{
	struct server *s = arg;

	(void)bus;
	(void)vanished;
	(void)error;
	s->events.no_bus(s->arg, "the session bus went away");
}

static void
on_bus(GObject *source, GAsyncResult *result, gpointer arg)
{
	struct server *s = arg;
	GError *error = NULL;
	char *why;

	(void)source;
	s->bus = g_bus_get_finish(result, &error);
	set_timer(s, 0, NULL);
	s->overdue = false;
	if (s->bus == NULL) {
		why = g_strdup_printf("no session bus: %s", error->message);
		s->events.no_bus(s->arg, why);
		g_free(why);
		g_error_free(error);
		return;
	}
	/* Else losing the bus would look like being asked to end. */
	g_dbus_connection_set_exit_on_close(s->bus, FALSE);
	g_signal_connect(s->bus, "closed", G_CALLBACK(on_bus_closed), s);
	s->events.bus(s->arg, s->bus);
	g_bus_watch_name_on_connection(s->bus, SERVER_NAME,
	    G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, s, NULL);
}

static const char bus_silent[] = "the session bus does not answer";

static gboolean
on_bus_silent(gpointer arg)
{
	struct server *s = arg;

	s->timer = 0;
	s->overdue = true;
	say_down(s, bus_silent, true);
	return G_SOURCE_REMOVE;
}

/* GLib would otherwise start a bus of its own, where nobody listens. */
static bool
has_bus_address(void)
{
	const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
	const char *run = getenv("XDG_RUNTIME_DIR");
	bool found;
	char *path;

	if (address != NULL && address[0] != '\0')
		return true;
	if (run == NULL)
		return false;
	path = g_build_filename(run, "bus", NULL);
	found = g_file_test(path, G_FILE_TEST_EXISTS);
	g_free(path);
	return found;
}

static gboolean
on_start(gpointer arg)
{
	struct server *s = arg;

	if (!has_bus_address()) {
		s->events.no_bus(s->arg, "no session bus: "
		    "DBUS_SESSION_BUS_ADDRESS is not set");
		return G_SOURCE_REMOVE;
	}
	set_timer(s, ANSWER_MS, on_bus_silent);
	g_bus_get(G_BUS_TYPE_SESSION, NULL, on_bus, s);
	return G_SOURCE_REMOVE;
}

/* --- for the caller ----------------------------------------------------- */

struct server *
server_new(unsigned grace, const struct server_events *events, void *arg)
{
	struct server *s = mem_new(1, sizeof *s);

	s->events = *events;
	s->arg = arg;
	s->grace_until = g_get_monotonic_time() +
	    (gint64)grace * G_USEC_PER_SEC;
	g_idle_add_full(G_PRIORITY_HIGH, on_start, s, NULL);
	return s;
}

/* While a question is on its way its answer will do, unless it has been
 * without one for too long. */
void
server_probe(struct server *s)
{
	if (s->overdue)
		say_down(s, s->bus == NULL ? bus_silent : stuck, false);
	else if (s->bus == NULL || s->asking != NULL)
		return;
	else if (s->owner != NULL)
		ask(s);
	else if (grace_left(s) > 0)
		say_down(s, waiting, true);
	else
		consider(s);
}

void
server_suspect(struct server *s)
{
	if (s->owner != NULL && !s->overdue) {
		ask(s);
		set_timer(s, 0, NULL);	/* no need to wait before saying: */
		s->overdue = true;
	}
	say_down(s, stuck, false);
}
