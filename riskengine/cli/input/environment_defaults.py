"""Defaults of options that the environment sets: which there are, and the words that say so."""

import difflib
import os
from typing import Final

import click
from click.core import ParameterSource

from riskengine.cli.output import console

PREFIX: Final = "RISKENGINE_"
OTHERS: Final = ("RISKENGINE_DEBUG", "RISKENGINE_MEMORY_GB", "RISKENGINE_CACHE_DIR", "RISKENGINE_PURE")
"""Variables of ours that are no defaults of options."""

ALIKE: Final = 0.8
"""How alike two names are, from 0 to 1, for one to be a misspelling of the other."""


def say_defaults(ctx: click.Context) -> None:
    """Say which options the environment set to something else than what is built in, and what may be misspelt there."""
    variables = []
    for parameter in ctx.command.params:
        name = parameter.envvar
        if not isinstance(name, str) or parameter.name is None:
            continue
        variables.append(name)
        value = ctx.params.get(parameter.name)
        if ctx.get_parameter_source(parameter.name) is ParameterSource.ENVIRONMENT and value != parameter.default:
            console.note(f"{max(parameter.opts, key=len)} is {value} by {name} of the environment")
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in (*variables, *OTHERS):
            ends = [variable.removeprefix(PREFIX) for variable in variables]
            near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, n=1, cutoff=ALIKE)
            if near:
                console.message(f"warning: {name} has no effect; did you mean {PREFIX}{near[0]}?")
