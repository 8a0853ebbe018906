"""What holds for every format: values, keys, once more, replaced, damaged, killed, full."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

from riskengine.errors import ResultsError
from riskengine.export import exporting, staging
from riskengine.star.dictionary import RUN_STAR, STAR
from tests.support import postgresql_server
from tests.support.example_runs import contents
from tests.support.exports import FILES, FORMATS, expected_rows, export_to
from tests.support.star_runs import write_batch, write_run


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return write_batch(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def changed_batch(batch, tmp_path_factory):
    """The same batch with another run of one of its plans."""
    results = tmp_path_factory.mktemp("changed") / "results"
    shutil.copytree(batch, results)
    shutil.rmtree(results / "plan-1")
    write_run(results / "plan-1", seed=77, project="Another")
    return results


@pytest.fixture(scope="module")
def hostile_batch(tmp_path_factory):
    """Runs whose names are what somebody may try."""
    results = tmp_path_factory.mktemp("hostile")
    for number, project in enumerate(HOSTILE):
        name = project or "Chain"
        write_run(results / f"plan-{number:02}", seed=number, project=name, name=name, iterations=20)
    return results


@pytest.fixture(scope="module")
def odd_folders(tmp_path_factory):
    """Runs in folders of odd names."""
    results = tmp_path_factory.mktemp("odd")
    write_run(results / FOLDERS[0], iterations=20)
    for name in FOLDERS[1:]:
        shutil.copytree(results / FOLDERS[0], results / name)
    return results


@pytest.fixture(scope="module", params=FORMATS)
def exported(request, batch, tmp_path_factory):
    """A format and the folder that an export into it stands in."""
    folder = tmp_path_factory.mktemp(request.param)
    export_to(request.param, batch, folder)
    return FORMATS[request.param], folder


@pytest.fixture(params=FORMATS)
def scheme(request):
    if not FORMATS[request.param].is_file:
        postgresql_server.sockets()  # started here, it is that of the processes that a test starts, too
    return request.param


@pytest.fixture(params=FILES)
def file_scheme(request):
    return request.param


def rows_of(scheme, folder, table):
    """The rows of a table as another program reads them, in the order of their keys."""
    one = FORMATS[scheme]
    return sorted(one.read(one.place(folder), table), key=repr)


def expected(results, table):
    return sorted(expected_rows(results, table), key=repr)


def no_litter(folder):
    """Nothing hidden is left beside an export."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("table", RUN_STAR)
def test_every_value_comes_back_to_the_last_digit(batch, exported, table):
    one, folder = exported
    assert rows_of(one.scheme, folder, table) == expected(batch, table)


def test_days_are_whole_years_without_a_gap(exported):
    one, folder = exported
    days = [row[0] for row in one.read(one.place(folder), "dim_date")]
    assert (min(days).month, min(days).day, max(days).month, max(days).day) == (1, 1, 12, 31)
    assert len(days) == len(set(days)) == (max(days) - min(days)).days + 1


def test_exporting_twice_changes_nothing(batch, exported):
    one, folder = exported
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    outcome = export_to(one.scheme, batch, folder)
    assert (outcome.new, outcome.replaced, len(outcome.unchanged)) == ((), (), 3)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


def test_runs_are_added_to_those_that_are_there(tmp_path, batch, scheme):
    for name in ("plan-0", "plan-1", "plan-2"):
        shutil.copytree(batch / name, tmp_path / "results" / name)
        outcome = export_to(scheme, tmp_path / "results", tmp_path)
        assert outcome.new == (f"{name}@2027-03-01",)
    for table in RUN_STAR:
        assert rows_of(scheme, tmp_path, table) == expected(batch, table)
    assert no_litter(tmp_path)


def test_days_of_a_later_run_join_those_that_are_there(tmp_path, scheme):
    write_run(tmp_path / "results" / "plan")
    export_to(scheme, tmp_path / "results", tmp_path)
    write_run(tmp_path / "results" / "later" / "plan", days_later=3000)
    export_to(scheme, tmp_path / "results", tmp_path)
    days = sorted(row[0] for row in FORMATS[scheme].read(FORMATS[scheme].place(tmp_path), "dim_date"))
    assert (days[0].year, days[-1].year) == (2027, 2035)
    assert len(days) == len(set(days)) == (days[-1] - days[0]).days + 1


def test_a_run_that_changed_is_replaced_and_no_other(tmp_path, batch, changed_batch, scheme):
    export_to(scheme, batch, tmp_path)
    outcome = export_to(scheme, changed_batch, tmp_path)
    assert (outcome.new, outcome.replaced) == ((), ("plan-1@2027-03-01",))
    assert outcome.unchanged == ("plan-0@2027-03-01", "plan-2@2027-03-01")
    for table in RUN_STAR:
        assert rows_of(scheme, tmp_path, table) == expected(changed_batch, table)
    assert no_litter(tmp_path)


def test_a_damaged_folder_stops_the_export_and_every_one_is_named(tmp_path, batch, scheme):
    results = shutil.copytree(batch, tmp_path / "results")
    export_to(scheme, results / "plan-0", tmp_path)
    for name in ("plan-1", "plan-2"):
        part = results / name / "risks.arrow"
        part.write_bytes(part.read_bytes()[:-1])
    before = contents(tmp_path)
    with pytest.raises(ResultsError) as refused:
        export_to(scheme, results, tmp_path)
    assert "plan-1" in str(refused.value) and "plan-2" in str(refused.value)
    assert rows_of(scheme, tmp_path, "dim_run") == expected(results / "plan-0", "dim_run")
    assert scheme == "duckdb" or contents(tmp_path) == before
    assert no_litter(tmp_path)


def test_rows_that_do_not_come_back_are_no_export(tmp_path, batch, scheme, monkeypatch):
    count_of = exporting.count_of
    monkeypatch.setattr(exporting, "count_of", lambda rows: count_of(rows) | {"fact_task": 6})
    with pytest.raises(ResultsError, match=r"RE725 [^;]*: fact_task: 9 rows of 18$"):
        export_to(scheme, batch, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not FORMATS[scheme].is_there(tmp_path)


def test_other_tables_are_not_mixed_with_those_that_are_there(tmp_path, batch, scheme):
    outcome = export_to(scheme, batch, tmp_path, ("dim_run", "fact_gate"))
    assert outcome.rows == {"dim_run": 3, "fact_gate": 6}
    with pytest.raises(ResultsError, match=r"RE724 .*other tables"):
        export_to(scheme, batch, tmp_path)
    assert rows_of(scheme, tmp_path, "fact_gate") == expected(batch, "fact_gate")
    export_to(scheme, batch, tmp_path, is_forced=True)
    assert rows_of(scheme, tmp_path, "fact_task") == expected(batch, "fact_task")


def test_a_file_of_somebody_else_is_left_alone(tmp_path, batch, file_scheme):
    place = FORMATS[file_scheme].place(tmp_path)
    mine = place / "thesis.txt" if place.suffix == "" else place
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    for is_forced in (False, True):
        with pytest.raises(ResultsError, match=r"RE72[37] "):
            export_to(file_scheme, batch, tmp_path, is_forced=is_forced)
    assert contents(tmp_path) == {mine.relative_to(tmp_path).as_posix(): b"mine"}


HOSTILE = [
    "../../escape",
    "a/b\\c",
    "=cmd|' /C calc'!A0",
    "x=1&y=2#z",
    "\u202eevil",
    "CON",
    "2027",
    "true",
    "100 %",
    "'; DROP TABLE dim_run; --",
    'say "no", or\n; =1+1',
    "x" * 300,
    "语" * 90,
    "\x1b[31m",
    "<r><t>x</t></r>",
    "_x0041_",
    "",
]


def test_names_are_data(tmp_path, hostile_batch, scheme):
    export_to(scheme, hostile_batch, tmp_path, ("dim_run", "fact_gate"))
    assert {path.name for path in tmp_path.iterdir()} == ({FORMATS[scheme].name} if scheme in FILES else set())
    for table in ("dim_run", "fact_gate"):
        assert rows_of(scheme, tmp_path, table) == expected(hostile_batch, table)


KILLED = """
import os, signal, sys
from pathlib import Path
from riskengine.export import exporting, staging
from tests.support.exports import export_to

when = sys.argv[4]
read_rows = exporting.read_rows
seen = []


def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def read_and_die(run, names):
    seen.append(run)
    if len(seen) == 3:
        kill()
    return read_rows(run, names)


if when == "reading":
    exporting.read_rows = read_and_die
if when == "counting":
    exporting.check_counts = kill
export_to(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
"""


def killed(scheme, results, folder, when):
    arguments = [sys.executable, "-c", KILLED, scheme, str(results), str(folder), when]
    done = subprocess.run(arguments, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("when", ["counting", pytest.param("reading", marks=pytest.mark.slow)])
def test_a_new_export_that_is_killed_is_not_there_and_the_next_one_is_whole(tmp_path, batch, scheme, when):
    killed(scheme, batch, tmp_path, when)
    assert not FORMATS[scheme].is_there(tmp_path)
    assert len(export_to(scheme, batch, tmp_path).new) == 3
    for table in RUN_STAR:
        assert rows_of(scheme, tmp_path, table) == expected(batch, table)
    assert no_litter(tmp_path)


@pytest.fixture(scope="module")
def other_batch(tmp_path_factory):
    """Other runs under the keys of the batch."""
    results = tmp_path_factory.mktemp("other")
    for number in range(3):
        write_run(results / f"plan-{number}", seed=50 + number)
    return results


@pytest.mark.parametrize("when", ["counting", pytest.param("reading", marks=pytest.mark.slow)])
def test_an_export_that_is_killed_leaves_what_was_there(tmp_path, batch, other_batch, scheme, when):
    export_to(scheme, batch, tmp_path)
    before = {table: rows_of(scheme, tmp_path, table) for table in STAR}
    killed(scheme, other_batch, tmp_path, when)
    assert {table: rows_of(scheme, tmp_path, table) for table in STAR} == before
    assert len(export_to(scheme, other_batch, tmp_path).replaced) == 3
    assert rows_of(scheme, tmp_path, "fact_task") == expected(other_batch, "fact_task")
    assert no_litter(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_an_export_that_is_killed_at_any_moment_leaves_all_or_nothing(tmp_path, batch, scheme, share):
    """The moments are parts of what an export took just before: whichever they hit, the answer is old or new."""
    arguments = [sys.executable, "-c", KILLED, scheme, str(batch), str(tmp_path), "never"]
    begun = time.monotonic()
    subprocess.run(arguments, check=True, timeout=60)
    took = time.monotonic() - begun
    old = {table: rows_of(scheme, tmp_path, table) for table in STAR}
    results = write_batch(tmp_path / "results", 2)
    process = subprocess.Popen([*arguments[:4], str(results), *arguments[5:]])
    time.sleep(took * share)
    process.kill()
    process.wait(timeout=60)
    one = FORMATS[scheme]
    if not one.is_there(tmp_path):  # between two renames: the next export puts the old one back
        export_to(scheme, batch / "plan-0", tmp_path)
    assert {table: rows_of(scheme, tmp_path, table) for table in STAR} == old


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.support.exports import export_to
import duckdb, pyarrow.csv, pyarrow.parquet, scipy, xlsxwriter

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
try:
    export_to(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE") or os.name == "nt", reason="needs limits on files")
def test_a_full_disk_leaves_nothing_and_is_said(tmp_path, batch, file_scheme):
    arguments = [sys.executable, "-c", FULL, file_scheme, str(batch), str(tmp_path), "20000"]
    done = subprocess.run(arguments, capture_output=True, timeout=60, check=False)
    assert done.stdout.decode().startswith(("ResultsError RE706", "ResultsError RE727")), done.stderr.decode()
    assert not FORMATS[file_scheme].place(tmp_path).exists()
    assert len(export_to(file_scheme, batch, tmp_path).new) == 3
    assert no_litter(tmp_path)


FOLDERS = [
    *("=1+1", "a b;c", "-x", "@y", "semi'colon\"", "über", "line\nbreak", "x" * 200),
    *("a@2027-03-01", "%41", "{}", "*?[x]"),
]


@pytest.mark.parametrize("scheme", ["csv", "parquet"])
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_is_full_when_the_list_is_written_bars_no_later_export(
    tmp_path, batch, other_batch, monkeypatch, scheme, number, is_there
):
    """The first list names a folder as ours, the second one says what is in it."""
    place = FORMATS[scheme].place(tmp_path)
    if is_there:
        export_to(scheme, batch, tmp_path)
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    calls = []

    def write(path, content):
        calls.append(path)
        if len(calls) == number:
            path.write_bytes(content[:7])
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "write_bytes", write)
        with pytest.raises(ResultsError, match="RE706"):
            export_to(scheme, other_batch, tmp_path)
    assert len(calls) == number
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ([place.name] if is_there else [])
    outcome = export_to(scheme, other_batch, tmp_path)
    assert len(outcome.replaced if is_there else outcome.new) == 3


@pytest.mark.parametrize("scheme", ["csv", "parquet"])
def test_a_list_that_a_loss_of_power_cut_off_bars_no_later_export(tmp_path, batch, scheme):
    place = FORMATS[scheme].place(tmp_path)
    new = place.with_name(f".{place.name}.new")
    new.mkdir()
    (new / staging.LIST).write_bytes(b"")
    assert len(export_to(scheme, batch, tmp_path).new) == 3
    new.mkdir()
    (new / "mine.txt").write_text("mine")
    (new / staging.LIST).write_bytes(b"")
    with pytest.raises(ResultsError, match="RE723"):
        export_to(scheme, batch, tmp_path, is_forced=True)
    assert (new / "mine.txt").read_text() == "mine"


def test_names_of_folders_are_data_and_keys_differ(tmp_path, odd_folders, scheme):
    tables = ("dim_run", "fact_gate")
    export_to(scheme, odd_folders, tmp_path, tables)
    keys = {row[0] for row in rows_of(scheme, tmp_path, "fact_gate")}
    assert keys == {f"{name}@2027-03-01" for name in FOLDERS}
    assert len(export_to(scheme, odd_folders, tmp_path, tables).unchanged) == len(FOLDERS)
