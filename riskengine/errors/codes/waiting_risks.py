"""RE397 to RE399 and RE423: risks that may occur only where a task is late."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

TASKS = "[tasks.dig]\nduration = 20\n[tasks.pour]\nduration = 10\nafter = ['dig']\n"
FROST = "[risks.frost]\nprobability = 0.6\nif_later_than = 2027-11-01\n"

WAITING_RISKS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE397": Entry(
            title="risk after nothing that finishes",
            rule="must be the id of a task whose finish can be asked",
            reason="Whether the risk may occur is told from the finish of that task in every future.",
            example=f"{TASKS}{FROST}after = 'digg'\nimpacts.pour.delay = 5",
            cure="Name a task or a milestone that is in the plan in any case and is done once.",
        ),
        "RE398": Entry(
            title="half a condition of a risk",
            rule="after and if_later_than must stand together",
            reason="A date without a task asks nobody, and a task without a date asks nothing.",
            example=f"{TASKS}{FROST}impacts.pour.delay = 5",
            cure="Give both, or neither.",
        ),
        "RE399": Entry(
            title="risk that acts before it is decided",
            rule="a risk that waits for the finish of a task must act on what comes after that task",
            reason="What comes before the finish, or the task itself, would be late because it is late: a circle.",
            example=f"{TASKS}{FROST}after = 'pour'\nimpacts.pour.delay = 5",
            cure="Ask an earlier task or milestone, or name what comes after it in place of a selector.",
        ),
        "RE423": Entry(
            title="condition of a risk beside another",
            rule="a risk that waits for a date must have no exposure, trigger others alone, and decide about no branch",
            reason="What such a risk comes to together with these is not worked out.",
            example=(
                f"{TASKS}{FROST}after = 'dig'\nimpacts.pour.delay = 5\n"
                "exposure = { from = 2027-10-01, to = 2027-12-31 }"
            ),
            cure="Give the probability where the date has passed, without the other condition.",
        ),
    }
)
