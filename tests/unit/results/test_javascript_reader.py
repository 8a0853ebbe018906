"""JavaScript's Arrow reader, as a page in a browser has it, reads every table of a run to the last digit.

It is ``apache-arrow`` of npm, found by ``NODE_PATH``: CONTRIBUTING.md says how to have it.
"""

import json
import math
import shutil
import subprocess
from datetime import datetime

import pyarrow as pa
import pytest

import riskengine
from riskengine.results.folder.store import open_run
from tests.support.places import ROOT

READER = """
const arrow = require("apache-arrow"), fs = require("fs");
const table = arrow.tableFromIPC(fs.readFileSync(process.argv[1]));
const plain = value => typeof value === "bigint" ? {whole: value.toString()} : value;
const columns = table.schema.fields.map((field, place) => {
  const column = table.getChildAt(place);
  return [field.name, Array.from({length: table.numRows}, (_, row) => plain(column.get(row)))];
});
process.stdout.write(JSON.stringify({rows: table.numRows, columns}));
"""
EPOCH = datetime(1970, 1, 1)
NODE = shutil.which("node")


def run_node(*words):
    return subprocess.run([NODE, "-e", *words], capture_output=True, text=True, check=False, timeout=60)


def has_reader():
    return NODE is not None and run_node("require('apache-arrow')").returncode == 0


pytestmark = pytest.mark.skipif(not has_reader(), reason="there is no node with apache-arrow in NODE_PATH")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run with risks, costs, resources and gates, whose names are not ASCII."""
    scenario = riskengine.read(ROOT / "scenarios/ground-station.toml").changed({"name": "Bodenstation Ö \U0001f6f0"})
    place = tmp_path_factory.mktemp("results") / "run"
    riskengine.simulate(scenario, iterations=300).write(place)
    return place


def expected(value, kind):
    """A value as JavaScript says it: whole numbers of 64 bits as such, instants in milliseconds since 1970."""
    if value is None:
        return None
    if pa.types.is_timestamp(kind):
        return (value - EPOCH).total_seconds() * 1000
    return {"whole": str(value)} if pa.types.is_int64(kind) else value


def is_same(one, other):
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=0, abs_tol=0) or (math.isnan(one) and math.isnan(other))
    return one == other


def test_every_value_of_every_table_is_read(folder):
    run = open_run(folder)
    count = 0
    for name, table in run.tables.items():
        answer = run_node(READER, str(folder / f"{name}.arrow"))
        assert answer.returncode == 0, answer.stderr
        read = json.loads(answer.stdout)
        assert read["rows"] == table.num_rows
        assert [column for column, _ in read["columns"]] == table.column_names
        for field, (column, values) in zip(table.schema, read["columns"], strict=True):
            wanted = [expected(value, field.type) for value in table[column].to_pylist()]
            wrong = [pair for pair in zip(wanted, values, strict=True) if not is_same(*pair)]
            assert wrong == [], f"{name}.{column}"
            count += len(values)
    assert count > 1000
    (project,) = run.tables["project"].to_pylist()
    assert project["name"].startswith("Bodenstation Ö")
