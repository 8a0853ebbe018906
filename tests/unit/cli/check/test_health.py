"""What ``check`` says of a schedule: findings, handshake, health, and what it exits with."""

import json

import pytest

from riskengine.cli import main
from riskengine.cli.check.health import handshake_lines, health_lines, shortfall
from riskengine.errors.catalogue import CATALOGUE
from riskengine.schedule.handshake.compare import Handshake, Rate
from riskengine.schedule.health.examine import HealthAssessment
from riskengine.schedule.health.finding import Measure, at_most
from riskengine.schedule.report import ScheduleReport
from tests.unit.cli.test_documents import loaded

HEAD = """schema = 1
name = "Imported"
start = 2027-03-01
[imported]
tool = "Primavera P6"
"""
TASK = """
[tasks.{name}]
duration = 5
after = [{after}]
imported = {{ early_start = 2027-03-{day:02}T08:00:00, early_finish = 2027-03-{end:02}T17:00:00 }}
"""


def imported(wrong=False, loose=False):
    """A chain of four tasks with stored dates; the last ones are wrong on demand, and one hangs loose."""
    rows = [("a", "", 1, 5), ("b", '"a"', 8, 12), ("c", '"b"', 15, 19), ("d", '"c"', 22, 26)]
    if wrong:
        rows[2:] = [("c", '"b"', 11, 17), ("d", '"c"', 18, 24)]
    text = HEAD + "".join(TASK.format(name=n, after=a, day=d, end=e) for n, a, d, e in rows)
    return text + ("\n[tasks.x]\nduration = 2\n" if loose else "")


def words(err):
    """Lines on standard error, but for the progress that a slow machine shows."""
    return [line for line in err.splitlines() if not line.startswith(("Lengthening tasks", "Compiling"))]


@pytest.fixture
def place(folder):
    (folder / "good.toml").write_text(imported())
    (folder / "wrong.toml").write_text(imported(wrong=True))
    (folder / "loose.toml").write_text(imported(loose=True))
    return folder


def test_an_imported_scenario_shakes_hands_and_shows_its_health(place, capsys):
    assert main(["check", "good.toml"]) == 0
    out, err = capsys.readouterr()
    assert words(err) == []
    assert "handshake with Primavera P6" in out
    assert "  early start    100.0 %  4 of 4\n" in out
    assert "  late start           -  0 of 0\n" in out
    assert " 1 Logic                       pass" in out
    assert "shock test: 4 of 4 tasks move d when they grow" in out
    assert "differences" not in out


def test_differences_are_listed_from_the_root_on(place, capsys):
    assert main(["check", "wrong.toml"]) == 0
    out = capsys.readouterr().out
    assert "early start     50.0 %  2 of 4" in out
    assert "differences   2, 1 of which are roots" in out
    assert "    c early start +2.00 d: stored 2027-03-11 08:00, computed 2027-03-15 08:00; " in out
    assert "edited after scheduling: the stored start is before b FS asks for" in out
    assert "warning: RE550 4 of 8 stored dates are not ours: c" in out
    assert out.index("    c early start") < out.index("    d early start")


@pytest.mark.parametrize(
    ("file", "least", "status"),
    [("good", "100", 0), ("wrong", "50", 0), ("wrong", "50.1", 10), ("wrong", "99", 10), ("plan", "0", 10)],
)
def test_a_required_handshake_is_a_gate(place, capsys, file, least, status):
    assert main(["check", f"{file}.toml", "--require-handshake", least]) == status
    err = capsys.readouterr().err
    assert (words(err) == []) == (status == 0)
    if file == "plan":
        assert "plan.toml: no early start is stored to be compared, and 0 % were required to agree" in err
    elif status:
        assert f"50.00 % of the early starts agree, below the {least} % required" in err


def test_faults_weigh_more_than_a_handshake(place, capsys):
    assert main(["check", "wrong.toml", "faulty.toml", "--require-handshake", "99"]) == 3


def test_each_note_of_an_import_has_a_line_of_its_own(place, capsys):
    text = imported().replace(
        'tool = "Primavera P6"', 'tool = "Primavera P6"\nnotes = ["no costs, no fees", "no codes"]'
    )
    (place / "good.toml").write_text(text)
    main(["check", "good.toml"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "note" in line] == ["  note: no costs, no fees", "  note: no codes"]


def test_strict_refuses_warnings_and_leaves_notes_alone(place, capsys):
    assert main(["check", "good.toml", "--strict"]) == 0
    assert main(["check", "loose.toml"]) == 0
    assert main(["check", "loose.toml", "--strict"]) == 3
    assert "warnings\n" in capsys.readouterr().err
    (place / "noted.toml").write_text(
        imported().replace("duration = 5\nafter = []", "duration = [4, 5, 8]\nafter = []")
    )
    capsys.readouterr()
    assert main(["check", "noted.toml", "--strict"]) == 0
    assert "note: RE574" in capsys.readouterr().out


def test_a_plain_scenario_is_looked_at_without_dates_unless_asked(place, capsys):
    assert main(["check", "plan.toml"]) == 0
    out = capsys.readouterr().out
    assert "schedule health" not in out and "--health looks at them" in out
    assert main(["check", "plan.toml", "--health"]) == 0
    out = capsys.readouterr().out
    assert "schedule health" in out and "handshake" not in out


def test_no_health_keeps_the_handshake(place, capsys):
    assert main(["check", "good.toml", "--no-health"]) == 0
    out = capsys.readouterr().out
    assert "handshake with" in out and "schedule health" not in out
    assert main(["check", "good.toml", "--health", "--no-health"]) == 2


def test_the_json_object_holds_every_number(place, capsys):
    assert main(["check", "wrong.toml", "plan.toml", "--json"]) == 0
    wrong, plain = json.loads(capsys.readouterr().out)["scenarios"]
    assert wrong["findings"][0]["code"] == "RE550"
    assert all(finding["title"] == CATALOGUE[finding["code"]].title for finding in wrong["findings"])
    rates = {rate["measure"]: rate for rate in wrong["handshake"]["rates"]}
    assert rates["early_start"] == {"measure": "early_start", "compared": 4, "matched": 2, "share": 0.5}
    first = wrong["handshake"]["differences"][0]
    assert (first["task"], first["is_root"], first["stored"]) == ("c", True, "2027-03-11T08:00:00")
    assert first["hours"] == {"early_start": 16.0, "early_finish": 16.0}
    assert len(wrong["health"]["measures"]) == 14
    assert wrong["health"]["shock"]["ends"] == ["d"]
    assert (plain["handshake"], plain["health"]) == (None, None)


def test_ignoring_hard_constraints_takes_their_warning_away(place, capsys):
    text = imported().replace('after = ["c"]', 'after = ["c"]\nconstraints = ["MFO 2027-03-26"]')
    (place / "hard.toml").write_text(text)
    assert main(["check", "hard.toml", "--strict"]) == 3
    assert main(["check", "hard.toml", "--strict", "--ignore-hard-constraints"]) == 0


def test_names_from_a_file_cannot_act_on_the_terminal(place, capsys):
    text = imported(wrong=True).replace('tool = "Primavera P6"', 'tool = "\\u001b[31mP6"')
    (place / "evil.toml").write_text(text)
    main(["check", "evil.toml"])
    assert "\x1b" not in capsys.readouterr().out


def test_a_plain_check_loads_no_engine_and_an_imported_one_does(place):
    assert loaded(place, "numpy scipy numba riskengine.engine", "check", "plan.toml") == ""
    assert "riskengine.engine" in loaded(place, "riskengine.engine", "check", "good.toml")


UPDATE = """schema = 1
extends = "base.toml"
name = "Update"
data_date = 2027-03-08
tasks.a.actual_start = 2027-03-01
tasks.a.actual_finish = 2027-03-05
"""


@pytest.fixture
def update(place):
    dated = imported().replace("start = 2027-03-01", "data_date = 2027-03-01", 1)
    (place / "base.toml").write_text(dated.replace("[imported]", "[imported]\ndata_date = 2027-03-01"))
    (place / "update.toml").write_text(UPDATE)
    return place


def test_after_a_status_update_dates_of_the_old_data_date_are_not_compared(update, capsys):
    assert main(["check", "base.toml", "--strict", "--require-handshake", "100"]) == 0
    assert "  early start    100.0 %  4 of 4\n" in capsys.readouterr().out
    assert main(["check", "update.toml", "--strict"]) == 0
    out, err = capsys.readouterr()
    why = "the data date has changed since the import (was 2027-03-01 00:00, is 2027-03-08 00:00)"
    assert f"  handshake: not compared, {why}\n" in out
    assert "RE550" not in out and "handshake with" not in out and words(err) == []
    assert "schedule health" in out
    assert main(["check", "update.toml", "--require-handshake", "0"]) == 10
    wanted = f"update.toml: there is nothing to compare, {why}, and 0 % were required to agree\n"
    assert capsys.readouterr().err == wanted
    assert main(["check", "update.toml", "base.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["scenarios"]
    assert (found[0]["handshake"], found[0]["not_compared"]) == (None, why)
    assert found[1]["handshake"] is not None and found[1]["not_compared"] is None


def test_the_handshake_is_with_the_constraints_that_health_is_examined_without(place, capsys):
    held = TASK.format(name="d", after='"c"', day=29, end=31).replace("duration = 5", "duration = 3")
    text = imported().split("\n[tasks.d]")[0] + held
    bound = 'duration = 3\nconstraints = ["MSO 2027-03-29T08:00:00"]'
    (place / "held.toml").write_text(text.replace("duration = 3", bound))
    assert main(["check", "held.toml", "--strict"]) == 3
    assert "RE555" in capsys.readouterr().out
    assert main(["check", "held.toml", "--strict", "--ignore-hard-constraints", "--require-handshake", "100"]) == 0
    out = capsys.readouterr().out
    assert "  early start    100.0 %  4 of 4\n" in out
    assert "RE550" not in out and "RE555" not in out and "shock test: 4 of 4 tasks move d" in out


def test_a_handshake_of_nearly_all_dates_is_not_called_100_percent():
    """9,999 of 10,000 were 100.0 %, and 99.996 % were called 100.00 %, below the 100 % required."""
    rates = (Rate("early_start", 100_000, 99_996), Rate("late_start", 3, 3))
    handshake = Handshake("P6", rates, (), {})
    lines = handshake_lines(handshake)
    assert lines[1:] == ["  early start   99.996 %  99,996 of 100,000", "  late start     100.0 %  3 of 3"]
    assert shortfall(ScheduleReport((), handshake), 100.0).startswith("99.996 % of the early starts agree, below")


def test_a_point_that_fails_never_looks_as_if_it_kept_its_limit():
    """126 of 2,519 are 5.002 %, printed as 5.0 % beside "fail" and "at most 5 %"."""
    report = HealthAssessment(
        (at_most(3, "RE553", name="Lags", behind=("a",) * 126, denominator=2519, limit=0.05),), (), None
    )
    assert " fail " in health_lines(report)[1] and " 5.002 % " in health_lines(report)[1]
    index = Measure(
        13, "RE563", name="Index", numerator=1.0, denominator=1.0, value=0.9496, threshold="", result="fail", limit=0.95
    )
    assert " 0.9496" in health_lines(HealthAssessment((index,), (), None))[1]
