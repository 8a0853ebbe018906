"""From the file of another tool to our dates: every date that Microsoft Project stored is computed anew."""

import pytest

from riskengine.importers import choose, document, read_schedule, write_toml
from riskengine.plan import compile as compile_plan
from riskengine.scenario import read
from riskengine.schedule.dates.compute import dates
from riskengine.schedule.handshake.compare import compare
from tests.support.stored_dates import stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj

# Dates of each kind that are compared: those of the tasks that are no summaries.
XML = {
    "mpxj-task-links-project2003-mspdi.xml": 16,
    "mpxj-task-links-project2007-mspdi.xml": 16,
    "mpxj-task-links-project2010-mspdi.xml": 16,
    "mpxj-task-links-project2013-mspdi.xml": 16,
    "mpxj-PredecessorCalendar.xml": 1,
}
MPP = {
    "aspose-ExtractEmbeddedObjects.mpp": 61,
    "aspose-Homemoveplan.mpp": 126,
    "mpxj-mpp14baseline.mpp": 9,
    "mpxj-slack9.mpp": 15,
}


def handshake(path, folder):
    target = folder / "plan.toml"
    target.write_text(write_toml(document(choose(read_schedule(path), "", path.name))), encoding="utf-8")
    scenario = read(target)
    plan = compile_plan(scenario)
    return compare(scenario, plan.task, dates(plan))


def is_kept(found, count):
    rates = {(rate.compared, rate.matched) for rate in found.rates if rate.measure != "overall"}
    return found.differences == () and rates == {(count, count)}


@pytest.mark.parametrize(("name", "count"), XML.items())
def test_xml_schedules_have_the_dates_that_their_tool_stored(tmp_path, name, count):
    assert is_kept(handshake(stored(name), tmp_path), count)


@needs_mpxj
@pytest.mark.parametrize(("name", "count"), MPP.items())
def test_schedules_through_mpxj_have_the_dates_that_their_tool_stored(tmp_path, name, count):
    assert is_kept(handshake(stored(name), tmp_path), count)


def test_importing_twice_gives_the_same_bytes(tmp_path):
    path = stored("mpxj-task-links-project2013-mspdi.xml")
    first, second = (write_toml(document(read_schedule(path)[0])) for _ in range(2))
    assert first == second
