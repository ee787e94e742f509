"""rapport-notifier by itself, driven over its channel: with the real dunst, and
with a stand-in for the notification servers of other desktops."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from base import LIMIT, check_sanitizers, program, switches
from desktop import Desktop, NOTIFICATIONS

BUTTONS = [["default", "Open"], ["done", "Done"], ["later", "Later"],
           ["tomorrow", "Tomorrow"], ["drop", "Drop"]]


class Notifier:
    """The program, as rapportd would start it."""

    def __init__(self, desktop, grace=0, env=None):
        self.channel, theirs = socket.socketpair(socket.AF_UNIX,
                                                 socket.SOCK_SEQPACKET)
        self.stderr = tempfile.TemporaryFile()
        env = dict(desktop.env, G_DEBUG="fatal-criticals", **(env or {}))
        env = {k: v for k, v in env.items() if v is not None}
        path = program("rapport-notifier")
        self.pid = os.posix_spawn(
            path, [path, "--grace", str(grace)], env,
            file_actions=[(os.POSIX_SPAWN_DUP2, theirs.fileno(), 3),
                          (os.POSIX_SPAWN_DUP2, self.stderr.fileno(), 2)])
        theirs.close()
        self.pidfd = os.pidfd_open(self.pid)
        self.status = None
        self.presences = []  # what it said of them, not asked for yet

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            self.wait()
        self.channel.close()
        os.close(self.pidfd)
        self.stderr.close()

    def send(self, **record):
        self.channel.send(json.dumps(record).encode())

    def show(self, key="r1", nonce="aa", summary="Call Dana",
             body=("needs <b> & c",), actions=BUTTONS, **more):
        self.send(op="show", key=key, nonce=nonce, summary=summary,
                  body=list(body), actions=actions, category="x-test",
                  resident=True, **more)

    def compose(self, nonce="aa", summary="Call Dana",
                actions=BUTTONS):
        self.send(op="compose", key="r1", nonce=nonce, summary=summary,
                  body=["needs <b> & c"], actions=actions,
                  category="x-test", resident=True)

    def close(self, key="r1", nonce="aa"):
        self.send(op="close", key=key, nonce=nonce)

    def record(self, limit=LIMIT):
        """The next record; None when there is none for so long."""
        if not select.select([self.channel], [], [], limit)[0]:
            return None
        record = self.channel.recv(65536)
        if not record:
            raise EOFError("the notifier hung up: " + self.said())
        return json.loads(record)

    def event(self, limit=LIMIT):
        """The next record that is not about presence, likewise."""
        while True:
            record = self.record(limit)
            if record is None or record["ev"] != "presence":
                return record
            self.presences.append(record["why"])

    def presence(self, limit=LIMIT):
        """What it says of presence next; None when nothing for so long."""
        if not self.presences:
            record = self.record(limit)
            if record is None:
                return None
            assert record["ev"] == "presence", record
            self.presences.append(record["why"])
        return self.presences.pop(0)

    def expect(self, ev, limit=LIMIT, **members):
        """The next event must be this one."""
        event = self.event(limit)
        wanted = dict(members, ev=ev)
        got = {k: v for k, v in (event or {}).items() if k in wanted}
        if got != wanted:
            raise AssertionError("expected %r, got %r; it said: %s" %
                                 (wanted, event, self.said()))
        return event

    def expect_up(self, **members):
        """Up, perhaps after some downs."""
        while True:
            event = self.event()
            if event is None or event.get("state") != "down":
                break
        self_members = dict(members, ev="server", state="up")
        if not event or not self_members.items() <= event.items():
            raise AssertionError("expected up, got %r; it said: %s" %
                                 (event, self.said()))
        return event

    def wait(self, limit=LIMIT):
        """Its exit status."""
        if not select.select([self.pidfd], [], [], limit)[0]:
            raise AssertionError("it did not end")
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def said(self):
        """Its standard error."""
        self.stderr.seek(0)
        return self.stderr.read().decode(errors="replace")


class StandInTest(unittest.TestCase):
    """A desktop with the stand-in, which needs no screen, and a notifier."""

    def desktop(self, *options, server="standin", **more):
        desktop = Desktop(server=server, server_options=options,
                          display=False, **more)
        self.addCleanup(desktop.stop)
        return desktop.start()

    def notifier(self, desktop, up=True, **options):
        notifier = self.enterContext(Notifier(desktop, **options))
        if up:
            notifier.expect_up()
        self.addCleanup(self.says_nothing_bad, notifier)
        return notifier

    def says_nothing_bad(self, notifier):
        check_sanitizers(notifier.said())
        self.assertNotIn("CRITICAL", notifier.said())

    def both(self, *options, **notifier_options):
        desktop = self.desktop(*options)
        return desktop, self.notifier(desktop, **notifier_options)


class WithStandIn(StandInTest):
    """Most of the odd servers."""

    # --- what is sent

    def test_says_what_the_server_is(self):
        desktop = self.desktop("--name", "odd", "--version", "7")
        notifier = self.notifier(desktop, up=False)
        event = notifier.expect_up(name="odd", version="7",
                                   vendor="rapport")
        self.assertEqual(event["capabilities"],
                         ["actions", "body", "body-markup", "persistence"])

    def test_what_a_popup_is(self):
        desktop, notifier = self.both("--name", "gnome-shell")
        notifier.show(body=["needs <b> & c", "last: 3 Nov"])
        got = desktop.standin.next()
        notifier.expect("shown", key="r1", nonce="aa")
        self.assertEqual(got["app"], "rapport")
        self.assertEqual(got["replaces"], 0)
        self.assertEqual(got["summary"], "Call Dana")
        self.assertEqual(got["body"],
                         "needs &lt;b&gt; &amp; c\nlast: 3 Nov")
        self.assertEqual(got["timeout"], 0)
        self.assertEqual(got["actions"], [
            ["default", "Open"], ["done/r1/aa", "Done"],
            ["later/r1/aa", "Later"], ["tomorrow/r1/aa", "Tomorrow"]])
        hints = got["hints"]
        self.assertEqual(hints["desktop-entry"], "rapport")
        self.assertEqual(hints["category"], "x-test")
        self.assertEqual(hints["urgency"], 1)
        self.assertEqual(hints["image-path"], "rapport")
        self.assertIs(hints["resident"], True)
        self.assertNotIn("transient", hints)

    def test_urgent_is_critical(self):
        desktop, notifier = self.both()
        notifier.show(urgent=True)
        self.assertEqual(desktop.standin.next()["hints"]["urgency"], 2)

    def test_icon_from_a_source_tree(self):
        desktop, notifier = self.both(env={"RAPPORT_ICON_DIR": "/some/where"})
        notifier.show()
        self.assertEqual(desktop.standin.next()["hints"]["image-path"],
                         "file:///some/where/rapport.svg")

    def test_unknown_server_gets_two_buttons(self):
        desktop, notifier = self.both()
        notifier.show()
        self.assertEqual([a[1] for a in desktop.standin.next()["actions"]],
                         ["Open", "Done", "Later"])

    def test_no_markup_no_escapes(self):
        desktop, notifier = self.both("--capabilities", "actions,body")
        notifier.show(body=["a < b & c"])
        self.assertEqual(desktop.standin.next()["body"], "a < b & c")

    def test_no_body_none_sent(self):
        desktop, notifier = self.both("--capabilities", "actions")
        notifier.show()
        got = desktop.standin.next()
        self.assertEqual((got["summary"], got["body"]), ("Call Dana", ""))

    def test_no_actions_none_sent_and_it_expires(self):
        """notify-osd makes a modal dialog of actions."""
        desktop, notifier = self.both("--capabilities", "body")
        notifier.show()
        got = desktop.standin.next()
        self.assertEqual((got["actions"], got["timeout"]), ([], -1))

    def test_texts_are_unique(self):
        """dunst closes the older of two identical texts."""
        desktop, notifier = self.both()
        for nonce in ("aa", "bb", "cc"):
            notifier.show(nonce=nonce)
        self.assertEqual(
            [desktop.standin.next()["summary"] for _ in range(3)],
            ["Call Dana", "Call Dana (2)", "Call Dana (3)"])

    def test_texts_are_unique_in_time(self):
        """Plasma refuses a text that was shown less than a second ago."""
        desktop, notifier = self.both()
        notifier.show(nonce="aa")
        notifier.close(nonce="aa")
        notifier.show(nonce="bb")
        notifier.close(nonce="bb")
        time.sleep(2)
        notifier.show(nonce="cc")
        self.assertEqual(
            [desktop.standin.next()["summary"] for _ in range(3)],
            ["Call Dana", "Call Dana (2)", "Call Dana"])

    def test_every_show_is_a_new_popup(self):
        desktop, notifier = self.both()
        for number, nonce in enumerate(("aa", "bb")):
            notifier.show(nonce=nonce, summary="Call %d" % number)
            self.assertEqual(desktop.standin.next()["replaces"], 0)
            notifier.expect("shown", nonce=nonce)

    def test_the_same_show_twice_is_one(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.show()
        notifier.expect("shown")
        notifier.expect("shown")
        notifier.close()
        self.assertEqual(desktop.standin.next("CloseNotification")["id"], 1)
        notifier.expect("closed")

    def test_awkward_text(self):
        desktop, notifier = self.both()
        summary = "\u202eé 日本語 👩\u200d👧 %s %n <i>"
        notifier.show(summary=summary, body=["x" * 4000, ""])
        self.assertEqual(desktop.standin.next()["summary"], summary)
        notifier.expect("shown")

    # --- clicks and closes

    def test_click(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.standin.do(action="later/r1/aa", id=1)
        notifier.expect("action", key="r1", nonce="aa", action="later")

    def test_default_click(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.standin.do(action="default", id=1)
        notifier.expect("action", key="r1", nonce="aa", action="default")

    def test_clicks_of_other_programs_are_not_ours(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.standin.do(action="default", id=99)
        desktop.standin.do(action="done", id=1)
        desktop.standin.do(action="a/b/c/d", id=1)
        desktop.standin.do(close=2, id=99)
        desktop.standin.do(action="done/r1/aa", id=1)
        notifier.expect("action", action="done")

    def test_a_click_told_twice_is_one(self):
        desktop, notifier = self.both("--action-twice")
        notifier.show()
        notifier.expect("shown")
        desktop.standin.do(action="done/r1/aa", id=1)
        notifier.expect("action", action="done")
        desktop.standin.do(close=2, id=1)
        notifier.expect("closed")

    def test_close_reasons_are_passed_on(self):
        desktop, notifier = self.both()
        for reason in (1, 2, 3, 4):
            notifier.show(nonce="n%d" % reason)
            notifier.expect("shown")
            desktop.standin.do(close=reason, id=reason)
            notifier.expect("closed", nonce="n%d" % reason, reason=reason)

    def test_closed_twice_is_told_once(self):
        """swaync"""
        desktop, notifier = self.both("--close-twice")
        notifier.show()
        notifier.expect("shown")
        notifier.close()
        notifier.expect("closed", key="r1", nonce="aa", reason=3)
        notifier.send(op="probe")
        notifier.expect("server", state="up")

    def test_close_without_a_signal(self):
        """mako, notification-daemon"""
        desktop, notifier = self.both("--close-mute")
        notifier.show()
        notifier.expect("shown")
        notifier.close()
        notifier.expect("closed", key="r1", nonce="aa", reason=3)

    def test_close_refused_because_it_is_gone(self):
        _, notifier = self.both("--close-refused")
        notifier.show()
        notifier.expect("shown")
        notifier.close()
        notifier.expect("closed", key="r1", nonce="aa", reason=3)

    def test_close_of_what_was_never_open(self):
        _, notifier = self.both()
        notifier.close("r9", "zz")
        notifier.expect("closed", key="r9", nonce="zz", reason=3)

    def test_reused_ids(self):
        """A server that gives the same id to another pop-up has replaced the
        older one; a click is the newer one's."""
        desktop, notifier = self.both("--reuse-ids")
        notifier.show()
        notifier.expect("shown", key="r1")
        notifier.show("r2", "bb", "Write to Ole")
        notifier.expect("closed", key="r1", nonce="aa", reason=4)
        notifier.expect("shown", key="r2", nonce="bb")
        desktop.standin.do(action="default", id=1)
        notifier.expect("action", key="r2", nonce="bb", action="default")
        desktop.standin.do(close=2, id=1)
        notifier.expect("closed", key="r2", nonce="bb", reason=2)

    # --- servers that refuse or hang

    def test_discarded(self):
        _, notifier = self.both("--id-zero")
        notifier.show()
        event = notifier.expect("failed", key="r1", nonce="aa")
        self.assertIn("discarded", event["why"])

    def test_refused(self):
        _, notifier = self.both("--refuse", "too many")
        notifier.show()
        notifier.expect("failed", key="r1", nonce="aa", why="too many")
        notifier.send(op="probe")
        notifier.expect("server", state="up")

    def test_hanging_from_the_start(self):
        desktop = self.desktop("--hang")
        notifier = self.notifier(desktop, up=False)
        event = notifier.expect("server", state="down")
        self.assertIn("does not answer", event["why"])
        notifier.show()
        notifier.expect("failed", limit=4)
        notifier.send(op="probe")
        notifier.expect("server", limit=4, state="down")
        desktop.standin.do(hang=False)
        notifier.expect("server", limit=4, state="up")

    def test_hanging_while_a_popup_is_open(self):
        """It wakes up, and the pop-up that nobody knows any more goes."""
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.standin.do(hang=True)
        notifier.send(op="probe")
        notifier.expect("server", limit=8, state="down")
        notifier.show("r2", "bb")
        notifier.expect("failed", limit=4, key="r2")
        desktop.standin.do(hang=False)
        notifier.expect("server", state="up")
        self.assertEqual(desktop.standin.next("CloseNotification")["id"], 1)
        notifier.show("r1", "cc")
        notifier.expect("shown", nonce="cc")

    def test_a_show_that_hangs(self):
        """libnotify waits 25 s, later shows don't; the pop-up appears
        nevertheless, and its button works."""
        desktop, notifier = self.both("--hang-notify")
        start = time.monotonic()
        notifier.show()
        notifier.show("r2", "bb")
        desktop.standin.next()
        notifier.expect("failed", limit=40, key="r1", nonce="aa")
        self.assertLess(time.monotonic() - start, 30)
        notifier.expect("server", state="down")
        notifier.expect("failed", limit=4, key="r2", nonce="bb")
        notifier.expect("server", limit=4, state="up")
        desktop.standin.do(action="done/r1/aa", id=1)
        notifier.expect("action", key="r1", nonce="aa", action="done")

    def test_slow_but_answering(self):
        _, notifier = self.both("--late", "1.5")
        notifier.show()
        notifier.expect("shown", key="r1", nonce="aa")

    def test_no_information(self):
        desktop = self.desktop("--no-information")
        notifier = self.notifier(desktop, up=False)
        event = notifier.expect("server", state="down")
        self.assertIn("no information", event["why"])
        notifier.send(op="probe")
        notifier.expect("server", state="down")

    # --- servers that come and go

    def test_none(self):
        desktop = self.desktop(server=None)
        notifier = self.notifier(desktop, up=False)
        event = notifier.expect("server", state="down")
        self.assertIn("no notification server", event["why"])
        notifier.show()
        notifier.expect("failed", key="r1", nonce="aa")
        notifier.close()
        notifier.expect("closed", key="r1", nonce="aa")
        notifier.send(op="probe")
        notifier.expect("server", state="down")

    def test_one_that_comes_later(self):
        desktop = self.desktop(server=None)
        notifier = self.notifier(desktop, up=False)
        notifier.expect("server", state="down")
        desktop.start_server("standin")
        notifier.expect("server", state="up")
        notifier.show()
        notifier.expect("shown")

    def test_one_that_restarts(self):
        """Its pop-ups are gone without a word, and so are their ids."""
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.kill_server()
        notifier.expect("server", state="down")
        desktop.start_server(options=["--name", "next", "--no-actions"])
        event = notifier.expect("server", state="up", name="next")
        self.assertNotIn("actions", event["capabilities"])
        desktop.standin.do(close=2, id=1)  # of another program
        notifier.show("r1", "bb")
        got = desktop.standin.next()
        self.assertEqual((got["replaces"], got["actions"]), (0, []))
        notifier.expect("shown", nonce="bb")

    def test_server_that_leaves_and_another_takes_over(self):
        desktop, notifier = self.both()
        desktop.standin.do(leave=True)
        notifier.expect("server", state="down")
        desktop.start_server()
        notifier.expect("server", state="up")

    def test_server_that_takes_the_name_from_another(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.start_server(options=["--take-over", "--name", "next"])
        notifier.expect("server", state="down")
        notifier.expect("server", state="up", name="next")
        notifier.show(nonce="bb")
        self.assertEqual(desktop.standin.next()["summary"], "Call Dana")

    def test_in_the_grace_period_nothing_is_started(self):
        desktop = self.activatable()
        notifier = self.notifier(desktop, up=False, grace=2,
                                 env={"DISPLAY": ":99"})
        event = notifier.expect("server", state="down")
        self.assertIn("starting", event["why"])
        notifier.send(op="probe")
        notifier.expect("server", state="down", why=event["why"])
        self.assertFalse(desktop.has_owner())
        notifier.expect("server", limit=10, state="up")

    def test_started_by_the_bus(self):
        desktop = self.activatable()
        notifier = self.notifier(desktop, env={"DISPLAY": ":99"})
        notifier.show()
        notifier.expect("shown")

    def test_not_started_without_a_display(self):
        desktop = self.activatable()
        notifier = self.notifier(desktop, up=False, env={"DISPLAY": ""})
        event = notifier.expect("server", state="down")
        self.assertIn("display", event["why"])
        self.assertFalse(desktop.has_owner())

    def activatable(self):
        """A desktop whose bus can start the stand-in."""
        folder = self.enterContext(tempfile.TemporaryDirectory())
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(folder, "n.service"), "w",
                  encoding="utf-8") as f:
            f.write("[D-BUS Service]\nName=%s\nExec=/bin/sh -c \"tail -f "
                    "/dev/null | %s %s/standin_server.py\"\n" %
                    (NOTIFICATIONS, sys.executable, here))
        return self.desktop(server=None, services=folder)

    # --- the bus

    def test_no_bus(self):
        desktop = self.desktop(server=None)
        notifier = self.notifier(desktop, up=False, env={
            "DBUS_SESSION_BUS_ADDRESS": None})
        event = notifier.expect("server", state="down")
        self.assertIn("no session bus", event["why"])
        self.assertEqual(notifier.wait(), 3)

    def test_a_bus_that_is_not_there(self):
        desktop = self.desktop(server=None)
        notifier = self.notifier(desktop, up=False, env={
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"})
        notifier.expect("server", state="down")
        self.assertEqual(notifier.wait(), 3)

    def test_the_bus_goes_away(self):
        desktop, notifier = self.both()
        desktop.kill_bus()
        while True:
            event = notifier.expect("server", state="down")
            if "bus went away" in event["why"]:
                break
        self.assertEqual(notifier.wait(), 3)

    def test_a_bus_that_hangs(self):
        desktop = self.desktop(server=None)
        desktop.bus_daemon.send_signal(signal.SIGSTOP)
        notifier = self.notifier(desktop, up=False)
        event = notifier.expect("server", state="down")
        self.assertIn("bus does not answer", event["why"])
        notifier.send(op="probe")
        notifier.expect("server", limit=4, state="down")
        desktop.bus_daemon.send_signal(signal.SIGCONT)
        notifier.expect("server", state="down")

    # --- the channel

    def test_when_rapportd_leaves_so_do_the_popups(self):
        desktop, notifier = self.both()
        for key in ("r1", "r2"):
            notifier.show(key)
            notifier.expect("shown", key=key)
        notifier.channel.shutdown(socket.SHUT_WR)
        self.assertEqual(notifier.wait(), 0)
        self.assertEqual({desktop.standin.next("CloseNotification")["id"]
                          for _ in range(2)}, {1, 2})

    def test_rapportd_leaves_while_a_popup_comes(self):
        desktop, notifier = self.both("--late", "0.3")
        notifier.show()
        desktop.standin.next()
        notifier.channel.close()  # before it can be told
        self.assertEqual(notifier.wait(), 0)
        self.assertEqual(desktop.standin.next("CloseNotification")["id"], 1)

    def test_a_signal_ends_it_cleanly_too(self):
        """systemd ends all of a unit's processes at the same time."""
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        signal.pidfd_send_signal(notifier.pidfd, signal.SIGTERM)
        self.assertEqual(notifier.wait(), 0)
        self.assertEqual(desktop.standin.next("CloseNotification")["id"], 1)

    def test_a_hung_bus_does_not_keep_it(self):
        desktop, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        desktop.bus_daemon.send_signal(signal.SIGSTOP)
        notifier.close()
        notifier.channel.shutdown(socket.SHUT_WR)
        notifier.wait(limit=5)

    def test_composed_ahead(self):
        desktop, notifier = self.both()
        notifier.compose()
        notifier.show()
        notifier.expect("shown", nonce="aa")
        shown = desktop.standin.next()
        notifier.compose(nonce="bb", summary="Call Tom")
        notifier.compose(nonce="cc")
        notifier.show(nonce="dd")  # not what was composed
        notifier.expect("shown", nonce="dd")
        self.assertEqual(desktop.standin.next()["summary"],
                         shown["summary"] + " (2)")
        notifier.show(nonce="cc")  # composed when nothing was like it
        notifier.expect("shown", nonce="cc")
        self.assertEqual(desktop.standin.next()["summary"],
                         shown["summary"] + " (3)")
        notifier.show(nonce="ee", summary="Call Tom")
        notifier.expect("shown", nonce="ee")
        self.assertEqual(desktop.standin.next()["summary"], "Call Tom")

    def test_composed_beside_one_that_has_gone_since(self):
        desktop, notifier = self.both()
        notifier.show(nonce="aa")
        notifier.expect("shown", nonce="aa")
        shown = desktop.standin.next()
        notifier.compose(nonce="bb")
        notifier.close(nonce="aa")
        notifier.expect("closed", nonce="aa")
        time.sleep(2)
        notifier.show(nonce="bb")
        self.assertEqual(desktop.standin.next()["summary"],
                         shown["summary"])

    def test_garbage_is_ignored(self):
        _, notifier = self.both()
        for record in (b"x", b"{", b"[]", b"{}", b'{"op":"dance"}',
                       b'{"op":"show"}', b'{"op":"show","key":1}',
                       b'{"op":"close","key":"a"}', b"\xff" * 1000,
                       b'{"op":"close","key":"a","nonce":"b","op":"c"}',
                       b'{"op":"probe"' + b" " * 65536 + b"}"):
            notifier.channel.send(record)
        notifier.channel.send(
            b'{"op":"show","key":"r1","nonce":"aa","body":[1,{}],'
            b'"actions":[["default"],[],7,["x/y","z"],["e",""]]}')
        notifier.expect("shown", key="r1", nonce="aa")

    def test_started_by_hand_it_explains_itself(self):
        ended = subprocess.run([program("rapport-notifier")],
                               stdin=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, timeout=LIMIT)
        self.assertEqual(ended.returncode, 2)
        self.assertIn(b"rapportd", ended.stderr)

    def test_idle_means_idle(self):
        """With a pop-up on the screen it sleeps: no thread is scheduled."""
        _, notifier = self.both()
        notifier.show()
        notifier.expect("shown")
        time.sleep(0.5)
        before = switches(notifier.pid)
        time.sleep(3)
        self.assertEqual(switches(notifier.pid), before)


LOCKED = "the screen is locked"
SAVER = "the screen saver is active"
INHIBITED = "the desktop says do not disturb"


class Presence(StandInTest):
    """Whether anybody would see a pop-up, and who knows that. Whatever it is,
    it is said before the server is up."""

    def says(self, why, **more):
        notifier = self.notifier(self.desk, up=False, **more)
        self.assertEqual(notifier.presence(), why)
        notifier.expect("server", state="up")
        return notifier

    # --- logind

    def test_nobody_who_knows(self):
        self.desk = self.desktop()
        self.says("")

    def test_the_users_main_session(self):
        """What a user's service manager starts belongs to no session."""
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11", "3=tty", display="2")
        notifier = self.says("")
        for locked in (True, False):
            logind.do(locked=locked)
            self.assertEqual(notifier.presence(), LOCKED if locked else "")
        logind.do(locked=True, session="3")
        self.assertIsNone(notifier.presence(0.3))

    def test_locked_from_the_start(self):
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=wayland", display="2",
                                        options=["--locked", "2"])
        notifier = self.says(LOCKED)
        notifier.show()  # the caller decides
        notifier.expect("shown")
        logind.do(locked=False)
        self.assertEqual(notifier.presence(), "")

    def test_a_change_without_its_value(self):
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11", display="2")
        notifier = self.says("")
        logind.do(say=False, locked=True)
        self.assertEqual(notifier.presence(), LOCKED)

    def test_the_session_that_the_environment_names(self):
        for session, why in (
                ("4", LOCKED),      # graphical
                ("3", ""),          # a terminal's: the main one is meant
                ("77", ""),         # left over from an earlier login
                ("", ""), ("\udcff", "")):
            with self.subTest(session):
                self.desk = self.desktop()
                self.desk.start_logind(
                    "2=x11", "3=tty", "4=wayland", display="2",
                    options=["--locked", "4"])
                self.says(why, env={"XDG_SESSION_ID": session})

    def test_no_session_yet(self):
        """Early in a login, or late."""
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11",
                                        options=["--locked", "2"])
        notifier = self.says("")
        logind.do(display="2")
        self.assertEqual(notifier.presence(), LOCKED)
        logind.do(display="")
        self.assertEqual(notifier.presence(), "")

    def test_the_session_ends(self):
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11", "5=x11", display="2",
                                        options=["--locked", "5"])
        notifier = self.says(LOCKED, env={"XDG_SESSION_ID": "5"})
        logind.do(remove="5")
        self.assertEqual(notifier.presence(), "")
        logind.do(locked=True)
        self.assertEqual(notifier.presence(), LOCKED)

    def test_logind_leaves_and_comes(self):
        self.desk = self.desktop()
        locked = dict(display="2", options=["--locked", "2"])
        logind = self.desk.start_logind("2=x11", **locked)
        notifier = self.says(LOCKED)
        logind.do(leave=True)
        self.assertEqual(notifier.presence(), "")
        self.desk.start_logind("2=x11", **locked)
        self.assertEqual(notifier.presence(), LOCKED)

    def test_the_system_bus_goes(self):
        self.desk = self.desktop()
        self.desk.start_logind("2=x11", display="2",
                               options=["--locked", "2"])
        notifier = self.says(LOCKED)
        self.desk.system_bus_daemon.kill()
        self.assertEqual(notifier.presence(), "")
        notifier.show()
        notifier.expect("shown")

    # --- screen savers

    def test_savers(self):
        for name, path in (("org.freedesktop.ScreenSaver", None),
                           ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
                           ("org.gnome.ScreenSaver", None),
                           ("org.cinnamon.ScreenSaver", None),
                           ("org.mate.ScreenSaver", "/"),
                           ("org.xfce.ScreenSaver", None)):
            with self.subTest(name, path=path):
                self.desk = self.desktop()
                saver = self.desk.start_saver(
                    "--name", name, "--active",
                    *(["--path", path] if path else []))
                notifier = self.says(SAVER)
                for active in (False, True):
                    saver.do(active=active)
                    self.assertEqual(notifier.presence(),
                                     SAVER if active else "")
                saver.do(leave=True)
                self.assertEqual(notifier.presence(), "")

    def test_a_saver_that_comes_when_it_locks(self):
        """Cinnamon's is there only then, and half a minute longer."""
        self.desk = self.desktop()
        notifier = self.says("")
        saver = self.desk.start_saver("--name", "org.cinnamon.ScreenSaver")
        self.assertIsNone(notifier.presence(0.3))
        saver.do(active=True)
        self.assertEqual(notifier.presence(), SAVER)

    def test_a_saver_that_does_not_know(self):
        """GNOME has one that serves to inhibit only."""
        self.desk = self.desktop()
        saver = self.desk.start_saver("--refuse")
        notifier = self.says("")
        saver.do(active=True)
        self.assertEqual(notifier.presence(), SAVER)

    def test_one_yes_is_enough(self):
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11", display="2")
        gnome = self.desk.start_saver("--name", "org.gnome.ScreenSaver")
        self.desk.start_saver()
        notifier = self.says("")
        gnome.do(active=True)
        self.assertEqual(notifier.presence(), SAVER)
        logind.do(locked=True)
        self.assertEqual(notifier.presence(), LOCKED)
        gnome.do(active=False)
        self.assertIsNone(notifier.presence(0.3))
        logind.do(locked=False)
        self.assertEqual(notifier.presence(), "")

    def test_nothing_is_started(self):
        """Screen savers can be started by a call, and must not be."""
        folder = self.enterContext(tempfile.TemporaryDirectory())
        here = os.path.dirname(os.path.abspath(__file__))
        for name in ("org.freedesktop", "org.gnome", "org.cinnamon"):
            name += ".ScreenSaver"
            with open(os.path.join(folder, name + ".service"), "w",
                      encoding="utf-8") as f:
                f.write("[D-BUS Service]\nName=%s\nExec=%s "
                        "%s/standin_presence.py saver --name %s\n" %
                        (name, sys.executable, here, name))
        self.desk = self.desktop(services=folder)
        self.says("")
        time.sleep(0.5)
        self.assertFalse(self.desk.has_owner(name))

    # --- the notification server

    def test_inhibited(self):
        self.desk = self.desktop("--inhibited", "no")
        notifier = self.says("")
        for inhibited in (True, False, True):
            self.desk.standin.do(inhibited=inhibited)
            self.assertEqual(notifier.presence(),
                             INHIBITED if inhibited else "")
        self.desk.kill_server()
        notifier.expect("server", state="down")
        self.assertEqual(notifier.presence(), "")

    def test_another_server_that_is_inhibited(self):
        self.desk = self.desktop()
        notifier = self.says("")
        self.desk.start_server(options=["--take-over", "--inhibited", "yes"])
        notifier.expect("server", state="down")
        self.assertEqual(notifier.presence(), INHIBITED)
        notifier.expect("server", state="up")

    # --- who hangs

    def test_who_hangs_is_not_waited_for(self):
        """And counts as soon as he answers."""
        self.desk = self.desktop()
        logind = self.desk.start_logind("2=x11", display="2",
                                        options=["--locked", "2"])
        saver = self.desk.start_saver("--active")
        for hung in (logind, saver):
            hung.process.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        notifier = self.says("")
        self.assertLess(time.monotonic() - start, 1)
        saver.process.send_signal(signal.SIGCONT)
        self.assertEqual(notifier.presence(), SAVER)
        logind.process.send_signal(signal.SIGCONT)
        self.assertEqual(notifier.presence(), LOCKED)

    def test_a_system_bus_that_hangs(self):
        self.desk = self.desktop()
        self.desk.start_logind("2=x11", display="2",
                               options=["--locked", "2"])
        bus = self.desk.system_bus_daemon
        bus.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        notifier = self.says("")
        self.assertLess(time.monotonic() - start, 1)
        bus.send_signal(signal.SIGCONT)
        self.assertEqual(notifier.presence(), LOCKED)

    def test_hung_while_it_holds_it_still_does(self):
        """A screen stays locked when its locker hangs; not when it ends."""
        self.desk = self.desktop()
        saver = self.desk.start_saver("--active")
        notifier = self.says(SAVER)
        saver.process.send_signal(signal.SIGSTOP)
        self.assertIsNone(notifier.presence(0.6))
        saver.process.send_signal(signal.SIGKILL)
        self.assertEqual(notifier.presence(), "")

    def test_idle_while_locked(self):
        """It sleeps until somebody unlocks."""
        self.desk = self.desktop("--inhibited", "no")
        self.desk.start_saver()
        self.desk.start_logind("2=x11", display="2",
                               options=["--locked", "2"])
        notifier = self.says(LOCKED)
        time.sleep(0.5)
        before = switches(notifier.pid)
        time.sleep(3)
        self.assertEqual(switches(notifier.pid), before)


class WithDunst(unittest.TestCase):
    """A real server on a real (virtual) screen."""

    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.stop)
        self.desktop.start()
        self.notifier = Notifier(self.desktop)
        self.addCleanup(self.notifier.__exit__)
        self.notifier.expect_up(name="dunst")

    def show(self, *args, **more):
        self.notifier.show(*args, **more)
        self.notifier.expect("shown")

    def test_a_button(self):
        self.show()
        self.desktop.press("Done")
        self.notifier.expect("action", key="r1", nonce="aa", action="done")

    def test_a_third_button(self):
        self.show()
        self.desktop.press("Tomorrow")
        self.notifier.expect("action", action="tomorrow")

    def test_the_default_action(self):
        self.show()
        self.desktop.dunstctl("action", "0")
        self.notifier.expect("action", key="r1", nonce="aa",
                             action="default")

    def test_dismissed_is_no_action(self):
        self.show()
        self.desktop.dunstctl("close")
        self.notifier.expect("closed", key="r1", nonce="aa", reason=2)

    def test_close(self):
        self.show()
        self.show("r2", "bb", "Write to Ole")
        self.desktop.wait_displayed(2)
        self.notifier.close()
        self.notifier.expect("closed", key="r1", nonce="aa", reason=3)
        self.desktop.wait_displayed(1)

    def test_two_equal_texts_both_stay(self):
        self.show("r1", "aa")
        self.show("r2", "bb")
        self.desktop.wait_displayed(2)

    def test_restart(self):
        self.show()
        self.desktop.restart_server()
        self.notifier.expect("server", state="down")
        self.notifier.expect("server", state="up", name="dunst")
        self.show("r1", "bb")
        self.desktop.wait_displayed(1)
        self.desktop.press("Later")
        self.notifier.expect("action", nonce="bb", action="later")

    def test_frozen_and_thawed(self):
        self.show()
        self.desktop.freeze_server()
        self.notifier.close()
        event = self.notifier.expect("server", state="down")
        self.assertIn("does not answer", event["why"])
        self.desktop.thaw_server()
        self.notifier.expect("closed", key="r1", reason=3)
        self.notifier.expect("server", state="up")
        self.desktop.wait_displayed(0)

    def test_screen(self):
        self.show(body=["Needs: the revised <offer> & a date",
                        "Last: 3 Nov, call"])
        path = os.path.join(self.desktop.folder, "screen.png")
        self.desktop.wait_displayed(1)
        self.desktop.screenshot(path)
        self.assertGreater(os.path.getsize(path), 1000)
        keep = os.environ.get("RAPPORT_TEST_PICTURES")
        if keep:
            os.rename(path, os.path.join(keep, "notifier.png"))


class WithOtherServers(unittest.TestCase):
    """Whatever else is installed."""

    def check(self, path, name):
        if not os.path.exists(path):
            self.skipTest("%s is not installed" % path)
        with Desktop(server=path) as desktop, Notifier(desktop) as notifier:
            notifier.expect_up(name=name)
            for key in ("r1", "r2"):
                notifier.show(key, urgent=key == "r2")
                notifier.expect("shown", key=key)
            notifier.close("r1")
            notifier.expect("closed", key="r1", reason=3)
            desktop.kill_server()
            notifier.expect("server", state="down")
            desktop.start_server()
            notifier.expect("server", state="up")
            notifier.show("r2", "bb")
            notifier.expect("shown", key="r2", nonce="bb")

    def test_notification_daemon(self):
        self.check("/usr/lib/notification-daemon/notification-daemon",
                   "Notification Daemon")

    def test_xfce4_notifyd(self):
        for folder in os.listdir("/usr/lib"):
            path = "/usr/lib/%s/xfce4/notifyd/xfce4-notifyd" % folder
            if os.path.exists(path):
                break
        self.check(path, "Xfce Notify Daemon")


if __name__ == "__main__":
    unittest.main()
