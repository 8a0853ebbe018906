"""What each source of risk contributes to finish, cost and gates: parts that add up, each with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.adding_up import rounded_parts
from riskengine.analysis.coalition_values import STATISTICS, Reading, gates_met, read_amounts, read_gates
from riskengine.analysis.comparison import bounded
from riskengine.analysis.decision import meets
from riskengine.analysis.doubts import Chances, Moved, intervals_of_amounts, intervals_of_shares, missed_share
from riskengine.analysis.orders import Coalition, Order, Weights, everybody
from riskengine.analysis.shares import Part, Shares
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import unseen_share
from riskengine.analysis.statistics.quantile import student_quantile
from riskengine.analysis.statistics.replicate import LEVEL
from riskengine.results.samples.coalition_sample import CoalitionSample, Player
from riskengine.results.samples.sample import Sample

Values = NDArray[np.float64]
SampleOf = Callable[[Coalition], CoalitionSample]
"""Runs the iterations in which these players are on."""

NOBODY: Coalition = frozenset()
MILLIONTH = 1_000_000
"""Days and money are counted in millionths before parts are added up."""
BILLIONTH = 1_000_000_000
"""Probabilities in billionths."""
AMOUNTS = len(STATISTICS)
FEWEST = 2
"""Iterations that have a spread."""
SUMS = 3
"""Behind the players: all of them together, the rest, and what no player has."""


@dataclass(frozen=True, eq=False)
class Question:
    """What contributions are asked of.

    Parameters
    ----------
    sample : Sample
        The whole run.
    players : tuple of Player
        Those that can act, in the order of their numbers.
    target : int
        Whose finish is looked at: 0 is the project.
    is_rest_fixed : bool
        Whether nothing is left to chance with no player on.
    """

    sample: Sample
    players: tuple[Player, ...]
    target: int = 0
    is_rest_fixed: bool = True

    @property
    def plan(self) -> list[float]:
        """What the deterministic plan says, number by number."""
        sample = self.sample
        finish, cost = sample.deterministic_finish, np.array([sample.deterministic_cost])
        met = [float(meets(finish[[gate.target]], cost, gate.finish, gate.cost)[0]) for gate in sample.gates]
        days = float(sample.deterministic_finish_days[self.target])
        return [*[days] * AMOUNTS, *[float(cost[0])] * AMOUNTS, *met]

    @property
    def names(self) -> list[tuple[str, str]]:
        """What each number is: measure and statistic."""
        amounts = [(measure, statistic) for measure in ("finish", "cost") for statistic in STATISTICS]
        return [*amounts, *(("gate", gate.id) for gate in self.sample.gates)]

    @property
    def units(self) -> list[int]:
        """Into how many parts one of each number is divided."""
        return [MILLIONTH] * (2 * AMOUNTS) + [BILLIONTH] * len(self.sample.gates)


def contributions(
    question: Question,
    weights: Weights,
    sample_of: SampleOf,
    orders: Sequence[Order] = (),
    note: Callable[[int, int], None] | None = None,
) -> list[Shares]:
    """Return what each player contributes to mean, P50, P80 and P90 of finish and cost, and to each gate.

    Parameters
    ----------
    question : Question
    weights : Weights
    sample_of : callable
    orders : sequence of Order
        Where they were drawn, and are not all there are: an order and its reverse in turn.
    note : callable, optional
        Told how many coalitions of how many were run.

    Notes
    -----
    A part is a sum of numbers of runs, each times its weight. Numbers are rounded to a millionth of a day or of the
    currency, or to a billionth of a probability, and parts by the largest remainder, so that they add up as decimal
    numbers. The interval is that of the mean of what each iteration moves the sum by. To it are joined how well drawn
    orders stand for all, by the spread over their pairs, and how far percentiles may be off that have no slope.
    """
    count = len(question.players)
    everyone = sample_of(everybody(count))
    reference = gates_met(everyone, question.sample.gates)
    with_all = with_sums(weights, count)
    tally = Tally.of(len(question.names), count + SUMS, question.sample.iterations)
    for at, (coalition, of_columns) in enumerate(with_all.items()):
        run = everyone if coalition == everybody(count) else sample_of(coalition)
        readings = (
            read_amounts(run.days, everyone.days),
            read_amounts(run.cost, everyone.cost),
            read_gates(run, question.sample.gates, reference),
        )
        tally.add(coalition, of_columns, readings, question.units)
        if note is not None:
            note(at + 1, len(with_all))
    tally.moved[0, count + 1] += everyone.days
    tally.moved[AMOUNTS, count + 1] += everyone.cost
    tally.moved[2 * AMOUNTS :, count + 1] += reference
    return shares_of(question, with_all, tally, everyone, orders)


def with_sums(weights: Weights, count: int) -> Weights:
    """Return weights of as many players with those of all together, of the rest, and of what no player has."""
    everyone = everybody(count)
    with_all = {coalition: dict(of_players) for coalition, of_players in weights.items()}
    for coalition, share in ((everyone, Fraction(1)), (NOBODY, Fraction(-1))):
        of_columns = with_all.setdefault(coalition, {})
        of_columns[count] = of_columns.get(count, Fraction(0)) + share
    with_all[NOBODY][count + 1] = Fraction(1)
    for of_columns in with_all.values():
        left = of_columns.get(count, Fraction(0)) - sum(of_columns.get(player, Fraction(0)) for player in range(count))
        if left:
            of_columns[count + 2] = left
    return with_all


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over coalitions, of each number; a column for each player, then one for each of the sums.

    Attributes
    ----------
    values : dict of coalition to list of int
        The numbers of each coalition, in units.
    moved : (number, column, n) float64
    doubt, spacing : (number, column) float64
    """

    values: dict[Coalition, list[int]]
    moved: Values
    doubt: Values
    spacing: Values

    @classmethod
    def of(cls, numbers: int, columns: int, n: int) -> "Tally":
        """Return empty sums."""
        doubt, spacing = np.zeros((2, numbers, columns))
        return cls({}, np.zeros((numbers, columns, n)), doubt, spacing)

    def add(
        self,
        coalition: Coalition,
        of_columns: Mapping[int, Fraction],
        readings: Sequence[Reading],
        units: Sequence[int],
    ) -> None:
        """Add what one coalition says."""
        value, moved, doubt, spacing = (np.concatenate(parts) for parts in zip(*readings, strict=True))
        self.values[coalition] = [
            round(Fraction(number) * unit) for number, unit in zip(value.tolist(), units, strict=True)
        ]
        weighted = np.empty_like(moved)
        for column, share in of_columns.items():
            weight = float(share)
            self.moved[:, column] += np.multiply(moved, weight, out=weighted)
            self.doubt[:, column] += abs(weight) * doubt
            self.spacing[:, column] = np.maximum(self.spacing[:, column], spacing)


def shares_of(
    question: Question, weights: Weights, tally: Tally, everyone: CoalitionSample, orders: Sequence[Order]
) -> list[Shares]:
    """Return what the sums over all coalitions say."""
    numbers = whole_parts(question, weights, tally)
    units = np.array(question.units, np.float64)[:, np.newaxis]
    value = np.array([[*each] for each in numbers], np.float64) / units
    interval = intervals_of(question, tally, value, everyone)
    by_order = spread_over_orders(tally.values, orders, value.shape) / units
    low = value - np.hypot(value - interval.low, by_order)
    high = value + np.hypot(interval.high - value, by_order)
    result = []
    for at, (measure, statistic) in enumerate(question.names):
        none, everybodys = (tally.values[each][at] for each in (NOBODY, everybody(len(question.players))))
        parts = [
            Part(number / question.units[at], bounded(ends[0]), bounded(ends[1]))
            for number, ends in zip(numbers[at], zip(low[at].tolist(), high[at].tolist(), strict=True), strict=True)
        ]
        result.append(
            Shares(
                measure,
                statistic,
                plan=question.plan[at],
                none=none / question.units[at],
                all=everybodys / question.units[at],
                parts=tuple(parts[:-SUMS]),
                together=parts[-3],
                rest=parts[-2],
                interaction=parts[-1],
                unit=question.units[at],
            )
        )
    return result


def whole_parts(question: Question, weights: Weights, tally: Tally) -> list[list[int]]:
    """Return the columns of each number in whole units: parts, and what no player has, add up to all together."""
    count, numbers = len(question.players), range(len(question.names))
    divisor = lcm(*(share.denominator for of_columns in weights.values() for share in of_columns.values()))
    sums = [[0] * (count + SUMS) for _ in numbers]
    for coalition, of_columns in weights.items():
        shares = [(column, int(share * divisor)) for column, share in of_columns.items()]
        for row, value in zip(sums, tally.values[coalition], strict=True):
            for column, share in shares:
                row[column] += share * value
    whole = []
    for at, row in enumerate(sums):
        together = row[count] // divisor
        *parts, left = rounded_parts([Fraction(each, divisor) for each in (*row[:count], row[-1])], together)
        plan = round(Fraction(question.plan[at]) * question.units[at])
        whole.append([*parts, together, tally.values[NOBODY][at] - plan, left])
    return whole


def intervals_of(question: Question, tally: Tally, value: Values, everyone: CoalitionSample) -> Interval:
    """Return the intervals of all columns of all numbers, (number, column)."""
    sample, count = question.sample, len(question.players)
    missed = np.full(count + SUMS, unseen_share(sample.iterations))
    missed[:count] = [missed_share(player, sample) for player in question.players]
    limits = (
        (None, None) if sample.limits is None else (sample.limits.finish_days[:, question.target], sample.limits.cost)
    )
    chances = Chances.of(sample, question.players, count + SUMS)
    low, high = value.copy(), value.copy()
    if sample.iterations < FEWEST:
        low, high = np.full_like(value, np.nan), np.full_like(value, np.nan)
    else:
        for first, values, ends in zip((0, AMOUNTS), (everyone.days, everyone.cost), limits, strict=True):
            rows = slice(first, first + AMOUNTS)
            moved = Moved(tally.moved[rows], tally.doubt[rows], tally.spacing[rows])
            spread = np.inf if ends is None or not np.isfinite(ends).all() else float(np.ptp(ends))
            interval = intervals_of_amounts(moved, value[rows], values, chances, missed=missed, spread=spread)
            low[rows], high[rows] = interval.low, interval.high
        for row in range(2 * AMOUNTS, len(value)):
            interval = intervals_of_shares(tally.moved[row], value[row], chances)
            low[row], high[row] = interval.low, interval.high
    is_exact = np.zeros(count + SUMS, bool)
    is_exact[count + 1] = question.is_rest_fixed
    is_exact[count + 2] = not tally.moved[:, count + 2].any() and not value[:, count + 2].any()
    low, high = np.where(is_exact, value, low), np.where(is_exact, value, high)
    return Interval(value, low, high)


def spread_over_orders(
    values: Mapping[Coalition, Sequence[int]], orders: Sequence[Order], shape: tuple[int, ...]
) -> Values:
    """Return half the interval of averages over drawn orders for those over all, (number, column), in units.

    Parameters
    ----------
    values : mapping of coalition to sequence of int
    orders : sequence of Order
        An order and its reverse in turn; none where all were taken.
    shape : (number, column)
    """
    half = np.zeros(shape)
    pairs = len(orders) // 2
    if pairs < 2:
        return half
    gains = np.zeros((pairs, shape[0], len(orders[0])))
    for number, order in enumerate(orders):
        before = np.array(values[NOBODY], np.float64)
        for at, player in enumerate(order):
            after = np.array(values[frozenset(order[: at + 1])], np.float64)
            gains[number // 2, :, player] += (after - before) / 2
            before = after
    critical = student_quantile((1 + LEVEL) / 2, pairs - 1)
    half[:, : len(orders[0])] = critical * gains.std(axis=0, ddof=1) / np.sqrt(pairs)
    return half
