"""``riskengine explain`` of a run: what is printed, what is written, and what is refused."""

import json
import shutil

import pytest

from riskengine.cli import main
from riskengine.report.text.markdown_text import MARK


@pytest.fixture
def results(folder):
    """The results folder of ``plan.toml``."""
    assert main(["simulate", "plan.toml", "-n", "256", "-q"]) == 0
    return "results/plan"


def outcome(capsys, *words):
    status = main(["explain", *words])
    return status, capsys.readouterr()


def test_a_results_folder_is_explained_to_the_board(results, capsys):
    capsys.readouterr()
    status, printed = outcome(capsys, results, "--for", "board")
    assert status == 0 and printed.err == ""
    assert "The answer" in printed.out and "What to do next" in printed.out and "Words" in printed.out


def test_a_plan_is_simulated_and_says_the_same(results, capsys):
    capsys.readouterr()
    of_folder = json.loads(outcome(capsys, results, "--json")[1].out)
    of_plan = json.loads(outcome(capsys, "plan.toml", "-n", "256", "--json")[1].out)
    assert of_plan["run"] == of_folder["run"] and of_plan["chapters"][0] == of_folder["chapters"][0]
    sentence = of_folder["chapters"][0]["sentences"][0]
    assert {number["table"] for number in sentence["numbers"]} == {"gates"}
    assert sentence["numbers"][0]["row"] == {"gate": "delivery"}


def test_a_page_or_markdown_is_written(results, capsys, folder):
    capsys.readouterr()
    for name, mark in (("x.html", "<!doctype html>"), ("x.md", MARK)):
        for _ in range(2):  # one that is there is ours, and replaced
            status, printed = outcome(capsys, results, "-o", name, "--language", "de")
            assert status == 0 and printed.out == "" and name in printed.err
        assert mark in (folder / name).read_text(encoding="utf-8")
        assert "Die Antwort" in (folder / name).read_text(encoding="utf-8")


def test_a_file_of_others_is_left_alone(results, capsys, folder):
    (folder / "x.md").write_text("mine", encoding="utf-8")
    status, printed = outcome(capsys, results, "-o", "x.md")
    assert status == 2 and "RE942" in printed.err and (folder / "x.md").read_text(encoding="utf-8") == "mine"
    assert outcome(capsys, results, "-o", "x.md", "--force")[0] == 0


def test_another_ending_is_refused_before_anything_is_read(folder, capsys):
    status, printed = outcome(capsys, "nowhere/run", "-o", "x.doc")
    assert status == 2 and "RE671" in printed.err


def test_a_damaged_folder_says_what_to_run(results, capsys, folder):
    path = folder / results / "gates.arrow"
    path.write_bytes(path.read_bytes()[:-1])
    status, printed = outcome(capsys, results)
    assert status == 4 and f"riskengine simulate PLAN -o {results}" in printed.err and printed.out == ""


def test_a_newer_folder_is_refused(results, capsys, folder):
    path = folder / results / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 99'), encoding="utf-8")
    status, printed = outcome(capsys, results)
    assert status == 4 and "RE70" in printed.err


def test_a_folder_without_a_run_is_refused(folder, capsys):
    shutil.rmtree(folder / "empty", ignore_errors=True)
    (folder / "empty").mkdir()
    assert outcome(capsys, "empty")[0] == 4


def test_codes_are_explained_as_before(folder, capsys):
    assert "Rule:" in outcome(capsys, "re202")[1].out
    assert "RE202" in outcome(capsys)[1].out
    status, printed = outcome(capsys, "RE2O2")
    assert status == 2 and "RE901" in printed.err and "did you mean" in printed.err


def test_a_folder_that_is_called_like_a_code_is_named_by_its_path(results, capsys, folder):
    (folder / results).rename(folder / "RE202")
    capsys.readouterr()
    assert "Rule:" in outcome(capsys, "RE202")[1].out
    assert "The answer" in outcome(capsys, "./RE202")[1].out


def test_a_code_has_no_audience(folder, capsys):
    assert outcome(capsys, "RE202", "--for", "board")[0] == 2


def test_there_are_iterations_for_plans_only(results, capsys):
    assert outcome(capsys, results, "-n", "512")[0] == 2
