"""Plans at the edge of what 32 bits and the years can count: exact, at a coarser tick, or refused, never wrapped."""

from pathlib import Path

import numpy as np
import pytest

import riskengine
from riskengine.errors import ScenarioError

HEAD = 'schema = 1\nname = "limits"\nstart = 2027-03-01\n'


def simulated(folder: Path, text: str):
    """The finishes of a scenario [working days]."""
    path = folder / "plan.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    run = riskengine.simulate(riskengine.read(path), iterations=512)
    return run.tables["iterations"].column("finish_days").to_numpy()


def refused(folder: Path, text: str) -> str:
    """The message with which a scenario is refused for its length."""
    with pytest.raises(ScenarioError) as caught:
        simulated(folder, text)
    assert [issue.code for issue in caught.value.issues] == ["RE601"]
    return caught.value.issues[0].value


def test_a_minimum_duration_that_cannot_be_counted_is_refused_by_name(tmp_path):
    text = "minimum_duration = '100000000d'\n[tasks.a]\nduration = [1, 2, 3]\n"
    assert "minimum_duration of 1e+08 d" in refused(tmp_path, text)


def test_a_minimum_duration_too_long_for_seconds_is_counted_in_minutes(tmp_path):
    text = "minimum_duration = '1000000d'\n[tasks.a]\nduration = [1, 2, 3]\n"
    assert np.all(simulated(tmp_path, text) == 1_000_000)


@pytest.mark.parametrize("days", [80_000, 30_000_000])
def test_a_lead_too_long_for_seconds_is_counted_in_minutes_or_refused(tmp_path, days):
    text = f"[tasks.a]\nduration = [1, 2, 3]\n[tasks.b]\nduration = 3\nafter = ['a FS-{days}d']\n"
    if days < 1_000_000:
        assert np.all(simulated(tmp_path, text) == 3)
    else:
        assert "relationship/a/b/FS/lag" in refused(tmp_path, text)


@pytest.mark.parametrize("kind", ["FF", "SF"])
def test_a_long_lead_before_a_long_task_does_not_wrap_around(tmp_path, kind):
    lag = "[-70_000, -60_000, -50_000]"
    tasks = "[tasks.a]\nduration = 2\n[tasks.b]\nduration = 30_000\n"
    finish = simulated(tmp_path, f"{tasks}after = [{{task = 'a', type = '{kind}', lag = {lag}}}]\n")
    assert np.all(finish == 30_000)


def test_a_delay_whose_ends_lie_too_far_apart_for_seconds_keeps_its_mean(tmp_path):
    finish = simulated(
        tmp_path,
        "[tasks.a]\nduration = 30\n[risks.r]\nkind = 'driver'\n"
        "[risks.r.impacts.a]\ndelay = {shape = 'uniform', low = -60_000, high = 60_000}\n",
    )
    # E max(0, 30 + U) = 60 030^2 / 240 000; in 512 strata its standard error is about 6 days, and wrapping costs 8 000
    assert abs(finish.mean() - 15_015) < 60
    assert finish.max() > 59_000


@pytest.mark.parametrize("target", ["a", "project"])
@pytest.mark.parametrize("delay", ["-50_000", "'-20000ed'"])
def test_opportunities_that_take_away_more_than_can_be_counted_leave_nothing(tmp_path, target, delay):
    risks = "".join(
        f"[risks.r{k}]\nkind = 'opportunity'\nprobability = 1\n[risks.r{k}.impacts.{target}]\ndelay = {delay}\n"
        for k in range(3)
    )
    finish = simulated(tmp_path, f"[tasks.a]\nduration = '8h'\n{risks}")
    assert np.all(finish == 0)


def test_a_calendar_closed_for_three_centuries_starts_work_after_them(tmp_path):
    closed = ", ".join(f"'{year}-01-01..{year + 9}-12-31'" for year in range(2020, 2320, 10))
    finish = simulated(
        tmp_path,
        f"calendar = 'c'\n[calendars.c]\nweek = 'mon-fri 08:00-16:00'\nholidays = [{closed}]\n"
        "[tasks.a]\nduration = 2\n",
    )
    assert np.all(finish == 2)
