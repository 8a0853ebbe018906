"""The bridge from one plan to another: what each group of changes adds to the movement of P80."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from riskengine.analysis.bridge import Bridge, BridgePart
from riskengine.analysis.comparison import Comparison, MeasureMovement
from riskengine.errors.counting import counted
from riskengine.report.answers.comparison import INTERVAL, difference_texts, of_project
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import is_nothing

TOGETHER: Final = "together"


def render(bridge: Bridge, result: Comparison, currency: str, width: int) -> str:
    """Return the bridge for people: a table for the finish, and one for the cost where anything costs something."""
    if not bridge.finish:
        return "\n".join(paragraph("The bridge has no parts: nothing differs that dates or costs depend on.", width))
    parts = {"finish": bridge.finish, "cost": bridge.cost}
    lines: list[str] = []
    for measure in of_project(result):
        lines += [*measure_lines(parts[measure.measure], measure, currency, width), ""]
    return "\n".join([*lines, *paragraph(footnote(bridge), width)])


def measure_lines(parts: Sequence[BridgePart], measure: MeasureMovement, currency: str, width: int) -> list[str]:
    """Return the table of one measure: the parts, and the movement that they add up to."""
    cells = [[f"P80 of {measure.measure}, by what changed", "difference", INTERVAL]]
    cells += [[part.part, *part_cells(part, measure, currency)] for part in parts]
    value, interval = difference_texts(measure, measure.of("p80"), currency)
    cells.append([TOGETHER, value.removesuffix(f" {measure.unit}"), interval])
    return table(cells, width, (1,), heading=True)


def part_cells(part: BridgePart, measure: MeasureMovement, currency: str) -> list[str]:
    """Return what a part adds, and its interval."""
    if is_nothing(part.difference, part.ci_low, part.ci_high):
        return ["none", ""]
    value, interval = difference_texts(measure, part, currency)
    return [value.removesuffix(f" {measure.unit}"), interval]


def footnote(bridge: Bridge) -> str:
    """Return how the parts come about."""
    return (
        f"Each part is what its changes add, averaged over all orders in which the groups can be changed: "
        f"{counted(bridge.runs, 'plan')} on the same random numbers. The parts add up to the whole movement."
    )


def document(bridge: Bridge) -> dict[str, Any]:
    """Return the bridge as JSON has it."""
    return {
        "plans": bridge.runs,
        "finish": [asdict(part) for part in bridge.finish],
        "cost": [asdict(part) for part in bridge.cost],
    }
