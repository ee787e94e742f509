"""The events of `rapportctl watch`, read from the socket itself.

    watch = Watch(daemon)
    daemon.ok("add", "Call Dana", "in", "1s")
    watch.next("shown", id=1)
"""

from base import LIMIT


class Watch:
    """The events from now on; what was read of them is kept in `seen`."""

    def __init__(self, daemon):
        self.seen = []
        self.connection = daemon.connect()
        self.connection.send("Watch", more=True)
        # What was sent before this call is read before its turn ends.
        daemon.varlink("org.varlink.service.GetInfo")

    def next(self, *events, limit=LIMIT, **wanted):
        """The next event called so, or so (whose reminder has these values).
        limit: seconds to wait for each event, or Timeout is raised."""
        self.connection.socket.settimeout(limit)
        while True:
            message = self.connection.receive()
            if message is None:
                raise AssertionError("rapportd hung up before %s"
                                     % " or ".join(events))
            record = message["parameters"]
            self.seen.append(record)
            reminder = record["reminder"] or {}
            if record["event"] in events and all(
                    reminder.get(k) == v for k, v in wanted.items()):
                return record

    def pending(self):
        """The events that have come and were not read yet."""
        fresh = []
        while True:
            message = self.connection.receive(wait=False)
            if message is None:
                self.seen += fresh
                return fresh
            fresh.append(message["parameters"])

    def count(self, event):
        """How many events so called were read."""
        return sum(record["event"] == event for record in self.seen)

    def close(self):
        self.connection.close()
