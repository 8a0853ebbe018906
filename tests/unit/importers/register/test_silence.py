"""What a register leaves open is said, however the register came to be read."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.reading import read

PLAN = """schema = 1
name = "plan"
start = 2027-03-01
currency = "EUR"
risks = "risks.csv"
risks_mapping = "map"
[tasks.B]
duration = 5
"""


def hints_of(folder, rows, plan=PLAN):
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    (folder / "risks.csv").write_text(rows, encoding="utf-8")
    (folder / "map").write_text("", encoding="utf-8")
    hints: list[str] = []
    scenario = read(folder / "plan.toml", hints=hints)
    return scenario, hints


def test_costs_in_another_currency_are_said_of_a_register_that_a_scenario_names(tmp_path):
    """Only ``import --register`` said so: 500 dollars became 500 euros without a word."""
    rows = "ID,Title,Probability,Cost,Affected tasks\nR1,a,10%,$500,B\n"
    scenario, hints = hints_of(tmp_path, rows)
    assert "risks.csv: costs in USD stand in a scenario in EUR: nothing is converted" in hints
    assert scenario.risks["R1"].impacts["B"].cost.value == 500
    _, hints = hints_of(tmp_path, rows.replace("$", "€"))
    assert not any("converted" in hint for hint in hints)
    _, hints = hints_of(tmp_path, rows, PLAN.replace('currency = "EUR"\n', ""))
    assert not any("converted" in hint for hint in hints)


def test_a_heading_may_call_the_currency_as_the_scenario_does(tmp_path):
    rows = "ID,Title,Probability,Cost (Taler),Affected tasks\nR1,a,10%,500,B\n"
    scenario, _ = hints_of(tmp_path, rows, PLAN.replace("EUR", "Taler"))
    assert scenario.risks["R1"].impacts["B"].cost.value == 500


def test_a_risk_without_a_kind_beside_others_that_have_one_is_said_to_be_taken_for_a_threat(tmp_path):
    rows = "ID,Title,Type,Probability,Delay (days),Affected tasks\nR1,a,,10%,5,B\nR2,b,opportunity,10%,1,B\n"
    scenario, hints = hints_of(tmp_path, rows)
    assert [risk.kind for risk in scenario.risks.values()] == ["threat", "opportunity"]
    assert "risks.csv: risks without a kind are taken for threats: R1" in hints


def test_a_further_row_of_another_kind_is_refused(tmp_path):
    """The second row was read as a threat's, whatever it said."""
    head = "ID,Title,Type,Probability,Delay (days),Affected tasks\nR1,a,threat,10%,5,B\n"
    with pytest.raises(ScenarioError) as caught:
        hints_of(tmp_path, f"{head}R1,a,opportunity,10%,2,project\n")
    assert [(issue.code, issue.line) for issue in caught.value.issues] == [("RE866", 3)]
    assert "kind" in caught.value.issues[0].rule
    scenario, _ = hints_of(tmp_path, f"{head}R1,a,,10%,2,project\n")
    assert set(scenario.risks["R1"].impacts) == {"B", "project"}
