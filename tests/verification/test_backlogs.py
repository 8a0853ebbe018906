"""Backlogs against distributions that are worked out without the engine: convolutions, products, mixtures."""

import math
import tomllib
from collections import Counter

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.results.samples.sample import Sample
from riskengine.scenario import parse

DONE = (4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5)
ITERATIONS = 10_240
SEEDS = range(1, 11)
HEAD = 'schema = 1\nname = "Backlog"\nstart = 2027-03-08\n'
TEAM = f"[backlogs.team]\nitems = 30\ndone = {list(DONE)}\n"


def sample(text: str, seed: int, method: str = "sobol") -> Sample:
    """What 10,240 iterations of a scenario give."""
    return engine.simulate(
        plan.compile(parse(tomllib.loads(HEAD + text), "x.toml")), engine.Settings(ITERATIONS, seed, method)
    )


def weeks(text: str, seed: int, method: str = "sobol") -> np.ndarray:
    """Weeks until the project is done, (iteration,)."""
    return sample(text, seed, method).finish_days[0] / 5


def within(items: int, done: tuple[float, ...] = DONE, most: int = 60) -> np.ndarray:
    """P(T <= k) of k = 0, 1 ... periods: the chance of every sum below the items, convolved row by row."""
    rows = Counter(done)
    not_done, chances = {0.0: 1.0}, [0.0]
    for _ in range(most):
        later: dict[float, float] = {}
        for total, chance in not_done.items():
            for row, count in rows.items():
                if total + row < items:
                    later[total + row] = later.get(total + row, 0.0) + chance * count / len(done)
        not_done = later
        chances.append(1.0 - math.fsum(not_done.values()))
    return np.array(chances)


def hold(exact: np.ndarray, weeks_of_seed: list[np.ndarray], ks: tuple[int, ...]) -> None:
    """P(T <= k) and the mean are within 4 standard errors of independent draws in 9 of 10 seeds.

    Rows are stratified, so that the errors of the engine are smaller still. A row that is off by one item moves the
    mean by 0.18 weeks, 12 standard errors; a period too many by 66.
    """
    mean = float((1.0 - exact).sum())
    spread = math.sqrt(float((np.diff(exact) * (np.arange(1, exact.size) - mean) ** 2).sum()))
    for k in ks:
        error = 4 * math.sqrt(exact[k] * (1 - exact[k]) / ITERATIONS)
        assert sum(abs(float((one <= k).mean()) - exact[k]) <= error for one in weeks_of_seed) >= 9, k
    assert sum(abs(one.mean() - mean) <= 4 * spread / math.sqrt(ITERATIONS) for one in weeks_of_seed) >= 9


def test_the_convolution_is_that_of_the_published_case():
    exact = within(30)
    published = {5: 0.006744, 6: 0.094877, 7: 0.318277, 8: 0.586189, 9: 0.793124, 10: 0.912137, 11: 0.967404}
    assert {k: round(float(exact[k]), 6) for k in published} == published
    assert float((1.0 - exact).sum()) == pytest.approx(8.336520, abs=1e-6)


@pytest.mark.parametrize("method", ["sobol", "random"])
def test_a_backlog_has_the_distribution_of_the_convolution(method):
    hold(within(30), [weeks(TEAM, seed, method) for seed in SEEDS], (5, 6, 7, 8, 9, 10, 11, 12))


def test_constant_rows_take_the_whole_number_of_periods():
    text = f"[backlogs.team]\nitems = 30\ndone = {[4] * 6}\n"
    assert set(weeks(text, 1)) == {8.0}
    assert set(weeks(text + 'finish = "within period"\n', 1)) == {7.5}


def test_the_last_of_independent_backlogs_has_the_product():
    text = TEAM + TEAM.replace("team", "other").replace("30", "20")
    hold(within(30) * within(20), [weeks(text, seed) for seed in SEEDS], (7, 8, 9, 10))


def test_half_of_the_focus_is_twice_the_items():
    hold(within(60), [weeks(TEAM + "focus = 0.5\n", seed) for seed in SEEDS], (13, 15, 16, 17, 19))


def test_growth_is_a_mixture_of_its_values():
    text = TEAM + 'growth = { shape = "discrete", values = [1, 1.5], weights = [3, 1] }\n'
    hold(0.75 * within(30) + 0.25 * within(45), [weeks(text, seed) for seed in SEEDS], (7, 8, 10, 12, 13))


def test_items_of_a_risk_make_a_mixture():
    text = TEAM + "[risks.audit]\nprobability = 0.3\nimpacts.team.items = 12\n"
    hold(0.7 * within(30) + 0.3 * within(42), [weeks(text, seed) for seed in SEEDS], (7, 8, 10, 11, 13))


def test_items_of_a_risk_that_has_occurred_are_in_the_plan():
    text = TEAM + '[risks.audit]\nprobability = 0.3\nstatus = "occurred"\nimpacts.team.items = 12\n'
    assert sample(text, 1).tasks.deterministic_duration[0] / 5 == 11
    assert sample(text.replace("occurred", "open"), 1).tasks.deterministic_duration[0] / 5 == 8


def test_zeros_and_ones_make_a_negative_binomial():
    """The tenth item is done in period k with C(k-1, 9) p^10 (1-p)^(k-10)."""
    done = (0, 1, 1, 0, 1, 0, 1, 1)
    p = sum(done) / len(done)
    mass = [math.comb(k - 1, 9) * p**10 * (1 - p) ** (k - 10) if k >= 10 else 0.0 for k in range(80)]
    text = TEAM.replace("30", "10").replace(str(list(DONE)), str(list(done)))
    hold(np.cumsum(mass), [weeks(text, seed) for seed in SEEDS], (12, 15, 16, 18, 20))


def test_the_mean_of_many_periods_is_that_of_renewal():
    """E[T] is (N + E[X(X-1)] / 2 mu) / mu but for what vanishes with N: here below 1e-6 weeks."""
    rows = np.array(DONE, float)
    mu = rows.mean()
    mean = (300 + (rows * (rows - 1)).mean() / (2 * mu)) / mu
    assert mean == pytest.approx(float((1.0 - within(300, most=140)).sum()), abs=1e-6)
    spread = math.sqrt(300 * rows.var() / mu**3)
    text = TEAM.replace("items = 30", "items = 300")
    off = [abs(weeks(text, seed).mean() - mean) <= 4 * spread / math.sqrt(ITERATIONS) for seed in SEEDS]
    assert sum(off) >= 9


def test_what_comes_in_is_taken_off_row_by_row():
    added = (1, 0, 2, 1, 0, 1, 3, 0, 1, 1, 0, 2)
    net = tuple(done - more for done, more in zip(DONE, added, strict=True))
    text = TEAM.replace("done = ", "history.done = ") + f'history.added = {list(added)}\nadded = "history"\n'
    hold(within(30, net), [weeks(text, seed) for seed in SEEDS], (8, 10, 11, 12, 14))


def test_runs_of_rows_keep_the_mean_and_the_order():
    """Runs of four rows in a row, from any row on: 2 items an odd row, none an even one, are 4 of every four rows."""
    text = f"[backlogs.team]\nitems = 20\ndone = {[2, 0] * 4}\n"
    drawn = weeks(text + 'sampling = "block:4"\n', 1)
    assert set(drawn) <= {19.0, 20.0}
    assert len(set(weeks(text, 1))) > 10


def test_holidays_lengthen_the_periods():
    """Eight weeks of 40 hours from Monday 8 March on end on Friday 30 April, with two days off in between on 4 May."""
    text = f"[backlogs.team]\nitems = 30\ndone = {[4] * 6}\ncalendar = 'ours'\n[calendars.ours]\nextends = 'standard'\n"
    ends = {str(sample(text + more, 1).finish[0][0])[:10] for more in ("", 'holidays = ["2027-03-26", "2027-03-29"]\n')}
    assert ends == {"2027-04-30", "2027-05-04"}
