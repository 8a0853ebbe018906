"""What was done and came in, period by period, as items tell it: the history that a backlog draws from."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from riskengine.errors.counting import counted
from riskengine.importers.items.dates import Instant
from riskengine.importers.items.periods import Period, Periods, whole_periods
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.states import State
from riskengine.importers.items.tags import Dates, Tags, day_of
from riskengine.importers.items.tree import Tree
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.model.backlog import ADVISED_ROWS, FEWEST_ROWS, MOST_ROWS
from riskengine.model.bulk_closing import is_closed_in_bulk, may_be_closed_in_bulk

"""Shares of done items on one day from which nobody knows when they were done, and from which one should ask."""

LONG_IDLE: Final = 8
"""Periods in a row with nothing done that are worth a note."""

NO_GROUP: Final = "others"


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """How the past of items is told.

    Attributes
    ----------
    period : Period
        Length of one row.
    by : str
        ``team``, ``type`` or ``epic`` for a history of each; empty for one of all.
    keeps_bulk : bool
        Whether a history is taken whose items were closed in bulk.
    needs_open : bool
        Whether groups are for what is left to do: those with nothing left are left out, those without a pace refused.
    near : tuple of str
        Epics, or items, that are planned one by one in place of being counted as left to do.
    keeps_finished : bool
        Whether groups with nothing left to do are among the histories all the same, because a plan has them.
    """

    period: Period = field(default_factory=Period)
    by: Literal["", "team", "type", "epic"] = ""
    keeps_bulk: bool = False
    needs_open: bool = True
    near: tuple[str, ...] = ()
    keeps_finished: bool = False


@dataclass(frozen=True, slots=True)
class GroupHistory:
    """The history of a team, a type, an epic, or of all.

    Attributes
    ----------
    name : str
        Of the group, empty for all.
    open_ids : tuple of str
        Items that are left to do.
    periods : Periods
    done, added : tuple of int
        Items by period; ``added`` is None where the file does not say when items were created.
    spans : tuple of tuple
        Start and finish of the done items that have both, by the data date.
    last_day : date or None
        On which the last item was done, whether in a whole period or the running one.
    """

    name: str
    open_ids: tuple[str, ...]
    periods: Periods
    done: tuple[int, ...]
    added: tuple[int, ...] | None
    spans: tuple[tuple[Instant, Instant], ...] = ()
    last_day: date | None = None

    def numbers(self) -> dict[str, list[int]]:
        """Return its columns as a scenario has them."""
        added = {} if self.added is None else {"added": list(self.added)}
        return {"done": list(self.done), **added}

    def table(self, noun: str) -> str:
        """Return the history as CSV."""
        heading = f"{noun},done" + (",added" if self.added is not None else "")
        columns = [self.periods.starts, self.done, *([self.added] if self.added is not None else [])]
        return "\n".join([heading, *(",".join(map(str, row)) for row in zip(*columns, strict=True)), ""])


@dataclass(slots=True)
class ThroughputReader:
    """Counts items by period.

    Attributes
    ----------
    rows, tree, states, tags, dates
        The items, which is below which, how far each is, what it is filed under, and when.
    request : HistoryOptions
    data_date : date
    remarks, faults
        Where notes and faults go.
    """

    rows: Rows
    tree: Tree
    states: dict[str, State]
    tags: Tags
    dates: Dates
    request: HistoryOptions
    data_date: date
    remarks: Remarks
    faults: SheetFaults

    def read(self, without: frozenset[str] = frozenset()) -> list[GroupHistory]:
        """Return the histories; what is not to be believed is reported.

        Parameters
        ----------
        without : frozenset of str
            Items that are planned one by one, and so are not left for any backlog.
        """
        if not self.rows.has("finish"):
            self.faults.heading("RE617", self.rows.sheet, self.rows.header.row)
            return []
        groups: dict[str, list[Row]] = {}
        for item in self.rows.items:
            if self.tree.children.get(item.id):
                self.remarks.add("item|items with items below: not counted, what is below is", item.id)
            elif self.states[item.id] == "dropped":
                self.remarks.add("dropped item|items: neither done nor added", item.id)
            else:
                groups.setdefault(self.group(item), []).append(item)
        histories = [self.history(name, items, without) for name, items in sorted(groups.items())]
        return [each for each in histories if each is not None]

    def group(self, item: Row) -> str:
        """Return the group of an item."""
        if self.request.by == "team":
            name = self.tags.team(item)
        elif self.request.by == "type":
            name = next(iter(self.rows.texts(item.index, "type")), "")
        elif self.request.by == "epic":
            top = self.tree.chain(item.id)[0]
            name = top if top != item.id else dict(self.tree.outside).get(item.id, "")
        else:
            return ""
        if not name:
            self.remarks.add(f"item|items without a {self.request.by}: counted as {NO_GROUP}", item.id)
        return name or NO_GROUP

    def history(self, name: str, items: list[Row], without: frozenset[str]) -> GroupHistory | None:
        """Return the history of a group, None where it has none or after a fault."""
        label = f" of {name}" if name else ""
        done_days = self.done_days(items)
        open_ids = tuple(item.id for item in items if self.states[item.id] != "done" and item.id not in without)
        if not done_days:
            if not name or (open_ids and self.request.needs_open):
                rule = f"items{label} must have been done before, with the dates of it, to tell a pace"
                value = f"{counted(len(open_ids), 'open item')}, none done with a date"
                self.faults.heading("RE618", self.rows.sheet, self.rows.header.row, rule=rule, value=value)
            return None
        if not open_ids and name and self.request.needs_open and not self.request.keeps_finished:
            self.remarks.add(f"{self.request.by}|groups with nothing left to do: no backlog", name)
            return None
        self.refuse_bulk(label, list(done_days.values()))
        periods = whole_periods(min(done_days.values()), self.data_date, self.request.period)
        if not FEWEST_ROWS <= len(periods.starts) < MOST_ROWS:
            rule = f"a history{label} must have {FEWEST_ROWS} whole periods, and fewer than {MOST_ROWS:,}"
            value = f"{counted(len(periods.starts), 'period')} of {self.request.period.text} up to {self.data_date}"
            self.faults.heading("RE616", self.rows.sheet, self.rows.header.row, rule=rule, value=value)
            return None
        done = self.counts(done_days, periods, "done item|items in the running period, which is no row")
        added = self.added(items, periods)
        self.remark(label, done, periods)
        spans, last_day = self.spans(items), max(done_days.values())
        return GroupHistory(name, open_ids, periods, done=done, added=added, spans=spans, last_day=last_day)

    def done_days(self, items: list[Row]) -> dict[str, date]:
        """Return when the items were done that were; those without a date are noted."""
        days: dict[str, date] = {}
        for item in items:
            if self.states[item.id] != "done":
                continue
            day = day_of(self.dates.read(item, "finish"))
            created = day_of(self.dates.read(item, "created")) if self.rows.has("created") else None
            if day is None:
                self.remarks.add("done item|items without a date: in no period", item.id)
                continue
            days[item.id] = day
            if created is not None and day < created:
                self.remarks.add("item|items done before they were created", item.id)
        return days

    def spans(self, items: list[Row]) -> tuple[tuple[Instant, Instant], ...]:
        """Return start and finish of the done items that have both, in this order."""
        spans: list[tuple[Instant, Instant]] = []
        if not self.rows.has("start"):
            return ()
        for item in items:
            if self.states[item.id] != "done":
                continue
            start, finish = self.dates.read(item, "start"), self.dates.read(item, "finish")
            first, last = day_of(start), day_of(finish)
            if start is None or finish is None or first is None or last is None or last >= self.data_date:
                continue
            if last < first:
                self.remarks.add("item|items done before they began: how long they took is not known", item.id)
            else:
                spans.append((start, finish))
        return tuple(spans)

    def refuse_bulk(self, label: str, days: list[date]) -> None:
        """Report that items were closed on one day, which is not when they were done."""
        day, count = Counter(days).most_common(1)[0]
        where = f"{count} of {counted(len(days), 'dated done item')}{label} on {day}"
        if is_closed_in_bulk(count, len(days)) and not self.request.keeps_bulk:
            self.faults.heading("RE615", self.rows.sheet, self.rows.header.row, value=where)
        elif may_be_closed_in_bulk(count, len(days)):
            statement = "day|days on which items look closed in bulk: their dates may not be when they were done"
            self.remarks.add(statement, where)

    def counts(self, days: dict[str, date], periods: Periods, statement: str) -> tuple[int, ...]:
        """Return how many days fall into each period; those behind the last are noted."""
        counts = [0] * len(periods.starts)
        for id, day in days.items():
            place = periods.place(day)
            if place is not None:
                counts[place] += 1
            elif day >= periods.end and statement:
                self.remarks.add(statement, id)
        return tuple(counts)

    def added(self, items: list[Row], periods: Periods) -> tuple[int, ...] | None:
        """Return how many items came in by period, None where nothing says when."""
        if not self.rows.has("created"):
            self.remarks.add("history|histories without what came in: the file has no date of creation", "created")
            return None
        days = {item.id: day_of(self.dates.read(item, "created")) for item in items}
        for id, day in days.items():
            if day is None:
                self.remarks.add("item|items without a date of creation: not counted as added", id)
        return self.counts({id: day for id, day in days.items() if day is not None}, periods, "")

    def remark(self, label: str, done: tuple[int, ...], periods: Periods) -> None:
        """Note what a person should know of a history before believing it."""
        if len(done) < ADVISED_ROWS:
            text = f"{counted(len(done), 'period')}{label}"
            self.remarks.add(f"history|histories of fewer than {ADVISED_ROWS} periods: bad ones may be missing", text)
        longest, length, start = 0, 0, 0
        for place, count in enumerate(done):
            length = 0 if count else length + 1
            if length > longest:
                longest, start = length, place - length + 1
        if longest >= LONG_IDLE:
            until = (periods.starts[start + longest] if start + longest < len(done) else periods.end) - timedelta(
                days=1
            )
            text = f"{counted(longest, 'period')}{label} from {periods.starts[start]} to {until}"
            self.remarks.add("long time|times with nothing done: is a date wrong?", text)
