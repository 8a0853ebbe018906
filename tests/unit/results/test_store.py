"""A results folder that exists is whole: writing, replacing, refusing, crashing."""

import contextlib
import errno
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from riskengine.errors import ResultsError
from riskengine.results.folder import claim as claiming
from riskengine.results.folder import manifest, store
from riskengine.results.folder.claim import claim
from riskengine.results.tables.registry import RUN_TABLES
from tests.support.example_runs import contents, example_run
from tests.support.places import ROOT


@pytest.fixture(scope="module")
def first():
    return example_run(seed=1)


@pytest.fixture(scope="module")
def second():
    return example_run(seed=2)


def seed_of(folder):
    return store.open_run(folder).manifest["seed"]


def test_a_run_comes_back_as_it_was_written(tmp_path, first):
    first.write(tmp_path / "run")
    back = store.open_run(tmp_path / "run")
    assert back.scenario_json == first.scenario_json
    assert set(back.tables) == set(RUN_TABLES)
    for name, table in first.tables.items():
        assert back.tables[name].equals(table, check_metadata=True)
    assert {key: back.manifest[key] for key in first.manifest} == first.manifest


def test_the_folder_holds_its_parts_and_nothing_else(tmp_path, first):
    first.write(tmp_path / "run")
    assert sorted(contents(tmp_path)) == sorted(f"run/{name}" for name in (manifest.NAME, *manifest.PARTS))
    assert store.verify(tmp_path / "run") == []


def test_the_same_run_gives_the_same_bytes(tmp_path):
    example_run(seed=1).write(tmp_path / "a")
    example_run(seed=1).write(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_parents_are_made_and_relative_paths_work(tmp_path, first, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store.write("deep/er/run", first)
    assert store.verify("deep/er/run") == []


def test_an_existing_run_is_replaced(tmp_path, first, second):
    first.write(tmp_path / "run")
    second.write(tmp_path / "run")
    assert seed_of(tmp_path / "run") == 2
    assert store.verify(tmp_path / "run") == []
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_link_to_a_results_folder_stays_a_link(tmp_path, first, second):
    first.write(tmp_path / "run")
    (tmp_path / "link").symlink_to("run")
    second.write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert seed_of(tmp_path / "run") == 2


def make_empty(path):
    path.mkdir()


def make_file(path):
    path.write_text("mine")


def make_full(path):
    path.mkdir()
    (path / "thesis.txt").write_text("mine")


def make_link_to_itself(path):
    path.symlink_to(path.name)


def make_foreign_manifest(path):
    path.mkdir()
    (path / manifest.NAME).write_text('{"engine": "other", "format": 1}')


def make_broken_manifest(path):
    path.mkdir()
    (path / manifest.NAME).write_text("[" * 100_000)


def make_run_with_notes(path):
    example_run().write(path)
    (path / "notes.txt").write_text("mine")


def make_run_with_folder(path):
    example_run().write(path)
    (path / "scenario.json").unlink()
    (path / "scenario.json").mkdir()


def make_run_that_claims_a_foreign_file(path):
    """A forged manifest that lists a file of somebody else among its parts."""
    example_run().write(path)
    (path / "thesis.txt").write_text("the only copy")
    content = json.loads((path / manifest.NAME).read_bytes())
    content["parts"]["thesis.txt"] = {"sha256": "", "bytes": 13}
    (path / manifest.NAME).write_bytes(manifest.dump(manifest.seal(content, content["parts"])))


def make_sham_manifest_beside_a_foreign_file(path):
    path.mkdir()
    (path / "thesis.txt").write_text("the only copy")
    (path / manifest.NAME).write_text('{"engine": "riskengine", "format": 1, "parts": {"thesis.txt": {}}}')


FOREIGN = [
    make_empty,
    make_file,
    make_full,
    make_link_to_itself,
    make_foreign_manifest,
    make_broken_manifest,
    make_run_with_notes,
    make_run_with_folder,
    make_run_that_claims_a_foreign_file,
    make_sham_manifest_beside_a_foreign_file,
]


@pytest.mark.parametrize("make", FOREIGN)
def test_anything_but_a_results_folder_is_refused_and_left_alone(tmp_path, first, make):
    make(tmp_path / "run")
    before = contents(tmp_path)
    with pytest.raises(ResultsError) as caught:
        first.write(tmp_path / "run")
    assert caught.value.code == "RE705"
    assert "\n" not in str(caught.value)
    assert contents(tmp_path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_what_a_desktop_leaves_in_a_folder_is_no_reason_to_refuse(tmp_path, first, second):
    first.write(tmp_path / "run")
    (tmp_path / "run" / ".DS_Store").write_bytes(b"x")
    second.write(tmp_path / "run")
    assert seed_of(tmp_path / "run") == 2


def test_a_folder_is_refused_before_anything_is_computed(tmp_path):
    make_full(tmp_path / "run")
    with pytest.raises(ResultsError), claim(tmp_path / "run"):
        pytest.fail("the claim was granted")


def test_what_goes_wrong_inside_a_claim_is_not_taken_for_a_disk_that_cannot_be_written(tmp_path):
    with pytest.raises(FileNotFoundError), claim(tmp_path / "run"):
        raise FileNotFoundError("a scenario's table")


def test_two_runs_into_one_folder_one_enters_and_the_other_is_told(tmp_path, first, second):
    with claim(tmp_path / "run") as path:
        with pytest.raises(ResultsError) as caught:
            second.write(tmp_path / "run")
        assert caught.value.code == "RE707"
        store.write_claimed(path, first)
    assert seed_of(tmp_path / "run") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_claim_given_up_leaves_nothing(tmp_path):
    with pytest.raises(KeyboardInterrupt), claim(tmp_path / "a" / "b" / "run"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_claim_given_up_leaves_the_parents_that_others_use(tmp_path):
    with pytest.raises(KeyboardInterrupt), claim(tmp_path / "a" / "run"):
        (tmp_path / "a" / "theirs").write_text("x")
        raise KeyboardInterrupt
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["theirs"]


class Stop(BaseException):
    """The plug is pulled: nothing after this point runs, no handler cleans up."""


def points(monkeypatch, action):
    """Count the calls that change the disk, and let `action(number)` act before each of them."""
    count = [0]

    def guarded(function):
        def call(*args, **kwargs):
            count[0] += 1
            action(count[0])
            return function(*args, **kwargs)

        return call

    for owner, name in (
        (os, "fsync"),
        (Path, "rename"),
        (Path, "mkdir"),
        (Path, "unlink"),
        (Path, "rmdir"),
        (store, "write_bytes"),
        (store, "write_table"),
    ):
        monkeypatch.setattr(owner, name, guarded(getattr(owner, name)))
    return count


def count_points(tmp_path, first, second):
    """How many points a run that replaces another passes."""
    first.write(tmp_path / "run")
    with pytest.MonkeyPatch.context() as patch:
        count = points(patch, lambda number: None)
        second.write(tmp_path / "run")
        return count[0]


STEP = 4
every_point = pytest.mark.parametrize(
    "begin", [1, *(pytest.param(begin, marks=pytest.mark.slow) for begin in range(2, STEP + 1))]
)
"""Of the points at which a run may end: every fourth by default, the others as slow tests."""


@every_point
def test_a_crash_at_any_point_leaves_one_whole_run(tmp_path, first, second, begin):
    total = count_points(tmp_path / "count", first, second)
    assert total > 25
    seen = set()
    for at in range(begin, total + 1, STEP):
        place = tmp_path / str(at) / "run"
        first.write(place)
        with pytest.MonkeyPatch.context() as patch:

            def die(number, at=at):
                if number >= at:
                    raise Stop

            # A crash runs no handler: neither the settling nor the unlocking may touch the disk.
            points(patch, die)
            with pytest.raises(Stop):
                second.write(place)
        seen.add(seed_of(place))
        assert store.verify(place) == []
        second.write(place)
        assert seed_of(place) == 2
        assert [p.name for p in place.parent.iterdir()] == ["run"], at
    assert seen == {1, 2}


def test_a_crash_of_a_first_run_leaves_nothing_that_looks_like_results(tmp_path, first):
    for at in range(1, 30):
        place = tmp_path / str(at) / "run"
        place.parent.mkdir()
        with pytest.MonkeyPatch.context() as patch:

            def die(number, at=at):
                if number >= at:
                    raise Stop

            points(patch, die)
            with contextlib.suppress(Stop):
                first.write(place)
        if place.exists():
            assert store.verify(place) == []
        else:
            with pytest.raises(ResultsError):
                store.open_run(place)
        first.write(place)
        assert store.verify(place) == []
        assert [p.name for p in place.parent.iterdir()] == ["run"], at


@pytest.mark.parametrize("kind", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@every_point
def test_a_failure_or_an_interrupt_at_any_point_leaves_the_old_run_or_the_new_one(tmp_path, first, second, kind, begin):
    total = count_points(tmp_path / "count", first, second)
    for at in range(begin, total + 1, STEP):
        place = tmp_path / str(at) / "run"
        first.write(place)
        with pytest.MonkeyPatch.context() as patch:

            def fail(number, at=at):
                if number == at:
                    raise kind

            points(patch, fail)
            try:
                second.write(place)
            except KeyboardInterrupt:
                assert isinstance(kind, KeyboardInterrupt)
            except ResultsError as error:
                assert error.code == "RE706"
                assert "No space left" in str(error)
                assert "\n" not in str(error)
            else:
                # Only the lock file could not be removed, which does no harm.
                assert (at, seed_of(place)) == (total, 2)
        assert store.verify(place) == []
        assert {p.name for p in place.parent.iterdir()} - {".run.lock"} == {"run"}, at


def test_a_disk_that_really_refuses_to_grow_is_told_in_one_line(tmp_path):
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from riskengine.errors import ResultsError\n"
        "from tests.support.example_runs import example_run\n"
        "run = example_run(n=4000)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    run.write(Path(sys.argv[1]) / 'run')\n"
        "except ResultsError as error:\n"
        "    print(error.code)\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    assert signal.SIGXFSZ
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "RE706\n"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_parent_is_told_in_one_line(tmp_path, first):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ResultsError) as caught:
        first.write(tmp_path / "file" / "run")
    assert caught.value.code == "RE706"


def test_a_read_only_place_is_told_in_one_line(tmp_path, first, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ResultsError, match="Permission denied") as caught:
        first.write(tmp_path / "run")
    assert caught.value.code == "RE706"


def test_a_neighbour_that_only_looks_like_a_leftover_is_never_removed(tmp_path, first):
    (tmp_path / ".run.new").mkdir()
    (tmp_path / ".run.new" / "thesis.txt").write_text("mine")
    with pytest.raises(ResultsError) as caught:
        first.write(tmp_path / "run")
    assert caught.value.code == "RE705"
    assert (tmp_path / ".run.new" / "thesis.txt").read_text() == "mine"


def test_a_reader_puts_back_what_a_crash_left_between_the_renames(tmp_path, first, second):
    first.write(tmp_path / "run")
    second.write(tmp_path / ".run.new")
    (tmp_path / "run").rename(tmp_path / ".run.old")
    assert seed_of(tmp_path / "run") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_reader_who_may_not_write_reads_the_old_run_where_it_lies(tmp_path, first, monkeypatch):
    first.write(tmp_path / "run")
    (tmp_path / "run").rename(tmp_path / ".run.old")

    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    assert store.find(tmp_path / "run") == tmp_path / ".run.old"


def test_a_reader_sees_one_whole_run_while_another_is_put_in_its_place(tmp_path, first, second, monkeypatch):
    first.write(tmp_path / "run")
    read_run, turns = store.read_run, []

    def read_slowly(path, text):
        if not turns:
            turns.append(1)
            second.write(tmp_path / "run")
        return read_run(path, text)

    monkeypatch.setattr(store, "read_run", read_slowly)
    assert seed_of(tmp_path / "run") == 2


def test_no_run_without_its_tables_is_written(tmp_path, first):
    lacking = type(first)(first.manifest, first.scenario_json, {"gates": first.tables["gates"]})
    with pytest.raises(ValueError, match="tables"):
        lacking.write(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_synced_after_its_files_and_before_it_is_renamed(tmp_path, first, monkeypatch):
    order = []
    monkeypatch.setattr(store, "sync_folder", lambda folder: order.append(("sync", folder.name)))
    monkeypatch.setattr(claiming, "sync_folder", lambda folder: order.append(("sync", folder.name)))
    for name in ("write_bytes", "write_table"):
        plain = getattr(store, name)
        monkeypatch.setattr(store, name, lambda path, data, plain=plain: order.append(path.name) or plain(path, data))
    first.write(tmp_path / "run")
    assert order[-4:] == [("sync", ".run.new"), manifest.NAME, ("sync", ".run.new"), ("sync", tmp_path.name)]
    assert set(order[:-4]) == set(manifest.PARTS)
