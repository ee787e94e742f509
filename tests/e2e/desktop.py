"""A private desktop for the end-to-end tests.

A session bus of its own (with no service folders, so that nothing installed is
started by accident), a virtual display, and a notification server: the real
dunst, or the stand-in of standin_server.py. Nothing of the user's is touched:
HOME and the XDG folders are temporary ones.

    with Desktop() as desktop:
        program = subprocess.Popen([...], env=desktop.env)
        desktop.press("Done")
        desktop.screenshot("popup.png")
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import gi

from base import (HERE, LIMIT, Timeout, die_with_parent, inherited,
                  private_home, read_line)

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NOTIFICATIONS = "org.freedesktop.Notifications"

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/{socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# The "menu" of dunst picks the line of the button named in the file `button`.
MENU = """#!/bin/sh
wanted=$(cat {folder}/button)
while read -r line || [ -n "$line" ]; do
    case $line in "#$wanted "*) printf '%s\\n' "$line";; esac
done
"""

DUNST_CONFIG = """[global]
    width = 400
    height = 300
    offset = 20x20
    origin = top-right
    notification_limit = 20
    font = DejaVu Sans 11
    markup = full
    format = "<b>%s</b>\\n%b"
    word_wrap = yes
    show_indicators = yes
    stack_duplicates = true
    max_icon_size = 48
    mouse_left_click = close_current
    mouse_middle_click = do_action, close_current
    dmenu = {folder}/menu
{extra}
"""


class Desktop:
    """server is "dunst", "standin", the path of another server, or None;
    server_options are its options, or lines for dunst's configuration.
    services is a folder of D-Bus service files. display=False leaves out the
    virtual display."""

    def __init__(self, server="dunst", server_options=(), display=True,
                 services=None):
        self.server_kind = server
        self.server_options = server_options
        self.with_display = display
        self.services = services
        self.folder = None
        self.env = {}
        self.bus = None
        self.system_bus_daemon = None
        self.server = None  # subprocess.Popen of the notification server
        self._children = []

    # --- life

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.folder = tempfile.mkdtemp(prefix="rapport-test.")
        self._make_environment()
        self._start_bus()
        if self.with_display:
            self._start_display()
        if self.server_kind:
            self.start_server()
        return self

    def stop(self):
        if self.bus and not self.bus.is_closed():
            self.bus.close_sync()
        self.bus = None
        for child in reversed(self._children):
            self._end(child)
        self._children = []
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def _make_environment(self):
        self.env = inherited()
        self.env.update(private_home(self.folder))
        self.env["DBUS_SESSION_BUS_ADDRESS"] = \
            "unix:path=%s/bus" % self.folder
        # Nobody is there before a test starts one.
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = \
            "unix:path=%s/system-bus" % self.folder

    def spawn(self, argv, **options):
        """A child in this desktop that is ended with it."""
        options.setdefault("env", self.env)
        options.setdefault("stdin", subprocess.DEVNULL)
        with open(self._log_path(os.path.basename(argv[0])), "ab") as log:
            options.setdefault("stderr", log)
            child = subprocess.Popen(argv, preexec_fn=die_with_parent,
                                     **options)
        self._children.append(child)
        return child

    def log(self, name):
        """What a child started by spawn said on standard error."""
        with open(self._log_path(name), encoding="utf-8",
                  errors="replace") as f:
            return f.read()

    def _log_path(self, name):
        return os.path.join(self.folder, name + ".log")

    @staticmethod
    def _end(child):
        for stream in (child.stdin, child.stdout):
            if stream:
                stream.close()
        if child.poll() is None:
            child.kill()
        child.wait()

    # --- the bus

    def _start_bus(self):
        self.bus_daemon = self._spawn_bus("bus", self.services)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)

    def _spawn_bus(self, socket, services=None):
        config = os.path.join(self.folder, socket + ".conf")
        with open(config, "w", encoding="utf-8") as f:
            f.write(BUS_CONFIG.format(
                folder=self.folder, socket=socket,
                services="<servicedir>%s</servicedir>" % services
                if services else ""))
        daemon = self.spawn(
            ["dbus-daemon", "--config-file=" + config, "--nofork",
             "--print-address=1"], stdout=subprocess.PIPE, bufsize=0)
        read_line(daemon.stdout.fileno())
        return daemon

    def start_system_bus(self):
        """One that only the stand-in for logind uses."""
        self.system_bus_daemon = self._spawn_bus("system-bus")

    def kill_bus(self):
        """The session bus goes away, as at the end of a session."""
        self.bus.close_sync()
        self._end(self.bus_daemon)

    def restart_bus(self):
        """Another one comes, at the same address."""
        self._start_bus()

    def call(self, name, path, interface, method, args=None, reply=None):
        """A method call on the bus; the unpacked reply."""
        result = self.bus.call_sync(
            name, path, interface, method, args,
            GLib.VariantType(reply) if reply else None,
            Gio.DBusCallFlags.NO_AUTO_START, LIMIT * 1000, None)
        return result.unpack()

    def has_owner(self, name=NOTIFICATIONS):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                         "org.freedesktop.DBus", "NameHasOwner",
                         GLib.Variant("(s)", (name,)), "(b)")[0]

    def wait_for(self, condition, what, signal_name=None, interface=None):
        """Until condition() is true, asked again after each signal on the
        bus that is given (default: of the bus itself), and now and then in
        between: dunst does not announce when it has drawn."""
        context = GLib.MainContext.default()
        subscription = self.bus.signal_subscribe(
            None, interface or "org.freedesktop.DBus",
            signal_name, None, None, Gio.DBusSignalFlags.NONE,
            lambda *_: None)
        late = []

        def on_late():
            late.append(True)
            return GLib.SOURCE_REMOVE

        timer = GLib.timeout_add_seconds(LIMIT, on_late)
        again = GLib.timeout_add(100, lambda: GLib.SOURCE_CONTINUE)
        try:
            while not condition():
                if late:
                    raise Timeout("waited in vain: " + what)
                context.iteration(True)
        finally:
            self.bus.signal_unsubscribe(subscription)
            GLib.source_remove(again)
            if not late:
                GLib.source_remove(timer)

    def wait_for_owner(self, owned=True, name=NOTIFICATIONS):
        self.wait_for(lambda: self.has_owner(name) == owned,
                      "%s %s" % (name, "owned" if owned else "free"))

    # --- the display

    def _start_display(self):
        ours, theirs = os.pipe()
        try:
            self.spawn(["Xvfb", "-displayfd", str(theirs), "-screen", "0",
                        "1024x768x24", "-nolisten", "tcp", "-noreset"],
                       pass_fds=(theirs,), stdout=subprocess.DEVNULL)
            os.close(theirs)
            self.env["DISPLAY"] = ":" + read_line(ours).strip()
        finally:
            os.close(ours)

    def screenshot(self, path):
        """The whole screen, as a PNG file."""
        subprocess.run(["import", "-window", "root", path], env=self.env,
                       check=True, stdin=subprocess.DEVNULL, timeout=LIMIT)
        return path

    # --- the notification server

    def start_server(self, kind=None, options=None):
        """Start it (again), perhaps another one, and wait until it is on
        the bus."""
        self.server_kind = kind or self.server_kind
        if options is not None:
            self.server_options = options
        if self.server_kind == "dunst":
            self.server = self.spawn(
                ["dunst", "-conf", self._write_dunst_config()],
                stdout=subprocess.DEVNULL)
        elif self.server_kind == "standin":
            self.standin = StandIn(self, self.server_options)
            self.server = self.standin.process
        else:
            self.server = self.spawn(
                [self.server_kind, *self.server_options],
                stdout=subprocess.DEVNULL)
        self.wait_for_owner()
        return self.server

    def _write_dunst_config(self):
        menu = os.path.join(self.folder, "menu")
        with open(menu, "w", encoding="utf-8") as f:
            f.write(MENU.format(folder=self.folder))
        os.chmod(menu, 0o700)
        config = os.path.join(self.folder, "dunstrc")
        with open(config, "w", encoding="utf-8") as f:
            f.write(DUNST_CONFIG.format(
                folder=self.folder, extra="\n".join(self.server_options)))
        return config

    # --- those who know whether anybody looks

    def start_logind(self, *sessions, display="", options=()):
        """sessions are "ID=TYPE"; display is the ID of the main one."""
        if self.system_bus_daemon is None:
            self.start_system_bus()
        return self._start_presence(
            "logind", *[o for s in sessions for o in ("--session", s)],
            "--display", display, *options)

    def start_saver(self, *options):
        return self._start_presence("saver", *options)

    def _start_presence(self, *options):
        knows = StandIn(self, options, "standin_presence.py")
        knows.next("ready")
        return knows

    def freeze_server(self):
        """It hangs: it keeps its name and answers nothing."""
        self.server.send_signal(signal.SIGSTOP)

    def thaw_server(self):
        self.server.send_signal(signal.SIGCONT)

    def kill_server(self):
        """It crashes."""
        self._end(self.server)
        self._children.remove(self.server)
        self.wait_for_owner(False)

    def restart_server(self):
        self.kill_server()
        self.start_server()

    # --- dunst

    def dunstctl(self, *args):
        """What dunstctl(1) prints."""
        return subprocess.run(
            ["dunstctl", *args], env=self.env, check=True, timeout=LIMIT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            encoding="utf-8").stdout.strip()

    def displayed(self):
        """How many pop-ups dunst shows."""
        return int(self.dunstctl("count", "displayed"))

    def wait_displayed(self, count):
        """Until dunst shows so many pop-ups; it announces each change."""
        self.wait_for(lambda: self.displayed() == count,
                      "%d pop-ups" % count,
                      interface="org.freedesktop.DBus.Properties")

    def press(self, label):
        """Press the button so labelled of the pop-ups on the screen."""
        with open(os.path.join(self.folder, "button"), "w",
                  encoding="utf-8") as f:
            f.write(label)
        self.dunstctl("context")


class StandIn:
    """A stand-in as the tests see it: what it was told comes as one dict after
    the other from next(), and what it shall do is said with do().
    `desktop.standin` is the server that was started last."""

    def __init__(self, desktop, options=(), script="standin_server.py"):
        self.process = desktop.spawn(
            [sys.executable, os.path.join(HERE, script), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def next(self, want="Notify", limit=LIMIT):
        """The next record of the kind wanted; others are skipped."""
        while True:
            record = json.loads(read_line(self.process.stdout.fileno(),
                                          limit))
            if record["call"] == want:
                return record

    def do(self, **command):
        """do(action="done/r1/aa", id=1), do(close=2, id=1), do(hang=False),
        do(leave=True); do(locked=True), do(active=True)."""
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
