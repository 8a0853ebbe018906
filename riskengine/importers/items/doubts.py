"""What an export says that is seldom meant: dates after its day, hours as seconds, done work that is not done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from riskengine.importers.items.headings import Column
from riskengine.importers.items.numbers import number_of
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Rows
from riskengine.importers.items.states import State
from riskengine.importers.items.tags import Dates, day_of
from riskengine.importers.sheets.faults import SheetFaults

PAST: Final = ("created", "start", "finish")
"""Dates of what has happened by the day of an export."""

MINUTE: Final[Mapping[str, float]] = {"s": 60.0, "ms": 60_000.0}
"""Of units of trackers that take no time below a minute."""


def note_late_dates(rows: Rows, dates: Dates, data_date: date | None, remarks: Remarks) -> None:
    """Note items of which something has happened after the data date: that is hardly the day of the export."""
    if data_date is None:
        return
    reader = replace(dates.reader, dropped_zones=0)
    columns = [(name, column) for name in PAST for column in rows.header.columns.get(name, ())]
    for item in rows.items:
        for name, column in columns:
            moment = reader.read(rows.sheet.cell(item.index, column.index), dates.orders.get(column.index, ""))
            day = None if isinstance(moment, str) else day_of(moment)
            if day is not None and day > data_date:
                statement = (
                    f"item|items with something that happened after {data_date}, the day that --as-of says the file "
                    "was exported on: is it that day?"
                )
                remarks.add(statement, f"{item.id} ({name} {day})")
                break


def note_open_but_finished(rows: Rows, how_far: Mapping[str, State], remarks: Remarks) -> None:
    """Note items with a date of finish that are not done by their status, such as those opened again."""
    if not rows.has("finish") or not rows.has("status"):
        return
    for item in rows.items:
        if how_far[item.id] in ("todo", "doing") and rows.texts(item.index, "finish"):
            statement = "item|items not done by the status, but with a date of finish: taken for not done"
            remarks.add(statement, item.id)


def refuse_hours_as_seconds(rows: Rows, faults: SheetFaults) -> None:
    """Report a column of times in seconds whose times are all below a minute: trackers know no such times."""
    for name in ("estimate", "remaining", "spent"):
        for column in rows.header.columns.get(name, ()):
            least = MINUTE.get(column.unit)
            if least is None:
                continue
            amounts = [amount for amount in numbers_in(rows, column) if amount > 0]
            if amounts and max(amounts) < least:
                unit = "seconds" if column.unit == "s" else "milliseconds"
                rule = f"must be in {unit}, as the map says, and none of them is a minute long"
                cure = f'say the unit in a map: {name} = {{ heading = "{column.heading}", unit = "h" }}'
                faults.cell("RE885", rows.sheet, rows.header.row, column.index, rule=rule, cure=cure)


def numbers_in(rows: Rows, column: Column) -> list[float]:
    """Return the plain numbers in a column of the items."""
    numbers = (number_of(rows.sheet.cell(item.index, column.index)) for item in rows.items)
    return [number for number in numbers if isinstance(number, float)]
