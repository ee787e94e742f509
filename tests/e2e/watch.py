"""The events of `rapportctl watch`, read from the socket itself.

    watch = Watch(daemon)
    daemon.ok("add", "Call Dana", "in", "1s")
    watch.next("shown", id=1)
"""


class Watch:
    """The events from now on; what was read of them is kept in `seen`."""

    def __init__(self, daemon):
        self.seen = []
        self.connection = daemon.connect()
        self.connection.send("Watch", more=True)
        # What was sent before this call is read before its turn ends.
        daemon.varlink("org.varlink.service.GetInfo")

    def next(self, event, **wanted):
        """The next event so called (whose reminder has these values)."""
        while True:
            message = self.connection.receive()
            if message is None:
                raise AssertionError("rapportd hung up before %s" % event)
            record = message["parameters"]
            self.seen.append(record)
            reminder = record["reminder"] or {}
            if record["event"] == event and all(
                    reminder.get(k) == v for k, v in wanted.items()):
                return record

    def count(self, event):
        """How many events so called were read."""
        return sum(record["event"] == event for record in self.seen)

    def close(self):
        self.connection.close()
