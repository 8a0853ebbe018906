"""Reading the plain fields of one table, as the registry of the format declares them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final, assert_never

from riskengine.model.entry import Entry, Section
from riskengine.model.fields import Amount, Choice, Flag, Instant, Number, Text, Texts
from riskengine.scenario.values.estimates import read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.instants import moment_of
from riskengine.scenario.values.point_defaults import PointDefaults

Plain = Text | Texts | Choice | Flag | Number | Instant | Amount
"""Kinds of fields that need nothing but their own value."""

NO_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType({})


class PlainFields:
    """The fields of one section that need nothing but their own value, read from table after table.

    Parameters
    ----------
    section : Section
        What the tables may say.
    apart : collection of str
        Attributes that the caller reads: they look at others, or at other tables.
    defaults : mapping
        By attribute, what holds for a field that is left out where that is not the default of the format.
    points : PointDefaults
        Shape of an estimate given as a list of points.

    Raises
    ------
    TypeError
        If a field is neither plain nor read apart, so that none is overlooked.
    """

    def __init__(
        self,
        section: Section,
        *,
        apart: Collection[str] = (),
        defaults: Mapping[str, Any] = NO_DEFAULTS,
        points: PointDefaults | None = None,
    ) -> None:
        declared = [entry for entry in section.values() if entry.attribute and entry.attribute not in apart]
        self.entries: dict[str, tuple[Plain, Entry]] = {}
        for entry in declared:
            if not isinstance(entry.field, Plain):
                raise TypeError(f"the reader of the table must read {entry.key} apart")
            self.entries[entry.key] = entry.field, entry
        self.defaults = {entry.attribute: entry.default for entry in declared} | dict(defaults)
        self.points = points or PointDefaults()

    def values(self, fields: Fields) -> dict[str, Any]:
        """Return the attributes of one table; wrong values are reported to its faults, and their defaults returned."""
        return {**self.defaults, **self.written_values(fields)}

    def written_values(self, fields: Fields) -> dict[str, Any]:
        """Return the attributes that one table says, as :meth:`values` does."""
        values: dict[str, Any] = {}
        for key in fields.data:
            if key in self.entries:
                field, entry = self.entries[key]
                default = values.get(entry.attribute, self.defaults[entry.attribute])
                values[entry.attribute] = value_of(field, entry, fields, default, self.points)
        return values


def value_of(field: Plain, entry: Entry, fields: Fields, default: Any, points: PointDefaults) -> Any:
    """Return the value of a field that a table has, or its default after reporting what is wrong with it."""
    key = entry.key
    match field:
        case Text():
            return fields.text(key, default, field.longest, lines=field.has_lines)
        case Texts():
            texts = fields.texts(key, field.longest, lines=field.has_lines)
            return tuple(sorted(set(texts)) if field.is_set else texts)
        case Choice():
            return fields.choice(key, entry.words, default)
        case Flag():
            return fields.flag(key, default)
        case Number():
            return number_within_bounds(field, key, fields, default)
        case Instant():
            return moment_of(fields, key, ends=field.ends)
        case Amount():
            estimate = read_estimate(fields.data[key], (*fields.place, key), fields.faults, field.purpose, points)
            return default if estimate is None else estimate
        case _:
            assert_never(field)


def number_within_bounds(field: Number, key: str, fields: Fields, default: Any) -> Any:
    """Return a number within its bounds, or its default after reporting what is wrong with it."""
    number = fields.number(key)
    if number is None:
        return default
    if not field.has(number):
        is_percent = field.is_share and number >= 1 and field.has(number / 100)
        cure = f"write {number:g} % as {number / 100:g}" if is_percent else ""
        fields.faults.add(field.code, (*fields.place, key), fields.data[key], cure=cure)
        return default
    return number
