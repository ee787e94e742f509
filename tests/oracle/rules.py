"""Recurrence rules of RFC 5545 by chance, tricky ones more often than chance
would have it; how they are written, and what is no rule."""

from datetime import datetime, timedelta

from oracle import wall_text

FREQS = ("MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

FIRST, THEN = 5, 3  # how many occurrences a question is about

# How long the periods are, about, in minutes.
MINUTES = {"MINUTELY": 1, "HOURLY": 60, "DAILY": 1440, "WEEKLY": 10080,
           "MONTHLY": 43829, "YEARLY": 525949}

# The numbers that a part may have, those first that make trouble.
NUMBERS = {
    "BYSECOND": ([0, 59, 30], range(60)),
    "BYMINUTE": ([0, 30, 59], range(60)),
    "BYHOUR": ([0, 9, 23], range(24)),
    "BYMONTHDAY": ([1, 13, 28, 29, 30, 31, -1, -2, -28, -29, -30, -31],
                   range(1, 32)),
    "BYYEARDAY": ([1, 59, 60, 61, 365, 366, -1, -2, -306, -307, -365, -366],
                  range(1, 367)),
    "BYWEEKNO": ([1, 2, 51, 52, 53, -1, -2, -51, -52, -53], range(1, 54)),
    "BYMONTH": ([1, 2, 12], range(1, 13)),
}
# Numbers of a weekday in a month and in a year.
NTH_OF_MONTH = [1, 2, 3, 4, 5, -1, -2, -5]
NTH_OF_YEAR = [1, 2, 10, 20, 51, 52, 53, -1, -2, -51, -52, -53]

# Which parts each FREQ may have, as the RFC permits, and how often of a
# hundred they stand there.
LIKELY = {
    "MINUTELY": {"BYSECOND": 10, "BYMINUTE": 30, "BYHOUR": 30, "BYDAY": 15,
                 "BYMONTHDAY": 10, "BYYEARDAY": 4, "BYMONTH": 10},
    "HOURLY": {"BYSECOND": 10, "BYMINUTE": 30, "BYHOUR": 30, "BYDAY": 20,
               "BYMONTHDAY": 10, "BYYEARDAY": 4, "BYMONTH": 10},
    "DAILY": {"BYSECOND": 5, "BYMINUTE": 20, "BYHOUR": 20, "BYDAY": 30,
              "BYMONTHDAY": 25, "BYMONTH": 25},
    "WEEKLY": {"BYSECOND": 5, "BYMINUTE": 15, "BYHOUR": 15, "BYDAY": 70,
               "BYMONTH": 25},
    "MONTHLY": {"BYSECOND": 3, "BYMINUTE": 10, "BYHOUR": 10, "BYDAY": 50,
                "BYMONTHDAY": 40, "BYMONTH": 25},
    "YEARLY": {"BYSECOND": 3, "BYMINUTE": 10, "BYHOUR": 10, "BYDAY": 50,
               "BYMONTHDAY": 30, "BYYEARDAY": 15, "BYWEEKNO": 25,
               "BYMONTH": 35},
}

# Those that choose days, beside BYDAY.
LIMITS = ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY")

INTERVALS = {
    "MINUTELY": (2, 5, 7, 15, 45, 60, 90, 1440, 1441, 10080),
    "HOURLY": (2, 3, 5, 6, 12, 24, 25, 168, 1000),
    "DAILY": (2, 3, 7, 10, 28, 30, 365, 366),
    "WEEKLY": (2, 3, 4, 5, 26, 52, 53),
    "MONTHLY": (2, 3, 5, 6, 11, 12, 13, 24),
    "YEARLY": (2, 3, 4, 5, 28, 100),
}


class Rule:
    """until is the last moment that belongs to it, or None; until_date says
    that it is written as a date. by: the parts with numbers, sorted; byday:
    (number or 0, weekday) each. wkst counts from Monday."""

    def __init__(self, freq):
        self.freq = freq
        self.interval = 1
        self.count = None
        self.until = None
        self.until_date = False
        self.wkst = 0
        self.by = {}
        self.byday = []

    def __str__(self):
        return ";".join(self.parts())

    def parts(self):
        parts = ["FREQ=" + self.freq]
        if self.until:
            parts.append(self.until.strftime(
                "UNTIL=%Y%m%d" if self.until_date else "UNTIL=%Y%m%dT%H%M%S"))
        if self.count:
            parts.append(f"COUNT={self.count}")
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.byday:
            parts.append("BYDAY=" + ",".join(
                (str(n) if n else "") + DAYS[day] for n, day in self.byday))
        for name, numbers in self.by.items():
            parts.append(f"{name}={','.join(map(str, numbers))}")
        if self.wkst:
            parts.append("WKST=" + DAYS[self.wkst])
        return parts

    def has(self, *names):
        return any(name == "BYDAY" and self.byday or name in self.by
                   for name in names)

    @property
    def numbered(self):
        """The weekdays that have a number, and those that have none."""
        return ([d for d in self.byday if d[0]],
                [d for d in self.byday if not d[0]])


def some(random, name):
    """A few numbers for a part."""
    tricky, all_of_them = NUMBERS[name]
    n = random.choice((1, 1, 1, 2, 2, 3, 5))
    return sorted({random.choice(tricky if random.random() < 0.6
                                 else all_of_them) for _ in range(n)})


def days_in_period(rule):
    """How many days the rule has in a period, about; not too many."""
    if rule.freq == "WEEKLY":
        return len(rule.byday) or 1
    if rule.freq not in ("MONTHLY", "YEARLY"):
        return 1
    months = 1 if rule.freq == "MONTHLY" else \
        len(rule.by.get("BYMONTH", range(12)))
    numbered, plain = rule.numbered
    of = {"BYDAY": len(plain) * 4 * months + len(numbered),
          "BYMONTHDAY": len(rule.by.get("BYMONTHDAY", ())) * months,
          "BYYEARDAY": len(rule.by.get("BYYEARDAY", ())),
          "BYWEEKNO": len(rule.by.get("BYWEEKNO", ())) * (len(plain) or 1)}
    given = [n for n in of.values() if n] or [1]
    return max(1, min(given) // 3 ** (len(given) - 1))


def some_places(random, rule):
    """For BYSETPOS: places that the set of a period has, nearly always."""
    size = days_in_period(rule)
    # What is shorter than the period expands.
    for name, freq in (("BYSECOND", "MINUTELY"), ("BYMINUTE", "HOURLY"),
                       ("BYHOUR", "DAILY")):
        if FREQS.index(rule.freq) >= FREQS.index(freq):
            size *= len(rule.by.get(name, [0]))
    if random.random() < 0.01:
        size = 366
    places = {min(size, random.choice((1, 2, 3, size, random.randint(1, size))),
                  366) for _ in range(random.choice((1, 1, 2, 3)))}
    return sorted(random.choice((-1, 1)) * place for place in places)


def some_days(random, rule):
    n = random.choice((1, 1, 2, 2, 3, 5))
    nth = [0]
    if rule.freq == "MONTHLY" and random.random() < 0.6:
        nth = NTH_OF_MONTH
    elif rule.freq == "YEARLY" and "BYWEEKNO" not in rule.by and \
            random.random() < 0.6:
        nth = NTH_OF_MONTH if "BYMONTH" in rule.by else NTH_OF_YEAR
    if nth != [0] and random.random() < 0.1:
        nth = nth + [0] * len(nth)
    return sorted({(random.choice(nth), random.randrange(7))
                   for _ in range(n)}, key=lambda d: (d[1], d[0]))


def anchor(random):
    """A moment at which a series may begin."""
    year = random.randint(1990, 2040) if random.random() < 0.8 else \
        random.randint(1900, 2100)
    day = random.choice(((1, 1), (1, 3), (1, 4), (2, 28), (2, 29), (3, 1),
                         (1, 31), (12, 28), (12, 31), None, None, None))
    clock = timedelta(hours=random.choice((9, random.randrange(24))),
                      minutes=random.choice((0, random.randrange(60))),
                      seconds=random.choice((0, 0, 0, random.randrange(60))))
    if day is None:
        return datetime(year, 1, 1) + clock + \
            timedelta(days=random.randrange(365))
    if day == (2, 29):
        year -= year % 4
        if year % 100 == 0 and year % 400:
            year += 4
    return datetime(year, *day) + clock


def periods_later(random, rule, start, most):
    """A moment some periods of the rule later."""
    minutes = MINUTES[rule.freq] * rule.interval * most * random.random() ** 3
    return start + timedelta(minutes=int(minutes),
                             seconds=random.choice((0, 0, 1, 59)))


def rule_from(random, start):
    """A rule that the RFC permits, for a series that begins at start."""
    rule = Rule(random.choices(FREQS, (10, 10, 13, 12, 25, 30))[0])
    likely = LIKELY[rule.freq]
    for name in NUMBERS:
        if random.randrange(100) < likely.get(name, 0):
            rule.by[name] = some(random, name)
    # Many parts together never agree on a day, or seldom.
    limits = [n for n in rule.by if n in LIMITS]
    while len(limits) > 2 and random.random() < 0.9:
        del rule.by[limits.pop(random.randrange(len(limits)))]
    if random.randrange(100) < likely["BYDAY"] / len(limits or "1"):
        rule.byday = some_days(random, rule)
    if (rule.by or rule.byday) and random.random() < 0.3:
        rule.by["BYSETPOS"] = some_places(random, rule)
    if random.random() < 0.4:
        rule.interval = random.choice(INTERVALS[rule.freq])
    if random.random() < 0.3:
        rule.wkst = random.randrange(7)
    end = random.random()
    if end < 0.2:
        rule.count = random.randint(1, 12)
    elif end < 0.35:
        rule.until = periods_later(random, rule, start, 30)
        if random.random() < 0.5:
            rule.until_date = True
            rule.until = rule.until.replace(hour=23, minute=59, second=59)
    return rule


class Question:
    """A rule and its anchor; about the first occurrences, and those after a
    later moment (see ours.c)."""

    def __init__(self, random):
        self.anchor = anchor(random)
        self.rule = rule_from(random, self.anchor)
        self.after = periods_later(random, self.rule, self.anchor, 25)

    def __str__(self):
        return self.with_rule(self.rule)

    def with_rule(self, rule):
        return (f"rule {wall_text(self.anchor)} {wall_text(self.after)} "
                f"{FIRST} {THEN} {rule}")


def otherwise_written(random, rule):
    """The same rule in another order of its parts; letters in any case."""
    parts = rule.parts()
    random.shuffle(parts)
    text = ";".join(parts)
    return random.choice((text, text.lower(), "RRULE:" + text))


# Pieces of text that no rule has, whatever else it says.
WRONG = ("FREQ=SECONDLY", "FREQ=FORTNIGHTLY", "BYDAY", "BYDAY=", "BYDAY=XX",
         "BYDAY=0MO", "BYDAY=54MO", "BYDAY=-54MO", "BYDAY=MO,", "BYDAY=1",
         "BYSECOND=61", "BYSECOND=-1", "BYMINUTE=60", "BYMINUTE=-1",
         "BYHOUR=24", "BYHOUR=9.5", "BYHOUR=nine", "BYMONTHDAY=0",
         "BYMONTHDAY=32", "BYMONTHDAY=-32", "BYYEARDAY=0", "BYYEARDAY=367",
         "BYYEARDAY=-367", "BYWEEKNO=0", "BYWEEKNO=54", "BYWEEKNO=-54",
         "BYMONTH=0", "BYMONTH=13", "BYMONTH=-1", "BYSETPOS=0",
         "BYSETPOS=367", "BYSETPOS=-367", "INTERVAL=0", "INTERVAL=-1",
         "INTERVAL=99999999999999999999", "COUNT=0", "COUNT=-1", "COUNT=x",
         "UNTIL=tomorrow", "UNTIL=20270229", "UNTIL=20270101T250000",
         "UNTIL=2027-01-01", "WKST=8", "WKST=", "BYEASTER=1",
         "RSCALE=GREGORIAN", "X-MINE=1", "", "=", ";")

# Which parts no FREQ among these may have: what the RFC says MUST NOT be.
FORBIDDEN = (
    ("BYWEEKNO=7", ("MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY")),
    ("BYYEARDAY=7", ("DAILY", "WEEKLY", "MONTHLY")),
    ("BYMONTHDAY=7", ("WEEKLY",)),
    ("BYDAY=1MO", ("MINUTELY", "HOURLY", "DAILY", "WEEKLY")),
    ("BYDAY=-1SU", ("MINUTELY", "HOURLY", "DAILY", "WEEKLY")),
)


def spoiled(random, rule):
    """The text of what the RFC forbids, made from a rule that it permits."""
    parts = rule.parts()
    kind = random.randrange(4)
    bad = random.choice(WRONG)
    if kind == 0:
        bad, freqs = random.choice(FORBIDDEN)
        parts[0] = "FREQ=" + random.choice(freqs)
    elif kind == 1:
        bad = random.choice(parts)  # twice
        return ";".join(parts + [bad])
    elif kind == 2:
        bad, other = random.choice((
            ("COUNT=3", "UNTIL=20300101"), ("BYSETPOS=1", None),
            ("BYDAY=1MO", "BYWEEKNO=7"), (None, None)))
        if bad == "BYSETPOS=1":
            return f"FREQ={rule.freq};{bad}"
        if bad is None:
            return ";".join(parts[1:])  # no FREQ
        if other == "BYWEEKNO=7":
            parts[0] = "FREQ=YEARLY"
        parts.append(other)
    same = bad.split("=")[0]
    return ";".join([p for p in parts if p.split("=")[0] != same] + [bad])
