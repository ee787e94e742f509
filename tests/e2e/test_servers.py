"""The whole daemon with odd notification servers: none, one that comes late,
restarts, hangs, or answers strangely. Whatever the server does, the terminal
is answered at once, nothing is lost, and nothing but an explicit act ends a
reminder."""

import os
import select
import signal
import time
import unittest

from base import LIMIT, Timeout, read_line, switches, wait_until
from daemon import Daemon
from desktop import Desktop
from watch import Watch

AT_ONCE = 1.0   # seconds for any answer in the terminal
PROBED = 1.8    # for status, which gives the server a second to answer

CALM = {"notifier": {"lead": "1s"}}
STUCK_SOON = {"notifier": {"lead": "1s", "timeout": "2s"}}
AGAIN_SOON = {"popup": {"raise": "2s, 1h"}, "notifier": {"lead": "1s"}}


def children(pid):
    """The processes that it started and that have not ended."""
    with open("/proc/%d/task/%d/children" % (pid, pid),
              encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def wait_ended(pid):
    """Until a process that is not ours has ended."""
    try:
        pidfd = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        if not select.select([pidfd], [], [], LIMIT)[0]:
            raise Timeout("process %d does not end" % pid)
    finally:
        os.close(pidfd)


class ServerTest(unittest.TestCase):
    """A desktop with the server wanted, a daemon on it, and its events."""

    def begin(self, *options, server="standin", config=None):
        self.desktop = self.enterContext(Desktop(
            server=server, server_options=options,
            display=server == "dunst"))
        self.begin_daemon(config)

    def begin_daemon(self, config=None):
        self.daemon = self.enterContext(
            Daemon(config=config or CALM, env=self.desktop.env))
        self.begin_watch()

    def begin_watch(self):
        self.watch = Watch(self.daemon)
        self.addCleanup(self.watch.close)

    # --- the terminal

    def add(self, text="Call Dana", when="in 1s", *more):
        return self.daemon.json("add", text, *when.split(), *more)

    def add_shown(self, *args):
        """Add it and wait until it stands; what the server was told."""
        number = self.add(*args)["id"]
        popup = self.standin.next()
        self.watch.next("shown", id=number)
        return popup

    def reminder(self, number=1):
        return self.daemon.json("show", str(number))

    def state(self, number=1):
        return self.reminder(number)["state"]

    def popups(self):
        return self.daemon.json("status")["popups"]

    def within(self, seconds, *args):
        start = time.monotonic()
        value = self.daemon.json(*args)
        took = time.monotonic() - start
        self.assertLess(took, seconds, "rapportctl " + " ".join(args))
        return value

    def assertAnswersAtOnce(self):
        """Every command does, whatever the server does; status says that it
        can't show pop-ups, and why."""
        number = self.within(AT_ONCE, "add", "Write to Ole",
                             "tomorrow")["id"]
        self.assertIn(number, [r["id"] for r in
                               self.within(AT_ONCE, "list")])
        self.within(AT_ONCE, "today")
        self.within(AT_ONCE, "done", str(number))
        self.within(AT_ONCE, "undo")
        self.within(AT_ONCE, "drop", str(number))
        popups = self.within(PROBED, "status")["popups"]
        self.assertFalse(popups["available"])
        self.assertTrue(popups["why"])
        return popups["why"]

    # --- the screen

    @property
    def standin(self):
        return self.desktop.standin

    def press(self, popup, name):
        """Press the button of this name."""
        keys = [key for key, _ in popup["actions"]
                if key.split("/")[0] == name]
        self.standin.do(action=keys[0], id=popup["id"])

    def fence(self):
        """All that the server has signalled so far has been dealt with: a
        pop-up that came after it was shown and clicked away."""
        popup = self.add_shown("Fence")
        self.press(popup, "done")
        self.watch.next("done", text="Fence")

    def notifier(self, after=None):
        """The process id of rapport-notifier, once it runs; after: the one
        whose successor is meant."""
        found = []

        def started():
            found[:] = [pid for pid in children(self.daemon.pid)
                        if pid != after]
            return found

        wait_until(started, "the notifier starts")
        return found[0]


class Missing(ServerTest):
    """No server, or not yet."""

    def test_no_bus_until_one_comes(self):
        self.desktop = self.enterContext(Desktop(server=None, display=False))
        self.desktop.kill_bus()
        self.begin_daemon()
        self.add()
        self.watch.next("ringing")
        self.assertIn("no session bus", self.assertAnswersAtOnce())
        tested = self.within(PROBED, "status", "--test")
        self.assertIn("no session bus", tested["popups"]["why"])
        status = self.daemon.json("status")
        self.assertEqual((status["ringing"], status["overdue"]), (1, 1))
        self.desktop.restart_bus()
        self.desktop.start_server("standin")
        popup = self.standin.next()
        self.watch.next("shown", id=1)
        self.press(popup, "done")
        self.watch.next("done", id=1)

    def test_no_server_until_one_comes(self):
        self.begin(server=None)
        self.add()
        self.watch.next("ringing")
        self.assertIn("notification server", self.assertAnswersAtOnce())
        self.assertEqual(self.daemon.json("status")["overdue"], 1)
        self.desktop.start_server("standin")
        popup = self.standin.next()
        self.assertEqual(popup["summary"], "Call Dana")
        self.watch.next("shown", id=1)
        status = self.daemon.json("status")
        self.assertEqual(status["overdue"], 0)
        self.assertTrue(status["popups"]["available"])
        self.press(popup, "done")
        self.watch.next("done", id=1)
        self.assertEqual(self.watch.count("ringing"), 1)

    def test_it_can_be_done_while_there_is_none(self):
        self.begin(server=None)
        self.add()
        self.watch.next("ringing")
        self.within(AT_ONCE, "done")
        self.add("Write to Ole")
        self.watch.next("ringing", id=2)
        self.desktop.start_server("standin")
        self.assertEqual(self.standin.next()["summary"], "Write to Ole")


class Restarted(ServerTest):
    """A server that is killed takes its pop-ups along and forgets its ids."""

    def test_dunst(self):
        self.begin(server="dunst")
        self.add()
        self.watch.next("shown")
        self.desktop.kill_server()
        self.assertAnswersAtOnce()
        self.desktop.start_server()
        self.watch.next("shown")
        self.desktop.wait_displayed(1)
        self.assertEqual(self.state(), "ringing")
        self.desktop.press("Done")
        self.watch.next("done", id=1)
        self.desktop.wait_displayed(0)
        self.assertEqual(self.watch.count("ringing"), 1)

    def test_the_bus_too(self):
        self.begin()
        self.add_shown()
        self.desktop.kill_bus()
        self.assertIn("session bus", self.assertAnswersAtOnce())
        self.desktop.restart_bus()
        self.desktop.start_server()
        popup = self.standin.next()
        self.watch.next("shown")
        self.press(popup, "done")
        self.watch.next("done", id=1)

    def test_no_old_id_is_used(self):
        """It would close or replace another program's pop-up."""
        self.begin()
        old = self.add_shown()
        self.desktop.kill_server()
        self.desktop.start_server(options=["--first-id", "7"])
        new = self.standin.next()
        self.watch.next("shown", id=1)
        self.assertEqual((old["id"], new["id"]), (1, 7))
        self.assertEqual((old["replaces"], new["replaces"]), (0, 0))
        self.assertNotEqual(old["actions"][1], new["actions"][1])
        self.daemon.ok("done")
        self.assertEqual(self.standin.next("CloseNotification")["id"], 7)

    def test_what_was_done_meanwhile_is_not_shown(self):
        self.begin()
        self.add_shown()
        self.desktop.kill_server()
        self.daemon.ok("done")
        self.desktop.start_server()
        self.assertEqual(self.add_shown("Write to Ole")["summary"],
                         "Write to Ole")

    def test_another_server_with_other_capabilities(self):
        self.begin()
        self.assertTrue(self.add_shown()["actions"])
        self.desktop.kill_server()
        self.desktop.start_server(options=["--no-actions"])
        self.assertEqual(self.standin.next()["actions"], [])
        self.watch.next("shown")
        self.assertNotIn("actions", self.popups()["capabilities"])


class Hanging(ServerTest):
    """A server that takes calls and does not answer."""

    def test_dunst_while_something_falls_due(self):
        self.begin(server="dunst", config=STUCK_SOON)
        self.desktop.freeze_server()
        self.add()
        first = self.notifier()
        self.watch.next("ringing")
        self.assertIn("does not answer", self.assertAnswersAtOnce())
        wait_ended(first)
        self.assertAnswersAtOnce()
        self.assertNotEqual(self.notifier(), first)
        self.desktop.thaw_server()
        self.watch.next("shown")
        self.desktop.wait_displayed(1)
        self.desktop.press("Done")
        self.watch.next("done", id=1)
        self.assertEqual(self.watch.count("ringing"), 1)

    def test_dunst_while_a_pop_up_stands(self):
        """Nothing is asked of it, so nobody notices before status asks."""
        self.begin(server="dunst")
        self.add()
        self.watch.next("shown")
        self.desktop.freeze_server()
        self.assertIn("does not answer", self.assertAnswersAtOnce())
        self.desktop.thaw_server()
        self.desktop.wait_displayed(1)
        self.assertTrue(self.popups()["available"])
        self.desktop.press("Done")
        self.watch.next("done", id=1)

    def test_done_while_it_hangs_is_closed_when_it_wakes_up(self):
        self.begin(server="dunst")
        self.add()
        self.watch.next("shown")
        self.desktop.freeze_server()
        self.within(AT_ONCE, "done")
        self.desktop.thaw_server()
        self.desktop.wait_displayed(0)

    def test_waking_up_it_is_shown_by_the_same_notifier(self):
        self.begin("--hang")
        self.add()
        first = self.notifier()
        self.watch.next("ringing")
        self.assertAnswersAtOnce()
        self.standin.do(hang=False)
        popup = self.standin.next()
        self.watch.next("shown")
        self.press(popup, "later")
        self.watch.next("snoozed", id=1)
        self.assertEqual(self.notifier(), first)

    def test_the_ghost_of_a_show_that_timed_out(self):
        """It was asked for, given up, and appears when the server wakes up.
        Its button is the reminder's nevertheless."""
        self.begin(config={"notifier": {"lead": "4s", "timeout": "2s"}})
        self.add("Call Dana", "in 4s")
        first = self.notifier()
        # On a busy machine the notifier may not have come round to it yet.
        wait_until(lambda: self.popups()["available"], "the server is known")
        self.standin.do(hang=True)
        self.watch.next("ringing")
        self.assertAnswersAtOnce()
        wait_ended(first)
        self.notifier(after=first)
        self.standin.do(hang=False)
        ghost, popup = self.standin.next(), self.standin.next()
        self.watch.next("shown")
        self.assertNotEqual(ghost["actions"], popup["actions"])
        self.press(ghost, "done")
        self.watch.next("done", id=1)
        self.assertEqual(self.standin.next("CloseNotification")["id"],
                         popup["id"])

    def test_notify_is_never_answered(self):
        """Nobody knows that it stands: it is asked for again."""
        self.begin("--hang-notify", config=STUCK_SOON)
        self.add()
        self.standin.next()
        first = self.notifier()
        self.within(AT_ONCE, "list")
        self.within(PROBED, "status")
        wait_ended(first)
        self.standin.next()
        self.assertEqual(self.state(), "ringing")
        self.assertEqual(self.reminder()["shown"], 0)
        self.within(AT_ONCE, "done")

    def test_it_ends_at_once_while_a_show_hangs(self):
        self.begin("--hang-notify")
        self.add()
        self.standin.next()
        self.assertEndsAtOnce()

    def test_it_ends_at_once_while_a_pop_up_stands(self):
        self.begin(server="dunst")
        self.add()
        self.watch.next("shown")
        notifier = self.notifier()
        self.desktop.freeze_server()
        self.assertEndsAtOnce()
        wait_ended(notifier)

    def test_it_ends_while_a_pop_up_is_being_shown(self):
        """The server has drawn it and not answered yet: it goes too, or it
        would stand beside the one of the next start."""
        self.begin("--late", "0.5")
        self.add()
        popup = self.standin.next()
        self.assertEndsAtOnce()
        self.assertEqual(self.standin.next("CloseNotification")["id"],
                         popup["id"])

    def assertEndsAtOnce(self):
        start = time.monotonic()
        self.daemon.stop()
        self.assertLess(time.monotonic() - start, AT_ONCE)


class Odd(ServerTest):
    """Servers that do what no server should; each oddity is a real one's."""

    def test_discarded(self):
        """The id 0, as by a rule of dunst's: not shown, so still overdue, and
        raised anew."""
        self.begin("--id-zero", config=AGAIN_SOON)
        self.add()
        self.standin.next()
        self.standin.next()
        reminder = self.reminder()
        self.assertEqual((reminder["state"], reminder["shown"]),
                         ("ringing", 0))
        self.assertEqual(self.daemon.json("status")["overdue"], 1)
        self.assertIn("discarded", self.daemon.log())

    def test_one_id_for_all(self):
        self.begin("--reuse-ids")
        first = self.add_shown("First")
        second = self.add_shown("Second")
        self.assertEqual(first["id"], second["id"])
        self.press(second, "done")
        self.watch.next("done", text="Second")
        self.assertEqual(self.state(1), "ringing")
        third = self.add_shown("Third")
        self.press(first, "done")
        self.watch.next("done", text="First")
        self.standin.do(close=2, id=third["id"])
        self.watch.next("snoozed", text="Third")
        self.assertEqual([r["event"] for r in self.watch.seen
                          if r["event"] in ("done", "snoozed")],
                         ["done", "done", "snoozed"])

    def test_everything_twice(self):
        self.begin("--close-twice", "--action-twice")
        popup = self.add_shown()
        self.press(popup, "later")
        self.watch.next("snoozed")
        self.press(popup, "later")             # after it was closed
        self.standin.do(close=2, id=popup["id"])
        self.fence()
        self.assertEqual(self.watch.count("snoozed"), 1)
        for did in ("done: 2 Fence", "added: 2 Fence", "snoozed: 1"):
            self.assertIn(did, self.daemon.json("undo")["undone"])
        self.assertEqual(self.state(), "ringing")

    def test_closed_twice_by_hand_counts_once(self):
        self.begin("--close-twice", config={
            "popup": {"later": "1s", "dismissals": "1"}})
        popup = self.add_shown()
        self.standin.do(close=2, id=popup["id"])
        self.watch.next("snoozed")
        popup = self.standin.next()
        self.watch.next("shown")
        self.standin.do(close=2, id=popup["id"])
        self.watch.next("waiting")
        self.assertEqual(self.state(), "ringing")

    def test_no_close_reason_means_done(self):
        """1 expired, 3 closed by a call, 4 undefined: raised anew, in its
        time. 2 dismissed: later."""
        self.begin(config=AGAIN_SOON)
        for text in ("One", "Two", "Three"):
            self.add(text, "in 2s")
        popups = [self.standin.next() for _ in range(3)]
        for _ in popups:
            self.watch.next("shown")
        for popup, reason in zip(popups, (1, 3, 4)):
            self.standin.do(close=reason, id=popup["id"])
        popups = [self.standin.next() for _ in range(3)]
        for _ in popups:
            self.watch.next("shown")
        self.assertEqual([self.state(i) for i in (1, 2, 3)],
                         ["ringing"] * 3)
        self.standin.do(close=2, id=popups[0]["id"])
        self.watch.next("snoozed")
        self.assertEqual(self.watch.count("done"), 0)

    def test_no_actions(self):
        """None is sent, and it goes when the server thinks it time, unless
        the server keeps it: it is raised anew."""
        self.begin("--capabilities", "body", config=AGAIN_SOON)
        popup = self.add_shown()
        self.assertEqual((popup["actions"], popup["timeout"]), ([], -1))
        self.standin.do(close=1, id=popup["id"])
        self.standin.next()
        self.watch.next("shown")
        self.assertEqual(self.state(), "ringing")

    def test_a_click_on_a_pop_up_of_the_past(self):
        """One that a daemon put there that was killed since, and that the
        server has kept: it does nothing, least of all to another one."""
        self.begin()
        old = self.add_shown()
        self.watch.close()
        self.daemon.kill()
        self.daemon.start()
        self.begin_watch()
        new = self.standin.next()
        self.assertNotEqual(old["actions"][1], new["actions"][1])
        self.press(old, "done")
        self.standin.do(action="done/r2/" + "0" * 14, id=new["id"])
        self.standin.do(action="done/r1/", id=new["id"])
        self.fence()
        self.assertEqual(self.state(), "ringing")
        self.press(new, "done")
        self.watch.next("done", id=1)


class Words(ServerTest):
    """What the server is told to show."""

    AWKWARD = "Call <b>Dana</b> & Co\n\x1b[31mred"
    NEED = "2 < 3 & <i>more</i>\x07"

    def test_markup_is_escaped_for_those_who_read_it(self):
        self.begin()
        popup = self.add_shown(self.AWKWARD, "in 1s", "--need", self.NEED)
        # The summary is plain text everywhere.
        self.assertEqual(popup["summary"],
                         "Call <b>Dana</b> & Co [31mred")
        self.assertEqual(popup["body"], "They need: 2 &lt; 3 &amp; "
                         "&lt;i&gt;more&lt;/i&gt;")

    def test_and_left_alone_for_the_others(self):
        self.begin("--capabilities", "actions,body")
        popup = self.add_shown(self.AWKWARD, "in 1s", "--need", self.NEED)
        self.assertEqual(popup["body"],
                         "They need: 2 < 3 & <i>more</i>")

    def test_the_same_text_twice(self):
        """Some servers refuse the second or close the first."""
        self.begin()
        self.add("Call Dana", "in 2s")
        self.add("Call Dana", "in 2s")
        popups = [self.standin.next() for _ in range(2)]
        self.watch.next("shown")
        self.watch.next("shown")
        self.assertEqual([p["summary"] for p in popups],
                         ["Call Dana", "Call Dana (2)"])
        self.press(popups[1], "done")
        self.watch.next("done", id=2)
        self.assertEqual(self.state(1), "ringing")

    def test_dunst_shows_the_same_text_twice(self):
        self.begin(server="dunst")
        self.add("Call Dana", "in 2s")
        self.add("Call Dana", "in 2s")
        self.watch.next("shown")
        self.watch.next("shown")
        self.assertEqual(self.desktop.displayed(), 2)

    def test_privacy(self):
        """Set anew by SIGHUP, also for the pop-up that stands."""
        self.begin(config={"popup": {"privacy": "names"}})
        self.daemon.ok("person", "add", "Dana Berg", "--as", "dana")
        popup = self.add_shown("Discuss the raise", "in 1s", "--with", "dana",
                               "--need", "More money")
        self.assertEqual((popup["summary"], popup["body"]),
                         ("Dana Berg", ""))
        for privacy, words in (
                ("none", ("A follow-up is due", "")),
                ("full", ("Discuss the raise · Dana Berg",
                          "They need: More money"))):
            self.daemon.configure({"popup": {"privacy": privacy}})
            self.daemon.reload()
            popup = self.standin.next()
            self.assertEqual((popup["summary"], popup["body"]), words)
        self.press(popup, "done")
        self.watch.next("done", id=1)

    def test_a_bad_configuration_changes_nothing(self):
        self.begin(config={"popup": {"privacy": "none"}})
        self.daemon.configure("[popup]\nprivacy = full\nlater = soon\n")
        self.daemon.reload()
        self.assertIn("%s:3:" % self.daemon.config_path, self.daemon.log())
        self.assertEqual(self.add_shown("Secret")["summary"],
                         "A follow-up is due")


class Merged(ServerTest):
    """More than three at once are one notice."""

    def begin_with_five(self):
        self.begin(config={"popup": {
            "details_command": "echo '[{id}]' >$HOME/opened"}})
        fifo = os.path.join(self.daemon.env["HOME"], "opened")
        os.mkfifo(fifo)
        self.opened = os.open(fifo, os.O_RDWR)
        self.addCleanup(os.close, self.opened)
        for i in range(1, 6):
            self.add("Call %d" % i, "in 2s")
        notice = self.standin.next()
        for _ in range(5):
            self.watch.next("shown")
        return notice

    def test_one_notice_and_then_a_newcomer(self):
        notice = self.begin_with_five()
        self.assertEqual(notice["summary"], "5 follow-ups are due")
        self.assertEqual(notice["body"].split("\n"),
                         ["Call %d" % i for i in range(1, 6)])
        self.assertEqual([label for _, label in notice["actions"]],
                         ["Open", "Show", "Later"])
        newcomer = self.add_shown("Call 6")
        self.assertEqual(newcomer["summary"], "Call 6")
        # Details are of all of them, or of the one.
        self.press(notice, "show")
        self.assertEqual(read_line(self.opened), "[]\n")
        self.press(newcomer, "default")
        self.assertEqual(read_line(self.opened), "[6]\n")
        self.assertEqual([self.state(i) for i in range(1, 7)],
                         ["ringing"] * 6)
        self.press(notice, "later")
        for i in range(1, 6):
            self.watch.next("snoozed", id=i)
        self.assertEqual(self.state(6), "ringing")
        self.assertIn("5 reminders", self.daemon.json("undo")["undone"])

    def test_done_with_one_it_says_four(self):
        notice = self.begin_with_five()
        self.daemon.ok("done", "3")
        self.assertEqual(self.standin.next("CloseNotification")["id"],
                         notice["id"])
        notice = self.standin.next()
        self.assertEqual(notice["summary"], "4 follow-ups are due")
        self.assertNotIn("Call 3", notice["body"])
        self.press(notice, "default")
        self.assertEqual(read_line(self.opened), "[]\n")


LOCKED = "the screen is locked"


class Away(ServerTest):
    """Nobody would see a pop-up: it waits, unless it is urgent, and what has
    waited comes as one."""

    def begin_locked(self, *options, config=None):
        self.begin(*options, config=config)
        self.logind = self.desktop.start_logind(
            "2=x11", display="2", options=["--locked", "2"])

    def held(self):
        return self.daemon.json("status")["held"]

    def assertNothingShown(self):
        """Urgent ones pass: nothing came before this one."""
        popup = self.add_shown("Fence", "in 1s", "--urgent")
        self.assertEqual(popup["summary"], "Fence")
        self.press(popup, "done")
        self.watch.next("done", text="Fence")

    def test_what_is_due_while_locked_is_one_notice_afterwards(self):
        self.begin_locked()
        for text in ("One", "Two"):
            self.add(text)
        for _ in range(2):
            self.watch.next("ringing")
        wait_until(lambda: self.held() == LOCKED, "it is known")
        self.assertNothingShown()
        self.logind.do(locked=False)
        notice = self.standin.next()
        self.assertEqual(notice["summary"], "2 follow-ups are due")
        for _ in range(2):
            self.watch.next("shown")
        self.assertIsNone(self.held())
        self.press(notice, "later")
        for _ in range(2):
            self.watch.next("snoozed")

    def test_one_is_itself(self):
        self.begin_locked()
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        self.logind.do(locked=False)
        self.assertEqual(self.standin.next()["summary"], "Call Dana")

    def test_what_stands_stays(self):
        self.begin()
        logind = self.desktop.start_logind("2=x11", display="2")
        popup = self.add_shown()
        logind.do(locked=True)
        wait_until(lambda: self.held() == LOCKED, "it is known")
        self.press(popup, "done")
        self.watch.next("done", id=1)

    def test_locked_again(self):
        self.begin_locked()
        for text in ("One", "Two"):
            self.add(text)
            self.watch.next("ringing", text=text)
            self.assertNothingShown()
            self.logind.do(locked=False)
            popup = self.standin.next()
            self.assertEqual(popup["summary"], text)
            self.watch.next("shown", text=text)
            self.press(popup, "done")
            self.watch.next("done", text=text)
            self.logind.do(locked=True)

    def test_done_meanwhile_it_waits_for_nobody(self):
        self.begin_locked()
        self.add()
        self.watch.next("ringing")
        notifier = self.notifier()
        self.assertNothingShown()
        self.daemon.ok("done")
        wait_ended(notifier)
        self.assertEqual(self.held(), LOCKED)   # to say so it looks anew
        self.logind.do(locked=False)
        self.assertEqual(self.add_shown("Write to Ole")["summary"],
                         "Write to Ole")

    def test_who_knew_is_gone(self):
        self.begin()
        saver = self.desktop.start_saver("--active")
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        saver.process.kill()
        self.assertEqual(self.standin.next()["summary"], "Call Dana")

    def test_who_knows_hangs(self):
        """It comes nevertheless, within a second of its time."""
        self.begin_locked()
        saver = self.desktop.start_saver("--active")
        for hung in (self.logind, saver):
            hung.process.send_signal(signal.SIGSTOP)
        due = self.add()["due"]
        self.assertLess(self.standin.next()["at"] - due, 1)

    def test_the_server_is_inhibited(self):
        self.begin("--inhibited", "yes")
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        self.assertIn("do not disturb", self.held())
        self.standin.do(inhibited=False)
        self.assertEqual(self.standin.next()["summary"], "Call Dana")

    def test_another_notifier_learns_it_anew(self):
        self.begin_locked()
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        first = self.notifier()
        os.kill(first, signal.SIGKILL)
        self.notifier(after=first)
        wait_until(lambda: self.held() == LOCKED, "it is known again")
        self.assertNothingShown()
        self.logind.do(locked=False)
        self.assertEqual(self.standin.next()["summary"], "Call Dana")

    def test_another_daemon_too(self):
        self.begin_locked()
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        self.watch.close()
        self.daemon.kill()
        self.daemon.start()
        self.begin_watch()
        self.assertNothingShown()
        self.logind.do(locked=False)
        self.assertEqual(self.standin.next()["summary"], "Call Dana")

    def test_waiting_costs_nothing(self):
        self.begin_locked()
        self.add()
        self.watch.next("ringing")
        self.assertNothingShown()
        time.sleep(1)
        pids = [self.daemon.pid, self.notifier()]
        before = [switches(pid) for pid in pids]
        time.sleep(3)
        self.assertEqual([switches(pid) for pid in pids], before)
        self.logind.do(locked=False)
        self.assertEqual(self.standin.next()["summary"], "Call Dana")


class StatusTest(ServerTest):
    """status --test"""

    def test_dunst(self):
        self.begin(server="dunst")
        status = self.within(AT_ONCE + 1, "status", "--test")
        self.assertTrue(status["popups"]["available"])
        self.assertIn("dunst", status["popups"]["server"])
        self.assertIn("actions", status["popups"]["capabilities"])
        self.desktop.wait_displayed(1)
        self.desktop.dunstctl("close-all")
        self.desktop.wait_displayed(0)
        self.assertIn("the test pop-up was shown",
                      self.daemon.ok("status", "--test"))

    def test_standin(self):
        self.begin("--capabilities", "body")
        status = self.within(AT_ONCE + 1, "status", "--test")
        self.assertTrue(status["popups"]["available"])
        self.assertEqual(status["popups"]["capabilities"], ["body"])
        popup = self.standin.next()
        self.assertEqual(popup["actions"], [])
        # No second one is left beside it, and it goes with its click.
        self.daemon.ok("status", "--test")
        self.assertEqual(self.standin.next("CloseNotification")["id"],
                         popup["id"])

    def test_discarded(self):
        self.begin("--id-zero")
        popups = self.within(AT_ONCE + 1, "status", "--test")["popups"]
        self.assertFalse(popups["available"])
        self.assertIn("discarded", popups["why"])

    def test_none(self):
        """The first time it is looked for, the second time it is known."""
        self.begin(server=None)
        for _ in range(2):
            popups = self.within(AT_ONCE + 1, "status", "--test")["popups"]
            self.assertFalse(popups["available"])
            self.assertIn("notification server", popups["why"])
        self.assertIn("the test pop-up was not shown",
                      self.daemon.ok("status", "--test"))
        wait_until(lambda: not children(self.daemon.pid),
                   "the notifier leaves")

    def test_hung(self):
        """It waits for the answer as long as for any; nobody else does."""
        self.begin("--hang", config=STUCK_SOON)
        asked = self.daemon.popen("--json", "status", "--test")
        self.addCleanup(asked.stdout.close)
        self.addCleanup(asked.wait)
        self.addCleanup(asked.kill)
        self.notifier()
        self.within(AT_ONCE, "list")
        out, _ = asked.communicate(timeout=LIMIT)
        self.assertIn(b'"available":false', out.replace(b" ", b""))
        self.assertIn(b"does not answer", out)


class Process(ServerTest):
    """rapport-notifier is there when it is needed, and only then."""

    def test_it_comes_ahead_and_leaves_when_nothing_stands(self):
        self.begin(config={"notifier": {"lead": "2s"}})
        self.assertEqual(children(self.daemon.pid), [])
        due = self.add("Call Dana", "in 4s")["due"]
        self.assertEqual(children(self.daemon.pid), [])
        asked = self.standin.next("GetCapabilities")["at"]
        self.assertGreater(asked, due - 2 - 0.01)
        self.assertLess(asked, due)
        popup = self.standin.next()
        self.assertLess(popup["at"] - due, 0.5)
        self.watch.next("shown")
        notifier = self.notifier()
        self.press(popup, "done")
        self.watch.next("done")
        wait_ended(notifier)
        wait_until(lambda: not children(self.daemon.pid), "it is reaped")
        self.assertTrue(self.popups()["available"])

    def test_killed_it_is_started_again_and_shows_again(self):
        self.begin()
        old = self.add_shown()
        os.kill(self.notifier(), signal.SIGKILL)
        new = self.standin.next()
        self.watch.next("shown", id=1)
        self.press(old, "done")      # what the dead one put there
        self.watch.next("done", id=1)
        self.assertEqual(self.standin.next("CloseNotification")["id"],
                         new["id"])


if __name__ == "__main__":
    unittest.main()
