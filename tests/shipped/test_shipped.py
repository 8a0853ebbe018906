"""Every shipped scenario keeps what it promises to a learner, before anything is simulated."""

import json
import re
from datetime import date

import pytest

from riskengine.scenario import dumps, parse, read, starter_names
from tests.shipped.shipped import FOLDER, NAMES, ROOT, comments, decisions, document, header, path, text

OWN = [name for name in NAMES if not name.startswith("published/")]
ODD = (
    "ground-station",
    "minimal",
    "turbine-overhaul",
    "viaduct",
    "tram",
    "ferry-terminal",
    "ticket-shop",
    "product-release",
)
"""How those begin that teach something else than what every trade needs."""
TRADES = [name for name in OWN if not name.startswith(ODD)]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DATED = re.compile(rf"({'|'.join(DAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")


def wrong_weekdays(words: str) -> list[str]:
    """Dates of a text whose weekday is another, or that have no year to tell."""
    return [
        f"{day} {number} {month} {year}"
        for day, number, month, year in DATED.findall(words)
        if not year or DAYS[date(int(year), MONTHS.index(month) + 1, int(number)).weekday()] != day
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_has_no_fault_and_asks_something(name):
    assert read(path(name)).gates


@pytest.mark.parametrize("name", NAMES)
def test_resolving_the_resolved_form_changes_nothing(name):
    resolved = dumps(read(path(name)))
    assert dumps(parse(json.loads(resolved))) == resolved


@pytest.mark.parametrize("name", NAMES)
def test_the_header_says_the_question_and_the_decision(name):
    words = header(name).lower()
    assert "question" in words or name == "minimal"
    assert "?" in words
    assert None in decisions(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("published/")])
def test_a_published_model_names_its_source(name):
    assert "# Source: " in header(name)


@pytest.mark.parametrize("name", NAMES)
def test_weekdays_in_the_comments_are_those_of_their_dates(name):
    assert wrong_weekdays(comments(name)) == []


def test_a_wrong_weekday_in_a_comment_is_found():
    assert wrong_weekdays("by Friday 10 November 2028, or Friday 11 November 2028") == ["Friday 11 November 2028"]


@pytest.mark.parametrize("name", NAMES)
def test_lines_fit_a_screen(name):
    assert [line for line in text(name).splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_calendar_and_resource_that_a_file_defines_is_used(name):
    scenario = read(path(name))
    tasks = scenario.tasks.values()
    calendars = {task.calendar for task in tasks} | {scenario.calendar, "24h", "standard"}
    assert set(scenario.calendars) - calendars == set()
    assert set(scenario.resources) - {key for task in tasks for key in task.resources} == set()


@pytest.mark.parametrize("name", [name for name in OWN if name != "minimal"])
def test_every_task_has_a_name_and_leads_to_the_finish_or_is_followed(name):
    scenario = read(path(name))
    assert [key for key, task in scenario.tasks.items() if not task.name] == []
    followed = {relationship.task for task in scenario.tasks.values() for relationship in task.after}
    followed |= set(scenario.projects)  # the finish of a project is a target
    ends = {key for key in scenario.tasks if key not in followed}
    assert len(ends) <= 2  # what nothing follows can set the finish: a forgotten relationship shows here


def test_the_ground_station_is_as_large_as_promised():
    scenario = read(path("ground-station"))
    tasks = scenario.tasks.values()
    assert 95 <= len(tasks) <= 110
    assert {task.team for task in tasks} == {"Systems", "Civil", "Antenna", "Radio", "Software"}
    assert len(scenario.risks) == 15
    assert {risk.kind for risk in scenario.risks.values()} == {"threat", "opportunity", "driver"}
    assert {task.calendar for task in tasks} == {"office", "site", "24h"}
    assert all(task.wbs for task in tasks)
    assert scenario.resources and scenario.targets
    assert any(line.rate for line in scenario.costs.values()) and any(line.fixed for line in scenario.costs.values())
    gates = scenario.gates.values()
    assert {(gate.finish is not None, gate.cost is not None) for gate in gates} == {
        (True, False),
        (False, True),
        (True, True),
    }


def test_the_mitigated_ground_station_is_a_dozen_lines_on_the_same_draws():
    base, mitigated = read(path("ground-station")), read(path("ground-station-mitigated"))
    lines = [line for line in text("ground-station-mitigated").splitlines() if line and line[0] not in "#["]
    assert len(lines) <= 14
    assert mitigated.project == base.project
    assert mitigated.gates == base.gates
    assert set(base.risks) - set(mitigated.risks) == {"reflector-wind"}


def test_the_status_of_the_viaduct_is_a_few_lines_on_the_same_draws():
    plan, status = read(path("viaduct")), read(path("viaduct-june"))
    assert status.is_data_date and not plan.is_data_date
    assert status.project == plan.project and status.gates == plan.gates
    assert {key for key in plan.tasks if status.tasks[key] != plan.tasks[key]} == set(document("viaduct-june")["tasks"])
    assert status.risks["hydraulics"].status == "occurred"


def test_the_minimal_scenario_is_a_dozen_lines():
    lines = [line for line in text("minimal").splitlines() if line and not line.startswith("#")]
    assert len(lines) <= 15


@pytest.mark.parametrize("name", TRADES)
def test_the_scenarios_of_the_trades_can_be_read_in_one_sitting(name):
    assert 25 <= len(read(path(name)).tasks) <= 60


def test_together_the_scenarios_show_the_whole_format():
    scenarios = [read(path(name)) for name in NAMES]
    tasks = [task for scenario in scenarios for task in scenario.tasks.values()]
    impacts = [impact for scenario in scenarios for risk in scenario.risks.values() for impact in risk.impacts.values()]
    estimates = [task.duration for task in tasks]
    estimates += [part for task in tasks for part in (task.cost.fixed, task.cost.rate) if part is not None]
    estimates += [part for impact in impacts for part in (impact.delay, impact.factor, impact.cost) if part is not None]
    assert {estimate.shape for estimate in estimates} >= {
        *("constant", "uniform", "triangular", "pert", "trigen", "normal", "lognormal", "exponential", "beta"),
        "discrete",
    }
    assert {estimate.unit for estimate in estimates} >= {"h", "d", "w", "mo", "ed", None}
    assert any(estimate.max is not None for estimate in estimates)
    logic = [relationship for task in tasks for relationship in task.after]
    assert {relationship.type for relationship in logic} == {"FS", "SS", "FF", "SF"}
    assert any(relationship.lag.shape != "constant" for relationship in logic)
    keys = {key.partition(":")[0] for scenario in scenarios for risk in scenario.risks.values() for key in risk.impacts}
    assert {"team", "tag", "wbs", "project"} <= keys
    assert any(risk.parallel for scenario in scenarios for risk in scenario.risks.values())
    assert any(scenario.is_data_date for scenario in scenarios)


def test_the_templates_are_the_shipped_files():
    assert set(starter_names()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_tells_of_the_scenario_and_its_decision(name):
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    found = re.search(rf"^### \[{re.escape(name)}\]\(\.\./scenarios/{re.escape(name)}\.toml\): (.+)$", page, re.M)
    assert found, f"docs/scenarios.md has no heading for {name}"
    assert found.group(1) == decisions(name)[None]


def test_only_scenarios_their_tables_and_sources_are_shipped():
    assert {file.suffix for file in FOLDER.rglob("*") if file.is_file()} == {".toml", ".csv", ".xer"}
