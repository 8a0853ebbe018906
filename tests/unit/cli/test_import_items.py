"""``riskengine import`` of work items: what it writes, says and refuses, and the examples of the documents."""

import json
import shutil

import pytest

from riskengine.cli.entry import main
from tests.support.places import ROOT

EXAMPLES = ROOT / "docs" / "work-items"
COMMANDS = {
    "checkout-jira.csv": [
        "--map",
        "jira",
        "--as-of",
        "2027-03-08",
        "--people",
        "--ranges",
        "ranges.toml",
        "-o",
        "checkout.toml",
    ],
    "ledger-azure-devops.csv": [
        *("--map", "azure-devops", "--as-of", "2027-03-08", "--people", "--missing", "8h"),
        *("--ranges", "ranges.toml", "-o", "ledger.toml"),
    ],
    "move-list.csv": ["--map", "list", "--start", "2027-03-01", "-o", "move.toml"],
}


@pytest.fixture
def examples(tmp_path, monkeypatch):
    """A folder with the exports of the documents to work in."""
    for path in EXAMPLES.iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("source", COMMANDS)
def test_an_example_of_the_documents_becomes_a_plan_that_is_decided(examples, capsys, source):
    page = (ROOT / "docs" / "work-items.md").read_text(encoding="utf-8")
    assert f"riskengine import {source} {' '.join(COMMANDS[source])}" in page
    assert main(["import", source, *COMMANDS[source]]) == 0
    capsys.readouterr()
    decision = COMMANDS[source][-1].replace(".toml", "-decision.toml")
    assert main(["decide", decision, "-n", "512", "--no-write"]) == 0
    assert "GO" in capsys.readouterr().out


def test_a_history_beyond_what_others_read_is_refused_by_the_name_of_its_source(examples, monkeypatch, capsys):
    monkeypatch.setattr("riskengine.cli.commands.import_.LARGEST", 50)
    words = ["--map", "jira", "--as-of", "2027-03-08", "--history", "1w", "-o", "new.toml"]
    assert main(["import", "release-jira.csv", *words]) == 3
    assert "release-jira.csv: RE818" in capsys.readouterr().err
    assert not (examples / "new.toml").exists()


def test_headings_are_guessed_where_no_map_is_named(examples, capsys):
    assert main(["import", "checkout-jira.csv", "--as-of", "2027-03-08", "-o", "new.toml", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["tool"] == "Jira"
    assert "headings of Jira in row 1, guessed" in said.err


def test_a_data_date_is_needed_and_never_today(examples, capsys):
    assert main(["import", "checkout-jira.csv", "-o", "new.toml"]) == 2
    assert "RE891" in capsys.readouterr().err
    assert not (examples / "new.toml").exists()


def test_a_map_is_printed_and_given_back(examples, capsys):
    assert main(["import", "--show-map", "jira"]) == 0
    (examples / "ours.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    asked = ["import", "checkout-jira.csv", "--as-of", "2027-03-08", "-o"]
    assert main([*asked, "ours-plan.toml", "--map", "ours.toml"]) == 0
    assert main([*asked, "plan.toml", "--map", "jira"]) == 0
    ours, built_in = ((examples / name).read_text(encoding="utf-8") for name in ("ours-plan.toml", "plan.toml"))
    assert ours.partition("schema")[2] == built_in.partition("schema")[2]


def test_a_table_of_nothing_known_says_which_options_there_are(examples, capsys):
    (examples / "odd.csv").write_text("Week,Velocity\n1,20\n", encoding="utf-8")
    assert main(["import", "odd.csv", "-o", "new.toml"]) == 3
    said = capsys.readouterr().err
    assert "RE846" in said and "--map" in said


@pytest.mark.parametrize(
    "option",
    [
        ["--missing", "8"],
        ["--as-of", "08.03.2027"],
        ["--zone", "Mars/Olympus"],
        ["--day", "30h"],
        ["--as-of", "2027-03-08", "--start", "2027-03-08"],
        ["--map", "jira", "--project", "X", "--as-of", "2027-03-08"],
    ],
)
def test_options_that_cannot_be_are_refused(examples, capsys, option):
    assert main(["import", "checkout-jira.csv", "-o", "new.toml", *option]) == 2
    assert not (examples / "new.toml").exists()


def test_points_to_the_importer_stand_where_an_export_is_named_as_a_table(examples, capsys):
    (examples / "wrong.toml").write_text(
        'schema = 1\nname = "x"\nstart = 2027-03-08\ntasks_file = "checkout-jira.csv"\n'
    )
    assert main(["check", "wrong.toml"]) == 3
    assert "riskengine import --map" in capsys.readouterr().err
