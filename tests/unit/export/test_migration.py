"""Databases of other versions: older ones get the columns that they lack, others are refused as they are."""

import json
import signal
import subprocess
import sys

import duckdb
import pytest

from riskengine.cli import main
from riskengine.errors import ResultsError
from riskengine.export.mark import MARK
from riskengine.export.sql import SQL_TYPES
from riskengine.star.dictionary import RUN_STAR, STAR, STAR_VERSION, schema_digest
from tests.support import postgresql_server as server
from tests.support.exports import FORMATS, expected_rows, export_to
from tests.support.star_runs import write_batch

DATABASES = ("duckdb", "postgresql")
OLDER = (
    "ALTER TABLE fact_task DROP COLUMN finish_p80_date",
    "ALTER TABLE dim_run DROP COLUMN currency",
    "ALTER TABLE dim_run DROP COLUMN description",
    "ALTER TABLE dim_date DROP COLUMN month_end",
    "ALTER TABLE dim_gate ALTER COLUMN finish_date SET NOT NULL",
    f"UPDATE {MARK} SET version = '{'0' * 64}'",
)
"""What makes an export look like one of an older dictionary; the first versions had a digest and no number."""


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return write_batch(tmp_path_factory.mktemp("results"))


@pytest.fixture(params=DATABASES)
def scheme(request):
    return request.param


def carry_out(scheme, folder, *statements):
    """Have another program change the database."""
    place = FORMATS[scheme].place(folder)
    if scheme == "postgresql":
        schema = server.schema_of(place)
        server.psql("; ".join((f"SET search_path = {schema}", *statements)))
        return
    with duckdb.connect(str(place)) as connection:
        for statement in statements:
            connection.execute(statement)


def answer(scheme, folder, query, types):
    """The rows that another program gets."""
    place = FORMATS[scheme].place(folder)
    if scheme == "postgresql":
        from tests.support.exports import query_postgresql

        return query_postgresql(place, query, types)
    with duckdb.connect(str(place), read_only=True) as connection:
        return connection.execute(query).fetchall()


def rows_of(scheme, folder, table):
    """The rows of a table in the order of the dictionary's columns."""
    types = {field.name: SQL_TYPES[field.type] for field in STAR[table].schema()}
    columns = ", ".join(f'"{name}"' for name in types)
    return sorted(answer(scheme, folder, f"SELECT {columns} FROM {table}", types), key=repr)


def state(scheme, folder):
    """Every column of the tables, which version they have, and the runs."""
    query = (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = current_schema() ORDER BY table_name, column_name"
    )
    names = ("table_name", "column_name", "data_type", "is_nullable")
    columns = answer(scheme, folder, query, dict.fromkeys(names, "TEXT"))
    mark = answer(scheme, folder, f"SELECT version FROM {MARK}", {"version": "TEXT"})
    keys = answer(scheme, folder, "SELECT run_key FROM dim_run ORDER BY run_key", {"run_key": "TEXT"})
    return columns, mark, keys


def older_export(scheme, batch, folder):
    export_to(scheme, batch, folder)
    carry_out(scheme, folder, *OLDER)


def test_an_older_database_gets_the_columns_that_it_lacks_with_their_values(tmp_path, batch, scheme):
    older_export(scheme, batch, tmp_path)
    outcome = export_to(scheme, batch, tmp_path)
    assert sorted(outcome.added) == [
        "dim_date.month_end",
        "dim_run.currency",
        "dim_run.description",
        "fact_task.finish_p80_date",
    ]
    assert len(outcome.replaced) == 3
    for table in RUN_STAR:
        assert rows_of(scheme, tmp_path, table) == sorted(expected_rows(batch, table), key=repr)
    ends = [row[-1] for row in rows_of(scheme, tmp_path, "dim_date")]
    assert None not in ends and len(ends) == 365
    again = export_to(scheme, batch, tmp_path)
    assert (again.added, again.replaced, len(again.unchanged)) == ((), (), 3)


def test_runs_that_are_not_named_stay_and_have_null_in_new_columns(tmp_path, batch, scheme):
    older_export(scheme, batch, tmp_path)
    outcome = export_to(scheme, batch / "plan-1", tmp_path)
    assert outcome.replaced == ("plan-1@2027-03-01",)
    query = "SELECT run_key, currency IS NULL AS is_null FROM dim_run ORDER BY run_key"
    assert answer(scheme, tmp_path, query, {"run_key": "TEXT", "is_null": "BOOLEAN"}) == [
        ("plan-0@2027-03-01", True),
        ("plan-1@2027-03-01", False),
        ("plan-2@2027-03-01", True),
    ]


def test_a_table_that_an_older_dictionary_lacked_is_made(tmp_path, batch, scheme):
    older_export(scheme, batch, tmp_path)
    names = " ".join(name for name in STAR if name != "fact_criticality")
    carry_out(scheme, tmp_path, "DROP TABLE fact_criticality", f"UPDATE {MARK} SET tables = '{names}'")
    assert "fact_criticality" in export_to(scheme, batch, tmp_path).added
    expected = sorted(expected_rows(batch, "fact_criticality"), key=repr)
    assert rows_of(scheme, tmp_path, "fact_criticality") == expected


def test_what_was_added_is_said(tmp_path, batch, scheme, capsys):
    older_export(scheme, batch, tmp_path)
    assert main(["export", str(batch), "--to", FORMATS[scheme].address(tmp_path), "--json"]) == 0
    printed = capsys.readouterr()
    assert "dim_run.currency" in json.loads(printed.out)["added"]
    carry_out(scheme, tmp_path, *OLDER[:1], OLDER[-1])
    assert main(["export", str(batch), "--to", FORMATS[scheme].address(tmp_path)]) == 0
    assert "note: columns of this version were added: fact_task.finish_p80_date" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER TABLE fact_task ADD COLUMN mine INTEGER", "fact_task.mine is unknown"),
        ("ALTER TABLE dim_run ALTER COLUMN seed TYPE DATE", "dim_run.seed is date, not text"),
        ("DROP TABLE fact_gate", "fact_gate is not there"),
    ],
)
def test_columns_that_the_dictionary_does_not_know_are_refused(tmp_path, batch, scheme, change, words):
    export_to(scheme, batch, tmp_path)
    if "DATE" in change:
        carry_out(scheme, tmp_path, "ALTER TABLE dim_run DROP COLUMN seed", "ALTER TABLE dim_run ADD COLUMN seed DATE")
    else:
        carry_out(scheme, tmp_path, change)
    carry_out(scheme, tmp_path, OLDER[-1], OLDER[0])
    before = state(scheme, tmp_path)
    with pytest.raises(ResultsError, match=f"RE724 .*{words}"):
        export_to(scheme, batch, tmp_path)
    assert state(scheme, tmp_path) == before
    assert export_to(scheme, batch, tmp_path, is_forced=True).added == ()
    assert rows_of(scheme, tmp_path, "fact_gate") == sorted(expected_rows(batch, "fact_gate"), key=repr)


def test_a_newer_version_is_refused(tmp_path, batch, scheme):
    export_to(scheme, batch, tmp_path)
    newer = f"{STAR_VERSION + 1} {'f' * 64}"
    carry_out(scheme, tmp_path, f"UPDATE {MARK} SET version = '{newer}'")
    before = state(scheme, tmp_path)
    with pytest.raises(ResultsError, match=rf"RE738 .*version {STAR_VERSION + 1}, .* {STAR_VERSION}$"):
        export_to(scheme, batch, tmp_path)
    assert state(scheme, tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from riskengine.export import exporting
from tests.support.exports import export_to

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

exporting.check_counts = kill
export_to(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
"""


def test_a_migration_that_is_killed_leaves_what_was_there(tmp_path, batch, scheme):
    older_export(scheme, batch, tmp_path)
    before = state(scheme, tmp_path)
    arguments = [sys.executable, "-c", KILLED, scheme, str(batch), str(tmp_path)]
    done = subprocess.run(arguments, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert state(scheme, tmp_path) == before
    assert len(export_to(scheme, batch, tmp_path).added) == 4


def test_whoever_changes_the_dictionary_raises_its_version():
    """Where this fails: add one to ``STAR_VERSION``, and put what it says here."""
    assert (STAR_VERSION, schema_digest(STAR)[:12]) == (15, "fa6381c1e8de")
