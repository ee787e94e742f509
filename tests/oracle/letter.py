"""Recurrence rules by the letter of RFC 5545, section 3.3.10, without any
cleverness: look at each day of each period and ask every part of the rule.

Slow, and made to arbitrate where the oracles disagree, so it says what the text
says, sentence by sentence.
"""

import calendar
from datetime import date, datetime, time, timedelta
from itertools import product

DAY = timedelta(days=1)


def days_of_year(year):
    first = date(year, 1, 1)
    return [first + DAY * n for n in range(365 + calendar.isleap(year))]


def days_of_month(year, month):
    return [date(year, month, d + 1)
            for d in range(calendar.monthrange(year, month)[1])]


def week_start(day, wkst):
    return day - DAY * ((day.weekday() - wkst) % 7)


def periods(rule, anchor):
    """The days of each period, the hours and the minutes if these are shorter
    than a day, from that of the anchor on. "The INTERVAL rule part contains a
    positive integer representing at which intervals the recurrence rule
    repeats"."""
    n, day = 0, anchor.date()
    while True:
        if rule.freq == "YEARLY":
            yield days_of_year(day.year + n), None, None
        elif rule.freq == "MONTHLY":
            month = day.year * 12 + day.month - 1 + n
            yield days_of_month(month // 12, month % 12 + 1), None, None
        elif rule.freq == "WEEKLY":
            first = week_start(day, rule.wkst) + 7 * DAY * n
            yield [first + DAY * i for i in range(7)], None, None
        elif rule.freq == "DAILY":
            yield [day + DAY * n], None, None
        elif rule.freq == "HOURLY":
            t = anchor + timedelta(hours=n)
            yield [t.date()], t.hour, None
        else:
            t = anchor + timedelta(minutes=n)
            yield [t.date()], t.hour, t.minute
        n += rule.interval


def week_one(year, wkst):
    """"Week number one of the calendar year is the first week that contains
    at least four (4) days in that calendar year." """
    first = week_start(date(year, 1, 1), wkst)
    return first if (date(year, 1, 1) - first).days <= 3 else first + 7 * DAY


def week_numbers(day, wkst):
    """The number of the week that a day lies in, from either end of the year
    that the week belongs to."""
    week = week_start(day, wkst)
    year = (week + 3 * DAY).year  # four of its days lie there
    return ((week - week_one(year, wkst)).days // 7 + 1,
            (week - week_one(year + 1, wkst)).days // 7)


def nth_weekday(day, scope):
    """Of such weekdays among the days of scope, its number from either end."""
    same = [d for d in scope if d.weekday() == day.weekday()]
    return same.index(day) + 1, same.index(day) - len(same)


def weekday_chosen(rule, day):
    """"Each BYDAY value can also be preceded by a positive (+n) or negative
    (-n) integer. If present, this indicates the nth occurrence of a specific
    day within the MONTHLY or YEARLY "RRULE"." Within the month in a yearly rule
    with BYMONTH (note 2)."""
    if (0, day.weekday()) in rule.byday:
        return True
    if not any(day.weekday() == weekday for _, weekday in rule.byday):
        return False
    scope = days_of_year(day.year) \
        if rule.freq == "YEARLY" and "BYMONTH" not in rule.by \
        else days_of_month(day.year, day.month)
    return any((n, day.weekday()) in rule.byday
               for n in nth_weekday(day, scope))


def implied(rule, anchor):
    """"Information, not contained in the rule, necessary to determine the
    various recurrence instance start time and dates are derived from the Start
    Time (DTSTART) component attribute." What chooses a day is missing: the
    weekday if weeks are counted, else the day of the month, and the month."""
    if rule.has("BYDAY", "BYMONTHDAY", "BYYEARDAY"):
        return lambda day: True
    if rule.freq == "WEEKLY" or rule.has("BYWEEKNO"):
        return lambda day: day.weekday() == anchor.weekday()
    if rule.freq == "MONTHLY" or rule.freq == "YEARLY" and rule.has("BYMONTH"):
        return lambda day: day.day == anchor.day
    if rule.freq == "YEARLY":
        return lambda day: (day.month, day.day) == (anchor.month, anchor.day)
    return lambda day: True


def chosen(rule, day, as_anchor):
    """Whether every part agrees on a day. Of the table of "limit" and "expand"
    that is all there is to say of days."""
    by = rule.by
    if "BYMONTH" in by and day.month not in by["BYMONTH"]:
        return False
    if not as_anchor(day):
        return False
    if "BYMONTHDAY" in by:
        length = calendar.monthrange(day.year, day.month)[1]
        if not {day.day, day.day - length - 1} & set(by["BYMONTHDAY"]):
            return False
    if "BYYEARDAY" in by:
        n, length = day.timetuple().tm_yday, 365 + calendar.isleap(day.year)
        if not {n, n - length - 1} & set(by["BYYEARDAY"]):
            return False
    if "BYWEEKNO" in by and not \
            set(week_numbers(day, rule.wkst)) & set(by["BYWEEKNO"]):
        return False
    return not rule.byday or weekday_chosen(rule, day)


def clocks(rule, anchor, hour, minute):
    """The times of day in a period."""
    by = rule.by
    if hour is None:
        hours = by.get("BYHOUR", [anchor.hour])
    else:
        hours = [hour] if hour in by.get("BYHOUR", [hour]) else []
    if minute is None:
        minutes = by.get("BYMINUTE", [anchor.minute])
    else:
        minutes = [minute] if minute in by.get("BYMINUTE", [minute]) else []
    return [time(*hms) for hms in product(
        sorted(hours), sorted(minutes), by.get("BYSECOND", [anchor.second]))]


def picked(rule, times):
    """"Each BYSETPOS value corresponds to the nth occurrence within the set of
    recurrence instances specified by the rule." """
    if "BYSETPOS" not in rule.by:
        return times
    n = len(times)
    return [t for i, t in enumerate(times)
            if {i + 1, i - n} & set(rule.by["BYSETPOS"])]


def occurrences(rule, anchor, horizon):
    """All from the anchor on, up to COUNT, UNTIL or the end of a year."""
    as_anchor, left = implied(rule, anchor), rule.count
    for days, hour, minute in periods(rule, anchor):
        if days[0].year > horizon:
            return
        times = [datetime.combine(day, clock) for day in days
                 if chosen(rule, day, as_anchor)
                 for clock in clocks(rule, anchor, hour, minute)]
        for t in picked(rule, times):
            if t < anchor:
                continue
            if left == 0 or rule.until and t > rule.until or t.year > horizon:
                return
            yield t
            left = left and left - 1
