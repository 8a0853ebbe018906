"""One key of one table of the format, and tables of them from the declarations of the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from riskengine.model.fields import Choice, Field


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of one table of the format.

    Attributes
    ----------
    key : str
    field : Field
    default : object
        What holds where it is left out, None where that is nothing or depends on others.
    words : tuple of str
        Of a choice.
    attribute : str
        Of the model, empty where it is none.
    """

    key: str
    field: Field
    default: Any = None
    words: tuple[str, ...] = ()
    attribute: str = ""


Section = Mapping[str, Entry]
"""The keys of one table, in the order in which they are written."""


def declared(model: type[BaseModel]) -> Section:
    """Return the entries that a model declares on its attributes."""
    entries = {}
    for attribute, info in model.model_fields.items():
        for item in info.metadata:
            if isinstance(item, Field):
                key = item.key or info.alias or attribute
                default = None if info.is_required() else info.default
                entries[key] = Entry(key, item, default, words_of(item, info.annotation), attribute)
    return MappingProxyType(entries)


def words_of(item: Field, annotation: Any) -> tuple[str, ...]:
    """Return the words of a choice: those that it names, or that its attribute may be."""
    if not isinstance(item, Choice):
        return ()
    return item.words or (get_args(annotation) if get_origin(annotation) is Literal else ())


def only_in_files(key: str, item: Field, default: Any = None) -> Entry:
    """Return the entry of a key that is no attribute of a model."""
    return Entry(key, item, default, words_of(item, None))


def with_more(base: Section, more: Mapping[str, tuple[Entry, ...]]) -> Section:
    """Return a section with entries put behind others, at its beginning where they stand behind nothing."""
    entries = {entry.key: entry for entry in more.get("", ())}
    for key, entry in base.items():
        entries[key] = entry
        entries |= {other.key: other for other in more.get(key, ())}
    return MappingProxyType(entries)
