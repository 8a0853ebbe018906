"""XER and P6 XML files whose tables were cut away, and whose end stands: refused, or said."""

import re

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.p6.projects import read_xer
from tests.unit.importers.p6.test_mutated_files import sample
from tests.unit.importers.p6.test_pmxml import activity as xml_activity
from tests.unit.importers.p6.test_pmxml import project, relationship
from tests.unit.importers.p6.xer_files import activity, link, plan, write

TABLES = re.findall(r"^%T\t(\w+)", sample().decode(), re.MULTILINE)

WITHOUT_TRACE = {"PROJCOST", "TASKRSRC"}
"""Tables that a file may lack with nothing to show for it: expenses, and assignments where no work is stored."""


def read(folder, text):
    return read_xer(write(folder, text))[0]


def without(text, table):
    """An XER file without one of its tables."""
    return re.sub(rf"^%T\t{table}\n(?:%[FR].*\n)*", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_was_cut_away_is_refused_or_said_or_was_not_read(tmp_path, table):
    text = sample().decode()
    assert without(text, table) != text
    whole = read(tmp_path, text)
    try:
        cut = read(tmp_path, without(text, table))
    except ScenarioError:
        return
    if set(cut.notes) <= set(whole.notes) and table not in WITHOUT_TRACE:
        assert (cut.tasks, cut.calendars, cut.resources) == (whole.tasks, whole.calendars, whole.resources)
        assert (cut.data_date, cut.start, cut.wbs_names) == (whole.data_date, whole.start, whole.wbs_names)


def test_a_file_without_any_relationship_is_said(tmp_path):
    text = plan([activity("A"), activity("B")], [link("A", "B")])
    assert not any("no relationships" in note for note in read(tmp_path, text).notes)
    (note,) = [note for note in read(tmp_path, without(text, "TASKPRED")).notes if "no relationships" in note]
    assert "export it anew" in note
    assert not any("no relationships" in note for note in read(tmp_path, plan([activity("A")])).notes)


def test_work_by_resources_without_assignments_is_said(tmp_path):
    text = plan([activity("A", target_work_qty="40"), activity("B")], [link("A", "B")])
    (note,) = [note for note in read(tmp_path, text).notes if "no assignments" in note]
    assert "1 task has work by resources (A first)" in note


def test_a_p6_xml_file_without_any_relationship_is_said(tmp_path):
    path = tmp_path / "plan.xml"
    tasks = xml_activity(1) + xml_activity(2)
    for more, is_said in ((relationship(1, 2), False), ("", True)):
        path.write_text(project(tasks + more), encoding="utf-8")
        notes = read_pmxml(path, "plan.xml")[0].notes
        assert any("no relationships" in note for note in notes) is is_said
