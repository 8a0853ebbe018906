"""Codes of work that takes as long as its pace makes it."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PACE: Mapping[str, Entry] = MappingProxyType(
    {
        "RE216": Entry(
            title="two ways to say how long",
            rule="a task must have a duration, work or a quantity, and only one of them",
            reason="Each of them says how long the task takes, and they need not agree.",
            example="[tasks.code]\nduration = 10\nwork = '80h'",
            cure="Keep the one that was estimated, and remove the others.",
        ),
        "RE217": Entry(
            title="pace without its work",
            rule="quantity and rate_per_day must stand together, people and productivity beside work",
            reason="A quantity without a rate takes nobody knows how long, and a duration is not divided by people.",
            example="[tasks.dig]\nquantity = 900",
            cure="Add what is missing, or give a duration.",
        ),
        "RE218": Entry(
            title="pace not above zero",
            rule="people, productivity and rate_per_day must be above zero, and never able to reach it",
            reason="Work is divided by them: at a pace of nothing it would never end, and close to nothing it would "
            "take out of all proportion long.",
            example="[tasks.code]\nwork = '80h'\npeople = [0, 2, 3]",
            cure="Let the estimate begin above zero; one without a bound needs min, as in min = 0.5.",
        ),
    }
)
