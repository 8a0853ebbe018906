"""Writes numbers of tables into sentences, in a language, with their intervals or without."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from riskengine.pages.explained.frequency import exact_frequency, frequency
from riskengine.pages.explained.precision import bearable
from riskengine.pages.explained.sentence import MANIFEST, ROWS, Name, Number, Part, Place, Sentence, compose
from riskengine.pages.section import PageInput
from riskengine.pages.speaker import Speaker
from riskengine.report import reading
from riskengine.report.text.naming import is_telling
from riskengine.report.text.notation import level_words, short_name

KEYS: Mapping[str, tuple[str, ...]] = {
    "clauses": ("clause",),
    "correlations": ("correlation",),
    "gates": ("gate",),
    "levelling": ("target", "measure", "statistic"),
    "percentiles": ("target", "measure", "percentile"),
    "project": (),
    "risks": ("risk",),
    "summary": ("target", "measure"),
    "tasks": ("task",),
}
"""Columns by which a row of a table is told from all others."""
ENDS_OF_ROW = ("value", "probability")
"""Columns whose interval has no name of its own in it: ``ci_low`` is that of the row."""


@dataclass(frozen=True)
class Writer(Speaker):
    """Writes what a run says for one audience.

    Parameters
    ----------
    page : PageInput
        The run, the language, and the folder as the user named it.
    has_intervals : bool
        Whether every number has its interval behind it, and shares are percentages; else shares are natural
        frequencies.
    """

    page: PageInput
    has_intervals: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", self.page.language)

    def sentence(self, key: str, count: float = 2, **parts: Part) -> Sentence:
        """Return a text of the language with its parts in their places, for one or for so many."""
        one, _, many = self.language.words[f"explain.{key}"].partition("|")
        return compose(one if count == 1 or not many else many, parts)

    def name(self, text: str) -> Name:
        """Return a name that somebody gave."""
        return Name(short_name(text))

    def title(self, key: str, name: str) -> Name:
        """Return the name of a task or a risk with its id, or the id alone where the name says no more."""
        if not is_telling(key, name):
            return self.name(key)
        return Name(f"{short_name(name)} ({short_name(key)})")

    def level(self, gate: reading.Row) -> Number:
        """Return the level of the interval of a gate, where a run looked at its gates several times."""
        return self._number(self.language.local(level_words(gate["level"])), ("gates", gate, "level"), "level")

    def date(self, table: str, row: reading.Row, column: str) -> Number:
        """Return a day."""
        low, high = self._end_values(table, row, column)
        spread = self.language.span(low, high) if self.has_intervals else ""
        return self._number(self.language.day(row[column]), (table, row, column), "date", spread)

    def moment(self, table: str, row: reading.Row, column: str) -> Number:
        """Return a date that somebody wrote down."""
        return self._number(self.language.moment(row[column]), (table, row, column), "moment")

    def beginning(self, table: str, row: reading.Row, column: str) -> Number:
        """Return the day that an instant begins, or in which it lies."""
        return self._number(self.page.beginning(row[column]), (table, row, column), "beginning")

    def days(self, table: str, row: reading.Row, column: str) -> Number:
        """Return working days without their sign, which the words around them have."""
        value, low, high = abs(row[column]), *self._turned(table, row, column)
        text, ends = self.language.days_estimate(value, low, high)
        if self.has_intervals:
            return self._number(text, (table, row, column), "days", ends)
        rounded = bearable(value, low, high)
        if rounded is not None and rounded[1] >= 0:
            text = self.language.days(rounded[0], finer=-1)
        return self._number(text, (table, row, column), "days")

    def money(self, table: str, row: reading.Row, column: str) -> Number:
        """Return an amount without its sign, which the words around it have."""
        return self._money(abs(row[column]), self._turned(table, row, column), (table, row, column), "money")

    def amount(self, table: str, row: reading.Row, column: str) -> Number:
        """Return an amount as it is: an income is negative."""
        return self._money(row[column], self._end_values(table, row, column), (table, row, column), "amount")

    def limit(self, table: str, row: reading.Row, column: str) -> Number:
        """Return an amount that somebody wrote down."""
        return self._number(self.language.limit(row[column], self.page.currency), (table, row, column), "limit")

    def share(self, table: str, row: reading.Row, column: str, against: float | None = None) -> Number:
        """Return a share of the futures that was counted: as a natural frequency, or with its interval in percent."""
        value, place = row[column], (table, row, column)
        low, high = self._end_values(table, row, column)
        if self.has_intervals:
            percent, ends = self.language.chance_estimate(value, low, high, against)
            return self._number(self.say("explain.percent_of_futures", share=percent), place, "percent", ends)
        counted = frequency(value, against)
        if value in (0.0, 1.0):
            text = self.say("explain.no_future" if value == 0.0 else "explain.every_future")
        elif counted is None:
            text = self.say("explain.percent_of_futures", share=self.language.chance(value, against))
        else:
            text = self._of_futures(counted)
        return self._number(text, place, "share")

    def wish(self, table: str, row: reading.Row, column: str) -> Number:
        """Return a share of the futures that somebody asked for."""
        counted = exact_frequency(row[column])
        if counted is None or self.has_intervals:
            share = self.language.confidence(row[column])
            return self._number(self.say("explain.percent_of_futures", share=share), (table, row, column), "wish")
        return self._number(self._of_futures(counted), (table, row, column), "wish")

    def percentile(self, table: str, row: reading.Row) -> Number:
        """Return the share of the futures that a percentile stands for."""
        share = row["percentile"] / 100
        counted = exact_frequency(share)
        assert counted is not None, "percentiles are whole"
        return self._number(self._of_futures(counted), (table, row, "percentile"), "percentile")

    def count(self, table: str, row: reading.Row, column: str) -> Number:
        """Return a whole number of a row."""
        return self._number(self.language.count(int(row[column])), (table, row, column), "count")

    def rows(self, table: str, **equal: Any) -> Number:
        """Return how many rows of a table have these values."""
        columns = self.page.run.tables[table].select(list(equal)).to_pylist() if equal else None
        many = self.page.run.tables[table].num_rows if columns is None else sum(row == equal for row in columns)
        return Number(self.language.count(many), Place(table, equal, ROWS), many, "count", {})

    def fact(self, key: str) -> Number:
        """Return what the manifest says, a whole number or a text."""
        value = self.page.run.manifest[key]
        is_count = isinstance(value, int) and key != "seed"
        text = self.language.count(value) if is_count else short_name(value, 80)
        return Number(text, Place(MANIFEST, {}, key), value, "count" if is_count else "text", {})

    def ends(self, table: str, column: str) -> tuple[str, ...]:
        """Return the columns of the interval of a column; nothing where it has none."""
        names = self.page.run.tables[table].column_names
        for stem in (f"{column}_", ""):
            pair = (f"{stem}ci_low", f"{stem}ci_high")
            if (stem or column in ENDS_OF_ROW) and pair[0] in names:
                return pair
        return ()

    def _money(self, value: float, interval: tuple[Any, Any], place: tuple[str, reading.Row, str], form: str) -> Number:
        text, ends = self.language.money_estimate(value, *interval, self.page.currency)
        if self.has_intervals:
            return self._number(text, place, form, ends)
        rounded = bearable(value, *interval)
        if rounded is not None and rounded[1] >= 0:
            text = self.language.money(rounded[0], self.page.currency)
        return self._number(text, place, form)

    def _of_futures(self, counted: tuple[int, int]) -> str:
        part, whole = (self.language.count(number) for number in counted)
        return self.say("explain.part_of_futures", part=part, whole=whole)

    def _end_values(self, table: str, row: reading.Row, column: str) -> tuple[Any, Any]:
        ends = self.ends(table, column)
        return (row[ends[0]], row[ends[1]]) if ends else (None, None)

    def _turned(self, table: str, row: reading.Row, column: str) -> tuple[float | None, float | None]:
        """Return the ends of an interval as they stand beside the value without its sign."""
        low, high = self._end_values(table, row, column)
        if row[column] >= 0:
            return low, high
        return None if high is None else -high, None if low is None else -low

    def _number(self, text: str, place: tuple[str, reading.Row, str], form: str, spread: str = "") -> Number:
        table, row, column = place
        key = {name: row[name] for name in KEYS[table]}
        ends = {name: row[name] for name in self.ends(table, column)}
        return Number(text, Place(table, key, column), row[column], form, ends=ends, spread=spread)
