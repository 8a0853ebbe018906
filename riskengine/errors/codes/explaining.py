"""Codes of explanations of a run in plain words."""

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
    }
)
