"""The zone that times stand in: where it comes from, and what happens when it
changes while rapportd runs. The machine's zone is /etc/localtime of a private
mount namespace; for that, the tests have to be root."""

import os
import shutil
import subprocess
import tempfile
import time
import unittest

from base import wait_until
from daemon import Daemon
from world import World

DATABASE = "/usr/share/zoneinfo"


def why_not_private():
    """What keeps us from a private /etc, or None."""
    if os.geteuid() != 0:
        return "needs to be root for a private /etc"
    if shutil.which("unshare") is None:
        return "needs unshare(1)"
    if subprocess.run(["unshare", "-m", "true"], check=False,
                      stderr=subprocess.DEVNULL).returncode != 0:
        return "needs to be allowed a mount namespace"
    return None


NO_PRIVATE_ETC = why_not_private()


class Etc:
    """A private /etc, in which the machine's zone can be changed. Programs
    that are started by `wrapper` live in it."""

    def __init__(self, zone):
        self.folder = tempfile.mkdtemp(prefix="rapport-test.")
        self.link = os.path.join(self.folder, "localtime")
        for name in ("passwd", "group", "nsswitch.conf", "ld.so.cache",
                     "ld.so.conf"):
            if os.path.exists("/etc/" + name):
                shutil.copy("/etc/" + name, self.folder)
        self.replace(zone)
        self.wrapper = ["unshare", "-m", "--propagation", "private", "sh",
                        "-c", 'mount --bind "$0" /etc && exec "$@"',
                        self.folder]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def replace(self, zone):
        """As timedatectl(1) does it: a new link, renamed over the old."""
        new = self.link + ".new"
        os.symlink("../usr/share/zoneinfo/" + zone, new)
        os.rename(new, self.link)

    def delete(self):
        os.unlink(self.link)

    def write(self, zone):
        """A copy in the place of the link, as some containers have it."""
        shutil.copy(os.path.join(DATABASE, zone), self.link)


@unittest.skipIf(NO_PRIVATE_ETC, NO_PRIVATE_ETC)
class Travel(unittest.TestCase):
    """The zone of the machine changes; with the real clock."""

    def setUp(self):
        self.etc = self.enterContext(Etc("Europe/Berlin"))
        self.daemon = self.enterContext(Daemon(wrapper=self.etc.wrapper))
        self.daemon.ok("add", "Call Dana", "15", "dec", "2045", "9am")

    def due(self):
        return self.daemon.json("show", "1")["due_local"]

    def arrives_in(self, zone, offset):
        """Within a second the journal tells of it, and 9 o'clock is 9
        o'clock there."""
        wait_until(lambda: "→ %s;" % zone in self.daemon.log(),
                   "a line in the journal", 1)
        wait_until(lambda: self.due() == "2045-12-15T09:00:00" + offset,
                   "9 o'clock in " + zone, 1)

    def test_the_link_is_replaced_again_and_again(self):
        self.assertEqual(self.due(), "2045-12-15T09:00:00+01:00")
        for zone, offset in (("America/New_York", "-05:00"),
                             ("Asia/Tokyo", "+09:00"),
                             ("Pacific/Apia", "+13:00"),
                             ("Europe/Berlin", "+01:00")):
            self.etc.replace(zone)
            self.arrives_in(zone, offset)

    def test_the_link_is_deleted_and_made_again(self):
        for zone, offset in (("Asia/Tokyo", "+09:00"),
                             ("America/New_York", "-05:00")):
            self.etc.delete()
            wait_until(lambda: "times stay in" in self.daemon.log(),
                       "a line about the link that is gone")
            self.etc.replace(zone)
            self.arrives_in(zone, offset)

    def test_a_link_that_leads_nowhere_changes_nothing(self):
        self.etc.replace("Mars/Olympus_Mons")
        wait_until(lambda: "times stay in Europe/Berlin" in self.daemon.log(),
                   "a line about the link that leads nowhere")
        self.assertEqual(self.due(), "2045-12-15T09:00:00+01:00")
        self.etc.replace("Asia/Tokyo")
        self.arrives_in("Asia/Tokyo", "+09:00")

    def test_a_copy_instead_of_the_link(self):
        self.etc.delete()
        self.etc.write("Asia/Tokyo")
        wait_until(lambda: self.due().endswith("+09:00"), "Tokyo's clock", 1)
        self.etc.write("America/New_York")
        wait_until(lambda: self.due().endswith("-05:00"), "New York's", 1)

    def test_the_same_zone_again_is_no_news(self):
        self.etc.replace("Europe/Berlin")
        self.etc.replace("Asia/Tokyo")
        self.arrives_in("Asia/Tokyo", "+09:00")
        self.assertEqual(self.daemon.log().count("→"), 1)


@unittest.skipIf(NO_PRIVATE_ETC, NO_PRIVATE_ETC)
class Traveller(unittest.TestCase):
    """What rings on the way, each done when it rings; the times are those of
    the wall where the traveller is."""

    def setUp(self):
        self.etc = self.enterContext(Etc("Europe/Berlin"))
        self.world = self.world_of()

    def world_of(self, config=None):
        return World(self, "2026-11-20T07:00", "Europe/Berlin",
                     wrapper=self.etc.wrapper, config=config)

    def go(self, zone):
        lines = self.world.daemon.log().count("→")
        self.etc.replace(zone)
        wait_until(lambda: self.world.daemon.log().count("→") > lines,
                   "a line in the journal")
        self.world.clock.travel(zone)
        self.world.clock.rest()

    def test_what_floats_and_what_does_not(self):
        self.world.add("Floats", "tomorrow", "9am")
        self.world.add("Theirs", "tomorrow", "9am", "--zone", "Europe/Berlin")
        self.world.add("Instant", "in", "26", "hours")     # 9 in Berlin
        self.go("America/New_York")
        self.assertEqual(self.world.live_until("2026-11-22T00:00"),
                         ["Sat 21 Nov 03:00 Theirs",
                          "Sat 21 Nov 03:00 Instant",
                          "Sat 21 Nov 09:00 Floats"])

    def test_a_daily_rings_once_on_each_local_date(self):
        self.world.add("Pills", "--every", "day at 9:00")
        self.assertEqual(self.world.live_until("2026-11-20T10:00"),
                         ["Fri 20 Nov 09:00 Pills"])
        self.go("America/New_York")      # it is 4 in the morning there
        self.assertEqual(self.world.live_until("2026-11-21T12:00"),
                         ["Sat 21 Nov 09:00 Pills"])
        self.go("Asia/Tokyo")            # Sunday, 2 in the morning
        self.assertEqual(self.world.live_until("2026-11-23T12:00"),
                         ["Sun 22 Nov 09:00 Pills",
                          "Mon 23 Nov 09:00 Pills"])

    def test_past_its_time_on_arrival(self):
        """What would have rung there already rings at once."""
        self.world.add("Pills", "--every", "day at 9:00")
        self.go("Asia/Tokyo")            # it is 15 o'clock there
        self.assertEqual(self.world.shown(), ["Fri 20 Nov 15:00 Pills"])

    def test_the_brief_comes_once_on_each_local_date(self):
        """What nobody answers comes with the brief, at 9."""
        self.world = self.world_of(
            {"popup": {"raise": "10m", "put_away": "10m"}})
        self.world.add("Call Dana", "8:00")
        self.world.clock.pass_until("2026-11-20T10:00")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 08:00 Call Dana",
                          "Fri 20 Nov 08:10 Call Dana",
                          "Fri 20 Nov 09:00 Call Dana",
                          "Fri 20 Nov 09:10 Call Dana"])
        self.go("America/New_York")
        self.world.clock.pass_until("2026-11-21T12:00")
        self.assertEqual(self.world.shown(),
                         ["Sat 21 Nov 09:00 Call Dana",
                          "Sat 21 Nov 09:10 Call Dana"])

    def test_one_notice_tells_what_others_count_on(self):
        """A contact, and a time of day that was said; and how to pin it."""
        self.world.daemon.ok("person", "add", "Dana Levi")
        self.world.add("Call", "tomorrow", "9:30", "--with", "dana")
        self.world.add("Write", "tomorrow", "--with", "dana")
        self.world.add("Alone", "tomorrow", "9:30")
        self.go("America/New_York")
        notice, = self.world.popups()
        self.assertEqual(notice["summary"], "You are in America/New_York now")
        self.assertIn("Call", notice["body"])
        self.assertNotIn("Write", notice["body"])
        self.assertNotIn("Alone", notice["body"])
        pin = "edit 1 --zone Europe/Berlin"
        self.assertIn("rapportctl " + pin, notice["body"])
        self.world.daemon.ok(*pin.split())
        self.assertEqual(self.world.live_until("2026-11-22T00:00"),
                         ["Sat 21 Nov 03:30 Call",
                          "Sat 21 Nov 09:00 Write",
                          "Sat 21 Nov 09:30 Alone"])

    def test_away_while_off(self):
        self.world.add("Floats", "tomorrow", "9am")
        self.world.daemon.stop()
        self.etc.replace("America/New_York")
        self.world.clock.travel("America/New_York")
        self.world.daemon.start()
        self.world.begin()
        self.assertEqual(self.world.live_until("2026-11-22T00:00"),
                         ["Sat 21 Nov 09:00 Floats"])


def switches(pid):
    """How often a process has gone to sleep, or was put to."""
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return sum(int(line.split()[1]) for line in status
                   if "ctxt_switches" in line)


@unittest.skipIf(NO_PRIVATE_ETC, NO_PRIVATE_ETC)
class Idle(unittest.TestCase):
    def test_what_else_happens_in_etc_wakes_nobody(self):
        etc = self.enterContext(Etc("Europe/Berlin"))
        daemon = self.enterContext(Daemon(wrapper=etc.wrapper, plain=True))
        daemon.ok("add", "Call Dana", "in", "2", "weeks")
        before = None
        while before != switches(daemon.pid):    # what was begun has ended
            before = switches(daemon.pid)
            time.sleep(0.5)
        end = time.monotonic() + 10
        path = os.path.join(etc.folder, "resolv.conf")
        while time.monotonic() < end:
            with open(path + ".new", "w", encoding="ascii") as file:
                file.write("nameserver 127.0.0.1\n")
            os.rename(path + ".new", path)
            time.sleep(0.05)
        self.assertEqual(switches(daemon.pid), before)


class Environment(unittest.TestCase):
    """TZ in the environment of rapportd."""

    def due(self, tz, *wrapper):
        with Daemon(env={"TZ": tz}, wrapper=wrapper) as daemon:
            return daemon.json("add", "Call Dana", "15", "dec", "2045",
                               "9am")["due_local"]

    def test_it_is_honoured(self):
        for tz, offset in (("Asia/Tokyo", "+09:00"),
                           (":America/New_York", "-05:00"),
                           ("<+0545>-5:45", "+05:45"),
                           ("CET-1CEST,M3.5.0,M10.5.0/3", "+01:00"),
                           ("", "+00:00")):
            with self.subTest(TZ=tz):
                self.assertEqual(self.due(tz),
                                 "2045-12-15T09:00:00" + offset)

    @unittest.skipIf(NO_PRIVATE_ETC, NO_PRIVATE_ETC)
    def test_the_machine_may_travel_without_it(self):
        etc = self.enterContext(Etc("Europe/Berlin"))
        daemon = self.enterContext(
            Daemon(env={"TZ": "Asia/Tokyo"}, wrapper=etc.wrapper))
        daemon.ok("add", "Call Dana", "15", "dec", "2045", "9am")
        etc.replace("America/New_York")
        self.assertEqual(daemon.json("show", "1")["due_local"],
                         "2045-12-15T09:00:00+09:00")
        self.assertNotIn("→", daemon.log())


class Upgrade(unittest.TestCase):
    """The tz database is upgraded while rapportd runs. It looks when it wakes
    anyway, at most once a minute."""

    def test_other_rules_for_the_same_zone(self):
        database = self.enterContext(
            tempfile.TemporaryDirectory(prefix="rapport-test."))
        place = os.path.join(database, "Place")
        shutil.copy(os.path.join(DATABASE, "Europe/Berlin"), place)
        world = World(self, "2026-11-20T14:30", "Europe/Berlin",
                      env={"TZ": "Place", "TZDIR": database})
        world.add("First", "tomorrow", "9am")
        world.add("Second", "mon", "9am")
        shutil.copy(os.path.join(DATABASE, "Europe/London"), place + ".new")
        os.rename(place + ".new", place)
        # The moment that it wakes for is 9 o'clock by the old rules. By the
        # new ones that is 8 o'clock: it is early, and waits.
        world.clock.pass_until("2026-11-21T09:59")
        self.assertIn("zone: Place", world.daemon.log())
        self.assertEqual(world.shown(), [])
        self.assertEqual(world.live_until("2026-11-25T00:00"),
                         ["Sat 21 Nov 10:00 First", "Mon 23 Nov 10:00 Second"])

    def install(self, database, edition, new_york):
        """An edition of the tz database in which New York has the clock of
        another place."""
        os.makedirs(os.path.join(database, "America"), exist_ok=True)
        place = os.path.join(database, "America/New_York")
        shutil.copy(os.path.join(DATABASE, new_york), place + ".new")
        os.rename(place + ".new", place)
        index = os.path.join(database, "tzdata.zi")
        with open(index + ".new", "w", encoding="ascii") as file:
            file.write("# version %s\n" % edition)
        os.rename(index + ".new", index)

    def test_other_rules_for_their_zone(self):
        """New York, where one reminder and a series stand, moves an hour to
        the east: while rapportd runs, and while it does not."""
        database = self.enterContext(
            tempfile.TemporaryDirectory(prefix="rapport-test."))
        self.install(database, "2026a", "America/New_York")
        shutil.copy(os.path.join(DATABASE, "Europe/Berlin"), database)
        world = World(self, "2026-11-20T14:30", "Europe/Berlin",
                      env={"TZ": "Berlin", "TZDIR": database})
        theirs = ("--zone", "America/New_York")
        world.add("Look", "20:00")
        world.add("Once", "mon", "9am", *theirs)
        world.add("Daily", "--every", "day at 10:00", "sun", *theirs)
        self.install(database, "2026b", "America/Halifax")
        self.assertEqual(world.live_until("2026-11-22T20:00"),
                         ["Fri 20 Nov 20:00 Look", "Sun 22 Nov 15:00 Daily"])
        self.assertIn("edition 2026b of the tz database; 2 reminders follow",
                      world.daemon.log())
        world.daemon.stop()
        self.install(database, "2026c", "America/Sao_Paulo")
        world.daemon.start()
        world.begin()
        self.assertEqual(world.live_until("2026-11-23T20:00"),
                         ["Mon 23 Nov 13:00 Once", "Mon 23 Nov 14:00 Daily"])
        self.assertIn("edition 2026c of the tz database",
                      world.daemon.log())

    def test_a_zone_that_can_not_be_read(self):
        """What stands in it is listed, shown and answered as ever; only what
        comes next in it is not known."""
        database = self.enterContext(
            tempfile.TemporaryDirectory(prefix="rapport-test."))
        self.install(database, "2026a", "America/New_York")
        daemon = self.enterContext(Daemon(
            env={"TZ": "UTC0", "TZDIR": database}))
        daemon.ok("add", "Daily", "--every", "day at 10:00", "15", "dec",
                  "2045", "--zone", "America/New_York")
        self.assertEqual(len(daemon.varlink("Show", {"id": 1})["upcoming"]), 2)
        os.unlink(os.path.join(database, "America/New_York"))
        shown = daemon.varlink("Show", {"id": 1})
        self.assertEqual((shown["reminder"]["text"], shown["upcoming"]),
                         ("Daily", []))
        self.assertIn("Daily", daemon.ok("show", "1"))
        self.assertIn("Daily", daemon.ok("list"))
        daemon.ok("done", "1")


if __name__ == "__main__":
    unittest.main()
