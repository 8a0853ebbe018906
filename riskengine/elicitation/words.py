"""What experts say together, for the terminal and as a JSON object."""

from collections.abc import Sequence
from typing import Any, Final

from riskengine.elicitation.pooling import Pool, Pooled
from riskengine.elicitation.read_forms import Forms
from riskengine.errors.counting import counted, first_names
from riskengine.report.text.chart import Strokes
from riskengine.report.text.layout import INDENT, paragraph, table
from riskengine.report.text.notation import cells, fit, short_name

MOST_PICTURES: Final = 5
MOST_ROWS: Final = 40
MOST_NAMED: Final = 8
NAME: Final = 18
RULES: Final = {
    "linear": "Linear pool: each future is drawn from one of the experts, so that disagreement stays in the range.",
    "quantile": "Averages of the experts' percentiles, so that what they disagree on is averaged away.",
}


def render(forms: Forms, tasks: Sequence[Pooled], pool: Pool, width: int, strokes: Strokes) -> str:
    """Return the answer for people."""
    apart = sum(pooled.are_apart for pooled in tasks)
    head = (
        f"{counted(len(forms.experts), 'expert')}, {counted(len(tasks), 'task')}: on {apart:,} of them one's P10 lies "
        "above another's P90."
    )
    rows: list[tuple[str, ...]] = [("task", "experts", "P10", "P50", "P90", "unit", "disagreement", "")]
    rows += [_row(pooled) for pooled in tasks[:MOST_ROWS]]
    lines = [*paragraph(head, width), *table(rows, width, right=(1, 2, 3, 4, 6), heading=True)]
    more = len(tasks) - MOST_ROWS
    lines += paragraph(f"and {more:,} more (--json)", width, INDENT) if more > 0 else []
    for pooled in [each for each in tasks if len(each.opinions) > 1][:MOST_PICTURES]:
        lines += ["", *picture(pooled, width, strokes)]
    if forms.blank:
        lines.append("")
    for expert, blank in forms.blank.items():
        names = first_names([short_name(task, 24) for task in blank], MOST_NAMED)
        lines += paragraph(f"Left open by {short_name(expert)}: {names}", width)
    return "\n".join([*lines, "", *paragraph(footnote(pool), width)])


def _row(pooled: Pooled) -> tuple[str, ...]:
    points = [f"{point:,.1f}" for point in (pooled.p10, pooled.p50, pooled.p90)]
    share = f"{100 * pooled.disagreement:.0f}%" if len(pooled.opinions) > 1 else ""
    apart = "apart" if pooled.are_apart else ""
    return (short_name(pooled.task, 30), f"{len(pooled.opinions):,}", *points, pooled.unit, share, apart)


def picture(pooled: Pooled, width: int, strokes: Strokes) -> list[str]:
    """Return a line for each expert, from P10 to P90 with a mark at the most likely value."""
    low = min(opinion.points[0] for opinion in pooled.opinions)
    high = max(opinion.points[2] for opinion in pooled.opinions)
    room = max(min(width - NAME - 6, 60), 10)
    lines = paragraph(f"{short_name(pooled.task, 40)}, from {low:,.10g} to {high:,.10g} {pooled.unit}", width)
    for opinion in pooled.opinions:
        first, middle, last = (round((point - low) / (high - low) * (room - 1)) for point in opinion.points)
        line = [" "] * first + [strokes.level] * (last - first + 1)
        line[middle] = strokes.curve
        name = fit(short_name(opinion.expert, NAME), NAME)
        lines.append(f"{INDENT}{name}{' ' * (NAME - cells(name))} {strokes.upright}{''.join(line)}")
    return lines


def footnote(pool: Pool) -> str:
    """Return what the columns are."""
    return (
        f"{RULES[pool]} Disagreement: the share of the linear pool's variance that lies between the experts' means. "
        "All numbers are exact for these forms, and have no intervals. Talk about the reasons before you use what is "
        "apart: one of the experts knows something."
    )


def document(forms: Forms, tasks: Sequence[Pooled], pool: Pool) -> dict[str, Any]:
    """Return the answer as an object of types that JSON has."""
    return {
        "experts": list(forms.experts),
        "pool": pool,
        "tasks": [
            {
                "task": pooled.task,
                "unit": pooled.unit,
                "p10": pooled.p10,
                "p50": pooled.p50,
                "p90": pooled.p90,
                "disagreement": pooled.disagreement,
                "apart": pooled.are_apart,
                "experts": [
                    {
                        "expert": opinion.expert,
                        **dict(zip(("p10", "likely", "p90"), opinion.points, strict=True)),
                        "reason": opinion.reason,
                    }
                    for opinion in pooled.opinions
                ],
            }
            for pooled in tasks
        ],
        "left_open": {expert: list(blank) for expert, blank in forms.blank.items()},
        "notes": list(forms.notes),
    }
