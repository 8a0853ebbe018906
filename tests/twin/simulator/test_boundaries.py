"""The engine against its twin where dates fall on the ends of shifts, and what makes sure that they do."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from riskengine.analysis.decision import decide
from riskengine.engine.dates.display_dates import display_dates
from riskengine.engine.simulate import Settings, deterministic, simulate
from riskengine.model import Constant, CostLine, Gate, Scenario
from riskengine.plan import compile
from tests.twin.simulator import agreement, boundaries, build, written
from tests.twin.simulator.build import MONDAY
from tests.twin.simulator.faults import AT_BOUNDARIES
from tests.twin.simulator.simulator import Simulator
from tests.twin.simulator.sweep import disagreements

FEW = 120
LEAST = 3
"""Scenarios of the first ones that must show a fault."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The first scenarios on boundaries, each with the engine's run of a few iterations."""
    folder = tmp_path_factory.mktemp("boundaries")
    scenarios = [written.read(boundaries.document(seed), folder) for seed in range(FEW)]
    return [(scenario, agreement.run(scenario, 5, "random", 4)) for scenario in scenarios]


def test_engine_and_twin_agree_at_the_ends_of_shifts(made):
    assert [k for k, pair in enumerate(made) if next(agreement.differences(*pair), None) is not None] == []


@pytest.mark.parametrize("fault", AT_BOUNDARIES)
def test_agreement_at_boundaries_fails_under_the_fault(fault, made, monkeypatch):
    AT_BOUNDARIES[fault](monkeypatch)
    found = 0
    for pair in made:
        found += next(agreement.differences(*pair), None) is not None
        if found == LEAST:
            return
    pytest.fail(f"{found} of {len(made)} scenarios show it")


def features(scenario: Scenario, run: agreement.Run) -> Iterator[str]:
    """What the plan of a scenario has at the ends of shifts, in words."""
    twin = Simulator(scenario, run.plan.time.tick)
    outcome = twin.plan()
    for id, task in scenario.tasks.items():
        if not id.startswith("b"):
            continue
        link, walk = task.after[0], twin.calendar_of(task)
        instant = (outcome.start if link.type in ("FS", "SS") else outcome.finish)[id]
        lag = twin.lag(id, 0, None).ticks
        if walk.working_form(instant) != walk.shift_end_form(instant):
            yield f"{link.type} {'lag' if lag > 0 else 'lead' if lag else 'no lag'}"
            yield "instant" if task.is_milestone else "work"
            yield f"lag calendar {scenario.lag_calendar}"
    met = list(agreement.gates_met(scenario, twin, outcome))
    for id, gate in scenario.gates.items():
        instant = outcome.project_finish if gate.target == "project" else outcome.finish[gate.target]
        yield f"gate {'met' if id in met else 'missed'}"
        if twin.moment(instant) == gate.finish:
            yield "gate at the instant"


EXPECTED = {
    *(f"{kind} {lag}" for kind in boundaries.TYPES for lag in ("lag", "lead")),
    *(f"lag calendar {keeper}" for keeper in ("predecessor", "successor", "project", "24h")),
    *("instant", "work", "gate met", "gate missed", "gate at the instant"),
}


def test_boundaries_are_met_by_every_type_of_relationship_with_lag_and_lead(made):
    reached = Counter(feature for pair in made for feature in features(*pair))
    assert {feature for feature in EXPECTED if reached[feature] < LEAST} == set()


def test_a_lead_of_an_ff_to_a_shift_end_lets_the_finish_stand_at_the_next_shift():
    # the lead of half a day goes back from Wednesday noon to the working instant of Tuesday 17:00, Wednesday 08:00
    plan = build.scenario(build.task("A", "20h"), build.task("B", "8h", "A FF-4h"), build.task("C", "4h", "B FS+2eh"))
    twin = Simulator(plan)
    outcome = twin.plan()
    dates = {id: (twin.moment(outcome.start[id]), twin.moment(outcome.finish[id])) for id in "BC"}
    assert [f"{date:%a %H:%M}" for pair in dates.values() for date in pair] == [
        *("Tue 08:00", "Wed 08:00"),
        *("Wed 10:00", "Wed 15:00"),
    ]
    assert list(agreement.differences(plan, agreement.run(plan, 1, "random", 2))) == []


def test_whatever_reads_a_finish_at_a_boundary_reads_that_instant():
    # B's work is done on Tuesday 17:00, and it finishes on Wednesday 08:00; C runs for a day on the clock from 10:00
    gates = {
        name: Gate(id=name, target="B", finish=MONDAY + timedelta(days=days, hours=hours), confidence=0.5)
        for name, days, hours in (("evening", 1, 17), ("a second too early", 2, 7 + 3599 / 3600), ("morning", 2, 8))
    }
    plan = build.scenario(
        build.task("A", "20h"),
        build.task("B", "8h", "A FF-4h", rate=80),
        build.task("C", "1d", "B FS+2eh", calendar="24h"),
        costs=(CostLine(id="site", rate=Constant(value=24)),),
        project_calendar="24h",
        targets=("B",),
        gates=gates,
    )
    sample = simulate(compile(plan), Settings(iterations=16, threads=1))
    assert set(sample.finish[1].astype("datetime64[s]").astype(datetime)) == {MONDAY + timedelta(days=2, hours=8)}
    assert {answer.gate.id: answer.count for answer in decide(sample).gates} == dict(
        zip(gates, (0, 0, 16), strict=True)
    )
    # one day of B's rate, and three days and ten hours of the site until C is done on Thursday 10:00
    assert sample.cost.tolist() == pytest.approx([80 + 24 * (3 + 10 / 24)] * 16)


def test_a_seed_names_one_scenario_on_boundaries():
    assert boundaries.document(3) == boundaries.document(3)
    assert boundaries.document(3) != boundaries.document(4)


def test_a_task_elsewhere_on_another_calendar_moves_no_date_or_gate():
    # counted in working time alone, B's finish on Wednesday 08:00 and its milestone were shown on Tuesday 17:00
    evening = Gate(id="evening", target="B", finish=MONDAY + timedelta(days=1, hours=17), confidence=0.5)
    tasks = [
        build.task("A", "20h"),
        build.task("B", "8h", "A FF-4h"),
        build.task("C", 0, "B SS"),
        build.task("D", 0, "B FF"),
        build.task("E", "4h", "A"),
    ]
    elsewhere = build.task("Z", "1h", calendar="24h")
    counts, dates = [], []
    for plan in (tasks, [*tasks, elsewhere]):
        compiled = compile(build.scenario(*plan, gates={"evening": evening}))
        sample = simulate(compiled, Settings(iterations=16, threads=1))
        counts.append([answer.count for answer in decide(sample).gates])
        exact = deterministic(compiled)
        start, finish = display_dates(compiled, exact, 1)
        pairs = zip(compiled.task, start[:, 0], finish[:, 0], strict=True)
        dates.append({id: (str(begin), str(end)) for id, begin, end in pairs if id != "Z"})
    assert counts == [[0], [0]]
    assert dates[0] == dates[1]
    assert dates[0]["B"][1][8:16] == "03T08:00"
    assert dates[0]["C"][1][8:16] == "02T08:00"


@pytest.mark.parametrize(
    ("after", "is_counted"), [("A FF-4h", False), ("A FF+4h", True), ("A FS-4h", True), ("A SF", False), ("F SF", True)]
)
def test_working_time_is_counted_only_where_it_can_tell_every_date(after, is_counted):
    plan = build.scenario(build.task("F", "4h"), build.task("A", "20h", "F"), build.task("B", "8h", after))
    assert (compile(plan).clocks is None) is is_counted


def test_engine_and_twin_agree_at_boundaries_on_one_calendar(tmp_path):
    assert disagreements("boundaries on one calendar", range(120), tmp_path, iterations=6) == []
    assert disagreements("boundaries on one calendar under way", range(60), tmp_path, iterations=6) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 13_000, 500))
def test_engine_and_twin_agree_on_thousands_of_boundaries_on_one_calendar(first, tmp_path):
    assert disagreements("boundaries on one calendar", range(first, first + 500), tmp_path, iterations=8) == []


def test_engine_and_twin_agree_at_boundaries_of_projects_under_way(tmp_path):
    assert disagreements("boundaries under way", range(60), tmp_path, iterations=6) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 13_000, 500))
def test_engine_and_twin_agree_on_thousands_of_boundaries(first, tmp_path):
    assert disagreements("boundaries", range(first, first + 500), tmp_path, iterations=8) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 11_000, 250))
def test_engine_and_twin_agree_on_thousands_of_boundaries_under_way(first, tmp_path):
    assert disagreements("boundaries under way", range(first, first + 250), tmp_path, iterations=8) == []
