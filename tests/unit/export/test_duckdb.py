"""What holds for DuckDB files alone."""

import subprocess
import sys

import duckdb
import pytest

from riskengine.errors import ResultsError
from riskengine.star.dictionary import STAR
from tests.support.exports import export_to
from tests.support.star_runs import write_batch, write_run
from tests.unit.cli.test_documents import loaded


@pytest.fixture
def exported(tmp_path):
    write_batch(tmp_path / "results", 2)
    export_to("duckdb", tmp_path / "results", tmp_path)
    return tmp_path / "runs.duckdb"


def test_every_column_says_what_it_means(exported):
    with duckdb.connect(str(exported), read_only=True) as connection:
        found = connection.execute("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal")
        comments = {(table, column): comment for table, column, comment in found.fetchall()}
    for name, table in STAR.items():
        for column in table.columns:
            assert comments[name, column.name].startswith(column.meaning)


def test_views_of_the_analyst_stay(exported, tmp_path):
    with duckdb.connect(str(exported)) as connection:
        connection.execute("CREATE VIEW mine AS SELECT run_key, count(*) n FROM fact_task GROUP BY run_key")
    write_run(tmp_path / "results" / "plan-9", seed=9)
    export_to("duckdb", tmp_path / "results", tmp_path)
    with duckdb.connect(str(exported), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM mine").fetchall() == [(3,)]


def test_a_file_that_another_program_has_open_is_left_alone_and_that_is_said(exported, tmp_path):
    code = f"import duckdb; c = duckdb.connect({str(exported)!r}); print('open', flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"open\n"
        write_run(tmp_path / "results" / "plan-9", seed=9)
        with pytest.raises(ResultsError, match="RE727"):
            export_to("duckdb", tmp_path / "results", tmp_path)
    finally:
        other.communicate(b"\n", timeout=60)
    assert len(export_to("duckdb", tmp_path / "results", tmp_path).new) == 1


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    write_batch(tmp_path / "results", 1)
    with duckdb.connect(str(tmp_path / "runs.duckdb")) as connection:
        connection.execute("CREATE TABLE dim_run AS SELECT 42 AS mine")
    for is_forced in (False, True):
        with pytest.raises(ResultsError, match="RE723"):
            export_to("duckdb", tmp_path / "results", tmp_path, is_forced=is_forced)
    with duckdb.connect(str(tmp_path / "runs.duckdb")) as connection:
        assert connection.execute("SELECT mine FROM dim_run").fetchall() == [(42,)]


def test_an_export_does_not_load_pandas(tmp_path):
    """Pyarrow's conversion of a single object did, half a second of every export."""
    write_batch(tmp_path / "results", 2)
    assert "pandas" not in loaded(tmp_path, "pandas", "export", "results", "--to", "duckdb:runs.duckdb")
    assert (tmp_path / "runs.duckdb").is_file()
