/*
 * Where things lie: the XDG Base Directory Specification, its defaults, and
 * what the environment may override (PRODUCT.md). Values that are not
 * absolute are ignored, as the specification says. Every function returns a
 * new string that the caller frees, or NULL with err (ERR_IMPOSSIBLE) when
 * nothing tells where it could be (no HOME, no XDG_RUNTIME_DIR).
 */
#ifndef RAPPORT_CONF_PATHS_H
#define RAPPORT_CONF_PATHS_H

#include "base/err.h"

/* RAPPORT_CONFIG, else $XDG_CONFIG_HOME/rapport/rapport.conf. */
char *paths_config(struct err *err);

/* $XDG_DATA_HOME/rapport/rapport.db; the lock is that plus ".lock". */
char *paths_database(struct err *err);

/* RAPPORT_SOCKET, else $XDG_RUNTIME_DIR/rapport/rapportd.sock; without that
 * variable /run/user/UID, if such a folder is there. */
char *paths_socket(struct err *err);

/* The folder of path made with mode 0700, its parents too as far as missing;
 * an existing folder that we own and that others can enter is left as it is
 * except the last, which is set to 0700 when private. false with err
 * (ERR_IMPOSSIBLE): it is not a folder, is not ours, or cannot be made. */
bool paths_make_parent(const char *path, bool private, struct err *err);

#endif
