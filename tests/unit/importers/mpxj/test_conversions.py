"""What MPXJ loses of GanttProject and MPX files, and what is said of files that end early."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import document, read_schedule
from riskengine.importers.mpxj.gantt_project import read_gantt_tasks
from riskengine.importers.mpxj.mpx_text import look_at_mpx
from tests.support.stored_dates import stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.msproject.mspdi_text import link, project, task
from tests.unit.importers.test_stored_handshake import handshake

GANTT = """<?xml version="1.0" encoding="UTF-8"?>
<project name="Barn" company="" webLink="" view-date="2027-03-01" view-index="0" gantt-divider-location="369"
resource-divider-location="322" version="3.3.3300" locale="en"><description/>
<view zooming-state="default:7" id="gantt-chart"/>
<calendars><day-types><day-type id="0"/><day-type id="1"/>
<default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>
<only-show-weekends value="false"/><overriden-day-types/><days/></day-types></calendars>
<tasks empty-milestones="true"><taskproperties/>{}</tasks>
<resources/><allocations/><vacations/><previous/><roles roleset-name="Default"/>
</project>
"""


def gantt_task(id, start, days, *inside):
    inner = "".join(inside)
    return f'<task id="{id}" name="T{id}" meeting="false" start="{start}" duration="{days}" complete="0">{inner}</task>'


def depend(id, type=2, lag=0, hardness="Strong"):
    return f'<depend id="{id}" type="{type}" difference="{lag}" hardness="{hardness}"/>'


def read_gantt(folder, *tasks):
    path = folder / "barn.gan"
    path.write_text(GANTT.format("".join(tasks)), encoding="utf-8")
    (schedule,) = read_schedule(path)
    return path, schedule


@needs_mpxj
def test_links_of_nested_gantt_tasks_hold(tmp_path):
    first = gantt_task(1, "2027-03-01", 10, depend(2), depend(3, 1, 2))
    inner = gantt_task(5, "2027-03-22", 5, gantt_task(4, "2027-03-22", 5))
    second = gantt_task(2, "2027-03-15", 5, depend(4))
    third = gantt_task(3, "2027-03-03", 5)
    path, schedule = read_gantt(tmp_path, gantt_task(0, "2027-03-01", 20, first, second, third, inner))
    links = {
        task.name: [(found.predecessor, found.type, found.lag, found.lag_unit) for found in task.relationships]
        for task in schedule.tasks
    }
    assert links["T2"] == [("2", "FS", 0, "h")]
    assert links["T3"] == [("2", "SS", 16, "h")]
    assert links["T4"] == [("3", "FS", 0, "h")]
    found = handshake(path, tmp_path)
    assert [(rate.matched, rate.compared) for rate in found.rates[:2]] == [(4, 4), (4, 4)]


@needs_mpxj
def test_two_gantt_tasks_of_one_number_are_refused(tmp_path):
    first = gantt_task(0, "2027-03-01", 5, depend(1))
    with pytest.raises(ScenarioError, match=r"barn\.gan:\d+: RE839 task\.id: .* got 1"):
        read_gantt(tmp_path, first, gantt_task(1, "2027-03-08", 5), gantt_task(1, "2027-03-08", 8))


def test_a_gantt_link_to_a_task_that_is_not_there_is_told(tmp_path):
    first = gantt_task(1, "2027-03-01", 10, depend(2), depend(9))
    _, schedule = read_gantt(tmp_path, first, gantt_task(2, "2027-03-15", 5))
    assert "1 relationship to tasks that are not in the file left out: 2 -> 10" in schedule.notes


@needs_mpxj
def test_links_that_mpxj_kept_are_not_doubled_and_one_of_a_summary_acts_on_what_is_below(tmp_path):
    phase = gantt_task(1, "2027-03-08", 5, gantt_task(2, "2027-03-08", 5))
    path, schedule = read_gantt(tmp_path, gantt_task(0, "2027-03-01", 5, depend(1)), phase)
    assert [[found.predecessor for found in task.relationships] for task in schedule.tasks] == [[], [], ["1"]]
    assert handshake(path, tmp_path).differences == ()


@needs_mpxj
@pytest.mark.parametrize(("hardness", "count"), [("Strong", 0), ("Rubber", 1)])
def test_a_gantt_task_stays_where_it_was_put_unless_a_strong_link_draws_it(tmp_path, hardness, count):
    first = gantt_task(0, "2027-03-01", 5, depend(1, hardness=hardness))
    start = "2027-03-08" if hardness == "Strong" else "2027-03-15"
    path, schedule = read_gantt(tmp_path, first, gantt_task(1, start, 5), gantt_task(2, "2027-03-10", 5))
    constraints = [task.constraints for task in schedule.tasks]
    assert [len(found) for found in constraints] == [0, count, 1]
    assert any("where GanttProject has" in note for note in schedule.notes)
    assert handshake(path, tmp_path).differences == ()


@needs_mpxj
def test_the_load_of_a_gantt_resource_decides_its_cost(tmp_path):
    path = tmp_path / "barn.gan"
    resource = (
        '<resource id="0" name="Ann" function="0" contacts="" phone=""><rate name="standard" value="40"/></resource>'
    )
    loads = "".join(
        f'<allocation task-id="{id}" resource-id="0" function="0" responsible="false" load="{load}"/>'
        for id, load in ((0, "50.0"), (1, "100.0"))
    )
    text = GANTT.format(gantt_task(0, "2027-03-01", 10) + gantt_task(1, "2027-03-01", 10))
    text = text.replace("<resources/>", f"<resources>{resource}</resources>")
    path.write_text(text.replace("<allocations/>", f"<allocations>{loads}</allocations>"), encoding="utf-8")
    (schedule,) = read_schedule(path)
    content = document(schedule)
    assert [table["resources"] for table in content["tasks"].values()] == [{"Ann": 0.5}, {"Ann": 1}]
    assert not any("cost" in table for table in content["tasks"].values())
    assert content["resources"]["Ann"]["rate"] == 40


def with_days(folder, days, second, weekends="false"):
    path = folder / "barn.gan"
    tasks = gantt_task(0, "2027-03-01", 10, depend(1)) + gantt_task(1, second, 5)
    text = GANTT.format(tasks).replace("</calendars>", f"{days}</calendars>")
    path.write_text(text.replace('weekends value="false"', f'weekends value="{weekends}"'), encoding="utf-8")
    return path


def gantt_day(month, day, year="", type="HOLIDAY"):
    return f'<date year="{year}" month="{month}" date="{day}" type="{type}"/>'


@needs_mpxj
@pytest.mark.parametrize(
    ("days", "second", "weekends"),
    [
        ("", "2027-03-15", "false"),
        (gantt_day(3, 5, 2027), "2027-03-16", "false"),
        (gantt_day(3, 5), "2027-03-16", "false"),
        (gantt_day(3, 5) + gantt_day(12, 25) + gantt_day(2, 29), "2027-03-16", "false"),
        (gantt_day(3, 6, 2027, "WORKING_DAY"), "2027-03-12", "false"),
        (gantt_day(3, 6, "", "WORKING_DAY"), "2027-03-12", "false"),
        ("", "2027-03-11", "true"),
    ],
)
def test_holidays_of_every_year_and_worked_weekends_of_gantt_project_count(tmp_path, days, second, weekends):
    found = handshake(with_days(tmp_path, days, second, weekends), tmp_path)
    assert found.differences == ()
    assert found.rate("early_finish").compared == 2


def test_a_yearly_day_that_is_none_is_refused(tmp_path):
    path = with_days(tmp_path, gantt_day(2, 30), "2027-03-15")
    with pytest.raises(ScenarioError) as caught:
        read_gantt_tasks(path, "barn.gan")
    assert [(issue.code, issue.value) for issue in caught.value.issues] == [("RE837", "2-30")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (depend("x"), "RE838"),
        (depend(2, 9), "RE837"),
        (depend(2, 2, "soon"), "RE837"),
        ("<depend", "RE830"),
    ],
)
def test_a_gantt_link_that_is_none_is_refused_with_its_line(tmp_path, text, code):
    path = tmp_path / "barn.gan"
    path.write_text(GANTT.format(gantt_task(0, "2027-03-01", 5, text)), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_gantt_tasks(path, "barn.gan")
    assert [(issue.code, issue.line) for issue in caught.value.issues] == [(code, 8)]


MPX = """MPX,Microsoft Project for Windows,4.0,ANSI
10,$,1,2,",",.
12,1,{format},480,/,:,am,pm,0,0
20,Standard,0,1,1,1,1,1,0
25,2,8:00,12:00,13:00,17:00,,
25,3,8:00,12:00,13:00,17:00,,
25,4,8:00,12:00,13:00,17:00,,
25,5,8:00,12:00,13:00,17:00,,
25,6,8:00,12:00,13:00,17:00,,
30,Dates,,,Standard,01/03/2027,,0,01/03/2027
60,ID,Unique ID,Name,Duration,Start,Finish,Early Start,Early Finish,Late Finish
61,90,98,1,40,50,51,52,53,55
70,1,1,First,5d,{start},{finish},{start},{finish},{finish}
70,2,2,Second,2d,{start},{short},{start},{short},{finish}
"""


def read_mpx(folder, format, start, finish, short):
    path = folder / "plan.mpx"
    text = MPX.format(format=format, start=start, finish=finish, short=short)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


@needs_mpxj
@pytest.mark.parametrize(
    ("format", "start", "finish", "short"),
    [
        (0, "01/03/2027", "05/03/2027", "02/03/2027"),
        (0, "01/03/2027 08:00", "05/03/2027 17:00", "02/03/2027 17:00"),
    ],
)
def test_a_finish_of_an_mpx_file_without_a_time_is_the_end_of_that_day(tmp_path, format, start, finish, short):
    found = handshake(read_mpx(tmp_path, format, start, finish, short), tmp_path)
    assert found.differences == ()
    assert [(rate.measure, rate.compared) for rate in found.rates if rate.compared == 2] == [
        ("early_start", 2),
        ("early_finish", 2),
        ("late_finish", 2),
    ]


@pytest.mark.parametrize(
    ("time", "has_midnights"),
    [("", False), (" 17:00", False), (" 0:00", True), (" 12:00 am", True), (" 12:00 pm", False), (" 00:00", True)],
)
def test_a_midnight_that_is_written_in_an_mpx_file_is_meant(tmp_path, time, has_midnights):
    path = read_mpx(tmp_path, 0, "01/03/2027", f"05/03/2027{time}", "02/03/2027")
    assert look_at_mpx(path, "plan.mpx").has_midnights is has_midnights


@needs_mpxj
def test_an_mpx_file_that_was_cut_is_never_read_in_silence(tmp_path):
    whole = read_mpx(tmp_path, 0, "01/03/2027", "05/03/2027", "02/03/2027").read_bytes()
    for keep in (len(whole) - 1, len(whole) - 20, whole.rindex(b"70,2"), whole.rindex(b"70,2") - 30, 300, 40):
        path = tmp_path / "cut.mpx"
        path.write_bytes(whole[:keep])
        try:
            (schedule,) = read_schedule(path)
        except ScenarioError:
            continue
        assert any("an MPX file has no end mark" in note for note in schedule.notes)


def test_an_xml_file_that_ends_early_is_refused_wherever_it_was_cut(tmp_path):
    text = project(task(1, 40) + task(2, 80, links=link(1)) + task(3, 8, links=link(2)))
    path = tmp_path / "cut.xml"
    whole = text.rindex("</Project>") + len("</Project>")
    for keep in range(0, whole, 7):
        path.write_text(text[:keep], encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            read_schedule(path)
        assert caught.value.exit_code == 3


def test_a_gantt_file_that_ends_early_is_refused_wherever_it_was_cut(tmp_path):
    text = GANTT.format(gantt_task(0, "2027-03-01", 5, depend(1)) + gantt_task(1, "2027-03-08", 5)).rstrip()
    path = tmp_path / "cut.gan"
    for keep in range(60, len(text), 11):
        path.write_text(text[:keep], encoding="utf-8")
        with pytest.raises(ScenarioError):
            read_schedule(path)


def test_a_project_that_ends_after_its_last_task_is_told(tmp_path):
    path = tmp_path / "plan.xml"
    row = task(1, Start="2027-03-01T08:00:00", Finish="2027-03-01T17:00:00")
    for finish, is_told in (("2027-03-05T17:00:00", True), ("2027-03-01T17:00:00", False)):
        path.write_text(project(row, FinishDate=finish), encoding="utf-8")
        (schedule,) = read_schedule(path)
        assert any("tasks may be missing" in note for note in schedule.notes) is is_told


@needs_mpxj
def test_a_compound_file_of_no_whole_number_of_sectors_is_told_to_be_cut(tmp_path):
    path = tmp_path / "cut.mpp"
    whole = stored("mpxj-slack9.mpp").read_bytes()
    path.write_bytes(whole[:-1])
    (schedule,) = read_schedule(path)
    assert any("it may be cut" in note for note in schedule.notes)
    path.write_bytes(whole)
    assert not any("it may be cut" in note for note in read_schedule(path)[0].notes)
