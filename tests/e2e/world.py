"""A rapportd whose time a test drives, with a desktop whose server is the
stand-in: what rings, and when, by the wall clock.

    world = World(test, "2026-11-20T14:30", "Europe/Berlin")
    world.add("Call Dana", "tue", "9am")
    world.live_until("2026-11-25T00:00")
                     # [("2026-11-24 09:00:00", "Call Dana")]
"""

import json
import select

from base import read_line
from clock import Clock
from daemon import Daemon
from desktop import Desktop
from watch import Watch

# One pop-up a ringing: nothing is raised anew for a week.
ONCE = {"popup": {"raise": "7d", "put_away": "7d"}}


class World:
    """test: the unittest.TestCase that it ends with. zone: TZ of the
    daemon; env: more of its variables."""

    def __init__(self, test, now, zone, config=None, env=None):
        self.clock = test.enterContext(Clock(now, zone))
        self.desktop = test.enterContext(
            Desktop(server="standin", display=False))
        self.daemon = test.enterContext(
            Daemon(config=ONCE if config is None else config,
                   clock=self.clock,
                   env={**self.desktop.env, "TZ": zone, **(env or {})}))
        self.watch = None
        test.addCleanup(lambda: self.watch.close())
        self.begin()

    def begin(self):
        """A rapportd was started: follow it."""
        if self.watch is not None:
            self.watch.close()
        self.watch = Watch(self.daemon)
        self.clock.attend(self.daemon)

    def add(self, *words):
        return self.daemon.json("add", *words)

    def wall(self, epoch):
        return self.clock.local(epoch)[:19].replace("T", " ")

    def shown(self):
        """(when, text) of what was shown since the last look."""
        self.clock.rest()
        return [(self.wall(event["at"]), event["reminder"]["text"])
                for event in self.watch.pending()
                if event["event"] == "shown"]

    def live_until(self, moment):
        """Time passes, and whatever is shown is done at once: (when, text)
        of each."""
        rang = []

        def answer():
            self.clock.rest()
            for event in self.watch.pending():
                if event["event"] == "shown":
                    rang.append((self.wall(event["at"]),
                                 event["reminder"]["text"]))
                    self.daemon.varlink("Done", {"id": [event["id"]]})

        self.clock.pass_until(moment, answer)
        return rang

    def popups(self):
        """The summaries of the pop-ups since the last look."""
        self.clock.rest()
        fd = self.desktop.standin.process.stdout.fileno()
        summaries = []
        while select.select([fd], [], [], 0)[0]:
            record = json.loads(read_line(fd))
            if record["call"] == "Notify":
                summaries.append(record["summary"])
        return summaries
