/*
 * Where things lie: the XDG Base Directory Specification, its defaults, and
 * what the environment may override. Values of the XDG variables that are not
 * absolute are ignored, as the specification says; RAPPORT_CONFIG and
 * RAPPORT_SOCKET may be relative and count unless empty. Every function returns
 * a new string that the caller frees, or NULL with err (ERR_IMPOSSIBLE) when
 * nothing tells where it could be (no HOME, no XDG_RUNTIME_DIR).
 */
#ifndef RAPPORT_CONF_PATHS_H
#define RAPPORT_CONF_PATHS_H

#include <stdbool.h>

#include "base/err.h"

/* RAPPORT_CONFIG, else $XDG_CONFIG_HOME/rapport/rapport.conf. */
char *paths_config(struct err *err);

/* $XDG_DATA_HOME/rapport/rapport.db; the lock is that plus ".lock". */
char *paths_database(struct err *err);

/* RAPPORT_SOCKET, else $XDG_RUNTIME_DIR/rapport/rapportd.sock; without that
 * variable /run/user/UID, if such a folder is there. */
char *paths_socket(struct err *err);

/*
 * Make the folder that path lies in, and its parents as far as missing, with
 * mode 0700. Folders that exist are left as they are; but when private, the
 * last one must be ours, not one that many share (sticky, as /tmp), and is set
 * to 0700. false with err (ERR_IMPOSSIBLE): it is not a folder, is not ours,
 * or cannot be made.
 */
bool paths_make_parent(const char *path, bool private, struct err *err);

#endif
