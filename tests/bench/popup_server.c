/*
 * A notification server that tells when it was called, and whose user is
 * quick:
 *
 *	popup_server DONE_AFTER
 *
 * On the session bus it takes the place of org.freedesktop.Notifications.
 * Prints "ready", then for each Notify a line: the nanoseconds since 1970 at
 * which the message was read from the bus, the pop-up's id, the id that it
 * replaces, and the summary. DONE_AFTER milliseconds later it presses the
 * pop-up's Done, if it has one, and the pop-up goes. Each closed pop-up is a
 * line too: "closed" and the id.
 */
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nanoseconds.h"

#define NOTIFICATIONS "org.freedesktop.Notifications"

static const char interface_text[] =
    "<node><interface name='" NOTIFICATIONS "'>"
    "<method name='Notify'>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'>"
    "<arg type='u' direction='in'/></method>"
    "<method name='GetCapabilities'>"
    "<arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "</method>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/>"
    "</signal>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "</interface></node>";

enum { CLOSED_BY_USER = 2, CLOSED_BY_CALL = 3 };

/* A click to come. */
struct click {
	GDBusConnection *bus;
	guint id;
	char *action;
};

static GAsyncQueue *arrivals;	/* of gint64 *, one for each Notify */
static guint done_after;	/* milliseconds */
static guint last_id;

static void
emit(GDBusConnection *bus, const char *name, GVariant *parameters)
{
	g_dbus_connection_emit_signal(bus, NULL,
	    "/org/freedesktop/Notifications", NOTIFICATIONS, name, parameters,
	    NULL);
}

static void
emit_closed(GDBusConnection *bus, guint id, guint reason)
{
	emit(bus, "NotificationClosed", g_variant_new("(uu)", id, reason));
	printf("closed %u\n", id);
	fflush(stdout);
}

/* Runs in GDBus' own thread, as soon as the message is there. */
static GDBusMessage *
on_message(GDBusConnection *bus, GDBusMessage *message, gboolean incoming,
    gpointer arg)
{
	gint64 now = nanoseconds(CLOCK_REALTIME), *at;

	(void)bus;
	(void)arg;
	if (incoming && g_strcmp0(g_dbus_message_get_member(message),
	    "Notify") == 0) {
		at = g_new(gint64, 1);
		*at = now;
		g_async_queue_push(arrivals, at);
	}
	return message;
}

static gboolean
on_click(gpointer arg)
{
	struct click *click = arg;

	emit(click->bus, "ActionInvoked", g_variant_new("(us)", click->id,
	    click->action));
	emit_closed(click->bus, click->id, CLOSED_BY_USER);
	g_free(click->action);
	g_free(click);
	return G_SOURCE_REMOVE;
}

/* actions: name, label, name, label… */
static void
click_done(GDBusConnection *bus, guint id, const char **actions)
{
	struct click *click;

	while (*actions != NULL && !g_str_has_prefix(*actions, "done"))
		actions++;
	if (*actions == NULL)
		return;
	click = g_new(struct click, 1);
	*click = (struct click){bus, id, g_strdup(*actions)};
	g_timeout_add(done_after, on_click, click);
}

static void
notify(GDBusConnection *bus, GVariant *parameters,
    GDBusMethodInvocation *call)
{
	gint64 *at = g_async_queue_pop(arrivals);
	const char *summary, **actions;
	guint replaces, id;

	g_variant_get(parameters, "(&su&s&s&s^a&sa{sv}i)", NULL, &replaces,
	    NULL, &summary, NULL, &actions, NULL, NULL);
	id = replaces != 0 ? replaces : ++last_id;
	g_dbus_method_invocation_return_value(call,
	    g_variant_new("(u)", id));
	printf("%lld %u %u %s\n", (long long)*at, id, replaces, summary);
	fflush(stdout);
	click_done(bus, id, actions);
	g_free(actions);
	g_free(at);
}

static void
on_call(GDBusConnection *bus, const char *sender, const char *path,
    const char *interface, const char *method, GVariant *parameters,
    GDBusMethodInvocation *call, gpointer arg)
{
	static const char *const capabilities[] = {
		"actions", "body", "body-markup", "persistence", NULL};
	guint id;

	(void)sender;
	(void)path;
	(void)interface;
	(void)arg;
	if (strcmp(method, "Notify") == 0) {
		notify(bus, parameters, call);
	} else if (strcmp(method, "CloseNotification") == 0) {
		g_variant_get(parameters, "(u)", &id);
		g_dbus_method_invocation_return_value(call, NULL);
		emit_closed(bus, id, CLOSED_BY_CALL);
	} else if (strcmp(method, "GetCapabilities") == 0) {
		g_dbus_method_invocation_return_value(call,
		    g_variant_new("(^as)", capabilities));
	} else {
		g_dbus_method_invocation_return_value(call,
		    g_variant_new("(ssss)", "popup_server", "rapport", "1",
		    "1.2"));
	}
}

int
main(int argc, char **argv)
{
	static const GDBusInterfaceVTable table = {.method_call = on_call};
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	GError *error = NULL;
	GDBusNodeInfo *node;
	GDBusConnection *bus;
	GVariant *reply;

	if (argc != 2) {
		fputs("usage: popup_server DONE_AFTER\n", stderr);
		return 2;
	}
	done_after = (guint)atoi(argv[1]);
	arrivals = g_async_queue_new();
	bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
	if (bus == NULL)
		g_error("%s", error->message);
	g_dbus_connection_add_filter(bus, on_message, NULL, NULL);
	node = g_dbus_node_info_new_for_xml(interface_text, &error);
	if (node == NULL || g_dbus_connection_register_object(bus,
	    "/org/freedesktop/Notifications", node->interfaces[0], &table,
	    NULL, NULL, &error) == 0)
		g_error("%s", error->message);
	reply = g_dbus_connection_call_sync(bus, "org.freedesktop.DBus",
	    "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
	    g_variant_new("(su)", NOTIFICATIONS, 4), NULL,
	    G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
	if (reply == NULL)
		g_error("%s", error->message);
	g_variant_unref(reply);
	puts("ready");
	fflush(stdout);
	g_main_loop_run(loop);
	return 0;
}
