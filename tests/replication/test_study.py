"""The study sees intervals that are too short, too wide, of no width or missing, and wrong answers.

Seeds are fixed, so that the tests cannot fail by chance.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from riskengine import analysis
from tests.replication import page, run, study
from tests.replication.__main__ import main
from tests.replication.model import Estimate, Question
from tests.replication.pool import pools
from tests.replication.run import Replications, Setting, replicate
from tests.replication.tally import COUNTS_JUMP, FAILED, PASSED, TOO_MANY, Cell, Tally, event_covers, odds, sequential
from tests.replication.truths import subject

Values = NDArray[np.float64]


@cache
def replications() -> Replications:
    """Three hundred runs of one uniform duration and cost, by 1,000 independent draws."""
    return replicate(Setting("single_uniform", "random", 1_000), 0, 300)


def verdicts(change: Callable[[Values], Values]) -> dict[str, str]:
    """The verdict on each estimate, with what is printed, (replication, estimate, 3), changed."""
    part = replications()
    tally = Tally(subject("single_uniform").estimates, (), "random", 1_000)
    tally.add(replace(part, printed=change(part.printed), is_wrong=part.is_wrong[:, :0]))
    return {cell.name: cell.verdict for cell in tally.cells()}


def scaled(factor: float) -> Callable[[Values], Values]:
    """Intervals of so many times the width."""
    return lambda printed: printed[:, :, :1] + np.array([0, factor, factor]) * (printed - printed[:, :, :1])


def test_intervals_that_hold_as_often_as_they_say_do_not_fail():
    assert set(verdicts(scaled(1.0)).values()) <= {"passed", "undecided"}


def test_intervals_of_80_percent_fail():
    assert set(verdicts(scaled(1.28 / 1.96)).values()) <= {"low", "suspect low"}


def test_intervals_of_92_percent_do_not_pass():
    assert "passed" not in verdicts(scaled(1.75 / 1.96)).values()


def test_intervals_twice_as_wide_do_not_pass():
    assert set(verdicts(scaled(2.0)).values()) <= {"high", "suspect high"}


def test_intervals_of_no_width_fail():
    assert set(verdicts(scaled(0.0)).values()) <= {"low"}


def test_a_single_interval_of_no_width_is_seen():
    assert seen_verdict(low=np.append(np.full(199, -1.0), 0.0), high=np.append(np.full(199, 1.0), 0.0)) == "zero width"


def test_open_intervals_do_not_count_as_narrow():
    assert seen_verdict(low=np.full(500, -np.inf), high=np.full(500, np.nan), iterations=10_240) == "wide"


@pytest.mark.parametrize(
    ("method", "iterations", "verdict"),
    [
        ("random", 16, "high"),
        ("lhs", 512, "passed"),
        ("lhs", 1_000, "high"),
        ("sobol", 1_000, "passed"),
        ("sobol", 2_560, "high"),
    ],
)
def test_intervals_that_always_hold_fail_where_there_are_replicates(method, iterations, verdict):
    ends = np.full(500, -1.0), np.full(500, 1.0)
    assert seen_verdict(*ends, iterations, method) == verdict


def seen_verdict(low, high, iterations=1_000, method="random"):
    """The verdict on one estimate whose truth is 0 and whose values are normal."""
    estimate = Estimate("x", "mean", "summary", (), ("mean", "low", "high"), 0.0)
    tally = Tally((estimate,), (), method, iterations)
    value = np.random.default_rng(1).normal(0, 0.3, len(low))
    tally.add(Replications(np.stack((value, low, high), 1)[:, None], np.zeros((len(low), 0), bool), frozenset(), 1.0))
    (cell,) = tally.cells()
    return cell.verdict


def test_estimates_without_columns_for_an_interval_fail(monkeypatch):
    tables = analysis.tables

    def without(sample, looks=1):
        found = tables(sample, looks)
        return {**found, "summary": found["summary"].drop_columns(["sd_ci_low", "sd_ci_high"])}

    monkeypatch.setattr(run.analysis, "tables", without)
    run.printed.cache_clear()
    try:
        part = replicate(Setting("single_uniform", "random", 64), 0, 2)
        tally = Tally(subject("single_uniform").estimates, (), "random", 64)
        tally.add(replace(part, is_wrong=part.is_wrong[:, :0]))
        missing = [cell.name for cell in tally.cells() if cell.verdict == "no interval"]
        assert missing == ["finish sd", "cost sd"]
    finally:
        run.printed.cache_clear()


@pytest.mark.parametrize("is_until", [False, True])
def test_answers_to_the_contrary_are_wrong(monkeypatch, is_until):
    contrary = {"pass": "fail", "fail": "pass", "undecided": "undecided"}
    is_wrong = Question.is_wrong
    monkeypatch.setattr(Question, "is_wrong", lambda self, answer: is_wrong(self, contrary[answer]))
    setting = Setting("single_uniform", "random", 2_560, is_until)
    part = replicate(setting, 0, 100)
    tally = Tally((), tuple(q.gate for q in subject(setting.model).questions), "random", 2_560)
    tally.add(part)
    found = {cell.name: cell.verdict for cell in tally.cells()}
    assert found["decision finish-80.0+3.0"] == "wrong answers"
    assert found["decision finish-80.0-3.0"] == "wrong answers"


def test_answers_are_not_wrong_more_often_than_they_say_when_looked_at_again_and_again():
    setting = Setting("single_uniform", "random", 2_560, True)
    part = replicate(setting, 0, 150)
    assert part.is_wrong.mean(axis=0).max() < 0.05
    assert part.printed.shape == (150, 0, 3)


def test_the_tests_err_no_more_often_than_they_say():
    rng = np.random.default_rng(3)
    steps = np.arange(100, 2_001, 100)

    def ends(rate):
        misses = np.cumsum(rng.random((4_000, 2_000)) < rate, axis=1)[:, steps - 1]
        evidence = odds(misses, steps, TOO_MANY)
        passed = np.argmax(evidence <= PASSED, axis=1) + np.where((evidence <= PASSED).any(axis=1), 0, 99)
        failed = np.argmax(evidence >= FAILED, axis=1) + np.where((evidence >= FAILED).any(axis=1), 0, 99)
        return (passed < failed).mean(), (failed < passed).mean()

    passed, failed = ends(0.05)
    assert failed <= 1e-3
    assert passed >= 0.9
    passed, failed = ends(0.08)
    assert passed <= 0.025
    assert failed >= 0.5


def test_few_replications_conclude_nothing():
    assert sequential(20, 29, TOO_MANY) == "undecided"
    assert sequential(30, 30, TOO_MANY) == "failed"


def test_a_study_runs_what_it_is_asked_for_and_says_what_fails():
    words: list[str] = []
    plan = study.Plan(("single_uniform",), ("random",), (64,), has_until=True, replications=20, minutes=1, jobs=1)
    found = study.run(plan, words.append)
    assert [(each.setting.iterations, each.setting.is_until, each.tally.count) for each in found] == [
        (64, False, 20),
        (10_240, True, 20),
    ]
    assert "40 runs" in words[-1]
    *rows, cells, joined = page.lines(found, has_all=True)
    assert len(rows) == len(found[0].cells) + len(found[1].cells) + len(pools(found))
    assert cells.endswith("undecided")
    assert joined.startswith("All models together tell 92 % from 95 % for 0 of ")


def test_the_documents_tables_have_a_row_for_each_model_and_kind():
    plan = study.Plan(("dice", "single_uniform"), ("sobol",), (64, 10_240), has_until=False, replications=5, jobs=1)
    found = study.run(plan, lambda words: None)
    whole = page.whole_table(found)
    assert sum(line.startswith("| dice | percentile |") for line in whole) == 1
    assert page.models_of("## Models\n\n" + "\n".join(page.models_table(plan.models))) == plan.models
    assert any(line.startswith("| decision |") for line in page.short_table(found))


def test_what_is_told_already_waits_for_what_is_not():
    plan = study.Plan(("single_uniform",), ("random", "lhs"), (64,), has_until=False, replications=900, jobs=1)
    by_random, by_lhs = all_of_it = [study.Progress(setting) for setting in plan.settings()]
    by_random.cells = [cell_of(kind, 44) for kind in ("mean", "sd")]
    by_lhs.cells = [cell_of("mean", 44), cell_of("sd", 3, count=60)]
    study.mark_wanted(all_of_it)
    assert [each.is_wanted for each in all_of_it] == [False, True]
    by_random.tally.count = by_lhs.tally.count = 900
    assert by_lhs.turn < by_random.turn


def cell_of(group: str, misses: int, count: int = 900) -> Cell:
    """A cell of some runs."""
    return Cell(group, group, count, count - misses, 1.0, 0.0, 0.0, False, False, "undecided")


def test_a_page_of_few_seeds_says_that_it_was_cut_short():
    plan = study.Plan(("dice",), ("random",), (64,), has_until=False, replications=5, jobs=1)
    words = page.extent(study.run(plan, lambda words: None))
    assert words.startswith("5 runs: 5 to 5 seeds a setting. **This study was cut short.** All models together")


@pytest.mark.parametrize(
    "words",
    [
        ["--models", "nobody"],
        ["--methods", "guess"],
        ["--iterations", "many"],
        ["--iterations", "0"],
        ["--write-doc", "--models", "dice"],
    ],
)
def test_what_cannot_be_run_is_refused(words, capsys):
    with pytest.raises(SystemExit) as refusal:
        main(words)
    assert refusal.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_cells_that_fail_are_printed_and_make_the_exit_status(monkeypatch, capsys):
    monkeypatch.setattr(run.Printed, "__call__", lambda self, tables, start: np.full((len(self.estimates), 3), 1e9))
    words = ["--models", "dice", "--methods", "random", "--iterations", "64", "--no-until", "--jobs", "1"]
    assert main([*words, "--replications", "40"]) == 1
    assert "low                    dice random 64: finish P5: covers 0.0 % of 40" in capsys.readouterr().out


def test_models_are_listed(capsys):
    assert main(["--list"]) == 0
    assert "dice" in capsys.readouterr().out.split()


def test_the_document_gives_no_percentage_of_few_seeds_but_what_fails(monkeypatch, tmp_path):
    monkeypatch.setattr(run.Printed, "__call__", lambda self, tables, start: np.full((len(self.estimates), 3), 1e9))
    (tmp_path / "results.md").write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(page, "RESULTS", tmp_path / "results.md")
    monkeypatch.setattr(page, "WHOLE", tmp_path / "replication.md")
    plan = study.Plan(("dice",), ("lhs",), (64, 256), has_until=False, replications=40, jobs=1)
    page.write(study.run(plan, lambda words: None))
    whole = page.WHOLE.read_text(encoding="utf-8")
    (line,) = [
        line for line in whole.splitlines() if line.startswith("- `dice`, lhs, mean: finish mean: low: 64 (0.0 %")
    ]
    assert ", 256 (0.0 %" in line
    assert "| dice | mean | - | - |" in whole
    short = page.RESULTS.read_text(encoding="utf-8")
    assert short.startswith(f"before\n{page.BEGIN}\n\n80 runs")
    assert short.endswith(f"{page.END}\nafter\n")


@pytest.mark.parametrize(
    ("model", "name", "forced", "free"),
    [
        ("five_cost_risks", "cost mean", (16, 64), 40_960),
        ("five_cost_risks", "risk r1 cost mean", (16,), 1_000),
        ("rare_value", "task trial cost mean", (64, 256), 40_960),
        ("nearly_sure_risk", "risk late days mean", (512,), 40_960),
        ("nearly_sure_risk", "risk late cost p50", (512,), 10_240),
    ],
)
def test_a_count_of_iterations_covers_more_only_where_whole_numbers_jump(model, name, forced, free):
    estimate = next(each for each in subject(model).estimates if each.name == name)
    for iterations in forced:
        assert Tally((estimate,), (), "random", iterations).is_forced(estimate)
    assert not Tally((estimate,), (), "random", free).is_forced(estimate)


@pytest.mark.parametrize("method", ["random", "lhs"])
@pytest.mark.parametrize(("n", "probability"), [(512, 0.1), (600, 0.1), (2_560, 0.49995), (2_560, 0.0999)])
def test_what_whole_numbers_force_is_what_counts_of_the_engine_do(method, n, probability):
    """The law of the count, against strata drawn here: 20,000 runs tell its coverage to a percent."""
    rng = np.random.default_rng(1)
    blocks, rest = divmod(n, 256)
    if method == "random":
        counts = rng.binomial(n, probability, 20_000)
    else:
        in_block = np.floor(256 * probability) + (rng.random((20_000, blocks + 1)) < 256 * probability % 1)
        part = rng.hypergeometric(in_block[:, -1].astype(int), 256 - in_block[:, -1].astype(int), rest) if rest else 0
        counts = in_block[:, :-1].sum(axis=1) + part
    low, high = np.quantile(counts, [0.025, 0.975], method="inverted_cdf")
    seen = np.mean((counts >= low) & (counts <= high))
    assert event_covers(method, n, probability) == pytest.approx(seen, abs=0.01)


def test_an_event_forces_more_only_where_its_count_has_few_values():
    """At 40 blocks it does not any more: there the atoms are held to what every other estimate is."""
    assert event_covers("lhs", 2_560, 0.1) > COUNTS_JUMP
    assert event_covers("lhs", 40_960, 0.1) < COUNTS_JUMP
    estimate = Estimate("x", "mean", "summary", (), ("mean", "low", "high"), 0.0, event=0.1)
    assert Tally((estimate,), (), "lhs", 2_560).is_forced(estimate)
    assert not Tally((estimate,), (), "lhs", 40_960).is_forced(estimate)
