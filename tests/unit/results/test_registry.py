"""The registry of tables and columns, the tables built after it, and the page that documents it."""

import datetime as dt
import json
import os
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from riskengine.results import provenance
from riskengine.results.folder import manifest
from riskengine.results.tables.build import build, null_columns
from riskengine.results.tables.page import tables_page
from riskengine.results.tables.registry import ON_REQUEST, RUN_TABLES, TABLES
from tests.support.example_runs import contents, example_run
from tests.support.places import ROOT
from tests.unit.results.page import PAGE, written_anew

SAFE = {pa.float64(), pa.int64(), pa.bool_(), pa.utf8(), pa.date32(), pa.timestamp("us")}


def all_columns():
    return [(table.name, c) for table in TABLES.values() for c in (*table.columns, *table.per_target)]


@pytest.mark.parametrize(("table", "column"), all_columns(), ids=lambda v: getattr(v, "name", v))
def test_every_column_has_a_safe_type_a_unit_and_a_meaning(table, column):
    assert column.type in SAFE
    assert column.unit
    assert len(column.meaning) > 1
    field = column.field()
    assert field.metadata == {b"unit": column.unit.encode(), b"meaning": column.meaning.encode()}


@pytest.mark.parametrize("name", TABLES)
def test_names_of_columns_are_unique_and_plain(name):
    names = TABLES[name].schema(("a", "b c")).names
    assert len(set(names)) == len(names)
    assert all(n.isidentifier() for n in TABLES[name].schema().names)


def test_a_target_named_days_does_not_collide():
    names = TABLES["iterations"].schema(("days",)).names
    assert names[-2:] == ["finish:days", "finish_days:days"]


def test_the_portfolio_and_what_is_made_when_asked_belong_to_no_run():
    made = {"drivers", *(f"driver_{name}" for name in ("gates", "tasks", "merges", "predecessors", "paths"))}
    made |= {"contributions", "contingency_parts", "outside_view", "teams", "team_months", "hand_overs"}
    assert set(ON_REQUEST) == made
    assert set(TABLES) - set(RUN_TABLES) == {"portfolio", "portfolio_gates"} | made


def test_a_written_run_has_the_registry_in_its_files(tmp_path):
    example_run().write(tmp_path / "run")
    for name in RUN_TABLES:
        with pa.OSFile(str(tmp_path / "run" / f"{name}.arrow")) as file:
            assert pa.ipc.open_file(file).schema.equals(TABLES[name].schema(("t0001",)), check_metadata=True)


def gate_columns(**changes):
    columns = {c.name: ["x"] if c.type == pa.utf8() else [1] for c in TABLES["gates"].columns}
    return columns | {"finish": [None], "cost": [np.nan]} | changes


def test_nan_and_nat_become_null_where_null_may_be():
    table = build("gates", gate_columns(finish=np.array(["NaT"], "M8[us]"), cost=np.array([np.nan])))
    assert table["finish"].to_pylist() == [None]
    assert table["cost"].to_pylist() == [None]


@pytest.mark.parametrize("changes", [{"confidence": [np.nan]}, {"gate": [None]}, {"confidence": np.array([np.nan])}])
def test_nothing_is_null_where_it_may_not_be(changes):
    with pytest.raises(ValueError, match="may not be"):
        build("gates", gate_columns(**changes))


def test_missing_and_unknown_columns_are_refused():
    with pytest.raises(ValueError, match=r"computed and not declared in .*: more"):
        build("gates", gate_columns(more=[1]))
    columns = gate_columns()
    del columns["answer"]
    with pytest.raises(ValueError, match=r"declared in .* and not computed: answer"):
        build("gates", columns)


def test_where_there_is_nothing_to_say_every_column_that_may_be_null_is():
    columns = gate_columns()
    for name in ("finish", "cost"):
        del columns[name]
    table = build("gates", columns | null_columns("gates", 1, columns))
    assert table["finish"].to_pylist() == table["cost"].to_pylist() == [None]
    assert set(null_columns("gates", 1, {"cost"})) == {"finish"}
    assert null_columns("portfolio", 2, {})["decision"] == [None, None]


def test_dates_keep_their_microseconds_and_have_no_zone():
    instant = np.datetime64("2027-03-01T08:00:00.000001")
    table = build("gates", gate_columns(finish=[instant]))
    assert table["finish"].to_pylist() == [dt.datetime(2027, 3, 1, 8, 0, 0, 1)]
    assert table.schema.field("finish").type.tz is None


def test_columns_of_a_million_iterations_are_not_copied():
    values = np.arange(1000.0)
    columns = {"finish_days": values, "cost": values, "iteration": np.arange(1000)}
    table = build("iterations", columns | {"finish": values.astype("i8").view("M8[us]")})
    address = values.__array_interface__["data"][0]
    assert table["cost"].chunk(0).buffers()[1].address == address


def test_the_page_of_tables_is_the_registry():
    text = PAGE.read_text(encoding="utf-8")
    assert written_anew(text) == text, "run python -m tests.unit.results.page"


def test_the_page_names_every_column():
    page = tables_page()
    for table, column in all_columns():
        assert f"`{column.name}`" in page, table


def test_the_run_id_depends_on_every_input():
    plain = ("ab", 1, "sobol", 10)
    changed = [("ac", 1, "sobol", 10), ("ab", 2, "sobol", 10), ("ab", 1, "lhs", 10), ("ab", 1, "sobol", 11)]
    ids = {provenance.run_id(*inputs) for inputs in (plain, *changed)}
    assert len(ids) == 5
    assert all(len(i) == 16 for i in ids)


def test_the_run_id_depends_on_the_version_of_the_numbers():
    later = provenance.run_id("ab", 1, "sobol", 10, numbers=provenance.NUMBERS + 1)
    assert later != provenance.run_id("ab", 1, "sobol", 10)


def test_the_manifest_says_where_the_numbers_come_from(tmp_path):
    example_run().write(tmp_path / "run")
    content = json.loads((tmp_path / "run" / manifest.NAME).read_text(encoding="utf-8"))
    assert set(content) == set(manifest.KEYS)
    assert content["numbers"] == provenance.NUMBERS
    assert content["status"] == "complete"
    assert set(content["provenance"]) == {"python", *provenance.LIBRARIES}
    assert set(content["parts"]) == set(manifest.PARTS)
    assert content["start"] == "2027-03-01T00:00:00"


WRITE = "import sys\nfrom tests.support.example_runs import example_run\nexample_run().write(sys.argv[1])\n"


def test_time_zone_locale_and_hash_seed_change_no_byte(tmp_path):
    example_run().write(tmp_path / "here")
    for number, odd in enumerate(({"TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C", "PYTHONUTF8": "0"})):
        folder = tmp_path / f"there{number}"
        env = os.environ | odd | {"PYTHONHASHSEED": str(number + 1)}
        subprocess.run([sys.executable, "-c", WRITE, folder], cwd=ROOT, env=env, check=True)
        assert contents(folder) == contents(tmp_path / "here")
