"""What an import guessed, left out or merged: statements, each with the items that it is about."""

from dataclasses import dataclass, field

from riskengine.importers.notes import counted_note


@dataclass(slots=True)
class Remarks:
    """Statements in the order in which they came up, each once."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, statement: str, name: str) -> None:
        """Note that a statement is about an item as well; words for one and many stand as ``item|items``."""
        self.names.setdefault(statement, []).append(name)

    def lines(self) -> list[str]:
        """Return a note for each statement."""
        return [counted_note(statement, names) for statement, names in self.names.items()]
