"""Damages and bonuses of a plan: what the finishes of its targets cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Bonus, Damages, Scenario
from riskengine.model.selector import PROJECT


@dataclass(frozen=True)
class ClauseRow:
    """Damages or a bonus on a target: 0 is the project, ``k`` the named target ``k - 1``."""

    clause: Damages | Bonus
    target: int

    @property
    def date(self) -> np.datetime64:
        """From which it counts, datetime64[us]."""
        return np.datetime64(self.clause.date, "us")

    def cost(self, finish: NDArray[np.datetime64]) -> NDArray[np.float64]:
        """Return what it costs, (iteration,) float64 [currency].

        Parameters
        ----------
        finish : (target, iteration) datetime64[us]
            The project's first.
        """
        late = (finish[self.target] - self.date).astype(np.int64)
        return np.asarray(self.clause.cost(late), np.float64)


def clause_rows(scenario: Scenario, target: Sequence[str]) -> tuple[ClauseRow, ...]:
    """Return damages, then bonuses, each by id, their targets by number."""
    return tuple(
        ClauseRow(clause, 0 if clause.target == PROJECT else 1 + target.index(clause.target))
        for clause in scenario.date_clauses
    )
