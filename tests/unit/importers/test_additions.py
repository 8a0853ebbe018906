"""What an import adds to a schedule: the risks of a register, templates of ranges, and what is said of both."""

import json
from pathlib import Path

import pytest

from riskengine.cli import main
from riskengine.errors import ScenarioError
from riskengine.importers.additions import add_register
from riskengine.importers.ranges.template_file import read_ranges
from riskengine.reading import read
from tests.unit.importers.p6.xer_files import activity, link, plan, write
from tests.unit.importers.sheets.workbooks import PERCENT, Styled, workbook

RANGES = '[templates.long]\nselect = ["critical"]\nband = "own"\n[bands.own]\nrange = "90%, 100%, 140%"\n'
REGISTER = "ID,Title,Probability,Delay (days),Affected tasks\nR1,Late,30%,5,B\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a schedule of two tasks in a row and one beside them."""
    monkeypatch.chdir(tmp_path)
    tasks = [activity("A", target_drtn_hr_cnt=80), activity("B", target_drtn_hr_cnt=80), activity("C")]
    write(tmp_path, plan(tasks, [link("A", "B")]))
    return tmp_path


def source(folder: Path) -> str:
    """The schedule."""
    (path,) = folder.glob("*.xer")
    return path.name


def test_a_register_and_ranges_become_part_of_the_scenario(folder, capsys):
    rows = [
        ["ID", "Title", "Probability", "Delay (weeks)", "Affected tasks"],
        ["R1", "Late", Styled(0.3, PERCENT), 2, "B"],
    ]
    workbook(folder, rows)
    (folder / "ranges.toml").write_text(RANGES)
    order = ["import", source(folder), "-o", "s.toml", "--register", "register.xlsx", "--ranges", "ranges.toml"]
    assert main(order) == 0
    told = capsys.readouterr().err
    assert 'register.xlsx: column C "Probability" is taken for probability' in told
    scenario = read(folder / "s.toml")
    risk = scenario.risks["R1"]
    assert (risk.probability, risk.impacts["B"].delay.value, risk.impacts["B"].delay.unit) == (0.3, 2, "w")
    assert risk.impacts["B"].delay.source == "register.xlsx Risks!D2"
    sources = {key: task.duration.source for key, task in scenario.tasks.items()}
    assert {key for key in sources if sources[key] == "template long"} >= {"A", "B"}
    assert sources["C"] != "template long"
    assert any("register.xlsx: 1 risk read" in note for note in scenario.imported.notes)


def test_a_register_may_name_activities_as_their_tool_does(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    codes = ["BEW/MO/NC/1150", "X/1", "X-1", "project"]
    write(tmp_path, plan([activity(code) for code in codes]))
    rows = [f"R{index},Late,30%,5,{code}\n" for index, code in enumerate((*codes, "BEW-MO-NC-1150"))]
    (tmp_path / "r.csv").write_text(REGISTER.split("R1")[0] + "".join(rows))
    assert main(["import", source(tmp_path), "-o", "s.toml", "--register", "r.csv"]) == 0
    found = [list(risk.impacts) for risk in read(tmp_path / "s.toml").risks.values()]
    assert found == [["BEW-MO-NC-1150"], ["X-1-2"], ["X-1"], ["project"], ["BEW-MO-NC-1150"]]


def test_a_name_that_no_activity_has_is_refused_with_the_nearest_of_the_tool(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, plan([activity("BEW/MO/NC/1150")]))
    (tmp_path / "r.csv").write_text(REGISTER.replace(",B\n", ",BEW/MO/NC/115\n"))
    assert main(["import", source(tmp_path), "-o", "s.toml", "--register", "r.csv"]) == 3
    told = capsys.readouterr().err
    assert "RE868" in told
    assert 'did you mean "BEW/MO/NC/1150"?' in told


def test_the_summary_counts_risks_of_the_register_and_tasks_of_templates(folder, capsys):
    (folder / "r.csv").write_text(REGISTER)
    (folder / "ranges.toml").write_text(RANGES)
    order = ["import", source(folder), "--register", "r.csv", "--ranges", "ranges.toml"]
    assert main([*order, "-o", "s.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["counts"]["risks"], found["templates"]) == (1, {"long": 2})
    assert main([*order, "-o", "t.toml"]) == 0
    told = capsys.readouterr().out
    assert "  1 risk\n  template long: 2 tasks\n" in told
    assert "1 risk" in (folder / "t.toml").read_text().split("\n\n")[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "needs ranges and risks first: durations here are single numbers"),
        (["--register", "r.csv"], "needs ranges first: durations here are single numbers"),
        (["--ranges", "ranges.toml"], "draws the ranges below; risks are missing"),
        (["--register", "r.csv", "--ranges", "ranges.toml"], "draws the ranges and risks below"),
    ],
)
def test_the_top_of_the_file_says_what_is_missing(folder, given, told):
    (folder / "r.csv").write_text(REGISTER)
    (folder / "ranges.toml").write_text(RANGES)
    assert main(["import", source(folder), "-o", "s.toml", *given]) == 0
    (line,) = [line for line in (folder / "s.toml").read_text().splitlines() if "riskengine simulate" in line]
    assert line.endswith(f"    {told}")


def test_forcing_without_what_was_given_before_is_warned_of(folder, capsys):
    (folder / "r.csv").write_text(REGISTER + "R2,Later,20%,5,B\n")
    (folder / "ranges.toml").write_text(RANGES)
    full = ["--register", "r.csv", "--ranges", "ranges.toml"]
    warnings = []
    for given in (full, full, [], full, ["--register", "r.csv"], ["--ranges", "ranges.toml"]):
        assert main(["import", source(folder), "-o", "s.toml", "--force", *given]) == 0
        told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warning: ")]
        warnings.append([line.partition(" had ")[2].partition(",")[0] for line in told])
    assert warnings == [[], [], ["ranges and 2 risks"], [], ["ranges"], ["2 risks"]]


def test_importing_twice_gives_the_same_bytes(folder):
    (folder / "r.csv").write_text(REGISTER)
    (folder / "ranges.toml").write_text(RANGES)
    for name in ("one.toml", "two.toml"):
        order = ["import", source(folder), "-o", name, "--register", "r.csv", "--ranges", "ranges.toml"]
        assert main(order) == 0
    one, two = ((folder / name).read_text().split("\n\n", 1)[1] for name in ("one.toml", "two.toml"))
    assert one == two


def test_faults_of_register_and_ranges_write_nothing(folder, capsys):
    (folder / "r.csv").write_text(REGISTER.replace("30%", "often"))
    assert main(["import", source(folder), "-o", "s.toml", "--register", "r.csv"]) == 3
    assert "r.csv:2: RE862 C2 Probability" in capsys.readouterr().err
    (folder / "ranges.toml").write_text(RANGES.replace("90%", "190%"))
    assert main(["import", source(folder), "-o", "s.toml", "--ranges", "ranges.toml"]) == 3
    assert "ranges.toml:5: RE260 bands.own.range" in capsys.readouterr().err
    assert not (folder / "s.toml").exists()


def test_a_mapping_without_a_register_is_a_slip(folder, capsys):
    (folder / "m.toml").write_text("[columns]\nid = 'Key'\n", encoding="utf-8")
    assert main(["import", source(folder), "--mapping", "m.toml"]) == 2
    assert "--register" in capsys.readouterr().err


def test_the_position_decides_which_numbers_are_taken(folder):
    (folder / "r.csv").write_text(
        "ID,Probability before,Delay before (days),Probability after,Delay after (days)\nR1,50%,9,10%,2\n"
    )
    for position, probability in (("pre", 0.5), ("post", 0.1)):
        order = ["import", source(folder), "-o", "s.toml", "--force", "--register", "r.csv", "--position", position]
        assert main(order) == 0
        assert read(folder / "s.toml").risks["R1"].probability == probability


def test_risks_of_the_register_replace_those_of_the_schedule_and_that_is_said(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(REGISTER)
    content = {"tasks": {"B": {"duration": 5}}, "risks": {"R1": {"probability": 0.9}, "R2": {"probability": 0.8}}}
    notes = add_register(content, path, None, "pre")
    assert {key: risk["probability"] for key, risk in content["risks"].items()} == {"R1": 0.3, "R2": 0.8}
    assert "r.csv: risks of the schedule are replaced by those of the register: R1" in notes


@pytest.mark.parametrize(("own", "is_said"), [("USD", True), ("$", True), ("EUR", False), ("€", False), ("", False)])
def test_costs_in_another_currency_are_said(tmp_path, own, is_said):
    path = tmp_path / "r.csv"
    path.write_text("ID,Probability,Cost (k€)\nR1,30%,5\n")
    notes = add_register({"tasks": {}, "currency": own}, path, None, "pre")
    assert any("nothing is converted" in note for note in notes) is is_said


@pytest.mark.parametrize("heading", ["Cost (SR)", "Cost impact [sr]"])
def test_a_heading_may_name_money_as_the_schedule_does(tmp_path, heading):
    path = tmp_path / "r.csv"
    path.write_text(f"ID,Probability,{heading}\nR1,30%,5\n")
    content = {"tasks": {}, "currency": "SR"}
    notes = add_register(content, path, None, "pre")
    assert content["risks"]["R1"]["impacts"]["project"]["cost"]["value"] == 5
    assert not any("nothing is converted" in note for note in notes)
    with pytest.raises(ScenarioError):
        add_register({"tasks": {}, "currency": "LE"}, path, None, "pre")


@pytest.mark.parametrize(("own", "is_said"), [("EGP", False), ("QAR", True)])
def test_costs_in_a_currency_far_away_are_compared_with_that_of_the_schedule(tmp_path, own, is_said):
    path = tmp_path / "r.csv"
    path.write_text("ID,Probability,Cost (EGP)\nR1,30%,5\n")
    notes = add_register({"tasks": {}, "currency": own}, path, None, "pre")
    assert any("costs in EGP stand" in note for note in notes) is is_said


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("", "RE112", "templates"),
        ("[tasks.a]\nduration = 5\n" + RANGES, "RE111", "tasks"),
        ("[templates.t]\nselect = '*'\nband = 'lowest'\n", "RE262", "templates.t.band"),
        ("[templates.t\n", "RE105", ""),
    ],
)
def test_faults_of_a_file_of_ranges_carry_code_path_and_line(tmp_path, text, code, path):
    file = tmp_path / "ranges.toml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        read_ranges(file)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [(code, path)]
    assert caught.value.issues[0].line is not None


def test_a_scenario_can_name_a_workbook_itself(folder, capsys):
    rows = [["ID", "Probability before", "Delay before (days)", "Probability after", "Delay after (days)"]]
    workbook(folder, [*rows, ["R1", "50%", 9, "10%", 2]])
    head = 'schema = 1\nname = "N"\nstart = 2027-03-01\nrisks = "register.xlsx"\nrisks_position = "post"\n'
    (folder / "plan.toml").write_text(head + "[tasks.a]\nduration = 5\n")
    hints: list[str] = []
    scenario = read(folder / "plan.toml", hints)
    assert scenario.risks["R1"].probability == 0.1
    assert any("is taken for probability after mitigation" in hint for hint in hints)
    assert main(["check", "plan.toml", "--json"]) == 0
    assert set(hints) <= set(json.loads(capsys.readouterr().out)["scenarios"][0]["hints"])


def test_a_scenario_can_name_a_csv_register_with_its_mapping(folder):
    (folder / "map.toml").write_text('[columns]\nprobability = { column = "Odds", unit = "percent" }\n')
    (folder / "risks.csv").write_text("Nr;Odds;Delay (days)\n1;5;2,5\n")
    head = 'schema = 1\nname = "N"\nstart = 2027-03-01\nrisks_file = "risks.csv"\nrisks_mapping = "map.toml"\n'
    (folder / "plan.toml").write_text(head + "[tasks.a]\nduration = 5\n[risks.own]\nprobability = 0.5\n")
    found = read(folder / "plan.toml").risks
    assert {key: risk.probability for key, risk in found.items()} == {"1": 0.05, "own": 0.5}
    (folder / "map.toml").write_text('[columns]\nprobability = "Chances"\n')
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    assert [(issue.code, Path(issue.file).name) for issue in caught.value.issues] == [("RE855", "map.toml")]
    (folder / "map.toml").unlink()
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    found_issues = [(issue.code, issue.path, Path(issue.file).name, issue.line) for issue in caught.value.issues]
    assert found_issues == [("RE101", "risks_mapping", "plan.toml", 5)]


def test_a_fault_in_a_named_workbook_has_its_sheet_row_and_column(folder):
    names = ["ID", "Probability", "Delay (days)", "Affected tasks"]
    head = 'schema = 1\nname = "N"\nstart = 2027-03-01\nrisks = "register.xlsx"\n[tasks.a]\nduration = 5\n'
    (folder / "plan.toml").write_text(head)
    workbook(folder, [names, ["R1", 0.3, "x", "a"], ["R2", 0.3, 5, "b"]])
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    found = [(issue.code, issue.path, issue.line) for issue in caught.value.issues]
    assert found == [("RE862", "Risks!C2 Delay (days)", 2), ("RE868", "Risks!D3 Affected tasks", 3)]
    workbook(folder, [names, ["R2", 0.3, 5, "b"]])
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    (issue,) = caught.value.issues
    assert (issue.code, issue.path, issue.line) == ("RE868", "Risks!D2 Affected tasks", 2)
    assert Path(issue.file).name == "register.xlsx"


NAMED = """[wbs]
"1" = "Shell"
"1.2" = "Roof, upper"
[defaults]
task.team = "Everybody"
[tasks.a]
duration = 5
wbs = "1.2"
tags = ["civil"]
team = "Works"
[tasks.b]
duration = 5
wbs = "1.3"
[costs.rent]
fixed = 100
"""


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("a", "a"),
        ("civil", "tag:civil"),
        ("Works", "team:Works"),
        ("Everybody", "team:Everybody"),
        ("1.3", "wbs:1.3"),
        ("Shell", "wbs:Shell"),
        ("wbs:Shell", "wbs:Shell"),
        ("Roof, upper", "wbs:Roof, upper"),
        ("tag:civil", "tag:civil"),
        ("*", "*"),
    ],
)
def test_a_register_that_a_scenario_names_knows_its_tags_teams_and_elements(folder, cell, key):
    workbook(folder, [["ID", "Probability", "Delay (days)", "Affected tasks"], ["R1", 0.3, 5, cell]])
    (folder / "plan.toml").write_text(NAMED_HEAD + NAMED)
    assert list(read(folder / "plan.toml").risks["R1"].impacts) == [key]


NAMED_HEAD = 'schema = 1\nname = "N"\nstart = 2027-03-01\nrisks = "register.xlsx"\n'


def test_a_register_knows_the_tasks_of_every_file_of_a_chain(folder):
    workbook(folder, [["ID", "Probability", "Delay (days)", "Affected tasks"], ["R1", 0.3, 5, "late"]])
    (folder / "base.toml").write_text(NAMED_HEAD + NAMED)
    (folder / "plan.toml").write_text('extends = "base.toml"\n[tasks.c]\nduration = 2\ntags = ["late"]\n')
    assert list(read(folder / "plan.toml").risks["R1"].impacts) == ["tag:late"]


def test_a_register_that_a_scenario_names_may_name_its_cost_lines(folder):
    workbook(folder, [["ID", "Probability", "Cost (%)", "Affected tasks"], *(["R", 0.3, 5, n] for n in ("rent",))])
    (folder / "plan.toml").write_text(NAMED_HEAD + NAMED)
    assert list(read(folder / "plan.toml").risks["R"].impacts) == ["cost:rent"]


def test_a_bare_name_that_two_things_have_is_refused(folder):
    workbook(folder, [["ID", "Probability", "Delay (days)", "Affected tasks"], ["R1", 0.3, 5, "Works"]])
    (folder / "plan.toml").write_text(NAMED_HEAD + NAMED.replace('"civil"', '"Works"'))
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    assert [issue.code for issue in caught.value.issues] == ["RE868"]


def test_rows_lost_from_a_table_are_not_blamed_on_a_register(folder):
    workbook(folder, [["ID", "Probability", "Delay (days)", "Affected tasks"], ["R1", 0.3, 5, "B"]])
    (folder / "tasks.csv").write_text('id,duration\nA,5\nB,"6\n')
    (folder / "plan.toml").write_text(NAMED_HEAD + 'tasks = "tasks.csv"\n')
    with pytest.raises(ScenarioError) as caught:
        read(folder / "plan.toml")
    assert [issue.code for issue in caught.value.issues] == ["RE501"]


@pytest.mark.parametrize("name", ["../register.xlsx", "/register.xlsx", "nowhere.xlsx"])
def test_a_register_outside_the_folder_is_never_opened(folder, name):
    workbook(folder, [["ID", "Probability", "Delay (days)"], ["R1", 0.3, 5]])
    below = folder / "below"
    below.mkdir()
    head = f'schema = 1\nname = "N"\nstart = 2027-03-01\nrisks = "{name}"\n[tasks.a]\nduration = 5\n'
    (below / "plan.toml").write_text(head)
    with pytest.raises(ScenarioError) as caught:
        read(below / "plan.toml")
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("RE101" if "nowhere" in name else "RE117", "risks")
    ]
