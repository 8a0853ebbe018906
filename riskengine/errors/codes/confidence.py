"""RE64x: what is asked of a joint confidence, and of a contingency."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

CONFIDENCE: Mapping[str, Entry] = MappingProxyType(
    {
        "RE640": Entry(
            title="level or confidence out of range",
            rule="a level or confidence must be above 0 and below 1",
            reason="No amount and no date is certain to be enough, and none is needed for a probability of 0.",
            example="riskengine jcl results/plan --level 70",
            cure="Write it as a share: 0.7 for 70 %.",
        ),
        "RE641": Entry(
            title="date or amount to keep cannot be read",
            rule="a date to keep must be written as 2028-06-30, and an amount as a plain number",
            reason="30.06.2028 and 06/30/2028 mean different days to different people.",
            example="riskengine jcl results/plan --finish 30.06.2028",
            cure="Write the year, the month and the day: 2028-06-30, or 2028-06-30T12:00 for an instant.",
        ),
    }
)
