"""Percentages of a cost in registers: read as factors on it, and never as amounts of money."""

import pytest

from riskengine.importers.register.read import read_register, risk_documents
from tests.unit.importers.register.registers import TASKS, faults, issues, risks
from tests.unit.importers.sheets.workbooks import PERCENT, Styled, workbook

HEAD = "ID,Risk,Probability (%),{cost},Kind,Tasks\n"


def impacts(heading, *cells, kind="threat", tasks="A1000"):
    """The impacts of a register with one risk."""
    text = HEAD.format(cost=heading) + f"R1,Steel,40,{','.join(cells)},{kind},{tasks}\n"
    return risks(text, tasks=TASKS)["R1"]["impacts"]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Cost impact (%)", ["20"], {"value": 1.2}),
        ("Cost impact", ["20%"], {"value": 1.2}),
        ("Cost impact", ["12.5 %"], {"value": 1.125}),
        ("Cost impact (%)", ["0.5%"], {"value": 1.005}),
        ("Kosten (Prozent)", ["20"], {"value": 1.2}),
        ("Cost min (%),Cost ML (%),Cost max (%)", ["10", "20", "30"], {"low": 1.1, "most_likely": 1.2, "high": 1.3}),
        ("Cost low (%),Cost high (%)", ["10", "30"], {"shape": "uniform", "low": 1.1, "high": 1.3}),
    ],
)
def test_a_percentage_of_cost_is_a_factor(heading, cells, expected):
    assert impacts(heading, *cells) == {"A1000": {"cost_factor": expected}}


def test_what_an_opportunity_saves_is_a_factor_below_one():
    assert impacts("Cost impact (%)", "20", kind="opportunity") == {"A1000": {"cost_factor": {"value": 0.8}}}
    assert impacts("Cost impact (%)", "-20", kind="opportunity") == {"A1000": {"cost_factor": {"value": 0.8}}}


def test_a_percentage_acts_on_each_task_that_is_named_and_on_everything_where_none_is():
    assert set(impacts("Cost impact (%)", "20", tasks="A1000;A1010")) == {"A1000", "A1010"}
    assert set(impacts("Cost impact (%)", "20", tasks="")) == {"project"}


@pytest.mark.parametrize(
    ("heading", "cell", "kind", "code"),
    [
        ("Cost impact (%)", "0.2", "threat", "RE863"),
        ("Cost impact (%)", "20000", "threat", "RE863"),
        ("Cost impact (% of budget)", "20", "threat", "RE857"),
        ("Cost (% of total)", "20", "threat", "RE857"),
        ("Cost (% of contract)", "20", "threat", "RE861"),
        ("Cost impact (%)", "100", "opportunity", "RE867"),
        ("Cost impact (%)", "-20", "threat", "RE867"),
        ("Cost (k€)", "20%", "threat", "RE863"),
    ],
)
def test_what_a_percentage_may_not_mean_is_refused(heading, cell, kind, code):
    text = HEAD.format(cost=heading) + f"R1,Steel,40,{cell},{kind},A1000\n"
    assert [found for found, _ in faults(text, tasks=TASKS)] == [code]


def test_points_in_percent_and_in_money_do_not_mix():
    text = HEAD.format(cost="Cost low,Cost high") + "R1,Steel,40,10%,5000,threat,A1000\n"
    assert [found for found, _ in faults(text, tasks=TASKS)] == ["RE861"]


def test_a_cell_that_a_workbook_shows_as_a_percentage_is_one(tmp_path):
    rows = [["ID", "Risk", "Probability (%)", "Cost impact"], ["R1", "Steel", 40, Styled(0.2, PERCENT)]]
    (found,) = risk_documents(read_register(workbook(tmp_path, rows)).risks).values()
    assert found["impacts"]["project"]["cost_factor"]["value"] == 1.2


def test_a_mapping_may_say_that_a_cost_is_in_percent():
    text = HEAD.format(cost="Steel") + "R1,x,40,20,threat,A1000\n"
    found = risks(text, '[columns]\ncost = { column = "Steel", unit = "percent" }\n', tasks=TASKS)
    assert found["R1"]["impacts"] == {"A1000": {"cost_factor": {"value": 1.2}}}


def test_a_mapping_file_is_not_told_what_a_key_is_called_in_a_scenario():
    (issue,) = issues(HEAD.format(cost="Cost") + "R1,x,40,20,threat,A1000\n", "cost = 'Cost'\n")
    assert (issue.code, issue.cure) == ("RE111", "")
