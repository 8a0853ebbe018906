"""Tables that are not in UTF-8: told by their letters or their zeros as registers are, with what was guessed said."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import read
from riskengine.scenario.tables.encodings import table_text
from tests.support.scenario_text import HEAD, TASK, written
from tests.unit.code_pages.test_guess import NAMES, in_page

RISKS = HEAD + TASK + "risks = 'table.csv'\n"


def plan(names, separator=","):
    """A table with a task for each name."""
    rows = [f'T{number}{separator}"{name}"{separator}5\n' for number, name in enumerate(names)]
    return f"id{separator}name{separator}duration\n" + "".join(rows)


def read_table(folder, raw, text="tasks = 'table.csv'\n", head=HEAD):
    """The scenario of a table, and the hints of reading it."""
    (folder / "table.csv").write_bytes(raw)
    hints = []
    return read(written(folder, text, head=head), hints=hints), hints


def fault(folder, raw):
    """The one fault of a table."""
    with pytest.raises(ScenarioError) as caught:
        read_table(folder, raw)
    (issue,) = caught.value.issues
    return issue


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("language", NAMES)
def test_names_of_tasks_come_out_as_a_person_wrote_them(language, separator, tmp_path):
    page, joined = NAMES[language]
    names = joined.split("|")
    scenario, hints = read_table(tmp_path, in_page(plan(names, separator), page))
    assert [scenario.tasks[f"T{number}"].name for number in range(len(names))] == names
    (hint,) = [hint for hint in hints if "encoding" in hint]
    assert hint.startswith("table.csv: the encoding was taken for ") and "% sure" in hint
    assert hint.endswith("; saved as UTF-8, nothing has to be guessed")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("names", [["Süß", "Łódź"], ["基礎工事", "配管据付"], ["Āgenskalns, sākums", "Āra darbi"]])
def test_utf_16_is_known_and_no_guess(encoding, names, tmp_path):
    scenario, hints = read_table(tmp_path, plan(names).encode(encoding))
    assert [task.name for task in scenario.tasks.values()] == names
    assert not any("encoding" in hint for hint in hints)


def test_a_heading_in_chinese_does_not_hide_utf_16():
    text = "編號標題,名稱標題,duration,Unit\nA,B,5,d\n"
    assert table_text(text.encode("utf-16-be"), cure="") == (text, "")


def test_a_table_of_risks_is_read_by_the_same_rule(tmp_path):
    raw = "id,name,probability,target,delay\nR,Verzögerung der Prüfungen,0.5,a,5\n".encode("cp1252")
    scenario, hints = read_table(tmp_path, raw, TASK, HEAD + "risks = 'table.csv'\n")
    assert scenario.risks["R"].name == "Verzögerung der Prüfungen"
    assert any("the encoding was taken for cp1252" in hint for hint in hints)


def test_one_page_names_tasks_in_the_table_and_in_its_predecessors(tmp_path):
    raw = "id,duration,after\nGründung,5,\nRohbau,5,Gründung\n".encode("cp1252")
    scenario, _ = read_table(tmp_path, raw)
    assert [link.task for link in scenario.tasks["Rohbau"].after] == ["Gründung"]


DAMAGED = plan(["Süß", "Größe", "Maß"]).encode()


def test_utf_8_with_a_foreign_byte_is_no_code_page(tmp_path):
    issue = fault(tmp_path, DAMAGED.replace("Größe".encode(), "Größ".encode() + b"\xe9"))
    assert (issue.code, issue.line) == ("RE102", 3)
    assert "must be UTF-8 throughout, as the rest of it is" in issue.rule and "byte 0xe9" in issue.rule
    assert "save it again and choose UTF-8" in issue.cure


def test_utf_8_that_is_cut_within_a_character_is_no_code_page(tmp_path):
    issue = fault(tmp_path, DAMAGED[: DAMAGED.rindex("ß".encode()) + 1])
    assert (issue.code, issue.line) == ("RE102", 4)
    assert "cut off in the middle of a character" in issue.cure


@pytest.mark.parametrize("language", NAMES)
def test_no_name_in_a_code_page_is_taken_for_damaged_utf_8(language):
    page, joined = NAMES[language]
    for name in joined.split("|"):
        raw = in_page(plan([name]), page)
        assert raw.isascii() or isinstance(table_text(raw, cure=""), tuple), name


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04 zip", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (plan(["x"]).encode("utf-32"), "UTF-32"),
        (b"id,duration\nA\0,5\n", "must be text"),
    ],
)
def test_what_is_no_text_is_refused(raw, what, tmp_path):
    issue = fault(tmp_path, raw)
    assert issue.code == "RE102"
    assert what in issue.rule
