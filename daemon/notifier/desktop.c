/* Is there a desktop?: see desktop.h. */
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "notifier/desktop.h"
#include "notifier/server.h"

enum { TIMEOUT_MS = 2000 };

struct question {
	GCancellable *cancellable;
	desktop_answer *answer;
	void *arg;
};

/* Takes q. */
static void
answer(struct question *q, const char *why)
{
	if (!g_cancellable_is_cancelled(q->cancellable))
		q->answer(q->arg, why);
	g_object_unref(q->cancellable);
	free(q);
}

static void
on_activatable(GObject *bus, GAsyncResult *result, gpointer arg)
{
	GVariant *reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus),
	    result, NULL);
	struct question *q = arg;
	const gchar **names;
	bool found = false;

	if (reply != NULL) {
		g_variant_get(reply, "(^a&s)", &names);
		found = g_strv_contains(names, SERVER_NAME);
		g_free(names);
		g_variant_unref(reply);
	}
	answer(q, found ? NULL : "no notification server on the session bus");
}

static void
ask_whether_activatable(GDBusConnection *bus, struct question *q)
{
	g_dbus_connection_call(bus, "org.freedesktop.DBus",
	    "/org/freedesktop/DBus", "org.freedesktop.DBus",
	    "ListActivatableNames", NULL, G_VARIANT_TYPE("(as)"),
	    G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, q->cancellable,
	    on_activatable, q);
}

/* environment as in environ(7). An empty display is none. */
static bool
names_display(const gchar *const *environment)
{
	static const char *const variables[] = { "DISPLAY",
	    "WAYLAND_DISPLAY" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof variables / sizeof *variables; i++) {
		value = g_environ_getenv((gchar **)environment, variables[i]);
		if (value != NULL && value[0] != '\0')
			return true;
	}
	return false;
}

static void
on_environment(GObject *bus, GAsyncResult *result, gpointer arg)
{
	GVariant *value, *reply = g_dbus_connection_call_finish(
	    G_DBUS_CONNECTION(bus), result, NULL);
	struct question *q = arg;
	const gchar **environment;
	bool found = false;

	if (reply != NULL) {
		g_variant_get(reply, "(v)", &value);
		if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY)) {
			environment = g_variant_get_strv(value, NULL);
			found = names_display(environment);
			g_free(environment);
		}
		g_variant_unref(value);
		g_variant_unref(reply);
	}
	if (found)
		ask_whether_activatable(G_DBUS_CONNECTION(bus), q);
	else
		answer(q, "no notification server on the session bus, and "
		    "no display to start one on");
}

void
desktop_ask(GDBusConnection *bus, GCancellable *cancellable,
    desktop_answer *answer_to, void *arg)
{
	struct question *q = mem_new(1, sizeof *q);

	*q = (struct question){ .cancellable = g_object_ref(cancellable),
	    .answer = answer_to, .arg = arg };
	if (names_display((const gchar *const *)environ)) {
		ask_whether_activatable(bus, q);
		return;
	}
	g_dbus_connection_call(bus, "org.freedesktop.systemd1",
	    "/org/freedesktop/systemd1", "org.freedesktop.DBus.Properties",
	    "Get", g_variant_new("(ss)", "org.freedesktop.systemd1.Manager",
	    "Environment"), G_VARIANT_TYPE("(v)"),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, q->cancellable,
	    on_environment, q);
}
