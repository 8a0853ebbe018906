"""What finished work says of estimates: tables and a picture for the terminal."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from riskengine.calibration.bounded import Bounded
from riskengine.calibration.finished_item import FinishedWork
from riskengine.calibration.ranges import Ranges
from riskengine.calibration.scores import BINS, Scores
from riskengine.calibration.team_report import ADVISED_PAIRS, FEWEST_PAIRS, TeamReport, widening_refusal
from riskengine.calibration.widening import Z90, Widening
from riskengine.errors.counting import counted, first_names
from riskengine.report.text.chart import Strokes
from riskengine.report.text.layout import INDENT, paragraph, table
from riskengine.report.text.notation import End, chance, clean, estimate, short_name, with_decimals

INTERVAL: Final = "95% interval"
MOST_NAMED: Final = 5
Rows = list[tuple[str, str, str, str]]


def render(work: FinishedWork, reports: Sequence[TeamReport], width: int, strokes: Strokes) -> str:
    """Return the answer for people."""
    blocks = [_team(report, work, width, strokes) for report in reports]
    lines = "\n\n".join("\n".join(block) for block in blocks)
    return "\n".join([lines, "", *paragraph(footnote(work), width)])


def title(report: TeamReport) -> str:
    """Return which items a block is about."""
    name = "All items" if report.team is None else short_name(report.team) or "No team"
    return f"{name}: {report.items:,} of {counted(report.rows, 'item')} used"


def _team(report: TeamReport, work: FinishedWork, width: int, strokes: Strokes) -> list[str]:
    lines = paragraph(title(report), width)
    if report.refusal:
        lines += paragraph(f"Refused: {report.refusal}.", width, INDENT)
        return lines + _remarks(report, width)
    cells: Rows = [("", "value", INTERVAL, "sought")]
    cells += [
        (f"actual / estimate, P{percent}", *_factor(value), "1.00" if percent == 50 else "")
        for percent, value in report.ratios.items()
    ]
    if report.scores is not None:
        cells += score_rows(report.scores, work.unit)
    if report.widening is not None:
        cells += widening_rows(report.widening)
    if report.ranges is not None:
        cells += range_rows(report.ranges)
    lines += table(cells, width, right=(1, 3), heading=True)
    if report.scores is not None:
        lines += ["", *histogram(report.scores, width, strokes)]
    lines += [""] if report.scores is not None else []
    for sentence in sentences(report):
        lines += paragraph(sentence, width, INDENT)
    return lines + _remarks(report, width)


def score_rows(scores: Scores, unit: str) -> Rows:
    """Return coverage, pinball loss and CRPS as rows."""
    behind = f" [{unit}]" if unit else ""
    rows: Rows = [
        ("from P10 to P90", *_share(scores.coverage), "80%"),
        ("below P10", *_share(scores.below), "10%"),
        ("above P90", *_share(scores.above), "10%"),
    ]
    rows += [
        (f"pinball loss at P{100 * level:.0f}{behind}", *_factor(loss), "") for level, loss in scores.pinball.items()
    ]
    return [*rows, (f"CRPS{behind}", *_factor(scores.crps), "")]


def widening_rows(widening: Widening) -> Rows:
    """Return what is recommended as rows."""
    return [
        ("bias: actual / P50", *_factor(widening.bias), "1.00"),
        ("widening, measured", *_factor(widening.measured), "1.00"),
        ("widening, recommended", *_factor(widening.recommended), "1.00"),
        ("P10 to P90 with both", *_share(widening.cross_validated), "80%"),
    ]


def range_rows(ranges: Ranges) -> Rows:
    """Return the lognormal of an item, and what the items of a sprint share, as rows."""
    rows: Rows = [
        ("ln(actual / estimate), mean", *_fine(ranges.log_mean), "0"),
        ("  sd of an item", *_fine(ranges.log_sd), ""),
    ]
    if ranges.shared_sd is None:
        return rows
    return [*rows, (f"  sd shared in {counted(ranges.sprints, 'sprint')}", *_fine(ranges.shared_sd), "")]


def histogram(scores: Scores, width: int, strokes: Strokes) -> list[str]:
    """Return the histogram of where actuals fell in their forecasts, a line for each tenth."""
    low, high = scores.expected
    room = max(min(width - 24, 50), 5)
    tallest = max(*scores.histogram, high, 1)
    full = strokes.bars[-1]
    lines = paragraph(
        f"Where actuals fell in their forecasts: of sure ones each line has {low} to {high}, in 95 of 100 cases", width
    )
    for at, count in enumerate(scores.histogram):
        bar = full * max(round(room * count / tallest), 1 if count else 0)
        outside = "" if low <= count <= high else " few" if count < low else " many"
        share = f"P{100 * at // BINS:>2} to P{100 * (at + 1) // BINS:<3}"
        lines.append(f"{INDENT}{share}  {strokes.upright}{bar} {count}{outside}")
    return lines


def sentences(report: TeamReport) -> list[str]:
    """Return what is to be done about it, or why that cannot be said."""
    lines = []
    widening = report.widening
    if widening is not None:
        low, high = widening.typical
        points = ", ".join(_percent(point) for point in widening.advised)
        drawn = f"The widening measured is {with_decimals(widening.measured.value, 2)}; with"
        lines.append(
            f"Multiply forecasts by {with_decimals(widening.bias.value, 2)} and widen them by "
            f"{with_decimals(widening.recommended.value, 2)}: one with its P10 at {_percent(low)} and its P90 at "
            f"{_percent(high)} of the P50 gets P10, P50 and P90 at {points} of the P50 it had. {drawn} "
            f"{counted(widening.items, 'item')} it is drawn towards 1."
        )
    if report.ranges is not None:
        lines.append(range_sentence(report.ranges))
    refusal = widening_refusal(report)
    lines += [f"{refusal[:1].upper()}{refusal[1:]}."] if refusal else []
    if FEWEST_PAIRS <= report.items < ADVISED_PAIRS:
        lines.append(f"{ADVISED_PAIRS} pairs are advised; the intervals say what {report.items} can tell.")
    return lines


def range_sentence(ranges: Ranges) -> str:
    """Return what an item to come takes of its estimate, and what it shares with others."""
    low, middle, high = (_percent(factor) for factor in ranges.factors)
    sentence = f"An item takes {low} to {high} of its estimate (P10 to P90, median {middle})"
    if ranges.shared_sd is None:
        return f"{sentence}; {ranges.refusal}."
    if ranges.shared_sd.value == 0:
        return f"{sentence}; sprints differ no more than chance makes them."
    shared = f"{math.exp(-Z90 * ranges.shared_sd.value):.2f} to {math.exp(Z90 * ranges.shared_sd.value):.2f}"
    return f"{sentence}; those of one sprint share a factor of {shared} (P10 to P90)."


def _remarks(report: TeamReport, width: int) -> list[str]:
    """Return what was left out, and what looks wrong."""
    lines = []
    for reason, ids in report.left_out.items():
        lines += paragraph(f"Left out, {reason}: {_named(ids)}", width, INDENT)
    for reason, ids in report.suspicions.items():
        lines += paragraph(f"Suspicious, {reason} {counted(len(ids), 'item')}: {_named(ids)}", width, INDENT)
    return lines


def _named(ids: Sequence[str]) -> str:
    return first_names([short_name(item, 24) for item in ids], MOST_NAMED)


def footnote(work: FinishedWork) -> str:
    """Return what the rows mean."""
    unit = f"in {work.unit}" if work.unit else "in the unit of the table, which names none"
    return (
        "Forecasts are sure where 80 of 100 actuals fall from P10 to P90, and as many in each tenth of their "
        "percentiles. Bias: the factor on forecasts with which half of the actuals would have come below the "
        "P50. Widening: the factor on what P10 and P90 are away from the P50, in logarithms. P10 to P90 with both: "
        f"each tenth of the items by what the others say. Losses are {unit}; smaller is better."
    )


def remarks(work: FinishedWork) -> list[str]:
    """Return what was guessed about the table, for stderr."""
    return [f"{clean(work.file)}: {clean(note)}" for note in work.notes]


def document(work: FinishedWork, reports: Sequence[TeamReport]) -> dict[str, object]:
    """Return the answer as an object of types that JSON has."""
    return {
        "file": work.file,
        "unit": work.unit or None,
        "notes": list(work.notes),
        "teams": [_team_document(report) for report in reports],
    }


def _team_document(report: TeamReport) -> dict[str, object]:
    scores, widening = report.scores, report.widening
    return {
        "team": report.team,
        "rows": report.rows,
        "items": report.items,
        "items_with_range": report.ranged,
        "refused": report.refusal or None,
        "actual_to_estimate": {f"p{percent}": ends(value) for percent, value in report.ratios.items()},
        "pit_histogram": None if scores is None else list(scores.histogram),
        "pit_expected": None if scores is None else list(scores.expected),
        "coverage_p10_p90": None if scores is None else ends(scores.coverage),
        "below_p10": None if scores is None else ends(scores.below),
        "above_p90": None if scores is None else ends(scores.above),
        "pinball": None if scores is None else {f"p{100 * p:.0f}": ends(loss) for p, loss in scores.pinball.items()},
        "crps": None if scores is None else ends(scores.crps),
        "widening": None if widening is None else _widening_document(widening),
        "ranges": None if report.ranges is None else _ranges_document(report.ranges),
        "widening_refused": widening_refusal(report) or None,
        "left_out": dict(report.left_out),
        "suspicious": dict(report.suspicions),
    }


def _widening_document(widening: Widening) -> dict[str, object]:
    points: Mapping[str, float] = dict(zip(("p10", "p50", "p90"), widening.advised, strict=True))
    return {
        "items": widening.items,
        "bias": ends(widening.bias),
        "measured": ends(widening.measured),
        "recommended": ends(widening.recommended),
        "coverage_with_both": ends(widening.cross_validated),
        "typical_range": {"p10": widening.typical[0], "p50": 1.0, "p90": widening.typical[1]},
        "advised_range": dict(points),
    }


def _ranges_document(ranges: Ranges) -> dict[str, object]:
    low, middle, high = ranges.factors
    return {
        "sprints": ranges.sprints,
        "ln_mean": ends(ranges.log_mean),
        "ln_sd_item": ends(ranges.log_sd),
        "ln_sd_sprint": None if ranges.shared_sd is None else ends(ranges.shared_sd),
        "sprint_refused": ranges.refusal or None,
        "item": {"p10": low, "p50": middle, "p90": high},
    }


def ends(value: Bounded) -> dict[str, float | None]:
    """Return a value and its interval."""
    return {"value": value.value, "ci_low": value.low, "ci_high": value.high}


def _factor(value: Bounded) -> tuple[str, str]:
    return estimate(value.value, value.low, value.high, _decimals, _decimals)


def _share(value: Bounded) -> tuple[str, str]:
    return estimate(value.value, value.low, value.high, _chance, _chance)


def _fine(value: Bounded) -> tuple[str, str]:
    return estimate(value.value, value.low, value.high, _three_decimals, _three_decimals)


def _three_decimals(value: float, finer: int, end: End) -> str:
    return with_decimals(value, 3 + finer, end)


def _decimals(value: float, finer: int, end: End) -> str:
    return with_decimals(value, 2 + finer, end)


def _chance(value: float, finer: int, end: End) -> str:
    return chance(value, None, end)


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"
