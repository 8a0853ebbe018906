"""``riskengine diff``: what one plan says otherwise than another."""

import json

import pytest

from riskengine.cli import main
from tests.unit.cli.test_documents import loaded

CHANGE = """schema = 1
name = "With CR-12"
extends = "plan.toml"
[tasks.test]
name = "Test run"
duration = [5, 6, 9]
after = ["build"]
[risks.late]
probability = 0.5
"""


@pytest.fixture
def changed(folder):
    """The folder with a change of the plan beside it."""
    (folder / "cr12.toml").write_text(CHANGE, encoding="utf-8")
    return folder


def test_differences_are_told_in_words_of_the_project(changed, capsys):
    assert main(["diff", "plan.toml", "cr12.toml"]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "cr12 differs from plan in 3 places: 1 of logic, 1 of risks, 1 of names and\n"
        "records.\n\n"
        "Logic\n"
        "  task test (Test run) added: duration pert: low 5, most likely 6, high 9 days;\n"
        "    after build FS 0 days\n\n"
        "Risks\n"
        "  risk late (Antenna late): probability from 30% to 50%\n\n"
        "Names and records\n"
        "  the plan: name from Tiny to With CR-12\n"
    )
    assert err == ""


def test_a_plan_beside_itself_does_not_differ(changed, capsys):
    assert main(["diff", "plan.toml", "plan.toml"]) == 0
    assert "nothing differs" in capsys.readouterr().out
    assert main(["diff", "plan.toml", "plan.toml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []


def test_json_has_either_value_as_the_resolved_form_has_it(changed, capsys):
    assert main(["diff", "plan.toml", "cr12.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["before"], found["after"]) == ("plan", "cr12")
    assert found["differences"][1] == {
        "group": "risks",
        "section": "risks",
        "id": "late",
        "name": "Antenna late",
        "field": "probability",
        "kind": "changed",
        "before": 0.3,
        "after": 0.5,
        "before_text": "30%",
        "after_text": "50%",
    }


def test_a_results_folder_stands_for_its_plan(changed, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "run"]) == 0
    capsys.readouterr()
    assert main(["diff", "run", "plan.toml"]) == 0
    assert "plan says what run says: nothing differs." in capsys.readouterr().out


def test_refusals_have_the_status_of_other_commands(changed, capsys):
    (changed / "empty").mkdir()
    assert main(["diff", "plan.toml", "faulty.toml"]) == 3
    assert main(["diff", "empty", "plan.toml"]) == 4
    assert main(["diff", "plan.toml"]) == 2
    assert capsys.readouterr().out == ""


def test_names_cannot_act_on_a_terminal(changed, capsys):
    (changed / "\x1b[31mred.toml").write_text(CHANGE.replace("Test run", "\\u202eTest"), encoding="utf-8")
    assert main(["diff", "plan.toml", "\x1b[31mred.toml"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_no_heavy_library_is_loaded(changed):
    assert loaded(changed, "numpy scipy numba pyarrow rich", "diff", "plan.toml", "cr12.toml") == ""
