"""Maps: the built-in ones, those of users, what is guessed from headings, headings in five languages."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.items.item_map import map_text, read_map
from riskengine.importers.items.options import MAPS
from riskengine.importers.items.read import guessed_tools
from tests.unit.importers.items.exports import JIRA, items_document, items_faults, jira_row, one_note, table

OURS = """
tool = "Ours"
[columns]
id = "Ticket"
name = "What"
status = ["State", "Status"]
estimate = { heading = "Effort", unit = "d" }
parent = { heading = "Part of", by = ["name"] }
[status]
todo = ["Parked"]
done = ["In production"]
[people]
capacity = 0.5
"""


@pytest.mark.parametrize("name", MAPS)
def test_a_printed_map_can_be_given_back(tmp_path, name):
    path = tmp_path / "map.toml"
    path.write_text(map_text(name), encoding="utf-8")
    ours, built_in = read_map(path), read_map(name)
    assert ours.columns == built_in.columns and ours.columns
    assert (ours.tool, ours.guess, ours.states) == (built_in.tool, built_in.guess, built_in.states)


def test_a_map_of_ones_own_says_columns_units_and_words(tmp_path):
    path = tmp_path / "map.toml"
    path.write_text(OURS, encoding="utf-8")
    text = table(
        ["Ticket", "What", "State", "Effort", "Part of"],
        ["1", "Form", "Parked", "2", ""],
        ["2", "Field", "In production", "1", "Form"],
        ["3", "Label", "parked", "0.5", "Form"],
    )
    content = items_document(tmp_path, text, map=path)
    assert content["imported"]["tool"] == "Ours"
    assert content["tasks"]["3"]["duration"] == "4h"
    assert list(content["tasks"]) == ["1", "3"]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("[columns]\nid = 3", "RE876", "heading in quotes"),
        ("[columns]\nidd = 'Key'", "RE111", "not a key"),
        ("[columns]\nestimate = { heading = 'E', unit = 'fortnight' }", "RE123", "one of"),
        ("[columns]\npoints = { heading = 'E', unit = 's' }", "RE876", "must be of a time"),
        ("[columns]\nparent = { heading = 'E', by = ['mood'] }", "RE876", "list of"),
        ("[columns]\nparent = { by = ['id'] }", "RE112", ""),
        ("[status]\ntodo = ['X']\ndone = ['x']", "RE876", "one thing"),
        ("[points]\nday = 0", "RE876", "above 0"),
        ("[points]\nday = 1\nhour = 2", "RE876", "either"),
        ("[sprints]\n'S' = '8 to 9'", "RE876", "first and the last"),
        ("[priority]\nHigh = 7000", "RE876", "0 to 1000"),
    ],
)
def test_a_map_that_is_wrong_is_refused_with_its_line(tmp_path, line, code, words):
    path = tmp_path / "map.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_map(path)
    issue = refused.value.issues[0]
    assert issue.code == code and words in issue.rule and issue.line


HEADS = {
    "jira": [
        ["Issue key", "Summary", "Issue Type", "Status", "Original estimate"],
        ["Vorgangsschlüssel", "Zusammenfassung", "Vorgangstyp", "Status", "Ursprüngliche Schätzung"],
        ["Clave de incidencia", "Resumen", "Tipo de Incidencia", "Estado", "Estimación original"],
        ["Clé de ticket", "Résumé", "Type de ticket", "État", "Estimation originale"],
        ["Chave da item", "Resumo", "Tipo de item", "Status", "Estimativa original"],
    ],
    "azure-devops": [["ID", "Title", "Work Item Type", "State", "Original Estimate"]],
}
OPEN = ("To Do", "Zu erledigen", "Por hacer", "À faire", "A fazer")


@pytest.mark.parametrize(("name", "head"), [(name, head) for name, heads in HEADS.items() for head in heads])
def test_headings_of_one_tool_are_known_in_five_languages(tmp_path, name, head):
    rows = [[f"A-{n}", "Item", "Task", status, "7200"] for n, status in enumerate(OPEN)]
    content = items_document(tmp_path, table(head, *rows), map="")
    assert len(content["tasks"]) == len(OPEN)
    assert one_note(content, "guessed")
    assert guessed_tools(tmp_path / "items.csv") == [name]


@pytest.mark.parametrize(
    ("prefix", "other"),
    [
        ("Inward issue link", "Outward issue link"),
        ("Eingehende Vorgangsverknüpfung", "Ausgehende Vorgangsverknüpfung"),
        ("Enlace de incidencia interna", "Enlace de incidencia externa"),
        ("Lien de ticket entrant", "Lien de ticket sortant"),
        ("Link de item interno", "Link de item externo"),
    ],
)
def test_relationships_are_known_in_five_languages(tmp_path, prefix, other):
    text = (
        f"{JIRA},{prefix} (Blocks),{other} (Blocks)\n{jira_row('A-1', more=',A-3')}\n{jira_row('A-2', more='A-1,')}\n"
    )
    tasks = items_document(tmp_path, text + jira_row("A-3", more=",") + "\n", map="jira")["tasks"]
    assert (tasks["A-2"]["after"], tasks["A-3"]["after"]) == (["A-1"], ["A-1"])


def test_headings_of_two_tools_are_refused_and_a_map_decides(tmp_path):
    head = ["Issue key", "Summary", "Issue Type", "ID", "Work Item Type", "State", "Original Estimate"]
    text = table(head, ["A-1", "Item", "Task", "7", "Task", "New", "4"])
    (fault,) = items_faults(tmp_path, text, map="")
    assert fault.code == "RE878" and "jira" in fault.value and "azure-devops" in fault.value
    assert list(items_document(tmp_path, text.replace("Summary", "Title"), map="azure-devops")["tasks"]) == ["7"]


def test_headings_of_no_tool_say_what_is_there(tmp_path):
    (fault,) = items_faults(tmp_path, "Week,Velocity\n1,20\n", map="jira")
    assert fault.code == "RE877" and "Week, Velocity" in fault.value and "--show-map" in fault.cure
    (unknown,) = items_faults(tmp_path, "Week,Velocity\n1,20\n", map="")
    assert unknown.code == "RE877" and "--map" in unknown.cure


def test_columns_that_are_not_read_are_told(tmp_path):
    content = items_document(
        tmp_path, f"{JIRA},Votes,Σ Original Estimate\n{jira_row('A-1', more='3,99999')}\n", map="jira"
    )
    assert one_note(content, "not read").endswith("Votes, Σ Original Estimate")
