"""A scenario that was changed is compiled from the plan of the one before, and runs as one that was read."""

import subprocess
import sys

import pytest

import riskengine
from riskengine import plan
from tests.unit.python_api.plans import STAND


@pytest.fixture
def calls(monkeypatch):
    """How often plans were compiled."""
    made: list[str] = []
    compile = plan.compile

    def counted(scenario, room=0):
        made.append(scenario.name)
        return compile(scenario, room)

    monkeypatch.setattr(plan, "compile", counted)
    monkeypatch.setitem(plan.changed.__globals__, "compile", counted)
    return made


def tables_of(run):
    return {name: table.to_pydict() for name, table in run.tables.items()}


CHANGES = [
    {"risks.printer.probability": 0.6},
    {"tasks.design.duration": [5, 9, 16]},
    {"gates.hall-opens.confidence": 0.4, "risks.printer.active": False},
    {"tasks.build.cost.rate": [800, 900, 1000]},
]


def test_a_chain_of_changes_runs_as_files_that_say_the_same(calls):
    scenario = riskengine.read(STAND)
    riskengine.simulate(scenario, iterations=256)
    assert len(calls) == 1
    for change in CHANGES:
        scenario = scenario.changed(change)
        run = riskengine.simulate(scenario, iterations=256)
        fresh = riskengine.simulate(riskengine.read(scenario.to_json()), iterations=256)
        assert tables_of(run) == tables_of(fresh)
    # once at first, once for each fresh file, and once where a known rate became an uncertain one
    assert len(calls) == 1 + len(CHANGES) + 1


def test_variants_of_one_scenario_do_not_move_each_other():
    base = riskengine.read(STAND)
    alone = tables_of(riskengine.simulate(base, iterations=256))
    for probability in (0.1, 0.9):
        riskengine.simulate(base.changed({"risks.printer.probability": probability}), iterations=256)
    assert tables_of(riskengine.simulate(base, iterations=256)) == alone


def test_reading_a_scenario_loads_no_library_of_plans():
    code = "import sys, riskengine; riskengine.read(sys.argv[1]); print('numba' in sys.modules, 'scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, STAND], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
