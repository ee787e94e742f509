/*
 * Does anybody look?: see presence.h.
 *
 * One yes is enough, whatever the others say: of several that could know, many
 * say no because they never learn of it (a lock screen of its own beside a
 * screen saver's service that does not know it, a locker that does not tell
 * logind).
 */
#include "base/mem.h"
#include "notifier/hint.h"
#include "notifier/logind.h"
#include "notifier/presence.h"
#include "notifier/server.h"

enum { PATIENCE_MS = 400 };

/* Those whose interface has GetActive and ActiveChanged; the second path is
 * that of older versions, or Plasma's. */
#define SAVER(of, other) { .name = "org." of ".ScreenSaver", \
	.interface = "org." of ".ScreenSaver", \
	.path = "/org/" of "/ScreenSaver", .other_path = other }
static const struct hint_source savers[] = {
	SAVER("freedesktop", "/ScreenSaver"),
	SAVER("gnome", "/"),
	SAVER("cinnamon", NULL),
	SAVER("mate", "/"),
	SAVER("xfce", "/"),
};

/* Plasma's, which proposed it for all. */
static const struct hint_source inhibited = {
	.name = SERVER_NAME, .interface = SERVER_NAME, .path = SERVER_PATH,
	.property = "Inhibited",
};

enum { N_SAVERS = sizeof savers / sizeof *savers };

/* In the order in which they are quoted. */
enum { LOCK, SAVERS, INHIBITED = SAVERS + N_SAVERS, N_WITNESSES };

struct witness {
	struct presence *presence;
	const char *why;	/* said for its yes */
	enum hint_says says;
	bool given_up;		/* it was asked too long ago */
};

struct presence {
	presence_told *told;
	void *arg;
	struct witness witnesses[N_WITNESSES];
	guint timer;		/* patience with those asked; 0: none */
};

static const struct witness *
who_says_yes(const struct presence *p)
{
	size_t i;

	for (i = 0; i < N_WITNESSES; i++)
		if (p->witnesses[i].says == HINT_YES)
			return &p->witnesses[i];
	return NULL;
}

bool
presence_waits(const struct presence *p)
{
	const struct witness *w;
	bool asked = false;

	for (w = p->witnesses; w < p->witnesses + N_WITNESSES; w++)
		asked |= w->says == HINT_ASKED && !w->given_up;
	return asked && who_says_yes(p) == NULL;
}

static gboolean on_out_of_patience(gpointer arg);

static void
conclude(struct presence *p)
{
	const struct witness *yes = who_says_yes(p);

	if (presence_waits(p)) {
		if (p->timer == 0)
			p->timer = g_timeout_add(PATIENCE_MS,
			    on_out_of_patience, p);
		return;
	}
	if (p->timer != 0)
		g_source_remove(p->timer);
	p->timer = 0;
	p->told(p->arg, yes != NULL ? yes->why : "");
}

static gboolean
on_out_of_patience(gpointer arg)
{
	struct presence *p = arg;
	struct witness *w;

	p->timer = 0;
	for (w = p->witnesses; w < p->witnesses + N_WITNESSES; w++)
		w->given_up = w->says == HINT_ASKED;
	conclude(p);
	return G_SOURCE_REMOVE;
}

static void
on_told(void *arg, enum hint_says says)
{
	struct witness *w = arg;

	w->says = says;
	w->given_up = false;
	conclude(w->presence);
}

struct presence *
presence_new(GDBusConnection *session_bus, presence_told *told, void *arg)
{
	struct presence *p = mem_new(1, sizeof *p);
	struct witness *w;
	size_t i;

	p->told = told;
	p->arg = arg;
	for (w = p->witnesses; w < p->witnesses + N_WITNESSES; w++)
		*w = (struct witness){ .presence = p, .says = HINT_ASKED,
		    .why = "the screen saver is active" };
	p->witnesses[LOCK].why = "the screen is locked";
	p->witnesses[INHIBITED].why = "the desktop says do not disturb";
	logind_watch(on_told, &p->witnesses[LOCK]);
	for (i = 0; i < N_SAVERS; i++)
		hint_new(session_bus, &savers[i], on_told,
		    &p->witnesses[SAVERS + i]);
	hint_new(session_bus, &inhibited, on_told, &p->witnesses[INHIBITED]);
	conclude(p);
	return p;
}
