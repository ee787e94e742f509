"""The verbs of people, through the real programs: who there is, what is known
and was said, and what it leads to. It is Friday, 20 November 2026, 14:30 in
Berlin."""

import contextlib
import glob
import os
import sqlite3
import unittest

from world import World


def epoch(world, moment):
    return world.clock.epoch(moment)


class People(unittest.TestCase):
    config = None

    def setUp(self):
        self.world = World(self, "2026-11-20T14:30", "Europe/Berlin",
                           config=self.config)
        self.daemon = self.world.daemon

    def ctl(self, *words):
        """The JSON of a command that succeeds: the method's whole reply."""
        return self.daemon.json(*words)

    def call(self, method, **parameters):
        return self.daemon.varlink(method, parameters)

    def refused(self, rc, *words):
        """A command that is refused: one line, and nothing stored."""
        done = self.daemon.ctl(*words)
        self.assertEqual(done.rc, rc, done)
        self.assertEqual(done.out, "")
        self.assertEqual(done.err.count("\n"), 1, done.err)
        return done.err

    def person(self, who):
        return self.call("Show", who=who)["contact"]

    def local(self, reminder):
        return reminder["due_local"]


class Contacts(People):
    config = {"popup": {"raise": "7d", "put_away": "7d"},
              "circles": {"mentors": "6w", "wide": "none", "close": "10d"}}

    def test_all_fields(self):
        self.daemon.ok("person", "add", "Eva Lang")
        self.daemon.ok("person", "add", "Dana Novak", "--org", "Acme",
                       "--circle", "GOOD", "--zone", "new york",
                       "--introduced-by", "eva", "--no-thanks",
                       "--stage", "offer", "--met", "at the fair in Brno")
        dana = self.person("dana")
        self.assertEqual(
            {key: dana[key] for key in dana
             if key not in ("created", "last_local")},
            {"handle": "dana", "name": "Dana Novak", "org": "Acme",
             "circle": "good", "keep_up": None, "cadence": 30,
             "zone": "America/New_York", "stage": "offer",
             "status": "active", "paused_until": None,
             "introduced_by": "eva", "introduced_at": None,
             "met": "at the fair in Brno", "last_at": None})

    def test_defaults(self):
        dana = self.call("PersonAdd", name="Dana Novak")
        self.assertIsNone(dana["thanks"])
        dana = dana["contact"]
        self.assertEqual((dana["stage"], dana["status"], dana["circle"],
                          dana["cadence"]),
                         ("comfort", "active", None, None))

    def test_handles_from_names(self):
        names = ["Dana Novak", "Dana Nemec", "Dana North", "Dana",
                 "Łukasz Żak", "Łukasz Żuk", "F7 Bravo"]
        handles = [self.call("PersonAdd", name=name)["contact"]["handle"]
                   for name in names]
        self.assertEqual(handles, ["dana", "dana.n", "dana2", "dana3",
                                   "Łukasz", "Łukasz.Ż", "f7.b"])
        self.refused(2, "person", "add", "007")
        self.assertIn("taken", self.refused(
            1, "person", "add", "Dana", "--as", "dana"))

    def test_circles_of_the_configuration(self):
        for circle, days in (("mentors", 42), ("close", 10), ("key", 21)):
            self.daemon.ok("person", "add", circle, "--circle", circle)
            self.assertEqual(self.person(circle)["cadence"], days)
        self.assertIn("did you mean mentors?", self.refused(
            1, "person", "edit", "key", "--circle", "mentor"))
        self.assertIn("close, good, casual, key", self.refused(
            1, "person", "edit", "key", "--circle", "wide"))

    def test_cadence_of_their_own(self):
        self.daemon.ok("person", "add", "Dana", "--keep-up", "3w")
        self.assertEqual(self.person("dana")["cadence"], 21)
        self.daemon.ok("person", "edit", "dana", "--circle", "good")
        self.assertEqual(self.person("dana")["cadence"], 30)
        self.daemon.ok("person", "edit", "dana", "--keep-up", "2 months")
        self.assertEqual(self.person("dana")["cadence"], 60)
        self.daemon.ok("person", "edit", "dana", "--keep-up", "none")
        self.assertEqual(self.person("dana")["cadence"], 30)
        for rc, span in ((1, "0d"), (1, "500y"), (2, "3"), (2, "often"),
                         (2, "12h")):
            self.refused(rc, "person", "edit", "dana", "--keep-up", span)
        self.refused(2, "person", "edit", "dana", "--keep-up", "3w",
                     "--circle", "good")
        self.assertEqual(self.person("dana")["cadence"], 30)

    def test_edit_each_field_and_take_it_away(self):
        self.daemon.ok("person", "add", "Dana Novak")
        fields = {"org": "Acme", "circle": "good", "zone": "Asia/Tokyo",
                  "met": "by chance"}
        for name, value in fields.items():
            self.daemon.ok("person", "edit", "dana", "--" + name, value)
            self.assertEqual(self.person("dana")[name], value)
            self.daemon.ok("person", "edit", "dana", "--" + name, "none")
            self.assertIsNone(self.person("dana")[name])
        self.daemon.ok("person", "edit", "dana", "--as", "novak", "--name",
                       "Dana Nováková")
        self.assertEqual(self.person("novak")["name"], "Dana Nováková")
        self.refused(3, "show", "dana")
        self.daemon.ok("undo")
        self.assertEqual(self.person("dana")["name"], "Dana Novak")
        self.refused(2, "person", "edit", "dana")
        self.refused(2, "person", "edit", "dana", "--stage", "closing")
        self.refused(1, "person", "edit", "dana", "--zone", "Atlantis")

    def test_unknown_names_the_nearest(self):
        self.daemon.ok("person", "add", "Dana Novak")
        for words in (("show", "daan"), ("learn", "daan", "likes", "tea"),
                      ("met", "daan"), ("person", "edit", "daan", "--org",
                                        "x"), ("network", "daan"),
                      ("person", "forget", "daan", "--yes")):
            self.assertIn("did you mean dana?", self.refused(3, *words))

    def test_unknown_is_found_by_name(self):
        for name in ("Dana Novak", "Tom Novak", "Łukasz Żak",
                     "Mila Novakova"):
            self.daemon.ok("person", "add", name)
        for word, meant in (("novak", "dana or tom"), ("lukasz", "Łukasz"),
                            ("tom novak", "tom"), ("Nov", "dana, mila or tom")):
            self.assertIn(f"did you mean {meant}?",
                          self.refused(3, "show", word))

    def test_no_handle_means_something_else(self):
        self.refused(2, "person", "add", "Noah", "--as", "none")
        self.assertIn("give one with --as",
                      self.refused(2, "person", "add", "f7"))
        self.assertEqual(self.call("PersonAdd", name="None Such")["contact"]
                         ["handle"], "none.s")

    def test_status(self):
        self.daemon.ok("person", "add", "Dana")
        self.daemon.ok("add", "Call her", "tue", "--with", "dana")
        reply = self.call("PersonPause", who="dana", until="10 jan")
        self.assertEqual((reply["contact"]["status"],
                          reply["contact"]["paused_until"]),
                         ("paused", "2027-01-10"))
        self.assertEqual(len(reply["notes"]), 1)
        self.assertRegex(reply["notes"][0], "^still open: 1  Call her · Tue")
        self.assertEqual(self.call("PersonPause", who="dana")["contact"]
                         ["paused_until"], None)
        self.refused(1, "person", "pause", "dana", "until", "1 jan 2020")
        self.daemon.ok("person", "resume", "dana")
        self.refused(1, "person", "resume", "dana")
        self.daemon.ok("person", "archive", "dana")
        self.assertEqual(self.call("PersonList")["contacts"], [])
        self.assertEqual(len(self.call("PersonList", all=True)["contacts"]),
                         1)
        self.daemon.ok("person", "edit", "dana", "--status", "deceased")
        for verb in ("pause", "resume", "archive"):
            self.assertIn("has died", self.refused(1, "person", verb,
                                                   "dana"))
        self.daemon.ok("undo")
        self.assertEqual(self.person("dana")["status"], "archived")

    def test_someone_called_may(self):
        self.daemon.ok("person", "add", "May Day")
        self.daemon.ok("met", "may", "-m", "tea")
        self.daemon.ok("person", "pause", "may", "until", "1", "may")
        self.assertEqual(self.person("may")["paused_until"], "2027-05-01")


class Introductions(People):
    def setUp(self):
        super().setUp()
        for name in ("Eva Lang", "Otto"):
            self.daemon.ok("person", "add", name)

    def test_thanks_for_tomorrow(self):
        reply = self.call("PersonAdd", name="Dana Novak",
                          introduced_by="eva")
        thanks = reply["thanks"]
        self.assertEqual(
            (thanks["text"], thanks["kind"], thanks["with"],
             thanks["due_local"]),
            ("Thank Eva Lang for introducing Dana Novak", "thanks", ["eva"],
             "2026-11-21T09:00:00+01:00"))
        self.assertEqual(reply["contact"]["introduced_at"],
                         self.world.clock.now)
        self.daemon.ok("undo")
        self.refused(3, "show", "dana")
        self.refused(3, "show", "1")

    def test_not_for_history(self):
        reply = self.call("PersonAdd", name="Dana", introduced_by="eva",
                          no_thanks=True)
        self.assertIsNone(reply["thanks"])
        self.assertIsNone(reply["contact"]["introduced_at"])
        self.refused(2, "person", "add", "Ida", "--no-thanks")

    def test_by_edit_and_met(self):
        reply = self.call("PersonEdit", who="otto", introduced_by="eva")
        self.assertEqual(reply["thanks"]["with"], ["eva"])
        reply = self.call("PersonEdit", who="otto", introduced_by="eva")
        self.assertIsNone(reply["thanks"])
        reply = self.call("Met", who="ida", new="Ida Berg",
                          introduced_by="otto")
        self.assertEqual(reply["thanks"]["text"],
                         "Thank Otto for introducing Ida Berg")

    def test_nobody_in_a_circle(self):
        self.call("PersonEdit", who="otto", introduced_by="eva")
        self.refused(1, "person", "edit", "eva", "--introduced-by", "otto")
        self.refused(1, "person", "edit", "eva", "--introduced-by", "eva")

    def test_network(self):
        for name, by in (("Ida", "otto"), ("Jan", "ida"), ("Kim", "eva")):
            self.call("PersonAdd", name=name, introduced_by=by)
        self.call("PersonAdd", name="Alone")

        def links(**who):
            return {link["handle"]: link["introduced_by"]
                    for link in self.call("Network", **who)["links"]}

        self.assertEqual(links(), {"otto": None, "ida": "otto",
                                   "jan": "ida", "eva": None, "kim": "eva"})
        self.assertEqual(links(who="ida"),
                         {"otto": None, "ida": "otto", "jan": "ida"})
        self.assertEqual(links(who="alone"), {"alone": None})
        self.assertEqual(self.call("Network")["links"][0].keys(),
                         {"handle", "name", "introduced_by",
                          "introduced_at", "introduced_local"})


class Facts(People):
    def setUp(self):
        super().setUp()
        self.daemon.ok("person", "add", "Dana Novak")

    def facts(self):
        return [(f["number"], f["kind"], f["text"])
                for f in self.call("Show", who="dana")["facts"]]

    def test_kinds_in_everyday_words(self):
        for words in (("likes", "early calls"), ("likes early calls",),
                      ("hates", "long", "mails"), ("kids", "Ann and Bob"),
                      ("family", "two cats"), ("allergy", "nuts"),
                      ("tea",), ("need", "a price before the board meets")):
            self.daemon.ok("learn", "dana", *words)
        self.assertEqual(self.facts(), [
            ("f1", "like", "early calls"),
            ("f3", "dislike", "long mails"),
            ("f6", "dislike", "allergy nuts"),
            ("f4", "family", "kids Ann and Bob"),
            ("f5", "family", "two cats"),
            ("f8", "need", "a price before the board meets"),
            ("f2", "other", "likes early calls"),
            ("f7", "other", "tea")])
        self.assertEqual(self.call("Show", who="dana")["need"],
                         "a price before the board meets")

    def test_refused(self):
        self.refused(2, "learn", "dana")
        self.refused(2, "learn", "dana", "likes", " ")
        self.assertIn("which day?", self.refused(2, "learn", "dana",
                                                 "birthday"))
        self.assertIn("only says the kind", self.refused(2, "learn", "dana",
                                                         "likes"))
        self.refused(2, "learn", "dana", "likes", "tea", "--lead", "3")
        self.assertEqual(self.facts(), [])

    def test_private(self):
        reply = self.call("Learn", who="dana", text="a secret", private=True)
        self.assertTrue(reply["fact"]["private"])
        reply = self.call("Edit", entry="f1", not_private=True)
        self.assertFalse(reply["fact"]["private"])

    def test_edit_and_drop(self):
        self.daemon.ok("learn", "dana", "likes", "early calls")
        self.daemon.ok("edit", "f1", "--text", "late calls", "--kind",
                       "dislike")
        self.assertEqual(self.facts(), [("f1", "dislike", "late calls")])
        self.daemon.ok("undo")
        self.assertEqual(self.facts(), [("f1", "like", "early calls")])
        self.daemon.ok("drop", "F1")
        self.assertEqual(self.facts(), [])
        self.daemon.ok("undo")
        self.assertEqual(self.facts(), [("f1", "like", "early calls")])
        self.refused(3, "drop", "f2")
        self.refused(3, "edit", "f2", "--text", "x")
        self.refused(2, "edit", "f1")
        self.refused(2, "edit", "f1", "--kind", "birthday")
        self.refused(2, "edit", "f1", "--need", "x")
        self.refused(2, "edit", "f1", "--text", "none")

    def test_numbers_of_all_sorts_at_once(self):
        self.daemon.ok("add", "Call her", "tue")
        self.daemon.ok("learn", "dana", "likes", "tea")
        self.daemon.ok("learn", "dana", "birthday", "22", "jan")
        self.daemon.ok("met", "dana", "-m", "hello")
        self.daemon.ok("drop", "f1", "1", "i1", "d1", "f1")
        page = self.call("Show", who="dana")
        self.assertEqual((page["facts"], page["dates"],
                          page["interactions"]), ([], [], []))
        self.assertEqual(
            self.call("Undo")["undone"],
            "dropped: 1 Call her, f1 tea, i1 with dana: hello, "
            "d1 birthday 22 Jan")
        page = self.call("Show", who="dana")
        self.assertEqual((len(page["facts"]), len(page["dates"]),
                          len(page["interactions"])), (1, 1, 1))
        # All or none.
        self.refused(3, "drop", "f1", "99")
        self.assertEqual(len(self.facts()), 1)

    def test_a_number_that_is_none(self):
        for entry in ("x7", "f0", "f", "7", "f7f"):
            with self.assertRaises(Exception) as refused:
                self.call("Drop", entry=entry)
            self.assertEqual(refused.exception.name,
                             "org.varlink.service.InvalidParameter")


class Dates(People):
    def setUp(self):
        super().setUp()
        self.daemon.ok("person", "add", "Dana Novak")

    def date(self, *words):
        self.daemon.ok("learn", "dana", *words)
        dates = self.call("Show", who="dana")["dates"]
        date = max(dates, key=lambda d: int(d["number"][1:]))
        return tuple(date[key] for key in ("kind", "name", "next", "in_days",
                                           "age"))

    def test_kinds(self):
        self.assertEqual(self.date("birthday", "22", "jan", "1980"),
                         ("birthday", None, "2027-01-22", 63, 47))
        self.assertEqual(self.date("birthday", "Ben", "20 nov"),
                         ("birthday", "Ben", "2026-11-20", 0, None))
        self.assertEqual(self.date("anniversary", "2016-11-19"),
                         ("anniversary", None, "2027-11-19", 364, 11))
        self.assertEqual(
            self.date("event", "board meeting", "11", "dec", "--lead", "3"),
            ("event", "board meeting", "2026-12-11", 21, None))
        self.assertEqual(self.date("birthday", "Ida", "29", "feb", "2024"),
                         ("birthday", "Ida", "2027-02-28", 100, 3))

    def test_refused(self):
        self.assertIn("February has 29 days", self.refused(
            1, "learn", "dana", "birthday", "31 feb"))
        self.refused(2, "learn", "dana", "birthday", "3/4")
        self.refused(2, "learn", "dana", "birthday", "someday")
        self.refused(2, "learn", "dana", "event", "board meeting")
        self.refused(1, "learn", "dana", "birthday", "22 jan 2090")
        self.refused(1, "learn", "dana", "event", "fair 3 may", "--lead",
                     "61")
        self.refused(2, "learn", "dana", "event", "fair 3 may", "--lead",
                     "soon")
        self.refused(2, "learn", "dana", "event", "fair 3 may", "--private")
        self.assertEqual(self.call("Show", who="dana")["dates"], [])

    def test_one_birthday_each(self):
        self.date("birthday", "22", "jan")
        self.assertIn("d1", self.refused(1, "learn", "dana", "birthday",
                                         "23 jan"))
        self.daemon.ok("edit", "d1", "--date", "23 jan 1981", "--lead",
                       "1w")
        date = self.call("Show", who="dana")["dates"][0]
        self.assertEqual((date["day"], date["year"], date["lead"]),
                         (23, 1981, 7))
        self.refused(1, "edit", "d1", "--date", "31 apr")
        self.refused(2, "edit", "d1", "--text", "x")
        self.assertIn("lies ahead", self.refused(
            1, "edit", "d1", "--date", "2030-01-01"))
        self.date("birthday", "Ben", "4", "may", "2015")
        self.assertIn("d1", self.refused(1, "edit", "d2", "--name", "none"))
        self.daemon.ok("edit", "d2", "--name", "Ben N", "--lead", "3")


class Conversations(People):
    def setUp(self):
        super().setUp()
        for name in ("Dana Novak", "Eva Lang"):
            self.daemon.ok("person", "add", name)

    def last(self, who="dana"):
        return self.call("Show", who=who)["interactions"]

    def test_several_people(self):
        self.daemon.ok("met", "eva", "dana", "eva", "-m", "lunch", "--by",
                       "meeting", "--mood", "good", "--direction", "in")
        for who in ("dana", "eva"):
            talk, = self.last(who)
            self.assertEqual(
                {key: talk[key] for key in talk if key != "at_local"},
                {"number": "i1", "at": self.world.clock.now,
                 "channel": "meeting", "direction": "in", "mood": "good",
                 "note": "lunch", "reminder": None,
                 "with": ["dana", "eva"]})

    def test_back_dated(self):
        self.daemon.ok("met", "dana", "--on", "yesterday")
        self.daemon.ok("met", "dana", "--on", "3 nov 15:00")
        self.daemon.ok("met", "dana", "--on", "mon")
        self.assertEqual([talk["at_local"][:16] for talk in self.last()],
                         ["2026-11-19T09:00", "2026-11-16T09:00",
                          "2026-11-03T15:00"])
        self.assertEqual(self.person("dana")["last_local"][:10],
                         "2026-11-19")
        self.assertIn("still to come", self.refused(
            1, "met", "dana", "--on", "tomorrow"))

    def test_first_meeting_in_one_line(self):
        self.daemon.ok("met", "ida", "--new", "Ida Berg", "--org", "Acme",
                       "-m", "at the fair", "--next", "Send the offer", "by",
                       "thu")
        page = self.call("Show", who="ida")
        self.assertEqual((page["contact"]["name"], page["contact"]["org"],
                          page["contact"]["met"]),
                         ("Ida Berg", "Acme", "at the fair"))
        step, = page["reminders"]
        self.assertEqual((step["text"], step["kind"], step["due_local"]),
                         ("Send the offer", "next-step",
                          "2026-11-26T17:00:00+01:00"))
        self.assertEqual(len(page["interactions"]), 1)
        # One breath, one undo.
        self.daemon.ok("undo")
        self.refused(3, "show", "ida")
        self.assertEqual(self.call("List")["reminders"], [])

    def test_somebody_new_without_a_handle(self):
        reply = self.call("Met", new="Dana Nemec")
        self.assertEqual(reply["new"]["handle"], "dana.n")
        self.assertEqual(reply["interaction"]["with"], ["dana.n"])
        reply = self.call("Met", new="Ida Berg", who=["eva", "ida"])
        self.assertEqual(reply["interaction"]["with"], ["eva", "ida"])
        self.assertIn("taken", self.refused(1, "met", "dana", "--new",
                                            "Dana Nemec"))
        self.refused(2, "met", "x", "y", "--new", "Xenia")
        self.refused(2, "met", "dana", "--org", "Acme")
        self.refused(2, "met")

    def test_done_answers_once(self):
        self.daemon.ok("add", "Check in", "tue", "--with", "dana", "--kind",
                       "check-in")
        self.daemon.ok("add", "Send it", "wed", "--with", "dana")
        self.daemon.ok("add", "Other", "thu", "--with", "dana")
        reply = self.call("Met", who="dana", note="all well", done=[1, 2])
        self.assertEqual([r["state"] for r in reply["done"]],
                         ["done", "done"])
        talk, = self.last()
        self.assertEqual((talk["reminder"], talk["note"]), (1, "all well"))
        self.assertEqual(len(reply["notes"]), 1)
        self.assertRegex(reply["notes"][0], "^still open: 3  Other · Thu")
        self.refused(1, "met", "dana", "--done", "1")
        self.refused(3, "met", "dana", "--done", "99")
        self.assertEqual(len(self.last()), 1)

    def test_several_numbers_behind_done(self):
        for text in ("one", "two"):
            self.daemon.ok("add", text, "tue", "--with", "dana")
        self.daemon.ok("met", "--done", "1", "2", "dana")
        self.assertEqual(self.call("List")["reminders"], [])

    def test_a_problem_makes_a_fix(self):
        reply = self.call("Met", who="dana", mood="problem",
                          note="onboarding was slow")
        fix = reply["next"]
        # The next working day after a Friday.
        self.assertEqual((fix["kind"], fix["text"], fix["need"],
                          fix["due_local"]),
                         ("fix", "Put it right with Dana Novak",
                          "onboarding was slow",
                          "2026-11-23T09:00:00+01:00"))
        self.assertEqual(reply["notes"], [])

    def test_what_next_says_is_the_fix(self):
        reply = self.call("Met", who="dana", mood="problem",
                          next="Send a new key", when="today 17:00")
        self.assertEqual((reply["next"]["kind"], reply["next"]["text"]),
                         ("fix", "Send a new key"))
        self.assertEqual(len(self.call("List")["reminders"]), 1)

    def test_a_fix_leads_to_a_check_in(self):
        self.call("Met", who="dana", mood="problem")
        reply = self.call("Done", id=1)
        self.assertRegex(reply["notes"][0],
                         "^added: 2  Check in with Dana Novak · Fri 27 Nov")
        check_in = self.call("Show", id=2)["reminder"]
        self.assertEqual((check_in["kind"], check_in["with"],
                          check_in["due_local"]),
                         ("check-in", ["dana"], "2026-11-27T09:00:00+01:00"))
        self.daemon.ok("undo")
        self.refused(3, "show", "2")
        reply = self.call("Met", who="dana", done=1)
        self.assertRegex(reply["notes"][0], "^added: ")
        self.assertEqual(len(self.call("List")["reminders"]), 1)

    def test_a_word_that_is_nobody(self):
        for word in ("nice talk", "tomorrow"):
            said = self.refused(3, "met", "dana", word)
            for part in (f'no contact "{word}"', "-m NOTE", "--on DATE"):
                self.assertIn(part, said)

    def test_next_needs_a_time(self):
        self.refused(2, "met", "dana", "--next", "Send it")
        self.refused(2, "met", "dana", "--next", "Send it", "sometime")
        self.refused(3, "met", "dana", "tomorrow")
        self.assertEqual(self.last(), [])

    def test_edit(self):
        self.daemon.ok("met", "dana", "-m", "hello")
        self.daemon.ok("edit", "i1", "-m", "hello again", "--by", "call",
                       "--mood", "neutral", "--on", "mon 15:00", "--with",
                       "eva")
        self.assertEqual(self.last(), [])
        talk, = self.last("eva")
        self.assertEqual((talk["note"], talk["channel"], talk["mood"],
                          talk["at_local"][:16]),
                         ("hello again", "call", "neutral",
                          "2026-11-16T15:00"))
        self.assertIsNone(self.person("dana")["last_at"])
        self.daemon.ok("undo")
        self.assertEqual(self.last()[0]["note"], "hello")
        self.refused(2, "edit", "i1", "--with", "none")
        self.refused(1, "edit", "i1", "--on", "tomorrow")
        self.refused(2, "edit", "i1", "--every", "day")
        self.refused(3, "edit", "i9", "-m", "x")
        self.daemon.ok("add", "Call", "tue")
        self.refused(2, "edit", "1", "--mood", "good")
        self.refused(2, "edit", "1", "--kind", "like")


class Zones(People):
    def setUp(self):
        super().setUp()
        self.daemon.ok("person", "add", "Dana", "--zone", "America/New_York")
        self.daemon.ok("person", "add", "Eva", "--zone", "Asia/Tokyo")
        self.daemon.ok("person", "add", "Otto")

    def add(self, *words):
        reminder = self.world.add("Call", *words)
        return reminder["due_local"], reminder["zone"]

    def test_their_clock(self):
        theirs = ("2026-11-24T15:00:00+01:00", "America/New_York")
        ours = ("2026-11-24T09:00:00+01:00", None)
        self.assertEqual(self.add("tue", "9am", "--with", "dana"), theirs)
        self.assertEqual(self.add("tue", "9am", "--with", "dana", "--with",
                                  "otto"), theirs)
        self.assertEqual(self.add("tue", "9am", "--with", "dana", "--with",
                                  "eva"), ours)
        self.assertEqual(self.add("tue", "9am", "--with", "otto"), ours)
        self.assertEqual(self.add("tue", "9am", "--with", "dana", "--zone",
                                  "none"), ours)
        self.assertEqual(self.add("tue", "9am", "--with", "dana", "--zone",
                                  "Asia/Tokyo"),
                         ("2026-11-24T01:00:00+01:00", "Asia/Tokyo"))
        # A span needs no clock.
        self.assertEqual(self.add("in", "3h", "--with", "dana"),
                         ("2026-11-20T17:30:00+01:00", None))

    def test_echoed_in_both(self):
        self.assertRegex(self.daemon.ok("add", "Call", "tue", "9am",
                                        "--with", "dana"),
                         "Tue 24 Nov 2026 09:00 EST.*15:00 CET")

    def test_of_two_clocks_neither(self):
        self.daemon.ok("person", "add", "Ken", "--zone", "Asia/Tokyo")
        both = ("--with", "dana", "--with", "ken")
        clock = "they live in different zones: the time is by your clock"
        self.assertIn(clock, self.daemon.ok("add", "A", "tue", *both))
        self.assertIn(clock, self.daemon.ok("met", "dana", "ken", "--next",
                                            "B", "tue"))
        for said in (("in", "3h"), ("tue", "--zone", "UTC")):
            self.assertNotIn("different", self.daemon.ok("add", "C", *said,
                                                         *both))

    def test_of_the_next_step(self):
        reply = self.call("Met", who="dana", next="Call", when="tue 9am")
        self.assertEqual(reply["next"]["zone"], "America/New_York")


class Search(People):
    def test_all_that_is_known(self):
        self.daemon.ok("person", "add", "Søren Straße", "--org", "Onboard")
        self.daemon.ok("learn", "Søren", "likes", "onboard games")
        self.daemon.ok("met", "Søren", "-m", "Onboarding was slow")
        self.daemon.ok("add", "Fix onboarding", "tue", "--with", "Søren")
        hits = self.call("Search", words="ONBOARD")["hits"]
        self.assertEqual(sorted((hit["kind"], hit["number"])
                                for hit in hits),
                         [("contact", "søren"), ("fact", "f1"),
                          ("interaction", "i1"), ("reminder", "1")])
        for hit in hits:
            if hit["kind"] != "contact":
                self.assertEqual(hit["with"], ["søren"])
        self.assertEqual(self.call("Search", words="soren strasse")["hits"]
                         [0]["number"], "søren")
        self.assertEqual(len(self.call("Search", words="onboard",
                                       limit=2)["hits"]), 2)
        self.daemon.ok("drop", "f1")
        self.assertEqual(len(self.call("Search", words="games")["hits"]), 0)

    def test_nothing_is_syntax(self):
        self.daemon.ok("person", "add", "Dana")
        for words in ('"', "dana OR eva", "dana*", "NEAR(", "a'b", "-dana",
                      "name:dana", "^dana", "(", "dana AND"):
            done = self.daemon.ctl("search", "--", words)
            self.assertIn(done.rc, (0, 2), done)
        self.refused(2, "search")


class Forget(People):
    def setUp(self):
        super().setUp()
        for name in ("Dana Nowaczek", "Eva Lang"):
            self.daemon.ok("person", "add", name)
        self.daemon.ok("learn", "dana", "likes", "xylophones")
        self.daemon.ok("learn", "dana", "birthday", "22 jan")
        self.daemon.ok("met", "dana", "-m", "zanzibar alone")
        self.daemon.ok("met", "dana", "eva", "-m", "lunch together")
        self.daemon.ok("add", "Quetzal call", "tue", "--with", "dana")
        self.daemon.ok("add", "Both of you", "wed", "--with", "dana",
                       "--with", "eva")

    def test_says_what_would_go(self):
        said = self.refused(2, "person", "forget", "dana")
        for part in ("Dana Nowaczek", "1 fact", "1 date",
                     "1 conversation", "1 reminder", "--yes", "archive"):
            self.assertIn(part, said)
        self.assertEqual(len(self.call("Show", who="dana")["facts"]), 1)

    def test_all_of_it(self):
        reply = self.call("PersonForget", who="dana", yes=True, token="t1")
        self.assertEqual(
            {key: reply[key] for key in ("facts", "dates", "interactions",
                                         "shared", "reminders")},
            {"facts": 1, "dates": 1, "interactions": 1, "shared": 1,
             "reminders": 1})
        self.assertIn("out of reach", reply["notes"][-1])
        self.refused(3, "show", "dana")
        self.refused(3, "show", "1")
        self.assertEqual(self.call("Show", id=2)["reminder"]["with"],
                         ["eva"])
        self.assertEqual(self.call("Show", who="eva")["interactions"][0]
                         ["with"], ["eva"])
        for words in ("xylophones", "zanzibar", "Nowaczek", "quetzal"):
            self.assertEqual(self.call("Search", words=words)["hits"], [])
        self.refused(1, "undo")
        self.daemon.stop()
        for path in glob.glob(self.daemon.database + "*"):
            with open(path, "rb") as file:
                data = file.read().lower()
            for word in (b"nowaczek", b"xylophones", b"zanzibar",
                         b"quetzal"):
                self.assertNotIn(word, data, path)
        self.daemon.start()

    def test_what_still_says_the_name(self):
        self.daemon.ok("met", "dana", "eva", "--mood", "problem", "-m", "!")
        self.daemon.ok("learn", "eva", "likes", "Dana Nowaczek")
        fix = [r["id"] for r in self.call("List")["reminders"]
               if r["kind"] == "fix"][0]
        reply = self.call("PersonForget", who="dana", yes=True)
        self.assertEqual(len(reply["notes"]), 2)
        self.assertIn("may still say the name: ", reply["notes"][0])
        self.assertEqual(set(reply["notes"][0].split(": ")[1].split(", ")),
                         {str(fix), "f2"})

    def test_off_the_screen(self):
        self.daemon.ok("add", "Ring now", "15:00", "--with", "dana")
        self.daemon.ok("add", "Ring both", "15:00", "--with", "dana",
                       "--with", "eva", "--urgent")
        self.world.clock.pass_until("2026-11-20T15:01")
        self.assertTrue(self.world.popups())
        self.daemon.ok("person", "forget", "dana", "--yes")
        self.world.clock.rest()
        server = self.world.desktop.standin
        server.next("CloseNotification")
        self.assertEqual([r["text"] for r in
                          self.call("Today")["reminders"]], ["Ring both"])
        self.assertEqual(self.call("Show", id=4)["reminder"]["with"],
                         ["eva"])

    def test_backups_too(self):
        folder = os.path.join(os.path.dirname(self.daemon.database),
                              "backups")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self.daemon.stop()
        path = os.path.join(folder, "rapport-v3-20261101T000000Z.db")
        with contextlib.closing(
                sqlite3.connect(self.daemon.database)) as source, \
                contextlib.closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        broken = os.path.join(folder, "broken.db")
        with open(broken, "w", encoding="ascii") as file:
            file.write("Nowaczek\n" * 1000)
        self.daemon.start()
        self.world.begin()
        reply = self.call("PersonForget", who="dana", yes=True)
        self.assertEqual(reply["backups"], 1)
        self.assertTrue(any("broken.db" in note for note in reply["notes"]))
        with open(path, "rb") as file:
            self.assertNotIn(b"Nowaczek", file.read())
        self.assertEqual(sorted(os.listdir(folder)),
                         ["broken.db", os.path.basename(path)])
        with contextlib.closing(sqlite3.connect(path)) as copy:
            self.assertEqual(copy.execute(
                "SELECT handle FROM contact").fetchall(), [("eva",)])


if __name__ == "__main__":
    unittest.main()
