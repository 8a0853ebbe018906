"""The many runs that exports are measured with."""

from benchmarks.exporting import copies
from riskengine.star.folders import find_runs
from tests.support.star_runs import write_batch


def test_copies_of_runs_are_runs_of_their_own(tmp_path):
    write_batch(tmp_path / "results", 2)
    runs = find_runs([copies(tmp_path / "results", tmp_path / "many", 5)]).runs
    assert [run.scenario_key for run in runs] == ["plan-0-0", "plan-0-2", "plan-0-4", "plan-1-1", "plan-1-3"]
