"""Cells without a value of their own: formulas that nobody computed, errors, and what programs store instead."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.register.read import read_register, risk_documents
from tests.unit.importers.register.registers import faults as text_faults
from tests.unit.importers.sheets.workbooks import Raw, parts, workbook, worksheet, zipped

HEAD = ["ID", "Title", "Type", "Status", "Probability", "Delay (days)", "Cost (EUR)", "Affected tasks", "Owner", "Memo"]
ROW = ["R1", "Late", "Threat", "open", 0.3, 5, 1000, "B", "Ada", "x"]
OTHER = ["R2", "Lost", "Threat", "open", 0.2, 3, 500, "C", "Bob", "y"]
READ = HEAD[:-1]

NEVER_COMPUTED = {
    "no value": "<c r='{place}'><f>A1</f></c>",
    "empty value": "<c r='{place}'><f>A1</f><v/></c>",
    "empty value written out": "<c r='{place}'><f>A1</f><v></v></c>",
    "only spaces": "<c r='{place}'><f>A1</f><v> </v></c>",
    "empty text": "<c r='{place}' t='str'><f>IF(1,\"B\",\"C\")</f><v></v></c>",
    "empty formula": "<c r='{place}'><f/><v/></c>",
    "shared": "<c r='{place}'><f t='shared' ref='A1:A9' si='0'>A1</f><v/></c>",
    "shared with another": "<c r='{place}'><f t='shared' si='0'/><v/></c>",
    "array": "<c r='{place}'><f t='array' ref='{place}'>A1:A2</f><v/></c>",
    "error": "<c r='{place}' t='e'><v>#REF!</v></c>",
    "computed error": "<c r='{place}' t='e'><f>A1/0</f><v>#DIV/0!</v></c>",
    "error as text": "<c r='{place}' t='inlineStr'><is><t>#N/A</t></is></c>",
    "formula as text": "<c r='{place}' t='inlineStr'><is><t>=500*3</t></is></c>",
    "text in the wrong element": "<c r='{place}' t='inlineStr'><v>B</v></c>",
}


def with_cell(index, xml, row=ROW):
    """A row with the XML of one cell in a column."""
    return [*row[:index], Raw(xml), *row[index + 1 :]]


def faults(path):
    """Codes and places of the faults of a file."""
    with pytest.raises(ScenarioError) as caught:
        read_register(path)
    return [(issue.code, issue.path) for issue in caught.value.issues]


@pytest.mark.parametrize("kind", NEVER_COMPUTED)
@pytest.mark.parametrize("heading", READ)
def test_a_cell_without_a_value_is_refused_in_every_column_that_is_read(tmp_path, heading, kind):
    index = HEAD.index(heading)
    path = workbook(tmp_path, [HEAD, with_cell(index, NEVER_COMPUTED[kind])])
    assert faults(path) == [("RE872", f"Risks!{'ABCDEFGHI'[index]}2 {heading}")]


@pytest.mark.parametrize("kind", NEVER_COMPUTED)
def test_a_cell_without_a_value_in_a_column_that_is_not_read_is_noted(tmp_path, kind):
    path = workbook(tmp_path, [HEAD, with_cell(9, NEVER_COMPUTED[kind])])
    register = read_register(path)
    assert [risk.id for risk in register.risks] == ["R1"]
    assert any("cells without a value" in note and "Risks!J2" in note for note in register.notes)


def test_every_cell_without_a_value_is_told_headings_too(tmp_path):
    none = Raw(NEVER_COMPUTED["empty value"])
    rows = [
        [*HEAD[:6], none, *HEAD[7:]],
        [none, *ROW[1:]],
        [*OTHER[:4], none, none, *OTHER[6:8], none, "z"],
    ]
    assert faults(workbook(tmp_path, rows)) == [
        ("RE872", "Risks!G1 heading"),
        ("RE872", "Risks!A2 ID"),
        ("RE872", "Risks!I3 Owner"),
        ("RE872", "Risks!E3 Probability"),
        ("RE872", "Risks!F3 Delay (days)"),
    ]


def test_headings_that_were_never_computed_are_told_where_no_register_is_seen(tmp_path):
    none = Raw(NEVER_COMPUTED["empty value"])
    found = faults(workbook(tmp_path, [[none] * 4, ["R1", "Late", 0.3, 5]]))
    assert found == [("RE854", ""), *(("RE872", f"Risks!{letter}1 heading") for letter in "ABCD")]


def test_the_heading_of_a_group_that_was_never_computed_is_refused(tmp_path):
    rows = [
        ["", "", Raw(NEVER_COMPUTED["no value"]), "", "After mitigation", ""],
        ["ID", "Title", "Probability", "Delay (days)", "Probability", "Delay (days)"],
        ["R1", "Late", 0.5, 10, 0.2, 4],
    ]
    path = workbook(tmp_path, rows, merges=["C1:D1", "E1:F1"])
    assert ("RE872", "Risks!C1 heading") in faults(path)


def test_cells_that_one_formula_fills_are_refused_where_they_store_nothing(tmp_path):
    formula = "<c r='{place}'><f t='array' ref='G2:G4'>A1:A3*2</f><v>1000</v></c>"
    rows = [HEAD, with_cell(6, formula), [*OTHER[:6], None, *OTHER[7:]], [*OTHER, None]]
    rows[3][0], rows[3][6] = "R3", 7
    assert faults(workbook(tmp_path, rows)) == [("RE872", "Risks!G3 Cost (EUR)")]


def test_a_row_of_which_nothing_was_computed_is_not_taken_for_an_empty_one(tmp_path):
    none = Raw(NEVER_COMPUTED["no value"])
    found = faults(workbook(tmp_path, [HEAD, ROW, [None, none], [None] * 4 + [none]]))
    assert [place for code, place in found if code == "RE872"] == ["Risks!B3 Title", "Risks!E4 Probability"]


@pytest.mark.parametrize(
    ("index", "xml", "value"),
    [
        (6, "<c r='{place}'><f>500*3</f><v>1500</v></c>", 1500),
        (6, "<c r='{place}'><f t='shared' ref='A1:A9' si='0'>500*3</f><v>1500</v></c>", 1500),
        (6, "<c r='{place}'><f t='shared' si='0'/><v>1500</v></c>", 1500),
        (6, "<c r='{place}'><f t='array' ref='G2:G2'>500*3</f><v>1500</v></c>", 1500),
        (6, "<c r='{place}' t='str'><f>\"1500\"</f><v>1500</v></c>", 1500),
        (6, "<c r='{place}'><f>0*3</f><v>0</v></c>", None),
        (6, "<c r='{place}' t='str'><f>IF(A2=\"\",1500,\"\")</f><v></v></c>", None),
        (7, "<c r='{place}' t='str'><f>\"B\"</f><v>B</v></c>", 1000),
    ],
)
def test_formulas_with_a_stored_value_are_read(tmp_path, index, xml, value):
    (risk,) = risk_documents(read_register(workbook(tmp_path, [HEAD, with_cell(index, xml)])).risks).values()
    assert risk["impacts"]["B"].get("cost", {}).get("value") == value


def test_an_empty_text_is_said_where_a_formula_gave_it(tmp_path):
    xml = "<c r='{place}' t='str'><f>IF(A2=\"\",1500,\"\")</f><v></v></c>"
    assert any("empty text" in note for note in read_register(workbook(tmp_path, [HEAD, with_cell(6, xml)])).notes)


def to_be_computed(tmp_path, rows):
    """A workbook that asks for its formulas to be computed when it is opened, as XlsxWriter writes it."""
    members = parts({"Risks": worksheet(rows)})
    book = members["xl/workbook.xml"].replace("</workbook>", '<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>')
    path = tmp_path / "register.xlsx"
    path.write_bytes(zipped({**members, "xl/workbook.xml": book}))
    return path


@pytest.mark.parametrize("value", ["0", "0.0", ""])
def test_a_zero_that_a_program_stored_in_place_of_a_result_is_no_value(tmp_path, value):
    xml = f"<c r='{{place}}'><f>500*3</f><v>{value}</v></c>"
    assert faults(to_be_computed(tmp_path, [HEAD, with_cell(6, xml)])) == [("RE872", "Risks!G2 Cost (EUR)")]


def test_other_values_of_a_workbook_that_asks_to_be_computed_are_read_and_said(tmp_path):
    path = to_be_computed(tmp_path, [HEAD, with_cell(6, "<c r='{place}'><f>500*3</f><v>1500</v></c>")])
    register = read_register(path)
    assert register.risks[0].impacts["B"]["cost"]["value"] == 1500
    assert any("asks to be computed" in note for note in register.notes)


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#NV", "#BEZUG!", "#VALEUR!", "#####", "Err:502", "=500*3", "=B2"])
@pytest.mark.parametrize("column", [0, 1, 4, 7])
def test_errors_and_formulas_in_csv_are_refused(cell, column):
    row = ["R1", "Late", "30%", "5", "1000", "A", "Ada", "B"]
    row[column] = cell
    text = "ID,Title,Probability,Delay (days),Cost (EUR),Memo,Owner,Affected tasks\n" + ",".join(row) + "\n"
    heading = ["ID", "Title", "Probability", "Delay (days)", "Cost (EUR)", "Memo", "Owner", "Affected tasks"][column]
    assert text_faults(text) == [("RE872", f"{'ABCDEFGH'[column]}2 {heading}")]
    assert text_faults(text.replace(cell, '"=""B"""')) == ([] if column in (0, 1, 7) else [("RE862", "E2 Cost (EUR)")])
