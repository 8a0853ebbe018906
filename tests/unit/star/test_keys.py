"""Keys: what folders, tables and pages call a run."""

from datetime import date

from riskengine.results.folder.manifest import status_date
from riskengine.results.folder.store import open_manifest
from riskengine.star.folders import find_runs
from riskengine.star.keys import key_of, run_key, scenario_key
from tests.support.star_runs import write_run


def test_a_run_is_called_after_its_folder_and_its_day(tmp_path):
    folder = write_run(tmp_path / "ground-station", days_later=31)
    day = status_date(open_manifest(folder))
    assert day == date(2027, 4, 1)
    assert run_key(scenario_key(folder), day) == "ground-station@2027-04-01"
    assert [run.run_key for run in find_runs([folder]).runs] == ["ground-station@2027-04-01"]


def test_the_folder_that_one_stands_in_has_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(write_run(tmp_path / "plan"))
    assert [run.scenario_key for run in find_runs(["."]).runs] == ["plan"]


def test_years_before_the_year_1000_are_as_long_as_others():
    assert run_key("roman", date(44, 3, 15)) == "roman@0044-03-15"


def test_no_two_things_have_one_key():
    # What is behind the first slash is the id, whatever is in it: a name of a folder has none.
    assert key_of("a@2027-01-01", "b/c") != key_of("a@2027-01-01/b"[:12], "c")
