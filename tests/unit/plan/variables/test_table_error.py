"""The stated error of a plan's quantile tables is the largest that a draw can have."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.plan.variables.distribution import Lognormal, Normal, Pert, Triangular, Uniform
from riskengine.plan.variables.table import evaluate, tabulate
from riskengine.plan.variables.table_error import table_error
from riskengine.scenario import parse

SHAPES = {
    "uniform": Uniform(1.0, 4.0),
    "triangular": Triangular(10.0, 12.0, 20.0),
    "normal": Normal(10.0, 2.0),
    "lognormal, sd twice the mean": Lognormal(5.0, float(np.sqrt(np.log(5.0)))),
}


def measured(distribution):
    """The largest |F(value) - u| over a million words in order."""
    offset, table = tabulate([distribution], False)
    words = np.linspace(0, 2**32 - 1, 1_000_003).astype(np.uint32)
    share = distribution.cdf(evaluate(float(offset[0]), table[0], words, False))
    return float(np.abs(share - (words.astype(float) + 0.5) / 2.0**32).max())


def stated(*distribution):
    return table_error(distribution, *tabulate(distribution, False))


@pytest.mark.parametrize("name", SHAPES)
def test_the_stated_error_is_the_largest_of_a_million_words(name):
    """Cells have some 4e7 words; their outermost are among those looked at, but for a step of 4,300 words."""
    assert stated(SHAPES[name]) == pytest.approx(measured(SHAPES[name]), rel=0.02, abs=1e-7)


@pytest.mark.parametrize("ratio", [0.0, 0.1, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("weight", [1.0, 4.0, 20.0])
def test_no_pert_is_off_by_more_than_the_stated_error(ratio, weight):
    distribution = Pert(0.0, 10.0, 10 * ratio, weight)
    assert measured(distribution) <= stated(distribution) * 1.01 + 1e-7


def test_the_error_is_that_of_the_worst_table_whatever_the_order():
    each = [stated(distribution) for distribution in SHAPES.values()]
    assert stated(*SHAPES.values()) == stated(*reversed(SHAPES.values())) == max(each)
    assert stated() == 0.0


def test_common_shapes_are_within_a_tenth_of_the_half_width_of_p50_at_a_million_iterations():
    """The half-width of independent draws is 1.96 sqrt(1/4 / 10^6); a table of 8 cells an octave is 1.6e-4 off."""
    for distribution in (Triangular(10.0, 12.0, 20.0), Normal(10.0, 2.0), Pert(2.0, 12.0, 5.0, 4.0)):
        assert stated(distribution) < 9.8e-5


TEXT = """schema = 1
name = "x"
start = 2027-03-01
[tasks.a]
duration = "5d"
"""
UNCERTAIN = '[costs.c]\nfixed = { shape = "lognormal", mean = 10, sd = 20 }\n'


def test_a_sample_names_the_error_of_its_tables():
    without, with_one = (
        engine.simulate(plan.compile(parse(tomllib.loads(text), "x.toml")), engine.Settings(256))
        for text in (TEXT, TEXT + UNCERTAIN)
    )
    assert without.table_error == 0.0
    assert with_one.table_error == pytest.approx(1.24e-4, rel=0.02)
