/*
 * rapportd: the reminder daemon. A table of contents: open in order, run,
 * close in reverse. How the rooms are connected is in rapportd.c.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/paths.h"
#include "edge/systemd.h"
#include "rapportd.h"
#include "wire/varlink.h"

/* A newer schema: starting again would not help (rapportd.service). */
enum { EXIT_SCHEMA_TOO_NEW = 78 };

static const char usage_text[] =
    "usage: rapportd [--config FILE] [--database FILE] [--socket PATH]\n"
    "\n"
    "The reminder daemon of rapport: runs in the foreground, raises pop-ups\n"
    "when follow-ups are due, and serves rapportctl.\n"
    "\n"
    "  --config FILE     the configuration\n"
    "                    ($XDG_CONFIG_HOME/rapport/rapport.conf)\n"
    "  --database FILE   the schedule ($XDG_DATA_HOME/rapport/rapport.db)\n"
    "  --socket PATH     where it listens\n"
    "                    ($XDG_RUNTIME_DIR/rapport/rapportd.sock)\n"
    "  --help            this text\n"
    "  --version         the version\n"
    "\n"
    "SIGTERM ends it, SIGHUP reads the configuration again. See rapportd(1).\n";

static void __attribute__((noreturn))
fatal(int status, const struct err *err)
{
	log_error("%s", err->message);
	exit(status);
}

static void
parse_options(struct rapportd *d, int argc, char **argv)
{
	enum { CONFIG = 1, DATABASE, SOCKET, HELP, SHOW_VERSION };
	static const struct option options[] = {
		{"config", required_argument, NULL, CONFIG},
		{"database", required_argument, NULL, DATABASE},
		{"socket", required_argument, NULL, SOCKET},
		{"help", no_argument, NULL, HELP},
		{"version", no_argument, NULL, SHOW_VERSION},
		{NULL, 0, NULL, 0},
	};
	char **given;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case CONFIG:
			given = &d->config;
			break;
		case DATABASE:
			given = &d->database;
			break;
		case SOCKET:
			given = &d->socket;
			break;
		case HELP:
			fputs(usage_text, stdout);
			exit(0);
		case SHOW_VERSION:
			puts("rapportd " RAPPORT_VERSION);
			exit(0);
		default:
			fputs("Try: rapportd --help\n", stderr);
			exit(EX_USAGE);
		}
		free(*given);
		*given = mem_dup(optarg);
	}
	/* Who names a file means one that is there. */
	if (d->config != NULL && access(d->config, F_OK) != 0)
		log_warn("%s: %s; the defaults hold", d->config,
		    strerror(errno));
	if (optind < argc) {
		fprintf(stderr, "rapportd: \"%s\": rapportd takes options "
		    "only; commands are rapportctl's. Try: rapportd --help\n",
		    argv[optind]);
		exit(EX_USAGE);
	}
}

static void
find_paths(struct rapportd *d)
{
	struct err err;

	if ((d->config == NULL && (d->config = paths_config(&err)) == NULL) ||
	    (d->database == NULL &&
	    (d->database = paths_database(&err)) == NULL) ||
	    (d->socket == NULL && (d->socket = paths_socket(&err)) == NULL))
		fatal(EX_UNAVAILABLE, &err);
}

/* Whoever waits on the socket already hears why nobody will serve them; else
 * their calls would start the unit again and again. */
static void
refuse_waiting(int listen_fd, const struct err *why)
{
	struct buf frame = {0};
	char rest[4096];
	json_t *parameters = json_pack("{s:s}", "message", why->message);
	int fd;

	evutil_make_socket_nonblocking(listen_fd);
	varlink_error_write(&frame, wire_error_names[why->code], parameters);
	while ((fd = accept4(listen_fd, NULL, NULL,
	    SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
		(void)!send(fd, frame.data, frame.len, MSG_NOSIGNAL);
		shutdown(fd, SHUT_WR);
		while (read(fd, rest, sizeof rest) > 0)
			;
		close(fd);
	}
	json_decref(parameters);
	buf_clear(&frame);
}

static void
open_store(struct rapportd *d, int listen_fd)
{
	struct err err;

	if (!paths_make_parent(d->database, true, &err))
		fatal(EX_CANTCREAT, &err);
	d->store = store_open(d->database, &err);
	if (d->store != NULL)
		return;
	if (err.code == ERR_SCHEMA_TOO_NEW) {
		if (listen_fd >= 0)
			refuse_waiting(listen_fd, &err);
		fatal(EXIT_SCHEMA_TOO_NEW, &err);
	}
	fatal(EXIT_FAILURE, &err);
}

/*
 * The socket of our own. When somebody answers on it although the database's
 * lock is ours, systemd listens there for rapportd.service: the attempt to
 * connect has just started it, and it needs the lock.
 */
static int
listen_self(struct rapportd *d)
{
	struct err err;
	bool held = false;
	int fd = server_listen(d->socket, &held, &err);

	if (fd >= 0)
		return fd;
	store_close(d->store);
	if (!held)
		fatal(EXIT_FAILURE, &err);
	log_info("systemd listens on %s: leaving the work to its "
	    "rapportd.service", d->socket);
	exit(0);
}

static void
on_signal(evutil_socket_t signal, short what, void *arg)
{
	struct rapportd *d = arg;

	(void)what;
	if (signal == SIGHUP)
		rapportd_reload(d);
	else
		event_base_loopbreak(d->base);
}

/* Exact timers for the gather of group commits (libevent rounds 100 µs up to
 * 4 ms otherwise), and two priorities: the turn's end comes last. */
static struct event_base *
new_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base;

	event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
	base = event_base_new_with_config(config);
	event_config_free(config);
	if (base == NULL || event_base_priority_init(base, 2) != 0)
		abort();
	return base;
}

static void
run(struct rapportd *d)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
	struct event *events[3];
	size_t i;

	for (i = 0; i < 3; i++) {
		events[i] = evsignal_new(d->base, signals[i], on_signal, d);
		event_add(events[i], NULL);
	}
	systemd_notify("READY=1");
	log_info("rapportd " RAPPORT_VERSION " serves %s", d->socket);
	event_base_dispatch(d->base);
	systemd_notify("STOPPING=1");
	for (i = 0; i < 3; i++)
		event_free(events[i]);
}

int
main(int argc, char **argv)
{
	struct rapportd d = {0};
	struct err err;
	int listen_fd;

	log_open("rapportd");
	umask(0077);
	signal(SIGPIPE, SIG_IGN);
	parse_options(&d, argc, argv);
	find_paths(&d);

	options_init(&d.options);
	rapportd_configure(&d, "the defaults hold until it is right");
	d.base = new_base();
	rapportd_find_zone(&d);
	err.code = ERR_NONE;
	listen_fd = systemd_listen_fd(&err);
	if (listen_fd < 0 && err.code != ERR_NONE)
		fatal(EXIT_FAILURE, &err);
	open_store(&d, listen_fd);
	if (listen_fd < 0)
		listen_fd = listen_self(&d);
	if (!rapportd_start(&d, listen_fd, &err))
		fatal(EXIT_FAILURE, &err);

	run(&d);

	rapportd_stop(&d);
	store_close(d.store);
	localtime_free(d.localtime);
	localtime_free(d.zones);
	zone_free(d.zone);
	free(d.zone_file);
	event_base_free(d.base);
	libevent_global_shutdown();
	options_clear(&d.options);
	free(d.config_error);
	free(d.config);
	free(d.database);
	free(d.socket);
	return d.exit_status;
}
