"""Percentiles of rows that are sorted around them alone, against those of rows that are sorted as a whole."""

from fractions import Fraction

import numpy as np
import pytest

from riskengine.analysis.statistics import partial_sort
from riskengine.analysis.statistics.partial_sort import sort_around
from riskengine.analysis.statistics.percentile import at_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import Replicates

ROWS = 5
PERCENTS = ((50,), (80, 10), (50, 80), (1, 99), (Fraction(145, 2), 73, 5))


def drawn(kind, n):
    """Return rows of values of a kind."""
    random = np.random.default_rng(7)
    values = random.gamma(2.0, 100.0, (ROWS, n))
    if kind == "ties":
        return np.floor(values / 60)
    if kind == "instants":
        return values.astype(np.int64) * 60_000_000 + 1_767_225_600_000_000
    if kind == "beyond":
        return np.where(random.random((ROWS, n)) < np.linspace(0, 1, ROWS)[:, None], np.inf, values)
    if kind == "nothing":
        return np.where(np.arange(ROWS)[:, None] < 2, np.nan, values)
    return np.concatenate([np.full((1, n), 3.0), -values[1:]])


@pytest.mark.parametrize("n", [1, 300, 512, 2_560, 5_000, 10_240])
@pytest.mark.parametrize("kind", ["ties", "instants", "beyond", "nothing", "constant and negative"])
def test_percentiles_and_their_intervals_are_those_of_sorted_rows(kind, n):
    values = drawn(kind, n)
    for method in ("sobol", "random"):
        replicates = Replicates.of(method, n)
        whole = sort_rows(values, replicates)
        for percents in PERCENTS:
            for table_error in (0.0, 1e-4):
                some = sort_around(values, percents, replicates, table_error)
                ranks = [percentile_ranks(rows, percents, replicates, table_error) for rows in (whole, some)]
                for one, other in zip(*ranks, strict=True):
                    assert one.tobytes() == other.tobytes()
                    assert at_rank(whole.ordered, one).tobytes() == at_rank(some.ordered, other).tobytes()


def test_few_ranks_of_many_are_sorted_and_most_of_few_are_sorted_as_a_whole(monkeypatch):
    widths = []

    def noted(values, replicates):
        widths.append(values.shape[1])
        return sort_rows(values, replicates)

    monkeypatch.setattr(partial_sort, "sort_rows", noted)
    for n in (512, 10_240):
        sort_around(drawn("ties", n), (50, 80), Replicates.of("sobol", n))
    assert widths == [512]
