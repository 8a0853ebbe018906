"""The t copula: its ranks, its tables, and how often extremes come together."""

import tomllib

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaincinv, stdtr, stdtrit
from scipy.stats import multivariate_t, spearmanr

from riskengine import plan
from riskengine.engine import replay
from riskengine.plan.correlation.check import check_correlations
from riskengine.plan.correlation.dependence import dependence_of
from riskengine.plan.correlation.tails import (
    latent_of_tails,
    scale_table,
    spearman_of_tails,
    tail_word_table,
)
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'


def scenario(text, tasks="abcdef"):
    duration = "".join(f"tasks.{name}.duration = [3, 5, 9]\n" for name in tasks)
    more = 'tasks.few.duration = { shape = "discrete", values = [3, 5], weights = [1, 1] }\n'
    more += "risks.storm = { probability = 0.3, impacts.a.delay = 3 }\n"
    return parse(tomllib.loads(f"{HEAD}{duration}{more}[correlations]\n{text}\n"), "x")


def uniforms(text, iterations, method="sobol", seed=7):
    words = replay(plan.compile(scenario(text)), seed, method, iterations).word
    return {name: (words[f"task/{name}/duration"].astype(float) + 0.5) / 2**32 for name in "abcdef"}


@pytest.mark.parametrize(("tails", "expected"), [(3, 0.63839), (4, 0.63302), (8, 0.62517)])
def test_ranks_are_those_of_an_integral_over_three_scales(tails, expected):
    """Scores with these correlations had a rank of 0.6 in 8 million draws, to 3e-4."""
    assert latent_of_tails(0.6, tails) == pytest.approx(expected, abs=2e-5)
    assert spearman_of_tails(latent_of_tails(-0.3, tails), tails) == pytest.approx(-0.3, abs=1e-9)


def test_ranks_by_another_way():
    """Spearman's rank is 12 times the mean of the product of two uniforms less a quarter, here by sampling."""
    rng = np.random.default_rng(5)
    z = rng.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], 400_000)
    scale = np.sqrt(3 / rng.chisquare(3, 400_000))
    rank = spearmanr(z[:, 0] * scale, z[:, 1] * scale).statistic
    assert spearman_of_tails(0.7, 3.0) == pytest.approx(rank, abs=4 * 0.0012)


def test_the_ends_are_the_same_order_and_its_opposite():
    assert [latent_of_tails(rank, 4.0) for rank in (-1, 0, 1)] == [-1, 0, 1]
    assert spearman_of_tails(0.999999, 4.0) == pytest.approx(1, abs=2e-3)
    assert spearman_of_tails(0.6, 100.0) == pytest.approx(6 / np.pi * np.arcsin(0.3), abs=1e-3)


def unpacked(table):
    return tuple(half.astype(np.uint32).view(np.float32).astype(float) for half in (table & 0xFFFFFFFF, table >> 32))


@pytest.mark.parametrize("tails", [2.0, 4.0, 30.0])
def test_tables_are_near_what_they_stand_for(tails):
    rng = np.random.default_rng(1)
    word = rng.integers(0, 2**32, 100_000, dtype=np.uint32)
    side = word >> 31
    folded = ((word ^ side * np.uint32(0x7FFFFFFF)) & np.uint32(0x7FFFFFFF)) | np.uint32(1)
    bits = folded.astype(np.float32).view(np.uint32)
    base, slope = unpacked(scale_table(tails))
    cell = (bits >> 18) - (127 << 5) + side * 993
    scale = base[cell] + (bits & (2**18 - 1)) * slope[cell]
    exact = np.sqrt(tails / (2 * gammaincinv(tails / 2, (word + 0.5) / 2**32)))
    assert np.abs(scale / exact - 1).max() < 2e-4
    score = np.abs(rng.standard_t(tails, 100_000)).clip(0, 8000).astype(np.float32)
    bits = (score + np.float32(1)).view(np.uint32)
    base, slope = unpacked(tail_word_table(tails))
    cell = (bits >> 15) - (127 << 8)
    below = (base[cell] + (bits & (2**15 - 1)) * slope[cell]) / 2**32
    assert np.abs(below - stdtr(tails, -score.astype(float))).max() < 3e-6


N = 256 * 800


def test_a_word_with_a_scale_is_as_even_as_any_other():
    """Chi-square of 256 equal parts, stratified or not: a false alarm in 30,000, and a bias of 2e-4 in u is seen."""
    for method in ("sobol", "random"):
        made = uniforms('x = { between = ["a", "b", "c", "d", "e"], rank = 0.5, tails = 4 }', N, method)
        for name in "abcde":
            counts = np.bincount((made[name] * 256).astype(int), minlength=256)
            square = ((counts - N / 256) ** 2 / (N / 256)).sum()
            assert square < 255 + 4.5 * np.sqrt(2 * 255), (method, name)


def joint_tail(tails, r, share):
    """Chance that two t scores are both below a quantile."""
    edge = float(stdtrit(tails, share))
    chance = multivariate_t(shape=[[1, r], [r, 1]], df=tails).cdf
    return float(np.mean([chance([edge, edge], random_state=seed, maxpts=200_000) for seed in range(3)]))


@pytest.mark.parametrize(
    "text",
    ['x.pairs = { "a/b" = 0.6 }\nx.tails = 4', 'x = { between = ["a", "b", "c", "d", "e"], rank = 0.6, tails = 4 }'],
)
def test_extremes_come_together_as_often_as_the_t_copula_says(text):
    """In the worst and in the best 1 %, within 4 standard errors of 205,000 futures; a Gaussian copula has fewer."""
    made = uniforms(text, N, "random")
    chance = joint_tail(4.0, latent_of_tails(0.6, 4.0), 0.01)
    assert chance / 0.01 == pytest.approx(0.3733, abs=2e-3)
    error = np.sqrt(chance / N)
    for low, high in ((made["a"] < 0.01, made["b"] < 0.01), (made["a"] > 0.99, made["b"] > 0.99)):
        assert abs((low & high).mean() - chance) < 4 * error
    ranks = 12 * ((made["a"] - 0.5) * (made["b"] - 0.5))
    assert abs(ranks.mean() - 0.6) < 4 * ranks.std() / np.sqrt(N)


def test_the_limit_of_extremes_is_the_published_one():
    """Demarta, McNeil (2005): 2 T(-sqrt((nu + 1)(1 - r) / (1 + r))) with nu + 1 degrees of freedom."""
    r = latent_of_tails(0.6, 4.0)
    limit = 2 * stdtr(5, -np.sqrt(5 * (1 - r) / (1 + r)))
    tiny = 1e-7
    edge = stdtrit(4, tiny)
    below, _ = quad(
        lambda x: stdtr(5, (edge - r * x) * np.sqrt(5 / ((4 + x * x) * (1 - r * r))))
        * 0.375 / (1 + x * x / 4) ** 2.5, -np.inf, edge, epsabs=1e-14,
    )  # fmt: skip
    assert below / tiny == pytest.approx(limit, abs=5e-3)


@pytest.mark.parametrize(
    ("text", "where", "rule"),
    [
        ('x = { between = ["a", "b"], rank = 0, tails = 4 }', "x", "a rank must not be 0 where there are tails"),
        ('x = { pairs = { "a/b" = 0.5, "b/c" = 0.3, "a/c" = 0 }, tails = 4 }', "x", "a rank must not be 0"),
        ('x = { between = ["a", "few"], rank = 0.3, tails = 4 }', "x", "few has few values"),
        ('x = { pairs = { "a/risk:storm" = 0.3 }, tails = 4 }', "x", "risk:storm has few values"),
        ('x = { pairs = { "a/b" = 0.3 }, tails = 4 }\ny = { pairs = { "b/c" = 0.3 }, tails = 5 }', "y", "x has 4"),
    ],
)
def test_tails_that_cannot_be_are_refused(text, where, rule):
    ((place, issue),) = check_correlations(scenario(text))
    assert (place, issue.code) == ((where, "tails"), "RE332")
    assert rule in issue.rule


def test_who_decides_nothing_has_no_say_in_tails():
    """A group that a pair overruled left its tails to the rest, and the check looked for whose they were."""
    text = 'x = { between = ["a", "b", "c"], rank = 0.3 }\ny = { between = ["a", "b"], rank = 0.5, tails = 4 }\n'
    made = scenario(text + 'z.pairs = { "a/b" = 0.4 }')
    assert not list(check_correlations(made))
    (one,) = dependence_of(made).tied
    assert not one.tails
    assert plan.compile(made).correlation is not None


def test_a_group_of_opposites_has_its_own_least_rank():
    ((_, issue),) = check_correlations(scenario('x = { between = ["a", "b", "c"], rank = -0.49, tails = 3 }'))
    least = spearman_of_tails(-0.5, 3.0)
    assert issue.code == "RE325"
    assert abs(float(issue.cure.rpartition(" ")[2]) - least) < 1e-4
