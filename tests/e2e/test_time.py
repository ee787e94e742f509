"""Time as it passes, stands, jumps and sleeps: what rings, and at which time of
the wall clock. rapportd with a clock that the test drives (clock.py); store,
notifier and sockets are real."""

import unittest

from world import World


class Passing(unittest.TestCase):

    def setUp(self):
        self.world = World(self, "2026-11-20T14:30", "Europe/Berlin")
        self.clock = self.world.clock

    def test_each_rings_when_it_is_due_and_once(self):
        for when in ("in 90s", "today 15:00", "tomorrow", "tue 9am"):
            self.world.add("Due " + when, *when.split())
        self.assertEqual(self.world.live_until("2026-12-31T00:00"), [
            ("2026-11-20 14:31:30", "Due in 90s"),
            ("2026-11-20 15:00:00", "Due today 15:00"),
            ("2026-11-21 09:00:00", "Due tomorrow"),
            ("2026-11-24 09:00:00", "Due tue 9am")])

    def test_nothing_due_is_nothing_done(self):
        self.world.add("Call Dana", "15:00")
        self.clock.rest()
        fired = self.clock.fired
        self.clock.pass_until("2026-11-20T14:59:50")
        self.assertEqual(self.clock.fired, fired)
        self.assertEqual(self.world.shown(), [])


class Steps(unittest.TestCase):
    """Somebody sets the clock: not late, not early, nothing twice."""

    def setUp(self):
        self.world = World(self, "2026-11-20T14:30", "Europe/Berlin")
        self.clock = self.world.clock
        self.world.add("At three", "today", "15:00")
        self.world.add("At five", "today", "17:00")
        self.clock.rest()

    def test_an_hour_on(self):
        self.clock.set("2026-11-20T15:30")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 15:30:00", "At three")])
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 17:00:00", "At five")])

    def test_an_hour_back(self):
        self.clock.set("2026-11-20T13:30")
        self.assertEqual(self.world.shown(), [])
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 15:00:00", "At three"),
                          ("2026-11-20 17:00:00", "At five")])

    def test_an_hour_back_after_it_rang(self):
        self.clock.pass_until("2026-11-20T15:10")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 15:00:00", "At three")])
        self.clock.set("2026-11-20T14:10")
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 17:00:00", "At five")])

    def test_to_and_fro(self):
        for minute in range(1, 20):
            self.clock.set("2026-11-20T15:%02d" % minute)
            self.clock.set("2026-11-20T14:%02d" % minute)
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 15:01:00", "At three")])
        self.clock.pass_until("2026-11-20T16:59:59")
        self.assertEqual(self.world.shown(), [])

    def test_a_request_before_the_news(self):
        """A client may come between the step and the news of it."""
        self.clock.set_unnoticed("2026-11-20T13:30")
        added = self.world.add("In ten minutes", "in", "10min")
        self.assertEqual(self.world.wall(added["due"]), "2026-11-20 13:40:00")
        self.clock.fire()
        self.assertEqual(self.world.live_until("2026-11-20T18:00"),
                         [("2026-11-20 13:40:00", "In ten minutes"),
                          ("2026-11-20 15:00:00", "At three"),
                          ("2026-11-20 17:00:00", "At five")])

    def test_a_snooze_is_an_instant(self):
        """An hour of snooze ends when the clock says so, once."""
        self.clock.pass_until("2026-11-20T15:00")
        self.world.daemon.ok("snooze", "1", "1h")
        self.clock.set("2026-11-20T14:45")
        self.world.shown()
        self.clock.pass_until("2026-11-20T16:30")
        self.assertEqual(self.world.shown(),
                         [("2026-11-20 16:00:00", "At three")])


class Sleep(unittest.TestCase):
    """The lid is closed for a while."""

    def setUp(self):
        self.world = World(self, "2026-11-20T14:30", "Europe/Berlin")
        self.clock = self.world.clock

    def test_due_while_asleep_rings_on_resume(self):
        self.world.add("Call Dana", "tomorrow", "9am")
        self.clock.rest()
        self.clock.sleep_until("2026-11-21T13:37:42")
        self.assertEqual(self.world.shown(),
                         [("2026-11-21 13:37:42", "Call Dana")])
        self.assertEqual(self.world.daemon.json("show", "1")["due"],
                         self.clock.epoch("2026-11-21T09:00"))

    def test_several_are_one_notice(self):
        for hour in range(8, 14):
            self.world.add("At %d" % hour, "tomorrow", "%d:00" % hour)
        self.clock.rest()
        self.world.popups()
        self.clock.sleep_until("2026-11-21T13:37:42")
        self.assertEqual(self.world.shown(),
                         [("2026-11-21 13:37:42", "At %d" % hour)
                          for hour in range(8, 14)])
        self.assertEqual(len(self.world.popups()), 1)

    def test_nothing_due_while_asleep(self):
        self.world.add("Call Dana", "tomorrow", "9am")
        self.clock.rest()
        self.clock.sleep_until("2026-11-21T08:59:59")
        self.assertEqual(self.world.shown(), [])
        self.clock.pass_until("2026-11-21T10:00")
        self.assertEqual(self.world.shown(),
                         [("2026-11-21 09:00:00", "Call Dana")])

    def test_off_over_night_is_like_asleep(self):
        self.world.add("Call Dana", "tomorrow", "9am")
        self.world.daemon.stop()
        self.clock.off_until("2026-11-21T13:37:42")
        self.world.daemon.start()
        self.world.begin()
        self.assertEqual(self.world.daemon.json("show", "1")["shown"], 1)


if __name__ == "__main__":
    unittest.main()
