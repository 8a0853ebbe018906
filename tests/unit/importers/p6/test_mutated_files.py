"""Mutated XER files are answered or refused with their place: never a traceback, never a hang."""

import random
import time
import tomllib

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import document, write_toml
from riskengine.importers.p6.projects import read_xer
from riskengine.scenario import parse
from tests.support.stored_dates import stored
from tests.unit.importers.p6.xer_files import activity, link, plan
from tests.unit.importers.p6.xer_large import large

LONGEST = 20.0
"""Seconds for one small file, however busy the machine is."""

JUNK = (
    *(b"", b"\t", b"\n", b"-1", b"1e999", b"nan", b"9" * 30, b"(0||", b"))", b"%T\tTASK\n", b"%F\t", b"%R\t"),
    *(b"\xff\xfe", b"\x00", b"2027-99-99 00:00", b"0001-01-01 00:00", b"2999-12-31 23:59", b"1901-01-01 00:00"),
    *(b"TT_LOE", b"TT_WBS", b"TK_Active", b"TK_Complete", b"CS_MSO", b"CS_ALAP", b"/", b'"""', b"\xe9", b"project"),
    *(b"d|99999", b"d|-1", b"s|25:00", b"1e11", b"-99999", b"%E\n"),
)
EXPECTED = {"RE222", "RE104"}
"""What may be wrong with a document that was made of a mutated file: circles of activities."""


def mutated(data, chance):
    """The bytes with one to thirty things changed."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 10, 30))):
        place, what = chance.randrange(len(found) + 1), chance.random()
        if what < 0.2:
            found[place : place + 1] = bytes([chance.randrange(256)])
        elif what < 0.35:
            del found[place : place + chance.choice((1, 2, 5, 20, 200))]
        elif what < 0.5:
            found[place:place] = chance.choice(JUNK)
        elif what < 0.8:
            start, end = found.rfind(b"\t", 0, place), found.find(b"\t", place)
            if 0 <= start < end:
                found[start + 1 : end] = chance.choice(JUNK)
        elif what < 0.95:
            lines = bytes(found).split(b"\n")
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one:one] = [lines[other]] * chance.choice((1, 2, 20))
            found = bytearray(b"\n".join(lines))
        else:
            found = found[:place]
        found = found or bytearray(b"x")
    return bytes(found)


def outcome(path):
    """Read a file as import does; whatever is no refusal with a place is raised."""
    try:
        schedules = read_xer(path)
    except ScenarioError as error:
        for issue in error.issues:
            assert issue.file == str(path)
            assert issue.code.startswith("RE8")
        return error.issues[0].code
    for schedule in schedules:
        content = document(schedule)
        tomllib.loads(write_toml(content, schedule.notes))
        try:
            parse(content)
        except ScenarioError as error:
            assert {issue.code for issue in error.issues} <= EXPECTED, str(error)[:2000]
    return "read"


def run(folder, data, seed, count):
    """Mutate a file many times, and return what came of it."""
    chance, path, found = random.Random(seed), folder / "plan.xer", set()
    for _ in range(count):
        path.write_bytes(mutated(data, chance))
        begun = time.perf_counter()
        try:
            found.add(outcome(path))
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error} for {path.read_bytes()[:3000]!r}") from error
        assert time.perf_counter() - begun < LONGEST
    return found


def sample():
    """A file with something in every table that a reader uses."""
    tasks = [
        activity("A", external_early_start_date="2027-05-03 08:00", wbs_id=2, rsrc_id=5),
        activity("B", status_code="TK_Active", act_start_date="2027-02-01 08:00", resume_date="2027-04-01 08:00"),
        activity("C", task_type="TT_LOE", cstr_type="CS_MSOA", cstr_date="2027-05-03 08:00"),
        activity("D", task_type="TT_Rsrc", early_start_date="2027-05-03 08:00"),
    ]
    return plan(
        tasks,
        [link("A", "C", "PR_SS"), link("B", "D", "PR_FF", 8), link("D", "C", "PR_FF")],
        PROJWBS=[{"wbs_id": 2, "proj_id": 1, "wbs_short_name": "X", "proj_node_flag": "Y"}],
        SCHEDOPTIONS=[{"proj_id": 1, "sched_retained_logic": "N"}],
        RSRC=[{"rsrc_id": 5, "rsrc_short_name": "CREW", "clndr_id": 10}],
        RSRCRATE=[{"rsrc_id": 5, "cost_per_qty": 50, "max_qty_per_hr": 2}],
        TASKRSRC=[{"task_id": "tA", "rsrc_id": 5, "remain_qty_per_hr": 1, "remain_cost": 5}],
        PROJCOST=[{"task_id": "tD", "remain_cost": 7}],
        PROJRISK=[{"risk_id": 1, "proj_id": 1, "risk_code": "R", "pre_rsp_prblty": "H"}],
        TASKRISK=[{"risk_id": 1, "task_id": "tA"}],
    ).encode("cp1252")


def test_what_is_mutated_is_read_without_mutation(tmp_path):
    path = tmp_path / "plan.xer"
    path.write_bytes(sample())
    assert outcome(path) == "read"
    path.write_bytes(large(500).encode("cp1252"))
    assert outcome(path) == "read"


def test_hundreds_of_mutated_files_are_answered_or_refused(tmp_path):
    found = run(tmp_path, sample(), 11, 400)
    assert {"read", "RE805", "RE809", "RE810"} <= found


@pytest.mark.parametrize("name", ["aspose-MultiprojectWithExternal.xer", "mpxj-percent-complete-8.4.xer"])
def test_mutated_files_of_p6_are_answered_or_refused(tmp_path, name):
    assert {"read", "RE809"} <= run(tmp_path, stored(name).read_bytes(), 12, 100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_thousands_of_mutated_files_are_answered_or_refused(tmp_path, seed):
    assert len(run(tmp_path, sample(), 100 + seed, 1000)) > 4
