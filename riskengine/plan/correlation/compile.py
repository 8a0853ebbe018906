"""Correlations as arrays: which normal scores each variable adds up, and with what weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.mixing import NO_SCALE, SCORE_CELLS, TAIL_CELLS, Correlation
from riskengine.model import Scenario
from riskengine.plan.correlation.check import refuse_infeasible, sources_of
from riskengine.plan.correlation.dependence import Dependence, Tied, dependence_of
from riskengine.plan.correlation.group import Group
from riskengine.plan.correlation.matrix import cholesky
from riskengine.plan.correlation.nested import NestedGroups, NestedSet
from riskengine.plan.correlation.normal import score_table, word_table
from riskengine.plan.correlation.tails import scale_table, tail_word_table
from riskengine.plan.variables.variable import VariableBook

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CorrelationPlan:
    """The arrays of the core, and what they stand for.

    Parameters
    ----------
    arrays : Correlation
    dependence : Dependence or None
        None where it is idle.
    variable : (stream,) int32
        The variable of each correlated quantity; -1 for what goes with nobody.
    """

    arrays: Correlation
    dependence: Dependence | None
    variable: NDArray[np.int32]

    @property
    def variables(self) -> frozenset[int]:
        """The variables that are correlated with others."""
        return frozenset(self.variable[self.variable >= 0].tolist())

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
            scale=np.full_like(self.arrays.scale, NO_SCALE),
            scale_table=none,
        )
        return CorrelationPlan(arrays, None, none)


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
        self.scale_of_row: dict[int, tuple[int, float]] = {}
        self.tails_of_score: dict[int, float] = {}

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

    def add_nested(self, groups: NestedGroups, rows: Sequence[int], dependence: Dependence) -> None:
        """Let each follow the factors of all sets that it is in: the inner ones add what they are more alike."""
        factors: list[list[tuple[int, float]]] = []
        shares: list[float] = []
        for one in groups.sets:
            outer = 0.0 if one.parent < 0 else shares[one.parent]
            shares.append(groups.share(one.rank))
            factor = self.score(self.book.add_event(factor_stream(one, dependence)))
            above = [] if one.parent < 0 else factors[one.parent]
            factors.append([*above, (factor, float(np.sqrt(shares[-1] - outer)))])
        for row, number in zip(rows, groups.innermost.tolist(), strict=True):
            self.own_weights[row] = float(np.sqrt(1 - shares[number]))
            self.of_row[row] = [(factor, weight) for factor, weight in factors[number] if weight]

    def add_matrix(self, latent: Floats, rows: Sequence[int]) -> None:
        """Let each follow those before it: the first is drawn as if it were alone."""
        score = [self.score(row) for row in rows]
        for at, weights in enumerate(cholesky(latent)):
            if at:
                self.own_weights[rows[at]] = 0.0
                self.of_row[rows[at]] = [
                    (score[k], float(weights[k])) for k in range(at + 1) if np.float32(weights[k]) != 0
                ]

    def add_scale(self, tails: float, stream: str, rows: Sequence[int]) -> None:
        """Let the sums of all of a component have one scale, so that their extremes come together."""
        scale = self.score(self.book.add_event(stream))
        self.tails_of_score[scale] = tails
        self.scale_of_row |= dict.fromkeys(rows, (scale, tails))

    def arrays(self) -> Correlation:
        """Return the arrays of the core."""
        count = len(self.book.variables)
        loads = [self.of_row.get(row, []) for row in range(count)]
        own_weights = np.ones(count, np.float32)
        for row, weight in self.own_weights.items():
            own_weights[row] = weight
        scale, tail = np.full(count, NO_SCALE, np.int32), np.zeros(count, np.int32)
        values = sorted(set(self.tails_of_score.values()))
        for row, (number, tails) in self.scale_of_row.items():
            scale[row], tail[row] = number, values.index(tails) * TAIL_CELLS
        tables = [self.tails_of_score.get(number) for number in range(len(self.scored))]
        none = np.zeros(0, np.uint64)
        return Correlation(
            scored=np.array(self.scored, np.int32),
            offset=np.concatenate(([0], np.cumsum([len(each) for each in loads]))).astype(np.int32),
            score=np.array([score for each in loads for score, _ in each], np.int32),
            load=np.array([weight for each in loads for _, weight in each], np.float32),
            own_weight=own_weights,
            scale=scale,
            tail=tail,
            scale_table=np.array(
                [NO_SCALE if tails is None else values.index(tails) * 2 * SCORE_CELLS for tails in tables], np.int32
            ),
            to_score=score_table(),
            to_word=word_table(),
            to_scale=np.concatenate([none, *map(scale_table, values)]),
            to_tail_word=np.concatenate([none, *map(tail_word_table, values)]),
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
    A group of one kind whose correlation is positive has a factor with a stream of its own, from five members on; so
    has each of several within one another whose ranks rise inwards. Any other follows its matrix, its streams in the
    order of their names.
    """
    if not scenario.correlations:
        return None
    dependence = dependence_of(scenario)
    refuse_infeasible(dependence)
    if not dependence.tied:
        return None
    loads = Loads(book)
    variable = np.full(len(dependence.quantities), -1, np.int32)
    for one in dependence.tied:
        rows = [loads.row(stream) for stream in one.quantities.stream]
        variable[one.place] = rows
        if one.tails:
            loads.add_scale(one.tails, scale_stream(one, dependence), rows)
        match one:
            case NestedGroups():
                loads.add_nested(one, rows, dependence)
            case Group() if one.has_factor:
                loads.add_factor(one, rows)
            case _:
                loads.add_matrix(one.latent, rows)
    return CorrelationPlan(loads.arrays(), dependence, variable)


def scale_stream(one: Tied, dependence: Dependence) -> str:
    """Return the name of the stream of a scale: that of the first correlation that names tails."""
    named = (dependence.correlation[at] for at in sorted(sources_of(one)))
    return f"correlation/{next(each.id for each in named if each.tails is not None)}/scale"


def factor_stream(one: NestedSet, dependence: Dependence) -> str:
    """Return the name of the stream of a factor: that of its correlation, and for a pair that of the pair."""
    id = dependence.correlation[one.source].id
    if not one.is_pair:
        return f"correlation/{id}/factor"
    first, second = (dependence.quantities.stream[at] for at in one.place.tolist())
    return f"correlation/{id}/{first}/{second}/factor"
