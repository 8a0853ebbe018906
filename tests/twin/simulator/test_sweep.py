"""The command that explores new seeds: it says what differs, names it, and fails."""

import pytest

from tests.twin.__main__ import main
from tests.twin.simulator.faults import AT_BOUNDARIES
from tests.twin.simulator.sweep import KINDS

FAULT = "a lead of an FF ends at a shift's end"


def test_exploring_where_engine_and_twin_agree_ends_with_0(capsys):
    assert main(["--from", "20", "--seeds", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"from seed 20: {', '.join(KINDS)}", f"{len(KINDS)} scenarios, 0 with differences"]


def test_exploring_prints_what_differs_and_ends_with_1(capsys, monkeypatch):
    AT_BOUNDARIES[FAULT](monkeypatch)
    assert main(["--from", "0", "--seeds", "40", "--kind", "boundaries"]) == 1
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first == "from seed 0: boundaries"
    assert lines and all(line.startswith("boundaries ") and "twin" in line for line in lines)
    assert last.startswith("40 scenarios, ")
    # the seed alone gives the difference back
    seed = lines[0].split()[1].rstrip(":")
    assert main(["--from", seed, "--seeds", "1", "--kind", "boundaries"]) == 1
    assert lines[0] in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_a_scenario_that_cannot_be_run_is_a_difference(kind, capsys, monkeypatch):
    def broken(*asked):
        raise RuntimeError("no such thing")

    monkeypatch.setattr("tests.twin.simulator.sweep.written.read", broken)
    assert main(["--from", "3", "--seeds", "1", "--kind", kind]) == 1
    assert f"{kind} 3: RuntimeError: no such thing" in capsys.readouterr().out.splitlines()


def test_exploring_ends_when_the_time_is_up_and_without_a_seed_begins_anew(capsys, monkeypatch):
    monkeypatch.setattr("tests.twin.__main__.time", lambda: 1_234.5)
    assert main(["--minutes", "0"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("from seed 1234: ") and last == "1 scenarios, 0 with differences"


def test_a_run_that_looked_at_nothing_fails(capsys):
    assert main(["--from", "3", "--seeds", "0"]) == 1
    assert capsys.readouterr().out.endswith("0 scenarios, 0 with differences\n")
