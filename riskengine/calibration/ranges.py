"""Ranges for items to come: a lognormal for each item, and what the items of a sprint share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import stats

from riskengine.calibration.bounded import LEVEL, Bounded, Floats, mean
from riskengine.calibration.finished_item import FinishedItem
from riskengine.calibration.one_way import one_way
from riskengine.calibration.widening import Z90
from riskengine.errors.counting import counted

NO_SPRINTS: Final = "no sprint is named for all items: what those of one sprint share cannot be told"
TOO_FEW_SPRINTS: Final = "two sprints with more than one item in them are needed to tell what items of a sprint share"
DIGITS: Final = 9
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Ranges:
    """What an item takes of its estimate.

    Attributes
    ----------
    items, sprints : int
        Without sprints, 0.
    log_mean : Bounded
        Mean of ln(actual / estimate).
    log_sd : Bounded
        Its standard deviation among the items of a sprint; among all where no sprint is named.
    shared_sd : Bounded or None
        Standard deviation that items of a sprint share; None where it cannot be told.
    refusal : str
        Why the shared part cannot be told.
    """

    items: int
    sprints: int
    log_mean: Bounded
    log_sd: Bounded
    shared_sd: Bounded | None
    refusal: str

    @property
    def factors(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of what an item takes of its estimate, whatever its sprint shares."""
        away = Z90 * self.log_sd.value
        return tuple(float(np.exp(self.log_mean.value + part)) for part in (-away, 0.0, away))  # type: ignore[return-value]


def ranges_of(items: Sequence[FinishedItem]) -> Ranges:
    """Return what an item takes of its estimate, by one-way random effects over sprints."""
    values = np.log([item.actual / item.estimate for item in items])
    sprints = [item.sprint for item in items]
    parts = one_way(values, sprints) if all(sprints) else None
    if parts is not None:
        return Ranges(len(items), parts.groups, parts.mean, parts.within, shared_sd=parts.between, refusal="")
    refusal = TOO_FEW_SPRINTS if all(sprints) else NO_SPRINTS
    return Ranges(len(items), 0, mean(values), _sd(values), shared_sd=None, refusal=refusal)


def _sd(values: Floats) -> Bounded:
    """Return a standard deviation with the interval of chi squared."""
    freedom = len(values) - 1
    square = float(values.var(ddof=1))
    ends = [
        float(np.sqrt(square * freedom / stats.chi2.ppf(end, freedom))) for end in ((1 + LEVEL) / 2, (1 - LEVEL) / 2)
    ]
    return Bounded(float(np.sqrt(square)), ends[0], ends[1])


def ranges_document(ranges: Mapping[str | None, Ranges], file: str) -> tuple[dict[str, Any], list[str]]:
    """Return a scenario document of templates and drivers, and the lines that stand above it.

    Parameters
    ----------
    ranges : mapping
        By team; None for all tasks.
    file : str
        The table that they come from.
    """
    templates: dict[str, Any] = {}
    risks: dict[str, Any] = {}
    comments = [f"Ranges by riskengine calibrate from {file}; a scenario takes them with extends."]
    for team, of_team in ranges.items():
        key = _key(team, templates)
        select = "*" if team is None else f"team:{team}"
        low, _, high = of_team.factors
        comments += _comments(team, of_team)
        if low < high:
            templates[key] = {"select": select, "range": [_rounded(low), _rounded(high)], "shape": "lognormal"}
        if of_team.shared_sd is not None and of_team.shared_sd.value > 0:
            risks[key] = _driver(team, select, of_team, file)
    return {"schema": 1, "templates": templates, "risks": risks}, comments


def _driver(team: str | None, select: str, ranges: Ranges, file: str) -> dict[str, Any]:
    """Return what the items of a sprint share, as a driver with the median 1."""
    assert ranges.shared_sd is not None
    variance = ranges.shared_sd.value**2
    factor = float(np.exp(variance / 2))
    name = "How estimates turn out" if team is None else f"How estimates of {team} turn out"
    source = f"{counted(ranges.items, 'item')} in {counted(ranges.sprints, 'sprint')} of {file}"
    shape = {
        "shape": "lognormal",
        "mean": _rounded(factor),
        "sd": _rounded(factor * float(np.sqrt(np.expm1(variance)))),
    }
    return {"name": name, "kind": "driver", "impacts": {select: {"factor": {**shape, "source": source}}}}


def _comments(team: str | None, ranges: Ranges) -> list[str]:
    """Return what the numbers of a team are, with their intervals."""
    whose = "All items" if team is None else f"Team {team!r}"
    lines = [f"{whose}: {counted(ranges.items, 'pair')} of estimate and actual."]
    lines.append(
        f"  ln(actual / estimate): mean {_interval(ranges.log_mean)}, sd of an item {_interval(ranges.log_sd)},"
    )
    if ranges.shared_sd is None:
        return [*lines, f"  {ranges.refusal}: a plan of many items will look surer than it is."]
    lines.append(f"  sd that items of a sprint share {_interval(ranges.shared_sd)}, from {ranges.sprints} sprints.")
    return (
        lines if ranges.shared_sd.value > 0 else [*lines, "  Sprints differ no more than chance makes them: no driver."]
    )


def _interval(value: Bounded) -> str:
    """Return a value with its interval."""
    low, high = ("?" if end is None else f"{end:.3f}" for end in (value.low, value.high))
    return f"{value.value:.3f} [{low}, {high}]"


def _key(team: str | None, used: Mapping[str, Any]) -> str:
    """Return the id of a template and a driver: letters, digits, and no other team's."""
    if team is None:
        return "estimates"
    safe = re.sub(r"[^A-Za-z0-9]+", "-", team).strip("-")[:LONGEST] or "unnamed"
    key, number = f"team-{safe}", 2
    while key in used:
        key, number = f"team-{safe}-{number}", number + 1
    return key


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
