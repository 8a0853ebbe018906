"""What follows indices of prices, and what these stand at from month to month."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.model import PriceIndex, Scenario
from riskengine.model.price_index import Level, base_month, month_name, price_ratio
from riskengine.plan.network.structure import Structure
from riskengine.plan.variables.variable import VariableBook

Floats = NDArray[np.float64]

NO_INDEX = -1


class IndexedLine(NamedTuple):
    """A cost line that follows an index, by its number; ``fixed`` and ``rate`` are variables, -1 where it has none."""

    id: str
    price_index: int
    fixed: int
    rate: int


class UsedIndex(NamedTuple):
    """An index that something follows; ``growth`` is the variable of its rate, -1 where it has none."""

    price_index: PriceIndex
    base: Level
    growth: int


@dataclass(frozen=True, eq=False)
class Escalation:
    """Which costs follow which index.

    Parameters
    ----------
    indices : tuple of UsedIndex
        By id.
    task_index : (task,) intp
        Number of the index that the cost of a task follows, ``NO_INDEX`` for those that follow none.
    lines : tuple of IndexedLine
        By id.
    may_earn : bool
        Whether anything that is spent may be less than nothing.
    """

    indices: tuple[UsedIndex, ...]
    task_index: NDArray[np.intp]
    lines: tuple[IndexedLine, ...]
    may_earn: bool

    @cached_property
    def levels_of_month(self) -> dict[int, tuple[Level | None, ...]]:
        """What the indices stand at in each month that was asked for: the same in all iterations."""
        return {}

    def levels(self, month: int) -> tuple[Level | None, ...]:
        """Return what each index stands at in a month."""
        levels = self.levels_of_month.get(month)
        if levels is None:
            levels = self.levels_of_month[month] = tuple(used.price_index.level(month) for used in self.indices)
        return levels

    def prices(self, month: int, growth: Floats) -> Floats:
        """Return what prices are in a month against those of the bases.

        Parameters
        ----------
        month : int
            Number of the month.
        growth : (index, iteration) float64
            Rates a year.

        Returns
        -------
        (index + 1, iteration) float64
            Not a number where an index does not know the month; the last row is of ones, for what follows none.
        """
        ratios = np.ones((len(self.indices) + 1, growth.shape[1]))
        for row, (used, level) in enumerate(zip(self.indices, self.levels(month), strict=True)):
            ratios[row] = np.nan if level is None else price_ratio(level, used.base, growth[row])
        return ratios

    def ends(self) -> str:
        """Return the indices that end, with the last month of each, for people."""
        ending = [
            used.price_index for used in self.indices if used.price_index.values and used.price_index.rate is None
        ]
        return ", ".join(f"{index.id} ends with {month_name(max(index.by_month))}" for index in ending)


def compile_escalation(structure: Structure, cost_row: Mapping[str, int], book: VariableBook) -> Escalation | None:
    """Return what follows indices; None where nothing does, and then no rate is drawn.

    Parameters
    ----------
    structure : Structure
    cost_row : mapping of task/ID/fixed, cost/ID/rate and the like to int
        Variables of amounts and rates.
    book : VariableBook
        Added to.
    """
    scenario = structure.scenario
    followed = {task.cost.index for task in structure.tasks} | {line.index for line in scenario.costs.values()}
    names = [name for name in sorted(scenario.indices) if name in followed]
    if not names:
        return None
    number = {name: at for at, name in enumerate(names)}
    used = []
    for name in names:
        index = scenario.indices[name]
        base = index.level(base_month(index, scenario.first_start))
        assert base is not None
        growth = -1 if index.rate is None else book.add(f"index/{name}/rate", index.rate, 1.0, False)
        used.append(UsedIndex(index, base, growth))
    return Escalation(
        indices=tuple(used),
        task_index=np.array([number.get(task.cost.index, NO_INDEX) for task in structure.tasks], np.intp),
        lines=tuple(
            IndexedLine(
                name, number[line.index], *(cost_row.get(f"cost/{name}/{part}", -1) for part in ("fixed", "rate"))
            )
            for name, line in sorted(scenario.costs.items())
            if line.index
        ),
        may_earn=may_earn(scenario),
    )


def may_earn(scenario: Scenario) -> bool:
    """Return whether anything that is spent may be less than nothing: an amount, a rate, a cost of a risk, waiting."""
    costs = [each.cost for each in scenario.tasks.values()]
    amounts = [amount for cost in costs for amount in (cost.fixed, cost.rate)]
    amounts += [amount for line in scenario.costs.values() for amount in (line.fixed, line.rate)]
    impacts = [impact for risk in scenario.risks.values() for impact in risk.impacts.values()]
    amounts += [impact.cost for impact in impacts]
    amounts += [impact.delay for impact in impacts if impact.waiting_rate is not None]
    return any(amount is not None and amount.support()[0] < 0 for amount in amounts) or any(
        (cost.actual or 0.0) < 0 for cost in costs
    )
