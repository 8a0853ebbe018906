"""What leads into what, from the dates of tasks, beside what the core counts."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.drivers.paths import path_sample
from riskengine.engine.simulate import first_request
from riskengine.scenario import parse
from tests.support.plans_of_all_features import FS_NETWORK, RICH, THREATS

BRANCHES = FS_NETWORK.replace("[tasks.d]\n", "[tasks.d]\nexists = 0.6\n")
LOST = FS_NETWORK.replace(
    'calendar = "24h"',
    'calendar = "wet"\n[calendars.wet]\nweek = "mon-fri 08:00-16:00"\nlost = { mar = 0.3, apr = 0.2 }',
)
OFFICE = FS_NETWORK.replace('calendar = "24h"\n', "")


def paths_of(text, iterations=512, method="lhs", target=0):
    compiled = plan.compile(parse(tomllib.loads(text), "plan.toml"))
    settings = engine.Settings(iterations, 3, method, 1, has_contributions=False)
    sample = engine.simulate(compiled, settings)
    request = first_request(compiled, settings)
    return sample, path_sample(compiled, request, dimensions_of(compiled, request.method), target)


@pytest.mark.parametrize(
    "text",
    [FS_NETWORK, FS_NETWORK + THREATS.format(active="true"), OFFICE, RICH, BRANCHES, LOST],
    ids=["network", "threats", "office", "rich", "branches", "lost days"],
)
@pytest.mark.parametrize("target", [0, 1])
def test_longest_paths_are_those_that_the_core_counts(text, target):
    if target and "targets" not in text:
        text = text.replace("start =", 'targets = ["f"]\nstart =', 1)
    sample, found = paths_of(text, target=target)
    assert found.critical is not None
    assert np.count_nonzero(found.critical, axis=1).tolist() == sample.tasks.criticality_count[target].tolist()


def test_a_start_is_the_latest_that_is_asked_for():
    sample, found = paths_of(FS_NETWORK)
    ids = sample.tasks.id
    days = (sample.tasks.start - sample.start) / np.timedelta64(1, "D")
    for task in ("d", "f", "g"):
        into = found.successor == ids.index(task)
        assert np.count_nonzero(into) >= 2
        latest = found.wanted[into].max(axis=0)
        assert latest == pytest.approx(days[ids.index(task)], abs=1e-6)
        assert np.array_equal(found.drives[into], found.wanted[into] == latest)
    assert found.drives.any(axis=0).all()


def test_the_deterministic_plan_asks_for_its_own_dates():
    sample, found = paths_of(FS_NETWORK)
    ids = sample.tasks.id
    planned = (sample.tasks.deterministic_start - sample.start) / np.timedelta64(1, "D")
    for task in ("d", "f", "g"):
        assert found.planned[found.successor == ids.index(task)].max() == pytest.approx(planned[ids.index(task)])


def test_without_relationships_there_is_nothing_to_tell():
    text = 'schema = 1\nname = "one"\nstart = 2027-03-01\n[tasks.a]\nduration = [1, 2, 4]\n'
    assert paths_of(text)[1] is None
