"""Working hours of one calendar as a plain list of intervals on the clock, and the walks that a schedule needs.

Instants are whole seconds since 1970-01-01 00:00 of the local clock, working time is whole seconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

Shifts = Iterable[tuple[int, int]]
"""Working intervals of one day, in minutes after midnight."""

EPOCH = datetime(1970, 1, 1)
DAY = 86_400


def instant(moment: datetime) -> int:
    """Seconds since the epoch."""
    return round((moment - EPOCH).total_seconds())


def moment(instant: int) -> datetime:
    """The other way round."""
    return EPOCH + timedelta(seconds=instant)


class Hours:
    """Working hours between two dates.

    Parameters
    ----------
    shifts : callable
        Of a date, the working intervals of that day.
    first, last : date
        What lies outside is never worked; ask for a wide range.
    """

    def __init__(self, shifts: Callable[[date], Shifts], first: date, last: date) -> None:
        intervals: list[tuple[int, int]] = []
        beginning = instant(datetime(first.year, first.month, first.day))
        for number in range((last - first).days + 1):
            midnight = beginning + number * DAY
            for begin, end in sorted(shifts(first + timedelta(days=number))):
                if begin == end:
                    continue
                if intervals and intervals[-1][1] == midnight + begin * 60:
                    intervals[-1] = (intervals[-1][0], midnight + end * 60)
                else:
                    intervals.append((midnight + begin * 60, midnight + end * 60))
        if not intervals:
            raise ValueError("a calendar without working time")
        self.begins = [begin for begin, _ in intervals]
        self.ends = [end for _, end in intervals]
        self.before = [0]  # working time before each interval
        for begin, end in intervals:
            self.before.append(self.before[-1] + end - begin)

    def worked(self, instant: int) -> int:
        """Working time before an instant, since the beginning of the calendar."""
        place = bisect_right(self.begins, instant) - 1
        if place < 0:
            return 0
        return self.before[place] + min(instant, self.ends[place]) - self.begins[place]

    def between(self, one: int, other: int) -> int:
        """Working time from one instant to another, negative backwards."""
        return self.worked(other) - self.worked(one)

    def starting(self, worked: int) -> int:
        """The instant by which so much has been worked and work goes on: 08:00, not 17:00 of the day before."""
        place = bisect_right(self.before, worked) - 1
        if not 0 <= place < len(self.begins):
            raise ValueError("outside the calendar")
        return self.begins[place] + worked - self.before[place]

    def ending(self, worked: int) -> int:
        """The instant at which so much has just been worked: 17:00, not 08:00 of the next day."""
        place = bisect_left(self.before, worked) - 1
        if not 0 <= place < len(self.begins):
            raise ValueError("outside the calendar")
        return self.begins[place] + worked - self.before[place]

    def is_working(self, instant: int) -> bool:
        """Whether work goes on from this instant."""
        place = bisect_right(self.begins, instant) - 1
        return place >= 0 and instant < self.ends[place]

    def next_start(self, instant: int) -> int:
        """The instant itself where work goes on from it, else when work begins next."""
        return instant if self.is_working(instant) else self.starting(self.worked(instant))

    def last_end(self, instant: int) -> int:
        """The instant itself where work led up to it, else when work ended last."""
        place = bisect_left(self.begins, instant) - 1
        if place < 0:
            raise ValueError("outside the calendar")
        return min(instant, self.ends[place])

    def after(self, instant: int, work: int) -> int:
        """When so much has been worked since an instant: at a shift's end, if at the end of one."""
        if work == 0:
            return instant
        return self.ending(self.worked(instant) + work)

    def ahead(self, instant: int, work: int) -> int:
        """When to begin for so much to be worked by an instant: at a shift's beginning, if at the end of one."""
        if work == 0:
            return instant
        return self.starting(self.worked(instant) - work)

    def moved(self, instant: int, work: int) -> int:
        """`after` with a sign."""
        return self.after(instant, work) if work >= 0 else self.ahead(instant, -work)
