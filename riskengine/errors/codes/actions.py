"""RE35x: actions against risks, and when a risk can occur."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

RISK = "[tasks.a]\nduration = 5\n[risks.storm]\nprobability = 0.3\nimpacts.a.delay = 5\n"

ACTIONS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE350": Entry(
            title="action that names something unknown",
            rule="an action must name risks, actions and tasks that there are",
            reason="A misspelt id would leave the risk as it is, in silence.",
            example=f"{RISK}[actions.drain]\neffects.strom.probability = 0.1",
            cure="Correct the id.",
        ),
        "RE351": Entry(
            title="plan that needs the task of an action",
            rule="a plan must be whole without the task of an action that is not in force",
            reason="The task is then not there: what waited for it alone would begin at once.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a']\n[tasks.c]\nduration = 5\n"
                "after = ['b']\n[actions.drain]\ntask = 'b'"
            ),
            cure="Let what waits for the task wait for what stands before it, too, or make the action active.",
        ),
        "RE352": Entry(
            title="actions that cannot be in force together",
            rule="an action must be in force with what it needs, and without what it excludes",
            reason="What two measures do that stand in each other's way is not known.",
            example=(
                f"{RISK}[actions.drain]\nactive = true\nexcludes = ['dam']\neffects.storm.probability = 0.1\n"
                "[actions.dam]\nactive = true\neffects.storm.impacts.a.delay = 1"
            ),
            cure="Choose actions that go together.",
        ),
        "RE353": Entry(
            title="actions in a circle",
            rule="an action must neither need nor exclude itself, nor need what needs it",
            reason="No one of them could be begun with; it is one action in several parts.",
            example=f"{RISK}[actions.drain]\nneeds = ['drain']\neffects.storm.probability = 0.1",
            cure="Remove one of the needs, or make one action of them.",
        ),
        "RE354": Entry(
            title="the same set twice by actions",
            rule="a probability or an impact must be set by one action in force",
            reason="Which of the two holds, or what both come to, is not said.",
            example=(
                f"{RISK}[actions.drain]\nactive = true\neffects.storm.probability = 0.1\n"
                "[actions.dam]\nactive = true\neffects.storm.probability = 0.2"
            ),
            cure="Use probability_factor or impact_factor, which multiply, or let one action exclude the other.",
        ),
        "RE355": Entry(
            title="action without effect",
            rule="an action must have an effect, a task or a cost, and an effect must change something",
            reason="An action that does nothing is unfinished.",
            example=f"{RISK}[actions.drain]\nname = 'Drain the pit'",
            cure="Say what it changes: effects.RISK = { probability = 0.1 }.",
        ),
        "RE356": Entry(
            title="impact_factor on a factor",
            rule="impact_factor must be for a risk that has delays and costs only",
            reason="Half of a factor of 1.2 may mean 1.1 or 0.6.",
            example=(
                "[tasks.a]\nduration = 5\n[risks.storm]\nprobability = 0.3\nimpacts.a.factor = 1.2\n"
                "[actions.drain]\nactive = true\neffects.storm.impact_factor = 0.5"
            ),
            cure="Say the factor that is left: effects.RISK.impacts.TASK.factor = 1.1.",
        ),
        "RE357": Entry(
            title="factor of an action out of range",
            rule="a factor of an action must not be negative, and leave a probability between 0 and 1",
            reason="There is no probability beyond, and an impact that turns its sign is another risk.",
            example=f"{RISK}[actions.drain]\neffects.storm.probability_factor = -0.5",
            cure="Write a reduction by 40 % as 0.6.",
        ),
        "RE358": Entry(
            title="action that may fail and does more than one thing",
            rule="an action with a chance below 1 must change the probability of one risk and nothing else",
            reason="What else it does would work or fail together with it, and the run has no draw for that.",
            example=f"{RISK}[actions.drain]\nchance = 0.9\neffects.storm.impacts.a.delay = 1",
            cure="Make an action of each risk, which then work or fail apart, or leave chance out.",
        ),
        "RE360": Entry(
            title="exposure that ends before it begins",
            rule="the exposure of a risk must end after it begins",
            reason="Nothing could happen in it, so one of the two dates is wrong.",
            example=f"{RISK}exposure = {{ from = 2027-08-31, to = 2027-03-01 }}",
            cure="Correct the dates, or the task that bounds it.",
        ),
        "RE361": Entry(
            title="exposure by a task that is not there",
            rule="the exposure of a risk must name tasks of the plan",
            reason="Nobody could say whether the time in which it can occur has begun, or is over.",
            example=f"{RISK}exposure = {{ from = 2027-03-01, expires_with = 'b' }}",
            cure="Correct the id of the task.",
        ),
        "RE362": Entry(
            title="exposure without a beginning or with two",
            rule="an exposure must have one beginning, from or begins_with, beside to, else it or expires_with",
            reason="The share of it that has passed is counted from the beginning to the end.",
            example=f"{RISK}exposure = {{ to = 2027-08-31 }}",
            cure="Write from or begins_with beside to; expires_with alone will do.",
        ),
    }
)
