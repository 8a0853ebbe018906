"""The reference CPM against the dates that Microsoft Project stored: every task, to the minute of working time."""

import pytest

from tests.twin.cpm.critical_path import schedule
from tests.twin.stored import stored

TASKS = {"Extract": 61, "Home": 126, "mpp14": 9, "slack9": 15, "task-links": 16}


@pytest.mark.skipif(not stored.FOLDER.exists(), reason=f"no schedules in {stored.FOLDER}")
@pytest.mark.parametrize("file", stored.FILES)
def test_the_reference_gives_every_date_that_the_tool_stored(file):
    network, dates = stored.read(stored.FOLDER / file)
    found = schedule(network)
    wrong = []
    for id, kept in dates.items():
        hours = network.activities[id].hours
        mine = {
            "es": found.early_start[id],
            "ef": found.early_finish[id],
            "ls": found.late_start[id],
            "lf": found.late_finish[id],
        }
        assert kept.keys() == mine.keys()
        wrong += [(id, key) for key in kept if hours.between(kept[key], mine[key])]
    assert wrong == []
    assert len(dates) == next(count for name, count in TASKS.items() if name in file)
