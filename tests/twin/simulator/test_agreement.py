"""The engine against its twin on random scenarios: exactly, in ticks, iteration by iteration."""

import pytest

from tests.twin.simulator import agreement, build
from tests.twin.simulator.sweep import disagreements


@pytest.mark.parametrize("first", range(1000, 1100, 100))
def test_engine_and_twin_agree_in_every_iteration(first, tmp_path):
    assert disagreements("plain", range(first, first + 100), tmp_path, iterations=12) == []


@pytest.mark.parametrize("first", range(10_003, 10_103, 20))
def test_engine_and_twin_agree_on_a_tenth_of_the_thousands(first, tmp_path):
    """Every tenth scenario of the slow sweep, 10503 among them, which once showed an FF with a lead a night apart."""
    seeds = [seed for one in (first, first + 10) for seed in range(one, 16_000, 100)]
    assert disagreements("plain", seeds, tmp_path, iterations=20) == []


@pytest.mark.parametrize(("calendar", "times"), [("office", 5), ("24h", 1)])
def test_engine_and_twin_agree_on_a_project_of_a_century_in_minutes(calendar, times):
    plan = build.scenario(
        build.task("A", f"{200 * times}..{400 * times}mo", calendar=calendar),
        build.task("B", f"{300 * times}..{500 * times}mo", "A FS-3..2mo"),
        build.task("M", 0, "B SS+1000d"),
        build.task("C", f"{200 * times}..{400 * times}mo", "M FF", "B FF+5..60h", calendar=calendar),
    )
    run = agreement.run(plan, 3, "sobol", 2)
    assert run.plan.time.tick == 60
    assert list(agreement.differences(plan, run)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 16_000, 500))
def test_engine_and_twin_agree_on_thousands_of_scenarios(first, tmp_path):
    assert disagreements("plain", range(first, first + 500), tmp_path, iterations=20) == []


@pytest.mark.slow
def test_engine_and_twin_agree_over_several_blocks(tmp_path):
    assert disagreements("plain", range(40), tmp_path, iterations=700) == []
