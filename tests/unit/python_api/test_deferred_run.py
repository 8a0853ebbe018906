"""A run writes out its scenario when somebody asks for it, and then the one that was simulated."""

import pickle

import pytest

import riskengine
from riskengine.api import scenario as scenarios
from riskengine.scenario import digest_of, dumps
from tests.unit.python_api.plans import STAND


def run_of(scenario):
    """A short run without contributions."""
    return riskengine.simulate(scenario, iterations=64, threads=1, contributions=False)


def test_a_date_asks_for_no_resolved_form(monkeypatch):
    written = []
    monkeypatch.setattr(scenarios, "dumps", lambda scenario: written.append(scenario) or dumps(scenario))
    run = run_of(riskengine.read(STAND))
    run.finish(0.8)
    run.cost(0.8)
    with pytest.raises(riskengine.UsageError, match="RE92"):
        run.finish(0.8, target="nobody")
    assert written == []
    assert run.manifest["digest"] == digest_of(run.scenario_json)
    assert run.scenario_json is run.scenario_json
    assert len(written) == 1


@pytest.mark.parametrize(
    "alter",
    [
        lambda scenario: scenario.tasks.popitem(),
        lambda scenario: scenario.risks.clear(),
        lambda scenario: scenario.tasks.update(build=scenario.tasks["build"].model_copy(update={"name": "other"})),
    ],
)
def test_what_is_done_to_a_scenario_after_its_run_does_not_change_what_the_run_says(alter):
    scenario = riskengine.read(STAND)
    resolved = scenario.to_json()
    run = run_of(scenario)
    alter(scenario)
    assert dumps(scenario) != resolved
    assert run.scenario_json == resolved
    assert run.manifest["digest"] == digest_of(resolved)


def test_the_manifest_is_that_of_a_run_from_its_folder(tmp_path):
    run = run_of(riskengine.read(STAND))
    run.write(tmp_path / "run")
    stored = riskengine.open_run(tmp_path / "run")
    assert {name: stored.manifest[name] for name in run.manifest} == run.manifest
    assert list(run.manifest)[:2] == ["run", "digest"]
    assert stored.scenario_json == run.scenario_json


def test_a_run_that_goes_to_another_process_takes_everything_along():
    run = run_of(riskengine.read(STAND))
    other = pickle.loads(pickle.dumps(run))  # noqa: S301  # what this test has just pickled
    assert (type(other), other.manifest, other.scenario_json) == (type(run), run.manifest, run.scenario_json)
    assert all(other.tables[name].equals(run.tables[name]) for name in run.tables)
