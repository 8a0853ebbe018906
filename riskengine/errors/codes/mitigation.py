"""RE63x: choosing actions."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

MITIGATION: Mapping[str, Entry] = MappingProxyType(
    {
        "RE630": Entry(
            title="no actions to choose from",
            rule="a plan must have an action that is not in force and can be",
            reason="What is in force is bought already, and what it excludes cannot be.",
            example="riskengine mitigate plan-without-actions.toml",
            cure="Add [actions.NAME] with its cost and effects, and leave active away, or false.",
        ),
        "RE631": Entry(
            title="no such gate",
            rule="the gate that is to be reached must be one of the plan",
            reason="A gate says which confidence in which date or budget is to be reached.",
            example="riskengine mitigate plan.toml --reach delivry",
            cure="Name a gate of the plan by its id.",
        ),
        "RE632": Entry(
            title="budget is no amount",
            rule="a budget must be a number that is not below 0",
            reason="Prices of actions come to it at the most.",
            example="riskengine mitigate plan.toml --budget -5",
            cure="Give an amount in the currency of the plan, such as 250000, or leave the option away for any amount.",
        ),
        "RE633": Entry(
            title="too many sets of actions",
            rule="at most 32,768 sets of actions can be run, those of 15 actions that go together in any way",
            reason="Each of them is run on the same random numbers, so that the best is the best and not a guess.",
            example="riskengine mitigate plan-with-40-actions.toml",
            cure="Give a smaller --budget, or the number of actions to buy with --most.",
        ),
        "RE634": Entry(
            title="file beside another plan",
            rule="the file that puts the best set into force must lie in the folder of the plan, or above it",
            reason="It extends the plan, and a scenario reads no file outside its own folder.",
            example="riskengine mitigate plans/plan.toml -o elsewhere/best.toml",
            cure="Write it beside the plan.",
        ),
    }
)
