"""Which part of a run is simulated, on the command line: ``3/64``."""

import re
from typing import Any, Final

import click

MOST_SHARDS: Final = 1_000_000
SHAPE: Final = re.compile(r"(\d{1,7})/(\d{1,7})")


class ShardNumber(click.ParamType[tuple[int, int]]):
    """The number of a shard, from 1, and how many there are."""

    name = "shard"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return both numbers, or refuse what is none.

        Raises
        ------
        riskengine.UsageError
        """
        if isinstance(value, tuple):
            return value
        matched = SHAPE.fullmatch(str(value).strip())
        number, count = (int(digits) for digits in matched.groups()) if matched else (0, 0)
        if not 1 <= number <= count <= MOST_SHARDS:
            from riskengine.errors import UsageError, shortened

            reason = (
                f"--shard must be K/N, with K from 1 to N and N at most {MOST_SHARDS:,}, got {shortened(str(value))}"
            )
            raise UsageError(reason, "RE752", "write --shard 3/64")
        return number, count
