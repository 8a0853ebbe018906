"""The period of the history of work items, as an option."""

from typing import Any

import click


class PeriodLength(click.ParamType):  # type: ignore[type-arg]
    """A length of periods such as 1w."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the period."""
        from riskengine.importers.items.periods import Period, period_of

        period = value if isinstance(value, Period) else period_of(value)
        if period is None:
            self.fail(f"must be 1d, 1w, 2w, 3w or 4w, got {value!r}", param, ctx)
        return period
