"""RE92x: calls from Python."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PYTHON: Mapping[str, Entry] = MappingProxyType(
    {
        "RE921": Entry(
            title="nothing to change",
            rule="a change must name something that the scenario has",
            reason="A misspelt id would otherwise add a task or a risk, or change nothing, in silence.",
            example='scenario.changed({"risks.R9.probability": 0.2})    # without a risk R9',
            cure='Name it as section, id and field; an id with a point in it stands in quotes: tasks."A.1".duration.',
        ),
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
        "RE925": Entry(
            title="no folder for names of files",
            rule="a scenario in memory that names files must say in which folder they lie",
            reason="The working folder of a program is nobody's choice, and another file of that name may be there.",
            example='riskengine.read({"extends": "plan.toml", ...})',
            cure='Say it: riskengine.read(document, folder="plans").',
        ),
        "RE926": Entry(
            title="not to be altered",
            rule="a scenario and what it is made of must stay as they were read",
            reason="What was checked once would otherwise hold no longer, and runs of it could not be told apart.",
            example='scenario.tasks["design"].name = "Design"',
            cure='Ask for another scenario: scenario.changed({"tasks.design.name": "Design"}).',
        ),
    }
)
