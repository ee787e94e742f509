"""What the methods answer, seen from the socket: whom a text names, what is
said of several, what status knows while nobody tells it."""

import os
import threading
import time
import unittest

from daemon import Daemon, VarlinkError
from watch import Watch
from world import World


class Mentions(unittest.TestCase):
    """@dana in a text links a contact; dana draws a hint."""

    # text, more parameters -> with whom, what the notes say
    EXAMPLES = [
        ("Call @dana", {}, ["dana"], []),
        ("Ask @Dana, then @tom.", {}, ["dana", "tom"], []),
        ("Call Dana", {}, [], ["--with dana links it"]),
        ("Call dana", {"with": ["dana"]}, ["dana"], []),
        ("Call @dana; dana knows", {}, ["dana"], []),
        ("Call @dan", {}, [], ['no contact "dan" yet']),
        ("Call dan about the danaides", {}, [], []),
        ("Write to info@dana", {}, [], []),
        ("@ 9, to whom?", {}, [], []),
    ]

    def test_in_a_text(self):
        daemon = self.enterContext(Daemon())
        for name in ("Dana Novak", "Tom Blau"):
            daemon.varlink("PersonAdd", {"name": name})
        for text, more, people, says in self.EXAMPLES:
            with self.subTest(text):
                reply = daemon.varlink("Add", {
                    "text": text, "when": "in 3 days", **more})
                self.assertEqual(reply["reminder"]["with"], people)
                notes = reply["notes"]
                self.assertEqual(len(notes), len(says), notes)
                for note, words in zip(notes, says):
                    self.assertIn(words, note)

    def test_many_contacts_do_not_slow_it_down(self):
        """Words are looked up, not compared with everybody."""
        daemon = self.enterContext(Daemon())
        text = " ".join("word%d" % i for i in range(60))

        def add():
            start = time.monotonic()
            daemon.varlink("Add", {"text": text, "when": "in 3 days"})
            return time.monotonic() - start

        alone = min(add() for _ in range(5))
        for i in range(600):
            daemon.varlink("PersonAdd", {"name": "Somebody",
                                         "as": "somebody%d" % i})
        self.assertLess(min(add() for _ in range(5)), 4 * alone)


class Several(unittest.TestCase):
    def test_what_holds_for_all_is_said_once(self):
        daemon = self.enterContext(Daemon(env={"TZ": "Europe/Berlin"}))
        for text in ("one", "two"):
            daemon.varlink("Add", {"text": text, "when": "in 3 days"})
        reply = daemon.varlink("Move", {"id": [1, 2],
                                        "when": "2037-03-29 02:30"})
        self.assertEqual(reply["notes"],
                         ["the clock skips 02:30 that night: 03:30 is meant"])

    def test_undo_says_which(self):
        daemon = self.enterContext(Daemon())
        for text in ("one", "two " * 1000):
            daemon.varlink("Add", {"text": text, "when": "in 3 days"})
        undone = daemon.varlink("Undo")["undone"]
        self.assertRegex(undone, "^added: 2 two two .*…$")
        self.assertLess(len(undone), 100)
        daemon.varlink("Add", {"text": "three", "when": "in 3 days"})
        daemon.varlink("Done", {"id": [1, 3]})
        self.assertEqual(daemon.varlink("Undo")["undone"],
                         "done: 2 reminders (1, 3)")

    def test_urgent_and_not(self):
        daemon = self.enterContext(Daemon())
        daemon.varlink("Add", {"text": "one", "when": "in 3 days"})
        with self.assertRaises(VarlinkError) as refused:
            daemon.varlink("Edit", {"id": 1, "urgent": True,
                                    "not_urgent": True})
        self.assertEqual(refused.exception.name, "io.rapport.NotUnderstood")


class Edit(unittest.TestCase):
    def test_words_and_zone_are_one_change(self):
        daemon = self.enterContext(Daemon())
        daemon.varlink("Add", {"text": "one", "when": "in 3 days"})
        watch = Watch(daemon)
        self.addCleanup(watch.close)
        reply = daemon.varlink("Edit", {"id": 1, "text": "two",
                                        "zone": "Asia/Tokyo"})
        self.assertEqual((reply["reminder"]["text"],
                          reply["reminder"]["zone"]), ("two", "Asia/Tokyo"))
        daemon.varlink("Done", {"id": [1]})
        watch.next("done")
        self.assertEqual(watch.count("changed"), 1)
        daemon.varlink("Undo")
        daemon.varlink("Undo")
        reminder = daemon.varlink("Show", {"id": 1})["reminder"]
        self.assertEqual((reminder["text"], reminder["zone"]), ("one", None))


class Waiting(unittest.TestCase):
    """A notifier that never says a word."""

    def test_a_second_question_puts_off_no_answer(self):
        daemon = self.enterContext(Daemon(start=False))
        hung = os.path.join(daemon.folder, "hung")
        with open(hung, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexec sleep 60\n")
        os.chmod(hung, 0o700)
        daemon.env["RAPPORT_NOTIFIER"] = hung
        daemon.start()
        took = []

        def ask(after, **parameters):
            time.sleep(after)
            start = time.monotonic()
            reply = daemon.varlink("Status", parameters)
            took.append(time.monotonic() - start)
            self.assertIn("does not answer", reply["popups"]["why"])

        threads = [threading.Thread(target=ask, args=(i * 0.4,))
                   for i in range(5)]
        tester = threading.Thread(target=ask, args=(0.5,),
                                  kwargs={"test": True})
        for thread in threads + [tester]:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(took), 5)
        self.assertLess(max(took), 1.5)
        tester.join()
        self.assertEqual(len(took), 6)


class Lists(unittest.TestCase):
    def test_all_and_done_are_alternatives(self):
        daemon = self.enterContext(Daemon())
        rc, out, err = daemon.ctl("list", "--all", "--done")
        self.assertEqual((rc, out, err.count("\n")), (2, "", 1))

    def test_a_time_that_the_clock_skips_is_named(self):
        daemon = self.enterContext(Daemon(env={"TZ": "Europe/Berlin"}))
        added = daemon.varlink("Add", {"text": "Early", "when":
                                       "2027-03-28 02:30"})
        self.assertEqual(added["notes"], ["the clock skips 02:30 that night: "
                                          "03:30 is meant"])


class Blame(unittest.TestCase):
    """An error names the parameter at fault as the caller wrote it."""

    EXAMPLES = [
        ("Add", {"text": "x", "when": "tomorow"}, "when"),
        ("Add", {"text": "x", "when": "9am", "zone": "Mars/Base"}, "zone"),
        ("Edit", {"id": 1, "zone": "Mars/Base"}, "zone"),
        ("List", {"until": "1h30x"}, "until"),
        ("PersonAdd", {"name": "Dana Other", "as": "dana"}, "as"),
        ("PersonAdd", {"name": "Dana Other", "as": "9"}, "as"),
    ]

    def test_by_its_name(self):
        daemon = self.enterContext(Daemon())
        daemon.varlink("PersonAdd", {"name": "Dana Novak"})
        daemon.varlink("Add", {"text": "x", "when": "tomorrow"})
        for method, parameters, at_fault in self.EXAMPLES:
            with self.subTest(method, **parameters):
                with self.assertRaises(VarlinkError) as caught:
                    daemon.varlink(method, parameters)
                self.assertEqual(caught.exception.parameters["parameter"],
                                 at_fault)


class Words(unittest.TestCase):
    def test_the_note_of_what_was_done_can_be_read(self):
        daemon = self.enterContext(Daemon())
        daemon.ok("add", "Call Dana", "tomorrow")
        daemon.ok("done", "1", "-m", "wants the smaller one")
        self.assertIn("wants the smaller one", daemon.ok("show", "1"))

    def test_an_edit_shows_what_it_changed(self):
        daemon = self.enterContext(Daemon())
        daemon.ok("add", "Call Dana", "tomorrow")
        self.assertIn("two prices",
                      daemon.ok("edit", "1", "--need", "two prices"))


class Berlin(World):
    """Friday, 20 November 2026, 14:30; nothing rings before the test lets time
    pass."""

    def __init__(self, test, now="2026-11-20T14:30"):
        super().__init__(test, now, "Europe/Berlin")
        self.test = test

    def call(self, method, **parameters):
        return self.daemon.varlink(method, parameters)

    def series(self, when, every, **more):
        """Store a series, and answer it."""
        return self.call("Add", text="x", when=when, every=every,
                         **more)["reminder"]

    def due(self, number=1):
        """When it is due on the wall, "Tue 24 Nov 09:00"."""
        return self.wall(self.show(number)["reminder"]["due"])

    def show(self, number=1):
        return self.call("Show", id=number)

    def upcoming(self, number=1):
        """When the occurrence at hand and the two behind it are due."""
        shown = self.show(number)
        return [self.wall(t)
                for t in [shown["reminder"]["due"]] + shown["upcoming"]]

    def refuse(self, error, says, parameter, method, **parameters):
        """The call fails so, and stores nothing."""
        before = self.call("List", all=True)
        with self.test.assertRaises(VarlinkError) as caught:
            self.call(method, **parameters)
        refused = caught.exception
        self.test.assertEqual(refused.name, "io.rapport." + error,
                              refused.parameters)
        self.test.assertIn(says, refused.parameters["message"])
        self.test.assertEqual(refused.parameters.get("parameter", ""),
                              parameter)
        self.test.assertEqual(self.call("List", all=True), before)


class Begin(unittest.TestCase):
    """Where a series begins: WHEN and --every together."""

    # WHEN, RULE -> the first three, the rule in words, and of RFC 5545
    EXAMPLES = [
        (None, "weekday",
         ["Mon 23 Nov 09:00", "Tue 24 Nov 09:00", "Wed 25 Nov 09:00"],
         "weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (None, "every day at 18:00",
         ["Fri 20 Nov 18:00", "Sat 21 Nov 18:00", "Sun 22 Nov 18:00"],
         "day", "FREQ=DAILY"),
        ("mon 10:00", "week",
         ["Mon 23 Nov 10:00", "Mon 30 Nov 10:00", "Mon 07 Dec 10:00"],
         "week", "FREQ=WEEKLY"),
        # A day alone leaves the time of day to the rule.
        ("mon", "day at 8",
         ["Mon 23 Nov 08:00", "Tue 24 Nov 08:00", "Wed 25 Nov 08:00"],
         "day", "FREQ=DAILY"),
        ("tue", "monday",
         ["Mon 30 Nov 09:00", "Mon 07 Dec 09:00", "Mon 14 Dec 09:00"],
         "monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("1 dec", "month on the 31st",
         ["Thu 31 Dec 09:00", "Sun 31 Jan 09:00", "Sun 28 Feb 09:00"],
         "month on the 31st",
         "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        # An instant has a clock on the wall, too.
        ("in 15m", "15 minutes",
         ["Fri 20 Nov 14:45", "Fri 20 Nov 15:00", "Fri 20 Nov 15:15"],
         "15 minutes", "FREQ=MINUTELY;INTERVAL=15"),
        ("mon", "15 minutes",
         ["Mon 23 Nov 09:00", "Mon 23 Nov 09:15", "Mon 23 Nov 09:30"],
         "15 minutes", "FREQ=MINUTELY;INTERVAL=15"),
        ("tue 10:00", "3 months after done",
         ["Tue 24 Nov 10:00"], "3 months after done", None),
        ("mon", "RRULE:FREQ=WEEKLY;COUNT=2",
         ["Mon 23 Nov 09:00", "Mon 30 Nov 09:00"],
         "week 2 times", "FREQ=WEEKLY;COUNT=2"),
        (None, "FREQ=DAILY",
         ["Sat 21 Nov 09:00", "Sun 22 Nov 09:00", "Mon 23 Nov 09:00"],
         "day", "FREQ=DAILY"),
    ]

    def test_together(self):
        world = Berlin(self)
        for when, every, rings, words, rule in self.EXAMPLES:
            with self.subTest(when=when, every=every):
                r = world.series(when, every)
                self.assertEqual(world.upcoming(r["id"]), rings)
                self.assertTrue(r["floating"])
                self.assertEqual((r["every"], r["rrule"]), (words, rule))

    REFUSED = [
        ("mon 10:00", "monday at 8", "NotUnderstood", "10:00", "every"),
        ("by thu", "week", "NotUnderstood", 'without "by"', "when"),
        ("9", "day", "NotUnderstood", "9th?", "when"),
        (None, "frobnicate", "NotUnderstood", "frobnicate", "every"),
        (None, "FREQ=SECONDLY", "NotUnderstood", "SECONDLY", "every"),
        (None, "month on the 32nd", "Impossible", "32", "every"),
        (None, "day until 2026-01-01", "Impossible", "", "every"),
        (None, None, "NotUnderstood", "needs a time", "when"),
    ]

    def test_refused(self):
        world = Berlin(self)
        for when, every, error, says, parameter in self.REFUSED:
            with self.subTest(when=when, every=every):
                world.refuse(error, says, parameter, "Add", text="x",
                             when=when, every=every)

    def test_the_first_three_are_told(self):
        world = Berlin(self)
        for every, then in (
                ("monday", "then Mon 30 Nov 2026 09:00 CET, "
                           "Mon 7 Dec 2026 09:00 CET"),
                ("monday 2 times", "then Mon 30 Nov 2026 09:00 CET, "
                                   "and no more"),
                ("RRULE:FREQ=DAILY;COUNT=1", "then no more")):
            reply = world.call("Add", text="x", when="mon", every=every)
            self.assertEqual(reply["notes"], [then])
        reply = world.call("Add", text="x", when="mon",
                           every="2 weeks after done")
        self.assertEqual(reply["notes"], [])

    def test_in_a_zone(self):
        world = Berlin(self)
        reply = world.call("Add", text="x", every="weekday",
                           zone="America/New_York")
        r = reply["reminder"]
        self.assertEqual((r["due_local"], r["zone"], r["floating"]),
                         ("2026-11-20T15:00:00+01:00", "America/New_York",
                          False))
        self.assertEqual(reply["notes"], [
            "then Mon 23 Nov 2026 09:00 EST, Tue 24 Nov 2026 09:00 EST"])

    def test_a_night_without_that_hour(self):
        world = Berlin(self, "2027-03-27T12:00")
        reply = world.call("Add", text="x", every="day at 2:30")
        self.assertIn("the clock skips 02:30", reply["notes"][0])
        self.assertEqual(world.upcoming(), [
            "Sun 28 Mar 03:30", "Mon 29 Mar 02:30", "Tue 30 Mar 02:30"])

    def test_by_a_day_in_their_zone_rings_in_our_morning(self):
        world = Berlin(self)
        r = world.call("Add", text="x", when="by thu",
                       zone="America/New_York")["reminder"]
        self.assertEqual(r["due_local"], "2026-11-26T23:00:00+01:00")
        self.assertEqual(world.wall(r["ring_at"]), "Thu 26 Nov 09:00")
        r = world.call("Edit", id=1, zone="none")["reminder"]
        self.assertEqual((world.due(), world.wall(r["ring_at"])),
                         ("Thu 26 Nov 17:00", "Thu 26 Nov 09:00"))
        r = world.call("Edit", id=1, zone="Asia/Tokyo")["reminder"]
        self.assertEqual((world.due(), world.wall(r["ring_at"])),
                         ("Thu 26 Nov 09:00", "Wed 25 Nov 09:00"))

    def test_in_their_zone_it_rings_when_it_is_due(self):
        world = Berlin(self)
        world.call("Add", text="x", when="thu 9am", zone="America/New_York")
        r = world.call("Edit", id=1, zone="Asia/Tokyo")["reminder"]
        self.assertEqual((world.due(), world.wall(r["ring_at"])),
                         ("Thu 26 Nov 01:00", "Thu 26 Nov 01:00"))
        self.assertIn("the note stays with the reminder",
                      world.call("Done", id=1, note="early")["notes"][0])


class Over(unittest.TestCase):
    """done, skip and drop of what recurs, and what is kept of it."""

    def setUp(self):
        self.world = Berlin(self)

    def test_done_goes_on_and_is_kept(self):
        world = self.world
        world.series(None, "weekday")
        reply = world.call("Done", id=1, note="early")
        self.assertIn("the note stays in its history", reply["notes"][0])
        done = reply["reminders"][0]
        self.assertEqual((done["state"], done["done_at"]),
                         ("scheduled", None))
        self.assertEqual(world.due(), "Tue 24 Nov 09:00")
        world.clock.pass_until("2026-11-24T09:30")
        world.call("Done")
        history = world.show()["history"]
        self.assertEqual(
            [(world.wall(h["due"]), h["state"], h["note"]) for h in history],
            [("Tue 24 Nov 09:00", "done", None),
             ("Mon 23 Nov 09:00", "done", "early")])
        over = world.call("List", done=True)["reminders"]
        self.assertEqual([(r["id"], world.wall(r["due"]), r["state"])
                          for r in over],
                         [(1, "Tue 24 Nov 09:00", "done"),
                          (1, "Mon 23 Nov 09:00", "done")])
        self.assertEqual(world.due(), "Wed 25 Nov 09:00")

    def test_after_done_is_counted_from_then(self):
        world = self.world
        world.series("tue 10:00", "3 days after done")
        world.clock.pass_until("2026-11-26T16:00")
        world.call("Done")
        self.assertEqual(world.due(), "Sun 29 Nov 10:00")

    def test_skip_leaves_out_one(self):
        world = self.world
        world.series(None, "weekday")
        world.call("Skip", id=1)
        self.assertEqual(world.upcoming(), [
            "Tue 24 Nov 09:00", "Wed 25 Nov 09:00", "Thu 26 Nov 09:00"])
        self.assertEqual(world.show()["history"][0]["state"], "dropped")
        self.assertEqual(world.call("Undo")["undone"], "skipped: 1 x")
        self.assertEqual(world.due(), "Mon 23 Nov 09:00")
        self.assertEqual(world.show()["history"], [])

    def test_the_last_one_ends_it(self):
        world = self.world
        for method, state in (("Done", "done"), ("Skip", "dropped")):
            r = world.series("mon", "RRULE:FREQ=DAILY;COUNT=2")
            self.assertEqual(world.call(
                method, id=r["id"])["reminders"][0]["state"], "scheduled")
            self.assertEqual(world.call(
                method, id=r["id"])["reminders"][0]["state"], state)
        world.refuse("Impossible", "already", "", "Skip", id=1)

    def test_which_is_skipped(self):
        world = self.world
        world.refuse("NothingRings", "nothing rings", "", "Skip")
        world.call("Add", text="once", when="15:00")
        world.refuse("Impossible", "", "", "Skip", id=1)
        world.clock.pass_until("2026-11-20T15:00")
        world.refuse("NothingRings", "nothing that recurs rings", "", "Skip")
        world.series("15:30", "day")
        world.clock.pass_until("2026-11-20T15:30")
        self.assertEqual(world.call("Skip")["reminders"][0]["id"], 2)
        world.series("16:00", "day")
        world.series("16:00", "week")
        world.clock.pass_until("2026-11-20T16:00")
        world.refuse("NotUnderstood", "2 ring, say which (rapportctl skip "
                     "ID): 3 x, 4 x", "id", "Skip")

    def test_a_snooze_over_occurrences_says_so(self):
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:00")
        reply = world.call("Snooze", when="mon 8:00")
        self.assertEqual(reply["notes"], [
            "1 recurs before that (Sat 21 Nov 2026 15:00 CET): it rings "
            "once, at the end"])
        self.assertEqual(world.call("Snooze", id=1, when="2h")["notes"], [])

    def test_drop_ends_all_of_it(self):
        world = self.world
        world.series(None, "weekday")
        world.call("Drop", id=[1])
        self.assertEqual(world.call("List")["reminders"], [])


class MoveSeries(unittest.TestCase):
    """One occurrence, or all of them: asked, unless it is clear."""

    def setUp(self):
        self.world = Berlin(self)

    def test_it_asks(self):
        world = self.world
        world.series(None, "weekday")
        world.refuse("NotUnderstood", "rapportctl move 1 mon 14:00 --this",
                     "this", "Move", id=[1], when="mon 14:00")
        world.refuse("NotUnderstood", "rapportctl move 1 mon 14:00 --series",
                     "this", "Move", id=[1], when="mon 14:00")
        world.refuse("NotUnderstood", "one of them", "series", "Move",
                     id=[1], when="mon 14:00", this=True, series=True)
        world.call("Add", text="once", when="tomorrow")
        world.refuse("Impossible", "does not recur", "series", "Move",
                     id=[2], when="mon", series=True)

    def test_it_is_clear(self):
        world = self.world
        world.series("tue 10:00", "3 months after done")
        world.series("tue 10:00", "RRULE:FREQ=DAILY;COUNT=1")
        world.call("Add", text="once", when="tomorrow")
        for number in (1, 2, 3):
            world.call("Move", id=[number], when="wed 11:00")
            self.assertEqual(world.due(number), "Wed 25 Nov 11:00")

    def test_this_one_alone(self):
        world = self.world
        world.series(None, "weekday")
        world.call("Move", id=[1], when="mon 14:00", this=True)
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 14:00", "Tue 24 Nov 09:00", "Wed 25 Nov 09:00"])
        world.refuse("Impossible", "rapportctl skip 1", "", "Move", id=[1],
                     when="wed", this=True)

    # The series, now, WHEN -> the first three
    SERIES = [
        # A time of day alone: on the days that it has.
        ((None, "weekday"), "14:00",
         ["Mon 23 Nov 14:00", "Tue 24 Nov 14:00", "Wed 25 Nov 14:00"]),
        (("1 dec", "other tuesday"), "noon",
         ["Tue 01 Dec 12:00", "Tue 15 Dec 12:00", "Tue 29 Dec 12:00"]),
        # A day alone keeps the time of day; both are what they say.
        (("mon 10:00", "day"), "wed",
         ["Wed 25 Nov 10:00", "Thu 26 Nov 10:00", "Fri 27 Nov 10:00"]),
        (("mon 10:00", "2 weeks"), "tue 11:00",
         ["Tue 24 Nov 11:00", "Tue 08 Dec 11:00", "Tue 22 Dec 11:00"]),
        # Of five two are left.
        (("mon 10:00", "RRULE:FREQ=DAILY;COUNT=5"), "11:00",
         ["Mon 23 Nov 11:00", "Tue 24 Nov 11:00", "Wed 25 Nov 11:00"]),
    ]

    def test_all_of_them(self):
        world = self.world
        for series, when, rings in self.SERIES:
            with self.subTest(series, when=when):
                r = world.series(*series)
                moved = world.call("Move", id=[r["id"]], when=when,
                                   series=True)
                self.assertEqual(world.upcoming(r["id"]), rings)
                self.assertTrue(moved["notes"][0].startswith("then "))

    def test_of_several_each_is_named(self):
        world = self.world
        world.series(None, "monday")
        world.series(None, "day")
        moved = world.call("Move", id=[1, 2], when="10:00", series=True)
        self.assertEqual(moved["notes"], [
            "1: then Mon 30 Nov 2026 10:00 CET, Mon 7 Dec 2026 10:00 CET",
            "2: then Sun 22 Nov 2026 10:00 CET, Mon 23 Nov 2026 10:00 CET"])

    def test_what_is_left_is_left(self):
        world = self.world
        world.series("mon 10:00", "RRULE:FREQ=DAILY;COUNT=5")
        for _ in range(3):
            world.call("Done", id=[1])
        world.call("Move", id=[1], when="11:00", series=True)
        self.assertEqual(world.upcoming(),
                         ["Thu 26 Nov 11:00", "Fri 27 Nov 11:00"])
        world.call("Undo")
        self.assertEqual(world.upcoming(),
                         ["Thu 26 Nov 10:00", "Fri 27 Nov 10:00"])

    def test_a_day_that_is_none_of_its_days(self):
        world = self.world
        world.series(None, "monday")
        world.refuse("NotUnderstood", "rapportctl edit 1 --every RULE",
                     "when", "Move", id=[1], when="tue 10:00", series=True)
        world.series(None, "RRULE:FREQ=DAILY;BYHOUR=9,17")
        for when in ("tue 10:00", "10:00"):
            world.refuse("NotUnderstood", "", "when", "Move", id=[2],
                         when=when, series=True)

    def test_what_rings_stays_when_its_new_time_has_passed(self):
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:30")
        world.call("Move", id=[1], when="8:00", series=True)
        self.assertEqual(world.show()["reminder"]["state"], "ringing")
        self.assertEqual(world.upcoming(), [
            "Fri 20 Nov 15:00", "Sat 21 Nov 08:00", "Sun 22 Nov 08:00"])
        world.call("Done")
        self.assertEqual(world.due(), "Sat 21 Nov 08:00")

    def test_what_rings_and_stays_is_one_of_those_that_are_left(self):
        world = self.world
        world.series("15:00", "RRULE:FREQ=DAILY;COUNT=3")
        world.clock.pass_until("2026-11-20T15:30")
        world.call("Move", id=[1], when="8:00", series=True)
        self.assertEqual(world.upcoming(), [
            "Fri 20 Nov 15:00", "Sat 21 Nov 08:00", "Sun 22 Nov 08:00"])
        for _ in range(3):
            world.call("Done", id=[1])
        self.assertEqual(world.show()["reminder"]["state"], "done")

    def test_what_a_snooze_hid_is_the_occurrence_at_hand(self):
        """The snooze hid three; today's moves, and is not kept beside the
        one that would come on this date again."""
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:30")
        world.call("Snooze", id=[1], when="mon 20:00")
        world.clock.pass_until("2026-11-23T16:00")
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 15:00", "Tue 24 Nov 15:00", "Wed 25 Nov 15:00"])
        world.call("Move", id=[1], when="18:00", series=True)
        world.shown()
        self.assertEqual(world.live_until("2026-11-25T00:00"), [
            "Mon 23 Nov 18:00 x", "Tue 24 Nov 18:00 x"])


class EditSeries(unittest.TestCase):

    def setUp(self):
        self.world = Berlin(self)

    def edit(self, **changes):
        return self.world.call("Edit", id=1, **changes)

    def test_what_was_once_recurs(self):
        world = self.world
        world.call("Add", text="x", when="mon 10:00")
        reply = self.edit(every="2 weeks", text="y")
        self.assertEqual((reply["reminder"]["text"],
                          reply["reminder"]["every"]), ("y", "2 weeks"))
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 10:00", "Mon 07 Dec 10:00", "Mon 21 Dec 10:00"])
        self.assertEqual(reply["notes"], ["then Mon 7 Dec 2026 10:00 CET, "
                                          "Mon 21 Dec 2026 10:00 CET"])
        world.call("Undo")
        r = world.show()["reminder"]
        self.assertEqual((r["text"], r["every"]), ("x", None))

    def test_an_instant_gets_a_clock(self):
        world = self.world
        world.call("Add", text="x", when="in 30m")
        self.assertTrue(self.edit(every="day")["reminder"]["floating"])
        self.assertEqual(world.upcoming(), [
            "Fri 20 Nov 15:00", "Sat 21 Nov 15:00", "Sun 22 Nov 15:00"])

    def test_another_rule(self):
        world = self.world
        world.series(None, "weekday")
        self.edit(every="tue and thu")
        self.assertEqual(world.upcoming(), [
            "Tue 24 Nov 09:00", "Thu 26 Nov 09:00", "Tue 01 Dec 09:00"])
        self.edit(every="tue and thu at 8")
        self.assertEqual(world.due(), "Tue 24 Nov 08:00")

    def test_what_rings_rings_on(self):
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:30")
        reply = self.edit(every="week")
        self.assertEqual(reply["reminder"]["state"], "ringing")
        self.assertEqual(reply["notes"], ["then Fri 27 Nov 2026 15:00 CET, "
                                          "Fri 4 Dec 2026 15:00 CET"])
        world.call("Done")
        self.assertEqual(world.due(), "Fri 27 Nov 15:00")

    def test_urgent_with_another_rule_it_is_not_held_any_longer(self):
        world = self.world
        world.series("15:00", "day")
        world.call("Quiet", when="18:00")
        world.clock.pass_until("2026-11-20T15:30")
        self.assertEqual(world.shown(), [])
        self.edit(every="week", urgent=True)
        world.clock.pass_until("2026-11-20T15:31")
        self.assertEqual(world.shown(), ["Fri 20 Nov 15:30 x"])

    def test_none(self):
        world = self.world
        world.series("15:00", "day")
        self.assertIsNone(self.edit(every="none")["reminder"]["every"])
        self.assertEqual(world.upcoming(), ["Fri 20 Nov 15:00"])
        world.clock.pass_until("2026-11-20T15:00")
        self.assertEqual(world.call("Done")["reminders"][0]["state"], "done")
        world.refuse("Impossible", "already", "", "Edit", id=1, every="day")

    def test_none_in_another_zone(self):
        world = self.world
        world.series("15:00", "day")
        r = self.edit(every="none", zone="America/New_York")["reminder"]
        self.assertEqual((r["every"], r["zone"]), (None, "America/New_York"))
        self.assertEqual(world.live_until("2026-11-22T00:00"),
                         ["Fri 20 Nov 21:00 x"])

    def test_none_in_another_zone_while_it_rings(self):
        """What is left of it moves, as what was always once does."""
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:30")
        world.refuse("Impossible", "passed", "zone", "Edit", id=1,
                     every="none", zone="Asia/Tokyo")
        self.edit(every="none", zone="America/New_York")
        world.shown()
        self.assertEqual(world.live_until("2026-11-22T00:00"),
                         ["Fri 20 Nov 21:00 x"])

    def test_another_zone(self):
        world = self.world
        world.series(None, "weekday")
        self.edit(zone="America/New_York")
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 15:00", "Tue 24 Nov 15:00", "Wed 25 Nov 15:00"])
        self.edit(zone="none")
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 09:00", "Tue 24 Nov 09:00", "Wed 25 Nov 09:00"])
        self.edit(zone="America/New_York", every="day at 8")
        self.assertEqual(world.upcoming(), [
            "Mon 23 Nov 14:00", "Tue 24 Nov 14:00", "Wed 25 Nov 14:00"])

    def test_another_zone_in_a_gap(self):
        """02:30 rings at 03:30 that night, and is 02:30 all the same."""
        world = Berlin(self, "2026-03-28T14:30")
        world.series("29 mar", "day at 2:30")
        self.assertEqual(world.due(), "Sun 29 Mar 03:30")
        for zone in ("Europe/Paris", "Asia/Tokyo"):
            r = world.call("Edit", id=1, zone=zone)["reminder"]
        self.assertEqual(r["due"], world.clock.epoch("2026-03-28T18:30"))

    def test_another_zone_while_it_rings(self):
        world = self.world
        world.series("15:00", "day")
        world.clock.pass_until("2026-11-20T15:30")
        r = self.edit(zone="America/New_York")["reminder"]
        self.assertEqual((r["state"], r["zone"]),
                         ("ringing", "America/New_York"))
        self.assertEqual(world.upcoming(), [
            "Fri 20 Nov 15:00", "Sat 21 Nov 21:00", "Sun 22 Nov 21:00"])

    def test_a_rule_that_makes_no_sense(self):
        world = self.world
        world.series(None, "weekday")
        world.refuse("NotUnderstood", "frobnicate", "every", "Edit", id=1,
                     every="frobnicate")


class ManyIds(unittest.TestCase):
    def test_in_their_order_each_once(self):
        daemon = self.enterContext(Daemon())
        for _ in range(4):
            daemon.varlink("Add", {"text": "x", "when": "in 3 days"})
        moved = daemon.varlink("Move", {"id": [3, 1, 3, 4, 1],
                                        "when": "in 4 days"})["reminders"]
        self.assertEqual([r["id"] for r in moved], [3, 1, 4])


if __name__ == "__main__":
    unittest.main()
