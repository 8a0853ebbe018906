"""RE93x: plans, and runs of them, that are held against each other or computed again."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

COMPARING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE931": Entry(
            title="plans of two projects",
            rule="both plans must have the same project and the same currency",
            reason="The project keys the random streams: without it two runs have no futures in common, and money of "
            "two currencies has no difference.",
            example="riskengine compare harbour.toml station.toml",
            cure='Let the second plan extend the first, or give both the same: project = "harbour", currency = "EUR".',
        ),
        "RE932": Entry(
            title="runs on other random numbers",
            rule="runs that are compared must share their seed and their method",
            reason="A difference of runs on other draws is mostly chance.",
            example="riskengine compare results/seed-1 results/seed-2",
            cure="Simulate both with the same --seed and --method, or compare the plans themselves.",
        ),
        "RE933": Entry(
            title="results cannot be repeated",
            rule="the scenario of the results must give the same iterations again",
            reason="What a comparison, or a look at what drives a run, needs beside the finish and the cost of each "
            "iteration is computed again from the scenario in the folder; another version of riskengine drew other "
            "numbers.",
            example="riskengine compare results/of-last-year plan.toml",
            cure="Simulate the scenario.json of the folder again, and ask of the new results.",
        ),
    }
)
