"""RE312 to RE316: risks that delay relationships."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

TASKS = "[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a']\n[risks.late]\nprobability = 0.3\n"

DELAYED_RELATIONSHIPS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE312": Entry(
            title="impact on a relationship that is not there",
            rule="an impact on A -> B must name tasks of which B waits for A",
            reason="A delay between tasks that do not wait for each other would be lost in silence.",
            example=f"{TASKS}impacts.'b -> a'.delay = 5",
            cure="Write the predecessor first, or give the task what it waits for: after = ['a'].",
        ),
        "RE313": Entry(
            title="impact on one of several relationships",
            rule="an impact on A -> B must name one relationship",
            reason="The delay would be added to one lag or to all of them, which give other dates.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a SS', 'a FF']\n"
                "[risks.late]\nprobability = 0.3\nimpacts.'a -> b'.delay = 5"
            ),
            cure="Write the type behind it, 'a -> b SS'; leave one of two of the same type out.",
        ),
        "RE314": Entry(
            title="effect that a relationship does not take",
            rule="an impact on a relationship must be a delay, with or without a waiting_rate",
            reason="A relationship has no duration that a factor could scale, and no cost but that of waiting.",
            example=f"{TASKS}impacts.'a -> b' = {{ delay = 5, cost = 1000 }}",
            cure="Put costs and factors on a task, and money for each day of waiting into waiting_rate.",
        ),
        "RE315": Entry(
            title="relationship that no risk can delay",
            rule="a relationship that a risk delays must be one that can wait",
            reason="What spans others waits for nobody, and of what is done again nobody said which time is meant.",
            example=f"{TASKS}impacts.'a -> b'.delay = 5\n[rework.again]\ntasks = ['a']\nprobability = 0.5\nmost = 1",
            cure="Put the delay on a task, or a task of its own between the two.",
        ),
        "RE316": Entry(
            title="elapsed delay of a lag in working time",
            rule="a delay of a relationship must be in the time of its lag",
            reason="Both are one wait, which runs on one calendar.",
            example=f"{TASKS}impacts.'a -> b'.delay = '5ed'",
            cure="Write the delay in working time, or the lag of the relationship on the clock: lag = '0ed'.",
        ),
    }
)
