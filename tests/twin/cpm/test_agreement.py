"""The product's dates against the reference CPM on random schedules with progress, constraints and spans."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from riskengine.model import Scenario
from riskengine.plan import compile
from riskengine.schedule.dates.compute import dates
from tests.support.slow_parameters import with_slow
from tests.twin.cpm import critical_path as cpm
from tests.twin.cpm.scenario import network
from tests.twin.simulator import written
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.generator import Document, document
from tests.twin.simulator.under_way import under_way

FIELDS = ("early_start", "early_finish", "late_start", "late_finish")


def seconds(value: np.datetime64) -> int:
    """An instant of the product as one of the reference."""
    moment: Any = value.astype("datetime64[s]").astype(datetime)
    return cpm.instant(moment)


def moves(activity: cpm.Activity) -> bool:
    """Whether logic sets the early dates of a task that takes time."""
    is_mandatory = any(type in ("MSO", "MFO") for type, _ in activity.constraints)
    return activity.work > 0 and not activity.is_finished and not is_mandatory


def differences(scenario: Scenario) -> list[str]:
    """Dates that differ, by the working time between them, and floats."""
    plan = compile(scenario)
    product = dates(plan)
    wanted = network(with_actions(scenario))
    reference = cpm.schedule(wanted)
    found = []
    # free float: none is said before what is over, mandatory or an instant
    open_ended = set(wanted.activities) - {
        link.predecessor for link in wanted.links if not moves(wanted.activities[link.successor])
    }
    is_over = all(activity.is_finished or activity.is_span for activity in wanted.activities.values())
    fields = [name for name in FIELDS if not (is_over and name.startswith("late"))]  # nothing is left to be late for
    for row, id in enumerate(plan.task):
        activity = wanted.activities[id]
        if activity.is_span:
            continue
        for name in fields:
            mine = getattr(reference, name)[id]
            its = getattr(product, name)[row]
            if np.isnat(its) or activity.hours.between(mine, seconds(its)):
                found.append(f"{name} of {id}: {its}, reference {cpm.moment(mine)}")
        for name in ("start_float", "finish_float", "free_float"):
            if activity.is_finished:
                continue
            if name == "free_float" and id not in open_ended:
                continue
            hours = getattr(reference, name)[id] / 3600
            its = getattr(product, name)[row]
            if abs(its - hours) > 1e-6:
                found.append(f"{name} of {id}: {its} h, reference {hours} h")
    return found


def disagreements(make: Callable[[int], Document], seeds: Iterable[int], folder: Path) -> list[str]:
    """First differences of each scenario."""
    found = []
    for seed in seeds:
        scenario = written.read(make(seed), folder)
        found += [f"scenario {seed}: {line}" for line in differences(scenario)[:3]]
    return found


def known(seed: int) -> Document:
    """A schedule under way without uncertain lags: whether a lead that is over counts is asked of known ones."""
    return under_way(seed, are_lags_known=True)


def test_dates_agree_on_schedules_that_have_not_begun(tmp_path):
    assert disagreements(document, range(50), tmp_path) == []


@pytest.mark.parametrize("first", with_slow([0, 50], [50]))
def test_dates_agree_on_schedules_under_way(first, tmp_path):
    assert disagreements(known, range(first, first + 50), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 6000, 500))
def test_dates_agree_on_thousands_of_schedules_under_way(first, tmp_path):
    assert disagreements(known, range(first, first + 500), tmp_path) == []
