"""What a file in a folder of scenarios is for, told from its top-level keys alone: a plan, or a part of one."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from riskengine.scenario.grammar.syntax import parse_toml
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.source import LARGEST_SCENARIO, Folder, read_text

PROJECTS: Final = "projects"
"""Key of a programme, whose projects may bring their tasks and their starts from files of their own."""
MARKS: Final = frozenset({"schema", "start", "data_date", "tasks", "tasks_file", "extends", PROJECTS})
"""Keys of which a plan has one at least; a mapping of a register, or another program's settings, has none."""
RANGES: Final = frozenset({"schema", "templates", "bands"})
"""Keys of a file of range templates."""
STARTS: Final = frozenset({"start", "data_date"})
TASKS: Final = frozenset({"tasks", "tasks_file"})


@dataclass(frozen=True, slots=True)
class Outline:
    """What a TOML file says at its top level.

    Parameters
    ----------
    keys : frozenset of str
        Its top-level keys.
    extends : Path or None
        The file that it is laid over, links followed; None where there is none, or where it may not be named.
    """

    keys: frozenset[str]
    extends: Path | None = None

    @property
    def is_ranges(self) -> bool:
        """Whether it holds range templates and nothing else."""
        return bool(self.keys & (RANGES - {"schema"})) and self.keys <= RANGES

    @property
    def is_scenario(self) -> bool:
        """Whether it says anything by which a plan is known."""
        return bool(self.keys & MARKS) and not self.is_ranges

    @property
    def is_alias(self) -> bool:
        """Whether it names the file that it extends and says nothing of its own."""
        return "extends" in self.keys and self.keys <= {"extends", "schema"}


def outline_of(path: Path) -> Outline | None:
    """Return what a file says at its top level, or None where that cannot be told: reading it says why."""
    faults = Faults()
    text = read_text(path, LARGEST_SCENARIO, (), faults, str(path))
    if text is None:
        return None
    data = parse_toml(text, str(path), faults)
    if data is None or faults.all:
        return None
    extends = None
    if "extends" in data:
        extends = Folder(path).inside(data["extends"], path, ("extends",), faults, str(path))
    return Outline(frozenset(data), None if extends is None else extends.resolve())
