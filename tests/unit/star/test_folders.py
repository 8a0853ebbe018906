"""Which runs lie under a folder."""

import shutil

import pytest

from riskengine.errors import ResultsError
from riskengine.results.folder.store import open_manifest
from riskengine.star.folders import find_runs
from tests.support.star_runs import write_batch, write_run


def keys(*paths):
    return [run.run_key for run in find_runs(paths).runs]


def test_a_folder_of_a_batch_and_a_single_run(tmp_path):
    write_batch(tmp_path / "batch", 2)
    write_run(tmp_path / "single", seed=9)
    assert keys(tmp_path / "batch", tmp_path / "single") == [
        "plan-0@2027-03-01",
        "plan-1@2027-03-01",
        "single@2027-03-01",
    ]
    assert keys(tmp_path) == keys(tmp_path / "single", tmp_path / "batch")


def test_folders_of_several_status_dates(tmp_path):
    write_run(tmp_path / "march" / "plan")
    write_run(tmp_path / "april" / "plan", days_later=31)
    assert keys(tmp_path) == ["plan@2027-03-01", "plan@2027-04-01"]


def test_a_folder_named_twice_is_one_run(tmp_path):
    write_batch(tmp_path, 2)
    found = find_runs([tmp_path, tmp_path / "plan-1", tmp_path / "plan-0" / ".." / "plan-0"])
    assert len(found.runs) == 2 and found.duplicates == ()


def test_the_same_run_in_two_folders_of_one_name_is_one_run(tmp_path):
    write_run(tmp_path / "a" / "plan")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    found = find_runs([tmp_path])
    assert len(found.runs) == 1
    assert found.duplicates == ((tmp_path / "b" / "plan", tmp_path / "a" / "plan"),)


def test_two_runs_of_one_key_are_refused(tmp_path):
    write_run(tmp_path / "a" / "plan", seed=1)
    write_run(tmp_path / "b" / "plan", seed=2)
    with pytest.raises(ResultsError) as refused:
        find_runs([tmp_path])
    assert refused.value.code == "RE721"
    assert str(tmp_path / "a" / "plan") in str(refused.value) and str(tmp_path / "b" / "plan") in str(refused.value)


def test_what_a_run_is_writing_is_no_run(tmp_path):
    write_run(tmp_path / "plan")
    shutil.copytree(tmp_path / "plan", tmp_path / ".plan.new")
    assert len(find_runs([tmp_path]).runs) == 1


def test_every_fault_is_named(tmp_path):
    write_batch(tmp_path / "runs", 3)
    manifest = tmp_path / "runs" / "plan-1" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"Plan 1", b"Plan 7"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(ResultsError) as refused:
        find_runs([tmp_path / "runs", tmp_path / "empty", tmp_path / "nowhere"])
    text = str(refused.value)
    assert text.count("RE720") == 2 and text.count("RE702") == 1
    assert "plan-1" in text and "empty" in text and "nowhere" in text


def test_a_damaged_part_is_found_when_the_run_is_read(tmp_path):
    folder = write_run(tmp_path / "plan")
    part = folder / "tasks.arrow"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(bytes(data))
    (run,) = find_runs([folder]).runs
    with pytest.raises(ResultsError, match=r"tasks.arrow is damaged"):
        run.read()


def test_a_run_that_is_replaced_after_it_was_found_is_not_taken_for_it(tmp_path):
    folder = write_run(tmp_path / "plan", seed=1)
    (run,) = find_runs([folder]).runs
    shutil.rmtree(folder)
    write_run(folder, seed=2)
    assert open_manifest(folder)["checksum"] != run.checksum
    with pytest.raises(ResultsError, match="in the meantime"):
        run.read()
