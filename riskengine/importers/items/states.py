"""How far an item is: not begun, begun, done, or dropped, which is never finished work."""

from dataclasses import dataclass, field
from typing import Final, Literal

from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.spelling import key_of
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import Odd, Value, cell_text

State = Literal["todo", "doing", "done", "dropped"]
WHOLE: Final = 100.0


@dataclass(slots=True)
class States:
    """Reads how far items are, and collects the words that it had to guess.

    Attributes
    ----------
    guessed : dict
        Items by the word of their status that no map has.
    without : list of str
        Items without a status.
    fractions : list of str
        Items whose share that is done stands in a column of shares of 1, such as 0.5, and is no percentage.
    """

    rows: Rows
    map: ItemMap
    faults: SheetFaults
    guessed: dict[str, list[str]] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    shares: dict[int, float | None] = field(default_factory=dict)
    fractions: list[str] = field(default_factory=list)
    are_fractions: dict[int, bool] = field(default_factory=dict)

    def read(self, item: Row) -> State:
        """Return how far an item is; a status of which nobody knows is reported where nothing else tells."""
        if self.first(item, "canceled"):
            return "dropped"
        reasons = [key_of(text) for text in self.rows.texts(item.index, "resolution")]
        reason = next((self.map.reasons.get(key, self.map.states.get(key, "")) for key in reasons), "")
        status, category = self.first(item, "status"), self.first(item, "category")
        state = self.map.states.get(key_of(status)) or self.map.states.get(key_of(category))
        category_state = self.map.states.get(key_of(category))
        if category_state is not None and state != "dropped":
            state = category_state
        if state == "done" and reason == "dropped":
            return "dropped"
        if self.is_in_done_list(item):
            return "done"
        if state is None:
            state = self.without_status(item, status, reasons, reason)
        return state if state in ("doing", "done", "dropped") else "todo"  # type: ignore[return-value]

    def first(self, item: Row, name: str) -> str:
        """Return the first text of a field."""
        return next(iter(self.rows.texts(item.index, name)), "")

    def is_in_done_list(self, item: Row) -> bool:
        """Return whether an item lies in a list of a board that says it is done."""
        return any(
            self.map.states.get(key_of(text)) == "done"
            for name in ("list", "section")
            for text in self.rows.texts(item.index, name)
        )

    def without_status(self, item: Row, status: str, reasons: list[str], reason: str) -> str:
        """Return how far an item is whose status says nothing, by its reason, its dates and its share done."""
        if reason == "dropped":
            return "dropped"
        if self.first(item, "finish") or reason == "done":
            return "done"
        share = self.share(item)
        if share is not None and share > 0:
            return "done" if share >= WHOLE else "doing"
        if not status:
            if self.first(item, "start"):
                return "doing"
            self.without.append(item.id)
            return "todo"
        has_told = self.rows.has("finish") or self.rows.has("resolution") or share is not None
        if not has_told or reasons:
            column, _ = next(self.rows.cells(item.index, "status"))
            cure = "write it under todo, doing, done or dropped of [status] in a map: --show-map prints one"
            rule = "must be a status that the map knows"
            self.faults.cell("RE886", self.rows.sheet, item.index, column.index, column.heading, rule=rule, cure=cure)
            return "todo"
        self.guessed.setdefault(status, []).append(item.id)
        return "todo"

    def share(self, item: Row) -> float | None:
        """Return the percentage of an item that is done, None where nothing says it; a fault is told once."""
        if item.index not in self.shares:
            self.shares[item.index] = self._share(item)
        return self.shares[item.index]

    def _share(self, item: Row) -> float | None:
        """Return what the cells of a percentage say."""
        for column, value in self.rows.cells(item.index, "percent"):
            percent = percent_of(value)
            if percent is not None and is_plain(value) and self.holds_fractions(column.index):
                percent *= WHOLE
                if percent:
                    self.fractions.append(item.id)
            if percent is None or not 0 <= percent <= WHOLE:
                rule = "must be a percentage from 0 to 100"
                self.faults.cell("RE885", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
                return None
            return percent
        return None

    def holds_fractions(self, column: int) -> bool:
        """Return whether the plain numbers of a column are shares of 1: none above it, and some between 0 and 1."""
        if column not in self.are_fractions:
            cells = [self.rows.sheet.cell(item.index, column) for item in self.rows.items]
            shares = [share for cell in cells if is_plain(cell) and (share := percent_of(cell)) is not None]
            self.are_fractions[column] = max(shares, default=0) <= 1 and any(0 < share < 1 for share in shares)
        return self.are_fractions[column]


def is_plain(value: Value) -> bool:
    """Return whether a cell does not say itself that it is a percentage."""
    return not isinstance(value, Odd) and "%" not in cell_text(value)


def percent_of(value: Value) -> float | None:
    """Return a percentage: a cell in percent, ``40 %``, or a plain number; None where it is none."""
    if isinstance(value, Odd):
        return WHOLE * value.number if value.kind == "percent" else None
    text = cell_text(value).replace(",", ".").strip()
    try:
        number = float(text.removesuffix("%").strip())
    except ValueError:
        return None
    return number
