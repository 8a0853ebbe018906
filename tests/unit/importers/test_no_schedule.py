"""Files that are no schedules: import says what they are for, with or without the converter."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.read import read_schedule


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("register.xlsx", b"PK\3\4", "--register"),
        ("Register.XLSM", b"PK\3\4", "tasks_file"),
        ("tasks.csv", b"ID,Duration\nA,5\n", "tasks_file"),
        ("items.csv", b"Key,Story Points\nA,5\n", "--map"),
        ("items.json", b"[]", "--map"),
        ("plan.toml", b"schema = 1\n", "riskengine check"),
        ("plan.xer", b"", "empty"),
        ("plan.mpp", b"", "empty"),
    ],
)
def test_what_is_no_schedule_is_told_what_it_is_for(tmp_path, monkeypatch, name, content, cure):
    monkeypatch.setenv("PATH", "")  # no Java: none of this is a matter of what is installed
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as refused:
        read_schedule(path)
    (issue,) = refused.value.issues
    assert issue.code == "RE846"
    assert cure in issue.cure
