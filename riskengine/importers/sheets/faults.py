"""Collecting every fault of a table, a register mostly, each with file, sheet, row and column."""

from typing import Final

from riskengine.errors import Issue, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario.tables.sheets import Sheet, Value, cell_text

MOST: Final = 10_000


class SheetFaults:
    """The faults found so far.

    Parameters
    ----------
    name : str
        The file as the user named it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.issues: list[Issue] = []

    def file(self, code: str, *, rule: str = "", value: str = "", cure: str = "", line: int | None = None) -> None:
        """Note a fault of the file as a whole, or of one line of it."""
        cure = cure or cure_of(code, rule)
        self.note(
            Issue(
                code,
                "",
                rule=rule or CATALOGUE[code].rule,
                value=shortened(value),
                file=self.name,
                line=line,
                cure=cure,
            )
        )

    def heading(self, code: str, sheet: Sheet, row: int, rule: str = "", value: str = "", cure: str = "") -> None:
        """Note a fault of the row of headings."""
        self.note(
            Issue(
                code,
                sheet.name,
                rule=rule or CATALOGUE[code].rule,
                value=shortened(value, 300),
                file=sheet.file,
                line=sheet.lines[row] if row < len(sheet.lines) else 1,
                cure=cure,
            )
        )

    def cell(
        self,
        code: str,
        sheet: Sheet,
        row: int,
        column: int | None,
        heading: str = "",
        rule: str = "",
        cure: str = "",
        part: str = "",
    ) -> None:
        """Note a fault of one cell, of a part of its text, or of a row."""
        value: Value = part or (None if column is None else sheet.cell(row, column))
        text = cell_text(value)
        quoted = f'"{text}"' if isinstance(value, str) else text
        path = f"{sheet.place(row, column)} {heading}".strip()
        cure = cure or cure_of(code, rule)
        rule = rule or CATALOGUE[code].rule
        self.note(
            Issue(code, path, rule=rule, value=shortened(quoted), file=sheet.file, line=sheet.lines[row], cure=cure)
        )

    def note(self, issue: Issue) -> None:
        """Note a fault, unless there are too many already."""
        if len(self.issues) < MOST:
            self.issues.append(issue)


def cure_of(code: str, rule: str) -> str:
    """Return the catalogue's cure of a fault that is told in the catalogue's own words."""
    return "" if rule else CATALOGUE[code].clause
