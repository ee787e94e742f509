"""import and export through the real programs: address books as they are, what
a second import does, and that an export is all there is. It is Friday, 20
November 2026, 14:30 in Berlin."""

import json
import os
import time
import unittest

from base import ROOT, program
from daemon import Daemon
from world import World

CARDS = os.path.join(ROOT, "tests", "data", "vcards")
BOOKS = ("google", "apple", "outlook-2.1", "android", "nextcloud",
         "thunderbird", "evolution")


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:" + version, *lines,
                        "END:VCARD", ""])


class Import(unittest.TestCase):
    def setUp(self):
        self.world = World(self, "2026-11-20T14:30", "Europe/Berlin")
        self.daemon = self.world.daemon

    def take(self, text, *words):
        """What became of a file with this text."""
        return self.daemon.json("import", "-", *words, input=text.encode())

    def counts(self, text, *words):
        done = self.take(text, *words)
        return done["added"], done["updated"], done["known"]

    def show(self, who):
        return self.daemon.varlink("Show", {"who": who})

    def everything(self):
        return json.loads(self.daemon.ok("export"))


class AddressBooks(Import):
    def test_each_twice(self):
        """A second import adds nothing, and changes nothing."""
        for book in BOOKS:
            path = os.path.join(CARDS, book + ".vcf")
            first = self.daemon.json("import", path)
            self.assertGreater(first["added"], 0, book)
            before = self.everything()
            second = self.daemon.json("import", path)
            self.assertEqual(second["added"], 0, book)
            self.assertEqual(second["updated"], 0, book)
            self.assertEqual(second["known"], first["added"], book)
            self.assertEqual(second["skipped"], first["skipped"])
            self.assertEqual(self.everything(), before)

    def test_what_is_taken(self):
        self.daemon.ok("import", *(os.path.join(CARDS, book + ".vcf")
                                   for book in BOOKS))
        dana = self.show("dana")
        self.assertEqual(dana["contact"]["name"], "Dana Nováková")
        self.assertEqual(dana["contact"]["org"], "Acme, s.r.o., Sales")
        self.assertEqual({(d["kind"], d["year"], d["month"], d["day"])
                          for d in dana["dates"]},
                         {("birthday", 1980, 3, 22),
                          ("anniversary", 2012, 9, 1),
                          ("event", None, 5, 4)})
        # Nobody is reminded of before somebody says how often.
        for person in self.daemon.json("person", "list"):
            self.assertIsNone(person["circle"])
            self.assertIsNone(person["cadence"])
        self.assertEqual(self.show("miriam")["contact"]["name"],
                         "Dr. Miriam Jane O'Hara")
        self.assertEqual(self.show("only.mail")["contact"]["name"],
                         "only.mail@example.com")
        self.assertEqual(self.show("wisława")["contact"]["status"],
                         "deceased")
        self.assertEqual(self.show("Łukasz")["contact"]["zone"],
                         "Europe/Warsaw")

    def test_bad_cards_are_told_of(self):
        path = os.path.join(CARDS, "broken.vcf")
        done = self.daemon.ok("import", path).splitlines()
        self.assertEqual(done[0], "added 3, known 0, skipped 6:")
        self.assertEqual(done[1], "  %s:6: it has no name" % path)
        self.assertEqual(done[2], "  %s:10: line 12 is not UTF-8" % path)
        self.assertEqual([p["name"] for p in
                          self.daemon.json("person", "list")],
                         ["First Good", "Lower Case", "Old Mac"])

    def test_dry_run(self):
        before = self.everything()
        path = os.path.join(CARDS, "google.vcf")
        done = self.daemon.ok("import", "--dry-run", path)
        self.assertEqual(done, "would add 3, known 0\n")
        self.assertEqual(self.everything(), before)
        self.assertIn("nothing to undo", self.daemon.ctl("undo").err)

    def test_undo_takes_back_a_file(self):
        before = self.everything()
        cards = "".join(card("FN:Person %c%c" % (97 + i % 26, 97 + i // 26),
                             "TEL:+4930%07d" % i, "NOTE:" + "x" * 1000)
                        for i in range(600))
        self.assertEqual(self.counts(cards), (600, 0, 0))
        self.assertIn("imported", self.daemon.ok("undo"))
        self.assertEqual(self.everything(), before)

    def test_control_characters_of_a_file_stay_harmless(self):
        done = self.daemon.ok("import", "-", input=card(
            "FN:x\x1b[31m", "BDAY:\x1b[31mred").encode())
        self.assertNotIn("\x1b", done)
        self.assertEqual(self.daemon.json("person", "list")[0]["name"],
                         "x [31m")


class WhoIsWho(Import):
    def test_by_name_and_something_else(self):
        book = card("FN:Dana Novak", "EMAIL:dana@example.com",
                    "TEL:+49 30 555 01 42", "BDAY:1980-03-22")
        self.assertEqual(self.counts(book), (1, 0, 0))
        for line in ("EMAIL:DANA@example.com", "TEL:030/5550142",
                     "BDAY:--0322"):
            added, _, _ = self.counts(card("FN:dana novak", line))
            self.assertEqual(added, 0, line)
        # Another one of that name.
        self.assertEqual(self.counts(card("FN:Dana Novak",
                                          "EMAIL:other@example.com",
                                          "BDAY:1990-01-01")), (1, 0, 0))
        self.assertEqual([p["handle"] for p in
                          self.daemon.json("person", "list")],
                         ["dana", "dana.n"])

    def test_by_uid(self):
        self.assertEqual(self.counts(card("UID:u1", "FN:Dana Novak")),
                         (1, 0, 0))
        self.assertEqual(self.counts(card("UID:u1", "FN:Dana Marx")),
                         (0, 0, 1))
        self.assertEqual(self.show("dana")["contact"]["name"], "Dana Novak")

    def test_who_was_typed_by_hand_is_completed(self):
        """And nothing that was typed is changed."""
        self.daemon.ok("person", "add", "Dana Novak", "--org", "Acme")
        self.daemon.ok("learn", "dana", "birthday", "22 jan 1981")
        book = card("FN:Dana Novak", "ORG:Other", "EMAIL:d@example.com",
                    "BDAY:1981-01-22", "NOTE:met at sea", "TZ:Europe/Rome")
        self.assertEqual(self.counts(book), (0, 1, 0))
        self.assertEqual(self.counts(book), (0, 0, 1))
        dana = self.show("dana")
        self.assertEqual(dana["contact"]["org"], "Acme")
        self.assertEqual(dana["contact"]["zone"], "Europe/Rome")
        self.assertEqual(len(dana["dates"]), 1)
        self.assertEqual([f["text"] for f in dana["facts"]], ["met at sea"])
        self.assertEqual([a["value"] for a in dana["addresses"]],
                         ["d@example.com"])

    def test_the_same_twice_in_a_file(self):
        self.assertEqual(self.counts(card("FN:A B") + card("FN:A B")),
                         (1, 0, 1))

    def test_names_that_suggest_no_handle(self):
        self.assertEqual(self.counts(card("FN:+49 30 1") +
                                     card("FN:123", "EMAIL:eva@x.y")),
                         (2, 0, 0))
        self.assertEqual({p["handle"] for p in
                          self.daemon.json("person", "list")},
                         {"contact", "eva"})


class BadInput(Import):
    def refused(self, rc, *words, **kwargs):
        before = self.everything()
        done = self.daemon.ctl(*words, **kwargs)
        self.assertEqual(done.rc, rc, done)
        self.assertEqual(done.err.count("\n"), 1, done.err)
        self.assertEqual(self.everything(), before)
        return done.err

    def test_files(self):
        self.refused(2, "import")
        self.assertIn("No such file", self.refused(1, "import", "/nowhere"))
        # Before anything of the first is stored.
        self.refused(1, "import", os.path.join(CARDS, "google.vcf"),
                     "/nowhere")
        self.assertIn("no vCard", self.refused(2, "import", "-", input=b""))
        self.assertIn("no vCard", self.refused(2, "import", "-",
                                               input=b"hello\n"))
        self.assertIn("no JSON", self.refused(2, "import", "-", input=b"{"))
        self.assertIn("no export", self.refused(2, "import", "-",
                                                input=b'{"a": 1}'))
        self.assertIn("newer", self.refused(2, "import", "-",
                                            input=b'{"rapport": 99}'))
        self.refused(1, "import", "/")
        self.refused(2, "export", "--vcf", "--json")
        self.refused(3, "export", "--with", "nobody")

    def test_items(self):
        """What a file says is checked, item by item."""
        good = {"name": "Good", "handle": "good"}
        people = [{"name": ""}, {"name": 1}, {}, {"name": "x", "handle": "1"},
                  {"name": "x", "stage": "odd"}, {"name": "x", "keep_up": -1},
                  {"name": "x", "keep_up": 500 * 365},
                  {"name": "x", "paused_until": "soon"},
                  {"name": "x", "facts": [{"kind": "like"}]},
                  {"name": "x", "facts": {}},
                  {"name": "x", "dates": [{"kind": "birthday", "month": 2,
                                           "day": 31}]},
                  {"name": "x", "addresses": [{"kind": "fax",
                                               "value": "1"}]}]
        reminders = [{"text": "x"}, {"text": "x", "due": -1},
                     {"text": "x", "due": 1800000000, "every": "FREQ=ODD",
                      "due_wall": "2027-01-15T09:00:00",
                      "anchor": "2027-01-15T09:00:00",
                      "slot": "2027-01-15T09:00:00"},
                     {"text": "x", "due": 1800000000, "state": "odd"},
                     {"text": "x", "due": 1800000000, "with": "good"}]
        interactions = [{"at": 1}, {"at": 1, "with": ["nobody"]},
                        {"with": ["good"]},
                        {"at": 1, "with": ["good"], "mood": "odd"}]
        done = self.take(json.dumps({
            "rapport": 1, "contacts": people + [good], "reminders": reminders,
            "interactions": interactions, "settings": [{"odd": 1}]}))
        self.assertEqual(done["added"], 1)
        self.assertEqual(len(done["skipped"]), len(people) + len(reminders) +
                         len(interactions))
        self.assertEqual(len(self.daemon.json("person", "list")), 1)


class Export(Import):
    def fill(self):
        """Some of everything."""
        ok = self.daemon.ok
        ok("person", "add", "Eva Lang", "--circle", "good")
        ok("person", "add", "Dana Novak", "--org", "Acme", "--keep-up", "3w",
           "--zone", "America/New_York", "--introduced-by", "eva",
           "--stage", "offer", "--met", "at the fair,\nin Brno")
        ok("person", "add", "Tom Ash", "--no-thanks", "--introduced-by",
           "dana")
        ok("person", "edit", "tom", "--status", "deceased")
        ok("person", "add", "Paula Ray")
        ok("person", "pause", "paula", "10 jan 2027")
        ok("learn", "dana", "like", "early calls; and \\ tea, black")
        ok("learn", "dana", "need", "a price", "--private")
        ok("learn", "dana", "birthday", "29 feb 1980")
        ok("learn", "dana", "anniversary", "1 sep")
        ok("learn", "dana", "event", "board meeting", "11 dec 2026",
           "--lead", "3")
        self.take(card("UID:u7", "FN:Uwe Ende", "TEL:1234567",
                       "EMAIL:uwe@example.de"))
        ok("add", "Call @dana", "tue", "9am", "--need", "a date")
        ok("drop", self.number("add", "Gone", "tue"))
        ok("add", "Stretch", "in", "3h", "--urgent")
        ok("add", "Send the offer", "by", "thu", "--with", "eva",
           "--kind", "next-step")
        every = self.number("add", "Plan", "--every", "day at 10")
        ok("done", every, "-m", "planned")
        ok("skip", every)
        ok("done", self.number("add", "Short", "fri", "18:00"))
        ok("met", "dana", "eva", "-m", "talked about \"it\"", "--by", "call",
           "--mood", "problem", "--on", "2 nov")
        ok("met", "tom", "-m", "quiet")
        ok("quiet", "2h")

    def number(self, *words):
        return str(self.daemon.json(*words)["id"])

    def elsewhere(self):
        """Another daemon, with an empty database."""
        return Daemon(clock=self.world.clock,
                      env={**self.world.desktop.env, "TZ": "Europe/Berlin"})

    def test_export_import_export(self):
        self.fill()
        exported = self.daemon.ok("export")
        for part in json.loads(exported).values():
            self.assertTrue(part)
        with self.elsewhere() as other:
            other.ok("import", "-", input=exported.encode())
            self.maxDiff = None
            self.assertEqual(other.ok("export"), exported)
            # Once more: nothing is added.
            again = other.json("import", "-", input=exported.encode())
            self.assertEqual((again["added"], again["skipped"]), (0, []))
            self.assertEqual(other.ok("export"), exported)
            # What comes next gets a number that nothing had.
            self.assertGreater(other.json("add", "New", "tomorrow")["id"],
                               max(r["id"] for r in
                                   json.loads(exported)["reminders"]))

    def test_into_a_database_that_is_not_empty(self):
        """Numbers and handles that are taken become others, everywhere."""
        self.fill()
        exported = self.daemon.ok("export")
        with self.elsewhere() as other:
            other.ok("person", "add", "Dana Else", "--org", "Elsewhere")
            other.ok("learn", "dana", "birthday", "1 jan 1990")
            other.ok("add", "Mine", "tue")
            other.ok("import", "-", input=exported.encode())
            self.assertEqual(other.varlink("Show", {"who": "dana"})
                             ["contact"]["name"], "Dana Else")
            novak = other.varlink("Show", {"who": "dana.n"})
            self.assertEqual(novak["contact"]["name"], "Dana Novak")
            self.assertEqual(novak["contact"]["introduced_by"], "eva")
            self.assertIn("Call @dana",
                          [r["text"] for r in novak["reminders"]])
            self.assertEqual(novak["interactions"][0]["with"],
                             ["dana.n", "eva"])
            tom = other.varlink("Show", {"who": "tom"})
            self.assertEqual(tom["contact"]["introduced_by"], "dana.n")
            before = other.ok("export")
            other.ok("import", "-", input=exported.encode())
            self.assertEqual(other.ok("export"), before)

    def test_dry_run_of_an_export(self):
        self.fill()
        exported = self.daemon.ok("export")
        everything = json.loads(exported)
        with self.elsewhere() as other:
            done = other.json("import", "-", "--dry-run",
                              input=exported.encode())
            self.assertEqual(done["added"], sum(
                len(everything[part]) for part in
                ("contacts", "reminders", "interactions")))
            self.assertEqual(done["skipped"], [])
            self.assertEqual(json.loads(other.ok("export"))["contacts"],
                             [])

    def test_only_one_person(self):
        self.fill()
        text = self.daemon.ok("export", "--with", "dana")
        mine = json.loads(text)
        self.assertEqual([c["handle"] for c in mine["contacts"]], ["dana"])
        self.assertTrue(mine["reminders"] and mine["interactions"])
        for item in mine["reminders"] + mine["interactions"]:
            self.assertEqual(item["with"], ["dana"])
        self.assertNotIn("introduced_by", mine["contacts"][0])
        self.assertNotIn("Uwe", text)

    def test_cards(self):
        """As vCard 4.0: lines of 75 bytes, nothing private, and what rapport
        reads of it is what it wrote."""
        self.fill()
        cards = self.daemon.ok("export", "--vcf")
        for line in cards.split("\r\n"):
            self.assertLessEqual(len(line.encode()), 75)
        self.assertNotIn("a price", cards)
        self.assertIn("X-RAPPORT-CIRCLE:good", cards)
        self.assertIn("BDAY:19800229", cards)
        self.assertIn("ANNIVERSARY:--0901", cards)
        self.assertIn("early calls\\; and \\\\ tea\\, black",
                      cards.replace("\r\n ", ""))
        with self.elsewhere() as other:
            other.ok("import", "-", input=cards.encode())
            self.assertEqual(other.ok("export", "--vcf"), cards)
            dana = other.varlink("Show", {"who": "dana"})
            self.assertEqual(dana["contact"]["introduced_by"], "eva")
            self.assertEqual(dana["contact"]["met"], "at the fair,\nin Brno")

    def test_long_people(self):
        """Who does not fit into one message comes in several."""
        self.daemon.ok("person", "add", "Dana Novak")
        text = json.dumps({"rapport": 1, "contacts": [{
            "handle": "dana", "name": "Dana Novak", "created": 5,
            "facts": [{"kind": "work", "text": "%d %s" % (i, "ü\\" * 1300)}
                      for i in range(100)]}]})
        done = self.take(text)
        self.assertEqual((done["added"], done["updated"]), (0, 1))
        self.assertEqual(len(self.show("dana")["facts"]), 100)
        exported = self.daemon.ok("export")
        with self.elsewhere() as other:
            other.ok("import", "-", input=exported.encode())
            self.assertEqual(other.ok("export"), exported)


class Speed(unittest.TestCase):
    @unittest.skipUnless(os.path.exists(program("rapportd", plain=True)),
                         "not built without sanitizers")
    def test_ten_thousand_cards(self):
        cards = "".join(card(
            "FN:First%d Last%d" % (i % 500, i), "TEL:+49301%07d" % i,
            "EMAIL:p%d@example.com" % i, "BDAY:--%02d%02d" %
            (i % 12 + 1, i % 28 + 1), "NOTE:knows number %d" % i)
            for i in range(10000))
        with Daemon(plain=True) as daemon:
            began = time.monotonic()
            daemon.ok("import", "-", input=cards.encode())
            first = time.monotonic() - began
            began = time.monotonic()
            done = daemon.json("import", "-", input=cards.encode())
            second = time.monotonic() - began
            self.assertEqual(done["known"], 10000)
            self.assertLess(first, 5)
            self.assertLess(second, 5)


if __name__ == "__main__":
    unittest.main()
