"""RE26x: range templates and bands."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

RANGES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE260": Entry(
            title="range of a template",
            rule="must be two or three percentages or factors of at most 20, the lowest first",
            reason="They multiply the known duration; out of order there is no distribution through them.",
            example='[tasks.a]\nduration = 5\n[templates.t]\nselect = "*"\nrange = [90, 100, 130]',
            cure='Write "90%, 100%, 130%" or [0.9, 1, 1.3]; two stand for a uniform range.',
        ),
        "RE261": Entry(
            title="selector of a template",
            rule="must be wbs:CODE, team:NAME, tag:NAME, calendar:ID, longer:LENGTH, shorter:LENGTH, critical or *",
            reason="A selector that is not understood would select nothing in silence.",
            example='[tasks.a]\nduration = 5\n[templates.t]\nselect = ["long:20d"]\nrange = "90%, 100%, 130%"',
            cure='Correct it; a list in the list, ["wbs:1.2", "longer:20d"], must be met as a whole.',
        ),
        "RE262": Entry(
            title="unknown band",
            rule="must be a band: very high, high, medium, low, very low, or one of [bands.NAME]",
            reason="A misspelt band would leave its tasks without a range.",
            example='[tasks.a]\nduration = 5\n[templates.t]\nselect = "*"\nband = "middling"',
            cure="Correct the name, or add the band.",
        ),
        "RE263": Entry(
            title="template without a range",
            rule="must have either a range or a band",
            reason="One of them says how wide the spread is; two would contradict each other.",
            example='[tasks.a]\nduration = 5\n[templates.t]\nselect = "*"',
            cure='Add range = "90%, 100%, 130%" or band = "medium".',
        ),
        "RE264": Entry(
            title="critical tasks are not known here",
            rule="critical can be asked for only where dates are computed",
            reason="Which tasks are on the longest path follows from the dates of all.",
            example='[tasks.a]\nduration = 5\n[templates.t]\nselect = "critical"\nrange = "90%, 100%, 130%"',
            cure="Read the scenario with the command line or riskengine.read, not with riskengine.scenario alone.",
        ),
    }
)
