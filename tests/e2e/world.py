"""A rapportd whose time a test drives, with a desktop whose server is the
stand-in: what rings, and when, by the wall clock.

    world = World(test, "2026-11-20T14:30", "Europe/Berlin")
    world.add("Call Dana", "tue", "9am")
    world.live_until("2026-11-25T00:00")     # ["Tue 24 Nov 09:00 Call Dana"]
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
    """test: the unittest.TestCase that it ends with. zone: of the clock on the
    wall, and TZ of the daemon, unless it lives in another /etc by a wrapper.
    env: more of its variables."""

    def __init__(self, test, now, zone, config=None, env=None, wrapper=()):
        env = dict({} if wrapper else {"TZ": zone}, **(env or {}))
        self.clock = test.enterContext(Clock(now, zone))
        self.desktop = test.enterContext(
            Desktop(server="standin", display=False))
        self.daemon = test.enterContext(
            Daemon(config=ONCE if config is None else config,
                   clock=self.clock, env={**self.desktop.env, **env},
                   wrapper=wrapper))
        self.with_zone = False
        self._popups = []
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
        """"Fri 20 Nov 14:30"; with seconds, "Fri 20 Nov 14:30:05", when there
        are any; and "Fri 20 Nov 14:30 CET" with_zone."""
        local = self.clock.local(epoch)
        return local.strftime("%a %d %b %H:%M:%S").removesuffix(":00") + \
            (local.strftime(" %Z") if self.with_zone else "")

    def shown(self):
        """What was shown since the last look: "Fri 20 Nov 14:30 Call Dana"."""
        self.clock.rest()
        return ["%s %s" % (self.wall(event["at"]), event["reminder"]["text"])
                for event in self.watch.pending()
                if event["event"] == "shown"]

    def live_until(self, moment, answers=None):
        """Time passes, and whatever is shown is done at once, or what answers
        say: {"Fri 20 Nov 14:30 Call Dana": "snooze 2h"}, where "" is no
        answer. What was shown, as shown() tells it."""
        rang, answers = [], dict(answers or {})

        def answer():
            self.clock.rest()
            self._read_server()
            for event in self.watch.pending():
                if event["event"] != "shown":
                    continue
                rang.append("%s %s" % (self.wall(event["at"]),
                                       event["reminder"]["text"]))
                verb, *words = answers.pop(rang[-1], "done").split() or [None]
                if verb is not None:
                    self.daemon.ok(verb, str(event["id"]), *words)

        self.clock.pass_until(moment, answer)
        assert not answers, "never shown: %s" % list(answers)
        return rang

    def popups(self):
        """The pop-ups since the last look, as the server was told of them:
        "summary", "body" and so on."""
        self.clock.rest()
        self._read_server()
        popups, self._popups = self._popups, []
        return popups

    def _read_server(self):
        """What the server has to tell; it would wait in a pipe that is
        full."""
        fd = self.desktop.standin.process.stdout.fileno()
        while select.select([fd], [], [], 0)[0]:
            record = json.loads(read_line(fd))
            if record["call"] == "Notify":
                self._popups.append(record)
