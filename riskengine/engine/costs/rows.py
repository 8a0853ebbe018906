"""Whose money it is: the rows of the table of costs over time."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.months.monthly import Grouping
from riskengine.kernel import BLOCK
from riskengine.plan import Plan

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

MOST_KEYS, LEAST_KEYS = 100, 10
"""Teams, or elements, that have rows of their own; the costliest, where there are more."""
KEYED_VALUES = 4_000_000
"""Keys x months x a block of iterations: of a project of a century fewer have rows."""
NOBODY = ""


class Breakdown(NamedTuple):
    """The money of the project by team, or by element of the WBS.

    Parameters
    ----------
    scope, key : tuples of str
        Of each part; those of the parts that have no rows of their own come last, in one.
    part : (task + 1,) int
        Which part each task belongs to, and last what belongs to no task; -1 for those that cost nothing.
    """

    scope: tuple[str, ...]
    key: tuple[str, ...]
    part: tuple[int, ...]

    @classmethod
    def of(cls, scopes: tuple[str, str], keys: Sequence[str], weight: Floats, most: int) -> "Breakdown":
        """Return the parts of tasks and of what belongs to none, by their keys.

        Parameters
        ----------
        scopes : pair of str
            Of those that have rows of their own, and of the others.
        keys : (task + 1,) sequence of str
        weight : (task + 1,) float64
            How much each matters; not a number for those that cost nothing.
        most : int
            How many have rows of their own.
        """
        total: dict[str, float] = {}
        for key, amount in zip(keys, weight.tolist(), strict=True):
            if amount == amount:
                total[key] = total.get(key, 0.0) + amount
        by_weight = sorted((key for key in total if key != NOBODY), key=lambda key: (-total[key], key))
        with_row = sorted(by_weight[:most] + [NOBODY] * (NOBODY in total))
        others = by_weight[most:]
        at = {key: place for place, key in enumerate(with_row)} | dict.fromkeys(others, len(with_row))
        return cls(
            scope=(*(scopes[0] for _ in with_row), *(scopes[1:] if others else ())),
            key=(*with_row, *((NOBODY,) if others else ())),
            part=tuple(at.get(key, -1) for key in keys),
        )

    @property
    def is_shown(self) -> bool:
        """Whether there is any but nobody's; where there is not, the project says it all."""
        return self.key != (NOBODY,)

    def grouping(self, rows: Rows) -> Grouping:
        """Return which part some rows belong to."""
        return Grouping.of([self.part[row] for row in rows.tolist()], len(self.key))


class CostRows(NamedTuple):
    """The rows of the table: the project, its teams, its elements."""

    teams: Breakdown
    elements: Breakdown
    wbs_names: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan, tasks: Rows, planned_cost: Floats, months: int) -> "CostRows":
        """Return the rows of a plan.

        Parameters
        ----------
        tasks : (row,) intp
            Tasks that cost anything, and the project's own, as number of tasks, where it does.
        planned_cost : (task + 1,) float64 [currency]
        months : int
            About how many there will be.
        """
        most = max(LEAST_KEYS, min(MOST_KEYS, KEYED_VALUES // (months * BLOCK)))
        weight = np.full(len(plan.task) + 1, np.nan)
        weight[tasks] = np.abs(planned_cost[tasks])
        return cls(
            Breakdown.of(("team", "other teams"), (*plan.labels.task_team, NOBODY), weight, most),
            Breakdown.of(("wbs", "other elements"), (*plan.labels.task_element, NOBODY), weight, most),
            plan.stages.scenario.wbs_names,
        )

    @property
    def breakdowns(self) -> list[Breakdown]:
        """The breakdowns that have rows."""
        return [part for part in (self.teams, self.elements) if part.is_shown]

    @property
    def summed_breakdowns(self) -> list[Breakdown]:
        """The breakdowns to add up: the teams, whose sum is the project, and the elements where they have rows."""
        return [self.teams, *([self.elements] if self.elements.is_shown else [])]

    @property
    def scope(self) -> tuple[str, ...]:
        """Scope of each row."""
        return ("project", *(scope for part in self.breakdowns for scope in part.scope))

    @property
    def key(self) -> tuple[str, ...]:
        """Key of each row."""
        return ("", *(key for part in self.breakdowns for key in part.key))

    @property
    def name(self) -> tuple[str, ...]:
        """What each row is called."""
        rows = zip(self.scope, self.key, strict=True)
        return tuple(self.wbs_names.get(key, "") if scope == "wbs" else key for scope, key in rows)

    def groupings(self, rows: Rows) -> tuple[Grouping, ...]:
        """Return who belongs to which team and, where elements have rows, to which element."""
        return tuple(each.grouping(rows) for each in self.summed_breakdowns)

    def joined(self, sums: Sequence[Floats]) -> Floats:
        """Return the rows of the table from the sums of ``groupings``, (part, month, iteration) each."""
        parts = [part for part, each in zip(sums, self.summed_breakdowns, strict=True) if each.is_shown]
        return np.concatenate([np.add.reduce(sums[0], axis=0)[None], *parts])
