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
            "Fri 20 Nov 14:31:30 Due in 90s",
            "Fri 20 Nov 15:00 Due today 15:00",
            "Sat 21 Nov 09:00 Due tomorrow",
            "Tue 24 Nov 09:00 Due tue 9am"])

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
                         ["Fri 20 Nov 15:30 At three"])
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 17:00 At five"])

    def test_an_hour_back(self):
        self.clock.set("2026-11-20T13:30")
        self.assertEqual(self.world.shown(), [])
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 15:00 At three",
                          "Fri 20 Nov 17:00 At five"])

    def test_an_hour_back_after_it_rang(self):
        self.clock.pass_until("2026-11-20T15:10")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 15:00 At three"])
        self.clock.set("2026-11-20T14:10")
        self.clock.pass_until("2026-11-20T18:00")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 17:00 At five"])

    def test_to_and_fro(self):
        for minute in range(1, 20):
            self.clock.set("2026-11-20T15:%02d" % minute)
            self.clock.set("2026-11-20T14:%02d" % minute)
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 15:01 At three"])
        self.clock.pass_until("2026-11-20T16:59:59")
        self.assertEqual(self.world.shown(), [])

    def test_years_ahead_and_right_again(self):
        """What rang by the wrong clock gives way to what is at hand."""
        self.world.add("Pills", "--every", "day at 8:00")
        self.world.add("Plants", "--every", "mon at 18:30")
        self.clock.set("2029-05-01T12:00")
        self.clock.set("2026-11-22T07:30")
        self.world.shown()
        pills = self.world.daemon.json("show", "3")
        self.assertEqual(
            (pills["state"], pills["due_local"], pills["missed"]),
            ("ringing", "2026-11-21T08:00:00+01:00", 0))
        self.world.daemon.ok("done", "1", "2", "3")
        self.assertEqual(self.world.live_until("2026-11-24T12:00"),
                         ["Sun 22 Nov 08:00 Pills",
                          "Mon 23 Nov 08:00 Pills",
                          "Mon 23 Nov 18:30 Plants",
                          "Tue 24 Nov 08:00 Pills"])

    def test_a_request_before_the_news(self):
        """A client may come between the step and the news of it."""
        self.clock.set_unnoticed("2026-11-20T13:30")
        added = self.world.add("In ten minutes", "in", "10min")
        self.assertEqual(self.world.wall(added["due"]), "Fri 20 Nov 13:40")
        self.clock.fire()
        self.assertEqual(self.world.live_until("2026-11-20T18:00"),
                         ["Fri 20 Nov 13:40 In ten minutes",
                          "Fri 20 Nov 15:00 At three",
                          "Fri 20 Nov 17:00 At five"])

    def test_a_snooze_is_an_instant(self):
        """An hour of snooze ends when the clock says so, once."""
        self.clock.pass_until("2026-11-20T15:00")
        self.world.daemon.ok("snooze", "1", "1h")
        self.clock.set("2026-11-20T14:45")
        self.world.shown()
        self.clock.pass_until("2026-11-20T16:30")
        self.assertEqual(self.world.shown(),
                         ["Fri 20 Nov 16:00 At three"])


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
                         ["Sat 21 Nov 13:37:42 Call Dana"])
        self.assertEqual(self.world.daemon.json("show", "1")["due"],
                         self.clock.epoch("2026-11-21T09:00"))

    def test_several_are_one_notice(self):
        for hour in range(8, 14):
            self.world.add("At %d" % hour, "tomorrow", "%d:00" % hour)
        self.clock.rest()
        self.world.popups()
        self.clock.sleep_until("2026-11-21T13:37:42")
        self.assertEqual(self.world.shown(),
                         ["Sat 21 Nov 13:37:42 At %d" % hour
                          for hour in range(8, 14)])
        self.assertEqual(len(self.world.popups()), 1)

    def test_nothing_due_while_asleep(self):
        self.world.add("Call Dana", "tomorrow", "9am")
        self.clock.rest()
        self.clock.sleep_until("2026-11-21T08:59:59")
        self.assertEqual(self.world.shown(), [])
        self.clock.pass_until("2026-11-21T10:00")
        self.assertEqual(self.world.shown(),
                         ["Sat 21 Nov 09:00 Call Dana"])

    def test_off_over_night_is_like_asleep(self):
        self.world.add("Call Dana", "tomorrow", "9am")
        self.world.daemon.stop()
        self.clock.off_until("2026-11-21T13:37:42")
        self.world.daemon.start()
        self.world.begin()
        self.assertEqual(self.world.daemon.json("show", "1")["shown"], 1)

    def test_a_series_is_its_latest_occurrence(self):
        self.world.add("Pills", "--every", "day at 8:00")
        self.clock.sleep_until("2026-11-24T13:00")
        self.assertEqual(self.world.shown(), ["Tue 24 Nov 13:00 Pills"])
        pills = self.world.daemon.json("show", "1")
        self.assertEqual(self.world.wall(pills["due"]), "Tue 24 Nov 08:00")
        self.assertEqual(pills["missed"], 3)
        self.world.daemon.ok("done")
        self.assertEqual(self.world.live_until("2026-11-26T00:00"),
                         ["Wed 25 Nov 08:00 Pills"])
        self.assertEqual(self.world.daemon.json("show", "1")["missed"], 0)


class DaylightSaving(unittest.TestCase):
    """The nights in which the clock on the wall is moved. Each is done when it
    rings; the zone's abbreviation tells the hours that come twice apart."""

    def night(self, zone, begin, end, *series):
        world = World(self, begin, zone)
        world.with_zone = True
        for text, *words in series:
            world.add(text, "--every", *words)
        return world.live_until(end)

    def test_a_daily_in_the_hour_that_is_skipped(self):
        """It rings later by what the clock skips, and does not drift."""
        self.assertEqual(
            self.night("Europe/Berlin", "2026-03-27T12:00",
                       "2026-03-31T12:00", ("Tea", "day at 02:30")),
            ["Sat 28 Mar 02:30 CET Tea",
             "Sun 29 Mar 03:30 CEST Tea",
             "Mon 30 Mar 02:30 CEST Tea",
             "Tue 31 Mar 02:30 CEST Tea"])

    def test_a_daily_in_the_hour_that_comes_twice(self):
        """It rings in the first of them, and not again."""
        self.assertEqual(
            self.night("Europe/Berlin", "2026-10-23T12:00",
                       "2026-10-26T12:00", ("Tea", "day at 02:30")),
            ["Sat 24 Oct 02:30 CEST Tea",
             "Sun 25 Oct 02:30 CEST Tea",
             "Mon 26 Oct 02:30 CET Tea"])

    def test_hours_and_quarters_go_on_through_it(self):
        """What comes more often than daily follows the wall's clock: it is
        left out where that skips, and comes again where that repeats."""
        hourly = ("Hour", "RRULE:FREQ=HOURLY;BYMINUTE=0;BYSECOND=0")
        self.assertEqual(
            self.night("Europe/Berlin", "2026-03-29T00:30",
                       "2026-03-29T04:30", hourly),
            ["Sun 29 Mar 01:00 CET Hour",
             "Sun 29 Mar 03:00 CEST Hour",
             "Sun 29 Mar 04:00 CEST Hour"])
        self.assertEqual(
            self.night("Europe/Berlin", "2026-10-25T00:30",
                       "2026-10-25T04:30", hourly),
            ["Sun 25 Oct 01:00 CEST Hour",
             "Sun 25 Oct 02:00 CEST Hour",
             "Sun 25 Oct 02:00 CET Hour",
             "Sun 25 Oct 03:00 CET Hour",
             "Sun 25 Oct 04:00 CET Hour"])

    def test_half_an_hour(self):
        """Lord Howe moves its clock by 30 minutes."""
        self.assertEqual(
            self.night("Australia/Lord_Howe", "2026-04-04T00:00",
                       "2026-04-06T12:00", ("Tea", "day at 01:45")),
            ["Sat 04 Apr 01:45 +11 Tea",
             "Sun 05 Apr 01:45 +11 Tea",
             "Mon 06 Apr 01:45 +1030 Tea"])
        self.assertEqual(
            self.night("Australia/Lord_Howe", "2026-10-03T00:00",
                       "2026-10-05T12:00", ("Tea", "day at 02:15")),
            ["Sat 03 Oct 02:15 +1030 Tea",
             "Sun 04 Oct 02:45 +11 Tea",
             "Mon 05 Oct 02:15 +11 Tea"])

    def test_a_day_that_vanishes(self):
        """Samoa went over the date line: after the 29th came the 31st."""
        self.assertEqual(
            self.night("Pacific/Apia", "2011-12-28T00:00",
                       "2012-01-01T12:00", ("Tea", "day at 9:00")),
            ["Wed 28 Dec 09:00 -10 Tea",
             "Thu 29 Dec 09:00 -10 Tea",
             "Sat 31 Dec 09:00 +14 Tea",
             "Sun 01 Jan 09:00 +14 Tea"])

    def test_asleep_over_the_change(self):
        world = World(self, "2026-03-28T12:00", "Europe/Berlin")
        world.add("Tea", "--every", "day at 02:30")
        world.clock.rest()
        world.clock.sleep_until("2026-03-29T03:29:59")
        self.assertEqual(world.shown(), [])
        self.assertEqual(world.live_until("2026-03-30T12:00"),
                         ["Sun 29 Mar 03:30 Tea", "Mon 30 Mar 02:30 Tea"])


class Week(unittest.TestCase):
    """A week of series, with snoozes, skips and moves in between."""

    def setUp(self):
        self.world = World(self, "2026-11-22T20:00", "Europe/Berlin")
        for text, *rule in (("Pills", "day at 8:00"),
                            ("Stand-up", "weekday at 9:15"),
                            ("Plants", "mon and thu at 18:30"),
                            ("Review", "2 weeks at 16:00 on fri")):
            self.world.add(text, "--every", *rule)
        self.world.add("Dana", "wed", "11:00")

    def test_each_is_done_when_it_rings(self):
        self.assertEqual(self.world.live_until("2026-11-29T12:00"), [
            "Mon 23 Nov 08:00 Pills",
            "Mon 23 Nov 09:15 Stand-up",
            "Mon 23 Nov 18:30 Plants",
            "Tue 24 Nov 08:00 Pills",
            "Tue 24 Nov 09:15 Stand-up",
            "Wed 25 Nov 08:00 Pills",
            "Wed 25 Nov 09:15 Stand-up",
            "Wed 25 Nov 11:00 Dana",
            "Thu 26 Nov 08:00 Pills",
            "Thu 26 Nov 09:15 Stand-up",
            "Thu 26 Nov 18:30 Plants",
            "Fri 27 Nov 08:00 Pills",
            "Fri 27 Nov 09:15 Stand-up",
            "Fri 27 Nov 16:00 Review",
            "Sat 28 Nov 08:00 Pills",
            "Sun 29 Nov 08:00 Pills"])

    def test_snoozes_never_move_a_series(self):
        self.assertEqual(self.world.live_until("2026-11-29T12:00", {
            "Mon 23 Nov 08:00 Pills": "snooze 30m",
            "Mon 23 Nov 18:30 Plants": "snooze tue 7am",
            "Tue 24 Nov 09:15 Stand-up": "snooze 20m",
            "Tue 24 Nov 09:35 Stand-up": "snooze 20m",
            # Longer than until the next one: that waits, and rings once.
            "Wed 25 Nov 08:00 Pills": "snooze fri 10am",
            "Wed 25 Nov 11:00 Dana": "snooze thu 11am",
        }), [
            "Mon 23 Nov 08:00 Pills",
            "Mon 23 Nov 08:30 Pills",
            "Mon 23 Nov 09:15 Stand-up",
            "Mon 23 Nov 18:30 Plants",
            "Tue 24 Nov 07:00 Plants",
            "Tue 24 Nov 08:00 Pills",
            "Tue 24 Nov 09:15 Stand-up",
            "Tue 24 Nov 09:35 Stand-up",
            "Tue 24 Nov 09:55 Stand-up",
            "Wed 25 Nov 08:00 Pills",
            "Wed 25 Nov 09:15 Stand-up",
            "Wed 25 Nov 11:00 Dana",
            "Thu 26 Nov 09:15 Stand-up",
            "Thu 26 Nov 11:00 Dana",
            "Thu 26 Nov 18:30 Plants",
            "Fri 27 Nov 09:15 Stand-up",
            "Fri 27 Nov 10:00 Pills",
            "Fri 27 Nov 16:00 Review",
            "Sat 28 Nov 08:00 Pills",
            "Sun 29 Nov 08:00 Pills"])

    def test_what_is_not_answered_rings_anew_with_the_next(self):
        rang = self.world.live_until("2026-11-25T10:00", {
            "Mon 23 Nov 08:00 Pills": "",
            "Tue 24 Nov 08:00 Pills": "",
        })
        self.assertEqual([line for line in rang if "Pills" in line],
                         ["Mon 23 Nov 08:00 Pills",
                          "Tue 24 Nov 08:00 Pills",
                          "Wed 25 Nov 08:00 Pills"])

    def test_skipped_is_skipped_once(self):
        self.world.daemon.ok("skip", "1")
        self.world.daemon.ok("skip", "4")
        rang = self.world.live_until("2026-12-12T12:00", {
            "Wed 25 Nov 08:00 Pills": "skip"})
        self.assertEqual([line for line in rang if "Pills" in line][:4],
                         ["Tue 24 Nov 08:00 Pills",
                          "Wed 25 Nov 08:00 Pills",
                          "Thu 26 Nov 08:00 Pills",
                          "Fri 27 Nov 08:00 Pills"])
        self.assertEqual([line for line in rang if "Review" in line],
                         ["Fri 11 Dec 16:00 Review"])

    def test_moved_alone_or_with_all_that_follow(self):
        self.world.daemon.ok("move", "1", "mon", "10:00", "--this")
        self.world.daemon.ok("move", "2", "mon", "9:45", "--series")
        self.assertEqual(self.world.live_until("2026-11-24T12:00"), [
            "Mon 23 Nov 09:45 Stand-up",
            "Mon 23 Nov 10:00 Pills",
            "Mon 23 Nov 18:30 Plants",
            "Tue 24 Nov 08:00 Pills",
            "Tue 24 Nov 09:45 Stand-up"])

    def test_over_a_restart_every_night(self):
        rang = []
        for day in range(23, 28):
            self.world.daemon.kill()
            self.world.daemon.start()
            self.world.begin()
            rang += self.world.live_until("2026-11-%dT03:00" % (day + 1))
        self.assertEqual([line for line in rang if "Stand-up" in line],
                         ["%s %d Nov 09:15 Stand-up" % day for day in
                          (("Mon", 23), ("Tue", 24), ("Wed", 25),
                           ("Thu", 26), ("Fri", 27))])

    def test_clock_steps_ring_nothing_twice(self):
        self.assertEqual(self.world.live_until("2026-11-23T12:00"),
                         ["Mon 23 Nov 08:00 Pills",
                          "Mon 23 Nov 09:15 Stand-up"])
        self.world.clock.set("2026-11-23T07:30")
        self.assertEqual(self.world.live_until("2026-11-23T12:00"), [])
        self.world.clock.set("2026-11-23T19:30")
        self.assertEqual(self.world.shown(), ["Mon 23 Nov 19:30 Plants"])


if __name__ == "__main__":
    unittest.main()
