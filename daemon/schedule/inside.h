/*
 * What the files of this room share. The doors are schedule.h and popup.h;
 * nobody outside includes this.
 *
 *	schedule.c	what is due now, and when to look again
 *	cycle.c		the ringing of one reminder: 5, 15, 60 min, put away
 *	series.c	the occurrence at hand, and the one after it
 *	sweep.c		one look at everything that rings
 *	brief.c		what waits, and the morning that fetches it
 *	quiet.c		when pop-ups are held, and until when
 *	screen.c	which pop-ups stand, and which are merged
 *	ahead.c		the next pop-up, composed before it is due
 *	travel.c	what the wall clock of another zone changes
 *	wording.c	what they say
 *	act.c		what a person does
 *	follow.c	what follows from what was done
 *	answer.c	what the notifier tells
 *
 * The database is the truth. In memory are only the pop-ups that stand, those
 * that were closed lately, and work that goes on over several batches; all of
 * it can be forgotten and found again by a sweep.
 */
#ifndef RAPPORT_SCHEDULE_INSIDE_H
#define RAPPORT_SCHEDULE_INSIDE_H

#include "schedule/schedule.h"

enum {
	BATCH = 64,		/* reminders a run works on */
	SCREEN_MAX = 3,		/* pop-ups that stand at once */
	LATE = 60,		/* seconds after which a moment was missed */
	GRACE = 60,		/* seconds before what is undone may ring */
	COUNTED = 96,		/* missed occurrences whose counting weighs as
				   much as a reminder */
	RANKED = 32,		/* the merged notice is sorted, and asked for
				   urgent ones, up to so many */
	CLOSED_MAX = 64,	/* closed pop-ups still known by their nonce */
	STILL = 3600,		/* seconds between looks at what can't be shown */
	FAR = 3600,		/* seconds beyond which it is not asked yet
				   whether the next wake shows a pop-up */
	RETRY = 10,		/* seconds until due work is tried again
				   after a commit failed */
};

/* The wake of what is held until somebody is back: later than every moment
 * that can be said, and no trouble to count with. In the year 10000. */
#define AWAY INT64_C(253402473600)

/* ------------------------------------------------------------- screen -- */

/* Reminders by their IDs. */
struct ids {
	int64_t *v;
	size_t n;
};

/* A pop-up that was sent to the notifier and has not ended. */
struct standing {
	char key[32];
	char nonce[24];
	int64_t *ids;		/* the reminders it speaks of, ascending */
	size_t n;
	char *summary;
	bool urgent;
	bool stale;		/* speaks of what no longer rings */
	bool passed;		/* of an occurrence before the one that rings,
				   whose pop-up is held */
	bool shown;		/* the notifier said so */
	size_t marked;		/* so many of ids are recorded as shown */
	int64_t opened_at;	/* of the default action; 0: not clicked */
};

/* One that ended; its click may still be on the way. */
struct closed {
	char key[32];
	char nonce[24];
	int64_t *ids;		/* NULL when there were too many to keep */
	size_t n;
};

/* What a run wants of the screen. */
enum wish {
	WISH_STAND,		/* a pop-up; the one that stands will do */
	WISH_ANEW,		/* a new one, also when one stands */
	WISH_LEAVE,		/* none */
};
struct newcomer {
	int64_t id;
	enum wish wish;
	bool urgent;
	bool together;		/* late, or of the brief: merge with others */
};

/* The pop-up of the next moment. */
struct ahead {
	struct popup p;		/* without a summary there is none */
	int64_t wake;		/* the moment */
	int64_t changes;	/* of the store when it was composed */
	bool shown;		/* and no run has entered it in the table */
};

/* ------------------------------------------------------------- travel -- */

/* The pop-up that tells of another zone. No reminder's, so it has no place in
 * the table, but it takes the room of one. */
struct notice {
	enum {
		NOTICE_NONE,	/* also: it is being made */
		NOTICE_WANTED,
		NOTICE_SENT,	/* to the notifier */
		NOTICE_STANDS,
		NOTICE_LATER,	/* when a server comes */
	} state;
	char nonce[24];
	char *from;		/* the name of the zone that was left */
	struct ids moved;	/* what moved that matters to somebody else */
	bool changed;		/* since it was noted what is to be told */
	bool unsure;		/* the last run noted it: stored, if that was */
};

struct travel {
	bool compared;		/* with the zone of the last run */
	bool noted;		/* the zone is, as the one derived in */
	bool under_way;		/* not all is derived in this zone */
	bool zoned;		/* nor in this edition of the tz database */
	char *from;		/* the name of the zone before it */
	char *edition;		/* zoneinfo_edition, as of the last look */
	int64_t after;		/* the last ID seen */
	int64_t moved;		/* how many moved */
	bool tried, gives_way;	/* the last run was a batch; it could not be
				   stored: the next run is for what is due */
	struct notice notice;
};

/* ---------------------------------------------------------- the state -- */

enum sweep {
	SWEEP_MARKS = 1 << 0,	/* put on_screen right */
	SWEEP_SHOW = 1 << 1,	/* show what rings and does not stand */
	SWEEP_HELD = 1 << 2,	/* look anew at what quiet holds */
	SWEEP_BRIEF = 1 << 3,	/* fetch what waits */
	SWEEP_BACK = 1 << 4,	/* the clock was set back */
};

struct schedule {
	struct store *store;
	const struct options *options;
	enum privacy privacy;		/* of what stands on the screen */
	const struct zone *zone;
	char zone_lost[64];		/* the last one that could not be read;
					   it was told */
	struct schedule_out out;

	struct standing standing[SCREEN_MAX];	/* oldest first */
	size_t standing_n;
	struct closed closed[CLOSED_MAX];	/* a ring */
	size_t closed_next;
	char test_nonce[24];		/* of the test pop-up; "" none */
	bool test_shown;
	uint32_t nonce_seed, nonce_serial;

	enum { SERVER_UNKNOWN, SERVER_UP, SERVER_DOWN } server;
	bool unshown;			/* something waits for a server */
	bool busy;			/* the notifier was asked for something
					   and not yet told that it may go */
	int64_t prepared_for;		/* the moment it was started ahead of */
	char *away;			/* why the desktop holds pop-ups; NULL: it
					   does not, as far as is known */
	struct ahead ahead;

	/* A burst is a run that takes several batches: the screen is laid out
	 * once, at its end, and all its reminders ring as of its beginning. */
	struct newcomer *newcomers;
	size_t newcomers_n;
	bool burst;
	int64_t burst_at;

	/* A sweep, in the order of (ring, id): the last one seen. */
	unsigned sweep;			/* enum sweep; 0: none under way */
	int64_t sweep_ring, sweep_id;
	bool sweep_waiting;		/* something waits, as far as seen */

	struct travel travel;

	enum { WAITING_UNKNOWN, WAITING_NO, WAITING_YES } waiting;
	bool brief_known;		/* brief_day was read */
	int64_t brief_day;		/* civil_days of the last brief */
	bool brief_now;			/* this burst is the brief */
	int64_t brief_minute;		/* now / 60 of the last brief */

	bool started;			/* the first run has been */
	bool commit_failed;
	int64_t retry_at;
	int64_t ran_at;			/* the last run saw all due until
					   then */
};

/* One batch of work: read, shown, and only then written. */
struct change {
	struct reminder r;
	enum schedule_event event;	/* EVENT_MAX: none */
};
struct round {
	int64_t now;
	int64_t at;		/* the beginning of the burst */
	int64_t quiet;		/* pop-ups are held until then, which may be
				   AWAY; 0: they are not */
	size_t budget;		/* reminders left of the batch, or what weighs
				   as much */
	struct change *changes;
	size_t n;
};

/* Note that r is to be written (taken over) and told as event. */
void round_take(struct round *round, struct reminder *r,
    enum schedule_event event);
/* So much of the batch is done. */
void round_spend(struct round *round, size_t weight);
/* series_catch_up; what it has to count weighs. */
bool round_catch_up(struct schedule *s, struct round *round,
    struct reminder *r);
/* Note what the screen should do about a reminder at the burst's end. */
void schedule_wish(struct schedule *s, const struct reminder *r,
    enum wish wish, bool together);
/* Whether quiet holds the pop-up of r. */
bool round_holds(const struct round *round, const struct reminder *r);

void tell(struct schedule *s, enum schedule_event event, int64_t id,
    const struct reminder *r);
int64_t local_day(const struct schedule *s, int64_t now);

/* cycle.c */
void cycle_begin(const struct options *o, struct reminder *r, int64_t at);
void cycle_go_on(const struct options *o, struct reminder *r, int64_t at);
void cycle_stand_still(const struct options *o, struct reminder *r,
    int64_t at);
bool cycle_last(const struct options *o, const struct reminder *r);
void cycle_hold(struct reminder *r, int64_t until);
bool cycle_held(const struct reminder *r);
void cycle_wait(struct reminder *r);
bool cycle_waits(const struct reminder *r);
void cycle_next_changed(const struct options *o, struct reminder *r);
void cycle_end(struct reminder *r);

/* series.c */
bool series_begin(struct schedule *s, struct reminder *r, struct err *err);
bool series_put_back(struct schedule *s, int64_t now, struct reminder *r);
bool series_catch_up(struct schedule *s, int64_t now, struct reminder *r);
bool series_advance(struct schedule *s, int64_t now, struct reminder *r,
    bool *on, struct err *err);
bool series_move(struct schedule *s, int64_t now, struct reminder *r,
    const struct moment *due, const struct moment *ring, struct err *err);
bool series_replace(struct schedule *s, struct reminder *r,
    const struct series *series, bool keep, struct err *err);
void series_rederive(struct schedule *s, int64_t now,
    const struct reminder *before, struct reminder *r);

/* sweep.c */
void sweep_start(struct schedule *s, unsigned what);
bool sweep_step(struct schedule *s, struct round *round, struct err *err);

/* brief.c */
bool brief_begin(struct schedule *s, struct round *round, struct err *err);
int64_t brief_next(struct schedule *s, int64_t now);
bool brief_owed(struct schedule *s, int64_t now);
bool brief_waits(struct schedule *s, int64_t now, struct err *err);

/* quiet.c */
int64_t quiet_holds_until(struct schedule *s, int64_t now);
void quiet_changed(struct schedule *s);
bool quiet_awaits(struct schedule *s, int64_t now);

/* screen.c */
struct standing *screen_find(struct schedule *s, int64_t id);
struct standing *screen_named(struct schedule *s, const char *key,
    const char *nonce);
struct closed *screen_closed(struct schedule *s, const char *key,
    const char *nonce);
void screen_lay(struct schedule *s, int64_t now);
void screen_gone(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n);
void screen_renew(struct schedule *s, int64_t now, int64_t id);
void screen_renew_all(struct schedule *s, int64_t now);
void screen_send_again(struct schedule *s, int64_t now);
void screen_forget(struct schedule *s, struct standing *p);
bool screen_marked(const struct schedule *s);
void screen_close(struct schedule *s, struct standing *p);
bool screen_take_back(struct schedule *s);
bool screen_mark(struct schedule *s, size_t *budget, struct err *err);
bool screen_unmark(struct schedule *s, const int64_t *ids, size_t n,
    struct err *err);
void screen_nonce(struct schedule *s, char nonce[24]);
void screen_single(struct schedule *s, int64_t now,
    const struct reminder *r, struct popup *p);
void screen_free(struct schedule *s);
void ids_add(struct ids *ids, int64_t id);
void ids_sort(int64_t *ids, size_t n);
void ids_sort_unique(struct ids *ids);
bool ids_have(const int64_t *ids, size_t n, int64_t id);

/* ahead.c */
void ahead_compose(struct schedule *s, int64_t wake);
bool ahead_take(struct schedule *s, struct popup *p);
void ahead_drop(struct schedule *s);

/* travel.c */
bool travel_derive(struct schedule *s, int64_t now, struct reminder *r);
bool travel_step(struct schedule *s, struct round *round, bool *more,
    struct err *err);
bool travel_note(struct schedule *s, struct err *err);
bool travel_noted(const struct schedule *s);
void travel_resync(struct schedule *s);
void travel_show(struct schedule *s, const struct round *round);
int64_t travel_next(struct schedule *s, int64_t now);
bool travel_stands(const struct schedule *s);
bool travel_awaits(const struct schedule *s);
bool travel_is_notice(const char *key);
void travel_server(struct schedule *s, bool up);
void travel_shown(struct schedule *s, const char *nonce);
void travel_failed(struct schedule *s, const char *nonce);
void travel_clicked(struct schedule *s, const char *nonce);
void travel_closed(struct schedule *s, const char *nonce);
void travel_take_back(struct schedule *s);
void travel_free(struct schedule *s);

/* follow.c: the user's morning so many local days from now. */
struct moment follow_morning(const struct schedule *s, int64_t now, int days);

/* wording.c */
void wording_single(struct schedule *s, int64_t now,
    const struct reminder *r, struct popup *p);
void wording_merged(struct schedule *s, int64_t now, const int64_t *ids,
    size_t n, bool again, struct popup *p);
bool wording_zone(struct schedule *s, int64_t now, const char *from,
    const int64_t *ids, size_t n, struct popup *p);
void wording_test(struct popup *p);

#endif
