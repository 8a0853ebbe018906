"""Reading work items into a schedule: which tool wrote them, by which map, and every fault at once."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from riskengine.errors import ScenarioError, UsageError, shortened
from riskengine.errors.counting import counted
from riskengine.importers.items.dates import DateReader
from riskengine.importers.items.doubts import note_late_dates, note_open_but_finished, refuse_hours_as_seconds
from riskengine.importers.items.estimates import Estimates
from riskengine.importers.items.headings import Column, Header, tools_of
from riskengine.importers.items.item_map import ItemMap, read_map
from riskengine.importers.items.network import Network
from riskengine.importers.items.options import MAPS, ItemOptions
from riskengine.importers.items.people import People
from riskengine.importers.items.plan import PlanWriter
from riskengine.importers.items.ranks import Ranks
from riskengine.importers.items.relationships import Relationships
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import RowReader, Rows
from riskengine.importers.items.schedule import ItemSchedule
from riskengine.importers.items.source import Source, chosen_sheet, open_source
from riskengine.importers.items.states import State, States
from riskengine.importers.items.tags import Dates, Tags
from riskengine.importers.items.tree import read_tree
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import is_blank

MOST_ITEMS: Final = 100_000
LIMITS_OF_EXPORTS: Final = (1_000,)
"""Rows at which trackers cut their exports."""

LONGEST_NOTE: Final = 600


def read_items(path: Path, options: ItemOptions) -> ItemSchedule:
    """Read the work items of a file.

    Parameters
    ----------
    path : Path
        CSV, a workbook, or the JSON of a tracker.
    options : ItemOptions

    Raises
    ------
    ScenarioError
        With every fault, each with its row and its column.
    UsageError
        When there is neither a data date nor a start.
    """
    faults = SheetFaults(str(path))
    schedule = _schedule(path, options, faults)
    if faults.issues or schedule is None:
        raise ScenarioError(sorted(faults.issues, key=lambda issue: issue.line or 0))
    return schedule


def guessed_tools(path: Path, encoding: str = "") -> list[str]:
    """Return the maps whose telling headings a file has; none where it is no table of items."""
    faults = SheetFaults(str(path))
    source = open_source(path, encoding, faults)
    if source is None:
        return []
    return _tools(source)


def _tools(source: Source) -> list[str]:
    """Return the tools whose headings any of the sheets has, a list only where no tool's are there."""
    maps = {name: read_map(name) for name in MAPS}
    names = {name for sheet in source.sheets for name in tools_of(sheet, maps)}
    tools: list[str] = [name for name in MAPS if name in names and name != "list"]
    return tools or sorted(names)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The items of a file and how they were told: by which map, and whether that was guessed."""

    rows: Rows
    item_map: ItemMap
    source: Source
    is_guessed: bool


def read_rows_of(
    path: Path, options: ItemOptions, faults: SheetFaults, *, needs_titles: bool = True
) -> ReadRows | None:
    """Return the items of a file, None after a fault.

    Parameters
    ----------
    path : Path
    options : ItemOptions
    faults : SheetFaults
        Where faults go.
    needs_titles : bool
        Whether there has to be a column of titles.

    Raises
    ------
    UsageError
        When there is neither a data date nor a start.
    """
    source = open_source(path, options.encoding, faults)
    if source is None:
        return None
    guesses = [] if options.map else _tools(source)
    if not options.map and len(guesses) != 1:
        _refuse_guess(guesses, faults)
        return None
    item_map = read_map(options.map or guesses[0])
    sheet_and_header = chosen_sheet(source, item_map, faults)
    if sheet_and_header is None:
        return None
    if options.data_date is None and options.start is None:
        raise UsageError(
            "work items need the date that they were exported at",
            "RE891",
            "give --as-of 2027-03-08, or --start of a plan",
        )
    sheet, header = sheet_and_header
    rows = RowReader(sheet, header, item_map, faults, needs_titles=needs_titles).read()
    if faults.issues and options.map:
        _point_to_another_map(faults, source, item_map)
    if len(rows.items) > MOST_ITEMS:
        faults.file("RE896", rule=f"the file must have at most {MOST_ITEMS:,} items", value=f"{len(rows.items):,}")
    if not rows.items and not faults.issues:
        faults.heading("RE895", sheet, header.row)
    return None if faults.issues else ReadRows(rows, item_map, source, bool(guesses))


def _schedule(path: Path, options: ItemOptions, faults: SheetFaults) -> ItemSchedule | None:
    """Return the schedule of a file, None after a fault."""
    content = read_rows_of(path, options, faults)
    if content is None:
        return None
    remarks = Remarks()
    schedule = plan_of_rows(path, content.rows, content.item_map, options, remarks=remarks, faults=faults)
    schedule.notes += notes_of(content, remarks)
    return schedule


def notes_of(content: ReadRows, remarks: Remarks) -> list[str]:
    """Return what is to be said of a file: how it was read, its rows, and the file as such."""
    rows, sheet = content.rows, content.rows.sheet
    line = sheet.lines[rows.header.row]
    first = [f"headings of {content.item_map.tool} in row {line}" + (", guessed" if content.is_guessed else "")]
    file_notes = [*content.source.notes, *(note for note in sheet.notes if note not in content.source.notes)]
    return [shortened(note, LONGEST_NOTE) for note in (*first, *_notes(rows, remarks, rows.header), *file_notes)]


def dropped_zones_note(reader: DateReader) -> list[str]:
    """Return how many instants lost their zone, nothing where none did."""
    if not reader.dropped_zones:
        return []
    dropped = counted(reader.dropped_zones, "instant is", "instants are")
    return [f"the zone of {dropped} dropped; --zone converts them"]


def _point_to_another_map(faults: SheetFaults, source: Source, item_map: ItemMap) -> None:
    """Let faults of headings say whose the headings are, where they are those of another tool."""
    others = [name for name in _tools(source) if name != "list"]
    if len(others) == 1 and others != [item_map.name]:
        cure = f"the headings are those of another tool: --map {others[0]}"
        faults.issues[:] = [replace(issue, cure=cure) if issue.code == "RE879" else issue for issue in faults.issues]


def _refuse_guess(guesses: list[str], faults: SheetFaults) -> None:
    """Report that the headings are those of no tool, or of two."""
    if guesses:
        rule = "headings must be those of one tool"
        faults.file("RE878", rule=rule, value=" and ".join(guesses), line=1, cure=f"say which: --map {guesses[0]}")
    else:
        cure = f"name the tool: --map {', '.join(MAPS[:-1])} or {MAPS[-1]}, or a map of your own"
        faults.file("RE877", rule="headings must be those of a tool", line=1, cure=cure)


def dates_and_tags(
    rows: Rows, item_map: ItemMap, options: ItemOptions, *, remarks: Remarks, faults: SheetFaults
) -> tuple[Dates, Tags]:
    """Return what reads the dates of items, and what they are filed under; faults are collected."""
    dates = Dates(rows, DateReader(options.dates, options.zone), faults)
    dates.prepare()
    tags = Tags(rows, item_map, dates, remarks)
    tags.prepare()
    return dates, tags


def plan_of_rows(
    path: Path, rows: Rows, item_map: ItemMap, options: ItemOptions, *, remarks: Remarks, faults: SheetFaults
) -> ItemSchedule:
    """Return the schedule of the rows; faults are collected."""
    dates, tags = dates_and_tags(rows, item_map, options, remarks=remarks, faults=faults)
    ranks = Ranks(rows, remarks)
    if options.has_people:
        ranks.prepare()
    people = People(rows, item_map.name, options.is_anonymous, remarks)
    people.prepare()
    states = States(rows, item_map, faults)
    estimates = Estimates(rows, item_map, options, states=states, remarks=remarks, faults=faults)
    how_far = how_far_of(rows, states, estimates, remarks)
    note_late_dates(rows, dates, options.data_date, remarks)
    note_open_but_finished(rows, how_far, remarks)
    refuse_hours_as_seconds(rows, faults)
    tree = read_tree(rows, item_map, faults)
    relationships = Relationships(rows, item_map, estimates.lengths, faults)
    relationships.read()
    writer = PlanWriter(
        rows=rows,
        tree=tree,
        states=how_far,
        options=options,
        estimates=estimates,
        people=people,
        tags=tags,
        ranks=ranks,
        dates=dates,
        remarks=remarks,
        faults=faults,
    )
    network = Network(relationships, remarks)
    schedule = writer.schedule(path, item_map.tool, network)
    if not any(task.type != "summary" for task in schedule.tasks) and not faults.issues:
        rule = "the file must have items that are not done"
        value = f"{counted(len(rows.items), 'item')}, all done or dropped"
        cure = "export the open items, too: the filter of the export may leave them out"
        faults.heading("RE895", rows.sheet, rows.header.row, rule=rule, value=value, cure=cure)
    for item, parent in tree.outside:
        remarks.add("parent|parents not in the file: the item stands by itself", f"{parent} of {item}")
    has_any = relationships.count or relationships.held_outside or relationships.holds_outside
    if not has_any and len(schedule.tasks) > 1:
        by_people = " but for its people" if options.has_people else ""
        schedule.notes.append(f"no relationships: every item may begin at once{by_people}")
    schedule.notes += dropped_zones_note(dates.reader)
    if options.focus != 1:
        schedule.notes.append(f"durations are efforts at {100 * options.focus:g} % of a person's time, as --focus says")
    return schedule


def how_far_of(rows: Rows, states: States, estimates: Estimates | None, remarks: Remarks) -> dict[str, State]:
    """Return how far each item is; what has time spent on it has begun, whatever its status."""
    how_far: dict[str, State] = {}
    for item in rows.items:
        state = states.read(item)
        if state == "todo" and estimates is not None and rows.has("spent") and estimates.time(item, "spent"):
            state = "doing"
            remarks.add("item|items not begun by their status, but with time spent: taken for begun", item.id)
        how_far[item.id] = state
    for status, ids in states.guessed.items():
        for id in ids:
            statement = "item|items of a status that the map does not know: taken for not begun"
            remarks.add(statement, f"{id} ({shortened(status, 40)})")
    for id in states.fractions:
        remarks.add("item|items of which the share that is complete was taken for a share of 1, not for percent", id)
    for id in states.without:
        if rows.has("status"):
            remarks.add("item|items without a status: taken for not begun", id)
    return how_far


def _notes(rows: Rows, remarks: Remarks, header: Header) -> list[str]:
    """Return what is to be said of the rows."""
    notes = remarks.lines()
    out = Remarks(dict(rows.left_out))
    notes += out.lines()
    counts = {kind: _relationships_of_type(rows, columns) for kind, columns in header.relationship_types.items()}
    if any(counts.values()):
        kinds = [f"{shortened(kind, 60)} {count:,}" for kind, count in counts.items() if count]
        notes.append(f"relationships of types that are no logic by the map left out: {', '.join(kinds[:20])}")
    if header.unread:
        unread = Remarks({"column|columns not read": list(dict.fromkeys(header.unread))})
        notes += unread.lines()
    if len(rows.items) in LIMITS_OF_EXPORTS:
        notes.append(
            f"the export may have been cut at a limit of the tool: it has exactly {counted(len(rows.items), 'item')}"
        )
    hidden = [row for row in rows.items if row.index in rows.sheet.hidden_rows]
    if hidden:
        notes += Remarks(
            {"item|items in rows that are hidden or filtered out: read": [row.id for row in hidden]}
        ).lines()
    return notes


def _relationships_of_type(rows: Rows, columns: list[Column]) -> int:
    """Return how many relationships there are in some columns."""
    return sum(not is_blank(rows.sheet.cell(item.index, column.index)) for item in rows.items for column in columns)
