/* Opening details: see details.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "edge/details.h"

/* Terminals in the order of preference, with what has to stand between them
 * and a command. The first two know what the user prefers. */
static const struct terminal {
	const char *program;
	const char *execute;	/* NULL: the command follows at once */
} terminals[] = {
	{"xdg-terminal-exec", NULL},
	{"x-terminal-emulator", "-e"},
	{"gnome-terminal", "--"},
	{"konsole", "-e"},
	{"xfce4-terminal", "-x"},
	{"foot", NULL},
	{"kitty", NULL},
	{"alacritty", "-e"},
	{"xterm", "-e"},
};

static const struct terminal *
find_terminal(void)
{
	size_t i;

	for (i = 0; i < sizeof terminals / sizeof *terminals; i++)
		if (spawn_in_path(terminals[i].program))
			return &terminals[i];
	return NULL;
}

static bool
open_terminal(struct spawner *spawner, int64_t id, struct err *err)
{
	/* The terminal would close with the command: wait to be read. */
	static const char show[] = "\"$0\" \"$@\"; "
	    "printf '\\n[Enter] closes this. '; read -r _";
	const struct terminal *t = find_terminal();
	char number[24], *rapportctl;
	const char *argv[10];
	bool ok;
	int n = 0;

	if (t == NULL)
		return err_set(err, ERR_IMPOSSIBLE,
		    "no terminal found to show details in: set "
		    "details_command in rapport.conf");
	rapportctl = spawn_beside("rapportctl");
	argv[n++] = t->program;
	if (t->execute != NULL)
		argv[n++] = t->execute;
	argv[n++] = "sh";
	argv[n++] = "-c";
	argv[n++] = show;
	argv[n++] = rapportctl != NULL ? rapportctl : "rapportctl";
	argv[n++] = id == 0 ? "today" : "show";
	if (id != 0) {
		snprintf(number, sizeof number, "%" PRId64, id);
		argv[n++] = number;
	}
	argv[n] = NULL;
	ok = spawn_detached(spawner, argv, err);
	free(rapportctl);
	return ok;
}

/* The command with every {id} replaced. The caller frees it. */
static char *
with_id(const char *command, int64_t id)
{
	struct buf b = {0};
	const char *hole;

	while ((hole = strstr(command, "{id}")) != NULL) {
		buf_add(&b, command, (size_t)(hole - command));
		if (id != 0)
			buf_addf(&b, "%" PRId64, id);
		command = hole + strlen("{id}");
	}
	buf_adds(&b, command);
	return buf_take(&b);
}

bool
details_open(struct spawner *spawner, const char *details_command, int64_t id,
    struct err *err)
{
	const char *argv[] = {"sh", "-c", NULL, NULL};
	char *command;
	bool ok;

	if (details_command[0] == '\0')
		return open_terminal(spawner, id, err);
	command = with_id(details_command, id);
	argv[2] = command;
	ok = spawn_detached(spawner, argv, err);
	free(command);
	return ok;
}
