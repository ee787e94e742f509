/*
 * A contact: somebody a relationship is kept with; what is known about them is
 * in fact.h, what was said in interaction.h.
 */
#ifndef RAPPORT_MODEL_CONTACT_H
#define RAPPORT_MODEL_CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* How far the relationship has come. */
enum stage {
	STAGE_COMFORT,
	STAGE_DISCOVERY,
	STAGE_OFFER,
	STAGE_AGREEMENT,
	STAGE_CARE,
	STAGE_MAX
};
extern const char *const stage_names[STAGE_MAX + 1];

enum contact_status {
	CONTACT_ACTIVE,
	CONTACT_PAUSED,		/* no nudges until resumed, or a date */
	CONTACT_ARCHIVED,	/* no nudges, not in lists */
	CONTACT_DECEASED,	/* never a nudge, never a date again */
	CONTACT_STATUS_MAX
};
extern const char *const contact_status_names[CONTACT_STATUS_MAX + 1];

/* Texts are NULL when not known. */
struct contact {
	int64_t id;
	char *handle;		/* "dana": unique, what people type */
	char *name;		/* "Dana Novak" */
	int64_t created;
	char *org;
	char *circle;		/* a name of the configuration */
	int cadence;		/* days, instead of the circle's; 0: none */
	char *zone;		/* where they live: "America/New_York" */
	enum stage stage;
	enum contact_status status;
	char *paused_until;	/* "2027-01-10": the day they are back */
	char *introduced_by;	/* a handle */
	int64_t introduced_at;	/* when that was said; 0: not known */
	char *met;		/* how you met */
	char *uid;		/* of the vCard it was imported from */
	/* Derived from the interactions, and only by them, in whatever order
	 * they were entered: when the latest one was; 0: never. It may lie in
	 * the future (the store knows no "now"): whoever reckons from it asks
	 * store_last_before when it does. */
	int64_t last_at;
};

/* An e-mail address or telephone number, as it was written. */
struct address {
	enum { ADDRESS_EMAIL, ADDRESS_PHONE, ADDRESS_MAX } kind;
	char *value;
};
extern const char *const address_names[ADDRESS_MAX + 1];

struct addresses {
	struct address *v;
	size_t n;
};

struct contacts {
	struct contact *v;
	size_t n;
};

enum { HANDLE_MAX = 64 };	/* bytes */

void contact_clear(struct contact *c);
void addresses_clear(struct addresses *as);
void addresses_take(struct addresses *as, struct address *a);
void contacts_clear(struct contacts *cs);
void contacts_take(struct contacts *cs, struct contact *c);

/*
 * A handle is 1 … HANDLE_MAX bytes of letters (of any script), digits, '-',
 * '_' and '.', begins with a letter and does not end with '.'; neither "none"
 * nor the number of something ("f7") is one. ERR_NOT_UNDERSTOOD names the
 * parameter.
 */
bool handle_valid(const char *handle, const char *parameter,
    struct err *err);

/* The handle a name suggests: its first word in lower case (ASCII letters
 * only), without what a handle can't hold; "" when nothing is left. */
void handle_from_name(const char *name, char out[HANDLE_MAX + 1]);

#endif
