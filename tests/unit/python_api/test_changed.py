"""``scenario.changed``: what a file would give that extends the scenario's and says the changes."""

import pytest

import riskengine
from riskengine import model
from tests.unit.python_api.plans import STAND

PLAN = (
    STAND
    + """
[defaults.task]
shape = "triangular"
[tasks."A.1"]
duration = { low = 1, most_likely = 2, high = 4 }
after = ["build SS+1d", "design"]
[tasks.handover]
milestone = true
after = ["A.1"]
"""
)


@pytest.fixture
def scenario():
    """The plan, read from a text."""
    return riskengine.read(PLAN)


def extending(folder, lines):
    """What a file gives that extends the plan and says so."""
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "change.toml").write_text(f'schema = 1\nextends = "plan.toml"\n{lines}', encoding="utf-8")
    return riskengine.read(folder / "change.toml")


SAYS_THE_SAME = [
    ({"risks.printer.probability": 0.2}, "risks.printer.probability = 0.2"),
    ({"tasks.build.duration": [1, 2, 4]}, "tasks.build.duration = [1, 2, 4]"),
    ({"tasks.build.duration": "3d"}, "tasks.build.duration = '3d'"),
    ({'tasks."A.1".duration': [2, 3, 9]}, 'tasks."A.1".duration = [2, 3, 9]'),
    ({"tasks.'A.1'.name": "Ä"}, 'tasks."A.1".name = "Ä"'),
    ({"tasks.paint": {"duration": [1, 2, 3], "after": ["build"]}}, "tasks.paint = {duration=[1,2,3], after=['build']}"),
    ({"tasks.build": {"cost": {"rate": 10}}}, "tasks.build.cost.rate = 10"),
    ({"tasks.design.cost.fixed": 100}, "tasks.design.cost.fixed = 100"),
    ({"risks.printer.impacts.build.delay": [3, 4, 9]}, "risks.printer.impacts.build.delay = [3, 4, 9]"),
    ({"risks.printer.impacts.design.factor": 1.1}, "risks.printer.impacts.design.factor = 1.1"),
    ({"risks": {"fire": {"probability": 0.1, "impacts": {"project": {"delay": 5}}}}},
     "[risks.fire]\nprobability = 0.1\nimpacts.project.delay = 5"),
    ({"defaults.task.shape": "pert"}, "defaults.task.shape = 'pert'"),
    ({"calendar": "24h"}, "calendar = '24h'"),
    ({"name": "Other", "description": "x"}, "name = 'Other'\ndescription = 'x'"),
    ({"data_date": "2027-03-08"}, "data_date = 2027-03-08"),
    ({"tasks.handover.duration": 2}, "tasks.handover.duration = 2"),
    ({"tasks.design.milestone": True}, "tasks.design.milestone = true"),
    ({"tasks.handover": None}, "remove = ['tasks.handover']"),
    ({"risks.printer": None, "gates.money": None}, "remove = ['risks.printer', 'gates.money']"),
    ({"tasks.build.cost.rate": None}, "remove = ['tasks.build.cost.rate']"),
    ({"tasks.build.cost": None, "tasks.build.cost.fixed": 7},
     "remove = ['tasks.build.cost']\ntasks.build.cost.fixed = 7"),
    ({'tasks."A.1".duration.high': 9}, 'tasks."A.1".duration = {low = 1, most_likely = 2, high = 9}'),
    ({"tasks.build.duration.high": 30}, "tasks.build.duration = [10, 12, 30]"),
    ({"tasks.build.duration[2]": 30}, "tasks.build.duration = [10, 12, 30]"),
    ({'tasks."A.1".after[0]': "build SS+2d"}, 'tasks."A.1".after = ["build SS+2d", "design"]'),
    ({'tasks."A.1".after[1]': None}, 'tasks."A.1".after = ["build SS+1d"]'),
    ({"minimum_duration": "1d"}, "minimum_duration = '1d'"),
    ({"gates.money.cost": 90_000, "gates.money.confidence": 0.9}, "gates.money = {cost = 90000, confidence = 0.9}"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "lines"), SAYS_THE_SAME, ids=[lines[:50] for _, lines in SAYS_THE_SAME])
def test_a_change_is_what_a_file_gives_that_says_it(tmp_path, scenario, changes, lines):
    before = scenario.to_json()
    changed, file = scenario.changed(changes), extending(tmp_path, lines)
    assert changed.to_json() == file.to_json()
    assert changed == file
    assert scenario.to_json() == before


def test_a_change_that_the_next_one_needs_comes_first(scenario):
    changed = scenario.changed(
        {"tasks.paint": {"duration": 3}, "tasks.paint.duration": 4, "tasks.build.after[0]": "paint"}
    )
    assert changed.tasks["paint"].duration.plan_value() == 4
    assert [link.task for link in changed.tasks["build"].after] == ["paint"]


def test_the_streams_are_those_of_the_first_scenario(scenario):
    changed = scenario.changed({"name": "Other"}).changed({"risks.printer.name": "Printer"})
    assert changed.project == scenario.project == "Exhibition stand"
    first, other = (riskengine.simulate(each, iterations=256) for each in (scenario, changed))
    assert first.tables["iterations"].equals(other.tables["iterations"])


def test_a_built_in_calendar_is_changed_as_one_that_is_written_out(scenario):
    changed = scenario.changed({"calendars.standard.hours_per_day": 4})
    assert (changed.calendars["standard"].hours_per_day, changed.calendars["standard"].week) == (
        4,
        scenario.calendars["standard"].week,
    )


def test_models_are_values_too(scenario):
    estimate = model.Uniform(low=3, high=9, unit="d")
    assert scenario.changed({"tasks.build.duration": estimate}).tasks["build"].duration == estimate
    task = scenario.tasks["build"]
    assert scenario.changed({"tasks.again": task}).tasks["again"].cost == task.cost


REFUSED = [
    ({"tasks.build.duration": [4, 2, 1]}, [("RE202", "tasks.build.duration")], ""),
    ({"risks.printer.probability": -1}, [("RE301", "risks.printer.probability")], ""),
    ({"tasks.build.duraton": 1}, [("RE111", "tasks.build.duraton")], 'did you mean "duration"?'),
    ({"tasks.build.cots.fixed": 1}, [("RE921", "tasks.build.cots.fixed")], ""),
    ({"tasks.bild.duration": 1}, [("RE921", "tasks.bild.duration")], 'did you mean "build"?'),
    ({"risk.printer.probability": 1}, [("RE921", "risk.printer.probability")], 'did you mean "risks"?'),
    ({"nme": "x"}, [("RE111", "nme")], 'did you mean "name"?'),
    ({"tasks.A.1.duration": 1}, [("RE921", "tasks.A.1.duration")], 'write tasks."A.1".duration'),
    ({"tasks.bild": None}, [("RE921", "tasks.bild")], 'did you mean "build"?'),
    ({"tasks.build.cost.rat": None}, [("RE921", "tasks.build.cost.rat")], 'did you mean "rate"?'),
    ({"tasks.build.duration.hihg": 1}, [("RE111", "tasks.build.duration.hihg")], 'did you mean "high"?'),
    ({"tasks.build.duration.high.x": 1}, [("RE921", "tasks.build.duration.high.x")], ""),
    ({"tasks.build.after[7]": "design"}, [("RE921", "tasks.build.after[7]")], ""),
    ({"tasks[0].duration": 1}, [("RE921", "tasks[0].duration")], "named by their ids"),
    ({"tasks[0]": {"duration": 1}}, [("RE921", "tasks[0]")], "named by their ids"),
    ({"tasks.build": 5}, [("RE113", "tasks.build")], ""),
    ({"risks": "r.csv"}, [("RE113", "risks")], ""),
    ({"start": None}, [("RE121", "start")], ""),
    ({"extends": "x.toml"}, [("RE921", "extends")], ""),
    ({"tasks_file": "t.csv"}, [("RE921", "tasks_file")], ""),
    ({"schema": 2}, [("RE921", "schema")], ""),
    ({"": 1}, [("RE921", "")], "tasks.design.duration"),
    ({"a..b": 1}, [("RE921", "")], ""),
    ({'tasks."build.duration': 1}, [("RE921", "")], ""),
    ({5: 1}, [("RE921", "")], ""),
    ({"tasks.build.duration": object}, [("RE113", "tasks.build.duration")], "what a file can say"),
    ({"tasks.build.name": 5}, [("RE113", "tasks.build.name")], ""),
    ({"tasks.build": {"duration": None}}, [("RE201", "tasks.build.duration")], ""),
    ({"tasks.a/b": {"duration": 1}}, [("RE115", 'tasks."a/b"')], ""),
]


@pytest.mark.parametrize(("changes", "faults", "words"), REFUSED, ids=[str(changes) for changes, _, _ in REFUSED])
def test_a_change_that_no_file_may_say_is_refused(scenario, changes, faults, words):
    with pytest.raises(riskengine.ScenarioError) as refused:
        scenario.changed(changes)
    assert [(issue.code, issue.path) for issue in refused.value.issues] == faults
    assert words in str(refused.value)
    assert [(issue.file, issue.line) for issue in refused.value.issues] == [("changes", None)] * len(faults)


def test_every_fault_of_all_changes_is_told_at_once(scenario):
    with pytest.raises(riskengine.ScenarioError) as refused:
        scenario.changed({"tasks.x.duration": 1, "risks.printer.probability": 2, "tasks.build.duration": [3, 2, 1]})
    assert {issue.code for issue in refused.value.issues} == {"RE921", "RE301", "RE202"}


def test_what_a_change_breaks_elsewhere_is_told_at_its_line(scenario):
    with pytest.raises(riskengine.ScenarioError) as refused:
        scenario.changed({"tasks.design": None})
    lines = PLAN.splitlines()
    places = {(issue.code, issue.file, lines[issue.line - 1]) for issue in refused.value.issues}
    assert ("RE220", "scenario.toml", 'after = ["design"]') in places
    assert ("RE220", "scenario.toml", 'after = ["build SS+1d", "design"]') in places


def test_a_place_that_an_earlier_change_gave_has_no_line(scenario):
    changed = scenario.changed({"tasks.build.after": ["design"]})
    with pytest.raises(riskengine.ScenarioError) as refused:
        changed.changed({"tasks.design": None})
    assert ("changes", None) in {(issue.file, issue.line) for issue in refused.value.issues}


@pytest.mark.parametrize("changes", [None, 3, "tasks.build", [("a", 1)]])
def test_what_is_no_mapping_of_changes_is_refused(scenario, changes):
    with pytest.raises(riskengine.UsageError, match="RE922 changes"):
        scenario.changed(changes)


def test_range_templates_still_apply_after_a_change():
    text = PLAN + "\n[templates.wide]\nselect = '*'\nrange = [0.8, 1.0, 1.5]\n[tasks.pack]\nduration = '10d'\n"
    changed = riskengine.read(text).changed({"tasks.pack.duration": "20d"})
    assert changed.tasks["pack"].duration.bounds() == (16, 30)


def test_critical_tasks_are_those_of_the_first_scenario(tmp_path):
    """A change that makes another task critical does not move the ranges, as in a file that extends the first."""
    text = (
        'schema = 1\nname = "x"\nstart = 2027-03-01\n[tasks.long]\nduration = 10\n[tasks.short]\nduration = 5\n'
        "[templates.c]\nselect = 'critical'\nrange = [0.5, 1.0, 2.0]\n"
    )
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    first = riskengine.read(text)
    changed = first.changed({"name": "y"}).changed({"tasks.short.duration": 20, "name": "x"})
    file = riskengine.read('schema=1\nextends = "plan.toml"\ntasks.short.duration = 20', folder=tmp_path)
    assert changed == file
    assert [changed.tasks[task].duration.bounds() for task in ("long", "short")] == [(5, 20), (20, 20)]
