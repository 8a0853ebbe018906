"""Random scenarios in which more time may mean an earlier or a cheaper project, where limits are wrong most easily.

A *cell* is a few tasks that hold one such trap: a task that takes no time, or may, behind an FF or an SF in a gap of
its calendar; a level of effort with a rate, of which a risk delays either end; tasks that share too few crews. Cells
hang together by a link now and then, so that what one of them does moves the next. In a fifth of the scenarios no
date varies, only money.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from tests.twin.simulator import boundaries, generator
from tests.twin.simulator.cost_factors import dearer
from tests.twin.simulator.generator import Document
from tests.twin.simulator.under_way import under_way

MONDAY = date(2027, 3, 1)
WEEKS = {
    "office": "mon-fri 08:00-12:00 13:00-17:00",
    "early": "mon-sat 06:00-14:00",
    "weekend": "sat,sun 08:00-16:00",
}
ANY_TIME = ("office", "early", "24h")
"""Calendars of tasks that need a resource, which may have a calendar of its own."""
PLAIN: tuple[Callable[[int], Document], ...] = (
    generator.document,
    boundaries.document,
    boundaries.on_one_calendar,
    under_way,
    partial(under_way, plain=boundaries.document),
    partial(under_way, plain=boundaries.on_one_calendar),
)
RULES = ("late finish", "total float", "early start", "priority", "shortest")


def document(seed: int) -> Document:
    """One scenario out of cells, or one of the other generators, levelled in half of all cases."""
    rng = Random(f"perverse {seed}")
    if rng.random() < 0.5:
        result = _Writer(rng).document()
    else:
        result = rng.choice(PLAIN)(seed)
        _share_resources(rng, result)
    if rng.random() < 0.5:
        result["levelling"] = {"rule": rng.choice(RULES)}
    money = rng.random()
    if money < 0.2:
        return dearer(seed, plain=lambda _: result)
    if money < 0.4:
        _earn(rng, result)
    return result


def _earn(rng: Random, result: Document) -> None:
    """Let some tasks, or the project, earn money, at once or by the day, for sure or not."""
    either = {"shape": "pert", "low": -90, "most_likely": -20, "high": 30}
    income = [{"fixed": -90}, {"rate": -50}, {"fixed": either}, {"rate": either}]
    for task in result["tasks"].values():
        if rng.random() < 0.3:
            task["cost"] = rng.choice(income)
    if rng.random() < 0.3:
        result["costs"] = {"rent": rng.choice(income)}


def _share_resources(rng: Random, result: Document) -> None:
    """Give the resources of a scenario few units, and most of its tasks some of them."""
    result["resources"] = {
        id: {"capacity": rng.choice([1, 1, 2, 3]), "rate": rng.choice([0, 100, 950.5])} for id in ("crew", "crane")
    }
    for task in result["tasks"].values():
        task.pop("resources", None)
        if "type" not in task and "milestone" not in task and rng.random() < 0.7:
            needed = rng.sample(["crew", "crane"], rng.choice([1, 1, 2]))
            task["resources"] = {id: _units(rng, result["resources"][id]["capacity"]) for id in needed}


def _units(rng: Random, capacity: int) -> float:
    return rng.choice([capacity, 1, 0.5])


class _Writer:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.tasks: dict[str, Document] = {}
        self.capacity = {"crew": rng.choice([1, 1, 2, 3]), "crane": rng.choice([1, 2, 3])}
        self.is_fixed = self.chance(0.2)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def document(self) -> Document:
        rng = self.rng
        result: Document = {"schema": 1, "name": "perverse", "start": MONDAY + timedelta(days=rng.randrange(7))}
        result["calendar"] = rng.choice([*WEEKS, "24h", "24h"])
        result["calendars"] = {id: {"week": week} for id, week in WEEKS.items()}
        if self.chance(0.3):
            result["lag_calendar"] = rng.choice(["successor", "project", "24h"])
        result["resources"] = {id: {"capacity": units, "rate": 20} for id, units in self.capacity.items()}
        if self.chance(0.3):
            result["resources"]["crane"]["calendar"] = rng.choice(["office", "24h"])
        for number in range(rng.choice([1, 2, 2, 3])):
            rng.choice([self.no_time, self.span, self.crews])(f"{number}")
        result["tasks"] = self.tasks
        if self.chance(0.5):
            result["targets"] = sorted(rng.sample(list(self.tasks), min(2, len(self.tasks))))
        if self.chance(0.4):
            result["costs"] = {"site": {"rate": rng.choice([100, [50, 100, 300]])}}
        result["risks"] = {f"r{number}": self.risk() for number in range(rng.choice([0, 1, 2, 3]))}
        return result

    def no_time(self, number: str) -> None:
        """A task that takes no time, or may, whose finish another one gives; what follows reads either end."""
        rng, a, b, c = self.rng, f"a{number}", f"b{number}", f"c{number}"
        self.tasks[a] = {"duration": self.days([2, 4, 5, 6]), "calendar": "24h"} | self.behind()
        lag = {"lag": rng.choice(["0h", "0h", "4h", "-4h", "12eh"])}
        self.tasks[b] = {"duration": self.days([0, 0, 1, 2], has_none=True), "calendar": rng.choice([*WEEKS, "24h"])}
        self.tasks[b]["after"] = [{"task": a, "type": rng.choice(["FF", "FF", "SF"]), **lag}]
        self.tasks[b]["cost"] = {rng.choice(["fixed", "rate"]): rng.choice([50, [10, 20, 90]])}
        if self.chance(0.6):
            kind = rng.choice(["FS", "SS", "FF", "SF"])
            self.tasks[c] = {"duration": self.days([0, 1, 3]), "calendar": rng.choice([*WEEKS, "24h"])}
            self.tasks[c]["after"] = [{"task": b, "type": kind}]
        if self.chance(0.2):
            self.tasks[b]["constraints"] = [self.constraint()]

    def span(self, number: str) -> None:
        """A level of effort from one task to another, with a rate, or a resource that has one."""
        rng, a, b, c = self.rng, f"a{number}", f"b{number}", f"c{number}"
        self.tasks[a] = {"duration": self.days([1, 2, 4]), "calendar": rng.choice([*WEEKS, "24h"])} | self.behind()
        self.tasks[b] = {"duration": self.days([5, 10, 20]), "calendar": rng.choice([*WEEKS, "24h"])} | self.behind()
        links = [{"task": a, "type": rng.choice(["FS", "SS"])}, {"task": b, "type": rng.choice(["FF", "FF", "SF"])}]
        self.tasks[c] = {"type": "level of effort", "after": links, "calendar": rng.choice([*WEEKS, "24h"])}
        if self.chance(0.7):
            self.tasks[c]["cost"] = {"rate": rng.choice([100, [50, 100, 300]]), "fixed": 10}
        if self.chance(0.4):
            self.tasks[c]["resources"] = {"crew": 1}
        if self.chance(0.3):
            self.tasks[f"d{number}"] = {"duration": self.days([1, 2]), "after": [{"task": c, "type": "FS"}]}

    def crews(self, number: str) -> None:
        """Tasks side by side that want the same units, some of them as late as possible or on a date of their own."""
        rng = self.rng
        ids = [f"{letter}{number}" for letter in "abcd"[: rng.choice([2, 3, 4])]]
        for place, id in enumerate(ids):
            task = {"duration": self.days([1, 2, 3, 5]), "calendar": rng.choice(ANY_TIME)} | self.behind()
            needed = rng.sample(sorted(self.capacity), rng.choice([1, 1, 2]))
            task["resources"] = {name: _units(rng, self.capacity[name]) for name in needed}
            if place and self.chance(0.4):
                task["after"] = [{"task": ids[place - 1], "type": rng.choice(["FS", "SS", "FF", "SF"]), "lag": "4h"}]
            if self.chance(0.3):
                task["constraints"] = [self.constraint()]
            if self.chance(0.5):
                task["cost"] = {"fixed": rng.choice([100, [100, 200, 600]])}
            self.tasks[id] = task

    def behind(self) -> Document:
        """A link to what is there, now and then."""
        if not self.tasks or self.chance(0.6):
            return {}
        return {"after": [{"task": self.rng.choice(list(self.tasks)), "type": self.rng.choice(["FS", "SS", "FF"])}]}

    def constraint(self) -> Document:
        kind = self.rng.choice(["ALAP", "ALAP", "SNET", "FNET", "MSO", "MFO", "FNLT"])
        if kind == "ALAP":
            return {"type": kind}
        return {"type": kind, "date": MONDAY + timedelta(days=self.rng.randrange(10, 25))}

    def days(self, values: list[int], has_none: bool = False) -> Any:
        """One of these lengths, or either of two; a tenth of the time the second is rare."""
        if self.is_fixed or self.chance(0.5):
            return self.rng.choice(values)
        ends = sorted(self.rng.sample(sorted(set(values)), 2))
        if has_none:
            ends[0] = 0
        weights = [1, 1] if self.chance(0.9) else [99, 1]
        return {"shape": "discrete", "values": ends, "weights": weights}

    def risk(self) -> Document:
        """A delay, a gain, a factor or a cost, on any task or on the project."""
        rng = self.rng
        probability = rng.choice([0.5, 0.5, 0.9, 0.05, 1])
        span = [id for id, task in self.tasks.items() if "type" in task]
        plain = [id for id in self.tasks if id not in span]
        if self.is_fixed:
            cost = {"cost": rng.choice([70, [10, 20, 90]])}
            return {"probability": probability, "impacts": {rng.choice(plain): cost}}
        impacts: Document = {}
        for id in rng.sample(plain, min(len(plain), rng.choice([1, 1, 2]))):
            delay = {"delay": rng.choice([1, 2, "4h", "1ed", -1, ["0d", "1d", "2d"]])}
            impacts[id] = rng.choice([delay, delay, {"factor": rng.choice([0, 0.5, 2])}, {"cost": 70}])
        if span and self.chance(0.4):
            impacts[rng.choice(span)] = {"cost": rng.choice([70, -70])}
        if self.chance(0.1):
            impacts["project"] = {"delay": 2}
        return {"kind": "driver", "probability": probability, "impacts": impacts}
