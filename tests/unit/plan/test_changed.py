"""A compiled plan takes a changed scenario, and is what compiling that scenario gives, in every bit."""

import json
import tomllib
from random import Random

import pytest

from riskengine import engine, plan
from riskengine.analysis import tables
from riskengine.errors import ScenarioError
from riskengine.model import Scenario
from riskengine.plan.variables.variable import VariableBook
from riskengine.scenario import dumps, parse
from tests.unit.plan.chains import differences, drawn_scenario, put, step

STEPS = 6
FEW, MANY = range(60), range(60, 1060)
SIMULATED = 10
"""One of so many chains is simulated, too."""


def made_or_refused(function, *arguments):
    """Return a plan or a scenario, or why there is none."""
    try:
        return function(*arguments)
    except ScenarioError as error:
        return str(error)


def said_in_a_file(scenario: Scenario) -> Scenario | str:
    """Return the scenario as it is read from a file that says the same, or why such a file is refused."""
    return made_or_refused(parse, json.loads(dumps(scenario)))


def check_chain(seed: int) -> None:
    rng = Random(seed)
    scenario = drawn_scenario(seed)
    made = plan.compile(scenario)
    for _ in range(STEPS):
        following = step(rng, scenario)
        written = said_in_a_file(following)
        if isinstance(written, str):  # such as an opportunity that costs
            continue
        scenario = following
        found = made_or_refused(plan.changed, made, scenario)
        fresh = made_or_refused(plan.compile, written)
        assert differences(found, fresh) == [], seed
        if isinstance(found, str):
            return
        made = found
    if seed % SIMULATED == 0:
        settings = engine.Settings(300, seed=seed, method=("random", "lhs", "sobol")[seed % 3], threads=1)
        one, other = (tables(engine.simulate(each, settings)) for each in (made, fresh))
        assert {name: table.to_pylist() for name, table in one.items()} == {
            name: table.to_pylist() for name, table in other.items()
        }


@pytest.mark.parametrize("seed", FEW)
def test_a_chain_of_changes_is_what_compiling_its_end_gives(seed):
    check_chain(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_a_thousand_chains_of_changes_are_what_compiling_their_ends_gives(seed):
    check_chain(seed)


HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'
TEXT = """
[tasks.a]
duration = [2, 3, 6]
cost = { fixed = 100, rate = [10, 20, 30] }
[tasks.b]
duration = 3
after = ["a"]
[risks.r]
probability = 0.3
[risks.r.impacts.a]
delay = [1, 2, 3]
[gates.g]
finish = 2027-04-01
confidence = 0.8
"""


def scenario_of(text: str = TEXT) -> Scenario:
    return parse(tomllib.loads(HEAD + text), "x.toml")


@pytest.fixture
def never_compiled(monkeypatch):
    """Fail where a change is compiled again."""

    def compile(scenario, room):
        raise AssertionError("compiled again")

    monkeypatch.setitem(plan.changed.__globals__, "compile", compile)


CHEAP = {
    "probability": ("risks", "r", {"probability": 0.7}),
    "switch": ("risks", "r", {"active": False}),
    "gate": ("gates", "g", {"confidence": 0.95}),
    "target": ("gates", "g", {"target": "a"}),
    "name": ("tasks", "a", {"name": "Foundations"}),
}


@pytest.mark.parametrize("change", CHEAP)
def test_what_moves_no_variable_leaves_all_arrays_alone(change, never_compiled):
    scenario = scenario_of()
    before = plan.compile(scenario)
    part, key, values = CHEAP[change]
    after = put(scenario, part, key, **values)
    found = plan.changed(before, after)
    assert differences(found, plan.compile(after)) == []
    assert found.variables is before.variables and found.costs is before.costs and found.late is before.late


def replaced(text: str, old: str, new: str) -> Scenario:
    assert old in text
    return scenario_of(text.replace(old, new))


ESTIMATES = {
    "duration": ("[2, 3, 6]", "[2, 4, 6]"),
    "another shape": ("duration = 3\n", 'duration = { shape = "discrete", values = [1, 5], weights = [1, 1] }\n'),
    "known now": ("duration = [2, 3, 6]", "duration = 3"),
    "another unit": ("duration = [2, 3, 6]", 'duration = ["2w", "3w", "6w"]'),
    "longer than the calendars": ("duration = [2, 3, 6]", "duration = [2, 3, 600]"),
    "delay": ("delay = [1, 2, 3]", "delay = [1, 2, 4]"),
    "amount": ("fixed = 100", "fixed = 200"),
    "rate": ("rate = [10, 20, 30]", "rate = [10, 20, 40]"),
}


@pytest.mark.parametrize("change", ESTIMATES)
def test_estimates_are_taken_over_without_compiling_again(change, never_compiled):
    before, after = scenario_of(), replaced(TEXT, *ESTIMATES[change])
    assert differences(plan.changed(plan.compile(before), after), plan.compile(after)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fixed = 100", "fixed = [100, 200, 300]"),
        ('after = ["a"]', 'after = ["a +2d"]'),
        ("delay = [1, 2, 3]", 'delay = ["1ed", "2ed", "3ed"]'),
        ("probability = 0.3", 'probability = 0.3\nparallel = "p"'),
        ("[risks.r.impacts.a]", '[risks.r.impacts."*"]'),
        ("duration = 3\n", "duration = 0\n"),
    ],
)
def test_what_changes_the_structure_is_compiled_again(old, new, never_compiled):
    before, after = scenario_of(), replaced(TEXT, old, new)
    with pytest.raises(AssertionError, match="compiled again"):
        plan.changed(plan.compile(before), after)


def test_a_plan_stays_as_it_is_when_it_is_changed():
    scenario = scenario_of()
    made, same = plan.compile(scenario), plan.compile(scenario)
    for old, new in ESTIMATES.values():
        plan.changed(made, replaced(TEXT, old, new))
    assert differences(made, same) == []


def test_calendars_become_shorter_again_when_estimates_do():
    short, long = scenario_of(), replaced(TEXT, "[2, 3, 6]", "[2, 3, 600]")
    made = plan.changed(plan.compile(long), short)
    assert made.time.calendars[0].days < plan.compile(long).time.calendars[0].days
    assert differences(made, plan.compile(short)) == []


def test_a_plan_in_minutes_becomes_one_in_seconds_when_it_fits():
    long = replaced(TEXT, "duration = 3\n", "duration = 90_000\n")
    made = plan.changed(plan.compile(long), scenario_of())
    assert (plan.compile(long).time.tick, made.time.tick) == (60, 1)
    assert differences(made, plan.compile(scenario_of())) == []


def test_only_the_table_that_changed_is_made(monkeypatch):
    text = TEXT.replace("duration = 3\n", "duration = [3, 4, 9]\n")
    before = plan.compile(scenario_of(text))
    made = []
    original = VariableBook._distributions
    monkeypatch.setattr(VariableBook, "_distributions", lambda book, rows: made.append(rows) or original(book, rows))
    found = plan.changed(before, replaced(text, "[2, 3, 6]", "3"))
    assert made == [[]] and not any(made)
    assert differences(found, plan.compile(replaced(text, "[2, 3, 6]", "3"))) == []


def test_a_comparison_of_plans_sees_one_bit():
    scenario = scenario_of()
    made = plan.compile(scenario)
    other = plan.compile(scenario)
    other.variables.table[0, 0] ^= 1
    assert differences(made, other)[0] == "plan.variables.table: uint64(3, 544) and uint64(3, 544)"


def test_a_finished_task_is_still_estimated_where_it_is_correlated():
    """Tails cannot be had with a duration of few values, finished or not; only compiling says so."""
    said = {
        "schema": 1,
        "name": "P",
        "data_date": "2027-03-15",
        "tasks": {
            "a": {"duration": [2, 3, 6], "actual_start": "2027-03-01", "actual_finish": "2027-03-04"},
            "b": {"duration": [2, 3, 6], "after": ["a"]},
        },
        "correlations": {"g": {"between": ["a", "b"], "rank": 0.5, "tails": 4}},
    }
    before = parse(said)
    said["tasks"]["a"]["duration"] = {"shape": "discrete", "values": [2, 3], "weights": [1, 1]}
    after = parse(said)
    with pytest.raises(ScenarioError, match="RE332"):
        plan.compile(after)
    with pytest.raises(ScenarioError, match="RE332"):
        plan.changed(plan.compile(before), after)
