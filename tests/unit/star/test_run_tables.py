"""The tables of a run, against a plain reading of its folder."""

import datetime as dt

import pytest

from riskengine.results.folder.store import open_run
from riskengine.star.dates import dates_of, dim_date, joined, whole_years
from riskengine.star.dictionary import RUN_STAR, STAR
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables
from tests.support.star_runs import write_run


@pytest.fixture(scope="module")
def record_and_tables(tmp_path_factory):
    folder = write_run(tmp_path_factory.mktemp("results") / "plan")
    (run,) = find_runs([folder]).runs
    return open_run(folder), run_tables(run.read())


@pytest.fixture
def record(record_and_tables):
    return record_and_tables[0]


@pytest.fixture
def star(record_and_tables):
    return record_and_tables[1]


@pytest.mark.parametrize("name", RUN_STAR)
def test_a_table_has_the_schema_of_the_dictionary(star, name):
    assert star[name].schema.equals(STAR[name].schema(), check_metadata=True)
    star[name].validate(full=True)


@pytest.mark.parametrize("name", RUN_STAR)
def test_keys_are_unique_and_nothing_is_null_that_may_not_be(star, name):
    rows = star[name].to_pylist()
    assert len({tuple(row[column] for column in STAR[name].key) for row in rows}) == len(rows)
    assert {row["run_key"] for row in rows} <= {"plan@2027-03-01"}
    for column in STAR[name].columns:
        assert column.nullable or star[name][column.name].null_count == 0


def test_iterations_are_long(record, star):
    wide, long = record.tables["iterations"].to_pylist(), star["fact_iteration"].to_pylist()
    expected = []
    for target, suffix in (("project", ""), ("t0001", ":t0001")):
        for row in wide:
            finish = row[f"finish{suffix}"]
            expected.append(
                {
                    "run_key": "plan@2027-03-01",
                    "iteration": row["iteration"],
                    "target": target,
                    "finish": finish,
                    "finish_date": (finish - dt.timedelta(microseconds=1)).date(),
                    "finish_days": row[f"finish_days{suffix}"],
                    "days_from_data_date": row[f"finish_days{suffix}"],
                    "cost": row["cost"],
                }
            )
    assert long == expected


def test_gates_by_iteration_add_up_to_their_counts(record, star):
    counts = {gate["gate"]: gate["count"] for gate in record.tables["gates"].to_pylist()}
    met = dict.fromkeys(counts, 0)
    for row in star["fact_gate_iteration"].to_pylist():
        met[row["gate"]] += row["is_met"]
        assert row["gate_key"] == f"plan@2027-03-01/{row['gate']}"
    assert met == counts
    assert 0 < counts["both"] < counts["date"]
    assert star["fact_gate_iteration"].num_rows == 600


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("dim_task", "tasks"),
        ("fact_task", "tasks"),
        ("dim_risk", "risks"),
        ("fact_risk", "risks"),
        ("dim_gate", "gates"),
        ("fact_gate", "gates"),
        ("fact_criticality", "criticality"),
        ("fact_percentile", "percentiles"),
        ("fact_summary", "summary"),
        ("fact_levelling", "levelling"),
        ("fact_resource", "resources"),
        ("fact_cost_period", "cost_periods"),
        ("fact_resource_period", "resource_periods"),
        ("fact_correlation", "correlations"),
        ("dim_estimate", "estimates"),
        ("bridge_relationship", "relationships"),
    ],
)
def test_what_is_taken_over_is_unchanged(record, star, name, source):
    there = record.tables[source]
    shared = [column for column in there.column_names if column in STAR[name].schema().names]
    assert len(shared) > 3
    assert star[name].num_rows == there.num_rows
    for column in shared:
        assert star[name][column].to_pylist() == there[column].to_pylist(), column


def test_the_run_itself(record, star):
    (row,) = star["dim_run"].to_pylist()
    manifest = record.manifest
    assert row["seed"] == str(manifest["seed"]) and row["run"] == manifest["run"]
    assert row["results_checksum"] == manifest["checksum"]
    assert (row["decision"], row["calendar"], row["description"]) == ("no-go", "24h", "Said of 0")
    assert (row["start"], row["data_date"]) == (dt.datetime(2027, 3, 1), None)


def test_a_midnight_ends_its_day(tmp_path):
    folder = write_run(tmp_path / "plan")
    (run,) = find_runs([folder]).runs
    tasks = run_tables(run.read(), ("dim_task",))["dim_task"].to_pylist()
    midnights = [row for row in tasks if row["deterministic_finish"].time() == dt.time()]
    assert midnights
    for row in midnights:
        assert row["deterministic_finish_date"] == row["deterministic_finish"].date() - dt.timedelta(days=1)
        assert row["deterministic_start_date"] == row["deterministic_start"].date()


def test_days_are_those_of_the_calendar_on_the_wall():
    table = dim_date((dt.date(2026, 12, 1), dt.date(2029, 1, 31)))
    rows = table.to_pylist()
    assert len(rows) == (dt.date(2029, 1, 31) - dt.date(2026, 12, 1)).days + 1
    for row in rows:
        day = row["date"]
        year, week, weekday = day.isocalendar()
        following = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        assert (row["year"], row["month"], row["day"]) == (day.year, day.month, day.day)
        assert (row["iso_year"], row["iso_week"], row["weekday"]) == (year, week, weekday)
        assert row["quarter"] == (day.month + 2) // 3
        assert row["year_month"] == f"{day:%Y-%m}" and row["year_quarter"] == f"{day.year}-Q{row['quarter']}"
        assert row["month_start"] == day.replace(day=1) and row["month_end"] == following - dt.timedelta(days=1)
    assert (rows[90]["month_name"], rows[90]["weekday_name"]) == ("March", "Monday")
    assert table.schema.equals(STAR["dim_date"].schema(), check_metadata=True)


def test_spans_of_days():
    a, b, c = dt.date(2027, 3, 1), dt.date(2028, 1, 2), dt.date(2030, 5, 5)
    assert joined([None, (b, c), (a, b)]) == (a, c)
    assert joined([None]) is None
    assert whole_years((a, b)) == (dt.date(2027, 1, 1), dt.date(2028, 12, 31))


def test_the_days_that_occur_are_all_in_the_span(star):
    first, last = dates_of(star.values())
    columns = [
        (name, column.name) for name in star for column in STAR[name].columns if str(column.type) == "date32[day]"
    ]
    assert len(columns) > 8
    days = {day for name, column in columns for day in star[name][column].to_pylist() if day is not None}
    assert (first, last) == (min(days), max(days))
