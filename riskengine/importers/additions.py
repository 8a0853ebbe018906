"""What an import adds to the schedule it reads: the risks of a register, and templates of ranges."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from riskengine.errors.counting import counted
from riskengine.importers.ranges.request import RangeRequest, parse_request, read_request
from riskengine.importers.ranges.template_file import read_ranges
from riskengine.importers.register.column_map import read_column_map
from riskengine.importers.register.columns import Position
from riskengine.importers.register.read import read_register, risk_documents
from riskengine.scenario.grammar.syntax import parse_toml
from riskengine.scenario.hooks import known_targets
from riskengine.scenario.text.faults import Faults

if TYPE_CHECKING:
    from riskengine.model import Scenario

ADDED: Final = re.compile(r"^\s*\[?\s*(templates|risks)\b", re.MULTILINE)
USER_RANGE: Final = re.compile(r'^(?:duration|remaining)\.source = "user fields ', re.MULTILINE)
"""A line that begins what an import may have added; most schedules have none, and are not parsed a second time."""


def add_register(
    content: dict[str, Any],
    path: Path,
    mapping: Path | None,
    position: Position,
    sources: Mapping[str, str] | None = None,
) -> list[str]:
    """Put the risks of a register into a scenario document, and return what was guessed, left out or changed.

    Parameters
    ----------
    content : dict
        The document, whose tasks the register may name; changed in place.
    path, mapping, position, sources
        As for :func:`riskengine.importers.register.read.read_register`.

    Raises
    ------
    ScenarioError
        With every fault of the register.
    """
    currency = content.get("currency", "")
    register = read_register(
        path,
        mapping=mapping,
        position=position,
        known_targets=known_targets(content),
        sources=sources,
        currency=currency,
    )
    risks = risk_documents(register.risks)
    earlier = content.get("risks", {})
    notes = list(register.notes)
    both = sorted(earlier.keys() & risks.keys())
    if both:
        notes.append(f"risks of the schedule are replaced by those of the register: {', '.join(both)}")
    content["risks"] = {**earlier, **risks}
    count = counted(len(risks), "risk")
    return [f"{path.name}: {count} read", *(f"{path.name}: {note}" for note in notes)]


def range_request(text: str, mapping: Path | None, *, has_register: bool) -> RangeRequest | None:
    """Return which user fields ranges come from: as an option says, else a mapping file; None where neither does.

    Parameters
    ----------
    text : str
        The option ``--ranges-from``, or empty.
    mapping : Path or None
        The mapping file. What else it says is checked here where there is no register, which checks it otherwise.

    Raises
    ------
    UsageError, ScenarioError
        When the option or the mapping file is wrong.
    """
    from_file = read_request(mapping) if mapping is not None else None
    if mapping is not None and from_file is not None and not has_register:
        read_column_map(mapping)
    return parse_request(text) if text else from_file


def add_ranges(content: dict[str, Any], path: Path) -> None:
    """Put the templates and bands of a file into a scenario document, in place.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    shape = content.get("defaults", {}).get("shape", "pert")
    content.update(read_ranges(path, shape))


def describe_lost_parts(path: Path, content: Mapping[str, Any]) -> str:
    """Return what of an earlier import a document has no more, such as ``ranges and 5 risks``; empty where nothing.

    Parameters
    ----------
    path : Path
        The scenario that the document replaces, if there is one; what cannot be read has nothing to lose.
    content : mapping
        The document.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, ValueError):
        return ""
    earlier = (parse_toml(text, str(path), Faults()) if ADDED.search(text) else None) or {}
    parts = []
    if USER_RANGE.search(text) and not has_user_ranges(content):
        parts.append("ranges from user fields")
    if earlier.get("templates") and not content.get("templates"):
        parts.append("ranges")
    risks = earlier.get("risks")
    if risks and not content.get("risks"):
        count = len(risks) if isinstance(risks, dict) else 0
        parts.append(counted(count, "risk") if count else "risks")
    return ", ".join([*parts[:-2], " and ".join(parts[-2:])])


def has_user_ranges(content: Mapping[str, Any]) -> bool:
    """Return whether any task of a document has a range from user fields."""
    works = (task.get(name) for task in content["tasks"].values() for name in ("duration", "remaining"))
    return any(isinstance(work, Mapping) for work in works)


def count_template_uses(scenario: "Scenario", content: Mapping[str, Any]) -> dict[str, int]:
    """Return how many tasks got their range from each template of a document, by the names of the templates."""
    count = Counter(task.work.source for task in scenario.tasks.values())
    return {name: count[f"template {name}"] for name in sorted(content.get("templates", {}))}
