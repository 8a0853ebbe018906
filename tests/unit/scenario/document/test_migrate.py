"""Keys under the name that they had before: read, told, and refused beside the new one."""

import pytest

from riskengine.scenario import json_schema, parse, read, resolve
from tests.support.scenario_text import HEAD, TASK, issues, written

OLD = "[imported]\ntool = 'P6'\nas_of = 2027-03-01T08:00:00\n"
NEW = OLD.replace("as_of", "data_date")


def test_an_old_name_is_read_as_the_new_one_and_told(tmp_path):
    hints: list[str] = []
    old = read(written(tmp_path, OLD + TASK, "old.toml"), hints=hints)
    assert old.imported.data_date.isoformat() == "2027-03-01T08:00:00"
    assert old == read(written(tmp_path, NEW + TASK, "new.toml"))
    (hint,) = (hint for hint in hints if hint.startswith("RE595"))
    assert "old.toml: imported.as_of is now called imported.data_date" in hint
    assert "as_of" not in resolve(old)["imported"] and "data_date" in resolve(old)["imported"]


def test_the_new_name_is_not_told_of(tmp_path):
    hints: list[str] = []
    read(written(tmp_path, NEW + TASK), hints=hints)
    assert hints == []


def test_an_old_name_in_a_file_that_is_extended_is_told_with_its_file(tmp_path):
    written(tmp_path, OLD + TASK, "base.toml")
    (tmp_path / "update.toml").write_text("extends = 'base.toml'\nimported.data_date = 2027-04-01\n")
    hints: list[str] = []
    scenario = read(tmp_path / "update.toml", hints=hints)
    assert scenario.imported.data_date.isoformat() == "2027-04-01T00:00:00"
    assert [hint for hint in hints if "base.toml: imported.as_of" in hint]


def test_a_mapping_may_have_the_old_name_too():
    document = {"schema": 1, "name": "Test", "start": "2027-03-01", "tasks": {"a": {"duration": 5}}}
    scenario = parse({**document, "imported": {"as_of": "2027-03-01"}})
    assert scenario.imported.data_date.isoformat() == "2027-03-01T00:00:00"


def test_both_names_at_once_are_refused():
    (issue,) = issues(f"{OLD}data_date = 2027-03-02\n{TASK}")
    assert (issue.code, issue.path) == ("RE111", "imported.as_of")
    assert "data_date" in issue.rule


@pytest.mark.parametrize("name", ["as_of", "data_date"])
def test_a_wrong_value_is_told_at_the_line_of_either_name(name):
    text = OLD.replace("as_of = 2027-03-01T08:00:00", f"{name} = 'soon'") + TASK
    (issue,) = issues(text)
    assert (issue.path, issue.value) == ("imported.data_date", '"soon"')
    assert (HEAD + text).splitlines()[issue.line - 1].startswith(name)


def test_editors_know_the_old_name_as_one_not_to_be_used():
    keys = json_schema()["properties"]["imported"]["properties"]
    assert keys["as_of"]["deprecated"] is True and "data_date" in keys["as_of"]["description"]
    assert "deprecated" not in keys["data_date"]
