"""``riskengine mitigate``: what is printed, what is written, and each exit status."""

import json

import pytest

from riskengine.cli import main
from tests.support.command_line import plan

ACTIONS = """
[actions.watch]
name = "Watch it"
cost = 500
effects.late = { probability = 0.1 }
[actions.spare]
cost = 2000
effects.late = { probability = 0 }
excludes = ["watch"]
[gates.hopeless]
finish = 2027-03-02
confidence = 0.9
[gates.sure]
finish = 2029-03-02
confidence = 0.9
"""


@pytest.fixture
def offered(folder):
    """The folder with a plan that has two actions."""
    (folder / "offered.toml").write_text(plan() + ACTIONS, encoding="utf-8")
    return folder


def mitigate(*words):
    return main(["mitigate", *words, "-n", "512"])


def document(capsys, *words, status=0):
    assert mitigate(*words, "--json") == status
    return json.loads(capsys.readouterr().out)


def test_json_has_the_choice_in_full(offered, capsys):
    found = document(capsys, "offered.toml", "--budget", "600", "--seed", "3")
    assert (found["objective"], found["gate"], found["answer"]) == ("p80-finish", None, None)
    assert (found["budget"], found["most"], found["possible_sets"]) == (600, None, 2)
    assert (found["seed"], found["iterations"], found["method"]) == (3, 512, "sobol")
    assert found["best"]["actions"] == found["frontier"][-1]["actions"] == ["watch"]
    assert found["rounds"] == [{"iterations": 512, "sets": 2}]
    assert {row["action"] for row in found["actions"]} == {"spare", "watch"}
    assert found["clairvoyant"]["iterations"] == 512


def test_words_and_tables_name_the_best_set(offered, capsys):
    assert mitigate("offered.toml") == 0
    printed = capsys.readouterr()
    assert "buy spare for 2,000" in " ".join(printed.out.split())
    assert "best of 3 sets" in " ".join(printed.out.split())
    assert all(len(line) <= 80 for line in printed.out.splitlines())


@pytest.mark.parametrize(("where", "extended"), [("best.toml", "offered.toml"), ("../best.toml", "PLANS/offered.toml")])
def test_the_file_extends_the_plan_and_puts_the_best_set_into_force(offered, capsys, where, extended):
    where = where.replace("..", str(offered.parent))
    assert mitigate("offered.toml", "-o", where) == 0
    extended = extended.replace("PLANS", offered.name)
    assert f'extends = "{extended}"' in (offered / where).read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["resolve", where]) == 0
    actions = json.loads(capsys.readouterr().out)["actions"]
    assert [name for name, action in actions.items() if action.get("active")] == ["spare"]


def test_a_file_that_could_not_extend_the_plan_is_refused(offered, capsys):
    (offered / "sub").mkdir()
    assert mitigate("offered.toml", "-o", "sub/best.toml") == 2
    assert "RE634" in capsys.readouterr().err
    assert not list((offered / "sub").iterdir())


def test_a_file_that_is_there_is_left_alone(offered, capsys):
    (offered / "best.toml").write_text("mine", encoding="utf-8")
    assert mitigate("offered.toml", "-o", "best.toml") == 2
    assert "RE904" in capsys.readouterr().err
    assert (offered / "best.toml").read_text(encoding="utf-8") == "mine"
    assert mitigate("offered.toml", "-o", "best.json") == 2
    assert "RE108" in capsys.readouterr().err


def test_a_gate_that_is_reached_exits_0_and_one_that_cannot_be_10(offered, capsys):
    found = document(capsys, "offered.toml", "--reach", "sure")
    assert (found["answer"], found["best"]["actions"], found["best"]["price"]) == ("GO", [], 0)
    found = document(capsys, "offered.toml", "--reach", "hopeless", status=10)
    assert found["answer"] == "NO-GO"
    assert "can be reached by no set of actions" in found["words"][0]


def test_who_knew_the_future_reaches_a_gate_as_often_for_less(folder, capsys):
    """To reach a gate at least cost is to pay less: no more often is not no better."""
    text = (
        'schema = 1\nname = "Sure"\nstart = 2027-03-01\ncurrency = "EUR"\n[tasks.a]\nduration = 5\n'
        "[risks.late]\nprobability = 0.5\nimpacts.a.delay = 5\n"
        "[actions.spare]\ncost = 1000\neffects.late.probability = 0\n"
        "[gates.g]\nfinish = 2027-03-06\nconfidence = 0.8\n"
    )
    (folder / "sure.toml").write_text(text, encoding="utf-8")
    known = "who knew each future, and bought the best set for it alone, would not"
    for words, aim in ((("--reach", "g"), "reach the gate more often"), ((), "have a lower P80 of the finish")):
        assert mitigate("sure.toml", *words) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "buy spare for 1,000 EUR" in said and f"{known} {aim}, for 500 EUR on average." in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("offered.toml", "--reach", "sure", "--minimise", "p80-cost"), "exclude each other"),
        (("offered.toml", "--budget", "-1"), "RE632"),
        (("offered.toml", "--reach", "sur"), "RE631"),
        (("plan.toml",), "RE630"),
        (("-", "-o", "best.toml"), "standard input"),
    ],
)
def test_what_cannot_be_done_is_a_wrong_use(offered, capsys, words, said):
    assert mitigate(*words) == 2
    assert said in capsys.readouterr().err


def test_a_faulty_plan_is_refused_with_its_faults(offered, capsys):
    assert mitigate("faulty.toml") == 3
    assert "faulty.toml:" in capsys.readouterr().err
