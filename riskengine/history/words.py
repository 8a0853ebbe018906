"""A history for the terminal, and as a JSON object."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from riskengine.errors.counting import counted
from riskengine.history.score import Score
from riskengine.history.trend import FORECAST_PERCENTS, Estimate, GateStatus, Status, Trend
from riskengine.report.summary.words import ANSWERS, DECISIONS
from riskengine.report.text.layout import fits, paragraph, table
from riskengine.report.text.notation import UNKNOWN, chance, clean, day, days, is_usual_level, level_words, money, span

HEADINGS = {
    "status": "status",
    "p50": "P50 finish",
    "p80": "P80 finish",
    "interval": "95% interval of P80",
    "move": "P80 moved",
    "cost": "P80 cost",
    "decision": "decision",
}
"""A move is in calendar days."""


def render(trends: Sequence[Trend], scores: Sequence[Score], width: int) -> str:
    """Return the trends of all scenarios, and how forecasts did, for people.

    Parameters
    ----------
    trends : sequence of Trend
    scores : sequence of Score
    width : int [columns]
    """
    blocks = [_trend(trend, width) for trend in trends]
    if scores:
        blocks.append(_scores(scores, width))
    return "\n\n".join("\n".join(block) for block in blocks)


def _trend(trend: Trend, width: int) -> list[str]:
    """Return a scenario: a line for each status, then one for each gate and status."""
    last = trend.statuses[-1]
    title = clean(trend.scenario_key)
    lines = paragraph(title if last.name == trend.scenario_key else f"{title}: {clean(last.name)}", width)
    lines += _statuses(trend, width)
    return lines + _gates(trend, width)


def _gates(trend: Trend, width: int) -> list[str]:
    """Return a line for each gate and status; intervals name their level where one of them is not of 95 %."""
    gates = [(status, gate) for status in trend.statuses for gate in status.gates]
    if not gates:
        return []
    is_usual = all(is_usual_level(gate.level) for _, gate in gates)
    rows: list[tuple[str, ...]] = [
        ("status", "gate", "chance", "95% interval" if is_usual else "interval", "asked", "answer")
    ]
    rows += [(day(status.status_date), clean(gate.gate), *_gate(gate, is_usual)) for status, gate in gates]
    return ["", *table(rows, width, right=[2, 4], heading=True, names=(1,))]


def _statuses(trend: Trend, width: int) -> list[str]:
    """Return the line of each status; a narrow terminal leaves out the intervals, then the decision."""
    lines = [HEADINGS, *(_status(status, move) for status, move in zip(trend.statuses, trend.moves, strict=True))]
    names = [name for name in HEADINGS if name != "cost" or any(status.cost.value for status in trend.statuses)]
    for left_out in (None, "interval", "decision"):
        names = [name for name in names if name != left_out]
        rows = [tuple(line[name] for name in names) for line in lines]
        if fits(rows, width):
            break
    right = [names.index(name) for name in ("move", "cost") if name in names]
    return table(rows, width, right=right, heading=True, names=())


def _status(status: Status, move: Estimate | None) -> dict[str, str]:
    p80, low, high = status.instants[80]
    return {
        "status": day(status.status_date),
        "p50": day(status.instants[50][0]),
        "p80": day(p80),
        "interval": span(low, high) or UNKNOWN,
        # calendar days, which are no working days and so no d
        "move": UNKNOWN if move is None else days(move.value, signed=True, digits=0, unit="days"),
        "cost": money(status.cost.value, status.currency),
        "decision": "finished" if status.actual_finish else DECISIONS.get(status.decision or "", UNKNOWN),
    }


def _gate(gate: GateStatus, is_usual: bool) -> tuple[str, ...]:
    interval = f"{chance(gate.ci_low, gate.confidence, 'low')} to {chance(gate.ci_high, gate.confidence, 'high')}"
    interval += "" if is_usual else f" at {level_words(gate.level)}"
    return chance(gate.probability, gate.confidence), interval, chance(gate.confidence), ANSWERS[gate.answer]


def _scores(scores: Sequence[Score], width: int) -> list[str]:
    """Return how the forecasts of finished projects did: a line for each, and counts."""
    rows = [("forecast of", "status", "actual finish", "fell", "after P50")]
    rows += [
        (
            clean(score.scenario_key),
            day(score.status_date),
            day(score.actual_finish),
            place(score),
            f"{score.days_after_p50:+,.1f} calendar days",
        )
        for score in scores
    ]
    counts = ", ".join(
        f"by P{percent} in {sum(score.came_by(percent) for score in scores)}" for percent in FORECAST_PERCENTS
    )
    sentence = f"Of {counted(len(scores), 'forecast')} whose finish is known, the actual finish came {counts}."
    lines = table(rows, width, right=[4], heading=True)
    return ["Forecasts against the actual finish", *lines, *paragraph(sentence, width)]


def place(score: Score) -> str:
    """Return between which percentiles of a forecast the actual finish fell."""
    if score.above is None:
        return f"by P{score.at_most}"
    return f"after P{score.above}" if score.at_most is None else f"P{score.above} to P{score.at_most}"


def document(trends: Sequence[Trend], scores: Sequence[Score]) -> dict[str, Any]:
    """Return a history as an object of types that JSON has.

    Parameters
    ----------
    trends : sequence of Trend
    scores : sequence of Score
    """
    return {
        "scenarios": [
            {
                "scenario_key": trend.scenario_key,
                "project": trend.project,
                "statuses": [
                    _status_document(status, move) for status, move in zip(trend.statuses, trend.moves, strict=True)
                ],
            }
            for trend in trends
        ],
        "scores": [
            {
                "scenario_key": score.scenario_key,
                "status_date": score.status_date.isoformat(),
                "actual_finish": score.actual_finish.isoformat(),
                "above_percentile": score.above,
                "by_percentile": score.at_most,
                "calendar_days_after_p50": score.days_after_p50,
            }
            for score in scores
        ],
    }


def _status_document(status: Status, move: Estimate | None) -> dict[str, Any]:
    return {
        "status_date": status.status_date.isoformat(),
        "run_key": status.run_key,
        "run": status.run,
        "decision": status.decision,
        "currency": status.currency,
        "finish": {f"p{percent}": _instants(status.instants[percent]) for percent in FORECAST_PERCENTS},
        "finish_days_p80": vars(status.finish_days),
        "p80_moved_calendar_days": None if move is None else vars(move),
        "cost_p80": vars(status.cost),
        "actual_finish": status.actual_finish and status.actual_finish.isoformat(),
        "gates": [vars(gate) for gate in status.gates],
    }


def _instants(ends: tuple[datetime | None, ...]) -> dict[str, str | None]:
    names = ("value", "ci_low", "ci_high")
    return {name: None if end is None else end.isoformat() for name, end in zip(names, ends, strict=True)}
