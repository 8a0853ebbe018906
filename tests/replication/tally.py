"""Counts of a setting over its replications, and what is concluded from them.

Two sequential probability ratio tests (Wald 1945) run over the replications: does an interval miss the truth in 5 %
of them or in 8 %, and in 5 % or in 2 %? A cell fails at odds of 100,000 to 1, passes at odds of 50 to 1, and is
*undecided* in between, which more replications would change. Where they end with odds of more than 1,000 to 1 against
a cell, it is *suspect*, which counts as failed. With 2,000 replications a coverage of 95 % passes in 99 of 100 cells
and practically never fails (about 34,000 cells make a study), one of 94 % passes in 68, one of 92 % fails in 81 and
passes in 1; half of what passes does so by 500. With 600 replications 95 % is suspect in 6 of 100,000 cells, 92 % in a
quarter, 90 % in 85 of 100. `pool.py` joins the models, since an hour leaves most cells fewer replications than that.
"""

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from tests.replication.model import Estimate
from tests.replication.run import Replications

MISSES, TOO_MANY, TOO_FEW = 0.05, 0.08, 0.02
FAILED, SUSPECT, PASSED = math.log(1e5), math.log(1e3), -math.log(50)
FEWEST = 30
"""Replications before anything is concluded."""
REPLICATES_FROM = {"random": 0, "lhs": 768, "sobol": 2_560}
"""Iterations from which intervals may not cover more: three replicates under ``lhs``, ten under ``sobol``."""
POWER_AT = 10_240
MOST_WIDTH = 1.5
BLOCK = 256
COUNTS_JUMP = 0.965
"""Coverage of a binomial interval above which whole numbers are the reason."""
WIDTHS_KEPT = 500
"""Replications whose widths are kept for the median."""
FULL_WIDTH = 2 * 1.959963984540054


def odds(misses: float, count: int, alternative: float) -> float:
    """Log of the likelihood of the alternative rate of misses over that of 5 %."""
    return misses * math.log(alternative / MISSES) + (count - misses) * math.log((1 - alternative) / (1 - MISSES))


@dataclass(frozen=True)
class Cell:
    """An estimate of a setting: what was counted, and the verdict.

    Parameters
    ----------
    count, hits : int
        Replications, and those whose interval holds the truth.
    width : float
        Median width of the intervals over 3.92 standard deviations of the estimate: infinite where most are open, not a
        number where the estimate is the same in all replications.
    zero, open_ends : float
        Share of intervals without width, and of those with an open end.
    is_forced, may_cover_more : bool
        Whether whole numbers or the model force it to hold more often than 97 %, and whether it may for that or another
        reason; what is forced says nothing of 92 % against 95 % to the pool of its kind (``pool.py``).
    verdict : str
        ``passed``, ``undecided``, or what is wrong: ``low``, ``high``, ``wide``, ``zero width``, ``suspect low`` ...
    """

    name: str
    group: str
    count: int
    hits: int
    width: float
    zero: float
    open_ends: float
    is_forced: bool
    may_cover_more: bool
    verdict: str

    @property
    def coverage(self) -> float:
        """Share of replications whose interval holds the truth."""
        return self.hits / self.count if self.count else math.nan

    @property
    def is_failed(self) -> bool:
        """Whether the verdict is a fault."""
        return self.verdict not in ("passed", "undecided")


class Tally:
    """All that was counted of one setting.

    Parameters
    ----------
    estimates : tuple of Estimate
    questions : tuple of str
        Ids of the gates asked.
    method : str
    iterations : int
    """

    def __init__(self, estimates: tuple[Estimate, ...], questions: tuple[str, ...], method: str, iterations: int):
        self.estimates, self.questions = estimates, questions
        self.method, self.iterations = method, iterations
        self.missing: frozenset[str] = frozenset()
        self.count = 0
        self.exact = np.array([each.exact for each in estimates])
        error = np.array([each.error for each in estimates])
        self.slack = error + 1e-9 * np.maximum(1.0, np.abs(self.exact))
        rows = len(estimates)
        self.hits, self.zero, self.closed, self.seen = (np.zeros(rows, np.int64) for _ in range(4))
        self.sum, self.square = np.zeros(rows), np.zeros(rows)
        self.widths: list[NDArray[np.float32]] = []
        self.wrong = np.zeros(len(questions), np.int64)

    def add(self, part: Replications) -> None:
        """Count some more replications."""
        self.count += len(part.is_wrong)
        self.wrong += part.is_wrong.sum(axis=0)
        self.missing = part.missing
        if not self.estimates:
            return
        value, low, high = np.moveaxis(part.printed, 2, 0)
        self.hits += (~(low > self.exact + self.slack) & ~(high < self.exact - self.slack)).sum(axis=0)
        width = high - low
        self.closed += np.isfinite(width).sum(axis=0)
        self.zero += (width <= 0).sum(axis=0)
        away = value - self.exact
        self.seen += np.isfinite(away).sum(axis=0)
        self.sum += np.nansum(away, axis=0)
        self.square += np.nansum(away * away, axis=0)
        if sum(len(each) for each in self.widths) < WIDTHS_KEPT:
            self.widths.append(np.where(np.isfinite(width), width, np.inf).astype(np.float32))

    def cells(self) -> list[Cell]:
        """Return a cell for each estimate and each question."""
        if not self.count:
            return []
        found = []
        if self.estimates:
            middle = np.median(np.concatenate(self.widths), axis=0)
            found = [self.estimate_cell(each, at, float(middle[at])) for at, each in enumerate(self.estimates)]
        found += [decision_cell(each, self.count, int(self.wrong[k])) for k, each in enumerate(self.questions)]
        return found

    def estimate_cell(self, estimate: Estimate, at: int, middle: float) -> Cell:
        """Return the cell of one estimate, ``middle`` being the median width of its intervals."""
        seen = int(self.seen[at])
        variance = (self.square[at] - self.sum[at] ** 2 / seen) / (seen - 1) if seen > 1 else math.nan
        scale = FULL_WIDTH * math.sqrt(max(variance, 0.0)) if seen > 1 else math.nan
        slack = float(self.slack[at])
        # values that are all the same have no spread to compare with, as the share of a stratum's edge has none
        ratio = middle / scale if scale > slack else math.nan
        cell = Cell(
            estimate.name,
            estimate.group,
            self.count,
            int(self.hits[at]),
            ratio,
            float(self.zero[at] / self.count),
            float(1 - self.closed[at] / self.count),
            self.is_forced(estimate),
            False,
            "",
        )
        cell = replace(cell, may_cover_more=self.may_cover_more(cell))
        return replace(cell, verdict=self.verdict(estimate, cell))

    def verdict(self, estimate: Estimate, cell: Cell) -> str:
        """Say what is wrong with an interval, the worst first."""
        if estimate.name in self.missing:
            return "no interval"
        misses = cell.count - cell.hits
        low = sequential(misses, cell.count, TOO_MANY)
        if low == "failed":
            return "low"
        if cell.zero and not estimate.covers_more and not estimate.has_atoms:
            return "zero width"
        high = "passed" if cell.may_cover_more else sequential(misses, cell.count, TOO_FEW)
        if high == "failed":
            return "high"
        is_judged = self.iterations == POWER_AT and cell.count >= FEWEST
        # the standard deviation of k replications is off by one in the root of 2 k: three times that is let pass
        is_free = estimate.is_wide or self.is_in_whole_numbers(estimate)
        if is_judged and not is_free and cell.width > MOST_WIDTH * (1 + 3 / math.sqrt(2 * cell.count)):
            return "wide"
        for side, state in (("low", low), ("high", high)):
            if state == "suspect":
                return f"suspect {side}"
        return "undecided" if "undecided" in (low, high) else "passed"

    def may_cover_more(self, cell: Cell) -> bool:
        """Whether more than 97 % is no fault.

        Notes
        -----
        That is so where it is forced, where a stratified run holds fewer than three replicates, and where ends are
        open. Sobol points part a block so evenly in two and three variables that it holds one of a few whole numbers.
        Three blocks then often agree, and say nothing of their spread: there it takes ten (docs/results.md).
        """
        return cell.is_forced or self.iterations < REPLICATES_FROM[self.method] or cell.open_ends > 0

    def is_forced(self, estimate: Estimate) -> bool:
        """Whether nothing but more than 97 % is possible.

        Notes
        -----
        That is so where the model says why, and where whole numbers of iterations jump over 95 %: the equal-tailed
        interval of a binomial count covers more.
        """
        if estimate.covers_more or self.is_in_whole_numbers(estimate):
            return True
        if estimate.event is not None and event_covers(self.method, self.iterations, estimate.event) > COUNTS_JUMP:
            return True
        return estimate.share is not None and counts_cover(self.iterations, estimate.share) > COUNTS_JUMP

    def is_in_whole_numbers(self, estimate: Estimate) -> bool:
        """Whether stratification leaves an estimate no more than a handful of values."""
        return self.method != "random" and estimate.is_of_one_variable


@cache
def counts_cover(n: int, share: float) -> float:
    """How often a binomial count lies between its own 2.5 % and 97.5 % quantiles, both included."""
    law = stats.binom(n, share)
    low, high = law.ppf(0.025), law.ppf(0.975)
    return float(law.cdf(high) - law.cdf(low - 1))


@cache
def event_covers(method: str, n: int, probability: float) -> float:
    """How often a run's count of one event lies between its own 2.5 % and 97.5 % quantiles, both included.

    Notes
    -----
    No interval that goes by the count can leave out less of it and hold 95 % on either side. A stratified block of 256
    holds floor(256 p) or one more, the second with the fraction of 256 p; the rest of a run is a random part of one
    more block.
    """
    if method == "random":
        return counts_cover(n, probability)
    blocks, rest = divmod(n, BLOCK)
    certain, fraction = divmod(BLOCK * probability, 1)
    law = stats.binom.pmf(np.arange(blocks + 1), blocks, fraction)
    at = np.arange(rest + 1)
    parts = [stats.hypergeom.pmf(at, BLOCK, int(certain) + more, rest) for more in (0, 1)]
    cumulative = np.cumsum(np.convolve(law, (1 - fraction) * parts[0] + fraction * parts[1]))
    low, high = np.searchsorted(cumulative, [0.025, 0.975])
    return float(cumulative[high] - (cumulative[low - 1] if low else 0.0))


def sequential(misses: float, count: int, alternative: float) -> str:
    """Return ``failed``, ``suspect``, ``undecided`` or ``passed``: this rate of misses against 5 %."""
    if count < FEWEST:
        return "undecided"
    evidence = odds(misses, count, alternative)
    if evidence >= FAILED:
        return "failed"
    if evidence >= SUSPECT:
        return "suspect"
    return "passed" if evidence <= PASSED else "undecided"


def decision_cell(question: str, count: int, wrong: int) -> Cell:
    """Return the cell of a question: wrong answers may be 5 %, and fewer."""
    state = sequential(wrong, count, TOO_MANY)
    verdict = {"failed": "wrong answers", "suspect": "suspect wrong answers"}.get(state, state)
    return Cell(f"decision {question}", "decision", count, count - wrong, math.nan, 0.0, 0.0, False, True, verdict)
