"""Back-tests of exports of done items: what forecasts of the past would have been worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from riskengine.calibration.bounded import Bounded
from riskengine.calibration.replayed_forecasts import FEWEST_FORECASTS, Replay, how_long, how_many, next_item, replay_of
from riskengine.calibration.words import ends
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.throughput import GroupHistory, HistoryOptions
from riskengine.importers.status.throughput_plan import read_throughput
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import End, chance, clean, estimate, short_name, with_decimals

SECONDS_OF_A_DAY: Final = 86_400
MANY: Final = 100
"""Forecasts from which on a verdict needs no word of doubt."""

ENOUGH: Final = 0.05
"""By how much a mean place may lie beside one half before forecasts are called too high or too low."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that was asked at every past date.

    Attributes
    ----------
    text : str
    key : str
        ``how_many``, ``how_long`` or ``next_item``.
    ahead : int or None
        Periods ahead.
    unit : str
        Of the actuals.
    replay : Replay or None
        None where there are too few forecasts.
    forecasts : int
    """

    text: str
    key: str
    ahead: int | None
    unit: str
    replay: Replay | None
    forecasts: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """The answers of one export.

    Attributes
    ----------
    file : str
    groups : dict
        Questions by team, type or epic; one with an empty name for all.
    notes : list of str
    """

    file: str
    groups: dict[str, list[Question]]
    notes: list[str] = field(default_factory=list)

    @property
    def document(self) -> dict[str, Any]:
        """Return the answer as JSON has it."""
        return {
            "file": self.file,
            "notes": self.notes,
            "groups": [
                {"group": name or None, "questions": [_document(question) for question in questions]}
                for name, questions in self.groups.items()
            ],
        }

    def text(self, width: int) -> str:
        """Return the answer for people."""
        lines: list[str] = []
        for name, questions in self.groups.items():
            lines += [*paragraph(f"{short_name(clean(name)) or 'All items'}: forecasts of the past", width)]
            lines += table(_rows(questions), width, right=(1, 2, 4), heading=True)
            lines.append("")
            losses = _losses(questions)
            lines += [*table(losses, width, right=(2,), heading=True), ""] if losses else []
            for question in questions:
                lines += paragraph(sentence(question), width, "  ")
            lines.append("")
        return "\n".join([*lines, *paragraph(FOOTNOTE, width)])


FOOTNOTE: Final = (
    "Each forecast is made of what was done before its date alone, by drawing periods, or items, with replacement. "
    "Expected: how many the forecasts themselves say lie from P10 to P90, ends included: of whole numbers more than "
    "80%. Place: 0.50 where forecasts are neither too high nor too low. Forecasts of several periods are made as many "
    "periods apart, at the 400 latest dates. "
    "Intervals are 95%; they take forecasts for independent, and are too narrow where a pace lasts."
)


def backtest(path: Path, options: ItemOptions, request: HistoryOptions, ahead: Sequence[int]) -> Backtest:
    """Replay the history of done items.

    Parameters
    ----------
    path : Path
        Export with dates of done items.
    options : ItemOptions
    request : HistoryOptions
    ahead : sequence of int
        Numbers of periods that are forecast.

    Raises
    ------
    ScenarioError
        For faults of the file, and where there are too few dates to say anything.
    """
    plan = read_throughput(path, options, replace(request, needs_open=False))
    until = _days(plan.data_date)
    groups = {each.name: _questions(each, request.period.text, ahead, until) for each in plan.histories}
    if not any(question.replay is not None for questions in groups.values() for question in questions):
        most = max((question.forecasts for questions in groups.values() for question in questions), default=0)
        value = f"{counted(most, 'forecast')} at the most"
        entry = CATALOGUE["RE619"]
        raise ScenarioError([Issue("RE619", "", entry.rule, value, str(path), line=1, cure=entry.clause)])
    return Backtest(plan.file, groups, plan.notes)


def _questions(history: GroupHistory, period: str, ahead: Sequence[int], until: float) -> list[Question]:
    """Return what was asked of a history, and how the answers did."""
    questions = []
    for count in ahead:
        length = period if count == 1 else f"{count} x {period}"
        for key, text, unit, forecasts in (
            ("how_many", f"how many in {length}", "items", how_many(history.done, count)),
            ("how_long", f"when as many as in {length}", f"periods of {period}", how_long(history.done, count)),
        ):
            questions.append(
                Question(text, key, ahead=count, unit=unit, replay=replay_of(forecasts), forecasts=len(forecasts))
            )
    if history.spans:
        starts, finishes = (np.array([_days(each) for each in column]) for column in zip(*history.spans, strict=True))
        forecasts = next_item(starts, finishes, until)
        replay = replay_of(forecasts)
        text = "how long an item"
        questions.append(Question(text, "next_item", ahead=None, unit="d", replay=replay, forecasts=len(forecasts)))
    return questions


def _days(moment: date | datetime) -> float:
    """Return an instant in days."""
    whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return (whole - datetime(1970, 1, 1)).total_seconds() / SECONDS_OF_A_DAY


def _rows(questions: list[Question]) -> list[tuple[str, ...]]:
    """Return how many came out within the bounds, as rows of a table."""
    rows: list[tuple[str, ...]] = [("", "forecasts", "P10 to P90", "95% interval", "expected", "place", "95% interval")]
    for question in questions:
        replay = question.replay
        if replay is None:
            rows.append((question.text, f"{question.forecasts:,}", "too few", "", "", "", ""))
            continue
        covered, place = _share(replay.coverage), _place(replay.place)
        rows.append((question.text, f"{replay.forecasts:,}", *covered, f"{100 * replay.expected:.0f}%", *place))
    return rows


def _losses(questions: list[Question]) -> list[tuple[str, ...]]:
    """Return the pinball losses as rows of a table, none where no question was judged."""
    rows: list[tuple[str, ...]] = [("pinball loss", "at", "value", "95% interval")]
    for question in questions:
        if question.replay is not None:
            rows += [
                (f"{question.text} [{question.unit}]", f"P{100 * level:.0f}", *_place(value))
                for level, value in question.replay.pinball.items()
            ]
    return rows if len(rows) > 1 else []


def _share(value: Bounded) -> tuple[str, str]:
    return estimate(value.value, value.low, value.high, _chance, _chance)


def _place(value: Bounded) -> tuple[str, str]:
    return estimate(value.value, value.low, value.high, _two_decimals, _two_decimals)


def _chance(value: float, _: int, end: End) -> str:
    return chance(value, None, end)


def _two_decimals(value: float, finer: int, end: End) -> str:
    return with_decimals(value, 2 + finer, end)


def sentence(question: Question) -> str:
    """Return what a question's forecasts were worth, in words."""
    replay, name = question.replay, f"{question.text[:1].upper()}{question.text[1:]}"
    if replay is None:
        few = counted(question.forecasts, "forecast")
        return (
            f"{question.text[:1].upper()}{question.text[1:]}: {few}, too few to judge ({FEWEST_FORECASTS} are needed)."
        )
    inside = round(replay.coverage.value * replay.forecasts)
    verdict = f"{name}: {inside:,} of {replay.forecasts:,} from P10 to P90, "
    verdict += f"{100 * replay.expected:.0f}% were to be expected: {width_verdict(replay)}"
    return f"{verdict}{side_verdict(replay)}."


def width_verdict(replay: Replay) -> str:
    """Return whether forecasts were too narrow or too wide, where the interval of the coverage says so."""
    low, high = replay.coverage.low or 0.0, 1.0 if replay.coverage.high is None else replay.coverage.high
    if replay.expected > high:
        return "too narrow"
    if replay.expected < low:
        return "too wide"
    return "as wide as they should be" + (", as far as so few tell" if replay.forecasts < MANY else "")


def side_verdict(replay: Replay) -> str:
    """Return whether forecasts were too high or too low, where the interval of their mean place says so."""
    low, high = replay.place.low, replay.place.high
    if low is None or high is None or low <= 0.5 <= high or abs(replay.place.value - 0.5) < ENOUGH:
        return ""
    return ", and too high" if high < 0.5 else ", and too low"


def _document(question: Question) -> dict[str, Any]:
    """Return a question as JSON has it."""
    replay = question.replay
    head = {"question": question.key, "ahead": question.ahead, "unit": question.unit, "forecasts": question.forecasts}
    if replay is None:
        return {**head, "refusal": f"{question.forecasts} of {FEWEST_FORECASTS} forecasts that are needed"}
    return {
        **head,
        "coverage": ends(replay.coverage),
        "below": ends(replay.below),
        "above": ends(replay.above),
        "expected": replay.expected,
        "place": ends(replay.place),
        "pinball": {f"p{100 * level:.0f}": ends(value) for level, value in replay.pinball.items()},
        "width": width_verdict(replay).partition(",")[0],
    }
