"""A plan at several levels of one common rank correlation: one table for the terminal, and one JSON object."""

from collections.abc import Sequence
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.report.answers import portfolio
from riskengine.report.reading import Row
from riskengine.report.summary.words import ANSWERS
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import chance, clean, day, ends, money, span

INTERVAL: Final = "95% interval"
AS_WRITTEN: Final = "as written"


def render(rows: Sequence[Row], counts: tuple[int, int], width: int) -> str:
    """Return the table of all levels for people, measure by measure.

    Parameters
    ----------
    rows : sequence of dict
        Of ``analysis.portfolio_row``, with ``rho`` beside it: None for the plan as it is written.
    counts : (int, int)
        How many durations and costs follow the common rank.
    width : int [columns]
    """
    lines = paragraph(
        f"Stress: one rank correlation between {counted(counts[0], 'uncertain duration')} and "
        f"{counted(counts[1], 'uncertain cost')}, in place of the scenario's own. What has few values, and risks, stay "
        "independent.",
        width,
        "",
    )
    for percent in (50, 80):
        lines += measure_lines(rows, f"finish P{percent}", f"finish_p{percent}", width)
    if any(row["has_cost"] for row in rows):
        lines += measure_lines(rows, "cost P80", "cost_p80", width)
    for number, gate in enumerate(rows[0]["gates"]):
        lines += gate_lines(rows, number, clean(gate["name"] or gate["gate"]), width)
    return "\n".join(lines)


def level_text(row: Row) -> str:
    """Return the level of a row."""
    return AS_WRITTEN if row["rho"] is None else f"{row['rho']:g}"


def measure_lines(rows: Sequence[Row], heading: str, name: str, width: int) -> list[str]:
    """Return the lines of one percentile at all levels."""
    cells = [["rho", heading, INTERVAL]]
    for row in rows:
        value, low, high = (row[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high"))
        if name.startswith("finish"):
            cells.append([level_text(row), day(value), span(low, high)])
        else:
            least = None if low is None else money(low, row["currency"], end="low")
            most = None if high is None else money(high, row["currency"], end="high")
            cells.append([level_text(row), money(value, row["currency"]), ends(least, most)])
    return ["", *table(cells, width, (1,), heading=True)]


def gate_lines(rows: Sequence[Row], number: int, name: str, width: int) -> list[str]:
    """Return the lines of one gate at all levels."""
    cells = [["rho", "chance", INTERVAL, "answer"]]
    for row in rows:
        gate = row["gates"][number]
        low = None if gate["ci_low"] is None else chance(gate["ci_low"], gate["confidence"], "low")
        high = None if gate["ci_high"] is None else chance(gate["ci_high"], gate["confidence"], "high")
        probability = chance(gate["probability"], gate["confidence"])
        cells.append([level_text(row), probability, ends(low, high), ANSWERS[gate["answer"]]])
    return ["", *paragraph(f"Gate {name}", width, ""), *table(cells, width, (1,), heading=True)]


def document(rows: Sequence[Row], durations: int, costs: int) -> dict[str, Any]:
    """Return all levels as JSON has them: a row of the portfolio each, with ``rho``."""
    plain = portfolio.document(rows)["scenarios"]
    levels = [{"rho": row["rho"], **each} for row, each in zip(rows, plain, strict=True)]
    return {"durations": durations, "costs": costs, "levels": levels}
