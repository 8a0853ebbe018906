"""Lost days: working days of a calendar on which, by chance, nobody works, such as days of bad weather."""

from typing import Annotated, Final

from riskengine.model.fields import Number, Reference
from riskengine.model.frozen import Frozen

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Keys of the months of a year."""


def chance_in(month: str) -> Number:
    """Return the declaration of the chance of a month."""
    meaning = f"Chance that a working day in {month} is lost, 0 to 1; 0 unless given."
    return Number(meaning, least=0, most=1, code="RE270", is_share=True, example="0.4")


class LostDays(Frozen):
    """With what chance a working day of each month is lost: as if it were a day off, for all who keep the calendar."""

    jan: Annotated[float, chance_in("January")] = 0.0
    feb: Annotated[float, chance_in("February")] = 0.0
    mar: Annotated[float, chance_in("March")] = 0.0
    apr: Annotated[float, chance_in("April")] = 0.0
    may: Annotated[float, chance_in("May")] = 0.0
    jun: Annotated[float, chance_in("June")] = 0.0
    jul: Annotated[float, chance_in("July")] = 0.0
    aug: Annotated[float, chance_in("August")] = 0.0
    sep: Annotated[float, chance_in("September")] = 0.0
    oct: Annotated[float, chance_in("October")] = 0.0
    nov: Annotated[float, chance_in("November")] = 0.0
    dec: Annotated[float, chance_in("December")] = 0.0
    spell: Annotated[
        float | None,
        Number(
            "Mean length of a spell of lost days, in days of the calendar, weekends among them; "
            "unless given, days are lost independently of each other.",
            least=1,
            code="RE275",
            example="3",
        ),
    ] = None
    shared_with: Annotated[
        str,
        Reference(
            "Calendar whose draws these days share: the same days are lost, as far as the chances are the same.",
            "calendars",
            example='"site"',
        ),
    ] = ""

    @property
    def chances(self) -> tuple[float, ...]:
        """The chance of each month, January first."""
        return tuple(getattr(self, month) for month in MONTHS)
