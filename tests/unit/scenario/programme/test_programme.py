"""Programmes: what projects are called in them, what they share, when they begin and finish."""

from datetime import datetime

import pytest

from riskengine.engine import replay
from riskengine.errors import ScenarioError
from riskengine.model.fields import Special, Units
from riskengine.model.format import FORMAT, WITHOUT_MODEL
from riskengine.model.selector import ImpactTargets
from riskengine.plan import compile as compiled
from riskengine.scenario import read
from riskengine.scenario.programme import ids

HEAD = 'schema = 1\nname = "{name}"\nstart = 2027-03-01\n'
PROJECT = (
    HEAD.format(name="One line")
    + """
[tasks.design]
duration = [2, 3, 5]
team = "Office"
[tasks.build]
duration = [8, 10, 15]
after = ["design"]
team = "Works"
[risks.storm]
probability = 0.5
impacts."team:Works" = { delay = 4 }
"""
)
PROGRAMME = (
    HEAD.format(name="Two lines") + '[projects.north]\nfile = "north.toml"\n[projects.south]\nfile = "south.toml"\n'
)


@pytest.fixture
def programme(tmp_path):
    """Return a programme of two projects, from its own text and, where they are others, those of the projects."""

    def of(text=PROGRAMME, north=PROJECT, south=PROJECT):
        for name, content in (("programme", text), ("north", north), ("south", south)):
            (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
        return read(tmp_path / "programme.toml")

    return of


def test_every_field_that_may_hold_ids_is_known():
    of_form = {
        (section, key)
        for section, entries in FORMAT.items()
        for key, entry in entries.items()
        if isinstance(entry.field, Special | Units) and (section == "calendars" or section not in WITHOUT_MODEL)
    }
    of_files = {("", key) for key in ("tasks_file", "risks_file", "risks_mapping", "extends")} | {("projects", "file")}
    known = {*ids.WITHOUT_IDS, *ids.QUANTITIES, *ids.SECTIONS_OF_UNITS, ids.MATRIX}
    assert of_form - of_files <= known
    assert known - {("correlations", "between"), ("pair", "between")} <= of_form


def test_a_risk_of_a_project_acts_on_its_own_team_alone(programme):
    scenario = programme()
    (selector,) = scenario.risks["north.storm"].impacts
    assert list(ImpactTargets(scenario).tasks(selector)) == ["north.build"]


def test_a_selector_of_the_programme_selects_in_all_projects(programme):
    both = PROGRAMME + '[risks.flood]\nprobability = 0.1\nimpacts."team:Works" = { delay = 9 }\n'
    assert sorted(ImpactTargets(programme(both)).tasks("team:Works")) == ["north.build", "south.build"]


def test_tasks_of_one_name_draw_apart(programme):
    draws = replay(compiled(programme()), 1, "random", 8).draws
    assert (draws["task/north.build/duration"] != draws["task/south.build/duration"]).all()


def test_a_project_that_begins_later_begins_no_earlier(programme):
    scenario = programme(south=PROJECT.replace("2027-03-01", "2027-05-03"))
    (bound,) = scenario.tasks["south.build"].constraints
    assert (bound.type, bound.date) == ("SNET", datetime(2027, 5, 3))
    assert scenario.tasks["north.build"].constraints == ()


def test_the_programme_begins_with_its_first_project(programme):
    scenario = programme(PROGRAMME.replace("start = 2027-03-01\n", ""), south=PROJECT.replace("03-01", "02-01"))
    assert scenario.start == datetime(2027, 2, 1)


def test_each_finish_is_a_milestone_and_a_target(programme):
    scenario = programme()
    assert scenario.targets == ("north", "south")
    finish = scenario.tasks["north"]
    assert finish.type == "finish milestone" and finish.name == "One line"
    assert {r.task for r in finish.after} == {"north.design", "north.build"}


def test_a_finish_that_the_programme_writes_itself_stays(programme):
    own = '[tasks.north]\nmilestone = true\nafter = ["north.design"]\n'
    assert [r.task for r in programme(PROGRAMME + own).tasks["north"].after] == ["north.design"]


def test_a_project_that_is_over_finished_when_it_did(programme):
    over = "actual_start = 2027-02-01\nactual_finish = 2027-02-12"
    done = PROJECT.replace("start = 2027-03-01", "data_date = 2027-03-01")
    done = done.replace("duration = [2, 3, 5]", f"duration = 3\n{over}").replace(
        "duration = [8, 10, 15]", f"duration = 10\n{over.replace('02-12', '02-19')}"
    )
    under_way = PROJECT.replace("start = 2027-03-01", "data_date = 2027-03-01")
    scenario = programme(PROGRAMME.replace("start =", "data_date ="), north=done, south=under_way)
    assert scenario.tasks["north"].actual_finish == datetime(2027, 2, 20)
    assert scenario.tasks["south"].actual_finish is None


def test_what_is_shared_is_there_once_and_its_impacts_are_put_together(programme):
    shared = PROGRAMME.replace("[projects.north]", 'shared = ["risks.storm"]\n[projects.north]')
    scenario = programme(shared)
    assert list(scenario.risks) == ["storm"]
    assert list(scenario.risks["storm"].impacts) == ["tag:north.team:Works", "tag:south.team:Works"]


def test_projects_may_stand_in_the_programme_itself(programme):
    text = HEAD.format(name="P") + '[projects.hub]\nname = "Hub"\n[tasks."hub.open"]\nduration = 5\n'
    scenario = programme(text)
    assert [r.task for r in scenario.tasks["hub"].after] == ["hub.open"] and scenario.targets == ("hub",)


def test_a_relationship_that_a_risk_delays_stays_within_its_project(programme):
    text = PROJECT + '[risks.strike]\nprobability = 0.1\nimpacts."design -> build" = { delay = 2 }\n'
    assert list(programme(north=text).risks["north.strike"].impacts) == ["north.design -> north.build FS"]


def test_what_the_programme_says_of_scheduling_holds_whole(programme):
    """Nothing of one project's options is left beside the programme's own."""
    text = PROGRAMME.replace("[projects.north]", "[schedule]\nmust_finish = 2027-12-31\n[projects.north]")
    scenario = programme(text, north=PROJECT + "[schedule]\ncritical_float = 5\n")
    assert scenario.schedule == programme(text).schedule


def test_an_index_of_a_project_starts_from_its_own_month(programme):
    index = "[indices.steel]\nrate = 0.03\n[tasks.camp]\nduration = 9\ncost = { fixed = 10, index = 'steel' }\n"
    scenario = programme(south=PROJECT.replace("2027-03-01", "2027-05-03") + index)
    assert scenario.indices["south.steel"].base == "2027-05"
    assert scenario.tasks["south.camp"].cost.index == "south.steel"


def test_relationships_between_projects_stand_in_the_programme(programme):
    scenario = programme(PROGRAMME + '[tasks."south.build"]\nafter.add = ["north.build FS+2d"]\n')
    assert {r.task for r in scenario.tasks["south.build"].after} == {"south.design", "north.build"}


def test_actions_branches_and_clauses_of_a_project_keep_what_they_name(programme):
    more = """
[tasks.accept]
milestone = true
after = ["build"]
[tasks.repair]
duration = 3
after = ["build"]
[branches.outcome]
after = "build"
paths = { accept = 0.8, repair = 0.2 }
[tasks.dry]
milestone = true
after = ["design"]
[tasks.wet]
duration = 3
after = ["design"]
[branches.weather]
after = "design"
if_risk = "storm"
then = "wet"
otherwise = "dry"
[rework.again]
tasks = ["design"]
probability = 0.2
[actions.shelter]
cost = 100
effects.storm.probability = 0.1
[damages.late]
date = 2027-04-30
rate = 100
most = 1000
[correlations.pace]
pairs = { "design/build" = 0.5 }
"""
    scenario = programme(north=PROJECT + more)
    assert scenario.branches["north.outcome"].paths == {"north.accept": 0.8, "north.repair": 0.2}
    assert scenario.branches["north.outcome"].after == "north.build"
    weather = scenario.branches["north.weather"]
    assert (weather.if_risk, weather.then, weather.otherwise) == ("north.storm", "north.wet", "north.dry")
    assert scenario.rework["north.again"].tasks == ("north.design",)
    assert list(scenario.actions["north.shelter"].effects) == ["north.storm"]
    assert scenario.damages["north.late"].target == "north"
    assert scenario.correlations["north.pace"].pairs[0].between == ("north.build", "north.design")


def test_what_a_project_does_not_say_has_no_value(programme):
    with pytest.raises(ScenarioError) as refusal:
        programme(north=PROJECT + "[schedule]\ncritical_float = 5\n")
    (issue,) = refusal.value.issues
    assert (issue.code, issue.path, issue.value) == ("RE442", "projects.south.file", "")
