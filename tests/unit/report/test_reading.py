"""What the report picks out of the tables."""

import pyarrow as pa

from riskengine.report.reading import leading_risks, leading_tasks
from riskengine.report.summary.document import document
from tests.support.report_runs import gate, run, sample


def changed(made, table, column, values):
    """The run with one column of one table replaced."""
    old = made.tables[table]
    place = old.schema.get_field_index(column)
    made.tables[table] = old.set_column(place, old.schema.field(place), pa.array(values, old.schema.field(place).type))
    return made


def test_tasks_come_by_ssi_and_not_by_name_or_criticality():
    made = changed(run(sample()), "tasks", "ssi", [0.1, 0.9, None])
    assert [row["task"] for row in leading_tasks(made, 5)] == ["build", "design"]


def test_where_no_ssi_is_known_tasks_come_by_criticality():
    made = changed(run(sample()), "tasks", "ssi", [None, None, None])
    assert [row["task"] for row in leading_tasks(made, 5)] == ["design", "build"]


def test_a_task_that_is_never_critical_does_not_matter():
    made = changed(run(sample()), "tasks", "criticality", [0.0, 0.25, 1.0])
    assert [row["task"] for row in leading_tasks(made, 5)] == ["build"]


def test_no_task_may_matter_where_a_constraint_holds_the_finish():
    made = changed(run(sample()), "tasks", "criticality", [0.0, 0.0, 0.0])
    assert leading_tasks(made, 5) == []


def test_no_more_tasks_are_picked_than_asked_for():
    assert len(leading_tasks(run(sample()), 1)) == 1


def test_a_risk_of_money_alone_can_matter_more_than_one_of_days():
    made = changed(run(sample()), "risks", "cost_p80", [4_000.0, 9_000.0])
    made = changed(made, "risks", "days_p80", [12.0, 0.0])  # 15 % of the spread of the finish; 9,000 are 11 %
    assert [row["risk"] for row in leading_risks(made, 5)] == ["antenna-late", "storm"]
    made = changed(made, "risks", "days_p80", [1.0, 0.0])
    assert [row["risk"] for row in leading_risks(made, 5)] == ["storm", "antenna-late"]


def test_risks_that_look_alike_come_by_days_then_money_then_id():
    made = changed(run(sample()), "risks", "days_p80", [8.0, 8.04])
    made = changed(made, "risks", "cost_p80", [0.0, 0.0])
    assert [row["risk"] for row in leading_risks(made, 5)] == ["antenna-late", "storm"]
    made = changed(made, "risks", "cost_p80", [0.0, 5.0])
    assert [row["risk"] for row in leading_risks(made, 5)] == ["storm", "antenna-late"]


def test_where_nothing_varies_the_largest_effect_leads_all_the_same():
    made = changed(run(sample()), "risks", "days_p80", [1.0, 2.0])
    made = changed(made, "risks", "cost_p80", [0.0, 0.0])
    made = changed(made, "percentiles", "value", [1.0] * made.tables["percentiles"].num_rows)
    assert [row["risk"] for row in leading_risks(made, 5)] == ["storm", "antenna-late"]


def test_a_risk_whose_effect_prints_as_nothing_comes_last():
    made = changed(run(sample()), "risks", "days_p80", [0.04, 0.1])
    made = changed(made, "risks", "cost_p80", [0.0, 0.0])
    assert [row["risk"] for row in leading_risks(made, 5)] == ["storm", "antenna-late"]


def test_an_opportunity_matters_by_what_it_saves():
    made = changed(run(sample()), "risks", "days_p80", [1.0, -30.0])
    made = changed(made, "risks", "cost_p80", [0.0, 0.0])
    assert leading_risks(made, 5)[0]["days"] == -30.0


def test_a_risk_measured_at_the_mean_alone_says_so():
    made = changed(run(sample()), "risks", "days_p80", [None, 1.0])
    made = changed(made, "risks", "days_mean", [7.0, 1.0])
    found = {row["risk"]: row for row in leading_risks(made, 5)}
    assert (found["antenna-late"]["statistic"], found["antenna-late"]["days"]) == ("mean", 7.0)
    assert found["storm"]["statistic"] == "p80"


def test_a_risk_beyond_the_p80_counts_by_its_mean_and_comes_last():
    """A risk of 10 % moves no P80 and can make a gate at 95 % fail: it is not left out."""
    made = changed(run(sample()), "risks", "days_p80", [0.0, 1.0])
    made = changed(made, "risks", "cost_p80", [0.0, 0.0])
    made = changed(changed(made, "risks", "days_mean", [70.0, 1.0]), "risks", "cost_mean", [0.0, 0.0])
    rows = [(row["risk"], row["statistic"], row["days"]) for row in leading_risks(made, 5)]
    assert rows == [("storm", "p80", 1.0), ("antenna-late", "mean", 70.0)]


def test_a_risk_that_adds_nothing_is_left_out():
    made = changed(run(sample()), "risks", "days_p80", [0.0, 1.0])
    for name in ("cost_p80", "cost_mean"):
        made = changed(made, "risks", name, [0.0, 0.0])
    made = changed(made, "risks", "days_mean", [0.0, 1.0])
    assert [row["risk"] for row in leading_risks(made, 5)] == ["storm"]


def test_a_nan_in_a_table_becomes_null_in_the_document():
    made = changed(run(sample([gate()])), "summary", "sd", [float("nan"), float("inf")])
    found = document(made)
    assert (found["finish"]["sd"], found["cost"]["sd"]) == (None, None)
