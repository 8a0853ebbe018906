"""MPXJ's own schedulers, which are held against files of Microsoft Project and Primavera P6, as a third opinion.

Late dates are compared, too, but not those of schedules on several calendars: one task of 155 differs by an hour there.
Where opinions differ by design, the random schedules keep clear: MPXJ lets a lead bring a task before the project's
start; it moves a task of elapsed duration to the next working time, which Microsoft Project does not; and it adds the
lag of a finish-to-finish link to the start that the link asks for, which matters for elapsed lags and mixed calendars.
In Primavera's files it lets an activity finish before it starts where a start bound meets a finish-to-finish
relationship, and lets what has begun without predecessors go on before the data date; seed 2 has work that follows the
finish of work completed out of sequence, on which opinions differ.
"""

import pytest

from riskengine.importers import choose, read_schedule
from tests.support.stored_dates import stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.verification.third_opinion import random_mspdi, random_pmxml
from tests.verification.third_opinion.opinion import handshake, of_mpxj

pytestmark = needs_mpxj
MICROSOFT = (
    "mpxj-task-links-project2003-mspdi.xml",
    "aspose-Homemoveplan.mpp",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in (
            "mpxj-task-links-project2013-mspdi.xml",
            "mpxj-slack9.mpp",
            "mpxj-mpp14baseline.mpp",
            "aspose-ExtractEmbeddedObjects.mpp",
        )
    ),
)
PRIMAVERA = (
    "mpxj-PredecessorCalendar.xer",
    "mpxj-SuccessorCalendar.xer",
    "mpxj-ProjectDefaultCalendar.xer",
    "mpxj-TwentyFourHourCalendar.xer",
)
FORWARD = ((0, 7), (0, 7), (4800, 7), (2400, 5), (14400, 8), (25, 19))
WORKING = ((0, 7), (4800, 7), (2400, 5), (50, 51))


def agrees(path, folder, kind, has_late=False):
    schedule = choose(read_schedule(path), "", path.name)
    found = handshake(schedule, folder, of_mpxj(path, folder, kind), has_late)
    rate = found.rate("overall")
    assert rate.compared > 0
    assert [(one.task, one.stored, one.computed) for one in found.differences] == []
    return rate.compared


@pytest.mark.parametrize("name", MICROSOFT)
def test_stored_schedules_of_microsoft_project_have_the_same_dates(tmp_path, name):
    agrees(stored(name), tmp_path, "microsoft", has_late=True)


@pytest.mark.parametrize("name", PRIMAVERA)
def test_stored_schedules_of_primavera_have_the_same_early_dates(tmp_path, name):
    agrees(stored(name), tmp_path, "primavera")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_schedules_with_calendars_constraints_and_summaries_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    path.write_text(random_mspdi.schedule(seed, size=60, lags=FORWARD, types=(1, 3)), encoding="utf-8")
    assert agrees(path, tmp_path, "microsoft") > 80


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_schedules_with_links_of_every_type_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    text = random_mspdi.schedule(seed, size=60, lags=WORKING, types=(1, 1, 3, 0), has_calendars=False)
    path.write_text(text, encoding="utf-8")
    assert agrees(path, tmp_path, "microsoft", has_late=True) > 160


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_schedules_with_crews_on_calendars_of_their_own_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    text = random_mspdi.schedule(seed, size=60, lags=FORWARD, types=(1, 3), has_calendars=False, has_crews=True)
    path.write_text(text, encoding="utf-8")
    assert agrees(path, tmp_path, "microsoft", has_late=True) > 160


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_schedules_under_way_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    text = random_mspdi.schedule(seed, size=60, lags=FORWARD, types=(1, 3), has_progress=True)
    path.write_text(text, encoding="utf-8")
    assert agrees(path, tmp_path, "microsoft", has_late=True) > 160


@pytest.mark.slow
@pytest.mark.parametrize("seed", (0, 1, 3))
def test_random_primavera_schedules_with_relationships_of_every_type_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    path.write_text(random_pmxml.schedule(seed, size=60, has_constraints=False), encoding="utf-8")
    assert agrees(path, tmp_path, "primavera") > 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_primavera_schedules_with_constraints_agree(tmp_path, seed):
    path = tmp_path / "random.xml"
    text = random_pmxml.schedule(seed, size=60, types=("Finish to Start", "Start to Start"))
    path.write_text(text, encoding="utf-8")
    assert agrees(path, tmp_path, "primavera") > 100
