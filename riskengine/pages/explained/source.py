"""What is explained, as the user named it: a results folder or a plan, for the commands that go on from there."""

import os
import shlex
from dataclasses import dataclass
from typing import Any

PLAN = "plan.toml"
"""What stands in a command for a plan without a name."""


@dataclass(frozen=True)
class Source:
    """What is explained.

    Parameters
    ----------
    name : str
        Path of a plan or a results folder; empty for what is in memory only.
    is_folder : bool
    """

    name: str = ""
    is_folder: bool = False

    @property
    def word(self) -> str:
        """The plan or folder as a word of a command line, for verbs that take either."""
        return shlex.quote(self.name or PLAN)

    @property
    def plan(self) -> str:
        """The plan as a word of a command line: in a results folder it is its scenario."""
        return shlex.quote(f"{self.name.rstrip('/')}/scenario.json") if self.is_folder else self.word


def source_of(subject: Any, *, is_folder: bool) -> Source:
    """Return what a call from Python names: a path, or nothing for what is in memory, a text among it."""
    is_path = isinstance(subject, os.PathLike)
    is_path |= isinstance(subject, str) and "\n" not in subject and not subject.lstrip().startswith("{")
    return Source(os.fspath(subject), is_folder) if is_path else Source()
