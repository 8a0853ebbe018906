"""What holds for PostgreSQL alone: comments, schemas, a backend that dies, passwords, and others in the database."""

import signal
import subprocess
import time

import pytest

from riskengine.cli import main
from riskengine.errors import MachineError, ResultsError, UsageError
from riskengine.export import exporting, extras
from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import export
from riskengine.export.formats import place_named
from riskengine.export.postgresql.connection import with_defaults
from riskengine.star.dictionary import RUN_STAR, STAR
from riskengine.star.folders import find_runs
from tests.support import postgresql_server as server
from tests.support.command_line import command, environment
from tests.support.exports import ALL, FORMATS, expected_rows, export_to
from tests.support.star_runs import write_batch, write_run

POSTGRESQL = FORMATS["postgresql"]


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    server.sockets()
    return write_batch(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def exported(batch, tmp_path_factory):
    """The schema of an export."""
    folder = tmp_path_factory.mktemp("exported")
    export_to("postgresql", batch, folder)
    return schema_in(folder)


def schema_in(folder):
    return server.schema_of(POSTGRESQL.place(folder))


def rows_of(folder, table):
    return sorted(POSTGRESQL.read(POSTGRESQL.place(folder), table), key=repr)


def expected(results, table):
    return sorted(expected_rows(results, table), key=repr)


def lines(statement):
    return server.psql(statement).splitlines()


def test_every_table_and_column_says_what_it_means(exported):
    query = (
        "SELECT relname, coalesce(attname, ''), description FROM pg_description JOIN pg_class ON objoid = pg_class.oid "
        "LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid AND objsubid > 0 "
        f"WHERE relnamespace = '{exported}'::regnamespace AND classoid = 'pg_class'::regclass"
    )
    comments = {tuple(line.split("|")[:2]): line.split("|", 2)[2] for line in lines(query)}
    for name, table in STAR.items():
        assert comments[name, ""] == table.meaning
        for column in table.columns:
            assert comments[name, column.name].startswith(column.meaning)


def test_types_are_plain(exported):
    types = lines(f"SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = '{exported}'")
    plain = {"boolean", "date", "double precision", "integer", "text", "timestamp without time zone"}
    assert set(types) == plain


def test_exporting_twice_writes_no_row(tmp_path, batch):
    export_to("postgresql", batch, tmp_path)
    query = f"SELECT xmin, ctid FROM {schema_in(tmp_path)}.dim_run ORDER BY ctid"
    before = lines(query)
    assert len(export_to("postgresql", batch, tmp_path).unchanged) == 3
    assert lines(query) == before
    assert len(before) == 3


DYING = """
CREATE FUNCTION {0}.die() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.iteration = 200 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
CREATE TRIGGER die BEFORE INSERT ON {0}.fact_iteration FOR EACH ROW EXECUTE FUNCTION {0}.die()
"""


def test_a_backend_that_is_killed_in_the_middle_of_a_copy_leaves_what_was_there(tmp_path, batch):
    write_run(tmp_path / "old" / "plan-1", seed=9)
    export_to("postgresql", tmp_path / "old", tmp_path)
    before = {table: rows_of(tmp_path, table) for table in STAR}
    server.psql(DYING.format(schema_in(tmp_path)))
    with pytest.raises(ResultsError, match="RE727"):
        export_to("postgresql", batch, tmp_path)
    assert {table: rows_of(tmp_path, table) for table in STAR} == before
    server.psql(f"DROP FUNCTION {schema_in(tmp_path)}.die CASCADE")
    assert len(export_to("postgresql", batch, tmp_path).new) == 2
    for table in RUN_STAR:
        assert rows_of(tmp_path, table) == expected(batch, table)


def test_a_backend_that_is_killed_in_a_first_export_leaves_nothing(tmp_path, batch, monkeypatch):
    check_counts = exporting.check_counts

    def kill(*arguments):
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'riskengine'"
        assert lines(query) == ["t"]
        check_counts(*arguments)

    monkeypatch.setattr(exporting, "check_counts", kill)
    with pytest.raises(ResultsError, match="RE727"):
        export_to("postgresql", batch, tmp_path)
    assert lines(f"SELECT to_regnamespace('{schema_in(tmp_path)}') IS NULL") == ["t"]


@pytest.mark.parametrize("name", ["dim_run", "fact_task", "riskengine_export"])
def test_tables_of_somebody_else_are_left_alone(tmp_path, batch, name):
    schema = schema_in(tmp_path)
    server.psql(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.{name} AS SELECT 42 AS mine, 'x' AS tables")
    for is_forced in (False, True):
        with pytest.raises(ResultsError, match=r"RE72[37]"):
            export_to("postgresql", batch, tmp_path, is_forced=is_forced)
    assert lines(f"SELECT mine FROM {schema}.{name}") == ["42"]
    assert lines(f"SELECT count(*) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace") == ["1"]


def test_views_of_the_analyst_stay_and_tables_below_them_are_not_dropped(tmp_path, batch):
    schema = schema_in(tmp_path)
    export_to("postgresql", batch / "plan-0", tmp_path)
    server.psql(f"CREATE VIEW {schema}.mine AS SELECT count(*) AS n FROM {schema}.fact_task")
    export_to("postgresql", batch, tmp_path)
    assert lines(f"SELECT n FROM {schema}.mine") == [str(len(expected(batch, "fact_task")))]
    with pytest.raises(ResultsError, match=r"RE727 .*cannot drop table"):
        export_to("postgresql", batch, tmp_path, ("dim_run", "fact_gate"), is_forced=True)
    assert rows_of(tmp_path, "fact_gate") == expected(batch, "fact_gate")
    assert lines(f"SELECT n FROM {schema}.mine") == [str(len(expected(batch, "fact_task")))]


def test_two_exports_at_once_do_not_mix(tmp_path, batch, monkeypatch):
    monkeypatch.setattr("riskengine.export.postgresql.connection.LOCK_SECONDS", 1)
    export_to("postgresql", batch / "plan-0", tmp_path)
    place = place_named(POSTGRESQL.address(tmp_path))
    with (
        place.exporter.open(place.text, ExportOptions(ALL)),
        pytest.raises(ResultsError, match=r"RE727 .*lock timeout"),
    ):
        export_to("postgresql", batch, tmp_path)
    assert rows_of(tmp_path, "dim_run") == expected(batch / "plan-0", "dim_run")
    assert len(export_to("postgresql", batch, tmp_path).new) == 2


def test_a_text_that_postgresql_cannot_hold_is_named(tmp_path):
    server.sockets()
    write_run(tmp_path / "results" / "plan", name="Dig\0; DROP TABLE dim_run")
    with pytest.raises(ResultsError, match=r"RE730 dim_run\.name: .*Dig\\x00; DROP"):
        export_to("postgresql", tmp_path / "results", tmp_path)
    assert not POSTGRESQL.is_there(tmp_path)


def test_a_database_that_lacks_a_letter_refuses_it(tmp_path):
    server.psql("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    write_run(tmp_path / "results" / "plan", name="语")
    place = place_named(server.address(database="latin"))
    with pytest.raises(ResultsError, match=r"RE727 .*no equivalent in encoding"):
        export(find_runs([tmp_path / "results"]).runs, place, ExportOptions(ALL))


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("Upper", "upper"),
        ('"Upper"', "Upper"),
        ('"a,b ""c"" d", public', 'a,b "c" d'),
        ('"$user", other', "other"),
        ("first, second", "first"),
        ("x" * 80, "x" * 63),
    ],
)
def test_tables_stand_in_the_first_schema_of_the_search_path(tmp_path, path, schema):
    name = f"search_{len(path)}"
    server.psql(f"CREATE DATABASE {name}")
    server.psql(f"ALTER DATABASE {name} SET search_path = {path}")
    write_run(tmp_path / "results" / "plan", iterations=20)
    runs = find_runs([tmp_path / "results"]).runs
    place = place_named(server.address(database=name))
    assert len(export(runs, place, ExportOptions(("dim_run", "dim_date"))).new) == 1
    assert len(export(runs, place, ExportOptions(("dim_run", "dim_date"))).unchanged) == 1
    found = server.psql("SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'dim%'", database=name)
    assert found.splitlines() == [schema]


SECRET = "s3cr3t%21"
"""As it stands in an address; the password itself ends in an exclamation mark."""


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://ann:{}@/nosuch?host={}",
        "postgresql://ann@/nosuch?password={}&host={}",
        "postgresql://ann@/nosuch?p%61ssword={}&host={}",
        "postgresql://ann:{}@nosuch.invalid/db?sslmode=disable&options={}",
        "postgresql://ann:a@{}@localhost/db?host={}",
        "postgresql://ann:a/{}@localhost/db?host={}",
        "postgresql://ann:{}%zz@localhost/db?host={}",
        "postgresql://ann:{}%00@localhost/db?host={}",
        "postgresql://ann@localhost/db?password=a&{}&host={}",
        "postgresql://ann@localhost/db?password=a={}&host={}",
        "postgresql://ann:{}@localhost:x/db?host={}",
        "postgresql://ann:{}?@[localhost/db?host={}",
        "postgresql://localhost:{}/db?host={}",
        "postgres://ann:{}@localhost/db?host={}",
        "postgresql+psycopg://ann:{}@localhost/db?host={}",
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_password_is_never_printed(tmp_path, capsys, given, options):
    write_run(tmp_path / "results" / "plan", iterations=20)
    status = main(["export", str(tmp_path / "results"), "--to", given.format(SECRET, tmp_path), *options])
    printed = "".join(capsys.readouterr())
    assert "s3cr3t" not in printed
    assert ("RE727" in printed, status) in ((True, 4), (False, 2))


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_was_done_is_said_without_the_password(tmp_path, capsys, batch, options):
    address = server.address(POSTGRESQL.place(tmp_path)).replace("postgres@", f"postgres:{SECRET}@")
    for words in ("3 new", "3 unchanged"):
        assert main(["export", str(batch), "--to", address, *options]) == 0
        printed = "".join(capsys.readouterr())
        assert "s3cr3t" not in printed
        assert server.address(POSTGRESQL.place(tmp_path)) in printed
        assert options or words in printed


@pytest.mark.parametrize("address", ["postgresql:", "postgresql:runs", "postgresql:///?host", "postgresql://a b"])
def test_what_is_no_address_is_refused(tmp_path, address):
    with pytest.raises(UsageError, match="RE722"):
        place = place_named(address)
        with place.exporter.open(place.text, ExportOptions(ALL)):
            pass


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch):
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda name: None)
    place = place_named("postgresql://localhost/db")
    with pytest.raises(MachineError, match=r"RE726 adbc_driver_postgresql .*pip install '\.\[bi\]'"):
        place.exporter.open(place.text, ExportOptions(ALL))


def test_a_server_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
    ours = "fallback_application_name=riskengine"
    assert with_defaults("postgresql://h/db") == f"postgresql://h/db?{ours}&connect_timeout=10"
    assert with_defaults("postgresql://h/db?a=b&") == f"postgresql://h/db?a=b&{ours}&connect_timeout=10"
    assert with_defaults("postgresql://h/db?connect_timeout=3") == f"postgresql://h/db?connect_timeout=3&{ours}"
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "60")
    assert with_defaults("postgresql://h/db") == f"postgresql://h/db?{ours}"


def test_an_interrupt_while_the_database_works_is_an_interrupt(tmp_path, batch):
    address = POSTGRESQL.address(tmp_path)
    place = place_named(address)
    with place.exporter.open(place.text, ExportOptions(ALL)):
        process = subprocess.Popen(
            command("export", batch, "--to", address), env=environment(), stderr=subprocess.PIPE, cwd=tmp_path
        )
        waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND application_name = 'riskengine'"
        until(lambda: lines(waiting) == ["1"])
        process.send_signal(signal.SIGINT)
        words = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130, words
    assert "interrupted" in words and "RE727" not in words
    assert len(export_to("postgresql", batch, tmp_path).new) == 3


def until(condition, seconds=60):
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
