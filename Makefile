# rapport: `make` builds, `make help` lists the other targets; see README.md.

VERSION = 0.1.0
PREFIX ?= /usr/local
BUILD ?= build

CC ?= cc
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wvla
HARDENING = -fstack-protector-strong -fstack-clash-protection -fPIE \
	-D_FORTIFY_SOURCE=2
HARDENING_LD = -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
ifneq (,$(filter x86_64 i686,$(shell uname -m)))
HARDENING += -fcf-protection
endif

# SAN=1: the address and undefined-behaviour sanitizers, every warning an
# error; `make check` builds so, in a folder of its own.
ifdef SAN
CFLAGS = -O1 -g -fno-omit-frame-pointer
WARNINGS += -Werror
HARDENING = -fsanitize=address,undefined -fno-sanitize-recover=all
HARDENING_LD = -fsanitize=address,undefined
endif

PKGS_DAEMON = libevent_core sqlite3 inih jansson
PKGS_CTL = inih jansson
PKGS_NOTIFIER = libnotify gio-2.0 gio-unix-2.0 jansson
PKGS_TEST = cmocka

ALL_CPPFLAGS = -D_GNU_SOURCE -DRAPPORT_VERSION='"$(VERSION)"' \
	-DRAPPORT_LIBEXECDIR='"$(PREFIX)/libexec"' \
	-Idaemon -I. -I$(BUILD)/gen $(CPPFLAGS)
ALL_CFLAGS = -std=gnu11 $(WARNINGS) $(HARDENING) $(CFLAGS)
ALL_LDFLAGS = $(HARDENING_LD) -Wl,--as-needed $(LDFLAGS)

# The rooms, in the order in which they may include one another.
SHARED = $(wildcard daemon/base/*.c daemon/time/*.c daemon/model/*.c \
	daemon/wire/*.c conf/*.c)
DAEMON = $(wildcard daemon/store/*.c daemon/schedule/*.c daemon/edge/*.c \
	daemon/methods/*.c)
CTL = $(filter-out ctl/main.c,$(wildcard ctl/*.c))
NOTIFIER = $(wildcard daemon/notifier/*.c daemon/base/*.c)
UNIT = $(wildcard tests/unit/test_*.c)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
SCHEMA = $(BUILD)/obj/gen/schema.o
DAEMON_OBJ = $(call objects,$(DAEMON) $(SHARED)) $(SCHEMA)
CTL_OBJ = $(call objects,$(CTL) $(SHARED))
UNIT_BIN = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT))

PROGRAMS = $(BUILD)/rapportd $(BUILD)/rapportctl $(BUILD)/rapport-notifier

all: $(PROGRAMS)

$(BUILD)/rapportd: $(call objects,daemon/main.c) $(DAEMON_OBJ)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_DAEMON))

$(BUILD)/rapportctl: $(call objects,ctl/main.c) $(CTL_OBJ)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_CTL))

$(BUILD)/rapport-notifier: $(call objects,$(NOTIFIER))
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_NOTIFIER))

# A unit test links everything but the main()s; --gc-sections keeps it small.
$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(DAEMON_OBJ) \
		$(call objects,$(CTL))
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_DAEMON) $(PKGS_TEST))

$(BUILD)/obj/daemon/notifier/%.o: EXTRA = \
	$(shell $(PKG_CONFIG) --cflags $(PKGS_NOTIFIER))

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(EXTRA) -MMD -MP -c -o $@ $<

# The schema is SQL in the source, commented as prose, and text in the program.
$(BUILD)/gen/schema.c: daemon/store/schema.sql
	@mkdir -p $(@D)
	{ echo '/* made from $< */'; \
	  echo '#include "store/schema.h"'; \
	  echo 'const char schema_sql[] ='; \
	  sed -e 's/[\\"]/\\&/g' -e 's/^/"/' -e 's/$$/\\n"/' $<; echo ';'; \
	} >$@

$(SCHEMA): $(BUILD)/gen/schema.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

unit: $(UNIT_BIN)

clean:
	rm -rf $(BUILD)

.PHONY: all unit clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
