"""The exceptions that riskengine raises."""

from collections.abc import Iterable
from typing import ClassVar

from riskengine.errors.counting import counted
from riskengine.errors.issue import Issue

MOST_PRINTED = 200


class RiskengineError(Exception):
    """Anything that riskengine refuses.

    Parameters
    ----------
    message : str
        What is wrong, in words.
    code : str
        Key of the catalogue, or empty.
    cure : str
        What to do about it, or empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, code: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.cure = cure

    def __str__(self) -> str:
        text = f"{self.code} {self.message}" if self.code else self.message
        return f"{text}; {self.cure}" if self.cure else text


class ScenarioError(RiskengineError):
    """A scenario that was refused, with every fault that was found.

    Parameters
    ----------
    issues : iterable of Issue
        At least one.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        first = self.issues[0]
        super().__init__(first.rule, first.code, first.cure)

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Issue, ...]]]:
        return type(self), (self.issues,)

    def lines(self, most: int = MOST_PRINTED) -> list[str]:
        """Return one line a fault, `most` at most, below it its excerpt, and a line that counts the others."""
        printed = []
        for issue in self.issues[:most]:
            printed += [issue.format(), *issue.excerpt.splitlines()]
        if len(self.issues) > most:
            printed.append(f"and {counted(len(self.issues) - most, 'more fault')}")
        return printed

    def __str__(self) -> str:
        return "\n".join(self.lines())


class ResultsError(RiskengineError):
    """A results folder that cannot be read, trusted or written."""

    exit_code: ClassVar[int] = 4


class UsageError(RiskengineError):
    """A command or a call that asks for something impossible."""

    exit_code: ClassVar[int] = 2


class MachineError(RiskengineError):
    """What the machine does not give: memory, room on a disk, a library that loads."""

    exit_code: ClassVar[int] = 4
