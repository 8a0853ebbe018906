"""The portfolio of a batch."""

import json
import re

from riskengine.analysis import portfolio_row, refused_row
from riskengine.report.portfolio import document, render, worst
from tests.report.runs import gate, run, sample


def rows():
    return [
        portfolio_row("a.toml", run(sample([gate(share=0.95)], name="Alpha"))),
        refused_row("bad\x1b[2J.toml", "refused", "line 3: RE202\x1b[0m"),
        portfolio_row("b.toml", run(sample([gate(share=0.3)], name="Beta\x1b[31m"))),
        portfolio_row("c.toml", run(sample(name="Gamma"))),
    ]


def test_each_project_has_a_line_with_dates_money_decision_and_driver():
    lines = render(rows(), 100).split("\n")
    assert lines[0].split() == ["project", "finish", "P50", "finish", "P80", "cost", "P80", "decision", "top", "driver"]
    assert "Alpha" in lines[1] and "19 Apr 2027" in lines[1] and "19 May 2027" in lines[1]
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
    assert render([refused_row("x.toml", "refused", "why")], 80) == "  x.toml refused: why"


def test_the_table_fits_a_terminal_of_80_columns():
    lines = render(rows(), 80).split("\n")
    assert "top driver" in lines[0]
    assert re.match(r"  Alpha +19 Apr 2027 +19 May 2027 +79,980 EUR +GO +antenna-l", lines[1])


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
