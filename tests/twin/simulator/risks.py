"""Which risk hits which task in one iteration, and with what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from riskengine.model import AnyEstimate, Relationship, Risk, Scenario, Task

Draw = Callable[[str], float]


@dataclass(frozen=True)
class Hit:
    """One impact of one kind that acts on one task, on `project` or on `cost/ID`, a cost line, in this iteration."""

    risk: Risk
    target: str
    kind: str
    """`factor`, `delay`, `cost`, `items` or `cost_factor`."""
    estimate: AnyEstimate

    @property
    def name(self) -> str:
        """Name of the value, one per risk, target and kind even where several share one uniform."""
        return f"risk/{self.risk.id}/impact/{self.target}/{self.kind}"


def is_meant(selector: str, task: Task) -> bool:
    """Whether a key of `impacts` means a task."""
    if selector in ("*", task.id):
        return True
    word, colon, value = selector.partition(":")
    if not colon:
        return False
    if word == "team":
        return task.team == value
    if word == "tag":
        return value in task.tags
    if word == "wbs":
        return task.wbs.split(".")[: len(value.split("."))] == value.split(".")
    return False


def drawn(risk: Risk, scenario: Scenario, draw: Draw) -> bool:
    """Whether the draw of a risk says that it happens, whatever triggers it: never and always need none."""
    for question in scenario.exclusive.values():
        if risk.id in question.risks:
            return answer(question.risks, question.id, scenario, draw) == risk.id
    if not risk.active or risk.probability <= 0:
        return False
    return risk.probability >= 1 or bool(draw(f"risk/{risk.id}/occurs"))


def answer(outcomes: tuple[str, ...], question: str, scenario: Scenario, draw: Draw) -> str:
    """Which of several outcomes there is, or nothing: what has happened, else by one number, from the top down."""
    risks = scenario.risks
    happened = [id for id in outcomes if id in risks and risks[id].status == "occurred"]
    if happened:
        return happened[0] if risks[happened[0]].active else ""
    open_ones = [id for id in sorted(outcomes) if id in risks and risks[id].status == "open"]
    number = draw(f"exclusive/{question}/outcome") if open_ones else 0.0
    for id in open_ones:
        number += risks[id].probability
        if number >= 1:
            return id if risks[id].active else ""
    return ""


def occurring(scenario: Scenario, draw: Draw, barred: frozenset[str] = frozenset()) -> set[str]:
    """Which risks happen in this iteration: what nothing triggers first, then again and again what those set off.

    What is barred does not, whatever is drawn.
    """
    possible = {id for id, risk in scenario.risks.items() if id not in barred and drawn(risk, scenario, draw)}
    happened: set[str] = set()
    while True:
        more = {
            id
            for id in possible - happened
            if not scenario.risks[id].triggered_by or happened & set(scenario.risks[id].triggered_by)
        }
        if not more:
            return happened
        happened |= more


def hits(scenario: Scenario, draw: Draw, barred: frozenset[str] = frozenset()) -> Iterator[Hit]:
    """Every impact in force in this iteration, risk by risk."""
    happening = occurring(scenario, draw, barred) if barred else occurring(scenario, draw)
    for risk in scenario.risks.values():
        if risk.id not in happening:
            continue
        for selector, impact in risk.impacts.items():
            if selector == "project":
                targets = ["project"]
            elif is_between(selector, scenario):
                yield Hit(risk, selector, "delay", impact.delay)
                if impact.waiting_rate is not None:
                    yield Hit(risk, selector, "waiting_rate", impact.delay)
                continue
            else:
                targets = [task.id for task in scenario.tasks.values() if is_meant(selector, task) and not task.margin]
            for target in targets:
                for kind in ("factor", "delay", "cost", "items"):
                    estimate = getattr(impact, kind)
                    if estimate is not None:
                        yield Hit(risk, target, kind, estimate)
            if impact.cost_factor is not None:
                for target in dearer(selector, targets, scenario):
                    yield Hit(risk, target, "cost_factor", impact.cost_factor)


def is_between(selector: str, scenario: Scenario) -> bool:
    """Whether a key means the relationship between two tasks."""
    return selector not in scenario.tasks and any(between(link, task) == selector for task, link in links(scenario))


def links(scenario: Scenario) -> Iterator[tuple[Task, Relationship]]:
    """Every relationship with the task that lists it."""
    for task in scenario.tasks.values():
        for link in task.after:
            yield task, link


def between(link: Relationship, task: Task) -> str:
    """The key of a relationship into a task."""
    return f"{link.task} -> {task.id} {link.type}"


def is_to_come(link: Relationship, task: Task, scenario: Scenario) -> bool:
    """Whether what a relationship asks of a task may still be put off: a start, or a finish that logic still holds."""
    if task.actual_start is None and task.actual_finish is None:
        return True
    if task.actual_finish is not None or link.type not in ("FF", "SF") or not scenario.is_data_date:
        return False
    is_retained = scenario.schedule.out_of_sequence == "retained logic"
    return is_retained or scenario.tasks[link.task].actual_finish is not None


def dearer(selector: str, tasks: list[str], scenario: Scenario) -> list[str]:
    """What a factor on costs acts on: tasks, and cost lines as `cost/ID`; everything for `project`."""
    lines = [f"cost/{id}" for id in scenario.costs]
    if selector == "project":
        return [*scenario.tasks, *lines]
    if selector == "cost:*":
        return lines
    return tasks or [line for line in lines if selector == line.replace("/", ":")]


def combined_factor(factors: list[tuple[Risk, float]]) -> float:
    """Series factors multiply; of a parallel group count the largest above one and the smallest below one."""
    product = 1.0
    groups: dict[str, list[float]] = {}
    for risk, factor in factors:
        if risk.parallel:
            groups.setdefault(risk.parallel, []).append(factor)
        else:
            product *= factor
    for _, members in sorted(groups.items()):
        product *= max([1.0, *members])
        product *= min([1.0, *members])
    return product
