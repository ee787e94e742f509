"""Series on the walls of all zones, around the changes of the clock, by brute
force: the wall-clock times of the rule are python-dateutil's, what a wall clock
means is zoneinfo's (PEP 495), and the rest is the definition in recur.h:

DAILY and longer: each slot rings once, at its instant (the first in a fold,
with the offset before a gap); of two at one instant it is the one that the wall
shows. HOURLY and MINUTELY: every instant at which the wall shows a time of the
rule. COUNT and UNTIL are told on the wall, but UNTIL with Z: of instants.
"""

import zoneinfo
from collections import namedtuple
from datetime import datetime, timedelta, timezone

import rules
from oracle import OracleTest, ask, randoms, wall_text
from test_rules import dateutil_rule
from test_zones import WEEKDAYS_REPEAT, LAST, by_pep_495, changes, zones

CASES = 4000
COMPARED = 15  # occurrences
COUNTED = 999  # of those missed; recur.h says no more
WINDOW = timedelta(days=3)

# Where the clock does the unusual: a day that vanishes, most of a day shown
# twice, half an hour, two hours, midnight left out or shown twice.
UNUSUAL = (
    ("Pacific/Apia", 1325239200), ("Pacific/Kwajalein", 745934400),
    ("Pacific/Kwajalein", -7988400), ("Australia/Lord_Howe", 1775314800),
    ("Australia/Lord_Howe", 1791041400), ("Asia/Pyongyang", 1525446000),
    ("America/Caracas", 1462086000), ("Antarctica/Troll", 1774746000),
    ("Africa/Cairo", 1400191200), ("Asia/Gaza", 1774656000),
    ("America/Sao_Paulo", 1541300400), ("America/Havana", 1793509200),
)

Occurrence = namedtuple("Occurrence", "epoch slot local fit")


def there(t, zone):
    """The wall at an instant."""
    return datetime.fromtimestamp(t, zone).replace(tzinfo=None)


def places(random):
    """(name, file, instant of a change), for ever."""
    files = dict(zones())
    listed = {}
    names = sorted(files)
    while True:
        if random.random() < 0.1:
            name, t = random.choice(UNUSUAL)
        else:
            name = random.choice(names)
            if name not in listed:
                listed[name] = changes(files[name]) or [0]
            t = random.choice(listed[name])
            while random.random() < 0.3 and t + WEEKDAYS_REPEAT < LAST:
                t += WEEKDAYS_REPEAT
        yield name, files[name], t


class Series:
    """A rule and an anchor, such that it has occurrences around a change."""

    def __init__(self, random, place):
        self.name, self.file, self.change = place
        self.zone = zoneinfo.ZoneInfo(self.name)
        self.wall = there(self.change - 1, self.zone) + timedelta(seconds=1)
        self.rule = rules.Rule(random.choices(
            rules.FREQS, (18, 18, 50, 6, 6, 2))[0])
        self.subdaily = self.rule.freq in ("MINUTELY", "HOURLY")
        self.until_instant = None
        self.known = self.change + int(WINDOW.total_seconds())
        self.choose_parts(random)
        self.choose_anchor(random)
        self.choose_end(random)
        self.occurrences = self.by_brute_force()

    def choose_parts(self, random):
        rule, hour = self.rule, self.wall.hour
        near = sorted({(hour + h) % 24
                       for h in random.choices(range(-2, 3), k=3)})
        if random.random() < 0.4:
            rule.by["BYHOUR"] = near
        if random.random() < 0.4:
            rule.by["BYMINUTE"] = random.choice(
                ([0], [30], [0, 30], [15, 45], [59], [0, 10, 20, 40]))
        if rule.freq == "MONTHLY":
            rule.by["BYMONTHDAY"] = sorted(
                {(self.wall + timedelta(days=d)).day for d in (-1, 0, 1)})
        rule.interval = random.choice({
            "MINUTELY": (1, 7, 15, 20, 45, 90), "HOURLY": (1, 1, 2, 3, 5, 24),
            "DAILY": (1, 1, 1, 2, 3), "MONTHLY": (1, 2)}.get(
                rule.freq, (1,)))

    def choose_anchor(self, random):
        most = {"MINUTELY": 1, "HOURLY": 6, "DAILY": 30}.get(
            self.rule.freq, 7)
        self.anchor = self.wall + timedelta(
            days=-random.randint(0, most),
            minutes=random.choice((0, 30, random.randint(-60, 60),
                                   random.randint(-180, 180))))
        self.anchor -= timedelta(seconds=self.anchor.second)

    def choose_end(self, random):
        kind = random.random()
        near = timedelta(minutes=random.randint(-600, 3000))
        if kind < 0.15:
            self.rule.count = random.randint(1, 40)
        elif kind < 0.3:
            self.rule.until = self.wall + near
        elif kind < 0.45:
            self.until_instant = self.change + int(near.total_seconds())

    def __str__(self):
        if self.until_instant is None:
            return str(self.rule)
        until = datetime.fromtimestamp(self.until_instant, timezone.utc)
        return f"{self.rule};UNTIL={wall_text(until)}Z"

    def by_brute_force(self):
        """Those before the instant `known`, by time; complete: all."""
        found = {}
        self.complete = False
        for slot in dateutil_rule(self.rule, self.anchor):
            if slot > self.wall + 2 * WINDOW:
                break
            for o in self.shown(slot) if self.subdaily else self.once(slot):
                same = found.get(o.epoch)
                if same is None or same.fit == "gap":
                    found[o.epoch] = o
        else:
            self.complete = True
        last = self.until_instant
        if last is not None and last < self.known:
            self.complete = True
        return [o for t, o in sorted(found.items())
                if (last is None or t <= last) and
                (self.complete or t < self.known)]

    def once(self, slot):
        t, fit = by_pep_495(slot, self.zone)
        return [Occurrence(t, slot, there(t, self.zone), fit)]

    def shown(self, slot):
        """At each instant at which the wall shows it: an hour shown twice is
        two occurrences, neither of which stands for the other."""
        both = {int(slot.replace(tzinfo=self.zone, fold=f).timestamp())
                for f in (0, 1)}
        return [Occurrence(t, slot, slot, "exact") for t in both
                if there(t, self.zone) == slot]

    def instant(self, slot):
        return by_pep_495(slot, self.zone)[0]

    def some_occurrence(self, random):
        """One that is not near the end of what is known; or None."""
        early = [o for o in self.occurrences if o.epoch < self.known - 86400]
        return random.choice(early[-60:]) if early else None


def as_text(o):
    return f"{o.epoch}/{wall_text(o.slot)}/{wall_text(o.local)}/{o.fit}"


def some_series(random):
    for _, place in zip(range(CASES), places(random)):
        try:
            yield Series(random, place)
        except ValueError as why:  # so dateutil says that it never occurs
            assert "empty" in str(why), why


class Recur(OracleTest):
    def compare(self, cases):
        """cases: (series, question, what its answer begins with)"""
        questions = []
        for series, question, _ in cases:
            questions += [f"zone {series.name} {series.file}", question]
        answers = ask("ours", questions)[1::2]
        for (series, question, right), answer in zip(cases, answers):
            if answer.split()[:len(right)] != right:
                self.differs(f"{series.name} {question}\n  rapport {answer}\n"
                             f"  by brute force {' '.join(right)}")

    def test_next(self):
        compared = {"gap": 0, "fold": 0, "exact": 0}
        cases = []
        for random in randoms("series"):
            for series in some_series(random):
                question, right = self.next_question(random, series)
                cases.append((series, question, right))
                for o in right:
                    if o != "ended":
                        compared[o.split("/")[3]] += 1
        self.compare(cases)
        self.figure(
            f"{len(cases):,} series around changes of the clock in all zones, "
            f"{sum(compared.values()):,} occurrences ({compared['gap']:,} in "
            f"gaps, {compared['fold']:,} in folds): all as by brute force")

    def next_question(self, random, series):
        """From some moment on, or from an occurrence, or from a slot and a
        moment that don't belong together, as a journey leaves them."""
        after = series.change + random.randint(-26 * 3600, 3 * 3600)
        slot, bound = None, after
        here = series.some_occurrence(random)
        if here and random.random() < 0.6:
            slot = here.slot
            if random.random() < 0.7:
                after = here.epoch
            bound = after
            if not series.subdaily:
                bound = max(after, series.instant(slot))
        right = [as_text(o) for o in series.occurrences if o.epoch > bound]
        if series.complete:
            right.append("ended")
        return (f"series {wall_text(series.anchor)} "
                f"{wall_text(slot) if slot else '-'} {after} {COMPARED} "
                f"{series}"), right[:COMPARED]

    def test_latest(self):
        cases = []
        passed_all = 0
        for random in randoms("latest"):
            for series in some_series(random):
                here = series.some_occurrence(random)
                if here is None:
                    continue
                now = random.randint(here.epoch, series.known - 1)
                passed = [o for o in series.occurrences
                          if here.epoch < o.epoch <= now]
                passed_all += len(passed)
                right = [as_text(passed[-1]),
                         str(min(len(passed), COUNTED))] if passed \
                    else ["none"]
                cases.append((series, f"latest {wall_text(series.anchor)} "
                              f"{wall_text(here.slot)} {here.epoch} {now} "
                              f"{series}", right))
        self.compare(cases)
        self.figure(f"{len(cases):,} series that were missed, {passed_all:,} "
                    "times: their latest occurrences are as by brute force")
