"""Past values from a column of a CSV file, in the place of an empirical estimate's."""

import json

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from riskengine.model import Empirical
from riskengine.scenario.resolve import digest, resolve
from tests.support.scenario_text import HEAD

DAYS = '{ file = "past.csv", column = "days", unit = "d" }'
GOOD = "job,days,lag\nx,3,-1\ny,4.5,2\n,,\nz,9,3\n"


def read(folder, table, estimate=DAYS, more=""):
    """The scenario of a task whose duration is an estimate, beside a file of past values."""
    (folder / "past.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    path = folder / "plan.toml"
    path.write_text(f"{HEAD}[tasks.a]\nduration = {estimate}\n{more}", encoding="utf-8")
    return scenario.read(path)


@pytest.mark.parametrize(
    ("table", "estimate"),
    [
        (GOOD, DAYS),
        ("days\n3\n4.5\n9\n", '{ file = "past.csv" }'),
        ("job;Days\nx;3\ny;4,5\nz;9\n", DAYS),
        ("\ufeff" + GOOD, '{ shape = "empirical", file = "past.csv", column = " DAYS" }'),
    ],
)
def test_a_column_holds_the_values(table, estimate, tmp_path):
    duration = read(tmp_path, table, estimate).tasks["a"].duration
    assert isinstance(duration, Empirical)
    assert (duration.values, duration.unit) == ((3.0, 4.5, 9.0), "d")


@pytest.mark.parametrize(("row", "code"), [("Total,16.5,0", "RE506"), ("w,4,5,1", "RE505")])
def test_a_total_or_a_comma_in_a_number_is_no_value(row, code, tmp_path):
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, f"{GOOD}{row}\n")
    assert [(issue.code, issue.line) for issue in error.value.issues] == [(code, 6)]


def test_bounds_unit_and_source_may_stand_beside_it(tmp_path):
    estimate = '{ file = "past.csv", column = "days", unit = "w", min = 4, source = "three sites" }'
    duration = read(tmp_path, GOOD, estimate).tasks["a"].duration
    assert (duration.unit, duration.min, duration.source) == ("w", 4, "three sites")
    assert read(tmp_path, GOOD).tasks["a"].duration.source == "past.csv, days"


def test_the_values_decide_what_the_scenario_is(tmp_path):
    one = read(tmp_path, GOOD)
    other = read(tmp_path, GOOD.replace("4.5", "4.6"))
    assert digest(one) != digest(other)
    assert resolve(one)["tasks"]["a"]["duration"]["values"] == [3.0, 4.5, 9.0]
    assert scenario.parse(resolve(one)) == one


def test_lags_and_impacts_may_come_from_files_too(tmp_path):
    more = f"""[tasks.b]
duration = {DAYS}
after = [{{ task = "a", lag = {{ file = "past.csv", column = "lag", unit = "h" }} }}]
[risks.r]
kind = "driver"
probability = 0.5
impacts.a.delay = {{ file = "past.csv", column = "lag" }}
"""
    made = read(tmp_path, GOOD, more=more)
    assert made.tasks["b"].after[0].lag.values == (-1.0, 2.0, 3.0)
    assert made.risks["r"].impacts["a"].delay.values == (-1.0, 2.0, 3.0)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (GOOD.replace("4.5", "-4.5"), [("RE212", "past.csv", 3)]),
        (GOOD.replace("4.5", ""), [("RE506", "past.csv", 3)]),
        (GOOD.replace("4.5", "four"), [("RE506", "past.csv", 3)]),
        (GOOD.replace("4.5", "nan").replace("9", "1e99"), [("RE122", "past.csv", 3), ("RE122", "past.csv", 5)]),
        (GOOD.replace("4.5", "=3+1"), [("RE872", "past.csv", 3)]),
        (GOOD.replace("4.5", "#DIV/0!"), [("RE872", "past.csv", 3)]),
        (GOOD.replace("days", "weeks"), [("RE503", "plan.toml", 5)]),
        (GOOD.replace("lag", "days"), [("RE508", "plan.toml", 5)]),
        ("job,days\n", [("RE208", "past.csv", 1)]),
        ("days\n" + "1\n" * 10_001, [("RE208", "past.csv", 1)]),
        ("", [("RE503", "plan.toml", 5)]),
        (b"\x00\xff\x00", [("RE102", "past.csv", 1)]),
    ],
)
def test_what_is_no_value_is_refused_at_its_line(table, expected, tmp_path):
    with pytest.raises(ScenarioError) as refusal:
        read(tmp_path, table)
    found = [(issue.code, issue.file.rpartition("/")[2], issue.line) for issue in refusal.value.issues]
    assert found == expected


@pytest.mark.parametrize(
    ("estimate", "code"),
    [
        ('{ file = "none.csv", column = "days" }', "RE101"),
        ('{ file = "past.xlsx", column = "days" }', "RE507"),
        ('{ file = "../past.csv", column = "days" }', "RE117"),
        ('{ file = "past.csv" }', "RE503"),
        ('{ file = "past.csv", column = 2 }', "RE113"),
        ('{ file = "past.csv", column = "days", shape = "pert" }', "RE203"),
        ('{ file = "past.csv", column = "days", values = [3] }', "RE203"),
        ('{ file = "past.csv", column = "days", weights = [3] }', "RE111"),
        ('{ file = "past.csv", column = "days", max = 2 }', "RE209"),
    ],
)
def test_a_file_that_cannot_hold_values_is_refused_where_it_is_named(estimate, code, tmp_path):
    with pytest.raises(ScenarioError) as refusal:
        read(tmp_path, GOOD, estimate)
    assert [issue.code for issue in refusal.value.issues] == [code]


def test_a_document_without_a_folder_names_no_file():
    document = {"schema": 1, "name": "x", "start": "2027-03-01", "tasks": {"a": {"duration": {"file": "past.csv"}}}}
    with pytest.raises(ScenarioError) as refusal:
        scenario.parse(document)
    assert [issue.code for issue in refusal.value.issues] == ["RE925"]
    assert json.dumps(document["tasks"]["a"]["duration"]) == '{"file": "past.csv"}'
