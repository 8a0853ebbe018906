"""Activities, progress, constraints and relationships of XER files."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import choose
from riskengine.importers.neutral import ImportedRelationship
from riskengine.importers.p6.projects import read_xer
from riskengine.importers.to_scenario.document import document
from tests.unit.importers.p6.xer_files import CALENDAR, PROJECT, activity, calendar_data, day, link, plan, write


def read(folder, text):
    (schedule,) = read_xer(write(folder, text))
    return schedule


def one(folder, **fields):
    schedule = read(folder, plan([activity("A", **fields)]))
    return schedule.tasks[0], schedule.notes


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("TT_Task", "task"),
        ("TT_Rsrc", "task"),
        ("TT_Mile", "start milestone"),
        ("TT_FinMile", "finish milestone"),
        ("TT_LOE", "level of effort"),
        ("TT_WBS", "summary"),
        ("TT_Future", "task"),
    ],
)
def test_types_of_activities(tmp_path, code, kind):
    task, notes = one(tmp_path, task_type=code)
    assert task.type == kind
    assert any("TT_Future" in note for note in notes) == (code == "TT_Future")


def test_what_remains_is_the_duration_of_work_that_has_not_begun(tmp_path):
    task, notes = one(tmp_path, target_drtn_hr_cnt=80, remain_drtn_hr_cnt=40)
    assert (task.hours, task.remaining_hours) == (40, None)
    assert any("what remains was taken" in note for note in notes)


def test_work_in_progress_has_both_durations(tmp_path):
    task, _ = one(
        tmp_path,
        status_code="TK_Active",
        target_drtn_hr_cnt=80,
        remain_drtn_hr_cnt=24,
        act_start_date="2027-02-01 08:00",
    )
    assert (task.hours, task.remaining_hours) == (80, 24)
    assert task.actual_start == datetime(2027, 2, 1, 8)
    assert task.actual_finish is None


def test_finished_work_has_both_dates(tmp_path):
    dates = {"act_start_date": "2027-02-01 08:00", "act_end_date": "2027-02-05 17:00"}
    task, _ = one(tmp_path, status_code="TK_Complete", remain_drtn_hr_cnt=0, **dates)
    assert (task.actual_start, task.actual_finish) == (datetime(2027, 2, 1, 8), datetime(2027, 2, 5, 17))
    assert task.remaining_hours is None


def test_a_finish_without_a_start_is_both(tmp_path):
    task, _ = one(tmp_path, status_code="TK_Complete", task_type="TT_FinMile", act_end_date="2027-02-05 17:00")
    assert task.actual_start == task.actual_finish == datetime(2027, 2, 5, 17)


def test_progress_without_dates_is_re813(tmp_path):
    with pytest.raises(ScenarioError, match="RE813"):
        one(tmp_path, status_code="TK_Complete")
    with pytest.raises(ScenarioError, match="RE813"):
        one(tmp_path, status_code="TK_Active")


def test_no_duration_at_all_is_re812(tmp_path):
    with pytest.raises(ScenarioError, match="RE812"):
        one(tmp_path, target_drtn_hr_cnt="", remain_drtn_hr_cnt="")


def test_a_key_that_two_activities_have_is_re811(tmp_path):
    with pytest.raises(ScenarioError, match="RE811"):
        read(tmp_path, plan([activity("A"), activity("B", task_id="tA")]))


def test_suspended_work_goes_on_when_it_resumes(tmp_path):
    fields = {"status_code": "TK_Active", "act_start_date": "2027-02-01 08:00", "suspend_date": "2027-02-10 08:00"}
    task, _ = one(tmp_path, **fields, resume_date="2027-04-01 08:00")
    assert task.resume == datetime(2027, 4, 1, 8)
    _, notes = one(tmp_path, **fields)
    assert any("suspended" in note for note in notes)
    task, notes = one(tmp_path, **{**fields, "suspend_date": ""}, resume_date="2027-04-01 08:00")
    assert any("that was not suspended" in note for note in notes)
    assert task.resume is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("CS_MSO", "SO"),
        ("CS_MSOA", "SNET"),
        ("CS_MSOB", "SNLT"),
        ("CS_MEO", "FO"),
        ("CS_MEOA", "FNET"),
        ("CS_MEOB", "FNLT"),
        ("CS_MANDSTART", "MSO"),
        ("CS_MANDFIN", "MFO"),
    ],
)
def test_constraints(tmp_path, code, kind):
    task, _ = one(tmp_path, cstr_type=code, cstr_date="2027-05-03 08:00")
    assert task.constraints == [(kind, datetime(2027, 5, 3, 8))]


def test_as_late_as_possible_has_no_date(tmp_path):
    task, _ = one(tmp_path, cstr_type="CS_ALAP", cstr_date="2027-05-03 08:00")
    assert task.constraints == [("ALAP", None)]


def test_a_second_constraint_holds_unless_it_contradicts(tmp_path):
    dates = {"cstr_date": "2027-05-03 08:00", "cstr_date2": "2027-06-03 17:00"}
    task, _ = one(tmp_path, cstr_type="CS_MSOA", cstr_type2="CS_MEOB", **dates)
    assert [kind for kind, _ in task.constraints] == ["SNET", "FNLT"]
    task, notes = one(tmp_path, cstr_type="CS_MSO", cstr_type2="CS_MSOB", **dates)
    assert [kind for kind, _ in task.constraints] == ["SO"]
    assert any("contradicts" in note for note in notes)


def test_stored_dates(tmp_path):
    names = ("early_start_date", "early_end_date", "late_start_date", "late_end_date")
    task, _ = one(tmp_path, **{name: f"2027-03-0{day} 08:00" for day, name in enumerate(names, 1)})
    found = (task.early_start, task.early_finish, task.late_start, task.late_finish)
    assert found == tuple(datetime(2027, 3, day, 8) for day in (1, 2, 3, 4))


def test_day_zero_is_no_date(tmp_path):
    task, _ = one(tmp_path, early_start_date="1899-12-30 00:00", late_start_date="2027-05-03 08:00")
    assert task.early_start is None
    assert task.late_start == datetime(2027, 5, 3, 8)


def test_relationships_with_lags(tmp_path):
    links = [link("A", "B", "PR_SS", 16), link("A", "C", "PR_FF", -8), link("B", "C"), link("C", "C")]
    schedule = read(tmp_path, plan([activity("A"), activity("B"), activity("C")], links))
    found = {task.id: task.relationships for task in schedule.tasks}
    assert found["B"] == [ImportedRelationship("A", "SS", 16)]
    assert found["C"] == [ImportedRelationship("A", "FF", -8), ImportedRelationship("B", "FS", 0)]
    assert any("with itself" in note for note in schedule.notes)


@pytest.mark.parametrize(
    ("options", "name", "value"),
    [
        ({"sched_calendar_on_relationship_lag": "rcal_Successor"}, "lag_calendar", "successor"),
        ({"sched_calendar_on_relationship_lag": "rcal_ProjDefault"}, "lag_calendar", "project"),
        ({"sched_calendar_on_relationship_lag": "rcal_24Hour"}, "lag_calendar", "24h"),
        ({"sched_progress_override": "Y", "sched_retained_logic": "N"}, "out_of_sequence", "progress override"),
        ({"sched_progress_override": "N", "sched_retained_logic": "N"}, "out_of_sequence", "actual dates"),
        ({"sched_retained_logic": "Y"}, "out_of_sequence", "retained logic"),
        ({"sched_lag_early_start_flag": "N"}, "start_lag", "actual start"),
        ({"sched_float_type": "FT_SS"}, "float_kind", "start"),
        ({"sched_open_critical_flag": "Y"}, "open_ends_critical", True),
    ],
)
def test_options_of_scheduling(tmp_path, options, name, value):
    schedule = read(tmp_path, plan([activity("A")], SCHEDOPTIONS=[{"proj_id": 1, **options}]))
    assert getattr(schedule, name) == value


def test_missing_options_are_noted(tmp_path):
    assert any("no scheduling options" in note for note in read(tmp_path, plan([activity("A")])).notes)


def test_dates_of_the_project(tmp_path):
    project = {"plan_end_date": "2027-12-01 17:00", "last_recalc_date": "2027-04-01 08:00"}
    schedule = read(tmp_path, plan([activity("A")], project=project))
    assert schedule.data_date == datetime(2027, 4, 1, 8)
    assert schedule.must_finish == datetime(2027, 12, 1, 17)
    assert schedule.currency == "EUR"


def test_float_is_counted_from_the_finish_of_a_project_that_is_not_wholly_in_the_file(tmp_path):
    tasks = [activity("A", early_end_date="2027-04-01 17:00")]
    for finish, expected in (("2027-04-01 17:00", None), ("2027-06-01 17:00", datetime(2027, 6, 1, 17))):
        schedule = read(tmp_path, plan(tasks, project={"scd_end_date": finish}))
        assert schedule.must_finish == expected
        assert any("counted float from" in note for note in schedule.notes) == (expected is not None)


def test_nothing_begins_before_a_planned_start_after_the_data_date(tmp_path):
    project = {"plan_start_date": "2027-05-03 08:00"}
    schedule = read(tmp_path, plan([activity("A")], project=project))
    assert schedule.data_date == datetime(2027, 5, 3, 8)
    started = activity("B", status_code="TK_Active", act_start_date="2027-02-01 08:00")
    schedule = read(tmp_path, plan([activity("A"), started], project=project))
    assert schedule.data_date == datetime(2027, 3, 1, 8)
    assert [task.constraints for task in schedule.tasks] == [[("SNET", datetime(2027, 5, 3, 8))], []]


def test_a_planned_start_before_the_data_date_is_the_start_of_the_project(tmp_path):
    schedule = read(tmp_path, plan([activity("A")], project={"plan_start_date": "2027-01-04 08:00"}))
    content = document(schedule)
    assert (content["project_start"], content["data_date"]) == (datetime(2027, 1, 4, 8), schedule.data_date)
    late = document(read(tmp_path, plan([activity("A")], project={"plan_start_date": "2027-05-03 08:00"})))
    assert late["data_date"] == datetime(2027, 5, 3, 8) and "project_start" not in late


def test_a_project_without_dates_is_re814(tmp_path):
    with pytest.raises(ScenarioError, match="RE814"):
        read(tmp_path, plan([activity("A")], project={"plan_start_date": "", "last_recalc_date": ""}))


def test_external_dates_bind(tmp_path):
    fields = {"external_early_start_date": "2027-05-03 08:00", "external_late_end_date": "2027-09-01 17:00"}
    task, _ = one(tmp_path, **fields)
    assert task.constraints == [("SNET", datetime(2027, 5, 3, 8)), ("FNLT", datetime(2027, 9, 1, 17))]
    task, _ = one(tmp_path, cstr_type="CS_MSOA", cstr_date="2027-06-01 08:00", **fields)
    assert task.constraints[0] == ("SNET", datetime(2027, 6, 1, 8))
    task, _ = one(tmp_path, cstr_type="CS_MSO", cstr_date="2027-04-01 08:00", **fields)
    assert ("SNET", datetime(2027, 5, 3, 8)) in task.constraints
    assert ("SNLT", datetime(2027, 4, 1, 8)) in task.constraints


def test_external_dates_are_left_out_where_p6_ignored_them(tmp_path):
    tasks = [activity("A", external_early_start_date="2027-05-03 08:00")]
    schedule = read(tmp_path, plan(tasks, SCHEDOPTIONS=[{"proj_id": 1, "sched_outer_depend_type": "SD_None"}]))
    assert schedule.tasks[0].constraints == []


def test_an_expected_finish_is_noted_unless_p6_did_not_use_it(tmp_path):
    tasks = [activity("A", expect_end_date="2027-05-03 17:00")]
    for flag, is_noted in (("Y", True), ("N", False)):
        schedule = read(tmp_path, plan(tasks, SCHEDOPTIONS=[{"proj_id": 1, "sched_use_expect_end_flag": flag}]))
        assert any("expected finish" in note for note in schedule.notes) == is_noted


def two_projects(links):
    other = {**PROJECT, "proj_id": 2, "proj_short_name": "ROAD", "export_flag": "N"}
    far = activity("X", proj_id=2, early_end_date="2027-04-08 17:00", early_start_date="2027-04-01 08:00")
    return plan([activity("A"), far], links, PROJECT=[PROJECT, other])


@pytest.mark.parametrize(
    ("kind", "lag", "constraint"),
    [
        ("PR_FS", 0, ("SNET", datetime(2027, 4, 8, 17))),
        ("PR_SS", 16, ("SNET", datetime(2027, 4, 2, 17))),
        ("PR_FF", 8, ("FNET", datetime(2027, 4, 9, 17))),
        ("PR_FS", -8, ("SNET", datetime(2027, 4, 8, 8))),
    ],
)
def test_a_predecessor_in_another_project_of_the_file_becomes_a_date(tmp_path, kind, lag, constraint):
    schedules = read_xer(write(tmp_path, two_projects([link("X", "A", kind, lag)])))
    assert schedules[0].tasks[0].constraints == [constraint]


@pytest.mark.parametrize("lag", ["1e12", "-1e12"])
def test_a_lag_beyond_all_dates_is_cut_to_a_century(tmp_path, lag):
    ((_, date),) = read_xer(write(tmp_path, two_projects([link("X", "A", lag=lag)])))[0].tasks[0].constraints
    assert 36_000 < abs((date - datetime(2027, 4, 8)).days) <= 40_001


@pytest.mark.parametrize(
    ("kind", "lag", "constraint"),
    [
        ("PR_FS", 0, ("FNLT", datetime(2027, 4, 12, 8))),
        ("PR_SS", 8, ("SNLT", datetime(2027, 4, 9, 8))),
        ("PR_FF", -8, ("FNLT", datetime(2027, 4, 15, 17))),
    ],
)
def test_a_successor_in_another_project_of_the_file_bounds_late_dates(tmp_path, kind, lag, constraint):
    text = two_projects([link("A", "X", kind, lag)]).replace("early_", "late_")
    text = text.replace("2027-04-01 08:00", "2027-04-12 08:00").replace("2027-04-08 17:00", "2027-04-14 17:00")
    assert read_xer(write(tmp_path, text))[0].tasks[0].constraints == [constraint]


def test_relationships_with_what_is_not_in_the_file_are_noted(tmp_path):
    schedule = read(tmp_path, plan([activity("A")], [link("Z", "A"), link("A", "Y")]))
    assert any("not in the file" in note and "2 of them" in note for note in schedule.notes)


def test_a_baseline_in_the_file_is_not_meant(tmp_path):
    copy = {**PROJECT, "proj_id": 2, "proj_short_name": "PLANT - B1", "orig_proj_id": 1}
    text = plan([activity("A"), activity("B", proj_id=2)], PROJECT=[copy, PROJECT])
    assert choose(read_xer(write(tmp_path, text)), "", "plan.xer").id == "PLANT"


def test_a_start_milestone_has_happened_when_it_started(tmp_path):
    dates = {"act_start_date": "2027-02-05 08:00", "early_end_date": "2027-03-01 08:00"}
    task, _ = one(tmp_path, status_code="TK_Complete", task_type="TT_Mile", **dates)
    assert task.actual_finish == datetime(2027, 2, 5, 8)


def test_the_project_that_was_exported_is_chosen(tmp_path):
    schedules = read_xer(write(tmp_path, two_projects([])))
    assert choose(schedules, "", "plan.xer").id == "PLANT"
    assert choose(schedules, "road", "plan.xer").id == "ROAD"
    with pytest.raises(ScenarioError, match="RE816"):
        choose(schedules, "NOWHERE", "plan.xer")


def test_several_exported_projects_are_listed(tmp_path):
    schedules = read_xer(write(tmp_path, two_projects([]).replace("\tN\t", "\tY\t")))
    with pytest.raises(ScenarioError) as caught:
        choose(schedules, "", "plan.xer")
    assert "RE815" in str(caught.value)
    assert "--project PLANT" in str(caught.value)
    assert "--project ROAD" in str(caught.value)


def test_dotted_codes_and_tags(tmp_path):
    wbs = [
        {"wbs_id": 1, "proj_id": 1, "wbs_short_name": "PLANT", "wbs_name": "Plant", "proj_node_flag": "Y"},
        {"wbs_id": 2, "proj_id": 1, "wbs_short_name": "1.2", "wbs_name": "Civil", "parent_wbs_id": 1},
        {"wbs_id": 3, "proj_id": 1, "wbs_short_name": "X", "parent_wbs_id": 4},
        {"wbs_id": 4, "proj_id": 1, "wbs_short_name": "Y", "parent_wbs_id": 3},
    ]
    codes = {
        "ACTVTYPE": [{"actv_code_type_id": 7, "actv_code_type": "Phase"}],
        "ACTVCODE": [{"actv_code_id": 70, "actv_code_type_id": 7, "short_name": "ENG"}],
        "TASKACTV": [{"task_id": "tA", "actv_code_id": 70}, {"task_id": "tA", "actv_code_id": 71}],
    }
    tasks = [activity("A", wbs_id=2), activity("B", wbs_id=3)]
    schedule = read(tmp_path, plan(tasks, PROJWBS=wbs, **codes))
    assert schedule.tasks[0].wbs == "PLANT.1-2"
    assert set(schedule.tasks[1].wbs) <= set("XY.")
    assert schedule.tasks[0].tags == ["Phase=ENG"]
    assert schedule.name == "Plant"
    assert any("activity code that is not in the file" in note for note in schedule.notes)


def test_resource_dependent_work_is_on_the_calendar_of_its_resource(tmp_path):
    night = {"clndr_id": 11, "clndr_name": "Night", "clndr_data": calendar_data(day(2, "20:00-23:00"))}
    schedule = read(
        tmp_path,
        plan(
            [activity("A", task_type="TT_Rsrc"), activity("B")],
            CALENDAR=[CALENDAR, night],
            RSRC=[{"rsrc_id": 5, "rsrc_short_name": "CREW", "clndr_id": 11}],
            TASKRSRC=[{"task_id": "tA", "rsrc_id": 5}, {"task_id": "tB", "rsrc_id": 5}],
        ),
    )
    assert [task.calendar for task in schedule.tasks] == ["11", "10"]
