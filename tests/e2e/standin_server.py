#!/usr/bin/python3
"""A stand-in for org.freedesktop.Notifications with the oddities of real ones.

Each call is told on standard output as one JSON object a line, with the time
of its arrival (CLOCK_REALTIME, seconds) under "at":
  {"call":"Notify","id":1,"app":…,"replaces":…,"icon":…,"summary":…,"body":…,
   "actions":[[key,label],…],"hints":{…},"timeout":…}
  {"call":"CloseNotification","id":1}   {"call":"GetCapabilities"}   …

Each line of standard input makes it do something:
  {"action":"done/r1/aa","id":1}  press a button: emit ActionInvoked
  {"close":2,"id":1}              emit NotificationClosed with this reason
  {"inhibited":true}              say so in the property Inhibited
  {"hang":true}                   stop answering; false: answer all that waits
  {"leave":true}                  give up the bus name, and end
The end of standard input ends it.
"""

import argparse
import json
import sys
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify">
  <arg direction="in" type="s"/><arg direction="in" type="u"/>
  <arg direction="in" type="s"/><arg direction="in" type="s"/>
  <arg direction="in" type="s"/><arg direction="in" type="as"/>
  <arg direction="in" type="a{sv}"/><arg direction="in" type="i"/>
  <arg direction="out" type="u"/></method>
<method name="CloseNotification"><arg direction="in" type="u"/></method>
<method name="GetCapabilities"><arg direction="out" type="as"/></method>
<method name="GetServerInformation">
  <arg direction="out" type="s"/><arg direction="out" type="s"/>
  <arg direction="out" type="s"/><arg direction="out" type="s"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
%s</interface></node>"""
INHIBITED = '<property name="Inhibited" type="b" access="read"/>\n'

CAPABILITIES = "actions,body,body-markup,persistence"


def options():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--name", default="standin", help="of the server")
    p.add_argument("--version", default="1.0")
    p.add_argument("--capabilities", default=CAPABILITIES,
                   help="separated by commas (default: %(default)s)")
    p.add_argument("--no-actions", action="store_true",
                   help="like notify-osd")
    p.add_argument("--hang", action="store_true",
                   help="answer nothing, from the start")
    p.add_argument("--hang-notify", action="store_true",
                   help="take the Notify calls, and never answer them")
    p.add_argument("--late", type=float, default=0, metavar="SECONDS",
                   help="show at once, answer late")
    p.add_argument("--id-zero", action="store_true",
                   help="answer 0, like a rule of dunst's that discards")
    p.add_argument("--reuse-ids", action="store_true",
                   help="every pop-up has the id 1")
    p.add_argument("--first-id", type=int, default=1)
    p.add_argument("--close-reason", type=int, default=3, metavar="N",
                   help="given when a pop-up is closed by a call")
    p.add_argument("--close-twice", action="store_true", help="like swaync")
    p.add_argument("--close-mute", action="store_true",
                   help="no NotificationClosed, like mako after an action")
    p.add_argument("--close-refused", action="store_true",
                   help="CloseNotification fails")
    p.add_argument("--action-twice", action="store_true")
    p.add_argument("--take-over", action="store_true",
                   help="take the bus name from the server that has it")
    p.add_argument("--refuse", metavar="TEXT", help="Notify fails")
    p.add_argument("--inhibited", choices=("yes", "no"),
                   help="has the property, like Plasma")
    p.add_argument("--no-information", action="store_true",
                   help="GetServerInformation fails")
    return p.parse_args()


class Server:
    def __init__(self, opts):
        self.opts = opts
        self.next_id = opts.first_id
        self.hanging = opts.hang
        self.waiting = []  # what is done when it hangs no longer
        self.loop = GLib.MainLoop()
        self.inhibited = opts.inhibited == "yes"
        xml = INTERFACE % (INHIBITED if opts.inhibited else "")
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.bus.register_object(
            PATH, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0],
            self.on_call, lambda *_: GLib.Variant("b", self.inhibited), None)
        flags = Gio.BusNameOwnerFlags.ALLOW_REPLACEMENT
        if opts.take_over:
            flags |= Gio.BusNameOwnerFlags.REPLACE
        self.name = Gio.bus_own_name_on_connection(
            self.bus, NAME, flags, None, lambda *_: self.loop.quit())
        self.input = GLib.IOChannel.unix_new(0)
        GLib.io_add_watch(self.input, GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP,
                          self.on_input)

    def tell(self, call, **what):
        print(json.dumps(dict(call=call, at=time.time(), **what)),
              flush=True)

    def emit(self, signal, *values):
        kind = "(uu)" if signal == "NotificationClosed" else "(us)"
        self.bus.emit_signal(None, PATH, NAME, signal,
                             GLib.Variant(kind, values))

    # --- calls

    def on_call(self, _bus, _sender, _path, _interface, method, args, call):
        if self.hanging:
            self.waiting.append(
                lambda: self.carry_out(method, args, call))
        else:
            self.carry_out(method, args, call)

    def carry_out(self, method, args, call):
        getattr(self, method)(call, *args.unpack())

    @staticmethod
    def answer(call, kind=None, *values):
        call.return_value(GLib.Variant(kind, values) if kind else None)

    @staticmethod
    def fail(call, text):
        call.return_dbus_error("org.freedesktop.DBus.Error.Failed", text)

    def GetServerInformation(self, call):
        self.tell("GetServerInformation")
        if self.opts.no_information:
            self.fail(call, "no information")
            return
        self.answer(call, "(ssss)", self.opts.name, "rapport",
                    self.opts.version, "1.2")

    def GetCapabilities(self, call):
        self.tell("GetCapabilities")
        words = self.opts.capabilities.split(",")
        if self.opts.no_actions:
            words = [w for w in words if w != "actions"]
        self.answer(call, "(as)", [w for w in words if w])

    def Notify(self, call, app, replaces, icon, summary, body, actions,
               hints, timeout):
        number = self.next_id
        if not self.opts.reuse_ids:
            self.next_id += 1
        self.tell("Notify", id=number, app=app, replaces=replaces, icon=icon,
                  summary=summary, body=body, hints=hints, timeout=timeout,
                  actions=[list(a) for a in zip(actions[::2],
                                                actions[1::2])])
        if self.opts.refuse:
            self.fail(call, self.opts.refuse)
        elif self.opts.hang_notify:
            self.waiting.append(lambda: self.answer(call, "(u)", number))
        elif self.opts.late:
            GLib.timeout_add(int(self.opts.late * 1000), self.answer, call,
                             "(u)", number)
        else:
            self.answer(call, "(u)", 0 if self.opts.id_zero else number)

    def CloseNotification(self, call, number):
        self.tell("CloseNotification", id=number)
        if self.opts.close_refused:
            self.fail(call, "no such notification")
            return
        for _ in range(2 if self.opts.close_twice else 1):
            if not self.opts.close_mute:
                self.emit("NotificationClosed", number,
                          self.opts.close_reason)
        self.answer(call)

    # --- commands

    def on_input(self, _channel, _condition):
        line = sys.stdin.buffer.raw.readline()
        if not line:
            self.loop.quit()
            return False
        self.obey(json.loads(line))
        return True

    def obey(self, command):
        if "action" in command:
            for _ in range(2 if self.opts.action_twice else 1):
                self.emit("ActionInvoked", command["id"], command["action"])
        if "close" in command:
            for _ in range(2 if self.opts.close_twice else 1):
                self.emit("NotificationClosed", command["id"],
                          command["close"])
        if "inhibited" in command:
            self.inhibited = command["inhibited"]
            self.bus.emit_signal(
                None, PATH, "org.freedesktop.DBus.Properties",
                "PropertiesChanged", GLib.Variant("(sa{sv}as)", (
                    NAME, {"Inhibited": GLib.Variant("b", self.inhibited)},
                    [])))
        if "hang" in command:
            self.hanging = command["hang"]
            waiting, self.waiting = self.waiting, []
            for late in waiting:
                late()
        if command.get("leave"):
            self.bus.flush_sync()
            self.loop.quit()

    def run(self):
        self.loop.run()


if __name__ == "__main__":
    Server(options()).run()
