/* What a program on a bus says: see hint.h. */
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "notifier/hint.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

struct hint {
	struct hint_source source;
	hint_told *told;
	void *arg;
	GDBusConnection *bus;
	char *owner;			/* unique name, or NULL */
	guint watch, subscription;	/* 0: none */
	GCancellable *asking;		/* NULL: nothing is asked */
	const char *path;		/* that is asked */
};

static void ask(struct hint *h, const char *path);

static void
stop_asking(struct hint *h)
{
	if (h->asking != NULL)
		g_cancellable_cancel(h->asking);
	g_clear_object(&h->asking);
}

static void
tell(struct hint *h, bool is)
{
	stop_asking(h);
	h->told(h->arg, is ? HINT_YES : HINT_NO);
}

/* --- the answer --------------------------------------------------------- */

/* The boolean in an answer, "(b)" or "(v)"; anything else is a no. */
static bool
is_true(GVariant *answer)
{
	GVariant *value;
	bool is = false;

	if (g_variant_is_of_type(answer, G_VARIANT_TYPE("(b)"))) {
		value = g_variant_get_child_value(answer, 0);
		is = g_variant_get_boolean(value);
		g_variant_unref(value);
	} else if (g_variant_is_of_type(answer, G_VARIANT_TYPE("(v)"))) {
		g_variant_get(answer, "(v)", &value);
		is = g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) &&
		    g_variant_get_boolean(value);
		g_variant_unref(value);
	}
	return is;
}

/*
 * A cancelled question is one of the past, whose hint may be gone. A program
 * that fails to answer does not know: several own the name of a screen saver
 * only to be told when not to start one.
 */
static void
on_answer(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct hint *h = arg;
	GError *error = NULL;
	GVariant *answer = g_dbus_connection_call_finish(
	    G_DBUS_CONNECTION(bus), result, &error);

	if (answer != NULL) {
		tell(h, is_true(answer));
		g_variant_unref(answer);
		return;
	}
	if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
		if (h->path == h->source.path && h->source.other_path != NULL)
			ask(h, h->source.other_path);
		else
			tell(h, false);
	}
	g_error_free(error);
}

/* Without a time-out, hence without a timer: whoever waits decides how long,
 * and a late answer still is one. */
static void
ask(struct hint *h, const char *path)
{
	bool property = h->source.property != NULL;

	stop_asking(h);
	h->asking = g_cancellable_new();
	h->path = path;
	g_dbus_connection_call(h->bus, h->owner, path,
	    property ? PROPERTIES : h->source.interface,
	    property ? "Get" : "GetActive",
	    property ? g_variant_new("(ss)", h->source.interface,
	    h->source.property) : NULL, NULL,
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, h->asking, on_answer, h);
}

/* --- changes ------------------------------------------------------------ */

static void
on_active_changed(GDBusConnection *bus, const gchar *sender,
    const gchar *path, const gchar *interface, const gchar *name,
    GVariant *parameters, gpointer arg)
{
	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)name;
	if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(b)")))
		tell(arg, is_true(parameters));
}

static void
on_properties_changed(GDBusConnection *bus, const gchar *sender,
    const gchar *path, const gchar *interface, const gchar *name,
    GVariant *parameters, gpointer arg)
{
	struct hint *h = arg;
	GVariant *changed;
	const gchar **invalidated;
	gboolean is;

	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)name;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	g_variant_get(parameters, "(&s@a{sv}^a&s)", NULL, &changed,
	    &invalidated);
	if (g_variant_lookup(changed, h->source.property, "b", &is))
		tell(h, is);
	else if (g_strv_contains(invalidated, h->source.property))
		ask(h, h->source.path);
	g_free(invalidated);
	g_variant_unref(changed);
}

/* ActiveChanged is taken from whatever object tells it: Plasma's saver has two
 * paths, and which of them speaks has changed. */
static guint
listen(struct hint *h)
{
	if (h->source.property == NULL)
		return g_dbus_connection_signal_subscribe(h->bus, h->owner,
		    h->source.interface, "ActiveChanged", NULL, NULL,
		    G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, h, NULL);
	return g_dbus_connection_signal_subscribe(h->bus, h->owner, PROPERTIES,
	    "PropertiesChanged", h->source.path, h->source.interface,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_properties_changed, h, NULL);
}

/* --- who is there ------------------------------------------------------- */

static void
leave(struct hint *h)
{
	stop_asking(h);
	if (h->subscription != 0)
		g_dbus_connection_signal_unsubscribe(h->bus, h->subscription);
	h->subscription = 0;
	g_clear_pointer(&h->owner, g_free);
}

/* Listening comes before asking, so that no change falls in between. */
static void
on_appeared(GDBusConnection *bus, const gchar *name, const gchar *owner,
    gpointer arg)
{
	struct hint *h = arg;

	(void)bus;
	(void)name;
	leave(h);
	h->owner = g_strdup(owner);
	h->subscription = listen(h);
	h->told(h->arg, HINT_ASKED);
	ask(h, h->source.path);
}

static void
on_vanished(GDBusConnection *bus, const gchar *name, gpointer arg)
{
	(void)bus;
	(void)name;
	leave(arg);
	tell(arg, false);
}

/* --- for the caller ----------------------------------------------------- */

struct hint *
hint_new(GDBusConnection *bus, const struct hint_source *source,
    hint_told *told, void *arg)
{
	struct hint *h = mem_new(1, sizeof *h);

	*h = (struct hint){ .source = *source, .told = told, .arg = arg,
	    .bus = bus };
	h->watch = g_bus_watch_name_on_connection(bus, source->name,
	    G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, h, NULL);
	return h;
}

void
hint_free(struct hint *h)
{
	if (h == NULL)
		return;
	g_bus_unwatch_name(h->watch);
	leave(h);
	free(h);
}
