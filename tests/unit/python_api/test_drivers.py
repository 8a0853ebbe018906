"""What drives a run, against models whose answers are known."""

import numpy as np
import pytest
import scipy.stats

import riskengine
from tests.verification.cases_joint import RM1_TEXT

CHAIN = """
schema = 1
name = "chain"
start = 2027-03-01
calendar = "24h"
[tasks.long]
duration = { shape = "uniform", low = 10, high = 70 }
cost.fixed = { shape = "uniform", low = 0, high = 100 }
[tasks.middle]
duration = { shape = "uniform", low = 10, high = 50 }
after = ["long"]
[tasks.short]
duration = { shape = "uniform", low = 10, high = 30 }
after = ["middle"]
[risks.late]
probability = 0.4
impacts.short = { delay = 20 }
[gates.end]
finish = 2027-06-29
confidence = 0.8
"""
VARIANCES = {"task/long/duration": 300, "task/middle/duration": 400 / 3, "task/short/duration": 100 / 3}


@pytest.fixture(scope="module")
def chain():
    return riskengine.drivers(CHAIN, iterations=10_240)


def rows(found, table="drivers", key="input"):
    return {row[key]: row for row in found.table(table).rows()}


def holds(row, name, exact):
    return row[f"{name}_ci_low"] <= exact <= row[f"{name}_ci_high"]


def within(row, name, exact, errors=4):
    """Whether a value is within so many standard errors of what is exact, by its own interval."""
    half = max(row[name] - row[f"{name}_ci_low"], row[f"{name}_ci_high"] - row[name])
    return abs(row[name] - exact) <= errors * half / 1.96


def test_shares_of_variance_of_a_chain_are_those_of_its_variances(chain):
    """Four standard errors: once in 4,000 seeds for each of four shares. A share off by 0.01 would be found."""
    whole = sum(VARIANCES.values()) + 400 * 0.24
    of = rows(chain)
    for name, variance in {**VARIANCES, "risk/late/occurs": 96}.items():
        assert within(of[name], "finish_variance_share", variance / whole), name
        assert of[name]["finish_variance_share_ci_high"] - of[name]["finish_variance_share_ci_low"] < 0.03
    assert of["task/long/fixed"]["cost_variance_share"] == pytest.approx(1, abs=1e-3)
    assert of["task/long/fixed"]["finish_variance_share"] < 0.005


def test_swings_of_a_chain_are_those_of_its_tenths(chain):
    """The mean of a uniform duration is 0.9 of its range higher in its highest tenth than in its lowest."""
    of = rows(chain)
    for name, exact in {"long": 54, "middle": 36, "short": 18}.items():
        assert within(of[f"task/{name}/duration"], "finish_swing", exact), name
        assert within(of[f"task/{name}/duration"], "finish_low", -exact / 2), name
    late = of["risk/late/occurs"]
    assert within(late, "finish_swing", 20)
    assert within(late, "finish_high", 12)
    assert late["low_iterations"] + late["high_iterations"] == 10_240
    assert within(of["task/long/fixed"], "cost_swing", 90)
    assert [row["input"] for row in chain.table().rows()][:3] == [
        "task/long/duration",
        "task/middle/duration",
        "risk/late/occurs",
    ]


def test_rank_correlations_are_those_of_scipy():
    run = riskengine.simulate(CHAIN, iterations=1500, method="random", contributions=False)
    found = rows(run.drivers())
    occurs = found["risk/late/occurs"]
    tasks = run.table("tasks")
    assert tasks.rows()[0]["kept"] == 1500
    from riskengine import engine, plan

    draws = engine.replay(plan.compile(riskengine.read(CHAIN)), 1, "random", 1500).draws
    for measure in ("finish_days", "cost"):
        values = run.tables["iterations"][measure].to_numpy()
        for name, row in found.items():
            exact = scipy.stats.spearmanr(draws[name][:1500], values).statistic
            assert row[f"{measure.removesuffix('_days')}_rank_correlation"] == pytest.approx(exact, abs=1e-12), name
    assert occurs["high_iterations"] == np.count_nonzero(draws["risk/late/occurs"][:1500])


def test_the_chance_of_a_gate_is_counted_on_either_side():
    run = riskengine.simulate(CHAIN, iterations=2000, method="random", contributions=False)
    found = run.drivers()
    from riskengine import engine, plan

    occurs = engine.replay(plan.compile(riskengine.read(CHAIN)), 1, "random", 2000).draws["risk/late/occurs"][:2000]
    met = run.tables["iterations"]["finish"].to_numpy() <= run.tables["gates"]["finish"].to_numpy()[0]
    row = rows(found, "driver_gates")["risk/late/occurs"]
    assert row["chance_low"] == pytest.approx(met[~occurs].mean())
    assert row["chance_high"] == pytest.approx(met[occurs].mean())
    assert row["change"] == pytest.approx(row["chance_high"] - row["chance_low"])
    assert row["change_ci_low"] < row["change"] < row["change_ci_high"] < 0


def test_ssi_and_criticality_of_rm1_are_the_published_ones():
    """Published from 20 million iterations; four standard errors of ours beside theirs."""
    found = rows(riskengine.drivers(RM1_TEXT.format(r1="true", r2="true"), iterations=10_240), "driver_tasks", "task")
    for task, critical, ssi in (("A", 0.7259, 0.5204), ("B", 0.7259, 0.5215), ("C", 0.2741, 0.2630), ("E", 1, 0.1593)):
        assert within(found[task], "criticality", critical), task
        assert within(found[task], "ssi", ssi), task


def test_both_crucialities_are_what_their_authors_say():
    run = riskengine.simulate(RM1_TEXT.format(r1="true", r2="true"), iterations=2560, method="lhs", contributions=False)
    found = rows(run.drivers(), "driver_tasks", "task")
    from riskengine import engine, plan

    compiled = plan.compile(riskengine.read(RM1_TEXT.format(r1="true", r2="true")))
    output = engine.replay(compiled, 1, "lhs", 2560).output
    finish = run.tables["iterations"]["finish_days"].to_numpy()
    for row, task in enumerate(compiled.task):
        exact = scipy.stats.pearsonr(output.duration[row, :2560], finish).statistic
        assert found[task]["correlation"] == pytest.approx(exact, abs=1e-9)
        assert found[task]["cruciality_vanhoucke"] == pytest.approx(abs(exact), abs=1e-9)
        assert found[task]["cruciality_nasa"] == pytest.approx(exact * found[task]["criticality"], abs=1e-9)


def test_a_folder_and_a_plan_give_the_same(tmp_path):
    run = riskengine.simulate(CHAIN, iterations=600, seed=7, contributions=False)
    run.write(tmp_path / "results")
    found = [each.document for each in (run.drivers(), riskengine.drivers(tmp_path / "results"))]
    found.append(riskengine.drivers(CHAIN, iterations=600, seed=7, threads=1).document)
    assert found[0] == found[1] == found[2]


def test_a_target_has_its_own_drivers():
    text = CHAIN.replace('calendar = "24h"', 'calendar = "24h"\ntargets = ["long"]')
    found = rows(riskengine.drivers(text, iterations=1024, target="long"))
    assert found["task/long/duration"]["finish_variance_share"] > 0.999
    for name in ("task/middle/duration", "risk/late/occurs"):
        assert holds(found[name], "finish_swing", 0)
        assert holds(found[name], "finish_rank_correlation", 0)


@pytest.mark.parametrize(
    "text",
    [
        'schema = 1\nname = "one"\nstart = 2027-03-01\n[tasks.a]\nduration = 5\n',
        'schema = 1\nname = "one"\nstart = 2027-03-01\n[tasks.a]\nmilestone = true\n',
    ],
)
def test_a_plan_in_which_nothing_is_drawn_says_so(text):
    found = riskengine.drivers(text, iterations=300)
    assert found.words == ["Nothing that is drawn moves the finish."]
    assert found.document["inputs"] == 0
    assert found.document["finish"] == found.document["cost"] == found.document["gates"] == []


@pytest.mark.parametrize("iterations", [2, 20, 257])
def test_few_iterations_say_little_and_break_nothing(iterations):
    found = riskengine.drivers(CHAIN, iterations=iterations)
    assert found.text(80)
    for row in found.table().rows():
        for name in ("finish_swing", "finish_rank_correlation", "finish_variance_share"):
            low, value, high = (row[f"{name}{end}"] for end in ("_ci_low", "", "_ci_high"))
            if value is not None and low is not None and high is not None:
                assert low <= value <= high


def test_what_is_wrong_is_refused():
    for options in ({"target": "nowhere"}, {"top": 0}, {"top": True}):
        with pytest.raises(riskengine.UsageError):
            riskengine.drivers(CHAIN, **{"iterations": 100, **options})
    with pytest.raises(riskengine.UsageError, match="at least 2 iterations"):
        riskengine.drivers(CHAIN, iterations=1)
    with pytest.raises(riskengine.ResultsError, match="at least 2 iterations"):
        riskengine.simulate(CHAIN, iterations=1).drivers()
    with pytest.raises(riskengine.UsageError):
        riskengine.drivers(CHAIN, iterations=100).table("tasks")


def test_every_number_of_a_sentence_is_in_the_tables(chain):
    words = " ".join(chain.words)
    row = chain.document["finish"][0]
    assert f"{row['swing']['value']:+.1f}" in words
    gate = chain.document["gates"][0]["inputs"][0]
    assert f"{100 * gate['chance_high']['value']:.1f}%" in words


MERGE = """
schema = 1
name = "merge"
start = 2027-03-01
calendar = "24h"
[tasks.a]
duration = { shape = "uniform", low = 10, high = 30 }
[tasks.b]
duration = { shape = "uniform", low = 10, high = 30 }
[tasks.brief]
duration = { shape = "uniform", low = 1, high = 9 }
[tasks.join]
duration = 5
after = ["a", "b", "brief"]
[tasks.alone]
duration = 2
after = ["join"]
"""


def test_merge_bias_is_that_of_two_uniform_durations():
    """The larger of two uniform ones is on average 2/3 up the range, and either of them half: 20/6 days."""
    found = riskengine.drivers(MERGE, iterations=10_240)
    (row,) = found.table("driver_merges").rows()
    assert (row["task"], row["relationships"]) == ("join", 3)
    assert within(row, "merge", 20 / 6)
    assert within(row, "skew", 0)
    assert row["merge_ci_high"] - row["merge_ci_low"] < 0.3
    drives = rows(found, "driver_predecessors", "predecessor")
    assert all(within(drives[name], "drives", 0.5) for name in ("a", "b"))
    assert drives["brief"]["drives"] == 0
    assert found.document["merges"][0]["predecessors"][0]["predecessor"] in "ab"


def test_longest_paths_are_counted_with_all_their_tasks():
    found = riskengine.drivers(MERGE, iterations=2560, method="random")
    paths = found.document["paths"]
    tasks = {tuple(sorted(path["tasks"])): path["share"] for path in paths}
    shares = {name: tasks["a", "alone", "join"] if name == "a" else tasks["alone", "b", "join"] for name in "ab"}
    critical = rows(found, "driver_tasks", "task")
    for name, share in shares.items():
        assert share["value"] == critical[name]["criticality"]
        assert share["ci_low"] <= 0.5 <= share["ci_high"]
    assert sum(path["share"]["value"] for path in paths) == pytest.approx(1)


def test_a_task_with_float_in_the_plan_that_is_often_critical_is_said_to_be_so():
    text = MERGE.replace('[tasks.b]\nduration = { shape = "uniform", low = 10, high = 30 }', "[tasks.b]\nduration = 18")
    found = riskengine.drivers(text, iterations=2560)
    (row,) = found.document["near_critical"]
    assert (row["task"], row["deterministic_float"]) == ("b", 2.0)
    assert row["criticality"]["ci_low"] <= 0.4 <= row["criticality"]["ci_high"]
    assert "b (40" in " ".join(found.text(200).split()) or "b (39" in " ".join(found.text(200).split())


def test_levelled_plans_have_merges_and_no_paths():
    text = MERGE.replace('calendar = "24h"', 'calendar = "24h"\nlevelling = true\n[resources.crew]\ncapacity = 1')
    text = text.replace("[tasks.b]\n", "[tasks.b]\nresources = { crew = 1 }\n").replace(
        "[tasks.brief]\n", "[tasks.brief]\nresources = { crew = 1 }\n"
    )
    found = riskengine.drivers(text, iterations=300)
    assert found.document["paths"] == []
    assert found.document["merges"][0]["task"] == "join"


def test_a_gate_that_is_always_passed_or_never_is_moved_by_nothing():
    for date in ("2027-03-02", "2099-01-01"):
        found = riskengine.drivers(CHAIN.replace("2027-06-29", date), iterations=300)
        assert found.words[-1] == "Nothing that is drawn moves gate end."
        assert found.document["gates"] == [{"gate": "end", "inputs": []}]
        assert "moves gate end" not in found.text(80).replace("Nothing that is drawn moves gate end", "")
