"""Range templates: which tasks they select, what they make of a known duration, and what they leave alone."""

import pytest

import riskengine.reading
from riskengine.errors import ScenarioError
from riskengine.model import Constant, Lognormal, Pert, Triangular, Uniform
from riskengine.scenario import dumps, parse, resolve
from riskengine.scenario.hooks import Hooks
from riskengine.scenario.sections.apply_range_templates import RangeAssignment
from tests.support.scenario_text import HEAD, faults, read_text

TASK = "[tasks.a]\nduration = 10\n"


def ranged(templates, tasks=TASK, name="a"):
    """Return the duration of a task under templates."""
    return read_text(templates + tasks).tasks[name].duration


def document(templates, tasks):
    """Return a document of templates and tasks."""
    return {"schema": 1, "name": "N", "start": "2027-03-01", "templates": templates, "tasks": tasks}


def hints(templates, tasks, hooks=None):
    """Return the hints of a document."""
    found = []
    parse(document(templates, tasks), hooks=hooks or Hooks(), hints=found)
    return found


@pytest.mark.parametrize(
    "written", ['"90%, 100%, 130%"', "[0.9, 1, 1.3]", '["90%", "100 %", "130%"]', '" 90.0 %,100%, 130% "']
)
def test_percentages_and_factors_say_the_same(written):
    expected = Pert(low=9, most_likely=10, high=13, unit="d", source="template t")
    assert ranged(f'[templates.t]\nselect = "*"\nrange = {written}\n') == expected


def test_points_keep_the_unit_and_are_as_short_as_a_person_writes_them():
    found = ranged('[templates.t]\nselect = "*"\nrange = "90%, 100%, 110%"\n', '[tasks.a]\nduration = "7h"\n')
    assert (found.low, found.most_likely, found.high, found.unit) == (6.3, 7.0, 7.7, "h")


def test_two_percentages_are_uniform():
    expected = Uniform(low=8, high=12, unit="d", source="template t")
    assert ranged('[templates.t]\nselect = "*"\nrange = "80%, 120%"\n') == expected


def test_a_lognormal_goes_through_its_two_percentages_whatever_the_ends_are_elsewhere():
    expected = Lognormal(p10=8, p90=20, unit="d", source="template t")
    ends = '[defaults]\nlow_is = "p5"\nhigh_is = "p95"\n'
    assert ranged(f'{ends}[templates.t]\nselect = "*"\nrange = "80%, 200%"\nshape = "lognormal"\n') == expected
    band = '[bands.b]\nrange = [0.8, 2]\nshape = "lognormal"\n[templates.t]\nselect = "*"\nband = "b"\n'
    assert ranged(band) == expected


@pytest.mark.parametrize("written", ["0%, 200%", "80%, 80%", "80%, 100%, 200%"])
def test_a_lognormal_takes_two_percentages_that_rise_from_above_zero(written):
    text = f'[templates.t]\nselect = "*"\nrange = "{written}"\nshape = "lognormal"\n'
    with pytest.raises(ScenarioError, match=r"RE260 templates\.t\.range: the shape lognormal takes two percentages"):
        read_text(text + TASK)


def test_the_default_shape_is_that_of_lists_of_points():
    found = ranged('[defaults.task]\nshape = "triangular"\n[templates.t]\nselect = "*"\nband = "medium"\n')
    assert found == Triangular(low=8.5, most_likely=10, high=13.5, unit="d", source="template t")


def test_a_template_whose_percentages_are_equal_gives_a_constant():
    found = ranged('[templates.t]\nselect = "*"\nrange = "110%, 110%, 110%"\n')
    assert found == Constant(value=11, unit="d", source="template t")


def test_a_trigen_that_would_reach_below_zero_ends_there():
    found = ranged('[templates.t]\nselect = "*"\nshape = "trigen"\nrange = "10%, 50%, 300%"\n')
    assert found.min == 0


@pytest.mark.parametrize("duration", ["[10, 10, 10]", "[8, 10, 12]", "{ low = 8, most_likely = 10, high = 12 }"])
def test_an_explicit_estimate_is_never_changed(duration):
    tasks = f"[tasks.a]\nduration = {duration}\n"
    assert ranged('[templates.t]\nselect = "*"\nband = "low"\n', tasks) == ranged("", tasks)


@pytest.mark.parametrize("duration", ["10", '"10d"', "{ value = 10 }", '{ shape = "constant", value = 10 }'])
def test_every_way_of_writing_a_number_gets_its_range(duration):
    found = ranged('[templates.t]\nselect = "*"\nband = "high"\n', f"[tasks.a]\nduration = {duration}\n")
    assert found == Pert(low=9, most_likely=10, high=12, unit="d", source="template t")


def test_milestones_spans_and_finished_tasks_have_no_range():
    tasks = (
        TASK
        + '[tasks.m]\nmilestone = true\n[tasks.s]\ntype = "summary"\nwbs = "1"\n[tasks.b]\nduration = 1\nwbs = "1.1"\n'
        + "[tasks.f]\nduration = 5\nactual_start = 2027-02-01\nactual_finish = 2027-02-04\n"
    )
    found = read_text('[templates.t]\nselect = "*"\nband = "low"\n' + tasks, HEAD.replace("start", "data_date")).tasks
    assert [key for key in found if found[key].duration.source] == ["a", "b"]
    assert found["f"].remaining is None


def test_of_a_task_in_progress_what_remains_gets_the_range():
    tasks = "[tasks.a]\nduration = 20\nactual_start = 2027-02-01\npercent_complete = 75\n"
    head = HEAD.replace("start", "data_date")
    task = read_text('[templates.t]\nselect = "longer:4d"\nrange = "50%, 100%, 200%"\n' + tasks, head).tasks["a"]
    assert task.duration == Constant(value=20, unit="d")
    assert task.remaining == Pert(low=2.5, most_likely=5, high=10, unit="d", source="template t")


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("wbs:1.2", ["a", "b"]),
        ("team:Works", ["c"]),
        ("tag:x", ["a", "c"]),
        ("calendar:24h", ["d"]),
        ("longer:10d", ["b", "c"]),
        ("shorter:10d", ["d"]),
        ("longer:1w", ["a", "b", "c"]),
        ("shorter:50h", ["d"]),
        ("*", ["a", "b", "c", "d"]),
        ("team:Nobody", []),
    ],
)
def test_selectors_select(selector, selected):
    tasks = {
        "a": {"duration": 10, "wbs": "1.2", "tags": ["x"]},
        "b": {"duration": "3w", "wbs": "1.2.1"},
        "c": {"duration": 11, "wbs": "1.20", "team": "Works", "tags": ["x", "y"]},
        "d": {"duration": "1ed", "calendar": "24h"},
    }
    found = parse(document({"t": {"select": selector, "band": "low"}}, tasks)).tasks
    assert [key for key in found if found[key].duration.source] == selected


def test_a_list_is_any_of_its_selectors_and_a_list_in_it_all_of_them():
    tasks = {key: {"duration": days, "team": team} for key, days, team in (("a", 5, "T"), ("b", 9, "T"), ("c", 9, "U"))}
    select = [["team:T", "longer:6d"], "team:U"]
    found = parse(document({"t": {"select": select, "band": "low"}}, tasks)).tasks
    assert [key for key in found if found[key].duration.source] == ["b", "c"]


def test_the_first_template_in_the_order_of_names_wins_and_those_for_all_come_last():
    templates = {
        "b": {"select": "longer:1d", "range": "90%, 100%, 110%"},
        "c": {"select": "longer:2d", "range": "80%, 100%, 120%"},
        "a": {"select": ["*"], "range": "70%, 100%, 130%"},
    }
    tasks = {"long": {"duration": 10}, "short": {"duration": 1}}
    found = parse(document(templates, tasks)).tasks
    assert {key: found[key].duration.source for key in found} == {"long": "template b", "short": "template a"}
    backwards = dict(reversed(templates.items()))
    assert dumps(parse(document(backwards, tasks))) == dumps(parse(document(templates, tasks)))


def test_resolving_twice_applies_templates_once():
    scenario = parse(document({"t": {"select": "*", "band": "low"}}, {"a": {"duration": 10}}))
    again = resolve(scenario)
    assert "templates" not in again
    assert parse({**again, "templates": {"u": {"select": "*", "band": "very low"}}}) == scenario


def test_a_band_of_the_file_takes_the_place_of_a_built_in_one():
    found = ranged('[bands.low]\nrange = "50%, 100%, 150%"\n[templates.t]\nselect = "*"\nband = "low"\n')
    assert (found.low, found.high) == (5, 15)


def test_templates_are_merged_by_name_and_can_be_removed(tmp_path):
    from riskengine.scenario import read
    from tests.support.scenario_text import written

    written(tmp_path, '[templates.t]\nselect = "*"\nband = "low"\n' + TASK, "base.toml")
    head = 'schema = 1\nextends = "base.toml"\nname = "Over"\n'
    changed = read(written(tmp_path, '[templates.t]\nband = "high"\n', "over.toml", head))
    assert (changed.tasks["a"].duration.low, changed.tasks["a"].duration.high) == (9, 12)
    removed = read(written(tmp_path, 'remove = ["templates.t"]\n', "over.toml", head))
    assert removed.tasks["a"].duration == Constant(value=10, unit="d")


def test_a_template_that_selects_nothing_is_a_hint():
    assert hints({"t": {"select": "team:Nobody", "band": "low"}}, {"a": {"duration": 5}}) == [
        "template t selects no task whose duration is a plain number"
    ]
    assert hints({"t": {"select": "*", "band": "low"}}, {"a": {"duration": 5}}) == []


def test_a_template_whose_tasks_are_taken_says_so():
    templates = {"a": {"select": "longer:1d", "band": "low"}, "b": {"select": "longer:2d", "band": "high"}}
    (hint,) = hints(templates, {"a": {"duration": 5}})
    assert hint.startswith("template b changes nothing: other templates come first")


def test_critical_tasks_are_asked_for_once_and_before_any_range():
    asked = []

    def critical(scenario):
        asked.append({key: task.duration.shape for key, task in scenario.tasks.items()})
        return {"b"}

    templates = {"t": {"select": "critical", "band": "low"}, "u": {"select": [["critical", "*"]], "band": "low"}}
    tasks = {"a": {"duration": 5}, "b": {"duration": 5}}
    found = parse(document(templates, tasks), hooks=Hooks(critical=critical)).tasks
    assert [key for key in found if found[key].duration.source] == ["b"]
    assert asked == [{"a": "constant", "b": "constant"}]


ROOT = """
schema = 1
name = "R"
start = 2027-03-01
[templates.t]
select = "critical"
band = "low"
[resources.crew]
capacity = 1
[tasks.a]
duration = 10
resources = {crew = 1}
[tasks.b]
duration = 8
resources = {crew = 1}
"""
UPDATE = """
schema = 1
extends = "root.toml"
data_date = 2027-03-05
[tasks.a]
actual_start = 2027-03-01
remaining = 3
[tasks.b]
duration = 30
[tasks.new]
duration = 90
"""


def ranged_tasks(folder, name, found=None):
    """Return the tasks of a file that have the range of a template."""
    tasks = riskengine.reading.read(folder / name, found).tasks
    return {key for key, task in tasks.items() if task.work.source}


def test_files_that_extend_a_plan_keep_its_critical_tasks(tmp_path):
    (tmp_path / "root.toml").write_text(ROOT)
    (tmp_path / "update.toml").write_text(UPDATE)
    told = []
    assert ranged_tasks(tmp_path, "root.toml") == {"a"}
    assert ranged_tasks(tmp_path, "update.toml", told) == {"a"}
    assert told == []


def test_templates_of_a_file_that_extends_ask_the_root_for_its_critical_tasks(tmp_path):
    templates = ROOT[ROOT.index("[templates.t]") : ROOT.index("[resources")]
    (tmp_path / "root.toml").write_text(ROOT.replace(templates, ""))
    (tmp_path / "update.toml").write_text(UPDATE + templates)
    assert ranged_tasks(tmp_path, "update.toml") == {"a"}


def test_levelling_does_not_change_which_tasks_are_critical(tmp_path):
    (tmp_path / "root.toml").write_text("levelling = true\n" + ROOT)
    assert ranged_tasks(tmp_path, "root.toml") == {"a"}


def test_a_root_that_is_no_plan_is_taken_together_and_says_so(tmp_path):
    (tmp_path / "root.toml").write_text(ROOT.replace("start = 2027-03-01\n", ""))
    (tmp_path / "update.toml").write_text(UPDATE)
    told = []
    assert ranged_tasks(tmp_path, "update.toml", told) == {"new"}
    assert told == [
        "critical tasks are told from all files together: the one at the root of extends is no plan by itself"
    ]


def test_critical_is_refused_where_nobody_computes_dates():
    with pytest.raises(ScenarioError) as caught:
        parse(document({"t": {"select": "critical", "band": "low"}}, {"a": {"duration": 5}}))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE264", "templates.t.select")]


@pytest.mark.parametrize(
    ("template", "code", "path"),
    [
        ('select = "*"\nrange = "90, 100, 130"', "RE260", "templates.t.range"),
        ('select = "*"\nrange = "0%, 0%, 0%"', "RE260", "templates.t.range"),
        ('select = "*"\nrange = "-10%, 100%, 130%"', "RE260", "templates.t.range"),
        ('select = "*"\nrange = [true, 1, 2]', "RE260", "templates.t.range"),
        ('select = "*"\nrange = [0.9, 1, 1.1, 1.2]', "RE260", "templates.t.range"),
        ('select = "*"\nrange = [0.9, nan, 1.1]', "RE260", "templates.t.range"),
        ('select = "*"\nrange = [0.9, 1, 1' + "0" * 400 + "]", "RE260", "templates.t.range"),
        ('select = "*"\nrange = 1.3', "RE113", "templates.t.range"),
        ('select = "*"\nrange = [0.9, 1, 1.1]\nshape = "uniform"', "RE260", "templates.t.range"),
        ('select = "*"\nrange = [0.9, 1, 1.1]\nshape = "normal"', "RE123", "templates.t.shape"),
        ('select = "*"\nrange = [0.9, 1, 1.1]\nband = "low"', "RE263", "templates.t"),
        ('band = "low"', "RE112", "templates.t.select"),
        ('select = [[]]\nband = "low"', "RE261", "templates.t.select[0]"),
        ('select = 5\nband = "low"', "RE113", "templates.t.select"),
        ('select = ["wbs:"]\nband = "low"', "RE261", "templates.t.select[0]"),
        ('select = ["longer:0d"]\nband = "low"', "RE261", "templates.t.select[0]"),
        ('select = ["longer:two weeks"]\nband = "low"', "RE261", "templates.t.select[0]"),
        ('select = "*"\nband = 3', "RE113", "templates.t.band"),
    ],
)
def test_faults_of_templates_carry_code_and_path(template, code, path):
    assert faults(f"[templates.t]\n{template}\n{TASK}") == [(code, path)]


def test_a_duration_that_leaves_the_range_of_numbers_under_its_template_is_refused():
    tasks = "[tasks.a]\nduration = 9e14\n"
    assert faults('[templates.t]\nselect = "*"\nband = "low"\n' + tasks) == [("RE122", "tasks.a.duration")]


def test_a_duration_too_small_to_be_multiplied_stays_as_it_is():
    found = ranged('[templates.t]\nselect = "*"\nrange = [0.1, 0.2, 0.3]\n', "[tasks.a]\nduration = 5e-324\n")
    assert found == Constant(value=5e-324, unit="d")


def test_percentages_without_their_sign_are_told_how_to_write_them():
    from tests.support.scenario_text import only

    issue = only(f'[templates.t]\nselect = "*"\nrange = [90, 100, 130]\n{TASK}')
    assert issue.cure == 'write "90%, 100%, 130%"'


def test_tasks_are_held_against_the_templates_of_their_groups_alone(monkeypatch):
    """Thousands of templates with a group each would otherwise be held against thousands of tasks."""
    asked = []
    right = RangeAssignment.meets

    def counted(assignment, condition, *others):
        asked.append(condition.name)
        return right(assignment, condition, *others)

    monkeypatch.setattr(RangeAssignment, "meets", counted)
    names = [f"t{number:03}" for number in range(50)]
    templates = {name: {"select": f"tag:{name}", "range": [0.9, 1, 1.3]} for name in names}
    templates["both"] = {"select": [["tag:t007", "longer:3d"]], "range": [0.5, 1, 2]}
    tasks = {name: {"duration": 10, "tags": [name]} for name in names}
    made = parse(document(templates, tasks)).tasks
    assert made["t007"].duration == Pert(low=5, most_likely=10, high=20, unit="d", source="template both")
    assert all(made[name].duration.source == f"template {name}" for name in names if name != "t007")
    assert len(asked) <= len(names) + 3
