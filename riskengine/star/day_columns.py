"""Days, which tables of the star schema have beside instants."""

from riskengine.results.tables.column import Column
from riskengine.star.table import DAY

DATE = "day"
MONTH_START = Column("month_start", DAY, DATE, "first day of the month")


def day_of(name: str, of: str, nullable: bool = False) -> Column:
    """Return the column of the day that an instant of another column belongs to."""
    return Column(name, DAY, DATE, f"day of {of}; a midnight ends the day before it", nullable)
