"""Correlations as arrays: which normal scores each variable adds up, and with what weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.mixing import Correlation
from riskengine.model import Scenario
from riskengine.plan.correlation.check import refuse_infeasible
from riskengine.plan.correlation.group import Group, groups_of
from riskengine.plan.correlation.matrix import cholesky
from riskengine.plan.correlation.normal import score_table, word_table
from riskengine.plan.variables.variable import VariableBook


@dataclass(frozen=True, eq=False)
class CorrelatedGroup:
    """A group of a plan.

    Parameters
    ----------
    group : Group
    variable : (stream,) int32
        The variable of each stream.
    """

    group: Group
    variable: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class CorrelationPlan:
    """The arrays of the core, and the groups that they stand for.

    Parameters
    ----------
    arrays : Correlation
    groups : tuple of CorrelatedGroup
    """

    arrays: Correlation
    groups: tuple[CorrelatedGroup, ...]

    @property
    def variables(self) -> frozenset[int]:
        """The variables that are correlated with others."""
        return frozenset(row for each in self.groups for row in each.variable.tolist())

    @property
    def idle(self) -> "CorrelationPlan":
        """The same without any effect: every variable is drawn as if nothing were correlated."""
        none = np.zeros(0, np.int32)
        arrays = self.arrays._replace(
            scored=none,
            offset=np.zeros_like(self.arrays.offset),
            score=none,
            load=np.zeros(0, np.float32),
            own_weight=np.ones_like(self.arrays.own_weight),
        )
        return CorrelationPlan(arrays, ())


class Loads:
    """What each variable adds up, under way.

    Parameters
    ----------
    book : VariableBook
        Added to: factors, and what holds the place of a member that is not drawn.
    """

    def __init__(self, book: VariableBook) -> None:
        self.book = book
        self.row_of_stream = {variable.stream: row for row, variable in reversed(list(enumerate(book.variables)))}
        self.scored: list[int] = []
        self.of_row: dict[int, list[tuple[int, float]]] = {}
        self.own_weights: dict[int, float] = {}

    def row(self, stream: str) -> int:
        """Return the variable of a stream; one that nobody draws gets a variable all the same."""
        if stream not in self.row_of_stream:
            self.row_of_stream[stream] = self.book.add_event(stream)
        return self.row_of_stream[stream]

    def score(self, row: int) -> int:
        """Return the number of the scores of a variable, from now on worked out in each block."""
        self.scored.append(row)
        return len(self.scored) - 1

    def add_factor(self, group: Group, rows: Sequence[int]) -> None:
        """Let all of a group follow one factor."""
        share = group.one_latent
        factor = self.score(self.book.add_event(f"correlation/{group.id}/factor"))
        for row in rows:
            self.own_weights[row] = float(np.sqrt(1 - share))
            self.of_row[row] = [(factor, float(np.sqrt(share)))]

    def add_matrix(self, group: Group, rows: Sequence[int]) -> None:
        """Let each of a group follow those before it: the first is drawn as if it were alone."""
        score = [self.score(row) for row in rows]
        for at, weights in enumerate(cholesky(group.latent)):
            if at:
                self.own_weights[rows[at]] = 0.0
                self.of_row[rows[at]] = [
                    (score[k], float(weights[k])) for k in range(at + 1) if np.float32(weights[k]) != 0
                ]

    def arrays(self) -> Correlation:
        """Return the arrays of the core."""
        count = len(self.book.variables)
        loads = [self.of_row.get(row, []) for row in range(count)]
        own_weights = np.ones(count, np.float32)
        for row, weight in self.own_weights.items():
            own_weights[row] = weight
        return Correlation(
            scored=np.array(self.scored, np.int32),
            offset=np.concatenate(([0], np.cumsum([len(each) for each in loads]))).astype(np.int32),
            score=np.array([score for each in loads for score, _ in each], np.int32),
            load=np.array([weight for each in loads for _, weight in each], np.float32),
            own_weight=own_weights,
            to_score=score_table(),
            to_word=word_table(),
        )


def compile_correlations(scenario: Scenario, book: VariableBook) -> CorrelationPlan | None:
    """Lay out the correlations of a scenario; None where nothing is correlated.

    Parameters
    ----------
    scenario : Scenario
    book : VariableBook
        With every variable of the plan; added to.

    Raises
    ------
    ScenarioError
        If a correlation cannot be had.

    Notes
    -----
    A group of one kind whose correlation is positive has a factor with a stream of its own, from five members on. Any
    other follows its matrix, its streams in the order of their names.
    """
    groups = groups_of(scenario)
    if not groups:
        return None
    refuse_infeasible(groups)
    loads = Loads(book)
    laid = []
    for group in groups:
        rows = [loads.row(stream) for stream in group.stream]
        laid.append(CorrelatedGroup(group, np.array(rows, np.int32)))
        if group.has_factor:
            loads.add_factor(group, rows)
        else:
            loads.add_matrix(group, rows)
    return CorrelationPlan(loads.arrays(), tuple(laid))
