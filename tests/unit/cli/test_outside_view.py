"""``riskengine outside-view``: a plan beside projects that are finished."""

import json
import re
from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy import stats

import riskengine
from riskengine.calibration.reference_class import GREEN_BOOK, ReferenceClass
from riskengine.cli import main
from riskengine.results.folder.store import open_run
from tests.support.command_line import plan

COSTS = "[costs.site]\nfixed = [1000, 2000, 4000]\n"
GATE = '[gates.money]\nname = "Budget"\ncost = 3000\nconfidence = 0.5\n'
RATIOS = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 2.0)


@pytest.fixture
def results(folder, capsys):
    """A folder with results, and ten finished projects in ``past.csv``."""
    (folder / "plan.toml").write_text(plan() + COSTS + GATE, encoding="utf-8")
    rows = "".join(f"P{k},200,{200 * ratio}\n" for k, ratio in enumerate(RATIOS))
    (folder / "past.csv").write_text("project,estimate,actual\n" + rows, encoding="utf-8")
    assert main(["simulate", "plan.toml", "-n", "512", "-o", "out"]) == 0
    capsys.readouterr()
    return folder


def document(capsys, *words):
    assert main(["outside-view", "out", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def limits_of(view, kind):
    return {each["key"]: each for each in view["limits"] if each["kind"] == kind}


def test_the_quantiles_of_finished_projects_are_applied_to_the_calendar_time_of_the_plan(results, capsys):
    view = document(capsys, "--past-durations", "past.csv")["finish"]
    start, finish = datetime.fromisoformat(view["from"]), datetime.fromisoformat(view["plan"])
    past = limits_of(view, "past")
    assert past["p50"]["ratio"]["value"] == pytest.approx(1.25)  # between the fifth and the sixth of ten
    for each in past.values():
        wanted = start + each["ratio"]["value"] * (finish - start)
        assert abs(datetime.fromisoformat(each["limit"]["instant"]) - wanted) < timedelta(seconds=1)
    assert past["p90"]["ratio"]["ci_high"] is None  # ten projects have nothing so far out
    assert view["finished_projects"] == 10


def test_what_the_simulation_and_gates_allow_is_counted_among_finished_projects(results, capsys):
    view = document(capsys, "--past-costs", "past.csv")["cost"]
    run = riskengine.open_run("out")
    (gate,) = limits_of(view, "gate").values()
    ratio = 3000 / view["plan"]
    assert gate["ratio"]["value"] == pytest.approx(ratio)
    assert gate["past_share"]["value"] == sum(each <= ratio for each in RATIOS) / 10
    wilson = stats.binomtest(round(10 * gate["past_share"]["value"]), 10).proportion_ci(0.95, "wilson")
    assert gate["past_share"]["ci_low"] == pytest.approx(wilson.low)
    assert gate["simulated_share"]["value"] == run.gate("money").probability
    assert limits_of(view, "simulated")["p80"]["limit"]["value"] == run.cost(0.8)


def test_an_uplift_of_the_green_book_is_exact_and_held_against_the_simulation(results, capsys):
    found = document(capsys, "--green-book", "standard-civil-engineering")
    (finish,), (cost,) = (limits_of(found[name], "uplift").values() for name in ("finish", "cost"))
    assert (finish["ratio"]["value"], cost["ratio"]["value"]) == (1.2, 1.44)
    assert cost["limit"] == dict.fromkeys(("value", "ci_low", "ci_high"), 1.44 * found["cost"]["plan"])
    assert finish["past_share"]["value"] is None
    assert found["finish"]["finished_projects"] == 0
    costs = open_run("out").tables["iterations"]["cost"].to_pylist()
    assert cost["simulated_share"]["value"] == np.mean([each <= cost["limit"]["value"] for each in costs])


def test_the_words_say_what_finished_projects_took(results, capsys):
    words = document(capsys, "--past-durations", "past.csv", "--past-costs", "past.csv")["words"]
    assert words[0] == (
        "Half of 10 finished projects of past.csv lasted 1.25 times (0.90 to 1.60) what was planned or less, and 8 in "
        "10 of them 1.52 times (from 1.20 up) or less."
    )
    assert sum("of the finished projects stayed within as much" in sentence for sentence in words) == 4


def test_the_table_has_every_limit_the_least_first(results, capsys):
    assert main(["outside-view", "out", "--past-costs", "past.csv"]) == 0
    text = capsys.readouterr().out
    ratios = [float(found) for found in re.findall(r"^  \S.*? (\d\.\d\d) +[\d,]+ ", text, re.MULTILINE)]
    assert len(ratios) == 7
    assert ratios == sorted(ratios)
    assert max(map(len, text.splitlines())) <= 80


def test_the_answer_is_kept_with_a_column_for_each_number(results, capsys):
    found = document(capsys, "--past-costs", "past.csv", "--past-durations", "past.csv", "--keep")
    rows = open_run("out").tables["outside_view"].to_pylist()
    assert [row["number"] for row in rows] == list(range(len(rows)))
    limits = [each for name in ("finish", "cost") for each in found[name]["limits"]]
    for row, each in zip(rows, limits, strict=True):
        for name in ("ratio", "simulated_share", "past_share"):
            values = [row[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high")]
            assert values == [each[name][end] for end in ("value", "ci_low", "ci_high")]
        assert (row["instant"] is None) == (row["measure"] == "cost") == (row["amount"] is not None)


@pytest.mark.parametrize(
    ("table", "words", "status", "code"),
    [
        ("", [], 2, "RE897"),
        ("id,estimate,actual\na,1,2\n", ["--past-costs", "past.csv"], 3, "RE898"),
        (
            "id,estimate,actual\n" + "".join(f"{k},1,9e6\n" for k in range(12)),
            ["--past-durations", "past.csv"],
            2,
            "RE899",
        ),
        ("", ["--green-book", "bridges"], 2, "RE922"),
    ],
)
def test_what_says_nothing_is_refused(results, capsys, table, words, status, code):
    (results / "past.csv").write_text(table, encoding="utf-8")
    assert main(["outside-view", "out", *words]) == status
    assert code in capsys.readouterr().err


def test_a_plan_under_way_counts_from_its_data_date_and_leaves_the_cost_out(folder, capsys):
    scenario = plan() + COSTS
    text = re.sub("^start = .*$", "data_date = 2027-03-10", scenario, count=1, flags=re.MULTILINE)
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    assert main(["simulate", "plan.toml", "-n", "64", "-o", "out"]) == 0
    capsys.readouterr()
    found = document(capsys, "--green-book", "standard-buildings")
    assert found["finish"]["from"].startswith("2027-03-10")
    assert found["cost"] is None
    assert any("under way" in sentence for sentence in found["words"])


def test_intervals_of_a_class_hold_the_truth():
    """400 classes of 40 lognormal ratios: a false alarm once in a thousand runs of other seeds, 90 % would be seen."""
    rng = np.random.default_rng(5)
    truth = {probability: float(np.exp(0.3 * stats.norm.ppf(probability))) for probability in (0.5, 0.8)}
    hits = dict.fromkeys((*truth, "share"), 0)
    for _ in range(400):
        past = ReferenceClass("x", tuple(sorted(np.exp(0.3 * rng.standard_normal(40)))), {})
        for probability, value in truth.items():
            _, low, high = past.quantile(probability)
            hits[probability] += (low is None or low <= value) and (high is None or value <= high)
        _, low, high = past.share_within(truth[0.8])
        hits["share"] += low <= 0.8 <= high
    assert min(hits.values()) >= 367
    assert len(GREEN_BOOK) == 5
