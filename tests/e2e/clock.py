"""The time of a rapportd that was built with the stand-in clock.

    clock = Clock("2026-11-20T14:30", "Europe/Berlin")
    with Daemon(clock=clock, env=desktop.env) as daemon:
        clock.attend(daemon)
        clock.pass_until("2026-11-21T09:00")
        clock.sleep_until("2026-11-24T08:00")
        clock.set("2026-11-24T07:00")

Times are local ones of the zone given, or Unix seconds. Nothing here waits for
real time to pass: each step ends when rapportd and its notifier are at rest.
"""

import datetime
import os
import shutil
import socket
import tempfile
import time
import zoneinfo

from base import LIMIT, Timeout


class Clock:
    def __init__(self, now, zone="UTC"):
        self.zone = zoneinfo.ZoneInfo(zone)
        self.now = self.epoch(now)
        self.armed = None  # the moment that the daemon waits for
        self.fired = 0     # how often its clock has fired
        self.daemon = None
        self._folder = tempfile.mkdtemp(prefix="rapport-test.")
        path = os.path.join(self._folder, "clock")
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        self._listener.listen()
        self._listener.settimeout(LIMIT)
        self._lines = None
        self.env = {"RAPPORT_CLOCK": path}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._hang_up()
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _hang_up(self):
        if self._lines is not None:
            self._lines.close()
            self._lines = None

    # --- moments

    def epoch(self, moment, fold=0):
        """The Unix seconds of a local time; fold=1: the second of two."""
        if isinstance(moment, int):
            return moment
        local = datetime.datetime.fromisoformat(moment)
        return int(local.replace(tzinfo=self.zone, fold=fold).timestamp())

    def local(self, epoch):
        """The local time, a datetime."""
        return datetime.datetime.fromtimestamp(epoch, self.zone)

    def travel(self, zone):
        """Read the wall's clock in another zone from now on."""
        self.zone = zoneinfo.ZoneInfo(zone)

    # --- the daemon's end

    def meet(self):
        """A rapportd was started: tell it the time."""
        self._hang_up()
        connection = self._listener.accept()[0]
        connection.settimeout(LIMIT)
        self._lines = connection.makefile("rw")
        connection.close()
        self._tell(str(self.now))

    def attend(self, daemon):
        """Wait for this daemon and its notifier after each step."""
        self.daemon = daemon
        self.rest()

    def _tell(self, line):
        self._lines.write(line + "\n")
        self._lines.flush()

    def _ask(self, line):
        self._tell(line)
        self.armed = int(self._lines.readline())

    def rest(self):
        """Until the daemon knows all that the notifier has to tell."""
        if self.daemon is not None:
            self._rest_notifier()
        self._ask("now %d" % self.now)

    def _rest_notifier(self):
        """Its answers come in order, and a status waits for one; but the first
        may be what a notifier says when it starts, and on a busy machine the
        status waits no longer."""
        end = time.monotonic() + LIMIT
        answers = 0
        while answers < 2:
            status = self.daemon.varlink("Status")
            answers += status["popups"]["available"]
            if time.monotonic() > end:
                raise Timeout("the notifier does not answer")
        # Behind whatever the last answer made the daemon tell.
        self.daemon.varlink("Status", {"quick": True})

    # --- what happens

    def fire(self):
        """The timer fires, whatever the time is."""
        self.fired += 1
        self._ask("fire")
        self.rest()

    def pass_until(self, moment, each=lambda: None):
        """Time passes up to and with a moment: the clock fires whenever it
        was armed for. each is called after it has."""
        end = self.epoch(moment)
        self.rest()
        while self.armed <= end:
            self.set_unnoticed(self.armed)
            self.fire()
            each()
            self.rest()
        self.set_unnoticed(end)

    def set_unnoticed(self, moment):
        """It is another time, and the daemon has not been told yet."""
        self.now = self.epoch(moment)
        self._ask("now %d" % self.now)

    def set(self, moment):
        """Somebody sets the clock: the timer is cancelled, which fires it."""
        self.set_unnoticed(moment)
        self.fire()

    # The machine sleeps until a moment, and the timer tells of the resume.
    sleep_until = set

    def off_until(self, moment):
        """No rapportd runs until then."""
        self._hang_up()
        self.now = self.epoch(moment)
