"""Finding what a risk of a register names: tasks by id, code or name of a WBS element, tag or team, and cost lines."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from riskengine.model.selector import SELECTORS
from riskengine.scenario.hooks import KnownTargets
from riskengine.scenario.sections.selectors import Selection

SPLIT: Final = re.compile(r"[;\n\r|]+")
PREFIX: Final[Mapping[str, str]] = {"tasks": "", "wbs": "wbs:", "tags": "tag:", "team": "team:"}

MOST_GUESSES: Final = 200
"""Unknown names of a register for which one that is close is looked for: it takes some milliseconds each."""


class Targets:
    """The tasks that impacts can act on.

    Parameters
    ----------
    targets : KnownTargets, optional
        Tasks and cost lines of the scenario. Without them names are taken as they are, and the scenario's own checks
        tell which of them do not exist.
    sources : mapping, optional
        Ids of tasks by what the source of the schedule calls them, where an import gave them others.
    """

    def __init__(
        self,
        targets: KnownTargets | None,
        sources: Mapping[str, str] | None = None,
    ) -> None:
        self.sources = {} if sources is None else sources
        self.guesses = 0
        self.selection: Selection | None = None
        if targets is not None:
            self.selection = Selection(targets.tasks, targets.team, targets.costs, targets.wbs_names)

    def find(self, text: str, field: str) -> tuple[list[str], list[str]]:
        """Return the keys of impacts that a cell names, and the names in it that are not known."""
        keys: list[str] = []
        unknown: list[str] = []
        prefix = PREFIX[field]
        for part in SPLIT.split(text):
            name = " ".join(part.split())
            if not name:
                continue
            key = self.key(name, prefix)
            names = [name] if key is not None or "," not in name else [n.strip() for n in name.split(",") if n.strip()]
            for single in names:
                key = self.key(single, prefix)
                if key is None:
                    unknown.append(single)
                elif key not in keys:
                    keys.append(key)
        return keys, unknown

    def key(self, name: str, prefix: str) -> str | None:
        """Return the key of an impact that one name stands for, or None."""
        if self.selection is None:
            return None if "," in name else name if name.startswith(SELECTORS) else prefix + name
        if prefix:
            key = name if name.startswith(prefix) else prefix + name
            return key if key in self.selection.groups else None
        if name in self.selection.tables or name in ("*", "project"):
            return name
        if name in self.selection.groups:
            return name
        if name in self.sources:
            return self.sources[name]
        if self.selection.is_known_cost(name):
            return self.selection.unambiguous(name)
        keys = [key for key in (f"wbs:{name}", f"tag:{name}", f"team:{name}") if key in self.selection.groups]
        return keys[0] if len(keys) == 1 else None

    def count(self, key: str) -> int:
        """Return how many tasks a key selects, 0 where that is not known."""
        if key == "project" or (self.selection is None and (key == "*" or key.startswith(SELECTORS))):
            return 0
        if self.selection is None:
            return 1
        if key == "*":
            return len(self.selection.all)
        return len(self.selection.groups[key]) if key in self.selection.groups else 1

    def hits(self, key: str) -> Sequence[str]:
        """Return the tasks that a key selects; the key itself where they are not known."""
        if self.selection is None or key == "project" or (key != "*" and key not in self.selection.groups):
            return (key,)
        return self.selection.all if key == "*" else self.selection.groups[key]

    def cure(self, name: str) -> str:
        """Return what may have been meant by a name."""
        self.guesses += 1
        if self.selection is None or self.guesses > MOST_GUESSES:
            return ""
        by_name = {key.casefold(): key for key in (*self.selection.tables, *self.selection.groups, *self.sources)}
        close = get_close_matches(name.casefold()[:60], list(by_name)[:20_000], n=1) if len(by_name) <= 5_000 else []
        return f'did you mean "{by_name[close[0]]}"?' if close else ""
