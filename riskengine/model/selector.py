"""What the keys of impacts stand for: tasks, groups of tasks, cost lines or the project."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from riskengine.model.backlog import Backlog
from riskengine.model.relationship_key import RelationshipKey, relationship_key
from riskengine.model.scenario import Scenario

PROJECT: Final = "project"
ALL: Final = "*"
WBS: Final = "wbs:"
SELECTORS: Final = ("team:", "tag:", WBS)
"""What begins the name of a group of tasks: their team, one of their tags, an element of the WBS."""

COST_LINE: Final = "cost:"
EVERY_COST_LINE: Final = "cost:*"
DEEPEST_LEVEL: Final = 64
"""Levels of a WBS code that can be selected."""


def wbs_levels(code: str) -> Iterator[str]:
    """Yield the elements that a WBS code lies at or below, from the top: 1, 1.2 and 1.2.3 for 1.2.3."""
    parts = code.split(".")[:DEEPEST_LEVEL]
    for depth in range(1, len(parts) + 1):
        level = ".".join(parts[:depth])
        if level:
            yield level


def parting_elements(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the WBS element of each code at the highest level at which the codes part; nothing where there is none.

    Notes
    -----
    Codes of an imported schedule often all begin with the element of the project itself, which tells nobody apart.
    """
    depth = 0
    levels = [tuple(wbs_levels(code)) for code in codes]
    at_depth = {line[0] for line in levels if line}
    while len(at_depth) == 1 and any(len(line) > depth + 1 for line in levels):
        depth += 1
        at_depth = {line[min(depth, len(line) - 1)] for line in levels if line}
    return tuple(line[min(depth, len(line) - 1)] if line else "" for line in levels)


def groups_of(team: str, tags: Collection[str], code: str, wbs_names: Mapping[str, str]) -> Sequence[str]:
    """Return the selectors that select a task, each once.

    Parameters
    ----------
    team, tags, code
        Of the task; the code is its WBS code.
    wbs_names : mapping
        Names of WBS elements by their codes: ``wbs:NAME`` selects what lies at or below any element that is called so.
    """
    if not (team or tags or code):
        return ()
    selectors = [f"team:{team}"] if team else []
    selectors += [f"tag:{tag}" for tag in tags]
    for level in wbs_levels(code):
        selectors.append(f"wbs:{level}")
        if wbs_names.get(level):
            selectors.append(f"wbs:{wbs_names[level]}")
    return tuple(dict.fromkeys(selectors))


Labels = tuple[str, str, Collection[str], str]
"""Id of a task, its team, its tags and its WBS code."""


class TaskGroups(Mapping[str, Sequence[str]]):
    """The tasks of each selector, in the order given.

    Parameters
    ----------
    labels : iterable of (str, str, collection of str, str)
        Of every task.
    wbs_names : mapping
        As for :func:`groups_of`, which this is the other way round.

    Notes
    -----
    Elements of the WBS are looked up among the sorted codes when a key asks for one: written out, those of a hundred
    thousand codes of sixty levels take two gigabytes.
    """

    def __init__(self, labels: Iterable[Labels], wbs_names: Mapping[str, str]) -> None:
        self.tasks: list[str] = []
        self.groups: dict[str, list[str]] = {}
        self.codes: list[tuple[str, int]] = []
        for task, team, tags, code in labels:
            for name in dict.fromkeys((*([f"team:{team}"] if team else []), *(f"tag:{tag}" for tag in tags))):
                self.groups.setdefault(name, []).append(task)
            if code:
                self.codes.append((f"{code}.", len(self.tasks)))
            self.tasks.append(task)
        self.codes.sort()
        self.elements: dict[str, list[str]] = {}
        for element, name in wbs_names.items():
            if name:
                self.elements.setdefault(name, []).append(element)

    def __getitem__(self, key: str) -> Sequence[str]:
        """Return the tasks that a selector selects, one at the least."""
        if key not in self.groups and key.startswith(WBS):
            name = key.removeprefix(WBS)
            places = {place for each in (name, *self.elements.get(name, ())) for place in self.places_below(each)}
            if places:
                self.groups[key] = [self.tasks[place] for place in sorted(places)]
        return self.groups[key]

    def places_below(self, element: str) -> Iterator[int]:
        """Yield the places of the tasks at or below an element of the WBS."""
        if not element or element.count(".") >= DEEPEST_LEVEL:
            return
        first, end = (bisect_left(self.codes, (f"{element}{sign}", 0)) for sign in "./")  # / comes next after the point
        yield from (place for _, place in self.codes[first:end])

    def __iter__(self) -> Iterator[str]:
        """Yield every selector that selects something, each once."""
        yield from [key for key in self.groups if not key.startswith(WBS)]
        levels = set()
        before = ""
        for code, _ in self.codes:
            for level in wbs_levels(code.removesuffix(".")):
                if not before.startswith(f"{level}."):
                    yield f"{WBS}{level}"
                    if level in self.elements:
                        levels.add(level)
            before = code
        yield from (f"{WBS}{name}" for name in self.elements if name not in levels and f"{WBS}{name}" in self)

    def __len__(self) -> int:
        """Return how many selectors select something."""
        return sum(1 for _ in self)


class ImpactTargets:
    """What the keys of impacts stand for in one scenario.

    Parameters
    ----------
    scenario : Scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def groups(self) -> TaskGroups:
        """The tasks of each selector; few keys are selectors, and of a large plan the groups take long."""
        tasks = self.scenario.tasks.items()
        return TaskGroups(((name, task.team, task.tags, task.wbs) for name, task in tasks), self.scenario.wbs_names)

    def tasks(self, key: str) -> Sequence[str]:
        """Return the ids of the tasks that a key stands for; none for the project and for cost lines."""
        if key in self.scenario.tasks:
            return (key,)
        return tuple(self.scenario.tasks) if key == ALL else self.groups.get(key, ())

    def unfinished(self, key: str) -> list[str]:
        """Return the tasks that an impact acts on: what is over is frozen, and in a margin there is no work."""
        tasks = self.scenario.tasks
        return [name for name in self.tasks(key) if not (tasks[name].is_finished or tasks[name].margin)]

    def relationship(self, key: str) -> RelationshipKey | None:
        """Return the relationship that a key stands for, or None where it is none."""
        return relationship_key(key, self.scenario.tasks)

    def lag_calendar(self, key: str) -> str:
        """Return the id of the calendar that the lag of a relationship runs on, by the key that stands for it."""
        named = relationship_key(key, self.scenario.tasks)
        assert named is not None
        successor = self.scenario.tasks[named.successor]
        same = (one for one in successor.after if (one.task, one.type) == (named.predecessor, named.type))
        return self.scenario.calendar_of_lag(next(same), successor)

    def is_moved(self, target: str) -> bool:
        """Return whether delays and factors act on a task or the project: a span has no duration of its own."""
        return target == PROJECT or not self.scenario.tasks[target].is_span

    def acted_on(self, key: str, kind: str) -> list[str]:
        """Return what an effect of an impact acts on, as task/ID, cost/ID, relationship/KEY or project.

        Parameters
        ----------
        key : str
            Of the impact.
        kind : str
            Field of ``Impact``: delay, factor, cost, cost_factor, items or waiting_rate.
        """
        if kind == "cost_factor":
            return self.costs(key)
        if kind == "items" and (key == PROJECT or self.relationship(key) is not None or key.startswith(COST_LINE)):
            return []
        if key == PROJECT:
            return [PROJECT]
        relationship = self.relationship(key)
        if relationship is not None:
            is_open = relationship.is_open(self.scenario.tasks[relationship.successor])
            return [f"relationship/{key}"] if is_open else []
        tasks = sorted(self.unfinished(key))
        if kind == "items":
            tasks = [name for name in tasks if isinstance(self.scenario.tasks[name], Backlog)]
        return [f"task/{name}" for name in tasks if kind == "cost" or self.is_moved(name)]

    def costs(self, key: str) -> list[str]:
        """Return the costs that a key stands for, as task/ID and cost/ID.

        What is over has been paid. ``project`` stands for everything that the project costs.
        """
        lines = [f"cost/{name}" for name in sorted(self.scenario.costs)]
        if key not in self.scenario.tasks and key.startswith(COST_LINE):
            return lines if key == EVERY_COST_LINE else [f"cost/{key.removeprefix(COST_LINE)}"]
        tasks = [f"task/{name}" for name in sorted(self.unfinished(ALL if key == PROJECT else key))]
        return [*tasks, *lines] if key == PROJECT else tasks
