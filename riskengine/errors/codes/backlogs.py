"""RE424 to RE429 and RE447 to RE451: backlogs and their histories."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

DONE = "done = [4, 0, 6, 3, 5, 2]"
BACKLOG = f"[backlogs.web]\nitems = 30\n{DONE}"

BACKLOGS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE424": Entry(
            title="backlog with the id of a task",
            rule="a backlog must not have the id of a task: it is one itself",
            reason="Relationships, gates and risks name both in the same way.",
            example=f"[tasks.web]\nduration = 5\n{BACKLOG}",
            cure="Rename one of the two.",
        ),
        "RE425": Entry(
            title="no history, or two",
            rule="a backlog must have either history or done",
            reason="How long it takes comes from what was done before, and from one record of it.",
            example="[backlogs.web]\nitems = 30",
            cure='Give done = [4, 0, 6, ...], or history = "history.csv" with a column done.',
        ),
        "RE426": Entry(
            title="history that cannot be used",
            rule="a history must have 6 rows or more, of numbers of 0 or more, and as many of each column",
            reason="From fewer periods nobody can tell how bad one gets; a period without work counts, as 0.",
            example="[backlogs.web]\nitems = 30\ndone = [4, 0, 6]",
            cure="Give every whole period of the last months, those with nothing done as 0.",
        ),
        "RE427": Entry(
            title="backlog that does not shrink",
            rule="the history must take something off the backlog in a period, on average",
            reason="As much comes in as gets done, or more: there is no date to be told.",
            example="[backlogs.web]\nitems = 30\ndone = [0, 0, 0, 0, 0, 0]",
            cure="Look at added and focus, or say what will be done differently from now on.",
        ),
        "RE428": Entry(
            title="items, growth or focus not above 0",
            rule="items, growth and focus must be above 0",
            reason="Less than nothing cannot be done.",
            example=f"[backlogs.web]\nitems = -3\n{DONE}",
            cure="Correct the number; what is done needs actual_finish.",
        ),
        "RE429": Entry(
            title="period or sampling not understood",
            rule="period must be a length of working time above 0",
            reason="It says how much work a row of the history stands for.",
            example=f'{BACKLOG}\nperiod = "0w"',
            cure='Write period = "1w" or "2w".',
        ),
        "RE447": Entry(
            title="backlog in a loop or in what is learnt",
            rule="must not be a backlog",
            reason="Its history has in it what was done twice, and how a team got better.",
            example=f"[tasks.a]\nduration = 1\n{BACKLOG}\n[rework.again]\ntasks = ['web']\nprobability = 0.2",
            cure="Take it out there; use growth for items that come back.",
        ),
        "RE448": Entry(
            title="backlog that never ends",
            rule="a backlog must end in every simulated future within 520 periods",
            reason="A mean or a percentile over futures that never end would be made up.",
            example=(
                "[backlogs.web]\nitems = 60\nadded = 'history'\n"
                "history = { done = [4, 0, 6, 3, 5, 2], added = [3, 3, 3, 3, 3, 4] }"
            ),
            cure="Take less into scope, get more done, or let less come in; a longer period has fewer of them.",
        ),
        "RE449": Entry(
            title="nothing known of what came in",
            rule='added = "history" needs a history with added',
            reason="Without it nothing would be taken off, and nobody would see that.",
            example=f"{BACKLOG}\nadded = 'history'",
            cure="Give the history a column added, or take added out.",
        ),
        "RE450": Entry(
            title="items added to no backlog",
            rule="items must be added to a backlog: its id, or a selector of one",
            reason="What has no items takes no longer by having more of them.",
            example=f"[tasks.a]\nduration = 5\n{BACKLOG}\n[risks.r]\nprobability = 0.2\nimpacts.a.items = 5",
            cure="Name the backlog, or use delay for a task.",
        ),
        "RE451": Entry(
            title="backlog of more than 520 periods",
            rule="a backlog must be done within 520 periods, by the mean of its history",
            reason="Ten years of weeks are no forecast.",
            example=f"[backlogs.web]\nitems = 30000\n{DONE}",
            cure="Take less into scope, or give a longer period.",
        ),
    }
)
