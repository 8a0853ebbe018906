"""Dates in custom fields of Microsoft Project XML: read back by MPXJ, and all else byte for byte as it was."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from riskengine.errors import ScenarioError
from riskengine.write_back.mspdi import BEHIND_VALUES
from riskengine.write_back.run_dates import TaskDates
from tests.support.stored_dates import FOLDER
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.msproject.mspdi_text import project, task
from tests.unit.write_back.written_dates import LABELS, MSPDI, expected, json_by_mpxj, run_of, written

BASELINE = "<Baseline><Number>0</Number><Start>2027-03-01T08:00:00</Start></Baseline>"
SPREAD = "<TimephasedData><Type>11</Type></TimephasedData>"


def custom(number, value):
    return f"<ExtendedAttribute><FieldID>{number}</FieldID><Value>{value}</Value></ExtendedAttribute>"


def defined(number, name, alias=""):
    alias = f"<Alias>{alias}</Alias>" if alias else ""
    fields = f"<FieldID>{number}</FieldID><FieldName>{name}</FieldName>{alias}"
    return f"<ExtendedAttribute>{fields}</ExtendedAttribute>"


def date_number(number):
    return 188743944 + number


def indented(text):
    """A file as Project writes it: an element a line, tabs, the line ends of Windows."""
    tree = ElementTree.ElementTree(ElementTree.fromstring(text.split("?>", 1)[1]))
    for element in tree.iter():
        element.text = (element.text or "").strip() or None
        element.tail = None
    ElementTree.indent(tree, "\t")
    ElementTree.register_namespace("", "http://schemas.microsoft.com/project")
    body = ElementTree.tostring(tree.getroot(), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}\n'.replace("\n", "\r\n")


def prefixed(text):
    """The same file with a prefix before every name."""
    text = re.sub(r"<(/?)(?=[A-Z])", r"<\1ns0:", text)
    return text.replace("xmlns=", "xmlns:ns0=")


def plan(*definitions, more="", holder=None):
    attributes = f"<ExtendedAttributes>{''.join(definitions)}</ExtendedAttributes>" if definitions else holder or ""
    tasks = "\n".join([task(1, links=more + BASELINE), task(2, links=SPREAD), task(3)])
    return project(tasks).replace("<Calendars>", f"{attributes}<Calendars>", 1)


def saved(folder, text, encoding="utf-8"):
    path = folder / "plan.xml"
    path.write_bytes(text.replace("UTF-8", encoding.removesuffix("-sig"), 1).encode(encoding))
    return path


def by_elements(path):
    """The dates of a file by UID and label, as a plain XML reader has them; every element stands where it may."""
    root = ElementTree.fromstring(path.read_bytes())
    space = "{http://schemas.microsoft.com/project}"
    tags = [child.tag.removeprefix(space) for child in root]
    assert tags.count("ExtendedAttributes") == 1
    assert tags.index("ExtendedAttributes") < tags.index("Calendars") < tags.index("Tasks")
    labels = {}
    for attribute in root.iterfind(f"{space}ExtendedAttributes/{space}ExtendedAttribute"):
        if attribute.findtext(f"{space}Alias") in LABELS:
            labels[attribute.findtext(f"{space}FieldID")] = attribute.findtext(f"{space}Alias")
            name = attribute.findtext(f"{space}FieldName")
            assert date_number(int(name.removeprefix("Date"))) == int(attribute.findtext(f"{space}FieldID"))
    assert sorted(labels.values()) == sorted(LABELS)
    found = {}
    for element in root.iterfind(f"{space}Tasks/{space}Task"):
        order = [child.tag.removeprefix(space) for child in element]
        behind = [place for place, tag in enumerate(order) if tag in BEHIND_VALUES]
        values = [place for place, tag in enumerate(order) if tag == "ExtendedAttribute"]
        assert not behind or not values or max(values) < min(behind)
        uid = element.findtext(f"{space}UID")
        for attribute in element.iterfind(f"{space}ExtendedAttribute"):
            label = labels.get(attribute.findtext(f"{space}FieldID"))
            if label is not None:
                assert label not in found.setdefault(uid, {})
                found[uid][label] = datetime.fromisoformat(attribute.findtext(f"{space}Value"))
    return found


def is_woven_in(old, new):
    """Whether the new bytes are the old ones with more in between."""
    rest = iter(new)
    return all(byte in rest for byte in old)


EMPTY = re.compile(r"<(?:ns0:)?ExtendedAttributes ?/>")
BLANK = re.compile(r"(?<=ExtendedAttributes>)\s+(?=</)")
HOLDER = re.compile(r"\s*<(?:ns0:)?ExtendedAttributes>\s*</(?:ns0:)?ExtendedAttributes>")
SHAPES = {
    "compact": lambda text: text,
    "indented": indented,
    "prefixed": prefixed,
    "both": lambda text: prefixed(indented(text)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    "text",
    [
        plan(),
        plan(
            defined(date_number(1), "Date1", "Handed over"),
            defined(188743731, "Text1"),
            more=custom(date_number(1), "x"),
        ),
        plan(holder="<ExtendedAttributes/>"),
        plan(holder="<ExtendedAttributes></ExtendedAttributes>"),
        plan(more=custom(date_number(1), "2027-03-03T08:00:00")),
    ],
    ids=["none", "others", "empty", "open", "undefined"],
)
def test_every_date_comes_back_and_no_other_byte_is_changed(tmp_path, shape, encoding, text):
    text = SHAPES[shape](text.replace("Task 2", "Prüfstand &lt;2&gt;"))
    path = saved(tmp_path, text, encoding)
    run = run_of(path)
    out = written(MSPDI, path, run)
    assert by_elements(out) == expected(path, run)
    old, new = path.read_bytes(), out.read_bytes()
    codec = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    without = removed_own(new.decode(codec), old.decode(codec))
    if not EMPTY.search(text):
        assert BLANK.sub("", without) == BLANK.sub("", old.decode(codec))
    assert by_elements(written(MSPDI, out, run, "again")) == by_elements(out)
    assert (tmp_path / "again.xml").read_bytes() == new


def removed_own(text, original):
    """The text without definitions and values of our fields, and without their holder where it is new."""
    numbers = [
        number
        for number, alias in re.findall(
            r"<(?:ns0:)?FieldID>(\d+)</(?:ns0:)?FieldID>\s*<(?:ns0:)?FieldName>\w+</(?:ns0:)?FieldName>\s*"
            r"<(?:ns0:)?Alias>([^<]*)</",
            text,
        )
        if alias in LABELS
    ]
    for number in numbers:
        inner = rf"<(?:ns0:)?ExtendedAttribute>\s*<(?:ns0:)?FieldID>{number}</(?:(?!</(?:ns0:)?ExtendedAttribute>).)*"
        text = re.sub(rf"\s*{inner}</(?:ns0:)?ExtendedAttribute>", "", text, flags=re.DOTALL)
    if HOLDER.search(original):
        return text
    return HOLDER.sub("", text)


def test_new_elements_are_laid_out_as_their_neighbours_are(tmp_path):
    path = saved(tmp_path, indented(plan()))
    lines = written(MSPDI, path, run_of(path)).read_text(encoding="utf-8").splitlines()
    first = next(place for place, line in enumerate(lines) if "<Value>" in line)
    assert lines[first - 2 : first + 2] == [
        "\t\t\t<ExtendedAttribute>",
        "\t\t\t\t<FieldID>188743945</FieldID>",
        "\t\t\t\t<Value>2027-03-01T08:01:00</Value>",
        "\t\t\t</ExtendedAttribute>",
    ]
    assert lines[lines.index("\t<ExtendedAttributes>") + 1 : lines.index("\t<ExtendedAttributes>") + 3] == [
        "\t\t<ExtendedAttribute>",
        "\t\t\t<FieldID>188743945</FieldID>",
    ]


def fields_of(out):
    """Field names by label."""
    pairs = re.findall(r"<FieldName>(\w+)</FieldName>\s*<Alias>(Risk[^<]*)</Alias>", out.read_text("utf-8"))
    return {alias: name for name, alias in pairs}


def test_fields_that_somebody_uses_are_left_alone(tmp_path):
    """Date1 has a definition, Date3 a value without one."""
    text = plan(defined(date_number(1), "Date1"), more=custom(date_number(3), "2027-03-03T08:00:00"))
    path = saved(tmp_path, text)
    out = written(MSPDI, path, run_of(path))
    assert fields_of(out) == dict(zip(LABELS, ["Date2", "Date4", "Date5", "Date6"], strict=True))


def test_a_field_of_that_label_is_used_again(tmp_path):
    text = plan(defined(date_number(9), "Date9", "risk p50 START"), more=custom(date_number(9), "2020-01-01T08:00:00"))
    path = saved(tmp_path, text)
    run = run_of(path)
    out = written(MSPDI, path, run)
    assert fields_of(out) == dict(zip(LABELS[1:], ["Date1", "Date2", "Date3"], strict=True))
    value = run.tasks["1"].dates[0].isoformat()
    assert re.findall(r"<FieldID>188743953</FieldID>\s*<Value>([^<]*)<", out.read_text("utf-8"))[0] == value


def test_later_dates_replace_those_of_an_earlier_export_and_missing_ones_go(tmp_path):
    for shape in SHAPES.values():
        path = saved(tmp_path, shape(plan(more=custom(188743731, "a text"))))
        run = run_of(path)
        first = written(MSPDI, path, run, "first")
        tasks = {id: TaskDates(one.name, (*one.dates[:0:-1], None)) for id, one in run.tasks.items() if id != "3"}
        later = run_of(path, tasks=tasks)
        second = written(MSPDI, first, later, "second")
        wanted = {
            uid: {label: date for label, date in dates.items() if date} for uid, dates in expected(path, later).items()
        }
        assert by_elements(second) == wanted
        assert second.read_bytes() == written(MSPDI, path, later, "direct").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (plan(*(defined(date_number(n), f"Date{n}") for n in range(1, 8))), "got all of Date1 to Date10 in use"),
        (plan(defined(188743731, "Text1", "Risk P80 finish")), "got 'Risk P80 finish' is the label of Text1"),
    ],
)
def test_a_file_without_room_for_the_dates_is_refused(tmp_path, text, message):
    path = saved(tmp_path, text)
    with pytest.raises(ScenarioError, match=re.escape(message)) as refusal:
        written(MSPDI, path, run_of(path))
    assert refusal.value.issues[0].code == "RE735"


def test_a_field_of_resources_may_have_the_label(tmp_path):
    path = saved(tmp_path, plan(defined(205520997, "Text1", "Risk P80 finish")))
    run = run_of(path)
    assert written(MSPDI, path, run).read_bytes().count(b"Risk P80 finish") == 2


def test_a_date_that_project_does_not_have_is_refused(tmp_path):
    path = saved(tmp_path, plan())
    run = run_of(path)
    tasks = dict(run.tasks)
    tasks["2"] = TaskDates("Task 2", (datetime(2150, 1, 1), *tasks["2"].dates[1:]))
    with pytest.raises(ScenarioError, match=r"RE735 .* in the year 2150"):
        written(MSPDI, path, run_of(path, tasks=tasks))


@needs_mpxj
@pytest.mark.parametrize("shape", ["compact", "indented"])
def test_mpxj_reads_the_same_dates(tmp_path, shape):
    path = saved(tmp_path, SHAPES[shape](plan(defined(188743731, "Text1", "Site"))), "utf-8")
    check_with_mpxj(tmp_path, path)


@needs_mpxj
@pytest.mark.parametrize("year", [2003, 2007, 2010, 2013])
def test_mpxj_reads_the_same_dates_in_files_of_project(tmp_path, year):
    source = FOLDER / f"mpxj-task-links-project{year}-mspdi.xml"
    if not source.exists():
        pytest.skip(f"{source.name} is not on this machine")
    path = tmp_path / "plan.xml"
    path.write_bytes(source.read_bytes())
    check_with_mpxj(tmp_path, path)


def check_with_mpxj(folder, path):
    run = run_of(path)
    out = written(MSPDI, path, run)
    read = json_by_mpxj(out, folder)
    names = {field["field_alias"]: field["field_type"].lower() for field in read["custom_fields"]}
    tasks = {str(one["unique_id"]): one for one in read["tasks"]}
    wanted = expected(path, run)
    assert wanted
    for uid, dates in wanted.items():
        assert {label: datetime.fromisoformat(tasks[uid][names[label]]) for label in LABELS} == dates
    assert is_woven_in(path.read_bytes().replace(b"<ExtendedAttributes/>", b""), out.read_bytes())


def test_what_looks_like_an_element_and_is_none_is_left_alone(tmp_path):
    """Comments, sections of characters, instructions, attributes with brackets, blanks within tags."""
    attribute = custom(188743731, "<![CDATA[</ExtendedAttribute><Task><UID>9</UID></Task>]]>")
    text = project(
        "\n".join(
            [
                task(1, links=f"<!-- <ExtendedAttribute/> -->{attribute}<!-- > -->" + BASELINE).replace(
                    "Task 1", "<![CDATA[A </Task> > B]]>"
                ),
                task(2).replace("<Task>", "<Task\n  note='a > b' other=\"/Task>\" >").replace("</Task>", "</Task\n >"),
                "<?tool <Task><UID>3</UID></Task> ?>",
                "<Task/>",
                task(4).replace("<UID>4", "<UID><!-- 5 -->4"),
            ]
        )
    ).replace("<Calendars>", "<ExtendedAttributes note='>' /><!-- <Calendars> --><Calendars>", 1)
    path = saved(tmp_path, text.replace("<Task/>", "<Task><UID>7</UID><IsNull>1</IsNull></Task>"))
    run = run_of(path)
    assert run.tasks.keys() == {"1", "2", "4"}
    out = written(MSPDI, path, run)
    assert by_elements(out) == expected(path, run)
    assert is_woven_in(path.read_bytes().replace(b"<ExtendedAttributes note='>' />", b""), out.read_bytes())
    assert written(MSPDI, out, run, "again").read_bytes() == out.read_bytes()
