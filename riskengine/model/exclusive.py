"""Mutually exclusive outcomes: of several risks at most one occurs."""

from typing import Annotated

from riskengine.model.fields import References, Text
from riskengine.model.frozen import Frozen


class Exclusive(Frozen):
    """Risks of which at most one occurs: one draw decides which, and whether any does.

    The probabilities of ``risks`` add up to 1 at most; what is left is the share of futures in which none of them
    occurs.
    """

    id: str
    name: Annotated[str, Text("Name of the question.", is_written=True, example='"What the ground is like"')] = ""
    risks: Annotated[
        tuple[str, ...],
        References(
            "Risks of which at most one occurs; their probabilities add up to 1 at most.",
            "risks",
            is_required=True,
            is_written=True,
            example='["flood", "storm"]',
        ),
    ]
