"""RE92x: calls from Python."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PYTHON: Mapping[str, Entry] = MappingProxyType(
    {
        "RE922": Entry(
            title="argument out of range",
            rule="an argument must be of the kind and in the range that the function takes",
            reason="The call cannot be carried out as asked, and nothing is guessed.",
            example="run.finish(80)",
            cure="docs/python-api.md says what each argument takes: a probability is 0.8, not 80.",
        ),
        "RE923": Entry(
            title="not in the run",
            rule="the run must have a table, gate, target or column of that name",
            reason="An empty answer would look like one.",
            example='run.gate("delivry")',
            cure='Use one of the names that the message lists; run.table("gates") has the ids of the gates.',
        ),
        "RE924": Entry(
            title="library not installed",
            rule="a conversion needs the library that it converts to",
            reason="riskengine needs neither pandas nor polars itself and does not bring them.",
            example='run.table("tasks").to_polars()    # without polars',
            cure="Run pip install with the library that the message names.",
        ),
    }
)
