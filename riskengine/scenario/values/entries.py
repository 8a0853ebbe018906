"""Reading the plain fields of one table, as the registry of the format declares them."""

from collections.abc import Collection, Mapping
from functools import singledispatch
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.fields import Amount, Choice, Flag, Instant, Number, Text, Texts
from riskengine.model.format import Entry, Section
from riskengine.scenario.values.estimates import read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.instants import moment_of

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
    shape : str
        Shape of an estimate given as a list of points.

    Raises
    ------
    NotImplementedError
        If a field is neither plain nor read apart, so that none is overlooked.
    """

    def __init__(
        self,
        section: Section,
        *,
        apart: Collection[str] = (),
        defaults: Mapping[str, Any] = NO_DEFAULTS,
        shape: str = "",
    ) -> None:
        plain = {key: entry for key, entry in section.items() if entry.attribute and entry.attribute not in apart}
        for entry in plain.values():
            if value_of.dispatch(type(entry.field)) is value_of.dispatch(object):
                raise NotImplementedError(f"the reader of the table must read {entry.key} apart")
        self.entries = plain
        self.defaults = {entry.attribute: entry.default for entry in plain.values()} | dict(defaults)
        self.shape = shape

    def values(self, fields: Fields) -> dict[str, Any]:
        """Return the attributes of one table; wrong values are reported to its faults, and their defaults returned."""
        values = dict(self.defaults)
        for key in fields.data:
            entry = self.entries.get(key)
            if entry is not None:
                values[entry.attribute] = value_of(entry.field, entry, fields, values[entry.attribute], self.shape)
        return values


@singledispatch
def value_of(field: object, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    """Return the value of a field that a table has, or its default after reporting what is wrong with it."""
    raise NotImplementedError(f"{entry.key} is no plain field")


@value_of.register
def _text(field: Text, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    return fields.text(entry.key, default, field.longest, lines=field.has_lines)


@value_of.register
def _texts(field: Texts, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    texts = fields.texts(entry.key, field.longest, lines=field.has_lines)
    return tuple(sorted(set(texts)) if field.is_set else texts)


@value_of.register
def _choice(field: Choice, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    return fields.choice(entry.key, entry.words, default)


@value_of.register
def _flag(field: Flag, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    return fields.flag(entry.key, default)


@value_of.register
def _number(field: Number, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    number = fields.number(entry.key)
    if number is None:
        return default
    if not field.has(number):
        is_percent = field.is_share and number >= 1 and field.has(number / 100)
        cure = f"write {number:g} % as {number / 100:g}" if is_percent else ""
        fields.faults.add(field.code, (*fields.place, entry.key), fields.data[entry.key], cure=cure)
        return default
    return number


@value_of.register
def _instant(field: Instant, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    return moment_of(fields, entry.key, ends=field.ends)


@value_of.register
def _amount(field: Amount, entry: Entry, fields: Fields, default: Any, shape: str) -> Any:
    value, place = fields.data[entry.key], (*fields.place, entry.key)
    estimate = read_estimate(value, place, fields.faults, field.purpose, shape)
    return default if estimate is None else estimate
