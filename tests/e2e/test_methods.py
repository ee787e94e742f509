"""What the methods answer, seen from the socket: whom a text names, what is
said of several, what status knows while nobody tells it."""

import os
import threading
import time
import unittest

from daemon import Daemon, VarlinkError
from watch import Watch


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


if __name__ == "__main__":
    unittest.main()
