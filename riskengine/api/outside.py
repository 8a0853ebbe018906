"""A run beside finished projects: the outside view, and its face in Python."""

import os
from collections.abc import Sequence
from typing import Any

from riskengine.analysis.outside_view import PlanScale, cost_scale, finish_scale, simulated_shares
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.api.asking import path_argument, unknown_name, wrong_argument
from riskengine.api.keeping import PROJECT, keep_tables
from riskengine.calibration.bounded import Bounded
from riskengine.calibration.reference_class import GREEN_BOOK, ReferenceClass, read_reference_class
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.report.answers import outside_view as report
from riskengine.report.reading import has_cost, percentiles, rows
from riskengine.results.run import RunRecord
from riskengine.results.tables.build import build_rows

PERCENTS = (50, 80, 90)
Source = str | os.PathLike[str]


class OutsideView:
    """How a plan stands beside projects that are finished.

    Attributes
    ----------
    target : str
        Whose finish.
    """

    def __init__(self, run: RunRecord, answer: report.Answer) -> None:
        self.target = answer.target
        self._manifest, self._answer = run.manifest, answer

    def keep(self, folder: str | os.PathLike[str]) -> None:
        """Put the answer into the results folder of the run, where exports find it.

        Parameters
        ----------
        folder : path
            Of the run that was asked; it is replaced as a whole.

        Raises
        ------
        riskengine.UsageError
            If it is about a target.
        riskengine.ResultsError
            If the folder holds another run, or may not be written to.
        """
        tables = {"outside_view": build_rows("outside_view", report.table_rows(self._answer))}
        keep_tables(folder, self._manifest["run"], tables, self._answer.target)

    @property
    def words(self) -> list[str]:
        """The answer in sentences."""
        return report.sentences(self._answer, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine outside-view --json`` prints; docs/command-line.md has its keys."""
        return {**report.document(self._answer, self._manifest), "words": self.words}

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine outside-view`` prints: the sentences and the tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return report.render(self._answer, self._manifest, width)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<OutsideView: {self.words[0]}>"


def outside_view(
    run: RunRecord, durations: Source | None, costs: Source | None, green_book: Any, target: Any
) -> OutsideView:
    """Answer what a call asks for; see :meth:`riskengine.Run.outside_view`."""
    targets = (PROJECT, *run.manifest["targets"])
    if not isinstance(target, str) or target not in targets:
        raise unknown_name("target", target, targets)
    if green_book is not None and (not isinstance(green_book, str) or green_book not in GREEN_BOOK):
        raise wrong_argument("green_book", f"must be {', '.join(GREEN_BOOK)}", green_book)
    if durations is None and costs is None and green_book is None:
        raise UsageError(CATALOGUE["RE897"].rule, "RE897", CATALOGUE["RE897"].cure)
    classes = {
        measure: None if source is None else read_reference_class(path_argument(measure, source))
        for measure, source in (("finish", durations), ("cost", costs))
    }
    scale = finish_scale(run, target)
    is_under_way = rows(run, "project")[0]["data_date"] is not None
    views, remarks = [], []
    if classes["finish"] is not None or green_book is not None:
        if scale.is_measurable:
            views.append(measure_view(run, scale, classes["finish"], green_book, target))
        else:
            remarks.append("The plan ends where it begins: no multiple of its duration says anything.")
    if classes["cost"] is not None or green_book is not None:
        obstacle = cost_obstacle(run, is_under_way)
        if obstacle:
            remarks.append(obstacle)
        else:
            views.append(measure_view(run, cost_scale(run), classes["cost"], green_book, PROJECT))
    return OutsideView(run, report.Answer(target, is_under_way, tuple(views), tuple(remarks)))


def cost_obstacle(run: RunRecord, is_under_way: bool) -> str:
    """Return why no multiple of the plan's cost says anything; empty where one does."""
    if not has_cost(run) or not cost_scale(run).is_measurable:
        return "The plan costs nothing: no multiple of its cost says anything."
    if is_under_way:
        return "The plan is under way, and its cost has what is spent already: no multiple is applied to it."
    return ""


def measure_view(
    run: RunRecord, scale: PlanScale, past: ReferenceClass | None, green_book: str | None, target: str
) -> report.MeasureView:
    """Return every date, or amount, that is held against the simulation and the finished projects.

    Raises
    ------
    UsageError
        If a multiple of the plan leads beyond the year 9999.
    """
    try:
        limits = [*past_limits(scale, past), *uplift_limits(scale, green_book)]
    except OverflowError:
        raise UsageError(CATALOGUE["RE899"].rule, "RE899", CATALOGUE["RE899"].cure) from None
    limits += [*simulated_limits(run, scale, target), *gate_limits(run, scale, target)]
    shares = simulated_shares(run, target, [limit.value for _, _, limit in limits])
    return report.MeasureView(
        scale,
        "" if past is None else past.file,
        0 if past is None else len(past.ratios),
        tuple(
            report.ViewedLimit(
                *name, ratio, limit, each_share, past_share(past, ratio) if name[0] != report.PAST else report.UNKNOWN
            )
            for (name, ratio, limit), each_share in zip(limits, shares, strict=True)
        ),
    )


Limits = Sequence[tuple[tuple[str, str, str], SingleInterval, SingleInterval]]
"""Kind, key and name; the multiple of the plan; the date or amount."""


def past_limits(scale: PlanScale, past: ReferenceClass | None) -> Limits:
    """Return percentiles of the finished projects, on this plan."""
    if past is None:
        return []
    ratios = {f"p{percent}": past.quantile(percent / 100) for percent in PERCENTS}
    return [((report.PAST, key, ""), SingleInterval(*ratio), on_plan(scale, ratio)) for key, ratio in ratios.items()]


def on_plan(scale: PlanScale, ratio: Bounded) -> SingleInterval:
    """Return the date or amount of a multiple, and of the ends of its interval."""
    return SingleInterval(*(None if each is None else scale.limit(each) for each in ratio))


def uplift_limits(scale: PlanScale, green_book: str | None) -> Limits:
    """Return where an uplift of the Green Book leads, exactly."""
    if green_book is None:
        return []
    uplift = GREEN_BOOK[green_book]
    ratio = 1 + (uplift.duration if scale.measure == "finish" else uplift.cost)
    limit = scale.limit(ratio)
    return [((report.UPLIFT, green_book, uplift.name), exactly(ratio), exactly(limit))]


def simulated_limits(run: RunRecord, scale: PlanScale, target: str) -> Limits:
    """Return percentiles of the run as multiples of the plan."""
    limits = []
    names = ("instant", "instant_ci_low", "instant_ci_high")
    for row in percentiles(run, target, scale.measure):
        if row["percentile"] in PERCENTS:
            columns = names if scale.measure == "finish" else ("value", "ci_low", "ci_high")
            limit = SingleInterval(*(row[column] for column in columns))
            key = f"p{row['percentile']:g}"
            limits.append(((report.SIMULATED, key, ""), exactly(scale.ratio(limit.value)), limit))
    return limits


def gate_limits(run: RunRecord, scale: PlanScale, target: str) -> Limits:
    """Return what gates ask of the measure."""
    return [
        (
            (report.GATE, gate["gate"], gate["name"]),
            exactly(scale.ratio(gate[scale.measure])),
            exactly(gate[scale.measure]),
        )
        for gate in rows(run, "gates")
        if gate[scale.measure] is not None and (scale.measure == "cost" or gate["target"] == target)
    ]


def past_share(past: ReferenceClass | None, ratio: SingleInterval) -> SingleInterval:
    """Return the share of finished projects within a multiple; no value without any."""
    return report.UNKNOWN if past is None else SingleInterval(*past.share_within(ratio.value))


def exactly(value: Any) -> SingleInterval:
    """Return a value without doubt."""
    return SingleInterval(value, value, value)
