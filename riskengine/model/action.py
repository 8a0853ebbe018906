"""Actions: what is done about risks, at a price, and what it changes of them."""

from typing import Annotated

from riskengine.model.estimate import AnyEstimate
from riskengine.model.fields import LONGEST_TEXT, Amount, Entities, Flag, Number, Reference, References, Text
from riskengine.model.frozen import Frozen
from riskengine.model.risk import Impact


class RiskChange(Frozen):
    """What an action changes of one risk: how likely it is, and what it does when it occurs.

    ``impacts`` are laid over those of the risk: an effect that is there gets another estimate, any other is new.
    """

    probability: Annotated[
        float | None,
        Number(
            "Probability with the action.",
            least=0,
            most=1,
            code="RE301",
            is_share=True,
            example="0.1",
        ),
    ] = None
    probability_factor: Annotated[
        float | None,
        Number("Multiplies the probability.", least=0, code="RE357", example="0.5"),
    ] = None
    impact_factor: Annotated[
        float | None,
        Number("Multiplies the delays and costs of its impacts.", least=0, code="RE357", example="0.5"),
    ] = None
    impacts: Annotated[
        dict[str, Impact],
        Entities(
            "Impacts with the action, laid over those of the risk.",
            "impacts",
            is_merged=True,
            example="{ build = { delay = [1, 2, 4] } }",
        ),
    ] = {}


class Action(Frozen):
    """Something that can be done about risks. It is in force where it is ``active``, and not there at all otherwise."""

    id: str
    name: Annotated[str, Text("Name of the action.", is_written=True, example='"Spare bearing on site"')] = ""
    description: Annotated[
        str,
        Text(
            "Text of any length up to 10 000 characters.",
            LONGEST_TEXT,
            has_lines=True,
            example='"Buy one more and store it."',
        ),
    ] = ""
    owner: Annotated[str, Text("Who answers for it.", is_written=True, example='"R. Weber"')] = ""
    active: Annotated[
        bool,
        Flag("True puts it into force: in the plan, paid for, with its effects.", is_written=True, example="true"),
    ] = False
    cost: Annotated[
        AnyEstimate | None, Amount("What it costs, a cost of the plan and no contingency.", "money", example="30000")
    ] = None
    task: Annotated[str, Reference("Task that is in the plan only with the action.", "tasks", example='"design"')] = ""
    chance: Annotated[
        float,
        Number(
            "Probability that it works; it is paid for either way.",
            least=0,
            most=1,
            code="RE301",
            is_share=True,
            example="0.9",
        ),
    ] = 1.0
    needs: Annotated[
        tuple[str, ...],
        References("Actions that must be in force with it.", "actions", example='["survey"]'),
    ] = ()
    excludes: Annotated[
        tuple[str, ...],
        References("Actions that must not be in force with it.", "actions", example='["survey"]'),
    ] = ()
    secondary_risks: Annotated[
        tuple[str, ...],
        References("Risks that it brings along: without the action they cannot occur.", "risks", example='["flood"]'),
    ] = ()
    effects: Annotated[
        dict[str, RiskChange],
        Entities(
            "What it changes, by the id of the risk.",
            "effects",
            is_written=True,
            is_merged=True,
            example="{ storm = { probability = 0.1 } }",
        ),
    ] = {}
