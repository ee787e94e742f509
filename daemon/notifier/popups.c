/* Pop-ups through libnotify: see popups.h. */
#include <libnotify/notify.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "notifier/popups.h"

enum {
	CLOSE_MS = 5000,	/* for the answer to CloseNotification */
	ECHO_US = 300 * 1000,	/* the same click, said twice by the server */
	RECENT_US = 1500 * 1000,	/* an equal text is a mistake then */
	RECENT = 4,			/* texts remembered */
	REASON_BY_CALL = 3,
	REASON_UNDEFINED = 4
};

struct popup {
	struct popup *next;
	char *key, *nonce;
	char *text;		/* summary and body, to keep texts unique */
	bool counted;		/* there was one with the text it was given */
	guint id;		/* the server's; 0: not shown yet */
	NotifyNotification *notification;
};

struct popups {
	GDBusConnection *bus;
	struct popups_events events;
	void *arg;
	struct popup *open;
	struct popup *draft;		/* composed ahead, or NULL */
	struct {
		char *text;
		gint64 when;		/* monotonic microseconds */
	} recent[RECENT];		/* shown, newest first */
	bool up, initialised;
	bool can_act, can_body, can_markup, can_persist;
	size_t buttons;			/* it shows, besides the default */
	struct {
		guint id;
		char *action;
		gint64 when;		/* monotonic microseconds */
	} last_click;
};

/* --- the table ---------------------------------------------------------- */

static struct popup *
find(struct popups *p, const char *key, const char *nonce)
{
	struct popup *popup;

	for (popup = p->open; popup != NULL; popup = popup->next)
		if (strcmp(popup->key, key) == 0 &&
		    (nonce == NULL || strcmp(popup->nonce, nonce) == 0))
			return popup;
	return NULL;
}

static struct popup *
find_id(struct popups *p, guint id)
{
	struct popup *popup;

	for (popup = p->open; popup != NULL; popup = popup->next)
		if (popup->id == id)
			return popup;
	return NULL;
}

/*
 * Without a working proxy the unref would wait for the server; there is one,
 * since nothing is composed before popups_server_up has made it.
 */
static void
discard(struct popups *p, struct popup *popup)
{
	if (popup == NULL)
		return;
	g_signal_handlers_disconnect_by_data(popup->notification, p);
	g_object_unref(popup->notification);
	free(popup->key);
	free(popup->nonce);
	free(popup->text);
	free(popup);
}

static void
forget(struct popups *p, struct popup *popup)
{
	struct popup **where = &p->open;

	while (*where != popup)
		where = &(*where)->next;
	*where = popup->next;
	discard(p, popup);
}

static void
forget_draft(struct popups *p)
{
	discard(p, p->draft);
	p->draft = NULL;
}

static void
forget_closed(struct popups *p, struct popup *popup, unsigned reason)
{
	p->events.closed(p->arg, popup->key, popup->nonce, reason);
	forget(p, popup);
}

/* --- closing ------------------------------------------------------------ */

/* libnotify's own close waits for the answer, so the call is made here. */
static void
call_close(struct popups *p, guint id, GAsyncReadyCallback done, gpointer arg)
{
	g_dbus_connection_call(p->bus, SERVER_NAME, SERVER_PATH, SERVER_NAME,
	    "CloseNotification", g_variant_new("(u)", id), NULL,
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, CLOSE_MS, NULL, done, arg);
}

struct closing {
	struct popups *popups;
	char *key, *nonce;
};

/* Mostly the signal came first and it is forgotten by now. Some servers send
 * none, others refuse because it is gone: either way it is. */
static void
on_close_answered(GObject *bus, GAsyncResult *result, gpointer arg)
{
	struct closing *c = arg;
	struct popup *popup = find(c->popups, c->key, c->nonce);
	GError *error = NULL;
	GVariant *reply;

	reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result,
	    &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
		c->popups->events.timed_out(c->popups->arg);
	else if (popup != NULL)
		forget_closed(c->popups, popup, REASON_BY_CALL);
	if (reply != NULL)
		g_variant_unref(reply);
	g_clear_error(&error);
	free(c->key);
	free(c->nonce);
	free(c);
}

void
popups_close(struct popups *p, const char *key, const char *nonce)
{
	struct popup *popup = find(p, key, nonce);
	struct closing *c;

	if (popup == NULL) {
		p->events.closed(p->arg, key, nonce, REASON_BY_CALL);
		return;
	}
	c = mem_new(1, sizeof *c);
	*c = (struct closing){ .popups = p, .key = mem_dup(key),
	    .nonce = mem_dup(nonce) };
	call_close(p, popup->id, on_close_answered, c);
}

static void
on_closed(NotifyNotification *notification, gpointer arg)
{
	struct popups *p = arg;
	struct popup *popup;

	for (popup = p->open; popup != NULL; popup = popup->next)
		if (popup->notification == notification)
			break;
	if (popup != NULL)
		forget_closed(p, popup, (unsigned)
		    notify_notification_get_closed_reason(notification));
}

/* --- clicks ------------------------------------------------------------- */

/*
 * The name of an action on the bus is "done/r12/7f3a", so that a click tells
 * what it is about even when nothing is known of its pop-up: one whose show
 * timed out and that appeared later. But "default" must be "default", or
 * servers make a button of it; such a click is known by the id alone, and does
 * no more than open the details.
 */
static char *
bus_action(const char *action, const char *key, const char *nonce)
{
	if (strcmp(action, "default") == 0)
		return g_strdup(action);
	return g_strdup_printf("%s/%s/%s", action, key, nonce);
}

static bool
is_echo(struct popups *p, guint id, const char *action)
{
	gint64 now = g_get_monotonic_time();
	bool echo = p->last_click.id == id &&
	    g_strcmp0(p->last_click.action, action) == 0 &&
	    now - p->last_click.when < ECHO_US;

	free(p->last_click.action);
	p->last_click.action = mem_dup(action);
	p->last_click.id = id;
	p->last_click.when = now;
	return echo;
}

/* Servers tell everybody of every click, so most are none of our business. */
static void
on_action_invoked(GDBusConnection *bus, const gchar *sender,
    const gchar *path, const gchar *interface, const gchar *name,
    GVariant *parameters, gpointer arg)
{
	struct popups *p = arg;
	struct popup *popup;
	const char *action;
	char **part;
	guint id;

	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)name;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(us)")))
		return;
	g_variant_get(parameters, "(u&s)", &id, &action);
	popup = find_id(p, id);
	part = g_strsplit(action, "/", 4);
	if (g_strv_length(part) == 3) {
		if (!is_echo(p, id, action))
			p->events.action(p->arg, part[1], part[2], part[0]);
	} else if (popup != NULL && strcmp(action, "default") == 0) {
		if (!is_echo(p, id, action))
			p->events.action(p->arg, popup->key, popup->nonce,
			    action);
	}
	g_strfreev(part);
}

/* libnotify wants a function for each action; on_action_invoked hears of the
 * clicks on this pop-up and of those that libnotify would miss. */
static void
heard_elsewhere(NotifyNotification *notification, char *action, gpointer arg)
{
	(void)notification;
	(void)action;
	(void)arg;
}

/* --- what the server can ------------------------------------------------ */

/* Servers that show a third button. The others cut it off, or hide it, or were
 * never looked at: they get two. */
static size_t
buttons_of(const char *server)
{
	static const char *const roomy[] = {
		"cinnamon", "dunst", "gnome-shell", "mako",
		"Notification Daemon", "Plasma", "SwayNotificationCenter",
		"Xfce Notify Daemon",
	};
	size_t i;

	for (i = 0; i < sizeof roomy / sizeof *roomy; i++)
		if (g_ascii_strcasecmp(server, roomy[i]) == 0)
			return 3;
	return 2;
}

/* The first call through libnotify makes its proxy, which asks the server who
 * it is: right after it has answered that to us. */
static bool
initialise(struct popups *p)
{
	if (p->initialised)
		return true;
	if (!notify_init("rapport") ||
	    !notify_get_server_info(NULL, NULL, NULL, NULL))
		return false;
	p->initialised = true;
	return true;
}

void
popups_close_all(struct popups *p)
{
	while (p->open != NULL) {
		call_close(p, p->open->id, NULL, NULL);
		forget(p, p->open);
	}
}

bool
popups_server_up(struct popups *p, const struct server_info *info)
{
	const gchar *const *can = (const gchar *const *)info->capabilities;

	if (!initialise(p))
		return false;
	if (!p->up)
		popups_close_all(p);
	p->up = true;
	forget_draft(p);	/* this server may be able to do more, or less */
	p->can_act = g_strv_contains(can, "actions");
	p->can_body = g_strv_contains(can, "body");
	p->can_markup = g_strv_contains(can, "body-markup");
	p->can_persist = g_strv_contains(can, "persistence");
	p->buttons = buttons_of(info->name);
	return true;
}

void
popups_server_down(struct popups *p, bool gone)
{
	size_t i;

	p->up = false;
	forget_draft(p);
	if (!gone)
		return;
	while (p->open != NULL)
		forget(p, p->open);
	for (i = 0; i < RECENT; i++)
		g_clear_pointer(&p->recent[i].text, g_free);
}

/* --- showing ------------------------------------------------------------ */

static const char *
string_of(const json_t *object, const char *member)
{
	const char *s = json_string_value(json_object_get(object, member));

	return s != NULL ? s : "";
}

/* The lines of the body as this server takes them; "" when it takes none. */
static char *
body_of(const struct popups *p, const json_t *show)
{
	const json_t *line;
	struct buf b = {0};
	char *escaped;
	size_t i;

	json_array_foreach(json_object_get(show, "body"), i, line) {
		if (!p->can_body || !json_is_string(line))
			continue;
		if (b.len > 0)
			buf_adds(&b, "\n");
		if (!p->can_markup) {
			buf_adds(&b, json_string_value(line));
			continue;
		}
		escaped = g_markup_escape_text(json_string_value(line), -1);
		buf_adds(&b, escaped);
		g_free(escaped);
	}
	return buf_take(&b);
}

static bool
is_unique(const struct popups *p, const char *text)
{
	gint64 now = g_get_monotonic_time();
	const struct popup *other;
	size_t i;

	for (other = p->open; other != NULL; other = other->next)
		if (strcmp(other->text, text) == 0)
			return false;
	for (i = 0; i < RECENT && p->recent[i].text != NULL; i++)
		if (now - p->recent[i].when < RECENT_US &&
		    strcmp(p->recent[i].text, text) == 0)
			return false;
	return true;
}

static void
remember(struct popups *p, const char *text)
{
	g_free(p->recent[RECENT - 1].text);
	memmove(p->recent + 1, p->recent, sizeof p->recent -
	    sizeof *p->recent);
	p->recent[0].text = g_strdup(text);
	p->recent[0].when = g_get_monotonic_time();
}

/*
 * Some servers take the second of two equal texts for a mistake, and refuse it
 * (Plasma, within a second) or close the first (dunst): so the summary is
 * counted on until it and the body are unique. Returns both in one.
 */
static char *
unique_text(const struct popups *p, const char *given, const char *body,
    char **summary)
{
	unsigned count = 1;
	char *text;

	*summary = g_strdup(given);
	while (text = g_strdup_printf("%s\n%s", *summary, body),
	    !is_unique(p, text)) {
		g_free(text);
		g_free(*summary);
		*summary = g_strdup_printf("%s (%u)", given, ++count);
	}
	return text;
}

static void
add_actions(const struct popups *p, NotifyNotification *n, const json_t *show)
{
	const json_t *action;
	const char *name, *label;
	size_t i, buttons = 0;
	char *on_bus;

	if (!p->can_act)
		return;
	json_array_foreach(json_object_get(show, "actions"), i, action) {
		name = json_string_value(json_array_get(action, 0));
		label = json_string_value(json_array_get(action, 1));
		if (name == NULL || label == NULL || label[0] == '\0' ||
		    name[0] == '\0' || strchr(name, '/') != NULL)
			continue;
		if (strcmp(name, "default") != 0 && buttons++ >= p->buttons)
			continue;
		on_bus = bus_action(name, string_of(show, "key"),
		    string_of(show, "nonce"));
		notify_notification_add_action(n, on_bus, label,
		    heard_elsewhere, NULL, NULL);
		g_free(on_bus);
	}
}

/* The installed icon's name, or the file of it in a source tree. */
static GVariant *
icon(void)
{
	const char *folder = getenv("RAPPORT_ICON_DIR");
	char *path, *absolute, *uri;

	if (folder == NULL || folder[0] == '\0')
		return g_variant_new_string("rapport");
	path = g_build_filename(folder, "rapport.svg", NULL);
	absolute = g_canonicalize_filename(path, NULL);
	uri = g_filename_to_uri(absolute, NULL, NULL);
	g_free(absolute);
	g_free(path);
	return g_variant_new_take_string(uri);
}

static void
set_hints(NotifyNotification *n, const json_t *show)
{
	const char *category = string_of(show, "category");

	notify_notification_set_hint(n, "desktop-entry",
	    g_variant_new_string("rapport"));
	notify_notification_set_hint(n, "image-path", icon());
	notify_notification_set_hint(n, "resident", g_variant_new_boolean(
	    json_is_true(json_object_get(show, "resident"))));
	if (category[0] != '\0')
		notify_notification_set_category(n, category);
	notify_notification_set_urgency(n,
	    json_is_true(json_object_get(show, "urgent")) ?
	    NOTIFY_URGENCY_CRITICAL : NOTIFY_URGENCY_NORMAL);
}

/*
 * A new object each time: shown again, an old one could carry an id of a
 * server that is gone, and would miss the signals of its second life. With
 * buttons it stays until one is pressed; without, only where the server keeps
 * what has gone from the screen.
 */
static NotifyNotification *
compose(const struct popups *p, const json_t *show, const char *summary,
    const char *body)
{
	NotifyNotification *n = notify_notification_new(summary, body, NULL);

	notify_notification_set_timeout(n, p->can_act || p->can_persist ?
	    NOTIFY_EXPIRES_NEVER : NOTIFY_EXPIRES_DEFAULT);
	set_hints(n, show);
	add_actions(p, n, show);
	return n;
}

static void
report_failure(struct popups *p, const char *key, const char *nonce,
    GError *error)
{
	bool timed_out = g_error_matches(error, G_IO_ERROR,
	    G_IO_ERROR_TIMED_OUT);

	g_dbus_error_strip_remote_error(error);
	p->events.failed(p->arg, key, nonce, timed_out ?
	    "the notification server does not answer" : error->message);
	if (timed_out)
		p->events.timed_out(p->arg);
}

static struct popup *
popup_new(struct popups *p, const json_t *show)
{
	struct popup *popup = mem_new(1, sizeof *popup);
	char *body = body_of(p, show), *summary;

	popup->key = mem_dup(string_of(show, "key"));
	popup->nonce = mem_dup(string_of(show, "nonce"));
	popup->text = unique_text(p, string_of(show, "summary"), body,
	    &summary);
	popup->counted = strcmp(summary, string_of(show, "summary")) != 0;
	popup->notification = compose(p, show, summary, body);
	g_signal_connect(popup->notification, "closed", G_CALLBACK(on_closed),
	    p);
	g_free(summary);
	free(body);
	return popup;
}

void
popups_compose(struct popups *p, const json_t *show)
{
	forget_draft(p);
	if (p->up)
		p->draft = popup_new(p, show);
}

/* The draft, if it is of this show, and its text still is unique; what made it
 * counted may be gone since. */
static struct popup *
take_draft(struct popups *p, const char *key, const char *nonce)
{
	struct popup *draft = p->draft;

	if (draft == NULL || draft->counted ||
	    strcmp(draft->key, key) != 0 ||
	    strcmp(draft->nonce, nonce) != 0 || !is_unique(p, draft->text))
		return NULL;
	p->draft = NULL;
	return draft;
}

/* It is on the screen, under an id. A server that gives away an id for the
 * second time has put the new pop-up in the place of the old one. */
static void
enter(struct popups *p, struct popup *popup, guint id)
{
	struct popup *other = find_id(p, id);

	if (other != NULL)
		forget_closed(p, other, REASON_UNDEFINED);
	popup->id = id;
	popup->next = p->open;
	p->open = popup;
	p->events.shown(p->arg, popup->key, popup->nonce);
}

void
popups_show(struct popups *p, const json_t *show)
{
	const char *key = string_of(show, "key");
	const char *nonce = string_of(show, "nonce");
	struct popup *popup;
	GError *error = NULL;
	gint id = 0;

	if (!p->up) {
		p->events.failed(p->arg, key, nonce,
		    "there is no notification server that answers");
		return;
	}
	if (find(p, key, nonce) != NULL) {
		p->events.shown(p->arg, key, nonce);
		return;
	}
	popup = take_draft(p, key, nonce);
	if (popup == NULL)
		popup = popup_new(p, show);
	remember(p, popup->text);
	if (notify_notification_show(popup->notification, &error)) {
		g_object_get(popup->notification, "id", &id, NULL);
		if (id != 0) {
			enter(p, popup, (guint)id);
			return;
		}
		p->events.failed(p->arg, key, nonce,
		    "the notification server discarded it");
	} else {
		report_failure(p, key, nonce, error);
		g_error_free(error);
	}
	discard(p, popup);
}

struct popups *
popups_new(GDBusConnection *bus, const struct popups_events *events,
    void *arg)
{
	struct popups *p = mem_new(1, sizeof *p);

	p->bus = bus;
	p->events = *events;
	p->arg = arg;
	g_dbus_connection_signal_subscribe(bus, SERVER_NAME, SERVER_NAME,
	    "ActionInvoked", SERVER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
	    on_action_invoked, p, NULL);
	return p;
}
