"""rapportctl as people and programs use it: the real program against the real
daemon, and against servers that misbehave."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time
import unittest

from base import BUILD, LIMIT, check_sanitizers, program
from daemon import Daemon

ZONE = {"TZ": "Europe/Berlin"}


def lines(text):
    return text.splitlines()


class Contract(unittest.TestCase):
    """One daemon for all; each test begins with what it needs."""

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(env=ZONE)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.daemon.clean_up()

    def refuse(self, status, says, *args, **kwargs):
        """The command fails with the status and one line that says so."""
        rc, out, err = self.daemon.ctl(*args, **kwargs)
        self.assertEqual((rc, out), (status, ""), err)
        self.assertEqual(len(lines(err)), 1, err)
        self.assertTrue(err.startswith("rapportctl: "), err)
        self.assertIn(says, err)

    def add(self, text, *words):
        return self.daemon.json("add", text, *words)["id"]

    def ring(self, text):
        """A reminder that rings by now."""
        with self.watch() as watch:
            number = self.add(text, "in", "1s")
            watch.until("ringing", number)
        return number

    def watch(self):
        return Watch(self.daemon)

    def finish(self):
        """Nothing is left open."""
        for r in self.daemon.json("list"):
            self.daemon.ok("drop", str(r["id"]))

    # --- what is printed

    def test_add_echoes_the_time_in_full(self):
        out = self.daemon.ok("add", "Call Dana", "24", "dec", "2098", "18:00")
        self.assertRegex(out, r"^\d+  Call Dana · Wed 24 Dec 2098 18:00 CET "
                              r"\(in \d+ y( \d+ mo)?\)\n$")

    def test_the_newest_first_of_what_is_over(self):
        late = self.add("Dropped first, due last", "2098-12-24")
        soon = self.add("Done last", "tomorrow")
        self.daemon.ok("drop", str(late))
        time.sleep(1.1)  # the clock of the database counts seconds
        self.daemon.ok("done", str(soon))
        over = self.daemon.json("list", "--done", "--limit", "2")
        self.assertEqual([r["id"] for r in over], [soon, late])

    def test_a_reminder_in_json(self):
        r = self.daemon.json("add", "Call Dana", "2098-12-24", "09:00",
                             "--need", "a price", "--kind", "ask", "--urgent")
        self.assertEqual(list(r), [
            "id", "text", "kind", "state", "due", "due_local", "ring_at",
            "floating", "zone", "every", "rrule", "with", "need", "urgent",
            "created", "done_at", "shown", "missed"])
        self.assertEqual(r["due_local"], "2098-12-24T09:00:00+01:00")
        self.assertEqual((r["kind"], r["need"], r["urgent"], r["state"]),
                         ("ask", "a price", True, "scheduled"))
        self.assertEqual(self.daemon.json("show", str(r["id"])), r)
        out = self.daemon.ok("--json", "list")
        self.assertEqual(len(lines(out)), 1, "compact, one line")

    def test_one_is_an_object_several_are_an_array(self):
        a, b, c = (self.add("x", "tomorrow") for _ in range(3))
        moved = self.daemon.json("move", str(a), str(b), "in", "3", "days")
        self.assertEqual([r["id"] for r in moved], [a, b])
        self.assertEqual(self.daemon.json("move", str(a), "fri")["id"], a)
        self.assertEqual(self.daemon.json("drop", str(c))["id"], c)
        self.assertEqual(len(self.daemon.json("done", str(a), str(b))), 2)
        undone = self.daemon.json("undo")
        self.assertEqual(sorted(undone), ["reminders", "undone"])

    def test_both_zones_are_echoed(self):
        out = self.daemon.ok("add", "Call Dana", "2098-12-24", "09:00",
                             "--zone", "America/New_York")
        self.assertIn("Wed 24 Dec 2098 09:00 EST, here 15:00 CET (in ", out)

    def test_by_a_day_rings_on_its_morning(self):
        out = self.daemon.ok("add", "Send the offer", "by", "24", "dec",
                             "2098")
        self.assertIn("by Wed 24 Dec 2098 17:00 CET", out)
        self.assertIn(", rings Wed 24 Dec 2098 09:00", out)

    def test_control_characters_never_reach_the_terminal(self):
        evil = "a\x1b[31m\x07\n\u009b\u202e\x7fz"
        number = self.add(evil, "tomorrow", "--need", evil)
        for args in (("list",), ("show", str(number)), ("week",),
                     ("move", str(number), "fri"),
                     ("edit", str(number), "--kind", "fix")):
            out = self.daemon.ok(*args)
            for bad in "\x1b\x07\x7f\u009b\u202e":
                self.assertNotIn(bad, out)
        out = self.daemon.ok("--json", "show", str(number))
        for bad in "\x1b\x7f\u009b\u202e":
            self.assertNotIn(bad, out)
        self.assertEqual(json.loads(out)["text"], evil)
        self.refuse(3, "^[[31m", "show", "\x1b[31m")
        self.refuse(2, "^[[31m", "\x1b[31m")
        self.daemon.ok("drop", str(number))

    def test_a_table_fits_the_terminal(self):
        self.add("A text so long that it can't stand whole on a narrow "
                 "terminal " * 3, "tomorrow")
        for columns in (40, 60, 80, 132):
            out = self.on_terminal(columns, "list", TERM="xterm")
            self.assertIn("\x1b[", out)
            for line in lines(out):
                self.assertLessEqual(len(plain(line)), columns)
            self.assertIn("…", out)
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            out = self.on_terminal(80, "list", **dict({"TERM": "xterm"},
                                                      **env))
            self.assertNotIn("\x1b", out)
        self.assertIn("\x1b[", self.on_terminal(80, "list", TERM="xterm",
                                                NO_COLOR=""))

    def on_terminal(self, columns, *args, **env):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, columns, 0, 0))
        child = subprocess.Popen(
            [program("rapportctl")] + list(args), stdout=slave,
            stderr=slave, env=dict(self.daemon.env, **env))
        os.close(slave)
        out = b""
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            out += data
        os.close(master)
        self.assertEqual(child.wait(), 0, out)
        return out.decode()

    def test_today_is_the_default_and_says_what_comes_next(self):
        self.finish()
        out = self.daemon.ok()
        self.assertIn("Nothing today, nothing scheduled.", out)
        self.assertIn("rapportctl add", out)
        number = self.add("Call Dana", "2098-12-24")
        out = self.daemon.ok()
        self.assertRegex(out, r"^Nothing today\. Next: %d  Call Dana · "
                              r"Wed 24 Dec 2098 09:00 \(in " % number)
        self.assertEqual(self.daemon.json(), [])

    # --- which reminders are meant

    def test_without_id_what_rings_is_meant(self):
        self.finish()
        self.refuse(3, "nothing rings", "done")
        self.refuse(3, "nothing rings", "snooze", "2h")
        one = self.ring("Stretch")
        self.assertEqual(self.daemon.json("done")["id"], one)
        two, three = self.ring("Stretch"), self.ring("Drink")
        self.refuse(2, "2 ring", "done")
        self.assertEqual([r["id"] for r in self.daemon.json("snooze", "2h")],
                         [two, three])
        self.refuse(3, "nothing rings", "done")

    def test_what_has_not_rung_is_moved_not_snoozed(self):
        number = self.add("x", "tomorrow")
        self.refuse(1, "rapportctl move %d WHEN" % number, "snooze",
                    str(number))

    def test_numbers_and_dates(self):
        self.finish()
        number = self.ring("Stretch")
        r = self.daemon.json("snooze", "24", "dec", "2098")
        self.assertEqual((r["id"], r["state"]), (number, "snoozed"))
        local = time.strftime("%Y-%m-%d", time.gmtime(r["ring_at"]))
        self.assertEqual(local, "2098-12-24")
        r = self.daemon.json("snooze", str(number), "2", "weeks")
        self.assertLess(r["ring_at"], time.time() + 15 * 86400)
        self.assertEqual(self.daemon.json("show", "#%d" % number)["id"],
                         number)

    # --- what recurs

    def test_a_series_in_json(self):
        r = self.daemon.json("add", "Plan", "2098-12-24", "09:00", "--every",
                             "every wed")
        self.assertEqual((r["every"], r["rrule"], r["floating"]),
                         ("wednesday", "FREQ=WEEKLY;BYDAY=WE", True))
        self.assertEqual(self.daemon.json("show", str(r["id"])), r)
        r = self.daemon.json("add", "Plan", "2098-12-24", "--every",
                             "3 months after done")
        self.assertEqual((r["every"], r["rrule"]),
                         ("3 months after done", None))

    def test_the_first_three_are_echoed(self):
        out = self.daemon.ok("add", "Plan", "2098-12-24", "--every",
                             "weekday at 8")
        self.assertRegex(out, r"^\d+  Plan · Wed 24 Dec 2098 08:00 CET "
                              r"\(in [^)]*\), every weekday\n"
                              r"then Thu 25 Dec 2098 08:00 CET, "
                              r"Fri 26 Dec 2098 08:00 CET\n$")
        out = self.daemon.ok("add", "Plan", "2098-12-24", "--every", "day",
                             "--zone", "America/New_York")
        self.assertIn("Wed 24 Dec 2098 09:00 EST, here 15:00 CET (in ", out)
        self.assertIn("then Thu 25 Dec 2098 09:00 EST, ", out)
        number = out.split()[0]
        self.assertIn("    then      Thu 25 Dec 2098 09:00 EST, ",
                      self.daemon.ok("show", number))
        self.daemon.ok("drop", number)
        self.assertIn("    due       Wed 24 Dec 2098 09:00 EST, here 15:00 "
                      "CET (in ", self.daemon.ok("show", number))

    def test_a_series_goes_on(self):
        number = str(self.add("Plan", "2098-12-24", "--every", "week"))
        out = self.daemon.ok("done", number, "-m", "all said")
        self.assertRegex(out, r"^%s  Plan · done; next Wed 31 Dec 2098 09:00 "
                              r"CET \(in .*\)\n" % number)
        out = self.daemon.ok("skip", number)
        self.assertRegex(out, r"^%s  Plan · skipped; next Wed 7 Jan 2099 "
                              r"09:00 CET \(in .*\)\n$" % number)
        self.assertIn("every week", self.daemon.ok("list"))
        out = self.daemon.ok("show", number)
        self.assertIn("    then      Wed 14 Jan 2099 09:00 CET, "
                      "Wed 21 Jan 2099 09:00 CET\n", out)
        self.assertIn("    before    skipped, due Wed 31 Dec 2098 09:00\n"
                      "              done, due Wed 24 Dec 2098 09:00: "
                      "all said\n", out)
        self.assertIn("Taken back · skipped: %s Plan" % number,
                      self.daemon.ok("undo"))

    def test_which_of_a_series_moves(self):
        number = str(self.add("Plan", "2098-12-24", "--every", "week"))
        for flag in ("--this", "--series"):
            self.refuse(2, "rapportctl move %s 2098-12-25 %s" % (number, flag),
                        "move", number, "2098-12-25")
        self.refuse(2, "one of them", "move", number, "2098-12-25", "--this",
                    "--series")
        self.daemon.ok("move", number, "2098-12-25", "--this")
        out = self.daemon.ok("move", number, "11:00", "--series")
        self.assertIn("Wed 24 Dec 2098 11:00 CET", out)
        self.assertIn("then Wed 31 Dec 2098 11:00 CET", out)
        out = self.daemon.ok("edit", number, "--every", "2 weeks")
        self.assertIn(", every 2 weeks\n", out)
        self.assertIn("then Wed 7 Jan 2099 11:00 CET", out)
        out = self.daemon.ok("edit", number, "--every", "none")
        self.assertNotIn("every", out)

    def test_what_recurs_is_refused_with_reasons(self):
        before = self.daemon.json("list", "--all")
        for status, says, *args in (
                (2, "add x --every weekday", "add", "x", "every", "weekday"),
                (2, "\"Call Dana\" fri --every \"2 weeks\"", "add",
                 "Call Dana fri every 2 weeks"),
                (2, "10:00", "add", "x", "mon", "10:00", "--every",
                 "mon at 8"),
                (2, "did you mean", "add", "x", "--every", "wekday"),
                (2, "SECONDLY", "add", "x", "--every", "FREQ=SECONDLY"),
                (1, "never occurs", "add", "x", "--every",
                 "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
                (1, "America/New_York", "add", "x", "--every", "day",
                 "--zone", "America/New_Yerk"),
                (2, "needs a time", "add", "x"),
                (3, "nothing rings", "skip"),
                (3, "999999", "skip", "999999"),
                (2, "did you mean: rapportctl skip", "skp")):
            self.refuse(status, says, *args)
        number = self.add("once", "tomorrow")
        self.refuse(1, "does not recur", "skip", str(number))
        self.daemon.ok("drop", str(number))
        self.daemon.ok("undo")
        self.daemon.ok("undo")
        self.assertEqual(self.daemon.json("list", "--all"), before)

    # --- what is refused

    def test_errors_have_their_exit_status(self):
        before = self.daemon.json("list", "--all")
        self.refuse(2, "did you mean: rapportctl list", "ls")
        self.refuse(2, "\"Call Dana\" tomorrow 9am", "add",
                    "Call Dana tomorrow 9am")
        self.refuse(2, "rapportctl add \"Call Dana\" tomorrow", "add", "Call",
                    "Dana", "tomorrow")
        self.refuse(2, "9th?", "add", "x", "9")
        self.refuse(2, "not valid UTF-8", "add", b"\xff", "tomorrow")
        self.refuse(2, "at most 4096", "add", "a" * 4097, "tomorrow")
        self.refuse(1, "30 Feb", "add", "x", "30", "feb")
        self.refuse(1, "", "add", "x", "today", "00:00")
        self.refuse(3, "nobody", "add", "x", "tomorrow", "--with", "nobody")
        self.refuse(1, "", "add", "x", "tomorrow", "--zone", "No/Where")
        self.refuse(3, "999999", "drop", "999999")
        self.refuse(3, "nobody", "show", "nobody")
        self.refuse(2, "did you mean \"tomorrow\"", "snooze", "tomorow")
        self.refuse(2, "MethodNotFound", "rpc", "Nonsense")
        self.refuse(2, "InvalidParameter", "rpc", "Add", "{\"text\": 3}")
        self.assertEqual(self.daemon.json("list", "--all"), before)

    def test_text_of_every_kind_is_kept(self):
        for text in ("ü" * 2048, "日本語 😀", "--", "a\nb", "\"quoted\"",
                     "a\\b", "-m"):
            number = self.add("--", text, "tomorrow")
            self.assertEqual(self.daemon.json("show", str(number))["text"],
                             text)
            self.daemon.ok("drop", str(number))

    def test_a_full_output_is_told(self):
        # After 1, 2 and 3 nothing was stored.
        for rc, args, says in (
                (1, ["list"], b"can't write to standard output"),
                (1, ["rpc", "List"], b"can't write to standard output"),
                (4, ["add", "x", "fri"], b"was carried out"),
                (4, ["rpc", "Add", '{"text": "x", "when": "fri"}'],
                 b"was carried out")):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([program("rapportctl")] + args,
                                      env=self.daemon.env, stdout=full,
                                      stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, rc)
            self.assertIn(says, done.stderr)

    # --- time without a daemon

    def test_when_needs_no_daemon(self):
        env = {"XDG_RUNTIME_DIR": "/nonexistent"}
        out = self.daemon.ok("when", "fri", "18:00", "--from",
                             "2026-11-20T14:30", env=env)
        self.assertEqual(out, "Fri 20 Nov 2026 18:00 CET (in 3 h 30 min)\n")
        self.assertEqual(
            self.daemon.json("when", "tomorrow", "--from", "2026-11-20T14:30",
                             env=env),
            {"epoch": 1795248000, "local": "2026-11-21T09:00:00+01:00",
             "floating": True})
        out = self.daemon.ok("when", "29", "mar", "2026", "2:30", "--from",
                             "2026-01-01", env=env)
        self.assertIn("03:30 CEST", out)
        self.assertIn("02:30", out)
        self.refuse(2, "9th?", "when", "9", env=env)

    # The words behind when --from 2026-11-20T14:30 -> what is printed
    SERIES = [
        ("--every weekday", [
            "Mon 23 Nov 2026 14:30 CET (in 3 d)",
            "Tue 24 Nov 2026 14:30 CET (in 4 d)",
            "Wed 25 Nov 2026 14:30 CET (in 5 d)"]),
        ("--every other~tuesday~at~9 --count 1", [
            "Tue 24 Nov 2026 09:00 CET (in 3 d 18 h)"]),
        ("--every 2~weeks --count 2", [
            "Fri 4 Dec 2026 14:30 CET (in 14 d)",
            "Fri 18 Dec 2026 14:30 CET (in 28 d)"]),
        ("--every day~2~times", [
            "Sat 21 Nov 2026 14:30 CET (in 1 d)",
            "Sun 22 Nov 2026 14:30 CET (in 2 d)",
            "then no more"]),
        ("--every 3~months~after~done tue", [
            "Tue 24 Nov 2026 09:00 CET (in 3 d 18 h)",
            "then 3 months after done"]),
        ("mon --every day --count 2", [
            "Mon 23 Nov 2026 09:00 CET (in 2 d 18 h)",
            "Tue 24 Nov 2026 09:00 CET (in 3 d 18 h)"]),
        # DTSTART is 14:30, which is no occurrence after 14:30.
        ("--every RRULE:FREQ=DAILY;COUNT=3", [
            "Sat 21 Nov 2026 14:30 CET (in 1 d)",
            "Sun 22 Nov 2026 14:30 CET (in 2 d)",
            "then no more"]),
    ]

    def test_when_lists_a_series(self):
        env = {"XDG_RUNTIME_DIR": "/nonexistent"}
        start = ["--from", "2026-11-20T14:30"]
        for words, printed in self.SERIES:
            args = [word.replace("~", " ") for word in words.split()]
            with self.subTest(words):
                out = self.daemon.ok("when", *args, *start, env=env)
                self.assertEqual(lines(out), printed)
        out = self.daemon.ok("when", "--every", "day at 2:30", "--count", "2",
                             "--from", "2027-03-27", env=env)
        self.assertIn("Sun 28 Mar 2027 03:30 CEST", out)
        self.assertIn("the clock skips 02:30", out)
        night = ("--count", "3", "--from", "2026-10-25T00:30")
        self.assertIn("the clock shows 02:30 twice that night: the first",
                      self.daemon.ok("when", "--every", "day at 2:30", *night,
                                     env=env))
        # By the hour both ring.
        out = self.daemon.ok("when", "--every", "hour", *night, env=env)
        self.assertEqual([line[:26] for line in out.splitlines()],
                         ["Sun 25 Oct 2026 01:30 CEST",
                          "Sun 25 Oct 2026 02:30 CEST",
                          "Sun 25 Oct 2026 02:30 CET "])

    def test_when_lists_a_series_in_json(self):
        env = {"XDG_RUNTIME_DIR": "/nonexistent"}
        args = ["--json", "when", "--every", "day at 9", "--from",
                "2026-11-20T14:30"]
        one = {"epoch": 1795248000, "local": "2026-11-21T09:00:00+01:00",
               "floating": True}
        self.assertEqual([json.loads(line) for line in lines(
            self.daemon.ok(*args, env=env))], [one])
        many = lines(self.daemon.ok(*args, "--count", "2500", env=env))
        self.assertEqual(len(many), 2500)
        self.assertEqual(json.loads(many[0]), one)
        self.assertEqual(json.loads(many[2499])["local"],
                         "2033-09-24T09:00:00+02:00")

    def test_when_refuses(self):
        env = {"XDG_RUNTIME_DIR": "/nonexistent"}
        for status, says, *args in (
                (2, "needs a time", "when"),
                (2, "--every", "when", "fri", "--count", "3"),
                (2, "when --every friday", "when", "every", "friday"),
                (1, "never occurs", "when", "--every",
                 "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
                (1, "", "when", "--every", "day until 2020-01-01")):
            self.refuse(status, says, *args, env=env)

    def test_when_reads_the_configured_hours(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as conf:
            env = {"RAPPORT_CONFIG": conf.name}
            conf.write("[time]\nmorning = 07:15\n")
            conf.flush()
            out = self.daemon.ok("when", "tomorrow", "--from",
                                 "2026-11-20T14:30", env=env)
            self.assertIn("Sat 21 Nov 2026 07:15", out)
            conf.write("mornning = 07:15\n")
            conf.flush()
            self.refuse(2, conf.name + ":3:", "when", "tomorrow", env=env)

    # --- help

    def test_help_needs_nothing(self):
        env = {"XDG_RUNTIME_DIR": "/nonexistent"}
        for args in (("--help",), ("help",), ("add", "-h"), ("help", "person",
                     "add"), ("--version",), ("completion", "bash")):
            self.assertTrue(self.daemon.ok(*args, env=env))

    # --- streams

    def test_watch_streams_events(self):
        with self.watch() as watch:
            number = self.add("x", "tomorrow")
            event = watch.until("added", number)
            self.assertEqual(sorted(event), ["at", "event", "id", "reminder"])
            self.daemon.ok("drop", str(number))
            watch.until("dropped", number)

    def test_watch_in_words(self):
        child = self.daemon.popen("watch", bufsize=0)
        try:
            number = 0
            while not select.select([child.stdout], [], [], 0.1)[0]:
                number = self.add("Call Dana", "tomorrow")
            line = child.stdout.readline().decode()
            self.assertRegex(line, r"^\d\d:\d\d:\d\d  added  %d  Call Dana · "
                             % number)
        finally:
            child.terminate()
            child.communicate()

    def test_a_follower_ends_with_its_reader(self):
        for args in (("status", "--waybar", "--follow"), ("watch",)):
            reader, writer = os.pipe()
            child = self.daemon.popen(*args, stdout=writer)
            os.close(writer)
            if args[0] == "status":
                self.assertIn(b"alt", os.read(reader, 4096))
            os.close(reader)
            self.assertEqual(child.wait(LIMIT), 0)

    def test_a_bar_follows_what_changes(self):
        self.finish()
        child = self.daemon.popen("status", "--waybar", "--follow")
        try:
            bar = json.loads(child.stdout.readline())
            self.assertEqual(list(bar), ["text", "alt", "tooltip", "class",
                                         "percentage"])
            self.assertEqual((bar["text"], bar["alt"]), ("", "idle"))
            self.add("A <secret>", "in", "1s")
            while bar["text"] != "1":
                bar = json.loads(child.stdout.readline())
                self.assertNotIn("secret", json.dumps(bar))
            self.assertIn(bar["alt"], ("ringing", "overdue"))
            self.daemon.ok("done")
            while bar["text"] != "":
                bar = json.loads(child.stdout.readline())
        finally:
            child.terminate()
            child.communicate()

    def test_status(self):
        self.finish()
        self.add("x", "tomorrow")
        status = self.daemon.json("status")
        self.assertEqual((status["scheduled"], status["ringing"]), (1, 0))
        self.assertEqual(status["database"], self.daemon.database)
        self.assertEqual((status["held"], status["zone"]),
                         (None, "Europe/Berlin"))
        self.assertFalse(status["popups"]["available"])
        out = self.daemon.ok("status")
        self.assertIn("1 scheduled", out)
        self.assertIn("can't be shown: ", out)
        self.refuse(2, "one of them", "status", "--test", "--follow")

    def test_quiet(self):
        until = self.daemon.json("quiet", "2h")["quiet_until"]
        self.assertAlmostEqual(until, time.time() + 7200, delta=5)
        self.assertIn("Quiet until", self.daemon.ok("quiet"))
        self.assertIn("Not quiet", self.daemon.ok("quiet", "off"))

    def test_rpc(self):
        info = json.loads(self.daemon.ok("rpc",
                                         "org.varlink.service.GetInfo"))
        self.assertIn("io.rapport", info["interfaces"])
        reply = json.loads(self.daemon.ok("rpc", "List", '{"limit":1}'))
        self.assertIn("reminders", reply)

    # --- completions

    def test_bash_completes(self):
        number = self.add("Call Dana", "tomorrow")
        self.daemon.ctl("person", "add", "Bob Completer", "--as", "bobby")
        for line, wanted in (("rapportctl sn", "snooze"),
                             ("rapportctl per", "person"),
                             ("rapportctl person a", "add"),
                             ("rapportctl --json lis", "list"),
                             ("rapportctl add x --ki", "--kind"),
                             ("rapportctl today ''", "--json"),
                             ("rapportctl add x --kind ne", "next-step"),
                             ("rapportctl add x --kind = ne", "next-step"),
                             ("rapportctl add x --with bob", "bobby"),
                             ("rapportctl snooze bob", "bobby"),
                             ("rapportctl show %d" % number, str(number)),
                             ("rapportctl snooze ''", "bobby"),
                             ("rapportctl completion zs", "zsh")):
            script = ('PATH=%s:$PATH; source <(rapportctl completion bash); '
                      'COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); '
                      '_rapportctl; printf "%%s\\n" "${COMPREPLY[@]}"'
                      % (BUILD, line))
            done = subprocess.run(["bash", "-c", script],
                                  env=self.daemon.env,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)
            self.assertEqual(done.stderr, b"")
            self.assertIn(wanted, done.stdout.decode().split(), line)
            if not wanted.startswith("-"):
                self.assertNotIn("--", done.stdout.decode(), line)


    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_completes(self):
        number = self.add("Call Dana", "tomorrow")
        for line, wanted in (("rapportctl sn", "snooze"),
                             ("rapportctl person a", "add"),
                             ("rapportctl add x --ki", "--kind"),
                             ("rapportctl add x --kind ne", "next-step"),
                             ("rapportctl show %d" % number, str(number))):
            done = subprocess.run(
                ["fish", "--no-config", "-c", "set -p PATH %s; rapportctl "
                 "completion fish | source; complete -C '%s'"
                 % (BUILD, line)], env=self.daemon.env,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertEqual(done.stderr, b"")
            self.assertIn(wanted, done.stdout.decode().split(), line)


def plain(line):
    """Without colours."""
    return re.sub("\x1b\\[[0-9;]*m", "", line)


class Watch:
    """rapportctl watch --json; entered, it surely watches."""

    def __init__(self, of):
        self.daemon = of

    def __enter__(self):
        # Unbuffered, as select() does not see what a buffer holds.
        self.child = self.daemon.popen("watch", "--json", bufsize=0,
                                       stderr=subprocess.PIPE)
        # Nothing says that watching has begun, but events do.
        while not select.select([self.child.stdout], [], [], 0.05)[0]:
            self.daemon.ok("quiet", "off")
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        check_sanitizers(self.child.stderr.read().decode())
        self.child.stderr.close()
        self.child.stdout.close()

    def until(self, event, number):
        """The next event of this kind about this reminder."""
        while True:
            ready = select.select([self.child.stdout], [], [], LIMIT)[0]
            assert ready, "no %s of %d" % (event, number)
            got = json.loads(self.child.stdout.readline())
            if got["event"] == event and got["id"] == number:
                return got


class Reachable(unittest.TestCase):
    """When rapportd is not there, goes away or does not answer."""

    def test_not_running(self):
        with Daemon(start=False) as d:
            rc, out, err = d.ctl("list")
            self.assertEqual((rc, out), (4, ""))
            self.assertIn("start it with: rapportd &", err)
            os.makedirs(os.path.join(d.env["XDG_RUNTIME_DIR"], "systemd",
                                     "private"))
            self.assertIn("systemctl --user start rapportd",
                          d.ctl("list").err)
            rc, out, err = d.ctl("--socket", "/nonexistent/s", "list")
            self.assertEqual(rc, 4)
            self.assertIn("rapportd --socket /nonexistent/s &", err)
            self.assertEqual(d.ctl("--socket", "/" + "a" * 200, "list").rc, 4)
            rc, out, err = d.ctl("status", "--waybar")
            self.assertEqual((rc, json.loads(out)["alt"]), (4, "off"))

    def test_a_stopped_daemon_is_not_waited_for_without_end(self):
        with Daemon() as d:
            d.process.send_signal(signal.SIGSTOP)
            try:
                begin = time.monotonic()
                rc, out, err = d.ctl("list")
                self.assertEqual((rc, out), (4, ""))
                self.assertIn("does not answer", err)
                self.assertLess(time.monotonic() - begin, 7)
                rc, out, err = d.ctl("add", "x", "tomorrow")
                self.assertEqual(rc, 4)
                self.assertIn("may have been stored", err)
            finally:
                d.process.send_signal(signal.SIGCONT)

    def test_a_bar_outlives_the_daemon(self):
        with Daemon() as d:
            child = d.popen("status", "--waybar", "--follow")
            try:
                self.assertEqual(json.loads(child.stdout.readline())["alt"],
                                 "idle")
                d.kill()
                self.assertEqual(json.loads(child.stdout.readline())["alt"],
                                 "off")
                d.start()
                self.assertEqual(json.loads(child.stdout.readline())["alt"],
                                 "idle")
            finally:
                child.terminate()
                child.communicate()

    def test_watch_says_when_the_daemon_goes(self):
        with Daemon() as d:
            with Watch(d) as watch:
                d.kill()
                self.assertEqual(watch.child.wait(LIMIT), 4)


class FakeServer:
    """A socket where a script of functions each serves one connection."""

    def __init__(self, *script):
        self.folder = tempfile.TemporaryDirectory(prefix="rapport-test.")
        self.path = os.path.join(self.folder.name, "s")
        self.calls = []
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen()
        self.thread = threading.Thread(target=self.serve, args=(script,),
                                       daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)    # wakes accept()
        self.thread.join(LIMIT)
        self.listener.close()
        self.folder.cleanup()

    def serve(self, script):
        for step in script:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                data = b""
                while not data.endswith(b"\0"):
                    data += connection.recv(65536)
                self.calls.append(json.loads(data[:-1]))
                step(connection)

    def ctl(self, *args):
        done = subprocess.run(
            [program("rapportctl"), "--socket", self.path] +
            list(args), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "TZ": "UTC",
                 "HOME": self.folder.name}, timeout=LIMIT)
        err = done.stderr.decode()
        check_sanitizers(err)
        return done.returncode, done.stdout.decode(), err


def hang_up(connection):
    pass


def answer(parameters, **more):
    message = json.dumps(dict({"parameters": parameters}, **more)).encode()

    def step(connection):
        # In two pieces, as a stream may cut it.
        connection.sendall(message[:7])
        time.sleep(0.02)
        connection.sendall(message[7:] + b"\0")
    return step


def raw(data):
    def step(connection):
        connection.sendall(data)
    return step


REMINDER = {"id": 5, "text": "x", "state": "scheduled", "due": 4000000000,
            "ring_at": 4000000000, "with": []}


class Broken(unittest.TestCase):
    """What rapportctl makes of a connection that breaks, and of nonsense."""

    def test_a_broken_connection_is_tried_once_more(self):
        with FakeServer(hang_up, answer({"reminder": REMINDER,
                                         "notes": []})) as s:
            rc, out, err = s.ctl("add", "x", "tomorrow")
            self.assertEqual((rc, err), (0, ""))
            self.assertTrue(out.startswith("5  x · "))
            first, second = (c["parameters"] for c in s.calls)
            self.assertRegex(first["token"], "^[0-9a-f]{32}$")
            self.assertEqual(first, second)

    def test_every_request_has_its_own_token(self):
        reply = answer({"reminder": REMINDER, "notes": []})
        with FakeServer(reply, reply) as s:
            s.ctl("add", "x", "tomorrow")
            s.ctl("add", "x", "tomorrow")
            first, second = (c["parameters"]["token"] for c in s.calls)
            self.assertNotEqual(first, second)

    def test_it_says_when_something_may_have_been_stored(self):
        with FakeServer(hang_up, hang_up) as s:
            rc, out, err = s.ctl("add", "x", "tomorrow")
            self.assertEqual((rc, out), (4, ""))
            self.assertIn("may have been stored", err)
            self.assertEqual(len(lines(err)), 1)
        with FakeServer(hang_up, hang_up) as s:
            rc, out, err = s.ctl("list")
            self.assertEqual(rc, 4)
            self.assertNotIn("stored", err)

    def test_a_raw_write_without_a_token_is_not_repeated(self):
        with FakeServer(hang_up) as s:
            rc, out, err = s.ctl("rpc", "Add", '{"text":"x","when":"fri"}')
            self.assertEqual(rc, 4)
            self.assertIn("may have been stored", err)

    def test_nonsense_is_no_crash(self):
        for nonsense in (b"hello\0", b"\0", b"{}\0", b"[]\0", b"\xff\xfe\0",
                         b'{"parameters":3}\0', b'{"error":3}\0',
                         b'{"parameters":{"reminders":3}}\0',
                         b'{"parameters":{"reminders":[3,null,{}]}}\0',
                         b'{"parameters":{"reminders":[{"id":"x","with":3,'
                         b'"text":{},"state":"odd","zone":7}]}}\0',
                         b'{"error":"io.rapport.NotFound"}\0',
                         b'{"error":"odd\\u001b[31m"}\0'):
            for args in (("list",), ("today",), ("week",), ("done", "1"),
                         ("show", "1"), ("status",), ("undo",),
                         ("person", "list"), ("status", "--waybar"),
                         ("--json", "list")):
                with FakeServer(raw(nonsense), raw(nonsense)) as s:
                    rc, out, err = s.ctl(*args)
                    self.assertIn(rc, (0, 1, 2, 3, 4), (nonsense, args))
                    self.assertNotIn("\x1b", out + err)

    def test_an_older_daemon_is_named(self):
        with FakeServer(answer({"method": "io.rapport.Week"},
                error="org.varlink.service.MethodNotFound")) as s:
            rc, out, err = s.ctl("week")
            self.assertEqual(rc, 1)
            self.assertIn("another version", err)


if __name__ == "__main__":
    unittest.main()
