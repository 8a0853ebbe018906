"""Three-point ranges from custom fields of Microsoft Project: by alias, by name, defined in the file or not."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.mpxj.convert import read_with_mpxj
from riskengine.importers.msproject.project import read_mspdi
from riskengine.importers.msproject.user_fields import built_in_names, kind_of
from riskengine.importers.ranges.request import RangeRequest
from riskengine.importers.ranges.user_fields import set_ranges
from riskengine.importers.read import read_schedule
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.msproject.mspdi_text import project, task

NUMBERS = {name: number for number, name in built_in_names().items()}


def definition(name, alias="", type=""):
    number = NUMBERS.get(name, name)
    type = f"<CFType>{type}</CFType>" if type else ""
    alias = f"<Alias>{alias}</Alias>" if alias else ""
    return (
        f"<ExtendedAttribute><FieldID>{number}</FieldID><FieldName>{name}</FieldName>{type}{alias}</ExtendedAttribute>"
    )


def value(name, text, format=7):
    number = NUMBERS.get(name, name)
    rest = f"<Value>{text}</Value><DurationFormat>{format}</DurationFormat>"
    return f"<ExtendedAttribute><FieldID>{number}</FieldID>{rest}</ExtendedAttribute>"


def ranges(folder, rows, request, *definitions):
    path = folder / "plan.xml"
    defined = f"<ExtendedAttributes>{''.join(definitions)}</ExtendedAttributes>\n<Calendars>"
    path.write_text(project(rows).replace("<Calendars>", defined), encoding="utf-8")
    schedule = read_mspdi(path, "plan.xml", with_user_fields=True)
    set_ranges(schedule, request, "plan.xml")
    points = [found.three_points for found in schedule.tasks]
    return [None if found is None else (found.low, found.most_likely, found.high) for found in points]


@pytest.mark.parametrize(
    "names",
    [
        ("Optimistic", "Duration2", "Duration3"),
        ("optimistic", "duration2", "DURATION3"),
        ("Duration1", "Duration 2", "Duration 3"),
        ("188743783", "188743784", "188743785"),
    ],
)
def test_three_durations_make_a_range_by_alias_name_or_number(tmp_path, names):
    fields = value("Duration1", "PT32H0M0S") + value("Duration2", "P5D") + value("Duration3", "PT96H0M0S")
    request = RangeRequest(names[0], names[2], names[1])
    rows = task(1, 40, links=fields) + task(2, 40)
    assert ranges(tmp_path, rows, request, definition("Duration1", "Optimistic")) == [(32, 40, 96), None]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [("Number", ("4", "5", "12")), ("Text", ("4d", "40h", "12 days")), ("Text", ("80%", "100%", "240%"))],
)
def test_numbers_and_texts_make_a_range_too(tmp_path, kind, texts):
    fields = "".join(value(f"{kind}{place}", text) for place, text in enumerate(texts, 1))
    request = RangeRequest(f"{kind}1", f"{kind}3", f"{kind}2")
    assert ranges(tmp_path, task(1, 40, links=fields), request) == [(32, 40, 96)]


def test_fields_of_later_numbers_and_of_an_enterprise_are_known(tmp_path):
    assert {NUMBERS[name] for name in ("Duration4", "Duration10", "Number6", "Number20", "Text7", "Text30")} == {
        "188743955",
        "188743961",
        "188743982",
        "188743996",
        "188743747",
        "188744016",
    }
    fields = value("Duration4", "PT32H0M0S") + value("205521230", "PT96H0M0S")
    request = RangeRequest("Duration4", "Worst case")
    defined = definition("205521230", "Worst case", 2)
    assert ranges(tmp_path, task(1, 40, links=fields), request, defined) == [(32, 40, 96)]


@pytest.mark.parametrize(
    ("name", "type", "kind"),
    [
        ("Duration1", "", "duration"),
        ("Number 3", "", "number"),
        ("Text12", "", "text"),
        ("Start1", "", "other"),
        ("Finish2", "6", "other"),
        ("Cost1", "", "other"),
        ("Flag9", "", "other"),
        ("Worst case", "2", "duration"),
        ("Worst case", "5", "number"),
        ("Worst case", "1", "other"),
        ("Worst case", "", "other"),
    ],
)
def test_what_a_field_holds_is_told_by_its_name_or_its_type(name, type, kind):
    assert kind_of(name, type) == kind


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (value("Duration1", "soon"), value("Duration2", "PT96H0M0S"), "RE836"),
        (value("Duration1", "P1D", 8), value("Duration2", "PT96H0M0S"), "RE824"),
        (value("Duration1", "PT96H0M0S"), value("Duration2", "PT32H0M0S"), "RE825"),
        (value("Cost1", "4"), value("Duration2", "PT96H0M0S"), "RE821"),
        ("", "", "RE821"),
    ],
)
def test_what_gives_no_range_is_refused_with_its_line(tmp_path, low, high, code):
    with pytest.raises(ScenarioError) as caught:
        ranges(tmp_path, task(1, 40, links=low + high), RangeRequest("Duration1", "Duration2"))
    assert {issue.code for issue in caught.value.issues} == {code}


def test_an_elapsed_task_takes_elapsed_fields(tmp_path):
    fields = value("Duration1", "P1D", 8) + value("Duration2", "P4D", 8)
    rows = task(1, 48, links=fields, DurationFormat=8)
    assert ranges(tmp_path, rows, RangeRequest("Duration1", "Duration2")) == [(24, 48, 96)]


def test_without_being_asked_for_fields_are_counted_and_not_read(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_text(project(task(1, 40, links=value("Duration1", "soon"))), encoding="utf-8")
    (schedule,) = read_schedule(path)
    assert (schedule.user_fields, schedule.tasks[0].user_values) == ({}, {})
    assert "1 values of custom fields not read" in schedule.notes


@needs_mpxj
def test_a_file_through_mpxj_takes_custom_fields_along(tmp_path):
    path = tmp_path / "plan.xml"
    fields = value("Duration1", "PT32H0M0S") + value("Duration2", "PT96H0M0S")
    defined = f"<ExtendedAttributes>{definition('Duration1', 'Optimistic')}</ExtendedAttributes>\n<Calendars>"
    text = project(task(1, 40, links=fields, ID=1)).replace("<Calendars>", defined)
    path.write_text(text, encoding="utf-8")
    (schedule,) = read_with_mpxj(path, "plan.xml", with_user_fields=True)
    assert set_ranges(schedule, RangeRequest("Optimistic", "Duration2"), "plan.xml")[0] == 1
    points = schedule.tasks[0].three_points
    assert (points.low, points.high) == (32, 96)
    assert read_with_mpxj(path, "plan.xml")[0].user_fields == {}
