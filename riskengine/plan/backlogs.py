"""Backlogs as arrays: what is drawn of their items, and their histories."""

from collections import defaultdict
from functools import cached_property
from typing import Final

import numpy as np

from riskengine.kernel.contract.arrays import ITEMS
from riskengine.kernel.contract.backlogs import FOCUS, GROWTH, TO_DO, Backlogs
from riskengine.model import Backlog
from riskengine.model.backlog import MOST_PERIODS, PERIOD_END, Throughput
from riskengine.model.selector import ImpactTargets
from riskengine.plan.network.structure import Structure
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import VariableBook, stream_keys

DRAWN: Final = {"items": TO_DO, "growth": GROWTH, "focus": FOCUS}
"""What is drawn once of a backlog, and the row that takes it."""


class BacklogBook:
    """Collects the backlogs of a plan.

    Parameters
    ----------
    structure : Structure
    book, draws
        Added to.
    """

    def __init__(self, structure: Structure, book: VariableBook, draws: DrawBook) -> None:
        self.structure, self.book, self.draws = structure, book, draws
        self.backlogs: list[Backlog] = []
        self.scales: list[float] = []
        self.variables: list[int] = []

    @cached_property
    def more_items(self) -> dict[str, float]:
        """What risks that have occurred add to each backlog to which any risk may add items."""
        targets, added = ImpactTargets(self.structure.scenario), defaultdict[str, float](float)
        for risk in self.structure.scenario.risks.values():
            for key, impact in risk.impacts.items():
                if impact.items is not None:
                    has_occurred = risk.status == "occurred" and risk.active
                    for task in targets.unfinished(key):
                        added[task] += impact.items.plan_value() if has_occurred else 0.0
        return dict(added)

    def add(self, backlog: Backlog) -> int:
        """Add a backlog, and return the variable of its duration."""
        stage = 1 + self.structure.row[backlog.id]
        for key, row in DRAWN.items():
            variable = self.book.add(f"task/{backlog.id}/{key}", getattr(backlog, key), 1.0, False)
            self.draws.add(stage, variable, ITEMS, row)
        calendar = self.structure.calendar[backlog.id]
        scale = self.structure.calendars.scale(backlog.work, calendar)
        length = self.length(backlog)
        variable = self.book.add_backlog(f"task/{backlog.id}/duration", length, scale, len(self.backlogs))
        self.backlogs.append(backlog)
        self.scales.append(scale)
        self.variables.append(variable)
        return variable

    def length(self, backlog: Backlog) -> Throughput:
        """Return how long a backlog takes: in the plan with the items of risks that have occurred."""
        may_grow = backlog.id in self.more_items
        return backlog.throughput(self.more_items.get(backlog.id, 0.0), MOST_PERIODS if may_grow else 0)

    def build(self) -> Backlogs | None:
        """Return the arrays, or None where there are no backlogs."""
        if not self.backlogs:
            return None
        structure = self.structure
        streams = [period_stream(each.id, period) for each in self.backlogs for period in range(MOST_PERIODS)]
        tasks = [structure.row[each.id] for each in self.backlogs]
        return Backlogs(
            offset=np.concatenate(([0], np.cumsum([len(each.history.done) for each in self.backlogs]))).astype(
                np.int32
            ),
            done=np.array([row for each in self.backlogs for row in each.history.done], np.float64),
            added=np.array([row for each in self.backlogs for row in each.arrivals], np.float64),
            run=np.array([each.run_length for each in self.backlogs], np.int32),
            period=np.array(
                [each.period.value * scale for each, scale in zip(self.backlogs, self.scales, strict=True)]
            ),
            is_within=np.array([each.finish != PERIOD_END for each in self.backlogs], np.int32),
            most=np.full(len(tasks), MOST_PERIODS, np.int32),
            key=stream_keys(structure.scenario.project, streams).reshape(len(tasks), MOST_PERIODS, 2),
            variable=np.array(self.variables, np.int32),
            task=np.array(tasks, np.int32),
        )


def period_stream(backlog: str, period: int) -> str:
    """Return the name of the stream that says which row of its history a period of a backlog repeats."""
    return f"task/{backlog}/period/{period + 1}"
