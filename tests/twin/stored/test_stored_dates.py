"""Schedules of other tools through the importers: the dates of the product are the ones that the tool stored.

Whatever is stored is compared, to the minute of working time, for every task that is no span.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from riskengine import importers, scenario
from riskengine.plan import compile
from riskengine.schedule.dates.compute import dates
from tests.twin.cpm import critical_path as cpm
from tests.twin.cpm.scenario import network
from tests.twin.stored import stored
from tests.unit.importers.mpxj.mpxj_here import HAS_MPXJ

MINUTE = 60
EARLY, LATE = ("early_start", "early_finish"), ("late_start", "late_finish")
PARTIAL = {"PredecessorCalendar", "ProjectDefaultCalendar", "SuccessorCalendar", "TwentyFourHourCalendar"}
"""One finished activity of a larger project each: their late date is the finish of what is not in the file."""

FILES = sorted(path.name for path in stored.FOLDER.glob("*") if path.suffix in (".xer", ".xml", ".mpp"))
NUMBERS = {
    "aspose-ExtractEmbeddedObjects.mpp": 61,
    "aspose-Homemoveplan.mpp": 126,
    "aspose-MultiprojectWithExternal.xer": 3,
    "mpxj-mpp14baseline.mpp": 9,
    "mpxj-slack9.mpp": 15,
    "mpxj-percent-complete-8.4.xer": 0,
    **{f"mpxj-{name}.xer": 1 for name in PARTIAL},
    "mpxj-PredecessorCalendar.xml": 1,
    **{f"mpxj-task-links-project{year}-mspdi.xml": 16 for year in (2003, 2007, 2010, 2013)},
}
"""Tasks with stored dates in each file."""


def compared(path: Path, folder: Path) -> tuple[int, list[str]]:
    """How many tasks of a file have stored dates, and every date that the product or the reference does not give."""
    tasks, wrong = 0, []
    for schedule in importers.read_schedule(path):
        document = folder / "plan.toml"
        document.write_text(importers.write_toml(importers.document(schedule)), encoding="utf-8")
        plan = scenario.read(document)
        compiled = compile(plan)
        product, wanted = dates(compiled), network(plan)
        reference = cpm.schedule(wanted)
        kinds = EARLY if path.suffix == ".xer" and path.stem.removeprefix("mpxj-") in PARTIAL else EARLY + LATE
        for row, id in enumerate(compiled.task):
            kept, hours = plan.tasks[id].imported, wanted.activities[id].hours
            if plan.tasks[id].is_span or kept is None:
                continue
            tasks += 1
            for kind in kinds:
                moment = getattr(kept, kind)
                if moment is None:
                    continue
                its: Any = getattr(product, kind)[row].astype("datetime64[s]").astype(datetime)
                for who, found in (("product", cpm.instant(its)), ("reference", getattr(reference, kind)[id])):
                    if abs(hours.between(cpm.instant(moment), found)) >= MINUTE:
                        wrong.append(f"{kind} of {id}: {moment}, {who} {cpm.moment(found)}")
    return tasks, wrong


@pytest.mark.skipif(not stored.FOLDER.exists(), reason=f"no schedules in {stored.FOLDER}")
@pytest.mark.parametrize("name", FILES)
def test_an_imported_schedule_gets_the_dates_that_its_tool_stored(name, tmp_path):
    if name.endswith(".mpp") and not HAS_MPXJ:
        pytest.skip("MPXJ or Java is missing")
    tasks, wrong = compared(stored.FOLDER / name, tmp_path)
    assert wrong == []
    assert tasks == NUMBERS[name]
