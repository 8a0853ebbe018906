"""Whole numbers on the command line."""

import re
from typing import Any, Final

import click

GROUPED: Final = re.compile(r"\d{1,3}(?:[,. ']\d{3})+")


class Count(click.IntRange):
    """A whole number within bounds; one with separators of thousands is told how it is written."""

    name = "whole number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or refuse it with what to write.

        Raises
        ------
        click.BadParameter
            When it is no whole number, or outside the bounds.
        """
        if isinstance(value, str) and GROUPED.fullmatch(value):
            digits = re.sub(r"\D", "", value)
            self.fail(f"{value!r} has separators of thousands; write it as {digits}.", param, ctx)
        return super().convert(value, param, ctx)
