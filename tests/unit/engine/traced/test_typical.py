"""The typical iteration near a percentile: its band, and the medoid worked out a second time."""

import numpy as np
import pytest

from riskengine import engine
from tests.support.plans_of_all_features import RICH
from tests.unit.engine.traced.test_iteration import compiled_text


@pytest.mark.parametrize(
    ("count", "percent", "first", "last"),
    [
        (1000, 80, 794, 804),
        (1000, 0.01, 0, 5),
        (1000, 100, 994, 999),
        (10, 50, 2, 6),
        (1, 80, 0, 0),
        (40_000, 50, 19_949, 20_049),
    ],
)
def test_the_band_are_the_ranks_next_to_the_percentile(count, percent, first, last):
    values = np.random.default_rng(1).permutation(count)
    found = np.sort(values[engine.band(values, percent)])
    assert (found[0], found[-1], found.size) == (first, last, last - first + 1)


def test_of_equal_values_the_first_iterations_are_taken():
    assert engine.band(np.zeros(500), 50).tolist() == [247, 248, 249, 250, 251]


def test_the_typical_iteration_is_the_medoid():
    made = compiled_text(RICH)
    whole = engine.replay(made, 9, "sobol", 1024).output
    candidates = engine.band(whole.finish[0, :1000], 80)
    rows = [
        made.project_days(made.clock(whole.end[:, [k]]))[:, 0].tolist() + whole.task_cost[:, k].tolist()
        for k in candidates
    ]
    columns = [column for column in zip(*rows, strict=True) if len(set(column)) > 1]
    spread = [np.std(column) for column in columns]
    total = [
        sum(
            abs(column[i] - column[j]) / sd
            for column, sd in zip(columns, spread, strict=True)
            for j in range(len(rows))
        )
        for i in range(len(rows))
    ]
    assert engine.typical(made, 9, "sobol", candidates) == candidates[int(np.argmin(total))]


def test_a_plan_in_which_nothing_varies_has_its_first_candidate():
    made = compiled_text('schema = 1\nname = "n"\nstart = 2027-03-01\n[tasks.a]\nduration = 1\n')
    assert engine.typical(made, 1, "lhs", np.array([7, 5, 300])) == 5
