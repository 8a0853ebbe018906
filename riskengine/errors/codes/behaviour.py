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
        "RE386": Entry(
            title="rate of learning out of range",
            rule="the rate of learning must be above 0 and at most 1",
            reason="Done twice as often, the work takes so much of the time: 0.9 for a tenth less.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\n[learning.l]\ntasks = ['a', 'b']\nrate = 90",
            cure="Write 90 % as 0.9.",
        ),
        "RE387": Entry(
            title="learning of an unknown task",
            rule="must be the id of a task",
            reason="What is learnt is what tasks do one after the other.",
            example="[tasks.a]\nduration = 5\n[learning.l]\ntasks = ['a', 'bb']\nrate = 0.9",
            cure="Correct the id.",
        ),
        "RE388": Entry(
            title="learning without a second time",
            rule="learning takes two tasks or more, each in one place",
            reason="The n-th task takes less because it is the n-th, which it can be once.",
            example="[tasks.a]\nduration = 5\n[learning.l]\ntasks = ['a', 'a']\nrate = 0.9",
            cure="List each task once, in the order in which they are done.",
        ),
        "RE389": Entry(
            title="learning by what is no work",
            rule="must be a task with a duration of its own",
            reason="Milestones, spans and margins have no work that could take less time.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.b]\nmilestone = true\n[learning.l]\ntasks = ['a', 'b']\nrate = 0.9"
            ),
            cure="Leave it out.",
        ),
    }
)
