"""RE38x: what people do with time that is left."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

BEHAVIOUR: Mapping[str, Entry] = MappingProxyType(
    {
        "RE380": Entry(
            title="share of an early finish out of range",
            rule="early_finish_passed_on must be between 0 and 1",
            reason="It is the share of a gain against the plan that successors see: 0 for none, 1 for all of it.",
            example="[tasks.build]\nduration = [4, 5, 9]\nearly_finish_passed_on = 50",
            cure="Write 50 % as 0.5.",
        ),
        "RE381": Entry(
            title="early finish of what has no duration",
            rule="early_finish_passed_on is for tasks that have a duration",
            reason="A milestone gains no time against its plan, and a span follows other tasks.",
            example="[tasks.ready]\nmilestone = true\nearly_finish_passed_on = 0.5",
            cure="Give it to the tasks before.",
        ),
    }
)
