"""Files that break the grammar, or are no text: the line, a caret and a guess at what was meant."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import read
from tests.support.scenario_text import HEAD, TASK, issues, only

CASES = {
    "duration = 2,5": "write 2.5",
    "duration = [2,5, 3, 4]": "write a decimal as 4.5",
    "duration = { value = 2,5 }": "write 2.5",
    "cost.fixed = 100,000": "write 100000",
    "cost.fixed = 1,234,567": "write 1234567",
    "cost.fixed = [100,000, 200,000, 300,000]": "write 100000",
    "cost.fixed = 1.234,56": "write 1234.56",
    "cost.fixed = 1,234.56": "write 1234.56",
    "cost.fixed = 1.000.000": "write 1000000",
    "cost.fixed = 100 000": "write 100000",
    "cost.fixed = 100'000": "write 100000",
    "cost.fixed = $500": "an amount is a number alone",
    "cost.fixed = 500 EUR": "an amount is a number alone",
    "cost.fixed = 5k": "write 5000",
    "name = “Test”": 'write " in place of “',
    "name = ‘Test’": 'write " in place of ‘',
    "name = „Test“": 'write " in place of „',
    "name = «Test»": 'write " in place of «',
    'name = "Test”': 'write " in place of ”',
    "deadline = 03/01/2027": "write it as 2027-01-03 or 2027-03-01",
    "deadline = 12/25/2027": "write it as 2027-12-25",
    "deadline = 25.12.2027": "write it as 2027-12-25",
    "deadline = 2027-3-1": "write it as 2027-03-01",
    "deadline = March 1, 2027": "write it as 2027-03-01",
    "deadline = 2027-03-01 8:00": "write it as 2027-03-01T08:00:00",
    "[tasks.my task]": '[tasks."my task"]',
    "[tasks.Fundação]": '[tasks."Fundação"]',
    "[risks.late one.impacts.my task]": '[risks."late one".impacts."my task"]',
    "my task = 5": '"my task" = 5',
    "name = Test Project": 'text needs quotes: "Test Project"',
    "after = [design, build]": 'text needs quotes: "design"',
    "duration = 5d": '"5d"',
    "duration = 5 days": '"5d"',
    "percent_complete = 50%": "write 50 % as 50",
    "probability = 25%": "write 25 % as 0.25",
    "probability = .25": "write 0.25",
    "duration = 5.": "write 5.0",
    "duration = 007": "write 7",
    "duration = −5": "-5",
    "milestone = True": "write true",
    "milestone = yes": "write true",
    "name = None": "leave the key out",
    'name = "Test': 'the text is not closed: "',
    "name = 'Test": "the text that begins here is not closed: '",
    'name = """Test': 'the text that begins here is not closed: """',
    "[tasks.b": "the bracket is not closed: [tasks.b]",
    "tasks.b]": "[tasks.b]",
    "[tasks.b]]": "one ] too many",
    "[tasks.b] duration = 5": "a line of its own",
    "duration = { value = 5": "} is missing",
    "duration = { value = 5, }": "no comma before its }",
    "duration = [1 2 3]": "a comma is missing",
    "duration = [1; 2; 3]": "separated by commas",
    "duration = (1, 2, 3)": "square brackets",
    "duration = 5;": "without a semicolon",
    "duration = 5,": "without a comma",
    "duration: 5": "use = in place of the colon: duration = 5",
    "duration 5": "duration = 5",
    "duration == 5": "one =",
    "duration =": "a value is missing",
    "= 5": "the key is missing",
    "// a comment": "a comment begins with #",
    "<<<<<<< HEAD": "a conflict is left",
    ">>>>>>> other": "a conflict is left",
    '{"tasks": {}}': "a name that ends in .json",
    "<Project>": "riskengine import",
    "---": "a scenario is TOML, or JSON",
    "duration\u00a0= 5": "U+00A0",
    "\ufeffduration = 5": "mark of byte order",
    'name = "C:\\plans"': "'C:\\plans'",
    'name = "C:\\Users\\me"': "a backslash stands twice in double quotes",
    'name = "C:\\xylem"': "a backslash stands twice in double quotes",
    "cost = {": "an inline table stands on one line",
    "[tasks.A/B]": "without a slash: [tasks.A-B]",
    "[tasks.Phase 1/Design]": 'without a slash: [tasks."Phase 1-Design"]',
    "name = 'it's'": 'put " around the text',
}


def under_a_task(line):
    head = "" if line.startswith("[") else "[tasks.a]\n"
    return f"{head}{line}\n"


@pytest.mark.parametrize("line", CASES)
def test_a_broken_line_is_shown_with_what_was_probably_meant(line):
    issue = only(under_a_task(line) if "[2,5, 3" not in line else f"{TASK}".replace("duration = 5", line))
    assert issue.code in ("RE105", "RE201")
    assert CASES[line] in issue.cure
    if issue.code == "RE105":
        shown, caret = issue.excerpt.split("\n")
        assert shown.strip() == line.replace("\u00a0", "\\xa0").replace("\ufeff", "\\ufeff").strip()
        assert caret.strip() == "^"


@pytest.mark.parametrize(
    ("line", "caret"),
    [("duration = 2,5", 12), ("\tname = “x”", 8), ("name = “日本”", 7), ("cost.fixed = 1\u00a0000", 14)],
)
def test_the_caret_stands_below_the_place(line, caret):
    _, second = only(f"[tasks.a]\n{line}\n").excerpt.split("\n")
    assert second == " " * (4 + caret) + "^"


def test_the_caret_of_a_long_line_is_in_sight():
    shown, caret = only(f"[tasks.a]\nname = '{'日本 x' * 100}' x {'y' * 500}\n").excerpt.split("\n")
    assert len(shown) < 120
    assert shown.strip().startswith("...") and shown.endswith("...")
    assert caret.strip() == "^"


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("[tasks.a]\nduration = [1, 2,\ncost.fixed = 5\n", 5, "the list that begins here is not closed"),
        ("[tasks.a]\nafter = [\n'b',\n\n[tasks.b]\nduration = 5\n", 5, "the list that begins here is not closed"),
        ("[tasks.a]\nname = '''\nx\n[tasks.b]\nduration = 5\n", 5, "the text that begins here is not closed"),
        ("[tasks.a]\nafter = [\n'b',\nc,\n]\n", 7, 'text needs quotes: "c"'),
    ],
)
def test_what_is_not_closed_is_shown_where_it_was_opened(text, line, cure):
    issue = only(text)
    assert (issue.code, issue.line) == ("RE105", line)
    assert cure in issue.cure


def test_a_key_given_twice_shows_its_line():
    issue = only("[tasks.a]\nduration = 5\nduration = 6\n")
    assert (issue.code, issue.line, issue.excerpt) == ("RE106", 6, "    duration = 6")


@pytest.mark.parametrize(
    ("head", "cure"),
    [
        ("[tasks.A1.10]\nduration = 5\n", '[tasks."A1.10"]'),
        ("[tasks.A1.10.2]\nduration = 5\n", '[tasks."A1.10.2"]'),
        ("[tasks.a]\nduration = 5\n[risks.R.1]\nprobability = 0.5\n", '[risks."R.1"]'),
    ],
)
def test_an_id_with_a_point_is_shown_in_quotes(head, cure):
    assert any(cure in issue.cure for issue in issues(head))


def fault_of(tmp_path, raw, name="plan.toml"):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(ScenarioError) as caught:
        read(path)
    (issue,) = caught.value.issues
    return issue


TEXT = HEAD + "[tasks.a]\nname = 'Fundação'\nduration = 5\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_to_be_saved_as_utf_8(encoding, tmp_path):
    issue = fault_of(tmp_path, TEXT.encode(encoding))
    assert (issue.code, issue.line) == ("RE102", 1)
    assert "saved as UTF-32" in issue.rule if encoding == "utf-32" else "saved as UTF-16" in issue.rule
    assert issue.cure == "save it again and choose UTF-8"
    assert "saved as UTF-" in fault_of(tmp_path, b'{"schema": 1}'.decode().encode(encoding), "plan.json").rule


def test_text_of_an_older_code_page_shows_its_line(tmp_path):
    issue = fault_of(tmp_path, TEXT.encode("cp1252"))
    assert (issue.code, issue.line, issue.value) == ("RE102", 5, '"byte 0xe7"')
    assert "choose UTF-8" in issue.cure
    assert issue.excerpt == "    name = 'Fundação'\n" + " " * 17 + "^"


def test_a_file_cut_within_a_character_is_said_to_be_cut(tmp_path):
    assert "cut off" in fault_of(tmp_path, TEXT.encode()[: TEXT.encode().index(b"\xa7")]).cure


@pytest.mark.parametrize(
    ("raw", "what"), [(b"PK\x03\x04 zip", "workbook"), (b"%PDF-1.7", "PDF"), (b"\x1f\x8b\x08", "compressed")]
)
def test_what_is_no_text_is_named(raw, what, tmp_path):
    assert what in fault_of(tmp_path, raw).rule


def test_a_mark_of_byte_order_at_the_beginning_is_no_fault(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert read(path).tasks["a"].name == "Fundação"


JSON = {
    '{"schema": 1,}': "there is no comma before }",
    '{"a": [1, 2,]}': "there is no comma before ]",
    "{'schema': 1}": "double quotes",
    "{schema: 1}": "keys need double quotes",
    '{"a": 2,5}': "write 2.5",
    '{"a": 25%}': "write 25 % as 0.25",
    '{"a": True}': "write true",
    '{"a": .5}': "write 0.5",
    '{"a": word}': "text needs double quotes",
    '{"a": 1 "b": 2}': "a comma is missing",
    '{"a": 1} // x': "ends before this",
    '{"a": 1, // x\n"b": 2}': "JSON has no comments",
    '{"a": “x”}': "quotation marks of the keyboard",
    '{"a": "x}': "the text is not closed",
    '{"a" = 1}': "use : in place of =",
    "": "the file is empty",
    "schema = 1\n": "let the name of the file end in .toml",
}


@pytest.mark.parametrize("text", JSON)
def test_broken_json_is_shown_with_what_was_probably_meant(text, tmp_path):
    issue = fault_of(tmp_path, text.encode(), "plan.json")
    assert issue.code == "RE107"
    assert JSON[text] in issue.cure
    assert "^" in issue.excerpt


def test_json_in_a_toml_file_is_recognised(tmp_path):
    assert "end in .json" in fault_of(tmp_path, b'{"schema": 1}').cure


@pytest.mark.parametrize(
    ("name", "cure"),
    [("plan.xer", "riskengine import"), ("plan.xlsx", "tasks_file"), ("plan.yaml", "TOML"), ("plan.doc", "")],
)
def test_a_file_of_another_kind_is_told_what_to_do(name, cure, tmp_path):
    issue = fault_of(tmp_path, b"x", name)
    assert issue.code == "RE108"
    assert cure in issue.cure and bool(cure) == bool(issue.cure)


def test_rich_text_is_not_taken_for_json(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("{\\rtf1\\ansi schema = 1}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read(path)
    assert "rich text" in refused.value.issues[0].cure


@pytest.mark.parametrize("section", ["tasks", "risks", "gates", "costs"])
def test_tables_in_double_brackets_are_told_from_a_table(section):
    task = "" if section == "tasks" else TASK
    (issue,) = [one for one in issues(f"{task}[[{section}]]\nname = 'A'\n") if one.code == "RE113"]
    assert issue.value == "a list of tables"
    assert f"[{section}.ID]" in issue.cure


@pytest.mark.parametrize("section", ["tasks", "risks"])
def test_a_file_and_tables_of_one_section_name_the_key_for_both(section):
    (issue,) = issues(f"{section} = 'table.csv'\n[{section}.A]\nduration = 5\n")
    assert issue.code == "RE106"
    assert f"{section}_file" in issue.cure
