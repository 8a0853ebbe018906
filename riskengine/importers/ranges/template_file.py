"""Reading a file of range templates, which an import writes into the scenario."""

from pathlib import Path
from typing import Any, Final

from riskengine.scenario.document.toml_file import read_toml_file
from riskengine.scenario.sections.range_templates import read_range_templates
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults

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

    def tables(data: dict[str, Any], faults: Faults) -> dict[str, Any]:
        fields = Fields(data, (), faults, KNOWN, is_scenario=False)
        fields.require("templates")
        sections = {key: dict(fields.table(key)) for key in ("bands", "templates") if fields.table(key)}
        read_range_templates(fields.table("templates"), fields.table("bands"), PointDefaults(shape), faults)
        return sections

    return read_toml_file(path, tables)
