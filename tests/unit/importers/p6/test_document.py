"""From XER files to scenario documents and TOML: costs, resources, risks, ids, bytes."""

import tomllib
from datetime import datetime

import pytest

from riskengine.importers import document, write_toml
from riskengine.importers.neutral import ImportedSchedule, ImportedTask
from riskengine.importers.p6.projects import read_xer
from riskengine.importers.to_scenario.toml_text import quoted
from riskengine.scenario import digest, parse, read
from tests.unit.importers.p6.xer_files import CALENDAR, activity, calendar_data, link, off, plan, write

RESOURCES = {
    "RSRC": [
        {"rsrc_id": 5, "rsrc_short_name": "WELD", "rsrc_name": "Welder", "rsrc_type": "RT_Labor", "clndr_id": 10},
        {"rsrc_id": 6, "rsrc_short_name": "PIPE", "rsrc_name": "Pipe", "rsrc_type": "RT_Mat"},
    ],
    "RSRCRATE": [
        {"rsrc_id": 5, "cost_per_qty": 50, "max_qty_per_hr": 2, "start_date": "2027-01-01 00:00"},
        {"rsrc_id": 5, "cost_per_qty": 90, "max_qty_per_hr": 4, "start_date": "2029-01-01 00:00"},
    ],
}


def content(folder, text):
    (schedule,) = read_xer(write(folder, text))
    return document(schedule)


def test_a_duration_that_is_cut_is_noted():
    task = ImportedTask("1", "A", hours=3e12)
    schedule = ImportedSchedule("Tool", "plan.xer", "P", "Plan", datetime(2027, 3, 1, 8), tasks=[task])
    found = document(schedule)
    assert found["tasks"]["A"]["duration"] == "10000000h"
    assert any("10 000 000 hours was cut" in note for note in found["imported"]["notes"])


def assigned(**fields):
    return {"task_id": "tA", "rsrc_id": 5, "remain_qty_per_hr": 1.5, "remain_cost": 3000, **fields}


@pytest.mark.parametrize("data_date", [None, datetime(2027, 4, 5, 8)])
def test_stored_dates_hold_for_the_data_date_or_for_the_start_where_there_is_none(data_date):
    start = datetime(2027, 3, 1, 8)
    found = document(ImportedSchedule("Tool", "plan.xer", "P", "Plan", start, data_date))
    assert found["imported"]["data_date"] == (data_date or start)
    parsed = parse({**found, "tasks": {"a": {"duration": 5}}})
    assert parsed.imported.data_date == parsed.start


def test_people_cost_per_day_and_material_once(tmp_path):
    work = [assigned(), assigned(rsrc_id=6, remain_qty_per_hr=10, remain_cost=700)]
    expenses = [{"task_id": "tA", "remain_cost": 200, "act_cost": 0}]
    found = content(tmp_path, plan([activity("A")], **RESOURCES, TASKRSRC=work, PROJCOST=expenses))
    task = found["tasks"]["A"]
    assert task["resources"] == {"WELD": 1.5}
    assert task["cost"] == {"fixed": 900, "rate": 600}  # 3000 over 5 days of 8 hours
    assert found["resources"]["WELD"] == {"name": "Welder", "capacity": 2, "calendar": "Office"}


def test_what_was_spent_is_the_actual_cost(tmp_path):
    started = activity(
        "A", status_code="TK_Active", act_start_date="2027-02-01 08:00", remain_drtn_hr_cnt=16, target_drtn_hr_cnt=40
    )
    work = [assigned(act_reg_cost=900, act_ot_cost=100, remain_cost=1200)]
    found = content(tmp_path, plan([started], **RESOURCES, TASKRSRC=work))
    assert found["tasks"]["A"]["cost"] == {"actual": 1000, "rate": 600}


def test_roles_cost_without_being_resources(tmp_path):
    found = content(tmp_path, plan([activity("A")], **RESOURCES, TASKRSRC=[assigned(rsrc_id="", role_id=9)]))
    assert found["tasks"]["A"]["cost"] == {"rate": 600}
    assert "resources" not in found["tasks"]["A"]


def test_rates_that_change_take_the_one_in_force_and_a_note(tmp_path):
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], **RESOURCES, TASKRSRC=[assigned()])))
    assert schedule.resources["5"].rate == 50
    assert any("rates that change" in note for note in schedule.notes)


def test_risks_with_ratings_become_risks_to_complete(tmp_path):
    risks = {
        "RISKTYPE": [{"risk_type_id": 3, "risk_type": "Ground"}],
        "PROJRISK": [
            {
                "risk_id": 1,
                "proj_id": 1,
                "risk_code": "R-01",
                "risk_name": "Rock",
                "risk_type_id": 3,
                "status_code": "RS_OPEN",
                "pre_rsp_prblty": "H",
                "pre_rsp_schd_prblty": "VH",
                "risk_cause": "No borings",
            },
            {"risk_id": 2, "proj_id": 1, "risk_code": "R-02", "risk_name": "Gone", "status_code": "RS_MANAGED"},
        ],
        "TASKRISK": [{"risk_id": 1, "task_id": "tA"}],
    }
    found = content(tmp_path, plan([activity("A")], **risks))
    rock = found["risks"]["R-01"]
    assert rock["probability"] == 0.6
    assert "active" not in rock
    assert rock["description"].split("\n") == [
        "Cause: No borings",
        "Category: Ground",
        "Rated impact: schedule very high",
        "Hits: A",
    ]
    assert found["risks"]["R-02"]["active"] is False
    notes = " ".join(found["imported"]["notes"])
    for words in ("middles of the ratings", "impacts are ratings", "without a probability", "that are past"):
        assert words in notes
    parse(found)


def test_old_risks_have_percentages(tmp_path):
    risks = [{"risk_id": 1, "proj_id": 1, "risk_name": "Rock", "prbly_pct": 25}]
    assert content(tmp_path, plan([activity("A")], PROJRISK=risks))["risks"]["1"]["probability"] == 0.25


def test_ids_that_the_format_refuses_are_changed_everywhere_and_noted(tmp_path):
    codes = ["BEW/UTL/10", "BEW-UTL-10", "project", "*", "wbs:1", "x" * 250]
    links = [link("BEW/UTL/10", code, lag=8) for code in codes[1:]]
    found = content(tmp_path, plan([activity(code) for code in codes], links))
    ids = list(found["tasks"])
    assert ids == ["BEW-UTL-10-2", "BEW-UTL-10", "project-", "*-", "wbs-1-", "x" * 199 + "…"]
    assert found["tasks"]["BEW-UTL-10"]["after"] == ["BEW-UTL-10-2 FS+8h"]
    assert any("BEW/UTL/10 is BEW-UTL-10-2" in note for note in found["imported"]["notes"])
    parse(found)


def test_codes_that_two_activities_have_become_two_ids(tmp_path):
    tasks = [activity("A"), activity("A", task_id="other")]
    assert list(content(tmp_path, plan(tasks))["tasks"]) == ["A", "A-2"]


def test_relationships_find_the_right_one_of_two_activities_with_one_code(tmp_path):
    tasks = [activity("A"), activity("A", task_id="other"), activity("A-2"), activity("B"), activity("C")]
    links = [link("A", "B"), {**link("A", "C"), "pred_task_id": "other"}, {**link("A", "A"), "task_id": "other"}]
    found = content(tmp_path, plan(tasks, links))
    assert {id: task.get("after") for id, task in found["tasks"].items()} == {
        "A": None,
        "A-3": ["A"],
        "A-2": None,
        "B": ["A"],
        "C": ["A-3"],
    }
    assert any("A is A-3" in note for note in found["imported"]["notes"])


def test_spans_that_nothing_dates_become_tasks(tmp_path):
    tasks = [activity("A", task_type="TT_LOE"), activity("B", task_type="TT_WBS"), activity("C")]
    found = content(tmp_path, plan(tasks))
    assert ["type" in task for task in found["tasks"].values()] == [False, False, False]
    notes = " ".join(found["imported"]["notes"])
    assert "level of effort without relationships" in notes
    assert "summary without tasks below" in notes
    parse(found)


def test_a_summary_spans_what_lies_below_its_code(tmp_path):
    wbs = [{"wbs_id": 2, "proj_id": 1, "wbs_short_name": "X", "proj_node_flag": "Y"}]
    tasks = [activity("A", task_type="TT_WBS", wbs_id=2), activity("B", wbs_id=2)]
    found = content(tmp_path, plan(tasks, PROJWBS=wbs))
    assert found["tasks"]["A"]["type"] == "summary"
    assert "duration" not in found["tasks"]["A"]
    parse(found)


def test_dates_of_progress_and_constraints_are_written(tmp_path):
    started = activity("A", status_code="TK_Active", act_start_date="2027-02-01 08:00", remain_drtn_hr_cnt=7.5)
    found = content(tmp_path, plan([started, activity("B", cstr_type="CS_MEOB", cstr_date="2027-06-01 17:00")]))
    scenario = parse(found)
    assert scenario.tasks["A"].remaining.value == 7.5
    assert scenario.tasks["A"].actual_start == datetime(2027, 2, 1, 8)
    assert [(c.type, c.date) for c in scenario.tasks["B"].constraints] == [("FNLT", datetime(2027, 6, 1, 17))]


def test_leads_and_lags_are_written_with_their_signs(tmp_path):
    links = [link("A", "C", "PR_FF", -8), link("B", "C", "PR_SS", 7.5)]
    found = content(tmp_path, plan([activity("A"), activity("B"), activity("C")], links))
    assert found["tasks"]["C"]["after"] == ["A FF-8h", "B SS+7.5h"]


def test_exceptions_that_change_nothing_are_left_out_and_days_off_become_ranges(tmp_path):
    office = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
    days = off(46447) + off(46448) + f"(0||2(d|46449)({office}))(0||3(d|46450)((0||0(s|08:00|f|12:00)())))" + off(46453)
    found = content(tmp_path, plan([activity("A")], CALENDAR=[{**CALENDAR, "clndr_data": calendar_data("", days)}]))
    assert found["calendars"]["Office"] == {
        "week": "mon-fri 08:00-12:00 13:00-17:00",
        "hours_per_day": 8,
        "holidays": ["2027-03-01..2027-03-02"],  # the seventh is a Sunday
        "exceptions": {"2027-03-04": "08:00-12:00"},
    }


NASTY = [
    'say "hello"',
    "back\\slash",
    "[tasks.x]",
    '"""',
    "'''",
    "# no comment",
    "tab\tinside",
    "bell\x07 null\x00 delete\x7f",
    "line\u2028separator\u0085next",
    "\u202eright to left",
    "zero\u200bwidth",
    "emoji 🏗 and ideograph 管",
    "a = 1",
    "\ufeffmark",
    "{ x = 1 }",
    " spaces around ",
]


@pytest.mark.parametrize("text", NASTY)
def test_untrusted_text_comes_back_as_it_was(text):
    assert tomllib.loads(f"x = {quoted(text)}") == {"x": text}
    assert quoted(text).isprintable()


@pytest.mark.parametrize("text", NASTY)
def test_untrusted_names_make_valid_scenarios(tmp_path, text):
    shown = text.replace("\t", " ")
    tasks = [activity("A", task_name=shown), activity(shown or "B", task_id="tB", task_name="B")]
    found = content(tmp_path, plan(tasks, [{"task_id": "tA", "pred_task_id": "tB", "pred_type": "PR_SS"}]))
    target = tmp_path / "plan.toml"
    written = write_toml(found, [f"from {text}"])
    target.write_text(written, encoding="utf-8")
    assert read(target) == parse(found, "plan")
    assert tomllib.loads(written) == tomllib.loads(write_toml(found))


def test_half_a_character_is_replaced():
    assert tomllib.loads(f"x = {quoted(chr(0xD800))}") == {"x": "\ufffd"}


def test_numbers_that_toml_lacks_are_refused():
    with pytest.raises(ValueError, match="cannot be written"):
        write_toml({"x": float("nan")})
    with pytest.raises(TypeError):
        write_toml({"x": object()})


def test_importing_twice_gives_the_same_bytes(tmp_path):
    tasks = [activity(f"A{number}") for number in range(30)]
    links = [link(f"A{number}", f"A{number + 1}", "PR_SS", number) for number in range(29)]
    path = write(tmp_path, plan(tasks, links, **RESOURCES, TASKRSRC=[assigned(task_id="tA3")]))
    first, second = (write_toml(document(read_xer(path)[0])) for _ in range(2))
    assert first == second
    assert digest(parse(tomllib.loads(first))) == digest(parse(document(read_xer(path)[0])))
