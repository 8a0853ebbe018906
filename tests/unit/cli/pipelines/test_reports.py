"""Reports for pipelines, from the command to the file."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from riskengine.cli import main
from riskengine.errors import ResultsError
from tests.support.command_line import FAULTY, plan
from tests.support.runner_commands import commands_in
from tests.unit.cli.test_documents import loaded
from tests.unit.pipelines.payloads import PAYLOADS

QUICK = ("-n", "256", "--no-write")


@pytest.fixture(autouse=True)
def no_runner(monkeypatch):
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(name, raising=False)


def cases(path="out.xml"):
    return {
        case.get("name"): [child.get("type") for child in case if child.tag != "system-out"]
        for case in ET.parse(path).iter("testcase")
    }


@pytest.mark.parametrize(
    ("confidence", "status", "answer"), [(0.5, 0, []), (0.95, 10, ["NO-GO"]), (0.805, 11, ["UNDECIDED"])]
)
def test_decide_writes_its_gates_with_the_same_exit_status(folder, capsys, confidence, status, answer):
    (folder / "plan.toml").write_text(plan(confidence=confidence))
    assert main(["decide", "plan.toml", *QUICK, "--junit", "out.xml", "--markdown", "out.md"]) == status
    assert cases() == {"delivery": answer}
    assert (folder / "out.md").read_text(encoding="utf-8").startswith("<!-- riskengine -->")


def test_reports_leave_stdout_as_it_is(folder, capsys):
    main(["decide", "plan.toml", *QUICK, "--json"])
    plain = json.loads(capsys.readouterr().out)
    main(["decide", "plan.toml", *QUICK, "--json", "--junit", "out.xml", "--github"])
    reported = json.loads(capsys.readouterr().out)
    del plain["run"]["elapsed_s"], reported["run"]["elapsed_s"]
    assert reported == plain


def test_a_refused_scenario_is_reported_with_its_faults_and_not_by_an_older_report(folder, capsys):
    assert main(["decide", "plan.toml", *QUICK, "--junit", "out.xml"]) == 0
    (folder / "plan.toml").write_text(FAULTY)
    assert main(["decide", "plan.toml", *QUICK, "--junit", "out.xml", "--github"]) == 3
    assert {kinds[0] for kinds in cases().values()} >= {"RE202", "RE301"}
    found = commands_in(capsys.readouterr().err)
    assert {"file": "plan.toml", "line": "6", "title": "RE202"} in [one.properties for one in found]


def test_what_went_wrong_otherwise_is_reported_too(folder, capsys, monkeypatch):
    monkeypatch.setattr("riskengine.cli.answer.compute", lambda *_: 1 / 0)
    assert main(["decide", "plan.toml", *QUICK, "--junit", "out.xml"]) == 1
    assert cases() == {"simulated": ["error"]}


def test_an_answer_that_cannot_be_stored_is_reported_all_the_same(folder, capsys, monkeypatch):
    def full(*_):
        raise ResultsError("results/plan: cannot be written", "RE706")

    monkeypatch.setattr("riskengine.results.folder.store.write_claimed", full)
    assert main(["decide", "plan.toml", "-n", "256", "--junit", "out.xml"]) == 4
    assert cases() == {"delivery": []}


def test_annotations_name_the_line_of_the_gate_also_in_a_file_that_is_extended(folder, capsys):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    (folder / "top.toml").write_text('schema = 1\nextends = "plan.toml"\nname = "Top"\n')
    assert main(["decide", "top.toml", *QUICK, "--github"]) == 10
    (found,) = commands_in(capsys.readouterr().err)
    text = (folder / "plan.toml").read_text().splitlines()
    assert found.properties["file"] == "plan.toml"
    assert text[int(found.properties["line"]) - 1] == "[gates.delivery]"


def test_files_are_named_from_the_root_of_the_checkout(folder, capsys, monkeypatch):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    main(["decide", "plan.toml", *QUICK, "--github"])
    (found,) = commands_in(capsys.readouterr().err)
    assert found.properties["file"] == f"{folder.name}/plan.toml"


def test_the_summary_of_the_job_is_added_to(folder, capsys, monkeypatch):
    (folder / "summary.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    for _ in range(2):
        main(["decide", "plan.toml", *QUICK, "--github"])
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- riskengine -->") and text.count("GO: Tiny") == 2


@pytest.mark.parametrize(("name", "code"), [("missing/out.xml", "RE961"), ("mine.txt", "RE962")])
@pytest.mark.parametrize("option", ["--junit", "--markdown"])
@pytest.mark.parametrize("command", ["decide", "batch"])
def test_a_place_that_is_no_place_is_refused_before_anything_is_computed(
    folder, capsys, monkeypatch, name, code, option, command
):
    (folder / "mine.txt").write_text("years of work")
    monkeypatch.setattr("riskengine.cli.answer.compute", lambda *_: pytest.fail("it computed"))
    assert main([command, "plan.toml", option, name]) == 2
    assert code in capsys.readouterr().err
    assert (folder / "mine.txt").read_text() == "years of work"


def test_sarif_has_faults_with_lines_and_findings_of_good_files(folder, capsys):
    loose = (folder / "plan.toml").read_text().replace('after = ["design"]', "")
    (folder / "plan.toml").write_text(loose)
    assert main(["check", "faulty.toml", "plan.toml", "--sarif", "out.sarif", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["valid"] is False
    results = json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]
    places = [
        (one["ruleId"], one["level"], place["artifactLocation"]["uri"], place.get("region", {}).get("startLine"))
        for one in results
        for place in [one["locations"][0]["physicalLocation"]]
    ]
    assert ("RE202", "error", "faulty.toml", 6) in places
    assert ("RE551", "warning", "plan.toml", None) in places
    assert not any(one["message"]["text"].startswith(("RE", "warning")) for one in results)
    (folder / "mine.txt").write_text("years of work")
    assert main(["check", "plan.toml", "--sarif", "mine.txt"]) == 2
    assert main(["check", "plan.toml", "--sarif", "out.sarif"]) == 0


def test_check_annotates_faults_and_warnings_but_no_notes(folder, capsys):
    (folder / "plan.toml").write_text((folder / "plan.toml").read_text().replace('after = ["design"]', ""))
    assert main(["check", "faulty.toml", "plan.toml", "--github"]) == 3
    found = commands_in(capsys.readouterr().err)
    assert {one.name for one in found} == {"error", "warning"}
    assert "RE560" not in {one.properties["title"] for one in found}


def test_a_batch_reports_every_scenario(folder, capsys):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    files = ("plan.toml", "open.toml", "faulty.toml")
    main(["batch", *files, *QUICK, "--junit", "out.xml", "--markdown", "out.md", "--github"])
    suites = {suite.get("file"): suite for suite in ET.parse("out.xml").getroot()}
    failures = {name: (suite.get("failures"), suite.get("errors") == "0") for name, suite in suites.items()}
    assert failures == {"plan.toml": ("1", True), "open.toml": ("0", True), "faulty.toml": ("0", False)}
    found = commands_in(capsys.readouterr().err)
    assert {"RE202", "NO-GO delivery"} <= {one.properties["title"] for one in found}
    assert all("line" in one.properties for one in found)
    assert "## 3 scenarios" in (folder / "out.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("evil", [evil for evil in PAYLOADS if "::" in evil or "##[" in evil])
@pytest.mark.parametrize("words", [["simulate"], ["decide", "--json"], ["batch"], ["check"], ["resolve"]])
def test_no_name_makes_a_command_in_what_a_runner_reads(folder, capsys, monkeypatch, evil, words):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("COLUMNS", "40")
    name = json.dumps(evil)
    text = (folder / "plan.toml").read_text().replace('"Tiny"', name).replace("gates.delivery", f"gates.{name}")
    text = text.replace("[tasks.build]", f"[tasks.build]\nname = {name}")
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    command, *options = words
    quick = QUICK if command not in ("check", "resolve") else ()
    main([command, "plan.toml", *quick, *options])
    out, err = capsys.readouterr()
    assert commands_in(out) + commands_in(err) == []
    if out and ("--json" in words or command == "resolve"):
        assert json.loads(out)


def test_a_word_at_the_break_of_a_line_is_no_command(folder, capsys, monkeypatch):
    name = "word " * 12 + "::error::owned " * 8
    (folder / "plan.toml").write_text((folder / "plan.toml").read_text().replace("Tiny", name))
    assert main(["simulate", "plan.toml", *QUICK]) == 0
    assert commands_in(capsys.readouterr().out)  # where no runner listens, nothing is changed
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["simulate", "plan.toml", *QUICK]) == 0
    assert commands_in(capsys.readouterr().out) == []


def test_check_with_reports_loads_no_heavy_library(folder):
    words = ("check", "plan.toml", "--sarif", "out.sarif", "--github")
    assert loaded(folder, "numpy scipy numba pyarrow rich", *words) == ""
    assert Path(folder, "out.sarif").exists()
