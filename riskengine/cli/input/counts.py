"""Whole numbers on the command line, and conditions that end a run."""

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


class Until(click.ParamType[Any]):
    """When a run stops: iterations at the most, or what has to be as precise as was asked for.

    Parameters
    ----------
    most : int
        Iterations that can be asked for.
    """

    name = "stopping rule"

    def __init__(self, most: int) -> None:
        self.count = Count(1, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the :class:`riskengine.analysis.stopping.StoppingRule`.

        Raises
        ------
        click.BadParameter
            When a number is none, or outside the bounds.
        riskengine.UsageError
            When a condition is none.
        """
        from riskengine.analysis.stopping import GATES, StoppingRule, stopping_rule

        if isinstance(value, StoppingRule):
            return value
        if not isinstance(value, str) or not ("(" in value or GATES in value):
            return StoppingRule(self.count.convert(value, param, ctx), asks_gates=True)
        rule = stopping_rule(value)
        self.count.convert(rule.most, param, ctx)
        return rule
