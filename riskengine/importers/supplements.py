"""What an import adds to the schedule it reads: the risks of a register, and templates of ranges."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from riskengine.importers.ranges import read_ranges
from riskengine.importers.register import read_register, risk_documents
from riskengine.importers.register_columns import Wanted
from riskengine.importers.register_words import CURRENCIES, plain


def add_register(
    content: dict[str, Any],
    path: Path,
    mapping: Path | None,
    position: Wanted,
    sources: Mapping[str, str] | None = None,
) -> list[str]:
    """Put the risks of a register into a scenario document, and return what was guessed, left out or changed.

    Parameters
    ----------
    content : dict
        The document, whose tasks the register may name; changed in place.
    path, mapping, position, sources
        As for :func:`riskengine.importers.register.read_register`.

    Raises
    ------
    ScenarioError
        With every fault of the register.
    """
    register = read_register(path, mapping=mapping, position=position, tasks=content.get("tasks", {}), sources=sources)
    risks = risk_documents(register.risks)
    earlier = content.get("risks", {})
    notes = list(register.notes)
    both = sorted(earlier.keys() & risks.keys())
    if both:
        notes.append(f"risks of the schedule are replaced by those of the register: {', '.join(both)}")
    content["risks"] = {**earlier, **risks}
    own = content.get("currency", "")
    if register.currency and CURRENCIES.get(plain(own), own) not in ("", register.currency):
        notes.insert(0, f"costs in {register.currency} stand in a scenario in {own}: nothing is converted")
    count = f"{len(risks)} risk" + ("" if len(risks) == 1 else "s")
    return [f"{path.name}: {count} read", *(f"{path.name}: {note}" for note in notes)]


def add_ranges(content: dict[str, Any], path: Path) -> None:
    """Put the templates and bands of a file into a scenario document, in place.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    shape = content.get("defaults", {}).get("shape", "pert")
    content.update(read_ranges(path, shape))
