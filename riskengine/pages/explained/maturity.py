"""How mature an analysis is, by points that its tables tell, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading

MOST_SINGLE = 0.5
"""Share of the durations at the most that may be single numbers."""
PRECISE = 0.05
"""Half the interval of the P80 of the finish, over what lies between P10 and P90, at the most."""


@dataclass(frozen=True)
class Point:
    """What an analysis may have: whether it holds, and the reason in a sentence."""

    holds: bool
    reason: Sentence


def maturity(writer: Writer) -> Sequence[Sentence]:
    """The stage of the analysis in a word, then every point that holds, then every one that does not.

    Notes
    -----
    ``mature`` where all points hold, ``early`` where durations or risks are missing or fewer than half of the points
    hold, ``partial`` otherwise.
    """
    points = [
        _ranges(writer),
        _risks(writer),
        _dependence(writer),
        _sources(writer),
        _cost(writer),
        _gates(writer),
        _precision(writer),
    ]
    met = [point for point in points if point.holds]
    is_early = not (points[0].holds and points[1].holds) or 2 * len(met) < len(points)
    stage = "mature" if len(met) == len(points) else "early" if is_early else "partial"
    missing = [point.reason for point in points if not point.holds]
    return [writer.sentence(f"stage_{stage}"), *(point.reason for point in met), *missing]


def _point(writer: Writer, key: str, holds: bool) -> Point:
    return Point(holds, writer.sentence(f"{key}_{'yes' if holds else 'no'}"))


def _ranges(writer: Writer) -> Point:
    estimates = reading.rows(writer.page.run, "estimates", ("state", "shape", "quantity", "kind"))
    of_tasks = [row for row in estimates if row["state"] == "simulated" and row["kind"] == "task"]
    durations = [row for row in of_tasks if row["quantity"] in ("duration", "remaining", "work", "remaining work")]
    single = sum(row["shape"] == "constant" for row in durations)
    return _point(writer, "point_ranges", bool(durations) and single <= MOST_SINGLE * len(durations))


def _risks(writer: Writer) -> Point:
    active = {row["risk"] for row in reading.rows(writer.page.run, "risks", ("risk", "active")) if row["active"]}
    acting = active & set(writer.page.run.tables["impacts"]["risk"].to_pylist())
    return _point(writer, "point_risks", bool(acting))


def _dependence(writer: Writer) -> Point:
    kinds = writer.page.run.tables["risks"]["kind"].to_pylist()
    return _point(writer, "point_dependence", writer.page.run.tables["correlations"].num_rows > 0 or "driver" in kinds)


def _sources(writer: Writer) -> Point:
    """Whether every range says where it comes from."""
    estimates = reading.rows(writer.page.run, "estimates", ("state", "shape", "source"))
    ranges = [row for row in estimates if row["state"] == "simulated" and row["shape"] != "constant"]
    return _point(writer, "point_sources", bool(ranges) and all(row["source"] for row in ranges))


def _cost(writer: Writer) -> Point:
    return _point(writer, "point_cost", writer.page.has_cost)


def _gates(writer: Writer) -> Point:
    answers = writer.page.run.tables["gates"]["answer"].to_pylist()
    return _point(writer, "point_gates", bool(answers) and "undecided" not in answers)


def _precision(writer: Writer) -> Point:
    """Whether the run is long enough for its P80, measured by the spread."""
    at = {row["percentile"]: row for row in reading.percentiles(writer.page.run, reading.PROJECT, "finish")}
    low, high = at[80]["ci_low"], at[80]["ci_high"]
    is_known = low is not None and high is not None
    return _point(
        writer, "point_precision", is_known and high - low <= 2 * PRECISE * (at[90]["value"] - at[10]["value"])
    )
