"""Reading a table of finished work; every fault of every row is told, and nothing is dropped in silence."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from riskengine.calibration.amounts import AmountReader
from riskengine.calibration.finished_item import FinishedItem, FinishedWork
from riskengine.calibration.forecast import forecast_of
from riskengine.calibration.headings import DATES, Headings, by_map, find_headings, fit, understood
from riskengine.calibration.statuses import done_status
from riskengine.calibration.suspicion import Dates, suspicions
from riskengine.errors import ScenarioError, shortened
from riskengine.errors.counting import counted, first_names
from riskengine.importers.items.dates import DateReader, Instant
from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.notes import counted_note
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.table_file import check_widths, read_table
from riskengine.model import AnyEstimate
from riskengine.model.fields import LONGEST_NAME
from riskengine.scenario.tables.delimited import filled_rows
from riskengine.scenario.tables.sheet_notes import marked_note
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, is_blank

Shape = Literal["pert", "triangular"]
POINTS: Final = ("low", "most_likely", "high")
TEXTS: Final = ("id", "team", "sprint", "status")
NO_ESTIMATE: Final = "no estimate"
NOTHING_SPENT: Final = "actual is empty"
SPENT_ZERO: Final = "actual is 0 (nobody wrote time down: 0 is no fast item)"
NOT_DONE: Final = "not done"
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What three points mean where their headings name no percentiles.

    Attributes
    ----------
    shape : str
        ``pert`` or ``triangular``.
    low_percentile, high_percentile : float or None
        Probabilities of staying below the lowest and the highest; None where they are the bounds.
    hours_per_day : float or None
        Working hours of a day; without it days are not converted to hours.
    item_map : ItemMap or None
        How a tool calls its columns and states, and the units of its numbers.
    """

    shape: Shape = "pert"
    low_percentile: float | None = None
    high_percentile: float | None = None
    hours_per_day: float | None = None
    item_map: ItemMap | None = None


@dataclass(slots=True)
class Rows:
    """What the rows of a table have given so far."""

    items: list[FinishedItem] = field(default_factory=list)
    dates: dict[str, Dates] = field(default_factory=dict)
    left_out: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    unknown_statuses: Counter[str] = field(default_factory=Counter)
    lines: dict[str, int] = field(default_factory=dict)
    unread_dates: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, team: str, reason: str, item: str) -> None:
        """Note why an item is not used."""
        self.left_out.setdefault((team, reason), []).append(item)


def read_finished(path: str | os.PathLike[str], options: ReadingOptions) -> FinishedWork:
    """Read a table of finished work: a CSV file with commas, semicolons or tabs, or a workbook.

    Raises
    ------
    ScenarioError
        With every fault, each with file, row and column.
    """
    faults = SheetFaults(str(path))
    work = _work(Path(path), options, faults)
    if faults.issues or work is None:
        raise ScenarioError(sorted(faults.issues, key=lambda issue: issue.line or 0))
    return work


def _work(path: Path, options: ReadingOptions, faults: SheetFaults) -> FinishedWork | None:
    understand = understood if options.item_map is None else by_map(options.item_map)
    sheet = read_table(path, lambda sheet: fit(sheet, understand), "RE690", faults)
    if sheet is None:
        return None
    headings = find_headings(sheet, understand)
    columns = {} if headings is None else _columns(sheet, headings, faults)
    if headings is None or not _is_table(columns):
        missing = "actual" if "actual" not in columns else "estimate, or low and high"
        seen = shortened(", ".join(text for text in headings.texts if text), 200) if headings is not None else "nothing"
        faults.file("RE690", value=seen, line=1, cure=f"add a column {missing}")
        return None
    check_widths(sheet, headings.row, faults)
    rows = filled_rows(sheet, headings.row)
    amounts = AmountReader(sheet, headings, columns, rows=rows, hours_per_day=options.hours_per_day, faults=faults)
    read = Rows()
    dates = ColumnDates(sheet, columns, rows)
    sprints = [index for index, meaning in enumerate(headings.meanings) if meaning and meaning.name == "sprint"]
    for row in rows:
        if not _repeats_headings(sheet, headings, row):
            _read_row(sheet, row, columns, read, sprints=sprints, amounts=amounts, dates=dates, options=options)
    return FinishedWork(
        file=faults.name,
        unit=amounts.unit,
        items=tuple(read.items),
        rows=len(read.items) + sum(map(len, read.left_out.values())),
        left_out=read.left_out,
        suspicions=suspicions(read.items, read.dates),
        has_teams="team" in columns,
        notes=_notes(sheet, headings, rows, read, amounts),
    )


def _columns(sheet: Sheet, headings: Headings, faults: SheetFaults) -> dict[str, int]:
    """Return the column of each field; the first where a name stands twice without harm, a fault where it matters."""
    columns: dict[str, int] = {}
    for index, meaning in enumerate(headings.meanings):
        value = sheet.cell(headings.row, index)
        if isinstance(value, Odd) and value.has_no_value:
            faults.cell("RE872", sheet, headings.row, index, "heading")
        if meaning is None:
            continue
        if meaning.name in columns and meaning.name not in ("id", "name", "sprint"):
            first = headings.texts[columns[meaning.name]]
            rule = f'only one column may be taken for "{meaning.name}", and "{first}" is one already'
            faults.cell("RE694", sheet, headings.row, index, "heading", rule=rule)
        columns.setdefault(meaning.name, index)
    return columns


def _is_table(columns: dict[str, int]) -> bool:
    return "actual" in columns and ("estimate" in columns or {"low", "high"} <= columns.keys())


def _repeats_headings(sheet: Sheet, headings: Headings, row: int) -> bool:
    """Return whether a row is the headings again, as exports that were joined have them."""
    texts = [cell_text(value) for value in sheet.rows[row]]
    return sum(bool(text) for text in texts) > 1 and texts[: len(headings.texts)] == headings.texts[: len(texts)]


def _texts(
    sheet: Sheet, row: int, columns: dict[str, int], sprints: list[int], faults: SheetFaults
) -> dict[str, str] | None:
    """Return the texts of a row by their field, empty where there are none; None after a fault."""
    texts = dict.fromkeys(TEXTS, "")
    for name in TEXTS:
        if name not in columns:
            continue
        value = sheet.cell(row, columns[name])
        if isinstance(value, Odd) and value.has_no_value:
            faults.cell("RE872", sheet, row, columns[name], name)
            return None
        texts[name] = " ".join(cell_text(value).split())[:LONGEST_NAME]
    for column in sprints:  # an item that was carried over stands in several: the last is the one that it was done in
        texts["sprint"] = " ".join(cell_text(sheet.cell(row, column)).split())[:LONGEST_NAME] or texts["sprint"]
    return texts


def _read_row(
    sheet: Sheet,
    row: int,
    columns: dict[str, int],
    read: Rows,
    *,
    sprints: list[int],
    amounts: AmountReader,
    dates: "ColumnDates",
    options: ReadingOptions,
) -> None:
    """Take one row: an item, a reason to leave it out, or faults."""
    faults = amounts.faults
    texts = _texts(sheet, row, columns, sprints, faults)
    if texts is None:
        return
    item, team = texts["id"] or f"row {sheet.lines[row]}", texts["team"]
    if texts["id"] and item in read.lines:
        rule = f"an item must stand once, and row {read.lines[item]} has it already"
        faults.cell("RE692", sheet, row, columns["id"], "id", rule=rule)
        return
    read.lines[item] = sheet.lines[row]
    if texts["status"]:
        status = done_status(texts["status"], {} if options.item_map is None else options.item_map.states)
        if status is None:
            read.unknown_statuses[texts["status"]] += 1
        if not status:
            read.leave_out(team, NOT_DONE, item)
            return
    before = len(faults.issues)
    values: dict[str, float | None] = {
        name: amounts.read(row, name) for name in ("estimate", *POINTS, "actual") if name in columns
    }
    if len(faults.issues) > before:
        return
    if not values["actual"]:
        read.leave_out(team, NOTHING_SPENT if values["actual"] is None else SPENT_ZERO, item)
        return
    outcome = _forecast(values, amounts, options)
    if isinstance(outcome, str):
        faults.cell("RE696", sheet, row, columns["low"], "low", rule=outcome)
        return
    if outcome is None:
        read.leave_out(team, NO_ESTIMATE, item)
        return
    estimate, forecast = outcome
    read.items.append(
        FinishedItem(
            item,
            line=sheet.lines[row],
            team=team,
            sprint=texts["sprint"],
            estimate=estimate,
            actual=values["actual"],
            forecast=forecast,
        )
    )
    read.dates[item] = Dates(*(dates.read(row, name, item, read.unread_dates) for name in ("created", "finished")))


def _forecast(
    values: Mapping[str, float | None], amounts: AmountReader, options: ReadingOptions
) -> tuple[float, AnyEstimate | None] | str | None:
    """Return the estimate of an item and its range, why its points forecast none, or None where there is none."""
    points = [values.get(name) for name in POINTS]
    if points[0] is None and points[2] is None:
        single = values.get("estimate") or values.get("most_likely")
        return (single, None) if single else None
    if points[1] is None:
        points[1] = values.get("estimate")
    percentiles = amounts.percentiles(options.low_percentile, options.high_percentile)
    return forecast_of(points, percentiles, options.shape)


class ColumnDates:
    """Reads the dates of a table, each column in the order of day and month that it shows.

    Parameters
    ----------
    sheet : Sheet
    columns : dict
        Column of each field.
    rows : list of int
        Rows below the headings.
    """

    def __init__(self, sheet: Sheet, columns: dict[str, int], rows: list[int]) -> None:
        self.sheet, self.columns = sheet, columns
        self.reader = DateReader()
        self.orders: dict[str, str] = {
            name: self.reader.order_of(sheet.cell(row, columns[name]) for row in rows)
            for name in DATES
            if name in columns
        }

    def read(self, row: int, name: str, item: str, unread: dict[str, list[str]]) -> Instant | None:
        """Return a date, None where there is none; of one that nobody can tell, the item is noted."""
        value = self.sheet.cell(row, self.columns[name]) if name in self.columns else None
        if is_blank(value):
            return None
        moment = self.reader.read(value, self.orders[name])
        if isinstance(moment, str):
            unread.setdefault(name, []).append(f"{item} ({shortened(cell_text(value), 40)})")
            return None
        return moment


def _notes(sheet: Sheet, headings: Headings, rows: list[int], read: Rows, amounts: AmountReader) -> list[str]:
    """Return what was guessed, and what a person sees of the table and a reader would not."""
    notes = list(sheet.notes) + amounts.notes
    hidden = [row for row in rows if row in sheet.hidden_rows]
    if hidden:
        notes.append(marked_note(sheet, hidden, "hidden or filtered out"))
    for name, items in read.unread_dates.items():
        statement = f"date|dates of column {name} cannot be told: checks of dates leave the item|items out"
        notes.append(counted_note(statement, items, MOST_NAMED))
    if read.unknown_statuses:
        names = first_names([f'"{name}"' for name in sorted(read.unknown_statuses)], MOST_NAMED)
        count = sum(read.unknown_statuses.values())
        notes.append(f"{counted(count, 'item')} with a status that is not understood count as not done: {names}")
    guessed = [
        f'"{text}" is {meaning.name.replace("_", " ")}'
        for text, meaning in zip(headings.texts, headings.meanings, strict=True)
        if meaning is not None and text.casefold().replace(" ", "_") != meaning.name
    ]
    if guessed:
        notes.append(f"columns are told by their headings: {', '.join(guessed)}")
    return notes
