"""What was changed on the page as a scenario file that extends the plan."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from riskengine.importers.to_scenario.toml_text import write_toml
from riskengine.scenario.document.changes import place_of

SUFFIX: Final = "-what-if.toml"


def overlay_name(plan: Path) -> str:
    """Return what the file is called that extends a plan."""
    return f"{plan.stem}{SUFFIX}"


def overlay(changes: Mapping[str, object], plan: Path) -> str:
    """Return the text of a scenario that lies beside a plan, extends it and says some changes.

    Parameters
    ----------
    changes : mapping of str to object
        By dotted path, as ``Scenario.changed`` takes them.
    plan : Path
    """
    document: dict[str, Any] = {"schema": 1, "extends": plan.name}
    for path, value in changes.items():
        *tables, field = map(str, place_of(path))
        here = document
        for name in tables:
            here = here.setdefault(name, {})
        here[field] = value
    return write_toml(document, ("Made on the what-if page of riskengine; to lie beside the file that it extends.",))
