"""Zones against python3's zoneinfo: every zone of the tz database, the years
1900 to 2100, half of the moments near a change of the clock.

Instants to wall clocks leave nothing to interpret. What a wall clock means
where it is skipped or shown twice is told three times, independently: by
rapport; by PEP 495, as zoneinfo does it (fold=0 is the first of two, and in a
gap the offset before it); and by the rule of daemon/DESIGN.md, 4, written down
here once more on zoneinfo's offsets.
"""

import os
import struct
import unittest
import zoneinfo
from datetime import datetime, timedelta

from oracle import OracleTest, ask, randoms, wall_text

CASES = 200  # of each zone in each direction
DAY = 86400
EPOCH = datetime(1970, 1, 1)
FIRST = int((datetime(1900, 1, 1) - EPOCH).total_seconds())
LAST = int((datetime(2100, 12, 31) - EPOCH).total_seconds())
# After 28 years the weekdays are on the same days again: what a rule for all
# the years to come does, it does then too.
WEEKDAYS_REPEAT = 28 * 365 * DAY + 7 * DAY


def zones():
    """(name, file) of every zone."""
    for name in sorted(zoneinfo.available_timezones()):
        for folder in zoneinfo.TZPATH:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield name, path
                break


def changes(path):
    """The instants at which the clock changes, as far as the file lists them,
    between FIRST and LAST. They only say where to look."""
    with open(path, "rb") as f:
        data = f.read()

    def header(at):
        return struct.unpack_from(">6L", data, at + 20)

    ut, standard, leap, times, types, letters = header(0)
    at = 44 + times * 5 + types * 6 + letters + leap * 8 + standard + ut
    times = header(at)[3]
    listed = struct.unpack_from(f">{times}q", data, at + 44)
    return [t for t in listed if FIRST < t < LAST]


def moments(random, near):
    """Seconds: half of them within two days of a change, if there are any."""
    for i in range(CASES):
        if i % 2 or not near:
            yield random.randint(FIRST, LAST)
            continue
        t = random.choice(near)
        while random.random() < 0.3 and t + WEEKDAYS_REPEAT < LAST:
            t += WEEKDAYS_REPEAT
        distance = random.choice((0, 1, 1800, 3600, 7200, 4 * 3600, 2 * DAY))
        t += random.randint(-distance, distance)
        yield t // 60 * 60 if random.random() < 0.3 else t


def instant(wall):
    """Of a wall clock that has its zone."""
    return int(wall.timestamp())


def by_pep_495(wall, zone):
    """(instant, fit)"""
    first, second = (wall.replace(tzinfo=zone, fold=f) for f in (0, 1))
    t = instant(first)
    if datetime.fromtimestamp(t, zone).replace(tzinfo=None) != wall:
        return t, "gap"
    return t, "fold" if instant(second) != t else "exact"


def by_the_rule(seconds, zone):
    """The same, of fields as if they were UTC."""
    def offset(t):
        return int(datetime.fromtimestamp(t, zone).utcoffset().total_seconds())

    a, b = offset(seconds - DAY), offset(seconds + DAY)
    held = {seconds - x for x in (a, b) if offset(seconds - x) == x}
    if not held:
        return seconds - a, "gap"
    return min(held), "exact" if len(held) == 1 else "fold"


class Zones(OracleTest):
    def test_instants_to_wall_clocks(self):
        compared = 0
        for random in randoms("instants"):
            n = 0
            for name, path in zones():
                zone = zoneinfo.ZoneInfo(name)
                asked = list(moments(random, changes(path)))
                answers = ask_about(name, path,
                                    [f"fields {t}" for t in asked])
                for t, answer in zip(asked, answers):
                    there = datetime.fromtimestamp(t, zone)
                    offset = int(there.utcoffset().total_seconds())
                    right = f"{wall_text(there)} {offset} {there.tzname()}"
                    if answer != right:
                        self.differs(f"{name} at {t}: {answer}, not {right}")
                compared += len(asked)
                n += 1
        self.figure(f"{compared:,} instants in {n} zones agree with zoneinfo")

    def test_wall_clocks_to_instants(self):
        fits = {"exact": 0, "gap": 0, "fold": 0}
        for random in randoms("wall clocks"):
            n = 0
            for name, path in zones():
                zone = zoneinfo.ZoneInfo(name)
                asked = [wall_near(t, random, zone)
                         for t in moments(random, changes(path))]
                walls = [EPOCH + timedelta(seconds=t) for t in asked]
                answers = ask_about(name, path, [
                    f"instant {wall_text(wall)}" for wall in walls])
                for t, wall, answer in zip(asked, walls, answers):
                    rule = "%d %s" % by_the_rule(t, zone)
                    pep = "%d %s" % by_pep_495(wall, zone)
                    fits[answer.split()[1]] += 1
                    if not answer == rule == pep:
                        self.differs(f"{name} at {wall}: {answer}, "
                                     f"by the rule {rule}, by PEP 495 {pep}")
                n += 1
        self.figure(
            f"{sum(fits.values()):,} wall clocks in {n} zones agree with the "
            f"rule and PEP 495 ({fits['gap']:,} in gaps, {fits['fold']:,} in "
            "folds)")


def wall_near(t, random, zone):
    """Fields as if UTC that the wall shows at about t."""
    offset = datetime.fromtimestamp(t, zone).utcoffset()
    return t + int(offset.total_seconds()) + random.choice((0, 0, 1800, -1800))


def ask_about(name, path, questions):
    return ask("ours", [f"zone {name} {path}", *questions])[1:]


if __name__ == "__main__":
    unittest.main()
