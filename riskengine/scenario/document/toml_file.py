"""Reading a TOML file that is no scenario itself, such as the mapping file of a register or range templates."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from riskengine.errors import ScenarioError
from riskengine.scenario.document.document import Document, Source
from riskengine.scenario.grammar.syntax import parse_toml
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.source import LARGEST_SCENARIO, read_text

Content = TypeVar("Content")


def read_toml_file(path: Path, read: Callable[[dict[str, Any], Faults], Content]) -> Content:
    """Return what a reader makes of the document of a TOML file.

    Parameters
    ----------
    path : Path
    read : callable
        From the document, and where faults go, to what is wanted of it; only called where the file can be parsed.

    Raises
    ------
    ScenarioError
        With every fault of the file, each at its line.
    """
    faults, file = Faults(), str(path)
    text = read_text(path, LARGEST_SCENARIO, (), faults, file)
    data = parse_toml(text, file, faults) if text is not None else None
    if data is not None:
        content = read(data, faults)
        if not faults.all:
            return content
    document = Document(sources=[] if text is None else [Source(file, text)])
    raise ScenarioError(document.issues(faults, file))
