#!/usr/bin/python3
"""A stand-in for those who know whether anybody looks at the screen: logind on
the system bus, or a screen saver on the session bus.

    standin_presence.py logind --session c2=x11 --session 3=tty --display c2
    standin_presence.py saver --name org.gnome.ScreenSaver

Each call is told on standard output as one JSON object a line: {"call":…};
first comes {"call":"ready"}. Each line of standard input makes it do
something:
  {"locked":true,"session":"c2"}  lock or unlock a session (the display's)
  {"display":"c3"}                another is the user's main one; "" none
  {"remove":"c2"}                 a session ends
  {"active":true}                 the screen saver starts or stops
  {"say":false}                   from now on tell changes without their values
  {"leave":true}                  give up the bus name, and end
The end of standard input ends it.
"""

import argparse
import json
import os
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

LOGIND = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
USER_PATH = MANAGER_PATH + "/user/_%d" % os.getuid()
PROPERTIES = "org.freedesktop.DBus.Properties"

LOGIND_XML = """<node>
<interface name="org.freedesktop.login1.Manager">
<method name="GetSession">
  <arg direction="in" type="s"/><arg direction="out" type="o"/></method>
<method name="GetSessionByPID">
  <arg direction="in" type="u"/><arg direction="out" type="o"/></method>
<method name="GetUser">
  <arg direction="in" type="u"/><arg direction="out" type="o"/></method>
<signal name="SessionRemoved"><arg type="s"/><arg type="o"/></signal>
</interface>
<interface name="org.freedesktop.login1.User">
<property name="Display" type="(so)" access="read"/>
</interface>
<interface name="org.freedesktop.login1.Session">
<property name="Type" type="s" access="read"/>
<property name="LockedHint" type="b" access="read"/>
</interface></node>"""

SAVER_XML = """<node><interface name="%s">
<method name="GetActive"><arg direction="out" type="b"/></method>
<signal name="ActiveChanged"><arg type="b"/></signal>
</interface></node>"""


def options():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("kind", choices=("logind", "saver"))
    p.add_argument("--session", action="append", default=[],
                   metavar="ID=TYPE")
    p.add_argument("--display", default="", metavar="ID",
                   help="the user's main session")
    p.add_argument("--name", default="org.freedesktop.ScreenSaver")
    p.add_argument("--path", help="of the screen saver's object")
    p.add_argument("--active", action="store_true")
    p.add_argument("--locked", metavar="ID")
    p.add_argument("--refuse", action="store_true",
                   help="GetActive fails, as that of a service that serves "
                   "only to inhibit")
    return p.parse_args()


class StandIn:
    def __init__(self, opts, bus_type, name):
        self.opts = opts
        self.loop = GLib.MainLoop()
        self.bus = Gio.bus_get_sync(bus_type)
        self.export()
        Gio.bus_own_name_on_connection(
            self.bus, name, Gio.BusNameOwnerFlags.NONE,
            lambda *_: self.tell("ready"), lambda *_: self.loop.quit())
        self.input = GLib.IOChannel.unix_new(0)
        GLib.io_add_watch(self.input, GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP,
                          self.on_input)

    def register(self, path, interface):
        self.bus.register_object(path, interface, self.on_call, self.on_get,
                                 None)

    @staticmethod
    def tell(call):
        print(json.dumps({"call": call}), flush=True)

    def on_call(self, _bus, _sender, _path, _interface, method, args, call):
        self.tell(method)
        getattr(self, method)(call, *args.unpack())

    def on_get(self, _bus, _sender, path, _interface, name):
        self.tell(name)
        return self.value(path, name)

    @staticmethod
    def fail(call, text):
        call.return_dbus_error("org.freedesktop.DBus.Error.NotSupported",
                               text)

    def on_input(self, _channel, _condition):
        line = sys.stdin.buffer.raw.readline()
        command = json.loads(line) if line else {"leave": True}
        self.obey(command)
        if command.get("leave"):
            self.bus.flush_sync()
            self.loop.quit()
        return not command.get("leave")


class Logind(StandIn):
    def __init__(self, opts):
        self.types = dict(s.split("=") for s in opts.session)
        self.locked = {opts.locked}
        self.display = opts.display
        self.say = True
        super().__init__(opts, Gio.BusType.SYSTEM, LOGIND)

    def export(self):
        manager, user, session = \
            Gio.DBusNodeInfo.new_for_xml(LOGIND_XML).interfaces
        self.register(MANAGER_PATH, manager)
        self.register(USER_PATH, user)
        for name in self.types:
            self.register(self.path_of(name), session)

    @staticmethod
    def path_of(session):
        return MANAGER_PATH + "/session/_" + session if session else "/"

    def value(self, path, name):
        if name == "Display":
            return GLib.Variant("(so)", (self.display,
                                         self.path_of(self.display)))
        session = path.rsplit("_", 1)[1]
        if name == "Type":
            return GLib.Variant("s", self.types[session])
        return GLib.Variant("b", session in self.locked)

    def GetSession(self, call, session):
        if session in self.types:
            call.return_value(GLib.Variant("(o)",
                                           (self.path_of(session),)))
        else:
            self.fail(call, "No session '%s' known" % session)

    def GetSessionByPID(self, call, _pid):
        self.fail(call, "the caller does not belong to any known session")

    def GetUser(self, call, uid):
        if uid == os.getuid():
            call.return_value(GLib.Variant("(o)", (USER_PATH,)))
        else:
            self.fail(call, "User ID %d is not logged in" % uid)

    def changed(self, path, interface, name):
        changed = {name: self.value(path, name)} if self.say else {}
        self.bus.emit_signal(
            None, path, PROPERTIES, "PropertiesChanged",
            GLib.Variant("(sa{sv}as)", (LOGIND + "." + interface, changed,
                                        [] if self.say else [name])))

    def obey(self, command):
        self.say = command.get("say", self.say)
        if "locked" in command:
            session = command.get("session", self.display)
            self.locked.discard(session)
            if command["locked"]:
                self.locked.add(session)
            self.changed(self.path_of(session), "Session", "LockedHint")
        if "display" in command:
            self.display = command["display"]
            self.changed(USER_PATH, "User", "Display")
        if "remove" in command:
            del self.types[command["remove"]]
            self.bus.emit_signal(
                None, MANAGER_PATH, LOGIND + ".Manager", "SessionRemoved",
                GLib.Variant("(so)", (command["remove"],
                                      self.path_of(command["remove"]))))


class Saver(StandIn):
    def __init__(self, opts):
        self.active = opts.active
        self.path = opts.path or "/" + opts.name.replace(".", "/")
        super().__init__(opts, Gio.BusType.SESSION, opts.name)

    def export(self):
        xml = SAVER_XML % self.opts.name
        self.register(self.path,
                      Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0])

    def GetActive(self, call):
        if self.opts.refuse:
            self.fail(call, "There is no such method here")
        else:
            call.return_value(GLib.Variant("(b)", (self.active,)))

    def obey(self, command):
        if "active" in command:
            self.active = command["active"]
            self.bus.emit_signal(None, self.path, self.opts.name,
                                 "ActiveChanged",
                                 GLib.Variant("(b)", (self.active,)))


if __name__ == "__main__":
    OPTS = options()
    (Logind if OPTS.kind == "logind" else Saver)(OPTS).loop.run()
