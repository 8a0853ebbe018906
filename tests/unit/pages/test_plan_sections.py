"""Actions, changes, margins and lost days say what their tables say, and stand on a page only where there are any."""

import re
from dataclasses import replace
from datetime import datetime

import pyarrow as pa
import pytest

from riskengine.pages.language import read_language
from riskengine.pages.page import render_page
from riskengine.results.tables.build import build_rows
from tests.support.report_runs import run, sample

ENGLISH = read_language("en")
ACTION = {"owner": "", "description": "", "cost_mean": 1.0, "chance": 1.0, "task": "", "needs": "", "excludes": ""}
SAME = {"delay_before": 4.0, "delay_after": 4.0, "cost_before": 100.0, "cost_after": 100.0}


def effect(action, risk, **changes):
    return {"action": action, "risk": risk, "probability_before": 0.3, "probability_after": 0.3, **SAME, **changes}


@pytest.fixture(scope="module")
def bare():
    return run(sample())


def page_with(bare, **tables):
    return render_page(replace(bare, tables={**bare.tables, **tables}))


def section(page, key):
    return page[page.index(f'<section id="{key}"') :].partition("</section>")[0]


def cells(part):
    """Texts of every row of a section's table."""
    rows = re.findall(r"<tr[^>]*><th scope=row.*?</tr>", part, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"<t[hd][^>]*>", row)[1:]] for row in rows
    ]


def test_a_plan_without_them_has_no_such_sections(bare):
    page = render_page(bare)
    assert [key for key in ("actions", "changes", "margins", "lost_days") if f'id="{key}"' in page] == []


def test_actions_in_force_stand_first_with_what_each_changes(bare):
    names = ("first", "second")
    actions = [
        {
            "action": name,
            "name": f"The {name}",
            "in_force": at == 1,
            "cost": 1000.0 + at,
            "secondary_risks": "",
            **ACTION,
        }
        for at, name in enumerate(names)
    ]
    effects = [
        effect("first", "storm", probability_after=0.1),
        effect("second", "storm", delay_after=1.0, cost_after=20.0),
        *(effect("first", f"r{number}", delay_after=0.0) for number in range(9)),
    ]
    page = page_with(bare, actions=build_rows("actions", actions), action_effects=build_rows("action_effects", effects))
    second, first = cells(section(page, "actions"))
    assert second == ["second The second", "yes", "1,001 EUR", "", "storm 4.0 d to 1.0 d, 100 EUR to 20 EUR"]
    assert first[:4] == ["first The first", "no", "1,000 EUR", ""]
    assert first[4].startswith("storm 30.0% to 10.0%") and first[4].endswith("4 more risks")


def test_of_many_actions_the_first_stand_on_the_page_and_that_is_said(bare):
    actions = [
        {"action": f"a{number:02}", "name": "", "in_force": False, "cost": 1.0, "secondary_risks": "", **ACTION}
        for number in range(43)
    ]
    part = section(page_with(bare, actions=build_rows("actions", actions)), "actions")
    assert len(cells(part)) == 40 and "3 more actions stand in actions.arrow." in part


def test_changes_stand_latest_first(bare):
    changes = [
        {
            "change": f"CR-{number}",
            "name": "",
            "who": "board",
            "when": datetime(2027, 3, 1 + number % 28),
            "why": f"since {number}",
            "approved": number % 2 == 0,
        }
        for number in range(33)
    ]
    part = section(page_with(bare, changes=build_rows("changes", changes)), "changes")
    rows = cells(part)
    assert rows[0] == ["CR-32", "5 Mar 2027", "board", "since 32", "approved"]
    assert rows[1][-1] == "not approved" and len(rows) == 30
    assert "3 earlier changes stand in changes.arrow." in part


def test_margins_that_suffice_least_often_stand_first(bare):
    tasks = bare.tables["tasks"]
    numbers = {"margin_days": [5.0, None, 2.0], "margin_suffices": [0.9, None, 0.25]}
    numbers |= {"margin_suffices_ci_low": [0.8, None, 0.2], "margin_suffices_ci_high": [0.95, None, 0.3]}
    for name, values in numbers.items():
        at = tasks.schema.get_field_index(name)
        tasks = tasks.set_column(at, tasks.schema.field(at), pa.array(values, pa.float64()))
    part = section(page_with(bare, tasks=tasks), "margins")
    assert cells(part) == [
        ["done", "2.0 d", "25.0% 20.0% to 30.0%"],
        ["design", "5.0 d", "90.0% 80.0% to 95.0%"],
    ]
    assert 'style="left:0.00%;width:25.00%"' in part and "2 in all" in part


def test_lost_days_stand_with_their_intervals(bare):
    numbers = {"working_days": 100.0, "mean": 8.0, "p10": 4.0, "p50": 8.0, "p80": 10.0, "p90": 12.0}
    ends = {
        f"{name}{end}": value + by for name, value in numbers.items() for end, by in (("_ci_low", -1), ("_ci_high", 1))
    }
    row = {"calendar": "site", "name": "Site", **numbers, **ends}
    part = section(page_with(bare, lost_days=build_rows("lost_days", [row])), "lost_days")
    assert cells(part) == [["site Site", "8.0 d 7.0 to 9.0", "10.0 d 9.0 to 11.0", "100.0 d 99.0 to 101.0"]]
    assert part.count('class="whisker"') == 2
