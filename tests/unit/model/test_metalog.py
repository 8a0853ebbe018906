"""How a metalog that rises everywhere is told from one that does not, and what that takes."""

import math
import random
from itertools import pairwise
from typing import Any

import pytest

from riskengine.model.estimate import metalog
from riskengine.model.estimate.metalog import Metalog


def rises_at_every_step(estimate: Metalog) -> bool:
    """Say whether the curve rises at each 50th of a logit from -30 to 30, by looking at every one."""
    level, slope = estimate.polynomials()
    for step in range(-1500, 1501):
        logit = step / 50
        y, weight = math.tanh(logit / 2) / 2, 1 / (2 + math.exp(logit) + math.exp(-logit))
        steep = sum(each * y**power for power, each in enumerate(slope))
        rising = sum(power * each * y ** (power - 1) for power, each in enumerate(level) if power)
        steepening = sum(power * each * y ** (power - 1) for power, each in enumerate(slope) if power)
        if not steep + weight * (rising + steepening * logit) > 0:
            return False
    return True


def drawn(generator: random.Random) -> Metalog | None:
    """Return a metalog through points near a logistic distribution; None where they lie too close."""
    shares = sorted(generator.uniform(0.001, 0.999) for _ in range(generator.randint(3, 8)))
    bent = generator.choice([0.02, 0.1, 0.3])
    values = [50 + math.log(share / (1 - share)) * (1 + bent * generator.random()) for share in shares]
    steps = [b - a for row in (shares, values) for a, b in pairwise(row)]
    if min(steps) < 1e-3:
        return None
    return Metalog.model_construct(values=tuple(values), percentiles=tuple(shares), lower_bound=None, upper_bound=None)


def test_a_metalog_is_refused_where_looking_at_every_step_finds_a_fall() -> None:
    generator = random.Random(8)
    answers = []
    for _ in range(250):
        estimate = drawn(generator)
        if estimate is None:
            continue
        problem = estimate.parameter_problem()
        if problem is not None and "density" not in problem.rule:
            continue
        answers.append(rises_at_every_step(estimate))
        assert (problem is None) is answers[-1], (estimate.values, estimate.percentiles)
    assert min(answers.count(True), answers.count(False)) > 30


def test_a_fall_of_a_few_steps_between_the_places_that_are_looked_at_first_is_found() -> None:
    """The curve falls in 7 of the 3,001 steps, and rises at each of the first places."""
    level, slope = (0.0, 0.0, 0.0, 1.0), (0.0, 0.0)
    touching = [step for step in range(-400, 400) if step % 5 == 2][100]
    y = math.tanh(touching / 100) / 2
    # (p - y)^2 less a little: its integral is the level
    level = (0.0, y * y - 1e-9, -y, 1 / 3)
    assert metalog._first_fall(level, slope) is not None


def test_a_long_file_of_metalogs_is_read_without_looking_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """20,000 of them in 1.6 MiB took 61 seconds: 3,001 steps each, and with a minimum the equations 160 times."""
    counts = {"rise": 0, "solved": 0}

    def counting(key: str, function: Any) -> Any:
        def counted(*arguments: Any) -> Any:
            counts[key] += 1
            return function(*arguments)

        return counted

    monkeypatch.setattr(metalog, "_rise", counting("rise", metalog._rise))
    monkeypatch.setattr(metalog, "_solved", counting("solved", metalog._solved))
    estimate = Metalog(values=(12, 20, 33), percentiles=(0.1, 0.5, 0.9), min=0)
    assert estimate.parameter_problem() is None
    assert estimate.probability_within(0, math.inf) > 0.99
    assert counts["rise"] < 600  # at its construction and once more
    assert counts["solved"] <= 6


def test_a_curve_that_the_worst_of_its_terms_lets_rise_rises_at_every_step():
    """It is not looked at place by place then."""
    generator = random.Random(5)
    told = 0
    for _ in range(300):
        estimate = drawn(generator)
        if estimate is None:
            continue
        rises = rises_at_every_step(estimate)
        is_told = metalog._rises_at_least(*estimate.polynomials()) > 0
        assert rises or not is_told
        told += is_told
    assert told > 20
    three = Metalog.model_construct(
        values=(3.0, 9.0, 23.0), percentiles=(0.1, 0.5, 0.9), lower_bound=None, upper_bound=None
    )
    assert metalog._rises_at_least(*three.polynomials()) > 0
