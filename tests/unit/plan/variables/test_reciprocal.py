"""What a pace makes of a duration: one over an uncertain number, against exact results."""

import math

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.model import Discrete, Lognormal, Triangular, Uniform
from riskengine.plan.variables.distribution import Reciprocal, build_distribution, reciprocal
from riskengine.plan.variables.table import evaluate, tabulate
from tests.support.scenario_text import read_text

LOW, HIGH = 0.5, 2.0
UNIFORM = reciprocal(build_distribution(Uniform(low=LOW, high=HIGH), 1.0), 1.25)


def test_mean_and_spread_over_a_uniform_pace_are_those_of_the_integral():
    mean = 1.25 * math.log(HIGH / LOW) / (HIGH - LOW)
    square = 1.25**2 / (LOW * HIGH)
    assert UNIFORM.mean == pytest.approx(mean, rel=1e-8)
    assert UNIFORM.sd == pytest.approx(math.sqrt(square - mean**2), rel=1e-7)
    assert (UNIFORM.low, UNIFORM.high) == (1.25 / HIGH, 1.25 / LOW)


@pytest.mark.parametrize("u", [1e-9, 0.1, 0.5, 0.9, 1 - 1e-9])
def test_quantiles_are_one_over_those_of_the_other_side(u):
    assert float(UNIFORM.quantile(u)) == pytest.approx(1.25 / (HIGH - u * (HIGH - LOW)), rel=1e-12)
    assert float(UNIFORM.quantile_above(1 - u)) == pytest.approx(float(UNIFORM.quantile(u)), rel=1e-9)
    assert float(UNIFORM.cdf(UNIFORM.quantile(u))) == pytest.approx(u, rel=1e-9)
    assert float(UNIFORM.survival(UNIFORM.quantile(u))) == pytest.approx(1 - u, rel=1e-6)


def test_one_over_a_lognormal_is_a_lognormal():
    mean, sd = 3.0, 1.2
    variance = math.log(1 + (sd / mean) ** 2)
    made = reciprocal(build_distribution(Lognormal(mean=mean, sd=sd), 1.0), 1.0)
    exact_mean = math.exp(-(math.log(mean) - variance / 2) + variance / 2)
    assert made.mean == pytest.approx(exact_mean, rel=1e-8)
    assert made.sd == pytest.approx(exact_mean * math.sqrt(math.expm1(variance)), rel=1e-6)


def test_one_over_few_values_is_few_values_the_other_way_round():
    made = reciprocal(build_distribution(Discrete(values=(1, 2, 4), weights=(1, 2, 1)), 1.0), 2.0)
    assert made.is_discrete
    assert made.value.tolist() == [0.5, 1.0, 2.0]
    assert made.probability.tolist() == [0.25, 0.5, 0.25]


def test_a_table_of_one_over_a_triangle_is_near_its_quantiles():
    of = build_distribution(Triangular(low=0.8, most_likely=1, high=1.1), 1.0)
    made = Reciprocal(of, 1.0)
    words = np.arange(1, 4096, dtype=np.uint32) * np.uint32(1 << 20)
    offset, table = tabulate([made], False)
    exact = made.quantile((words + 0.5) / 2**32)
    assert np.abs(evaluate(offset[0], table[0], words, False) - exact).max() < 2e-3 * made.sd


def test_the_mean_duration_is_work_times_the_mean_of_one_over_the_pace():
    text = """[tasks.code]
work = { shape = "uniform", low = "80h", high = "160h" }
people = { shape = "discrete", values = [1, 2, 4], weights = [1, 2, 1] }
productivity = { shape = "uniform", low = 0.5, high = 2 }
"""
    made = engine.simulate(plan.compile(read_text(text)), engine.Settings(iterations=25_600, seed=7, method="random"))
    days = made.finish_days[0]
    one_over_speed = math.log(4) / 1.5
    one_over_people = (1 / 1 + 2 * 1 / 2 + 1 / 4) / 4
    mean = 120 / 8 * one_over_people * one_over_speed
    square = (80**2 + 80 * 160 + 160**2) / 3 / 64 * (1 + 2 / 4 + 1 / 16) / 4 * (1 / (0.5 * 2))
    error = math.sqrt((square - mean**2) / days.size)
    assert abs(days.mean() - mean) < 4 * error
