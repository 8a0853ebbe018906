"""The columns of inputs: drawn again from their streams, put in order, and cut into tenths and parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.draws.redraw import redrawing
from riskengine.engine.drivers.listing import ListedInput
from riskengine.kernel.contract.arrays import BACKLOG, DISCRETE, NEVER
from riskengine.kernel.ranks import Ranked, Room, bucket_bits, fill_ranks
from riskengine.plan import Plan
from riskengine.results.samples.driver_sample import DriverColumns

Words = NDArray[np.uint32]
Mask = NDArray[np.bool_]

TENTH = np.uint64(round(0.1 * NEVER))
LAST_TENTH = np.uint64(NEVER - round(0.1 * NEVER))
PARTS = 32
"""Parts that a distribution is cut into: thirty-seconds, or its values where it has no more."""
PART_SHIFT = np.uint32(27)


@dataclass(frozen=True)
class ColumnMaker:
    """Makes the columns of the inputs of a run.

    Parameters
    ----------
    plan : Plan
    request : Request
        Of the iterations that are looked at.
    dimension : (variable,) int16
        Sobol dimensions.
    listed : sequence of ListedInput
    occurs : (risk, n) bool
        Which risks occurred.
    exists : (group, n) bool
        Which groups of tasks that need not exist did.
    """

    plan: Plan
    request: Request
    dimension: NDArray[np.int16]
    listed: list[ListedInput]
    occurs: Mask
    exists: Mask

    def columns(self, some: slice) -> DriverColumns:
        """Return some of the inputs in all iterations of the request."""
        listed, n = self.listed[some], self.request.iterations
        made = DriverColumns(
            value=np.zeros((len(listed), n)),
            order=np.zeros((len(listed), n), np.int64),
            rank=np.zeros((len(listed), n)),
            part=np.zeros((len(listed), n), np.uint8),
            low=np.zeros((len(listed), n), np.bool_),
            high=np.zeros((len(listed), n), np.bool_),
        )
        room, redraw = Room.of(n), redrawing(self.plan, self.request, self.dimension, n)
        for row, each in enumerate(listed):
            if each.about.is_chance:
                fill_chance(made, row, self.occurs[each.risk] if each.risk >= 0 else self.exists[each.group])
            else:
                drawn = redraw(each.variables[0])
                made.value[row], word, borders = drawn.value, drawn.word, self._borders(each.variables)
                if self.plan.variables.kind[each.variables[0]] == BACKLOG:
                    word, borders = words_of(drawn.value)
                ranked = Ranked(made.order[row], made.rank[row])
                fill_ranks(word, drawn.value, ranked, room, np.uint32(bucket_bits(n)))
                fill_cuts(made, row, word, borders)
        return made

    def _borders(self, variables: tuple[int, ...]) -> NDArray[np.uint64] | None:
        """Return from which words on the values of a stream change; None where one of its estimates is continuous."""
        of = self.plan.variables
        if any(of.kind[variable] != DISCRETE for variable in variables):
            return None
        steps = [of.threshold[of.row[each] + 1 : of.row[each] + of.count[each]] for each in variables]
        return np.unique(np.concatenate(steps))


def words_of(value: NDArray[np.float64]) -> tuple[Words, NDArray[np.uint64]]:
    """Return words as if an input with a few values were drawn by one each, and from which on they are another.

    Parameters
    ----------
    value : (n,) float64
        Of something that many draws make; how often each value occurs is what is seen.
    """
    _, level, count = np.unique(value, return_inverse=True, return_counts=True)
    borders = np.round(np.cumsum(count[:-1]) / value.size * NEVER).astype(np.uint64)
    return np.concatenate((np.zeros(1, np.uint64), borders))[level].astype(np.uint32), borders


def fill_chance(into: DriverColumns, row: int, happens: Mask) -> None:
    """Fill the columns of what happens or does not: the tenths are the iterations without it, and those with it."""
    count = int(np.count_nonzero(happens))
    into.value[row] = into.part[row] = happens
    into.order[row] = np.concatenate((np.flatnonzero(~happens), np.flatnonzero(happens)))
    # twice the rank less twice the mean rank, each side sharing one
    into.rank[row] = np.where(happens, float(happens.size - count), -float(count))
    into.low[row], into.high[row] = ~happens, happens


def fill_cuts(into: DriverColumns, row: int, word: Words, borders: NDArray[np.uint64] | None) -> None:
    """Fill in which part of its distribution an input is in.

    Parameters
    ----------
    borders : (value - 1,) uint64 or None
        From which words on a discrete input takes another value; None of a continuous one.

    Notes
    -----
    The tenths are those of the distribution, not of the sample. Those of a discrete input are the values at or below
    its tenth percentile, and those at or above its ninetieth. Where these are one value, it is held against all below
    it, or all above it, or those that lie below against those that lie above.
    """
    if borders is None:
        into.part[row] = word >> PART_SHIFT
        into.low[row], into.high[row] = word < TENTH, word >= LAST_TENTH
        return
    level = np.searchsorted(borders, word, side="right")
    least, most = (int(np.searchsorted(borders, at, side="right")) for at in (TENTH - np.uint64(1), LAST_TENTH))
    if least == most:
        into.low[row] = level < least if least > 0 else level == 0
        into.high[row] = level > most if most < borders.size else level == borders.size
    else:
        into.low[row], into.high[row] = level <= least, level >= most
    if borders.size < PARTS:
        into.part[row] = level
    else:
        ends = np.concatenate((np.zeros(1, np.uint64), borders, np.array([NEVER - 1], np.uint64)))
        into.part[row] = (((ends[:-1] + ends[1:]) // 2) >> np.uint64(PART_SHIFT))[level]
