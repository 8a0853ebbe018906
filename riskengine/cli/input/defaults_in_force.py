"""The words that say which options have their values from the environment or from the file of a project."""

import difflib
import functools
import os
from collections.abc import Callable, Sequence
from typing import Any, Final

import click
from click.core import ParameterSource

from riskengine.cli.output import console

PREFIX: Final = "RISKENGINE_"
OTHERS: Final = ("RISKENGINE_DEBUG", "RISKENGINE_MEMORY_GB", "RISKENGINE_CACHE_DIR", "RISKENGINE_PURE")
"""Variables of ours that are no defaults of options."""

ALIKE: Final = 0.8
"""How alike two names are, from 0 to 1, for one to be a misspelling of the other."""


SOURCE: Final = "riskengine.option_file"
"""Where a context keeps the name of the file that is in force."""


def saying_defaults(callback: Callable[..., Any] | None) -> Callable[..., Any]:
    """Return what a command does, which first says which of its options were set elsewhere."""
    assert callback is not None

    @functools.wraps(callback)
    def say_and_run(*arguments: Any, **options: Any) -> Any:
        say_defaults(click.get_current_context())
        return callback(*arguments, **options)

    return say_and_run


def say_defaults(ctx: click.Context) -> None:
    """Say which options were set to something else than what is built in, by the environment or by a file.

    What may be misspelt in the environment is said, too.
    """
    variables = []
    for parameter in ctx.command.params:
        if parameter.name is None:
            continue
        variable = parameter.envvar if isinstance(parameter.envvar, str) else None
        if variable is not None:
            variables.append(variable)
        value = ctx.params.get(parameter.name)
        if value in (parameter.default, None, (), False):
            continue
        match ctx.get_parameter_source(parameter.name):
            case ParameterSource.ENVIRONMENT:
                source = f"{variable} of the environment"
            case ParameterSource.DEFAULT_MAP:
                source = ctx.meta[SOURCE]
            case _:
                continue
        console.note(f"{max(parameter.opts, key=len)} is {_words(value)} by {source}")
    _warn_of_misspelt(variables)


def _words(value: Any) -> str:
    """Return a value as a person would write it."""
    if isinstance(value, bool):
        return "on"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _warn_of_misspelt(variables: Sequence[str]) -> None:
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in (*variables, *OTHERS):
            ends = [variable.removeprefix(PREFIX) for variable in variables]
            near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, n=1, cutoff=ALIKE)
            if near:
                console.message(f"warning: {name} has no effect; did you mean {PREFIX}{near[0]}?")
