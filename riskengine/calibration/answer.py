"""Finished work held against its estimates, as Python users meet it."""

import os
import re
from numbers import Real
from typing import Any, Final, Literal

from riskengine.calibration import words
from riskengine.calibration.finished_item import FinishedWork
from riskengine.calibration.ranges import ranges_document
from riskengine.calibration.read_finished import ReadingOptions, read_finished
from riskengine.calibration.team_report import TeamReport, team_reports
from riskengine.errors import Issue, ScenarioError, UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.items.item_map import read_map
from riskengine.importers.to_scenario.toml_text import write_toml
from riskengine.report.text.chart import BLOCKS, PLAIN

By = Literal["team"]
NAMED: Final = re.compile(r"[pP](\d?[1-9]|[1-9]0)")


class Calibration:
    """What finished work says of estimates.

    Attributes
    ----------
    teams : list of str or None
        Of whom something is said; None stands for all items together.
    """

    def __init__(self, work: FinishedWork, reports: tuple[TeamReport, ...]) -> None:
        self._work, self._reports = work, reports
        self.teams = [report.team for report in reports if not report.refusal]

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine calibrate --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._work, self._reports)

    @property
    def notes(self) -> list[str]:
        """What was guessed about the table, one sentence each."""
        return words.remarks(self._work)

    @property
    def ranges(self) -> str:
        """What ``riskengine calibrate -o`` writes: templates and drivers, as a file that a scenario extends."""
        of_teams = {
            report.team: report.ranges for report in self._reports if report.ranges is not None and report.team != ""
        }
        if not of_teams:
            entry = CATALOGUE["RE699"]
            raise UsageError(f"{self._work.file}: {entry.rule}", "RE699", entry.clause)
        return write_toml(*ranges_document(of_teams, self._work.file.replace("\\", "/").rpartition("/")[2]))

    def text(self, width: int = 80, has_blocks: bool = True) -> str:
        """Return what ``riskengine calibrate`` prints, as wide as that.

        Parameters
        ----------
        width : int [columns]
        has_blocks : bool
            Whether the bars may be of block characters.
        """
        return words.render(self._work, self._reports, width, BLOCKS if has_blocks else PLAIN)

    def __repr__(self) -> str:
        """Return how much there is."""
        return f"<Calibration: {counted(len(self._work.items), 'item')}, {counted(len(self._reports), 'team')}>"


def calibrate(path: str | os.PathLike[str], by: By | None, options: ReadingOptions) -> Calibration:
    """Hold a table of finished work against its estimates.

    Raises
    ------
    ScenarioError
        With every fault of the table, or if nobody has ten pairs of estimate and actual.
    UsageError
        If teams are asked for and the table has no column for them.
    """
    if by not in (None, "team"):
        raise _refused("by must be team, or None for all items together", by)
    work = read_finished(path, options)
    if by == "team" and not work.has_teams:
        raise UsageError(f"{work.file}: {CATALOGUE['RE697'].rule}", "RE697", CATALOGUE["RE697"].clause)
    reports = team_reports(work, by == "team")
    if all(report.refusal for report in reports):
        raise ScenarioError([_too_few(work, reports)])
    return Calibration(work, reports)


def reading_options(shape: Any, low_is: Any, high_is: Any, hours_per_day: Any, item_map: Any = None) -> ReadingOptions:
    """Return how a table is to be read.

    Raises
    ------
    UsageError
        If there is no such shape, percentile or length of a day.
    """
    if shape not in ("pert", "triangular"):
        raise _refused("shape must be pert or triangular", shape)
    low, high = _percentile("low_is", low_is), _percentile("high_is", high_is)
    if low is not None and high is not None and low >= high:
        raise _refused("low_is must be below high_is", f"{low_is}, {high_is}")
    is_number = isinstance(hours_per_day, Real) and not isinstance(hours_per_day, bool)
    if hours_per_day is not None and not (is_number and 0 < float(hours_per_day) <= 24):
        raise _refused("hours_per_day must be above 0 and at most 24", hours_per_day)
    hours = None if hours_per_day is None else float(hours_per_day)
    chosen = None if item_map is None else read_map(item_map)
    return ReadingOptions(shape, low, high, hours_per_day=hours, item_map=chosen)


def _percentile(name: str, value: Any) -> float | None:
    """Return the probability that a text such as ``p10`` names."""
    if value is None:
        return None
    match = NAMED.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _refused(f"{name} must be a percentile such as p10", value)
    return int(match[1]) / 100


def _refused(rule: str, value: Any) -> UsageError:
    return UsageError(f"{rule}, got {value!r:.80}", "RE698", CATALOGUE["RE698"].cure)


def _too_few(work: FinishedWork, reports: tuple[TeamReport, ...]) -> Issue:
    """Return the fault of a table in which nobody has pairs enough, with what was left out."""
    entry = CATALOGUE["RE695"]
    counts = [f"{'all' if report.team is None else report.team or 'no team'} {report.items}" for report in reports[:10]]
    reasons = [f"{counted(len(ids), 'item')} {reason}" for each in reports for reason, ids in each.left_out.items()]
    left = f" ({'; '.join(reasons[:5])})" if reasons else ""
    return Issue("RE695", "", entry.rule, f"{', '.join(counts)}{left}", file=work.file, cure=entry.clause)
