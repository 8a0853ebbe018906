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
        "RE382": Entry(
            title="margin without a duration",
            rule="a margin must have a duration of its own",
            reason="It is time that the plan sets aside: a milestone has none, and a span follows other tasks.",
            example="[tasks.reserve]\nmilestone = true\nmargin = true",
            cure="Say how much time is set aside, as in duration = 10.",
        ),
        "RE383": Entry(
            title="margin with a range",
            rule="the duration of a margin must be one length of time",
            reason="It is a decision and not an estimate; how much of it is needed is what a run tells.",
            example="[tasks.reserve]\nduration = [5, 10, 15]\nmargin = true",
            cure="Give the length that the plan sets aside.",
        ),
        "RE384": Entry(
            title="margin with work in it",
            rule="nobody works in a margin",
            reason="Its duration is 0 in every simulated future, so that whatever goes with work would be lost there.",
            example="[tasks.reserve]\nduration = 10\nmargin = true\ncost.rate = 500",
            cure="Leave it out, or give it to a task; what runs on with time is a cost line.",
        ),
        "RE385": Entry(
            title="risk that acts on a margin",
            rule="no risk can act on a margin",
            reason="A margin is there for what risks do to tasks, and has no work of its own that they could act on.",
            example=(
                "[tasks.reserve]\nduration = 10\nmargin = true\n[risks.r]\nprobability = 0.3\nimpacts.reserve.delay = 5"
            ),
            cure="Name the task that is delayed.",
        ),
    }
)
