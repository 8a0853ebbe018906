"""The bundle for Superset without Superset: it is what its scripts write, and its statements answer."""

import importlib
import re
import sys
from collections import defaultdict

import duckdb
import pytest

import riskengine
from tests.support import postgresql_server
from tests.support.exports import FORMATS, export_to
from tests.support.places import ROOT
from tests.support.star_runs import write_run

FOLDER = ROOT / "docs/bi/superset"
TABLES = ("runs", "gates", "risks", "tasks", "percentiles", "months")
TYPES = {"FLOAT": "double precision", "DATE": "date", "TEXT": "text", "BOOLEAN": "boolean", "TIMESTAMP": "timestamp"}
ROWS = {
    "runs": "dim_run",
    "gates": "dim_gate",
    "risks": "dim_risk",
    "tasks": "dim_task",
    "percentiles": "fact_percentile WHERE target = 'project' AND value IS NOT NULL",
    "months": "fact_cost_period WHERE scope = 'project'",
}
"""What has as many rows as a statement."""
HARBOUR = {
    "schema": 1,
    "name": "Harbour",
    "start": "2027-03-01",
    "currency": "EUR",
    "tasks": {
        "dredge": {"duration": [20, 30, 60], "cost": {"rate": 1000}},
        "quay": {"duration": 20, "after": ["dredge"], "cost": {"rate": 1000}},
    },
    "gates": {"even": {"finish": "2027-04-30", "confidence": 0.9}},
}
"""A run of the engine: money over months."""


@pytest.fixture(scope="module")
def scripts():
    """The modules that write the bundle."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in ("tables", "charts", "dashboards", "write")}
    finally:
        sys.path.remove(str(FOLDER))
        for name in ("tables", "charts", "dashboards", "write"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Two plans, one of them at two status dates."""
    root = tmp_path_factory.mktemp("results")
    for folder, plan, days_later in (("march", "bridge", 0), ("april", "bridge", 35), ("march", "tunnel", 0)):
        write_run(root / folder / plan, project=plan, name=plan, days_later=days_later)
    riskengine.decide(riskengine.read(HARBOUR), iterations=300).write(root / "march" / "harbour")
    return root


def test_the_bundle_is_what_its_scripts_write(scripts):
    there = {
        path.relative_to(FOLDER / "riskengine").as_posix(): path.read_text(encoding="utf-8")
        for path in (FOLDER / "riskengine").rglob("*")
        if path.is_file()
    }
    assert there == scripts["write"].files(), "python docs/bi/superset/write.py"


def test_every_object_has_an_id_of_its_own(scripts):
    texts = scripts["write"].files()
    ids = [re.search(r'^uuid: "(.+)"$', text, re.MULTILINE) for name, text in texts.items() if name != "metadata.yaml"]
    assert len({found[1] for found in ids}) == len(texts) - 1


def test_charts_ask_only_for_columns_that_are_there(scripts):
    boards = scripts["dashboards"].DASHBOARDS
    charts = [chart for board in boards for row in board.rows for chart in row]
    assert len({chart.key for chart in charts}) == len(charts) == 16
    for chart in charts:
        columns = set(scripts["tables"].columns(chart.table))
        settings = chart.settings
        names = {*settings.get("all_columns", ()), *settings.get("groupby", ()), *settings.get("column_config", ())}
        sql = " ".join(one["sqlExpression"] for one in (*settings.get("metrics", ()), *settings["adhoc_filters"]))
        words = set(re.findall(r"[a-z_][a-z_0-9]*", re.sub(r"'[^']*'", "", sql)))
        assert names | words | {settings.get("x_axis", "run_key")} <= columns, chart.key


@pytest.mark.parametrize("table", TABLES)
def test_a_statement_answers_with_the_columns_that_are_declared(scripts, results, tmp_path, table):
    export_to("postgresql", results, tmp_path)
    place = FORMATS["postgresql"].place(tmp_path)
    statement = scripts["tables"].statement(table)
    schema = postgresql_server.schema_of(place)
    postgresql_server.psql(f"SET search_path = {schema}; CREATE VIEW answer AS {statement}")
    lines = postgresql_server.psql(
        "SELECT column_name || ':' || split_part(data_type, ' without', 1) FROM information_schema.columns"
        f" WHERE table_schema = '{schema}' AND table_name = 'answer'"
    ).split("\n")
    declared = {name: TYPES[type_] for name, type_ in scripts["tables"].columns(table).items()}
    assert dict(line.split(":") for line in lines if line) == declared
    count, expected = (
        int(postgresql_server.psql(f"SET search_path = {schema}; SELECT COUNT(*) FROM {rows}"))
        for rows in ("answer", ROWS[table])
    )
    assert count == expected > 0


@pytest.mark.parametrize("table", TABLES)
def test_a_statement_answers_on_duckdb_too(scripts, results, tmp_path, table):
    export_to("duckdb", results, tmp_path)
    with duckdb.connect(str(FORMATS["duckdb"].place(tmp_path)), read_only=True) as connection:
        rows = connection.sql(scripts["tables"].statement(table)).to_arrow_table().to_pylist()
    assert set(rows[0]) == set(scripts["tables"].columns(table))
    latest, dates = {}, defaultdict(set)
    for row in rows:
        dates[row["scenario_key"]].add(row["status_date"])
        if row["is_latest"]:
            assert latest.setdefault(row["scenario_key"], row["status_date"]) == row["status_date"]
    assert latest == {key: max(days) for key, days in dates.items()}
    assert table == "months" or len(dates["bridge"]) == 2
