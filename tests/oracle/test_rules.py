"""Recurrence rules against python-dateutil and libical: random ones, all of
whose parts the RFC permits; the first occurrences from the anchor on, and those
after a later moment."""

import copy
import types
from collections import Counter

import dateutil.rrule

import letter
import rules
from oracle import SEEDS, OracleTest, ask, randoms, wall_text
from rules import FIRST, THEN

RULES = 20000
NO_RULES = 2000

# How many years from the anchor on dateutil and the letter may look, which do
# so step by step. What lies beyond is libical's alone to tell.
YEARS = {"MINUTELY": 2, "HOURLY": 5, "DAILY": 15, "WEEKLY": 30, "MONTHLY": 40,
         "YEARLY": 80}


def horizon(q):
    return q.anchor.year + YEARS[q.rule.freq] * min(q.rule.interval, 3)


def two_parts(occurrences, after):
    """The first of them, and the first after a moment."""
    first, then = [], []
    for t in occurrences:
        if len(first) < FIRST:
            first.append(t)
        if len(then) < THEN and t > after:
            then.append(t)
        if len(first) == FIRST and len(then) == THEN:
            break
    return first, then


def times(first, then):
    return [[wall_text(t) for t in part] for part in (first, then)]


def parsed(answer):
    """The times in an answer of a program: the two parts, as texts."""
    return [[w for w in part.split() if w[0].isdigit()]
            for part in answer.split("|")]


def up_to(year, parts):
    return [[t for t in part if int(t[:4]) <= year] for part in parts]


# ---------------------------------------------------------------- dateutil --

dateutil_datetime = types.SimpleNamespace(
    **{name: getattr(dateutil.rrule.datetime, name)
       for name in ("datetime", "date", "time", "timedelta", "MAXYEAR")})
dateutil.rrule.datetime = dateutil_datetime


def dateutil_rule(rule, anchor):
    """Its occurrences, to be iterated over. ValueError, with "empty" in it:
    there are none."""
    names = {"BYDAY": "byweekday"}
    parts = {names.get(n, n.lower()): v for n, v in rule.by.items()}
    if rule.byday:
        parts["byweekday"] = [dateutil.rrule.weekday(d, n or None)
                              for n, d in rule.byday]
    return dateutil.rrule.rrule(
        getattr(dateutil.rrule, rule.freq), anchor, rule.interval, rule.wkst,
        rule.count, rule.until, cache=False, **parts)


def by_dateutil(q):
    dateutil_datetime.MAXYEAR = horizon(q)  # where it stops looking
    try:
        return times(*two_parts(dateutil_rule(q.rule, q.anchor), q.after))
    except ValueError as why:
        if "empty" in str(why):
            return [[], []]
        raise


# See the sections of RFC 5545 that are named; those without a name are its
# section 3.3.10.
DATEUTIL = {
    # "Each BYDAY value can also be preceded by a positive (+n) or negative (-n)
    # integer": each. A list of both kinds is what either gives; dateutil takes
    # only what both give.
    "BYDAY with and without numbers":
        lambda q: all(q.rule.numbered),
    # "Information, not contained in the rule, necessary to determine the
    # various recurrence instance start time and dates are derived from the
    # Start Time (DTSTART)": its weekday, as with FREQ=WEEKLY; dateutil takes
    # all seven days of the week.
    "BYWEEKNO without a day":
        lambda q: q.rule.has("BYWEEKNO") and
        not q.rule.has("BYDAY", "BYMONTHDAY", "BYYEARDAY"),
    # "Each BYSETPOS value corresponds to the nth occurrence within the set of
    # recurrence instances specified by the rule", in one INTERVAL of it: a
    # week. dateutil's first week begins on the day of DTSTART.
    "WEEKLY with BYSETPOS, the first week":
        lambda q: q.rule.freq == "WEEKLY" and q.rule.has("BYSETPOS"),
    # "Week number one of the calendar year is the first week that contains at
    # least four (4) days in that calendar year": so the last week of a year
    # may end in the next, and week one begin in the last. dateutil (2.8.2,
    # _iterinfo.rebuild) takes the length of the wrong year for the first, and
    # leaves the second out where it is counted from the end.
    "BYWEEKNO at the turn of the year":
        lambda q: any(abs(n) > 51 for n in q.rule.by.get("BYWEEKNO", ())),
}


# ----------------------------------------------------------------- libical --

SUNDAY = 6
LIBICAL_YEAR = 2500  # it looks up to 2582


def to_libical(q):
    """"The value of the UNTIL rule part MUST have the same value type as the
    DTSTART property": what we take for the last second of the day, libical
    does not."""
    rule = copy.copy(q.rule)
    rule.until_date = False
    return q.with_rule(rule)


def two_of(rule, *names):
    return sum(rule.has(name) for name in names) > 1


def clocks(rule):
    """How many times of day a period has on each of its days, about."""
    n = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        n *= len(rule.by.get(name, [0]))
    return n


def from_end(q, name):
    return any(n < 0 for n in q.rule.by.get(name, ()))


def week_of_two_years(q):
    first = letter.week_start(q.anchor.date(), q.rule.wkst)
    return first.year != (first + 6 * letter.DAY).year


# What libical 3.0.16 does otherwise where dateutil, or the letter, agrees with
# us. It is asked about nothing that the RFC forbids.
LIBICAL = {
    # The table has BYSETPOS as "Limit" for every FREQ. "A set of recurrence
    # instances starts at the beginning of the interval defined by the FREQ rule
    # part." libical knows it for MONTHLY and YEARLY only, and there for days,
    # not for the times of a day.
    "BYSETPOS of times, or in weeks and less":
        lambda q: q.rule.has("BYSETPOS") and
        (q.rule.freq not in ("MONTHLY", "YEARLY") or clocks(q.rule) > 1),
    # "corresponds to the nth occurrence": by time, and each once. libical
    # counts in the order in which the days are listed in the part, or the
    # weekdays in a week, and twice what is listed from both ends.
    "BYSETPOS, days counted in another order":
        lambda q: q.rule.has("BYSETPOS") and
        (from_end(q, "BYMONTHDAY") or from_end(q, "BYYEARDAY") or
         q.rule.has("BYWEEKNO")),
    # The table: HOURLY with BYHOUR is "Limit", as is MINUTELY with BYHOUR and
    # BYMINUTE: of the hours or minutes that INTERVAL leaves. libical forgets
    # INTERVAL, or passes over the first hour; and for BYHOUR it starts at the
    # minute of DTSTART.
    "HOURLY or MINUTELY with BYHOUR or BYMINUTE":
        lambda q: q.rule.freq == "HOURLY" and q.rule.has("BYHOUR") or
        q.rule.freq == "MINUTELY" and q.rule.has("BYHOUR", "BYMINUTE"),
    # "Valid values are 1 to 31 or -31 to -1. For example, -10 represents the
    # tenth to the last day of the month", and of the year for BYYEARDAY: also
    # where they limit, as for DAILY. libical hears the positive ones only.
    "days from the end in days, hours, minutes":
        lambda q: q.rule.freq in ("DAILY", "HOURLY", "MINUTELY") and
        (from_end(q, "BYMONTHDAY") or from_end(q, "BYYEARDAY")),
    # The table: BYMONTHDAY is "Expand" for YEARLY: of every month, for nothing
    # limits these. libical takes the month of DTSTART, which is to be derived
    # only if it is "necessary to determine the various recurrence instance
    # start time and dates".
    "YEARLY with BYMONTHDAY, without BYMONTH":
        lambda q: q.rule.freq == "YEARLY" and q.rule.has("BYMONTHDAY") and
        not q.rule.has("BYMONTH"),
    # "If multiple BYxxx rule parts are specified, then after evaluating the
    # specified FREQ and INTERVAL rule parts, the BYxxx rule parts are applied
    # to the current set of evaluated occurrences in the following order:
    # BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, …": these go together.
    # libical takes none of both.
    "two of BYYEARDAY, BYWEEKNO, BYMONTH, BYMONTHDAY":
        lambda q: q.rule.has("BYYEARDAY", "BYWEEKNO") and
        two_of(q.rule, "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYMONTHDAY"),
    # As for dateutil above: the weekday is that of DTSTART; libical takes some
    # other one, or none.
    "BYWEEKNO without a day":
        lambda q: q.rule.has("BYWEEKNO") and not q.rule.has("BYDAY"),
    # As for dateutil above: which week is the first, and the last, and what of
    # it lies in the year. libical tells the days of two years in one, not in
    # their order.
    "BYWEEKNO at the turn of the year, or from the end":
        lambda q: any(n < 0 or n == 1 or n > 51
                      for n in q.rule.by.get("BYWEEKNO", ())),
    # "WKST … is significant when a WEEKLY "RRULE" has an interval greater than
    # 1": the rest of DTSTART's week is of the first one. libical jumps over it,
    # when the week does not begin on a Monday, or not in this year, or when a
    # Sunday is chosen, which it takes for the first day all the same.
    "WEEKLY with INTERVAL, the first week":
        lambda q: q.rule.freq == "WEEKLY" and q.rule.interval > 1 and
        (q.rule.wkst != 0 or week_of_two_years(q) or
         (0, SUNDAY) in q.rule.byday),
}


def prefix(answer, ours):
    return all(part == whole[:len(part)]
               for part, whole in zip(answer, ours))


# ------------------------------------------------------------------- tests --

class Rules(OracleTest):
    def test_random_rules(self):
        self.counts = Counter()
        for random in randoms("rules"):
            questions = [rules.Question(random) for _ in range(RULES)]
            ours = ask("ours", [
                q.with_rule(rules.otherwise_written(random, q.rule))
                for q in questions] + ["longest"])
            libical = ask("libical", map(to_libical, questions))
            for q, answer, icals in zip(questions, ours, libical):
                self.judge(q, answer, icals)
            longest, what = ours[-1].split(" ", 1)
            self.figure("the longest rrule_next: "
                        f"{int(longest) / 1000:,.0f} µs, {what}")
        self.show_counts()

    def judge(self, q, answer, icals):
        ended = "ended" in answer and not (q.rule.count or q.rule.until)
        if answer.startswith("refused") or ended:
            self.differs(f"{q}: {answer}")
            return
        answer = parsed(answer)
        self.judge_dateutil(q, answer)
        self.judge_libical(q, answer, icals)

    def judge_dateutil(self, q, ours):
        ours, theirs = up_to(horizon(q), ours), by_dateutil(q)
        if ours == theirs:
            self.counts["dateutil", "agrees"] += 1
            return
        for name, known in DATEUTIL.items():
            if known(q):
                right = times(*two_parts(letter.occurrences(
                    q.rule, q.anchor, horizon(q)), q.after))
                if ours == right:
                    self.counts["dateutil", name] += 1
                    return
                theirs = f"{theirs}\n  the letter {right}"
                break
        self.differs(f"{q}\n  rapport {ours}\n  dateutil {theirs}")

    def judge_libical(self, q, ours, answer):
        ours = up_to(LIBICAL_YEAR, ours)
        theirs = up_to(LIBICAL_YEAR, parsed(answer))
        if ours == theirs:
            self.counts["libical", "agrees"] += 1
            return
        for name, known in LIBICAL.items():
            if known(q):
                self.counts["libical", name] += 1
                return
        for end in ("slow", "crashed"):
            if end in answer and prefix(theirs, ours):
                self.counts["libical", end] += 1
                return
        self.differs(f"{q}\n  rapport {ours}\n  libical {answer}")

    def show_counts(self):
        self.figure(f"{RULES * len(SEEDS):,} rules, the first {FIRST} "
                    f"occurrences, and {THEN} after a later moment")
        for who, note in (("dateutil", "; the letter is with rapport in"),
                          ("libical", "; known to differ in")):
            self.figure(f"{who} agrees: {self.counts[who, 'agrees']:,}{note}")
            self.counts[who, "agrees"] = 0
            for (name, known), n in self.counts.most_common():
                if name == who and n:
                    self.figure(f"  {n:,} {known}")

    def test_what_is_no_rule(self):
        asked = []
        for random in randoms("no rules"):
            for _ in range(NO_RULES):
                q = rules.Question(random)
                asked.append(q.with_rule(rules.spoiled(random, q.rule)))
        for question, answer in zip(asked, ask("ours", asked)):
            if not answer.startswith("refused: "):
                self.differs(f"{question}: {answer}")
        self.figure(f"{len(asked):,} texts that are no rules are refused")
