"""What a field of the format holds: one declaration, on the attribute of a model, from which all else follows.

A declaration stands where the attribute does::

    deadline: Annotated[datetime | None, Instant("Bound of its late finish.", ends=True, example="2027-06-15")] = None

Reading and its faults, the resolved form, columns of tables, the JSON Schema and the examples on the page of the format
follow from it. What a file may say that is no attribute of a model, such as ``percent_complete``, is declared in
:mod:`riskengine.model.format`.
"""

from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final, Literal

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError

from riskengine.errors.catalogue import CATALOGUE

LONGEST_ID: Final = 200
LONGEST_NAME: Final = 500
LONGEST_TEXT: Final = 10_000

Purpose = Literal["duration", "lag", "delay", "money", "factor"]
"""What an estimate is for: a time has a unit, and a duration must not be negative."""


@dataclass(frozen=True, slots=True)
class Field:
    """What every kind of field declares.

    Attributes
    ----------
    meaning : str
        A sentence, which editors show beside the field.
    key : str
        Its name in files, where that of the attribute is another.
    is_written : bool
        Whether the resolved form has it where nobody gave it.
    is_required : bool
        Whether it cannot be left out, whatever else the table says.
    column : str or None
        Heading of its column in tables of tasks or risks: the key where it is None, no column where it is empty. Of a
        table, what the headings of its fields begin with: the key and ``_`` where it is None.
    is_merged : bool
        Whether a file that is laid over another changes keys of it one by one, and does not replace it whole.
    since : int
        Version of the format that first has it.
    example : str
        What a file may say of it, as TOML; a test reads it.
    """

    meaning: str
    key: str = field(default="", kw_only=True)
    is_written: bool = field(default=False, kw_only=True)
    is_required: bool = field(default=False, kw_only=True)
    column: str | None = field(default=None, kw_only=True)
    is_merged: bool = field(default=False, kw_only=True)
    since: int = field(default=1, kw_only=True)
    example: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Text(Field):
    """A text of one line, or of several."""

    longest: int = LONGEST_NAME
    has_lines: bool = False


@dataclass(frozen=True, slots=True)
class Reference(Field):
    """The id of an entity of a section, or ``project`` where the model has that as its default."""

    to: str = ""


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of the words that the type of the attribute lists, or of those given here."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """True or false."""


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A number between bounds: ``least`` and ``most`` may be reached, ``above`` and ``below`` may not.

    Attributes
    ----------
    code : str
        The fault of a number beyond its bounds.
    is_share : bool
        Whether it is a probability, which people write in percent.
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    code: str = ""
    is_share: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """Let pydantic hold the bounds as well, where models are made in Python."""
        return AfterValidator(self.checked).__get_pydantic_core_schema__(source, handler)

    def checked(self, number: float | None) -> float | None:
        """Return a number within the bounds, or none at all.

        Raises
        ------
        PydanticCustomError
            Whose type is the code of the fault that a file would have.
        """
        if number is None or (isfinite(number) and self.has(number)):
            return number
        code = (self.code or "RE113") if isfinite(number) else "RE122"
        raise PydanticCustomError(code, CATALOGUE[code].rule)

    def has(self, number: float) -> bool:
        """Return whether a number lies within the bounds."""
        return not (
            (self.least is not None and number < self.least)
            or (self.most is not None and number > self.most)
            or (self.above is not None and number <= self.above)
            or (self.below is not None and number >= self.below)
        )


@dataclass(frozen=True, slots=True)
class Instant(Field):
    """A local date and time; a date alone is its midnight or, with ``ends``, its end."""

    ends: bool = False


@dataclass(frozen=True, slots=True)
class Amount(Field):
    """An estimate: of a time, of money, or of a factor.

    Attributes
    ----------
    parameter_columns : str or None
        What the headings of its parameters begin with: its own and ``_`` where it is None, nothing where it is empty.
    """

    purpose: Purpose = "duration"
    parameter_columns: str | None = None


@dataclass(frozen=True, slots=True)
class References(Field):
    """A list of ids of a section, or of places of entities; with ``is_ordered`` its order matters."""

    to: str = ""
    is_ordered: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Texts(Field):
    """A list of texts, or with ``is_set`` a set of them, whose order is no matter."""

    longest: int = LONGEST_ID
    has_lines: bool = False
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Table(Field):
    """A table whose keys are those of a section."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class Tables(Field):
    """A list of tables of a section, each of which may be written as a text."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class Entities(Field):
    """Tables of a section by id."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class Units(Field):
    """Numbers above zero by id."""


@dataclass(frozen=True, slots=True)
class Special(Field):
    """What no other field holds: the JSON Schema and the reader have a place of their own for it."""
