"""What a converter to Microsoft Project XML lost of the file that it converted, handed in beside its output."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from riskengine.importers.msproject.calendars import CalendarRecord
from riskengine.importers.msproject.records import RelationshipRecord


class LostParts(Protocol):
    """What another tool's file says of its schedule and a converter does not pass on.

    Attributes
    ----------
    relationships : mapping of str to sequence of RelationshipRecord
        All relationships by the task that they act on; those that the converter kept are not doubled.
    """

    @property
    def relationships(self) -> Mapping[str, Sequence[RelationshipRecord]]: ...

    def correct_calendars(self, calendars: Iterable[CalendarRecord], first_year: int, last_year: int) -> None:
        """Put what the converter lost of calendars into those that it wrote, for some years."""


@dataclass(frozen=True)
class Conversion:
    """How a file came to be Microsoft Project XML.

    Parameters
    ----------
    lost : LostParts, optional
        What the conversion lost; None where nothing is known of it, or nothing was converted.
    is_midnight_no_time : bool
        Whether 00:00 stands for a date without a time, so that such a finish is the end of that day.
    """

    lost: LostParts | None = None
    is_midnight_no_time: bool = False


NOT_CONVERTED: Final = Conversion()
"""Of a file that Microsoft Project, or a tool that writes its XML, saved itself."""
