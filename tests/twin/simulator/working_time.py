"""Working time by walking: real days, one after the other, each with its real shifts."""

from datetime import datetime, timedelta

from riskengine.model import Calendar

DAY_SECONDS = 86_400
FARTHEST_DAY = 400_000  # about 1100 years: a walk that gets there would never end


class NoWorkingTime(Exception):
    """The walk found no working time on its way."""


class WorkingTime:
    """A calendar on the clock of one scenario.

    Instants are elapsed ticks after the start of the scenario, negative before it. A working interval is half-open:
    its start is a working instant, its end is a shift end. All instants between a shift end and the next working
    instant are one and the same working instant; `shift_end_form` and `working_form` are its two ends.

    Parameters
    ----------
    calendar : Calendar
    start : datetime
        Start of the scenario, tick 0.
    tick : int
        Length of a tick [s].
    """

    def __init__(self, calendar: Calendar, start: datetime, tick: int) -> None:
        self.calendar = calendar
        self.start = start
        self.tick = tick
        self.midnight = datetime(start.year, start.month, start.day)
        self._seconds_into_the_day = int((start - self.midnight).total_seconds())
        self._days: dict[int, list[tuple[int, int]]] = {}

    def keeps_the_hours_of(self, other: "WorkingTime") -> bool:
        """Whether two calendars differ in name only."""
        mine, its = self.calendar, other.calendar
        return (mine.week, mine.exceptions, mine.hours_per_day) == (its.week, its.exceptions, its.hours_per_day)

    def shifts(self, day: int) -> list[tuple[int, int]]:
        """Working intervals of the day that is `day` days after the day of the start, in ticks."""
        if day not in self._days:
            if abs(day) > FARTHEST_DAY:
                raise NoWorkingTime(self.calendar.id)
            midnight = self.midnight + timedelta(days=day)
            minutes = self.calendar.exceptions.get(midnight.date(), self.calendar.week[midnight.weekday()])
            self._days[day] = [
                (
                    self.instant(midnight + timedelta(minutes=begin)),
                    self.instant(midnight + timedelta(minutes=end)),
                )
                for begin, end in minutes
            ]
        return self._days[day]

    def instant(self, moment: datetime) -> int:
        """Ticks between the start of the scenario and a moment, which must lie on a tick."""
        seconds = (moment - self.start) // timedelta(seconds=1)
        if seconds % self.tick:
            raise ValueError(f"{moment} is not on a tick of {self.tick} s after {self.start}")
        return seconds // self.tick

    def moment(self, instant: int) -> datetime:
        """Wall-clock time of an instant."""
        return self.start + timedelta(seconds=instant * self.tick)

    def day_of(self, instant: int) -> int:
        """Day that an instant is in, midnight belonging to the day that it begins."""
        return (instant * self.tick + self._seconds_into_the_day) // DAY_SECONDS

    def is_open(self, instant: int) -> bool:
        """Whether an instant lies in a working interval or at its end (midnight may end the day before)."""
        day = self.day_of(instant)
        return any(begin <= instant <= end for near in (day - 1, day) for begin, end in self.shifts(near))

    def working_form(self, instant: int) -> int:
        """The instant itself if it is a working one, else the next working instant."""
        day = self.day_of(instant)
        while True:
            for begin, end in self.shifts(day):
                if instant < end:
                    return max(begin, instant)
            day += 1

    def shift_end_form(self, instant: int) -> int:
        """The instant itself if it lies inside or at the end of a working interval, else the last shift end."""
        day = self.day_of(instant)
        while True:
            for begin, end in reversed(self.shifts(day)):
                if begin < instant:
                    return min(instant, end)
            day -= 1

    def after(self, instant: int, work: int) -> int:
        """Walk forward through `work` > 0 ticks of working time; the answer is in shift-end form."""
        day = self.day_of(instant)
        while True:
            for begin, end in self.shifts(day):
                here = max(begin, instant)
                if here < end:
                    if work <= end - here:
                        return here + work
                    work -= end - here
            day += 1

    def before(self, instant: int, work: int) -> int:
        """Walk back through `work` > 0 ticks of working time; the answer is in working form."""
        day = self.day_of(instant)
        while True:
            for begin, end in reversed(self.shifts(day)):
                here = min(end, instant)
                if begin < here:
                    if work <= here - begin:
                        return here - work
                    work -= here - begin
            day -= 1

    def moved(self, instant: int, work: int) -> int:
        """Walk through working time, forward or (negative) back; any form of the working instant reached."""
        if work > 0:
            return self.after(instant, work)
        if work < 0:
            return self.before(instant, -work)
        return instant

    def between(self, first: int, last: int) -> int:
        """Working ticks from `first` to a later `last`."""
        total = 0
        for day in range(self.day_of(first), self.day_of(last) + 1):
            for begin, end in self.shifts(day):
                total += max(0, min(end, last) - max(begin, first))
        return total
