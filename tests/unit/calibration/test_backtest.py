"""Forecasts of the past: exact where they can be told by hand, and refused where dates are few."""

import json
import random
from datetime import date, timedelta

import numpy as np
import pytest

from riskengine.calibration.replayed_forecasts import (
    Replayed,
    against,
    how_long,
    how_many,
    next_item,
    origins,
    replay_of,
    sum_of,
    waiting_of,
)
from riskengine.cli.entry import main
from riskengine.errors import ScenarioError
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.throughput import HistoryOptions
from tests.unit.importers.items.test_mutations import EXPORTS, damaged

TWELVE = [4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5]
"""Twelve weeks of which the chances are known by convolution, outside of this code."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_chances_of_sums_and_waits_are_exact():
    assert sum_of(TWELVE, 6)[20:].sum() == pytest.approx(0.758805, abs=5e-7)
    assert sum_of(TWELVE, 6)[23:].sum() == pytest.approx(0.5477, abs=5e-5)
    waits = np.cumsum(waiting_of(TWELVE, 30, 40))
    assert waits[5] == pytest.approx(0.006744, abs=5e-7)
    assert waits[8] == pytest.approx(0.586189, abs=5e-7)
    assert waits[12] == pytest.approx(0.989197, abs=5e-7)
    assert waits[-1] == pytest.approx(1)


def test_large_numbers_of_items_take_another_way_to_the_same_chances():
    rows = [0, 3, 700, 1_500]
    by_terms = np.ones(1)
    for _ in range(3):
        by_terms = np.convolve(by_terms, np.bincount(rows) / 4)
    assert np.allclose(sum_of(rows, 3), by_terms, atol=1e-12)
    few = [row // 10 for row in rows]
    assert waiting_of([10 * row for row in few], 2_500, 9) == pytest.approx(waiting_of(few, 250, 9), abs=1e-12)


def test_a_forecast_is_held_against_what_became_of_it():
    forecast = against(np.full(10, 0.1), 3)
    assert forecast == pytest.approx(Replayed(0, 4, 8, 3, 0.35, 0.9))
    assert against(np.full(10, 0.1), 12).place == pytest.approx(1)


def test_a_forecast_knows_nothing_of_what_comes():
    assert origins(20, 4, 4) == [8, 12, 16]
    assert origins(9, 4, 4) == []
    changed = [*TWELVE, 50, 50]
    for one, other in zip(how_many(TWELVE, 2), how_many([*TWELVE[:10], 90, 90], 2), strict=True):
        assert one[:3] == other[:3]
    assert how_many(changed, 2)[-1].actual == 100


def test_forecasts_of_a_pace_that_stays_hold_what_they_say():
    """The share from P10 to P90 of 400 forecasts is within 3 standard errors of what they say: wrong once in 370 runs.

    It would show forecasts whose bounds hold 6 % less than they say.
    """
    rng = np.random.default_rng(7)
    done = rng.choice(TWELVE, 2_000).tolist()
    for forecasts in (how_many(done, 1), how_long(done, 1)):
        replay = replay_of(forecasts)
        error = (replay.expected * (1 - replay.expected) / replay.forecasts) ** 0.5
        assert abs(replay.coverage.value - replay.expected) < 3 * error + 0.005
        assert abs(replay.place.value - 0.5) < 0.03


def test_a_pace_that_lasts_makes_forecasts_too_narrow():
    rng = np.random.default_rng(3)
    pace = np.exp(np.cumsum(rng.normal(0, 0.25, 400)))
    pace = 10 * pace / np.median(pace)
    done = rng.poisson(np.clip(pace, 0.5, 200)).tolist()
    replay = replay_of(how_many(done, 4))
    assert replay.coverage.high < replay.expected


def test_late_items_are_not_left_out_because_they_are_late():
    done = [5, 5, 5, 5, 5, 5, *([0] * 30)]
    forecasts = how_long(done, 2)
    assert forecasts and forecasts[0].actual == 7
    assert forecasts[0].p90 <= 2


def test_items_begin_before_they_are_forecast_and_slow_ones_count():
    starts = np.arange(40.0)
    lengths = np.where(np.arange(40) % 4 == 3, 8.0, 2.0)
    forecasts = next_item(starts, starts + lengths, until=60.0)
    assert all(forecast.p10 == 2 and forecast.p90 == 8 for forecast in forecasts[4:])
    assert len(forecasts) == 40 - 12
    assert len(next_item(starts, starts + lengths, until=30.0)) == 23 - 12


def test_fewer_than_ten_forecasts_are_not_judged():
    assert replay_of(how_many(TWELVE, 1)) is None


def export(weeks: int, seed: int = 1, *, team: str = "") -> str:
    """Return items that were done at a pace that stays."""
    rng = random.Random(seed)
    rows = ["Issue key,Status,Created,Actual start,Resolved,Team"]
    for week in range(weeks):
        for _ in range(rng.choice(TWELVE)):
            day = date(2025, 1, 6) + timedelta(days=7 * week + rng.randrange(5))
            begin = day - timedelta(days=rng.randrange(9))
            rows.append(f"A-{len(rows)},Done,{begin},{begin},{day},{team}")
    return "\n".join([*rows, ""])


def test_an_export_is_back_tested(folder, capsys):
    (folder / "done.csv").write_text(export(60), encoding="utf-8")
    words = ["backtest", "done.csv", "--map", "jira", "--as-of", "2026-03-02"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "how many in 1w" in told and "were to be expected" in told and "pinball loss" in told
    assert main([*words, "--json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert [(each["question"], each["ahead"]) for each in group["questions"]] == [
        *(("how_many", 1), ("how_long", 1), ("how_many", 4), ("how_long", 4), ("next_item", None)),
    ]
    week = group["questions"][0]
    assert week["coverage"]["ci_low"] < week["expected"] < week["coverage"]["ci_high"]
    assert set(week["pinball"]) == {"p10", "p50", "p90"} and week["width"] == "as wide as they should be"


def test_teams_are_back_tested_though_nothing_is_left_to_do(folder, capsys):
    other = export(40, 2, team="Data").replace("A-", "B-").split("\n", 1)[1]
    (folder / "done.csv").write_text(export(40, team="Web") + other, encoding="utf-8")
    words = ["backtest", "done.csv", "--map", "jira", "--as-of", "2026-03-02", "--by", "team", "--json"]
    assert main(words) == 0
    assert [each["group"] for each in json.loads(capsys.readouterr().out)["groups"]] == ["Data", "Web"]


@pytest.mark.parametrize(("weeks", "code"), [(12, "RE619"), (4, "RE616")])
def test_too_few_dates_are_refused(folder, capsys, weeks, code):
    text = "\n".join(",".join([*row.split(",")[:3], "", *row.split(",")[4:]]) for row in export(weeks).splitlines())
    (folder / "done.csv").write_text(text.replace("Created,,", "Created,Begun,") + "\n", encoding="utf-8")
    until = date(2025, 1, 6) + timedelta(days=7 * weeks)
    assert main(["backtest", "done.csv", "--map", "jira", "--as-of", str(until)]) == 3
    assert code in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--ahead", "0"], ["--history", "1y"], ["--zone", "Mars"], ["--as-of", "today"]])
def test_options_that_cannot_be_are_refused(folder, more):
    (folder / "done.csv").write_text(export(30), encoding="utf-8")
    assert main(["backtest", "done.csv", "--map", "jira", "--as-of", "2026-03-02", *more]) == 2


def test_damaged_exports_are_back_tested_or_refused(folder):
    from riskengine.calibration.backtest import backtest

    outcomes = set()
    for kind, text in {**EXPORTS, "history": export(30)}.items():
        options = ItemOptions(map={"json": "jira", "history": "jira"}.get(kind, kind), data_date=date(2026, 3, 2))
        for seed in range(12):
            (folder / "items.csv").write_bytes(damaged(text, random.Random(f"backtest {kind} {seed}")))
            try:
                assert backtest(folder / "items.csv", options, HistoryOptions(), (1,)).text(80)
                outcomes.add("read")
            except ScenarioError as error:
                assert all(issue.code and issue.rule for issue in error.issues)
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}
