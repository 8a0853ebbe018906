"""Early finishes that are passed on in part, against distributions that are worked out by hand."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.results.samples.sample import Sample
from riskengine.scenario import parse

HEAD = """
schema = 1
name = "Early finishes"
start = 2027-01-01
calendar = "24h"
defaults.task.early_finish_passed_on = {share}
defaults.shape = "uniform"
"""
TASK = "[tasks.{id}]\nduration = [2, 10]\nafter = {after}\ncost.rate = 7\n"
SHARES = (0.0, 0.25, 1.0)


def sample(share: float, *tasks: str, seed: int) -> Sample:
    """What 10,240 independent iterations of a scenario give."""
    text = HEAD.format(share=share) + "".join(tasks)
    settings = engine.Settings(10_240, seed, method="random")
    return engine.simulate(plan.compile(parse(tomllib.loads(text), "x.toml")), settings)


def moments_of_task(share: float) -> tuple[float, float]:
    """Mean and variance of one task: U from 2 to 10 with plan value 6, lengthened below it to 6 - share (6 - U).

    Above 6 it is uniform to 10; below, uniform from 6 - 4 share to 6; each with probability 1/2.
    """
    mean = 6 + 1 - share
    square = (16 * share**2 / 3 + 16 / 3) / 2
    return mean, square - (1 - share) ** 2


def merged_mean(share: float) -> float:
    """Mean of the larger of two: 10 less the integral of F^2, which is ((x - 6) / (8 share) + 1/2)^2 below 6."""
    below = 4 * share / 12
    return 10 - below - (8 - 1) / 3


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("seed", range(5))
def test_gains_of_a_chain_are_passed_on_in_part(share, seed):
    """Three tasks in a row: mean, sd of the sum, and the chance to be no later than the plan's 18 days.

    Each within 4 standard errors: cries wolf in one of 1,000 runs of the five seeds. A share that is off by 0.03 moves
    the mean by 0.09 days, 2.5 standard errors; the rule left out moves it by 3 days.
    """
    days = sample(
        share, *(TASK.format(id=id, after=after) for id, after in (("a", []), ("b", ["a"]), ("c", ["b"]))), seed=seed
    )
    finish = days.finish_days[0]
    mean, variance = moments_of_task(share)
    assert abs(finish.mean() - 3 * mean) < 4 * np.sqrt(3 * variance / finish.size)
    fourth = np.mean((finish - finish.mean()) ** 4)
    assert abs(finish.var() - 3 * variance) < 4 * np.sqrt((fourth - finish.var() ** 2) / finish.size)
    assert days.deterministic_finish_days[0] == 18
    if share == 0:
        assert finish.min() == 18
        assert abs((finish == 18).mean() - 1 / 8) < 4 * np.sqrt(7 / 64 / finish.size)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("seed", range(5))
def test_a_merge_of_tasks_that_keep_their_gains(share, seed):
    """Two tasks beside each other and a milestone: 23/3, 91/12 and 22/3 days on average, not 6 as planned.

    Within 4 standard errors, that is 0.08 days; the three answers are 0.08 to 0.25 days apart, so the mean of no wrong
    share passes for all five seeds.
    """
    join = '[tasks.join]\nmilestone = true\nafter = ["a", "b"]\n'
    finish = sample(share, TASK.format(id="a", after=[]), TASK.format(id="b", after=[]), join, seed=seed).finish_days[0]
    assert abs(finish.mean() - merged_mean(share)) < 4 * finish.std() / np.sqrt(finish.size)
    planned = 0.25 if share < 1 else (finish <= 6).mean()
    assert abs((finish <= 6).mean() - planned) < 4 * np.sqrt(3 / 16 / finish.size)


def test_rates_run_on_while_a_gain_is_worked_away():
    """Every iteration costs seven for each day that the task lasts."""
    run = sample(0.25, TASK.format(id="a", after=[]), seed=3)
    assert np.allclose(run.cost, 7 * run.finish_days[0])
    assert run.finish_days[0].min() >= 5
