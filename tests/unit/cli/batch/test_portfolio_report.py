"""``report`` of the folder of a batch: its portfolio as a page, and the reports of all its runs."""

import re

import pytest

from riskengine.cli import main
from tests.support.command_line import plan


@pytest.fixture
def results(folder, capsys):
    """The folder of a batch of three plans, one of which was refused."""
    (folder / "plans").mkdir()
    (folder / "plans/good.toml").write_text(plan("Good"))
    (folder / "plans/index.toml").write_text(plan("Index", confidence=0.95))
    (folder / "plans/bad.toml").write_text("schema = 1\n")
    main(["batch", "plans", "-o", "results", "-n", "256", "--no-contributions"])
    capsys.readouterr()
    return folder / "results"


def links(path):
    return re.findall(r'<a href="(\./[^"]*)"', path.read_text(encoding="utf-8"))


def test_a_batch_is_one_page(folder, results, capsys):
    before = set(folder.rglob("*"))
    assert main(["report", "results", "-o", "portfolio.html"]) == 0
    assert capsys.readouterr() == ("", "report in portfolio.html\n")
    assert set(folder.rglob("*")) - before == {folder / "portfolio.html"}
    assert links(folder / "portfolio.html") == []


def test_into_a_folder_go_the_reports_of_all_runs(folder, results, capsys):
    assert main(["report", "results", "-o", "pages"]) == 0
    assert {path.name for path in (folder / "pages").rglob("*.html")} == {"index.html", "good.html"}
    assert sorted(links(folder / "pages/index.html")) == ["./runs/good.html", "./runs/index.html"]
    for name, title in (("good", "GO: Good"), ("index", "NO-GO: Index")):
        assert f"<title>{title}</title>" in (folder / f"pages/runs/{name}.html").read_text(encoding="utf-8")
    assert main(["report", "results", "-o", "pages"]) == 0, "pages of ours are replaced"


def test_reports_that_lie_beside_the_page_are_linked(folder, results):
    main(["report", "results/good", "-o", "good.html"])
    (folder / "index.html").write_text("mine")
    assert main(["report", "results", "-o", "portfolio.html"]) == 0
    assert links(folder / "portfolio.html") == ["./good.html"]


@pytest.mark.parametrize("name", ["pages/index.html", "pages/runs/good.html"])
def test_a_file_of_somebody_else_stops_everything_before_anything_is_written(folder, results, capsys, name):
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert main(["report", "results", "-o", "pages"]) == 2
    assert "RE942" in capsys.readouterr().err
    assert [file for file in (folder / "pages").rglob("*") if file.is_file()] == [path]
    assert path.read_text() == "mine"
    assert main(["report", "results", "-o", "pages", "--force"]) == 0


def test_a_damaged_run_is_told_and_not_linked_and_the_others_are_written(folder, results, capsys):
    main(["report", "results", "-o", "pages"])
    part = results / "good/gates.arrow"
    part.write_bytes(part.read_bytes()[:-1])
    assert main(["report", "results", "-o", "pages"]) == 4
    assert "RE702" in capsys.readouterr().err
    assert links(folder / "pages/index.html") == ["./runs/index.html"]
    assert not (folder / "pages/runs/good.html").exists()


def test_a_run_that_is_not_the_one_of_the_portfolio_is_told(folder, results, capsys):
    main(["simulate", "plans/good.toml", "-o", "results/good", "-n", "300"])
    assert main(["report", "results", "-o", "pages"]) == 4
    assert "not the run of the portfolio" in capsys.readouterr().err


def test_a_damaged_portfolio_makes_no_page(folder, results):
    (results / "portfolio_gates.arrow").write_bytes(b"")
    assert main(["report", "results", "-o", "portfolio.html"]) == 4
    assert not (folder / "portfolio.html").exists()


def test_risks_of_every_run_are_drivers_and_a_damaged_run_is_said(folder, results, capsys):
    main(["batch", "plans", "-o", "results", "-n", "2048", "--fresh"])
    main(["report", "results", "-o", "portfolio.html"])
    page = (folder / "portfolio.html").read_text(encoding="utf-8")
    drivers = page[page.index('<section id="drivers"') :]
    assert "good, index" in drivers and "could not be read" not in drivers
    part = results / "good/risks.arrow"
    part.write_bytes(part.read_bytes()[:-1])
    assert main(["report", "results", "-o", "portfolio.html"]) == 0
    assert "results could not be read: 1." in (folder / "portfolio.html").read_text(encoding="utf-8")
