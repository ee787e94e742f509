"""The main job, as a person meets it: a follow-up is added, pops up, and is
snoozed or done from the pop-up and from the terminal. Real programs, a real
bus, a real dunst; a stand-in server where the words of a pop-up matter."""

import unittest

from daemon import Daemon
from desktop import Desktop
from watch import Watch

SHORT = {"popup": {"later": "2s", "raise": "1s, 3s", "put_away": "1s"},
         "notifier": {"lead": "1s"}}


class MainJob(unittest.TestCase):
    """With the real dunst."""

    def setUp(self):
        self.desktop = self.enterContext(Desktop())
        self.daemon = self.enterContext(
            Daemon(config=SHORT, env=self.desktop.env))
        self.watch = Watch(self.daemon)
        self.addCleanup(self.watch.close)

    def state(self, number=1):
        return self.daemon.json("show", str(number))["state"]

    def add(self, text="Call Dana", when="in 2s", *more):
        reminder = self.daemon.json("add", text, *when.split(), *more)
        return reminder

    def test_pops_up_on_the_second(self):
        reminder = self.add()
        shown = self.watch.next("shown", id=1)
        self.assertEqual(shown["at"], reminder["due"])
        self.assertEqual(self.desktop.displayed(), 1)
        self.assertEqual(self.daemon.json("status")["ringing"], 1)
        self.assertEqual(self.daemon.json("status")["overdue"], 0)

    def test_done_from_the_pop_up(self):
        self.add()
        self.watch.next("shown")
        self.desktop.press("Done")
        self.watch.next("done", id=1)
        self.assertEqual(self.state(), "done")
        self.desktop.wait_displayed(0)

    def test_later_from_the_pop_up_rings_again(self):
        reminder = self.add()
        self.watch.next("shown")
        self.desktop.press("Later")
        snoozed = self.watch.next("snoozed")["reminder"]
        self.assertEqual(snoozed["due"], reminder["due"])
        self.assertGreater(snoozed["ring_at"], reminder["due"])
        self.watch.next("shown")
        self.assertEqual(self.state(), "ringing")

    def test_done_from_the_terminal_closes_the_pop_up(self):
        self.add()
        self.watch.next("shown")
        self.assertEqual(self.daemon.json("done")["state"], "done")
        self.desktop.wait_displayed(0)

    def test_snooze_from_the_terminal_closes_the_pop_up(self):
        self.add()
        self.watch.next("shown")
        self.assertEqual(self.daemon.json("snooze", "2h")["state"], "snoozed")
        self.desktop.wait_displayed(0)

    def test_dismissed_by_hand_is_later_and_never_done(self):
        self.add()
        self.watch.next("shown")
        self.desktop.dunstctl("close")
        self.watch.next("snoozed")
        self.watch.next("shown")
        self.desktop.dunstctl("close")
        self.watch.next("snoozed")
        self.watch.next("shown")
        self.desktop.dunstctl("close")     # the third time of the day
        self.watch.next("waiting")
        self.assertEqual(self.state(), "ringing")
        self.assertEqual(self.daemon.json("status")["overdue"], 1)

    def test_unanswered_it_is_raised_anew_then_waits(self):
        self.add()
        first = self.watch.next("shown")["at"]
        self.assertEqual(self.watch.next("shown")["at"], first + 1)
        self.assertEqual(self.watch.next("shown")["at"], first + 3)
        self.watch.next("waiting")
        self.desktop.wait_displayed(0)
        self.assertEqual(self.state(), "ringing")
        self.assertEqual(self.daemon.json("show", "1")["shown"], 3)

    def test_three_stand_and_more_are_one_notice(self):
        for i in range(5):
            self.add("Call number %d" % i, "in 3s")
        for _ in range(5):
            self.watch.next("ringing")
        self.watch.next("shown")
        self.assertEqual(self.desktop.displayed(), 1)
        self.desktop.press("Later")
        for _ in range(5):
            self.watch.next("snoozed")

    def test_a_click_can_be_undone_and_does_not_ring_at_once(self):
        self.add()
        self.watch.next("shown")
        self.desktop.press("Done")
        self.watch.next("done")
        undone = self.daemon.json("undo")
        self.assertIn("Call Dana", undone["undone"])
        self.assertEqual(self.state(), "ringing")
        self.assertEqual(self.desktop.displayed(), 0)

    def test_quiet_holds_it_and_urgent_comes_through(self):
        self.daemon.ok("quiet", "1h")
        self.add("Held", "in 1s")
        self.add("Loud", "in 1s", "--urgent")
        shown = self.watch.next("shown")
        self.assertEqual(shown["reminder"]["text"], "Loud")
        self.assertEqual(self.desktop.displayed(), 1)
        self.daemon.ok("quiet", "off")
        shown = self.watch.next("shown")
        self.assertEqual(shown["reminder"]["text"], "Held")

    def test_killed_and_started_it_is_raised_again(self):
        self.add()
        self.watch.next("shown")
        self.watch.close()
        self.daemon.kill()
        self.desktop.wait_displayed(0)     # its buttons would be dead
        self.daemon.start()
        self.desktop.wait_displayed(1)
        self.assertEqual(self.state(), "ringing")
        self.watch = Watch(self.daemon)
        self.addCleanup(self.watch.close)


if __name__ == "__main__":
    unittest.main()
