"""A network scheduled by hand, for round-the-clock calendars: the stand-in for the core in tests of health."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Scenario
from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.health.logic import Logic

DAY = 24.0


class Network:
    """Early and late dates of tasks that work round the clock, in hours after the start.

    Parameters
    ----------
    plan : Scenario
        Every task on the calendar ``24h``, its predecessors before it by id.
    fixed : mapping of str to float [h]
        Tasks whose finish stays whatever logic says.
    """

    def __init__(self, plan: Scenario, fixed: dict[str, float] | None = None) -> None:
        self.plan = plan
        self.logic = Logic(plan)
        self.order = tuple(plan.tasks)
        self.fixed = fixed or {}

    def early(self, grown: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """Starts and finishes with some tasks longer by so many hours."""
        start: dict[str, float] = {}
        finish: dict[str, float] = {}
        for name, task in self.logic.work.items():
            length = self.logic.scenario.work_days(task) * DAY + grown.get(name, 0.0)
            begin = 0.0
            for link in self.logic.into[name]:
                event = (finish if link.type in ("FS", "FF") else start)[link.predecessor] + link.lag * DAY
                begin = max(begin, event if link.type in ("FS", "SS") else event - length)
            start[name] = begin
            finish[name] = self.fixed.get(name, begin + length)
        return start, finish

    def forward(self, ends: Sequence[str]) -> Callable[[NDArray[np.float64]], NDArray[np.datetime64]]:
        """From hours added to each task to the finishes of the ends."""

        def run(added: NDArray[np.float64]) -> NDArray[np.datetime64]:
            columns = [dict(zip(self.order, column, strict=True)) for column in added.T.tolist()]
            finishes = [self.early(column)[1] for column in columns]
            return np.stack([self.instants([finish[end] for finish in finishes]) for end in ends])

        return run

    def instants(self, hours: list[float]) -> NDArray[np.datetime64]:
        """Hours after the start as dates."""
        return np.array([self.plan.start + timedelta(hours=hour) for hour in hours], "datetime64[us]")

    def dates(self) -> Dates:
        """Early dates, total float by lengthening each task alone, and the tasks without any."""
        start, finish = self.early({})
        last = max(finish.values())
        room = dict.fromkeys(self.order, 0.0)
        for name in self.order:
            while max(self.early({name: room[name] + 12.0})[1].values()) <= last and room[name] < 1e4:
                room[name] += 12.0
        begin, end = (self.instants([found[name] for name in self.order]) for found in (start, finish))
        floats = np.array([room[name] for name in self.order])
        critical = np.array([room[name] == 0 or name in self.fixed for name in self.order])
        row = {name: at for at, name in enumerate(self.order)}
        driving = tuple(
            (row[link.predecessor], row[link.successor], link.type)
            for link in self.logic.relationships
            if (finish if link.type in ("FS", "FF") else start)[link.predecessor] + link.lag * DAY
            == (start if link.type in ("FS", "SS") else finish)[link.successor]
        )
        return Dates(begin, end, begin, end, floats, floats, floats, floats, critical, driving)
