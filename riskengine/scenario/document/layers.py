"""The files of a chain, one laid over the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riskengine.scenario.document.list_changes import with_whole_lists
from riskengine.scenario.document.merge import laid_over, without
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place


@dataclass(slots=True)
class Layer:
    """One file of a chain, read and parsed."""

    path: Path
    data: dict[str, Any]
    projects: dict[str, Any] | None = None
    """What the projects that the file names say together."""


def merged(chain: Sequence[Layer], faults: Faults) -> dict[str, Any]:
    """Return what the files of a chain say together."""
    whole: dict[str, Any] = {}
    for layer in reversed(chain):
        whole = laid_over(whole, layer.projects or {})
        if "remove" in layer.data:
            extends = "extends" in layer.data or layer.projects is not None
            whole = without(whole, layer.data["remove"], str(layer.path), faults, extends=extends)
        document = without_chain_keys(layer.data)
        whole = laid_over(whole, with_whole_lists(whole, document, str(layer.path), faults))
    return whole


def without_chain_keys(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says, but for the files that it is laid over or made of, and what it removes of those."""
    document = {key: value for key, value in data.items() if key not in ("extends", "remove", "shared")}
    if isinstance(document.get("projects"), dict):
        document["projects"] = {
            id: {key: value for key, value in table.items() if key != "file"} if isinstance(table, dict) else table
            for id, table in document["projects"].items()
        }
    return document


def project_files(data: Mapping[str, Any]) -> dict[Place, object]:
    """Return the names of the files that are projects of a file, sound or not, by the places that name them."""
    tables = data.get("projects")
    return {
        ("projects", id, "file"): table["file"]
        for id, table in (tables.items() if isinstance(tables, dict) else ())
        if isinstance(table, dict) and "file" in table
    }
