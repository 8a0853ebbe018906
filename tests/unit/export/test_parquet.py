"""A folder of Parquet files, read by programs that are not ours."""

import json

import duckdb
import pandas
import polars
import pyarrow.dataset
import pytest

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import export
from riskengine.export.formats import place_named
from riskengine.export.staging import dumped
from riskengine.results.folder.lock import locked
from riskengine.star.dictionary import RUN_STAR, STAR
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables
from tests.support.example_runs import contents
from tests.support.star_runs import write_batch, write_run

ALL = tuple(STAR)


def to_parquet(results, out, tables=ALL, is_forced=False):
    return export(find_runs([results]).runs, place_named(f"parquet:{out}"), ExportOptions(tables, is_forced))


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return write_batch(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def exported(batch, tmp_path_factory):
    out = tmp_path_factory.mktemp("exported") / "out"
    to_parquet(batch, out)
    return out


@pytest.fixture(scope="module")
def rows(batch):
    """What every table must hold, as a set of rows."""
    tables = [run_tables(run.read()) for run in find_runs([batch]).runs]
    return {name: {tuple(row.values()) for one in tables for row in one[name].to_pylist()} for name in RUN_STAR}


@pytest.mark.parametrize("name", RUN_STAR)
def test_a_dataset_of_pyarrow_over_all_runs_is_what_the_results_hold(exported, rows, name):
    dataset = pyarrow.dataset.dataset(str(exported / name), partitioning="hive")
    table = dataset.to_table(columns=STAR[name].schema().names)
    assert table.schema.equals(STAR[name].schema(), check_metadata=True)
    found = [tuple(row.values()) for row in table.to_pylist()]
    assert len(found) == len(rows[name]) and set(found) == rows[name]


@pytest.mark.parametrize("name", RUN_STAR)
def test_polars_reads_what_the_results_hold(exported, rows, name):
    frame = polars.scan_parquet(f"{exported}/{name}/**/*.parquet").select(STAR[name].schema().names).collect()
    assert frame.height == len(rows[name]) and set(frame.rows()) == rows[name]


@pytest.mark.parametrize("name", RUN_STAR)
def test_pandas_reads_what_the_results_hold(exported, rows, name):
    """With the types of Arrow: those of numpy have no nulls in whole numbers, and no days."""
    columns = STAR[name].schema().names
    frame = pandas.read_parquet(exported / name, columns=columns, dtype_backend="pyarrow")
    values = zip(*(map(plain_value, frame[column]) for column in columns), strict=True)
    assert len(frame) == len(rows[name]) and set(values) == rows[name]


def plain_value(value):
    """A value of pandas as plain Python has it."""
    if value is pandas.NA or value is pandas.NaT:
        return None
    return value.to_pydatetime() if isinstance(value, pandas.Timestamp) else value


def test_the_same_runs_give_the_same_bytes(batch, exported, tmp_path):
    to_parquet(batch, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(exported)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path, batch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    for is_forced in (False, True):
        with pytest.raises(ResultsError, match=r"RE723 .*thesis.txt"):
            to_parquet(batch, out, is_forced=is_forced)
    assert contents(tmp_path) == {"out/thesis.txt": b"mine"}


def test_a_file_that_somebody_put_into_an_export_is_not_lost(tmp_path, batch):
    to_parquet(batch / "plan-0", tmp_path / "out")
    (tmp_path / "out" / "dim_run" / "notes.txt").write_text("mine")
    with pytest.raises(ResultsError, match=r"RE723 .*notes.txt"):
        to_parquet(batch, tmp_path / "out", is_forced=True)


def test_an_export_that_was_changed_is_written_anew_only_where_that_is_asked_for(tmp_path, batch):
    out = tmp_path / "out"
    to_parquet(batch, out)
    file = sorted(out.glob("fact_task/*/*/*.parquet"))[0]
    file.write_bytes(b"nonsense")
    with pytest.raises(ResultsError, match="RE724"):
        to_parquet(batch, out)
    assert len(to_parquet(batch, out, is_forced=True).new) == 3
    assert file.read_bytes() != b"nonsense"


def test_a_list_of_files_that_was_changed_is_none_of_ours(tmp_path, batch):
    out = tmp_path / "out"
    to_parquet(batch / "plan-0", out)
    content = json.loads((out / "_riskengine.json").read_text())
    content["files"]["../../secret"] = {"bytes": 1, "sha256": ""}
    (out / "_riskengine.json").write_text(json.dumps(content))
    with pytest.raises(ResultsError, match="RE723"):
        to_parquet(batch, out)


HOSTILE = ["../../escape", "x=1&y=2#z", "CON", "2027", "true", "100 %", "x" * 300, "语" * 90]


def test_names_of_projects_are_no_paths_and_change_no_value(tmp_path):
    for number, project in enumerate(HOSTILE):
        write_run(tmp_path / "results" / f"plan-{number:02}", seed=number, project=project, iterations=20)
    to_parquet(tmp_path / "results", tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"results", "out"}
    found = duckdb.sql(f"SELECT project FROM '{tmp_path}/out/dim_run/**/*.parquet' ORDER BY run_key").fetchall()
    assert [project for (project,) in found] == HOSTILE
    dataset = pyarrow.dataset.dataset(str(tmp_path / "out" / "dim_run"), partitioning="hive").to_table()
    assert sorted(dataset["project"].to_pylist()) == sorted(HOSTILE)
    frame = polars.scan_parquet(f"{tmp_path}/out/dim_run/**/*.parquet").collect()
    assert sorted(frame["project"]) == sorted(HOSTILE)
    for path in (tmp_path / "out").rglob("*"):
        assert path.name.isascii() and len(path.name) < 160


def test_names_of_folders_that_differ_in_case_alone_are_two(tmp_path):
    write_run(tmp_path / "a" / "Plan", seed=1)
    write_run(tmp_path / "b" / "plan", seed=2)
    to_parquet(tmp_path, tmp_path / "out")
    folders = [path.parent.name.casefold() for path in (tmp_path / "out" / "dim_run").rglob("*.parquet")]
    assert len(set(folders)) == 2


def test_an_export_that_was_cut_off_between_its_two_renames_is_put_right(tmp_path, batch):
    out = tmp_path / "out"
    to_parquet(batch, out)
    before = contents(out)
    out.rename(tmp_path / ".out.old")
    half = tmp_path / ".out.new" / "dim_run"
    half.mkdir(parents=True)
    (half / "half.parquet").write_bytes(b"PAR1")
    (tmp_path / ".out.new" / "_riskengine.json").write_bytes(dumped({"files": {}}))
    assert len(to_parquet(batch, out).unchanged) == 3
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_exports_to_one_place_are_told(tmp_path, batch):
    with locked(tmp_path / ".out.lock"), pytest.raises(ResultsError, match="RE707"):
        to_parquet(batch, tmp_path / "out")
    assert not (tmp_path / "out").exists()
