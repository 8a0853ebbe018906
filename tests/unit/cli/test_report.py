"""``report``: what is written where, and what is left alone."""

import pytest

from riskengine.cli import main


@pytest.fixture
def results(folder, capsys):
    """The results of ``plan.toml``, in ``results/plan``."""
    assert main(["simulate", "plan.toml", "-n", "300", "--no-contributions"]) == 0
    capsys.readouterr()
    return folder / "results/plan"


def test_a_report_is_one_file(folder, results, capsys):
    before = sorted(folder.rglob("*"))
    assert main(["report", "results/plan", "-o", "plan.html"]) == 0
    assert capsys.readouterr() == ("", "report in plan.html\n")
    assert set(folder.rglob("*")) - set(before) == {folder / "plan.html"}
    assert (folder / "plan.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(("name", "noun"), [("plan.html", "page"), ("plan.md", "memo"), ("plan.pptx", "presentation")])
def test_a_report_replaces_a_report_and_nothing_else(folder, results, capsys, name, noun):
    page = folder / name
    page.write_text("mine")
    assert main(["report", "results/plan", "-o", name]) == 2
    assert f"RE942 {name} is no {noun} of riskengine; nothing was written" in capsys.readouterr().err
    assert page.read_text() == "mine"
    assert main(["report", "results/plan", "-o", name, "--force"]) == 0
    first = page.read_bytes()
    assert main(["report", "results/plan", "-o", name]) == 0
    assert page.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (
            ["report", "results/plan", "-o", "plan.doc"],
            2,
            "RE941 plan.doc: a report ends in .html, .md, .pdf or .pptx; name it plan.html",
        ),
        (["report", "results/plan", "-o", "p.html", "--language", "xx"], 2, "RE943 no language 'xx'; there are "),
        (["report", "nowhere", "-o", "p.html"], 4, "RE701 nowhere: not a results folder"),
        (["report", "results/plan", "-o", "nowhere/p.html"], 4, "nowhere/"),
        (["report", "results/plan"], 2, "Missing option '-o'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(folder, results, capsys, arguments, status, said):
    before = sorted(folder.rglob("*"))
    assert main(arguments) == status
    out, err = capsys.readouterr()
    assert out == "" and said in err
    assert sorted(folder.rglob("*")) == before


def test_a_damaged_folder_makes_no_report(folder, results, capsys):
    part = results / "gates.arrow"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    assert main(["report", "results/plan", "-o", "plan.html"]) == 4
    assert "RE702" in capsys.readouterr().err
    assert not (folder / "plan.html").exists()
