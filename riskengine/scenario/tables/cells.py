"""From a cell of a table to a value of the format: numbers with either decimal mark, units spelled out, dates."""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario.tables.columns import FLAGS, Column, amount_of, cell_value, number_of
from riskengine.scenario.tables.digits import GAPS, digits
from riskengine.scenario.tables.sheets import Odd, Sheet, Value, cell_text
from riskengine.scenario.tables.spelling import TIMES, plain
from riskengine.scenario.text.quantities import quantity

SPELLED: Final = re.compile(r"([+-]?)\s*((?:\d[\d.,' ]*)?\d|[.,]\d+)\s*([^\d\s][^\d]*)?")
YES_NO: Final = {**FLAGS, "y": True, "n": False, "ja": True, "nein": False, "oui": True, "non": False}
DATES: Final = frozenset({"deadline", "actual_start", "actual_finish", "resume"})
PROSE: Final = frozenset({"name", "description", "source", "team", "owner"})
AMBIGUOUS: Final = "a number must show whether its mark stands before decimals or between thousands"
DATED: Final = "a date stands here, which a spreadsheet may have made of something like 1-2"
RELATIONSHIP: Final = re.compile(r"(.*?\S)\s*(?:(FS|SS|FF|SF)\s*(?:([+-])\s*(.+))?|(\+)\s*(.+))", re.IGNORECASE)


class CellFault(Exception):
    """A cell that cannot be read: why, where the kind of its column does not say it all."""


class CellReader:
    """Reads the cells of one table.

    Parameters
    ----------
    mark : str
        The decimal mark in use, empty where it is not known.
    """

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def read(self, value: Value, name: str, column: Column, unit: str = "") -> Any:
        """Return what a cell stands for, or None where it is not of the kind of its column.

        Parameters
        ----------
        value : cell
            Not an empty one.
        name, column
            The column of the format.
        unit : str
            The unit that the heading names for plain numbers.

        Raises
        ------
        CellFault
            Where there is more to say than what the column takes.
        """
        if isinstance(value, Odd):
            return self.odd(value, name, column)
        if column.kind == "flag":
            return value if isinstance(value, bool) else YES_NO.get(plain(cell_text(value)))
        if isinstance(value, bool):
            return cell_text(value) if column.kind == "text" and name in PROSE else None
        if isinstance(value, float):
            return self.number(value, column, unit)
        text = cell_text(value)
        if column.kind in ("text", "list", "units"):
            return cell_value(text, column.kind)
        if column.kind == "number":
            is_percent = name == "percent_complete" and text.endswith("%")
            return self.plain_number(text[:-1].strip() if is_percent else text)
        if column.kind == "estimate" and ";" in text:
            points = [self.amount(part.strip(), unit) for part in text.split(";")]
            return None if None in points else points
        return self.amount(text, unit)

    def odd(self, value: Odd, name: str, column: Column) -> Any:
        """Return what a percentage or a date stands for."""
        if value.kind == "percent" and column.kind == "number":
            return round(100 * value.number, 10) if name == "percent_complete" else value.number
        is_date = column.kind == "text" and (name in DATES or name.startswith("imported_"))
        if value.kind == "date" and is_date:
            return value.display_text.removesuffix("T00:00:00")
        if column.kind == "text" and name in PROSE:
            return value.display_text
        if value.kind == "date":
            raise CellFault(DATED)
        return None

    def number(self, value: float, column: Column, unit: str) -> Any:
        """Return what a number of a workbook stands for."""
        if column.kind == "text":
            return cell_text(value)
        if column.kind == "list":
            return [cell_text(value)]
        if column.kind == "units":
            return None
        return f"{cell_text(value)}{unit}" if unit and column.kind in ("estimate", "parameter") else value

    def plain_number(self, text: str) -> float | None:
        """Return the number that a text is, or None."""
        if self.mark == ".":
            return number_of(text)
        number = digits(text.translate(GAPS).lstrip("+-").strip())
        if number is None:
            return number_of(text)
        sign = -1.0 if text.translate(GAPS).startswith("-") else 1.0
        if number.grouped is None or number.own_mark == self.mark:
            return sign * number.value
        if not self.mark:
            raise CellFault(AMBIGUOUS)
        return sign * number.grouped

    def amount(self, text: str, unit: str) -> float | str | None:
        """Return a number, or a length of time with its unit as the format writes it."""
        if self.mark == "." or ("," not in text and "." not in text):
            amount = amount_of(text)
            if amount is not None:
                return f"{text}{unit}" if unit and isinstance(amount, float) else amount
        match = SPELLED.fullmatch(text.translate(GAPS)) if len(text) <= 60 else None
        if match is None:
            return amount_of(text) if self.mark != "," else None
        number = self.plain_number(match[1] + match[2])
        spelled = plain(match[3] or "").strip(" .?")
        if number is None or (spelled and spelled not in TIMES):
            return None
        unit_of_number = TIMES.get(spelled, unit)
        return f"{cell_text(number)}{unit_of_number}" if unit_of_number else number


def number_reader(sheet: Sheet, values: Iterable[Value]) -> CellReader:
    """Return the reader of a sheet of numbers, whose decimal mark its separator or its cells tell."""
    mark = "." if sheet.separator == "," else decimal_mark(value for value in values if isinstance(value, str))
    return CellReader(mark)


def number_in(value: Value, cells: CellReader, rule: str) -> tuple[float | None, str, str]:
    """Return the number of a cell that is not empty, with code and rule of the fault where it is None."""
    if isinstance(value, Odd):
        return (None, "RE872", CATALOGUE["RE872"].rule) if value.has_no_value else (None, "RE506", rule)
    try:
        return cells.plain_number(cell_text(value)), "RE506", rule
    except CellFault as error:
        return None, "RE506", f"{rule}; {error}"


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the decimal mark that some texts show to be in use, empty where none does or they differ."""
    marks = set()
    for text in texts:
        for part in text.split(";"):
            match = SPELLED.fullmatch(part.strip().translate(GAPS)) if len(part) <= 60 else None
            number = digits(match[2]) if match is not None else None
            marks |= {number.mark} if number is not None and number.mark else set()
    return marks.pop() if len(marks) == 1 else ""


def predecessors(texts: Iterable[str], ids: Collection[str], cells: CellReader) -> list[str]:
    """Return relationships as the format writes them: also with commas between them, and as ``3FS+2 days``.

    Parameters
    ----------
    texts : iterable of str
        Those of one cell.
    ids : collection of str
        Ids of the tasks of the table; what begins with none of them is left as it is.
    cells : CellReader
        Reads the lags.
    """
    relationships: list[str] = []
    for text in texts:
        whole = relationship_text(text, ids, cells)
        parts = (
            [relationship_text(part.strip(), ids, cells) for part in text.split(",") if part.strip()]
            if "," in text
            else []
        )
        is_list = bool(parts) and text not in ids and None not in parts
        if is_list == (whole is not None):  # neither, or both: 1SS+1,5 may be one relationship or two
            relationships.append(text)
        else:
            relationships += [part for part in (parts if is_list else [whole]) if part is not None]
    return relationships


def relationship_text(text: str, ids: Collection[str], cells: CellReader) -> str | None:
    """Return one relationship as the format writes it, None where it begins with no id of the table."""
    if text in ids:
        return text
    match = RELATIONSHIP.fullmatch(text) if len(text) <= 300 else None
    if match is None or match[1] not in ids:
        return None
    sign, lag = match[3] or match[5], match[4] or match[6]
    kind = (match[2] or "FS").upper()
    if lag is None:
        return f"{match[1]} {kind}"
    try:
        amount = cells.amount(lag.strip(), "d")
    except CellFault:
        amount = None
    if not isinstance(amount, str) or quantity(amount) is None:
        return None
    return f"{match[1]} {kind}{sign}{amount}"
