"""What one plan says otherwise than another: lines for people, and one JSON object."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.report.text.layout import INDENT, paragraph
from riskengine.report.text.notation import clean

Row = Mapping[str, Any]
"""One difference, by the names of ``scenario.differences.Difference``."""

NOUNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "the plan",
        "tasks": "task",
        "backlogs": "backlog",
        "branches": "branch",
        "rework": "rework",
        "learning": "learning",
        "risks": "risk",
        "exclusive": "group of exclusive risks",
        "actions": "action",
        "correlations": "correlation",
        "calendars": "calendar",
        "resources": "resource",
        "costs": "cost line",
        "indices": "index",
        "damages": "damages",
        "bonuses": "bonus",
        "gates": "gate",
        "changes": "change",
        "projects": "project",
    }
)
"""What an entity of each section is called."""


def render(names: tuple[str, str], rows: Sequence[Row], width: int) -> str:
    """Return the differences for people, group by group.

    Parameters
    ----------
    names : (str, str)
        What the two plans are called.
    rows : sequence of mapping
        In their order.
    width : int [columns]
    """
    before, after = map(clean, names)
    if not rows:
        return "\n".join(paragraph(f"{after} says what {before} says: nothing differs.", width))
    groups = Counter(str(row["group"]) for row in rows)
    counts = ", ".join(f"{count} of {group}" for group, count in groups.items())
    lines = paragraph(f"{after} differs from {before} in {counted(len(rows), 'place')}: {counts}.", width)
    for group in groups:
        lines += ["", group[0].upper() + group[1:]]
        for row in rows:
            if row["group"] == group:
                first, *others = paragraph(line_of(row), width - len(INDENT), "")
                lines += [INDENT + first, *(2 * INDENT + line for line in others)]
    return "\n".join(lines)


def line_of(row: Row) -> str:
    """Return one difference as a line: whose it is, and what it was and is."""
    old, new = clean(row["before_text"]), clean(row["after_text"])
    name = f" ({clean(row['name'])})" if row["name"] and row["name"] != row["id"] else ""
    whose = f"{NOUNS[row['section']]} {clean(row['id'])}".rstrip() + name
    if not row["field"]:
        text = new if row["kind"] == "added" else old
        return f"{whose} {row['kind']}{': ' if text else ''}{text}"
    field = clean(str(row["field"]).replace(".", " ").replace("_", " "))
    if row["kind"] != "changed":
        text = new if row["kind"] == "added" else old
        return f"{whose}: {field} {row['kind']}{', ' if text else ''}{text}"
    return f"{whose}: {field} from {old or 'nothing'} to {new or 'nothing'}"


def document(names: tuple[str, str], rows: Sequence[Row]) -> dict[str, Any]:
    """Return the differences as JSON has them."""
    return {"before": names[0], "after": names[1], "differences": [dict(row) for row in rows]}
