/*
 * rapport-notifier: shows rapportd's pop-ups through libnotify, in a process
 * of its own because libnotify's calls wait for the notification server. It
 * is started by rapportd, listens on descriptor 3 (channel.h), and leaves when
 * rapportd closes the other end.
 */
#include <getopt.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "notifier/channel.h"
#include "notifier/popups.h"
#include "notifier/presence.h"
#include "notifier/server.h"

enum {
	CHANNEL_FD = 3,
	FLUSH_SECONDS = 2,	/* for the last closes */
	EXIT_NO_BUS = 3,
	EXIT_USAGE = 2
};

struct notifier {
	struct channel *channel;
	struct server *server;
	struct popups *popups;		/* NULL before there is a bus */
	struct presence *presence;	/* likewise */
	const char *why_wait;		/* said last of presence; or NULL */
	const struct server_info *up;	/* it is, and has not been said */
	GDBusConnection *bus;
};

/* --- to rapportd -------------------------------------------------------- */

static void
say_shown(void *arg, const char *key, const char *nonce)
{
	struct notifier *n = arg;

	channel_send(n->channel, json_pack("{s:s, s:s, s:s}", "ev", "shown",
	    "key", key, "nonce", nonce));
}

static void
say_failed(void *arg, const char *key, const char *nonce, const char *why)
{
	struct notifier *n = arg;

	channel_send(n->channel, json_pack("{s:s, s:s, s:s, s:s}", "ev",
	    "failed", "key", key, "nonce", nonce, "why", why));
}

static void
say_action(void *arg, const char *key, const char *nonce, const char *action)
{
	struct notifier *n = arg;

	channel_send(n->channel, json_pack("{s:s, s:s, s:s, s:s}", "ev",
	    "action", "key", key, "nonce", nonce, "action", action));
}

static void
say_closed(void *arg, const char *key, const char *nonce, unsigned reason)
{
	struct notifier *n = arg;

	channel_send(n->channel, json_pack("{s:s, s:s, s:s, s:i}", "ev",
	    "closed", "key", key, "nonce", nonce, "reason", (int)reason));
}

static void
say_down(struct notifier *n, const char *why)
{
	channel_send(n->channel, json_pack("{s:s, s:s, s:s}", "ev", "server",
	    "state", "down", "why", why));
}

static void
say_up(struct notifier *n, const struct server_info *info)
{
	json_t *capabilities = json_array();
	char **word;

	for (word = info->capabilities; *word != NULL; word++)
		json_array_append_new(capabilities, json_string(*word));
	channel_send(n->channel, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}",
	    "ev", "server", "state", "up", "name", info->name, "vendor",
	    info->vendor, "version", info->version, "capabilities",
	    capabilities));
}

/* --- what happens on the bus -------------------------------------------- */

/* rapportd would show at once what has to wait: it hears of that first. */
static void
say_up_in_time(struct notifier *n)
{
	const struct server_info *info = n->up;

	if (info == NULL || presence_waits(n->presence))
		return;
	n->up = NULL;
	say_up(n, info);
}

static void
on_presence(void *arg, const char *why)
{
	struct notifier *n = arg;

	if (g_strcmp0(n->why_wait, why) != 0)
		channel_send(n->channel, json_pack("{s:s, s:s}", "ev",
		    "presence", "why", why));
	n->why_wait = why;
	say_up_in_time(n);
}

static void
on_timed_out(void *arg)
{
	struct notifier *n = arg;

	server_suspect(n->server);
}

static void
on_bus(void *arg, GDBusConnection *bus)
{
	static const struct popups_events events = {
		.shown = say_shown,
		.failed = say_failed,
		.action = say_action,
		.closed = say_closed,
		.timed_out = on_timed_out,
	};
	struct notifier *n = arg;

	n->bus = bus;
	n->popups = popups_new(bus, &events, n);
	n->presence = presence_new(bus, on_presence, n);
}

static void
on_up(void *arg, const struct server_info *info)
{
	struct notifier *n = arg;

	n->up = NULL;
	if (!popups_server_up(n->popups, info)) {
		/* not asked again before a probe, or it would go on for ever */
		say_down(n, "libnotify cannot reach the notification server");
		return;
	}
	n->up = info;
	say_up_in_time(n);
}

static void
on_down(void *arg, const char *why, bool gone)
{
	struct notifier *n = arg;

	n->up = NULL;
	if (n->popups != NULL)
		popups_server_down(n->popups, gone);
	say_down(n, why);
}

static void
on_no_bus(void *arg, const char *why)
{
	say_down(arg, why);
	_exit(EXIT_NO_BUS);
}

/* --- from rapportd ------------------------------------------------------ */

static void
take_show(struct notifier *n, const json_t *record, const char *key,
    const char *nonce)
{
	if (n->popups == NULL)
		say_failed(n, key, nonce, "there is no session bus yet");
	else
		popups_show(n->popups, record);
}

static void
take_compose(struct notifier *n, const json_t *record)
{
	if (n->popups != NULL)
		popups_compose(n->popups, record);
}

static void
take_close(struct notifier *n, const char *key, const char *nonce)
{
	if (n->popups != NULL)
		popups_close(n->popups, key, nonce);
}

static void
on_record(void *arg, const json_t *record)
{
	struct notifier *n = arg;
	const char *op = json_string_value(json_object_get(record, "op"));
	const char *key = json_string_value(json_object_get(record, "key"));
	const char *nonce = json_string_value(json_object_get(record,
	    "nonce"));

	if (g_strcmp0(op, "probe") == 0)
		server_probe(n->server);
	else if (key == NULL || nonce == NULL)
		log_warn("a record without key and nonce is ignored");
	else if (g_strcmp0(op, "show") == 0)
		take_show(n, record, key, nonce);
	else if (g_strcmp0(op, "compose") == 0)
		take_compose(n, record);
	else if (g_strcmp0(op, "close") == 0)
		take_close(n, key, nonce);
	else
		log_warn("a record with an unknown operation is ignored");
}

/*
 * Without rapportd nobody would act on a click: no pop-up may outlive it, it
 * raises them again at its next start. The closes are on their way to the bus;
 * see them off, but not for ever: the alarm ends a flush that hangs. No
 * notify_uninit, which would close too, but wait for each.
 */
static void
on_hung_up(void *arg)
{
	struct notifier *n = arg;

	if (n->bus != NULL) {
		alarm(FLUSH_SECONDS);
		if (n->popups != NULL)
			popups_close_all(n->popups);
		g_dbus_connection_flush_sync(n->bus, NULL, NULL);
	}
	_exit(0);
}

/* systemd, or Ctrl-C in a terminal, ends rapportd and us at the same time. */
static gboolean
on_signal(gpointer arg)
{
	on_hung_up(arg);
	return G_SOURCE_REMOVE;
}

/* --- main --------------------------------------------------------------- */

static void
usage(FILE *out)
{
	fputs("usage: rapport-notifier [--grace SECONDS]\n"
	    "Shows the pop-ups of rapportd, which starts it with a socket as "
	    "descriptor 3.\n", out);
}

static unsigned
parse_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "grace", required_argument, NULL, 'g' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	unsigned long grace = 0;
	char *end;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'g':
			grace = strtoul(optarg, &end, 10);
			if (*end == '\0' && end != optarg && grace <= 3600)
				break;
			fputs("rapport-notifier: --grace takes 0 to 3600 "
			    "seconds\n", stderr);
			exit(EXIT_USAGE);
		case 'h':
			usage(stdout);
			exit(0);
		case 'v':
			puts("rapport-notifier " RAPPORT_VERSION);
			exit(0);
		default:
			usage(stderr);
			exit(EXIT_USAGE);
		}
	}
	if (optind < argc) {
		usage(stderr);
		exit(EXIT_USAGE);
	}
	return (unsigned)grace;
}

static bool
is_seqpacket(int fd)
{
	int type = 0;
	socklen_t len = sizeof type;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
	    type == SOCK_SEQPACKET;
}

int
main(int argc, char **argv)
{
	static const struct channel_events from_rapportd = {
		.record = on_record,
		.hung_up = on_hung_up,
	};
	static const struct server_events from_server = {
		.bus = on_bus,
		.up = on_up,
		.down = on_down,
		.no_bus = on_no_bus,
	};
	static struct notifier n;
	unsigned grace = parse_options(argc, argv);

	log_open("rapport-notifier");
	if (!is_seqpacket(CHANNEL_FD)) {
		usage(stderr);
		return EXIT_USAGE;
	}
	/* In a snap's or flatpak's cgroup libnotify would take another way,
	 * which knows neither our hints nor our ids. */
	setenv("NOTIFY_IGNORE_PORTAL", "1", 1);
	n.channel = channel_new(CHANNEL_FD, &from_rapportd, &n);
	n.server = server_new(grace, &from_server, &n);
	g_unix_signal_add(SIGTERM, on_signal, &n);
	g_unix_signal_add(SIGINT, on_signal, &n);
	g_unix_signal_add(SIGHUP, on_signal, &n);
	g_main_loop_run(g_main_loop_new(NULL, FALSE));
	return 0;
}
