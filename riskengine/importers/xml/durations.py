"""Durations of ISO 8601 as working hours: a day, a week or a month is as long as the project works in it."""

import re
from dataclasses import dataclass

NUMBER = r"(\d{1,12}(?:[.,]\d{1,9})?)"
DURATION = re.compile(
    rf"([+-]?)P(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}W)?(?:{NUMBER}D)?"
    rf"(?:T(?=\d)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?"
)
MONTHS_A_YEAR = 12
ELAPSED_HOURS = (365 * 24.0, 30 * 24.0, 7 * 24.0, 24.0)
"""Of a year, a month, a week and a day around the clock; Microsoft Project counts 30 days in an elapsed month."""


@dataclass(frozen=True)
class DayLengths:
    """How long a project works, as Microsoft Project keeps it: what `10d` means in hours.

    Parameters
    ----------
    minutes_per_day, minutes_per_week : float [min]
    days_per_month : float [d]
    """

    minutes_per_day: float = 480.0
    minutes_per_week: float = 2400.0
    days_per_month: float = 20.0

    def hours(self) -> tuple[float, float, float, float]:
        """Return the working hours of a year, a month, a week and a day."""
        day = self.minutes_per_day / 60
        month = day * self.days_per_month
        return month * MONTHS_A_YEAR, month, self.minutes_per_week / 60, day


@dataclass(frozen=True)
class IsoDuration:
    """A duration as it is written.

    Parameters
    ----------
    sign : int
        1 or -1.
    dated : tuple of float
        Years, months, weeks and days.
    hours : float [h]
        What is written as hours, minutes and seconds.
    """

    sign: int
    dated: tuple[float, float, float, float]
    hours: float

    @property
    def has_dated_part(self) -> bool:
        """Whether its length depends on how long a project works in a day."""
        return any(self.dated)

    def total(self, lengths: DayLengths, is_elapsed: bool) -> float:
        """Return the hours, around the clock where the field's format is an elapsed one."""
        units = ELAPSED_HOURS if is_elapsed else lengths.hours()
        return self.sign * (sum(a * b for a, b in zip(self.dated, units, strict=True)) + self.hours)


def parse_duration(text: str) -> IsoDuration | None:
    """Return the duration that a text such as ``P1DT2H`` or ``-PT0.5H`` stands for, or None.

    Notes
    -----
    Weeks may stand beside other units, and every number may have decimals, after a point or a comma: ISO 8601 allows
    less, and files hold more.
    """
    match = DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    numbers = [float(part.replace(",", ".")) if part else 0.0 for part in match.groups()[1:]]
    years, months, weeks, days, hours, minutes, seconds = numbers
    sign = -1 if match.group(1) == "-" else 1
    return IsoDuration(sign, (years, months, weeks, days), hours + minutes / 60 + seconds / 3600)
