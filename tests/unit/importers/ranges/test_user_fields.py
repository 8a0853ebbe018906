"""Three-point ranges from user fields: the same rules for every tool, from the file to the answer."""

import json
from dataclasses import replace

import pytest

from riskengine.cli.entry import main
from riskengine.errors import ScenarioError, UsageError
from riskengine.importers.ranges.request import RangeRequest, parse_request, read_request
from riskengine.importers.ranges.user_fields import amount_of, label_unit, set_ranges
from riskengine.importers.read import read_schedule
from tests.unit.importers.p6.test_pmxml import activity as xml_activity
from tests.unit.importers.p6.test_pmxml import calendar, element, project
from tests.unit.importers.p6.xer_files import activity, plan, write


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


ASKED = RangeRequest("Min Duration", "Max Duration", "Most Likely")
FIELDS = {1: ("user_field_1", "Min Duration"), 2: ("user_field_2", "Most Likely"), 3: ("user_field_3", "Max Duration")}


def user_types(kind="FT_FLOAT_2_DECIMALS", **labels):
    return [
        {
            "udf_type_id": number,
            "table_name": "TASK",
            "udf_type_name": name,
            "udf_type_label": labels.get(name, label),
            "logical_data_type": kind,
        }
        for number, (name, label) in FIELDS.items()
    ]


def values(code, *points, column="udf_number"):
    return [
        {"udf_type_id": number, "fk_id": f"t{code}", "proj_id": 1, column: point}
        for number, point in zip(FIELDS, points, strict=False)
        if point != ""
    ]


def schedule_of(folder, tasks, held, types=None):
    path = write(folder, plan(tasks, UDFTYPE=types or user_types(), UDFVALUE=held))
    (schedule,) = read_schedule(path, with_user_fields=True)
    return schedule


def ranges(folder, tasks, held, request=ASKED, types=None):
    schedule = schedule_of(folder, tasks, held, types)
    count, notes = set_ranges(schedule, request, "plan.xer")
    points = {
        task.id: (task.three_points.low, task.three_points.most_likely, task.three_points.high)
        for task in schedule.tasks
        if task.three_points
    }
    assert count == len(points)
    return points, notes


def refusal(folder, tasks, held, request=ASKED, types=None):
    with pytest.raises(ScenarioError) as refused:
        ranges(folder, tasks, held, request, types)
    return [(issue.code, issue.path, issue.value) for issue in refused.value.issues]


def test_numbers_are_working_days_of_the_calendar_of_each_task_and_that_is_said(folder):
    points, notes = ranges(folder, [activity("A")], values("A", 4, 5, 12))
    assert points == {"A": (32, 40, 96)}
    assert any("Min Duration (user_field_1)" in note and "taken for working days" in note for note in notes)


@pytest.mark.parametrize("low", ["user_field_1", "UDF1", "1", "min duration", " MIN DURATION "])
def test_a_field_is_named_as_its_users_or_its_tool_name_it(folder, low):
    points, _ = ranges(folder, [activity("A")], values("A", 4, 5, 12), replace(ASKED, low=low))
    assert points["A"][0] == 32


def test_without_a_likely_field_the_duration_is_the_most_likely(folder):
    points, _ = ranges(folder, [activity("A")], values("A", 4, "", 12), RangeRequest("Min Duration", "Max Duration"))
    assert points == {"A": (32, 40, 96)}


@pytest.mark.parametrize(
    ("request_", "labels", "numbers"),
    [
        (replace(ASKED, unit="h"), {}, (32, 40, 96)),
        (ASKED, {"user_field_1": "Min Duration", "user_field_3": "Max Duration"}, (4, 5, 12)),
        (replace(ASKED, unit="%"), {}, (80, 100, 240)),
    ],
)
def test_a_unit_that_is_named_holds(folder, request_, labels, numbers):
    points, _ = ranges(folder, [activity("A")], values("A", *numbers), request_, user_types(**labels))
    assert points == {"A": (32, 40, 96)}


@pytest.mark.parametrize("label", ["Min weeks", "Min (w)", "Min in Wochen", "Min months"])
def test_weeks_and_months_in_a_label_are_no_days(folder, label):
    asked = RangeRequest(label, "Max Duration", "Most Likely")
    rows = values("A", 3, 5, 12)
    labels = {"user_field_1": label, "user_field_2": "Most Likely", "user_field_3": "Max Duration"}
    with pytest.raises(ScenarioError, match="RE826"):
        ranges(folder, [activity("A")], rows, asked, user_types(**labels))
    ranges(folder, [activity("A")], rows, replace(asked, unit="d"), user_types(**labels))


def test_the_label_of_a_field_names_its_unit(folder):
    labels = {"user_field_1": "Min (h)", "user_field_2": "Likely hours", "user_field_3": "Max %"}
    asked = RangeRequest("Min (h)", "Max %", "Likely hours")
    points, notes = ranges(folder, [activity("A")], values("A", 32, 40, 240), asked, user_types(**labels))
    assert points == {"A": (32, 40, 96)}
    assert any("hours, by its name" in note for note in notes)
    assert any("percent of the duration, by its name" in note for note in notes)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Min (h)", "h"),
        ("Min [D]", "d"),
        ("Optimistic hours", "h"),
        ("Max %", "%"),
        ("Most Likely", ""),
        ("h or days", "d"),
        ("hours per day", ""),
        ("Max duration", ""),
        ("D", ""),
        ("", ""),
    ],
)
def test_units_in_labels(label, unit):
    assert label_unit(label) == unit


def test_numbers_in_hours_are_never_taken_for_days(folder):
    assert refusal(folder, [activity("A")], values("A", 32, 40, 96)) == [
        ("RE826", "", "numbers that as days are 8 times the durations")
    ]


def test_percentages_are_never_taken_for_days(folder):
    assert refusal(folder, [activity("A")], values("A", 80, 100, 240))[0][0] == "RE826"


def test_texts_carry_their_own_units(folder):
    held = values("A", "4d", "40 h", "240%", column="udf_text")
    points, _ = ranges(folder, [activity("A")], held, types=user_types("FT_TEXT"))
    assert points == {"A": (32, 40, 96)}


@pytest.mark.parametrize("text", ["about a week", "-4d", "4x", "1e5", "5 fortnights", "=4", "1,000", "3w"])
def test_a_text_that_is_no_length_of_time_is_a_fault(folder, text):
    held = values("A", text, "5d", "12d", column="udf_text")
    assert refusal(folder, [activity("A")], held, types=user_types("FT_TEXT")) == [("RE824", "A.low", text)]


def test_a_task_without_values_keeps_its_plain_duration_with_a_note(folder):
    points, notes = ranges(folder, [activity("A"), activity("B"), activity("C")], values("A", 4, 5, 12))
    assert set(points) == {"A"}
    assert "tasks without a value in the user fields keep their plain duration (2, the first is B)" in notes


def test_a_task_with_some_values_keeps_its_plain_duration_with_a_note(folder):
    held = [*values("A", 4, 5, 12), *values("B", 4, "", 12)]
    points, notes = ranges(folder, [activity("A"), activity("B")], held)
    assert set(points) == {"A"}
    assert "tasks with some of the user fields empty keep their plain duration (B)" in notes


@pytest.mark.parametrize("asked", [ASKED, RangeRequest("Min Duration", "Max Duration")])
def test_zeros_that_nobody_filled_in_are_no_range(folder, asked):
    held = [*values("A", 4, 5, 12), *values("B", 0, 0, 0), *values("C", 0, 0, 0)]
    points, notes = ranges(folder, [activity(code) for code in "ABC"], held, asked)
    assert set(points) == {"A"}
    assert "tasks with nothing but zeros in the user fields keep their plain duration (2, the first is B)" in notes
    assert refusal(folder, [activity("A")], values("A", 4, 5, 0), asked)[0][0] == "RE825"


def test_every_fault_is_listed_with_its_line(folder):
    held = [*values("A", 12, 5, 4), *values("B", 4, 13, 12), *values("C", 4, 5, 12), *values("D", -1, 5, 12)]
    schedule = schedule_of(folder, [activity(code) for code in "ABCD"], held)
    with pytest.raises(ScenarioError) as refused:
        set_ranges(schedule, ASKED, "plan.xer")
    assert [(issue.code, issue.path) for issue in refused.value.issues] == [
        ("RE825", "A"),
        ("RE825", "B"),
        ("RE824", "D.low"),
    ]
    lines = (folder / "plan.xer").read_text().splitlines()
    assert [lines[issue.line - 1].split("\t")[2] for issue in refused.value.issues] == ["tA", "tB", "tD"]


def test_a_plain_duration_outside_low_to_high_is_a_fault_where_it_is_the_most_likely(folder):
    asked = RangeRequest("Min Duration", "Max Duration")
    found = refusal(folder, [activity("A")], values("A", 6, "", 12), asked)
    assert found == [("RE825", "A", "6, 5 (its duration), 12 days")]


def test_unknown_and_unfit_fields_are_told_at_once_with_those_that_there_are(folder):
    types = user_types()
    types[2]["logical_data_type"] = "FT_END_DATE"
    found = refusal(folder, [activity("A")], [], replace(ASKED, low="Minimum"), types)
    assert [(code, path) for code, path, _ in found] == [("RE821", "low"), ("RE822", "high")]


def test_a_label_that_two_fields_have_is_not_guessed(folder):
    types = user_types(user_field_2="Min Duration")
    asked = replace(ASKED, likely="user_field_2")
    assert refusal(folder, [activity("A")], values("A", 4, 5, 12), asked, types) == [
        ("RE821", "low", "Min Duration, 2 fields")
    ]


def test_fields_that_are_empty_everywhere_are_a_fault(folder):
    assert refusal(folder, [activity("A")], [])[0][0] == "RE823"


def test_fields_of_other_things_with_the_same_number_are_not_those_of_a_task(folder):
    types = user_types()
    types[0]["table_name"] = "RSRC"
    assert refusal(folder, [activity("A")], values("A", 4, 5, 12), types=types)[0][:2] == ("RE821", "low")


STARTED = {"status_code": "TK_Active", "act_start_date": "2027-02-22 08:00", "remain_drtn_hr_cnt": 16}


@pytest.mark.parametrize(
    ("started", "points"), [("plain", {}), ("remaining", {"S": (8, 16, 40)}), ("whole", {"S": (3.2, 6.4, 16)})]
)
def test_what_the_fields_say_of_a_task_in_progress_is_asked_for(folder, started, points):
    tasks, held = [activity("A"), activity("S", **STARTED)], [*values("A", 4, 5, 12), *values("S", 1, 2, 5)]
    found, notes = ranges(folder, tasks, held, replace(ASKED, started=started))
    assert {id: three for id, three in found.items() if id == "S"} == {
        id: pytest.approx(three) for id, three in points.items()
    }
    assert any("in progress keep" in note for note in notes) == (started == "plain")


def test_milestones_with_values_are_noted(folder):
    tasks = [activity("A"), activity("M", task_type="TT_Mile")]
    points, notes = ranges(folder, tasks, [*values("A", 4, 5, 12), *values("M", 4, 5, 12)])
    assert set(points) == {"A"}
    assert any(note.startswith("milestones, levels of effort") for note in notes)


def xml_plan(*points):
    outside = calendar() + "".join(
        element("UDFType", ObjectId=number, SubjectArea="Activity", Title=label, DataType="Double")
        for number, (_, label) in FIELDS.items()
    )
    held = "".join(element("UDF", TypeObjectId=n, DoubleValue=p) for n, p in zip(FIELDS, points, strict=True))
    return project(xml_activity(1, held), outside)


def test_p6_xml_gives_the_same_ranges(folder):
    (folder / "plan.xml").write_text(xml_plan(4, 5, 12), encoding="utf-8")
    (schedule,) = read_schedule(folder / "plan.xml", with_user_fields=True)
    set_ranges(schedule, ASKED, "plan.xml")
    assert schedule.tasks[0].three_points.low == 32 and schedule.tasks[0].three_points.high == 96


def test_values_of_old_p6_xml_stand_on_their_own(folder):
    types = "".join(
        element("UDFType", ObjectId=n, SubjectArea="Activity", Title=label, DataType="Text")
        for n, (_, label) in FIELDS.items()
    )
    held = "".join(
        element("UDFValue", UDFTypeObjectId=n, ForeignObjectId=1, Text=text)
        for n, text in zip(FIELDS, ("4d", "40h", "12d"), strict=True)
    )
    (folder / "plan.xml").write_text(project(xml_activity(1) + held, calendar() + types), encoding="utf-8")
    (schedule,) = read_schedule(folder / "plan.xml", with_user_fields=True)
    set_ranges(schedule, ASKED, "plan.xml")
    assert schedule.tasks[0].three_points.most_likely == 40


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("low=A,likely=B,high=C", RangeRequest("A", "C", "B")),
        ("high=C, Low = A , d=1,unit=hours", RangeRequest("A , d=1", "C", unit="h")),
        ("low=A,most_likely=B,high=C,started=whole", RangeRequest("A", "C", "B", started="whole")),
        ("low=Min, site,high=Max (%)", RangeRequest("Min, site", "Max (%)")),
    ],
)
def test_the_option_is_read_as_it_is_written(text, request_):
    assert parse_request(text) == request_


@pytest.mark.parametrize(
    "text",
    [
        "",
        "low",
        "low=A",
        "low=A,high=",
        "low=A,high=B,low=C",
        "x=A,low=B,high=C",
        "low=A,high=B,unit=furlongs",
        "low=A,high=B,started=perhaps",
        "low=" + "x" * 3000 + ",high=B",
    ],
)
def test_an_option_that_is_written_wrongly_is_refused(text):
    with pytest.raises(UsageError, match="RE820"):
        parse_request(text)


def test_a_mapping_file_asks_for_the_same(folder):
    path = folder / "map.toml"
    path.write_text('[ranges_from]\nlow = "A"\nlikely = "B"\nhigh = "C"\nunit = "hours"\n', encoding="utf-8")
    assert read_request(path) == RangeRequest("A", "C", "B", "h", file=str(path))
    path.write_text('[ranges_from]\nlow = "A"\nwidth = 3\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_request(path)
    assert [issue.code for issue in refused.value.issues] == ["RE111"]
    path.write_text('[ranges_from]\nlow = "A"\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match="RE820"):
        read_request(path)


@pytest.mark.parametrize(
    "amount", [("4d", "h", (4, "d")), ("4", "h", (4, "h")), ("4,5 days", "h", (4.5, "d")), (7.5, "%", (7.5, "%"))]
)
def test_amounts(amount):
    value, unit, expected = amount
    assert amount_of(value, unit) == expected


@pytest.mark.parametrize("by_file", [False, True])
def test_from_the_file_to_the_answer_on_the_command_line(folder, capsys, by_file):
    write(folder, plan([activity("A")], UDFTYPE=user_types(), UDFVALUE=values("A", 4, 5, 12)))
    table = '[ranges_from]\nlow = "Min Duration"\nlikely = "Most Likely"\nhigh = "Max Duration"\n'
    (folder / "map.toml").write_text(table, encoding="utf-8")
    option = "low=Min Duration,likely=Most Likely,high=Max Duration"
    asked = ["--mapping", "map.toml"] if by_file else ["--ranges-from", option]
    assert main(["import", "plan.xer", "-o", "new.toml", *asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ranges_from_user_fields"] == 1
    text = (folder / "new.toml").read_text(encoding="utf-8")
    assert "draws the ranges below" in text
    assert main(["resolve", "new.toml"]) == 0
    work = json.loads(capsys.readouterr().out)["tasks"]["A"]["duration"]
    assert (work["shape"], work["low"], work["most_likely"], work["high"], work["unit"]) == ("pert", 32, 40, 96, "h")
    assert (
        work["source"]
        == "user fields Min Duration (user_field_1), Most Likely (user_field_2), Max Duration (user_field_3)"
    )
    assert main(["import", "plan.xer", "-o", "new.toml", "--force"]) == 0
    assert "the file that is replaced had ranges from user fields" in capsys.readouterr().err


def test_without_the_option_user_fields_are_counted_as_before(folder, capsys):
    write(folder, plan([activity("A")], UDFTYPE=user_types(), UDFVALUE=values("A", 4, 5, 12)))
    assert main(["import", "plan.xer", "-o", "new.toml"]) == 0
    assert "tables that were not read, with their rows: UDFTYPE (3), UDFVALUE (3)" in capsys.readouterr().err
