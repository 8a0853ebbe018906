"""Reading a file of range templates, which an import writes into the scenario."""

from pathlib import Path
from typing import Any, Final

from riskengine.errors import ScenarioError
from riskengine.scenario.sections.range_templates import read_range_templates
from riskengine.scenario.text.document import Document, Source
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.source import LARGEST_SCENARIO, read_text
from riskengine.scenario.text.syntax import parse_toml
from riskengine.scenario.values.fields import Fields

KNOWN: Final = ("schema", "templates", "bands")


def read_ranges(path: Path, shape: str = "pert") -> dict[str, Any]:
    """Return the tables ``templates`` and ``bands`` of a file as they are written.

    Parameters
    ----------
    path : Path
        A TOML file with ``[templates.NAME]`` and, if it likes, ``[bands.NAME]``.
    shape : str
        Shape of a list of points in the scenario that they are for.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    faults = Faults()
    file = str(path)
    text = read_text(path, LARGEST_SCENARIO, (), faults, file)
    data = parse_toml(text, file, faults) if text is not None else None
    found: dict[str, Any] = {}
    if data is not None:
        fields = Fields(data, (), faults, KNOWN, is_scenario=False)
        fields.require("templates")
        found = {key: dict(fields.table(key)) for key in ("bands", "templates") if fields.table(key)}
        read_range_templates(fields.table("templates"), fields.table("bands"), shape, faults)
    if faults.found:
        sources: list[Any] = [] if text is None else [Source(file, text)]
        raise ScenarioError(Document(sources=sources).issues(faults, file))
    return found
