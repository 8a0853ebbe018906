"""Codes of explanations in plain words, and of assistants."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

EXPLAINING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE670": Entry(
            title="unknown audience",
            rule="an explanation must be for board, customer, team or analyst",
            reason="Each of them is told other things, in other words.",
            example="riskengine.explain('results/plan', audience='press')",
            cure="Name one of the four.",
        ),
        "RE671": Entry(
            title="unknown kind of explanation",
            rule="an explanation must end in .html or .md",
            reason="The ending says what is written.",
            example="riskengine explain results/plan -o plan.doc",
            cure="Name the file with one of these endings.",
        ),
        "RE672": Entry(
            title="path outside the folder of an assistant",
            rule="an assistant must name a plan or a results folder below the folder that riskengine mcp was given",
            reason="What an assistant is told to open may come from anybody; the rest of the disk is not its business.",
            example='simulate {"plan": "../../etc/plan.toml"}',
            cure="Name a path below the folder, or start riskengine mcp with another folder.",
        ),
        "RE673": Entry(
            title="more iterations than an assistant may ask for",
            rule="a call must ask for no more iterations than --max-iterations",
            reason="An assistant may ask again and again; the machine is somebody's.",
            example='simulate {"plan": "plan.toml", "iterations": 1000000000}',
            cure="Ask for fewer, or start riskengine mcp with a higher --max-iterations.",
        ),
        "RE674": Entry(
            title="call took too long",
            rule="a call must be answered within --max-seconds",
            reason="It was ended, so that the next one can be answered.",
            example='drivers {"source": "huge.toml"}',
            cure="Ask for fewer iterations, or start riskengine mcp with a higher --max-seconds.",
        ),
        "RE675": Entry(
            title="call that no tool takes",
            rule="a call must name a tool, and arguments of the kinds that its schema says",
            reason="Nothing is guessed of what an assistant may have meant.",
            example='simulate {"plan": "plan.toml", "iterations": "many"}',
            cure="Read the schema that the tool is listed with.",
        ),
        "RE676": Entry(
            title="library for assistants missing",
            rule="riskengine mcp needs the official SDK of the Model Context Protocol",
            reason="Not everybody works with an assistant, so it comes on request.",
            example="riskengine mcp plans   # without the library mcp",
            cure="Run pip install '.[mcp]' in riskengine's own folder.",
        ),
    }
)
