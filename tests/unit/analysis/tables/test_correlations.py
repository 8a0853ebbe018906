"""Asked against achieved: the table of correlations, and intervals of a project whose risks go together."""

import tomllib

import numpy as np
import pytest
from scipy.stats import spearmanr

from riskengine import analysis, engine, plan
from riskengine.analysis.statistics.unseen import UnseenRisks
from riskengine.engine import replay
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nproject = "x"\nstart = 2027-03-01\n'
TASKS = "".join(f"[tasks.{name}]\nduration = [3, 5, 12]\n" for name in "abcdef")
RISKS = "".join(
    f"[risks.{name}]\nprobability = {p}\nimpacts.project.cost = {cost}\n"
    for name, p, cost in (("one", 0.1, 1000), ("two", 0.3, 500), ("rare", 0.001, 9000))
)
GROUPS = """
[correlations.crew]
name = "One crew"
between = ["a", "b", "c", "d", "e", "f"]
rank = 0.6
[correlations.storms]
between = ["risk:one", "risk:two"]
rank = 0.4
"""


def sample(text=GROUPS, method="sobol", iterations=2560, seed=4):
    compiled = plan.compile(parse(tomllib.loads(HEAD + TASKS + RISKS + text), "x"))
    return compiled, engine.simulate(compiled, engine.Settings(iterations, seed=seed, method=method))


def table(made):
    return {row["correlation"]: row for row in analysis.tables(made)["correlations"].to_pylist()}


def test_without_correlations_the_table_is_empty():
    _, made = sample("")
    assert made.correlations is None
    assert analysis.tables(made)["correlations"].num_rows == 0


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_achieved_is_the_mean_of_the_rank_correlations_of_all_pairs(method):
    """Against scipy's, over the run's own durations; ranks in the sample, and in all futures, differ by its noise."""
    compiled, made = sample(method=method)
    drawn = replay(compiled, 4, method, 2560).draws
    ranks = spearmanr([drawn[f"task/{name}/duration"] for name in "abcdef"], axis=1).statistic
    mean = (ranks.sum() - 6) / 30
    row = table(made)["crew"]
    assert row["achieved"] == pytest.approx(mean, abs=2e-3)
    assert row["achieved_ci_low"] < row["achieved"] < row["achieved_ci_high"]
    assert (row["members"], row["varying"], row["rank"], row["expected"]) == (6, 6, 0.6, 0.6)
    assert (row["iterations"], row["is_repaired"], row["name"]) == (2560, False, "One crew")


def test_two_risks_achieve_what_they_are_asked_for():
    """Pearson's correlation of two occurrences is their Spearman's."""
    compiled, made = sample(iterations=10_240)
    drawn = replay(compiled, 4, "sobol", 10_240).draws
    pearson = np.corrcoef(drawn["risk/one/occurs"], drawn["risk/two/occurs"])[0, 1]
    row = table(made)["storms"]
    assert row["achieved"] == pytest.approx(pearson, abs=2e-3)
    assert row["achieved_ci_low"] < 0.4 < row["achieved_ci_high"]


def test_intervals_hold_what_is_asked_in_most_runs():
    """Of 40 runs, 33 and more with a true 95 % but for once in 40,000 times, for each of two rows."""
    hits = {"crew": 0, "storms": 0}
    for seed in range(40):
        for name, row in table(sample(iterations=1024, seed=seed)[1]).items():
            hits[name] += row["achieved_ci_low"] <= row["rank"] <= row["achieved_ci_high"]
    assert min(hits.values()) >= 33, hits


def test_members_that_do_not_vary_are_counted_and_left_out():
    text = '[tasks.g]\nduration = 5\n[correlations.x]\nbetween = ["a", "g"]\nrank = 0.5\n'
    row = table(sample(text)[1])["x"]
    assert (row["members"], row["varying"]) == (2, 1)
    assert [row[key] for key in ("expected", "achieved", "achieved_ci_low", "achieved_ci_high")] == [None] * 4


def test_a_repaired_group_expects_less_than_it_asks():
    text = '[correlations.x]\nbetween = ["a", "b", "risk:one", "risk:two"]\nrank = 0.5\n'
    compiled, made = sample(text, iterations=10_240)
    row = table(made)["x"]
    assert row["is_repaired"] == compiled.correlation.dependence.tied[0].is_repaired
    assert row["achieved_ci_low"] - 0.01 < row["expected"] < row["achieved_ci_high"] + 0.01


def test_the_mean_of_correlated_risks_has_an_interval_as_wide_as_its_blocks_show():
    """Their words do not fall into each stratum once: as known as independent ones, they had a third of the width."""
    _, made = sample(iterations=10_240)
    row = next(row for row in analysis.tables(made)["summary"].to_pylist() if row["measure"] == "cost")
    block = made.cost.reshape(-1, 256).mean(axis=1)
    error = block.std(ddof=1) / np.sqrt(block.size)
    assert 0.9 < (row["mean_ci_high"] - row["mean_ci_low"]) / 2 / (2.02 * error) < 1.3


def test_of_correlated_risks_no_known_variance_is_taken_away():
    _, made = sample(iterations=10_240)
    of_risk = dict(zip(made.risks.id, range(3), strict=True))
    seen = UnseenRisks.of(made.risks, "sobol", 10_240)
    assert made.risks.correlated == {of_risk["one"], of_risk["two"]}
    assert [seen.shortage[of_risk[name]] for name in ("one", "two")] == [0, 0]
    rare = sample('[correlations.x]\nbetween = ["risk:rare", "risk:two"]\nrank = 0.01\n', iterations=1024)[1]
    seen = UnseenRisks.of(rare.risks, "sobol", 1024)
    assert seen.certain[of_risk["rare"]] == pytest.approx(0.001 * 0.999 / 1024)
    assert seen.shortage[of_risk["rare"]] >= 0


def spearman(drawn, one, other):
    return spearmanr(drawn[f"task/{one}/duration"], drawn[f"task/{other}/duration"]).statistic


SEVERAL = """
[correlations.all]
between = ["a", "b", "c", "d", "e"]
rank = 0.3
[correlations.inner]
between = ["a", "b", "c"]
rank = 0.7
"""


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (SEVERAL, {"all": "ad ae bd be cd ce de", "inner": "ab ac bc"}),
        (SEVERAL.replace("0.3", "0.8"), {"all": "ad ae bd be cd ce de", "inner": "ab ac bc"}),
        ('[correlations.x.pairs]\n"a/b" = 0.5\n"b/c" = -0.2\n"e/f" = 0.3\n', {"x": "ab bc ef"}),
        ('[correlations.x]\ntails = 4\n[correlations.x.pairs]\n"a/b" = 0.5\n"b/c" = 0.3\n', {"x": "ab bc"}),
        (
            '[correlations.x]\nbetween = ["a", "b", "c", "d"]\nrank = 0.4\npairs = { "a/b" = 0.8 }\n',
            {"x": "ab ac ad bc bd cd"},
        ),
        ('[correlations.x.matrix]\nmembers = ["a", "b", "c"]\nrows = [[1], [0.6, 1], ["", 0.3, 1]]\n', {"x": "ab bc"}),
    ],
    ids=["within each other", "falling inwards", "pairs", "tails", "a pair before its group", "a matrix"],
)
def test_each_correlation_is_measured_over_the_pairs_that_it_decides(text, pairs):
    """Against scipy's, pair by pair; and what it asks for is within 4 of its standard errors."""
    compiled, made = sample(text, iterations=10_240)
    drawn = replay(compiled, 4, "sobol", 10_240).draws
    rows = table(made)
    assert list(rows) == list(pairs)
    for name, row in rows.items():
        mean = np.mean([spearman(drawn, *pair) for pair in pairs[name].split()])
        assert row["achieved"] == pytest.approx(mean, abs=2e-3), name
        assert row["expected"] == pytest.approx(row["rank"], abs=1e-12)
        half = (row["achieved_ci_high"] - row["achieved_ci_low"]) / 2
        assert 0 < half < 0.03
        assert abs(row["achieved"] - row["expected"]) < 2 * half
        assert row["members"] == len(set(pairs[name]) - {" "})
