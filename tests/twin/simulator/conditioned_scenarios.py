"""Random scenarios in which finishes and risks decide which paths are followed.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.twin.simulator.branched_scenarios import branched
from tests.twin.simulator.generator import Document

HOURS = [time(8), time(12), time(17), time(6), time(14), time(16, 30), time(0)]


def conditioned(seed: int, plain: Callable[[int], Document] = branched) -> Document:
    """A random scenario of a kind with branches, most of which no chance decides."""
    rng = Random(f"conditions {seed}")
    result = plain(seed)
    begin = result.get("start") or result["data_date"]
    for branch in result["branches"].values():
        firsts = sorted(branch["paths"])
        if len(firsts) < 2 or rng.random() < 0.1:
            continue
        then, otherwise = rng.sample(firsts, 2)
        del branch["paths"]
        branch |= {"then": then, "otherwise": otherwise}
        if result.get("risks") and rng.random() < 0.25:
            branch["if_risk"] = rng.choice(sorted(result["risks"]))
        else:
            branch["if_later_than"] = moment(rng, begin)
        if any(branch["after"] in loop["tasks"] for loop in result.get("rework", {}).values()):
            for first in (then, otherwise):
                wait_for_finish(result["tasks"][first], branch["after"])
    return result


def wait_for_finish(task: Document, before: str) -> None:
    """Let a task wait for the finish of another that may be done again (RE416)."""
    for link in task["after"]:
        if link["task"] == before and link["type"] == "SS":
            link["type"] = "FS"


def moment(rng: Random, begin: date | datetime) -> Any:
    """A date within the first weeks of a project, or an instant at which shifts begin and end."""
    first = begin.date() if isinstance(begin, datetime) else begin
    day = first + timedelta(days=rng.choice([rng.randrange(-2, 12), rng.randrange(30)]))
    return day if rng.random() < 0.3 else datetime.combine(day, rng.choice(HOURS))
