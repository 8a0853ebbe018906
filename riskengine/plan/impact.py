"""What an impact acts on, and from which stream it is drawn."""

from dataclasses import dataclass

from riskengine.model import Risk, Scenario

PROJECT = "project"
FACTORS = ("factor", "cost_factor")


@dataclass(frozen=True)
class FactorUse:
    """A factor that acts on a task; group -1 multiplies in series."""

    target: int
    factor: int
    group: int


def selected(target: str, scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the tasks that an impact's key stands for; none for the project and for cost lines."""
    kind, _, name = target.partition(":")
    if target == PROJECT or (kind == "cost" and target not in scenario.tasks):
        return ()
    if target == "*":
        return tuple(scenario.tasks)
    if target in scenario.tasks:
        return (target,)
    if kind == "team":
        return tuple(key for key, task in scenario.tasks.items() if task.team == name)
    if kind == "tag":
        return tuple(key for key, task in scenario.tasks.items() if name in task.tags)
    return tuple(key for key, task in scenario.tasks.items() if task.wbs == name or task.wbs.startswith(f"{name}."))


def hittable(target: str, scenario: Scenario) -> list[str]:
    """Return the tasks that an impact acts on: what is over is frozen."""
    return [name for name in selected(target, scenario) if not scenario.tasks[name].is_finished]


def is_shared(risk: Risk, kind: str) -> bool:
    """Return whether a risk's impacts of one kind share one draw: factors do, delays and costs do not, by default."""
    return risk.impact_sampling == "shared" or (risk.impact_sampling == "default" and kind in FACTORS)


def stream_name(risk: Risk, task: str, kind: str) -> str:
    """Return the name of an impact's stream."""
    return f"risk/{risk.id}/impact/{kind}" if is_shared(risk, kind) else f"risk/{risk.id}/impact/{task}/{kind}"
