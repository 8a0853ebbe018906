"""XML that is broken, hostile or huge is refused with its place; nothing is expanded, nothing hangs."""

import tracemalloc

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.xml import stream as xml_stream
from riskengine.importers.xml.stream import Stream, root_tag

LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE Project [<!ENTITY a "ha">\n'
    + "\n".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(20))
    + "]>\n<Project><Tasks><Task><Name>&u;</Name></Task></Tasks></Project>"
)


def write(folder, text):
    path = folder / "plan.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(folder, text, **handlers):
    found = []
    records = {"Task": found.append}
    Stream(write(folder, text), "plan.xml", records, handlers, frozenset(("Skipped",))).read()
    return found


def refusal(folder, text):
    with pytest.raises(ScenarioError) as refused:
        read(folder, text)
    return [(issue.code, issue.line) for issue in refused.value.issues]


def test_records_are_handed_out_whole_and_in_order(tmp_path):
    found = read(tmp_path, "<P xmlns='u:x'><Tasks>\n<Task><UID>1</UID><L><U>2</U></L></Task>\n<Task/></Tasks></P>")
    assert [(one.tag, one.line) for one in found] == [("Task", 2), ("Task", 3)]
    assert found[0].get("UID") == "1"
    assert [one.get("U") for one in found[0].within("L")] == ["2"]
    assert found[1].get("UID") == ""


def test_a_record_inside_a_record_stays_part_of_it(tmp_path):
    found = read(
        tmp_path, "<P><Task><UID>1</UID><Project><Tasks><Task><UID>2</UID></Task></Tasks></Project></Task></P>"
    )
    assert [one.get("UID") for one in found] == ["1"]


def test_what_is_skipped_is_counted_and_not_kept(tmp_path):
    path = write(tmp_path, "<P><Task><Skipped><UID>9</UID></Skipped><UID>1</UID></Task><Skipped/></P>")
    found = []
    stream = Stream(path, "plan.xml", {"Task": found.append}, {}, frozenset(("Skipped",)))
    stream.read()
    assert stream.passed == {"Skipped": 2}
    assert [child.tag for child in found[0].children] == ["UID"]


def test_a_container_has_its_own_fields_and_none_of_its_records(tmp_path):
    found = []
    read(tmp_path, "<P><Project><Id>x</Id><Task><Id>y</Id></Task><Name>z</Name></Project></P>", Project=found.append)
    assert [(child.tag, child.text) for child in found[0].children] == [("Id", "x"), ("Name", "z")]


def test_any_doctype_is_refused_with_its_line(tmp_path):
    assert refusal(tmp_path, '<?xml version="1.0"?>\n<!DOCTYPE Project>\n<Project/>') == [("RE831", 2)]
    assert refusal(tmp_path, '<!DOCTYPE P SYSTEM "file:///etc/passwd"><P/>') == [("RE831", 1)]


def test_a_billion_laughs_are_refused_before_they_are_told(tmp_path):
    tracemalloc.start()
    assert refusal(tmp_path, LAUGHS) == [("RE831", 2)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("depth", [65, 100_000])
def test_a_depth_bomb_is_refused(tmp_path, depth):
    assert refusal(tmp_path, "<P>" + "<a>" * (depth - 1) + "</a>" * (depth - 1) + "</P>") == [("RE832", 1)]


def test_the_deepest_that_is_allowed_passes(tmp_path):
    assert read(tmp_path, "<P>" + "<a>" * 63 + "</a>" * 63 + "<Task/></P>")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<P>",
        "<P></Q>",
        "<P>&unknown;</P>",
        "<P>\x00</P>",
        b"\xff\xfe<\x00P\x00",
        b"<P>\xff\xfe\xfd</P>",
        '<?xml version="1.0" encoding="no-such"?><P/>',
        '<?xml version="1.0" encoding="utf-7"?><P/>',
        '<?xml version="1.0" encoding="big5"?><P>x</P>',
        "plain text",
        "<P a='1' a='2'/>",
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(tmp_path, text):
    codes = refusal(tmp_path, text)
    assert [code for code, _ in codes] == ["RE830"]
    assert all(line >= 1 for _, line in codes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encodings_that_tools_write_are_read(tmp_path, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><P><Task><Name>Prüfung</Name></Task></P>'
    assert read(tmp_path, text.encode(encoding))[0].get("Name") == "Prüfung"


def test_too_many_bytes_elements_and_characters_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_stream, "MOST_BYTES", 100)
    assert refusal(tmp_path, "<P>" + " " * 100 + "</P>") == [("RE833", 1)]
    monkeypatch.undo()
    monkeypatch.setattr(xml_stream, "MOST_ELEMENTS", 10)
    assert refusal(tmp_path, "<P>\n" + "<a/>" * 10 + "</P>") == [("RE833", 2)]
    monkeypatch.undo()
    monkeypatch.setattr(xml_stream, "MOST_IN_A_RECORD", 10)
    assert refusal(tmp_path, "<P><Task>" + "<a/>" * 11 + "</Task></P>") == [("RE833", 1)]
    assert read(tmp_path, "<P>" + "<Task><a/><a/></Task>" * 11 + "</P>")
    monkeypatch.undo()
    monkeypatch.setattr(xml_stream, "MOST_TEXT", 10)
    assert refusal(tmp_path, "<P><Task><a>" + "x" * 11 + "</a></Task></P>") == [("RE833", 1)]


def test_a_million_empty_elements_outside_records_are_not_kept(tmp_path):
    text = "<P><Tasks>" + "<Other/>" * 200_000 + "</Tasks></P>"
    path = write(tmp_path, text)
    tracemalloc.start()
    Stream(path, "plan.xml", {}, {}, frozenset()).read()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nowhere.xml", tmp_path):
        with pytest.raises(ScenarioError) as refused:
            Stream(path, "plan.xml", {}, {}, frozenset()).read()
        assert refused.value.issues[0].code == "RE849"


def test_the_root_is_known_from_the_beginning_of_the_file(tmp_path):
    long = "<?xml version='1.0'?><!-- " + "x" * 200_000 + " --><n:Project xmlns:n='u:x'><a/>"
    assert root_tag(write(tmp_path, long), "plan.xml") == "Project"
    assert root_tag(write(tmp_path, "ERMHDR\t19.12"), "plan.xml") == ""


def test_a_doctype_is_seen_before_the_root_is_known(tmp_path):
    for text in ("<!DOCTYPE ganttproject>\n<x/>", LAUGHS):
        with pytest.raises(ScenarioError) as refused:
            root_tag(write(tmp_path, text), "plan.xml")
        assert refused.value.issues[0].code == "RE831"
