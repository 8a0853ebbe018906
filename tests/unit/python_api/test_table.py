"""Tables for Python, for pandas and polars where they are there, and for whatever reads Arrow."""

import sys

import pyarrow as pa
import pytest

import riskengine
from riskengine.results.tables.registry import RUN_TABLES, TABLES
from tests.unit.python_api.plans import STAND


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of the stand that other tests only look at."""
    path = tmp_path_factory.mktemp("stand") / "plan.toml"
    path.write_text(STAND, encoding="utf-8")
    return riskengine.simulate(riskengine.read(path), iterations=256)


@pytest.mark.parametrize("name", RUN_TABLES)
def test_a_table_says_what_the_registry_declares(run, name):
    table, declared = run.table(name), TABLES[name].columns_for(run.manifest["targets"])
    assert (table.name, table.meaning) == (name, TABLES[name].meaning)
    assert table.columns == [column.name for column in declared]
    assert table.units == {column.name: column.unit for column in declared}
    assert table.meanings == {column.name: column.meaning for column in declared}


def test_rows_and_columns_are_those_of_arrow(run):
    arrow = run.tables["tasks"]
    table = run.table("tasks")
    assert len(table) == arrow.num_rows == 2
    assert table.rows() == list(table) == arrow.to_pylist()
    assert table["criticality"] == table.column("criticality") == arrow["criticality"].to_pylist()
    assert table.to_arrow() is arrow


def test_the_arrow_stream_is_the_table(run):
    assert pa.table(run.table("percentiles")).equals(run.tables["percentiles"], check_metadata=True)


def test_the_short_form_names_size_and_columns(run):
    assert repr(run.table("gates")) == (
        "<Table gates: 2 rows, 13 columns: gate, name, target, finish, cost, confidence, ...>"
    )


def test_a_long_table_is_cut_for_a_notebook_and_says_so(run):
    page = run.table("iterations")._repr_html_()
    assert page.count("<tr>") == 21
    assert "and 236 more rows" in page
    assert "more rows" not in run.table("gates")._repr_html_()
    assert "<p>and 1 more row</p>" in riskengine.Table(run.tables["iterations"].slice(0, 21))._repr_html_()


def test_pandas_gets_the_same_values(run):
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = run.table("percentiles").to_pandas()
    assert list(frame.columns) == run.table("percentiles").columns
    assert frame["value"].tolist() == run.table("percentiles")["value"]


def test_polars_gets_the_same_values(run):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = run.table("percentiles").to_polars()
    assert frame.to_dicts() == run.table("percentiles").rows()
    assert polars.DataFrame(run.table("percentiles")).equals(frame)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named_with_the_command_that_brings_it(run, monkeypatch, library):
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(riskengine.MachineError) as refused:
        getattr(run.table("tasks"), f"to_{library}")()
    assert refused.value.code == "RE924"
    assert f"pip install {library}" in str(refused.value)
