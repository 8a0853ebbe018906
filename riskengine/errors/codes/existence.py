"""RE34x, RE39x, RE413 to RE416: tasks that need not exist, branches, rework."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PATHS = (
    "[tasks.a]\nduration = 5\n[tasks.x]\nafter = ['a']\nduration = 1\n[tasks.y]\nafter = ['a']\nduration = 2\n"
    "[branches.b]\nafter = 'a'\n"
)

EXISTENCE: Mapping[str, Entry] = MappingProxyType(
    {
        "RE340": Entry(
            title="chance of existence out of range",
            rule="exists must be between 0 and 1",
            reason="It is the share of futures in which there is such a task.",
            example="[tasks.repair]\nduration = 5\nexists = 30",
            cure="Write 30 % as 0.3.",
        ),
        "RE341": Entry(
            title="span that need not exist",
            rule="a level of effort or a summary always exists",
            reason="It follows other tasks, and lasts no time where none of them does.",
            example="[tasks.a]\nduration = 5\n[tasks.guard]\ntype = 'level of effort'\nafter = ['a SS']\nexists = 0.3",
            cure="Give exists to the tasks that it follows, or make an ordinary task of it.",
        ),
        "RE342": Entry(
            title="branch at an unknown task",
            rule="must be the id of a task",
            reason="A branch follows a task, and each of its paths begins with one.",
            example="[tasks.a]\nduration = 5\n[branches.b]\nafter = 'a'\npaths = { acept = 1 }",
            cure="Correct the id.",
        ),
        "RE343": Entry(
            title="weight of a path out of range",
            rule="the weight of a path must be above 0, and at most 1",
            reason="It is the share of futures in which the path is followed.",
            example=f"{PATHS}paths = {{ x = 80, y = 20 }}",
            cure="Write 80 % as 0.8, and leave out a path that is never followed.",
        ),
        "RE344": Entry(
            title="weights of paths that do not add up",
            rule="the weights of the paths must add up to 1",
            reason="Exactly one path is followed in every future.",
            example=f"{PATHS}paths = {{ x = 0.8, y = 0.3 }}",
            cure="Correct a weight; where nothing may follow, give a path to a milestone.",
        ),
        "RE345": Entry(
            title="path that does not follow",
            rule="the first task of a path must have the task of the branch among its predecessors",
            reason="A path is followed once that task is done.",
            example="[tasks.a]\nduration = 5\n[tasks.x]\nduration = 1\n[branches.b]\nafter = 'a'\npaths = { x = 1 }",
            cure="Add the relationship, or let a milestone begin the path.",
        ),
        "RE346": Entry(
            title="path that leads to another",
            rule="no path of a branch may lead to the first task of another",
            reason="Only one of them is followed.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.x]\nafter = ['a']\nduration = 1\n"
                "[tasks.y]\nafter = ['a', 'x']\nduration = 2\n"
                "[branches.b]\nafter = 'a'\npaths = { x = 0.5, y = 0.5 }"
            ),
            cure="Begin the other path with a milestone of its own, or take out the relationship.",
        ),
        "RE413": Entry(
            title="branch that nothing decides",
            rule="a branch must have paths, if_later_than or if_risk, and only one of them",
            reason="One thing decides which path is followed: chance, the finish of its task, or a risk.",
            example=f"{PATHS}paths = {{ x = 0.8, y = 0.2 }}\nif_later_than = 2027-05-01",
            cure="Keep one of them; a second condition is a branch of its own, on a path of this one.",
        ),
        "RE414": Entry(
            title="condition without its two paths",
            rule="a condition must have then and otherwise, the first tasks of two paths",
            reason="One path is followed where it is met, and the other where it is not.",
            example=f"{PATHS}if_later_than = 2027-05-01\nthen = 'x'",
            cure="Give both; where nothing is to follow, begin the path with a milestone.",
        ),
        "RE415": Entry(
            title="condition on an unknown risk",
            rule="must be the id of a risk",
            reason="The path is followed in the futures in which it occurs.",
            example=f"{PATHS}if_risk = 'rian'\nthen = 'x'\notherwise = 'y'",
            cure="Correct the id.",
        ),
        "RE416": Entry(
            title="path that does not wait for rework",
            rule="where a task is done again, the paths that its finish decides about must wait for that (FS or FF)",
            reason="It is done for good with its last repeat; a path that follows its start goes on before that.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.x]\nafter = ['a SS']\nduration = 1\n"
                "[tasks.y]\nafter = ['a']\nduration = 2\n[rework.r]\ntasks = ['a']\nprobability = 0.3\n"
                "[branches.b]\nafter = 'a'\nif_later_than = 2027-05-01\nthen = 'x'\notherwise = 'y'"
            ),
            cure="Let the path wait for the finish, or decide by a task that is done once.",
        ),
        "RE390": Entry(
            title="rework of an unknown task",
            rule="must be the id of a task",
            reason="A loop does tasks again.",
            example="[tasks.a]\nduration = 5\n[rework.r]\ntasks = ['tset']\nprobability = 0.3",
            cure="Correct the id.",
        ),
        "RE391": Entry(
            title="probability of rework out of range",
            rule="the probability of rework must be between 0 and 1",
            reason="It is the share of futures in which the tasks are done again.",
            example="[tasks.a]\nduration = 5\n[rework.r]\ntasks = ['a']\nprobability = 30",
            cure="Write 30 % as 0.3.",
        ),
        "RE392": Entry(
            title="factor of rework out of range",
            rule="the factor of rework must be above 0",
            reason="Durations and fixed costs are multiplied with it each time.",
            example="[tasks.a]\nduration = 5\n[rework.r]\ntasks = ['a']\nprobability = 0.3\nfactor = 0",
            cure="Give what a repeat takes of the time before: 0.5 is half.",
        ),
        "RE393": Entry(
            title="repeats out of range",
            rule="most must be a whole number from 1 to 20",
            reason="Every repeat is a task of its own in the plan that is computed.",
            example="[tasks.a]\nduration = 5\n[rework.r]\ntasks = ['a']\nprobability = 0.3\nmost = 1000",
            cure="Leave out repeats that are next to impossible.",
        ),
        "RE394": Entry(
            title="task in two loops",
            rule="a task must be in one loop, once",
            reason="Which of two loops is gone through first would be open.",
            example=(
                "[tasks.a]\nduration = 5\n[rework.r]\ntasks = ['a']\nprobability = 0.3\n"
                "[rework.s]\ntasks = ['a']\nprobability = 0.1"
            ),
            cure="Make one loop of them.",
        ),
        "RE395": Entry(
            title="loop with a gap",
            rule="a loop must hold the tasks between its own",
            reason="What comes after a task that is done again, and before another one, is done again, too.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.b]\nafter = ['a']\nduration = 5\n"
                "[tasks.c]\nafter = ['b']\nduration = 5\n"
                "[rework.r]\ntasks = ['a', 'c']\nprobability = 0.3"
            ),
            cure="Add the tasks in between.",
        ),
        "RE396": Entry(
            title="id of a repeat taken",
            rule="no task may have the id of a repeat: ID (again 1)",
            reason="A task that is done again is shown under this id.",
            example=(
                "[tasks.a]\nduration = 5\n[tasks.'a (again 1)']\nduration = 5\n"
                "[rework.r]\ntasks = ['a']\nprobability = 0.3"
            ),
            cure="Give the task another id.",
        ),
    }
)
