/*
 * What rapportd and rapport-notifier say to one another, over a socketpair of
 * type SOCK_SEQPACKET that is descriptor 3 here: one JSON object a record, at
 * most 64 KiB, members not known ignored.
 *
 * From rapportd:
 *  {"op":"show","key":"r12","nonce":"7f3a","summary":"…","body":["…","…"],
 *   "urgent":false,"category":"…","resident":true,
 *   "actions":[["default","Open"],["done","Done"],["later","Later"]]}
 *	Show a new pop-up; answered with shown or failed. Plain text; actions
 *	in the order of their importance.
 *  {"op":"compose", and the members of a show}
 *	That show may follow: have it ready. No answer; there is one such at a
 *	time, and the show says everything again.
 *  {"op":"close","key":"r12","nonce":"7f3a"}
 *	Take it away; answered with closed.
 *  {"op":"probe"}
 *	Ask the server anew; answered with server.
 *
 * To rapportd:
 *  {"ev":"server","state":"up","name":"dunst","vendor":"…","version":"1.9.0",
 *   "capabilities":["actions",…]}
 *  {"ev":"server","state":"down","why":"a sentence"}
 *	At first, when it changes, and when probed. After "down" no pop-up is
 *	known here any more and every show fails, until "up" is said.
 *  {"ev":"presence","why":"the screen is locked"}
 *	Nobody would see a pop-up, and why: a sentence without its full stop;
 *	or "", nothing speaks against one. Before the first "up", and when it
 *	changes. Nothing is held back here: what is to be shown is shown.
 *  {"ev":"shown","key":"r12","nonce":"7f3a"}
 *  {"ev":"failed","key":"r12","nonce":"7f3a","why":"a sentence"}
 *  {"ev":"action","key":"r12","nonce":"7f3a","action":"done"}
 *	Also for a pop-up of which nothing is known here any more.
 *  {"ev":"closed","key":"r12","nonce":"7f3a","reason":2}
 *	The reason as in the Desktop Notifications Specification.
 *
 * When rapportd closes its end, the notifier has every pop-up closed, because
 * nobody would act on a click, and leaves. Its exit status is 0 then, and 3
 * when the session bus went.
 */
#ifndef RAPPORT_NOTIFIER_CHANNEL_H
#define RAPPORT_NOTIFIER_CHANNEL_H

#include <jansson.h>

struct channel;

struct channel_events {
	void (*record)(void *arg, const json_t *record);
	void (*hung_up)(void *arg);	/* does not return */
};

/* Read records from the main loop. One that is no JSON object is ignored, with
 * a warning. */
struct channel *channel_new(int fd, const struct channel_events *events,
    void *arg);

/* Say it; takes record. May wait: rapportd always reads. Without a listener
 * it has hung up. */
void channel_send(struct channel *c, json_t *record);

#endif
