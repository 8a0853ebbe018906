"""The schedule that ships as an XER file: import gives the scenario beside it, and the dates are those of the file."""

import shutil
import tomllib
from pathlib import Path

from riskengine.cli.entry import main
from riskengine.importers import choose, document, read_schedule, write_toml
from riskengine.reading import parse
from riskengine.schedule.check import check
from tests.support.places import ROOT

SOURCE = ROOT / "scenarios" / "pumping-station.xer"
BY_HAND = ("templates", "risks", "gates")


def shipped():
    """The scenario as it ships."""
    return tomllib.loads(SOURCE.with_suffix(".toml").read_text(encoding="utf-8"))


def test_the_shipped_scenario_is_what_import_writes_and_three_tables():
    imported = tomllib.loads(write_toml(document(choose(read_schedule(SOURCE), "", "plan.xer"))))
    assert not imported.keys() & set(BY_HAND)
    assert {key: value for key, value in shipped().items() if key not in BY_HAND} == imported


def test_every_stored_date_is_computed_again():
    handshake = check(parse(shipped()), needs_health=False).handshake
    overall = handshake.rates[-1]
    assert (overall.matched, overall.compared) == (140, 140)


def test_the_walk_from_a_p6_file_to_a_decision_is_as_documented(tmp_path, monkeypatch, capsys):
    page = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8").split("### From a P6 file to a decision")[1]
    printed, review = (part.split("```")[0] for part in (page.split("```\n$ ")[1], page.split("```toml\n")[1]))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SOURCE.parent, tmp_path / "scenarios")
    command, *expected = printed.strip().splitlines()
    assert main(command.split()[1:]) == 0
    assert capsys.readouterr().out.splitlines() == expected
    Path("review.toml").write_text(review, encoding="utf-8")
    assert main(["decide", "review.toml", "--no-write", "-n", "2048"]) == 10
