"""Small plans on which an engine that counts by tables and the twin that walks once differed, or easily could."""

from datetime import date, datetime

import pytest

from riskengine.model import Constant
from tests.twin.simulator import agreement
from tests.twin.simulator.build import MONDAY, impact, risk, scenario, task

CASES = {
    "a lead behind the start drives nothing": scenario(task("A", "2d"), task("B", "3d", "A FS-42eh")),
    "a lead back to the start is at the start": scenario(task("A", "1d"), task("B", "1d", "A FS-1d", calendar="24h")),
    "an instant set by another calendar is handed on by FF": scenario(
        task("A", "5d"), task("B", "2d", "A FF", calendar="six"), task("C", "1d", "B FF", calendar="six")
    ),
    "the start of a milestone is handed on by FF": scenario(
        task("A", "1d"), task("M", 0, "A SS+1d"), task("C", "1h", "M FF"), task("D", "1h", calendar="24h")
    ),
    "an elapsed delay costs nothing, on any calendar": scenario(
        task("A", "1d", calendar="24h", rate=100),
        risks=(risk("R", 1, {"A": impact(delay="1ed")}),),
        project_calendar="24h",
    ),
    "no shift has ended at the start": scenario(
        task("M", 0, calendar="night"),
        task("B", "1d", "M", calendar="24h"),
        start=datetime(2027, 3, 2),
        calendar_exceptions={"night": {date(2027, 3, 2): ()}},
    ),
    "an early finish on the clock keeps to its FF": scenario(
        task("A", "5d"),
        task("B", "2d", "A FF"),
        risks=(risk("R", 1, {"B": impact(delay="-1ed")}, kind="opportunity"),),
        minimum_duration="1h",
    ),
    "the last milestone of a project on another calendar": scenario(
        task("A", "1h"), task("M", 0, "A SS+5d"), project_calendar="24h"
    ),
    "several lags of a pair": scenario(task("A", "1d"), task("B", "1d", "A+2..4d", "A+1..9d", "A+1d")),
    "a night between two ends": scenario(task("A", "1d"), task("B", "1h"), task("M", 0, "B SS+1d")),
    "a start in the lunch break": scenario(
        task("M", 0), task("A", "1d", "M"), task("B", "1d", "A SF", calendar="six"), start=MONDAY.replace(hour=12)
    ),
    "a project delay that takes back more than there is": scenario(
        task("A", "1d"),
        risks=(
            risk("O", 1, {"project": impact(delay="-3d")}, kind="opportunity"),
            risk("T", 1, {"project": impact(delay="1ed")}),
        ),
    ),
    "an elapsed duration on a night calendar": scenario(
        task("A", Constant(value=30, unit="eh"), calendar="night"), task("B", "5h", "A FS-2h", calendar="night")
    ),
    "a minimum that outlives every help": scenario(
        task("A", "2d"),
        task("B", "1d", "A FF"),
        risks=(risk("O", 1, {"*": impact(delay="-9d")}, kind="opportunity"),),
        minimum_duration="3h",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_engine_and_twin_agree_on_a_hard_case(case):
    run = agreement.run(CASES[case], 1, "sobol", 8)
    assert list(agreement.differences(CASES[case], run)) == []
