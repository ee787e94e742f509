/*
 * The session's lock: see logind.h.
 *
 * Which session is ours? We are started by a user's service manager, which
 * belongs to none: so GetSessionByPID fails. XDG_SESSION_ID names it where the
 * desktop started us or told the manager; but it may be left over from an
 * earlier login, or be that of a terminal, which nobody locks: so it counts
 * only if logind knows it and calls it graphical. Else it is the one that
 * logind takes for the user's main one, the property Display of the user; it
 * tells when that changes. The path .../session/auto would mean the same, but
 * no signal carries it.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "notifier/logind.h"

#define LOGIND "org.freedesktop.login1"
#define MANAGER_PATH "/org/freedesktop/login1"
#define MANAGER LOGIND ".Manager"
#define SESSION LOGIND ".Session"
#define USER LOGIND ".User"
#define PROPERTIES "org.freedesktop.DBus.Properties"

struct logind {
	hint_told *told;
	void *arg;
	GDBusConnection *bus;
	GCancellable *asking;		/* NULL: no session is looked for */
	char *path;			/* of what is asked about */
	guint subscription;		/* to what may be another session */
	char *session;			/* path; NULL: none is known */
	struct hint *locked;		/* of the session */
};

static void look(struct logind *);
static void ask_user(struct logind *);

/* --- asking ------------------------------------------------------------- */

static void
stop_looking(struct logind *l)
{
	if (l->asking != NULL)
		g_cancellable_cancel(l->asking);
	g_clear_object(&l->asking);
	if (l->subscription != 0)
		g_dbus_connection_signal_unsubscribe(l->bus, l->subscription);
	l->subscription = 0;
}

/* Until it is answered, logind leaves, or another question follows. */
static void
call(struct logind *l, const char *path, const char *interface,
    const char *method, GVariant *parameters, const char *reply_type,
    GAsyncReadyCallback done)
{
	g_dbus_connection_call(l->bus, LOGIND, path, interface, method,
	    parameters, G_VARIANT_TYPE(reply_type),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, l->asking, done, l);
}

static void
get(struct logind *l, const char *interface, const char *property,
    GAsyncReadyCallback done)
{
	call(l, l->path, PROPERTIES, "Get", g_variant_new("(ss)", interface,
	    property), "(v)", done);
}

/* The reply, or NULL; *cancelled: then it is one of the past. */
static GVariant *
finish(GObject *bus, GAsyncResult *result, bool *cancelled)
{
	GError *error = NULL;
	GVariant *reply = g_dbus_connection_call_finish(
	    G_DBUS_CONNECTION(bus), result, &error);

	*cancelled = g_error_matches(error, G_IO_ERROR,
	    G_IO_ERROR_CANCELLED);
	g_clear_error(&error);
	return reply;
}

/* The reply's object path into l->path, and its reference goes. */
static void
take_path(struct logind *l, GVariant *reply)
{
	g_free(l->path);
	g_variant_get(reply, "(o)", &l->path);
	g_variant_unref(reply);
}

/* --- the session -------------------------------------------------------- */

/* path NULL: there is none. */
static void
watch_session(struct logind *l, const char *path)
{
	struct hint_source source = { .name = LOGIND, .interface = SESSION,
	    .property = "LockedHint" };

	if (path != NULL && g_strcmp0(path, l->session) == 0)
		return;
	hint_free(l->locked);
	l->locked = NULL;
	g_free(l->session);
	l->session = g_strdup(path);
	if (path == NULL) {
		l->told(l->arg, HINT_NO);
		return;
	}
	source.path = l->session;
	l->locked = hint_new(l->bus, &source, l->told, l->arg);
}

static void
on_session_removed(GDBusConnection *bus, const gchar *sender,
    const gchar *path, const gchar *interface, const gchar *name,
    GVariant *parameters, gpointer arg)
{
	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)name;
	(void)parameters;
	look(arg);
}

static bool
is_graphical(GVariant *reply)
{
	static const gchar *const types[] = { "x11", "wayland", "mir", NULL };
	GVariant *value;
	bool is;

	g_variant_get(reply, "(v)", &value);
	is = g_variant_is_of_type(value, G_VARIANT_TYPE_STRING) &&
	    g_strv_contains(types, g_variant_get_string(value, NULL));
	g_variant_unref(value);
	return is;
}

static void
on_type(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct logind *l = arg;
	bool cancelled, graphical;
	GVariant *reply = finish(bus, result, &cancelled);

	if (cancelled)
		return;
	graphical = reply != NULL && is_graphical(reply);
	if (reply != NULL)
		g_variant_unref(reply);
	if (!graphical) {
		ask_user(l);
		return;
	}
	/* Of this session only: others come and go all day. */
	l->subscription = g_dbus_connection_signal_subscribe(l->bus, LOGIND,
	    MANAGER, "SessionRemoved", MANAGER_PATH,
	    getenv("XDG_SESSION_ID"), G_DBUS_SIGNAL_FLAGS_NONE,
	    on_session_removed, l, NULL);
	watch_session(l, l->path);
}

static void
on_named_session(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct logind *l = arg;
	bool cancelled;
	GVariant *reply = finish(bus, result, &cancelled);

	if (reply != NULL) {
		take_path(l, reply);
		get(l, SESSION, "Type", on_type);
	} else if (!cancelled) {
		ask_user(l);
	}
}

/* --- the user's main session -------------------------------------------- */

static void
on_user_changed(GDBusConnection *bus, const gchar *sender, const gchar *path,
    const gchar *interface, const gchar *name, GVariant *parameters,
    gpointer arg)
{
	GVariant *changed, *display = NULL;
	const gchar **invalidated;

	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)name;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	g_variant_get(parameters, "(&s@a{sv}^a&s)", NULL, &changed,
	    &invalidated);
	display = g_variant_lookup_value(changed, "Display", NULL);
	if (display != NULL || g_strv_contains(invalidated, "Display"))
		look(arg);
	if (display != NULL)
		g_variant_unref(display);
	g_free(invalidated);
	g_variant_unref(changed);
}

/* Its id and path; the path is "/" when there is none. */
static void
on_display(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct logind *l = arg;
	bool cancelled;
	GVariant *value, *reply = finish(bus, result, &cancelled);
	const char *path = NULL;

	if (cancelled)
		return;
	if (reply == NULL) {
		watch_session(l, NULL);
		return;
	}
	g_variant_get(reply, "(v)", &value);
	if (g_variant_is_of_type(value, G_VARIANT_TYPE("(so)")))
		g_variant_get(value, "(&s&o)", NULL, &path);
	watch_session(l, path != NULL && strcmp(path, "/") != 0 ? path :
	    NULL);
	g_variant_unref(value);
	g_variant_unref(reply);
}

static void
on_user(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct logind *l = arg;
	bool cancelled;
	GVariant *reply = finish(bus, result, &cancelled);

	if (cancelled)
		return;
	if (reply == NULL) {
		watch_session(l, NULL);
		return;
	}
	take_path(l, reply);
	l->subscription = g_dbus_connection_signal_subscribe(l->bus, LOGIND,
	    PROPERTIES, "PropertiesChanged", l->path, USER,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_user_changed, l, NULL);
	get(l, USER, "Display", on_display);
}

static void
ask_user(struct logind *l)
{
	call(l, MANAGER_PATH, MANAGER, "GetUser", g_variant_new("(u)",
	    (guint32)getuid()), "(o)", on_user);
}

/* --- logind ------------------------------------------------------------- */

/* Find the session, anew. The one known so far counts until then. */
static void
look(struct logind *l)
{
	const char *id = getenv("XDG_SESSION_ID");

	stop_looking(l);
	l->asking = g_cancellable_new();
	if (id != NULL && id[0] != '\0' && g_utf8_validate(id, -1, NULL))
		call(l, MANAGER_PATH, MANAGER, "GetSession",
		    g_variant_new("(s)", id), "(o)", on_named_session);
	else
		ask_user(l);
}

static void
on_appeared(GDBusConnection *bus, const gchar *name, const gchar *owner,
    gpointer arg)
{
	(void)bus;
	(void)name;
	(void)owner;
	look(arg);
}

static void
on_vanished(GDBusConnection *bus, const gchar *name, gpointer arg)
{
	(void)bus;
	(void)name;
	stop_looking(arg);
	watch_session(arg, NULL);
}

static void
on_bus(GObject *source, GAsyncResult *result, gpointer arg)
{
	struct logind *l = arg;

	(void)source;
	l->bus = g_bus_get_finish(result, NULL);
	if (l->bus == NULL) {	/* in a container, say */
		l->told(l->arg, HINT_NO);
		return;
	}
	g_dbus_connection_set_exit_on_close(l->bus, FALSE);
	g_bus_watch_name_on_connection(l->bus, LOGIND,
	    G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, l, NULL);
}

void
logind_watch(hint_told *told, void *arg)
{
	struct logind *l = mem_new(1, sizeof *l);

	*l = (struct logind){ .told = told, .arg = arg };
	g_bus_get(G_BUS_TYPE_SYSTEM, NULL, on_bus, l);
}
