"""Generated scenarios reach every rule, and are what their text says."""

import tomllib
from collections import Counter

from riskengine.model import Scenario
from tests.twin.simulator import agreement, written
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.generator import document
from tests.twin.simulator.risks import hits
from tests.twin.simulator.simulator import Simulator


def features(scenario: Scenario, run: agreement.Run) -> set[str]:
    """What happens in the first iteration and the plan of a scenario, in words."""
    scenario = with_actions(scenario)
    twin = Simulator(scenario, run.plan.time.tick)
    draw = agreement.draws_of(scenario, run.seen, 0)
    outcome = twin.iteration(draw)
    found = {"one calendar" if run.plan.clocks is None else "several calendars", scenario.lag_calendar}
    found.add("milestone is the project's end" if max(outcome.finish.values()) == 0 else "work")
    for id, task in scenario.tasks.items():
        pairs = Counter((link.task, link.type) for link in task.after)
        found |= {"several relationships of a pair"} if max(pairs.values(), default=0) > 1 else set()
        if outcome.finish[id] == 0 and task.after:
            found.add("a successor ends at the start")
        if outcome.work[id] == 0:
            found.add("milestone" if task.is_milestone else "work of zero")
        if not twin.calendar_of(task).is_open(outcome.finish[id]):
            found.add("finish where nobody works")
        for place, link in enumerate(task.after):
            lag = twin.lag(id, place, draw)
            how = "clock" if lag.calendar is None else "working"
            sign = "lag" if lag.ticks > 0 else "lead" if lag.ticks < 0 else "no lag"
            found.add(f"{link.type} {sign}" + (f" {how}" if lag.ticks else ""))
            if link.lag.shape != "constant":
                found.add("uncertain lag")
        if task.resources:
            found.add("resources")
    acting: Counter[tuple[str, str]] = Counter()
    for hit in hits(scenario, draw):
        found.add(f"{hit.risk.kind} {hit.kind}" + (" project" if hit.target == "project" else ""))
        found.add(f"{hit.kind} {hit.risk.impact_sampling}")
        if hit.kind == "delay" and hit.estimate.unit in ("eh", "ed"):
            found.add("elapsed delay" + (" project" if hit.target == "project" else ""))
        if hit.kind == "factor" and hit.risk.parallel:
            acting[hit.target, hit.risk.parallel] += 1
    if max(acting.values(), default=0) > 1:
        found.add("two parallel factors on a task")
    for target, path in outcome.critical.items():
        found |= {"target"} if target != "project" else set()
        found |= {"everything critical"} if len(path) == len(scenario.tasks) > 1 else set()
    found |= {"cost line"} if scenario.costs else set()
    return found


EXPECTED = {
    *(f"{kind} {lag}" for kind in ("FS", "SS", "FF", "SF") for lag in ("no lag", "lag working", "lead working")),
    *(f"{kind} {lag}" for kind in ("FS", "SS", "FF", "SF") for lag in ("lag clock", "lead clock")),
    *(f"{kind} {what}" for kind in ("threat", "opportunity", "driver") for what in ("delay", "factor", "cost")),
    *(
        f"{what} {sampling}"
        for what in ("delay", "factor", "cost")
        for sampling in ("default", "shared", "independent")
    ),
    *("threat delay project", "threat cost project", "elapsed delay", "elapsed delay project"),
    *("predecessor", "successor", "project", "24h", "one calendar", "several calendars", "uncertain lag"),
    *("several relationships of a pair", "milestone", "work of zero", "finish where nobody works", "resources"),
    *("two parallel factors on a task", "target", "everything critical", "cost line", "a successor ends at the start"),
}


def test_generated_scenarios_reach_every_rule(made):
    reached = Counter(feature for scenario, run in made for feature in features(scenario, run))
    assert {feature for feature in EXPECTED if reached[feature] < 2} == set()


def test_toml_and_json_of_a_document_are_one_scenario(tmp_path):
    for seed in range(20):
        text = document(seed)
        assert tomllib.loads(written.toml(text)) == text
        assert written.read(text, tmp_path, ".toml") == written.read(text, tmp_path, ".json")


def test_a_seed_names_one_scenario():
    assert document(3) == document(3)
    assert document(3) != document(4)
