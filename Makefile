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

# FUZZ=1: for libFuzzer; likewise in a folder of its own.
ifdef FUZZ
CC = clang
CFLAGS = -O1 -g -fno-omit-frame-pointer
HARDENING = -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
HARDENING_LD = -fsanitize=fuzzer,address,undefined
endif

PKGS_DAEMON = libevent_core sqlite3 inih jansson
PKGS_CTL = inih jansson
PKGS_NOTIFIER = libnotify gio-2.0 gio-unix-2.0 jansson
PKGS_TEST = cmocka
PKGS_ORACLE = libical

ALL_CPPFLAGS = -D_GNU_SOURCE -DRAPPORT_VERSION='"$(VERSION)"' \
	-DRAPPORT_LIBEXECDIR='"$(LIBEXECDIR)"' \
	-Idaemon -I. -I$(BUILD)/gen $(CPPFLAGS)
ALL_CFLAGS = -std=gnu11 $(WARNINGS) $(HARDENING) $(CFLAGS)
ALL_LDFLAGS = $(HARDENING_LD) -Wl,--as-needed $(LDFLAGS)

# The rooms, in the order in which they may include one another.
SHARED = $(wildcard daemon/base/*.c daemon/time/*.c daemon/model/*.c \
	daemon/wire/*.c conf/*.c)
DAEMON = $(wildcard daemon/store/*.c daemon/schedule/*.c daemon/edge/*.c \
	daemon/methods/*.c)
CTL = $(filter-out ctl/main.c,$(wildcard ctl/*.c ctl/import/*.c))
NOTIFIER = $(wildcard daemon/notifier/*.c daemon/base/*.c)
UNIT = $(wildcard tests/unit/test_*.c)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
SCHEMA = $(BUILD)/obj/gen/schema.o
DAEMON_OBJ = $(call objects,$(DAEMON) $(SHARED)) $(SCHEMA)
CTL_OBJ = $(call objects,$(CTL) $(SHARED))
UNIT_BIN = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT))

PROGRAMS = $(BUILD)/rapportd $(BUILD)/rapportctl $(BUILD)/rapport-notifier

# V=1 shows the commands, not only what they make.
Q = $(if $(V),,@)
making = $(if $(V),,@echo '  $@')

# All that is installed, so that `sudo make install` only copies.
all: $(PROGRAMS) extras

$(BUILD)/rapportd: $(call objects,$(wildcard daemon/*.c)) $(DAEMON_OBJ)
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_DAEMON))

$(BUILD)/rapportctl: $(call objects,ctl/main.c) $(CTL_OBJ)
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_CTL))

$(BUILD)/rapport-notifier: $(call objects,$(NOTIFIER))
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_NOTIFIER))

# A unit test links everything but the main()s.
$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(DAEMON_OBJ) \
		$(call objects,$(CTL))
	@mkdir -p $(@D)
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_DAEMON) $(PKGS_TEST))

$(BUILD)/obj/daemon/notifier/%.o: EXTRA = \
	$(shell $(PKG_CONFIG) --cflags $(PKGS_NOTIFIER))

$(BUILD)/obj/%.o: %.c $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(making)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(EXTRA) -MMD -MP -c -o $@ $<

# The flags of the last build: when they change (another PREFIX is compiled in,
# other CFLAGS), everything is built anew.
$(BUILD)/gen/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(BINDIR))' \
		>$@.new
	@cmp -s $@.new $@ || cp $@.new $@

# The schema is SQL in the source, commented as prose, and text in the program.
$(BUILD)/gen/schema.c: daemon/store/schema.sql
	@mkdir -p $(@D)
	$(Q){ echo '/* made from $< */'; \
	  echo '#include "store/schema.h"'; \
	  echo 'const char schema_sql[] ='; \
	  sed -e 's/[\\"]/\\&/g' -e 's/^/"/' -e 's/$$/\\n"/' $<; echo ';'; \
	} >$@

$(SCHEMA): $(BUILD)/gen/schema.c $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(making)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

unit: $(UNIT_BIN)

# rapportd with a clock that tests drive, and all else as it is.
standin: $(BUILD)/standin/rapportd
$(BUILD)/standin/rapportd: $(call objects,$(wildcard daemon/*.c) \
		tests/e2e/standin_clock.c) \
		$(filter-out %/daemon/edge/clock.o,$(DAEMON_OBJ))
	@mkdir -p $(@D)
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$$($(PKG_CONFIG) --libs $(PKGS_DAEMON))

# What is known of time, here and elsewhere: tests/oracle asks both.
PURE = $(wildcard daemon/base/*.c daemon/time/*.c)
oracle: $(BUILD)/oracle/ours $(BUILD)/oracle/libical
$(BUILD)/oracle/ours: $(call objects,tests/oracle/ours.c $(PURE))
$(BUILD)/oracle/libical: $(BUILD)/obj/tests/oracle/libical.o
$(BUILD)/oracle/libical: PKGS = $(PKGS_ORACLE)
$(BUILD)/oracle/%:
	@mkdir -p $(@D)
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ \
		$(if $(PKGS),$$($(PKG_CONFIG) --libs $(PKGS)))

# Where clang has no libFuzzer nothing is built, and tests/run says so.
fuzzers:
	@mkdir -p $(BUILD)/fuzz
	@if echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | \
		clang -fsanitize=fuzzer,address,undefined -x c - \
		-o $(BUILD)/fuzz/works 2>/dev/null; then \
		$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz FUZZ=1 \
			fuzz-programs; fi

fuzz-programs: $(patsubst tests/fuzz/%.c,$(BUILD)/%,\
	$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(call objects,$(PURE))
	$(making)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^

# The fuzz target of vCards needs more than what is pure.
$(BUILD)/fuzz_vcard: $(call objects,ctl/import/line.c ctl/import/vcard.c \
	$(wildcard daemon/model/*.c))

# ---------------------------------------------- what is made with the programs

# The commands stand in one table in the source (daemon/wire); rapportctl knows
# it, and writes its manual's list and the shells' completions from it.
$(BUILD)/rapportctl.1: ctl/rapportctl.1.in $(BUILD)/rapportctl
	$(making)
	$(Q)$(BUILD)/rapportctl completion man >$@.commands
	$(Q)sed -e '/^@COMMANDS@$$/{' -e 'r $@.commands' -e 'd' -e '}' $< >$@
	@rm -f $@.commands

$(BUILD)/completions/%: $(BUILD)/rapportctl
	@mkdir -p $(@D)
	$(making)
	$(Q)$(BUILD)/rapportctl completion $* >$@

# Units and desktop files name the programs by their paths.
$(BUILD)/systemd/%: systemd/%.in $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(making)
	$(Q)sed -e 's|@BINDIR@|$(BINDIR)|g' $< >$@

$(BUILD)/desktop/%: conf/desktop/%.in $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(making)
	$(Q)sed -e 's|@BINDIR@|$(BINDIR)|g' -e 's|@VERSION@|$(VERSION)|g' $< >$@

# ------------------------------------------------------------------ installing

BINDIR = $(PREFIX)/bin
LIBEXECDIR = $(PREFIX)/libexec
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man
USERUNITDIR = $(PREFIX)/lib/systemd/user
# Autostart files are looked for here whatever the prefix is.
SYSCONFDIR = /etc
BASHDIR = $(DATADIR)/bash-completion/completions
ZSHDIR = $(DATADIR)/zsh/site-functions
FISHDIR = $(DATADIR)/fish/vendor_completions.d
ICONDIR = $(DATADIR)/icons/hicolor

# All that is installed: mode, what, where to.
INSTALLED = \
	755:$(BUILD)/rapportd:$(BINDIR)/rapportd \
	755:$(BUILD)/rapportctl:$(BINDIR)/rapportctl \
	755:$(BUILD)/rapport-notifier:$(LIBEXECDIR)/rapport-notifier \
	644:$(BUILD)/systemd/rapportd.service:$(USERUNITDIR)/rapportd.service \
	644:systemd/rapportd.socket:$(USERUNITDIR)/rapportd.socket \
	644:$(BUILD)/desktop/autostart.desktop:$(SYSCONFDIR)/xdg/autostart/rapport.desktop \
	644:$(BUILD)/desktop/rapport.desktop:$(DATADIR)/applications/rapport.desktop \
	644:$(BUILD)/desktop/io.rapport.rapport.metainfo.xml:$(DATADIR)/metainfo/io.rapport.rapport.metainfo.xml \
	644:conf/desktop/rapport.svg:$(ICONDIR)/scalable/apps/rapport.svg \
	644:conf/desktop/rapport-symbolic.svg:$(ICONDIR)/symbolic/apps/rapport-symbolic.svg \
	644:daemon/rapportd.1:$(MANDIR)/man1/rapportd.1 \
	644:daemon/notifier/rapport-notifier.1:$(MANDIR)/man1/rapport-notifier.1 \
	644:$(BUILD)/rapportctl.1:$(MANDIR)/man1/rapportctl.1 \
	644:conf/rapport.conf.5:$(MANDIR)/man5/rapport.conf.5 \
	644:conf/rapport.conf:$(DATADIR)/doc/rapport/rapport.conf \
	644:$(BUILD)/completions/bash:$(BASHDIR)/rapportctl \
	644:$(BUILD)/completions/zsh:$(ZSHDIR)/_rapportctl \
	644:$(BUILD)/completions/fish:$(FISHDIR)/rapportctl.fish

extras: $(filter $(BUILD)/%,$(foreach f,$(INSTALLED),\
	$(word 2,$(subst :, ,$(f)))))

install: all
	@set -e; for f in $(INSTALLED); do \
		mode=$${f%%:*}; f=$${f#*:}; to="$(DESTDIR)$${f#*:}"; \
		echo "  $$to"; \
		install -D -m $$mode "$${f%%:*}" "$$to"; \
	done
	@test -n "$(DESTDIR)" || echo "Now, as yourself:" \
		"systemctl --user enable --now rapportd.socket rapportd"

uninstall:
	@set -e; for f in $(INSTALLED); do \
		f=$${f#*:}; to="$(DESTDIR)$${f#*:}"; \
		echo "  $$to"; \
		rm -f "$$to"; \
	done
	@rmdir "$(DESTDIR)$(DATADIR)/doc/rapport" 2>/dev/null || true

# -------------------------------------------------------------- trying, testing

# Build on all processors, unless make was told how.
PARALLEL = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

deps:
	@tests/deps build

# CHECK=word runs only the tests whose file has that word in its name.
check:
	@tests/deps check
	@$(MAKE) $(PARALLEL) --no-print-directory BUILD=$(BUILD) all oracle \
		fuzzers
	@$(MAKE) $(PARALLEL) --no-print-directory BUILD=$(BUILD)/san SAN=1 \
		all unit standin
	@tests/run --build $(BUILD) $(if $(SEEDS),--seeds $(SEEDS)) $(CHECK)

SEEDS_LONG = 20
check-long:
	@$(MAKE) --no-print-directory SEEDS=$(or $(SEEDS),$(SEEDS_LONG)) \
		CHECK="$(CHECK)" check

# The finds stay in $(BUILD)/fuzz/found; those worth keeping are picked by
#	build/fuzz/fuzz_when -merge=1 tests/fuzz/corpus/when build/fuzz/found/when
SECONDS = 60
fuzz:
	@tests/deps check
	@$(MAKE) --no-print-directory BUILD=$(BUILD) fuzzers
	@tests/run --build $(BUILD) --fuzz $(SECONDS) $(or $(CHECK),tests/fuzz/)

demo:
	@tests/deps demo
	@$(MAKE) $(PARALLEL) --no-print-directory BUILD=$(BUILD) all
	@tests/demo $(BUILD)

bench:
	@tests/deps bench
	@$(MAKE) $(PARALLEL) --no-print-directory BUILD=$(BUILD) all
	@tests/bench/run $(BUILD)

help:
	@echo "make            build the programs, in $(BUILD)/"
	@echo "make deps       install what building needs (Debian)"
	@echo "make demo       see it work; touches nothing of yours"
	@echo "make check      install what testing needs, and run all tests;"
	@echo "                CHECK=word runs those in files named so"
	@echo "make check-long the same with more of what is random:"
	@echo "                SEEDS=$(SEEDS_LONG), CHECK=oracle"
	@echo "make fuzz       let libFuzzer look for what breaks it: SECONDS=600"
	@echo "make bench      measure it beside other programs"
	@echo "make install    PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)"
	@echo "                and BINDIR, LIBEXECDIR, USERUNITDIR, SYSCONFDIR,"
	@echo "                MANDIR, BASHDIR, ZSHDIR, FISHDIR"
	@echo "make uninstall  remove what install with the same words installed"
	@echo "make clean      remove $(BUILD)/"

clean:
	rm -rf $(BUILD)

FORCE:
.PHONY: all unit standin oracle fuzzers fuzz-programs extras install uninstall \
	deps check check-long fuzz demo bench help clean FORCE
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
