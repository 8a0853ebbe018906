"""Random scenarios whose dates fall where shifts end, the one place where a rule for dates can be wrong by a night.

A *cell* is a predecessor and a task behind it whose relationship asks for the end of a shift, or for its beginning,
exactly: lag or lead, of every type. What follows reads that date in every way there is: a lag on the clock, another
calendar, a finish handed on, a milestone, a target, a gate at that very instant, a cost on the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.twin.simulator.generator import Document

MONDAY = date(2027, 3, 1)
TYPES = ("FS", "SS", "FF", "SF")
ON_THE_CLOCK = ("1eh", "2eh", "8eh", "15eh", "16eh", "1ed")
"""From a lunch break, a night or a shift to their other ends, and some beyond."""


@dataclass(frozen=True)
class Pattern:
    """A week of equal days: its text, its days from Monday on, and the shifts of a day in hours after midnight."""

    week: str
    days: int
    shifts: tuple[tuple[float, float], ...]

    @property
    def length(self) -> float:
        """Working hours of a day."""
        return sum(end - begin for begin, end in self.shifts)

    @property
    def ends(self) -> list[float]:
        """Working hours of a day at which a shift ends."""
        return [sum(end - begin for begin, end in self.shifts[: k + 1]) for k in range(len(self.shifts))]

    def moments(self, worked: float) -> tuple[datetime, datetime]:
        """When so many hours have just been worked since Monday, and when work goes on then."""
        day, hours = divmod(worked, self.length)
        begins = self.moment(int(day), hours, is_end=False)
        if hours == 0:
            day, hours = day - 1, self.length
        return self.moment(int(day), hours, is_end=True), begins

    def moment(self, day: int, hours: float, is_end: bool) -> datetime:
        """The clock after some hours of a working day, at a shift's end or at the next one's beginning."""
        for begin, end in self.shifts:
            if hours < end - begin or (is_end and hours == end - begin):
                midnight = MONDAY + timedelta(days=day // self.days * 7 + day % self.days)
                return datetime(midnight.year, midnight.month, midnight.day) + timedelta(hours=begin + hours)
            hours -= end - begin
        raise AssertionError("a day has no more hours")


PATTERNS = {
    "office": Pattern("mon-fri 08:00-12:00 13:00-17:00", 5, ((8, 12), (13, 17))),
    "early": Pattern("mon-sat 06:00-14:00", 6, ((6, 14),)),
    "shifts": Pattern("mon-fri 06:00-14:00 14:00-22:00", 5, ((6, 22),)),
    "night": Pattern("mon-fri 22:00-06:00", 5, ((22, 30),)),
    "halves": Pattern("mon-fri 07:30-11:30 12:00-16:00", 5, ((7.5, 11.5), (12, 16))),
}


def document(seed: int) -> Document:
    """One random scenario on boundaries in the written form of the format."""
    return _Writer(Random(f"boundaries {seed}")).document()


def on_one_calendar(seed: int) -> Document:
    """The same with one calendar for everything, and nothing on the clock: dates are then counted in its own time."""
    rng = Random(f"one calendar {seed}")
    written = document(seed)
    calendar = written["calendar"] = rng.choice(list(PATTERNS))
    written.pop("lag_calendar", None)
    for task in written["tasks"].values():
        task["calendar"] = calendar
        for link in task.get("after", ()):
            if isinstance(link, dict) and isinstance(link["lag"], str):
                link["lag"] = link["lag"].replace("eh", "h").replace("ed", "d")
    for risk in written.get("risks", {}).values():
        for impact in risk["impacts"].values():
            impact["delay"] = impact["delay"].replace("eh", "h").replace("ed", "d")
    return written


class _Writer:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.tasks: dict[str, Document] = {}
        self.gates: dict[str, Document] = {}
        self.calendars = {id: {"week": pattern.week} for id, pattern in PATTERNS.items()}

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def document(self) -> Document:
        rng = self.rng
        start: Any = MONDAY
        if self.chance(0.2):
            hour = rng.choice([6, 8, 12, 13, 14, 17, 22])
            start = datetime(start.year, start.month, start.day, hour)
        result: Document = {"schema": 1, "name": "boundaries", rng.choice(["start", "data_date"]): start}
        result["calendar"] = rng.choice([*PATTERNS, "24h"])
        if self.chance(0.5):
            result["lag_calendar"] = rng.choice(["successor", "project", "24h"])
        cells = rng.choice([1, 1, 2])
        for number in range(cells):
            self.cell(f"{number}", rng.choice(list(PATTERNS)))
        result["calendars"] = self.calendars
        result["tasks"] = self.tasks
        result["targets"] = sorted(rng.sample(list(self.tasks), min(3, len(self.tasks))))
        result["gates"] = self.gates
        result["costs"] = {"site": {"rate": 100}}
        if self.chance(0.4):
            result["risks"] = {"r": self.risk()}
        return result

    def risk(self) -> Document:
        """A delay of a shift, or by the clock from one boundary to another."""
        delay = self.rng.choice(["8h", "4h", "1d", "1ed", "15eh", "16eh"])
        target = self.rng.choice(["project", *self.tasks])
        return {"kind": "threat", "probability": 0.5, "impacts": {target: {"delay": delay}}}

    def cell(self, number: str, calendar: str) -> None:
        """What leads to a boundary, the task that is bound to it, and what follows."""
        rng, pattern = self.rng, PATTERNS[calendar]
        first, length = self.hours(pattern, 1), self.hours(pattern, 0)
        p, a, b = f"p{number}", f"a{number}", f"b{number}"
        self.tasks[p] = {"duration": self.duration(first, pattern), "calendar": calendar}
        self.tasks[a] = self.work(length, pattern) | {"calendar": calendar, "after": [p]}
        kind = rng.choice(["FS", "SS", "FF", "FF", "FF", "SF", "SF"])
        boundary = rng.randrange(1, 9) * pattern.length + rng.choice([0.0, *pattern.ends])
        lag = boundary - first - (length if kind in ("FS", "FF") else 0.0)
        after: list[Any] = [{"task": a, "type": kind, "lag": self.lag(lag, pattern)}]
        if self.chance(0.2):
            after.append({"task": p, "type": rng.choice(TYPES), "lag": f"{rng.choice([-1, 1]) * pattern.length}h"})
        self.tasks[b] = self.work(self.hours(pattern, 0), pattern) | {"calendar": calendar, "after": after}
        self.tasks[b]["cost"] = {"rate": 80, "fixed": 10}
        if self.chance(0.15):
            self.tasks[b]["calendar"] = rng.choice(list(PATTERNS))
        self.ask(number, b, pattern, boundary)
        for place in range(rng.choice([1, 2, 3])):
            self.follower(f"f{number}{place}", b, calendar)
        if self.chance(0.15):  # the boundary is the eve of a holiday
            eve = pattern.moments(boundary)[1].date()
            self.calendars[calendar] = {"week": pattern.week, "holidays": [eve]}

    def follower(self, id: str, before: str, calendar: str) -> None:
        """A task that reads the date at the boundary, and often another one behind it."""
        rng = self.rng
        kind = rng.choice(TYPES)
        how = rng.choice(["clock", "clock", "other calendar", "handed on", "milestone"])
        lag = f"{rng.choice(['', '', '-'])}{rng.choice(ON_THE_CLOCK)}" if how == "clock" else "0h"
        task: Document = {"duration": rng.choice(["2h", "4h", "8h", "1d"]), "calendar": calendar}
        if how == "other calendar":
            task["calendar"] = rng.choice([*PATTERNS, "24h"])
        if how == "milestone":
            task = {"milestone": True, "calendar": rng.choice([calendar, *PATTERNS, "24h"])}
        if how == "handed on":
            kind = rng.choice(["FF", "FF", "SF"])
        if self.chance(0.3):
            task["cost"] = {"rate": 60}
        self.tasks[id] = task | {"after": [{"task": before, "type": kind, "lag": lag}]}
        if len(id) < 4 and self.chance(0.5):
            self.follower(f"{id}x", id, calendar)

    def ask(self, number: str, target: str, pattern: Pattern, boundary: float) -> None:
        """Gates at both ends of the night, for the task and for the project."""
        for place, moment in enumerate(pattern.moments(boundary)):
            for who in (target, "project"):
                self.gates[f"g{number}{place}{who}"] = {"target": who, "finish": moment, "confidence": 0.5}

    # Numbers ----------------------------------------------------------------------------------------------------

    def hours(self, pattern: Pattern, least_days: int) -> float:
        """Whole days and a part of one, often the part up to a shift's end."""
        part = self.rng.choice([0.0, *pattern.ends, float(self.rng.randrange(1, 8))])
        return self.rng.randrange(least_days, least_days + 3) * pattern.length + part

    def work(self, hours: float, pattern: Pattern) -> Document:
        return {"duration": self.duration(hours, pattern)} if hours else {"milestone": True}

    def duration(self, hours: float, pattern: Pattern) -> Any:
        """That many hours; or now and then whole days more, which lead to another boundary, or an hour."""
        if self.chance(0.6):
            return f"{hours}h"
        more = self.rng.choice([pattern.length, 1])
        return {"shape": "discrete", "values": [f"{hours}h", f"{hours + more}h"], "weights": [1, 1]}

    def lag(self, hours: float, pattern: Pattern) -> Any:
        """That lag in hours, or one that may be whole days longer."""
        if self.chance(0.8):
            return f"{hours}h"
        values = [f"{hours}h", f"{hours + pattern.length}h"]
        return {"shape": "discrete", "values": values, "weights": [1, 1]}
