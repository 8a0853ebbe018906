"""Levels of a rank correlation on the command line: ``0,0.3,0.6``."""

from typing import Any, Final

import click

MOST_LEVELS: Final = 20


class Levels(click.ParamType[tuple[float, ...]]):
    """Numbers from 0 to 1 with commas between them, each once."""

    name = "levels"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """Return the numbers in rising order, or refuse them.

        Raises
        ------
        click.BadParameter
            When one is no number from 0 to 1, or there are none or too many.
        """
        if isinstance(value, tuple):
            return value
        levels = []
        for text in str(value).split(","):
            try:
                level = float(text)
            except ValueError:
                level = float("nan")
            if not 0 <= level <= 1:
                self.fail(f"{text.strip()!r} is no rank correlation from 0 to 1; write 0,0.3,0.6", param, ctx)
            levels.append(level + 0.0)
        if len(set(levels)) < len(levels):
            self.fail("a level is given twice", param, ctx)
        if len(levels) > MOST_LEVELS:
            self.fail(f"give at most {MOST_LEVELS} of them", param, ctx)
        return tuple(sorted(levels))
