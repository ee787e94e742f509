/* Where things lie: see paths.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "conf/paths.h"

/* The variable's value when it is an absolute path, else NULL. */
static const char *
absolute(const char *variable)
{
	const char *value = getenv(variable);

	return value != NULL && value[0] == '/' ? value : NULL;
}

/* The variable's value when it is not empty, as the caller's own; else NULL. */
static char *
explicit(const char *variable)
{
	const char *value = getenv(variable);

	return value != NULL && value[0] != '\0' ? mem_dup(value) : NULL;
}

/* $VARIABLE/rest, or $HOME/fallback/rest when the variable is of no use. */
static char *
under_home(const char *variable, const char *fallback, const char *rest,
    struct err *err)
{
	const char *base = absolute(variable);
	const char *home = absolute("HOME");
	struct buf b = { 0 };

	if (base != NULL)
		buf_addf(&b, "%s/%s", base, rest);
	else if (home != NULL)
		buf_addf(&b, "%s/%s/%s", home, fallback, rest);
	else
		err_set(err, ERR_IMPOSSIBLE, "neither %s nor HOME is set to an "
		    "absolute path; one of them tells where %s lies", variable,
		    rest);
	return base != NULL || home != NULL ? buf_take(&b) : NULL;
}

char *
paths_config(struct err *err)
{
	char *path = explicit("RAPPORT_CONFIG");

	if (path != NULL)
		return path;
	return under_home("XDG_CONFIG_HOME", ".config",
	    "rapport/rapport.conf", err);
}

char *
paths_database(struct err *err)
{
	return under_home("XDG_DATA_HOME", ".local/share",
	    "rapport/rapport.db", err);
}

char *
paths_socket(struct err *err)
{
	char *path = explicit("RAPPORT_SOCKET");
	const char *base = absolute("XDG_RUNTIME_DIR");
	struct buf b = { 0 };
	char standard[64];
	struct stat st;

	if (path != NULL)
		return path;
	snprintf(standard, sizeof standard, "/run/user/%lu",
	    (unsigned long)getuid());
	if (base == NULL && stat(standard, &st) == 0 && S_ISDIR(st.st_mode))
		base = standard;
	if (base == NULL) {
		err_set(err, ERR_IMPOSSIBLE, "XDG_RUNTIME_DIR is not set to an "
		    "absolute path and there is no %s; set it, or "
		    "RAPPORT_SOCKET", standard);
		return NULL;
	}
	buf_addf(&b, "%s/rapport/rapportd.sock", base);
	return buf_take(&b);
}

/* mkdir -p. dir is taken apart in place and put together again. */
static bool
make_folders(char *dir, struct err *err)
{
	struct stat st;
	char *slash;
	bool made;

	if (stat(dir, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		return err_set(err, ERR_IMPOSSIBLE, "%s is not a folder", dir);
	}
	slash = strrchr(dir, '/');
	if (slash != NULL && slash != dir) {
		*slash = '\0';
		made = make_folders(dir, err);
		*slash = '/';
		if (!made)
			return false;
	}
	/* Another program may make the same folder at the same moment. */
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, ERR_IMPOSSIBLE,
		    "cannot make the folder %s: %s", dir, strerror(errno));
	return true;
}

/*
 * The folder is opened first, so that what is checked is what is changed. To
 * take /tmp away from everybody else is the worst that root could do here.
 */
static bool
make_private(const char *dir, struct err *err)
{
	bool good = false;
	struct stat st;
	int fd;

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		err_set(err, ERR_IMPOSSIBLE, "cannot enter the folder %s: %s",
		    dir, strerror(errno));
	else if (st.st_uid != geteuid())
		err_set(err, ERR_IMPOSSIBLE, "the folder %s belongs to "
		    "somebody else; use one of your own", dir);
	else if ((st.st_mode & S_ISVTX) != 0)
		err_set(err, ERR_IMPOSSIBLE, "the folder %s is shared; use one "
		    "of your own", dir);
	else if ((st.st_mode & 0777) != 0700 && fchmod(fd, 0700) != 0)
		err_set(err, ERR_IMPOSSIBLE, "cannot make the folder %s "
		    "private: %s", dir, strerror(errno));
	else
		good = true;
	if (fd >= 0)
		close(fd);
	return good;
}

bool
paths_make_parent(const char *path, bool private, struct err *err)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };
	char *dir;
	bool good;

	if (slash == NULL)
		buf_adds(&b, ".");
	else
		buf_add(&b, path, slash == path ? 1 : (size_t)(slash - path));
	dir = buf_take(&b);
	good = make_folders(dir, err) && (!private || make_private(dir, err));
	free(dir);
	return good;
}
