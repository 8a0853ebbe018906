"""What risks do to one iteration, worked out by hand. 1 March 2027 is a Monday."""

import pytest

from tests.twin.simulator.build import impact, risk, task
from tests.twin.simulator.shown import happened

DAY = 8 * 3600


def test_delay_comes_after_the_factor():
    risks = (
        risk("F", 1, {"A": impact(factor=1.5)}),
        risk("G", 1, {"A": impact(delay="1d")}),
    )
    result = happened({}, task("A", "2d"), risks=risks)
    assert result.outcome.work["A"] == 4 * DAY
    assert result.finish["A"] == "04 17:00"


def test_risk_that_does_not_occur_does_nothing_and_draws_nothing():
    risks = (
        risk("R", 0.3, {"A": impact(delay="1d", cost=5)}),
        risk("S", 0, {"A": impact(delay="1d", cost=5)}),
        risk("T", 1, {"A": impact(delay="1d", cost=5)}, active=False),
    )
    result = happened({"risk/R/occurs": False}, task("A", "2d"), risks=risks)
    assert (result.finish["A"], result.outcome.cost) == ("02 17:00", 0)
    result = happened({"risk/R/occurs": True}, task("A", "2d"), risks=risks)
    assert (result.finish["A"], result.outcome.cost) == ("03 17:00", 5)


@pytest.mark.parametrize(
    ("factors", "parallel", "work"),
    [
        ((1.2, 1.3), False, 156),
        ((1.2, 1.3), True, 130),
        ((0.8, 0.5), True, 50),
        ((0.8, 1.3, 0.9, 1.1), True, 104),
    ],
)
def test_parallel_factors_count_by_their_extremes_and_series_factors_multiply(factors, parallel, work):
    risks = tuple(
        risk(f"D{k}", 1, {"A": impact(factor=f)}, kind="driver", parallel="weather" if parallel else "")
        for k, f in enumerate(factors)
    )
    assert happened({}, task("A", "100h"), risks=risks).outcome.work["A"] == work * 3600


def test_two_parallel_groups_and_a_series_factor_multiply():
    risks = (
        risk("A1", 1, {"*": impact(factor=1.2)}, parallel="a"),
        risk("A2", 1, {"*": impact(factor=1.1)}, parallel="a"),
        risk("B1", 1, {"*": impact(factor=1.5)}, parallel="b"),
        risk("C", 1, {"*": impact(factor=2)}),
    )
    assert happened({}, task("A", "10h"), risks=risks).outcome.work["A"] == 36 * 3600


def test_duration_is_rounded_once_to_the_nearest_tick_after_all_factors():
    risks = (risk("F", 1, {"A": impact(factor=1.5)}), risk("G", 1, {"A": impact(factor=1.5)}))
    draws = {"task/A/duration": 3}
    assert happened(draws, task("A", "0..1d"), risks=risks).outcome.work["A"] == 7  # 6.75, not round(4.5) x 1.5


def test_elapsed_delay_runs_on_the_clock_after_the_working_finish():
    risks = (risk("R", 1, {"A": impact(delay="1ed")}),)
    result = happened({}, task("A", "5d"), task("B", "1d", "A", calendar="six"), risks=risks)
    assert (result.finish["A"], result.start["B"]) == ("06 17:00", "08 06:00")
    assert result.outcome.work["A"] == 5 * DAY


def test_opportunity_cannot_take_more_than_the_duration():
    risks = (risk("O", 1, {"A": impact(delay="-3d"), "B": impact(delay="-1d")}, kind="opportunity"),)
    result = happened({}, task("A", "2d"), task("B", "2d", "A"), risks=risks)
    assert (result.start["B"], result.finish["B"]) == ("01 08:00", "01 17:00")


def test_minimum_duration_holds_for_tasks_and_not_for_milestones():
    risks = (risk("O", 1, {"*": impact(delay="-3d")}, kind="opportunity"),)
    result = happened({}, task("A", "2d"), task("M", 0, "A"), risks=risks, minimum_duration="4h")
    assert (result.finish["A"], result.finish["M"]) == ("01 12:00", "01 12:00")


def test_selectors_mean_tasks_by_team_tag_and_wbs_prefix():
    tasks = (
        task("A", "1d", team="Systems", wbs="1.2"),
        task("B", "1d", tags=("late", "hard"), wbs="1.2.3"),
        task("C", "1d", wbs="1.20"),
    )
    for selector, meant in [
        ("team:Systems", "A"),
        ("tag:hard", "B"),
        ("wbs:1.2", "AB"),
        ("wbs:1", "ABC"),
        ("*", "ABC"),
    ]:
        result = happened({}, *tasks, risks=(risk("R", 1, {selector: impact(delay="1d")}),))
        assert {id for id, work in result.outcome.work.items() if work > DAY} == set(meant), selector


def test_delay_of_the_project_is_working_time_of_its_calendar_after_all_tasks():
    risks = (risk("R", 1, {"project": impact(delay="2d", cost=70)}), risk("S", 1, {"project": impact(delay="1ed")}))
    result = happened({}, task("A", "6d", calendar="six"), risks=risks)
    assert result.finish["A"] == "06 14:00"
    assert result.project == "10 17:00"  # Saturday + 2 office days = Tuesday 17:00, + 24 h
    assert (result.days, result.outcome.cost) == (8.0, 70)
