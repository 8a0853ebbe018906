"""The portfolio of a batch."""

import json
import re

from riskengine.analysis import portfolio_row, refused_row
from riskengine.report.answers.portfolio import document, render, totals, totals_in_words, worst
from tests.support.report_runs import gate, run, sample


def rows():
    return [
        portfolio_row("a", "a.toml", run(sample([gate(share=0.95)], name="Alpha"))),
        refused_row("bad", "bad\x1b[2J.toml", "refused", "line 3: RE202\x1b[0m"),
        portfolio_row("b", "b.toml", run(sample([gate(share=0.3)], name="Beta\x1b[31m"))),
        portfolio_row("c", "c.toml", run(sample(name="Gamma"))),
    ]


def test_each_project_has_a_line_with_dates_money_gate_decision_and_driver():
    lines = render(rows(), 140).split("\n")
    assert lines[0].split() == [
        "scenario",
        "project",
        "finish",
        "P50",
        "finish",
        "P80",
        "P80",
        "slack",
        "cost",
        "P80",
        "gate",
        "chance",
        "decision",
        "top",
        "driver",
    ]
    assert re.match(r"  a +Alpha +19 Apr", lines[1])
    assert "19 Apr 2027" in lines[1] and "19 May 2027" in lines[1]
    assert "79,980 EUR" in lines[1] and "GO" in lines[1] and "antenna-late" in lines[1]
    assert "NO-GO" in lines[2]


def test_a_refused_scenario_is_named_with_its_reason():
    assert "bad\\x1b[2J.toml refused: line 3: RE202\\x1b[0m" in render(rows(), 100)


def test_hostile_names_are_cleaned_and_lines_keep_to_the_width():
    for width in (40, 80):
        text = render(rows(), width)
        assert "\x1b" not in text
        assert max(map(len, text.split("\n"))) <= width


def test_a_batch_of_bad_files_alone_has_no_table():
    assert render([refused_row("x", "x.toml", "refused", "why")], 80) == "  x.toml refused: why"


def test_the_table_fits_a_terminal_of_80_columns():
    lines = render(rows(), 80).split("\n")
    assert "top driver" in lines[0]
    assert re.match(r"  a +19 May 2027 +79,980 EUR +delivery +95% \(94-96\) +GO +antenna-\.\.", lines[1])


def test_the_worst_decision_counts():
    made = rows()
    assert worst(made) == "no-go"
    assert worst(made[:2]) == "go"
    assert worst(made[1:2]) is None


def test_the_document_has_every_column_and_iso_dates():
    found = document(rows())
    text = json.dumps(found, allow_nan=False)
    assert found["decision"] == "no-go"
    assert [row["status"] for row in found["scenarios"]] == ["done", "refused", "done", "done"]
    assert found["scenarios"][0]["finish_p80_date"] == "2027-05-19"
    assert found["scenarios"][1]["finish_p80"] is None
    assert "\\u001b" in text


LONG = ("published-hulett-one-path", "published-hulett-two-paths", "published-hulett-two-path")


def published(names):
    return [portfolio_row(name, f"plans/{name}.toml", run(sample(name="Hulett"))) for name in names]


def test_scenarios_of_one_project_are_told_apart_by_the_name_of_their_file():
    for width in (40, 60, 80, 100, 120):
        lines = render(published(LONG), width).split("\n")
        for name in LONG:
            assert any(re.match(rf"  {name}( |$)", line) for line in lines), (width, name)


def test_two_files_of_one_name_show_their_results_folders():
    rows = [row | {"scenario_key": name} for row, name in zip(published(["a", "a"]), ("a", "deep-a"), strict=True)]
    assert "  deep-a " in render(rows, 80)


def test_a_long_name_is_cut_where_rows_can_still_be_told_apart():
    lines = render(published(["north-" + "x" * 60, "south-" + "x" * 60]), 80).split("\n")
    assert len(lines) == 3
    assert re.match(r"  north-x+\.\. ", lines[1])
    assert re.match(r"  south-x+\.\. ", lines[2])


def test_a_plan_without_any_cost_has_no_cost():
    (row,) = published(["free"])
    free = row | {"cost_p80": 0.0, "has_cost": False}
    assert "0 EUR" not in render([free], 80)
    assert "0 EUR" in render([row | {"cost_p80": 0.0, "has_cost": True}], 80)


def two_gates():
    gates = [gate("budget", share=None, cost_share=0.9), gate("delivery", share=0.62)]
    return portfolio_row("a", "a.toml", run(sample(gates)))


def test_the_weakest_gate_stands_with_its_project_and_the_others_below():
    lines = render([two_gates()], 150).split("\n")
    assert re.match(r"  a .* delivery +62% \(60-64\) +NO-GO +antenna-late", lines[1])
    assert re.match(r"    budget +- +budget +90% \(88-92\) +GO$", lines[2])
    assert len(lines) == 3


def test_slack_is_from_p80_to_the_date_of_the_gate():
    row = two_gates()
    assert row["slack_p80"] == (row["commitment"] - row["finish_p80"]).total_seconds() / 86_400
    assert row["slack_p80_ci_low"] <= row["slack_p80"] <= row["slack_p80_ci_high"]
    assert row["slack_p80_ci_low"] == (row["commitment"] - row["finish_p80_ci_high"]).total_seconds() / 86_400
    assert (row["finish_gate"], row["cost_gate"], row["gate"]) == ("delivery", "budget", "delivery")
    assert row["cost_slack_p80"] == 90_000 - row["cost_p80"]
    assert f"{round(row['slack_p80']):+} days" in render([row], 150)


def test_totals_count_every_outcome_and_say_it_in_words():
    made = [*rows(), refused_row("disk", "disk.toml", "failed", "full")]
    assert totals(made) == {
        "scenarios": 5,
        "go": 1,
        "no-go": 1,
        "undecided": 0,
        "without_gates": 1,
        "refused": 1,
        "failed": 1,
        "unchanged": 0,
    }
    kept = [row | {"is_unchanged": row["status"] == "done"} for row in made]
    assert totals_in_words(kept).endswith("1 failed; 3 unchanged")
    assert totals_in_words(made) == "5 scenarios: 1 GO, 1 NO-GO, 1 without gates, 1 refused, 1 failed"
    assert document(made, made[:1])["totals"]["scenarios"] == 5
    assert len(document(made, made[:1])["scenarios"]) == 1


def test_the_document_has_the_gates_of_each_scenario():
    (row,) = document([two_gates()])["scenarios"]
    assert [gate["gate"] for gate in row["gates"]] == ["budget", "delivery"]
    assert row["gates"][1]["probability"] == row["chance"]
    assert row["status_date"] == "2027-03-01"
