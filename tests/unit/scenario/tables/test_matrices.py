"""Matrices of correlations in CSV files."""

from pathlib import Path

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from tests.support.places import ROOT

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n' + "".join(
    f"tasks.{name}.duration = [3, 5, 9]\n" for name in ("design", "build", "test")
)
GOOD = ",design,build,test\ndesign,1,0.6,\nbuild,0.6,1,0.3\ntest,,0.3,1\n"


def read(folder: Path, table: str | bytes, hints: list[str] | None = None):
    raw = table.encode() if isinstance(table, str) else table
    (folder / "ranks.csv").write_bytes(raw)
    (folder / "plan.toml").write_text(f'{HEAD}correlations.x.matrix = "ranks.csv"\n', encoding="utf-8")
    return scenario.read(folder / "plan.toml", hints=hints).correlations["x"].matrix


def faults(folder, table):
    with pytest.raises(ScenarioError) as refusal:
        read(folder, table)
    return [(issue.code, Path(issue.file).name, issue.line) for issue in refusal.value.issues]


EXPECTED = ((1, 0.6, 0.3), (0.6, 1, None), (0.3, None, 1))


@pytest.mark.parametrize(
    "table",
    [
        GOOD,
        GOOD.replace(",", ";").replace(".", ","),
        GOOD.replace(",", "\t"),
        GOOD.encode("utf-16"),
        ",design,build,test\ntest,,0.3,1\nbuild,0.6,1,0.3\ndesign,1,0.6,\n",
        "ranks,design,build,test,\n\ndesign,1\nbuild,0.6,1\ntest,,0.3,1\n",
    ],
    ids=["commas", "semicolons", "tabs", "UTF-16", "rows in another order", "a triangle"],
)
def test_a_matrix_is_read(table, tmp_path):
    matrix = read(tmp_path, table)
    assert matrix.members == ("build", "design", "test")
    assert matrix.rows == EXPECTED


def test_the_example_of_the_page_is_the_one_of_this_test():
    assert f"```csv matrix\n{GOOD}```" in (ROOT / "docs/scenario-format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (GOOD.replace("0.3,1", "0.4,1"), [("RE329", "ranks.csv", 4)]),
        (GOOD.replace("build,0.6,1,0.3", "build,0.6,2,0.3"), [("RE321", "ranks.csv", 3)]),
        (GOOD.replace("build,0.6,1,0.3", "build,0.6,0.9,0.3"), [("RE329", "ranks.csv", 3)]),
        (GOOD.replace("build", "bild"), [("RE322", "ranks.csv", 1)]),
        (GOOD.replace("\ntest,", "\nrest,"), [("RE329", "ranks.csv", 1)]),
        (GOOD.replace("0.6,1,", "high,1,"), [("RE506", "ranks.csv", 3)]),
        (GOOD.replace("0.6,1,", "#REF!,1,"), [("RE872", "ranks.csv", 3)]),
        (GOOD.replace("0.6,1,0.3", "0.6,1,0.3,7"), [("RE505", "ranks.csv", 3)]),
        (GOOD + "test,,0.3,1\n", [("RE329", "ranks.csv", 1)]),
        ("", [("RE329", "ranks.csv", 1)]),
        ('"', [("RE501", "ranks.csv", 1)]),
        ("1,2\n3,4\n", [("RE329", "ranks.csv", 1)]),
        (b"\x00\xff\x00", [("RE102", "ranks.csv", 1)]),
    ],
)
def test_a_faulty_matrix_is_refused_at_its_line(table, expected, tmp_path):
    assert faults(tmp_path, table) == expected


@pytest.mark.parametrize(("name", "code"), [("none.csv", "RE101"), ("ranks.xlsx", "RE507"), ("../ranks.csv", "RE117")])
def test_a_file_that_cannot_be_a_matrix_is_refused_where_it_is_named(name, code, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(f'{HEAD}correlations.x.matrix = "{name}"\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        scenario.read(path)
    assert [(issue.code, issue.line) for issue in refusal.value.issues] == [(code, 7)]


def test_the_resolved_form_has_the_matrix(tmp_path):
    matrix = read(tmp_path, GOOD)
    made = scenario.read(tmp_path / "plan.toml")
    resolved = scenario.resolve(made)
    assert resolved["correlations"]["x"]["matrix"]["rows"][1] == [0.6, 1.0, ""]
    assert scenario.parse(resolved).correlations["x"].matrix == matrix


def test_what_was_guessed_is_told(tmp_path):
    hints: list[str] = []
    read(tmp_path, GOOD.replace(",", ";"), hints)
    assert "ranks.csv: columns are separated by semicolons" in hints


def test_a_file_that_is_missing_hides_no_traceback_about_pairs(tmp_path):
    """What is said of a correlation whose matrix cannot be read is silenced; members that are none were sorted then."""
    path = tmp_path / "plan.toml"
    path.write_text(
        f'{HEAD}[correlations.x]\nmatrix = "none.csv"\npairs = [{{ between = [5, {{}}], rank = 0.5 }}]\n',
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refusal:
        scenario.read(path)
    assert [issue.code for issue in refusal.value.issues] == ["RE101"]
