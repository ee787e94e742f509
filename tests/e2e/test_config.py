"""The configuration as the running daemon takes it: what is wrong with it is
said where people look, and never silences a reminder."""

import unittest

from daemon import Daemon

BAD = "[popup]\nlatr = 2h\n"


class Configuration(unittest.TestCase):
    def start(self, config):
        return self.enterContext(Daemon(config=config))

    def test_a_bad_file_at_start_leaves_the_defaults(self):
        daemon = self.start(BAD)
        self.assertIn("rapport.conf:2: ", daemon.log())
        self.assertIn("did you mean later?", daemon.log())
        wrong = daemon.json("status")["config_error"]
        self.assertIn("rapport.conf:2: ", wrong)
        self.assertIn("rapport.conf:2: ", daemon.ok("status"))
        daemon.ok("add", "Call Dana", "tomorrow")

    def test_a_bad_file_at_reload_leaves_what_was(self):
        daemon = self.start({"time": {"morning": "07:30"}})
        daemon.configure("[time]\nmorning = 25:00\n")
        daemon.reload()
        self.assertIn("rapport.conf:2: ", daemon.log())
        added = daemon.json("add", "Call Dana", "tomorrow")
        self.assertIn("T07:30:00", added["due_local"])

    def test_a_mended_file_is_used(self):
        daemon = self.start(BAD)
        daemon.configure({"time": {"morning": "07:30"}})
        daemon.reload()
        self.assertIsNone(daemon.json("status")["config_error"])
        self.assertNotIn("settings", daemon.ok("status"))
        added = daemon.json("add", "Call Dana", "tomorrow")
        self.assertIn("T07:30:00", added["due_local"])

    def test_a_zone_that_is_none_silences_nothing_either(self):
        daemon = self.enterContext(Daemon(env={"TZ": "Europe/Berln"}))
        self.assertIn("TZ=Europe/Berln", daemon.log())
        daemon.ok("add", "Call Dana", "tomorrow")


if __name__ == "__main__":
    unittest.main()
