"""What a spreadsheet hides or strikes through, gaps, merged cells, and files that end early: said, never dropped."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.register.read import read_register
from tests.unit.importers.register.registers import faults as text_faults
from tests.unit.importers.register.registers import read_text, risks
from tests.unit.importers.sheets.workbooks import HEAD as XML
from tests.unit.importers.sheets.workbooks import MAIN, RELATION, Raw, parts, workbook, worksheet, zipped

HEAD = ["ID", "Title", "Probability", "Delay (days)", "Affected tasks"]
ROWS = [[f"R{n}", f"Risk {n}", 0.3, n, "B"] for n in range(1, 7)]
FONTS = "<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
STYLES = (
    f"{XML}<styleSheet xmlns='{MAIN}'>{FONTS}<cellXfs count='3'><xf numFmtId='0' fontId='0'/>"
    "<xf numFmtId='0' fontId='1'/><xf numFmtId='0' fontId='2'/></cellXfs>"
    "<dxfs><dxf><font><b/></font></dxf><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
)


def written(tmp_path, sheet, texts="", **more):
    """A workbook of one worksheet as XML, with styles that strike through."""
    members = {**parts({"Risks": sheet, **more}, hidden=list(more)), "xl/styles.xml": STYLES}
    if texts:
        related = members["xl/_rels/workbook.xml.rels"]
        text = f'<Relationship Id="rIdT" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        members["xl/_rels/workbook.xml.rels"] = related.replace("</Relationships>", text)
        members["xl/sharedStrings.xml"] = f"{XML}<sst xmlns='{MAIN}'>{texts}</sst>"
    path = tmp_path / "register.xlsx"
    path.write_bytes(zipped(members))
    return path


def codes(path, mapping=None):
    """Codes and places of the faults of a file."""
    with pytest.raises(ScenarioError) as caught:
        read_register(path, mapping=mapping)
    return [(issue.code, issue.path) for issue in caught.value.issues]


def with_rows(change, *numbers):
    """The XML of a register with attributes added to some rows."""
    sheet = worksheet([HEAD, *ROWS])
    for number in numbers:
        sheet = sheet.replace(f'<row r="{number}"', f'<row r="{number}" {change}')
    return sheet


@pytest.mark.parametrize("change", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])
def test_hidden_rows_are_read_with_their_number_said(tmp_path, change):
    register = read_register(written(tmp_path, with_rows(change, 3, 4, 7)))
    assert len(register.risks) == 6
    assert "3 rows hidden or filtered out are read like the others: rows 3-4, 7" in register.notes


def test_one_hidden_row_is_said_as_one(tmp_path):
    register = read_register(written(tmp_path, with_rows('hidden="1"', 3)))
    assert "1 row hidden or filtered out is read like the others: row 3" in register.notes


def test_a_sheet_that_hides_its_rows_by_default_is_said(tmp_path):
    sheet = worksheet([HEAD, *ROWS]).replace("<sheetData>", "<sheetFormatPr zeroHeight='1'/><sheetData>")
    register = read_register(written(tmp_path, sheet.replace('<row r="2"', '<row r="2" ht="15"')))
    assert "5 rows hidden or filtered out are read like the others: rows 3-7" in register.notes


def test_nothing_is_said_where_nothing_is_hidden(tmp_path):
    notes = read_register(written(tmp_path, with_rows('hidden="0" ht="15"', 3, 4))).notes
    assert not any(word in note for note in notes for word in ("hidden", "struck", "empty", "covered", "merged"))


def test_the_mapping_leaves_hidden_and_struck_rows_out(tmp_path):
    rows = [[*ROWS[0]], [Raw("<c r='{place}' s='1' t='inlineStr'><is><t>R2</t></is></c>"), *ROWS[1][1:]], *ROWS[2:]]
    sheet = worksheet([HEAD, *rows]).replace('<row r="4"', '<row r="4" hidden="1"')
    path = written(tmp_path, sheet)
    mapping = tmp_path / "m.toml"
    mapping.write_text('hidden_rows = "leave out"\nstruck_rows = "leave out"\n')
    register = read_register(path, mapping=mapping)
    assert [risk.id for risk in register.risks] == ["R1", "R4", "R5", "R6"]
    assert "1 row hidden or filtered out is left out: row 4" in register.notes
    assert "1 row struck through is left out: row 3" in register.notes
    mapping.write_text('struck_rows = "forget"\n')
    assert [code for code, _ in codes(path, mapping)] == ["RE123"]


def test_a_hidden_column_that_is_read_is_said(tmp_path):
    sheet = worksheet([HEAD, *ROWS]).replace("<sheetData>", "<cols><col min='4' max='4' hidden='1'/></cols><sheetData>")
    notes = read_register(written(tmp_path, sheet)).notes
    assert '1 hidden column is read like the others: D "Delay (days)"' in notes


def test_hidden_worksheets_are_named(tmp_path):
    path = written(tmp_path, worksheet([HEAD, *ROWS]), Secret=worksheet([HEAD, ["X", "Y", 0.1, 1, "C"]]))
    register = read_register(path)
    assert len(register.risks) == 6
    assert 'hidden worksheets are not looked at: "Secret"' in register.notes


def struck(text, style=1):
    """A text in a style of its own."""
    return Raw(f"<c r='{{place}}' s='{style}' t='inlineStr'><is><t>{text}</t></is></c>")


def runs(*parts_):
    """A text in runs, each with its properties."""
    return "".join(f"<r><rPr>{properties}</rPr><t xml:space='preserve'>{text}</t></r>" for properties, text in parts_)


@pytest.mark.parametrize("column", [0, 1])
def test_a_row_whose_id_or_name_is_struck_through_is_read_and_said(tmp_path, column):
    row = [*ROWS[1][:column], struck(ROWS[1][column]), *ROWS[1][column + 1 :]]
    register = read_register(written(tmp_path, worksheet([HEAD, ROWS[0], row, *ROWS[2:]])))
    assert len(register.risks) == 6
    assert "1 row struck through is read like the others: row 3" in register.notes


def test_single_cells_struck_through_are_said(tmp_path):
    rows = [[*ROWS[0][:2], Raw("<c r='{place}' s='1'><v>0.4</v></c>"), *ROWS[0][3:]], *ROWS[1:]]
    register = read_register(written(tmp_path, worksheet([HEAD, *rows])))
    assert register.risks[0].probability == 0.4
    assert "1 cell struck through is read like the others: Risks!C2" in register.notes


def test_a_style_that_does_not_strike_through_is_not_said(tmp_path):
    register = read_register(written(tmp_path, worksheet([HEAD, [struck("R1", 2), *ROWS[0][1:]]])))
    assert not any("struck" in note for note in register.notes)


def test_a_shared_text_that_is_struck_through_is_said(tmp_path):
    texts = f"<si>{runs(('<strike/>', 'R1'))}</si>"
    row = [Raw("<c r='{place}' t='s'><v>0</v></c>"), *ROWS[0][1:]]
    register = read_register(written(tmp_path, worksheet([HEAD, row]), texts))
    assert "1 row struck through is read like the others: row 2" in register.notes


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("column", [0, 2, 3, 4])
def test_a_number_of_which_a_part_is_struck_through_is_not_read_as_one(tmp_path, column, is_shared):
    text = runs(("<strike/>", "5"), ("", "10"))
    cell = "<c r='{place}' t='s'><v>0</v></c>" if is_shared else f"<c r='{{place}}' t='inlineStr'><is>{text}</is></c>"
    row = [*ROWS[0][:column], Raw(cell), *ROWS[0][column + 1 :]]
    path = written(tmp_path, worksheet([HEAD, row]), f"<si>{text}</si>" if is_shared else "")
    assert codes(path) == [("RE873", f"Risks!{'ABCDE'[column]}2 {HEAD[column]}")]


def test_a_name_of_which_a_part_is_struck_through_is_read(tmp_path):
    cell = Raw(f"<c r='{{place}}' t='inlineStr'><is>{runs(('<strike/>', 'Early'), ('', 'Late'))}</is></c>")
    register = read_register(written(tmp_path, worksheet([HEAD, ["R1", cell, *ROWS[0][2:]]])))
    assert register.risks[0].name == "EarlyLate"


def test_a_conditional_format_that_can_strike_through_is_said(tmp_path):
    rule = "<conditionalFormatting sqref='A2:E9'><cfRule type='expression' dxfId='{}'/></conditionalFormatting>"
    rule = f"</sheetData>{rule}"
    sheet = worksheet([HEAD, *ROWS])
    for dxf, is_said in ((0, False), (1, True)):
        notes = read_register(written(tmp_path, sheet.replace("</sheetData>", rule.format(dxf)))).notes
        assert any("conditional format" in note for note in notes) == is_said


def test_values_below_merged_cells_are_not_read_and_said(tmp_path):
    rows = [["R1", "Late", 0.3, 5, "A"], ["R9", "Gone", 0.9, 9, "C"]]
    path = workbook(tmp_path, [HEAD, *rows], merges=["A2:A3", "B2:B3", "C2:C3"])
    register = read_register(path)
    (risk,) = register.risks
    assert (risk.id, risk.probability, sorted(risk.impacts)) == ("R1", 0.3, ["A", "C"])
    assert any("below merged cells" in note and "Risks!A3, Risks!B3, Risks!C3" in note for note in register.notes)


def test_rows_after_empty_ones_are_read_and_said(tmp_path):
    path = workbook(tmp_path, [HEAD, *ROWS[:2], [], [None], *ROWS[2:]])
    register = read_register(path)
    assert len(register.risks) == 6
    assert "the table goes on after empty rows, at row 6" in register.notes
    text = "ID,Probability,Delay (days)\nR1,30%,5\n\n,,\nR2,20%,5\n"
    assert "the table goes on after empty rows, at row 5" in read_text(text).notes


def test_columns_without_a_heading_are_said(tmp_path):
    path = workbook(tmp_path, [[*HEAD, None], *[[*row, 500] for row in ROWS]])
    assert "columns without a heading are not read: F" in read_register(path).notes


def test_rows_with_values_in_unread_columns_only_are_said(tmp_path):
    rows = [[*row, "x"] for row in ROWS] + [[None] * 5 + [0], [None] * 5 + [0]]
    register = read_register(workbook(tmp_path, [[*HEAD, "Memo"], *rows]))
    assert len(register.risks) == 6
    assert "rows with nothing in the columns that are read are left out: row 8, row 9" in register.notes


CSV = "ID,Title,Probability,Delay (days),Cost (EUR)\nR1,Late,30%,5,1000\nR2,Lost,20%,3,2000\n"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_last_line_needs_no_end(end):
    assert list(risks(CSV.removesuffix("\n") + end)) == ["R1", "R2"]


@pytest.mark.parametrize("cut", ["R2,Lost,20%,3", "R2,Lost,20%", "R2,Lost", "R2", "R2,Lost,20%,3\n", "R2,Lost\r\n"])
def test_a_last_row_that_is_cut_off_is_refused(cut):
    text = CSV[: CSV.index("R2")] + cut
    assert ("RE874", "3") in text_faults(text)


def test_a_file_of_one_row_that_is_cut_off_is_refused():
    assert text_faults("ID,Title,Probability,Delay (days),Cost (EUR)\nR1,Late,30%,5") == [("RE874", "2")]


def test_short_rows_among_others_are_read_and_said():
    text = "ID,Probability,Delay (days),Cost (EUR)\nR1,30%,5\nR2,30%,5,100\nR3,30%,5\n"
    assert "rows with fewer cells than headings are taken as empty there: rows 2, 4" in read_text(text).notes


@pytest.mark.parametrize("row", ["R1,Late,30%,5,1,500", "R1,Late, but not lost,30%,5,1000", "R1,Late,30%,5,1000,x"])
def test_a_row_with_more_cells_than_headings_is_refused(row):
    assert ("RE875", "2") in text_faults(CSV.replace("R1,Late,30%,5,1000", row))


def test_empty_cells_beyond_the_headings_do_no_harm():
    assert list(risks(CSV.replace("1000", "1000,,"))) == ["R1", "R2"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("cell", ['"Late', '"Late,', '"Late ""x""'])
def test_a_quote_that_is_never_closed_is_refused_with_its_line(separator, cell):
    text = CSV.replace(",", separator).replace("Late", cell)
    assert [code for code, _ in text_faults(text)] == ["RE871"]


def test_a_quote_that_is_never_closed_is_refused_where_another_separator_would_read_on():
    text = 'ID;Probability, in percent;Delay (days);Cost (EUR)\nR1;30%;5;"1000\nR2;20%;3;2000\n'
    assert [code for code, _ in text_faults(text)] == ["RE871"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_known_with_and_without_a_mark(encoding):
    assert risks(CSV.replace("Late", "Süß").encode(encoding))["R1"]["name"] == "Süß"


def test_utf_16_that_is_cut_in_a_character_is_refused():
    assert [code for code, _ in text_faults(CSV.encode("utf-16")[:-1])] == ["RE871"]
