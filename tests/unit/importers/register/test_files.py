"""Files of registers: separators, encodings, workbooks with percentages, dates, errors, merged headings."""

import subprocess
import sys
from pathlib import Path

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.register.read import read_register, risk_documents
from riskengine.importers.sheets import workbook as opening
from riskengine.scenario.tables import sheet_notes
from tests.unit.importers.register.registers import faults, issues, read_text, risks
from tests.unit.importers.sheets.workbooks import (
    CUSTOM_PERCENT,
    DATE,
    PERCENT,
    QUOTED_PERCENT,
    Raw,
    Styled,
    parts,
    workbook,
    worksheet,
    zipped,
)

PLAIN = "ID,Title,Probability,Delay (days)\nR1,Süß,30%,5\n"
HEAD = ["ID", "Title", "Probability", "Delay (days)"]


def refused(path, mapping=None):
    """The faults of a file."""
    with pytest.raises(ScenarioError) as caught:
        read_register(path, mapping=mapping)
    return caught.value.issues


def codes(path):
    """Codes and places of the faults of a file."""
    return [(issue.code, issue.path) for issue in refused(path)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate_columns(separator):
    assert risks(PLAIN.replace(",", separator))["R1"]["name"] == "Süß"


def test_decimal_commas_and_semicolons_go_together():
    register = "ID;Probability;Delay min (days);Delay ML (days);Delay max (days)\nR;12,5 %;1,5;2,5;10\n"
    found = risks(register)["R"]
    assert (found["probability"], found["impacts"]["project"]["delay"]["low"]) == (0.125, 1.5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings_are_read(encoding):
    assert risks(PLAIN.encode(encoding))["R1"]["name"] == "Süß"


def test_an_encoding_that_was_guessed_is_said():
    assert any("cp1252" in note for note in read_text(PLAIN.encode("cp1252")).notes)
    assert not any("cp1252" in note for note in read_text(PLAIN).notes)


def test_the_mapping_can_give_encoding_and_separator():
    register = PLAIN.encode("latin-1").replace(b"\xfc", b"\x81")
    assert any("is the next likely" in note for note in read_text(register).notes)
    assert [code for code, _ in faults(register, 'encoding = "cp1252"\n')] == ["RE871"]
    assert list(risks(register, 'encoding = "latin-1"\nseparator = ","\n')) == ["R1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "RE854"),
        ("\n\n\n", "RE854"),
        ("some text\nmore text\n", "RE854"),
        ('ID,Probability,Delay (days)\nR,30%,"5\n', "RE871"),
        (b"ID,Probability\x00,Delay (days)\nR,30%,5\n", "RE871"),
        ("ID,Probability,Delay (days)\n" + "R,30%,5\n" * 20_001, "RE871"),
    ],
)
def test_files_that_are_no_register_are_refused_with_a_line(text, code):
    (issue,) = issues(text)
    assert issue.code == code
    assert issue.line is not None


def test_lines_count_line_ends_inside_cells():
    register = 'ID,Title,Probability,Delay (days)\nR1,"two\nlines",30%,5\nR2,x,y,5\n'
    (issue,) = issues(register)
    assert (issue.line, issue.path) == (4, "C4 Probability")
    assert risks(register.replace("x,y", "x,30%"))["R1"]["name"] == "two lines"


def test_a_workbook_is_read_with_percentages_as_they_are_shown(tmp_path):
    rows = [HEAD, ["R1", "Late", Styled(0.3, PERCENT), 5], ["R2", "Lost", Styled(0.005, CUSTOM_PERCENT), 2.5]]
    found = risk_documents(read_register(workbook(tmp_path, rows)).risks)
    assert [risk["probability"] for risk in found.values()] == [0.3, 0.005]
    source = found["R2"]["impacts"]["project"]["delay"]
    assert source == {"value": 2.5, "unit": "d", "source": "register.xlsx Risks!D3"}


def test_a_percent_sign_in_quotes_of_a_number_format_is_no_percentage(tmp_path):
    rows = [HEAD, ["R1", "Late", Styled(30.0, QUOTED_PERCENT), 5]]
    assert read_register(workbook(tmp_path, rows)).risks[0].probability == 0.3


def test_a_percentage_above_one_hundred_is_refused(tmp_path):
    assert codes(workbook(tmp_path, [HEAD, ["R1", "Late", Styled(30.0, PERCENT), 5]])) == [
        ("RE863", "Risks!C2 Probability")
    ]


def test_a_number_is_an_id_and_a_text_stays_a_text(tmp_path):
    rows = [HEAD, [101, "Late", 0.3, 5], ["007", "Lost", "0.4", "5"]]
    found = read_register(workbook(tmp_path, rows)).risks
    assert [(risk.id, risk.probability) for risk in found] == [("101", 0.3), ("007", 0.4)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Styled(45000, DATE), "RE863"),
        (True, "RE863"),
        (Raw('<c r="{place}" t="e"><v>#REF!</v></c>'), "RE872"),
        (Raw('<c r="{place}"><f>1+1</f></c>'), "RE872"),
        (Styled(0.5, PERCENT), "RE863"),
    ],
)
def test_dates_flags_errors_and_formulas_without_a_value_are_no_numbers(tmp_path, cell, code):
    assert codes(workbook(tmp_path, [HEAD, ["R1", "Late", 0.3, cell]])) == [(code, "Risks!D2 Delay (days)")]


def test_the_stored_value_of_a_formula_is_taken(tmp_path):
    rows = [HEAD, ["R1", "Late", 0.3, Raw('<c r="{place}"><f>A1*0</f><v>7</v></c>')]]
    (risk,) = read_register(workbook(tmp_path, rows)).risks
    assert risk.impacts["project"]["delay"]["value"] == 7


def test_merged_headings_stand_over_their_columns(tmp_path):
    rows = [
        ["Risk register of the project"],
        ["ID", "Title", "Before mitigation", "", "After mitigation", ""],
        ["", "", "Probability", "Delay (days)", "Probability", "Delay (days)"],
        ["R1", "Late", 0.5, 10, 0.2, 4],
    ]
    path = workbook(tmp_path, rows, merges=["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"])
    assert [risk.probability for risk in read_register(path).risks] == [0.5]
    assert [risk.probability for risk in read_register(path, position="post").risks] == [0.2]


def test_cells_merged_over_several_rows_hold_for_each_and_a_cost_counts_once(tmp_path):
    rows = [
        [*HEAD, "Cost (EUR)", "Affected tasks"],
        ["R1", "Late", 0.3, 5, 100, "A"],
        ["", "", "", "", "", "B"],
        ["R2", "Lost", 0.2, 3, 50, "C"],
    ]
    path = workbook(tmp_path, rows, merges=[f"{name}2:{name}3" for name in "ABCDE"])
    found = risk_documents(read_register(path).risks)
    assert list(found) == ["R1", "R2"]
    values = {key: {m: e["value"] for m, e in effects.items()} for key, effects in found["R1"]["impacts"].items()}
    assert values == {"A": {"delay": 5, "cost": 100}, "B": {"delay": 5}}


def test_merged_cells_that_would_fill_the_memory_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_notes, "MOST_CELLS", 3)
    path = workbook(tmp_path, [HEAD, *[["R1", "Late", 0.3, 5]] * 6], merges=["B2:B6"])
    assert "RE853" in {issue.code for issue in refused(path)}


def test_the_worksheet_with_the_register_is_found_among_others(tmp_path):
    sheets = {"Cover": worksheet([["Project"], ["X"]]), "Risks": worksheet([HEAD, ["R1", "Late", 0.3, 5]])}
    path = tmp_path / "r.xlsx"
    path.write_bytes(zipped(parts(sheets)))
    assert [risk.id for risk in read_register(path).risks] == ["R1"]


def test_of_two_registers_one_must_be_named_and_hidden_ones_do_not_count(tmp_path):
    sheets = {name: worksheet([HEAD, [name, "Late", 0.3, 5]]) for name in ("One", "Two")}
    path = tmp_path / "r.xlsx"
    path.write_bytes(zipped(parts(sheets)))
    (issue,) = refused(path)
    assert (issue.code, issue.value) == ("RE854", '"One", "Two"')
    mapping = tmp_path / "m.toml"
    mapping.write_text('sheet = "Two"\n')
    assert [risk.id for risk in read_register(path, mapping=mapping).risks] == ["Two"]
    mapping.write_text('sheet = "Three"\n')
    assert [issue.code for issue in refused(path, mapping)] == ["RE854"]
    path.write_bytes(zipped(parts(sheets, hidden=["Two"])))
    assert [risk.id for risk in read_register(path).risks] == ["One"]


def members(rows=(HEAD, ["R1", "Late", 0.3, 5])):
    """The parts of a sound workbook."""
    return parts({"Risks": worksheet(rows)})


def written(folder: Path, content: bytes) -> Path:
    """A file with the name of a workbook."""
    path = folder / "r.xlsx"
    path.write_bytes(content)
    return path


UNSAFE = {
    "no zip": b"hello",
    "cut off": zipped(members())[:-40],
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "climbing": zipped({**members(), "../../etc/passwd": "x"}),
    "absolute": zipped({**members(), "/etc/passwd": "x"}),
    "backslash": zipped({**members(), "xl\\x.xml": "x"}),
    "bomb": zipped({**members(), "xl/bomb.xml": b"0" * 30_000_000}),
    "many parts": zipped({**members(), **{f"x{n}": "" for n in range(2_001)}}),
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_archives_that_are_not_safe_are_never_opened(tmp_path, kind, monkeypatch):
    monkeypatch.setattr(opening, "ask", lambda *_: pytest.fail("the workbook was opened"))
    (issue,) = refused(written(tmp_path, UNSAFE[kind]))
    assert issue.code == "RE852"


def test_an_archive_that_unpacks_to_too_much_is_refused_without_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 100)
    (issue,) = refused(written(tmp_path, zipped(members())))
    assert issue.code == "RE852"
    assert "unpacks" in issue.rule


SHEET = "xl/worksheets/sheet1.xml"
WIDE = '<c r="XFD1"><v>1</v></c>'
LOW = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
DAMAGED = {
    "no sheet": {SHEET: None},
    "no workbook": {"xl/workbook.xml": None},
    "cut sheet": {SHEET: worksheet([HEAD])[:-60]},
    "doctype": {SHEET: worksheet([HEAD]).replace("<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet")},
    "wide": {SHEET: worksheet([HEAD]).replace("</row>", WIDE + "</row>")},
    "low": {SHEET: worksheet([HEAD]).replace("</sheetData>", LOW + "</sheetData>")},
    "deep": {SHEET: worksheet([HEAD]).replace("<sheetData>", "<a>" * 80 + "</a>" * 80 + "<sheetData>")},
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_and_oversized_workbooks_are_refused(tmp_path, kind):
    changed = {**members(), **DAMAGED[kind]}
    content = zipped({name: text for name, text in changed.items() if text is not None})
    (issue,) = refused(written(tmp_path, content))
    assert issue.code == "RE853"


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.01)
    (issue,) = refused(written(tmp_path, zipped(members())))
    assert issue.code == "RE853"
    assert "takes more than" in issue.rule


def test_the_process_imports_nothing_from_the_folder_one_works_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("json.py", "zipfile.py", "riskengine.py"):
        Path(name).write_text("open('imported', 'w').close()\n")
    path = written(tmp_path, zipped(members()))
    assert [risk.id for risk in read_register(path).risks] == ["R1"]
    assert not Path("imported").exists()


def test_the_process_has_less_memory_than_the_machine(tmp_path):
    probe = (
        "import resource; from riskengine.importers.sheets.process import MEMORY, limit; limit(); "
        "print([resource.getrlimit(kind)[0] == most for kind, most in ((resource.RLIMIT_AS, MEMORY),)])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True]"


def test_a_process_that_dies_is_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(opening.sys, "executable", "/bin/false")
    (issue,) = refused(written(tmp_path, zipped(members())))
    assert issue.code == "RE853"


def test_without_the_extra_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(opening.importlib.util, "find_spec", lambda name: None)
    (issue,) = refused(written(tmp_path, zipped(members())))
    assert (issue.code, "python-calamine" in issue.rule) == ("RE851", True)


@pytest.mark.parametrize(("name", "code"), [("nowhere.csv", "RE101"), (".", "RE101"), ("r.ods", "RE850")])
def test_what_cannot_be_opened_is_refused(tmp_path, name, code):
    (tmp_path / "r.ods").write_text("x")
    (issue,) = refused(tmp_path / name)
    assert issue.code == code


def test_a_workbook_by_another_name_is_known_by_its_content(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(zipped(members()))
    assert [risk.id for risk in read_register(path).risks] == ["R1"]


def test_control_characters_never_reach_the_scenario():
    (risk,) = read_text("ID,Title,Probability,Delay (days)\nR1,be\x07ll,30%,5\n").risks
    assert risk.name == "be ll"


def test_a_last_line_without_an_end_is_said():
    """A cost of 120 that was cut to 12 is still a number, in a row with all its cells."""
    register = "ID,Probability (%),Affected tasks,Cost (EUR)\nR1,30,B100,500\nR2,20,B100,12"
    assert any("line 3 has no end" in note for note in read_text(register).notes)
    assert not any("has no end" in note for note in read_text(register + "0\n").notes)
